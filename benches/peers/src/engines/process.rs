//! Engines in processes of their own: each is told what to do on its standard input. What a kernel takes is the processor
//! time of the process's first thread; where the system does not tell, it is time of the wall.

use anyhow::{Context, Result, bail};
use gantry_bench::engine::Run;
use gantry_bench::measure::spent_elsewhere;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// Starts a process that answers each number with a checksum. The files of `folder` are needed until it is ready.
pub(super) fn start(command: Command, folder: tempfile::TempDir) -> Result<Run> {
    let mut process = Process::start(command)?;
    drop(folder);
    Ok(Box::new(move |n| {
        let (start, before) = (Instant::now(), process.processor_time());
        let answer = process.ask(&n.to_string())?;
        let result =
            answer.parse().with_context(|| format!("{} answers {answer:?}, which is no number", process.name))?;
        let spent = before.zip(process.processor_time()).map(|(before, after)| after.saturating_sub(before));
        spent_elsewhere(spent.unwrap_or_else(|| start.elapsed()));
        Ok(result)
    }))
}

/// A process that said `ready`, and answers each line with a line.
pub(super) struct Process {
    name: String,
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Process {
    pub(super) fn start(mut command: Command) -> Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().with_context(|| format!("cannot start {name}"))?;
        let input = child.stdin.take().context("the process has no standard input")?;
        let output = BufReader::new(child.stdout.take().context("the process has no standard output")?);
        let mut process = Self { name, child, input, output };
        let ready = process.line()?;
        if ready != "ready" {
            bail!("{} says {ready:?}", process.name);
        }
        Ok(process)
    }

    pub(super) fn ask(&mut self, question: &str) -> Result<String> {
        writeln!(self.input, "{question}").with_context(|| format!("{} does not listen", self.name))?;
        self.line()
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        self.output.read_line(&mut line).with_context(|| format!("{} does not answer", self.name))?;
        Ok(line.trim().to_owned())
    }

    /// Processor time of the first thread so far, where the system tells (proc(5), `schedstat`).
    fn processor_time(&self) -> Option<Duration> {
        let text = std::fs::read_to_string(format!("/proc/{}/schedstat", self.child.id())).ok()?;
        text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
