//! Fuel and epochs.

use crate::{default_engine, engine, instantiate, message};
use gantry::{Caller, Engine, Func, Instance, Module, Store, Trap, UpdateDeadline};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const LOOP: &str = r#"(module
    (func (export "forever") (loop $l (br $l)))
    (func (export "times") (param i32)
        (loop $l
            (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
            (br_if $l (local.get 0)))))"#;

fn with_fuel() -> Engine {
    engine(|c| _ = c.consume_fuel(true))
}

fn with_epochs() -> Engine {
    engine(|c| _ = c.epoch_interruption(true))
}

#[test]
fn fuel_runs_out_at_the_same_place_each_time() {
    let mut store = Store::new(&with_fuel(), ());
    store.set_fuel(100_000).unwrap();
    let instance = instantiate(&mut store, LOOP);
    let times = instance.get_typed_func::<u32, ()>(&mut store, "times").unwrap();
    let mut used = |n| {
        store.set_fuel(100_000).unwrap();
        times.call(&mut store, n).unwrap();
        100_000 - store.get_fuel().unwrap()
    };
    let (one, ten, again) = (used(1), used(10), used(10));
    assert!(one > 0 && ten > one && ten == again, "{one} {ten} {again}");

    store.set_fuel(ten).unwrap();
    times.call(&mut store, 10).unwrap();
    store.set_fuel(ten / 2).unwrap();
    let error = times.call(&mut store, 10).unwrap_err();
    assert_eq!(error.downcast_ref::<Trap>(), Some(&Trap::OutOfFuel));
    assert_eq!(store.get_fuel().unwrap(), 0);
}

#[test]
fn stores_begin_without_fuel_and_can_have_all_of_it() {
    let mut store = Store::new(&with_fuel(), ());
    let instance = instantiate(&mut store, LOOP);
    let times = instance.get_typed_func::<u32, ()>(&mut store, "times").unwrap();
    assert!(message(times.call(&mut store, 1)).contains("all fuel consumed"));
    store.set_fuel(u64::MAX).unwrap();
    times.call(&mut store, 1000).unwrap();
    assert!(store.get_fuel().unwrap() < u64::MAX && store.get_fuel().unwrap() > u64::MAX / 2);
}

#[test]
fn host_functions_see_and_refill_fuel() {
    let mut store = Store::new(&with_fuel(), ());
    let module = r#"(module (import "" "" (func $f)) (func (export "run") (loop $l (call $f) (br $l))))"#;
    let module = Module::new(store.engine(), module).unwrap();
    let f = Func::wrap(&mut store, |mut caller: Caller<'_, ()>| -> gantry::Result<()> {
        let left = caller.get_fuel()?;
        anyhow::ensure!(left > 50, "enough");
        caller.set_fuel(left - 10)
    });
    let instance = Instance::new(&mut store, &module, &[f.into()]).unwrap();
    store.set_fuel(1000).unwrap();
    let found = message(instance.get_typed_func::<(), ()>(&mut store, "run").unwrap().call(&mut store, ()));
    assert!(found.contains("enough"), "{found}");
    assert!(store.get_fuel().unwrap() <= 50);
}

#[test]
fn fuel_runs_out_in_calls_that_nest() {
    let mut store = Store::new(&with_fuel(), 0u32);
    let module = r#"(module
        (import "" "again" (func $again))
        (func (export "run") (call $again) (drop (i32.const 1)))
        (func (export "spin") (loop $l (br $l))))"#;
    let module = Module::new(store.engine(), module).unwrap();
    let again = Func::wrap(&mut store, |mut caller: Caller<'_, u32>| -> gantry::Result<()> {
        *caller.data_mut() += 1;
        let next = if *caller.data() < 4 { "run" } else { "spin" };
        let next = caller.get_export(next).and_then(gantry::Extern::into_func).expect("it is exported");
        next.typed::<(), ()>(&caller)?.call(&mut caller, ())
    });
    let instance = Instance::new(&mut store, &module, &[again.into()]).unwrap();
    let run = instance.get_typed_func::<(), ()>(&mut store, "run").unwrap();
    for _ in 0..2 {
        *store.data_mut() = 0;
        store.set_fuel(10_000).unwrap();
        let error = run.call(&mut store, ()).unwrap_err();
        assert_eq!((error.downcast_ref::<Trap>(), *store.data()), (Some(&Trap::OutOfFuel), 4));
        assert_eq!(error.downcast_ref::<gantry::WasmBacktrace>().unwrap().frames().len(), 5);
        assert_eq!(store.get_fuel().unwrap(), 0);
    }
}

