//! Random CLIF, typed by the constraints of the opcode table: the interpreter against machine code, optimized and not.
//!
//! Which operations there are is asked and not listed: an opcode takes part, with a type, if the verifier, the interpreter and
//! the compiler for the host take a function that does nothing else. Traps are outcomes like any other.

use super::{Outcome, Seen};
use crate::weave::Dice;
use arbitrary::Unstructured;
use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::data_value::DataValue;
use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::immediates::{Ieee32, Ieee64};
use cranelift_codegen::ir::instructions::{InstructionFormat, ResolvedConstraint};
use cranelift_codegen::ir::{
    AbiParam, Block, ConstantData, Endianness, Function, InstBuilder, InstructionData, MemFlagsData, Opcode, Signature,
    TrapCode, Type, UserFuncName, Value, types,
};
use cranelift_codegen::isa::{self, CallConv, OwnedTargetIsa};
use cranelift_codegen::settings::{self, Configurable};
use cranelift_codegen::{Context, verify_function};
use cranelift_interpreter::environment::FunctionStore;
use cranelift_interpreter::interpreter::{Interpreter, InterpreterState};
use cranelift_interpreter::step::{ControlFlow, CraneliftTrap};
use gantry_filetests::cells::{ROWS, Row};
use gantry_filetests::clif::program::{Program, Stop};
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

/// Types of values.
#[rustfmt::skip]
const TYPES: &[Type] = &[
    types::I8, types::I16, types::I32, types::I64, types::I128, types::F32, types::F64, types::I8X16, types::I16X8, types::I32X4,
    types::I64X2, types::F32X4, types::F64X2,
];

/// Formats of operations on values alone.
const FORMATS: &[InstructionFormat] = &[
    InstructionFormat::Unary,
    InstructionFormat::Binary,
    InstructionFormat::BinaryImm8,
    InstructionFormat::Ternary,
    InstructionFormat::TernaryImm8,
    InstructionFormat::IntCompare,
    InstructionFormat::FloatCompare,
    InstructionFormat::IntAddTrap,
    InstructionFormat::Shuffle,
];

/// Operations about which the interpreter is wrong: the remainder of the least integer and -1 is 0, and no trap.
const MISINTERPRETED: &[Opcode] = &[Opcode::Srem];

/// Operations whose results may be NaNs with bits of somebody's choice: those on floats that do more than move them.
fn makes_nans(opcode: Opcode) -> bool {
    #[rustfmt::skip]
    const MOVES: &[Opcode] = &[
        Opcode::Fneg, Opcode::Fabs, Opcode::Fcopysign, Opcode::Select, Opcode::SelectSpectreGuard, Opcode::Bitselect, Opcode::Splat,
        Opcode::Insertlane, Opcode::Extractlane, Opcode::ScalarToVector, Opcode::Shuffle, Opcode::Band, Opcode::Bor, Opcode::Bxor,
        Opcode::Bnot, Opcode::FcvtFromSint, Opcode::FcvtFromUint,
    ];
    !MOVES.contains(&opcode)
}

/// An operation with its controlling type, and the condition of a comparison of floats: not all targets have all of them.
type Operation = (Opcode, Type, Option<FloatCC>);

/// Operations that may take part, without conditions.
static OPERATIONS: LazyLock<Vec<(Opcode, Type)>> = LazyLock::new(|| {
    let mut list = Vec::new();
    for &opcode in Opcode::all() {
        let control = opcode.is_branch() || opcode.is_call() || opcode.is_return() || opcode.is_terminator();
        let effect = opcode.can_load() || opcode.can_store() || opcode.other_side_effects();
        let constraints = opcode.constraints();
        if control || effect || !FORMATS.contains(&opcode.format()) || constraints.num_fixed_results() == 0 {
            continue;
        }
        match constraints.ctrl_typeset() {
            Some(set) => list.extend(TYPES.iter().filter(|&&ty| set.contains(ty)).map(|&ty| (opcode, ty))),
            None => list.push((opcode, types::INVALID)),
        }
    }
    list.retain(|(opcode, _)| !MISINTERPRETED.contains(opcode));
    list
});

fn flags(level: &str) -> settings::Flags {
    let mut shared = settings::builder();
    for (name, value) in
        [("opt_level", level), ("enable_llvm_abi_extensions", "true"), ("enable_multi_ret_implicit_sret", "true")]
    {
        shared.set(name, value).expect("the flags exist");
    }
    settings::Flags::new(shared)
}

