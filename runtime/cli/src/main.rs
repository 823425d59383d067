//! The `gantry` command: one file per subcommand.
//!
//! Exit codes: that of the program that ran; 134 if it trapped (as a process that aborts); 2 for wrong usage; 1 for every
//! other error.

mod compile;
mod diff;
mod engine_args;
mod load;
mod matrix;
mod objdump;
mod profile;
mod progress;
mod reduce;
mod run;
mod settings;
mod test;
mod wast;

use clap::{Parser, Subcommand};
use gantry::WasmBacktrace;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

/// Runs, compiles, inspects and tests WebAssembly.
#[derive(Parser)]
#[command(version, about, after_help = EXIT_CODES)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str =
    "Exit codes: that of the program that ran; 134 if it trapped; 2 for wrong usage; 1 for any other error.";

#[derive(Subcommand)]
enum Command {
    /// Runs a program or one exported function.
    Run(run::Args),
    /// Compiles a module ahead of time.
    Compile(compile::Args),
    /// Says whether modules are valid.
    Validate(compile::ValidateArgs),
    /// Shows machine code, with the offsets of the operators that it was made from.
    Objdump(objdump::Args),
    /// Runs textual tests: CLIF and WebAssembly with what is expected of them, per instruction set.
    Test(test::Args),
    /// Runs scripts in the format of the specification's tests.
    Wast(wast::Args),
    /// Runs the specification's tests, and prints features by backends.
    Matrix(matrix::Args),
    /// Runs one module on every backend with every set of options, and prints where they differ.
    Diff(diff::Args),
    /// Reduces a module on which backends differ, and says which function and which optimization is to blame.
    Reduce(reduce::Args),
    /// Lists features, options and CPU features with their values.
    Settings(settings::Args),
}

/// Exit code of a program that trapped.
const TRAPPED: u8 = 134;

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_env("GANTRY_LOG"))
        .with_writer(std::io::stderr)
        .init();
    let result = match Args::parse().command {
        Command::Run(args) => run::execute(&args),
        Command::Compile(args) => compile::execute(&args),
        Command::Validate(args) => compile::validate(&args),
        Command::Objdump(args) => objdump::execute(&args),
        Command::Test(args) => test::execute(&args),
        Command::Wast(args) => wast::execute(&args),
        Command::Matrix(args) => matrix::execute(&args),
        Command::Diff(args) => diff::execute(&args),
        Command::Reduce(args) => reduce::execute(&args),
        Command::Settings(args) => settings::execute(&args),
    };
    result.unwrap_or_else(|error| {
        if error.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == ErrorKind::BrokenPipe) {
            // Whoever reads the output has seen enough.
            return ExitCode::SUCCESS;
        }
        report(&error);
        ExitCode::FAILURE
    })
}

/// Prints an error with its causes, and where in the guest it happened. Where nobody listens, nothing is said.
fn report(error: &anyhow::Error) {
    let backtrace = error.downcast_ref::<WasmBacktrace>().map(ToString::to_string);
    let causes = error.chain().map(ToString::to_string).filter(|cause| backtrace.as_ref() != Some(cause));
    let causes: Vec<_> = causes.collect();
    let mut err = std::io::stderr().lock();
    let _ = writeln!(err, "error: {}", causes.join(": "));
    if let Some(backtrace) = backtrace {
        let _ = writeln!(err, "{backtrace}");
    }
}
