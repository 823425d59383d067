//! How many mutants the fuzzing finds.

use crate::hunt::{self, Hunt};
use crate::table::{Class, Mutant, OMITTED};
use anyhow::{Context, Result};
use gantry_oracles::reduce::blame::Function;
use gantry_oracles::reduce::{Reduced, Reducer, repro};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What is measured.
#[derive(Clone, Debug)]
pub struct Protocol {
    /// Seeds per mutant.
    pub seeds: u64,
    /// Seconds of the processor per seed.
    pub seconds: f64,
    /// Where reproducers go; none are made if there is no place.
    pub repro: Option<PathBuf>,
}

/// How one mutant fared.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Its name.
    pub name: &'static str,
    /// Its class.
    pub class: Class,
    /// Its seam.
    pub seam: &'static str,
    /// What it models.
    pub origin: Option<&'static str>,
    /// One hunt for each seed.
    pub hunts: Vec<Hunt>,
    /// What reduction made of the first case that was found.
    pub reduction: Option<Reduction>,
}

/// What reduction made of a case.
#[derive(Clone, Debug, Serialize)]
pub struct Reduction {
    /// Seconds by the clock.
    pub seconds: f64,
    /// Bytes of the module before and after.
    pub bytes: (usize, usize),
    /// The functions to blame.
    pub function: String,
    /// The cause.
    pub cause: String,
    /// Whether one function is named.
    pub names_function: bool,
    /// The reproducer.
    pub folder: PathBuf,
}

impl Row {
    /// Whether at least half of the seeds found it.
    pub fn is_found(&self) -> bool {
        2 * self.hunts.iter().filter(|hunt| hunt.found.is_some()).count() >= self.hunts.len()
    }

    /// The median of executions and seconds; hunts that found nothing count as the longest.
    fn median(&self) -> (u64, f64) {
        let mut hunts: Vec<_> = self.hunts.iter().collect();
        let key = |hunt: &&Hunt| if hunt.found.is_some() { hunt.seconds } else { f64::INFINITY };
        hunts.sort_by(|a, b| key(a).total_cmp(&key(b)));
        hunts.get((hunts.len() - 1) / 2).map_or((0, 0.0), |hunt| (hunt.executions, hunt.seconds))
    }
}

/// Looks for mutants, one after the other.
///
/// # Errors
///
/// If a hunt cannot be started. A bug of the engine itself is no error: its case is kept, and printed where.
pub fn run(mutants: &[&'static Mutant], protocol: &Protocol) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for mutant in mutants {
        let mut row = Row {
            name: mutant.name,
            class: mutant.class,
            seam: mutant.seam.name(),
            origin: mutant.origin,
            hunts: Vec::new(),
            reduction: None,
        };
        for seed in 1..=protocol.seeds {
            let (hunt, case) = hunt::hunt(mutant, seed, protocol.seconds)?;
            for &number in &hunt.real {
                let place = hunt::without(mutant, seed, number).context("the case is made once more")?.keep()?;
                writeln!(
                    std::io::stderr(),
                    "a bug of the engine itself; see it with: gantry diff {}",
                    place.display()
                )?;
            }
            row.hunts.push(hunt);
            if let (Some(case), Some(folder), None) = (case, &protocol.repro, &row.reduction) {
                let mut worker = hunt::worker()?;
                // A case that differs only sometimes is no reproducer; it was found all the same.
                if let Ok(reduced) = Reducer::new(&mut worker, Duration::from_secs(120)).reduce(&case) {
                    row.reduction = Some(reduction(case.wasm.len(), &reduced, folder)?);
                }
            }
        }
        let (executions, seconds) = row.median();
        let verdict = if row.is_found() { "found" } else { "missed" };
        writeln!(std::io::stderr(), "{verdict} {}: {executions} cases, {seconds:.1} s", row.name)?;
        rows.push(row);
    }
    Ok(rows)
}

