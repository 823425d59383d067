//! The function of a test: it does one operation with its parameters.

use crate::generate::operations::{Example, is_control};
use anyhow::{Context, Result, anyhow, bail, ensure};
use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::ir::condcodes::FloatCC;
use cranelift_codegen::ir::immediates::{Ieee32, Ieee64};
use cranelift_codegen::ir::{
    AbiParam, Block, Endianness, Function, InstBuilder, InstructionData, MemFlags, MemFlagsData, Opcode, Signature,
    StackSlotData, StackSlotKind, Type, UserFuncName, Value, types,
};
use cranelift_codegen::isa::CallConv;

/// Operations whose results say nothing about which NaN they are.
#[rustfmt::skip]
const ARITHMETIC: &[Opcode] = &[
    Opcode::Fadd, Opcode::Fsub, Opcode::Fmul, Opcode::Fdiv, Opcode::Sqrt, Opcode::Fma, Opcode::Fmin, Opcode::Fmax, Opcode::Ceil,
    Opcode::Floor, Opcode::Trunc, Opcode::Nearest, Opcode::Fpromote, Opcode::Fdemote, Opcode::Fvdemote, Opcode::FvpromoteLow,
];

/// Where a load or store happens in its stack slot: nowhere aligned.
const OFFSET: i32 = 3;
/// Bytes of the halves of what is accessed.
const HALVES: [i32; 2] = [OFFSET, OFFSET + 8];

/// A function that does the operation of an example with its parameters, and returns what it gives. `pointer` replaces the type
/// of addresses.
///
/// # Errors
///
/// If that takes more than one such function.
pub(super) fn function(example: &Example, pointer: Option<Type>) -> Result<Function> {
    let source = &example.function;
    let data = source.dfg.insts[example.inst];
    let opcode = data.opcode();
    ensure!(!is_control(opcode), "control flow is tested by hand");
    ensure!(opcode != Opcode::Nop, "nothing to see");
    let args: Vec<Type> = source.dfg.inst_args(example.inst).iter().map(|&v| source.dfg.value_type(v)).collect();
    let mut function = Function::with_name_signature(UserFuncName::user(0, 0), Signature::new(CallConv::SystemV));
    let block = function.dfg.make_block();
    function.layout.append_block(block);
    let mut results = match data {
        InstructionData::Load { .. } => load(&mut function, block, example, pointer.unwrap_or(args[0]))?,
        InstructionData::Store { .. } => {
            let value = param(&mut function, block, args[0]);
            store(&mut function, block, example, value, pointer.unwrap_or(args[1]))?
        }
        InstructionData::LoadNoOffset { .. } if opcode == Opcode::Bitcast => {
            plain(&mut function, block, example, &args)?
        }
        InstructionData::LoadNoOffset { .. } | InstructionData::StoreNoOffset { .. } => bail!("an atomic operation"),
        InstructionData::UnaryGlobalValue { .. } | InstructionData::StackAddr { .. } => bail!("an address"),
        _ => plain(&mut function, block, example, &args)?,
    };
    let mut at = FuncCursor::new(&mut function).at_bottom(block);
    if ARITHMETIC.contains(&opcode) {
        results = results.into_iter().map(|result| canonical(&mut at, result)).collect();
    }
    at.ins().return_(&results);
    let returns = results.iter().map(|&result| AbiParam::new(function.dfg.value_type(result))).collect();
    function.signature.returns = returns;
    Ok(function)
}

/// One more parameter.
fn param(function: &mut Function, block: Block, ty: Type) -> Value {
    function.signature.params.push(AbiParam::new(ty));
    function.dfg.append_block_param(block, ty)
}

