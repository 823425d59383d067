//! Every opcode in every form, on random operands, against a disassembler.

use super::access::*;
use super::*;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use capstone::prelude::*;
use proptest::prelude::*;

struct Text(Capstone);

impl Text {
    fn new() -> Self {
        Self(Capstone::new().arm64().mode(arch::arm64::ArchMode::Arm).build().unwrap())
    }

    /// What an instruction is.
    fn of(&self, word: u32) -> String {
        let insns = self.0.disasm_all(&word.to_le_bytes(), 0).unwrap();
        let insn = insns.iter().next().unwrap_or_else(|| panic!("{word:#010x} is no instruction"));
        format!("{} {}", insn.mnemonic().unwrap_or(""), insn.op_str().unwrap_or("")).trim().into()
    }

    #[track_caller]
    fn check(&self, word: u32, expected: &str) {
        assert_eq!(self.of(word), expected, "{word:#010x}");
    }
}

/// Replaces each register of a text by what `name` makes of its letter and number.
fn registers(text: &str, name: impl Fn(char, u8) -> String) -> String {
    let mut out = String::new();
    let mut rest = text;
    let mut inside = false;
    while let Some(c) = rest.chars().next() {
        let digits = rest[1..].chars().take_while(char::is_ascii_digit).count();
        if !inside && digits > 0 && "wxsdvbq".contains(c) {
            out += &name(c, rest[1..=digits].parse().unwrap());
            rest = &rest[1 + digits..];
            inside = true;
        } else {
            out.push(c);
            rest = &rest[1..];
            inside = c.is_ascii_alphanumeric() || c == '.';
        }
    }
    out
}

/// The text with another letter for registers of one kind.
fn letter(text: &str, from: char, to: char) -> String {
    registers(text, |c, n| format!("{}{n}", if c == from { to } else { c }))
}

/// All forms of an opcode that its shape promises, with their text.
fn forms(shape: &str, op: Opcode, text: &str) -> Vec<(Opcode, String)> {
    const FULL: [&str; 4] = ["16b", "8h", "4s", "2d"];
    const HALF: [&str; 4] = ["8b", "4h", "2s", "1d"];
    let (x, d) = (letter(text, 'w', 'x'), letter(text, 's', 'd'));
    let mut forms = alloc::vec![(op, text.to_string())];
    let second = |text: &str| text.replacen(' ', "2 ", 1);
    match shape {
        "rrr" | "rr" => forms.push((op | X, x)),
        "float_rr" | "float_rrr" | "float_compare" => forms.push((op | D, d)),
        "convert" => {
            forms.push((op | X | D, letter(&x, 's', 'd')));
            forms.push((op | X, x));
            forms.push((op | D, d));
        }
        "vector_all" | "vector_bhs" => {
            let most = if shape == "vector_all" { 4 } else { 3 };
            let lane = |log2: u32| FULL[usize::try_from(log2).unwrap()];
            forms.extend((1..most).map(|log2| (op | lanes(log2), text.replace("16b", lane(log2)))));
        }
        "vector_float" => forms.push((op | D, text.replace("4s", "2d"))),
        "vector_widen" => {
            forms.push((op | lanes(1), text.replace("8h", "4s").replace("16b", "8h")));
            forms.push((op | lanes(2), text.replace("8h", "2d").replace("16b", "4s")));
        }
        "vector_long" | "vector_narrow" => {
            forms.clear();
            for log2 in 0..3 {
                let at = usize::try_from(log2).unwrap();
                let sized = text.replace("8h", "wide").replace("8b", HALF[at]).replace("wide", FULL[at + 1]);
                let upper = second(&sized.replace(HALF[at], FULL[at]));
                forms.push((op | lanes(log2), sized));
                forms.push((op | lanes(log2) | Q, upper));
            }
        }
        "vector_half" => forms.push((op | Q, second(&text.replace("2s", "4s")))),
        "fixed_rrr" | "fixed_rr" | "vector_fixed" | "branches" => {}
        other => panic!("{other} is no shape"),
    }
    forms
}

