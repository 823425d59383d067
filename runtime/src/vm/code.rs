//! Code that can run: an artifact mapped into memory.
