//! Vectors (Arm ARM, C7.2). Operations that are one instruction are rows of [`unary`] and [`binary`].

use super::*;
use crate::masm::*;
use crate::reg::Reg;
use asm::access::{LDR_B, LDR_D, LDR_H, LDR_S, STR_B, STR_D, STR_H, STR_S};
use asm::{Access, D, Q, X, lane};
use gantry_abi::AbiType;

/// The logarithm of a lane's bytes.
const fn log2(lanes: Lanes) -> u32 {
    match lanes {
        Lanes::L8 => 0,
        Lanes::L16 => 1,
        Lanes::L32 => 2,
        Lanes::L64 => 3,
    }
}

/// The size field of a lane.
const fn size_of(lanes: Lanes) -> Opcode {
    asm::lanes(log2(lanes))
}

/// The bit of 64-bit float lanes.
const fn double(size: FloatSize) -> Opcode {
    match size {
        FloatSize::F32 => 0,
        FloatSize::F64 => D,
    }
}

const fn half(half: Half) -> Opcode {
    match half {
        Half::Low => 0,
        Half::High => Q,
    }
}

/// `sshll` or `ushll` by nothing: widens.
const fn widened(w: Widen) -> Opcode {
    (if w.signed { asm::V_SSHLL } else { asm::V_USHLL }) | asm::widen(log2(w.from)) | half(w.half)
}

const fn load_lane(lanes: Lanes) -> Access {
    match lanes {
        Lanes::L8 => LDR_B,
        Lanes::L16 => LDR_H,
        Lanes::L32 => LDR_S,
        Lanes::L64 => LDR_D,
    }
}

const fn store_lane(lanes: Lanes) -> Access {
    match lanes {
        Lanes::L8 => STR_B,
        Lanes::L16 => STR_H,
        Lanes::L32 => STR_S,
        Lanes::L64 => STR_D,
    }
}

/// Rows with one operand.
fn unary(op: VectorUnary) -> Option<Opcode> {
    use VectorUnary as U;
    Some(match op {
        U::Not => asm::V_NOT,
        U::Abs(lanes) => asm::V_ABS | size_of(lanes),
        U::Neg(lanes) => asm::V_NEG | size_of(lanes),
        U::Popcnt => asm::V_CNT,
        U::Float(op, size) => {
            double(size)
                | match op {
                    FloatUnary::Abs => asm::V_FABS,
                    FloatUnary::Neg => asm::V_FNEG,
                    FloatUnary::Ceil => asm::V_FRINTP,
                    FloatUnary::Floor => asm::V_FRINTM,
                    FloatUnary::Trunc => asm::V_FRINTZ,
                    FloatUnary::Nearest => asm::V_FRINTN,
                    FloatUnary::Sqrt => asm::V_FSQRT,
                }
        }
        U::Extend(w) => widened(w),
        U::ExtAddPairwise(lanes, true) => asm::V_SADDLP | size_of(lanes),
        U::ExtAddPairwise(lanes, false) => asm::V_UADDLP | size_of(lanes),
        U::TruncSat(true) | U::RelaxedTrunc(true) => asm::V_FCVTZS,
        U::TruncSat(false) | U::RelaxedTrunc(false) => asm::V_FCVTZU,
        U::Convert(true) => asm::V_SCVTF,
        U::Convert(false) => asm::V_UCVTF,
        U::DemoteZero => asm::V_FCVTN,
        U::PromoteLow => asm::V_FCVTL,
        U::TruncSatZero(_) | U::RelaxedTruncZero(_) | U::ConvertLow(_) => return None,
    })
}

