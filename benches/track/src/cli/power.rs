//! `power`: what comparisons find, and how often they cry wolf.
//!
//! Slow-downs are kept as patches in `benches/track/fixtures`. Each is applied to a revision and compared with it: the
//! benchmarks that it names must be flagged and explained, the others must not be. Then the revision is compared with itself.

use super::Selection;
use crate::benchmark::{Id, Meter};
use crate::compare::programs::Plan;
use crate::compare::side::{self, Program};
use crate::compare::{Comparison, Measured, Thresholds, Verdict, render};
use crate::inputs::source_tree;
use crate::progress;
use crate::record::Machine;
use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

/// Flags.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The revision.
    #[arg(default_value = "HEAD")]
    revision: String,
    /// Only these slow-downs; `none` for none.
    #[arg(long = "fixture", value_name = "NAME", value_delimiter = ',')]
    fixtures: Vec<String>,
    /// How often the revision is compared with itself, by counts and by time.
    #[arg(long, value_name = "N", default_value_t = 100)]
    comparisons: usize,
    /// Pairs of processes of each comparison by time.
    #[arg(long, default_value_t = 20)]
    pairs: usize,
    /// Compare with itself by these meters only.
    #[arg(long = "meter", value_delimiter = ',', value_parser = super::run::parse_meter, default_values = ["instructions", "time"])]
    meters: Vec<Meter>,
    /// Compare with itself by benchmarks whose name contains one of these only.
    #[arg(long, value_name = "TEXT", value_delimiter = ',')]
    only: Vec<String>,
    /// Writes the outcome as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

/// What the manifest of the fixtures says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    /// Benchmarks that the revision is compared with itself by, per meter.
    same: BTreeMap<String, Vec<String>>,
    fixture: Vec<Fixture>,
}

/// A slow-down.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fixture {
    /// Its name; the patch has the same.
    name: String,
    /// What it does.
    doc: String,
    /// What must be flagged.
    flagged: Vec<Flag>,
    /// Benchmarks that must not be.
    steady: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Flag {
    benchmark: String,
    meter: String,
    /// What the explanation must contain.
    why: String,
}

impl Manifest {
    fn folder() -> PathBuf {
        source_tree().join("benches/track/fixtures")
    }

    fn load() -> Result<Self> {
        let path = Self::folder().join("fixtures.toml");
        let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        toml::from_str(&text).with_context(|| format!("{} is malformed", path.display()))
    }
}

impl Fixture {
    fn patch(&self) -> PathBuf {
        Manifest::folder().join(format!("{}.patch", self.name))
    }

    fn plan(&self) -> Result<Plan> {
        let names = self.flagged.iter().map(|f| f.benchmark.clone()).chain(self.steady.iter().cloned());
        plan(names.collect(), self.meters()?, 0)
    }

    fn meters(&self) -> Result<Vec<Meter>> {
        let mut meters = vec![Meter::Instructions];
        for flag in &self.flagged {
            let meter = super::run::parse_meter(&flag.meter).map_err(anyhow::Error::msg)?;
            if !meters.contains(&meter) {
                meters.push(meter);
            }
        }
        Ok(meters)
    }
}

/// A plan for these benchmarks.
fn plan(names: Vec<String>, meters: Vec<Meter>, pairs: usize) -> Result<Plan> {
    let mut suites = Vec::new();
    for name in &names {
        let id: Id = name.parse().map_err(anyhow::Error::msg)?;
        if !suites.contains(&id.suite) {
            suites.push(id.suite);
        }
    }
    let selection = Selection { suites, only: names.clone(), ..Selection::default() };
    Ok(Plan { selection, names, meters, pairs })
}

/// What came out.
#[derive(Serialize)]
struct Outcome {
    revision: String,
    machine: Machine,
    fixtures: Vec<Found>,
    same: Vec<Same>,
}

/// What a comparison said of a slow-down.
#[derive(Serialize)]
struct Found {
    name: String,
    /// What is wrong with that; nothing should be.
    problems: Vec<String>,
    comparison: Comparison,
}

/// What comparisons of a revision with itself said.
#[derive(Serialize)]
struct Same {
    meter: Meter,
    benchmarks: Vec<String>,
    comparisons: usize,
    /// Comparisons that raised an alarm.
    alarms: usize,
    /// Comparisons with a benchmark for which the machine was too noisy.
    too_noisy: usize,
    /// The largest spread of one benchmark: largest value less smallest, relative to the smallest.
    spread: f64,
}

/// The largest spread of counts that is in order.
const MAX_SPREAD: f64 = 0.0005;

