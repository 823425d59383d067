//! `compare`: two sides.

use super::Selection;
use crate::benchmark::{Id, Meter};
use crate::callgrind::{self, Count};
use crate::compare::side::{self, Program, Side};
use crate::compare::{Accept, Comparison, Measured, Thresholds, explain, floor, render};
use crate::progress;
use crate::record::{History, Value};
use crate::stats::Random;
use anyhow::{Context, Result, bail, ensure};
use indicatif::ProgressBar;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;

/// The exit code that says: slower beyond the gate.
const BEYOND: u8 = 3;

/// Flags.
#[derive(clap::Args)]
pub(super) struct Args {
    /// A revision, a program with this command line, or a file of results (`.jsonl`).
    base: String,
    /// The same, to be compared with it.
    head: String,
    #[command(flatten)]
    selection: Selection,
    /// What is compared: instructions and sizes if none is given.
    #[arg(long = "meter", value_delimiter = ',', value_parser = super::run::parse_meter)]
    meters: Vec<Meter>,
    /// Pairs of processes that noisy meters are measured with.
    #[arg(long, default_value_t = 20)]
    pairs: usize,
    /// The relative change of instructions from which on a benchmark is said to have changed.
    #[arg(long)]
    threshold: Option<f64>,
    /// Results of earlier revisions: benchmarks with enough of them have thresholds of their own.
    #[arg(long, value_name = "FILE")]
    history: Option<PathBuf>,
    /// Accepts a regression: `BENCHMARK REASON`, as `perf-accept:` in commit messages.
    #[arg(long, value_parser = Accept::parse)]
    accept: Vec<Accept>,
    /// Writes the comparison as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Writes the comparison as Markdown; it is printed anyway.
    #[arg(long, value_name = "FILE")]
    markdown: Option<PathBuf>,
}

impl Args {
    fn meters(&self) -> Vec<Meter> {
        if !self.meters.is_empty() {
            return self.meters.clone();
        }
        Meter::ALL.iter().copied().filter(|m| m.exact() || *m == Meter::Instructions).collect()
    }

    /// The selection as arguments of another process.
    fn selection(&self) -> Vec<String> {
        let Selection { suites, engines, only } = &self.selection;
        let flag = |name: &'static str, values: &[String]| -> Vec<String> {
            values.iter().flat_map(|v| [name.to_owned(), v.clone()]).collect()
        };
        [flag("--suite", suites), flag("--backend", engines), flag("--only", only)].concat()
    }
}

pub(super) fn execute(args: &Args) -> Result<ExitCode> {
    let say = |text: &str| eprintln!("{text}");
    let base = Side::resolve(&args.base, &say)?;
    let head = Side::resolve(&args.head, &say)?;
    let mut missing = Vec::new();
    let measured = match (&base, &head) {
        (Side::Program(a), Side::Program(b)) => programs(args, a, b, &mut missing)?,
        (Side::Results { values: a, .. }, Side::Results { values: b, .. }) => results(args, a, b, &mut missing),
        _ => bail!("a file of results compares with another one: make it with `run` first"),
    };
    let mut accepts = args.accept.clone();
    if let (Side::Program(Program { revision: Some(a), .. }), Side::Program(Program { revision: Some(b), .. })) =
        (&base, &head)
    {
        accepts.extend(Accept::from_messages(&side::git(&["log", "--format=%B", &format!("{a}..{b}")])?));
    }
    let mut thresholds = Thresholds::default();
    thresholds.counts = args.threshold.unwrap_or(thresholds.counts);
    let floors = match &args.history {
        Some(path) => floors(&History::read(path)?),
        None => BTreeMap::new(),
    };
    let names = (base.name().to_owned(), head.name().to_owned());
    let mut comparison = Comparison::new(names, measured, &accepts, &floors, thresholds);
    comparison.missing = missing;
    let text = render::markdown(&comparison);
    print!("{text}");
    let write = |path: &Option<PathBuf>, text: &str| match path {
        Some(path) => std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display())),
        None => Ok(()),
    };
    write(&args.markdown, &text)?;
    write(&args.json, &serde_json::to_string_pretty(&comparison)?)?;
    Ok(if comparison.fails() { ExitCode::from(BEYOND) } else { ExitCode::SUCCESS })
}

