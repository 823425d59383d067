//! Loading artifacts.

use super::{Scope, setup};
use crate::benchmark::{Benchmark, Prepared, Work};
use crate::engine::Action;
use anyhow::Context;

pub(super) fn benchmarks<'a>(scope: &Scope<'a>) -> Vec<Benchmark<'a>> {
    let engine = scope.engine;
    let mut list = Vec::new();
    for module in scope.inputs.modules.iter().filter(|m| ["lz4", "sqlite"].contains(&m.name.as_str())) {
        let work = Work { amount: 1.0, unit: "artifact" };
        list.push(scope.run(format!("{}-memory", module.name), work, move |purpose| {
            let host = (engine.create)(&setup(purpose))?;
            let artifact = host.compile(&module.wasm()?)?.artifact()?;
            let action: Action = Box::new(move || host.load(&artifact).map(drop));
            Ok(Prepared::from(action))
        }));
        list.push(scope.run(format!("{}-file", module.name), work, move |purpose| {
            let host = (engine.create)(&setup(purpose))?;
            let artifact = host.compile(&module.wasm()?)?.artifact()?;
            let mut file = tempfile::NamedTempFile::new().context("cannot make a temporary file")?;
            std::io::Write::write_all(&mut file, &artifact).context("cannot write a temporary file")?;
            let action: Action = Box::new(move || host.load_file(file.path()).map(drop));
            Ok(Prepared::from(action))
        }));
    }
    list
}