fn reduction(before: usize, reduced: &Reduced, folder: &Path) -> Result<Reduction> {
    let function = &reduced.blame.function;
    let names_function = match function {
        Function::Compiled(list) | Function::Remaining(list) => list.len() == 1,
        Function::None => false,
    };
    Ok(Reduction {
        seconds: reduced.time.as_secs_f64(),
        bytes: (before, reduced.case.wasm.len()),
        function: function.to_string(),
        cause: reduced.blame.cause.to_string(),
        names_function,
        folder: repro::write(reduced, folder)?,
    })
}

/// The table as JSON.
///
/// # Errors
///
/// Never: rows are plain data.
pub fn to_json(rows: &[Row], protocol: &Protocol) -> Result<String> {
    let all = serde_json::json!({
        "schema": 2,
        "seeds": protocol.seeds,
        "seconds": protocol.seconds,
        "host": std::env::consts::ARCH,
        "debug_assertions": cfg!(debug_assertions),
        "mutants": rows,
    });
    serde_json::to_string_pretty(&all).context("rows are plain data")
}

/// The table as Markdown, with sums before it.
pub fn to_markdown(rows: &[Row]) -> String {
    let mut text = String::new();
    let share = |of: &dyn Fn(&Row) -> bool| {
        let all = rows.iter().filter(|row| of(row)).count();
        let found = rows.iter().filter(|row| of(row) && row.is_found()).count();
        format!("{found} of {all}")
    };
    let _ = writeln!(text, "| mutants | found |\n| --- | --- |");
    let _ = writeln!(text, "| historical | {} |", share(&|row| row.origin.is_some()));
    let _ = writeln!(text, "| synthetic | {} |", share(&|row| row.origin.is_none()));
    let _ = writeln!(text, "| of the class Address | {} |", share(&|row| row.class == Class::Address));
    let mut oracles: BTreeMap<String, usize> = BTreeMap::new();
    for found in rows.iter().filter_map(|row| row.hunts.iter().find_map(|hunt| hunt.found.as_ref())) {
        *oracles.entry(format!("{} | {}", found.generator, found.oracle)).or_default() += 1;
    }
    let _ = writeln!(text, "\n| generator | what the oracle saw first | mutants |\n| --- | --- | ---: |");
    for (oracle, count) in oracles {
        let _ = writeln!(text, "| {oracle} | {count} |");
    }
    let reduced: Vec<_> = rows.iter().filter_map(|row| row.reduction.as_ref()).collect();
    if !reduced.is_empty() {
        let named = reduced.iter().filter(|r| r.names_function).count();
        let fast = reduced.iter().filter(|r| r.names_function && r.seconds <= 120.0).count();
        let _ =
            writeln!(text, "\nReduced: {}; one function named: {named}, within two minutes: {fast}.", reduced.len());
    }
    let _ = writeln!(
        text,
        "\n| mutant | class | seam | models | found | cases | seconds | reduced to | function | cause |"
    );
    let _ = writeln!(text, "| --- | --- | --- | --- | --- | ---: | ---: | --- | --- | --- |");
    for row in rows {
        let (executions, seconds) = row.median();
        let first = row.hunts.iter().find_map(|hunt| hunt.found.as_ref());
        let oracle = first.map_or("-".to_owned(), |found| found.oracle.clone());
        let (bytes, function, cause) = match &row.reduction {
            Some(r) => (format!("{} of {} bytes in {:.0} s", r.bytes.1, r.bytes.0, r.seconds), &*r.function, &*r.cause),
            None => ("-".to_owned(), "-", "-"),
        };
        let _ = writeln!(
            text,
            "| {} | {:?} | {} | {} | {oracle} | {executions} | {seconds:.1} | {bytes} | {function} | {cause} |",
            row.name,
            row.class,
            row.seam,
            row.origin.unwrap_or("-"),
        );
    }
    let _ = writeln!(text, "\n| not applicable | because |\n| --- | --- |");
    for (bug, reason) in OMITTED {
        let _ = writeln!(text, "| {bug} | {reason} |");
    }
    text
}
