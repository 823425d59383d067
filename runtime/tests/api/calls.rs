//! Calls from the host into wasm.

use crate::{instantiate, message, store};
use gantry::{Func, V128, Val};

#[test]
fn every_number_type_goes_in_and_comes_out() {
    let mut store = store();
    let instance = instantiate(
        &mut store,
        r#"(module
            (func (export "all") (param i32 i64 f32 f64 v128) (result v128 f64 f32 i64 i32)
                (local.get 4) (local.get 3) (local.get 2) (local.get 1) (local.get 0)))"#,
    );
    let all =
        instance.get_typed_func::<(i32, u64, f32, f64, V128), (V128, f64, f32, i64, u32)>(&mut store, "all").unwrap();
    let v = V128::from(0x0123_4567_89ab_cdef_1122_3344_5566_7788);
    let results = all.call(&mut store, (-1, u64::MAX - 1, 1.5, -0.0, v)).unwrap();
    assert_eq!(results, (v, -0.0, 1.5, -2, u32::MAX));
    assert!(results.1.is_sign_negative());

    let args = [Val::I32(7), Val::I64(-8), Val::F32(0x7fa0_0001), Val::F64(0x7ff4_0000_0000_0001), Val::V128(v)];
    let mut results = [Val::I32(0), Val::I32(0), Val::I32(0), Val::I32(0), Val::I32(0)];
    instance.get_func(&mut store, "all").unwrap().call(&mut store, &args, &mut results).unwrap();
    // Signaling NaNs come through unchanged.
    assert!(matches!(
        results,
        [Val::V128(r), Val::F64(0x7ff4_0000_0000_0001), Val::F32(0x7fa0_0001), Val::I64(-8), Val::I32(7)] if r == v
    ));
}

#[test]
fn many_parameters_and_results_are_in_order() {
    let mut store = store();
    let n = 16;
    let params = "i64 ".repeat(n);
    let gets: String = (0..n).rev().map(|i| format!("(local.get {i}) ")).collect();
    let instance = instantiate(
        &mut store,
        &format!(r#"(module (func (export "reverse") (param {params}) (result {params}) {gets}))"#),
    );
    let args: Vec<Val> = (0..16).map(Val::I64).collect();
    let mut results = vec![Val::I32(0); n];
    let reverse = instance.get_func(&mut store, "reverse").unwrap();
    reverse.call(&mut store, &args, &mut results).unwrap();
    assert_eq!(results.iter().map(Val::unwrap_i64).collect::<Vec<_>>(), (0..16).rev().collect::<Vec<i64>>());

    type Sixteen = (i64, i64, i64, i64, i64, i64, i64, i64, i64, i64, i64, i64, i64, i64, i64, i64);
    let typed = reverse.typed::<Sixteen, Sixteen>(&store).unwrap();
    let (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p) =
        typed.call(&mut store, (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)).unwrap();
    let results = [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p];
    assert_eq!(results, [15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
}

#[test]
fn more_results_than_parameters_and_the_other_way_round() {
    let mut store = store();
    let instance = instantiate(
        &mut store,
        r#"(module
            (func (export "many") (param i32) (result i32 i64 f64)
                (local.get 0) (i64.extend_i32_u (local.get 0)) (f64.convert_i32_u (local.get 0)))
            (func (export "few") (param i32 i64 f64) (result f64) (local.get 2))
            (func (export "none")))"#,
    );
    let many = instance.get_typed_func::<u32, (u32, u64, f64)>(&mut store, "many").unwrap();
    assert_eq!(many.call(&mut store, 3).unwrap(), (3, 3, 3.0));
    let few = instance.get_typed_func::<(u32, u64, f64), f64>(&mut store, "few").unwrap();
    assert_eq!(few.call(&mut store, (1, 2, 3.0)).unwrap(), 3.0);
    instance.get_typed_func::<(), ()>(&mut store, "none").unwrap().call(&mut store, ()).unwrap();
}

#[test]
fn host_functions_can_be_called_by_the_host() {
    let mut store = store();
    let add = Func::wrap(&mut store, |a: i32, b: i64| (i64::from(a) + b, a));
    let typed = add.typed::<(i32, i64), (i64, i32)>(&store).unwrap();
    assert_eq!(typed.call(&mut store, (1, 2)).unwrap(), (3, 1));
    let mut results = [Val::I32(0), Val::I32(0)];
    add.call(&mut store, &[Val::I32(5), Val::I64(6)], &mut results).unwrap();
    assert_eq!((results[0].unwrap_i64(), results[1].unwrap_i32()), (11, 5));
}

#[test]
fn wrong_numbers_and_types_of_values_are_errors() {
    let mut store = store();
    let instance = instantiate(&mut store, r#"(module (func (export "f") (param i32) (result i64) (i64.const 1)))"#);
    let f = instance.get_func(&mut store, "f").unwrap();
    for (args, results, expected) in [
        (&[][..], 1, "expected 1 arguments, got 0"),
        (&[Val::I32(1), Val::I32(2)], 1, "expected 1 arguments, got 2"),
        (&[Val::I32(1)], 0, "expected room for 1 results, got 0"),
        (&[Val::I64(1)], 1, "argument 0: type mismatch"),
    ] {
        let found = message(f.call(&mut store, args, &mut vec![Val::I32(0); results]));
        assert!(found.contains(expected), "{found}");
    }
    for found in [
        message(f.typed::<i64, i64>(&store)),
        message(f.typed::<(), i64>(&store)),
        message(f.typed::<i32, (i64, i64)>(&store)),
        message(instance.get_typed_func::<i32, f32>(&mut store, "f")),
    ] {
        assert!(found.contains("type mismatch with"), "{found}");
    }
    let found = message(instance.get_typed_func::<i32, i64>(&mut store, "g"));
    assert!(found.contains("failed to find function export `g`"), "{found}");
}
