//! Floats (Intel SDM, volume 2, by mnemonic).

use super::*;
use crate::masm::*;
use gantry_abi::AbiType;
use gantry_emit::Label;
use gantry_emit::isa::x86_64::asm::Shift;

/// Both widths of a scalar instruction; which one is known when code is generated, so that operands are registers.
type Scalar = (sse::Binary<W32>, sse::Binary<W64>);
const ADD: Scalar = (sse::ADDSS, sse::ADDSD);
const SUB: Scalar = (sse::SUBSS, sse::SUBSD);

const fn scalar(size: FloatSize, op: Scalar) -> sse::Binary<NoMem> {
    match size {
        FloatSize::F32 => op.0.registers(),
        FloatSize::F64 => op.1.registers(),
    }
}

/// The bits of a float as wide as the operation.
fn float_bits(size: FloatSize, value: f64) -> u64 {
    match size {
        #[expect(clippy::cast_possible_truncation, reason = "the constants used are powers of two")]
        FloatSize::F32 => (value as f32).to_bits().into(),
        FloatSize::F64 => value.to_bits(),
    }
}

/// Vector instructions: the VEX form if there is one, otherwise the legacy form.
impl X64 {
    /// `d = a op b`; the legacy form is two-address.
    #[inline]
    pub(super) fn sse<W: Copy>(&mut self, op: sse::Binary<W>, d: Xmm, a: Xmm, b: Xmm) {
        if self.features.avx {
            return self.asm().avx(op, d, a, b);
        }
        let b = self.legacy_operands(d, a, b);
        self.asm().sse(op, d, b);
    }

    /// Makes `d` the first operand, and gives the second one's register.
    pub(super) fn legacy_operands(&mut self, d: Xmm, a: Xmm, b: Xmm) -> Xmm {
        if d == a {
            return b;
        }
        let moved = if b == d { X15 } else { b };
        if b == d {
            self.movaps(X15, b);
        }
        self.movaps(d, a);
        moved
    }

    /// `d = a op [b]`.
    pub(super) fn sse_mem<W: Width>(&mut self, op: sse::Binary<W>, d: Xmm, a: Xmm, b: Mem<W>) {
        if self.features.avx {
            return self.asm().avx(op, d, a, b);
        }
        if d != a {
            self.movaps(d, a);
        }
        self.asm().sse(op, d, b);
    }

    /// `d = op a`.
    #[inline]
    pub(super) fn sse1<W: Copy>(&mut self, op: sse::Unary<W>, d: Xmm, a: Xmm) {
        if self.features.avx { self.asm().avx1(op, d, a) } else { self.asm().sse(op, d, a) }
    }

    /// `d = op [a]`.
    #[inline]
    pub(super) fn sse1_mem<W: Width>(&mut self, op: sse::Unary<W>, d: Xmm, a: Mem<W>) {
        if self.features.avx { self.asm().avx1(op, d, a) } else { self.asm().sse(op, d, a) }
    }

    /// `d = op a, imm`.
    pub(super) fn sse1_imm<W: Copy>(&mut self, op: sse::UnaryImm<W>, d: Xmm, a: Xmm, imm: u8) {
        if self.features.avx { self.asm().avx1_imm(op, d, a, imm) } else { self.asm().sse_imm(op, d, a, imm) }
    }

    #[inline]
    pub(super) fn sse_load<W: Width>(&mut self, op: sse::Load<W>, d: Xmm, a: Mem<W>) {
        if self.features.avx { self.asm().avx_load(op, d, a) } else { self.asm().sse_load(op, d, a) }
    }

    #[inline]
    pub(super) fn sse_store<W: Width>(&mut self, op: sse::Store<W>, d: Mem<W>, a: Xmm) {
        if self.features.avx { self.asm().avx_store(op, d, a) } else { self.asm().sse_store(op, d, a) }
    }

    #[inline]
    pub(super) fn movaps(&mut self, d: Xmm, a: Xmm) {
        self.sse1(sse::MOVAPS, d, a);
    }

