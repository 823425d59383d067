//! The header of a test: lines `;;!`, together one TOML document.

use crate::cells::{self, Row};
use crate::wat::{KINDS, Kind, all};
use anyhow::{Context, Result, bail, ensure};
use gantry::{Config, Feature};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What a header says.
pub struct Header {
    /// What is tested.
    pub kind: &'static Kind,
    /// Instruction sets with a section each; for files that only run, those that run it.
    pub isas: Vec<&'static Row>,
    /// Options of code generation, as (name, value).
    pub options: Vec<(String, String)>,
    /// Features to switch on, or off with a leading `-`.
    pub features: Vec<(Feature, bool)>,
    /// What does not work: (cell, reason).
    pub unsupported: Vec<(String, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    kind: String,
    #[serde(default)]
    isas: Option<Isas>,
    #[serde(default)]
    options: Vec<String>,
    #[serde(default)]
    features: Vec<String>,
    #[serde(default)]
    unsupported: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Isas {
    Word(String),
    List(Vec<String>),
}

impl Header {
    /// Parses the header of a file.
    ///
    /// # Errors
    ///
    /// If it is malformed, has an unknown key, or names something that does not exist.
    pub fn parse(text: &str) -> Result<Self> {
        // Other lines are empty, so that errors have the lines and columns of the file.
        let lines =
            text.lines().map(|line| line.strip_prefix(";;!").map_or_else(String::new, |rest| format!("   {rest}")));
        let toml = lines.collect::<Vec<_>>().join("\n");
        ensure!(!toml.trim().is_empty(), "there is no header: a test begins with a line like `;;! kind = \"run\"`");
        let raw: Raw = toml::from_str(&toml).context("malformed header")?;
        let names = || KINDS.iter().map(|k| k.name).collect::<Vec<_>>().join(", ");
        let kind = KINDS.iter().find(|k| k.name == raw.kind);
        let kind = kind.with_context(|| format!("there is no kind {:?}; there is: {}", raw.kind, names()))?;
        let isas = match raw.isas {
            None => all(kind),
            Some(Isas::Word(word)) if word == "all" => all(kind),
            Some(Isas::Word(word)) => vec![cells::row(&word)?],
            Some(Isas::List(list)) => list.iter().map(|name| cells::row(name)).collect::<Result<_>>()?,
        };
        ensure!(!isas.is_empty(), "`isas` is empty");
        if let Some(row) = isas.iter().find(|row| !(kind.isas)(row)) {
            bail!("files of kind {:?} are not about {}", kind.name, row.isa);
        }
        let option = |text: &String| {
            let (name, value) = text.split_once('=').with_context(|| format!("option {text:?} is not NAME=VALUE"))?;
            Ok((name.trim().replace('-', "_"), value.trim().to_owned()))
        };
        let feature = |text: &String| {
            let (name, on) = text.strip_prefix('-').map_or((text.as_str(), true), |name| (name, false));
            Ok((Feature::from_name(name).with_context(|| format!("there is no feature {name:?}"))?, on))
        };
        let header = Self {
            kind,
            isas,
            options: raw.options.iter().map(option).collect::<Result<_>>()?,
            features: raw.features.iter().map(feature).collect::<Result<_>>()?,
            unsupported: raw.unsupported.into_iter().collect(),
        };
        ensure!(header.unsupported.iter().all(|u| !u.1.trim().is_empty()), "what is unsupported needs a reason");
        header.apply(&mut Config::new())?;
        Ok(header)
    }

    /// Sets options and features of an engine.
    ///
    /// # Errors
    ///
    /// If there is no such option, or its value is none.
    pub fn apply(&self, config: &mut Config) -> Result<()> {
        for (name, value) in &self.options {
            config.option(name, value)?;
        }
        for &(feature, on) in &self.features {
            config.wasm_feature(feature, on);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Header;

    fn error(text: &str) -> String {
        match Header::parse(text) {
            Ok(_) => "no error".to_owned(),
            Err(e) => format!("{e:#}"),
        }
    }

    #[test]
    fn headers_say_what_is_wrong_with_them() {
        assert!(error("(module)").contains("no header"));
        assert!(error(";;! kind = \"run\"\n;;! colour = 1").contains("unknown field `colour`"));
        assert!(error(";;! kind = \"run\"\n(module)\n;;! colour = 1").contains("line 3, column 5"));
        assert!(error(";;! kind = \"walk\"").contains("no kind \"walk\""));
        assert!(error(";;! kind = \"winch\"\n;;! isas = [\"vax\"]").contains("no instruction set called \"vax\""));
        assert!(error(";;! kind = \"winch\"\n;;! isas = [\"pulley64\"]").contains("not about pulley64"));
        assert!(error(";;! kind = \"run\"\n;;! options = [\"x=1\"]").contains("no option called \"x\""));
        assert!(error(";;! kind = \"run\"\n;;! features = [\"x\"]").contains("no feature \"x\""));
        assert_eq!(error(";;! kind = \"run\"\n;;! features = [\"memory64\", \"-simd\"]"), "no error");
    }
}
