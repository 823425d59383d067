//! Compiles the functions of a module in parallel, adds trampolines, links, and writes the artifact.

use crate::backends::{self, BackendKind};
use crate::compiler::{Compiler, FunctionCompiler, FunctionInput};
use crate::image;
use crate::translate::{self, Translation};
use gantry_abi::artifact::{ABI_REVISION, Compatibility, Header, Provenance};
use gantry_abi::*;
use gantry_cranelift::TargetFlags;
use gantry_emit::{CompiledFunction, LinkedText, Linker, Symbol, Target, trampoline};
use std::collections::{BTreeMap, BTreeSet};
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
        let target = Target::from_triple(&settings.triple).ok_or_else(|| CompileError::Options {
            message: format!("there is no backend for the target {}", settings.triple).into(),
        })?;
        let backend = backends::create(&settings)?;
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
        let mut translation = self.translate(wasm)?;
        let layout = VmLayout::new(self.target.isa.pointer_width(), &translation.module);
        let bodies = std::mem::take(&mut translation.bodies);
        let functions = self
            .functions(&translation, &layout, bodies, progress)
            .map_err(|e| translate::classify_body(self.settings.features, wasm, e))?;
        let shapes = Shapes::new(&translation.module, self.target.isa.pointer_width());
        let text = self.link(&functions, &shapes)?;
        image::write(self.target.isa, &self.header, translation, &shapes, &text)
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
        idle.unwrap_or_else(|| Worker { compiler: self.backend.worker(), allocations: Default::default() })
    }

    fn functions(
        &self,
        translation: &Translation<'_>,
        layout: &VmLayout,
        bodies: Vec<(FuncToValidate<ValidatorResources>, FunctionBody<'_>)>,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<Vec<CompiledFunction>, CompileError> {
        let total = bodies.len();
        let done = std::sync::atomic::AtomicUsize::new(0);
        let compile = |lease: &mut Lease<'_>, (index, (validate, body)): (usize, (FuncToValidate<_>, FunctionBody<'_>))| {
            let worker = lease.worker.as_mut().expect("a lease holds its worker until it is dropped");
            let mut validator = validate.into_validator(std::mem::take(&mut worker.allocations));
            let input = input(translation, layout, DefinedFunc::new(index));
            let result = worker.compiler.compile(&input, body, &mut validator);
            worker.allocations = validator.into_allocations();
            progress(1 + done.fetch_add(1, std::sync::atomic::Ordering::Relaxed), total);
            result
        };
        let lease = || Lease { worker: Some(self.take_worker()), idle: &self.idle };
        #[cfg(feature = "parallel")]
        if self.settings.parallel && total > 1 {
            use rayon::prelude::*;
            let results: Vec<_> = bodies.into_par_iter().enumerate().map_init(lease, compile).collect();
            return results.into_iter().collect();
        }
        let mut lease = lease();
        bodies.into_iter().enumerate().map(|body| compile(&mut lease, body)).collect()
    }

    /// Appends functions and trampolines in a fixed order, and links them.
    fn link(&self, functions: &[CompiledFunction], shapes: &Shapes) -> Result<LinkedText, CompileError> {
        let mut linker = Linker::new(self.target.isa);
        let mut libcalls = BTreeSet::new();
        for (index, function) in functions.iter().enumerate() {
            linker.append(Symbol::Function(DefinedFunc::new(index)), function);
            libcalls.extend(function.relocations.iter().filter_map(|r| match r.target {
                Symbol::LibcallThunk(libcall) => Some(libcall),
                _ => None,
            }));
        }
        let mut stub = |symbol, made: Result<CompiledFunction, trampoline::Unsupported>| match made {
            Ok(function) => {
                linker.append(symbol, &function);
                Ok(())
            }
            // The artifact is made for another machine, and says itself that it lacks trampolines.
            Err(trampoline::Unsupported::Isa { .. }) if !matches!(symbol, Symbol::LibcallThunk(_)) => Ok(()),
            Err(error) => Err(CompileError::ModuleTooLarge { what: error.to_string().into() }),
        };
        for (index, shape) in shapes.shapes.iter() {
            if shapes.escaping.contains(&index) {
                stub(Symbol::EntryTrampoline(index), trampoline::entry(self.target, shape))?;
            }
            stub(Symbol::ExitTrampoline(index), trampoline::exit(self.target, shape))?;
        }
        for libcall in libcalls {
            stub(Symbol::LibcallThunk(libcall), trampoline::libcall_thunk(self.target, libcall))?;
        }
        linker.finish().map_err(|e| CompileError::ModuleTooLarge { what: e.to_string().into() })
    }
}

/// A worker on loan: it goes back to the idle ones when the loan ends.
struct Lease<'a> {
    worker: Option<Worker>,
    idle: &'a Mutex<Vec<Worker>>,
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

fn input<'a>(translation: &'a Translation<'_>, layout: &'a VmLayout, func: DefinedFunc) -> FunctionInput<'a> {
    let module = &translation.module;
    let branch_hints = translation.branch_hints.get(&module.func_index(func)).map_or(&[][..], |hints| hints);
    FunctionInput { module, layout, func, branch_hints }
}

/// The shapes of a module's function types.
pub(crate) struct Shapes {
    /// Each shape once, in order of the first type that has it.
    pub(crate) shapes: PrimaryMap<ShapeIndex, Shape>,
    /// Shape of each type that is a function type.
    pub(crate) of_type: PrimaryMap<TypeIndex, PackedOption<ShapeIndex>>,
    /// Shapes of functions that the module defines and that can escape.
    pub(crate) escaping: BTreeSet<ShapeIndex>,
}

impl Shapes {
    fn new(module: &ModuleInfo, ptr: PointerWidth) -> Self {
        let mut shapes = PrimaryMap::new();
        let mut known = BTreeMap::new();
        let mut of_type: PrimaryMap<TypeIndex, PackedOption<ShapeIndex>> = PrimaryMap::new();
        for ty in module.types.types.values() {
            let index = ty.as_func().map(|func| {
                let shape = module.types.shape(func, ptr);
                *known.entry(shape.clone()).or_insert_with(|| shapes.push(shape))
            });
            of_type.push(index.into());
        }
        let mut escaping = BTreeSet::new();
        for (index, info) in module.functions.iter().skip(module.num_imported_functions) {
            if info.func_ref.is_some() {
                escaping.insert(of_type[module.functions[index].ty].expect("functions have function types"));
            }
        }
        Self { shapes, of_type, escaping }
    }
}