/// A number as the disassembler writes it.
fn number(value: i64) -> String {
    let (sign, value) = (if value < 0 { "-" } else { "" }, value.unsigned_abs());
    if value > 9 { format!("#{sign}{value:#x}") } else { format!("#{sign}{value}") }
}

/// An integer register where 31 is the stack pointer, or zero.
fn reg(letter: char, n: u8, last: &str) -> String {
    if n == 31 { last.into() } else { format!("{letter}{n}") }
}

/// Loads and stores, and the letter of the register.
const ACCESSES: [(&str, char, Access); 21] = [
    ("strb", 'w', STRB),
    ("strh", 'w', STRH),
    ("str", 'w', STR_W),
    ("str", 'x', STR_X),
    ("ldrb", 'w', LDRB),
    ("ldrh", 'w', LDRH),
    ("ldr", 'w', LDR_W),
    ("ldr", 'x', LDR_X),
    ("ldrsb", 'w', LDRSB_W),
    ("ldrsh", 'w', LDRSH_W),
    ("ldrsb", 'x', LDRSB_X),
    ("ldrsh", 'x', LDRSH_X),
    ("ldrsw", 'x', LDRSW_X),
    ("str", 'b', STR_B),
    ("str", 'h', STR_H),
    ("str", 's', STR_S),
    ("str", 'd', STR_D),
    ("str", 'q', STR_Q),
    ("ldr", 's', LDR_S),
    ("ldr", 'd', LDR_D),
    ("ldr", 'q', LDR_Q),
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn opcodes_agree_with_a_disassembler(d in 0u8..31, a in 0u8..31, apart in 1u8..31) {
        let text = Text::new();
        // Some instructions have other names if both operands are the same.
        let b = (a + apart) % 31;
        for &(shape, op, [sample_d, sample_a, sample_b], sample) in SAMPLES {
            let used = |sample: u8, reg: u8| if sample == 0 { 0 } else { reg };
            for (op, sample) in forms(shape, op, sample) {
                let expected = registers(&sample, |c, n| match n {
                    3 => format!("{c}{d}"),
                    5 => format!("{c}{a}"),
                    6 => format!("{c}{}", a + 1),
                    7 => format!("{c}{b}"),
                    n => format!("{c}{n}"),
                });
                text.check(enc(op, used(sample_d, d), used(sample_a, a), used(sample_b, b)), &expected);
            }
        }
    }

    #[test]
    fn accesses_agree_with_a_disassembler(t in 0u8..32, base in 0u8..32, index in 0u8..32, field in 0u32..4096, near in -256i32..256) {
        let text = Text::new();
        let b = reg('x', base, "sp");
        for (name, letter, access) in ACCESSES {
            let t_name = match letter {
                'w' | 'x' => reg(letter, t, if letter == 'w' { "wzr" } else { "xzr" }),
                _ => format!("{letter}{t}"),
            };
            let width = match letter {
                _ if name.ends_with('b') => 1,
                _ if name.ends_with('h') => 2,
                _ if name == "ldrsw" => 4,
                'b' => 1,
                'h' => 2,
                'w' | 's' => 4,
                'q' => 16,
                _ => 8,
            };
            prop_assert_eq!(access.bytes(), width);
            let offset = field * width;
            let plus = if offset == 0 { String::new() } else { format!(", {}", number(offset.into())) };
            text.check(access.scaled(t, base, offset).unwrap(), &format!("{name} {t_name}, [{b}{plus}]"));
            prop_assert_eq!(access.scaled(t, base, 4096 * width), None);
            prop_assert!(width == 1 || access.scaled(t, base, offset + 1).is_none());
            let plus = if near == 0 { String::new() } else { format!(", {}", number(near.into())) };
            let unscaled = format!("{}u{} {t_name}, [{b}{plus}]", &name[..2], &name[2..]);
            text.check(access.unscaled(t, base, near).unwrap(), &unscaled);
            prop_assert_eq!((access.unscaled(t, base, -257), access.unscaled(t, base, 256)), (None, None));
            let (w, x) = (reg('w', index, "wzr"), reg('x', index, "xzr"));
            text.check(access.indexed(t, base, index, true), &format!("{name} {t_name}, [{b}, {w}, uxtw]"));
            text.check(access.indexed(t, base, index, false), &format!("{name} {t_name}, [{b}, {x}]"));
        }
    }

    #[test]
    fn immediates_agree_with_a_disassembler(
        d in 0u8..31, a in 0u8..31, value in 0u64..4096, part in 0u32..4, bits in 2u16..u16::MAX, low in 0u32..31, pairs in -64i32..64,
        cond in 0usize..14,
    ) {
        let text = Text::new();
        let imm = |value| Imm12::new(value).unwrap().bits();
        let n = number(value.cast_signed());
        for (name, op) in [("add", imm12::ADD), ("adds", imm12::ADDS), ("sub", imm12::SUB), ("subs", imm12::SUBS)] {
            text.check(enc(op | imm(value), d, a, 0), &format!("{name} w{d}, w{a}, {n}"));
            text.check(enc(op | X | imm(value), d, a, 0), &format!("{name} x{d}, x{a}, {n}"));
            if value != 0 {
                text.check(enc(op | X | imm(value << 12), d, a, 0), &format!("{name} x{d}, x{a}, {n}, lsl #12"));
            }
        }
        prop_assert_eq!((Imm12::new(4097), Imm12::new(1 << 24)), (None, None));
        for (size, x) in [(32, false), (64, true)] {
            let (letter, count) = (if x { 'x' } else { 'w' }, number((low + 1).into()));
            let (dn, an) = (format!("{letter}{d}"), format!("{letter}{a}"));
            text.check(bitfield(false, x, d, a, low + 1, size - 1), &format!("lsr {dn}, {an}, {count}"));
            text.check(bitfield(true, x, d, a, low + 1, size - 1), &format!("asr {dn}, {an}, {count}"));
            let left = bitfield(false, x, d, a, size - 1 - low, size - 2 - low);
            text.check(left, &format!("lsl {dn}, {an}, {count}"));
        }
        text.check(bitfield(true, true, d, a, 0, 7), &format!("sxtb x{d}, w{a}"));
        text.check(bitfield(true, false, d, a, 0, 15), &format!("sxth w{d}, w{a}"));
        text.check(bitfield(true, true, d, a, 0, 31), &format!("sxtw x{d}, w{a}"));
        let wide = i64::from(bits) << (16 * part);
        text.check(move_wide(MOVZ | X, d, part, bits), &format!("mov x{d}, {}", number(wide)));
        text.check(move_wide(MOVN | X, d, part, bits), &format!("mov x{d}, {}", number(!wide)));
        let at = if part == 0 { String::new() } else { format!(", lsl #{}", 16 * part) };
        text.check(move_wide(MOVK | X, d, part, bits), &format!("movk x{d}, {}{at}", number(bits.into())));
        let other = (d + 1) % 31;
        let plus = if pairs == 0 { String::new() } else { format!(", {}", number((8 * pairs).into())) };
        for (name, op, letter) in [("stp", STP_X, 'x'), ("ldp", LDP_X, 'x'), ("stp", STP_D, 'd'), ("ldp", LDP_D, 'd')] {
            let word = pair(op, d, other, 31, 8 * pairs).unwrap();
            text.check(word, &format!("{name} {letter}{d}, {letter}{other}, [sp{plus}]"));
            prop_assert_eq!((pair(op, 0, 1, 31, 512), pair(op, 0, 1, 31, -520), pair(op, 0, 1, 31, 4)), (None, None, None));
        }
        const CONDS: [(Cond, &str); 14] = [
            (Cond::Eq, "eq"), (Cond::Ne, "ne"), (Cond::Hs, "hs"), (Cond::Lo, "lo"), (Cond::Mi, "mi"), (Cond::Pl, "pl"),
            (Cond::Vs, "vs"), (Cond::Vc, "vc"), (Cond::Hi, "hi"), (Cond::Ls, "ls"), (Cond::Ge, "ge"), (Cond::Lt, "lt"),
            (Cond::Gt, "gt"), (Cond::Le, "le"),
        ];
        let (cc, name) = CONDS[cond];
        let b = (a + 1) % 31;
        text.check(enc(CSEL | X | cc.bits() << 12, d, a, b), &format!("csel x{d}, x{a}, x{b}, {name}"));
        text.check(enc(FCSEL | D | cc.bits() << 12, d, a, b), &format!("fcsel d{d}, d{a}, d{b}, {name}"));
        text.check(B_COND | cc.bits(), &format!("b.{name} #0"));
        text.check(enc(CSINC | cc.inverted() << 12, d, 31, 31), &format!("cset w{d}, {name}"));
        text.check(enc(CBZ, a, 0, 0), &format!("cbz w{a}, #0"));
        text.check(enc(CBNZ | X, a, 0, 0), &format!("cbnz x{a}, #0"));
        text.check(enc(TBZ0, a, 0, 0), &format!("tbz w{a}, #0, #0"));
        text.check(enc(ADR, d, 0, 0), &format!("adr x{d}, #0"));
        text.check(enc(LDRSW_TABLE, d, a, b), &format!("ldrsw x{d}, [x{a}, x{b}, lsl #2]"));
        // The operands that the compiler uses beyond those of the samples.
        let count = low % 32;
        text.check(enc(EXTR | count << 10, d, a, b), &format!("extr w{d}, w{a}, w{b}, {}", number(count.into())));
        text.check(enc(EXTR_X | count << 10, d, a, b), &format!("extr x{d}, x{a}, x{b}, {}", number(count.into())));
        let wide = enc(MSUB | X | u32::from(other) << 10, d, a, b);
        text.check(wide, &format!("msub x{d}, x{a}, x{b}, x{other}"));
    }

    #[test]
    fn lanes_agree_with_a_disassembler(d in 0u8..31, a in 0u8..31, index in 0u8..16, count in 0u32..64) {
        let text = Text::new();
        const FULL: [&str; 4] = ["16b", "8h", "4s", "2d"];
        const HALF: [&str; 4] = ["8b", "4h", "2s", "1d"];
        for (log2, name) in (0u32..4).zip(['b', 'h', 's', 'd']) {
            let (at, full) = (usize::try_from(log2).unwrap(), FULL[usize::try_from(log2).unwrap()]);
            let i = index & ((16 >> log2) - 1);
            let at_i = &number(i.into())[1..];
            let r = if log2 == 3 { 'x' } else { 'w' };
            text.check(enc(V_DUP_LANE | lane(log2, i), d, a, 0), &format!("dup v{d}.{full}, v{a}.{name}[{at_i}]"));
            text.check(enc(V_LANE_SCALAR | lane(log2, i), d, a, 0), &format!("mov {name}{d}, v{a}.{name}[{at_i}]"));
            text.check(enc(V_DUP | lane(log2, 0), d, a, 0), &format!("dup v{d}.{full}, {r}{a}"));
            text.check(enc(V_INS | lane(log2, i), d, a, 0), &format!("mov v{d}.{name}[{at_i}], {r}{a}"));
            text.check(enc(V_INS_LANE | lane(log2, i), d, a, 0), &format!("mov v{d}.{name}[{at_i}], v{a}.{name}[0]"));
            let (q, mov) = (if log2 == 3 { Q } else { 0 }, if log2 < 2 { "umov" } else { "mov" });
            text.check(enc(V_UMOV | q | lane(log2, i), d, a, 0), &format!("{mov} {r}{d}, v{a}.{name}[{at_i}]"));
            if log2 < 2 {
                text.check(enc(V_SMOV | lane(log2, i), d, a, 0), &format!("smov w{d}, v{a}.{name}[{at_i}]"));
            }
            let c = count % (8 << log2);
            text.check(enc(V_SHL | shift_left(log2, c), d, a, 0), &format!("shl v{d}.{full}, v{a}.{full}, {}", number(c.into())));
            let c = c + 1;
            text.check(enc(V_SSHR | shift_right(log2, c), d, a, 0), &format!("sshr v{d}.{full}, v{a}.{full}, {}", number(c.into())));
            text.check(enc(V_USHR | shift_right(log2, c), d, a, 0), &format!("ushr v{d}.{full}, v{a}.{full}, {}", number(c.into())));
            if log2 < 3 {
                let (wider, half) = (FULL[at + 1], HALF[at]);
                for (name, op) in [("sshll", V_SSHLL), ("ushll", V_USHLL)] {
                    text.check(enc(op | widen(log2), d, a, 0), &format!("{name} v{d}.{wider}, v{a}.{half}, #0"));
                    text.check(enc(op | widen(log2) | Q, d, a, 0), &format!("{name}2 v{d}.{wider}, v{a}.{full}, #0"));
                }
            }
        }
        let b = (a + 1) % 31;
        text.check(enc(V_EXT8, d, a, b), &format!("ext v{d}.16b, v{a}.16b, v{b}.16b, #8"));
        text.check(enc(V_ZERO, d, 0, 0), &format!("movi v{d}.2d, #0000000000000000"));
    }
}

