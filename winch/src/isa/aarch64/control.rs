//! Conditions and branches (Arm ARM, C1.2.4, C6.2).

use super::int::wide;
use super::*;
use crate::masm::*;
use crate::reg::Reg;
use asm::{Cond as Cc, X};
use gantry_abi::{AbiType, Trap};
use gantry_emit::Label;
use gantry_emit::isa::aarch64::reloc::{ADR21, BRANCH19, BRANCH26, DISTANCE32};

const fn int_cc(cc: IntCc) -> Cc {
    match cc {
        IntCc::Eq => Cc::Eq,
        IntCc::Ne => Cc::Ne,
        IntCc::LtS => Cc::Lt,
        IntCc::LtU => Cc::Lo,
        IntCc::GtS => Cc::Gt,
        IntCc::GtU => Cc::Hi,
        IntCc::LeS => Cc::Le,
        IntCc::LeU => Cc::Ls,
        IntCc::GeS => Cc::Ge,
        IntCc::GeU => Cc::Hs,
    }
}

impl A64 {
    pub(super) fn fcmp(&mut self, size: FloatSize, a: u8, b: u8) {
        self.rrr(asm::FCMP | super::float::double(size), 0, a, b);
    }

    /// Emits the comparison; gives the condition's number.
    fn flags(&mut self, cond: Cond) -> u32 {
        match cond {
            Cond::Int { cc, size, a, b } => {
                self.compare(size, a.0, b);
                int_cc(cc).bits()
            }
            Cond::Float { cc, negated, size, a, b } => {
                self.fcmp(size, a.0, b.0);
                // Conditions that are false if either operand is NaN, but for `Ne`.
                let cc = match cc {
                    FloatCc::Eq => Cc::Eq,
                    FloatCc::Ne => Cc::Ne,
                    FloatCc::Lt => Cc::Mi,
                    FloatCc::Gt => Cc::Gt,
                    FloatCc::Le => Cc::Ls,
                    FloatCc::Ge => Cc::Ge,
                };
                if negated { cc.inverted() } else { cc.bits() }
            }
        }
    }

    /// `b.cond to`.
    pub(super) fn branch_on(&mut self, cc: u32, to: Label) {
        let at = self.buffer.offset();
        self.put(asm::B_COND | cc);
        self.buffer.fixup(at, &BRANCH19, to);
    }
}

impl ControlMasm for A64 {
    fn jump(&mut self, to: Label) {
        let at = self.buffer.offset();
        self.put(asm::B);
        self.buffer.fixup(at, &BRANCH26, to);
    }

    fn branch(&mut self, cond: Cond, to: Label) {
        if let Cond::Int { cc: cc @ (IntCc::Eq | IntCc::Ne), size, a, b: RegImm::Imm(0) } = cond {
            let at = self.buffer.offset();
            let op = if cc == IntCc::Eq { asm::CBZ } else { asm::CBNZ };
            self.put(op | wide(size) | u32::from(a.0));
            return self.buffer.fixup(at, &BRANCH19, to);
        }
        let cc = self.flags(cond);
        self.branch_on(cc, to);
    }

    fn set(&mut self, d: Gp, cond: Cond) {
        let cc = self.flags(cond);
        self.put(enc(asm::CSINC | (cc ^ 1) << 12, d.0, ZR, ZR));
    }

    fn select(&mut self, ty: AbiType, d: Reg, cond: Cond, a: Reg, b: Reg) {
        let cc = self.flags(cond);
        match ty {
            AbiType::I32 | AbiType::I64 => {
                self.put(enc(asm::CSEL | X | cc << 12, d.gp().0, a.gp().0, b.gp().0));
            }
            AbiType::F32 | AbiType::F64 => {
                self.put(enc(asm::FCSEL | asm::D | cc << 12, d.fp().0, a.fp().0, b.fp().0));
            }
            AbiType::V128 => {
                let done = self.buffer.label();
                let (d, a, b) = (d.fp(), a.fp(), b.fp());
                if d == a {
                    self.branch_on(cc, done);
                    self.fmov(ty, d, b);
                } else {
                    self.fmov(ty, d, b);
                    self.branch_on(cc ^ 1, done);
                    self.fmov(ty, d, a);
                }
                self.buffer.bind(done);
            }
        }
    }

    fn zero_if(&mut self, d: Gp, cond: Cond) {
        let cc = self.flags(cond);
        self.put(enc(asm::CSEL | X | cc << 12, d.0, ZR, d.0));
    }

    fn jump_table(&mut self, index: Gp, temp: Gp, labels: &[Label]) {
        let last = u32::try_from(labels.len() - 1).expect("validation limits tables");
        if self.buffer.island_needed(last.saturating_mul(4).saturating_add(4096)) {
            self.buffer.emit_island();
        }
        // The last entry also serves indices that are too large, without a branch that could be mispredicted.
        let table = self.buffer.label();
        self.constant_to(X17, last.into());
        self.rrr(asm::SUBS, ZR, index.0, X17);
        self.put(enc(asm::CSEL | Cc::Lo.bits() << 12, X17, index.0, X17));
        let at = self.buffer.offset();
        self.put(asm::ADR | u32::from(X16));
        self.buffer.fixup(at, &ADR21, table);
        self.rrr(asm::LDRSW_TABLE, temp.0, X16, X17);
        self.rrr(asm::ADD | X, temp.0, X16, temp.0);
        self.rr(asm::BR, 0, temp.0);
        self.buffer.bind(table);
        for (i, &label) in labels.iter().enumerate() {
            let at = self.buffer.offset();
            // Distances count from the table.
            self.put(u32::try_from(4 * i).expect("validation limits tables"));
            self.buffer.fixup(at, &DISTANCE32, label);
        }
    }

    fn trap(&mut self, trap: Trap) {
        self.buffer.trap(trap);
        self.never();
    }

    fn never(&mut self) {
        self.put(asm::UDF);
    }
}
