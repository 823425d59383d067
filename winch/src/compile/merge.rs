//! Making the ways to a label agree.
//!
//! A label has no opinion until the first branch reaches it, or, for loops, until the loop begins. Then a snapshot records
//! which slots are in which registers; every other slot that is live there is in its home. Later branches conform to the
//! snapshot, in code that only the branch executes. Nothing here changes where the current values are.
//!
//! Up to [`MAX_REG_RESULTS`] results of a block travel in registers. If there are more, all of them travel in their homes.

use super::Compiler;
use super::state::*;
use crate::masm::*;
use crate::reg::{Class, Reg, RegSet};
use gantry_abi::AbiType;

/// The most results that a block has in registers.
pub(super) const MAX_REG_RESULTS: u32 = 3;

/// A way to a label: the operands that go along become the results above the label's height.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    /// Which snapshot.
    pub(super) snapshot: usize,
    /// Slots below the results at the label.
    pub(super) height: u32,
    /// Where homes below the results end.
    pub(super) bottom: u32,
    /// How many operands go along.
    pub(super) arity: u32,
    /// Code behind the label exists already: the snapshot cannot change any more.
    pub(super) fixed: bool,
}

impl<M: MacroAssembler> Compiler<'_, M> {
    /// Before a branch: brings operands that go along where a snapshot can name them. Emits code, changes where values are.
    pub(super) fn prepare_results(&mut self, arity: u32) {
        if arity <= MAX_REG_RESULTS {
            for index in self.height() - arity..self.height() {
                self.settle_in_reg(index);
            }
        }
    }

    /// Where a slot of the current state is at the label: `None` if it is dead there.
    #[inline]
    fn at_label(&self, edge: &Edge, slot: u32) -> Option<u32> {
        if slot < edge.height {
            return Some(slot);
        }
        let first = self.height() - edge.arity;
        (slot >= first).then(|| slot - first + edge.height)
    }

    /// The slot of the current state that is this one at the label.
    #[inline]
    fn before_label(&self, edge: &Edge, slot: u32) -> u32 {
        if slot < edge.height { slot } else { slot - edge.height + self.height() - edge.arity }
    }

    /// Whether operands that go along are at other places of the stack than the label wants them.
    #[inline]
    fn shifts(&self, edge: &Edge) -> bool {
        self.height() - edge.arity != edge.height
    }

    /// Decides what a label finds: what is in registers now.
    pub(super) fn capture(&mut self, edge: &Edge) {
        let mut owned = RegSet::EMPTY;
        let results_in_regs = edge.arity <= MAX_REG_RESULTS;
        for reg in self.s.owned {
            let slot = self.s.owner[reg.index()];
            let Some(target) = self.at_label(edge, slot) else { continue };
            if target >= edge.height && !results_in_regs {
                continue;
            }
            owned.insert(reg);
            self.s.snapshots[edge.snapshot].owner[reg.index()] = target;
        }
        let mut clean = self.s.clean & owned;
        if self.shifts(edge) {
            // Another place on the stack is another home.
            for reg in clean {
                if self.s.snapshots[edge.snapshot].owner[reg.index()] >= edge.height {
                    clean.remove(reg);
                }
            }
        }
        let extended = self.s.extended & owned;
        let snapshot = &mut self.s.snapshots[edge.snapshot];
        snapshot.taken = true;
        snapshot.owned = owned;
        snapshot.clean = clean;
        snapshot.extended = extended;
    }

    /// Whether the way to the label needs no code. Decides what the label finds if nobody has yet.
    pub(super) fn edge_is_free(&mut self, edge: &Edge) -> bool {
        if !self.s.snapshots[edge.snapshot].taken {
            self.capture(edge);
            return edge.arity <= MAX_REG_RESULTS;
        }
        if edge.arity > MAX_REG_RESULTS {
            return false;
        }
        let mut free = true;
        let snapshot = &self.s.snapshots[edge.snapshot];
        let (mut clean, mut extended) = (snapshot.clean, snapshot.extended);
        for reg in snapshot.owned {
            let slot = self.before_label(edge, snapshot.owner[reg.index()]);
            if !self.s.owned.contains(reg) || self.s.owner[reg.index()] != slot {
                free = false;
                // What goes along is moved to the register, and to no home.
                if slot >= edge.height {
                    clean.remove(reg);
                }
                continue;
            }
            let here_clean = self.s.clean.contains(reg) && (slot < edge.height || !self.shifts(edge));
            if clean.contains(reg) && !here_clean {
                clean.remove(reg);
            }
            if extended.contains(reg)
                && !self.s.extended.contains(reg)
                && self.s.slots[slot as usize].ty == AbiType::I32
            {
                extended.remove(reg);
            }
        }
        if free {
            for reg in self.s.owned & !(self.s.clean) {
                let Some(target) = self.at_label(edge, self.s.owner[reg.index()]) else { continue };
                if !(snapshot.owned.contains(reg) && snapshot.owner[reg.index()] == target) {
                    free = false;
                    break;
                }
            }
        }
        let snapshot = &mut self.s.snapshots[edge.snapshot];
        if edge.fixed {
            return free && clean == snapshot.clean && extended == snapshot.extended;
        }
        // Nobody relies on these yet. (Where code is needed, it is made for what they become.)
        snapshot.clean = clean;
        snapshot.extended = extended;
        free
    }

    /// Emits what makes the current values what the label finds. [`Compiler::edge_is_free`] has been asked.
    pub(super) fn conform(&mut self, edge: &Edge) {
        let snapshot = self.s.snapshots[edge.snapshot].clone();
        let first = self.height() - edge.arity;
        // Values that the label finds in their homes.
        for reg in self.s.owned {
            let slot = self.s.owner[reg.index()];
            if slot >= edge.height {
                continue;
            }
            if self.s.clean.contains(reg) {
                continue;
            }
            let at_home = snapshot.reg_of(slot, reg).is_none_or(|r| snapshot.clean.contains(r));
            if at_home {
                let Slot { ty, home, .. } = self.s.slots[slot as usize];
                self.masm.spill(ty, reg, home);
            }
        }
        if edge.arity > MAX_REG_RESULTS {
            // In this order no home is overwritten before it has been read: results only move down.
            let mut bottom = edge.bottom;
            for slot in first..self.height() {
                let Slot { ty, .. } = self.s.slots[slot as usize];
                bottom = next_bottom(bottom, ty);
                self.slot_to_home(slot, -bottom.cast_signed());
            }
        }
        // Registers from registers, all at once.
        let mut moves = [(Reg::from_index(0), AbiType::I64); Reg::COUNT];
        let mut pending = RegSet::EMPTY;
        let mut later = RegSet::EMPTY;
        for reg in snapshot.owned {
            let slot = self.s.slots[self.before_label(edge, snapshot.owner[reg.index()]) as usize];
            let source = match slot.kind {
                Kind::Reg => Some(slot.reg),
                Kind::Local => {
                    let local = &self.s.slots[usize::try_from(slot.payload).expect("index of a local")];
                    (local.kind == Kind::Reg).then_some(local.reg)
                }
                _ => None,
            };
            let Some(source) = source else {
                later.insert(reg);
                continue;
            };
            let extend =
                slot.ty == AbiType::I32 && snapshot.extended.contains(reg) && !self.s.extended.contains(source);
            if source == reg {
                if extend {
                    self.masm.mov(Size::S32, reg.gp(), reg.gp());
                }
                continue;
            }
            moves[reg.index()] = (source, slot.ty);
            pending.insert(reg);
        }
        self.parallel_move(pending, &mut moves);
        // Then registers from everything else.
        let extended = self.s.extended;
        for reg in later {
            let slot = self.s.slots[self.before_label(edge, snapshot.owner[reg.index()]) as usize];
            match slot.kind {
                Kind::Const => self.load_constant(slot.ty, reg, slot.payload),
                Kind::Local => self.copy_local(slot.payload, reg),
                _ => self.fill(slot.ty, reg, slot.home),
            }
        }
        // These were notes about registers on the way, not about the registers here.
        self.s.extended = extended;
    }

    /// Writes a slot's value to a home.
    fn slot_to_home(&mut self, slot: u32, home: i32) {
        let Slot { kind, ty, reg, home: from, payload } = self.s.slots[slot as usize];
        match kind {
            Kind::Reg => self.masm.spill(ty, reg, home),
            Kind::Home if from == home => {}
            Kind::Home => {
                let scratch = self.scratch_for(ty);
                self.masm.fill(ty, scratch, from);
                self.masm.spill(ty, scratch, home);
            }
            Kind::Const => {
                let scratch = self.scratch_for(ty);
                let extended = self.s.extended;
                self.load_constant(ty, scratch, payload);
                self.s.extended = extended;
                self.masm.spill(ty, scratch, home);
            }
            Kind::Local => {
                let local = self.s.slots[usize::try_from(payload).expect("index of a local")];
                if local.kind == Kind::Reg {
                    self.masm.spill(ty, local.reg, home);
                } else {
                    let scratch = self.scratch_for(ty);
                    self.masm.fill(ty, scratch, local.home);
                    self.masm.spill(ty, scratch, home);
                }
            }
        }
    }

    /// A register that holds nothing between two instructions of the assembler.
    pub(super) fn scratch_for(&self, ty: AbiType) -> Reg {
        match Class::of(ty) {
            Class::Int => M::MOVE_SCRATCH.0.into(),
            Class::Float => M::MOVE_SCRATCH.1.into(),
        }
    }

    /// At a label: values are where its snapshot says.
    pub(super) fn adopt(&mut self, snapshot: usize, height: u32, bottom: u32, results: &[AbiType]) {
        self.s.checked.clear();
        self.truncate(height);
        for reg in self.s.owned {
            let slot = self.s.owner[reg.index()];
            self.s.slots[slot as usize].kind = Kind::Home;
        }
        self.s.owned = RegSet::EMPTY;
        self.s.clean = RegSet::EMPTY;
        debug_assert_eq!(self.bottom, bottom, "homes depend on types alone");
        for &ty in results {
            self.push_home(ty);
        }
        let state = &mut *self.s;
        let snapshot = &state.snapshots[snapshot];
        for reg in snapshot.owned {
            let slot = snapshot.owner[reg.index()];
            state.owner[reg.index()] = slot;
            let slot = &mut state.slots[slot as usize];
            slot.kind = Kind::Reg;
            slot.reg = reg;
        }
        state.owned = snapshot.owned;
        state.clean = snapshot.clean;
        state.extended = snapshot.extended;
        self.s.locked = RegSet::EMPTY;
    }
}
