//! Integer instructions, branches and atomics.

use super::*;
use crate::buffer::EmitError;

/// Checks an instruction whose last operand is an immediate of this size, which the disassembler writes with or without a
/// sign.
#[track_caller]
fn check_imm(text: &Text, expected: &str, size: Size, imm: i32, emit: impl FnOnce(&mut Asm<'_>)) {
    let actual = text.of(&bytes(emit));
    let last = actual.rfind(' ').unwrap() + 1;
    assert_eq!(actual[..last].trim_end_matches([' ', ',']), expected, "{actual}");
    let (negative, digits) = match actual[last..].strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, &actual[last..]),
    };
    let value = match digits.strip_prefix("0x") {
        Some(hex) => u64::from_str_radix(hex, 16).unwrap(),
        None => digits.parse().unwrap(),
    };
    let value = if negative { value.wrapping_neg() } else { value };
    let mask = u64::MAX >> (64 - (8 << size as u8));
    assert_eq!(value & mask, i64::from(imm).cast_unsigned() & mask, "{actual}");
}

/// Instructions of one size.
fn sized<W: IntWidth>(text: &Text, o: Operands) {
    let (size, [d, a, b]) = (W::default(), [o.d, o.a, o.b].map(Gpr));
    let (place, mem, n) = (o.place.text(), o.place.mem::<W>(), number(o.byte.into()));
    let [dn, an, bn] = [o.d, o.a, o.b].map(|r| gpr(W::SIZE, r));
    let p = format!("{}{place}", pointer::<W>());
    for (name, op) in [
        ("add", Alu::Add),
        ("or", Alu::Or),
        ("adc", Alu::Adc),
        ("sbb", Alu::Sbb),
        ("and", Alu::And),
        ("sub", Alu::Sub),
        ("xor", Alu::Xor),
        ("cmp", Alu::Cmp),
    ] {
        text.check(&format!("{name} {dn}, {an}"), |m| m.alu(op, size, d, a));
        text.check(&format!("{name} {dn}, {p}"), |m| m.alu(op, size, d, mem));
        text.check(&format!("{name} {p}, {an}"), |m| m.alu_store(op, mem, a));
        check_imm(text, &format!("{name} {dn}"), W::SIZE, o.imm, |m| m.alu_imm(op, size, d, o.imm));
        check_imm(text, &format!("{name} {p}"), W::SIZE, o.imm, |m| m.alu_imm(op, size, mem, o.imm));
    }
    text.check(&format!("test {dn}, {an}"), |m| m.test(size, d, a));
    text.check(&format!("test {p}, {an}"), |m| m.test(size, mem, a));
    check_imm(text, &format!("test {dn}"), W::SIZE, o.imm, |m| m.test_imm(size, d, o.imm));
    check_imm(text, &format!("test {p}"), W::SIZE, o.imm, |m| m.test_imm(size, mem, o.imm));
    text.check(&format!("mov {dn}, {an}"), |m| m.mov(W::SIZE, d, a));
    text.check(&format!("mov {dn}, {p}"), |m| m.load(d, mem));
    text.check(&format!("mov {p}, {an}"), |m| m.store(mem, a));
    check_imm(text, &format!("mov {p}"), W::SIZE, o.imm, |m| m.store_imm(mem, o.imm));
    text.check(&format!("xchg {p}, {an}"), |m| m.xchg_mem(mem, a));
    text.check(&format!("xchg {dn}, {an}"), |m| m.xchg(W::SIZE, d, a));
    text.check(&format!("lock xadd {p}, {an}"), |m| m.lock_xadd(mem, a));
    text.check(&format!("lock cmpxchg {p}, {an}"), |m| m.lock_cmpxchg(mem, a));
    for (name, op) in
        [("add", LockOp::Add), ("sub", LockOp::Sub), ("and", LockOp::And), ("or", LockOp::Or), ("xor", LockOp::Xor)]
    {
        text.check(&format!("lock {name} {p}, {an}"), |m| m.lock(op, mem, a));
    }
    macro_rules! one_operand {
        ($($name:literal $method:ident)*) => { $(
            text.check(&format!("{} {dn}", $name), |m| m.$method(size, d));
            text.check(&format!("{} {p}", $name), |m| m.$method(size, mem));
        )* };
    }
    one_operand!("mul" mul_wide "imul" imul_wide "div" div "idiv" idiv "neg" neg "not" not "inc" inc "dec" dec);
    for (name, op) in
        [("rol", Shift::Rol), ("ror", Shift::Ror), ("shl", Shift::Shl), ("shr", Shift::Shr), ("sar", Shift::Sar)]
    {
        // A count of one has an opcode of its own, which the disassembler shows by leaving it out.
        let count = if o.byte == 1 { String::from("1") } else { n.clone() };
        text.check(&format!("{name} {dn}, {count}"), |m| m.shift_imm(op, size, d, o.byte));
        text.check(&format!("{name} {p}, {count}"), |m| m.shift_imm(op, size, mem, o.byte));
        text.check(&format!("{name} {dn}, cl"), |m| m.shift_cl(op, size, d));
        text.check(&format!("{name} {p}, cl"), |m| m.shift_cl(op, size, mem));
    }
    if W::SIZE == Size::S8 {
        return;
    }
    text.check(&format!("lea {dn}, {place}"), |m| m.lea(W::SIZE, d, mem));
    text.check(&format!("imul {dn}, {an}"), |m| m.imul(size, d, a));
    text.check(&format!("imul {dn}, {p}"), |m| m.imul(size, d, mem));
    check_imm(text, &format!("imul {dn}, {an}"), W::SIZE, o.imm, |m| m.imul_imm(size, d, a, o.imm));
    check_imm(text, &format!("imul {dn}, {p}"), W::SIZE, o.imm, |m| m.imul_imm(size, d, mem, o.imm));
    text.check(&format!("shld {dn}, {an}, {n}"), |m| m.shld_imm(size, d, a, o.byte));
    text.check(&format!("shld {p}, {an}, cl"), |m| m.shld_cl(size, mem, a));
    text.check(&format!("shrd {dn}, {an}, {n}"), |m| m.shrd_imm(size, d, a, o.byte));
    text.check(&format!("shrd {p}, {an}, cl"), |m| m.shrd_cl(size, mem, a));
    for (name, op) in [
        ("bsf", Count::Bsf),
        ("bsr", Count::Bsr),
        ("tzcnt", Count::Tzcnt),
        ("lzcnt", Count::Lzcnt),
        ("popcnt", Count::Popcnt),
    ] {
        text.check(&format!("{name} {dn}, {an}"), |m| m.count(op, size, d, a));
        text.check(&format!("{name} {dn}, {p}"), |m| m.count(op, size, d, mem));
    }
    text.check(&format!("bt {dn}, {an}"), |m| m.bt(W::SIZE, d, a));
    text.check(&format!("bt {dn}, {n}"), |m| m.bt_imm(size, d, o.byte));
    text.check(&format!("bt {p}, {n}"), |m| m.bt_imm(size, mem, o.byte));
    text.check(&format!("btc {dn}, {n}"), |m| m.btc_imm(size, d, o.byte));
    text.check(&format!("btc {p}, {n}"), |m| m.btc_imm(size, mem, o.byte));
    text.check(&format!("movbe {dn}, {p}"), |m| m.movbe_load(d, mem));
    text.check(&format!("movbe {p}, {an}"), |m| m.movbe_store(mem, a));
    for (cc, name) in Cc::ALL
        .into_iter()
        .zip(["o", "no", "b", "ae", "e", "ne", "be", "a", "s", "ns", "p", "np", "l", "ge", "le", "g"])
    {
        text.check(&format!("cmov{name} {dn}, {an}"), |m| m.cmovcc(cc, size, d, a));
        text.check(&format!("cmov{name} {dn}, {p}"), |m| m.cmovcc(cc, size, d, mem));
        text.check(&format!("set{name} {}", gpr(Size::S8, o.d)), |m| m.setcc(cc, d));
        text.check(&format!("set{name} byte ptr {place}"), |m| m.setcc(cc, o.place.mem()));
    }
    let (zero, word) = (if W::SIZE == Size::S64 { Size::S32 } else { W::SIZE }, gpr(Size::S16, o.a));
    let (zn, byte) = (gpr(zero, o.d), gpr(Size::S8, o.a));
    text.check(&format!("movzx {zn}, {byte}"), |m| m.extend(Extend::Zero8, W::SIZE, d, a));
    text.check(&format!("movzx {zn}, word ptr {place}"), |m| m.load_extend(false, W::SIZE, d, o.place.mem::<W16>()));
    text.check(&format!("movsx {dn}, {byte}"), |m| m.extend(Extend::Sign8, W::SIZE, d, a));
    text.check(&format!("movsx {dn}, byte ptr {place}"), |m| m.load_extend(true, W::SIZE, d, o.place.mem::<W8>()));
    if W::SIZE == Size::S16 {
        return;
    }
    text.check(&format!("movzx {zn}, {word}"), |m| m.extend(Extend::Zero16, W::SIZE, d, a));
    text.check(&format!("movsx {dn}, {word}"), |m| m.extend(Extend::Sign16, W::SIZE, d, a));
    text.check(&format!("bswap {dn}"), |m| m.bswap(W::SIZE, d));
    for (name, op) in [("shlx", Bmi::Shlx), ("shrx", Bmi::Shrx), ("sarx", Bmi::Sarx), ("bzhi", Bmi::Bzhi)] {
        text.check(&format!("{name} {dn}, {an}, {bn}"), |m| m.bmi(op, size, d, a, b));
        text.check(&format!("{name} {dn}, {p}, {bn}"), |m| m.bmi(op, size, d, mem, b));
    }
    for (name, op) in [("andn", Bmi::Andn), ("pext", Bmi::Pext), ("pdep", Bmi::Pdep)] {
        text.check(&format!("{name} {dn}, {bn}, {an}"), |m| m.bmi(op, size, d, a, b));
        text.check(&format!("{name} {dn}, {bn}, {p}"), |m| m.bmi(op, size, d, mem, b));
    }
    text.check(&format!("rorx {dn}, {an}, {n}"), |m| m.rorx(size, d, a, o.byte));
    text.check(&format!("mulx {dn}, {an}, {bn}"), |m| m.mulx(size, d, a, b));
    text.check(&format!("adcx {dn}, {p}"), |m| m.adcx(size, d, mem));
    text.check(&format!("adox {dn}, {an}"), |m| m.adox(size, d, a));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn encodings_agree_with_a_disassembler(o in operands(), long: u64) {
        let text = Text::new();
        let ([d, a], place) = ([o.d, o.a].map(Gpr), o.place.text());
        sized::<W8>(&text, o);
        sized::<W16>(&text, o);
        sized::<W32>(&text, o);
        sized::<W64>(&text, o);
        let [d64, a32] = [gpr(Size::S64, o.d), gpr(Size::S32, o.a)];
        text.check(&format!("movsxd {d64}, {a32}"), |m| m.extend(Extend::Sign32, Size::S64, d, a));
        let p32 = format!("dword ptr {place}");
        text.check(&format!("movsxd {d64}, {p32}"), |m| m.load_extend(true, Size::S64, d, o.place.mem::<W32>()));
        let low = gpr(Size::S32, o.d);
        text.check(&format!("mov {low}, {a32}"), |m| m.extend(Extend::Zero32, Size::S64, d, a));
        text.check(&format!("mov {low}, {p32}"), |m| m.load_extend(false, Size::S64, d, o.place.mem::<W32>()));
        text.check(&format!("push {d64}"), |m| m.push(d));
        text.check(&format!("pop {d64}"), |m| m.pop(d));
        check_imm(&text, "push", Size::S64, o.imm, |m| m.push_imm(o.imm));
        text.check(&format!("call {d64}"), |m| m.call_to(d));
        text.check(&format!("call qword ptr {place}"), |m| m.call_to(o.place.mem()));
        text.check(&format!("jmp {d64}"), |m| m.jmp_to(d));
        text.check(&format!("jmp qword ptr {place}"), |m| m.jmp_to(o.place.mem()));
        text.check(&format!("lock cmpxchg16b xmmword ptr {place}"), |m| m.lock_cmpxchg16b(o.place.mem()));
        for (value, mnemonic, name, len) in [
            (long, "movabs", &d64, 10),
            (long >> 32 | 1, "mov", &gpr(Size::S32, o.d), 5 + usize::from(o.d > 7)),
            (i64::from(i32::MIN | o.imm).cast_unsigned(), "mov", &d64, 7),
        ] {
            if len == 10 && (u32::try_from(value).is_ok() || i32::try_from(value.cast_signed()).is_ok()) {
                continue;
            }
            text.check(&format!("{mnemonic} {name}, {}", number(value)), |m| m.constant(d, value));
            prop_assert_eq!(bytes(|m| m.constant(d, value)).len(), len);
        }
        let d32 = gpr(Size::S32, o.d);
        text.check(&format!("xor {d32}, {d32}"), |m| m.constant(d, 0));
        text.check(&format!("mov {d32}, 0"), |m| m.mov_imm(d, 0));
    }

    /// Wherever the label is, the jump reaches it, and backwards in the shortest form.
    #[test]
    fn jumps_reach_labels(before in 0u32..200, after in 0u32..200, conditional: bool) {
        let text = Text::new();
        let mut buffer = CodeBuffer::new(Isa::X86_64);
        let mut asm = Asm::new(&mut buffer);
        let (back, forward) = (asm.buffer().label(), asm.buffer().label());
        let jump = |asm: &mut Asm<'_>, to| if conditional { asm.jcc(Cc::E, to) } else { asm.jmp(to) };
        asm.bind(back);
        asm.nop(before);
        let first = usize::try_from(asm.buffer().offset()).unwrap();
        jump(&mut asm, back);
        let second = usize::try_from(asm.buffer().offset()).unwrap();
        jump(&mut asm, forward);
        asm.lea(Size::S64, Gpr(0), Mem::<()>::label(forward));
        let third = usize::try_from(asm.buffer().offset()).unwrap();
        asm.nop(after);
        asm.bind(forward);
        let end = asm.buffer().offset();
        let code = buffer.finish().unwrap().code;
        let rel32 = if conditional { 6 } else { 5 };
        prop_assert_eq!(second - first, if before <= 126 { 2 } else { rel32 });
        let name = if conditional { "je" } else { "jmp" };
        let distance = |at: usize| number((u64::from(end)).wrapping_sub(at.try_into().unwrap()));
        let backwards = number(0u64.wrapping_sub(first.try_into().unwrap()));
        prop_assert_eq!(text.of(&code[first..second]), format!("{name} {backwards}"));
        prop_assert_eq!(text.of(&code[second..third - 7]), format!("{name} {}", distance(second)));
        let lea = number(u64::from(end) - u64::try_from(third).unwrap());
        let lea = if lea == "0" { String::new() } else { format!(" + {lea}") };
        prop_assert_eq!(text.of(&code[third - 7..third]), format!("lea rax, [rip{lea}]"));
    }
}

