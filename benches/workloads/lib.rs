//! The workloads: kernels whose speed is measured and whose results are tested, and files with known checksums.
//!
//! Both `gantry-bench` and the tests of `filetests` read the list here.
//!
//! **Invariant:** nothing of an engine is known here.

#![forbid(unsafe_code)]

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A kernel: a module that exports `run: (i32) -> i64`, which does `n` units of work and returns a checksum.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
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
    /// What kind of code it is, in words with commas between them.
    pub class: String,
    /// The module.
    #[serde(skip)]
    pub wasm: Vec<u8>,
}

#[derive(Deserialize)]
struct Manifest {
    workload: Vec<Workload>,
}

impl Workload {
    /// All workloads, in the order of their manifest.
    ///
    /// # Errors
    ///
    /// If the manifest is missing or malformed, or a module is not the one whose checksum is known.
    pub fn load_all() -> Result<Vec<Self>> {
        let folder = benches_dir().join("workloads");
        let files = Checksums::read(&folder)?;
        let manifest = folder.join("workloads.toml");
        let text = read_text(&manifest)?;
        let Manifest { mut workload } =
            toml::from_str(&text).with_context(|| format!("{} is malformed", manifest.display()))?;
        for w in &mut workload {
            w.wasm = files.load(&w.file)?;
        }
        Ok(workload)
    }
}

impl Workload {
    /// What kinds of code it is.
    pub fn classes(&self) -> impl Iterator<Item = &str> {
        self.class.split(',').map(str::trim)
    }
}

/// The environment variable that names another folder than [`benches_dir`] gives: programs of two revisions work on the same
/// inputs when they are compared.
pub const BENCHES: &str = "GANTRY_BENCHES";

/// The folder `benches` of the source tree that this program was built from, or the one that [`BENCHES`] names.
pub fn benches_dir() -> PathBuf {
    match std::env::var_os(BENCHES) {
        Some(folder) => folder.into(),
        None => source_tree().join("benches"),
    }
}

/// The source tree that this program was built from.
pub fn source_tree() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.ancestors().nth(2).expect("this package is two folders down").to_owned()
}

/// A folder whose files have known checksums, in its file `SHA256SUMS`.
#[derive(Clone, Debug)]
pub struct Checksums {
    folder: PathBuf,
    /// File name to SHA-256 in hexadecimal.
    sums: BTreeMap<String, String>,
}

impl Checksums {
    /// Reads the list of a folder.
    ///
    /// # Errors
    ///
    /// If it has none.
    pub fn read(folder: &Path) -> Result<Self> {
        let text = read_text(&folder.join("SHA256SUMS"))?;
        let pairs = text.lines().filter_map(|line| line.split_once(char::is_whitespace));
        let sums = pairs.map(|(sum, file)| (file.trim().to_owned(), sum.to_owned())).collect();
        Ok(Self { folder: folder.to_owned(), sums })
    }

    /// The listed files that are there, with their sizes in bytes.
    pub fn present(&self) -> impl Iterator<Item = (&str, u64)> {
        self.sums.keys().filter_map(|file| {
            let data = std::fs::metadata(self.folder.join(file)).ok().filter(std::fs::Metadata::is_file)?;
            Some((file.as_str(), data.len()))
        })
    }

    /// Reads a file.
    ///
    /// # Errors
    ///
    /// If it is not listed, cannot be read, or is not the one whose checksum is listed.
    pub fn load(&self, file: &str) -> Result<Vec<u8>> {
        let path = self.folder.join(file);
        let expected = self.sums.get(file).with_context(|| format!("{} is not in SHA256SUMS", path.display()))?;
        let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        ensure!(&sha256(&bytes) == expected, "{} is not the file whose checksum is in SHA256SUMS", path.display());
        Ok(bytes)
    }
}

fn read_text(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// SHA-256 in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workloads_cover_the_classes_of_code() {
        let workloads = Workload::load_all().expect("workloads load");
        assert!(workloads.len() >= 16);
        for class in [
            "integer",
            "f32",
            "f64",
            "simd",
            "memory",
            "bulk memory",
            "calls",
            "indirect calls",
            "branches",
            "switch interpreter",
            "allocation",
            "mix",
        ] {
            assert!(workloads.iter().any(|w| w.classes().any(|c| c == class)), "no workload of the class {class}");
        }
    }

    #[test]
    fn every_source_is_built_and_listed() {
        let workloads = Workload::load_all().expect("workloads load");
        let sources = benches_dir().join("workloads/src");
        for file in std::fs::read_dir(sources).expect("a folder") {
            let path = file.expect("a file").path();
            if path.extension().is_some_and(|e| e == "c") {
                let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
                assert!(workloads.iter().any(|w| w.name == name), "{name} is not in workloads.toml");
            }
        }
    }

    #[test]
    fn a_changed_file_is_refused() {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::write(dir.path().join("a.wasm"), b"other bytes").expect("writes");
        std::fs::write(dir.path().join("SHA256SUMS"), format!("{}  a.wasm\n", sha256(b"bytes"))).expect("writes");
        let files = Checksums::read(dir.path()).expect("a list");
        assert_eq!(files.present().collect::<Vec<_>>(), [("a.wasm", 11)]);
        let error = files.load("a.wasm").expect_err("a checksum differs").to_string();
        assert!(error.contains("a.wasm"), "{error}");
        assert!(files.load("b.wasm").is_err());
    }
}
