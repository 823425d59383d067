//! Operations on integer registers.

use super::{Ops, get, leak, operand, pair, put, sized};
use std::fmt::Write;

/// Adds them.
pub(super) fn rows(ops: &mut Ops) {
    for (wide, bits) in [(false, 32), (true, 64)] {
        for (name, insts) in [
            ("add", &["add {d}, {a}, {b}"][..]),
            ("sub", &["sub {d}, {a}, {b}"]),
            ("mul", &["mul {d}, {a}, {b}"]),
            ("band", &["and {d}, {a}, {b}"]),
            ("bor", &["orr {d}, {a}, {b}"]),
            ("bxor", &["eor {d}, {a}, {b}"]),
        ] {
            ops.binary(&format!("x{name}{bits}"), wide, insts);
        }
        for (name, cc) in [("min{}_u", "lo"), ("min{}_s", "lt"), ("max{}_u", "hi"), ("max{}_s", "gt")] {
            let name = format!("x{}", name.replace("{}", &bits.to_string()));
            let insts = vec!["cmp {a}, {b}", leak(format!("csel {{d}}, {{a}}, {{b}}, {cc}"))];
            ops.binary(&name, wide, insts.leak());
        }
        ops.immediate(&format!("xadd{bits}_u32"), wide, "add", "ldr w11");
        for (name, inst) in [("mul", "mul"), ("band", "and"), ("bor", "orr"), ("bxor", "eor")] {
            ops.immediate(&format!("x{name}{bits}_s32"), wide, inst, if wide { "ldrsw x11" } else { "ldr w11" });
        }
        for (name, inst, with_immediate) in
            [("shl{}", "lsl", true), ("shr{}_s", "asr", true), ("shr{}_u", "lsr", true), ("rotr{}", "ror", false)]
        {
            ops.shift(&format!("x{}", name.replace("{}", &bits.to_string())), wide, inst, with_immediate);
        }
        let rotl: &[&str] =
            if wide { &["neg x11, {b}", "ror {d}, {a}, x11"] } else { &["neg w11, {b}", "ror {d}, {a}, w11"] };
        ops.add(format!("xrotl{bits}"), 16, 10, &[12], move |asm, at, forward| {
            let (a, b) = pair(asm, wide, at + 12, at + 14, forward);
            for inst in rotl {
                emit!(asm, "{}", inst.replace("{d}", &sized(0, wide)).replace("{a}", &a).replace("{b}", &b));
            }
            put(asm, "x0", at + 10);
        });
        for (name, cc) in [("eq", "eq"), ("neq", "ne"), ("slt", "lt"), ("slteq", "le"), ("ult", "lo"), ("ulteq", "ls")]
        {
            ops.compare(&format!("x{name}{bits}"), wide, cc);
        }
        ops.unary(&format!("xneg{bits}"), wide, if wide { &["neg x0, x0"] } else { &["neg w0, w0"] });
        ops.unary(&format!("xbnot{bits}"), wide, if wide { &["mvn x0, x0"] } else { &["mvn w0, w0"] });
        ops.unary(&format!("xclz{bits}"), wide, if wide { &["clz x0, x0"] } else { &["clz w0, w0"] });
        let ctz: &[&str] = if wide { &["rbit x0, x0", "clz x0, x0"] } else { &["rbit w0, w0", "clz w0, w0"] };
        ops.unary(&format!("xctz{bits}"), wide, ctz);
        ops.add(format!("xselect{bits}"), 24, 10, &[12], move |asm, at, forward| {
            if forward.is_none() {
                get(asm, "w0", at + 12);
            }
            operand(asm, "11", at + 14);
            operand(asm, "12", at + 16);
            emit!(asm, "cmp w0, #0");
            emit!(asm, "csel x11, x11, x12, ne");
            emit!(asm, "ldr {}, [x19, x11]", sized(0, wide));
            put(asm, "x0", at + 10);
        });
        ops.add(format!("xmadd{bits}"), 24, 10, &[], move |asm, at, _| {
            let (d, a, b, c) = (sized(0, wide), sized(11, wide), sized(12, wide), sized(13, wide));
            get(asm, &a, at + 12);
            get(asm, &b, at + 14);
            get(asm, &c, at + 16);
            emit!(asm, "madd {d}, {a}, {b}, {c}");
            put(asm, "x0", at + 10);
        });
        for (name, remainder) in [("div", false), ("rem", true)] {
            ops.divide(&format!("x{name}{bits}_s"), wide, true, remainder);
            ops.divide(&format!("x{name}{bits}_u"), wide, false, remainder);
        }
    }
    ops.immediate("xsub64_u32", true, "sub", "ldr w11");
    ops.unary("xmov", true, &[]);
    ops.unary("zext8", false, &["uxtb w0, w0"]);
    ops.unary("zext16", false, &["uxth w0, w0"]);
    ops.unary("zext32", false, &["mov w0, w0"]);
    ops.unary("sext8", false, &["sxtb x0, w0"]);
    ops.unary("sext16", false, &["sxth x0, w0"]);
    ops.unary("sext32", false, &["sxtw x0, w0"]);
    ops.add("xconst32", 16, 10, &[], |asm, at, _| {
        emit!(asm, "ldrsw x0, [x29, #{}]", at + 12);
        put(asm, "x0", at + 10);
    });
    ops.add("xconst64", 24, 10, &[], |asm, at, _| {
        emit!(asm, "ldr x0, [x29, #{}]", at + 16);
        put(asm, "x0", at + 10);
    });
}

