//! What the tests reach, from runs: operations of CLIF by instruction set, and operators of WebAssembly in each form by backend and
//! instruction set.
//!
//! A process runs the code of one instruction set and bytecode. What it reached it records in a file ([`Record`]), and a table is
//! made of the records of several ([`Coverage`]): what no record has was not run, and the table shows it.

mod page;

use crate::cells::{self, ROWS, Row};
use crate::clif;
use crate::generate::sweep::{Operator, operators};
use crate::generate::{Operation, Operations};
use crate::options::Options;
use crate::report::Status;
use anyhow::{Context, Result, ensure};
use cranelift_reader::{IsaSpec, ParseOptions, TestFile, parse_test};
use gantry::{BackendKind, Engine};
use gantry_emit::Isa;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// How far something is tested.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Reach {
    /// No test has it.
    #[default]
    Missing,
    /// A test has it, and no run did.
    NotRun,
    /// Compiled, and not run.
    Compiled,
    /// Run, with a checked result.
    Executed,
}

impl Reach {
    const ALL: [Self; 4] = [Self::Executed, Self::Compiled, Self::NotRun, Self::Missing];

    fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::NotRun => "not run",
            Self::Compiled => "compiled",
            Self::Executed => "executed",
        }
    }
}

/// An opcode with its controlling type.
pub type Key = (String, String);
/// A backend with an instruction set.
pub type Place = (Isa, String);
/// An operator without immediates, and a form of its operands.
pub type Form = (String, String);

/// What a process reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Instruction set, opcode, controlling type.
    pub operations: Vec<(String, String, String, Reach)>,
    /// Instruction sets and backends on which all of `forms` were executed with checked results.
    pub places: Vec<(String, String)>,
    /// Operators and forms.
    pub forms: Vec<Form>,
}

impl Record {
    /// Writes `NAME-HOST.json` into `folder`.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn write(&self, folder: &Path, name: &str) -> Result<PathBuf> {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let path = folder.join(format!("{name}-{}.json", std::env::consts::ARCH));
        std::fs::write(&path, serde_json::to_string(self)?)
            .with_context(|| format!("cannot write {}", path.display()))?;
        Ok(path)
    }

    /// Runs the CLIF files among `files`.
    ///
    /// # Errors
    ///
    /// If a file cannot be read.
    pub fn of_files(files: &[PathBuf]) -> Result<Self> {
        let mut reached: BTreeMap<(Isa, Key), Reach> = BTreeMap::new();
        for path in files.iter().filter(|path| path.extension().is_some_and(|e| e == "clif")) {
            let text = std::fs::read_to_string(path)?;
            for (key, reach) in of_file(&path.display().to_string(), &text) {
                let slot = reached.entry(key).or_default();
                *slot = reach.max(*slot);
            }
        }
        let row = |((isa, (opcode, ctrl)), reach): ((Isa, Key), Reach)| (isa.to_string(), opcode, ctrl, reach);
        Ok(Self { operations: reached.into_iter().map(row).collect(), ..Self::default() })
    }
}

/// The form of operands that a function of a sweep has.
pub fn form(export: &str) -> &str {
    if export.starts_with("constant") { "constant" } else { export }
}

/// An operator's name, without immediates.
pub fn name(operator: &Operator) -> &str {
    operator.text.split(' ').next().unwrap_or_default()
}

/// How far a file reaches.
fn of_file(name: &str, text: &str) -> BTreeMap<(Isa, Key), Reach> {
    let mut reached = BTreeMap::new();
    let Ok(file) = parse_test(text, ParseOptions::default()) else { return reached };
    let IsaSpec::Some(isas) = &file.isa_spec else { return reached };
    let found = keys(&file);
    if found.is_empty() {
        return reached;
    }
    let report = clif::run_file(name, text, &Options::default());
    for isa in isas.iter().filter_map(|isa| Isa::from_triple(isa.triple())) {
        let passed = |command: &str| {
            let cell = format!("{command} {isa}");
            let mut mine = report.checks.iter().filter(|check| *check.0 == *cell).map(|check| &check.1).peekable();
            mine.peek().is_some() && mine.all(|status| *status == Status::Passed)
        };
        let reach = match () {
            () if passed("run") => Reach::Executed,
            () if passed("compile") => Reach::Compiled,
            () => Reach::NotRun,
        };
        for key in &found {
            reached.insert((isa, key.clone()), reach);
        }
    }
    reached
}

