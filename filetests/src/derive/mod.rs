//! Twins of the specification's scripts: the same assertions about modules that do the same with other instructions.
//!
//! A script says what its functions result in. Each module of a twin is rewritten so that its exports have the types and
//! results that they had, while indices of tables and memories have 64 bits, another memory comes first, or accesses have other
//! offsets. So every assertion of the original is one of the twin.

mod access;
mod module;
mod script;
mod shape;

pub use module::{WhyNot, rewrite};
pub use script::Derived;

use crate::wast::{Expectation, Suite, SuiteFile};
use gantry::Feature;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// How twins differ from their originals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Twin {
    /// Tables with 64-bit indices.
    WideTables,
    /// Every second table has 64-bit indices.
    MixedTables,
    /// Memories with 64-bit addresses.
    WideMemories,
    /// Every second memory has 64-bit addresses.
    MixedMemories,
    /// Another memory is in front of all.
    SecondMemory,
    /// Loads and stores with larger offsets and smaller addresses.
    Offsets,
}

impl Twin {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::WideTables,
        Self::MixedTables,
        Self::WideMemories,
        Self::MixedMemories,
        Self::SecondMemory,
        Self::Offsets,
    ];

    /// Its name, as it stands before the names of scripts.
    pub fn name(self) -> &'static str {
        match self {
            Self::WideTables => "wide tables",
            Self::MixedTables => "mixed tables",
            Self::WideMemories => "wide memories",
            Self::MixedMemories => "mixed memories",
            Self::SecondMemory => "second memory",
            Self::Offsets => "offsets",
        }
    }

    fn needs(self) -> Option<Feature> {
        match self {
            Self::WideTables | Self::MixedTables | Self::WideMemories | Self::MixedMemories => Some(Feature::Memory64),
            Self::SecondMemory => Some(Feature::MultiMemory),
            Self::Offsets => None,
        }
    }
}

/// The twins of the suite, and what has none.
#[derive(Clone, Debug, Default)]
pub struct Twins {
    /// Scripts to run.
    pub files: Vec<SuiteFile>,
    /// For each kind the number of scripts.
    pub scripts: BTreeMap<Twin, usize>,
    /// Assertions that run code, by kind.
    pub assertions: BTreeMap<Twin, usize>,
    /// Modules (or scripts, for reasons that concern all of it) without a twin, by kind and reason.
    pub without: BTreeMap<(Twin, WhyNot), usize>,
}

impl Twins {
    /// Derives the twins of every script whose features the engine has, of each name the newest version.
    pub fn of_suite() -> &'static Self {
        static TWINS: OnceLock<Twins> = OnceLock::new();
        TWINS.get_or_init(|| {
            let suite = Suite::supported();
            let mut names = BTreeSet::new();
            let newest = |file: &&SuiteFile| names.insert(file.name.rsplit('/').next().unwrap_or_default().to_owned());
            let files: Vec<&SuiteFile> = suite.files.iter().filter(newest).collect();
            let unusual = |file: &&SuiteFile| {
                Expectation::of(&file.name).is_some_and(|e| !e.needs.is_empty() || !e.overturned.is_empty())
            };
            let (later, files): (Vec<_>, Vec<_>) = files.into_iter().partition(unusual);
            let jobs: Vec<_> = files.iter().flat_map(|file| Twin::ALL.map(|twin| (*file, twin))).collect();
            let derived: Vec<_> =
                jobs.into_par_iter().map(|(file, twin)| (file, twin, script::derive(&file.source, twin))).collect();
            let mut twins = Self::default();
            twins.without.extend(Twin::ALL.map(|twin| ((twin, WhyNot::Later), later.len())));
            for (file, twin, derived) in derived {
                for (why, count) in derived.without {
                    *twins.without.entry((twin, why)).or_default() += count;
                }
                let Some(source) = derived.source else { continue };
                // Features that are off for the original are so because of assertions that are left out.
                let mut features: Vec<_> = file.features.iter().copied().filter(|f| f.1).collect();
                features.extend(twin.needs().map(|feature| (feature, true)));
                *twins.scripts.entry(twin).or_default() += 1;
                *twins.assertions.entry(twin).or_default() += derived.assertions;
                let name = format!("{} of {}", twin.name(), file.name);
                twins.files.push(SuiteFile { name, folders: Vec::new(), source: source.into(), features });
            }
            twins
        })
    }

    /// Sums, one line for each kind.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for twin in Twin::ALL {
            let of = |map: &BTreeMap<Twin, usize>| map.get(&twin).copied().unwrap_or(0);
            text += &format!("{}: {} scripts, {} assertions", twin.name(), of(&self.scripts), of(&self.assertions));
            for ((_, why), count) in self.without.iter().filter(|entry| entry.0.0 == twin) {
                text += &format!("; {count} without a twin: {why}");
            }
            text.push('\n');
        }
        text
    }
}
