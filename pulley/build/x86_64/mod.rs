//! Handlers for x86_64: SSE2 is all that they ask of the processor.
//!
//! | register | holds                                                                     |
//! | -------- | ------------------------------------------------------------------------- |
//! | `rbp`    | the address of the cell: what a signal handler sees as the frame pointer    |
//! | `rbx`    | the address of the state, whose first field is the register file            |
//! | `rax`    | the integer accumulator                                                     |
//! | `xmm0`   | the float accumulator                                                       |
//!
//! `rcx`, `rdx`, `rsi`, `rdi`, `r8` and `xmm1` to `xmm3` are free for bodies. The stack pointer stays where the frame put it.

mod control;
mod float;
mod int;
mod memory;
mod vector;

use crate::Target;
use crate::asm::{Asm, emit};
use crate::ops::{Op, Ops};

/// Comparisons of integers: the condition to ask for, and the one with the operands the other way round.
const COMPARISONS: [(&str, &str, &str); 6] = [
    ("eq", "e", "e"),
    ("neq", "ne", "ne"),
    ("slt", "l", "g"),
    ("slteq", "le", "ge"),
    ("ult", "b", "a"),
    ("ulteq", "be", "ae"),
];

/// Entry, exit, and where handlers lead that do not go on.
const FRAME: &str = "
.p2align 4
.globl gantry_pulley_run
gantry_pulley_run:
    .cfi_startproc
    push rbp
    .cfi_def_cfa_offset 16
    .cfi_offset rbp, -16
    push rbx
    .cfi_def_cfa_offset 24
    .cfi_offset rbx, -24
    push r12
    .cfi_def_cfa_offset 32
    mov rbx, rdi
    mov rbp, rsi
    mov [rbx + 1056], rsp
    jmp qword ptr [rbp]
.globl gantry_pulley_exit
gantry_pulley_exit:
    pop r12
    .cfi_def_cfa_offset 24
    pop rbx
    .cfi_def_cfa_offset 16
    .cfi_restore rbx
    pop rbp
    .cfi_def_cfa_offset 8
    .cfi_restore rbp
    ret
    .cfi_endproc
.p2align 4
gantry_pulley_slow:
    mov rdi, rbx
    mov rsi, rbp
    call {step}
    test rax, rax
    jz gantry_pulley_exit
    mov rbp, rax
    jmp qword ptr [rbp]
.p2align 4
.globl gantry_pulley_faulted
gantry_pulley_faulted:
    mov rdi, rbx
    mov rsi, rbp
    call {fault}
    jmp gantry_pulley_exit
";

pub(crate) fn target() -> Target {
    Target {
        ops: ops(),
        frame: FRAME,
        advance: |asm, bytes| emit!(asm, "add rbp, {bytes}"),
        dispatch: |asm, bytes| {
            emit!(asm, "add rbp, {bytes}");
            emit!(asm, "jmp qword ptr [rbp]");
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

/// Loads the offset of the register that stands at `at`.
fn operand(asm: &mut Asm, to: &str, at: usize) {
    emit!(asm, "movzx {to}, word ptr [rbp + {at}]");
}

/// Loads an integer register. `rcx` is used.
fn get(asm: &mut Asm, to: &str, at: usize) {
    operand(asm, "ecx", at);
    emit!(asm, "mov {to}, [rbx + rcx]");
}

/// Stores the integer accumulator. `rdx` is used.
fn put(asm: &mut Asm, at: usize) {
    operand(asm, "edx", at);
    emit!(asm, "mov [rbx + rdx], rax");
}

/// Loads a float or vector register, with the instruction for its width. `rcx` is used.
fn get_float(asm: &mut Asm, load: &str, to: &str, at: usize) {
    operand(asm, "ecx", at);
    emit!(asm, "{load} {to}, [rbx + rcx]");
}

/// Stores the float accumulator, with the instruction for its width. `rdx` is used.
fn put_float(asm: &mut Asm, store: &str, at: usize) {
    operand(asm, "edx", at);
    emit!(asm, "{store} [rbx + rdx], xmm0");
}

fn acc(wide: bool) -> &'static str {
    if wide { "rax" } else { "eax" }
}

fn temp(wide: bool) -> &'static str {
    if wide { "rsi" } else { "esi" }
}

/// Emits a comparison of the registers at `first` and `second`, and gives the condition to ask for.
fn compare(
    asm: &mut Asm,
    a: &str,
    first: usize,
    second: usize,
    forward: Option<usize>,
    cc: &'static str,
    reversed: &'static str,
) -> &'static str {
    let (other, condition) = match forward {
        None => {
            get(asm, a, first);
            (second, cc)
        }
        Some(0) => (second, cc),
        Some(_) => (first, reversed),
    };
    operand(asm, "edx", other);
    emit!(asm, "cmp {a}, [rbx + rdx]");
    condition
}

/// Leaves in `rcx` the offset of the register that a selection takes: the one at 14 or at 16 of the cell, as that at 12 says.
fn select(asm: &mut Asm, at: usize, forward: Option<usize>) {
    if forward.is_none() {
        get(asm, "eax", at + 12);
    }
    operand(asm, "ecx", at + 14);
    operand(asm, "edx", at + 16);
    emit!(asm, "test eax, eax");
    emit!(asm, "cmovz ecx, edx");
}
