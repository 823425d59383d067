//! Judging cases in another process: engines that are wrong may take the process down with them, or never end.
//!
//! [`serve`] is what that process does; [`Worker`] is the other end. Cases go one way, as files behind their length; lines
//! come back, ended by one with a point alone.

use crate::case::Case;
use crate::diff::judge;
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// What came of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// It is no case: the module is invalid, or the first engine refuses it.
    Invalid(String),
    /// All engines agree.
    Agreed,
    /// Some do not.
    Differs(Vec<Differing>),
    /// The process died, of this.
    Died(String),
    /// It did not end in time.
    Hung,
}

/// An engine that differs from the first one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differing {
    /// Its place in the case.
    pub engine: usize,
    /// What differs, by the name in [`crate::trace::Kind`].
    pub kind: String,
    /// Both sides, in one line.
    pub what: String,
}

/// The class of a finding: what stays the same while a case is reduced.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// Engines differ in this.
    Differs(String),
    /// The process dies.
    Died,
    /// The process never ends.
    Hung,
}

impl std::fmt::Display for Class {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Differs(kind) => write!(f, "{kind} differs"),
            Self::Died => f.write_str("the process dies"),
            Self::Hung => f.write_str("the process does not end"),
        }
    }
}

impl Finding {
    /// Its class; `None` if nothing is wrong.
    pub fn class(&self) -> Option<Class> {
        match self {
            Self::Invalid(_) | Self::Agreed => None,
            Self::Differs(list) => list.first().map(|d| Class::Differs(d.kind.clone())),
            Self::Died(_) => Some(Class::Died),
            Self::Hung => Some(Class::Hung),
        }
    }
}

/// Judges a case in this process.
pub fn judge_here(case: &Case) -> Finding {
    let verdict = match catch_unwind(AssertUnwindSafe(|| judge(case))) {
        Ok(Ok(verdict)) => verdict,
        Ok(Err(error)) => return Finding::Invalid(one_line(&format!("{error:#}"))),
        Err(_) => return Finding::Died("the first engine panicked".to_owned()),
    };
    let differing = verdict.differences.iter().map(|(spec, difference)| Differing {
        engine: case.options.engine.iter().position(|s| s == spec).unwrap_or(0),
        kind: format!("{:?}", difference.kind),
        what: one_line(&difference.to_string()),
    });
    let differing: Vec<_> = differing.collect();
    if differing.is_empty() { Finding::Agreed } else { Finding::Differs(differing) }
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
}

/// Judges the cases that come on standard input, until it ends.
///
/// # Errors
///
/// If the other end goes away in the middle of something.
pub fn serve() -> Result<()> {
    let (mut input, mut output) = (std::io::stdin().lock(), std::io::stdout().lock());
    loop {
        let mut length = [0; 4];
        match input.read_exact(&mut length) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(()),
            result => result?,
        }
        let mut bytes = vec![0; usize::try_from(u32::from_le_bytes(length))?];
        input.read_exact(&mut bytes)?;
        let finding = match Case::from_bytes(&bytes) {
            Ok(case) => judge_here(&case),
            Err(error) => Finding::Invalid(one_line(&format!("{error:#}"))),
        };
        match finding {
            Finding::Invalid(why) => writeln!(output, "invalid\t{why}")?,
            Finding::Agreed => {}
            Finding::Differs(list) => {
                for Differing { engine, kind, what } in list {
                    writeln!(output, "differs\t{engine}\t{kind}\t{what}")?;
                }
            }
            Finding::Died(why) => writeln!(output, "died\t{why}")?,
            Finding::Hung => {}
        }
        writeln!(output, ".")?;
        output.flush()?;
    }
}

