//! `tables`: the newest results as Markdown, each backend beside the same mode of its peer.
//!
//! The peer of a backend `winch` is `wasmtime-winch`. Engines that are neither are others: they stand in a table of their own,
//! with the backends' ratios to them.

use crate::benchmark::{Id, Meter};
use crate::record::{History, Run, Value};
use crate::stats::{geometric_mean, quantile};
use crate::suites;
use crate::throughput::quantity;
use anyhow::{Context, Result, ensure};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Flags.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Files of results.
    #[arg(required = true)]
    results: Vec<PathBuf>,
    /// Replaces what stands between the lines that begin and end the tables in this file; otherwise they are printed.
    #[arg(long, value_name = "FILE")]
    into: Option<PathBuf>,
}

/// The line before the tables in a document.
const BEGIN: &str = "<!-- tables: begin -->";
/// The line behind them.
const END: &str = "<!-- tables: end -->";

pub(crate) fn execute(args: &Args) -> Result<ExitCode> {
    let mut history = History::default();
    for path in &args.results {
        history.runs.extend(History::read(path)?.runs);
    }
    let own: Vec<_> = crate::engines::all().into_iter().map(|e| e.name).collect();
    let text = markdown(&history, &own)?;
    match &args.into {
        Some(path) => {
            let document = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
            let document = replace(&document, &text).with_context(|| format!("{} has no place", path.display()))?;
            std::fs::write(path, document).with_context(|| format!("cannot write {}", path.display()))?;
        }
        None => print!("{text}"),
    }
    Ok(ExitCode::SUCCESS)
}

/// A document with other tables.
fn replace(document: &str, tables: &str) -> Result<String> {
    let (before, rest) = document.split_once(BEGIN).with_context(|| format!("there is no line {BEGIN}"))?;
    let (_, after) = rest.split_once(END).with_context(|| format!("there is no line {END}"))?;
    Ok(format!("{before}{BEGIN}\n{tables}{END}{after}"))
}

/// Input to the seconds or bytes of one unit of work, in the order of the results.
type Column = Vec<(String, f64)>;

/// What was measured of one suite: engine to values.
#[derive(Default)]
struct Suite {
    inputs: Vec<String>,
    engines: BTreeMap<String, Column>,
    unit: &'static str,
}

impl Suite {
    fn value(&self, engine: &str, input: &str) -> Option<f64> {
        self.engines.get(engine)?.iter().find(|(name, _)| name == input).map(|(_, value)| *value)
    }

    /// Ratios of two engines over the inputs that both have.
    fn ratios(&self, engine: &str, peer: &str) -> Vec<f64> {
        let ratio = |input: &String| Some(self.value(engine, input)? / self.value(peer, input)?);
        self.inputs.iter().filter_map(ratio).collect()
    }
}

/// The tables. `own` are the names of the backends.
///
/// # Errors
///
/// If there are no results.
pub fn markdown(history: &History, own: &[String]) -> Result<String> {
    let mut text = String::new();
    let newest = history.runs.iter().map(|(run, _)| run).max_by_key(|run| run.time);
    about(&mut text, newest.context("there are no results")?, history);
    let values: Vec<&Value> = history.runs.iter().flat_map(|(_, values)| values).collect();
    for suite in suites::ALL {
        for meter in [Meter::Time, Meter::CodeBytes, Meter::PeakBytes] {
            let found = collect(&values, suite.name, meter);
            if !found.inputs.is_empty() {
                let _ = writeln!(text, "\n### {}: {}\n", suite.name, suite.doc);
                beside_peers(&mut text, &found, own);
                beside_others(&mut text, &found, own);
            }
        }
    }
    ensure!(text.contains("###"), "the results have nothing that is shown in tables");
    Ok(text)
}

/// Of what, and where.
fn about(text: &mut String, run: &Run, history: &History) {
    let mut versions: BTreeMap<&str, &str> = BTreeMap::new();
    for (run, _) in &history.runs {
        versions.extend(run.versions.iter().map(|(name, version)| (name.as_str(), version.as_str())));
    }
    let versions: Vec<_> = versions.iter().map(|(name, version)| format!("{name} {version}")).collect();
    let machine = &run.machine;
    let _ = writeln!(
        text,
        "Measured at revision {} on {} ({} threads, {}, {}).\n{}.",
        run.revision.get(..12).unwrap_or("unknown"),
        machine.cpu,
        machine.threads,
        machine.isa,
        machine.os,
        versions.join(", "),
    );
}

/// The values of a suite, the newest of each benchmark. Of time it is the best sample: what disturbs a run makes it slower.
fn collect(values: &[&Value], suite: &str, meter: Meter) -> Suite {
    let mut found = Suite { unit: meter.unit(), ..Suite::default() };
    for value in values.iter().filter(|v| v.meter == meter) {
        let Some(Id { input, engine, .. }) = value.id().filter(|id| id.suite == suite) else { continue };
        let best = if value.samples.is_empty() { value.value } else { quantile(&value.samples, 0.0) };
        let per = match &value.work {
            Some((amount, unit)) if unit != "byte" => *amount,
            _ => 1.0,
        };
        if !found.inputs.contains(&input) {
            found.inputs.push(input.clone());
        }
        let column = found.engines.entry(engine).or_default();
        column.retain(|(name, _)| *name != input);
        column.push((input, best / per));
    }
    found
}

