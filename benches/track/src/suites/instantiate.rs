//! Instantiation.

use super::{Scope, small_module, times};
use crate::benchmark::{Benchmark, Prepared, Work};
use crate::engine::{Action, EngineKind, Setup};
use crate::inputs::RealModule;
use crate::suites::setup;
use anyhow::Result;

/// Instances of one run.
const INSTANCES: u32 = 100;

/// How instances come to be: name, whether memories are mapped copy-on-write.
const WAYS: [(&str, bool); 2] = [("cow", true), ("copied", false)];

pub(super) fn benchmarks<'a>(scope: &Scope<'a>) -> Vec<Benchmark<'a>> {
    let engine = scope.engine;
    let mut list = Vec::new();
    // A module with an initialized memory of a few hundred kilobytes: here copying costs.
    let large = scope.inputs.modules.iter().find(|m| m.name == "oniguruma");
    for module in [None].into_iter().chain(large.map(Some)) {
        let name = module.map_or("small", |m| m.name.as_str());
        for (way, cow) in WAYS {
            let work = Work { amount: f64::from(INSTANCES), unit: "instance" };
            list.push(scope.run(format!("{name}-{way}"), work, move |purpose| {
                let start = starter(engine, &Setup { cow, ..setup(purpose) }, module)?;
                Ok(times(INSTANCES, start).into())
            }));
        }
        if !engine.suites.contains(&"artifact") {
            continue;
        }
        // The first instance of a module that was just loaded: nothing is mapped or cached yet.
        let work = Work { amount: 1.0, unit: "instance" };
        list.push(scope.run(format!("{name}-cold"), work, move |purpose| {
            let host = (engine.create)(&setup(purpose))?;
            let artifact = host.compile(&wasm(module)?)?.artifact()?;
            let action: Action = Box::new(move || host.load(&artifact)?.starter()?());
            Ok(Prepared::from(action))
        }));
    }
    list
}

fn starter(engine: &EngineKind, setup: &Setup, module: Option<&RealModule>) -> Result<Action> {
    (engine.create)(setup)?.compile(&wasm(module)?)?.starter()
}

/// A module of a real program, or the small one.
fn wasm(module: Option<&RealModule>) -> Result<Vec<u8>> {
    module.map_or_else(small_module, RealModule::wasm)
}
