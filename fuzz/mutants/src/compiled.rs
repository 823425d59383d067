//! Bugs behind every compiler: functions that change what one gives.

use gantry_abi::{DefinedFunc, Trap};
use gantry_emit::{CompiledFunction, Symbol};

/// Trap sites are one byte late.
pub fn trap_sites_late(function: &mut CompiledFunction) {
    function.traps.iter_mut().for_each(|site| site.offset += 1);
}

/// The last trap site is missing.
pub fn trap_site_missing(function: &mut CompiledFunction) {
    function.traps.pop();
}

/// A division by zero counts as an overflow.
pub fn trap_code_wrong(function: &mut CompiledFunction) {
    for site in function.traps.iter_mut().filter(|site| site.trap == Trap::IntegerDivisionByZero) {
        site.trap = Trap::IntegerOverflow;
    }
}

/// `unreachable` counts as an access out of bounds.
pub fn unreachable_wrong(function: &mut CompiledFunction) {
    for site in function.traps.iter_mut().filter(|site| site.trap == Trap::Unreachable) {
        site.trap = Trap::MemoryOutOfBounds;
    }
}

/// Code is mapped to the byte behind its operator.
pub fn source_late(function: &mut CompiledFunction) {
    for loc in &mut function.source_map {
        loc.wasm_offset = loc.wasm_offset.map(|offset| offset + 1);
    }
}

/// Rows of the source map begin where the next ones should.
pub fn source_shifted(function: &mut CompiledFunction) {
    let next: Vec<_> = function.source_map.iter().skip(1).map(|loc| loc.wasm_offset).collect();
    for (loc, offset) in function.source_map.iter_mut().zip(next) {
        loc.wasm_offset = offset;
    }
}

/// Calls go to the function before.
pub fn call_target_wrong(function: &mut CompiledFunction) {
    for relocation in &mut function.relocations {
        if let Symbol::Function(func) = &mut relocation.target {
            *func = DefinedFunc::from_u32(func.as_u32().saturating_sub(1));
        }
    }
}

/// Calls far from the beginning of a function have a wrong addend.
pub fn far_call_off(function: &mut CompiledFunction) {
    for relocation in function.relocations.iter_mut().filter(|r| r.offset > 256) {
        relocation.addend += 1;
    }
}
