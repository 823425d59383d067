//! Running a case on all of its engines, and comparing.

use crate::case::Case;
use crate::engine::EngineSpec;
use crate::plan::Plan;
use crate::run::run;
use crate::trace::{Difference, Kind, Trace};
use anyhow::Result;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What came of a case.
#[derive(Debug)]
pub struct Verdict {
    /// What the first engine did.
    pub reference: Trace,
    /// The engines that did something else.
    pub differences: Vec<(EngineSpec, Difference)>,
}

/// Judges a case.
///
/// # Errors
///
/// If the case is none: the module is invalid, or the first engine refuses it.
pub fn judge(case: &Case) -> Result<Verdict> {
    let plan = Plan::new(case)?;
    let Some((first, others)) = case.options.engine.split_first() else { anyhow::bail!("a case needs an engine") };
    let reference = run(first, &plan)?;
    let mut differences = Vec::new();
    for spec in others {
        // An engine that panics is wrong, and not the only one to be heard of.
        let result = catch_unwind(AssertUnwindSafe(|| run(spec, &plan)));
        let difference = match result.unwrap_or_else(|_| Err(anyhow::anyhow!("it panicked"))) {
            Ok(trace) => reference.difference(&trace),
            Err(error) => Some(Difference {
                step: 0,
                kind: Kind::Compilation,
                left: "compiles and runs".to_owned(),
                right: format!("{error:#}"),
            }),
        };
        differences.extend(difference.map(|difference| (spec.clone(), difference)));
    }
    Ok(Verdict { reference, differences })
}
