//! What is known of scripts: parts that need later features, and assertions that newer versions of the language overturned.

use gantry::Feature;

/// What is known of one script.
#[derive(Clone, Copy, Debug)]
pub struct Expectation {
    /// Folder and name of the script in the suite.
    pub file: &'static str,
    /// Features that are later work and that parts of it need.
    pub needs: &'static [Feature],
    /// Features that are newer than the script and are switched off for it, because it asserts that they are errors.
    pub newer: &'static [Feature],
    /// Lines of assertions that a later version of the language overturned: they fail.
    pub overturned: &'static [usize],
    /// Which parts, and why.
    pub reason: &'static str,
}

const NOTHING: Expectation = Expectation { file: "", needs: &[], newer: &[], overturned: &[], reason: "" };
const GC: &[Feature] = &[Feature::Gc];
const EXCEPTIONS: &[Feature] = &[Feature::Exceptions];
const MULTI_MEMORY: &[Feature] = &[Feature::MultiMemory];

const fn needs(file: &'static str, needs: &'static [Feature], reason: &'static str) -> Expectation {
    Expectation { file, needs, reason, ..NOTHING }
}

const fn older(file: &'static str, newer: &'static [Feature], reason: &'static str) -> Expectation {
    Expectation { file, newer, reason, ..NOTHING }
}

const ONE_MEMORY: &str = "asserts that several memories, or the indices that name them, are errors";
const SHORT_LIMITS: &str = "asserts that flags and limits have as few bytes as with 32-bit memories only";

/// The list. A run fails if a script that is not here has unsupported parts or fails, or one that is here does not.
#[rustfmt::skip]
pub const EXPECTATIONS: &[Expectation] = &[
    needs("wasm-latest/imports.wast",          EXCEPTIONS, "modules that define tags, and those that import them"),
    needs("wasm-latest/instance.wast",         EXCEPTIONS, "one module has a tag beside everything else"),
    needs("wasm-latest/ref_null.wast",         EXCEPTIONS, "null references of exceptions, beside those of garbage collection"),
    needs("wasm-latest/type-canon.wast",       GC,         "recursive types"),
    needs("wasm-latest/type-equivalence.wast", GC,         "recursive types"),
    needs("wasm-latest/type-rec.wast",         GC,         "recursive types"),
    needs("bulk-memory/table_init.wast",       GC,         "a segment of arrays"),
    older("wasm-v1/binary-leb128.wast",        &[Feature::MultiMemory, Feature::Memory64], SHORT_LIMITS),
    older("wasm-v2/binary-leb128.wast",        &[Feature::MultiMemory, Feature::Memory64], SHORT_LIMITS),
    older("reference-types/binary-leb128.wast", &[Feature::MultiMemory, Feature::Memory64], SHORT_LIMITS),
    older("reference-types/binary.wast",       &[Feature::MultiMemory, Feature::Memory64], SHORT_LIMITS),
    older("wasm-v1/imports.wast",              MULTI_MEMORY, ONE_MEMORY),
    older("wasm-v2/imports.wast",              MULTI_MEMORY, ONE_MEMORY),
    older("reference-types/imports.wast",      MULTI_MEMORY, ONE_MEMORY),
    older("wasm-v1/memory.wast",               MULTI_MEMORY, ONE_MEMORY),
    older("wasm-v2/memory.wast",               MULTI_MEMORY, ONE_MEMORY),
    older("memory64/memory.wast",              MULTI_MEMORY, ONE_MEMORY),
    older("memory64/memory64.wast",            MULTI_MEMORY, ONE_MEMORY),
    older("threads/imports.wast",              &[Feature::MultiMemory, Feature::ReferenceTypes, Feature::FunctionReferences], ONE_MEMORY),
    older("threads/memory.wast",               MULTI_MEMORY, ONE_MEMORY),
    older("wasm-v2/binary.wast",               MULTI_MEMORY, ONE_MEMORY),
    older("function-references/binary.wast",   MULTI_MEMORY, ONE_MEMORY),
    older("memory64/binary.wast",              MULTI_MEMORY, ONE_MEMORY),
    older("multi-value/binary.wast",           MULTI_MEMORY, ONE_MEMORY),
    Expectation {
        file: "reference-types/unreached-invalid.wast",
        overturned: &[539],
        reason: "asserts that labels of br_table have the same types even in dead code; later versions dropped that",
        ..NOTHING
    },
    Expectation {
        file: "mutable-global/linking.wast",
        overturned: &[206, 227, 236, 238, 248, 298, 334, 342, 344, 354],
        reason: "before bulk memory, segments were checked before any was written; now what precedes the trap stays",
        ..NOTHING
    },
];

impl Expectation {
    /// What is known of a script of the suite.
    pub fn of(file: &str) -> Option<&'static Self> {
        EXPECTATIONS.iter().find(|e| e.file == file)
    }
}