/// Every target with a name, the host's first; optimizing.
static TARGETS: LazyLock<Vec<(&'static Row, OwnedTargetIsa)>> = LazyLock::new(|| {
    let build = |row: &'static Row| {
        let mut builder = isa::lookup_by_name(row.triple).expect("cranelift-codegen has it");
        for flag in row.flags {
            builder.enable(flag).expect("the flags exist");
        }
        (row, builder.finish(flags("speed")).expect("the flags fit"))
    };
    let mut rows: Vec<&'static Row> = ROWS.iter().filter(|row| !row.triple.contains("be-")).collect();
    rows.sort_by_key(|row| !row.is_host());
    rows.into_iter().map(build).collect()
});

/// Whether a target of [`TARGETS`] compiles an operation alone; for the host, whether the interpreter knows it as well.
fn is_supported(operation: Operation, target: usize) -> bool {
    static KNOWN: LazyLock<Mutex<HashMap<(Operation, usize), bool>>> = LazyLock::new(Mutex::default);
    if let Some(&known) = KNOWN.lock().unwrap_or_else(PoisonError::into_inner).get(&(operation, target)) {
        return known;
    }
    let attempt = || {
        let mut input = Unstructured::new(&[7; 64]);
        let function = Maker::new(&mut Dice(&mut input)).alone(operation)?;
        verify_function(&function, &*TARGETS[target].1).ok()?;
        Context::for_function(function.clone()).compile(&*TARGETS[target].1, &mut Default::default()).ok()?;
        if target == 0 {
            let args: Vec<_> = function.signature.params.iter().map(|p| value(p.value_type, 1)).collect();
            let _ = interpret(&function, &args)?;
        }
        Some(())
    };
    let supported = super::quietly(attempt).flatten().is_some();
    KNOWN.lock().unwrap_or_else(PoisonError::into_inner).insert((operation, target), supported);
    supported
}

/// A function under construction.
struct Maker<'a, 'b, 'u> {
    dice: &'a mut Dice<'b, 'u>,
    function: Function,
    values: Vec<Value>,
    operations: Vec<Operation>,
}

impl<'a, 'b, 'u> Maker<'a, 'b, 'u> {
    fn new(dice: &'a mut Dice<'b, 'u>) -> Self {
        let name = UserFuncName::user(0, 0);
        let function = Function::with_name_signature(name, Signature::new(CallConv::SystemV));
        Self { dice, function, values: Vec::new(), operations: Vec::new() }
    }

    fn entry(&mut self) -> Block {
        let block = self.function.dfg.make_block();
        self.function.layout.append_block(block);
        block
    }

    fn param(&mut self, block: Block, ty: Type) -> Value {
        self.function.signature.params.push(AbiParam::new(ty));
        self.function.dfg.append_block_param(block, ty)
    }

    /// A function that does one operation with its parameters.
    fn alone(mut self, operation: Operation) -> Option<Function> {
        let block = self.entry();
        let types = self.argument_types(operation)?;
        let args: Vec<Value> = types.iter().map(|&ty| self.param(block, ty)).collect();
        let results = self.insert(block, operation, &args);
        self.finish(block, &results);
        Some(self.function)
    }

    /// Types of the operands; none if there is no type of ours for one.
    fn argument_types(&mut self, (opcode, ctrl, _): Operation) -> Option<Vec<Type>> {
        let constraints = opcode.constraints();
        let mut list = Vec::new();
        for i in 0..constraints.num_fixed_value_arguments() {
            list.push(match constraints.value_argument_constraint(i, ctrl) {
                ResolvedConstraint::Bound(ty) => ty,
                ResolvedConstraint::Free(set) => {
                    // The lanes of one vector become those of another, one by one.
                    let fits = |ty: Type| !ctrl.is_vector() || !ty.is_vector() || ty.lane_bits() == ctrl.lane_bits();
                    let all: Vec<Type> = TYPES.iter().copied().filter(|&ty| set.contains(ty) && fits(ty)).collect();
                    if all.is_empty() {
                        return None;
                    }
                    // Amounts of shifts, and what is widened or narrowed.
                    self.dice.pick(&all)
                }
            });
        }
        list.iter().all(|ty| TYPES.contains(ty)).then_some(list)
    }