#[test]
fn fuel_that_is_not_configured_is_an_error() {
    let mut store = Store::new(&default_engine(), ());
    assert!(message(store.set_fuel(1)).contains("not configured"));
    assert!(message(store.get_fuel()).contains("not configured"));
}

#[test]
fn another_thread_interrupts_a_loop() {
    for engine in [with_epochs(), engine(|c| _ = c.epoch_interruption(true).signals_based_traps(false))] {
        let mut store = Store::new(&engine, ());
        store.set_epoch_deadline(1);
        let instance = instantiate(&mut store, LOOP);
        let done = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let start = Instant::now();
                while !done.load(Ordering::Relaxed) {
                    assert!(start.elapsed() < Duration::from_secs(60), "the loop was not interrupted");
                    std::thread::sleep(Duration::from_millis(1));
                    engine.increment_epoch();
                }
            });
            let forever = instance.get_typed_func::<(), ()>(&mut store, "forever").unwrap();
            let error = forever.call(&mut store, ()).unwrap_err();
            done.store(true, Ordering::Relaxed);
            assert_eq!(error.downcast_ref::<Trap>(), Some(&Trap::Interrupt));
        });
    }
}

#[test]
fn deadline_callbacks_extend_interrupt_and_fail() {
    let engine = with_epochs();
    let mut store = Store::new(&engine, 0u32);
    let instance = instantiate(&mut store, LOOP);
    let forever = instance.get_typed_func::<(), ()>(&mut store, "forever").unwrap();
    store.set_epoch_deadline(1);
    engine.increment_epoch();
    store.epoch_deadline_callback(move |mut store| {
        *store.data_mut() += 1;
        match *store.data() {
            // No epoch from now: the next check comes back here.
            1..5 => Ok(UpdateDeadline::Continue(0)),
            5 => Ok(UpdateDeadline::Interrupt),
            _ => anyhow::bail!("no more"),
        }
    });
    let error = forever.call(&mut store, ()).unwrap_err();
    assert_eq!((error.downcast_ref::<Trap>(), *store.data()), (Some(&Trap::Interrupt), 5));
    assert!(message(forever.call(&mut store, ())).contains("no more"));
    store.epoch_deadline_trap();
    assert!(message(forever.call(&mut store, ())).contains("interrupted"));
}

#[test]
fn deadline_callbacks_see_the_stack_and_the_deadline_holds_in_calls_that_nest() {
    let engine = with_epochs();
    let mut store = Store::new(&engine, Vec::<usize>::new());
    let module = r#"(module
        (import "" "inner" (func $inner))
        (func (export "outer") (call $inner) (loop $l (br $l)))
        (func (export "forever") (loop $l (br $l))))"#;
    let module = Module::new(store.engine(), module).unwrap();
    let inner = Func::wrap(&mut store, |mut caller: Caller<'_, Vec<usize>>| -> gantry::Result<()> {
        let forever = caller.get_export("forever").and_then(gantry::Extern::into_func).expect("it is exported");
        let error = forever.typed::<(), ()>(&caller)?.call(&mut caller, ()).unwrap_err();
        // The guest that called goes on, to the end of its own time.
        anyhow::ensure!(error.downcast_ref::<Trap>() == Some(&Trap::Interrupt), "{error:?}");
        Ok(())
    });
    let instance = Instance::new(&mut store, &module, &[inner.into()]).unwrap();
    let outer = instance.get_typed_func::<(), ()>(&mut store, "outer").unwrap();
    store.set_epoch_deadline(1);
    engine.increment_epoch();
    store.epoch_deadline_callback(|mut store| {
        let frames = gantry::WasmBacktrace::capture(&store).frames().len();
        store.data_mut().push(frames);
        // One more look at each place, then no more.
        Ok(if store.data().len() % 2 == 1 { UpdateDeadline::Continue(0) } else { UpdateDeadline::Interrupt })
    });
    let error = outer.call(&mut store, ()).unwrap_err();
    assert_eq!(error.downcast_ref::<Trap>(), Some(&Trap::Interrupt));
    // `outer` begins with a look of its own, which is interrupted at the second one in `forever`.
    assert_eq!(*store.data(), [1, 2, 1, 1]);
}

#[test]
fn panics_of_deadline_callbacks_go_on_in_the_embedder() {
    let engine = with_epochs();
    let mut store = Store::new(&engine, ());
    let instance = instantiate(&mut store, LOOP);
    let forever = instance.get_typed_func::<(), ()>(&mut store, "forever").unwrap();
    store.epoch_deadline_callback(|_| panic!("in the callback"));
    for _ in 0..2 {
        assert_eq!(crate::panic_message(|| forever.call(&mut store, ())), "in the callback");
    }
}
