//! Measuring two programs beside each other.

use super::side::Program;
use super::{Measured, explain};
use crate::benchmark::{Id, Meter};
use crate::callgrind::{self, Count};
use crate::cli::Selection;
use crate::progress;
use crate::stats::Random;
use anyhow::{Result, ensure};
use indicatif::ProgressBar;
use std::collections::BTreeMap;

/// What is measured of both.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Which benchmarks.
    pub selection: Selection,
    /// Only those with exactly these names, if there are any.
    pub names: Vec<String>,
    /// With which meters.
    pub meters: Vec<Meter>,
    /// Pairs of processes that noisy meters are measured with.
    pub pairs: usize,
}

impl Plan {
    /// Measures two programs. Benchmarks that only one has are named in `missing`.
    ///
    /// # Errors
    ///
    /// If they have nothing in common, or one of them fails.
    pub fn measure(&self, base: &Program, head: &Program, missing: &mut Vec<String>) -> Result<Vec<Measured>> {
        measure(self, base, head, missing)
    }
}

fn measure(plan: &Plan, base: &Program, head: &Program, missing: &mut Vec<String>) -> Result<Vec<Measured>> {
    let meters = &plan.meters;
    let selection = plan.selection.to_args();
    let (in_base, in_head) = (base.list(&selection)?, head.list(&selection)?);
    let wanted = |name: &str| plan.names.is_empty() || plan.names.iter().any(|n| n == name);
    let both: Vec<Id> = in_head.iter().filter(|id| in_base.contains(id) && wanted(&id.to_string())).cloned().collect();
    let only_one = in_head.iter().chain(&in_base).filter(|id| wanted(&id.to_string()) && !both.contains(id));
    missing.extend(only_one.map(Id::to_string));
    ensure!(!both.is_empty(), "the two sides have no such benchmark in common");
    let mut measured = Vec::new();
    if meters.iter().any(|m| m.exact()) && both.iter().any(|id| id.suite == "size") {
        measured.extend(sizes(&selection, meters, base, head)?.into_iter().filter(|m| wanted(&m.benchmark)));
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
                let pairs = if meter == Meter::Time { plan.pairs } else { plan.pairs.min(5) };
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
    let mut args = [selection, &["--suite".to_owned(), "size".to_owned()]].concat();
    // Not the time of what else is selected.
    args.extend(meters.iter().filter(|m| m.exact()).flat_map(|m| ["--meter".to_owned(), m.name().to_owned()]));
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
