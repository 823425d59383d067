//! The assembler of trampolines on aarch64.

use super::callconv;
use super::insts::*;
use super::regs::{self, D, FP, LR, Q, S, SP, W, X, Xsp};
use super::reloc;
use crate::buffer::{CodeBuffer, Label};
use crate::callconv::HostConv;
use crate::fixup::FixupForm;
use crate::function::CallFrameInst;
use crate::trampoline::{Masm, Order, Roles, SavedRegs};
use gantry_abi::AbiType;

static ROLES: Roles = Roles { sp: SP.0, fp: Some(FP.0), scratch: [16, 17], callee: 9, keep: 19 };

/// Holds addresses beyond the range of immediates.
const ADDRESS: X = X(15);

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

    fn halves(value: u32) -> (U16, U16) {
        let half = |value| U16::new(value).expect("16 bits");
        (half(value & 0xffff), half(value >> 16))
    }

    /// `d = a + offset`.
    fn add(&mut self, d: Xsp, a: Xsp, offset: u32) {
        if let Some(offset) = U12::new(offset) {
            self.put(add_imm(d, a, offset));
        } else {
            self.constant(ADDRESS.0, offset);
            self.put(add_ext(d, a, ADDRESS));
        }
    }

    fn move_sp(&mut self, bytes: u32, small: fn(Xsp, Xsp, U12) -> u32, large: fn(Xsp, Xsp, U12) -> u32) {
        let part = |value| U12::new(value).expect("frames of trampolines are limited to 24 bits");
        let (low, high) = (bytes & 0xfff, bytes >> 12);
        if high != 0 {
            self.put(large(SP, SP, part(high)));
        }
        if low != 0 {
            self.put(small(SP, SP, part(low)));
        }
    }

    /// An address within the range of `encode`, which says so.
    fn access(&mut self, base: u8, offset: u32, encode: impl Fn(Xsp, u32) -> Option<u32>) {
        if let Some(word) = encode(Xsp(base), offset) {
            self.put(word);
        } else {
            self.add(Xsp(ADDRESS.0), Xsp(base), offset);
            let word = encode(Xsp(ADDRESS.0), 0).expect("no offset fits every form");
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
        self.put(push_frame());
        self.buffer.cfi(CallFrameInst::CfaOffset(16));
        self.buffer.cfi(CallFrameInst::Offset(regs::dwarf(FP.0), -16));
        self.buffer.cfi(CallFrameInst::Offset(regs::dwarf(LR.0), -8));
        self.put(add_imm(Xsp(FP.0), SP, U12::new(0).expect("fits")));
        self.buffer.cfi(CallFrameInst::CfaRegister(regs::dwarf(FP.0)));
        self.move_sp(size, sub_imm, sub_imm12);
    }

    fn pop_frame(&mut self) {
        self.put(add_imm(SP, Xsp(FP.0), U12::new(0).expect("fits")));
        self.put(pop_frame());
        self.buffer.cfi(CallFrameInst::Cfa(regs::dwarf(SP.0), 0));
        self.buffer.cfi(CallFrameInst::Restore(regs::dwarf(FP.0)));
        self.buffer.cfi(CallFrameInst::Restore(regs::dwarf(LR.0)));
        self.move_sp(self.popped, add_imm, add_imm12);
        self.put(ret());
    }

    fn frame_to_cfa(&self) -> u32 {
        self.size + 16
    }

    fn frame_top(&self) -> (u8, u32) {
        (FP.0, 16)
    }

    fn grow_stack(&mut self, bytes: u32) {
        self.move_sp(bytes, sub_imm, sub_imm12);
    }

    fn load(&mut self, ty: AbiType, d: u8, base: u8, offset: u32, _: Order) {
        match ty {
            AbiType::I32 => self.access(base, offset, |base, i| Some(ldr_w(W(d), base, U12x4::new(i)?))),
            AbiType::I64 => self.access(base, offset, |base, i| Some(ldr_x(X(d), base, U12x8::new(i)?))),
            AbiType::F32 => self.access(base, offset, |base, i| Some(ldr_s(S(d), base, U12x4::new(i)?))),
            AbiType::F64 => self.access(base, offset, |base, i| Some(ldr_d(D(d), base, U12x8::new(i)?))),
            AbiType::V128 => self.access(base, offset, |base, i| Some(ldr_q(Q(d), base, U12x16::new(i)?))),
        }
    }

    fn store(&mut self, ty: AbiType, a: u8, base: u8, offset: u32, _: Order) {
        match ty {
            AbiType::I32 => self.access(base, offset, |base, i| Some(str_w(W(a), base, U12x4::new(i)?))),
            AbiType::I64 => self.access(base, offset, |base, i| Some(str_x(X(a), base, U12x8::new(i)?))),
            AbiType::F32 => self.access(base, offset, |base, i| Some(str_s(S(a), base, U12x4::new(i)?))),
            AbiType::F64 => self.access(base, offset, |base, i| Some(str_d(D(a), base, U12x8::new(i)?))),
            AbiType::V128 => self.access(base, offset, |base, i| Some(str_q(Q(a), base, U12x16::new(i)?))),
        }
    }

    fn mov(&mut self, d: u8, a: u8) {
        if d == a {
            return;
        }
        // Register 31 is the stack pointer here, which `mov` between registers cannot name.
        if d == SP.0 || a == SP.0 {
            self.put(add_imm(Xsp(d), Xsp(a), U12::new(0).expect("fits")));
        } else {
            self.put(mov(X(d), X(a)));
        }
    }

    fn lea(&mut self, d: u8, base: u8, offset: u32) {
        self.add(Xsp(d), Xsp(base), offset);
    }

    fn constant(&mut self, d: u8, value: u32) {
        let (low, high) = Self::halves(value);
        self.put(movz(X(d), low));
        if high.value() != 0 {
            self.put(movk16(X(d), high));
        }
    }

    fn label_address(&mut self, d: u8, to: Label) {
        self.branch(adr(X(d)), &reloc::ADR21, to);
    }

    fn call(&mut self, a: u8) {
        self.put(blr(X(a)));
    }

    fn jump_to(&mut self, a: u8) {
        self.put(br(X(a)));
    }

    fn jump(&mut self, to: Label) {
        self.branch(b(), &reloc::BRANCH26, to);
    }

    fn branch_if_byte_zero(&mut self, a: u8, to: Label) {
        self.put(tst_byte(W(a)));
        self.branch(b_eq(), &reloc::BRANCH19, to);
    }

    fn branch_if_word_zero(&mut self, a: u8, to: Label) {
        self.branch(cbz_w(W(a)), &reloc::BRANCH19, to);
    }

    fn branch_if_long_is(&mut self, a: u8, value: i8, to: Label) {
        let negated = U12::new(value.unsigned_abs().into()).expect("8 bits");
        assert!(value < 0, "sentinels are negative");
        self.put(cmn_imm(Xsp(a), negated));
        self.branch(b_eq(), &reloc::BRANCH19, to);
    }

    fn frame_pointer(&mut self, _: u8) -> u8 {
        FP.0
    }

    fn return_address(&mut self, _: u8) -> u8 {
        LR.0
    }

    fn save(&mut self, regs: &SavedRegs) {
        pairs(regs.ints(), |a, b, offset| self.put(stp_x(X(a), X(b), SP, offset)));
        pairs(regs.floats(), |a, b, offset| self.put(stp_d(D(a), D(b), SP, offset)));
    }

    fn restore(&mut self, regs: &SavedRegs) {
        pairs(regs.ints(), |d, e, offset| self.put(ldp_x(X(d), X(e), SP, offset)));
        pairs(regs.floats(), |d, e, offset| self.put(ldp_d(D(d), D(e), SP, offset)));
    }
}

/// Takes registers by twos. Their number is even, and they lie side by side.
fn pairs(regs: impl Iterator<Item = (u8, u32)>, mut put: impl FnMut(u8, u8, S7x8)) {
    let mut regs = regs.peekable();
    while let (Some((a, offset)), Some((b, _))) = (regs.next(), regs.next()) {
        let offset = i32::try_from(offset).ok().and_then(S7x8::new);
        put(a, b, offset.expect("registers are saved near the stack pointer"));
    }
}
