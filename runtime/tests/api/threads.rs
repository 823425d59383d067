//! Stores move between threads; engines and modules are shared.

use crate::{default_engine, instantiate, store};
use gantry::{
    Caller, Engine, Extern, ExternRef, Func, Global, Instance, InstancePre, Linker, Memory, Module, Store, Table, Trap,
    TypedFunc, Val, WasmBacktrace,
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
    let engine = default_engine();
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
    let engine = default_engine();
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

/// Guest and host call each other on threads with little stack until it is used up.
#[test]
fn recursion_through_the_host_stops_on_small_threads() {
    for bytes in [256 << 10, 320 << 10, 400 << 10] {
        let run = || {
            let mut store = store();
            let module = r#"(module (import "" "f" (func $f)) (func (export "run") (call $f)))"#;
            let module = Module::new(store.engine(), module).unwrap();
            let again = Func::wrap(&mut store, |mut caller: Caller<'_, ()>| -> gantry::Result<()> {
                let run = caller.get_export("run").and_then(Extern::into_func).expect("it is exported");
                run.typed::<(), ()>(&caller)?.call(&mut caller, ())
            });
            let instance = Instance::new(&mut store, &module, &[again.into()]).unwrap();
            let run = instance.get_typed_func::<(), ()>(&mut store, "run").unwrap();
            (store, run)
        };
        // Compilers need more stack than such threads have.
        let (mut store, run) = std::thread::spawn(run).join().unwrap();
        let thread = std::thread::Builder::new().stack_size(bytes).spawn(move || {
            let error = run.call(&mut store, ()).unwrap_err();
            assert_eq!(error.downcast_ref::<Trap>(), Some(&Trap::StackOverflow));
            assert!(error.downcast_ref::<WasmBacktrace>().is_some_and(|b| !b.frames().is_empty()));
        });
        thread.unwrap().join().unwrap();
    }
}
