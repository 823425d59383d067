//! Gantry's embedding API: run WebAssembly from Rust.

mod sys;
mod vm;
