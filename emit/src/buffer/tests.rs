use super::*;
use crate::fixup::word_le;
use crate::isa::{aarch64, riscv64, s390x, x86_64};
use alloc::vec;
use proptest::prelude::*;

fn word(function: &CompiledFunction, at: u32) -> u32 {
    word_le(&function.code[index(at)..])
}

/// Where the aarch64 branch at `at` goes.
fn a64_target(function: &CompiledFunction, at: u32) -> u32 {
    let word = word(function, at);
    let distance = if word >> 26 == 0b000101 {
        (word << 6).cast_signed() >> 4
    } else if word >> 24 == 0x54 {
        (word << 8).cast_signed() >> 13 << 2
    } else {
        assert_eq!(word >> 24, 0x36, "b, b.cond or tbz: {word:#x}");
        (word << 13).cast_signed() >> 18 << 2
    };
    at.checked_add_signed(distance).unwrap()
}

fn nops(buffer: &mut CodeBuffer, count: usize) {
    for _ in 0..count {
        buffer.put4(aarch64::asm::NOP);
    }
}

fn branch(buffer: &mut CodeBuffer, word: u32, form: &'static FixupForm, to: Label) {
    let at = buffer.offset();
    buffer.put4(word);
    buffer.fixup(at, form, to);
}

#[test]
fn short_branches_need_no_veneer() {
    let mut buffer = CodeBuffer::new(Isa::Aarch64);
    let (back, forward) = (buffer.label(), buffer.label());
    buffer.bind(back);
    branch(&mut buffer, aarch64::asm::B_COND, &aarch64::reloc::BRANCH19, forward);
    branch(&mut buffer, aarch64::asm::TBZ0 | 1, &aarch64::reloc::BRANCH14, back);
    buffer.bind(forward);
    let function = buffer.finish().unwrap();
    assert_eq!((function.code.len(), function.body_len), (8, 8));
    assert_eq!((a64_target(&function, 0), a64_target(&function, 4)), (8, 0));
}

#[test]
fn branch_out_of_range_gets_a_veneer_behind_the_code() {
    let mut buffer = CodeBuffer::new(Isa::Aarch64);
    let start = buffer.label();
    buffer.bind(start);
    nops(&mut buffer, 0x2001); // More than 32 KiB: `tbz` does not reach back.
    let tbz = buffer.offset();
    branch(&mut buffer, aarch64::asm::TBZ0 | 1, &aarch64::reloc::BRANCH14, start);
    nops(&mut buffer, 1);
    let function = buffer.finish().unwrap();
    let veneer = a64_target(&function, tbz);
    assert_eq!(veneer, tbz + 8);
    assert_eq!(a64_target(&function, veneer), 0);
}

#[test]
fn forward_branches_reach_islands() {
    let mut buffer = CodeBuffer::new(Isa::Aarch64);
    let end = buffer.label();
    let mut branches = vec![];
    let mut islands = 0;
    for i in 0..60_000 {
        if buffer.island_needed(64) {
            buffer.emit_island();
            islands += 1;
        }
        if i % 3000 == 0 {
            branches.push(buffer.offset());
            branch(&mut buffer, aarch64::asm::TBZ0 | 1, &aarch64::reloc::BRANCH14, end);
        }
        nops(&mut buffer, 1);
    }
    buffer.bind(end);
    let end = buffer.offset();
    let function = buffer.finish().unwrap();
    assert!(islands >= 3, "{islands} islands");
    for at in branches {
        let target = a64_target(&function, at);
        let target = if target == end { end } else { a64_target(&function, target) };
        assert_eq!(target, end, "branch at {at:#x}");
    }
    // Straight-line execution arrives as well.
    let mut at = 0;
    while at < end {
        at = match word(&function, at) {
            jump if jump >> 26 == 0b000101 => a64_target(&function, at),
            _ => at + 4,
        };
    }
    assert_eq!(at, end);
}

#[test]
fn without_an_island_the_distance_is_an_error() {
    let mut buffer = CodeBuffer::new(Isa::Aarch64);
    let end = buffer.label();
    branch(&mut buffer, aarch64::asm::TBZ0 | 1, &aarch64::reloc::BRANCH14, end);
    nops(&mut buffer, 0x4000);
    buffer.bind(end);
    assert_eq!(buffer.finish(), Err(EmitError::OutOfRange { form: "14-bit branch", offset: 0 }));
    // The buffer is usable again.
    nops(&mut buffer, 2);
    assert_eq!(buffer.finish().unwrap().code.len(), 8);
}

#[test]
fn constants_are_shared_aligned_and_behind_the_code() {
    use x86_64::asm::{Asm, Mem, W32};
    use x86_64::regs::RAX;
    let mut buffer = CodeBuffer::new(Isa::X86_64);
    for bytes in [&[1; 4][..], &[2; 16], &[1; 4], &[3; 8]] {
        let label = buffer.constant(bytes);
        Asm::new(&mut buffer).load(RAX, Mem::<W32>::label(label));
    }
    let function = buffer.finish().unwrap();
    assert_eq!((function.body_len, function.alignment), (24, 16));
    assert_eq!(function.code.len(), 32 + 16 + 8 + 4);
    for (i, at) in [56, 32, 56, 48].into_iter().enumerate() {
        let end = u32::try_from(6 * i + 6).unwrap();
        assert_eq!(word(&function, end - 4) + end, at);
    }
}

