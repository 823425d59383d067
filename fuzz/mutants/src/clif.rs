//! Bugs of the optimizing compiler: functions that change CLIF between translation and optimization, into CLIF that is as valid.

use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::{
    Block, BlockCall, ConstantData, Endianness, Function, Inst, InstBuilder, InstructionData, MemFlagsData, Opcode,
    Type, Value, ValueDef, types,
};
use gantry_abi::{Libcall, Trap};
use gantry_cranelift::{libcall_of, trap_code};

/// What is wrong.
#[derive(Clone, Copy, Debug)]
pub enum Bug {
    /// Instructions of one kind become ones of another, with the same operands; only for this type, if there is one.
    Opcode(Opcode, Opcode, Option<Type>),
    /// The operands of instructions of this kind are swapped; only for this type, if there is one.
    Swap(Opcode, Option<Type>),
    /// A comparison of integers becomes another one.
    IntCc(IntCC, IntCC),
    /// A comparison of floats becomes another one.
    FloatCc(FloatCC, FloatCC),
    /// A trap becomes another one.
    Trap(Trap, Trap),
    /// Checks that end in this trap are left out.
    NoCheck(Trap),
    /// Calls of a libcall without results are left out.
    NoCall(Libcall),
    /// Something else.
    Pass(fn(&mut Function)),
}

