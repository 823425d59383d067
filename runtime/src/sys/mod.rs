//! The operating system: the only place that does system calls.
//!
//! Each host has a folder with the same items; this file chooses one. What a host lacks is an explicit error or `false`, never a
//! silent difference.
