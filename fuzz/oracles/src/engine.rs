//! The engines that are compared: backends times options.

use anyhow::{Context, Result};
use gantry::{CompileOptions, Config, Engine, Feature, PatternSet, Stage};
use gantry_abi::artifact::FlagValue;
use gantry_compile::tuning::{CustomBackend, Tuning, WinchLimit};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// A way to make and run code. The one table of them: a backend is one row.
#[derive(Clone, Copy, Debug)]
pub struct Backend {
    /// Its name in options.
    pub name: &'static str,
    /// Who compiles, by the name of the engine's backend.
    pub producer: &'static str,
    /// What it compiles for, if not the host.
    pub target: Option<&'static str>,
}

/// Every way.
#[rustfmt::skip]
pub const BACKENDS: &[Backend] = &[
    Backend { name: "cranelift", producer: "cranelift", target: None },
    Backend { name: "winch",     producer: "winch",     target: None },
    Backend { name: "pulley",    producer: "pulley",    target: None },
    Backend { name: "pulley-portable", producer: "pulley-portable", target: None },
    Backend { name: "pulley-single", producer: "pulley-single", target: None },
];

/// Compilers that this program has beyond those of [`BACKENDS`], by name.
static COMPILERS: RwLock<BTreeMap<String, CustomBackend>> = RwLock::new(BTreeMap::new());

/// Makes a compiler known that [`EngineSpec::compiler`] can name: one with a bug, for instance.
pub fn register_compiler(name: &str, compiler: CustomBackend) {
    COMPILERS.write().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), compiler);
}

/// Bytes of stack that guests get. Fuel ends recursion long before it is used up.
const STACK_BYTES: usize = 192 << 20;

/// Options that are on in every engine of a case: without them engines may differ, or never end.
pub const NEEDED: &[&str] = &["consume_fuel", "nan_canonicalization", "relaxed_simd_deterministic"];

/// Sets of options that do not change what a module does.
#[rustfmt::skip]
const VARIANTS: &[&[(&str, &str)]] = &[
    &[],
    &[("signals_based_traps", "false")],
    &[("spectre_mitigation", "false")],
    &[("memory_reservation", "0"), ("memory_guard_size", "0")],
    &[("entry_slots", "true")],
    &[("epoch_interruption", "true")],
];

/// Every backend with every set of options that matters to it, for one module.
pub fn matrix() -> Vec<EngineSpec> {
    let mut engines = Vec::new();
    for backend in BACKENDS {
        let base = || EngineSpec::comparable(backend.name);
        for variant in VARIANTS {
            engines.push(variant.iter().fold(base(), |spec, (name, value)| spec.with(name, value)));
        }
        if backend.name == "cranelift" {
            engines.push(base().with("opt_level", "none"));
        }
        if backend.name == "winch" {
            engines.push(EngineSpec { winch_limit: Some(0), ..base() });
        }
        engines.push(EngineSpec { artifact: true, ..base() });
    }
    engines
}

/// One engine of a case.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EngineSpec {
    /// Name of a row of [`BACKENDS`].
    pub backend: String,
    /// Functions that another backend compiles, by index in the module.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub functions: BTreeMap<String, String>,
    /// Options that are not at their default, by the names of [`CompileOptions::TABLE`].
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub options: BTreeMap<String, String>,
    /// CPU features that code uses, by the names of cranelift-codegen's settings; those of the host if there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cpu: Vec<String>,
    /// A compiler in place of the backend's, by its name in [`register_compiler`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compiler: Option<String>,
    /// Settings of cranelift-codegen's own, in place of what the options make of them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub cranelift: BTreeMap<String, String>,
    /// The seed of what cranelift-codegen chooses at random, if it does. This needs the feature `chaos`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chaos: Option<u64>,
    /// How many optimizations Winch takes, if not all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub winch_limit: Option<u64>,
    /// Patterns that the interpreter does not use, by number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without_patterns: Vec<u16>,
    /// Whether the module is written to an artifact and loaded again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub artifact: bool,
}

impl EngineSpec {
    /// A backend with default options.
    pub fn new(backend: &str) -> Self {
        Self {
            backend: backend.to_owned(),
            functions: BTreeMap::new(),
            options: BTreeMap::new(),
            cpu: Vec::new(),
            compiler: None,
            cranelift: BTreeMap::new(),
            chaos: None,
            winch_limit: None,
            without_patterns: Vec::new(),
            artifact: false,
        }
    }

    /// A backend with the options that every case needs.
    pub fn comparable(backend: &str) -> Self {
        NEEDED.iter().fold(Self::new(backend), |spec, name| spec.with(name, true))
    }

