//! What values integers can have: intervals, from constants, masks, narrow loads, conditions on the way, and loops whose number
//! of iterations is bounded.
//!
//! Everything is an over-approximation: whatever is given up on (cycles, depth) has all values of its type.

use super::Places;
use super::interval::{Interval, mask};
use cranelift_codegen::dominator_tree::DominatorTree;
use cranelift_codegen::flowgraph::ControlFlowGraph;
use cranelift_codegen::ir::condcodes::{CondCode, IntCC};
use cranelift_codegen::ir::{Block, BlockArg, Function, Inst, InstructionData, Opcode, Value, ValueDef};
use hashbrown::HashMap;
use smallvec::SmallVec;

/// How deep expressions are looked into.
const MAX_DEPTH: u32 = 60;

/// How many conditions on the way to a place are looked at.
const MAX_CONDITIONS: usize = 16;

/// How many expressions one question looks into.
const BUDGET: u32 = 4000;

/// How many expressions are looked into in a function.
const FUNCTION_BUDGET: u32 = 60_000;

/// How many guesses about a loop parameter are verified.
const MAX_GUESSES: usize = 3;

/// The analysis of a function.
pub(super) struct Ranges<'a> {
    func: &'a Function,
    cfg: &'a ControlFlowGraph,
    domtree: &'a DominatorTree,
    /// Values of values wherever they are used, and of values in a block.
    known: HashMap<(Value, Option<Block>), Interval>,
    /// How often loops go back, at most.
    trips: HashMap<Block, Option<u64>>,
    /// Loop parameters whose values are being found out, with what is assumed about them meanwhile.
    active: SmallVec<[(Value, Interval); 8]>,
    depth: u32,
    /// Expressions that the current question may still look into.
    budget: u32,
    /// Expressions that later questions may look into.
    left: u32,
    /// Something was given up on since this was last reset: what was found may be narrower another time.
    gave_up: bool,
}

/// A way into a block.
#[derive(Clone, Copy)]
struct Edge {
    from: Block,
    branch: Inst,
    /// Which of the branch's destinations.
    index: usize,
}

impl<'a> Ranges<'a> {
    pub(super) fn new(func: &'a Function, places: Places<'a>) -> Self {
        let Places { cfg, domtree } = places;
        let (known, trips) = (HashMap::new(), HashMap::new());
        Self {
            func,
            cfg,
            domtree,
            known,
            trips,
            active: SmallVec::new(),
            depth: 0,
            budget: 0,
            left: FUNCTION_BUDGET,
            gave_up: false,
        }
    }

    /// What values `value`, an integer, can have whenever control is in `block`, where it is used.
    pub(super) fn of(&mut self, value: Value, block: Block) -> Interval {
        self.budget = BUDGET.min(self.left);
        self.left -= self.budget;
        self.gave_up = false;
        let range = self.at(value, block);
        self.left += self.budget;
        range
    }

    fn at(&mut self, value: Value, block: Block) -> Interval {
        self.remembered(value, Some(block), |s, value, bits| {
            let mut range = s.anywhere(value);
            if range.single().is_none() {
                // Operands may be known better here than where the operation is.
                if let ValueDef::Result(inst, _) = s.func.dfg.value_def(value) {
                    range = range.narrower(s.operation(inst, bits, Some(block)));
                }
                range = s.conditions(value, range, block);
            }
            range
        })
    }

    /// What values `value` can have.
    fn anywhere(&mut self, value: Value) -> Interval {
        self.remembered(value, None, |s, value, bits| match s.func.dfg.value_def(value) {
            ValueDef::Result(inst, _) => s.operation(inst, bits, None),
            ValueDef::Param(block, index) => {
                if let Some(&(_, assumed)) = s.active.iter().find(|a| a.0 == value) {
                    s.gave_up = true;
                    return assumed;
                }
                s.active.push((value, Interval::full(bits)));
                let range = s.param(block, index, bits);
                s.active.pop();
                if s.active.is_empty() && s.budget > 0 {
                    // Only its own values were not known.
                    s.gave_up = false;
                }
                range
            }
            ValueDef::Union(..) => Interval::full(bits),
        })
    }

