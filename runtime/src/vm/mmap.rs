//! Owned ranges of address space.
//!
//! Invariants
//! M1. `base` and `len` are a mapping of [`sys::mmap`] that this value owns alone from construction until drop; `len` is a
//!     multiple of the page size. A `len` of 0 owns nothing, and `base` dangles.
//! M2. Pages inside are accessible only as far as the methods here made them so.

use crate::env;
use crate::sys;
use crate::sys::memory_image::ImageFile;
#[cfg(feature = "std")]
mod file;

use core::ops::Range;
use core::ptr::NonNull;

/// The granularity of all ranges here in bytes, a power of two.
pub(crate) fn page_size() -> usize {
    sys::page_size()
}

/// `len` rounded up to whole pages; `None` if that overflows.
pub(crate) fn round_up_to_page(len: usize) -> Option<usize> {
    len.checked_next_multiple_of(page_size())
}

/// A range of address space.
#[derive(Debug)]
pub(crate) struct Mmap {
    base: NonNull<u8>,
    len: usize,
}

// SAFETY: by M1 the value owns its mapping alone; system calls on it may come from any thread.
unsafe impl Send for Mmap {}
// SAFETY: shared references only allow changes of protection, which the callers of those methods order, and reads of the address.
unsafe impl Sync for Mmap {}

impl Mmap {
    /// Owns nothing.
    pub(crate) const fn empty() -> Self {
        Self { base: NonNull::dangling(), len: 0 }
    }

    fn new(len: usize, map: impl FnOnce(usize) -> env::Result<NonNull<u8>>) -> env::Result<Self> {
        let len = round_up_to_page(len).ok_or_else(env::out_of_memory)?;
        if len == 0 {
            return Ok(Self::empty());
        }
        Ok(Self { base: map(len)?, len })
    }

    /// Reserves at least `len` bytes, inaccessible and without memory behind them.
    pub(crate) fn reserve(len: usize) -> env::Result<Self> {
        Self::new(len, sys::mmap::reserve)
    }

    /// Allocates at least `len` bytes, zeroed and writable.
    pub(crate) fn allocate(len: usize) -> env::Result<Self> {
        Self::new(len, sys::mmap::allocate)
    }

    /// Address of the first byte.
    pub(crate) fn base(&self) -> NonNull<u8> {
        self.base
    }

    /// Its length in bytes.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// The address and length of a range of whole pages.
    ///
    /// # Panics
    ///
    /// If the range is not page-aligned or not inside.
    fn pages(&self, range: Range<usize>) -> (NonNull<u8>, usize) {
        let mask = page_size() - 1;
        assert!(range.start <= range.end && range.end <= self.len, "a range inside the mapping");
        assert!(range.start & mask == 0 && range.end & mask == 0, "a range of whole pages");
        // SAFETY: `range.start <= len` was checked, so by M1 the sum stays inside the mapping or one past its end.
        (unsafe { self.base.add(range.start) }, range.end - range.start)
    }

    /// Gives a writable mapping memory at once, as far as the system can.
    #[cfg(feature = "compile")]
    pub(crate) fn populate(&self) {
        if self.len > 0 {
            // SAFETY: the whole mapping is ours by M1.
            unsafe { sys::mmap::populate(self.base, self.len) }
        }
    }

    /// Makes whole pages readable and writable.
    pub(crate) fn make_accessible(&self, range: Range<usize>) -> env::Result<()> {
        let (base, len) = self.pages(range);
        if len == 0 {
            return Ok(());
        }
        // SAFETY: the range lies in the mapping, which is ours by M1.
        unsafe { sys::mmap::make_accessible(base, len) }
    }

    /// Makes whole pages read-only.
    ///
    /// # Safety
    ///
    /// No live reference writes to them.
    pub(crate) unsafe fn make_readonly(&self, range: Range<usize>) -> env::Result<()> {
        let (base, len) = self.pages(range);
        if len == 0 {
            return Ok(());
        }
        // SAFETY: the range lies in the mapping, which is ours by M1; the caller has no writers.
        unsafe { sys::mmap::make_readonly(base, len) }
    }

    /// Makes whole pages executable and read-only.
    ///
    /// # Safety
    ///
    /// They are readable, and no live reference writes to them.
    pub(crate) unsafe fn make_executable(&self, range: Range<usize>) -> env::Result<()> {
        let (base, len) = self.pages(range);
        if len == 0 {
            return Ok(());
        }
        // SAFETY: the range lies in the mapping, which is ours by M1; the caller has no writers.
        unsafe { sys::mmap::make_executable(base, len) }
    }

