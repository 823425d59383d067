//! Loads and stores, in all forms of addresses.

use super::{get, operand, put, put_float};
use crate::access::Address;
use crate::asm::{Asm, emit};
use crate::ops::Ops;

/// Adds them.
pub(super) fn rows(ops: &mut Ops) {
    for (name, bytes, inst) in [
        ("xload8_u32", 1, "movzx eax, byte ptr"),
        ("xload8_s32", 1, "movsx eax, byte ptr"),
        ("xload16le_u32", 2, "movzx eax, word ptr"),
        ("xload16le_s32", 2, "movsx eax, word ptr"),
        ("xload32le", 4, "mov eax, dword ptr"),
        ("xload64le", 8, "mov rax, qword ptr"),
    ] {
        ops.load(name, bytes, locate, move |asm, dst| {
            emit!(asm, "{inst} [rsi + rcx]");
            put(asm, dst);
        });
    }
    for (name, bytes, reg) in
        [("xstore8", 1, "al"), ("xstore16le", 2, "ax"), ("xstore32le", 4, "eax"), ("xstore64le", 8, "rax")]
    {
        ops.store(name, bytes, locate, move |asm, value| {
            if let Some(value) = value {
                operand(asm, "edx", value);
                emit!(asm, "mov rax, [rbx + rdx]");
            }
            emit!(asm, "mov [rsi + rcx], {reg}");
        });
    }
    for (name, bytes, inst, store) in
        [("fload32le", 4, "movss", "movsd"), ("fload64le", 8, "movsd", "movsd"), ("vload128le", 16, "movups", "movaps")]
    {
        ops.load(name, bytes, locate, move |asm, dst| {
            emit!(asm, "{inst} xmm0, [rsi + rcx]");
            put_float(asm, store, dst);
        });
    }
    for (name, bytes, load, inst) in [
        ("fstore32le", 4, "movsd", "movss"),
        ("fstore64le", 8, "movsd", "movsd"),
        ("vstore128le", 16, "movaps", "movups"),
    ] {
        ops.store(name, bytes, locate, move |asm, value| {
            if let Some(value) = value {
                operand(asm, "edx", value);
                emit!(asm, "{load} xmm0, [rbx + rdx]");
            }
            emit!(asm, "{inst} [rsi + rcx], xmm0");
        });
    }
}

/// Finds the address: it is `rsi + rcx`.
fn locate(asm: &mut Asm, at: usize, address: Address, forward: bool) {
    match address {
        Address::Displaced { base, offset, may_be_null } => {
            if forward {
                emit!(asm, "mov rsi, rax");
            } else {
                get(asm, "rsi", at + base);
            }
            if may_be_null {
                emit!(asm, "test rsi, rsi");
                emit!(asm, "jz gantry_pulley_slow");
            }
            emit!(asm, "movsxd rcx, dword ptr [rbp + {}]", at + offset);
        }
        Address::Bounded { base, bound, index, offset, bytes } => {
            get(asm, "rsi", at + base);
            operand(asm, "edi", at + offset);
            operand(asm, "r8d", at + bound);
            add_index(asm, at + index, forward);
            emit!(asm, "lea rdi, [rcx + {bytes}]");
            emit!(asm, "cmp rdi, [rbx + r8]");
            emit!(asm, "ja gantry_pulley_slow");
        }
        Address::Free { base, index, offset, .. } => {
            get(asm, "rsi", at + base);
            operand(asm, "edi", at + offset);
            add_index(asm, at + index, forward);
        }
    }
}

/// The sum in `rcx` of an index and the offset in `rdi`.
fn add_index(asm: &mut Asm, index: usize, forward: bool) {
    if forward {
        emit!(asm, "mov ecx, eax");
    } else {
        get(asm, "ecx", index);
    }
    emit!(asm, "add rcx, rdi");
}
