//! Stores move between threads; engines and modules are shared.

use crate::{instantiate, store};
use gantry::{
    Engine, ExternRef, Func, Global, Instance, InstancePre, Linker, Memory, Module, Store, Table, Trap, TypedFunc, Val,
    WasmBacktrace,
};

fn is_send_and_sync<T: Send + Sync>() {}

#[test]
fn handles_can_be_sent_and_shared() {
    is_send_and_sync::<Engine>();
    is_send_and_sync::<Module>();
    is_send_and_sync::<Store<()>>();
    is_send_and_sync::<Linker<std::rc::Rc<()>>>();
    is_send_and_sync::<InstancePre<()>>();
    is_send_and_sync::<Instance>();
    is_send_and_sync::<(Func, TypedFunc<(), ()>, Memory, Table, Global, ExternRef, Val)>();
    is_send_and_sync::<(Trap, WasmBacktrace, gantry::Error)>();
}

#[test]
fn a_store_moves_between_threads() {
    let mut store = store();
    let instance = instantiate(
        &mut store,
        r#"(module
            (global $n (mut i32) (i32.const 0))
            (func (export "next") (result i32)
                (global.set $n (i32.add (global.get $n) (i32.const 1)))
                (global.get $n))
            (func (export "trap") (drop (i32.load (i32.const -1))))
            (memory 1)
            (func $deep (export "deep") (call $deep)))"#,
    );
    let next = instance.get_typed_func::<(), i32>(&mut store, "next").unwrap();
    let trap = instance.get_typed_func::<(), ()>(&mut store, "trap").unwrap();
    let deep = instance.get_typed_func::<(), ()>(&mut store, "deep").unwrap();
    for i in 0..4 {
        store = std::thread::spawn(move || {
            assert_eq!(next.call(&mut store, ()).unwrap(), i + 1);
            // Each thread gets its signal stack and its stack limit.
            let error = trap.call(&mut store, ()).unwrap_err();
            assert_eq!(error.downcast_ref::<Trap>(), Some(&Trap::MemoryOutOfBounds));
            let error = deep.call(&mut store, ()).unwrap_err();
            assert_eq!(error.downcast_ref::<Trap>(), Some(&Trap::StackOverflow));
            store
        })
        .join()
        .unwrap();
    }
    assert_eq!(next.call(&mut store, ()).unwrap(), 5);
}

#[test]
fn threads_run_one_module_at_once() {
    let engine = Engine::default();
    let module = r#"(module
        (memory 1)
        (func (export "sum") (param i32) (result i32)
            (loop $l
                (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (local.get 0)))
                (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
                (br_if $l (local.get 0)))
            (i32.load (i32.const 0)))
        (func (export "trap") unreachable))"#;
    let module = Module::new(&engine, module).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for n in 1..50 {
                    let mut store = Store::new(&engine, ());
                    let instance = Instance::new(&mut store, &module, &[]).unwrap();
                    let sum = instance.get_typed_func::<i32, i32>(&mut store, "sum").unwrap();
                    assert_eq!(sum.call(&mut store, n).unwrap(), n * (n + 1) / 2);
                    let trap = instance.get_typed_func::<(), ()>(&mut store, "trap").unwrap();
                    assert!(trap.call(&mut store, ()).unwrap_err().is::<Trap>());
                }
            });
        }
    });
}

#[test]
fn modules_are_compiled_and_dropped_on_many_threads() {
    let engine = Engine::default();
    std::thread::scope(|scope| {
        for t in 0..4 {
            let engine = &engine;
            scope.spawn(move || {
                for i in 0..20 {
                    let wat = format!(r#"(module (func (export "f") (result i32) (i32.const {})))"#, t * 100 + i);
                    let mut store = Store::new(engine, ());
                    let instance = instantiate(&mut store, &wat);
                    let f = instance.get_typed_func::<(), i32>(&mut store, "f").unwrap();
                    assert_eq!(f.call(&mut store, ()).unwrap(), t * 100 + i);
                }
            });
        }
    });
}
