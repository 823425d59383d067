//! `once`: one benchmark in this process, for comparisons, which start many processes.

use crate::benchmark::{Id, Kind, Prepared, Purpose};
use crate::callgrind::{Once, measured};
use crate::engine::EngineKind;
use crate::inputs::Inputs;
use crate::measure::{self, Effort, Sampler};
use crate::{stats, suites};
use anyhow::{Context, Result, bail};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Flags.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The benchmark.
    benchmark: Id,
    /// Do what is counted, which is less, instead of what is timed.
    #[arg(long)]
    count: bool,
}

/// A process is one observation, however often it repeats: a few samples are enough to pass over what disturbs one.
const EFFORT: Effort = Effort { time: Duration::from_millis(30), min_samples: 3, max_samples: 15 };

pub(super) fn execute(args: &Args, engines: &[EngineKind]) -> Result<ExitCode> {
    let inputs = Inputs::load()?;
    let id = &args.benchmark;
    let list = suites::benchmarks(engines, &inputs, &|suite| suite == id.suite);
    let benchmark = list.iter().find(|b| &b.id == id).with_context(|| format!("there is no benchmark {id}"))?;
    let mut once = Once::default();
    match &benchmark.kind {
        Kind::Run(running) => {
            let purpose = if args.count { Purpose::Count } else { Purpose::Time };
            let prepared = (running.prepare)(purpose)?;
            if args.count {
                let Prepared { mut action, functions } = prepared;
                once.functions = functions;
                // Caches, lazily bound symbols and pools are filled here.
                action()?;
                measured(&mut action)?;
            } else {
                let mut sampler = Sampler::new(running, prepared)?;
                let (start, before) = (Instant::now(), preempted());
                once.seconds = stats::median(&sampler.samples(&EFFORT)?);
                once.preempted = preempted().saturating_sub(before);
                once.wall = start.elapsed().as_secs_f64();
            }
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
