//! What compilers can be told that is for those who look for what is wrong with them: no option, and not in artifacts.

use crate::compiler::Compiler;
use crate::driver::Settings;
use gantry_abi::CompileError;
use std::fmt;
use std::sync::Arc;

/// Counts optimizations of the single-pass backend, and allows only the first ones.
#[cfg(feature = "winch")]
pub use gantry_winch::{Limit as WinchLimit, Taken as WinchOptimization};

/// What compilers can be told beyond options.
#[derive(Clone, Debug, Default)]
pub struct Tuning {
    /// A backend in place of the one that is named.
    pub custom: Option<CustomBackend>,
    /// Settings of cranelift-codegen's own, by name, in place of what the options make of them. Those that change the ABI
    /// make code that does not run.
    pub cranelift_settings: Vec<(String, String)>,
    /// The seed of cranelift-codegen's choices, if it is to choose at random. That needs the feature `chaos`.
    pub cranelift_chaos: Option<u64>,
    /// How many optimizations Winch takes; all if there is no limit. Numbers mean the same each time if functions are not
    /// compiled in parallel.
    #[cfg(feature = "winch")]
    pub winch_limit: Option<Arc<WinchLimit>>,
}

/// A backend that somebody else provides: it is made from the settings, as those that this build has are.
#[derive(Clone)]
pub struct CustomBackend(Arc<MakeCompiler>);

type MakeCompiler = dyn Fn(&Settings) -> Result<Box<dyn Compiler>, CompileError> + Send + Sync;

impl CustomBackend {
    /// A backend that `make` makes.
    pub fn new(make: impl Fn(&Settings) -> Result<Box<dyn Compiler>, CompileError> + Send + Sync + 'static) -> Self {
        Self(Arc::new(make))
    }

    pub(crate) fn create(&self, settings: &Settings) -> Result<Box<dyn Compiler>, CompileError> {
        (self.0)(settings)
    }
}

impl fmt::Debug for CustomBackend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CustomBackend")
    }
}
