//! A test case: a module with the engines to compare and what to do with it.
//!
//! Cases are kept as WebAssembly modules with the options as TOML in a custom section at the end: one file that every tool
//! of WebAssembly reads, and that means the same when generators change.

use crate::engine::EngineSpec;
use crate::trace;
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::{env, fs};
use wasm_encoder::{CustomSection, Section};
use wasmparser::{Parser, Payload};

/// Name of the custom section that holds the options.
pub const SECTION: &str = "gantry-case";

/// A module and what to do with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The module, without options.
    pub wasm: Vec<u8>,
    /// Everything else.
    pub options: Options,
}

/// What to do with a module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// Arguments, results of host functions and failures of growth come from this.
    #[serde(default)]
    pub seed: u64,
    /// Fuel of every call.
    #[serde(default = "default_fuel")]
    pub fuel: u64,
    /// How many calls are made at most.
    #[serde(default = "default_calls")]
    pub calls: usize,
    /// The engines; the first one is compared to all others and counts fuel.
    pub engine: Vec<EngineSpec>,
}

fn default_fuel() -> u64 {
    20_000
}

fn default_calls() -> usize {
    8
}

/// Optimized against single-pass code.
impl Default for Options {
    fn default() -> Self {
        let engine = ["cranelift", "winch"].map(EngineSpec::comparable);
        Self { seed: 0, fuel: default_fuel(), calls: default_calls(), engine: engine.to_vec() }
    }
}

impl Options {
    /// Reads options.
    ///
    /// # Errors
    ///
    /// If the text is no TOML, or has keys that do not exist.
    pub fn from_toml(text: &str) -> Result<Self> {
        toml::from_str(text).context("options of a case")
    }

    /// Writes options.
    pub fn to_toml(&self) -> String {
        toml::to_string(self).expect("options are plain tables")
    }
}

impl Case {
    /// Takes a case from a file, or a module with default options.
    ///
    /// # Errors
    ///
    /// If the bytes are no module, or the options are wrong.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let mut options = Options::default();
        let mut end = bytes.len();
        for payload in Parser::new(0).parse_all(bytes) {
            if let Payload::CustomSection(section) = payload?
                && section.name() == SECTION
            {
                options = Options::from_toml(std::str::from_utf8(section.data())?)?;
                // It is the last section: what precedes it (id and length included) is the module.
                let range = section.range();
                let (start, last) = (usize::try_from(range.start)?, usize::try_from(range.end)?);
                let payload = last - start;
                end = bytes.len() - payload - 1 - leb128_bytes(payload);
                anyhow::ensure!(last == bytes.len(), "options are not at the end of the module");
            }
        }
        Ok(Self { wasm: bytes[..end].to_vec(), options })
    }

    /// The file of a case.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.wasm.clone();
        let data = self.options.to_toml().into_bytes();
        CustomSection { name: SECTION.into(), data: data.into() }.append_to(&mut bytes);
        bytes
    }

    /// Writes it to a file that `gantry diff` reads, with the module as text beside it, and gives the file. Its folder is what the
    /// environment variable `GANTRY_FUZZ_FOLDER` says, or that of temporary files.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub fn keep(&self) -> Result<PathBuf> {
        let bytes = self.to_bytes();
        let folder = env::var_os("GANTRY_FUZZ_FOLDER").map_or_else(env::temp_dir, PathBuf::from);
        let file = folder.join(format!("case-{:016x}.wasm", trace::hash(&bytes)));
        fs::create_dir_all(&folder)
            .and_then(|()| fs::write(&file, bytes))
            .with_context(|| format!("{} cannot be written", file.display()))?;
        // Only for whoever reads: the file says all.
        let _ = wasmprinter::print_bytes(&self.wasm).map(|text| fs::write(file.with_extension("wat"), text));
        Ok(file)
    }
}

/// Bytes of the shortest LEB128 form of a number, which encoders use for lengths of sections.
fn leb128_bytes(number: usize) -> usize {
    (usize::BITS - number.leading_zeros()).max(1).div_ceil(7) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_give_back_what_was_written() {
        let mut options = Options { seed: 7, ..Options::default() };
        options.engine[1].functions.insert("3".into(), "cranelift".into());
        // The length of the section takes one byte or two.
        for cpu in [0, 1, 30] {
            options.engine[1].cpu = vec!["has_avx".into(); cpu];
            let case = Case { wasm: b"\0asm\x01\0\0\0".to_vec(), options: options.clone() };
            let bytes = case.to_bytes();
            assert_eq!(Case::from_bytes(&bytes).unwrap(), case);
        }
    }

    #[test]
    fn unknown_options_are_errors() {
        assert!(Options::from_toml("engine = []\nseeed = 3").is_err());
        assert!(Options::from_toml("engine = []").is_ok());
    }
}
