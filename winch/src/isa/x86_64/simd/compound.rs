//! Operations that take several instructions.

use super::ops::{equal, extreme, p3a, p38, p66, packed};
use super::*;

const PSHUFD_HIGH: u8 = 0xee;
/// `pmaddubsw`: sums of products of unsigned and signed bytes.
const PMADDUBSW: Op = p38(0x04);
/// `pmaddwd`: sums of products of 16-bit integers.
const PMADDWD: Op = p66(0xf5);
const PADDD: Op = p66(0xfe);
const PMULUDQ: Op = p66(0xf4);
/// `cvttps2dq`.
const TRUNCATE32: Op = op2(0x5b).p(0xf3);
/// `cvttpd2dq`.
const TRUNCATE64: Op = p66(0xe6);

impl X64 {
    /// `cmpps` or `cmppd` with this predicate: 0 equal, 1 less, 2 less or equal, 3 unordered, 4 not equal.
    pub(super) fn compare_floats(&mut self, size: FloatSize, predicate: u8, d: u8, a: u8, b: u8) {
        self.sse_imm(packed(size, 0xc2), d, a, Rm::Reg(b), predicate);
    }

    pub(super) fn compound_unary(&mut self, op: VectorUnary, d: u8, a: u8) {
        use VectorUnary as U;
        match op {
            U::Not => self.invert(d, a),
            U::Abs(_) => {
                // Of 64 bits: flip negative ones and add 1 to them.
                self.zero(X14);
                self.sse(p38(0x37), X14, X14, Rm::Reg(a));
                self.sse(PXOR, d, a, Rm::Reg(X14));
                self.sse(p66(0xfb), d, d, Rm::Reg(X14));
            }
            U::Neg(lanes) => {
                self.zero(X14);
                self.vector_binary(VectorBinary::Sub(lanes), Fp(d), Fp(X14), Fp(a));
            }
            U::Popcnt => self.popcnt(d, a),
            U::Float(op, size) => self.float_lanes(op, size, d, a),
            U::Extend(Widen { from, signed, .. }) => {
                self.pshufd(d, a, PSHUFD_HIGH);
                self.sse_move(super::ops::extend(from, signed), d, Rm::Reg(d));
            }
            U::ExtAddPairwise(Lanes::L8, true) => {
                let ones = self.all8(1);
                self.load16(X14, ones);
                self.sse(PMADDUBSW, d, X14, Rm::Reg(a));
            }
            U::ExtAddPairwise(Lanes::L8, false) => {
                let ones = self.all8(1);
                self.sse(PMADDUBSW, d, a, ones);
            }
            U::ExtAddPairwise(_, true) => {
                let ones = self.all16(1);
                self.sse(PMADDWD, d, a, ones);
            }
            U::ExtAddPairwise(_, false) => {
                // Signed products of what is 2^15 less; twice that is missing.
                let (sign, ones, missing) = (self.all16(0x8000), self.all16(1), self.all32(0x1_0000));
                self.sse(PXOR, d, a, sign);
                self.sse(PMADDWD, d, d, ones);
                self.sse(PADDD, d, d, missing);
            }
            U::TruncSat(true) => {
                // NaN becomes 0; what is too large has become the least integer, and is flipped to the greatest.
                self.compare_floats(FloatSize::F32, 0, X15, a, a);
                self.sse(PAND, X14, a, Rm::Reg(X15));
                self.sse_move(TRUNCATE32, d, Rm::Reg(X14));
                let limit = self.all32(0x4f00_0000);
                self.load16(X15, limit);
                self.compare_floats(FloatSize::F32, 2, X15, X15, X14);
                self.sse(PXOR, d, d, Rm::Reg(X15));
            }
            U::TruncSat(false) | U::RelaxedTrunc(_) => self.truncate_unsigned(d, a),
            U::TruncSatZero(true) => {
                // NaN becomes 0; what is too small becomes the least integer by itself.
                let most = self.all64(0x41df_ffff_ffc0_0000);
                self.compare_floats(FloatSize::F64, 0, X14, a, a);
                self.sse(PAND, X14, X14, most);
                self.sse(packed(FloatSize::F64, 0x5d), d, a, Rm::Reg(X14));
                self.sse_move(TRUNCATE64, d, Rm::Reg(d));
            }
            U::TruncSatZero(false) | U::RelaxedTruncZero(_) => {
                // An integer added to 2^52 stands in the low bits.
                let (most, magic) = (self.all64(0x41ef_ffff_ffe0_0000), self.all64(0x4330_0000_0000_0000));
                self.zero(X15);
                self.sse(packed(FloatSize::F64, 0x5f), X14, a, Rm::Reg(X15));
                self.sse(packed(FloatSize::F64, 0x5d), X14, X14, most);
                self.sse_move_imm(p3a(0x09), X14, Rm::Reg(X14), 11);
                self.sse(packed(FloatSize::F64, 0x58), X14, X14, magic);
                self.sse_imm(op2(0xc6), d, X14, Rm::Reg(X15), 0x88);
            }
            U::Convert(_) => {
                // Halves are converted exactly; their sum is rounded once.
                let (mask, scale) = (self.all32(0xffff), self.all32(0x4780_0000));
                self.sse(PAND, X14, a, mask);
                self.shift_lanes(0x72, 2, d, a, 16);
                self.sse_move(op2(0x5b), X14, Rm::Reg(X14));
                self.sse_move(op2(0x5b), d, Rm::Reg(d));
                self.sse(op2(0x59), d, d, scale);
                self.sse(op2(0x58), d, d, Rm::Reg(X14));
            }
            U::ConvertLow(_) => {
                // 2^52 plus the integer, by its bits.
                let (exponent, magic) = (self.all32(0x4330_0000), self.all64(0x4330_0000_0000_0000));
                self.sse(p66(0x62), d, a, exponent);
                self.sse(packed(FloatSize::F64, 0x5c), d, d, magic);
            }
            U::DemoteZero | U::PromoteLow => unreachable!("one instruction"),
        }
    }

