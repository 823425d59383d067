//! Gantry's optimizing backend, on cranelift-codegen.
//!
//! A function goes through three steps: `translate` turns its operators into CLIF, validating each one on
//! the way; cranelift-codegen optimizes that and makes machine code (or Pulley bytecode); `convert` turns
//! the outcome into [`gantry_emit::CompiledFunction`], behind which nobody can tell backends apart.
//!
//! [`Backend`] holds what a whole compilation has in common and is shared by threads; a [`Worker`] holds what one thread
//! reuses from function to function.
#![forbid(unsafe_code)]

mod backend;
#[cfg(feature = "chaos")]
mod chaos;
#[cfg(not(feature = "chaos"))]
#[path = "chaos_disabled.rs"]
mod chaos;
mod convert;
mod merged;
mod passes;
mod translate;
mod worker;

pub use backend::{Backend, Pass};
pub use gantry_frontend::{FunctionInput, TargetFlags};
pub use translate::{libcall_of, trap_code};
pub use worker::Worker;

/// The name of this backend in messages.
pub const NAME: &str = "Cranelift";