/// Rows with two operands, and whether they are swapped.
fn binary(op: VectorBinary) -> Option<(Opcode, bool)> {
    use VectorBinary as B;
    let straight = |op| Some((op, false));
    match op {
        B::And => straight(asm::V_AND),
        B::AndNot => straight(asm::V_BIC),
        B::Or => straight(asm::V_ORR),
        B::Xor => straight(asm::V_EOR),
        B::Compare(lanes, cc) => {
            let (op, swapped) = match cc {
                IntCc::Eq => (asm::V_CMEQ, false),
                IntCc::Ne => return None,
                IntCc::GtS => (asm::V_CMGT, false),
                IntCc::LtS => (asm::V_CMGT, true),
                IntCc::GeS => (asm::V_CMGE, false),
                IntCc::LeS => (asm::V_CMGE, true),
                IntCc::GtU => (asm::V_CMHI, false),
                IntCc::LtU => (asm::V_CMHI, true),
                IntCc::GeU => (asm::V_CMHS, false),
                IntCc::LeU => (asm::V_CMHS, true),
            };
            Some((op | size_of(lanes), swapped))
        }
        B::CompareFloat(cc, size) => {
            let (op, swapped) = match cc {
                FloatCc::Eq => (asm::V_FCMEQ, false),
                FloatCc::Ne => return None,
                FloatCc::Gt => (asm::V_FCMGT, false),
                FloatCc::Lt => (asm::V_FCMGT, true),
                FloatCc::Ge => (asm::V_FCMGE, false),
                FloatCc::Le => (asm::V_FCMGE, true),
            };
            Some((op | double(size), swapped))
        }
        B::Add(lanes) => straight(asm::V_ADD | size_of(lanes)),
        B::Sub(lanes) => straight(asm::V_SUB | size_of(lanes)),
        B::Mul(Lanes::L64) => None,
        B::Mul(lanes) => straight(asm::V_MUL | size_of(lanes)),
        B::AddSat(lanes, true) => straight(asm::V_SQADD | size_of(lanes)),
        B::AddSat(lanes, false) => straight(asm::V_UQADD | size_of(lanes)),
        B::SubSat(lanes, true) => straight(asm::V_SQSUB | size_of(lanes)),
        B::SubSat(lanes, false) => straight(asm::V_UQSUB | size_of(lanes)),
        B::Min(lanes, true) => straight(asm::V_SMIN | size_of(lanes)),
        B::Min(lanes, false) => straight(asm::V_UMIN | size_of(lanes)),
        B::Max(lanes, true) => straight(asm::V_SMAX | size_of(lanes)),
        B::Max(lanes, false) => straight(asm::V_UMAX | size_of(lanes)),
        B::Avgr(lanes) => straight(asm::V_URHADD | size_of(lanes)),
        B::Q15MulrSat | B::RelaxedQ15Mulr => straight(asm::V_SQRDMULH),
        B::ExtMul(w) => {
            let op = if w.signed { asm::V_SMULL } else { asm::V_UMULL };
            straight(op | size_of(w.from) | half(w.half))
        }
        B::Swizzle | B::RelaxedSwizzle => straight(asm::V_TBL1),
        B::Float(op, size) => straight(
            double(size)
                | match op {
                    FloatBinary::Add => asm::V_FADD,
                    FloatBinary::Sub => asm::V_FSUB,
                    FloatBinary::Mul => asm::V_FMUL,
                    FloatBinary::Div => asm::V_FDIV,
                    FloatBinary::Min => asm::V_FMIN,
                    FloatBinary::Max => asm::V_FMAX,
                    FloatBinary::Copysign => unreachable!("wasm copies no signs between lanes"),
                },
        ),
        B::RelaxedMin(size) => straight(asm::V_FMIN | double(size)),
        B::RelaxedMax(size) => straight(asm::V_FMAX | double(size)),
        B::Narrow(..) | B::Dot | B::PseudoMin(_) | B::PseudoMax(_) | B::RelaxedDot => None,
    }
}

impl A64 {
    fn vmov(&mut self, d: u8, a: u8) {
        self.fmov(AbiType::V128, Fp(d), Fp(a));
    }

    /// Sums of products of neighbors of these lanes, in v30; uses v31.
    fn dot(&mut self, lanes: Lanes, a: u8, b: u8) {
        let op = asm::V_SMULL | size_of(lanes);
        self.rrr(op, V30, a, b);
        self.rrr(op | Q, V31, a, b);
        self.rrr(asm::V_ADDP | asm::lanes(log2(lanes) + 1), V30, V30, V31);
    }

    /// A constant in both halves of a register; uses x17.
    fn both_halves(&mut self, d: u8, value: u64) {
        self.constant_to(X17, value);
        self.rr(asm::V_DUP | lane(3, 0), d, X17);
    }
}

