//! Values as all engines agree on them, and the values that are worth passing.

#![allow(clippy::cast_possible_truncation, reason = "small numbers are drawn")]

use std::fmt;

/// A value outside of any engine. Floats are their bits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Value {
    /// 32-bit integer.
    I32(u32),
    /// 64-bit integer.
    I64(u64),
    /// Bits of a 32-bit float.
    F32(u32),
    /// Bits of a 64-bit float.
    F64(u64),
    /// Vector.
    V128(u128),
    /// Null of any type.
    Null,
    /// A function of the module, by index in its index space; `None` where an engine cannot tell which.
    Func(Option<u32>),
    /// A host value, by its number.
    Extern(u32),
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::I32(x) => write!(f, "i32:{x:#x}"),
            Self::I64(x) => write!(f, "i64:{x:#x}"),
            Self::F32(x) => write!(f, "f32:{:?}({x:#x})", f32::from_bits(x)),
            Self::F64(x) => write!(f, "f64:{:?}({x:#x})", f64::from_bits(x)),
            Self::V128(x) => write!(f, "v128:{x:#034x}"),
            Self::Null => f.write_str("null"),
            Self::Func(Some(i)) => write!(f, "func:{i}"),
            Self::Func(None) => f.write_str("func"),
            Self::Extern(i) => write!(f, "extern:{i}"),
        }
    }
}

impl Value {
    /// Whether two values are the same, as far as engines can tell functions apart.
    pub fn agrees(self, other: Self) -> bool {
        match (self, other) {
            (Self::Func(a), Self::Func(b)) => a.is_none() || b.is_none() || a == b,
            (a, b) => a == b,
        }
    }
}

/// The types that arguments can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// 32-bit integer.
    I32,
    /// 64-bit integer.
    I64,
    /// 32-bit float.
    F32,
    /// 64-bit float.
    F64,
    /// Vector.
    V128,
    /// Reference to a function; `true` if it may be null.
    Func(bool),
    /// Reference to a host value; `true` if it may be null.
    Extern(bool),
}

/// How many host values there are to refer to.
pub const EXTERNS: u32 = 4;

/// A small generator of pseudo-random numbers (`SplitMix64`): for what has to be the same in every engine and in every
/// version of this library.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// A sequence that depends on `seed` alone.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A sequence that depends on several numbers alone.
    pub fn of(numbers: &[u64]) -> Self {
        let mut random = Self(0x9e37_79b9_7f4a_7c15);
        for &number in numbers {
            random.0 ^= number;
            random.0 = random.bits();
        }
        random
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`, which is not 0.
    pub fn below(&mut self, n: usize) -> usize {
        let n64 = n as u64;
        usize::try_from(self.bits() % n64).expect("it is below a usize")
    }

    /// Whether a chance of one in `n` came true.
    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// One of a list.
    pub fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    /// 32 bits that are often at an edge.
    pub fn word32(&mut self) -> u32 {
        #[rustfmt::skip]
        const EDGES: &[u32] = &[
            0, 1, 2, 3, 7, 8, 31, 32, 63, 64, 127, 128, 255, 256, 0x7fff, 0x8000, 0xffff, 0x1_0000, 0xfffe, 0xfff8, 0xfff0,
            0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0xffff_fffe, 0xffff_ff80, 0xffff_8000,
            // Floats: one, minus zero, infinities, NaN, a signalling NaN, a denormal, 2^31, 2^63.
            0x3f80_0000, 0xbf80_0000, 0x7f80_0000, 0xff80_0000, 0x7fc0_0000, 0x7fa0_0000, 1, 0x4f00_0000, 0x5f00_0000,
        ];
        match self.below(4) {
            0 => u32::try_from(self.bits() >> 32).expect("32 bits"),
            1 => self.pick(EDGES).wrapping_add(self.below(5) as u32).wrapping_sub(2),
            _ => self.pick(EDGES),
        }
    }

    /// 64 bits that are often at an edge.
    pub fn word64(&mut self) -> u64 {
        #[rustfmt::skip]
        const EDGES: &[u64] = &[
            0, 1, 2, 63, 64, 0xff, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0x1_0000_0000, 0xffff_ffff_8000_0000,
            0x7fff_ffff_ffff_ffff, 0x8000_0000_0000_0000, 0xffff_ffff_ffff_ffff, 0xffff_ffff_ffff_fffe,
            // Floats, as above.
            0x3ff0_0000_0000_0000, 0x7ff0_0000_0000_0000, 0xfff0_0000_0000_0000, 0x7ff8_0000_0000_0000,
            0x7ff4_0000_0000_0000, 0x41e0_0000_0000_0000, 0x43e0_0000_0000_0000, 0x41f0_0000_0000_0000,
        ];
        match self.below(5) {
            0 => self.bits(),
            1 => u64::from(self.word32()),
            2 => i64::from(self.word32().cast_signed()).cast_unsigned(),
            3 => self.pick(EDGES).wrapping_add(self.below(5) as u64).wrapping_sub(2),
            _ => self.pick(EDGES),
        }
    }

    /// A value of a type. References are null, a host value, or one of the `functions` that can be referred to; `None` if
    /// there is no value.
    pub fn value(&mut self, ty: Type, functions: &[u32]) -> Option<Value> {
        Some(match ty {
            Type::I32 => Value::I32(self.word32()),
            Type::I64 => Value::I64(self.word64()),
            Type::F32 => Value::F32(self.word32()),
            Type::F64 => Value::F64(self.word64()),
            Type::V128 => {
                let (low, high) = match self.below(3) {
                    0 => {
                        let half = self.word64();
                        (half, half)
                    }
                    1 => {
                        let word = u64::from(self.word32());
                        (word << 32 | word, word << 32 | u64::from(self.word32()))
                    }
                    _ => (self.word64(), self.word64()),
                };
                Value::V128(u128::from(high) << 64 | u128::from(low))
            }
            Type::Func(null) if functions.is_empty() || null && self.one_in(3) => null.then_some(Value::Null)?,
            Type::Func(_) => Value::Func(Some(self.pick(functions))),
            Type::Extern(true) if self.one_in(3) => Value::Null,
            Type::Extern(_) => Value::Extern(u32::try_from(self.below(EXTERNS as usize)).expect("few")),
        })
    }
}
