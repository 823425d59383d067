//! Bounds checks that cannot fail are taken out, and neighbors become one.
//!
//! A check is superfluous if all values that its index can have ([`super::range`]) are within the memory's initial size, or if
//! a check that every way here has passed covers it: of the same index, or of one that differs from it by a constant.
//! Memories never shrink, so that what has been in bounds stays in bounds.
//!
//! Of checks of the same root that follow each other with nothing but loads and arithmetic between them, the first one asks for the
//! largest end. If it fails, all of them are made in order off the hot path: the guest stops at the operator whose access is out of
//! bounds, and nobody can tell that those before it were not made.

use super::Places;
use super::interval::Interval;
use super::range::{Ranges, offset_from_root};
use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{Block, Function, Inst, InstBuilder, InstructionData, Value, types};
use hashbrown::HashMap;
use smallvec::SmallVec;

/// A bounds check: a branch whose first destination stops and whose second goes on, in bounds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BoundsCheck {
    /// The branch.
    pub(crate) branch: Inst,
    /// Of which memory.
    pub(crate) memory: u32,
    /// The index operand.
    pub(crate) index: Value,
    /// Going on means that `index + end` is at most the memory's length.
    pub(crate) end: u64,
    /// The memory's length is never less than this.
    pub(crate) min_bytes: u64,
    /// The index and the memory's length, both with 64 bits, for another check: of memories with 32-bit indices.
    pub(crate) sides: Option<(Value, Value)>,
}

/// What is known where a check has been passed.
#[derive(Clone, Copy)]
struct Passed {
    /// Where control goes on.
    block: Block,
    /// What the index is more than its root.
    offset: i64,
    end: u64,
    /// Values of the index.
    range: Interval,
}

/// Takes out checks that cannot fail.
pub(crate) fn remove_superfluous(func: &mut Function, places: Places<'_>, checks: &[BoundsCheck]) {
    for branch in find(func, places, checks) {
        take_out(func, branch);
    }
}

fn take_out(func: &mut Function, branch: Inst) {
    let next = going_on(func, branch);
    func.replace(branch).jump(next, &[]);
}

/// Makes one check of several that follow each other.
pub(crate) fn merge_neighbors(func: &mut Function, places: Places<'_>, checks: &[BoundsCheck]) {
    let by_branch: HashMap<Inst, &BoundsCheck> = checks.iter().map(|check| (check.branch, check)).collect();
    for check in checks {
        let Some((index, length)) = check.sides.filter(|_| is_check(func, check.branch)) else { continue };
        let followers = followers(func, places, check, &by_branch);
        let Some(&(last, end)) = followers.last() else { continue };
        // Slow: each check, then the stop of the last one, which must be the one that fails.
        let slow = new_cold_block(func);
        let mut cursor = FuncCursor::new(func).at_bottom(slow);
        for &(branch, end) in std::iter::once(&(check.branch, check.end)).chain(&followers[..followers.len() - 1]) {
            let (stop, next) = (stopping(cursor.func, branch), new_cold_block(cursor.func));
            let outside = is_outside(&mut cursor, index, end, length);
            cursor.ins().brif(outside, stop, &[], next, &[]);
            cursor.goto_bottom(next);
        }
        let stop = stopping(cursor.func, last);
        cursor.ins().jump(stop, &[]);
        // Fast: one check.
        cursor.goto_inst(check.branch);
        cursor.set_srcloc(cursor.func.srcloc(check.branch));
        let outside = is_outside(&mut cursor, index, end, length);
        let next = going_on(cursor.func, check.branch);
        cursor.func.replace(check.branch).brif(outside, slow, &[], next, &[]);
        for (branch, _) in followers {
            take_out(func, branch);
        }
    }
}

