//! The host: Linux by system calls alone, for targets that know of no operating system as well.

#[cfg(target_arch = "arm")]
mod arm;
#[cfg(target_os = "linux")]
mod c_library;
#[cfg(feature = "custom-virtual-memory")]
mod pages;
#[cfg(target_arch = "x86_64")]
mod x86_64;

use alloc::vec::Vec;
use core::alloc::{GlobalAlloc, Layout};
use core::cell::UnsafeCell;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

#[cfg(target_arch = "arm")]
use arm::{EXIT, READ, WRITE, system_call};
#[cfg(target_arch = "x86_64")]
use x86_64::{EXIT, READ, WRITE, system_call};

/// What the program begins with, once there is a stack.
extern "C" fn start() -> ! {
    exit(crate::main())
}

fn exit(code: i32) -> ! {
    // SAFETY: the call ends the program.
    unsafe { system_call(EXIT, [code as usize, 0, 0, 0, 0, 0]) };
    unreachable!("the program has ended")
}

/// Writes to the standard output.
pub fn write(mut bytes: &[u8]) {
    while !bytes.is_empty() {
        // SAFETY: the kernel reads the bytes.
        let written = unsafe { system_call(WRITE, [1, bytes.as_ptr().addr(), bytes.len(), 0, 0, 0]) };
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
        let read = unsafe { system_call(READ, [0, part.as_mut_ptr().addr(), part.len(), 0, 0, 0]) };
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
