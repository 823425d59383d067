//! Runs a command-line program through WASI and compares what it does with what the manifest says.

use super::folder;
use super::manifest::{Exit, RunEntry};
use anyhow::{Context, Result};
use gantry::{Linker, Module, Store, Trap};
use gantry_wasi::{DirPerms, FilePerms, I32Exit, OutputPipe, WasiCtx, WasiCtxBuilder};
use std::fmt::Write;

/// What a program did.
#[derive(Debug)]
pub struct Outcome {
    /// How it ended.
    pub exit: Exit,
    /// What it wrote to standard output.
    pub stdout: Vec<u8>,
    /// What it wrote to standard error.
    pub stderr: Vec<u8>,
    /// Names in its scratch folder, sorted.
    pub left: Vec<String>,
}

/// Runs a program, compiled to `module`.
///
/// # Errors
///
/// If it cannot be linked, or fails other than by exiting or trapping.
pub fn run(module: &Module, entry: &RunEntry) -> Result<Outcome> {
    let scratch = tempfile::tempdir()?;
    let (stdout, stderr) = (OutputPipe::new(), OutputPipe::new());
    let mut ctx = WasiCtxBuilder::new();
    ctx.arg(&entry.program).args(&entry.args);
    ctx.stdout(Box::new(stdout.clone())).stderr(Box::new(stderr.clone()));
    let stdin = entry.stdin.as_ref().map(|file| std::fs::read(folder().join(file))).transpose()?;
    ctx.stdin_bytes(stdin.unwrap_or_default());
    for variable in &entry.env {
        let (name, value) = variable.split_once('=').with_context(|| format!("{variable}: not NAME=value"))?;
        ctx.env(name, value);
    }
    for dir in &entry.dirs {
        let (host, guest) = dir.split_once('=').with_context(|| format!("{dir}: not HOST=GUEST"))?;
        ctx.preopened_dir(folder().join(host), guest, DirPerms::READ, FilePerms::READ)?;
    }
    if let Some(guest) = &entry.scratch {
        ctx.preopened_dir(scratch.path(), guest, DirPerms::all(), FilePerms::all())?;
    }

    let mut store = Store::new(module.engine(), ctx.build());
    let mut linker = Linker::new(module.engine());
    gantry_wasi::add_to_linker(&mut linker, |ctx: &mut WasiCtx| ctx)?;
    let instance = linker.instantiate(&mut store, module)?;
    let start = instance.get_typed_func::<(), ()>(&mut store, "_start")?;
    let exit = match start.call(&mut store, ()) {
        Ok(()) => Exit::Status(0),
        Err(error) => match error.downcast_ref::<I32Exit>() {
            Some(exit) => Exit::Status(exit.0),
            None if error.downcast_ref::<Trap>().is_some() => Exit::Word("trap".into()),
            None => return Err(error),
        },
    };
    let mut left = Vec::new();
    for name in std::fs::read_dir(scratch.path())? {
        left.push(name?.file_name().to_string_lossy().into_owned());
    }
    left.sort();
    Ok(Outcome { exit, stdout: stdout.contents(), stderr: stderr.contents(), left })
}

/// Runs a program and compares. The error lists every difference.
///
/// # Errors
///
/// If anything differs, or as [`run`].
pub fn check(module: &Module, entry: &RunEntry) -> Result<()> {
    let outcome = run(module, entry)?;
    let mut differences = String::new();
    if outcome.exit != entry.exit {
        writeln!(differences, "it ended with {:?} and not with {:?}", outcome.exit, entry.exit)?;
    }
    if let Some(left) = &entry.left
        && outcome.left != *left
    {
        writeln!(differences, "it left {:?} and not {left:?}", outcome.left)?;
    }
    for (stream, actual) in [("stdout", &outcome.stdout), ("stderr", &outcome.stderr)] {
        let expected = folder().join(format!("expected/{}.{stream}", entry.name));
        let expected = if expected.exists() { std::fs::read(expected)? } else { Vec::new() };
        if *actual != expected {
            let (actual, expected) = (String::from_utf8_lossy(actual), String::from_utf8_lossy(&expected));
            let at = actual.lines().zip(expected.lines()).take_while(|(a, b)| a == b).count();
            let (a, b) = (actual.lines().nth(at), expected.lines().nth(at));
            writeln!(differences, "{stream} differs at line {}: {a:?} and not {b:?}", at + 1)?;
        }
    }
    anyhow::ensure!(differences.is_empty(), "{}:\n{differences}", entry.name);
    Ok(())
}
