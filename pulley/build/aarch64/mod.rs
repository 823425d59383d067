//! Handlers for aarch64.
//!
//! | register | holds                                                                     |
//! | -------- | ------------------------------------------------------------------------- |
//! | `x29`    | the address of the cell: what a signal handler sees as the frame pointer    |
//! | `x19`    | the address of the state, whose first field is the register file            |
//! | `x0`     | the integer accumulator                                                     |
//! | `v0`     | the float accumulator                                                       |
//!
//! `x9` to `x15` and `v1` to `v3` are free for bodies. The stack pointer stays where the frame put it.

mod control;
mod float;
mod int;
mod memory;
mod vector;

use crate::Target;
use crate::asm::{Asm, emit};
use crate::ops::{Op, Ops};

/// Comparisons of integers, and the condition to ask for.
const COMPARISONS: [(&str, &str); 6] =
    [("eq", "eq"), ("neq", "ne"), ("slt", "lt"), ("slteq", "le"), ("ult", "lo"), ("ulteq", "ls")];

/// Entry, exit, and where handlers lead that do not go on.
const FRAME: &str = "
.p2align 4
.globl gantry_pulley_run
gantry_pulley_run:
    .cfi_startproc
    stp x29, x30, [sp, #-32]!
    .cfi_def_cfa_offset 32
    .cfi_offset x29, -32
    .cfi_offset x30, -24
    str x19, [sp, #16]
    .cfi_offset x19, -16
    mov x19, x0
    mov x29, x1
    mov x9, sp
    str x9, [x19, #1056]
    ldr x9, [x29]
    br x9
gantry_pulley_exit:
    ldr x19, [sp, #16]
    ldp x29, x30, [sp], #32
    ret
    .cfi_endproc
.p2align 4
gantry_pulley_slow:
    mov x0, x19
    mov x1, x29
    bl {step}
    cbz x0, gantry_pulley_exit
    mov x29, x0
    ldr x9, [x29]
    br x9
.p2align 4
.globl gantry_pulley_faulted
gantry_pulley_faulted:
    mov x0, x19
    mov x1, x29
    bl {fault}
    b gantry_pulley_exit
";

pub(crate) fn target() -> Target {
    Target {
        ops: ops(),
        frame: FRAME,
        advance: |asm, bytes| emit!(asm, "add x29, x29, #{bytes}"),
        dispatch: |asm, bytes| {
            emit!(asm, "ldr x9, [x29, #{bytes}]!");
            emit!(asm, "br x9");
        },
    }
}

fn ops() -> Vec<Op> {
    let mut ops = Ops::default();
    int::rows(&mut ops);
    memory::rows(&mut ops);
    float::rows(&mut ops);
    vector::rows(&mut ops);
    control::rows(&mut ops);
    ops.0
}

/// Loads the 16 bits at `at`: the offset of a register, for the most part.
fn operand(asm: &mut Asm, to: &str, at: usize) {
    emit!(asm, "ldrh w{to}, [x29, #{at}]");
}

/// Loads a register by the offset that stands at `at`. `x9` is used.
fn get(asm: &mut Asm, to: &str, at: usize) {
    operand(asm, "9", at);
    emit!(asm, "ldr {to}, [x19, x9]");
}

/// Stores a register by the offset that stands at `at`. `x9` is used.
fn put(asm: &mut Asm, from: &str, at: usize) {
    operand(asm, "9", at);
    emit!(asm, "str {from}, [x19, x9]");
}

/// Loads two registers, `{reg}0` and `{reg}{other}`, of which the first is the accumulator and may be loaded already; gives the
/// numbers of those for the operands at `first` and `second`.
fn pair(asm: &mut Asm, reg: &str, other: usize, first: usize, second: usize, forward: Option<usize>) -> (usize, usize) {
    let (missing, numbers) = match forward {
        None => {
            get(asm, &format!("{reg}0"), first);
            (second, (0, other))
        }
        Some(0) => (second, (0, other)),
        Some(_) => (first, (other, 0)),
    };
    get(asm, &format!("{reg}{other}"), missing);
    numbers
}

/// Leaves in `x11` the offset of the register that a selection takes: the one at 14 or at 16 of the cell, as that at 12 says.
fn select(asm: &mut Asm, at: usize, forward: Option<usize>) {
    if forward.is_none() {
        get(asm, "w0", at + 12);
    }
    operand(asm, "11", at + 14);
    operand(asm, "12", at + 16);
    emit!(asm, "cmp w0, #0");
    emit!(asm, "csel x11, x11, x12, ne");
}
