//! Vectors (Intel SDM, volume 2, by mnemonic). SSE4.2 is the floor; with AVX, instructions are three-address.
//!
//! Operations that are one instruction are rows of [`ops`]; [`compound`] has the others. xmm14 and xmm15 are scratch.

mod compound;
mod lanes;
mod ops;

use super::*;
use crate::masm::*;
use crate::reg::Reg;

/// `pcmpeqd`: of a register with itself, all ones.
const ALL_ONES: Op = ops::p66(0x76);
const PXOR: Op = ops::p66(0xef);
const PAND: Op = ops::p66(0xdb);
const PANDN: Op = ops::p66(0xdf);
const POR: Op = ops::p66(0xeb);
const PSHUFB: Op = ops::p38(0x00);
const PSHUFD: Op = ops::p66(0x70);

impl X64 {
    /// 16 bytes in memory.
    fn bytes(&mut self, bytes: &[u8; 16]) -> Rm {
        Rm::Mem(Mem::Rip(self.buffer.constant(bytes)))
    }

    /// The same byte 16 times, in memory.
    fn all8(&mut self, byte: u8) -> Rm {
        self.bytes(&[byte; 16])
    }

    /// The same 16 bits 8 times, in memory.
    fn all16(&mut self, half: u16) -> Rm {
        let [a, b] = half.to_le_bytes();
        self.bytes(&[a, b, a, b, a, b, a, b, a, b, a, b, a, b, a, b])
    }

    /// The same 32 bits 4 times, in memory.
    fn all32(&mut self, word: u32) -> Rm {
        let w = u128::from(word);
        self.bytes(&(w | w << 32 | w << 64 | w << 96).to_le_bytes())
    }

    /// The same 64 bits twice, in memory.
    fn all64(&mut self, long: u64) -> Rm {
        let l = u128::from(long);
        self.bytes(&(l | l << 64).to_le_bytes())
    }

    /// Loads 16 bytes.
    fn load16(&mut self, d: u8, mem: Rm) {
        let Rm::Mem(mem) = mem else { unreachable!("constants are in memory") };
        self.sse_move(op2(0x28), d, mem);
    }

    /// [`X64::sse`] with a constant operand.
    fn sse_imm(&mut self, op: Op, d: u8, a: u8, b: Rm, imm: u8) {
        if self.features.avx {
            return emit_vex(&mut self.buffer, op, d, a, b, Imm::Byte(imm));
        }
        if d != a {
            if let Rm::Reg(b) = b
                && b == d
            {
                self.movaps(X15, b);
                self.movaps(d, a);
                return self.rmi(op, d, Rm::Reg(X15), Imm::Byte(imm));
            }
            self.movaps(d, a);
        }
        self.rmi(op, d, b, Imm::Byte(imm));
    }

    /// Shifts lanes by a constant: an opcode with a number in the register field.
    fn shift_lanes(&mut self, opcode: u8, number: u8, d: u8, a: u8, imm: u8) {
        let op = ops::p66(opcode);
        if self.features.avx {
            emit_vex(&mut self.buffer, op, number, d, Rm::Reg(a), Imm::Byte(imm));
        } else {
            if d != a {
                self.movaps(d, a);
            }
            self.rmi(op, number, Rm::Reg(d), Imm::Byte(imm));
        }
    }

    fn zero(&mut self, d: u8) {
        self.sse(PXOR, d, d, Rm::Reg(d));
    }

    fn ones(&mut self, d: u8) {
        self.sse(ALL_ONES, d, d, Rm::Reg(d));
    }

    /// Flips all bits; uses xmm15.
    fn invert(&mut self, d: u8, a: u8) {
        self.ones(X15);
        self.sse(PXOR, d, a, Rm::Reg(X15));
    }

    /// `pshufd d, a, imm`.
    fn pshufd(&mut self, d: u8, a: u8, imm: u8) {
        self.sse_move_imm(PSHUFD, d, Rm::Reg(a), imm);
    }
}

impl SimdMasm for X64 {
    fn vector_constant(&mut self, d: Fp, value: u128) {
        match value {
            0 => self.zero(d.0),
            u128::MAX => self.ones(d.0),
            _ => {
                let mem = self.bytes(&value.to_le_bytes());
                self.load16(d.0, mem);
            }
        }
    }

    fn vector_unary(&mut self, op: VectorUnary, d: Fp, a: Fp) {
        match ops::unary(op) {
            Some(row) => self.sse_move(row, d.0, Rm::Reg(a.0)),
            None => self.compound_unary(op, d.0, a.0),
        }
    }

    fn vector_binary(&mut self, op: VectorBinary, d: Fp, a: Fp, b: Fp) {
        match ops::binary(op) {
            Some((row, false)) => self.sse(row, d.0, a.0, Rm::Reg(b.0)),
            Some((row, true)) => self.sse(row, d.0, b.0, Rm::Reg(a.0)),
            None => self.compound_binary(op, d.0, a.0, b.0),
        }
    }

    fn vector_ternary(&mut self, op: VectorTernary, d: Fp, a: Fp, b: Fp, c: Fp) {
        self.compound_ternary(op, d.0, a.0, b.0, c.0);
    }