impl SimdMasm for A64 {
    fn vector_constant(&mut self, d: Fp, value: u128) {
        let bytes = value.to_le_bytes();
        let (low, high) = bytes.split_at(8);
        let half = |bytes: &[u8]| u64::from_le_bytes(bytes.try_into().expect("eight bytes"));
        let (low, high) = (half(low), half(high));
        if value == 0 {
            self.put(enc(asm::V_ZERO, d.0, 0, 0));
        } else if low == high {
            self.both_halves(d.0, low);
        } else {
            self.float_constant(FloatSize::F64, d.0, low);
            self.constant_to(X17, high);
            self.rr(asm::V_INS | lane(3, 1), d.0, X17);
        }
    }

    fn vector_unary(&mut self, op: VectorUnary, d: Fp, a: Fp) {
        use VectorUnary as U;
        if let Some(row) = unary(op) {
            return self.rr(row, d.0, a.0);
        }
        match op {
            U::TruncSatZero(signed) | U::RelaxedTruncZero(signed) => {
                let (convert, narrow) =
                    if signed { (asm::V_FCVTZS, asm::V_SQXTN) } else { (asm::V_FCVTZU, asm::V_UQXTN) };
                self.rr(convert | D, V30, a.0);
                self.rr(narrow | asm::lanes(2), d.0, V30);
            }
            U::ConvertLow(signed) => {
                let w = Widen { from: Lanes::L32, signed, half: Half::Low };
                self.rr(widened(w), d.0, a.0);
                self.rr(if signed { asm::V_SCVTF } else { asm::V_UCVTF } | D, d.0, d.0);
            }
            other => unreachable!("{other:?} is one instruction"),
        }
    }

    fn vector_binary(&mut self, op: VectorBinary, d: Fp, a: Fp, b: Fp) {
        use VectorBinary as B;
        let (d, a, b) = (d.0, a.0, b.0);
        match binary(op) {
            Some((row, false)) => return self.rrr(row, d, a, b),
            Some((row, true)) => return self.rrr(row, d, b, a),
            None => {}
        }
        match op {
            B::Compare(lanes, _) => {
                self.rrr(asm::V_CMEQ | size_of(lanes), d, a, b);
                self.rr(asm::V_NOT, d, d);
            }
            B::CompareFloat(_, size) => {
                self.rrr(asm::V_FCMEQ | double(size), d, a, b);
                self.rr(asm::V_NOT, d, d);
            }
            B::Mul(_) => {
                // 64 bits: one lane after the other, through integer registers.
                for i in [0, 1] {
                    let from = asm::V_UMOV | Q | lane(3, i);
                    self.rr(from, X16, a);
                    self.rr(from, X17, b);
                    self.rrr(asm::MUL | X, X16, X16, X17);
                    self.rr(asm::V_INS | lane(3, i), V30, X16);
                }
                self.vmov(d, V30);
            }
            B::Narrow(from, signed) => {
                let op = if signed { asm::V_SQXTN } else { asm::V_SQXTUN } | asm::lanes(log2(from) - 1);
                self.rr(op, V30, a);
                self.rr(op | Q, V30, b);
                self.vmov(d, V30);
            }
            B::Dot => {
                self.dot(Lanes::L16, a, b);
                self.vmov(d, V30);
            }
            B::RelaxedDot => {
                self.dot(Lanes::L8, a, b);
                self.vmov(d, V30);
            }
            B::PseudoMin(size) | B::PseudoMax(size) => {
                // The second operand where it is smaller (or larger), otherwise the first.
                let min = matches!(op, B::PseudoMin(_));
                let (more, less) = if min { (a, b) } else { (b, a) };
                self.rrr(asm::V_FCMGT | double(size), V30, more, less);
                self.rrr(asm::V_BSL, V30, b, a);
                self.vmov(d, V30);
            }
            other => unreachable!("{other:?} is one instruction, or none of wasm's"),
        }
    }

    fn vector_ternary(&mut self, op: VectorTernary, d: Fp, a: Fp, b: Fp, c: Fp) {
        match op {
            VectorTernary::Bitselect => {
                self.vmov(V30, c.0);
                self.rrr(asm::V_BSL, V30, a.0, b.0);
            }
            VectorTernary::Madd(size) => {
                self.vmov(V30, c.0);
                self.rrr(asm::V_FMLA | double(size), V30, a.0, b.0);
            }
            VectorTernary::Nmadd(size) => {
                self.vmov(V30, c.0);
                self.rrr(asm::V_FMLS | double(size), V30, a.0, b.0);
            }
            VectorTernary::RelaxedDotAdd => {
                self.dot(Lanes::L8, a.0, b.0);
                self.rr(asm::V_SADDLP | asm::lanes(1), V30, V30);
                self.rrr(asm::V_ADD | asm::lanes(2), V30, V30, c.0);
            }
        }
        self.vmov(d.0, V30);
    }

