//! Traps: which, and where.

use crate::{default_engine, engine, instantiate, message, store};
use gantry::{Engine, Func, Instance, Module, OptLevel, Store, Trap, Val, WasmBacktrace};

/// Calls the export `f` of a module and gives the trap, and the operator that its backtrace begins at, if it is one.
fn trap_at(engine: &Engine, wat: &str) -> (Trap, Option<u8>) {
    let mut store = Store::new(engine, ());
    let instance = instantiate(&mut store, wat);
    let f = instance.get_func(&mut store, "f").unwrap();
    let mut results = vec![Val::I32(0); f.ty(&store).results().len()];
    let error = f.call(&mut store, &[], &mut results).unwrap_err();
    let trap = *error.downcast_ref::<Trap>().unwrap_or_else(|| panic!("{error:?}"));
    assert!(format!("{error:?}").contains(&trap.to_string()), "{error:?}");
    let backtrace = error.downcast_ref::<WasmBacktrace>().unwrap();
    let operator = backtrace.frames()[0].module_offset().map(|at| wat::parse_str(wat).unwrap()[at]);
    // The store and the instance stay usable.
    f.call(&mut store, &[], &mut results).unwrap_err();
    (trap, operator)
}

fn trap(engine: &Engine, wat: &str) -> Trap {
    trap_at(engine, wat).0
}

#[test]
fn each_trap_is_told_apart_in_every_mode() {
    #[rustfmt::skip]
    let cases = [
        ("unreachable", Trap::Unreachable, 0x00),
        ("(drop (i32.div_u (i32.const 1) (global.get $zero)))", Trap::IntegerDivisionByZero, 0x6e),
        ("(drop (i32.rem_s (i32.const 1) (global.get $zero)))", Trap::IntegerDivisionByZero, 0x6f),
        ("(drop (i64.div_s (i64.const 0x8000000000000000) (i64.const -1)))", Trap::IntegerOverflow, 0x7f),
        ("(drop (i32.trunc_f32_s (f32.const nan)))", Trap::BadConversionToInteger, 0xa8),
        ("(drop (i32.trunc_f32_s (f32.const 1e20)))", Trap::IntegerOverflow, 0xa8),
        ("(drop (i32.load (i32.const 65533)))", Trap::MemoryOutOfBounds, 0x28),
        ("(i64.store offset=0xfffffff0 (i32.const -1) (i64.const 1))", Trap::MemoryOutOfBounds, 0x37),
        ("(memory.fill (i32.const 65535) (i32.const 1) (i32.const 2))", Trap::MemoryOutOfBounds, 0xfc),
        ("(memory.copy (i32.const 0) (i32.const 65535) (i32.const 2))", Trap::MemoryOutOfBounds, 0xfc),
        ("(memory.init $d (i32.const 0) (i32.const 1) (i32.const 2))", Trap::MemoryOutOfBounds, 0xfc),
        ("(drop (table.get $t (i32.const 3)))", Trap::TableOutOfBounds, 0x25),
        ("(table.copy (i32.const 2) (i32.const 0) (i32.const 2))", Trap::TableOutOfBounds, 0xfc),
        ("(table.init $e (i32.const 0) (i32.const 0) (i32.const 1))", Trap::TableOutOfBounds, 0xfc),
        ("(call_indirect (i32.const 7))", Trap::UndefinedElement, 0x11),
        ("(call_indirect (i32.const 0))", Trap::IndirectCallToNull, 0x11),
        ("(call_indirect (i32.const 1))", Trap::BadSignature, 0x11),
        ("(call_ref $empty (ref.null $empty))", Trap::NullReference, 0x14),
        ("(return_call_indirect (i32.const 7))", Trap::UndefinedElement, 0x13),
        ("(return_call_indirect (i32.const 1))", Trap::BadSignature, 0x13),
        ("(return_call_ref $empty (ref.null $empty))", Trap::NullReference, 0x15),
    ];
    let engines = [
        engine(|_| {}),
        engine(|c| _ = c.signals_based_traps(false)),
        engine(|c| _ = c.memory_reservation(0).memory_guard_size(0)),
    ];
    for (mode, engine) in engines.iter().enumerate() {
        for (body, expected, operator) in cases {
            let wat = format!(
                r#"(module
                    (type $empty (func))
                    (global $zero (mut i32) (i32.const 0))
                    (memory 1)
                    (data $d "ab")
                    (table $t 3 funcref)
                    (elem (i32.const 1) func $g)
                    (elem $e func)
                    (func $g (param i32))
                    (func (export "f") {body}))"#
            );
            assert_eq!(trap_at(engine, &wat), (expected, Some(operator)), "mode {mode}: {body}");
        }
    }
}

