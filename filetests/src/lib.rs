//! Textual tests and spec tests, run on every backend.

#![forbid(unsafe_code)]

pub mod matrix;
pub mod programs;
pub mod wast;
