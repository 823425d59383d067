//! The backends that this build has: one adapter each.

#[cfg(feature = "cranelift")]
mod cranelift;
mod mixed;
#[cfg(feature = "winch")]
mod winch;

use crate::compiler::Compiler;
use crate::driver::Settings;
use gantry_abi::CompileError;
use std::fmt;
use std::str::FromStr;

/// A backend by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BackendKind {
    /// The optimizing backend.
    #[default]
    Cranelift,
    /// The single-pass backend.
    Winch,
}

impl BackendKind {
    /// Every backend.
    pub const ALL: &[Self] = &[Self::Cranelift, Self::Winch];
}

impl fmt::Display for BackendKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Cranelift => "cranelift",
            Self::Winch => "winch",
        })
    }
}

impl FromStr for BackendKind {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.iter().copied().find(|b| b.to_string() == text).ok_or_else(|| {
            let names: Vec<_> = Self::ALL.iter().map(ToString::to_string).collect();
            format!("there is no backend called {text:?}; there are: {}", names.join(", "))
        })
    }
}

/// Makes the backend that the settings ask for.
pub(crate) fn create(settings: &Settings) -> Result<Box<dyn Compiler>, CompileError> {
    let default = create_one(settings.backend, settings)?;
    if settings.function_backends.is_empty() {
        return Ok(default);
    }
    let mixed = mixed::Mixed::new(default, &settings.function_backends, |kind| create_one(kind, settings))?;
    Ok(Box::new(mixed))
}

/// Makes one backend.
fn create_one(kind: BackendKind, settings: &Settings) -> Result<Box<dyn Compiler>, CompileError> {
    match kind {
        #[cfg(feature = "cranelift")]
        BackendKind::Cranelift => cranelift::create(settings),
        #[cfg(not(feature = "cranelift"))]
        BackendKind::Cranelift => {
            Err(CompileError::Options { message: "this build does not contain the cranelift backend".into() })
        }
        #[cfg(feature = "winch")]
        BackendKind::Winch => winch::create(settings),
        #[cfg(not(feature = "winch"))]
        BackendKind::Winch => {
            Err(CompileError::Options { message: "this build does not contain the winch backend".into() })
        }
    }
}
