//! The command line of `gantry-bench`, and of `gantry-bench-peers`, which is the same with more engines.

mod bisect;
mod compare;
mod listing;
mod once;
mod power;
mod run;

use crate::benchmark::{Benchmark, Kind};
use crate::engine::EngineKind;
use crate::inputs::Inputs;
use crate::{report, suites, tables, throughput};
use anyhow::{Result, ensure};
use clap::{Args, Parser, Subcommand};
use std::ffi::OsString;
use std::process::ExitCode;

/// How fast Gantry compiles, starts and runs.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Measure, and append the results to a file.
    Run(run::Args),
    /// Compare two revisions, programs or files of results. Exit code 3: slower beyond the gate.
    Compare(compare::Args),
    /// Make one HTML page of files of results.
    Report(report::Args),
    /// Make tables in Markdown of files of results: each backend beside the same mode of its peer.
    Tables(tables::Args),
    /// Find the revision that made a benchmark slower, by counts or sizes.
    Bisect(bisect::Args),
    /// Show what comparisons find: slow-downs planted on purpose, and how often they raise a false alarm.
    Power(power::Args),
    /// Compile throughput of several engines side by side, as a table.
    Throughput(throughput::Args),
    /// Print the names of all benchmarks.
    List(ListArgs),
    /// Run one benchmark once in this process: what other subcommands start under a profiler.
    #[command(hide = true)]
    Once(once::Args),
    /// Print the code of a benchmark.
    #[command(hide = true)]
    Listing(listing::Args),
}

/// Flags of `list`.
#[derive(Args)]
struct ListArgs {
    #[command(flatten)]
    selection: Selection,
    /// Only those whose instructions are counted.
    #[arg(long)]
    counted: bool,
}

/// Which benchmarks.
#[derive(Args, Clone, Debug, Default)]
pub struct Selection {
    /// Suites, all if none is given.
    #[arg(long = "suite", value_name = "SUITE", value_delimiter = ',', value_parser = clap::builder::PossibleValuesParser::new(suites::ALL_NAMES.iter().copied()))]
    pub suites: Vec<String>,
    /// Engines, all if none is given.
    #[arg(long = "backend", value_name = "NAME", value_delimiter = ',')]
    pub engines: Vec<String>,
    /// Only benchmarks whose name contains one of these.
    #[arg(long, value_name = "TEXT", value_delimiter = ',')]
    pub only: Vec<String>,
    /// No benchmarks whose name contains one of these.
    #[arg(long, value_name = "TEXT", value_delimiter = ',')]
    pub except: Vec<String>,
}

impl Selection {
    /// The benchmarks that it selects, in the order in which they are measured.
    ///
    /// # Errors
    ///
    /// If it names an engine that is not there, or selects nothing.
    pub fn benchmarks<'a>(&self, engines: &'a [EngineKind], inputs: &'a Inputs) -> Result<Vec<Benchmark<'a>>> {
        self.check_engines(engines)?;
        let suite = |name: &str| self.suites.is_empty() || self.suites.iter().any(|s| s == name);
        let mut list = suites::benchmarks(engines, inputs, &suite);
        list.retain(|b| self.selects_engine(&b.id.engine));
        list.retain(|b| self.selects_name(&b.id.to_string()));
        ensure!(!list.is_empty(), "no benchmark has such a name: the subcommand `list` prints all");
        Ok(list)
    }

    /// The same as arguments of another process.
    pub fn to_args(&self) -> Vec<String> {
        let Self { suites, engines, only, except } = self;
        let flag = |name: &'static str, values: &[String]| -> Vec<String> {
            values.iter().flat_map(|v| [name.to_owned(), v.clone()]).collect()
        };
        [flag("--suite", suites), flag("--backend", engines), flag("--only", only), flag("--except", except)].concat()
    }

    /// Whether it selects a name, as far as parts of names go.
    pub fn selects_name(&self, name: &str) -> bool {
        let any = |texts: &[String]| texts.iter().any(|text| name.contains(text.as_str()));
        (self.only.is_empty() || any(&self.only)) && !any(&self.except)
    }

    /// Whether it selects an engine.
    pub fn selects_engine(&self, name: &str) -> bool {
        self.engines.is_empty() || self.engines.iter().any(|e| e == name)
    }

    /// # Errors
    ///
    /// If it names an engine that is not there.
    pub fn check_engines(&self, engines: &[EngineKind]) -> Result<()> {
        for name in &self.engines {
            let names: Vec<_> = engines.iter().map(|e| e.name.as_str()).collect();
            ensure!(names.contains(&name.as_str()), "there is no backend {name:?}; there is: {}", names.join(", "));
        }
        Ok(())
    }
}

/// Runs the command line over these engines.
pub fn main(engines: &[EngineKind]) -> ExitCode {
    run_from(std::env::args_os(), engines)
}

/// Runs a command line, the first argument of which is the name of the program.
pub fn run_from(args: impl IntoIterator<Item = OsString>, engines: &[EngineKind]) -> ExitCode {
    let result = match Cli::parse_from(args).command {
        Command::Run(args) => run::execute(&args, engines),
        Command::Compare(args) => compare::execute(&args),
        Command::Report(args) => report::execute(&args),
        Command::Tables(args) => tables::execute(&args),
        Command::Bisect(args) => bisect::execute(&args),
        Command::Power(args) => power::execute(&args),
        Command::Listing(args) => listing::execute(&args, engines),
        Command::Throughput(args) => throughput::execute(&args, engines),
        Command::List(args) => list(&args, engines),
        Command::Once(args) => once::execute(&args, engines),
    };
    result.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

fn list(args: &ListArgs, engines: &[EngineKind]) -> Result<ExitCode> {
    let inputs = Inputs::load()?;
    let list = args.selection.benchmarks(engines, &inputs)?;
    for suite in suites::ALL {
        let of_suite: Vec<_> = list.iter().filter(|b| b.id.suite == suite.name).collect();
        if !of_suite.is_empty() && !args.counted {
            println!("# {}: {}", suite.name, suite.doc);
        }
        for benchmark in of_suite {
            if !args.counted || matches!(&benchmark.kind, Kind::Run(running) if running.counted) {
                println!("{}", benchmark.id);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
