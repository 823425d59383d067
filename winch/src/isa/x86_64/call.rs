//! Calls and frames.

use super::*;
use crate::masm::*;
use crate::reg::Reg;
use gantry_abi::AbiType;
use gantry_emit::{CallFrameInst, RelocKind};

/// Room for the longest prologue.
const PROLOGUE_ROOM: usize = 128;

/// Preserved registers, and where they are saved relative to the frame pointer.
const SAVED: [(u8, i32); 5] = [(RBX, -8), (12, -16), (13, -24), (R14, -32), (R15, -40)];

/// DWARF numbers (System V ABI, AMD64 supplement, figure 3.36).
const DWARF_RBP: u16 = 6;
const DWARF_RSP: u16 = 7;

const fn dwarf(reg: u8) -> u16 {
    match reg {
        RBX => 3,
        other => other as u16,
    }
}

impl X64 {
    fn push(&mut self, reg: u8) {
        self.buffer.put1(0x50 | reg);
    }

    fn pop(&mut self, reg: u8) {
        self.buffer.put1(0x58 | reg);
    }

    fn rsp_sub(&mut self, bytes: u32) {
        let bytes = i32::try_from(bytes).unwrap_or(i32::MAX);
        self.group1_ri(5, Size::S64, Rm::Reg(RSP), bytes);
    }

    fn restore(&mut self, saved: RegSet) {
        for (reg, at) in SAVED {
            if saved.contains(Gp(reg).into()) {
                self.rm(op1(0x8b).w(true), reg, Mem::Base(RBP, at));
            }
        }
    }

    /// Where a value relative to `base` or the stack pointer is.
    fn argument(base: Option<Gp>, offset: u32) -> Mem {
        Mem::Base(base.map_or(RSP, |b| b.0), offset.cast_signed())
    }
}

impl CallMasm for X64 {
    fn start(&mut self) {
        self.buffer.put(&[0xcc; PROLOGUE_ROOM]);
    }

    fn prologue(&mut self, p: &Prologue) {
        let from = self.buffer.offset();
        self.push(RBP);
        self.buffer.cfi(CallFrameInst::Cfa(DWARF_RSP, 16));
        self.buffer.cfi(CallFrameInst::Offset(DWARF_RBP, -16));
        self.mov_rr(Size::S64, RBP, RSP);
        self.buffer.cfi(CallFrameInst::CfaRegister(DWARF_RBP));
        if let Some(check) = p.stack_check {
            self.rm(op1(0x8b).w(true), R11, Mem::Base(p.vmctx.0, check.store.cast_signed()));
            let limit = Mem::Base(R11, check.limit.cast_signed());
            if check.extra == 0 {
                self.rm(op1(0x3b).w(true), RSP, limit);
            } else {
                // The limit plus the frame, which may be more than there is address space below.
                self.rm(op1(0x8b).w(true), R11, limit);
                let extra = i32::try_from(check.extra).unwrap_or(i32::MAX);
                self.group1_ri(0, Size::S64, Rm::Reg(R11), extra);
                self.group1_rr(super::int::CMP, Size::S64, RSP, R11);
            }
            self.jcc_near(super::control::B, check.exhausted);
        }
        self.rsp_sub(p.frame_bytes);
        for (reg, at) in SAVED {
            if p.saved.contains(Gp(reg).into()) {
                self.rm(op1(0x89).w(true), reg, Mem::Base(RBP, at));
                self.buffer.cfi(CallFrameInst::Offset(dwarf(reg), at - 16));
            }
        }
        self.mov_rr(Size::S64, R14, p.vmctx.0);
        if let Some(base) = p.memory_base {
            let mut from = R14;
            if let Some(import) = base.import {
                self.rm(op1(0x8b).w(true), R15, Mem::Base(R14, import.cast_signed()));
                from = R15;
            }
            self.rm(op1(0x8b).w(true), R15, Mem::Base(from, base.base.cast_signed()));
        }
        let room = u32::try_from(PROLOGUE_ROOM).expect("a small number");
        let entry = self.buffer.move_before(from, room);
        self.buffer.set_entry(entry);
    }

    fn epilogue(&mut self, saved: RegSet, own_bytes: u32) {
        self.restore(saved);
        self.mov_rr(Size::S64, RSP, RBP);
        self.buffer.cfi(CallFrameInst::RememberState);
        self.pop(RBP);
        self.buffer.cfi(CallFrameInst::Cfa(DWARF_RSP, 8));
        match u16::try_from(own_bytes) {
            Ok(0) => self.buffer.put1(0xc3),
            Ok(bytes) => {
                self.buffer.put1(0xc2);
                self.buffer.put2(bytes);
            }
            Err(_) => {
                // More than the instruction can remove: the return address moves instead.
                let bytes = i32::try_from(own_bytes).unwrap_or(i32::MAX);
                self.rm(op1(0x8b).w(true), R11, Mem::Base(RSP, 0));
                self.rm(op1(0x8d).w(true), RSP, Mem::Base(RSP, bytes + 8));
                self.rr(op1(0xff), 4, R11);
            }
        }
        self.buffer.cfi(CallFrameInst::RestoreState);
    }

