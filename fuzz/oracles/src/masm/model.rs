//! What programs do, by the words of the assembler's traits.
//!
//! The model knows of each bit of a register, of the frame and of the memory either its value or that it has none by
//! contract. It never guesses: whatever depends on what has no value has none, and where control or an address does, the
//! program is no test.

use super::lanes::{self, Vector, ones, settle};
use super::op::*;
use super::scalar::{self, NoInteger};
use gantry_abi::{AbiType, Trap};
use gantry_winch::masm::*;
use gantry_winch::reg::{Class, Fp, Gp, Reg, RegSet};

/// An integer register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Int {
    /// Nobody says what it holds.
    Unknown,
    Bits(u64),
    /// The address of the memory, plus this.
    Memory(u64),
    /// The stack pointer, plus this.
    Stack(u64),
}

/// Bytes that may have no value.
#[derive(Clone, Debug, Default)]
pub(super) struct Bytes {
    pub(super) bytes: Vec<u8>,
    pub(super) known: Vec<bool>,
}

impl Bytes {
    fn unknown(len: u32) -> Self {
        Self { bytes: vec![0; len as usize], known: vec![false; len as usize] }
    }

    pub(super) fn exact(bytes: Vec<u8>) -> Self {
        Self { known: vec![true; bytes.len()], bytes }
    }

    fn has(&self, at: u32, len: u32) -> bool {
        u64::from(at) + u64::from(len) <= self.bytes.len() as u64
    }

    fn read(&self, at: u32, len: u32) -> Vector {
        let mut vector = Vector::UNKNOWN;
        for i in 0..len {
            let from = (at + i) as usize;
            if self.known[from] {
                vector.bits |= u128::from(self.bytes[from]) << (8 * i);
                vector.known |= 0xff << (8 * i);
            }
        }
        vector
    }

    fn write(&mut self, at: u32, len: u32, value: Vector) {
        for i in 0..len {
            let to = (at + i) as usize;
            self.bytes[to] = (value.bits >> (8 * i)) as u8;
            self.known[to] = value.known >> (8 * i) & 0xff == 0xff;
        }
    }
}

/// Why a function does not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// It stopped the program.
    Trap(Trap),
    /// It ended in another one.
    TailCall,
    /// What it does is not known, for this reason: it must not be run.
    Lost(&'static str),
}

type Step = Result<(), End>;

/// What the model has to know of the instruction set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Isa {
    pub(super) regs: RegisterFile,
    /// Whether multiplications and sums are rounded once.
    pub(super) fused: bool,
    /// Whether stores beyond the end may write before it.
    pub(super) tears: bool,
    pub(super) shift: Fixed,
    pub(super) rotate: Fixed,
    pub(super) quotient: Fixed,
    pub(super) remainder: Fixed,
    pub(super) wide: Fixed,
}

impl Isa {
    pub(super) fn shift(&self, op: ShiftOp) -> Fixed {
        if matches!(op, ShiftOp::Rotl | ShiftOp::Rotr) { self.rotate } else { self.shift }
    }

    pub(super) fn div(&self, op: DivOp) -> Fixed {
        if matches!(op, DivOp::QuotientS | DivOp::QuotientU) { self.quotient } else { self.remainder }
    }
}

/// Registers and frame of a function.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub(super) ints: [Int; 32],
    pub(super) floats: [Vector; 32],
    /// From the stack pointer up to the frame pointer.
    homes: Bytes,
    /// Stack arguments.
    incoming: Bytes,
}

impl Frame {
    fn new(function: &Function, arguments: Bytes) -> Self {
        Self {
            ints: [Int::Unknown; 32],
            floats: [Vector::UNKNOWN; 32],
            homes: Bytes::unknown(function.frame),
            incoming: arguments,
        }
    }
}

/// Operations that a program may execute.
const STEPS: u32 = 4000;
/// The stack that a check finds missing for sure.
pub(super) const ENDLESS: u32 = 1 << 30;

/// A program at some point.
#[derive(Clone, Debug)]
pub(super) struct Model {
    pub(super) isa: Isa,
    pub(super) memory: Bytes,
    pub(super) frame: Frame,
    steps: u32,
}

impl Model {
    /// At the beginning of a function.
    pub(super) fn new(isa: Isa, function: &Function, memory: Bytes) -> Self {
        let arguments = Bytes::unknown(function.arguments);
        let mut model = Self { isa, memory, frame: Frame::new(function, arguments), steps: STEPS };
        model.enter();
        model
    }

