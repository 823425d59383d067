//! `gantry matrix`: what works on which backend, from a run of the specification's tests.

use crate::engine_args::EngineArgs;
use anyhow::{Context, Result};
use gantry_filetests::coverage::Coverage;
use gantry_filetests::matrix::Matrix;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Flags of `gantry matrix`.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    engine: EngineArgs,

    /// Prints JSON and not Markdown.
    #[arg(long)]
    json: bool,

    /// Shows what tests reached, from the records in this folder, and not features: operations and operators by backend and
    /// instruction set. Tests write records if GANTRY_COVERAGE names a folder.
    #[arg(long, value_name = "FOLDER", conflicts_with = "json")]
    coverage: Option<PathBuf>,

    /// Writes what tests reached as a page to this file.
    #[arg(long, value_name = "FILE", requires = "coverage")]
    html: Option<PathBuf>,
}

/// Runs the tests and prints the table. Fails if any test does.
pub(crate) fn execute(args: &Args) -> Result<ExitCode> {
    if let Some(folder) = &args.coverage {
        return coverage(folder, args.html.as_deref());
    }
    let compilers = gantry::BackendKind::ALL.iter().map(ToString::to_string);
    let backends: Vec<String> = compilers.chain([gantry::PULLEY.to_owned()]).collect();
    let backends: Vec<&str> = backends.iter().map(String::as_str).collect();
    let matrix = Matrix::run(&backends, || args.engine.config())?;
    let text = if args.json { matrix.to_json()? + "\n" } else { matrix.to_markdown() };
    std::io::stdout().write_all(text.as_bytes())?;
    let failed = matrix.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.failed > 0);
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Prints what the records in a folder reach.
fn coverage(folder: &Path, html: Option<&Path>) -> Result<ExitCode> {
    let mut coverage = Coverage::new()?;
    coverage.add_folder(folder)?;
    if let Some(path) = html {
        std::fs::write(path, coverage.to_html()).with_context(|| format!("cannot write {}", path.display()))?;
    }
    std::io::stdout().write_all(coverage.to_text().as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
