//! Why a guest stops: the one table of traps.

use core::fmt;
use serde::{Deserialize, Serialize};

/// Declares the traps: code, name, message. Codes stand in artifacts and in compiled code; never reuse one.
macro_rules! traps {
    ($($code:literal $name:ident $text:literal $(#[$doc:meta])*;)*) => {
        /// Why a guest stopped. The discriminants are the codes that artifacts and compiled code use, never 0.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[repr(u8)]
        #[non_exhaustive]
        pub enum Trap {
            $(#[doc = $text] $(#[$doc])* $name = $code,)*
        }

        impl Trap {
            /// Every trap.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The trap with this code.
            pub fn from_code(code: u8) -> Option<Self> {
                match code {
                    $($code => Some(Self::$name),)*
                    _ => None,
                }
            }

            /// What a user reads; the wording of the specification's tests where they have one.
            pub fn message(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }
    };
}

#[rustfmt::skip]
traps! {
    1  StackOverflow            "call stack exhausted";
    2  MemoryOutOfBounds        "out of bounds memory access";
    3  HeapMisaligned           "unaligned atomic";
    4  TableOutOfBounds         "out of bounds table access";
    5  UndefinedElement         "undefined element";
    6  IndirectCallToNull       "uninitialized element";
    7  BadSignature             "indirect call type mismatch";
    8  IntegerOverflow          "integer overflow";
    9  IntegerDivisionByZero    "integer divide by zero";
    10 BadConversionToInteger   "invalid conversion to integer";
    11 Unreachable              "unreachable";
    12 Interrupt                "interrupted";
    13 OutOfFuel                "all fuel consumed";
    14 NullReference            "null reference";
    15 AtomicWaitNonShared      "expected shared memory";
    16 AllocationTooLarge       "allocation too large";
    17 CastFailure              "cast failure";
    18 ArrayOutOfBounds         "out of bounds array access";
    19 UncaughtException        "uncaught exception";
    20 UnhandledTag             "unhandled tag";
    21 ContinuationConsumed     "continuation already consumed";
}

impl Trap {
    /// The code.
    pub const fn code(self) -> u8 {
        self as u8
    }
}

impl fmt::Display for Trap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "wasm trap: {}", self.message())
    }
}

impl core::error::Error for Trap {}

#[cfg(test)]
mod tests {
    use super::Trap;

    #[test]
    fn codes_round_trip_and_zero_is_none() {
        assert_eq!(Trap::from_code(0), None);
        for &trap in Trap::ALL {
            assert_eq!(Trap::from_code(trap.code()), Some(trap));
        }
    }
}
