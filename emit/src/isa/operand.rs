//! What the encoder tables of the fixed-width ISAs are made of: immediates that fit their fields by construction, and the
//! macro that turns one row into an encoder and, in tests, into a sample to compare with a disassembler.

/// Declares immediate operands: name, Rust type of the value, smallest and largest value, what it must be a multiple of.
macro_rules! immediates {
    ($($(#[$doc:meta])* $name:ident($ty:ty) = $min:literal..=$max:literal by $step:literal;)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name($ty);

        impl $name {
            /// The operand, if the value fits.
            #[allow(unused_comparisons, clippy::modulo_one, reason = "some smallest values are 0, some steps 1")]
            pub const fn new(value: $ty) -> Option<Self> {
                if value >= $min && value <= $max && value % $step == 0 { Some(Self(value)) } else { None }
            }

            /// The value.
            pub const fn value(self) -> $ty {
                self.0
            }

            /// The value in units of the step, as fields hold it.
            pub(crate) const fn field(self) -> u32 {
                crate::fixup::low32((self.0 / $step) as i64)
            }
        }

        #[cfg(test)]
        impl $crate::isa::operand::Sample for $name {
            fn sample(seed: u64, _: u64) -> Self {
                // Never 0, which disassemblers often leave out.
                let (min, max, step): (i128, i128, i128) = ($min, $max, $step);
                let value = min + i128::from(seed) % ((max - min) / step + 1) * step;
                let value = if value == 0 { step } else { value };
                Self::new(<$ty>::try_from(value).unwrap()).unwrap()
            }
        }
    )* };
}
pub(crate) use immediates;

/// Declares encoders: one row gives a `const fn`, and a row of `samples()` in tests. The grammar is
/// `name(operand: Type, ...) = word, "text"`, where the word is an expression in the operands.
macro_rules! encoders {
    ($word:ty; $($name:ident($($operand:ident: $ty:ty),*) = $value:expr, $text:literal;)*) => {
        $(
            #[doc = concat!("`", $text, "`.")]
            #[must_use]
            pub const fn $name($($operand: $ty),*) -> $word {
                $value
            }
        )*

        /// Every encoder with operands drawn from a seed: the word and what a disassembler says.
        #[cfg(test)]
        #[allow(unused_mut, unused_variables, unused_assignments, reason = "some rows have no operands")]
        pub(crate) fn samples(seed: u64) -> alloc::vec::Vec<($word, alloc::string::String)> {
            let mut seed = seed;
            let mut samples = alloc::vec::Vec::new();
            $({
                let mut position = 0;
                $(
                    seed = seed.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
                    let $operand = <$ty as $crate::isa::operand::Sample>::sample(seed >> 24, position);
                    position += 1;
                )*
                samples.push(($name($($operand),*), alloc::format!($text)));
            })*
            samples
        }
    };
}
pub(crate) use encoders;

/// An operand that tests can draw.
#[cfg(test)]
pub(crate) trait Sample {
    /// The operand at this position. Registers at different positions are different, as pairs have to be.
    fn sample(seed: u64, position: u64) -> Self;
}

/// A register number below `count` for this position.
#[cfg(test)]
pub(crate) fn sample_register(seed: u64, position: u64, count: u64) -> u8 {
    u8::try_from((seed * 3 + position % 3) % (count - count % 3)).unwrap()
}

/// A number as most disassemblers print it: decimal up to 9, hexadecimal beyond.
pub(crate) fn write_number(f: &mut core::fmt::Formatter<'_>, value: i64) -> core::fmt::Result {
    let sign = if value < 0 { "-" } else { "" };
    match value.unsigned_abs() {
        small @ 0..=9 => write!(f, "{sign}{small}"),
        large => write!(f, "{sign}{large:#x}"),
    }
}

#[cfg(test)]
pub(crate) fn check_samples<W: core::fmt::Debug>(
    mut disassembler: capstone::Capstone,
    samples: fn(u64) -> alloc::vec::Vec<(W, alloc::string::String)>,
    bytes: fn(&W) -> alloc::vec::Vec<u8>,
) {
    use proptest::prelude::*;
    disassembler.set_skipdata(false).unwrap();
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(seed: u64)| {
        for (word, expected) in samples(seed) {
            let code = bytes(&word);
            let insts = disassembler.disasm_all(&code, 0).unwrap();
            prop_assert_eq!(insts.len(), 1, "{:x?} should be {}", word, expected);
            let inst = &insts[0];
            let text = alloc::format!("{} {}", inst.mnemonic().unwrap(), inst.op_str().unwrap());
            // Whether an extension that does nothing is printed depends on the registers.
            let text = text.trim().trim_end_matches(", uxtx");
            prop_assert_eq!(text, expected.trim_end_matches(", uxtx"), "{:x?}", word);
        }
    });
}