    /// Appends an operation; returns its results, with NaNs that are all the same one.
    fn insert(&mut self, block: Block, (opcode, ctrl, condition): Operation, args: &[Value]) -> Vec<Value> {
        let lanes = if ctrl.is_vector() { ctrl.lane_count() as usize } else { 16 };
        let imm = u8::try_from(self.dice.below(lanes)).expect("at most sixteen lanes");
        let data = match (opcode.format(), args) {
            (InstructionFormat::Unary, &[arg]) => InstructionData::Unary { opcode, arg },
            (InstructionFormat::Binary, &[a, b]) => InstructionData::Binary { opcode, args: [a, b] },
            (InstructionFormat::BinaryImm8, &[arg]) => InstructionData::BinaryImm8 { opcode, arg, imm },
            (InstructionFormat::Ternary, &[a, b, c]) => InstructionData::Ternary { opcode, args: [a, b, c] },
            (InstructionFormat::TernaryImm8, &[a, b]) => InstructionData::TernaryImm8 { opcode, args: [a, b], imm },
            (InstructionFormat::IntCompare, &[a, b]) => {
                let cond = self.dice.pick(IntCC::all());
                InstructionData::IntCompare { opcode, args: [a, b], cond }
            }
            (InstructionFormat::FloatCompare, &[a, b]) => {
                let cond = condition.expect("a comparison of floats has one");
                InstructionData::FloatCompare { opcode, args: [a, b], cond }
            }
            (InstructionFormat::IntAddTrap, &[a, b]) => {
                InstructionData::IntAddTrap { opcode, args: [a, b], code: TrapCode::HEAP_OUT_OF_BOUNDS }
            }
            (InstructionFormat::Shuffle, &[a, b]) => {
                let (base, step) = (self.dice.below(32), self.dice.pick(&[1, 0, 2, 31]));
                let mask: Vec<u8> = (0..16).map(|i| u8::try_from((base + i * step) % 32).expect("below 32")).collect();
                let imm = self.function.dfg.immediates.push(ConstantData::from(&mask[..]));
                InstructionData::Shuffle { opcode, args: [a, b], imm }
            }
            (format, args) => unreachable!("{opcode} of format {format:?} with {} operands", args.len()),
        };
        let inst = self.function.dfg.make_inst(data);
        self.function.dfg.make_inst_results(inst, ctrl);
        self.function.layout.append_inst(inst, block);
        let results = self.function.dfg.inst_results(inst).to_vec();
        results.into_iter().map(|value| if makes_nans(opcode) { self.canonical(block, value) } else { value }).collect()
    }

    /// Every NaN made the same one.
    fn canonical(&mut self, block: Block, value: Value) -> Value {
        let ty = self.function.dfg.value_type(value);
        if !ty.lane_type().is_float() {
            return value;
        }
        let mut at = FuncCursor::new(&mut self.function);
        at.goto_bottom(block);
        let nan = match ty.lane_type() {
            types::F32 => at.ins().f32const(Ieee32::with_bits(0x7fc0_0000)),
            _ => at.ins().f64const(Ieee64::with_bits(0x7ff8_0000_0000_0000)),
        };
        let is_nan = at.ins().fcmp(FloatCC::Unordered, value, value);
        if !ty.is_vector() {
            return at.ins().select(is_nan, nan, value);
        }
        let nan = at.ins().splat(ty, nan);
        let mask = at.ins().bitcast(ty, MemFlagsData::new().with_endianness(Endianness::Little), is_nan);
        at.ins().bitselect(mask, nan, value)
    }

    /// A value of a type: one there is, or a constant; none if there is neither.
    fn operand(&mut self, block: Block, ty: Type) -> Option<Value> {
        let with: Vec<Value> =
            self.values.iter().copied().filter(|&value| self.function.dfg.value_type(value) == ty).collect();
        if !with.is_empty() && (self.dice.below(4) > 0 || ty.is_vector() || ty == types::I128) {
            // Recent ones for the most part.
            let back = self.dice.below(with.len().min(4));
            return Some(with[with.len() - 1 - back]);
        }
        let bits = value_bits(self.dice.below(1 << 16) as u64);
        let mut at = FuncCursor::new(&mut self.function);
        at.goto_bottom(block);
        let low = u64::try_from(bits & u128::from(u64::MAX)).expect("64 bits");
        Some(match ty {
            types::F32 => at.ins().f32const(Ieee32::with_bits(u32::try_from(low >> 32).expect("32 bits"))),
            types::F64 => at.ins().f64const(Ieee64::with_bits(low)),
            types::I8 | types::I16 | types::I32 | types::I64 => {
                at.ins().iconst(ty, (low & (u64::MAX >> (64 - ty.bits()))).cast_signed())
            }
            types::I128 => {
                let low = at.ins().iconst(types::I64, low.cast_signed());
                at.ins().sextend(types::I128, low)
            }
            _ => with.first().copied()?,
        })
    }

