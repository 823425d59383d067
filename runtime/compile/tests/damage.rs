//! Damaged modules are errors or modules, never panics.

mod samples;

use gantry_abi::FeatureSet;
use gantry_compile::translate::translate;
use gantry_compile::{ModuleCompiler, Settings, TargetFlags, validate};
use proptest::prelude::*;
use proptest::sample::Index;
use std::sync::OnceLock;

fn compiler() -> &'static ModuleCompiler {
    static COMPILER: OnceLock<ModuleCompiler> = OnceLock::new();
    COMPILER.get_or_init(|| {
        let features = FeatureSet::all_supported();
        ModuleCompiler::new(Settings { target_flags: TargetFlags::Host, features, ..Settings::default() }).unwrap()
    })
}

fn samples() -> &'static [Vec<u8>] {
    static SAMPLES: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    SAMPLES.get_or_init(|| {
        let texts = [samples::EVERYTHING, samples::MODERN, samples::LATER, "(component (core module (func)))"];
        texts.iter().map(|text| wat::parse_str(text).expect(text)).collect()
    })
}

/// Compiling and validating agree, except where only the compiler has a limit.
fn check(wasm: &[u8]) {
    let compiled = compiler().compile(wasm);
    let valid = validate(compiler().settings().features, wasm);
    let translated = translate(compiler().settings().features, wasm, 4096);
    assert!(compiled.is_err() || valid.is_ok(), "compiled, but not valid: {valid:?}");
    assert!(translated.is_ok() || valid.is_err(), "valid, but not translated: {:?}", translated.err());
}

#[test]
fn undamaged_samples_are_what_they_seem() {
    let outcomes: Vec<_> = samples().iter().map(|wasm| compiler().compile(wasm).map(|_| ())).collect();
    assert!(outcomes[0].is_ok() && outcomes[1].is_ok(), "{outcomes:?}");
    assert!(outcomes[2].is_err() && outcomes[3].is_err(), "{outcomes:?}");
}

#[test]
fn every_prefix_of_a_module() {
    for wasm in samples() {
        (0..wasm.len()).for_each(|end| check(&wasm[..end]));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn bytes_that_changed(
        sample in any::<Index>(),
        changes in prop::collection::vec((any::<Index>(), any::<u8>()), 1..8),
    ) {
        let mut wasm = samples()[sample.index(samples().len())].clone();
        for (at, value) in changes {
            let at = at.index(wasm.len());
            wasm[at] = value;
        }
        check(&wasm);
    }

    #[test]
    fn pieces_that_moved(sample in any::<Index>(), from in any::<Index>(), to in any::<Index>(), len in 0usize..64) {
        let mut wasm = samples()[sample.index(samples().len())].clone();
        let from = from.index(wasm.len());
        let piece: Vec<u8> = wasm.drain(from..wasm.len().min(from + len)).collect();
        let to = to.index(wasm.len() + 1);
        wasm.splice(to..to, piece);
        check(&wasm);
    }

    #[test]
    fn noise_behind_the_header(noise in prop::collection::vec(any::<u8>(), 0..256)) {
        check(&noise);
        check(&[b"\0asm\x01\0\0\0", &*noise].concat());
    }
}