    /// An instruction whose result goes into part of a register: `d` of the legacy form does not wait for its old value.
    fn sse_partial(&mut self, op: sse::Binary<NoMem>, d: Xmm, a: Xmm) {
        if self.features.avx {
            return self.asm().avx(op, d, a, a);
        }
        if d != a {
            self.clear(d);
        }
        self.asm().sse(op, d, a);
    }

    /// `ucomiss` or `ucomisd`.
    pub(super) fn ucomis(&mut self, size: FloatSize, a: Xmm, b: Xmm) {
        match size {
            FloatSize::F32 => self.sse1(sse::UCOMISS, a, b),
            FloatSize::F64 => self.sse1(sse::UCOMISD, a, b),
        }
    }

    /// Zero.
    fn clear(&mut self, d: Xmm) {
        self.sse(sse::XORPS, d, d, d);
    }

    /// A 16-byte constant in memory: the same bits in every lane.
    fn lanes(&mut self, size: FloatSize, bits: u64) -> Mem<W128> {
        let mut bytes = [0; 16];
        match size {
            FloatSize::F32 => {
                let bits = bits.to_le_bytes();
                bytes.chunks_exact_mut(4).for_each(|lane| lane.copy_from_slice(&bits[..4]));
            }
            FloatSize::F64 => bytes.chunks_exact_mut(8).for_each(|lane| lane.copy_from_slice(&bits.to_le_bytes())),
        }
        Mem::label(self.buffer.constant(&bytes))
    }

    fn load_bits(&mut self, size: FloatSize, d: Xmm, bits: u64) {
        let bytes = bits.to_le_bytes();
        match size {
            FloatSize::F32 => {
                let constant = Mem::label(self.buffer.constant(&bytes[..4]));
                self.sse_load(sse::MOVSS_LOAD, d, constant);
            }
            FloatSize::F64 => {
                let constant = Mem::label(self.buffer.constant(&bytes));
                self.sse_load(sse::MOVSD_LOAD, d, constant);
            }
        }
    }

    fn load_scalar(&mut self, size: FloatSize, d: Xmm, value: f64) {
        self.load_bits(size, d, float_bits(size, value));
    }

    /// Compares with zero, which lands in xmm15.
    fn compare_zero(&mut self, size: FloatSize, a: Xmm) {
        self.clear(X15);
        self.ucomis(size, a, X15);
    }

    /// `cvttss2si` or `cvttsd2si`.
    fn truncate_to(&mut self, from: FloatSize, to: Size, d: Gpr, a: Xmm) {
        let op = match from {
            FloatSize::F32 => sse::CVTTSS2SI.registers(),
            FloatSize::F64 => sse::CVTTSD2SI.registers(),
        };
        let to = bits(to);
        if self.features.avx { self.asm().avx_to_int(op, to, d, a) } else { self.asm().sse_to_int(op, to, d, a) }
    }

    /// `cvtsi2ss` or `cvtsi2sd`, without waiting for the old value.
    fn convert_from(&mut self, to: FloatSize, d: Xmm, from: Size, a: Gpr) {
        self.clear(d);
        let op = match to {
            FloatSize::F32 => sse::CVTSI2SS,
            FloatSize::F64 => sse::CVTSI2SD,
        };
        let from = bits(from);
        if self.features.avx {
            self.asm().avx_from_int(op, from, d, d, a)
        } else {
            self.asm().sse_from_int(op, from, d, a)
        }
    }

    /// Flips the sign of an integer.
    fn flip_sign(&mut self, d: Gpr) {
        self.asm().btc_imm(asm::Size::S64, d, 63);
    }

    fn sign_mask(size: FloatSize) -> u64 {
        match size {
            FloatSize::F32 => 1 << 31,
            FloatSize::F64 => 1 << 63,
        }
    }

