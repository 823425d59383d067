//! Runs many scripts at once, and compares what is not supported with what is known.

use crate::wast::configurations::Engines;
use crate::wast::expect::Expectation;
use crate::wast::report::{Kind, Outcome, Report, Totals};
use crate::wast::runner::run_source;
use crate::wast::suite::{SuiteFile, read_file, read_folder};
use anyhow::Result;
use gantry::Config;
use rayon::prelude::*;
use std::path::PathBuf;

/// Runs scripts on all cores, and calls `starting` before each. Reports are in the order of the scripts.
pub fn run_files(engines: &Engines, files: &[SuiteFile], starting: impl Fn(&SuiteFile) + Sync) -> Vec<Report> {
    // The largest first, so that none is left to one thread at the end.
    let mut order: Vec<usize> = (0..files.len()).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(files[i].source.len()));
    let mut reports: Vec<(usize, Report)> = order
        .into_par_iter()
        .with_max_len(1)
        .map(|i| {
            starting(&files[i]);
            (i, run_one(engines, &files[i]))
        })
        .collect();
    reports.sort_by_key(|&(i, _)| i);
    reports.into_iter().map(|(_, report)| report).collect()
}

/// Runs scripts from files, and those in folders, with one configuration: what `gantry wast` does.
///
/// # Errors
///
/// If the configuration is not valid or a path cannot be read.
pub fn run_paths(config: Config, paths: &[PathBuf]) -> Result<Vec<Report>> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(read_folder(path)?);
        } else {
            files.push(read_file(path)?);
        }
    }
    let engines = Engines::new(config);
    engines.with(&[])?;
    Ok(run_files(&engines, &files, |_| ()))
}

fn run_one(engines: &Engines, file: &SuiteFile) -> Report {
    match engines.with(&file.features) {
        Ok(engine) => run_source(&engine, &file.name, &file.source),
        Err(e) => {
            let mut report = Report::new(&file.name);
            report.record(Kind::Module, 1, Outcome::Failed(format!("{e:#}")));
            report
        }
    }
}

/// Counts of all reports together.
pub fn totals(reports: &[Report]) -> Totals {
    let mut totals = Totals::default();
    for report in reports {
        totals.add(&report.totals);
    }
    totals
}

/// What differs from what is known of each script, one line each.
pub fn surprises(reports: &[Report]) -> Vec<String> {
    reports.iter().flat_map(|report| surprises_of(report, Expectation::of(&report.file))).collect()
}

fn surprises_of(report: &Report, known: Option<&Expectation>) -> Vec<String> {
    let file = &report.file;
    let needs = known.map_or(&[][..], |e| e.needs);
    let mut surprises: Vec<String> = report.failures.iter().map(ToString::to_string).collect();
    for (feature, count) in &report.totals.unsupported {
        if !needs.iter().any(|f| f.name() == *feature) {
            surprises.push(format!("{file}: {count} directives need {feature}, which is not in the list"));
        }
    }
    for feature in needs {
        if !report.totals.unsupported.contains_key(feature.name()) {
            surprises.push(format!("{file}: nothing in it needs {feature} any more: take it off the list"));
        }
    }
    surprises
}

#[cfg(test)]
mod tests {
    use super::{Expectation, Kind, Outcome, Report, surprises_of};
    use crate::wast::expect::EXPECTATIONS;
    use gantry::Feature;

    #[test]
    fn what_is_not_listed_is_a_surprise_and_so_is_what_is_listed_in_vain() {
        let check = |outcome, needs, count| {
            let known = Expectation { file: "a", needs, newer: &[], overturned: &[], reason: "" };
            let mut report = Report::new("a");
            report.record(Kind::Executed, 1, outcome);
            assert_eq!(surprises_of(&report, Some(&known)).len(), count);
        };
        const GC: &[Feature] = &[Feature::Gc];
        check(Outcome::Unsupported(Feature::Gc), GC, 0);
        check(Outcome::Unsupported(Feature::Threads), GC, 2);
        check(Outcome::Unsupported(Feature::Gc), &[], 1);
        check(Outcome::Passed, GC, 1);
        check(Outcome::Passed, &[], 0);
        check(Outcome::Failed("wrong".to_owned()), &[], 1);
    }

    #[test]
    fn overturned_assertions_must_fail() {
        let known = EXPECTATIONS.iter().find(|e| !e.overturned.is_empty()).expect("one has some");
        let check = |outcome, overturned, failed| {
            let mut report = Report::new(known.file);
            report.record(Kind::Executed, known.overturned[0], outcome);
            assert_eq!((report.totals.overturned, report.totals.failed()), (overturned, failed));
        };
        check(Outcome::Failed("wrong".to_owned()), 1, 0);
        check(Outcome::Passed, 0, 1);
    }
}
