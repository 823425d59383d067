//! Scripts of supported features that need later features in part: what is not supported in them is known and counted.

use gantry::Feature;

/// A script with parts that are not supported.
#[derive(Clone, Copy, Debug)]
pub struct Expectation {
    /// Folder and name of the script in the suite.
    pub file: &'static str,
    /// What its parts need.
    pub features: &'static [Feature],
    /// Which parts, and why.
    pub reason: &'static str,
}

/// The list. A run fails if a script that is not here has unsupported parts, or one that is here has none.
pub const EXPECTATIONS: &[Expectation] = &[];
