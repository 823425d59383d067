//! Floats (Intel SDM, volume 2, by mnemonic).

use super::control::*;
use super::*;
use crate::masm::*;
use gantry_emit::Label;

const AND: Op = op2(0x54);
const OR: Op = op2(0x56);
const XOR: Op = op2(0x57);

/// The prefix of scalar instructions.
const fn prefix(size: FloatSize) -> u8 {
    match size {
        FloatSize::F32 => 0xf3,
        FloatSize::F64 => 0xf2,
    }
}

/// The bits of a float as wide as the operation.
fn bits(size: FloatSize, value: f64) -> u64 {
    match size {
        #[expect(clippy::cast_possible_truncation, reason = "the constants used are powers of two")]
        FloatSize::F32 => (value as f32).to_bits().into(),
        FloatSize::F64 => value.to_bits(),
    }
}

impl X64 {
    /// A three-address vector instruction; its legacy form is two-address.
    pub(super) fn sse(&mut self, op: Op, d: u8, a: u8, b: Rm) {
        if self.features.avx {
            return emit_vex(&mut self.buffer, op, d, a, b, Imm::None);
        }
        if d != a {
            if let Rm::Reg(b) = b
                && b == d
            {
                self.movaps(X15, b);
                self.movaps(d, a);
                return self.rr(op, d, X15);
            }
            self.movaps(d, a);
        }
        self.rm(op, d, b);
    }

    /// A vector instruction with one operand besides the destination.
    #[inline]
    pub(super) fn sse_move(&mut self, op: Op, reg: u8, rm: impl Into<Rm>) {
        if self.features.avx {
            emit_vex(&mut self.buffer, op, reg, 0, rm.into(), Imm::None);
        } else {
            self.rm(op, reg, rm);
        }
    }

    /// The same with a constant operand.
    pub(super) fn sse_move_imm(&mut self, op: Op, reg: u8, rm: impl Into<Rm>, imm: u8) {
        if self.features.avx {
            emit_vex(&mut self.buffer, op, reg, 0, rm.into(), Imm::Byte(imm));
        } else {
            self.rmi(op, reg, rm, Imm::Byte(imm));
        }
    }

    #[inline]
    pub(super) fn movaps(&mut self, d: u8, a: u8) {
        self.sse_move(op2(0x28), d, Rm::Reg(a));
    }

    /// `ucomiss` or `ucomisd`.
    pub(super) fn ucomis(&mut self, size: FloatSize, a: u8, b: u8) {
        let prefix = if size == FloatSize::F64 { 0x66 } else { 0 };
        self.sse_move(op2(0x2e).p(prefix), a, Rm::Reg(b));
    }

    /// A 16-byte constant in memory: the same bits in every lane.
    fn lanes(&mut self, size: FloatSize, bits: u64) -> Rm {
        let mut bytes = [0; 16];
        match size {
            FloatSize::F32 => {
                let bits = bits.to_le_bytes();
                bytes.chunks_exact_mut(4).for_each(|lane| lane.copy_from_slice(&bits[..4]));
            }
            FloatSize::F64 => bytes.chunks_exact_mut(8).for_each(|lane| lane.copy_from_slice(&bits.to_le_bytes())),
        }
        Rm::Mem(Mem::Rip(self.buffer.constant(&bytes)))
    }

    /// A scalar constant in memory.
    fn scalar(&mut self, size: FloatSize, value: f64) -> Rm {
        let bits = bits(size, value).to_le_bytes();
        let len = if size == FloatSize::F32 { 4 } else { 8 };
        Rm::Mem(Mem::Rip(self.buffer.constant(&bits[..len])))
    }

    fn load_scalar(&mut self, size: FloatSize, d: u8, value: f64) {
        let Rm::Mem(mem) = self.scalar(size, value) else { unreachable!("in memory") };
        self.sse_move(op2(0x10).p(prefix(size)), d, mem);
    }

    /// Compares with zero, which lands in xmm15.
    fn compare_zero(&mut self, size: FloatSize, a: u8) {
        self.sse(XOR, X15, X15, Rm::Reg(X15));
        self.ucomis(size, a, X15);
    }

    /// `cvttss2si` or `cvttsd2si`.
    fn truncate_to(&mut self, from: FloatSize, to: Size, d: u8, a: u8) {
        self.sse_move(op2(0x2c).p(prefix(from)).w(to == Size::S64), d, Rm::Reg(a));
    }

