//! What vector operations mean, lane by lane.
//!
//! Results come with a mask of the bits that the traits promise: NaNs have any bits unless they are made canonical, and
//! relaxed operations leave some lanes open.

use super::scalar;
use gantry_winch::masm::*;

/// A vector, and which of its bits are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Vector {
    pub(super) bits: u128,
    pub(super) known: u128,
}

impl Vector {
    pub(super) const UNKNOWN: Self = Self { bits: 0, known: 0 };

    /// All bits are known.
    pub(super) fn exact(bits: u128) -> Self {
        Self { bits, known: u128::MAX }
    }

    /// Only the low bits are known.
    pub(super) fn low(width: u32, bits: u128) -> Self {
        Self { bits: bits & ones(width), known: ones(width) }
    }

    /// What is known of it if all these bits are.
    pub(super) fn get(self, width: u32) -> Option<u128> {
        (self.known & ones(width) == ones(width)).then_some(self.bits & ones(width))
    }

    /// From lanes of this width, of which some are not known.
    fn of(width: u32, lanes: impl IntoIterator<Item = Option<i128>>) -> Self {
        let mut vector = Self { bits: 0, known: 0 };
        for (i, lane) in (0..).zip(lanes) {
            if let Some(lane) = lane {
                vector.bits |= (lane.cast_unsigned() & ones(width)) << (i * width);
                vector.known |= ones(width) << (i * width);
            }
        }
        vector
    }
}

/// As many ones.
pub(super) const fn ones(width: u32) -> u128 {
    if width >= 128 { u128::MAX } else { (1 << width) - 1 }
}

/// Bits of a lane.
pub(super) const fn bits(lanes: Lanes) -> u32 {
    8 * lanes.bytes()
}

/// The lanes, as numbers.
fn read(width: u32, signed: bool, x: u128) -> impl Iterator<Item = i128> {
    (0..128 / width).map(move |i| {
        let lane = x >> (i * width) & ones(width);
        let negative = signed && lane >> (width - 1) == 1;
        if negative { (lane | !ones(width)).cast_signed() } else { lane.cast_signed() }
    })
}

/// The nearest number that fits.
fn saturate(width: u32, signed: bool, x: i128) -> i128 {
    if signed { x.clamp(-(1 << (width - 1)), (1 << (width - 1)) - 1) } else { x.clamp(0, ones(width).cast_signed()) }
}

fn map(width: u32, signed: bool, a: u128, f: impl Fn(i128) -> i128) -> u128 {
    Vector::of(width, read(width, signed, a).map(|a| Some(f(a)))).bits
}

fn zip(width: u32, signed: bool, a: u128, b: u128, f: impl Fn(i128, i128) -> i128) -> u128 {
    let pairs = read(width, signed, a).zip(read(width, signed, b));
    Vector::of(width, pairs.map(|(a, b)| Some(f(a, b)))).bits
}

/// The half that is widened.
fn half(widen: Widen, x: u128) -> Vec<i128> {
    let width = bits(widen.from);
    let skip = if widen.half == Half::High { 64 / width as usize } else { 0 };
    read(width, widen.signed, x).skip(skip).take(64 / width as usize).collect()
}

/// Lanes of floats: known unless they are NaNs that nobody makes canonical.
fn floats(size: FloatSize, canonical: bool, lanes: impl Iterator<Item = u64>) -> Vector {
    Vector::of(scalar::width(size), lanes.map(|lane| settle(size, canonical, lane).map(i128::from)))
}

/// A result: its bits, unless it is a NaN that nobody makes canonical.
pub(super) fn settle(size: FloatSize, canonical: bool, bits: u64) -> Option<u64> {
    match scalar::is_nan(size, bits) {
        true => canonical.then_some(scalar::canonical(size)),
        false => Some(bits),
    }
}

fn float_lanes(size: FloatSize, x: u128) -> impl Iterator<Item = u64> {
    read(scalar::width(size), false, x).map(|lane| lane as u64)
}

fn float_pairs(size: FloatSize, a: u128, b: u128) -> impl Iterator<Item = (u64, u64)> {
    float_lanes(size, a).zip(float_lanes(size, b))
}

/// Whether the operation makes floats by arithmetic, and of which size: what can be made canonical.
pub(super) fn arithmetic_unary(op: VectorUnary) -> Option<FloatSize> {
    match op {
        VectorUnary::Float(op, size) if op.is_arithmetic() => Some(size),
        VectorUnary::DemoteZero => Some(FloatSize::F32),
        VectorUnary::PromoteLow => Some(FloatSize::F64),
        _ => None,
    }
}

