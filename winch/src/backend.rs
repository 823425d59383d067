//! The backend for one target and one set of options, and what threads need to use it.

use crate::compile::{self, Tables};
use crate::isa::{TARGETS, Target};
use crate::limit::Limit;
use crate::masm::MacroAssembler;
use gantry_abi::artifact::FlagValue;
use gantry_abi::{CompileError, CompileOptions, PointerWidth};
use gantry_emit::{CompiledFunction, Isa};
use gantry_frontend::{FunctionInput, TargetFlags};
use std::sync::Arc;
use target_lexicon::Triple;
use wasmparser::{FuncValidator, FunctionBody, ValidatorResources};

/// What every function is compiled with.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) options: CompileOptions,
    /// How many optimizations are taken; all if there is none.
    pub(crate) limit: Option<Arc<Limit>>,
}

/// The backend for one target and one set of options. Threads share it.
pub struct Backend {
    target: &'static Target,
    settings: Settings,
    features: Vec<(String, FlagValue)>,
}

impl Backend {
    /// The backend for `triple`.
    ///
    /// # Errors
    ///
    /// If there is no such target, if a flag is not one of this target, or if the processor has not enough features.
    pub fn new(triple: &Triple, flags: &TargetFlags, options: &CompileOptions) -> Result<Self, CompileError> {
        let error = |message: String| CompileError::Options { message: message.into() };
        let isa = Isa::from_triple(triple);
        let Some(&target) = TARGETS.iter().find(|t| Some(t.isa) == isa) else {
            return Err(error(format!("there is no Winch backend for {triple}")));
        };
        let known = target.flags;
        let mut on: Vec<&str> = Vec::new();
        match flags {
            TargetFlags::Host => {
                let host = Triple::host();
                if host.architecture != triple.architecture {
                    let host = host.architecture;
                    return Err(error(format!("the features of this {host} processor say nothing about {triple}")));
                }
                on.extend(known.iter().filter(|f| (f.on_host)()).map(|f| f.name));
            }
            TargetFlags::Baseline => on.extend(known.iter().filter(|f| f.floor).map(|f| f.name)),
            TargetFlags::Explicit(list) => {
                for (name, value) in list {
                    let value: bool = value.parse().map_err(|_| {
                        error(format!("{value:?} is no value of the processor feature {name:?} of {triple}"))
                    })?;
                    // Features that this backend has no use for are somebody else's.
                    if let (Some(flag), true) = (known.iter().find(|f| f.name == *name), value) {
                        on.push(flag.name);
                    }
                }
            }
        }
        let missing: Vec<_> = known.iter().filter(|f| f.floor && !on.contains(&f.name)).map(|f| f.short()).collect();
        if !missing.is_empty() {
            return Err(error(format!("{} code needs a processor with {}", target.isa, missing.join(", "))));
        }
        let features = on.iter().map(|&name| (name.to_owned(), FlagValue::Bool(true))).collect();
        Ok(Self { target, settings: Settings { options: options.clone(), limit: None }, features })
    }

    /// Takes no more optimizations than this: for finding the one that is wrong.
    #[must_use]
    pub fn with_limit(mut self, limit: Arc<Limit>) -> Self {
        self.settings.limit = Some(limit);
        self
    }

    /// The features of the processor that code from this backend uses: what an artifact's loader must find on its host.
    pub fn isa_flags(&self) -> Vec<(String, FlagValue)> {
        self.features.clone()
    }

    /// The options that code is compiled with.
    pub fn options(&self) -> &CompileOptions {
        &self.settings.options
    }

    /// Pointer width of the target.
    pub fn pointer_width(&self) -> PointerWidth {
        self.target.isa.pointer_width()
    }

    /// A compiler of functions for one thread.
    pub fn worker(&self) -> Worker {
        Worker((self.target.worker)(&self.settings, &|name| self.uses(name)))
    }

    /// The same with an assembler of the caller's, for the backend's instruction set: one that watches or changes what another
    /// one is told, for tests.
    pub fn worker_of(&self, masm: impl MacroAssembler + Send + 'static) -> Worker {
        Worker(worker(masm, &self.settings))
    }

    /// Whether code uses the processor feature with this name.
    pub fn uses(&self, feature: &str) -> bool {
        self.features.iter().any(|(name, _)| name == feature)
    }

    /// The instruction set.
    pub fn isa(&self) -> Isa {
        self.target.isa
    }
}

/// What one thread needs to compile functions, one after the other.
pub struct Worker(Box<dyn Compile>);

impl Worker {
    /// The functions that come next belong to another module.
    pub fn begin_module(&mut self) {
        self.0.begin_module();
    }

    /// Validates and compiles a function.
    ///
    /// # Errors
    ///
    /// If the function is invalid, uses a feature that cannot be compiled, or exceeds a limit of the backend. The worker
    /// can be used again afterwards.
    pub fn compile(
        &mut self,
        input: &FunctionInput<'_>,
        body: &FunctionBody<'_>,
        validator: &mut FuncValidator<ValidatorResources>,
    ) -> Result<CompiledFunction, CompileError> {
        self.0.compile(input, body, validator)
    }

    /// Takes a function back that has been used: its memory serves those that come next.
    pub fn recycle(&mut self, function: CompiledFunction) {
        self.0.recycle(function);
    }
}

/// A worker, whatever its ISA.
pub(crate) trait Compile: Send {
    fn begin_module(&mut self);
    fn compile(
        &mut self,
        input: &FunctionInput<'_>,
        body: &FunctionBody<'_>,
        validator: &mut FuncValidator<ValidatorResources>,
    ) -> Result<CompiledFunction, CompileError>;
    fn recycle(&mut self, function: CompiledFunction);
}

/// The worker of an ISA's assembler.
pub(crate) fn worker<M: MacroAssembler + Send + 'static>(masm: M, settings: &Settings) -> Box<dyn Compile> {
    Box::new(IsaWorker { masm, tables: Tables::new(), settings: settings.clone() })
}

struct IsaWorker<M> {
    masm: M,
    tables: Tables,
    settings: Settings,
}

impl<M: MacroAssembler + Send> Compile for IsaWorker<M> {
    fn begin_module(&mut self) {
        self.tables.begin_module();
    }

    fn compile(
        &mut self,
        input: &FunctionInput<'_>,
        body: &FunctionBody<'_>,
        validator: &mut FuncValidator<ValidatorResources>,
    ) -> Result<CompiledFunction, CompileError> {
        compile::function(&mut self.masm, &mut self.tables, &self.settings, input, body, validator)
    }

    fn recycle(&mut self, function: CompiledFunction) {
        self.masm.buffer().recycle(function);
    }
}
