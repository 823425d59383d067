//! The host: Linux on x86_64 by system calls alone.

use alloc::vec::Vec;
use core::alloc::{GlobalAlloc, Layout};
use core::arch::{asm, global_asm};
use core::cell::UnsafeCell;
use core::ffi::c_int;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

const READ: usize = 0;
const WRITE: usize = 1;
const EXIT: usize = 60;

// The kernel enters with the stack aligned to 16 bytes, and without a return address.
global_asm!(".globl _start", "_start:", "xor ebp, ebp", "call {start}", "ud2", start = sym start);

extern "C" fn start() -> ! {
    exit(crate::main())
}

/// # Safety
///
/// What the system call does to memory is the caller's to allow.
unsafe fn system_call(number: usize, a: usize, b: usize, c: usize) -> isize {
    let result;
    // SAFETY: the kernel changes the named registers only, and memory as the caller allows.
    unsafe {
        asm!("syscall", inlateout("rax") number as isize => result, in("rdi") a, in("rsi") b, in("rdx") c,
            lateout("rcx") _, lateout("r11") _, options(nostack));
    }
    result
}

fn exit(code: i32) -> ! {
    // SAFETY: the call ends the program.
    unsafe { system_call(EXIT, code as usize, 0, 0) };
    unreachable!("the program has ended")
}

/// Writes to the standard output.
pub fn write(mut bytes: &[u8]) {
    while !bytes.is_empty() {
        // SAFETY: the kernel reads the bytes.
        let written = unsafe { system_call(WRITE, 1, bytes.as_ptr().addr(), bytes.len()) };
        match usize::try_from(written) {
            Ok(written) => bytes = &bytes[written..],
            Err(_) => exit(1),
        }
    }
}

/// Everything from the standard input.
pub fn read_all() -> Vec<u8> {
    let mut all = Vec::new();
    loop {
        let mut part = [0u8; 4096];
        // SAFETY: the kernel writes to the buffer.
        let read = unsafe { system_call(READ, 0, part.as_mut_ptr().addr(), part.len()) };
        match usize::try_from(read) {
            Ok(0) => return all,
            Ok(read) => all.extend_from_slice(&part[..read]),
            Err(_) => exit(1),
        }
    }
}

#[panic_handler]
fn panic(info: &core::panic::PanicInfo<'_>) -> ! {
    write(alloc::format!("{info}\n").as_bytes());
    exit(101)
}

/// Memory that is handed out from the front to the back; only what was handed out last can be given back, or grow in place. A
/// real program has an allocator.
struct Arena {
    bytes: UnsafeCell<[u8; ARENA_BYTES]>,
    used: AtomicUsize,
}

const ARENA_BYTES: usize = 32 << 20;

// SAFETY: ranges of the bytes are handed out once.
unsafe impl Sync for Arena {}

#[global_allocator]
static ARENA: Arena = Arena { bytes: UnsafeCell::new([0; ARENA_BYTES]), used: AtomicUsize::new(0) };

// SAFETY: ranges are inside of the arena, aligned, and handed out once until they are given back.
unsafe impl GlobalAlloc for Arena {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let base = self.bytes.get().cast::<u8>();
        let reserve = |used: usize| {
            let start = (base.addr() + used).next_multiple_of(layout.align()) - base.addr();
            start.checked_add(layout.size()).filter(|&end| end <= ARENA_BYTES)
        };
        match self.used.fetch_update(Ordering::Relaxed, Ordering::Relaxed, reserve) {
            Ok(used) => base.wrapping_add(reserve(used).expect("just done") - layout.size()),
            Err(_) => null_mut(),
        }
    }

    unsafe fn dealloc(&self, start: *mut u8, layout: Layout) {
        let start = start.addr() - self.bytes.get().addr();
        let end = start + layout.size();
        // Only what was handed out last.
        let _ = self.used.compare_exchange(end, start, Ordering::Relaxed, Ordering::Relaxed);
    }
}

/// There is one thread.
static CURRENT: AtomicPtr<u8> = AtomicPtr::new(null_mut());

#[unsafe(no_mangle)]
extern "C" fn gantry_tls_get() -> *mut u8 {
    CURRENT.load(Ordering::Relaxed)
}

#[unsafe(no_mangle)]
extern "C" fn gantry_tls_set(value: *mut u8) {
    CURRENT.store(value, Ordering::Relaxed);
}

// What compilers expect of every program, in the smallest form.

/// # Safety
///
/// As in C.
#[unsafe(no_mangle)]
unsafe extern "C" fn memcpy(to: *mut u8, from: *const u8, len: usize) -> *mut u8 {
    // SAFETY: the caller promises that both ranges are valid and apart; the direction flag is clear by convention.
    unsafe {
        asm!("rep movsb", inout("rcx") len => _, inout("rdi") to => _, inout("rsi") from => _, options(nostack, preserves_flags))
    };
    to
}

/// # Safety
///
/// As in C.
#[unsafe(no_mangle)]
unsafe extern "C" fn memmove(to: *mut u8, from: *const u8, len: usize) -> *mut u8 {
    if to.addr().wrapping_sub(from.addr()) >= len {
        // SAFETY: copying forward does not overwrite what is still to be read.
        return unsafe { memcpy(to, from, len) };
    }
    // SAFETY: the caller promises that both ranges are valid; backward, nothing is overwritten that is still to be read.
    unsafe {
        asm!("std", "rep movsb", "cld", inout("rcx") len => _, inout("rdi") to.wrapping_add(len).wrapping_sub(1) => _,
            inout("rsi") from.wrapping_add(len).wrapping_sub(1) => _, options(nostack));
    }
    to
}

/// # Safety
///
/// As in C.
#[unsafe(no_mangle)]
unsafe extern "C" fn memset(to: *mut u8, value: c_int, len: usize) -> *mut u8 {
    // SAFETY: the caller promises that the range is valid.
    unsafe {
        asm!("rep stosb", inout("rcx") len => _, inout("rdi") to => _, in("al") value as u8, options(nostack, preserves_flags))
    };
    to
}

/// # Safety
///
/// As in C.
#[unsafe(no_mangle)]
unsafe extern "C" fn memcmp(a: *const u8, b: *const u8, len: usize) -> c_int {
    for i in 0..len {
        // SAFETY: the caller promises that both ranges are valid.
        let (a, b) = unsafe { (a.add(i).read_volatile(), b.add(i).read_volatile()) };
        if a != b {
            return c_int::from(a) - c_int::from(b);
        }
    }
    0
}

/// # Safety
///
/// As in C.
#[unsafe(no_mangle)]
unsafe extern "C" fn bcmp(a: *const u8, b: *const u8, len: usize) -> c_int {
    // SAFETY: the caller promises the same.
    unsafe { memcmp(a, b, len) }
}

// The `alloc` of targets with std is built to unwind, and names these; nothing unwinds here. Bare targets do not need them.

#[unsafe(no_mangle)]
extern "C" fn rust_eh_personality() {}

#[unsafe(no_mangle)]
extern "C" fn _Unwind_Resume() -> ! {
    exit(101)
}
