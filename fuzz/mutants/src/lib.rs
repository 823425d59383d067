//! Compilers with known bugs, by which the fuzzing is measured: how many of them it finds, and how fast.
//!
//! The bugs are decorators around the engine's own seams, so that the engine contains nothing of them: [`masm`] around the
//! assemblers of the single-pass compiler, [`clif`] between translation and optimization, [`compiled`] behind any compiler,
//! [`bytecode`] in front of the interpreter. [`table`] lists them all; [`hunt`] looks for one of them by fuzzing, and
//! [`score`] for all; [`assembler`] for those of assemblers, by calling their methods.

pub mod assembler;
pub mod bytecode;
pub mod clif;
pub mod compiled;
pub mod hunt;
pub mod masm;
pub mod score;
mod seam;
pub mod table;

pub use seam::{Seam, register};
