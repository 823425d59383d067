//! Textual tests and spec tests, run on every backend.
