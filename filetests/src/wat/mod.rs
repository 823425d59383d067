//! Tests in WebAssembly's text format: what a module becomes, and what it does.
//!
//! ```text
//! ;;! kind = "cranelift"
//! ;;! isas = ["x86_64", "aarch64"]
//!
//! (module (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))
//!
//! ;;> add(i32:1, i32:2) = i32:3
//!
//! ;;@ x86_64
//! ;; add: 17 bytes, 9 instructions
//! ...
//! ```
//!
//! The header ([`header`]) says what the sections `;;@` hold: one for each instruction set, rewritten by `--bless`. Lines
//! `;;>` are calls, executed on every backend, option set and instruction set at hand ([`calls`]).

pub mod calls;
pub mod clif;
pub mod code;
pub mod header;
pub mod names;
pub mod sections;

use crate::cells::{ROWS, Row};
use crate::options::Options;
use crate::report::{self, Change, FileReport, Status};
use anyhow::{Context, Result, ensure};
use gantry::{BackendKind, Engine};
use header::Header;
use sections::{Document, Section};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Makes the text of a section from a module in binary.
pub type MakeText = fn(&Engine, &Row, &[u8]) -> Result<String>;

/// What the sections of a file hold.
pub struct Kind {
    /// Its name in headers.
    pub name: &'static str,
    /// Backends whose output it is.
    pub backends: &'static [&'static str],
    /// Instruction sets that `isas = "all"` stands for.
    pub isas: fn(&Row) -> bool,
    /// Makes the text; none for files that only run.
    pub text: Option<MakeText>,
}

/// Every kind of file.
#[rustfmt::skip]
pub const KINDS: &[Kind] = &[
    Kind { name: "run",       backends: &[],                     isas: |_| true,                 text: None },
    Kind { name: "clif",      backends: &["cranelift"],          isas: |_| true,                 text: Some(clif::translated) },
    Kind { name: "clif-opt",  backends: &["cranelift"],          isas: |_| true,                 text: Some(clif::optimized) },
    Kind { name: "cranelift", backends: &["cranelift"],          isas: |row| !row.isa.is_pulley(), text: Some(code::functions) },
    Kind { name: "winch",     backends: &["winch"],              isas: |row| row.has(BackendKind::Winch), text: Some(code::functions) },
    Kind { name: "pulley",    backends: &["cranelift", "winch"], isas: |row| row.isa.is_pulley() && !row.isa.is_big_endian(), text: Some(code::functions) },
];

/// Runs a file.
pub fn run_file(name: &str, text: &str, options: &Options) -> FileReport {
    let mut report = FileReport::new(name);
    if let Err(e) = run(&mut report, text, options) {
        report.record("file", Status::Failed(format!("{e:#}")));
    }
    report
}

fn run(report: &mut FileReport, text: &str, options: &Options) -> Result<()> {
    let header = Header::parse(text)?;
    let mut document = Document::parse(text)?;
    let wasm = wat(text)?;
    ensure!(
        document.has_calls || header.kind.text.is_some(),
        "nothing is checked: a file of kind \"run\" needs a line like `;;> f(i32:1) = i32:2`"
    );
    if document.has_calls {
        calls::run(report, &header, text, options)?;
    }
    let mut changed = false;
    let several = header.kind.backends.len() > 1;
    let mut known = Vec::new();
    if let Some(make) = header.kind.text {
        for row in header.isas.iter().copied() {
            for backend in header.kind.backends {
                let title = match several {
                    true => format!("{} {backend}", row.isa),
                    false => row.isa.to_string(),
                };
                known.push(title.clone());
                if !options.wants(row.isa) {
                    continue;
                }
                let cell = format!("{} {title}", header.kind.name);
                let made = catch_unwind(AssertUnwindSafe(|| make(&engine(&header, row, backend)?, row, &wasm)))
                    .unwrap_or_else(|p| Err(anyhow::anyhow!("panicked: {}", crate::panic_message(&*p))));
                let status = match made {
                    Err(e) => Status::Failed(format!("{e:#}")),
                    Ok(actual) => judge(&mut document, &title, &actual, &report.name, options, &mut changed),
                };
                report.record(&cell, status);
            }
        }
    }
    for section in &document.sections {
        if !known.contains(&section.title) {
            let message = format!("the section ;;@ {} is none that the header asks for", section.title);
            report.record("file", Status::Failed(message));
        }
    }
    report.apply_declarations(&header.unsupported, options.isas.is_empty());
    if changed {
        if report.is_success() {
            document.sort(&known);
            report.blessed = Some(document.to_string());
        } else {
            report.refuse_blessing("other checks of this file fail, so what it does now may be wrong");
        }
    }
    Ok(())
}

/// Compares a section, or rewrites it.
fn judge(
    document: &mut Document,
    title: &str,
    actual: &str,
    file: &str,
    options: &Options,
    changed: &mut bool,
) -> Status {
    let expected = document.sections.iter().find(|s| s.title == title).map(|s| s.text.clone());
    if expected.as_deref() == Some(actual) {
        return Status::Passed;
    }
    let missing = if expected.is_none() { format!("there is no section ;;@ {title} yet\n") } else { String::new() };
    let expected = expected.unwrap_or_default();
    if options.bless {
        let functions = code::changed_functions(&expected, actual);
        document.set(Section { title: title.to_owned(), text: actual.to_owned() });
        *changed = true;
        return Status::Blessed(Change { functions, ..Change::between(&expected, actual) });
    }
    let diff = report::diff(&expected, actual, options.colour);
    Status::Failed(format!("not as expected\n{missing}{diff}{}", crate::commands_for(file)))
}

/// The module in binary.
pub(crate) fn wat(text: &str) -> Result<Vec<u8>> {
    let buffer = wast::parser::ParseBuffer::new(text).map_err(|e| anyhow::anyhow!("{e}"))?;
    let mut module = wast::parser::parse::<wast::Wat<'_>>(&buffer).map_err(|e| anyhow::anyhow!("{e}"))?;
    module.encode().map_err(|e| anyhow::anyhow!("{e}"))
}

/// The compiler for code that is looked at: the same on every host.
fn engine(header: &Header, row: &Row, backend: &str) -> Result<Engine> {
    let mut config = gantry::Config::new();
    config.target(row.triple)?;
    config.backend(backend);
    let signals = if row.isa.is_pulley() { "false" } else { "true" };
    for (name, value) in
        [("signals_based_traps", signals), ("memory_reservation", "4294967296"), ("memory_guard_size", "33554432")]
    {
        config.option(name, value)?;
    }
    for flag in row.flags {
        config.cpu_flag(flag, "true");
    }
    header.apply(&mut config)?;
    Engine::new(&config).with_context(|| format!("{backend} for {}", row.isa))
}

/// The instruction sets that a header may name.
pub(crate) fn all(kind: &Kind) -> Vec<&'static Row> {
    ROWS.iter().filter(|row| (kind.isas)(row)).collect()
}
