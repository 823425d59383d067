//! The activations of wasm on a thread: entering, stopping, leaving.
//!
//! Every call of the host into wasm is an [`Activation`] on the host's stack; the activations of a thread form a list, so that
//! host and wasm calls nest to any depth and over several stores. Whoever stops wasm records why in the innermost one.
//!
//! Invariants
//! A1. `env::current` is null or the address of the innermost activation of this thread. It and all its predecessors live
//!     in frames of [`enter`] that are still on this thread's stack.
//! A2. The store context of an activation outlives it: the caller of [`enter`] promises it.
//! A3. From `enter` until it returns, `linkage` of the store context is written by compiled code of this activation and by
//!     nested calls of `enter` (which restore it) only. All of them run on this thread.
//! A4. While the innermost activation runs compiled code, `linkage` holds the entry trampoline's values; an exit has set the
//!     `last_exit` pair when the host runs. The stack between the two is as W1 of [`crate::vm::stack_walk`] demands.

use crate::env;
use crate::prelude::*;
use crate::sys;
use crate::vm::code_registry;
use crate::vm::records::{VmLinkage, VmStoreContext};
use crate::vm::stack_walk::{self, Frame, Span};
use core::cell::Cell;
use gantry_abi::Trap;
use gantry_pulley::NATIVE_STACK_BYTES;
#[allow(unused_imports, reason = "hosts without signal handlers have no use for them")]
pub(crate) use landing::{Landing, trap_at_fault};
pub(crate) use locals::LocalValue;
use smallvec::SmallVec;
pub(crate) use stack_pointer::stack_pointer;

/// Why wasm stopped.
#[derive(Debug)]
pub(crate) enum StopReason {
    /// The guest did something that it may not.
    Trap(Trap),
    /// A host function failed.
    Error(anyhow::Error),
    /// A host function panicked; the panic goes on at the other side of the wasm frames.
    Panic(env::Payload),
}

/// A frame of compiled code that was on the stack.
#[derive(Clone, Debug)]
pub(crate) struct BacktraceFrame {
    /// Where it was.
    pub(crate) frame: Frame,
    /// Values of its locals; empty if they are not known.
    pub(crate) locals: Vec<LocalValue>,
}

/// Why and where wasm stopped.
#[derive(Debug)]
pub(crate) struct Stop {
    /// Why.
    pub(crate) reason: StopReason,
    /// The frames of compiled code on the stack, innermost first.
    pub(crate) backtrace: Vec<BacktraceFrame>,
    /// The address that could not be accessed, if that was why.
    pub(crate) fault_address: Option<usize>,
}

/// Most frames in a backtrace. Deeper ones are left out: a stack overflow has tens of thousands.
const MAX_BACKTRACE_FRAMES: usize = 128;

/// Bytes of stack below which no wasm runs, whatever `max_wasm_stack` says: room at the end of the thread's own stack for host
/// functions, and for the interpreter. That is kept free of machine code, too: nobody misses it, and calls need not ask.
const HOST_STACK_BYTES: usize = (64 << 10) + NATIVE_STACK_BYTES;

/// One call of the host into wasm.
struct Activation {
    prev: *const Activation,
    store: *mut VmStoreContext,
    /// What `linkage` of the store held before.
    saved: VmLinkage,
    stop: Cell<Option<Box<Stop>>>,
}

/// The stack pointer below which wasm that is entered at `sp` has to stop.
#[inline]
fn stack_limit(prev: *const Activation, sp: usize, max_wasm_stack: usize) -> usize {
    let own = sp.saturating_sub(max_wasm_stack);
    let (low, high) = sys::thread::prepared_stack();
    let own = if (low..high).contains(&sp) { own.max(low + HOST_STACK_BYTES) } else { own };
    if prev.is_null() {
        own
    } else {
        // SAFETY: by A1 the activation is live.
        let store = unsafe { (*prev).store };
        // SAFETY: by A2 the store context of a live activation is live; by A3 nobody writes it meanwhile.
        let limit = unsafe { (&raw const (*store).linkage.stack_limit).read() };
        // All activations of a thread share one stack: a nested one gets no more of it.
        own.max(limit)
    }
}

