//! The runner of the textual tests, without the rest of the `gantry` command.

use clap::{Parser, Subcommand};
use gantry_filetests::command;
use std::process::ExitCode;

/// Runs textual tests.
#[derive(Parser)]
#[command(version, about)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs test files: what `gantry test` does.
    Test(command::Args),
}

fn main() -> anyhow::Result<ExitCode> {
    match Args::parse().command {
        Command::Test(args) => command::execute(&args),
    }
}
