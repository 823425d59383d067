//! Handlers for x86_64: SSE2 is all that they ask of the processor.
//!
//! | register | holds                                                                     |
//! | -------- | ------------------------------------------------------------------------- |
//! | `rbp`    | the address of the cell: what a signal handler sees as the frame pointer    |
//! | `rbx`    | the address of the state, whose first field is the register file            |
//! | `rax`    | the integer accumulator                                                     |
//! | `xmm0`   | the float accumulator                                                       |
//!
//! `rcx`, `rdx`, `rsi`, `rdi`, `r8` and `xmm1` to `xmm3` are free for bodies. The stack pointer stays where the frame put it.

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
    push rbp
    .cfi_def_cfa_offset 16
    .cfi_offset rbp, -16
    push rbx
    .cfi_def_cfa_offset 24
    .cfi_offset rbx, -24
    push r12
    .cfi_def_cfa_offset 32
    mov rbx, rdi
    mov rbp, rsi
    mov [rbx + 1056], rsp
    jmp qword ptr [rbp]
.globl gantry_pulley_exit
gantry_pulley_exit:
    pop r12
    .cfi_def_cfa_offset 24
    pop rbx
    .cfi_def_cfa_offset 16
    .cfi_restore rbx
    pop rbp
    .cfi_def_cfa_offset 8
    .cfi_restore rbp
    ret
    .cfi_endproc
.p2align 4
gantry_pulley_slow:
    mov rdi, rbx
    mov rsi, rbp
    call {step}
    test rax, rax
    jz gantry_pulley_exit
    mov rbp, rax
    jmp qword ptr [rbp]
.p2align 4
.globl gantry_pulley_faulted
gantry_pulley_faulted:
    mov rdi, rbx
    mov rsi, rbp
    call {fault}
    jmp gantry_pulley_exit
";

pub(crate) fn target() -> Target {
    Target {
        ops: ops(),
        frame: FRAME,
        advance: |asm, bytes| emit!(asm, "add rbp, {bytes}"),
        dispatch: |asm, bytes| {
            emit!(asm, "add rbp, {bytes}");
            emit!(asm, "jmp qword ptr [rbp]");
        },
    }
}

/// Loads the offset of the register that stands at `at`.
fn operand(asm: &mut Asm, to: &str, at: usize) {
    emit!(asm, "movzx {to}, word ptr [rbp + {at}]");
}

/// Loads an integer register. `rcx` is used.
fn get(asm: &mut Asm, to: &str, at: usize) {
    operand(asm, "ecx", at);
    emit!(asm, "mov {to}, [rbx + rcx]");
}

/// Stores the integer accumulator. `rdx` is used.
fn put(asm: &mut Asm, at: usize) {
    operand(asm, "edx", at);
    emit!(asm, "mov [rbx + rdx], rax");
}

/// Stores the float accumulator; of a narrow one the upper half is zero, as the portable executor has it. `rdx` is used.
fn put_float(asm: &mut Asm, at: usize) {
    operand(asm, "edx", at);
    emit!(asm, "movsd [rbx + rdx], xmm0");
}

fn acc(wide: bool) -> &'static str {
    if wide { "rax" } else { "eax" }
}

