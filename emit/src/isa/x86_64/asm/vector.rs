//! The methods that take rows of the table [`sse`](super::sse): legacy forms (`sse*`, destination first and also a source
//! where the shape is binary) and VEX forms (`avx*`, destination, `a`, `b`).
//!
//! Legacy forms keep what they do not write of `d`, VEX forms clear bits 128 and up (Intel SDM, volume 1, section 14.1).

use super::encode::{Imm, Op, Rex, Vex};
use super::operand::sealed::Operand;
use super::sse::*;
use super::{Asm, Gpr, Mem, OperandSize, Rm, Size, W128, Width};
use crate::isa::x86_64::regs::Xmm;

/// Rows and which family of methods takes them.
mod shapes {
    use super::*;

    pub trait Shape: Copy {
        fn row(self) -> Row;
    }

    /// Whose types have the width of the operand in memory as a parameter, and which methods take them.
    macro_rules! shapes {
        ($($shape:ident: $($marker:ident)*;)*) => { $(
            impl<W: Copy> Shape for $shape<W> {
                #[inline]
                fn row(self) -> Row {
                    self.0
                }
            }
            $(impl<W: Copy> super::$marker<W> for $shape<W> {})*
        )* };
    }
    shapes! {
        Binary: SseOp AvxOp;
        Unary: SseOp AvxOp1;
        BinaryImm: SseImmOp;
        UnaryImm: SseImmOp AvxImmOp1;
        AvxBinary: AvxOp;
        AvxUnary: AvxOp1;
        AvxUnaryImm: AvxImmOp1;
        Load: SseLoadOp;
        BinaryMem: SseLoadOp;
    }
}
use shapes::Shape;

/// Rows with a legacy form `op d, a`: [`Binary`] and [`Unary`].
pub trait SseOp<W>: Shape {}
/// Rows with a legacy form `op d, a, i`: [`BinaryImm`] and [`UnaryImm`].
pub trait SseImmOp<W>: Shape {}
/// Rows with a legacy form `op d, [a]`: [`Load`] and [`BinaryMem`].
pub trait SseLoadOp<W>: Shape {}
/// Rows with a VEX form `op d, a, b`: [`Binary`] and [`AvxBinary`].
pub trait AvxOp<W>: Shape {}
/// Rows with a VEX form `op d, a`: [`Unary`] and [`AvxUnary`].
pub trait AvxOp1<W>: Shape {}
/// Rows with a VEX form `op d, a, i`: [`UnaryImm`] and [`AvxUnaryImm`].
pub trait AvxImmOp1<W>: Shape {}

impl Row {
    #[inline]
    fn legacy(self) -> Op {
        let op = match self.map {
            1 => Op::two(self.code),
            2 => Op::three(0x38, self.code),
            _ => Op::three(0x3a, self.code),
        };
        match self.pp {
            0 => op,
            1 => op.prefix(0x66),
            2 => op.prefix(0xf3),
            _ => op.prefix(0xf2),
        }
    }

    #[inline]
    fn vex(self, w: bool) -> Vex {
        Vex { pp: self.pp, map: self.map, code: self.code, w }
    }
}

#[inline]
fn is_64(size: impl OperandSize) -> bool {
    let size = size.size();
    debug_assert!(size >= Size::S32, "forms for 32 and 64 bits only");
    size == Size::S64
}

