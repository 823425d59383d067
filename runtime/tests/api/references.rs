//! Functions and host values as values; tables and globals.

use crate::{default_engine, instantiate, message, store};
use gantry::{
    ExternRef, Func, Global, GlobalType, HeapType, Instance, Module, Mutability, Ref, RefType, Store, Table, TableType,
    Trap, Val, ValType,
};

#[test]
fn functions_go_in_and_out() {
    let mut store = store();
    let instance = instantiate(
        &mut store,
        r#"(module
            (type $unary (func (param i32) (result i32)))
            (table $t 1 funcref)
            (func $double (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2)))
            (elem declare func $double)
            (func (export "get") (result funcref) (ref.func $double))
            (func (export "call") (param funcref i32) (result i32)
                (table.set $t (i32.const 0) (local.get 0))
                (call_indirect $t (type $unary) (local.get 1) (i32.const 0))))"#,
    );
    let get = instance.get_typed_func::<(), Option<Func>>(&mut store, "get").unwrap();
    let call = instance.get_typed_func::<(Option<Func>, i32), i32>(&mut store, "call").unwrap();
    let double = get.call(&mut store, ()).unwrap().unwrap();
    assert_eq!(double.typed::<i32, i32>(&store).unwrap().call(&mut store, 4).unwrap(), 8);
    assert_eq!(call.call(&mut store, (Some(double), 5)).unwrap(), 10);
    // A host function made after the instance, called indirectly.
    let triple = Func::wrap(&mut store, |x: i32| x * 3);
    assert_eq!(call.call(&mut store, (Some(triple), 5)).unwrap(), 15);
    let other = Func::wrap(&mut store, |_: i64| {});
    for (func, expected) in [(None, Trap::IndirectCallToNull), (Some(other), Trap::BadSignature)] {
        let error = call.call(&mut store, (func, 5)).unwrap_err();
        assert_eq!(error.downcast_ref::<Trap>(), Some(&expected));
    }
}

/// Host functions that are made before any module of their type is in the store get their trampolines later.
#[test]
fn a_host_function_older_than_every_instance_is_called_indirectly() {
    let mut store = store();
    let host = Func::wrap(&mut store, |a: f32, b: f64| f64::from(a) + b);
    let table = Table::new(&mut store, TableType::new(RefType::FUNCREF, 1, None), Ref::Func(Some(host))).unwrap();
    let module = r#"(module
        (import "" "t" (table 1 funcref))
        (func (export "f") (result f64)
            (call_indirect (param f32 f64) (result f64) (f32.const 1) (f64.const 2) (i32.const 0))))"#;
    let module = Module::new(store.engine(), module).unwrap();
    let instance = Instance::new(&mut store, &module, &[table.into()]).unwrap();
    let f = instance.get_typed_func::<(), f64>(&mut store, "f").unwrap();
    assert_eq!(f.call(&mut store, ()).unwrap(), 3.0);
}

#[test]
fn references_narrower_than_rust_knows_are_checked() {
    let mut store = store();
    let instance = instantiate(
        &mut store,
        r#"(module
            (type $unary (func (param i32) (result i32)))
            (func $inc (export "inc") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
            (func (export "apply") (param (ref $unary)) (result i32) (call_ref $unary (i32.const 7) (local.get 0)))
            (func (export "maybe") (param (ref null $unary)) (result i32) (call_ref $unary (i32.const 7) (local.get 0)))
            (func (export "null") (result funcref) (ref.null func)))"#,
    );
    let inc = instance.get_func(&mut store, "inc").unwrap();
    let other = Func::wrap(&mut store, |_: i64| 0i32);
    let apply = instance.get_typed_func::<Func, i32>(&mut store, "apply").unwrap();
    assert_eq!(apply.call(&mut store, inc).unwrap(), 8);
    assert!(message(apply.call(&mut store, other)).contains("type mismatch"));
    let apply = instance.get_typed_func::<Option<Func>, i32>(&mut store, "apply").unwrap();
    assert!(message(apply.call(&mut store, None)).contains("type mismatch"));
    assert!(message(apply.call(&mut store, Some(other))).contains("type mismatch"));
    assert_eq!(apply.call(&mut store, Some(inc)).unwrap(), 8);
    let maybe = instance.get_typed_func::<Option<Func>, i32>(&mut store, "maybe").unwrap();
    let error = maybe.call(&mut store, None).unwrap_err();
    assert_eq!(error.downcast_ref::<Trap>(), Some(&Trap::NullReference));
    // What comes out may be null, so that a type without null is none for it.
    assert!(message(instance.get_typed_func::<(), Func>(&mut store, "null")).contains("type mismatch"));
    let untyped = instance.get_func(&mut store, "apply").unwrap();
    assert!(
        message(untyped.call(&mut store, &[Val::FuncRef(Some(other))], &mut [Val::I32(0)])).contains("type mismatch")
    );
}

