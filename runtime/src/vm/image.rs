//! The artifact's file format: an ELF64 file with the sections of `gantry_abi::artifact`.
//!
//! Reading is safe for any bytes: offsets are checked, and damage is an error. What the text does is trusted by the contract of
//! `Module::deserialize`.

use crate::prelude::*;
use core::ops::Range;
use gantry_abi::artifact::{ABI_REVISION, Compatibility, FlagValue, Header, Metadata, SourceMap, TrapTable, section};
use object::Endianness;
use object::elf::{FileHeader64, SHT_NOBITS};
use object::read::elf::{FileHeader, SectionHeader};

/// Why an artifact was not loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum LoadError {
    /// It is something else.
    #[error("this is not a Gantry artifact: {what}")]
    NotAnArtifact {
        /// What is missing.
        what: Box<str>,
    },
    /// It is an artifact, but broken.
    #[error("the artifact is damaged: {section}: {what}")]
    Damaged {
        /// Where.
        section: Box<str>,
        /// What is wrong.
        what: Box<str>,
    },
    /// Compiled code and runtime would misunderstand each other.
    #[error("the artifact has ABI revision {found}, this engine needs {expected}; compile the module again")]
    Revision {
        /// The artifact's.
        found: u32,
        /// The engine's.
        expected: u32,
    },
    /// Another instruction set.
    #[error("the artifact is for {found}, this engine runs {expected}; compile the module for {expected}")]
    Isa {
        /// The artifact's.
        found: Box<str>,
        /// The engine's.
        expected: Box<str>,
    },
    /// Another operating system.
    #[error("the artifact is for the operating system {found}, this engine runs on {expected}")]
    Os {
        /// The artifact's.
        found: Box<str>,
        /// The engine's.
        expected: Box<str>,
    },
    /// An option that changes code.
    #[error("the artifact was compiled with {name} = {found}, this engine is configured with {name} = {expected}")]
    Option {
        /// Its name.
        name: &'static str,
        /// The artifact's value.
        found: Box<str>,
        /// The engine's value.
        expected: Box<str>,
    },
    /// A CPU feature.
    #[error("the artifact needs the CPU feature {flag}, which this host does not have")]
    Flag {
        /// Its name, with its value if it is not a switch.
        flag: Box<str>,
    },
    /// Machine code where it may not run.
    #[error("the artifact is machine code for {isa}, which does not run in place: only bytecode does")]
    InPlace {
        /// What it is for.
        isa: Box<str>,
    },
    /// The file could not be read, or memory could not be had.
    #[error("the artifact could not be {what}: {source}")]
    Io {
        /// Which step failed.
        what: &'static str,
        /// How.
        source: crate::env::Error,
    },
}

impl LoadError {
    #[cold]
    pub(crate) fn damaged(section: &str, what: impl Into<Box<str>>) -> Self {
        Self::Damaged { section: section.into(), what: what.into() }
    }

    #[cold]
    pub(crate) fn not_an_artifact(what: impl Into<Box<str>>) -> Self {
        Self::NotAnArtifact { what: what.into() }
    }
}

/// Options that change code but not what code and runtime expect of each other.
const INFORMATIONAL_OPTIONS: [&str; 7] =
    ["opt_level", "execution_counters", "debug_locals", "stack_maps", "source_map", "debug_info", "unwind_info"];

/// Whether an engine that expects `expected` can run the artifact. `host_has_flag` tells whether a CPU feature is available with a
/// value, and is to say `false` of features that it does not know.
///
/// # Errors
///
/// The first thing that does not match.
pub(crate) fn check(
    header: &Header,
    expected: &Compatibility,
    host_has_flag: impl Fn(&str, &FlagValue) -> bool,
) -> Result<(), LoadError> {
    let found = &header.compatibility;
    if found.abi_revision != expected.abi_revision {
        return Err(LoadError::Revision { found: found.abi_revision, expected: expected.abi_revision });
    }
    if found.isa != expected.isa {
        return Err(LoadError::Isa { found: found.isa.as_str().into(), expected: expected.isa.as_str().into() });
    }
    if found.os != expected.os {
        return Err(LoadError::Os { found: found.os.as_str().into(), expected: expected.os.as_str().into() });
    }
    for ((name, found), (_, expected)) in found.options.values().zip(expected.options.values()) {
        if found != expected && !INFORMATIONAL_OPTIONS.contains(&name) {
            return Err(LoadError::Option { name, found: found.into(), expected: expected.into() });
        }
    }
    for (name, value) in &found.isa_flags {
        if *value != FlagValue::Bool(false) && !host_has_flag(name, value) {
            let flag = match value {
                FlagValue::Bool(_) => name.as_str().into(),
                FlagValue::Num(n) => format!("{name} = {n}").into(),
                FlagValue::Enum(s) => format!("{name} = {s}").into(),
            };
            return Err(LoadError::Flag { flag });
        }
    }
    Ok(())
}

