//! Encoding x86_64: the encoders of `cranelift-assembler-x64`, called directly with our registers and our buffer.
//!
//! `inst::movq_rm::<Regs>::new(d, a).encode(&mut buffer)` is all it takes; [`addr`] makes memory operands.

use super::regs::{Gpr, Regs};
use super::reloc;
use crate::buffer::{CodeBuffer, Label};
pub use cranelift_assembler_x64::inst;
use cranelift_assembler_x64::{
    Amode, AmodeOffset, AmodeOffsetPlusKnownOffset, CodeSink, DeferredTarget, KnownOffset, TrapCode,
};
use gantry_abi::Trap;

/// `[base + offset]`.
pub fn addr(base: Gpr, offset: i32) -> Amode<Gpr> {
    Amode::ImmReg {
        base,
        simm32: AmodeOffsetPlusKnownOffset { simm32: AmodeOffset::new(offset), offset: None },
        trap: None,
    }
}

/// `[rip + label]`.
pub fn rip(label: Label) -> Amode<Gpr> {
    Amode::RipRelative { target: DeferredTarget::Label(cranelift_assembler_x64::Label(label.index())) }
}

/// A condition of jumps, by what it says after `cmp a, b`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cond {
    /// Equal.
    E,
    /// Not equal.
    Ne,
}

/// `jmp to`.
pub fn jmp(buffer: &mut CodeBuffer, to: Label) {
    inst::jmp_d32::new(0).encode(buffer);
    buffer.fixup(buffer.offset() - 4, &reloc::RIP32, to);
}

/// `jcc to`.
pub fn jcc(buffer: &mut CodeBuffer, cond: Cond, to: Label) {
    match cond {
        Cond::E => inst::je_d32::new(0).encode(buffer),
        Cond::Ne => inst::jne_d32::new(0).encode(buffer),
    }
    buffer.fixup(buffer.offset() - 4, &reloc::RIP32, to);
}

/// `mov d, imm`, in the shortest form.
pub fn constant(buffer: &mut CodeBuffer, d: Gpr, imm: u64) {
    if let Ok(imm) = u32::try_from(imm) {
        if imm == 0 {
            inst::xorl_rm::<Regs>::new(d, d).encode(buffer);
        } else {
            inst::movl_oi::<Regs>::new(d, imm).encode(buffer);
        }
    } else if let Ok(imm) = i32::try_from(imm.cast_signed()) {
        inst::movq_mi_sxl::<Regs>::new(d, imm).encode(buffer);
    } else {
        inst::movabsq_oi::<Regs>::new(d, imm).encode(buffer);
    }
}

impl CodeSink for CodeBuffer {
    #[inline]
    fn put1(&mut self, byte: u8) {
        self.put1(byte);
    }

    #[inline]
    fn put2(&mut self, half: u16) {
        self.put2(half);
    }

    #[inline]
    fn put4(&mut self, word: u32) {
        self.put4(word);
    }

    #[inline]
    fn put8(&mut self, long: u64) {
        self.put8(long);
    }

    fn add_trap(&mut self, code: TrapCode) {
        self.trap(Trap::from_code(code.0.get()).expect("operands carry codes of `Trap`"));
    }

    fn use_target(&mut self, target: DeferredTarget) {
        let label = match target {
            DeferredTarget::Label(label) => label.0,
            DeferredTarget::Constant(constant) => constant.0,
            DeferredTarget::None => return,
        };
        self.fixup(self.offset(), &reloc::RIP32, Label::from_index(label));
    }

    fn known_offset(&self, offset: KnownOffset) -> i32 {
        unreachable!("no operand of ours has the known offset {offset}")
    }
}
