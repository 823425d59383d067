//! Features as the parser knows them, and what an invalid module lacks.

use crate::translate::{Failure, parse_bodies};
use gantry_abi::features::Stage;
use gantry_abi::{CompileError, Feature, FeatureSet};
use wasmparser::{BinaryReaderError, FuncValidatorAllocations, Parser, Validator, WasmFeatures};

/// What the parser calls a feature. Components are told by their header.
fn flags(feature: Feature) -> WasmFeatures {
    match feature {
        Feature::MutableGlobal => WasmFeatures::MUTABLE_GLOBAL,
        Feature::SaturatingFloat => WasmFeatures::SATURATING_FLOAT_TO_INT,
        Feature::SignExtension => WasmFeatures::SIGN_EXTENSION,
        Feature::MultiValue => WasmFeatures::MULTI_VALUE,
        Feature::BulkMemory => WasmFeatures::BULK_MEMORY,
        Feature::ReferenceTypes => WasmFeatures::REFERENCE_TYPES,
        Feature::Simd => WasmFeatures::SIMD,
        Feature::ExtendedConst => WasmFeatures::EXTENDED_CONST,
        Feature::MultiMemory => WasmFeatures::MULTI_MEMORY,
        Feature::Memory64 => WasmFeatures::MEMORY64,
        Feature::TailCall => WasmFeatures::TAIL_CALL,
        Feature::RelaxedSimd => WasmFeatures::RELAXED_SIMD,
        Feature::FunctionReferences => WasmFeatures::FUNCTION_REFERENCES,
        Feature::WideArithmetic => WasmFeatures::WIDE_ARITHMETIC,
        Feature::CustomPageSizes => WasmFeatures::CUSTOM_PAGE_SIZES,
        Feature::Threads => WasmFeatures::THREADS,
        Feature::Gc => WasmFeatures::GC,
        Feature::Exceptions => WasmFeatures::EXCEPTIONS,
        Feature::StackSwitching => WasmFeatures::STACK_SWITCHING,
        _ => WasmFeatures::empty(),
    }
}

/// What a module may contain that is about a feature: besides the feature, forms of it that were given up.
fn related(feature: Feature) -> WasmFeatures {
    match feature {
        Feature::Exceptions => flags(feature).union(WasmFeatures::LEGACY_EXCEPTIONS),
        _ => flags(feature),
    }
}

/// Whether modules may use a feature: nobody can switch on what is later work.
fn is_on(set: FeatureSet, feature: Feature) -> bool {
    set.contains(feature) && feature.stage() != Stage::Later
}

/// The parser's features for a set of ours.
pub(crate) fn wasm_features(set: FeatureSet) -> WasmFeatures {
    let on = set.iter().filter(|&f| is_on(set, f));
    on.fold(WasmFeatures::MVP, |all, feature| all | flags(feature))
}

/// The parser's features for everything in a module but function bodies.
///
/// Since WebAssembly 3.0, constant expressions may read globals that the module defines. The parser ties this to garbage
/// collection, so this is on for it, and the translation refuses types and operators that belong to it. The parser takes it to
/// imply function references as well: without these, the rule of WebAssembly 2.0 stays.
pub(crate) fn module_features(set: FeatureSet) -> WasmFeatures {
    let features = wasm_features(set);
    let version_3 = WasmFeatures::EXTENDED_CONST.union(WasmFeatures::FUNCTION_REFERENCES);
    if features.contains(version_3) { features.union(WasmFeatures::GC) } else { features }
}

/// What the parser's error means to the user.
#[cold]
pub(crate) fn invalid(error: &BinaryReaderError) -> CompileError {
    CompileError::Invalid { offset: error.offset(), message: error.message().into() }
}

/// Why a module that is invalid with the features of `set` is so: because it needs another one, or in any case.
#[cold]
pub(crate) fn classify(set: FeatureSet, wasm: &[u8], error: &BinaryReaderError) -> CompileError {
    if Parser::is_component(wasm) {
        return CompileError::not_yet(Feature::ComponentModel);
    }
    let validates = |features| Validator::new_with_features(features).validate_all(wasm).is_ok();
    let off = || Feature::ALL.iter().copied().filter(|&f| !is_on(set, f));
    let every = off().fold(wasm_features(set), |all, feature| all | related(feature));
    if !validates(every) {
        return invalid(error);
    }
    // The parser wants garbage collection for constant expressions that need none: it is the reason if nothing else is.
    let mut candidates = off().filter(|&f| f != Feature::Gc).chain(off().filter(|&f| f == Feature::Gc));
    match candidates.find(|&feature| !validates(every.difference(related(feature)))) {
        Some(feature) if feature.stage() == Stage::Later => CompileError::not_yet(feature),
        Some(feature) => CompileError::Disabled { feature, offset: error.offset(), message: error.message().into() },
        None => invalid(error),
    }
}

/// Checks that a module is valid with these features, and that they suffice for it.
///
/// # Errors
///
/// Why it is not.
pub fn validate(features: FeatureSet, wasm: &[u8]) -> Result<(), CompileError> {
    let failed = |failure: Failure| failure.classify(features, wasm);
    let mut allocations = FuncValidatorAllocations::default();
    for (func, body) in parse_bodies(features, wasm).map_err(failed)? {
        let mut validator = func.into_validator(allocations);
        validator.validate(&body).map_err(|e| classify(features, wasm, &e))?;
        allocations = validator.into_allocations();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::validate;
    use gantry_abi::{Feature, FeatureSet};

    #[test]
    fn limits_have_few_bytes_without_64_bit_memories() {
        // The smallest size of a memory in six bytes.
        let module = b"\0asm\x01\0\0\0\x05\x08\x01\0\x82\x80\x80\x80\x80\0";
        let mut features = FeatureSet::defaults();
        assert_eq!(validate(features, module), Ok(()));
        features.set(Feature::Memory64, false);
        assert!(validate(features, module).is_err());
    }
}
