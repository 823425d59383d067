//! `manifest.toml`: which programs there are, where they come from, and how each is run.

use super::{folder, sha256};
use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// The manifest. The field names are those of the file, whose head describes them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Programs built from sources beside them.
    pub program: Vec<ProgramEntry>,
    /// Modules from elsewhere.
    pub module: Vec<ModuleEntry>,
    /// Runs of programs.
    pub run: Vec<RunEntry>,
}

/// A program built from a source beside it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgramEntry {
    /// The module.
    pub file: String,
    /// Its hash.
    pub sha256: String,
    /// Its source.
    pub origin: String,
    /// Under which license it is here.
    pub license: String,
}

/// A module from elsewhere, driven by a recipe.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModuleEntry {
    /// The module.
    pub file: String,
    /// Its hash.
    pub sha256: String,
    /// The recipe.
    pub recipe: String,
    /// The package it was taken from.
    pub origin: String,
    /// Under which license it is here.
    pub license: String,
}

/// One run of a program.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunEntry {
    /// Names the run and the files of its expected output.
    pub name: String,
    /// The program's module.
    pub program: String,
    /// Arguments after the program's name.
    #[serde(default)]
    pub args: Vec<String>,
    /// `NAME=value`.
    #[serde(default)]
    pub env: Vec<String>,
    /// `HOST=GUEST`: folders to read from.
    #[serde(default)]
    pub dirs: Vec<String>,
    /// The file on standard input.
    pub stdin: Option<String>,
    /// Guest path of an empty folder to write to.
    pub scratch: Option<String>,
    /// Names it leaves in that folder, sorted.
    pub left: Option<Vec<String>>,
    /// How it ends.
    pub exit: Exit,
    /// 0 when node cannot run it. Gantry always does.
    #[serde(default)]
    pub node: Option<u32>,
}

/// How a program ends: with a status, or with the word `trap`.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(untagged)]
pub enum Exit {
    /// Exit status.
    Status(i32),
    /// In words.
    Word(String),
}

impl Manifest {
    /// Reads the manifest.
    ///
    /// # Errors
    ///
    /// If it is missing or malformed.
    pub fn load() -> Result<Self> {
        let path = folder().join("manifest.toml");
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        toml::from_str(&text).with_context(|| path.display().to_string())
    }

    /// Checks that every module is there and is the one that the manifest means.
    ///
    /// # Errors
    ///
    /// Names the first that is not, and how to get it.
    pub fn verify(&self) -> Result<()> {
        let programs = self.program.iter().map(|p| (&p.file, &p.sha256, "build.sh"));
        let modules = self.module.iter().map(|m| (&m.file, &m.sha256, "fetch.sh"));
        for (file, expected, script) in programs.chain(modules) {
            let bytes = std::fs::read(folder().join(file))
                .with_context(|| format!("{file} is missing: run filetests/programs/{script}"))?;
            let actual = sha256(&bytes);
            ensure!(actual == *expected, "{file} has the hash {actual}: is manifest.toml up to date with {script}?");
        }
        Ok(())
    }
}