    /// The same with an option set.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.options.insert(name.to_owned(), value.to_string());
        self
    }

    /// Whether it counts fuel.
    pub fn counts_fuel(&self) -> bool {
        self.options.get("consume_fuel").is_some_and(|v| v == "true")
    }

    /// Whether its code is interpreted.
    pub fn is_bytecode(&self) -> bool {
        self.backend.starts_with("pulley")
    }

    /// The CPU features that its code uses on this host.
    ///
    /// # Errors
    ///
    /// If there is no such engine.
    pub fn host_cpu(&self) -> Result<Vec<String>> {
        let engine = self.engine()?;
        let flags = &engine.header().compatibility.isa_flags;
        let is_on = |value: &FlagValue| matches!(value, FlagValue::Bool(true));
        Ok(flags.iter().filter(|(_, value)| is_on(value)).map(|(name, _)| name.clone()).collect())
    }

    /// The options that change code.
    ///
    /// # Errors
    ///
    /// If an option does not exist or has no such value.
    pub fn compile_options(&self) -> Result<CompileOptions> {
        let mut options = CompileOptions::default();
        for (name, value) in &self.options {
            options.set(name, value).map_err(anyhow::Error::msg)?;
        }
        Ok(options)
    }

    /// What compilers are told beyond options.
    ///
    /// # Errors
    ///
    /// If this program does not have the compiler.
    fn tuning(&self, limit: Option<Arc<WinchLimit>>) -> Result<Tuning> {
        let compilers = COMPILERS.read().unwrap_or_else(PoisonError::into_inner);
        let custom = self.compiler.as_ref().map(|name| {
            compilers.get(name).cloned().with_context(|| format!("this program has no compiler called {name:?}"))
        });
        Ok(Tuning {
            custom: custom.transpose()?,
            cranelift_settings: self.cranelift.iter().map(|(name, value)| (name.clone(), value.clone())).collect(),
            cranelift_chaos: self.chaos,
            winch_limit: limit.or_else(|| self.winch_limit.map(|limit| Arc::new(WinchLimit::new(limit)))),
        })
    }

    /// The engine's configuration: every feature that the engine has is on.
    ///
    /// # Errors
    ///
    /// If a backend, an option or a CPU feature does not exist.
    pub fn config(&self) -> Result<Config> {
        self.config_with(None)
    }

    /// The same with a limit on Winch's optimizations, which tells afterwards what it was asked.
    ///
    /// # Errors
    ///
    /// As [`Self::config`].
    pub fn config_with(&self, limit: Option<Arc<WinchLimit>>) -> Result<Config> {
        let row = |name: &str| {
            let row = BACKENDS.iter().find(|row| row.name == name);
            row.with_context(|| format!("there is no backend called {name:?}"))
        };
        let mut config = Config::new();
        for (name, value) in &self.options {
            config.option(name, value)?;
        }
        let backend = row(&self.backend)?;
        config.backend(backend.producer).parallel_compilation(false).max_wasm_stack(STACK_BYTES);
        if let Some(target) = backend.target {
            config.target(target)?;
        }
        for (func, name) in &self.functions {
            config.function_backend(func.parse().context("functions are named by index")?, row(name)?.producer);
        }
        for flag in &self.cpu {
            config.cpu_flag(flag, "true");
        }
        config.compiler_tuning(self.tuning(limit)?);
        if !self.without_patterns.is_empty() {
            let mut patterns = PatternSet::default();
            self.without_patterns.iter().for_each(|&number| patterns.insert(number));
            config.pulley_disabled_patterns(patterns);
        }
        for &feature in Feature::ALL.iter().filter(|f| f.stage() != Stage::Later) {
            config.wasm_feature(feature, true);
        }
        Ok(config)
    }

    /// The engine.
    ///
    /// # Errors
    ///
    /// If the configuration asks for what is not there.
    pub fn engine(&self) -> Result<Engine> {
        Engine::new(&self.config()?).with_context(|| format!("engine {self}"))
    }

    /// The engine, which may have served others before: making one costs more than a small module.
    ///
    /// # Errors
    ///
    /// As [`EngineSpec::engine`].
    pub fn shared_engine(&self) -> Result<Engine> {
        /// Engines that are kept.
        const KEPT: usize = 512;
        static ENGINES: Mutex<BTreeMap<EngineSpec, Engine>> = Mutex::new(BTreeMap::new());
        let mut engines = ENGINES.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(engine) = engines.get(self) {
            return Ok(engine.clone());
        }
        let engine = self.engine()?;
        if engines.len() >= KEPT {
            engines.clear();
        }
        engines.insert(self.clone(), engine.clone());
        Ok(engine)
    }
}

/// What a reader needs to tell engines apart, in one line.
impl std::fmt::Display for EngineSpec {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.backend)?;
        if !self.functions.is_empty() {
            let listed: Vec<_> = self.functions.iter().map(|(func, backend)| format!("{func}={backend}")).collect();
            write!(f, " --function-backend {}", listed.join(","))?;
        }
        for (name, value) in &self.options {
            write!(f, " -C {}={value}", name.replace('_', "-"))?;
        }
        if !self.cpu.is_empty() {
            write!(f, " --cpu {}", self.cpu.join(","))?;
        }
        if let Some(compiler) = &self.compiler {
            write!(f, " compiler={compiler}")?;
        }
        for (name, value) in &self.cranelift {
            write!(f, " cranelift.{name}={value}")?;
        }
        if let Some(seed) = self.chaos {
            write!(f, " chaos={seed}")?;
        }
        if let Some(limit) = self.winch_limit {
            write!(f, " winch-limit={limit}")?;
        }
        if !self.without_patterns.is_empty() {
            write!(f, " without {} patterns", self.without_patterns.len())?;
        }
        if self.artifact {
            f.write_str(" artifact")?;
        }
        Ok(())
    }
}
