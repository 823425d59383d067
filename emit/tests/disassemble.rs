//! Trampolines of every shape consist of instructions, on every ISA.
#![cfg(feature = "disasm")]

use gantry_abi::{AbiType, Libcall, Shape};
use gantry_emit::disasm::Disassembler;
use gantry_emit::{CompiledFunction, HostAbi, Isa, Target, trampoline};
use proptest::prelude::*;

const TARGETS: [Target; 9] = [
    Target { isa: Isa::X86_64, host: HostAbi::Standard },
    Target { isa: Isa::X86_64, host: HostAbi::Windows },
    Target { isa: Isa::Aarch64, host: HostAbi::Standard },
    Target { isa: Isa::Riscv64, host: HostAbi::Standard },
    Target { isa: Isa::S390x, host: HostAbi::Standard },
    Target { isa: Isa::Pulley32, host: HostAbi::Standard },
    Target { isa: Isa::Pulley64, host: HostAbi::Standard },
    Target { isa: Isa::Pulley32Be, host: HostAbi::Standard },
    Target { isa: Isa::Pulley64Be, host: HostAbi::Standard },
];

fn check(target: Target, function: &CompiledFunction) {
    let lines = Disassembler::new(target.isa).unwrap().disassemble(&function.code, 0);
    for line in &lines {
        assert!(line.valid, "{target:?}: {line:?} in {lines:#?}");
    }
    assert_eq!(lines.last().map(|l| l.range.end), Some(function.code.len()));
    let starts = |offset: u32| lines.iter().any(|l| l.range.start == offset as usize);
    for (offset, inst) in &function.frame.cfi {
        assert!(starts(*offset), "{inst:?} at {offset} is not between instructions");
    }
}

fn types(max: usize) -> impl Strategy<Value = Box<[AbiType]>> {
    let ty = prop::sample::select(vec![AbiType::I32, AbiType::I64, AbiType::F32, AbiType::F64, AbiType::V128]);
    prop::collection::vec(ty, 0..=max).prop_map(Vec::into_boxed_slice)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn trampolines_are_code(params in types(30), results in types(30)) {
        let shape = Shape { params, results };
        for target in TARGETS {
            check(target, &trampoline::entry(target, &shape).unwrap());
            check(target, &trampoline::exit(target, &shape).unwrap());
        }
    }
}

#[test]
fn the_largest_signatures_have_trampolines() {
    for ty in [AbiType::I32, AbiType::F64, AbiType::V128] {
        let shape = Shape { params: vec![ty; 1000].into(), results: vec![ty; 1000].into() };
        for target in TARGETS {
            check(target, &trampoline::entry(target, &shape).unwrap());
            check(target, &trampoline::exit(target, &shape).unwrap());
        }
    }
}

#[test]
fn thunks_are_code() {
    for target in TARGETS {
        for &libcall in Libcall::ALL {
            check(target, &trampoline::libcall_thunk(target, libcall).unwrap());
        }
    }
}
