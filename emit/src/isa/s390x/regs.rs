//! Registers of s390x.

use core::fmt;

macro_rules! registers {
    ($($(#[$doc:meta])* $name:ident = $letter:literal, $count:literal;)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name(pub u8);

        impl $name {
            /// The register's number, as fields hold it.
            pub(crate) const fn n(self) -> u64 {
                self.0 as u64
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!("%", $letter, "{}"), self.0)
            }
        }

        #[cfg(test)]
        impl crate::isa::operand::Sample for $name {
            fn sample(seed: u64, position: u64) -> Self {
                // 0 as a base means none.
                Self(1 + crate::isa::operand::sample_register(seed, position, $count - 1))
            }
        }
    )* };
}
registers! {
    /// An integer register.
    R = "r", 16;
    /// A float register: the high half of the vector register with its number.
    F = "f", 16;
    /// A vector register.
    V = "v", 32;
}

/// The stack pointer.
pub const SP: R = R(15);
/// The return address.
pub const RA: R = R(14);

/// DWARF number of an integer register (ELF ABI s390x Supplement, table 1.19).
pub(crate) fn dwarf(reg: u8) -> u16 {
    reg.into()
}

/// DWARF number of a float register.
pub(crate) fn dwarf_float(reg: u8) -> u16 {
    const NUMBERS: [u16; 16] = [16, 20, 17, 21, 18, 22, 19, 23, 24, 28, 25, 29, 26, 30, 27, 31];
    NUMBERS[usize::from(reg)]
}
