//! Handlers for aarch64.
//!
//! | register | holds                                                                     |
//! | -------- | ------------------------------------------------------------------------- |
//! | `x29`    | the address of the cell: what a signal handler sees as the frame pointer    |
//! | `x19`    | the address of the state, whose first field is the register file            |
//! | `x0`     | the integer accumulator                                                     |
//! | `v0`     | the float accumulator                                                       |
//!
//! `x9` to `x15` and `v1` to `v3` are free for bodies. The stack pointer stays where the frame put it.

use crate::{Asm, Op, Target};
use std::fmt::Write;

/// Offsets in the machine's state: `src/handlers.rs` holds them against it.
const STATE_FP: usize = 1024;
const STATE_LR: usize = 1032;
const STATE_SLOT: usize = 1040;
const STATE_STACK_BASE: usize = 1048;
const STATE_SP: usize = 240;

/// Operations on narrow floats, by the beginnings of their names.
const NARROW: &[&str] = &[
    "fadd32",
    "fsub32",
    "fmul32",
    "fdiv32",
    "fsqrt32",
    "fneg32",
    "fabs32",
    "fload32",
    "fconst32",
    "fselect32",
    "f32_from",
    "bitcast_float_from_int_32",
    "fmaximum32",
    "fminimum32",
    "ftrunc32",
    "ffloor32",
    "fceil32",
    "fnearest32",
];

macro_rules! emit {
    ($asm:expr, $($line:tt)*) => {
        writeln!($asm, $($line)*).expect("strings grow")
    };
}

