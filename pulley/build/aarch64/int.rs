//! Operations on integer registers.

use super::{COMPARISONS, get, operand, pair, put, select};
use crate::asm::{emit, lines};
use crate::ops::Ops;

/// Adds them.
pub(super) fn rows(ops: &mut Ops) {
    for (reg, bits) in [("w", 32), ("x", 64)] {
        for (name, inst) in
            [("add", "add"), ("sub", "sub"), ("mul", "mul"), ("band", "and"), ("bor", "orr"), ("bxor", "eor")]
        {
            binary(ops, &format!("x{name}{bits}"), reg, inst);
        }
        for (name, sign, cc) in [("min", "u", "lo"), ("min", "s", "lt"), ("max", "u", "hi"), ("max", "s", "gt")] {
            ops.add(format!("x{name}{bits}_{sign}"), 16, 10, &[12, 14], move |asm, at, forward| {
                let (a, b) = pair(asm, reg, 11, at + 12, at + 14, forward);
                emit!(asm, "cmp {reg}{a}, {reg}{b}");
                emit!(asm, "csel {reg}0, {reg}{a}, {reg}{b}, {cc}");
                put(asm, "x0", at + 10);
            });
        }
        immediate(ops, &format!("xadd{bits}_u32"), reg, "add", "ldr w11");
        for (name, inst) in [("mul", "mul"), ("band", "and"), ("bor", "orr"), ("bxor", "eor")] {
            immediate(ops, &format!("x{name}{bits}_s32"), reg, inst, if bits == 64 { "ldrsw x11" } else { "ldr w11" });
        }
        for (name, sign, inst) in [("shl", "", "lsl"), ("shr", "_s", "asr"), ("shr", "_u", "lsr")] {
            binary(ops, &format!("x{name}{bits}{sign}"), reg, inst);
            shift_immediate(ops, &format!("x{name}{bits}{sign}_u6"), reg, inst);
        }
        binary(ops, &format!("xrotr{bits}"), reg, "ror");
        // The second source is not taken from the accumulator: the first one would be where the negative amount goes.
        ops.add(format!("xrotl{bits}"), 16, 10, &[12], move |asm, at, forward| {
            let (a, b) = pair(asm, reg, 11, at + 12, at + 14, forward);
            emit!(asm, "neg {reg}11, {reg}{b}");
            emit!(asm, "ror {reg}0, {reg}{a}, {reg}11");
            put(asm, "x0", at + 10);
        });
        for (name, cc) in COMPARISONS {
            compare_and_set(ops, &format!("x{name}{bits}"), reg, cc);
        }
        unary(ops, &format!("xneg{bits}"), reg, &[&format!("neg {reg}0, {reg}0")]);
        unary(ops, &format!("xbnot{bits}"), reg, &[&format!("mvn {reg}0, {reg}0")]);
        unary(ops, &format!("xclz{bits}"), reg, &[&format!("clz {reg}0, {reg}0")]);
        unary(ops, &format!("xctz{bits}"), reg, &[&format!("rbit {reg}0, {reg}0"), &format!("clz {reg}0, {reg}0")]);
        ops.add(format!("xselect{bits}"), 24, 10, &[12], move |asm, at, forward| {
            select(asm, at, forward);
            emit!(asm, "ldr {reg}0, [x19, x11]");
            put(asm, "x0", at + 10);
        });
        ops.add(format!("xmadd{bits}"), 24, 10, &[], move |asm, at, _| {
            get(asm, &format!("{reg}11"), at + 12);
            get(asm, &format!("{reg}12"), at + 14);
            get(asm, &format!("{reg}13"), at + 16);
            emit!(asm, "madd {reg}0, {reg}11, {reg}12, {reg}13");
            put(asm, "x0", at + 10);
        });
        for (name, remainder) in [("div", false), ("rem", true)] {
            divide(ops, &format!("x{name}{bits}_s"), reg, "sdiv", remainder);
            divide(ops, &format!("x{name}{bits}_u"), reg, "udiv", remainder);
        }
    }
    immediate(ops, "xsub64_u32", "x", "sub", "ldr w11");
    unary(ops, "xmov", "x", &[]);
    unary(ops, "zext8", "w", &["uxtb w0, w0"]);
    unary(ops, "zext16", "w", &["uxth w0, w0"]);
    unary(ops, "zext32", "w", &["mov w0, w0"]);
    unary(ops, "sext8", "w", &["sxtb x0, w0"]);
    unary(ops, "sext16", "w", &["sxth x0, w0"]);
    unary(ops, "sext32", "w", &["sxtw x0, w0"]);
    ops.add("xconst32", 16, 10, &[], |asm, at, _| {
        emit!(asm, "ldrsw x0, [x29, #{}]", at + 12);
        put(asm, "x0", at + 10);
    });
    ops.add("xconst64", 24, 10, &[], |asm, at, _| {
        emit!(asm, "ldr x0, [x29, #{}]", at + 16);
        put(asm, "x0", at + 10);
    });
}

