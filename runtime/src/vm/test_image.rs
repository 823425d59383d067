//! Artifacts made by hand, for tests of what loads them.

use crate::sys;
use crate::vm::image::LoadError;
use core::ops::Range;
use gantry_abi::artifact::*;
use gantry_abi::module::{FuncInfo, ModuleInfo};
use gantry_abi::types::{FuncType, Shape, SubType};
use gantry_abi::{CompileOptions, FeatureSet, FuncIndex, FuncRefIndex, Trap};

/// An artifact before it is written.
#[derive(Clone, Debug)]
pub(crate) struct TestImage {
    pub(crate) header: Header,
    pub(crate) metadata: Metadata,
    pub(crate) text: Vec<u8>,
    pub(crate) data: Vec<u8>,
    pub(crate) names: Names,
    pub(crate) traps: Vec<(u32, Trap)>,
    pub(crate) source_map: Vec<(u32, Option<u32>)>,
    pub(crate) dwarf: Vec<(String, Vec<u8>)>,
}

/// What the engine of the tests expects.
pub(crate) fn compatibility() -> Compatibility {
    Compatibility {
        abi_revision: ABI_REVISION,
        isa: std::env::consts::ARCH.into(),
        os: std::env::consts::OS.into(),
        options: CompileOptions::default(),
        isa_flags: Vec::new(),
    }
}

/// Accepts every header.
pub(crate) fn accept(_: &Header) -> Result<(), LoadError> {
    Ok(())
}

impl TestImage {
    /// A module of functions without parameters and results whose bodies are ranges of `text`, each of which can escape.
    pub(crate) fn new(text: &[u8], bodies: impl IntoIterator<Item = Range<u32>>) -> Self {
        let mut module = ModuleInfo::default();
        let ty = FuncType { params: Box::new([]), results: Box::new([]) };
        let ty = module.types.types.push(SubType::function(ty));
        module.types.rec_groups.push(0..1);
        let mut code = CodeInfo::default();
        let shape = code.shapes.push(Shape { params: Box::new([]), results: Box::new([]) });
        code.type_shapes.push(shape.into());
        code.entry_trampolines.push(if text.is_empty() { u32::MAX } else { 0 });
        code.exit_trampolines.push(u32::MAX);
        for body in bodies {
            code.functions.push(body);
            let func_ref = FuncRefIndex::from_u32(u32::try_from(module.num_func_refs).unwrap());
            module.functions.push(FuncInfo { ty, func_ref: func_ref.into() });
            module.num_func_refs += 1;
        }
        Self {
            header: Header {
                compatibility: compatibility(),
                provenance: Provenance {
                    version: "test".into(),
                    backend: "by hand".into(),
                    features: FeatureSet::default(),
                },
            },
            metadata: Metadata { module, code },
            text: text.to_vec(),
            data: Vec::new(),
            names: vec![(FuncIndex::from_u32(0), "first".into())],
            traps: Vec::new(),
            source_map: Vec::new(),
            dwarf: Vec::new(),
        }
    }

    /// The artifact.
    pub(crate) fn build(&self) -> Vec<u8> {
        let mut elf = Elf::new();
        elf.section(section::HEADER, 8, &postcard::to_allocvec(&self.header).unwrap());
        elf.section(section::TEXT, sys::page_size(), &self.text);
        elf.section(section::DATA, sys::page_size(), &self.data);
        elf.section(section::METADATA, sys::page_size(), &postcard::to_allocvec(&self.metadata).unwrap());
        elf.section(section::NAMES, 1, &postcard::to_allocvec(&self.names).unwrap());
        elf.section(section::TRAPS, 4, &TrapTable::write(&self.traps));
        elf.section(section::SOURCE_MAP, 4, &SourceMap::write(&self.source_map));
        for (name, bytes) in &self.dwarf {
            elf.section(&format!("{}{name}", section::DWARF_PREFIX), 1, bytes);
        }
        elf.finish()
    }
}

/// Writes ELF64 files, little-endian, of nothing but sections.
pub(crate) struct Elf {
    file: Vec<u8>,
    names: Vec<u8>,
    headers: Vec<[u64; 4]>,
}

const HEADER_BYTES: usize = 64;

impl Elf {
    pub(crate) fn new() -> Self {
        Self { file: vec![0; HEADER_BYTES], names: vec![0], headers: vec![] }
    }

    pub(crate) fn section(&mut self, name: &str, align: usize, bytes: &[u8]) {
        self.file.resize(self.file.len().next_multiple_of(align), 0);
        self.headers.push([self.names.len() as u64, self.file.len() as u64, bytes.len() as u64, 1]);
        self.names.extend_from_slice(name.as_bytes());
        self.names.push(0);
        self.file.extend_from_slice(bytes);
    }

    pub(crate) fn finish(mut self) -> Vec<u8> {
        const SHT_STRTAB: u64 = 3;
        let name = self.names.len() as u64;
        self.names.extend_from_slice(b".shstrtab\0");
        self.headers.push([name, self.file.len() as u64, self.names.len() as u64, SHT_STRTAB]);
        let names = core::mem::take(&mut self.names);
        self.file.extend_from_slice(&names);
        self.file.resize(self.file.len().next_multiple_of(8), 0);
        let table = self.file.len() as u64;
        self.file.extend_from_slice(&[0; 64]);
        for [name, offset, len, kind] in &self.headers {
            let words = [name | kind << 32, 0, 0, *offset, *len, 0, 1, 0];
            self.file.extend(words.iter().flat_map(|w| w.to_le_bytes()));
        }
        let count = u16::try_from(self.headers.len() + 1).unwrap();
        let mut header = b"\x7fELF\x02\x01\x01".to_vec();
        header.resize(16, 0);
        header.extend([1u16, 62].iter().flat_map(|h| h.to_le_bytes()));
        header.extend(1u32.to_le_bytes());
        header.extend([0, 0, table].iter().flat_map(|w| w.to_le_bytes()));
        header.extend(0u32.to_le_bytes());
        header.extend([64u16, 0, 0, 64, count, count - 1].iter().flat_map(|h| h.to_le_bytes()));
        self.file[..HEADER_BYTES].copy_from_slice(&header);
        self.file
    }
}
