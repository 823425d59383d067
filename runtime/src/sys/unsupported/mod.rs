//! Hosts without support of their own, and hosts without std: memory comes from the program's allocator, or, with the feature
//! `custom-virtual-memory`, from functions of the embedder. Machine code cannot be made executable; bytecode runs, with explicit
//! checks.

#[cfg(not(feature = "custom-virtual-memory"))]
mod allocator;
#[cfg(feature = "custom-virtual-memory")]
mod custom;
#[cfg(feature = "std")]
mod file;

#[cfg(not(feature = "custom-virtual-memory"))]
pub(crate) use allocator::{RESERVES, mmap, page_size};
#[cfg(feature = "custom-virtual-memory")]
pub(crate) use custom::{RESERVES, mmap, page_size};

/// Whether machine code can run; otherwise only bytecode does.
pub(crate) const RUNS_MACHINE_CODE: bool = false;

/// Files whose pages become the initial contents of memories: none.
pub(crate) mod memory_image {
    use crate::env;
    use core::ptr::NonNull;

    /// A file that is never written any more.
    #[derive(Debug)]
    pub(crate) struct ImageFile(pub(super) ());

    impl ImageFile {
        /// Refused: images are copied.
        pub(crate) fn from_bytes(_bytes: &[u8]) -> env::Result<Self> {
            Err(env::unsupported("files cannot be mapped on this host"))
        }

        /// No file is ever mapped, so none needs to be told from others.
        pub(crate) fn id(&self) -> u64 {
            0
        }

        /// Refused: images are copied.
        ///
        /// # Safety
        ///
        /// None here.
        pub(crate) unsafe fn map_over(&self, _base: NonNull<u8>, _len: usize, _offset: u64) -> env::Result<()> {
            Err(env::unsupported("files cannot be mapped on this host"))
        }
    }
}

/// Hardware faults: not caught.
pub(crate) mod signals {
    /// Whether this host can turn faults into traps.
    pub(crate) const SUPPORTED: bool = false;

    /// Refused.
    pub(crate) fn install() -> crate::env::Result<()> {
        Err(crate::env::unsupported("this host cannot turn faults into traps; set signals_based_traps to false"))
    }

    /// Never.
    pub(crate) fn installed() -> bool {
        false
    }
}

/// Threads: nothing to prepare.
pub(crate) mod thread {
    /// Unknown bounds: an empty range.
    pub(crate) fn prepared_stack() -> (usize, usize) {
        (0, 0)
    }
}
