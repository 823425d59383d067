//! A folder that shows what is wrong: readable, replayed by `gantry diff FOLDER`, and with a test that is ready to commit.

use super::{Reduced, engines, module};
use crate::case::{Case, Options};
use crate::plan::{Domain, Plan};
use crate::run::run;
use crate::trace::{Outcome, Trace};
use crate::value::Value;
use anyhow::{Context, Result};
use gantry::Trap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// Reads the case of a folder.
///
/// # Errors
///
/// If the folder holds no case.
pub fn read(folder: &Path) -> Result<Case> {
    let path = |name| folder.join(name);
    let wasm =
        fs::read(path("module.wasm")).with_context(|| format!("cannot read {}", path("module.wasm").display()))?;
    let options = fs::read_to_string(path("options.toml"))
        .with_context(|| format!("cannot read {}", path("options.toml").display()))?;
    Ok(Case { wasm, options: Options::from_toml(&options)? })
}

/// Writes the folder `<hash>` below another one, and gives its path.
///
/// # Errors
///
/// If it cannot be written, or the engine that is right does not run here.
pub fn write(reduced: &Reduced, below: &Path) -> Result<PathBuf> {
    let case = &reduced.case;
    let name = format!("{:016x}", crate::trace::hash(&case.to_bytes()));
    let folder = below.join(&name);
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let put = |file: &str, text: &[u8]| {
        let path = folder.join(file);
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
    };
    let plan = Plan::new(case)?;
    let (right, _) = engines(case)?;
    let expected = run(right, &plan)?;
    put("module.wasm", &case.wasm)?;
    put("module.wat", module::wat_of(&case.wasm)?.as_bytes())?;
    put("options.toml", case.options.to_toml().as_bytes())?;
    put("calls.txt", calls(&plan).as_bytes())?;
    put("expected.txt", steps(&expected).as_bytes())?;
    put("verdict.md", verdict(reduced)?.as_bytes())?;
    put(
        "cmd.sh",
        b"#!/bin/sh\n# Runs the case again; fails while the engines differ.\nexec gantry diff \"$(dirname \"$0\")\"\n",
    )?;
    if let Some(test) = filetest(&plan, &expected)? {
        put("test.wat", test.as_bytes())?;
    }
    Ok(folder)
}

/// The calls that are made, one per line.
fn calls(plan: &Plan) -> String {
    let mut text = String::new();
    for call in &plan.calls {
        let _ = writeln!(text, "f{}({})", call.func, list(&call.args));
    }
    text
}

fn list(values: &[Value]) -> String {
    values.iter().map(|value| format!("{value:?}")).collect::<Vec<_>>().join(", ")
}

/// What the engine that is right does.
fn steps(trace: &Trace) -> String {
    let mut text = String::new();
    for (number, step) in trace.steps.iter().enumerate() {
        let _ = writeln!(text, "step {number}: {:?}, fuel {:?}", step.outcome, step.fuel);
        for call in &step.host_calls {
            let _ = writeln!(text, "  called import {} with ({})", call.func, list(&call.args));
        }
        if let Some(state) = &step.state {
            let _ = writeln!(text, "  {state:?}");
        }
    }
    text
}

/// The report that an issue begins with.
fn verdict(reduced: &Reduced) -> Result<String> {
    let case = &reduced.case;
    let (right, wrong) = engines(case)?;
    let mut text = String::new();
    let _ = writeln!(text, "# {}: {wrong}\n", reduced.class);
    let _ = writeln!(text, "    {}\n", reduced.what);
    let _ = writeln!(text, "| | |\n| --- | --- |");
    let _ = writeln!(text, "| right | `{right}` |\n| wrong | `{wrong}` |");
    let _ = writeln!(text, "| function | {} |", reduced.blame.function);
    let _ = writeln!(text, "| cause | {} |", reduced.blame.cause);
    let _ = writeln!(text, "| found by | {} cases in {:.1} s |\n", reduced.judged, reduced.time.as_secs_f64());
    let _ = writeln!(
        text,
        "`gantry diff` of this folder replays it. The module:\n\n```wat\n{}```",
        module::wat_of(&case.wasm)?
    );
    Ok(text)
}

