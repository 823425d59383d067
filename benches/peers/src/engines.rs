//! The other engines.

mod node;
mod process;
mod wasm2c;
mod wasmer;
mod wasmi;
mod wasmtime;

use gantry_bench::engine::EngineKind;

/// Every engine of this build.
pub fn all() -> Vec<EngineKind> {
    let mut engines = wasmtime::all();
    engines.extend(wasmi::all());
    engines.extend(wasmer::all());
    engines.extend(node::all());
    engines.extend(wasm2c::all());
    engines
}
