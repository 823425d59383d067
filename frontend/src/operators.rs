//! Which feature an operator comes from.

use gantry_abi::Feature;
use wasmparser::Operator;

/// Declares [`proposal`] from wasmparser's list of operators.
macro_rules! define_proposal {
    ($(@$proposal:ident $op:ident $({ $($arg:ident: $ty:ty),* })? => $visit:ident ($($ann:tt)*))*) => {
        /// The proposal that an operator comes from, by wasmparser's name.
        fn proposal(op: &Operator<'_>) -> &'static str {
            match op {
                $(Operator::$op $({ $($arg: _),* })? => stringify!($proposal),)*
                _ => "",
            }
        }
    };
}
wasmparser::for_each_operator!(define_proposal);

/// The feature that an operator comes from which a backend does not compile.
pub fn feature_of(op: &Operator<'_>) -> Feature {
    match proposal(op) {
        "threads" | "shared_everything_threads" => Feature::Threads,
        "exceptions" | "legacy_exceptions" => Feature::Exceptions,
        "stack_switching" => Feature::StackSwitching,
        "simd" => Feature::Simd,
        "relaxed_simd" => Feature::RelaxedSimd,
        // Custom descriptors and the rest build on it.
        _ => Feature::Gc,
    }
}
