//! The command line of the runner, for `gantry test` and `gantry-filetests`.

use crate::cells::{self, Row};
use crate::mutate::Mutation;
use crate::options::Options;
use crate::report::{Status, Summary, counted};
use crate::runner;
use anyhow::Result;
use gantry_emit::Isa;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Arguments of the runner.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// Test files (.clif, .wat), and folders of them.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// Rewrites expectations that are not met (also GANTRY_BLESS=1).
    #[arg(long)]
    bless: bool,

    /// Checks only code of this instruction set; may be given several times.
    #[arg(long, value_name = "ISA", value_parser = cells::row)]
    isa: Vec<&'static Row>,

    /// Fails unless calls ran on each of the instruction sets asked for.
    #[arg(long, requires = "isa")]
    must_run: bool,

    /// Prints only the summary.
    #[arg(long, short)]
    quiet: bool,

    /// Runs one file after the other and names each before: shows which file makes the process crash.
    #[arg(long)]
    trace: bool,

    /// Makes one bit of every instruction with this mnemonic wrong, to see whether tests notice.
    #[arg(long, value_name = "MNEMONIC:BIT", hide = true)]
    mutation: Option<Mutation>,
}

/// Runs tests, prints what failed and the sums, and says whether all is well.
///
/// # Errors
///
/// If the arguments are wrong, or output cannot be written.
pub fn execute(args: &Args) -> Result<ExitCode> {
    let isas: Vec<Isa> = args.isa.iter().map(|row| row.isa).collect();
    let colour = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let options = Options { bless: args.bless, isas: isas.clone(), colour, mutation: args.mutation.clone() }
        .from_environment()?;
    // Panics of the compiler under test are failures with a name: where they happened is all that is missing.
    std::panic::set_hook(Box::new(|info| eprintln!("{info}")));
    let files = runner::find(&args.files)?;
    let reports = match args.trace {
        true => files
            .iter()
            .flat_map(|file| {
                eprintln!("{}", file.display());
                runner::run(std::slice::from_ref(file), &options)
            })
            .collect(),
        false => runner::run(&files, &options),
    };
    let mut out = std::io::stdout().lock();
    for report in &reports {
        for line in &report.printed {
            writeln!(out, "{}: {line}", report.name)?;
        }
        for (cell, status) in &report.checks {
            match status {
                Status::Failed(message) if !args.quiet => {
                    writeln!(out, "FAILED {} [{cell}]: {}", report.name, message.trim_end())?;
                }
                _ => {}
            }
        }
    }
    let summary = Summary::of(&reports);
    write!(out, "{summary}")?;
    let (failed, passed) = (summary.failed(), summary.passed());
    let files = counted(reports.len() as u64, "file");
    writeln!(out, "{files}: {} passed, {failed} failed", counted(passed, "check"))?;
    let idle = isas.iter().filter(|isa| args.must_run && summary.calls_on(isa.name()) == 0);
    let idle: Vec<&str> = idle.map(|isa| isa.name()).collect();
    if !idle.is_empty() {
        writeln!(out, "FAILED: no call ran on {}", idle.join(", "))?;
    }
    Ok(if failed == 0 && idle.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
