//! What scalar operations mean: on bits, as the traits of the assembler say, and not as any instruction does it.
//!
//! Integers come in registers of 64 bits. An operation of 32 bits takes the low half, and gives a result whose upper half is
//! zero.

use gantry_winch::masm::*;

/// The part of a register that an operation of this size takes.
pub(super) const fn low(size: Size, x: u64) -> u64 {
    match size {
        Size::S32 => x & 0xffff_ffff,
        Size::S64 => x,
    }
}

/// The same as a signed number.
const fn signed(size: Size, x: u64) -> i64 {
    match size {
        Size::S32 => x as u32 as i32 as i64,
        Size::S64 => x.cast_signed(),
    }
}

pub(super) fn alu(op: AluOp, size: Size, a: u64, b: u64) -> u64 {
    let x = match op {
        AluOp::Add => a.wrapping_add(b),
        AluOp::Sub => a.wrapping_sub(b),
        AluOp::Mul => a.wrapping_mul(b),
        AluOp::And => a & b,
        AluOp::Or => a | b,
        AluOp::Xor => a ^ b,
    };
    low(size, x)
}

pub(super) fn shift(op: ShiftOp, size: Size, a: u64, count: u64) -> u64 {
    let (width, a) = (size.bits(), low(size, a));
    let count = count as u32 % width;
    let left = |count: u32| if count == width { 0 } else { low(size, a << count) };
    let right = |count: u32| if count == width { 0 } else { a >> count };
    match op {
        ShiftOp::Shl => left(count),
        ShiftOp::ShrU => right(count),
        ShiftOp::ShrS => low(size, (signed(size, a) >> count).cast_unsigned()),
        ShiftOp::Rotl => left(count) | right(width - count),
        ShiftOp::Rotr => right(count) | left(width - count),
    }
}

/// None where callers must not ask.
pub(super) fn div(op: DivOp, size: Size, a: u64, b: u64) -> Option<u64> {
    let (ua, ub, sa, sb) = (low(size, a), low(size, b), signed(size, a), signed(size, b));
    let x = match op {
        DivOp::QuotientU => ua.checked_div(ub)?,
        DivOp::RemainderU => ua.checked_rem(ub)?,
        DivOp::RemainderS if ub != 0 => sa.wrapping_rem(sb).cast_unsigned(),
        DivOp::RemainderS => return None,
        DivOp::QuotientS => {
            let quotient = i128::from(sa).checked_div(i128::from(sb))?;
            let fits = match size {
                Size::S32 => i32::try_from(quotient).is_ok(),
                Size::S64 => i64::try_from(quotient).is_ok(),
            };
            fits.then_some(quotient as u64)?
        }
    };
    Some(low(size, x))
}

pub(super) fn count(op: CountOp, size: Size, a: u64) -> u64 {
    let (bits, a) = (size.bits(), low(size, a));
    let at = |i: u32| a >> i & 1 == 1;
    let number = match op {
        CountOp::Clz => (0..bits).take_while(|i| !at(bits - 1 - i)).count(),
        CountOp::Ctz => (0..bits).take_while(|&i| !at(i)).count(),
        CountOp::Popcnt => (0..bits).filter(|&i| at(i)).count(),
    };
    number as u64
}

pub(super) fn extend(op: ExtendOp, a: u64) -> u64 {
    match op {
        ExtendOp::S8To32 => u64::from(i32::from(a as i8).cast_unsigned()),
        ExtendOp::S16To32 => u64::from(i32::from(a as i16).cast_unsigned()),
        ExtendOp::S8To64 => i64::from(a as i8).cast_unsigned(),
        ExtendOp::S16To64 => i64::from(a as i16).cast_unsigned(),
        ExtendOp::S32To64 => i64::from(a as i32).cast_unsigned(),
        ExtendOp::U32To64 => u64::from(a as u32),
    }
}

pub(super) fn compare(cc: IntCc, size: Size, a: u64, b: u64) -> bool {
    let (s, u) = (signed(size, a).cmp(&signed(size, b)), low(size, a).cmp(&low(size, b)));
    match cc {
        IntCc::Eq => u.is_eq(),
        IntCc::Ne => u.is_ne(),
        IntCc::LtS => s.is_lt(),
        IntCc::LtU => u.is_lt(),
        IntCc::GtS => s.is_gt(),
        IntCc::GtU => u.is_gt(),
        IntCc::LeS => s.is_le(),
        IntCc::LeU => u.is_le(),
        IntCc::GeS => s.is_ge(),
        IntCc::GeU => u.is_ge(),
    }
}

/// A float of either width, exactly, as one of 64 bits.
pub(super) fn value(size: FloatSize, bits: u64) -> f64 {
    match size {
        FloatSize::F32 => f64::from(f32::from_bits(bits as u32)),
        FloatSize::F64 => f64::from_bits(bits),
    }
}

pub(super) fn is_nan(size: FloatSize, bits: u64) -> bool {
    value(size, bits).is_nan()
}

/// Bits of a float.
pub(super) const fn width(size: FloatSize) -> u32 {
    match size {
        FloatSize::F32 => 32,
        FloatSize::F64 => 64,
    }
}

