//! Which operations of CLIF the tests reach: everything that the translation produces, by instruction set, from a run.

use crate::cells::{ROWS, Row};
use crate::clif;
use crate::generate::{Operation, Operations};
use crate::options::Options;
use crate::report::Status;
use anyhow::Result;
use cranelift_reader::{IsaSpec, ParseOptions, parse_test};
use gantry_emit::Isa;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

/// How far an operation is tested on an instruction set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// The translation produces it, and no test has it.
    #[default]
    Missing,
    /// A test runs it, but not in this process.
    NotRun,
    /// Run here, with a checked result.
    Executed,
}

/// An opcode with its controlling type.
pub type Key = (String, String);

/// The table.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// For each operation the instruction sets for which it is produced.
    pub cells: BTreeMap<Key, BTreeMap<Isa, Reach>>,
}

fn key(operation: &Operation) -> Key {
    (operation.opcode.clone(), operation.ctrl.clone())
}

impl Coverage {
    /// Runs the CLIF files among `files`, and compares with what the translation produces.
    ///
    /// # Errors
    ///
    /// If a file cannot be read.
    pub fn of(files: &[PathBuf]) -> Result<Self> {
        let rows: Vec<&Row> = ROWS.iter().filter(|row| !(row.isa.is_pulley() && row.isa.is_big_endian())).collect();
        let operations = Operations::collect(&rows)?;
        let mut coverage = Self::default();
        for row in &rows {
            for operation in operations.of(row.isa) {
                coverage.cells.entry(key(operation)).or_default().insert(row.isa, Reach::Missing);
            }
        }
        for path in files.iter().filter(|path| path.extension().is_some_and(|e| e == "clif")) {
            let text = std::fs::read_to_string(path)?;
            coverage.add(&path.display().to_string(), &text);
        }
        Ok(coverage)
    }

    fn add(&mut self, name: &str, text: &str) {
        let Ok(file) = parse_test(text, ParseOptions::default()) else { return };
        let IsaSpec::Some(isas) = &file.isa_spec else { return };
        if file.commands.iter().all(|c| c.command != "run") {
            return;
        }
        let mut found = BTreeSet::new();
        for (function, _) in &file.functions {
            for inst in function.layout.blocks().flat_map(|block| function.layout.block_insts(block)) {
                found.insert(key(&Operation::of(function, inst)));
            }
        }
        let report = clif::run_file(name, text, &Options::default());
        for isa in isas.iter().filter_map(|isa| Isa::from_triple(isa.triple())) {
            let cell = format!("run {isa}");
            let mut mine =
                report.checks.iter().filter(|(name, _)| **name == *cell).map(|(_, status)| status).peekable();
            if mine.peek().is_none() {
                continue;
            }
            let reach = if mine.all(|status| *status == Status::Passed) { Reach::Executed } else { Reach::NotRun };
            for key in &found {
                if let Some(slot) = self.cells.get_mut(key).and_then(|isas| isas.get_mut(&isa)) {
                    *slot = reach.max(*slot);
                }
            }
        }
    }

    fn isas(&self) -> BTreeSet<Isa> {
        self.cells.values().flat_map(|isas| isas.keys().copied()).collect()
    }

    /// Sums by instruction set, then what is missing.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for isa in self.isas() {
            let count = |reach| self.cells.values().filter(|isas| isas.get(&isa) == Some(&reach)).count();
            let (executed, not_run, missing) = (count(Reach::Executed), count(Reach::NotRun), count(Reach::Missing));
            let all = executed + not_run + missing;
            let _ = writeln!(
                text,
                "{isa:12} {all} operations: {executed} executed, {not_run} not run here, {missing} missing"
            );
        }
        for ((opcode, ctrl), isas) in &self.cells {
            let missing: Vec<&str> = isas.iter().filter(|i| *i.1 == Reach::Missing).map(|i| i.0.name()).collect();
            if !missing.is_empty() {
                let dot = if ctrl.is_empty() { "" } else { "." };
                let _ = writeln!(text, "missing: {opcode}{dot}{ctrl} on {}", missing.join(", "));
            }
        }
        text
    }

    /// The table as one page.
    pub fn to_html(&self) -> String {
        let isas = self.isas();
        let mut html = String::from(
            "<!doctype html><meta charset=utf-8><title>Operations and tests</title><style>body{font:14px sans-serif}\
             table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:2px 6px}.e{background:#bfb}.n{background:#ffb}\
             .m{background:#fbb}</style><h1>Operations that the translation produces</h1><p>Green: executed with a checked \
             result. Yellow: tested, not run in this process. Red: no test.</p><table><tr><th>operation<th>type",
        );
        for isa in &isas {
            let _ = write!(html, "<th>{isa}");
        }
        for ((opcode, ctrl), cells) in &self.cells {
            let _ = write!(html, "\n<tr><td>{opcode}<td>{ctrl}");
            for isa in &isas {
                let _ = match cells.get(isa) {
                    None => write!(html, "<td>"),
                    Some(Reach::Executed) => write!(html, "<td class=e>executed"),
                    Some(Reach::NotRun) => write!(html, "<td class=n>not run"),
                    Some(Reach::Missing) => write!(html, "<td class=m>missing"),
                };
            }
        }
        html.push_str("\n</table>\n");
        html
    }
}
