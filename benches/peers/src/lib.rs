//! Other engines for `gantry-bench`, so that they are measured beside Gantry's backends in one run, by the same source.

pub mod engines;

use gantry_bench::engine::EngineKind;

/// Gantry's backends and the other engines.
pub fn all() -> Vec<EngineKind> {
    let mut engines = gantry_bench::engines::all();
    engines.extend(engines::all());
    engines
}
