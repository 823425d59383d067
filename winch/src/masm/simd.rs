//! Vectors. Lane 0 holds the lowest bits.
//!
//! Unless a method says otherwise, a destination may be the first operand and is no other one.

use super::{Addr, FloatBinary, FloatCc, FloatSize, FloatUnary, IntCc, RegImm, ShiftOp, VectorLoad};
use crate::reg::{Fp, Gp, Reg};

/// Integer lanes, by their bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lanes {
    /// 16 of 8 bits.
    L8,
    /// 8 of 16 bits.
    L16,
    /// 4 of 32 bits.
    L32,
    /// 2 of 64 bits.
    L64,
}

impl Lanes {
    /// Bytes of a lane.
    #[inline]
    pub const fn bytes(self) -> u32 {
        match self {
            Self::L8 => 1,
            Self::L16 => 2,
            Self::L32 => 4,
            Self::L64 => 8,
        }
    }
}

/// Which half of a vector's lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    /// The lower lanes.
    Low,
    /// The upper lanes.
    High,
}

/// Lanes that are widened: from these, with their sign or without, of this half.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Widen {
    /// The lanes before.
    pub from: Lanes,
    /// Whether they are signed.
    pub signed: bool,
    /// Which of them.
    pub half: Half,
}

/// Operations with one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VectorUnary {
    /// All bits flipped.
    Not,
    /// Absolute values of integers.
    Abs(Lanes),
    /// Integers negated.
    Neg(Lanes),
    /// Ones in each byte.
    Popcnt,
    /// Float lanes, each by itself.
    Float(FloatUnary, FloatSize),
    /// Widened integers.
    Extend(Widen),
    /// Sums of neighbors of these lanes, twice as wide.
    ExtAddPairwise(Lanes, bool),
    /// 32-bit floats to integers, saturating. Signed or not.
    TruncSat(bool),
    /// Two 64-bit floats to 32-bit integers in the low lanes, saturating; the others are zero. Signed or not.
    TruncSatZero(bool),
    /// The same as [`Self::TruncSat`], with what is fastest for NaN and integers that do not fit.
    RelaxedTrunc(bool),
    /// The same as [`Self::TruncSatZero`], with what is fastest for NaN and integers that do not fit.
    RelaxedTruncZero(bool),
    /// 32-bit integers to floats. Signed or not.
    Convert(bool),
    /// The two low 32-bit integers to 64-bit floats. Signed or not.
    ConvertLow(bool),
    /// Two 64-bit floats to 32-bit ones in the low lanes; the others are zero.
    DemoteZero,
    /// The two low 32-bit floats to 64-bit ones.
    PromoteLow,
}

/// Operations with two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VectorBinary {
    /// Bitwise and.
    And,
    /// Bits of the first operand that are not in the second one.
    AndNot,
    /// Bitwise or.
    Or,
    /// Bitwise exclusive or.
    Xor,
    /// All ones where the comparison holds, otherwise zero. (64-bit lanes: not the unsigned ones.)
    Compare(Lanes, IntCc),
    /// The same for floats.
    CompareFloat(FloatCc, FloatSize),
    /// Sums.
    Add(Lanes),
    /// Differences.
    Sub(Lanes),
    /// Products; not of bytes.
    Mul(Lanes),
    /// Saturated sums of bytes and 16-bit integers. Signed or not.
    AddSat(Lanes, bool),
    /// Saturated differences of bytes and 16-bit integers. Signed or not.
    SubSat(Lanes, bool),
    /// Minima; not of 64-bit integers. Signed or not.
    Min(Lanes, bool),
    /// Maxima; not of 64-bit integers. Signed or not.
    Max(Lanes, bool),
    /// Rounded averages of bytes and 16-bit integers, unsigned.
    Avgr(Lanes),
    /// `i16x8.q15mulr_sat_s`.
    Q15MulrSat,
    /// Saturated lanes half as wide, from these. Signed or not.
    Narrow(Lanes, bool),
    /// Products of widened lanes.
    ExtMul(Widen),
    /// `i32x4.dot_i16x8_s`.
    Dot,
    /// Bytes of the first operand by the indices in the second one; 0 for indices from 16 on.
    Swizzle,
    /// Float lanes, each by itself.
    Float(FloatBinary, FloatSize),
    /// `b < a ? b : a`.
    PseudoMin(FloatSize),
    /// `a < b ? b : a`.
    PseudoMax(FloatSize),
    /// [`Self::Swizzle`], with what is fastest for indices from 16 on.
    RelaxedSwizzle,
    /// Minima, with what is fastest for NaN and zeros.
    RelaxedMin(FloatSize),
    /// Maxima, with what is fastest for NaN and zeros.
    RelaxedMax(FloatSize),
    /// [`Self::Q15MulrSat`], with what is fastest for -1 times -1.
    RelaxedQ15Mulr,
    /// `i16x8.relaxed_dot_i8x16_i7x16_s`, with what is fastest for bytes of the second operand that have 8 bits.
    RelaxedDot,
}

