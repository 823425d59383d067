//! `node`, where it is installed: V8's single-pass compiler, and V8 as it comes.

use super::process;
use anyhow::{Context, Result};
use gantry_bench::engine::{Compiled, Embedding, EngineKind, Run, Setup};
use std::process::Command;

/// Its modes: name, flags.
const MODES: [(&str, &[&str]); 2] = [("node-liftoff", &["--liftoff-only"]), ("node", &[])];

/// Its modes; none if it is not installed.
pub(super) fn all() -> Vec<EngineKind> {
    let Some(output) = Command::new("node").arg("--version").output().ok().filter(|o| o.status.success()) else {
        return Vec::new();
    };
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let mode = |(name, flags): (&str, &'static [&'static str])| EngineKind {
        name: name.to_owned(),
        version: version.clone(),
        suites: &["execute"],
        lacks: &[],
        external: true,
        create: Box::new(move |_: &Setup| Ok(Box::new(Node(flags)) as Box<dyn Embedding>)),
    };
    MODES.into_iter().map(mode).collect()
}

struct Node(&'static [&'static str]);

impl Embedding for Node {
    fn compile(&self, wasm: &[u8]) -> Result<Box<dyn Compiled>> {
        Ok(Box::new(Code { flags: self.0, wasm: wasm.to_vec() }))
    }
}

struct Code {
    flags: &'static [&'static str],
    wasm: Vec<u8>,
}

impl Compiled for Code {
    fn runner(&self) -> Result<Run> {
        let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
        let (script, module) = (folder.path().join("run.mjs"), folder.path().join("module.wasm"));
        std::fs::write(&script, include_str!("node.mjs")).context("cannot write a temporary file")?;
        std::fs::write(&module, &self.wasm).context("cannot write a temporary file")?;
        let mut command = Command::new("node");
        command.args(self.flags).arg(script).arg(module);
        process::start(command, folder)
    }
}
