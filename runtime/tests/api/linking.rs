//! Imports, exports and linkers.

use crate::{default_engine, instantiate, message, store};
use gantry::{
    Caller, Extern, ExternType, Func, FuncType, Global, GlobalType, Instance, Linker, Memory, MemoryType, Module,
    Mutability, Ref, RefType, Store, Table, TableType, UnknownImportError, Val, ValType,
};

#[test]
fn modules_describe_their_imports_and_exports() {
    let engine = default_engine();
    let module = r#"(module $name
        (import "a" "f" (func (param i32) (result f64)))
        (import "a" "g" (global (mut i64)))
        (memory (export "m") 1 5)
        (table (export "t") i64 3 externref))"#;
    let module = Module::new(&engine, module).unwrap();
    let imports: Vec<_> = module.imports().map(|i| (i.module(), i.name(), i.ty())).collect();
    let f = FuncType::new(&engine, [ValType::I32], [ValType::F64]);
    let g = GlobalType::new(ValType::I64, Mutability::Var);
    assert_eq!(imports, [("a", "f", ExternType::Func(f)), ("a", "g", ExternType::Global(g))]);
    let exports: Vec<_> = module.exports().map(|e| (e.name(), e.ty())).collect();
    let m = MemoryType::new(1, Some(5));
    let t = TableType::new64(RefType::EXTERNREF, 3, None);
    assert_eq!(exports, [("m", ExternType::Memory(m)), ("t", ExternType::Table(t))]);
    assert!(module.get_export("m").is_some() && module.get_export("x").is_none());

    let mut store = Store::new(&engine, ());
    let instance =
        instantiate(&mut store, r#"(module (func (export "b")) (memory (export "a") 1) (func (export "")))"#);
    let names: Vec<_> = instance.exports(&mut store).map(|e| (e.name().to_owned(), e.into_func().is_some())).collect();
    assert_eq!(names, [("b".to_owned(), true), ("a".to_owned(), false), (String::new(), true)]);
    assert!(instance.get_func(&mut store, "a").is_none() && instance.get_memory(&mut store, "b").is_none());
}

