//! Makes programs, one operation after the other, beside the model that executes them: so that operands have values, divisors
//! are not zero, and addresses are where something is.

use super::lanes;
use super::model::{Bytes, ENDLESS, End, Int, Isa, Model, type_bytes};
use super::op::*;
use crate::value::Random;
use crate::weave::Dice;
use gantry_abi::{AbiType, Trap};
use gantry_winch::masm::*;
use gantry_winch::reg::{Class, Fp, Gp, Reg, RegSet};
use std::collections::BTreeSet;
use wasm_encoder::ValType;

/// Operations of a function, those within others counted by themselves.
const LENGTH: usize = 30;
/// How deep operations stand in each other.
const DEPTH: usize = 3;
/// Bytes of homes that counts of loops have for themselves, below the saved registers.
const COUNTS: u32 = 8 * (DEPTH as u32 + 1);

const TYPES: [AbiType; 5] = [AbiType::I32, AbiType::I64, AbiType::F32, AbiType::F64, AbiType::V128];
const SIZES: [Size; 2] = [Size::S32, Size::S64];
const FLOAT_SIZES: [FloatSize; 2] = [FloatSize::F32, FloatSize::F64];
const LANES: [Lanes; 4] = [Lanes::L8, Lanes::L16, Lanes::L32, Lanes::L64];
#[rustfmt::skip]
const INT_CCS: [IntCc; 10] = [
    IntCc::Eq, IntCc::Ne, IntCc::LtS, IntCc::LtU, IntCc::GtS, IntCc::GtU, IntCc::LeS, IntCc::LeU, IntCc::GeS, IntCc::GeU,
];
const FLOAT_CCS: [FloatCc; 6] = [FloatCc::Eq, FloatCc::Ne, FloatCc::Lt, FloatCc::Gt, FloatCc::Le, FloatCc::Ge];
const SHIFTS: [ShiftOp; 5] = [ShiftOp::Shl, ShiftOp::ShrS, ShiftOp::ShrU, ShiftOp::Rotl, ShiftOp::Rotr];
#[rustfmt::skip]
const FLOAT_UNARIES: [FloatUnary; 7] = [
    FloatUnary::Abs, FloatUnary::Neg, FloatUnary::Ceil, FloatUnary::Floor, FloatUnary::Trunc, FloatUnary::Nearest,
    FloatUnary::Sqrt,
];
#[rustfmt::skip]
const FLOAT_BINARIES: [FloatBinary; 7] = [
    FloatBinary::Add, FloatBinary::Sub, FloatBinary::Mul, FloatBinary::Div, FloatBinary::Min, FloatBinary::Max,
    FloatBinary::Copysign,
];
#[rustfmt::skip]
const LOADS: [LoadKind; 15] = [
    LoadKind::I32, LoadKind::I64, LoadKind::I32S8, LoadKind::I32U8, LoadKind::I32S16, LoadKind::I32U16, LoadKind::I64S8,
    LoadKind::I64U8, LoadKind::I64S16, LoadKind::I64U16, LoadKind::I64S32, LoadKind::I64U32, LoadKind::F32, LoadKind::F64,
    LoadKind::V128,
];
#[rustfmt::skip]
const STORES: [StoreKind; 7] = [
    StoreKind::I8, StoreKind::I16, StoreKind::I32, StoreKind::I64, StoreKind::F32, StoreKind::F64, StoreKind::V128,
];
#[rustfmt::skip]
const TRAPS: [Trap; 5] = [
    Trap::Unreachable, Trap::IntegerOverflow, Trap::IntegerDivisionByZero, Trap::BadConversionToInteger, Trap::OutOfFuel,
];

