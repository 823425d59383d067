//! Kernels that run in processes of their own: each is told what to run on its standard input. What that costs, some ten
//! microseconds, is in the times.

use anyhow::{Context, Result, bail};
use gantry_bench::engine::Run;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// Starts a process that says `ready`, and then answers each number, a line of its own, with a checksum. The files of `folder`
/// are needed until it is ready.
pub(super) fn start(mut command: Command, folder: tempfile::TempDir) -> Result<Run> {
    let name = command.get_program().to_string_lossy().into_owned();
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().with_context(|| format!("cannot start {name}"))?;
    let input = child.stdin.take().context("the process has no standard input")?;
    let output = BufReader::new(child.stdout.take().context("the process has no standard output")?);
    let mut process = Process { name, child, input, output };
    let ready = process.line()?;
    drop(folder);
    if ready != "ready" {
        bail!("{} says {ready:?}", process.name);
    }
    Ok(Box::new(move |n| {
        writeln!(process.input, "{n}").with_context(|| format!("{} does not listen", process.name))?;
        process.line()?.parse().with_context(|| format!("{} answers no number", process.name))
    }))
}

struct Process {
    name: String,
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Process {
    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        self.output.read_line(&mut line).with_context(|| format!("{} does not answer", self.name))?;
        Ok(line.trim().to_owned())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
