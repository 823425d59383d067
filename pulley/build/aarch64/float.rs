//! Operations on float registers. Vector registers have forms in common with them: the accumulator of both is `v0`.
//!
//! Narrow floats are stored as wide ones are: the upper half is zero, as the portable executor has it.

use super::{get, pair, put, select};
use crate::asm::{emit, lines};
use crate::ops::Ops;

/// Adds them.
pub(super) fn rows(ops: &mut Ops) {
    for (name, inst) in [("add", "fadd"), ("sub", "fsub"), ("mul", "fmul"), ("div", "fdiv")] {
        float_binary(ops, &format!("f{name}32"), inst, "s");
        float_binary(ops, &format!("f{name}64"), inst, "d");
    }
    float_unary(ops, "fmov", "d0", &[], "d0");
    for (name, inst) in [
        ("sqrt", "fsqrt"),
        ("trunc", "frintz"),
        ("floor", "frintm"),
        ("ceil", "frintp"),
        ("nearest", "frintn"),
        ("neg", "fneg"),
        ("abs", "fabs"),
    ] {
        float_unary(ops, &format!("f{name}32"), "s0", &[&format!("{inst} s0, s0")], "d0");
        float_unary(ops, &format!("f{name}64"), "d0", &[&format!("{inst} d0, d0")], "d0");
    }
    // Conversions saturate by themselves.
    for (name, loaded, inst, stored) in [
        ("f32_from_f64", "d0", "fcvt s0, d0", "d0"),
        ("f64_from_f32", "s0", "fcvt d0, s0", "d0"),
        ("f32_from_x32_s", "x0", "scvtf s0, w0", "d0"),
        ("f32_from_x32_u", "x0", "ucvtf s0, w0", "d0"),
        ("f32_from_x64_s", "x0", "scvtf s0, x0", "d0"),
        ("f32_from_x64_u", "x0", "ucvtf s0, x0", "d0"),
        ("f64_from_x32_s", "x0", "scvtf d0, w0", "d0"),
        ("f64_from_x32_u", "x0", "ucvtf d0, w0", "d0"),
        ("f64_from_x64_s", "x0", "scvtf d0, x0", "d0"),
        ("f64_from_x64_u", "x0", "ucvtf d0, x0", "d0"),
        ("bitcast_float_from_int_32", "x0", "fmov s0, w0", "d0"),
        ("bitcast_float_from_int_64", "x0", "fmov d0, x0", "d0"),
        ("x32_from_f32_s_sat", "s0", "fcvtzs w0, s0", "x0"),
        ("x32_from_f32_u_sat", "s0", "fcvtzu w0, s0", "x0"),
        ("x32_from_f64_s_sat", "d0", "fcvtzs w0, d0", "x0"),
        ("x32_from_f64_u_sat", "d0", "fcvtzu w0, d0", "x0"),
        ("x64_from_f32_s_sat", "s0", "fcvtzs x0, s0", "x0"),
        ("x64_from_f32_u_sat", "s0", "fcvtzu x0, s0", "x0"),
        ("x64_from_f64_s_sat", "d0", "fcvtzs x0, d0", "x0"),
        ("x64_from_f64_u_sat", "d0", "fcvtzu x0, d0", "x0"),
        ("bitcast_int_from_float_32", "s0", "fmov w0, s0", "x0"),
        ("bitcast_int_from_float_64", "d0", "fmov x0, d0", "x0"),
    ] {
        float_unary(ops, name, loaded, &[inst], stored);
    }
    for (reg, bits) in [("s", 32), ("d", 64)] {
        for (name, cc) in [("eq", "eq"), ("neq", "ne"), ("lt", "mi"), ("lteq", "ls")] {
            float_compare(ops, &format!("f{name}{bits}"), reg, cc);
        }
        ops.add(format!("fselect{bits}"), 24, 10, &[12], move |asm, at, forward| {
            select(asm, at, forward);
            emit!(asm, "ldr {reg}0, [x19, x11]");
            put(asm, "d0", at + 10);
        });
    }
    ops.add("fconst32", 16, 10, &[], |asm, at, _| {
        emit!(asm, "ldr s0, [x29, #{}]", at + 12);
        put(asm, "d0", at + 10);
    });
    ops.add("fconst64", 24, 10, &[], |asm, at, _| {
        emit!(asm, "ldr d0, [x29, #{}]", at + 16);
        put(asm, "d0", at + 10);
    });
}

/// `v0 = src1 inst src2`. `reg` is the letter of the registers.
fn float_binary(ops: &mut Ops, name: &str, inst: &'static str, reg: &'static str) {
    ops.add(name, 16, 10, &[12, 14], move |asm, at, forward| {
        let (a, b) = pair(asm, reg, 1, at + 12, at + 14, forward);
        emit!(asm, "{inst} {reg}0, {reg}{a}, {reg}{b}");
        put(asm, "d0", at + 10);
    });
}

/// `stored = insts(loaded)`: accumulators, of which one may be that of integers.
pub(super) fn float_unary(ops: &mut Ops, name: &str, loaded: &'static str, insts: &[&str], stored: &'static str) {
    let insts = lines(insts);
    ops.add(name, 16, 10, &[12], move |asm, at, forward| {
        if forward.is_none() {
            get(asm, loaded, at + 12);
        }
        asm.text.push_str(&insts);
        put(asm, stored, at + 10);
    });
}

/// Compares floats and sets `w0`.
fn float_compare(ops: &mut Ops, name: &str, reg: &'static str, cc: &'static str) {
    ops.add(name, 16, 10, &[], move |asm, at, _| {
        get(asm, &format!("{reg}1"), at + 12);
        get(asm, &format!("{reg}2"), at + 14);
        emit!(asm, "fcmp {reg}1, {reg}2");
        emit!(asm, "cset w0, {cc}");
        put(asm, "x0", at + 10);
    });
}