/// The canonical NaN.
pub(super) const fn canonical(size: FloatSize) -> u64 {
    match size {
        FloatSize::F32 => 0x7fc0_0000,
        FloatSize::F64 => 0x7ff8_0000_0000_0000,
    }
}

/// One operation on the floats that bits stand for, at each width.
macro_rules! float {
    ($size:expr, |$($x:ident),*| $result:expr) => {
        match $size {
            FloatSize::F32 => {
                $(let $x = f32::from_bits($x as u32);)*
                u64::from(f32::to_bits($result))
            }
            FloatSize::F64 => {
                $(let $x = f64::from_bits($x);)*
                f64::to_bits($result)
            }
        }
    };
}

pub(super) fn unary(op: FloatUnary, size: FloatSize, a: u64) -> u64 {
    let sign = 1 << (width(size) - 1);
    match op {
        FloatUnary::Abs => a & !sign,
        FloatUnary::Neg => a ^ sign,
        FloatUnary::Ceil => float!(size, |a| a.ceil()),
        FloatUnary::Floor => float!(size, |a| a.floor()),
        FloatUnary::Trunc => float!(size, |a| a.trunc()),
        FloatUnary::Nearest => float!(size, |a| a.round_ties_even()),
        FloatUnary::Sqrt => float!(size, |a| a.sqrt()),
    }
}

pub(super) fn binary(op: FloatBinary, size: FloatSize, a: u64, b: u64) -> u64 {
    let sign = 1 << (width(size) - 1);
    let either = value(size, a) < value(size, b);
    match op {
        FloatBinary::Add => float!(size, |a, b| a + b),
        FloatBinary::Sub => float!(size, |a, b| a - b),
        FloatBinary::Mul => float!(size, |a, b| a * b),
        FloatBinary::Div => float!(size, |a, b| a / b),
        FloatBinary::Copysign => a & !sign | b & sign,
        FloatBinary::Min | FloatBinary::Max if is_nan(size, a) || is_nan(size, b) => canonical(size),
        // Of zeros, the one with the sign.
        FloatBinary::Min if compare_floats(FloatCc::Eq, size, a, b) => a | b,
        FloatBinary::Max if compare_floats(FloatCc::Eq, size, a, b) => a & b,
        FloatBinary::Min => {
            if either {
                a
            } else {
                b
            }
        }
        FloatBinary::Max => {
            if either {
                b
            } else {
                a
            }
        }
    }
}

pub(super) fn multiply_add(negate: bool, fused: bool, size: FloatSize, a: u64, b: u64, c: u64) -> u64 {
    let a = if negate { unary(FloatUnary::Neg, size, a) } else { a };
    if fused { float!(size, |a, b, c| a.mul_add(b, c)) } else { float!(size, |a, b, c| a * b + c) }
}

pub(super) fn compare_floats(cc: FloatCc, size: FloatSize, a: u64, b: u64) -> bool {
    let (a, b) = (value(size, a), value(size, b));
    match cc {
        FloatCc::Eq => a == b,
        FloatCc::Ne => a != b,
        FloatCc::Lt => a < b,
        FloatCc::Gt => a > b,
        FloatCc::Le => a <= b,
        FloatCc::Ge => a >= b,
    }
}

/// The least and the largest integer.
fn range(kind: Truncation) -> (i128, i128) {
    match (kind.to, kind.signed) {
        (Size::S32, true) => (i32::MIN.into(), i32::MAX.into()),
        (Size::S32, false) => (0, u32::MAX.into()),
        (Size::S64, true) => (i64::MIN.into(), i64::MAX.into()),
        (Size::S64, false) => (0, u64::MAX.into()),
    }
}

/// Why a float has no integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoInteger {
    Nan,
    Overflow,
}

pub(super) fn truncate(kind: Truncation, a: u64) -> Result<u64, NoInteger> {
    let a = value(kind.from, a);
    if a.is_nan() {
        return Err(NoInteger::Nan);
    }
    let (least, most) = range(kind);
    // Exact for everything below 2^127, and far out of range from there on.
    let a = a.trunc() as i128;
    if a < least || a > most { Err(NoInteger::Overflow) } else { Ok(low(kind.to, a as u64)) }
}

pub(super) fn truncate_saturating(kind: Truncation, a: u64) -> u64 {
    let (least, most) = range(kind);
    match truncate(kind, a) {
        Ok(integer) => integer,
        Err(NoInteger::Nan) => 0,
        Err(NoInteger::Overflow) => low(kind.to, if value(kind.from, a) < 0.0 { least as u64 } else { most as u64 }),
    }
}

pub(super) fn convert(to: FloatSize, from: Size, is_signed: bool, a: u64) -> u64 {
    let integer = if is_signed { i128::from(signed(from, a)) } else { i128::from(low(from, a)) };
    match to {
        FloatSize::F32 => u64::from((integer as f32).to_bits()),
        FloatSize::F64 => (integer as f64).to_bits(),
    }
}

pub(super) fn demote(a: u64) -> u64 {
    u64::from((f64::from_bits(a) as f32).to_bits())
}

pub(super) fn promote(a: u64) -> u64 {
    f64::from(f32::from_bits(a as u32)).to_bits()
}
