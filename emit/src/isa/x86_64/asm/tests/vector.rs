//! Every row of the table.

use super::*;
use sse::*;

/// The mnemonic of a row.
fn mnemonic(name: &str) -> String {
    let name = name.to_lowercase();
    ["_load", "_store", "_imm"].iter().fold(name, |name, suffix| name.trim_end_matches(suffix).into())
}

/// Comparisons have mnemonics of their own for every predicate that is defined; 32 and up are not.
fn imm(name: &str, byte: u8) -> u8 {
    if name.starts_with("CMP") { byte | 0x20 } else { byte }
}

/// What the operands of one round are called. `p` is the address, without a width.
struct Names {
    text: Text,
    o: Operands,
    d: Xmm,
    a: Xmm,
    b: Xmm,
    i: u8,
    dn: String,
    an: String,
    bn: String,
    n: String,
}

impl Names {
    fn new(o: Operands) -> Self {
        let [d, a, b] = [o.d, o.a, o.b].map(Xmm);
        let [dn, an, bn] = [o.d, o.a, o.b].map(|r| format!("xmm{r}"));
        Self { text: Text::new(), o, d, a, b, i: o.byte, dn, an, bn, n: number(o.byte.into()) }
    }

    /// The operand in memory and its text.
    fn mem<W: Width>(&self) -> (Mem<W>, String) {
        (self.o.place.mem(), format!("{}{}", pointer::<W>(), self.o.place.text()))
    }

    fn binary<W: Width>(&self, rows: &[(&str, Binary<W>)]) {
        let (Self { text, d, a, b, dn, an, bn, .. }, (mem, p)) = (self, self.mem());
        for &(name, op) in rows {
            let name = mnemonic(name);
            text.check(&format!("{name} {dn}, {bn}"), |m| m.sse(op, *d, *b));
            text.check(&format!("{name} {dn}, {p}"), |m| m.sse(op, *d, mem));
            text.check(&format!("v{name} {dn}, {an}, {bn}"), |m| m.avx(op, *d, *a, *b));
            text.check(&format!("v{name} {dn}, {an}, {p}"), |m| m.avx(op, *d, *a, mem));
        }
    }

    fn unary<W: Width>(&self, rows: &[(&str, Unary<W>)]) {
        let (Self { text, d, b, dn, bn, .. }, (mem, p)) = (self, self.mem());
        for &(name, op) in rows {
            let name = mnemonic(name);
            text.check(&format!("{name} {dn}, {bn}"), |m| m.sse(op, *d, *b));
            // The disassembler is wrong about the width of one of them (Intel SDM, COMISD).
            let legacy = if name == "comisd" { p.replace("qword", "xmmword") } else { p.clone() };
            text.check(&format!("{name} {dn}, {legacy}"), |m| m.sse(op, *d, mem));
            text.check(&format!("v{name} {dn}, {bn}"), |m| m.avx1(op, *d, *b));
            text.check(&format!("v{name} {dn}, {p}"), |m| m.avx1(op, *d, mem));
        }
    }

    fn binary_imm<W: Width>(&self, rows: &[(&str, BinaryImm<W>)]) {
        let (Self { text, d, a, b, dn, an, bn, .. }, (mem, p)) = (self, self.mem());
        for &(name, op) in rows {
            let i = imm(name, self.i);
            let (name, n) = (mnemonic(name), number(i.into()));
            text.check(&format!("{name} {dn}, {bn}, {n}"), |m| m.sse_imm(op, *d, *b, i));
            text.check(&format!("{name} {dn}, {p}, {n}"), |m| m.sse_imm(op, *d, mem, i));
            text.check(&format!("v{name} {dn}, {an}, {bn}, {n}"), |m| m.avx_imm(op, *d, *a, *b, i));
            text.check(&format!("v{name} {dn}, {an}, {p}, {n}"), |m| m.avx_imm(op, *d, *a, mem, i));
        }
    }

