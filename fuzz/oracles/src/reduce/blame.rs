//! Which function is compiled wrongly, and by which optimization.

use super::{Reducer, engines, module};
use crate::case::Case;
use crate::engine::EngineSpec;
use crate::plan::Plan;
use crate::worker::Class;
use anyhow::Result;
use gantry::Engine;
use gantry_compile::tuning::{WinchLimit, WinchOptimization};
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Who is to blame.
#[derive(Clone, Debug)]
pub struct Blame {
    /// Which functions have to be compiled by the wrong engine.
    pub function: Function,
    /// What it does wrongly there.
    pub cause: Cause,
}

/// Functions, by index in the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Function {
    /// These, compiled by the wrong engine's compiler, are enough to make the difference.
    Compiled(Vec<u32>),
    /// No other compiler makes code for this engine; but only these do anything that matters.
    Remaining(Vec<u32>),
    /// None: it is wrong whoever compiles.
    None,
}

/// What is done wrongly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// An optimization of the single-pass compiler.
    Winch {
        /// Its number among those that are taken.
        number: u64,
        /// What it is.
        taken: WinchOptimization,
    },
    /// No optimization: it is wrong without any, so the translation of the operators themselves is.
    Translation,
    /// It is right with any one of these settings.
    Cranelift(Vec<String>),
    /// A pattern of the interpreter's, by number.
    Pattern(u16),
    /// The interpreter's fast executor, whatever patterns it uses.
    FastExecutor,
}

impl fmt::Display for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Compiled(list) => write!(f, "{list:?}"),
            Self::Remaining(list) => write!(f, "{list:?} (the only ones that do anything)"),
            Self::None => f.write_str("none: it is wrong whichever compiler is used"),
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Winch { number, taken } => {
                write!(f, "Winch's optimization {number}: {:?} at offset {:#x} of the module", taken.what, taken.offset)
            }
            Self::Translation => f.write_str("no optimization: it is wrong without any"),
            Self::Cranelift(list) => write!(f, "Cranelift, unless {}", list.join(" or ")),
            Self::Pattern(number) => write!(f, "pattern {number} of the interpreter"),
            Self::FastExecutor => f.write_str("the interpreter's fast executor, without patterns as well"),
        }
    }
}

/// Finds out who is to blame for a case of two engines.
pub(super) fn find(reducer: &mut Reducer<'_>, case: &Case, class: &Class) -> Result<Blame> {
    let mut case = case.clone();
    let function = function(reducer, &mut case, class)?;
    let cause = cause(reducer, &case, class)?;
    Ok(Blame { function, cause })
}

/// Has as few functions as possible compiled by the wrong engine's compiler.
fn function(reducer: &mut Reducer<'_>, case: &mut Case, class: &Class) -> Result<Function> {
    let defined = module::defined_functions(&case.wasm)?;
    let imported = u32::try_from(Plan::new(case)?.functions.len())? - defined;
    let all: Vec<u32> = (imported..imported + defined).collect();
    let (_, wrong) = engines(case)?;
    let other = if wrong.backend == "winch" { "cranelift" } else { "winch" };
    let with = |case: &Case, kept: &[u32]| {
        let mut case = case.clone();
        let spec = &mut case.options.engine[1];
        spec.functions = all.iter().filter(|f| !kept.contains(f)).map(|f| (f.to_string(), other.to_owned())).collect();
        case
    };
    if all.is_empty() {
        return Ok(Function::None);
    }
    let has_other = catch_unwind(|| with(case, &[]).options.engine[1].engine().is_ok()).unwrap_or(false);
    if !has_other {
        let mut left = Vec::new();
        for place in 0..defined {
            let stubbed = Case { wasm: module::with_stubs(&case.wasm, &[place])?, options: case.options.clone() };
            if !reducer.is(&stubbed, class)? {
                left.push(imported + place);
            }
        }
        return Ok(if left.is_empty() { Function::None } else { Function::Remaining(left) });
    }
    if reducer.is(&with(case, &[]), class)? {
        return Ok(Function::None);
    }
    let mut kept = all.clone();
    let mut chunk = kept.len().div_ceil(2);
    while chunk > 0 && kept.len() > 1 {
        let mut at = 0;
        while at < kept.len() {
            let end = (at + chunk).min(kept.len());
            let fewer: Vec<u32> = [&kept[..at], &kept[end..]].concat();
            if !fewer.is_empty() && reducer.is(&with(case, &fewer), class)? {
                kept = fewer;
            } else {
                at = end;
            }
        }
        chunk /= 2;
    }
    let smaller = with(case, &kept);
    if reducer.is(&smaller, class)? {
        *case = smaller;
    }
    Ok(Function::Compiled(kept))
}

