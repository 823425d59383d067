//! Stopping and pausing guests: stack limit, fuel, epochs.
//!
//! Fuel lives in a local variable. It is written to the store context before anything that can look at it (calls, returns,
//! `unreachable`) and read back after calls. Costs are added up per straight-line run. The deadline of the epoch lives in a
//! variable as well; it may be stale, so the true one is read before the host is bothered.

use super::{Region, Translator};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::immediates::Imm64;
use cranelift_codegen::ir::{Function, GlobalValueData, Inst, InstBuilder, InstructionData, types};
use cranelift_frontend::Variable;
use gantry_abi::layout::Offset;
use gantry_abi::{Libcall, Trap};

/// What interruption needs during a translation.
#[derive(Default)]
pub(super) struct Interrupt {
    fuel: Option<Variable>,
    deadline: Option<Variable>,
    /// Fuel of operators that the variable does not count yet.
    pub(super) pending_fuel: i64,
}

/// An explicit stack check, for changing it later.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StackCheck {
    /// The constant that stands for the size of the frame.
    frame_size: Inst,
    /// The load of the limit.
    limit: Inst,
    /// The sum of both.
    needed: Inst,
    /// Its comparison with the stack pointer.
    condition: Inst,
}

/// Functions with at most this many values have frames that fit in the reserve behind the stack limit.
pub(crate) const MAX_SMALL_VALUES: usize = 1000;

/// Makes an explicit stack check ask for `frame_size` bytes.
pub(crate) fn grow_stack_check(func: &mut Function, check: StackCheck, frame_size: u32) {
    let InstructionData::UnaryImm { imm, .. } = &mut func.dfg.insts[check.frame_size] else {
        unreachable!("the stack check's frame size is a constant")
    };
    *imm = Imm64::new(frame_size.into());
}

