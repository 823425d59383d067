//! The configurations that scripts run in: one table.

use anyhow::{Context, Result};
use gantry::{Config, Engine, Feature};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Configuration {
    /// Its name, for messages.
    pub name: &'static str,
    /// The backend.
    pub backend: &'static str,
    /// CPU features that code may use; all that this machine has if there are none.
    pub cpu: &'static [&'static str],
    /// Options that differ from their defaults.
    pub options: &'static [(&'static str, &'static str)],
}

/// The least that the backends ask of x86_64.
#[cfg(target_arch = "x86_64")]
const SSE42: &[&str] = &["has_sse3", "has_ssse3", "has_sse41", "has_sse42", "has_popcnt"];

/// Every configuration: both ways to trap with and without guard pages, then options that change all code.
#[rustfmt::skip]
pub const CONFIGURATIONS: &[Configuration] = &[
    Configuration { name: "signals, guard pages",         backend: "cranelift", cpu: &[], options: &[("signals_based_traps", "true")] },
    Configuration { name: "signals, no guard pages",      backend: "cranelift", cpu: &[], options: &[("signals_based_traps", "true"), ("memory_reservation", "0"), ("memory_guard_size", "0")] },
    Configuration { name: "explicit checks, guard pages", backend: "cranelift", cpu: &[], options: &[("signals_based_traps", "false")] },
    Configuration { name: "explicit checks, no guard pages", backend: "cranelift", cpu: &[], options: &[("signals_based_traps", "false"), ("memory_reservation", "0"), ("memory_guard_size", "0")] },
    Configuration { name: "not optimized",                backend: "cranelift", cpu: &[], options: &[("opt_level", "none")] },
    Configuration { name: "canonical NaNs",               backend: "cranelift", cpu: &[], options: &[("nan_canonicalization", "true")] },
    Configuration { name: "fuel",                         backend: "cranelift", cpu: &[], options: &[("consume_fuel", "true")] },
    Configuration { name: "epochs",                       backend: "cranelift", cpu: &[], options: &[("epoch_interruption", "true")] },
    Configuration { name: "memories that move",           backend: "cranelift", cpu: &[], options: &[("memory_reservation", "131072"), ("memory_guard_size", "4096")] },
    Configuration { name: "everything at once",           backend: "cranelift", cpu: &[], options: &[("opt_level", "speed-and-size"), ("entry_slots", "true"), ("spectre_mitigation", "false"), ("nan_canonicalization", "true"), ("relaxed_simd_deterministic", "true"), ("consume_fuel", "true"), ("epoch_interruption", "true")] },
    Configuration { name: "Winch",                        backend: "winch", cpu: &[], options: &[("signals_based_traps", "true")] },
    Configuration { name: "Winch, no guard pages",        backend: "winch", cpu: &[], options: &[("signals_based_traps", "true"), ("memory_reservation", "0"), ("memory_guard_size", "0")] },
    Configuration { name: "Winch, explicit checks",       backend: "winch", cpu: &[], options: &[("signals_based_traps", "false")] },
    Configuration { name: "Winch, explicit checks, no guard pages", backend: "winch", cpu: &[], options: &[("signals_based_traps", "false"), ("memory_reservation", "0"), ("memory_guard_size", "0")] },
    Configuration { name: "Winch, memories that move",    backend: "winch", cpu: &[], options: &[("memory_reservation", "131072"), ("memory_guard_size", "4096")] },
    Configuration { name: "Winch, everything at once",    backend: "winch", cpu: &[], options: &[("entry_slots", "true"), ("spectre_mitigation", "false"), ("nan_canonicalization", "true"), ("relaxed_simd_deterministic", "true"), ("consume_fuel", "true"), ("epoch_interruption", "true")] },
    Configuration { name: "Pulley",                       backend: "pulley", cpu: &[], options: &[] },
    Configuration { name: "Pulley, one by one",           backend: "pulley-single", cpu: &[], options: &[] },
    Configuration { name: "Pulley, no guard pages",       backend: "pulley", cpu: &[], options: &[("memory_reservation", "0"), ("memory_guard_size", "0")] },
    Configuration { name: "Pulley, portable",             backend: "pulley-portable", cpu: &[], options: &[] },
    Configuration { name: "Pulley, explicit checks",      backend: "pulley", cpu: &[], options: &[("signals_based_traps", "false")] },
    Configuration { name: "Pulley, everything at once",   backend: "pulley", cpu: &[], options: &[("entry_slots", "true"), ("spectre_mitigation", "false"), ("nan_canonicalization", "true"), ("relaxed_simd_deterministic", "true"), ("consume_fuel", "true"), ("epoch_interruption", "true"), ("memory_reservation", "131072"), ("memory_guard_size", "4096")] },
    #[cfg(target_arch = "x86_64")]
    Configuration { name: "Winch, SSE4.2",                backend: "winch", cpu: SSE42, options: &[("nan_canonicalization", "true")] },
];

