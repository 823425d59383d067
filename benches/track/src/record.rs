//! Results: lines of JSON, appended to a file and never changed.
//!
//! A run begins with a line that says what was measured where; its values follow, each with the name of its run. Files can
//! therefore be concatenated, and a file cut short loses its end only.

use crate::benchmark::{Id, Meter};
use crate::engine::EngineKind;
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

/// The version of this format.
pub const SCHEMA: u32 = 1;

/// A line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Line {
    /// What was measured where.
    Run(Run),
    /// A value.
    Value(Value),
}

/// What was measured where.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// The version of the format.
    pub schema: u32,
    /// Name of the run: no other has it.
    pub run: String,
    /// Seconds since 1970.
    pub time: u64,
    /// The revision, `-dirty` behind it if files were changed; empty if unknown.
    pub revision: String,
    /// The revision's date in seconds since 1970: the order of history.
    pub committed: u64,
    /// The machine.
    pub machine: Machine,
    /// Versions of engines and tools by name.
    pub versions: BTreeMap<String, String>,
    /// The command line.
    pub flags: Vec<String>,
}

/// A machine, as far as it matters for speed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Machine {
    /// Processor.
    pub cpu: String,
    /// How many of its threads this process may use.
    pub threads: usize,
    /// Instruction set.
    pub isa: String,
    /// Operating system and its version.
    pub os: String,
}

/// A value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Value {
    /// Name of its run.
    pub run: String,
    /// Name of the benchmark: `suite/engine/input`.
    pub benchmark: String,
    /// What the value says.
    pub meter: Meter,
    /// The value, in the meter's unit: the median of the samples.
    pub value: f64,
    /// Lower end of its 95 % interval; the value itself if it is exact.
    pub low: f64,
    /// Upper end of its 95 % interval.
    pub high: f64,
    /// How much one run does, of what.
    pub work: Option<(f64, String)>,
    /// The samples, if there are several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub samples: Vec<f64>,
}

impl Value {
    /// The parts of the benchmark's name.
    pub fn id(&self) -> Option<Id> {
        self.benchmark.parse().ok()
    }

    /// Work done per second, or per instruction.
    pub fn rate(&self) -> Option<f64> {
        self.work.as_ref().map(|(amount, _)| amount / self.value)
    }
}

impl Run {
    /// A run that starts now, on this machine, with these engines.
    pub fn new(engines: &[EngineKind]) -> Self {
        let time = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let mut versions: BTreeMap<_, _> = engines.iter().map(|e| (e.name.clone(), e.version.clone())).collect();
        for tool in ["rustc", "valgrind"] {
            if let Some(version) = output(tool, &["--version"]) {
                let number = version.strip_prefix(tool).map_or(version.as_str(), |v| v.trim_start_matches(['-', ' ']));
                versions.insert(tool.to_owned(), number.to_owned());
            }
        }
        let profile = if cfg!(debug_assertions) { "with debug assertions" } else { "optimized" };
        versions.insert("built".to_owned(), profile.to_owned());
        let here = crate::inputs::source_tree();
        let git = |args: &[&str]| {
            let mut command = Command::new("git");
            command.arg("-C").arg(&here).args(args);
            text(&mut command)
        };
        let mut revision = git(&["rev-parse", "HEAD"]).unwrap_or_default();
        if git(&["status", "--porcelain", "--untracked-files=no"]).is_some_and(|changes| !changes.is_empty()) {
            revision.push_str("-dirty");
        }
        Self {
            schema: SCHEMA,
            run: format!("{:x}-{:x}", time.as_nanos(), std::process::id()),
            time: time.as_secs(),
            revision,
            committed: git(&["show", "-s", "--format=%ct", "HEAD"]).and_then(|t| t.parse().ok()).unwrap_or(0),
            machine: Machine::here(),
            versions,
            flags: std::env::args().skip(1).collect(),
        }
    }
}

