//! Generated code, or interpretation: the kernels.

use super::{Scope, setup};
use crate::benchmark::{Benchmark, Kind, Prepared, Purpose, Work};
use crate::engine::{Action, Setup};
use crate::inputs::Workload;
use anyhow::{Result, ensure};

pub(super) fn guards<'a>(scope: &Scope<'a>) -> Vec<Benchmark<'a>> {
    benchmarks(scope, true)
}

pub(super) fn explicit<'a>(scope: &Scope<'a>) -> Vec<Benchmark<'a>> {
    benchmarks(scope, false)
}

fn benchmarks<'a>(scope: &Scope<'a>, guards: bool) -> Vec<Benchmark<'a>> {
    let engine = scope.engine;
    let benchmark = |workload: &'a Workload| {
        let work = Work { amount: 1.0, unit: "run" };
        let compile = move |purpose| -> Result<_> {
            let host = (engine.create)(&Setup { guards, ..setup(purpose) })?;
            host.compile(&workload.wasm)
        };
        let mut benchmark = scope.run(&workload.name, work, move |purpose| {
            let code = compile(purpose)?;
            let functions = code.functions();
            let mut run = code.runner()?;
            let (n, expected) = match purpose {
                Purpose::Time => (workload.n, workload.expected),
                Purpose::Count => (workload.count_n, workload.count_expected),
            };
            let action: Action = Box::new(move || {
                let result = run(n)?;
                ensure!(result == expected, "the checksum is {result} instead of {expected}");
                Ok(())
            });
            Ok(Prepared { action, functions })
        });
        if let Kind::Run(running) = &mut benchmark.kind {
            running.artifact = Some(Box::new(move || compile(Purpose::Count)?.artifact()));
        }
        benchmark
    };
    scope.inputs.workloads.iter().filter(|w| engine.runs(w)).map(benchmark).collect()
}
