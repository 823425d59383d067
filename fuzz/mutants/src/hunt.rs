//! Looking for one mutant by fuzzing.
//!
//! The hunt runs in a process of its own ([`run`]), which writes down each case before it runs it; [`hunt`] starts that process
//! and finds out which case killed it, if one did.

use crate::table::Mutant;
use anyhow::{Context, Result};
use arbitrary::Unstructured;
use gantry_oracles::case::Case;
use gantry_oracles::engine::EngineSpec;
use gantry_oracles::generate;
use gantry_oracles::value::Random;
use gantry_oracles::worker::{Finding, Worker, judge_here};
use rustix::time::{ClockId, clock_gettime};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Where cases come from: name and function.
type Generator = (&'static str, fn(&mut Unstructured<'_>) -> arbitrary::Result<Case>);

/// Every generator, in turn.
const GENERATORS: &[Generator] = &[
    ("weave", generate::weave),
    ("operators", generate::operators),
    ("smith", generate::smith),
    ("ranges", generate::ranges),
];

/// Bytes that a case is made of.
const BYTES: usize = 8192;

/// How long a single case may take before it counts as one that never ends.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// How a hunt ended.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Hunt {
    /// What was seen, if anything.
    pub found: Option<Found>,
    /// Cases that were judged.
    pub executions: u64,
    /// Seconds of the processor.
    pub seconds: f64,
    /// Numbers of the cases in which engines differ without the mutant as well: bugs of the engine. A hunt whose process dies of
    /// one ends there.
    pub real: Vec<u64>,
}

/// What a hunt has seen.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Found {
    /// The generator.
    pub generator: String,
    /// What the oracle saw: what differs, or that the process died.
    pub oracle: String,
    /// The number of the case.
    pub number: u64,
}

/// The case with this number of a seed, and the generator that made it.
fn generate(seed: u64, number: u64) -> Option<(&'static str, Case)> {
    let mut random = Random::of(&[seed, number]);
    let bytes: Vec<u8> = (0..BYTES / 8).flat_map(|_| random.bits().to_le_bytes()).collect();
    let (name, generator) = GENERATORS[usize::try_from(number).ok()? % GENERATORS.len()];
    Some((name, generator(&mut Unstructured::new(&bytes)).ok()?))
}

/// The engines of a case that matter for a mutant: one that is right, and the one with the bug.
fn infect(case: &mut Case, mutant: &Mutant) {
    let backend = mutant.seam.backend();
    let engines = &case.options.engine;
    let other = |spec: &&EngineSpec| spec.backend != backend && !spec.is_bytecode();
    let right = engines.iter().find(other).cloned();
    let wrong = engines.iter().find(|spec| spec.backend == backend).cloned();
    if let (Some(right), Some(mut wrong)) = (right, wrong) {
        wrong.compiler = Some(mutant.name.to_owned());
        case.options.engine = vec![right, wrong];
    }
}

/// The same case without bugs.
fn cured(case: &Case) -> Case {
    let mut case = case.clone();
    case.options.engine.iter_mut().for_each(|spec| spec.compiler = None);
    case
}

/// The case of a hunt with this number, without the mutant; none if the number gives none.
pub fn without(mutant: &Mutant, seed: u64, number: u64) -> Option<Case> {
    let (_, mut case) = generate(seed, number)?;
    infect(&mut case, mutant);
    Some(cured(&case))
}

/// Seconds that this process has computed.
#[expect(clippy::cast_precision_loss, reason = "seconds")]
fn cpu_seconds() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// Looks for a mutant in this process, and prints how it went. The case that runs is in `file`.
///
/// # Errors
///
/// If the file cannot be written.
pub fn run(mutant: &Mutant, seed: u64, seconds: f64, file: &Path) -> Result<Hunt> {
    let mut hunt = Hunt { found: None, executions: 0, seconds: 0.0, real: Vec::new() };
    let mut number = 0;
    while hunt.found.is_none() {
        hunt.seconds = cpu_seconds();
        if hunt.seconds > seconds {
            break;
        }
        number += 1;
        let Some((generator, mut case)) = generate(seed, number) else { continue };
        infect(&mut case, mutant);
        fs::write(file, case.to_bytes()).with_context(|| format!("cannot write {}", file.display()))?;
        fs::write(
            file.with_extension("progress"),
            format!("{number} {} {} {generator}", hunt.executions, cpu_seconds()),
        )?;
        let finding = judge_here(&case);
        let Some(class) = finding.class() else {
            hunt.executions += u64::from(finding == Finding::Agreed);
            continue;
        };
        hunt.executions += 1;
        if judge_here(&cured(&case)).class().is_some() {
            hunt.real.push(number);
            continue;
        }
        hunt.found = Some(Found { generator: generator.to_owned(), oracle: class.to_string(), number });
    }
    hunt.seconds = cpu_seconds();
    Ok(hunt)
}

/// Looks for a mutant in another process; gives how it went, and the case that shows the bug.
///
/// # Errors
///
/// If the process cannot be started.
pub fn hunt(mutant: &Mutant, seed: u64, seconds: f64) -> Result<(Hunt, Option<Case>)> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("case");
    let program = program()?;
    let mut child = Command::new(&program)
        .args(["hunt", mutant.name, "--seed", &seed.to_string(), "--seconds", &seconds.to_string(), "--file"])
        .arg(&file)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context("cannot start the hunt")?;
    let (mut progress, mut since) = (String::new(), Instant::now());
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break Some(status);
        }
        std::thread::sleep(Duration::from_millis(20));
        let now = fs::read_to_string(file.with_extension("progress")).unwrap_or_default();
        if now != progress {
            (progress, since) = (now, Instant::now());
        } else if since.elapsed() > PATIENCE {
            child.kill()?;
            child.wait()?;
            break None;
        }
    };
    if status.is_some_and(|status| status.success()) {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut child.stdout.take().context("its output is piped")?, &mut text)?;
        let hunt: Hunt = serde_json::from_str(&text).context("how the hunt went")?;
        let case = if hunt.found.is_some() { Some(Case::from_bytes(&fs::read(&file)?)?) } else { None };
        return Ok((hunt, case));
    }
    // The case that ran when the process died, and what it says about itself.
    let progress =
        fs::read_to_string(file.with_extension("progress")).context("the hunt died before its first case")?;
    let mut parts = progress.split(' ');
    let mut next = || parts.next().context("what the hunt wrote about itself");
    let (number, executions, seconds, generator) = (next()?.parse()?, next()?.parse()?, next()?.parse()?, next()?);
    let case = Case::from_bytes(&fs::read(&file)?)?;
    let without = worker()?.judge(&cured(&case))?;
    if without.class().is_some() {
        return Ok((Hunt { found: None, executions, seconds, real: vec![number] }, None));
    }
    let oracle = if status.is_none() { "the process does not end" } else { "the process dies" };
    let found = Found { generator: generator.to_owned(), oracle: oracle.to_owned(), number };
    Ok((Hunt { found: Some(found), executions, seconds, real: Vec::new() }, Some(case)))
}

/// A process that judges cases with mutants.
///
/// # Errors
///
/// If this program cannot be found.
pub fn worker() -> Result<Worker> {
    let program = program()?;
    Ok(Worker::new(PATIENCE / 4, move || {
        let mut command = Command::new(&program);
        command.arg("worker");
        command
    }))
}

/// The program that has the commands `hunt` and `worker`: this one, unless tests say otherwise.
fn program() -> Result<PathBuf> {
    match std::env::var_os("GANTRY_MUTANTS") {
        Some(path) => Ok(path.into()),
        None => std::env::current_exe().context("cannot find this program"),
    }
}
