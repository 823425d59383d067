//! Features as the parser knows them, and what an invalid module lacks.

use gantry_abi::{CompileError, Feature, FeatureSet};
use wasmparser::{BinaryReaderError, Parser, Payload, Validator, WasmFeatures};

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
        Feature::Exceptions => WasmFeatures::EXCEPTIONS.union(WasmFeatures::LEGACY_EXCEPTIONS),
        Feature::StackSwitching => WasmFeatures::STACK_SWITCHING,
        _ => WasmFeatures::empty(),
    }
}

/// The parser's features for a set of ours.
pub(crate) fn wasm_features(set: FeatureSet) -> WasmFeatures {
    let mut all = WasmFeatures::FLOATS | WasmFeatures::GC_TYPES;
    for feature in set.iter() {
        all |= flags(feature);
    }
    all
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
        return component();
    }
    let mut every = wasm_features(set);
    for &feature in Feature::ALL {
        every |= flags(feature);
    }
    let validates = |features| Validator::new_with_features(features).validate_all(wasm).is_ok();
    if validates(every) {
        for &feature in Feature::ALL.iter().filter(|&&f| !set.contains(f)) {
            if !validates(every.difference(flags(feature))) {
                return lacking(feature, error);
            }
        }
    }
    invalid(error)
}

/// The module is a component.
#[cold]
pub(crate) fn component() -> CompileError {
    CompileError::Unsupported { feature: Feature::ComponentModel, backend: "any", isa: "any instruction set".into() }
}

fn lacking(feature: Feature, error: &BinaryReaderError) -> CompileError {
    if feature.stage() == gantry_abi::features::Stage::Later {
        return CompileError::Unsupported { feature, backend: "any", isa: "any instruction set".into() };
    }
    CompileError::Disabled { feature, offset: error.offset(), message: error.message().into() }
}

/// Checks that a module is valid with these features, and that they suffice for it.
///
/// # Errors
///
/// Why it is not.
pub fn validate(features: FeatureSet, wasm: &[u8]) -> Result<(), CompileError> {
    let mut validator = Validator::new_with_features(wasm_features(features));
    let mut bodies = Vec::new();
    let classify = |e: &BinaryReaderError| classify(features, wasm, e);
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload.map_err(|e| classify(&e))?;
        if let Payload::Version { encoding: wasmparser::Encoding::Component, .. } = &payload {
            return Err(component());
        }
        if let wasmparser::ValidPayload::Func(func, body) = validator.payload(&payload).map_err(|e| classify(&e))? {
            bodies.push((func, body));
        }
    }
    let mut allocations = wasmparser::FuncValidatorAllocations::default();
    for (func, body) in bodies {
        let mut validator = func.into_validator(allocations);
        validator.validate(&body).map_err(|e| classify(&e))?;
        allocations = validator.into_allocations();
    }
    Ok(())
}