fn temp(wide: bool) -> &'static str {
    if wide { "rsi" } else { "esi" }
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

    fn branch(&mut self, name: &str, wide: bool, cc: &'static str, reversed: &'static str) {
        let a = acc(wide);
        self.add(name, 24, 0, &[10, 12], move |asm, at, forward| {
            let condition = compare(asm, a, at + 10, at + 12, forward, cc, reversed);
            branch(asm, condition, at, 16);
        });
    }

    fn branch_immediate(&mut self, name: &str, wide: bool, signed: bool, cc: &'static str) {
        let a = acc(wide);
        self.add(name, 24, 0, &[10], move |asm, at, forward| {
            if forward.is_none() {
                get(asm, a, at + 10);
            }
            match (wide, signed) {
                (false, _) => emit!(asm, "cmp eax, [rbp + {}]", at + 12),
                (true, true) => {
                    emit!(asm, "movsxd rsi, dword ptr [rbp + {}]", at + 12);
                    emit!(asm, "cmp rax, rsi");
                }
                (true, false) => {
                    emit!(asm, "mov esi, [rbp + {}]", at + 12);
                    emit!(asm, "cmp rax, rsi");
                }
            }
            branch(asm, cc, at, 16);
        });
    }

    /// Loads to an integer register, in all forms of addresses.
    fn load(&mut self, name: &str, size: usize, inst: &'static str) {
        self.add(format!("{name}_o32"), 24, 10, &[12], move |asm, at, forward| {
            displaced(asm, at + 12, at + 16, forward == Some(0), false);
            emit!(asm, "{inst} [rsi + rcx]");
            put(asm, at + 10);
        })
        .exact = true;
        self.add(format!("{name}_z"), 24, 10, &[12], move |asm, at, forward| {
            displaced(asm, at + 12, at + 16, forward == Some(0), true);
            emit!(asm, "{inst} [rsi + rcx]");
            put(asm, at + 10);
        })
        .exact = true;
        self.add(format!("{name}_g32"), 24, 10, &[16], move |asm, at, forward| {
            bounded(asm, at + 12, at + 14, at + 16, at + 18, size, forward == Some(0));
            emit!(asm, "{inst} [rsi + rcx]");
            put(asm, at + 10);
        })
        .exact = true;
        self.add(format!("{name}_free"), 24, 10, &[14], move |asm, at, forward| {
            free(asm, at + 12, at + 14, at + 16, forward == Some(0));
            emit!(asm, "{inst} [rsi + rcx]");
            put(asm, at + 10);
        })
        .exact = true;
    }

    /// Stores of an integer register, in all forms of addresses. `reg` is the part of `rax` that is stored.
    fn store(&mut self, name: &str, size: usize, reg: &'static str) {
        let value = move |asm: &mut Asm, at: usize, forward: bool| {
            if !forward {
                operand(asm, "edx", at);
                emit!(asm, "mov rax, [rbx + rdx]");
            }
            emit!(asm, "mov [rsi + rcx], {reg}");
        };
        self.add(format!("{name}_o32"), 24, 0, &[16], move |asm, at, forward| {
            displaced(asm, at + 10, at + 12, false, false);
            value(asm, at + 16, forward == Some(0));
        })
        .exact = true;
        self.add(format!("{name}_z"), 24, 0, &[16], move |asm, at, forward| {
            displaced(asm, at + 10, at + 12, false, true);
            value(asm, at + 16, forward == Some(0));
        })
        .exact = true;
        self.add(format!("{name}_g32"), 24, 0, &[18, 14], move |asm, at, forward| {
            bounded(asm, at + 10, at + 12, at + 14, at + 16, size, forward == Some(1));
            value(asm, at + 18, forward == Some(0));
        })
        .exact = true;
        self.add(format!("{name}_free"), 24, 0, &[16, 12], move |asm, at, forward| {
            free(asm, at + 10, at + 12, at + 14, forward == Some(1));
            value(asm, at + 16, forward == Some(0));
        })
        .exact = true;
    }

    /// Loads to a float or vector register. `inst` loads to `xmm0`, and `put` stores the register.
    fn float_load(&mut self, name: &str, size: usize, inst: &'static str, put: &'static str) {
        let put = move |asm: &mut Asm, at: usize| {
            emit!(asm, "{inst} xmm0, [rsi + rcx]");
            operand(asm, "edx", at);
            emit!(asm, "{put} [rbx + rdx], xmm0");
        };
        self.add(format!("{name}_o32"), 24, 10, &[12], move |asm, at, forward| {
            displaced(asm, at + 12, at + 16, forward == Some(0), false);
            put(asm, at + 10);
        })
        .exact = true;
        self.add(format!("{name}_z"), 24, 10, &[12], move |asm, at, forward| {
            displaced(asm, at + 12, at + 16, forward == Some(0), true);
            put(asm, at + 10);
        })
        .exact = true;
        self.add(format!("{name}_g32"), 24, 10, &[16], move |asm, at, forward| {
            bounded(asm, at + 12, at + 14, at + 16, at + 18, size, forward == Some(0));
            put(asm, at + 10);
        })
        .exact = true;
        self.add(format!("{name}_free"), 24, 10, &[14], move |asm, at, forward| {
            free(asm, at + 12, at + 14, at + 16, forward == Some(0));
            put(asm, at + 10);
        })
        .exact = true;
    }

    /// Stores of a float or vector register.
    fn float_store(&mut self, name: &str, size: usize, get: &'static str, inst: &'static str) {
        let value = move |asm: &mut Asm, at: usize, forward: bool| {
            if !forward {
                operand(asm, "edx", at);
                emit!(asm, "{get} xmm0, [rbx + rdx]");
            }
            emit!(asm, "{inst} [rsi + rcx], xmm0");
        };
        self.add(format!("{name}_o32"), 24, 0, &[16], move |asm, at, forward| {
            displaced(asm, at + 10, at + 12, false, false);
            value(asm, at + 16, forward == Some(0));
        })
        .exact = true;
        self.add(format!("{name}_z"), 24, 0, &[16], move |asm, at, forward| {
            displaced(asm, at + 10, at + 12, false, true);
            value(asm, at + 16, forward == Some(0));
        })
        .exact = true;
        self.add(format!("{name}_g32"), 24, 0, &[18, 14], move |asm, at, forward| {
            bounded(asm, at + 10, at + 12, at + 14, at + 16, size, forward == Some(1));
            value(asm, at + 18, forward == Some(0));
        })
        .exact = true;
        self.add(format!("{name}_free"), 24, 0, &[16, 12], move |asm, at, forward| {
            free(asm, at + 10, at + 12, at + 14, forward == Some(1));
            value(asm, at + 16, forward == Some(0));
        })
        .exact = true;
    }

    /// `xmm0 = xmm0 inst src2`. Vectors take their operands through `get`, since they may be unaligned for older forms.
    fn float_binary(&mut self, name: &str, inst: &'static str, get: &'static str, put: &'static str, commutes: bool) {
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

/// Emits a comparison of the registers at `first` and `second`, and gives the condition to ask for.
fn compare(
    asm: &mut Asm,
    a: &str,
    first: usize,
    second: usize,
    forward: Option<usize>,
    cc: &'static str,
    reversed: &'static str,
) -> &'static str {
    let (other, condition) = match forward {
        None => {
            get(asm, a, first);
            (second, cc)
        }
        Some(0) => (second, cc),
        Some(_) => (first, reversed),
    };
    operand(asm, "edx", other);
    emit!(asm, "cmp {a}, [rbx + rdx]");
    condition
}

