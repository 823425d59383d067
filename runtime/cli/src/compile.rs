//! `gantry compile`: WebAssembly in, artifact out; and `gantry validate`.

use crate::engine_args::{EngineArgs, TargetArgs};
use crate::{load, progress, report};
use anyhow::{Context, Result};
use gantry::{Engine, Module};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Flags of `gantry compile`.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    engine: EngineArgs,

    #[command(flatten)]
    target: TargetArgs,

    /// Where the artifact goes; FILE with the ending `.cwasm` if not given.
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,

    /// The module: WebAssembly in binary or text.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Compiles it.
pub(crate) fn execute(args: &Args) -> Result<ExitCode> {
    let config = args.target.config(&args.engine)?;
    let engine = Engine::new(&config)?;
    let wasm = load::wasm_bytes(&args.file)?;
    let artifact = progress::compile(&args.file, &engine, &wasm)?;
    let output = args.output.clone().unwrap_or_else(|| args.file.with_extension("cwasm"));
    write_whole(&output, &artifact).with_context(|| format!("cannot write {}", output.display()))?;
    Ok(ExitCode::SUCCESS)
}

/// Writes a file so that it is there whole or not at all: a process that has an older one mapped keeps that.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut name = path.file_name().context("no file name")?.to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let temporary = path.with_file_name(name);
    let result = std::fs::write(&temporary, bytes).and_then(|()| std::fs::rename(&temporary, path));
    if result.is_err() {
        // What is left of it, if anything, is of no use; the error that counts is the first.
        let _ = std::fs::remove_file(&temporary);
    }
    Ok(result?)
}

/// Flags of `gantry validate`.
#[derive(clap::Args)]
pub(crate) struct ValidateArgs {
    #[command(flatten)]
    engine: EngineArgs,

    /// Modules: WebAssembly in binary or text.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

/// Validates them.
pub(crate) fn validate(args: &ValidateArgs) -> Result<ExitCode> {
    let engine = args.engine.engine()?;
    let mut code = ExitCode::SUCCESS;
    for file in &args.files {
        let result = load::wasm_bytes(file).and_then(|wasm| Module::validate(&engine, &wasm));
        if let Err(error) = result {
            report(&error.context(file.display().to_string()));
            code = ExitCode::FAILURE;
        }
    }
    Ok(code)
}
