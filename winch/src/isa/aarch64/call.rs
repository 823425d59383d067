//! Calls and frames.

use super::*;
use crate::masm::*;
use crate::reg::Reg;
use asm::access::{LDR_D, LDR_Q, LDR_S, LDR_W, LDR_X, STR_D, STR_Q, STR_S, STR_W, STR_X};
use asm::{Access, Cond as Cc, X};
use gantry_abi::AbiType;
use gantry_emit::{CallFrameInst, RelocKind};

/// Room for the longest prologue.
const PROLOGUE_ROOM: usize = 192;

/// The first of the integer registers that are saved, 8 bytes each from the frame pointer down.
const FIRST_SAVED: u8 = 19;
/// The last one.
const LAST_SAVED: u8 = 28;
/// The first and last of the vector registers, below those.
const SAVED_VECTORS: std::ops::RangeInclusive<u8> = 8..=15;

/// Where registers are saved, relative to the frame pointer.
fn saved() -> impl Iterator<Item = (Reg, i32)> {
    let ints = (FIRST_SAVED..=LAST_SAVED).map(|r| Reg::from(Gp(r)));
    let vectors = SAVED_VECTORS.map(|r| Reg::from(Fp(r)));
    ints.chain(vectors).zip((1..).map(|i| -8 * i))
}

fn dwarf(reg: Reg) -> u16 {
    let number = u16::from(super::memory::number(reg));
    match reg.class() {
        crate::reg::Class::Int => number,
        crate::reg::Class::Float => 64 + number,
    }
}

const fn store_of(ty: AbiType) -> Access {
    match ty {
        AbiType::I32 => STR_W,
        AbiType::I64 => STR_X,
        AbiType::F32 => STR_S,
        AbiType::F64 => STR_D,
        AbiType::V128 => STR_Q,
    }
}

const fn load_of(ty: AbiType) -> Access {
    match ty {
        AbiType::I32 => LDR_W,
        AbiType::I64 => LDR_X,
        AbiType::F32 => LDR_S,
        AbiType::F64 => LDR_D,
        AbiType::V128 => LDR_Q,
    }
}

impl A64 {
    /// Saves or restores the registers of a set.
    fn each_saved(&mut self, set: RegSet, int: Access, float: Access, describe: bool) {
        for (reg, at) in saved().filter(|&(reg, _)| set.contains(reg)) {
            let access = if reg.class() == crate::reg::Class::Int { int } else { float };
            let word = access.unscaled(super::memory::number(reg), FP, at).unwrap_or(asm::UDF);
            self.put(word);
            if describe {
                self.buffer.cfi(CallFrameInst::Offset(dwarf(reg), at - 16));
            }
        }
    }

    /// The registers to save: those that the core knows of, and the frame base.
    fn with_frame_base(&self, set: RegSet) -> RegSet {
        if self.frame_base { set | Reg::from(Gp(X27)).set() } else { set }
    }
}

impl CallMasm for A64 {
    fn start(&mut self) {
        self.frame_base = false;
        self.buffer.put(&[0; PROLOGUE_ROOM]);
    }

    fn prologue(&mut self, p: &Prologue) {
        let from = self.buffer.offset();
        self.put(asm::PUSH_FRAME);
        self.buffer.cfi(CallFrameInst::Cfa(31, 16));
        self.buffer.cfi(CallFrameInst::Offset(29, -16));
        self.buffer.cfi(CallFrameInst::Offset(30, -8));
        self.put(enc(asm::imm12::ADD | X, FP, SP, 0));
        self.buffer.cfi(CallFrameInst::CfaRegister(29));
        if let Some(check) = p.stack_check {
            self.at_offset(LDR_X, X16, p.vmctx.0, check.store);
            self.at_offset(LDR_X, X16, X16, check.limit);
            if check.extra != 0 {
                self.constant_to(X17, check.extra.into());
                self.rrr(asm::ADD | X, X16, X16, X17);
            }
            self.put(enc(asm::CMP_UXTX, ZR, SP, X16));
            self.branch_on(Cc::Lo.bits(), check.exhausted);
        }
        self.add_constant(SP, SP, -i64::from(p.frame_bytes));
        let saved = self.with_frame_base(p.saved);
        self.each_saved(saved, STR_X, STR_D, true);
        self.mov(Size::S64, Gp(X28), p.vmctx);
        if let Some(base) = p.memory_base {
            let mut from = X28;
            if let Some(import) = base.import {
                self.at_offset(LDR_X, X26, X28, import);
                from = X26;
            }
            self.at_offset(LDR_X, X26, from, base.base);
        }
        if self.frame_base {
            self.add_constant(X27, FP, -i64::from(FRAME_BASE));
        }
        let room = u32::try_from(PROLOGUE_ROOM).expect("a small number");
        let entry = self.buffer.move_before(from, room);
        self.buffer.set_entry(entry);
    }

