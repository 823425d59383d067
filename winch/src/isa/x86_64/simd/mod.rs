//! Vectors (Intel SDM, volume 2, by mnemonic). SSE4.2 is the floor; with AVX, instructions are three-address.
//!
//! Operations that are one instruction are rows of [`ops`]; [`compound`] has the others. xmm14 and xmm15 are scratch.

mod compound;
mod lanes;
mod ops;

use super::*;
use crate::masm::*;
use crate::reg::Reg;
use gantry_abi::AbiType;

use sse::{PAND, PANDN, POR, PSHUFB, PXOR};

impl X64 {
    /// 16 bytes in memory.
    fn bytes(&mut self, bytes: &[u8; 16]) -> Mem<W128> {
        Mem::label(self.buffer.constant(bytes))
    }

    /// The same byte 16 times, in memory.
    fn all8(&mut self, byte: u8) -> Mem<W128> {
        self.bytes(&[byte; 16])
    }

    /// The same 16 bits 8 times, in memory.
    fn all16(&mut self, half: u16) -> Mem<W128> {
        let [a, b] = half.to_le_bytes();
        self.bytes(&[a, b, a, b, a, b, a, b, a, b, a, b, a, b, a, b])
    }

    /// The same 32 bits 4 times, in memory.
    fn all32(&mut self, word: u32) -> Mem<W128> {
        let w = u128::from(word);
        self.bytes(&(w | w << 32 | w << 64 | w << 96).to_le_bytes())
    }

    /// The same 64 bits twice, in memory.
    fn all64(&mut self, long: u64) -> Mem<W128> {
        let l = u128::from(long);
        self.bytes(&(l | l << 64).to_le_bytes())
    }

    /// Loads 16 bytes, which are aligned.
    fn load16(&mut self, d: Xmm, mem: Mem<W128>) {
        self.sse1_mem(sse::MOVAPS, d, mem);
    }

    /// [`X64::sse`] with a constant operand.
    fn sse_imm<W: Copy>(&mut self, op: sse::BinaryImm<W>, d: Xmm, a: Xmm, b: Xmm, imm: u8) {
        if self.features.avx {
            return self.asm().avx_imm(op, d, a, b, imm);
        }
        let b = self.legacy_operands(d, a, b);
        self.asm().sse_imm(op, d, b, imm);
    }

    /// Shifts lanes by a constant.
    fn shift_lanes(&mut self, op: sse::ShiftImm, d: Xmm, a: Xmm, imm: u8) {
        if self.features.avx {
            return self.asm().avx_shift(op, d, a, imm);
        }
        if d != a {
            self.movaps(d, a);
        }
        self.asm().sse_shift(op, d, imm);
    }

    fn zero(&mut self, d: Xmm) {
        self.sse(PXOR, d, d, d);
    }

    fn ones(&mut self, d: Xmm) {
        // Equal to itself.
        self.sse(sse::PCMPEQD, d, d, d);
    }

    /// Flips all bits; uses xmm15.
    fn invert(&mut self, d: Xmm, a: Xmm) {
        self.ones(X15);
        self.sse(PXOR, d, a, X15);
    }

    fn pshufd(&mut self, d: Xmm, a: Xmm, imm: u8) {
        self.sse1_imm(sse::PSHUFD, d, a, imm);
    }
}

impl SimdMasm for X64 {
    fn vector_constant(&mut self, d: Fp, value: u128) {
        match value {
            0 => self.zero(xmm(d)),
            u128::MAX => self.ones(xmm(d)),
            _ => {
                let mem = self.bytes(&value.to_le_bytes());
                self.load16(xmm(d), mem);
            }
        }
    }

    fn vector_unary(&mut self, op: VectorUnary, d: Fp, a: Fp) {
        match ops::unary(op) {
            Some(row) => self.sse1(row, xmm(d), xmm(a)),
            None => self.compound_unary(op, xmm(d), xmm(a)),
        }
    }

    fn vector_binary(&mut self, op: VectorBinary, d: Fp, a: Fp, b: Fp) {
        match ops::binary(op) {
            Some((row, false)) => self.sse(row, xmm(d), xmm(a), xmm(b)),
            Some((row, true)) => self.sse(row, xmm(d), xmm(b), xmm(a)),
            None => self.compound_binary(op, xmm(d), xmm(a), xmm(b)),
        }
    }

    fn vector_ternary(&mut self, op: VectorTernary, d: Fp, a: Fp, b: Fp, c: Fp) {
        self.compound_ternary(op, xmm(d), xmm(a), xmm(b), xmm(c));
    }

    fn vector_shift(&mut self, op: ShiftOp, lanes: Lanes, d: Fp, a: Fp, count: RegImm) {
        match count {
            RegImm::Imm(count) => {
                let count = u8::try_from(count & i64::from(8 * lanes.bytes() - 1)).expect("below 64");
                self.shift_constant(op, lanes, xmm(d), xmm(a), count);
            }
            RegImm::Reg(count) => self.shift_variable(op, lanes, xmm(d), xmm(a), gpr(count)),
        }
    }

    fn vector_canonicalize(&mut self, size: FloatSize, d: Fp) {
        // Unordered with itself: NaN.
        let d = xmm(d);
        self.compare_floats(size, 3, X15, d, d);
        let canonical = match size {
            FloatSize::F32 => self.all32(0x7fc0_0000),
            FloatSize::F64 => self.all64(0x7ff8_0000_0000_0000),
        };
        self.sse_mem(PAND, X14, X15, canonical);
        self.sse(PANDN, X15, X15, d);
        self.sse(POR, d, X14, X15);
    }

