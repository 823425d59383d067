//! Running code that is not trusted: any bytes at all.
//!
//! The portable executor, with checks: code accesses the stack and the memories that it was given, calls functions of its own
//! code, returns to where a call came from, and ends after a number of operations. Whatever else it tries is a trap. That
//! branches stay in their function is checked when it is predecoded, in all modes.

use crate::cell::Pc;
use crate::code::{Code, Slot};
use crate::exec;
use crate::machine::{Machine, Stop, call};
use crate::state::{Exit, State};
use alloc::vec::Vec;
use core::ops::Range;
use hashbrown::HashSet;

/// A load or store that code made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access {
    /// Where.
    pub address: usize,
    /// How many bytes.
    pub bytes: usize,
    /// Whether it wrote.
    pub store: bool,
}

/// What code may do.
#[derive(Debug)]
pub(crate) struct Checks {
    /// Addresses that it may access.
    memories: Vec<Range<usize>>,
    /// Addresses of its slots.
    slots: Range<usize>,
    /// Cells behind calls, and the one that ends the run.
    returns: HashSet<usize>,
    /// Operations that it may execute.
    steps: u64,
    /// What it loaded and stored, if somebody wants to know.
    accesses: Option<Vec<Access>>,
}

impl Checks {
    pub(crate) fn note_access(&mut self, access: Access) {
        if let Some(accesses) = &mut self.accesses {
            accesses.push(access);
        }
    }

    pub(crate) fn allows(&self, at: usize, size: usize) -> bool {
        let Some(end) = at.checked_add(size) else { return false };
        self.memories.iter().any(|m| m.start <= at && end <= m.end)
    }

    pub(crate) fn is_function(&self, slot: *const Slot) -> bool {
        let at = slot.addr();
        self.slots.contains(&at) && (at - self.slots.start).is_multiple_of(size_of::<Slot>())
    }

    pub(crate) fn note_return(&mut self, pc: Pc) {
        self.returns.insert(pc.addr());
    }

    pub(crate) fn is_return(&self, pc: Pc) -> bool {
        self.returns.contains(&pc.addr())
    }
}

/// The portable executor, checking.
///
/// # Safety
///
/// The state and its checks are valid, and nobody else uses them; `pc` is a cell.
pub(crate) unsafe fn run(s: *mut State, mut pc: Pc) {
    // SAFETY: the caller promises the state.
    let checks = unsafe { (*s).checks };
    while !pc.is_null() {
        // SAFETY: the caller promises that the checks are valid.
        let steps = unsafe { &mut (*checks).steps };
        if *steps == 0 {
            // SAFETY: the caller promises the state.
            unsafe { (*s).exit = Exit::OutOfSteps };
            return;
        }
        *steps -= 1;
        // SAFETY: checked operations lead from cells to cells, whatever the code.
        pc = unsafe { exec::step::<true>(s, pc) };
    }
}

/// Calls a function of code that is not trusted, with integer arguments in `x0` and so on. It may access `memory` and the
/// machine's stack, and execute `steps` operations. The machine's host function is called as trusted code calls it: it must not
/// trust what it finds in the registers.
///
/// # Errors
///
/// If the call does not return.
///
/// # Panics
///
/// If the code was loaded for the fast executor.
pub fn call_checked(
    machine: &mut Machine,
    code: &Code,
    start: u32,
    args: &[u64; 8],
    memory: &mut [u8],
    steps: u64,
) -> Result<(), Stop> {
    run_checked(machine, code, start, args, &mut [memory], steps, None).0
}

/// As [`call_checked`], with several pieces of memory, and says which loads and stores the call made, in order: those of
/// registers that calls save, and what is read to check bounds, are not among them.
///
/// # Panics
///
/// As [`call_checked`].
pub fn call_observed(
    machine: &mut Machine,
    code: &Code,
    start: u32,
    args: &[u64; 8],
    memories: &mut [&mut [u8]],
    steps: u64,
) -> (Result<(), Stop>, Vec<Access>) {
    run_checked(machine, code, start, args, memories, steps, Some(Vec::new()))
}

fn run_checked(
    machine: &mut Machine,
    code: &Code,
    start: u32,
    args: &[u64; 8],
    memories: &mut [&mut [u8]],
    steps: u64,
    accesses: Option<Vec<Access>>,
) -> (Result<(), Stop>, Vec<Access>) {
    assert!(!code.options().fast, "code that is not trusted runs on the portable executor");
    let Some(slot) = code.slot(start) else { return (Err(Stop::Malformed { start }), Vec::new()) };
    let memories = memories.iter_mut().map(|memory| {
        let memory = memory.as_mut_ptr_range();
        memory.start.expose_provenance()..memory.end.addr()
    });
    let slots = code.slots().as_ptr_range();
    let mut checks = Checks {
        memories: core::iter::once(machine.stack_addresses()).chain(memories).collect(),
        slots: slots.start.expose_provenance()..slots.end.addr(),
        returns: HashSet::new(),
        steps,
        accesses,
    };
    let state = machine.state();
    // SAFETY: the machine is borrowed exclusively.
    unsafe { (*state).checks = &raw mut checks };
    // SAFETY: as above.
    let watched = unsafe { (*state).watched_run.replace(run) };
    // SAFETY: as above. What the code does is checked, operation by operation.
    let result = unsafe { call(state, slot, args) };
    // SAFETY: as above.
    unsafe { (*state).checks = core::ptr::null_mut() };
    // SAFETY: as above.
    unsafe { (*state).watched_run = watched };
    (result, checks.accesses.unwrap_or_default())
}