    fn minimum_maximum(&mut self, max: bool, size: FloatSize, d: Xmm, a: Xmm, b: Xmm) {
        // Both are symmetric.
        let (a, b) = if d == b { (b, a) } else { (a, b) };
        if d != a {
            self.movaps(d, a);
        }
        let (equal, nan, done) = (self.buffer.label(), self.buffer.label(), self.buffer.label());
        self.ucomis(size, d, b);
        self.asm().jcc_short(Cc::P, nan);
        self.asm().jcc_short(Cc::E, equal);
        let op = if max { (sse::MAXSS, sse::MAXSD) } else { (sse::MINSS, sse::MINSD) };
        self.sse(scalar(size, op), d, d, b);
        self.asm().jmp_short(done);
        self.buffer.bind(equal);
        // Zeros of different signs are equal.
        self.sse(if max { sse::ANDPS } else { sse::ORPS }, d, d, b);
        self.asm().jmp_short(done);
        self.buffer.bind(nan);
        self.sse(scalar(size, ADD), d, d, b);
        self.buffer.bind(done);
    }

    /// A signed truncation whose result was the least integer: that, or a failure.
    fn check_truncation(&mut self, kind: Truncation, a: Xmm, nan: Label, overflow: Label, done: Label) {
        self.ucomis(kind.from, a, a);
        self.asm().jcc(Cc::P, nan);
        // The largest float whose truncation is too small, or the smallest one whose is not.
        let (bound, too_small) = match (kind.from, kind.to) {
            (FloatSize::F64, Size::S32) => (-2_147_483_649.0, Cc::Ae),
            (FloatSize::F32, Size::S32) => (-2_147_483_648.0, Cc::A),
            (_, Size::S64) => (-9_223_372_036_854_775_808.0, Cc::A),
        };
        self.load_scalar(kind.from, X15, bound);
        self.ucomis(kind.from, X15, a);
        self.asm().jcc(too_small, overflow);
        self.compare_zero(kind.from, a);
        self.asm().jcc(Cc::Ae, overflow);
        self.buffer.bind(done);
    }
}

impl FloatMasm for X64 {
    #[inline]
    fn fmov(&mut self, _: AbiType, d: Fp, a: Fp) {
        if d != a {
            self.movaps(xmm(d), xmm(a));
        }
    }

    fn fconstant(&mut self, size: FloatSize, d: Fp, bits: u64) {
        if bits == 0 {
            return self.clear(xmm(d));
        }
        self.load_bits(size, xmm(d), bits);
    }

    fn funary(&mut self, op: FloatUnary, size: FloatSize, d: Fp, a: Fp) {
        let (d, a) = (xmm(d), xmm(a));
        // Bit 3: no exception for inexact results.
        let mode = match op {
            FloatUnary::Abs => {
                let mask = self.lanes(size, Self::sign_mask(size) - 1);
                return self.sse_mem(sse::ANDPS, d, a, mask);
            }
            FloatUnary::Neg => {
                let mask = self.lanes(size, Self::sign_mask(size));
                return self.sse_mem(sse::XORPS, d, a, mask);
            }
            FloatUnary::Sqrt => return self.sse_partial(scalar(size, (sse::SQRTSS, sse::SQRTSD)), d, a),
            FloatUnary::Nearest => 8,
            FloatUnary::Floor => 9,
            FloatUnary::Ceil => 10,
            FloatUnary::Trunc => 11,
        };
        let op = match size {
            FloatSize::F32 => sse::ROUNDSS.registers(),
            FloatSize::F64 => sse::ROUNDSD.registers(),
        };
        if self.features.avx {
            return self.asm().avx_imm(op, d, a, a, mode);
        }
        if d != a {
            self.clear(d);
        }
        self.asm().sse_imm(op, d, a, mode);
    }

