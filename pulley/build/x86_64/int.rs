//! Operations on integer registers.

use super::{Ops, acc, compare, get, operand, put, temp};
use std::fmt::Write;

/// Adds them.
pub(super) fn rows(ops: &mut Ops) {
    for (wide, bits) in [(false, 32), (true, 64)] {
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
            ops.binary(&format!("x{name}{bits}"), wide, inst, commutes);
        }
        ops.immediate(&format!("xadd{bits}_u32"), wide, "add", unsigned);
        for (name, inst) in [("mul", "imul"), ("band", "and"), ("bor", "or"), ("bxor", "xor")] {
            ops.immediate(&format!("x{name}{bits}_s32"), wide, inst, signed);
        }
        for (name, inst) in
            [("shl{}", "shl"), ("shr{}_s", "sar"), ("shr{}_u", "shr"), ("rotl{}", "rol"), ("rotr{}", "ror")]
        {
            ops.shift(&format!("x{}", name.replace("{}", &bits.to_string())), wide, inst);
        }
        for (name, cc, reversed) in [
            ("eq", "e", "e"),
            ("neq", "ne", "ne"),
            ("slt", "l", "g"),
            ("slteq", "le", "ge"),
            ("ult", "b", "a"),
            ("ulteq", "be", "ae"),
        ] {
            ops.compare(&format!("x{name}{bits}"), wide, cc, reversed);
        }
        ops.unary(&format!("xneg{bits}"), wide, if wide { &["neg rax"] } else { &["neg eax"] });
        ops.unary(&format!("xbnot{bits}"), wide, if wide { &["not rax"] } else { &["not eax"] });
        // `bsr` of 0 leaves its destination as it was on every processor; an or'd bit makes sure of it where it is not promised.
        if wide {
            ops.unary("xctz64", true, &["mov ecx, 64", "bsf rax, rax", "cmovz rax, rcx"]);
            ops.unary("xclz64", true, &["mov rcx, 127", "bsr rax, rax", "cmovz rax, rcx", "xor eax, 63"]);
        } else {
            ops.unary("xctz32", false, &["mov ecx, 32", "bsf eax, eax", "cmovz eax, ecx"]);
            ops.unary("xclz32", false, &["mov ecx, 63", "bsr eax, eax", "cmovz eax, ecx", "xor eax, 31"]);
        }
        let a = acc(wide);
        ops.add(format!("xselect{bits}"), 24, 10, &[12], move |asm, at, forward| {
            if forward.is_none() {
                get(asm, "eax", at + 12);
            }
            operand(asm, "ecx", at + 14);
            operand(asm, "edx", at + 16);
            emit!(asm, "test eax, eax");
            emit!(asm, "cmovz ecx, edx");
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
            ops.divide(&format!("x{name}{bits}_s"), wide, true, remainder);
            ops.divide(&format!("x{name}{bits}_u"), wide, false, remainder);
        }
    }
    ops.immediate("xsub64_u32", true, "sub", "mov esi, dword ptr");
    ops.unary("xmov", true, &[]);
    ops.unary("zext8", false, &["movzx eax, al"]);
    ops.unary("zext16", false, &["movzx eax, ax"]);
    ops.unary("zext32", false, &["mov eax, eax"]);
    ops.unary("sext8", false, &["movsx rax, al"]);
    ops.unary("sext16", false, &["movsx rax, ax"]);
    ops.unary("sext32", false, &["movsxd rax, eax"]);
    ops.add("xconst32", 16, 10, &[], |asm, at, _| {
        emit!(asm, "movsxd rax, dword ptr [rbp + {}]", at + 12);
        put(asm, at + 10);
    });
    ops.add("xconst64", 24, 10, &[], |asm, at, _| {
        emit!(asm, "mov rax, [rbp + {}]", at + 16);
        put(asm, at + 10);
    });
}

impl Ops {
    /// `rax = rax op src2`, for instructions with a memory operand.
    fn binary(&mut self, name: &str, wide: bool, inst: &'static str, commutes: bool) {
        let (a, t) = (acc(wide), temp(wide));
        self.add(name, 16, 10, &[12, 14], move |asm, at, forward| {
            match (forward, commutes) {
                (None, _) => {
                    get(asm, a, at + 12);
                    operand(asm, "edx", at + 14);
                    emit!(asm, "{inst} {a}, [rbx + rdx]");
                }
                (Some(0), _) => {
                    operand(asm, "edx", at + 14);
                    emit!(asm, "{inst} {a}, [rbx + rdx]");
                }
                (Some(_), true) => {
                    operand(asm, "edx", at + 12);
                    emit!(asm, "{inst} {a}, [rbx + rdx]");
                }
                (Some(_), false) => {
                    emit!(asm, "mov {t}, {a}");
                    get(asm, a, at + 12);
                    emit!(asm, "{inst} {a}, {t}");
                }
            }
            put(asm, at + 10);
        });
    }

    /// `rax = rax op imm`.
    fn immediate(&mut self, name: &str, wide: bool, inst: &'static str, extended: &'static str) {
        let a = acc(wide);
        self.add(name, 24, 10, &[12], move |asm, at, forward| {
            if forward.is_none() {
                get(asm, a, at + 12);
            }
            emit!(asm, "{extended} [rbp + {}]", at + 16);
            emit!(asm, "{inst} {a}, {}", temp(wide));
            put(asm, at + 10);
        });
    }

    /// Shifts, by a register or an immediate.
    fn shift(&mut self, name: &str, wide: bool, inst: &'static str) {
        let a = acc(wide);
        self.add(name, 16, 10, &[12, 14], move |asm, at, forward| {
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
            self.add(format!("{name}_u6"), 16, 10, &[12], move |asm, at, forward| {
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
    fn unary(&mut self, name: &str, wide: bool, insts: &'static [&'static str]) {
        let a = acc(wide);
        self.add(name, 16, 10, &[12], move |asm, at, forward| {
            if forward.is_none() {
                get(asm, a, at + 12);
            }
            insts.iter().for_each(|inst| emit!(asm, "{inst}"));
            put(asm, at + 10);
        });
    }

    /// Compares and sets. `cc`: the condition on (src1, src2), and on them the other way round.
    fn compare(&mut self, name: &str, wide: bool, cc: &'static str, reversed: &'static str) {
        let a = acc(wide);
        self.add(name, 16, 10, &[12, 14], move |asm, at, forward| {
            let condition = compare(asm, a, at + 12, at + 14, forward, cc, reversed);
            emit!(asm, "set{condition} al");
            emit!(asm, "movzx eax, al");
            put(asm, at + 10);
        });
    }

    /// Divisions. What would trap goes to the portable executor.
    fn divide(&mut self, name: &str, wide: bool, signed: bool, remainder: bool) {
        let (a, t, d) = (acc(wide), temp(wide), if wide { "rdx" } else { "edx" });
        // The slow path leaves no accumulator.
        self.add(name, 16, 0, &[], move |asm, at, _| {
            get(asm, a, at + 12);
            get(asm, t, at + 14);
            if signed {
                // 0 and -1, the divisors that something is special about.
                emit!(asm, "lea {}, [rsi + 1]", if wide { "rcx" } else { "ecx" });
                emit!(asm, "cmp {}, 1", if wide { "rcx" } else { "ecx" });
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
}
