//! The assembler of trampolines on x86_64.

use super::callconv;
use super::insts::{self, Cond, addr, inst, rip};
use super::regs::{self, Gpr, RAX, RBP, RBX, RSP, Regs, Xmm};
use crate::buffer::{CodeBuffer, Label};
use crate::callconv::HostConv;
use crate::function::CallFrameInst;
use crate::isa::HostAbi;
use crate::trampoline::{Masm, Order, Roles};
use cranelift_assembler_x64::Amode;
use gantry_abi::AbiType;

static ROLES: Roles =
    Roles { sp: RSP.0, fp: Some(RBP.0), scratch: [RAX.0, regs::R11.0], callee: regs::R10.0, keep: RBX.0 };

pub(super) struct X64Masm<'a> {
    buffer: &'a mut CodeBuffer,
    host: &'static HostConv,
    size: u32,
    popped: u32,
}

impl<'a> X64Masm<'a> {
    pub(super) fn new(buffer: &'a mut CodeBuffer, host: HostAbi) -> Self {
        Self { buffer, host: callconv::host(host), size: 0, popped: 0 }
    }

    fn at(base: u8, offset: u32) -> Amode<Gpr> {
        addr(Gpr(base), signed(offset))
    }

    fn sub_sp(&mut self, bytes: u32) {
        match i8::try_from(bytes) {
            Ok(0) => {}
            Ok(short) => inst::subq_mi_sxb::<Regs>::new(RSP, short).encode(self.buffer),
            Err(_) => inst::subq_mi_sxl::<Regs>::new(RSP, signed(bytes)).encode(self.buffer),
        }
    }
}

fn signed(offset: u32) -> i32 {
    i32::try_from(offset).expect("frames of trampolines are limited")
}

