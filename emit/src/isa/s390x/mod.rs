//! IBM z/Architecture, z14 and later.

pub mod callconv;
#[cfg(feature = "disasm")]
mod disasm;
pub mod insts;
pub mod regs;
pub mod reloc;
mod trampoline;

use super::{Backend, Isa};
use alloc::boxed::Box;
use gantry_abi::PointerWidth;
use object::elf;

pub(crate) static BACKEND: Backend = Backend {
    isa: Isa::S390x,
    name: "s390x",
    pointer_width: PointerWidth::W64,
    big_endian: true,
    elf_machine: elf::EM_S390.0,
    elf_flags: 0,
    text_align: 4,
    page_size: 0x1000,
    // The all-zero operation code is not assigned.
    padding: &[0, 0],
    jump: Some(&reloc::JUMP),
    call_veneer: None,
    call_conv: &callconv::TAIL,
    host_conv: |_| &callconv::ELF,
    masm: |buffer, _| Box::new(trampoline::S390xMasm::new(buffer)),
    #[cfg(feature = "disasm")]
    disassembler: Some(disasm::new),
    dwarf_return_address: 14,
    dwarf_entry_cfa: (15, 160),
    dwarf_return_slot: None,
};
