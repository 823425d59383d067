//! `test run` and `test interpret`: calls with their expected outcome.

use crate::cells::Row;
use crate::clif::expect::directive;
use crate::clif::program::{Program, Stop, flags};
use crate::mutate::Mutation;
use crate::report::{FileReport, Status};
use anyhow::{Context, Result, bail};
use cranelift_codegen::data_value::{DataValue, DisplayDataValues};
use cranelift_codegen::ir::{Function, LibCall, Signature, TrapCode};
use cranelift_codegen::isa::OwnedTargetIsa;
use cranelift_interpreter::environment::FunctionStore;
use cranelift_interpreter::interpreter::{Interpreter, InterpreterState, LibCallValues};
use cranelift_interpreter::step::{ControlFlow, CraneliftTrap};
use cranelift_reader::{Comment, Comparison, Invocation, RunCommand, TestFile, parse_run_command};
use std::str::FromStr;

/// What a run line says.
enum Expected {
    Values(Comparison, Vec<DataValue>),
    Trap(TrapCode),
    Printed,
}

struct Line {
    text: String,
    call: Invocation,
    expected: Expected,
}

impl Line {
    /// Parses a comment; none if it is no run line.
    fn parse(comment: &Comment<'_>, signature: &Signature) -> Result<Option<Self>> {
        let text = comment.text.trim_start_matches([';', ' ', '\t']).to_owned();
        let malformed = || format!("malformed line {text:?}");
        if let Some((call, code)) = directive(comment, "run:").and_then(|t| t.rsplit_once(" traps ")) {
            let code = TrapCode::from_str(code.trim())
                .map_err(|()| anyhow::anyhow!("there is no trap code {code:?}"))
                .with_context(malformed)?;
            let parsed = parse_run_command(&format!("print: {call}"), signature).with_context(malformed)?;
            let Some(RunCommand::Print(call)) = parsed else { bail!(malformed()) };
            return Ok(Some(Self { text, call, expected: Expected::Trap(code) }));
        }
        Ok(match parse_run_command(comment.text, signature).with_context(malformed)? {
            None => None,
            Some(RunCommand::Print(call)) => Some(Self { text, call, expected: Expected::Printed }),
            Some(RunCommand::Run(call, comparison, values)) => {
                Some(Self { text, call, expected: Expected::Values(comparison, values) })
            }
        })
    }

    fn judge(&self, outcome: Result<Vec<DataValue>, Stop>, printed: &mut Vec<String>) -> Status {
        let fail = |what: String| Status::Failed(format!("{}: {what}", self.text));
        match (&self.expected, outcome) {
            (_, Err(Stop::Error(message))) => fail(message),
            (Expected::Trap(expected), Err(Stop::Trap(actual))) if *expected == actual => Status::Passed,
            (_, Err(Stop::Trap(actual))) => fail(format!("trapped with {actual}")),
            (Expected::Trap(_), Ok(values)) => fail(format!("returned {}", DisplayDataValues(&values))),
            (Expected::Printed, Ok(values)) => {
                printed.push(format!("{} -> {}", self.call, DisplayDataValues(&values)));
                Status::Passed
            }
            (Expected::Values(comparison, expected), Ok(values)) => {
                let same = values.len() == expected.len() && values.iter().zip(expected).all(|(a, b)| a.bitwise_eq(b));
                match same == (*comparison == Comparison::Equals) {
                    true => Status::Passed,
                    false => fail(format!("returned {}", DisplayDataValues(&values))),
                }
            }
        }
    }
}

/// Every run line of the file, with the index of its function.
fn lines(file: &TestFile<'_>) -> Result<Vec<(usize, Line)>> {
    let mut lines = Vec::new();
    for (index, (function, details)) in file.functions.iter().enumerate() {
        for comment in &details.comments {
            lines.extend(Line::parse(comment, &function.signature)?.map(|line| (index, line)));
        }
    }
    if lines.is_empty() {
        bail!("there is no run line in this file");
    }
    Ok(lines)
}

