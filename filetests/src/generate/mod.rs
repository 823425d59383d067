//! Makes tests by rule: what the translation produces, one operation at a time.

pub mod edges;
mod operations;
pub mod sweep;
mod values;
mod write;

pub use operations::{Operation, Operations};
pub use write::write_clif;
