//! Compiles the functions of a module in parallel and has the outcome linked and written.

use crate::backends::{self, BackendKind};
use crate::compiler::{Compiler, FunctionCompiler, FunctionInput};
use crate::image;
use crate::link::{ModuleLinker, Shapes};
use crate::translate::{self, Translation};
use crate::tuning::Tuning;
use gantry_abi::artifact::{ABI_REVISION, Compatibility, Header, Provenance};
use gantry_abi::*;
use gantry_emit::{Target, WritableBuffer};
pub use gantry_frontend::TargetFlags;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use target_lexicon::Triple;
use wasmparser::{FuncToValidate, FuncValidatorAllocations, FunctionBody, ValidatorResources};

/// What to compile for, and how.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The target.
    pub triple: Triple,
    /// CPU features that code may use.
    pub target_flags: TargetFlags,
    /// Options that change code.
    pub options: CompileOptions,
    /// Features that modules may use.
    pub features: FeatureSet,
    /// The backend.
    pub backend: BackendKind,
    /// Functions, by index in the module, that another backend compiles.
    pub function_backends: Vec<(u32, BackendKind)>,
    /// What compilers are told beyond options.
    pub tuning: Tuning,
    /// Whether functions are compiled on all cores.
    pub parallel: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            triple: Triple::host(),
            target_flags: TargetFlags::Host,
            options: CompileOptions::default(),
            features: FeatureSet::defaults(),
            backend: BackendKind::default(),
            function_backends: Vec::new(),
            tuning: Tuning::default(),
            parallel: true,
        }
    }
}

/// Compiles modules for one target with one set of options. Threads share it.
pub struct ModuleCompiler {
    settings: Settings,
    target: Target,
    backend: Box<dyn Compiler>,
    header: Header,
    /// Workers that are not at work, kept for the next module.
    idle: Mutex<Vec<Worker>>,
}

struct Worker {
    compiler: Box<dyn FunctionCompiler>,
    allocations: FuncValidatorAllocations,
}

impl ModuleCompiler {
    /// A compiler for these settings.
    ///
    /// # Errors
    ///
    /// If there is no backend for the target, or the options contradict each other or the target.
    pub fn new(settings: Settings) -> Result<Self, CompileError> {
        target(&settings)?;
        let backend = backends::create(&settings)?;
        Self::with_backend(settings, backend)
    }

    /// A compiler for these settings whose code comes from `backend`, which is for the target and options of the settings.
    ///
    /// # Errors
    ///
    /// If no instruction set of the engine is that of the target.
    pub fn with_backend(settings: Settings, backend: Box<dyn Compiler>) -> Result<Self, CompileError> {
        let target = target(&settings)?;
        let os = if target.isa.is_pulley() { "none".into() } else { settings.triple.operating_system.to_string() };
        let header = Header {
            compatibility: Compatibility {
                abi_revision: ABI_REVISION,
                isa: target.isa.name().into(),
                os,
                options: settings.options.clone(),
                isa_flags: backend.isa_flags(),
            },
            provenance: Provenance {
                version: env!("CARGO_PKG_VERSION").into(),
                backend: backend.name().into(),
                features: settings.features,
            },
        };
        Ok(Self { settings, target, backend, header, idle: Mutex::new(Vec::new()) })
    }

    /// What artifacts of this compiler say about themselves.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Compiles a module to an artifact.
    ///
    /// # Errors
    ///
    /// If the module is invalid, needs a feature that is off or not supported, or exceeds a limit. If several functions
    /// fail, the first is reported.
    pub fn compile(&self, wasm: &[u8]) -> Result<Vec<u8>, CompileError> {
        self.compile_with_progress(wasm, &|_, _| {})
    }

    /// Compiles a module to an artifact in a buffer of the caller's, which is told the artifact's length first.
    ///
    /// # Errors
    ///
    /// As [`ModuleCompiler::compile`], or if the buffer cannot be had.
    pub fn compile_into(&self, wasm: &[u8], out: &mut dyn WritableBuffer) -> Result<(), CompileError> {
        self.compile_to(wasm, &|_, _| {}, out)
    }

