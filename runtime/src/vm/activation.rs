//! The activations of wasm on a thread: entering, leaving, stopping.
