//! Tests in CLIF: files in the format of Cranelift's own.
//!
//! A file is a header (`test` commands, `set` and `target` lines), then functions. Comments after a function are what is
//! expected of it (Cranelift, docs/testing.md). Besides what that format has, a run may end in a trap
//! (`; run: %f(0) traps int_divz`), and a comment in the header may say what does not work
//! (`;; unsupported: run s390x: why`).

mod commands;
mod expect;
mod load;
pub mod program;
mod run;

use crate::cells::Row;
use crate::options::Options;
use crate::report::{FileReport, Status};
use anyhow::{Context, Result, bail};
use cranelift_codegen::isa::OwnedTargetIsa;
use cranelift_codegen::settings::Flags;
use cranelift_codegen::verify_function;
use cranelift_reader::{IsaSpec, ParseOptions, TestCommand, TestFile, TestOption, parse_test};
use expect::Blessing;
use gantry_emit::Isa;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a `test` line asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Command {
    Cat,
    Verifier,
    PrintCfg,
    Domtree,
    AliasAnalysis,
    Inline,
    Optimize,
    Compile,
    Run,
    Interpret,
}

impl Command {
    #[rustfmt::skip]
    const TABLE: &[(&str, Self)] = &[
        ("cat", Self::Cat), ("verifier", Self::Verifier), ("print-cfg", Self::PrintCfg), ("domtree", Self::Domtree),
        ("alias-analysis", Self::AliasAnalysis), ("inline", Self::Inline), ("optimize", Self::Optimize), ("compile", Self::Compile), ("run", Self::Run),
        ("interpret", Self::Interpret),
    ];

    fn name(self) -> &'static str {
        Self::TABLE.iter().find(|row| row.1 == self).expect("the table has a row for every command").0
    }

    /// Whether it is done once for each target.
    fn needs_isa(self) -> bool {
        matches!(self, Self::Inline | Self::Optimize | Self::Compile | Self::Run)
    }

    /// Whether functions may be wrong: what shows them as they are, and what says what is wrong with them.
    fn takes_any_function(self) -> bool {
        matches!(self, Self::Cat | Self::PrintCfg | Self::Verifier)
    }

    /// Whether accepting the functions is a check in itself.
    fn checks_acceptance(self) -> bool {
        matches!(self, Self::Verifier | Self::Compile)
    }
}

/// A command with its options.
#[derive(Clone, Copy, Debug)]
struct Test {
    command: Command,
    /// Expectations are the whole text.
    precise: bool,
    /// Functions are optimized after inlining.
    optimize: bool,
}

impl Test {
    fn parse(parsed: &TestCommand<'_>) -> Result<Self> {
        let name = parsed.command;
        let row = Command::TABLE.iter().find(|row| row.0 == name);
        let names = || Command::TABLE.iter().map(|row| row.0).collect::<Vec<_>>().join(", ");
        let command = row.with_context(|| format!("there is no test command {name:?}; there is: {}", names()))?.1;
        let mut test = Self { command, precise: false, optimize: false };
        for option in &parsed.options {
            match (command, option) {
                (Command::Inline | Command::Optimize | Command::Compile, TestOption::Flag("precise-output")) => {
                    test.precise = true;
                }
                (Command::Inline, TestOption::Flag("optimize")) => test.optimize = true,
                _ => bail!("test {name} has no option {option}"),
            }
        }
        Ok(test)
    }
}

/// What a check of one function knows about its surroundings.
struct Case<'a> {
    file: &'a TestFile<'a>,
    index: usize,
    flags: &'a Flags,
    isa: Option<&'a OwnedTargetIsa>,
    test: Test,
}

/// Runs a file.
pub fn run_file(name: &str, text: &str, options: &Options) -> FileReport {
    let mut report = FileReport::new(name);
    if let Err(e) = run(&mut report, text, options) {
        report.record("file", Status::Failed(format!("{e:#}")));
    }
    report
}

