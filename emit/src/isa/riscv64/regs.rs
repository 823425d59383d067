//! Registers of riscv64.

use core::fmt;

const X_NAMES: [&str; 32] = [
    "zero", "ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1", "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "s2",
    "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "t3", "t4", "t5", "t6",
];
const F_NAMES: [&str; 32] = [
    "ft0", "ft1", "ft2", "ft3", "ft4", "ft5", "ft6", "ft7", "fs0", "fs1", "fa0", "fa1", "fa2", "fa3", "fa4", "fa5",
    "fa6", "fa7", "fs2", "fs3", "fs4", "fs5", "fs6", "fs7", "fs8", "fs9", "fs10", "fs11", "ft8", "ft9", "ft10", "ft11",
];

macro_rules! registers {
    ($($(#[$doc:meta])* $name:ident = $names:ident;)*) => { $(
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
                f.write_str($names[usize::from(self.0)])
            }
        }

        #[cfg(test)]
        impl crate::isa::operand::Sample for $name {
            fn sample(seed: u64, position: u64) -> Self {
                // `zero` and `ra` change the names of some instructions.
                Self(2 + crate::isa::operand::sample_register(seed, position, 30))
            }
        }
    )* };
}
registers! {
    /// An integer register.
    X = X_NAMES;
    /// A float register.
    F = F_NAMES;
}

/// The return address.
pub const RA: X = X(1);
/// The stack pointer.
pub const SP: X = X(2);
/// The frame pointer.
pub const FP: X = X(8);

/// DWARF number of an integer register (RISC-V DWARF Specification, table 1).
pub(crate) fn dwarf(reg: u8) -> u16 {
    reg.into()
}

/// DWARF number of a float register.
pub(crate) fn dwarf_float(reg: u8) -> u16 {
    32 + u16::from(reg)
}
