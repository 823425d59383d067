//! From an address to the code that it belongs to, readable from a signal handler.
