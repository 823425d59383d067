//! `listing`: the code of a benchmark as text, for comparisons.

use crate::benchmark::{Id, Kind};
use crate::compare::explain::Listing;
use crate::engine::EngineKind;
use crate::inputs::Inputs;
use crate::suites;
use anyhow::{Context, Result};
use gantry_compile::objdump::Artifact;
use std::process::ExitCode;

/// Flags.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The benchmark.
    benchmark: Id,
}

pub(super) fn execute(args: &Args, engines: &[EngineKind]) -> Result<ExitCode> {
    let inputs = Inputs::load()?;
    let id = &args.benchmark;
    let list = suites::benchmarks(engines, &inputs, &|suite| suite == id.suite);
    let benchmark = list.iter().find(|b| &b.id == id).with_context(|| format!("there is no benchmark {id}"))?;
    let artifact = match &benchmark.kind {
        Kind::Run(running) => running.artifact.as_ref(),
        Kind::Sizes(sizing) => Some(&sizing.artifact),
        Kind::Peak(_) => None,
    };
    let artifact = artifact.with_context(|| format!("{id} does not measure code"))?()?;
    let artifact = Artifact::parse(&artifact)?;
    let mut listing = Listing::new();
    for piece in artifact.pieces() {
        let lines = artifact.instructions(piece).into_iter().map(|instruction| {
            // Where a branch goes depends on the length of everything before it.
            let branch = matches!(instruction.text.as_bytes().first(), Some(b'j' | b'b' | b'c' | b'x'));
            match instruction.text.rsplit_once(' ') {
                Some((start, address)) if branch && address.trim_start_matches('#').starts_with("0x") => {
                    format!("{start} {}", instruction.target.as_deref().unwrap_or(".."))
                }
                _ => instruction.text,
            }
        });
        listing.insert(piece.name.clone(), lines.collect());
    }
    println!("{}", serde_json::to_string(&listing)?);
    Ok(ExitCode::SUCCESS)
}
