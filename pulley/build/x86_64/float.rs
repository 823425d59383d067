//! Operations on float registers. Vector registers have forms in common with them: the accumulator of both is `xmm0`.
//!
//! Narrow floats are stored as wide ones are: the upper half is zero, as the portable executor has it.

use super::{get, get_float, operand, put, put_float, select};
use crate::asm::{emit, lines};
use crate::ops::Ops;

/// Adds them.
pub(super) fn rows(ops: &mut Ops) {
    for (name, commutes) in [("add", true), ("sub", false), ("mul", true), ("div", false)] {
        float_binary(ops, &format!("f{name}32"), &format!("{name}ss"), "movss", "movsd", commutes);
        float_binary(ops, &format!("f{name}64"), &format!("{name}sd"), "movsd", "movsd", commutes);
    }
    for (name, load, insts) in [
        ("fmov", "movsd", &[][..]),
        ("fsqrt32", "movss", &["sqrtss xmm0, xmm0"]),
        ("fsqrt64", "movsd", &["sqrtsd xmm0, xmm0"]),
        ("fneg32", "movss", &["mov ecx, 0x80000000", "movd xmm1, ecx", "xorps xmm0, xmm1"]),
        ("fabs32", "movss", &["mov ecx, 0x7fffffff", "movd xmm1, ecx", "andps xmm0, xmm1"]),
        ("fneg64", "movsd", &["movabs rcx, 0x8000000000000000", "movq xmm1, rcx", "xorpd xmm0, xmm1"]),
        ("fabs64", "movsd", &["movabs rcx, 0x7fffffffffffffff", "movq xmm1, rcx", "andpd xmm0, xmm1"]),
        ("f32_from_f64", "movsd", &["cvtsd2ss xmm1, xmm0", "movd ecx, xmm1", "movd xmm0, ecx"]),
        ("f64_from_f32", "movsd", &["cvtss2sd xmm0, xmm0"]),
    ] {
        float_unary(ops, name, load, insts, "movsd");
    }
    for (name, insts) in [
        ("f32_from_x32_s", &["xorps xmm0, xmm0", "cvtsi2ss xmm0, eax"][..]),
        ("f32_from_x64_s", &["xorps xmm0, xmm0", "cvtsi2ss xmm0, rax"]),
        ("f32_from_x32_u", &["mov eax, eax", "xorps xmm0, xmm0", "cvtsi2ss xmm0, rax"]),
        ("f64_from_x32_s", &["xorps xmm0, xmm0", "cvtsi2sd xmm0, eax"]),
        ("f64_from_x64_s", &["xorps xmm0, xmm0", "cvtsi2sd xmm0, rax"]),
        ("f64_from_x32_u", &["mov eax, eax", "xorps xmm0, xmm0", "cvtsi2sd xmm0, rax"]),
        ("bitcast_float_from_int_32", &["movd xmm0, eax"]),
        ("bitcast_float_from_int_64", &["movq xmm0, rax"]),
    ] {
        float_from_int(ops, name, insts, "movsd");
    }
    for suffix in ["", "_sat"] {
        for (name, insts) in [
            ("x32_from_f32_s", &["cvttss2si eax, xmm0", "cmp eax, 0x80000000", "je gantry_pulley_slow"][..]),
            ("x32_from_f64_s", &["cvttsd2si eax, xmm0", "cmp eax, 0x80000000", "je gantry_pulley_slow"]),
            ("x64_from_f32_s", &["cvttss2si rax, xmm0", "mov rcx, rax", "neg rcx", "jo gantry_pulley_slow"]),
            ("x64_from_f64_s", &["cvttsd2si rax, xmm0", "mov rcx, rax", "neg rcx", "jo gantry_pulley_slow"]),
            // Unsigned 32-bit results are those of 64-bit conversions that have no upper half.
            ("x32_from_f32_u", &["cvttss2si rax, xmm0", "mov rcx, rax", "shr rcx, 32", "jnz gantry_pulley_slow"]),
            ("x32_from_f64_u", &["cvttsd2si rax, xmm0", "mov rcx, rax", "shr rcx, 32", "jnz gantry_pulley_slow"]),
        ] {
            float_to_int(ops, &format!("{name}{suffix}"), "movsd", insts);
        }
    }
    float_to_int(ops, "bitcast_int_from_float_32", "movsd", &["movd eax, xmm0"]);
    float_to_int(ops, "bitcast_int_from_float_64", "movsd", &["movq rax, xmm0"]);
    for (wide, bits) in [(false, 32), (true, 64)] {
        float_compare(ops, &format!("feq{bits}"), wide, None, true);
        float_compare(ops, &format!("fneq{bits}"), wide, None, false);
        float_compare(ops, &format!("flt{bits}"), wide, Some("a"), false);
        float_compare(ops, &format!("flteq{bits}"), wide, Some("ae"), false);
        ops.add(format!("fselect{bits}"), 24, 10, &[12], move |asm, at, forward| {
            select(asm, at, forward);
            emit!(asm, "{} xmm0, [rbx + rcx]", if wide { "movsd" } else { "movss" });
            put_float(asm, "movsd", at + 10);
        });
    }
    ops.add("fconst32", 16, 10, &[], |asm, at, _| {
        emit!(asm, "movss xmm0, [rbp + {}]", at + 12);
        put_float(asm, "movsd", at + 10);
    });
    ops.add("fconst64", 24, 10, &[], |asm, at, _| {
        emit!(asm, "movsd xmm0, [rbp + {}]", at + 16);
        put_float(asm, "movsd", at + 10);
    });
}

