use super::*;
use alloc::vec;
use gantry_abi::{DefinedFunc, Libcall, Trap};

fn func(index: u32) -> Symbol {
    Symbol::Function(DefinedFunc::from_u32(index))
}

/// A function of `len` bytes that calls `target` at its start.
fn caller(isa: Isa, len: usize, target: Symbol) -> CompiledFunction {
    let (code, kind, offset, addend): (&[u8], _, _, _) = match isa {
        Isa::X86_64 => (&[0xe8, 0, 0, 0, 0], RelocKind::X64Pc32, 1, -4),
        Isa::Aarch64 => (&[0, 0, 0, 0x94], RelocKind::Aarch64Call26, 0, 0),
        Isa::Riscv64 => (&[0x97, 0, 0, 0, 0xe7, 0x80, 0, 0], RelocKind::Riscv64CallPair, 0, 0),
        Isa::S390x => (&[0xc0, 0xe5, 0, 0, 0, 0], RelocKind::S390xPcRel32Dbl, 2, 2),
        _ => (&[1, 0, 0, 0, 0], RelocKind::PulleyPcRel, 1, 1),
    };
    let mut bytes = code.to_vec();
    bytes.resize(len.max(code.len()), 0);
    CompiledFunction {
        body_len: u32::try_from(bytes.len()).unwrap(),
        code: bytes,
        alignment: isa.text_align(),
        relocations: vec![Relocation { offset, kind, target, addend }],
        ..CompiledFunction::default()
    }
}

fn words(text: &[u8], at: u32) -> u32 {
    let at = usize::try_from(at).unwrap();
    u32::from_le_bytes(text[at..at + 4].try_into().unwrap())
}

#[test]
fn calls_are_patched_in_both_directions_on_every_isa() {
    for isa in Isa::ALL {
        let mut linker = Linker::new(isa);
        let a = linker.append(func(0), &caller(isa, 24, func(1)));
        let b = linker.append(func(1), &caller(isa, 24, func(0)));
        let text = linker.finish().unwrap().text;
        let distance = i64::from(b) - i64::from(a);
        let at = |offset: u32| words(&text, offset);
        match isa {
            Isa::X86_64 => {
                assert_eq!(i64::from(at(1).cast_signed()), distance - 5);
                assert_eq!(i64::from(at(b + 1).cast_signed()), -distance - 5);
            }
            Isa::Aarch64 => {
                assert_eq!(i64::from(at(0)), 0x9400_0000 + distance / 4);
                assert_eq!(i64::from(at(b)), 0x9800_0000 - distance / 4);
            }
            Isa::Riscv64 => {
                assert_eq!((at(0), at(4)), (0x97, 0x0180_80e7));
                assert_eq!((at(b), at(b + 4)), (0x97, 0xfe80_80e7));
            }
            Isa::S390x => {
                assert_eq!(i64::from(at(2).swap_bytes().cast_signed()), distance / 2);
                assert_eq!(i64::from(at(b + 2).swap_bytes().cast_signed()), -distance / 2);
            }
            _ => {
                assert_eq!(i64::from(at(1).cast_signed()), distance);
                assert_eq!(i64::from(at(b + 1).cast_signed()), -distance);
            }
        }
    }
}

/// Links so many functions of a length, each of which calls the one that is as far from the other end; follows the calls and
/// gives how many went through veneers.
fn check_distant(mut linker: Linker, functions: u32, len: usize, reach: i64) -> u32 {
    for i in 0..functions {
        // The first half calls far ahead, the second half far back.
        linker.append(func(i), &caller(Isa::Aarch64, len, func(functions - 1 - i)));
    }
    let linked = linker.finish().unwrap();
    let mut far = 0;
    for (symbol, range) in &linked.symbols {
        let call = words(&linked.text, range.start);
        let distance = (i64::from(call << 6 & 0xffff_ffc0) << 32 >> 36) & !3;
        assert!(distance.abs() <= reach, "{distance}");
        let mut to = i64::from(range.start) + distance;
        if !linked.symbols.iter().any(|(_, r)| i64::from(r.start) == to) {
            let veneer = u32::try_from(to).unwrap();
            assert_eq!(words(&linked.text, veneer), 0x1000_0010);
            to += i64::from(words(&linked.text, veneer + 16).cast_signed());
            far += 1;
        }
        let Symbol::Function(index) = symbol else { unreachable!() };
        let target = linked.range(func(functions - 1 - index.as_u32())).unwrap();
        assert_eq!(to, i64::from(target.start));
    }
    far
}

#[test]
fn distant_calls_go_through_veneers_on_aarch64() {
    let linker = Linker::new(Isa::Aarch64).with_call_reach(4096);
    let far = check_distant(linker, 40, 400, 4096);
    assert!(far > 20, "{far} calls went through veneers");
}

/// The reach of the instruction itself: 128 MiB. The outermost of seven functions are 144 MiB apart, the next ones 96 MiB: the
/// island that the first call needs takes the second one as well, whose target comes behind the island.
#[test]
fn calls_over_more_than_128_mib_go_through_veneers_on_aarch64() {
    let far = check_distant(Linker::new(Isa::Aarch64), 7, 24 << 20, 128 << 20);
    assert_eq!(far, 3, "calls went through veneers");
}

#[test]
fn tables_are_relative_to_the_text() {
    let function = |offset: Option<u32>| CompiledFunction {
        code: vec![0xc3; 5],
        body_len: 5,
        traps: vec![TrapSite { offset: 2, trap: Trap::Unreachable }],
        source_map: offset.map(|at| SourceLoc { offset: 0, wasm_offset: Some(at) }).into_iter().collect(),
        ..CompiledFunction::default()
    };
    let mut linker = Linker::new(Isa::X86_64);
    linker.append(func(0), &function(Some(7)));
    linker.append(Symbol::LibcallThunk(Libcall::trap), &function(None));
    let linked = linker.finish().unwrap();
    assert_eq!(linked.text[5..16], [0xcc; 11]);
    assert_eq!(TrapTable::parse(&linked.traps).unwrap().iter().map(|t| t.0).collect::<Vec<_>>(), [2, 18]);
    assert_eq!(SourceMap::parse(&linked.source_map).unwrap().iter().nth(1), Some((16, None)));
    assert_eq!(linked.range(Symbol::LibcallThunk(Libcall::trap)), Some(16..21));
}

#[test]
fn mistakes_are_errors() {
    let isa = Isa::X86_64;
    let link = |functions: &[(Symbol, CompiledFunction)]| {
        let mut linker = Linker::new(isa);
        for (symbol, function) in functions {
            linker.append(*symbol, function);
        }
        linker.finish()
    };
    let call = || caller(isa, 8, func(1));
    assert_eq!(link(&[(func(0), call())]), Err(LinkError::Undefined { from: func(0), target: func(1) }));
    assert_eq!(link(&[(func(1), call()), (func(1), call())]), Err(LinkError::Duplicate(func(1))));
    let mut beyond = call();
    beyond.relocations[0].offset = 5;
    assert_eq!(link(&[(func(1), beyond)]), Err(LinkError::Malformed { from: func(1), offset: 5 }));
    let foreign = caller(Isa::S390x, 8, func(1));
    assert_eq!(link(&[(func(1), foreign)]), Err(LinkError::Malformed { from: func(1), offset: 2 }));
    let mut far = call();
    far.relocations[0].addend = 1 << 40;
    assert!(matches!(link(&[(func(1), far)]), Err(LinkError::OutOfRange { .. })));
}