    /// `cvtsi2ss` or `cvtsi2sd`, without waiting for the old value.
    fn convert_from(&mut self, to: FloatSize, d: u8, from: Size, a: u8) {
        self.sse(XOR, d, d, Rm::Reg(d));
        let op = op2(0x2a).p(prefix(to)).w(from == Size::S64);
        if self.features.avx {
            emit_vex(&mut self.buffer, op, d, d, Rm::Reg(a), Imm::None);
        } else {
            self.rr(op, d, a);
        }
    }

    /// `btc d, 63`: flips the sign.
    fn flip_sign(&mut self, d: u8) {
        self.rmi(op2(0xba).w(true), 7, Rm::Reg(d), Imm::Byte(63));
    }

    fn sign_mask(size: FloatSize) -> u64 {
        match size {
            FloatSize::F32 => 1 << 31,
            FloatSize::F64 => 1 << 63,
        }
    }

    fn minimum_maximum(&mut self, max: bool, size: FloatSize, d: u8, a: u8, b: u8) {
        // Both are symmetric.
        let (a, b) = if d == b { (b, a) } else { (a, b) };
        if d != a {
            self.movaps(d, a);
        }
        let (equal, nan, done) = (self.buffer.label(), self.buffer.label(), self.buffer.label());
        self.ucomis(size, d, b);
        self.jcc_short(P, nan);
        self.jcc_short(E, equal);
        let op = op2(if max { 0x5f } else { 0x5d }).p(prefix(size));
        self.sse(op, d, d, Rm::Reg(b));
        self.jump_short(done);
        self.buffer.bind(equal);
        // Zeros of different signs are equal.
        self.sse(if max { AND } else { OR }, d, d, Rm::Reg(b));
        self.jump_short(done);
        self.buffer.bind(nan);
        self.sse(op2(0x58).p(prefix(size)), d, d, Rm::Reg(b));
        self.buffer.bind(done);
    }

    /// A signed truncation whose result was the least integer: that, or a failure.
    fn check_truncation(&mut self, kind: Truncation, a: u8, nan: Label, overflow: Label, done: Label) {
        self.ucomis(kind.from, a, a);
        self.jcc(P, nan);
        // The largest float whose truncation is too small, or the smallest one whose is not.
        let (bound, too_small) = match (kind.from, kind.to) {
            (FloatSize::F64, Size::S32) => (-2_147_483_649.0, AE),
            (FloatSize::F32, Size::S32) => (-2_147_483_648.0, A),
            (_, Size::S64) => (-9_223_372_036_854_775_808.0, A),
        };
        self.load_scalar(kind.from, X15, bound);
        self.ucomis(kind.from, X15, a);
        self.jcc(too_small, overflow);
        self.compare_zero(kind.from, a);
        self.jcc(AE, overflow);
        self.buffer.bind(done);
    }
}

impl FloatMasm for X64 {
    #[inline]
    fn fmov(&mut self, d: Fp, a: Fp) {
        if d != a {
            self.movaps(d.0, a.0);
        }
    }

    fn fconstant(&mut self, size: FloatSize, d: Fp, bits: u64) {
        if bits == 0 {
            return self.sse(XOR, d.0, d.0, Rm::Reg(d.0));
        }
        let bytes = bits.to_le_bytes();
        let len = if size == FloatSize::F32 { 4 } else { 8 };
        let label = self.buffer.constant(&bytes[..len]);
        self.sse_move(op2(0x10).p(prefix(size)), d.0, Mem::Rip(label));
    }

    fn funary(&mut self, op: FloatUnary, size: FloatSize, d: Fp, a: Fp) {
        let (d, a) = (d.0, a.0);
        match op {
            FloatUnary::Abs => {
                let mask = self.lanes(size, Self::sign_mask(size) - 1);
                self.sse(AND, d, a, mask);
            }
            FloatUnary::Neg => {
                let mask = self.lanes(size, Self::sign_mask(size));
                self.sse(XOR, d, a, mask);
            }
            FloatUnary::Sqrt => {
                if self.features.avx {
                    emit_vex(&mut self.buffer, op2(0x51).p(prefix(size)), d, a, Rm::Reg(a), Imm::None);
                } else {
                    if d != a {
                        self.sse(XOR, d, d, Rm::Reg(d));
                    }
                    self.rr(op2(0x51).p(prefix(size)), d, a);
                }
            }
            FloatUnary::Ceil | FloatUnary::Floor | FloatUnary::Trunc | FloatUnary::Nearest => {
                // Bit 3: no exception for inexact results.
                let mode = match op {
                    FloatUnary::Nearest => 8,
                    FloatUnary::Floor => 9,
                    FloatUnary::Ceil => 10,
                    _ => 11,
                };
                let opcode = if size == FloatSize::F32 { 0x0a } else { 0x0b };
                let op = Op { prefix: 0x66, map: 3, opcode, w: false };
                if self.features.avx {
                    emit_vex(&mut self.buffer, op, d, a, Rm::Reg(a), Imm::Byte(mode));
                } else {
                    if d != a {
                        self.sse(XOR, d, d, Rm::Reg(d));
                    }
                    self.rmi(op, d, Rm::Reg(a), Imm::Byte(mode));
                }
            }
        }
    }

