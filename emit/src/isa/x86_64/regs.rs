//! Registers of x86_64 by hardware number.

/// An integer register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gpr(pub u8);

/// An SSE register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Xmm(pub u8);

macro_rules! gprs {
    ($($name:ident = $number:literal),*) => { $(
        #[doc = concat!("`", stringify!($name), "`.")]
        pub const $name: Gpr = Gpr($number);
    )* };
}
gprs! {
    RAX = 0, RCX = 1, RDX = 2, RBX = 3, RSP = 4, RBP = 5, RSI = 6, RDI = 7,
    R8 = 8, R9 = 9, R10 = 10, R11 = 11, R12 = 12, R13 = 13, R14 = 14, R15 = 15
}

/// DWARF number of an integer register (System V ABI, AMD64 supplement, figure 3.36).
pub(crate) fn dwarf(reg: Gpr) -> u16 {
    const NUMBERS: [u16; 16] = [0, 2, 1, 3, 7, 6, 4, 5, 8, 9, 10, 11, 12, 13, 14, 15];
    NUMBERS[usize::from(reg.0)]
}

/// DWARF number of an SSE register.
pub(crate) fn dwarf_xmm(reg: Xmm) -> u16 {
    17 + u16::from(reg.0)
}

/// DWARF number of the return address.
pub(crate) const DWARF_RETURN_ADDRESS: u16 = 16;