/// Where the sections of an artifact are in its file. Ranges lie inside the file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sections {
    pub(crate) text: Range<usize>,
    pub(crate) data: Range<usize>,
    pub(crate) header: Range<usize>,
    pub(crate) metadata: Range<usize>,
    pub(crate) names: Range<usize>,
    pub(crate) traps: Range<usize>,
    pub(crate) source_map: Range<usize>,
    pub(crate) locals: Range<usize>,
    pub(crate) stack_maps: Range<usize>,
    /// The module's DWARF sections, without the prefix: `.debug_line`.
    pub(crate) dwarf: Vec<(Box<str>, Range<usize>)>,
}

impl Sections {
    /// Finds the sections.
    pub(crate) fn parse(file: &[u8]) -> Result<Self, LoadError> {
        // The reader looks at the file through structures without alignment, so any address will do.
        let not_elf = |e: object::Error| LoadError::not_an_artifact(format!("no ELF64 file ({e})"));
        let elf = FileHeader64::<Endianness>::parse(file).map_err(not_elf)?;
        let endian = elf.endian().map_err(not_elf)?;
        let damaged = |e: object::Error| LoadError::damaged("section table", e.to_string());
        let table = elf.sections(endian, file).map_err(damaged)?;
        let mut found = Self::default();
        let mut has_header = false;
        for entry in table.iter() {
            let name = table.section_name(endian, entry).map_err(damaged)?;
            let Ok(name) = core::str::from_utf8(name) else { continue };
            let dwarf = name.strip_prefix(section::DWARF_PREFIX);
            let mut dwarf_place = 0..0;
            let place = match name {
                section::TEXT => &mut found.text,
                section::DATA => &mut found.data,
                section::HEADER => &mut found.header,
                section::METADATA => &mut found.metadata,
                section::NAMES => &mut found.names,
                section::TRAPS => &mut found.traps,
                section::SOURCE_MAP => &mut found.source_map,
                section::LOCALS => &mut found.locals,
                section::STACK_MAPS => &mut found.stack_maps,
                _ if dwarf.is_some() => &mut dwarf_place,
                _ => continue,
            };
            let outside = || LoadError::damaged(name, "lies outside of the file");
            if entry.sh_type(endian) == SHT_NOBITS {
                return Err(LoadError::damaged(name, "has no bytes in the file"));
            }
            let (start, len) = entry.file_range(endian).ok_or_else(outside)?;
            let start = usize::try_from(start).map_err(|_| outside())?;
            let len = usize::try_from(len).map_err(|_| outside())?;
            let end = start.checked_add(len).filter(|&end| end <= file.len()).ok_or_else(outside)?;
            if u32::try_from(len).is_err() {
                return Err(LoadError::damaged(name, "is larger than 4 GiB"));
            }
            if let Some(dwarf) = dwarf {
                found.dwarf.push((dwarf.into(), start..end));
                continue;
            }
            if *place != (0..0) {
                return Err(LoadError::damaged(name, "appears twice"));
            }
            has_header |= name == section::HEADER;
            *place = start..end;
        }
        if !has_header {
            return Err(LoadError::not_an_artifact(format!("it has no section {}", section::HEADER)));
        }
        Ok(found)
    }

    /// Reads the header. An artifact of another ABI revision is an error here, since the rest may look different.
    pub(crate) fn read_header(&self, file: &[u8]) -> Result<Header, LoadError> {
        let damaged = |e: postcard::Error| LoadError::damaged(section::HEADER, e.to_string());
        let bytes = &file[self.header.clone()];
        let (found, _) = postcard::take_from_bytes::<u32>(bytes).map_err(damaged)?;
        if found != ABI_REVISION {
            return Err(LoadError::Revision { found, expected: ABI_REVISION });
        }
        postcard::from_bytes(bytes).map_err(damaged)
    }

    /// Reads the metadata and checks that everything in it refers to something that is there.
    pub(crate) fn read_metadata(&self, file: &[u8]) -> Result<Metadata, LoadError> {
        let metadata: Metadata = postcard::from_bytes(&file[self.metadata.clone()])
            .map_err(|e| LoadError::damaged(section::METADATA, e.to_string()))?;
        super::validate::validate(&metadata, self.text.len(), self.data.len())
            .map_err(|what| LoadError::damaged(section::METADATA, what))?;
        Ok(metadata)
    }

    /// Checks the lookup tables of the code. They are optional.
    pub(crate) fn check_tables(&self, file: &[u8]) -> Result<(), LoadError> {
        if !self.traps.is_empty() && TrapTable::parse(&file[self.traps.clone()]).is_none() {
            return Err(LoadError::damaged(section::TRAPS, "its length contradicts its count"));
        }
        if !self.source_map.is_empty() && SourceMap::parse(&file[self.source_map.clone()]).is_none() {
            return Err(LoadError::damaged(section::SOURCE_MAP, "its length contradicts its count"));
        }
        Ok(())
    }
}

/// Whether `file` looks like an artifact, for a better message than a parser of wasm would give.
pub(crate) fn is_artifact(file: &[u8]) -> bool {
    file.starts_with(b"\x7fELF")
}