impl Configuration {
    /// The configuration with this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        CONFIGURATIONS.iter().find(|c| c.name == name)
    }

    /// Whether its backend makes code for this host. Bytecode runs everywhere.
    pub fn is_for_this_host(&self) -> bool {
        match self.backend {
            "winch" => cfg!(any(target_arch = "x86_64", target_arch = "aarch64")),
            "cranelift" => cfg!(any(
                target_arch = "x86_64",
                target_arch = "aarch64",
                target_arch = "riscv64",
                target_arch = "s390x"
            )),
            _ => true,
        }
    }

    /// As the engine takes it.
    ///
    /// # Errors
    ///
    /// If an option does not exist.
    pub fn config(&self) -> Result<Config> {
        let mut config = Config::new();
        config.backend(self.backend);
        for flag in self.cpu {
            config.cpu_flag(flag, "true");
        }
        for (name, value) in self.options {
            config.option(name, value)?;
        }
        Ok(config)
    }
}

/// Engines of one configuration: one for every set of features that scripts switch on and off.
pub struct Engines {
    config: Config,
    engines: Mutex<BTreeMap<Vec<(Feature, bool)>, Engine>>,
}

impl Engines {
    /// Engines with this configuration.
    pub fn new(config: Config) -> Self {
        Self { config, engines: Mutex::default() }
    }

    /// The engine with these features switched on or off, and the configured ones.
    ///
    /// # Errors
    ///
    /// If it cannot be made.
    pub fn with(&self, features: &[(Feature, bool)]) -> Result<Engine> {
        let mut engines = self.engines.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(engine) = engines.get(features) {
            return Ok(engine.clone());
        }
        let mut config = self.config.clone();
        for &(feature, on) in features {
            config.wasm_feature(feature, on);
        }
        let engine = Engine::new(&config).context("cannot make the engine")?;
        engines.insert(features.to_vec(), engine.clone());
        Ok(engine)
    }
}

// Hosts of 32 bits have neither signals nor guard pages.
#[cfg(all(test, target_pointer_width = "64"))]
mod tests {
    use super::CONFIGURATIONS;
    use gantry::{Engine, Module};
    use std::collections::HashMap;

    fn parse(text: &str) -> anyhow::Result<Vec<u8>> {
        let buffer = wast::parser::ParseBuffer::new(text)?;
        Ok(wast::parser::parse::<wast::Wat<'_>>(&buffer)?.encode()?)
    }

    #[test]
    fn every_configuration_makes_other_code() {
        let wasm = parse(
            "(module (memory 1) (func (export \"f\") (param i32 f32) (result f32) (local i32)
                (loop (br_if 0 (i32.div_u (i32.load offset=4 (local.get 0)) (local.get 0))))
                (local.set 2 (i32.add (local.get 0) (memory.grow (local.get 0))))
                (f32.add (f32.load (local.get 2)) (local.get 1))))",
        )
        .unwrap();
        let mut seen: HashMap<(&str, Vec<u8>), &str> = HashMap::new();
        for configuration in CONFIGURATIONS.iter().filter(|c| c.is_for_this_host()) {
            let engine = Engine::new(&configuration.config().unwrap()).unwrap();
            let text = Module::from_binary(&engine, &wasm).unwrap().text().to_vec();
            // Ways to execute bytecode are backends of their own for the same bytecode.
            if let Some(other) = seen.insert((configuration.backend, text), configuration.name) {
                panic!("{:?} and {other:?} make the same code", configuration.name);
            }
        }
    }
}
