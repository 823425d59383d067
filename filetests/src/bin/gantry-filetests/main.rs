//! The runner of the textual tests, without the rest of the `gantry` command, and what makes tests.

mod mutants;

use anyhow::Result;
use clap::{Parser, Subcommand};
use gantry_filetests::cells::{self, Row};
use gantry_filetests::coverage::{Coverage, Record};
use gantry_filetests::generate::{write_clif, write_winch};
use gantry_filetests::{command, runner, status};
use std::path::{Path, PathBuf};
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
    /// Makes tests of the single-pass backend: one function for each operator; `test --bless` adds what they become.
    GenerateWinch {
        /// Where the files go.
        folder: PathBuf,
    },
    /// Runs tests in CLIF and says which operations they reach; with records of other runs, also what those did.
    Coverage {
        /// The tests.
        #[arg(default_value = "filetests")]
        files: Vec<PathBuf>,
        /// Only records what this process reaches, in this folder.
        #[arg(long, value_name = "FOLDER")]
        record: Option<PathBuf>,
        /// Writes the table as a page to this file.
        #[arg(long)]
        html: Option<PathBuf>,
    },
    /// Says what an instruction set still lacks, with the command for each step.
    IsaStatus {
        /// The instruction set.
        #[arg(value_parser = cells::row)]
        isa: &'static Row,
        /// The folder of the tests.
        #[arg(default_value = "filetests")]
        folder: PathBuf,
    },
    /// Makes instructions wrong, one bit of one kind at a time, and counts how often tests notice.
    Mutate(mutants::Args),
}

fn main() -> ExitCode {
    execute(Args::parse().command).unwrap_or_else(|e| {
        eprintln!("error: {e:#}");
        ExitCode::FAILURE
    })
}

fn execute(command: Command) -> Result<ExitCode> {
    match command {
        Command::Test(args) => command::execute(&args),
        Command::GenerateClif { folder } => generate_clif(&folder),
        Command::GenerateWinch { folder } => {
            println!("{} functions", write_winch(&folder)?);
            Ok(ExitCode::SUCCESS)
        }
        Command::Coverage { files, record, html } => coverage(&files, record.as_deref(), html.as_deref()),
        Command::IsaStatus { isa, folder } => {
            print!("{}", status::table(isa, &folder)?);
            Ok(ExitCode::SUCCESS)
        }
        Command::Mutate(args) => mutants::execute(&args),
    }
}

fn coverage(files: &[PathBuf], record: Option<&Path>, html: Option<&Path>) -> Result<ExitCode> {
    let reached = Record::of_files(&runner::find(files)?)?;
    if let Some(folder) = record {
        println!("{}", reached.write(folder, "operations")?.display());
        return Ok(ExitCode::SUCCESS);
    }
    let mut coverage = Coverage::new()?;
    coverage.add(&reached);
    print!("{}", coverage.to_text());
    if let Some(path) = html {
        std::fs::write(path, coverage.to_html())?;
    }
    Ok(ExitCode::SUCCESS)
}

fn generate_clif(folder: &Path) -> Result<ExitCode> {
    std::panic::set_hook(Box::new(|_| ()));
    let written = write_clif(&cells::distinct(), folder)?;
    for line in &written.left_out {
        println!("left out: {line}");
    }
    for line in &written.disagreements {
        println!("DISAGREEMENT: {line}");
    }
    let computed: usize = written.computed.values().sum();
    println!("{} files, {} functions", written.files, written.functions);
    println!("{} calls from Cranelift's interpreter, {computed} computed by the generator:", written.interpreted);
    for (opcode, calls) in &written.computed {
        println!("    {calls} of {opcode}");
    }
    println!("{} calls confirmed by this machine", written.confirmed);
    Ok(if written.disagreements.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