    fn float_lanes(&mut self, op: FloatUnary, size: FloatSize, d: u8, a: u8) {
        let sign = |x: &mut Self, flip: bool| match size {
            FloatSize::F32 => x.all32(if flip { 1 << 31 } else { u32::MAX >> 1 }),
            FloatSize::F64 => x.all64(if flip { 1 << 63 } else { u64::MAX >> 1 }),
        };
        let mode = match op {
            FloatUnary::Abs => {
                let mask = sign(self, false);
                return self.sse(PAND, d, a, mask);
            }
            FloatUnary::Neg => {
                let mask = sign(self, true);
                return self.sse(PXOR, d, a, mask);
            }
            FloatUnary::Sqrt => unreachable!("one instruction"),
            FloatUnary::Nearest => 8,
            FloatUnary::Floor => 9,
            FloatUnary::Ceil => 10,
            FloatUnary::Trunc => 11,
        };
        let op = p3a(if size == FloatSize::F32 { 0x08 } else { 0x09 });
        self.sse_move_imm(op, d, Rm::Reg(a), mode);
    }

    fn popcnt(&mut self, d: u8, a: u8) {
        const ONES: [u8; 16] = [0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4];
        let (mask, table) = (self.all8(0x0f), self.bytes(&ONES));
        self.shift_lanes(0x71, 2, X15, a, 4);
        self.sse(PAND, X15, X15, mask);
        self.sse(PAND, X14, a, mask);
        self.load16(d, table);
        self.sse(PSHUFB, d, d, Rm::Reg(X14));
        self.load16(X14, table);
        self.sse(PSHUFB, X14, X14, Rm::Reg(X15));
        self.sse(p66(0xfc), d, d, Rm::Reg(X14));
    }

    fn truncate_unsigned(&mut self, d: u8, a: u8) {
        // What is 2^31 or more is converted in two parts, and the second one saturates.
        let limit = self.all32(0x4f00_0000);
        self.zero(X15);
        self.sse(op2(0x5f), X14, a, Rm::Reg(X15));
        self.sse_move(TRUNCATE32, d, Rm::Reg(X14));
        self.sse(op2(0x5c), X14, X14, limit);
        self.sse(op2(0x5f), X14, X14, Rm::Reg(X15));
        self.load16(X15, limit);
        self.compare_floats(FloatSize::F32, 2, X15, X15, X14);
        self.sse_move(TRUNCATE32, X14, Rm::Reg(X14));
        self.sse(PXOR, X14, X14, Rm::Reg(X15));
        self.sse(PADDD, d, d, Rm::Reg(X14));
    }

