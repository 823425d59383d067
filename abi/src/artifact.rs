//! What an artifact contains and how it is read: section names, metadata and the lookup tables of code.
//!
//! An artifact is an ELF64 file whatever the target. Text has relocations to nothing outside itself, so the file can be
//! mapped and run without being touched. Compatibility is three lists: [`Compatibility`] must match, flags of
//! [`Compatibility::isa_flags`] must be available, [`Provenance`] is informational.

use crate::entity::*;
use crate::features::FeatureSet;
use crate::module::ModuleInfo;
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
pub const ABI_REVISION: u32 = 2;

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
    /// [`super::TrapTable`].
    pub const TRAPS: &str = ".gantry.traps";
    /// [`super::SourceMap`].
    pub const SOURCE_MAP: &str = ".gantry.srcmap";
    /// [`super::LocalHomes`], with the option `debug_locals`.
    pub const LOCALS: &str = ".gantry.locals";
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

/// Reads the little-endian word at `index` of an array of words.
fn word(bytes: &[u8], index: usize) -> Option<u32> {
    let start = index.checked_mul(4)?;
    Some(u32::from_le_bytes(bytes.get(start..start.checked_add(4)?)?.try_into().ok()?))
}

/// Finds the last word of a sorted array that is at most `key`.
fn last_at_most(words: &[u8], key: u32) -> Option<usize> {
    let (mut low, mut high) = (0, words.len() / 4);
    while low < high {
        let middle = low.midpoint(high);
        if word(words, middle)? <= key { low = middle + 1 } else { high = middle }
    }
    low.checked_sub(1)
}

/// The trap sites of a text, usable straight from a mapping: a count, offsets in order (32 bits each), codes (8 bits).
#[derive(Clone, Copy, Debug, Default)]
pub struct TrapTable<'a> {
    offsets: &'a [u8],
    codes: &'a [u8],
}

impl<'a> TrapTable<'a> {
    /// Reads the table; `None` if it is damaged.
    pub fn parse(section: &'a [u8]) -> Option<Self> {
        let count = usize::try_from(word(section, 0)?).ok()?;
        let (offsets, codes) = section[4..].split_at_checked(count.checked_mul(4)?)?;
        (codes.len() == count).then_some(Self { offsets, codes })
    }

    /// Writes a table. `sites` are in order of offset.
    pub fn write(sites: &[(u32, Trap)]) -> Vec<u8> {
        Self::write_all(sites.iter().copied())
    }

    /// The same, of sites that are not in one slice.
    pub fn write_all(sites: impl ExactSizeIterator<Item = (u32, Trap)> + Clone) -> Vec<u8> {
        debug_assert!(sites.clone().is_sorted_by_key(|s| s.0));
        let count = u32::try_from(sites.len()).expect("fewer trap sites than bytes of text");
        let mut out = Vec::with_capacity(4 + 5 * sites.len());
        out.extend_from_slice(&count.to_le_bytes());
        for (offset, _) in sites.clone() {
            out.extend_from_slice(&offset.to_le_bytes());
        }
        out.extend(sites.map(|(_, trap)| trap.code()));
        out
    }

    /// Why the instruction at `offset` may stop the guest; `None` if it cannot.
    pub fn lookup(&self, offset: u32) -> Option<Trap> {
        let index = last_at_most(self.offsets, offset)?;
        if word(self.offsets, index)? != offset {
            return None;
        }
        Trap::from_code(*self.codes.get(index)?)
    }

    /// All sites.
    pub fn iter(&self) -> impl Iterator<Item = (u32, Trap)> + '_ {
        (0..self.codes.len()).filter_map(|i| Some((word(self.offsets, i)?, Trap::from_code(self.codes[i])?)))
    }
}

/// Origin of code: a count, text offsets in order, module offsets (`u32::MAX`: made by the compiler), 32 bits each.
#[derive(Clone, Copy, Debug, Default)]
pub struct SourceMap<'a> {
    offsets: &'a [u8],
    origins: &'a [u8],
}

impl<'a> SourceMap<'a> {
    /// Reads the map; `None` if it is damaged.
    pub fn parse(section: &'a [u8]) -> Option<Self> {
        let count = usize::try_from(word(section, 0)?).ok()?;
        let (offsets, origins) = section[4..].split_at_checked(count.checked_mul(4)?)?;
        (origins.len() == offsets.len()).then_some(Self { offsets, origins })
    }

    /// Writes a map of (text offset, module offset). `entries` are in order of text offset.
    pub fn write(entries: &[(u32, Option<u32>)]) -> Vec<u8> {
        Self::write_all(entries.iter().copied())
    }

    /// The same, of entries that are not in one slice.
    pub fn write_all(entries: impl ExactSizeIterator<Item = (u32, Option<u32>)> + Clone) -> Vec<u8> {
        debug_assert!(entries.clone().is_sorted_by_key(|e| e.0));
        let count = u32::try_from(entries.len()).expect("fewer entries than bytes of text");
        let mut out = Vec::with_capacity(4 + 8 * entries.len());
        out.extend_from_slice(&count.to_le_bytes());
        for (offset, _) in entries.clone() {
            out.extend_from_slice(&offset.to_le_bytes());
        }
        for (_, origin) in entries {
            out.extend_from_slice(&origin.unwrap_or(u32::MAX).to_le_bytes());
        }
        out
    }

    /// Offset in the module of the operator that the code at `offset` was made from.
    pub fn lookup(&self, offset: u32) -> Option<u32> {
        let index = last_at_most(self.offsets, offset)?;
        word(self.origins, index).filter(|&origin| origin != u32::MAX)
    }

    /// All entries.
    pub fn iter(&self) -> impl Iterator<Item = (u32, Option<u32>)> + '_ {
        (0..self.offsets.len() / 4)
            .filter_map(|i| Some((word(self.offsets, i)?, word(self.origins, i).filter(|&o| o != u32::MAX))))
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
