//! Writes a test for each operation: a function that does it, and calls with what they give.
//!
//! What is expected comes from Cranelift's interpreter, or from [`arithmetic`] where that does not know the operation: never from
//! code that a compiler made. The machine that the generator runs on has to agree.

use crate::cells::Row;
use crate::clif::program::{Program, Stop};
use crate::generate::arithmetic::{self, MISINTERPRETED};
use crate::generate::function;
use crate::generate::operations::{Example, Operation, Operations};
use crate::generate::values;
use anyhow::{Context, Result};
use cranelift_codegen::data_value::{DataValue, DisplayDataValues};
use cranelift_codegen::ir::{Function, Type, types};
use cranelift_codegen::isa::{self, OwnedTargetIsa};
use cranelift_codegen::settings::{self, Configurable};
use cranelift_codegen::verify_function;
use cranelift_interpreter::environment::FunctionStore;
use cranelift_interpreter::interpreter::{Interpreter, InterpreterState};
use cranelift_interpreter::step::{ControlFlow, CraneliftTrap};
use gantry_emit::Isa;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// What the generator did.
#[derive(Clone, Debug, Default)]
pub struct Written {
    /// Files.
    pub files: usize,
    /// Functions.
    pub functions: usize,
    /// Calls whose outcome the interpreter said.
    pub interpreted: usize,
    /// Calls whose outcome was computed here, by opcode.
    pub computed: BTreeMap<String, usize>,
    /// Calls about which this machine agrees.
    pub confirmed: usize,
    /// Operations without a test, with the reason.
    pub left_out: Vec<String>,
    /// Calls about which this machine disagrees.
    pub disagreements: Vec<String>,
}

/// Writes a file for each opcode that the translation for these instruction sets produces into `folder`.
///
/// # Errors
///
/// If there is no compiler for one, or a file cannot be written.
pub fn write_clif(rows: &[&Row], folder: &Path) -> Result<Written> {
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let operations = Operations::collect(rows)?;
    let mut written = Written::default();
    let mut files: BTreeMap<(String, BTreeSet<Isa>), Vec<String>> = BTreeMap::new();
    let host = host_isa()?;
    let narrow = isa::lookup_by_name("pulley32")?.finish(settings::Flags::new(shared_flags()?))?;
    for (operation, (isas, example)) in &operations.all {
        let name = format!("%op{}", files.values().map(Vec::len).sum::<usize>());
        match test(operation, example, [&host, &narrow], &mut written) {
            Ok(text) => {
                let mut able = BTreeSet::new();
                for &isa in isas {
                    match compiles(isa, &function::function(example, None)?) {
                        Ok(()) => drop(able.insert(isa)),
                        Err(e) => written.left_out.push(format!("{isa}: {operation:?}: {e}")),
                    }
                }
                let list = files.entry((operation.opcode.clone(), able)).or_default();
                list.push(text.replace("%op", &format!("%{}_{}", operation.opcode, list.len())));
                written.functions += 1;
            }
            Err(e) => written.left_out.push(format!("{operation:?}: {e:#} ({name})")),
        }
    }
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for ((opcode, isas), functions) in &files {
        let count = seen.entry(opcode.clone()).or_default();
        *count += 1;
        let suffix = if *count == 1 { String::new() } else { format!("-{count}") };
        let path = folder.join(format!("{}{suffix}.clif", opcode.replace('_', "-")));
        std::fs::write(&path, file(isas, functions)).with_context(|| format!("cannot write {}", path.display()))?;
        written.files += 1;
    }
    Ok(written)
}

