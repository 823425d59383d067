//! The disassembler of aarch64.

use capstone::prelude::*;

pub(crate) fn new() -> CsResult<Capstone> {
    Capstone::new().arm64().mode(arch::arm64::ArchMode::Arm).build()
}
