//! Several backends in one module, chosen per function: all of them follow one ABI. For bisecting miscompiled functions and
//! for tests of that ABI.

use super::BackendKind;
use crate::compiler::{Compiler, FunctionCompiler, FunctionInput};
use gantry_abi::CompileError;
use gantry_abi::artifact::FlagValue;
use gantry_emit::CompiledFunction;
use hashbrown::HashMap;
use std::sync::Arc;
use wasmparser::{FuncValidator, FunctionBody, ValidatorResources};

/// The backends that take part.
pub(super) struct Mixed {
    /// The one for functions without a choice comes first.
    backends: Vec<Box<dyn Compiler>>,
    /// Which backend compiles which function, by its index in the module.
    choices: Arc<HashMap<u32, usize>>,
}

impl Mixed {
    /// Chooses backends for some functions. `create` makes a backend.
    pub(super) fn new(
        default: Box<dyn Compiler>,
        functions: &[(u32, BackendKind)],
        mut create: impl FnMut(BackendKind) -> Result<Box<dyn Compiler>, CompileError>,
    ) -> Result<Self, CompileError> {
        let mut backends = vec![default];
        let mut places: Vec<(BackendKind, usize)> = Vec::new();
        let mut choices = HashMap::new();
        for &(func, kind) in functions {
            let place = match places.iter().find(|(known, _)| *known == kind) {
                Some(&(_, place)) => place,
                None => {
                    places.push((kind, backends.len()));
                    backends.push(create(kind)?);
                    backends.len() - 1
                }
            };
            choices.insert(func, place);
        }
        Ok(Self { backends, choices: Arc::new(choices) })
    }
}

impl Compiler for Mixed {
    fn name(&self) -> &'static str {
        "mixed"
    }

    fn isa_flags(&self) -> Vec<(String, FlagValue)> {
        let mut flags: Vec<(String, FlagValue)> = Vec::new();
        for (name, value) in self.backends.iter().flat_map(|b| b.isa_flags()) {
            if !flags.iter().any(|(known, _)| *known == name) {
                flags.push((name, value));
            }
        }
        flags
    }

    fn worker(&self) -> Box<dyn FunctionCompiler> {
        let workers = self.backends.iter().map(|b| b.worker()).collect();
        Box::new(MixedWorker { workers, choices: self.choices.clone() })
    }
}

struct MixedWorker {
    workers: Vec<Box<dyn FunctionCompiler>>,
    choices: Arc<HashMap<u32, usize>>,
}

impl MixedWorker {
    fn worker(&mut self, function: &FunctionInput<'_>) -> &mut dyn FunctionCompiler {
        let index = function.module.func_index(function.func).as_u32();
        let place = self.choices.get(&index).copied().unwrap_or(0);
        &mut *self.workers[place]
    }
}

impl FunctionCompiler for MixedWorker {
    fn begin(&mut self) {
        self.workers.iter_mut().for_each(|w| w.begin());
    }

    fn compile(
        &mut self,
        function: &FunctionInput<'_>,
        body: FunctionBody<'_>,
        validator: &mut FuncValidator<ValidatorResources>,
    ) -> Result<CompiledFunction, CompileError> {
        self.worker(function).compile(function, body, validator)
    }

    fn recycle(&mut self, function: CompiledFunction) {
        self.workers[0].recycle(function);
    }

    fn intermediate(
        &mut self,
        function: &FunctionInput<'_>,
        body: FunctionBody<'_>,
        validator: &mut FuncValidator<ValidatorResources>,
    ) -> Result<Option<String>, CompileError> {
        self.worker(function).intermediate(function, body, validator)
    }
}