#[test]
fn immediates_behind_a_displacement_count() {
    use x86_64::asm::{Alu, Asm, Mem, W32};
    let mut buffer = CodeBuffer::new(Isa::X86_64);
    let end = buffer.label();
    Asm::new(&mut buffer).alu_imm(Alu::Cmp, W32, Mem::label(end), 7);
    buffer.bind(end);
    let function = buffer.finish().unwrap();
    assert_eq!(word(&function, 2), 0, "the target is the next instruction");
}

#[test]
fn tables_come_out_in_order_and_clearing_forgets_them() {
    let mut buffer = CodeBuffer::new(Isa::X86_64);
    let pad = buffer.label();
    for _ in 0..2 {
        let pad = if buffer.bound(pad).is_some() { buffer.label() } else { pad };
        buffer.source(Some(5));
        buffer.put4(0);
        buffer.source(Some(5));
        buffer.put4(0);
        buffer.source(Some(9));
        buffer.trap_at(6, Trap::Unreachable);
        buffer.trap_at(2, Trap::StackOverflow);
        buffer.handlers(16, None, vec![(None, pad)]);
        buffer.bind(pad);
        let function = buffer.finish().unwrap();
        assert_eq!(function.source_map.iter().map(|s| s.offset).collect::<Vec<_>>(), [0, 8]);
        assert_eq!(function.traps.iter().map(|t| t.offset).collect::<Vec<_>>(), [2, 6]);
        assert_eq!(function.handlers[0].handlers, [(None, 8)]);
        buffer.label();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Patching and reading back what the manuals say gives the distance again.
    #[test]
    fn forms_encode_distances(raw: i64) {
        let signed = |value: u32, bits: u32| i64::from((value << (32 - bits)).cast_signed() >> (32 - bits));
        let check = |form: &'static FixupForm, read: &dyn Fn(&[u8]) -> i64| {
            let span = form.max - form.min + 1;
            let distance = (form.min + raw.rem_euclid(span)) / form.align * form.align;
            prop_assume!(form.reaches(distance));
            let mut bytes = [0; 8];
            (form.patch)(&mut bytes[..index(form.size)], distance);
            prop_assert_eq!(read(&bytes), distance, "{}", form.name);
            Ok(())
        };
        check(&x86_64::reloc::RIP32, &|b| i64::from(word_le(b).cast_signed()) + 4)?;
        check(&x86_64::reloc::REL8, &|b| i64::from(b[0].cast_signed()) + 1)?;
        check(&aarch64::reloc::BRANCH26, &|b| signed(word_le(b), 26) * 4)?;
        check(&aarch64::reloc::BRANCH19, &|b| signed(word_le(b) >> 5, 19) * 4)?;
        check(&aarch64::reloc::BRANCH14, &|b| signed(word_le(b) >> 5, 14) * 4)?;
        check(&aarch64::reloc::ADR21, &|b| signed(word_le(b) >> 5, 19) * 4 + i64::from(word_le(b) >> 29 & 3))?;
        check(&riscv64::reloc::CALL_PAIR, &|b| {
            i64::from((word_le(b) & !0xfff).cast_signed()) + i64::from(word_le(&b[4..]).cast_signed() >> 20)
        })?;
        check(&riscv64::reloc::JAL, &|b| {
            let w = word_le(b);
            signed((w >> 31) << 20 | (w >> 12 & 0xff) << 12 | (w >> 20 & 1) << 11 | (w >> 21 & 0x3ff) << 1, 21)
        })?;
        check(&riscv64::reloc::BRANCH, &|b| {
            let w = word_le(b);
            signed((w >> 31) << 12 | (w >> 7 & 1) << 11 | (w >> 25 & 0x3f) << 5 | (w >> 8 & 0xf) << 1, 13)
        })?;
        check(&s390x::reloc::RIL32, &|b| i64::from(word_le(&b[2..]).swap_bytes().cast_signed()) * 2)?;
        check(&s390x::reloc::REL16, &|b| i64::from(i16::from_be_bytes([b[2], b[3]])) * 2)?;
    }
}

#[test]
fn code_beyond_the_limit_is_an_error() {
    let mut buffer = CodeBuffer::new(Isa::X86_64);
    let most = usize::try_from(CodeBuffer::MAX_CODE).unwrap();
    buffer.put(&alloc::vec![0x90; most]);
    assert_eq!(buffer.finish().map(|f| f.code.len()), Ok(most));
    buffer.clear();
    buffer.put(&alloc::vec![0x90; most + 1]);
    assert_eq!(buffer.finish(), Err(EmitError::TooLarge));
}
