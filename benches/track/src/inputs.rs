//! What is compiled and run: kernels with checked results, and modules of real programs.

use anyhow::{Context, Result, ensure};
use gantry_workloads::Checksums;
pub use gantry_workloads::{BENCHES, Workload, benches_dir, sha256, source_tree};
use std::path::{Path, PathBuf};

/// A module of a real program: it is compiled, not run. It is read when it is needed: some have tens of megabytes.
#[derive(Clone, Debug)]
pub struct RealModule {
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub bytes: usize,
    file: String,
    folder: Checksums,
}

impl RealModule {
    /// The module.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or is not the one whose checksum is known.
    pub fn wasm(&self) -> Result<Vec<u8>> {
        self.folder.load(&self.file)
    }
}

/// Modules that are compiled one after the other as one input.
#[derive(Clone, Debug)]
pub struct Collection {
    /// Its name.
    pub name: String,
    /// The modules.
    pub modules: Vec<Vec<u8>>,
}

impl Collection {
    /// Reads the files of a folder that end in `.wasm`, in the order of their names.
    ///
    /// # Errors
    ///
    /// If the folder or a file cannot be read, or there is none.
    pub fn read(folder: &Path) -> Result<Self> {
        let unreadable = || format!("cannot read {}", folder.display());
        let entries = std::fs::read_dir(folder).with_context(unreadable)?.collect::<std::io::Result<Vec<_>>>();
        let mut files: Vec<_> = entries.with_context(unreadable)?.into_iter().map(|entry| entry.path()).collect();
        files.retain(|file| file.extension().is_some_and(|end| end == "wasm"));
        files.sort();
        ensure!(!files.is_empty(), "there is no .wasm file in {}", folder.display());
        let read = |file: &PathBuf| std::fs::read(file).with_context(|| format!("cannot read {}", file.display()));
        let name = folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy().into_owned();
        Ok(Self { name, modules: files.iter().map(read).collect::<Result<_>>()? })
    }

    /// Bytes of all modules.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.modules.iter().map(Vec::len).sum()
    }
}

/// All inputs.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// The kernels, in the order of their manifest.
    pub workloads: Vec<Workload>,
    /// Modules of real programs, the smallest first.
    pub modules: Vec<RealModule>,
    /// What the command line adds.
    pub collections: Vec<Collection>,
}

impl Inputs {
    /// Reads the kernels, and finds the modules of real programs that are checked in and those that
    /// `benches/modules/fetch.sh` has fetched.
    ///
    /// # Errors
    ///
    /// If a file cannot be read, or is not the one whose checksum is known.
    pub fn load() -> Result<Self> {
        let benches = benches_dir();
        let mut modules = Vec::new();
        for folder in [benches.join("../filetests/programs/modules"), benches.join("modules")] {
            modules.extend(real_modules(&folder)?);
        }
        modules.sort_by_key(|m| m.bytes);
        Ok(Self { workloads: Workload::load_all()?, modules, collections: Vec::new() })
    }
}

/// Modules that are there; one whose checksum is listed but that was not fetched is no error.
fn real_modules(folder: &Path) -> Result<Vec<RealModule>> {
    let folder = Checksums::read(folder)?;
    let found = folder.present().map(|(file, bytes)| RealModule {
        name: file.strip_suffix(".wasm").unwrap_or(file).to_owned(),
        bytes: usize::try_from(bytes).unwrap_or(usize::MAX),
        file: file.to_owned(),
        folder: folder.clone(),
    });
    Ok(found.collect())
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
    fn modules_of_real_programs_are_there_in_the_order_of_their_sizes() {
        let inputs = Inputs::load().expect("inputs load");
        let sqlite = inputs.modules.iter().find(|m| m.name == "sqlite").expect("is checked in");
        assert_eq!(sqlite.wasm().expect("reads").len(), sqlite.bytes);
        assert!(inputs.modules.is_sorted_by_key(|m| m.bytes));
    }
}
