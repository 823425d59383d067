//! Calls with their outcome: `;;> f(i32:1, f32:nan) = i32:2 i64:3`, `;;> f(i32:0) trap integer divide by zero`.
//!
//! A file with such lines becomes a script of the specification's format, line by line, and is run as one: values are written
//! as that format writes them (`f32:nan:canonical`, `v128:i32x4 1 2 3 4`, `ref.extern:1`), and messages of traps are
//! those of its tests (`oob` stands for the commonest).

use crate::cells::{ROWS, Row};
use crate::options::Options;
use crate::report::{FileReport, Status};
use crate::wast::{CONFIGURATIONS, Configuration, Engines, run_source};
use crate::wat::header::Header;
use anyhow::{Context, Result, ensure};
use gantry::BackendKind;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Short names of traps.
const SHORT: &[(&str, &str)] = &[("oob", "out of bounds memory access")];

/// The script of a file: the same lines, with calls as assertions. What follows the module's sections is left out.
///
/// # Errors
///
/// If a call is malformed.
pub fn script(text: &str) -> Result<String> {
    let mut script = String::new();
    for (index, line) in text.lines().enumerate() {
        match line.strip_prefix(";;>") {
            Some(call) => script.push_str(&assertion(call.trim()).with_context(|| format!("line {}", index + 1))?),
            None => script.push_str(line),
        }
        script.push('\n');
    }
    Ok(script)
}

fn assertion(call: &str) -> Result<String> {
    let malformed = || format!("malformed call {call:?}: it is FUNC(TYPE:VALUE, ...) = TYPE:VALUE or ... trap MESSAGE");
    let (name, rest) = call.split_once('(').with_context(malformed)?;
    let (args, outcome) = rest.split_once(')').with_context(malformed)?;
    let args = args.split(',').map(str::trim).filter(|a| !a.is_empty()).map(value).collect::<Result<Vec<_>>>()?;
    let invoke = format!("(invoke {:?} {})", name.trim(), args.join(" "));
    let outcome = outcome.trim();
    let trap = outcome.strip_prefix('=').map_or(outcome, str::trim).strip_prefix("trap ");
    if let Some(message) = trap.map(str::trim) {
        let message = SHORT.iter().find(|row| row.0 == message).map_or(message, |row| row.1);
        let directive = if message == "call stack exhausted" { "assert_exhaustion" } else { "assert_trap" };
        return Ok(format!("({directive} {invoke} {message:?})"));
    }
    let results = match outcome.strip_prefix('=') {
        Some(results) => {
            let results = results.split(',').map(str::trim).map(value).collect::<Result<Vec<_>>>()?;
            results.join(" ")
        }
        None => {
            ensure!(outcome.is_empty(), malformed());
            String::new()
        }
    };
    Ok(format!("(assert_return {invoke} {results})"))
}

/// `TYPE:VALUE` as the text format's constant instruction.
fn value(text: &str) -> Result<String> {
    let (ty, value) = text.split_once(':').with_context(|| format!("{text:?} is not TYPE:VALUE"))?;
    Ok(match ty {
        "i32" | "i64" | "f32" | "f64" | "v128" => format!("({ty}.const {value})"),
        _ => format!("({ty} {value})"),
    })
}

/// Runs the calls of a file wherever that is possible.
pub(super) fn run(report: &mut FileReport, header: &Header, text: &str, options: &Options) -> Result<()> {
    let script = script(text)?;
    let rows = match header.kind.text {
        None => header.isas.clone(),
        Some(_) => ROWS.iter().collect(),
    };
    for row in rows.into_iter().filter(|row| options.calls(row)) {
        for &backend in BackendKind::ALL.iter().filter(|&&backend| row.has(backend)) {
            run_on(report, header, text, &script, row, backend)?;
        }
    }
    Ok(())
}