    /// Compiles a module; calls `progress(functions done, functions)` after each function, from any thread.
    ///
    /// # Errors
    ///
    /// As [`ModuleCompiler::compile`].
    pub fn compile_with_progress(
        &self,
        wasm: &[u8],
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<Vec<u8>, CompileError> {
        let mut artifact = Vec::new();
        self.compile_to(wasm, progress, &mut artifact)?;
        Ok(artifact)
    }

    fn compile_to(
        &self,
        wasm: &[u8],
        progress: &(dyn Fn(usize, usize) + Sync),
        out: &mut dyn WritableBuffer,
    ) -> Result<(), CompileError> {
        let mut translation = self.translate(wasm)?;
        let layout = VmLayout::new(self.target.isa.pointer_width(), &translation.module);
        let bodies = std::mem::take(&mut translation.bodies);
        let mut linker = ModuleLinker::new(self.target, code_bytes(&bodies));
        self.functions(&translation, &layout, bodies, progress, &mut linker)
            .map_err(|e| translate::classify_body(self.settings.features, wasm, e))?;
        let shapes = Shapes::new(&translation.module, self.target.isa.pointer_width());
        let text = linker.finish(&shapes)?;
        image::write(self.target.isa, &self.header, translation, &shapes, &text, out)
    }

    /// One function in the backend's intermediate representation, as text, if it has one.
    ///
    /// # Errors
    ///
    /// As [`ModuleCompiler::compile`].
    pub fn intermediate(&self, wasm: &[u8], func: DefinedFunc) -> Result<Option<String>, CompileError> {
        let mut translation = self.translate(wasm)?;
        let layout = VmLayout::new(self.target.isa.pointer_width(), &translation.module);
        let mut bodies = std::mem::take(&mut translation.bodies);
        if func.index() >= bodies.len() {
            return Ok(None);
        }
        let (validate, body) = bodies.swap_remove(func.index());
        let mut validator = validate.into_validator(FuncValidatorAllocations::default());
        self.backend.worker().intermediate(&input(&translation, &layout, func), body, &mut validator)
    }

    fn translate<'a>(&self, wasm: &'a [u8]) -> Result<Translation<'a>, CompileError> {
        translate::translate(self.settings.features, wasm, self.target.isa.page_size())
    }

    fn take_worker(&self) -> Worker {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut worker =
            idle.unwrap_or_else(|| Worker { compiler: self.backend.worker(), allocations: Default::default() });
        worker.compiler.begin();
        worker
    }

    /// Compiles the bodies and appends them to the text, in order. One thread alone does both in turn: then the memory of
    /// one function serves all.
    fn functions(
        &self,
        translation: &Translation<'_>,
        layout: &VmLayout,
        bodies: Vec<(FuncToValidate<ValidatorResources>, FunctionBody<'_>)>,
        progress: &(dyn Fn(usize, usize) + Sync),
        linker: &mut ModuleLinker,
    ) -> Result<(), CompileError> {
        let total = bodies.len();
        let done = AtomicUsize::new(0);
        let compile =
            |lease: &mut Lease<'_>, (index, (validate, body)): (usize, (FuncToValidate<_>, FunctionBody<'_>))| {
                let worker = lease.worker();
                let mut validator = validate.into_validator(std::mem::take(&mut worker.allocations));
                let input = input(translation, layout, DefinedFunc::new(index));
                let result = worker.compiler.compile(&input, body, &mut validator);
                worker.allocations = validator.into_allocations();
                progress(1 + done.fetch_add(1, Ordering::Relaxed), total);
                result
            };
        let lease = || Lease { worker: Some(self.take_worker()), idle: &self.idle };
        #[cfg(feature = "parallel")]
        if self.settings.parallel && total > 1 && code_bytes(&bodies) >= MIN_PARALLEL_BYTES {
            use rayon::prelude::*;
            let results: Vec<_> = bodies.into_par_iter().enumerate().map_init(lease, compile).collect();
            for function in results {
                linker.function(&function?);
            }
            return Ok(());
        }
        let mut lease = lease();
        for body in bodies.into_iter().enumerate() {
            let function = compile(&mut lease, body)?;
            linker.function(&function);
            lease.worker().compiler.recycle(function);
        }
        Ok(())
    }
}

fn target(settings: &Settings) -> Result<Target, CompileError> {
    Target::from_triple(&settings.triple).ok_or_else(|| CompileError::Options {
        message: format!("there is no backend for the target {}", settings.triple).into(),
    })
}

/// A worker on loan: it goes back to the idle ones when the loan ends.
struct Lease<'a> {
    worker: Option<Worker>,
    idle: &'a Mutex<Vec<Worker>>,
}

impl Lease<'_> {
    fn worker(&mut self) -> &mut Worker {
        self.worker.as_mut().expect("a lease holds its worker until it is dropped")
    }
}

impl Drop for Lease<'_> {
    fn drop(&mut self) {
        if let Some(worker) = self.worker.take() {
            // A worker that was unwound through is in no defined state.
            if !std::thread::panicking() {
                self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
            }
        }
    }
}

/// Modules with fewer bytes of code than this are compiled before other threads have woken up.
#[cfg(feature = "parallel")]
const MIN_PARALLEL_BYTES: usize = 256;

fn code_bytes<T>(bodies: &[(T, FunctionBody<'_>)]) -> usize {
    bodies.iter().map(|(_, body)| body.as_bytes().len()).sum()
}

fn input<'a>(translation: &'a Translation<'_>, layout: &'a VmLayout, func: DefinedFunc) -> FunctionInput<'a> {
    let module = &translation.module;
    let branch_hints = translation.branch_hints.get(&module.func_index(func)).map_or(&[][..], |hints| hints);
    FunctionInput { module, layout, func, branch_hints }
}