/// A test of the kind `run`: results and traps of the calls, and what globals hold afterwards, by functions of its own. None
/// if such a test cannot say what happens: it has no imports, and not every value can be written.
fn filetest(plan: &Plan, expected: &Trace) -> Result<Option<String>> {
    if !plan.imports.is_empty() || expected.steps.len() != plan.calls.len() + 1 {
        return Ok(None);
    }
    let mut lines = String::new();
    let mut getters = std::collections::BTreeMap::new();
    for (call, step) in plan.calls.iter().zip(&expected.steps[1..]) {
        let signature = &plan.functions[call.func as usize];
        let Some(args) = written(&call.args, &signature.params) else { return Ok(None) };
        let _ = match &step.outcome {
            Outcome::Returned(values) => {
                let Some(results) = written(values, &signature.results) else { return Ok(None) };
                let equals = if results.is_empty() { "" } else { " = " };
                writeln!(lines, ";;> f{}({args}){equals}{results}", call.func)
            }
            Outcome::Trapped(Trap::OutOfFuel, _) => return Ok(None),
            Outcome::Trapped(trap, _) => writeln!(lines, ";;> f{}({args}) trap {}", call.func, trap.message()),
            Outcome::HostError | Outcome::Refused => return Ok(None),
        };
        for (i, value) in step.state.iter().flat_map(|state| &state.globals).enumerate() {
            if let Some(text) = written(&[*value], &[]) {
                let ty = text.split(':').next().unwrap_or_default().to_owned();
                getters.insert(i, format!("  (func (export \"get-g{i}\") (result {ty}) global.get {i})\n"));
                let _ = writeln!(lines, ";;> get-g{i}() = {text}");
            }
        }
    }
    let text = module::wat_of(&plan.wasm)?;
    // Functions of the test's own stand at the end of the module.
    let body = text.trim_end().strip_suffix(')').context("a module ends with a parenthesis")?;
    let getters: String = getters.into_values().collect();
    Ok(Some(format!(";;! kind = \"run\"\n\n{body}{getters})\n\n{lines}")))
}

/// Values as filetests write them; null needs to know of which type.
fn written(values: &[Value], domains: &[Domain]) -> Option<String> {
    let one = |(place, value): (usize, &Value)| {
        Some(match *value {
            Value::I32(x) => format!("i32:{x:#x}"),
            Value::I64(x) => format!("i64:{x:#x}"),
            Value::F32(x) => format!("f32:{}", float(f32::from_bits(x).into(), x >> 31 != 0, (x & 0x7f_ffff).into())),
            Value::F64(x) => format!("f64:{}", float(f64::from_bits(x), x >> 63 != 0, x & 0xf_ffff_ffff_ffff)),
            Value::V128(x) => format!("v128:i64x2 {:#x} {:#x}", x & u128::from(u64::MAX), x >> 64),
            Value::Null => match domains.get(place)?.ty {
                Some(crate::value::Type::Func(_)) => "ref.null:func".to_owned(),
                Some(crate::value::Type::Extern(_)) => "ref.null:extern".to_owned(),
                _ => return None,
            },
            Value::Func(_) | Value::Extern(_) => return None,
        })
    };
    let texts: Option<Vec<_>> = values.iter().enumerate().map(one).collect();
    texts.map(|texts| texts.join(", "))
}

/// A float in the text format. `payload`: its mantissa's bits.
fn float(value: f64, negative: bool, payload: u64) -> String {
    let sign = if negative { "-" } else { "" };
    if value.is_nan() { format!("{sign}nan:{payload:#x}") } else { format!("{value:?}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_written_as_the_text_format_reads_them() {
        let text = |x: f64| float(x, x.is_sign_negative(), x.to_bits() & 0xf_ffff_ffff_ffff);
        assert_eq!([text(1.5), text(-0.0), text(f64::NEG_INFINITY)], ["1.5", "-0.0", "-inf"]);
        assert_eq!(text(f64::NAN), "nan:0x8000000000000");
    }
}
