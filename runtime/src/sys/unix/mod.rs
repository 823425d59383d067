//! Linux on x86_64 and aarch64. What other Unix systems do otherwise gets its place beside the lines that differ.

pub(crate) mod memory_image;
pub(crate) mod mmap;
pub(crate) mod signals;
pub(crate) mod thread;

/// Whether address space can be reserved without memory behind it.
pub(crate) const RESERVES: bool = true;

/// Granularity of protection and of file mappings in bytes, a power of two.
pub(crate) fn page_size() -> usize {
    rustix::param::page_size()
}