#[test]
fn each_kind_of_import_is_checked_by_type() {
    let mut store = store();
    let func = Func::wrap(&mut store, |_: i32| {});
    let global = Global::new(&mut store, GlobalType::new(ValType::I32, Mutability::Var), Val::I32(0)).unwrap();
    let constant = Global::new(&mut store, GlobalType::new(ValType::I32, Mutability::Const), Val::I32(0)).unwrap();
    let memory = Memory::new(&mut store, MemoryType::new(2, Some(4))).unwrap();
    let memory64 = Memory::new(&mut store, MemoryType::new64(2, Some(4))).unwrap();
    let table = Table::new(&mut store, TableType::new(RefType::FUNCREF, 2, Some(4)), Ref::Func(None)).unwrap();
    let table64 = Table::new(&mut store, TableType::new64(RefType::FUNCREF, 2, Some(4)), Ref::Func(None)).unwrap();
    let cases: &[(&str, Extern, bool)] = &[
        ("func (param i32)", func.into(), true),
        ("func (param i64)", func.into(), false),
        ("func", func.into(), false),
        ("func (param i32)", memory.into(), false),
        ("global (mut i32)", global.into(), true),
        ("global i32", global.into(), false),
        ("global (mut i64)", global.into(), false),
        ("global i32", constant.into(), true),
        ("global (mut i32)", constant.into(), false),
        ("memory 2 4", memory.into(), true),
        ("memory 1", memory.into(), true),
        ("memory 0 5", memory.into(), true),
        ("memory 3 4", memory.into(), false),
        ("memory 2 3", memory.into(), false),
        ("memory i64 2 4", memory.into(), false),
        ("memory i64 2 4", memory64.into(), true),
        ("table 2 4 funcref", table.into(), true),
        ("table 1 funcref", table.into(), true),
        ("table 3 funcref", table.into(), false),
        ("table 2 3 funcref", table.into(), false),
        ("table 2 4 externref", table.into(), false),
        ("table i64 2 4 funcref", table.into(), false),
        ("table i64 2 4 funcref", table64.into(), true),
        ("table 2 4 funcref", func.into(), false),
    ];
    for (import, item, fits) in cases {
        let module = Module::new(store.engine(), format!(r#"(module (import "a" "b" ({import})))"#)).unwrap();
        let result = Instance::new(&mut store, &module, &[*item]);
        if *fits {
            result.unwrap();
        } else {
            let found = message(result);
            assert!(found.contains("incompatible import type for `a::b`"), "{import}: {found}");
        }
    }
    // What counts is the size now.
    memory.grow(&mut store, 1).unwrap();
    let module = Module::new(store.engine(), r#"(module (import "a" "b" (memory 3 4)))"#).unwrap();
    Instance::new(&mut store, &module, &[memory.into()]).unwrap();
    let found = message(Instance::new(&mut store, &module, &[]));
    assert!(found.contains("expected 1 imports, found 0"), "{found}");
}

#[test]
fn an_unlimited_memory_is_no_limited_one() {
    let mut store = store();
    let memory = Memory::new(&mut store, MemoryType::new(1, None)).unwrap();
    let module = Module::new(store.engine(), r#"(module (import "" "" (memory 1 65536)))"#).unwrap();
    assert!(Instance::new(&mut store, &module, &[memory.into()]).is_err());
}

#[test]
fn unknown_imports_are_named() {
    let engine = default_engine();
    let linker = Linker::<()>::new(&engine);
    let module = Module::new(&engine, r#"(module (import "some" "thing" (func)))"#).unwrap();
    let error = linker.instantiate(Store::new(&engine, ()), &module).unwrap_err();
    assert_eq!(error.to_string(), "unknown import: `some::thing` has not been defined");
    let unknown = error.downcast_ref::<UnknownImportError>().unwrap();
    assert_eq!((unknown.module(), unknown.name()), ("some", "thing"));
    assert!(linker.instantiate_pre(&module).is_err());
}

#[test]
fn names_are_taken_once_unless_shadowing_is_allowed() {
    let mut store = store();
    let mut linker = Linker::new(store.engine());
    linker.func_wrap("a", "b", || 1i32).unwrap();
    assert!(message(linker.func_wrap("a", "b", || 2i32).map(|_| ())).contains("defined twice"));
    linker.allow_shadowing(true).func_wrap("a", "b", || 3i32).unwrap();
    linker.alias("a", "b", "c", "d").unwrap();
    linker.alias_module("a", "e").unwrap();
    assert!(linker.alias("x", "y", "z", "w").is_err() && linker.alias_module("x", "y").is_err());
    for (module, name) in [("a", "b"), ("c", "d"), ("e", "b")] {
        let func = linker.get(&mut store, module, name).and_then(Extern::into_func).unwrap();
        assert_eq!(func.typed::<(), i32>(&store).unwrap().call(&mut store, ()).unwrap(), 3);
    }
    assert!(linker.get(&mut store, "a", "x").is_none());
    assert_eq!(linker.iter(&mut store).count(), 3);
}

#[test]
fn instances_are_linked_with_each_other() {
    let mut store = store();
    let mut linker = Linker::new(store.engine());
    let first =
        instantiate(&mut store, r#"(module (func (export "one") (result i32) (i32.const 1)) (memory (export "m") 1))"#);
    linker.instance(&mut store, "first", first).unwrap();
    let second = r#"(module
        (import "first" "one" (func $one (result i32)))
        (import "first" "m" (memory 1))
        (export "again" (func $one))
        (func (export "two") (result i32) (i32.add (call $one) (call $one))))"#;
    let second = Module::new(store.engine(), second).unwrap();
    linker.module(&mut store, "second", &second).unwrap();
    for (name, expected) in [("two", 2), ("again", 1)] {
        let func = linker.get(&mut store, "second", name).and_then(Extern::into_func).unwrap();
        assert_eq!(func.typed::<(), i32>(&store).unwrap().call(&mut store, ()).unwrap(), expected);
    }
}

#[test]
fn an_imported_host_function_can_be_exported_and_referred_to() {
    let mut store = store();
    let mut linker = Linker::new(store.engine());
    linker.func_wrap("h", "f", |x: i32| x + 1).unwrap();
    let module = r#"(module
        (import "h" "f" (func $f (param i32) (result i32)))
        (table 1 funcref) (elem (i32.const 0) $f)
        (export "f" (func $f))
        (func (export "direct") (result i32) (call $f (i32.const 1)))
        (func (export "indirect") (result i32)
            (call_indirect (param i32) (result i32) (i32.const 2) (i32.const 0))))"#;
    let module = Module::new(store.engine(), module).unwrap();
    let instance = linker.instantiate(&mut store, &module).unwrap();
    let f = instance.get_typed_func::<i32, i32>(&mut store, "f").unwrap();
    assert_eq!(f.call(&mut store, 5).unwrap(), 6);
    for (name, expected) in [("direct", 2), ("indirect", 3)] {
        assert_eq!(
            instance.get_typed_func::<(), i32>(&mut store, name).unwrap().call(&mut store, ()).unwrap(),
            expected
        );
    }
    // Through a second module, which imports what the first one exports.
    linker.instance(&mut store, "h2", instance).unwrap();
    let module = r#"(module
        (import "h2" "f" (func $f (param i32) (result i32)))
        (func (export "g") (result i32) (return_call $f (i32.const 40))))"#;
    let module = Module::new(store.engine(), module).unwrap();
    let instance = linker.instantiate(&mut store, &module).unwrap();
    assert_eq!(instance.get_typed_func::<(), i32>(&mut store, "g").unwrap().call(&mut store, ()).unwrap(), 41);
}

#[test]
fn prepared_instantiation_makes_many_instances_in_many_stores() {
    let engine = default_engine();
    let mut linker = Linker::new(&engine);
    linker.func_wrap("", "id", |caller: Caller<'_, i32>| *caller.data()).unwrap();
    let module = r#"(module
        (import "" "id" (func $id (result i32)))
        (global $n (mut i32) (i32.const 0))
        (func (export "next") (result i32)
            (global.set $n (i32.add (global.get $n) (i32.const 1)))
            (i32.add (i32.mul (call $id) (i32.const 100)) (global.get $n))))"#;
    let pre = linker.instantiate_pre(&Module::new(&engine, module).unwrap()).unwrap();
    for id in 0..3 {
        let mut store = Store::new(&engine, id);
        for _ in 0..3 {
            let instance = pre.instantiate(&mut store).unwrap();
            let next = instance.get_typed_func::<(), i32>(&mut store, "next").unwrap();
            assert_eq!(
                (next.call(&mut store, ()).unwrap(), next.call(&mut store, ()).unwrap()),
                (id * 100 + 1, id * 100 + 2)
            );
        }
    }
    linker.func_wrap("", "wrong", |_: i32| {}).unwrap();
    let wrong = Module::new(&engine, r#"(module (import "" "wrong" (func)))"#).unwrap();
    assert!(message(linker.instantiate_pre(&wrong)).contains("incompatible import type for `::wrong`"));
}

#[test]
fn unknown_imports_become_traps_or_default_values() {
    let mut store = store();
    let module = r#"(module
        (import "a" "f" (func $f (result i32 f64)))
        (export "f" (func $f)))"#;
    let module = Module::new(store.engine(), module).unwrap();
    let mut traps = Linker::new(store.engine());
    traps.define_unknown_imports_as_traps(&module).unwrap();
    let instance = traps.instantiate(&mut store, &module).unwrap();
    let f = instance.get_typed_func::<(), (i32, f64)>(&mut store, "f").unwrap();
    assert!(message(f.call(&mut store, ())).contains("unknown import: `a::f` has not been defined"));

    let all = r#"(module
        (import "a" "f" (func $f (result i32 f64)))
        (import "a" "m" (memory 2))
        (import "a" "t" (table 3 externref))
        (import "a" "g" (global (mut v128)))
        (export "f" (func $f)))"#;
    let all = Module::new(store.engine(), all).unwrap();
    assert!(traps.define_unknown_imports_as_traps(&all).is_err());
    let mut defaults = Linker::new(store.engine());
    defaults.define_unknown_imports_as_default_values(&mut store, &all).unwrap();
    let instance = defaults.instantiate(&mut store, &all).unwrap();
    let f = instance.get_typed_func::<(), (i32, f64)>(&mut store, "f").unwrap();
    assert_eq!(f.call(&mut store, ()).unwrap(), (0, 0.0));
    assert_eq!(defaults.get(&mut store, "a", "m").and_then(Extern::into_memory).unwrap().size(&store), 2);
}

#[test]
fn commands_have_an_instance_for_each_call_and_reactors_one() {
    let mut store = Store::new(&default_engine(), 0i32);
    let mut linker = Linker::new(store.engine());
    linker.func_wrap("host", "init", |mut caller: Caller<'_, i32>| *caller.data_mut() += 1).unwrap();
    let body = r#"(global $n (mut i32) (i32.const 0))
        (func (export "next") (result i32)
            (global.set $n (i32.add (global.get $n) (i32.const 1))) (global.get $n))"#;
    let command = format!(r#"(module (func (export "_start")) {body})"#);
    let reactor =
        format!(r#"(module (import "host" "init" (func $i)) (func (export "_initialize") (call $i)) {body})"#);
    for (name, wat, expected) in [("command", command, [1, 1]), ("reactor", reactor, [1, 2])] {
        let module = Module::new(store.engine(), wat).unwrap();
        linker.module(&mut store, name, &module).unwrap();
        let next = linker.get(&mut store, name, "next").and_then(Extern::into_func).unwrap();
        let next = next.typed::<(), i32>(&store).unwrap();
        assert_eq!([next.call(&mut store, ()).unwrap(), next.call(&mut store, ()).unwrap()], expected);
    }
    assert_eq!(*store.data(), 1);
    let default = linker.get_default(&mut store, "command").unwrap();
    default.typed::<(), ()>(&store).unwrap().call(&mut store, ()).unwrap();
}

#[test]
fn function_types_match_across_modules_by_structure() {
    let mut store = store();
    let exporter = instantiate(
        &mut store,
        r#"(module
            (type $unused (func (param f32 f32)))
            (type $inner (func (param i32)))
            (type $f (func (result (ref null $inner))))
            (func (export "f") (type $f) (ref.null $inner)))"#,
    );
    let f = exporter.get_export(&mut store, "f").unwrap();
    let same = r#"(module (type $i (func (param i32))) (import "" "f" (func (result (ref null $i)))))"#;
    let other = r#"(module (type $i (func (param i64))) (import "" "f" (func (result (ref null $i)))))"#;
    let module = |wat| Module::new(exporter.module(&store).engine(), wat).unwrap();
    let (same, other) = (module(same), module(other));
    Instance::new(&mut store, &same, &[f]).unwrap();
    assert!(Instance::new(&mut store, &other, &[f]).is_err());
}