pub(super) fn execute(args: &Args) -> Result<ExitCode> {
    let manifest = Manifest::load()?;
    let known: Vec<_> = manifest.fixture.iter().map(|f| f.name.as_str()).collect();
    for name in args.fixtures.iter().filter(|n| *n != "none") {
        ensure!(known.contains(&name.as_str()), "there is no fixture {name:?}; there is: {}", known.join(", "));
    }
    let say = |text: &str| eprintln!("{text}");
    let base = side::build(&args.revision, &say)?;
    let mut fixtures = Vec::new();
    for fixture in manifest.fixture.iter().filter(|f| args.fixtures.is_empty() || args.fixtures.contains(&f.name)) {
        let head = side::build(&format!("{}+{}", args.revision, fixture.patch().display()), &say)?;
        let head = Program { name: fixture.name.clone(), ..head };
        let found = find(fixture, &base, &head)?;
        println!("## {}: {}\n\n{}", fixture.name, fixture.doc, render::markdown(&found.comparison));
        println!("**{}**\n", if found.problems.is_empty() { "found".to_owned() } else { found.problems.join("; ") });
        fixtures.push(found);
    }
    let mut same = Vec::new();
    for meter in args.meters.iter().filter(|_| args.comparisons > 0) {
        let names = manifest.same.get(meter.name());
        let names = names.with_context(|| format!("the fixtures have no benchmarks for {}", meter.name()))?;
        let wanted = |name: &&String| args.only.is_empty() || args.only.iter().any(|text| name.contains(text));
        let names: Vec<_> = names.iter().filter(wanted).cloned().collect();
        ensure!(!names.is_empty(), "no benchmark for {} has such a name", meter.name());
        let of_meter = compare_same(&base, *meter, &names, args)?;
        println!(
            "## The same revision, {}: {} comparisons of {} benchmarks, {} with an alarm, {} too noisy, spread {:.4} %\n",
            meter.name(),
            of_meter.comparisons,
            names.len(),
            of_meter.alarms,
            of_meter.too_noisy,
            of_meter.spread * 100.0,
        );
        same.push(of_meter);
    }
    let missed = fixtures.iter().filter(|f| !f.problems.is_empty()).count();
    let cried = same.iter().filter(|s| s.alarms * 100 > s.comparisons.max(100)).count();
    let spread = same.iter().filter(|s| s.meter == Meter::Instructions && s.spread > MAX_SPREAD).count();
    let revision = base.revision.clone().unwrap_or_default();
    let outcome = Outcome { revision, machine: Machine::here(), fixtures, same };
    if let Some(path) = &args.json {
        std::fs::write(path, serde_json::to_string_pretty(&outcome)?)
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    println!("{} of {} slow-downs were found and explained", outcome.fixtures.len() - missed, outcome.fixtures.len());
    Ok(if missed + cried + spread == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn find(fixture: &Fixture, base: &Program, head: &Program) -> Result<Found> {
    let mut missing = Vec::new();
    let measured = fixture.plan()?.measure(base, head, &mut missing)?;
    let names = (base.name.clone(), head.name.clone());
    let comparison = Comparison::new(names, measured, &[], &BTreeMap::new(), Thresholds::default());
    let problems = problems(fixture, &comparison);
    Ok(Found { name: fixture.name.clone(), problems, comparison })
}

/// What a comparison should have said of a slow-down and did not.
fn problems(fixture: &Fixture, comparison: &Comparison) -> Vec<String> {
    let mut problems = Vec::new();
    for flag in &fixture.flagged {
        let name = format!("{} ({})", flag.benchmark, flag.meter);
        let row = comparison.rows.iter().find(|r| r.benchmark == flag.benchmark && r.meter.name() == flag.meter);
        match row {
            None => problems.push(format!("{name} was not measured")),
            Some(row) if row.verdict != Verdict::Regression => problems.push(format!("{name} was not flagged")),
            Some(row) => {
                let why = row.why.as_deref().unwrap_or("nothing");
                if !why.contains(&flag.why) {
                    problems.push(format!("{name} is explained by {why}, not by {}", flag.why));
                }
            }
        }
    }
    for name in &fixture.steady {
        let mut rows = comparison.rows.iter().filter(|r| &r.benchmark == name).peekable();
        if rows.peek().is_none() {
            problems.push(format!("{name} was not measured"));
        }
        if rows.any(|r| r.verdict != Verdict::Unchanged) {
            problems.push(format!("{name} was flagged"));
        }
    }
    problems
}

fn compare_same(program: &Program, meter: Meter, names: &[String], args: &Args) -> Result<Same> {
    let plan = plan(names.to_vec(), vec![meter], args.pairs)?;
    let bar = progress::bar(args.comparisons);
    let mut same =
        Same { meter, benchmarks: names.to_vec(), comparisons: args.comparisons, alarms: 0, too_noisy: 0, spread: 0.0 };
    let mut ranges: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    for _ in 0..args.comparisons {
        let measured = plan.measure(program, program, &mut Vec::new())?;
        ensure!(measured.len() == names.len(), "only {} of {} benchmarks were measured", measured.len(), names.len());
        for Measured { benchmark, base, head, .. } in &measured {
            let (low, high) = ranges.entry(benchmark.clone()).or_insert((f64::MAX, 0.0));
            for value in base.iter().chain(head) {
                (*low, *high) = (low.min(*value), high.max(*value));
            }
        }
        let names = (program.name.clone(), program.name.clone());
        let comparison = Comparison::new(names, measured, &[], &BTreeMap::new(), Thresholds::default());
        let any = |verdict| usize::from(comparison.with(verdict).next().is_some());
        let alarm = any(Verdict::Regression).max(any(Verdict::Improvement));
        if alarm > 0 {
            bar.suspend(|| println!("{}", render::markdown(&comparison)));
        }
        same.alarms += alarm;
        same.too_noisy += any(Verdict::TooNoisy);
        bar.inc(1);
    }
    bar.finish_and_clear();
    same.spread = ranges.values().map(|(low, high)| high / low - 1.0).fold(0.0, f64::max);
    Ok(same)
}

/// Whether a patch applies to the source tree as it is.
#[cfg(test)]
fn applies(patch: &std::path::Path) -> Result<()> {
    let output = std::process::Command::new("git")
        .current_dir(source_tree())
        .args(["apply", "--check"])
        .arg(patch)
        .output()
        .context("cannot start git")?;
    let error = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{}: {}", patch.display(), error.trim());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engines;
    use crate::inputs::Inputs;
    use crate::suites;

    #[test]
    fn every_slow_down_applies_to_the_source_as_it_is() {
        let manifest = Manifest::load().expect("a manifest");
        assert!(manifest.fixture.len() >= 4);
        for fixture in &manifest.fixture {
            assert!(!fixture.flagged.is_empty() && !fixture.steady.is_empty(), "{} expects nothing", fixture.name);
            applies(&fixture.patch()).expect("applies");
        }
        let dir = tempfile::tempdir().expect("a folder");
        let stale = dir.path().join("stale.patch");
        std::fs::write(&stale, "--- a/Cargo.toml\n+++ b/Cargo.toml\n@@ -1,1 +1,1 @@\n-[nothing]\n+[workspace]\n")
            .expect("writes");
        assert!(applies(&stale).is_err());
    }

    #[test]
    fn what_slow_downs_name_are_benchmarks() {
        let manifest = Manifest::load().expect("a manifest");
        let (engines, inputs) = (engines::all(), Inputs::load().expect("inputs load"));
        let all: Vec<_> = suites::benchmarks(&engines, &inputs, &|_| true).iter().map(|b| b.id.to_string()).collect();
        let of_fixture = |f: &Fixture| {
            f.meters().expect("meters");
            f.plan().expect("a plan").names
        };
        let names = manifest.fixture.iter().flat_map(of_fixture).chain(manifest.same.values().flatten().cloned());
        for name in names {
            assert!(all.contains(&name), "{name} is no benchmark");
        }
    }

    #[test]
    fn a_slow_down_counts_as_found_only_if_it_is_flagged_and_explained_alone() {
        let fixture: Fixture = toml::from_str(
            "name = 'x'\ndoc = ''\nsteady = ['execute/b/k']\n\
             flagged = [{ benchmark = 'execute/a/k', meter = 'instructions', why = 'mov' }]",
        )
        .expect("well-formed");
        let row = |benchmark: &str, head: f64, why: &str| Measured {
            benchmark: benchmark.to_owned(),
            meter: Meter::Instructions,
            base: vec![1e6],
            head: vec![head],
            paired: true,
            discarded: 0,
            why: Some(why.to_owned()),
        };
        let problems = |a: f64, why: &str, b: f64| {
            let measured = vec![row("execute/a/k", a, why), row("execute/b/k", b, "")];
            let names = (String::new(), String::new());
            problems(&fixture, &Comparison::new(names, measured, &[], &BTreeMap::new(), Thresholds::default())).len()
        };
        assert_eq!(problems(1.01e6, "+1 `mov`", 1e6), 0);
        assert_eq!(problems(1.0e6, "+1 `mov`", 1e6), 1);
        assert_eq!(problems(1.01e6, "+1 `add`", 1e6), 1);
        assert_eq!(problems(1.01e6, "+1 `mov`", 1.01e6), 1);
    }
}
