//! What became of tests: per file and cell, and the sums.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::sync::Arc;

/// Where something was checked: a command or backend, an instruction set, options.
pub type CellName = Arc<str>;

/// What became of one check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// As expected.
    Passed,
    /// Not as expected; a description of several lines.
    Failed(String),
    /// Declared not to work, with the reason, and it does not.
    Unsupported(String),
    /// Cannot run in this process; what runs it.
    NotRun(Arc<str>),
    /// The expectation was rewritten.
    Blessed(Change),
}

/// How code changed when an expectation was rewritten.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Functions whose text changed.
    pub functions: u64,
    /// Lines added.
    pub added: u64,
    /// Lines removed.
    pub removed: u64,
}

impl Change {
    /// The difference between two texts of one function or file.
    pub fn between(old: &str, new: &str) -> Self {
        let diff = similar::TextDiff::from_lines(old, new);
        let count = |tag| diff.iter_all_changes().filter(|c| c.tag() == tag).count() as u64;
        Self { functions: 1, added: count(similar::ChangeTag::Insert), removed: count(similar::ChangeTag::Delete) }
    }
}

impl std::ops::AddAssign for Change {
    fn add_assign(&mut self, other: Self) {
        self.functions += other.functions;
        self.added += other.added;
        self.removed += other.removed;
    }
}

/// A file's checks.
#[derive(Clone, Debug, Default)]
pub struct FileReport {
    /// Name of the file, as given.
    pub name: String,
    /// What was checked, in order.
    pub checks: Vec<(CellName, Status)>,
    /// What `print:` lines asked for.
    pub printed: Vec<String>,
    /// The file's new content, if expectations were rewritten.
    pub blessed: Option<String>,
}

impl FileReport {
    /// A report without checks.
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// Records a check.
    pub fn record(&mut self, cell: &str, status: Status) {
        self.checks.push((cell.into(), status));
    }

    /// Records the outcome of a check that either passes or explains why not.
    pub fn check(&mut self, cell: &str, result: anyhow::Result<()>) {
        self.record(
            cell,
            match result {
                Ok(()) => Status::Passed,
                Err(e) => Status::Failed(format!("{e:#}")),
            },
        );
    }

    /// Turns failures of cells that are declared unsupported into what they are, and their successes into failures.
    /// A cell that is not there is one only if `all` cells were asked for.
    pub fn apply_declarations(&mut self, declared: &[(String, String)], all: bool) {
        for (cell, reason) in declared {
            let mine = |name: &str| name == cell || name.starts_with(&format!("{cell} ["));
            let (mut any, mut failed, mut ran) = (false, false, false);
            for (name, status) in &mut self.checks {
                if !mine(name) {
                    continue;
                }
                any = true;
                match status {
                    Status::Failed(_) => {
                        failed = true;
                        *status = Status::Unsupported(reason.clone());
                    }
                    Status::NotRun(_) => {}
                    _ => ran = true,
                }
            }
            let complaint = match (any, failed, ran) {
                (false, ..) if all => "there is no such cell in this file",
                (true, false, true) => "it passes: remove the declaration",
                _ => continue,
            };
            self.record(cell, Status::Failed(format!("declared unsupported ({reason}), but {complaint}")));
        }
    }

    /// Fails because expectations stay as they are.
    pub fn refuse_blessing(&mut self, why: &str) {
        self.checks.retain(|(_, status)| !matches!(status, Status::Blessed(_)));
        self.record("bless", Status::Failed(format!("not blessed: {why}")));
    }

    /// Whether nothing failed.
    pub fn is_success(&self) -> bool {
        !self.checks.iter().any(|(_, status)| matches!(status, Status::Failed(_)))
    }
}

/// Sums over files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    cells: BTreeMap<CellName, Counts>,
    not_run: BTreeMap<Arc<str>, u64>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    passed: u64,
    failed: u64,
    unsupported: u64,
    not_run: u64,
    change: Change,
}

impl Summary {
    /// The sums of these reports.
    pub fn of(reports: &[FileReport]) -> Self {
        let mut summary = Self::default();
        for (cell, status) in reports.iter().flat_map(|r| &r.checks) {
            let counts = summary.cells.entry(cell.clone()).or_default();
            match status {
                Status::Passed => counts.passed += 1,
                Status::Failed(_) => counts.failed += 1,
                Status::Unsupported(_) => counts.unsupported += 1,
                Status::NotRun(by) => {
                    counts.not_run += 1;
                    *summary.not_run.entry(by.clone()).or_default() += 1;
                }
                Status::Blessed(change) => counts.change += *change,
            }
        }
        summary
    }

