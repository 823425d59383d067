//! Operations on integer registers.

use super::{COMPARISONS, acc, compare, get, operand, put, select, temp};
use crate::asm::{emit, lines};
use crate::ops::Ops;

/// Adds them.
pub(super) fn rows(ops: &mut Ops) {
    for (wide, bits) in [(false, 32), (true, 64)] {
        let a = acc(wide);
        let signed = if wide { "movsxd rsi, dword ptr" } else { "mov esi, dword ptr" };
        let unsigned = "mov esi, dword ptr";
        for (name, inst, commutes) in [
            ("add", "add", true),
            ("sub", "sub", false),
            ("mul", "imul", true),
            ("band", "and", true),
            ("bor", "or", true),
            ("bxor", "xor", true),
        ] {
            binary(ops, &format!("x{name}{bits}"), wide, inst, commutes);
        }
        immediate(ops, &format!("xadd{bits}_u32"), wide, "add", unsigned);
        for (name, inst) in [("mul", "imul"), ("band", "and"), ("bor", "or"), ("bxor", "xor")] {
            immediate(ops, &format!("x{name}{bits}_s32"), wide, inst, signed);
        }
        for (name, sign, inst) in
            [("shl", "", "shl"), ("shr", "_s", "sar"), ("shr", "_u", "shr"), ("rotl", "", "rol"), ("rotr", "", "ror")]
        {
            shift(ops, &format!("x{name}{bits}{sign}"), wide, inst);
        }
        for (name, cc, reversed) in COMPARISONS {
            compare_and_set(ops, &format!("x{name}{bits}"), wide, cc, reversed);
        }
        unary(ops, &format!("xneg{bits}"), wide, &[&format!("neg {a}")]);
        unary(ops, &format!("xbnot{bits}"), wide, &[&format!("not {a}")]);
        // `bsr` of 0 leaves its destination as it was on every processor; an or'd bit makes sure of it where it is not promised.
        if wide {
            unary(ops, "xctz64", true, &["mov ecx, 64", "bsf rax, rax", "cmovz rax, rcx"]);
            unary(ops, "xclz64", true, &["mov rcx, 127", "bsr rax, rax", "cmovz rax, rcx", "xor eax, 63"]);
        } else {
            unary(ops, "xctz32", false, &["mov ecx, 32", "bsf eax, eax", "cmovz eax, ecx"]);
            unary(ops, "xclz32", false, &["mov ecx, 63", "bsr eax, eax", "cmovz eax, ecx", "xor eax, 31"]);
        }
        ops.add(format!("xselect{bits}"), 24, 10, &[12], move |asm, at, forward| {
            select(asm, at, forward);
            emit!(asm, "mov {a}, [rbx + rcx]");
            put(asm, at + 10);
        });
        ops.add(format!("xmadd{bits}"), 24, 10, &[], move |asm, at, _| {
            get(asm, a, at + 12);
            operand(asm, "edx", at + 14);
            emit!(asm, "imul {a}, [rbx + rdx]");
            operand(asm, "edx", at + 16);
            emit!(asm, "add {a}, [rbx + rdx]");
            put(asm, at + 10);
        });
        for (name, remainder) in [("div", false), ("rem", true)] {
            divide(ops, &format!("x{name}{bits}_s"), wide, true, remainder);
            divide(ops, &format!("x{name}{bits}_u"), wide, false, remainder);
        }
    }
    immediate(ops, "xsub64_u32", true, "sub", "mov esi, dword ptr");
    unary(ops, "xmov", true, &[]);
    unary(ops, "zext8", false, &["movzx eax, al"]);
    unary(ops, "zext16", false, &["movzx eax, ax"]);
    unary(ops, "zext32", false, &["mov eax, eax"]);
    unary(ops, "sext8", false, &["movsx rax, al"]);
    unary(ops, "sext16", false, &["movsx rax, ax"]);
    unary(ops, "sext32", false, &["movsxd rax, eax"]);
    ops.add("xconst32", 16, 10, &[], |asm, at, _| {
        emit!(asm, "movsxd rax, dword ptr [rbp + {}]", at + 12);
        put(asm, at + 10);
    });
    ops.add("xconst64", 24, 10, &[], |asm, at, _| {
        emit!(asm, "mov rax, [rbp + {}]", at + 16);
        put(asm, at + 10);
    });
}

