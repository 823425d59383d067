//! Loading code that this process made: the one unsafe operation of this crate.

use gantry::{Engine, Module, Result};

/// Loads an artifact that was made in this process from functions that Cranelift verified.
///
/// # Errors
///
/// As [`Module::deserialize`].
#[allow(unsafe_code, reason = "running what a test says is what a test runner does")]
pub(super) fn artifact(engine: &Engine, artifact: &[u8]) -> Result<Module> {
    // SAFETY: the only caller has just made the artifact with this build's `ModuleCompiler`. Its code does what the functions
    // of a test file say, which may be to write anywhere: test files are trusted as the code of this crate is.
    unsafe { Module::deserialize(engine, artifact) }
}
