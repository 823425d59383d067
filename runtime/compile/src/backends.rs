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

/// A backend of this crate around an optimizing backend that was made for the same settings.
#[cfg(feature = "cranelift")]
pub fn of_cranelift(backend: gantry_cranelift::Backend) -> Box<dyn Compiler> {
    cranelift::from_backend(backend)
}

/// Makes the backend that the settings ask for.
pub(crate) fn create(settings: &Settings) -> Result<Box<dyn Compiler>, CompileError> {
    let default = match &settings.tuning.custom {
        Some(custom) => custom.create(settings)?,
        None => builtin(settings.backend, settings)?,
    };
    if settings.function_backends.is_empty() {
        return Ok(default);
    }
    let mixed = mixed::Mixed::new(default, &settings.function_backends, |kind| builtin(kind, settings))?;
    Ok(Box::new(mixed))
}

/// Makes a backend that this build has.
///
/// # Errors
///
/// If this build does not have it, there is none for the target, or options contradict each other or the target.
pub fn builtin(kind: BackendKind, settings: &Settings) -> Result<Box<dyn Compiler>, CompileError> {
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
