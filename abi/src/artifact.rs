//! What an artifact contains and how it is read: section names, metadata and the lookup tables of code.
//!
//! An artifact is an ELF64 file whatever the target. Text has relocations to nothing outside itself, so the file can be
//! mapped and run without being touched. Compatibility is three lists: [`Compatibility`] must match, flags of
//! [`Compatibility::isa_flags`] must be available, [`Provenance`] is informational.

use crate::entity::*;
use crate::features::FeatureSet;
use crate::module::ModuleInfo;
use crate::offset_table::{OffsetTable, OffsetTableWriter};
use crate::options::CompileOptions;
use crate::traps::Trap;
use crate::types::{Shape, ValType};
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;
use cranelift_entity::PrimaryMap;
use cranelift_entity::packed_option::PackedOption;
use serde::{Deserialize, Serialize};

/// Changes exactly when compiled code and runtime of two versions could misunderstand each other.
pub const ABI_REVISION: u32 = 3;

/// Names of sections.
pub mod section {
    /// Machine code or bytecode, page-aligned.
    pub const TEXT: &str = ".text";
    /// Bytes of data segments and memory images, page-aligned.
    pub const DATA: &str = ".rodata.gantry";
    /// [`super::Header`]: read first.
    pub const HEADER: &str = ".gantry.header";
    /// [`super::Metadata`].
    pub const METADATA: &str = ".gantry.module";
    /// Names of functions: see [`super::Names`].
    pub const NAMES: &str = ".gantry.names";
    /// [`super::TrapTable`], an [`crate::offset_table`].
    pub const TRAPS: &str = ".gantry.traps";
    /// [`super::SourceMap`], an [`crate::offset_table`].
    pub const SOURCE_MAP: &str = ".gantry.srcmap";
    /// [`super::LocalHomes`], with the option `debug_locals`.
    pub const LOCALS: &str = ".gantry.locals";
    /// [`super::StackMaps`], with the option `stack_maps`.
    pub const STACK_MAPS: &str = ".gantry.stackmaps";
    /// Prefix of the module's own DWARF sections, as in `.gantry.dwarf.debug_line`.
    pub const DWARF_PREFIX: &str = ".gantry.dwarf";
    /// Native unwind tables.
    pub const EH_FRAME: &str = ".eh_frame";
}

/// Everything that must match between an artifact and the engine that loads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compatibility {
    /// [`ABI_REVISION`].
    pub abi_revision: u32,
    /// Name of the instruction set, with pointer width and byte order.
    pub isa: String,
    /// Name of the operating system, whose C convention trampolines use; "none" for bytecode.
    pub os: String,
    /// Options that change code.
    pub options: CompileOptions,
    /// CPU features that the code uses and the host must have, by the names of cranelift-codegen's settings.
    pub isa_flags: Vec<(String, FlagValue)>,
}

/// A value of a CPU feature setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FlagValue {
    /// On or off. Only features that are on are needed.
    Bool(bool),
    /// A number.
    Num(u8),
    /// One of several names.
    Enum(String),
}

/// Where an artifact comes from. Informational.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// Version of the engine that made it.
    pub version: String,
    /// Name of the backend.
    pub backend: String,
    /// Features that were accepted.
    pub features: FeatureSet,
}

/// The first thing that is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// What must match.
    pub compatibility: Compatibility,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// Where the code of a module is. Ranges are offsets in the text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeInfo {
    /// Functions, in order of offset as well.
    pub functions: PrimaryMap<DefinedFunc, Range<u32>>,
    /// The distinct shapes of the module's function types.
    pub shapes: PrimaryMap<ShapeIndex, Shape>,
    /// Shape of each function type; none for other types.
    pub type_shapes: PrimaryMap<TypeIndex, PackedOption<ShapeIndex>>,
    /// Start of the entry trampoline of each shape; `u32::MAX`: none, because no function of the shape can escape.
    pub entry_trampolines: PrimaryMap<ShapeIndex, u32>,
    /// Start of the exit trampoline of each shape; `u32::MAX`: none (the ISA has none yet).
    pub exit_trampolines: PrimaryMap<ShapeIndex, u32>,
    /// Everything in the text with its name for disassembly and profilers, in order of offset: trampolines and thunks.
    pub stubs: Vec<(Range<u32>, String)>,
}

/// Everything about a module that the runtime needs at once.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Metadata {
    /// The module.
    pub module: ModuleInfo,
    /// Its code.
    pub code: CodeInfo,
}

/// Names of functions in order of index, as serialized in [`section::NAMES`].
pub type Names = Vec<(FuncIndex, String)>;

/// Where a local is at calls and loop heads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalHome {
    /// Its type.
    pub ty: ValType,
    /// Where its value is: bytes from the frame pointer.
    pub offset: i32,
}

