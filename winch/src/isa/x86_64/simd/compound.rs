//! Operations that take several instructions.

use super::ops::{equal, extreme, packed};
use super::*;
use sse::{PADDD, PMADDUBSW, PMADDWD, PMULUDQ};

const PSHUFD_HIGH: u8 = 0xee;

impl X64 {
    /// `cmpps` or `cmppd` with this predicate: 0 equal, 1 less, 2 less or equal, 3 unordered, 4 not equal.
    pub(super) fn compare_floats(&mut self, size: FloatSize, predicate: u8, d: Xmm, a: Xmm, b: Xmm) {
        let op = if size == FloatSize::F32 { sse::CMPPS } else { sse::CMPPD };
        self.sse_imm(op, d, a, b, predicate);
    }

    pub(super) fn compound_unary(&mut self, op: VectorUnary, d: Xmm, a: Xmm) {
        use VectorUnary as U;
        match op {
            U::Not => self.invert(d, a),
            U::Abs(_) => {
                // Of 64 bits: flip negative ones and add 1 to them.
                self.zero(X14);
                self.sse(sse::PCMPGTQ, X14, X14, a);
                self.sse(PXOR, d, a, X14);
                self.sse(sse::PSUBQ, d, d, X14);
            }
            U::Neg(lanes) => {
                self.zero(X14);
                self.vector_binary(VectorBinary::Sub(lanes), Fp(d.0), Fp(X14.0), Fp(a.0));
            }
            U::Popcnt => self.popcnt(d, a),
            U::Float(op, size) => self.float_lanes(op, size, d, a),
            U::Extend(Widen { from, signed, .. }) => {
                self.pshufd(d, a, PSHUFD_HIGH);
                self.sse1(super::ops::extend(from, signed), d, d);
            }
            U::ExtAddPairwise(Lanes::L8, true) => {
                let ones = self.all8(1);
                self.load16(X14, ones);
                self.sse(PMADDUBSW, d, X14, a);
            }
            U::ExtAddPairwise(Lanes::L8, false) => {
                let ones = self.all8(1);
                self.sse_mem(PMADDUBSW, d, a, ones);
            }
            U::ExtAddPairwise(_, true) => {
                let ones = self.all16(1);
                self.sse_mem(PMADDWD, d, a, ones);
            }
            U::ExtAddPairwise(_, false) => {
                // Signed products of what is 2^15 less; twice that is missing.
                let (sign, ones, missing) = (self.all16(0x8000), self.all16(1), self.all32(0x1_0000));
                self.sse_mem(PXOR, d, a, sign);
                self.sse_mem(PMADDWD, d, d, ones);
                self.sse_mem(PADDD, d, d, missing);
            }
            U::TruncSat(true) => {
                // NaN becomes 0; what is too large has become the least integer, and is flipped to the greatest.
                self.compare_floats(FloatSize::F32, 0, X15, a, a);
                self.sse(PAND, X14, a, X15);
                self.sse1(sse::CVTTPS2DQ, d, X14);
                let limit = self.all32(0x4f00_0000);
                self.load16(X15, limit);
                self.compare_floats(FloatSize::F32, 2, X15, X15, X14);
                self.sse(PXOR, d, d, X15);
            }
            U::TruncSat(false) | U::RelaxedTrunc(_) => self.truncate_unsigned(d, a),
            U::TruncSatZero(true) => {
                // NaN becomes 0; what is too small becomes the least integer by itself.
                let most = self.all64(0x41df_ffff_ffc0_0000);
                self.compare_floats(FloatSize::F64, 0, X14, a, a);
                self.sse_mem(PAND, X14, X14, most);
                self.sse(sse::MINPD, d, a, X14);
                self.sse1(sse::CVTTPD2DQ, d, d);
            }
            U::TruncSatZero(false) | U::RelaxedTruncZero(_) => {
                // An integer added to 2^52 stands in the low bits.
                let (most, magic) = (self.all64(0x41ef_ffff_ffe0_0000), self.all64(0x4330_0000_0000_0000));
                self.zero(X15);
                self.sse(sse::MAXPD, X14, a, X15);
                self.sse_mem(sse::MINPD, X14, X14, most);
                self.sse1_imm(sse::ROUNDPD, X14, X14, 11);
                self.sse_mem(sse::ADDPD, X14, X14, magic);
                self.sse_imm(sse::SHUFPS, d, X14, X15, 0x88);
            }
            U::Convert(_) => {
                // Halves are converted exactly; their sum is rounded once.
                let (mask, scale) = (self.all32(0xffff), self.all32(0x4780_0000));
                self.sse_mem(PAND, X14, a, mask);
                self.shift_lanes(sse::PSRLD_IMM, d, a, 16);
                self.sse1(sse::CVTDQ2PS, X14, X14);
                self.sse1(sse::CVTDQ2PS, d, d);
                self.sse_mem(sse::MULPS, d, d, scale);
                self.sse(sse::ADDPS, d, d, X14);
            }
            U::ConvertLow(_) => {
                // 2^52 plus the integer, by its bits.
                let (exponent, magic) = (self.all32(0x4330_0000), self.all64(0x4330_0000_0000_0000));
                self.sse_mem(sse::PUNPCKLDQ, d, a, exponent);
                self.sse_mem(sse::SUBPD, d, d, magic);
            }
            U::DemoteZero | U::PromoteLow => unreachable!("one instruction"),
        }
    }

