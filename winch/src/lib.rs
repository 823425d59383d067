//! Winch: Gantry's single-pass compiler.
//!
//! Operators become machine code as they are validated: no intermediate representation, no second pass, and no allocation
//! once a worker is warm. [`masm`] is all that an instruction set has to implement; [`compile`](self) knows none.
#![forbid(unsafe_code)]

mod backend;
mod compile;
mod isa;
mod limit;
pub mod masm;
pub mod reg;

pub use backend::{Backend, Worker};
pub use gantry_frontend::{FunctionInput, TargetFlags};
pub use isa::{A64, X64};
pub use limit::{Limit, Optimization, Taken};

/// Name of the backend.
pub const NAME: &str = "winch";

/// Frames of at most this many bytes fit in the reserve behind the stack limit.
const SMALL_FRAME: u32 = 16 << 10;

/// The largest frame in bytes.
const MAX_FRAME: u32 = 64 << 20;
