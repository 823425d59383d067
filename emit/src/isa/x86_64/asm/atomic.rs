//! Atomic operations and fences (Intel SDM, volume 2: LOCK, XCHG, XADD, CMPXCHG, CMPXCHG16B, MFENCE, LFENCE).

use super::encode::{Imm, Op, Rex};
use super::operand::high_byte;
use super::{Alu, Asm, Gpr, IntWidth, Mem, Size, W128};

/// An arithmetic operation on memory that can be made atomic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockOp {
    /// `[d] += a`.
    Add,
    /// `[d] -= a`.
    Sub,
    /// `[d] &= a`.
    And,
    /// `[d] |= a`.
    Or,
    /// `[d] ^= a`.
    Xor,
}

const LOCK: u8 = 0xf0;

impl Asm<'_> {
    /// `lock op [d], a`.
    #[inline]
    pub fn lock<W: IntWidth>(&mut self, op: LockOp, d: Mem<W>, a: Gpr) {
        let op = match op {
            LockOp::Add => Alu::Add,
            LockOp::Sub => Alu::Sub,
            LockOp::And => Alu::And,
            LockOp::Or => Alu::Or,
            LockOp::Xor => Alu::Xor,
        };
        self.locked(Op::one((op as u8) << 3), d, a);
    }

    /// `xchg [d], a`: swaps, atomically even without a prefix.
    #[inline]
    pub fn xchg_mem<W: IntWidth>(&mut self, d: Mem<W>, a: Gpr) {
        self.store_form(Op::one(0x86), W::SIZE, d, a);
    }

    /// `xchg d, a`.
    #[inline]
    pub fn xchg(&mut self, size: Size, d: Gpr, a: Gpr) {
        self.store_form(Op::one(0x86), size, d, a);
    }

    /// `lock xadd [d], a`: `a` becomes the old value, `[d]` the sum.
    #[inline]
    pub fn lock_xadd<W: IntWidth>(&mut self, d: Mem<W>, a: Gpr) {
        self.locked(Op::two(0xc0), d, a);
    }

    /// `lock cmpxchg [d], a`: if `[d]` is `rax`, it becomes `a`. `rax` becomes the old value; the zero flag says whether it
    /// was equal.
    #[inline]
    pub fn lock_cmpxchg<W: IntWidth>(&mut self, d: Mem<W>, a: Gpr) {
        self.locked(Op::two(0xb0), d, a);
    }

    /// `lock cmpxchg16b [d]`: the same with `rdx:rax` and `rcx:rbx`. The address must be a multiple of 16.
    #[inline]
    pub fn lock_cmpxchg16b(&mut self, d: Mem<W128>) {
        self.legacy(Op::two(0xc7).prefix(LOCK), Rex::W, 1, d, Imm::NONE);
    }

    /// `mfence`.
    #[inline]
    pub fn mfence(&mut self) {
        self.buffer.put_bits(0xf0_ae_0f, 3);
    }

    /// `lfence`: later instructions do not start before earlier ones have finished.
    #[inline]
    pub fn lfence(&mut self) {
        self.buffer.put_bits(0xe8_ae_0f, 3);
    }

    #[inline]
    fn locked<W: IntWidth>(&mut self, op: Op, d: Mem<W>, a: Gpr) {
        let size = W::SIZE;
        self.legacy(size.op(op).prefix(LOCK), size.rex(high_byte(a.0)), a.0, d, Imm::NONE);
    }
}
