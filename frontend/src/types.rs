//! Types, from wasmparser's to ours.

use gantry_abi::{Feature, HeapType, RefType, TypeIndex, TypeRef, ValType};

/// A value type.
///
/// # Errors
///
/// The feature that it needs, if no compiler has it.
pub fn val_type(ty: wasmparser::ValType) -> Result<ValType, Feature> {
    Ok(match ty {
        wasmparser::ValType::I32 => ValType::I32,
        wasmparser::ValType::I64 => ValType::I64,
        wasmparser::ValType::F32 => ValType::F32,
        wasmparser::ValType::F64 => ValType::F64,
        wasmparser::ValType::V128 => ValType::V128,
        wasmparser::ValType::Ref(r) => {
            ValType::Ref(RefType { nullable: r.is_nullable(), heap: heap_type(r.heap_type())? })
        }
    })
}

/// A heap type.
///
/// # Errors
///
/// The feature that it needs, if no compiler has it.
pub fn heap_type(ty: wasmparser::HeapType) -> Result<HeapType, Feature> {
    use wasmparser::AbstractHeapType as A;
    Ok(match ty {
        wasmparser::HeapType::Abstract { shared: true, .. } => return Err(Feature::Threads),
        wasmparser::HeapType::Abstract { ty, .. } => match ty {
            A::Func => HeapType::Func,
            A::NoFunc => HeapType::NoFunc,
            A::Extern => HeapType::Extern,
            A::NoExtern => HeapType::NoExtern,
            A::Any => HeapType::Any,
            A::Eq => HeapType::Eq,
            A::I31 => HeapType::I31,
            A::Struct => HeapType::Struct,
            A::Array => HeapType::Array,
            A::None => HeapType::None,
            A::Exn => HeapType::Exn,
            A::NoExn => HeapType::NoExn,
            A::Cont => HeapType::Cont,
            A::NoCont => HeapType::NoCont,
        },
        wasmparser::HeapType::Concrete(index) | wasmparser::HeapType::Exact(index) => match index.as_module_index() {
            Some(index) => HeapType::Concrete(TypeRef::Module(TypeIndex::from_u32(index))),
            None => return Err(Feature::Gc),
        },
    })
}