/// The operation itself, of parameters.
fn plain(function: &mut Function, block: Block, example: &Example, args: &[Type]) -> Result<Vec<Value>> {
    let source = &example.function.dfg;
    let values: Vec<Value> = args.iter().map(|&ty| param(function, block, ty)).collect();
    // What an instruction refers to goes along.
    let data = match source.insts[example.inst] {
        InstructionData::Shuffle { opcode, imm, args } => {
            let mask = source.immediates.get(imm).context("a mask")?.clone();
            InstructionData::Shuffle { opcode, args, imm: function.dfg.immediates.push(mask) }
        }
        InstructionData::UnaryConst { opcode, constant_handle } => {
            let constant = source.constants.get(constant_handle).clone();
            InstructionData::UnaryConst { opcode, constant_handle: function.dfg.constants.insert(constant) }
        }
        InstructionData::LoadNoOffset { opcode, flags, arg } => {
            let flags = interned(function, source.mem_flags[flags])?;
            InstructionData::LoadNoOffset { opcode, flags, arg }
        }
        other => other,
    };
    let mut at = FuncCursor::new(function).at_bottom(block);
    let inst = at.func.dfg.make_inst(data);
    at.func.dfg.inst_args_mut(inst).copy_from_slice(&values);
    at.func.dfg.make_inst_results(inst, source.ctrl_typevar(example.inst));
    at.insert_inst(inst);
    Ok(at.func.dfg.inst_results(inst).to_vec())
}

/// A load of 16 bytes that are parameters.
fn load(function: &mut Function, block: Block, example: &Example, pointer: Type) -> Result<Vec<Value>> {
    let opcode = example.function.dfg.insts[example.inst].opcode();
    let halves = HALVES.map(|_| Some(param(function, block, types::I64)));
    let flags = access_flags(function, example)?;
    let mut at = FuncCursor::new(function).at_bottom(block);
    let address = slot(&mut at, pointer, halves);
    let inst = at.func.dfg.make_inst(InstructionData::Load { opcode, arg: address, flags, offset: OFFSET.into() });
    // The controlling type of loads that widen is that of their address.
    let by_address = opcode.constraints().requires_typevar_operand();
    let ctrl = if by_address { pointer } else { example.function.dfg.ctrl_typevar(example.inst) };
    at.func.dfg.make_inst_results(inst, ctrl);
    at.insert_inst(inst);
    Ok(at.func.dfg.inst_results(inst).to_vec())
}

/// A store, and what the 16 bytes are then.
fn store(function: &mut Function, block: Block, example: &Example, value: Value, pointer: Type) -> Result<Vec<Value>> {
    let opcode = example.function.dfg.insts[example.inst].opcode();
    let flags = access_flags(function, example)?;
    let mut at = FuncCursor::new(function).at_bottom(block);
    let address = slot(&mut at, pointer, [None; 2]);
    let inst = InstructionData::Store { opcode, args: [value, address], flags, offset: OFFSET.into() };
    let inst = at.func.dfg.make_inst(inst);
    at.func.dfg.make_inst_results(inst, example.function.dfg.ctrl_typevar(example.inst));
    at.insert_inst(inst);
    Ok(HALVES.map(|offset| at.ins().load(types::I64, little(), address, offset)).to_vec())
}

/// The address of a stack slot with these bytes, or zeros, where accesses happen.
fn slot(at: &mut FuncCursor<'_>, pointer: Type, halves: [Option<Value>; 2]) -> Value {
    let slot = at.func.create_sized_stack_slot(StackSlotData::new(StackSlotKind::ExplicitSlot, 32, 4));
    let address = at.ins().stack_addr(pointer, slot, 0);
    for (half, offset) in halves.into_iter().zip(HALVES) {
        let half = half.unwrap_or_else(|| at.ins().iconst(types::I64, 0));
        at.ins().store(little(), half, address, offset);
    }
    address
}

fn little() -> MemFlagsData {
    MemFlagsData::new().with_endianness(Endianness::Little)
}

/// Flags of the access of an example: its order of bytes, and nothing that it knows of its address.
fn access_flags(function: &mut Function, example: &Example) -> Result<MemFlags> {
    let source = &example.function.dfg;
    let flags = source.insts[example.inst].memflags().context("an access has flags")?;
    let endianness = source.mem_flags[flags].explicit_endianness().unwrap_or(Endianness::Little);
    interned(function, MemFlagsData::new().with_endianness(endianness))
}

fn interned(function: &mut Function, flags: MemFlagsData) -> Result<MemFlags> {
    function.dfg.mem_flags.insert(flags).map_err(|_| anyhow!("too many kinds of flags"))
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
        let mask = at.ins().bitcast(ty, little(), unordered);
        return at.ins().bitselect(mask, nan, value);
    }
    at.ins().select(unordered, nan, value)
}
