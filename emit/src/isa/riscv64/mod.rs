//! RISC-V, RV64GC.

pub(crate) mod callconv;
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
    isa: Isa::Riscv64,
    name: "riscv64",
    pointer_width: PointerWidth::W64,
    big_endian: false,
    elf_machine: elf::EM_RISCV.0,
    elf_flags: elf::EF_RISCV_RVC.0 | elf::EF_RISCV_FLOAT_ABI_DOUBLE.0,
    text_align: 4,
    page_size: 0x1000,
    // The all-zero instruction is defined to be illegal.
    padding: &[0, 0],
    jump: Some(&reloc::JUMP),
    call_veneer: None,
    call_conv: &callconv::TAIL,
    host_conv: |_| &callconv::LP64D,
    masm: |buffer, _| Box::new(trampoline::Rv64Masm::new(buffer)),
    #[cfg(feature = "disasm")]
    disassembler: Some(disasm::new),
    dwarf_return_address: 1,
    dwarf_entry_cfa: (2, 0),
    dwarf_return_slot: None,
};
