//! Operations on vector registers.

use super::float::{float_binary, float_from_int, float_to_int, float_unary};
use super::{get, get_float, operand, put_float};
use crate::asm::{emit, lines};
use crate::ops::Ops;

/// Adds them.
pub(super) fn rows(ops: &mut Ops) {
    for (name, commutes) in [("add", true), ("sub", false), ("mul", true), ("div", false)] {
        float_binary(ops, &format!("v{name}f32x4"), &format!("{name}ps"), "movaps", "movaps", commutes);
        float_binary(ops, &format!("v{name}f64x2"), &format!("{name}pd"), "movaps", "movaps", commutes);
    }
    for (name, inst, commutes) in [
        ("vaddi8x16", "paddb", true),
        ("vaddi16x8", "paddw", true),
        ("vaddi32x4", "paddd", true),
        ("vaddi64x2", "paddq", true),
        ("vsubi8x16", "psubb", false),
        ("vsubi16x8", "psubw", false),
        ("vsubi32x4", "psubd", false),
        ("vsubi64x2", "psubq", false),
        ("vaddi8x16_sat", "paddsb", true),
        ("vaddu8x16_sat", "paddusb", true),
        ("vaddi16x8_sat", "paddsw", true),
        ("vaddu16x8_sat", "paddusw", true),
        ("vsubi8x16_sat", "psubsb", false),
        ("vsubu8x16_sat", "psubusb", false),
        ("vsubi16x8_sat", "psubsw", false),
        ("vsubu16x8_sat", "psubusw", false),
        ("vmuli16x8", "pmullw", true),
        ("vband128", "pand", true),
        ("vbor128", "por", true),
        ("vbxor128", "pxor", true),
        ("veq8x16", "pcmpeqb", true),
        ("veq16x8", "pcmpeqw", true),
        ("veq32x4", "pcmpeqd", true),
        ("vmin8x16_u", "pminub", true),
        ("vmax8x16_u", "pmaxub", true),
        ("vmin16x8_s", "pminsw", true),
        ("vmax16x8_s", "pmaxsw", true),
        ("vavground8x16", "pavgb", true),
        ("vavground16x8", "pavgw", true),
        ("vnarrow16x8_s", "packsswb", false),
        ("vnarrow16x8_u", "packuswb", false),
        ("vnarrow32x4_s", "packssdw", false),
    ] {
        float_binary(ops, name, inst, "movaps", "movaps", commutes);
    }
    for (name, inst) in [
        ("vshli16x8", "psllw"),
        ("vshli32x4", "pslld"),
        ("vshli64x2", "psllq"),
        ("vshri16x8_u", "psrlw"),
        ("vshri32x4_u", "psrld"),
        ("vshri64x2_u", "psrlq"),
        ("vshri16x8_s", "psraw"),
        ("vshri32x4_s", "psrad"),
    ] {
        let mask = match &inst[inst.len() - 1..] {
            "w" => 15,
            "d" => 31,
            _ => 63,
        };
        ops.add(name, 16, 10, &[12], move |asm, at, forward| {
            if forward.is_none() {
                get_float(asm, "movaps", "xmm0", at + 12);
            }
            get(asm, "ecx", at + 14);
            emit!(asm, "and ecx, {mask}");
            emit!(asm, "movd xmm1, ecx");
            emit!(asm, "{inst} xmm0, xmm1");
            put_float(asm, "movaps", at + 10);
        });
    }
    float_unary(ops, "vmov", "movaps", &[], "movaps");
    float_unary(ops, "vsqrt32x4", "movaps", &["sqrtps xmm0, xmm0"], "movaps");
    float_unary(ops, "vsqrt64x2", "movaps", &["sqrtpd xmm0, xmm0"], "movaps");
    for (shape, pair, shift) in [("8x16", "bw", "psraw xmm0, 8"), ("16x8", "wd", "psrad xmm0, 16")] {
        for (half, unpack) in [("low", "l"), ("high", "h")] {
            let zeros = ["pxor xmm1, xmm1", &format!("punpck{unpack}{pair} xmm0, xmm1")];
            let copies = [&format!("punpck{unpack}{pair} xmm0, xmm0"), shift];
            float_unary(ops, &format!("vwiden{half}{shape}_u"), "movaps", &zeros, "movaps");
            float_unary(ops, &format!("vwiden{half}{shape}_s"), "movaps", &copies, "movaps");
        }
    }
    float_unary(ops, "vwidenlow32x4_u", "movaps", &["pxor xmm1, xmm1", "punpckldq xmm0, xmm1"], "movaps");
    float_unary(ops, "vwidenhigh32x4_u", "movaps", &["pxor xmm1, xmm1", "punpckhdq xmm0, xmm1"], "movaps");
    for (half, unpack) in [("low", "l"), ("high", "h")] {
        let copies = ["movdqa xmm1, xmm0", "psrad xmm1, 31", &format!("punpck{unpack}dq xmm0, xmm1")];
        float_unary(ops, &format!("vwiden{half}32x4_s"), "movaps", &copies, "movaps");
    }
    float_unary(ops, "vbnot128", "movaps", &["pcmpeqd xmm1, xmm1", "pxor xmm0, xmm1"], "movaps");
    vector_binary(
        ops,
        "vmuli32x4",
        &[
            "movdqa xmm2, xmm0",
            "movdqa xmm3, xmm1",
            "pmuludq xmm0, xmm1",
            "psrlq xmm2, 32",
            "psrlq xmm3, 32",
            "pmuludq xmm2, xmm3",
            "pshufd xmm0, xmm0, 0x08",
            "pshufd xmm2, xmm2, 0x08",
            "punpckldq xmm0, xmm2",
        ],
    );
    vector_binary(
        ops,
        "vaddpairwisei32x4_s",
        &["movaps xmm2, xmm0", "shufps xmm0, xmm1, 0x88", "shufps xmm2, xmm1, 0xdd", "paddd xmm0, xmm2"],
    );
    let not = ["pcmpeqd xmm2, xmm2", "pxor xmm0, xmm2"];
    vector_binary(ops, "vult8x16", &["pmaxub xmm1, xmm0", "pcmpeqb xmm0, xmm1", not[0], not[1]]);
    vector_binary(ops, "vulteq8x16", &["pminub xmm1, xmm0", "pcmpeqb xmm0, xmm1"]);
    vector_binary(ops, "vneq8x16", &["pcmpeqb xmm0, xmm1", not[0], not[1]]);
    vector_binary(ops, "vneq16x8", &["pcmpeqw xmm0, xmm1", not[0], not[1]]);
    vector_binary(ops, "vneq32x4", &["pcmpeqd xmm0, xmm1", not[0], not[1]]);
    for (shape, letter) in [("8x16", "b"), ("16x8", "w"), ("32x4", "d")] {
        let compare = format!("pcmpgt{letter} xmm1, xmm0");
        vector_binary(ops, &format!("vslt{shape}"), &[&compare, "movdqa xmm0, xmm1"]);
    }
    ops.add("vbitselect128", 24, 10, &[12], |asm, at, forward| {
        if forward.is_none() {
            get_float(asm, "movaps", "xmm0", at + 12);
        }
        operand(asm, "ecx", at + 14);
        operand(asm, "edx", at + 16);
        emit!(asm, "movaps xmm1, [rbx + rcx]");
        emit!(asm, "pand xmm1, xmm0");
        emit!(asm, "pandn xmm0, [rbx + rdx]");
        emit!(asm, "por xmm0, xmm1");
        put_float(asm, "movaps", at + 10);
    });
    float_from_int(ops, "vsplatx32", &["movd xmm0, eax", "pshufd xmm0, xmm0, 0"], "movaps");
    float_from_int(ops, "vsplatx64", &["movq xmm0, rax", "punpcklqdq xmm0, xmm0"], "movaps");
    float_from_int(
        ops,
        "vsplatx8",
        &["movd xmm0, eax", "punpcklbw xmm0, xmm0", "pshuflw xmm0, xmm0, 0", "punpcklqdq xmm0, xmm0"],
        "movaps",
    );
    float_from_int(ops, "vsplatx16", &["movd xmm0, eax", "pshuflw xmm0, xmm0, 0", "punpcklqdq xmm0, xmm0"], "movaps");
    float_to_int(ops, "vbitmask8x16", "movaps", &["pmovmskb eax, xmm0"]);
    float_to_int(ops, "vbitmask32x4", "movaps", &["movmskps eax, xmm0"]);
    float_to_int(ops, "vbitmask64x2", "movaps", &["movmskpd eax, xmm0"]);
    ops.add("vconst128", 32, 10, &[], |asm, at, _| {
        emit!(asm, "movups xmm0, [rbp + {}]", at + 16);
        put_float(asm, "movaps", at + 10);
    });
}

/// Two operands in `xmm0` and `xmm1`; `xmm2` and `xmm3` are free as well.
fn vector_binary(ops: &mut Ops, name: &str, insts: &[&str]) {
    let insts = lines(insts);
    ops.add(name, 16, 10, &[12], move |asm, at, forward| {
        if forward.is_none() {
            get_float(asm, "movaps", "xmm0", at + 12);
        }
        get_float(asm, "movaps", "xmm1", at + 14);
        asm.text.push_str(&insts);
        put_float(asm, "movaps", at + 10);
    });
}