/// Thresholds of benchmarks with enough history, oldest revision first.
fn floors(history: &History) -> BTreeMap<(String, Meter), f64> {
    let mut runs: Vec<_> = history.runs.iter().collect();
    runs.sort_by_key(|(run, _)| (run.committed, run.time));
    let mut series: BTreeMap<_, Vec<f64>> = BTreeMap::new();
    for value in runs.into_iter().flat_map(|(_, values)| values) {
        series.entry((value.benchmark.clone(), value.meter)).or_default().push(value.value);
    }
    series.into_iter().filter_map(|(key, values)| Some((key, floor(&values)?))).collect()
}

/// Joins two files of results.
fn results(
    args: &Args,
    base: &BTreeMap<(String, Meter), Value>,
    head: &BTreeMap<(String, Meter), Value>,
    missing: &mut Vec<String>,
) -> Vec<Measured> {
    let meters = args.meters();
    let selection = &args.selection;
    let selected = |name: &str| {
        let Ok(id) = name.parse::<Id>() else { return false };
        selection.selects_engine(&id.engine)
            && (selection.suites.is_empty() || selection.suites.contains(&id.suite))
            && (selection.only.is_empty() || selection.only.iter().any(|text| name.contains(text.as_str())))
    };
    let keys: BTreeSet<_> = base.keys().chain(head.keys()).collect();
    let mut measured = Vec::new();
    for key @ (benchmark, meter) in keys {
        // All that both files have is compared, if nothing was asked for.
        if !selected(benchmark) || (!args.meters.is_empty() && !meters.contains(meter)) {
            continue;
        }
        let (Some(a), Some(b)) = (base.get(key), head.get(key)) else {
            missing.push(format!("{benchmark} ({})", meter.name()));
            continue;
        };
        let samples = |v: &Value| if v.samples.is_empty() { vec![v.value] } else { v.samples.clone() };
        measured.push(Measured {
            benchmark: benchmark.clone(),
            meter: *meter,
            base: samples(a),
            head: samples(b),
            paired: false,
            discarded: 0,
            why: None,
        });
    }
    measured
}

/// Measures two programs.
fn programs(args: &Args, base: &Program, head: &Program, missing: &mut Vec<String>) -> Result<Vec<Measured>> {
    let meters = args.meters();
    let selection = args.selection();
    let (in_base, in_head) = (base.list(&selection)?, head.list(&selection)?);
    let both: Vec<Id> = in_head.iter().filter(|id| in_base.contains(id)).cloned().collect();
    let only_one = in_head.iter().chain(&in_base).filter(|id| !both.contains(id));
    missing.extend(only_one.map(Id::to_string));
    ensure!(!both.is_empty(), "the two sides have no such benchmark in common");
    let mut measured = Vec::new();
    if meters.iter().any(|m| m.exact()) && both.iter().any(|id| id.suite == "size") {
        measured.extend(sizes(&selection, &meters, base, head)?);
    }
    let counted = head.list(&[selection.as_slice(), &["--counted".to_owned()]].concat())?;
    let runs: Vec<&Id> = both.iter().filter(|id| id.suite != "size").collect();
    let bar = progress::bar(runs.len() * meters.iter().filter(|m| !m.exact()).count());
    for id in runs {
        let mut why = None;
        if meters.contains(&Meter::Instructions) && counted.contains(id) {
            bar.set_message(format!("{id}: instructions"));
            if let Some(m) = instructions(id, base, head, &bar)? {
                why.clone_from(&m.why);
                measured.push(m);
            }
            bar.inc(1);
        }
        for meter in [Meter::Time, Meter::PeakBytes].into_iter().filter(|m| meters.contains(m)) {
            if (meter == Meter::PeakBytes) == (id.suite == "memory") {
                bar.set_message(format!("{id}: {}", meter.name()));
                let pairs = if meter == Meter::Time { args.pairs } else { args.pairs.min(5) };
                measured.push(Measured { why: why.clone(), ..pairs_of(id, meter, base, head, pairs)? });
            }
            bar.inc(1);
        }
    }
    bar.finish_and_clear();
    Ok(measured)
}