    fn fbinary(&mut self, op: FloatBinary, size: FloatSize, d: Fp, a: Fp, b: Fp) {
        let (d, a, b) = (d.0, a.0, b.0);
        let opcode = match op {
            FloatBinary::Add => 0x58,
            FloatBinary::Mul => 0x59,
            FloatBinary::Sub => 0x5c,
            FloatBinary::Div => 0x5e,
            FloatBinary::Min => return self.minimum_maximum(false, size, d, a, b),
            FloatBinary::Max => return self.minimum_maximum(true, size, d, a, b),
            FloatBinary::Copysign => {
                let mask = self.lanes(size, Self::sign_mask(size));
                let magnitude = self.lanes(size, Self::sign_mask(size) - 1);
                self.movaps(X14, b);
                self.sse(AND, X14, X14, mask);
                self.sse(AND, d, a, magnitude);
                return self.sse(OR, d, d, Rm::Reg(X14));
            }
        };
        self.sse(op2(opcode).p(prefix(size)), d, a, Rm::Reg(b));
    }

    fn canonicalize(&mut self, size: FloatSize, d: Fp) {
        let done = self.buffer.label();
        self.ucomis(size, d.0, d.0);
        self.jcc_short(NP, done);
        let nan = match size {
            FloatSize::F32 => 0x7fc0_0000,
            FloatSize::F64 => 0x7ff8_0000_0000_0000,
        };
        self.fconstant(size, d, nan);
        self.buffer.bind(done);
    }

    fn truncate(&mut self, kind: Truncation, d: Gp, a: Fp, nan: Label, overflow: Label) {
        let (d, a) = (d.0, a.0);
        let done = self.buffer.label();
        match (kind.signed, kind.to) {
            (true, to) => {
                self.truncate_to(kind.from, to, d, a);
                // The least integer, which also stands for failure, is the only one that overflows here.
                self.group1_ri(super::int::CMP, to, Rm::Reg(d), 1);
                self.jcc_short(NO, done);
                self.check_truncation(kind, a, nan, overflow, done);
            }
            (false, Size::S32) => {
                self.truncate_to(kind.from, Size::S64, d, a);
                self.mov_rr(Size::S32, R11, d);
                self.group1_rr(super::int::CMP, Size::S64, R11, d);
                self.jcc_short(E, done);
                self.ucomis(kind.from, a, a);
                self.jcc(P, nan);
                self.jump(overflow);
                self.buffer.bind(done);
            }
            (false, Size::S64) => {
                let large = self.buffer.label();
                self.load_scalar(kind.from, X15, 9_223_372_036_854_775_808.0);
                self.ucomis(kind.from, a, X15);
                self.jcc(P, nan);
                self.jcc_short(AE, large);
                self.truncate_to(kind.from, Size::S64, d, a);
                self.compare(Size::S64, d, RegImm::Imm(0));
                self.jcc(S, overflow);
                self.jump_short(done);
                self.buffer.bind(large);
                self.movaps(X14, a);
                self.sse(op2(0x5c).p(prefix(kind.from)), X14, X14, Rm::Reg(X15));
                self.truncate_to(kind.from, Size::S64, d, X14);
                self.compare(Size::S64, d, RegImm::Imm(0));
                self.jcc(S, overflow);
                self.flip_sign(d);
                self.buffer.bind(done);
            }
        }
    }

