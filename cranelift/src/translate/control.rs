//! Structured control flow.

use super::Translator;
use super::state::{Frame, FrameKind, Types};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{
    Block, BlockArg, BlockCall, Inst, InstBuilder, InstructionData, JumpTableData, Opcode, Value,
};
use gantry_abi::{CompileError, TypeIndex};
use smallvec::SmallVec;
use wasmparser::{BlockType, BrTable, Operator};

impl Translator<'_> {
    /// Parameters and results of a block.
    fn block_types(&self, ty: BlockType) -> Result<(Types, Types), CompileError> {
        Ok(match ty {
            BlockType::Empty => Default::default(),
            BlockType::Type(ty) => {
                let ty = super::val_type(ty).map_err(|f| self.unsupported(f))?;
                (Types::new(), smallvec::smallvec![self.clif_type(ty)?])
            }
            BlockType::FuncType(index) => {
                let ty = self.module.types.func(TypeIndex::from_u32(index));
                (self.clif_types(&ty.params)?, self.clif_types(&ty.results)?)
            }
        })
    }

    fn push_frame(&mut self, kind: FrameKind, next: Block, params: usize, results: usize) {
        let height = self.s.stack.len() - params;
        let frame = Frame { kind, next, next_reached: false, height, params, results, else_operands: SmallVec::new() };
        self.s.control.push(frame);
    }

    pub(super) fn block(&mut self, ty: BlockType) -> Result<(), CompileError> {
        let (params, results) = self.block_types(ty)?;
        let next = self.block_with_params(&results);
        self.push_frame(FrameKind::Block, next, params.len(), results.len());
        Ok(())
    }

    pub(super) fn loop_(&mut self, ty: BlockType) -> Result<(), CompileError> {
        let (params, results) = self.block_types(ty)?;
        let header = self.block_with_params(&params);
        let next = self.block_with_params(&results);
        self.before_edge();
        self.jump(header, params.len());
        self.push_frame(FrameKind::Loop { header }, next, params.len(), results.len());
        let height = self.s.stack.len() - params.len();
        self.s.stack.truncate(height);
        self.s.stack.extend_from_slice(self.b.block_params(header));
        // Sealed at the end of the loop, when all branches back are known.
        self.b.switch_to_block(header);
        self.at_label();
        self.count_iteration();
        self.check_interrupts();
        Ok(())
    }

    pub(super) fn if_(&mut self, ty: BlockType) -> Result<(), CompileError> {
        let hint = self.hint();
        let cond = self.pop();
        let (params, results) = self.block_types(ty)?;
        let next = self.block_with_params(&results);
        let (then, otherwise) = (self.b.create_block(), self.b.create_block());
        match hint {
            Some(true) => self.b.set_cold_block(otherwise),
            Some(false) => self.b.set_cold_block(then),
            None => {}
        }
        self.before_edge();
        self.b.ins().brif(cond, then, &[], otherwise, &[]);
        self.b.seal_block(otherwise);
        self.enter(then);
        self.push_frame(FrameKind::If { otherwise }, next, params.len(), results.len());
        let frame = self.s.control.last_mut().expect("just pushed");
        frame.else_operands = SmallVec::from_slice(&self.s.stack[frame.height..]);
        Ok(())
    }

    pub(super) fn else_(&mut self) {
        let top = self.s.control.len() - 1;
        if self.reachable {
            let (next, results) = (self.s.control[top].next, self.s.control[top].results);
            self.before_edge();
            self.jump(next, results);
            self.s.control[top].next_reached = true;
        }
        let frame = &mut self.s.control[top];
        let FrameKind::If { otherwise } = frame.kind else { unreachable!("validated: else belongs to an if") };
        frame.kind = FrameKind::Else;
        self.s.stack.truncate(frame.height);
        self.s.stack.extend_from_slice(&frame.else_operands);
        self.b.switch_to_block(otherwise);
        self.at_label();
        self.reachable = true;
    }

    pub(super) fn end(&mut self) {
        let frame = self.s.control.pop().expect("validated: end has a block");
        let mut next_reached = frame.next_reached;
        match frame.kind {
            FrameKind::Loop { header } => self.b.seal_block(header),
            FrameKind::If { otherwise } => {
                if self.reachable {
                    self.before_edge();
                    self.jump(frame.next, frame.results);
                }
                // Without an `else`, parameters are the results.
                self.s.stack.truncate(frame.height);
                self.s.stack.extend_from_slice(&frame.else_operands);
                self.b.switch_to_block(otherwise);
                self.jump(frame.next, frame.results);
                next_reached = true;
                self.reachable = false;
            }
            FrameKind::Block | FrameKind::Else => {}
        }
        if !next_reached {
            // Nothing but falling through leads out: no need for a block.
            if !self.reachable {
                self.s.stack.truncate(frame.height);
            }
        } else {
            if self.reachable {
                self.before_edge();
                self.jump(frame.next, frame.results);
            }
            self.s.stack.truncate(frame.height);
            self.enter(frame.next);
            self.at_label();
            self.s.stack.extend_from_slice(self.b.block_params(frame.next));
            self.reachable = true;
        }
        if self.s.control.is_empty() && self.reachable {
            self.return_();
        }
    }

    pub(super) fn br(&mut self, depth: u32) {
        let (target, arity) = self.branch_target(depth);
        self.before_edge();
        self.jump(target, arity);
        self.reachable = false;
    }

    pub(super) fn br_if(&mut self, depth: u32) {
        let hint = self.hint();
        let cond = self.pop();
        self.branch_if(cond, depth, hint);
    }

    /// Branches if `cond` is not zero, taking operands along without popping them.
    pub(super) fn branch_if(&mut self, cond: Value, depth: u32, likely: Option<bool>) {
        let (target, arity) = self.branch_target(depth);
        self.before_edge();
        self.settle(arity);
        let next = self.b.create_block();
        if likely == Some(true) {
            self.b.set_cold_block(next);
        }
        if likely == Some(false) {
            let edge = self.cold_block();
            self.b.ins().brif(cond, edge, &[], next, &[]);
            self.enter(edge);
            self.jump(target, arity);
        } else {
            let args = self.block_args(arity);
            let branch = self.b.ins().brif(cond, target, &args, next, &[]);
            self.note_counting(branch, cond, depth);
        }
        // What dominated the branch still holds where it is not taken.
        self.enter(next);
    }

    /// Remembers a branch back if its condition is that a sum with a constant differs from a constant: a candidate for
    /// [`crate::passes::counters`].
    fn note_counting(&mut self, branch: Inst, cond: Value, depth: u32) {
        let frame = &self.s.control[self.s.control.len() - 1 - depth as usize];
        if !matches!(frame.kind, FrameKind::Loop { .. }) {
            return;
        }
        let dfg = &self.b.func.dfg;
        let data = |value| dfg.value_def(value).inst().map(|inst| dfg.insts[inst]);
        let Some(InstructionData::Unary { arg, .. }) = data(cond) else { return };
        let Some(InstructionData::IntCompare { cond: IntCC::NotEqual, args: [value, limit], .. }) = data(arg) else {
            return;
        };
        if self.const_of(limit).is_some()
            && matches!(data(value), Some(InstructionData::Binary { opcode: Opcode::Iadd, .. }))
        {
            self.s.counting.push(branch);
        }
    }

    pub(super) fn br_table(&mut self, table: &BrTable<'_>) -> Result<(), CompileError> {
        let index = self.pop();
        let (default, arity) = self.branch_target(table.default());
        self.before_edge();
        self.settle(arity);
        let args = self.block_args(arity);
        let mut calls = Vec::with_capacity(table.len() as usize);
        for depth in table.targets() {
            let (target, _) = self.branch_target(depth.map_err(super::invalid)?);
            calls.push(BlockCall::new(target, args.iter().copied(), &mut self.b.func.dfg.value_lists));
        }
        let default = BlockCall::new(default, args.iter().copied(), &mut self.b.func.dfg.value_lists);
        let table = self.b.create_jump_table(JumpTableData::new(default, &calls));
        self.b.ins().br_table(index, table);
        self.reachable = false;
        Ok(())
    }

    pub(super) fn return_(&mut self) {
        self.save_fuel();
        let count = self.b.func.signature.returns.len();
        self.settle(count);
        let values: SmallVec<[Value; 4]> = SmallVec::from_slice(&self.s.stack[self.s.stack.len() - count..]);
        self.b.ins().return_(&values);
        self.reachable = false;
    }

    /// `unreachable`.
    pub(super) fn unreachable(&mut self) {
        self.save_fuel();
        self.trap(gantry_abi::Trap::Unreachable);
    }

    /// Skips an operator that cannot be reached, up to the one that makes code reachable again.
    pub(super) fn dead_operator(&mut self, op: &Operator<'_>) {
        match op {
            Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } | Operator::TryTable { .. } => {
                self.dead_depth += 1;
            }
            Operator::Else | Operator::End if self.dead_depth == 0 => {
                // Operators that ended in a trap are not paid for by those that come here another way.
                self.interrupt.pending_fuel = 0;
                if matches!(op, Operator::Else) { self.else_() } else { self.end() }
            }
            Operator::End => self.dead_depth -= 1,
            _ => {}
        }
    }

    /// The block that a branch of this depth goes to, and how many operands it takes along.
    fn branch_target(&mut self, depth: u32) -> (Block, usize) {
        let index = self.s.control.len() - 1 - depth as usize;
        let frame = &mut self.s.control[index];
        if !matches!(frame.kind, FrameKind::Loop { .. }) {
            frame.next_reached = true;
        }
        (frame.target(), frame.branch_arity())
    }

    /// Jumps, with the topmost operands.
    fn jump(&mut self, target: Block, arity: usize) {
        self.settle(arity);
        let args = self.block_args(arity);
        self.b.ins().jump(target, &args);
    }

    fn block_args(&self, arity: usize) -> SmallVec<[BlockArg; 4]> {
        self.s.stack[self.s.stack.len() - arity..].iter().map(|&v| BlockArg::Value(v)).collect()
    }

    /// Before control flow leaves for a label: brings what may be stale up to date, because flows merge there.
    pub(super) fn before_edge(&mut self) {
        self.flush_fuel();
        self.refresh_memories();
    }

    /// After a label: nothing is known about how control got here, but that every edge brought things up to date.
    pub(super) fn at_label(&mut self) {
        self.s.checks.clear();
        for memory in &mut self.s.memories {
            memory.stale = false;
        }
    }
}
