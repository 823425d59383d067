//! Fuel is counted alike by every backend, to the unit.

use gantry::{Config, Engine, Instance, Module, Store, Val};

/// Every backend. There are no compilers for processors with 32 bits.
const BACKENDS: &[&str] = if cfg!(target_pointer_width = "64") {
    &["cranelift", "winch", "pulley", "pulley-portable", "pulley-single"]
} else {
    &["pulley", "pulley-single"]
};

/// Calls the export `f` with an argument and gives what it consumed, whether it trapped or not.
fn consumed(backend: &str, wat: &str, argument: i32) -> (u64, bool) {
    let mut config = Config::new();
    config.backend(backend).consume_fuel(true);
    let engine = Engine::new(&config).unwrap();
    let module = Module::new(&engine, wat).unwrap();
    let mut store = Store::new(&engine, ());
    store.set_fuel(1_000_000).unwrap();
    let instance = Instance::new(&mut store, &module, &[]).unwrap();
    let f = instance.get_func(&mut store, "f").expect("it is exported");
    let outcome = f.call(&mut store, &[Val::I32(argument)], &mut []);
    (1_000_000 - store.get_fuel().unwrap(), outcome.is_ok())
}

fn check(wat: &str, arguments: &[i32]) {
    for &argument in arguments {
        let outcomes: Vec<_> = BACKENDS.iter().map(|&b| (b, consumed(b, wat, argument))).collect();
        let first = outcomes[0].1;
        assert!(outcomes.iter().all(|&(_, o)| o == first), "argument {argument}: {outcomes:?}");
        assert!(first.0 > 0 || !first.1, "nothing was consumed");
    }
}

#[test]
fn code_behind_an_access_that_always_traps() {
    // The way around the access does not pay for it.
    check(
        r#"(module (memory 1 1) (func (export "f") (param i32)
            (block
              (br_if 0 (local.get 0))
              (drop (i32.load offset=100000 (i32.add (i32.const 1) (i32.add (local.get 0) (local.get 0))))))
            (drop (i32.const 1))))"#,
        &[0, 1],
    );
}

#[test]
fn loops_calls_and_branches() {
    check(
        r#"(module (func $g (param i32) (result i32) (i32.mul (local.get 0) (i32.const 3)))
            (func (export "f") (param i32) (local i32)
              (loop $again
                (if (i32.and (local.get 0) (i32.const 1))
                  (then (local.set 1 (call $g (local.get 1))))
                  (else (block (block (br_table 0 1 (local.get 0))) (local.set 1 (i32.const 5)))))
                (br_if $again (i32.ge_s (local.tee 0 (i32.sub (local.get 0) (i32.const 1))) (i32.const 0))))
              (if (i32.eq (local.get 1) (i32.const 45)) (then unreachable))))"#,
        &[-1, 0, 1, 2, 3, 10, 101],
    );
}

/// A function that has checks and does not use the memory keeps the register in which others have the memory's base.
#[test]
fn checks_change_no_register_of_the_caller() {
    let wat = r#"(module (memory 1)
        (func $nothing (param i32) (result i32) (local.get 0))
        (func (export "f") (param i64 i64 i64 i64 i64 i64 i64) (result i64)
          (drop (call $nothing (i32.const 1)))
          (i64.add (local.get 0) (i64.add (local.get 1) (i64.add (local.get 2) (i64.add (local.get 3)
            (i64.add (local.get 4) (i64.add (local.get 5) (local.get 6)))))))))"#;
    for (fuel, epochs) in [(true, false), (false, true), (true, true)] {
        let mut config = Config::new();
        config.function_backend(0, "winch").consume_fuel(fuel).epoch_interruption(epochs);
        // Memories move: functions read the base again whenever others may have run.
        config.option("memory_reservation", "65536").unwrap();
        let engine = Engine::new(&config).unwrap();
        let module = Module::new(&engine, wat).unwrap();
        let mut store = Store::new(&engine, ());
        if fuel {
            store.set_fuel(1000).unwrap();
        }
        store.set_epoch_deadline(1);
        let instance = Instance::new(&mut store, &module, &[]).unwrap();
        let f = instance.get_func(&mut store, "f").expect("it is exported");
        let args: Vec<Val> = (0..7).map(|i| Val::I64(1 << (8 * i))).collect();
        let mut results = [Val::I64(0)];
        f.call(&mut store, &args, &mut results).unwrap();
        assert!(matches!(results, [Val::I64(0x0001_0101_0101_0101)]), "fuel {fuel}, epochs {epochs}: {results:x?}");
    }
}
