//! Limits that every engine applies alike, so that growth that fails can be compared as well.

use crate::value::Random;

/// Most bytes of a memory.
pub const MEMORY_BYTES: usize = 4 << 20;

/// Most elements of a table.
pub const TABLE_ELEMENTS: usize = 4096;

/// Decides about growth: by size, and now and then against it.
#[derive(Clone, Debug)]
pub struct Limits {
    random: Random,
    /// Whether the instance is complete: what it begins with is a matter of size alone.
    pub running: bool,
}

impl Limits {
    /// Decisions that depend on the seed and on their order alone.
    pub fn new(seed: u64) -> Self {
        Self { random: Random::of(&[seed, 2]), running: false }
    }

    /// Whether a memory may grow to so many bytes.
    pub fn memory(&mut self, current: usize, desired: usize, maximum: Option<usize>) -> bool {
        self.grows(current, desired, maximum.unwrap_or(usize::MAX).min(MEMORY_BYTES))
    }

    /// Whether a table may grow to so many elements.
    pub fn table(&mut self, current: usize, desired: usize, maximum: Option<usize>) -> bool {
        self.grows(current, desired, maximum.unwrap_or(usize::MAX).min(TABLE_ELEMENTS))
    }

    /// Only what could be granted is up to luck: not every engine asks about the rest.
    fn grows(&mut self, current: usize, desired: usize, most: usize) -> bool {
        desired == current || desired <= most && self.luck()
    }

    fn luck(&mut self) -> bool {
        !(self.running && self.random.one_in(8))
    }
}

impl gantry::ResourceLimiter for Limits {
    fn memory_growing(&mut self, current: usize, desired: usize, maximum: Option<usize>) -> gantry::Result<bool> {
        Ok(self.memory(current, desired, maximum))
    }

    fn table_growing(&mut self, current: usize, desired: usize, maximum: Option<usize>) -> gantry::Result<bool> {
        Ok(self.table(current, desired, maximum))
    }
}
