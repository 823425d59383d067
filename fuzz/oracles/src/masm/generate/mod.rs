//! Makes programs, one operation after the other, beside the model that executes them: so that operands have values, divisors
//! are not zero, and addresses are where something is.

mod call;
mod control;
mod float;
mod int;
mod memory;
mod vector;

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
}

/// An operation with what it is about, without registers, numbers and addresses.
fn form(op: &Op) -> String {
    let text = format!("{op:?}");
    let end = ["Gp(", "Fp(", "Reg(", "Imm(", "[", " {", "Some", "None"].iter().filter_map(|part| text.find(part)).min();
    let words = text[..end.unwrap_or(text.len())].split(", ");
    let words: Vec<_> = words.take_while(|word| word.starts_with(|c: char| c.is_ascii_alphabetic())).collect();
    words.join(", ").trim_end_matches([' ', ',', '(']).to_owned()
}