    fn epilogue(&mut self, saved: RegSet, own_bytes: u32) {
        let saved = self.with_frame_base(saved);
        self.each_saved(saved, LDR_X, LDR_D, false);
        self.put(enc(asm::imm12::ADD | X, SP, FP, 0));
        self.buffer.cfi(CallFrameInst::RememberState);
        self.put(asm::POP_FRAME);
        self.buffer.cfi(CallFrameInst::Cfa(31, i32::try_from(own_bytes).unwrap_or(0)));
        if own_bytes > 0 {
            self.add_constant(SP, SP, own_bytes.into());
        }
        self.put(asm::RET);
        self.buffer.cfi(CallFrameInst::RestoreState);
    }

    fn push_arguments(&mut self, bytes: u32) {
        if bytes > 0 {
            self.add_constant(SP, SP, -i64::from(bytes));
        }
    }

    fn store_argument(&mut self, ty: AbiType, a: Reg, base: Option<Gp>, offset: u32) {
        self.at_argument(store_of(ty), super::memory::number(a), base, offset);
    }

    fn load_result(&mut self, ty: AbiType, d: Reg, offset: u32) {
        self.at_argument(load_of(ty), super::memory::number(d), None, offset);
    }

    fn stack_address(&mut self, d: Gp, offset: u32) {
        self.add_constant(d.0, SP, offset.into());
    }

    fn libcall_trap(&mut self, vmctx: Gp, code: u8) {
        self.mov(Size::S64, Gp(0), vmctx);
        self.constant_to(1, code.into());
    }

    fn call(&mut self, callee: Callee) {
        match callee {
            Callee::Symbol(symbol) => {
                let at = self.buffer.offset();
                self.buffer.relocation(at, RelocKind::Aarch64Call26, symbol, 0);
                self.put(asm::BL);
            }
            Callee::Reg(reg) => self.rr(asm::BLR, 0, reg.0),
        }
    }

    fn tail_call(&mut self, call: &TailCall) {
        // Whether the frame base is used is known only at the end: it is saved then, and restored here.
        self.frame_base = true;
        let saved = self.with_frame_base(call.saved);
        self.each_saved(saved, LDR_X, LDR_D, false);
        self.buffer.cfi(CallFrameInst::RememberState);
        let shift = i64::from(call.own_bytes) - i64::from(call.new_bytes);
        if call.new_bytes == 0 {
            self.put(enc(asm::imm12::ADD | X, SP, FP, 0));
            self.put(asm::POP_FRAME);
            if shift != 0 {
                self.add_constant(SP, SP, shift);
            }
        } else {
            // Arguments move to where the callee will remove them: the end of this function's own. The ranges may overlap,
            // so that the last word moves first.
            self.add_constant(X16, FP, 16 + shift);
            self.at_offset(LDR_X, LR, FP, 8);
            self.at_offset(LDR_X, FP, FP, 0);
            for word in (0..call.new_bytes / 8).rev() {
                let (Some(load), Some(store)) = (LDR_X.scaled(X17, SP, 8 * word), STR_X.scaled(X17, X16, 8 * word))
                else {
                    unreachable!("a thousand parameters have 16000 bytes")
                };
                self.put(load);
                self.put(store);
            }
            self.put(enc(asm::imm12::ADD | X, SP, X16, 0));
        }
        self.buffer.cfi(CallFrameInst::Cfa(31, i32::try_from(call.new_bytes).unwrap_or(0)));
        match call.callee {
            Callee::Symbol(symbol) => {
                let at = self.buffer.offset();
                self.buffer.relocation(at, RelocKind::Aarch64Call26, symbol, 0);
                self.put(asm::B);
            }
            Callee::Reg(reg) => self.rr(asm::BR, 0, reg.0),
        }
        self.buffer.cfi(CallFrameInst::RestoreState);
    }
}
