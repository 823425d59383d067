//! `bisect`: which revision made a benchmark slower.

use crate::benchmark::{Id, Meter};
use crate::callgrind;
use crate::compare::side::{build, git};
use anyhow::{Context, Result, ensure};
use std::process::ExitCode;

/// Flags.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The benchmark.
    benchmark: Id,
    /// A revision where it was fast.
    good: String,
    /// A later revision where it is slow.
    bad: String,
    /// What is looked at: instructions, or a size.
    #[arg(long, default_value = "instructions", value_parser = super::run::parse_meter)]
    meter: Meter,
}

pub(super) fn execute(args: &Args) -> Result<ExitCode> {
    ensure!(args.meter.exact() || args.meter == Meter::Instructions, "only counts and sizes tell good from bad surely");
    let value = |revision: &str| value(args, revision);
    let (good, bad) = (value(&args.good)?, value(&args.bad)?);
    let range = format!("{}..{}", args.good, args.bad);
    let revisions: Vec<String> =
        git(&["rev-list", "--reverse", "--first-parent", &range])?.lines().map(str::to_owned).collect();
    ensure!(!revisions.is_empty(), "there is no revision between {} and {}", args.good, args.bad);
    println!("{}: {good} at {}, {bad} at {}, {} revisions", args.benchmark, args.good, args.bad, revisions.len());
    ensure!(bad > good, "{} is not slower than {}", args.bad, args.good);
    let first = first_bad(revisions.len(), good, bad, &mut |index| {
        let value = value(&revisions[index]);
        match &value {
            Ok(v) => println!("{} {v}", &revisions[index][..12]),
            Err(error) => println!("{} skipped: {error:#}", &revisions[index][..12]),
        }
        value.ok()
    });
    println!("\n{}", git(&["show", "--no-patch", "--format=%h %s", &revisions[first]])?);
    Ok(ExitCode::SUCCESS)
}

/// The first index whose value is nearer to `bad` than to `good`. The last one's is `bad`. Those without a value are passed over:
/// the first after them that has one is taken for it.
fn first_bad(count: usize, good: f64, bad: f64, value: &mut dyn FnMut(usize) -> Option<f64>) -> usize {
    let middle = f64::midpoint(good, bad);
    // Everything below `low` is good, everything from `high` on is bad.
    let (mut low, mut high) = (0, count - 1);
    while low < high {
        let mut at = low + (high - low) / 2;
        let start = at;
        let found = loop {
            match value(at) {
                Some(v) => break Some(v),
                None if at + 1 < high => at += 1,
                None => break None,
            }
        };
        match found {
            Some(v) if v > middle => high = at,
            Some(_) => low = at + 1,
            // Nothing from the middle up can be measured: what is known to be bad moves down to there.
            None => high = start,
        }
    }
    high
}

fn value(args: &Args, revision: &str) -> Result<f64> {
    let program = build(revision, &|text| eprintln!("{text}"))?;
    if args.meter == Meter::Instructions {
        #[allow(clippy::cast_precision_loss, reason = "counts are below 2^53")]
        return Ok(callgrind::count(&program.path, &args.benchmark)?.instructions as f64);
    }
    let name = args.benchmark.to_string();
    let select = ["--suite", &args.benchmark.suite, "--backend", &args.benchmark.engine, "--only", &name];
    let values = program.run(&select.map(str::to_owned))?;
    let found = values.into_iter().find(|v| v.benchmark == name && v.meter == args.meter);
    Ok(found.with_context(|| format!("{name} has no {}", args.meter.name()))?.value)
}

#[cfg(test)]
mod tests {
    use super::first_bad;

    #[test]
    fn the_first_bad_revision_is_found_wherever_it_is() {
        for count in 1..20 {
            for first in 0..count {
                let mut looked = 0;
                let found = first_bad(count, 100.0, 110.0, &mut |i| {
                    looked += 1;
                    Some(if i < first { 100.1 } else { 109.9 })
                });
                assert_eq!(found, first);
                assert!(looked <= 5, "{looked} of {count}");
            }
        }
    }

    #[test]
    fn revisions_that_cannot_be_measured_are_passed_over() {
        let found = first_bad(9, 1.0, 2.0, &mut |i| (i != 4).then_some(if i < 6 { 1.0 } else { 2.0 }));
        assert_eq!(found, 6);
        assert_eq!(first_bad(5, 1.0, 2.0, &mut |_| None), 0);
    }
}
