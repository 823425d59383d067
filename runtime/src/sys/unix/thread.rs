//! What a thread needs before it runs compiled code: an alternate signal stack, and where its stack ends.
//!
//! Invariants
//! H1. An alternate stack that this module installs is unmapped only by the destructor of the thread-local value that owns
//!     it, after it was switched off. No signal handler of ours runs then: handlers return before compiled code goes on.

use crate::vm::mmap::{Mmap, page_size};
use std::cell::{Cell, RefCell};
use std::mem::MaybeUninit;
use std::ptr::null_mut;

/// Bytes of an alternate stack without its guard page: enough for other handlers in the process that unwind and symbolize.
const ALTERNATE_STACK_BYTES: usize = 256 << 10;

/// An installed alternate stack; its first page is inaccessible.
struct AlternateStack(Mmap);

/// How far a thread is prepared.
struct Prepared {
    /// 1: the stack's bounds are known. 2: the thread has an alternate signal stack as well.
    steps: Cell<u8>,
    /// Bounds of the thread's own stack; empty if unknown.
    stack: Cell<(usize, usize)>,
}

thread_local! {
    static PREPARED: Prepared = const { Prepared { steps: Cell::new(0), stack: Cell::new((0, 0)) } };
    static ALTERNATE_STACK: RefCell<Option<AlternateStack>> = const { RefCell::new(None) };
}

/// Prepares this thread for compiled code, if it is not yet. Gives the lowest usable address of its own stack and the end of it;
/// an empty range if the system does not say.
#[inline]
pub(crate) fn prepared_stack() -> (usize, usize) {
    PREPARED.with(|prepared| {
        let required = 1 + u8::from(super::signals::installed());
        if prepared.steps.get() != required {
            prepare(prepared, required);
        }
        prepared.stack.get()
    })
}

#[cold]
fn prepare(prepared: &Prepared, required: u8) {
    if required == 2 {
        ensure_alternate_stack();
    }
    prepared.stack.set(stack_bounds().unwrap_or((0, 0)));
    prepared.steps.set(required);
}

fn current_alternate_stack() -> libc::stack_t {
    let mut current = MaybeUninit::<libc::stack_t>::zeroed();
    // SAFETY: the pointer is valid for writes; a null new stack changes nothing.
    let result = unsafe { libc::sigaltstack(std::ptr::null(), current.as_mut_ptr()) };
    assert_eq!(result, 0, "the alternate stack can be asked for");
    // SAFETY: zeroed is valid for this plain C structure, and the call filled it in.
    unsafe { current.assume_init() }
}

impl Drop for AlternateStack {
    fn drop(&mut self) {
        if current_alternate_stack().ss_sp.cast() == self.0.base().as_ptr().wrapping_add(page_size()) {
            let off = libc::stack_t { ss_sp: null_mut(), ss_flags: libc::SS_DISABLE, ss_size: 0 };
            // SAFETY: switching the stack off is allowed while no handler runs on it (H1).
            let result = unsafe { libc::sigaltstack(&raw const off, null_mut()) };
            assert_eq!(result, 0, "an alternate stack that no handler runs on can be switched off");
        }
    }
}

/// Gives the current thread an alternate signal stack of at least 256 KiB, unless it has one. Without memory for one the
/// thread goes on without: its handlers then run on the stack that faulted.
fn ensure_alternate_stack() {
    let current = current_alternate_stack();
    if current.ss_flags & libc::SS_DISABLE == 0 && current.ss_size >= ALTERNATE_STACK_BYTES {
        return;
    }
    let guard = page_size();
    let Ok(map) = Mmap::reserve(guard + ALTERNATE_STACK_BYTES) else { return };
    if map.make_accessible(guard..map.len()).is_err() {
        return;
    }
    let new = libc::stack_t {
        ss_sp: map.base().as_ptr().wrapping_add(guard).cast(),
        ss_flags: 0,
        ss_size: map.len() - guard,
    };
    // SAFETY: the memory is accessible and stays mapped until it is switched off (H1).
    if unsafe { libc::sigaltstack(&raw const new, null_mut()) } != 0 {
        return;
    }
    // A thread that is already running its destructors keeps the mapping for good: there is no later moment to free it.
    let mut stack = Some(AlternateStack(map));
    if ALTERNATE_STACK.try_with(|slot| *slot.borrow_mut() = stack.take()).is_err() {
        std::mem::forget(stack);
    }
}

/// The lowest usable address of the current thread's own stack and the end of it; `None` if the system does not say.
fn stack_bounds() -> Option<(usize, usize)> {
    let mut attributes = MaybeUninit::<libc::pthread_attr_t>::uninit();
    // SAFETY: naming the current thread is always allowed.
    let thread = unsafe { libc::pthread_self() };
    // SAFETY: the thread is the current one, and the pointer is valid for writes.
    if unsafe { libc::pthread_getattr_np(thread, attributes.as_mut_ptr()) } != 0 {
        return None;
    }
    let (mut low, mut size, mut guard) = (null_mut(), 0, 0);
    // SAFETY: the attributes were filled in by the successful call above; the other pointers are valid for writes.
    let stack = unsafe { libc::pthread_attr_getstack(attributes.as_ptr(), &raw mut low, &raw mut size) };
    // SAFETY: as above.
    let guarded = unsafe { libc::pthread_attr_getguardsize(attributes.as_ptr(), &raw mut guard) };
    // SAFETY: as above; the attributes are not used any more.
    unsafe { libc::pthread_attr_destroy(attributes.as_mut_ptr()) };
    // Some C libraries count the guard as part of the stack.
    (stack == 0 && guarded == 0).then(|| (low.addr() + guard, low.addr() + size))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_get_an_alternate_stack_once() {
        std::thread::spawn(|| {
            ensure_alternate_stack();
            let first = current_alternate_stack();
            assert!(first.ss_size >= ALTERNATE_STACK_BYTES);
            ensure_alternate_stack();
            assert_eq!(current_alternate_stack().ss_sp, first.ss_sp);
        })
        .join()
        .unwrap();
    }

    #[test]
    fn stack_bounds_hold_the_current_frame() {
        for bytes in [64 << 10, 2 << 20] {
            std::thread::Builder::new()
                .stack_size(bytes)
                .spawn(move || {
                    let (low, high) = stack_bounds().unwrap();
                    assert!((low..high).contains(&crate::vm::activation::stack_pointer()));
                    assert!(high - low >= bytes - page_size() * 2 && high - low < bytes + (1 << 20));
                })
                .unwrap()
                .join()
                .unwrap();
        }
    }
}
