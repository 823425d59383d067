//! Compiling one function, with state that is reused for the next.

use crate::backend::Backend;
use crate::translate::{self, State};
use crate::{NAME, convert, passes};
use cranelift_codegen::control::ControlPlane;
use cranelift_codegen::ir::Function;
use cranelift_codegen::{CodegenError, CompileError as CraneliftError, Context};
use cranelift_frontend::FunctionBuilderContext;
use gantry_abi::{CompileError, OptLevel};
use gantry_emit::CompiledFunction;
use gantry_frontend::FunctionInput;
use wasmparser::{FuncValidator, FunctionBody, ValidatorResources};

/// What one thread needs to compile functions, one after the other.
pub struct Worker {
    context: Context,
    builder: FunctionBuilderContext,
    state: State,
}

impl Default for Worker {
    fn default() -> Self {
        Self::new()
    }
}

/// Frames beyond this many bytes need a stack check that knows their size.
const LARGE_FRAME: u32 = 16 << 10;

impl Worker {
    /// A worker that has compiled nothing yet.
    pub fn new() -> Self {
        Self { context: Context::new(), builder: FunctionBuilderContext::new(), state: State::default() }
    }

    /// Validates and compiles a function.
    ///
    /// # Errors
    ///
    /// If the function is invalid, uses a feature that cannot be compiled, or exceeds a limit of the backend. The worker
    /// can be used again afterwards.
    pub fn compile(
        &mut self,
        backend: &Backend,
        input: &FunctionInput<'_>,
        body: FunctionBody<'_>,
        validator: &mut FuncValidator<ValidatorResources>,
    ) -> Result<CompiledFunction, CompileError> {
        let check = self.translate(backend, input, body, validator)?;
        self.improve(backend, input)?;
        // Only the outcome tells how large the frame is, and optimizing consumes the function: keep it where it matters.
        let keep = check
            .filter(|_| self.context.func.dfg.num_values() > translate::MAX_SMALL_VALUES)
            .map(|c| (c, self.context.func.clone()));
        let mut compiled = self.generate(backend, input)?;
        if let (Some((check, mut func)), true) = (keep, convert::frame_size(&compiled) > LARGE_FRAME) {
            translate::grow_stack_check(&mut func, check, convert::frame_size(&compiled));
            self.context.clear();
            self.context.func = func;
            compiled = self.generate(backend, input)?;
        }
        convert::function(backend, &self.context.func, input, &compiled)
    }

    /// Validates a function and gives its CLIF as text, before any optimization.
    ///
    /// # Errors
    ///
    /// As [`Worker::compile`].
    pub fn clif(
        &mut self,
        backend: &Backend,
        input: &FunctionInput<'_>,
        body: FunctionBody<'_>,
        validator: &mut FuncValidator<ValidatorResources>,
    ) -> Result<String, CompileError> {
        self.translate(backend, input, body, validator)?;
        Ok(self.context.func.display().to_string())
    }

    /// Wasm to CLIF, into the context. Gives the constant of an explicit stack check, if there is one.
    fn translate(
        &mut self,
        backend: &Backend,
        input: &FunctionInput<'_>,
        body: FunctionBody<'_>,
        validator: &mut FuncValidator<ValidatorResources>,
    ) -> Result<Option<translate::StackCheck>, CompileError> {
        self.context.clear();
        let func: &mut Function = &mut self.context.func;
        let outcome = translate::function(backend, input, body, validator, func, &mut self.builder, &mut self.state);
        if outcome.is_err() {
            // A builder that did not finish leaves its context in an undefined state.
            self.builder = FunctionBuilderContext::new();
        } else if let Some(pass) = &backend.pass {
            pass(&mut self.context.func);
        }
        outcome
    }

    /// CLIF to CLIF: what cranelift-codegen does not do.
    fn improve(&mut self, backend: &Backend, input: &FunctionInput<'_>) -> Result<(), CompileError> {
        let (checks, counting) = (&self.state.bounds_checks, &self.state.counting);
        if backend.options.opt_level == OptLevel::None || (checks.is_empty() && counting.is_empty()) {
            return Ok(());
        }
        let context = &mut self.context;
        context.compute_cfg();
        context.compute_domtree();
        // Variables that do not change in a loop have parameters there nevertheless, which would hide what they are.
        let simplified = context
            .eliminate_unreachable_code(&*backend.isa)
            .and_then(|()| context.remove_constant_phis(&*backend.isa));
        simplified.map_err(|e| codegen_error(backend, input, e))?;
        let places = passes::Places { cfg: &context.cfg, domtree: &context.domtree };
        passes::bounds::remove_superfluous(&mut context.func, places, checks);
        passes::counters::order(&mut context.func, places, counting);
        // Blocks have lost ways out.
        context.cfg.clear();
        context.domtree.clear();
        Ok(())
    }

    /// CLIF to machine code.
    fn generate(
        &mut self,
        backend: &Backend,
        input: &FunctionInput<'_>,
    ) -> Result<cranelift_codegen::CompiledCode, CompileError> {
        let mut control = backend.chaos.map_or_else(ControlPlane::default, |chaos| chaos.control(input.func.as_u32()));
        let outcome = self.context.compile(&*backend.isa, &mut control).map(|_| ());
        match outcome {
            Ok(()) => Ok(self.context.take_compiled_code().expect("compilation leaves its result")),
            Err(CraneliftError { inner, func }) => {
                tracing::debug!("failed on {}", func.display());
                Err(codegen_error(backend, input, inner))
            }
        }
    }
}

/// What a failure of cranelift-codegen means to the user.
#[cold]
fn codegen_error(backend: &Backend, input: &FunctionInput<'_>, error: CodegenError) -> CompileError {
    let func = input.module.func_index(input.func);
    match error {
        CodegenError::ImplLimitExceeded => {
            CompileError::too_large(func, "it has more values than Cranelift can number")
        }
        CodegenError::CodeTooLarge => {
            CompileError::too_large(func, format!("its code exceeds what {} can address", backend.isa_name()))
        }
        CodegenError::Verifier(errors) => {
            CompileError::Backend { backend: NAME, func: func.as_u32(), message: errors.to_string().into() }
        }
        other => CompileError::Backend { backend: NAME, func: func.as_u32(), message: other.to_string().into() },
    }
}
