//! Modules of every kind become artifacts; bad ones become errors.

use gantry_abi::{CompileError, CompileOptions, Feature, FeatureSet};
use gantry_compile::{ModuleCompiler, Settings, TargetFlags};
use proptest::prelude::*;

/// Uses every section that a module can have.
const EVERYTHING: &str = r#"(module $everything
    (type $binary (func (param i32 i32) (result i32)))
    (import "env" "log" (func $log (param i64)))
    (import "env" "base" (global $base i32))
    (memory (export "memory") 2 4)
    (memory $other 1)
    (table $t 8 funcref)
    (table $e 4 externref)
    (global $counter (mut i32) (i32.const 0))
    (global (export "offset") i32 (i32.add (global.get $base) (i32.const 4)))
    (elem (table $t) (i32.const 1) func $add $log)
    (elem $passive func $add)
    (data (i32.const 1024) "hello")
    (data (i32.const 1028) "ooops")
    (data $later "later")
    (func $add (export "add") (type $binary) (i32.add (local.get 0) (local.get 1)))
    (func (export "run") (param i32) (result i32)
        (memory.init $later (i32.const 0) (i32.const 0) (i32.const 5))
        (table.init $t $passive (i32.const 0) (i32.const 0) (i32.const 1))
        (call $log (i64.const 7))
        (call_indirect $t (type $binary) (local.get 0) (i32.load (i32.const 1024)) (i32.const 1)))
    (func $start (global.set $counter (i32.const 1)))
    (start $start))"#;

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

#[test]
fn every_target_makes_an_artifact() {
    for triple in [
        "x86_64-unknown-linux-gnu",
        "aarch64-unknown-linux-gnu",
        "riscv64gc-unknown-linux-gnu",
        "s390x-unknown-linux-gnu",
        "pulley32",
        "pulley64",
    ] {
        let mut settings = settings(triple);
        settings.options.signals_based_traps = !triple.starts_with("pulley");
        let image = compile(settings, EVERYTHING).unwrap_or_else(|e| panic!("{triple}: {e}"));
        assert!(image.starts_with(b"\x7fELF"), "{triple}");
    }
}

#[test]
fn output_does_not_depend_on_threads() {
    let mut parallel = settings("x86_64-unknown-linux-gnu");
    let mut serial = parallel.clone();
    (parallel.parallel, serial.parallel) = (true, false);
    let expected = compile(serial, EVERYTHING).unwrap();
    for _ in 0..8 {
        assert!(compile(parallel.clone(), EVERYTHING).unwrap() == expected);
    }
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
    let _ = CompileOptions::default();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Damaged modules are errors or modules, never panics.
    #[test]
    fn damaged_modules_do_not_panic(flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), cut in any::<prop::sample::Index>()) {
        static COMPILER: std::sync::OnceLock<(ModuleCompiler, Vec<u8>)> = std::sync::OnceLock::new();
        let (compiler, wasm) = COMPILER.get_or_init(|| {
            let compiler = ModuleCompiler::new(settings("x86_64-unknown-linux-gnu")).unwrap();
            (compiler, wat::parse_str(EVERYTHING).unwrap())
        });
        let mut damaged = wasm.clone();
        for (at, value) in flips {
            let at = at.index(damaged.len());
            damaged[at] = value;
        }
        let _ = compiler.compile(&damaged);
        damaged.truncate(cut.index(damaged.len()));
        let _ = compiler.compile(&damaged);
    }
}