/// Makes an operation, unless what it takes is not there.
type Draw = fn(&mut Maker<'_, '_, '_>) -> Option<Op>;

macro_rules! draws {
    ($($weight:literal $name:ident,)*) => { &[$(($weight, |maker| maker.$name())),*] };
}

/// How often each kind of operation is drawn, relative to the others, and how.
const DRAWS: &[(usize, Draw)] = draws! {
    3 constant, 2 mov, 8 alu, 1 negate_from, 4 shift, 3 div, 2 count, 2 extend, 1 wide_add_sub, 1 wide_mul, 3 set, 4 select,
    1 zero_if, 3 skip, 1 repeat, 1 switch, 1 stop, 1 fmov, 3 fconstant, 3 funary, 5 fbinary, 1 canonicalize, 3 truncate,
    2 convert, 2 demote_promote, 2 float_bits, 5 load, 5 store, 1 store_constant, 1 probe, 3 address, 3 spill, 3 fill,
    1 zero_frame, 1 add_to_home, 1 store_argument, 1 load_result, 1 stack_address, 2 call, 1 tail_call, 2 vector_constant,
    6 vector_unary, 10 vector_binary, 2 vector_ternary, 4 vector_shift, 1 vector_canonicalize, 2 vector_test, 3 splat,
    2 extract, 2 replace, 2 shuffle, 3 vector_memory,
};

/// A program with the forms of operations that it executes, as far as the model went beside it.
pub(super) fn program(dice: &mut Dice<'_, '_>, isa: Isa) -> (Program, BTreeSet<String>) {
    let mut random = Random::new(dice.0.arbitrary().unwrap_or_default());
    let memory: Vec<u8> = (0..MEMORY / 8).flat_map(|_| random.word64().to_le_bytes()).collect();
    let count = 1 + dice.below(4);
    let functions = (0..count).map(|index| shape(dice, isa, index)).collect();
    let mut program = Program { functions, memory };
    let mut forms = BTreeSet::new();
    for index in (0..count).rev() {
        let mut model = Model::new(isa, &program.functions[index], Bytes::exact(program.memory.clone()));
        if index == 0 {
            model.initialize();
        }
        let mut maker = Maker {
            dice: &mut *dice,
            model,
            program: &program,
            index,
            lists: vec![Vec::new()],
            dead: 0,
            ended: false,
            left: LENGTH,
            forms: &mut forms,
        };
        maker.body();
        let body = maker.lists.pop().unwrap_or_default();
        program.functions[index].body = body;
    }
    (program, forms)
}

/// A function that does nothing yet.
fn shape(dice: &mut Dice<'_, '_>, isa: Isa, index: usize) -> Function {
    let homes = dice.pick(&[64, 96, 160, 320, 1024, 20_000]);
    let frame = (isa.regs.save_area + COUNTS + homes).next_multiple_of(16);
    let arguments = if index == 0 { 0 } else { dice.pick(&[0, 16, 32, 96]) };
    let check = match dice.below(12) {
        0..6 => None,
        6..11 => Some(dice.pick(&[0, 64, 20_000])),
        _ if index > 0 => Some(ENDLESS),
        _ => Some(0),
    };
    Function { frame, arguments, check, body: Vec::new() }
}

struct Maker<'a, 'd, 'u> {
    dice: &'a mut Dice<'d, 'u>,
    model: Model,
    /// The functions behind this one are complete.
    program: &'a Program,
    index: usize,
    /// What is being made: a body, within it another one.
    lists: Vec<Vec<Op>>,
    /// How many of those are never executed.
    dead: usize,
    /// Whether the function has ended: by a trap, or in another one.
    ended: bool,
    left: usize,
    forms: &'a mut BTreeSet<String>,
}

