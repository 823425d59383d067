//! The contract between Gantry's compilers and its runtime.
