//! What all modules and stores of an embedding share.

use crate::api::config::{Config, PULLEY};
use crate::cpu;
use crate::sys;
#[cfg(feature = "compile")]
use crate::vm::code::{CodeMemory, WrittenImage};
use crate::vm::{bytecode, image};
use anyhow::{Context, Result, bail};
use gantry_abi::artifact::{ABI_REVISION, Compatibility, Header, Provenance};
use gantry_abi::features::Stage;
use gantry_abi::registry::{Registration, TypeRegistry};
use gantry_abi::{CompileOptions, Feature, FeatureSet, FuncType as AbiFuncType, TypeId, module::ModuleTypes};
use gantry_pulley::CodeOptions;
use hashbrown::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

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
    epoch: AtomicU64,
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
        let header = host_header(config);
        let is_host = |isa, os| header.compatibility.isa == isa && header.compatibility.os == os;
        let runs_bytecode = is_host(bytecode::ISA, bytecode::OS);
        let native = is_host(cpu::ISA, cpu::OS) || runs_bytecode;
        Ok(Self(Arc::new(Inner {
            config: config.clone(),
            header,
            native,
            runs_bytecode,
            epoch: AtomicU64::new(0),
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
        self.0.epoch.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn epoch(&self) -> u64 {
        self.0.epoch.load(Ordering::Relaxed)
    }

    pub(crate) fn epoch_counter(&self) -> *const AtomicU64 {
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

    /// The instruction set that an artifact is for: `x86_64`, or `pulley64`, bytecode that runs on any host of its pointer width
    /// and byte order. `None` if the file is no artifact.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or is an artifact that is damaged.
    pub fn precompiled_isa_file(path: impl AsRef<Path>) -> Result<Option<String>> {
        let path = path.as_ref();
        if Self::detect_precompiled_file(path)?.is_none() {
            return Ok(None);
        }
        let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let header = image::Sections::parse(&bytes).and_then(|sections| sections.read_header(&bytes));
        Ok(Some(header.with_context(|| format!("cannot load {}", path.display()))?.compatibility.isa))
    }

    /// Whether a file looks like an artifact of [`Engine::precompile_module`] or [`crate::Module::serialize`].
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn detect_precompiled_file(path: impl AsRef<Path>) -> Result<Option<Precompiled>> {
        let path = path.as_ref();
        let mut start = Vec::new();
        File::open(path)
            .and_then(|file| file.take(64).read_to_end(&mut start))
            .with_context(|| format!("cannot read {}", path.display()))?;
        Ok(Self::detect_precompiled(&start))
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
            disabled_patterns: config.disabled_patterns,
        }
    }

    pub(crate) fn register_types(&self, types: &ModuleTypes) -> Vec<TypeId> {
        let mut all = self.0.types.write().unwrap_or_else(PoisonError::into_inner);
        let Registration { ids, .. } = all.registry.register(types);
        ids.values().copied().collect()
    }

    pub(crate) fn register_func_type(&self, ty: &AbiFuncType) -> TypeId {
        let mut all = self.0.types.write().unwrap_or_else(PoisonError::into_inner);
        let registration = all.registry.register_func(ty);
        registration.ids.values().copied().next().expect("one type")
    }

    pub(crate) fn with_types<R>(&self, f: impl FnOnce(&TypeRegistry) -> R) -> R {
        f(&self.0.types.read().unwrap_or_else(PoisonError::into_inner).registry)
    }

    pub(crate) fn func_type(&self, id: TypeId) -> Arc<AbiFuncType> {
        if let Some(ty) = self.0.types.read().unwrap_or_else(PoisonError::into_inner).funcs.get(&id) {
            return ty.clone();
        }
        let mut all = self.0.types.write().unwrap_or_else(PoisonError::into_inner);
        let ty = Arc::new(all.registry.get(id).as_func().expect("functions have function types").clone());
        all.funcs.insert(id, ty.clone());
        ty
    }

    pub(crate) fn is_subtype(&self, sub: TypeId, sup: TypeId) -> bool {
        sub == sup || self.with_types(|types| types.is_subtype(sub, sup))
    }
}

/// What artifacts that run in this process look like.
#[cfg_attr(feature = "compile", allow(dead_code, reason = "with a compiler, the compiler says"))]
fn host_header(config: &Config) -> Header {
    Header {
        compatibility: Compatibility {
            abi_revision: ABI_REVISION,
            isa: cpu::ISA.into(),
            os: cpu::OS.into(),
            options: config.options.clone(),
            isa_flags: Vec::new(),
        },
        provenance: Provenance {
            version: env!("CARGO_PKG_VERSION").into(),
            backend: "none".into(),
            features: config.features,
        },
    }
}
