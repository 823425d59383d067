//! What an instruction set still lacks, with the command for each step: the path of whoever adds one.

use crate::cells::{ROWS, Row};
use crate::report::FileReport;
use crate::runner;
use crate::wat::header::Header;
use crate::wat::sections::Document;
use crate::wat::{KINDS, Kind};
use anyhow::Result;
use gantry::{BackendKind, Engine};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The table of an instruction set, in Markdown. `root` is the folder of the tests.
///
/// # Errors
///
/// If the tests cannot be read.
pub fn table(row: &Row, root: &Path) -> Result<String> {
    let isa = row.isa;
    let mut text = format!("| {isa} | done | of | next |\n|---|---:|---:|---|\n");
    let mut line = |what: &str, done: usize, of: usize, next: &str| {
        let next = if done < of { format!("`{next}`") } else { String::new() };
        let _ = writeln!(text, "| {what} | {done} | {of} | {next} |");
    };
    for &backend in BackendKind::ALL {
        let mut config = gantry::Config::new();
        config.target(row.triple)?.backend(&backend.to_string());
        for flag in row.flags {
            config.cpu_flag(flag, "true");
        }
        let made = usize::from(Engine::new(&config).is_ok());
        line(&format!("{backend} makes its code"), made, 1, &format!("gantry compile --target {} FILE", row.triple));
    }
    let files = runner::find(&[root.to_owned()])?;
    let with = |extension: &str| -> Vec<PathBuf> {
        files.iter().filter(|f| f.extension().is_some_and(|e| e == extension)).cloned().collect()
    };
    let clif: Vec<String> = with("clif").iter().map(std::fs::read_to_string).collect::<Result<_, _>>()?;
    let runs: Vec<&String> = clif.iter().filter(|t| t.lines().any(|l| l.trim() == "test run")).collect();
    let mine =
        runs.iter().filter(|t| t.lines().any(|l| l.split_whitespace().take(2).eq(["target", isa.name()]))).count();
    line("CLIF files that run on it", mine, runs.len(), "add its `target` line, or run gantry-filetests generate-clif");
    let wat: Vec<String> = with("wat").iter().map(std::fs::read_to_string).collect::<Result<_, _>>()?;
    for kind in KINDS.iter().filter(|kind| kind.text.is_some() && (kind.isas)(row)) {
        let (done, of) = sections(kind, row, &wat);
        line(
            &format!("files of kind {} with its section", kind.name),
            done,
            of,
            &format!("gantry test --bless --isa {isa} filetests"),
        );
    }
    let here = usize::from(row.engine().is_some());
    line("the engine runs it in this process", here, 1, row.elsewhere);
    if here == 1 {
        let reports = runner::run(&files, &crate::options::Options { isas: vec![isa], ..Default::default() });
        let good = reports.iter().filter(|r| FileReport::is_success(r)).count();
        line("files that pass on it", good, files.len(), &format!("gantry test --isa {isa} filetests"));
    }
    Ok(text)
}

/// Files of a kind that have a section for this instruction set, and all that might.
fn sections(kind: &Kind, row: &Row, files: &[String]) -> (usize, usize) {
    let mine: Vec<_> = files.iter().filter(|t| Header::parse(t).is_ok_and(|h| h.kind.name == kind.name)).collect();
    let has = |text: &&&String| {
        let named = |title: &str| title.split(' ').next() == Some(row.isa.name());
        Document::parse(text).is_ok_and(|d| d.sections.iter().any(|s| named(&s.title)))
    };
    (mine.iter().filter(has).count(), mine.len())
}

/// Names of all instruction sets.
pub fn names() -> Vec<&'static str> {
    ROWS.iter().map(|row| row.isa.name()).collect()
}
