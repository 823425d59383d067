//! Functions of any signature pass their values unchanged, in both directions and through references.

use crate::{default_engine, engine, message};
use gantry::{Caller, Engine, Func, FuncType, Instance, Module, Store, V128, Val, ValType};
use proptest::prelude::*;

/// A number of any type.
fn number() -> impl Strategy<Value = Val> {
    prop_oneof![
        any::<i32>().prop_map(Val::I32),
        any::<i64>().prop_map(Val::I64),
        any::<u32>().prop_map(Val::F32),
        any::<u64>().prop_map(Val::F64),
        any::<u128>().prop_map(|v| Val::V128(V128::from(v))),
    ]
}

fn type_of(value: &Val) -> ValType {
    match value {
        Val::I32(_) => ValType::I32,
        Val::I64(_) => ValType::I64,
        Val::F32(_) => ValType::F32,
        Val::F64(_) => ValType::F64,
        Val::V128(_) => ValType::V128,
        other => panic!("{other:?} is no number"),
    }
}

fn types(values: &[Val]) -> String {
    values.iter().map(|v| format!("{} ", type_of(v))).collect()
}

/// Values by their bits, which can be compared.
fn bits(values: &[Val]) -> Vec<String> {
    values.iter().map(|v| format!("{v:?}")).collect()
}

/// Calls from the host through wasm to the host and back, directly, as a tail call, through a table and through a reference.
fn check(engine: &Engine, params: &[Val], results: &[Val]) {
    let (p, r) = (types(params), types(results));
    let gets: String = (0..params.len()).map(|i| format!("(local.get {i}) ")).collect();
    let wat = format!(
        r#"(module
            (type $t (func (param {p}) (result {r})))
            (import "" "host" (func $host (type $t)))
            (table 1 funcref)
            (elem (i32.const 0) $host)
            (elem declare func $inner)
            (func $inner (type $t) {gets} (call $host))
            (func (export "direct") (type $t) {gets} (call $inner))
            (func (export "tail") (type $t) {gets} (return_call $host))
            (func (export "indirect") (type $t) {gets} (call_indirect (type $t) (i32.const 0)))
            (func (export "reference") (type $t) {gets} (return_call_ref $t (ref.func $inner))))"#
    );
    let mut store = Store::new(engine, 0u32);
    let module = Module::new(engine, wat).unwrap();
    let ty = FuncType::new(engine, params.iter().map(type_of), results.iter().map(type_of));
    let (expected, given) = (bits(params), results.to_vec());
    let host = Func::new(&mut store, ty, move |mut caller: Caller<'_, u32>, params, results| {
        assert_eq!(bits(params), expected);
        *caller.data_mut() += 1;
        results.clone_from_slice(&given);
        Ok(())
    });
    let instance = Instance::new(&mut store, &module, &[host.into()]).unwrap();
    for (i, name) in (1..).zip(["direct", "tail", "indirect", "reference"]) {
        let mut out = vec![Val::I32(0); results.len()];
        instance.get_func(&mut store, name).unwrap().call(&mut store, params, &mut out).unwrap();
        assert_eq!((bits(&out), *store.data()), (bits(results), i), "{name}");
    }
}

fn cases(count: u32) -> ProptestConfig {
    ProptestConfig { cases: count, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn values_of_any_signature_are_passed_on(
        params in prop::collection::vec(number(), 0..24),
        results in prop::collection::vec(number(), 0..24),
    ) {
        check(&default_engine(), &params, &results);
    }
}

proptest! {
    #![proptest_config(cases(16))]

    #[test]
    fn values_of_any_signature_are_passed_on_through_entry_slots(
        params in prop::collection::vec(number(), 0..12),
        results in prop::collection::vec(number(), 0..12),
    ) {
        let engine = engine(|c| {
            c.option("entry_slots", "true").unwrap();
        });
        check(&engine, &params, &results);
    }
}

#[test]
fn a_thousand_parameters_and_results() {
    let values: Vec<Val> = (0..1000).map(Val::I64).collect();
    check(&default_engine(), &values, &values);
    let few: Vec<Val> = (0..3).map(Val::I32).collect();
    check(&default_engine(), &values, &few);
    check(&default_engine(), &few, &values);
    let too_many = format!("(module (func (param {})))", "i32 ".repeat(1001));
    assert!(message(Module::new(&default_engine(), too_many)).contains("invalid module"));
}
