//! Conditions and branches (Intel SDM, volume 2, Jcc, SETcc, CMOVcc; appendix B.1.4.7 for the condition codes).

use super::*;
use crate::masm::*;
use crate::reg::Reg;
use gantry_abi::{AbiType, Trap};
use gantry_emit::Label;
use gantry_emit::isa::x86_64::reloc::{REL8, RIP32};

/// A condition code.
pub(super) type Cc = u8;
pub(super) const NO: Cc = 1;
pub(super) const B: Cc = 2;
pub(super) const AE: Cc = 3;
pub(super) const E: Cc = 4;
pub(super) const NE: Cc = 5;
pub(super) const BE: Cc = 6;
pub(super) const A: Cc = 7;
pub(super) const S: Cc = 8;
pub(super) const NS: Cc = 9;
pub(super) const P: Cc = 10;
pub(super) const NP: Cc = 11;
const L: Cc = 12;
const GE: Cc = 13;
const LE: Cc = 14;
const G: Cc = 15;

const fn int_cc(cc: IntCc) -> Cc {
    match cc {
        IntCc::Eq => E,
        IntCc::Ne => NE,
        IntCc::LtS => L,
        IntCc::LtU => B,
        IntCc::GtS => G,
        IntCc::GtU => A,
        IntCc::LeS => LE,
        IntCc::LeU => BE,
        IntCc::GeS => GE,
        IntCc::GeU => AE,
    }
}

/// What the flags have to say for a condition to hold.
#[derive(Clone, Copy)]
pub(super) enum Flags {
    One(Cc),
    /// Equal, and not unordered.
    Equal,
    /// Not equal, or unordered.
    Unequal,
}

impl X64 {
    /// Emits the comparison.
    pub(super) fn flags(&mut self, cond: Cond) -> Flags {
        match cond {
            Cond::Int { cc, size, a, b } => {
                self.compare(size, a.0, b);
                Flags::One(int_cc(cc))
            }
            Cond::Float { cc, negated, size, a, b } => {
                // Unordered sets the carry and zero flags: "above" asks for neither.
                let (a, b, code) = match cc {
                    FloatCc::Eq | FloatCc::Ne => {
                        self.ucomis(size, a.0, b.0);
                        let equal = (cc == FloatCc::Eq) != negated;
                        return if equal { Flags::Equal } else { Flags::Unequal };
                    }
                    FloatCc::Gt => (a, b, A),
                    FloatCc::Ge => (a, b, AE),
                    FloatCc::Lt => (b, a, A),
                    FloatCc::Le => (b, a, AE),
                };
                self.ucomis(size, a.0, b.0);
                Flags::One(if negated { code ^ 1 } else { code })
            }
        }
    }

    /// `jcc to`.
    pub(super) fn jcc(&mut self, cc: Cc, to: Label) {
        if let Some(distance) = self.short_distance(to) {
            self.buffer.put1(0x70 | cc);
            self.buffer.put1(distance);
            return;
        }
        self.jcc_near(cc, to);
    }

    /// `jcc to` in the form that reaches everywhere, also from where the code is moved to.
    pub(super) fn jcc_near(&mut self, cc: Cc, to: Label) {
        self.buffer.put1(0x0f);
        self.buffer.put1(0x80 | cc);
        let at = self.buffer.offset();
        self.buffer.put4(0);
        self.buffer.fixup(at, &RIP32, to);
    }

    /// `jcc to`, where the label will be bound within a few instructions.
    pub(super) fn jcc_short(&mut self, cc: Cc, to: Label) {
        self.buffer.put1(0x70 | cc);
        let at = self.buffer.offset();
        self.buffer.put1(0);
        self.buffer.fixup(at, &REL8, to);
    }

    /// `jmp to`, where the label will be bound within a few instructions.
    pub(super) fn jump_short(&mut self, to: Label) {
        self.buffer.put1(0xeb);
        let at = self.buffer.offset();
        self.buffer.put1(0);
        self.buffer.fixup(at, &REL8, to);
    }

    /// The displacement of a two-byte jump here, if the label is bound and near.
    fn short_distance(&self, to: Label) -> Option<u8> {
        let target = i64::from(self.buffer.bound(to)?);
        let distance = target - (i64::from(self.buffer.offset()) + 2);
        i8::try_from(distance).ok().map(i8::cast_unsigned)
    }

    /// `cmovcc d, a` of 64 bits.
    fn cmov(&mut self, cc: Cc, d: u8, a: u8) {
        self.rr(op2(0x40 | cc).w(true), d, a);
    }

    /// `setcc d`, zero-extended.
    pub(super) fn setcc(&mut self, cc: Cc, d: u8) {
        emit_full(&mut self.buffer, op2(0x90 | cc), 0, Rm::Reg(d), Imm::None, true);
        emit_full(&mut self.buffer, op2(0xb6), d, Rm::Reg(d), Imm::None, true);
    }

