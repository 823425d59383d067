//! `gantry matrix`: what works on which backend, from a run of the specification's tests.

use crate::engine_args::EngineArgs;
use anyhow::Result;
use gantry_filetests::matrix::Matrix;
use std::io::Write;
use std::process::ExitCode;

/// Flags of `gantry matrix`.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    engine: EngineArgs,

    /// Prints JSON and not Markdown.
    #[arg(long)]
    json: bool,
}

/// Runs the tests and prints the table. Fails if any test does.
pub(crate) fn execute(args: &Args) -> Result<ExitCode> {
    let compilers = gantry::BackendKind::ALL.iter().map(ToString::to_string);
    let backends: Vec<String> = compilers.chain([gantry::PULLEY.to_owned()]).collect();
    let backends: Vec<&str> = backends.iter().map(String::as_str).collect();
    let matrix = Matrix::run(&backends, || args.engine.config())?;
    let text = if args.json { matrix.to_json()? + "\n" } else { matrix.to_markdown() };
    std::io::stdout().write_all(text.as_bytes())?;
    let failed = matrix.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.failed > 0);
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
