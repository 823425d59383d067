//! Calls between host and wasm, and traps.

use super::{Scope, setup, small_module};
use crate::benchmark::{Benchmark, Prepared, Purpose, Work};
use crate::engine::{Action, Small};
use anyhow::Result;

type Method = fn(&mut dyn Small, u32) -> Result<()>;

/// Direction and signature, calls of one run, what is called.
const CALLS: [(&str, u32, Method); 4] = [
    ("into-wasm", 20_000, |s, n| s.nop_in(n)),
    ("into-wasm-with-arguments", 20_000, |s, n| s.args_in(n)),
    ("out-of-wasm", 20_000, |s, n| s.nop_out(n)),
    ("out-of-wasm-with-arguments", 20_000, |s, n| s.args_out(n)),
];

const TRAPS: [(&str, u32, Method); 2] =
    [("unreachable", 200, |s, n| s.trap(n)), ("out-of-bounds", 200, |s, n| s.fault(n))];

pub(super) fn calls<'a>(scope: &Scope<'a>) -> Vec<Benchmark<'a>> {
    benchmarks(scope, &CALLS, "call")
}

pub(super) fn traps<'a>(scope: &Scope<'a>) -> Vec<Benchmark<'a>> {
    benchmarks(scope, &TRAPS, "trap")
}

fn benchmarks<'a>(scope: &Scope<'a>, table: &[(&str, u32, Method)], unit: &'static str) -> Vec<Benchmark<'a>> {
    let engine = scope.engine;
    let benchmark = |&(name, n, method): &(&str, u32, Method)| {
        let work = Work { amount: f64::from(n), unit };
        scope.run(name, work, move |purpose: Purpose| {
            let host = (engine.create)(&setup(purpose))?;
            let code = host.compile(&small_module()?)?;
            let functions = code.functions();
            let mut small = code.small()?;
            let action: Action = Box::new(move || method(small.as_mut(), n));
            Ok(Prepared { action, functions })
        })
    };
    table.iter().map(benchmark).collect()
}
