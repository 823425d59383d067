//! `gantry-mutants`: looks for compilers with known bugs, by fuzzing.

use anyhow::{Context, Result, ensure};
use clap::{Parser, Subcommand};
use gantry_mutants::assembler::{self, Found};
use gantry_mutants::hunt;
use gantry_mutants::score::{self, Protocol};
use gantry_mutants::table::{self, MUTANTS, Mutant};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Measures the fuzzing by compilers with known bugs.
#[derive(Parser)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Lists the mutants.
    List,
    /// Looks for mutants, and prints which were found, by what, and how fast. Fails if it meets a bug of the engine itself.
    Score(ScoreArgs),
    /// Looks for mutants of assemblers by calling their methods, and prints after how many programs each was found.
    Assembler {
        /// Names or parts of names; all if there are none.
        names: Vec<String>,
        /// Where programs begin.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Programs per mutant.
        #[arg(long, default_value_t = 2000)]
        programs: u64,
    },
    /// Looks for one of them in this process, and prints the number of the program.
    #[command(hide = true)]
    AssemblerHunt {
        /// The mutant.
        name: String,
        /// Where programs begin.
        #[arg(long)]
        seed: u64,
        /// How many there are.
        #[arg(long)]
        programs: u64,
    },
    /// Looks for one mutant in this process, and prints how it went as JSON.
    #[command(hide = true)]
    Hunt {
        /// The mutant.
        name: String,
        /// Where cases begin.
        #[arg(long)]
        seed: u64,
        /// Seconds of the processor.
        #[arg(long)]
        seconds: f64,
        /// Where the case that runs is written.
        #[arg(long)]
        file: PathBuf,
    },
    /// Judges the cases that come on standard input.
    #[command(hide = true)]
    Worker,
}

#[derive(clap::Args)]
struct ScoreArgs {
    /// Mutants to look for: names or parts of names; all if there are none.
    names: Vec<String>,

    /// Seeds per mutant.
    #[arg(long, default_value_t = 5)]
    seeds: u64,

    /// Seconds of the processor per seed.
    #[arg(long, default_value_t = 600.0)]
    seconds: f64,

    /// Only those that die within seconds; fails if one does not.
    #[arg(long)]
    smoke: bool,

    /// Reduces what is found, into folders below this one.
    #[arg(long, value_name = "FOLDER")]
    repro: Option<PathBuf>,

    /// Writes the table as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,

    /// Writes the table as Markdown, which is printed otherwise.
    #[arg(long, value_name = "FILE")]
    markdown: Option<PathBuf>,
}

fn main() -> Result<ExitCode> {
    gantry_mutants::register();
    match Args::parse().command {
        Command::List => {
            let mut out = std::io::stdout().lock();
            for Mutant { name, class, seam, origin } in MUTANTS {
                writeln!(out, "{name:32} {class:12?} {:16} {}", seam.name(), origin.unwrap_or_default())?;
            }
        }
        Command::Score(args) => return execute(&args),
        Command::Assembler { names, seed, programs } => return assembler(&names, seed, programs),
        Command::AssemblerHunt { name, seed, programs } => {
            let (_, bug) = assembler::mutants()
                .find(|(mutant, _)| mutant.name == name)
                .with_context(|| format!("there is no mutant of an assembler called {name:?}"))?;
            if let Some(number) = assembler::run(bug, seed, programs)? {
                writeln!(std::io::stdout(), "{number}")?;
            }
        }
        Command::Hunt { name, seed, seconds, file } => {
            let mutant = table::find(&name).with_context(|| format!("there is no mutant called {name:?}"))?;
            let hunt = hunt::run(mutant, seed, seconds, &file)?;
            serde_json::to_writer(std::io::stdout(), &hunt)?;
        }
        Command::Worker => gantry_oracles::worker::serve()?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Fails if a mutant survives that programs can show.
fn assembler(names: &[String], seed: u64, programs: u64) -> Result<ExitCode> {
    let program = std::env::current_exe().context("cannot find this program")?;
    let mut out = std::io::stdout().lock();
    let (mut found, mut count) = (0, 0);
    for (mutant, _) in assembler::mutants() {
        if !names.is_empty() && !names.iter().any(|name| mutant.name.contains(name.as_str())) {
            continue;
        }
        if assembler::is_out_of_reach(mutant) {
            writeln!(out, "{:32} out of reach: programs ask the runtime for nothing but traps", mutant.name)?;
            continue;
        }
        count += 1;
        let verdict = match assembler::hunt(&program, mutant, seed, programs)? {
            Some(Found::Program(number)) => format!("program {number}"),
            Some(Found::Crash) => "the process died".to_owned(),
            Some(Found::Endless) => "a program never ended".to_owned(),
            None => "missed".to_owned(),
        };
        found += usize::from(verdict != "missed");
        writeln!(out, "{:32} {verdict}", mutant.name)?;
    }
    ensure!(count > 0, "there are no such mutants");
    writeln!(out, "{found} of {count} found")?;
    Ok(if found == count { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn execute(args: &ScoreArgs) -> Result<ExitCode> {
    let wanted = |mutant: &&Mutant| {
        let named = args.names.is_empty() || args.names.iter().any(|name| mutant.name.contains(name.as_str()));
        named && (!args.smoke || table::SMOKE.contains(&mutant.name))
    };
    let mutants: Vec<&'static Mutant> = MUTANTS.iter().filter(wanted).collect();
    ensure!(!mutants.is_empty(), "there are no such mutants");
    let protocol = Protocol { seeds: args.seeds, seconds: args.seconds, repro: args.repro.clone() };
    let rows = score::run(&mutants, &protocol)?;
    if let Some(path) = &args.json {
        let json = score::to_json(&rows, &protocol)?;
        std::fs::write(path, json).with_context(|| format!("cannot write {}", path.display()))?;
    }
    let markdown = score::to_markdown(&rows);
    match &args.markdown {
        Some(path) => std::fs::write(path, markdown).with_context(|| format!("cannot write {}", path.display()))?,
        None => std::io::stdout().write_all(markdown.as_bytes())?,
    }
    let survived = args.smoke && rows.iter().any(|row| !row.is_found());
    let real = rows.iter().flat_map(|row| &row.hunts).any(|hunt| !hunt.real.is_empty());
    Ok(if survived || real { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