/// Where the locals of functions are, parameters first, as serialized in [`section::LOCALS`]. Functions whose compiler keeps
/// no record have none.
pub type LocalHomes = PrimaryMap<DefinedFunc, Vec<LocalHome>>;

/// Live references at the return address of a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StackMap {
    /// The return address: in a function, or in the text.
    pub offset: u32,
    /// Bytes from the stack pointer to the frame pointer.
    pub frame_size: u32,
    /// Offsets of 32-bit references from the stack pointer. What lies beyond the frame is an argument on the stack.
    pub slots: Vec<u32>,
}

/// The stack maps of a text in order of offset, as serialized in [`section::STACK_MAPS`]. Calls without live references have
/// none.
pub type StackMaps = Vec<StackMap>;

/// The trap sites of a text, usable straight from a mapping: codes by offset.
#[derive(Clone, Copy, Debug, Default)]
pub struct TrapTable<'a>(OffsetTable<'a>);

impl<'a> TrapTable<'a> {
    /// Reads the table; `None` if it is damaged.
    pub fn parse(section: &'a [u8]) -> Option<Self> {
        OffsetTable::parse(section).map(Self)
    }

    /// What stands for a trap in the table.
    pub const fn value(trap: Trap) -> u32 {
        trap.code() as u32
    }

    /// Writes a table. `sites` are in order of offset.
    pub fn write(sites: &[(u32, Trap)]) -> Vec<u8> {
        let mut writer = OffsetTableWriter::default();
        sites.iter().for_each(|&(offset, trap)| writer.push(offset, Self::value(trap)));
        writer.finish()
    }

    /// Why the instruction at `offset` may stop the guest; `None` if it cannot. Allocates nothing.
    pub fn lookup(&self, offset: u32) -> Option<Trap> {
        let (found, code) = self.0.last_at_most(offset)?;
        if found == offset { Self::trap(code) } else { None }
    }

    /// All sites.
    pub fn iter(&self) -> impl Iterator<Item = (u32, Trap)> + use<'a> {
        self.0.iter().filter_map(|(offset, code)| Some((offset, Self::trap(code)?)))
    }

    fn trap(value: u32) -> Option<Trap> {
        Trap::from_code(u8::try_from(value).ok()?)
    }
}

/// Origin of code: offsets in the module by offset in the text.
#[derive(Clone, Copy, Debug, Default)]
pub struct SourceMap<'a>(OffsetTable<'a>);

impl<'a> SourceMap<'a> {
    /// Reads the map; `None` if it is damaged.
    pub fn parse(section: &'a [u8]) -> Option<Self> {
        OffsetTable::parse(section).map(Self)
    }

    /// What stands for an origin in the table; `None`: made by the compiler.
    pub fn value(origin: Option<u32>) -> u32 {
        origin.unwrap_or(u32::MAX)
    }

    /// Writes a map of (text offset, module offset). `entries` are in order of text offset.
    pub fn write(entries: &[(u32, Option<u32>)]) -> Vec<u8> {
        let mut writer = OffsetTableWriter::default();
        entries.iter().for_each(|&(offset, origin)| writer.push(offset, Self::value(origin)));
        writer.finish()
    }

    /// Offset in the module of the operator that the code at `offset` was made from.
    pub fn lookup(&self, offset: u32) -> Option<u32> {
        Self::origin(self.0.last_at_most(offset)?.1)
    }

    /// All entries.
    pub fn iter(&self) -> impl Iterator<Item = (u32, Option<u32>)> + use<'a> {
        self.0.iter().map(|(offset, value)| (offset, Self::origin(value)))
    }

    fn origin(value: u32) -> Option<u32> {
        (value != u32::MAX).then_some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trap_table_finds_exact_offsets_only() {
        let bytes = TrapTable::write(&[(4, Trap::Unreachable), (9, Trap::IntegerOverflow)]);
        let table = TrapTable::parse(&bytes).unwrap();
        assert_eq!(table.lookup(4), Some(Trap::Unreachable));
        assert_eq!(table.lookup(9), Some(Trap::IntegerOverflow));
        for offset in [0, 3, 5, 8, 10] {
            assert_eq!(table.lookup(offset), None);
        }
        assert!(TrapTable::parse(&bytes[..bytes.len() - 1]).is_none());
    }

    #[test]
    fn source_map_covers_ranges() {
        let bytes = SourceMap::write(&[(0, None), (4, Some(100)), (8, Some(101))]);
        let map = SourceMap::parse(&bytes).unwrap();
        assert_eq!([0, 4, 7, 8, 99].map(|o| map.lookup(o)), [None, Some(100), Some(100), Some(101), Some(101)]);
    }
}