    /// Appends random operations.
    fn some(&mut self, block: Block, count: usize) {
        for _ in 0..count {
            if self.dice.is_dry() {
                return;
            }
            let (opcode, ctrl) = self.dice.pick(&OPERATIONS);
            let compares = opcode.format() == InstructionFormat::FloatCompare;
            let operation = (opcode, ctrl, compares.then(|| self.dice.pick(FloatCC::all())));
            if !is_supported(operation, 0) {
                continue;
            }
            let Some(types) = self.argument_types(operation) else { continue };
            let args: Option<Vec<Value>> = types.iter().map(|&ty| self.operand(block, ty)).collect();
            let Some(args) = args else { continue };
            let results = self.insert(block, operation, &args);
            self.values.extend(results);
            self.operations.push(operation);
        }
    }

    /// A function of random operations, with a branch or without one.
    fn random(mut self) -> (Function, Vec<Operation>) {
        let mut block = self.entry();
        for _ in 0..2 + self.dice.below(5) {
            let ty = self.dice.pick(TYPES);
            let param = self.param(block, ty);
            self.values.push(param);
        }
        let count = 2 + self.dice.below(10);
        self.some(block, count);
        if self.dice.one_in(3) {
            block = self.diamond(block);
            let count = 1 + self.dice.below(5);
            self.some(block, count);
        }
        let (last, kept) = (self.values.len(), 1 + self.dice.below(4));
        let results: Vec<Value> = (last.saturating_sub(kept)..last).map(|i| self.values[i]).collect();
        self.finish(block, &results);
        (self.function, self.operations)
    }

    /// Two ways to a block with a parameter.
    fn diamond(&mut self, block: Block) -> Block {
        let ty = self.dice.pick(&[types::I32, types::I64, types::F64, types::I8]);
        let Some(condition) = self.operand(block, types::I32) else { return block };
        let (then, other, join) =
            (self.function.dfg.make_block(), self.function.dfg.make_block(), self.function.dfg.make_block());
        let joined = self.function.dfg.append_block_param(join, ty);
        let mut at = FuncCursor::new(&mut self.function);
        at.goto_bottom(block);
        at.ins().brif(condition, then, &[], other, &[]);
        let before = self.values.len();
        for way in [then, other] {
            self.function.layout.append_block(way);
            let count = 1 + self.dice.below(4);
            self.some(way, count);
            let value = self.operand(way, ty).expect("numbers have constants");
            let mut at = FuncCursor::new(&mut self.function);
            at.goto_bottom(way);
            at.ins().jump(join, &[value.into()]);
            // What one way made the other one does not have.
            self.values.truncate(before);
        }
        self.function.layout.append_block(join);
        self.values.push(joined);
        join
    }

    fn finish(&mut self, block: Block, results: &[Value]) {
        let types: Vec<Type> = results.iter().map(|&value| self.function.dfg.value_type(value)).collect();
        self.function.signature.returns.extend(types.into_iter().map(AbiParam::new));
        let mut at = FuncCursor::new(&mut self.function);
        at.goto_bottom(block);
        at.ins().return_(results);
    }
}

/// Bits that are often at an edge.
fn value_bits(seed: u64) -> u128 {
    let mut random = crate::value::Random::of(&[seed]);
    u128::from(random.word64()) << 64 | u128::from(random.word64())
}

/// A value of a type.
fn value(ty: Type, seed: u64) -> DataValue {
    let bits = value_bits(seed);
    match ty.is_vector() {
        true => DataValue::V128(bits.to_le_bytes()),
        false => DataValue::read_from_slice_le(&bits.to_le_bytes()[..ty.bytes() as usize], ty),
    }
}

/// What the interpreter says; none if it does not know an operation.
fn interpret(function: &Function, args: &[DataValue]) -> Option<Result<Vec<DataValue>, TrapCode>> {
    let mut store = FunctionStore::default();
    store.add("f".to_owned(), function);
    let state = InterpreterState::default().with_function_store(store);
    let result = match Interpreter::new(state).with_fuel(Some(10_000)).call_by_name("f", args) {
        Ok(ControlFlow::Return(values)) => Ok(values.to_vec()),
        Ok(ControlFlow::Trap(CraneliftTrap::User(code))) => Err(code),
        _ => return None,
    };
    // It has its own idea of the types of some results.
    let types = function.signature.returns.iter().map(|r| r.value_type);
    let fits = |values: &[DataValue]| {
        values.iter().zip(types.clone()).all(|(value, ty)| value.ty() == ty || value.is_vector() && ty.is_vector())
    };
    result.as_ref().map_or(true, |values| fits(values)).then_some(result)
}