impl Machine {
    /// This one.
    pub fn here() -> Self {
        let cpuinfo = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let cpu =
            cpuinfo.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':').map(|(_, v)| v.trim()));
        let system = rustix::system::uname();
        Self {
            cpu: cpu.unwrap_or("unknown").to_owned(),
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            isa: std::env::consts::ARCH.to_owned(),
            os: format!("{} {}", system.sysname().to_string_lossy(), system.release().to_string_lossy()),
        }
    }
}

fn output(program: &str, args: &[&str]) -> Option<String> {
    text(Command::new(program).args(args))
}

/// What a program prints, if it succeeds.
fn text(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|o| o.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// A file of results, open for appending.
pub struct Store(std::fs::File);

impl Store {
    /// Opens or makes it.
    ///
    /// # Errors
    ///
    /// If that is not possible.
    pub fn append(path: &Path) -> Result<Self> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        }
        let file = std::fs::OpenOptions::new().create(true).append(true).open(path);
        Ok(Self(file.with_context(|| format!("cannot write {}", path.display()))?))
    }

    /// Appends a line, at once, so that what follows can fail.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn line(&mut self, line: &Line) -> Result<()> {
        let mut text = serde_json::to_string(line)?;
        text.push('\n');
        self.0.write_all(text.as_bytes()).context("cannot write a result")
    }
}

/// Runs with their values.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// The runs, in the order of the file.
    pub runs: Vec<(Run, Vec<Value>)>,
}

impl History {
    /// Reads a file of results.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or a line other than the last is malformed.
    pub fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        Self::parse(&text).with_context(|| format!("{} is malformed", path.display()))
    }

    /// Reads lines.
    ///
    /// # Errors
    ///
    /// If a complete line is malformed, is of another version, or is a value of a run that is not there.
    pub fn parse(text: &str) -> Result<Self> {
        let mut history = Self::default();
        for (number, line) in text.split_inclusive('\n').enumerate() {
            // A writer that was stopped leaves half a line.
            let Some(line) = line.strip_suffix('\n') else { break };
            let context = || format!("line {}", number + 1);
            match serde_json::from_str(line).with_context(context)? {
                Line::Run(run) => {
                    anyhow::ensure!(run.schema == SCHEMA, "line {}: unknown schema {}", number + 1, run.schema);
                    history.runs.push((run, Vec::new()));
                }
                Line::Value(value) => {
                    let run = history.runs.iter_mut().rev().find(|(run, _)| run.run == value.run);
                    run.with_context(|| format!("line {}: there is no run {}", number + 1, value.run))?.1.push(value);
                }
            }
        }
        Ok(history)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(run: &str) -> Value {
        Value {
            run: run.into(),
            benchmark: "compile/winch/sqlite".into(),
            meter: Meter::Time,
            value: 0.1,
            low: 0.09,
            high: 0.11,
            work: Some((1e6, "byte".into())),
            samples: vec![0.09, 0.1, 0.11],
        }
    }

    #[test]
    fn results_read_back_and_survive_a_writer_that_was_stopped() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("new/results.jsonl");
        let run = Run::new(&[]);
        for _ in 0..2 {
            let mut store = Store::append(&path).expect("opens");
            store.line(&Line::Run(run.clone())).expect("writes");
            store.line(&Line::Value(value(&run.run))).expect("writes");
        }
        let mut text = std::fs::read_to_string(&path).expect("reads");
        text.push_str("{\"kind\":\"val");
        let history = History::parse(&text).expect("well-formed");
        assert_eq!(history.runs.len(), 2);
        assert_eq!(history.runs[1], (run.clone(), vec![value(&run.run)]));
        assert_eq!(history.runs[0].1[0].rate(), Some(1e7));
    }

    #[test]
    fn values_without_a_run_and_other_schemas_are_errors() {
        let line = serde_json::to_string(&Line::Value(value("nowhere"))).expect("writes");
        assert!(History::parse(&format!("{line}\n")).is_err());
        let run = Run { schema: 2, ..Run::default() };
        let line = serde_json::to_string(&Line::Run(run)).expect("writes");
        assert!(History::parse(&format!("{line}\n")).is_err());
        assert!(History::parse("{}\n").is_err());
    }
}
