//! Branches, calls and frames.

use super::{COMPARISONS, get, operand, pair};
use crate::asm::{Asm, emit, lines};
use crate::ops::{Ops, STATE_FP, STATE_LR, STATE_SLOT, STATE_SP, STATE_STACK_BASE};

/// Adds them.
pub(super) fn rows(ops: &mut Ops) {
    for (reg, bits) in [("w", 32), ("x", 64)] {
        for (name, cc) in COMPARISONS {
            branch_if(ops, &format!("br_if_x{name}{bits}"), reg, cc);
        }
        let load = if bits == 64 { "ldrsw x11" } else { "ldr w11" };
        for (name, cc) in [("eq", "eq"), ("neq", "ne"), ("slt", "lt"), ("sgt", "gt"), ("slteq", "le"), ("sgteq", "ge")]
        {
            branch_if_immediate(ops, &format!("br_if_x{name}{bits}_i32"), reg, load, cc);
        }
        for (name, cc) in [("ult", "lo"), ("ugt", "hi"), ("ulteq", "ls"), ("ugteq", "hs")] {
            branch_if_immediate(ops, &format!("br_if_x{name}{bits}_u32"), reg, "ldr w11", cc);
        }
    }
    for (name, inst) in [("br_if32", "cbnz w0,"), ("br_if_not32", "cbz w0,")] {
        ops.add(name, 16, 0, &[10], move |asm, at, forward| {
            if forward.is_none() {
                get(asm, "w0", at + 10);
            }
            branch(asm, inst, at, 12);
        });
    }
    ops.add("jump", 16, 0, &[], |asm, at, _| jump(asm, at, 12)).branches = true;
    ops.add("switch", 24, 0, &[10], |asm, at, forward| {
        if forward.is_none() {
            get(asm, "w0", at + 10);
        }
        emit!(asm, "ldr w9, [x29, #{}]", at + 12);
        emit!(asm, "sub w9, w9, #1");
        emit!(asm, "cmp w0, w9");
        emit!(asm, "csel w9, w0, w9, ls");
        emit!(asm, "add x29, x29, #{at}");
        emit!(asm, "add x10, x29, #16");
        emit!(asm, "ldrsw x9, [x10, x9, lsl #2]");
        emit!(asm, "ldr x10, [x29, x9]");
        emit!(asm, "add x29, x29, x9");
        emit!(asm, "br x10");
    })
    .branches = true;

    for args in 0..=4usize {
        let name = if args == 0 { "call_slot".to_owned() } else { format!("call_slot{args}") };
        let callee = if args == 4 { 24 } else { 16 };
        ops.add(name, callee + 8, 0, &[], move |asm, at, _| {
            // All sources are read before the first register is written.
            for i in 0..args {
                get(asm, &format!("x{}", 11 + i), at + 10 + 2 * i);
            }
            for i in 0..args {
                emit!(asm, "str x{}, [x19, #{}]", 11 + i, 8 * i);
            }
            emit!(asm, "ldr x11, [x29, #{}]", at + callee);
            emit!(asm, "add x9, x29, #{}", at + callee + 8);
            emit!(asm, "str x9, [x19, #{STATE_LR}]");
            enter(asm);
        })
        .branches = true;
    }
    ops.add("jump_slot", 24, 0, &[], |asm, at, _| {
        emit!(asm, "ldr x11, [x29, #{}]", at + 16);
        enter(asm);
    })
    .branches = true;
    let call_indirect = ops.add("call_indirect", 16, 0, &[], |asm, at, _| {
        get(asm, "x11", at + 10);
        emit!(asm, "cbz x11, gantry_pulley_slow");
        emit!(asm, "add x9, x29, #{}", at + 16);
        emit!(asm, "str x9, [x19, #{STATE_LR}]");
        enter(asm);
    });
    (call_indirect.branches, call_indirect.exact) = (true, true);
    let xjump = ops.add("xjump", 16, 0, &[], |asm, at, _| {
        get(asm, "x11", at + 10);
        emit!(asm, "cbz x11, gantry_pulley_slow");
        enter(asm);
    });
    (xjump.branches, xjump.exact) = (true, true);
    ops.add("ret", 16, 0, &[], |asm, _, _| {
        emit!(asm, "ldr x29, [x19, #{STATE_LR}]");
        emit!(asm, "ldr x9, [x29]");
        emit!(asm, "br x9");
    })
    .branches = true;

    ops.add("push_frame", 16, 0, &[], |asm, _, _| {
        emit!(asm, "mov x11, #0");
        push_frame(asm);
    })
    .exact = true;
    ops.add("push_frame_save", 16, 0, &[], |asm, at, _| {
        operand(asm, "11", at + 10);
        push_frame(asm);
        for_each_saved(asm, at + 12, &["ldr x10, [x14, x9, lsl #3]", "str x10, [x12, #-8]!"]);
    })
    .exact = true;
    ops.add("pop_frame", 16, 0, &[], |asm, _, _| pop_frame(asm));
    ops.add("pop_frame_restore", 16, 0, &[], |asm, at, _| {
        operand(asm, "11", at + 10);
        emit!(asm, "ldr x12, [x19, #{STATE_SP}]");
        emit!(asm, "add x12, x12, x11");
        for_each_saved(asm, at + 12, &["ldr x10, [x12, #-8]!", "str x10, [x14, x9, lsl #3]"]);
        pop_frame(asm);
    });
}

