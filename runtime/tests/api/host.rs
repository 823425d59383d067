//! Calls from wasm into the host.

use crate::{default_engine, instantiate, panic_message, store};
use gantry::{
    AsContextMut, Caller, Extern, Func, FuncType, Instance, Linker, Module, Result, Store, Trap, Val, ValType,
    WasmBacktrace,
};

#[test]
fn host_functions_get_their_arguments_and_give_results() {
    let mut store = store();
    let module = r#"(module
        (import "" "mix" (func $mix (param i32 i64 f32 f64) (result f64 f32 i64 i32)))
        (func (export "run") (result f64 f32 i64 i32)
            (call $mix (i32.const 1) (i64.const 2) (f32.const 3) (f64.const 4))))"#;
    let module = Module::new(store.engine(), module).unwrap();
    let typed = Func::wrap(&mut store, |a: i32, b: i64, c: f32, d: f64| (d, c, b, a));
    let ty = typed.ty(&store);
    let dynamic = Func::new(&mut store, ty, |_, params, results| {
        for (result, param) in results.iter_mut().zip(params.iter().rev()) {
            *result = param.clone();
        }
        Ok(())
    });
    for func in [typed, dynamic] {
        let instance = Instance::new(&mut store, &module, &[func.into()]).unwrap();
        let run = instance.get_typed_func::<(), (f64, f32, i64, i32)>(&mut store, "run").unwrap();
        assert_eq!(run.call(&mut store, ()).unwrap(), (4.0, 3.0, 2, 1));
    }
}

#[test]
fn seventeen_parameters_reach_a_closure() {
    let mut store = store();
    let sum = Func::wrap(
        &mut store,
        |a: i64,
         b: i64,
         c: i64,
         d: i64,
         e: i64,
         f: i64,
         g: i64,
         h: i64,
         i: i64,
         j: i64,
         k: i64,
         l: i64,
         m: i64,
         n: i64,
         o: i64,
         p: i64| {
            [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p].iter().enumerate().map(|(i, v)| v << i).sum::<i64>()
        },
    );
    let params = "i64 ".repeat(16);
    let ones = "(i64.const 1) ".repeat(16);
    let wat = format!(
        r#"(module (import "" "" (func $f (param {params}) (result i64)))
            (func (export "run") (result i64) (call $f {ones})))"#
    );
    let module = Module::new(store.engine(), wat).unwrap();
    let instance = Instance::new(&mut store, &module, &[sum.into()]).unwrap();
    let run = instance.get_typed_func::<(), i64>(&mut store, "run").unwrap();
    assert_eq!(run.call(&mut store, ()).unwrap(), (1 << 16) - 1);
}

/// A module that calls the import `f`, and an export that calls back.
const CALLS_HOST: &str = r#"(module
    (import "" "f" (func $f))
    (memory (export "memory") 1)
    (func (export "run") (call $f))
    (func (export "set") (param i32) (i32.store (i32.const 0) (local.get 0))))"#;

fn linked<T: 'static>(store: &mut Store<T>, define: impl FnOnce(&mut Linker<T>)) -> Instance {
    let mut linker = Linker::new(store.engine());
    define(&mut linker);
    let module = Module::new(store.engine(), CALLS_HOST).unwrap();
    linker.instantiate(store, &module).unwrap()
}

fn run<T: 'static>(store: &mut Store<T>, instance: Instance) -> Result<()> {
    instance.get_typed_func::<(), ()>(&mut *store, "run")?.call(store, ())
}

#[test]
fn callers_give_access_to_data_and_exports() {
    let mut store = Store::new(&default_engine(), 0u32);
    let instance = linked(&mut store, |linker| {
        linker
            .func_wrap("", "f", |mut caller: Caller<'_, u32>| {
                *caller.data_mut() += 1;
                let memory = caller.get_export("memory").and_then(Extern::into_memory).unwrap();
                let (bytes, data) = memory.data_and_store_mut(&mut caller);
                bytes[8] = u8::try_from(*data).unwrap();
                assert!(caller.get_export("no such export").is_none());
            })
            .unwrap();
    });
    run(&mut store, instance).unwrap();
    run(&mut store, instance).unwrap();
    let memory = instance.get_memory(&mut store, "memory").unwrap();
    assert_eq!((*store.data(), memory.data(&store)[8]), (2, 2));
}

