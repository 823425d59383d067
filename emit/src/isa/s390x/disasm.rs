//! The disassembler of s390x.

use capstone::prelude::*;

pub(crate) fn new() -> CsResult<Capstone> {
    Capstone::new().sysz().mode(arch::sysz::ArchMode::Default).build()
}
