//! Loads that became memory operands.
//!
//! Where an ISA has memory operands, cranelift-codegen makes a load one of the instruction that uses its value. This instruction
//! is recorded as the user's, but the operator that traps is the load's: backtraces are to name that.

use cranelift_codegen::CompiledCode;
use cranelift_codegen::ir::{Function, Inst, SourceLoc, TrapCode, Value};
use gantry_emit::CodeOffset;
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
type Key = (SourceLoc, TrapCode);

/// The instructions of machine code that have the same key.
#[derive(Default)]
struct Sites {
    /// Where they are, in order.
    offsets: SmallVec<[CodeOffset; 2]>,
    /// How many of them are the operator's own accesses. These come last: operands are loaded before.
    own: usize,
    /// How many are known to be loads of other operators.
    merged: usize,
}

impl Sites {
    /// The instruction that does a load whose value `user` uses, if one does.
    fn take(&mut self, func: &Function, user: Inst) -> Option<CodeOffset> {
        if self.merged + self.own < self.offsets.len() {
            self.merged += 1;
            return Some(self.offsets[self.merged - 1]);
        }
        // An instruction that changes a value in memory is the load and the store.
        func.dfg.insts[user].opcode().can_store().then(|| self.offsets[0])
    }
}

/// The merged loads of `func`, which was compiled to `compiled`, by offset.
///
/// A load is merged if no instruction of its own operator may trap as it does. Then its value is followed to the instruction that
/// may, within the block: loads move over nothing but what is pure.
pub(crate) fn loads(func: &Function, compiled: &CompiledCode) -> Vec<MergedLoad> {
    let mut sites = sites(compiled);
    if sites.is_empty() {
        return Vec::new();
    }
    let missing = missing(func, &mut sites);
    let mut missing = missing.into_iter().peekable();
    let mut merged = Vec::new();
    // Values of loads, and what is computed from them.
    let mut carried: Vec<(Value, Key)> = Vec::new();
    for block in func.layout.blocks() {
        if missing.peek().is_none() {
            break;
        }
        carried.clear();
        for inst in func.layout.block_insts(block) {
            let mut load = take_operand(func, inst, &mut carried);
            if let Some((_, key)) = missing.next_if(|&(load, _)| load == inst) {
                load = Some(key);
            } else if let Some((loc, code)) = load
                && let Some(sites) = sites.get_mut(&(func.srcloc(inst), code))
                && let Some(offset) = sites.take(func, inst)
            {
                merged.push(MergedLoad { offset, loc });
                load = None;
            }
            if let (Some(load), Some(&result)) = (load, func.dfg.inst_results(inst).first()) {
                carried.push((result, load));
            }
        }
    }
    merged.sort_unstable_by_key(|load| load.offset);
    merged
}

/// Where machine code may trap.
fn sites(compiled: &CompiledCode) -> HashMap<Key, Sites> {
    let mut traps: SmallVec<[_; 16]> = compiled.buffer.traps().iter().collect();
    traps.sort_unstable_by_key(|trap| trap.offset);
    let mut ranges = compiled.buffer.get_srclocs_sorted().iter().peekable();
    let mut sites = HashMap::<Key, Sites>::new();
    for trap in traps {
        while ranges.next_if(|range| range.end <= trap.offset).is_some() {}
        if let Some(range) = ranges.peek().filter(|range| range.start <= trap.offset) {
            sites.entry((range.loc, trap.code)).or_default().offsets.push(trap.offset);
        }
    }
    sites
}

/// The loads that no instruction of their own operator does, in the order of the function. Accesses are counted in `sites`.
fn missing(func: &Function, sites: &mut HashMap<Key, Sites>) -> Vec<(Inst, Key)> {
    let mut missing = Vec::new();
    for inst in func.layout.blocks().flat_map(|block| func.layout.block_insts(block)) {
        let data = &func.dfg.insts[inst];
        // Bitcasts have flags as well, for their byte order.
        if !(data.opcode().can_load() || data.opcode().can_store()) {
            continue;
        }
        let Some(code) = data.memflags_trap_code(&func.dfg) else { continue };
        let key = (func.srcloc(inst), code);
        match sites.get_mut(&key) {
            Some(sites) => sites.own += 1,
            None if data.opcode().can_load() => missing.push((inst, key)),
            None => {}
        }
    }
    missing
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
