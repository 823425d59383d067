//! The assembler of trampolines on x86_64.

use super::asm::{Alu, Asm, Cc, Mem, Size, W32, W64, sse};
use super::callconv;
use super::regs::{self, Gpr, RAX, RBP, RBX, RSP, Xmm};
use crate::buffer::{CodeBuffer, Label};
use crate::callconv::HostConv;
use crate::function::CallFrameInst;
use crate::isa::HostAbi;
use crate::trampoline::{Masm, Order, Roles};
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

    fn at<W>(base: u8, offset: u32) -> Mem<W> {
        Mem::base(Gpr(base), signed(offset))
    }

    fn asm(&mut self) -> Asm<'_> {
        Asm::new(self.buffer)
    }

    fn sub_sp(&mut self, bytes: u32) {
        if bytes > 0 {
            self.asm().alu_imm(Alu::Sub, Size::S64, RSP, signed(bytes));
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
        self.asm().push(RBP);
        self.buffer.cfi(CallFrameInst::CfaOffset(16));
        self.buffer.cfi(CallFrameInst::Offset(regs::dwarf(RBP), -16));
        self.asm().mov(Size::S64, RBP, RSP);
        self.buffer.cfi(CallFrameInst::CfaRegister(regs::dwarf(RBP)));
        self.sub_sp(size);
    }

    fn pop_frame(&mut self) {
        self.asm().mov(Size::S64, RSP, RBP);
        self.asm().pop(RBP);
        self.buffer.cfi(CallFrameInst::Cfa(regs::dwarf(RSP), 8));
        self.buffer.cfi(CallFrameInst::Restore(regs::dwarf(RBP)));
        match u16::try_from(self.popped).expect("signatures are limited") {
            0 => self.asm().ret(),
            bytes => self.asm().ret_pop(bytes),
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
        match ty {
            AbiType::I32 => self.asm().load(Gpr(d), Self::at::<W32>(base, offset)),
            AbiType::I64 => self.asm().load(Gpr(d), Self::at::<W64>(base, offset)),
            AbiType::F32 => self.asm().sse_load(sse::MOVSS_LOAD, Xmm(d), Self::at(base, offset)),
            AbiType::F64 => self.asm().sse_load(sse::MOVSD_LOAD, Xmm(d), Self::at(base, offset)),
            AbiType::V128 => self.asm().sse(sse::MOVUPS, Xmm(d), Self::at(base, offset)),
        }
    }

    fn store(&mut self, ty: AbiType, a: u8, base: u8, offset: u32, _: Order) {
        match ty {
            AbiType::I32 => self.asm().store(Self::at::<W32>(base, offset), Gpr(a)),
            AbiType::I64 => self.asm().store(Self::at::<W64>(base, offset), Gpr(a)),
            AbiType::F32 => self.asm().sse_store(sse::MOVSS_STORE, Self::at(base, offset), Xmm(a)),
            AbiType::F64 => self.asm().sse_store(sse::MOVSD_STORE, Self::at(base, offset), Xmm(a)),
            AbiType::V128 => self.asm().sse_store(sse::MOVUPS_STORE, Self::at(base, offset), Xmm(a)),
        }
    }

    fn mov(&mut self, d: u8, a: u8) {
        if d != a {
            self.asm().mov(Size::S64, Gpr(d), Gpr(a));
        }
    }

    fn lea(&mut self, d: u8, base: u8, offset: u32) {
        self.asm().lea(Size::S64, Gpr(d), Self::at::<()>(base, offset));
    }

    fn constant(&mut self, d: u8, value: u32) {
        self.asm().constant(Gpr(d), value.into());
    }

    fn label_address(&mut self, d: u8, to: Label) {
        self.asm().lea(Size::S64, Gpr(d), Mem::<()>::label(to));
    }

    fn call(&mut self, a: u8) {
        self.asm().call_to(Gpr(a));
    }

    fn jump_to(&mut self, a: u8) {
        self.asm().jmp_to(Gpr(a));
    }

    fn jump(&mut self, to: Label) {
        self.asm().jmp(to);
    }

    fn branch_if_byte_zero(&mut self, a: u8, to: Label) {
        self.asm().test(Size::S8, Gpr(a), Gpr(a));
        self.asm().jcc(Cc::E, to);
    }

    fn branch_if_word_zero(&mut self, a: u8, to: Label) {
        self.asm().test(Size::S32, Gpr(a), Gpr(a));
        self.asm().jcc(Cc::E, to);
    }

    fn branch_if_long_is(&mut self, a: u8, value: i8, to: Label) {
        self.asm().alu_imm(Alu::Cmp, Size::S64, Gpr(a), value.into());
        self.asm().jcc(Cc::E, to);
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