    fn fbinary(&mut self, op: FloatBinary, size: FloatSize, d: Fp, a: Fp, b: Fp) {
        let (d, a, b) = (xmm(d), xmm(a), xmm(b));
        let op = match op {
            FloatBinary::Add => ADD,
            FloatBinary::Mul => (sse::MULSS, sse::MULSD),
            FloatBinary::Sub => SUB,
            FloatBinary::Div => (sse::DIVSS, sse::DIVSD),
            FloatBinary::Min => return self.minimum_maximum(false, size, d, a, b),
            FloatBinary::Max => return self.minimum_maximum(true, size, d, a, b),
            FloatBinary::Copysign => {
                let mask = self.lanes(size, Self::sign_mask(size));
                let magnitude = self.lanes(size, Self::sign_mask(size) - 1);
                self.sse_mem(sse::ANDPS, X14, b, mask);
                self.sse_mem(sse::ANDPS, d, a, magnitude);
                return self.sse(sse::ORPS, d, d, X14);
            }
        };
        self.sse(scalar(size, op), d, a, b);
    }

    fn canonicalize(&mut self, size: FloatSize, d: Fp) {
        let done = self.buffer.label();
        self.ucomis(size, xmm(d), xmm(d));
        self.asm().jcc_short(Cc::Np, done);
        let nan = match size {
            FloatSize::F32 => 0x7fc0_0000,
            FloatSize::F64 => 0x7ff8_0000_0000_0000,
        };
        self.fconstant(size, d, nan);
        self.buffer.bind(done);
    }

    fn truncate(&mut self, kind: Truncation, d: Gp, a: Fp, nan: Label, overflow: Label) {
        let (d, a) = (gpr(d), xmm(a));
        let done = self.buffer.label();
        match (kind.signed, kind.to) {
            (true, to) => {
                self.truncate_to(kind.from, to, d, a);
                // The least integer, which also stands for failure, is the only one that overflows here.
                self.alu_ri(Alu::Cmp, to, d, 1);
                self.asm().jcc_short(Cc::No, done);
                self.check_truncation(kind, a, nan, overflow, done);
            }
            (false, Size::S32) => {
                self.truncate_to(kind.from, Size::S64, d, a);
                self.mov_rr(Size::S32, R11, d);
                self.alu_rr(Alu::Cmp, Size::S64, R11, d);
                self.asm().jcc_short(Cc::E, done);
                self.ucomis(kind.from, a, a);
                self.asm().jcc(Cc::P, nan);
                self.jump(overflow);
                self.buffer.bind(done);
            }
            (false, Size::S64) => {
                let large = self.buffer.label();
                self.load_scalar(kind.from, X15, 9_223_372_036_854_775_808.0);
                self.ucomis(kind.from, a, X15);
                self.asm().jcc(Cc::P, nan);
                self.asm().jcc_short(Cc::Ae, large);
                self.truncate_to(kind.from, Size::S64, d, a);
                self.compare(Size::S64, d, RegImm::Imm(0));
                self.asm().jcc(Cc::S, overflow);
                self.asm().jmp_short(done);
                self.buffer.bind(large);
                self.movaps(X14, a);
                self.sse(scalar(kind.from, SUB), X14, X14, X15);
                self.truncate_to(kind.from, Size::S64, d, X14);
                self.compare(Size::S64, d, RegImm::Imm(0));
                self.asm().jcc(Cc::S, overflow);
                self.flip_sign(d);
                self.buffer.bind(done);
            }
        }
    }

