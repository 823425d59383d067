//! The table of features and backends, from a run of the test suite.

use crate::cells::ROWS;
use crate::wast::{Engines, Suite, features_of_folder, run_files};
use anyhow::Result;
use gantry::{Config, Engine, Feature, Stage};
use gantry_emit::Isa;
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use target_lexicon::Triple;

/// Directives of the scripts of one feature on one backend.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// Did what they should.
    pub passed: u64,
    /// Did not.
    pub failed: u64,
    /// Need something that the backend cannot do yet.
    pub unsupported: u64,
    /// Scripts that were not run.
    pub scripts_not_run: u64,
}

/// A feature, or a version of the specification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// Whether it is on by default, off by default, or later work; empty for versions of the specification.
    pub stage: &'static str,
    /// How many scripts of the suite test it.
    pub scripts: usize,
    /// One cell for each backend.
    pub cells: Vec<Cell>,
}

/// The table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Matrix {
    /// Names of the backends.
    pub backends: Vec<String>,
    /// Versions of the specification, then features in the order of the engine's table.
    pub rows: Vec<Row>,
    /// What failed, each with the name of its backend.
    pub failures: Vec<String>,
    /// The instruction set that this was run on; empty if nothing was.
    pub isa: String,
    /// Backends and instruction sets that they make code for, but that were not run, with the command that does.
    pub elsewhere: Vec<Elsewhere>,
}

/// A column that is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Elsewhere {
    /// Name of the backend.
    pub backend: String,
    /// Name of the instruction set.
    pub isa: &'static str,
    /// How to run the same tests.
    pub command: String,
}

fn host_isa() -> Option<Isa> {
    Isa::from_triple(&Triple::host())
}

/// Instruction sets other than this host's that a backend makes machine code for.
fn elsewhere(backend: &str, configure: &impl Fn() -> Result<Config>) -> Result<Vec<Elsewhere>> {
    let mut columns = Vec::new();
    for row in ROWS.iter().filter(|row| !row.isa.is_pulley() && Some(row.isa) != host_isa()) {
        let mut config = configure()?;
        config.backend(backend);
        let known = config.target(row.triple).is_ok();
        for flag in row.flags {
            config.cpu_flag(flag, "true");
        }
        if known && Engine::new(&config).is_ok() {
            let command = row.elsewhere.replacen("test-isa ", "test-isa --full ", 1);
            columns.push(Elsewhere { backend: backend.to_owned(), isa: row.isa.name(), command });
        }
    }
    Ok(columns)
}

/// The rows, with the folders of the suite that each stands for.
fn rows(suite: &Suite) -> Vec<(Row, Vec<String>)> {
    let folders: BTreeSet<&String> = suite.files.iter().flat_map(|f| &f.folders).collect();
    let row = |name: &str, stage, folders: Vec<String>| {
        let scripts = suite.files.iter().filter(|f| f.folders.iter().any(|x| folders.contains(x))).count();
        (Row { name: name.to_owned(), stage, scripts, cells: Vec::new() }, folders)
    };
    let of_feature = |feature: Option<Feature>, folder: &str| match (feature, features_of_folder(folder)) {
        (Some(feature), Some(of_folder)) => of_folder.contains(&feature),
        _ => false,
    };
    let mut rows = Vec::new();
    for &folder in &folders {
        if features_of_folder(folder).is_some_and(<[Feature]>::is_empty) {
            rows.push(row(folder, "", vec![folder.clone()]));
        }
    }
    for &feature in Feature::ALL {
        let stage = match feature.stage() {
            Stage::On => "on",
            Stage::Off => "off",
            Stage::Later => "later",
        };
        let folders = folders.iter().filter(|f| of_feature(Some(feature), f)).map(|f| (*f).clone()).collect();
        rows.push(row(feature.name(), stage, folders));
    }
    rows
}

