//! What an embedder must not do is a panic or an error, never worse.

use crate::{default_engine, instantiate, message, panic_message, store};
use gantry::{
    ExternRef, Func, Global, GlobalType, Instance, Linker, Memory, MemoryType, Module, Mutability, Ref, RefType, Store,
    Table, TableType, Val, ValType,
};

const WRONG_STORE: &str = "another store";

#[test]
fn items_of_another_store_are_refused() {
    let mut one = store();
    let mut two = store();
    let func = Func::wrap(&mut one, || {});
    let memory = Memory::new(&mut one, MemoryType::new(1, None)).unwrap();
    let table = Table::new(&mut one, TableType::new(RefType::FUNCREF, 1, None), Ref::Func(None)).unwrap();
    let global = Global::new(&mut one, GlobalType::new(ValType::I32, Mutability::Var), Val::I32(0)).unwrap();
    let instance = instantiate(&mut one, r#"(module (func (export "f")))"#);
    let typed = instance.get_typed_func::<(), ()>(&mut one, "f").unwrap();
    // Everything has its counterpart in the other store, so that nothing fails for want of it.
    Func::wrap(&mut two, || {});
    Memory::new(&mut two, MemoryType::new(1, None)).unwrap();
    let table_two = Table::new(&mut two, TableType::new(RefType::FUNCREF, 1, None), Ref::Func(None)).unwrap();
    let holder = instantiate(&mut two, r#"(module (func (export "f") (param funcref)))"#);

    let panics: Vec<String> = vec![
        panic_message(|| _ = func.ty(&two)),
        panic_message(|| func.call(&mut two, &[], &mut [])),
        panic_message(|| typed.call(&mut two, ())),
        panic_message(|| memory.size(&two)),
        panic_message(|| memory.data(&two).len()),
        panic_message(|| memory.grow(&mut two, 1)),
        panic_message(|| table.get(&mut two, 0)),
        panic_message(|| table.set(&mut two, 0, Ref::Func(None))),
        panic_message(|| table_two.set(&mut two, 0, Ref::Func(Some(func)))),
        panic_message(|| Table::copy(&mut two, &table_two, 0, &table, 0, 1)),
        panic_message(|| global.get(&mut two)),
        panic_message(|| global.set(&mut two, Val::I32(1))),
        panic_message(|| instance.get_export(&mut two, "f")),
        panic_message(|| Global::new(&mut two, GlobalType::new(ValType::FUNCREF, Mutability::Var), func.into())),
        panic_message(|| holder.get_func(&mut two, "f").unwrap().call(&mut two, &[func.into()], &mut [])),
        panic_message(|| {
            let f = holder.get_typed_func::<Option<Func>, ()>(&mut two, "f").unwrap();
            f.call(&mut two, Some(func))
        }),
    ];
    for panic in panics {
        assert!(panic.contains(WRONG_STORE), "{panic}");
    }
    let module = Module::new(two.engine(), r#"(module (import "" "" (func)))"#).unwrap();
    assert!(panic_message(|| Instance::new(&mut two, &module, &[func.into()])).contains(WRONG_STORE));
}

#[test]
fn modules_and_types_of_another_engine_are_refused() {
    let mut store = store();
    let other = default_engine();
    let module = Module::new(&other, "(module)").unwrap();
    assert!(message(Instance::new(&mut store, &module, &[])).contains("another engine"));
    let linker = Linker::new(&other);
    assert!(message(linker.instantiate(&mut store, &module)).contains("another engine"));
    let ty = gantry::FuncType::new(&other, [], []);
    let panic = panic_message(|| Func::new(&mut store, ty, |_, _, _| Ok(())));
    assert!(panic.contains("another engine"), "{panic}");
    let mut linker = Linker::<()>::new(store.engine());
    let ty = gantry::FuncType::new(&other, [], []);
    let panic = panic_message(|| linker.func_new("", "", ty, |_, _, _| Ok(())).map(|_| ()));
    assert!(panic.contains("another engine"), "{panic}");
}

#[test]
fn items_of_a_dropped_store_are_refused_by_the_next_one() {
    let func = Func::wrap(store(), || {});
    let memory = Memory::new(store(), MemoryType::new(1, None)).unwrap();
    let mut next = store();
    assert!(panic_message(|| func.call(&mut next, &[], &mut [])).contains(WRONG_STORE));
    assert!(panic_message(|| memory.size(&next)).contains(WRONG_STORE));
}

#[test]
fn host_values_may_be_given_to_any_store() {
    let mut one = store();
    let value = ExternRef::new(&mut one, 5i32).unwrap();
    let mut two = store();
    let instance =
        instantiate(&mut two, r#"(module (func (export "f") (param externref) (result externref) (local.get 0)))"#);
    let f = instance.get_typed_func::<Option<ExternRef>, Option<ExternRef>>(&mut two, "f").unwrap();
    drop(one);
    let back = f.call(&mut two, Some(value)).unwrap().unwrap();
    assert_eq!(back.data(&two).unwrap().downcast_ref::<i32>(), Some(&5));
}

#[test]
fn a_store_survives_everything_that_fails_in_it() {
    let mut store = Store::new(&default_engine(), 0);
    let module = Module::new(store.engine(), r#"(module (import "" "" (func)) (func unreachable) (start 1))"#).unwrap();
    for _ in 0..100 {
        let f = Func::wrap(&mut store, || {});
        assert!(Instance::new(&mut store, &module, &[f.into()]).is_err());
    }
    let instance = instantiate(&mut store, r#"(module (func (export "f") (result i32) (i32.const 1)))"#);
    let f = instance.get_typed_func::<(), i32>(&mut store, "f").unwrap();
    assert_eq!(f.call(&mut store, ()).unwrap(), 1);
    assert_eq!(store.into_data(), 0);
}
