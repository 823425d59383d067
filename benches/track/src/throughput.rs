//! `throughput`: compile throughput of several engines side by side.
//!
//! Samples alternate between the engines, so that what a machine does for a while hits all of them; instructions are counted
//! under callgrind.

use crate::benchmark::{Benchmark, Kind, Purpose, Running};
use crate::callgrind;
use crate::cli::Selection;
use crate::engine::EngineKind;
use crate::engine::Setup;
use crate::inputs::{Collection, Inputs};
use crate::measure::Sampler;
use crate::{progress, stats, suites};
use anyhow::{Context, Result, ensure};
use std::path::PathBuf;
use std::process::ExitCode;

/// Flags.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Engines, all if none is given. Ratios are to the last one.
    #[arg(long = "backend", value_name = "NAME", value_delimiter = ',')]
    engines: Vec<String>,
    /// Only modules whose name contains one of these.
    #[arg(long = "module", value_name = "TEXT", value_delimiter = ',')]
    modules: Vec<String>,
    /// The modules of this folder that all engines compile, together, instead of those that are known by name.
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
    /// Samples of each engine and module.
    #[arg(long, default_value_t = 7)]
    rounds: usize,
    /// Compile on all threads.
    #[arg(long)]
    threads: bool,
    /// Count no instructions.
    #[arg(long)]
    no_count: bool,
}

/// What is known of one engine and one module.
struct Cell {
    /// Bytes of wasm per second.
    speed: f64,
    /// Bytes of wasm per instruction.
    density: Option<f64>,
    code_bytes: Option<usize>,
}

pub(crate) fn execute(args: &Args, engines: &[EngineKind]) -> Result<ExitCode> {
    let mut inputs = Inputs::load()?;
    let suite = if args.threads { "compile-parallel" } else { "compile" };
    let selection = Selection { suites: vec![suite.into()], engines: args.engines.clone(), ..Selection::default() };
    selection.check_engines(engines)?;
    // In the order of the command line.
    let mut order: Vec<_> = engines.iter().filter(|e| e.suites.contains(&suite)).collect();
    if !args.engines.is_empty() {
        order = args.engines.iter().filter_map(|n| engines.iter().find(|e| &e.name == n)).collect();
    }
    if let Some(folder) = &args.folder {
        let mut collection = Collection::read(folder)?;
        let all = collection.modules.len();
        for engine in &order {
            let host = (engine.create)(&Setup::DEFAULT)?;
            collection.modules.retain(|wasm| host.compile(wasm).is_ok());
        }
        let left = collection.modules.len();
        ensure!(left > 0, "no module of {} is compiled by all of these engines", folder.display());
        println!("{left} of {all} modules are compiled by all engines");
        inputs = Inputs { collections: vec![collection], ..Inputs::default() };
    }
    let list = suites::benchmarks(engines, &inputs, &|name| name == suite);
    let selected = |name: &str| args.modules.is_empty() || args.modules.iter().any(|m| name.contains(m.as_str()));
    let mut names: Vec<&str> = Vec::new();
    for b in &list {
        if selected(&b.id.input) && !names.contains(&b.id.input.as_str()) {
            names.push(&b.id.input);
        }
    }
    let exe = std::env::current_exe().context("this program has no file")?;
    // Who counts runs in a process of its own, which knows of no folder.
    let count = !args.no_count && !args.threads && args.folder.is_none() && callgrind::available();
    let bar = progress::bar(names.len() * order.len());
    let mut rows = Vec::new();
    for name in names {
        let find = |engine: &EngineKind| -> Result<(&Benchmark<'_>, &Running<'_>)> {
            let found = list.iter().find(|b| b.id.input == name && b.id.engine == engine.name);
            match found.map(|b| (b, &b.kind)) {
                Some((b, Kind::Run(running))) => Ok((b, running)),
                _ => anyhow::bail!("{} does not compile", engine.name),
            }
        };
        // An engine that cannot compile a module has an empty cell, and why is said.
        let mut samplers = Vec::new();
        for engine in &order {
            let (_, running) = find(engine)?;
            let sampler = (running.prepare)(Purpose::Time).and_then(|prepared| Sampler::new(running, prepared));
            samplers.push(sampler.map_err(|e| bar.suspend(|| eprintln!("{}: {name}: {e:#}", engine.name))).ok());
        }
        let mut samples = vec![Vec::new(); order.len()];
        for _ in 0..args.rounds.max(1) {
            for (sampler, samples) in samplers.iter_mut().zip(&mut samples) {
                if let Some(sampler) = sampler {
                    samples.push(sampler.sample()?);
                }
            }
        }
        let mut cells = Vec::new();
        for (engine, samples) in order.iter().zip(&samples) {
            let (benchmark, running) = find(engine)?;
            bar.set_message(benchmark.id.to_string());
            bar.inc(1);
            if samples.is_empty() {
                cells.push(None);
                continue;
            }
            let instructions = match count && running.counted {
                true => Some(callgrind::count(&exe, &benchmark.id)?.instructions as f64),
                false => None,
            };
            cells.push(Some(Cell {
                speed: running.work.amount / stats::quantile(samples, 0.0),
                density: instructions.map(|n| running.work.amount / n),
                code_bytes: code_bytes(engine, name, &inputs)?,
            }));
        }
        let module = inputs.modules.iter().find(|m| m.name == name).map(|m| m.bytes);
        let collection = inputs.collections.iter().find(|c| c.name == name).map(Collection::bytes);
        let bytes = module.or(collection).unwrap_or(0);
        rows.push((name, bytes, cells));
    }
    bar.finish_and_clear();
    let heads: Vec<_> = order.iter().map(|e| format!("{} {}", e.name, e.version)).collect();
    table("MB of wasm per second, best of all rounds", &heads, &rows, |c| Some(c.speed), |v| format!("{:.2}", v / 1e6));
    if count {
        table("bytes of wasm per 1000 instructions", &heads, &rows, |c| c.density, |v| format!("{:.3}", v * 1e3));
    }
    #[allow(clippy::cast_precision_loss, reason = "code is smaller than 2^52 bytes")]
    table("bytes of code", &heads, &rows, |c| c.code_bytes.map(|b| b as f64), |v| format!("{v:.0}"));
    Ok(ExitCode::SUCCESS)
}

