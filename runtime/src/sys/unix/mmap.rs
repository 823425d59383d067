//! Address space: the system calls behind [`crate::vm::mmap`].
//!
//! Ranges that are passed in are page-aligned, and their owner is the caller: [`crate::vm::mmap::Mmap`].

use rustix::mm::{MapFlags, MprotectFlags, ProtFlags};
use std::fs::File;
use std::io;
use std::ptr::{NonNull, null_mut};

/// The address of a new mapping.
fn address(p: *mut std::ffi::c_void) -> io::Result<NonNull<u8>> {
    NonNull::new(p.cast()).ok_or_else(|| io::Error::other("the system mapped address zero"))
}

fn map_anonymous(len: usize, prot: ProtFlags) -> io::Result<NonNull<u8>> {
    // SAFETY: without MAP_FIXED the kernel chooses unused addresses, so no existing mapping is touched.
    let p = unsafe { rustix::mm::mmap_anonymous(null_mut(), len, prot, MapFlags::PRIVATE | MapFlags::NORESERVE) }?;
    address(p)
}

/// Reserves `len` bytes of address space, inaccessible and without memory behind them.
pub(crate) fn reserve(len: usize) -> io::Result<NonNull<u8>> {
    map_anonymous(len, ProtFlags::empty())
}

/// Allocates `len` bytes of zeroed, writable memory.
pub(crate) fn allocate(len: usize) -> io::Result<NonNull<u8>> {
    map_anonymous(len, ProtFlags::READ | ProtFlags::WRITE)
}

/// Maps the first `len` bytes of `file`, read-only and private.
pub(crate) fn map_file(file: &File, len: usize) -> io::Result<NonNull<u8>> {
    // SAFETY: without MAP_FIXED the kernel chooses unused addresses, so no existing mapping is touched.
    let p = unsafe { rustix::mm::mmap(null_mut(), len, ProtFlags::READ, MapFlags::PRIVATE, file, 0) }?;
    address(p)
}

/// Gives a whole mapping back.
///
/// # Safety
///
/// `base` and `len` are those of a mapping made by this module, and nothing refers into it any more.
pub(crate) unsafe fn release(base: NonNull<u8>, len: usize) {
    // SAFETY: the caller owns the mapping and gives it up.
    let result = unsafe { rustix::mm::munmap(base.as_ptr().cast(), len) };
    debug_assert!(result.is_ok(), "a mapping of our own can be unmapped");
}

/// Changes the protection of whole pages.
///
/// # Safety
///
/// The range lies in a mapping that the caller owns, and no live reference needs what the new protection forbids.
unsafe fn protect(base: NonNull<u8>, len: usize, flags: MprotectFlags) -> io::Result<()> {
    // SAFETY: the caller owns the range and has no references that the protection would break.
    Ok(unsafe { rustix::mm::mprotect(base.as_ptr().cast(), len, flags) }?)
}

/// Makes whole pages readable and writable.
///
/// # Safety
///
/// The range lies in a mapping that the caller owns.
pub(crate) unsafe fn make_accessible(base: NonNull<u8>, len: usize) -> io::Result<()> {
    // SAFETY: the caller owns the range; the protection only widens.
    unsafe { protect(base, len, MprotectFlags::READ | MprotectFlags::WRITE) }
}

/// Makes whole pages read-only.
///
/// # Safety
///
/// The range lies in a mapping that the caller owns, and no live reference writes to it.
pub(crate) unsafe fn make_readonly(base: NonNull<u8>, len: usize) -> io::Result<()> {
    // SAFETY: the caller owns the range and nobody writes to it.
    unsafe { protect(base, len, MprotectFlags::READ) }
}

/// Makes whole pages readable and executable, visible to the instruction fetch of every core.
///
/// # Safety
///
/// The range lies in a mapping that the caller owns, and no live reference writes to it.
pub(crate) unsafe fn make_executable(base: NonNull<u8>, len: usize) -> io::Result<()> {
    clean_instruction_cache(base, len);
    // SAFETY: the caller owns the range and nobody writes to it.
    unsafe { protect(base, len, MprotectFlags::READ | MprotectFlags::EXEC) }
}

/// x86_64 keeps its instruction fetch coherent with stores (Intel SDM 3A, "Self-Modifying Code").
#[cfg(target_arch = "x86_64")]
fn clean_instruction_cache(_base: NonNull<u8>, _len: usize) {}

/// Cleans the data cache to the point of unification and invalidates the instruction cache, line by line, for all cores of
/// the inner shareable domain (Arm ARM, "Synchronization and coherency issues between data and instruction accesses").
/// The pages are still mapped with their contents.
#[cfg(target_arch = "aarch64")]
fn clean_instruction_cache(base: NonNull<u8>, len: usize) {
    use std::arch::asm;
    let cache_type: u64;
    // SAFETY: CTR_EL0 is readable from user space on Linux and reading it has no effect.
    unsafe { asm!("mrs {}, ctr_el0", out(reg) cache_type, options(nomem, nostack, preserves_flags)) };
    let data_line = 4usize << ((cache_type >> 16) & 0xf);
    let inst_line = 4usize << (cache_type & 0xf);
    let (start, end) = (base.as_ptr().addr(), base.as_ptr().addr() + len);
    for line in (start & !(data_line - 1)..end).step_by(data_line) {
        // SAFETY: cleaning a line of a readable mapping changes no memory.
        unsafe { asm!("dc cvau, {}", in(reg) line, options(nostack, preserves_flags)) };
    }
    // SAFETY: a barrier.
    unsafe { asm!("dsb ish", options(nostack, preserves_flags)) };
    for line in (start & !(inst_line - 1)..end).step_by(inst_line) {
        // SAFETY: invalidating instruction cache lines changes no memory.
        unsafe { asm!("ic ivau, {}", in(reg) line, options(nostack, preserves_flags)) };
    }
    // SAFETY: barriers.
    unsafe { asm!("dsb ish", "isb", options(nostack, preserves_flags)) };
    synchronize_cores();
}

/// Makes every thread of the process discard instructions that it fetched early: another core may have seen older code at
/// the same addresses (membarrier(2), SYNC_CORE). Kernels without the call need nothing else: they are older than the cores
/// that would need it.
#[cfg(target_arch = "aarch64")]
fn synchronize_cores() {
    const SYNC_CORE: libc::c_int = 1 << 5;
    const REGISTER_SYNC_CORE: libc::c_int = 1 << 6;
    for command in [REGISTER_SYNC_CORE, SYNC_CORE] {
        // SAFETY: the call has no effect on memory; an unknown command is an error that is of no consequence here.
        unsafe { libc::syscall(libc::SYS_membarrier, command, 0, 0) };
    }
}
