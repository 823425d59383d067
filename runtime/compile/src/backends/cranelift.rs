//! The adapter for `gantry-cranelift`.

use crate::compiler::{Compiler, FunctionCompiler, FunctionInput};
use crate::driver::Settings;
use gantry_abi::CompileError;
use gantry_abi::artifact::FlagValue;
use gantry_cranelift::{Backend, Worker};
use gantry_emit::CompiledFunction;
use std::sync::Arc;
use wasmparser::{FuncValidator, FunctionBody, ValidatorResources};

struct Cranelift(Arc<Backend>);

pub(super) fn create(settings: &Settings) -> Result<Box<dyn Compiler>, CompileError> {
    let Settings { triple, target_flags, options, tuning, .. } = settings;
    let mut backend = Backend::with_settings(triple, target_flags, options, &tuning.cranelift_settings)?;
    if let Some(seed) = tuning.cranelift_chaos {
        backend = backend.with_chaos(seed)?;
    }
    Ok(from_backend(backend))
}

pub(super) fn from_backend(backend: Backend) -> Box<dyn Compiler> {
    Box::new(Cranelift(Arc::new(backend)))
}

impl Compiler for Cranelift {
    fn name(&self) -> &'static str {
        "cranelift"
    }

    fn isa_flags(&self) -> Vec<(String, FlagValue)> {
        self.0.isa_flags()
    }

    fn worker(&self) -> Box<dyn FunctionCompiler> {
        Box::new(CraneliftWorker { backend: self.0.clone(), worker: Worker::new() })
    }
}

struct CraneliftWorker {
    backend: Arc<Backend>,
    worker: Worker,
}

impl FunctionCompiler for CraneliftWorker {
    fn compile(
        &mut self,
        function: &FunctionInput<'_>,
        body: FunctionBody<'_>,
        validator: &mut FuncValidator<ValidatorResources>,
    ) -> Result<CompiledFunction, CompileError> {
        self.worker.compile(&self.backend, function, body, validator)
    }

    fn intermediate(
        &mut self,
        function: &FunctionInput<'_>,
        body: FunctionBody<'_>,
        validator: &mut FuncValidator<ValidatorResources>,
    ) -> Result<Option<String>, CompileError> {
        self.worker.clif(&self.backend, function, body, validator).map(Some)
    }
}
