//! The assembler of trampolines on aarch64.

use super::asm::access::*;
use super::asm::{self, Access, Imm12, LogicalImm, Opcode, X, enc, imm12, logical};
use super::callconv;
use super::regs::{self, FP, LR, SP, ZR};
use super::reloc;
use crate::buffer::{CodeBuffer, Label};
use crate::callconv::HostConv;
use crate::fixup::FixupForm;
use crate::function::CallFrameInst;
use crate::trampoline::{Masm, Order, Roles, SavedRegs};
use gantry_abi::AbiType;

static ROLES: Roles = Roles { sp: SP, fp: Some(FP), scratch: [16, 17], callee: 9, keep: 19 };

/// Holds addresses beyond the range of immediates.
const ADDRESS: u8 = 15;

pub(super) struct A64Masm<'a> {
    buffer: &'a mut CodeBuffer,
    size: u32,
    popped: u32,
}

impl<'a> A64Masm<'a> {
    pub(super) fn new(buffer: &'a mut CodeBuffer) -> Self {
        Self { buffer, size: 0, popped: 0 }
    }

    fn put(&mut self, word: u32) {
        self.buffer.put4(word);
    }

    fn branch(&mut self, word: u32, form: &'static FixupForm, to: Label) {
        let at = self.buffer.offset();
        self.put(word);
        self.buffer.fixup(at, form, to);
    }

    /// `d = a + offset`.
    fn add(&mut self, d: u8, a: u8, offset: u32) {
        if let Some(offset) = Imm12::new(offset.into()) {
            self.put(enc(imm12::ADD | X | offset.bits(), d, a, 0));
        } else {
            self.constant(ADDRESS, offset);
            self.put(enc(asm::ADD_UXTX, d, a, ADDRESS));
        }
    }

    fn move_sp(&mut self, bytes: u32, op: Opcode) {
        for part in [bytes & !0xfff, bytes & 0xfff] {
            if part != 0 {
                let part = Imm12::new(part.into()).expect("frames of trampolines are limited to 24 bits");
                self.put(enc(op | X | part.bits(), SP, SP, 0));
            }
        }
    }

    fn access(&mut self, access: Access, t: u8, base: u8, offset: u32) {
        if let Some(word) = access.scaled(t, base, offset) {
            self.put(word);
        } else {
            self.add(ADDRESS, base, offset);
            let word = access.scaled(t, ADDRESS, 0).expect("no offset fits every form");
            self.put(word);
        }
    }
}

