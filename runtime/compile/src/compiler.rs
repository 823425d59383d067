//! What a backend is to the driver.

use gantry_abi::CompileError;
use gantry_abi::artifact::FlagValue;
use gantry_emit::CompiledFunction;
pub use gantry_frontend::FunctionInput;
use wasmparser::{FuncValidator, FunctionBody, ValidatorResources};

/// A backend for one target and one set of options.
pub trait Compiler: Send + Sync {
    /// Its name, as in artifacts.
    fn name(&self) -> &'static str;

    /// CPU features that its code uses.
    fn isa_flags(&self) -> Vec<(String, FlagValue)>;

    /// A compiler of functions for one thread. Its state is reused from function to function.
    fn worker(&self) -> Box<dyn FunctionCompiler>;
}

/// What one thread needs to compile functions.
pub trait FunctionCompiler: Send {
    /// The functions that come next belong to another module.
    fn begin(&mut self) {}

    /// Validates and compiles a function.
    ///
    /// # Errors
    ///
    /// If the function is invalid, cannot be compiled, or exceeds a limit. The compiler can be used again afterwards.
    fn compile(
        &mut self,
        input: &FunctionInput<'_>,
        body: FunctionBody<'_>,
        validator: &mut FuncValidator<ValidatorResources>,
    ) -> Result<CompiledFunction, CompileError>;

    /// Takes a function back that has been used: its memory serves those that come next.
    fn recycle(&mut self, _function: CompiledFunction) {}

    /// The function in the backend's intermediate representation, as text, before any optimization; none if it has none.
    ///
    /// # Errors
    ///
    /// As [`FunctionCompiler::compile`].
    fn intermediate(
        &mut self,
        _input: &FunctionInput<'_>,
        _body: FunctionBody<'_>,
        _validator: &mut FuncValidator<ValidatorResources>,
    ) -> Result<Option<String>, CompileError> {
        Ok(None)
    }
}