/// Instructions do loads and what is computed of them at once, where the processor has such.
#[test]
fn loads_trap_for_themselves_and_not_for_their_users() {
    let cases = [
        ("(global.set $n (i32.add (global.get $n) (i32.load (global.get $far))))", Trap::MemoryOutOfBounds, 0x28),
        ("(i64.store (i32.const 0) (i64.extend_i32_u (i32.load (global.get $far))))", Trap::MemoryOutOfBounds, 0x28),
        ("(f64.store (i32.const 0) (f64.promote_f32 (f32.load (global.get $far))))", Trap::MemoryOutOfBounds, 0x2a),
        ("(br_if 0 (i64.lt_u (i64.load (global.get $far)) (i64.const 9)))", Trap::MemoryOutOfBounds, 0x29),
        // One that decides between values that are no NaNs but the canonical one.
        (
            "(f64.store (i32.const 0) (select (f64.sqrt (f64.convert_i32_s (global.get $n))) (f64.const 1)
                (f64.lt (f64.load (global.get $far)) (f64.const 2))))",
            Trap::MemoryOutOfBounds,
            0x2b,
        ),
        // One that is written back.
        (
            "(i32.store (global.get $far) (i32.add (i32.load (global.get $far)) (i32.const 1)))",
            Trap::MemoryOutOfBounds,
            0x28,
        ),
        ("(i32.store (global.get $far) (i32.load (global.get $n)))", Trap::MemoryOutOfBounds, 0x36),
        // Addresses that are loaded.
        ("(global.set $n (i32.load8_u (i32.load (global.get $far))))", Trap::MemoryOutOfBounds, 0x28),
        (
            "(global.set $n (i32.load8_u (i32.sub (i32.load (global.get $n)) (i32.const 1))))",
            Trap::MemoryOutOfBounds,
            0x2d,
        ),
        ("(global.set $n (i32.load8_u (i32.load (i32.const 4))))", Trap::MemoryOutOfBounds, 0x2d),
        ("(i32.store16 (i32.load (i32.const 4)) (i32.load8_u (i32.const 1)))", Trap::MemoryOutOfBounds, 0x3b),
        // One that is out of bounds in any case, behind a branch.
        (
            "(if (i32.eqz (global.get $n)) (then (i32.store offset=0xffffffff (global.get $n) (i32.const 1))))",
            Trap::MemoryOutOfBounds,
            0x36,
        ),
        // A load that is the operand of a comparison, with an address that is loaded.
        (
            "(global.set $n (i64.gt_s (i64.const 5) (i64.load (i32.load (global.get $far)))))",
            Trap::MemoryOutOfBounds,
            0x28,
        ),
        ("(global.set $n (i64.gt_s (i64.const 5) (i64.load (i32.load (i32.const 4)))))", Trap::MemoryOutOfBounds, 0x29),
        // Users that trap.
        ("(global.set $n (i32.div_u (i32.const 5) (i32.load (global.get $n))))", Trap::IntegerDivisionByZero, 0x6e),
        ("(global.set $n (i32.div_u (i32.const 5) (i32.load (global.get $far))))", Trap::MemoryOutOfBounds, 0x28),
        // Tables.
        (
            "(global.set $n (ref.is_null (select (result funcref)
                (table.get $t (i32.const 3)) (ref.null func) (global.get $n))))",
            Trap::TableOutOfBounds,
            0x25,
        ),
        (
            "(global.set $n (i32.add (ref.is_null (table.get $t (global.get $far))) (i32.const 1)))",
            Trap::TableOutOfBounds,
            0x25,
        ),
    ];
    for signals in [true, false] {
        for level in [OptLevel::None, OptLevel::Speed] {
            let engine = engine(|c| {
                _ = c.signals_based_traps(signals).cranelift_opt_level(level).cranelift_nan_canonicalization(true)
            });
            for (body, expected, operator) in cases {
                let wat = format!(
                    r#"(module
                        (global $n (mut i32) (i32.const 0))
                        (global $far (mut i32) (i32.const -4))
                        (memory 1)
                        (data (i32.const 4) "\ff\ff\ff\ff")
                        (table $t 3 funcref)
                        (func (export "f") {body}))"#
                );
                assert_eq!(trap_at(&engine, &wat), (expected, Some(operator)), "{signals} {level:?}: {body}");
            }
        }
    }
}

