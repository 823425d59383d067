//! Running a case on all of its engines, and comparing.

use crate::arbiter;
use crate::case::Case;
use crate::engine::EngineSpec;
use crate::plan::Plan;
use crate::run::run;
use crate::trace::{Difference, Kind, Trace};
use anyhow::Result;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// One case in this many is shown to the arbiters although all engines agree.
const SAMPLE: u64 = 16;

/// What came of a case.
#[derive(Debug)]
pub struct Verdict {
    /// What the first engine did.
    pub reference: Trace,
    /// The engines that did something else.
    pub differences: Vec<(EngineSpec, Difference)>,
    /// The engines that did the same.
    pub agreeing: Vec<EngineSpec>,
    /// Engines of other projects that were asked, with the difference of the first engine to them. Those that cannot run
    /// the module have no opinion.
    pub opinions: Vec<(&'static str, Option<Difference>)>,
}

impl Verdict {
    /// Whether something is wrong: engines differ, or nobody outside agrees with them.
    pub fn is_bad(&self) -> bool {
        !self.differences.is_empty()
            || !self.opinions.is_empty() && self.opinions.iter().all(|(_, difference)| difference.is_some())
    }

    /// Who is probably wrong: the smaller of the two parties, of those who did what the first engine did and those who did not.
    /// Outside engines decide if they agree with one another.
    pub fn minority(&self, first: &EngineSpec) -> Vec<String> {
        let mut with: Vec<String> = std::iter::once(first).chain(&self.agreeing).map(ToString::to_string).collect();
        let mut against: Vec<String> = self.differences.iter().map(|(engine, _)| engine.to_string()).collect();
        let (pro, contra): (Vec<_>, Vec<_>) = self.opinions.iter().partition(|(_, difference)| difference.is_none());
        let wrong_first = match (pro.len(), contra.len()) {
            (0, 1..) => true,
            (1.., 0) => false,
            _ => with.len() < against.len(),
        };
        with.extend(pro.iter().map(|(name, _)| (*name).to_owned()));
        against.extend(contra.iter().map(|(name, _)| (*name).to_owned()));
        if wrong_first { with } else { against }
    }
}

/// The differences, one a line, and who is probably wrong.
impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (engine, difference) in &self.differences {
            writeln!(f, "{engine}: {difference}")?;
        }
        for (name, difference) in &self.opinions {
            match difference {
                Some(difference) => writeln!(f, "{name} says otherwise: {difference}")?,
                None => writeln!(f, "{name} agrees with the first engine")?,
            }
        }
        Ok(())
    }
}

/// Judges a case.
///
/// # Errors
///
/// If the case is none: the module is invalid, or the first engine refuses it.
pub fn judge(case: &Case) -> Result<Verdict> {
    judge_plan(case, &Plan::new(case)?)
}

/// Judges a case whose plan is there already.
///
/// # Errors
///
/// If the first engine refuses the module.
pub fn judge_plan(case: &Case, plan: &Plan) -> Result<Verdict> {
    let Some((first, others)) = case.options.engine.split_first() else { anyhow::bail!("a case needs an engine") };
    let reference = run(first, plan)?;
    let (mut differences, mut agreeing) = (Vec::new(), Vec::new());
    for spec in others {
        // An engine that panics is wrong, and not the only one to be heard of.
        let result = catch_unwind(AssertUnwindSafe(|| run(spec, plan)));
        let difference = match result.unwrap_or_else(|_| Err(anyhow::anyhow!("it panicked"))) {
            Ok(trace) => reference.difference(&trace),
            Err(error) => Some(Difference {
                step: 0,
                kind: Kind::Compilation,
                left: "compiles and runs".to_owned(),
                right: format!("{error:#}"),
            }),
        };
        match difference {
            Some(difference) => differences.push((spec.clone(), difference)),
            None => agreeing.push(spec.clone()),
        }
    }
    let asked = !differences.is_empty() || case.options.seed.is_multiple_of(SAMPLE);
    let opinions = if asked { arbiter::opinions(plan, &reference) } else { Vec::new() };
    Ok(Verdict { reference, differences, agreeing, opinions })
}
