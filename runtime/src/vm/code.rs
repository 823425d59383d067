//! Code that can run: an artifact in memory.
//!
//! Invariants
//! C1. `memory` holds the whole file from its first byte, `file_bytes`, readable and never written from the end of
//!     construction until drop. Ranges in `sections` lie inside.
//! C2. Pages of the text are executable, unless it is bytecode. No page is ever writable and executable at once.

use crate::env::OnceLock;
use crate::prelude::*;
use crate::sys::memory_image::ImageFile;
use crate::vm::bytecode;
use crate::vm::image::{LoadError, Sections};
use crate::vm::memory::{ImageMapping, MemoryImageSource, forget_image};
use crate::vm::mmap::{Mmap, page_size, round_up_to_page};
use alloc::sync::Arc;
use core::ops::Range;
use gantry_abi::artifact::{
    CodeInfo, Header, LocalHome, LocalHomes, Metadata, Names, SourceMap, StackMap, StackMaps, TrapTable, section,
};
use gantry_abi::module::{MemoryImage, ModuleInfo};
use gantry_abi::{DefinedFunc, DefinedMemory, EntityRef, FuncIndex, PrimaryMap, ShapeIndex};
use gantry_pulley::{Code as Bytecode, CodeOptions};

/// Where an artifact is.
#[derive(Debug)]
enum Memory {
    /// In memory of its own.
    Own(Mmap),
    /// Where the embedder has it.
    InPlace(&'static [u8]),
}

impl Memory {
    /// Its length in bytes, with what may follow the file up to the end of a page.
    fn len(&self) -> usize {
        match self {
            Self::Own(mmap) => mmap.len(),
            Self::InPlace(bytes) => bytes.len(),
        }
    }

    /// The bytes of a range.
    ///
    /// # Safety
    ///
    /// As [`Mmap::slice`].
    unsafe fn slice(&self, range: Range<usize>) -> &[u8] {
        match self {
            // SAFETY: the caller promises it.
            Self::Own(mmap) => unsafe { mmap.slice(range) },
            Self::InPlace(bytes) => &bytes[range],
        }
    }
}

/// The code of a module with everything that belongs to it.
#[derive(Debug)]
pub(crate) struct CodeMemory {
    memory: Memory,
    /// The whole file, inside `memory`: handed out for no longer than `self` lives.
    file_bytes: &'static [u8],
    sections: Sections,
    header: Header,
    metadata: Metadata,
    names: OnceLock<Names>,
    locals: OnceLock<LocalHomes>,
    stack_maps: OnceLock<StackMaps>,
    /// The file on disk, if it was mapped from one.
    file: Option<ImageFile>,
    images: OnceLock<Images>,
    /// Its functions as the machine runs them, if it is bytecode.
    bytecode: Option<Box<Bytecode>>,
}

/// Where the pages of memory images are, made when the first instance needs them.
#[derive(Debug, Default)]
struct Images {
    /// A file with images only, if there is none on disk or it does not have them at page boundaries.
    own: Option<ImageFile>,
    /// For each memory: offset in the file, and length in whole pages, in bytes.
    places: PrimaryMap<DefinedMemory, Option<(u64, usize)>>,
}

impl CodeMemory {
    /// Copies an artifact into fresh memory; `bytecode_options` say how bytecode is run. `check` decides by its header whether it can run here.
    ///
    /// # Errors
    ///
    /// If the artifact is damaged, `check` refuses it, or memory cannot be had.
    pub(crate) fn from_bytes(
        bytes: &[u8],
        bytecode_options: CodeOptions,
        check: impl FnOnce(&Header) -> Result<(), LoadError>,
    ) -> Result<Arc<Self>, LoadError> {
        let sections = Sections::parse(bytes)?;
        let header = sections.read_header(bytes)?;
        check(&header)?;
        let metadata = sections.read_metadata(bytes)?;
        sections.check_tables(bytes)?;
        let copy = || {
            let mmap = Mmap::allocate(bytes.len())?;
            // SAFETY: the mapping is fresh, writable and at least as long as `bytes`.
            unsafe { core::ptr::copy_nonoverlapping(bytes.as_ptr(), mmap.base().as_ptr(), bytes.len()) };
            // SAFETY: nothing refers to the mapping any more.
            unsafe { mmap.make_readonly(0..mmap.len()) }?;
            Ok(mmap)
        };
        let mmap = copy().map_err(|source| LoadError::Io { what: "copied into memory", source })?;
        Self::finish(Memory::Own(mmap), bytes.len(), sections, header, metadata, None, bytecode_options)
    }

