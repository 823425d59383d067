//! Finds test files, runs them in parallel, rewrites what was blessed.

use crate::options::Options;
use crate::report::{FileReport, Status};
use crate::{clif, wat};
use anyhow::{Context, Result, bail, ensure};
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// How files with an extension are run.
type Run = fn(name: &str, text: &str, options: &Options) -> FileReport;

/// File name extensions of tests.
const KINDS: &[(&str, Run)] = &[("clif", clif::run_file), ("wat", wat::run_file)];

fn kind(path: &Path) -> Option<Run> {
    let extension = path.extension()?.to_str()?;
    KINDS.iter().find(|row| row.0 == extension).map(|row| row.1)
}

/// The test files among `paths` and in folders among them, in order of name.
///
/// # Errors
///
/// If a path cannot be read, is no test, or there is none at all.
pub fn find(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            find_in(path, &mut files)?;
        } else {
            ensure!(path.exists(), "{} does not exist", path.display());
            ensure!(kind(path).is_some(), "{} is no test: tests end in .clif or .wat", path.display());
            files.push(path.clone());
        }
    }
    files.sort();
    files.dedup();
    if files.is_empty() {
        let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        bail!("there are no tests in {}", paths.join(", "));
    }
    Ok(files)
}

fn find_in(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            find_in(&path, files)?;
        } else if kind(&path).is_some() {
            files.push(path);
        }
    }
    Ok(())
}

/// Runs files on all cores; reports are in their order. Expectations are rewritten if the options say so.
pub fn run(files: &[PathBuf], options: &Options) -> Vec<FileReport> {
    files.par_iter().with_max_len(1).map(|path| run_one(path, options)).collect()
}

fn run_one(path: &Path, options: &Options) -> FileReport {
    let name = path.display().to_string();
    let attempt = || -> Result<FileReport> {
        let run = kind(path).context("no test")?;
        let text = std::fs::read_to_string(path).context("cannot be read")?;
        let report = run(&name, &text, options);
        if let Some(new) = &report.blessed {
            std::fs::write(path, new).context("cannot be written")?;
        }
        Ok(report)
    };
    attempt().unwrap_or_else(|e| {
        let mut report = FileReport::new(&name);
        report.record("file", Status::Failed(format!("{e:#}")));
        report
    })
}