fn run(report: &mut FileReport, text: &str, options: &Options) -> Result<()> {
    let file = parse_test(text, ParseOptions::default()).map_err(|e| {
        let version = cranelift_native::VERSION;
        anyhow::anyhow!("line {}: {} (files are read as Cranelift {version} does)", e.location.line_number, e.message)
    })?;
    let tests = file.commands.iter().map(Test::parse).collect::<Result<Vec<_>>>()?;
    if let Some(feature) = file.features.first() {
        bail!("there is no feature {feature:?}: features are those of a build of Cranelift");
    }
    if file.functions.is_empty() || tests.is_empty() {
        bail!("a test needs at least one function and one `test` line");
    }
    if !tests.iter().any(|t| t.command.checks_acceptance() || t.precise) && !expect::checks_anything(&file) {
        bail!("nothing is checked: there is no directive and no run line");
    }
    let (isas, flags) = match &file.isa_spec {
        IsaSpec::None(flags) => (&[][..], flags),
        IsaSpec::Some(isas) => (&isas[..], isas.last().context("at least one target")?.flags()),
    };
    let mut blessing = Blessing::default();
    for test in &tests {
        if !test.command.needs_isa() {
            let isa = if isas.len() == 1 { isas.first() } else { None };
            run_test(report, &file, *test, flags, isa, options, &mut blessing);
            continue;
        }
        if isas.is_empty() {
            // The parser leaves out what a build has no compiler for.
            if !names_target(text) {
                bail!("test {} needs a target", test.command.name());
            }
            report.record(test.command.name(), Status::NotRun("needs another compiler than this build has".into()));
        }
        for isa in isas {
            run_test(report, &file, *test, isa.flags(), Some(isa), options, &mut blessing);
        }
    }
    report.apply_declarations(&expect::declarations(&file)?, options.isas.is_empty());
    if options.bless && !blessing.is_empty() {
        if isas.len() > 1 {
            report.refuse_blessing("this file has several targets, and one expectation is for all of them");
        } else if report.is_success() {
            report.blessed = Some(blessing.apply(text));
        } else {
            report.refuse_blessing("other checks of this file fail, so what it does now may be wrong");
        }
    }
    Ok(())
}

/// Whether the header has a `target` line.
fn names_target(text: &str) -> bool {
    text.lines().take_while(|line| !line.starts_with("function")).any(|line| line.starts_with("target "))
}

/// One command on one target, over all functions.
fn run_test(
    report: &mut FileReport,
    file: &TestFile<'_>,
    test: Test,
    flags: &Flags,
    isa: Option<&OwnedTargetIsa>,
    options: &Options,
    blessing: &mut Blessing,
) {
    let name = test.command.name();
    let row = isa.and_then(|isa| Isa::from_triple(isa.triple())).map(Row::of);
    let cell = match (test.command.needs_isa(), isa, row) {
        (true, _, Some(row)) => format!("{name} {}", row.isa),
        (true, Some(isa), None) => format!("{name} {}", isa.triple().architecture),
        _ => name.to_owned(),
    };
    if let Some(row) = row.filter(|_| test.command.needs_isa()) {
        let wanted = if test.command == Command::Run { options.calls(row) } else { options.wants(row.isa) };
        if !wanted {
            return;
        }
    }
    match test.command {
        Command::Interpret => guarded(report, &cell, "", |report| run::interpret(report, &cell, file)),
        Command::Run => {
            let isa = isa.expect("run needs a target");
            let mutation = options.mutation.as_ref();
            guarded(report, &cell, "", |report| run::native(report, &cell, file, row, isa, mutation));
        }
        _ => {
            for index in 0..file.functions.len() {
                let name = function_name(file, index);
                guarded(report, &cell, &format!("%{name}: "), |report| {
                    let case = Case { file, index, flags, isa, test };
                    let status = match check(&case)? {
                        None => Status::Passed,
                        Some(mismatch) if options.bless => blessing.add(mismatch),
                        Some(mismatch) => Status::Failed(mismatch.describe(&name, &report.name, options)),
                    };
                    report.record(&cell, status);
                    Ok(())
                });
            }
        }
    }
}

/// Runs checks that record what they find; errors and panics are failures of the cell, with `of` before their messages.
fn guarded(report: &mut FileReport, cell: &str, of: &str, mut checks: impl FnMut(&mut FileReport) -> Result<()>) {
    let message = match catch_unwind(AssertUnwindSafe(|| checks(report))) {
        Ok(Ok(())) => return,
        Ok(Err(e)) => format!("{e:#}"),
        Err(panic) => format!("panicked: {}", crate::panic_message(&*panic)),
    };
    report.record(cell, Status::Failed(format!("{of}{message}")));
}

fn function_name(file: &TestFile<'_>, index: usize) -> String {
    file.functions[index].0.name.to_string().trim_start_matches('%').to_owned()
}

/// A check of one function; a mismatch if it has a precise expectation that is not met.
fn check(case: &Case<'_>) -> Result<Option<expect::Mismatch>> {
    let function = &case.file.functions[case.index].0;
    let command = case.test.command;
    if !command.takes_any_function() {
        let isa = case.isa.map(|isa| &**isa);
        verify_function(function, cranelift_codegen::settings::FlagsOrIsa { flags: case.flags, isa })
            .map_err(|e| anyhow::anyhow!("{e}"))?;
    }
    let text = match command {
        Command::Cat => commands::cat(function),
        Command::PrintCfg => commands::print_cfg(function),
        Command::AliasAnalysis => commands::alias_analysis(function)?,
        Command::Inline => commands::inline(case)?,
        Command::Optimize => commands::optimize(case)?,
        Command::Compile => commands::compile(case)?,
        Command::Domtree => commands::domtree(case)?,
        Command::Verifier => return commands::verifier(case).map(|()| None),
        Command::Run | Command::Interpret => unreachable!("these run whole files"),
    };
    if case.test.precise { Ok(expect::precise(case, &text)) } else { expect::directives(case, &text).map(|()| None) }
}
