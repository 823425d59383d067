//! What debuggers and profilers see of running code: locals of frames, and counts of calls and loop iterations.

use gantry::{
    BackendKind, Caller, Config, Engine, Func, FuncType, Global, Instance, Module, Store, UpdateDeadline, Val,
    WasmBacktrace,
};
use proptest::prelude::*;
use std::fmt::Write;

const TYPES: [&str; 5] = ["i32", "i64", "f32", "f64", "v128"];

/// A statement of a function whose locals are of all types.
#[derive(Clone, Debug)]
enum Statement {
    /// Makes a local (modulo their number) the sum of two locals of its type and a constant.
    Set(usize, usize, usize, u8),
    /// Tells the host the values of all locals.
    Check,
    /// Tests the lowest bit of the local that counts statements.
    If(Vec<Statement>, Vec<Statement>),
    /// Iterates so many times.
    Loop(u8, Vec<Statement>),
}

fn statements() -> impl Strategy<Value = Vec<Statement>> {
    let leaf = prop_oneof![
        4 => (any::<usize>(), any::<usize>(), any::<usize>(), any::<u8>())
            .prop_map(|(to, a, b, c)| Statement::Set(to, a, b, c)),
        1 => Just(Statement::Check),
    ];
    let statement = leaf.prop_recursive(3, 40, 8, |inner| {
        let body = proptest::collection::vec(inner, 1..8);
        prop_oneof![
            (body.clone(), body.clone()).prop_map(|(then, otherwise)| Statement::If(then, otherwise)),
            (1..4u8, body).prop_map(|(times, body)| Statement::Loop(times, body)),
        ]
    });
    proptest::collection::vec(statement, 1..12)
}

/// Writes a function's body. Every local has a global of its type that is set along with it.
struct Writer<'a> {
    locals: &'a [usize],
    out: String,
    /// Loops around the current position, which have counters behind the other locals.
    depth: usize,
}

impl Writer<'_> {
    fn mirror(&mut self, local: usize) {
        writeln!(self.out, "(global.set {local} (local.get {local}))").unwrap();
    }

    fn all(&mut self, statements: &[Statement]) {
        for statement in statements {
            self.one(statement);
        }
    }

    fn one(&mut self, statement: &Statement) {
        match statement {
            &Statement::Set(to, a, b, constant) => {
                let to = to % self.locals.len();
                let ty = self.locals[to];
                let same: Vec<_> = (0..self.locals.len()).filter(|&l| self.locals[l] == ty).collect();
                let (a, b) = (same[a % same.len()], same[b % same.len()]);
                let (add, constant) = match TYPES[ty] {
                    "v128" => ("i32x4.add", format!("v128.const i32x4 {constant} 1 2 3")),
                    ty => (
                        ["i32.add", "i64.add", "f32.add", "f64.add"][self.locals[to]],
                        format!("{ty}.const {constant}"),
                    ),
                };
                let sum = format!("({add} (local.get {a}) ({add} (local.get {b}) ({constant})))");
                writeln!(self.out, "(local.set {to} {sum})").unwrap();
                self.mirror(to);
            }
            Statement::Check => {
                let values: String = (0..self.locals.len()).map(|l| format!("(local.get {l})")).collect();
                writeln!(self.out, "(call $check {values})").unwrap();
            }
            Statement::If(then, otherwise) => {
                let first = self.locals.iter().position(|&l| l == 0).expect("local 0 is an i32");
                writeln!(self.out, "(if (i32.and (local.get {first}) (i32.const 1)) (then").unwrap();
                self.all(then);
                self.out.push_str(") (else\n");
                self.all(otherwise);
                self.out.push_str("))\n");
            }
            Statement::Loop(times, body) => {
                let counter = self.locals.len() + self.depth;
                writeln!(self.out, "(local.set {counter} (i32.const {times}))").unwrap();
                self.mirror(counter);
                self.out.push_str("(loop\n");
                self.depth += 1;
                self.all(body);
                self.depth -= 1;
                writeln!(self.out, "(local.set {counter} (i32.sub (local.get {counter}) (i32.const 1)))").unwrap();
                self.mirror(counter);
                writeln!(self.out, "(br_if 0 (local.get {counter})))").unwrap();
            }
        }
    }
}

