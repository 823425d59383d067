//! Values that scripts pass and expect.

use crate::wast::report::Outcome;
use anyhow::{Result, bail};
use gantry::{ExternRef, Feature, Store, V128, Val};
use wast::WastArg;
use wast::WastRet;
use wast::core::{AbstractHeapType, HeapType, NanPattern, V128Pattern, WastArgCore, WastRetCore};
use wast::token::{F32, F64};

/// A value that cannot be: what it would need.
#[derive(Debug)]
pub(crate) enum NoValue {
    Unsupported(Feature),
    Error(String),
}

impl From<NoValue> for Outcome {
    fn from(value: NoValue) -> Self {
        match value {
            NoValue::Unsupported(feature) => Self::Unsupported(feature),
            NoValue::Error(message) => Self::Failed(message),
        }
    }
}

/// The feature that an abstract heap type needs, if that is later work.
fn needs(ty: AbstractHeapType) -> Option<Feature> {
    match ty {
        AbstractHeapType::Func | AbstractHeapType::Extern => None,
        AbstractHeapType::Exn | AbstractHeapType::NoExn => Some(Feature::Exceptions),
        AbstractHeapType::Cont | AbstractHeapType::NoCont => Some(Feature::StackSwitching),
        _ => Some(Feature::Gc),
    }
}

/// An argument.
pub(crate) fn argument(store: &mut Store<()>, arg: &WastArg<'_>) -> Result<Val, NoValue> {
    let WastArg::Core(arg) = arg else { return Err(NoValue::Unsupported(Feature::ComponentModel)) };
    Ok(match arg {
        WastArgCore::I32(x) => Val::I32(*x),
        WastArgCore::I64(x) => Val::I64(*x),
        WastArgCore::F32(x) => Val::F32(x.bits),
        WastArgCore::F64(x) => Val::F64(x.bits),
        WastArgCore::V128(x) => Val::V128(V128::from(u128::from_le_bytes(x.to_le_bytes()))),
        WastArgCore::RefNull(HeapType::Abstract { ty: AbstractHeapType::Func, .. }) => Val::FuncRef(None),
        WastArgCore::RefNull(HeapType::Abstract { ty: AbstractHeapType::Extern, .. }) => Val::ExternRef(None),
        WastArgCore::RefNull(HeapType::Abstract { ty, .. }) => {
            return Err(NoValue::Unsupported(needs(*ty).unwrap_or(Feature::Gc)));
        }
        WastArgCore::RefNull(HeapType::Concrete(_) | HeapType::Exact(_)) => Val::FuncRef(None),
        WastArgCore::RefExtern(x) => {
            let value = ExternRef::new(store, *x).map_err(|e| NoValue::Error(format!("{e:#}")))?;
            Val::ExternRef(Some(value))
        }
        WastArgCore::RefHost(_) => return Err(NoValue::Unsupported(Feature::Gc)),
    })
}

