//! Pausing and stopping guests: fuel and epochs.
//!
//! Fuel is counted in a home of the frame. It is written to the store context before anything that can look at it (calls,
//! returns, `unreachable`) and read back after calls: at the same operators as in optimized code, so that both see the
//! same numbers. Costs are added up per straight-line run.

use super::Compiler;
use super::state::*;
use crate::masm::*;
use crate::reg::Reg;
use gantry_abi::{AbiType, Libcall};
use gantry_emit::{Label, Symbol};

impl<M: MacroAssembler> Compiler<'_, M> {
    /// The checks at the function's entry.
    pub(super) fn start_interrupts(&mut self) {
        self.reload_fuel();
        self.count_call();
        self.expose_locals();
        self.check_interrupts();
    }

    /// The checks at function entries and loop heads.
    pub(super) fn check_interrupts(&mut self) {
        if self.options.consume_fuel {
            let home = self.fuel_home;
            let temp = M::REGS.callee;
            self.masm.fill(AbiType::I64, temp.into(), home);
            let cond = Cond::Int { cc: IntCc::GeS, size: Size::S64, a: temp, b: RegImm::Imm(0) };
            self.interrupt(cond, Libcall::out_of_fuel);
        }
        if self.options.epoch_interruption {
            let (now, deadline) = (M::REGS.callee, M::MOVE_SCRATCH.0);
            let vmctx = M::REGS.vmctx;
            self.masm.load(now.into(), Addr::field(LoadKind::I64, vmctx, self.layout.epoch_counter));
            self.masm.load(now.into(), Addr::field(LoadKind::I64, now, 0));
            self.masm.load(deadline.into(), Addr::field(LoadKind::I64, vmctx, self.layout.store));
            let field = Addr::field(LoadKind::I64, deadline, self.layout.store_context.epoch_deadline);
            self.masm.load(deadline.into(), field);
            let cond = Cond::Int { cc: IntCc::GeU, size: Size::S64, a: now, b: RegImm::Reg(deadline) };
            self.interrupt(cond, Libcall::new_epoch);
        }
    }

    /// Asks the host if the condition holds, behind the function's code. All values stay where they are.
    fn interrupt(&mut self, cond: Cond, libcall: Libcall) {
        self.calls = true;
        let (label, back) = (self.masm.buffer().label(), self.masm.buffer().label());
        let first = u32::try_from(self.s.saves.len()).expect("few interruptions per function");
        for reg in self.s.owned {
            let index = self.s.owner[reg.index()];
            let slot = self.s.slots[index as usize];
            if !self.survives_calls(reg, index) {
                self.s.saves.push((reg, slot.ty, slot.home));
            }
        }
        let last = u32::try_from(self.s.saves.len()).expect("few interruptions per function");
        let offset = u32::try_from(self.offset).unwrap_or(u32::MAX);
        let references = self.reference_homes(self.height());
        self.s.stubs.push(Stub::Interrupt { label, back, libcall, offset, saves: (first, last), references });
        self.masm.branch(cond, label);
        self.masm.buffer().bind(back);
    }

    /// What the host is asked with. Values are kept in their homes meanwhile: what stands there is older or the same.
    pub(super) fn emit_interrupt(&mut self, back: Label, libcall: Libcall, saves: (u32, u32), references: (u32, u32)) {
        self.write_fuel();
        for at in saves.0..saves.1 {
            let (reg, ty, home) = self.s.saves[at as usize];
            self.masm.spill(ty, reg, home);
        }
        let vmctx = M::HOST_ARGUMENTS[0];
        self.masm.mov(Size::S64, vmctx, M::REGS.vmctx);
        self.masm.call(Callee::Symbol(Symbol::LibcallThunk(libcall)));
        self.stack_map(references);
        if libcall == Libcall::new_epoch {
            // The deadline is read from the store context every time.
            let (store, result) = (M::REGS.callee, M::HOST_RESULT);
            self.masm.load(store.into(), Addr::field(LoadKind::I64, M::REGS.vmctx, self.layout.store));
            let field = Addr::field(StoreKind::I64, store, self.layout.store_context.epoch_deadline);
            self.masm.store(result.into(), field);
        }
        self.reload_fuel();
        // The epilogue is there already: a register that it does not restore is the caller's.
        if self.uses_memory_base {
            self.reload_memory_base();
        }
        for at in saves.0..saves.1 {
            let (reg, ty, home) = self.s.saves[at as usize];
            self.masm.fill(ty, reg, home);
        }
        self.masm.jump(back);
    }

    /// Adds the fuel of the operators so far to the counter.
    pub(super) fn flush_fuel(&mut self) {
        let cost = std::mem::take(&mut self.pending_fuel);
        if cost != 0 {
            let home = self.fuel_home;
            self.masm.add_to_home(home, cost);
        }
    }

    /// Writes the fuel to the store context, where others can see it.
    pub(super) fn save_fuel(&mut self) {
        if self.options.consume_fuel {
            self.flush_fuel();
            self.write_fuel();
        }
    }

    fn write_fuel(&mut self) {
        if !self.options.consume_fuel {
            return;
        }
        let (store, fuel) = (M::REGS.callee, M::MOVE_SCRATCH.0);
        let home = self.fuel_home;
        self.masm.load(store.into(), Addr::field(LoadKind::I64, M::REGS.vmctx, self.layout.store));
        self.masm.fill(AbiType::I64, fuel.into(), home);
        self.masm.store(fuel.into(), Addr::field(StoreKind::I64, store, self.layout.store_context.fuel));
    }

    /// Reads the fuel back.
    pub(super) fn reload_fuel(&mut self) {
        if !self.options.consume_fuel {
            return;
        }
        let temp = M::REGS.callee;
        let home = self.fuel_home;
        self.masm.load(temp.into(), Addr::field(LoadKind::I64, M::REGS.vmctx, self.layout.store));
        self.masm.load(temp.into(), Addr::field(LoadKind::I64, temp, self.layout.store_context.fuel));
        self.masm.spill(AbiType::I64, temp.into(), home);
    }

    /// Whether a register keeps the value of this slot during calls.
    #[inline]
    pub(super) fn survives_calls(&self, reg: Reg, slot: u32) -> bool {
        M::REGS.preserved.contains(reg)
            && self.s.slots[slot as usize].ty != AbiType::V128
            && !self.s.references.contains(slot)
    }

    /// After a call that other code of the guest may have run in: what it may have changed is read again.
    pub(super) fn after_call(&mut self) {
        self.reload_fuel();
        self.reload_memory_base();
    }
}
