//! Planted bugs are reduced to what is to blame: the engine, the function, the optimization.

use gantry_oracles::case::{Case, Options};
use gantry_oracles::engine::{EngineSpec, matrix};
use gantry_oracles::reduce::blame::{Cause, Function};
use gantry_oracles::reduce::{Reduced, Reducer, repro};
use gantry_oracles::worker::judge_here;
use std::time::Duration;

/// Functions 0 to 3: the third one is what the bugs are about.
const MODULE: &str = r#"(module
    (memory 1)
    (global $g (mut i64) (i64.const 0))
    (func (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
    (func (param i64) (global.set $g (i64.mul (local.get 0) (local.get 0))))
    (func (param i32 i32) (result i32)
        (i32.and (i32.sub (local.get 0) (local.get 1)) (i32.const 0xfff0)))
    (func (param i32) (result i32)
        (i32.store (i32.const 8) (local.get 0))
        (i32.load (i32.const 8))))"#;

fn reduce(mutant: &str) -> Reduced {
    gantry_mutants::register();
    let backend = gantry_mutants::table::find(mutant).unwrap().seam.backend();
    // Backends with default options and, of the wrong one, with options that have nothing to do with it.
    let is_plain = |spec: &EngineSpec| spec.options.len() == 3 && !spec.artifact;
    let mut engine: Vec<_> = matrix().into_iter().filter(is_plain).collect();
    for spec in engine.iter_mut().filter(|spec| spec.backend == backend) {
        *spec = spec.clone().with("spectre_mitigation", false).with("entry_slots", true);
        spec.compiler = Some(mutant.to_owned());
    }
    let options = Options { engine, seed: 3, ..Options::default() };
    let case = Case { wasm: wat::parse_str(MODULE).unwrap(), options };
    let reduced = Reducer::new(&mut judge_here, Duration::from_secs(120)).reduce(&case).unwrap();
    let wrong = &reduced.case.options.engine[1];
    assert_eq!((wrong.backend.as_str(), wrong.compiler.as_deref()), (backend, Some(mutant)));
    assert_eq!(wrong.options.len(), 3, "options that do not matter are gone: {wrong}");
    assert!(reduced.case.wasm.len() < case.wasm.len(), "the module got smaller");
    reduced
}

/// The only function that is to blame.
fn function(reduced: &Reduced) -> u32 {
    match &reduced.blame.function {
        Function::Compiled(list) | Function::Remaining(list) if list.len() == 1 => list[0],
        other => panic!("one function is to blame, not {other}"),
    }
}

#[test]
fn a_wrong_operator_is_no_optimization() {
    let reduced = reduce("sub-swapped");
    let text = wasmprinter::print_bytes(&reduced.case.wasm).unwrap();
    assert!(text.contains("i32.sub") && !text.contains("i64.mul"), "{text}");
    function(&reduced);
    assert_eq!(reduced.blame.cause, Cause::Translation);
}

#[test]
fn a_wrong_immediate_is_the_fault_of_constants_that_are_kept() {
    let reduced = reduce("immediate-plus-one");
    function(&reduced);
    let Cause::Winch { taken, .. } = reduced.blame.cause else { panic!("{}", reduced.blame.cause) };
    assert_eq!(taken.what, gantry_winch::Optimization::KeepConstant);
}

#[test]
fn a_bug_of_the_interpreter_is_found_without_another_compiler() {
    let reduced = reduce("pulley-sub-for-add");
    function(&reduced);
}

#[test]
fn a_reproducer_is_the_case_again_and_a_test() {
    let reduced = reduce("clif-sub-swapped");
    assert_eq!(reduced.blame.cause, Cause::Translation);
    let folder = tempfile::tempdir().unwrap();
    let path = repro::write(&reduced, folder.path()).unwrap();
    let case = repro::read(&path).unwrap();
    assert_eq!(case, reduced.case);
    assert_eq!(judge_here(&case).class(), Some(reduced.class));
    assert!(!case.options.engine[1].cpu.is_empty(), "CPU features are recorded");
    let test = std::fs::read_to_string(path.join("test.wat")).unwrap();
    assert!(test.starts_with(";;! kind = \"run\"") && test.contains(";;> f"), "{test}");
    let verdict = std::fs::read_to_string(path.join("verdict.md")).unwrap();
    assert!(verdict.contains("compiler=clif-sub-swapped") && verdict.contains("```wat"), "{verdict}");
    for file in ["module.wat", "options.toml", "calls.txt", "expected.txt", "cmd.sh"] {
        assert!(path.join(file).is_file(), "{file}");
    }
}
