//! Instruction sets: one folder and one row each.

mod aarch64;
mod x86_64;

pub use aarch64::A64;
pub use x86_64::X64;

use crate::backend::{Compile, Settings};
use gantry_emit::Isa;

/// Makes what compiles functions on one thread; the function says which features are on, by name.
pub(crate) type NewWorker = fn(&Settings, &dyn Fn(&str) -> bool) -> Box<dyn Compile>;

/// What an ISA's folder provides.
pub(crate) struct Target {
    pub(crate) isa: Isa,
    /// CPU features that code can use or has to.
    pub(crate) flags: &'static [Flag],
    /// Makes what compiles functions.
    pub(crate) worker: NewWorker,
}

/// A CPU feature.
pub(crate) struct Flag {
    /// Its name among cranelift-codegen's settings.
    pub(crate) name: &'static str,
    /// Whether code cannot do without.
    pub(crate) floor: bool,
    /// Whether the processor that this runs on has it.
    pub(crate) on_host: fn() -> bool,
}

impl Flag {
    /// Its own name.
    pub(crate) fn short(&self) -> &'static str {
        self.name.trim_start_matches("has_")
    }
}

/// Every ISA.
pub(crate) static TARGETS: [&Target; 2] = [&x86_64::TARGET, &aarch64::TARGET];
