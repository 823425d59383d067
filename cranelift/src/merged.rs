//! Loads that became memory operands.
//!
//! Where an ISA has memory operands, cranelift-codegen makes a load one of the instruction that uses its value. This instruction
//! is recorded as the user's, but the operator that traps is the load's: backtraces are to name that.

use crate::translate::trap_of;
use cranelift_codegen::CompiledCode;
use cranelift_codegen::ir::{Function, Inst, SourceLoc, Value};
use gantry_abi::Trap;
use gantry_emit::{CodeOffset, TrapSite};
use hashbrown::HashMap;
use smallvec::SmallVec;

/// A load that another operator's instruction does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MergedLoad {
    /// Where the instruction is.
    pub offset: CodeOffset,
    /// The load's operator.
    pub loc: SourceLoc,
}

/// On behalf of which operator an instruction may trap, and why.
type Key = (SourceLoc, Trap);

/// Where the instructions of machine code with the same key are: those that nobody was found for yet, the last one first.
type Sites = HashMap<Key, SmallVec<[CodeOffset; 2]>>;

/// The merged loads of `func`, which was compiled to `compiled`, by offset. `traps` is where that may trap, in order.
///
/// A load is merged if no instruction of its own operator is left that may trap as it does. Then its value is followed to the
/// instruction that may, within the block: loads move over nothing but what is pure, so that what may trap keeps its order.
pub(crate) fn loads(func: &Function, compiled: &CompiledCode, traps: &[TrapSite]) -> Vec<MergedLoad> {
    let mut merged = Vec::new();
    if traps.is_empty() {
        return merged;
    }
    let mut sites = sites(compiled, traps);
    // Values of loads, and what is computed from them.
    let mut carried: Vec<(Value, Key)> = Vec::new();
    for block in func.layout.blocks() {
        carried.clear();
        for inst in func.layout.block_insts(block) {
            let operand = take_operand(func, inst, &mut carried);
            let load = if let Some(trap) = access(func, inst) {
                let key = (func.srcloc(inst), trap);
                match (sites.get_mut(&key).and_then(SmallVec::pop), operand) {
                    // An instruction that changes a value in memory is the load and the store.
                    (Some(offset), Some((loc, _))) if func.dfg.insts[inst].opcode().can_store() => {
                        merged.push(MergedLoad { offset, loc });
                        None
                    }
                    (Some(_), _) => None,
                    (None, _) => Some(key),
                }
            } else {
                operand.filter(|&(loc, trap)| match sites.get_mut(&(func.srcloc(inst), trap)).and_then(SmallVec::pop) {
                    Some(offset) => {
                        merged.push(MergedLoad { offset, loc });
                        false
                    }
                    None => true,
                })
            };
            if let (Some(load), Some(&result)) = (load, func.dfg.inst_results(inst).first()) {
                carried.push((result, load));
            }
        }
    }
    merged.sort_unstable_by_key(|load| load.offset);
    merged
}

/// The instructions of machine code that may trap, by their keys.
fn sites(compiled: &CompiledCode, traps: &[TrapSite]) -> Sites {
    let mut ranges = compiled.buffer.get_srclocs_sorted().iter().rev().peekable();
    let mut sites = Sites::new();
    for site in traps.iter().rev() {
        while ranges.next_if(|range| range.start > site.offset).is_some() {}
        if let Some(range) = ranges.peek().filter(|range| site.offset < range.end) {
            sites.entry((range.loc, site.trap)).or_default().push(site.offset);
        }
    }
    sites
}

/// Why an access to memory may trap, if it is one, and may.
fn access(func: &Function, inst: Inst) -> Option<Trap> {
    let data = &func.dfg.insts[inst];
    // Bitcasts have flags as well, for their byte order.
    let accesses = data.opcode().can_load() || data.opcode().can_store();
    accesses.then(|| data.memflags_trap_code(&func.dfg))?.and_then(trap_of)
}

/// The load that an operand comes from.
fn take_operand(func: &Function, inst: Inst, carried: &mut Vec<(Value, Key)>) -> Option<Key> {
    if carried.is_empty() {
        return None;
    }
    let mut values = func.dfg.inst_values(inst).map(|value| func.dfg.resolve_aliases(value));
    let at = values.find_map(|value| carried.iter().position(|&(carried, _)| carried == value))?;
    Some(carried.swap_remove(at).1)
}
