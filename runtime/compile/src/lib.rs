//! WebAssembly in, image out.
//!
//! [`translate`] parses and validates a module into its description, [`compiler`] says what a backend is, [`backends`] holds
//! one adapter each, [`driver`] compiles the functions of a module in parallel,
//! `link` adds trampolines and links, `image` writes the artifact. `objdump` (feature `disasm`) shows artifacts as text.
//!
//! **Invariant:** the output depends on the input and the options alone, not on threads, hash seeds or addresses.
#![forbid(unsafe_code)]

pub mod backends;
pub mod compiler;
pub mod driver;
mod features;
mod image;
mod link;
#[cfg(feature = "disasm")]
pub mod objdump;
pub mod translate;
pub mod tuning;

pub use backends::BackendKind;
pub use driver::{ModuleCompiler, Settings, TargetFlags};
pub use features::validate;
pub use gantry_abi::CompileError;
pub use gantry_emit::WritableBuffer;
