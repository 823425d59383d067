//! Looking for a mutant of an assembler by calling its methods: [`gantry_oracles::masm`] with the mutant around the assembler.

use crate::masm::{Bug, Wrong};
use crate::seam::Seam;
use crate::table::{Class, MUTANTS, Mutant};
use anyhow::{Context, Result};
use arbitrary::Unstructured;
use gantry_oracles::masm::Rig;
use gantry_oracles::value::Random;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Bytes that a program is made of.
const BYTES: usize = 8192;

/// How long one program may take before it counts as one that never ends.
const PATIENCE: Duration = Duration::from_secs(20);

/// The exit code of a process whose program never ends.
const ENDLESS: i32 = 3;

/// Whether programs cannot show a mutant: they ask the runtime for nothing but traps.
pub fn is_out_of_reach(mutant: &Mutant) -> bool {
    mutant.class == Class::Libcall
}

/// Every mutant of an assembler, with its bug.
pub fn mutants() -> impl Iterator<Item = (&'static Mutant, Bug)> {
    MUTANTS.iter().filter_map(|mutant| match mutant.seam {
        Seam::Masm(bug) => Some((mutant, bug)),
        _ => None,
    })
}

/// Tries as many programs in this process, and gives the number of the first that shows the bug.
///
/// # Errors
///
/// If a program does not compile.
pub fn run(bug: Bug, seed: u64, programs: u64) -> Result<Option<u64>> {
    let rig = Rig::new(&Wrong(bug))?;
    let progress = Arc::new(AtomicU64::new(0));
    watch(progress.clone());
    for number in 1..=programs {
        progress.store(number, Ordering::Relaxed);
        let mut random = Random::of(&[seed, number]);
        let bytes: Vec<u8> = (0..BYTES / 8).flat_map(|_| random.bits().to_le_bytes()).collect();
        if let Some(tried) = rig.try_one(&mut Unstructured::new(&bytes))?
            && tried.difference.is_some()
        {
            return Ok(Some(number));
        }
    }
    Ok(None)
}

/// Ends the process if there is no progress.
fn watch(progress: Arc<AtomicU64>) {
    std::thread::spawn(move || {
        let mut last = 0;
        loop {
            std::thread::sleep(PATIENCE);
            let now = progress.load(Ordering::Relaxed);
            if now == last {
                std::process::exit(ENDLESS);
            }
            last = now;
        }
    });
}

/// How a mutant was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// By a difference, in the program with this number.
    Program(u64),
    /// The process died.
    Crash,
    /// A program never ended.
    Endless,
}

/// Looks for a mutant in another process, which it may kill.
///
/// # Errors
///
/// If the process cannot be started.
pub fn hunt(program: &std::path::Path, mutant: &Mutant, seed: u64, programs: u64) -> Result<Option<Found>> {
    let output = Command::new(program)
        .args(["assembler-hunt", mutant.name, "--seed", &seed.to_string(), "--programs", &programs.to_string()])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .context("cannot start the hunt")?;
    if output.status.code() == Some(ENDLESS) {
        return Ok(Some(Found::Endless));
    }
    if !output.status.success() {
        return Ok(Some(Found::Crash));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    match text.trim() {
        "" => Ok(None),
        number => Ok(Some(Found::Program(number.parse().context("the number of a program")?))),
    }
}