/// Operations of a file that runs; none of one that does not.
fn keys(file: &TestFile<'_>) -> BTreeSet<Key> {
    if file.commands.iter().all(|c| c.command != "run") {
        return BTreeSet::new();
    }
    let insts = file.functions.iter().flat_map(|(function, _)| {
        function.layout.blocks().flat_map(|block| function.layout.block_insts(block)).map(move |inst| (function, inst))
    });
    insts.map(|(function, inst)| key(&Operation::of(function, inst))).collect()
}

/// How many of the operations that the translation produces for an instruction set files in CLIF have, and how many there are.
///
/// # Errors
///
/// If there is no compiler for the instruction set.
pub fn operations(row: &'static Row, files: &[String]) -> Result<(usize, usize)> {
    let produced: BTreeSet<Key> = Operations::collect(&[row])?.of(row.isa).map(key).collect();
    let mut found = BTreeSet::new();
    for text in files {
        let Ok(file) = parse_test(text, ParseOptions::default()) else { continue };
        let IsaSpec::Some(isas) = &file.isa_spec else { continue };
        if isas.iter().any(|isa| Isa::from_triple(isa.triple()) == Some(row.isa)) {
            found.extend(keys(&file));
        }
    }
    Ok((produced.intersection(&found).count(), produced.len()))
}

fn key(operation: &Operation) -> Key {
    (operation.opcode.clone(), operation.ctrl.clone())
}

/// The table.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// For each operation the instruction sets for which the translation produces it.
    pub operations: BTreeMap<Key, BTreeMap<Isa, Reach>>,
    /// For each form of each operator the places where it can run.
    pub forms: BTreeMap<Form, BTreeMap<Place, Reach>>,
}

impl Coverage {
    /// The table of everything that tests could reach.
    ///
    /// # Errors
    ///
    /// If there is no compiler for an instruction set.
    pub fn new() -> Result<Self> {
        let rows = cells::distinct();
        let operations = Operations::collect(&rows)?;
        let mut coverage = Self::default();
        for row in &rows {
            for operation in operations.of(row.isa) {
                coverage.operations.entry(key(operation)).or_default().insert(row.isa, Reach::Missing);
            }
        }
        let places = places();
        for operator in operators() {
            let sweep = operator.sweep();
            let edge = operator.memory.map(|_| EDGE);
            let forms: BTreeSet<&str> = sweep.calls.iter().map(|call| form(&call.export)).chain(edge).collect();
            for form in forms {
                let cells = coverage.forms.entry((name(&operator).to_owned(), form.to_owned())).or_default();
                cells.extend(places.iter().map(|place| (place.clone(), Reach::NotRun)));
            }
        }
        Ok(coverage)
    }

    /// Adds what the records in a folder say.
    ///
    /// # Errors
    ///
    /// If there is none, or one cannot be read.
    pub fn add_folder(&mut self, folder: &Path) -> Result<()> {
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
            paths.push(entry?.path());
        }
        paths.retain(|path| path.extension().is_some_and(|e| e == "json"));
        ensure!(
            !paths.is_empty(),
            "there are no records in {}: run tests with GANTRY_COVERAGE set to it",
            folder.display()
        );
        for path in paths {
            let context = || format!("{} is no record of a run", path.display());
            let text = std::fs::read_to_string(&path).with_context(context)?;
            self.add(&serde_json::from_str(&text).with_context(context)?);
        }
        Ok(())
    }

    /// Adds what a record says. What it has beyond the table (operations that tests have and the translation does not produce)
    /// is left out.
    pub fn add(&mut self, record: &Record) {
        let isa = |name: &str| ROWS.iter().map(|row| row.isa).find(|isa| isa.name() == name);
        for (name, opcode, ctrl, reach) in &record.operations {
            let cells = self.operations.get_mut(&(opcode.clone(), ctrl.clone()));
            if let Some(slot) = isa(name).and_then(|isa| cells?.get_mut(&isa)) {
                *slot = (*slot).max(*reach);
            }
        }
        for (name, backend) in &record.places {
            let Some(isa) = isa(name) else { continue };
            for form in &record.forms {
                if let Some(cells) = self.forms.get_mut(form) {
                    cells.insert((isa, backend.clone()), Reach::Executed);
                }
            }
        }
    }

    /// Sums, then what is missing.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for (isa, counts) in sums(self.operations.values()) {
            let _ = writeln!(text, "operations of CLIF on {isa}: {}", show(&counts));
        }
        for ((isa, backend), counts) in sums(self.forms.values()) {
            let _ = writeln!(text, "forms of operators by {backend} on {isa}: {}", show(&counts));
        }
        for ((opcode, ctrl), isas) in &self.operations {
            let missing: Vec<&str> = isas.iter().filter(|i| *i.1 == Reach::Missing).map(|i| i.0.name()).collect();
            if !missing.is_empty() {
                let dot = if ctrl.is_empty() { "" } else { "." };
                let _ = writeln!(text, "missing: {opcode}{dot}{ctrl} on {}", missing.join(", "));
            }
        }
        text
    }
}

