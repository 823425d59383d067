//! Files whose pages become the initial contents of memories, copy-on-write.

use rustix::fs::{MemfdFlags, SealFlags};
use rustix::mm::{MapFlags, ProtFlags};
use std::fs::File;
use std::io::{self, Write};
use std::ptr::NonNull;
use std::sync::atomic::{AtomicU64, Ordering};

/// A file that is never written any more.
#[derive(Debug)]
pub(crate) struct ImageFile {
    file: File,
    id: u64,
}

static NEXT_ID: AtomicU64 = AtomicU64::new(0);

impl ImageFile {
    /// An anonymous file with these contents.
    pub(crate) fn from_bytes(bytes: &[u8]) -> io::Result<Self> {
        let fd = rustix::fs::memfd_create("gantry-image", MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING)?;
        let mut file = File::from(fd);
        file.write_all(bytes)?;
        rustix::fs::fcntl_add_seals(&file, SealFlags::SHRINK | SealFlags::GROW | SealFlags::WRITE | SealFlags::SEAL)?;
        Ok(Self::from_file(file))
    }

    /// A file on disk, which its owner promises to leave alone.
    pub(crate) fn from_file(file: File) -> Self {
        Self { file, id: NEXT_ID.fetch_add(1, Ordering::Relaxed) }
    }

    /// Tells it from every other image file of the process, also later ones.
    pub(crate) fn id(&self) -> u64 {
        self.id
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
            rustix::mm::mmap(base.as_ptr().cast(), len, ProtFlags::READ | ProtFlags::WRITE, flags, &self.file, offset)
        }?;
        Ok(())
    }
}