impl Maker<'_, '_, '_> {
    fn is_live(&self) -> bool {
        self.dead == 0 && !self.ended
    }

    /// Fills the innermost body.
    fn body(&mut self) {
        let depth = self.lists.len();
        let count = if depth == 1 { LENGTH } else { 1 + self.dice.below(6) };
        let weights: usize = DRAWS.iter().map(|(weight, _)| weight).sum();
        for _ in 0..count {
            if self.left == 0 || self.dice.is_dry() || (self.ended && self.dead == 0) {
                break;
            }
            self.left -= 1;
            let mut at = self.dice.below(weights);
            let draw = DRAWS.iter().find(|(weight, _)| {
                let here = at < *weight;
                at = at.wrapping_sub(*weight);
                here
            });
            let Some((_, draw)) = draw else { continue };
            if let Some(op) = draw(self) {
                self.push(op);
            }
        }
    }

    /// Adds an operation, unless the model is lost in it.
    fn push(&mut self, op: Op) {
        if self.is_live() {
            match self.model.step(self.program, &op) {
                Ok(()) => {}
                Err(End::Lost(_)) => return,
                Err(End::Trap(_) | End::TailCall) => self.ended = true,
            }
        }
        self.put(op);
    }

    /// Adds an operation that the model has executed.
    fn put(&mut self, op: Op) {
        if self.dead == 0 {
            self.forms.insert(form(&op));
        }
        self.lists.last_mut().expect("there is a body").push(op);
    }

    /// A body within: whether it is executed.
    fn within(&mut self, live: bool) -> Vec<Op> {
        self.lists.push(Vec::new());
        self.dead += usize::from(!live);
        self.body();
        self.dead -= usize::from(!live);
        self.lists.pop().unwrap_or_default()
    }

    // Operands.

    fn registers(&self, class: Class) -> RegSet {
        self.model.isa.regs.allocatable & RegSet::class(class)
    }

    /// An integer register; few are taken often, so that operands are the same.
    fn gp(&mut self) -> Gp {
        let all: Vec<Reg> = self.registers(Class::Int).collect();
        let count = if self.dice.one_in(3) { all.len() } else { 5 };
        all[self.dice.below(count)].gp()
    }

    fn fp(&mut self) -> Fp {
        let all: Vec<Reg> = self.registers(Class::Float).collect();
        let count = if self.dice.one_in(3) { all.len() } else { 5 };
        all[self.dice.below(count)].fp()
    }

    /// An integer register with a number.
    fn number(&mut self) -> Gp {
        for _ in 0..6 {
            let reg = self.gp();
            if self.model.bits(reg).is_some() {
                return reg;
            }
        }
        let (reg, value) = (self.gp(), self.word());
        self.push(Op::Constant(reg, value));
        reg
    }

    /// A float register with so many bits.
    fn float(&mut self, width: u32) -> Fp {
        for _ in 0..6 {
            let reg = self.fp();
            if self.model.float(reg).get(width).is_some() {
                return reg;
            }
        }
        let (reg, value) = (self.fp(), self.dice.bits(ValType::V128));
        self.push(Op::VectorConstant(reg, value));
        reg
    }

    fn scalar(&mut self, size: FloatSize) -> Fp {
        self.float(super::scalar::width(size))
    }

    fn vector(&mut self) -> Fp {
        self.float(128)
    }

    fn word(&mut self) -> u64 {
        match self.dice.below(3) {
            0 => self.dice.below(256) as u64,
            _ => self.dice.bits(ValType::I64) as u64,
        }
    }

    /// A register or a constant for operations of this size.
    fn operand(&mut self, size: Size) -> RegImm {
        if self.dice.one_in(2) {
            return RegImm::Reg(self.number());
        }
        let value = self.word().cast_signed();
        RegImm::Imm(if size == Size::S32 { i64::from(value as i32) } else { value })
    }

    fn size(&mut self) -> Size {
        self.dice.pick(&SIZES)
    }

    fn float_size(&mut self) -> FloatSize {
        self.dice.pick(&FLOAT_SIZES)
    }

    fn flip(&mut self) -> bool {
        self.dice.one_in(2)
    }

    fn int_cond(&mut self) -> Cond {
        let (cc, size) = (self.dice.pick(&INT_CCS), self.size());
        let (a, b) = (self.number(), self.operand(size));
        Cond::Int { cc, size, a, b }
    }

    fn cond(&mut self) -> Cond {
        if self.dice.below(3) > 0 {
            return self.int_cond();
        }
        let (cc, size, negated) = (self.dice.pick(&FLOAT_CCS), self.float_size(), self.flip());
        let (a, b) = (self.scalar(size), self.scalar(size));
        Cond::Float { cc, negated, size, a, b }
    }

    /// A vector register that is none of these.
    fn vector_result(&mut self, others: &[Fp]) -> Option<Fp> {
        let d = self.fp();
        (!others.contains(&d)).then_some(d)
    }

    /// A register that holds the address of the memory, plus something.
    fn pointer(&mut self) -> (Gp, u64) {
        let base = self.model.isa.regs.memory_base;
        let reg = self.gp();
        match self.model.int(reg) {
            Int::Memory(at) if self.flip() => (reg, at),
            _ => (base, 0),
        }
    }

    /// An address of so many bytes, mostly in the memory.
    fn place(&mut self, len: u32) -> Place {
        let (base, from) = self.pointer();
        let last = MEMORY - len;
        let (to, traps) = match self.dice.below(60) {
            0 => (u64::from(last) + 1 + self.dice.below(len as usize) as u64, true),
            1 => (u64::from(MEMORY) + self.dice.below(1 << 31) as u64, true),
            2..12 => (last.into(), true),
            12..30 => (u64::from(FREE) + self.dice.below(64) as u64, false),
            _ => (u64::from(FREE) + self.dice.below((last - FREE) as usize) as u64, self.flip()),
        };
        let gap = to.wrapping_sub(from);
        let offset = self.offset();
        let no_index = Place { base, index: None, offset: gap as u32, traps };
        let fits = u32::try_from(gap).is_ok();
        let index = self.gp();
        if (fits && self.flip()) || index == base {
            return if fits { no_index } else { Place { offset, ..no_index } };
        }
        if fits && self.flip() {
            // Whatever stands above a 32-bit index.
            let offset = u32::try_from(gap).unwrap_or(0).min(offset);
            let word = (gap - u64::from(offset)) | self.word() << 32;
            self.push(Op::Constant(index, word));
            return Place { base, index: Some(Ix::Word(index)), offset, traps };
        }
        self.push(Op::Constant(index, gap.wrapping_sub(offset.into())));
        Place { base, index: Some(Ix::Long(index)), offset, traps }
    }

    fn offset(&mut self) -> u32 {
        match self.dice.below(6) {
            0 => 0,
            1 => self.dice.below(64) as u32,
            2 => self.dice.below(1 << 13) as u32,
            3 => self.dice.pick(&[255, 256, 4095, 4096, 32_760, 32_768, 65_535, 65_536]),
            4 => self.dice.pick(&[0x7fff_fff0, 0x7fff_ffff, 0x8000_0000, 0xffff_fff0, 0xffff_ffff, 0xffff_fffe]),
            _ => self.dice.bits(ValType::I32) as u32,
        }
    }

    /// A home for so many bytes, a multiple of 4.
    fn home(&mut self, len: u32) -> i32 {
        let function = &self.program.functions[self.index];
        let regs = self.model.isa.regs;
        if function.arguments >= len && self.dice.one_in(4) {
            let at = self.dice.below((function.arguments / len) as usize) as u32 * len;
            return (regs.incoming + at).cast_signed();
        }
        let top = (regs.save_area + COUNTS).next_multiple_of(len.max(8));
        let rooms = (function.frame - top) / len;
        -((top + len * (1 + self.room(rooms))).cast_signed())
    }

    /// An offset from the stack pointer of so many bytes that are homes.
    fn stack_offset(&mut self, len: u32) -> u32 {
        let function = &self.program.functions[self.index];
        let rooms = (function.frame - self.model.isa.regs.save_area - COUNTS) / len;
        len * (rooms - 1 - self.room(rooms))
    }

    /// One of so many places, counted from the top of the frame: mostly one of a few, where something is already.
    fn room(&mut self, rooms: u32) -> u32 {
        let few = if self.dice.one_in(5) { rooms } else { rooms.min(3) };
        self.dice.below(few as usize) as u32
    }

    /// A register with a value of a type.
    fn value(&mut self, ty: AbiType) -> Reg {
        match Class::of(ty) {
            Class::Int => self.number().into(),
            Class::Float => self.float(8 * type_bytes(ty)).into(),
        }
    }

    /// A register for a value of a type.
    fn result(&mut self, ty: AbiType) -> Reg {
        match Class::of(ty) {
            Class::Int => self.gp().into(),
            Class::Float => self.fp().into(),
        }
    }

    // Integers.

    fn constant(&mut self) -> Option<Op> {
        Some(Op::Constant(self.gp(), self.word()))
    }

    fn mov(&mut self) -> Option<Op> {
        if self.dice.one_in(3) {
            return Some(Op::ZeroExtend(self.gp(), self.number()));
        }
        let size = self.size();
        let a = if size == Size::S64 { self.gp() } else { self.number() };
        Some(Op::Mov(size, self.gp(), a))
    }

    fn alu(&mut self) -> Option<Op> {
        let ops = [AluOp::Add, AluOp::Sub, AluOp::Mul, AluOp::And, AluOp::Or, AluOp::Xor];
        let (op, size) = (self.dice.pick(&ops), self.size());
        let (a, b) = (self.number(), self.operand(size));
        Some(Op::Alu(op, size, self.gp(), a, b))
    }

    fn negate_from(&mut self) -> Option<Op> {
        let size = self.size();
        let RegImm::Imm(from) = self.operand(size) else { return None };
        let a = self.number();
        Some(Op::NegateFrom(size, self.gp(), from, a))
    }

    fn shift(&mut self) -> Option<Op> {
        let (op, size) = (self.dice.pick(&SHIFTS), self.size());
        let mut a = self.number();
        let mut d = self.gp();
        let count = match self.operand(size) {
            RegImm::Imm(count) => RegImm::Imm(count),
            RegImm::Reg(count) => match self.model.isa.shift(op).second {
                None => RegImm::Reg(count),
                Some(fixed) => {
                    // The count goes where it has to be, and the operand leaves that place.
                    if a == fixed && count != fixed {
                        a = count;
                    }
                    if count != fixed {
                        self.push(Op::Mov(Size::S64, fixed, count));
                    }
                    while d == fixed {
                        d = self.next(d);
                    }
                    RegImm::Reg(fixed)
                }
            },
        };
        Some(Op::Shift(op, size, d, a, count))
    }

    /// The integer register behind this one.
    fn next(&self, reg: Gp) -> Gp {
        let mut all = self.registers(Class::Int);
        let behind = all.find(|other| other.gp().0 > reg.0);
        behind.or_else(|| self.registers(Class::Int).first()).expect("there are registers").gp()
    }

    fn div(&mut self) -> Option<Op> {
        let ops = [DivOp::QuotientS, DivOp::QuotientU, DivOp::RemainderS, DivOp::RemainderU];
        let (op, size) = (self.dice.pick(&ops), self.size());
        let fixed = self.model.isa.div(op);
        let (mut a, mut b) = (self.number(), self.number());
        let reserved =
            |reg: Gp| fixed.clobbered.contains(reg.into()) || [fixed.first, fixed.result].contains(&Some(reg));
        if reserved(b) {
            let from = b;
            while reserved(b) || b == a {
                b = self.next(b);
            }
            self.push(Op::Mov(Size::S64, b, from));
        }
        if let Some(first) = fixed.first {
            if a != first {
                self.push(Op::Mov(Size::S64, first, a));
            }
            a = first;
        }
        let d = match fixed.result {
            Some(d) => d,
            None => self.gp(),
        };
        Some(Op::Div(op, size, d, a, b))
    }

    fn count(&mut self) -> Option<Op> {
        let op = self.dice.pick(&[CountOp::Clz, CountOp::Ctz, CountOp::Popcnt]);
        let (size, a) = (self.size(), self.number());
        Some(Op::Count(op, size, self.gp(), a))
    }

    fn extend(&mut self) -> Option<Op> {
        let op = self.dice.pick(&[
            ExtendOp::S8To32,
            ExtendOp::S16To32,
            ExtendOp::S8To64,
            ExtendOp::S16To64,
            ExtendOp::S32To64,
            ExtendOp::U32To64,
        ]);
        let a = self.number();
        Some(Op::Extend(op, self.gp(), a))
    }

    fn wide_add_sub(&mut self) -> Option<Op> {
        let sources: [Gp; 4] = std::array::from_fn(|_| self.number());
        let (low, high) = (self.gp(), self.gp());
        let free = low != high && !sources.contains(&low) && !sources.contains(&high);
        let add = self.flip();
        free.then_some(Op::WideAddSub(add, [low, high, sources[0], sources[1], sources[2], sources[3]]))
    }

    fn wide_mul(&mut self) -> Option<Op> {
        let (a, b, signed) = (self.number(), self.number(), self.flip());
        let fixed = self.model.isa.wide;
        let low = fixed.result.unwrap_or_else(|| self.gp());
        let high = fixed.second.unwrap_or_else(|| self.gp());
        let free = low != high && ![a, b].contains(&low) && ![a, b].contains(&high);
        free.then_some(Op::WideMul(signed, [low, high, a, b]))
    }

    // Control.

    fn set(&mut self) -> Option<Op> {
        let cond = self.cond();
        Some(Op::Set(self.gp(), cond))
    }

    fn select(&mut self) -> Option<Op> {
        let ty = self.dice.pick(&TYPES);
        let (a, b, cond) = (self.value(ty), self.value(ty), self.cond());
        Some(Op::Select(ty, self.result(ty), cond, a, b))
    }

    fn zero_if(&mut self) -> Option<Op> {
        let cond = self.int_cond();
        let Cond::Int { a, b, .. } = cond else { return None };
        let d = self.number();
        (d != a && b != RegImm::Reg(d)).then_some(Op::ZeroIf(d, cond))
    }

    fn skip(&mut self) -> Option<Op> {
        if self.lists.len() > DEPTH {
            return None;
        }
        let cond = if self.dice.one_in(6) { None } else { Some(self.cond()) };
        let skipped = match cond {
            None => true,
            Some(cond) => self.model.holds(cond)?,
        };
        let body = self.within(!skipped);
        self.put(Op::Skip(cond, body));
        None
    }

    fn repeat(&mut self) -> Option<Op> {
        let depth = u32::try_from(self.lists.len()).ok()?;
        if depth as usize > DEPTH {
            return None;
        }
        let home = -((self.model.isa.regs.save_area + 8 * depth).cast_signed());
        let (times, temp) = (1 + self.dice.below(4) as u32, self.gp());
        if !self.is_live() {
            let body = self.within(true);
            self.put(Op::Repeat(home, times, temp, body));
            return None;
        }
        let before = self.model.clone();
        self.model.begin_count(home, times, temp).ok()?;
        let body = self.within(true);
        let mut end = Ok(());
        if !self.ended {
            end = self.model.count_down(home, temp, times - 1);
            for left in (0..times - 1).rev() {
                end = end.and_then(|()| self.model.run(self.program, &body));
                end = end.and_then(|()| self.model.count_down(home, temp, left));
            }
        }
        match end {
            Err(End::Lost(_)) => {
                self.model = before;
                return None;
            }
            Err(End::Trap(_) | End::TailCall) => self.ended = true,
            Ok(()) => {}
        }
        self.put(Op::Repeat(home, times, temp, body));
        None
    }

    fn switch(&mut self) -> Option<Op> {
        if self.lists.len() > DEPTH {
            return None;
        }
        let (index, temp) = (self.gp(), self.gp());
        if index == temp {
            return None;
        }
        let arms = 1 + self.dice.below(5);
        if self.flip() {
            let value = self.dice.below(arms + 1) as u64 | self.word() << 32;
            self.push(Op::Constant(index, value));
        }
        let chosen = self.model.arm(index, arms)?;
        if self.is_live() {
            self.model.forget(temp);
        }
        let arms = (0..arms).map(|arm| self.within(arm == chosen)).collect();
        self.put(Op::Switch(index, temp, arms));
        None
    }

    fn stop(&mut self) -> Option<Op> {
        if self.dead == 0 && !self.dice.one_in(6) {
            return None;
        }
        let stop = if self.flip() { Stop::Fault } else { Stop::Libcall };
        Some(Op::Stop(stop, self.dice.pick(&TRAPS)))
    }

    // Floats.

    fn fmov(&mut self) -> Option<Op> {
        let ty = self.dice.pick(&[AbiType::F32, AbiType::F64, AbiType::V128]);
        let a = self.value(ty).fp();
        Some(Op::Fmov(ty, self.fp(), a))
    }

    fn fconstant(&mut self) -> Option<Op> {
        let size = self.float_size();
        let ty = if size == FloatSize::F32 { ValType::F32 } else { ValType::F64 };
        // Floats between integers are rounded; at random there are hardly any.
        let half: f64 =
            self.dice.pick(&[0.5, -0.5, 1.5, -1.5, 2.5, -2.5, 0.25, -0.75, 3.75, 2_147_483_647.5, 4_194_304.5]);
        let bits = match (self.flip(), size) {
            (true, FloatSize::F32) => u64::from((half as f32).to_bits()),
            (true, FloatSize::F64) => half.to_bits(),
            (false, _) => self.dice.bits(ty) as u64,
        };
        Some(Op::Fconstant(size, self.fp(), bits))
    }

    fn funary(&mut self) -> Option<Op> {
        let (op, size) = (self.dice.pick(&FLOAT_UNARIES), self.float_size());
        let a = self.scalar(size);
        let canonical = op.is_arithmetic() && self.flip();
        Some(Op::Funary(op, size, self.fp(), a, canonical))
    }

    fn fbinary(&mut self) -> Option<Op> {
        let (op, size) = (self.dice.pick(&FLOAT_BINARIES), self.float_size());
        let (a, b) = (self.scalar(size), self.scalar(size));
        let canonical = op.is_arithmetic() && self.flip();
        Some(Op::Fbinary(op, size, self.fp(), a, b, canonical))
    }

    fn canonicalize(&mut self) -> Option<Op> {
        let size = self.float_size();
        Some(Op::Canonicalize(size, self.scalar(size)))
    }

    fn truncate(&mut self) -> Option<Op> {
        let kind = Truncation { from: self.float_size(), to: self.size(), signed: self.flip() };
        let a = self.scalar(kind.from);
        let d = self.gp();
        Some(if self.flip() { Op::Truncate(kind, d, a) } else { Op::TruncateSaturating(kind, d, a) })
    }

    fn convert(&mut self) -> Option<Op> {
        let (to, from, signed, a) = (self.float_size(), self.size(), self.flip(), self.number());
        Some(Op::Convert(to, self.fp(), from, signed, a))
    }

    fn demote_promote(&mut self) -> Option<Op> {
        let canonical = self.flip();
        Some(if self.flip() {
            let a = self.scalar(FloatSize::F64);
            Op::Demote(self.fp(), a, canonical)
        } else {
            let a = self.scalar(FloatSize::F32);
            Op::Promote(self.fp(), a, canonical)
        })
    }

    fn float_bits(&mut self) -> Option<Op> {
        let size = self.size();
        Some(if self.flip() {
            let a = self.float(size.bits());
            Op::FloatBits(size, self.gp(), a)
        } else {
            let a = self.number();
            Op::FloatFromBits(size, self.fp(), a)
        })
    }

    // Memory.

    fn load(&mut self) -> Option<Op> {
        let kind = self.dice.pick(&LOADS);
        let place = self.place(kind.bytes());
        Some(Op::Load(kind, self.result(kind.ty()), place))
    }

    fn store(&mut self) -> Option<Op> {
        let kind = self.dice.pick(&STORES);
        let place = self.place(kind.bytes());
        let ty = match kind {
            StoreKind::I8 | StoreKind::I16 | StoreKind::I32 => AbiType::I32,
            StoreKind::I64 => AbiType::I64,
            StoreKind::F32 => AbiType::F32,
            StoreKind::F64 => AbiType::F64,
            StoreKind::V128 => AbiType::V128,
        };
        // No operand that is made for it: the address has its registers already.
        let a = self.result(ty);
        Some(Op::Store(kind, a, place))
    }

    fn store_constant(&mut self) -> Option<Op> {
        let kind = self.dice.pick(&STORES[..4]);
        let place = self.place(kind.bytes());
        let value = self.word().cast_signed();
        Some(Op::StoreConstant(kind, value, place, self.gp()))
    }

    fn probe(&mut self) -> Option<Op> {
        let kind = self.dice.pick(&STORES);
        Some(Op::Probe(kind, self.place(kind.bytes())))
    }

    fn address(&mut self) -> Option<Op> {
        let place = match self.dice.below(4) {
            // Of numbers, which may be anything.
            0 => {
                let (base, index, offset) = (self.number(), self.number(), self.offset());
                let index = self.dice.pick(&[None, Some(Ix::Word(index)), Some(Ix::Long(index))]);
                Place { base, index, offset, traps: false }
            }
            _ => self.place(16),
        };
        Some(Op::Address(self.gp(), place))
    }

    fn spill(&mut self) -> Option<Op> {
        let ty = self.dice.pick(&TYPES);
        let a = self.value(ty);
        Some(Op::Spill(ty, a, self.home(type_bytes(ty))))
    }

    fn fill(&mut self) -> Option<Op> {
        let ty = self.dice.pick(&TYPES);
        let home = self.home(type_bytes(ty));
        Some(Op::Fill(ty, self.result(ty), home))
    }

    fn zero_frame(&mut self) -> Option<Op> {
        let regs = self.model.isa.regs;
        let words = (self.program.functions[self.index].frame - regs.save_area - COUNTS) / 8;
        let most = if self.dice.one_in(3) { words } else { words.min(4) };
        let count = 1 + self.dice.below(most as usize) as u32;
        let below = self.room(words - count + 1);
        let home = regs.save_area + COUNTS + 8 * (below + count);
        Some(Op::ZeroFrame(-(home.cast_signed()), 8 * count))
    }

    fn add_to_home(&mut self) -> Option<Op> {
        let home = self.home(8);
        Some(Op::AddToHome(home, self.word().cast_signed()))
    }

    // Frames and calls.

    fn store_argument(&mut self) -> Option<Op> {
        let ty = self.dice.pick(&TYPES);
        let a = self.value(ty);
        let offset = self.stack_offset(type_bytes(ty));
        let reg = self.gp();
        match self.model.int(reg) {
            Int::Stack(at) => {
                let offset = u64::from(offset).checked_sub(at)?;
                Some(Op::StoreArgument(ty, a, Some(reg), u32::try_from(offset).ok()?))
            }
            _ => Some(Op::StoreArgument(ty, a, None, offset)),
        }
    }

    fn load_result(&mut self) -> Option<Op> {
        let ty = self.dice.pick(&TYPES);
        let offset = self.stack_offset(type_bytes(ty));
        Some(Op::LoadResult(ty, self.result(ty), offset))
    }

    fn stack_address(&mut self) -> Option<Op> {
        let offset = self.stack_offset(16);
        Some(Op::StackAddress(self.gp(), offset))
    }

    fn any_call(&mut self) -> Option<Call> {
        let behind = self.program.functions.len() - 1 - self.index;
        if behind == 0 {
            return None;
        }
        let callee = self.index + 1 + self.dice.below(behind);
        let bytes = self.program.functions[callee].arguments;
        let mut arguments = Vec::new();
        let mut offset = 0;
        while offset < bytes {
            let ty = self.dice.pick(&TYPES);
            let reg = self.value(ty);
            let at = offset.next_multiple_of(type_bytes(ty));
            if at + type_bytes(ty) > bytes {
                break;
            }
            arguments.push((ty, reg, at));
            offset = at + type_bytes(ty);
        }
        Some(Call { callee, indirect: self.flip(), arguments })
    }

    fn call(&mut self) -> Option<Op> {
        let call = self.any_call()?;
        self.calling(Op::Call(call))
    }

    fn tail_call(&mut self) -> Option<Op> {
        if self.dead == 0 && !self.dice.one_in(4) {
            return None;
        }
        let call = self.any_call()?;
        self.calling(Op::TailCall(call))
    }

    /// Adds a call, unless the model is lost in what is called.
    fn calling(&mut self, op: Op) -> Option<Op> {
        if self.is_live() {
            let before = self.model.clone();
            match self.model.step(self.program, &op) {
                Ok(()) => {}
                Err(End::Lost(_)) => {
                    self.model = before;
                    return None;
                }
                Err(End::Trap(_) | End::TailCall) => self.ended = true,
            }
        }
        self.put(op);
        None
    }

    // Vectors.

    fn vector_constant(&mut self) -> Option<Op> {
        let value = if self.dice.one_in(6) { u128::MAX } else { self.dice.bits(ValType::V128) };
        Some(Op::VectorConstant(self.fp(), value))
    }

    fn widen(&mut self) -> Widen {
        let half = if self.flip() { Half::Low } else { Half::High };
        Widen { from: self.dice.pick(&LANES[..3]), signed: self.flip(), half }
    }

    fn vector_unary(&mut self) -> Option<Op> {
        use VectorUnary as V;
        let (lanes, signed) = (self.dice.pick(&LANES), self.flip());
        let op = match self.dice.below(19) {
            0 => V::Not,
            1 => V::Abs(lanes),
            2 => V::Neg(lanes),
            3 => V::Popcnt,
            4..8 => V::Float(self.dice.pick(&FLOAT_UNARIES), self.float_size()),
            8 | 9 => V::Extend(self.widen()),
            10 => V::ExtAddPairwise(self.dice.pick(&LANES[..2]), signed),
            11 => V::TruncSat(signed),
            12 => V::TruncSatZero(signed),
            13 => V::RelaxedTrunc(signed),
            14 => V::RelaxedTruncZero(signed),
            15 => V::Convert(signed),
            16 => V::ConvertLow(signed),
            17 => V::DemoteZero,
            _ => V::PromoteLow,
        };
        let a = self.vector();
        let canonical = lanes::arithmetic_unary(op).is_some() && self.flip();
        Some(Op::VectorUnary(op, self.fp(), a, canonical))
    }

    fn vector_binary(&mut self) -> Option<Op> {
        use VectorBinary as V;
        let (lanes, signed, size) = (self.dice.pick(&LANES), self.flip(), self.float_size());
        let narrow = self.dice.pick(&LANES[..2]);
        let op = match self.dice.below(34) {
            0 => V::And,
            1 => V::AndNot,
            2 => V::Or,
            3 => V::Xor,
            4..7 => {
                let cc = self.dice.pick(&INT_CCS);
                let unsigned = matches!(cc, IntCc::LtU | IntCc::GtU | IntCc::LeU | IntCc::GeU);
                V::Compare(if lanes == Lanes::L64 && unsigned { narrow } else { lanes }, cc)
            }
            7 | 8 => V::CompareFloat(self.dice.pick(&FLOAT_CCS), size),
            9 | 10 => V::Add(lanes),
            11 | 12 => V::Sub(lanes),
            13 | 14 => V::Mul(self.dice.pick(&LANES[1..])),
            15 => V::AddSat(narrow, signed),
            16 => V::SubSat(narrow, signed),
            17 => V::Min(self.dice.pick(&LANES[..3]), signed),
            18 => V::Max(self.dice.pick(&LANES[..3]), signed),
            19 => V::Avgr(narrow),
            20 => V::Q15MulrSat,
            21 => V::Narrow(self.dice.pick(&LANES[1..3]), signed),
            22 | 23 => V::ExtMul(self.widen()),
            24 => V::Dot,
            25 => V::Swizzle,
            26..29 => V::Float(self.dice.pick(&FLOAT_BINARIES[..6]), size),
            29 => V::PseudoMin(size),
            30 => V::PseudoMax(size),
            31 => self.dice.pick(&[V::RelaxedSwizzle, V::RelaxedQ15Mulr, V::RelaxedDot]),
            32 => V::RelaxedMin(size),
            _ => V::RelaxedMax(size),
        };
        let (a, b) = (self.vector(), self.vector());
        let canonical = lanes::arithmetic_binary(op).is_some() && self.flip();
        Some(Op::VectorBinary(op, self.vector_result(&[b])?, a, b, canonical))
    }

    fn vector_ternary(&mut self) -> Option<Op> {
        use VectorTernary as V;
        let size = self.float_size();
        let op = self.dice.pick(&[V::Bitselect, V::Madd(size), V::Nmadd(size), V::RelaxedDotAdd]);
        let (a, b, c) = (self.vector(), self.vector(), self.vector());
        let canonical = lanes::arithmetic_ternary(op).is_some() && self.flip();
        Some(Op::VectorTernary(op, self.vector_result(&[b, c])?, a, b, c, canonical))
    }

    fn vector_shift(&mut self) -> Option<Op> {
        let (op, lanes) = (self.dice.pick(&SHIFTS[..3]), self.dice.pick(&LANES));
        let (a, count) = (self.vector(), self.operand(Size::S32));
        Some(Op::VectorShift(op, lanes, self.fp(), a, count))
    }

    fn vector_canonicalize(&mut self) -> Option<Op> {
        let size = self.float_size();
        Some(Op::VectorCanonicalize(size, self.vector()))
    }

    fn vector_test(&mut self) -> Option<Op> {
        let lanes = self.dice.pick(&LANES);
        let op = self.dice.pick(&[VectorTest::AnyTrue, VectorTest::AllTrue(lanes), VectorTest::Bitmask(lanes)]);
        let a = self.vector();
        let temp = self.vector_result(&[a])?;
        Some(Op::VectorTest(op, self.gp(), a, temp))
    }

    fn splat(&mut self) -> Option<Op> {
        if self.dice.one_in(3) {
            let size = self.float_size();
            let a = self.scalar(size);
            return Some(Op::SplatFloat(size, self.fp(), a));
        }
        let (lanes, a) = (self.dice.pick(&LANES), self.number());
        Some(Op::Splat(lanes, self.fp(), a))
    }

    fn lane(&mut self, width: u32) -> u8 {
        self.dice.below((128 / width) as usize) as u8
    }

    fn extract(&mut self) -> Option<Op> {
        let a = self.vector();
        if self.dice.one_in(3) {
            let size = self.float_size();
            let lane = self.lane(super::scalar::width(size));
            return Some(Op::ExtractFloat(size, lane, self.fp(), a));
        }
        let (kind, width) = self.dice.pick(&[
            (Extract::S8, 8),
            (Extract::U8, 8),
            (Extract::S16, 16),
            (Extract::U16, 16),
            (Extract::I32, 32),
            (Extract::I64, 64),
        ]);
        let lane = self.lane(width);
        Some(Op::Extract(kind, lane, self.gp(), a))
    }

    fn replace(&mut self) -> Option<Op> {
        let a = self.vector();
        if self.dice.one_in(3) {
            let size = self.float_size();
            let (lane, value) = (self.lane(super::scalar::width(size)), self.scalar(size));
            return Some(Op::ReplaceFloat(size, lane, self.vector_result(&[value])?, a, value));
        }
        let lanes = self.dice.pick(&LANES);
        let (lane, value) = (self.lane(lanes::bits(lanes)), self.number());
        Some(Op::Replace(lanes, lane, self.fp(), a, value))
    }

    fn shuffle(&mut self) -> Option<Op> {
        let (a, b) = (self.vector(), self.vector());
        let d = self.vector_result(&[b])?;
        let from = self.dice.below(32);
        // At random, or lanes that follow each other.
        let lanes = match self.dice.below(3) {
            0 => std::array::from_fn(|i| ((from + i) % 32) as u8),
            1 => std::array::from_fn(|i| ((from + i / 4 * 4 + i % 4) % 32) as u8 / 4 * 4 + (i % 4) as u8),
            _ => std::array::from_fn(|_| self.dice.below(32) as u8),
        };
        Some(Op::Shuffle(lanes, d, a, b))
    }

    fn vector_memory(&mut self) -> Option<Op> {
        let lanes = self.dice.pick(&LANES);
        if self.flip() {
            let kind = match self.dice.below(3) {
                0 => VectorLoad::Extend(self.dice.pick(&LANES[..3]), self.flip()),
                1 => VectorLoad::Splat(lanes),
                _ => VectorLoad::Zero(self.dice.pick(&LANES[2..])),
            };
            let place = self.place(kind.bytes());
            return Some(Op::LoadVector(kind, self.fp(), place));
        }
        let a = self.vector();
        let (lane, place) = (self.lane(lanes::bits(lanes)), self.place(lanes.bytes()));
        Some(if self.flip() {
            Op::LoadLane(lanes, lane, self.fp(), a, place)
        } else {
            Op::StoreLane(lanes, lane, a, place)
        })
    }
}

/// An operation with what it is about, without registers, numbers and addresses.
fn form(op: &Op) -> String {
    let text = format!("{op:?}");
    let end = ["Gp(", "Fp(", "Reg(", "Imm(", "[", " {", "Some", "None"].iter().filter_map(|part| text.find(part)).min();
    let words = text[..end.unwrap_or(text.len())].split(", ");
    let words: Vec<_> = words.take_while(|word| word.starts_with(|c: char| c.is_ascii_alphabetic())).collect();
    words.join(", ").trim_end_matches([' ', ',', '(']).to_owned()
}