    fn truncate_saturating(&mut self, kind: Truncation, d: Gp, a: Fp) {
        let (d, a) = (d.0, a.0);
        let (done, positive, failed) = (self.buffer.label(), self.buffer.label(), self.buffer.label());
        if kind.signed {
            self.truncate_to(kind.from, kind.to, d, a);
            self.group1_ri(super::int::CMP, kind.to, Rm::Reg(d), 1);
            self.jcc_short(NO, done);
            self.compare_zero(kind.from, a);
            self.jcc_short(P, failed);
            // What is negative and too small has the right result already.
            self.jcc_short(B, done);
            let most = if kind.to == Size::S32 { 0x7fff_ffff } else { 0x7fff_ffff_ffff_ffff };
            self.mov_imm(d, most);
            self.jump_short(done);
            self.buffer.bind(failed);
            self.mov_imm(d, 0);
            return self.buffer.bind(done);
        }
        self.compare_zero(kind.from, a);
        self.jcc_short(A, positive);
        self.mov_imm(d, 0);
        self.jump_short(done);
        self.buffer.bind(positive);
        if kind.to == Size::S32 {
            self.truncate_to(kind.from, Size::S64, d, a);
            self.mov_rr(Size::S32, R11, d);
            self.group1_rr(super::int::CMP, Size::S64, R11, d);
            self.jcc_short(E, done);
            self.mov_imm(d, 0xffff_ffff);
        } else {
            self.truncate_to(kind.from, Size::S64, d, a);
            self.compare(Size::S64, d, RegImm::Imm(0));
            self.jcc_short(NS, done);
            self.load_scalar(kind.from, X15, 9_223_372_036_854_775_808.0);
            self.movaps(X14, a);
            self.sse(op2(0x5c).p(prefix(kind.from)), X14, X14, Rm::Reg(X15));
            self.truncate_to(kind.from, Size::S64, d, X14);
            self.compare(Size::S64, d, RegImm::Imm(0));
            self.jcc_short(S, failed);
            self.flip_sign(d);
            self.jump_short(done);
            self.buffer.bind(failed);
            self.mov_imm(d, u64::MAX);
        }
        self.buffer.bind(done);
    }

    fn convert(&mut self, to: FloatSize, d: Fp, from: Size, signed: bool, a: Gp) {
        match (from, signed) {
            (_, true) => self.convert_from(to, d.0, from, a.0),
            (Size::S32, false) => {
                self.mov_rr(Size::S32, R11, a.0);
                self.convert_from(to, d.0, Size::S64, R11);
            }
            (Size::S64, false) => {
                let (large, done) = (self.buffer.label(), self.buffer.label());
                self.compare(Size::S64, a.0, RegImm::Imm(0));
                self.jcc_short(S, large);
                self.convert_from(to, d.0, Size::S64, a.0);
                self.jump_short(done);
                self.buffer.bind(large);
                // Half of it, with the lost bit kept for rounding.
                self.mov_rr(Size::S64, R10, a.0);
                self.mov_rr(Size::S64, R11, a.0);
                self.shift_imm(5, Size::S64, R11, 1);
                self.group1_ri(4, Size::S32, Rm::Reg(R10), 1);
                self.group1_rr(1, Size::S64, R11, R10);
                self.convert_from(to, d.0, Size::S64, R11);
                self.sse(op2(0x58).p(prefix(to)), d.0, d.0, Rm::Reg(d.0));
                self.buffer.bind(done);
            }
        }
    }

    fn demote(&mut self, d: Fp, a: Fp) {
        self.resize(0xf2, d.0, a.0);
    }

    fn promote(&mut self, d: Fp, a: Fp) {
        self.resize(0xf3, d.0, a.0);
    }

    fn float_bits(&mut self, size: Size, d: Gp, a: Fp) {
        self.sse_move(op2(0x7e).p(0x66).w(size == Size::S64), a.0, Rm::Reg(d.0));
    }

    fn float_from_bits(&mut self, size: Size, d: Fp, a: Gp) {
        self.sse_move(op2(0x6e).p(0x66).w(size == Size::S64), d.0, Rm::Reg(a.0));
    }
}

impl X64 {
    /// `cvtsd2ss` or `cvtss2sd`.
    fn resize(&mut self, prefix: u8, d: u8, a: u8) {
        let op = op2(0x5a).p(prefix);
        if self.features.avx {
            emit_vex(&mut self.buffer, op, d, a, Rm::Reg(a), Imm::None);
        } else {
            if d != a {
                self.sse(XOR, d, d, Rm::Reg(d));
            }
            self.rr(op, d, a);
        }
    }
}
