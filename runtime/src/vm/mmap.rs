//! Owned ranges of address space.