/// Puts everything back as it was, also when the call unwinds.
struct Restore<'a>(&'a Activation);

impl Drop for Restore<'_> {
    #[inline]
    fn drop(&mut self) {
        env::set_current(self.0.prev.cast());
        // SAFETY: by A2 the store context is live; by A3 nobody else uses its linkage now.
        unsafe { (&raw mut (*self.0.store).linkage).write(self.0.saved) };
    }
}

/// Runs `call`, which calls an array-call address of a function of the store, and gives back why it stopped if it did.
/// Wasm may use `max_wasm_stack` bytes of stack, counted from the outermost activation of the thread.
///
/// # Safety
///
/// `store` is valid until this function returns, and nobody but compiled code and this module accesses its `linkage` until then.
/// Compiled code that runs inside belongs to instances of this store, and is entered through its entry trampoline.
///
/// # Panics
///
/// If the callee says that it stopped, but nobody recorded why.
#[inline]
pub(crate) unsafe fn enter(
    store: *mut VmStoreContext,
    max_wasm_stack: usize,
    call: impl FnOnce() -> bool,
) -> Result<(), Box<Stop>> {
    // SAFETY: the caller promises that the store context is valid (A2).
    let saved = unsafe { (&raw const (*store).linkage).read() };
    let activation = Activation { prev: env::current().cast(), store, saved, stop: Cell::new(None) };
    let limit = stack_limit(activation.prev, stack_pointer(), max_wasm_stack);
    let linkage = VmLinkage { stack_limit: limit, ..VmLinkage::NONE };
    // SAFETY: the caller promises that the store context is valid (A2), and nobody else uses its linkage (A3).
    unsafe { (&raw mut (*store).linkage).write(linkage) };
    env::set_current((&raw const activation).cast());
    let restore = Restore(&activation);
    let finished = call();
    drop(restore);
    if finished { Ok(()) } else { Err(activation.stop.take().expect("whoever stops wasm records why")) }
}

/// The innermost activation of this thread.
fn current() -> Option<&'static Activation> {
    let current: *const Activation = env::current().cast();
    // SAFETY: by A1 the activation is live. The lifetime is longer than the truth, so the reference stays in this module's functions
    // and never outlives a call that it was made in.
    unsafe { current.as_ref() }
}

/// Whether this thread runs wasm or a host function called by wasm.
#[cfg(test)]
pub(crate) fn is_active() -> bool {
    !env::current().is_null()
}

/// Records why wasm has to stop, with the backtrace of this moment. The caller then returns the sentinel to compiled code.
///
/// # Panics
///
/// If no wasm is running on this thread.
#[cold]
pub(crate) fn stop_with(reason: StopReason) {
    let mut backtrace = if matches!(reason, StopReason::Panic(_)) { Vec::new() } else { capture_backtrace() };
    if let (StopReason::Trap(_), Some(innermost)) = (&reason, backtrace.first_mut()) {
        // Code that stops with a trap need not have brought them home.
        innermost.locals.clear();
    }
    record(Box::new(Stop { reason, backtrace, fault_address: None }));
}

/// Records why wasm has to stop, for reasons that bring their backtrace along. The first reason stays.
///
/// # Panics
///
/// If no wasm is running on this thread.
#[cold]
pub(crate) fn record(stop: Box<Stop>) {
    let activation = current().expect("wasm is running on this thread");
    let first = activation.stop.take().unwrap_or(stop);
    activation.stop.set(Some(first));
}

/// The frames of compiled code on this thread's stack, innermost first, over all activations. For host code that was called by
/// wasm, or is not inside of wasm at all.
#[cold]
pub(crate) fn capture_backtrace() -> Vec<BacktraceFrame> {
    backtrace_from(None)
}