    fn vector_shift(&mut self, op: ShiftOp, lanes: Lanes, d: Fp, a: Fp, count: RegImm) {
        match count {
            RegImm::Imm(count) => {
                let count = u8::try_from(count & i64::from(8 * lanes.bytes() - 1)).expect("below 64");
                self.shift_constant(op, lanes, d.0, a.0, count);
            }
            RegImm::Reg(count) => self.shift_variable(op, lanes, d.0, a.0, count.0),
        }
    }

    fn vector_canonicalize(&mut self, size: FloatSize, d: Fp) {
        // Unordered with itself: NaN.
        self.compare_floats(size, 3, X15, d.0, d.0);
        let canonical = match size {
            FloatSize::F32 => self.all32(0x7fc0_0000),
            FloatSize::F64 => self.all64(0x7ff8_0000_0000_0000),
        };
        self.sse(PAND, X14, X15, canonical);
        self.sse(PANDN, X15, X15, Rm::Reg(d.0));
        self.sse(POR, d.0, X14, Rm::Reg(X15));
    }

    fn vector_test(&mut self, op: VectorTest, d: Gp, a: Fp, temp: Fp) {
        self.test_vector(op, d.0, a.0, temp.0);
    }

    fn splat(&mut self, lanes: Lanes, d: Fp, a: Gp) {
        self.splat_int(lanes, d.0, a.0);
    }

    fn splat_float(&mut self, size: FloatSize, d: Fp, a: Fp) {
        self.pshufd(d.0, a.0, if size == FloatSize::F32 { 0 } else { 0x44 });
    }

    fn extract(&mut self, kind: Extract, lane: u8, d: Gp, a: Fp) {
        self.extract_int(kind, lane, d.0, a.0);
    }

    fn extract_float(&mut self, size: FloatSize, lane: u8, d: Fp, a: Fp) {
        match (size, lane) {
            (_, 0) => self.fmov(d, a),
            (FloatSize::F32, lane) => self.pshufd(d.0, a.0, lane),
            (FloatSize::F64, _) => self.pshufd(d.0, a.0, 0xee),
        }
    }

    fn replace(&mut self, lanes: Lanes, lane: u8, d: Fp, a: Fp, value: Gp) {
        self.insert(lanes, lane, d.0, a.0, Rm::Reg(value.0));
    }

    fn replace_float(&mut self, size: FloatSize, lane: u8, d: Fp, a: Fp, value: Fp) {
        match (size, lane) {
            (FloatSize::F32, lane) => self.sse_imm(ops::p3a(0x21), d.0, a.0, Rm::Reg(value.0), lane << 4),
            (FloatSize::F64, 0) => self.sse(op2(0x10).p(0xf2), d.0, a.0, Rm::Reg(value.0)),
            (FloatSize::F64, _) => self.sse(ops::p66(0x14), d.0, a.0, Rm::Reg(value.0)),
        }
    }

    fn shuffle(&mut self, lanes: &[u8; 16], d: Fp, a: Fp, b: Fp) {
        // Indices with the highest bit set give zero.
        let first = lanes.map(|lane| if lane < 16 { lane } else { 0x80 });
        let second = lanes.map(|lane| if lane < 16 { 0x80 } else { lane - 16 });
        let (first, second) = (self.bytes(&first), self.bytes(&second));
        self.sse(PSHUFB, X14, a.0, first);
        self.sse(PSHUFB, X15, b.0, second);
        self.sse(POR, d.0, X14, Rm::Reg(X15));
    }

    fn load_extend(&mut self, from: Lanes, signed: bool, d: Fp, addr: Addr) {
        let mem = self.access(addr);
        self.sse_move(ops::extend(from, signed), d.0, mem);
    }

    fn load_splat(&mut self, lanes: Lanes, d: Fp, addr: Addr) {
        match lanes {
            Lanes::L8 | Lanes::L16 => {
                let kind = if lanes == Lanes::L8 { LoadKind::I32U8 } else { LoadKind::I32U16 };
                self.load(kind, Gp(R11).into(), addr);
                self.splat_int(lanes, d.0, R11);
            }
            Lanes::L32 => {
                self.load(LoadKind::F32, d.into(), addr);
                self.pshufd(d.0, d.0, 0);
            }
            Lanes::L64 => {
                let mem = self.access(addr);
                self.sse_move(op2(0x12).p(0xf2), d.0, mem);
            }
        }
    }

    fn load_zero(&mut self, lanes: Lanes, d: Fp, addr: Addr) {
        let kind = if lanes == Lanes::L32 { LoadKind::F32 } else { LoadKind::F64 };
        self.load(kind, d.into(), addr);
    }

    fn load_lane(&mut self, lanes: Lanes, lane: u8, d: Fp, a: Fp, addr: Addr) {
        if !self.features.avx {
            // Before the trap is recorded, which is of the next instruction.
            self.fmov(d, a);
            let mem = self.access(addr);
            return self.insert(lanes, lane, d.0, d.0, Rm::Mem(mem));
        }
        let mem = self.access(addr);
        self.insert(lanes, lane, d.0, a.0, Rm::Mem(mem));
    }

    fn store_lane(&mut self, lanes: Lanes, lane: u8, a: Reg, addr: Addr) {
        let mem = self.access(addr);
        self.extract_to(lanes, lane, Rm::Mem(mem), a.fp().0);
    }
}