/// A conditional branch whose displacement stands at `rel` of the cell. What it leads to stands behind the handler.
fn branch(asm: &mut Asm, cc: &str, at: usize, rel: usize) {
    let label = asm.label();
    emit!(asm, "j{cc} {label}");
    asm.in_tail(|asm| {
        emit!(asm, "{label}:");
        jump(asm, at, rel);
    });
}

fn jump(asm: &mut Asm, at: usize, rel: usize) {
    emit!(asm, "movsxd rcx, dword ptr [rbp + {}]", at + rel);
    if at == 0 {
        emit!(asm, "add rbp, rcx");
    } else {
        emit!(asm, "lea rbp, [rbp + rcx + {at}]");
    }
    emit!(asm, "jmp qword ptr [rbp]");
}

/// The address `rsi + rcx` of a displaced access.
fn displaced(asm: &mut Asm, base: usize, offset: usize, forward: bool, may_be_null: bool) {
    if forward {
        emit!(asm, "mov rsi, rax");
    } else {
        get(asm, "rsi", base);
    }
    if may_be_null {
        emit!(asm, "test rsi, rsi");
        emit!(asm, "jz gantry_pulley_slow");
    }
    emit!(asm, "movsxd rcx, dword ptr [rbp + {offset}]");
}

/// The address `rsi + rcx` of an access that the end of its memory's reservation bounds.
fn free(asm: &mut Asm, base: usize, index: usize, offset: usize, forward: bool) {
    get(asm, "rsi", base);
    operand(asm, "edi", offset);
    if forward {
        emit!(asm, "mov ecx, eax");
    } else {
        get(asm, "ecx", index);
    }
    emit!(asm, "add rcx, rdi");
}

