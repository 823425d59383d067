//! The assembler of trampolines on riscv64.

use super::callconv;
use super::insts::*;
use super::regs::{self, F, FP, RA, SP, X};
use super::reloc;
use crate::buffer::{CodeBuffer, Label};
use crate::callconv::HostConv;
use crate::fixup::FixupForm;
use crate::function::CallFrameInst;
use crate::trampoline::{Masm, Order, Roles};
use gantry_abi::AbiType;

/// Scratch t0 and t1, callee t2, kept s1.
static ROLES: Roles = Roles { sp: SP.0, fp: Some(FP.0), scratch: [5, 6], callee: 7, keep: 9 };

/// t5: addresses beyond the range of immediates, and sentinels.
const ADDRESS: X = X(30);

pub(super) struct Rv64Masm<'a> {
    buffer: &'a mut CodeBuffer,
    size: u32,
    popped: u32,
}

impl<'a> Rv64Masm<'a> {
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

    fn signed(value: u32) -> i32 {
        i32::try_from(value).expect("frames of trampolines are limited")
    }

    /// `d = value`.
    fn li(&mut self, d: X, value: i32) {
        if let Some(value) = S12::new(value) {
            return self.put(li(d, value));
        }
        // `lui` gives the upper 20 bits, rounded so that the rest is a signed 12-bit number.
        let upper = value.wrapping_add(0x800).cast_unsigned() >> 12;
        let lower = (value << 20) >> 20;
        self.put(lui(d, U20::new(upper).expect("20 bits")));
        if lower != 0 {
            self.put(addiw(d, d, S12::new(lower).expect("12 bits, sign-extended")));
        }
    }

    fn add(&mut self, d: X, a: X, value: i32) {
        if let Some(value) = S12::new(value) {
            return self.put(addi(d, a, value));
        }
        self.li(ADDRESS, value);
        self.put(add(d, a, ADDRESS));
    }

    fn access(&mut self, base: u8, offset: u32, encode: impl Fn(X, S12) -> u32) {
        let offset = Self::signed(offset);
        if let Some(offset) = S12::new(offset) {
            return self.put(encode(X(base), offset));
        }
        self.add(ADDRESS, X(base), offset);
        self.put(encode(ADDRESS, S12::new(0).expect("fits")));
    }

    /// Vectors are passed in memory, so trampolines only ever copy them.
    fn no_vectors() -> ! {
        unreachable!("the wasm convention of riscv64 has no vector registers")
    }
}

