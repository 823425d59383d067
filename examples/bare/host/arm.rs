//! Entry and system calls on Arm, in Thumb code.

use core::arch::{asm, global_asm};

pub(super) const READ: usize = 3;
pub(super) const WRITE: usize = 4;
pub(super) const EXIT: usize = 1;

// The kernel enters with the stack aligned to 8 bytes.
global_asm!(
    ".syntax unified",
    ".thumb",
    ".globl _start",
    ".type _start, %function",
    ".thumb_func",
    "_start:",
    "movs r7, #0",
    "bl {start}",
    "udf #0",
    start = sym super::start
);

/// # Safety
///
/// What the system call does to memory is the caller's to allow.
pub(super) unsafe fn system_call(number: usize, [a, b, c, d, e, f]: [usize; 6]) -> isize {
    let result;
    // SAFETY: the kernel changes the first register only, and memory as the caller allows. The number belongs in the frame
    // pointer's register, which is put back.
    unsafe {
        asm!("push {{r7}}", "mov r7, {number}", "svc #0", "pop {{r7}}", number = in(reg) number,
            inlateout("r0") a as isize => result, in("r1") b, in("r2") c, in("r3") d, in("r4") e, in("r5") f);
    }
    result
}