    /// The answer to a question, remembered unless something was given up on.
    fn remembered(
        &mut self,
        value: Value,
        block: Option<Block>,
        find: impl FnOnce(&mut Self, Value, u32) -> Interval,
    ) -> Interval {
        let value = self.func.dfg.resolve_aliases(value);
        let bits = self.bits(value);
        if let Some(&known) = self.known.get(&(value, block)) {
            return known;
        }
        if self.depth >= MAX_DEPTH || self.budget == 0 || self.func.dfg.value_type(value).bits() > 64 {
            self.gave_up = true;
            return Interval::full(bits);
        }
        self.depth += 1;
        self.budget -= 1;
        let before = std::mem::take(&mut self.gave_up);
        let range = find(self, value, bits);
        if !self.gave_up {
            self.known.insert((value, block), range);
        }
        self.gave_up |= before;
        self.depth -= 1;
        range
    }

    fn bits(&self, value: Value) -> u32 {
        let ty = self.func.dfg.value_type(value);
        if ty.is_int() { ty.bits().min(64) } else { 64 }
    }

    fn operand(&mut self, value: Value, block: Option<Block>) -> Interval {
        match block {
            Some(block) => self.at(value, block),
            None => self.anywhere(value),
        }
    }

    /// What an operation gives, from what its operands are (in `block`).
    fn operation(&mut self, inst: Inst, bits: u32, block: Option<Block>) -> Interval {
        use Opcode as O;
        let full = Interval::full(bits);
        let ty = self.func.dfg.ctrl_typevar(inst);
        if self.func.dfg.inst_results(inst).len() != 1 || !ty.is_int() || ty.bits() > 64 {
            return full;
        }
        let data = self.func.dfg.insts[inst];
        match data {
            InstructionData::UnaryImm { opcode: O::Iconst, imm } => Interval::exact(bits, imm.bits().cast_unsigned()),
            InstructionData::Unary { opcode: O::Uextend, arg } => self.operand(arg, block).extended(bits),
            InstructionData::Unary { opcode: O::Ireduce, arg } => self.operand(arg, block).reduced(bits),
            InstructionData::Unary { opcode: O::Clz | O::Ctz | O::Popcnt, .. } if bits >= 8 => {
                Interval::between(bits, 0, bits.into())
            }
            InstructionData::Load { opcode, .. } => match opcode {
                O::Uload8 => Interval::between(bits, 0, mask(8)),
                O::Uload16 => Interval::between(bits, 0, mask(16)),
                O::Uload32 => Interval::between(bits, 0, mask(32)),
                _ => full,
            },
            InstructionData::IntCompare { .. } => Interval::between(bits, 0, 1),
            InstructionData::Ternary { opcode: O::Select, args: [cond, a, b] } => {
                let (mut yes, mut no) = (self.operand(a, block), self.operand(b, block));
                yes = self.assume(cond, true, a, yes);
                no = self.assume(cond, false, b, no);
                yes.union(no)
            }
            InstructionData::Binary { opcode, args: [a, b] } => {
                let x = self.operand(a, block);
                let y = self.operand(b, block);
                let ((x_low, x_high), (y_low, y_high)) = (x.bounds(), y.bounds());
                match opcode {
                    O::Iadd => x.add(y),
                    O::Isub => x.sub(y),
                    O::Imul => x.mul(y),
                    // Clearing low bits keeps the order.
                    O::Band => match y.single().filter(|y| (!y & mask(bits)).wrapping_add(1).is_power_of_two()) {
                        Some(high_bits) => Interval::between(bits, x_low & high_bits, x_high & high_bits),
                        None => Interval::between(bits, 0, x_high.min(y_high)),
                    },
                    O::Bor | O::Bxor => {
                        let ones = u64::MAX.checked_shr((x_high | y_high).leading_zeros()).unwrap_or(0);
                        let low = if opcode == O::Bor { x_low.max(y_low) } else { 0 };
                        Interval::between(bits, low, ones)
                    }
                    // Shifts take their amount modulo the width.
                    O::Ishl => match y.single() {
                        Some(by) => x.mul(Interval::exact(bits, 1 << (by % u64::from(bits)))),
                        None => full,
                    },
                    O::Ushr => match y.single().map(|by| by % u64::from(bits)) {
                        Some(by) => Interval::between(bits, x_low >> by, x_high >> by),
                        None => Interval::between(bits, 0, x_high),
                    },
                    O::Sshr => match y.single().map(|by| by % u64::from(bits)) {
                        Some(by) if x_high <= mask(bits) >> 1 => Interval::between(bits, x_low >> by, x_high >> by),
                        _ => full,
                    },
                    O::Udiv => Interval::between(bits, x_low / y_high.max(1), x_high / y_low.max(1)),
                    O::Urem if y_high > 0 => Interval::between(bits, 0, x_high.min(y_high - 1)),
                    O::Umin => Interval::between(bits, x_low.min(y_low), x_high.min(y_high)),
                    O::Umax => Interval::between(bits, x_low.max(y_low), x_high.max(y_high)),
                    _ => full,
                }
            }
            _ => full,
        }
    }

