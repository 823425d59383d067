//! From a case in which engines differ to the smallest one that still does, with what is to blame.
//!
//! One after the other: which engine is wrong ([`pair`]), which of its options matter ([`options`]), which part of the module
//! ([`module`]), which function and which optimization ([`blame`]). [`repro`] writes it all down. What stays the same
//! throughout is the class of the finding and the pair of engines.

pub mod blame;
pub mod module;
pub mod options;
pub mod pair;
pub mod repro;

use crate::case::Case;
use crate::engine::EngineSpec;
use crate::worker::{Class, Finding};
use anyhow::{Context, Result};
use std::time::{Duration, Instant};

/// Judges cases, in this process or in another one.
pub trait Judge {
    /// Judges a case.
    ///
    /// # Errors
    ///
    /// If it cannot be done.
    fn judge(&mut self, case: &Case) -> Result<Finding>;
}

impl Judge for crate::worker::Worker {
    fn judge(&mut self, case: &Case) -> Result<Finding> {
        Self::judge(self, case)
    }
}

impl<F: FnMut(&Case) -> Finding> Judge for F {
    fn judge(&mut self, case: &Case) -> Result<Finding> {
        Ok(self(case))
    }
}

/// What came of a reduction.
#[derive(Clone, Debug)]
pub struct Reduced {
    /// The case: two engines, of which the second one is wrong.
    pub case: Case,
    /// How it is wrong.
    pub class: Class,
    /// The two sides.
    pub what: String,
    /// Who is to blame.
    pub blame: blame::Blame,
    /// How many cases were judged.
    pub judged: u64,
    /// How long it took.
    pub time: Duration,
}

/// What all steps share.
pub struct Reducer<'a> {
    judge: &'a mut dyn Judge,
    begin: Instant,
    limit: Duration,
    judged: u64,
}

impl<'a> Reducer<'a> {
    /// A reducer that begins to give up when the time is over; what it has by then is a result all the same.
    pub fn new(judge: &'a mut dyn Judge, limit: Duration) -> Self {
        Self { judge, begin: Instant::now(), limit, judged: 0 }
    }

    /// Judges a case.
    fn finding(&mut self, case: &Case) -> Result<Finding> {
        self.judged += 1;
        self.judge.judge(case)
    }

    /// Whether a case is as wrong as this class says.
    fn is(&mut self, case: &Case, class: &Class) -> Result<bool> {
        Ok(self.finding(case)?.class().as_ref() == Some(class))
    }

    /// Whether this share of the time is over, in hundredths.
    fn is_late(&self, share: u32) -> bool {
        self.begin.elapsed() * 100 >= self.limit * share
    }

    /// Reduces a case.
    ///
    /// # Errors
    ///
    /// If nothing is wrong with it.
    pub fn reduce(mut self, case: &Case) -> Result<Reduced> {
        let (mut case, class) = pair::find(&mut self, case)?;
        options::reduce(&mut self, &mut case, &class)?;
        module::stub_functions(&mut self, &mut case, &class)?;
        options::reduce_calls(&mut self, &mut case, &class)?;
        module::drop_operators(&mut self, &mut case, &class)?;
        module::shrink(&mut self, &mut case, &class)?;
        options::reduce(&mut self, &mut case, &class)?;
        pin_cpu(&mut self, &mut case, &class)?;
        let blame = blame::find(&mut self, &case, &class)?;
        let what = match self.finding(&case)? {
            Finding::Differs(list) => list.into_iter().next().map_or_else(String::new, |d| d.what),
            Finding::Died(why) => why,
            other => format!("{other:?}"),
        };
        Ok(Reduced { case, class, what, blame, judged: self.judged, time: self.begin.elapsed() })
    }
}

/// The engine that is right, and the one that is wrong.
fn engines(case: &Case) -> Result<(&EngineSpec, &EngineSpec)> {
    let [right, wrong] = &case.options.engine[..] else { anyhow::bail!("the case has been reduced to two engines") };
    Ok((right, wrong))
}

/// Writes down which CPU features code uses here, unless that changes anything.
fn pin_cpu(reducer: &mut Reducer<'_>, case: &mut Case, class: &Class) -> Result<()> {
    let mut pinned = case.clone();
    for spec in pinned.options.engine.iter_mut().filter(|spec| spec.cpu.is_empty() && !spec.is_bytecode()) {
        spec.cpu = spec.host_cpu().context("CPU features of this host")?;
    }
    if reducer.is(&pinned, class)? {
        *case = pinned;
    }
    Ok(())
}