#[test]
fn host_values_keep_their_identity() {
    let mut store = store();
    let instance = instantiate(
        &mut store,
        r#"(module
            (table $t 2 externref)
            (global $g (export "g") (mut externref) (ref.null extern))
            (func (export "through") (param externref) (result externref)
                (table.set $t (i32.const 1) (local.get 0))
                (global.set $g (table.get $t (i32.const 1)))
                (global.get $g))
            (func (export "is_null") (param externref) (result i32) (ref.is_null (local.get 0))))"#,
    );
    let through = instance.get_typed_func::<Option<ExternRef>, Option<ExternRef>>(&mut store, "through").unwrap();
    let is_null = instance.get_typed_func::<Option<ExternRef>, i32>(&mut store, "is_null").unwrap();
    let value = ExternRef::new(&mut store, "a host value".to_owned()).unwrap();
    let unit = ExternRef::new(&mut store, ()).unwrap();
    let back = through.call(&mut store, Some(value.clone())).unwrap().unwrap();
    assert!(back.ptr_eq(&value) && !back.ptr_eq(&unit));
    assert_eq!(back.data(&store).unwrap().downcast_ref::<String>().unwrap(), "a host value");
    assert!(through.call(&mut store, None).unwrap().is_none());
    assert!(through.call(&mut store, Some(unit.clone())).unwrap().unwrap().ptr_eq(&unit));
    assert_eq!(is_null.call(&mut store, Some(unit)).unwrap(), 0);
    assert_eq!(is_null.call(&mut store, None).unwrap(), 1);

    let mut results = [Val::I32(0)];
    through.func().call(&mut store, &[value.clone().into()], &mut results).unwrap();
    assert!(matches!(&results[0], Val::ExternRef(Some(v)) if v.ptr_eq(&value)));
    let global = instance.get_global(&mut store, "g").unwrap();
    assert!(matches!(global.get(&mut store), Val::ExternRef(Some(v)) if v.ptr_eq(&value)));
}

#[test]
fn host_values_are_dropped_with_the_store() {
    let value = std::sync::Arc::new(());
    let mut store = store();
    let instance = instantiate(&mut store, r#"(module (func (export "f") (param externref)))"#);
    let f = instance.get_typed_func::<Option<ExternRef>, ()>(&mut store, "f").unwrap();
    let reference = ExternRef::new(&mut store, value.clone()).unwrap();
    for _ in 0..10 {
        f.call(&mut store, Some(reference.clone())).unwrap();
    }
    drop(reference);
    assert_eq!(std::sync::Arc::strong_count(&value), 2);
    drop(store);
    assert_eq!(std::sync::Arc::strong_count(&value), 1);
}

#[test]
fn host_functions_take_and_give_references() {
    let mut store = Store::new(&default_engine(), Vec::<String>::new());
    let log = Func::wrap(
        &mut store,
        |mut caller: gantry::Caller<'_, Vec<String>>,
         value: Option<ExternRef>,
         f: Option<Func>|
         -> gantry::Result<Option<ExternRef>> {
            let text = match &value {
                Some(value) => value.data(&caller)?.downcast_ref::<String>().unwrap().clone(),
                None => "null".to_owned(),
            };
            caller.data_mut().push(text);
            if let Some(f) = f {
                f.call(&mut caller, &[], &mut [])?;
            }
            let result = format!("result {}", caller.data().len());
            Ok(Some(ExternRef::new(&mut caller, result)?))
        },
    );
    let module = r#"(module
        (import "" "log" (func $log (param externref funcref) (result externref)))
        (func $again (drop (call $log (ref.null extern) (ref.null func))))
        (elem declare func $again)
        (func (export "f") (param externref) (result externref) (call $log (local.get 0) (ref.func $again))))"#;
    let module = Module::new(store.engine(), module).unwrap();
    let instance = Instance::new(&mut store, &module, &[log.into()]).unwrap();
    let f = instance.get_typed_func::<Option<ExternRef>, Option<ExternRef>>(&mut store, "f").unwrap();
    let value = ExternRef::new(&mut store, "hello".to_owned()).unwrap();
    let result = f.call(&mut store, Some(value)).unwrap().unwrap();
    assert_eq!(result.data(&store).unwrap().downcast_ref::<String>().unwrap(), "result 2");
    assert_eq!(store.data(), &["hello", "null"]);
}

