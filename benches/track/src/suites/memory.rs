//! Peak of memory.

use super::Scope;
use crate::benchmark::{Benchmark, Kind};
use crate::engine::{Action, Setup};

pub(super) fn benchmarks<'a>(scope: &Scope<'a>) -> Vec<Benchmark<'a>> {
    let engine = scope.engine;
    let benchmark = |module: &'a crate::inputs::RealModule| Benchmark {
        id: scope.id(format!("compile-{}", module.name)),
        kind: Kind::Peak(Box::new(move || {
            let host = (engine.create)(&Setup::DEFAULT)?;
            let wasm = module.wasm()?;
            let action: Action = Box::new(move || host.compile(&wasm).map(drop));
            Ok(action)
        })),
    };
    scope.inputs.modules.iter().map(benchmark).collect()
}