    fn enter(&mut self) {
        self.set(self.isa.regs.memory_base, Int::Memory(0));
    }

    /// Reads the registers that the first function begins with.
    pub(super) fn initialize(&mut self) {
        for reg in self.isa.regs.allocatable {
            match reg.class() {
                Class::Int => {
                    let number = u32::from(reg.gp().0);
                    let word = self.memory.read(INITIAL + 8 * number, 8);
                    self.set(reg.gp(), Int::Bits(word.bits as u64));
                }
                Class::Float => {
                    let number = u32::from(reg.fp().0);
                    let vector = self.memory.read(INITIAL + FLOATS + 16 * number, 16);
                    self.put(reg.fp(), vector);
                }
            }
        }
    }

    pub(super) fn int(&self, reg: Gp) -> Int {
        self.frame.ints[usize::from(reg.0)]
    }

    /// The bits of an integer register, if it is a number.
    pub(super) fn bits(&self, reg: Gp) -> Option<u64> {
        match self.int(reg) {
            Int::Bits(x) => Some(x),
            _ => None,
        }
    }

    pub(super) fn float(&self, reg: Fp) -> Vector {
        self.frame.floats[usize::from(reg.0)]
    }

    fn set(&mut self, reg: Gp, value: Int) {
        self.frame.ints[usize::from(reg.0)] = value;
    }

    fn set_bits(&mut self, reg: Gp, value: Option<u64>) {
        self.set(reg, value.map_or(Int::Unknown, Int::Bits));
    }

    fn put(&mut self, reg: Fp, value: Vector) {
        self.frame.floats[usize::from(reg.0)] = value;
    }

    /// A float register's low bits are known, or nothing.
    fn put_low(&mut self, reg: Fp, width: u32, value: Option<u128>) {
        self.put(reg, value.map_or(Vector::UNKNOWN, |bits| Vector::low(width, bits)));
    }

    fn scalar(&self, size: FloatSize, reg: Fp) -> Option<u64> {
        self.float(reg).get(scalar::width(size)).map(|bits| bits as u64)
    }

    fn put_scalar(&mut self, size: FloatSize, canonical: bool, reg: Fp, value: Option<u64>) {
        let value = value.and_then(|bits| settle(size, canonical, bits));
        self.put_low(reg, scalar::width(size), value.map(u128::from));
    }

    fn vector(&self, reg: Fp) -> Option<u128> {
        self.float(reg).get(128)
    }

    fn operand(&self, b: RegImm) -> Option<u64> {
        match b {
            RegImm::Reg(reg) => self.bits(reg),
            RegImm::Imm(value) => Some(value.cast_unsigned()),
        }
    }

    /// Whether a condition holds, if that is known.
    pub(super) fn holds(&self, cond: Cond) -> Option<bool> {
        match cond {
            Cond::Int { cc, size, a, b } => Some(scalar::compare(cc, size, self.bits(a)?, self.operand(b)?)),
            Cond::Float { cc, negated, size, a, b } => {
                let holds = scalar::compare_floats(cc, size, self.scalar(size, a)?, self.scalar(size, b)?);
                Some(holds != negated)
            }
        }
    }

    /// The value of a register as it stands in memory.
    fn value(&self, reg: Reg) -> Vector {
        match reg.class() {
            Class::Int => self.bits(reg.gp()).map_or(Vector::UNKNOWN, |x| Vector::low(64, x.into())),
            Class::Float => self.float(reg.fp()),
        }
    }

    /// A register gets what was read from memory, as a value of this type.
    fn give(&mut self, ty: AbiType, reg: Reg, value: Vector) {
        let width = 8 * type_bytes(ty);
        match reg.class() {
            Class::Int => self.set_bits(reg.gp(), value.get(width).map(|x| x as u64)),
            Class::Float => self.put(reg.fp(), Vector { bits: value.bits, known: value.known & ones(width) }),
        }
    }

