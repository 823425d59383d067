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
    let mut ops = Ops(Vec::new());
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
