//! Floats.

use super::Size;
use crate::reg::{Fp, Gp};
use gantry_abi::AbiType;
use gantry_emit::Label;

/// Width of a float operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FloatSize {
    /// 32 bits.
    F32,
    /// 64 bits.
    F64,
}

/// Operations with one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FloatUnary {
    /// Clears the sign.
    Abs,
    /// Flips the sign.
    Neg,
    /// Rounds up.
    Ceil,
    /// Rounds down.
    Floor,
    /// Rounds towards zero.
    Trunc,
    /// Rounds to the nearest integer, ties to even.
    Nearest,
    /// Square root.
    Sqrt,
}

impl FloatUnary {
    /// Whether it makes NaNs (rather than moving bits).
    pub const fn is_arithmetic(self) -> bool {
        !matches!(self, Self::Abs | Self::Neg)
    }
}

/// Operations with two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FloatBinary {
    /// Sum.
    Add,
    /// Difference.
    Sub,
    /// Product.
    Mul,
    /// Quotient.
    Div,
    /// The smaller one; NaN if either is NaN; -0 is smaller than 0.
    Min,
    /// The larger one; NaN if either is NaN; 0 is larger than -0.
    Max,
    /// The first one's magnitude and the second one's sign.
    Copysign,
}

impl FloatBinary {
    /// Whether it makes NaNs (rather than moving bits).
    pub const fn is_arithmetic(self) -> bool {
        !matches!(self, Self::Copysign)
    }
}

/// A comparison of floats. All but `Ne` are false if either operand is NaN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FloatCc {
    /// Equal.
    Eq,
    /// Not equal, or unordered.
    Ne,
    /// Less.
    Lt,
    /// Greater.
    Gt,
    /// Less or equal.
    Le,
    /// Greater or equal.
    Ge,
}

/// A conversion of a float to an integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Truncation {
    /// The float's width.
    pub from: FloatSize,
    /// The integer's width.
    pub to: Size,
    /// Whether the integer is signed.
    pub signed: bool,
}

/// Float instructions.
pub trait FloatMasm {
    /// Copies a float or a vector. Where vectors have a register file of their own, `ty` says in which file the number is.
    fn fmov(&mut self, ty: AbiType, d: Fp, a: Fp);
    /// A constant, by its bits.
    fn fconstant(&mut self, size: FloatSize, d: Fp, bits: u64);
    /// One operand.
    fn funary(&mut self, op: FloatUnary, size: FloatSize, d: Fp, a: Fp);
    /// Two operands.
    fn fbinary(&mut self, op: FloatBinary, size: FloatSize, d: Fp, a: Fp, b: Fp);
    /// Replaces a NaN by the canonical one.
    fn canonicalize(&mut self, size: FloatSize, d: Fp);
    /// Goes to `nan` if the operand is NaN and to `overflow` if the result does not fit.
    fn truncate(&mut self, kind: Truncation, d: Gp, a: Fp, nan: Label, overflow: Label);
    /// NaN gives 0; what does not fit gives the nearest integer that does.
    fn truncate_saturating(&mut self, kind: Truncation, d: Gp, a: Fp);
    /// An integer's nearest float.
    fn convert(&mut self, to: FloatSize, d: Fp, from: Size, signed: bool, a: Gp);
    /// 64 bits to 32.
    fn demote(&mut self, d: Fp, a: Fp);
    /// 32 bits to 64.
    fn promote(&mut self, d: Fp, a: Fp);
    /// A float's bits.
    fn float_bits(&mut self, size: Size, d: Gp, a: Fp);
    /// A float from its bits.
    fn float_from_bits(&mut self, size: Size, d: Fp, a: Gp);
}
