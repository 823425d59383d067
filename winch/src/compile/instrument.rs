//! What tools ask for: counters of calls and loop iterations, and locals that debuggers find.
//!
//! With the option `debug_locals` every local is in its home at each call and at each loop head, whatever registers hold it
//! as well. Homes never change, so that one table per function says where its locals are.

use super::Compiler;
use super::state::Slot;
use crate::masm::*;
use gantry_abi::artifact::LocalHome;
use gantry_abi::layout::Offset;
use gantry_abi::{CompileError, ValType};
use wasmparser::{FuncValidator, ValidatorResources};

impl<M: MacroAssembler> Compiler<'_, M> {
    /// Counts a call, at the function's entry.
    pub(super) fn count_call(&mut self) {
        self.increment(self.layout.counter.calls);
    }

    /// Counts an iteration, at a loop's head.
    pub(super) fn count_iteration(&mut self) {
        self.increment(self.layout.counter.iterations);
    }

    fn increment(&mut self, counter: Offset) {
        if !self.options.execution_counters {
            return;
        }
        let (counters, value) = (M::REGS.callee, M::MOVE_SCRATCH.0);
        let offset = self.layout.counter.record(self.input.func) + counter;
        self.masm.load(counters.into(), Addr::field(LoadKind::I64, M::REGS.vmctx, self.layout.counters));
        self.masm.load(value.into(), Addr::field(LoadKind::I64, counters, offset));
        self.masm.alu(AluOp::Add, Size::S64, value, value, RegImm::Imm(1));
        self.masm.store(value.into(), Addr::field(StoreKind::I64, counters, offset));
    }

    /// Brings locals home for debuggers. Registers still hold them.
    pub(super) fn expose_locals(&mut self) {
        if !self.options.debug_locals {
            return;
        }
        for reg in self.s.owned & !self.s.clean {
            let index = self.s.owner[reg.index()];
            if index < self.num_locals {
                let Slot { ty, home, .. } = self.s.slots[index as usize];
                self.masm.spill(ty, reg, home);
                self.s.clean.insert(reg);
            }
        }
    }

    /// Where the locals are whenever [`Compiler::expose_locals`] has been called.
    pub(super) fn local_homes(
        &self,
        validator: &FuncValidator<ValidatorResources>,
    ) -> Result<Vec<LocalHome>, CompileError> {
        (0..)
            .zip(&self.s.slots[..self.num_locals as usize])
            .map(|(local, slot)| {
                let ty = validator.get_local_type(local).expect("it was declared");
                let ty: ValType = gantry_frontend::val_type(ty).map_err(|feature| self.unsupported(feature))?;
                Ok(LocalHome { ty, offset: slot.home })
            })
            .collect()
    }
}
