//! Features of WebAssembly: the one table.

use core::fmt;
use serde::{Deserialize, Serialize};

/// How far the engine is with a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Compiled, on unless switched off.
    On,
    /// Compiled, off unless switched on (not part of WebAssembly 3.0).
    Off,
    /// Later work: a module that needs it gets an error that names it.
    Later,
}

/// Declares the features: name, name on the command line, stage, what it is.
macro_rules! features {
    ($($name:ident $text:literal $stage:ident $doc:literal;)*) => {
        /// A feature of WebAssembly beyond version 1.0.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[repr(u8)]
        #[non_exhaustive]
        pub enum Feature { $(#[doc = $doc] $name,)* }

        impl Feature {
            /// Every feature.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its name, as on the command line.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// What it is, in one line.
            pub const fn doc(self) -> &'static str {
                match self { $(Self::$name => $doc,)* }
            }

            /// How far the engine is with it.
            pub const fn stage(self) -> Stage {
                match self { $(Self::$name => Stage::$stage,)* }
            }
        }
    };
}

#[rustfmt::skip]
features! {
    MutableGlobal     "mutable-global"      On    "Mutable globals can be imported and exported.";
    SaturatingFloat   "saturating-float-to-int" On "Float to integer conversions that saturate.";
    SignExtension     "sign-extension"      On    "Sign extension operators.";
    MultiValue        "multi-value"         On    "Blocks and functions with several results.";
    BulkMemory        "bulk-memory"         On    "Copying and filling of memories and tables.";
    ReferenceTypes    "reference-types"     On    "References as values, several tables.";
    Simd              "simd"                On    "Fixed-width 128-bit vectors.";
    ExtendedConst     "extended-const"      On    "Arithmetic in constant expressions.";
    MultiMemory       "multi-memory"        On    "Several memories.";
    Memory64          "memory64"            On    "64-bit memories and tables.";
    TailCall          "tail-call"           On    "Tail calls.";
    RelaxedSimd       "relaxed-simd"        On    "Vector operators with results that depend on the host.";
    FunctionReferences "function-references" On   "Typed function references.";
    WideArithmetic    "wide-arithmetic"     Off   "128-bit integer arithmetic.";
    CustomPageSizes   "custom-page-sizes"   Off   "Memories with pages of one byte.";
    Threads           "threads"             Later "Shared memories and atomic operators.";
    Gc                "gc"                  Later "Structures, arrays and 31-bit references.";
    Exceptions        "exceptions"          Later "Exception handling.";
    StackSwitching    "stack-switching"     Later "Continuations.";
    ComponentModel    "component-model"     Later "Components.";
}

impl Feature {
    /// The feature with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|f| f.name() == name)
    }
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A set of features.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FeatureSet(u64);

impl FeatureSet {
    /// No feature: WebAssembly 1.0.
    pub const EMPTY: Self = Self(0);

    /// What is on unless switched off.
    pub fn defaults() -> Self {
        Self::of_stage(|s| s == Stage::On)
    }

    /// Everything that the engine can compile.
    pub fn all_supported() -> Self {
        Self::of_stage(|s| s != Stage::Later)
    }

    fn of_stage(keep: impl Fn(Stage) -> bool) -> Self {
        let mut set = Self::EMPTY;
        for &feature in Feature::ALL {
            set.set(feature, keep(feature.stage()));
        }
        set
    }

    /// Whether `feature` is in the set.
    pub fn contains(self, feature: Feature) -> bool {
        self.0 & (1 << feature as u8) != 0
    }

    /// Adds or removes `feature`.
    pub fn set(&mut self, feature: Feature, on: bool) {
        let bit = 1 << feature as u8;
        self.0 = if on { self.0 | bit } else { self.0 & !bit };
    }

    /// The features in the set.
    pub fn iter(self) -> impl Iterator<Item = Feature> {
        Feature::ALL.iter().copied().filter(move |&f| self.contains(f))
    }
}

impl Default for FeatureSet {
    fn default() -> Self {
        Self::defaults()
    }
}

impl fmt::Debug for FeatureSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(Feature::name)).finish()
    }
}
