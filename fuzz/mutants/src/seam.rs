//! How a bug gets into a compiler.

use crate::masm::MutantMasm;
use crate::table::{MUTANTS, Mutant};
use crate::{bytecode, clif, masm};
use gantry_abi::CompileError;
use gantry_abi::artifact::FlagValue;
use gantry_compile::backends;
use gantry_compile::compiler::{Compiler, FunctionCompiler, FunctionInput};
use gantry_compile::driver::Settings;
use gantry_compile::tuning::CustomBackend;
use gantry_emit::{CompiledFunction, Isa};
use gantry_winch::{A64, X64};
use std::sync::Arc;
use wasmparser::{FuncValidator, FunctionBody, ValidatorResources};

/// Where a bug is.
#[derive(Clone, Copy, Debug)]
pub enum Seam {
    /// In the single-pass compiler's assembler.
    Masm(masm::Bug),
    /// In what the optimizing compiler is given.
    Clif(clif::Bug),
    /// In what the compiler of this backend gives.
    Compiled(&'static str, fn(&mut CompiledFunction)),
    /// In the interpreter.
    Bytecode(bytecode::Bug),
}

impl Seam {
    /// The backend that has the bug, by its name in [`gantry_oracles::engine::BACKENDS`].
    pub fn backend(&self) -> &'static str {
        match self {
            Self::Masm(_) => "winch",
            Self::Clif(_) => "cranelift",
            Self::Compiled(backend, _) => backend,
            Self::Bytecode(_) => "pulley",
        }
    }

    /// Its name in tables.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Masm(_) => "MacroAssembler",
            Self::Clif(_) => "CLIF",
            Self::Compiled(..) => "CompiledFunction",
            Self::Bytecode(_) => "bytecode",
        }
    }

    /// The compiler with the bug.
    fn compiler(self) -> CustomBackend {
        CustomBackend::new(move |settings| match self {
            Self::Masm(bug) => MutantWinch::create(settings, bug),
            Self::Clif(bug) => {
                let Settings { triple, target_flags, options, tuning, .. } = settings;
                let backend = gantry_cranelift::Backend::with_settings(
                    triple,
                    target_flags,
                    options,
                    &tuning.cranelift_settings,
                )?;
                Ok(backends::of_cranelift(backend.with_pass(Arc::new(move |func| bug.apply(func)))))
            }
            Self::Compiled(_, change) => changed(settings, Arc::new(change)),
            Self::Bytecode(bug) => changed(settings, Arc::new(move |function| bug.apply(function))),
        })
    }
}

/// Makes all mutants known to the oracles, by name.
pub fn register() {
    for Mutant { name, seam, .. } in MUTANTS {
        gantry_oracles::engine::register_compiler(name, seam.compiler());
    }
}

/// The single-pass compiler with a bug.
struct MutantWinch {
    backend: gantry_winch::Backend,
    bug: masm::Bug,
}

impl MutantWinch {
    fn create(settings: &Settings, bug: masm::Bug) -> Result<Box<dyn Compiler>, CompileError> {
        let mut backend = gantry_winch::Backend::new(&settings.triple, &settings.target_flags, &settings.options)?;
        if let Some(limit) = &settings.tuning.winch_limit {
            backend = backend.with_limit(limit.clone());
        }
        match backend.isa() {
            Isa::X86_64 | Isa::Aarch64 => Ok(Box::new(Self { backend, bug })),
            isa => Err(CompileError::Options { message: format!("there are no mutants of Winch on {isa}").into() }),
        }
    }
}

impl Compiler for MutantWinch {
    fn name(&self) -> &'static str {
        gantry_winch::NAME
    }

    fn isa_flags(&self) -> Vec<(String, FlagValue)> {
        self.backend.isa_flags()
    }

    fn worker(&self) -> Box<dyn FunctionCompiler> {
        let backend = &self.backend;
        Box::new(match backend.isa() {
            Isa::Aarch64 => backend.worker_of(MutantMasm::new(A64::new(), self.bug)),
            _ => backend.worker_of(MutantMasm::new(X64::new(&|feature| backend.uses(feature)), self.bug)),
        })
    }
}

type Change = Arc<dyn Fn(&mut CompiledFunction) + Send + Sync>;

/// The backend that the settings name, with what it gives changed.
fn changed(settings: &Settings, change: Change) -> Result<Box<dyn Compiler>, CompileError> {
    Ok(Box::new(Changed { inner: backends::builtin(settings.backend, settings)?, change }))
}

struct Changed {
    inner: Box<dyn Compiler>,
    change: Change,
}

impl Compiler for Changed {
    fn name(&self) -> &'static str {
        self.inner.name()
    }

    fn isa_flags(&self) -> Vec<(String, FlagValue)> {
        self.inner.isa_flags()
    }

    fn worker(&self) -> Box<dyn FunctionCompiler> {
        Box::new(ChangedWorker { inner: self.inner.worker(), change: self.change.clone() })
    }
}

struct ChangedWorker {
    inner: Box<dyn FunctionCompiler>,
    change: Change,
}

impl FunctionCompiler for ChangedWorker {
    fn begin(&mut self) {
        self.inner.begin();
    }

    fn compile(
        &mut self,
        input: &FunctionInput<'_>,
        body: FunctionBody<'_>,
        validator: &mut FuncValidator<ValidatorResources>,
    ) -> Result<CompiledFunction, CompileError> {
        let mut function = self.inner.compile(input, body, validator)?;
        (self.change)(&mut function);
        Ok(function)
    }

    fn recycle(&mut self, function: CompiledFunction) {
        self.inner.recycle(function);
    }

    fn intermediate(
        &mut self,
        input: &FunctionInput<'_>,
        body: FunctionBody<'_>,
        validator: &mut FuncValidator<ValidatorResources>,
    ) -> Result<Option<String>, CompileError> {
        self.inner.intermediate(input, body, validator)
    }
}
