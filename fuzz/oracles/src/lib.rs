//! Generators of test cases and the oracles that judge them, as plain functions: for fuzzing, and for tests with fixed seeds.
//!
//! A [`case::Case`] is a module with options; a [`plan::Plan`] says what every engine does with it; [`run`] does it and gives a
//! [`trace::Trace`]; [`diff`] compares the traces of all engines of the case. [`targets`] is the one table of what there is to
//! fuzz; each target is a function of bytes.

pub mod arbiter;
pub mod case;
pub mod diff;
pub mod engine;
pub mod generate;
pub mod limits;
pub mod masm;
pub mod operators;
pub mod plan;
mod quiet;
pub mod reduce;
pub mod run;
pub mod targets;
pub mod trace;
pub mod value;
pub mod weave;
pub mod worker;
