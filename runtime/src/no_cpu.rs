//! Where nobody can say what the processor is, only bytecode runs: no artifact is for these names.

use gantry_abi::artifact::FlagValue;

/// Name of the instruction set.
pub(crate) const ISA: &str = "none";

/// Name of the operating system.
pub(crate) const OS: &str = "unknown";

/// Whether this processor has a feature. None are known here.
pub(crate) fn has(_: &str, _: &FlagValue) -> bool {
    false
}