impl Masm for Rv64Masm<'_> {
    fn buffer(&mut self) -> &mut CodeBuffer {
        self.buffer
    }

    fn roles(&self) -> &'static Roles {
        &ROLES
    }

    fn host(&self) -> &'static HostConv {
        &callconv::LP64D
    }

    fn dwarf_int(&self, reg: u8) -> u16 {
        regs::dwarf(reg)
    }

    fn dwarf_float(&self, reg: u8) -> u16 {
        regs::dwarf_float(reg)
    }

    fn push_frame(&mut self, size: u32, popped: Option<u32>) {
        (self.size, self.popped) = (size, popped.unwrap_or(0));
        let offset = |value| S12::new(value).expect("fits");
        self.put(addi(SP, SP, offset(-16)));
        self.buffer.cfi(CallFrameInst::CfaOffset(16));
        self.put(sd(RA, SP, offset(8)));
        self.put(sd(FP, SP, offset(0)));
        self.buffer.cfi(CallFrameInst::Offset(regs::dwarf(RA.0), -8));
        self.buffer.cfi(CallFrameInst::Offset(regs::dwarf(FP.0), -16));
        self.put(mv(FP, SP));
        self.buffer.cfi(CallFrameInst::CfaRegister(regs::dwarf(FP.0)));
        self.grow_stack(size);
    }

    fn pop_frame(&mut self) {
        let offset = |value| S12::new(value).expect("fits");
        self.put(mv(SP, FP));
        self.buffer.cfi(CallFrameInst::CfaRegister(regs::dwarf(SP.0)));
        self.put(ld(RA, SP, offset(8)));
        self.put(ld(FP, SP, offset(0)));
        self.buffer.cfi(CallFrameInst::Restore(regs::dwarf(RA.0)));
        self.buffer.cfi(CallFrameInst::Restore(regs::dwarf(FP.0)));
        self.add(SP, SP, 16 + Self::signed(self.popped));
        self.buffer.cfi(CallFrameInst::CfaOffset(0));
        self.put(ret());
    }

    fn frame_to_cfa(&self) -> u32 {
        self.size + 16
    }

    fn frame_top(&self) -> (u8, u32) {
        (FP.0, 16)
    }

    fn grow_stack(&mut self, bytes: u32) {
        if bytes > 0 {
            self.add(SP, SP, -Self::signed(bytes));
        }
    }

    fn load(&mut self, ty: AbiType, d: u8, base: u8, offset: u32, _: Order) {
        match ty {
            AbiType::I32 => self.access(base, offset, |base, i| lw(X(d), base, i)),
            AbiType::I64 => self.access(base, offset, |base, i| ld(X(d), base, i)),
            AbiType::F32 => self.access(base, offset, |base, i| flw(F(d), base, i)),
            AbiType::F64 => self.access(base, offset, |base, i| fld(F(d), base, i)),
            AbiType::V128 => Self::no_vectors(),
        }
    }

    fn store(&mut self, ty: AbiType, a: u8, base: u8, offset: u32, _: Order) {
        match ty {
            AbiType::I32 => self.access(base, offset, |base, i| sw(X(a), base, i)),
            AbiType::I64 => self.access(base, offset, |base, i| sd(X(a), base, i)),
            AbiType::F32 => self.access(base, offset, |base, i| fsw(F(a), base, i)),
            AbiType::F64 => self.access(base, offset, |base, i| fsd(F(a), base, i)),
            AbiType::V128 => Self::no_vectors(),
        }
    }

    fn mov(&mut self, d: u8, a: u8) {
        if d != a {
            self.put(mv(X(d), X(a)));
        }
    }

    fn lea(&mut self, d: u8, base: u8, offset: u32) {
        self.add(X(d), X(base), Self::signed(offset));
    }

    fn constant(&mut self, d: u8, value: u32) {
        self.li(X(d), Self::signed(value));
    }

    fn label_address(&mut self, d: u8, to: Label) {
        // The second instruction adds the low part of the distance from the first.
        self.branch(auipc(X(d)), &reloc::CALL_PAIR, to);
        self.put(mv(X(d), X(d)));
    }

    fn call(&mut self, a: u8) {
        self.put(jalr(X(a)));
    }

    fn jump_to(&mut self, a: u8) {
        self.put(jr(X(a)));
    }

    fn jump(&mut self, to: Label) {
        self.branch(jal(X(0)), &reloc::JAL, to);
    }

    fn branch_if_byte_zero(&mut self, a: u8, to: Label) {
        self.put(andi(ADDRESS, X(a), S12::new(0xff).expect("fits")));
        self.branch(beqz(ADDRESS), &reloc::BRANCH, to);
    }

    fn branch_if_word_zero(&mut self, a: u8, to: Label) {
        self.put(sext_w(ADDRESS, X(a)));
        self.branch(beqz(ADDRESS), &reloc::BRANCH, to);
    }

    fn branch_if_long_is(&mut self, a: u8, value: i8, to: Label) {
        self.li(ADDRESS, value.into());
        self.branch(beq(X(a), ADDRESS), &reloc::BRANCH, to);
    }

    /// 32-bit arguments are sign-extended, unsigned ones too.
    fn extend_word(&mut self, a: u8) {
        self.put(sext_w(X(a), X(a)));
    }

    fn frame_pointer(&mut self, _: u8) -> u8 {
        FP.0
    }

    fn return_address(&mut self, _: u8) -> u8 {
        RA.0
    }
}