/// The address `rsi + rcx` of an access that is checked.
fn bounded(asm: &mut Asm, base: usize, bound: usize, index: usize, offset: usize, size: usize, forward: bool) {
    get(asm, "rsi", base);
    operand(asm, "edi", offset);
    operand(asm, "r8d", bound);
    if forward {
        emit!(asm, "mov ecx, eax");
    } else {
        get(asm, "ecx", index);
    }
    emit!(asm, "add rcx, rdi");
    emit!(asm, "lea rdi, [rcx + {size}]");
    emit!(asm, "cmp rdi, [rbx + r8]");
    emit!(asm, "ja gantry_pulley_slow");
}

/// Enters the function whose slot is in `rcx`.
fn enter(asm: &mut Asm) {
    emit!(asm, "mov [rbx + {STATE_SLOT}], rcx");
    emit!(asm, "mov rbp, [rcx]");
    emit!(asm, "jmp qword ptr [rbp]");
}

fn ops() -> Vec<Op> {
    let mut ops = Ops(Vec::new());
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
            ops.branch(&format!("br_if_x{name}{bits}"), wide, cc, reversed);
        }
        for (name, cc) in [("eq", "e"), ("neq", "ne"), ("slt", "l"), ("sgt", "g"), ("slteq", "le"), ("sgteq", "ge")] {
            ops.branch_immediate(&format!("br_if_x{name}{bits}_i32"), wide, true, cc);
        }
        for (name, cc) in [("ult", "b"), ("ugt", "a"), ("ulteq", "be"), ("ugteq", "ae")] {
            ops.branch_immediate(&format!("br_if_x{name}{bits}_u32"), wide, false, cc);
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

    for (name, size, inst) in [
        ("xload8_u32", 1, "movzx eax, byte ptr"),
        ("xload8_s32", 1, "movsx eax, byte ptr"),
        ("xload16le_u32", 2, "movzx eax, word ptr"),
        ("xload16le_s32", 2, "movsx eax, word ptr"),
        ("xload32le", 4, "mov eax, dword ptr"),
        ("xload64le", 8, "mov rax, qword ptr"),
    ] {
        ops.load(name, size, inst);
    }
    for (name, size, reg) in
        [("xstore8", 1, "al"), ("xstore16le", 2, "ax"), ("xstore32le", 4, "eax"), ("xstore64le", 8, "rax")]
    {
        ops.store(name, size, reg);
    }
    ops.float_load("fload32le", 4, "movss", "movsd");
    ops.float_load("fload64le", 8, "movsd", "movsd");
    ops.float_load("vload128le", 16, "movups", "movaps");
    ops.float_store("fstore32le", 4, "movsd", "movss");
    ops.float_store("fstore64le", 8, "movsd", "movsd");
    ops.float_store("vstore128le", 16, "movaps", "movups");

    for (name, rest, commutes) in
        [("add", "add", true), ("sub", "sub", false), ("mul", "mul", true), ("div", "div", false)]
    {
        let inst = |suffix| -> &'static str { Box::leak(format!("{rest}{suffix}").into_boxed_str()) };
        ops.float_binary(&format!("f{name}32"), inst("ss"), "movss", "movsd", commutes);
        ops.float_binary(&format!("f{name}64"), inst("sd"), "movsd", "movsd", commutes);
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
    let moves = |ops: &mut Ops, name: &str, get: &'static str, insts: &'static [&'static str], put: &'static str| {
        ops.add(name, 16, 10, &[12], move |asm, at, forward| {
            if forward.is_none() {
                operand(asm, "ecx", at + 12);
                emit!(asm, "{get} xmm0, [rbx + rcx]");
            }
            insts.iter().for_each(|inst| emit!(asm, "{inst}"));
            operand(asm, "edx", at + 10);
            emit!(asm, "{put} [rbx + rdx], xmm0");
        });
    };
    moves(&mut ops, "fmov", "movsd", &[], "movsd");
    moves(&mut ops, "vmov", "movaps", &[], "movaps");
    moves(&mut ops, "fsqrt32", "movss", &["sqrtss xmm0, xmm0"], "movsd");
    moves(&mut ops, "fsqrt64", "movsd", &["sqrtsd xmm0, xmm0"], "movsd");
    moves(&mut ops, "vsqrt32x4", "movaps", &["sqrtps xmm0, xmm0"], "movaps");
    moves(&mut ops, "vsqrt64x2", "movaps", &["sqrtpd xmm0, xmm0"], "movaps");
    moves(&mut ops, "fneg32", "movss", &["mov ecx, 0x80000000", "movd xmm1, ecx", "xorps xmm0, xmm1"], "movsd");
    moves(&mut ops, "fabs32", "movss", &["mov ecx, 0x7fffffff", "movd xmm1, ecx", "andps xmm0, xmm1"], "movsd");
    moves(
        &mut ops,
        "fneg64",
        "movsd",
        &["movabs rcx, 0x8000000000000000", "movq xmm1, rcx", "xorpd xmm0, xmm1"],
        "movsd",
    );
    moves(
        &mut ops,
        "fabs64",
        "movsd",
        &["movabs rcx, 0x7fffffffffffffff", "movq xmm1, rcx", "andpd xmm0, xmm1"],
        "movsd",
    );
    moves(&mut ops, "f32_from_f64", "movsd", &["cvtsd2ss xmm1, xmm0", "movd ecx, xmm1", "movd xmm0, ecx"], "movsd");
    moves(&mut ops, "f64_from_f32", "movsd", &["cvtss2sd xmm0, xmm0"], "movsd");
    for (bytes, half, unpack) in [(1, "low", "l"), (1, "high", "h"), (2, "low", "l"), (2, "high", "h")] {
        let (shape, pair, shift) =
            if bytes == 1 { ("8x16", "bw", "psraw xmm0, 8") } else { ("16x8", "wd", "psrad xmm0, 16") };
        let line = |text: String| -> &'static str { Box::leak(text.into_boxed_str()) };
        let zeros = vec!["pxor xmm1, xmm1", line(format!("punpck{unpack}{pair} xmm0, xmm1"))];
        let copies = vec![line(format!("punpck{unpack}{pair} xmm0, xmm0")), shift];
        moves(&mut ops, &format!("vwiden{half}{shape}_u"), "movaps", zeros.leak(), "movaps");
        moves(&mut ops, &format!("vwiden{half}{shape}_s"), "movaps", copies.leak(), "movaps");
    }
    moves(&mut ops, "vwidenlow32x4_u", "movaps", &["pxor xmm1, xmm1", "punpckldq xmm0, xmm1"], "movaps");
    moves(&mut ops, "vwidenhigh32x4_u", "movaps", &["pxor xmm1, xmm1", "punpckhdq xmm0, xmm1"], "movaps");
    let sign = ["movdqa xmm1, xmm0", "psrad xmm1, 31"];
    moves(&mut ops, "vwidenlow32x4_s", "movaps", vec![sign[0], sign[1], "punpckldq xmm0, xmm1"].leak(), "movaps");
    moves(&mut ops, "vwidenhigh32x4_s", "movaps", vec![sign[0], sign[1], "punpckhdq xmm0, xmm1"].leak(), "movaps");
    moves(&mut ops, "vbnot128", "movaps", &["pcmpeqd xmm1, xmm1", "pxor xmm0, xmm1"], "movaps");
    // Two operands in xmm0 and xmm1; xmm2 and xmm3 are free as well.
    let two = |ops: &mut Ops, name: &str, insts: &'static [&'static str]| {
        ops.add(name, 16, 10, &[12], move |asm, at, forward| {
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
    };
    two(
        &mut ops,
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
    two(
        &mut ops,
        "vaddpairwisei32x4_s",
        &["movaps xmm2, xmm0", "shufps xmm0, xmm1, 0x88", "shufps xmm2, xmm1, 0xdd", "paddd xmm0, xmm2"],
    );
    let not = ["pcmpeqd xmm2, xmm2", "pxor xmm0, xmm2"];
    two(&mut ops, "vult8x16", vec!["pmaxub xmm1, xmm0", "pcmpeqb xmm0, xmm1", not[0], not[1]].leak());
    two(&mut ops, "vulteq8x16", &["pminub xmm1, xmm0", "pcmpeqb xmm0, xmm1"]);
    two(&mut ops, "vneq8x16", vec!["pcmpeqb xmm0, xmm1", not[0], not[1]].leak());
    two(&mut ops, "vneq16x8", vec!["pcmpeqw xmm0, xmm1", not[0], not[1]].leak());
    two(&mut ops, "vneq32x4", vec!["pcmpeqd xmm0, xmm1", not[0], not[1]].leak());
    for (shape, letter) in [("8x16", "b"), ("16x8", "w"), ("32x4", "d")] {
        let line: &'static str = Box::leak(format!("pcmpgt{letter} xmm1, xmm0").into_boxed_str());
        two(&mut ops, &format!("vslt{shape}"), vec![line, "movdqa xmm0, xmm1"].leak());
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
    // From integer registers.
    let from_int = |ops: &mut Ops, name: &str, insts: &'static [&'static str], put: &'static str| {
        ops.add(name, 16, 10, &[12], move |asm, at, forward| {
            if forward.is_none() {
                get(asm, "rax", at + 12);
            }
            insts.iter().for_each(|inst| emit!(asm, "{inst}"));
            operand(asm, "edx", at + 10);
            emit!(asm, "{put} [rbx + rdx], xmm0");
        });
    };
    from_int(&mut ops, "f32_from_x32_s", &["xorps xmm0, xmm0", "cvtsi2ss xmm0, eax"], "movsd");
    from_int(&mut ops, "f32_from_x64_s", &["xorps xmm0, xmm0", "cvtsi2ss xmm0, rax"], "movsd");
    from_int(&mut ops, "f32_from_x32_u", &["mov eax, eax", "xorps xmm0, xmm0", "cvtsi2ss xmm0, rax"], "movsd");
    from_int(&mut ops, "f64_from_x32_s", &["xorps xmm0, xmm0", "cvtsi2sd xmm0, eax"], "movsd");
    from_int(&mut ops, "f64_from_x64_s", &["xorps xmm0, xmm0", "cvtsi2sd xmm0, rax"], "movsd");
    from_int(&mut ops, "f64_from_x32_u", &["mov eax, eax", "xorps xmm0, xmm0", "cvtsi2sd xmm0, rax"], "movsd");
    from_int(&mut ops, "bitcast_float_from_int_32", &["movd xmm0, eax"], "movsd");
    from_int(&mut ops, "bitcast_float_from_int_64", &["movq xmm0, rax"], "movsd");
    from_int(&mut ops, "vsplatx32", &["movd xmm0, eax", "pshufd xmm0, xmm0, 0"], "movaps");
    from_int(&mut ops, "vsplatx64", &["movq xmm0, rax", "punpcklqdq xmm0, xmm0"], "movaps");
    from_int(
        &mut ops,
        "vsplatx8",
        &["movd xmm0, eax", "punpcklbw xmm0, xmm0", "pshuflw xmm0, xmm0, 0", "punpcklqdq xmm0, xmm0"],
        "movaps",
    );
    from_int(&mut ops, "vsplatx16", &["movd xmm0, eax", "pshuflw xmm0, xmm0, 0", "punpcklqdq xmm0, xmm0"], "movaps");
    // To integer registers. Conversions give the smallest integer for what does not fit, which the portable executor sorts out.
    let to_int = |ops: &mut Ops, name: &str, get: &'static str, insts: &'static [&'static str]| {
        // The slow path leaves no accumulator.
        let dst = if insts.iter().any(|inst| inst.ends_with("slow")) { 0 } else { 10 };
        ops.add(name, 16, dst, &[12], move |asm, at, forward| {
            if forward.is_none() {
                operand(asm, "ecx", at + 12);
                emit!(asm, "{get} xmm0, [rbx + rcx]");
            }
            insts.iter().for_each(|inst| emit!(asm, "{inst}"));
            put(asm, at + 10);
        })
        .exact = true;
    };
    for suffix in ["", "_sat"] {
        to_int(
            &mut ops,
            &format!("x32_from_f32_s{suffix}"),
            "movsd",
            &["cvttss2si eax, xmm0", "cmp eax, 0x80000000", "je gantry_pulley_slow"],
        );
        to_int(
            &mut ops,
            &format!("x32_from_f64_s{suffix}"),
            "movsd",
            &["cvttsd2si eax, xmm0", "cmp eax, 0x80000000", "je gantry_pulley_slow"],
        );
        to_int(
            &mut ops,
            &format!("x64_from_f32_s{suffix}"),
            "movsd",
            &["cvttss2si rax, xmm0", "mov rcx, rax", "neg rcx", "jo gantry_pulley_slow"],
        );
        to_int(
            &mut ops,
            &format!("x64_from_f64_s{suffix}"),
            "movsd",
            &["cvttsd2si rax, xmm0", "mov rcx, rax", "neg rcx", "jo gantry_pulley_slow"],
        );
        // Unsigned 32-bit results are those of 64-bit conversions that have no upper half.
        to_int(
            &mut ops,
            &format!("x32_from_f32_u{suffix}"),
            "movsd",
            &["cvttss2si rax, xmm0", "mov rcx, rax", "shr rcx, 32", "jnz gantry_pulley_slow"],
        );
        to_int(
            &mut ops,
            &format!("x32_from_f64_u{suffix}"),
            "movsd",
            &["cvttsd2si rax, xmm0", "mov rcx, rax", "shr rcx, 32", "jnz gantry_pulley_slow"],
        );
    }
    to_int(&mut ops, "bitcast_int_from_float_32", "movsd", &["movd eax, xmm0"]);
    to_int(&mut ops, "bitcast_int_from_float_64", "movsd", &["movq rax, xmm0"]);
    to_int(&mut ops, "vbitmask8x16", "movaps", &["pmovmskb eax, xmm0"]);
    to_int(&mut ops, "vbitmask32x4", "movaps", &["movmskps eax, xmm0"]);
    to_int(&mut ops, "vbitmask64x2", "movaps", &["movmskpd eax, xmm0"]);
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
    ops.add("vconst128", 32, 10, &[], |asm, at, _| {
        emit!(asm, "movups xmm0, [rbp + {}]", at + 16);
        operand(asm, "edx", at + 10);
        emit!(asm, "movaps [rbx + rdx], xmm0");
    });

    ops.add("br_if32", 16, 0, &[10], |asm, at, forward| {
        if forward.is_none() {
            get(asm, "eax", at + 10);
        }
        emit!(asm, "test eax, eax");
        branch(asm, "nz", at, 12);
    });
    ops.add("br_if_not32", 16, 0, &[10], |asm, at, forward| {
        if forward.is_none() {
            get(asm, "eax", at + 10);
        }
        emit!(asm, "test eax, eax");
        branch(asm, "z", at, 12);
    });
    ops.add("jump", 16, 0, &[], |asm, at, _| jump(asm, at, 12)).branches = true;
    ops.add("switch", 24, 0, &[10], |asm, at, forward| {
        if forward.is_none() {
            get(asm, "eax", at + 10);
        }
        emit!(asm, "mov ecx, [rbp + {}]", at + 12);
        emit!(asm, "dec ecx");
        emit!(asm, "cmp eax, ecx");
        emit!(asm, "cmova eax, ecx");
        emit!(asm, "movsxd rcx, dword ptr [rbp + 4*rax + {}]", at + 16);
        emit!(asm, "lea rbp, [rbp + rcx + {at}]");
        emit!(asm, "jmp qword ptr [rbp]");
    })
    .branches = true;

    for args in 0..=4usize {
        let name = if args == 0 { "call_slot".to_owned() } else { format!("call_slot{args}") };
        let callee = if args == 4 { 24 } else { 16 };
        ops.add(name, callee + 8, 0, &[], move |asm, at, _| {
            // All sources are read before the first register is written.
            let temps = ["rax", "rsi", "rdi", "r8"];
            for (i, temp) in temps.iter().enumerate().take(args) {
                get(asm, temp, at + 10 + 2 * i);
            }
            for (i, temp) in temps.iter().enumerate().take(args) {
                emit!(asm, "mov [rbx + {}], {temp}", 8 * i);
            }
            emit!(asm, "mov rcx, [rbp + {}]", at + callee);
            emit!(asm, "lea rdx, [rbp + {}]", at + callee + 8);
            emit!(asm, "mov [rbx + {STATE_LR}], rdx");
            enter(asm);
        })
        .branches = true;
    }
    ops.add("jump_slot", 24, 0, &[], |asm, at, _| {
        emit!(asm, "mov rcx, [rbp + {}]", at + 16);
        enter(asm);
    })
    .branches = true;
    let call_indirect = ops.add("call_indirect", 16, 0, &[], |asm, at, _| {
        get(asm, "rcx", at + 10);
        emit!(asm, "test rcx, rcx");
        emit!(asm, "jz gantry_pulley_slow");
        emit!(asm, "lea rdx, [rbp + {}]", at + 16);
        emit!(asm, "mov [rbx + {STATE_LR}], rdx");
        enter(asm);
    });
    (call_indirect.branches, call_indirect.exact) = (true, true);
    let xjump = ops.add("xjump", 16, 0, &[], |asm, at, _| {
        get(asm, "rcx", at + 10);
        emit!(asm, "test rcx, rcx");
        emit!(asm, "jz gantry_pulley_slow");
        enter(asm);
    });
    (xjump.branches, xjump.exact) = (true, true);
    ops.add("ret", 16, 0, &[], |asm, _, _| {
        emit!(asm, "mov rbp, [rbx + {STATE_LR}]");
        emit!(asm, "jmp qword ptr [rbp]");
    })
    .branches = true;

    ops.add("push_frame", 16, 0, &[], |asm, _, _| {
        push_frame(asm, |asm| emit!(asm, "xor ecx, ecx"));
    })
    .exact = true;
    ops.add("push_frame_save", 16, 0, &[], |asm, at, _| {
        push_frame(asm, |asm| operand(asm, "ecx", at + 10));
        operand(asm, "edx", at + 12);
        emit!(asm, "test edx, edx");
        let (again, done) = (asm.label(), asm.label());
        emit!(asm, "jz {done}");
        emit!(asm, "{again}:");
        emit!(asm, "bsf ecx, edx");
        emit!(asm, "mov rsi, [rbx + 8*rcx + 128]");
        emit!(asm, "sub rax, 8");
        emit!(asm, "mov [rax], rsi");
        emit!(asm, "lea ecx, [rdx - 1]");
        emit!(asm, "and edx, ecx");
        emit!(asm, "jnz {again}");
        emit!(asm, "{done}:");
    })
    .exact = true;
    ops.add("pop_frame", 16, 0, &[], |asm, _, _| pop_frame(asm));
    ops.add("pop_frame_restore", 16, 0, &[], |asm, at, _| {
        operand(asm, "eax", at + 10);
        emit!(asm, "add rax, [rbx + {STATE_SP}]");
        operand(asm, "edx", at + 12);
        emit!(asm, "test edx, edx");
        let (again, done) = (asm.label(), asm.label());
        emit!(asm, "jz {done}");
        emit!(asm, "{again}:");
        emit!(asm, "bsf ecx, edx");
        emit!(asm, "sub rax, 8");
        emit!(asm, "mov rsi, [rax]");
        emit!(asm, "mov [rbx + 8*rcx + 128], rsi");
        emit!(asm, "lea ecx, [rdx - 1]");
        emit!(asm, "and edx, ecx");
        emit!(asm, "jnz {again}");
        emit!(asm, "{done}:");
        pop_frame(asm);
    });
    ops.0
}

/// Makes a frame of `rcx` bytes, whose address is then in `rax`; or leaves it all to the portable executor.
fn push_frame(asm: &mut Asm, amount: impl FnOnce(&mut Asm)) {
    amount(asm);
    emit!(asm, "mov rax, [rbx + {STATE_SP}]");
    emit!(asm, "lea rdx, [rcx + 16]");
    emit!(asm, "sub rax, rdx");
    emit!(asm, "jb gantry_pulley_slow");
    emit!(asm, "cmp rax, [rbx + {STATE_STACK_BASE}]");
    emit!(asm, "jb gantry_pulley_slow");
    emit!(asm, "mov [rbx + {STATE_SP}], rax");
    emit!(asm, "add rax, rcx");
    emit!(asm, "mov rdx, [rbx + {STATE_LR}]");
    emit!(asm, "mov [rax + 8], rdx");
    emit!(asm, "mov rdx, [rbx + {STATE_FP}]");
    emit!(asm, "mov [rax], rdx");
    emit!(asm, "mov [rbx + {STATE_FP}], rax");
}

fn pop_frame(asm: &mut Asm) {
    emit!(asm, "mov rax, [rbx + {STATE_FP}]");
    emit!(asm, "mov rcx, [rax]");
    emit!(asm, "mov rdx, [rax + 8]");
    emit!(asm, "mov [rbx + {STATE_FP}], rcx");
    emit!(asm, "mov [rbx + {STATE_LR}], rdx");
    emit!(asm, "add rax, 16");
    emit!(asm, "mov [rbx + {STATE_SP}], rax");
}