fn branch_if(ops: &mut Ops, name: &str, reg: &'static str, cc: &'static str) {
    ops.add(name, 24, 0, &[10, 12], move |asm, at, forward| {
        let (a, b) = pair(asm, reg, 11, at + 10, at + 12, forward);
        emit!(asm, "cmp {reg}{a}, {reg}{b}");
        branch(asm, &format!("b.{cc}"), at, 16);
    });
}

fn branch_if_immediate(ops: &mut Ops, name: &str, reg: &'static str, load: &'static str, cc: &'static str) {
    ops.add(name, 24, 0, &[10], move |asm, at, forward| {
        if forward.is_none() {
            get(asm, &format!("{reg}0"), at + 10);
        }
        emit!(asm, "{load}, [x29, #{}]", at + 12);
        emit!(asm, "cmp {reg}0, {reg}11");
        branch(asm, &format!("b.{cc}"), at, 16);
    });
}

/// A conditional branch, `inst` up to its label, whose displacement stands at `rel` of the cell. What it leads to stands behind
/// the handler.
fn branch(asm: &mut Asm, inst: &str, at: usize, rel: usize) {
    let label = asm.label();
    emit!(asm, "{inst} {label}");
    asm.in_tail(|asm| {
        emit!(asm, "{label}:");
        jump(asm, at, rel);
    });
}

fn jump(asm: &mut Asm, at: usize, rel: usize) {
    emit!(asm, "ldrsw x9, [x29, #{}]", at + rel);
    if at > 0 {
        emit!(asm, "add x29, x29, #{at}");
    }
    emit!(asm, "ldr x10, [x29, x9]");
    emit!(asm, "add x29, x29, x9");
    emit!(asm, "br x10");
}

/// Enters the function whose slot is in `x11`.
fn enter(asm: &mut Asm) {
    emit!(asm, "str x11, [x19, #{STATE_SLOT}]");
    emit!(asm, "ldr x29, [x11]");
    emit!(asm, "ldr x9, [x29]");
    emit!(asm, "br x9");
}

/// Makes a frame of `x11` bytes, whose address is then in `x12`; or leaves it all to the portable executor.
fn push_frame(asm: &mut Asm) {
    emit!(asm, "ldr x12, [x19, #{STATE_SP}]");
    emit!(asm, "add x9, x11, #16");
    emit!(asm, "subs x12, x12, x9");
    emit!(asm, "b.lo gantry_pulley_slow");
    emit!(asm, "ldr x9, [x19, #{STATE_STACK_BASE}]");
    emit!(asm, "cmp x12, x9");
    emit!(asm, "b.lo gantry_pulley_slow");
    emit!(asm, "str x12, [x19, #{STATE_SP}]");
    emit!(asm, "add x12, x12, x11");
    emit!(asm, "ldr x9, [x19, #{STATE_FP}]");
    emit!(asm, "ldr x10, [x19, #{STATE_LR}]");
    emit!(asm, "stp x9, x10, [x12]");
    emit!(asm, "str x12, [x19, #{STATE_FP}]");
}

fn pop_frame(asm: &mut Asm) {
    emit!(asm, "ldr x12, [x19, #{STATE_FP}]");
    emit!(asm, "ldp x9, x10, [x12], #16");
    emit!(asm, "str x9, [x19, #{STATE_FP}]");
    emit!(asm, "str x10, [x19, #{STATE_LR}]");
    emit!(asm, "str x12, [x19, #{STATE_SP}]");
}

/// Repeats instructions for each register of the set that stands at `at`, the lowest first: its number, less 16, is in `x9`;
/// register 16 stands at `x14`.
fn for_each_saved(asm: &mut Asm, at: usize, insts: &[&str]) {
    operand(asm, "13", at);
    let (again, done) = (asm.label(), asm.label());
    emit!(asm, "add x14, x19, #128");
    emit!(asm, "cbz w13, {done}");
    emit!(asm, "{again}:");
    emit!(asm, "rbit w9, w13");
    emit!(asm, "clz w9, w9");
    asm.text.push_str(&lines(insts));
    emit!(asm, "sub w9, w13, #1");
    emit!(asm, "and w13, w13, w9");
    emit!(asm, "cbnz w13, {again}");
    emit!(asm, "{done}:");
}