#[test]
fn recursion_without_end_is_a_trap() {
    let recursion = r#"(module (func $f (export "f") (result i32) (i32.add (call $f) (i32.const 1))))"#;
    assert_eq!(trap(&default_engine(), recursion), Trap::StackOverflow);
    assert_eq!(trap(&engine(|c| _ = c.signals_based_traps(false)), recursion), Trap::StackOverflow);
}

#[test]
fn recursion_without_end_in_tail_position_ends_no_stack() {
    // Functions that call each other in tail position, with more and fewer arguments than there are registers for.
    let many = "i64 ".repeat(40);
    let gets: String = (1..40).map(|i| format!("(local.get {i}) ")).collect();
    let wat = format!(
        r#"(module
            (type $few (func (param i64) (result i64)))
            (table funcref (elem $few))
            (func $few (export "few") (param i64) (result i64)
                (if (i64.eqz (local.get 0)) (then (return (i64.const 7))))
                (return_call $many (local.get 0) {}))
            (func $many (param {many}) (result i64)
                (if (i64.eq (i64.const 3) (i64.and (local.get 0) (i64.const 3)))
                    (then (return_call_indirect (type $few) (i64.sub (local.get 0) (i64.const 1)) (i32.const 0))))
                (if (i64.ne (local.get 39) (i64.const 39)) (then unreachable))
                (return_call $middle (i64.sub (local.get 0) (i64.const 1)) {gets}))
            (func $middle (param {many}) (result i64)
                (if (i64.eqz (local.get 0)) (then (return (i64.const 8))))
                (if (i64.ne (local.get 39) (i64.const 39)) (then unreachable))
                (return_call $few (local.get 0)))
            (func $deep (export "deep") (param i64) (result i64)
                (i64.add (call $deep (call $few (local.get 0))) (i64.const 1))))"#,
        (1..40).map(|i| format!("(i64.const {i}) ")).collect::<String>()
    );
    for signals in [true, false] {
        let engine = engine(|c| _ = c.signals_based_traps(signals));
        let mut store = Store::new(&engine, ());
        let instance = instantiate(&mut store, &wat);
        let few = instance.get_typed_func::<u64, u64>(&mut store, "few").unwrap();
        assert_eq!(few.call(&mut store, 200_001).unwrap(), 8);
        assert_eq!(few.call(&mut store, 0).unwrap(), 7);
        let deep = instance.get_typed_func::<u64, u64>(&mut store, "deep").unwrap();
        let error = deep.call(&mut store, 5).unwrap_err();
        assert_eq!(error.downcast_ref::<Trap>(), Some(&Trap::StackOverflow));
        assert_eq!(few.call(&mut store, 1001).unwrap(), 8);
    }
}

