//! Operations on float registers. Vector registers have forms in common with them: the accumulator of both is `xmm0`.

use super::{Ops, get, operand, put};
use crate::Asm;
use std::fmt::Write;

/// Adds them.
pub(super) fn rows(ops: &mut Ops) {
    for (name, rest, commutes) in
        [("add", "add", true), ("sub", "sub", false), ("mul", "mul", true), ("div", "div", false)]
    {
        let inst = |suffix| -> &'static str { Box::leak(format!("{rest}{suffix}").into_boxed_str()) };
        ops.float_binary(&format!("f{name}32"), inst("ss"), "movss", "movsd", commutes);
        ops.float_binary(&format!("f{name}64"), inst("sd"), "movsd", "movsd", commutes);
    }
    ops.float_unary("fmov", "movsd", &[], "movsd");
    ops.float_unary("fsqrt32", "movss", &["sqrtss xmm0, xmm0"], "movsd");
    ops.float_unary("fsqrt64", "movsd", &["sqrtsd xmm0, xmm0"], "movsd");
    ops.float_unary("fneg32", "movss", &["mov ecx, 0x80000000", "movd xmm1, ecx", "xorps xmm0, xmm1"], "movsd");
    ops.float_unary("fabs32", "movss", &["mov ecx, 0x7fffffff", "movd xmm1, ecx", "andps xmm0, xmm1"], "movsd");
    ops.float_unary(
        "fneg64",
        "movsd",
        &["movabs rcx, 0x8000000000000000", "movq xmm1, rcx", "xorpd xmm0, xmm1"],
        "movsd",
    );
    ops.float_unary(
        "fabs64",
        "movsd",
        &["movabs rcx, 0x7fffffffffffffff", "movq xmm1, rcx", "andpd xmm0, xmm1"],
        "movsd",
    );
    ops.float_unary("f32_from_f64", "movsd", &["cvtsd2ss xmm1, xmm0", "movd ecx, xmm1", "movd xmm0, ecx"], "movsd");
    ops.float_unary("f64_from_f32", "movsd", &["cvtss2sd xmm0, xmm0"], "movsd");
    ops.float_from_int("f32_from_x32_s", &["xorps xmm0, xmm0", "cvtsi2ss xmm0, eax"], "movsd");
    ops.float_from_int("f32_from_x64_s", &["xorps xmm0, xmm0", "cvtsi2ss xmm0, rax"], "movsd");
    ops.float_from_int("f32_from_x32_u", &["mov eax, eax", "xorps xmm0, xmm0", "cvtsi2ss xmm0, rax"], "movsd");
    ops.float_from_int("f64_from_x32_s", &["xorps xmm0, xmm0", "cvtsi2sd xmm0, eax"], "movsd");
    ops.float_from_int("f64_from_x64_s", &["xorps xmm0, xmm0", "cvtsi2sd xmm0, rax"], "movsd");
    ops.float_from_int("f64_from_x32_u", &["mov eax, eax", "xorps xmm0, xmm0", "cvtsi2sd xmm0, rax"], "movsd");
    ops.float_from_int("bitcast_float_from_int_32", &["movd xmm0, eax"], "movsd");
    ops.float_from_int("bitcast_float_from_int_64", &["movq xmm0, rax"], "movsd");
    for suffix in ["", "_sat"] {
        ops.float_to_int(
            &format!("x32_from_f32_s{suffix}"),
            "movsd",
            &["cvttss2si eax, xmm0", "cmp eax, 0x80000000", "je gantry_pulley_slow"],
        );
        ops.float_to_int(
            &format!("x32_from_f64_s{suffix}"),
            "movsd",
            &["cvttsd2si eax, xmm0", "cmp eax, 0x80000000", "je gantry_pulley_slow"],
        );
        ops.float_to_int(
            &format!("x64_from_f32_s{suffix}"),
            "movsd",
            &["cvttss2si rax, xmm0", "mov rcx, rax", "neg rcx", "jo gantry_pulley_slow"],
        );
        ops.float_to_int(
            &format!("x64_from_f64_s{suffix}"),
            "movsd",
            &["cvttsd2si rax, xmm0", "mov rcx, rax", "neg rcx", "jo gantry_pulley_slow"],
        );
        // Unsigned 32-bit results are those of 64-bit conversions that have no upper half.
        ops.float_to_int(
            &format!("x32_from_f32_u{suffix}"),
            "movsd",
            &["cvttss2si rax, xmm0", "mov rcx, rax", "shr rcx, 32", "jnz gantry_pulley_slow"],
        );
        ops.float_to_int(
            &format!("x32_from_f64_u{suffix}"),
            "movsd",
            &["cvttsd2si rax, xmm0", "mov rcx, rax", "shr rcx, 32", "jnz gantry_pulley_slow"],
        );
    }
    ops.float_to_int("bitcast_int_from_float_32", "movsd", &["movd eax, xmm0"]);
    ops.float_to_int("bitcast_int_from_float_64", "movsd", &["movq rax, xmm0"]);
    for (wide, bits) in [(false, 32), (true, 64)] {
        ops.float_compare(&format!("feq{bits}"), wide, None, true);
        ops.float_compare(&format!("fneq{bits}"), wide, None, false);
        ops.float_compare(&format!("flt{bits}"), wide, Some("a"), false);
        ops.float_compare(&format!("flteq{bits}"), wide, Some("ae"), false);
        ops.add(format!("fselect{bits}"), 24, 10, &[12], move |asm, at, forward| {
            if forward.is_none() {
                get(asm, "eax", at + 12);
            }
            operand(asm, "ecx", at + 14);
            operand(asm, "edx", at + 16);
            emit!(asm, "test eax, eax");
            emit!(asm, "cmovz ecx, edx");
            emit!(asm, "{} xmm0, [rbx + rcx]", if wide { "movsd" } else { "movss" });
            put_float(asm, at + 10);
        });
    }
    ops.add("fconst32", 16, 10, &[], |asm, at, _| {
        emit!(asm, "movss xmm0, [rbp + {}]", at + 12);
        put_float(asm, at + 10);
    });
    ops.add("fconst64", 24, 10, &[], |asm, at, _| {
        emit!(asm, "movsd xmm0, [rbp + {}]", at + 16);
        put_float(asm, at + 10);
    });
}

