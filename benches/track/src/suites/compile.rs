//! Compile throughput.

use super::{Input, Scope, setup, with};
use crate::benchmark::{Benchmark, Clock, Id, Kind, Prepared, Purpose, Running, Work};
use crate::engine::Setup;
use anyhow::Result;

pub(super) fn single<'a>(scope: &Scope<'a>) -> Vec<Benchmark<'a>> {
    benchmarks(scope, false)
}

pub(super) fn parallel<'a>(scope: &Scope<'a>) -> Vec<Benchmark<'a>> {
    benchmarks(scope, true)
}

fn benchmarks<'a>(scope: &Scope<'a>, threads: bool) -> Vec<Benchmark<'a>> {
    let engine = scope.engine;
    let workloads = &scope.inputs.workloads;
    let mut groups = Vec::new();
    // The kernels are too small to be measured one by one: they are one benchmark, of engines that have what all of them need.
    if !workloads.is_empty() && workloads.iter().all(|w| engine.runs(w)) {
        groups.push(("kernels", workloads.iter().map(Input::Workload).collect::<Vec<_>>()));
    }
    groups.extend(scope.inputs.modules.iter().map(|m| (m.name.as_str(), vec![Input::Module(m)])));
    groups.extend(
        scope
            .inputs
            .collections
            .iter()
            .map(|c| (c.name.as_str(), c.modules.iter().map(|wasm| Input::Member(wasm)).collect())),
    );
    let benchmark = |(name, group): (&str, Vec<Input<'a>>)| {
        let bytes = group.iter().map(Input::bytes).sum::<usize>();
        let prepare = move |purpose| -> Result<Prepared> {
            let host = (engine.create)(&Setup { threads, ..setup(purpose) })?;
            let group: Vec<Vec<u8>> = group.iter().map(Input::wasm).collect::<Result<_>>()?;
            Ok(with(host, move |host| group.iter().try_for_each(|wasm| host.compile(wasm).map(drop))).into())
        };
        let id: Id = scope.id(name);
        let running = Running {
            clock: if threads { Clock::Wall } else { Clock::Thread },
            work: Work { amount: bytes as f64, unit: "byte" },
            // Cranelift needs minutes for this under Valgrind.
            counted: !engine.external && !threads && bytes < 1_000_000,
            prepare: Box::new(move |purpose: Purpose| prepare(purpose)),
            artifact: None,
        };
        Benchmark { id, kind: Kind::Run(running) }
    };
    groups.into_iter().map(benchmark).collect()
}
