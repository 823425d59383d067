//! Entry and system calls on x86_64.

use core::arch::{asm, global_asm};

pub(super) const READ: usize = 0;
pub(super) const WRITE: usize = 1;
pub(super) const EXIT: usize = 60;

// The kernel enters with the stack aligned to 16 bytes, and without a return address.
global_asm!(".globl _start", "_start:", "xor ebp, ebp", "call {start}", "ud2", start = sym super::start);

/// # Safety
///
/// What the system call does to memory is the caller's to allow.
pub(super) unsafe fn system_call(number: usize, [a, b, c, d, e, f]: [usize; 6]) -> isize {
    let result;
    // SAFETY: the kernel changes the named registers only, and memory as the caller allows.
    unsafe {
        asm!("syscall", inlateout("rax") number as isize => result, in("rdi") a, in("rsi") b, in("rdx") c,
            in("r10") d, in("r8") e, in("r9") f, lateout("rcx") _, lateout("r11") _, options(nostack));
    }
    result
}