    fn float_lanes(&mut self, op: FloatUnary, size: FloatSize, d: Xmm, a: Xmm) {
        let sign = |x: &mut Self, flip: bool| match size {
            FloatSize::F32 => x.all32(if flip { 1 << 31 } else { u32::MAX >> 1 }),
            FloatSize::F64 => x.all64(if flip { 1 << 63 } else { u64::MAX >> 1 }),
        };
        let mode = match op {
            FloatUnary::Abs => {
                let mask = sign(self, false);
                return self.sse_mem(PAND, d, a, mask);
            }
            FloatUnary::Neg => {
                let mask = sign(self, true);
                return self.sse_mem(PXOR, d, a, mask);
            }
            FloatUnary::Sqrt => unreachable!("one instruction"),
            FloatUnary::Nearest => 8,
            FloatUnary::Floor => 9,
            FloatUnary::Ceil => 10,
            FloatUnary::Trunc => 11,
        };
        let op = if size == FloatSize::F32 { sse::ROUNDPS } else { sse::ROUNDPD };
        self.sse1_imm(op, d, a, mode);
    }

    fn popcnt(&mut self, d: Xmm, a: Xmm) {
        const ONES: [u8; 16] = [0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4];
        let (mask, table) = (self.all8(0x0f), self.bytes(&ONES));
        self.shift_lanes(sse::PSRLW_IMM, X15, a, 4);
        self.sse_mem(PAND, X15, X15, mask);
        self.sse_mem(PAND, X14, a, mask);
        self.load16(d, table);
        self.sse(PSHUFB, d, d, X14);
        self.load16(X14, table);
        self.sse(PSHUFB, X14, X14, X15);
        self.sse(sse::PADDB, d, d, X14);
    }

    fn truncate_unsigned(&mut self, d: Xmm, a: Xmm) {
        // What is 2^31 or more is converted in two parts, and the second one saturates.
        let limit = self.all32(0x4f00_0000);
        self.zero(X15);
        self.sse(sse::MAXPS, X14, a, X15);
        self.sse1(sse::CVTTPS2DQ, d, X14);
        self.sse_mem(sse::SUBPS, X14, X14, limit);
        self.sse(sse::MAXPS, X14, X14, X15);
        self.load16(X15, limit);
        self.compare_floats(FloatSize::F32, 2, X15, X15, X14);
        self.sse1(sse::CVTTPS2DQ, X14, X14);
        self.sse(PXOR, X14, X14, X15);
        self.sse(PADDD, d, d, X14);
    }

