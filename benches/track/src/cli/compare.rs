//! `compare`: two sides.

use super::Selection;
use crate::benchmark::{Id, Meter};
use crate::compare::programs::Plan;
use crate::compare::side::{self, Program, Side};
use crate::compare::{Accept, Comparison, Measured, Thresholds, floor, render};
use crate::record::{History, Value};
use anyhow::{Context, Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;

/// The exit code that says: slower beyond the gate.
const BEYOND: u8 = 3;

/// Flags.
#[derive(clap::Args)]
pub(super) struct Args {
    /// A revision, one with patches (`REVISION+PATCH`), a program with this command line, or a file of results (`.jsonl`).
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
}

pub(super) fn execute(args: &Args) -> Result<ExitCode> {
    let say = |text: &str| eprintln!("{text}");
    let base = Side::resolve(&args.base, &say)?;
    let head = Side::resolve(&args.head, &say)?;
    let mut missing = Vec::new();
    let measured = match (&base, &head) {
        (Side::Program(a), Side::Program(b)) => {
            let plan =
                Plan { selection: args.selection.clone(), names: Vec::new(), meters: args.meters(), pairs: args.pairs };
            plan.measure(a, b, &mut missing)?
        }
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
            && selection.selects_name(name)
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