/// Reads what [`serve`] writes about a case.
fn parse(lines: &[String]) -> Result<Finding> {
    let mut differing = Vec::new();
    for line in lines {
        let mut parts = line.splitn(4, '\t');
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some("invalid"), Some(why), ..) => return Ok(Finding::Invalid(why.to_owned())),
            (Some("died"), Some(why), ..) => return Ok(Finding::Died(why.to_owned())),
            (Some("differs"), Some(engine), Some(kind), Some(what)) => differing.push(Differing {
                engine: engine.parse().context("the place of an engine")?,
                kind: kind.to_owned(),
                what: what.to_owned(),
            }),
            _ => bail!("the worker says {line:?}"),
        }
    }
    Ok(if differing.is_empty() { Finding::Agreed } else { Finding::Differs(differing) })
}

/// A process that judges cases. It is started again when it dies.
pub struct Worker {
    command: Box<dyn Fn() -> Command + Send>,
    timeout: Duration,
    process: Option<Process>,
}

struct Process {
    child: Child,
    input: ChildStdin,
    lines: Receiver<String>,
}

impl Worker {
    /// A worker that is started by this command, which calls [`serve`]. A case that takes longer than `timeout` hangs.
    pub fn new(timeout: Duration, command: impl Fn() -> Command + Send + 'static) -> Self {
        Self { command: Box::new(command), timeout, process: None }
    }

    fn start(&self) -> Result<Process> {
        let mut command = (self.command)();
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().context("cannot start the process that judges")?;
        let input = child.stdin.take().context("its input is piped")?;
        let output = child.stdout.take().context("its output is piped")?;
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        Ok(Process { child, input, lines })
    }

    /// Judges a case.
    ///
    /// # Errors
    ///
    /// If the process cannot be started.
    pub fn judge(&mut self, case: &Case) -> Result<Finding> {
        let mut process = match self.process.take() {
            Some(process) => process,
            None => self.start()?,
        };
        let bytes = case.to_bytes();
        let length = u32::try_from(bytes.len()).context("the case is too large")?.to_le_bytes();
        let written = process.input.write_all(&length).and_then(|()| process.input.write_all(&bytes));
        let mut lines = Vec::new();
        if written.and_then(|()| process.input.flush()).is_ok() {
            loop {
                match process.lines.recv_timeout(self.timeout) {
                    Ok(line) if line == "." => {
                        let finding = parse(&lines);
                        self.process = Some(process);
                        return finding;
                    }
                    Ok(line) => lines.push(line),
                    Err(RecvTimeoutError::Disconnected) => break,
                    Err(RecvTimeoutError::Timeout) => {
                        process.child.kill().context("cannot end the process that judges")?;
                        process.child.wait()?;
                        return Ok(Finding::Hung);
                    }
                }
            }
        }
        Ok(Finding::Died(process.child.wait()?.to_string()))
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        if let Some(Process { mut child, input, .. }) = self.process.take() {
            // It ends when its input does.
            drop(input);
            let _ = child.wait();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_served_is_read() {
        let line = |text: &str| text.to_owned();
        assert_eq!(parse(&[]).unwrap(), Finding::Agreed);
        assert_eq!(parse(&[line("invalid\tbad magic")]).unwrap(), Finding::Invalid("bad magic".into()));
        let differing = Differing { engine: 2, kind: "Fuel".into(), what: "a | b".into() };
        assert_eq!(parse(&[line("differs\t2\tFuel\ta | b")]).unwrap(), Finding::Differs(vec![differing]));
        assert!(parse(&[line("hello")]).is_err());
    }

    #[test]
    fn a_process_that_ends_has_died_and_one_that_waits_hangs() {
        let case = Case { wasm: b"\0asm\x01\0\0\0".to_vec(), options: Default::default() };
        let mut worker = Worker::new(Duration::from_secs(20), || Command::new("true"));
        assert_eq!(worker.judge(&case).unwrap().class(), Some(Class::Died));
        let mut worker = Worker::new(Duration::from_millis(1), || {
            let mut command = Command::new("sleep");
            command.arg("100");
            command
        });
        assert_eq!(worker.judge(&case).unwrap(), Finding::Hung);
    }
}
