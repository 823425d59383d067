//! `wasm2c` and `gcc`, where they are installed (Debian: `wabt` and `gcc`): wasm as C, compiled ahead of time. It shows what
//! native code can do.

use super::process;
use anyhow::{Context, Result, ensure};
use gantry_bench::engine::{Compiled, Embedding, EngineKind, Run, Setup};
use std::path::Path;
use std::process::Command;

/// It; none if something is not installed.
pub(super) fn all() -> Vec<EngineKind> {
    let version = |program: &str| -> Option<String> {
        let output = Command::new(program).arg("--version").output().ok().filter(|o| o.status.success())?;
        Some(String::from_utf8_lossy(&output.stdout).lines().next()?.trim().to_owned())
    };
    let (Some(wasm2c), Some(gcc)) = (version("wasm2c"), version("gcc")) else { return Vec::new() };
    vec![EngineKind {
        name: "wasm2c".to_owned(),
        version: format!("{wasm2c}, {gcc} -O2"),
        suites: &["execute"],
        // Of version 1.0.32.
        lacks: &["simd"],
        external: true,
        create: Box::new(|_: &Setup| Ok(Box::new(Wasm2c) as Box<dyn Embedding>)),
    }]
}

struct Wasm2c;

impl Embedding for Wasm2c {
    fn compile(&self, wasm: &[u8]) -> Result<Box<dyn Compiled>> {
        Ok(Box::new(Code(wasm.to_vec())))
    }
}

struct Code(Vec<u8>);

impl Compiled for Code {
    fn runner(&self) -> Result<Run> {
        let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
        let at = folder.path();
        std::fs::write(at.join("kernel.wasm"), &self.0).context("cannot write a temporary file")?;
        std::fs::write(at.join("main.c"), include_str!("wasm2c.c")).context("cannot write a temporary file")?;
        run(at, "wasm2c", &["kernel.wasm", "-n", "kernel", "-o", "kernel.c"])?;
        run(at, "gcc", &["-O2", "-w", "main.c", "kernel.c", "-lwasm-rt-impl", "-lm", "-o", "kernel"])?;
        let command = Command::new(at.join("kernel"));
        process::start(command, folder)
    }
}

fn run(folder: &Path, program: &str, args: &[&str]) -> Result<()> {
    let output = Command::new(program).args(args).current_dir(folder).output();
    let output = output.with_context(|| format!("cannot start {program}"))?;
    ensure!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr).trim());
    Ok(())
}