    /// The ways into a block.
    fn edges(&self, block: Block) -> SmallVec<[Edge; 4]> {
        let mut edges = SmallVec::new();
        for pred in self.cfg.pred_iter(block) {
            let dfg = &self.func.dfg;
            let destinations = dfg.insts[pred.inst].branch_destination(&dfg.jump_tables, &dfg.exception_tables);
            for (index, destination) in destinations.iter().enumerate() {
                if destination.block(&dfg.value_lists) == block {
                    edges.push(Edge { from: pred.block, branch: pred.inst, index });
                }
            }
        }
        edges
    }

    /// What an edge passes for a parameter.
    fn argument(&self, edge: Edge, index: usize) -> Option<Value> {
        let dfg = &self.func.dfg;
        let destinations = dfg.insts[edge.branch].branch_destination(&dfg.jump_tables, &dfg.exception_tables);
        match destinations[edge.index].args(&dfg.value_lists).nth(index)? {
            BlockArg::Value(value) => Some(dfg.resolve_aliases(value)),
            _ => None,
        }
    }

    /// The condition under which an edge is taken: a value, and whether it is not zero.
    fn condition(&self, edge: Edge) -> Option<(Value, bool)> {
        match self.func.dfg.insts[edge.branch] {
            InstructionData::Brif { arg, .. } => Some((arg, edge.index == 0)),
            _ => None,
        }
    }

    /// What values a block parameter can have.
    fn param(&mut self, block: Block, index: usize, bits: u32) -> Interval {
        if Some(block) == self.func.layout.entry_block() {
            return Interval::full(bits);
        }
        let edges = self.edges(block);
        let (back, entry): (SmallVec<[Edge; 4]>, SmallVec<[Edge; 4]>) =
            edges.into_iter().partition(|e: &Edge| self.domtree.block_dominates(block, e.from));
        let Some(start) = self.incoming(&entry, index) else { return Interval::full(bits) };
        if back.is_empty() || start.is_full() {
            return start;
        }
        let stepped = self.stepped(block, index, start, &back);
        let Some(around) = self.incoming(&back, index) else { return stepped };
        let known = stepped.narrower(start.union(around));
        if known.is_full() { self.guessed(start, &back, index) } else { known }
    }

    /// The values of the loop parameter that is looked at last, by induction: if they stay in a set whenever they were in it
    /// before, and it has the first ones, it has them all.
    fn guessed(&mut self, start: Interval, back: &[Edge], index: usize) -> Interval {
        let last = self.active.len() - 1;
        let mut values = start;
        for _ in 0..MAX_GUESSES {
            let guess = values.low_bits();
            self.active[last].1 = guess;
            let Some(around) = self.incoming(back, index) else { break };
            values = start.union(around);
            if guess.has(values) {
                return values;
            }
        }
        Interval::full(start.bits())
    }