/// The checks that `first` can make as well, each with its end from the index of `first`: in order, each beyond those before.
fn followers(
    func: &Function,
    places: Places<'_>,
    first: &BoundsCheck,
    checks: &HashMap<Inst, &BoundsCheck>,
) -> SmallVec<[(Inst, u64); 4]> {
    let mut found = SmallVec::new();
    let (root, offset) = offset_from_root(func, first.index);
    let mut end = first.end;
    let mut block = going_on(func, first.branch);
    loop {
        let terminator = func.layout.last_inst(block).expect("blocks are filled");
        let harmless = |inst: Inst| {
            let op = func.dfg.insts[inst].opcode();
            inst == terminator
                || !(op.can_store() || op.is_call() || op.other_side_effects() || op.can_trap() && !op.can_load())
        };
        if !func.layout.block_insts(block).all(harmless) {
            return found;
        }
        block = match (&func.dfg.insts[terminator], checks.get(&terminator)) {
            (InstructionData::Brif { .. }, Some(check)) => {
                let (other_root, other_offset) = offset_from_root(func, check.index);
                let beyond = u64::try_from(i128::from(other_offset) - i128::from(offset))
                    .ok()
                    .and_then(|further| further.checked_add(check.end))
                    .filter(|&beyond| beyond > end && beyond <= u32::MAX.into());
                let Some(beyond) = beyond else { return found };
                if other_root != root || check.memory != first.memory || check.sides.is_none() {
                    return found;
                }
                found.push((terminator, beyond));
                end = beyond;
                going_on(func, terminator)
            }
            // Where a check has been taken out.
            (InstructionData::Jump { destination, .. }, Some(_)) => destination.block(&func.dfg.value_lists),
            _ => return found,
        };
        debug_assert!(places.cfg.pred_iter(block).count() == 1, "only a check leads to where it goes on");
    }
}

/// Whether `index + end` exceeds `length`.
fn is_outside(cursor: &mut FuncCursor<'_>, index: Value, end: u64, length: Value) -> Value {
    let end = cursor.ins().iconst(types::I64, end.cast_signed());
    let sum = cursor.ins().iadd(index, end);
    cursor.ins().icmp(IntCC::UnsignedGreaterThan, sum, length)
}

fn new_cold_block(func: &mut Function) -> Block {
    let block = func.dfg.make_block();
    func.layout.append_block(block);
    func.layout.set_cold(block);
    block
}

/// Whether a check is still there.
fn is_check(func: &Function, branch: Inst) -> bool {
    func.layout.inst_block(branch).is_some() && matches!(func.dfg.insts[branch], InstructionData::Brif { .. })
}

fn find(func: &Function, places: Places<'_>, checks: &[BoundsCheck]) -> Vec<Inst> {
    let domtree = places.domtree;
    let mut ranges = Ranges::new(func, places);
    let mut passed: HashMap<(u32, Value), Vec<Passed>> = HashMap::new();
    let mut superfluous = Vec::new();
    // Checks come in the order of the operators, which no check can follow that dominates it.
    for check in checks {
        let Some(block) = func.layout.inst_block(check.branch).filter(|&block| domtree.is_reachable(block)) else {
            continue;
        };
        let range = ranges.of(check.index, block);
        let (root, offset) = offset_from_root(func, check.index);
        let passed = passed.entry((check.memory, root)).or_default();
        let here = Passed { block: going_on(func, check.branch), offset, end: check.end, range };
        let within = range.max().checked_add(check.end).is_some_and(|end| end <= check.min_bytes);
        if within || passed.iter().any(|p| domtree.block_dominates(p.block, block) && p.covers(&here)) {
            superfluous.push(check.branch);
        }
        passed.push(here);
    }
    superfluous
}

impl Passed {
    /// Whether the other check, of the same root, cannot fail either.
    fn covers(&self, other: &Self) -> bool {
        let further = i128::from(other.offset) - i128::from(self.offset);
        // Up to the end that is known, indices do not wrap; downwards they do not if they are large enough.
        further + i128::from(other.end) <= i128::from(self.end)
            && (further >= 0 || i128::from(self.range.bounds().0) >= -further)
    }
}

/// Where control goes after a check, if it fails and if it does not.
fn ways(func: &Function, branch: Inst) -> [Block; 2] {
    match func.dfg.insts[branch] {
        InstructionData::Brif { blocks, .. } => blocks.map(|call| call.block(&func.dfg.value_lists)),
        _ => unreachable!("a bounds check is a conditional branch"),
    }
}

fn stopping(func: &Function, branch: Inst) -> Block {
    ways(func, branch)[0]
}

fn going_on(func: &Function, branch: Inst) -> Block {
    ways(func, branch)[1]
}