    pub(super) fn compound_binary(&mut self, op: VectorBinary, d: Xmm, a: Xmm, b: Xmm) {
        use VectorBinary as B;
        match op {
            B::Compare(lanes, cc) => self.compare_lanes(lanes, cc, d, a, b),
            B::CompareFloat(cc, size) => match cc {
                FloatCc::Eq => self.compare_floats(size, 0, d, a, b),
                FloatCc::Ne => self.compare_floats(size, 4, d, a, b),
                FloatCc::Lt => self.compare_floats(size, 1, d, a, b),
                FloatCc::Le => self.compare_floats(size, 2, d, a, b),
                FloatCc::Gt => self.compare_floats(size, 1, d, b, a),
                FloatCc::Ge => self.compare_floats(size, 2, d, b, a),
            },
            B::Mul(_) => {
                // 64 bits: the low product, and the crosswise ones above it.
                self.shift_lanes(sse::PSRLQ_IMM, X14, a, 32);
                self.sse(PMULUDQ, X14, X14, b);
                self.shift_lanes(sse::PSRLQ_IMM, X15, b, 32);
                self.sse(PMULUDQ, X15, X15, a);
                self.sse(sse::PADDQ, X14, X14, X15);
                self.shift_lanes(sse::PSLLQ_IMM, X14, X14, 32);
                self.sse(PMULUDQ, d, a, b);
                self.sse(sse::PADDQ, d, d, X14);
            }
            B::Q15MulrSat => {
                // -1 times -1 gives the one wrong result.
                let wrong = self.all16(0x8000);
                self.sse(sse::PMULHRSW, d, a, b);
                self.sse_mem(sse::PCMPEQW, X15, d, wrong);
                self.sse(PXOR, d, d, X15);
            }
            B::ExtMul(widen) => self.extended_product(widen, d, a, b),
            B::Swizzle => {
                // Indices from 16 on get their highest bit set.
                let bias = self.all8(0x70);
                self.load16(X15, bias);
                self.sse(sse::PADDUSB, X15, X15, b);
                self.sse(PSHUFB, d, a, X15);
            }
            B::Float(FloatBinary::Min, size) => self.minimum(size, d, a, b),
            B::Float(FloatBinary::Max, size) => self.maximum(size, d, a, b),
            other => unreachable!("{other:?} is one instruction, or none of wasm's"),
        }
    }

    fn compare_lanes(&mut self, lanes: Lanes, cc: IntCc, d: Xmm, a: Xmm, b: Xmm) {
        let (opposite, max, signed) = match cc {
            IntCc::Ne => (Some(IntCc::Eq), false, false),
            IntCc::GeS if lanes == Lanes::L64 => (Some(IntCc::LtS), false, false),
            IntCc::LeS if lanes == Lanes::L64 => (Some(IntCc::GtS), false, false),
            IntCc::GtU => (Some(IntCc::LeU), false, false),
            IntCc::LtU => (Some(IntCc::GeU), false, false),
            IntCc::GeS => (None, true, true),
            IntCc::LeS => (None, false, true),
            IntCc::GeU => (None, true, false),
            IntCc::LeU => (None, false, false),
            IntCc::Eq | IntCc::LtS | IntCc::GtS => unreachable!("one instruction"),
        };
        if let Some(opposite) = opposite {
            self.vector_binary(VectorBinary::Compare(lanes, opposite), Fp(d.0), Fp(a.0), Fp(b.0));
            return self.invert(d, d);
        }
        // It is the extreme of both.
        self.sse(extreme(max, lanes, signed), X14, a, b);
        self.sse(equal(lanes), d, a, X14);
    }

    fn extended_product(&mut self, widen: Widen, d: Xmm, a: Xmm, b: Xmm) {
        let Widen { from, signed, half } = widen;
        match from {
            Lanes::L8 => {
                self.widen_bytes(signed, half, X14, a);
                self.widen_bytes(signed, half, X15, b);
                self.sse(sse::PMULLW, d, X14, X15);
            }
            Lanes::L16 => {
                // Low and high halves of the products, interleaved.
                self.sse(sse::PMULLW, X14, a, b);
                self.sse(if signed { sse::PMULHW } else { sse::PMULHUW }, d, a, b);
                self.sse(if half == Half::Low { sse::PUNPCKLWD } else { sse::PUNPCKHWD }, d, X14, d);
            }
            Lanes::L32 | Lanes::L64 => {
                let order = if half == Half::Low { 0x50 } else { 0xfa };
                self.pshufd(X14, a, order);
                self.pshufd(X15, b, order);
                self.sse(if signed { sse::PMULDQ } else { PMULUDQ }, d, X14, X15);
            }
        }
    }

    /// Bytes of one half as 16-bit integers.
    fn widen_bytes(&mut self, signed: bool, half: Half, d: Xmm, a: Xmm) {
        if half == Half::Low {
            return self.sse1(super::ops::extend(Lanes::L8, signed), d, a);
        }
        self.sse(sse::PUNPCKHBW, d, a, a);
        self.shift_lanes(if signed { sse::PSRAW_IMM } else { sse::PSRLW_IMM }, d, d, 8);
    }

