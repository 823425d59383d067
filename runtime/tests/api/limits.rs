//! Limits on memories, tables and instances.

use crate::{default_engine, engine, instantiate, message};
use gantry::{
    Instance, Memory, MemoryType, Module, Ref, RefType, ResourceLimiter, Result, Store, StoreLimits,
    StoreLimitsBuilder, Table, TableType, Trap,
};

const GROWS: &str = r#"(module
    (memory (export "memory") 1)
    (table (export "table") 1 funcref)
    (func (export "memory.grow") (param i32) (result i32) (memory.grow (local.get 0)))
    (func (export "table.grow") (param i32) (result i32) (table.grow (ref.null func) (local.get 0))))"#;

fn store(limits: StoreLimitsBuilder) -> Store<StoreLimits> {
    let mut store = Store::new(&default_engine(), limits.build());
    store.limiter(|limits| limits);
    store
}

#[test]
fn growing_beyond_a_limit_gives_minus_one() {
    let mut store = store(StoreLimitsBuilder::new().memory_size(3 << 16).table_elements(5));
    let instance = instantiate(&mut store, GROWS);
    for (name, steps) in
        [("memory.grow", [(1, 1), (2, -1), (1, 2), (1, -1)]), ("table.grow", [(3, 1), (2, -1), (1, 4), (1, -1)])]
    {
        let grow = instance.get_typed_func::<i32, i32>(&mut store, name).unwrap();
        for (delta, expected) in steps {
            assert_eq!(grow.call(&mut store, delta).unwrap(), expected, "{name} {delta}");
        }
    }
    let memory = instance.get_memory(&mut store, "memory").unwrap();
    let found = message(memory.grow(&mut store, 1));
    assert!(found.contains("cannot grow by 1 pages"), "{found}");
    let table = instance.get_table(&mut store, "table").unwrap();
    let found = message(table.grow(&mut store, 1, Ref::Func(None)));
    assert!(found.contains("cannot grow by 1 elements"), "{found}");
}

#[test]
fn growing_beyond_a_limit_can_stop_the_guest() {
    let mut store = store(StoreLimitsBuilder::new().memory_size(1 << 16).trap_on_grow_failure(true));
    let instance = instantiate(&mut store, GROWS);
    let grow = instance.get_typed_func::<i32, i32>(&mut store, "memory.grow").unwrap();
    let found = message(grow.call(&mut store, 1));
    assert!(found.contains("beyond its limit") && found.contains("wasm backtrace"), "{found}");
}

#[test]
fn what_is_too_large_from_the_start_is_an_error() {
    let mut small = store(StoreLimitsBuilder::new().memory_size(100).table_elements(1));
    let module = |store: &Store<StoreLimits>, wat| Module::new(store.engine(), wat).unwrap();
    for wat in ["(module (memory 1))", "(module (table 2 funcref))"] {
        let module = module(&small, wat);
        let found = message(Instance::new(&mut small, &module, &[]));
        assert!(found.contains("resource limit exceeded"), "{found}");
    }
    assert!(Memory::new(&mut small, MemoryType::new(1, None)).is_err());
    assert!(Table::new(&mut small, TableType::new(RefType::FUNCREF, 2, None), Ref::Func(None)).is_err());

    for limits in [
        StoreLimitsBuilder::new().instances(1),
        StoreLimitsBuilder::new().memories(1),
        StoreLimitsBuilder::new().tables(1),
    ] {
        let mut store = store(limits);
        let module = module(&store, "(module (memory 1) (table 1 funcref))");
        Instance::new(&mut store, &module, &[]).unwrap();
        let found = message(Instance::new(&mut store, &module, &[]));
        assert!(found.contains("resource limit exceeded"), "{found}");
    }
}

/// Counts, and fails at the third question.
#[derive(Default)]
struct Failing {
    asked: Vec<(usize, usize, Option<usize>)>,
}

impl ResourceLimiter for Failing {
    fn memory_growing(&mut self, current: usize, desired: usize, maximum: Option<usize>) -> Result<bool> {
        self.asked.push((current, desired, maximum));
        anyhow::ensure!(self.asked.len() < 3, "the limiter fails");
        Ok(true)
    }

    fn table_growing(&mut self, _: usize, _: usize, _: Option<usize>) -> Result<bool> {
        panic!("the limiter panics")
    }
}

#[test]
fn limiters_are_asked_in_bytes_and_may_fail_or_panic() {
    let mut store = Store::new(&default_engine(), Failing::default());
    store.limiter(|data| data);
    let wat = r#"(module (memory 1 10) (func (export "grow") (result i32) (memory.grow (i32.const 2))))"#;
    let instance = instantiate(&mut store, wat);
    let grow = instance.get_typed_func::<(), i32>(&mut store, "grow").unwrap();
    assert_eq!(grow.call(&mut store, ()).unwrap(), 1);
    assert!(message(grow.call(&mut store, ())).contains("the limiter fails"));
    let max = Some(10 << 16);
    assert_eq!(store.data().asked, [(0, 1 << 16, max), (1 << 16, 3 << 16, max), (3 << 16, 5 << 16, max)]);
    let module = Module::new(store.engine(), "(module (table 1 funcref))").unwrap();
    assert_eq!(crate::panic_message(|| Instance::new(&mut store, &module, &[])), "the limiter panics");
}

#[test]
fn sizes_beyond_the_address_space_are_refused() {
    let mut store = crate::store();
    let wat = r#"(module
        (memory (export "m") i64 1)
        (func (export "grow") (param i64) (result i64) (memory.grow (local.get 0))))"#;
    let instance = instantiate(&mut store, wat);
    let grow = instance.get_typed_func::<u64, i64>(&mut store, "grow").unwrap();
    for delta in [u64::MAX, 1 << 48, 1 << 47, u64::MAX - 1] {
        assert_eq!(grow.call(&mut store, delta).unwrap(), -1, "{delta}");
    }
    let large = Module::new(store.engine(), "(module (memory i64 0x1_0000_0000_0000))").unwrap();
    let error = Instance::new(&mut store, &large, &[]).unwrap_err();
    assert!(!error.is::<Trap>(), "{error:?}");
}

#[test]
fn a_stack_that_cannot_be_had_is_an_error() {
    // Machine code runs on the stack of the thread.
    for backend in [gantry::PULLEY, gantry::PULLEY_PORTABLE] {
        let engine = engine(|c| _ = c.backend(backend).max_wasm_stack(usize::MAX >> 1));
        assert!(message(Store::try_new(&engine, ())).contains("no memory for a stack"));
    }
}
