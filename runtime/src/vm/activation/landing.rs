//! Faults of compiled code, for signal handlers.
#![allow(dead_code, reason = "hosts without signal handlers have no use for it")]

use super::{Fault, Stop, StopReason, backtrace_from, current};
use crate::prelude::*;
use crate::vm::code_registry;
use gantry_abi::Trap;

/// Where a thread goes on after a fault.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Landing {
    /// Address of the entry trampoline's landing pad.
    pub(crate) pc: usize,
    /// Its stack pointer.
    pub(crate) sp: usize,
    /// Its frame pointer. Where there is no such register, the landing pad needs none.
    #[cfg_attr(target_arch = "s390x", expect(dead_code, reason = "s390x has no frame pointer"))]
    pub(crate) fp: usize,
}

/// Called by the signal handler: if the fault is a trap of the wasm that this thread runs, records it and says where to go on.
/// `plausible` tells whether this kind of fault can come from that kind of trap site.
pub(crate) fn trap_at_fault(fault: Fault, plausible: impl FnOnce(Trap) -> bool) -> Option<Landing> {
    let activation = current()?;
    if let Some(pc) = gantry_pulley::landing(fault.pc) {
        // SAFETY: by A2 the store context is live, and so is the machine whose handler faulted.
        let machine = unsafe { (&raw const (*activation.store).machine).read() };
        // SAFETY: as above; the machine's run is interrupted.
        let sp = unsafe { (&raw const (*machine).native_sp).read() };
        return Some(Landing { pc, sp, fp: fault.fp });
    }
    let trap = code_registry::lookup(fault.pc)?.trap()?;
    // SAFETY: by A2 the store context is live; the compiled code that may write to it is interrupted.
    let linkage = unsafe { (&raw const (*activation.store).linkage).read() };
    if !plausible(trap) || linkage.entry_fp == 0 {
        return None;
    }
    // From here on the fault is known to be one of compiled code: allocating is fine.
    let backtrace = backtrace_from(Some(&fault));
    activation.stop.set(Some(Box::new(Stop {
        reason: StopReason::Trap(trap),
        backtrace,
        fault_address: fault.address,
    })));
    Some(Landing { pc: linkage.entry_pc, sp: linkage.entry_sp, fp: linkage.entry_fp })
}
