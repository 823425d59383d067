//! Every row of the table.

use super::*;

/// The mnemonic of a row.
fn mnemonic(name: &str) -> String {
    let name = name.to_lowercase();
    ["_load", "_store", "_imm"].iter().fold(name, |name, suffix| name.trim_end_matches(suffix).into())
}

/// Comparisons have mnemonics of their own for every predicate that is defined; 32 and up are not.
fn imm(name: &str, byte: u8) -> u8 {
    if name.starts_with("CMP") { byte | 0x20 } else { byte }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn rows_agree_with_a_disassembler(o in operands()) {
        let text = Text::new();
        let [d, a, b] = [o.d, o.a, o.b].map(Xmm);
        let (p, mem, i) = (o.place.text(), o.place.mem(), o.byte);
        let [dn, an, bn] = [o.d, o.a, o.b].map(|r| format!("xmm{r}"));
        let [d32, d64, b32, b64] = [(o.d, Size::S32), (o.d, Size::S64), (o.b, Size::S32), (o.b, Size::S64)].map(|(r, s)| gpr(s, r));
        let n = number(i.into());

        for &(name, op) in sse::Binary::ALL {
            let name = mnemonic(name);
            text.check_opcode(&format!("{name} {dn}, {bn}"), |m| m.sse(op, d, b));
            text.check_opcode(&format!("{name} {dn}, {p}"), |m| m.sse(op, d, mem));
            text.check_opcode(&format!("v{name} {dn}, {an}, {bn}"), |m| m.avx(op, d, a, b));
            text.check_opcode(&format!("v{name} {dn}, {an}, {p}"), |m| m.avx(op, d, a, mem));
        }
        for &(name, op) in sse::Unary::ALL {
            let name = mnemonic(name);
            text.check_opcode(&format!("{name} {dn}, {bn}"), |m| m.sse(op, d, b));
            text.check_opcode(&format!("{name} {dn}, {p}"), |m| m.sse(op, d, mem));
            text.check_opcode(&format!("v{name} {dn}, {bn}"), |m| m.avx1(op, d, b));
            text.check_opcode(&format!("v{name} {dn}, {p}"), |m| m.avx1(op, d, mem));
        }
        for &(name, op) in sse::BinaryImm::ALL {
            let i = imm(name, i);
            let (name, n) = (mnemonic(name), number(i.into()));
            text.check_opcode(&format!("{name} {dn}, {bn}, {n}"), |m| m.sse_imm(op, d, b, i));
            text.check_opcode(&format!("{name} {dn}, {p}, {n}"), |m| m.sse_imm(op, d, mem, i));
            text.check_opcode(&format!("v{name} {dn}, {an}, {bn}, {n}"), |m| m.avx_imm(op, d, a, b, i));
            text.check_opcode(&format!("v{name} {dn}, {an}, {p}, {n}"), |m| m.avx_imm(op, d, a, mem, i));
        }
        for &(name, op) in sse::UnaryImm::ALL {
            let name = mnemonic(name);
            text.check_opcode(&format!("{name} {dn}, {bn}, {n}"), |m| m.sse_imm(op, d, b, i));
            text.check_opcode(&format!("{name} {dn}, {p}, {n}"), |m| m.sse_imm(op, d, mem, i));
            text.check_opcode(&format!("v{name} {dn}, {bn}, {n}"), |m| m.avx1_imm(op, d, b, i));
            text.check_opcode(&format!("v{name} {dn}, {p}, {n}"), |m| m.avx1_imm(op, d, mem, i));
        }
        for &(name, op) in sse::BinaryReg::ALL {
            let name = mnemonic(name);
            text.check_opcode(&format!("{name} {dn}, {bn}"), |m| m.sse_reg(op, d, b));
            text.check_opcode(&format!("v{name} {dn}, {an}, {bn}"), |m| m.avx_reg(op, d, a, b));
        }
        for &(name, op) in sse::BinaryMem::ALL {
            let name = mnemonic(name);
            text.check_opcode(&format!("{name} {dn}, {p}"), |m| m.sse_load(op, d, mem));
            text.check_opcode(&format!("v{name} {dn}, {an}, {p}"), |m| m.avx_load_half(op, d, a, mem));
        }
        for &(name, op) in sse::Load::ALL {
            let name = mnemonic(name);
            text.check_opcode(&format!("{name} {dn}, {p}"), |m| m.sse_load(op, d, mem));
            text.check_opcode(&format!("v{name} {dn}, {p}"), |m| m.avx_load(op, d, mem));
        }
        for &(name, op) in sse::Store::ALL {
            let name = mnemonic(name);
            text.check_opcode(&format!("{name} {p}, {an}"), |m| m.sse_store(op, mem, a));
            text.check_opcode(&format!("v{name} {p}, {an}"), |m| m.avx_store(op, mem, a));
        }
        for (size, b_name) in [(Size::S32, &b32), (Size::S64, &b64)] {
            for &(name, op) in sse::FromInt::ALL {
                let name = mnemonic(name);
                text.check_opcode(&format!("{name} {dn}, {b_name}"), |m| m.sse_from_int(op, size, d, Gpr(o.b)));
                text.check_opcode(&format!("{name} {dn}, {p}"), |m| m.sse_from_int(op, size, d, mem));
                text.check_opcode(&format!("v{name} {dn}, {an}, {b_name}"), |m| m.avx_from_int(op, size, d, a, Gpr(o.b)));
                text.check_opcode(&format!("v{name} {dn}, {an}, {p}"), |m| m.avx_from_int(op, size, d, a, mem));
            }
        }
        for (size, d_name) in [(Size::S32, &d32), (Size::S64, &d64)] {
            for &(name, op) in sse::ToInt::ALL {
                let name = mnemonic(name);
                text.check_opcode(&format!("{name} {d_name}, {an}"), |m| m.sse_to_int(op, size, Gpr(o.d), a));
                text.check_opcode(&format!("{name} {d_name}, {p}"), |m| m.sse_to_int(op, size, Gpr(o.d), mem));
                text.check_opcode(&format!("v{name} {d_name}, {an}"), |m| m.avx_to_int(op, size, Gpr(o.d), a));
                text.check_opcode(&format!("v{name} {d_name}, {p}"), |m| m.avx_to_int(op, size, Gpr(o.d), mem));
            }
            let mov = if size == Size::S64 { "movq" } else { "movd" };
            text.check_opcode(&format!("{mov} {d_name}, {an}"), |m| m.sse_to_gpr(size, Gpr(o.d), a));
            text.check_opcode(&format!("{mov} {p}, {an}"), |m| m.sse_to_gpr(size, mem, a));
            text.check_opcode(&format!("{mov} {an}, {d_name}"), |m| m.sse_from_gpr(size, a, Gpr(o.d)));
            text.check_opcode(&format!("{mov} {an}, {p}"), |m| m.sse_from_gpr(size, a, mem));
            text.check_opcode(&format!("v{mov} {d_name}, {an}"), |m| m.avx_to_gpr(size, Gpr(o.d), a));
            text.check_opcode(&format!("v{mov} {p}, {an}"), |m| m.avx_to_gpr(size, mem, a));
            text.check_opcode(&format!("v{mov} {an}, {d_name}"), |m| m.avx_from_gpr(size, a, Gpr(o.d)));
            text.check_opcode(&format!("v{mov} {an}, {p}"), |m| m.avx_from_gpr(size, a, mem));
        }
        for &(name, op) in sse::Mask::ALL {
            let name = mnemonic(name);
            text.check_opcode(&format!("{name} {d32}, {an}"), |m| m.sse_mask(op, Gpr(o.d), a));
            text.check_opcode(&format!("v{name} {d32}, {an}"), |m| m.avx_mask(op, Gpr(o.d), a));
        }
        for &(name, op) in sse::Insert::ALL {
            let (name, b_name) = (mnemonic(name), if name == "PINSRQ" { &b64 } else { &b32 });
            text.check_opcode(&format!("{name} {dn}, {b_name}, {n}"), |m| m.sse_insert(op, d, Gpr(o.b), i));
            text.check_opcode(&format!("{name} {dn}, {p}, {n}"), |m| m.sse_insert(op, d, mem, i));
            text.check_opcode(&format!("v{name} {dn}, {an}, {b_name}, {n}"), |m| m.avx_insert(op, d, a, Gpr(o.b), i));
            text.check_opcode(&format!("v{name} {dn}, {an}, {p}, {n}"), |m| m.avx_insert(op, d, a, mem, i));
        }
        for &(name, op) in sse::Extract::ALL {
            let (name, d_name) = (mnemonic(name), if name == "PEXTRQ" { &d64 } else { &d32 });
            text.check_opcode(&format!("{name} {d_name}, {an}, {n}"), |m| m.sse_extract(op, Gpr(o.d), a, i));
            text.check_opcode(&format!("{name} {p}, {an}, {n}"), |m| m.sse_extract(op, mem, a, i));
            text.check_opcode(&format!("v{name} {d_name}, {an}, {n}"), |m| m.avx_extract(op, Gpr(o.d), a, i));
            text.check_opcode(&format!("v{name} {p}, {an}, {n}"), |m| m.avx_extract(op, mem, a, i));
        }
        for &(name, op) in sse::ShiftImm::ALL {
            let name = mnemonic(name);
            text.check_opcode(&format!("{name} {dn}, {n}"), |m| m.sse_shift(op, d, i));
            text.check_opcode(&format!("v{name} {dn}, {an}, {n}"), |m| m.avx_shift(op, d, a, i));
        }
        for &(name, op) in sse::Blendv::ALL {
            let (name, mask) = (mnemonic(name), o.byte & 15);
            text.check_opcode(&format!("{name} {dn}, {bn}, xmm0"), |m| m.sse_blendv(op, d, b));
            text.check_opcode(&format!("{name} {dn}, {p}, xmm0"), |m| m.sse_blendv(op, d, mem));
            text.check_opcode(&format!("v{name} {dn}, {an}, {bn}, xmm{mask}"), |m| m.avx_blendv(op, d, a, b, Xmm(mask)));
            text.check_opcode(&format!("v{name} {dn}, {an}, {p}, xmm{mask}"), |m| m.avx_blendv(op, d, a, mem, Xmm(mask)));
        }
        for &(name, op) in sse::AvxBinary::ALL {
            let name = mnemonic(name);
            text.check_opcode(&format!("{name} {dn}, {an}, {bn}"), |m| m.avx(op, d, a, b));
            text.check_opcode(&format!("{name} {dn}, {an}, {p}"), |m| m.avx(op, d, a, mem));
        }
        for &(name, op) in sse::AvxUnary::ALL {
            let name = mnemonic(name);
            text.check_opcode(&format!("{name} {dn}, {bn}"), |m| m.avx1(op, d, b));
            text.check_opcode(&format!("{name} {dn}, {p}"), |m| m.avx1(op, d, mem));
        }
        for &(name, op) in sse::AvxUnaryImm::ALL {
            let name = mnemonic(name);
            text.check_opcode(&format!("{name} {dn}, {bn}, {n}"), |m| m.avx1_imm(op, d, b, i));
            text.check_opcode(&format!("{name} {dn}, {p}, {n}"), |m| m.avx1_imm(op, d, mem, i));
        }
        text.check_opcode("vzeroupper", |m| m.vzeroupper());
    }
}
