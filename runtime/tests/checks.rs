//! Explicit checks that the single-pass compiler leaves out because they are known to hold: the same accesses stop as with guard
//! pages.

use gantry::{Config, Engine, Instance, Module, Store};
use proptest::prelude::*;
use std::fmt::Write;

/// Statements of a function whose first locals point into memory, or beyond.
#[derive(Clone, Debug)]
enum Statement {
    /// Reads so many bytes (a power of two) at a local plus an offset.
    Load {
        local: u8,
        offset: u32,
        log2: u8,
    },
    /// Writes one byte.
    Store {
        local: u8,
        offset: u32,
    },
    /// Moves a pointer.
    Add {
        local: u8,
        by: i32,
    },
    /// Makes a pointer another one.
    Copy {
        to: u8,
        from: u8,
    },
    /// Grows memory by a page, while that is allowed.
    Grow,
    If(u8, Vec<Statement>, Vec<Statement>),
    /// Leaves a block early if the lowest bit of a pointer is set.
    Block(u8, Vec<Statement>, Vec<Statement>),
    Loop(u8, Vec<Statement>),
}

const POINTERS: u8 = 3;
/// Depth of loops.
const COUNTERS: u8 = 3;
const ACCUMULATOR: u8 = POINTERS + COUNTERS;

fn statements() -> impl Strategy<Value = Vec<Statement>> {
    let offset = prop_oneof![0..40u32, Just(65_530), Just(65_536)];
    let leaf = prop_oneof![
        4 => (0..POINTERS, offset.clone(), 0..4u8).prop_map(|(local, offset, log2)| Statement::Load { local, offset, log2 }),
        2 => (0..POINTERS, offset).prop_map(|(local, offset)| Statement::Store { local, offset }),
        1 => (0..POINTERS, prop_oneof![-20..20i32, Just(65_536), Just(-65_536)]).prop_map(|(local, by)| Statement::Add { local, by }),
        1 => (0..POINTERS, 0..POINTERS).prop_map(|(to, from)| Statement::Copy { to, from }),
        1 => Just(Statement::Grow),
    ];
    let statement = leaf.prop_recursive(3, 40, 6, |inner| {
        let body = proptest::collection::vec(inner, 0..6);
        prop_oneof![
            (0..POINTERS, body.clone(), body.clone())
                .prop_map(|(l, then, otherwise)| Statement::If(l, then, otherwise)),
            (0..POINTERS, body.clone(), body.clone()).prop_map(|(l, before, after)| Statement::Block(l, before, after)),
            (1..4u8, body).prop_map(|(times, body)| Statement::Loop(times, body)),
        ]
    });
    proptest::collection::vec(statement, 1..12)
}

fn write(out: &mut String, statements: &[Statement], depth: u8) {
    for statement in statements {
        let result = match statement {
            Statement::Load { local, offset, log2 } => {
                let op = ["load8_u", "load16_u", "load32_u", "load"][usize::from(*log2)];
                writeln!(
                    out,
                    "(local.set {ACCUMULATOR} (i64.add (i64.mul (local.get {ACCUMULATOR}) (i64.const 31))
                        (i64.{op} offset={offset} (local.get {local}))))"
                )
            }
            Statement::Store { local, offset } => {
                writeln!(out, "(i64.store8 offset={offset} (local.get {local}) (local.get {ACCUMULATOR}))")
            }
            Statement::Add { local, by } => {
                writeln!(out, "(local.set {local} (i32.add (local.get {local}) (i32.const {by})))")
            }
            Statement::Copy { to, from } => writeln!(out, "(local.set {to} (local.get {from}))"),
            Statement::Grow => writeln!(out, "(drop (memory.grow (i32.const 1)))"),
            Statement::If(local, then, otherwise) => {
                writeln!(out, "(if (i32.and (local.get {local}) (i32.const 1)) (then").expect("strings grow");
                write(out, then, depth);
                out.push_str(") (else\n");
                write(out, otherwise, depth);
                writeln!(out, "))")
            }
            Statement::Block(local, before, after) => {
                out.push_str("(block\n");
                write(out, before, depth);
                writeln!(out, "(br_if 0 (i32.and (local.get {local}) (i32.const 1)))").expect("strings grow");
                write(out, after, depth);
                writeln!(out, ")")
            }
            Statement::Loop(times, body) => {
                let counter = POINTERS + depth.min(COUNTERS - 1);
                if depth >= COUNTERS {
                    continue;
                }
                writeln!(out, "(local.set {counter} (i32.const {times})) (loop").expect("strings grow");
                write(out, body, depth + 1);
                writeln!(out, "(br_if 0 (local.tee {counter} (i32.sub (local.get {counter}) (i32.const 1)))))")
            }
        };
        result.expect("strings grow");
    }
}

/// The result of a call, or why it stopped, and what is in memory afterwards.
fn run(wat: &str, signals: bool, args: (i32, i32, i32)) -> (Result<i64, String>, Vec<u8>) {
    let mut config = Config::new();
    config.backend("winch").signals_based_traps(signals);
    let engine = Engine::new(&config).unwrap();
    let module = Module::new(&engine, wat).unwrap();
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &module, &[]).unwrap();
    let f = instance.get_typed_func::<(i32, i32, i32), i64>(&mut store, "f").unwrap();
    let result = f.call(&mut store, args).map_err(|e| e.root_cause().to_string());
    let memory = instance.get_memory(&mut store, "m").unwrap();
    (result, memory.data(&store).to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn accesses_stop_as_with_guard_pages(
        body in statements(),
        args in (0..3i32, 0..3i32, 0..3i32),
        near in (-30..30i32, -30..30i32, 0..100i32),
    ) {
        let mut text = String::new();
        write(&mut text, &body, 0);
        let wat = format!(
            "(module (memory (export \"m\") 1 3) (data (i32.const 65500) \"some bytes at the end of the page!!!\")
                (func (export \"f\") (param i32 i32 i32) (result i64) (local i32 i32 i32 i64)\n{text} (local.get {ACCUMULATOR})))"
        );
        // Pointers near the borders of pages.
        let args = (args.0 * 65_536 + near.0, args.1 * 65_536 + near.1, args.2 * 65_500 + near.2);
        prop_assert_eq!(run(&wat, false, args), run(&wat, true, args), "{}", wat);
    }
}
