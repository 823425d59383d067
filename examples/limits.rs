//! Guests that cannot be trusted: bounded in steps by fuel, in time by epochs, and in memory.

use gantry::{Config, Engine, Instance, Module, Result, Store, StoreLimits, StoreLimitsBuilder, Trap};
use std::time::Duration;

const GUEST: &str = r#"(module
    (memory 1)
    (func (export "forever") (loop (br 0)))
    (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))"#;

fn main() -> Result<()> {
    // Fuel is deterministic: the same program stops at the same place each time.
    let engine = Engine::new(Config::new().consume_fuel(true))?;
    let module = Module::new(&engine, GUEST)?;
    let mut store = Store::new(&engine, ());
    store.set_fuel(10_000)?;
    let instance = Instance::new(&mut store, &module, &[])?;
    let forever = instance.get_typed_func::<(), ()>(&mut store, "forever")?;
    let error = forever.call(&mut store, ()).expect_err("the loop has no end");
    println!("fuel: {:?}, {} left", error.downcast_ref::<Trap>(), store.get_fuel()?);

    // Epochs cost less: code only compares a counter, which somebody else advances.
    let engine = Engine::new(Config::new().epoch_interruption(true))?;
    let module = Module::new(&engine, GUEST)?;
    let mut store = Store::new(&engine, ());
    store.set_epoch_deadline(1);
    let instance = Instance::new(&mut store, &module, &[])?;
    let forever = instance.get_typed_func::<(), ()>(&mut store, "forever")?;
    let timer = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(20));
        engine.increment_epoch();
    });
    let error = forever.call(&mut store, ()).expect_err("the loop has no end");
    println!("time: {:?}", error.downcast_ref::<Trap>());
    timer.join().expect("the timer does not panic");

    // A limiter says how large memories and tables may grow.
    let engine = Engine::default();
    let module = Module::new(&engine, GUEST)?;
    let limits = StoreLimitsBuilder::new().memory_size(2 << 16).build();
    let mut store = Store::new(&engine, limits);
    store.limiter(|limits: &mut StoreLimits| limits);
    let instance = Instance::new(&mut store, &module, &[])?;
    let grow = instance.get_typed_func::<i32, i32>(&mut store, "grow")?;
    println!("memory: {} then {}", grow.call(&mut store, 1)?, grow.call(&mut store, 1)?);
    Ok(())
}
