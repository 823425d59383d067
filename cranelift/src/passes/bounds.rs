//! Bounds checks that cannot fail are taken out.
//!
//! A check is superfluous if all values that its index can have ([`super::range`]) are within the memory's initial size, or if
//! a check that every way here has passed covers it: of the same index, or of one that differs from it by a constant.
//! Memories never shrink, so that what has been in bounds stays in bounds.

use super::Places;
use super::interval::Interval;
use super::range::{Ranges, offset_from_root};
use cranelift_codegen::ir::{Block, Function, Inst, InstBuilder, InstructionData, Value};
use hashbrown::HashMap;

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
        let next = going_on(func, branch);
        func.replace(branch).jump(next, &[]);
    }
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

/// Where control goes on after a check.
fn going_on(func: &Function, branch: Inst) -> Block {
    match func.dfg.insts[branch] {
        InstructionData::Brif { blocks, .. } => blocks[1].block(&func.dfg.value_lists),
        _ => unreachable!("a bounds check is a conditional branch"),
    }
}
