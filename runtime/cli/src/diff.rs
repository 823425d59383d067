//! `gantry diff`: one module through all backends.

use anyhow::{Context, Result, bail, ensure};
use gantry_oracles::case::{Case, Options};
use gantry_oracles::engine;
use gantry_oracles::reduce::repro;
use gantry_oracles::worker::{self, Finding, Worker};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

/// Flags of `gantry diff`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A module, binary or text; a case of a fuzzer, which is a module with its options; or a folder of `gantry reduce`.
    #[arg(value_name = "FILE", required_unless_present = "worker")]
    file: Option<PathBuf>,

    #[command(flatten)]
    plan: PlanArgs,

    /// Judges the cases that come on standard input: what other processes of this command are started with.
    #[arg(long, hide = true)]
    worker: bool,
}

/// Flags about what is done with a module that says nothing about that.
#[derive(clap::Args)]
pub(crate) struct PlanArgs {
    /// Where arguments of calls, results of imports and failures of growth come from.
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,

    /// How many calls are made at most.
    #[arg(long, value_name = "NUMBER")]
    calls: Option<usize>,

    /// Fuel of every call.
    #[arg(long, value_name = "NUMBER")]
    fuel: Option<u64>,

    /// Seconds after which a case counts as one that never ends.
    #[arg(long, value_name = "SECONDS", default_value_t = 20)]
    timeout: u64,
}

impl PlanArgs {
    /// Reads a case. What is a module and no more runs on every backend with every set of options.
    pub(crate) fn read(&self, path: &Path) -> Result<Case> {
        let mut case = if path.is_dir() {
            repro::read(path)?
        } else {
            let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
            let bytes = wat::parse_bytes(&bytes).with_context(|| format!("{} is no module", path.display()))?;
            Case::from_bytes(&bytes).with_context(|| format!("{} is no case", path.display()))?
        };
        if case.options == Options::default() {
            case.options.engine = engine::matrix();
        }
        let options = &mut case.options;
        options.seed = self.seed.unwrap_or(options.seed);
        options.calls = self.calls.unwrap_or(options.calls);
        options.fuel = self.fuel.unwrap_or(options.fuel);
        Ok(case)
    }

    /// A process that judges cases, so that this one outlives them.
    pub(crate) fn worker(&self) -> Result<Worker> {
        let program = std::env::current_exe().context("cannot find this program")?;
        Ok(Worker::new(Duration::from_secs(self.timeout), move || {
            let mut command = Command::new(&program);
            command.args(["diff", "--worker"]);
            command
        }))
    }
}

/// Runs the case, and prints a table of engines. Fails if any engine differs from the first one.
pub(crate) fn execute(args: &Args) -> Result<ExitCode> {
    if args.worker {
        worker::serve()?;
        return Ok(ExitCode::SUCCESS);
    }
    let case = args.plan.read(args.file.as_deref().context("there is no file to run")?)?;
    let mut worker = args.plan.worker()?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "| engine | verdict |\n| --- | --- |")?;
    let mut differ = 0;
    let Some((first, others)) = case.options.engine.split_first() else { bail!("the case names no engine") };
    for (number, spec) in [first].into_iter().chain(others).enumerate() {
        let engine = if number == 0 { vec![first.clone()] } else { vec![first.clone(), spec.clone()] };
        let pair = Case { wasm: case.wasm.clone(), options: Options { engine, ..case.options.clone() } };
        let verdict = match worker.judge(&pair)? {
            Finding::Invalid(why) => bail!("this is no case: {why}"),
            Finding::Agreed if number == 0 => "what others are compared to".to_owned(),
            Finding::Agreed => "same".to_owned(),
            finding => {
                differ += 1;
                match finding {
                    Finding::Differs(list) => list.into_iter().map(|d| d.what).collect::<Vec<_>>().join("; "),
                    Finding::Died(why) => format!("the process died: {why}"),
                    _ => "the process does not end".to_owned(),
                }
            }
        };
        writeln!(out, "| `{spec}` | {} |", verdict.replace('|', "\\|"))?;
    }
    let count = case.options.engine.len();
    ensure!(differ == 0, "{differ} of {count} engines differ");
    writeln!(out, "\n0 of {count} engines differ")?;
    Ok(ExitCode::SUCCESS)
}
