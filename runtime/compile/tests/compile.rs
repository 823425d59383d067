//! Modules of every kind become artifacts; bad ones become errors.

mod samples;

use gantry_abi::artifact::{Header, Metadata, Names, SourceMap, TrapTable, section};
use gantry_abi::{CompileError, DefinedFunc, Feature, FeatureSet};
use gantry_compile::{ModuleCompiler, Settings, TargetFlags};
use object::read::elf::ElfFile64;
use object::{Endianness, Object, ObjectSection, ObjectSymbol};
use samples::EVERYTHING;
use std::sync::atomic::{AtomicUsize, Ordering};

fn settings(triple: &str) -> Settings {
    Settings {
        triple: triple.parse().expect("triple"),
        target_flags: TargetFlags::Baseline,
        features: FeatureSet::all_supported(),
        ..Settings::default()
    }
}

fn compile(settings: Settings, wat: &str) -> Result<Vec<u8>, CompileError> {
    ModuleCompiler::new(settings)?.compile(&wat::parse_str(wat).expect("valid text"))
}

const TARGETS: [&str; 8] = [
    "x86_64-unknown-linux-gnu",
    "x86_64-pc-windows-msvc",
    "aarch64-unknown-linux-gnu",
    "aarch64-apple-darwin",
    "riscv64gc-unknown-linux-gnu",
    "s390x-unknown-linux-gnu",
    "pulley32",
    "pulley64",
];

#[test]
fn every_target_makes_an_artifact_that_can_be_read() {
    for triple in TARGETS {
        let compiler = ModuleCompiler::new(settings(triple)).unwrap();
        let wasm = wat::parse_str(EVERYTHING).unwrap();
        let image = compiler.compile(&wasm).unwrap_or_else(|e| panic!("{triple}: {e}"));

        let file = ElfFile64::<Endianness>::parse(&*image).unwrap();
        let section = |name: &str| file.section_by_name(name).expect(name).data().unwrap();
        let header: Header = postcard::from_bytes(section(section::HEADER)).unwrap();
        assert_eq!(header, *compiler.header());
        let metadata: Metadata = postcard::from_bytes(section(section::METADATA)).unwrap();
        let names: Names = postcard::from_bytes(section(section::NAMES)).unwrap();
        assert_eq!(names.iter().map(|n| n.1.as_str()).collect::<Vec<_>>(), ["log", "add", "start"]);
        TrapTable::parse(section(section::TRAPS)).unwrap();
        assert!(SourceMap::parse(section(section::SOURCE_MAP)).unwrap().iter().any(|(_, wasm)| wasm.is_some()));
        let data = file.section_by_name(section::DATA).unwrap();
        assert!(data.data().unwrap().windows(7).any(|bytes| bytes == b"hellooops".split_at(7).0), "{triple}");
        let image = metadata.module.memory_images.values().next().unwrap().clone().expect("offsets are constant");
        assert_eq!((data.address() + u64::from(image.range.start)) % 4096, 0);

        // Functions and stubs lie in the text, one after the other; what can escape can be entered.
        let code = &metadata.code;
        let mut ranges: Vec<_> = code.functions.values().chain(code.stubs.iter().map(|s| &s.0)).collect();
        ranges.sort_by_key(|r| r.start);
        assert!(ranges.windows(2).all(|pair| pair[0].end <= pair[1].start), "{triple}");
        let text = u32::try_from(section(section::TEXT).len()).unwrap();
        assert!(ranges.iter().all(|r| r.start < r.end && r.end <= text), "{triple}");
        for (_, func) in metadata.module.functions.iter().filter(|(i, _)| metadata.module.defined_func(*i).is_some()) {
            let shape = code.type_shapes[func.ty].unwrap();
            let has_entry = code.entry_trampolines[shape] != u32::MAX;
            assert_eq!(has_entry, func.func_ref.is_some(), "{triple} {shape:?}");
        }
        let symbols: Vec<_> = file.symbols().map(|s| s.name().unwrap()).collect();
        assert!(["add", "run", "start"].iter().all(|name| symbols.contains(name)), "{triple}: {symbols:?}");
    }
}

