//! WASI preview 1 for command-line programs.
