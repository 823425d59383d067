//! The program's own virtual memory, for the runtime's feature `custom-virtual-memory`.

#[cfg(target_arch = "arm")]
use super::arm::system_call;
#[cfg(target_arch = "x86_64")]
use super::x86_64::system_call;
use core::ptr::{null_mut, with_exposed_provenance_mut};

// On Arm it is `mmap2`, whose offset in the file counts pages: all the same to those who map none.
const MAP: usize = if cfg!(target_arch = "x86_64") { 9 } else { 192 };
const PROTECT: usize = if cfg!(target_arch = "x86_64") { 10 } else { 125 };
const UNMAP: usize = if cfg!(target_arch = "x86_64") { 11 } else { 91 };

/// `PROT_READ | PROT_WRITE`.
const ACCESSIBLE: usize = 3;
/// `MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE`.
const RESERVATION: usize = 0x4022;

#[unsafe(no_mangle)]
extern "C" fn gantry_vm_page_size() -> usize {
    4096
}

#[unsafe(no_mangle)]
extern "C" fn gantry_vm_reserve(len: usize) -> *mut u8 {
    // SAFETY: the kernel chooses addresses that nobody uses.
    let base = unsafe { system_call(MAP, [0, len, 0, RESERVATION, usize::MAX, 0]) };
    // The last page of the address space stands for errors.
    if (-4095..0).contains(&base) { null_mut() } else { with_exposed_provenance_mut(base.cast_unsigned()) }
}

/// # Safety
///
/// The range is part of a reservation.
#[unsafe(no_mangle)]
unsafe extern "C" fn gantry_vm_commit(base: *mut u8, len: usize) -> bool {
    // SAFETY: the caller's range becomes accessible, and nothing else changes.
    unsafe { system_call(PROTECT, [base.expose_provenance(), len, ACCESSIBLE, 0, 0, 0]) == 0 }
}

/// # Safety
///
/// They are a reservation that nobody uses any more.
#[unsafe(no_mangle)]
unsafe extern "C" fn gantry_vm_release(base: *mut u8, len: usize) {
    // SAFETY: the caller gives the range up.
    let _ = unsafe { system_call(UNMAP, [base.expose_provenance(), len, 0, 0, 0, 0]) };
}