/// `acc = src1 inst src2`. Here and below, `reg` is the letter of the registers: `w` or `x`.
fn binary(ops: &mut Ops, name: &str, reg: &'static str, inst: &'static str) {
    ops.add(name, 16, 10, &[12, 14], move |asm, at, forward| {
        let (a, b) = pair(asm, reg, 11, at + 12, at + 14, forward);
        emit!(asm, "{inst} {reg}0, {reg}{a}, {reg}{b}");
        put(asm, "x0", at + 10);
    });
}

/// `acc = src inst imm`; the immediate is loaded to register 11.
fn immediate(ops: &mut Ops, name: &str, reg: &'static str, inst: &'static str, load: &'static str) {
    ops.add(name, 24, 10, &[12], move |asm, at, forward| {
        if forward.is_none() {
            get(asm, &format!("{reg}0"), at + 12);
        }
        emit!(asm, "{load}, [x29, #{}]", at + 16);
        emit!(asm, "{inst} {reg}0, {reg}0, {reg}11");
        put(asm, "x0", at + 10);
    });
}

/// Shifts by an immediate.
fn shift_immediate(ops: &mut Ops, name: &str, reg: &'static str, inst: &'static str) {
    ops.add(name, 16, 10, &[12], move |asm, at, forward| {
        if forward.is_none() {
            get(asm, &format!("{reg}0"), at + 12);
        }
        operand(asm, "11", at + 14);
        emit!(asm, "{inst} {reg}0, {reg}0, {reg}11");
        put(asm, "x0", at + 10);
    });
}

/// `acc = insts(src)`.
fn unary(ops: &mut Ops, name: &str, reg: &'static str, insts: &[&str]) {
    let insts = lines(insts);
    ops.add(name, 16, 10, &[12], move |asm, at, forward| {
        if forward.is_none() {
            get(asm, &format!("{reg}0"), at + 12);
        }
        asm.text.push_str(&insts);
        put(asm, "x0", at + 10);
    });
}

/// Compares and sets.
fn compare_and_set(ops: &mut Ops, name: &str, reg: &'static str, cc: &'static str) {
    ops.add(name, 16, 10, &[12, 14], move |asm, at, forward| {
        let (a, b) = pair(asm, reg, 11, at + 12, at + 14, forward);
        emit!(asm, "cmp {reg}{a}, {reg}{b}");
        emit!(asm, "cset w0, {cc}");
        put(asm, "x0", at + 10);
    });
}

/// Divisions. What would trap goes to the portable executor.
fn divide(ops: &mut Ops, name: &str, reg: &'static str, inst: &'static str, remainder: bool) {
    // The slow path leaves no accumulator.
    ops.add(name, 16, 0, &[], move |asm, at, _| {
        get(asm, &format!("{reg}11"), at + 12);
        get(asm, &format!("{reg}12"), at + 14);
        if inst == "sdiv" {
            // 0 and -1, the divisors that something is special about.
            emit!(asm, "add {reg}13, {reg}12, #1");
            emit!(asm, "cmp {reg}13, #1");
            emit!(asm, "b.ls gantry_pulley_slow");
        } else {
            emit!(asm, "cbz {reg}12, gantry_pulley_slow");
        }
        emit!(asm, "{inst} {reg}0, {reg}11, {reg}12");
        if remainder {
            emit!(asm, "msub {reg}0, {reg}0, {reg}12, {reg}11");
        }
        put(asm, "x0", at + 10);
    })
    .exact = true;
}