/// Calls functions as machine code or bytecode.
pub(super) fn native(
    report: &mut FileReport,
    cell: &str,
    file: &TestFile<'_>,
    row: Option<&'static Row>,
    isa: &OwnedTargetIsa,
    mutation: Option<&Mutation>,
) -> Result<()> {
    let lines = lines(file)?;
    let not_run = |report: &mut FileReport, why: std::sync::Arc<str>| {
        lines.iter().for_each(|_| report.record(cell, Status::NotRun(why.clone())));
    };
    let row = row.with_context(|| format!("the engine has no instruction set for {}", isa.triple()))?;
    let Some(engine) = row.engine() else {
        not_run(report, row.not_here());
        return Ok(());
    };
    if let Some(flag) = missing_flag(row, isa) {
        not_run(report, format!("this processor has no {flag}").into());
        return Ok(());
    }
    let functions: Vec<&Function> = file.functions.iter().map(|f| &f.0).collect();
    let mut program = Program::with_mutation(&engine, &**isa, &functions, mutation)?;
    for (index, line) in &lines {
        let outcome = program.call(*index, &line.call.args);
        let status = line.judge(outcome, &mut report.printed);
        report.record(cell, status);
    }
    Ok(())
}

/// A flag of the target line that the host's processor lacks.
fn missing_flag(row: &Row, isa: &OwnedTargetIsa) -> Option<String> {
    if !row.is_host() {
        return None;
    }
    let host = cranelift_native::builder().ok()?;
    let host = host.finish(cranelift_codegen::settings::Flags::new(cranelift_codegen::settings::builder())).ok()?;
    let has = flags(&*host);
    flags(&**isa).into_iter().find(|flag| flag.0.starts_with("has_") && !has.contains(flag)).map(|flag| flag.0)
}

/// Instructions that a call may execute: more than any test needs, and a loop without end ends.
const MAX_STEPS: u64 = 100_000_000;

/// Calls functions in Cranelift's interpreter.
pub(super) fn interpret(report: &mut FileReport, cell: &str, file: &TestFile<'_>) -> Result<()> {
    let mut store = FunctionStore::default();
    for (function, _) in &file.functions {
        store.add(function.name.to_string(), function);
    }
    for (index, line) in lines(file)? {
        // Nothing is left over from call to call.
        let state =
            InterpreterState::default().with_function_store(store.clone()).with_libcall_handler(library_function);
        let mut interpreter = Interpreter::new(state).with_fuel(Some(MAX_STEPS));
        let name = file.functions[index].0.name.to_string();
        let outcome = match interpreter.call_by_name(&name, &line.call.args) {
            Ok(ControlFlow::Return(values)) => Ok(values.to_vec()),
            Ok(ControlFlow::Trap(CraneliftTrap::User(code))) => Err(Stop::Trap(code)),
            Ok(other) => Err(Stop::Error(format!("the interpreter stopped with {other:?}"))),
            Err(e) => Err(Stop::Error(format!("{:#}", anyhow::Error::new(e)))),
        };
        let status = line.judge(outcome, &mut report.printed);
        report.record(cell, status);
    }
    Ok(())
}

/// What C's library would do.
fn library_function(function: LibCall, args: LibCallValues) -> Result<LibCallValues, CraneliftTrap> {
    use DataValue::{F32, F64};
    let value = match (function, args.as_slice()) {
        (LibCall::CeilF32, [F32(a)]) => F32(a.ceil()),
        (LibCall::CeilF64, [F64(a)]) => F64(a.ceil()),
        (LibCall::FloorF32, [F32(a)]) => F32(a.floor()),
        (LibCall::FloorF64, [F64(a)]) => F64(a.floor()),
        (LibCall::TruncF32, [F32(a)]) => F32(a.trunc()),
        (LibCall::TruncF64, [F64(a)]) => F64(a.trunc()),
        (LibCall::NearestF32, [F32(a)]) => F32(a.round_ties_even()),
        (LibCall::NearestF64, [F64(a)]) => F64(a.round_ties_even()),
        _ => return Err(CraneliftTrap::Debug),
    };
    Ok([value].into_iter().collect())
}
