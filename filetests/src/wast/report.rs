//! What running a script found.

use crate::wast::expect::Expectation;
use gantry::Feature;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// How often something was right and wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Right.
    pub passed: u64,
    /// Wrong.
    pub failed: u64,
}

impl Tally {
    /// Counts one more.
    pub fn count(&mut self, passed: bool) {
        if passed {
            self.passed += 1;
        } else {
            self.failed += 1;
        }
    }

    fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// A directive that did not do what it should.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// Name of the script.
    pub file: String,
    /// Line of the directive, from 1.
    pub line: usize,
    /// What was wrong.
    pub message: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// Counts of directives.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Directives that run code: calls, and assertions about their results.
    pub executed: Tally,
    /// Assertions about modules: that they are malformed, invalid or cannot be linked.
    pub checked: Tally,
    /// Modules that are compiled, and most of them instantiated, outside assertions; and registrations.
    pub modules: Tally,
    /// Assertions that a later version of the language overturned, and that fail as they must.
    pub overturned: u64,
    /// Directives that need a feature which is later work, by its name.
    pub unsupported: BTreeMap<&'static str, u64>,
}

impl Totals {
    /// Adds the counts of `other`.
    pub fn add(&mut self, other: &Self) {
        self.executed.add(other.executed);
        self.checked.add(other.checked);
        self.modules.add(other.modules);
        self.overturned += other.overturned;
        for (feature, count) in &other.unsupported {
            *self.unsupported.entry(feature).or_default() += count;
        }
    }

    /// Directives of every kind that passed.
    pub fn passed(&self) -> u64 {
        self.executed.passed + self.checked.passed + self.modules.passed
    }

    /// Directives of every kind that failed.
    pub fn failed(&self) -> u64 {
        self.executed.failed + self.checked.failed + self.modules.failed
    }

    /// Directives of every kind that need a feature which is later work.
    pub fn unsupported(&self) -> u64 {
        self.unsupported.values().sum()
    }
}

impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "executed: {}; checked: {}; modules: {}", self.executed, self.checked, self.modules)?;
        if self.overturned > 0 {
            write!(f, "; overturned by later versions: {}", self.overturned)?;
        }
        for (feature, count) in &self.unsupported {
            write!(f, "; unsupported ({feature}): {count}")?;
        }
        Ok(())
    }
}

/// What running one script found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Name of the script.
    pub file: String,
    /// Counts of its directives.
    pub totals: Totals,
    /// What failed, in order.
    pub failures: Vec<Failure>,
}

/// What came of one directive.
#[derive(Debug)]
pub(crate) enum Outcome {
    Passed,
    Failed(String),
    Unsupported(Feature),
}

/// What kind of directive is counted.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Executed,
    Checked,
    Module,
}

impl Report {
    pub(crate) fn new(file: &str) -> Self {
        Self { file: file.to_owned(), ..Self::default() }
    }

    /// Whether nothing failed. What is not supported is no failure.
    pub fn is_success(&self) -> bool {
        self.totals.failed() == 0
    }

    /// Counts what came of the directive at `line`.
    pub(crate) fn record(&mut self, kind: Kind, line: usize, mut outcome: Outcome) {
        if Expectation::of(&self.file).is_some_and(|known| known.overturned.contains(&line)) {
            outcome = match outcome {
                Outcome::Failed(_) => {
                    self.totals.overturned += 1;
                    return;
                }
                Outcome::Passed => Outcome::Failed("this is listed as overturned, and passes".to_owned()),
                unsupported @ Outcome::Unsupported(_) => unsupported,
            };
        }
        let tally = match kind {
            Kind::Executed => &mut self.totals.executed,
            Kind::Checked => &mut self.totals.checked,
            Kind::Module => &mut self.totals.modules,
        };
        match outcome {
            Outcome::Passed => tally.count(true),
            Outcome::Failed(message) => {
                tally.count(false);
                self.failures.push(Failure { file: self.file.clone(), line, message });
            }
            Outcome::Unsupported(feature) => *self.totals.unsupported.entry(feature.name()).or_default() += 1,
        }
    }
}