    fn sum(&self, place: Place) -> Option<Int> {
        let index = match place.index {
            None => 0,
            Some(Ix::Long(reg)) => self.bits(reg)?,
            Some(Ix::Word(reg)) => scalar::low(Size::S32, self.bits(reg)?),
        };
        let more = index.wrapping_add(place.offset.into());
        Some(match self.int(place.base) {
            Int::Unknown => return None,
            Int::Bits(x) => Int::Bits(x.wrapping_add(more)),
            Int::Memory(x) => Int::Memory(x.wrapping_add(more)),
            Int::Stack(x) => Int::Stack(x.wrapping_add(more)),
        })
    }

    /// Where an access goes; an error if it traps.
    fn access(&mut self, place: Place, len: u32, writes: bool) -> Result<u32, End> {
        let Some(Int::Memory(at)) = self.sum(place) else { return Err(End::Lost("an address is not known")) };
        if at + u64::from(len) <= u64::from(MEMORY) && at < u64::from(MEMORY) {
            let at = at as u32;
            if writes && at < FREE {
                return Err(End::Lost("the program would write where its results go"));
            }
            return Ok(at);
        }
        if at >= 1 << 32 || !place.traps {
            return Err(End::Lost("an access outside of all that is reserved"));
        }
        if writes && self.isa.tears && at < u64::from(MEMORY) {
            let at = at as u32;
            self.memory.write(at, MEMORY - at, Vector::UNKNOWN);
        }
        Err(End::Trap(Trap::MemoryOutOfBounds))
    }

    /// A home, or a stack argument: which bytes, and where.
    fn home(&mut self, home: i32, len: u32) -> Result<(&mut Bytes, u32), End> {
        let frame = &mut self.frame;
        let (bytes, at) = match u32::try_from(home) {
            Ok(above) => (&mut frame.incoming, above.checked_sub(self.isa.regs.incoming)),
            Err(_) => {
                let below = home.unsigned_abs();
                let at = (frame.homes.bytes.len() as u32).checked_sub(below);
                (&mut frame.homes, at)
            }
        };
        match at {
            Some(at) if bytes.has(at, len) => Ok((bytes, at)),
            _ => Err(End::Lost("no home")),
        }
    }

    /// 8 bytes at an offset from the stack pointer.
    pub(super) fn stack_word(&self, at: u32) -> Vector {
        self.frame.homes.read(at, 8)
    }

    /// Bytes at an offset from the stack pointer.
    fn stack(&mut self, at: u64, len: u32) -> Result<(&mut Bytes, u32), End> {
        let bytes = &mut self.frame.homes;
        match u32::try_from(at) {
            Ok(at) if bytes.has(at, len) => Ok((bytes, at)),
            _ => Err(End::Lost("nothing is there on the stack")),
        }
    }

    /// Executes operations of one function.
    pub(super) fn run(&mut self, program: &Program, ops: &[Op]) -> Step {
        ops.iter().try_for_each(|op| self.step(program, op))
    }