    fn push_arguments(&mut self, bytes: u32) {
        if bytes > 0 {
            self.rsp_sub(bytes);
        }
    }

    fn store_argument(&mut self, ty: AbiType, a: Reg, base: Option<Gp>, offset: u32) {
        let mem = Self::argument(base, offset);
        match ty {
            AbiType::I32 => self.rm(op1(0x89), a.gp().0, mem),
            AbiType::I64 => self.rm(op1(0x89).w(true), a.gp().0, mem),
            AbiType::F32 => self.sse_move(op2(0x11).p(0xf3), a.fp().0, mem),
            AbiType::F64 => self.sse_move(op2(0x11).p(0xf2), a.fp().0, mem),
            AbiType::V128 => self.sse_move(op2(0x11), a.fp().0, mem),
        }
    }

    fn load_result(&mut self, ty: AbiType, d: Reg, offset: u32) {
        let mem = Self::argument(None, offset);
        match ty {
            AbiType::I32 => self.rm(op1(0x8b), d.gp().0, mem),
            AbiType::I64 => self.rm(op1(0x8b).w(true), d.gp().0, mem),
            AbiType::F32 => self.sse_move(op2(0x10).p(0xf3), d.fp().0, mem),
            AbiType::F64 => self.sse_move(op2(0x10).p(0xf2), d.fp().0, mem),
            AbiType::V128 => self.sse_move(op2(0x10), d.fp().0, mem),
        }
    }

    fn stack_address(&mut self, d: Gp, offset: u32) {
        self.rm(op1(0x8d).w(true), d.0, Mem::Base(RSP, offset.cast_signed()));
    }

    fn libcall_trap(&mut self, vmctx: Gp, code: u8) {
        self.mov(Size::S64, Gp(RDI), vmctx);
        self.mov_imm(RSI, code.into());
    }

    fn call(&mut self, callee: Callee) {
        match callee {
            Callee::Symbol(symbol) => {
                self.buffer.put1(0xe8);
                let at = self.buffer.offset();
                self.buffer.relocation(at, RelocKind::X64Pc32, symbol, -4);
                self.buffer.put4(0);
            }
            Callee::Reg(reg) => self.rr(op1(0xff), 2, reg.0),
        }
    }

    fn tail_call(&mut self, call: &TailCall) {
        self.restore(call.saved);
        self.buffer.cfi(CallFrameInst::RememberState);
        if call.own_bytes == 0 && call.new_bytes == 0 {
            self.mov_rr(Size::S64, RSP, RBP);
            self.pop(RBP);
            self.buffer.cfi(CallFrameInst::Cfa(DWARF_RSP, 8));
        } else {
            // Arguments and return address move up (or down) to where the callee will remove them. Theirs is the end of
            // this function's own arguments; the ranges may overlap, so that the last word moves first.
            let shift = i64::from(call.own_bytes) - i64::from(call.new_bytes);
            let shift = i32::try_from(shift).unwrap_or(i32::MAX);
            self.rm(op1(0x8b).w(true), RAX, Mem::Base(RBP, 8));
            self.push(RAX);
            self.mov_rr(Size::S64, R11, RBP);
            self.rm(op1(0x8b).w(true), RBP, Mem::Base(RBP, 0));
            let words = call.new_bytes / 8;
            for word in (0..=words).rev() {
                let at = (8 * word).cast_signed();
                self.rm(op1(0x8b).w(true), RAX, Mem::Base(RSP, at));
                self.rm(op1(0x89).w(true), RAX, Mem::Base(R11, 8 + shift + at));
            }
            self.rm(op1(0x8d).w(true), RSP, Mem::Base(R11, 8 + shift));
            self.buffer.cfi(CallFrameInst::Cfa(DWARF_RSP, 8));
        }
        match call.callee {
            Callee::Symbol(symbol) => {
                self.buffer.put1(0xe9);
                let at = self.buffer.offset();
                self.buffer.relocation(at, RelocKind::X64Pc32, symbol, -4);
                self.buffer.put4(0);
            }
            Callee::Reg(reg) => self.rr(op1(0xff), 4, reg.0),
        }
        self.buffer.cfi(CallFrameInst::RestoreState);
    }
}
