//! The assembler of trampolines in bytecode.

use super::{HOST, patch};
use crate::buffer::{CodeBuffer, Label};
use crate::callconv::HostConv;
use crate::fixup::FixupForm;
use crate::trampoline::{Masm, Order, Roles};
use alloc::vec::Vec;
use gantry_abi::{AbiType, host_calls};
use pulley_interpreter::{AddrO32, AddrZ, FReg, PcRelOffset, Reg, UpperRegSet, VReg, XReg, encode};

/// The frame pointer is no numbered register. What entry trampolines use, the machine preserves for the host.
static ROLES: Roles = Roles { sp: 30, fp: None, scratch: [host_calls::ARRAY_CALL_REGISTER, 31], callee: 16, keep: 17 };

/// A branch whose displacement, counted from the instruction, is so many bytes behind its start.
macro_rules! branch_form {
    ($name:ident, $distance:literal) => {
        static $name: FixupForm = FixupForm {
            name: "bytecode branch",
            size: 4,
            min: i32::MIN as i64,
            max: i32::MAX as i64 - $distance,
            align: 1,
            patch: |bytes, distance| patch(bytes, distance + $distance),
            veneer: None,
        };
    };
}
branch_form!(JUMP, 1);
branch_form!(BR_IF, 2);
branch_form!(BR_IF_IMM8, 3);

pub(super) struct BytecodeMasm<'a> {
    buffer: &'a mut CodeBuffer,
    size: u32,
    popped: u32,
}

fn x(reg: u8) -> XReg {
    XReg::new(reg).expect("trampolines use registers of the bank")
}

fn f(reg: u8) -> FReg {
    FReg::new(reg).expect("trampolines use registers of the bank")
}

fn v(reg: u8) -> VReg {
    VReg::new(reg).expect("trampolines use registers of the bank")
}

fn signed(value: u32) -> i32 {
    i32::try_from(value).expect("frames of trampolines are limited")
}

impl<'a> BytecodeMasm<'a> {
    pub(super) fn new(buffer: &'a mut CodeBuffer) -> Self {
        Self { buffer, size: 0, popped: 0 }
    }

    fn put(&mut self, encode: impl FnOnce(&mut Vec<u8>)) {
        let mut bytes = Vec::new();
        encode(&mut bytes);
        self.buffer.put(&bytes);
    }

    /// An instruction that ends with a displacement.
    fn branch(&mut self, form: &'static FixupForm, to: Label, encode: impl FnOnce(&mut Vec<u8>, PcRelOffset)) {
        self.put(|b| encode(b, PcRelOffset::from(0)));
        let at = self.buffer.offset() - 4;
        self.buffer.fixup(at, form, to);
    }

    fn pointer_bytes(&self) -> u32 {
        self.buffer.isa().pointer_width().bytes()
    }

    /// Whether a value of this order is big-endian in memory.
    fn is_big(&self, order: Order) -> bool {
        order == Order::Native && self.buffer.isa().is_big_endian()
    }
}

