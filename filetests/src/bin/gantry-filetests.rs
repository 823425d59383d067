//! The runner of the textual tests, without the rest of the `gantry` command, and what makes tests.

use anyhow::Result;
use clap::{Parser, Subcommand};
use gantry_filetests::cells::{ROWS, Row};
use gantry_filetests::command;
use gantry_filetests::generate::{Operations, write_clif};
use std::path::PathBuf;
use std::process::ExitCode;

/// Runs and makes textual tests.
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
    /// Makes tests in CLIF: one function for each operation that the translation produces.
    GenerateClif {
        /// Where the files go.
        folder: PathBuf,
    },
}

fn main() -> Result<ExitCode> {
    match Args::parse().command {
        Command::Test(args) => command::execute(&args),
        Command::GenerateClif { folder } => generate_clif(&folder),
    }
}

fn generate_clif(folder: &std::path::Path) -> Result<ExitCode> {
    std::panic::set_hook(Box::new(|_| ()));
    let rows: Vec<&Row> = ROWS.iter().filter(|row| !row.isa.is_big_endian() || !row.isa.is_pulley()).collect();
    let written = write_clif(&Operations::collect(&rows)?, folder)?;
    for line in &written.left_out {
        println!("left out: {line}");
    }
    for line in &written.disagreements {
        println!("DISAGREEMENT: {line}");
    }
    println!(
        "{} files, {} functions, {} calls from the interpreter, {} from this machine",
        written.files, written.functions, written.by_interpreter, written.by_host
    );
    Ok(if written.disagreements.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
