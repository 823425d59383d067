//! Loads and stores, in all forms of addresses.

use super::{get, operand, put};
use crate::access::Address;
use crate::asm::{Asm, emit};
use crate::ops::Ops;

/// Adds them.
pub(super) fn rows(ops: &mut Ops) {
    for (name, bytes, inst, stored) in [
        ("xload8_u32", 1, "ldrb w0", "x0"),
        ("xload8_s32", 1, "ldrsb w0", "x0"),
        ("xload16le_u32", 2, "ldrh w0", "x0"),
        ("xload16le_s32", 2, "ldrsh w0", "x0"),
        ("xload32le", 4, "ldr w0", "x0"),
        ("xload64le", 8, "ldr x0", "x0"),
        ("fload32le", 4, "ldr s0", "d0"),
        ("fload64le", 8, "ldr d0", "d0"),
        ("vload128le", 16, "ldr q0", "q0"),
    ] {
        ops.load(name, bytes, locate, move |asm, dst| {
            emit!(asm, "{inst}, [x11, x12]");
            put(asm, stored, dst);
        });
    }
    for (name, bytes, inst, loaded) in [
        ("xstore8", 1, "strb w0", "x0"),
        ("xstore16le", 2, "strh w0", "x0"),
        ("xstore32le", 4, "str w0", "x0"),
        ("xstore64le", 8, "str x0", "x0"),
        ("fstore32le", 4, "str s0", "d0"),
        ("fstore64le", 8, "str d0", "d0"),
        ("vstore128le", 16, "str q0", "q0"),
    ] {
        ops.store(name, bytes, locate_and_probe, move |asm, value| {
            if let Some(value) = value {
                get(asm, loaded, value);
            }
            emit!(asm, "{inst}, [x11, x12]");
        });
    }
}

/// Finds the address: it is `x11 + x12`.
fn locate(asm: &mut Asm, at: usize, address: Address, forward: bool) {
    match address {
        Address::Displaced { base, offset, may_be_null } => {
            if forward {
                emit!(asm, "mov x11, x0");
            } else {
                get(asm, "x11", at + base);
            }
            if may_be_null {
                emit!(asm, "cbz x11, gantry_pulley_slow");
            }
            emit!(asm, "ldrsw x12, [x29, #{}]", at + offset);
        }
        Address::Bounded { base, bound, index, offset, bytes } => {
            get(asm, "x11", at + base);
            get(asm, "x14", at + bound);
            add_offset(asm, at + index, at + offset, forward);
            emit!(asm, "add x13, x12, #{bytes}");
            emit!(asm, "cmp x13, x14");
            emit!(asm, "b.hi gantry_pulley_slow");
        }
        Address::Free { base, index, offset, .. } => {
            get(asm, "x11", at + base);
            add_offset(asm, at + index, at + offset, forward);
        }
    }
}

/// The same for stores. A processor may write the first bytes before it finds that it may not write the last ones: a load finds
/// out where nothing was checked.
fn locate_and_probe(asm: &mut Asm, at: usize, address: Address, forward: bool) {
    locate(asm, at, address, forward);
    if let Address::Free { bytes, .. } = address {
        match bytes {
            2 => emit!(asm, "ldrh w9, [x11, x12]"),
            4 => emit!(asm, "ldr w9, [x11, x12]"),
            8 => emit!(asm, "ldr x9, [x11, x12]"),
            16 => emit!(asm, "ldr q1, [x11, x12]"),
            _ => {}
        }
    }
}

/// The sum in `x12` of an index and an offset.
fn add_offset(asm: &mut Asm, index: usize, offset: usize, forward: bool) {
    if !forward {
        get(asm, "w12", index);
    }
    operand(asm, "13", offset);
    emit!(asm, "add x12, x13, {}, uxtw", if forward { "w0" } else { "w12" });
}