/// Loops are nested no deeper.
const COUNTERS: usize = 4;

/// A module whose function takes `params` of its locals.
fn module(locals: &[usize], params: usize, body: &[Statement]) -> String {
    let names = |types: &[usize]| types.iter().map(|&ty| format!("{} ", TYPES[ty])).collect::<String>();
    let mut writer = Writer { locals, out: String::new(), depth: 0 };
    (0..params).for_each(|param| writer.mirror(param));
    writer.all(body);
    let mut with_counters = locals.to_vec();
    with_counters.extend([0; COUNTERS]);
    let globals: String = with_counters
        .iter()
        .enumerate()
        .map(|(i, &ty)| {
            let zero = if TYPES[ty] == "v128" { "i64x2 0 0" } else { "0" };
            let ty = TYPES[ty];
            format!("(global (export \"g{i}\") (mut {ty}) ({ty}.const {zero}))\n")
        })
        .collect();
    format!(
        "(module (import \"\" \"\" (func $check (param {all})))\n{globals}
            (func $f (export \"f\") (param {params}) (local {rest})\n{body}))",
        all = names(locals),
        params = names(&locals[..params]),
        rest = names(&with_counters[params..]),
        body = writer.out,
    )
}

/// What the host knows.
#[derive(Default)]
struct Host {
    args: Vec<Val>,
    globals: Vec<Global>,
    heads: usize,
}

fn show(values: &[Val]) -> Vec<String> {
    values.iter().map(|v| format!("{v:?}")).collect()
}

/// The locals of the innermost frame.
fn innermost(backtrace: &WasmBacktrace) -> Vec<String> {
    let locals: Option<Vec<_>> = backtrace.frames()[0].locals().iter().cloned().collect();
    show(&locals.expect("there are no references"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// At calls the host gets the values of locals as arguments, at loop heads as globals, and compares.
    #[test]
    fn locals_are_where_the_record_says(
        mut locals in proptest::collection::vec(0..TYPES.len(), 1..24),
        params in any::<prop::sample::Index>(),
        body in statements(),
        signals in any::<bool>(),
    ) {
        locals[0] = 0;
        let params = params.index(locals.len() + 1).min(12);
        let wat = module(&locals, params, &body);
        let mut config = Config::new();
        config.backend("winch").debug_locals(true).epoch_interruption(true).signals_based_traps(signals);
        let engine = Engine::new(&config).unwrap();
        let module = Module::new(&engine, &wat).unwrap();
        let mut store = Store::new(&engine, Host::default());
        let ty: FuncType = module.imports().next().unwrap().ty().func().unwrap().clone();
        let check = Func::new(&mut store, ty, |caller: Caller<'_, Host>, args, _| {
            let found = innermost(&WasmBacktrace::force_capture(&caller));
            assert_eq!(found[..args.len()], show(args));
            Ok(())
        });
        let instance = Instance::new(&mut store, &module, &[check.into()]).unwrap();
        let globals: Vec<_> = (0..locals.len() + COUNTERS)
            .map(|i| instance.get_global(&mut store, &format!("g{i}")).unwrap())
            .collect();
        store.data_mut().globals = globals;
        store.set_epoch_deadline(0);
        store.epoch_deadline_callback(|mut store| {
            let globals = store.data().globals.clone();
            let values: Vec<_> = globals.iter().map(|g| g.get(&mut store)).collect();
            let found = innermost(&WasmBacktrace::force_capture(&store));
            if store.data().heads == 0 {
                // The function's entry: its globals do not mirror anything yet.
                let args = show(&store.data().args);
                assert_eq!(found[..args.len()], args);
            } else {
                assert_eq!(found, show(&values));
            }
            store.data_mut().heads += 1;
            Ok(UpdateDeadline::Continue(0))
        });
        let zero = |&ty: &usize| match ty {
            0 => Val::I32(7),
            1 => Val::I64(-8),
            2 => Val::F32(1.5f32.to_bits()),
            3 => Val::F64((-2.5f64).to_bits()),
            _ => Val::V128(u128::MAX.into()),
        };
        let args: Vec<_> = locals[..params].iter().map(zero).collect();
        store.data_mut().args.clone_from(&args);
        instance.get_func(&mut store, "f").unwrap().call(&mut store, &args, &mut []).unwrap();
        prop_assert!(store.data().heads > 0, "the callback was called");
    }
}

#[test]
fn a_frame_that_trapped_has_no_locals_but_its_callers_have() {
    let wat = r#"(module
        (func $inner (param i32) (result i32) (i32.div_s (i32.const 1) (local.get 0)))
        (func (export "f") (param i32 externref) (result i32) (local i64)
            (local.set 2 (i64.const 5))
            (call $inner (local.get 0))))"#;
    for signals in [true, false] {
        let mut config = Config::new();
        config.backend("winch").debug_locals(true).signals_based_traps(signals);
        let engine = Engine::new(&config).unwrap();
        let mut store = Store::new(&engine, ());
        let module = Module::new(&engine, wat).unwrap();
        let instance = Instance::new(&mut store, &module, &[]).unwrap();
        let f = instance.get_func(&mut store, "f").unwrap();
        let error = f.call(&mut store, &[Val::I32(0), Val::ExternRef(None)], &mut [Val::I32(0)]).unwrap_err();
        let frames = error.downcast_ref::<WasmBacktrace>().unwrap().frames();
        assert!(frames[0].locals().is_empty());
        assert!(matches!(frames[1].locals(), [Some(Val::I32(0)), None, Some(Val::I64(5))]), "{:?}", frames[1].locals());
        let text = error.to_string();
        assert!(text.contains("local 1 = (a reference)\n") && text.ends_with("local 2 = 5"), "{text}");
    }
}

#[test]
fn optimized_code_refuses_to_record_locals() {
    let error = Engine::new(Config::new().backend("cranelift").debug_locals(true)).err().expect("it is refused");
    assert!(format!("{error:#}").contains("no record of locals"), "{error:#}");
}

#[test]
fn all_backends_count_alike() {
    let wat = r#"(module
        (func $even (param i32) (result i32)
            (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 1))
                (else (call $odd (i32.sub (local.get 0) (i32.const 1))))))
        (func $odd (param i32) (result i32)
            (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 0))
                (else (return_call $even (i32.sub (local.get 0) (i32.const 1))))))
        (func $never)
        (func (export "f") (param i32) (local i32)
            (loop $outer
                (local.set 1 (i32.const 3))
                (loop $inner
                    (drop (call $even (local.get 0)))
                    (br_if $inner (local.tee 1 (i32.sub (local.get 1) (i32.const 1)))))
                (br_if $outer (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
            unreachable))"#;
    for backend in BackendKind::ALL {
        let engine = Engine::new(Config::new().backend(&backend.to_string()).execution_counters(true)).unwrap();
        let mut store = Store::new(&engine, ());
        let module = Module::new(&engine, wat).unwrap();
        let instance = Instance::new(&mut store, &module, &[]).unwrap();
        let f = instance.get_typed_func::<i32, ()>(&mut store, "f").unwrap();
        assert!(f.call(&mut store, 4).is_err(), "it ends with a trap");
        let counts = instance.execution_counts(&store).unwrap();
        let counts: Vec<_> = counts.iter().map(|c| (c.func_index(), c.calls(), c.iterations())).collect();
        // For each of 4, 3, 2 and 1 three chains of calls that alternate down to 0.
        assert_eq!(counts, [(0, 3 * 8, 0), (1, 3 * 6, 0), (3, 1, 4 + 12)], "{backend}");
    }
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let module = Module::new(&engine, wat).unwrap();
    let instance = Instance::new(&mut store, &module, &[]).unwrap();
    assert!(instance.execution_counts(&store).is_none());
}