/// Register 31, and operands that are the same, where the assembler is used for what they mean.
#[test]
fn zero_and_the_stack_pointer() {
    let text = Text::new();
    text.check(enc(ORR | X, 3, 31, 7), "mov x3, x7");
    text.check(enc(ORR, 3, 31, 7), "mov w3, w7");
    text.check(enc(SUB | X, 3, 31, 7), "neg x3, x7");
    text.check(enc(SUBS, 31, 5, 7), "cmp w5, w7");
    text.check(enc(imm12::SUBS | X | Imm12::new(1).unwrap().bits(), 31, 5, 0), "cmp x5, #1");
    text.check(enc(imm12::ADDS | X | Imm12::new(1).unwrap().bits(), 31, 5, 0), "cmn x5, #1");
    text.check(enc(imm12::ADD | X | Imm12::new(0).unwrap().bits(), 29, 31, 0), "mov x29, sp");
    text.check(enc(ADD_UXTX, 31, 31, 7), "add sp, sp, x7");
    text.check(enc(CMP_UXTX, 31, 31, 7), "cmp sp, x7");
    text.check(enc(V_ORR, 3, 5, 5), "mov v3.16b, v5.16b");
    text.check(enc(EXTR | 4 << 10, 3, 5, 5), "ror w3, w5, #4");
    text.check(enc(logical::ANDS | LogicalImm::new(0xff, false).unwrap().bits(), 31, 5, 0), "tst w5, #0xff");
    text.check(B, "b #0");
    text.check(BL, "bl #0");
    text.check(RET, "ret");
    text.check(NOP, "nop");
    text.check(PUSH_FRAME, "stp x29, x30, [sp, #-0x10]!");
    text.check(POP_FRAME, "ldp x29, x30, [sp], #0x10");
    text.check(UDF, "udf #0xc11f");
}

