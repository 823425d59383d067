//! Operations on vector registers.

use super::{Ops, get, leak, put};
use std::fmt::Write;

/// Adds them.
pub(super) fn rows(ops: &mut Ops) {
    for (name, inst) in [("add", "fadd"), ("sub", "fsub"), ("mul", "fmul"), ("div", "fdiv")] {
        ops.float_binary(&format!("v{name}f32x4"), inst, "q", "4s");
        ops.float_binary(&format!("v{name}f64x2"), inst, "q", "2d");
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
        ops.float_binary(name, inst, "q", shape);
    }
    for (name, narrow, wide) in [("8x16", "8b", "8h"), ("16x8", "4h", "4s"), ("32x4", "2s", "2d")] {
        let all = match narrow {
            "8b" => "16b",
            "4h" => "8h",
            _ => "4s",
        };
        for (sign, letter) in [("s", "s"), ("u", "u")] {
            let low = vec![leak(format!("{letter}xtl v0.{wide}, v0.{narrow}"))];
            let high = vec![leak(format!("{letter}xtl2 v0.{wide}, v0.{all}"))];
            ops.float_unary(&format!("vwidenlow{name}_{sign}"), "q0", low.leak(), "q0");
            ops.float_unary(&format!("vwidenhigh{name}_{sign}"), "q0", high.leak(), "q0");
        }
        // Left by a register's lanes; to the right, by its negative.
        let (mask, dup) = match narrow {
            "8b" => (7, "16b"),
            "4h" => (15, "8h"),
            _ => (31, "4s"),
        };
        for (op, negate, inst) in [("vshli{}", false, "ushl"), ("vshri{}_s", true, "sshl"), ("vshri{}_u", true, "ushl")]
        {
            ops.add(op.replace("{}", name), 16, 10, &[12], move |asm, at, forward| {
                if forward.is_none() {
                    get(asm, "q0", at + 12);
                }
                get(asm, "w11", at + 14);
                emit!(asm, "and w11, w11, #{mask}");
                if negate {
                    emit!(asm, "neg w11, w11");
                }
                emit!(asm, "dup v1.{dup}, w11");
                emit!(asm, "{inst} v0.{dup}, v0.{dup}, v1.{dup}");
                put(asm, "q0", at + 10);
            });
        }
    }
    ops.add("vbitselect128", 24, 10, &[12], |asm, at, forward| {
        if forward.is_none() {
            get(asm, "q0", at + 12);
        }
        get(asm, "q1", at + 14);
        get(asm, "q2", at + 16);
        emit!(asm, "bsl v0.16b, v1.16b, v2.16b");
        put(asm, "q0", at + 10);
    });
    ops.float_unary("vmov", "q0", &[], "q0");
    ops.float_unary("vbnot128", "q0", &["mvn v0.16b, v0.16b"], "q0");
    for (name, inst) in [
        ("vsplatx8", "dup v0.16b, w0"),
        ("vsplatx16", "dup v0.8h, w0"),
        ("vsplatx32", "dup v0.4s, w0"),
        ("vsplatx64", "dup v0.2d, x0"),
    ] {
        ops.float_unary(name, "x0", vec![inst].leak(), "q0");
    }
    ops.add("vconst128", 32, 10, &[], |asm, at, _| {
        emit!(asm, "ldp d0, d1, [x29, #{}]", at + 16);
        emit!(asm, "mov v0.d[1], v1.d[0]");
        put(asm, "q0", at + 10);
    });
}
