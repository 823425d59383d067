//! The assembler of trampolines on s390x.
//!
//! There is no frame pointer register. The first word of every frame holds the caller's stack pointer (the backchain), and
//! that value is what stack walks call the frame pointer: behind it, at 112, lies the return address.

use super::callconv::{self, SAVE_AREA};
use super::insts::*;
use super::regs::{self, F, R, RA, SP, V};
use super::reloc;
use crate::buffer::{CodeBuffer, Label};
use crate::callconv::HostConv;
use crate::function::CallFrameInst;
use crate::trampoline::{Masm, Order, Roles};
use gantry_abi::AbiType;

/// All but r1 are saved when a frame is made.
static ROLES: Roles = Roles { sp: SP.0, fp: None, scratch: [1, 9], callee: 10, keep: 8 };

/// Hold parts of values on their way to float and vector registers. r0 is no base.
const PART: [R; 2] = [R(0), R(11)];

pub(super) struct S390xMasm<'a> {
    buffer: &'a mut CodeBuffer,
    size: u32,
    /// `None`: called with the C convention.
    popped: Option<u32>,
}

impl<'a> S390xMasm<'a> {
    pub(super) fn new(buffer: &'a mut CodeBuffer) -> Self {
        Self { buffer, size: 0, popped: None }
    }

    fn put(&mut self, inst: Inst) {
        self.buffer.put(inst.bytes().as_ref());
    }

    fn branch(&mut self, inst: Inst, to: Label) {
        let at = self.buffer.offset();
        self.put(inst);
        self.buffer.fixup(at, &reloc::RIL32, to);
    }

    fn signed(offset: u32) -> S20 {
        i32::try_from(offset).ok().and_then(S20::new).expect("frames of trampolines are limited")
    }

    fn small(value: i32) -> S16 {
        S16::new(value).expect("fits")
    }

    fn move_sp(&mut self, bytes: i32) {
        self.put(lay(SP, SP, S20::new(bytes).expect("frames of trampolines are limited")));
    }

    /// The registers that the convention of the caller preserves, first to last.
    fn preserved(&self) -> (u8, u8) {
        if self.popped.is_some() { (8, 14) } else { (6, 15) }
    }

    fn popped(&self) -> u32 {
        self.popped.unwrap_or(0)
    }

    fn negative(bytes: u32) -> i32 {
        -i32::try_from(bytes).expect("frames of trampolines are limited")
    }

    fn cfa(&mut self, offset: u32) {
        let offset = i32::try_from(offset).expect("frames of trampolines are limited");
        self.buffer.cfi(CallFrameInst::Cfa(regs::dwarf(SP.0), offset));
    }
}

