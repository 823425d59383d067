//! `gantry test`: textual tests, per instruction set.

use anyhow::Result;
use gantry_filetests::command;
use std::process::ExitCode;

/// Flags of `gantry test`.
pub(crate) use command::Args;

/// Runs them all, and prints what failed and the sums.
pub(crate) fn execute(args: &Args) -> Result<ExitCode> {
    command::execute(args)
}
