//! Files are read into memory of the allocator.

use super::memory_image::ImageFile;
use super::mmap::{allocate, release};
use super::page_size;
use std::fs::File;
use std::io::{self, Read};
use std::ptr::NonNull;

/// Reads the first `len` bytes of `file`.
pub(crate) fn map_file(mut file: &File, len: usize) -> io::Result<NonNull<u8>> {
    let padded = len.next_multiple_of(page_size());
    let memory = allocate(padded)?;
    // SAFETY: the memory is fresh, zeroed and `padded >= len` bytes long.
    let result = file.read_exact(unsafe { std::slice::from_raw_parts_mut(memory.as_ptr(), len) });
    if let Err(e) = result {
        // SAFETY: the memory was allocated above with this length.
        unsafe { release(memory, padded) };
        return Err(e);
    }
    Ok(memory)
}

impl ImageFile {
    /// A file on disk.
    pub(crate) fn from_file(_file: File) -> Self {
        Self(())
    }
}
