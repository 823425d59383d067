//! Gantry's embedding API: run WebAssembly from Rust.
