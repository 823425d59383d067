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

/// Which features of the processor compiled code may use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum TargetFlags {
    /// Those of the processor that this runs on. The target must have its architecture.
    #[default]
    Host,
    /// Those that every supported processor of the architecture has. On x86_64: SSE3, SSSE3, SSE4.1, SSE4.2 and POPCNT
    /// besides the architecture's own SSE2.
    Baseline,
    /// These, by the names of cranelift-codegen's settings, with their values as text. Nothing else beyond what the
    /// architecture itself guarantees.
    Explicit(Vec<(String, String)>),
}

/// What a failure of validation means to the user.
#[cold]
pub fn invalid(error: BinaryReaderError) -> CompileError {
    CompileError::Invalid { offset: error.offset(), message: error.message().into() }
}