    fn truncate_saturating(&mut self, kind: Truncation, d: Gp, a: Fp) {
        let (d, a) = (gpr(d), xmm(a));
        let (done, positive, failed) = (self.buffer.label(), self.buffer.label(), self.buffer.label());
        if kind.signed {
            self.truncate_to(kind.from, kind.to, d, a);
            self.alu_ri(Alu::Cmp, kind.to, d, 1);
            self.asm().jcc_short(Cc::No, done);
            self.compare_zero(kind.from, a);
            self.asm().jcc_short(Cc::P, failed);
            // What is negative and too small has the right result already.
            self.asm().jcc_short(Cc::B, done);
            let most = if kind.to == Size::S32 { 0x7fff_ffff } else { 0x7fff_ffff_ffff_ffff };
            self.mov_imm(d, most);
            self.asm().jmp_short(done);
            self.buffer.bind(failed);
            self.mov_imm(d, 0);
            return self.buffer.bind(done);
        }
        self.compare_zero(kind.from, a);
        self.asm().jcc_short(Cc::A, positive);
        self.mov_imm(d, 0);
        self.asm().jmp_short(done);
        self.buffer.bind(positive);
        if kind.to == Size::S32 {
            self.truncate_to(kind.from, Size::S64, d, a);
            self.mov_rr(Size::S32, R11, d);
            self.alu_rr(Alu::Cmp, Size::S64, R11, d);
            self.asm().jcc_short(Cc::E, done);
            self.mov_imm(d, 0xffff_ffff);
        } else {
            self.truncate_to(kind.from, Size::S64, d, a);
            self.compare(Size::S64, d, RegImm::Imm(0));
            self.asm().jcc_short(Cc::Ns, done);
            self.load_scalar(kind.from, X15, 9_223_372_036_854_775_808.0);
            self.movaps(X14, a);
            self.sse(scalar(kind.from, SUB), X14, X14, X15);
            self.truncate_to(kind.from, Size::S64, d, X14);
            self.compare(Size::S64, d, RegImm::Imm(0));
            self.asm().jcc_short(Cc::S, failed);
            self.flip_sign(d);
            self.asm().jmp_short(done);
            self.buffer.bind(failed);
            self.mov_imm(d, u64::MAX);
        }
        self.buffer.bind(done);
    }

    fn convert(&mut self, to: FloatSize, d: Fp, from: Size, signed: bool, a: Gp) {
        match (from, signed) {
            (_, true) => self.convert_from(to, xmm(d), from, gpr(a)),
            (Size::S32, false) => {
                self.mov_rr(Size::S32, R11, gpr(a));
                self.convert_from(to, xmm(d), Size::S64, R11);
            }
            (Size::S64, false) => {
                let (large, done) = (self.buffer.label(), self.buffer.label());
                self.compare(Size::S64, gpr(a), RegImm::Imm(0));
                self.asm().jcc_short(Cc::S, large);
                self.convert_from(to, xmm(d), Size::S64, gpr(a));
                self.asm().jmp_short(done);
                self.buffer.bind(large);
                // Half of it, with the lost bit kept for rounding.
                self.mov_rr(Size::S64, R10, gpr(a));
                self.mov_rr(Size::S64, R11, gpr(a));
                self.asm().shift_imm(Shift::Shr, asm::Size::S64, R11, 1);
                self.alu_ri(Alu::And, Size::S32, R10, 1);
                self.alu_rr(Alu::Or, Size::S64, R11, R10);
                self.convert_from(to, xmm(d), Size::S64, R11);
                self.sse(scalar(to, ADD), xmm(d), xmm(d), xmm(d));
                self.buffer.bind(done);
            }
        }
    }

    fn demote(&mut self, d: Fp, a: Fp) {
        self.sse_partial(sse::CVTSD2SS.registers(), xmm(d), xmm(a));
    }

    fn promote(&mut self, d: Fp, a: Fp) {
        self.sse_partial(sse::CVTSS2SD.registers(), xmm(d), xmm(a));
    }

    fn float_bits(&mut self, size: Size, d: Gp, a: Fp) {
        let (size, d, a) = (bits(size), gpr(d), xmm(a));
        if self.features.avx { self.asm().avx_to_gpr(size, d, a) } else { self.asm().sse_to_gpr(size, d, a) }
    }

    fn float_from_bits(&mut self, size: Size, d: Fp, a: Gp) {
        self.vector_from_gpr(size, xmm(d), gpr(a));
    }
}

impl X64 {
    /// `movd` or `movq`.
    pub(super) fn vector_from_gpr(&mut self, size: Size, d: Xmm, a: Gpr) {
        let size = bits(size);
        if self.features.avx { self.asm().avx_from_gpr(size, d, a) } else { self.asm().sse_from_gpr(size, d, a) }
    }
}