    /// The smaller ones, whatever the order of the operands: NaN and the sign of zero are collected from both orders.
    fn minimum(&mut self, size: FloatSize, d: Xmm, a: Xmm, b: Xmm) {
        let min = packed(size, sse::MINPS, sse::MINPD);
        self.sse(min, X14, a, b);
        self.sse(min, X15, b, a);
        self.sse(POR, X14, X14, X15);
        self.compare_floats(size, 3, X15, X15, X14);
        self.sse(POR, X14, X14, X15);
        self.clear_payload(size, d);
    }

    fn maximum(&mut self, size: FloatSize, d: Xmm, a: Xmm, b: Xmm) {
        let max = packed(size, sse::MAXPS, sse::MAXPD);
        self.sse(max, X14, a, b);
        self.sse(max, X15, b, a);
        // Where the orders differ there is a NaN, or zeros of both signs, of which the subtraction makes the positive one.
        self.sse(PXOR, X15, X15, X14);
        self.sse(POR, X14, X14, X15);
        self.sse(packed(size, sse::SUBPS, sse::SUBPD), X14, X14, X15);
        self.compare_floats(size, 3, X15, X15, X14);
        self.clear_payload(size, d);
    }

    /// `d` is xmm14, with the payload of NaNs cleared where xmm15 is all ones.
    fn clear_payload(&mut self, size: FloatSize, d: Xmm) {
        match size {
            FloatSize::F32 => self.shift_lanes(sse::PSRLD_IMM, X15, X15, 10),
            FloatSize::F64 => self.shift_lanes(sse::PSRLQ_IMM, X15, X15, 13),
        }
        self.sse(PANDN, d, X15, X14);
    }

    pub(super) fn compound_ternary(&mut self, op: VectorTernary, d: Xmm, a: Xmm, b: Xmm, c: Xmm) {
        match op {
            VectorTernary::Bitselect => {
                self.sse(PANDN, X14, c, b);
                self.sse(PAND, d, a, c);
                self.sse(POR, d, d, X14);
            }
            VectorTernary::Madd(size) | VectorTernary::Nmadd(size) => {
                let negate = matches!(op, VectorTernary::Nmadd(_));
                if self.features.fma {
                    if d != a {
                        self.movaps(d, a);
                    }
                    let op = match (size, negate) {
                        (FloatSize::F32, false) => sse::VFMADD213PS,
                        (FloatSize::F32, true) => sse::VFNMADD213PS,
                        (FloatSize::F64, false) => sse::VFMADD213PD,
                        (FloatSize::F64, true) => sse::VFNMADD213PD,
                    };
                    return self.asm().avx(op, d, b, c);
                }
                let mut first = a;
                if negate {
                    self.float_lanes(FloatUnary::Neg, size, d, a);
                    first = d;
                }
                self.sse(packed(size, sse::MULPS, sse::MULPD), d, first, b);
                self.sse(packed(size, sse::ADDPS, sse::ADDPD), d, d, c);
            }
            VectorTernary::RelaxedDotAdd => {
                let ones = self.all16(1);
                self.sse(PMADDUBSW, X14, b, a);
                self.sse_mem(PMADDWD, X14, X14, ones);
                self.sse(PADDD, d, X14, c);
            }
        }
    }