#[test]
fn logical_immediates_are_what_the_processor_decodes() {
    let text = Text::new();
    let mut encoded = 0;
    for size in [2u32, 4, 8, 16, 32, 64] {
        for ones in 1..size {
            for rotation in 0..size {
                let mask = if size == 64 { u64::MAX } else { (1 << size) - 1 };
                let run = (1u64 << ones) - 1;
                let element = if rotation == 0 { run } else { (run >> rotation | run << (size - rotation)) & mask };
                let mut value = 0;
                for copy in 0..64 / size {
                    value |= element << (copy * size);
                }
                let imm = LogicalImm::new(value, true).expect("a pattern");
                let said = text.of(enc(logical::AND | X | imm.bits(), 3, 5, 0));
                let number = said.rsplit('#').next().unwrap();
                let number = match (number.strip_prefix("0x"), number.strip_prefix('-')) {
                    (Some(hex), _) => u64::from_str_radix(hex, 16).unwrap(),
                    (_, Some(_)) => number.parse::<i64>().unwrap().cast_unsigned(),
                    _ => number.parse().unwrap(),
                };
                assert_eq!(number, value, "{said}");
                encoded += 1;
            }
        }
    }
    assert_eq!(encoded, 5334);
    for value in [0, u64::MAX, 5, 0x1234_5678, 0xffff_0000_0000_0001 ^ 0x10] {
        assert_eq!(LogicalImm::new(value, true), None, "{value:#x}");
    }
    assert!(LogicalImm::new(0xffff_ff00, false).is_some());
}