#[test]
fn fixed_encodings() {
    let text = Text::new();
    text.check("ret", |m| m.ret());
    text.check("ret 0x10", |m| m.ret_pop(16));
    text.check("ud2", |m| m.ud2());
    text.check("int3", |m| m.int3());
    text.check("endbr64", |m| m.endbr64());
    text.check("mfence", |m| m.mfence());
    text.check("lfence", |m| m.lfence());
    text.check("cwd", |m| m.sign_to_rdx(Size::S16));
    text.check("cdq", |m| m.sign_to_rdx(Size::S32));
    text.check("cqo", |m| m.sign_to_rdx(Size::S64));
    for length in 1..10 {
        assert!(text.of(&bytes(|m| m.nop(length))).starts_with("nop"), "{length} bytes");
    }
}

#[test]
fn conditions_have_opposites() {
    for cc in Cc::ALL {
        assert_eq!((cc.invert().invert(), cc.swap().swap()), (cc, cc));
        assert_ne!(cc.invert(), cc);
    }
    assert_eq!((Cc::L.invert(), Cc::L.swap(), Cc::Be.invert(), Cc::Be.swap()), (Cc::Ge, Cc::G, Cc::A, Cc::Ae));
}

#[test]
fn short_jumps_are_checked() {
    for (nops, fits) in [(0, true), (127, true), (128, false)] {
        let mut buffer = CodeBuffer::new(Isa::X86_64);
        let to = buffer.label();
        let mut asm = Asm::new(&mut buffer);
        asm.jcc_short(Cc::E, to);
        asm.nop(nops);
        asm.bind(to);
        match buffer.finish() {
            Ok(function) => assert_eq!((fits, u32::from(function.code[1])), (true, nops)),
            Err(error) => {
                assert_eq!((fits, error), (false, EmitError::OutOfRange { form: "8-bit displacement", offset: 1 }))
            }
        }
    }
}