impl Translator<'_> {
    /// Stops the function on entry if the stack is exhausted.
    pub(super) fn check_stack(&mut self) {
        if !self.backend.traits.checks_stack {
            return;
        }
        let limit = self.layout.store_context.stack_limit;
        if self.signals() {
            // In the prologue, where the size of the frame is known.
            let pointer = self.constant(Region::VmCtx);
            let field = self.own(Region::Store);
            let func = &mut *self.b.func;
            let pointer = func.dfg.mem_flags.insert_unchecked(pointer);
            let field = func.dfg.mem_flags.insert_unchecked(field);
            let load = |base, offset: u32, flags| GlobalValueData::Load {
                base,
                offset: i32::try_from(offset).expect("a field at the start of a record").into(),
                global_type: self.ptr,
                flags,
            };
            let vmctx = func.create_global_value(GlobalValueData::VMContext);
            let store = func.create_global_value(load(vmctx, self.layout.store, pointer));
            func.stack_limit = Some(func.create_global_value(load(store, limit, field)));
        } else {
            let store = self.vmctx_pointer(self.layout.store);
            let flags = self.own(Region::Store);
            let limit = self.load_pointer(flags, store, limit);
            let frame = self.ptr_const(0);
            let needed = self.b.ins().iadd(limit, frame);
            let sp = self.b.ins().get_stack_pointer(self.ptr);
            let exhausted = self.b.ins().icmp(IntCC::UnsignedLessThan, sp, needed);
            let inst = |value| self.b.func.dfg.value_def(value).unwrap_inst();
            self.stack_check = Some(StackCheck {
                frame_size: inst(frame),
                limit: inst(limit),
                needed: inst(needed),
                condition: inst(exhausted),
            });
            self.trap_if(exhausted, Trap::StackOverflow);
        }
    }

    /// Takes an explicit stack check back if the function turned out to need none: without calls nobody recurses, and small
    /// frames fit in the host's reserve.
    pub(super) fn retract_stack_check(&mut self) {
        let small = self.b.func.dfg.num_values() <= MAX_SMALL_VALUES;
        let leaf = self.s.functions.is_empty() && self.s.signatures.is_empty();
        if let Some(check) = self.stack_check.filter(|_| leaf && small) {
            self.b.func.replace(check.condition).iconst(types::I8, 0);
            self.b.func.layout.remove_inst(check.needed);
            self.b.func.layout.remove_inst(check.limit);
            self.stack_check = None;
        }
    }

    /// Counts a call, at the function's entry.
    fn count_call(&mut self) {
        self.count(self.layout.counter.calls);
    }

    /// Counts an iteration, at a loop's head.
    pub(super) fn count_iteration(&mut self) {
        self.count(self.layout.counter.iterations);
    }

    fn count(&mut self, counter: Offset) {
        if !self.options.execution_counters {
            return;
        }
        let counters = self.vmctx_pointer(self.layout.counters);
        let flags = self.own(Region::Counters);
        let (record, offset) = self.displace(counters, self.layout.counter.record(self.input.func) + counter);
        let old = self.b.ins().load(types::I64, flags, record, offset);
        let one = self.iconst(types::I64, 1);
        let new = self.b.ins().iadd(old, one);
        self.b.ins().store(flags, new, record, offset);
    }

    /// Loads what interruption keeps in variables, and checks for the first time.
    pub(super) fn start_interrupts(&mut self) {
        if self.options.consume_fuel {
            self.interrupt.fuel = Some(self.b.declare_var(types::I64));
            self.reload_fuel();
        }
        if self.options.epoch_interruption {
            let deadline = self.b.declare_var(types::I64);
            self.interrupt.deadline = Some(deadline);
            let value = self.load_deadline();
            self.b.def_var(deadline, value);
        }
        self.count_call();
        self.check_interrupts();
    }

    /// The checks at function entries and loop heads.
    pub(super) fn check_interrupts(&mut self) {
        if let Some(fuel) = self.interrupt.fuel {
            let value = self.b.use_var(fuel);
            let zero = self.iconst(types::I64, 0);
            let empty = self.b.ins().icmp(IntCC::SignedGreaterThanOrEqual, value, zero);
            let (stop, next) = (self.cold_block(), self.b.create_block());
            self.b.ins().brif(empty, stop, &[], next, &[]);
            self.enter(stop);
            self.save_fuel();
            self.libcall(Libcall::out_of_fuel, &[]);
            self.after_call();
            self.refresh_memories();
            self.b.ins().jump(next, &[]);
            self.enter(next);
        }
        if let Some(deadline) = self.interrupt.deadline {
            let counter = self.vmctx_pointer(self.layout.epoch_counter);
            let flags = self.own(Region::Epoch);
            let now = self.b.ins().load(types::I64, flags, counter, 0);
            let known = self.b.use_var(deadline);
            let over = self.b.ins().icmp(IntCC::UnsignedGreaterThanOrEqual, now, known);
            let (reread, stop, next) = (self.cold_block(), self.cold_block(), self.b.create_block());
            self.b.ins().brif(over, reread, &[], next, &[]);

            self.enter(reread);
            let fresh = self.load_deadline();
            self.b.def_var(deadline, fresh);
            let over = self.b.ins().icmp(IntCC::UnsignedGreaterThanOrEqual, now, fresh);
            self.b.ins().brif(over, stop, &[], next, &[]);

            self.enter(stop);
            self.save_fuel();
            let new = self.libcall(Libcall::new_epoch, &[]).expect("new_epoch gives the deadline");
            self.b.def_var(deadline, new);
            self.after_call();
            self.refresh_memories();
            self.b.ins().jump(next, &[]);
            self.enter(next);
        }
    }

    /// Adds the fuel of the operators so far to the variable.
    pub(super) fn flush_fuel(&mut self) {
        let Some(fuel) = self.interrupt.fuel else { return };
        let cost = std::mem::take(&mut self.interrupt.pending_fuel);
        if cost != 0 {
            let old = self.b.use_var(fuel);
            let cost = self.iconst(types::I64, cost);
            let new = self.b.ins().iadd(old, cost);
            self.b.def_var(fuel, new);
        }
    }

    /// Writes the fuel to the store context, where others can see it.
    pub(super) fn save_fuel(&mut self) {
        let Some(fuel) = self.interrupt.fuel else { return };
        self.flush_fuel();
        let value = self.b.use_var(fuel);
        let store = self.vmctx_pointer(self.layout.store);
        let flags = self.own(Region::Store);
        let (store, offset) = self.displace(store, self.layout.store_context.fuel);
        self.b.ins().store(flags, value, store, offset);
    }

    /// Reads the fuel back.
    fn reload_fuel(&mut self) {
        let Some(fuel) = self.interrupt.fuel else { return };
        let store = self.vmctx_pointer(self.layout.store);
        let flags = self.own(Region::Store);
        let (store, offset) = self.displace(store, self.layout.store_context.fuel);
        let value = self.b.ins().load(types::I64, flags, store, offset);
        self.b.def_var(fuel, value);
    }

    fn load_deadline(&mut self) -> cranelift_codegen::ir::Value {
        let store = self.vmctx_pointer(self.layout.store);
        let flags = self.own(Region::Store);
        let (store, offset) = self.displace(store, self.layout.store_context.epoch_deadline);
        self.b.ins().load(types::I64, flags, store, offset)
    }

    /// After a call that other code of the guest may have run in: what it may have changed is out of date.
    pub(super) fn after_call(&mut self) {
        self.reload_fuel();
        for memory in &mut self.s.memories {
            memory.stale = true;
        }
    }
}