#[test]
fn frames_alike_are_shown_once() {
    let mut store = Store::new(&default_engine(), ());
    let module = Module::new(store.engine(), r#"(module $m (func $f (export "f") (call $f)))"#).unwrap();
    let instance = Instance::new(&mut store, &module, &[]).unwrap();
    let error = instance.get_typed_func::<(), ()>(&mut store, "f").unwrap().call(&mut store, ()).unwrap_err();
    let shown = error.to_string();
    // The innermost frame stops before its first operator, which is the call.
    assert!(shown.lines().count() <= 4 && shown.contains("more times)") && !shown.contains('?'), "{shown}");
}

#[test]
fn recursion_through_the_host_is_a_trap() {
    let mut store = store();
    let module = r#"(module
        (import "" "f" (func $f))
        (table (export "t") 1 funcref)
        (elem (i32.const 0) $g)
        (func $g (export "run") (call $f)))"#;
    let module = Module::new(store.engine(), module).unwrap();
    let again = Func::wrap(&mut store, |mut caller: gantry::Caller<'_, ()>| -> gantry::Result<()> {
        let run = caller.get_export("run").and_then(gantry::Extern::into_func).unwrap();
        run.typed::<(), ()>(&caller)?.call(&mut caller, ())
    });
    let instance = Instance::new(&mut store, &module, &[again.into()]).unwrap();
    let run = instance.get_typed_func::<(), ()>(&mut store, "run").unwrap();
    let error = run.call(&mut store, ()).unwrap_err();
    assert_eq!(error.downcast_ref::<Trap>(), Some(&Trap::StackOverflow));
}

#[test]
fn max_wasm_stack_is_a_bound() {
    let depth = |bytes| {
        let engine = engine(|c| _ = c.max_wasm_stack(bytes));
        let mut store = Store::new(&engine, ());
        let instance = instantiate(
            &mut store,
            r#"(module
                (global $n (export "n") (mut i32) (i32.const 0))
                (func $f (export "f") (result i32)
                    (global.set $n (i32.add (global.get $n) (i32.const 1)))
                    (i32.add (call $f) (i32.const 1))))"#,
        );
        let f = instance.get_func(&mut store, "f").unwrap();
        f.call(&mut store, &[], &mut [Val::I32(0)]).unwrap_err();
        instance.get_global(&mut store, "n").unwrap().get(&mut store).unwrap_i32()
    };
    let (small, large) = (depth(64 << 10), depth(256 << 10));
    assert!(small > 100 && large > 3 * small && large < 5 * small, "{small} {large}");
}

#[test]
fn backtraces_name_functions_and_offsets() {
    let mut store = store();
    let wat = r#"(module $m
        (func $inner unreachable)
        (func (call $inner))
        (func (export "f") (call 1)))"#;
    let module = Module::new(store.engine(), wat).unwrap();
    assert_eq!(module.name(), Some("m"));
    let instance = Instance::new(&mut store, &module, &[]).unwrap();
    let error = instance.get_func(&mut store, "f").unwrap().call(&mut store, &[], &mut []).unwrap_err();
    let backtrace = error.downcast_ref::<WasmBacktrace>().unwrap();
    let frames: Vec<_> = backtrace.frames().iter().map(|f| (f.func_index(), f.func_name(), f.module_name())).collect();
    assert_eq!(frames, [(0, Some("inner"), Some("m")), (1, None, Some("m")), (2, None, Some("m"))]);
    let offsets: Vec<_> = backtrace.frames().iter().map(|f| f.module_offset().unwrap()).collect();
    let wasm = wat::parse_str(wat).unwrap();
    assert_eq!(offsets.iter().map(|&o| wasm[o]).collect::<Vec<_>>(), [0x00, 0x10, 0x10], "unreachable, call, call");
    let text = format!("{error:?}");
    assert!(text.contains("m!inner") && text.contains("m!<wasm function 1>"), "{text}");
}