/// Legacy forms.
impl Asm<'_> {
    /// `op d, a`.
    #[inline]
    pub fn sse<W>(&mut self, op: impl SseOp<W>, d: Xmm, a: impl Rm<Xmm, W>) {
        self.sse_row(op.row(), d.0, a, Imm::NONE);
    }

    /// `op d, a, i`.
    #[inline]
    pub fn sse_imm<W>(&mut self, op: impl SseImmOp<W>, d: Xmm, a: impl Rm<Xmm, W>, i: u8) {
        self.sse_row(op.row(), d.0, a, Imm::byte(i));
    }

    /// `op d, a`, registers only.
    #[inline]
    pub fn sse_reg(&mut self, op: BinaryReg, d: Xmm, a: Xmm) {
        self.sse_row(op.0, d.0, a, Imm::NONE);
    }

    /// `op d, [a]`.
    #[inline]
    pub fn sse_load<W: Width>(&mut self, op: impl SseLoadOp<W>, d: Xmm, a: Mem<W>) {
        self.sse_row(op.row(), d.0, a, Imm::NONE);
    }

    /// `op [d], a`.
    #[inline]
    pub fn sse_store<W: Width>(&mut self, op: Store<W>, d: Mem<W>, a: Xmm) {
        self.sse_row(op.0, a.0, d, Imm::NONE);
    }

    /// `movd` or `movq d, a`: 32 or 64 bits from an integer register or memory, the rest of `d` zero.
    #[inline]
    pub fn sse_from_gpr<S: OperandSize>(&mut self, size: S, d: Xmm, a: impl Rm<Gpr, S>) {
        self.legacy(Op::two(0x6e).prefix(0x66), Rex::w(is_64(size)), d.0, a, Imm::NONE);
    }

    /// `movd` or `movq d, a`: 32 or 64 bits to an integer register (the upper half zero) or memory.
    #[inline]
    pub fn sse_to_gpr<S: OperandSize>(&mut self, size: S, d: impl Rm<Gpr, S>, a: Xmm) {
        self.legacy(Op::two(0x7e).prefix(0x66), Rex::w(is_64(size)), a.0, d, Imm::NONE);
    }

    /// Converts an integer of 32 or 64 bits.
    #[inline]
    pub fn sse_from_int<S: OperandSize>(&mut self, op: FromInt, size: S, d: Xmm, a: impl Rm<Gpr, S>) {
        self.legacy(op.0.legacy(), Rex::w(is_64(size)), d.0, a, Imm::NONE);
    }

    /// Converts to an integer of 32 or 64 bits.
    #[inline]
    pub fn sse_to_int<W: Copy>(&mut self, op: ToInt<W>, size: Size, d: Gpr, a: impl Rm<Xmm, W>) {
        self.legacy(op.0.legacy(), Rex::w(is_64(size)), d.0, a, Imm::NONE);
    }

    /// Gathers sign bits.
    #[inline]
    pub fn sse_mask(&mut self, op: Mask, d: Gpr, a: Xmm) {
        self.sse_row(op.0, d.0, a, Imm::NONE);
    }

    /// Replaces lane `i` of `d`.
    #[inline]
    pub fn sse_insert<W: Copy>(&mut self, op: Insert<W>, d: Xmm, a: impl Rm<Gpr, W>, i: u8) {
        self.sse_row(op.0, d.0, a, Imm::byte(i));
    }

    /// Takes lane `i` of `a`.
    #[inline]
    pub fn sse_extract<W: Copy>(&mut self, op: Extract<W>, d: impl Rm<Gpr, W>, a: Xmm, i: u8) {
        self.sse_row(op.0, a.0, d, Imm::byte(i));
    }

    /// Shifts the lanes of `d` by `i`.
    #[inline]
    pub fn sse_shift(&mut self, op: ShiftImm, d: Xmm, i: u8) {
        self.legacy(Op::two(op.code).prefix(0x66), Rex::NONE, op.digit, d, Imm::byte(i));
    }

    /// `op d, a, xmm0`.
    #[inline]
    pub fn sse_blendv(&mut self, op: Blendv, d: Xmm, a: impl Rm<Xmm, W128>) {
        self.legacy(Op::three(0x38, op.legacy).prefix(0x66), Rex::NONE, d.0, a, Imm::NONE);
    }

    #[inline]
    fn sse_row(&mut self, row: Row, reg: u8, rm: impl Operand + Copy, imm: Imm) {
        self.legacy(row.legacy(), Rex::w(row.w), reg, rm, imm);
    }
}