    /// What values some edges pass for a parameter. `None`: there is no edge, or something else than a value.
    fn incoming(&mut self, edges: &[Edge], index: usize) -> Option<Interval> {
        let mut all: Option<Interval> = None;
        for &edge in edges {
            let argument = self.argument(edge, index)?;
            let mut range = self.at(argument, edge.from);
            if let Some((cond, holds)) = self.condition(edge) {
                range = self.assume(cond, holds, argument, range);
            }
            all = Some(all.map_or(range, |all| all.union(range)));
            if all.is_some_and(Interval::is_full) {
                break;
            }
        }
        all
    }

    /// The values of a loop parameter that starts with `start` and changes by constants, if the loop is bounded.
    fn stepped(&mut self, header: Block, index: usize, start: Interval, back: &[Edge]) -> Interval {
        let full = Interval::full(self.bits(self.func.dfg.block_params(header)[index]));
        let Some(step) = self.step(header, index, back) else { return full };
        match self.trips(header, back) {
            Some(trips) => start.stretched(step, trips),
            None => full,
        }
    }

    /// By what constant a loop parameter changes in each iteration.
    fn step(&self, header: Block, index: usize, back: &[Edge]) -> Option<i64> {
        let param = self.func.dfg.block_params(header)[index];
        let mut step = None;
        for &edge in back {
            let (root, offset) = offset_from_root(self.func, self.argument(edge, index)?);
            if root != param || step.is_some_and(|known| known != offset) {
                return None;
            }
            step = Some(offset);
        }
        step
    }

    /// How often, at most, a loop goes back to its header.
    fn trips(&mut self, header: Block, back: &[Edge]) -> Option<u64> {
        if let Some(&known) = self.trips.get(&header) {
            return known;
        }
        // Whoever asks meanwhile learns nothing.
        self.trips.insert(header, None);
        let &[latch] = back else { return None };
        let before = std::mem::take(&mut self.gave_up);
        let mut least: Option<u64> = None;
        let mut edge = latch;
        // Conditions that hold whenever the loop goes back.
        for _ in 0..MAX_CONDITIONS {
            if let Some((cond, holds)) = self.condition(edge) {
                for (cc, a, b) in facts(self.func, cond, holds) {
                    let mut bounds = [self.bounded(header, back, cc, a, b), None];
                    if let Some(b) = b {
                        bounds[1] = self.bounded(header, back, cc.swap_args(), b, Some(a));
                    }
                    for bound in bounds {
                        least = match (least, bound) {
                            (Some(x), Some(y)) => Some(x.min(y)),
                            (x, y) => x.or(y),
                        };
                    }
                }
            }
            if edge.from == header {
                break;
            }
            let Some(above) = self.only_edge_above(edge.from) else { break };
            edge = above;
        }
        if self.gave_up {
            // It may rest on an assumption.
            self.trips.remove(&header);
        } else {
            self.trips.insert(header, least);
        }
        self.gave_up |= before;
        least
    }

    /// The edge that every way to `block` from its dominators takes last of those that branch: its own only edge, or that of
    /// a dominator.
    fn only_edge_above(&self, mut block: Block) -> Option<Edge> {
        for _ in 0..MAX_CONDITIONS {
            if let [edge] = self.edges(block)[..] {
                return Some(edge);
            }
            block = self.domtree.idom(block)?;
        }
        None
    }