#[test]
fn callers_give_exports_to_start_functions() {
    let mut store = store();
    let module = r#"(module (import "" "f" (func $f)) (memory (export "memory") 1) (start $f))"#;
    let module = Module::new(store.engine(), module).unwrap();
    let start = Func::wrap(&mut store, |mut caller: Caller<'_, ()>| {
        let memory = caller.get_export("memory").and_then(Extern::into_memory).unwrap();
        memory.data_mut(&mut caller)[0] = 9;
    });
    let instance = Instance::new(&mut store, &module, &[start.into()]).unwrap();
    let memory = instance.get_memory(&mut store, "memory").unwrap();
    assert_eq!(memory.data(&store)[0], 9);
}

#[test]
fn a_host_function_called_by_the_host_has_no_calling_instance() {
    let mut store = store();
    let f = Func::wrap(&mut store, |mut caller: Caller<'_, ()>| i32::from(caller.get_export("memory").is_some()));
    assert_eq!(f.typed::<(), i32>(&store).unwrap().call(&mut store, ()).unwrap(), 0);
}

#[derive(Debug, PartialEq)]
struct HostError(u32);

impl std::fmt::Display for HostError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "host error {}", self.0)
    }
}

impl std::error::Error for HostError {}

#[test]
fn errors_of_the_host_arrive_with_their_type_and_a_backtrace() {
    let mut store = store();
    let instance = linked(&mut store, |linker| {
        linker.func_wrap("", "f", || -> Result<()> { Err(HostError(5).into()) }).unwrap();
    });
    let error = run(&mut store, instance).unwrap_err();
    assert_eq!(error.downcast_ref::<HostError>(), Some(&HostError(5)));
    assert!(error.downcast_ref::<Trap>().is_none());
    assert_eq!(error.downcast_ref::<WasmBacktrace>().unwrap().frames().len(), 1);
    assert!(format!("{error:?}").contains("host error 5"), "{error:?}");
}

#[test]
fn traps_of_the_host_are_traps_and_keep_their_context() {
    let mut store = store();
    let instance = linked(&mut store, |linker| {
        linker
            .func_wrap("", "f", || -> Result<()> {
                Err(gantry::Error::from(Trap::Interrupt).context("the host was busy"))
            })
            .unwrap();
    });
    let error = run(&mut store, instance).unwrap_err();
    assert_eq!(error.downcast_ref::<Trap>(), Some(&Trap::Interrupt));
    assert!(format!("{error:?}").contains("the host was busy"), "{error:?}");
}

#[test]
fn panics_go_on_at_the_other_side_and_the_store_stays_usable() {
    let mut store = Store::new(&default_engine(), true);
    let instance = linked(&mut store, |linker| {
        linker
            .func_wrap("", "f", |caller: Caller<'_, bool>| {
                assert!(!*caller.data(), "host panic");
            })
            .unwrap();
    });
    for _ in 0..3 {
        assert_eq!(panic_message(|| run(&mut store, instance)), "host panic");
    }
    *store.data_mut() = false;
    run(&mut store, instance).unwrap();
}