impl Masm for S390xMasm<'_> {
    fn buffer(&mut self) -> &mut CodeBuffer {
        self.buffer
    }

    fn roles(&self) -> &'static Roles {
        &ROLES
    }

    fn host(&self) -> &'static HostConv {
        &callconv::ELF
    }

    fn dwarf_int(&self, reg: u8) -> u16 {
        regs::dwarf(reg)
    }

    fn dwarf_float(&self, reg: u8) -> u16 {
        regs::dwarf_float(reg)
    }

    /// Registers go to the save area of the caller's frame, which lies above the stack arguments.
    fn push_frame(&mut self, size: u32, popped: Option<u32>) {
        (self.size, self.popped) = (size, popped);
        if self.popped() > 0 {
            self.cfa(SAVE_AREA + self.popped());
        }
        let (first, last) = self.preserved();
        let area = self.popped() + 8 * u32::from(first);
        self.put(stmg(R(first), R(last), SP, Self::signed(area)));
        for reg in first..=14 {
            let slot = 8 * i32::from(reg) + Self::negative(SAVE_AREA);
            self.buffer.cfi(CallFrameInst::Offset(regs::dwarf(reg), slot));
        }
        self.put(lay(R(1), SP, Self::signed(self.popped())));
        self.move_sp(Self::negative(size));
        self.cfa(self.frame_to_cfa());
        self.put(stg(R(1), SP, Self::signed(0)));
    }

    fn pop_frame(&mut self) {
        let (first, last) = self.preserved();
        let area = 8 * u32::from(first);
        if self.popped.is_some() {
            self.move_sp(-Self::negative(self.size + self.popped()));
            self.put(lmg(R(first), R(last), SP, Self::signed(area)));
        } else {
            self.put(lmg(R(first), R(last), SP, Self::signed(self.size + area)));
        }
        self.cfa(SAVE_AREA);
        for reg in first..=14 {
            self.buffer.cfi(CallFrameInst::Restore(regs::dwarf(reg)));
        }
        self.put(br(RA));
    }

    fn frame_to_cfa(&self) -> u32 {
        self.size + self.popped() + SAVE_AREA
    }

    fn reserved(&self) -> u32 {
        SAVE_AREA
    }

    fn frame_top(&self) -> (u8, u32) {
        (SP.0, self.size)
    }

    /// The stack arguments are part of the callee's frame, which therefore has a backchain from the start.
    fn grow_stack(&mut self, bytes: u32) {
        self.put(lg(PART[0], SP, Self::signed(0)));
        self.move_sp(Self::negative(bytes));
        self.put(stg(PART[0], SP, Self::signed(0)));
    }

    fn load(&mut self, ty: AbiType, d: u8, base: u8, offset: u32, order: Order) {
        let base = R(base);
        let at = Self::signed(offset);
        match (ty, order) {
            (AbiType::I32, Order::Native) => self.put(ly(R(d), base, at)),
            (AbiType::I32, Order::Cell) => self.put(lrv(R(d), base, at)),
            (AbiType::I64, Order::Native) => self.put(lg(R(d), base, at)),
            (AbiType::I64, Order::Cell) => self.put(lrvg(R(d), base, at)),
            (AbiType::F32, Order::Native) => self.put(ley(F(d), base, at)),
            (AbiType::F32, Order::Cell) => {
                // A float lies in the high half of its register.
                self.put(lrv(PART[0], base, at));
                self.put(sllg(PART[0], PART[0], Shift::new(32).expect("fits")));
                self.put(ldgr(F(d), PART[0]));
            }
            (AbiType::F64, Order::Native) => self.put(ldy(F(d), base, at)),
            (AbiType::F64, Order::Cell) => {
                self.put(lrvg(PART[0], base, at));
                self.put(ldgr(F(d), PART[0]));
            }
            (AbiType::V128, _) => {
                let next = Self::signed(offset + 8);
                let (load, high, low): (fn(R, R, S20) -> Inst, _, _) = match order {
                    Order::Native => (lg, at, next),
                    Order::Cell => (lrvg, next, at),
                };
                self.put(load(PART[0], base, high));
                self.put(load(PART[1], base, low));
                self.put(vlvgp(V(d), PART[0], PART[1]));
            }
        }
    }

    fn store(&mut self, ty: AbiType, a: u8, base: u8, offset: u32, order: Order) {
        let base = R(base);
        let at = Self::signed(offset);
        match (ty, order) {
            (AbiType::I32, Order::Native) => self.put(sty(R(a), base, at)),
            (AbiType::I32, Order::Cell) => self.put(strv(R(a), base, at)),
            (AbiType::I64, Order::Native) => self.put(stg(R(a), base, at)),
            (AbiType::I64, Order::Cell) => self.put(strvg(R(a), base, at)),
            (AbiType::F32, Order::Native) => self.put(stey(F(a), base, at)),
            (AbiType::F32, Order::Cell) => {
                self.put(lgdr(PART[0], F(a)));
                self.put(srlg(PART[0], PART[0], Shift::new(32).expect("fits")));
                self.put(strv(PART[0], base, at));
            }
            (AbiType::F64, Order::Native) => self.put(stdy(F(a), base, at)),
            (AbiType::F64, Order::Cell) => {
                self.put(lgdr(PART[0], F(a)));
                self.put(strvg(PART[0], base, at));
            }
            (AbiType::V128, _) => {
                let next = Self::signed(offset + 8);
                let (store, high, low): (fn(R, R, S20) -> Inst, _, _) = match order {
                    Order::Native => (stg, at, next),
                    Order::Cell => (strvg, next, at),
                };
                self.put(vlgvg0(PART[0], V(a)));
                self.put(store(PART[0], base, high));
                self.put(vlgvg1(PART[0], V(a)));
                self.put(store(PART[0], base, low));
            }
        }
    }

    fn mov(&mut self, d: u8, a: u8) {
        if d != a {
            self.put(lgr(R(d), R(a)));
        }
    }

    fn lea(&mut self, d: u8, base: u8, offset: u32) {
        self.put(lay(R(d), R(base), Self::signed(offset)));
    }

    fn constant(&mut self, d: u8, value: u32) {
        self.put(llilf(R(d), U32::new(value).expect("32 bits")));
    }

    fn label_address(&mut self, d: u8, to: Label) {
        self.branch(larl(R(d)), to);
    }

    fn call(&mut self, a: u8) {
        self.put(basr(RA, R(a)));
    }

    fn jump_to(&mut self, a: u8) {
        self.put(br(R(a)));
    }

    fn jump(&mut self, to: Label) {
        self.branch(jg(), to);
    }

    fn branch_if_byte_zero(&mut self, a: u8, to: Label) {
        self.put(tmll_byte(R(a)));
        self.branch(jge(), to);
    }

    fn branch_if_word_zero(&mut self, a: u8, to: Label) {
        self.put(ltr(PART[0], R(a)));
        self.branch(jge(), to);
    }

    fn branch_if_long_is(&mut self, a: u8, value: i8, to: Label) {
        self.put(cghi(R(a), Self::small(value.into())));
        self.branch(jge(), to);
    }

    /// 32-bit arguments are extended as their type says: unsigned ones with zeros.
    fn extend_word(&mut self, a: u8) {
        self.put(llgfr(R(a), R(a)));
    }

    fn frame_pointer(&mut self, scratch: u8) -> u8 {
        self.put(lg(R(scratch), SP, Self::signed(0)));
        scratch
    }

    fn return_address(&mut self, _: u8) -> u8 {
        RA.0
    }
}
