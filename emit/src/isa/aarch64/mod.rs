//! 64-bit Arm.

pub mod asm;
pub(crate) mod callconv;
#[cfg(feature = "disasm")]
mod disasm;
pub mod regs;
pub mod reloc;
mod trampoline;

use super::{Backend, Isa};
use alloc::boxed::Box;
use gantry_abi::PointerWidth;
use object::elf;

pub(crate) static BACKEND: Backend = Backend {
    isa: Isa::Aarch64,
    name: "aarch64",
    pointer_width: PointerWidth::W64,
    big_endian: false,
    elf_machine: elf::EM_AARCH64.0,
    elf_flags: 0,
    text_align: 4,
    page_size: 0x10000,
    // `udf #0`
    padding: &[0, 0, 0, 0],
    jump: Some(&reloc::JUMP),
    call_veneer: Some(&reloc::FAR_CALL),
    call_conv: &callconv::TAIL,
    host_conv: |_| &callconv::AAPCS64,
    masm: |buffer, _| Box::new(trampoline::A64Masm::new(buffer)),
    #[cfg(feature = "disasm")]
    disassembler: Some(disasm::new),
    dwarf_return_address: 30,
    dwarf_entry_cfa: (31, 0),
    dwarf_return_slot: None,
};