    fn unary_imm<W: Width>(&self, rows: &[(&str, UnaryImm<W>)]) {
        let (&Self { ref text, d, b, i, ref dn, ref bn, ref n, .. }, (mem, p)) = (self, self.mem());
        for &(name, op) in rows {
            let name = mnemonic(name);
            text.check(&format!("{name} {dn}, {bn}, {n}"), |m| m.sse_imm(op, d, b, i));
            text.check(&format!("{name} {dn}, {p}, {n}"), |m| m.sse_imm(op, d, mem, i));
            text.check(&format!("v{name} {dn}, {bn}, {n}"), |m| m.avx1_imm(op, d, b, i));
            text.check(&format!("v{name} {dn}, {p}, {n}"), |m| m.avx1_imm(op, d, mem, i));
        }
    }

    fn binary_mem<W: Width>(&self, rows: &[(&str, BinaryMem<W>)]) {
        let (Self { text, d, a, dn, an, .. }, (mem, p)) = (self, self.mem());
        for &(name, op) in rows {
            let name = mnemonic(name);
            text.check(&format!("{name} {dn}, {p}"), |m| m.sse_load(op, *d, mem));
            text.check(&format!("v{name} {dn}, {an}, {p}"), |m| m.avx_load_half(op, *d, *a, mem));
        }
    }

    fn load<W: Width>(&self, rows: &[(&str, Load<W>)]) {
        let (Self { text, d, dn, .. }, (mem, p)) = (self, self.mem());
        for &(name, op) in rows {
            let name = mnemonic(name);
            text.check(&format!("{name} {dn}, {p}"), |m| m.sse_load(op, *d, mem));
            text.check(&format!("v{name} {dn}, {p}"), |m| m.avx_load(op, *d, mem));
        }
    }

    fn store<W: Width>(&self, rows: &[(&str, Store<W>)]) {
        let (Self { text, a, an, .. }, (mem, p)) = (self, self.mem());
        for &(name, op) in rows {
            let name = mnemonic(name);
            text.check(&format!("{name} {p}, {an}"), |m| m.sse_store(op, mem, *a));
            text.check(&format!("v{name} {p}, {an}"), |m| m.avx_store(op, mem, *a));
        }
    }

    /// Conversions and moves from and to integers as wide as `size`.
    fn integers<W: IntWidth>(&self, size: W) {
        let (&Self { ref text, o, d, a, ref dn, ref an, .. }, (mem, p)) = (self, self.mem::<W>());
        let [d_name, b_name] = [o.d, o.b].map(|r| gpr(W::SIZE, r));
        for &(name, op) in FromInt::ALL {
            let name = mnemonic(name);
            text.check(&format!("{name} {dn}, {b_name}"), |m| m.sse_from_int(op, size, d, Gpr(o.b)));
            text.check(&format!("{name} {dn}, {p}"), |m| m.sse_from_int(op, size, d, mem));
            text.check(&format!("v{name} {dn}, {an}, {b_name}"), |m| m.avx_from_int(op, size, d, a, Gpr(o.b)));
            text.check(&format!("v{name} {dn}, {an}, {p}"), |m| m.avx_from_int(op, size, d, a, mem));
        }
        let mov = if W::SIZE == Size::S64 { "movq" } else { "movd" };
        text.check(&format!("{mov} {d_name}, {an}"), |m| m.sse_to_gpr(size, Gpr(o.d), a));
        text.check(&format!("{mov} {p}, {an}"), |m| m.sse_to_gpr(size, mem, a));
        text.check(&format!("{mov} {an}, {d_name}"), |m| m.sse_from_gpr(size, a, Gpr(o.d)));
        text.check(&format!("{mov} {an}, {p}"), |m| m.sse_from_gpr(size, a, mem));
        text.check(&format!("v{mov} {d_name}, {an}"), |m| m.avx_to_gpr(size, Gpr(o.d), a));
        text.check(&format!("v{mov} {p}, {an}"), |m| m.avx_to_gpr(size, mem, a));
        text.check(&format!("v{mov} {an}, {d_name}"), |m| m.avx_from_gpr(size, a, Gpr(o.d)));
        text.check(&format!("v{mov} {an}, {p}"), |m| m.avx_from_gpr(size, a, mem));
    }

