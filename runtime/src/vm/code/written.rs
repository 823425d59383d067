//! Artifacts that are compiled straight into the memory that they run from, without a copy.
//!
//! Invariants
//! W1. The first `len` bytes of `mmap` are written, and `len` is at most its length. The mapping is writable, and nobody else
//!     knows it.

use crate::vm::mmap::Mmap;
use gantry_compile::WritableBuffer;

/// Fresh memory that takes an artifact.
#[derive(Debug)]
pub(crate) struct WrittenImage {
    mmap: Mmap,
    len: usize,
}

impl WrittenImage {
    /// Holds nothing yet.
    pub(crate) const fn new() -> Self {
        Self { mmap: Mmap::empty(), len: 0 }
    }

    /// What was written.
    pub(super) fn bytes(&self) -> &[u8] {
        // SAFETY: by W1 the bytes are inside the mapping and written, and nobody writes while `self` is borrowed.
        unsafe { self.mmap.slice(0..self.len) }
    }

    /// The mapping, and how many of its bytes were written. It is writable still.
    pub(super) fn into_parts(self) -> (Mmap, usize) {
        (self.mmap, self.len)
    }
}

impl WritableBuffer for WrittenImage {
    /// Allocates memory for so many bytes.
    fn reserve(&mut self, size: u64) -> Result<(), ()> {
        assert_eq!(self.len, 0, "memory is reserved before anything is written");
        let size = usize::try_from(size).map_err(drop)?;
        self.mmap = Mmap::allocate(size).map_err(drop)?;
        // All of it is written next: faulting it in at once is cheaper, and failing to do so harmless.
        self.mmap.populate();
        Ok(())
    }

    fn write_bytes(&mut self, bytes: &[u8]) {
        let room = self.mmap.len() - self.len;
        assert!(bytes.len() <= room, "a writer reserves what it writes");
        // SAFETY: by W1 `len` is inside the mapping.
        let to = unsafe { self.mmap.base().add(self.len) };
        // SAFETY: the room behind `to` was checked; the mapping is writable and, being private to `self`, not in `bytes`.
        unsafe { to.copy_from_nonoverlapping(core::ptr::NonNull::from(bytes).cast(), bytes.len()) };
        self.len += bytes.len();
    }
}
