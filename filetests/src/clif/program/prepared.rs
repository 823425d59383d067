//! The module of a test file's functions, and the backend that has their code already.

use anyhow::Result;
use gantry_abi::CompileError;
use gantry_abi::artifact::FlagValue;
use gantry_compile::compiler::{Compiler, FunctionCompiler, FunctionInput};
use gantry_emit::CompiledFunction;
use std::sync::{Arc, Mutex, PoisonError};
use wasm_encoder::{
    CodeSection, ElementSection, Elements, ExportKind, ExportSection, Function, FunctionSection, MemorySection,
    MemoryType, Module, TypeSection,
};
use wasmparser::{FuncValidator, FunctionBody, ValidatorResources};

/// The exported memory.
pub(super) const MEMORY: &str = "memory";
/// The exported function that stores the addresses of the file's functions.
pub(super) const ADDRESSES: &str = "addresses";

/// A module with the `n` functions of the file, which have records in the vmctx; the `n` that call them, exported by index; and
/// the one that tells their addresses. None takes or gives anything.
pub(super) fn module(n: u32) -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([], []);
    let (mut functions, mut bodies) = (FunctionSection::new(), CodeSection::new());
    let mut empty = Function::new([]);
    empty.instructions().end();
    for _ in 0..2 * n + 1 {
        functions.function(0);
        bodies.function(&empty);
    }
    let mut memories = MemorySection::new();
    memories.memory(MemoryType { minimum: 16, maximum: None, memory64: false, shared: false, page_size_log2: None });
    let mut exports = ExportSection::new();
    exports.export(MEMORY, ExportKind::Memory, 0);
    for i in 0..n {
        exports.export(&i.to_string(), ExportKind::Func, n + i);
    }
    exports.export(ADDRESSES, ExportKind::Func, 2 * n);
    let mut elements = ElementSection::new();
    elements.declared(Elements::Functions((0..n).collect::<Vec<_>>().into()));
    let mut module = Module::new();
    module.section(&types).section(&functions).section(&memories).section(&exports).section(&elements).section(&bodies);
    module.finish()
}

/// A backend whose code is there already.
pub(super) struct Prepared {
    pub(super) flags: Vec<(String, FlagValue)>,
    pub(super) code: Arc<Mutex<Vec<CompiledFunction>>>,
}

impl Compiler for Prepared {
    fn name(&self) -> &'static str {
        "cranelift"
    }

    fn isa_flags(&self) -> Vec<(String, FlagValue)> {
        self.flags.clone()
    }

    fn worker(&self) -> Box<dyn FunctionCompiler> {
        Box::new(PreparedWorker(self.code.clone()))
    }
}

struct PreparedWorker(Arc<Mutex<Vec<CompiledFunction>>>);

impl FunctionCompiler for PreparedWorker {
    fn compile(
        &mut self,
        input: &FunctionInput<'_>,
        _: FunctionBody<'_>,
        _: &mut FuncValidator<ValidatorResources>,
    ) -> Result<CompiledFunction, CompileError> {
        let mut code = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(std::mem::take(&mut code[input.func.as_u32() as usize]))
    }
}

#[cfg(test)]
mod tests {
    use super::module;

    #[test]
    fn the_module_is_valid() {
        for n in [0, 1, 3, 200] {
            wasmparser::validate(&module(n)).unwrap();
        }
    }
}
