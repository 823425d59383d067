//! Loads and stores, in all forms of addresses.

use super::{Ops, get, operand, put};
use crate::Asm;
use std::fmt::Write;

/// Adds them.
pub(super) fn rows(ops: &mut Ops) {
    for (name, size, inst) in [
        ("xload8_u32", 1, "movzx eax, byte ptr"),
        ("xload8_s32", 1, "movsx eax, byte ptr"),
        ("xload16le_u32", 2, "movzx eax, word ptr"),
        ("xload16le_s32", 2, "movsx eax, word ptr"),
        ("xload32le", 4, "mov eax, dword ptr"),
        ("xload64le", 8, "mov rax, qword ptr"),
    ] {
        ops.load(name, size, inst);
    }
    for (name, size, reg) in
        [("xstore8", 1, "al"), ("xstore16le", 2, "ax"), ("xstore32le", 4, "eax"), ("xstore64le", 8, "rax")]
    {
        ops.store(name, size, reg);
    }
    ops.float_load("fload32le", 4, "movss", "movsd");
    ops.float_load("fload64le", 8, "movsd", "movsd");
    ops.float_load("vload128le", 16, "movups", "movaps");
    ops.float_store("fstore32le", 4, "movsd", "movss");
    ops.float_store("fstore64le", 8, "movsd", "movsd");
    ops.float_store("vstore128le", 16, "movaps", "movups");
}

impl Ops {
    /// Loads to an integer register, in all forms of addresses.
    fn load(&mut self, name: &str, size: usize, inst: &'static str) {
        self.add(format!("{name}_o32"), 24, 10, &[12], move |asm, at, forward| {
            displaced(asm, at + 12, at + 16, forward == Some(0), false);
            emit!(asm, "{inst} [rsi + rcx]");
            put(asm, at + 10);
        })
        .exact = true;
        self.add(format!("{name}_z"), 24, 10, &[12], move |asm, at, forward| {
            displaced(asm, at + 12, at + 16, forward == Some(0), true);
            emit!(asm, "{inst} [rsi + rcx]");
            put(asm, at + 10);
        })
        .exact = true;
        self.add(format!("{name}_g32"), 24, 10, &[16], move |asm, at, forward| {
            bounded(asm, at + 12, at + 14, at + 16, at + 18, size, forward == Some(0));
            emit!(asm, "{inst} [rsi + rcx]");
            put(asm, at + 10);
        })
        .exact = true;
        self.add(format!("{name}_free"), 24, 10, &[14], move |asm, at, forward| {
            free(asm, at + 12, at + 14, at + 16, forward == Some(0));
            emit!(asm, "{inst} [rsi + rcx]");
            put(asm, at + 10);
        })
        .exact = true;
    }

    /// Stores of an integer register, in all forms of addresses. `reg` is the part of `rax` that is stored.
    fn store(&mut self, name: &str, size: usize, reg: &'static str) {
        let value = move |asm: &mut Asm, at: usize, forward: bool| {
            if !forward {
                operand(asm, "edx", at);
                emit!(asm, "mov rax, [rbx + rdx]");
            }
            emit!(asm, "mov [rsi + rcx], {reg}");
        };
        self.add(format!("{name}_o32"), 24, 0, &[16], move |asm, at, forward| {
            displaced(asm, at + 10, at + 12, false, false);
            value(asm, at + 16, forward == Some(0));
        })
        .exact = true;
        self.add(format!("{name}_z"), 24, 0, &[16], move |asm, at, forward| {
            displaced(asm, at + 10, at + 12, false, true);
            value(asm, at + 16, forward == Some(0));
        })
        .exact = true;
        self.add(format!("{name}_g32"), 24, 0, &[18, 14], move |asm, at, forward| {
            bounded(asm, at + 10, at + 12, at + 14, at + 16, size, forward == Some(1));
            value(asm, at + 18, forward == Some(0));
        })
        .exact = true;
        self.add(format!("{name}_free"), 24, 0, &[16, 12], move |asm, at, forward| {
            free(asm, at + 10, at + 12, at + 14, forward == Some(1));
            value(asm, at + 16, forward == Some(0));
        })
        .exact = true;
    }

