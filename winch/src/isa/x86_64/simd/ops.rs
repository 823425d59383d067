//! Operations that are one instruction.

use super::*;

use sse::*;

/// A row whose operands are as wide as a register.
pub(super) type Binary = sse::Binary<W128>;

/// Both widths of lanes.
pub(super) const fn packed(size: FloatSize, single: Binary, double: Binary) -> Binary {
    match size {
        FloatSize::F32 => single,
        FloatSize::F64 => double,
    }
}

/// From these lanes to the next wider ones.
pub(super) const fn extend(from: Lanes, signed: bool) -> Unary<W64> {
    match (from, signed) {
        (Lanes::L8, true) => PMOVSXBW,
        (Lanes::L8, false) => PMOVZXBW,
        (Lanes::L16, true) => PMOVSXWD,
        (Lanes::L16, false) => PMOVZXWD,
        (Lanes::L32 | Lanes::L64, true) => PMOVSXDQ,
        (Lanes::L32 | Lanes::L64, false) => PMOVZXDQ,
    }
}

pub(super) const fn equal(lanes: Lanes) -> Binary {
    match lanes {
        Lanes::L8 => PCMPEQB,
        Lanes::L16 => PCMPEQW,
        Lanes::L32 => PCMPEQD,
        Lanes::L64 => PCMPEQQ,
    }
}

pub(super) fn extreme(max: bool, lanes: Lanes, signed: bool) -> Binary {
    match (max, lanes, signed) {
        (false, Lanes::L8, true) => PMINSB,
        (false, Lanes::L16, true) => PMINSW,
        (false, Lanes::L32, true) => PMINSD,
        (false, Lanes::L8, false) => PMINUB,
        (false, Lanes::L16, false) => PMINUW,
        (false, Lanes::L32, false) => PMINUD,
        (true, Lanes::L8, true) => PMAXSB,
        (true, Lanes::L16, true) => PMAXSW,
        (true, Lanes::L32, true) => PMAXSD,
        (true, Lanes::L8, false) => PMAXUB,
        (true, Lanes::L16, false) => PMAXUW,
        (true, Lanes::L32, false) => PMAXUD,
        (_, Lanes::L64, _) => unreachable!("wasm has no extremes of 64-bit lanes"),
    }
}

/// Rows with one operand.
pub(super) fn unary(op: VectorUnary) -> Option<Unary<NoMem>> {
    use VectorUnary as U;
    Some(match op {
        U::Abs(Lanes::L8) => PABSB.registers(),
        U::Abs(Lanes::L16) => PABSW.registers(),
        U::Abs(Lanes::L32) => PABSD.registers(),
        U::Float(FloatUnary::Sqrt, FloatSize::F32) => SQRTPS.registers(),
        U::Float(FloatUnary::Sqrt, FloatSize::F64) => SQRTPD.registers(),
        U::Extend(Widen { from, signed, half: Half::Low }) => extend(from, signed).registers(),
        U::RelaxedTrunc(true) => CVTTPS2DQ.registers(),
        U::RelaxedTruncZero(true) => CVTTPD2DQ.registers(),
        U::Convert(true) => CVTDQ2PS.registers(),
        U::ConvertLow(true) => CVTDQ2PD.registers(),
        U::DemoteZero => CVTPD2PS.registers(),
        U::PromoteLow => CVTPS2PD.registers(),
        _ => return None,
    })
}

/// Rows with two operands, and whether they are swapped.
pub(super) fn binary(op: VectorBinary) -> Option<(Binary, bool)> {
    use Lanes::{L8, L16, L32, L64};
    use VectorBinary as B;
    let row = match op {
        B::And => PAND,
        // The instruction inverts its first operand.
        B::AndNot => return Some((PANDN, true)),
        B::Or => POR,
        B::Xor => PXOR,
        B::Compare(lanes, IntCc::Eq) => equal(lanes),
        B::Compare(lanes, cc @ (IntCc::GtS | IntCc::LtS)) => {
            let row = match lanes {
                L8 => PCMPGTB,
                L16 => PCMPGTW,
                L32 => PCMPGTD,
                L64 => PCMPGTQ,
            };
            return Some((row, cc == IntCc::LtS));
        }
        B::Add(L8) => PADDB,
        B::Add(L16) => PADDW,
        B::Add(L32) => PADDD,
        B::Add(L64) => PADDQ,
        B::Sub(L8) => PSUBB,
        B::Sub(L16) => PSUBW,
        B::Sub(L32) => PSUBD,
        B::Sub(L64) => PSUBQ,
        B::Mul(L16) => PMULLW,
        B::Mul(L32) => PMULLD,
        B::AddSat(L8, true) => PADDSB,
        B::AddSat(_, true) => PADDSW,
        B::AddSat(L8, false) => PADDUSB,
        B::AddSat(_, false) => PADDUSW,
        B::SubSat(L8, true) => PSUBSB,
        B::SubSat(_, true) => PSUBSW,
        B::SubSat(L8, false) => PSUBUSB,
        B::SubSat(_, false) => PSUBUSW,
        B::Min(lanes, signed) => extreme(false, lanes, signed),
        B::Max(lanes, signed) => extreme(true, lanes, signed),
        B::Avgr(L8) => PAVGB,
        B::Avgr(_) => PAVGW,
        B::Narrow(L16, true) => PACKSSWB,
        B::Narrow(L16, false) => PACKUSWB,
        B::Narrow(_, true) => PACKSSDW,
        B::Narrow(_, false) => PACKUSDW,
        B::Dot => PMADDWD,
        B::RelaxedSwizzle => PSHUFB,
        B::RelaxedQ15Mulr => PMULHRSW,
        // Bytes of the first operand are unsigned.
        B::RelaxedDot => return Some((PMADDUBSW, true)),
        B::Float(FloatBinary::Add, size) => packed(size, ADDPS, ADDPD),
        B::Float(FloatBinary::Mul, size) => packed(size, MULPS, MULPD),
        B::Float(FloatBinary::Sub, size) => packed(size, SUBPS, SUBPD),
        B::Float(FloatBinary::Div, size) => packed(size, DIVPS, DIVPD),
        // Both give their second operand unless the comparison holds.
        B::PseudoMin(size) | B::RelaxedMin(size) => return Some((packed(size, MINPS, MINPD), true)),
        B::PseudoMax(size) | B::RelaxedMax(size) => return Some((packed(size, MAXPS, MAXPD), true)),
        _ => return None,
    };
    Some((row, false))
}
