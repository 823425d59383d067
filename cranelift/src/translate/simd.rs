//! Vector operators.

use super::Translator;
use super::operator::feature_of;
use gantry_abi::CompileError;
use wasmparser::Operator;

impl Translator<'_> {
    pub(super) fn vector(&mut self, op: &Operator<'_>) -> Result<(), CompileError> {
        Err(self.unsupported(feature_of(op)))
    }
}
