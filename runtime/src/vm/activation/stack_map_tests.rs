//! Stack maps of compiled functions: a host function walks to the frame that called it and finds every reference there.

use crate::vm::activation;
use crate::vm::code_registry;
use crate::{Config, Engine, ExternRef, Func, FuncType, Instance, Module, Store, UpdateDeadline, Val};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::{Arc, Mutex};

/// Handles that are known to be live, at one place after the other.
type Expected = Vec<BTreeSet<u32>>;

/// A statement of a function with locals that hold references and others that are numbers.
#[derive(Clone, Debug)]
enum Statement {
    /// A reference's local becomes another one.
    Copy(usize, usize),
    /// A reference's local becomes null.
    Clear(usize),
    /// A reference or a number stays on the stack until the end.
    Push(usize),
    PushNumber(usize),
    /// Numbers take up registers.
    Add(usize, usize),
    /// A reference goes through a table, a global and `select`.
    Travel(usize, usize),
    /// Grows a table: a call of the runtime.
    Grow(usize),
    /// Calls the host, with a reference that is no longer live then.
    Call(usize),
}

const PARAMS: usize = 7;
const LOCALS: usize = 12;
const NUMBERS: usize = 9;

fn statement() -> impl Strategy<Value = Statement> {
    let reference = 0..LOCALS;
    let number = 0..NUMBERS;
    prop_oneof![
        (reference.clone(), reference.clone()).prop_map(|(d, a)| Statement::Copy(d, a)),
        reference.clone().prop_map(Statement::Clear),
        reference.clone().prop_map(Statement::Push),
        number.clone().prop_map(Statement::PushNumber),
        (number.clone(), number).prop_map(|(d, a)| Statement::Add(d, a)),
        (reference.clone(), reference.clone()).prop_map(|(d, a)| Statement::Travel(d, a)),
        reference.clone().prop_map(Statement::Grow),
        reference.prop_map(Statement::Call),
    ]
}

/// The function's text, and what is live at its calls and at the epoch checks of its entry and loop heads.
fn write(statements: &[Statement]) -> (String, Expected) {
    let number = |n: usize| LOCALS + 1 + n;
    let mut body = String::new();
    let mut pushed = 0;
    for statement in statements {
        let result = match *statement {
            Statement::Copy(d, a) => writeln!(body, "(local.set {d} (local.get {a}))"),
            Statement::Clear(d) => writeln!(body, "(local.set {d} (ref.null extern))"),
            Statement::Push(a) => writeln!(body, "local.get {a}"),
            Statement::PushNumber(a) => writeln!(body, "local.get {}", number(a)),
            Statement::Add(d, a) => {
                let (d, a) = (number(d), number(a));
                writeln!(body, "(local.set {d} (i64.add (local.get {d}) (i64.mul (local.get {a}) (i64.const 7))))")
            }
            Statement::Travel(d, a) => writeln!(
                body,
                "(table.set (i32.const 1) (local.get {a})) (global.set 0 (table.get (i32.const 1)))
                 (local.set {d} (select (result externref) (global.get 0) (local.get {d}) (i32.const 1)))"
            ),
            Statement::Grow(a) => writeln!(body, "(drop (table.grow (local.get {a}) (i32.const 1)))"),
            Statement::Call(a) => writeln!(body, "(call $host (local.get {a}))"),
        };
        result.expect("strings grow");
        pushed += usize::from(matches!(statement, Statement::Push(_) | Statement::PushNumber(_)));
    }
    let mut locals: Vec<Option<u32>> = (0..LOCALS).map(|l| u32::try_from(l + 1).ok().filter(|_| l < PARAMS)).collect();
    let mut expected = vec![locals.iter().flatten().copied().collect()];
    for _ in 0..2 {
        // The loop's head.
        expected.push(locals.iter().flatten().copied().collect());
        let mut stack: Vec<u32> = Vec::new();
        for statement in statements {
            match *statement {
                Statement::Copy(d, a) | Statement::Travel(d, a) => locals[d] = locals[a],
                Statement::Clear(d) => locals[d] = None,
                Statement::Push(a) => stack.extend(locals[a]),
                Statement::Call(_) => expected.push(locals.iter().flatten().chain(&stack).copied().collect()),
                Statement::PushNumber(_) | Statement::Add(..) | Statement::Grow(_) => {}
            }
        }
    }
    let wat = format!(
        "(module (import \"\" \"\" (func $host (param externref)))
            (table 2 externref) (global (mut externref) (ref.null extern))
            (func (export \"f\") (param {params}) (local {rest} i32 {numbers})
                (local.set {counter} (i32.const 2))
                (loop {body} {drops}
                    (br_if 0 (local.tee {counter} (i32.sub (local.get {counter}) (i32.const 1)))))))",
        params = "externref ".repeat(PARAMS),
        rest = "externref ".repeat(LOCALS - PARAMS),
        numbers = "i64 ".repeat(NUMBERS),
        counter = LOCALS,
        drops = "drop ".repeat(pushed),
    );
    (wat, expected)
}

