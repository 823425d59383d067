//! Files as memory.

use super::Mmap;
use crate::env;
use crate::sys;
use std::fs::File;

impl Mmap {
    /// Maps a file of `len` bytes, read-only and private. Bytes behind its end up to the next page are zero.
    pub(crate) fn map_file(file: &File, len: usize) -> env::Result<Self> {
        Self::new(len, |_| sys::mmap::map_file(file, len))
    }
}