/// A module with this many functions, of different sizes, that call each other.
fn many_functions(count: usize) -> String {
    let function = |i: usize| {
        let body = format!("(local.set 0 (i32.mul (call ${} (local.get 0)) (i32.const {i})))", (i * 7 + 1) % count);
        format!("(func ${i} (export \"f{i}\") (param i32) (result i32) {} (local.get 0))", body.repeat(i % 13))
    };
    format!("(module {})", (0..count).map(function).collect::<String>())
}

#[test]
fn output_does_not_depend_on_threads() {
    for wat in [EVERYTHING, &many_functions(100)] {
        let wasm = wat::parse_str(wat).unwrap();
        let compiler =
            |parallel| ModuleCompiler::new(Settings { parallel, ..settings("x86_64-unknown-linux-gnu") }).unwrap();
        let expected = compiler(false).compile(&wasm).unwrap();
        // Workers are used again: what they compiled before must not matter either.
        let parallel = compiler(true);
        for _ in 0..4 {
            assert!(parallel.compile(&wasm).unwrap() == expected);
            parallel
                .compile(&wat::parse_str("(module (func (param f64) (result f64) (local.get 0)))").unwrap())
                .unwrap();
        }
    }
}

#[test]
fn progress_counts_every_function_once() {
    let wasm = wat::parse_str(many_functions(50)).unwrap();
    let (calls, sum) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let progress = |done, total| {
        assert_eq!(total, 50);
        calls.fetch_add(1, Ordering::Relaxed);
        sum.fetch_add(done, Ordering::Relaxed);
    };
    ModuleCompiler::new(Settings::default()).unwrap().compile_with_progress(&wasm, &progress).unwrap();
    assert_eq!((calls.into_inner(), sum.into_inner()), (50, 50 * 51 / 2));
}

#[test]
fn deep_nesting_does_not_overflow_the_stack_of_a_worker() {
    let nest = |open: &str, depth| format!("{}{}", open.repeat(depth), " end".repeat(depth));
    let body = format!("{} {}", nest(" block", 20_000), nest(" local.get 0 if", 2000));
    let wat = format!("(module (func (param i32) {body}) (func (param i32) {body}))");
    compile(Settings::default(), &wat).unwrap();
}