    /// Loads to a float or vector register. `inst` loads to `xmm0`, and `put` stores the register.
    fn float_load(&mut self, name: &str, size: usize, inst: &'static str, put: &'static str) {
        let put = move |asm: &mut Asm, at: usize| {
            emit!(asm, "{inst} xmm0, [rsi + rcx]");
            operand(asm, "edx", at);
            emit!(asm, "{put} [rbx + rdx], xmm0");
        };
        self.add(format!("{name}_o32"), 24, 10, &[12], move |asm, at, forward| {
            displaced(asm, at + 12, at + 16, forward == Some(0), false);
            put(asm, at + 10);
        })
        .exact = true;
        self.add(format!("{name}_z"), 24, 10, &[12], move |asm, at, forward| {
            displaced(asm, at + 12, at + 16, forward == Some(0), true);
            put(asm, at + 10);
        })
        .exact = true;
        self.add(format!("{name}_g32"), 24, 10, &[16], move |asm, at, forward| {
            bounded(asm, at + 12, at + 14, at + 16, at + 18, size, forward == Some(0));
            put(asm, at + 10);
        })
        .exact = true;
        self.add(format!("{name}_free"), 24, 10, &[14], move |asm, at, forward| {
            free(asm, at + 12, at + 14, at + 16, forward == Some(0));
            put(asm, at + 10);
        })
        .exact = true;
    }

    /// Stores of a float or vector register.
    fn float_store(&mut self, name: &str, size: usize, get: &'static str, inst: &'static str) {
        let value = move |asm: &mut Asm, at: usize, forward: bool| {
            if !forward {
                operand(asm, "edx", at);
                emit!(asm, "{get} xmm0, [rbx + rdx]");
            }
            emit!(asm, "{inst} [rsi + rcx], xmm0");
        };
        self.add(format!("{name}_o32"), 24, 0, &[16], move |asm, at, forward| {
            displaced(asm, at + 10, at + 12, false, false);
            value(asm, at + 16, forward == Some(0));
        })
        .exact = true;
        self.add(format!("{name}_z"), 24, 0, &[16], move |asm, at, forward| {
            displaced(asm, at + 10, at + 12, false, true);
            value(asm, at + 16, forward == Some(0));
        })
        .exact = true;
        self.add(format!("{name}_g32"), 24, 0, &[18, 14], move |asm, at, forward| {
            bounded(asm, at + 10, at + 12, at + 14, at + 16, size, forward == Some(1));
            value(asm, at + 18, forward == Some(0));
        })
        .exact = true;
        self.add(format!("{name}_free"), 24, 0, &[16, 12], move |asm, at, forward| {
            free(asm, at + 10, at + 12, at + 14, forward == Some(1));
            value(asm, at + 16, forward == Some(0));
        })
        .exact = true;
    }
}

/// The address `rsi + rcx` of a displaced access.
fn displaced(asm: &mut Asm, base: usize, offset: usize, forward: bool, may_be_null: bool) {
    if forward {
        emit!(asm, "mov rsi, rax");
    } else {
        get(asm, "rsi", base);
    }
    if may_be_null {
        emit!(asm, "test rsi, rsi");
        emit!(asm, "jz gantry_pulley_slow");
    }
    emit!(asm, "movsxd rcx, dword ptr [rbp + {offset}]");
}

/// The address `rsi + rcx` of an access that the end of its memory's reservation bounds.
fn free(asm: &mut Asm, base: usize, index: usize, offset: usize, forward: bool) {
    get(asm, "rsi", base);
    operand(asm, "edi", offset);
    if forward {
        emit!(asm, "mov ecx, eax");
    } else {
        get(asm, "ecx", index);
    }
    emit!(asm, "add rcx, rdi");
}

/// The address `rsi + rcx` of an access that is checked.
fn bounded(asm: &mut Asm, base: usize, bound: usize, index: usize, offset: usize, size: usize, forward: bool) {
    get(asm, "rsi", base);
    operand(asm, "edi", offset);
    operand(asm, "r8d", bound);
    if forward {
        emit!(asm, "mov ecx, eax");
    } else {
        get(asm, "ecx", index);
    }
    emit!(asm, "add rcx, rdi");
    emit!(asm, "lea rdi, [rcx + {size}]");
    emit!(asm, "cmp rdi, [rbx + r8]");
    emit!(asm, "ja gantry_pulley_slow");
}
