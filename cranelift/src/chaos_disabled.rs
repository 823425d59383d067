//! No choices: see `chaos.rs`.

use cranelift_codegen::control::ControlPlane;
use gantry_abi::CompileError;

/// There is none.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Chaos {}

impl Chaos {
    pub(crate) fn new(_: u64) -> Result<Self, CompileError> {
        Err(CompileError::Options { message: "this build has no chaos mode: it needs the feature \"chaos\"".into() })
    }

    pub(crate) fn control(self, _: u32) -> ControlPlane {
        match self {}
    }
}
