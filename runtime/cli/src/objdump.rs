//! `gantry objdump`: the code of a module, with the operators that it was made from beside it.

use crate::engine_args::{EngineArgs, TargetArgs};
use crate::{load, progress};
use anyhow::{Context, Result, bail, ensure};
use gantry::Engine;
use gantry_compile::objdump::{Artifact, Piece};
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Flags of `gantry objdump`.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    engine: EngineArgs,

    #[command(flatten)]
    target: TargetArgs,

    /// Shows only this function: its index or name. Can be given several times.
    #[arg(short, long = "function", value_name = "FUNCTION")]
    functions: Vec<String>,

    /// Shows trampolines and thunks as well.
    #[arg(long)]
    stubs: bool,

    /// Shows the intermediate representation of the Cranelift backend, before optimization, and not machine code.
    #[arg(long)]
    clif: bool,

    /// The module: WebAssembly in binary or text, or an artifact for any target.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Prints it.
pub(crate) fn execute(args: &Args) -> Result<ExitCode> {
    let bytes = load::bytes(&args.file)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    if load::is_artifact(&bytes) {
        ensure!(!args.clif, "--clif needs the module itself: an artifact has no intermediate representation any more");
        dump(args, &bytes, &mut out).with_context(|| format!("cannot show {}", args.file.display()))?;
    } else {
        let wasm = load::to_binary(&args.file, &bytes)?;
        let config = args.target.config(&args.engine)?;
        let engine = Engine::new(&config)?;
        let artifact = progress::compile(&args.file, &engine, &wasm)?;
        if args.clif {
            dump_clif(args, &engine, &wasm, &artifact, &mut out)?;
        } else {
            dump(args, &artifact, &mut out)?;
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// The pieces of code that the flags ask for.
fn chosen<'a>(args: &Args, artifact: &'a Artifact<'_>) -> Result<Vec<&'a Piece>> {
    if args.functions.is_empty() {
        return Ok(artifact.pieces().iter().filter(|piece| args.stubs || piece.func.is_some()).collect());
    }
    let mut chosen = Vec::new();
    for wanted in &args.functions {
        let index: Option<u32> = wanted.parse().ok();
        let before = chosen.len();
        chosen.extend(
            artifact
                .pieces()
                .iter()
                .filter(|piece| piece.func.is_some_and(|func| index == Some(func.as_u32()) || piece.name == *wanted)),
        );
        if chosen.len() == before {
            bail!("the module defines no function {wanted}");
        }
    }
    Ok(chosen)
}

/// Prints machine code or bytecode: where it changes, the operator that it was made from; offset in the text; instruction.
fn dump(args: &Args, artifact: &[u8], out: &mut impl Write) -> Result<()> {
    let artifact = Artifact::parse(artifact)?;
    let made_by = &artifact.header().provenance;
    let isa = &artifact.header().compatibility.isa;
    writeln!(out, "{isa}, made by {} {}", made_by.backend, made_by.version)?;
    writeln!(out, "columns: offset of the operator in the module | offset in the text, instruction")?;
    for piece in chosen(args, &artifact)? {
        write!(out, "\n{}", artifact.listing(piece))?;
    }
    Ok(())
}

fn dump_clif(args: &Args, engine: &Engine, wasm: &[u8], artifact: &[u8], out: &mut impl Write) -> Result<()> {
    let artifact = Artifact::parse(artifact)?;
    for piece in chosen(args, &artifact)? {
        let Some(defined) = piece.func.and_then(|func| artifact.module().defined_func(func)) else { continue };
        let clif = engine.module_compiler().intermediate(wasm, defined)?;
        let clif = clif.context("the backend has no intermediate representation")?;
        writeln!(out, ";; {}\n{clif}", piece.name)?;
    }
    Ok(())
}