    /// How often a loop goes back at most if it does so only while `value cc limit`. Without a limit it is zero.
    fn bounded(&mut self, header: Block, back: &[Edge], cc: IntCC, value: Value, limit: Option<Value>) -> Option<u64> {
        let (param, offset) = offset_from_root(self.func, value);
        let ValueDef::Param(block, index) = self.func.dfg.value_def(param) else { return None };
        if block != header || !self.func.dfg.value_type(value).is_int() {
            return None;
        }
        let step = self.step(header, index, back).filter(|&step| step != 0)?;
        let entry: SmallVec<[Edge; 4]> =
            self.edges(header).into_iter().filter(|e| !self.domtree.block_dominates(header, e.from)).collect();
        let bits = self.bits(value);
        // What is compared the first time.
        let first = self.incoming(&entry, index)?.add(Interval::exact(bits, offset.cast_unsigned()));
        let limit_range = match limit {
            None => Interval::exact(bits, 0),
            Some(limit) if self.is_outside(limit, header) => self.at(limit, header),
            Some(limit) => self.anywhere(limit),
        };
        let (first_low, first_high) = first.bounds();
        let (limit_low, limit_high) = limit_range.bounds();
        let by = step.unsigned_abs();
        let positive = mask(bits) >> 1;
        match cc {
            IntCC::NotEqual
                if limit_range.single().is_some() || limit.is_some_and(|limit| self.is_outside(limit, header)) =>
            {
                let distance = if step > 0 { limit_range.sub(first) } else { first.sub(limit_range) };
                match distance.single() {
                    Some(distance) => distance.is_multiple_of(by).then_some(distance / by),
                    // Without a remainder it does not miss the limit.
                    None => {
                        let start = first.single().map_or(0, |first| first.trailing_zeros().min(bits));
                        let zeros = limit.map_or(start, |limit| start.min(self.trailing_zeros(limit, 4)));
                        let exact = by == 1 || (by.is_power_of_two() && by.trailing_zeros() <= zeros);
                        (exact && !distance.is_full()).then(|| distance.max() / by)
                    }
                }
            }
            IntCC::UnsignedLessThan if step > 0 => (limit_high.saturating_sub(1) <= mask(bits) - by.min(mask(bits)))
                .then(|| limit_high.saturating_sub(first_low).div_ceil(by)),
            IntCC::SignedLessThan if step > 0 && limit_high <= positive && first_high <= positive => {
                (limit_high.saturating_sub(1) <= positive.saturating_sub(by))
                    .then(|| limit_high.saturating_sub(first_low).div_ceil(by))
            }
            IntCC::UnsignedGreaterThan if step < 0 => {
                (by <= limit_low.saturating_add(1)).then(|| first_high.saturating_sub(limit_low).div_ceil(by))
            }
            IntCC::SignedGreaterThan if step < 0 && limit_high <= positive && first_high <= positive => {
                (by <= positive).then(|| first_high.saturating_sub(limit_low).div_ceil(by))
            }
            _ => None,
        }
    }

    /// The condition of a branch back to a loop's header as an order, if it is that a counter differs from a constant which it
    /// reaches without wrapping around.
    pub(super) fn ordered(&mut self, branch: Inst) -> Option<(IntCC, Value, Value)> {
        let from = self.func.layout.inst_block(branch).filter(|&block| self.domtree.is_reachable(block))?;
        let edge = Edge { from, branch, index: 0 };
        let InstructionData::Brif { arg, blocks, .. } = self.func.dfg.insts[branch] else { return None };
        let header = blocks[0].block(&self.func.dfg.value_lists);
        let (cc, value, limit) = facts(self.func, arg, true).into_iter().find(|fact| fact.2.is_some())?;
        let limit = limit?;
        let (param, offset) = offset_from_root(self.func, value);
        let ValueDef::Param(block, index) = self.func.dfg.value_def(param) else { return None };
        // A condition that is negated on the way has another fact before this one.
        if cc != IntCC::NotEqual || block != header || !self.is_direct(arg) {
            return None;
        }
        let edges = self.edges(header);
        let (back, entry): (SmallVec<[Edge; 4]>, SmallVec<[Edge; 4]>) =
            edges.into_iter().partition(|e: &Edge| self.domtree.block_dominates(header, e.from));
        if !matches!(back[..], [only] if only.branch == edge.branch) || offset == 0 {
            return None;
        }
        let step = self.step(header, index, &back)?;
        let bits = self.bits(value);
        self.budget = BUDGET;
        let first = self.incoming(&entry, index)?.add(Interval::exact(bits, offset.cast_unsigned())).single()?;
        let limit_value = self.anywhere(limit).single()?;
        let (cc, distance) = match step {
            1.. => (IntCC::UnsignedLessThan, limit_value.checked_sub(first)?),
            _ => (IntCC::UnsignedGreaterThan, first.checked_sub(limit_value)?),
        };
        (step != 0 && distance.is_multiple_of(step.unsigned_abs())).then_some((cc, value, limit))
    }

