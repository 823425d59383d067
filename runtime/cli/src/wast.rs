//! `gantry wast`: scripts in the format of the specification's tests.

use crate::engine_args::EngineArgs;
use crate::report;
use anyhow::{Result, ensure};
use gantry_filetests::wast::{Report, run_paths, totals};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Flags of `gantry wast`.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    engine: EngineArgs,

    /// Scripts, and folders of scripts.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

/// Runs them all, and prints what failed and the totals.
pub(crate) fn execute(args: &Args) -> Result<ExitCode> {
    let reports = run_paths(args.engine.config()?, &args.files)?;
    ensure!(!reports.is_empty(), "there are no scripts to run");
    for failure in reports.iter().flat_map(|report| &report.failures) {
        report(&anyhow::anyhow!("{failure}"));
    }
    writeln!(std::io::stdout(), "{}", totals(&reports))?;
    Ok(if reports.iter().all(Report::is_success) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
