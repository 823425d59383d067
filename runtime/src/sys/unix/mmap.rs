//! Address space: the system calls behind [`crate::vm::mmap`].
//!
//! Ranges that are passed in are page-aligned, and their owner is the caller: [`crate::vm::mmap::Mmap`].

use crate::vm::mmap::Mmap;
use rustix::mm::{Advice, MapFlags, MprotectFlags, ProtFlags};
use std::fs::File;
use std::io;
use std::ptr::{NonNull, null_mut};
use std::sync::OnceLock;

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

/// Ranges that are smaller contain no page of the next larger size, which has 2 MiB on most machines.
#[cfg(all(feature = "compile", target_os = "linux"))]
const HUGE_PAGE: usize = 2 << 20;

/// Gives writable pages memory at once instead of one by one, as far as the system can: it is advice.
///
/// # Safety
///
/// The range lies in a mapping that the caller owns.
#[cfg(feature = "compile")]
pub(crate) unsafe fn populate(base: NonNull<u8>, len: usize) {
    #[cfg(target_os = "linux")]
    {
        if len >= HUGE_PAGE {
            // A fifth of the time that small pages take.
            // SAFETY: the caller owns the range, and contents stay as they are.
            let _ = unsafe { rustix::mm::madvise(base.as_ptr().cast(), len, Advice::LinuxHugepage) };
        }
        // SAFETY: the caller owns the range, and contents stay as they are.
        let _ = unsafe { rustix::mm::madvise(base.as_ptr().cast(), len, Advice::LinuxPopulateWrite) };
    }
    #[cfg(not(target_os = "linux"))]
    let _ = (base, len);
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

/// Makes whole pages inaccessible.
///
/// # Safety
///
/// The range lies in a mapping that the caller owns, and nothing refers into it.
pub(crate) unsafe fn make_inaccessible(base: NonNull<u8>, len: usize) -> io::Result<()> {
    // SAFETY: the caller owns the range and nothing refers into it.
    unsafe { protect(base, len, MprotectFlags::empty()) }
}

/// Replaces whole pages by anonymous ones, readable, writable and zero.
///
/// # Safety
///
/// The range lies in a mapping that the caller owns, and nothing refers into it.
pub(crate) unsafe fn map_zeros(base: NonNull<u8>, len: usize) -> io::Result<()> {
    let flags = MapFlags::PRIVATE | MapFlags::NORESERVE | MapFlags::FIXED;
    // SAFETY: the caller owns the range, which the new mapping replaces, and nothing refers into it.
    unsafe { rustix::mm::mmap_anonymous(base.as_ptr().cast(), len, ProtFlags::READ | ProtFlags::WRITE, flags) }?;
    Ok(())
}

/// Takes whole pages back to zeros, or to the contents of their file. To be relied on if [`discards`] says so.
///
/// # Safety
///
/// The range lies in a mapping that the caller owns, and nothing refers into it.
pub(crate) unsafe fn discard(base: NonNull<u8>, len: usize) -> io::Result<()> {
    // SAFETY: the caller owns the range and nothing refers into it.
    Ok(unsafe { rustix::mm::madvise(base.as_ptr().cast(), len, Advice::LinuxDontNeed) }?)
}

/// Whether [`discard`] does what it says: some emulators take the advice and do nothing. Tried once per process.
pub(crate) fn discards() -> bool {
    static DISCARDS: OnceLock<bool> = OnceLock::new();
    *DISCARDS.get_or_init(|| try_discarding().unwrap_or(false))
}

/// Writes to a page of a file and to an anonymous one, discards both, and looks.
fn try_discarding() -> io::Result<bool> {
    const IN_FILE: u8 = 1;
    let page = super::page_size();
    let file = super::memory_image::ImageFile::from_bytes(&vec![IN_FILE; page])?;
    let map = Mmap::allocate(2 * page)?;
    // SAFETY: nothing refers into the fresh mapping.
    unsafe { map.map_image(0..page, &file, 0) }?;
    for at in [0, page] {
        // SAFETY: the mapping is two pages long, writable and ours alone.
        unsafe { map.base().add(at).write_volatile(7) };
    }
    // SAFETY: nothing refers into the mapping.
    unsafe { map.discard(0..2 * page) }?;
    let read = |at| {
        // SAFETY: the mapping is two pages long, readable and ours alone.
        unsafe { map.base().add(at).read_volatile() }
    };
    Ok(read(0) == IN_FILE && read(page) == 0)
}

/// x86_64 and s390x keep their instruction fetch coherent with stores (Intel SDM 3A, "Self-Modifying Code"; z/Architecture
/// Principles of Operation, "Conceptual sequence").
#[cfg(any(target_arch = "x86_64", target_arch = "s390x"))]
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

/// Has the kernel execute `fence.i` on every core that runs the process, now or later (riscv_flush_icache(2)).
#[cfg(target_arch = "riscv64")]
fn clean_instruction_cache(base: NonNull<u8>, len: usize) {
    const RISCV_FLUSH_ICACHE: libc::c_long = 259;
    let start = base.as_ptr().addr();
    // SAFETY: the call has no effect on memory. Without it (some emulators) fetches are coherent.
    unsafe { libc::syscall(RISCV_FLUSH_ICACHE, start, start + len, 0) };
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
