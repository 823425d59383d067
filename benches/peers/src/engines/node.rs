//! `node`, where it is installed: V8's single-pass compiler, and V8 as it comes.

use super::process::{self, Process};
use anyhow::{Context, Result};
use gantry_bench::engine::{Compiled, Embedding, EngineKind, Run, Setup};
use gantry_bench::measure::spent_elsewhere;
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tempfile::TempDir;

/// A way to run it.
struct Mode {
    name: &'static str,
    flags: &'static [&'static str],
    suites: &'static [&'static str],
}

/// V8 as it comes compiles what is called, when it is called: it has no time of compilation.
const MODES: [Mode; 2] = [
    Mode { name: "node-liftoff", flags: &["--liftoff-only"], suites: &["compile", "execute"] },
    Mode { name: "node", flags: &[], suites: &["execute"] },
];

/// All of a module on one thread, and each time anew.
const COMPILE: [&str; 4] =
    ["--no-wasm-lazy-compilation", "--single-threaded", "--no-wasm-native-module-cache-enabled", "--expose-gc"];

/// Its modes; none if it is not installed.
pub(super) fn all() -> Vec<EngineKind> {
    let Some(output) = Command::new("node").arg("--version").output().ok().filter(|o| o.status.success()) else {
        return Vec::new();
    };
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let kind = |Mode { name, flags, suites }| EngineKind {
        name: String::from(name),
        version: version.clone(),
        suites,
        lacks: &[],
        external: true,
        create: Box::new(move |_: &Setup| Ok(Box::new(Node::new(flags)?) as Box<dyn Embedding>)),
    };
    MODES.into_iter().map(kind).collect()
}

/// Flags, and the files that the processes read.
struct Node {
    flags: &'static [&'static str],
    folder: TempDir,
    /// Compiles modules; started when there is one.
    compiler: Mutex<Option<Process>>,
}

impl Node {
    fn new(flags: &'static [&'static str]) -> Result<Self> {
        let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
        std::fs::write(folder.path().join("compile.mjs"), include_str!("node-compile.mjs"))
            .context("cannot write a temporary file")?;
        Ok(Self { flags, folder, compiler: Mutex::new(None) })
    }

    /// Has the other process compile a module, and says how long that took.
    fn compile_there(&self, wasm: &[u8]) -> Result<Duration> {
        let file = self.folder.path().join("module.wasm");
        std::fs::write(&file, wasm).context("cannot write a temporary file")?;
        let mut compiler = self.compiler.lock().unwrap_or_else(PoisonError::into_inner);
        let compiler = match &mut *compiler {
            Some(process) => process,
            none => {
                let mut command = Command::new("node");
                command.args(self.flags).args(COMPILE).arg(self.folder.path().join("compile.mjs"));
                none.insert(Process::start(command)?)
            }
        };
        let answer = compiler.ask(&file.display().to_string())?;
        Ok(Duration::from_nanos(answer.parse().with_context(|| format!("node answers {answer:?}, which is no time"))?))
    }
}

impl Embedding for Node {
    fn compile(&self, wasm: &[u8]) -> Result<Box<dyn Compiled>> {
        // What is measured is time of this thread: handing the module over on another one does not count.
        let there = std::thread::scope(|scope| scope.spawn(|| self.compile_there(wasm)).join());
        spent_elsewhere(there.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
        Ok(Box::new(Code { flags: self.flags, wasm: wasm.to_vec() }))
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
        std::fs::write(&script, include_str!("node-run.mjs")).context("cannot write a temporary file")?;
        std::fs::write(&module, &self.wasm).context("cannot write a temporary file")?;
        let mut command = Command::new("node");
        command.args(self.flags).arg(script).arg(module);
        process::start(command, folder)
    }
}
