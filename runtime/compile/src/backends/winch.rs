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
    let backend = Backend::new(&settings.triple, &settings.target_flags, &settings.options)?;
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
        Box::new(WinchWorker(self.0.worker()))
    }
}

struct WinchWorker(Worker);

impl FunctionCompiler for WinchWorker {
    fn begin(&mut self) {
        self.0.begin_module();
    }

    fn compile(
        &mut self,
        function: &FunctionInput<'_>,
        body: FunctionBody<'_>,
        validator: &mut FuncValidator<ValidatorResources>,
    ) -> Result<CompiledFunction, CompileError> {
        self.0.compile(function, &body, validator)
    }

    fn recycle(&mut self, function: CompiledFunction) {
        self.0.recycle(function);
    }

    fn intermediate(
        &mut self,
        _: &FunctionInput<'_>,
        _: FunctionBody<'_>,
        _: &mut FuncValidator<ValidatorResources>,
    ) -> Result<Option<String>, CompileError> {
        Ok(None)
    }
}