#[test]
fn destructors_between_nested_calls_run() {
    struct Dropped<'a>(&'a std::cell::Cell<u32>);
    impl Drop for Dropped<'_> {
        fn drop(&mut self) {
            self.0.set(self.0.get() + 1);
        }
    }
    thread_local!(static COUNT: std::cell::Cell<u32> = const { std::cell::Cell::new(0) });
    let mut store = Store::new(&default_engine(), 0u32);
    let instance = linked(&mut store, |linker| {
        linker
            .func_wrap("", "f", |mut caller: Caller<'_, u32>| -> Result<()> {
                COUNT.with(|count| {
                    let _dropped = Dropped(count);
                    *caller.data_mut() += 1;
                    assert!(*caller.data() < 5, "deep enough");
                    let run = caller.get_export("run").and_then(Extern::into_func).unwrap();
                    run.typed::<(), ()>(&caller)?.call(&mut caller, ())
                })
            })
            .unwrap();
    });
    assert_eq!(panic_message(|| run(&mut store, instance)), "deep enough");
    assert_eq!((COUNT.get(), *store.data()), (5, 5));
}

#[test]
fn host_and_wasm_calls_nest_over_two_stores() {
    let engine = default_engine();
    let mut outer = Store::new(&engine, Store::new(&engine, 0u32));
    let instance = linked(&mut outer, |linker| {
        linker
            .func_wrap("", "f", |mut caller: Caller<'_, Store<u32>>| -> Result<()> {
                let inner = caller.data_mut();
                let instance = linked(inner, |linker| {
                    linker.func_wrap("", "f", |mut caller: Caller<'_, u32>| *caller.data_mut() += 1).unwrap();
                });
                run(inner, instance)?;
                let set = caller.get_export("set").and_then(Extern::into_func).unwrap();
                set.typed::<i32, ()>(&caller)?.call(&mut caller, 77)
            })
            .unwrap();
    });
    run(&mut outer, instance).unwrap();
    let memory = instance.get_memory(&mut outer, "memory").unwrap();
    assert_eq!((*outer.data().data(), memory.data(&outer)[0]), (1, 77));
}

#[test]
fn wrong_results_of_a_dynamic_host_function_are_errors() {
    let mut store = store();
    let ty = FuncType::new(store.engine(), [], [ValType::I32]);
    let f = Func::new(&mut store, ty, |_, _, results| {
        results[0] = Val::I64(0);
        Ok(())
    });
    let error = f.call(&mut store, &[], &mut [Val::I32(0)]).unwrap_err();
    assert!(format!("{error:#}").contains("result 0 of a host function: type mismatch"), "{error:#}");
}

#[test]
fn a_host_function_grows_the_memory_of_its_caller() {
    let mut store = store();
    let module = r#"(module
        (import "" "f" (func $f))
        (memory (export "memory") 1 20)
        (func (export "run") (result i32)
            (call $f)
            (i32.store8 (i32.const 0x9ffff) (i32.const 7))
            (i32.add (memory.size) (i32.load8_u (i32.const 0x9ffff)))))"#;
    let module = Module::new(store.engine(), module).unwrap();
    let grow = Func::wrap(&mut store, |mut caller: Caller<'_, ()>| -> Result<()> {
        let memory = caller.get_export("memory").and_then(Extern::into_memory).unwrap();
        assert_eq!(memory.grow(&mut caller, 9)?, 1);
        Ok(())
    });
    let instance = Instance::new(&mut store, &module, &[grow.into()]).unwrap();
    let run = instance.get_typed_func::<(), i32>(&mut store, "run").unwrap();
    assert_eq!(run.call(&mut store, ()).unwrap(), 17);
}

#[test]
fn instances_are_made_inside_of_host_functions() {
    let mut store = store();
    let instance = linked(&mut store, |linker| {
        linker
            .func_wrap("", "f", |mut caller: Caller<'_, ()>| -> Result<()> {
                let module =
                    Module::new(caller.engine(), r#"(module (func (export "g") (result i32) (i32.const 3)))"#)?;
                let inner = Instance::new(&mut caller, &module, &[])?;
                let g = inner.get_typed_func::<(), i32>(&mut caller, "g")?;
                assert_eq!(g.call(caller.as_context_mut(), ())?, 3);
                Ok(())
            })
            .unwrap();
    });
    run(&mut store, instance).unwrap();
    let _ = instantiate(&mut store, "(module)");
}
