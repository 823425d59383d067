//! The adapter for `gantry-winch`.

use crate::compiler::{Compiler, FunctionCompiler, FunctionInput};
use crate::driver::Settings;
use gantry_abi::CompileError;
use gantry_abi::artifact::FlagValue;
use gantry_emit::CompiledFunction;
use gantry_winch::{Backend, Worker};
use std::sync::Arc;
use wasmparser::{FuncValidator, FunctionBody, ValidatorResources};

struct Winch(Arc<Backend>);

pub(super) fn create(settings: &Settings) -> Result<Box<dyn Compiler>, CompileError> {
    let mut backend = Backend::new(&settings.triple, &settings.target_flags, &settings.options)?;
    if let Some(limit) = &settings.tuning.winch_limit {
        backend = backend.with_limit(limit.clone());
    }
    Ok(Box::new(Winch(Arc::new(backend))))
}

impl Compiler for Winch {
    fn name(&self) -> &'static str {
        gantry_winch::NAME
    }

    fn isa_flags(&self) -> Vec<(String, FlagValue)> {
        self.0.isa_flags()
    }

    fn worker(&self) -> Box<dyn FunctionCompiler> {
        Box::new(self.0.worker())
    }
}

impl FunctionCompiler for Worker {
    fn begin(&mut self) {
        self.begin_module();
    }

    fn compile(
        &mut self,
        function: &FunctionInput<'_>,
        body: FunctionBody<'_>,
        validator: &mut FuncValidator<ValidatorResources>,
    ) -> Result<CompiledFunction, CompileError> {
        Worker::compile(self, function, &body, validator)
    }

    fn recycle(&mut self, function: CompiledFunction) {
        Worker::recycle(self, function);
    }
}