impl Matrix {
    /// Runs the scripts of every supported feature on each backend. `configure` is what the backends have in common.
    ///
    /// A backend that cannot be had here runs nothing, and scripts of features that are later work are run to show that
    /// each is refused by name.
    ///
    /// # Errors
    ///
    /// If `configure` makes no valid configuration.
    pub fn run(backends: &[&str], configure: impl Fn() -> Result<Config>) -> Result<Self> {
        let mut suite = Suite::all();
        suite.files.sort_by(|a, b| a.name.cmp(&b.name));
        let mut rows = rows(&suite);
        let (mut failures, mut missing) = (Vec::new(), Vec::new());
        for backend in backends {
            missing.extend(elsewhere(backend, &configure)?);
            let mut config = configure()?;
            config.backend(backend);
            let engines = Engines::new(config);
            let reports = engines.with(&[]).is_ok().then(|| run_files(&engines, &suite.files, |_| ()));
            for failure in reports.iter().flatten().flat_map(|report| &report.failures) {
                failures.push(format!("{backend}: {failure}"));
            }
            for (row, folders) in &mut rows {
                let mut cell = Cell::default();
                for (index, file) in suite.files.iter().enumerate() {
                    if !file.folders.iter().any(|f| folders.contains(f)) {
                        continue;
                    }
                    match &reports {
                        Some(reports) => {
                            let totals = &reports[index].totals;
                            cell.passed += totals.passed();
                            cell.failed += totals.failed();
                            cell.unsupported += totals.unsupported();
                        }
                        None => cell.scripts_not_run += 1,
                    }
                }
                row.cells.push(cell);
            }
        }
        Ok(Self {
            backends: backends.iter().map(|&b| b.to_owned()).collect(),
            rows: rows.into_iter().map(|(row, _)| row).collect(),
            failures,
            isa: host_isa().map_or_else(String::new, |isa| isa.name().to_owned()),
            elsewhere: missing,
        })
    }

    /// The table in Markdown. A cell lists what is not zero.
    pub fn to_markdown(&self) -> String {
        let mut text = String::from("| feature | stage | scripts |");
        for backend in &self.backends {
            let _ = write!(text, " {backend} |");
        }
        text.push_str("\n|---|---|---:|");
        text.push_str(&"---|".repeat(self.backends.len()));
        text.push('\n');
        for row in &self.rows {
            let _ = write!(text, "| {} | {} | {} |", row.name, row.stage, row.scripts);
            for cell in &row.cells {
                let _ = write!(text, " {} |", cell.text());
            }
            text.push('\n');
        }
        if !self.elsewhere.is_empty() {
            let _ = write!(text, "\nThis ran on {}. Not run here:\n\n", self.isa);
        }
        for Elsewhere { backend, isa, command } in &self.elsewhere {
            let _ = writeln!(text, "* {backend} on {isa}: `{command}`");
        }
        text
    }

    /// The table in JSON.
    ///
    /// # Errors
    ///
    /// Never, in practice: every value of the table has a form in JSON.
    pub fn to_json(&self) -> Result<String> {
        Ok(serde_json::to_string_pretty(self)?)
    }
}

impl Cell {
    fn text(self) -> String {
        let parts = [
            (self.passed, "passed"),
            (self.failed, "**failed**"),
            (self.unsupported, "unsupported"),
            (self.scripts_not_run, "scripts not run"),
        ];
        let parts: Vec<String> = parts.iter().filter(|p| p.0 > 0).map(|(n, what)| format!("{n} {what}")).collect();
        if parts.is_empty() { "no scripts".to_owned() } else { parts.join(", ") }
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, Elsewhere, Matrix, Row};

    #[test]
    fn cells_list_what_is_not_zero() {
        let cell = Cell { passed: 3, failed: 1, ..Cell::default() };
        let row = |name: &str, cell| Row { name: name.to_owned(), stage: "on", scripts: 2, cells: vec![cell] };
        let matrix = Matrix {
            backends: vec!["cranelift".to_owned()],
            rows: vec![row("simd", cell), row("gc", Cell::default())],
            failures: Vec::new(),
            isa: "x86_64".to_owned(),
            elsewhere: vec![Elsewhere {
                backend: "winch".to_owned(),
                isa: "aarch64",
                command: "scripts/test-isa --full aarch64".to_owned(),
            }],
        };
        let expected = "| feature | stage | scripts | cranelift |\n|---|---|---:|---|\n\
                        | simd | on | 2 | 3 passed, 1 **failed** |\n| gc | on | 2 | no scripts |\n\n\
                        This ran on x86_64. Not run here:\n\n* winch on aarch64: `scripts/test-isa --full aarch64`\n";
        assert_eq!(matrix.to_markdown(), expected);
        assert!(matrix.to_json().unwrap().contains("\"passed\": 3"));
    }
}
