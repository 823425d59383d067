//! Operations that are one instruction.

use super::*;

/// An opcode of the map 0F with prefix 66.
pub(super) const fn p66(opcode: u8) -> Op {
    op2(opcode).p(0x66)
}

/// An opcode of the map 0F 38 with prefix 66.
pub(super) const fn p38(opcode: u8) -> Op {
    Op { prefix: 0x66, map: 2, opcode, w: false }
}

/// An opcode of the map 0F 3A with prefix 66.
pub(super) const fn p3a(opcode: u8) -> Op {
    Op { prefix: 0x66, map: 3, opcode, w: false }
}

/// The packed form of a float instruction.
pub(super) const fn packed(size: FloatSize, opcode: u8) -> Op {
    match size {
        FloatSize::F32 => op2(opcode),
        FloatSize::F64 => p66(opcode),
    }
}

/// `pmovsx` or `pmovzx` from these lanes to the next wider ones.
pub(super) const fn extend(from: Lanes, signed: bool) -> Op {
    let opcode = match from {
        Lanes::L8 => 0x20,
        Lanes::L16 => 0x23,
        Lanes::L32 | Lanes::L64 => 0x25,
    };
    p38(if signed { opcode } else { opcode + 0x10 })
}

/// `pcmpeq`.
pub(super) const fn equal(lanes: Lanes) -> Op {
    match lanes {
        Lanes::L8 => p66(0x74),
        Lanes::L16 => p66(0x75),
        Lanes::L32 => p66(0x76),
        Lanes::L64 => p38(0x29),
    }
}

/// `pmin` and `pmax`.
pub(super) fn extreme(max: bool, lanes: Lanes, signed: bool) -> Op {
    match (max, lanes, signed) {
        (false, Lanes::L8, true) => p38(0x38),
        (false, Lanes::L16, true) => p66(0xea),
        (false, Lanes::L32, true) => p38(0x39),
        (false, Lanes::L8, false) => p66(0xda),
        (false, Lanes::L16, false) => p38(0x3a),
        (false, Lanes::L32, false) => p38(0x3b),
        (true, Lanes::L8, true) => p38(0x3c),
        (true, Lanes::L16, true) => p66(0xee),
        (true, Lanes::L32, true) => p38(0x3d),
        (true, Lanes::L8, false) => p66(0xde),
        (true, Lanes::L16, false) => p38(0x3e),
        (true, Lanes::L32, false) => p38(0x3f),
        (_, Lanes::L64, _) => unreachable!("wasm has no extremes of 64-bit lanes"),
    }
}

/// Rows with one operand.
pub(super) fn unary(op: VectorUnary) -> Option<Op> {
    use VectorUnary as U;
    Some(match op {
        U::Abs(Lanes::L8) => p38(0x1c),
        U::Abs(Lanes::L16) => p38(0x1d),
        U::Abs(Lanes::L32) => p38(0x1e),
        U::Float(FloatUnary::Sqrt, size) => packed(size, 0x51),
        U::Extend(Widen { from, signed, half: Half::Low }) => extend(from, signed),
        U::RelaxedTrunc(true) => op2(0x5b).p(0xf3),
        U::RelaxedTruncZero(true) => p66(0xe6),
        U::Convert(true) => op2(0x5b),
        U::ConvertLow(true) => op2(0xe6).p(0xf3),
        U::DemoteZero => p66(0x5a),
        U::PromoteLow => op2(0x5a),
        _ => return None,
    })
}

/// Rows with two operands, and whether they are swapped.
pub(super) fn binary(op: VectorBinary) -> Option<(Op, bool)> {
    use Lanes::{L8, L16, L32, L64};
    use VectorBinary as B;
    let row = match op {
        B::And => p66(0xdb),
        // The instruction inverts its first operand.
        B::AndNot => return Some((p66(0xdf), true)),
        B::Or => p66(0xeb),
        B::Xor => p66(0xef),
        B::Compare(lanes, IntCc::Eq) => equal(lanes),
        B::Compare(lanes, cc @ (IntCc::GtS | IntCc::LtS)) => {
            let row = match lanes {
                L8 => p66(0x64),
                L16 => p66(0x65),
                L32 => p66(0x66),
                L64 => p38(0x37),
            };
            return Some((row, cc == IntCc::LtS));
        }
        B::Add(L8) => p66(0xfc),
        B::Add(L16) => p66(0xfd),
        B::Add(L32) => p66(0xfe),
        B::Add(L64) => p66(0xd4),
        B::Sub(L8) => p66(0xf8),
        B::Sub(L16) => p66(0xf9),
        B::Sub(L32) => p66(0xfa),
        B::Sub(L64) => p66(0xfb),
        B::Mul(L16) => p66(0xd5),
        B::Mul(L32) => p38(0x40),
        B::AddSat(L8, true) => p66(0xec),
        B::AddSat(_, true) => p66(0xed),
        B::AddSat(L8, false) => p66(0xdc),
        B::AddSat(_, false) => p66(0xdd),
        B::SubSat(L8, true) => p66(0xe8),
        B::SubSat(_, true) => p66(0xe9),
        B::SubSat(L8, false) => p66(0xd8),
        B::SubSat(_, false) => p66(0xd9),
        B::Min(lanes, signed) => extreme(false, lanes, signed),
        B::Max(lanes, signed) => extreme(true, lanes, signed),
        B::Avgr(L8) => p66(0xe0),
        B::Avgr(_) => p66(0xe3),
        B::Narrow(L16, true) => p66(0x63),
        B::Narrow(L16, false) => p66(0x67),
        B::Narrow(_, true) => p66(0x6b),
        B::Narrow(_, false) => p38(0x2b),
        B::Dot => p66(0xf5),
        B::RelaxedSwizzle => p38(0x00),
        B::RelaxedQ15Mulr => p38(0x0b),
        // Bytes of the first operand are unsigned.
        B::RelaxedDot => return Some((p38(0x04), true)),
        B::Float(FloatBinary::Add, size) => packed(size, 0x58),
        B::Float(FloatBinary::Mul, size) => packed(size, 0x59),
        B::Float(FloatBinary::Sub, size) => packed(size, 0x5c),
        B::Float(FloatBinary::Div, size) => packed(size, 0x5e),
        // Both give their second operand unless the comparison holds.
        B::PseudoMin(size) | B::RelaxedMin(size) => return Some((packed(size, 0x5d), true)),
        B::PseudoMax(size) | B::RelaxedMax(size) => return Some((packed(size, 0x5f), true)),
        _ => return None,
    };
    Some((row, false))
}
