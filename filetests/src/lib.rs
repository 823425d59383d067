//! Textual tests and spec tests, run on every backend.
//!
//! * [`runner`]: test files in, reports out; [`clif`] and [`wat`] are its two formats.
//! * [`cells`]: where tests can run, one row for each instruction set.
//! * [`generate`] makes tests by rule; [`coverage`], [`status`] and [`mutate`] say what tests are missing.
//! * [`wast`]: scripts of the specification, and [`mod@derive`] their twins; [`matrix`]: features by backends, from a run of them.
//! * [`programs`]: real programs with their expected output.

#![deny(unsafe_code)]

pub mod cells;
pub mod clif;
pub mod command;
pub mod coverage;
pub mod derive;
pub mod generate;
pub mod matrix;
pub mod mutate;
pub mod options;
pub mod programs;
pub mod report;
pub mod runner;
pub mod status;
pub mod wast;
pub mod wat;

/// The message of a panic.
pub(crate) fn panic_message(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("without a message")
}

/// The commands that run a file again and that accept what it does now.
pub(crate) fn commands_for(file: &str) -> String {
    format!("run it again:  gantry test {file}\naccept this:   gantry test --bless {file}\n")
}
