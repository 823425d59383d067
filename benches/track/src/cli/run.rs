//! `run`: measures and appends the results to a file.

use super::Selection;
use crate::benchmark::{Benchmark, Kind, Meter, Purpose};
use crate::callgrind::{self, Once};
use crate::engine::EngineKind;
use crate::inputs::Inputs;
use crate::measure::{Effort, Sampler, interleaved};
use crate::progress;
use crate::record::{Line, Run, Store, Value};
use crate::stats;
use anyhow::{Context, Result, ensure};
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::time::Duration;

/// Flags.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    selection: Selection,
    /// What is measured: all that apply if none is given.
    #[arg(long = "meter", value_delimiter = ',', value_parser = parse_meter)]
    meters: Vec<Meter>,
    /// The file that results are appended to.
    #[arg(long, value_name = "FILE", default_value = "results.jsonl")]
    results: PathBuf,
    /// How long each benchmark is timed.
    #[arg(long, value_name = "SECONDS", default_value_t = 0.4)]
    seconds: f64,
    /// How many samples of time are taken of each benchmark, instead.
    #[arg(long, value_name = "N", conflicts_with = "seconds")]
    rounds: Option<usize>,
}

pub(super) fn parse_meter(text: &str) -> Result<Meter, String> {
    let names = || Meter::ALL.iter().map(|m| m.name()).collect::<Vec<_>>().join(", ");
    let meter = Meter::ALL.iter().copied().find(|m| m.name() == text);
    meter.ok_or_else(|| format!("there is no such meter; there is: {}", names()))
}

pub(super) fn execute(args: &Args, engines: &[EngineKind]) -> Result<ExitCode> {
    let inputs = Inputs::load()?;
    let list = args.selection.benchmarks(engines, &inputs)?;
    ensure!(args.seconds.is_finite() && args.seconds >= 0.0, "--seconds is a time");
    let wanted = |meter: Meter| args.meters.is_empty() || args.meters.contains(&meter);
    if args.meters.contains(&Meter::Instructions) {
        ensure!(callgrind::available(), "instructions are counted by valgrind, which is not installed");
    }
    let counts = wanted(Meter::Instructions) && callgrind::available();
    let run = Run::new(engines);
    let mut store = Store::append(&args.results)?;
    store.line(&Line::Run(run.clone()))?;
    let effort = match args.rounds {
        Some(rounds) => Effort::rounds(rounds.max(1)),
        None => Effort { time: Duration::from_secs_f64(args.seconds), ..Effort::default() },
    };
    let bar = progress::bar(list.len());
    let mut failures = 0_u32;
    // The same input in all engines: their samples of time are taken in turns.
    for group in list.chunk_by(|a, b| a.id.suite == b.id.suite && a.id.input == b.id.input) {
        bar.set_message(format!("{}/{}", group[0].id.suite, group[0].id.input));
        let mut times = if wanted(Meter::Time) { times(group, &effort) } else { Vec::new() }.into_iter();
        for benchmark in group {
            let mut values = Vec::new();
            if let Err(error) = measure(benchmark, &wanted, counts, times.next().flatten(), &mut values) {
                failures += 1;
                bar.suspend(|| eprintln!("{}: {error:#}", benchmark.id));
            }
            for (meter, samples, work) in values {
                let value = value(&run.run, benchmark, meter, samples, work);
                bar.suspend(|| println!("{:44} {:14} {}", value.benchmark, meter.name(), show(&value)));
                store.line(&Line::Value(value))?;
            }
            bar.inc(1);
        }
    }
    bar.finish_and_clear();
    if wanted(Meter::Instructions) && !counts {
        eprintln!("instructions were not counted: valgrind is not installed");
    }
    println!("{} benchmarks, {failures} failures, results in {}", list.len(), args.results.display());
    Ok(if failures == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

type Measured = (Meter, Vec<f64>, Option<(f64, String)>);

/// Samples of time of each benchmark that is run.
fn times(group: &[Benchmark<'_>], effort: &Effort) -> Vec<Option<Result<Vec<f64>>>> {
    let mut samplers = Vec::new();
    let mut times: Vec<Option<Result<Vec<f64>>>> = Vec::new();
    for benchmark in group {
        let Kind::Run(running) = &benchmark.kind else {
            times.push(None);
            continue;
        };
        match (running.prepare)(Purpose::Time).and_then(|prepared| Sampler::new(running, prepared)) {
            Ok(sampler) => {
                samplers.push(sampler);
                times.push(Some(Ok(Vec::new())));
            }
            Err(error) => times.push(Some(Err(error))),
        }
    }
    let mut samples = interleaved(&mut samplers, effort).into_iter();
    for time in times.iter_mut().flatten().filter(|time| time.is_ok()) {
        *time = samples.next().expect("there are samples of each that could be prepared");
    }
    times
}

/// Measures one benchmark, whose time was taken already; what was measured before an error stays.
fn measure(
    benchmark: &Benchmark<'_>,
    wanted: &dyn Fn(Meter) -> bool,
    counts: bool,
    time: Option<Result<Vec<f64>>>,
    values: &mut Vec<Measured>,
) -> Result<()> {
    match &benchmark.kind {
        Kind::Run(running) => {
            let work = || Some((running.work.amount, running.work.unit.to_owned()));
            if let Some(samples) = time {
                values.push((Meter::Time, samples?, work()));
            }
            if counts && running.counted {
                let exe = std::env::current_exe().context("this program has no file")?;
                let count = callgrind::count(&exe, &benchmark.id)?;
                values.push((Meter::Instructions, vec![count.instructions as f64], work()));
            }
        }
        Kind::Sizes(sizing) => {
            let sizes = (sizing.sizes)()?.into_iter().filter(|(meter, _)| wanted(*meter));
            values.extend(sizes.map(|(meter, size)| (meter, vec![size], None)));
        }
        Kind::Peak(_) => {
            if wanted(Meter::PeakBytes) {
                let exe = std::env::current_exe().context("this program has no file")?;
                let output = Command::new(exe).arg("once").arg(benchmark.id.to_string()).output()?;
                ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr).trim());
                let once: Once = serde_json::from_slice(&output.stdout)?;
                let peak = once.peak_bytes.context("this system does not tell the peak of memory")?;
                values.push((Meter::PeakBytes, vec![peak as f64], None));
            }
        }
    }
    Ok(())
}

fn value(run: &str, benchmark: &Benchmark<'_>, meter: Meter, samples: Vec<f64>, work: Option<(f64, String)>) -> Value {
    let (low, high) = stats::interval(&samples);
    Value {
        run: run.to_owned(),
        benchmark: benchmark.id.to_string(),
        meter,
        value: stats::median(&samples),
        low,
        high,
        work,
        samples: if samples.len() > 1 { samples } else { Vec::new() },
    }
}

/// A value for people.
fn show(value: &Value) -> String {
    let shown = crate::throughput::quantity(value.value, value.meter.unit());
    let spread = (value.high - value.low) / 2.0 / value.value;
    let spread = if value.samples.is_empty() { String::new() } else { format!(" ±{:.1} %", spread * 100.0) };
    let each = |(amount, unit): &(f64, String)| match unit.as_str() {
        "byte" if value.meter == Meter::Time => format!(", {:.1} MB/s", amount / value.value / 1e6),
        "byte" => format!(", {:.2} bytes per 1000 instructions", amount / value.value * 1e3),
        _ if *amount == 1.0 => String::new(),
        unit => format!(", {} per {unit}", crate::throughput::quantity(value.value / amount, value.meter.unit())),
    };
    format!("{shown}{spread}{}", value.work.as_ref().map(each).unwrap_or_default())
}
