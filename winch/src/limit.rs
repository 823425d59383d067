//! How many optimizations may be taken: for finding the one that is wrong, by bisection.
//!
//! Winch decides about each optimization in one place, which asks [`Limit::allow`] first if there is a limit. Decisions come
//! in the same order whenever the same functions are compiled one after the other, so a number names one of them.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// What Winch does beyond translating operator by operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Optimization {
    /// A constant stays one: it is folded, or becomes an immediate or part of an address.
    KeepConstant,
    /// The value of a local is not copied until the local changes.
    AliasLocal,
    /// A comparison is done by the branch or selection that consumes it.
    FuseComparison,
    /// A result is made in the register of the local that the next operator sets.
    ResultInLocal,
    /// An unsigned division by a power of two becomes a shift or a mask.
    DivideByShift,
    /// Locals that a loop uses most are in registers when it begins.
    LoopRegisters,
    /// A 32-bit integer whose upper bits are known to be zero is not extended.
    SkipExtension,
    /// A value whose home is up to date is not written again.
    SkipSpill,
}

/// An optimization that was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// What was done.
    pub what: Optimization,
    /// Offset in the module of the operator that it was done for.
    pub offset: u64,
}

/// Allows so many optimizations and no more.
#[derive(Debug, Default)]
pub struct Limit {
    limit: u64,
    asked: AtomicU64,
    last: Mutex<Option<Taken>>,
}

impl Limit {
    /// Allows the first `limit` optimizations.
    pub fn new(limit: u64) -> Self {
        Self { limit, ..Self::default() }
    }

    /// Whether one more may be taken.
    pub(crate) fn allow(&self, what: Optimization, offset: u64) -> bool {
        let allowed = self.asked.fetch_add(1, Ordering::Relaxed) < self.limit;
        if allowed {
            *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(Taken { what, offset });
        }
        allowed
    }

    /// How many were asked for so far, allowed or not.
    pub fn asked(&self) -> u64 {
        self.asked.load(Ordering::Relaxed)
    }

    /// The last one that was taken.
    pub fn last(&self) -> Option<Taken> {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