    /// Uses an artifact of bytecode where it is; `bytecode_options` say how it is run. `check` decides by its header whether it
    /// can run here.
    ///
    /// # Errors
    ///
    /// If the artifact is damaged, `check` refuses it, or it is machine code.
    pub(crate) fn in_place(
        bytes: &'static [u8],
        bytecode_options: CodeOptions,
        check: impl FnOnce(&Header) -> Result<(), LoadError>,
    ) -> Result<Arc<Self>, LoadError> {
        let sections = Sections::parse(bytes)?;
        let header = sections.read_header(bytes)?;
        check(&header)?;
        if !bytecode::is_bytecode(&header) {
            return Err(LoadError::InPlace { isa: header.compatibility.isa.into() });
        }
        let metadata = sections.read_metadata(bytes)?;
        sections.check_tables(bytes)?;
        Self::finish(Memory::InPlace(bytes), bytes.len(), sections, header, metadata, None, bytecode_options)
    }

    /// Takes an artifact over that was compiled into fresh memory for this engine; `bytecode_options` say how bytecode is run.
    ///
    /// # Errors
    ///
    /// If its memory cannot be protected.
    #[cfg(feature = "compile")]
    pub(crate) fn from_written(image: WrittenImage, bytecode_options: CodeOptions) -> Result<Arc<Self>, LoadError> {
        let bytes = image.bytes();
        let sections = Sections::parse(bytes)?;
        let header = sections.read_header(bytes)?;
        let metadata = sections.read_metadata(bytes)?;
        sections.check_tables(bytes)?;
        let (mmap, len) = image.into_parts();
        // SAFETY: nothing refers to the mapping any more.
        unsafe { mmap.make_readonly(0..mmap.len()) }.map_err(|source| LoadError::Io { what: "protected", source })?;
        Self::finish(Memory::Own(mmap), len, sections, header, metadata, None, bytecode_options)
    }

    /// Makes the text executable: C2.
    fn finish(
        memory: Memory,
        file_len: usize,
        sections: Sections,
        header: Header,
        metadata: Metadata,
        file: Option<ImageFile>,
        bytecode_options: CodeOptions,
    ) -> Result<Arc<Self>, LoadError> {
        let text = sections.text.clone();
        // SAFETY: by C1 the range is inside the memory, readable, and not written while this lives; memory stays where it is when
        // what owns it moves. The slice goes no further than `file_bytes`.
        let file_bytes = unsafe { core::slice::from_raw_parts(memory.slice(0..file_len).as_ptr(), file_len) };
        let bytecode = if bytecode::is_bytecode(&header) {
            // SAFETY: by C1 the range is inside the memory, readable, and not written while this lives.
            let text = unsafe { memory.slice(text.clone()) };
            // SAFETY: the memory lives as long as what is made here.
            Some(unsafe { bytecode::load(text, &metadata, bytecode_options) }?)
        } else {
            None
        };
        if let Memory::Own(mmap) = &memory
            && !text.is_empty()
            && bytecode.is_none()
        {
            if !text.start.is_multiple_of(page_size()) {
                return Err(LoadError::damaged(section::TEXT, "does not start at a page of this host"));
            }
            let end = round_up_to_page(text.end).expect("the mapping is not the whole address space");
            // SAFETY: the mapping is readable and nobody writes to it any more.
            unsafe { mmap.make_executable(text.start..end) }
                .map_err(|source| LoadError::Io { what: "made executable", source })?;
        }
        Ok(Arc::new(Self {
            memory,
            file_bytes,
            sections,
            header,
            metadata,
            names: OnceLock::new(),
            locals: OnceLock::new(),
            stack_maps: OnceLock::new(),
            file,
            images: OnceLock::new(),
            bytecode,
        }))
    }

    /// The bytes of the file in this range.
    fn bytes(&self, range: &Range<usize>) -> &[u8] {
        &self.file_bytes[range.clone()]
    }

