//! Instruction emission shared by all of Gantry's backends.
#![no_std]

extern crate alloc;

pub mod function;

pub use function::*;