    /// Replaces whole pages by those of `file` from `offset` on: readable, writable, and private.
    ///
    /// # Safety
    ///
    /// Nothing refers into the range.
    ///
    /// # Panics
    ///
    /// If range or offset are not page-aligned, or the range is not inside.
    pub(crate) unsafe fn map_image(&self, range: Range<usize>, file: &ImageFile, offset: u64) -> env::Result<()> {
        let (base, len) = self.pages(range);
        assert!(offset.is_multiple_of(page_size() as u64), "an offset of whole pages");
        // SAFETY: range and offset were checked; the mapping is ours by M1, and the caller has no references into it.
        unsafe { file.map_over(base, len, offset) }
    }

    /// Makes whole pages inaccessible. Their contents stay.
    ///
    /// # Safety
    ///
    /// Nothing refers into the range.
    pub(crate) unsafe fn make_inaccessible(&self, range: Range<usize>) -> env::Result<()> {
        let (base, len) = self.pages(range);
        // SAFETY: the range lies in the mapping, which is ours by M1; the caller has no references into it.
        unsafe { sys::mmap::make_inaccessible(base, len) }
    }

    /// Replaces whole pages by anonymous ones: readable, writable, zero.
    ///
    /// # Safety
    ///
    /// Nothing refers into the range.
    pub(crate) unsafe fn map_zeros(&self, range: Range<usize>) -> env::Result<()> {
        let (base, len) = self.pages(range);
        // SAFETY: the range lies in the mapping, which is ours by M1; the caller has no references into it.
        unsafe { sys::mmap::map_zeros(base, len) }
    }

    /// Takes whole accessible pages back to what they were when they were mapped: zeros, or the contents of their file. To be
    /// relied on if [`sys::mmap::discards`] says so.
    ///
    /// # Safety
    ///
    /// Nothing refers into the range.
    pub(crate) unsafe fn discard(&self, range: Range<usize>) -> env::Result<()> {
        let (base, len) = self.pages(range);
        // SAFETY: the range lies in the mapping, which is ours by M1; the caller has no references into it.
        unsafe { sys::mmap::discard(base, len) }
    }

    /// The bytes of a range.
    ///
    /// # Safety
    ///
    /// The range lies inside, is readable and initialized, and nobody writes to it while the slice lives.
    pub(crate) unsafe fn slice(&self, range: Range<usize>) -> &[u8] {
        debug_assert!(range.start <= range.end && range.end <= self.len);
        // SAFETY: the caller's range lies inside the mapping, which by M1 is ours.
        let start = unsafe { self.base.add(range.start) };
        // SAFETY: the bytes are readable and unchanged while the slice lives, as the caller promises.
        unsafe { core::slice::from_raw_parts(start.as_ptr(), range.end - range.start) }
    }
}

impl Drop for Mmap {
    fn drop(&mut self) {
        if self.len != 0 {
            // SAFETY: by M1 this is our mapping; whoever borrowed from it is gone.
            unsafe { sys::mmap::release(self.base, self.len) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reservation_is_accessible_where_asked() {
        let page = page_size();
        let map = Mmap::reserve(16 * page + 1).unwrap();
        assert_eq!(map.len(), 17 * page);
        map.make_accessible(page..3 * page).unwrap();
        // SAFETY: the byte lies in the accessible part.
        let byte = unsafe { map.base().add(3 * page - 1) };
        // SAFETY: as above; the mapping is ours alone.
        unsafe { byte.write(7) };
        // SAFETY: the range is accessible, zeroed by the system and no longer written.
        assert_eq!(unsafe { map.slice(page..3 * page) }.iter().map(|&b| usize::from(b)).sum::<usize>(), 7);
    }

    #[test]
    fn empty_mappings_are_free() {
        let map = Mmap::reserve(0).unwrap();
        map.make_accessible(0..0).unwrap();
        assert_eq!(map.len(), 0);
    }

    #[test]
    fn impossible_sizes_are_errors() {
        assert!(Mmap::reserve(usize::MAX).is_err());
        assert!(Mmap::reserve(usize::MAX / 2 - page_size()).is_err());
    }

    #[test]
    #[should_panic(expected = "whole pages")]
    fn unaligned_ranges_are_refused() {
        let _ = Mmap::reserve(page_size()).unwrap().make_accessible(1..page_size());
    }
}
