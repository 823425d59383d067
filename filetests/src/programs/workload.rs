//! The workloads of `benches/`, for their results: speed is measured there.

use anyhow::{Context, Result, ensure};
use gantry::{Engine, Instance, Module, Store};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// A module that exports `run: (i32) -> i64`, which does `n` units of work and returns a checksum.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Workload {
    /// Its name.
    pub name: String,
    /// The module.
    pub file: String,
    /// Units of work.
    pub n: i32,
    /// What `run(n)` returns.
    pub expected: i64,
    /// Fewer units of work, for counting instructions.
    pub count_n: i32,
    /// What `run(count_n)` returns.
    pub count_expected: i64,
    /// What it measures, in words.
    pub class: String,
}

#[derive(Deserialize)]
struct List {
    workload: Vec<Workload>,
}

impl Workload {
    fn folder() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../benches/workloads")
    }

    /// All workloads.
    ///
    /// # Errors
    ///
    /// If the list is missing or malformed.
    pub fn load_all() -> Result<Vec<Self>> {
        let path = Self::folder().join("workloads.toml");
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        Ok(toml::from_str::<List>(&text).with_context(|| path.display().to_string())?.workload)
    }

    /// Runs it three times in one instance and compares the checksums.
    ///
    /// # Errors
    ///
    /// If one of them is another, or the workload does not run.
    pub fn check(&self, engine: &Engine) -> Result<()> {
        let module = Module::from_file(engine, Self::folder().join(&self.file))?;
        let mut store = Store::new(engine, ());
        let instance = Instance::new(&mut store, &module, &[])?;
        let run = instance.get_typed_func::<i32, i64>(&mut store, "run")?;
        let long = (self.n, self.expected);
        for (time, (n, expected)) in (1..).zip([long, (self.count_n, self.count_expected), long]) {
            let sum = run.call(&mut store, n)?;
            ensure!(sum == expected, "{}: run {time}, of {n} units, gave {sum} and not {expected}", self.name);
        }
        Ok(())
    }
}
