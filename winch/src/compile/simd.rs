//! Vector operators, fixed-width and relaxed.

use super::Compiler;
use crate::masm::*;
use gantry_abi::CompileError;
use wasmparser::Operator;

impl<M: MacroAssembler> Compiler<'_, M> {
    /// A vector operator, the last family: what is none cannot be compiled.
    pub(super) fn vector(&mut self, op: &Operator<'_>) -> Result<(), CompileError> {
        Err(self.unsupported(gantry_frontend::feature_of(op)))
    }
}
