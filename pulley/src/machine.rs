//! Running code.

use crate::cell::Pc;
use crate::code::Slot;
use crate::exec;
use crate::op::numbers;
use crate::profile::Profile;
use crate::state::{Exit, HostCall, SP, State, TrapKind};
use alloc::alloc::{Layout, alloc, dealloc};
use alloc::boxed::Box;
use core::fmt;
use core::ptr::NonNull;
use core::sync::atomic::Ordering;

/// Bytes of the thread's own stack that a call takes at most, without what host functions take: the machine's code does not use it.
/// Most of it is for predecoding, which compilers that do not optimize give much more.
pub const NATIVE_STACK_BYTES: usize = if cfg!(unoptimized) { 96 << 10 } else { 16 << 10 };

/// Alignment of the stack.
const STACK_ALIGN: usize = 16;

/// Memory for a machine could not be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no memory for a stack of {bytes} bytes")]
pub struct OutOfMemory {
    /// Bytes that were asked for.
    pub bytes: usize,
}

/// Why a call did not return.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stop {
    /// A host function, or `call_indirect_host` on behalf of compiled code, said so.
    Host,
    /// An instruction that cannot go on.
    Trap {
        /// What it did.
        kind: TrapKind,
        /// Its cell: [`crate::Code::offset_of`].
        cell: usize,
        /// The frame pointer.
        fp: usize,
    },
    /// As many operations were executed as a checked call may.
    OutOfSteps,
    /// A function that was called is no code.
    Malformed {
        /// Where it begins in its text.
        start: u32,
    },
}

/// A machine: registers and a stack.
///
/// Invariants
/// M1. `state` was made from a box and is freed by `Drop`. It is only accessed through the raw pointer, since host functions
///     call code on the same machine again while an outer run is suspended.
/// M2. `stack` was allocated with `layout`.
pub struct Machine {
    state: NonNull<State>,
    stack: NonNull<u8>,
    layout: Layout,
    profile: Option<Box<Profile>>,
}

impl fmt::Debug for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Machine").field("stack_bytes", &self.layout.size()).finish_non_exhaustive()
    }
}

// SAFETY: whoever owns the machine owns state and stack.
unsafe impl Send for Machine {}

impl Machine {
    /// A machine with this much stack. Pages of it that are not used cost nothing on hosts with virtual memory.
    ///
    /// # Errors
    ///
    /// If there is not so much memory.
    pub fn new(stack_bytes: usize, host: HostCall) -> Result<Self, OutOfMemory> {
        let bytes = stack_bytes.max(STACK_ALIGN) / STACK_ALIGN * STACK_ALIGN;
        let layout = Layout::from_size_align(bytes, STACK_ALIGN).map_err(|_| OutOfMemory { bytes })?;
        // SAFETY: the layout has a size.
        let stack = unsafe { alloc(layout) };
        let stack = NonNull::new(stack).ok_or(OutOfMemory { bytes })?;
        let mut state = Box::new(State::new(host));
        state.stack_base = stack.as_ptr();
        state.regs.x[SP] = (stack.as_ptr().expose_provenance() + bytes) as u64;
        Ok(Self { state: NonNull::from(Box::leak(state)), stack, layout, profile: None })
    }

    /// Starts to count what is executed.
    pub fn start_profile(&mut self) {
        let state = self.state.as_ptr();
        // SAFETY: by M1 the state is valid, and no code runs while the machine is borrowed.
        unsafe { (*state).profile = &raw mut **self.profile.get_or_insert_default() };
        // SAFETY: as above.
        unsafe { (*state).watched_run = Some(crate::profile::run) };
    }

    /// What was executed since [`Machine::start_profile`].
    pub fn profile(&self) -> Option<&Profile> {
        self.profile.as_deref()
    }

    /// The addresses of its stack.
    pub(crate) fn stack_addresses(&self) -> core::ops::Range<usize> {
        let base = self.stack.as_ptr().addr();
        base..base + self.layout.size()
    }

    /// The machine's state, for [`call`].
    pub fn state(&self) -> *mut State {
        self.state.as_ptr()
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        // SAFETY: by M1 it came from a box.
        drop(unsafe { Box::from_raw(self.state.as_ptr()) });
        // SAFETY: by M2 the stack has this layout.
        unsafe { dealloc(self.stack.as_ptr(), self.layout) };
    }
}

/// Registers that a call preserves whatever happens in it.
struct Saved {
    x: [u64; 16],
    fp: *mut u8,
    lr: Pc,
    native_sp: usize,
}

/// Calls a function with these integer arguments in `x0` and so on, on the portable executor, or, if its code was loaded for
/// that, the fast one. Results stay in the registers.
///
/// Host functions may call again: the machine goes on with its stack. Afterwards the callee-saved registers, the frame and the
/// stack are as before the call, however it ended.
///
/// # Errors
///
/// If the call does not return.
///
/// # Safety
///
/// The state is that of a machine that is alive and used by this thread only. The slot is one of code that is loaded, and so
/// is all code that it calls; all of it was loaded for the same executor. It was made by a compiler for this host, and what
/// the arguments mean to it is so.
pub unsafe fn call(state: *mut State, slot: &Slot, args: &[u64]) -> Result<(), Stop> {
    // SAFETY: the caller promises that the state is valid; no reference lives across the run.
    let s = unsafe { &mut *state };
    let mut saved = Saved { x: [0; 16], fp: s.fp, lr: s.lr, native_sp: s.native_sp };
    saved.x.copy_from_slice(&s.regs.x[16..]);
    s.regs.x[..args.len()].copy_from_slice(args);
    s.exit = Exit::Running;
    s.slot = slot;
    let fast = slot.code().options().fast;
    let finish = crate::handlers::lone_cell(numbers::finish, fast);
    s.lr = finish.as_ptr();
    if !s.checks.is_null() {
        let lr = s.lr;
        // SAFETY: as above.
        unsafe { (*s.checks).note_return(lr) };
    }
    let first: Pc = slot.cells.load(Ordering::Acquire);
    if let Some(run) = s.watched_run {
        // SAFETY: the caller promises state and code; whoever set this made what it needs.
        unsafe { run(state, first) };
    } else if fast {
        // SAFETY: the caller promises state and code.
        unsafe { crate::handlers::run(state, first) };
    } else {
        // SAFETY: as above.
        unsafe { exec::run(state, first) };
    }
    // SAFETY: as above; the run is over.
    let s = unsafe { &mut *state };
    let stop = match s.exit {
        Exit::Returned => None,
        Exit::Stopped => Some(Stop::Host),
        Exit::Trap(kind) => Some(Stop::Trap { kind, cell: s.exit_pc.addr(), fp: s.fp.addr() }),
        // SAFETY: the slot is one of code that is loaded.
        Exit::Malformed => Some(Stop::Malformed { start: unsafe { (*s.slot).start() } }),
        Exit::OutOfSteps => Some(Stop::OutOfSteps),
        Exit::Running => unreachable!("runs end for a reason"),
    };
    s.regs.x[16..].copy_from_slice(&saved.x);
    (s.fp, s.lr, s.native_sp) = (saved.fp, saved.lr, saved.native_sp);
    stop.map_or(Ok(()), Err)
}