    fn to_int<W: Width>(&self, rows: &[(&str, ToInt<W>)]) {
        let (&Self { ref text, o, a, ref an, .. }, (mem, p)) = (self, self.mem());
        for size in [Size::S32, Size::S64] {
            let d = gpr(size, o.d);
            for &(name, op) in rows {
                let name = mnemonic(name);
                text.check(&format!("{name} {d}, {an}"), |m| m.sse_to_int(op, size, Gpr(o.d), a));
                text.check(&format!("{name} {d}, {p}"), |m| m.sse_to_int(op, size, Gpr(o.d), mem));
                text.check(&format!("v{name} {d}, {an}"), |m| m.avx_to_int(op, size, Gpr(o.d), a));
                text.check(&format!("v{name} {d}, {p}"), |m| m.avx_to_int(op, size, Gpr(o.d), mem));
            }
        }
    }

    fn insert<W: Width>(&self, rows: &[(&str, Insert<W>)]) {
        let (&Self { ref text, o, d, a, i, ref dn, ref an, ref n, .. }, (mem, p)) = (self, self.mem());
        let b_name = gpr(if W::BYTES == 8 { Size::S64 } else { Size::S32 }, o.b);
        for &(name, op) in rows {
            let name = mnemonic(name);
            text.check(&format!("{name} {dn}, {b_name}, {n}"), |m| m.sse_insert(op, d, Gpr(o.b), i));
            text.check(&format!("{name} {dn}, {p}, {n}"), |m| m.sse_insert(op, d, mem, i));
            text.check(&format!("v{name} {dn}, {an}, {b_name}, {n}"), |m| m.avx_insert(op, d, a, Gpr(o.b), i));
            text.check(&format!("v{name} {dn}, {an}, {p}, {n}"), |m| m.avx_insert(op, d, a, mem, i));
        }
    }

    fn extract<W: Width>(&self, rows: &[(&str, Extract<W>)]) {
        let (&Self { ref text, o, a, i, ref an, ref n, .. }, (mem, p)) = (self, self.mem());
        let d_name = gpr(if W::BYTES == 8 { Size::S64 } else { Size::S32 }, o.d);
        for &(name, op) in rows {
            let name = mnemonic(name);
            text.check(&format!("{name} {d_name}, {an}, {n}"), |m| m.sse_extract(op, Gpr(o.d), a, i));
            text.check(&format!("{name} {p}, {an}, {n}"), |m| m.sse_extract(op, mem, a, i));
            text.check(&format!("v{name} {d_name}, {an}, {n}"), |m| m.avx_extract(op, Gpr(o.d), a, i));
            text.check(&format!("v{name} {p}, {an}, {n}"), |m| m.avx_extract(op, mem, a, i));
        }
    }

    fn avx_binary<W: Width>(&self, rows: &[(&str, AvxBinary<W>)]) {
        let (Self { text, d, a, b, dn, an, bn, .. }, (mem, p)) = (self, self.mem());
        for &(name, op) in rows {
            let name = mnemonic(name);
            text.check(&format!("{name} {dn}, {an}, {bn}"), |m| m.avx(op, *d, *a, *b));
            text.check(&format!("{name} {dn}, {an}, {p}"), |m| m.avx(op, *d, *a, mem));
        }
    }

    fn avx_unary<W: Width>(&self, rows: &[(&str, AvxUnary<W>)]) {
        let (Self { text, d, b, dn, bn, .. }, (mem, p)) = (self, self.mem());
        for &(name, op) in rows {
            let name = mnemonic(name);
            text.check(&format!("{name} {dn}, {bn}"), |m| m.avx1(op, *d, *b));
            text.check(&format!("{name} {dn}, {p}"), |m| m.avx1(op, *d, mem));
        }
    }

