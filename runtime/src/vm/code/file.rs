//! Artifacts in files.

use super::{CodeMemory, Memory};
use crate::sys::memory_image::ImageFile;
use crate::vm::image::{LoadError, Sections};
use crate::vm::mmap::Mmap;
use gantry_abi::artifact::Header;
use gantry_pulley::CodeOptions;
use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// The whole of a file must be smaller than this, whatever its sections.
const MAX_FILE_BYTES: u64 = 16 << 30;

impl CodeMemory {
    /// Maps an artifact file; `bytecode_options` say how bytecode is run. `check` decides by its header whether it can run here.
    ///
    /// # Safety
    ///
    /// The file is not changed or truncated while the code or memories made from it exist.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, is damaged, or `check` refuses it.
    pub(crate) unsafe fn from_file(
        path: &Path,
        bytecode_options: CodeOptions,
        check: impl FnOnce(&Header) -> Result<(), LoadError>,
    ) -> Result<Arc<Self>, LoadError> {
        let map = || {
            let file = File::open(path)?;
            let len = file.metadata()?.len();
            if len > MAX_FILE_BYTES {
                return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is no artifact of this size"));
            }
            let len = usize::try_from(len).map_err(io::Error::other)?;
            Ok((Mmap::map_file(&file, len)?, len, file))
        };
        let (mmap, len, file) = map().map_err(|source| LoadError::Io { what: "mapped", source })?;
        // SAFETY: `len` bytes of the mapping are backed by the file, which by the caller's promise nobody changes.
        let bytes = unsafe { mmap.slice(0..len) };
        let sections = Sections::parse(bytes)?;
        let header = sections.read_header(bytes)?;
        check(&header)?;
        let metadata = sections.read_metadata(bytes)?;
        sections.check_tables(bytes)?;
        Self::finish(
            Memory::Own(mmap),
            len,
            sections,
            header,
            metadata,
            Some(ImageFile::from_file(file)),
            bytecode_options,
        )
    }
}
