//! What an engine did with a plan, in terms that all engines share.

use crate::value::Value;
use gantry::Trap;
use std::fmt;

/// Everything that can be observed of a run: one step for the instantiation and one for each call.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    /// The steps; the last one may have used up the fuel or the stack.
    pub steps: Vec<Step>,
}

/// What one instantiation or call did.
#[derive(Clone, Debug)]
pub struct Step {
    /// How it ended.
    pub outcome: Outcome,
    /// Fuel that it consumed, if fuel is counted.
    pub fuel: Option<u64>,
    /// The host calls that it made.
    pub host_calls: Vec<HostCall>,
    /// Everything that the instance holds afterwards; `None` if there is no instance.
    pub state: Option<State>,
}

/// How a step ended.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// With these results.
    Returned(Vec<Value>),
    /// With a trap. The backtrace is known of our own engines: function and offset in the module, innermost first.
    Trapped(Trap, Option<Vec<(u32, Option<usize>)>>),
    /// With an error that the host function made.
    HostError,
    /// Instantiation was refused, because of a limit.
    Refused,
}

/// A call of an imported function.
#[derive(Clone, Debug)]
pub struct HostCall {
    /// Index of the function.
    pub func: u32,
    /// Its arguments.
    pub args: Vec<Value>,
    /// Fuel that was left, if fuel is counted.
    pub fuel: Option<u64>,
}

/// The contents of an instance.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Size in bytes and hash of each memory.
    pub memories: Vec<(u64, u64)>,
    /// Values of all globals.
    pub globals: Vec<Value>,
    /// Contents of all tables.
    pub tables: Vec<Vec<Value>>,
}

/// The error of host functions that fail on purpose.
#[derive(Clone, Copy, Debug)]
pub struct HostError;

impl fmt::Display for HostError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the host function failed on purpose")
    }
}

impl std::error::Error for HostError {}

/// Hash of the contents of a memory.
pub fn hash(bytes: &[u8]) -> u64 {
    xxhash_rust::xxh3::xxh3_64(bytes)
}

impl Outcome {
    /// Whether the step used up what engines do not use alike, so that nothing can be said about what comes after it.
    pub fn is_exhausted(&self) -> bool {
        matches!(self, Self::Trapped(Trap::OutOfFuel | Trap::StackOverflow | Trap::Interrupt, _))
    }

    /// Whether two steps ended alike.
    fn agrees(&self, other: &Self) -> bool {
        /// Traps that the specification does not tell apart in its tests, and outside engines do not either.
        fn class(trap: Trap, coarse: bool) -> Trap {
            match trap {
                Trap::UndefinedElement if coarse => Trap::TableOutOfBounds,
                other => other,
            }
        }
        match (self, other) {
            (Self::Returned(a), Self::Returned(b)) => same_values(a, b),
            (Self::Trapped(a, at), Self::Trapped(b, bt)) => match (at, bt) {
                (Some(at), Some(bt)) => a == b && same_frames(at, bt),
                _ => class(*a, true) == class(*b, true),
            },
            (Self::HostError, Self::HostError) | (Self::Refused, Self::Refused) => true,
            _ => false,
        }
    }
}

/// Whether two backtraces are the same, as far as places are known: a function's entry belongs to no operator.
fn same_frames(a: &[(u32, Option<usize>)], b: &[(u32, Option<usize>)]) -> bool {
    let known = |place: Option<usize>| place.filter(|&offset| offset != 0);
    let same = |a, b| known(a).zip(known(b)).is_none_or(|(a, b)| a == b);
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.0 == b.0 && same(a.1, b.1))
}

fn same_values(a: &[Value], b: &[Value]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.agrees(*b))
}

/// The first thing in which two runs differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which step: 0 is the instantiation.
    pub step: usize,
    /// What differs.
    pub kind: Kind,
    /// The two sides.
    pub left: String,
    /// The two sides.
    pub right: String,
}