/// The span of an activation that was left through an exit.
fn exited_span(linkage: &VmLinkage, return_word: usize) -> Option<Span> {
    if linkage.last_exit_fp == 0 || linkage.entry_fp == 0 {
        return None;
    }
    // SAFETY: by A4 this is the frame pointer of an exit trampoline that is still on the stack.
    let fp = unsafe { stack_walk::caller_fp(linkage.last_exit_fp) };
    let innermost = Frame { pc: linkage.last_exit_pc, is_return: true, fp };
    Some(Span { innermost, entry_fp: linkage.entry_fp, return_word })
}

/// The frames of all activations. The innermost was left through an exit, or faulted at `fault`.
fn backtrace_from(fault: Option<&Fault>) -> Vec<BacktraceFrame> {
    let mut frames = Vec::new();
    let mut visit = |frame: Frame, is_bytecode, has_locals| {
        // The return addresses of a machine are cells.
        let pc = if is_bytecode { code_registry::bytecode_at(frame.pc).unwrap_or(frame.pc) } else { frame.pc };
        let frame = Frame { pc, ..frame };
        // SAFETY: by A4 the frame is live; it is one of compiled code that called.
        let locals = if has_locals && frame.is_return { unsafe { locals::read(&frame) } } else { Vec::new() };
        frames.push(BacktraceFrame { frame, locals });
        frames.len() < MAX_BACKTRACE_FRAMES
    };
    // What the linkage of each store held before the innermost activation of it that has been passed.
    let mut outer: SmallVec<[(*mut VmStoreContext, VmLinkage); 4]> = SmallVec::new();
    let mut next = current();
    let mut fault = fault;
    while let Some(activation) = next {
        let passed = outer.iter().position(|o| o.0 == activation.store);
        let linkage = match passed {
            Some(i) => core::mem::replace(&mut outer[i].1, activation.saved),
            None => {
                outer.push((activation.store, activation.saved));
                // SAFETY: by A2 the store context is live; by A3 nobody writes to it meanwhile.
                unsafe { (&raw const (*activation.store).linkage).read() }
            }
        };
        // SAFETY: by A2 the store context is live; its machine never changes.
        let is_bytecode = !unsafe { (&raw const (*activation.store).machine).read() }.is_null();
        // SAFETY: as above.
        let has_locals = unsafe { (&raw const (*activation.store).debug_locals).read() };
        let return_word = if is_bytecode { 1 } else { stack_walk::RETURN_WORD };
        let span = match fault.take() {
            Some(fault) => {
                let innermost = Frame { pc: fault.pc, is_return: false, fp: fault.fp };
                Some(Span { innermost, entry_fp: linkage.entry_fp, return_word })
            }
            None => exited_span(&linkage, return_word),
        };
        if let Some(span) = span {
            // SAFETY: by A4 the frames between exit or fault and entry are those of compiled code, and stay.
            if !unsafe { stack_walk::walk(span, &mut |frame| visit(frame, is_bytecode, has_locals)) } {
                break;
            }
        }
        // SAFETY: by A1 the predecessors of a live activation are live.
        next = unsafe { activation.prev.as_ref() };
    }
    frames
}

/// Addresses that compiled code can only reach through a null pointer with a small offset; systems map nothing there.
pub(crate) const NULL_REGION_BYTES: usize = 64 << 10;

/// A hardware fault.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fault {
    /// Address of the instruction.
    pub(crate) pc: usize,
    /// Frame pointer.
    pub(crate) fp: usize,
    /// Address that could not be accessed.
    pub(crate) address: Option<usize>,
}

