//! Calls and frames.

use super::*;
use crate::masm::*;
use crate::reg::Reg;
use gantry_abi::AbiType;
use gantry_emit::CallFrameInst;

/// Room for the longest prologue.
const PROLOGUE_ROOM: usize = 128;

/// Preserved registers, and where they are saved relative to the frame pointer.
const SAVED: [(Gpr, i32); 5] = [(RBX, -8), (R12, -16), (R13, -24), (R14, -32), (R15, -40)];

/// DWARF numbers (System V ABI, AMD64 supplement, figure 3.36).
const DWARF_RBP: u16 = 6;
const DWARF_RSP: u16 = 7;

const fn dwarf(reg: Gpr) -> u16 {
    match reg {
        RBX => 3,
        Gpr(other) => other as u16,
    }
}

/// A word of 64 bits.
fn word(base: Gpr, offset: u32) -> Mem<W64> {
    Mem::base(base, offset.cast_signed())
}

impl X64 {
    fn rsp_sub(&mut self, bytes: u32) {
        let bytes = i32::try_from(bytes).unwrap_or(i32::MAX);
        self.alu_ri(Alu::Sub, Size::S64, RSP, bytes);
    }

    fn restore(&mut self, saved: RegSet) {
        for (reg, at) in SAVED {
            if saved.contains(gp(reg).into()) {
                self.asm().load(reg, Mem::<W64>::base(RBP, at));
            }
        }
    }
}

impl CallMasm for X64 {
    fn start(&mut self) {
        self.buffer.put(&[0xcc; PROLOGUE_ROOM]);
    }

    fn prologue(&mut self, p: &Prologue) {
        let from = self.buffer.offset();
        self.asm().push(RBP);
        self.buffer.cfi(CallFrameInst::Cfa(DWARF_RSP, 16));
        self.buffer.cfi(CallFrameInst::Offset(DWARF_RBP, -16));
        self.mov_rr(Size::S64, RBP, RSP);
        self.buffer.cfi(CallFrameInst::CfaRegister(DWARF_RBP));
        if let Some(check) = p.stack_check {
            self.asm().load(R11, word(gpr(p.vmctx), check.store));
            if check.extra == 0 {
                self.asm().alu(Alu::Cmp, W64, RSP, word(R11, check.limit));
            } else {
                // The limit plus the frame, which may be more than there is address space below.
                self.asm().load(R11, word(R11, check.limit));
                let extra = i32::try_from(check.extra).unwrap_or(i32::MAX);
                self.alu_ri(Alu::Add, Size::S64, R11, extra);
                self.alu_rr(Alu::Cmp, Size::S64, RSP, R11);
            }
            self.asm().jcc_near(Cc::B, check.exhausted);
        }
        self.rsp_sub(p.frame_bytes);
        for (reg, at) in SAVED {
            if p.saved.contains(gp(reg).into()) {
                self.asm().store(Mem::<W64>::base(RBP, at), reg);
                self.buffer.cfi(CallFrameInst::Offset(dwarf(reg), at - 16));
            }
        }
        self.mov_rr(Size::S64, R14, gpr(p.vmctx));
        if let Some(base) = p.memory_base {
            let mut from = R14;
            if let Some(import) = base.import {
                self.asm().load(R15, word(R14, import));
                from = R15;
            }
            self.asm().load(R15, word(from, base.base));
        }
        let room = u32::try_from(PROLOGUE_ROOM).expect("a small number");
        let entry = self.buffer.move_before(from, room);
        self.buffer.set_entry(entry);
    }

    fn epilogue(&mut self, saved: RegSet, own_bytes: u32) {
        self.restore(saved);
        self.mov_rr(Size::S64, RSP, RBP);
        self.buffer.cfi(CallFrameInst::RememberState);
        self.asm().pop(RBP);
        self.buffer.cfi(CallFrameInst::Cfa(DWARF_RSP, 8));
        match u16::try_from(own_bytes) {
            Ok(0) => self.asm().ret(),
            Ok(bytes) => self.asm().ret_pop(bytes),
            Err(_) => {
                // More than the instruction can remove: the return address moves instead.
                let bytes = i32::try_from(own_bytes).unwrap_or(i32::MAX);
                self.asm().load(R11, word(RSP, 0));
                self.asm().lea(asm::Size::S64, RSP, Mem::<()>::base(RSP, bytes + 8));
                self.asm().jmp_to(R11);
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
        self.store_value(ty, a, base.map_or(RSP, gpr), offset.cast_signed());
    }

    fn load_result(&mut self, ty: AbiType, d: Reg, offset: u32) {
        self.load_value(ty, d, RSP, offset.cast_signed());
    }

    fn stack_address(&mut self, d: Gp, offset: u32) {
        self.asm().lea(asm::Size::S64, gpr(d), Mem::<()>::base(RSP, offset.cast_signed()));
    }

    fn libcall_trap(&mut self, vmctx: Gp, code: u8) {
        self.mov(Size::S64, gp(RDI), vmctx);
        self.mov_imm(RSI, code.into());
    }

    fn call(&mut self, callee: Callee) {
        match callee {
            Callee::Symbol(symbol) => self.asm().call(symbol),
            Callee::Reg(reg) => self.asm().call_to(gpr(reg)),
        }
    }

    fn tail_call(&mut self, call: &TailCall) {
        self.restore(call.saved);
        self.buffer.cfi(CallFrameInst::RememberState);
        if call.own_bytes == 0 && call.new_bytes == 0 {
            self.mov_rr(Size::S64, RSP, RBP);
            self.asm().pop(RBP);
            self.buffer.cfi(CallFrameInst::Cfa(DWARF_RSP, 8));
        } else {
            // Arguments and return address move up (or down) to where the callee will remove them. Theirs is the end of
            // this function's own arguments; the ranges may overlap, so that the last word moves first.
            let shift = i64::from(call.own_bytes) - i64::from(call.new_bytes);
            let shift = i32::try_from(shift).unwrap_or(i32::MAX);
            self.asm().load(RAX, word(RBP, 8));
            self.asm().push(RAX);
            self.mov_rr(Size::S64, R11, RBP);
            self.asm().load(RBP, word(RBP, 0));
            let words = call.new_bytes / 8;
            for at in (0..=words).rev().map(|word| 8 * word) {
                self.asm().load(RAX, word(RSP, at));
                self.asm().store(Mem::<W64>::base(R11, 8 + shift + at.cast_signed()), RAX);
            }
            self.asm().lea(asm::Size::S64, RSP, Mem::<()>::base(R11, 8 + shift));
            self.buffer.cfi(CallFrameInst::Cfa(DWARF_RSP, 8));
        }
        match call.callee {
            Callee::Symbol(symbol) => self.asm().jmp_symbol(symbol),
            Callee::Reg(reg) => self.asm().jmp_to(gpr(reg)),
        }
        self.buffer.cfi(CallFrameInst::RestoreState);
    }
}
