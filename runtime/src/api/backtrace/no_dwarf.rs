//! Without std nobody reads debug information: frames have functions and offsets.

use super::FrameSymbol;
use crate::prelude::*;
use crate::vm::code::CodeMemory;
use core::fmt;

/// The name as it is.
pub(super) fn demangled(name: &str) -> impl fmt::Display + '_ {
    name
}

/// The DWARF of a module: there is none.
pub(super) enum DebugInfo {}

impl DebugInfo {
    pub(super) fn of(_: &CodeMemory) -> Option<Self> {
        None
    }

    pub(super) fn symbols(&self, _: Option<u32>) -> Vec<FrameSymbol> {
        match *self {}
    }
}
