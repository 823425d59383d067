//! Functions of all backends call each other: random signatures, every kind of call, every assignment of backends.
//!
//! A module has three functions of different signatures with the same results. The outer one, which the host calls, passes
//! its parameters in another order to the middle one, and that one to the innermost one or the host. Each function that
//! gets control back checks that its own parameters are still what they were.

use gantry::{Config, Engine, Func, Instance, Module, Store, V128, Val};
use proptest::prelude::*;
use std::fmt::Write as _;

/// A type of parameters and results.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Ty {
    I32,
    I64,
    F32,
    F64,
    V128,
    Func,
    Extern,
}

impl Ty {
    fn wat(self) -> &'static str {
        match self {
            Self::I32 => "i32",
            Self::I64 => "i64",
            Self::F32 => "f32",
            Self::F64 => "f64",
            Self::V128 => "v128",
            Self::Func => "funcref",
            Self::Extern => "externref",
        }
    }

    /// Wasm that turns a value of this type into an `i64`.
    fn digest(self, get: &str) -> String {
        match self {
            Self::I32 => format!("(i64.extend_i32_u {get})"),
            Self::I64 => get.to_owned(),
            Self::F32 => format!("(i64.extend_i32_u (i32.reinterpret_f32 {get}))"),
            Self::F64 => format!("(i64.reinterpret_f64 {get})"),
            Self::V128 => format!("(i64.xor (i64x2.extract_lane 0 {get}) (i64x2.extract_lane 1 {get}))"),
            Self::Func | Self::Extern => format!("(i64.extend_i32_u (ref.is_null {get}))"),
        }
    }

    /// The value with these bits.
    fn value(self, bits: u64) -> Val {
        match self {
            Self::I32 => Val::I32(low32(bits).cast_signed()),
            Self::I64 => Val::I64(bits.cast_signed()),
            Self::F32 => Val::F32(low32(bits)),
            Self::F64 => Val::F64(bits),
            Self::V128 => Val::V128(V128::from((u128::from(bits) << 64) | u128::from(!bits))),
            Self::Func => Val::FuncRef(None),
            Self::Extern => Val::ExternRef(None),
        }
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

/// A test case.
#[derive(Clone, Debug)]
struct Case {
    /// Types of the innermost function's parameters, with their values.
    params: Vec<(Ty, u64)>,
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
    Const(Ty, u64),
}

fn types() -> impl Strategy<Value = Ty> {
    prop_oneof![
        4 => Just(Ty::I32),
        4 => Just(Ty::I64),
        3 => Just(Ty::F32),
        3 => Just(Ty::F64),
        2 => Just(Ty::V128),
        1 => Just(Ty::Func),
        1 => Just(Ty::Extern),
    ]
}

fn cases() -> impl Strategy<Value = Case> {
    let call = || prop_oneof![Just(Call::Direct), Just(Call::Indirect), Just(Call::Ref)];
    let count = prop_oneof![3 => 0..8usize, 1 => 8..40usize];
    let params = count.prop_flat_map(|n| prop::collection::vec((types(), any::<u64>()), n));
    let results = prop_oneof![3 => 0..4usize, 1 => 4..24usize].prop_flat_map(|n| {
        prop::collection::vec((any::<prop::sample::Index>(), any::<bool>(), types(), any::<u64>()), n)
    });
    (params, results, any::<[u64; 2]>(), [call(), call()], any::<[bool; 2]>(), any::<bool>()).prop_map(
        |(params, results, orders, calls, tails, host)| {
            let results = results
                .into_iter()
                .map(|(index, from_param, ty, bits)| match from_param && !params.is_empty() {
                    true => Source::Param(index.index(params.len())),
                    false => Source::Const(ty, bits),
                })
                .collect();
            Case { params, results, orders, calls, tails, host }
        },
    )
}

/// A permutation of `0..n` from a seed.
fn permutation(n: usize, mut seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    for i in (1..n).rev() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(i, usize::try_from(seed >> 33).unwrap() % (i + 1));
    }
    order
}

