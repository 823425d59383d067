//! 64-bit x86.

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
    isa: Isa::X86_64,
    name: "x86_64",
    pointer_width: PointerWidth::W64,
    big_endian: false,
    elf_machine: elf::EM_X86_64.0,
    elf_flags: 0,
    text_align: 16,
    page_size: 0x1000,
    padding: &[0xcc],
    jump: None,
    call_veneer: None,
    call_conv: &callconv::TAIL,
    host_conv: callconv::host,
    masm: |buffer, host| Box::new(trampoline::X64Masm::new(buffer, host)),
    #[cfg(feature = "disasm")]
    disassembler: Some(disasm::new),
    dwarf_return_address: regs::DWARF_RETURN_ADDRESS,
    dwarf_entry_cfa: (7, 8),
    dwarf_return_slot: Some(-8),
};
