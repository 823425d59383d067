//! Targets about calls: values that arrive, and backtraces.

use super::{Outcome, Seen};
use crate::weave::Dice;
use arbitrary::Unstructured;
use gantry::{Config, Engine, Func, Instance, Module, Store, Trap, V128, Val, WasmBacktrace};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};
use wasmparser::ValType;

/// Types of parameters and results: numbers more often than references.
#[rustfmt::skip]
const TYPES: &[ValType] = &[
    ValType::I32, ValType::I64, ValType::F32, ValType::F64, ValType::V128, ValType::I32, ValType::I64, ValType::F64,
    ValType::F32, ValType::I32, ValType::I64, ValType::V128, ValType::FUNCREF, ValType::EXTERNREF,
];

/// Wasm that turns a value of this type into an `i64`.
fn digest_of(ty: ValType, get: &str) -> String {
    match ty {
        ValType::I32 => format!("(i64.extend_i32_u {get})"),
        ValType::I64 => get.to_owned(),
        ValType::F32 => format!("(i64.extend_i32_u (i32.reinterpret_f32 {get}))"),
        ValType::F64 => format!("(i64.reinterpret_f64 {get})"),
        ValType::V128 => format!("(i64.xor (i64x2.extract_lane 0 {get}) (i64x2.extract_lane 1 {get}))"),
        ValType::Ref(_) => format!("(i64.extend_i32_u (ref.is_null {get}))"),
    }
}

/// The value with these bits.
fn value_of((ty, bits): (ValType, u64)) -> Val {
    match ty {
        ValType::I32 => Val::I32(low32(bits).cast_signed()),
        ValType::I64 => Val::I64(bits.cast_signed()),
        ValType::F32 => Val::F32(low32(bits)),
        ValType::F64 => Val::F64(bits),
        ValType::V128 => Val::V128(V128::from((u128::from(bits) << 64) | u128::from(!bits))),
        ValType::Ref(ty) if ty.is_func_ref() => Val::FuncRef(None),
        ValType::Ref(_) => Val::ExternRef(None),
    }
}

/// The low half.
fn low32(bits: u64) -> u32 {
    let [a, b, c, d, ..] = bits.to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}

/// How one function calls the next.
#[derive(Clone, Copy, Debug)]
enum Call {
    Direct,
    Indirect,
    Ref,
}

const CALLS: [Call; 3] = [Call::Direct, Call::Indirect, Call::Ref];

/// A module of three functions of different signatures with the same results. The outer one, which the host calls, passes its
/// parameters in another order to the middle one, and that one to the innermost one or the host. Each function that gets control
/// back checks that its own parameters are still what they were.
#[derive(Clone, Debug)]
struct Chain {
    /// Types of the innermost function's parameters, with their values.
    params: Vec<(ValType, u64)>,
    /// For each result, the parameter that it is, or a constant.
    results: Vec<Source>,
    /// How the other functions' parameters are ordered.
    orders: [u64; 2],
    calls: [Call; 2],
    tails: [bool; 2],
    /// The innermost function is the host's.
    host: bool,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    Param(usize),
    Const(ValType, u64),
}

/// A permutation of `0..n` from a seed.
fn permutation(n: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    let mut random = crate::value::Random::new(seed);
    for i in (1..n).rev() {
        order.swap(i, random.below(i + 1));
    }
    order
}

impl Chain {
    fn new(dice: &mut Dice<'_, '_>) -> Self {
        let bits = |dice: &mut Dice<'_, '_>| crate::value::Random::new(dice.below(1 << 16) as u64).word64();
        let count = if dice.one_in(4) { 8 + dice.below(32) } else { dice.below(8) };
        let params: Vec<(ValType, u64)> = (0..count).map(|_| (dice.pick(TYPES), bits(dice))).collect();
        let count = if dice.one_in(4) { 4 + dice.below(20) } else { dice.below(4) };
        let results = (0..count)
            .map(|_| match dice.one_in(2) && !params.is_empty() {
                true => Source::Param(dice.below(params.len())),
                false => Source::Const(dice.pick(TYPES), bits(dice)),
            })
            .collect();
        Self {
            orders: [bits(dice), bits(dice)],
            calls: [dice.pick(&CALLS), dice.pick(&CALLS)],
            tails: [dice.one_in(2), dice.one_in(2)],
            host: dice.one_in(2),
            params,
            results,
        }
    }

    fn result_type(&self, source: &Source) -> ValType {
        match source {
            Source::Param(index) => self.params[*index].0,
            Source::Const(ty, _) => *ty,
        }
    }

