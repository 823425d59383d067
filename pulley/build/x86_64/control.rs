//! Branches, calls and frames.

use super::{COMPARISONS, acc, compare, get, operand};
use crate::asm::{Asm, emit, lines};
use crate::ops::{Ops, STATE_FP, STATE_LR, STATE_SLOT, STATE_SP, STATE_STACK_BASE};

/// Adds them.
pub(super) fn rows(ops: &mut Ops) {
    for (wide, bits) in [(false, 32), (true, 64)] {
        for (name, cc, reversed) in COMPARISONS {
            branch_if(ops, &format!("br_if_x{name}{bits}"), wide, cc, reversed);
        }
        for (name, cc) in [("eq", "e"), ("neq", "ne"), ("slt", "l"), ("sgt", "g"), ("slteq", "le"), ("sgteq", "ge")] {
            branch_if_immediate(ops, &format!("br_if_x{name}{bits}_i32"), wide, true, cc);
        }
        for (name, cc) in [("ult", "b"), ("ugt", "a"), ("ulteq", "be"), ("ugteq", "ae")] {
            branch_if_immediate(ops, &format!("br_if_x{name}{bits}_u32"), wide, false, cc);
        }
    }
    for (name, cc) in [("br_if32", "nz"), ("br_if_not32", "z")] {
        ops.add(name, 16, 0, &[10], move |asm, at, forward| {
            if forward.is_none() {
                get(asm, "eax", at + 10);
            }
            emit!(asm, "test eax, eax");
            branch(asm, cc, at, 12);
        });
    }
    ops.add("jump", 16, 0, &[], |asm, at, _| jump(asm, at, 12)).branches = true;
    ops.add("switch", 24, 0, &[10], |asm, at, forward| {
        if forward.is_none() {
            get(asm, "eax", at + 10);
        }
        emit!(asm, "mov ecx, [rbp + {}]", at + 12);
        emit!(asm, "dec ecx");
        emit!(asm, "cmp eax, ecx");
        emit!(asm, "cmova eax, ecx");
        emit!(asm, "movsxd rcx, dword ptr [rbp + 4*rax + {}]", at + 16);
        emit!(asm, "lea rbp, [rbp + rcx + {at}]");
        emit!(asm, "jmp qword ptr [rbp]");
    })
    .branches = true;

    for args in 0..=4usize {
        let name = if args == 0 { "call_slot".to_owned() } else { format!("call_slot{args}") };
        let callee = if args == 4 { 24 } else { 16 };
        ops.add(name, callee + 8, 0, &[], move |asm, at, _| {
            // All sources are read before the first register is written.
            let temps = ["rax", "rsi", "rdi", "r8"];
            for (i, temp) in temps.iter().enumerate().take(args) {
                get(asm, temp, at + 10 + 2 * i);
            }
            for (i, temp) in temps.iter().enumerate().take(args) {
                emit!(asm, "mov [rbx + {}], {temp}", 8 * i);
            }
            emit!(asm, "mov rcx, [rbp + {}]", at + callee);
            emit!(asm, "lea rdx, [rbp + {}]", at + callee + 8);
            emit!(asm, "mov [rbx + {STATE_LR}], rdx");
            enter(asm);
        })
        .branches = true;
    }
    ops.add("jump_slot", 24, 0, &[], |asm, at, _| {
        emit!(asm, "mov rcx, [rbp + {}]", at + 16);
        enter(asm);
    })
    .branches = true;
    let call_indirect = ops.add("call_indirect", 16, 0, &[], |asm, at, _| {
        get(asm, "rcx", at + 10);
        emit!(asm, "test rcx, rcx");
        emit!(asm, "jz gantry_pulley_slow");
        emit!(asm, "lea rdx, [rbp + {}]", at + 16);
        emit!(asm, "mov [rbx + {STATE_LR}], rdx");
        enter(asm);
    });
    (call_indirect.branches, call_indirect.exact) = (true, true);
    let xjump = ops.add("xjump", 16, 0, &[], |asm, at, _| {
        get(asm, "rcx", at + 10);
        emit!(asm, "test rcx, rcx");
        emit!(asm, "jz gantry_pulley_slow");
        enter(asm);
    });
    (xjump.branches, xjump.exact) = (true, true);
    ops.add("ret", 16, 0, &[], |asm, _, _| {
        emit!(asm, "mov rbp, [rbx + {STATE_LR}]");
        emit!(asm, "jmp qword ptr [rbp]");
    })
    .branches = true;

    ops.add("push_frame", 16, 0, &[], |asm, _, _| {
        emit!(asm, "xor ecx, ecx");
        push_frame(asm);
    })
    .exact = true;
    ops.add("push_frame_save", 16, 0, &[], |asm, at, _| {
        operand(asm, "ecx", at + 10);
        push_frame(asm);
        for_each_saved(asm, at + 12, &["mov rsi, [rbx + 8*rcx + 128]", "sub rax, 8", "mov [rax], rsi"]);
    })
    .exact = true;
    ops.add("pop_frame", 16, 0, &[], |asm, _, _| pop_frame(asm));
    ops.add("pop_frame_restore", 16, 0, &[], |asm, at, _| {
        operand(asm, "eax", at + 10);
        emit!(asm, "add rax, [rbx + {STATE_SP}]");
        for_each_saved(asm, at + 12, &["sub rax, 8", "mov rsi, [rax]", "mov [rbx + 8*rcx + 128], rsi"]);
        pop_frame(asm);
    });
}

