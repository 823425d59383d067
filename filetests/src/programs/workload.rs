//! The workloads of `benches/`, for their results: speed is measured there.

use anyhow::{Result, ensure};
use gantry::{Engine, Instance, Module, Store};
pub use gantry_workloads::Workload;

/// Runs a workload three times in one instance and compares the checksums.
///
/// # Errors
///
/// If one of them is another, or the workload does not run.
pub fn check_workload(workload: &Workload, engine: &Engine) -> Result<()> {
    let module = Module::from_binary(engine, &workload.wasm)?;
    let mut store = Store::new(engine, ());
    let instance = Instance::new(&mut store, &module, &[])?;
    let run = instance.get_typed_func::<i32, i64>(&mut store, "run")?;
    let long = (workload.n, workload.expected);
    for (time, (n, expected)) in (1..).zip([long, (workload.count_n, workload.count_expected), long]) {
        let sum = run.call(&mut store, n)?;
        ensure!(sum == expected, "{}: run {time}, of {n} units, gave {sum} and not {expected}", workload.name);
    }
    Ok(())
}
