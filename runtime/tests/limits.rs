//! Functions and modules of extreme sizes work on the single-pass compiler and in bytecode, or give the one clear error.

use gantry::{Config, Engine, Instance, Module, Store, Val};
use std::fmt::Write as _;

/// Calls the export `f` of a module with each argument, and compares.
fn check(wat: &str, cases: &[(i32, i32)]) {
    // There is no compiler for processors with 32 bits.
    if cfg!(target_pointer_width = "64") {
        check_on(&["winch"], wat, cases);
    }
    check_on(&["pulley", "pulley-portable"], wat, cases);
}

/// The first of these backends compiles for all of them.
fn check_on(backends: &[&str], wat: &str, cases: &[(i32, i32)]) {
    let engine = |backend: &str| Engine::new(Config::new().backend(backend)).unwrap();
    let artifact = engine(backends[0]).precompile_module(wat.as_bytes()).unwrap();
    for backend in backends {
        let engine = engine(backend);
        // SAFETY: the artifact was just made.
        let module = unsafe { Module::deserialize(&engine, &artifact) }.unwrap();
        let mut store = Store::new(&engine, ());
        let instance = Instance::new(&mut store, &module, &[]).unwrap();
        let f = instance.get_func(&mut store, "f").expect("it is exported");
        for &(argument, expected) in cases {
            let mut out = [Val::I32(0)];
            f.call(&mut store, &[Val::I32(argument)], &mut out).unwrap();
            assert_eq!(out[0].i32(), Some(expected), "{backend}: argument {argument}");
        }
    }
}

#[test]
fn branch_tables_of_every_size() {
    for size in [1, 2, 3, 17, 1000, 100_000] {
        let targets: String = (0..size).map(|i| format!(" {}", i % 3)).collect();
        let wat = format!(
            "(module (func (export \"f\") (param i32) (result i32)
                (block (block (block (block (br_table{targets} 3 (local.get 0)))
                  (return (i32.const 0))) (return (i32.const 1))) (return (i32.const 2))) (i32.const 3)))"
        );
        let last = size - 1;
        check(&wat, &[(0, 0), (last, last % 3), (last / 2, (last / 2) % 3), (size, 3), (-1, 3), (i32::MIN, 3)]);
    }
}

#[test]
fn branch_tables_with_as_many_labels_as_targets() {
    const LABELS: usize = 2000;
    let mut wat = String::from("(module (func (export \"f\") (param i32) (result i32)\n");
    wat.push_str(&"(block ".repeat(LABELS));
    let targets: String = (0..LABELS).map(|i| format!(" {i}")).collect();
    let _ = write!(wat, "(br_table{targets} (local.get 0))");
    for i in 0..LABELS {
        let _ = write!(wat, ") (return (i32.const {i}))");
    }
    wat.push_str("))");
    check(&wat, &[(0, 0), (1, 1), (999, 999), (1999, 1999), (5000, 1999)]);
}

#[test]
fn fifty_thousand_locals() {
    let mut wat = String::from("(module (func (export \"f\") (param i32) (result i32)\n");
    for ty in ["i32", "i64", "f64", "f32", "i32"] {
        let _ = write!(wat, "(local{})", format!(" {ty}").repeat(9990));
    }
    wat.push_str(
        "(local.set 1 (local.get 0)) (local.set 49950 (i32.add (local.get 0) (i32.const 1)))
         (local.set 10000 (i64.extend_i32_s (local.get 0)))
         (loop (local.set 49949 (i32.add (local.get 49949) (local.get 49950)))
           (br_if 0 (i32.lt_s (local.get 49949) (i32.const 1000))))
         (i32.add (i32.add (local.get 1) (local.get 49949)) (i32.wrap_i64 (local.get 10000)))))",
    );
    check(&wat, &[(99, 99 + 1000 + 99), (499, 499 + 1000 + 499)]);
}

#[test]
fn deep_nesting() {
    const DEPTH: usize = 5000;
    for block in ["block", "loop", "if"] {
        let open = if block == "if" { "(if (local.get 0) (then " } else { &format!("({block} ") };
        let close = if block == "if" { "))" } else { ")" };
        let wat = format!(
            "(module (func (export \"f\") (param i32) (result i32) {} (return (i32.const 7)) {} (i32.const 8)))",
            open.repeat(DEPTH),
            close.repeat(DEPTH)
        );
        check(&wat, &[(1, 7)]);
    }
}

#[test]
fn many_functions() {
    const COUNT: usize = 65_000;
    let mut wat = String::from("(module (table funcref (elem");
    for i in 0..COUNT {
        let _ = write!(wat, " $f{i}");
    }
    wat.push_str("))(type $t (func (result i32)))");
    for i in 0..COUNT {
        let _ = write!(wat, "(func $f{i} (type $t) i32.const {i})");
    }
    wat.push_str(
        "(func (export \"f\") (param i32) (result i32) (i32.add (call_indirect (type $t) (local.get 0)) (call $f64999))))",
    );
    check(&wat, &[(0, 64_999), (1, 65_000), (64_999, 129_998)]);
}

/// Branches over more code than short forms reach (1 MiB on aarch64).
#[test]
fn branches_over_a_lot_of_code() {
    let mut wat = String::from(
        "(module (memory 1) (func (export \"f\") (param i32) (result i32) (local i32) (loop $again (block $skip (br_if $skip (i32.eqz (local.get 0)))",
    );
    for i in 0..120_000 {
        let _ =
            write!(wat, "(i32.store offset={} (i32.const 0) (i32.mul (local.get 0) (local.get 0)))", (i % 1000) * 4);
    }
    wat.push_str("(local.set 1 (i32.add (local.get 1) (local.get 0))) (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))) ) (if (local.get 0) (then (br $again)))) (i32.add (local.get 1) (i32.load offset=8 (i32.const 0)))))");
    check(&wat, &[(0, 0), (3, 7), (1, 2)]);
}