impl Bug {
    /// Changes a function.
    pub fn apply(self, func: &mut Function) {
        for inst in insts(func) {
            match self {
                Self::Opcode(from, to, ty) if is(func, inst, from, ty) => set_opcode(func, inst, to),
                Self::Swap(op, ty) if is(func, inst, op, ty) => match &mut func.dfg.insts[inst] {
                    InstructionData::Binary { args: [a, b], .. } | InstructionData::Ternary { args: [_, a, b], .. } => {
                        std::mem::swap(a, b);
                    }
                    _ => {}
                },
                Self::IntCc(from, to) => match &mut func.dfg.insts[inst] {
                    InstructionData::IntCompare { cond, .. } if *cond == from => *cond = to,
                    _ => {}
                },
                Self::FloatCc(from, to) => match &mut func.dfg.insts[inst] {
                    InstructionData::FloatCompare { cond, .. } if *cond == from => *cond = to,
                    _ => {}
                },
                Self::Trap(from, to) => match &mut func.dfg.insts[inst] {
                    InstructionData::CondTrap { code, .. } | InstructionData::Trap { code, .. }
                        if *code == trap_code(from) =>
                    {
                        *code = trap_code(to);
                    }
                    // Where hardware faults do not stop the guest, a libcall does.
                    _ => {
                        let code =
                            libcall_trap_code(func, inst).filter(|&v| constant(func, v) == Some(from.code().into()));
                        if let Some(made) = code.and_then(|value| maker(func, value)) {
                            let imm = i64::from(to.code()).into();
                            func.dfg.insts[made] = InstructionData::UnaryImm { opcode: Opcode::Iconst, imm };
                        }
                    }
                },
                Self::NoCheck(trap) => match func.dfg.insts[inst] {
                    InstructionData::CondTrap { code, .. } if code == trap_code(trap) => {
                        func.layout.remove_inst(inst);
                    }
                    _ => {}
                },
                Self::NoCall(libcall) => match func.dfg.insts[inst] {
                    InstructionData::Call { opcode: Opcode::Call, func_ref, .. }
                        if libcall_of(func, func_ref) == Some(libcall) =>
                    {
                        func.layout.remove_inst(inst);
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        if let Self::Pass(pass) = self {
            pass(func);
        }
    }
}

/// All instructions, in order.
fn insts(func: &Function) -> Vec<Inst> {
    func.layout.blocks().flat_map(|block| func.layout.block_insts(block)).collect()
}

/// Whether an instruction is of this kind, for this type if there is one.
fn is(func: &Function, inst: Inst, op: Opcode, ty: Option<Type>) -> bool {
    func.dfg.insts[inst].opcode() == op && ty.is_none_or(|ty| func.dfg.ctrl_typevar(inst) == ty)
}

fn set_opcode(func: &mut Function, inst: Inst, to: Opcode) {
    match &mut func.dfg.insts[inst] {
        InstructionData::Binary { opcode, .. }
        | InstructionData::Unary { opcode, .. }
        | InstructionData::Load { opcode, .. }
        | InstructionData::Store { opcode, .. } => *opcode = to,
        _ => {}
    }
}

/// The instruction that makes a value.
fn maker(func: &Function, value: Value) -> Option<Inst> {
    match func.dfg.value_def(func.dfg.resolve_aliases(value)) {
        ValueDef::Result(inst, _) => Some(inst),
        _ => None,
    }
}

/// A constant's value.
fn constant(func: &Function, value: Value) -> Option<i64> {
    match func.dfg.insts[maker(func, value)?] {
        InstructionData::UnaryImm { opcode: Opcode::Iconst, imm } => Some(imm.bits()),
        _ => None,
    }
}

/// The argument of a call of the libcall that stops the guest.
fn libcall_trap_code(func: &Function, inst: Inst) -> Option<Value> {
    match func.dfg.insts[inst] {
        InstructionData::Call { func_ref, .. } if libcall_of(func, func_ref) == Some(Libcall::trap) => {
            func.dfg.inst_args(inst).last().copied()
        }
        _ => None,
    }
}

/// The operands of an instruction with two of them.
fn operands(func: &Function, inst: Inst) -> Option<[Value; 2]> {
    match func.dfg.insts[inst] {
        InstructionData::Binary { args, .. } => Some(args),
        _ => None,
    }
}

/// Divisors that are constants with bit 31 set are sign-extended.
pub fn divisor_extended(func: &mut Function) {
    for inst in insts(func) {
        let (Opcode::Udiv | Opcode::Urem) = func.dfg.insts[inst].opcode() else { continue };
        let Some([a, b]) = operands(func, inst) else { continue };
        let (ty, value) = (func.dfg.value_type(a), constant(func, b));
        let Some(value) = value.filter(|&value| u32::try_from(value).is_ok_and(|v| v >> 31 != 0)) else { continue };
        let unsigned = func.dfg.insts[inst].opcode() == Opcode::Udiv;
        let mut at = FuncCursor::new(func).at_inst(inst);
        let divisor = i64::from(u32::try_from(value).expect("just asked").cast_signed());
        if ty == types::I64 {
            let divisor = at.ins().iconst(types::I64, divisor);
            replace_operand(func, inst, 1, divisor);
        } else if ty == types::I32 {
            let wide = at.ins().uextend(types::I64, a);
            let divisor = at.ins().iconst(types::I64, divisor);
            let result = if unsigned { at.ins().udiv(wide, divisor) } else { at.ins().urem(wide, divisor) };
            func.replace(inst).ireduce(types::I32, result);
        }
    }
}

fn replace_operand(func: &mut Function, inst: Inst, place: usize, value: Value) {
    if let InstructionData::Binary { args, .. } = &mut func.dfg.insts[inst] {
        args[place] = value;
    }
}

/// A 32-bit shift to the left becomes part of a 64-bit address: its upper bits are not lost.
pub fn shift_in_address(func: &mut Function) {
    for inst in insts(func) {
        if !is(func, inst, Opcode::Uextend, Some(types::I64)) {
            continue;
        }
        let arg = func.dfg.inst_args(inst)[0];
        let Some(shift) = maker(func, arg).filter(|&i| is(func, i, Opcode::Ishl, Some(types::I32))) else { continue };
        let Some([x, count]) = operands(func, shift) else { continue };
        let Some(count) = constant(func, count).filter(|c| (1..=3).contains(c)) else { continue };
        let mut at = FuncCursor::new(func).at_inst(inst);
        let wide = at.ins().uextend(types::I64, x);
        let count = at.ins().iconst(types::I32, count);
        func.replace(inst).ishl(wide, count);
    }
}

/// Shuffles of a vector with itself take the next lanes.
pub fn shuffle_of_equals(func: &mut Function) {
    for inst in insts(func) {
        let InstructionData::Shuffle { args: [a, b], imm, .. } = func.dfg.insts[inst] else { continue };
        if func.dfg.resolve_aliases(a) != func.dfg.resolve_aliases(b) {
            continue;
        }
        let Some(mask) = func.dfg.immediates.get(imm) else { continue };
        let lanes: Vec<u8> = mask.as_slice().iter().map(|lane| (lane + 1) % 16).collect();
        let changed = func.dfg.immediates.push(ConstantData::from(&lanes[..]));
        if let InstructionData::Shuffle { imm, .. } = &mut func.dfg.insts[inst] {
            *imm = changed;
        }
    }
}

/// 64-bit lanes are shifted to the right by the count modulo 32, if it is constant.
pub fn lane_shift_by_constant(func: &mut Function) {
    for inst in insts(func) {
        if !is(func, inst, Opcode::Sshr, Some(types::I64X2)) {
            continue;
        }
        let Some([_, count]) = operands(func, inst) else { continue };
        let Some(value) = constant(func, count).filter(|c| c & 63 > 31) else { continue };
        let ty = func.dfg.value_type(count);
        let count = FuncCursor::new(func).at_inst(inst).ins().iconst(ty, value & 31);
        replace_operand(func, inst, 1, count);
    }
}

/// Tail calls leave their frame.
pub fn tail_calls_return(func: &mut Function) {
    for inst in insts(func) {
        let InstructionData::Call { opcode: Opcode::ReturnCall, func_ref, .. } = func.dfg.insts[inst] else { continue };
        let args = func.dfg.inst_args(inst).to_vec();
        let mut at = FuncCursor::new(func).at_inst(inst);
        let call = at.ins().call(func_ref, &args);
        let results = at.func.dfg.inst_results(call).to_vec();
        at.ins().return_(&results);
        at.remove_inst();
    }
}

/// Loads of floats by instructions of these kinds touch 16 bytes.
fn widen_loads(func: &mut Function, users: &[Opcode]) {
    for inst in insts(func) {
        if !users.contains(&func.dfg.insts[inst].opcode()) {
            continue;
        }
        for arg in func.dfg.inst_args(inst).to_vec() {
            let Some(load) = maker(func, arg) else { continue };
            let InstructionData::Load { opcode: Opcode::Load, arg, flags, offset } = func.dfg.insts[load] else {
                continue;
            };
            let flags = func.dfg.mem_flags[flags];
            let vector = match func.dfg.ctrl_typevar(load) {
                types::F32 => types::F32X4,
                types::F64 => types::F64X2,
                _ => continue,
            };
            let mut at = FuncCursor::new(func).at_inst(load);
            let bytes = at.ins().load(types::I8X16, flags, arg, offset);
            let lanes = at.ins().bitcast(vector, MemFlagsData::new().with_endianness(Endianness::Little), bytes);
            func.replace(load).extractlane(lanes, 0);
        }
    }
}

/// Copying a sign loads 16 bytes for an operand from memory.
pub fn wide_copysign(func: &mut Function) {
    widen_loads(func, &[Opcode::Fcopysign]);
}

/// Filling a vector with one value loads 16 bytes for an operand from memory.
pub fn wide_splat(func: &mut Function) {
    widen_loads(func, &[Opcode::Splat]);
}

/// Scalar float arithmetic loads 16 bytes for an operand from memory.
pub fn wide_scalar_float(func: &mut Function) {
    widen_loads(func, &[Opcode::Sqrt, Opcode::Ceil, Opcode::Floor, Opcode::Trunc, Opcode::Nearest, Opcode::Fadd]);
}

/// 32-bit integers are sign-extended where they become part of a sum: an address.
pub fn address_sign_extended(func: &mut Function) {
    let all = insts(func);
    for &inst in &all {
        if !is(func, inst, Opcode::Uextend, Some(types::I64)) {
            continue;
        }
        let result = func.dfg.first_result(inst);
        let adds = |&user: &Inst| {
            func.dfg.insts[user].opcode() == Opcode::Iadd
                && func.dfg.inst_args(user).iter().any(|&arg| func.dfg.resolve_aliases(arg) == result)
        };
        if all.iter().any(adds) {
            set_opcode(func, inst, Opcode::Sextend);
        }
    }
}

/// Rotations by a constant that is 0 modulo the width give something else.
pub fn rotate_by_nothing(func: &mut Function) {
    for inst in insts(func) {
        let (Opcode::Rotl | Opcode::Rotr) = func.dfg.insts[inst].opcode() else { continue };
        let Some([a, count]) = operands(func, inst) else { continue };
        let bits = i64::from(func.dfg.value_type(a).bits());
        if constant(func, count).is_some_and(|c| c % bits == 0) {
            func.replace(inst).bnot(a);
        }
    }
}

/// Of bits that are shifted to the right and masked by a constant, one is lost.
pub fn shift_and_mask(func: &mut Function) {
    for inst in insts(func) {
        if func.dfg.insts[inst].opcode() != Opcode::Band {
            continue;
        }
        let Some([a, b]) = operands(func, inst) else { continue };
        let (ty, mask) = (func.dfg.value_type(b), constant(func, b));
        let shifted = maker(func, a).is_some_and(|i| func.dfg.insts[i].opcode() == Opcode::Ushr);
        if let (Some(mask), true) = (mask, shifted) {
            let mask = FuncCursor::new(func).at_inst(inst).ins().iconst(ty, mask & !1);
            replace_operand(func, inst, 1, mask);
        }
    }
}

/// If two rows of a branch table go to one place, the first of them goes where the default goes.
pub fn branch_table_merged(func: &mut Function) {
    let dfg = &mut func.stencil.dfg;
    for table in dfg.jump_tables.values_mut() {
        let rows = table.all_branches().to_vec();
        let place = |row: BlockCall| (row.block(&dfg.value_lists), row.args(&dfg.value_lists).collect::<Vec<_>>());
        let places: Vec<_> = rows.iter().copied().map(place).collect();
        let repeated = (1..rows.len()).find(|&i| places[i + 1..].contains(&places[i]) && places[i] != places[0]);
        if let Some(i) = repeated {
            let (block, args) = places[0].clone();
            table.all_branches_mut()[i] = BlockCall::new(block, args, &mut dfg.value_lists);
        }
    }
}

/// An address in words, so that equal ones are found.
fn key(func: &Function, value: Value, depth: u32) -> String {
    let value = func.dfg.resolve_aliases(value);
    match maker(func, value).filter(|_| depth > 0).map(|inst| func.dfg.insts[inst]) {
        Some(InstructionData::UnaryImm { imm, .. }) => format!("{}", imm.bits()),
        Some(InstructionData::Unary { opcode, arg }) => format!("{opcode}({})", key(func, arg, depth - 1)),
        Some(InstructionData::Binary { opcode, args: [a, b] }) => {
            format!("{opcode}({}, {})", key(func, a, depth - 1), key(func, b, depth - 1))
        }
        _ => value.to_string(),
    }
}

/// A store is left out if a later one in the block goes to the same address, whatever stands between them.
pub fn dead_stores(func: &mut Function) {
    for block in func.layout.blocks().collect::<Vec<_>>() {
        let mut later = Vec::new();
        for inst in func.layout.block_insts(block).collect::<Vec<_>>().into_iter().rev() {
            let InstructionData::Store { args: [_, address], offset, .. } = func.dfg.insts[inst] else { continue };
            let place = (key(func, address, 4), offset);
            if later.contains(&place) {
                func.layout.remove_inst(inst);
            } else {
                later.push(place);
            }
        }
    }
}

/// Numbers of values are cut to 7 bits when sums are made: a limit of 24 bits, made small enough to be reached.
pub fn value_numbers_wrap(func: &mut Function) {
    const LIMIT: u32 = 128;
    for block in func.layout.blocks().collect::<Vec<_>>() {
        let mut known: Vec<Value> = func.dfg.block_params(block).to_vec();
        for inst in func.layout.block_insts(block).collect::<Vec<_>>() {
            if let (Some([a, b]), Opcode::Iadd | Opcode::Isub | Opcode::Bxor) =
                (operands(func, inst), func.dfg.insts[inst].opcode())
            {
                let alias = known.iter().find(|v| v.as_u32() == b.as_u32() % LIMIT);
                if let Some(&alias) = alias.filter(|_| b.as_u32() >= LIMIT)
                    && func.dfg.value_type(alias) == func.dfg.value_type(a)
                {
                    replace_operand(func, inst, 1, alias);
                }
            }
            known.extend(func.dfg.inst_results(inst));
        }
    }
}

/// A selection that is zero-extended is sign-extended.
pub fn select_sign_extended(func: &mut Function) {
    for inst in insts(func) {
        if !is(func, inst, Opcode::Uextend, Some(types::I64)) {
            continue;
        }
        let arg = func.dfg.inst_args(inst)[0];
        if maker(func, arg).is_some_and(|i| func.dfg.insts[i].opcode() == Opcode::Select) {
            set_opcode(func, inst, Opcode::Sextend);
        }
    }
}

/// Both ways of every conditional branch are swapped, in blocks with an odd number.
pub fn branches_swapped(func: &mut Function) {
    for block in func.layout.blocks().collect::<Vec<_>>() {
        if let Some(inst) = func.layout.last_inst(block).filter(|_| block.as_u32() % 2 == 1)
            && let InstructionData::Brif { blocks, .. } = &mut func.dfg.insts[inst]
        {
            blocks.swap(0, 1);
        }
    }
}

/// Loads are one byte off, where the offset is not 0.
pub fn loads_off_by_one(func: &mut Function) {
    for inst in insts(func) {
        if let InstructionData::Load { opcode: Opcode::Uload8 | Opcode::Sload8, offset, .. } = &mut func.dfg.insts[inst]
            && let Some(next) = offset.try_add_i64(1).filter(|_| i64::from(*offset) != 0)
        {
            *offset = next;
        }
    }
}

/// Two stores, one behind the other, change places.
pub fn stores_swapped(func: &mut Function) {
    for block in func.layout.blocks().collect::<Vec<_>>() {
        let all: Vec<Inst> = func.layout.block_insts(block).collect();
        let stores: Vec<Inst> = all.into_iter().filter(|&i| func.dfg.insts[i].opcode() == Opcode::Istore8).collect();
        for pair in stores.chunks_exact(2) {
            let (a, b) = (func.dfg.insts[pair[0]], func.dfg.insts[pair[1]]);
            if let (
                InstructionData::Store { args: [x, p], flags, offset, opcode },
                InstructionData::Store { args: [y, _], .. },
            ) = (a, b)
                && func.dfg.value_type(x) == func.dfg.value_type(y)
            {
                func.dfg.insts[pair[1]] = InstructionData::Store { opcode, args: [y, p], flags, offset };
            }
        }
    }
}

/// Constants of 64-bit operations are cut to 32 bits.
pub fn constants_cut(func: &mut Function) {
    for inst in insts(func) {
        if is(func, inst, Opcode::Iconst, Some(types::I64))
            && let InstructionData::UnaryImm { imm, .. } = &mut func.dfg.insts[inst]
            && i32::try_from(imm.bits()).is_err()
        {
            *imm = (imm.bits() & 0xffff_ffff).into();
        }
    }
}

/// The bounds checks that are branches: their conditions, and the index operand of each, extended.
fn bounds_checks(func: &Function) -> Vec<(Inst, Value)> {
    let code = Some(Trap::MemoryOutOfBounds.code().into());
    let is_trap = |inst| libcall_trap_code(func, inst).is_some_and(|value| constant(func, value) == code);
    let stops = |block| func.layout.block_insts(block).any(is_trap);
    let mut checks = Vec::new();
    for inst in insts(func) {
        let InstructionData::Brif { arg, blocks, .. } = func.dfg.insts[inst] else { continue };
        let Some(condition) = maker(func, arg) else { continue };
        let InstructionData::IntCompare { args: [index, _], .. } = func.dfg.insts[condition] else { continue };
        if stops(blocks[0].block(&func.dfg.value_lists)) {
            checks.push((condition, index));
        }
    }
    checks
}

/// A value without what constants add to it and without its extension.
fn root(func: &Function, value: Value) -> Value {
    let value = func.dfg.resolve_aliases(value);
    let Some(inst) = maker(func, value) else { return value };
    match func.dfg.insts[inst] {
        InstructionData::Unary { opcode: Opcode::Uextend, arg } => root(func, arg),
        InstructionData::Binary { opcode: Opcode::Iadd | Opcode::Isub, args: [a, b] }
            if constant(func, b).is_some() =>
        {
            root(func, a)
        }
        _ => value,
    }
}

/// Takes checks out as if they could not fail.
fn leave_out(func: &mut Function, superfluous: impl Fn(&Function, Value) -> bool) {
    for (condition, index) in bounds_checks(func) {
        if superfluous(func, root(func, index)) {
            func.replace(condition).iconst(types::I8, 0);
        }
    }
}

/// Indices that are masked below a page need no check, however wide the access and small the memory.
pub fn masked_is_in_bounds(func: &mut Function) {
    leave_out(func, |func, index| {
        let Some(mask) = maker(func, index).filter(|&inst| is(func, inst, Opcode::Band, None)) else { return false };
        operands(func, mask).and_then(|[_, b]| constant(func, b)).is_some_and(|mask| (0..=0xffff).contains(&mask))
    });
}

/// The values that are compared with a small constant anywhere.
fn compared(func: &Function) -> Vec<Value> {
    let value = |inst| match func.dfg.insts[inst] {
        InstructionData::IntCompare { args: [a, b], .. } => {
            constant(func, b).filter(|limit| (0..=0xffff).contains(limit)).map(|_| root(func, a))
        }
        _ => None,
    };
    insts(func).into_iter().filter_map(value).collect()
}

/// The block whose parameter a value is, unless that is the function's own.
fn header(func: &Function, value: Value) -> Option<Block> {
    match func.dfg.value_def(value) {
        ValueDef::Param(block, _) if func.layout.entry_block() != Some(block) => Some(block),
        _ => None,
    }
}

/// Counters that are compared with a small constant anywhere need no check, whichever way they count.
pub fn counter_is_in_bounds(func: &mut Function) {
    let compared = compared(func);
    leave_out(func, |func, index| header(func, index).is_some() && compared.contains(&index));
}

/// What changes in a loop whose counter is compared with a small constant needs no check, however often the loop goes round.
pub fn follower_is_in_bounds(func: &mut Function) {
    let compared = compared(func);
    let counted: Vec<Block> = compared.iter().filter_map(|&value| header(func, value)).collect();
    leave_out(func, |func, index| {
        header(func, index).is_some_and(|block| counted.contains(&block)) && !compared.contains(&index)
    });
}

/// Where an index is in bounds, the ones below it are, whether or not they wrap around.
pub fn lower_is_in_bounds(func: &mut Function) {
    let checks = bounds_checks(func);
    let plain: Vec<Value> = checks.iter().map(|&(_, index)| narrow(func, index)).collect();
    for (condition, index) in checks {
        let Some(inst) = maker(func, narrow(func, index)) else { continue };
        let InstructionData::Binary { opcode, args: [a, b] } = func.dfg.insts[inst] else { continue };
        let is_below = match (opcode, constant(func, b)) {
            (Opcode::Isub, Some(by)) => by > 0,
            (Opcode::Iadd, Some(by)) => by < 0,
            _ => false,
        };
        if is_below && plain.contains(&func.dfg.resolve_aliases(a)) {
            func.replace(condition).iconst(types::I8, 0);
        }
    }
}

/// A value without its extension.
fn narrow(func: &Function, value: Value) -> Value {
    let value = func.dfg.resolve_aliases(value);
    match maker(func, value).map(|inst| func.dfg.insts[inst]) {
        Some(InstructionData::Unary { opcode: Opcode::Uextend, arg }) => func.dfg.resolve_aliases(arg),
        _ => value,
    }
}
