//! Limits on what a store may use.

use anyhow::Result;

/// Decides whether memories and tables of a store may grow, new ones included.
///
/// Sizes of memories are in bytes, those of tables in elements.
pub trait ResourceLimiter: Send {
    /// Whether a memory of `current` bytes may get `desired` bytes. `maximum` is what its type allows.
    ///
    /// # Errors
    ///
    /// An error stops the guest; `Ok(false)` lets `memory.grow` return -1 (and fails an instantiation).
    fn memory_growing(&mut self, current: usize, desired: usize, maximum: Option<usize>) -> Result<bool>;

    /// Whether a table of `current` elements may get `desired`. `maximum` is what its type allows.
    ///
    /// # Errors
    ///
    /// As [`ResourceLimiter::memory_growing`].
    fn table_growing(&mut self, current: usize, desired: usize, maximum: Option<usize>) -> Result<bool>;

    /// A memory could not grow although [`ResourceLimiter::memory_growing`] allowed it.
    ///
    /// # Errors
    ///
    /// An error stops the guest; otherwise `memory.grow` returns -1.
    fn memory_grow_failed(&mut self, _error: anyhow::Error) -> Result<()> {
        Ok(())
    }

    /// A table could not grow although [`ResourceLimiter::table_growing`] allowed it.
    ///
    /// # Errors
    ///
    /// An error stops the guest; otherwise `table.grow` returns -1.
    fn table_grow_failed(&mut self, _error: anyhow::Error) -> Result<()> {
        Ok(())
    }

    /// Most instances of the store.
    fn instances(&self) -> usize {
        10_000
    }

    /// Most tables of the store.
    fn tables(&self) -> usize {
        10_000
    }

    /// Most memories of the store.
    fn memories(&self) -> usize {
        10_000
    }
}

/// Fixed limits.
///
/// ```
/// use gantry::{Engine, Memory, MemoryType, Store, StoreLimits, StoreLimitsBuilder};
/// let limits = StoreLimitsBuilder::new().memory_size(1 << 20).instances(10).build();
/// let mut store = Store::new(&Engine::default(), limits);
/// store.limiter(|limits| limits);
/// let memory = Memory::new(&mut store, MemoryType::new(1, None))?;
/// assert!(memory.grow(&mut store, 15).is_ok());
/// assert!(memory.grow(&mut store, 1).is_err());
/// # Ok::<(), gantry::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct StoreLimits {
    memory_size: Option<usize>,
    table_elements: Option<usize>,
    instances: Option<usize>,
    tables: Option<usize>,
    memories: Option<usize>,
    trap_on_grow_failure: bool,
}

/// Builds [`StoreLimits`].
#[derive(Clone, Debug, Default)]
pub struct StoreLimitsBuilder(StoreLimits);

impl StoreLimitsBuilder {
    /// No limits.
    pub fn new() -> Self {
        Self::default()
    }

    /// Most bytes of each memory.
    pub fn memory_size(mut self, bytes: usize) -> Self {
        self.0.memory_size = Some(bytes);
        self
    }

    /// Most elements of each table.
    pub fn table_elements(mut self, elements: usize) -> Self {
        self.0.table_elements = Some(elements);
        self
    }

    /// Most instances.
    pub fn instances(mut self, count: usize) -> Self {
        self.0.instances = Some(count);
        self
    }

    /// Most tables.
    pub fn tables(mut self, count: usize) -> Self {
        self.0.tables = Some(count);
        self
    }

    /// Most memories.
    pub fn memories(mut self, count: usize) -> Self {
        self.0.memories = Some(count);
        self
    }

    /// Growing beyond a limit stops the guest.
    pub fn trap_on_grow_failure(mut self, trap: bool) -> Self {
        self.0.trap_on_grow_failure = trap;
        self
    }

    /// The limits.
    pub fn build(self) -> StoreLimits {
        self.0
    }
}

impl StoreLimits {
    fn decide(&self, what: &str, desired: usize, limit: Option<usize>, maximum: Option<usize>) -> Result<bool> {
        let allowed = desired <= limit.unwrap_or(usize::MAX) && desired <= maximum.unwrap_or(usize::MAX);
        if !allowed && self.trap_on_grow_failure {
            anyhow::bail!("forcing a trap: a {what} would grow to {desired}, beyond its limit");
        }
        Ok(allowed)
    }
}

impl ResourceLimiter for StoreLimits {
    fn memory_growing(&mut self, _: usize, desired: usize, maximum: Option<usize>) -> Result<bool> {
        self.decide("memory", desired, self.memory_size, maximum)
    }

    fn table_growing(&mut self, _: usize, desired: usize, maximum: Option<usize>) -> Result<bool> {
        self.decide("table", desired, self.table_elements, maximum)
    }

    fn memory_grow_failed(&mut self, error: anyhow::Error) -> Result<()> {
        if self.trap_on_grow_failure { Err(error.context("forcing a trap: a memory cannot grow")) } else { Ok(()) }
    }

    fn table_grow_failed(&mut self, error: anyhow::Error) -> Result<()> {
        if self.trap_on_grow_failure { Err(error.context("forcing a trap: a table cannot grow")) } else { Ok(()) }
    }

    fn instances(&self) -> usize {
        self.instances.unwrap_or(10_000)
    }

    fn tables(&self) -> usize {
        self.tables.unwrap_or(10_000)
    }

    fn memories(&self) -> usize {
        self.memories.unwrap_or(10_000)
    }
}
