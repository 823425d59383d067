//! What an instruction set still lacks, with the command for each step: the path of whoever adds one.

use crate::cells::{self, Row};
use crate::coverage;
use crate::report::FileReport;
use crate::runner;
use crate::wat::header::Header;
use crate::wat::sections::Document;
use crate::wat::{KINDS, Kind};
use anyhow::Result;
use gantry::BackendKind;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The table of an instruction set, in Markdown. `root` is the folder of the tests.
///
/// # Errors
///
/// If the tests cannot be read.
pub fn table(row: &'static Row, root: &Path) -> Result<String> {
    let isa = row.isa;
    let mut text = format!("| {isa} | done | of | next |\n|---|---:|---:|---|\n");
    let mut line = |what: &str, done: usize, of: usize, next: &str| {
        let next = if done < of { format!("`{next}`") } else { String::new() };
        let _ = writeln!(text, "| {what} | {done} | {of} | {next} |");
    };
    for &backend in BackendKind::ALL {
        let next = format!("gantry compile --backend {backend} --target {} FILE", row.triple);
        line(&format!("{backend} makes its code"), row.has(backend).into(), 1, &next);
    }
    let files = runner::find(&[root.to_owned()])?;
    let with = |extension: &str| -> Vec<PathBuf> {
        files.iter().filter(|f| f.extension().is_some_and(|e| e == extension)).cloned().collect()
    };
    if cells::distinct().contains(&row) {
        let clif: Vec<String> = with("clif").iter().map(std::fs::read_to_string).collect::<Result<_, _>>()?;
        let (done, of) = coverage::operations(row, &clif)?;
        let ops = root.join("clif/ops");
        line("operations of CLIF with a test", done, of, &format!("gantry-filetests generate-clif {}", ops.display()));
    }
    let wat: Vec<String> = with("wat").iter().map(std::fs::read_to_string).collect::<Result<_, _>>()?;
    for kind in KINDS.iter().filter(|kind| kind.text.is_some() && (kind.isas)(row)) {
        let (done, of) = sections(kind, row, &wat);
        if of == 0 {
            continue;
        }
        line(
            &format!("files of kind {} with its section", kind.name),
            done,
            of,
            &format!("gantry test --bless --isa {isa} {}", root.display()),
        );
    }
    let here = usize::from(row.engine().is_some());
    line("the engine runs it in this process", here, 1, row.elsewhere);
    if here == 1 {
        let reports = runner::run(&files, &crate::options::Options { isas: vec![isa], ..Default::default() });
        let good = reports.iter().filter(|r| FileReport::is_success(r)).count();
        line("files that pass on it", good, files.len(), &format!("gantry test --isa {isa} {}", root.display()));
    }
    Ok(text)
}

/// Files of a kind that have a section for this instruction set, and all whose headers ask for one.
fn sections(kind: &Kind, row: &Row, files: &[String]) -> (usize, usize) {
    let asks = |header: Header| header.kind.name == kind.name && header.isas.iter().any(|asked| asked.isa == row.isa);
    let mine: Vec<_> = files.iter().filter(|text| Header::parse(text).is_ok_and(asks)).collect();
    let has = |text: &&&String| {
        let named = |title: &str| title.split(' ').next() == Some(row.isa.name());
        Document::parse(text).is_ok_and(|d| d.sections.iter().any(|s| named(&s.title)))
    };
    (mine.iter().filter(has).count(), mine.len())
}
