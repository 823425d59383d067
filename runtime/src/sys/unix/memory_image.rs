//! Files whose pages become the initial contents of memories, copy-on-write.

use rustix::fs::{MemfdFlags, SealFlags};
use rustix::mm::{MapFlags, ProtFlags};
use std::fs::File;
use std::io::{self, Write};
use std::ptr::NonNull;

/// A file that is never written any more.
#[derive(Debug)]
pub(crate) struct ImageFile(File);

impl ImageFile {
    /// An anonymous file with these contents.
    pub(crate) fn from_bytes(bytes: &[u8]) -> io::Result<Self> {
        let fd = rustix::fs::memfd_create("gantry-image", MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING)?;
        let mut file = File::from(fd);
        file.write_all(bytes)?;
        rustix::fs::fcntl_add_seals(&file, SealFlags::SHRINK | SealFlags::GROW | SealFlags::WRITE | SealFlags::SEAL)?;
        Ok(Self(file))
    }

    /// A file on disk, which its owner promises to leave alone.
    pub(crate) fn from_file(file: File) -> Self {
        Self(file)
    }

    /// Replaces pages of a mapping by pages of the file from `offset` on: readable, writable, and private.
    ///
    /// # Safety
    ///
    /// The range is page-aligned and lies in a mapping that the caller owns, nothing refers into it, and `offset` is a
    /// multiple of the page size.
    pub(crate) unsafe fn map_over(&self, base: NonNull<u8>, len: usize, offset: u64) -> io::Result<()> {
        let flags = MapFlags::PRIVATE | MapFlags::FIXED | MapFlags::NORESERVE;
        // SAFETY: the caller owns the range, which the new mapping replaces, and nothing refers into it.
        unsafe {
            rustix::mm::mmap(base.as_ptr().cast(), len, ProtFlags::READ | ProtFlags::WRITE, flags, &self.0, offset)
        }?;
        Ok(())
    }
}
