//! Memory comes from the allocator: nothing is reserved or protected.

/// Whether address space can be reserved without memory behind it.
pub(crate) const RESERVES: bool = false;

/// Granularity of protection and of file mappings in bytes: here only an alignment.
pub(crate) fn page_size() -> usize {
    4096
}

/// Address space.
pub(crate) mod mmap {
    use crate::env;
    use alloc::alloc::{Layout, alloc_zeroed, dealloc};
    use core::ptr::NonNull;

    fn layout(len: usize) -> env::Result<Layout> {
        Layout::from_size_align(len, super::page_size()).map_err(|_| env::out_of_memory())
    }

    /// Allocates: nothing is reserved on this host.
    pub(crate) fn reserve(len: usize) -> env::Result<NonNull<u8>> {
        allocate(len)
    }

    /// Allocates `len` bytes of zeroed, writable memory; `len` is not 0.
    pub(crate) fn allocate(len: usize) -> env::Result<NonNull<u8>> {
        // SAFETY: the layout is not of size zero.
        NonNull::new(unsafe { alloc_zeroed(layout(len)?) }).ok_or_else(env::out_of_memory)
    }

    #[cfg(feature = "std")]
    pub(crate) use crate::sys::unsupported::file::map_file;

    /// Gives memory back.
    ///
    /// # Safety
    ///
    /// `base` and `len` are those of memory made by this module, and nothing refers into it any more.
    pub(crate) unsafe fn release(base: NonNull<u8>, len: usize) {
        let layout = layout(len).expect("the layout of an allocation");
        // SAFETY: the caller gives up an allocation of this layout.
        unsafe { dealloc(base.as_ptr(), layout) };
    }

    /// Memory from the allocator needs no advice.
    ///
    /// # Safety
    ///
    /// None here; the same as elsewhere.
    #[cfg(feature = "compile")]
    pub(crate) unsafe fn populate(_base: NonNull<u8>, _len: usize) {}

    /// Everything is accessible already.
    ///
    /// # Safety
    ///
    /// None here.
    pub(crate) unsafe fn make_accessible(_base: NonNull<u8>, _len: usize) -> env::Result<()> {
        Ok(())
    }

    /// Nothing is protected.
    ///
    /// # Safety
    ///
    /// None here.
    pub(crate) unsafe fn make_readonly(_base: NonNull<u8>, _len: usize) -> env::Result<()> {
        Ok(())
    }

    /// Refused.
    ///
    /// # Safety
    ///
    /// None here.
    pub(crate) unsafe fn make_executable(_base: NonNull<u8>, _len: usize) -> env::Result<()> {
        Err(env::unsupported("machine code cannot run on this host yet"))
    }

    /// Nothing is protected.
    ///
    /// # Safety
    ///
    /// None here.
    pub(crate) unsafe fn make_inaccessible(_base: NonNull<u8>, _len: usize) -> env::Result<()> {
        Ok(())
    }

    /// Writes zeros.
    ///
    /// # Safety
    ///
    /// The range lies in memory that the caller owns, and nothing refers into it.
    pub(crate) unsafe fn map_zeros(base: NonNull<u8>, len: usize) -> env::Result<()> {
        // SAFETY: the caller owns the range.
        unsafe { base.write_bytes(0, len) };
        Ok(())
    }

    /// Refused: see [`discards`].
    ///
    /// # Safety
    ///
    /// None here.
    pub(crate) unsafe fn discard(_base: NonNull<u8>, _len: usize) -> env::Result<()> {
        Err(env::unsupported("files cannot be mapped on this host"))
    }

    /// Memory is given back to the allocator instead.
    pub(crate) fn discards() -> bool {
        false
    }
}
