//! Linear memories.