    fn vector_test(&mut self, op: VectorTest, d: Gp, a: Fp, temp: Fp) {
        self.test_vector(op, gpr(d), xmm(a), xmm(temp));
    }

    fn splat(&mut self, lanes: Lanes, d: Fp, a: Gp) {
        self.splat_int(lanes, xmm(d), gpr(a));
    }

    fn splat_float(&mut self, size: FloatSize, d: Fp, a: Fp) {
        self.pshufd(xmm(d), xmm(a), if size == FloatSize::F32 { 0 } else { 0x44 });
    }

    fn extract(&mut self, kind: Extract, lane: u8, d: Gp, a: Fp) {
        self.extract_int(kind, lane, gpr(d), xmm(a));
    }

    fn extract_float(&mut self, size: FloatSize, lane: u8, d: Fp, a: Fp) {
        match (size, lane) {
            (_, 0) => self.fmov(AbiType::V128, d, a),
            (FloatSize::F32, lane) => self.pshufd(xmm(d), xmm(a), lane),
            (FloatSize::F64, _) => self.pshufd(xmm(d), xmm(a), 0xee),
        }
    }

    fn replace(&mut self, lanes: Lanes, lane: u8, d: Fp, a: Fp, value: Gp) {
        self.insert(lanes, lane, xmm(d), xmm(a), gpr(value));
    }

    fn replace_float(&mut self, size: FloatSize, lane: u8, d: Fp, a: Fp, value: Fp) {
        let (d, a, value) = (xmm(d), xmm(a), xmm(value));
        match (size, lane) {
            (FloatSize::F32, lane) => self.sse_imm(sse::INSERTPS, d, a, value, lane << 4),
            (FloatSize::F64, 0) if self.features.avx => self.asm().avx_reg(sse::MOVSD, d, a, value),
            (FloatSize::F64, 0) => {
                let value = self.legacy_operands(d, a, value);
                self.asm().sse_reg(sse::MOVSD, d, value);
            }
            (FloatSize::F64, _) => self.sse(sse::UNPCKLPD, d, a, value),
        }
    }

    fn shuffle(&mut self, lanes: &[u8; 16], d: Fp, a: Fp, b: Fp) {
        // Indices with the highest bit set give zero.
        let first = lanes.map(|lane| if lane < 16 { lane } else { 0x80 });
        let second = lanes.map(|lane| if lane < 16 { 0x80 } else { lane - 16 });
        let (first, second) = (self.bytes(&first), self.bytes(&second));
        self.sse_mem(PSHUFB, X14, xmm(a), first);
        self.sse_mem(PSHUFB, X15, xmm(b), second);
        self.sse(POR, xmm(d), X14, X15);
    }

    fn load_vector(&mut self, d: Fp, addr: Addr<VectorLoad>) {
        let (d, from) = (xmm(d), self.access(addr));
        match addr.kind() {
            VectorLoad::Extend(lanes, signed) => self.sse1_mem(ops::extend(lanes, signed), d, from.mem()),
            VectorLoad::Splat(Lanes::L8) => {
                self.asm().load_extend(false, asm::Size::S32, R11, from.mem::<W8>());
                self.splat_int(Lanes::L8, d, R11);
            }
            VectorLoad::Splat(Lanes::L16) => {
                self.asm().load_extend(false, asm::Size::S32, R11, from.mem::<W16>());
                self.splat_int(Lanes::L16, d, R11);
            }
            VectorLoad::Splat(Lanes::L32) => {
                self.sse_load(sse::MOVSS_LOAD, d, from.mem());
                self.pshufd(d, d, 0);
            }
            VectorLoad::Splat(Lanes::L64) => self.sse1_mem(sse::MOVDDUP, d, from.mem()),
            VectorLoad::Zero(Lanes::L32) => self.sse_load(sse::MOVSS_LOAD, d, from.mem()),
            VectorLoad::Zero(_) => self.sse_load(sse::MOVSD_LOAD, d, from.mem()),
        }
    }

    fn load_lane(&mut self, lane: u8, d: Fp, a: Fp, addr: Addr<Lanes>) {
        let (d, mut a) = (xmm(d), xmm(a));
        if !self.features.avx && d != a {
            // Before the trap is recorded, which is of the next instruction.
            self.movaps(d, a);
            a = d;
        }
        let from = self.access(addr);
        match addr.kind() {
            Lanes::L8 => self.insert_mem(sse::PINSRB, lane, d, a, from.mem()),
            Lanes::L16 => self.insert_mem(sse::PINSRW, lane, d, a, from.mem()),
            Lanes::L32 => self.insert_mem(sse::PINSRD, lane, d, a, from.mem()),
            Lanes::L64 => self.insert_mem(sse::PINSRQ, lane, d, a, from.mem()),
        }
    }

    fn store_lane(&mut self, lane: u8, a: Reg, addr: Addr<Lanes>) {
        let (a, to) = (xmm(a.fp()), self.access(addr));
        match addr.kind() {
            Lanes::L8 => self.extract_mem(sse::PEXTRB, lane, to.mem(), a),
            Lanes::L16 => self.extract_mem(sse::PEXTRW, lane, to.mem(), a),
            Lanes::L32 => self.extract_mem(sse::PEXTRD, lane, to.mem(), a),
            Lanes::L64 => self.extract_mem(sse::PEXTRQ, lane, to.mem(), a),
        }
    }
}