    /// Parameters of each function from the outside, as indices of the innermost one's.
    fn orders(&self) -> [Vec<usize>; 3] {
        let n = self.params.len();
        [permutation(n, self.orders[0]), permutation(n, self.orders[1]), (0..n).collect()]
    }

    fn wat(&self) -> String {
        let orders = self.orders();
        let results: String = self.results.iter().map(|s| format!(" {}", self.result_type(s))).collect();
        let mut text = String::from("(module\n");
        for (level, order) in orders.iter().enumerate() {
            let params: String = order.iter().map(|&i| format!(" {}", self.params[i].0)).collect();
            let _ = writeln!(text, "(type $t{level} (func (param{params}) (result{results})))");
        }
        text.push_str("(import \"\" \"f\" (func $host (type $t2)))\n");
        let innermost = if self.host { "$host" } else { "$f2" };
        let _ = writeln!(text, "(table funcref (elem $f1 {innermost}))\n(elem declare func $f1 {innermost})");
        for level in 0..2 {
            let (callee, next) = (if level == 0 { "$f1" } else { innermost }, level + 1);
            let _ = writeln!(text, "(func $f{level} (type $t{level}) (local $digest i64)");
            let digest = self.digest(&orders[level]);
            let tail = self.tails[level];
            if !tail {
                let _ = writeln!(text, "(local.set $digest {digest})");
            }
            for &wanted in &orders[next] {
                let at = orders[level].iter().position(|&i| i == wanted).expect("a permutation");
                let _ = writeln!(text, "local.get {at}");
            }
            let prefix = if tail { "return_" } else { "" };
            let _ = match self.calls[level] {
                Call::Direct => writeln!(text, "{prefix}call {callee}"),
                Call::Indirect => writeln!(text, "i32.const {level} {prefix}call_indirect (type $t{next})"),
                Call::Ref => writeln!(text, "ref.func {callee} {prefix}call_ref $t{next}"),
            };
            if !tail {
                let _ = writeln!(text, "(if (i64.ne (local.get $digest) {digest}) (then unreachable))");
            }
            text.push_str(")\n");
        }
        text.push_str("(func $f2 (type $t2)\n");
        for source in &self.results {
            let _ = match *source {
                Source::Param(index) => writeln!(text, "local.get {index}"),
                Source::Const(ValType::I32, bits) => writeln!(text, "i32.const {}", low32(bits)),
                Source::Const(ValType::I64, bits) => writeln!(text, "i64.const {bits}"),
                Source::Const(ValType::F32, bits) => {
                    writeln!(text, "(f32.reinterpret_i32 (i32.const {}))", low32(bits))
                }
                Source::Const(ValType::F64, bits) => writeln!(text, "(f64.reinterpret_i64 (i64.const {bits}))"),
                Source::Const(ValType::V128, bits) => writeln!(text, "v128.const i64x2 {} {bits}", !bits),
                Source::Const(ValType::Ref(ty), _) if ty.is_func_ref() => writeln!(text, "ref.null func"),
                Source::Const(ValType::Ref(_), _) => writeln!(text, "ref.null extern"),
            };
        }
        text.push_str(")\n(export \"run\" (func $f0)))");
        text
    }

    /// Wasm that combines a function's parameters.
    fn digest(&self, order: &[usize]) -> String {
        let mut sum = String::from("(i64.const 0)");
        for (at, &i) in order.iter().enumerate() {
            let value = digest_of(self.params[i].0, &format!("(local.get {at})"));
            sum = format!("(i64.add (i64.rotl {sum} (i64.const 7)) {value})");
        }
        sum
    }

    fn expected(&self) -> Vec<Val> {
        self.results
            .iter()
            .map(|source| match *source {
                Source::Param(index) => value_of(self.params[index]),
                Source::Const(ty, bits) => value_of((ty, bits)),
            })
            .collect()
    }