/// The same of two operands.
pub(super) fn arithmetic_binary(op: VectorBinary) -> Option<FloatSize> {
    match op {
        VectorBinary::Float(op, size) if op.is_arithmetic() => Some(size),
        _ => None,
    }
}

/// The same of three operands.
pub(super) fn arithmetic_ternary(op: VectorTernary) -> Option<FloatSize> {
    match op {
        VectorTernary::Madd(size) | VectorTernary::Nmadd(size) => Some(size),
        _ => None,
    }
}

pub(super) fn unary(op: VectorUnary, canonical: bool, a: u128) -> Vector {
    let truncation = |from, signed| Truncation { from, to: Size::S32, signed };
    let integers = |kind: Truncation, relaxed: bool| {
        let lanes: Vec<_> = float_lanes(kind.from, a)
            .map(|lane| match relaxed {
                true => scalar::truncate(kind, lane).ok().map(i128::from),
                false => Some(scalar::truncate_saturating(kind, lane).into()),
            })
            .collect();
        // The upper lanes are zero if there are only two.
        let zeros = std::iter::repeat_n(Some(0), 4 - lanes.len());
        Vector::of(32, lanes.into_iter().chain(zeros))
    };
    Vector::exact(match op {
        VectorUnary::Not => !a,
        VectorUnary::Abs(lanes) => map(bits(lanes), true, a, i128::abs),
        VectorUnary::Neg(lanes) => map(bits(lanes), true, a, |a| -a),
        VectorUnary::Popcnt => map(8, false, a, |a| a.count_ones().into()),
        VectorUnary::Float(op, size) => {
            let lanes = float_lanes(size, a).map(|lane| scalar::unary(op, size, lane));
            if op.is_arithmetic() {
                return floats(size, canonical, lanes);
            }
            Vector::of(scalar::width(size), lanes.map(|lane| Some(lane.into()))).bits
        }
        VectorUnary::Extend(widen) => Vector::of(2 * bits(widen.from), half(widen, a).into_iter().map(Some)).bits,
        VectorUnary::ExtAddPairwise(lanes, signed) => {
            let all: Vec<_> = read(bits(lanes), signed, a).collect();
            Vector::of(2 * bits(lanes), all.chunks(2).map(|pair| Some(pair[0] + pair[1]))).bits
        }
        VectorUnary::TruncSat(signed) => return integers(truncation(FloatSize::F32, signed), false),
        VectorUnary::TruncSatZero(signed) => return integers(truncation(FloatSize::F64, signed), false),
        VectorUnary::RelaxedTrunc(signed) => return integers(truncation(FloatSize::F32, signed), true),
        VectorUnary::RelaxedTruncZero(signed) => return integers(truncation(FloatSize::F64, signed), true),
        VectorUnary::Convert(signed) => {
            map(32, false, a, |a| scalar::convert(FloatSize::F32, Size::S32, signed, a as u64).into())
        }
        VectorUnary::ConvertLow(signed) => {
            let lanes = read(32, false, a).take(2);
            let floats = lanes.map(|a| Some(scalar::convert(FloatSize::F64, Size::S32, signed, a as u64).into()));
            Vector::of(64, floats).bits
        }
        VectorUnary::DemoteZero => {
            let lanes = float_lanes(FloatSize::F64, a).map(scalar::demote);
            return floats(FloatSize::F32, canonical, lanes.chain([0, 0]));
        }
        VectorUnary::PromoteLow => {
            return floats(FloatSize::F64, canonical, float_lanes(FloatSize::F32, a).take(2).map(scalar::promote));
        }
    })
}