/// Sizes of code of both sides.
fn sizes(selection: &[String], meters: &[Meter], base: &Program, head: &Program) -> Result<Vec<Measured>> {
    let args = [selection, &["--suite".to_owned(), "size".to_owned()]].concat();
    let values = |program: &Program| -> Result<BTreeMap<(String, Meter), f64>> {
        Ok(program.run(&args)?.into_iter().map(|v| ((v.benchmark, v.meter), v.value)).collect())
    };
    let (a, b) = (values(base)?, values(head)?);
    let mut reasons: BTreeMap<String, Option<String>> = BTreeMap::new();
    let mut measured = Vec::new();
    for (key @ (benchmark, meter), value) in b.iter().filter(|((_, meter), _)| meters.contains(meter)) {
        let Some(before) = a.get(key) else { continue };
        let mut why = None;
        if before != value {
            let explain = || {
                let id: Id = benchmark.parse().ok()?;
                explain::size(&base.listing(&id).ok()?, &head.listing(&id).ok()?)
            };
            why.clone_from(reasons.entry(benchmark.clone()).or_insert_with(explain));
        }
        let (base, head) = (vec![*before], vec![*value]);
        let (benchmark, meter) = (benchmark.clone(), *meter);
        measured.push(Measured { benchmark, meter, base, head, paired: true, discarded: 0, why });
    }
    Ok(measured)
}

/// Counts a benchmark on both sides; none if it is too large to be counted.
fn instructions(id: &Id, base: &Program, head: &Program, bar: &ProgressBar) -> Result<Option<Measured>> {
    let count = |program: &Program| match callgrind::count(&program.path, id) {
        Ok(count) => Some(count),
        Err(error) => {
            bar.suspend(|| eprintln!("{}: {error:#}", program.name));
            None
        }
    };
    ensure!(callgrind::available(), "instructions are counted by valgrind, which is not installed");
    let (Some(a), Some(b)): (Option<Count>, Option<Count>) = (count(base), count(head)) else { return Ok(None) };
    let why = explain::count(&a, &b, &|| Some((base.listing(id).ok()?, head.listing(id).ok()?)));
    #[allow(clippy::cast_precision_loss, reason = "counts are below 2^53")]
    let value = |count: &Count| vec![count.instructions as f64];
    Ok(Some(Measured {
        benchmark: id.to_string(),
        meter: Meter::Instructions,
        base: value(&a),
        head: value(&b),
        paired: true,
        discarded: 0,
        why,
    }))
}

/// Involuntary context switches a second above which a process counts as disturbed: the scheduler of a machine with one job
/// takes the processor away a few times a second.
const MAX_PREEMPTED: f64 = 100.0;

/// Share of stolen processor time above which a pair counts as disturbed.
const MAX_STOLEN: f64 = 0.05;

/// Measures pairs of processes: base and head in turns, the first of each pair alternating.
fn pairs_of(id: &Id, meter: Meter, base: &Program, head: &Program, pairs: usize) -> Result<Measured> {
    let mut random = Random::new(pairs as u64);
    let mut measured = Measured {
        benchmark: id.to_string(),
        meter,
        base: Vec::new(),
        head: Vec::new(),
        paired: true,
        discarded: 0,
        why: None,
    };
    for pair in 0..pairs.max(1) {
        let before = processor_time();
        let salt = random.below(4096);
        let (a, b) = if pair % 2 == 0 {
            let a = base.once(id, salt)?;
            (a, head.once(id, salt)?)
        } else {
            let b = head.once(id, salt)?;
            (base.once(id, salt)?, b)
        };
        let stolen = before.zip(processor_time()).is_some_and(|(before, after)| {
            let total = after.0 - before.0;
            total > 0.0 && (after.1 - before.1) / total > MAX_STOLEN
        });
        #[allow(clippy::cast_precision_loss, reason = "a number of events")]
        let preempted = [&a, &b].into_iter().any(|o| o.preempted as f64 > MAX_PREEMPTED * o.wall.max(0.05));
        if stolen || preempted {
            measured.discarded += 1;
            continue;
        }
        #[allow(clippy::cast_precision_loss, reason = "memories are below 2^53 bytes")]
        let value = |once: &callgrind::Once| match meter {
            Meter::Time => Some(once.seconds),
            _ => once.peak_bytes.map(|bytes| bytes.max(1) as f64),
        };
        if let (Some(a), Some(b)) = (value(&a), value(&b)) {
            measured.base.push(a);
            measured.head.push(b);
        }
    }
    Ok(measured)
}

/// Processor time of this machine so far, all and stolen by its host, in ticks.
fn processor_time() -> Option<(f64, f64)> {
    let text = std::fs::read_to_string("/proc/stat").ok()?;
    let fields: Vec<f64> = text.lines().next()?.split_whitespace().skip(1).filter_map(|f| f.parse().ok()).collect();
    Some((fields.iter().take(8).sum(), *fields.get(7)?))
}