/// Runs the calls of a file in every configuration of a backend.
fn run_on(
    report: &mut FileReport,
    header: &Header,
    text: &str,
    script: &str,
    row: &Row,
    backend: BackendKind,
) -> Result<()> {
    let cell = format!("run {backend} {}", row.isa);
    let configurations = configurations(header, backend);
    // What fails tends to fail in the same way everywhere: it is said once, with where.
    let mut failures: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for &configuration in &configurations {
        let engines = match engines(header, row, backend, configuration) {
            Engine::Here(engines) => engines,
            Engine::NotHere(why) => {
                report.record(&cell, Status::NotRun(why.as_str().into()));
                break;
            }
        };
        let outcome = run_source(&engines.with(&header.features)?, &report.name, script);
        if outcome.is_success() && outcome.totals.unsupported() == 0 {
            (0..outcome.totals.passed()).for_each(|_| report.record(&cell, Status::Passed));
            continue;
        }
        let name = configuration.map_or("as in the header", |c| c.name);
        for failure in &outcome.failures {
            let line = text.lines().nth(failure.line.saturating_sub(1)).and_then(|line| line.strip_prefix(";;>"));
            let call = line.map_or_else(String::new, |call| format!("{}: ", call.trim()));
            failures.entry(format!("line {}: {call}{}", failure.line, failure.message)).or_default().push(name);
        }
        for feature in outcome.totals.unsupported.keys() {
            failures.entry(format!("the feature {feature} is not supported")).or_default().push(name);
        }
    }
    for (message, names) in failures {
        let places = match names.len() {
            1 => names[0].to_owned(),
            n if n == configurations.len() => format!("all {n} configurations"),
            n => format!("{n} of {} configurations: {}", configurations.len(), names.join("; ")),
        };
        report.record(&cell, Status::Failed(format!("{message}\n  in {places}")));
    }
    Ok(())
}

/// Every configuration of a backend, unless the header has options of its own.
fn configurations(header: &Header, backend: BackendKind) -> Vec<Option<&'static Configuration>> {
    if !header.options.is_empty() {
        return vec![None];
    }
    CONFIGURATIONS.iter().filter(|c| c.backend == backend.to_string()).map(Some).collect()
}

#[derive(Clone)]
enum Engine {
    Here(Arc<Engines>),
    NotHere(String),
}

type Key = (gantry_emit::Isa, BackendKind, &'static [&'static str], Vec<(String, String)>);

/// Engines are kept: making one takes longer than running a test.
fn engines(header: &Header, row: &Row, backend: BackendKind, configuration: Option<&Configuration>) -> Engine {
    static ENGINES: OnceLock<Mutex<HashMap<Key, Engine>>> = OnceLock::new();
    let mut options = header.options.clone();
    for (name, value) in configuration.map_or(&[][..], |c| c.options) {
        // Bytecode has nothing to fault with.
        let value = if row.isa.is_pulley() && *name == "signals_based_traps" { "false" } else { value };
        options.push(((*name).to_owned(), value.to_owned()));
    }
    // CPU features are those of this machine's processor.
    let cpu = configuration.filter(|_| row.is_host()).map_or(&[][..], |c| c.cpu);
    let key = (row.isa, backend, cpu, options);
    let known = ENGINES.get_or_init(Mutex::default);
    if let Some(engine) = known.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
        return engine.clone();
    }
    let engine = make(row, backend, cpu, &key.3).unwrap_or_else(|e| Engine::NotHere(format!("{e:#}")));
    known.lock().unwrap_or_else(PoisonError::into_inner).insert(key, engine.clone());
    engine
}

fn make(row: &Row, backend: BackendKind, cpu: &[&str], options: &[(String, String)]) -> Result<Engine> {
    if row.engine().is_none() {
        return Ok(Engine::NotHere(row.not_here().to_string()));
    }
    let mut config = row.config()?;
    config.backend(&backend.to_string());
    for flag in cpu {
        config.cpu_flag(flag, "true");
    }
    for (name, value) in options {
        config.option(name, value)?;
    }
    let engines = Engines::new(config);
    engines.with(&[])?;
    Ok(Engine::Here(Arc::new(engines)))
}

#[cfg(test)]
mod tests {
    use super::assertion;

    #[test]
    fn calls_are_assertions() {
        let check = |call: &str, expected: &str| assert_eq!(assertion(call).unwrap(), expected);
        check("f(i32:1) = i32:2", "(assert_return (invoke \"f\" (i32.const 1)) (i32.const 2))");
        check("f()", "(assert_return (invoke \"f\" ) )");
        check("f() = i32:1, i64:-2", "(assert_return (invoke \"f\" ) (i32.const 1) (i64.const -2))");
        check("f() trap oob", "(assert_trap (invoke \"f\" ) \"out of bounds memory access\")");
        check("f() = trap unreachable", "(assert_trap (invoke \"f\" ) \"unreachable\")");
        check(
            "f(v128:i32x4 1 2 3 4, ref.null:func) = f32:nan:canonical",
            "(assert_return (invoke \"f\" (v128.const i32x4 1 2 3 4) (ref.null func)) (f32.const nan:canonical))",
        );
        assert!(assertion("f").is_err());
        assert!(assertion("f(1)").is_err());
        assert!(assertion("f() 3").is_err());
    }
}
