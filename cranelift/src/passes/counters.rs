//! Loops that count up to a constant compare with "less than" instead of "not equal".
//!
//! cranelift-codegen turns `i + step != limit` into `i != limit - step` if both are constants. That keeps the old value of the
//! counter alive past the new one, which costs a register, a move and a jump in each iteration. An order it leaves alone.

use super::Places;
use super::range::Ranges;
use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::ir::{Function, Inst, InstBuilder, InstructionData};

/// Changes the conditions of branches back to the header of a loop where that makes no difference. `branches` are conditional;
/// their first destination is the header.
pub(crate) fn order(func: &mut Function, places: Places<'_>, branches: &[Inst]) {
    let mut ranges = Ranges::new(func, places);
    let found: Vec<_> = branches.iter().filter_map(|&branch| Some((branch, ranges.ordered(branch)?))).collect();
    for (branch, (cc, value, limit)) in found {
        let mut cursor = FuncCursor::new(func).at_inst(branch);
        cursor.set_srcloc(cursor.func.srcloc(branch));
        let condition = cursor.ins().icmp(cc, value, limit);
        let InstructionData::Brif { arg, .. } = &mut func.dfg.insts[branch] else {
            unreachable!("a conditional branch")
        };
        *arg = condition;
    }
}