    /// Executes an operation. If it is lost, nothing has happened, unless there are operations within it.
    pub(super) fn step(&mut self, program: &Program, op: &Op) -> Step {
        self.steps = self.steps.checked_sub(1).ok_or(End::Lost("it takes too long"))?;
        match *op {
            Op::Mov(size, d, a) => match size {
                Size::S64 => self.set(d, self.int(a)),
                Size::S32 => self.set_bits(d, self.bits(a).map(|a| scalar::low(size, a))),
            },
            Op::ZeroExtend(d, a) => self.set_bits(d, self.bits(a).map(|a| scalar::low(Size::S32, a))),
            Op::Constant(d, value) => self.set(d, Int::Bits(value)),
            Op::Alu(op, size, d, a, b) => {
                let b = self.operand(b);
                let moved = match (op, size, b) {
                    (AluOp::Add, Size::S64, Some(b)) => Some(b),
                    (AluOp::Sub, Size::S64, Some(b)) => Some(b.wrapping_neg()),
                    _ => None,
                };
                let result = match (self.int(a), moved, b) {
                    (Int::Memory(x), Some(by), _) => Int::Memory(x.wrapping_add(by)),
                    (Int::Stack(x), Some(by), _) => Int::Stack(x.wrapping_add(by)),
                    (Int::Bits(a), _, Some(b)) => Int::Bits(scalar::alu(op, size, a, b)),
                    _ => Int::Unknown,
                };
                self.set(d, result);
            }
            Op::NegateFrom(size, d, from, a) => {
                let result = self.bits(a).map(|a| scalar::alu(AluOp::Sub, size, from.cast_unsigned(), a));
                self.set_bits(d, result);
            }
            Op::Shift(op, size, d, a, count) => {
                let result = self.bits(a).zip(self.operand(count)).map(|(a, b)| scalar::shift(op, size, a, b));
                let fixed = self.isa.shift(op);
                if matches!(count, RegImm::Reg(_)) {
                    self.clobber(fixed.clobbered);
                }
                self.set_bits(d, result);
            }
            Op::Div(op, size, d, a, b) => {
                let (Some(a), Some(b)) = (self.bits(a), self.bits(b)) else {
                    return Err(End::Lost("a divisor is not known"));
                };
                let Some(result) = scalar::div(op, size, a, b) else { return Err(End::Lost("no quotient")) };
                self.clobber(self.isa.div(op).clobbered);
                self.set(d, Int::Bits(result));
            }
            Op::Count(op, size, d, a) => self.set_bits(d, self.bits(a).map(|a| scalar::count(op, size, a))),
            Op::Extend(op, d, a) => self.set_bits(d, self.bits(a).map(|a| scalar::extend(op, a))),
            Op::WideAddSub(add, [d_low, d_high, a_low, a_high, b_low, b_high]) => {
                let wide = |low, high| Some(u128::from(self.bits(low)?) | u128::from(self.bits(high)?) << 64);
                let (a, b) = (wide(a_low, a_high), wide(b_low, b_high));
                let result = a.zip(b).map(|(a, b)| if add { a.wrapping_add(b) } else { a.wrapping_sub(b) });
                self.set_bits(d_low, result.map(|x| x as u64));
                self.set_bits(d_high, result.map(|x| (x >> 64) as u64));
            }
            Op::WideMul(signed, [d_low, d_high, a, b]) => {
                let wide = |x: u64| if signed { i128::from(x.cast_signed()) as u128 } else { x.into() };
                let result = self.bits(a).zip(self.bits(b)).map(|(a, b)| wide(a).wrapping_mul(wide(b)));
                self.clobber(self.isa.wide.clobbered);
                self.set_bits(d_low, result.map(|x| x as u64));
                self.set_bits(d_high, result.map(|x| (x >> 64) as u64));
            }

            Op::Set(d, cond) => self.set_bits(d, self.holds(cond).map(u64::from)),
            Op::Select(ty, d, cond, a, b) => {
                let from = self.holds(cond).map(|holds| if holds { a } else { b });
                match d.class() {
                    Class::Int => self.set(d.gp(), from.map_or(Int::Unknown, |from| self.int(from.gp()))),
                    Class::Float => {
                        let value = from.map_or(Vector::UNKNOWN, |from| self.float(from.fp()));
                        self.give(ty, d, value);
                    }
                }
            }
            Op::ZeroIf(d, cond) => match self.holds(cond) {
                Some(true) => self.set(d, Int::Bits(0)),
                Some(false) => {}
                None => self.set(d, Int::Unknown),
            },
            Op::Skip(cond, ref body) => {
                let holds = match cond {
                    Some(cond) => self.holds(cond).ok_or(End::Lost("a condition is not known"))?,
                    None => true,
                };
                if !holds {
                    self.run(program, body)?;
                }
            }
            Op::Repeat(home, times, temp, ref body) => {
                self.begin_count(home, times, temp)?;
                for left in (0..times).rev() {
                    self.run(program, body)?;
                    self.count_down(home, temp, left)?;
                }
            }
            Op::Switch(index, temp, ref arms) => {
                let chosen = self.arm(index, arms.len()).ok_or(End::Lost("an index is not known"))?;
                self.set(temp, Int::Unknown);
                self.run(program, &arms[chosen])?;
            }
            Op::Stop(_, trap) => return Err(End::Trap(trap)),

            Op::Fmov(ty, d, a) => self.give(ty, d.into(), self.float(a)),
            Op::Fconstant(size, d, bits) => self.put_low(d, scalar::width(size), Some(bits.into())),
            Op::Funary(op, size, d, a, canonical) => {
                let result = self.scalar(size, a).map(|a| scalar::unary(op, size, a));
                if op.is_arithmetic() {
                    self.put_scalar(size, canonical, d, result);
                } else {
                    self.put_low(d, scalar::width(size), result.map(u128::from));
                }
            }
            Op::Fbinary(op, size, d, a, b, canonical) => {
                let pair = self.scalar(size, a).zip(self.scalar(size, b));
                let result = pair.map(|(a, b)| scalar::binary(op, size, a, b));
                if op.is_arithmetic() {
                    self.put_scalar(size, canonical, d, result);
                } else {
                    self.put_low(d, scalar::width(size), result.map(u128::from));
                }
            }
            Op::Canonicalize(size, d) => self.put_scalar(size, true, d, self.scalar(size, d)),
            Op::Truncate(kind, d, a) => {
                let result = self.scalar(kind.from, a).map(|a| match scalar::truncate(kind, a) {
                    Ok(integer) => integer,
                    Err(NoInteger::Nan) => NAN,
                    Err(NoInteger::Overflow) => OVERFLOW,
                });
                self.set_bits(d, result);
            }
            Op::TruncateSaturating(kind, d, a) => {
                let result = self.scalar(kind.from, a).map(|a| scalar::truncate_saturating(kind, a));
                self.set_bits(d, result);
            }
            Op::Convert(to, d, from, signed, a) => {
                let result = self.bits(a).map(|a| scalar::convert(to, from, signed, a));
                self.put_low(d, scalar::width(to), result.map(u128::from));
            }
            Op::Demote(d, a, canonical) => {
                let result = self.scalar(FloatSize::F64, a).map(scalar::demote);
                self.put_scalar(FloatSize::F32, canonical, d, result);
            }
            Op::Promote(d, a, canonical) => {
                let result = self.scalar(FloatSize::F32, a).map(scalar::promote);
                self.put_scalar(FloatSize::F64, canonical, d, result);
            }
            Op::FloatBits(size, d, a) => self.set_bits(d, self.float(a).get(size.bits()).map(|x| x as u64)),
            Op::FloatFromBits(size, d, a) => {
                let bits = self.bits(a).map(|a| scalar::low(size, a));
                self.put_low(d, size.bits(), bits.map(u128::from));
            }

            Op::Load(kind, d, place) => {
                let at = self.access(place, kind.bytes(), false)?;
                let value = self.memory.read(at, kind.bytes());
                let signed = |value: Vector, op| {
                    value
                        .get(8 * kind.bytes())
                        .map_or(Vector::UNKNOWN, |x| Vector::low(64, scalar::extend(op, x as u64).into()))
                };
                let value = match kind {
                    LoadKind::I32S8 => signed(value, ExtendOp::S8To32),
                    LoadKind::I32S16 => signed(value, ExtendOp::S16To32),
                    LoadKind::I64S8 => signed(value, ExtendOp::S8To64),
                    LoadKind::I64S16 => signed(value, ExtendOp::S16To64),
                    LoadKind::I64S32 => signed(value, ExtendOp::S32To64),
                    _ if d.class() == Class::Int => {
                        value.get(8 * kind.bytes()).map_or(Vector::UNKNOWN, |x| Vector::low(64, x))
                    }
                    _ => value,
                };
                self.give(kind.ty(), d, value);
            }
            Op::Store(kind, a, place) => {
                let at = self.access(place, kind.bytes(), true)?;
                self.memory.write(at, kind.bytes(), self.value(a));
            }
            Op::StoreConstant(kind, value, place, temp) => {
                if self.reads(place).contains(&temp) {
                    return Err(End::Lost("the constant is in the way of the address"));
                }
                let at = self.access(place, kind.bytes(), true)?;
                self.set(temp, Int::Unknown);
                self.memory.write(at, kind.bytes(), Vector::low(64, value.cast_unsigned().into()));
            }
            Op::Probe(kind, place) => {
                self.access(place, kind.bytes(), false)?;
            }
            Op::Address(d, place) => {
                let sum = self.sum(place).unwrap_or(Int::Unknown);
                self.set(d, sum);
            }
            Op::Spill(ty, a, home) => {
                let value = self.value(a);
                let (bytes, at) = self.home(home, type_bytes(ty))?;
                bytes.write(at, type_bytes(ty), value);
            }
            Op::Fill(ty, d, home) => {
                let (bytes, at) = self.home(home, type_bytes(ty))?;
                let value = bytes.read(at, type_bytes(ty));
                self.give(ty, d, value);
            }
            Op::ZeroFrame(home, len) => {
                let (bytes, at) = self.home(home, len)?;
                for i in (0..len).step_by(8) {
                    bytes.write(at + i, 8, Vector::exact(0));
                }
            }
            Op::AddToHome(home, value) => {
                let (bytes, at) = self.home(home, 8)?;
                let sum = bytes.read(at, 8).get(64).map(|x| (x as u64).wrapping_add(value.cast_unsigned()));
                bytes.write(at, 8, sum.map_or(Vector::UNKNOWN, |x| Vector::low(64, x.into())));
            }

            Op::StoreArgument(ty, a, base, offset) => {
                let value = self.value(a);
                let at = match base.map(|base| self.int(base)) {
                    None => u64::from(offset),
                    Some(Int::Stack(at)) => at.wrapping_add(offset.into()),
                    Some(_) => return Err(End::Lost("no pointer to the stack")),
                };
                let (bytes, at) = self.stack(at, type_bytes(ty))?;
                bytes.write(at, type_bytes(ty), value);
            }
            Op::LoadResult(ty, d, offset) => {
                let (bytes, at) = self.stack(offset.into(), type_bytes(ty))?;
                let value = bytes.read(at, type_bytes(ty));
                self.give(ty, d, value);
            }
            Op::StackAddress(d, offset) => self.set(d, Int::Stack(offset.into())),
            Op::Call(ref call) => self.call(program, call)?,
            Op::TailCall(ref call) => {
                self.call(program, call)?;
                return Err(End::TailCall);
            }

            Op::VectorConstant(d, value) => self.put(d, Vector::exact(value)),
            Op::VectorUnary(op, d, a, canonical) => {
                let result = self.vector(a).map(|a| lanes::unary(op, canonical, a));
                self.put(d, result.unwrap_or(Vector::UNKNOWN));
            }
            Op::VectorBinary(op, d, a, b, canonical) => {
                let pair = self.vector(a).zip(self.vector(b));
                let result = pair.map(|(a, b)| lanes::binary(op, canonical, a, b));
                self.put(d, result.unwrap_or(Vector::UNKNOWN));
            }
            Op::VectorTernary(op, d, a, b, c, canonical) => {
                let all = self.vector(a).zip(self.vector(b)).zip(self.vector(c));
                let fused = self.isa.fused;
                let result = all.map(|((a, b), c)| lanes::ternary(op, canonical, fused, a, b, c));
                self.put(d, result.unwrap_or(Vector::UNKNOWN));
            }
            Op::VectorShift(op, of, d, a, count) => {
                let pair = self.vector(a).zip(self.operand(count));
                self.put_low(d, 128, pair.map(|(a, count)| lanes::shift(op, of, a, count)));
            }
            Op::VectorCanonicalize(size, d) => {
                let result = self.vector(d).map(|d| lanes::canonicalize(size, d));
                self.put(d, result.unwrap_or(Vector::UNKNOWN));
            }
            Op::VectorTest(op, d, a, temp) => {
                let result = self.vector(a).map(|a| lanes::test(op, a));
                self.put(temp, Vector::UNKNOWN);
                self.set_bits(d, result);
            }
            Op::Splat(of, d, a) => {
                let width = lanes::bits(of);
                self.put_low(d, 128, self.bits(a).map(|a| lanes::splat(width, a.into())));
            }
            Op::SplatFloat(size, d, a) => {
                let width = scalar::width(size);
                self.put_low(d, 128, self.scalar(size, a).map(|a| lanes::splat(width, a.into())));
            }
            Op::Extract(kind, lane, d, a) => {
                self.set_bits(d, self.vector(a).map(|a| lanes::extract(kind, lane, a)));
            }
            Op::ExtractFloat(size, lane, d, a) => {
                let width = scalar::width(size);
                self.put_low(d, width, self.vector(a).map(|a| lanes::lane(width, lane, a)));
            }
            Op::Replace(of, lane, d, a, value) => {
                let pair = self.vector(a).zip(self.bits(value));
                self.put_low(d, 128, pair.map(|(a, x)| lanes::replace(lanes::bits(of), lane, a, x.into())));
            }
            Op::ReplaceFloat(size, lane, d, a, value) => {
                let pair = self.vector(a).zip(self.scalar(size, value));
                let width = scalar::width(size);
                self.put_low(d, 128, pair.map(|(a, x)| lanes::replace(width, lane, a, x.into())));
            }
            Op::Shuffle(lanes, d, a, b) => {
                let pair = self.vector(a).zip(self.vector(b));
                self.put_low(d, 128, pair.map(|(a, b)| lanes::shuffle(lanes, a, b)));
            }
            Op::LoadVector(kind, d, place) => {
                let at = self.access(place, kind.bytes(), false)?;
                let bytes = self.memory.read(at, kind.bytes()).get(8 * kind.bytes());
                self.put_low(d, 128, bytes.map(|bytes| lanes::loaded(kind, bytes)));
            }
            Op::LoadLane(of, lane, d, a, place) => {
                let at = self.access(place, of.bytes(), false)?;
                let width = lanes::bits(of);
                let pair = self.vector(a).zip(self.memory.read(at, of.bytes()).get(width));
                self.put_low(d, 128, pair.map(|(a, x)| lanes::replace(width, lane, a, x)));
            }
            Op::StoreLane(of, lane, a, place) => {
                let at = self.access(place, of.bytes(), true)?;
                let lane = self.vector(a).map(|a| lanes::lane(lanes::bits(of), lane, a));
                self.memory.write(at, of.bytes(), lane.map_or(Vector::UNKNOWN, Vector::exact));
            }
        }
        Ok(())
    }

