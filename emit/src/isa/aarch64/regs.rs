//! Registers of aarch64, by number.

/// The stack pointer, where an instruction takes it.
pub const SP: u8 = 31;
/// Zero, where an instruction does not take the stack pointer.
pub const ZR: u8 = 31;
/// The frame pointer.
pub const FP: u8 = 29;
/// The link register.
pub const LR: u8 = 30;

/// DWARF number of an integer register or the stack pointer (DWARF for the Arm 64-bit Architecture, section 4.1).
pub(crate) fn dwarf(reg: u8) -> u16 {
    reg.into()
}

/// DWARF number of a vector register.
pub(crate) fn dwarf_vector(reg: u8) -> u16 {
    64 + u16::from(reg)
}