/// Finds the optimization that is wrong.
fn cause(reducer: &mut Reducer<'_>, case: &Case, class: &Class) -> Result<Cause> {
    let (_, wrong) = engines(case)?;
    if wrong.is_bytecode()
        && let Some(cause) = interpreter(reducer, case, class)?
    {
        return Ok(cause);
    }
    if wrong.backend == "winch" { winch(reducer, case, class) } else { cranelift(reducer, case) }
}

/// A case with the wrong engine changed.
fn with(case: &Case, change: impl FnOnce(&mut EngineSpec)) -> Case {
    let mut case = case.clone();
    change(&mut case.options.engine[1]);
    case
}

/// Finds the first optimization of the single-pass compiler with which a case is wrong.
fn winch(reducer: &mut Reducer<'_>, case: &Case, class: &Class) -> Result<Cause> {
    let limited = |limit| with(case, |spec| spec.winch_limit = Some(limit));
    if reducer.is(&limited(0), class)? {
        return Ok(Cause::Translation);
    }
    // It is right with `good` of them, and wrong with `bad`.
    let (mut good, mut bad) = (0, ask_winch(case, u64::MAX)?.asked());
    while bad - good > 1 {
        let middle = good + (bad - good) / 2;
        if reducer.is(&limited(middle), class)? {
            bad = middle;
        } else {
            good = middle;
        }
    }
    let taken = ask_winch(case, bad)?.last();
    Ok(taken.map_or(Cause::Translation, |taken| Cause::Winch { number: bad, taken }))
}

/// Compiles a case with a limit, and gives it back with what was asked of it.
fn ask_winch(case: &Case, limit: u64) -> Result<Arc<WinchLimit>> {
    let (_, wrong) = engines(case)?;
    let limit = Arc::new(WinchLimit::new(limit));
    let config = wrong.config_with(Some(limit.clone()))?;
    let wasm = Plan::new(case)?.wasm;
    // Whether the compiler fails is not the question here.
    let _ = catch_unwind(AssertUnwindSafe(|| Engine::new(&config)?.precompile_module(&wasm)));
    Ok(limit)
}

/// Settings of cranelift-codegen's that switch something off that optimizes.
const CRANELIFT: &[(&str, &str)] =
    &[("opt_level", "none"), ("enable_alias_analysis", "false"), ("regalloc_algorithm", "single_pass")];

/// Finds the settings of the optimizing compiler without which a case is right.
fn cranelift(reducer: &mut Reducer<'_>, case: &Case) -> Result<Cause> {
    let mut right = Vec::new();
    for &(name, value) in CRANELIFT {
        let without = with(case, |spec| {
            spec.cranelift.insert(name.to_owned(), value.to_owned());
        });
        if reducer.finding(&without)?.class().is_none() {
            right.push(format!("{name}={value}"));
        }
    }
    Ok(if right.is_empty() { Cause::Translation } else { Cause::Cranelift(right) })
}

/// Finds out whether the interpreter is wrong, and not the bytecode.
fn interpreter(reducer: &mut Reducer<'_>, case: &Case, class: &Class) -> Result<Option<Cause>> {
    let (_, wrong) = engines(case)?;
    if wrong.backend != "pulley" {
        return Ok(None);
    }
    let portable = with(case, |spec| "pulley-portable".clone_into(&mut spec.backend));
    if reducer.is(&portable, class)? {
        return Ok(None);
    }
    let without = |from: u16| with(case, |spec| spec.without_patterns = (from..PATTERNS).collect());
    if reducer.is(&without(0), class)? {
        return Ok(Some(Cause::FastExecutor));
    }
    // It is right with the patterns below `good`, and wrong with those below `bad`.
    let (mut good, mut bad) = (0, PATTERNS);
    while bad - good > 1 {
        let middle = good + (bad - good) / 2;
        if reducer.is(&without(middle), class)? {
            bad = middle;
        } else {
            good = middle;
        }
    }
    Ok(Some(Cause::Pattern(bad - 1)))
}

/// As many patterns as there can be.
const PATTERNS: u16 = 512;
