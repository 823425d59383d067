//! Shifts and rotations (Intel SDM, volume 2: SAL/SAR/SHL/SHR, RCL/RCR/ROL/ROR, SHLD, SHRD).

use super::encode::{Imm, Op};
use super::{Asm, Gpr, OperandSize, Rm};

/// A shift or rotation, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Shift {
    /// Rotate left.
    Rol = 0,
    /// Rotate right.
    Ror = 1,
    /// Left.
    Shl = 4,
    /// Right, unsigned.
    Shr = 5,
    /// Right, signed.
    Sar = 7,
}

impl Asm<'_> {
    /// `op d, i`. The CPU masks the count to 5 bits (6 for 64-bit operations); rotations of 8 and 16 bits go around.
    #[inline]
    pub fn shift_imm<S: OperandSize>(&mut self, op: Shift, size: S, d: impl Rm<Gpr, S>, i: u8) {
        let size = size.size();
        let rex = size.rex(d.high_byte_name());
        if i == 1 {
            self.legacy(size.op(Op::one(0xd0)), rex, op as u8, d, Imm::NONE);
        } else {
            self.legacy(size.op(Op::one(0xc0)), rex, op as u8, d, Imm::byte(i));
        }
    }

    /// `op d, cl`. The count is masked as in [`Self::shift_imm`].
    #[inline]
    pub fn shift_cl<S: OperandSize>(&mut self, op: Shift, size: S, d: impl Rm<Gpr, S>) {
        let size = size.size();
        self.legacy(size.op(Op::one(0xd2)), size.rex(d.high_byte_name()), op as u8, d, Imm::NONE);
    }

    /// `shld d, a, i`: the upper half of `d:a << i`. No form for 8 bits.
    #[inline]
    pub fn shld_imm<S: OperandSize>(&mut self, size: S, d: impl Rm<Gpr, S>, a: Gpr, i: u8) {
        let size = size.size();
        self.legacy(size.wide(Op::two(0xa4)), size.rex(false), a.0, d, Imm::byte(i));
    }

    /// `shld d, a, cl`.
    #[inline]
    pub fn shld_cl<S: OperandSize>(&mut self, size: S, d: impl Rm<Gpr, S>, a: Gpr) {
        let size = size.size();
        self.legacy(size.wide(Op::two(0xa5)), size.rex(false), a.0, d, Imm::NONE);
    }

    /// `shrd d, a, i`: the lower half of `a:d >> i`. No form for 8 bits.
    #[inline]
    pub fn shrd_imm<S: OperandSize>(&mut self, size: S, d: impl Rm<Gpr, S>, a: Gpr, i: u8) {
        let size = size.size();
        self.legacy(size.wide(Op::two(0xac)), size.rex(false), a.0, d, Imm::byte(i));
    }

    /// `shrd d, a, cl`.
    #[inline]
    pub fn shrd_cl<S: OperandSize>(&mut self, size: S, d: impl Rm<Gpr, S>, a: Gpr) {
        let size = size.size();
        self.legacy(size.wide(Op::two(0xad)), size.rex(false), a.0, d, Imm::NONE);
    }
}
