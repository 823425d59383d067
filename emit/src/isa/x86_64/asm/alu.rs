//! Integer arithmetic and moves (Intel SDM, volume 2: ADD, MOV, MOVZX, LEA, IMUL, DIV, ... and section 2.2.1 on REX).

use super::encode::{Imm, Op, Rex};
use super::operand::{fits_i8, high_byte, sealed::Operand};
use super::{Asm, Gpr, IntWidth, Mem, OperandSize, Rm, Size, W8, W16, W32, Width};

/// The eight classic operations, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Alu {
    /// `d += a`.
    Add,
    /// `d |= a`.
    Or,
    /// `d += a + carry`.
    Adc,
    /// `d -= a + carry`.
    Sbb,
    /// `d &= a`.
    And,
    /// `d -= a`.
    Sub,
    /// `d ^= a`.
    Xor,
    /// Flags of `d - a`.
    Cmp,
}

/// From how many bits a value is extended, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extend {
    /// From 8 bits, with zeros.
    Zero8,
    /// From 16 bits, with zeros.
    Zero16,
    /// From 32 bits, with zeros: `mov`.
    Zero32,
    /// From 8 bits, with the sign.
    Sign8,
    /// From 16 bits, with the sign.
    Sign16,
    /// From 32 bits, with the sign.
    Sign32,
}

/// A width that values in memory are extended from.
pub trait Narrow: Width {
    /// With zeros.
    const ZERO: Extend;
    /// With the sign.
    const SIGN: Extend;
}

impl Narrow for W8 {
    const ZERO: Extend = Extend::Zero8;
    const SIGN: Extend = Extend::Sign8;
}

impl Narrow for W16 {
    const ZERO: Extend = Extend::Zero16;
    const SIGN: Extend = Extend::Sign16;
}

impl Narrow for W32 {
    const ZERO: Extend = Extend::Zero32;
    const SIGN: Extend = Extend::Sign32;
}

impl Size {
    /// The opcode's lowest bit and the 16-bit prefix.
    #[inline]
    pub(super) fn op(self, op: Op) -> Op {
        op.or(u8::from(self != Self::S8)).prefix_if(self == Self::S16, 0x66)
    }

    /// The 16-bit prefix, for opcodes without 8-bit form.
    #[inline]
    pub(super) fn wide(self, op: Op) -> Op {
        debug_assert!(self != Self::S8, "no form for bytes");
        op.prefix_if(self == Self::S16, 0x66)
    }

    #[inline]
    pub(super) fn rex(self, high_byte: bool) -> Rex {
        Rex { w: self == Self::S64, force: self == Self::S8 && high_byte }
    }

    /// Bytes of an immediate.
    #[inline]
    pub(super) fn imm(self) -> u32 {
        match self {
            Self::S8 => 1,
            Self::S16 => 2,
            Self::S32 | Self::S64 => 4,
        }
    }
}

