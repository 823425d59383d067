//! Encoders of s390x (z/Architecture Principles of Operation, chapter 5 "Instruction Formats").
//!
//! Each row is checked against a disassembler. Branches are encoded with distance 0 and take a fix-up (`reloc.rs`).

use super::regs::{F, R, V};
use crate::isa::operand::{encoders, immediates};
use core::fmt;

/// An instruction of 2, 4 or 6 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inst {
    bits: u64,
    len: u8,
}

impl Inst {
    /// Its bytes.
    pub fn bytes(&self) -> impl AsRef<[u8]> + use<> {
        let bytes = self.bits.to_be_bytes();
        let start = bytes.len() - usize::from(self.len);
        bytes[start..].iter().copied().collect::<smallvec::SmallVec<[u8; 8]>>()
    }
}

immediates! {
    /// A signed 16-bit immediate.
    S16(i32) = -0x8000..=0x7fff by 1;
    /// A signed 20-bit offset.
    S20(i32) = -0x80000..=0x7ffff by 1;
    /// An unsigned 32-bit immediate.
    U32(u32) = 0..=0xffff_ffff by 1;
    /// A shift of 64 bits.
    Shift(u32) = 0..=63 by 1;
}

macro_rules! print {
    ($($name:ident),*) => { $(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                crate::isa::operand::write_number(f, i64::from(self.value()))
            }
        }
    )* };
}
print!(S16, S20, U32, Shift);

const fn two(bits: u64) -> Inst {
    Inst { bits, len: 2 }
}

const fn four(bits: u64) -> Inst {
    Inst { bits, len: 4 }
}

const fn six(bits: u64) -> Inst {
    Inst { bits, len: 6 }
}

/// Format RRE: two registers.
const fn rre(op: u64, d: u64, a: u64) -> Inst {
    four(op << 16 | d << 4 | a)
}

/// Format RI: register and 16-bit immediate.
const fn ri(op: u64, d: u64, i: S16) -> Inst {
    four((op >> 4) << 24 | d << 20 | (op & 0xf) << 16 | (i.field() & 0xffff) as u64)
}

/// Format RIL: register and 32-bit immediate.
const fn ril(op: u64, d: u64, i: u32) -> Inst {
    six((op >> 4) << 40 | d << 36 | (op & 0xf) << 32 | i as u64)
}

/// The 20-bit offset of formats RXY and RSY: low 12 bits first.
const fn long(offset: S20) -> u64 {
    let offset = offset.field() as u64;
    (offset & 0xfff) << 16 | (offset >> 12 & 0xff) << 8
}

/// Formats RXY (the second field is the index, not used here) and RSY.
const fn rxy(op: u64, d: u64, second: u64, base: R, offset: S20) -> Inst {
    six((op >> 8) << 40 | d << 36 | second << 32 | base.n() << 28 | long(offset) | op & 0xff)
}