#[test]
fn tables_of_the_host_and_of_wasm() {
    let mut store = store();
    let table = Table::new(&mut store, TableType::new(RefType::FUNCREF, 2, Some(5)), Ref::Func(None)).unwrap();
    let module = r#"(module
        (table (export "t") (import "" "t") 2 5 funcref)
        (func $one (result i32) (i32.const 1))
        (elem (i32.const 1) $one)
        (func (export "grow") (result i32) (table.grow (ref.func $one) (i32.const 2)))
        (func (export "size") (result i32) (table.size))
        (func (export "call") (param i32) (result i32) (call_indirect (result i32) (local.get 0))))"#;
    let module = Module::new(store.engine(), module).unwrap();
    let instance = Instance::new(&mut store, &module, &[table.into()]).unwrap();
    let size = instance.get_typed_func::<(), u64>(&mut store, "size");
    assert!(size.is_err());
    let size = instance.get_typed_func::<(), u32>(&mut store, "size").unwrap();
    let call = instance.get_typed_func::<u32, i32>(&mut store, "call").unwrap();
    assert_eq!(table.grow(&mut store, 1, Ref::Func(None)).unwrap(), 2);
    assert_eq!(size.call(&mut store, ()).unwrap(), 3);
    assert_eq!(instance.get_typed_func::<(), i32>(&mut store, "grow").unwrap().call(&mut store, ()).unwrap(), 3);
    assert_eq!(table.size(&store), 5);
    assert!(table.grow(&mut store, 1, Ref::Func(None)).is_err());
    assert_eq!(call.call(&mut store, 4).unwrap(), 1);
    assert!(table.get(&mut store, 0).unwrap().is_null() && table.get(&mut store, 5).is_none());

    let two = Func::wrap(&mut store, || 2i32);
    table.set(&mut store, 0, two.into()).unwrap();
    Table::copy(&mut store, &table, 2, &table, 0, 2).unwrap();
    assert_eq!((call.call(&mut store, 2).unwrap(), call.call(&mut store, 3).unwrap()), (2, 1));
    table.fill(&mut store, 3, Ref::Func(None), 2).unwrap();
    assert!(call.call(&mut store, 3).is_err());

    assert!(message(table.set(&mut store, 5, two.into())).contains("out of bounds"));
    assert!(message(table.fill(&mut store, 4, two.into(), 2)).contains("out of bounds"));
    assert!(message(Table::copy(&mut store, &table, 4, &table, 0, 2)).contains("out of bounds"));
    let value = ExternRef::new(&mut store, 1).unwrap();
    assert!(message(table.set(&mut store, 0, Ref::Extern(Some(value)))).contains("type mismatch"));
    let other = Table::new(&mut store, TableType::new(RefType::EXTERNREF, 2, None), Ref::Extern(None)).unwrap();
    assert!(message(Table::copy(&mut store, &table, 0, &other, 0, 1)).contains("do not match"));
    assert!(
        message(Table::new(&mut store, TableType::new(RefType::EXTERNREF, 2, None), Ref::Func(None)))
            .contains("type mismatch")
    );
}