/// The references in the innermost frame of compiled code, as its stack map says.
fn found() -> BTreeSet<u32> {
    let frames = activation::capture_backtrace();
    let frame = frames.first().expect("compiled code called").frame;
    let code = code_registry::lookup(frame.lookup_pc()).expect("it is compiled code");
    let return_offset = u32::try_from(frame.pc - code.code().text_base().addr()).expect("texts are short");
    let Some(map) = code.code().stack_map(return_offset) else { return BTreeSet::new() };
    map.slots
        .iter()
        .map(|&slot| {
            let at = frame.fp - map.frame_size as usize + slot as usize;
            // SAFETY: the map says that a reference is there, in a frame that is live.
            unsafe { std::ptr::with_exposed_provenance::<u32>(at).read() }
        })
        .filter(|&handle| handle != 0)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn every_reference_is_in_a_slot(
        statements in proptest::collection::vec(statement(), 1..40),
        epochs in any::<bool>(),
        fuel in any::<bool>(),
    ) {
        let (wat, mut expected) = write(&statements);
        if !epochs {
            // Nobody asks at the entry and at loop heads: only calls are left.
            let calls = statements.iter().filter(|s| matches!(s, Statement::Call(_))).count();
            let mut at = 0;
            expected.retain(|_| {
                at += 1;
                at > 1 && (at - 2) % (calls + 1) != 0
            });
        }
        let mut config = Config::new();
        config.backend("winch").stack_maps(true).epoch_interruption(epochs).consume_fuel(fuel);
        let engine = Engine::new(&config).unwrap();
        let module = Module::new(&engine, &wat).unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let mut store = Store::new(&engine, ());
        if fuel {
            store.set_fuel(1 << 30).unwrap();
        }
        let ty: FuncType = module.imports().next().unwrap().ty().func().unwrap().clone();
        let to = seen.clone();
        let host = Func::new(&mut store, ty, move |_, _, _| {
            to.lock().unwrap().push(found());
            Ok(())
        });
        let instance = Instance::new(&mut store, &module, &[host.into()]).unwrap();
        if epochs {
            let to = seen.clone();
            store.set_epoch_deadline(0);
            store.epoch_deadline_callback(move |_| {
                to.lock().unwrap().push(found());
                Ok(UpdateDeadline::Continue(0))
            });
        }
        // Handles are given out in order.
        let args: Vec<Val> = (0..PARAMS).map(|i| ExternRef::new(&mut store, i).unwrap().into()).collect();
        instance.get_func(&mut store, "f").unwrap().call(&mut store, &args, &mut []).unwrap();
        prop_assert_eq!(&*seen.lock().unwrap(), &expected, "{}", wat);
    }
}

#[test]
fn optimized_code_refuses_to_map_references() {
    let error = Engine::new(Config::new().backend("cranelift").stack_maps(true)).err().expect("it is refused");
    assert!(format!("{error:#}").contains("stack_maps needs Winch"), "{error:#}");
}
