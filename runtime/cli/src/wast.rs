//! `gantry wast`: scripts in the format of the specification's tests.

use crate::engine_args::EngineArgs;
use crate::report;
use anyhow::{Context, Result};
use gantry_filetests::wast::{Totals, run_file};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Flags of `gantry wast`.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    engine: EngineArgs,

    /// Scripts.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

/// Runs them all, and prints what failed and the totals.
pub(crate) fn execute(args: &Args) -> Result<ExitCode> {
    let engine = args.engine.engine()?;
    let mut totals = Totals::default();
    let mut success = true;
    for file in &args.files {
        let found = run_file(&engine, file).with_context(|| format!("cannot run {}", file.display()))?;
        for failure in &found.failures {
            report(&anyhow::anyhow!("{failure}"));
        }
        success &= found.is_success();
        totals.add(&found.totals);
    }
    writeln!(std::io::stdout(), "{totals}")?;
    Ok(if success { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