pub(super) fn binary(op: VectorBinary, canonical: bool, a: u128, b: u128) -> Vector {
    let all = |yes: bool| if yes { -1 } else { 0 };
    // A lane that is NaN, or a zero beside one of the other sign, is whatever is fastest.
    let relaxed = |op: FloatBinary, size: FloatSize| {
        let lanes = float_pairs(size, a, b).map(|(a, b)| {
            let open = scalar::is_nan(size, a) || scalar::is_nan(size, b) || scalar::value(size, a) == 0.0;
            (!open).then(|| scalar::binary(op, size, a, b).into())
        });
        Vector::of(scalar::width(size), lanes)
    };
    let chosen = |cc: FloatCc, size: FloatSize| {
        let lanes = float_pairs(size, a, b)
            .map(|(a, b)| Some(i128::from(if scalar::compare_floats(cc, size, b, a) { b } else { a })));
        Vector::of(scalar::width(size), lanes).bits
    };
    Vector::exact(match op {
        VectorBinary::And => a & b,
        VectorBinary::AndNot => a & !b,
        VectorBinary::Or => a | b,
        VectorBinary::Xor => a ^ b,
        VectorBinary::Compare(lanes, cc) => {
            let extended = |x: i128| x as u64;
            let signed = !matches!(cc, IntCc::LtU | IntCc::GtU | IntCc::LeU | IntCc::GeU);
            zip(bits(lanes), signed, a, b, |a, b| all(scalar::compare(cc, Size::S64, extended(a), extended(b))))
        }
        VectorBinary::CompareFloat(cc, size) => {
            let lanes = float_pairs(size, a, b).map(|(a, b)| Some(all(scalar::compare_floats(cc, size, a, b))));
            Vector::of(scalar::width(size), lanes).bits
        }
        VectorBinary::Add(lanes) => zip(bits(lanes), false, a, b, |a, b| a + b),
        VectorBinary::Sub(lanes) => zip(bits(lanes), false, a, b, |a, b| a - b),
        VectorBinary::Mul(lanes) => zip(bits(lanes), false, a, b, i128::wrapping_mul),
        VectorBinary::AddSat(lanes, signed) => {
            zip(bits(lanes), signed, a, b, |a, b| saturate(bits(lanes), signed, a + b))
        }
        VectorBinary::SubSat(lanes, signed) => {
            zip(bits(lanes), signed, a, b, |a, b| saturate(bits(lanes), signed, a - b))
        }
        VectorBinary::Min(lanes, signed) => zip(bits(lanes), signed, a, b, i128::min),
        VectorBinary::Max(lanes, signed) => zip(bits(lanes), signed, a, b, i128::max),
        VectorBinary::Avgr(lanes) => zip(bits(lanes), false, a, b, |a, b| (a + b + 1) / 2),
        VectorBinary::Q15MulrSat => zip(16, true, a, b, |a, b| saturate(16, true, (a * b + 0x4000) >> 15)),
        VectorBinary::RelaxedQ15Mulr => {
            let pairs = read(16, true, a).zip(read(16, true, b));
            let lanes = pairs.map(|(a, b)| {
                let product = (a * b + 0x4000) >> 15;
                (saturate(16, true, product) == product).then_some(product)
            });
            return Vector::of(16, lanes);
        }
        VectorBinary::Narrow(lanes, signed) => {
            let narrow = bits(lanes) / 2;
            let both = read(bits(lanes), true, a).chain(read(bits(lanes), true, b));
            Vector::of(narrow, both.map(|x| Some(saturate(narrow, signed, x)))).bits
        }
        VectorBinary::ExtMul(widen) => {
            let products = half(widen, a).into_iter().zip(half(widen, b)).map(|(a, b)| Some(a * b));
            Vector::of(2 * bits(widen.from), products).bits
        }
        VectorBinary::Dot => {
            let products: Vec<_> = read(16, true, a).zip(read(16, true, b)).map(|(a, b)| a * b).collect();
            Vector::of(32, products.chunks(2).map(|pair| Some(pair[0] + pair[1]))).bits
        }
        VectorBinary::Swizzle => {
            let byte = |index: i128| if index < 16 { (a >> (8 * index) & 0xff).cast_signed() } else { 0 };
            map(8, false, b, byte)
        }
        VectorBinary::RelaxedSwizzle => {
            let byte = |index: i128| (index < 16).then(|| (a >> (8 * index) & 0xff).cast_signed());
            return Vector::of(8, read(8, false, b).map(byte));
        }
        VectorBinary::Float(op, size) => {
            let lanes = float_pairs(size, a, b).map(|(a, b)| scalar::binary(op, size, a, b));
            if op.is_arithmetic() {
                return floats(size, canonical, lanes);
            }
            Vector::of(scalar::width(size), lanes.map(|lane| Some(lane.into()))).bits
        }
        VectorBinary::PseudoMin(size) => chosen(FloatCc::Lt, size),
        VectorBinary::PseudoMax(size) => chosen(FloatCc::Gt, size),
        VectorBinary::RelaxedMin(size) => return relaxed(FloatBinary::Min, size),
        VectorBinary::RelaxedMax(size) => return relaxed(FloatBinary::Max, size),
        VectorBinary::RelaxedDot => return Vector::of(16, relaxed_dot(a, b)),
    })
}