    /// What a loop begins with: the count in its home, and in a register.
    pub(super) fn begin_count(&mut self, home: i32, times: u32, temp: Gp) -> Step {
        let (bytes, at) = self.home(home, 8)?;
        bytes.write(at, 8, Vector::low(64, times.into()));
        self.set(temp, Int::Bits(times.into()));
        Ok(())
    }

    /// What the end of a loop's body does.
    pub(super) fn count_down(&mut self, home: i32, temp: Gp, left: u32) -> Step {
        let (bytes, at) = self.home(home, 8)?;
        if bytes.read(at, 8).get(64) != Some(u128::from(left) + 1) {
            return Err(End::Lost("the body of a loop changed its count"));
        }
        self.begin_count(home, left, temp)
    }

    /// The arm that a table of jumps takes.
    pub(super) fn arm(&self, index: Gp, arms: usize) -> Option<usize> {
        let index = scalar::low(Size::S32, self.bits(index)?);
        Some(usize::try_from(index).unwrap_or(usize::MAX).min(arms - 1))
    }

    /// The registers that an address is made of.
    fn reads(&self, place: Place) -> Vec<Gp> {
        let index = place.index.map(|index| match index {
            Ix::Long(reg) | Ix::Word(reg) => reg,
        });
        index.into_iter().chain([place.base]).collect()
    }