    fn avx_unary_imm<W: Width>(&self, rows: &[(&str, AvxUnaryImm<W>)]) {
        let (&Self { ref text, d, b, i, ref dn, ref bn, ref n, .. }, (mem, p)) = (self, self.mem());
        for &(name, op) in rows {
            let name = mnemonic(name);
            text.check(&format!("{name} {dn}, {bn}, {n}"), |m| m.avx1_imm(op, d, b, i));
            text.check(&format!("{name} {dn}, {p}, {n}"), |m| m.avx1_imm(op, d, mem, i));
        }
    }

    /// Rows that take no memory, or of one width.
    fn others(&self) {
        let (&Self { ref text, o, d, a, b, i, ref dn, ref an, ref bn, ref n }, (mem, p)) = (self, self.mem::<W128>());
        let d32 = gpr(Size::S32, o.d);
        for &(name, op) in BinaryReg::ALL {
            let name = mnemonic(name);
            text.check(&format!("{name} {dn}, {bn}"), |m| m.sse_reg(op, d, b));
            text.check(&format!("v{name} {dn}, {an}, {bn}"), |m| m.avx_reg(op, d, a, b));
        }
        for &(name, op) in Mask::ALL {
            let name = mnemonic(name);
            text.check(&format!("{name} {d32}, {an}"), |m| m.sse_mask(op, Gpr(o.d), a));
            text.check(&format!("v{name} {d32}, {an}"), |m| m.avx_mask(op, Gpr(o.d), a));
        }
        for &(name, op) in ShiftImm::ALL {
            let name = mnemonic(name);
            text.check(&format!("{name} {dn}, {n}"), |m| m.sse_shift(op, d, i));
            text.check(&format!("v{name} {dn}, {an}, {n}"), |m| m.avx_shift(op, d, a, i));
        }
        for &(name, op) in Blendv::ALL {
            let (name, mask) = (mnemonic(name), o.byte & 15);
            text.check(&format!("{name} {dn}, {bn}, xmm0"), |m| m.sse_blendv(op, d, b));
            text.check(&format!("{name} {dn}, {p}, xmm0"), |m| m.sse_blendv(op, d, mem));
            text.check(&format!("v{name} {dn}, {an}, {bn}, xmm{mask}"), |m| m.avx_blendv(op, d, a, b, Xmm(mask)));
            text.check(&format!("v{name} {dn}, {an}, {p}, xmm{mask}"), |m| m.avx_blendv(op, d, a, mem, Xmm(mask)));
        }
        text.check("vzeroupper", |m| m.vzeroupper());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    /// Every row with every kind of operand; the disassembler sees the width of memory that its type says.
    #[test]
    fn rows_agree_with_a_disassembler(o in operands()) {
        let names = Names::new(o);
        macro_rules! rows {
            ($($method:ident $shape:ident: $($width:ident)*;)*) => { $($(names.$method($shape::<$width>::ALL);)*)* };
        }
        rows! {
            binary Binary: W32 W64 W128;
            unary Unary: W16 W32 W64 W128;
            binary_imm BinaryImm: W32 W64 W128;
            unary_imm UnaryImm: W128;
            binary_mem BinaryMem: W64;
            load Load: W32 W64;
            store Store: W32 W64 W128;
            to_int ToInt: W32 W64;
            insert Insert: W8 W16 W32 W64;
            extract Extract: W8 W16 W32 W64;
            avx_binary AvxBinary: W32 W64 W128;
            avx_unary AvxUnary: W8 W16 W32 W64;
            avx_unary_imm AvxUnaryImm: W128;
        }
        names.integers(W32);
        names.integers(W64);
        names.others();
    }
}