fn file(isas: &BTreeSet<Isa>, functions: &[String]) -> String {
    let mut text = String::from(
        "; Made by `gantry-filetests generate-clif`: operations that the translation of WebAssembly produces.\ntest compile\n\
         test run\nset opt_level=speed\nset enable_llvm_abi_extensions=true\nset enable_multi_ret_implicit_sret=true\n",
    );
    for isa in isas {
        let _ = writeln!(text, "target {} {}", isa, Row::of(*isa).flags.join(" "));
    }
    for function in functions {
        let _ = write!(text, "\n{function}");
    }
    text.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// Whether an operation can be compiled alone: some are only part of larger patterns.
fn compiles(target: Isa, function: &Function) -> Result<()> {
    let row = Row::of(target);
    let mut builder = isa::lookup_by_name(row.triple)?;
    for flag in row.flags {
        builder.enable(flag)?;
    }
    let isa = builder.finish(settings::Flags::new(shared_flags()?))?;
    let mut context = cranelift_codegen::Context::for_function(function.clone());
    context.compile(&*isa, &mut Default::default()).map_err(|e| anyhow::anyhow!("{:?}", e.inner))?;
    Ok(())
}

fn shared_flags() -> Result<settings::Builder> {
    let mut shared = settings::builder();
    // Not optimized: two ways through the compiler are compared, once the tests run.
    for (name, value) in
        [("opt_level", "none"), ("enable_llvm_abi_extensions", "true"), ("enable_multi_ret_implicit_sret", "true")]
    {
        shared.set(name, value)?;
    }
    Ok(shared)
}

fn host_isa() -> Result<OwnedTargetIsa> {
    let builder = cranelift_native::builder().map_err(|e| anyhow::anyhow!("{e}"))?;
    Ok(builder.finish(settings::Flags::new(shared_flags()?))?)
}

/// The function loaded for a target of this process, or why it cannot be.
fn load(isa: &OwnedTargetIsa, function: &Function) -> Result<Program> {
    let row = Row::of(Isa::from_triple(isa.triple()).context("the target is known")?);
    let engine = row.engine().context("this process runs the target's code")?;
    let program = catch_unwind(AssertUnwindSafe(|| Program::new(&engine, &**isa, &[function])));
    program.unwrap_or_else(|panic| Err(anyhow::anyhow!("{}", crate::panic_message(&*panic))))
}

/// The function of an operation with its calls. Targets have pointers of 64 bits, or `narrow` ones.
fn test(
    operation: &Operation,
    example: &Example,
    [host, narrow]: [&OwnedTargetIsa; 2],
    written: &mut Written,
) -> Result<String> {
    let function = function::function(example, None)?;
    // What has narrow pointers is run with wide ones.
    let wide = match verify_function(&function, &**host) {
        Ok(()) => None,
        Err(_) => {
            verify_function(&function, &**narrow).map_err(|e| anyhow::anyhow!("{e}"))?;
            Some(function::function(example, Some(types::I64))?)
        }
    };
    let native = wide.as_ref().unwrap_or(&function);
    let params: Vec<Type> = function.signature.params.iter().map(|p| p.value_type).collect();
    let mut program = load(host, native).ok();
    let mut text = function.display().to_string();
    let mut calls = 0;
    let misinterpreted = MISINTERPRETED.contains(&operation.opcode.as_str());
    for args in values::arguments(&params) {
        let interpreted = interpret(&function, &args).filter(|_| !misinterpreted);
        let is_interpreted = interpreted.is_some();
        let Some(expected) = interpreted.or_else(|| arithmetic::result(operation, &args)) else { continue };
        let expected = outcome(&expected);
        let call = format!("%op({})", DisplayDataValues(&args).to_string().trim_matches(['[', ']']));
        if let Some(program) = &mut program {
            let native = outcome(&program.call(0, &args));
            if native != expected {
                written
                    .disagreements
                    .push(format!("{operation:?}: {call}: expected {expected}, this machine {native}"));
                continue;
            }
            written.confirmed += 1;
        }
        *if is_interpreted {
            &mut written.interpreted
        } else {
            written.computed.entry(operation.opcode.clone()).or_default()
        } += 1;
        calls += 1;
        let _ = writeln!(text, "; run: {call}{expected}");
    }
    anyhow::ensure!(calls > 0, "neither the interpreter nor generate/arithmetic.rs says what it gives");
    Ok(text.replacen("function u0:0", "function %op", 1))
}

fn outcome(result: &Result<Vec<DataValue>, Stop>) -> String {
    match result {
        Ok(values) if values.len() == 1 => {
            format!(" == {}", DisplayDataValues(values).to_string().trim_matches(['[', ']']))
        }
        Ok(values) => format!(" == {}", DisplayDataValues(values)),
        Err(Stop::Trap(code)) => format!(" traps {code}"),
        Err(Stop::Error(message)) => format!(" fails: {message}"),
    }
}

/// What the interpreter says; none if it does not know the operation.
fn interpret(function: &Function, args: &[DataValue]) -> Option<Result<Vec<DataValue>, Stop>> {
    let attempt = || {
        let mut store = FunctionStore::default();
        store.add("op".to_owned(), function);
        let state = InterpreterState::default().with_function_store(store);
        match Interpreter::new(state).with_fuel(Some(10_000)).call_by_name("op", args) {
            Ok(ControlFlow::Return(values)) => Some(Ok(values.to_vec())),
            Ok(ControlFlow::Trap(CraneliftTrap::User(code))) => Some(Err(Stop::Trap(code))),
            _ => None,
        }
    };
    let result = catch_unwind(AssertUnwindSafe(attempt)).ok().flatten()?;
    // It has its own idea of the types of some results.
    let types = function.signature.returns.iter().map(|r| r.value_type);
    match &result {
        Ok(values) if !values.iter().map(DataValue::ty).eq(types) && !values.iter().any(DataValue::is_vector) => None,
        _ => Some(result),
    }
}