    /// Whether a condition is a comparison itself, perhaps extended.
    fn is_direct(&self, cond: Value) -> bool {
        let dfg = &self.func.dfg;
        let inst = |value| dfg.value_def(dfg.resolve_aliases(value)).inst().map(|inst| dfg.insts[inst]);
        match inst(cond) {
            Some(InstructionData::Unary { opcode: Opcode::Uextend, arg }) => {
                matches!(inst(arg), Some(InstructionData::IntCompare { .. }))
            }
            data => matches!(data, Some(InstructionData::IntCompare { .. })),
        }
    }

    /// Whether a value that is used in a loop does not change there.
    fn is_outside(&self, value: Value, header: Block) -> bool {
        let block = match self.func.dfg.value_def(self.func.dfg.resolve_aliases(value)) {
            ValueDef::Result(inst, _) => self.func.layout.inst_block(inst),
            ValueDef::Param(block, _) => Some(block),
            ValueDef::Union(..) => None,
        };
        block.is_some_and(|block| !self.domtree.block_dominates(header, block))
    }

    /// How many of a value's lowest bits are zero for sure. Operands are looked into `depth` deep.
    fn trailing_zeros(&self, value: Value, depth: u32) -> u32 {
        let value = self.func.dfg.resolve_aliases(value);
        let bits = self.bits(value);
        let Some(inst) = self.func.dfg.value_def(value).inst().filter(|_| depth > 0) else { return 0 };
        match self.func.dfg.insts[inst] {
            InstructionData::UnaryImm { opcode: Opcode::Iconst, imm } => imm.bits().trailing_zeros().min(bits),
            InstructionData::Binary { opcode, args: [a, b] } => {
                let (x, y) = (self.trailing_zeros(a, depth - 1), self.trailing_zeros(b, depth - 1));
                match opcode {
                    Opcode::Band => x.max(y),
                    Opcode::Iadd | Opcode::Isub | Opcode::Bor | Opcode::Bxor => x.min(y),
                    Opcode::Imul => (x + y).min(bits),
                    Opcode::Ishl => match constant(self.func, self.func.dfg.resolve_aliases(b)) {
                        Some(by) => u32::try_from(by).ok().filter(|&by| by < bits).map_or(x, |by| (x + by).min(bits)),
                        _ => x,
                    },
                    _ => 0,
                }
            }
            _ => 0,
        }
    }

    /// Narrows `range`, the values of `value`, by the conditions of all branches on the way to `block`.
    fn conditions(&mut self, value: Value, mut range: Interval, mut block: Block) -> Interval {
        for _ in 0..MAX_CONDITIONS {
            if let [edge] = self.edges(block)[..]
                && let Some((cond, holds)) = self.condition(edge)
            {
                range = self.assume(cond, holds, value, range);
            }
            match self.domtree.idom(block) {
                Some(above) => block = above,
                None => break,
            }
        }
        range
    }

    /// Narrows `range`, the values of `value`, given that `cond` is not zero, or is zero.
    fn assume(&mut self, cond: Value, holds: bool, value: Value, mut range: Interval) -> Interval {
        let value = self.func.dfg.resolve_aliases(value);
        for (cc, a, b) in facts(self.func, cond, holds) {
            for (cc, a, b) in [(cc, Some(a), b), (cc.swap_args(), b, Some(a))] {
                let Some((root, offset)) = a.map(|a| offset_from_root(self.func, a)) else { continue };
                let bits = self.bits(value);
                let limit = |s: &mut Self| b.map_or(Interval::exact(bits, 0), |b| s.anywhere(b));
                if a == Some(value) {
                    range = narrowed(range, cc, limit(self));
                } else if root == value {
                    // The condition is about the sum with a constant.
                    let offset = Interval::exact(bits, offset.cast_unsigned());
                    range = range.narrower(narrowed(range.add(offset), cc, limit(self)).sub(offset));
                }
            }
        }
        range
    }
}

