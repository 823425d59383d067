//! Every form with random operands, against a disassembler and against the crate `cranelift-assembler-x64`.

mod integer;
mod peer;
mod vector;

use super::*;
use crate::isa::Isa;
use crate::isa::x86_64::regs::{RSP, Xmm};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use capstone::prelude::*;
use proptest::prelude::*;

/// The bytes of what `emit` emits.
fn bytes(emit: impl FnOnce(&mut Asm<'_>)) -> Vec<u8> {
    let mut buffer = CodeBuffer::new(Isa::X86_64);
    emit(&mut Asm::new(&mut buffer));
    buffer.bytes().to_vec()
}

/// A disassembler.
struct Text(Capstone);

impl Text {
    fn new() -> Self {
        Self(Capstone::new().x86().mode(arch::x86::ArchMode::Mode64).build().unwrap())
    }

    /// What the one instruction in these bytes is.
    fn of(&self, bytes: &[u8]) -> String {
        let insts = self.0.disasm_all(bytes, 0).unwrap();
        assert_eq!((insts.len(), insts.iter().map(|i| i.len()).sum()), (1, bytes.len()), "{insts} {bytes:x?}");
        format!("{} {}", insts[0].mnemonic().unwrap(), insts[0].op_str().unwrap()).trim_end().into()
    }

    /// Checks the one instruction that `emit` emits.
    #[track_caller]
    fn check(&self, expected: &str, emit: impl FnOnce(&mut Asm<'_>)) {
        let bytes = bytes(emit);
        assert_eq!(self.of(&bytes), expected, "{bytes:x?}");
    }
}

/// A number as the disassembler writes it.
fn number(value: u64) -> String {
    if value > 9 { format!("{value:#x}") } else { format!("{value}") }
}

/// The parts of an address.
#[derive(Clone, Copy, Debug)]
struct Place {
    base: u8,
    index: Option<(u8, Scale)>,
    disp: i32,
}

impl Place {
    fn mem<W>(self) -> Mem<W> {
        match self.index {
            None => Mem::base(Gpr(self.base), self.disp),
            Some((index, scale)) => Mem::index(Gpr(self.base), Gpr(index), scale, self.disp),
        }
    }

    fn text(self) -> String {
        let mut text = format!("[{}", gpr(Size::S64, self.base));
        match self.index {
            None => {}
            Some((index, Scale::X1)) => text += &format!(" + {}", gpr(Size::S64, index)),
            Some((index, scale)) => text += &format!(" + {}*{}", gpr(Size::S64, index), 1 << scale as u8),
        }
        let distance = number(self.disp.unsigned_abs().into());
        match self.disp {
            0 => {}
            1.. => text += &format!(" + {distance}"),
            _ => text += &format!(" - {distance}"),
        }
        text + "]"
    }
}

/// What the disassembler writes before an address that is `W` wide.
fn pointer<W: Width>() -> &'static str {
    match W::BYTES {
        1 => "byte ptr ",
        2 => "word ptr ",
        4 => "dword ptr ",
        8 => "qword ptr ",
        _ => "xmmword ptr ",
    }
}

/// An integer register's name.
fn gpr(size: Size, number: u8) -> String {
    const NAMES: [[&str; 4]; 8] = [
        ["al", "ax", "eax", "rax"],
        ["cl", "cx", "ecx", "rcx"],
        ["dl", "dx", "edx", "rdx"],
        ["bl", "bx", "ebx", "rbx"],
        ["spl", "sp", "esp", "rsp"],
        ["bpl", "bp", "ebp", "rbp"],
        ["sil", "si", "esi", "rsi"],
        ["dil", "di", "edi", "rdi"],
    ];
    match (NAMES.get(usize::from(number)), size) {
        (Some(names), _) => names[size as usize].into(),
        (None, Size::S8) => format!("r{number}b"),
        (None, Size::S16) => format!("r{number}w"),
        (None, Size::S32) => format!("r{number}d"),
        (None, Size::S64) => format!("r{number}"),
    }
}

/// Displacements of every length and at their borders.
fn displacements() -> impl Strategy<Value = i32> {
    prop_oneof![Just(0), -130..130, any::<i32>(), Just(i32::MAX), Just(i32::MIN)]
}

fn places() -> impl Strategy<Value = Place> {
    let scales = prop_oneof![Just(Scale::X1), Just(Scale::X2), Just(Scale::X4), Just(Scale::X8)];
    let index = (0u8..16, scales).prop_filter("rsp cannot be an index", |i| i.0 != RSP.0);
    (0u8..16, proptest::option::of(index), displacements()).prop_map(|(base, index, disp)| Place { base, index, disp })
}

/// Operands of one round.
#[derive(Clone, Copy, Debug)]
struct Operands {
    d: u8,
    a: u8,
    b: u8,
    place: Place,
    byte: u8,
    imm: i32,
}

fn operands() -> impl Strategy<Value = Operands> {
    (0u8..16, 0u8..16, 0u8..16, places(), any::<u8>(), displacements())
        .prop_map(|(d, a, b, place, byte, imm)| Operands { d, a, b, place, byte, imm })
}
