//! The two sides of a comparison: revisions, programs, or files of results.

use crate::benchmark::{Id, Meter};
use crate::callgrind::Once;
use crate::inputs::benches_dir;
use crate::record::{History, Value};
use anyhow::{Context, Result, bail, ensure};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A side.
#[derive(Debug)]
pub enum Side {
    /// A program with the command line of `gantry-bench`, of a revision if that is known.
    Program(Program),
    /// Values that were measured before, by benchmark and meter.
    Results {
        /// The file.
        name: String,
        /// The values: the last of each.
        values: BTreeMap<(String, Meter), Value>,
    },
}

/// A program with the command line of `gantry-bench`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// What it is called in tables.
    pub name: String,
    /// Its file.
    pub path: PathBuf,
    /// The revision that it was built from.
    pub revision: Option<String>,
}

impl Side {
    /// What `text` names: a file of results, a program, or a revision, which is built.
    ///
    /// # Errors
    ///
    /// If it names nothing, or what it names does not build.
    pub fn resolve(text: &str, say: &dyn Fn(&str)) -> Result<Self> {
        let path = Path::new(text);
        if path.is_file() {
            if path.extension().is_some_and(|e| e == "jsonl") {
                let runs = History::read(path)?.runs;
                let values = runs.into_iter().flat_map(|(_, values)| values);
                let values = values.map(|v| ((v.benchmark.clone(), v.meter), v)).collect();
                return Ok(Self::Results { name: text.to_owned(), values });
            }
            let path = path.canonicalize().with_context(|| format!("cannot find {text}"))?;
            return Ok(Self::Program(Program { name: text.to_owned(), path, revision: None }));
        }
        Ok(Self::Program(build(text, say)?))
    }

    /// What it is called in tables.
    pub fn name(&self) -> &str {
        match self {
            Self::Program(program) => &program.name,
            Self::Results { name, .. } => name,
        }
    }
}

impl Program {
    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(&self.path);
        command.args(args);
        command
    }

    fn output(&self, mut command: Command) -> Result<Vec<u8>> {
        let output = command.output().with_context(|| format!("cannot start {}", self.path.display()))?;
        let error = String::from_utf8_lossy(&output.stderr);
        ensure!(
            output.status.success(),
            "{}: {}",
            self.name,
            error.lines().last().unwrap_or("failed without a message")
        );
        Ok(output.stdout)
    }

    /// The names of its benchmarks, among those that the arguments of `list` select.
    ///
    /// # Errors
    ///
    /// If it fails, here and below.
    pub fn list(&self, args: &[String]) -> Result<Vec<Id>> {
        let mut command = self.command(&["list"]);
        command.args(args);
        let text = String::from_utf8(self.output(command)?).context("a name is no text")?;
        let names = text.lines().filter(|line| !line.starts_with('#'));
        names.map(|line| line.parse().map_err(anyhow::Error::msg)).collect()
    }

    /// Runs one benchmark in a process of its own. `salt` varies what should not matter: the size of the environment, and with
    /// it where the stack begins; the heap is at another place in each process anyway.
    ///
    /// # Errors
    ///
    /// If it fails.
    pub fn once(&self, id: &Id, salt: usize) -> Result<Once> {
        let mut command = self.command(&["once"]);
        command.arg(id.to_string()).env("GANTRY_BENCH_SALT", "x".repeat(salt));
        Ok(serde_json::from_slice(&self.output(command)?)?)
    }

    /// The code of a benchmark: the instructions of each function.
    ///
    /// # Errors
    ///
    /// If it fails.
    pub fn listing(&self, id: &Id) -> Result<BTreeMap<String, Vec<String>>> {
        let mut command = self.command(&["listing"]);
        command.arg(id.to_string());
        Ok(serde_json::from_slice(&self.output(command)?)?)
    }

    /// Runs whole suites and gives their values.
    ///
    /// # Errors
    ///
    /// If it writes no results.
    pub fn run(&self, args: &[String]) -> Result<Vec<Value>> {
        let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
        let results = folder.path().join("results.jsonl");
        let mut command = self.command(&["run", "--seconds", "0"]);
        command.args(args).arg("--results").arg(&results);
        // Single benchmarks that fail are missing from the results, which the comparison says.
        let _ = command.output().with_context(|| format!("cannot start {}", self.path.display()))?;
        Ok(History::read(&results)?.runs.into_iter().flat_map(|(_, values)| values).collect())
    }
}

/// Runs git in the source tree that this program was built from.
///
/// # Errors
///
/// If git fails.
pub fn git(args: &[&str]) -> Result<String> {
    let output = Command::new("git").arg("-C").arg(benches_dir()).args(args).output().context("cannot start git")?;
    let error = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "git {}: {}", args.join(" "), error.trim());
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Where revisions are built: kept, so that each is built once.
fn cache() -> PathBuf {
    match std::env::var_os("GANTRY_BENCH_CACHE") {
        Some(folder) => folder.into(),
        None => benches_dir().parent().expect("the source tree").join("target/perf"),
    }
}

/// Builds the program of a revision, or finds it built.
///
/// # Errors
///
/// If there is no such revision, or it does not build.
pub fn build(revision: &str, say: &dyn Fn(&str)) -> Result<Program> {
    let hash = git(&["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")])
        .with_context(|| format!("{revision:?} is no file and no revision"))?;
    let cache = cache();
    let path = cache.join("bin").join(&hash);
    let program = Program { name: revision.to_owned(), path, revision: Some(hash.clone()) };
    if program.path.is_file() {
        return Ok(program);
    }
    say(&format!("building {revision}"));
    let tree = cache.join("trees").join(&hash);
    let (bin, text) = (cache.join("bin"), tree.to_string_lossy().into_owned());
    std::fs::create_dir_all(&bin).with_context(|| format!("cannot make {}", bin.display()))?;
    if !tree.is_dir() {
        git(&["worktree", "add", "--force", "--detach", &text, &hash])?;
    }
    // The tree stays: the program reads its inputs there.
    build_tree(&tree, &cache.join("target"), &program.path)?;
    Ok(program)
}

/// Builds the program of a source tree into a file.
///
/// # Errors
///
/// If it does not build.
pub fn build_tree(tree: &Path, target: &Path, program: &Path) -> Result<()> {
    let manifest = tree.join("benches/track/Cargo.toml");
    if !manifest.is_file() {
        bail!("{} has no benches/track: it is too old to be measured", tree.display());
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["build", "--release", "--quiet", "--bin", "gantry-bench", "--manifest-path"]).arg(&manifest);
    command.arg("--target-dir").arg(target).env_remove("RUSTFLAGS");
    let output = command.output().context("cannot start cargo")?;
    let error = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{} does not build:\n{error}", tree.display());
    let built = target.join("release").join(format!("gantry-bench{}", std::env::consts::EXE_SUFFIX));
    std::fs::copy(&built, program).with_context(|| format!("cannot copy {}", built.display()))?;
    Ok(())
}
