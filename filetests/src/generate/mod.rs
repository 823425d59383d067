//! Makes tests by rule: what the translation produces, one operation at a time.

mod arithmetic;
pub mod edges;
mod function;
mod operations;
pub mod sweep;
mod values;
mod winch;
mod write;

pub use operations::{Operation, Operations};
pub use winch::write_winch;
pub use write::write_clif;
