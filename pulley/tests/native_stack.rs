//! How much of the thread's own stack a call takes: what embedders reserve for it is enough.

use gantry_pulley::{Code, CodeOptions, FAST, Machine, NATIVE_STACK_BYTES, State, call};
use pulley_interpreter::encode;
use pulley_interpreter::regs::XReg;
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The lowest address of the stack at which somebody allocated, or the host was called.
static LOWEST: AtomicUsize = AtomicUsize::new(usize::MAX);

fn note() {
    let here = 0u8;
    LOWEST.fetch_min((&raw const here).addr(), Ordering::Relaxed);
}

/// Notes where it is called.
struct Watching;

// SAFETY: the system's allocator does everything.
unsafe impl GlobalAlloc for Watching {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        note();
        // SAFETY: the caller promises what it does to us.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { System.dealloc(ptr, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Watching = Watching;

unsafe fn host(_: *mut State, _: u8) -> bool {
    note();
    true
}

/// Bytes between the caller of a run and the deepest place of it that is seen.
fn depth(text: &[u8], fast: bool) -> usize {
    let options = CodeOptions { fast, ..CodeOptions::default() };
    // SAFETY: the text outlives the code.
    let code = unsafe { Code::new(text, [(0, None)], options) }.expect("loads");
    let machine = Machine::new(4096, host).expect("there is memory");
    let slot = code.slot(0).expect("a function");
    let here = 0u8;
    LOWEST.store(usize::MAX, Ordering::Relaxed);
    // SAFETY: the machine is this function's, and the code only calls the host.
    unsafe { call(machine.state(), slot, &[]) }.expect("it returns");
    (&raw const here).addr() - LOWEST.load(Ordering::Relaxed)
}

#[test]
fn calls_take_less_native_stack_than_is_reserved() {
    let mut calls = Vec::new();
    encode::call_indirect_host(&mut calls, 0u8);
    encode::ret(&mut calls);
    let mut extended = Vec::new();
    encode::xbmask64(&mut extended, XReg::x0, XReg::x1);
    encode::ret(&mut extended);
    for text in [calls, extended] {
        for fast in [false, FAST] {
            let depth = depth(&text, fast);
            println!("{depth} of {NATIVE_STACK_BYTES}");
            // What is deeper than any allocation is little.
            assert!(depth > 0 && depth + NATIVE_STACK_BYTES / 4 <= NATIVE_STACK_BYTES, "{depth} bytes, fast: {fast}");
        }
    }
}
