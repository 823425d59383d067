//! `gantry-filetests mutate`: runs the tests once for each wrong bit, in a process of its own each time.

use anyhow::{Context, Result, ensure};
use cranelift_reader::{IsaSpec, ParseOptions, parse_test};
use gantry_emit::Isa;
use gantry_filetests::mutate::{choose, mnemonics};
use gantry_filetests::{cells, runner};
use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// Arguments.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The instruction set.
    isa: String,

    /// Tests in CLIF.
    #[arg(default_value = "filetests/clif")]
    files: Vec<PathBuf>,

    /// How many bits.
    #[arg(long, default_value_t = 25)]
    count: usize,

    /// Which bits: another number, other bits.
    #[arg(long, default_value_t = 0)]
    seed: usize,

    /// What runs the tests: for other instruction sets an emulator with this program built for it, separated by spaces.
    #[arg(long)]
    with: Option<String>,

    /// Seconds after which a run counts as stopped by the mutation.
    #[arg(long, default_value_t = 120)]
    timeout: u64,
}

/// Runs the tests with each mutation, and prints which were not noticed. Fails if fewer than 95 of 100 were.
pub(crate) fn execute(args: &Args) -> Result<ExitCode> {
    let row = cells::row(&args.isa)?;
    let found = mnemonics(row, code(row.isa, &args.files)?.iter().map(Vec::as_slice))?;
    let own = std::env::current_exe()?.display().to_string();
    let with = args.with.as_deref().unwrap_or(&own);
    let run = |extra: &[String]| -> Result<bool> {
        let mut words = with.split_whitespace();
        let mut command = Command::new(words.next().context("--with names a program")?);
        command.args(words).args(["test", "-q", "--isa", &args.isa]).args(extra).args(&args.files);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().context("cannot run the tests")?;
        let end = Instant::now() + Duration::from_secs(args.timeout);
        loop {
            match child.try_wait()? {
                Some(status) => return Ok(status.success()),
                None if Instant::now() > end => {
                    child.kill()?;
                    child.wait()?;
                    return Ok(false);
                }
                None => std::thread::sleep(Duration::from_millis(20)),
            }
        }
    };
    ensure!(run(&[])?, "the tests fail without any mutation");
    let mutations = choose(row, &found, args.count, args.seed)?;
    let mut noticed = 0;
    for mutation in &mutations {
        if run(&["--mutation".to_owned(), mutation.to_string()])? {
            println!("not noticed: {mutation}");
        } else {
            noticed += 1;
        }
    }
    println!("{}: {noticed} of {} mutations noticed ({} mnemonics)", row.isa, mutations.len(), found.len());
    Ok(if noticed * 100 >= mutations.len() * 95 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The code of all functions for an instruction set.
fn code(isa: Isa, files: &[PathBuf]) -> Result<Vec<Vec<u8>>> {
    let mut code = Vec::new();
    for path in runner::find(files)? {
        let text = std::fs::read_to_string(&path)?;
        let Ok(file) = parse_test(&text, ParseOptions::default()) else { continue };
        let IsaSpec::Some(isas) = &file.isa_spec else { continue };
        if file.commands.iter().all(|c| c.command != "run") {
            continue;
        }
        for target in isas.iter().filter(|target| Isa::from_triple(target.triple()) == Some(isa)) {
            for (function, _) in &file.functions {
                let mut context = cranelift_codegen::Context::for_function(function.clone());
                if let Ok(compiled) = context.compile(&**target, &mut Default::default()) {
                    code.push(compiled.buffer.data().to_vec());
                }
            }
        }
    }
    Ok(code)
}