impl Masm for X64Masm<'_> {
    fn buffer(&mut self) -> &mut CodeBuffer {
        self.buffer
    }

    fn roles(&self) -> &'static Roles {
        &ROLES
    }

    fn host(&self) -> &'static HostConv {
        self.host
    }

    fn dwarf_int(&self, reg: u8) -> u16 {
        regs::dwarf(Gpr(reg))
    }

    fn dwarf_float(&self, reg: u8) -> u16 {
        regs::dwarf_xmm(Xmm(reg))
    }

    fn push_frame(&mut self, size: u32, popped: Option<u32>) {
        (self.size, self.popped) = (size, popped.unwrap_or(0));
        inst::pushq_o::<Regs>::new(RBP).encode(self.buffer);
        self.buffer.cfi(CallFrameInst::CfaOffset(16));
        self.buffer.cfi(CallFrameInst::Offset(regs::dwarf(RBP), -16));
        inst::movq_mr::<Regs>::new(RBP, RSP).encode(self.buffer);
        self.buffer.cfi(CallFrameInst::CfaRegister(regs::dwarf(RBP)));
        self.sub_sp(size);
    }

    fn pop_frame(&mut self) {
        inst::movq_mr::<Regs>::new(RSP, RBP).encode(self.buffer);
        inst::popq_o::<Regs>::new(RBP).encode(self.buffer);
        self.buffer.cfi(CallFrameInst::Cfa(regs::dwarf(RSP), 8));
        self.buffer.cfi(CallFrameInst::Restore(regs::dwarf(RBP)));
        match u16::try_from(self.popped).expect("signatures are limited") {
            0 => inst::retq_zo::new().encode(self.buffer),
            bytes => inst::retq_i::new(bytes).encode(self.buffer),
        }
    }

    fn frame_to_cfa(&self) -> u32 {
        self.size + 16
    }

    fn frame_top(&self) -> (u8, u32) {
        (RBP.0, 16)
    }

    fn grow_stack(&mut self, bytes: u32) {
        self.sub_sp(bytes);
    }

    fn load(&mut self, ty: AbiType, d: u8, base: u8, offset: u32, _: Order) {
        let a = Self::at(base, offset);
        match ty {
            AbiType::I32 => inst::movl_rm::<Regs>::new(Gpr(d), a).encode(self.buffer),
            AbiType::I64 => inst::movq_rm::<Regs>::new(Gpr(d), a).encode(self.buffer),
            AbiType::F32 => inst::movss_a_m::<Regs>::new(Xmm(d), a).encode(self.buffer),
            AbiType::F64 => inst::movsd_a_m::<Regs>::new(Xmm(d), a).encode(self.buffer),
            AbiType::V128 => inst::movups_a::<Regs>::new(Xmm(d), a).encode(self.buffer),
        }
    }

    fn store(&mut self, ty: AbiType, a: u8, base: u8, offset: u32, _: Order) {
        let d = Self::at(base, offset);
        match ty {
            AbiType::I32 => inst::movl_mr::<Regs>::new(d, Gpr(a)).encode(self.buffer),
            AbiType::I64 => inst::movq_mr::<Regs>::new(d, Gpr(a)).encode(self.buffer),
            AbiType::F32 => inst::movss_c_m::<Regs>::new(d, Xmm(a)).encode(self.buffer),
            AbiType::F64 => inst::movsd_c_m::<Regs>::new(d, Xmm(a)).encode(self.buffer),
            AbiType::V128 => inst::movups_b::<Regs>::new(d, Xmm(a)).encode(self.buffer),
        }
    }

    fn mov(&mut self, d: u8, a: u8) {
        if d != a {
            inst::movq_mr::<Regs>::new(Gpr(d), Gpr(a)).encode(self.buffer);
        }
    }

    fn lea(&mut self, d: u8, base: u8, offset: u32) {
        inst::leaq_rm::<Regs>::new(Gpr(d), Self::at(base, offset)).encode(self.buffer);
    }

    fn constant(&mut self, d: u8, value: u32) {
        insts::constant(self.buffer, Gpr(d), value.into());
    }

    fn label_address(&mut self, d: u8, to: Label) {
        inst::leaq_rm::<Regs>::new(Gpr(d), rip(to)).encode(self.buffer);
    }

    fn call(&mut self, a: u8) {
        inst::callq_m::<Regs>::new(Gpr(a)).encode(self.buffer);
    }

    fn jump_to(&mut self, a: u8) {
        inst::jmpq_m::<Regs>::new(Gpr(a)).encode(self.buffer);
    }

    fn jump(&mut self, to: Label) {
        insts::jmp(self.buffer, to);
    }

    fn branch_if_byte_zero(&mut self, a: u8, to: Label) {
        inst::testb_mr::<Regs>::new(Gpr(a), Gpr(a)).encode(self.buffer);
        insts::jcc(self.buffer, Cond::E, to);
    }

    fn branch_if_word_zero(&mut self, a: u8, to: Label) {
        inst::testl_mr::<Regs>::new(Gpr(a), Gpr(a)).encode(self.buffer);
        insts::jcc(self.buffer, Cond::E, to);
    }

    fn branch_if_long_is(&mut self, a: u8, value: i8, to: Label) {
        inst::cmpq_mi_sxb::<Regs>::new(Gpr(a), value).encode(self.buffer);
        insts::jcc(self.buffer, Cond::E, to);
    }

    fn frame_pointer(&mut self, _: u8) -> u8 {
        RBP.0
    }

    fn return_address(&mut self, scratch: u8) -> u8 {
        self.load(AbiType::I64, scratch, RBP.0, 8, Order::Native);
        scratch
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::isa::Isa;
    use alloc::format;
    use alloc::string::String;
    use capstone::prelude::*;
    use cranelift_assembler_x64::gpr::{Size, enc::to_string};
    use proptest::prelude::*;

    /// What a disassembler says about the one instruction that `emit` makes.
    fn disassemble(emit: impl FnOnce(&mut X64Masm<'_>)) -> String {
        let mut buffer = CodeBuffer::new(Isa::X86_64);
        emit(&mut X64Masm::new(&mut buffer, HostAbi::Standard));
        let disassembler = Capstone::new().x86().mode(arch::x86::ArchMode::Mode64).build().unwrap();
        let insts = disassembler.disasm_all(buffer.bytes(), 0).unwrap();
        assert_eq!((insts.len(), insts.iter().map(|i| i.len()).sum()), (1, buffer.bytes().len()), "{insts}");
        format!("{} {}", insts[0].mnemonic().unwrap(), insts[0].op_str().unwrap())
    }

    fn name(reg: u8, size: Size) -> &'static str {
        to_string(reg, size).trim_start_matches('%')
    }

    fn number(value: u32) -> String {
        if value > 9 { format!("{value:#x}") } else { format!("{value}") }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn encodings_agree_with_a_disassembler(d in 0u8..16, base in 0u8..16, offset in 0u32..=0x7fff_ffff, short: bool) {
            let offset = if short { offset % 200 } else { offset };
            let (long, word) = (name(d, Size::Quadword), name(d, Size::Doubleword));
            let b = name(base, Size::Quadword);
            let plus = if offset == 0 { String::new() } else { format!(" + {}", number(offset)) };
            for (ty, op, width, reg) in [
                (AbiType::I32, "mov", "dword", word.into()),
                (AbiType::I64, "mov", "qword", long.into()),
                (AbiType::F32, "movss", "dword", format!("xmm{d}")),
                (AbiType::F64, "movsd", "qword", format!("xmm{d}")),
                (AbiType::V128, "movups", "xmmword", format!("xmm{d}")),
            ] {
                let place = format!("{width} ptr [{b}{plus}]");
                let load = disassemble(|m| m.load(ty, d, base, offset, Order::Native));
                prop_assert_eq!(load, format!("{op} {reg}, {place}"));
                let store = disassemble(|m| m.store(ty, d, base, offset, Order::Native));
                prop_assert_eq!(store, format!("{op} {place}, {reg}"));
            }
            prop_assert_eq!(disassemble(|m| m.lea(d, base, offset)), format!("lea {long}, [{b}{plus}]"));
            prop_assert_eq!(disassemble(|m| m.call(d)), format!("call {long}"));
            prop_assert_eq!(disassemble(|m| m.jump_to(d)), format!("jmp {long}"));
            if d != base {
                prop_assert_eq!(disassemble(|m| m.mov(d, base)), format!("mov {long}, {b}"));
            }
            let constant = disassemble(|m| m.constant(d, offset));
            let expected = if offset == 0 { format!("xor {word}, {word}") } else { format!("mov {word}, {}", number(offset)) };
            prop_assert_eq!(constant, expected);
            if offset > 0 {
                prop_assert_eq!(disassemble(|m| m.grow_stack(offset)), format!("sub rsp, {}", number(offset)));
            }
        }
    }
}
