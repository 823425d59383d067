//! What a run of the tests is asked to do.

use crate::cells::Row;
use crate::mutate::Mutation;
use anyhow::{Result, bail};
use gantry_emit::Isa;

/// How files are run.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Rewrite expectations that are not met.
    pub bless: bool,
    /// Only these instruction sets; all if empty.
    pub isas: Vec<Isa>,
    /// Colours in diffs.
    pub colour: bool,
    /// Makes code wrong before it runs, to see whether the tests notice.
    pub mutation: Option<Mutation>,
}

impl Options {
    /// Options with what the environment says: `GANTRY_BLESS=1` rewrites expectations.
    ///
    /// # Errors
    ///
    /// If expectations are to be rewritten in continuous integration (`CI` is set).
    pub fn from_environment(mut self) -> Result<Self> {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
        self.bless |= set("GANTRY_BLESS");
        if self.bless && set("CI") {
            bail!("expectations are not rewritten in continuous integration: bless on your machine and commit");
        }
        Ok(self)
    }

    /// Whether tests of this instruction set are asked for.
    pub fn wants(&self, isa: Isa) -> bool {
        self.isas.is_empty() || self.isas.contains(&isa)
    }

    /// Whether calls are made on this instruction set. Nothing is blessed before they were made wherever they can be.
    pub fn calls(&self, row: &Row) -> bool {
        self.wants(row.isa) || (self.bless && row.engine().is_some())
    }
}