impl Masm for BytecodeMasm<'_> {
    fn buffer(&mut self) -> &mut CodeBuffer {
        self.buffer
    }

    fn roles(&self) -> &'static Roles {
        &ROLES
    }

    fn host(&self) -> &'static HostConv {
        &HOST
    }

    fn dwarf_int(&self, reg: u8) -> u16 {
        reg.into()
    }

    fn dwarf_float(&self, reg: u8) -> u16 {
        reg.into()
    }

    fn push_frame(&mut self, size: u32, popped: Option<u32>) {
        (self.size, self.popped) = (size, popped.unwrap_or(0));
        match u16::try_from(size) {
            Ok(amount) => self.put(|b| encode::push_frame_save(b, amount, UpperRegSet::default())),
            Err(_) => {
                self.put(encode::push_frame);
                self.grow_stack(size);
            }
        }
    }

    fn pop_frame(&mut self) {
        self.put(encode::pop_frame);
        let popped = self.popped;
        if popped > 0 {
            self.put(|b| encode::stack_free32(b, popped));
        }
        self.put(encode::ret);
    }

    fn frame_to_cfa(&self) -> u32 {
        self.size + 2 * self.pointer_bytes()
    }

    fn frame_top(&self) -> (u8, u32) {
        (ROLES.sp, self.frame_to_cfa())
    }

    fn grow_stack(&mut self, bytes: u32) {
        if bytes > 0 {
            self.put(|b| encode::stack_alloc32(b, bytes));
        }
    }

    fn load(&mut self, ty: AbiType, d: u8, base: u8, offset: u32, order: Order) {
        let (addr, big) = (AddrO32 { addr: x(base), offset: signed(offset) }, self.is_big(order));
        let z = AddrZ { addr: addr.addr, offset: addr.offset };
        self.put(|b| match (ty, big) {
            (AbiType::I32, false) => encode::xload32le_o32(b, x(d), addr),
            (AbiType::I32, true) => encode::xload32be_o32(b, x(d), addr),
            (AbiType::I64, false) => encode::xload64le_o32(b, x(d), addr),
            (AbiType::I64, true) => encode::xload64be_o32(b, x(d), addr),
            (AbiType::F32, false) => encode::fload32le_o32(b, f(d), addr),
            (AbiType::F32, true) => encode::fload32be_o32(b, f(d), addr),
            (AbiType::F64, false) => encode::fload64le_o32(b, f(d), addr),
            (AbiType::F64, true) => encode::fload64be_o32(b, f(d), addr),
            (AbiType::V128, false) => encode::vload128le_o32(b, v(d), addr),
            (AbiType::V128, true) => encode::vload128be_z(b, v(d), z),
        });
    }

    fn store(&mut self, ty: AbiType, a: u8, base: u8, offset: u32, order: Order) {
        let (addr, big) = (AddrO32 { addr: x(base), offset: signed(offset) }, self.is_big(order));
        let z = AddrZ { addr: addr.addr, offset: addr.offset };
        self.put(|b| match (ty, big) {
            (AbiType::I32, false) => encode::xstore32le_o32(b, addr, x(a)),
            (AbiType::I32, true) => encode::xstore32be_o32(b, addr, x(a)),
            (AbiType::I64, false) => encode::xstore64le_o32(b, addr, x(a)),
            (AbiType::I64, true) => encode::xstore64be_o32(b, addr, x(a)),
            (AbiType::F32, false) => encode::fstore32le_o32(b, addr, f(a)),
            (AbiType::F32, true) => encode::fstore32be_o32(b, addr, f(a)),
            (AbiType::F64, false) => encode::fstore64le_o32(b, addr, f(a)),
            (AbiType::F64, true) => encode::fstore64be_o32(b, addr, f(a)),
            (AbiType::V128, false) => encode::vstore128le_o32(b, addr, v(a)),
            (AbiType::V128, true) => encode::vstore128be_z(b, z, v(a)),
        });
    }

    fn mov(&mut self, d: u8, a: u8) {
        if d != a {
            self.put(|b| encode::xmov(b, x(d), x(a)));
        }
    }

    fn lea(&mut self, d: u8, base: u8, offset: u32) {
        self.put(|b| encode::xadd64_u32(b, x(d), x(base), offset));
    }

    fn constant(&mut self, d: u8, value: u32) {
        self.put(|b| encode::xconst32(b, x(d), signed(value)));
    }

    fn label_address(&mut self, _: u8, _: Label) {
        unreachable!("the machine knows where it was entered")
    }

    fn call(&mut self, a: u8) {
        self.put(|b| encode::call_indirect(b, x(a)));
    }

    fn jump_to(&mut self, a: u8) {
        self.put(|b| encode::xjump(b, x(a)));
    }

    fn is_bytecode(&self) -> bool {
        true
    }

    fn ret(&mut self) {
        self.put(encode::ret);
    }

    fn call_host(&mut self, number: u8) {
        self.put(|b| encode::call_indirect_host(b, number));
    }

    fn jump(&mut self, to: Label) {
        self.branch(&JUMP, to, encode::jump);
    }

    fn branch_if_byte_zero(&mut self, a: u8, to: Label) {
        self.put(|b| encode::zext8(b, x(a), x(a)));
        self.branch_if_word_zero(a, to);
    }

    fn branch_if_word_zero(&mut self, a: u8, to: Label) {
        self.branch(&BR_IF, to, |b, offset| encode::br_if_not32(b, x(a), offset));
    }

    fn branch_if_long_is(&mut self, a: u8, value: i8, to: Label) {
        self.branch(&BR_IF_IMM8, to, |b, offset| encode::br_if_xeq64_i8(b, x(a), value, offset));
    }

    fn extend_word(&mut self, reg: u8) {
        self.put(|b| encode::zext32(b, x(reg), x(reg)));
    }

    fn frame_pointer(&mut self, scratch: u8) -> u8 {
        self.put(|b| encode::xmov_fp(b, x(scratch)));
        scratch
    }

    fn return_address(&mut self, scratch: u8) -> u8 {
        self.put(|b| encode::xmov_lr(b, x(scratch)));
        scratch
    }
}
