//! Operations on vector registers.

use super::{Ops, get, operand};
use std::fmt::Write;

/// Adds them.
pub(super) fn rows(ops: &mut Ops) {
    for (name, rest, commutes) in
        [("add", "add", true), ("sub", "sub", false), ("mul", "mul", true), ("div", "div", false)]
    {
        let inst = |suffix| -> &'static str { Box::leak(format!("{rest}{suffix}").into_boxed_str()) };
        ops.float_binary(&format!("v{name}f32x4"), inst("ps"), "movaps", "movaps", commutes);
        ops.float_binary(&format!("v{name}f64x2"), inst("pd"), "movaps", "movaps", commutes);
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
        ops.float_binary(name, inst, "movaps", "movaps", commutes);
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
                operand(asm, "ecx", at + 12);
                emit!(asm, "movaps xmm0, [rbx + rcx]");
            }
            get(asm, "ecx", at + 14);
            emit!(asm, "and ecx, {mask}");
            emit!(asm, "movd xmm1, ecx");
            emit!(asm, "{inst} xmm0, xmm1");
            operand(asm, "edx", at + 10);
            emit!(asm, "movaps [rbx + rdx], xmm0");
        });
    }
    ops.float_unary("vmov", "movaps", &[], "movaps");
    ops.float_unary("vsqrt32x4", "movaps", &["sqrtps xmm0, xmm0"], "movaps");
    ops.float_unary("vsqrt64x2", "movaps", &["sqrtpd xmm0, xmm0"], "movaps");
    for (bytes, half, unpack) in [(1, "low", "l"), (1, "high", "h"), (2, "low", "l"), (2, "high", "h")] {
        let (shape, pair, shift) =
            if bytes == 1 { ("8x16", "bw", "psraw xmm0, 8") } else { ("16x8", "wd", "psrad xmm0, 16") };
        let line = |text: String| -> &'static str { Box::leak(text.into_boxed_str()) };
        let zeros = vec!["pxor xmm1, xmm1", line(format!("punpck{unpack}{pair} xmm0, xmm1"))];
        let copies = vec![line(format!("punpck{unpack}{pair} xmm0, xmm0")), shift];
        ops.float_unary(&format!("vwiden{half}{shape}_u"), "movaps", zeros.leak(), "movaps");
        ops.float_unary(&format!("vwiden{half}{shape}_s"), "movaps", copies.leak(), "movaps");
    }
    ops.float_unary("vwidenlow32x4_u", "movaps", &["pxor xmm1, xmm1", "punpckldq xmm0, xmm1"], "movaps");
    ops.float_unary("vwidenhigh32x4_u", "movaps", &["pxor xmm1, xmm1", "punpckhdq xmm0, xmm1"], "movaps");
    let sign = ["movdqa xmm1, xmm0", "psrad xmm1, 31"];
    ops.float_unary("vwidenlow32x4_s", "movaps", vec![sign[0], sign[1], "punpckldq xmm0, xmm1"].leak(), "movaps");
    ops.float_unary("vwidenhigh32x4_s", "movaps", vec![sign[0], sign[1], "punpckhdq xmm0, xmm1"].leak(), "movaps");
    ops.float_unary("vbnot128", "movaps", &["pcmpeqd xmm1, xmm1", "pxor xmm0, xmm1"], "movaps");
    ops.vector_binary(
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
    ops.vector_binary(
        "vaddpairwisei32x4_s",
        &["movaps xmm2, xmm0", "shufps xmm0, xmm1, 0x88", "shufps xmm2, xmm1, 0xdd", "paddd xmm0, xmm2"],
    );
    let not = ["pcmpeqd xmm2, xmm2", "pxor xmm0, xmm2"];
    ops.vector_binary("vult8x16", vec!["pmaxub xmm1, xmm0", "pcmpeqb xmm0, xmm1", not[0], not[1]].leak());
    ops.vector_binary("vulteq8x16", &["pminub xmm1, xmm0", "pcmpeqb xmm0, xmm1"]);
    ops.vector_binary("vneq8x16", vec!["pcmpeqb xmm0, xmm1", not[0], not[1]].leak());
    ops.vector_binary("vneq16x8", vec!["pcmpeqw xmm0, xmm1", not[0], not[1]].leak());
    ops.vector_binary("vneq32x4", vec!["pcmpeqd xmm0, xmm1", not[0], not[1]].leak());
    for (shape, letter) in [("8x16", "b"), ("16x8", "w"), ("32x4", "d")] {
        let line: &'static str = Box::leak(format!("pcmpgt{letter} xmm1, xmm0").into_boxed_str());
        ops.vector_binary(&format!("vslt{shape}"), vec![line, "movdqa xmm0, xmm1"].leak());
    }
    ops.add("vbitselect128", 24, 10, &[12], |asm, at, forward| {
        if forward.is_none() {
            operand(asm, "ecx", at + 12);
            emit!(asm, "movaps xmm0, [rbx + rcx]");
        }
        operand(asm, "ecx", at + 14);
        operand(asm, "edx", at + 16);
        emit!(asm, "movaps xmm1, [rbx + rcx]");
        emit!(asm, "pand xmm1, xmm0");
        emit!(asm, "pandn xmm0, [rbx + rdx]");
        emit!(asm, "por xmm0, xmm1");
        operand(asm, "edx", at + 10);
        emit!(asm, "movaps [rbx + rdx], xmm0");
    });
    ops.float_from_int("vsplatx32", &["movd xmm0, eax", "pshufd xmm0, xmm0, 0"], "movaps");
    ops.float_from_int("vsplatx64", &["movq xmm0, rax", "punpcklqdq xmm0, xmm0"], "movaps");
    ops.float_from_int(
        "vsplatx8",
        &["movd xmm0, eax", "punpcklbw xmm0, xmm0", "pshuflw xmm0, xmm0, 0", "punpcklqdq xmm0, xmm0"],
        "movaps",
    );
    ops.float_from_int("vsplatx16", &["movd xmm0, eax", "pshuflw xmm0, xmm0, 0", "punpcklqdq xmm0, xmm0"], "movaps");
    ops.float_to_int("vbitmask8x16", "movaps", &["pmovmskb eax, xmm0"]);
    ops.float_to_int("vbitmask32x4", "movaps", &["movmskps eax, xmm0"]);
    ops.float_to_int("vbitmask64x2", "movaps", &["movmskpd eax, xmm0"]);
    ops.add("vconst128", 32, 10, &[], |asm, at, _| {
        emit!(asm, "movups xmm0, [rbp + {}]", at + 16);
        operand(asm, "edx", at + 10);
        emit!(asm, "movaps [rbx + rdx], xmm0");
    });
}

impl Ops {
    /// Two operands in `xmm0` and `xmm1`; `xmm2` and `xmm3` are free as well.
    fn vector_binary(&mut self, name: &str, insts: &'static [&'static str]) {
        self.add(name, 16, 10, &[12], move |asm, at, forward| {
            if forward.is_none() {
                operand(asm, "ecx", at + 12);
                emit!(asm, "movaps xmm0, [rbx + rcx]");
            }
            operand(asm, "ecx", at + 14);
            emit!(asm, "movaps xmm1, [rbx + rcx]");
            insts.iter().for_each(|inst| emit!(asm, "{inst}"));
            operand(asm, "edx", at + 10);
            emit!(asm, "movaps [rbx + rdx], xmm0");
        });
    }
}
