//! Writes tests of the machine code of the single-pass backend: every operator, with parameters and with a constant.

use crate::generate::sweep::{MemoryKind, Operator, list, operators};
use anyhow::{Context, Result};
use gantry::{Feature, Stage};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

/// What a file says of itself.
fn head(feature: Option<Feature>) -> String {
    let features = feature.map_or_else(String::new, |f| format!(";;! features = [{:?}]\n", f.name()));
    format!(
        ";;! kind = \"winch\"\n{features}\n;; Made by `gantry-filetests generate-winch`: what operators become, with parameters \
         and with a constant as last operand.\n\n"
    )
}

/// Writes a file for each type of operators into `folder`, without sections: `gantry test --bless` adds them. Returns how many
/// functions there are.
///
/// # Errors
///
/// If a file cannot be written.
pub fn write_winch(folder: &Path) -> Result<usize> {
    let mut files: BTreeMap<(String, Option<Feature>), String> = BTreeMap::new();
    let (mut seen, mut functions) = (BTreeSet::new(), 0);
    for operator in operators().iter().filter(|o| matches!(o.memory, None | Some(MemoryKind::Plain))) {
        // One choice of immediates is enough, the first; and offsets beside it.
        let mnemonic = operator.text.split(' ').next().unwrap_or_default();
        if !seen.insert((mnemonic.to_owned(), operator.text.contains("offset"))) {
            continue;
        }
        let ty = mnemonic.split('.').next().unwrap_or_default();
        let file = if operator.memory.is_some() { format!("{ty}-memory") } else { ty.to_owned() };
        let feature = Feature::from_name(&operator.proposal.replace('_', "-")).filter(|f| f.stage() == Stage::Off);
        let module = files.entry((file, feature)).or_default();
        for constant in [false, true].into_iter().take(operator.params.len()) {
            let _ = writeln!(module, "  {}", function(operator, constant));
            functions += 1;
        }
    }
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    for ((mut name, feature), functions) in files {
        let memory = if name.ends_with("-memory") { " (memory 1)" } else { "" };
        if let Some(feature) = feature {
            let _ = write!(name, "-{}", feature.name());
        }
        let path = folder.join(format!("{name}.wat"));
        let text = format!("{}(module{memory}\n{})\n", head(feature), functions.trim_end());
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(functions)
}

/// An operator of parameters, the last of which may be a constant instead.
fn function(operator: &Operator, constant: bool) -> String {
    let count = operator.params.len() - usize::from(constant);
    let mut operands: String = (0..count).map(|i| format!(" (local.get {i})")).collect();
    if constant {
        let ty = operator.params[count];
        let _ = write!(operands, " {}", ty.constant(ty.values()[2]));
    }
    let name = format!("{}{}", operator.text, if constant { ", constant" } else { "" });
    let (params, results) = (list("param", &operator.params[..count]), list("result", &operator.results));
    let parts = [format!("(func (export {name:?})"), params, results, format!("({}{operands}))", operator.text)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::write_winch;

    #[test]
    fn files_are_valid_modules() {
        let folder = tempfile::tempdir().unwrap();
        assert!(write_winch(folder.path()).unwrap() > 600);
        for entry in std::fs::read_dir(folder.path()).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            crate::wat::wat(&text).unwrap_or_else(|e| panic!("{e}\n{text}"));
            crate::wat::header::Header::parse(&text).unwrap();
        }
    }
}