impl Ops {
    /// `xmm0 = xmm0 inst src2`. Vectors take their operands through `get`, since they may be unaligned for older forms.
    pub(super) fn float_binary(
        &mut self,
        name: &str,
        inst: &'static str,
        get: &'static str,
        put: &'static str,
        commutes: bool,
    ) {
        self.add(name, 16, 10, &[12, 14], move |asm, at, forward| {
            let other = match forward {
                None => {
                    operand(asm, "ecx", at + 12);
                    emit!(asm, "{get} xmm0, [rbx + rcx]");
                    14
                }
                Some(0) => 14,
                Some(_) if commutes => 12,
                Some(_) => {
                    emit!(asm, "movaps xmm1, xmm0");
                    operand(asm, "ecx", at + 12);
                    emit!(asm, "{get} xmm0, [rbx + rcx]");
                    emit!(asm, "{inst} xmm0, xmm1");
                    operand(asm, "edx", at + 10);
                    emit!(asm, "{put} [rbx + rdx], xmm0");
                    return;
                }
            };
            operand(asm, "ecx", at + other);
            emit!(asm, "{get} xmm1, [rbx + rcx]");
            emit!(asm, "{inst} xmm0, xmm1");
            operand(asm, "edx", at + 10);
            emit!(asm, "{put} [rbx + rdx], xmm0");
        });
    }

    /// Compares floats and sets `eax`. The forms ask for "above", which is false for NaNs.
    fn float_compare(&mut self, name: &str, wide: bool, less: Option<&'static str>, equal: bool) {
        let (ucomis, get) = if wide { ("ucomisd", "movsd") } else { ("ucomiss", "movss") };
        self.add(name, 16, 10, &[], move |asm, at, _| {
            let (first, second) = if less.is_some() { (14, 12) } else { (12, 14) };
            operand(asm, "ecx", at + first);
            emit!(asm, "{get} xmm1, [rbx + rcx]");
            operand(asm, "ecx", at + second);
            emit!(asm, "{ucomis} xmm1, [rbx + rcx]");
            match (less, equal) {
                (Some(cc), _) => emit!(asm, "set{cc} al"),
                (None, true) => {
                    emit!(asm, "setnp cl");
                    emit!(asm, "sete al");
                    emit!(asm, "and al, cl");
                }
                (None, false) => {
                    emit!(asm, "setp cl");
                    emit!(asm, "setne al");
                    emit!(asm, "or al, cl");
                }
            }
            emit!(asm, "movzx eax, al");
            put(asm, at + 10);
        });
    }

    /// `xmm0 = inst(src)`. `get` loads the operand, and `put` stores the result.
    pub(super) fn float_unary(
        &mut self,
        name: &str,
        get: &'static str,
        insts: &'static [&'static str],
        put: &'static str,
    ) {
        self.add(name, 16, 10, &[12], move |asm, at, forward| {
            if forward.is_none() {
                operand(asm, "ecx", at + 12);
                emit!(asm, "{get} xmm0, [rbx + rcx]");
            }
            insts.iter().for_each(|inst| emit!(asm, "{inst}"));
            operand(asm, "edx", at + 10);
            emit!(asm, "{put} [rbx + rdx], xmm0");
        });
    }

    /// From an integer register.
    pub(super) fn float_from_int(&mut self, name: &str, insts: &'static [&'static str], put: &'static str) {
        self.add(name, 16, 10, &[12], move |asm, at, forward| {
            if forward.is_none() {
                get(asm, "rax", at + 12);
            }
            insts.iter().for_each(|inst| emit!(asm, "{inst}"));
            operand(asm, "edx", at + 10);
            emit!(asm, "{put} [rbx + rdx], xmm0");
        });
    }

    /// To an integer register. Conversions give the smallest integer for what does not fit, which the portable executor sorts out.
    pub(super) fn float_to_int(&mut self, name: &str, get: &'static str, insts: &'static [&'static str]) {
        // The slow path leaves no accumulator.
        let dst = if insts.iter().any(|inst| inst.ends_with("slow")) { 0 } else { 10 };
        self.add(name, 16, dst, &[12], move |asm, at, forward| {
            if forward.is_none() {
                operand(asm, "ecx", at + 12);
                emit!(asm, "{get} xmm0, [rbx + rcx]");
            }
            insts.iter().for_each(|inst| emit!(asm, "{inst}"));
            put(asm, at + 10);
        })
        .exact = true;
    }
}

/// Stores the float accumulator; of a narrow one the upper half is zero, as the portable executor has it. `rdx` is used.
fn put_float(asm: &mut Asm, at: usize) {
    operand(asm, "edx", at);
    emit!(asm, "movsd [rbx + rdx], xmm0");
}
