//! Registers: handing them out, taking them back, moving values into and out of them.

use super::Compiler;
use super::state::*;
use crate::masm::*;
use crate::reg::{Class, Fp, Gp, Reg, RegSet};
use gantry_abi::AbiType;

impl<M: MacroAssembler> Compiler<'_, M> {
    /// A register for the current operator, one that calls do not preserve if there is one.
    #[inline]
    pub(super) fn alloc(&mut self, class: Class) -> Reg {
        let free = M::REGS.allocatable & RegSet::class(class) & !self.s.owned & !self.s.locked;
        let reg = match (free & !M::REGS.preserved).first().or(free.first()) {
            Some(reg) => reg,
            None => self.evict(class),
        };
        self.take(reg);
        reg
    }

    #[inline]
    pub(super) fn alloc_gp(&mut self) -> Gp {
        self.alloc(Class::Int).gp()
    }

    #[inline]
    pub(super) fn alloc_fp(&mut self) -> Fp {
        self.alloc(Class::Float).fp()
    }

    /// Notes that a register is used, by the current operator at first.
    #[inline]
    pub(super) fn take(&mut self, reg: Reg) {
        self.s.locked.insert(reg);
        self.saved |= reg.set() & M::REGS.preserved;
    }

    /// Frees a register: one whose slot's home is up to date, otherwise the operand's furthest from the top, otherwise a
    /// local's.
    #[cold]
    fn evict(&mut self, class: Class) -> Reg {
        let candidates = self.s.owned & RegSet::class(class) & !self.s.locked;
        let (owner, locals) = (&self.s.owner, self.num_locals);
        let clean = candidates & self.s.clean;
        let reg = clean
            .first()
            .or_else(|| candidates.filter(|r| owner[r.index()] >= locals).min_by_key(|r| owner[r.index()]))
            .or_else(|| candidates.max_by_key(|r| owner[r.index()]))
            .expect("an operator has fewer operands than there are registers");
        self.spill(reg);
        reg
    }

    /// Brings the owner of a register home and frees the register.
    pub(super) fn spill(&mut self, reg: Reg) {
        let index = self.s.owner[reg.index()];
        let slot = &mut self.s.slots[index as usize];
        slot.kind = Kind::Home;
        let (ty, home) = (slot.ty, slot.home);
        if !self.s.clean.contains(reg) {
            self.masm.spill(ty, reg, home);
        }
        self.release(reg);
    }

    /// Makes a register free by moving its owner to another one.
    pub(super) fn displace(&mut self, reg: Reg) {
        if !self.s.owned.contains(reg) {
            return;
        }
        let index = self.s.owner[reg.index()];
        let free = M::REGS.allocatable & RegSet::class(reg.class()) & !self.s.owned & !self.s.locked & !reg.set();
        let Some(to) = (free & !M::REGS.preserved).first().or(free.first()) else {
            return self.spill(reg);
        };
        self.saved |= to.set() & M::REGS.preserved;
        let ty = self.s.slots[index as usize].ty;
        self.move_reg(ty, to, reg);
        let clean = self.s.clean.contains(reg);
        self.release(reg);
        self.own(to, index);
        if clean {
            self.s.clean.insert(to);
        }
    }

    /// Makes a slot the owner of a register. Its home is out of date.
    #[inline]
    pub(super) fn own(&mut self, reg: Reg, index: u32) {
        self.s.owned.insert(reg);
        self.s.clean.remove(reg);
        self.s.owner[reg.index()] = index;
        let slot = &mut self.s.slots[index as usize];
        slot.kind = Kind::Reg;
        slot.reg = reg;
    }

    /// Takes a register from its owner, whose value is no longer needed or elsewhere.
    #[inline]
    pub(super) fn release(&mut self, reg: Reg) {
        self.s.owned.remove(reg);
        self.s.clean.remove(reg);
    }

    /// Copies a value between registers of its class, zero-extending 32-bit integers.
    #[inline]
    pub(super) fn move_reg(&mut self, ty: AbiType, to: Reg, from: Reg) {
        match ty {
            AbiType::I32 => {
                self.masm.mov(Size::S32, to.gp(), from.gp());
                self.s.extended.insert(to);
            }
            AbiType::I64 => self.masm.mov(Size::S64, to.gp(), from.gp()),
            _ => self.masm.fmov(ty, to.fp(), from.fp()),
        }
    }

    /// Loads a value from its home.
    #[inline]
    pub(super) fn fill(&mut self, ty: AbiType, to: Reg, home: i32) {
        self.masm.fill(ty, to, home);
        self.s.extended.insert(to);
    }

    /// Loads a constant.
    pub(super) fn load_constant(&mut self, ty: AbiType, to: Reg, value: u64) {
        match ty {
            AbiType::I32 => {
                self.masm.constant(to.gp(), value & 0xffff_ffff);
                self.s.extended.insert(to);
            }
            AbiType::I64 => self.masm.constant(to.gp(), value),
            AbiType::F32 => self.masm.fconstant(FloatSize::F32, to.fp(), value),
            AbiType::F64 => self.masm.fconstant(FloatSize::F64, to.fp(), value),
            AbiType::V128 => {
                let index = usize::try_from(value).expect("an index of the pool");
                let value = self.s.vectors[index];
                self.masm.vector_constant(to.fp(), value);
            }
        }
    }

    /// Pushes an operand that is nowhere yet.
    #[inline]
    fn push_slot(&mut self, kind: Kind, ty: AbiType, reg: Reg, payload: u64) -> u32 {
        self.bottom = next_bottom(self.bottom, ty);
        self.deepest = self.deepest.max(self.bottom);
        let home = -self.bottom.cast_signed();
        self.s.slots.push(Slot { kind, ty, reg, home, payload });
        self.height() - 1
    }

    /// Slots in use: locals and operands.
    #[inline]
    pub(super) fn height(&self) -> u32 {
        u32::try_from(self.s.slots.len()).expect("validation limits locals and bodies")
    }

    /// Pushes a result that is in a register. 32-bit integers are zero-extended there.
    #[inline]
    pub(super) fn push(&mut self, ty: AbiType, reg: impl Into<Reg>) {
        let reg = reg.into();
        self.s.extended.insert(reg);
        self.push_unextended(ty, reg);
    }

    /// The same for an integer whose upper bits are undefined.
    #[inline]
    pub(super) fn push_undefined(&mut self, ty: AbiType, reg: Reg) {
        self.s.extended.remove(reg);
        self.push_unextended(ty, reg);
    }

    #[inline]
    fn push_unextended(&mut self, ty: AbiType, reg: Reg) {
        let index = self.push_slot(Kind::Reg, ty, reg, 0);
        self.s.owned.insert(reg);
        self.s.clean.remove(reg);
        self.s.owner[reg.index()] = index;
    }

    /// Pushes a value that is in the home of its slot.
    pub(super) fn push_home(&mut self, ty: AbiType) -> i32 {
        let index = self.push_slot(Kind::Home, ty, Reg::from_index(0), 0);
        self.s.slots[index as usize].home
    }

    /// Pushes a constant: 32-bit integers are sign-extended.
    #[inline]
    pub(super) fn push_const(&mut self, ty: AbiType, value: u64) {
        self.push_slot(Kind::Const, ty, Reg::from_index(0), value);
    }

    /// Pushes a constant of 32 bits.
    #[inline]
    pub(super) fn push_i32(&mut self, value: i32) {
        self.push_const(AbiType::I32, i64::from(value).cast_unsigned());
    }

    /// Pushes the value of a local.
    #[inline]
    pub(super) fn push_local(&mut self, local: u32) {
        let slot = &mut self.s.slots[local as usize];
        slot.payload += 1;
        let ty = slot.ty;
        self.push_slot(Kind::Local, ty, Reg::from_index(0), local.into());
    }

    /// Removes the top slot, without freeing anything.
    #[inline]
    fn pop_slot(&mut self) -> Slot {
        let slot = self.s.slots.pop().expect("validated: there is an operand");
        self.bottom = match self.s.slots.last() {
            Some(below) if self.height() > self.num_locals => below.home.unsigned_abs(),
            _ => self.locals_bottom,
        };
        slot
    }

    /// Removes the top operand and forgets it.
    pub(super) fn drop_top(&mut self) {
        let slot = self.pop_slot();
        match slot.kind {
            Kind::Reg => self.release(slot.reg),
            Kind::Local => self.unalias(slot.payload),
            Kind::Home | Kind::Const => {}
        }
    }

    fn unalias(&mut self, local: u64) {
        let local = usize::try_from(local).expect("index of a local");
        self.s.slots[local].payload -= 1;
    }

    /// Removes operands until `height` slots are left.
    pub(super) fn truncate(&mut self, height: u32) {
        while self.height() > height {
            self.drop_top();
        }
    }

    /// Pops an operand, into a register unless it is a constant.
    #[inline]
    pub(super) fn pop(&mut self) -> Val {
        let slot = self.pop_slot();
        match slot.kind {
            Kind::Const => Val::Const(slot.payload),
            Kind::Reg => {
                self.release(slot.reg);
                self.s.locked.insert(slot.reg);
                Val::Reg { reg: slot.reg, own: true }
            }
            Kind::Local => {
                self.unalias(slot.payload);
                let reg = self.local_reg(slot.payload);
                Val::Reg { reg, own: false }
            }
            Kind::Home => {
                let reg = self.alloc(slot.class());
                self.fill(slot.ty, reg, slot.home);
                Val::Reg { reg, own: true }
            }
        }
    }

    /// The register of a local, which is loaded if need be.
    fn local_reg(&mut self, local: u64) -> Reg {
        let index = usize::try_from(local).expect("index of a local");
        let slot = self.s.slots[index];
        if slot.kind == Kind::Reg {
            self.s.locked.insert(slot.reg);
            return slot.reg;
        }
        let reg = self.alloc(slot.class());
        self.fill(slot.ty, reg, slot.home);
        self.own(reg, u32::try_from(index).expect("locals are limited to 50000"));
        self.s.clean.insert(reg);
        reg
    }

    /// Pops an operand into a register, constants included.
    #[inline]
    pub(super) fn pop_reg(&mut self) -> Val {
        let ty = self.top().ty;
        let val = self.pop();
        self.in_reg(ty, val)
    }

    /// Loads a popped constant.
    pub(super) fn in_reg(&mut self, ty: AbiType, val: Val) -> Val {
        match val {
            Val::Reg { .. } => val,
            Val::Const(value) => {
                let reg = self.alloc(Class::of(ty));
                self.load_constant(ty, reg, value);
                Val::Reg { reg, own: true }
            }
        }
    }

    /// Pops an integer into a register.
    #[inline]
    pub(super) fn pop_gp(&mut self) -> (Gp, Val) {
        let val = self.pop_reg();
        let Val::Reg { reg, .. } = val else { unreachable!("it is in a register") };
        (reg.gp(), val)
    }

    /// Pops a float or vector into a register.
    #[inline]
    pub(super) fn pop_fp(&mut self) -> (Fp, Val) {
        let val = self.pop_reg();
        let Val::Reg { reg, .. } = val else { unreachable!("it is in a register") };
        (reg.fp(), val)
    }

    /// The topmost operand.
    #[inline]
    pub(super) fn top(&self) -> &Slot {
        self.s.slots.last().expect("validated: there is an operand")
    }

    /// A register for the result: the local's that is set next, an operand's, or another one.
    #[inline]
    pub(super) fn result(&mut self, class: Class, a: Val, b: Val) -> Reg {
        if let Some(reg) = self.result_hint(class) {
            return reg;
        }
        match a.reusable().or(b.reusable()) {
            Some(reg) if reg.class() == class => reg,
            _ => self.alloc(class),
        }
    }

    /// The register of the local that the next operator sets, if nothing else needs its old value.
    #[inline]
    pub(super) fn result_hint(&mut self, class: Class) -> Option<Reg> {
        let local = self.next_local_set()?;
        let slot = self.s.slots.get(local as usize).filter(|_| local < self.num_locals)?;
        if slot.kind != Kind::Reg || slot.payload != 0 || slot.class() != class {
            return None;
        }
        let reg = slot.reg;
        // The local is about to be overwritten; until then it owns nothing.
        self.s.slots[local as usize].kind = Kind::Home;
        self.release(reg);
        self.s.locked.insert(reg);
        Some(reg)
    }

    /// Gives an operand that is an alias or a constant a register of its own.
    pub(super) fn settle(&mut self, index: u32) {
        let slot = self.s.slots[index as usize];
        match slot.kind {
            Kind::Reg | Kind::Home => {}
            Kind::Const => {
                let reg = self.alloc(slot.class());
                self.load_constant(slot.ty, reg, slot.payload);
                self.own(reg, index);
            }
            Kind::Local => {
                let reg = self.alloc(slot.class());
                self.copy_local(slot.payload, reg);
                self.own(reg, index);
                self.unalias(slot.payload);
            }
        }
    }

    /// The same for one of so many operands that there may be too few registers: those that are settled may go home again.
    pub(super) fn settle_one_of_many(&mut self, index: u32) {
        let locked = self.s.locked;
        self.settle(index);
        self.s.locked = locked;
    }

    /// The same, and operands in their homes are loaded, too.
    pub(super) fn settle_in_reg(&mut self, index: u32) {
        let slot = self.s.slots[index as usize];
        if slot.kind == Kind::Home {
            let reg = self.alloc(slot.class());
            self.fill(slot.ty, reg, slot.home);
            self.own(reg, index);
            self.s.clean.insert(reg);
        } else {
            self.settle(index);
        }
        let reg = self.s.slots[index as usize].reg;
        self.s.locked.insert(reg);
    }

    /// Copies the value of a local to a register.
    pub(super) fn copy_local(&mut self, local: u64, to: Reg) {
        let slot = self.s.slots[usize::try_from(local).expect("index of a local")];
        match slot.kind {
            Kind::Reg => self.move_reg(slot.ty, to, slot.reg),
            _ => self.fill(slot.ty, to, slot.home),
        }
    }

    /// `local.get`.
    #[inline]
    pub(super) fn local_get(&mut self, local: u32) {
        self.push_local(local);
    }

    /// `local.set` and `local.tee`.
    pub(super) fn local_set(&mut self, local: u32, tee: bool) {
        let slot = self.pop_slot();
        if slot.kind == Kind::Local && slot.payload == u64::from(local) {
            self.unalias(slot.payload);
            if tee {
                self.push_local(local);
            }
            return;
        }
        self.s.checked.retain(|checked| checked.local != local);
        if self.s.slots[local as usize].payload != 0 {
            // The value to set is no operand any more, but its register is not free either.
            if slot.kind == Kind::Reg {
                self.s.locked.insert(slot.reg);
            }
            self.detach_aliases(local);
        }
        let old = self.s.slots[local as usize];
        match slot.kind {
            Kind::Reg => {
                if old.kind == Kind::Reg {
                    self.release(old.reg);
                }
                self.own(slot.reg, local);
            }
            _ => {
                let to = if old.kind == Kind::Reg { old.reg } else { self.alloc(slot.class()) };
                match slot.kind {
                    Kind::Const => self.load_constant(slot.ty, to, slot.payload),
                    Kind::Local => {
                        self.unalias(slot.payload);
                        self.copy_local(slot.payload, to);
                    }
                    _ => self.fill(slot.ty, to, slot.home),
                }
                self.own(to, local);
            }
        }
        if tee {
            self.push_local(local);
        }
    }

    /// Gives operands that are aliases of a local values of their own, because the local changes. The first one takes the
    /// local's register over.
    fn detach_aliases(&mut self, local: u32) {
        for index in self.num_locals..self.height() {
            let slot = self.s.slots[index as usize];
            if slot.kind != Kind::Local || slot.payload != u64::from(local) {
                continue;
            }
            let old = self.s.slots[local as usize];
            if old.kind == Kind::Reg {
                if old.payload > 1 {
                    // More of them: the local keeps its register for now.
                    self.settle_one_of_many(index);
                    continue;
                }
                self.s.slots[local as usize].kind = Kind::Home;
                self.release(old.reg);
                self.own(old.reg, index);
                self.unalias(local.into());
            } else {
                self.settle_one_of_many(index);
            }
        }
    }

    /// Moves values between registers at once, whatever the order and cycles: `sources[d]` is the source of register `d`,
    /// for all in `pending`. Types are those of the destinations.
    pub(super) fn parallel_move(&mut self, mut pending: RegSet, moves: &mut [(Reg, AbiType); Reg::COUNT]) {
        while !pending.is_empty() {
            let mut sources = RegSet::EMPTY;
            for d in pending {
                sources.insert(moves[d.index()].0);
            }
            let ready = pending & !sources;
            if ready.is_empty() {
                // Only cycles are left. Break one.
                let d = pending.first().expect("not empty");
                let scratch = match d.class() {
                    Class::Int => Reg::from(M::MOVE_SCRATCH.0),
                    Class::Float => Reg::from(M::MOVE_SCRATCH.1),
                };
                for other in pending {
                    let (source, ty) = moves[other.index()];
                    if source != d {
                        continue;
                    }
                    match d.class() {
                        Class::Int => self.masm.mov(Size::S64, scratch.gp(), d.gp()),
                        Class::Float => self.masm.fmov(ty, scratch.fp(), d.fp()),
                    }
                    moves[other.index()].0 = scratch;
                }
                continue;
            }
            for d in ready {
                let (source, ty) = moves[d.index()];
                match ty {
                    AbiType::I32 => self.masm.mov(Size::S32, d.gp(), source.gp()),
                    AbiType::I64 => self.masm.mov(Size::S64, d.gp(), source.gp()),
                    _ => self.masm.fmov(ty, d.fp(), source.fp()),
                }
            }
            pending = pending & !ready;
        }
    }
}