#[rustfmt::skip]
encoders! { Inst;
    lgr(d: R, a: R)                         = rre(0xb904, d.n(), a.n()),                        "lgr {d}, {a}";
    llgfr(d: R, a: R)                       = rre(0xb916, d.n(), a.n()),                        "llgfr {d}, {a}";
    ltr(d: R, a: R)                         = two(0x1200 | d.n() << 4 | a.n()),                 "ltr {d}, {a}";
    ldgr(d: F, a: R)                        = rre(0xb3c1, d.n(), a.n()),                        "ldgr {d}, {a}";
    lgdr(d: R, a: F)                        = rre(0xb3cd, d.n(), a.n()),                        "lgdr {d}, {a}";
    lghi(d: R, i: S16)                      = ri(0xa79, d.n(), i),                              "lghi {d}, {i}";
    cghi(a: R, i: S16)                      = ri(0xa7f, a.n(), i),                              "cghi {a}, {i}";
    llilf(d: R, i: U32)                     = ril(0xc0f, d.n(), i.field()),                     "llilf {d}, {i}";
    tmll_byte(a: R)                         = four(0xa701_00ff | a.n() << 20),                  "tmll {a}, 0xff";
    sllg(d: R, a: R, i: Shift)              = six(0xeb00_0000_000d | d.n() << 36 | a.n() << 32 | (i.field() as u64) << 16), "sllg {d}, {a}, {i}";
    srlg(d: R, a: R, i: Shift)              = six(0xeb00_0000_000c | d.n() << 36 | a.n() << 32 | (i.field() as u64) << 16), "srlg {d}, {a}, {i}";
    lay(d: R, base: R, offset: S20)         = rxy(0xe371, d.n(), 0, base, offset),              "lay {d}, {offset}({base})";
    ly(d: R, base: R, offset: S20)          = rxy(0xe358, d.n(), 0, base, offset),              "ly {d}, {offset}({base})";
    lg(d: R, base: R, offset: S20)          = rxy(0xe304, d.n(), 0, base, offset),              "lg {d}, {offset}({base})";
    sty(a: R, base: R, offset: S20)         = rxy(0xe350, a.n(), 0, base, offset),              "sty {a}, {offset}({base})";
    stg(a: R, base: R, offset: S20)         = rxy(0xe324, a.n(), 0, base, offset),              "stg {a}, {offset}({base})";
    lrv(d: R, base: R, offset: S20)         = rxy(0xe31e, d.n(), 0, base, offset),              "lrv {d}, {offset}({base})";
    lrvg(d: R, base: R, offset: S20)        = rxy(0xe30f, d.n(), 0, base, offset),              "lrvg {d}, {offset}({base})";
    strv(a: R, base: R, offset: S20)        = rxy(0xe33e, a.n(), 0, base, offset),              "strv {a}, {offset}({base})";
    strvg(a: R, base: R, offset: S20)       = rxy(0xe32f, a.n(), 0, base, offset),              "strvg {a}, {offset}({base})";
    ley(d: F, base: R, offset: S20)         = rxy(0xed64, d.n(), 0, base, offset),              "ley {d}, {offset}({base})";
    ldy(d: F, base: R, offset: S20)         = rxy(0xed65, d.n(), 0, base, offset),              "ldy {d}, {offset}({base})";
    stey(a: F, base: R, offset: S20)        = rxy(0xed66, a.n(), 0, base, offset),              "stey {a}, {offset}({base})";
    stdy(a: F, base: R, offset: S20)        = rxy(0xed67, a.n(), 0, base, offset),              "stdy {a}, {offset}({base})";
    stmg(a: R, b: R, base: R, offset: S20)  = rxy(0xeb24, a.n(), b.n(), base, offset),          "stmg {a}, {b}, {offset}({base})";
    lmg(d: R, e: R, base: R, offset: S20)   = rxy(0xeb04, d.n(), e.n(), base, offset),          "lmg {d}, {e}, {offset}({base})";
    vlvgp(d: V, a: R, b: R)                 = six(0xe700_0000_0062 | (d.n() & 15) << 36 | a.n() << 32 | b.n() << 28 | (d.n() >> 4) << 11), "vlvgp {d}, {a}, {b}";
    vlgvg0(d: R, a: V)                      = six(0xe700_0000_3021 | d.n() << 36 | (a.n() & 15) << 32 | (a.n() >> 4) << 10), "vlgvg {d}, {a}, 0";
    vlgvg1(d: R, a: V)                      = six(0xe700_0001_3021 | d.n() << 36 | (a.n() & 15) << 32 | (a.n() >> 4) << 10), "vlgvg {d}, {a}, 1";
    larl(d: R)                              = ril(0xc00, d.n(), 0),                             "larl {d}, 0";
    jg()                                    = ril(0xc04, 15, 0),                                "jg 0";
    jge()                                   = ril(0xc04, 8, 0),                                 "jge 0";
    brasl(d: R)                             = ril(0xc05, d.n(), 0),                             "brasl {d}, 0";
    basr(d: R, a: R)                        = two(0x0d00 | d.n() << 4 | a.n()),                 "basr {d}, {a}";
    br(a: R)                                = two(0x07f0 | a.n()),                              "br {a}";
}

#[cfg(test)]
mod tests {
    use super::samples;
    use crate::isa::operand::check_samples;
    use capstone::prelude::*;

    #[test]
    fn encoders_agree_with_a_disassembler() {
        let disassembler = Capstone::new().sysz().mode(arch::sysz::ArchMode::Default).build().unwrap();
        check_samples(disassembler, samples, |inst| inst.bytes().as_ref().to_vec());
    }
}