/// The elements of `range` that compare so with any element of `limit`, and maybe more.
fn narrowed(range: Interval, cc: IntCC, limit: Interval) -> Interval {
    let most = mask(range.bits());
    let positive = most >> 1;
    let (low, high) = limit.bounds();
    match cc {
        IntCC::Equal => range.clamped(low, high),
        IntCC::UnsignedLessThan => range.clamped(0, high.saturating_sub(1)),
        IntCC::UnsignedLessThanOrEqual => range.clamped(0, high),
        IntCC::UnsignedGreaterThan => range.clamped(low.saturating_add(1).min(most), most),
        IntCC::UnsignedGreaterThanOrEqual => range.clamped(low, most),
        IntCC::SignedLessThan if range.max() <= positive && high <= positive => {
            range.clamped(0, high.saturating_sub(1))
        }
        IntCC::SignedLessThanOrEqual if range.max() <= positive && high <= positive => range.clamped(0, high),
        IntCC::SignedGreaterThan if low < positive && high <= positive => range.clamped(low + 1, positive),
        IntCC::SignedGreaterThanOrEqual if high <= positive => range.clamped(low, positive),
        IntCC::NotEqual if low == high && range.bounds().0 == low && !range.is_full() => {
            range.clamped(low.saturating_add(1).min(most), most)
        }
        _ => range,
    }
}

/// A value as another one plus a constant, modulo `2^bits`.
pub(super) fn offset_from_root(func: &Function, value: Value) -> (Value, i64) {
    let dfg = &func.dfg;
    let mut value = dfg.resolve_aliases(value);
    let bits = dfg.value_type(value).bits();
    let mut offset = 0_i64;
    let sign_extend = |x: i64| if bits < 64 { x << (64 - bits) >> (64 - bits) } else { x };
    while let ValueDef::Result(inst, _) = dfg.value_def(value) {
        let (sum, args) = match dfg.insts[inst] {
            InstructionData::Binary { opcode: Opcode::Iadd, args } => (true, args),
            InstructionData::Binary { opcode: Opcode::Isub, args } => (false, args),
            _ => break,
        };
        if dfg.value_type(value).is_vector() {
            break;
        }
        let [a, b] = args.map(|arg| dfg.resolve_aliases(arg));
        let (root, by) = match (constant(func, a), constant(func, b)) {
            (_, Some(by)) => (a, by),
            (Some(by), None) if sum => (b, by),
            _ => break,
        };
        offset = if sum { offset.wrapping_add(by) } else { offset.wrapping_sub(by) };
        value = root;
    }
    (value, sign_extend(offset))
}

/// The value of an integer constant.
fn constant(func: &Function, value: Value) -> Option<i64> {
    match func.dfg.insts[func.dfg.value_def(value).inst()?] {
        InstructionData::UnaryImm { opcode: Opcode::Iconst, imm } => Some(imm.bits()),
        _ => None,
    }
}

/// What comparisons follow from `cond` being not zero, or zero. Without a second operand it is zero.
fn facts(func: &Function, cond: Value, holds: bool) -> SmallVec<[(IntCC, Value, Option<Value>); 2]> {
    let mut facts = SmallVec::new();
    let (mut cond, mut holds) = (func.dfg.resolve_aliases(cond), holds);
    for _ in 0..4 {
        facts.push((if holds { IntCC::NotEqual } else { IntCC::Equal }, cond, None));
        let Some(inst) = func.dfg.value_def(cond).inst() else { break };
        match func.dfg.insts[inst] {
            InstructionData::Unary { opcode: Opcode::Uextend, arg } => cond = func.dfg.resolve_aliases(arg),
            InstructionData::IntCompare { cond: cc, args: [a, b], .. } => {
                let (a, b) = (func.dfg.resolve_aliases(a), func.dfg.resolve_aliases(b));
                let cc = if holds { cc } else { cc.complement() };
                facts.push((cc, a, Some(b)));
                // A comparison with zero says something about the other operand's own condition.
                match (cc, constant(func, b)) {
                    (IntCC::Equal, Some(0)) => (cond, holds) = (a, false),
                    (IntCC::NotEqual, Some(0)) => (cond, holds) = (a, true),
                    _ => break,
                }
            }
            _ => break,
        }
    }
    facts
}
