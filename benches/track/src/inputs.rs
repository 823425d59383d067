//! What is compiled and run: kernels with checked results, and modules of real programs.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A kernel: a module that exports `run: (i32) -> i64`, which does `n` units of work and returns a checksum.
#[derive(Clone, Debug, Deserialize)]
pub struct Workload {
    /// Its name.
    pub name: String,
    /// File name of the module.
    pub file: String,
    /// Units of work of one run that is timed.
    pub n: i32,
    /// What `run(n)` returns.
    pub expected: i64,
    /// Units of work of one run whose instructions are counted.
    pub count_n: i32,
    /// What `run(count_n)` returns.
    pub count_expected: i64,
    /// What kind of code it is.
    pub class: String,
    /// The module.
    #[serde(skip)]
    pub wasm: Vec<u8>,
}

/// A module of a real program: it is compiled, not run.
#[derive(Clone, Debug)]
pub struct RealModule {
    /// Its name.
    pub name: String,
    /// The module.
    pub wasm: Vec<u8>,
}

/// All inputs.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// The kernels, in the order of their manifest.
    pub workloads: Vec<Workload>,
    /// Modules of real programs, the smallest first.
    pub modules: Vec<RealModule>,
}

#[derive(Deserialize)]
struct Manifest {
    workload: Vec<Workload>,
}

/// The folder `benches` of the source tree that this program was built from.
pub fn benches_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("this package is in a folder").to_owned()
}

impl Inputs {
    /// Reads the kernels, the modules of real programs that are checked in, and those that
    /// `benches/modules/fetch.sh` has fetched.
    ///
    /// # Errors
    ///
    /// If a file cannot be read, or is not the one whose checksum is known.
    pub fn load() -> Result<Self> {
        let benches = benches_dir();
        let dir = benches.join("workloads");
        let sums = checksums(&dir)?;
        let manifest = dir.join("workloads.toml");
        let text = read_text(&manifest)?;
        let Manifest { mut workload } =
            toml::from_str(&text).with_context(|| format!("{} is malformed", manifest.display()))?;
        for w in &mut workload {
            w.wasm = read_checked(&dir, &w.file, &sums)?;
        }
        let mut modules = Vec::new();
        for dir in [benches.join("../filetests/programs/modules"), benches.join("modules")] {
            modules.extend(real_modules(&dir)?);
        }
        modules.sort_by_key(|m| m.wasm.len());
        Ok(Self { workloads: workload, modules })
    }
}

/// Modules that are there; one whose checksum is listed but that was not fetched is no error.
fn real_modules(dir: &Path) -> Result<Vec<RealModule>> {
    let mut found = Vec::new();
    let sums = checksums(dir)?;
    for file in sums.keys().filter(|file| dir.join(file).is_file()) {
        let name = file.strip_suffix(".wasm").unwrap_or(file).to_owned();
        found.push(RealModule { name, wasm: read_checked(dir, file, &sums)? });
    }
    Ok(found)
}

/// File name to SHA-256 in hexadecimal, from the file `SHA256SUMS` of a folder.
fn checksums(dir: &Path) -> Result<BTreeMap<String, String>> {
    let text = read_text(&dir.join("SHA256SUMS"))?;
    let pairs = text.lines().filter_map(|line| line.split_once(char::is_whitespace));
    Ok(pairs.map(|(sum, file)| (file.trim().to_owned(), sum.to_owned())).collect())
}

fn read_text(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn read_checked(dir: &Path, file: &str, sums: &BTreeMap<String, String>) -> Result<Vec<u8>> {
    let path = dir.join(file);
    let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let expected = sums.get(file).with_context(|| format!("{} is not in SHA256SUMS", path.display()))?;
    ensure!(&sha256(&bytes) == expected, "{} is not the file whose checksum is in SHA256SUMS", path.display());
    Ok(bytes)
}

/// SHA-256 in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// The module of the measurements of instantiation, calls and traps.
pub const SMALL: &str = r#"(module
    (import "host" "nop" (func $nop))
    (import "host" "add" (func $add (param i32 i64) (result i64)))
    (memory (export "memory") 1)
    (global $g (mut i32) (i32.const 7))
    (table 4 funcref)
    (elem (i32.const 0) func $nop $in)
    (data (i32.const 16) "some data")
    (func $in (export "in") (param i32 i64) (result i64) (local.get 1))
    (func (export "nop"))
    (func (export "call_nop") (param i32)
        (loop (call $nop) (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
    (func (export "call_add") (param i32) (result i64) (local i64)
        (loop (local.set 1 (call $add (local.get 0) (local.get 1)))
              (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
        (local.get 1))
    (func (export "trap") unreachable)
    (func (export "fault") (result i32) (i32.load (i32.const -4))))"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_are_those_of_the_checksums_and_cover_the_classes() {
        let inputs = Inputs::load().expect("inputs load");
        assert!(inputs.workloads.len() >= 16);
        assert!(inputs.modules.iter().any(|m| m.name == "sqlite"));
        for class in ["integer", "f32", "f64", "simd", "memory", "calls", "indirect calls", "branches", "mix"] {
            assert!(inputs.workloads.iter().any(|w| w.class.contains(class)), "no workload of the class {class}");
        }
    }

    #[test]
    fn a_changed_file_is_refused() {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::write(dir.path().join("a.wasm"), b"other bytes").expect("writes");
        std::fs::write(dir.path().join("SHA256SUMS"), format!("{}  a.wasm\n", sha256(b"bytes"))).expect("writes");
        let error = real_modules(dir.path()).expect_err("a checksum differs").to_string();
        assert!(error.contains("a.wasm"), "{error}");
    }
}
