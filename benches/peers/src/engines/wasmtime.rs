//! The `wasmtime` crate, in its three modes.

use anyhow::{Result, anyhow};
use gantry_bench::engine::{EngineKind, Setup, X86_64_V3};
use gantry_bench::suites::ALL_NAMES;
use std::ops::Range;
use wasmtime::{Config, Module, Strategy};

gantry_bench::embedding! {
    /// The embedding of the `wasmtime` crate.
    embedding = wasmtime, functions: super::functions
}

/// Its modes: name, compiler, target if it is not this machine.
const MODES: [(&str, Strategy, Option<&str>); 3] = [
    ("wasmtime-cranelift", Strategy::Cranelift, None),
    ("wasmtime-winch", Strategy::Winch, None),
    ("wasmtime-pulley", Strategy::Cranelift, Some("pulley64")),
];

pub(super) fn all() -> Vec<EngineKind> {
    MODES.into_iter().map(mode).collect()
}

fn mode((name, strategy, target): (&str, Strategy, Option<&'static str>)) -> EngineKind {
    let create = move |setup: &Setup| -> Result<_> {
        let mut config: Config = embedding::config(setup);
        config.strategy(strategy);
        if let Some(target) = target {
            config.target(target).map_err(|e| anyhow!("{e:?}"))?;
            // Bytecode has nothing to fault with.
            config.signals_based_traps(false);
        } else if setup.pinned && cfg!(target_arch = "x86_64") {
            for flag in X86_64_V3 {
                // SAFETY: every machine that these measurements are made for has the features of x86-64-v3, as the module
                // that lists them says; an engine on another one refuses flags that the processor lacks.
                unsafe { config.cranelift_flag_enable(flag) };
            }
        }
        embedding::create(&config)
    };
    EngineKind {
        name: name.to_owned(),
        version: "48.0.8".to_owned(),
        suites: ALL_NAMES,
        lacks: &[],
        external: false,
        create: Box::new(create),
    }
}

/// Names and addresses of a module's functions.
fn functions(module: &Module) -> Vec<(String, Range<usize>)> {
    let base = module.text().as_ptr() as usize;
    let named = module.functions().map(|function| {
        let name = function.name.unwrap_or_else(|| format!("wasm_function[{}]", function.index.as_u32()));
        (name, base + function.offset..base + function.offset + function.len)
    });
    named.collect()
}