impl Masm for A64Masm<'_> {
    fn buffer(&mut self) -> &mut CodeBuffer {
        self.buffer
    }

    fn roles(&self) -> &'static Roles {
        &ROLES
    }

    fn host(&self) -> &'static HostConv {
        &callconv::AAPCS64
    }

    fn dwarf_int(&self, reg: u8) -> u16 {
        regs::dwarf(reg)
    }

    fn dwarf_float(&self, reg: u8) -> u16 {
        regs::dwarf_vector(reg)
    }

    fn push_frame(&mut self, size: u32, popped: Option<u32>) {
        (self.size, self.popped) = (size, popped.unwrap_or(0));
        self.put(asm::PUSH_FRAME);
        self.buffer.cfi(CallFrameInst::CfaOffset(16));
        self.buffer.cfi(CallFrameInst::Offset(regs::dwarf(FP), -16));
        self.buffer.cfi(CallFrameInst::Offset(regs::dwarf(LR), -8));
        self.mov(FP, SP);
        self.buffer.cfi(CallFrameInst::CfaRegister(regs::dwarf(FP)));
        self.move_sp(size, imm12::SUB);
    }

    fn pop_frame(&mut self) {
        self.mov(SP, FP);
        self.put(asm::POP_FRAME);
        self.buffer.cfi(CallFrameInst::Cfa(regs::dwarf(SP), 0));
        self.buffer.cfi(CallFrameInst::Restore(regs::dwarf(FP)));
        self.buffer.cfi(CallFrameInst::Restore(regs::dwarf(LR)));
        self.move_sp(self.popped, imm12::ADD);
        self.put(asm::RET);
    }

    fn frame_to_cfa(&self) -> u32 {
        self.size + 16
    }

    fn frame_top(&self) -> (u8, u32) {
        (FP, 16)
    }

    fn grow_stack(&mut self, bytes: u32) {
        self.move_sp(bytes, imm12::SUB);
    }

    fn load(&mut self, ty: AbiType, d: u8, base: u8, offset: u32, _: Order) {
        let access = match ty {
            AbiType::I32 => LDR_W,
            AbiType::I64 => LDR_X,
            AbiType::F32 => LDR_S,
            AbiType::F64 => LDR_D,
            AbiType::V128 => LDR_Q,
        };
        self.access(access, d, base, offset);
    }

    fn store(&mut self, ty: AbiType, a: u8, base: u8, offset: u32, _: Order) {
        let access = match ty {
            AbiType::I32 => STR_W,
            AbiType::I64 => STR_X,
            AbiType::F32 => STR_S,
            AbiType::F64 => STR_D,
            AbiType::V128 => STR_Q,
        };
        self.access(access, a, base, offset);
    }

    fn mov(&mut self, d: u8, a: u8) {
        if d == a {
            return;
        }
        // Register 31 is the stack pointer here, which `mov` between registers cannot name.
        if d == SP || a == SP {
            self.put(enc(imm12::ADD | X, d, a, 0));
        } else {
            self.put(enc(asm::ORR | X, d, ZR, a));
        }
    }

    fn lea(&mut self, d: u8, base: u8, offset: u32) {
        self.add(d, base, offset);
    }

    fn constant(&mut self, d: u8, value: u32) {
        let [a, b, c, e] = value.to_le_bytes();
        let (low, high) = (u16::from_le_bytes([a, b]), u16::from_le_bytes([c, e]));
        self.put(asm::move_wide(asm::MOVZ | X, d, 0, low));
        if high != 0 {
            self.put(asm::move_wide(asm::MOVK | X, d, 1, high));
        }
    }

    fn label_address(&mut self, d: u8, to: Label) {
        self.branch(enc(asm::ADR, d, 0, 0), &reloc::ADR21, to);
    }

    fn call(&mut self, a: u8) {
        self.put(enc(asm::BLR, 0, a, 0));
    }

    fn jump_to(&mut self, a: u8) {
        self.put(enc(asm::BR, 0, a, 0));
    }

    fn jump(&mut self, to: Label) {
        self.branch(asm::B, &reloc::BRANCH26, to);
    }

    fn branch_if_byte_zero(&mut self, a: u8, to: Label) {
        const BYTE: LogicalImm = LogicalImm::new(0xff, false).expect("a row of ones");
        self.put(enc(logical::ANDS | BYTE.bits(), ZR, a, 0));
        self.branch(asm::B_COND | asm::Cond::Eq.bits(), &reloc::BRANCH19, to);
    }

    fn branch_if_word_zero(&mut self, a: u8, to: Label) {
        self.branch(enc(asm::CBZ, a, 0, 0), &reloc::BRANCH19, to);
    }

    fn branch_if_long_is(&mut self, a: u8, value: i8, to: Label) {
        assert!(value < 0, "sentinels are negative");
        let negated = Imm12::new(value.unsigned_abs().into()).expect("8 bits");
        self.put(enc(imm12::ADDS | X | negated.bits(), ZR, a, 0));
        self.branch(asm::B_COND | asm::Cond::Eq.bits(), &reloc::BRANCH19, to);
    }

    fn frame_pointer(&mut self, _: u8) -> u8 {
        FP
    }

    fn return_address(&mut self, _: u8) -> u8 {
        LR
    }

    fn save(&mut self, regs: &SavedRegs) {
        self.pairs(asm::STP_X, regs.ints());
        self.pairs(asm::STP_D, regs.floats());
    }

    fn restore(&mut self, regs: &SavedRegs) {
        self.pairs(asm::LDP_X, regs.ints());
        self.pairs(asm::LDP_D, regs.floats());
    }
}

impl A64Masm<'_> {
    /// Accesses registers by twos. Their number is even, and they lie side by side.
    fn pairs(&mut self, op: Opcode, regs: impl Iterator<Item = (u8, u32)>) {
        let mut regs = regs.peekable();
        while let (Some((a, offset)), Some((b, _))) = (regs.next(), regs.next()) {
            let word = i32::try_from(offset).ok().and_then(|offset| asm::pair(op, a, b, SP, offset));
            self.put(word.expect("registers are saved near the stack pointer"));
        }
    }
}
