//! Encoders of riscv64 (RISC-V Instruction Set Manual, volume I, chapter "RV32/64G Instruction Set Listings").
//!
//! Each row is checked against a disassembler. Branches are encoded with distance 0 and take a fix-up (`reloc.rs`).

use super::regs::{F, X};
use crate::isa::operand::{encoders, immediates, write_number};
use core::fmt;

immediates! {
    /// A signed 12-bit immediate.
    S12(i32) = -2048..=2047 by 1;
    /// The upper 20 bits of a signed 32-bit constant.
    U20(u32) = 0..=0xfffff by 1;
}

impl fmt::Display for S12 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_number(f, self.value().into())
    }
}

impl fmt::Display for U20 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_number(f, self.value().into())
    }
}

/// Format I: destination, source, immediate.
const fn i_type(opcode: u32, d: u32, a: u32, i: S12) -> u32 {
    opcode | d << 7 | a << 15 | i.field() << 20
}

/// Format S: source, base, offset.
const fn s_type(opcode: u32, a: u32, base: u32, i: S12) -> u32 {
    opcode | (i.field() & 0x1f) << 7 | base << 15 | a << 20 | (i.field() >> 5) << 25
}

#[rustfmt::skip]
encoders! { u32;
    addi(d: X, a: X, i: S12)          = i_type(0x0000_0013, d.n(), a.n(), i),              "addi {d}, {a}, {i}";
    andi(d: X, a: X, i: S12)          = i_type(0x0000_7013, d.n(), a.n(), i),              "andi {d}, {a}, {i}";
    sext_w(d: X, a: X)                = 0x0000_001b | d.n() << 7 | a.n() << 15,            "sext.w {d}, {a}";
    mv(d: X, a: X)                    = 0x0000_0013 | d.n() << 7 | a.n() << 15,            "mv {d}, {a}";
    li(d: X, i: S12)                  = i_type(0x0000_0013, d.n(), 0, i),                  "addi {d}, zero, {i}";
    add(d: X, a: X, b: X)             = 0x0000_0033 | d.n() << 7 | a.n() << 15 | b.n() << 20, "add {d}, {a}, {b}";
    lui(d: X, i: U20)                 = 0x0000_0037 | d.n() << 7 | i.field() << 12,        "lui {d}, {i}";
    addiw(d: X, a: X, i: S12)         = i_type(0x0000_001b, d.n(), a.n(), i),              "addiw {d}, {a}, {i}";
    lw(d: X, base: X, offset: S12)    = i_type(0x0000_2003, d.n(), base.n(), offset),      "lw {d}, {offset}({base})";
    ld(d: X, base: X, offset: S12)    = i_type(0x0000_3003, d.n(), base.n(), offset),      "ld {d}, {offset}({base})";
    flw(d: F, base: X, offset: S12)   = i_type(0x0000_2007, d.n(), base.n(), offset),      "flw {d}, {offset}({base})";
    fld(d: F, base: X, offset: S12)   = i_type(0x0000_3007, d.n(), base.n(), offset),      "fld {d}, {offset}({base})";
    sw(a: X, base: X, offset: S12)    = s_type(0x0000_2023, a.n(), base.n(), offset),      "sw {a}, {offset}({base})";
    sd(a: X, base: X, offset: S12)    = s_type(0x0000_3023, a.n(), base.n(), offset),      "sd {a}, {offset}({base})";
    fsw(a: F, base: X, offset: S12)   = s_type(0x0000_2027, a.n(), base.n(), offset),      "fsw {a}, {offset}({base})";
    fsd(a: F, base: X, offset: S12)   = s_type(0x0000_3027, a.n(), base.n(), offset),      "fsd {a}, {offset}({base})";
    beqz(a: X)                        = 0x0000_0063 | a.n() << 15,                         "beqz {a}, 0";
    beq(a: X, b: X)                   = 0x0000_0063 | a.n() << 15 | b.n() << 20,           "beq {a}, {b}, 0";
    jal(d: X)                         = 0x0000_006f | d.n() << 7,                          "jal {d}, 0";
    auipc(d: X)                       = 0x0000_0017 | d.n() << 7,                          "auipc {d}, 0";
    jr(a: X)                          = 0x0000_0067 | a.n() << 15,                         "jr {a}";
    jalr(a: X)                        = 0x0000_00e7 | a.n() << 15,                         "jalr {a}";
    ret()                             = 0x0000_8067,                                       "ret";
    ebreak()                          = 0x0010_0073,                                       "ebreak";
}

#[cfg(test)]
mod tests {
    use super::samples;
    use crate::isa::operand::check_samples;
    use capstone::prelude::*;

    #[test]
    fn encoders_agree_with_a_disassembler() {
        let disassembler = Capstone::new().riscv().mode(arch::riscv::ArchMode::RiscV64).build().unwrap();
        check_samples(disassembler, samples, |word| word.to_le_bytes().to_vec());
    }
}
