//! Operations on float registers. Vector registers have forms in common with them: the accumulator of both is `v0`.

use super::{Ops, get, leak, operand, put};
use std::fmt::Write;

/// Adds them.
pub(super) fn rows(ops: &mut Ops) {
    for (name, inst) in [("add", "fadd"), ("sub", "fsub"), ("mul", "fmul"), ("div", "fdiv")] {
        ops.float_binary(&format!("f{name}32"), inst, "s", "");
        ops.float_binary(&format!("f{name}64"), inst, "d", "");
    }
    ops.float_unary("fmov", "d0", &[], "d0");
    for (name, inst) in [
        ("sqrt", "fsqrt"),
        ("trunc", "frintz"),
        ("floor", "frintm"),
        ("ceil", "frintp"),
        ("nearest", "frintn"),
        ("neg", "fneg"),
        ("abs", "fabs"),
    ] {
        ops.float_unary(&format!("f{name}32"), "s0", vec![leak(format!("{inst} s0, s0"))].leak(), "d0");
        ops.float_unary(&format!("f{name}64"), "d0", vec![leak(format!("{inst} d0, d0"))].leak(), "d0");
    }
    ops.float_unary("f32_from_f64", "d0", &["fcvt s0, d0"], "d0");
    ops.float_unary("f64_from_f32", "s0", &["fcvt d0, s0"], "d0");
    for (name, inst) in [
        ("f32_from_x32_s", "scvtf s0, w0"),
        ("f32_from_x32_u", "ucvtf s0, w0"),
        ("f32_from_x64_s", "scvtf s0, x0"),
        ("f32_from_x64_u", "ucvtf s0, x0"),
        ("f64_from_x32_s", "scvtf d0, w0"),
        ("f64_from_x32_u", "ucvtf d0, w0"),
        ("f64_from_x64_s", "scvtf d0, x0"),
        ("f64_from_x64_u", "ucvtf d0, x0"),
        ("bitcast_float_from_int_32", "fmov s0, w0"),
        ("bitcast_float_from_int_64", "fmov d0, x0"),
    ] {
        ops.float_unary(name, "x0", vec![inst].leak(), "d0");
    }
    // Conversions saturate by themselves.
    for (name, loaded, inst) in [
        ("x32_from_f32_s_sat", "s0", "fcvtzs w0, s0"),
        ("x32_from_f32_u_sat", "s0", "fcvtzu w0, s0"),
        ("x32_from_f64_s_sat", "d0", "fcvtzs w0, d0"),
        ("x32_from_f64_u_sat", "d0", "fcvtzu w0, d0"),
        ("x64_from_f32_s_sat", "s0", "fcvtzs x0, s0"),
        ("x64_from_f32_u_sat", "s0", "fcvtzu x0, s0"),
        ("x64_from_f64_s_sat", "d0", "fcvtzs x0, d0"),
        ("x64_from_f64_u_sat", "d0", "fcvtzu x0, d0"),
        ("bitcast_int_from_float_32", "s0", "fmov w0, s0"),
        ("bitcast_int_from_float_64", "d0", "fmov x0, d0"),
    ] {
        ops.float_unary(name, loaded, vec![inst].leak(), "x0");
    }
    for (reg, bits) in [("s", 32), ("d", 64)] {
        for (name, cc) in [("eq", "eq"), ("neq", "ne"), ("lt", "mi"), ("lteq", "ls")] {
            ops.float_compare(&format!("f{name}{bits}"), reg, cc);
        }
        ops.add(format!("fselect{bits}"), 24, 10, &[12], move |asm, at, forward| {
            if forward.is_none() {
                get(asm, "w0", at + 12);
            }
            operand(asm, "11", at + 14);
            operand(asm, "12", at + 16);
            emit!(asm, "cmp w0, #0");
            emit!(asm, "csel x11, x11, x12, ne");
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

impl Ops {
    /// `v0 = src1 inst src2`. `reg` is the letter of the registers, `suffix` the shape of vectors.
    pub(super) fn float_binary(&mut self, name: &str, inst: &'static str, reg: &'static str, suffix: &'static str) {
        self.add(name, 16, 10, &[12, 14], move |asm, at, forward| {
            let (a, b) = match forward {
                None => {
                    get(asm, &format!("{reg}0"), at + 12);
                    get(asm, &format!("{reg}1"), at + 14);
                    (0, 1)
                }
                Some(0) => {
                    get(asm, &format!("{reg}1"), at + 14);
                    (0, 1)
                }
                Some(_) => {
                    get(asm, &format!("{reg}1"), at + 12);
                    (1, 0)
                }
            };
            if suffix.is_empty() {
                emit!(asm, "{inst} {reg}0, {reg}{a}, {reg}{b}");
            } else {
                emit!(asm, "{inst} v0.{suffix}, v{a}.{suffix}, v{b}.{suffix}");
            }
            put(asm, if reg == "q" { "q0" } else { "d0" }, at + 10);
        });
    }

    /// `v0 = insts(src)`. Registers are loaded as `get` and stored as `stored`.
    pub(super) fn float_unary(
        &mut self,
        name: &str,
        loaded: &'static str,
        insts: &'static [&'static str],
        stored: &'static str,
    ) {
        let to_int = stored.starts_with(['x', 'w']);
        self.add(name, 16, 10, &[12], move |asm, at, forward| {
            if forward.is_none() {
                get(asm, loaded, at + 12);
            }
            insts.iter().for_each(|inst| emit!(asm, "{inst}"));
            put(asm, if to_int { "x0" } else { stored }, at + 10);
        });
    }

    fn float_compare(&mut self, name: &str, reg: &'static str, cc: &'static str) {
        self.add(name, 16, 10, &[], move |asm, at, _| {
            get(asm, &format!("{reg}1"), at + 12);
            get(asm, &format!("{reg}2"), at + 14);
            emit!(asm, "fcmp {reg}1, {reg}2");
            emit!(asm, "cset w0, {cc}");
            put(asm, "x0", at + 10);
        });
    }
}
