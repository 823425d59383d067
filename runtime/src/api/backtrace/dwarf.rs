//! Source lines and names from debug information.

use super::FrameSymbol;
use crate::vm::code::CodeMemory;
use gimli::{EndianSlice, LittleEndian};
use std::fmt;

/// A name as its source language writes it; in the alternate form without a hash.
pub(super) fn demangled(name: &str) -> impl fmt::Display + '_ {
    rustc_demangle::demangle(name)
}

/// The DWARF of a module.
pub(super) struct DebugInfo<'a> {
    context: addr2line::Context<EndianSlice<'a, LittleEndian>>,
    /// What its addresses count from.
    code_section_offset: u32,
}

impl<'a> DebugInfo<'a> {
    /// Reads it; `None` if there is none, or it is damaged.
    pub(super) fn of(code: &'a CodeMemory) -> Option<Self> {
        if code.dwarf_section(".debug_info").is_empty() {
            return None;
        }
        let load = |id: gimli::SectionId| -> Result<_, gimli::Error> {
            Ok(EndianSlice::new(code.dwarf_section(id.name()), LittleEndian))
        };
        let dwarf = gimli::Dwarf::load(load).ok()?;
        let context = addr2line::Context::from_dwarf(dwarf).ok()?;
        Some(Self { context, code_section_offset: code.module().code_section_offset? })
    }

    /// The functions that an operator belongs to, innermost first.
    pub(super) fn symbols(&self, offset: Option<u32>) -> Vec<FrameSymbol> {
        let mut symbols = Vec::new();
        let Some(address) = offset.and_then(|o| o.checked_sub(self.code_section_offset)) else { return symbols };
        let Ok(mut frames) = self.context.find_frames(address.into()).skip_all_loads() else { return symbols };
        while let Ok(Some(frame)) = frames.next() {
            let location = frame.location.as_ref();
            symbols.push(FrameSymbol {
                name: frame.function.as_ref().and_then(|f| Some(f.demangle().ok()?.into_owned())),
                file: location.and_then(|l| l.file).map(str::to_owned),
                line: location.and_then(|l| l.line),
                column: location.and_then(|l| l.column),
            });
        }
        symbols
    }
}