/// What can differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Results, trap, or backtrace.
    Outcome,
    /// Calls of the host.
    HostCalls,
    /// Fuel.
    Fuel,
    /// Size or contents of a memory.
    Memory,
    /// A global.
    Global,
    /// A table.
    Table,
    /// One engine compiles the module and the other does not, or neither does what it should.
    Compilation,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} after step {}: {} | {}", self.kind, self.step, self.left, self.right)
    }
}

impl Trace {
    /// Whether it ended before the plan did.
    pub fn is_exhausted(&self) -> bool {
        self.steps.last().is_some_and(|step| step.outcome.is_exhausted())
    }

    /// What can be compared to a run of other code, or by an engine that counts fuel otherwise: the steps up to the one that ran
    /// out of something, without fuel and without places.
    #[must_use]
    pub fn coarse(&self) -> Self {
        let steps = self.steps.iter().take_while(|step| !step.outcome.is_exhausted());
        let coarse = |step: &Step| {
            let mut step = step.clone();
            step.fuel = None;
            step.host_calls.iter_mut().for_each(|call| call.fuel = None);
            if let Outcome::Trapped(_, frames) = &mut step.outcome {
                *frames = None;
            }
            step
        };
        Self { steps: steps.map(coarse).collect() }
    }

    /// The first difference to another trace. Fuel is compared where both count it; a step in which one engine ran out of
    /// stack ends the comparison.
    pub fn difference(&self, other: &Self) -> Option<Difference> {
        let overflow = |step: &Step| matches!(step.outcome, Outcome::Trapped(Trap::StackOverflow, _));
        for (number, (a, b)) in self.steps.iter().zip(&other.steps).enumerate() {
            if overflow(a) || overflow(b) {
                return None;
            }
            let (kind, left, right) = match a.difference(b) {
                Some(found) => found,
                None => continue,
            };
            return Some(Difference { step: number, kind, left, right });
        }
        None
    }
}

impl Step {
    fn difference(&self, other: &Self) -> Option<(Kind, String, String)> {
        let show = |kind, a: &dyn fmt::Debug, b: &dyn fmt::Debug| Some((kind, format!("{a:?}"), format!("{b:?}")));
        for (i, (a, b)) in self.host_calls.iter().zip(&other.host_calls).enumerate() {
            if a.func != b.func || !same_values(&a.args, &b.args) {
                return show(Kind::HostCalls, &(i, a), &(i, b));
            }
        }
        if !self.outcome.agrees(&other.outcome) {
            return show(Kind::Outcome, &self.outcome, &other.outcome);
        }
        if self.host_calls.len() != other.host_calls.len() {
            return show(Kind::HostCalls, &self.host_calls.len(), &other.host_calls.len());
        }
        let differs = |a: Option<u64>, b: Option<u64>| a.zip(b).is_some_and(|(a, b)| a != b);
        for (i, (a, b)) in self.host_calls.iter().zip(&other.host_calls).enumerate() {
            if differs(a.fuel, b.fuel) {
                return show(Kind::Fuel, &(i, a), &(i, b));
            }
        }
        if differs(self.fuel, other.fuel) {
            return show(Kind::Fuel, &(self.fuel, &self.outcome), &(other.fuel, &other.outcome));
        }
        let (a, b) = self.state.as_ref().zip(other.state.as_ref())?;
        for (i, (a, b)) in a.globals.iter().zip(&b.globals).enumerate() {
            if !a.agrees(*b) {
                return show(Kind::Global, &(i, a), &(i, b));
            }
        }
        for (i, (a, b)) in a.memories.iter().zip(&b.memories).enumerate() {
            if a != b {
                return show(Kind::Memory, &(i, a), &(i, b));
            }
        }
        for (i, (a, b)) in a.tables.iter().zip(&b.tables).enumerate() {
            if !same_values(a, b) {
                return show(Kind::Table, &(i, a), &(i, b));
            }
        }
        None
    }
}
