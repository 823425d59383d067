//! Modules with a byte that is another one.

use crate::{default_engine, message};
use gantry::Module;

/// Something of everything that compilers look ahead for: loops, branches, blocks with values, locals, addresses, calls.
const MODULE: &str = r#"(module
    (memory 1)
    (table 2 funcref)
    (elem (i32.const 0) func $sum $mix)
    (global $g (mut i64) (i64.const 7))
    (func $sum (export "sum") (param i32 i32) (result i64) (local i64 f64)
        (loop (result i64)
            (local.set 2 (i64.add (local.get 2) (i64.load offset=8 (local.get 0))))
            (if (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 8))) (local.get 1))
                (then (br 1)))
            (block (result i64)
                (br_table 0 0 (local.get 2) (i32.and (local.get 0) (i32.const 1))))))
    (func $mix (export "mix") (param i32 f32 v128) (result i32 v128)
        (local.get 0)
        (loop (param i32) (result i32 v128)
            (br_if 0 (i32.eqz (local.get 0)))
            (drop)
            (loop
                (local.set 2 (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 31 (local.get 2) (local.get 2)))
                (f32.store (local.get 0) (f32.add (local.get 1) (f32.const 1.5)))
                (br_if 0 (i64.lt_s (call $sum (i32.const 1) (i32.const 2)) (global.get $g))))
            (drop (call_indirect (param i32 i32) (result i64) (local.get 0) (local.get 0) (i32.const 0)))
            (memory.fill (i32.const 0) (i32.const 1) (memory.grow (local.get 0)))
            (select (i32.const 5) (local.get 0) (ref.is_null (table.get (i32.const 1))))
            (local.get 2))))"#;

#[test]
fn modules_with_a_wrong_byte_are_refused_where_they_are_invalid() {
    let engine = default_engine();
    let good = wat::parse_str(MODULE).unwrap();
    Module::from_binary(&engine, &good).unwrap();
    let (mut valid, mut invalid) = (0, 0);
    for at in 8..good.len() {
        let byte = good[at];
        for other in [byte ^ 1, byte.wrapping_add(1), byte ^ 0x40, byte ^ 0x80, 0, 0x05, 0x1f, 0x7f] {
            let mut bad = good.clone();
            bad[at] = other;
            let compiled = Module::from_binary(&engine, &bad);
            match Module::validate(&engine, &bad) {
                Ok(()) => {
                    valid += 1;
                    assert!(compiled.is_ok(), "{at:#x} = {other:#04x}: {}", message(compiled));
                }
                Err(error) => {
                    invalid += 1;
                    let error = format!("{error:#}");
                    assert!(compiled.is_err(), "{at:#x} = {other:#04x} is compiled, though: {error}");
                }
            }
        }
    }
    assert!(valid > 300 && invalid > 1000, "{valid} valid, {invalid} invalid");
}
