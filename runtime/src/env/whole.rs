//! A counter that is one atomic number.

use core::sync::atomic::{AtomicU64, Ordering};

/// A counter.
#[derive(Debug)]
#[repr(transparent)]
pub(crate) struct Counter(AtomicU64);

impl Counter {
    pub(crate) const fn new(value: u64) -> Self {
        Self(AtomicU64::new(value))
    }

    pub(crate) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Advances by one and gives the value before.
    pub(crate) fn advance(&self) -> u64 {
        self.0.fetch_add(1, Ordering::Relaxed)
    }
}