const FRAME: &str = "
.p2align 4
.globl gantry_pulley_run
gantry_pulley_run:
    .cfi_startproc
    stp x29, x30, [sp, #-32]!
    .cfi_def_cfa_offset 32
    .cfi_offset x29, -32
    .cfi_offset x30, -24
    str x19, [sp, #16]
    .cfi_offset x19, -16
    mov x19, x0
    mov x29, x1
    mov x9, sp
    str x9, [x19, #1056]
    ldr x9, [x29]
    br x9
gantry_pulley_exit:
    ldr x19, [sp, #16]
    ldp x29, x30, [sp], #32
    ret
    .cfi_endproc
.p2align 4
gantry_pulley_slow:
    mov x0, x19
    mov x1, x29
    bl {step}
    cbz x0, gantry_pulley_exit
    mov x29, x0
    ldr x9, [x29]
    br x9
.p2align 4
.globl gantry_pulley_faulted
gantry_pulley_faulted:
    mov x0, x19
    mov x1, x29
    bl {fault}
    b gantry_pulley_exit
";

pub(crate) fn target() -> Target {
    Target {
        ops: ops(),
        frame: FRAME,
        advance: |asm, bytes| emit!(asm, "add x29, x29, #{bytes}"),
        dispatch: |asm, bytes| {
            emit!(asm, "ldr x9, [x29, #{bytes}]!");
            emit!(asm, "br x9");
        },
    }
}

/// Loads the 16 bits at `at`: the offset of a register, for the most part.
fn operand(asm: &mut Asm, to: &str, at: usize) {
    emit!(asm, "ldrh w{to}, [x29, #{at}]");
}

/// Loads a register by the offset that stands at `at`. `x9` is used.
fn get(asm: &mut Asm, to: &str, at: usize) {
    operand(asm, "9", at);
    emit!(asm, "ldr {to}, [x19, x9]");
}

/// Stores a register by the offset that stands at `at`. `x9` is used.
fn put(asm: &mut Asm, from: &str, at: usize) {
    operand(asm, "9", at);
    emit!(asm, "str {from}, [x19, x9]");
}

/// A register by its width.
fn sized(number: usize, wide: bool) -> String {
    format!("{}{number}", if wide { "x" } else { "w" })
}

struct Ops(Vec<Op>);

impl Ops {
    fn add(
        &mut self,
        name: impl Into<String>,
        len: usize,
        dst: usize,
        sources: &[usize],
        body: impl Fn(&mut Asm, usize, Option<usize>) + 'static,
    ) -> &mut Op {
        let name = name.into();
        self.0.push(Op {
            is_narrow: NARROW.iter().any(|narrow| name.starts_with(narrow)),
            name,
            len,
            dst,
            sources: sources.to_vec(),
            branches: false,
            exact: false,
            body: Box::new(body),
        });
        self.0.last_mut().expect("just added")
    }

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

    fn branch(&mut self, name: &str, wide: bool, cc: &'static str) {
        self.add(name, 24, 0, &[10, 12], move |asm, at, forward| {
            let (a, b) = pair(asm, wide, at + 10, at + 12, forward);
            emit!(asm, "cmp {a}, {b}");
            branch(asm, &format!("b.{cc}"), "", at, 16);
        });
    }

    fn branch_immediate(&mut self, name: &str, wide: bool, signed: bool, cc: &'static str) {
        self.add(name, 24, 0, &[10], move |asm, at, forward| {
            if forward.is_none() {
                get(asm, &sized(0, wide), at + 10);
            }
            emit!(asm, "{}, [x29, #{}]", if wide && signed { "ldrsw x11" } else { "ldr w11" }, at + 12);
            emit!(asm, "cmp {}, {}", sized(0, wide), sized(11, wide));
            branch(asm, &format!("b.{cc}"), "", at, 16);
        });
    }

    /// Loads in all forms of addresses; `inst` loads to `reg`, and `stored` is what goes to the register file.
    fn load(&mut self, name: &str, size: usize, inst: &'static str, stored: &'static str) {
        let finish = move |asm: &mut Asm, at: usize| {
            emit!(asm, "{inst}, [x11, x12]");
            put(asm, stored, at + 10);
        };
        self.add(format!("{name}_o32"), 24, 10, &[12], move |asm, at, forward| {
            displaced(asm, at + 12, at + 16, forward == Some(0), false);
            finish(asm, at);
        })
        .exact = true;
        self.add(format!("{name}_z"), 24, 10, &[12], move |asm, at, forward| {
            displaced(asm, at + 12, at + 16, forward == Some(0), true);
            finish(asm, at);
        })
        .exact = true;
        self.add(format!("{name}_g32"), 24, 10, &[16], move |asm, at, forward| {
            bounded(asm, at + 12, at + 14, at + 16, at + 18, size, forward == Some(0));
            finish(asm, at);
        })
        .exact = true;
        self.add(format!("{name}_free"), 24, 10, &[14], move |asm, at, forward| {
            free(asm, at + 12, at + 14, at + 16, forward == Some(0));
            finish(asm, at);
        })
        .exact = true;
    }

    /// Stores in all forms of addresses; `loaded` is what comes from the register file.
    fn store(&mut self, name: &str, size: usize, inst: &'static str, loaded: &'static str) {
        let finish = move |asm: &mut Asm, at: usize, forward: bool| {
            if !forward {
                get(asm, loaded, at);
            }
            emit!(asm, "{inst}, [x11, x12]");
        };
        self.add(format!("{name}_o32"), 24, 0, &[16], move |asm, at, forward| {
            displaced(asm, at + 10, at + 12, false, false);
            finish(asm, at + 16, forward == Some(0));
        })
        .exact = true;
        self.add(format!("{name}_z"), 24, 0, &[16], move |asm, at, forward| {
            displaced(asm, at + 10, at + 12, false, true);
            finish(asm, at + 16, forward == Some(0));
        })
        .exact = true;
        self.add(format!("{name}_g32"), 24, 0, &[18, 14], move |asm, at, forward| {
            bounded(asm, at + 10, at + 12, at + 14, at + 16, size, forward == Some(1));
            finish(asm, at + 18, forward == Some(0));
        })
        .exact = true;
        self.add(format!("{name}_free"), 24, 0, &[16, 12], move |asm, at, forward| {
            free(asm, at + 10, at + 12, at + 14, forward == Some(1));
            // A processor may write the first bytes before it finds that it may not write the last ones: a load finds out.
            match size {
                2 => emit!(asm, "ldrh w9, [x11, x12]"),
                4 => emit!(asm, "ldr w9, [x11, x12]"),
                8 => emit!(asm, "ldr x9, [x11, x12]"),
                16 => emit!(asm, "ldr q1, [x11, x12]"),
                _ => {}
            }
            finish(asm, at + 16, forward == Some(0));
        })
        .exact = true;
    }

    /// `v0 = src1 inst src2`. `reg` is the letter of the registers, `suffix` the shape of vectors.
    fn float_binary(&mut self, name: &str, inst: &'static str, reg: &'static str, suffix: &'static str) {
        self.add(name, 16, 10, &[12, 14], move |asm, at, forward| {
            let (a, b) = match forward {
                None => {
                    get(asm, &format!("{reg}0"), at + 12);
                    get(asm, &format!("{reg}1"), at + 14);
                    (0, 1)
                }
                Some(0) => {
                    get(asm, &format!("{reg}1"), at + 14);
                    (0, 1)
                }
                Some(_) => {
                    get(asm, &format!("{reg}1"), at + 12);
                    (1, 0)
                }
            };
            if suffix.is_empty() {
                emit!(asm, "{inst} {reg}0, {reg}{a}, {reg}{b}");
            } else {
                emit!(asm, "{inst} v0.{suffix}, v{a}.{suffix}, v{b}.{suffix}");
            }
            put(asm, if reg == "q" { "q0" } else { "d0" }, at + 10);
        });
    }

    /// `v0 = insts(src)`. Registers are loaded as `get` and stored as `stored`.
    fn float_unary(&mut self, name: &str, loaded: &'static str, insts: &'static [&'static str], stored: &'static str) {
        let to_int = stored.starts_with(['x', 'w']);
        self.add(name, 16, 10, &[12], move |asm, at, forward| {
            if forward.is_none() {
                get(asm, loaded, at + 12);
            }
            insts.iter().for_each(|inst| emit!(asm, "{inst}"));
            put(asm, if to_int { "x0" } else { stored }, at + 10);
        });
    }

    fn float_compare(&mut self, name: &str, reg: &'static str, cc: &'static str) {
        self.add(name, 16, 10, &[], move |asm, at, _| {
            get(asm, &format!("{reg}1"), at + 12);
            get(asm, &format!("{reg}2"), at + 14);
            emit!(asm, "fcmp {reg}1, {reg}2");
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

/// Loads two integer registers, of which one may be the accumulator, and names them.
fn pair(asm: &mut Asm, wide: bool, first: usize, second: usize, forward: Option<usize>) -> (String, String) {
    let (acc, other) = (sized(0, wide), sized(11, wide));
    match forward {
        None => {
            get(asm, &acc, first);
            get(asm, &other, second);
            (acc, other)
        }
        Some(0) => {
            get(asm, &other, second);
            (acc, other)
        }
        Some(_) => {
            get(asm, &other, first);
            (other, acc)
        }
    }
}

/// A conditional branch whose displacement stands at `rel` of the cell. What it leads to stands behind the handler.
fn branch(asm: &mut Asm, inst: &str, register: &str, at: usize, rel: usize) {
    let label = asm.label();
    emit!(asm, "{inst} {register}{label}");
    asm.in_tail(|asm| {
        emit!(asm, "{label}:");
        jump(asm, at, rel);
    });
}

fn jump(asm: &mut Asm, at: usize, rel: usize) {
    emit!(asm, "ldrsw x9, [x29, #{}]", at + rel);
    if at > 0 {
        emit!(asm, "add x29, x29, #{at}");
    }
    emit!(asm, "ldr x10, [x29, x9]");
    emit!(asm, "add x29, x29, x9");
    emit!(asm, "br x10");
}

/// The address `x11 + x12` of a displaced access.
fn displaced(asm: &mut Asm, base: usize, offset: usize, forward: bool, may_be_null: bool) {
    if forward {
        emit!(asm, "mov x11, x0");
    } else {
        get(asm, "x11", base);
    }
    if may_be_null {
        emit!(asm, "cbz x11, gantry_pulley_slow");
    }
    emit!(asm, "ldrsw x12, [x29, #{offset}]");
}

/// The index of an access in `x12`, its offset added.
fn index(asm: &mut Asm, index: usize, offset: usize, forward: bool) {
    if !forward {
        get(asm, "w12", index);
    }
    operand(asm, "13", offset);
    emit!(asm, "add x12, x13, {}, uxtw", if forward { "w0" } else { "w12" });
}

/// The address `x11 + x12` of an access that the end of its memory's reservation bounds.
fn free(asm: &mut Asm, base: usize, at: usize, offset: usize, forward: bool) {
    get(asm, "x11", base);
    index(asm, at, offset, forward);
}

/// The address `x11 + x12` of an access that is checked.
fn bounded(asm: &mut Asm, base: usize, bound: usize, at: usize, offset: usize, size: usize, forward: bool) {
    get(asm, "x11", base);
    get(asm, "x14", bound);
    index(asm, at, offset, forward);
    emit!(asm, "add x13, x12, #{size}");
    emit!(asm, "cmp x13, x14");
    emit!(asm, "b.hi gantry_pulley_slow");
}

/// Enters the function whose slot is in `x11`.
fn enter(asm: &mut Asm) {
    emit!(asm, "str x11, [x19, #{STATE_SLOT}]");
    emit!(asm, "ldr x29, [x11]");
    emit!(asm, "ldr x9, [x29]");
    emit!(asm, "br x9");
}

fn leak(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

fn ops() -> Vec<Op> {
    let mut ops = Ops(Vec::new());
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
            ops.branch(&format!("br_if_x{name}{bits}"), wide, cc);
        }
        for (name, cc) in [("eq", "eq"), ("neq", "ne"), ("slt", "lt"), ("sgt", "gt"), ("slteq", "le"), ("sgteq", "ge")]
        {
            ops.branch_immediate(&format!("br_if_x{name}{bits}_i32"), wide, true, cc);
        }
        for (name, cc) in [("ult", "lo"), ("ugt", "hi"), ("ulteq", "ls"), ("ugteq", "hs")] {
            ops.branch_immediate(&format!("br_if_x{name}{bits}_u32"), wide, false, cc);
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

    for (name, size, inst, stored) in [
        ("xload8_u32", 1, "ldrb w0", "x0"),
        ("xload8_s32", 1, "ldrsb w0", "x0"),
        ("xload16le_u32", 2, "ldrh w0", "x0"),
        ("xload16le_s32", 2, "ldrsh w0", "x0"),
        ("xload32le", 4, "ldr w0", "x0"),
        ("xload64le", 8, "ldr x0", "x0"),
        ("fload32le", 4, "ldr s0", "d0"),
        ("fload64le", 8, "ldr d0", "d0"),
        ("vload128le", 16, "ldr q0", "q0"),
    ] {
        ops.load(name, size, inst, stored);
    }
    for (name, size, inst, loaded) in [
        ("xstore8", 1, "strb w0", "x0"),
        ("xstore16le", 2, "strh w0", "x0"),
        ("xstore32le", 4, "str w0", "x0"),
        ("xstore64le", 8, "str x0", "x0"),
        ("fstore32le", 4, "str s0", "d0"),
        ("fstore64le", 8, "str d0", "d0"),
        ("vstore128le", 16, "str q0", "q0"),
    ] {
        ops.store(name, size, inst, loaded);
    }

    for (name, inst) in [("add", "fadd"), ("sub", "fsub"), ("mul", "fmul"), ("div", "fdiv")] {
        ops.float_binary(&format!("f{name}32"), inst, "s", "");
        ops.float_binary(&format!("f{name}64"), inst, "d", "");
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
    ops.float_unary("fmov", "d0", &[], "d0");
    ops.float_unary("vmov", "q0", &[], "q0");
    ops.float_unary("vbnot128", "q0", &["mvn v0.16b, v0.16b"], "q0");
    for (name, inst) in [
        ("sqrt", "fsqrt"),
        ("trunc", "frintz"),
        ("floor", "frintm"),
        ("ceil", "frintp"),
        ("nearest", "frintn"),
        ("neg", "fneg"),
        ("abs", "fabs"),
    ] {
        ops.float_unary(&format!("f{name}32"), "s0", vec![leak(format!("{inst} s0, s0"))].leak(), "d0");
        ops.float_unary(&format!("f{name}64"), "d0", vec![leak(format!("{inst} d0, d0"))].leak(), "d0");
    }
    ops.float_unary("f32_from_f64", "d0", &["fcvt s0, d0"], "d0");
    ops.float_unary("f64_from_f32", "s0", &["fcvt d0, s0"], "d0");
    for (name, inst) in [
        ("f32_from_x32_s", "scvtf s0, w0"),
        ("f32_from_x32_u", "ucvtf s0, w0"),
        ("f32_from_x64_s", "scvtf s0, x0"),
        ("f32_from_x64_u", "ucvtf s0, x0"),
        ("f64_from_x32_s", "scvtf d0, w0"),
        ("f64_from_x32_u", "ucvtf d0, w0"),
        ("f64_from_x64_s", "scvtf d0, x0"),
        ("f64_from_x64_u", "ucvtf d0, x0"),
        ("bitcast_float_from_int_32", "fmov s0, w0"),
        ("bitcast_float_from_int_64", "fmov d0, x0"),
    ] {
        ops.float_unary(name, "x0", vec![inst].leak(), "d0");
    }
    for (name, inst) in [
        ("vsplatx8", "dup v0.16b, w0"),
        ("vsplatx16", "dup v0.8h, w0"),
        ("vsplatx32", "dup v0.4s, w0"),
        ("vsplatx64", "dup v0.2d, x0"),
    ] {
        ops.float_unary(name, "x0", vec![inst].leak(), "q0");
    }
    // Conversions saturate by themselves.
    for (name, loaded, inst) in [
        ("x32_from_f32_s_sat", "s0", "fcvtzs w0, s0"),
        ("x32_from_f32_u_sat", "s0", "fcvtzu w0, s0"),
        ("x32_from_f64_s_sat", "d0", "fcvtzs w0, d0"),
        ("x32_from_f64_u_sat", "d0", "fcvtzu w0, d0"),
        ("x64_from_f32_s_sat", "s0", "fcvtzs x0, s0"),
        ("x64_from_f32_u_sat", "s0", "fcvtzu x0, s0"),
        ("x64_from_f64_s_sat", "d0", "fcvtzs x0, d0"),
        ("x64_from_f64_u_sat", "d0", "fcvtzu x0, d0"),
        ("bitcast_int_from_float_32", "s0", "fmov w0, s0"),
        ("bitcast_int_from_float_64", "d0", "fmov x0, d0"),
    ] {
        ops.float_unary(name, loaded, vec![inst].leak(), "x0");
    }
    for (reg, bits) in [("s", 32), ("d", 64)] {
        for (name, cc) in [("eq", "eq"), ("neq", "ne"), ("lt", "mi"), ("lteq", "ls")] {
            ops.float_compare(&format!("f{name}{bits}"), reg, cc);
        }
        ops.add(format!("fselect{bits}"), 24, 10, &[12], move |asm, at, forward| {
            if forward.is_none() {
                get(asm, "w0", at + 12);
            }
            operand(asm, "11", at + 14);
            operand(asm, "12", at + 16);
            emit!(asm, "cmp w0, #0");
            emit!(asm, "csel x11, x11, x12, ne");
            emit!(asm, "ldr {reg}0, [x19, x11]");
            put(asm, "d0", at + 10);
        });
    }
    ops.add("fconst32", 16, 10, &[], |asm, at, _| {
        emit!(asm, "ldr s0, [x29, #{}]", at + 12);
        put(asm, "d0", at + 10);
    });
    ops.add("fconst64", 24, 10, &[], |asm, at, _| {
        emit!(asm, "ldr d0, [x29, #{}]", at + 16);
        put(asm, "d0", at + 10);
    });
    ops.add("vconst128", 32, 10, &[], |asm, at, _| {
        emit!(asm, "ldp d0, d1, [x29, #{}]", at + 16);
        emit!(asm, "mov v0.d[1], v1.d[0]");
        put(asm, "q0", at + 10);
    });

    for (name, inst) in [("br_if32", "cbnz"), ("br_if_not32", "cbz")] {
        ops.add(name, 16, 0, &[10], move |asm, at, forward| {
            if forward.is_none() {
                get(asm, "w0", at + 10);
            }
            branch(asm, inst, "w0, ", at, 12);
        });
    }
    ops.add("jump", 16, 0, &[], |asm, at, _| jump(asm, at, 12)).branches = true;
    ops.add("switch", 24, 0, &[10], |asm, at, forward| {
        if forward.is_none() {
            get(asm, "w0", at + 10);
        }
        emit!(asm, "ldr w9, [x29, #{}]", at + 12);
        emit!(asm, "sub w9, w9, #1");
        emit!(asm, "cmp w0, w9");
        emit!(asm, "csel w9, w0, w9, ls");
        emit!(asm, "add x29, x29, #{at}");
        emit!(asm, "add x10, x29, #16");
        emit!(asm, "ldrsw x9, [x10, x9, lsl #2]");
        emit!(asm, "ldr x10, [x29, x9]");
        emit!(asm, "add x29, x29, x9");
        emit!(asm, "br x10");
    })
    .branches = true;

    for args in 0..=4usize {
        let name = if args == 0 { "call_slot".to_owned() } else { format!("call_slot{args}") };
        let callee = if args == 4 { 24 } else { 16 };
        ops.add(name, callee + 8, 0, &[], move |asm, at, _| {
            // All sources are read before the first register is written.
            for i in 0..args {
                get(asm, &format!("x{}", 11 + i), at + 10 + 2 * i);
            }
            for i in 0..args {
                emit!(asm, "str x{}, [x19, #{}]", 11 + i, 8 * i);
            }
            emit!(asm, "ldr x11, [x29, #{}]", at + callee);
            emit!(asm, "add x9, x29, #{}", at + callee + 8);
            emit!(asm, "str x9, [x19, #{STATE_LR}]");
            enter(asm);
        })
        .branches = true;
    }
    ops.add("jump_slot", 24, 0, &[], |asm, at, _| {
        emit!(asm, "ldr x11, [x29, #{}]", at + 16);
        enter(asm);
    })
    .branches = true;
    let call_indirect = ops.add("call_indirect", 16, 0, &[], |asm, at, _| {
        get(asm, "x11", at + 10);
        emit!(asm, "cbz x11, gantry_pulley_slow");
        emit!(asm, "add x9, x29, #{}", at + 16);
        emit!(asm, "str x9, [x19, #{STATE_LR}]");
        enter(asm);
    });
    (call_indirect.branches, call_indirect.exact) = (true, true);
    let xjump = ops.add("xjump", 16, 0, &[], |asm, at, _| {
        get(asm, "x11", at + 10);
        emit!(asm, "cbz x11, gantry_pulley_slow");
        enter(asm);
    });
    (xjump.branches, xjump.exact) = (true, true);
    ops.add("ret", 16, 0, &[], |asm, _, _| {
        emit!(asm, "ldr x29, [x19, #{STATE_LR}]");
        emit!(asm, "ldr x9, [x29]");
        emit!(asm, "br x9");
    })
    .branches = true;

    ops.add("push_frame", 16, 0, &[], |asm, _, _| {
        emit!(asm, "mov x11, #0");
        push_frame(asm);
    })
    .exact = true;
    ops.add("push_frame_save", 16, 0, &[], |asm, at, _| {
        operand(asm, "11", at + 10);
        push_frame(asm);
        operand(asm, "13", at + 12);
        let (again, done) = (asm.label(), asm.label());
        emit!(asm, "add x14, x19, #128");
        emit!(asm, "cbz w13, {done}");
        emit!(asm, "{again}:");
        emit!(asm, "rbit w9, w13");
        emit!(asm, "clz w9, w9");
        emit!(asm, "ldr x10, [x14, x9, lsl #3]");
        emit!(asm, "str x10, [x12, #-8]!");
        emit!(asm, "sub w9, w13, #1");
        emit!(asm, "and w13, w13, w9");
        emit!(asm, "cbnz w13, {again}");
        emit!(asm, "{done}:");
    })
    .exact = true;
    ops.add("pop_frame", 16, 0, &[], |asm, _, _| pop_frame(asm));
    ops.add("pop_frame_restore", 16, 0, &[], |asm, at, _| {
        operand(asm, "11", at + 10);
        emit!(asm, "ldr x12, [x19, #{STATE_SP}]");
        emit!(asm, "add x12, x12, x11");
        operand(asm, "13", at + 12);
        let (again, done) = (asm.label(), asm.label());
        emit!(asm, "add x14, x19, #128");
        emit!(asm, "cbz w13, {done}");
        emit!(asm, "{again}:");
        emit!(asm, "rbit w9, w13");
        emit!(asm, "clz w9, w9");
        emit!(asm, "ldr x10, [x12, #-8]!");
        emit!(asm, "str x10, [x14, x9, lsl #3]");
        emit!(asm, "sub w9, w13, #1");
        emit!(asm, "and w13, w13, w9");
        emit!(asm, "cbnz w13, {again}");
        emit!(asm, "{done}:");
        pop_frame(asm);
    });
    ops.0
}

/// Makes a frame of `x11` bytes, whose address is then in `x12`; or leaves it all to the portable executor.
fn push_frame(asm: &mut Asm) {
    emit!(asm, "ldr x12, [x19, #{STATE_SP}]");
    emit!(asm, "add x9, x11, #16");
    emit!(asm, "subs x12, x12, x9");
    emit!(asm, "b.lo gantry_pulley_slow");
    emit!(asm, "ldr x9, [x19, #{STATE_STACK_BASE}]");
    emit!(asm, "cmp x12, x9");
    emit!(asm, "b.lo gantry_pulley_slow");
    emit!(asm, "str x12, [x19, #{STATE_SP}]");
    emit!(asm, "add x12, x12, x11");
    emit!(asm, "ldr x9, [x19, #{STATE_FP}]");
    emit!(asm, "ldr x10, [x19, #{STATE_LR}]");
    emit!(asm, "stp x9, x10, [x12]");
    emit!(asm, "str x12, [x19, #{STATE_FP}]");
}

fn pop_frame(asm: &mut Asm) {
    emit!(asm, "ldr x12, [x19, #{STATE_FP}]");
    emit!(asm, "ldp x9, x10, [x12], #16");
    emit!(asm, "str x9, [x19, #{STATE_FP}]");
    emit!(asm, "str x10, [x19, #{STATE_LR}]");
    emit!(asm, "str x12, [x19, #{STATE_SP}]");
}
