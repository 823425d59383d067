//! The runner of scripts finds what is wrong: each directive here is, and is the only one that fails.

use gantry_filetests::wast::{Report, run_source};

const MODULE: &str = r#"(module $m
    (func (export "one") (result i32) (i32.const 1))
    (func (export "nan") (result f32) (f32.const nan:0x200001))
    (func (export "vector") (result v128) (v128.const i32x4 1 2 3 4))
    (func (export "null") (result externref) (ref.null extern))
    (func (export "same") (param externref) (result externref) (local.get 0))
    (func (export "trap") (unreachable))
    (global (export "g") i32 (i32.const 1)))
"#;

fn run(script: &str) -> Report {
    run_source(&gantry::Engine::default(), "script", script)
}

#[test]
fn a_wrong_directive_fails_at_its_line_and_the_next_one_runs() {
    let line = MODULE.lines().count() + 1;
    for wrong in [
        r#"(assert_return (invoke "one") (i32.const 2))"#,
        r#"(assert_return (invoke "one") (i64.const 1))"#,
        r#"(assert_return (invoke "one"))"#,
        r#"(assert_return (invoke "one") (either (i32.const 2) (i32.const 3)))"#,
        r#"(assert_return (invoke "nan") (f32.const nan:canonical))"#,
        r#"(assert_return (invoke "nan") (f32.const nan:arithmetic))"#,
        r#"(assert_return (invoke "vector") (v128.const i32x4 1 2 3 5))"#,
        r#"(assert_return (invoke "vector") (v128.const f32x4 nan:canonical 0 0 0))"#,
        r#"(assert_return (invoke "null") (ref.extern 0))"#,
        r#"(assert_return (invoke "null") (ref.null func))"#,
        r#"(assert_return (invoke "same" (ref.extern 1)) (ref.extern 2))"#,
        r#"(assert_return (invoke "same" (ref.extern 1)) (ref.null extern))"#,
        r#"(assert_return (invoke "trap"))"#,
        r#"(assert_return (invoke "missing"))"#,
        r#"(assert_return (invoke $nobody "one") (i32.const 1))"#,
        r#"(assert_return (get "g") (i32.const 2))"#,
        r#"(assert_return (get "one") (i32.const 1))"#,
        r#"(invoke "trap")"#,
        r#"(assert_trap (invoke "trap") "integer divide by zero")"#,
        r#"(assert_trap (invoke "one") "unreachable")"#,
        r#"(assert_exhaustion (invoke "one") "call stack exhausted")"#,
        r#"(assert_exhaustion (invoke "trap") "call stack exhausted")"#,
        r#"(assert_invalid (module) "type mismatch")"#,
        r#"(assert_malformed (module quote "(func)") "unexpected token")"#,
        r#"(assert_malformed (module binary "\00asm" "\01\00\00\00") "magic header not detected")"#,
        r#"(assert_unlinkable (module) "unknown import")"#,
        r#"(assert_unlinkable (module (import "spectest" "print" (func))) "unknown import")"#,
        r#"(assert_unlinkable (module (import "nobody" "print" (func))) "incompatible import type")"#,
        r#"(assert_unlinkable (module (func $f (unreachable)) (start $f)) "unknown import")"#,
        r#"(register "name" $nobody)"#,
        r#"(module $bad (func (result i32)))"#,
        r#"(module $bad (import "nobody" "f" (func)))"#,
        r#"(module instance $i $nobody)"#,
    ] {
        let report = run(&format!("{MODULE}{wrong}\n(assert_return (invoke $m \"one\") (i32.const 1))\n"));
        let lines: Vec<_> = report.failures.iter().map(|f| f.line).collect();
        assert_eq!(lines, [line], "{wrong}: {:?}", report.failures);
        assert!(report.totals.executed.passed >= 1, "{wrong}: what follows does not run");
    }
}

#[test]
fn what_does_not_parse_is_one_failure() {
    for script in ["(module", "(assert_return", "(nonsense)", "\u{0}"] {
        assert_eq!(run(script).failures.len(), 1, "{script:?}");
    }
}

#[test]
fn directives_that_need_later_features_are_counted_with_them() {
    let report = run(r#"
        (module $a (type (struct)) (func (export "f")))
        (assert_return (invoke "f"))
        (register "a" $a)
        (module (import "a" "f" (func)) (func (export "g")))
        (invoke "g")
        (module (func (export "h")))
        (assert_return (invoke "h"))"#);
    assert_eq!(report.failures, []);
    assert_eq!(report.totals.unsupported.get("gc"), Some(&5));
    assert_eq!((report.totals.executed.passed, report.totals.modules.passed), (1, 1));
}