    /// Runs it on an engine; says what is wrong.
    fn run(&self, engine: &Engine, wasm: &[u8]) -> Result<(), String> {
        let text = |e: anyhow::Error| format!("{e:#}");
        let module = Module::from_binary(engine, wasm).map_err(text)?;
        let mut store = Store::new(engine, ());
        let Some(gantry::ExternType::Func(ty)) = module.imports().next().map(|import| import.ty()) else {
            return Err("the import is no function".to_owned());
        };
        let expected = self.expected();
        let results = expected.clone();
        let host = Func::new(&mut store, ty, move |_, _, out| {
            out.clone_from_slice(&results);
            Ok(())
        });
        let instance = Instance::new(&mut store, &module, &[host.into()]).map_err(text)?;
        let run = instance.get_func(&mut store, "run").expect("it is exported");
        let params: Vec<_> = self.orders()[0].iter().map(|&i| value_of(self.params[i])).collect();
        let mut out = vec![Val::I32(0); expected.len()];
        run.call(&mut store, &params, &mut out).map_err(text)?;
        let (out, expected) = (format!("{out:?}"), format!("{expected:?}"));
        if out == expected { Ok(()) } else { Err(format!("got {out}, expected {expected}")) }
    }
}

/// An engine by the backend of each of its first functions behind the import, and by whether checks are explicit.
fn engine(backends: &[&'static str], explicit: bool) -> Engine {
    static ENGINES: Mutex<BTreeMap<(Vec<&'static str>, bool), Engine>> = Mutex::new(BTreeMap::new());
    let mut engines = ENGINES.lock().unwrap_or_else(PoisonError::into_inner);
    let make = || {
        let mut config = Config::new();
        config.parallel_compilation(false).max_wasm_stack(8 << 20);
        match backends {
            // Bytecode and machine code do not mix.
            [pulley, ..] if pulley.starts_with("pulley") => {
                config.backend(pulley);
            }
            _ => {
                for (func, backend) in (1..).zip(backends) {
                    config.function_backend(func, backend);
                }
            }
        }
        if explicit {
            config.signals_based_traps(false);
        }
        Engine::new(&config).unwrap_or_else(|e| panic!("{backends:?}: {e:#}"))
    };
    engines.entry((backends.to_vec(), explicit)).or_insert_with(make).clone()
}

/// Backends of a number of functions.
fn backends(dice: &mut Dice<'_, '_>, count: usize) -> Vec<&'static str> {
    if dice.one_in(6) {
        return vec![dice.pick(&["pulley", "pulley-portable"])];
    }
    (0..count).map(|_| dice.pick(&["winch", "cranelift"])).collect()
}

pub(super) fn abi(u: &mut Unstructured<'_>, seen: &mut Seen) -> Outcome {
    let mut dice = Dice(u);
    if dice.is_dry() {
        return Outcome::Skipped("no bytes".into());
    }
    let chain = Chain::new(&mut dice);
    let text = chain.wat();
    let wasm = wat::parse_str(&text).unwrap_or_else(|e| panic!("{e}\n{text}"));
    for _ in 0..3 {
        let backends = backends(&mut dice, 3);
        let explicit = dice.one_in(3);
        if let Err(message) = chain.run(&engine(&backends, explicit), &wasm) {
            panic!("{message}\nwith {backends:?}, explicit checks {explicit}:\n{text}");
        }
        seen.note(|| backends.iter().map(|backend| format!("backend:{backend}")).collect());
    }
    seen.note(|| {
        let host = chain.host.then_some("call:Host".to_owned());
        chain.calls.iter().map(|call| format!("call:{call:?}")).chain(host).collect()
    });
    Outcome::Judged
}

/// How many functions a chain of calls has.
const FUNCTIONS: usize = 8;

/// Functions that call one another, in tail position or not, directly or not, or through the host; the last one traps. The
/// backtrace is known: those that wait for a result, innermost first.
pub(super) fn stacks(u: &mut Unstructured<'_>, seen: &mut Seen) -> Outcome {
    let mut dice = Dice(u);
    if dice.is_dry() {
        return Outcome::Skipped("no bytes".into());
    }
    let count = 2 + dice.below(FUNCTIONS - 1);
    let mut text = String::from(
        "(module (type $t (func (param i32) (result i32)))\n(import \"\" \"again\" (func $again (param i32) (result i32)))\n",
    );
    let all: String = (0..count).map(|i| format!(" $f{i}")).collect();
    let _ = writeln!(text, "(table funcref (elem{all}))\n(elem declare func{all})\n(memory 1)");
    // Whether each frame is still there at the end.
    let mut waits = Vec::new();
    for level in 0..count {
        let next = level + 1;
        let _ = writeln!(text, "(func $f{level} (export \"f{level}\") (type $t)");
        if next == count {
            let trap = dice.pick(&[
                "unreachable",
                "(i32.div_u (i32.const 1) (local.get 0))",
                "(i32.load offset=65536 (local.get 0))",
                "(i32.trunc_f32_s (f32.const nan))",
            ]);
            let _ = writeln!(text, "{trap})");
            waits.push(true);
            continue;
        }
        // Values that a wrong frame would lose.
        for _ in 0..dice.below(12) {
            text.push_str("(i32.add (local.get 0) (i32.const 0)) ");
        }
        let pushed = text.lines().last().map_or(0, |line| line.matches("i32.add").count());
        let (tail, how) = (dice.one_in(3) && pushed == 0, dice.below(4));
        let prefix = if tail { "return_" } else { "" };
        let _ = match how {
            0 => writeln!(text, "(local.get 0) {prefix}call $f{next}"),
            1 => writeln!(text, "(local.get 0) (i32.const {next}) {prefix}call_indirect (type $t)"),
            2 => writeln!(text, "(local.get 0) (ref.func $f{next}) {prefix}call_ref $t"),
            _ => writeln!(text, "(i32.const {next}) {prefix}call $again"),
        };
        text.push_str(&"i32.add ".repeat(pushed));
        text.push_str(")\n");
        waits.push(!tail);
        seen.note(|| vec![format!("call:{}{}", prefix, ["direct", "indirect", "ref", "host"][how])]);
    }
    text.push(')');
    let backends = backends(&mut dice, count);
    let engine = engine(&backends, dice.one_in(3));
    let fail = |what: &dyn std::fmt::Debug| -> ! { panic!("{what:?}\nwith {backends:?}:\n{text}") };
    let wasm = wat::parse_str(&text).unwrap_or_else(|e| fail(&e.to_string()));
    let module = Module::from_binary(&engine, &wasm).unwrap_or_else(|e| fail(&e));
    let mut store = Store::new(&engine, None::<Instance>);
    let again = Func::wrap(&mut store, |mut caller: gantry::Caller<'_, Option<Instance>>, level: i32| {
        let instance = caller.data().expect("it is set before anything is called");
        let func = instance.get_func(&mut caller, &format!("f{level}")).expect("every function is exported");
        let mut results = [Val::I32(0)];
        func.call(&mut caller, &[Val::I32(0)], &mut results)?;
        let [Val::I32(result)] = results else { unreachable!("it has one result") };
        Ok(result)
    });
    let instance = Instance::new(&mut store, &module, &[again.into()]).unwrap_or_else(|e| fail(&e));
    *store.data_mut() = Some(instance);
    let first = instance.get_func(&mut store, "f0").expect("it is exported");
    let error = match first.call(&mut store, &[Val::I32(0)], &mut [Val::I32(0)]) {
        Err(error) => error,
        Ok(()) => fail(&"it returned"),
    };
    match error.downcast_ref::<Trap>() {
        // Interpreters nest on the host's stack, of which unoptimized ones need much.
        Some(Trap::StackOverflow) => return Outcome::Skipped("the host's stack is used up".into()),
        Some(_) => {}
        None => fail(&error),
    }
    let Some(trace) = error.downcast_ref::<WasmBacktrace>() else { fail(&"there is no backtrace") };
    let frames: Vec<u32> = trace.frames().iter().map(|frame| frame.func_index()).collect();
    // Functions of the module come behind the imported one.
    let mut expected: Vec<u32> = (1..).zip(&waits).filter(|(_, waits)| **waits).map(|(index, _)| index).collect();
    expected.reverse();
    if frames != expected {
        fail(&(frames, expected));
    }
    seen.note(|| backends.iter().map(|backend| format!("backend:{backend}")).collect());
    Outcome::Judged
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As many parameters and results as validation allows.
    #[test]
    fn a_thousand_parameters_and_results() {
        let types = [ValType::I32, ValType::F64, ValType::I64, ValType::F32, ValType::V128];
        let params: Vec<_> = (0..1000u64)
            .zip(types.iter().cycle())
            .map(|(i, &ty)| (ty, i.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
            .collect();
        let results: Vec<_> = (0..1000).map(|i| Source::Param((i * 7) % 1000)).collect();
        let calls = [Call::Direct, Call::Indirect];
        for (tails, host) in [([false, false], false), ([true, false], true), ([false, true], false)] {
            let chain = Chain { params: params.clone(), results: results.clone(), orders: [1, 2], calls, tails, host };
            let wasm = wat::parse_str(chain.wat()).unwrap();
            for assignment in 0..8 {
                let backend = |bit: usize| if (assignment >> bit) & 1 == 0 { "cranelift" } else { "winch" };
                chain.run(&engine(&[backend(0), backend(1), backend(2)], false), &wasm).unwrap();
            }
        }
    }
}
