//! Runs many scripts at once, and compares what is not supported with what is known.

use crate::wast::configurations::Engines;
use crate::wast::expect::{EXPECTATIONS, Expectation};
use crate::wast::report::{Kind, Outcome, Report, Totals};
use crate::wast::runner::run_source;
use crate::wast::suite::SuiteFile;
use rayon::prelude::*;

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

fn run_one(engines: &Engines, file: &SuiteFile) -> Report {
    match engines.with(&file.enable) {
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

/// What differs from [`EXPECTATIONS`], one line each, and every failure.
pub fn surprises(reports: &[Report]) -> Vec<String> {
    reports.iter().flat_map(|report| surprises_of(report, EXPECTATIONS)).collect()
}

fn surprises_of(report: &Report, expectations: &[Expectation]) -> Vec<String> {
    let file = &report.file;
    let mut surprises: Vec<String> = report.failures.iter().map(ToString::to_string).collect();
    let listed = expectations.iter().find(|e| e.file == file);
    for (feature, count) in &report.totals.unsupported {
        if !listed.is_some_and(|e| e.features.iter().any(|f| f.name() == *feature)) {
            surprises.push(format!("{file}: {count} directives need {feature}, which is not in the list"));
        }
    }
    for feature in listed.into_iter().flat_map(|e| e.features) {
        if !report.totals.unsupported.contains_key(feature.name()) {
            surprises.push(format!("{file}: nothing in it needs {feature} any more: take it off the list"));
        }
    }
    surprises
}

#[cfg(test)]
mod tests {
    use super::{Expectation, Kind, Outcome, Report, surprises_of};
    use gantry::Feature;

    const LIST: &[Expectation] = &[Expectation { file: "a", features: &[Feature::Gc], reason: "" }];

    fn report(file: &str, outcome: Outcome) -> Report {
        let mut report = Report::new(file);
        report.record(Kind::Executed, 1, outcome);
        report
    }

    #[test]
    fn what_is_not_listed_is_a_surprise_and_so_is_what_is_listed_in_vain() {
        let check = |file, outcome, count| assert_eq!(surprises_of(&report(file, outcome), LIST).len(), count);
        check("a", Outcome::Unsupported(Feature::Gc), 0);
        check("a", Outcome::Unsupported(Feature::Threads), 2);
        check("a", Outcome::Passed, 1);
        check("b", Outcome::Unsupported(Feature::Gc), 1);
        check("b", Outcome::Passed, 0);
        check("b", Outcome::Failed("wrong".to_owned()), 1);
    }
}
