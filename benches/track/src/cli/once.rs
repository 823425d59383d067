//! `once`: one benchmark, once, in this process.

use crate::benchmark::{Clock, Id, Kind, Prepared, Purpose};
use crate::callgrind::{Once, measured};
use crate::engine::EngineKind;
use crate::inputs::Inputs;
use crate::{measure, suites};
use anyhow::{Context, Result, bail};
use std::process::ExitCode;

/// Flags.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The benchmark.
    benchmark: Id,
    /// Do what is counted, which is less, instead of what is timed.
    #[arg(long)]
    count: bool,
}

pub(super) fn execute(args: &Args, engines: &[EngineKind]) -> Result<ExitCode> {
    let inputs = Inputs::load()?;
    let id = &args.benchmark;
    let list = suites::benchmarks(engines, &inputs, &|suite| suite == id.suite);
    let benchmark = list.iter().find(|b| &b.id == id).with_context(|| format!("there is no benchmark {id}"))?;
    let mut once = Once::default();
    match &benchmark.kind {
        Kind::Run(running) => {
            let purpose = if args.count { Purpose::Count } else { Purpose::Time };
            let Prepared { mut action, functions } = (running.prepare)(purpose)?;
            once.functions = functions;
            // Caches, lazily bound symbols and pools are filled here.
            action()?;
            let preempted = preempted();
            let clock = if args.count { Clock::Thread } else { running.clock };
            let start = clock.now();
            measured(&mut action)?;
            once.seconds = (clock.now() - start).as_secs_f64();
            once.preempted = self::preempted().saturating_sub(preempted);
        }
        Kind::Peak(prepare) => {
            let mut action = prepare()?;
            let before = measure::peak_bytes();
            action()?;
            once.peak_bytes = measure::peak_bytes().zip(before).map(|(after, before)| after.saturating_sub(before));
        }
        Kind::Sizes(_) => bail!("{id} has nothing to run"),
    }
    println!("{}", serde_json::to_string(&once)?);
    Ok(ExitCode::SUCCESS)
}

/// Involuntary context switches of this thread so far.
fn preempted() -> u64 {
    let status = std::fs::read_to_string("/proc/thread-self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("nonvoluntary_ctxt_switches:"));
    line.and_then(|n| n.trim().parse().ok()).unwrap_or(0)
}