    /// A register has no value any more.
    pub(super) fn forget(&mut self, reg: Gp) {
        self.set(reg, Int::Unknown);
    }

    fn clobber(&mut self, registers: RegSet) {
        for reg in registers {
            self.set(reg.gp(), Int::Unknown);
        }
    }

    fn call(&mut self, program: &Program, call: &Call) -> Step {
        let function = &program.functions[call.callee];
        let mut arguments = Bytes::unknown(function.arguments);
        for &(ty, reg, offset) in &call.arguments {
            if !arguments.has(offset, type_bytes(ty)) {
                return Err(End::Lost("no such argument"));
            }
            arguments.write(offset, type_bytes(ty), self.value(reg));
        }
        let caller = std::mem::replace(&mut self.frame, Frame::new(function, arguments));
        self.enter();
        let end = match function.check {
            Some(ENDLESS) => Err(End::Trap(Trap::StackOverflow)),
            _ => self.run(program, &function.body),
        };
        self.frame = caller;
        let regs = self.isa.regs;
        for reg in regs.allocatable {
            match reg.class() {
                Class::Int if regs.preserved.contains(reg) => {}
                Class::Int => self.set(reg.gp(), Int::Unknown),
                Class::Float if regs.preserved.contains(reg) => self.give(AbiType::F64, reg, self.value(reg)),
                Class::Float => self.put(reg.fp(), Vector::UNKNOWN),
            }
        }
        match end {
            Err(End::TailCall) => Ok(()),
            end => end,
        }
    }
}

/// Bytes of a value.
pub(super) const fn type_bytes(ty: AbiType) -> u32 {
    match ty {
        AbiType::I32 | AbiType::F32 => 4,
        AbiType::I64 | AbiType::F64 => 8,
        AbiType::V128 => 16,
    }
}
