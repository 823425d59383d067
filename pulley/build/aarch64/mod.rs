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

macro_rules! emit {
    ($asm:expr, $($line:tt)*) => {
        writeln!($asm, $($line)*).expect("strings grow")
    };
}

mod control;
mod float;
mod int;
mod memory;
mod vector;

use crate::{Asm, Op, Target};
use std::fmt::Write;

/// Offsets in the machine's state: `src/handlers.rs` holds them against it.
const STATE_FP: usize = 1024;
const STATE_LR: usize = 1032;
const STATE_SLOT: usize = 1040;
const STATE_STACK_BASE: usize = 1048;
const STATE_SP: usize = 240;

/// Operations on narrow floats, by the beginnings of their names.
const NARROW: &[&str] = &[
    "fadd32",
    "fsub32",
    "fmul32",
    "fdiv32",
    "fsqrt32",
    "fneg32",
    "fabs32",
    "fload32",
    "fconst32",
    "fselect32",
    "f32_from",
    "bitcast_float_from_int_32",
    "fmaximum32",
    "fminimum32",
    "ftrunc32",
    "ffloor32",
    "fceil32",
    "fnearest32",
];

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
    let mut ops = Ops(Vec::new());
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

/// A register by its width.
fn sized(number: usize, wide: bool) -> String {
    format!("{}{number}", if wide { "x" } else { "w" })
}

/// Loads two integer registers, of which one may be the accumulator, and names them.
fn pair(asm: &mut Asm, wide: bool, first: usize, second: usize, forward: Option<usize>) -> (String, String) {
    let (acc, other) = (sized(0, wide), sized(11, wide));
    match forward {
        None => {
            get(asm, &acc, first);
            get(asm, &other, second);
            (acc, other)
        }
        Some(0) => {
            get(asm, &other, second);
            (acc, other)
        }
        Some(_) => {
            get(asm, &other, first);
            (other, acc)
        }
    }
}

fn leak(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

/// The operations so far. Each module adds its own.
struct Ops(Vec<Op>);

impl Ops {
    fn add(
        &mut self,
        name: impl Into<String>,
        len: usize,
        dst: usize,
        sources: &[usize],
        body: impl Fn(&mut Asm, usize, Option<usize>) + 'static,
    ) -> &mut Op {
        let name = name.into();
        self.0.push(Op {
            is_narrow: NARROW.iter().any(|narrow| name.starts_with(narrow)),
            name,
            len,
            dst,
            sources: sources.to_vec(),
            branches: false,
            exact: false,
            body: Box::new(body),
        });
        self.0.last_mut().expect("just added")
    }
}
