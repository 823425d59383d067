//! The two ways of trapping: an instruction that faults, or a call into the runtime.

use super::Compiler;
use super::state::Stub;
use crate::masm::*;
use crate::reg::Gp;
use gantry_abi::{Libcall, Trap};
use gantry_emit::{Label, Symbol};

impl<M: MacroAssembler> Compiler<'_, M> {
    /// Whether hardware faults become traps.
    #[inline]
    pub(super) fn signals(&self) -> bool {
        self.options.signals_based_traps
    }

    /// A place behind the function that stops, for the current operator.
    pub(super) fn trap_label(&mut self, trap: Trap) -> Label {
        let label = self.masm.buffer().label();
        let offset = u32::try_from(self.offset).unwrap_or(u32::MAX);
        self.s.stubs.push(Stub::Trap { label, trap, offset });
        label
    }

    /// Stops if the condition holds.
    #[inline]
    pub(super) fn trap_if(&mut self, cond: Cond, trap: Trap) {
        let label = self.trap_label(trap);
        self.masm.branch(cond, label);
    }

    /// Stops always. Code here has ended.
    pub(super) fn trap(&mut self, trap: Trap) {
        self.stop(trap, M::REGS.vmctx);
        self.reachable = false;
    }

    /// The instructions that stop. `vmctx`: where the vmctx is.
    fn stop(&mut self, trap: Trap, vmctx: Gp) {
        if self.signals() {
            self.masm.trap(trap);
        } else {
            self.calls = true;
            self.masm.libcall_trap(vmctx, trap.code());
            self.masm.call(Callee::Symbol(Symbol::LibcallThunk(Libcall::trap)));
            self.masm.never();
        }
    }

    /// Emits what stands behind the function.
    pub(super) fn emit_stubs(&mut self) {
        let mut at = 0;
        while let Some(&stub) = self.s.stubs.get(at) {
            at += 1;
            match stub {
                Stub::Trap { label, trap, offset } => {
                    self.stub_starts(label, offset);
                    self.stop(trap, M::REGS.vmctx);
                }
                Stub::Overflow { label, vmctx } => {
                    self.stub_starts(label, u32::MAX);
                    self.stop(Trap::StackOverflow, vmctx);
                }
                Stub::Interrupt { label, back, libcall, offset, saves, references } => {
                    self.stub_starts(label, offset);
                    self.emit_interrupt(back, libcall, saves, references);
                }
            }
        }
    }

    fn stub_starts(&mut self, label: Label, offset: u32) {
        let mapped = self.options.source_map.then_some(offset).filter(|&offset| offset != u32::MAX);
        let buffer = self.masm.buffer();
        buffer.bind(label);
        buffer.source(mapped);
    }
}
