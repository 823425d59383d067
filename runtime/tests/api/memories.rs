//! Memories.

use crate::{engine, instantiate, message, store};
use gantry::{Instance, Memory, MemoryType, Module, Store};

#[test]
fn host_and_wasm_see_the_same_bytes() {
    let mut store = store();
    let memory = Memory::new(&mut store, MemoryType::new(1, Some(3))).unwrap();
    let module = r#"(module
        (import "" "m" (memory 1 3))
        (func (export "get") (param i32) (result i32) (i32.load (local.get 0)))
        (func (export "put") (param i32 i32) (i32.store (local.get 0) (local.get 1)))
        (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
        (func (export "size") (result i32) (memory.size)))"#;
    let module = Module::new(store.engine(), module).unwrap();
    let instance = Instance::new(&mut store, &module, &[memory.into()]).unwrap();
    let get = instance.get_typed_func::<u32, u32>(&mut store, "get").unwrap();
    let put = instance.get_typed_func::<(u32, u32), ()>(&mut store, "put").unwrap();
    put.call(&mut store, (8, 0x0403_0201)).unwrap();
    assert_eq!(memory.data(&store)[8..12], [1, 2, 3, 4]);
    memory.data_mut(&mut store)[9] = 0xff;
    assert_eq!(get.call(&mut store, 8).unwrap(), 0x0403_ff01);

    // Growing on either side is seen on the other.
    assert_eq!(memory.grow(&mut store, 1).unwrap(), 1);
    put.call(&mut store, (0x1fffc, 5)).unwrap();
    let grow = instance.get_typed_func::<u32, i32>(&mut store, "grow").unwrap();
    assert_eq!(grow.call(&mut store, 1).unwrap(), 2);
    assert_eq!((memory.size(&store), memory.data_size(&store)), (3, 3 << 16));
    assert_eq!(grow.call(&mut store, 1).unwrap(), -1);
    assert_eq!(instance.get_typed_func::<(), u32>(&mut store, "size").unwrap().call(&mut store, ()).unwrap(), 3);
    assert_eq!(memory.data(&store)[0x1fffc], 5);
    assert_eq!(memory.data_ptr(&store).cast_const(), memory.data(&store).as_ptr());
}

#[test]
fn a_memory_that_moves_is_seen_by_all_who_import_it() {
    for signals in [true, false] {
        let engine = engine(|c| _ = c.memory_reservation(0).memory_guard_size(0).signals_based_traps(signals));
        let mut store = Store::new(&engine, ());
        let owner = instantiate(
            &mut store,
            r#"(module
                (memory (export "m") 1)
                (func (export "grow") (param i32) (result i32)
                    (i32.store (i32.const 4) (i32.const 77))
                    (memory.grow (local.get 0))
                    (i32.add (i32.load (i32.const 4)))))"#,
        );
        let user = Module::new(
            &engine,
            r#"(module
                (import "" "m" (memory 1))
                (func (export "last") (result i32)
                    (i32.store (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 4)) (i32.const 9))
                    (i32.load (i32.const 4))))"#,
        );
        let memory = owner.get_export(&mut store, "m").unwrap();
        let user = Instance::new(&mut store, &user.unwrap(), &[memory]).unwrap();
        let grow = owner.get_typed_func::<u32, u32>(&mut store, "grow").unwrap();
        let last = user.get_typed_func::<(), u32>(&mut store, "last").unwrap();
        let memory = memory.into_memory().unwrap();
        let mut pages = 1;
        for delta in [1, 10, 100, 500] {
            assert_eq!(grow.call(&mut store, delta).unwrap(), pages + 77);
            pages += delta;
            assert_eq!(last.call(&mut store, ()).unwrap(), 77);
            let data = memory.data(&store);
            assert_eq!((data.len(), data[data.len() - 4]), (pages as usize * 65536, 9));
        }
    }
}

