//! Memory comes from the embedder: the functions `gantry_vm_*` of `include/gantry-platform.h`.
//!
//! Invariants
//! V1. What `gantry_vm_reserve` gave stays reserved, and nobody else uses it, until it is released. After `gantry_vm_commit` its
//!     bytes are memory that can be read and written, zero at first.

unsafe extern "C" {
    safe fn gantry_vm_page_size() -> usize;
    safe fn gantry_vm_reserve(len: usize) -> *mut u8;
    fn gantry_vm_commit(base: *mut u8, len: usize) -> bool;
    fn gantry_vm_release(base: *mut u8, len: usize);
}

/// Whether address space can be reserved without memory behind it: the embedder decides, and is never asked for more than options
/// say.
pub(crate) const RESERVES: bool = true;

/// Granularity of what is reserved and committed, in bytes.
pub(crate) fn page_size() -> usize {
    gantry_vm_page_size()
}

/// Address space.
pub(crate) mod mmap {
    use crate::env;
    use core::ptr::NonNull;

    #[cfg(feature = "std")]
    pub(crate) use crate::sys::unsupported::file::map_file;

    /// Reserves `len` bytes, whole pages and not 0.
    pub(crate) fn reserve(len: usize) -> env::Result<NonNull<u8>> {
        NonNull::new(super::gantry_vm_reserve(len)).ok_or_else(env::out_of_memory)
    }

    /// Reserves and commits.
    pub(crate) fn allocate(len: usize) -> env::Result<NonNull<u8>> {
        let base = reserve(len)?;
        // SAFETY: the range was just reserved.
        let result = unsafe { make_accessible(base, len) };
        if result.is_err() {
            // SAFETY: as above; nobody knows it yet.
            unsafe { release(base, len) };
        }
        result.map(|()| base)
    }

    /// Gives address space back with the memory behind it.
    ///
    /// # Safety
    ///
    /// `base` and `len` are those of a reservation, and nothing refers into it any more.
    pub(crate) unsafe fn release(base: NonNull<u8>, len: usize) {
        // SAFETY: the caller gives up a reservation.
        unsafe { super::gantry_vm_release(base.as_ptr(), len) }
    }

    /// Commits whole pages.
    ///
    /// # Safety
    ///
    /// The range lies in a reservation that the caller owns, and was not committed before.
    pub(crate) unsafe fn make_accessible(base: NonNull<u8>, len: usize) -> env::Result<()> {
        // SAFETY: the caller owns the range.
        if unsafe { super::gantry_vm_commit(base.as_ptr(), len) } { Ok(()) } else { Err(env::out_of_memory()) }
    }

    /// Memory that is committed needs no advice.
    ///
    /// # Safety
    ///
    /// None here; the same as elsewhere.
    #[cfg(feature = "compile")]
    pub(crate) unsafe fn populate(_base: NonNull<u8>, _len: usize) {}

    /// Nothing is protected against the runtime itself.
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
        Err(env::unsupported("machine code cannot run on this host"))
    }

    /// Refused: only address space that is kept for later memories shrinks, and here none is ([`discards`]).
    ///
    /// # Safety
    ///
    /// None here.
    pub(crate) unsafe fn make_inaccessible(_base: NonNull<u8>, _len: usize) -> env::Result<()> {
        Err(env::unsupported("memory cannot be taken back on this host"))
    }

    /// Writes zeros.
    ///
    /// # Safety
    ///
    /// The range lies in memory that the caller owns, is committed, and nothing refers into it.
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

    /// Address space is released instead.
    pub(crate) fn discards() -> bool {
        false
    }
}
