//! Conditions and branches (Intel SDM, volume 2, Jcc, SETcc, CMOVcc; appendix B.1.4.7 for the condition codes).

use super::*;
use crate::masm::*;
use crate::reg::Reg;
use gantry_abi::{AbiType, Trap};
use gantry_emit::Label;
use gantry_emit::isa::x86_64::asm::Extend;
use gantry_emit::isa::x86_64::reloc::RIP32;

const fn int_cc(cc: IntCc) -> Cc {
    match cc {
        IntCc::Eq => Cc::E,
        IntCc::Ne => Cc::Ne,
        IntCc::LtS => Cc::L,
        IntCc::LtU => Cc::B,
        IntCc::GtS => Cc::G,
        IntCc::GtU => Cc::A,
        IntCc::LeS => Cc::Le,
        IntCc::LeU => Cc::Be,
        IntCc::GeS => Cc::Ge,
        IntCc::GeU => Cc::Ae,
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
                self.compare(size, gpr(a), b);
                Flags::One(int_cc(cc))
            }
            Cond::Float { cc, negated, size, a, b } => {
                // Unordered sets the carry and zero flags: "above" asks for neither.
                let (a, b, code) = match cc {
                    FloatCc::Eq | FloatCc::Ne => {
                        self.ucomis(size, xmm(a), xmm(b));
                        let equal = (cc == FloatCc::Eq) != negated;
                        return if equal { Flags::Equal } else { Flags::Unequal };
                    }
                    FloatCc::Gt => (a, b, Cc::A),
                    FloatCc::Ge => (a, b, Cc::Ae),
                    FloatCc::Lt => (b, a, Cc::A),
                    FloatCc::Le => (b, a, Cc::Ae),
                };
                self.ucomis(size, xmm(a), xmm(b));
                Flags::One(if negated { code.invert() } else { code })
            }
        }
    }

    /// `cmovcc d, a` of 64 bits.
    fn cmov(&mut self, cc: Cc, d: Gpr, a: Gpr) {
        self.asm().cmovcc(cc, asm::Size::S64, d, a);
    }

    /// `setcc d`, zero-extended.
    pub(super) fn setcc(&mut self, cc: Cc, d: Gpr) {
        self.asm().setcc(cc, d);
        self.asm().extend(Extend::Zero8, asm::Size::S32, d, d);
    }

    fn select_int(&mut self, d: Gpr, cond: Cond, a: Gpr, b: Gpr) {
        let flags = self.flags(cond);
        match flags {
            Flags::One(cc) => {
                if d == a {
                    self.cmov(cc.invert(), d, b);
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
                self.cmov(Cc::Ne, d, second);
                self.cmov(Cc::P, d, second);
            }
        }
    }

    fn select_float(&mut self, d: Xmm, cond: Cond, a: Xmm, b: Xmm) {
        let flags = self.flags(cond);
        let done = self.buffer.label();
        if d == a {
            // Skip the other value if the condition holds.
            let other = self.buffer.label();
            match flags {
                Flags::One(cc) => self.asm().jcc_short(cc, done),
                Flags::Equal => {
                    self.asm().jcc_short(Cc::P, other);
                    self.asm().jcc_short(Cc::E, done);
                }
                Flags::Unequal => {
                    self.asm().jcc_short(Cc::P, done);
                    self.asm().jcc_short(Cc::Ne, done);
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
                Flags::One(cc) => self.asm().jcc_short(cc.invert(), done),
                Flags::Equal => {
                    self.asm().jcc_short(Cc::P, done);
                    self.asm().jcc_short(Cc::Ne, done);
                }
                Flags::Unequal => {
                    self.asm().jcc_short(Cc::P, take);
                    self.asm().jcc_short(Cc::E, done);
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
        self.asm().jmp(to);
    }

    fn branch(&mut self, cond: Cond, to: Label) {
        match self.flags(cond) {
            Flags::One(cc) => self.asm().jcc(cc, to),
            Flags::Equal => {
                let skip = self.buffer.label();
                self.asm().jcc_short(Cc::P, skip);
                self.asm().jcc(Cc::E, to);
                self.buffer.bind(skip);
            }
            Flags::Unequal => {
                self.asm().jcc(Cc::P, to);
                self.asm().jcc(Cc::Ne, to);
            }
        }
    }

    fn set(&mut self, d: Gp, cond: Cond) {
        match self.flags(cond) {
            Flags::One(cc) => self.setcc(cc, gpr(d)),
            Flags::Equal => {
                self.setcc(Cc::Np, R11);
                // Zero-extending does not change flags.
                self.setcc(Cc::E, gpr(d));
                self.alu_rr(Alu::And, Size::S32, gpr(d), R11);
            }
            Flags::Unequal => {
                self.setcc(Cc::P, R11);
                self.setcc(Cc::Ne, gpr(d));
                self.alu_rr(Alu::Or, Size::S32, gpr(d), R11);
            }
        }
    }

    fn select(&mut self, ty: AbiType, d: Reg, cond: Cond, a: Reg, b: Reg) {
        match ty {
            AbiType::I32 | AbiType::I64 => self.select_int(gpr(d.gp()), cond, gpr(a.gp()), gpr(b.gp())),
            _ => self.select_float(xmm(d.fp()), cond, xmm(a.fp()), xmm(b.fp())),
        }
    }

    fn zero_if(&mut self, d: Gp, cond: Cond) {
        let Flags::One(cc) = self.flags(cond) else { unreachable!("addresses depend on integers") };
        // A constant that leaves flags alone.
        self.asm().mov_imm(R11, 0);
        self.cmov(cc, gpr(d), R11);
    }

    fn jump_table(&mut self, index: Gp, temp: Gp, labels: &[Label]) {
        // The last entry also serves indices that are too large, without a branch that could be mispredicted.
        let last = u32::try_from(labels.len() - 1).expect("validation limits tables");
        let table = self.buffer.label();
        let temp = gpr(temp);
        self.mov_rr(Size::S32, temp, gpr(index));
        self.mov_imm(R11, last.into());
        self.alu_rr(Alu::Cmp, Size::S32, temp, R11);
        self.cmov(Cc::A, temp, R11);
        self.asm().lea(asm::Size::S64, R11, Mem::<()>::label(table));
        self.asm().load_extend(true, asm::Size::S64, temp, Mem::<W32>::index(R11, temp, Scale::X4, 0));
        self.alu_rr(Alu::Add, Size::S64, temp, R11);
        self.asm().jmp_to(temp);
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
        self.asm().ud2();
    }
}
