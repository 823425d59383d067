//! The two sides of a comparison: revisions, programs, or files of results.

use crate::benchmark::{Id, Meter};
use crate::callgrind::Once;
use crate::inputs::{BENCHES, benches_dir, sha256, source_tree};
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
        // Both sides work on the same inputs, those of this source tree.
        command.args(args).env(BENCHES, benches_dir());
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
    let output = Command::new("git").arg("-C").arg(source_tree()).args(args).output().context("cannot start git")?;
    let error = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "git {}: {}", args.join(" "), error.trim());
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Where revisions are built.
fn cache() -> PathBuf {
    match std::env::var_os("GANTRY_BENCH_CACHE") {
        Some(folder) => folder.into(),
        None => source_tree().join("target/perf"),
    }
}

/// What is built: a revision, with patches on top.
#[derive(Debug, PartialEq, Eq)]
struct Source {
    revision: String,
    patches: Vec<PathBuf>,
}

impl Source {
    /// Reads `REVISION+PATCH+PATCH`, patches by file name.
    fn resolve(text: &str) -> Result<Self> {
        let mut parts = text.split('+');
        let name = parts.next().unwrap_or_default();
        let revision = git(&["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")])
            .with_context(|| format!("{name:?} is no file and no revision"))?;
        let file = |patch: &str| Path::new(patch).canonicalize().with_context(|| format!("there is no patch {patch}"));
        Ok(Self { revision, patches: parts.map(file).collect::<Result<_>>()? })
    }

    /// A file name that no other source has.
    fn key(&self) -> Result<String> {
        let mut key = self.revision.clone();
        for patch in &self.patches {
            let bytes = std::fs::read(patch).with_context(|| format!("cannot read {}", patch.display()))?;
            key.push('-');
            key.push_str(&sha256(&bytes)[..12]);
        }
        Ok(key)
    }

    /// Makes a work tree hold it. Files that do not differ stay untouched, so that what is made from them is not made again.
    fn check_out(&self, tree: &Path) -> Result<()> {
        let path = tree.to_string_lossy();
        if !tree.join(".git").exists() {
            git(&["worktree", "add", "--force", "--detach", &path, &self.revision])?;
        }
        let git = |args: &[&str]| self::git(&[&["-C", path.as_ref()], args].concat());
        git(&["checkout", "--quiet", "--force", "--detach", &self.revision])?;
        git(&["clean", "-dfq"])?;
        for patch in &self.patches {
            git(&["apply", &patch.to_string_lossy()])?;
        }
        Ok(())
    }
}

/// Builds the program of a revision, or of one with patches (`REVISION+PATCH`), or finds it built.
///
/// All are built in one work tree, one after the other: their paths are the same, so that nothing but the source can make two
/// programs differ, and only what differs from the one before is compiled again.
///
/// # Errors
///
/// If there is no such revision, or it does not build.
pub fn build(text: &str, say: &dyn Fn(&str)) -> Result<Program> {
    let source = Source::resolve(text)?;
    let cache = cache();
    let bin = cache.join("bin");
    std::fs::create_dir_all(&bin).with_context(|| format!("cannot make {}", bin.display()))?;
    let program =
        Program { name: text.to_owned(), path: bin.join(source.key()?), revision: Some(source.revision.clone()) };
    // Another process may be building: its checkout is not to change under it.
    let lock = std::fs::File::create(cache.join("lock")).context("cannot make a lock")?;
    lock.lock().context("cannot lock the folder of builds")?;
    if !program.path.is_file() {
        say(&format!("building {text}"));
        let tree = cache.join("tree");
        source.check_out(&tree)?;
        build_tree(&tree, &cache.join("target"), &program.path)?;
    }
    Ok(program)
}

/// Builds the program of a source tree into a file.
fn build_tree(tree: &Path, target: &Path, program: &Path) -> Result<()> {
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
    // Under its name only when it is whole.
    let partial = program.with_extension("partial");
    std::fs::copy(&built, &partial).with_context(|| format!("cannot copy {}", built.display()))?;
    std::fs::rename(&partial, program).with_context(|| format!("cannot make {}", program.display()))
}