/// Checks results against what is expected of them.
pub(crate) fn check(store: &Store<()>, actual: &[Val], expected: &[WastRet<'_>]) -> Outcome {
    if actual.len() != expected.len() {
        return Outcome::Failed(format!("{} results, expected {}", actual.len(), expected.len()));
    }
    for (index, (actual, expected)) in actual.iter().zip(expected).enumerate() {
        let WastRet::Core(expected) = expected else { return Outcome::Unsupported(Feature::ComponentModel) };
        match matches(store, actual, expected) {
            Ok(true) => {}
            Ok(false) => {
                let actual = show(store, actual);
                return Outcome::Failed(format!("result {index} is {actual}, expected {}", show_expected(expected)));
            }
            Err(no_value) => return no_value.into(),
        }
    }
    Outcome::Passed
}

fn matches(store: &Store<()>, actual: &Val, expected: &WastRetCore<'_>) -> Result<bool, NoValue> {
    Ok(match (expected, actual) {
        (WastRetCore::Either(any), _) => {
            for expected in any {
                if matches(store, actual, expected)? {
                    return Ok(true);
                }
            }
            false
        }
        (WastRetCore::I32(x), Val::I32(y)) => x == y,
        (WastRetCore::I64(x), Val::I64(y)) => x == y,
        (WastRetCore::F32(x), Val::F32(y)) => f32_matches(*y, x),
        (WastRetCore::F64(x), Val::F64(y)) => f64_matches(*y, x),
        (WastRetCore::V128(x), Val::V128(y)) => v128_matches(y.as_u128(), x),
        (
            WastRetCore::RefNull(None),
            Val::FuncRef(None) | Val::ExternRef(None) | Val::AnyRef(None) | Val::ExnRef(None),
        ) => true,
        (WastRetCore::RefNull(Some(ty)), _) => match (ty, actual) {
            (HeapType::Abstract { ty: AbstractHeapType::Func, .. }, Val::FuncRef(None))
            | (HeapType::Abstract { ty: AbstractHeapType::Extern, .. }, Val::ExternRef(None))
            // The bottom types are expected of null references; their supertypes are what the engine has.
            | (HeapType::Abstract { ty: AbstractHeapType::NoFunc, .. } | HeapType::Concrete(_), Val::FuncRef(None))
            | (HeapType::Abstract { ty: AbstractHeapType::NoExtern, .. }, Val::ExternRef(None)) => true,
            _ => false,
        },
        (WastRetCore::RefFunc(None), Val::FuncRef(Some(_))) => true,
        (WastRetCore::RefExtern(None), Val::ExternRef(Some(_))) => true,
        (WastRetCore::RefExtern(Some(x)), Val::ExternRef(Some(y))) => host_data(store, y) == Some(*x),
        (
            WastRetCore::RefHost(_)
            | WastRetCore::RefAny
            | WastRetCore::RefEq
            | WastRetCore::RefArray
            | WastRetCore::RefStruct
            | WastRetCore::RefI31
            | WastRetCore::RefI31Shared,
            _,
        ) => return Err(NoValue::Unsupported(Feature::Gc)),
        _ => false,
    })
}

/// The number that a script made an `externref` of.
fn host_data(store: &Store<()>, value: &ExternRef) -> Option<u32> {
    value.data(store).ok()?.downcast_ref::<u32>().copied()
}

fn f32_matches(actual: u32, expected: &NanPattern<F32>) -> bool {
    match expected {
        NanPattern::CanonicalNan => actual & 0x7fff_ffff == 0x7fc0_0000,
        NanPattern::ArithmeticNan => actual & 0x7fc0_0000 == 0x7fc0_0000,
        NanPattern::Value(x) => x.bits == actual,
    }
}

fn f64_matches(actual: u64, expected: &NanPattern<F64>) -> bool {
    match expected {
        NanPattern::CanonicalNan => actual & 0x7fff_ffff_ffff_ffff == 0x7ff8_0000_0000_0000,
        NanPattern::ArithmeticNan => actual & 0x7ff8_0000_0000_0000 == 0x7ff8_0000_0000_0000,
        NanPattern::Value(x) => x.bits == actual,
    }
}

/// Lane `index` of lanes with `N` bytes.
fn lane<const N: usize>(bytes: &[u8; 16], index: usize) -> [u8; N] {
    let mut lane = [0; N];
    lane.copy_from_slice(&bytes[index * N..][..N]);
    lane
}

fn v128_matches(actual: u128, expected: &V128Pattern) -> bool {
    let b = &actual.to_le_bytes();
    match expected {
        V128Pattern::I8x16(x) => (0..16).all(|i| i8::from_le_bytes(lane(b, i)) == x[i]),
        V128Pattern::I16x8(x) => (0..8).all(|i| i16::from_le_bytes(lane(b, i)) == x[i]),
        V128Pattern::I32x4(x) => (0..4).all(|i| i32::from_le_bytes(lane(b, i)) == x[i]),
        V128Pattern::I64x2(x) => (0..2).all(|i| i64::from_le_bytes(lane(b, i)) == x[i]),
        V128Pattern::F32x4(x) => (0..4).all(|i| f32_matches(u32::from_le_bytes(lane(b, i)), &x[i])),
        V128Pattern::F64x2(x) => (0..2).all(|i| f64_matches(u64::from_le_bytes(lane(b, i)), &x[i])),
    }
}

/// A value as messages show it: floats by their bits, which tell NaNs apart.
pub(crate) fn show(store: &Store<()>, value: &Val) -> String {
    match value {
        Val::I32(x) => format!("i32 {x} ({x:#x})"),
        Val::I64(x) => format!("i64 {x} ({x:#x})"),
        Val::F32(x) => format!("f32 {} ({x:#010x})", f32::from_bits(*x)),
        Val::F64(x) => format!("f64 {} ({x:#018x})", f64::from_bits(*x)),
        Val::V128(x) => format!("v128 {:#034x}", x.as_u128()),
        Val::FuncRef(None) | Val::ExternRef(None) | Val::AnyRef(_) | Val::ExnRef(_) => "a null reference".to_owned(),
        Val::FuncRef(Some(_)) => "a function reference".to_owned(),
        Val::ExternRef(Some(x)) => format!("an external reference ({:?})", host_data(store, x)),
    }
}

fn show_expected(expected: &WastRetCore<'_>) -> String {
    match expected {
        WastRetCore::I32(x) => format!("i32 {x} ({x:#x})"),
        WastRetCore::I64(x) => format!("i64 {x} ({x:#x})"),
        WastRetCore::F32(NanPattern::Value(x)) => format!("f32 {} ({:#010x})", f32::from_bits(x.bits), x.bits),
        WastRetCore::F64(NanPattern::Value(x)) => format!("f64 {} ({:#018x})", f64::from_bits(x.bits), x.bits),
        other => format!("{other:?}"),
    }
}

/// Fails unless a trap's message is the one that a script expects, which may say more or less.
pub(crate) fn check_trap(trap: gantry::Trap, expected: &str) -> Result<()> {
    let actual = trap.message();
    let same = actual.starts_with(expected) || expected.starts_with(actual);
    // Scripts name the kind of reference; older ones say otherwise which bound of a table was exceeded.
    let alike = match trap {
        gantry::Trap::NullReference => expected.starts_with("null ") && expected.ends_with(" reference"),
        gantry::Trap::TableOutOfBounds | gantry::Trap::UndefinedElement => {
            expected.starts_with("undefined") || expected.starts_with("out of bounds")
        }
        _ => false,
    };
    if !same && !alike {
        bail!("trapped with {actual:?}, expected {expected:?}");
    }
    Ok(())
}