#[test]
fn bulk_operators_check_first_and_overlap_right() {
    let mut store = store();
    let instance = instantiate(
        &mut store,
        r#"(module
            (memory (export "m") 1)
            (data $d "0123456789")
            (func (export "init") (param i32 i32 i32) (memory.init $d (local.get 0) (local.get 1) (local.get 2)))
            (func (export "copy") (param i32 i32 i32) (memory.copy (local.get 0) (local.get 1) (local.get 2)))
            (func (export "fill") (param i32 i32 i32) (memory.fill (local.get 0) (local.get 1) (local.get 2)))
            (func (export "drop") (data.drop $d)))"#,
    );
    let memory = instance.get_memory(&mut store, "m").unwrap();
    let mut call = |name: &str, args: (u32, u32, u32)| {
        instance.get_typed_func::<(u32, u32, u32), ()>(&mut store, name).unwrap().call(&mut store, args).is_ok()
    };
    assert!(call("init", (0, 0, 10)) && call("copy", (2, 0, 8)) && call("copy", (0, 1, 5)));
    assert!(call("fill", (8, u32::from(b'x') + 256, 2)));
    // Empty ranges may end at the end, not behind it.
    assert!(call("fill", (65536, 0, 0)) && !call("fill", (65537, 0, 0)));
    assert!(call("init", (0, 10, 0)) && !call("init", (0, 11, 0)));
    assert!(!call("fill", (65530, 1, 10)) && !call("copy", (65530, 0, 10)) && !call("init", (65530, 0, 10)));
    assert!(!call("init", (0, 5, u32::MAX)) && !call("copy", (u32::MAX, 0, u32::MAX)));
    let data = memory.data(&store);
    assert_eq!(&data[..10], b"10123345xx");
    assert!(data[65530..].iter().all(|&b| b == 0));
    instance.get_typed_func::<(), ()>(&mut store, "drop").unwrap().call(&mut store, ()).unwrap();
    let init = instance.get_typed_func::<(u32, u32, u32), ()>(&mut store, "init").unwrap();
    assert!(init.call(&mut store, (0, 0, 0)).is_ok() && init.call(&mut store, (0, 0, 1)).is_err());
}

#[test]
fn active_segments_are_dropped_once_they_are_applied() {
    let mut store = store();
    let instance = instantiate(
        &mut store,
        r#"(module
            (memory 1)
            (table 4 funcref)
            (data $d (i32.const 0) "abc")
            (elem $e (i32.const 0) $f)
            (func $f)
            (func (export "data") (memory.init $d (i32.const 0) (i32.const 0) (i32.const 1)))
            (func (export "elem") (table.init $e (i32.const 0) (i32.const 0) (i32.const 1))))"#,
    );
    for (name, expected) in [("data", "out of bounds memory access"), ("elem", "out of bounds table access")] {
        let found = message(instance.get_typed_func::<(), ()>(&mut store, name).unwrap().call(&mut store, ()));
        assert!(found.contains(expected), "{found}");
    }
}

#[test]
fn read_and_write_check_bounds() {
    let mut store = store();
    let memory = Memory::new(&mut store, MemoryType::new(1, None)).unwrap();
    let mut bytes = [0; 4];
    memory.write(&mut store, 65532, &[1, 2, 3, 4]).unwrap();
    memory.read(&store, 65532, &mut bytes).unwrap();
    assert_eq!(bytes, [1, 2, 3, 4]);
    assert!(memory.write(&mut store, 65533, &[9; 4]).is_err() && memory.read(&store, 65533, &mut bytes).is_err());
    assert!(
        memory.write(&mut store, usize::MAX, &[9; 4]).is_err() && memory.read(&store, usize::MAX, &mut bytes).is_err()
    );
    assert_eq!(memory.data(&store)[65532..], [1, 2, 3, 4]);
}

#[test]
fn images_are_private_to_each_instance() {
    let long = "0123456789abcdef".repeat(2048);
    let wat = format!(
        r#"(module
            (memory (export "m") 2)
            (data (i32.const 0) "{long}")
            (data (i32.const 100000) "end"))"#
    );
    for cow in [true, false] {
        let engine = engine(|c| _ = c.memory_init_cow(cow));
        let module = Module::new(&engine, &wat).unwrap();
        for _ in 0..3 {
            let mut store = Store::new(&engine, ());
            let instance = Instance::new(&mut store, &module, &[]).unwrap();
            let memory = instance.get_memory(&mut store, "m").unwrap();
            let data = memory.data_mut(&mut store);
            assert_eq!(&data[..long.len()], long.as_bytes());
            assert_eq!(&data[100_000..100_004], b"end\0");
            data.fill(0xee);
        }
    }
}

#[test]
fn several_memories_and_wide_addresses() {
    let mut store = store();
    let instance = instantiate(
        &mut store,
        r#"(module
            (memory $a (export "a") 1)
            (memory $b (export "b") i64 1)
            (func (export "copy") (param i64) (result i64)
                (i64.store $b (local.get 0) (i64.const 0x1122334455667788))
                (memory.copy $a $b (i32.const 16) (local.get 0) (i32.const 8))
                (i64.load $a (i32.const 16))))"#,
    );
    let copy = instance.get_typed_func::<u64, u64>(&mut store, "copy").unwrap();
    assert_eq!(copy.call(&mut store, 65528).unwrap(), 0x1122_3344_5566_7788);
    assert!(copy.call(&mut store, 65529).is_err() && copy.call(&mut store, 1 << 32).is_err());
    assert!(instance.get_memory(&mut store, "b").unwrap().ty(&store).is_64());
}