impl Case {
    fn result_type(&self, source: &Source) -> Ty {
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
        let results: String = self.results.iter().map(|s| format!(" {}", self.result_type(s).wat())).collect();
        let mut text = String::from("(module\n");
        for (level, order) in orders.iter().enumerate() {
            let params: String = order.iter().map(|&i| format!(" {}", self.params[i].0.wat())).collect();
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
                Source::Const(Ty::I32, bits) => writeln!(text, "i32.const {}", low32(bits)),
                Source::Const(Ty::I64, bits) => writeln!(text, "i64.const {bits}"),
                Source::Const(Ty::F32, bits) => writeln!(text, "(f32.reinterpret_i32 (i32.const {}))", low32(bits)),
                Source::Const(Ty::F64, bits) => writeln!(text, "(f64.reinterpret_i64 (i64.const {bits}))"),
                Source::Const(Ty::V128, bits) => writeln!(text, "v128.const i64x2 {} {bits}", !bits),
                Source::Const(Ty::Func, _) => writeln!(text, "ref.null func"),
                Source::Const(Ty::Extern, _) => writeln!(text, "ref.null extern"),
            };
        }
        text.push_str(")\n(export \"run\" (func $f0)))");
        text
    }

    /// Wasm that combines a function's parameters.
    fn digest(&self, order: &[usize]) -> String {
        let mut sum = String::from("(i64.const 0)");
        for (at, &i) in order.iter().enumerate() {
            let value = self.params[i].0.digest(&format!("(local.get {at})"));
            sum = format!("(i64.add (i64.rotl {sum} (i64.const 7)) {value})");
        }
        sum
    }

    fn expected(&self) -> Vec<Val> {
        self.results
            .iter()
            .map(|source| match *source {
                Source::Param(index) => self.params[index].0.value(self.params[index].1),
                Source::Const(ty, bits) => ty.value(bits),
            })
            .collect()
    }

    /// Runs it with these backends, from the outside in.
    fn run(&self, backends: [&str; 3], change: impl Fn(&mut Config)) -> Result<(), TestCaseError> {
        let mut config = Config::new();
        change(&mut config);
        for (func, backend) in (1..).zip(backends) {
            config.function_backend(func, backend);
        }
        let fail =
            |error: &dyn std::fmt::Display| TestCaseError::fail(format!("{error}\nwith {backends:?}:\n{}", self.wat()));
        let engine = Engine::new(&config).map_err(|e| fail(&e))?;
        let module = Module::new(&engine, self.wat()).map_err(|e| fail(&format!("{e:#}")))?;
        let mut store = Store::new(&engine, ());
        let gantry::ExternType::Func(ty) = module.imports().next().expect("one import").ty() else {
            return Err(fail(&"the import is no function"));
        };
        let expected = self.expected();
        let results = expected.clone();
        let host = Func::new(&mut store, ty, move |_, _, out| {
            out.clone_from_slice(&results);
            Ok(())
        });
        let instance = Instance::new(&mut store, &module, &[host.into()]).map_err(|e| fail(&format!("{e:#}")))?;
        let run = instance.get_func(&mut store, "run").expect("it is exported");
        let params: Vec<_> = self.orders()[0].iter().map(|&i| self.params[i].0.value(self.params[i].1)).collect();
        let mut out = vec![Val::I32(0); expected.len()];
        run.call(&mut store, &params, &mut out).map_err(|e| fail(&format!("{e:#}")))?;
        let (out, expected) = (format!("{out:?}"), format!("{expected:?}"));
        if out != expected {
            return Err(fail(&format!("got {out}, expected {expected}")));
        }
        Ok(())
    }
}

const BACKENDS: [&str; 2] = ["cranelift", "winch"];

fn all_assignments(case: &Case, change: impl Fn(&mut Config) + Copy) -> Result<(), TestCaseError> {
    for assignment in 0..8 {
        let backend = |bit: usize| BACKENDS[(assignment >> bit) & 1];
        case.run([backend(0), backend(1), backend(2)], change)?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn functions_of_all_backends_call_each_other(case in cases()) {
        all_assignments(&case, |_| {})?;
    }

    #[test]
    fn explicit_checks_keep_the_convention(case in cases()) {
        all_assignments(&case, |config| {
            config.signals_based_traps(false).epoch_interruption(false);
        })?;
    }
}

/// As many parameters and results as validation allows.
#[test]
fn a_thousand_parameters_and_results() {
    let types = [Ty::I32, Ty::F64, Ty::I64, Ty::F32, Ty::V128];
    let params: Vec<_> =
        (0..1000u64).zip(types.iter().cycle()).map(|(i, &ty)| (ty, i.wrapping_mul(0x9e37_79b9_7f4a_7c15))).collect();
    let results: Vec<_> = (0..1000).map(|i| Source::Param((i * 7) % 1000)).collect();
    let calls = [Call::Direct, Call::Indirect];
    for (tails, host) in [([false, false], false), ([true, false], true), ([false, true], false)] {
        let case = Case { params: params.clone(), results: results.clone(), orders: [1, 2], calls, tails, host };
        all_assignments(&case, |_| {}).unwrap();
    }
}
