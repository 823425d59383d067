//! Rows of operations that have a handler of their own: those that real programs execute most (`gantry run --profile`).
//!
//! The number of a row is its bit in `CodeOptions::disabled_patterns`; rows are only ever added at the end.

pub(crate) const PATTERNS: &[&str] = &[];