fn peer(engine: &str) -> String {
    format!("wasmtime-{engine}")
}

/// Each backend beside the same mode of its peer.
fn beside_peers(text: &mut String, suite: &Suite, own: &[String]) {
    let columns: Vec<&String> = own.iter().filter(|name| suite.engines.contains_key(*name)).collect();
    if columns.is_empty() {
        return;
    }
    let heads: Vec<_> = columns.iter().map(|name| format!("{name} | {} | ratio", peer(name))).collect();
    let _ = writeln!(text, "| input | {} |\n| --- |{}", heads.join(" | "), " ---: |".repeat(columns.len() * 3));
    let show = |value: Option<f64>| value.map_or("-".to_owned(), |v| quantity(v, suite.unit).trim_end().to_owned());
    for input in &suite.inputs {
        let cells = columns.iter().map(|name| {
            let (a, b) = (suite.value(name, input), suite.value(&peer(name), input));
            let ratio = a.zip(b).map_or("-".to_owned(), |(a, b)| format!("{:.3}", a / b));
            format!("{} | {} | {ratio}", show(a), show(b))
        });
        let cells: Vec<_> = cells.collect();
        if columns.iter().any(|name| suite.value(name, input).is_some()) {
            let _ = writeln!(text, "| {input} | {} |", cells.join(" | "));
        }
    }
    let means = columns.iter().map(|name| format!("| | | {}", mean(&suite.ratios(name, &peer(name)))));
    let _ = writeln!(text, "| **geometric mean** {} |", means.collect::<Vec<_>>().join(" "));
}

/// Other engines, and the backends' ratios to them.
fn beside_others(text: &mut String, suite: &Suite, own: &[String]) {
    let known = |name: &String| own.iter().any(|o| o == name || peer(o) == *name);
    let others: Vec<&String> = suite.engines.keys().filter(|name| !known(name)).collect();
    if others.is_empty() {
        return;
    }
    let heads: Vec<_> = others.iter().map(|name| name.as_str()).collect();
    let _ = writeln!(text, "\n| input | {} |\n| --- |{}", heads.join(" | "), " ---: |".repeat(others.len()));
    for input in &suite.inputs {
        let cells: Vec<_> = others
            .iter()
            .map(|name| {
                suite.value(name, input).map_or("-".to_owned(), |v| quantity(v, suite.unit).trim_end().to_owned())
            })
            .collect();
        let _ = writeln!(text, "| {input} | {} |", cells.join(" | "));
    }
    for name in own.iter().filter(|name| suite.engines.contains_key(*name)) {
        let means: Vec<_> = others.iter().map(|other| mean(&suite.ratios(name, other))).collect();
        let _ = writeln!(text, "| **{name}, of it** | {} |", means.join(" | "));
    }
}

/// The geometric mean of ratios, for a table.
fn mean(ratios: &[f64]) -> String {
    match ratios {
        [] => String::new(),
        _ => format!("**{:.3}**", geometric_mean(ratios.iter().copied())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn history(values: &[(&str, f64)]) -> History {
        let run = Run { run: "a".into(), revision: "0123456789abcdef".into(), ..Run::default() };
        let value = |&(benchmark, value): &(&str, f64)| Value {
            run: "a".into(),
            benchmark: benchmark.into(),
            meter: Meter::Time,
            value,
            low: value,
            high: value,
            work: Some((10.0, "call".into())),
            samples: vec![value, value * 2.0],
        };
        History { runs: vec![(run, values.iter().map(value).collect())] }
    }

    #[test]
    fn backends_stand_beside_the_same_mode_of_their_peer_and_others_apart() {
        let history = history(&[
            ("call/winch/in", 9.0),
            ("call/winch/in", 1.0),
            ("call/wasmtime-winch/in", 2.0),
            ("call/winch/out", 3.0),
            ("call/wasmi/in", 4.0),
        ]);
        let text = markdown(&history, &["winch".to_owned(), "cranelift".to_owned()]).expect("results");
        let tables = text.split_once("\n\n").expect("tables").1.split_once("\n\n").expect("a title").1;
        let expected = "\
| input | winch | wasmtime-winch | ratio |
| --- | ---: | ---: | ---: |
| in | 100.00 ms | 200.00 ms | 0.500 |
| out | 300.00 ms | - | - |
| **geometric mean** | | | **0.500** |

| input | wasmi |
| --- | ---: |
| in | 400.00 ms |
| out | - |
| **winch, of it** | **0.250** |
";
        assert_eq!(tables, expected);
        assert!(text.contains("revision 0123456789ab"), "{text}");
        assert!(markdown(&History::default(), &[]).is_err());
    }

    #[test]
    fn tables_of_a_document_are_replaced_and_nothing_else() {
        let document = format!("before\n{BEGIN}\nold\n{END}\nafter\n");
        assert_eq!(replace(&document, "new\n").expect("has a place"), format!("before\n{BEGIN}\nnew\n{END}\nafter\n"));
        assert!(replace("nothing", "new").is_err());
    }
}
