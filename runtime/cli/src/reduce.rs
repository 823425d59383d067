//! `gantry reduce`: from a module on which backends differ to what is to blame.

use crate::diff::PlanArgs;
use anyhow::Result;
use gantry_oracles::reduce::{Reducer, repro};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// Flags of `gantry reduce`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A module, binary or text; a case of a fuzzer, which is a module with its options; or a folder of this command.
    #[arg(value_name = "FILE")]
    file: PathBuf,

    #[command(flatten)]
    plan: PlanArgs,

    /// The folder in which a folder for this case is made.
    #[arg(short, long, value_name = "FOLDER", default_value = "repro")]
    output: PathBuf,

    /// About how long it may take.
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    seconds: u64,
}

/// Reduces the case, and prints who is to blame.
pub(crate) fn execute(args: &Args) -> Result<ExitCode> {
    let case = args.plan.read(&args.file)?;
    let mut worker = args.plan.worker()?;
    let reduced = Reducer::new(&mut worker, Duration::from_secs(args.seconds)).reduce(&case)?;
    let folder = repro::write(&reduced, &args.output)?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}: {}", reduced.class, reduced.what)?;
    for (number, engine) in reduced.case.options.engine.iter().enumerate() {
        writeln!(out, "{}:    {engine}", if number == 0 { "right" } else { "wrong" })?;
    }
    writeln!(out, "function: {}\ncause:    {}", reduced.blame.function, reduced.blame.cause)?;
    writeln!(
        out,
        "{} bytes of {}, {} cases judged in {:.1} s: {}",
        reduced.case.wasm.len(),
        case.wasm.len(),
        reduced.judged,
        reduced.time.as_secs_f64(),
        folder.display()
    )?;
    Ok(ExitCode::SUCCESS)
}