/// Sums of two products of bytes; those of which a second operand has 8 bits are open.
fn relaxed_dot(a: u128, b: u128) -> Vec<Option<i128>> {
    let products: Vec<_> = read(8, true, a).zip(read(8, true, b)).map(|(a, b)| (b >= 0).then_some(a * b)).collect();
    products.chunks(2).map(|pair| Some(pair[0]? + pair[1]?)).collect()
}

pub(super) fn ternary(op: VectorTernary, canonical: bool, fused: bool, a: u128, b: u128, c: u128) -> Vector {
    match op {
        VectorTernary::Bitselect => Vector::exact(a & c | b & !c),
        VectorTernary::Madd(size) | VectorTernary::Nmadd(size) => {
            let negate = matches!(op, VectorTernary::Nmadd(_));
            let lanes = float_pairs(size, a, b).zip(float_lanes(size, c));
            floats(size, canonical, lanes.map(|((a, b), c)| scalar::multiply_add(negate, fused, size, a, b, c)))
        }
        VectorTernary::RelaxedDotAdd => {
            let sums = relaxed_dot(a, b);
            let sums = sums.chunks(2).zip(read(32, true, c));
            Vector::of(32, sums.map(|(pair, c)| Some(pair[0]? + pair[1]? + c)))
        }
    }
}

pub(super) fn shift(op: ShiftOp, lanes: Lanes, a: u128, count: u64) -> u128 {
    let width = bits(lanes);
    let count = count as u32 % width;
    map(width, op == ShiftOp::ShrS, a, |a| match op {
        ShiftOp::Shl => a << count,
        _ => a >> count,
    })
}

pub(super) fn canonicalize(size: FloatSize, a: u128) -> Vector {
    floats(size, true, float_lanes(size, a))
}

pub(super) fn test(op: VectorTest, a: u128) -> u64 {
    match op {
        VectorTest::AnyTrue => u64::from(a != 0),
        VectorTest::AllTrue(lanes) => u64::from(read(bits(lanes), false, a).all(|lane| lane != 0)),
        VectorTest::Bitmask(lanes) => {
            (0..).zip(read(bits(lanes), true, a)).map(|(i, lane)| u64::from(lane < 0) << i).sum()
        }
    }
}

pub(super) fn splat(width: u32, a: u128) -> u128 {
    Vector::of(width, (0..128 / width).map(|_| Some(a.cast_signed()))).bits
}

/// One lane.
pub(super) fn lane(width: u32, lane: u8, a: u128) -> u128 {
    a >> (u32::from(lane) * width) & ones(width)
}

pub(super) fn extract(kind: Extract, index: u8, a: u128) -> u64 {
    let of = |width| lane(width, index, a) as u64;
    match kind {
        Extract::S8 => scalar::extend(ExtendOp::S8To32, of(8)),
        Extract::U8 => of(8),
        Extract::S16 => scalar::extend(ExtendOp::S16To32, of(16)),
        Extract::U16 => of(16),
        Extract::I32 => of(32),
        Extract::I64 => of(64),
    }
}

pub(super) fn replace(width: u32, index: u8, a: u128, value: u128) -> u128 {
    let at = u32::from(index) * width;
    a & !(ones(width) << at) | (value & ones(width)) << at
}

pub(super) fn shuffle(lanes: [u8; 16], a: u128, b: u128) -> u128 {
    let both: Vec<u8> = a.to_le_bytes().into_iter().chain(b.to_le_bytes()).collect();
    u128::from_le_bytes(lanes.map(|lane| both[usize::from(lane)]))
}

/// What a load makes of the bytes that it read.
pub(super) fn loaded(kind: VectorLoad, bytes: u128) -> u128 {
    match kind {
        VectorLoad::Extend(from, signed) => {
            unary(VectorUnary::Extend(Widen { from, signed, half: Half::Low }), false, bytes).bits
        }
        VectorLoad::Splat(lanes) => splat(bits(lanes), bytes),
        VectorLoad::Zero(_) => bytes,
    }
}
