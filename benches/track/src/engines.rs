//! Gantry's own backends, as engines to measure.

use crate::engine::{EngineKind, Setup, X86_64_V3};
use crate::suites;
use gantry::{BackendKind, Config, Engine, Module};
use std::ops::Range;

crate::embedding! {
    /// The embedding of Gantry.
    gantry_embedding = gantry, functions: super::functions
}

/// Every backend of this build that makes code for, or is interpreted on, this machine.
///
/// Backends are taken from the list in `gantry-compile`; the interpreter is there if an engine for its target runs modules.
pub fn all() -> Vec<EngineKind> {
    let mut engines: Vec<_> = BackendKind::ALL.iter().map(|b| engine(&b.to_string(), None)).collect();
    if interprets() {
        engines.push(engine("cranelift", Some(PULLEY)));
    }
    engines
}

/// The target of the interpreter's bytecode.
const PULLEY: &str = if cfg!(target_pointer_width = "64") { "pulley64" } else { "pulley32" };

/// Whether this build executes bytecode.
fn interprets() -> bool {
    let run = || {
        let mut config = Config::new();
        config.target(PULLEY)?;
        let engine = Engine::new(&config)?;
        let module = Module::from_binary(&engine, b"\0asm\x01\0\0\0")?;
        gantry::Instance::new(gantry::Store::new(&engine, ()), &module, &[])
    };
    run().is_ok()
}

fn engine(backend: &str, target: Option<&'static str>) -> EngineKind {
    let backend = backend.to_owned();
    let name = if target.is_some() { "pulley".to_owned() } else { backend.clone() };
    let create = move |setup: &Setup| {
        let mut config = gantry_embedding::config(setup);
        config.backend(&backend);
        match target {
            Some(target) => {
                config.target(target)?;
            }
            None if setup.pinned && cfg!(target_arch = "x86_64") => {
                for flag in X86_64_V3 {
                    config.cpu_flag(flag, "true");
                }
            }
            None => {}
        }
        gantry_embedding::create(&config)
    };
    EngineKind {
        name,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        suites: suites::ALL_NAMES,
        lacks: &[],
        external: false,
        create: Box::new(create),
    }
}

/// Names and addresses of a module's functions.
fn functions(module: &Module) -> Vec<(String, Range<usize>)> {
    let base = module.text().as_ptr() as usize;
    let named = |(index, name, range): (u32, Option<&str>, Range<usize>)| {
        let name = name.map_or_else(|| format!("wasm_function[{index}]"), str::to_owned);
        (name, base + range.start..base + range.end)
    };
    module.functions().map(named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inputs::{Inputs, SMALL};

    #[test]
    fn every_backend_does_what_the_suites_ask_of_it() {
        let small = wat::parse_str(SMALL).expect("valid text");
        let inputs = Inputs::load().expect("inputs load");
        for kind in all() {
            for setup in [Setup::DEFAULT, Setup::COUNT] {
                let engine = (kind.create)(&setup).unwrap_or_else(|e| panic!("{}: {e:?}", kind.name));
                let code = engine.compile(&small).expect("compiles");
                code.starter().expect("starts")().expect("starts");
                let mut calls = code.small().expect("instantiates");
                calls.nop_in(3).expect("calls");
                calls.args_in(3).expect("calls");
                calls.nop_out(3).expect("calls");
                calls.args_out(3).expect("calls");
                calls.trap(3).expect("traps");
                calls.fault(3).expect("traps");
                let artifact = code.artifact().expect("has an artifact");
                engine.load(&artifact).expect("loads").starter().expect("starts")().expect("starts");
                let workload = &inputs.workloads[0];
                let mut run = engine.compile(&workload.wasm).expect("compiles").runner().expect("instantiates");
                assert_eq!(run(workload.count_n).expect("runs"), workload.count_expected);
            }
        }
    }
}