/// `rax = rax op src2`, for instructions with a memory operand.
fn binary(ops: &mut Ops, name: &str, wide: bool, inst: &'static str, commutes: bool) {
    let (a, t) = (acc(wide), temp(wide));
    ops.add(name, 16, 10, &[12, 14], move |asm, at, forward| {
        if forward == Some(1) && !commutes {
            emit!(asm, "mov {t}, {a}");
            get(asm, a, at + 12);
            emit!(asm, "{inst} {a}, {t}");
        } else {
            if forward.is_none() {
                get(asm, a, at + 12);
            }
            operand(asm, "edx", if forward == Some(1) { at + 12 } else { at + 14 });
            emit!(asm, "{inst} {a}, [rbx + rdx]");
        }
        put(asm, at + 10);
    });
}

/// `rax = rax op imm`.
fn immediate(ops: &mut Ops, name: &str, wide: bool, inst: &'static str, extended: &'static str) {
    let (a, t) = (acc(wide), temp(wide));
    ops.add(name, 24, 10, &[12], move |asm, at, forward| {
        if forward.is_none() {
            get(asm, a, at + 12);
        }
        emit!(asm, "{extended} [rbp + {}]", at + 16);
        emit!(asm, "{inst} {a}, {t}");
        put(asm, at + 10);
    });
}

/// Shifts, by a register or an immediate.
fn shift(ops: &mut Ops, name: &str, wide: bool, inst: &'static str) {
    let a = acc(wide);
    ops.add(name, 16, 10, &[12, 14], move |asm, at, forward| {
        match forward {
            None | Some(0) => {
                if forward.is_none() {
                    get(asm, a, at + 12);
                }
                get(asm, "ecx", at + 14);
            }
            Some(_) => {
                emit!(asm, "mov esi, eax");
                get(asm, a, at + 12);
                emit!(asm, "mov ecx, esi");
            }
        }
        emit!(asm, "{inst} {a}, cl");
        put(asm, at + 10);
    });
    if !inst.starts_with("ro") {
        ops.add(format!("{name}_u6"), 16, 10, &[12], move |asm, at, forward| {
            if forward.is_none() {
                get(asm, a, at + 12);
            }
            operand(asm, "ecx", at + 14);
            emit!(asm, "{inst} {a}, cl");
            put(asm, at + 10);
        });
    }
}

/// `rax = inst(src)`.
fn unary(ops: &mut Ops, name: &str, wide: bool, insts: &[&str]) {
    let (a, insts) = (acc(wide), lines(insts));
    ops.add(name, 16, 10, &[12], move |asm, at, forward| {
        if forward.is_none() {
            get(asm, a, at + 12);
        }
        asm.text.push_str(&insts);
        put(asm, at + 10);
    });
}

/// Compares and sets. `cc`: the condition on (src1, src2), and on them the other way round.
fn compare_and_set(ops: &mut Ops, name: &str, wide: bool, cc: &'static str, reversed: &'static str) {
    let a = acc(wide);
    ops.add(name, 16, 10, &[12, 14], move |asm, at, forward| {
        let condition = compare(asm, a, at + 12, at + 14, forward, cc, reversed);
        emit!(asm, "set{condition} al");
        emit!(asm, "movzx eax, al");
        put(asm, at + 10);
    });
}

/// Divisions. What would trap goes to the portable executor.
fn divide(ops: &mut Ops, name: &str, wide: bool, signed: bool, remainder: bool) {
    let (a, t) = (acc(wide), temp(wide));
    let (c, d) = if wide { ("rcx", "rdx") } else { ("ecx", "edx") };
    // The slow path leaves no accumulator.
    ops.add(name, 16, 0, &[], move |asm, at, _| {
        get(asm, a, at + 12);
        get(asm, t, at + 14);
        if signed {
            // 0 and -1, the divisors that something is special about.
            emit!(asm, "lea {c}, [rsi + 1]");
            emit!(asm, "cmp {c}, 1");
            emit!(asm, "jbe gantry_pulley_slow");
            emit!(asm, "{}", if wide { "cqo" } else { "cdq" });
            emit!(asm, "idiv {t}");
        } else {
            emit!(asm, "test {t}, {t}");
            emit!(asm, "jz gantry_pulley_slow");
            emit!(asm, "xor edx, edx");
            emit!(asm, "div {t}");
        }
        if remainder {
            emit!(asm, "mov {a}, {d}");
        }
        put(asm, at + 10);
    })
    .exact = true;
}