#[test]
fn backtraces_cross_the_host() {
    let mut store = store();
    let inner = instantiate(&mut store, r#"(module (func $deep (export "f") unreachable))"#);
    let inner = inner.get_typed_func::<(), ()>(&mut store, "f").unwrap();
    let host = Func::wrap(&mut store, move |mut caller: gantry::Caller<'_, ()>| inner.call(&mut caller, ()));
    let outer =
        Module::new(store.engine(), r#"(module (import "" "" (func $h)) (func $shallow (export "f") (call $h)))"#);
    let outer = Instance::new(&mut store, &outer.unwrap(), &[host.into()]).unwrap();
    let error = outer.get_func(&mut store, "f").unwrap().call(&mut store, &[], &mut []).unwrap_err();
    assert_eq!(error.downcast_ref::<Trap>(), Some(&Trap::Unreachable));
    let backtrace = error.downcast_ref::<WasmBacktrace>().unwrap();
    assert_eq!(backtrace.frames().iter().map(|f| f.func_name()).collect::<Vec<_>>(), [Some("deep"), Some("shallow")]);
}

#[test]
fn backtraces_show_all_frames_of_calls_that_nest() {
    const LEVELS: u32 = 5;
    let mut store = Store::new(&default_engine(), Vec::<Vec<u32>>::new());
    // Every level has a function of its own on both sides of the call of the host.
    let functions: String = (0..=LEVELS)
        .map(|i| {
            format!(
                r#"(func $in{i} (call $h (i32.const {i}))) (func (export "f{i}") (call $in{i}) (drop (i32.const 1)))"#
            )
        })
        .collect();
    let wat = format!(r#"(module (import "" "h" (func $h (param i32))) {functions})"#);
    let module = Module::new(store.engine(), wat).unwrap();
    let host = Func::wrap(&mut store, |mut caller: gantry::Caller<'_, Vec<Vec<u32>>>, level: u32| {
        let frames = WasmBacktrace::capture(&caller).frames().iter().map(gantry::FrameInfo::func_index).collect();
        caller.data_mut().push(frames);
        anyhow::ensure!(level < LEVELS, "deep enough");
        let next = caller.get_export(&format!("f{}", level + 1)).and_then(gantry::Extern::into_func).unwrap();
        next.typed::<(), ()>(&caller)?.call(&mut caller, ())
    });
    let instance = Instance::new(&mut store, &module, &[host.into()]).unwrap();
    let f = instance.get_typed_func::<(), ()>(&mut store, "f0").unwrap();
    for _ in 0..2 {
        store.data_mut().clear();
        let error = f.call(&mut store, ()).unwrap_err();
        assert!(message::<()>(Err(anyhow::anyhow!("{error:#}"))).contains("deep enough"));
        let expected = |levels: u32| (0..levels).rev().flat_map(|i| [1 + 2 * i, 2 + 2 * i]).collect::<Vec<_>>();
        assert_eq!(*store.data(), (1..=LEVELS + 1).map(expected).collect::<Vec<_>>());
        let backtrace = error.downcast_ref::<WasmBacktrace>().unwrap();
        assert_eq!(backtrace.frames().iter().map(|f| f.func_index()).collect::<Vec<_>>(), expected(LEVELS + 1));
    }
}

#[test]
fn backtraces_can_be_captured_and_switched_off() {
    let mut store = store();
    let host = Func::wrap(&mut store, |caller: gantry::Caller<'_, ()>| {
        u32::try_from(WasmBacktrace::capture(&caller).frames().len()).unwrap()
    });
    let wat = r#"(module (import "" "" (func $h (result i32))) (func (export "f") (result i32) (call $h)))"#;
    let module = Module::new(store.engine(), wat).unwrap();
    let instance = Instance::new(&mut store, &module, &[host.into()]).unwrap();
    let f = instance.get_typed_func::<(), u32>(&mut store, "f").unwrap();
    assert_eq!(f.call(&mut store, ()).unwrap(), 1);
    assert!(WasmBacktrace::capture(&store).frames().is_empty());

    let mut store = Store::new(&engine(|c| _ = c.wasm_backtrace(false)), ());
    let instance = instantiate(&mut store, r#"(module (func (export "f") unreachable))"#);
    let error = instance.get_func(&mut store, "f").unwrap().call(&mut store, &[], &mut []).unwrap_err();
    assert!(error.is::<Trap>() && !error.is::<WasmBacktrace>());
}

#[test]
fn backtraces_have_source_lines_where_the_module_has_dwarf() {
    let mut store = store();
    let module = Module::new(store.engine(), include_bytes!("dwarf/fail.wasm")).unwrap();
    let instance = Instance::new(&mut store, &module, &[]).unwrap();
    let run = instance.get_typed_func::<i32, i32>(&mut store, "run").unwrap();
    assert_eq!(run.call(&mut store, 5).unwrap(), 6);
    let error = run.call(&mut store, 0).unwrap_err();
    let backtrace = error.downcast_ref::<WasmBacktrace>().unwrap();
    let symbols: Vec<Vec<_>> = backtrace
        .frames()
        .iter()
        .map(|f| f.symbols().iter().map(|s| (s.name().unwrap(), s.line().unwrap())).collect())
        .collect();
    assert_eq!(symbols, [vec![("divide", 4), ("inner", 8)], vec![("run", 12)]]);
    assert!(format!("{error:?}").contains("fail.c:4"), "{error:?}");
}

#[test]
fn a_trap_while_instantiating_names_the_function_and_leaves_what_was_done() {
    let mut store = store();
    let exporter = instantiate(&mut store, r#"(module (table (export "t") 10 funcref) (memory (export "m") 1))"#);
    let imports = [exporter.get_export(&mut store, "t").unwrap(), exporter.get_export(&mut store, "m").unwrap()];
    let module = r#"(module
        (import "" "t" (table 10 funcref))
        (import "" "m" (memory 1))
        (func $answer (result i32) (i32.const 42))
        (elem (i32.const 3) $answer)
        (data (i32.const 5) "x")
        (data (i32.const 65536) "y")
        (data (i32.const 6) "z"))"#;
    let module = Module::new(store.engine(), module).unwrap();
    let error = Instance::new(&mut store, &module, &imports).unwrap_err();
    assert_eq!(error.downcast_ref::<Trap>(), Some(&Trap::MemoryOutOfBounds));
    let memory = exporter.get_memory(&mut store, "m").unwrap();
    assert_eq!(memory.data(&store)[5..7], [b'x', 0]);
    // The function of the instance that failed is alive.
    let table = exporter.get_table(&mut store, "t").unwrap();
    let func = table.get(&mut store, 3).unwrap();
    let func = *func.as_func().unwrap().unwrap();
    assert_eq!(func.typed::<(), i32>(&store).unwrap().call(&mut store, ()).unwrap(), 42);

    let failing = Module::new(store.engine(), "(module (func $begin unreachable) (start $begin))").unwrap();
    let found = message(Instance::new(&mut store, &failing, &[]));
    assert!(found.contains("begin") && found.contains("unreachable"), "{found}");
}

#[test]
fn traps_say_which_access_it_was() {
    // Neighbors that a compiler may check at once, and others in between.
    let wasm = wat::parse_str(
        r#"(module (memory 1) (func (export "f") (param i32 i32) (result i32)
            (i32.add
                (i32.add (i32.load (local.get 0)) (i32.load offset=8 (local.get 0)))
                (i32.add (i32.load offset=4 (local.get 1))
                    (i32.sub (i32.load offset=16 (local.get 0)) (i32.load offset=32 (local.get 0)))))))"#,
    )
    .unwrap();
    let load = |offset: u8| {
        let bytes = [0x28, 2, offset];
        wasm.windows(3).position(|w| w == bytes).expect("the operator")
    };
    for signals in [true, false] {
        let engine = engine(|c| _ = c.signals_based_traps(signals));
        let module = Module::new(&engine, &wasm).unwrap();
        let mut store = Store::new(&engine, ());
        let instance = Instance::new(&mut store, &module, &[]).unwrap();
        let f = instance.get_typed_func::<(i32, i32), i32>(&mut store, "f").unwrap();
        assert_eq!(f.call(&mut store, (65500, 65528)).unwrap(), 0);
        for (a, b, offset) in [
            (65533, 0, 0),
            (-1, 0, 0),
            (65525, 0, 8),
            (65525, -1, 8),
            (65520, 65529, 4),
            (65517, 0, 16),
            (65501, 0, 32),
        ] {
            let error = f.call(&mut store, (a, b)).unwrap_err();
            assert_eq!(error.downcast_ref::<Trap>(), Some(&Trap::MemoryOutOfBounds));
            let backtrace = error.downcast_ref::<WasmBacktrace>().expect("a backtrace");
            assert_eq!(backtrace.frames()[0].module_offset(), Some(load(offset)), "f({a}, {b}), signals: {signals}");
        }
    }
}