#[test]
fn branch_hints_reach_the_backend() {
    let check = |hint: &str, cold: bool| {
        let wat = format!(r#"(module (func $f) (func (param i32) {hint} (if (local.get 0) (then (call $f)))))"#);
        let wasm = wat::parse_str(wat).unwrap();
        let compiler = ModuleCompiler::new(Settings::default()).unwrap();
        let clif = compiler.intermediate(&wasm, DefinedFunc::from_u32(1)).unwrap().expect("CLIF");
        assert_eq!(clif.contains("cold"), cold, "{clif}");
    };
    check(r#"(@metadata.code.branch_hint "\00")"#, true);
    check("", false);
}

#[test]
fn functions_that_are_not_there_have_no_intermediate_representation() {
    let compiler = ModuleCompiler::new(Settings::default()).unwrap();
    let wasm = wat::parse_str("(module (func))").unwrap();
    assert!(compiler.intermediate(&wasm, DefinedFunc::from_u32(0)).unwrap().is_some());
    assert!(compiler.intermediate(&wasm, DefinedFunc::from_u32(1)).unwrap().is_none());
}

#[test]
fn features_that_are_off_are_named() {
    let check = |feature: Feature, on: bool, wat: &str| {
        let mut settings = settings("x86_64-unknown-linux-gnu");
        settings.features.set(feature, on);
        match compile(settings, wat) {
            Err(CompileError::Disabled { feature: f, .. } | CompileError::Unsupported { feature: f, .. }) => {
                assert_eq!(f, feature, "{wat}");
            }
            other => panic!("{feature}: {:?}", other.map(|_| ())),
        }
    };
    check(Feature::Simd, false, "(module (func (result v128) (v128.const i64x2 0 0)))");
    check(Feature::MultiMemory, false, "(module (memory 1) (memory 1))");
    check(Feature::Memory64, false, "(module (memory i64 1))");
    check(Feature::TailCall, false, "(module (func $f (return_call $f)))");
    check(
        Feature::WideArithmetic,
        false,
        "(module (func (param i64) (result i64 i64) (i64.mul_wide_s (local.get 0) (local.get 0))))",
    );
    check(Feature::Threads, false, "(module (memory 1 1 shared))");
    check(Feature::Gc, false, "(module (type (struct (field i32))))");
    check(Feature::Exceptions, false, "(module (tag) (func (throw 0)))");
    check(Feature::ComponentModel, false, "(component)");
    check(Feature::StackSwitching, false, "(module (type $f (func)) (type (cont $f)))");
    check(Feature::CustomPageSizes, false, "(module (memory 1 (pagesize 1)))");
    check(Feature::FunctionReferences, false, "(module (func (param (ref func))))");
    check(
        Feature::BulkMemory,
        false,
        "(module (memory 1) (func (memory.fill (i32.const 0) (i32.const 0) (i32.const 0))))",
    );
    check(Feature::ExtendedConst, false, "(module (global i32 (i32.add (i32.const 1) (i32.const 1))))");
    // Later work stays off whatever the settings say.
    check(Feature::Threads, true, "(module (memory 1 1 shared))");
    check(Feature::Gc, true, "(module (func (result i31ref) (ref.i31 (i32.const 0))))");
    check(Feature::Exceptions, true, "(module (func (result exnref) (ref.null exn)))");
}

#[test]
fn invalid_modules_say_where_and_why() {
    let wasm = wat::parse_str("(module (func (result i32) (i64.const 0)))").unwrap();
    let error = ModuleCompiler::new(Settings::default()).unwrap().compile(&wasm).unwrap_err();
    let CompileError::Invalid { offset, message } = error else { panic!("{error}") };
    assert!(offset > 8 && message.contains("type mismatch"), "{offset} {message}");
}

#[test]
fn the_first_failing_function_is_reported() {
    let wat = "(module (func) (func (result i32) (i64.const 0)) (func (result f32) (i64.const 0)))";
    let wasm = wat::parse_str(wat).unwrap();
    let compiler = ModuleCompiler::new(Settings::default()).unwrap();
    let first = compiler.compile(&wasm).unwrap_err();
    for _ in 0..16 {
        assert_eq!(compiler.compile(&wasm).unwrap_err(), first);
    }
}

#[test]
fn unknown_targets_and_flags_are_errors() {
    assert!(ModuleCompiler::new(settings("mips64-unknown-linux-gnu")).is_err());
    let mut flags = settings("x86_64-unknown-linux-gnu");
    flags.target_flags = TargetFlags::Explicit(vec![("has_nothing".into(), "true".into())]);
    assert!(ModuleCompiler::new(flags).is_err());
    let mut floor = settings("x86_64-unknown-linux-gnu");
    floor.target_flags = TargetFlags::Explicit(vec![]);
    let error = ModuleCompiler::new(floor).err().expect("below the floor").to_string();
    assert!(error.contains("sse41"), "{error}");
}

#[test]
fn empty_segments_lie_anywhere_in_a_memory() {
    let wat = r#"(module (memory 1) (data (i32.const 65536) "") (data (i32.const 70) "x") (data (i32.const 3) ""))"#;
    let compiler = ModuleCompiler::new(settings("x86_64-unknown-linux-gnu")).unwrap();
    compiler.compile(&wat::parse_str(wat).unwrap()).unwrap();
}