/// The name of the form in which accesses are at the edge of memory, with every use of what they load.
pub const EDGE: &str = "edge";

/// Where operators can run: every backend on every instruction set for which it makes code.
fn places() -> Vec<Place> {
    let mut places = Vec::new();
    for row in ROWS {
        for &backend in BackendKind::ALL {
            let mut config = gantry::Config::new();
            if config.target(row.triple).is_err() {
                continue;
            }
            config.backend(&backend.to_string());
            for flag in row.flags {
                config.cpu_flag(flag, "true");
            }
            if Engine::new(&config).is_ok() {
                let name = if row.isa.is_pulley() { gantry::PULLEY.to_owned() } else { backend.to_string() };
                places.push((row.isa, name));
            }
        }
    }
    places.dedup();
    places
}

type Counts = BTreeMap<Reach, usize>;

fn sums<'a, P: Ord + Clone + 'a>(cells: impl Iterator<Item = &'a BTreeMap<P, Reach>>) -> BTreeMap<P, Counts> {
    let mut sums: BTreeMap<P, Counts> = BTreeMap::new();
    for (place, reach) in cells.flatten() {
        *sums.entry(place.clone()).or_default().entry(*reach).or_default() += 1;
    }
    sums
}

fn show(counts: &Counts) -> String {
    let all: usize = counts.values().sum();
    let parts = Reach::ALL.iter().filter_map(|reach| Some(format!("{} {}", counts.get(reach)?, reach.name())));
    format!("{all}: {}", parts.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::{Coverage, Form, Isa, Reach, Record};
    use std::collections::BTreeMap;

    #[test]
    fn records_of_several_processes_make_one_table() {
        let key = ("iadd".to_owned(), "i32".to_owned());
        let form: Form = ("i32.add".to_owned(), "loaded".to_owned());
        let place = |isa| (isa, "cranelift".to_owned());
        let mut coverage = Coverage::default();
        coverage.operations.insert(key, BTreeMap::from([(Isa::S390x, Reach::Missing), (Isa::X86_64, Reach::Missing)]));
        let cells = [place(Isa::S390x), place(Isa::X86_64)].map(|place| (place, Reach::NotRun));
        coverage.forms.insert(form.clone(), BTreeMap::from(cells));
        let operation = |isa: &str, reach| (isa.to_owned(), "iadd".to_owned(), "i32".to_owned(), reach);
        let here = Record {
            operations: vec![operation("x86_64", Reach::Executed), operation("s390x", Reach::Compiled)],
            places: vec![("x86_64".to_owned(), "cranelift".to_owned())],
            forms: vec![form.clone()],
        };
        coverage.add(&here);
        let text = coverage.to_text();
        assert!(text.contains("operations of CLIF on s390x: 1: 1 compiled"), "{text}");
        assert!(text.contains("forms of operators by cranelift on s390x: 1: 1 not run"), "{text}");
        let there = Record {
            operations: vec![operation("s390x", Reach::Executed)],
            places: vec![("s390x".to_owned(), "cranelift".to_owned())],
            forms: vec![form],
        };
        coverage.add(&there);
        let text = coverage.to_text();
        assert!(!text.contains("not run") && !text.contains("compiled"), "{text}");
        let page = coverage.to_html();
        assert!(page.contains("<td class=executed>") && !page.contains("<td class=missing>"), "{page}");
        let folder = tempfile::tempdir().unwrap();
        assert!(coverage.add_folder(folder.path()).is_err());
        here.write(folder.path(), "test").unwrap();
        coverage.add_folder(folder.path()).unwrap();
    }
}
