//! The disassembler of riscv64.

use capstone::prelude::*;

pub(crate) fn new() -> CsResult<Capstone> {
    let compressed = core::iter::once(arch::riscv::ArchExtraMode::RiscVC);
    Capstone::new().riscv().mode(arch::riscv::ArchMode::RiscV64).extra_mode(compressed).build()
}
