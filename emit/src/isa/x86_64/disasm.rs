//! The disassembler of x86_64.

use capstone::prelude::*;

pub(crate) fn new() -> CsResult<Capstone> {
    Capstone::new().x86().mode(arch::x86::ArchMode::Mode64).build()
}