fn code_bytes(engine: &EngineKind, name: &str, inputs: &Inputs) -> Result<Option<usize>> {
    let host = (engine.create)(&Setup::DEFAULT)?;
    let module = inputs.modules.iter().find(|m| m.name == name);
    let collection = inputs.collections.iter().find(|c| c.name == name);
    let modules: Vec<_> = match (module, collection) {
        (Some(module), _) => vec![module.wasm()?],
        (None, Some(collection)) => collection.modules.clone(),
        (None, None) => inputs.workloads.iter().map(|w| w.wasm.clone()).collect(),
    };
    modules.iter().map(|wasm| Ok(host.compile(wasm)?.code_bytes())).sum()
}

/// Prints a table in Markdown: modules down, engines across, ratios to the last engine behind each.
fn table(
    title: &str,
    heads: &[String],
    rows: &[(&str, usize, Vec<Option<Cell>>)],
    value: impl Fn(&Cell) -> Option<f64>,
    show: impl Fn(f64) -> String,
) {
    println!("\n### {title}\n\n| module | kB | {} |", heads.join(" | "));
    println!("| --- | ---: |{}", " ---: |".repeat(heads.len()));
    let mut ratios = vec![Vec::new(); heads.len()];
    for (name, bytes, cells) in rows {
        let reference = cells.last().and_then(Option::as_ref).and_then(&value);
        let last = cells.len().saturating_sub(1);
        let shown = cells.iter().enumerate().map(|(i, cell)| {
            let Some(v) = cell.as_ref().and_then(&value) else { return "-".to_owned() };
            match reference.filter(|_| i < last) {
                Some(reference) => {
                    ratios[i].push(v / reference);
                    format!("{} (×{:.3})", show(v), v / reference)
                }
                None => show(v),
            }
        });
        let shown: Vec<_> = shown.collect();
        println!("| {name} | {} | {} |", bytes / 1000, shown.join(" | "));
    }
    let means = ratios.iter().map(|r| match r.is_empty() {
        true => String::new(),
        false => format!("**×{:.3}**", stats::geometric_mean(r.iter().copied())),
    });
    println!("| **geometric mean** | | {} |", means.collect::<Vec<_>>().join(" | "));
}

/// A quantity with a prefix that suits it.
pub fn quantity(value: f64, unit: &str) -> String {
    if unit == "s" {
        return match value {
            v if v < 1e-6 => format!("{:.2} ns", v * 1e9),
            v if v < 1e-3 => format!("{:.2} µs", v * 1e6),
            v if v < 1.0 => format!("{:.2} ms", v * 1e3),
            v => format!("{v:.2} s"),
        };
    }
    match value {
        v if v < 1e4 => format!("{} {unit}", (v * 10.0).round() / 10.0),
        v if v < 1e6 => format!("{:.2} k {unit}", v / 1e3),
        v if v < 1e9 => format!("{:.2} M {unit}", v / 1e6),
        v => format!("{:.2} G {unit}", v / 1e9),
    }
}

#[cfg(test)]
mod tests {
    use super::quantity;

    #[test]
    fn quantities_have_a_prefix_that_suits() {
        assert_eq!(quantity(0.0123, "s"), "12.30 ms");
        assert_eq!(quantity(11.04, "instructions"), "11 instructions");
        assert_eq!(quantity(412_345_678.0, "instructions"), "412.35 M instructions");
    }
}
