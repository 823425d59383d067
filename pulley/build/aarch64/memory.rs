//! Loads and stores, in all forms of addresses.

use super::{Ops, get, operand, put};
use crate::Asm;
use std::fmt::Write;

/// Adds them.
pub(super) fn rows(ops: &mut Ops) {
    for (name, size, inst, stored) in [
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
        ops.load(name, size, inst, stored);
    }
    for (name, size, inst, loaded) in [
        ("xstore8", 1, "strb w0", "x0"),
        ("xstore16le", 2, "strh w0", "x0"),
        ("xstore32le", 4, "str w0", "x0"),
        ("xstore64le", 8, "str x0", "x0"),
        ("fstore32le", 4, "str s0", "d0"),
        ("fstore64le", 8, "str d0", "d0"),
        ("vstore128le", 16, "str q0", "q0"),
    ] {
        ops.store(name, size, inst, loaded);
    }
}

impl Ops {
    /// Loads in all forms of addresses; `inst` loads to `reg`, and `stored` is what goes to the register file.
    fn load(&mut self, name: &str, size: usize, inst: &'static str, stored: &'static str) {
        let finish = move |asm: &mut Asm, at: usize| {
            emit!(asm, "{inst}, [x11, x12]");
            put(asm, stored, at + 10);
        };
        self.add(format!("{name}_o32"), 24, 10, &[12], move |asm, at, forward| {
            displaced(asm, at + 12, at + 16, forward == Some(0), false);
            finish(asm, at);
        })
        .exact = true;
        self.add(format!("{name}_z"), 24, 10, &[12], move |asm, at, forward| {
            displaced(asm, at + 12, at + 16, forward == Some(0), true);
            finish(asm, at);
        })
        .exact = true;
        self.add(format!("{name}_g32"), 24, 10, &[16], move |asm, at, forward| {
            bounded(asm, at + 12, at + 14, at + 16, at + 18, size, forward == Some(0));
            finish(asm, at);
        })
        .exact = true;
        self.add(format!("{name}_free"), 24, 10, &[14], move |asm, at, forward| {
            free(asm, at + 12, at + 14, at + 16, forward == Some(0));
            finish(asm, at);
        })
        .exact = true;
    }

    /// Stores in all forms of addresses; `loaded` is what comes from the register file.
    fn store(&mut self, name: &str, size: usize, inst: &'static str, loaded: &'static str) {
        let finish = move |asm: &mut Asm, at: usize, forward: bool| {
            if !forward {
                get(asm, loaded, at);
            }
            emit!(asm, "{inst}, [x11, x12]");
        };
        self.add(format!("{name}_o32"), 24, 0, &[16], move |asm, at, forward| {
            displaced(asm, at + 10, at + 12, false, false);
            finish(asm, at + 16, forward == Some(0));
        })
        .exact = true;
        self.add(format!("{name}_z"), 24, 0, &[16], move |asm, at, forward| {
            displaced(asm, at + 10, at + 12, false, true);
            finish(asm, at + 16, forward == Some(0));
        })
        .exact = true;
        self.add(format!("{name}_g32"), 24, 0, &[18, 14], move |asm, at, forward| {
            bounded(asm, at + 10, at + 12, at + 14, at + 16, size, forward == Some(1));
            finish(asm, at + 18, forward == Some(0));
        })
        .exact = true;
        self.add(format!("{name}_free"), 24, 0, &[16, 12], move |asm, at, forward| {
            free(asm, at + 10, at + 12, at + 14, forward == Some(1));
            // A processor may write the first bytes before it finds that it may not write the last ones: a load finds out.
            match size {
                2 => emit!(asm, "ldrh w9, [x11, x12]"),
                4 => emit!(asm, "ldr w9, [x11, x12]"),
                8 => emit!(asm, "ldr x9, [x11, x12]"),
                16 => emit!(asm, "ldr q1, [x11, x12]"),
                _ => {}
            }
            finish(asm, at + 16, forward == Some(0));
        })
        .exact = true;
    }
}

/// The address `x11 + x12` of a displaced access.
fn displaced(asm: &mut Asm, base: usize, offset: usize, forward: bool, may_be_null: bool) {
    if forward {
        emit!(asm, "mov x11, x0");
    } else {
        get(asm, "x11", base);
    }
    if may_be_null {
        emit!(asm, "cbz x11, gantry_pulley_slow");
    }
    emit!(asm, "ldrsw x12, [x29, #{offset}]");
}

/// The index of an access in `x12`, its offset added.
fn index(asm: &mut Asm, index: usize, offset: usize, forward: bool) {
    if !forward {
        get(asm, "w12", index);
    }
    operand(asm, "13", offset);
    emit!(asm, "add x12, x13, {}, uxtw", if forward { "w0" } else { "w12" });
}

/// The address `x11 + x12` of an access that the end of its memory's reservation bounds.
fn free(asm: &mut Asm, base: usize, at: usize, offset: usize, forward: bool) {
    get(asm, "x11", base);
    index(asm, at, offset, forward);
}

/// The address `x11 + x12` of an access that is checked.
fn bounded(asm: &mut Asm, base: usize, bound: usize, at: usize, offset: usize, size: usize, forward: bool) {
    get(asm, "x11", base);
    get(asm, "x14", bound);
    index(asm, at, offset, forward);
    emit!(asm, "add x13, x12, #{size}");
    emit!(asm, "cmp x13, x14");
    emit!(asm, "b.hi gantry_pulley_slow");
}