/// VEX forms.
impl Asm<'_> {
    /// `op d, a, b`.
    #[inline]
    pub fn avx<W>(&mut self, op: impl AvxOp<W>, d: Xmm, a: Xmm, b: impl Rm<Xmm, W>) {
        self.avx_row(op.row(), d.0, a.0, b, Imm::NONE);
    }

    /// `op d, a`.
    #[inline]
    pub fn avx1<W>(&mut self, op: impl AvxOp1<W>, d: Xmm, a: impl Rm<Xmm, W>) {
        self.avx_row(op.row(), d.0, 0, a, Imm::NONE);
    }

    /// `op d, a, b, i`.
    #[inline]
    pub fn avx_imm<W: Copy>(&mut self, op: BinaryImm<W>, d: Xmm, a: Xmm, b: impl Rm<Xmm, W>, i: u8) {
        self.avx_row(op.0, d.0, a.0, b, Imm::byte(i));
    }

    /// `op d, a, i`.
    #[inline]
    pub fn avx1_imm<W>(&mut self, op: impl AvxImmOp1<W>, d: Xmm, a: impl Rm<Xmm, W>, i: u8) {
        self.avx_row(op.row(), d.0, 0, a, Imm::byte(i));
    }

    /// `op d, a, b`, registers only.
    #[inline]
    pub fn avx_reg(&mut self, op: BinaryReg, d: Xmm, a: Xmm, b: Xmm) {
        self.avx_row(op.0, d.0, a.0, b, Imm::NONE);
    }

    /// `op d, [a]`.
    #[inline]
    pub fn avx_load<W: Width>(&mut self, op: Load<W>, d: Xmm, a: Mem<W>) {
        self.avx_row(op.0, d.0, 0, a, Imm::NONE);
    }

    /// `op d, a, [b]`: half of `d` from memory, the other from `a`.
    #[inline]
    pub fn avx_load_half<W: Width>(&mut self, op: BinaryMem<W>, d: Xmm, a: Xmm, b: Mem<W>) {
        self.avx_row(op.0, d.0, a.0, b, Imm::NONE);
    }

    /// `op [d], a`.
    #[inline]
    pub fn avx_store<W: Width>(&mut self, op: Store<W>, d: Mem<W>, a: Xmm) {
        self.avx_row(op.0, a.0, 0, d, Imm::NONE);
    }

    /// `vmovd` or `vmovq d, a`: 32 or 64 bits from an integer register or memory, the rest of `d` zero.
    #[inline]
    pub fn avx_from_gpr<S: OperandSize>(&mut self, size: S, d: Xmm, a: impl Rm<Gpr, S>) {
        self.vex(Vex { pp: 1, map: 1, code: 0x6e, w: is_64(size) }, d.0, 0, a, Imm::NONE);
    }

    /// `vmovd` or `vmovq d, a`: 32 or 64 bits to an integer register (the upper half zero) or memory.
    #[inline]
    pub fn avx_to_gpr<S: OperandSize>(&mut self, size: S, d: impl Rm<Gpr, S>, a: Xmm) {
        self.vex(Vex { pp: 1, map: 1, code: 0x7e, w: is_64(size) }, a.0, 0, d, Imm::NONE);
    }

    /// Converts an integer of 32 or 64 bits; the rest comes from `a`.
    #[inline]
    pub fn avx_from_int<S: OperandSize>(&mut self, op: FromInt, size: S, d: Xmm, a: Xmm, b: impl Rm<Gpr, S>) {
        self.vex(op.0.vex(is_64(size)), d.0, a.0, b, Imm::NONE);
    }

    /// Converts to an integer of 32 or 64 bits.
    #[inline]
    pub fn avx_to_int<W: Copy>(&mut self, op: ToInt<W>, size: Size, d: Gpr, a: impl Rm<Xmm, W>) {
        self.vex(op.0.vex(is_64(size)), d.0, 0, a, Imm::NONE);
    }

    /// Gathers sign bits.
    #[inline]
    pub fn avx_mask(&mut self, op: Mask, d: Gpr, a: Xmm) {
        self.avx_row(op.0, d.0, 0, a, Imm::NONE);
    }

    /// `d` is `a` with lane `i` replaced.
    #[inline]
    pub fn avx_insert<W: Copy>(&mut self, op: Insert<W>, d: Xmm, a: Xmm, b: impl Rm<Gpr, W>, i: u8) {
        self.avx_row(op.0, d.0, a.0, b, Imm::byte(i));
    }

    /// Takes lane `i` of `a`.
    #[inline]
    pub fn avx_extract<W: Copy>(&mut self, op: Extract<W>, d: impl Rm<Gpr, W>, a: Xmm, i: u8) {
        self.avx_row(op.0, a.0, 0, d, Imm::byte(i));
    }

    /// `d` is `a` with its lanes shifted by `i`.
    #[inline]
    pub fn avx_shift(&mut self, op: ShiftImm, d: Xmm, a: Xmm, i: u8) {
        self.vex(Vex { pp: 1, map: 1, code: op.code, w: false }, op.digit, d.0, a, Imm::byte(i));
    }

    /// `op d, a, b, mask`.
    #[inline]
    pub fn avx_blendv(&mut self, op: Blendv, d: Xmm, a: Xmm, b: impl Rm<Xmm, W128>, mask: Xmm) {
        debug_assert!(mask.0 < 16, "VEX reaches 16 registers");
        self.vex(Vex { pp: 1, map: 3, code: op.vex, w: false }, d.0, a.0, b, Imm::byte(mask.0 << 4));
    }

    /// `vzeroupper`: clears bits 128 and up of every register.
    #[inline]
    pub fn vzeroupper(&mut self) {
        self.buffer.put_bits(0x77_f8_c5, 3);
    }

    #[inline]
    fn avx_row(&mut self, row: Row, reg: u8, a: u8, rm: impl Operand + Copy, imm: Imm) {
        self.vex(row.vex(row.w), reg, a, rm, imm);
    }
}
