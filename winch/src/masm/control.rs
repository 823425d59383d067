//! Conditions, branches, selection.

use super::{FloatCc, FloatSize, IntCc, RegImm, Size};
use crate::reg::{Fp, Gp, Reg};
use gantry_abi::{AbiType, Trap};
use gantry_emit::Label;

/// A condition with its operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cond {
    /// Of integers.
    Int {
        /// The comparison.
        cc: IntCc,
        /// Width of the operands.
        size: Size,
        /// The first operand.
        a: Gp,
        /// The second operand.
        b: RegImm,
    },
    /// Of floats.
    Float {
        /// The comparison.
        cc: FloatCc,
        /// True where the comparison is false.
        negated: bool,
        /// Width of the operands.
        size: FloatSize,
        /// The first operand.
        a: Fp,
        /// The second operand.
        b: Fp,
    },
}

impl Cond {
    /// Whether a register is not zero.
    #[inline]
    pub fn non_zero(size: Size, a: Gp) -> Self {
        Self::Int { cc: IntCc::Ne, size, a, b: RegImm::Imm(0) }
    }

    /// True exactly where this is false.
    #[inline]
    #[must_use]
    pub fn negate(self) -> Self {
        match self {
            Self::Int { cc, size, a, b } => Self::Int { cc: cc.negate(), size, a, b },
            Self::Float { cc, negated, size, a, b } => Self::Float { cc, negated: !negated, size, a, b },
        }
    }
}

/// Branches and what depends on conditions.
pub trait ControlMasm {
    /// Jumps.
    fn jump(&mut self, to: Label);
    /// Branches if the condition holds.
    fn branch(&mut self, cond: Cond, to: Label);
    /// 1 if the condition holds, otherwise 0.
    fn set(&mut self, d: Gp, cond: Cond);
    /// `a` if the condition holds, otherwise `b`. For integers all 64 bits are copied. `d` may be `a`, `b` or an operand of
    /// the condition.
    fn select(&mut self, ty: AbiType, d: Reg, cond: Cond, a: Reg, b: Reg);
    /// `d = 0` if the condition holds, also in the processor's speculation. `d` is no operand of the condition.
    fn zero_if(&mut self, d: Gp, cond: Cond);
    /// Jumps to the label with number `index` (32 bits), or to the last one if there is no such. `temp` changes.
    fn jump_table(&mut self, index: Gp, temp: Gp, labels: &[Label]);
    /// Stops: an instruction that faults, with its trap.
    fn trap(&mut self, trap: Trap);
    /// Stops where control never comes.
    fn never(&mut self);
}
