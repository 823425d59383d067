//! Encoders of aarch64 (Arm Architecture Reference Manual for A-profile, C4.1 and C6.2; vectors: C7.2).
//!
//! Each row is checked against a disassembler. Branches are encoded with distance 0 and take a fix-up (`reloc.rs`).

use super::regs::{D, Q, S, W, X, Xsp};
use crate::isa::operand::{encoders, immediates, write_number};
use core::fmt;

immediates! {
    /// An unsigned 12-bit immediate.
    U12(u32) = 0..=4095 by 1;
    /// An unsigned 12-bit offset of words.
    U12x4(u32) = 0..=16380 by 4;
    /// An unsigned 12-bit offset of doublewords.
    U12x8(u32) = 0..=32760 by 8;
    /// An unsigned 12-bit offset of quadwords.
    U12x16(u32) = 0..=65520 by 16;
    /// A signed 7-bit offset of doublewords.
    S7x8(i32) = -512..=504 by 8;
    /// 16 bits of a constant.
    U16(u32) = 0..=65535 by 1;
}

/// Immediates print as `#number`.
macro_rules! print {
    ($($name:ident),*) => { $(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("#")?;
                write_number(f, i64::from(self.value()))
            }
        }
    )* };
}
print!(U12, U12x4, U12x8, U12x16, S7x8, U16);

const fn seven(offset: S7x8) -> u32 {
    (offset.field() & 0x7f) << 15
}

#[rustfmt::skip]
encoders! { u32;
    mov(d: X, a: X)                         = 0xaa00_03e0 | d.n() | a.n() << 16,                          "mov {d}, {a}";
    movz(d: X, i: U16)                      = 0xd280_0000 | d.n() | i.field() << 5,                       "mov {d}, {i}";
    movk16(d: X, i: U16)                    = 0xf2a0_0000 | d.n() | i.field() << 5,                       "movk {d}, {i}, lsl #16";
    add_imm(d: Xsp, a: Xsp, i: U12)         = 0x9100_0000 | d.n() | a.n() << 5 | i.field() << 10,         "add {d}, {a}, {i}";
    add_imm12(d: Xsp, a: Xsp, i: U12)       = 0x9140_0000 | d.n() | a.n() << 5 | i.field() << 10,         "add {d}, {a}, {i}, lsl #12";
    sub_imm(d: Xsp, a: Xsp, i: U12)         = 0xd100_0000 | d.n() | a.n() << 5 | i.field() << 10,         "sub {d}, {a}, {i}";
    sub_imm12(d: Xsp, a: Xsp, i: U12)       = 0xd140_0000 | d.n() | a.n() << 5 | i.field() << 10,         "sub {d}, {a}, {i}, lsl #12";
    cmn_imm(a: Xsp, i: U12)                 = 0xb100_001f | a.n() << 5 | i.field() << 10,                 "cmn {a}, {i}";
    add_ext(d: Xsp, a: Xsp, b: X)           = 0x8b20_6000 | d.n() | a.n() << 5 | b.n() << 16,             "add {d}, {a}, {b}, uxtx";
    tst_byte(a: W)                          = 0x7200_1c1f | a.n() << 5,                                   "tst {a}, #0xff";
    ldr_w(d: W, base: Xsp, offset: U12x4)   = 0xb940_0000 | d.n() | base.n() << 5 | offset.field() << 10, "ldr {d}, [{base}, {offset}]";
    str_w(a: W, base: Xsp, offset: U12x4)   = 0xb900_0000 | a.n() | base.n() << 5 | offset.field() << 10, "str {a}, [{base}, {offset}]";
    ldr_x(d: X, base: Xsp, offset: U12x8)   = 0xf940_0000 | d.n() | base.n() << 5 | offset.field() << 10, "ldr {d}, [{base}, {offset}]";
    str_x(a: X, base: Xsp, offset: U12x8)   = 0xf900_0000 | a.n() | base.n() << 5 | offset.field() << 10, "str {a}, [{base}, {offset}]";
    ldr_s(d: S, base: Xsp, offset: U12x4)   = 0xbd40_0000 | d.n() | base.n() << 5 | offset.field() << 10, "ldr {d}, [{base}, {offset}]";
    str_s(a: S, base: Xsp, offset: U12x4)   = 0xbd00_0000 | a.n() | base.n() << 5 | offset.field() << 10, "str {a}, [{base}, {offset}]";
    ldr_d(d: D, base: Xsp, offset: U12x8)   = 0xfd40_0000 | d.n() | base.n() << 5 | offset.field() << 10, "ldr {d}, [{base}, {offset}]";
    str_d(a: D, base: Xsp, offset: U12x8)   = 0xfd00_0000 | a.n() | base.n() << 5 | offset.field() << 10, "str {a}, [{base}, {offset}]";
    ldr_q(d: Q, base: Xsp, offset: U12x16)  = 0x3dc0_0000 | d.n() | base.n() << 5 | offset.field() << 10, "ldr {d}, [{base}, {offset}]";
    str_q(a: Q, base: Xsp, offset: U12x16)  = 0x3d80_0000 | a.n() | base.n() << 5 | offset.field() << 10, "str {a}, [{base}, {offset}]";
    stp_x(a: X, b: X, base: Xsp, offset: S7x8) = 0xa900_0000 | a.n() | base.n() << 5 | b.n() << 10 | seven(offset), "stp {a}, {b}, [{base}, {offset}]";
    ldp_x(d: X, e: X, base: Xsp, offset: S7x8) = 0xa940_0000 | d.n() | base.n() << 5 | e.n() << 10 | seven(offset), "ldp {d}, {e}, [{base}, {offset}]";
    stp_d(a: D, b: D, base: Xsp, offset: S7x8) = 0x6d00_0000 | a.n() | base.n() << 5 | b.n() << 10 | seven(offset), "stp {a}, {b}, [{base}, {offset}]";
    ldp_d(d: D, e: D, base: Xsp, offset: S7x8) = 0x6d40_0000 | d.n() | base.n() << 5 | e.n() << 10 | seven(offset), "ldp {d}, {e}, [{base}, {offset}]";
    push_frame()                            = 0xa9bf_7bfd,                                                "stp x29, x30, [sp, #-0x10]!";
    pop_frame()                             = 0xa8c1_7bfd,                                                "ldp x29, x30, [sp], #0x10";
    adr(d: X)                               = 0x1000_0000 | d.n(),                                        "adr {d}, #0";
    b()                                     = 0x1400_0000,                                                "b #0";
    bl()                                    = 0x9400_0000,                                                "bl #0";
    b_eq()                                  = 0x5400_0000,                                                "b.eq #0";
    cbz_w(a: W)                             = 0x3400_0000 | a.n(),                                        "cbz {a}, #0";
    tbz0(a: W)                              = 0x3600_0000 | a.n(),                                        "tbz {a}, #0, #0";
    br(a: X)                                = 0xd61f_0000 | a.n() << 5,                                   "br {a}";
    blr(a: X)                               = 0xd63f_0000 | a.n() << 5,                                   "blr {a}";
    ret()                                   = 0xd65f_03c0,                                                "ret";
    nop()                                   = 0xd503_201f,                                                "nop";
}

#[cfg(test)]
mod tests {
    use super::samples;
    use crate::isa::operand::check_samples;
    use capstone::prelude::*;

    #[test]
    fn encoders_agree_with_a_disassembler() {
        let disassembler = Capstone::new().arm64().mode(arch::arm64::ArchMode::Arm).build().unwrap();
        check_samples(disassembler, samples, |word| word.to_le_bytes().to_vec());
    }
}
