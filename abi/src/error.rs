//! What compilation can fail with, for every backend.

use crate::entity::FuncIndex;
use crate::features::Feature;
use alloc::boxed::Box;
use alloc::string::String;

/// Why a module was not compiled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CompileError {
    /// The module breaks a rule of the specification.
    #[error("invalid module at byte {offset:#x}: {message}")]
    Invalid {
        /// Offset in the module's bytes.
        offset: u64,
        /// Which rule.
        message: Box<str>,
    },
    /// The module uses a feature that is switched off.
    #[error("the module uses {feature}, which is disabled (byte {offset:#x}: {message})")]
    Disabled {
        /// The feature.
        feature: Feature,
        /// Offset in the module's bytes.
        offset: u64,
        /// Where and how.
        message: Box<str>,
    },
    /// The module uses a feature that this backend cannot compile, or none can yet.
    #[error("{feature} is not supported {}", by_whom(backend, isa))]
    Unsupported {
        /// The feature.
        feature: Feature,
        /// Name of the backend; empty: no backend can compile it.
        backend: &'static str,
        /// Name of the instruction set; empty: on none.
        isa: String,
    },
    /// Something is larger than the compiler or the image format can hold.
    #[error("function {func} is too large: {what}")]
    FunctionTooLarge {
        /// The function.
        func: u32,
        /// What is too large.
        what: Box<str>,
    },
    /// The module as a whole exceeds a limit.
    #[error("the module is too large: {what}")]
    ModuleTooLarge {
        /// What is too large.
        what: Box<str>,
    },
    /// The options contradict each other or the target.
    #[error("{message}")]
    Options {
        /// What is wrong and what to do.
        message: Box<str>,
    },
    /// The backend failed where it should not have.
    #[error("the {backend} backend failed on function {func}: {message}")]
    Backend {
        /// Name of the backend.
        backend: &'static str,
        /// The function.
        func: u32,
        /// What it said.
        message: Box<str>,
    },
}

impl CompileError {
    /// A feature that nothing here can compile yet.
    #[cold]
    pub fn not_yet(feature: Feature) -> Self {
        Self::Unsupported { feature, backend: "", isa: String::new() }
    }

    /// A function beyond a limit.
    #[cold]
    pub fn too_large(func: FuncIndex, what: impl Into<Box<str>>) -> Self {
        Self::FunctionTooLarge { func: func.as_u32(), what: what.into() }
    }
}

#[cold]
fn by_whom(backend: &str, isa: &str) -> String {
    if backend.is_empty() { "yet".into() } else { alloc::format!("by the {backend} backend on {isa}") }
}