impl Asm<'_> {
    /// `op d, a`: `d` is a register; so is `a`, or memory of this size.
    #[inline]
    pub fn alu<S: OperandSize>(&mut self, op: Alu, size: S, d: Gpr, a: impl Rm<Gpr, S>) {
        self.load_form(Op::one((op as u8) << 3 | 2), size.size(), d, a);
    }

    /// `op [d], a`.
    #[inline]
    pub fn alu_store<W: IntWidth>(&mut self, op: Alu, d: Mem<W>, a: Gpr) {
        self.store_form(Op::one((op as u8) << 3), W::SIZE, d, a);
    }

    /// `op d, i`. Of `i`, an operation of 8 or 16 bits takes the low ones; one of 64 bits extends its sign.
    #[inline]
    pub fn alu_imm<S: OperandSize>(&mut self, op: Alu, size: S, d: impl Rm<Gpr, S>, i: i32) {
        let size = size.size();
        let rex = size.rex(d.high_byte_name());
        if size == Size::S8 {
            self.legacy(Op::one(0x80), rex, op as u8, d, Imm::low(i, 1));
        } else if fits_i8(i) {
            self.legacy(size.wide(Op::one(0x83)), rex, op as u8, d, Imm::low(i, 1));
        } else {
            self.legacy(size.wide(Op::one(0x81)), rex, op as u8, d, Imm::low(i, size.imm()));
        }
    }

    /// `test d, a`: flags of `d & a`.
    #[inline]
    pub fn test<S: OperandSize>(&mut self, size: S, d: impl Rm<Gpr, S>, a: Gpr) {
        self.store_form(Op::one(0x84), size.size(), d, a);
    }

    /// `test d, i`: flags of `d & i`. `i` as in [`Self::alu_imm`].
    #[inline]
    pub fn test_imm<S: OperandSize>(&mut self, size: S, d: impl Rm<Gpr, S>, i: i32) {
        let size = size.size();
        let rex = size.rex(d.high_byte_name());
        self.legacy(size.op(Op::one(0xf6)), rex, 0, d, Imm::low(i, size.imm()));
    }

    /// `mov d, a`. A 32-bit move zeroes the upper half of `d`.
    #[inline]
    pub fn mov(&mut self, size: Size, d: Gpr, a: Gpr) {
        self.store_form(Op::one(0x88), size, d, a);
    }

    /// `mov d, [a]`. To load 8 or 16 bits, [`Self::load_extend`] is better: it does not depend on the old `d`.
    #[inline]
    pub fn load<W: IntWidth>(&mut self, d: Gpr, a: Mem<W>) {
        self.load_form(Op::one(0x8a), W::SIZE, d, a);
    }

    /// `mov [d], a`.
    #[inline]
    pub fn store<W: IntWidth>(&mut self, d: Mem<W>, a: Gpr) {
        self.store_form(Op::one(0x88), W::SIZE, d, a);
    }

    /// `mov [d], i`. `i` as in [`Self::alu_imm`].
    #[inline]
    pub fn store_imm<W: IntWidth>(&mut self, d: Mem<W>, i: i32) {
        let size = W::SIZE;
        self.legacy(size.op(Op::one(0xc6)), size.rex(false), 0, d, Imm::low(i, size.imm()));
    }

    /// `mov d, i` for all 64 bits of `d`, in the shortest form that keeps the flags (2 to 10 bytes; zero takes 5).
    #[inline]
    pub fn mov_imm(&mut self, d: Gpr, i: u64) {
        if let Ok(low) = u32::try_from(i) {
            let (head, len) = self.opcode_reg(Op::one(0xb8), Rex::NONE, d.0);
            self.buffer.put_bits128(u128::from(head | u64::from(low) << (8 * len)), len + 4);
        } else if let Ok(low) = i32::try_from(i.cast_signed()) {
            self.legacy(Op::one(0xc7), Rex::W, 0, d, Imm::low(low, 4));
        } else {
            let (head, len) = self.opcode_reg(Op::one(0xb8), Rex::W, d.0);
            self.buffer.put_bits128(u128::from(head) | u128::from(i) << (8 * len), len + 8);
        }
    }

    /// `xor d, d`: zero for all 64 bits of `d`. Changes the flags.
    #[inline]
    pub fn zero(&mut self, d: Gpr) {
        self.store_form(Op::one(0x30), Size::S32, d, d);
    }

    /// `mov d, i` in the shortest form: like [`Self::mov_imm`], but zero is made with `xor`, which changes the flags.
    #[inline]
    pub fn constant(&mut self, d: Gpr, i: u64) {
        if i == 0 { self.zero(d) } else { self.mov_imm(d, i) }
    }

    /// `movzx`, `movsx` or `movsxd d, a`: extends the low bits of `a` to `to` bits. To 32 bits, the upper half of `d`
    /// becomes zero. Zeros to 64 bits take the 32-bit form, which does the same.
    #[inline]
    pub fn extend(&mut self, extend: Extend, to: Size, d: Gpr, a: Gpr) {
        self.extension(extend, to, d, a);
    }

    /// The same for a value in memory.
    #[inline]
    pub fn load_extend<W: Narrow>(&mut self, sign: bool, to: Size, d: Gpr, a: Mem<W>) {
        self.extension(if sign { W::SIGN } else { W::ZERO }, to, d, a);
    }

    #[inline]
    fn extension(&mut self, extend: Extend, to: Size, d: Gpr, a: impl Operand + Copy) {
        let w = to == Size::S64;
        let byte = Rex { w: false, force: a.high_byte_name() };
        let (op, rex) = match extend {
            Extend::Zero8 => (Op::two(0xb6), byte),
            Extend::Zero16 => (Op::two(0xb7), Rex::NONE),
            Extend::Zero32 => (Op::one(0x8b), Rex::NONE),
            Extend::Sign8 => (Op::two(0xbe), Rex { w, ..byte }),
            Extend::Sign16 => (Op::two(0xbf), Rex::w(w)),
            Extend::Sign32 => (Op::one(0x63), Rex::W),
        };
        self.legacy(to.wide(op), rex, d.0, a, Imm::NONE);
    }

    /// `lea d, a`: the address itself.
    #[inline]
    pub fn lea<W: Copy>(&mut self, size: Size, d: Gpr, a: Mem<W>) {
        self.legacy(size.wide(Op::one(0x8d)), size.rex(false), d.0, a, Imm::NONE);
    }

    /// `imul d, a`. No form for 8 bits.
    #[inline]
    pub fn imul<S: OperandSize>(&mut self, size: S, d: Gpr, a: impl Rm<Gpr, S>) {
        let size = size.size();
        self.legacy(size.wide(Op::two(0xaf)), size.rex(false), d.0, a, Imm::NONE);
    }

    /// `imul d, a, i`. No form for 8 bits. `i` as in [`Self::alu_imm`].
    #[inline]
    pub fn imul_imm<S: OperandSize>(&mut self, size: S, d: Gpr, a: impl Rm<Gpr, S>, i: i32) {
        let size = size.size();
        if fits_i8(i) {
            self.legacy(size.wide(Op::one(0x6b)), size.rex(false), d.0, a, Imm::low(i, 1));
        } else {
            self.legacy(size.wide(Op::one(0x69)), size.rex(false), d.0, a, Imm::low(i, size.imm()));
        }
    }

    /// `mul a`: `rdx:rax = rax * a`, unsigned (`ax = al * a` for 8 bits).
    #[inline]
    pub fn mul_wide<S: OperandSize>(&mut self, size: S, a: impl Rm<Gpr, S>) {
        self.group3(4, size.size(), a);
    }

    /// `imul a`: `rdx:rax = rax * a`, signed (`ax = al * a` for 8 bits).
    #[inline]
    pub fn imul_wide<S: OperandSize>(&mut self, size: S, a: impl Rm<Gpr, S>) {
        self.group3(5, size.size(), a);
    }

    /// `div a`: `rax, rdx = rdx:rax / a, rdx:rax % a`, unsigned. Raises `#DE` for a zero divisor or an overflow.
    #[inline]
    pub fn div<S: OperandSize>(&mut self, size: S, a: impl Rm<Gpr, S>) {
        self.group3(6, size.size(), a);
    }

    /// `idiv a`: like [`Self::div`], signed.
    #[inline]
    pub fn idiv<S: OperandSize>(&mut self, size: S, a: impl Rm<Gpr, S>) {
        self.group3(7, size.size(), a);
    }

    /// `neg d`.
    #[inline]
    pub fn neg<S: OperandSize>(&mut self, size: S, d: impl Rm<Gpr, S>) {
        self.group3(3, size.size(), d);
    }

    /// `not d`. Keeps the flags.
    #[inline]
    pub fn not<S: OperandSize>(&mut self, size: S, d: impl Rm<Gpr, S>) {
        self.group3(2, size.size(), d);
    }

    /// `inc d`. Keeps the carry flag.
    #[inline]
    pub fn inc<S: OperandSize>(&mut self, size: S, d: impl Rm<Gpr, S>) {
        let size = size.size();
        self.legacy(size.op(Op::one(0xfe)), size.rex(d.high_byte_name()), 0, d, Imm::NONE);
    }

    /// `dec d`. Keeps the carry flag.
    #[inline]
    pub fn dec<S: OperandSize>(&mut self, size: S, d: impl Rm<Gpr, S>) {
        let size = size.size();
        self.legacy(size.op(Op::one(0xfe)), size.rex(d.high_byte_name()), 1, d, Imm::NONE);
    }

    /// `cdq` or `cqo`: fills `rdx` with the sign of `rax`. `cwd` for 16 bits; no form for 8.
    #[inline]
    pub fn sign_to_rdx(&mut self, size: Size) {
        let (head, len) = self.opcode_reg(size.wide(Op::one(0x99)), size.rex(false), 0);
        self.buffer.put_bits(head, len);
    }

    #[inline]
    fn group3(&mut self, digit: u8, size: Size, rm: impl Operand + Copy) {
        self.legacy(size.op(Op::one(0xf6)), size.rex(rm.high_byte_name()), digit, rm, Imm::NONE);
    }

    /// `op reg, r/m`.
    #[inline]
    fn load_form(&mut self, op: Op, size: Size, d: Gpr, a: impl Operand + Copy) {
        let rex = size.rex(high_byte(d.0) | a.high_byte_name());
        self.legacy(size.op(op), rex, d.0, a, Imm::NONE);
    }

    /// `op r/m, reg`.
    #[inline]
    pub(super) fn store_form(&mut self, op: Op, size: Size, d: impl Operand + Copy, a: Gpr) {
        let rex = size.rex(high_byte(a.0) | d.high_byte_name());
        self.legacy(size.op(op), rex, a.0, d, Imm::NONE);
    }
}