    /// The whole artifact, as it is serialized.
    pub(crate) fn artifact(&self) -> &[u8] {
        self.file_bytes
    }

    /// Machine code or bytecode.
    pub(crate) fn text(&self) -> &[u8] {
        self.bytes(&self.sections.text)
    }

    /// Address of the first byte of the text.
    pub(crate) fn text_base(&self) -> *const u8 {
        self.text().as_ptr()
    }

    /// Compatibility and origin.
    pub(crate) fn header(&self) -> &Header {
        &self.header
    }

    /// Everything about the module but names.
    #[cfg(test)]
    pub(crate) fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// The module.
    pub(crate) fn module(&self) -> &ModuleInfo {
        &self.metadata.module
    }

    /// Where its code is.
    pub(crate) fn code(&self) -> &CodeInfo {
        &self.metadata.code
    }

    /// Bytes of data segments and images.
    pub(crate) fn data(&self) -> &[u8] {
        self.bytes(&self.sections.data)
    }

    /// The trap sites of the text. Allocates nothing.
    pub(crate) fn traps(&self) -> TrapTable<'_> {
        // An absent table is an empty one; damaged ones were refused.
        TrapTable::parse(self.bytes(&self.sections.traps)).unwrap_or_default()
    }

    /// Origin of code.
    pub(crate) fn source_map(&self) -> SourceMap<'_> {
        SourceMap::parse(self.bytes(&self.sections.source_map)).unwrap_or_default()
    }

    /// A DWARF section of the module by its name in the wasm file, as in `.debug_line`. Absent ones are empty.
    #[cfg(feature = "std")]
    pub(crate) fn dwarf_section(&self, name: &str) -> &[u8] {
        self.sections.dwarf.iter().find(|(n, _)| **n == *name).map_or(&[], |(_, range)| self.bytes(range))
    }

    /// Name of a function, from the name section. Names that cannot be read are absent: they decide nothing.
    pub(crate) fn func_name(&self, func: FuncIndex) -> Option<&str> {
        let names = self.names();
        let at = names.binary_search_by_key(&func, |n| n.0).ok()?;
        Some(&names[at].1)
    }

    /// Names of functions in order of index.
    pub(crate) fn names(&self) -> &Names {
        self.names.get_or_init(|| postcard::from_bytes(self.bytes(&self.sections.names)).unwrap_or_default())
    }

    /// Where the locals of a function are at calls and loop heads; empty if nobody knows. A table that cannot be read is absent.
    pub(crate) fn local_homes(&self, func: DefinedFunc) -> &[LocalHome] {
        let read = || postcard::from_bytes(self.bytes(&self.sections.locals)).unwrap_or_default();
        self.locals.get_or_init(read).get(func).map_or(&[], |homes| &homes[..])
    }

    /// Where references are while the call that returns to an offset of the text is under way; `None`: there are none, or
    /// nobody knows. A table that cannot be read is absent.
    #[cfg_attr(not(test), expect(dead_code, reason = "there is no collector yet"))]
    pub(crate) fn stack_map(&self, return_offset: u32) -> Option<&StackMap> {
        let read = || postcard::from_bytes(self.bytes(&self.sections.stack_maps)).unwrap_or_default();
        let maps = self.stack_maps.get_or_init(read);
        let at = maps.binary_search_by_key(&return_offset, |map| map.offset).ok()?;
        Some(&maps[at])
    }

    /// The function that the code at an offset of the text belongs to; `None`: a trampoline or thunk.
    pub(crate) fn function_at(&self, offset: u32) -> Option<DefinedFunc> {
        let bodies = self.code().functions.as_values_slice();
        let at = bodies.partition_point(|body| body.start <= offset).checked_sub(1)?;
        (offset < bodies[at].end).then(|| DefinedFunc::new(at))
    }

    /// Address of an offset in the text.
    ///
    /// # Panics
    ///
    /// If the offset is not inside the text.
    pub(crate) fn address(&self, offset: u32) -> *const u8 {
        &raw const self.text()[offset as usize]
    }

    /// What code calls as the function, trampoline or thunk that starts at an offset: its address, or, in bytecode, that of
    /// its slot.
    ///
    /// # Panics
    ///
    /// If nothing starts there.
    pub(crate) fn callable(&self, start: u32) -> *const u8 {
        match &self.bytecode {
            Some(code) => core::ptr::from_ref(code.slot(start).expect("functions have slots")).cast(),
            None => self.address(start),
        }
    }

    /// Address of a function, for wasm calls.
    pub(crate) fn func_address(&self, func: DefinedFunc) -> *const u8 {
        self.callable(self.code().functions[func].start)
    }

    /// The array-call address of functions of a shape.
    pub(crate) fn entry_address(&self, shape: ShapeIndex) -> *const u8 {
        match self.bytecode {
            Some(_) => bytecode::array_call as *const u8,
            None => self.address(self.code().entry_trampolines[shape]),
        }
    }

    /// The functions as the machine runs them, if it is bytecode.
    pub(crate) fn bytecode(&self) -> Option<&Bytecode> {
        self.bytecode.as_deref()
    }

    /// The initial contents of a memory, if they were laid out at compile time.
    pub(crate) fn memory_image(&self, memory: DefinedMemory) -> Option<MemoryImageSource<'_>> {
        let image = self.module().memory_images[memory].as_ref()?;
        let images = self.images.get_or_init(|| self.place_images());
        let file = images.own.as_ref().or(self.file.as_ref());
        let mapping = match (file, images.places[memory]) {
            (Some(file), Some((offset, len))) => Some(ImageMapping { file, offset, len }),
            _ => None,
        };
        Some(MemoryImageSource { bytes: self.image_bytes(image), memory_offset: image.memory_offset, mapping })
    }

    fn image_bytes(&self, image: &MemoryImage) -> &[u8] {
        &self.data()[image.range.start as usize..image.range.end as usize]
    }

    /// Finds or makes files that have the images at page boundaries. Failure is no error: then they are copied.
    fn place_images(&self) -> Images {
        let images = &self.module().memory_images;
        let page = page_size();
        if self.file.is_some() {
            let places = images.values().map(|i| i.as_ref().map(|i| self.place_on_disk(i, page))).collect::<Vec<_>>();
            // All or nothing, so that there is one file.
            if let Some(places) = places.into_iter().map(|p| p.map_or(Some(None), |p| p.map(Some))).collect() {
                return Images { own: None, places };
            }
        }
        let mut places = PrimaryMap::with_capacity(images.len());
        let mut bytes = Vec::new();
        for image in images.values() {
            places.push(image.as_ref().filter(|i| i.memory_offset.is_multiple_of(page as u64)).map(|image| {
                let offset = bytes.len();
                bytes.extend_from_slice(self.image_bytes(image));
                bytes.resize(bytes.len().next_multiple_of(page), 0);
                (offset as u64, bytes.len() - offset)
            }));
        }
        match ImageFile::from_bytes(&bytes) {
            Ok(own) => Images { own: Some(own), places },
            Err(error) => {
                tracing::debug!(%error, "memory images are copied instead of mapped");
                Images { own: None, places: images.values().map(|_| None).collect() }
            }
        }
    }

    /// The pages of an image in the artifact file, if they are whole pages with nothing else in them.
    fn place_on_disk(&self, image: &MemoryImage, page: usize) -> Option<(u64, usize)> {
        let start = self.sections.data.start + image.range.start as usize;
        let end = self.sections.data.start + image.range.end as usize;
        let padded = end.next_multiple_of(page);
        if !start.is_multiple_of(page) || !image.memory_offset.is_multiple_of(page as u64) || padded > self.memory.len()
        {
            return None;
        }
        // Bytes behind the end of the file up to its last page read as zero.
        let rest = self.bytes(&(end..padded.min(self.file_bytes.len())));
        rest.iter().all(|&b| b == 0).then_some((start as u64, padded - start))
    }
}

impl Drop for CodeMemory {
    fn drop(&mut self) {
        let own = self.images.get().and_then(|images| images.own.as_ref());
        own.into_iter().chain(&self.file).for_each(forget_image);
    }
}

#[cfg(feature = "std")]
mod file;
#[cfg(feature = "compile")]
mod written;
#[cfg(feature = "compile")]
pub(crate) use written::WrittenImage;

#[cfg(test)]
mod tests;