impl Ops {
    /// `acc = src1 op src2`; `{d}`, `{a}` and `{b}` stand for the registers.
    fn binary(&mut self, name: &str, wide: bool, insts: &'static [&'static str]) {
        self.add(name, 16, 10, &[12, 14], move |asm, at, forward| {
            let (a, b) = pair(asm, wide, at + 12, at + 14, forward);
            for inst in insts {
                emit!(asm, "{}", inst.replace("{d}", &sized(0, wide)).replace("{a}", &a).replace("{b}", &b));
            }
            put(asm, "x0", at + 10);
        });
    }

    /// `acc = src1 op imm`; the immediate is loaded to register 11.
    fn immediate(&mut self, name: &str, wide: bool, inst: &'static str, load: &'static str) {
        self.add(name, 24, 10, &[12], move |asm, at, forward| {
            if forward.is_none() {
                get(asm, &sized(0, wide), at + 12);
            }
            emit!(asm, "{load}, [x29, #{}]", at + 16);
            emit!(asm, "{inst} {d}, {d}, {}", sized(11, wide), d = sized(0, wide));
            put(asm, "x0", at + 10);
        });
    }

    /// Shifts and rotations by a register, and by an immediate.
    fn shift(&mut self, name: &str, wide: bool, inst: &'static str, with_immediate: bool) {
        self.add(name, 16, 10, &[12, 14], move |asm, at, forward| {
            let (a, b) = pair(asm, wide, at + 12, at + 14, forward);
            emit!(asm, "{inst} {}, {a}, {b}", sized(0, wide));
            put(asm, "x0", at + 10);
        });
        if with_immediate {
            self.add(format!("{name}_u6"), 16, 10, &[12], move |asm, at, forward| {
                if forward.is_none() {
                    get(asm, &sized(0, wide), at + 12);
                }
                operand(asm, "11", at + 14);
                emit!(asm, "{inst} {d}, {d}, {}", sized(11, wide), d = sized(0, wide));
                put(asm, "x0", at + 10);
            });
        }
    }

    fn unary(&mut self, name: &str, wide: bool, insts: &'static [&'static str]) {
        self.add(name, 16, 10, &[12], move |asm, at, forward| {
            if forward.is_none() {
                get(asm, &sized(0, wide), at + 12);
            }
            insts.iter().for_each(|inst| emit!(asm, "{inst}"));
            put(asm, "x0", at + 10);
        });
    }

    fn compare(&mut self, name: &str, wide: bool, cc: &'static str) {
        self.add(name, 16, 10, &[12, 14], move |asm, at, forward| {
            let (a, b) = pair(asm, wide, at + 12, at + 14, forward);
            emit!(asm, "cmp {a}, {b}");
            emit!(asm, "cset w0, {cc}");
            put(asm, "x0", at + 10);
        });
    }

    /// Divisions. What would trap goes to the portable executor.
    fn divide(&mut self, name: &str, wide: bool, signed: bool, remainder: bool) {
        // The slow path leaves no accumulator.
        self.add(name, 16, 0, &[], move |asm, at, _| {
            let (d, a, b, t) = (sized(0, wide), sized(11, wide), sized(12, wide), sized(13, wide));
            get(asm, &a, at + 12);
            get(asm, &b, at + 14);
            if signed {
                // 0 and -1, the divisors that something is special about.
                emit!(asm, "add {t}, {b}, #1");
                emit!(asm, "cmp {t}, #1");
                emit!(asm, "b.ls gantry_pulley_slow");
            } else {
                emit!(asm, "cbz {b}, gantry_pulley_slow");
            }
            emit!(asm, "{} {d}, {a}, {b}", if signed { "sdiv" } else { "udiv" });
            if remainder {
                emit!(asm, "msub {d}, {d}, {b}, {a}");
            }
            put(asm, "x0", at + 10);
        })
        .exact = true;
    }
}