    fn vector_shift(&mut self, op: ShiftOp, lanes: Lanes, d: Fp, a: Fp, count: RegImm) {
        let mask = 8 * lanes.bytes() - 1;
        let size = log2(lanes);
        match count {
            RegImm::Imm(count) => {
                let count = u32::try_from(count & i64::from(mask)).expect("below 64");
                match op {
                    _ if count == 0 => self.vmov(d.0, a.0),
                    ShiftOp::Shl => self.rr(asm::V_SHL | asm::shift_left(size, count), d.0, a.0),
                    ShiftOp::ShrS => self.rr(asm::V_SSHR | asm::shift_right(size, count), d.0, a.0),
                    _ => self.rr(asm::V_USHR | asm::shift_right(size, count), d.0, a.0),
                }
            }
            RegImm::Reg(count) => {
                // Shifts to the right have negative counts.
                self.alu(AluOp::And, Size::S32, Gp(X17), count, RegImm::Imm(mask.into()));
                if op != ShiftOp::Shl {
                    self.rrr(asm::SUB | X, X17, ZR, X17);
                }
                self.rr(asm::V_DUP | lane(size, 0), V30, X17);
                let shift = if op == ShiftOp::ShrS { asm::V_SSHL } else { asm::V_USHL };
                self.rrr(shift | asm::lanes(size), d.0, a.0, V30);
            }
        }
    }

    fn vector_canonicalize(&mut self, size: FloatSize, d: Fp) {
        let nan = match size {
            FloatSize::F32 => 0x7fc0_0000_7fc0_0000,
            FloatSize::F64 => 0x7ff8_0000_0000_0000,
        };
        self.both_halves(V31, nan);
        self.rrr(asm::V_FCMEQ | double(size), V30, d.0, d.0);
        self.rrr(asm::V_BSL, V30, d.0, V31);
        self.vmov(d.0, V30);
    }

    fn vector_test(&mut self, op: VectorTest, d: Gp, a: Fp, temp: Fp) {
        let (a, temp) = (a.0, temp.0);
        match op {
            VectorTest::AnyTrue => {
                self.rrr(asm::V_UMAXP | asm::lanes(2), V30, a, a);
                self.rr(asm::FMOV_XD, X17, V30);
                self.set(d, Cond::non_zero(Size::S64, Gp(X17)));
            }
            VectorTest::AllTrue(lanes) => {
                self.rr(asm::V_CMEQ0 | size_of(lanes), V30, a);
                self.rrr(asm::V_UMAXP | asm::lanes(2), V30, V30, V30);
                self.rr(asm::FMOV_XD, X17, V30);
                self.set(d, Cond::non_zero(Size::S64, Gp(X17)).negate());
            }
            VectorTest::Bitmask(Lanes::L64) => {
                self.rr(asm::V_UMOV | Q | lane(3, 0), X16, a);
                self.rr(asm::V_UMOV | Q | lane(3, 1), X17, a);
                self.shift(ShiftOp::ShrU, Size::S64, Gp(X16), Gp(X16), RegImm::Imm(63));
                self.shift(ShiftOp::ShrU, Size::S64, Gp(X17), Gp(X17), RegImm::Imm(63));
                self.shift(ShiftOp::Shl, Size::S64, Gp(X17), Gp(X17), RegImm::Imm(1));
                self.rrr(asm::ORR, d.0, X16, X17);
            }
            VectorTest::Bitmask(lanes) => {
                // Each lane that is negative keeps its own bit; their sum is the mask.
                let size = log2(lanes);
                self.rr(asm::V_SSHR | asm::shift_right(size, 8 * lanes.bytes() - 1), V30, a);
                let weights: u128 = match lanes {
                    Lanes::L8 => 0x8040_2010_0804_0201_8040_2010_0804_0201,
                    Lanes::L16 => 0x0080_0040_0020_0010_0008_0004_0002_0001,
                    _ => 0x0000_0008_0000_0004_0000_0002_0000_0001,
                };
                self.vector_constant(Fp(temp), weights);
                self.rrr(asm::V_AND, V30, V30, temp);
                if lanes == Lanes::L8 {
                    self.rrr(asm::V_EXT8, V31, V30, V30);
                    self.rrr(asm::V_ZIP1, V30, V30, V31);
                    self.rr(asm::V_ADDV | asm::lanes(1), V30, V30);
                } else {
                    self.rr(asm::V_ADDV | asm::lanes(size), V30, V30);
                }
                self.rr(asm::FMOV_WS, d.0, V30);
            }
        }
    }

