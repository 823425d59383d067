//! Instantiation.

use super::{Scope, small_module, times};
use crate::benchmark::{Benchmark, Prepared, Work};
use crate::engine::{Action, EngineKind, Setup};
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
    let large = scope.inputs.modules.iter().find(|m| m.name == "oniguruma").map(|m| m.wasm.as_slice());
    for (name, wasm) in [("small", None), ("oniguruma", large)] {
        if name != "small" && wasm.is_none() {
            continue;
        }
        for (way, cow) in WAYS {
            let work = Work { amount: f64::from(INSTANCES), unit: "instance" };
            list.push(scope.run(format!("{name}-{way}"), work, move |purpose| {
                let start = starter(engine, &Setup { cow, ..setup(purpose) }, wasm)?;
                Ok(times(INSTANCES, start).into())
            }));
        }
        // The first instance of a module that was just loaded: nothing is mapped or cached yet.
        let work = Work { amount: 1.0, unit: "instance" };
        list.push(scope.run(format!("{name}-cold"), work, move |purpose| {
            let host = (engine.create)(&setup(purpose))?;
            let artifact = match wasm {
                Some(wasm) => host.compile(wasm)?.artifact()?,
                None => host.compile(&small_module()?)?.artifact()?,
            };
            let action: Action = Box::new(move || host.load(&artifact)?.starter()?());
            Ok(Prepared::from(action))
        }));
    }
    list
}

fn starter(engine: &EngineKind, setup: &Setup, wasm: Option<&[u8]>) -> Result<Action> {
    let host = (engine.create)(setup)?;
    match wasm {
        Some(wasm) => host.compile(wasm)?.starter(),
        None => host.compile(&small_module()?)?.starter(),
    }
}