/// Records that an instruction of bytecode stopped: `fault.pc` is its cell. `trap` says why if the code does not.
///
/// # Panics
///
/// If no wasm is running on this thread, or nothing says why.
#[cold]
pub(crate) fn trap_in_bytecode(fault: Fault, trap: Option<Trap>) {
    let recorded = code_registry::bytecode_at(fault.pc).and_then(|pc| code_registry::lookup(pc)?.trap());
    let trap = recorded.or(trap).expect("every trap of compiled code has a site");
    let backtrace = backtrace_from(Some(&fault));
    record(Box::new(Stop { reason: StopReason::Trap(trap), backtrace, fault_address: fault.address }));
}

mod landing;
mod locals;
mod stack_pointer;

#[cfg(all(test, feature = "compile", feature = "wat"))]
mod compiled_tests;

#[cfg(all(test, feature = "compile", feature = "wat"))]
mod stack_map_tests;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(call: impl FnOnce(*mut VmStoreContext) -> bool) -> (Result<(), Box<Stop>>, VmStoreContext) {
        let mut store = VmStoreContext::default();
        let ptr = &raw mut store;
        // SAFETY: the store context outlives the call, and no compiled code runs.
        let result = unsafe { enter(ptr, 512 << 10, || call(ptr)) };
        (result, store)
    }

    fn limit(store: *mut VmStoreContext) -> usize {
        // SAFETY: the store context lives during the call.
        unsafe { (*store).linkage.stack_limit }
    }

    #[test]
    fn linkage_is_set_inside_and_restored_outside() {
        let (result, store) = check(|store| {
            assert!(is_active());
            let room = stack_pointer() - limit(store);
            assert!((256 << 10..=512 << 10).contains(&room), "{room}");
            true
        });
        assert!(result.is_ok() && !is_active());
        assert_eq!(store.linkage.stack_limit, usize::MAX);
    }

    #[test]
    fn the_reason_reaches_the_activation_that_stops() {
        let (result, _) = check(|_| {
            let (inner, _) = check(|_| {
                stop_with(StopReason::Trap(Trap::Unreachable));
                false
            });
            assert!(matches!(inner.unwrap_err().reason, StopReason::Trap(Trap::Unreachable)));
            stop_with(StopReason::Error(anyhow::anyhow!("outer")));
            stop_with(StopReason::Trap(Trap::Interrupt));
            false
        });
        let stop = result.unwrap_err();
        assert!(matches!(&stop.reason, StopReason::Error(e) if e.to_string() == "outer"));
        assert!(stop.backtrace.is_empty() && stop.fault_address.is_none());
    }

    #[test]
    fn nested_activations_get_no_more_stack() {
        let (result, _) = check(|outer| {
            let expected = limit(outer);
            let (inner, _) = check(|inner| {
                assert_eq!(limit(inner), expected);
                true
            });
            inner.is_ok()
        });
        assert!(result.is_ok());
    }

    #[test]
    fn small_threads_keep_room_for_the_host() {
        let thread = std::thread::Builder::new().stack_size(256 << 10).spawn(|| {
            let (result, _) = check(|store| {
                let (low, _) = sys::thread::prepared_stack();
                assert_eq!(limit(store), low + HOST_STACK_BYTES);
                true
            });
            assert!(result.is_ok());
        });
        thread.unwrap().join().unwrap();
    }

    #[test]
    fn unwinding_leaves_the_activation() {
        let mut store = VmStoreContext::default();
        let ptr = (&raw mut store).expose_provenance();
        let result = std::panic::catch_unwind(|| {
            let store = core::ptr::with_exposed_provenance_mut(ptr);
            // SAFETY: the store context outlives the call, and no compiled code runs.
            let _ = unsafe { enter(store, 1 << 16, || panic!("host")) };
        });
        assert!(result.is_err() && !is_active());
        assert_eq!(store.linkage.stack_limit, usize::MAX);
    }

    #[test]
    fn faults_outside_of_wasm_are_nobodys() {
        let fault = Fault { pc: 0x1000, fp: 0, address: None };
        assert!(trap_at_fault(fault, |_| true).is_none());
        let (result, _) = check(|_| trap_at_fault(fault, |_| true).is_none());
        assert!(result.is_ok());
    }
}
