//! Writes a test for each operation: a function that does it, and calls with what they give.
//!
//! What is expected comes from Cranelift's interpreter, or from [`arithmetic`] where that does not know the operation: never from
//! code that a compiler made. The machine that the generator runs on has to agree.

use crate::cells::Row;
use crate::clif::program::{Program, Stop};
use crate::generate::arithmetic::{self, MISINTERPRETED};
use crate::generate::operations::{Example, Operation, Operations, is_control};
use crate::generate::values;
use anyhow::{Context, Result};
use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::data_value::{DataValue, DisplayDataValues};
use cranelift_codegen::ir::condcodes::FloatCC;
use cranelift_codegen::ir::immediates::{Ieee32, Ieee64};
use cranelift_codegen::ir::{
    AbiParam, Endianness, Function, InstBuilder, InstructionData, MemFlagsData, Opcode, Signature, StackSlotData,
    StackSlotKind, Type, UserFuncName, Value, types,
};
use cranelift_codegen::isa::{self, CallConv, OwnedTargetIsa};
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
                    match compiles(isa, &function(operation, example, None)?) {
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
    let function = function(operation, example, None)?;
    // What has narrow pointers is run with wide ones.
    let wide = match verify_function(&function, &**host) {
        Ok(()) => None,
        Err(_) => {
            verify_function(&function, &**narrow).map_err(|e| anyhow::anyhow!("{e}"))?;
            Some(self::function(operation, example, Some(types::I64))?)
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

/// Operations whose results say nothing about which NaN they are.
#[rustfmt::skip]
const ARITHMETIC: &[Opcode] = &[
    Opcode::Fadd, Opcode::Fsub, Opcode::Fmul, Opcode::Fdiv, Opcode::Sqrt, Opcode::Fma, Opcode::Fmin, Opcode::Fmax, Opcode::Ceil,
    Opcode::Floor, Opcode::Trunc, Opcode::Nearest, Opcode::Fpromote, Opcode::Fdemote, Opcode::Fvdemote, Opcode::FvpromoteLow,
];

/// A function that does an operation with its parameters.
/// `pointer` replaces the type of addresses.
fn function(operation: &Operation, example: &Example, pointer: Option<Type>) -> Result<Function> {
    let source = &example.function;
    let data = source.dfg.insts[example.inst];
    let opcode = data.opcode();
    anyhow::ensure!(!is_control(opcode), "control flow is tested by hand");
    let own = Signature::new(CallConv::SystemV);
    let mut function = Function::with_name_signature(UserFuncName::user(0, 0), own);
    let args: Vec<Type> = source.dfg.inst_args(example.inst).iter().map(|&v| source.dfg.value_type(v)).collect();
    let memory = match data {
        InstructionData::Load { flags, .. } | InstructionData::Store { flags, .. } => Some(source.dfg.mem_flags[flags]),
        InstructionData::LoadNoOffset { .. } if opcode == Opcode::Bitcast => None,
        InstructionData::LoadNoOffset { .. } | InstructionData::StoreNoOffset { .. } => {
            anyhow::bail!("an atomic operation")
        }
        InstructionData::UnaryGlobalValue { .. } | InstructionData::StackAddr { .. } => anyhow::bail!("an address"),
        _ => None,
    };
    let block = function.dfg.make_block();
    let (mut params, mut results) = (Vec::new(), Vec::new());
    {
        let mut param = |function: &mut Function, ty: Type| {
            function.signature.params.push(AbiParam::new(ty));
            params.push(ty);
            function.dfg.append_block_param(block, ty)
        };
        let ctrl = source.dfg.ctrl_typevar(example.inst);
        if let Some(flags) = memory {
            let pointer = pointer.or(args.last().copied()).context("an access has an address")?;
            let stores = matches!(data, InstructionData::Store { .. });
            let value = stores.then(|| param(&mut function, args[0]));
            let halves = if stores { [None; 2] } else { [0; 2].map(|_| Some(param(&mut function, types::I64))) };
            let little = MemFlagsData::new().with_endianness(Endianness::Little);
            let flags = MemFlagsData::new().with_endianness(flags.explicit_endianness().unwrap_or(Endianness::Little));
            let slot = StackSlotData::new(StackSlotKind::ExplicitSlot, 32, 4);
            let slot = function.create_sized_stack_slot(slot);
            let mut at = FuncCursor::new(&mut function);
            at.insert_block(block);
            let address = at.ins().stack_addr(pointer, slot, 0);
            for (half, offset) in halves.into_iter().zip([3, 11]) {
                let half = half.unwrap_or_else(|| at.ins().iconst(types::I64, 0));
                at.ins().store(little, half, address, offset);
            }
            let flags = at.func.dfg.mem_flags.insert(flags).map_err(|_| anyhow::anyhow!("too many kinds of flags"))?;
            let inst = match (data, value) {
                (InstructionData::Store { .. }, Some(value)) => {
                    InstructionData::Store { opcode, args: [value, address], flags, offset: 3.into() }
                }
                _ => InstructionData::Load { opcode, arg: address, flags, offset: 3.into() },
            };
            let inst = at.func.dfg.make_inst(inst);
            // The controlling type of loads that widen is that of their address.
            let by_address = !stores && opcode.constraints().requires_typevar_operand();
            at.func.dfg.make_inst_results(inst, if by_address { pointer } else { ctrl });
            at.insert_inst(inst);
            if stores {
                results.extend([3, 11].map(|offset| at.ins().load(types::I64, little, address, offset)));
            } else {
                results.extend_from_slice(at.func.dfg.inst_results(inst));
            }
        } else {
            let values: Vec<Value> = args.iter().map(|&ty| param(&mut function, ty)).collect();
            let data = match data {
                InstructionData::Shuffle { imm, args, .. } => {
                    let mask = source.dfg.immediates.get(imm).context("a mask")?.clone();
                    InstructionData::Shuffle { opcode, args, imm: function.dfg.immediates.push(mask) }
                }
                InstructionData::UnaryConst { constant_handle, .. } => {
                    let constant = source.dfg.constants.get(constant_handle).clone();
                    InstructionData::UnaryConst { opcode, constant_handle: function.dfg.constants.insert(constant) }
                }
                InstructionData::LoadNoOffset { flags, arg, .. } => {
                    let flags = source.dfg.mem_flags[flags];
                    let flags =
                        function.dfg.mem_flags.insert(flags).map_err(|_| anyhow::anyhow!("too many kinds of flags"))?;
                    InstructionData::LoadNoOffset { opcode, flags, arg }
                }
                other => other,
            };
            let mut at = FuncCursor::new(&mut function);
            at.insert_block(block);
            let inst = at.func.dfg.make_inst(data);
            at.func.dfg.inst_args_mut(inst).copy_from_slice(&values);
            at.func.dfg.make_inst_results(inst, ctrl);
            at.insert_inst(inst);
            results.extend_from_slice(at.func.dfg.inst_results(inst));
        }
    }
    let mut at = FuncCursor::new(&mut function);
    at.goto_bottom(block);
    for result in &mut results {
        if ARITHMETIC.contains(&opcode) {
            *result = canonical(&mut at, *result);
        }
    }
    let types: Vec<Type> = results.iter().map(|&r| at.func.dfg.value_type(r)).collect();
    at.ins().return_(&results);
    function.signature.returns.extend(types.into_iter().map(AbiParam::new));
    anyhow::ensure!(operation.opcode != "nop", "nothing to see");
    Ok(function)
}

/// Every NaN made the same one.
fn canonical(at: &mut FuncCursor<'_>, value: Value) -> Value {
    let ty = at.func.dfg.value_type(value);
    let nan = match ty.lane_type() {
        types::F32 => at.ins().f32const(Ieee32::with_bits(0x7fc0_0000)),
        _ => at.ins().f64const(Ieee64::with_bits(0x7ff8_0000_0000_0000)),
    };
    let unordered = at.ins().fcmp(FloatCC::Unordered, value, value);
    if ty.is_vector() {
        let nan = at.ins().splat(ty, nan);
        let flags = MemFlagsData::new().with_endianness(Endianness::Little);
        let mask = at.ins().bitcast(ty, flags, unordered);
        return at.ins().bitselect(mask, nan, value);
    }
    at.ins().select(unordered, nan, value)
}
