//! Types as the parser gives them, as the contract has them.

use gantry_abi::types::*;
use gantry_abi::{CompileError, Feature, TypeIndex};
use wasmparser::{AbstractHeapType, CompositeInnerType, UnpackedIndex};

fn type_ref(index: UnpackedIndex, group_start: u32) -> Result<TypeRef, CompileError> {
    match index {
        // Types refer to themselves and to later ones in recursive types only.
        UnpackedIndex::Module(i) if i >= group_start => Err(CompileError::not_yet(Feature::Gc)),
        UnpackedIndex::Module(i) => Ok(TypeRef::Module(TypeIndex::from_u32(i))),
        UnpackedIndex::RecGroup(_) => Err(CompileError::not_yet(Feature::Gc)),
        UnpackedIndex::Id(_) => Err(CompileError::not_yet(Feature::ComponentModel)),
    }
}

fn heap_type_in(ty: wasmparser::HeapType, group_start: u32) -> Result<HeapType, CompileError> {
    Ok(match ty {
        wasmparser::HeapType::Abstract { shared: true, .. } => return Err(CompileError::not_yet(Feature::Threads)),
        wasmparser::HeapType::Abstract { ty, .. } => match ty {
            AbstractHeapType::Func => HeapType::Func,
            AbstractHeapType::Extern => HeapType::Extern,
            AbstractHeapType::Any
            | AbstractHeapType::None
            | AbstractHeapType::NoExtern
            | AbstractHeapType::NoFunc
            | AbstractHeapType::Eq
            | AbstractHeapType::Struct
            | AbstractHeapType::Array
            | AbstractHeapType::I31 => return Err(CompileError::not_yet(Feature::Gc)),
            AbstractHeapType::Exn => HeapType::Exn,
            AbstractHeapType::NoExn => HeapType::NoExn,
            AbstractHeapType::Cont => HeapType::Cont,
            AbstractHeapType::NoCont => HeapType::NoCont,
        },
        wasmparser::HeapType::Concrete(index) => HeapType::Concrete(type_ref(index, group_start)?),
        wasmparser::HeapType::Exact(_) => return Err(CompileError::not_yet(Feature::Gc)),
    })
}

fn ref_type_in(ty: wasmparser::RefType, group_start: u32) -> Result<RefType, CompileError> {
    Ok(RefType { nullable: ty.is_nullable(), heap: heap_type_in(ty.heap_type(), group_start)? })
}

fn val_type_in(ty: wasmparser::ValType, group_start: u32) -> Result<ValType, CompileError> {
    Ok(match ty {
        wasmparser::ValType::I32 => ValType::I32,
        wasmparser::ValType::I64 => ValType::I64,
        wasmparser::ValType::F32 => ValType::F32,
        wasmparser::ValType::F64 => ValType::F64,
        wasmparser::ValType::V128 => ValType::V128,
        wasmparser::ValType::Ref(r) => ValType::Ref(ref_type_in(r, group_start)?),
    })
}

/// A heap type outside of the type section.
pub(super) fn heap_type(ty: wasmparser::HeapType) -> Result<HeapType, CompileError> {
    heap_type_in(ty, u32::MAX)
}

/// A reference type outside of the type section.
pub(super) fn ref_type(ty: wasmparser::RefType) -> Result<RefType, CompileError> {
    ref_type_in(ty, u32::MAX)
}

/// A value type outside of the type section.
pub(super) fn val_type(ty: wasmparser::ValType) -> Result<ValType, CompileError> {
    val_type_in(ty, u32::MAX)
}

/// A type definition of a rec group that starts at type index `group_start`.
pub(super) fn sub_type(ty: &wasmparser::SubType, group_start: u32) -> Result<SubType, CompileError> {
    let vals = |types: &[wasmparser::ValType]| -> Result<Box<[ValType]>, CompileError> {
        types.iter().map(|&t| val_type_in(t, group_start)).collect()
    };
    let composite = match &ty.composite_type.inner {
        CompositeInnerType::Func(f) => {
            CompositeType::Func(FuncType { params: vals(f.params())?, results: vals(f.results())? })
        }
        CompositeInnerType::Struct(_) | CompositeInnerType::Array(_) => {
            return Err(CompileError::not_yet(Feature::Gc));
        }
        CompositeInnerType::Cont(c) => CompositeType::Cont(type_ref(c.0.unpack(), group_start)?),
    };
    if !ty.is_final || !ty.supertype_idxs.is_empty() {
        return Err(CompileError::not_yet(Feature::Gc));
    }
    Ok(SubType { is_final: true, supertype: None, shared: ty.composite_type.shared, composite })
}

fn index_type(is_64: bool) -> IndexType {
    if is_64 { IndexType::I64 } else { IndexType::I32 }
}

/// A memory's type.
pub(super) fn memory_type(ty: &wasmparser::MemoryType) -> MemoryType {
    MemoryType {
        index_type: index_type(ty.memory64),
        min_pages: ty.initial,
        max_pages: ty.maximum,
        shared: ty.shared,
        page_size_log2: ty.page_size_log2.map_or(16, |log2| u8::try_from(log2).expect("validated: 0 or 16")),
    }
}

/// A table's type.
pub(super) fn table_type(ty: &wasmparser::TableType) -> Result<TableType, CompileError> {
    Ok(TableType {
        index_type: index_type(ty.table64),
        element: ref_type(ty.element_type)?,
        min: ty.initial,
        max: ty.maximum,
        shared: ty.shared,
    })
}

/// A global's type.
pub(super) fn global_type(ty: &wasmparser::GlobalType) -> Result<GlobalType, CompileError> {
    Ok(GlobalType { val: val_type(ty.content_type)?, mutable: ty.mutable, shared: ty.shared })
}
