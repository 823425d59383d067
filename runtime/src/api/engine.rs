//! What all modules and stores of an embedding share.

use crate::api::config::{Config, PULLEY};
use crate::cpu;
use crate::env::{Counter, RwLock};
use crate::prelude::*;
use crate::sys;
#[cfg(feature = "compile")]
use crate::vm::code::{CodeMemory, WrittenImage};
use crate::vm::{bytecode, image};
use alloc::sync::Arc;
use anyhow::{Context, Result, bail};
use gantry_abi::artifact::Header;
#[cfg(not(feature = "compile"))]
use gantry_abi::artifact::{ABI_REVISION, Compatibility, Provenance};
use gantry_abi::features::Stage;
use gantry_abi::registry::{Registration, TypeRegistry};
use gantry_abi::{CompileOptions, Feature, FeatureSet, FuncType as AbiFuncType, TypeId, module::ModuleTypes};
use gantry_pulley::CodeOptions;
use hashbrown::HashMap;

/// An engine: a configuration, the identities of types, and the compiler. Cheap to clone; threads share it.
#[derive(Clone)]
pub struct Engine(Arc<Inner>);

struct Inner {
    config: Config,
    header: Header,
    /// Whether code of this engine can run in this process.
    native: bool,
    /// Whether that code is bytecode.
    runs_bytecode: bool,
    epoch: Counter,
    /// Types are never released: an identity lives as long as the engine, so that it can be handed out freely.
    types: RwLock<Types>,
    #[cfg(feature = "compile")]
    compiler: gantry_compile::ModuleCompiler,
}

/// What an artifact holds: [`Engine::detect_precompiled`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Precompiled {
    /// A module.
    Module,
}

#[derive(Default)]
struct Types {
    registry: TypeRegistry,
    /// Function types that embedders have asked for.
    funcs: HashMap<TypeId, Arc<AbiFuncType>>,
}

impl Default for Engine {
    /// # Panics
    ///
    /// If this machine cannot run the code of the default configuration.
    fn default() -> Self {
        Self::new(&Config::default()).expect("the default configuration runs on every supported machine")
    }
}

impl Engine {
    /// An engine with this configuration.
    ///
    /// # Errors
    ///
    /// If the configuration asks for something that is not there: a feature, a target, a CPU feature.
    pub fn new(config: &Config) -> Result<Self> {
        let mut config = config.clone();
        if !sys::RUNS_MACHINE_CODE && config.target.is_none() && config.backend.is_none() {
            config.backend(PULLEY);
        }
        let config = &config;
        for feature in config.features.iter() {
            if feature.stage() == Stage::Later {
                bail!("the feature {feature} is not supported yet");
            }
        }
        let is_native = config.target.is_none();
        let may_fault =
            config.target.as_deref() == Some(bytecode::ISA) && gantry_pulley::FAST && sys::signals::SUPPORTED;
        if config.options.signals_based_traps && (is_native || may_fault) {
            if !sys::signals::SUPPORTED {
                bail!("traps by signals are not supported on this host: set signals_based_traps to false");
            }
            sys::signals::install().context("cannot install signal handlers")?;
        }
        #[cfg(feature = "compile")]
        let compiler = Self::compiler(config)?;
        #[cfg(feature = "compile")]
        let header = compiler.header().clone();
        #[cfg(not(feature = "compile"))]
        let header = host_header(config)?;
        let is_host = |isa, os| header.compatibility.isa == isa && header.compatibility.os == os;
        let runs_bytecode = is_host(bytecode::ISA, bytecode::OS);
        let native = is_host(cpu::ISA, cpu::OS) || runs_bytecode;
        Ok(Self(Arc::new(Inner {
            config: config.clone(),
            header,
            native,
            runs_bytecode,
            epoch: Counter::new(0),
            types: RwLock::default(),
            #[cfg(feature = "compile")]
            compiler,
        })))
    }

    #[cfg(feature = "compile")]
    fn compiler(config: &Config) -> Result<gantry_compile::ModuleCompiler> {
        use gantry_compile::{BackendKind, ModuleCompiler, Settings, TargetFlags};
        let triple = match &config.target {
            Some(triple) => triple.parse().map_err(|e| anyhow::anyhow!("{triple:?} is no target: {e}"))?,
            None => target_lexicon::Triple::host(),
        };
        let target_flags = match (&config.target, config.cpu_flags.is_empty()) {
            (_, false) => TargetFlags::Explicit(config.cpu_flags.clone()),
            (None, true) => TargetFlags::Host,
            (Some(_), true) => TargetFlags::Baseline,
        };
        let backend = match &config.backend {
            Some(name) => name.parse().map_err(|e: String| anyhow::anyhow!(e))?,
            None => BackendKind::default(),
        };
        let function_backends = config.function_backends.iter().map(|(func, name)| {
            let backend: BackendKind = name.parse().map_err(|e: String| anyhow::anyhow!(e))?;
            Ok((*func, backend))
        });
        let function_backends = function_backends.collect::<Result<_>>()?;
        Ok(ModuleCompiler::new(Settings {
            triple,
            target_flags,
            options: config.options.clone(),
            features: config.features,
            backend,
            function_backends,
            tuning: config.tuning.clone(),
            parallel: config.parallel_compilation,
        })?)
    }

    /// The configuration.
    #[inline]
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// Features that modules may use.
    pub fn features(&self) -> FeatureSet {
        self.0.config.features
    }

    /// Options that change code.
    pub fn options(&self) -> &CompileOptions {
        &self.0.config.options
    }

    /// Whether modules may use a feature.
    pub fn has_feature(&self, feature: Feature) -> bool {
        self.features().contains(feature)
    }