/// Operations with three operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VectorTernary {
    /// Bits of the first operand where the third one has ones, otherwise of the second one.
    Bitselect,
    /// `a * b + c`, rounded once where the ISA does that in one instruction.
    Madd(FloatSize),
    /// `-(a * b) + c`, rounded once where the ISA does that in one instruction.
    Nmadd(FloatSize),
    /// `i32x4.relaxed_dot_i8x16_i7x16_add_s`, with what is fastest for bytes of the second operand that have 8 bits.
    RelaxedDotAdd,
}

/// Questions about a vector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VectorTest {
    /// Whether any bit is set.
    AnyTrue,
    /// Whether no lane is zero.
    AllTrue(Lanes),
    /// The lanes' sign bits, as an integer.
    Bitmask(Lanes),
}

/// How a lane becomes an integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extract {
    /// 8 bits to 32, signed.
    S8,
    /// 8 bits to 32, unsigned.
    U8,
    /// 16 bits to 32, signed.
    S16,
    /// 16 bits to 32, unsigned.
    U16,
    /// 32 bits.
    I32,
    /// 64 bits.
    I64,
}

/// Vector instructions.
///
/// Loads record [`Addr::trap`] at the instruction that faults, and touch no more bytes than they load.
pub trait SimdMasm {
    /// A constant.
    fn vector_constant(&mut self, d: Fp, value: u128);
    /// One operand.
    fn vector_unary(&mut self, op: VectorUnary, d: Fp, a: Fp);
    /// Two operands.
    fn vector_binary(&mut self, op: VectorBinary, d: Fp, a: Fp, b: Fp);
    /// Three operands.
    fn vector_ternary(&mut self, op: VectorTernary, d: Fp, a: Fp, b: Fp, c: Fp);
    /// Shifts each lane; the count is taken modulo its width. A count in a register is a 32-bit integer with undefined upper
    /// bits. No rotations.
    fn vector_shift(&mut self, op: ShiftOp, lanes: Lanes, d: Fp, a: Fp, count: RegImm);
    /// Replaces NaNs by the canonical one.
    fn vector_canonicalize(&mut self, size: FloatSize, d: Fp);
    /// Asks. `temp` changes.
    fn vector_test(&mut self, op: VectorTest, d: Gp, a: Fp, temp: Fp);
    /// The same value in each lane: an integer of at least the lane's width.
    fn splat(&mut self, lanes: Lanes, d: Fp, a: Gp);
    /// The same float in each lane.
    fn splat_float(&mut self, size: FloatSize, d: Fp, a: Fp);
    /// A lane as an integer.
    fn extract(&mut self, kind: Extract, lane: u8, d: Gp, a: Fp);
    /// A lane as a float.
    fn extract_float(&mut self, size: FloatSize, lane: u8, d: Fp, a: Fp);
    /// `a` with one lane replaced by an integer.
    fn replace(&mut self, lanes: Lanes, lane: u8, d: Fp, a: Fp, value: Gp);
    /// `a` with one lane replaced by a float.
    fn replace_float(&mut self, size: FloatSize, lane: u8, d: Fp, a: Fp, value: Fp);
    /// Bytes of `a` (0 to 15) and `b` (16 to 31).
    fn shuffle(&mut self, lanes: &[u8; 16], d: Fp, a: Fp, b: Fp);
    /// Loads less than a vector.
    fn load_vector(&mut self, d: Fp, addr: Addr<VectorLoad>);
    /// `a` with one lane loaded.
    fn load_lane(&mut self, lane: u8, d: Fp, a: Fp, addr: Addr<Lanes>);
    /// Stores one lane.
    fn store_lane(&mut self, lane: u8, a: Reg, addr: Addr<Lanes>);
}
