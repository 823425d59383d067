//! What Gantry's compilers share of reading WebAssembly: the input of a function's compilation, types as `wasmparser` gives
//! them, which feature an operator comes from, and what it costs in fuel.
#![forbid(unsafe_code)]

pub mod fuel;
mod operators;
mod types;

pub use operators::feature_of;
pub use types::{heap_type, val_type};

use gantry_abi::{CompileError, DefinedFunc, ModuleInfo, VmLayout};
use wasmparser::BinaryReaderError;

/// What is known about a function besides its body.
#[derive(Clone, Copy, Debug)]
pub struct FunctionInput<'a> {
    /// The module that defines it.
    pub module: &'a ModuleInfo,
    /// The layout of the module's instances, for the pointer width of the target.
    pub layout: &'a VmLayout,
    /// Which function of the module it is.
    pub func: DefinedFunc,
    /// Branch hints: offset of a branch operator in the function body, and whether the branch is likely taken. In order of
    /// offset.
    pub branch_hints: &'a [(u32, bool)],
}

/// What a failure of validation means to the user.
#[cold]
pub fn invalid(error: BinaryReaderError) -> CompileError {
    CompileError::Invalid { offset: error.offset(), message: error.message().into() }
}