    fn select_int(&mut self, d: u8, cond: Cond, a: u8, b: u8) {
        let flags = self.flags(cond);
        match flags {
            Flags::One(cc) => {
                if d == a {
                    self.cmov(cc ^ 1, d, b);
                } else {
                    if d != b {
                        self.mov_rr(Size::S64, d, b);
                    }
                    self.cmov(cc, d, a);
                }
            }
            // One value first, the other one over it twice.
            Flags::Equal | Flags::Unequal => {
                let (first, second) = if matches!(flags, Flags::Equal) { (a, b) } else { (b, a) };
                let second = if d == second && d != first {
                    self.mov_rr(Size::S64, R11, second);
                    R11
                } else {
                    second
                };
                if d != first {
                    self.mov_rr(Size::S64, d, first);
                }
                self.cmov(NE, d, second);
                self.cmov(P, d, second);
            }
        }
    }

    fn select_float(&mut self, d: u8, cond: Cond, a: u8, b: u8) {
        let flags = self.flags(cond);
        let done = self.buffer.label();
        if d == a {
            // Skip the other value if the condition holds.
            let other = self.buffer.label();
            match flags {
                Flags::One(cc) => self.jcc_short(cc, done),
                Flags::Equal => {
                    self.jcc_short(P, other);
                    self.jcc_short(E, done);
                }
                Flags::Unequal => {
                    self.jcc_short(P, done);
                    self.jcc_short(NE, done);
                }
            }
            self.buffer.bind(other);
            self.movaps(d, b);
        } else {
            if d != b {
                self.movaps(d, b);
            }
            let take = self.buffer.label();
            match flags {
                Flags::One(cc) => self.jcc_short(cc ^ 1, done),
                Flags::Equal => {
                    self.jcc_short(P, done);
                    self.jcc_short(NE, done);
                }
                Flags::Unequal => {
                    self.jcc_short(P, take);
                    self.jcc_short(E, done);
                }
            }
            self.buffer.bind(take);
            self.movaps(d, a);
        }
        self.buffer.bind(done);
    }
}

impl ControlMasm for X64 {
    fn jump(&mut self, to: Label) {
        if let Some(distance) = self.short_distance(to) {
            self.buffer.put1(0xeb);
            self.buffer.put1(distance);
            return;
        }
        self.buffer.put1(0xe9);
        let at = self.buffer.offset();
        self.buffer.put4(0);
        self.buffer.fixup(at, &RIP32, to);
    }

    fn branch(&mut self, cond: Cond, to: Label) {
        match self.flags(cond) {
            Flags::One(cc) => self.jcc(cc, to),
            Flags::Equal => {
                let skip = self.buffer.label();
                self.jcc_short(P, skip);
                self.jcc(E, to);
                self.buffer.bind(skip);
            }
            Flags::Unequal => {
                self.jcc(P, to);
                self.jcc(NE, to);
            }
        }
    }

    fn set(&mut self, d: Gp, cond: Cond) {
        match self.flags(cond) {
            Flags::One(cc) => self.setcc(cc, d.0),
            Flags::Equal => {
                self.setcc(NP, R11);
                // Zero-extending does not change flags.
                self.setcc(E, d.0);
                self.group1_rr(4, Size::S32, d.0, R11);
            }
            Flags::Unequal => {
                self.setcc(P, R11);
                self.setcc(NE, d.0);
                self.group1_rr(1, Size::S32, d.0, R11);
            }
        }
    }

    fn select(&mut self, ty: AbiType, d: Reg, cond: Cond, a: Reg, b: Reg) {
        match ty {
            AbiType::I32 | AbiType::I64 => self.select_int(d.gp().0, cond, a.gp().0, b.gp().0),
            _ => self.select_float(d.fp().0, cond, a.fp().0, b.fp().0),
        }
    }

    fn zero_if(&mut self, d: Gp, cond: Cond) {
        let Flags::One(cc) = self.flags(cond) else { unreachable!("addresses depend on integers") };
        // A constant that leaves flags alone.
        self.buffer.put_short(&[0x41, 0xbb, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 6);
        self.cmov(cc, d.0, R11);
    }

    fn jump_table(&mut self, index: Gp, temp: Gp, labels: &[Label]) {
        // The last entry also serves indices that are too large, without a branch that could be mispredicted.
        let last = u32::try_from(labels.len() - 1).expect("validation limits tables");
        let table = self.buffer.label();
        self.mov_rr(Size::S32, temp.0, index.0);
        self.mov_imm(R11, last.into());
        self.group1_rr(super::int::CMP, Size::S32, temp.0, R11);
        self.cmov(A, temp.0, R11);
        self.rm(op1(0x8d).w(true), R11, Mem::Rip(table));
        self.rm(op1(0x63).w(true), temp.0, Mem::Index(R11, temp.0, 2, 0));
        self.group1_rr(0, Size::S64, temp.0, R11);
        self.rr(op1(0xff), 4, temp.0);
        self.buffer.bind(table);
        for (i, &label) in labels.iter().enumerate() {
            let at = self.buffer.offset();
            // Distances count from the table; the form adds what it finds, and counts from the end of the place.
            self.buffer.put4(u32::try_from(4 * i + 4).expect("validation limits tables"));
            self.buffer.fixup(at, &RIP32, label);
        }
    }

    fn trap(&mut self, trap: Trap) {
        self.buffer.trap(trap);
        self.never();
    }

    fn never(&mut self) {
        self.buffer.put2(0x0b0f);
    }
}