/// `xmm0 = xmm0 inst src2`. Vectors take their operands through `load`, since they may be unaligned for older forms.
pub(super) fn float_binary(
    ops: &mut Ops,
    name: &str,
    inst: &str,
    load: &'static str,
    store: &'static str,
    commutes: bool,
) {
    let inst = inst.to_owned();
    ops.add(name, 16, 10, &[12, 14], move |asm, at, forward| {
        match forward {
            None => {
                get_float(asm, load, "xmm0", at + 12);
                get_float(asm, load, "xmm1", at + 14);
            }
            Some(0) => get_float(asm, load, "xmm1", at + 14),
            Some(_) if commutes => get_float(asm, load, "xmm1", at + 12),
            Some(_) => {
                emit!(asm, "movaps xmm1, xmm0");
                get_float(asm, load, "xmm0", at + 12);
            }
        }
        emit!(asm, "{inst} xmm0, xmm1");
        put_float(asm, store, at + 10);
    });
}

/// Compares floats and sets `eax`. The forms ask for "above", which is false for NaNs.
fn float_compare(ops: &mut Ops, name: &str, wide: bool, less: Option<&'static str>, equal: bool) {
    let (ucomis, load) = if wide { ("ucomisd", "movsd") } else { ("ucomiss", "movss") };
    ops.add(name, 16, 10, &[], move |asm, at, _| {
        let (first, second) = if less.is_some() { (14, 12) } else { (12, 14) };
        get_float(asm, load, "xmm1", at + first);
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

/// `xmm0 = inst(src)`. `load` loads the operand, and `store` stores the result.
pub(super) fn float_unary(ops: &mut Ops, name: &str, load: &'static str, insts: &[&str], store: &'static str) {
    let insts = lines(insts);
    ops.add(name, 16, 10, &[12], move |asm, at, forward| {
        if forward.is_none() {
            get_float(asm, load, "xmm0", at + 12);
        }
        asm.text.push_str(&insts);
        put_float(asm, store, at + 10);
    });
}

/// From an integer register.
pub(super) fn float_from_int(ops: &mut Ops, name: &str, insts: &[&str], store: &'static str) {
    let insts = lines(insts);
    ops.add(name, 16, 10, &[12], move |asm, at, forward| {
        if forward.is_none() {
            get(asm, "rax", at + 12);
        }
        asm.text.push_str(&insts);
        put_float(asm, store, at + 10);
    });
}

/// To an integer register. Conversions give the smallest integer for what does not fit, which the portable executor sorts out.
pub(super) fn float_to_int(ops: &mut Ops, name: &str, load: &'static str, insts: &[&str]) {
    // The slow path leaves no accumulator.
    let dst = if insts.iter().any(|inst| inst.ends_with("slow")) { 0 } else { 10 };
    let insts = lines(insts);
    ops.add(name, 16, dst, &[12], move |asm, at, forward| {
        if forward.is_none() {
            get_float(asm, load, "xmm0", at + 12);
        }
        asm.text.push_str(&insts);
        put(asm, at + 10);
    })
    .exact = true;
}