    fn splat(&mut self, lanes: Lanes, d: Fp, a: Gp) {
        self.rr(asm::V_DUP | lane(log2(lanes), 0), d.0, a.0);
    }

    fn splat_float(&mut self, size: FloatSize, d: Fp, a: Fp) {
        let log2 = if size == FloatSize::F32 { 2 } else { 3 };
        self.rr(asm::V_DUP_LANE | lane(log2, 0), d.0, a.0);
    }

    fn extract(&mut self, kind: Extract, index: u8, d: Gp, a: Fp) {
        let op = match kind {
            Extract::S8 => asm::V_SMOV | lane(0, index),
            Extract::U8 => asm::V_UMOV | lane(0, index),
            Extract::S16 => asm::V_SMOV | lane(1, index),
            Extract::U16 => asm::V_UMOV | lane(1, index),
            Extract::I32 => asm::V_UMOV | lane(2, index),
            Extract::I64 => asm::V_UMOV | Q | lane(3, index),
        };
        self.rr(op, d.0, a.0);
    }

    fn extract_float(&mut self, size: FloatSize, index: u8, d: Fp, a: Fp) {
        let log2 = if size == FloatSize::F32 { 2 } else { 3 };
        self.rr(asm::V_LANE_SCALAR | lane(log2, index), d.0, a.0);
    }

    fn replace(&mut self, lanes: Lanes, index: u8, d: Fp, a: Fp, value: Gp) {
        self.fmov(AbiType::V128, d, a);
        self.rr(asm::V_INS | lane(log2(lanes), index), d.0, value.0);
    }

    fn replace_float(&mut self, size: FloatSize, index: u8, d: Fp, a: Fp, value: Fp) {
        let log2 = if size == FloatSize::F32 { 2 } else { 3 };
        self.fmov(AbiType::V128, d, a);
        self.rr(asm::V_INS_LANE | lane(log2, index), d.0, value.0);
    }

    fn shuffle(&mut self, lanes: &[u8; 16], d: Fp, a: Fp, b: Fp) {
        // The two tables have to be neighbors.
        self.vmov(V30, a.0);
        self.vmov(V31, b.0);
        self.vector_constant(d, u128::from_le_bytes(*lanes));
        self.rrr(asm::V_TBL2, d.0, V30, d.0);
    }

    fn load_vector(&mut self, d: Fp, addr: Addr<VectorLoad>) {
        match addr.kind() {
            VectorLoad::Extend(from, signed) => {
                self.at(LDR_D, d.0, addr);
                self.rr(widened(Widen { from, signed, half: Half::Low }), d.0, d.0);
            }
            VectorLoad::Splat(lanes) => {
                self.at(load_lane(lanes), d.0, addr);
                self.rr(asm::V_DUP_LANE | lane(log2(lanes), 0), d.0, d.0);
            }
            VectorLoad::Zero(lanes) => self.at(load_lane(lanes), d.0, addr),
        }
    }

    fn load_lane(&mut self, index: u8, d: Fp, a: Fp, addr: Addr<Lanes>) {
        let lanes = addr.kind();
        self.at(load_lane(lanes), V30, addr);
        self.fmov(AbiType::V128, d, a);
        self.rr(asm::V_INS_LANE | lane(log2(lanes), index), d.0, V30);
    }

    fn store_lane(&mut self, index: u8, a: Reg, addr: Addr<Lanes>) {
        let lanes = addr.kind();
        self.rr(asm::V_LANE_SCALAR | lane(log2(lanes), index), V30, a.fp().0);
        self.at(store_lane(lanes), V30, addr);
    }
}
