//! Structured control flow.

use super::merge::{Edge, MAX_REG_RESULTS};
use super::state::*;
use super::{Compiler, Fused, Optimization};
use crate::masm::*;
use crate::reg::Class;
use gantry_abi::{AbiType, CompileError, Trap, TypeIndex};
use gantry_emit::Label;
use wasmparser::{BlockType, BrTable};

impl<M: MacroAssembler> Compiler<'_, M> {
    /// Parameters and results of a block, into the table of types.
    fn block_types(&mut self, ty: BlockType) -> Result<BlockTypes, CompileError> {
        let start = u32::try_from(self.s.types.len()).expect("validation limits bodies");
        Ok(match ty {
            BlockType::Empty => BlockTypes { start, params: 0, results: 0 },
            BlockType::Type(ty) => {
                let ty = self.val_type(ty)?;
                self.s.types.push(ty);
                BlockTypes { start, params: 0, results: 1 }
            }
            BlockType::FuncType(index) => {
                let module = self.module;
                let ty = module.types.func(TypeIndex::from_u32(index));
                let width = self.layout.ptr;
                let types = ty.params.iter().chain(&ty.results).map(|&ty| module.types.abi_type(ty, width));
                self.s.types.extend(types);
                let count = |n: usize| u32::try_from(n).expect("signatures are limited to a thousand values");
                BlockTypes { start, params: count(ty.params.len()), results: count(ty.results.len()) }
            }
        })
    }

    /// Begins a block: operands of enclosing blocks and parameters get places that labels can talk about.
    fn push_frame(&mut self, kind: FrameKind, label: Label, types: BlockTypes) {
        let height = self.height() - types.params;
        let floor = self.s.frames.last().map_or(self.num_locals, |f| f.height);
        for index in floor.max(self.num_locals)..self.height() {
            self.settle_one_of_many(index);
        }
        let bottom = match self.s.slots.get(height as usize) {
            // The first parameter's home begins where the homes below it end.
            Some(_) => self.bottom_at(height),
            None => self.bottom,
        };
        self.s.frames.push(Frame { kind, label, height, bottom, types, table_edge: None });
        let snapshot = self.s.snapshot_of(self.s.frames.len() - 1);
        self.s.snapshots[snapshot].taken = false;
        self.s.snapshots[snapshot + 1].taken = false;
    }

    /// Where homes of the slots below this one end.
    fn bottom_at(&self, height: u32) -> u32 {
        if height == self.num_locals {
            self.locals_bottom
        } else {
            self.s.slots[height as usize - 1].home.unsigned_abs()
        }
    }

    /// The way to the label of a frame, by index from the outside.
    fn edge_to(&self, frame: usize) -> Edge {
        let f = &self.s.frames[frame];
        let (arity, fixed) = match f.kind {
            FrameKind::Loop => (f.types.params, true),
            _ => (f.types.results, false),
        };
        Edge { snapshot: 2 * frame, height: f.height, bottom: f.bottom, arity, fixed }
    }

    pub(super) fn block(&mut self, ty: BlockType) -> Result<(), CompileError> {
        let types = self.block_types(ty)?;
        let label = self.masm.buffer().label();
        self.push_frame(FrameKind::Block, label, types);
        Ok(())
    }

    pub(super) fn loop_(&mut self, ty: BlockType) -> Result<(), CompileError> {
        let types = self.block_types(ty)?;
        self.flush_fuel();
        let label = self.masm.buffer().label();
        self.push_frame(FrameKind::Loop, label, types);
        let frame = self.s.frames.len() - 1;
        let edge = Edge { fixed: false, ..self.edge_to(frame) };
        self.prepare_loop(&edge);
        self.capture(&edge);
        self.masm.buffer().bind(label);
        self.count_iteration();
        self.check_interrupts();
        Ok(())
    }

    /// Before a loop: its parameters and the locals that it uses most go to registers, all others home.
    fn prepare_loop(&mut self, edge: &Edge) {
        let first = self.height() - edge.arity;
        if edge.arity > MAX_REG_RESULTS {
            for index in first..self.height() {
                self.settle_one_of_many(index);
                let slot = self.s.slots[index as usize];
                if slot.kind == Kind::Reg {
                    self.spill(slot.reg);
                }
            }
        } else {
            self.prepare_results(edge.arity);
        }
        let next_loop = self.scan.enter_loop(self.bytes, self.next);
        let has_call = self.scan.has_call(next_loop);
        let scan = &*self.scan;
        self.s.checked.retain(|checked| !scan.writes(next_loop, checked.local));
        let num_locals = self.num_locals;
        // Registers that stay: of operands, and of locals that the loop uses.
        for reg in self.s.owned {
            let slot = self.s.owner[reg.index()];
            let lost_at_calls = has_call && !self.survives_calls(reg, slot);
            if slot < num_locals && (!self.scan.uses(next_loop, slot) || lost_at_calls) {
                self.spill(reg);
            }
        }
        // Registers to fill: by use, while some are left for the loop's body.
        let registers = M::REGS.allocatable;
        let mut room = [Class::Int, Class::Float].map(|class| {
            let of_class = registers & crate::reg::RegSet::class(class);
            let (usable, reserve) =
                if has_call { (of_class & M::REGS.preserved, 0) } else { (of_class, M::LOOP_RESERVE) };
            let taken = (usable & self.s.owned).len();
            usable.len().saturating_sub(reserve + taken)
        });
        for at in 0..self.scan.candidates(next_loop).len() {
            let local = self.scan.candidates(next_loop)[at];
            let slot = self.s.slots[local as usize];
            if slot.kind == Kind::Reg || (has_call && slot.ty == AbiType::V128) {
                continue;
            }
            let class = slot.class();
            let room = match class {
                Class::Int => &mut room[0],
                Class::Float => &mut room[1],
            };
            if *room == 0 {
                continue;
            }
            if !self.allow(Optimization::LoopRegisters) {
                continue;
            }
            *room -= 1;
            let reg = if has_call {
                let free = M::REGS.preserved & crate::reg::RegSet::class(class) & !self.s.owned;
                let Some(reg) = free.first() else { continue };
                self.take(reg);
                reg
            } else {
                self.alloc(class)
            };
            self.fill(slot.ty, reg, slot.home);
            self.own(reg, local);
            self.s.clean.insert(reg);
        }
        // Homes of parameters, and of locals that the loop writes, will not be up to date when it begins again.
        for reg in self.s.clean {
            let slot = self.s.owner[reg.index()];
            if slot >= edge.height || (slot < num_locals && self.scan.writes(next_loop, slot)) {
                self.s.clean.remove(reg);
            }
        }
        // Unless branches back bring them home.
        self.expose_locals();
        self.s.locked = crate::reg::RegSet::EMPTY;
    }

    pub(super) fn if_(&mut self, ty: BlockType) -> Result<(), CompileError> {
        self.flush_fuel();
        let types = self.block_types(ty)?;
        let cond = self.pop_condition();
        let (label, otherwise) = (self.masm.buffer().label(), self.masm.buffer().label());
        self.push_frame(FrameKind::If { otherwise }, label, types);
        let frame = self.s.frames.len() - 1;
        // Parameters are the only operands that go along, and stay where they are.
        let edge = self.else_edge(frame);
        self.capture(&edge);
        self.masm.branch(cond.negate(), otherwise);
        Ok(())
    }

    /// The way to the `else` of a frame, whatever its arity: nothing moves.
    fn else_edge(&self, frame: usize) -> Edge {
        let f = &self.s.frames[frame];
        let height = f.height + f.types.params;
        Edge { snapshot: 2 * frame + 1, height, bottom: f.bottom, arity: 0, fixed: false }
    }

    pub(super) fn else_(&mut self) {
        let frame = self.s.frames.len() - 1;
        if self.reachable {
            self.flush_fuel();
            let edge = self.edge_to(frame);
            self.prepare_results(edge.arity);
            self.go(&edge);
            let label = self.s.frames[frame].label;
            self.masm.jump(label);
        }
        let FrameKind::If { otherwise } = self.s.frames[frame].kind else {
            unreachable!("validated: else belongs to an if")
        };
        self.s.frames[frame].kind = FrameKind::Else;
        self.pending_fuel = 0;
        self.begin_else(frame, otherwise);
    }

    /// Code from here on is what the condition of an `if` skips to.
    fn begin_else(&mut self, frame: usize, otherwise: Label) {
        let f = self.s.frames[frame];
        self.masm.buffer().bind(otherwise);
        self.adopt_types(2 * frame + 1, f.height, f.bottom, f.types.start, f.types.params);
        self.reachable = true;
    }

    /// [`Compiler::adopt`] with types from the table.
    fn adopt_types(&mut self, snapshot: usize, height: u32, bottom: u32, start: u32, count: u32) {
        let types = std::mem::take(&mut self.s.types);
        self.adopt(snapshot, height, bottom, &types[start as usize..(start + count) as usize]);
        self.s.types = types;
    }

    /// Makes values what a label finds, on the way that falls through or jumps there next.
    fn go(&mut self, edge: &Edge) {
        if !self.edge_is_free(edge) {
            self.conform(edge);
        }
    }

    pub(super) fn end(&mut self) {
        let frame = self.s.frames.len() - 1;
        let f = self.s.frames[frame];
        if self.reachable {
            self.flush_fuel();
        }
        self.pending_fuel = 0;
        match f.kind {
            FrameKind::Func => {
                if self.reachable {
                    self.return_values();
                }
                self.s.frames.pop();
                self.reachable = false;
                return;
            }
            FrameKind::Loop => {
                if !self.reachable {
                    self.truncate(f.height);
                }
                self.pop_frame(frame);
                return;
            }
            FrameKind::If { otherwise } => {
                let edge = self.edge_to(frame);
                if self.s.snapshots[edge.snapshot].taken {
                    // Somebody branches to the end: both ways conform to what they found.
                    if self.reachable {
                        self.prepare_results(edge.arity);
                        self.go(&edge);
                        self.masm.jump(f.label);
                    }
                    self.begin_else(frame, otherwise);
                    self.prepare_results(edge.arity);
                    self.go(&edge);
                } else {
                    // Parameters are the results: what runs into the end conforms to what skips the block.
                    if self.reachable {
                        let edge = self.else_edge(frame);
                        for index in f.height..self.height() {
                            self.settle_one_of_many(index);
                        }
                        self.go(&edge);
                    }
                    self.begin_else(frame, otherwise);
                    self.pop_frame(frame);
                    return;
                }
            }
            FrameKind::Block | FrameKind::Else => {
                let edge = self.edge_to(frame);
                if !self.s.snapshots[edge.snapshot].taken {
                    // Nothing but falling through leads here.
                    if !self.reachable {
                        self.truncate(f.height);
                    }
                    self.pop_frame(frame);
                    return;
                }
                if self.reachable {
                    self.prepare_results(edge.arity);
                    self.go(&edge);
                }
            }
        }
        self.masm.buffer().bind(f.label);
        self.adopt_types(2 * frame, f.height, f.bottom, f.types.start + f.types.params, f.types.results);
        self.reachable = true;
        self.pop_frame(frame);
    }

    fn pop_frame(&mut self, frame: usize) {
        let start = self.s.frames[frame].types.start;
        self.s.types.truncate(start as usize);
        self.s.frames.pop();
    }

    fn frame_at(&self, depth: u32) -> usize {
        self.s.frames.len() - 1 - depth as usize
    }

    pub(super) fn br(&mut self, depth: u32) {
        self.flush_fuel();
        let frame = self.frame_at(depth);
        self.leave_to(frame);
        self.reachable = false;
    }

    /// Goes to the label of a frame, always.
    fn leave_to(&mut self, frame: usize) {
        if frame == 0 {
            self.return_values();
            let epilogue = self.epilogue;
            self.masm.jump(epilogue);
            return;
        }
        let edge = self.edge_to(frame);
        self.prepare_results(edge.arity);
        self.go(&edge);
        let label = self.s.frames[frame].label;
        self.masm.jump(label);
    }

    pub(super) fn br_if(&mut self, depth: u32) {
        self.flush_fuel();
        let cond = self.pop_condition();
        self.branch_if(cond, depth);
    }

    /// Branches if `cond` holds, taking operands along without popping them.
    pub(super) fn branch_if(&mut self, cond: Cond, depth: u32) {
        let frame = self.frame_at(depth);
        if frame == 0 {
            let f = self.s.frames[0];
            if f.types.results == 0 && self.fuel_home == 0 {
                let epilogue = self.epilogue;
                self.masm.branch(cond, epilogue);
                return;
            }
            let skip = self.masm.buffer().label();
            self.masm.branch(cond.negate(), skip);
            self.return_values();
            let epilogue = self.epilogue;
            self.masm.jump(epilogue);
            self.masm.buffer().bind(skip);
            return;
        }
        let edge = self.edge_to(frame);
        self.prepare_results(edge.arity);
        let label = self.s.frames[frame].label;
        if self.edge_is_free(&edge) {
            self.masm.branch(cond, label);
        } else {
            let skip = self.masm.buffer().label();
            self.masm.branch(cond.negate(), skip);
            self.conform(&edge);
            self.masm.jump(label);
            self.masm.buffer().bind(skip);
        }
    }

    pub(super) fn br_table(&mut self, table: &BrTable<'_>) -> Result<(), CompileError> {
        self.flush_fuel();
        let (index, val) = self.pop_gp();
        let default = self.frame_at(table.default());
        let arity = self.edge_to(default).arity;
        self.prepare_results(arity);
        let temp = match val.reusable() {
            Some(reg) => reg.gp(),
            None => self.alloc_gp(),
        };
        self.s.labels.clear();
        self.s.table_edges.clear();
        for depth in table.targets() {
            let depth = depth.map_err(super::invalid)?;
            let frame = self.frame_at(depth);
            self.table_target(frame);
        }
        self.table_target(default);
        let labels = std::mem::take(&mut self.s.labels);
        self.masm.jump_table(index, temp, &labels);
        self.s.labels = labels;
        for at in 0..self.s.table_edges.len() {
            let (frame, label) = self.s.table_edges[at];
            let frame = frame as usize;
            self.s.frames[frame].table_edge = None;
            self.masm.buffer().bind(label);
            if frame == 0 {
                self.return_values();
                let epilogue = self.epilogue;
                self.masm.jump(epilogue);
            } else {
                let edge = self.edge_to(frame);
                // It may have become free since: asking again settles what the label finds.
                self.go(&edge);
                let target = self.s.frames[frame].label;
                self.masm.jump(target);
            }
        }
        self.reachable = false;
        Ok(())
    }

    /// Adds the label of a frame, or of the code on the way to it, to the current table.
    fn table_target(&mut self, frame: usize) {
        let number = u32::try_from(frame).expect("validation limits nesting");
        if let Some((_, label)) = self.s.frames[frame].table_edge {
            self.s.labels.push(label);
            return;
        }
        let free = frame != 0 && {
            let edge = self.edge_to(frame);
            self.edge_is_free(&edge)
        };
        let label = if free {
            self.s.frames[frame].label
        } else {
            let label = self.masm.buffer().label();
            self.s.frames[frame].table_edge = Some((number, label));
            self.s.table_edges.push((number, label));
            label
        };
        self.s.labels.push(label);
    }

    pub(super) fn return_(&mut self) {
        self.flush_fuel();
        self.leave_to(0);
        self.reachable = false;
    }

    /// `nop`.
    pub(super) fn nop(&mut self) {}

    /// `unreachable`.
    pub(super) fn unreachable(&mut self) {
        self.save_fuel();
        self.trap(Trap::Unreachable);
    }

    /// Pops what a branch depends on.
    pub(super) fn pop_condition(&mut self) -> Cond {
        match self.fused.take() {
            Some(Fused::Int { cc, size }) => self.pop_comparison(cc, size),
            Some(Fused::Zero { cc, size }) => {
                let (a, _) = self.pop_gp();
                Cond::Int { cc, size, a, b: RegImm::Imm(0) }
            }
            Some(Fused::Float { cc, negated, size }) => {
                let (b, _) = self.pop_fp();
                let (a, _) = self.pop_fp();
                Cond::Float { cc, negated, size, a, b }
            }
            None => {
                let (a, _) = self.pop_gp();
                Cond::non_zero(Size::S32, a)
            }
        }
    }

    /// Pops the operands of a comparison of integers.
    pub(super) fn pop_comparison(&mut self, cc: IntCc, size: Size) -> Cond {
        let b = self.pop();
        let a = self.pop();
        match (a, b) {
            (Val::Const(a), Val::Reg { reg, .. }) => {
                Cond::Int { cc: cc.swap(), size, a: reg.gp(), b: RegImm::Imm(a.cast_signed()) }
            }
            (a, b) => {
                let ty = match size {
                    Size::S32 => AbiType::I32,
                    Size::S64 => AbiType::I64,
                };
                let Val::Reg { reg, .. } = self.in_reg(ty, a) else { unreachable!("it is in a register") };
                let b = match b {
                    Val::Const(value) => RegImm::Imm(value.cast_signed()),
                    Val::Reg { reg, .. } => RegImm::Reg(reg.gp()),
                };
                Cond::Int { cc, size, a: reg.gp(), b }
            }
        }
    }

    /// Skips the beginning of a block that cannot be reached.
    pub(super) fn dead_block(&mut self, is_loop: bool) {
        self.dead_depth += 1;
        if is_loop {
            self.scan.enter_loop(self.bytes, self.next);
        }
    }

    /// `else` behind code that cannot be reached.
    pub(super) fn dead_else(&mut self) {
        if self.dead_depth == 0 {
            self.else_();
        }
    }

    /// `end` behind code that cannot be reached.
    pub(super) fn dead_end(&mut self) {
        match self.dead_depth {
            0 => self.end(),
            _ => self.dead_depth -= 1,
        }
    }
}