/// Whether a function computes with integers of 128 bits.
fn has_wide_integers(function: &Function) -> bool {
    function.dfg.values().any(|value| function.dfg.value_type(value) == types::I128)
}

pub(super) fn clif(u: &mut Unstructured<'_>, seen: &mut Seen) -> Outcome {
    if u.len() < 16 {
        return Outcome::Skipped("too few bytes".into());
    }
    let seed: u64 = u.arbitrary().unwrap_or_default();
    let (function, operations) = Maker::new(&mut Dice(u)).random();
    if operations.is_empty() {
        return Outcome::Skipped("no operation fits".into());
    }
    if let Err(errors) = verify_function(&function, &*TARGETS[0].1) {
        panic!("the generator made what the verifier refuses: {errors}\n{function}");
    }
    for (index, (row, isa)) in TARGETS.iter().enumerate() {
        if operations.iter().all(|&operation| is_supported(operation, index)) {
            let compile = || Context::for_function(function.clone()).compile(&**isa, &mut Default::default()).is_ok();
            // Whatever it says: it must say it.
            let compiled = super::quietly(compile).unwrap_or_else(|| {
                // Its optimizer makes operations on 128 bits of others for which bytecode has none: wasm comes to none of them.
                if row.isa.is_pulley() && has_wide_integers(&function) {
                    return false;
                }
                eprintln!("compiled for {}:\n{function}", row.isa);
                compile()
            });
            seen.note(|| if compiled { vec![format!("isa:{}", row.isa)] } else { Vec::new() });
        }
    }
    let (row, optimizing) = &TARGETS[0];
    let plain = isa::lookup_by_name(row.triple)
        .map_err(|e| e.to_string())
        .and_then(|mut builder| {
            row.flags.iter().try_for_each(|flag| builder.enable(flag)).map_err(|e| e.to_string())?;
            builder.finish(flags("none")).map_err(|e| e.to_string())
        })
        .unwrap_or_else(|error| panic!("the host has no compiler: {error}"));
    let engine = row.engine().expect("the host runs its own code");
    let mut programs = Vec::new();
    for (name, isa) in [("optimized", optimizing), ("not optimized", &plain)] {
        match Program::new(&engine, &**isa, &[&function]) {
            Ok(program) => programs.push((name, program)),
            Err(error) => return Outcome::Skipped(format!("{name}: {error:#}").into()),
        }
    }
    let mut judged = false;
    for call in 0..6 {
        let params = function.signature.params.iter().enumerate();
        let args: Vec<_> = params.map(|(i, p)| value(p.value_type, seed.wrapping_add(call * 64 + i as u64))).collect();
        let Some(expected) = super::quietly(|| interpret(&function, &args)).flatten() else { continue };
        judged = true;
        if let Err(code) = expected {
            seen.note(|| vec![format!("trap:{code}")]);
        }
        for (name, program) in &mut programs {
            let got = match program.call(0, &args) {
                Ok(values) => Ok(values),
                Err(Stop::Trap(code)) => Err(code),
                Err(Stop::Error(message)) => panic!("{name}: {message}\n{function}"),
            };
            let same = match (&expected, &got) {
                (Ok(a), Ok(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_bits(a, b)),
                (Err(a), Err(b)) => a == b,
                _ => false,
            };
            assert!(same, "{name}: with {args:?} the interpreter says {expected:?}, machine code {got:?}\n{function}");
        }
    }
    seen.note(|| operations.iter().map(|(opcode, ..)| format!("opcode:{opcode}")).collect());
    if judged { Outcome::Judged } else { Outcome::Skipped("the interpreter does not know it".into()) }
}

fn same_bits(a: &DataValue, b: &DataValue) -> bool {
    a.is_vector() && b.is_vector() && bytes(a) == bytes(b) || a.bitwise_eq(b)
}

fn bytes(value: &DataValue) -> [u8; 16] {
    match value {
        DataValue::V128(bytes) => *bytes,
        other => {
            let mut bytes = [0; 16];
            other.write_to_slice_le(&mut bytes[..other.ty().bytes() as usize]);
            bytes
        }
    }
}