    /// Checks that failed.
    pub fn failed(&self) -> u64 {
        self.cells.values().map(|c| c.failed).sum()
    }

    /// Checks that did what they should.
    pub fn passed(&self) -> u64 {
        self.cells.values().map(|c| c.passed).sum()
    }

    /// Calls that ran on an instruction set and did what they should.
    pub fn calls_on(&self, isa: &str) -> u64 {
        let mine = |cell: &str| cell.starts_with("run ") && cell.ends_with(&format!(" {isa}"));
        self.cells.iter().filter(|(cell, _)| mine(cell)).map(|(_, counts)| counts.passed).sum()
    }

    /// Checks of `cell` that did what they should.
    pub fn passed_in(&self, cell: &str) -> u64 {
        self.cells.get(cell).map_or(0, |c| c.passed)
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (cell, counts) in &self.cells {
            let mut line = format!("{cell:32}");
            for (n, what) in [
                (counts.passed, "passed"),
                (counts.failed, "FAILED"),
                (counts.unsupported, "unsupported"),
                (counts.not_run, "not run here"),
            ] {
                if n > 0 {
                    let _ = write!(line, " {n} {what},");
                }
            }
            let Change { functions, added, removed } = counts.change;
            if functions > 0 {
                let functions = counted(functions, "function");
                let _ = write!(line, " changed {functions}, +{added} -{removed} lines,");
            }
            writeln!(f, "{}", line.trim_end_matches(','))?;
        }
        for (by, n) in &self.not_run {
            writeln!(f, "not run: {}: {by}", counted(*n, "check"))?;
        }
        Ok(())
    }
}

/// So many of something.
pub(crate) fn counted(n: u64, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// A unified diff with colours if `colour`.
pub fn diff(expected: &str, actual: &str, colour: bool) -> String {
    let diff = similar::TextDiff::from_lines(expected, actual);
    let mut text = String::new();
    for line in diff.unified_diff().context_radius(3).header("expected", "actual").to_string().lines() {
        let code = match line.as_bytes().first() {
            Some(b'-') => "31",
            Some(b'+') => "32",
            Some(b'@') => "36",
            _ => "",
        };
        let _ = match colour && !code.is_empty() {
            true => writeln!(text, "\x1b[{code}m{line}\x1b[0m"),
            false => writeln!(text, "{line}"),
        };
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_declared_unsupported_must_fail() {
        let declared = [("run s390x".to_owned(), "no lowering".to_owned())];
        let mut fails = FileReport::new("a.clif");
        fails.record("run s390x", Status::Failed("no".into()));
        fails.apply_declarations(&declared, true);
        assert!(fails.is_success());
        let mut passes = FileReport::new("a.clif");
        passes.record("run s390x", Status::Passed);
        passes.apply_declarations(&declared, true);
        assert!(!passes.is_success());
        let mut elsewhere = FileReport::new("a.clif");
        elsewhere.record("run aarch64", Status::Passed);
        elsewhere.apply_declarations(&declared, true);
        assert!(!elsewhere.is_success());
    }

    #[test]
    fn sums_say_what_was_not_run() {
        let mut report = FileReport::new("a.clif");
        report.record("run s390x", Status::NotRun("needs scripts/test-isa s390x".into()));
        report.record("interpret", Status::Passed);
        let summary = Summary::of(&[report]);
        assert_eq!(summary.calls_on("s390x"), 0);
        let text = summary.to_string();
        assert!(
            text.contains("1 not run here") && text.contains("not run: 1 check: needs scripts/test-isa s390x"),
            "{text}"
        );
    }

    #[test]
    fn calls_are_counted_by_instruction_set() {
        let mut report = FileReport::new("a.wat");
        for cell in ["run winch x86_64", "run x86_64", "compile x86_64", "run s390x"] {
            report.record(cell, Status::Passed);
        }
        assert_eq!(Summary::of(&[report]).calls_on("x86_64"), 2);
    }

    #[test]
    fn diffs_have_signs_and_colours() {
        assert!(diff("a\nb\n", "a\nc\n", false).contains("-b\n+c\n"));
        assert!(diff("a\nb\n", "a\nc\n", true).contains("\x1b[31m-b\x1b[0m"));
    }
}