#[test]
fn globals_are_shared_by_host_and_wasm() {
    let mut store = store();
    let counter = Global::new(&mut store, GlobalType::new(ValType::I64, Mutability::Var), Val::I64(40)).unwrap();
    let constant = Global::new(&mut store, GlobalType::new(ValType::F32, Mutability::Const), 1.5f32.into()).unwrap();
    let module = r#"(module
        (import "" "counter" (global $c (mut i64)))
        (import "" "constant" (global $k f32))
        (global (export "own") f32 (global.get $k))
        (export "counter" (global $c))
        (func (export "inc") (global.set $c (i64.add (global.get $c) (i64.const 1)))))"#;
    let module = Module::new(store.engine(), module).unwrap();
    let instance = Instance::new(&mut store, &module, &[counter.into(), constant.into()]).unwrap();
    let inc = instance.get_typed_func::<(), ()>(&mut store, "inc").unwrap();
    inc.call(&mut store, ()).unwrap();
    assert_eq!(counter.get(&mut store).unwrap_i64(), 41);
    instance.get_global(&mut store, "counter").unwrap().set(&mut store, Val::I64(-2)).unwrap();
    inc.call(&mut store, ()).unwrap();
    assert_eq!(counter.get(&mut store).unwrap_i64(), -1);
    let own = instance.get_global(&mut store, "own").unwrap();
    assert_eq!(own.get(&mut store).unwrap_f32(), 1.5);
    assert!(message(own.set(&mut store, Val::F32(0))).contains("immutable"));
    assert!(message(counter.set(&mut store, Val::I32(0))).contains("type mismatch"));
    let ty = GlobalType::new(ValType::I32, Mutability::Const);
    assert!(message(Global::new(&mut store, ty, Val::I64(0))).contains("type mismatch"));
}

#[test]
fn nulls_belong_to_their_hierarchy() {
    assert!(matches!(Ref::null(HeapType::NoFunc), Ref::Func(None)));
    assert!(matches!(Val::null_ref(HeapType::Extern), Val::ExternRef(None)));
    assert!(Val::default_for_ty(&ValType::Ref(RefType { nullable: false, heap: HeapType::Func })).is_none());
    assert!(matches!(Val::default_for_ty(&ValType::FUNCREF), Some(Val::FuncRef(None))));
}

#[test]
fn constant_expressions_see_functions_globals_and_imports() {
    let mut store = store();
    let base = Global::new(&mut store, GlobalType::new(ValType::I32, Mutability::Const), Val::I32(3)).unwrap();
    let module = r#"(module
        (import "" "base" (global $base i32))
        (global $sum (export "sum") i32 (i32.sub (i32.mul (global.get $base) (i32.const 7)) (i32.const 1)))
        (global $wide (export "wide") i64 (i64.add (i64.const -1) (i64.mul (i64.const 2) (i64.const 3))))
        (global $v (export "v") v128 (v128.const i32x4 1 2 3 4))
        (global $f (export "f") funcref (ref.func $get))
        (table (export "t") 4 funcref (ref.func $get))
        (memory (export "m") 1)
        (data (offset (i32.add (global.get $base) (i32.const 19))) "x")
        (elem (offset (global.get $base)) funcref (ref.null func))
        (func $get (result i32) (i32.const 11)))"#;
    let module = Module::new(store.engine(), module).unwrap();
    let instance = Instance::new(&mut store, &module, &[base.into()]).unwrap();
    let mut get = |name| instance.get_global(&mut store, name).unwrap().get(&mut store);
    assert_eq!(get("sum").unwrap_i32(), 20);
    assert_eq!(get("wide").unwrap_i64(), 5);
    assert_eq!(get("v").unwrap_v128().as_u128(), 4 << 96 | 3 << 64 | 2 << 32 | 1);
    let Val::FuncRef(Some(f)) = get("f") else { panic!("a function") };
    assert_eq!(f.typed::<(), i32>(&store).unwrap().call(&mut store, ()).unwrap(), 11);
    assert_eq!(instance.get_memory(&mut store, "m").unwrap().data(&store)[22], b'x');
    let table = instance.get_table(&mut store, "t").unwrap();
    let nulls: Vec<_> = (0..4).map(|i| table.get(&mut store, i).unwrap().is_null()).collect();
    assert_eq!(nulls, [false, false, false, true]);
}