    pub(super) fn shift_constant(&mut self, op: ShiftOp, lanes: Lanes, d: Xmm, a: Xmm, count: u8) {
        let [words, doublewords, quadwords] = match op {
            ShiftOp::Shl => [sse::PSLLW_IMM, sse::PSLLD_IMM, sse::PSLLQ_IMM],
            ShiftOp::ShrU => [sse::PSRLW_IMM, sse::PSRLD_IMM, sse::PSRLQ_IMM],
            // Of 64 bits there is none.
            _ => [sse::PSRAW_IMM, sse::PSRAD_IMM, sse::PSRLQ_IMM],
        };
        match (lanes, op) {
            (Lanes::L8, ShiftOp::Shl) => {
                self.shift_lanes(words, d, a, count);
                let mask = self.all8(0xff << count);
                self.sse_mem(PAND, d, d, mask);
            }
            (Lanes::L8, ShiftOp::ShrU) => {
                self.shift_lanes(words, d, a, count);
                let mask = self.all8(0xff >> count);
                self.sse_mem(PAND, d, d, mask);
            }
            (Lanes::L8, _) => {
                self.interleave(d, a);
                self.shift_lanes(words, X14, X14, count + 8);
                self.shift_lanes(words, d, d, count + 8);
                self.sse(sse::PACKSSWB, d, X14, d);
            }
            (Lanes::L16, _) => self.shift_lanes(words, d, a, count),
            (Lanes::L32, _) => self.shift_lanes(doublewords, d, a, count),
            (Lanes::L64, ShiftOp::Shl | ShiftOp::ShrU) => self.shift_lanes(quadwords, d, a, count),
            (Lanes::L64, _) => {
                let sign = self.all64(1 << 63);
                self.load16(X14, sign);
                self.shift_lanes(sse::PSRLQ_IMM, X14, X14, count);
                self.shift_lanes(sse::PSRLQ_IMM, d, a, count);
                self.sign_extend(d);
            }
        }
    }

    pub(super) fn shift_variable(&mut self, op: ShiftOp, lanes: Lanes, d: Xmm, a: Xmm, count: Gpr) {
        let mask = i32::try_from(8 * lanes.bytes() - 1).expect("below 64");
        self.mov_rr(Size::S32, R11, count);
        self.alu_ri(Alu::And, Size::S32, R11, mask);
        let by_bytes = lanes == Lanes::L8 && op == ShiftOp::ShrS;
        if by_bytes {
            self.alu_ri(Alu::Add, Size::S32, R11, 8);
        }
        self.vector_from_gpr(Size::S32, X15, R11);
        let shl = |lanes| match lanes {
            Lanes::L8 | Lanes::L16 => sse::PSLLW,
            Lanes::L32 => sse::PSLLD,
            Lanes::L64 => sse::PSLLQ,
        };
        let shr = |lanes| match lanes {
            Lanes::L8 | Lanes::L16 => sse::PSRLW,
            Lanes::L32 => sse::PSRLD,
            Lanes::L64 => sse::PSRLQ,
        };
        let sar = |lanes| if lanes == Lanes::L32 { sse::PSRAD } else { sse::PSRAW };
        match (lanes, op) {
            (Lanes::L8, ShiftOp::Shl | ShiftOp::ShrU) => {
                // Bits that stay within their byte.
                self.ones(X14);
                self.shift_lanes(sse::PSRLW_IMM, X14, X14, 8);
                self.sse(shr(Lanes::L16), X14, X14, X15);
                self.sse(sse::PACKUSWB, X14, X14, X14);
                if op == ShiftOp::Shl {
                    self.sse(PAND, d, a, X14);
                    self.sse(shl(lanes), d, d, X15);
                } else {
                    self.sse(shr(lanes), d, a, X15);
                    self.sse(PAND, d, d, X14);
                }
            }
            (Lanes::L8, _) => {
                self.interleave(d, a);
                self.sse(sar(lanes), X14, X14, X15);
                self.sse(sar(lanes), d, d, X15);
                self.sse(sse::PACKSSWB, X14, X14, d);
                self.movaps(d, X14);
            }
            (_, ShiftOp::Shl) => self.sse(shl(lanes), d, a, X15),
            (_, ShiftOp::ShrU) => self.sse(shr(lanes), d, a, X15),
            (Lanes::L64, _) => {
                let sign = self.all64(1 << 63);
                self.load16(X14, sign);
                self.sse(shr(lanes), X14, X14, X15);
                self.sse(shr(lanes), d, a, X15);
                self.sign_extend(d);
            }
            (_, _) => self.sse(sar(lanes), d, a, X15),
        }
    }

    /// Each byte twice: the low ones to xmm14, the high ones to `d`.
    fn interleave(&mut self, d: Xmm, a: Xmm) {
        self.sse(sse::PUNPCKLBW, X14, a, a);
        self.sse(sse::PUNPCKHBW, d, a, a);
    }

    /// Extends integers of 64 bits whose sign bits are where xmm14 has ones.
    fn sign_extend(&mut self, d: Xmm) {
        self.sse(PXOR, d, d, X14);
        self.sse(sse::PSUBQ, d, d, X14);
    }
}
