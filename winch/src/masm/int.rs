//! Integers.

use super::ControlMasm;
use crate::reg::{Gp, RegSet, Wide};

/// Width of an integer operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// 32 bits.
    S32,
    /// 64 bits.
    S64,
}

impl Size {
    /// Bits.
    #[inline]
    pub const fn bits(self) -> u32 {
        match self {
            Self::S32 => 32,
            Self::S64 => 64,
        }
    }
}

/// A register or a constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegImm {
    /// A register.
    Reg(Gp),
    /// A constant; for 32-bit operations its sign-extended value.
    Imm(i64),
}

/// Operations with two operands that never stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AluOp {
    /// Sum.
    Add,
    /// Difference.
    Sub,
    /// Product.
    Mul,
    /// Bitwise and.
    And,
    /// Bitwise or.
    Or,
    /// Bitwise exclusive or.
    Xor,
}

impl AluOp {
    /// Whether operands can be swapped.
    #[inline]
    pub const fn commutes(self) -> bool {
        !matches!(self, Self::Sub)
    }
}

/// Shifts and rotations; the count is taken modulo the width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShiftOp {
    /// To the left.
    Shl,
    /// To the right, with copies of the sign.
    ShrS,
    /// To the right, with zeros.
    ShrU,
    /// Rotation to the left.
    Rotl,
    /// Rotation to the right.
    Rotr,
}

/// Divisions. Callers have excluded a divisor of zero, and overflow of the signed quotient; the signed remainder of the
/// least integer and -1 is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DivOp {
    /// Signed quotient.
    QuotientS,
    /// Unsigned quotient.
    QuotientU,
    /// Signed remainder.
    RemainderS,
    /// Unsigned remainder.
    RemainderU,
}

/// Counting bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountOp {
    /// Zeros before the highest one.
    Clz,
    /// Zeros behind the lowest one.
    Ctz,
    /// Ones.
    Popcnt,
}

/// Widening an integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExtendOp {
    /// 8 bits to 32, signed.
    S8To32,
    /// 16 bits to 32, signed.
    S16To32,
    /// 8 bits to 64, signed.
    S8To64,
    /// 16 bits to 64, signed.
    S16To64,
    /// 32 bits to 64, signed.
    S32To64,
    /// 32 bits to 64, unsigned.
    U32To64,
}

/// A comparison of integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntCc {
    /// Equal.
    Eq,
    /// Not equal.
    Ne,
    /// Less, signed.
    LtS,
    /// Less, unsigned.
    LtU,
    /// Greater, signed.
    GtS,
    /// Greater, unsigned.
    GtU,
    /// Less or equal, signed.
    LeS,
    /// Less or equal, unsigned.
    LeU,
    /// Greater or equal, signed.
    GeS,
    /// Greater or equal, unsigned.
    GeU,
}

impl IntCc {
    /// True exactly where this is false.
    #[inline]
    pub const fn negate(self) -> Self {
        match self {
            Self::Eq => Self::Ne,
            Self::Ne => Self::Eq,
            Self::LtS => Self::GeS,
            Self::LtU => Self::GeU,
            Self::GtS => Self::LeS,
            Self::GtU => Self::LeU,
            Self::LeS => Self::GtS,
            Self::LeU => Self::GtU,
            Self::GeS => Self::LtS,
            Self::GeU => Self::LtU,
        }
    }

    /// The same with the operands swapped.
    #[inline]
    pub const fn swap(self) -> Self {
        match self {
            Self::Eq => Self::Eq,
            Self::Ne => Self::Ne,
            Self::LtS => Self::GtS,
            Self::LtU => Self::GtU,
            Self::GtS => Self::LtS,
            Self::GtU => Self::LtU,
            Self::LeS => Self::GeS,
            Self::LeU => Self::GeU,
            Self::GeS => Self::LeS,
            Self::GeU => Self::LeU,
        }
    }

    /// What it says about two constants, both sign-extended from their width.
    #[inline]
    pub fn eval(self, a: i64, b: i64) -> bool {
        // Sign extension keeps the unsigned order, too.
        let (ua, ub) = (a.cast_unsigned(), b.cast_unsigned());
        match self {
            Self::Eq => a == b,
            Self::Ne => a != b,
            Self::LtS => a < b,
            Self::LtU => ua < ub,
            Self::GtS => a > b,
            Self::GtU => ua > ub,
            Self::LeS => a <= b,
            Self::LeU => ua <= ub,
            Self::GeS => a >= b,
            Self::GeU => ua >= ub,
        }
    }
}

/// Registers that an instruction insists on. All of them are allocatable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Fixed {
    /// Where the first operand has to be.
    pub first: Option<Gp>,
    /// Where the second operand has to be.
    pub second: Option<Gp>,
    /// Where the result is.
    pub result: Option<Gp>,
    /// Registers that change besides the result. No operand but `first` may be there.
    pub clobbered: RegSet,
}

/// Integer instructions.
pub trait IntMasm: ControlMasm {
    /// Copies all 64 bits, or the low 32 and clears the rest.
    fn mov(&mut self, size: Size, d: Gp, a: Gp);
    /// A 32-bit integer as 64 bits.
    #[inline]
    fn zero_extend(&mut self, d: Gp, a: Gp) -> Wide {
        self.mov(Size::S32, d, a);
        Wide::known(d)
    }
    /// A constant; all 64 bits of the register are written.
    fn constant(&mut self, d: Gp, value: u64);
    /// Arithmetic.
    fn alu(&mut self, op: AluOp, size: Size, d: Gp, a: Gp, b: RegImm);
    /// `d = b - a` for a constant `a`.
    fn negate_from(&mut self, size: Size, d: Gp, from: i64, a: Gp);
    /// What [`IntMasm::shift`] with a count in a register insists on.
    fn shift_registers(&self, op: ShiftOp, size: Size) -> Fixed;
    /// A shift.
    fn shift(&mut self, op: ShiftOp, size: Size, d: Gp, a: Gp, count: RegImm);
    /// What [`IntMasm::div`] insists on.
    fn div_registers(&self, op: DivOp) -> Fixed;
    /// A division.
    fn div(&mut self, op: DivOp, size: Size, d: Gp, a: Gp, b: Gp);
    /// Counts bits.
    fn count(&mut self, op: CountOp, size: Size, d: Gp, a: Gp);
    /// Widens.
    fn extend(&mut self, op: ExtendOp, d: Gp, a: Gp);
    /// 128-bit sum or difference of `(a_low, a_high)` and `(b_low, b_high)`. `d_low` and `d_high` differ, from each other and
    /// from the operands.
    #[expect(clippy::too_many_arguments, reason = "two results, four operands")]
    fn wide_add_sub(&mut self, add: bool, d_low: Gp, d_high: Gp, a_low: Gp, a_high: Gp, b_low: Gp, b_high: Gp);
    /// What [`IntMasm::wide_mul`] insists on: `result` is the low half; the high half is in `second` if that is given.
    fn wide_mul_registers(&self) -> Fixed;
    /// 128-bit product. `d_low` and `d_high` differ, from each other and from the operands, but for fixed registers.
    fn wide_mul(&mut self, signed: bool, d_low: Gp, d_high: Gp, a: Gp, b: Gp);
}

/// The low 32 bits, sign-extended.
#[expect(clippy::cast_possible_truncation, reason = "that is what it is for")]
pub(crate) const fn low32(value: i64) -> i32 {
    value as i32
}