    pub(super) fn compound_binary(&mut self, op: VectorBinary, d: u8, a: u8, b: u8) {
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
                self.shift_lanes(0x73, 2, X14, a, 32);
                self.sse(PMULUDQ, X14, X14, Rm::Reg(b));
                self.shift_lanes(0x73, 2, X15, b, 32);
                self.sse(PMULUDQ, X15, X15, Rm::Reg(a));
                self.sse(p66(0xd4), X14, X14, Rm::Reg(X15));
                self.shift_lanes(0x73, 6, X14, X14, 32);
                self.sse(PMULUDQ, d, a, Rm::Reg(b));
                self.sse(p66(0xd4), d, d, Rm::Reg(X14));
            }
            B::Q15MulrSat => {
                // -1 times -1 gives the one wrong result.
                let wrong = self.all16(0x8000);
                self.sse(p38(0x0b), d, a, Rm::Reg(b));
                self.sse(p66(0x75), X15, d, wrong);
                self.sse(PXOR, d, d, Rm::Reg(X15));
            }
            B::ExtMul(widen) => self.extended_product(widen, d, a, b),
            B::Swizzle => {
                // Indices from 16 on get their highest bit set.
                let bias = self.all8(0x70);
                self.load16(X15, bias);
                self.sse(p66(0xdc), X15, X15, Rm::Reg(b));
                self.sse(PSHUFB, d, a, Rm::Reg(X15));
            }
            B::Float(FloatBinary::Min, size) => self.minimum(size, d, a, b),
            B::Float(FloatBinary::Max, size) => self.maximum(size, d, a, b),
            other => unreachable!("{other:?} is one instruction, or none of wasm's"),
        }
    }

    fn compare_lanes(&mut self, lanes: Lanes, cc: IntCc, d: u8, a: u8, b: u8) {
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
            self.vector_binary(VectorBinary::Compare(lanes, opposite), Fp(d), Fp(a), Fp(b));
            return self.invert(d, d);
        }
        // It is the extreme of both.
        self.sse(extreme(max, lanes, signed), X14, a, Rm::Reg(b));
        self.sse(equal(lanes), d, a, Rm::Reg(X14));
    }

    fn extended_product(&mut self, widen: Widen, d: u8, a: u8, b: u8) {
        let Widen { from, signed, half } = widen;
        match from {
            Lanes::L8 => {
                self.widen_bytes(signed, half, X14, a);
                self.widen_bytes(signed, half, X15, b);
                self.sse(p66(0xd5), d, X14, Rm::Reg(X15));
            }
            Lanes::L16 => {
                // Low and high halves of the products, interleaved.
                self.sse(p66(0xd5), X14, a, Rm::Reg(b));
                self.sse(p66(if signed { 0xe5 } else { 0xe4 }), d, a, Rm::Reg(b));
                self.sse(p66(if half == Half::Low { 0x61 } else { 0x69 }), d, X14, Rm::Reg(d));
            }
            Lanes::L32 | Lanes::L64 => {
                let order = if half == Half::Low { 0x50 } else { 0xfa };
                self.pshufd(X14, a, order);
                self.pshufd(X15, b, order);
                self.sse(if signed { p38(0x28) } else { PMULUDQ }, d, X14, Rm::Reg(X15));
            }
        }
    }

    /// Bytes of one half as 16-bit integers.
    fn widen_bytes(&mut self, signed: bool, half: Half, d: u8, a: u8) {
        if half == Half::Low {
            return self.sse_move(super::ops::extend(Lanes::L8, signed), d, Rm::Reg(a));
        }
        self.sse(p66(0x68), d, a, Rm::Reg(a));
        self.shift_lanes(0x71, if signed { 4 } else { 2 }, d, d, 8);
    }

    /// The smaller ones, whatever the order of the operands: NaN and the sign of zero are collected from both orders.
    fn minimum(&mut self, size: FloatSize, d: u8, a: u8, b: u8) {
        let min = packed(size, 0x5d);
        self.sse(min, X14, a, Rm::Reg(b));
        self.sse(min, X15, b, Rm::Reg(a));
        self.sse(POR, X14, X14, Rm::Reg(X15));
        self.compare_floats(size, 3, X15, X15, X14);
        self.sse(POR, X14, X14, Rm::Reg(X15));
        self.clear_payload(size, d);
    }

    fn maximum(&mut self, size: FloatSize, d: u8, a: u8, b: u8) {
        let max = packed(size, 0x5f);
        self.sse(max, X14, a, Rm::Reg(b));
        self.sse(max, X15, b, Rm::Reg(a));
        // Where the orders differ there is a NaN, or zeros of both signs, of which the subtraction makes the positive one.
        self.sse(PXOR, X15, X15, Rm::Reg(X14));
        self.sse(POR, X14, X14, Rm::Reg(X15));
        self.sse(packed(size, 0x5c), X14, X14, Rm::Reg(X15));
        self.compare_floats(size, 3, X15, X15, X14);
        self.clear_payload(size, d);
    }

    /// `d` is xmm14, with the payload of NaNs cleared where xmm15 is all ones.
    fn clear_payload(&mut self, size: FloatSize, d: u8) {
        match size {
            FloatSize::F32 => self.shift_lanes(0x72, 2, X15, X15, 10),
            FloatSize::F64 => self.shift_lanes(0x73, 2, X15, X15, 13),
        }
        self.sse(PANDN, d, X15, Rm::Reg(X14));
    }

    pub(super) fn compound_ternary(&mut self, op: VectorTernary, d: u8, a: u8, b: u8, c: u8) {
        match op {
            VectorTernary::Bitselect => {
                self.sse(PANDN, X14, c, Rm::Reg(b));
                self.sse(PAND, d, a, Rm::Reg(c));
                self.sse(POR, d, d, Rm::Reg(X14));
            }
            VectorTernary::Madd(size) | VectorTernary::Nmadd(size) => {
                let negate = matches!(op, VectorTernary::Nmadd(_));
                if self.features.fma {
                    self.fmov(Fp(d), Fp(a));
                    let opcode = if negate { 0xac } else { 0xa8 };
                    let op = p38(opcode).w(size == FloatSize::F64);
                    return emit_vex(&mut self.buffer, op, d, b, Rm::Reg(c), Imm::None);
                }
                let mut first = a;
                if negate {
                    self.float_lanes(FloatUnary::Neg, size, d, a);
                    first = d;
                }
                self.sse(packed(size, 0x59), d, first, Rm::Reg(b));
                self.sse(packed(size, 0x58), d, d, Rm::Reg(c));
            }
            VectorTernary::RelaxedDotAdd => {
                let ones = self.all16(1);
                self.sse(PMADDUBSW, X14, b, Rm::Reg(a));
                self.sse(PMADDWD, X14, X14, ones);
                self.sse(PADDD, d, X14, Rm::Reg(c));
            }
        }
    }

    pub(super) fn shift_constant(&mut self, op: ShiftOp, lanes: Lanes, d: u8, a: u8, count: u8) {
        let number = match op {
            ShiftOp::Shl => 6,
            ShiftOp::ShrU => 2,
            _ => 4,
        };
        match (lanes, op) {
            (Lanes::L8, ShiftOp::Shl) => {
                self.shift_lanes(0x71, number, d, a, count);
                let mask = self.all8(0xff << count);
                self.sse(PAND, d, d, mask);
            }
            (Lanes::L8, ShiftOp::ShrU) => {
                self.shift_lanes(0x71, number, d, a, count);
                let mask = self.all8(0xff >> count);
                self.sse(PAND, d, d, mask);
            }
            (Lanes::L8, _) => {
                self.interleave(d, a);
                self.shift_lanes(0x71, number, X14, X14, count + 8);
                self.shift_lanes(0x71, number, d, d, count + 8);
                self.sse(p66(0x63), d, X14, Rm::Reg(d));
            }
            (Lanes::L16, _) => self.shift_lanes(0x71, number, d, a, count),
            (Lanes::L32, _) => self.shift_lanes(0x72, number, d, a, count),
            (Lanes::L64, ShiftOp::Shl | ShiftOp::ShrU) => self.shift_lanes(0x73, number, d, a, count),
            (Lanes::L64, _) => {
                let sign = self.all64(1 << 63);
                self.load16(X14, sign);
                self.shift_lanes(0x73, 2, X14, X14, count);
                self.shift_lanes(0x73, 2, d, a, count);
                self.sign_extend(d);
            }
        }
    }

    pub(super) fn shift_variable(&mut self, op: ShiftOp, lanes: Lanes, d: u8, a: u8, count: u8) {
        let mask = i32::try_from(8 * lanes.bytes() - 1).expect("below 64");
        self.mov_rr(Size::S32, R11, count);
        self.group1_ri(4, Size::S32, Rm::Reg(R11), mask);
        let by_bytes = lanes == Lanes::L8 && op == ShiftOp::ShrS;
        if by_bytes {
            self.group1_ri(0, Size::S32, Rm::Reg(R11), 8);
        }
        self.sse_move(p66(0x6e), X15, Rm::Reg(R11));
        let shl = |lanes| {
            p66(match lanes {
                Lanes::L8 | Lanes::L16 => 0xf1,
                Lanes::L32 => 0xf2,
                Lanes::L64 => 0xf3,
            })
        };
        let shr = |lanes| {
            p66(match lanes {
                Lanes::L8 | Lanes::L16 => 0xd1,
                Lanes::L32 => 0xd2,
                Lanes::L64 => 0xd3,
            })
        };
        let sar = |lanes| p66(if lanes == Lanes::L32 { 0xe2 } else { 0xe1 });
        match (lanes, op) {
            (Lanes::L8, ShiftOp::Shl | ShiftOp::ShrU) => {
                // Bits that stay within their byte.
                self.ones(X14);
                self.shift_lanes(0x71, 2, X14, X14, 8);
                self.sse(shr(Lanes::L16), X14, X14, Rm::Reg(X15));
                self.sse(p66(0x67), X14, X14, Rm::Reg(X14));
                if op == ShiftOp::Shl {
                    self.sse(PAND, d, a, Rm::Reg(X14));
                    self.sse(shl(lanes), d, d, Rm::Reg(X15));
                } else {
                    self.sse(shr(lanes), d, a, Rm::Reg(X15));
                    self.sse(PAND, d, d, Rm::Reg(X14));
                }
            }
            (Lanes::L8, _) => {
                self.interleave(d, a);
                self.sse(sar(lanes), X14, X14, Rm::Reg(X15));
                self.sse(sar(lanes), d, d, Rm::Reg(X15));
                self.sse(p66(0x63), X14, X14, Rm::Reg(d));
                self.movaps(d, X14);
            }
            (_, ShiftOp::Shl) => self.sse(shl(lanes), d, a, Rm::Reg(X15)),
            (_, ShiftOp::ShrU) => self.sse(shr(lanes), d, a, Rm::Reg(X15)),
            (Lanes::L64, _) => {
                let sign = self.all64(1 << 63);
                self.load16(X14, sign);
                self.sse(shr(lanes), X14, X14, Rm::Reg(X15));
                self.sse(shr(lanes), d, a, Rm::Reg(X15));
                self.sign_extend(d);
            }
            (_, _) => self.sse(sar(lanes), d, a, Rm::Reg(X15)),
        }
    }

    /// Each byte twice: the low ones to xmm14, the high ones to `d`.
    fn interleave(&mut self, d: u8, a: u8) {
        self.sse(p66(0x60), X14, a, Rm::Reg(a));
        self.sse(p66(0x68), d, a, Rm::Reg(a));
    }

    /// Extends integers of 64 bits whose sign bits are where xmm14 has ones.
    fn sign_extend(&mut self, d: u8) {
        self.sse(PXOR, d, d, Rm::Reg(X14));
        self.sse(p66(0xfb), d, d, Rm::Reg(X14));
    }
}