    /// What artifacts of this engine say about themselves, and what those that it loads must match.
    pub fn header(&self) -> &Header {
        &self.0.header
    }

    /// Whether two handles are of one engine.
    pub fn same(a: &Self, b: &Self) -> bool {
        Arc::ptr_eq(&a.0, &b.0)
    }

    /// Advances the epoch by one: stores whose deadline is reached are interrupted. Safe in signal handlers.
    pub fn increment_epoch(&self) {
        self.0.epoch.advance();
    }

    pub(crate) fn epoch(&self) -> u64 {
        self.0.epoch.get()
    }

    pub(crate) fn epoch_counter(&self) -> *const Counter {
        &raw const self.0.epoch
    }

    /// Compiles a module, binary or text, to an artifact, to be loaded by [`crate::Module::deserialize`] here or elsewhere.
    ///
    /// ```
    /// use gantry::{Engine, Module};
    /// let engine = Engine::default();
    /// let artifact = engine.precompile_module(b"(module $m)")?;
    /// // SAFETY: the artifact was just made by this engine.
    /// let module = unsafe { Module::deserialize(&engine, artifact)? };
    /// assert_eq!(module.name(), Some("m"));
    /// # Ok::<(), gantry::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the module is invalid, needs a feature that is off, or exceeds a limit.
    #[cfg(feature = "compile")]
    pub fn precompile_module(&self, bytes: &[u8]) -> Result<Vec<u8>> {
        self.refuse_artifact(bytes)?;
        #[cfg(feature = "wat")]
        let bytes = &wat::parse_bytes(bytes)?;
        Ok(self.0.compiler.compile(bytes)?)
    }

    /// Compiles a module, in binary, into memory that it can run from.
    #[cfg(feature = "compile")]
    pub(crate) fn compile(&self, wasm: &[u8]) -> Result<Arc<CodeMemory>> {
        let mut image = WrittenImage::new();
        self.0.compiler.compile_into(wasm, &mut image)?;
        Ok(CodeMemory::from_written(image, self.bytecode_options())?)
    }

    #[cfg(feature = "compile")]
    pub(crate) fn refuse_artifact(&self, bytes: &[u8]) -> Result<()> {
        if image::is_artifact(bytes) {
            bail!("this is an artifact, compiled already: load it with Module::deserialize");
        }
        Ok(())
    }

    /// Whether bytes look like an artifact of [`Engine::precompile_module`] or [`crate::Module::serialize`].
    pub fn detect_precompiled(bytes: &[u8]) -> Option<Precompiled> {
        image::is_artifact(bytes).then_some(Precompiled::Module)
    }

    /// The compiler behind this engine.
    #[cfg(feature = "compile")]
    pub fn module_compiler(&self) -> &gantry_compile::ModuleCompiler {
        &self.0.compiler
    }

    /// Refuses to run code of another machine.
    pub(crate) fn check_native(&self) -> Result<()> {
        if !self.0.native {
            let isa = &self.0.header.compatibility.isa;
            bail!("this engine compiles for {isa}, which this process does not run: use Engine::precompile_module");
        }
        Ok(())
    }

    /// Whether its code is bytecode that is interpreted.
    pub fn is_pulley(&self) -> bool {
        self.0.runs_bytecode
    }

    /// How bytecode is run.
    pub(crate) fn bytecode_options(&self) -> CodeOptions {
        let config = &self.0.config;
        let fast = gantry_pulley::FAST && !config.portable_executor;
        CodeOptions {
            fast,
            guarded_memories: fast && sys::signals::installed() && bytecode::memories_are_guarded(&config.options),
            disabled_patterns: config.unused_patterns(),
        }
    }

    pub(crate) fn register_types(&self, types: &ModuleTypes) -> Vec<TypeId> {
        let mut all = self.0.types.write();
        let Registration { ids, .. } = all.registry.register(types);
        ids.values().copied().collect()
    }

    pub(crate) fn register_func_type(&self, ty: &AbiFuncType) -> TypeId {
        let mut all = self.0.types.write();
        let registration = all.registry.register_func(ty);
        registration.ids.values().copied().next().expect("one type")
    }

    pub(crate) fn with_types<R>(&self, f: impl FnOnce(&TypeRegistry) -> R) -> R {
        f(&self.0.types.read().registry)
    }

    pub(crate) fn func_type(&self, id: TypeId) -> Arc<AbiFuncType> {
        if let Some(ty) = self.0.types.read().funcs.get(&id) {
            return ty.clone();
        }
        let mut all = self.0.types.write();
        let ty = Arc::new(all.registry.get(id).as_func().expect("functions have function types").clone());
        all.funcs.insert(id, ty.clone());
        ty
    }

    pub(crate) fn is_subtype(&self, sub: TypeId, sup: TypeId) -> bool {
        sub == sup || self.with_types(|types| types.is_subtype(sub, sup))
    }
}

/// What artifacts that run in this process look like.
///
/// # Errors
///
/// If the configuration asks for code of another machine: there is no compiler.
#[cfg(not(feature = "compile"))]
fn host_header(config: &Config) -> Result<Header> {
    let (isa, os) = match config.target.as_deref() {
        None => (cpu::ISA, cpu::OS),
        Some(bytecode::ISA) => (bytecode::ISA, bytecode::OS),
        Some(target) => {
            bail!("this engine has no compiler: it runs code of this host and {}, not {target}", bytecode::ISA)
        }
    };
    Ok(Header {
        compatibility: Compatibility {
            abi_revision: ABI_REVISION,
            isa: isa.into(),
            os: os.into(),
            options: config.options.clone(),
            isa_flags: Vec::new(),
        },
        provenance: Provenance {
            version: env!("CARGO_PKG_VERSION").into(),
            backend: "none".into(),
            features: config.features,
        },
    })
}
