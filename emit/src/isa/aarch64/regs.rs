//! Registers of aarch64.

use core::fmt;

/// Declares register operands by the letter of their names.
macro_rules! registers {
    ($($(#[$doc:meta])* $name:ident = $letter:literal, 31 is $last:literal;)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name(pub u8);

        impl $name {
            /// The register's number, as fields hold it.
            pub(crate) const fn n(self) -> u32 {
                self.0 as u32
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self.0 {
                    31 => f.write_str($last),
                    n => write!(f, "{}{n}", $letter),
                }
            }
        }

        #[cfg(test)]
        impl crate::isa::operand::Sample for $name {
            fn sample(seed: u64, position: u64) -> Self {
                // Register 31 changes the names of some instructions; trampolines use it only as a base.
                let sp = $last == "sp" && seed % 8 == 0;
                Self(if sp { 31 } else { crate::isa::operand::sample_register(seed, position, 30) })
            }
        }
    )* };
}
registers! {
    /// A 64-bit integer register, or zero.
    X = "x", 31 is "xzr";
    /// The low half of an integer register, or zero.
    W = "w", 31 is "wzr";
    /// A 64-bit integer register, or the stack pointer.
    Xsp = "x", 31 is "sp";
    /// The low 32 bits of a vector register.
    S = "s", 31 is "s31";
    /// The low 64 bits of a vector register.
    D = "d", 31 is "d31";
    /// A vector register.
    Q = "q", 31 is "q31";
}

/// The stack pointer.
pub const SP: Xsp = Xsp(31);
/// The frame pointer.
pub const FP: X = X(29);
/// The link register.
pub const LR: X = X(30);

/// DWARF number of an integer register or the stack pointer (DWARF for the Arm 64-bit Architecture, section 4.1).
pub(crate) fn dwarf(reg: u8) -> u16 {
    reg.into()
}

/// DWARF number of a vector register.
pub(crate) fn dwarf_vector(reg: u8) -> u16 {
    64 + u16::from(reg)
}
