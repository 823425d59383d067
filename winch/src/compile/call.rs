//! Calls: direct, of imports, through tables and references, their tail-call forms, and of the runtime.
//!
//! Every callee gets its own vmctx and the caller's, then the operands.

use super::Compiler;
use super::convention::{Convention, Place};
use super::state::*;
use crate::masm::*;
use crate::reg::{Gp, Reg, RegSet};
use gantry_abi::libcalls::LibcallType;
use gantry_abi::{AbiType, FuncIndex, HeapType, Libcall, TableIndex, Trap, TypeIndex, TypeRef};
use gantry_emit::Symbol;

/// What is called, and with which vmctx.
#[derive(Clone, Copy, Debug)]
enum Target {
    /// A function of this instance.
    Direct(Symbol),
    /// A function of this instance whose address is in this entry slot.
    Slot { offset: u32 },
    /// The address and vmctx of a record: an import's in the vmctx, or one that a register points to.
    Record { base: Gp, offset: u32 },
}

/// Where an argument comes from.
#[derive(Clone, Copy, Debug)]
enum Source {
    Reg(Reg),
    Const(u64),
    Home(i32),
}

impl<M: MacroAssembler> Compiler<'_, M> {
    pub(super) fn call(&mut self, func: u32, tail: bool) {
        let func = FuncIndex::from_u32(func);
        let ty = self.module.functions[func].ty;
        let target = match self.module.defined_func(func) {
            None => Target::Record { base: M::REGS.vmctx, offset: self.layout.imported_functions.at(func) },
            Some(defined) if self.options.entry_slots => {
                Target::Slot { offset: defined.as_u32() * self.layout.ptr.bytes() }
            }
            Some(defined) => Target::Direct(Symbol::Function(defined)),
        };
        self.emit_call(target, ty, tail);
    }

    pub(super) fn call_indirect(&mut self, ty: u32, table: u32, tail: bool) {
        let (ty, table) = (TypeIndex::from_u32(ty), TableIndex::from_u32(table));
        let element = self.module.tables[table].element;
        let record = self.element(table, LoadKind::I64, Trap::UndefinedElement);
        let record = match record {
            Some(addr) => {
                let record = self.alloc_gp();
                self.masm.load(record.into(), addr);
                record
            }
            None => return,
        };
        let null_check = element.nullable.then_some(Trap::IndirectCallToNull);
        if element.heap == HeapType::NoFunc {
            // Nothing but null.
            self.trap(Trap::IndirectCallToNull);
            return;
        }
        let trap = self.record_check(record, null_check);
        if element.heap == HeapType::Concrete(TypeRef::Module(ty)) {
            self.probe_record(record, trap);
        } else {
            let (id, expected) = (M::REGS.callee, self.alloc_gp());
            let field = Addr::field(LoadKind::I32, record, self.layout.func_ref.type_id).or_trap(trap);
            self.masm.load(id.into(), field);
            self.masm.load(expected.into(), Addr::field(LoadKind::I64, M::REGS.vmctx, self.layout.type_ids));
            self.masm.load(expected.into(), Addr::field(LoadKind::I32, expected, ty.as_u32() * 4));
            let wrong = Cond::Int { cc: IntCc::Ne, size: Size::S32, a: id, b: RegImm::Reg(expected) };
            self.trap_if(wrong, Trap::BadSignature);
        }
        self.emit_call(Target::Record { base: record, offset: 0 }, ty, tail);
    }

    pub(super) fn call_ref(&mut self, ty: u32, non_null: bool, tail: bool) {
        let (record, _) = self.pop_gp();
        let null_check = (!non_null).then_some(Trap::NullReference);
        let trap = self.record_check(record, null_check);
        self.probe_record(record, trap);
        self.emit_call(Target::Record { base: record, offset: 0 }, TypeIndex::from_u32(ty), tail);
    }

    /// Before the first load from a record that may be null: gives the trap of its fault, or checks.
    fn record_check(&mut self, record: Gp, null_check: Option<Trap>) -> Option<Trap> {
        let trap = null_check?;
        if self.signals() {
            return Some(trap);
        }
        let null = Cond::Int { cc: IntCc::Eq, size: Size::S64, a: record, b: RegImm::Imm(0) };
        self.trap_if(null, trap);
        None
    }

    /// Faults if the record is null, where that is what a fault means.
    fn probe_record(&mut self, record: Gp, trap: Option<Trap>) {
        if trap.is_some() {
            let field = Addr::field(LoadKind::I64, record, self.layout.func_ref.wasm_call).or_trap(trap);
            self.masm.load(M::REGS.callee.into(), field);
        }
    }

    /// Where the operand in a slot is.
    fn source(&self, slot: &Slot) -> Source {
        match slot.kind {
            Kind::Reg => Source::Reg(slot.reg),
            Kind::Home => Source::Home(slot.home),
            Kind::Const => Source::Const(slot.payload),
            Kind::Local => {
                let local = &self.s.slots[usize::try_from(slot.payload).expect("index of a local")];
                match local.kind {
                    Kind::Reg => Source::Reg(local.reg),
                    _ => Source::Home(local.home),
                }
            }
        }
    }

    /// Brings values home that calls do not preserve, but for operands from `first` on, which the call consumes. Registers
    /// still hold them.
    fn save_for_call(&mut self, first: u32) {
        self.expose_locals();
        for reg in self.s.owned {
            let index = self.s.owner[reg.index()];
            if index >= first {
                continue;
            }
            let Slot { ty, home, .. } = self.s.slots[index as usize];
            if !self.survives_calls(reg, index) && !self.s.clean.contains(reg) {
                self.masm.spill(ty, reg, home);
                self.s.clean.insert(reg);
            }
        }
    }

    /// What a call does to values in registers.
    fn clobber(&mut self) {
        for reg in self.s.owned {
            let index = self.s.owner[reg.index()];
            if !self.survives_calls(reg, index) {
                debug_assert!(self.s.clean.contains(reg), "it was brought home");
                self.s.slots[index as usize].kind = Kind::Home;
                self.release(reg);
            }
        }
    }

    /// Pops the arguments, calls, pushes the results.
    fn emit_call(&mut self, target: Target, ty: TypeIndex, tail: bool) {
        self.calls = true;
        self.save_fuel();
        let convention = self.conventions.take(M::ISA, self.module, ty);
        let count = u32::try_from(convention.params.len()).expect("signatures are limited to a thousand values");
        let first = self.height() - count;
        if !tail {
            self.save_for_call(first);
        }
        if tail {
            // Which of them hold values of the caller is known only at the end: all of them are restored.
            self.saved |= M::REGS.preserved;
            self.uses_memory_base = true;
        }
        self.masm.push_arguments(convention.stack_bytes);
        self.arguments(&convention, first, target);
        if tail {
            self.emit_tail_call(&convention, target);
            self.truncate(first);
            self.conventions.put(ty, convention);
            self.reachable = false;
            return;
        }
        let callee = match target {
            Target::Direct(symbol) => Callee::Symbol(symbol),
            Target::Slot { .. } | Target::Record { .. } => Callee::Reg(M::REGS.callee),
        };
        let references = self.reference_homes(first);
        self.masm.call(callee);
        self.stack_map(references);
        self.truncate(first);
        self.clobber();
        self.return_area = self.return_area.max(convention.return_bytes);
        for &(ty, place) in &convention.results {
            match place {
                Place::Reg(reg) if M::REGS.allocatable.contains(reg) => {
                    self.take(reg);
                    self.push_undefined(ty, reg);
                }
                Place::Reg(reg) => {
                    // A scratch register of ours: it is needed at once.
                    let home = self.push_home(ty);
                    self.masm.spill(ty, reg, home);
                }
                Place::Memory(offset) => {
                    let scratch = self.scratch_for(ty);
                    self.masm.load_result(ty, scratch, offset);
                    let home = self.push_home(ty);
                    self.masm.spill(ty, scratch, home);
                }
            }
        }
        self.after_call();
        self.conventions.put(ty, convention);
    }

    /// Moves arguments, vmctxs and the callee's address to their places. Operands stay on the stack.
    fn arguments(&mut self, convention: &Convention, first: u32, target: Target) {
        // Memory first: it only reads.
        for (at, &(ty, place)) in convention.params.iter().enumerate() {
            if let Place::Memory(offset) = place {
                let slot = self.s.slots[first as usize + at];
                self.value_to_memory(&slot, ty, None, offset);
            }
        }
        let mut moves = [(Reg::from_index(0), AbiType::I64); Reg::COUNT];
        let mut pending = RegSet::EMPTY;
        let mut later: [Option<Source>; Reg::COUNT] = [None; Reg::COUNT];
        let mut later_set = RegSet::EMPTY;
        let callee_vmctx = Reg::from(convention.callee_vmctx);
        match target {
            Target::Direct(_) | Target::Slot { .. } => {
                if let Target::Slot { offset } = target {
                    let callee = M::REGS.callee;
                    let table = Addr::field(LoadKind::I64, M::REGS.vmctx, self.layout.code_table);
                    self.masm.load(callee.into(), table);
                    self.masm.load(callee.into(), Addr::field(LoadKind::I64, callee, offset));
                }
                moves[callee_vmctx.index()] = (M::REGS.vmctx.into(), AbiType::I64);
                pending.insert(callee_vmctx);
            }
            Target::Record { base, offset } => {
                let layout = self.layout.func_ref;
                let code = Addr::field(LoadKind::I64, base, offset + layout.wasm_call);
                self.masm.load(M::REGS.callee.into(), code);
                if base == M::REGS.vmctx {
                    later_set.insert(callee_vmctx);
                } else {
                    // The record's register may be an argument's: its vmctx takes the record's place until then.
                    let record = if self.s.owned.contains(base.into()) { self.alloc_gp() } else { base };
                    self.masm.load(record.into(), Addr::field(LoadKind::I64, base, offset + layout.vmctx));
                    moves[callee_vmctx.index()] = (record.into(), AbiType::I64);
                    pending.insert(callee_vmctx);
                }
            }
        }
        let caller_vmctx = Reg::from(convention.caller_vmctx);
        moves[caller_vmctx.index()] = (M::REGS.vmctx.into(), AbiType::I64);
        pending.insert(caller_vmctx);
        for (at, &(ty, place)) in convention.params.iter().enumerate() {
            let Place::Reg(to) = place else { continue };
            let slot = self.s.slots[first as usize + at];
            match self.source(&slot) {
                Source::Reg(from) if from == to => {
                    // It stays, but others must not come: a move to itself.
                    continue;
                }
                Source::Reg(from) => {
                    moves[to.index()] = (from, ty);
                    pending.insert(to);
                }
                source => {
                    later[to.index()] = Some(source);
                    later_set.insert(to);
                }
            }
        }
        self.parallel_move(pending, &mut moves);
        let extended = self.s.extended;
        for &(ty, place) in &convention.params {
            let Place::Reg(to) = place else { continue };
            match later[to.index()] {
                Some(Source::Const(value)) => self.load_constant(ty, to, value),
                Some(Source::Home(home)) => self.fill(ty, to, home),
                _ => {}
            }
        }
        self.s.extended = extended;
        if let (Target::Record { base, offset }, true) = (target, later_set.contains(callee_vmctx)) {
            self.masm.load(callee_vmctx, Addr::field(LoadKind::I64, base, offset + self.layout.func_ref.vmctx));
        }
        if let Some(reg) = convention.return_area {
            self.masm.stack_address(reg, convention.stack_bytes);
        }
    }

    /// Writes a slot's value to memory at `base`, or at the stack pointer.
    fn value_to_memory(&mut self, slot: &Slot, ty: AbiType, base: Option<Gp>, offset: u32) {
        match self.source(slot) {
            Source::Reg(reg) => self.masm.store_argument(ty, reg, base, offset),
            Source::Home(home) => {
                let scratch = self.scratch_for(ty);
                self.masm.fill(ty, scratch, home);
                self.masm.store_argument(ty, scratch, base, offset);
            }
            Source::Const(value) => {
                let scratch = self.scratch_for(ty);
                let extended = self.s.extended;
                self.load_constant(ty, scratch, value);
                self.s.extended = extended;
                self.masm.store_argument(ty, scratch, base, offset);
            }
        }
    }

    fn emit_tail_call(&mut self, convention: &Convention, target: Target) {
        let own = self.module.functions[self.module.func_index(self.input.func)].ty;
        if let Some(reg) = convention.return_area {
            // The results go where this function's results go.
            let home = self.return_pointer;
            self.masm.fill(AbiType::I64, reg.into(), home);
        }
        let own_bytes = self.own_stack_bytes(own);
        let callee = match target {
            Target::Direct(symbol) => Callee::Symbol(symbol),
            Target::Slot { .. } | Target::Record { .. } => Callee::Reg(M::REGS.callee),
        };
        let saved = M::REGS.preserved | Reg::from(M::REGS.vmctx).set() | Reg::from(M::REGS.memory_base).set();
        let new_bytes = convention.stack_bytes;
        self.masm.tail_call(&TailCall { callee, own_bytes, new_bytes, saved });
    }

    /// Bytes of this function's own stack arguments.
    fn own_stack_bytes(&mut self, own: TypeIndex) -> u32 {
        let shape = self.module.types.shape(self.module.types.func(own), self.layout.ptr);
        gantry_emit::callconv::AbiLayout::new(M::ISA, &shape).stack_args_bytes
    }

    /// Moves the topmost operands to where the function's results belong. They stay on the stack.
    pub(super) fn return_values(&mut self) {
        self.save_fuel();
        let ty = self.module.functions[self.module.func_index(self.input.func)].ty;
        let convention = self.conventions.take(M::ISA, self.module, ty);
        let count = u32::try_from(convention.results.len()).expect("signatures are limited to a thousand values");
        let first = self.height() - count;
        if convention.return_area.is_some() {
            let (area, home) = (M::REGS.callee, self.return_pointer);
            self.masm.fill(AbiType::I64, area.into(), home);
            for (at, &(ty, place)) in convention.results.iter().enumerate() {
                if let Place::Memory(offset) = place {
                    let slot = self.s.slots[first as usize + at];
                    self.value_to_memory(&slot, ty, Some(area), offset);
                }
            }
        }
        let mut moves = [(Reg::from_index(0), AbiType::I64); Reg::COUNT];
        let mut pending = RegSet::EMPTY;
        for (at, &(ty, place)) in convention.results.iter().enumerate() {
            let Place::Reg(to) = place else { continue };
            let slot = self.s.slots[first as usize + at];
            if let Source::Reg(from) = self.source(&slot)
                && from != to
            {
                moves[to.index()] = (from, ty);
                pending.insert(to);
            }
        }
        self.parallel_move(pending, &mut moves);
        let extended = self.s.extended;
        for (at, &(ty, place)) in convention.results.iter().enumerate() {
            let Place::Reg(to) = place else { continue };
            let slot = self.s.slots[first as usize + at];
            match self.source(&slot) {
                Source::Const(value) => self.load_constant(ty, to, value),
                Source::Home(home) => self.fill(ty, to, home),
                Source::Reg(_) => {}
            }
        }
        self.s.extended = extended;
        self.conventions.put(ty, convention);
    }

    /// Calls the runtime. `args` are popped operands or constants, in order; what the call may change besides registers has
    /// to be read again by the caller. Gives the register of the result.
    pub(super) fn libcall(&mut self, libcall: Libcall, args: &[(AbiType, Val)]) -> Gp {
        self.calls = true;
        self.save_for_call(self.height());
        let mut moves = [(Reg::from_index(0), AbiType::I64); Reg::COUNT];
        let mut pending = RegSet::EMPTY;
        let vmctx = Reg::from(M::HOST_ARGUMENTS[0]);
        moves[vmctx.index()] = (M::REGS.vmctx.into(), AbiType::I64);
        pending.insert(vmctx);
        let wanted = |param: LibcallType| param.abi_type();
        for ((&(ty, val), &param), &to) in args.iter().zip(libcall.params()).zip(&M::HOST_ARGUMENTS[1..]) {
            let Val::Reg { reg, .. } = val else { continue };
            // A 32-bit index for a 64-bit parameter is zero-extended on the way.
            let ty = if ty == AbiType::I32 && wanted(param) == AbiType::I64 { AbiType::I32 } else { wanted(param) };
            moves[Reg::from(to).index()] = (reg, ty);
            pending.insert(to.into());
        }
        // Moves to itself are kept: they extend.
        for reg in pending {
            let (from, ty) = moves[reg.index()];
            if from == reg {
                if ty == AbiType::I32 {
                    self.masm.mov(Size::S32, reg.gp(), reg.gp());
                }
                pending.remove(reg);
            }
        }
        self.parallel_move(pending, &mut moves);
        for ((&(ty, val), &param), &to) in args.iter().zip(libcall.params()).zip(&M::HOST_ARGUMENTS[1..]) {
            let Val::Const(value) = val else { continue };
            let narrow = ty == AbiType::I32 || wanted(param) == AbiType::I32;
            self.masm.constant(to, if narrow { value & 0xffff_ffff } else { value });
        }
        let references = self.reference_homes(self.height());
        self.masm.call(Callee::Symbol(Symbol::LibcallThunk(libcall)));
        self.stack_map(references);
        self.clobber();
        M::HOST_RESULT
    }
}
