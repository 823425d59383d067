//! Operations on vector registers.

use super::float::float_unary;
use super::{get, pair, put};
use crate::asm::emit;
use crate::ops::Ops;

/// Adds them.
pub(super) fn rows(ops: &mut Ops) {
    for (name, inst) in [("add", "fadd"), ("sub", "fsub"), ("mul", "fmul"), ("div", "fdiv")] {
        vector_binary(ops, &format!("v{name}f32x4"), inst, "4s");
        vector_binary(ops, &format!("v{name}f64x2"), inst, "2d");
    }
    for (name, inst, shape) in [
        ("vaddi8x16", "add", "16b"),
        ("vaddi16x8", "add", "8h"),
        ("vaddi32x4", "add", "4s"),
        ("vaddi64x2", "add", "2d"),
        ("vsubi8x16", "sub", "16b"),
        ("vsubi16x8", "sub", "8h"),
        ("vsubi32x4", "sub", "4s"),
        ("vsubi64x2", "sub", "2d"),
        ("vmuli8x16", "mul", "16b"),
        ("vmuli16x8", "mul", "8h"),
        ("vmuli32x4", "mul", "4s"),
        ("vaddi8x16_sat", "sqadd", "16b"),
        ("vaddu8x16_sat", "uqadd", "16b"),
        ("vaddi16x8_sat", "sqadd", "8h"),
        ("vaddu16x8_sat", "uqadd", "8h"),
        ("vsubi8x16_sat", "sqsub", "16b"),
        ("vsubu8x16_sat", "uqsub", "16b"),
        ("vsubi16x8_sat", "sqsub", "8h"),
        ("vsubu16x8_sat", "uqsub", "8h"),
        ("vband128", "and", "16b"),
        ("vbor128", "orr", "16b"),
        ("vbxor128", "eor", "16b"),
        ("veq8x16", "cmeq", "16b"),
        ("veq16x8", "cmeq", "8h"),
        ("veq32x4", "cmeq", "4s"),
        ("veq64x2", "cmeq", "2d"),
        ("vmin8x16_u", "umin", "16b"),
        ("vmin8x16_s", "smin", "16b"),
        ("vmin16x8_u", "umin", "8h"),
        ("vmin16x8_s", "smin", "8h"),
        ("vmin32x4_u", "umin", "4s"),
        ("vmin32x4_s", "smin", "4s"),
        ("vmax8x16_u", "umax", "16b"),
        ("vmax8x16_s", "smax", "16b"),
        ("vmax16x8_u", "umax", "8h"),
        ("vmax16x8_s", "smax", "8h"),
        ("vmax32x4_u", "umax", "4s"),
        ("vmax32x4_s", "smax", "4s"),
        ("vavground8x16", "urhadd", "16b"),
        ("vavground16x8", "urhadd", "8h"),
        ("vaddpairwisei16x8_s", "addp", "8h"),
        ("vaddpairwisei32x4_s", "addp", "4s"),
    ] {
        vector_binary(ops, name, inst, shape);
    }
    for (shape, low, all, wide, mask) in
        [("8x16", "8b", "16b", "8h", 7), ("16x8", "4h", "8h", "4s", 15), ("32x4", "2s", "4s", "2d", 31)]
    {
        for sign in ["s", "u"] {
            let xtl = format!("{sign}xtl v0.{wide}, v0.{low}");
            let xtl2 = format!("{sign}xtl2 v0.{wide}, v0.{all}");
            float_unary(ops, &format!("vwidenlow{shape}_{sign}"), "q0", &[&xtl], "q0");
            float_unary(ops, &format!("vwidenhigh{shape}_{sign}"), "q0", &[&xtl2], "q0");
        }
        // Left by a register's lanes; to the right, by its negative.
        for (name, sign, negate, inst) in
            [("vshli", "", false, "ushl"), ("vshri", "_s", true, "sshl"), ("vshri", "_u", true, "ushl")]
        {
            ops.add(format!("{name}{shape}{sign}"), 16, 10, &[12], move |asm, at, forward| {
                if forward.is_none() {
                    get(asm, "q0", at + 12);
                }
                get(asm, "w11", at + 14);
                emit!(asm, "and w11, w11, #{mask}");
                if negate {
                    emit!(asm, "neg w11, w11");
                }
                emit!(asm, "dup v1.{all}, w11");
                emit!(asm, "{inst} v0.{all}, v0.{all}, v1.{all}");
                put(asm, "q0", at + 10);
            });
        }
    }
    float_unary(ops, "vmov", "q0", &[], "q0");
    float_unary(ops, "vbnot128", "q0", &["mvn v0.16b, v0.16b"], "q0");
    ops.add("vbitselect128", 24, 10, &[12], |asm, at, forward| {
        if forward.is_none() {
            get(asm, "q0", at + 12);
        }
        get(asm, "q1", at + 14);
        get(asm, "q2", at + 16);
        emit!(asm, "bsl v0.16b, v1.16b, v2.16b");
        put(asm, "q0", at + 10);
    });
    float_unary(ops, "vsplatx8", "x0", &["dup v0.16b, w0"], "q0");
    float_unary(ops, "vsplatx16", "x0", &["dup v0.8h, w0"], "q0");
    float_unary(ops, "vsplatx32", "x0", &["dup v0.4s, w0"], "q0");
    float_unary(ops, "vsplatx64", "x0", &["dup v0.2d, x0"], "q0");
    ops.add("vconst128", 32, 10, &[], |asm, at, _| {
        emit!(asm, "ldp d0, d1, [x29, #{}]", at + 16);
        emit!(asm, "mov v0.d[1], v1.d[0]");
        put(asm, "q0", at + 10);
    });
}

/// `v0 = src1 inst src2`, in lanes of this shape.
fn vector_binary(ops: &mut Ops, name: &str, inst: &'static str, shape: &'static str) {
    ops.add(name, 16, 10, &[12, 14], move |asm, at, forward| {
        let (a, b) = pair(asm, "q", 1, at + 12, at + 14, forward);
        emit!(asm, "{inst} v0.{shape}, v{a}.{shape}, v{b}.{shape}");
        put(asm, "q0", at + 10);
    });
}
