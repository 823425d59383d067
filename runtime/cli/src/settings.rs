//! `gantry settings`: features, options and CPU features, from their tables.

use crate::engine_args::{EngineArgs, TargetArgs};
use anyhow::Result;
use gantry::{CompileOptions, Engine, Feature, Stage};
use gantry_abi::artifact::FlagValue;
use std::io::Write;
use std::process::ExitCode;

/// Flags of `gantry settings`.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    engine: EngineArgs,

    #[command(flatten)]
    target: TargetArgs,
}

/// Prints them.
pub(crate) fn execute(args: &Args) -> Result<ExitCode> {
    let config = args.target.config(&args.engine)?;
    let engine = Engine::new(&config)?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "Features (-W NAME=y|n)")?;
    for &feature in Feature::ALL {
        let state = match feature.stage() {
            Stage::Later => "later",
            _ if engine.features().contains(feature) => "on",
            _ => "off",
        };
        writeln!(out, "  {:<28} {state:<12} {}", feature.name(), feature.doc())?;
    }
    writeln!(out, "\nOptions (-C NAME=VALUE)")?;
    for (row, (_, value)) in CompileOptions::TABLE.iter().zip(engine.options().values()) {
        writeln!(out, "  {:<28} {value:<12} {}", row.name.replace('_', "-"), row.doc)?;
    }
    let found = &engine.header().compatibility;
    writeln!(out, "\nTarget\n  {:<28} {}\n  {:<28} {}", "instruction set", found.isa, "operating system", found.os)?;
    writeln!(out, "\nCPU features that code uses")?;
    for (name, value) in &found.isa_flags {
        match value {
            FlagValue::Bool(on) => writeln!(out, "  {name:<28} {on}")?,
            FlagValue::Num(number) => writeln!(out, "  {name:<28} {number}")?,
            FlagValue::Enum(choice) => writeln!(out, "  {name:<28} {choice}")?,
        }
    }
    if found.isa_flags.is_empty() {
        writeln!(out, "  none")?;
    }
    Ok(ExitCode::SUCCESS)
}