fn branch_if(ops: &mut Ops, name: &str, wide: bool, cc: &'static str, reversed: &'static str) {
    let a = acc(wide);
    ops.add(name, 24, 0, &[10, 12], move |asm, at, forward| {
        let condition = compare(asm, a, at + 10, at + 12, forward, cc, reversed);
        branch(asm, condition, at, 16);
    });
}

fn branch_if_immediate(ops: &mut Ops, name: &str, wide: bool, signed: bool, cc: &'static str) {
    let a = acc(wide);
    ops.add(name, 24, 0, &[10], move |asm, at, forward| {
        if forward.is_none() {
            get(asm, a, at + 10);
        }
        match (wide, signed) {
            (false, _) => emit!(asm, "cmp eax, [rbp + {}]", at + 12),
            (true, true) => {
                emit!(asm, "movsxd rsi, dword ptr [rbp + {}]", at + 12);
                emit!(asm, "cmp rax, rsi");
            }
            (true, false) => {
                emit!(asm, "mov esi, [rbp + {}]", at + 12);
                emit!(asm, "cmp rax, rsi");
            }
        }
        branch(asm, cc, at, 16);
    });
}

/// A conditional branch whose displacement stands at `rel` of the cell. What it leads to stands behind the handler.
fn branch(asm: &mut Asm, cc: &str, at: usize, rel: usize) {
    let label = asm.label();
    emit!(asm, "j{cc} {label}");
    asm.in_tail(|asm| {
        emit!(asm, "{label}:");
        jump(asm, at, rel);
    });
}

fn jump(asm: &mut Asm, at: usize, rel: usize) {
    emit!(asm, "movsxd rcx, dword ptr [rbp + {}]", at + rel);
    if at == 0 {
        emit!(asm, "add rbp, rcx");
    } else {
        emit!(asm, "lea rbp, [rbp + rcx + {at}]");
    }
    emit!(asm, "jmp qword ptr [rbp]");
}

/// Enters the function whose slot is in `rcx`.
fn enter(asm: &mut Asm) {
    emit!(asm, "mov [rbx + {STATE_SLOT}], rcx");
    emit!(asm, "mov rbp, [rcx]");
    emit!(asm, "jmp qword ptr [rbp]");
}

/// Makes a frame of `rcx` bytes, whose address is then in `rax`; or leaves it all to the portable executor.
fn push_frame(asm: &mut Asm) {
    emit!(asm, "mov rax, [rbx + {STATE_SP}]");
    emit!(asm, "lea rdx, [rcx + 16]");
    emit!(asm, "sub rax, rdx");
    emit!(asm, "jb gantry_pulley_slow");
    emit!(asm, "cmp rax, [rbx + {STATE_STACK_BASE}]");
    emit!(asm, "jb gantry_pulley_slow");
    emit!(asm, "mov [rbx + {STATE_SP}], rax");
    emit!(asm, "add rax, rcx");
    emit!(asm, "mov rdx, [rbx + {STATE_LR}]");
    emit!(asm, "mov [rax + 8], rdx");
    emit!(asm, "mov rdx, [rbx + {STATE_FP}]");
    emit!(asm, "mov [rax], rdx");
    emit!(asm, "mov [rbx + {STATE_FP}], rax");
}

fn pop_frame(asm: &mut Asm) {
    emit!(asm, "mov rax, [rbx + {STATE_FP}]");
    emit!(asm, "mov rcx, [rax]");
    emit!(asm, "mov rdx, [rax + 8]");
    emit!(asm, "mov [rbx + {STATE_FP}], rcx");
    emit!(asm, "mov [rbx + {STATE_LR}], rdx");
    emit!(asm, "add rax, 16");
    emit!(asm, "mov [rbx + {STATE_SP}], rax");
}

/// Repeats instructions for each register of the set that stands at `at`, the lowest first: its number, less 16, is in `rcx`.
fn for_each_saved(asm: &mut Asm, at: usize, insts: &[&str]) {
    operand(asm, "edx", at);
    emit!(asm, "test edx, edx");
    let (again, done) = (asm.label(), asm.label());
    emit!(asm, "jz {done}");
    emit!(asm, "{again}:");
    emit!(asm, "bsf ecx, edx");
    asm.text.push_str(&lines(insts));
    emit!(asm, "lea ecx, [rdx - 1]");
    emit!(asm, "and edx, ecx");
    emit!(asm, "jnz {again}");
    emit!(asm, "{done}:");
}
