//! Value types, reference types and type definitions of WebAssembly 3.0 (Core Specification 3.0, section 2.3), and the
//! machine-level shapes of signatures.

use crate::entity::{TypeId, TypeIndex};
use alloc::boxed::Box;
use core::fmt;
use serde::{Deserialize, Serialize};

/// The type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ValType {
    /// 32-bit integer.
    I32,
    /// 64-bit integer.
    I64,
    /// 32-bit float.
    F32,
    /// 64-bit float.
    F64,
    /// 128-bit vector.
    V128,
    /// A reference.
    Ref(RefType),
}

/// The type of a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RefType {
    /// Whether null belongs to the type.
    pub nullable: bool,
    /// What it refers to.
    pub heap: HeapType,
}

/// What a reference refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum HeapType {
    /// Any function.
    Func,
    /// No function: the bottom of the function hierarchy.
    NoFunc,
    /// Any host value.
    Extern,
    /// The bottom of the external hierarchy.
    NoExtern,
    /// Any internal value.
    Any,
    /// Values that can be compared.
    Eq,
    /// Unboxed 31-bit integers.
    I31,
    /// Any structure.
    Struct,
    /// Any array.
    Array,
    /// The bottom of the internal hierarchy.
    None,
    /// Any exception.
    Exn,
    /// The bottom of the exception hierarchy.
    NoExn,
    /// Any continuation.
    Cont,
    /// The bottom of the continuation hierarchy.
    NoCont,
    /// A defined type.
    Concrete(TypeRef),
}

/// How a type names another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum TypeRef {
    /// By its index in the module's type section.
    Module(TypeIndex),
    /// By its position in the same rec group: only inside the canonical form that the registry compares.
    Group(u32),
    /// By its engine-wide identity.
    Engine(TypeId),
}

/// The hierarchy that a heap type belongs to. References of different hierarchies never mix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hierarchy {
    /// `func` and below.
    Func,
    /// `extern` and below.
    Extern,
    /// `any` and below.
    Any,
    /// `exn` and below.
    Exn,
    /// `cont` and below.
    Cont,
}

impl ValType {
    /// `(ref null func)`.
    pub const FUNCREF: Self = Self::Ref(RefType::FUNCREF);
    /// `(ref null extern)`.
    pub const EXTERNREF: Self = Self::Ref(RefType::EXTERNREF);

    /// The reference type, if this is one.
    pub fn as_ref_type(self) -> Option<RefType> {
        if let Self::Ref(r) = self { Some(r) } else { None }
    }

    /// Whether a local of this type has a default value.
    pub fn is_defaultable(self) -> bool {
        !matches!(self, Self::Ref(RefType { nullable: false, .. }))
    }
}

impl RefType {
    /// `(ref null func)`.
    pub const FUNCREF: Self = Self { nullable: true, heap: HeapType::Func };
    /// `(ref null extern)`.
    pub const EXTERNREF: Self = Self { nullable: true, heap: HeapType::Extern };
}

impl HeapType {
    /// Maps the type reference inside, if there is one.
    pub fn map_ref(self, f: &mut impl FnMut(TypeRef) -> TypeRef) -> Self {
        if let Self::Concrete(r) = self { Self::Concrete(f(r)) } else { self }
    }
}

impl ValType {
    /// Maps the type reference inside, if there is one.
    pub fn map_ref(self, f: &mut impl FnMut(TypeRef) -> TypeRef) -> Self {
        match self {
            Self::Ref(r) => Self::Ref(RefType { nullable: r.nullable, heap: r.heap.map_ref(f) }),
            other => other,
        }
    }
}

/// Parameters and results of a function.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FuncType {
    /// Parameter types.
    pub params: Box<[ValType]>,
    /// Result types.
    pub results: Box<[ValType]>,
}

/// What a field of a structure or an element of an array holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum StorageType {
    /// 8 bits.
    I8,
    /// 16 bits.
    I16,
    /// A whole value.
    Val(ValType),
}

/// A field or element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FieldType {
    /// What it holds.
    pub storage: StorageType,
    /// Whether it can be written.
    pub mutable: bool,
}

/// The composite type of a type definition.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CompositeType {
    /// A function.
    Func(FuncType),
    /// A structure with its fields.
    Struct(Box<[FieldType]>),
    /// An array with its element.
    Array(FieldType),
    /// A continuation of a function type.
    Cont(TypeRef),
}

/// One type definition.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SubType {
    /// Whether no other type may declare this one as its supertype.
    pub is_final: bool,
    /// The declared supertype.
    pub supertype: Option<TypeRef>,
    /// Whether values of it may be shared between threads.
    pub shared: bool,
    /// Its structure.
    pub composite: CompositeType,
}

impl SubType {
    /// The final function type without a supertype: what every function type is without the GC proposal.
    pub fn function(ty: FuncType) -> Self {
        Self { is_final: true, supertype: None, shared: false, composite: CompositeType::Func(ty) }
    }

    /// The function type, if this is one.
    pub fn as_func(&self) -> Option<&FuncType> {
        if let CompositeType::Func(f) = &self.composite { Some(f) } else { None }
    }

    /// The same definition with every type reference mapped by `f`.
    pub fn map_refs(&self, f: &mut impl FnMut(TypeRef) -> TypeRef) -> Self {
        let composite = match &self.composite {
            CompositeType::Func(ty) => CompositeType::Func(FuncType {
                params: ty.params.iter().map(|t| t.map_ref(f)).collect(),
                results: ty.results.iter().map(|t| t.map_ref(f)).collect(),
            }),
            CompositeType::Struct(fields) => CompositeType::Struct(fields.iter().map(|t| t.map_ref(f)).collect()),
            CompositeType::Array(field) => CompositeType::Array(field.map_ref(f)),
            CompositeType::Cont(r) => CompositeType::Cont(f(*r)),
        };
        Self { is_final: self.is_final, supertype: self.supertype.map(&mut *f), shared: self.shared, composite }
    }
}

impl FieldType {
    fn map_ref(self, f: &mut impl FnMut(TypeRef) -> TypeRef) -> Self {
        let storage = match self.storage {
            StorageType::Val(t) => StorageType::Val(t.map_ref(f)),
            other => other,
        };
        Self { storage, mutable: self.mutable }
    }
}

/// Width of a memory's or table's addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum IndexType {
    /// 32 bits.
    I32,
    /// 64 bits.
    I64,
}

impl IndexType {
    /// The type of an address.
    pub fn val_type(self) -> ValType {
        match self {
            Self::I32 => ValType::I32,
            Self::I64 => ValType::I64,
        }
    }

    /// The largest address.
    pub fn max(self) -> u64 {
        match self {
            Self::I32 => u32::MAX.into(),
            Self::I64 => u64::MAX,
        }
    }
}

/// A linear memory's type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MemoryType {
    /// Width of its addresses.
    pub index_type: IndexType,
    /// Initial size in pages.
    pub min_pages: u64,
    /// Largest size in pages, if limited.
    pub max_pages: Option<u64>,
    /// Whether threads share it.
    pub shared: bool,
    /// Logarithm of the page size in bytes: 16, or 0 with custom page sizes.
    pub page_size_log2: u8,
}

impl MemoryType {
    /// Size of a page in bytes.
    pub fn page_size(&self) -> u64 {
        1 << self.page_size_log2
    }

    /// Initial size in bytes; `None` if that is 2^64 or more.
    pub fn min_bytes(&self) -> Option<u64> {
        self.min_pages.checked_mul(self.page_size())
    }

    /// The size in bytes that it can never exceed: the declared maximum or what its addresses reach. `None`: 2^64.
    pub fn max_bytes(&self) -> Option<u64> {
        let reach = match self.index_type {
            IndexType::I32 => Some(1u64 << 32),
            IndexType::I64 => None,
        };
        let declared = self.max_pages.and_then(|p| p.checked_mul(self.page_size()));
        match (reach, declared) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        }
    }
}

/// A table's type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TableType {
    /// Width of its indices.
    pub index_type: IndexType,
    /// Type of its elements.
    pub element: RefType,
    /// Initial number of elements.
    pub min: u64,
    /// Largest number of elements, if limited.
    pub max: Option<u64>,
    /// Whether threads share it.
    pub shared: bool,
}

/// A global's type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct GlobalType {
    /// Type of its value.
    pub val: ValType,
    /// Whether it can be written.
    pub mutable: bool,
    /// Whether threads share it.
    pub shared: bool,
}

/// An exception tag's type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TagType {
    /// The function type whose parameters are the payload.
    pub func: TypeIndex,
}

/// Width of pointers of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PointerWidth {
    /// 4 bytes.
    W32,
    /// 8 bytes.
    W64,
}

impl PointerWidth {
    /// Bytes of a pointer.
    pub const fn bytes(self) -> u32 {
        match self {
            Self::W32 => 4,
            Self::W64 => 8,
        }
    }

    /// Width of pointers of the machine that this runs on.
    pub const HOST: Self = if size_of::<usize>() == 8 { Self::W64 } else { Self::W32 };
}

/// What a value is to the machine: how it is passed, spilled and stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum AbiType {
    /// 32-bit integer or a 32-bit handle.
    I32,
    /// 64-bit integer.
    I64,
    /// 32-bit float.
    F32,
    /// 64-bit float.
    F64,
    /// 128-bit vector.
    V128,
}

/// A signature as the machine sees it, without the two vmctx parameters. Types with equal shapes share trampolines.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Shape {
    /// Parameters after the two vmctx pointers.
    pub params: Box<[AbiType]>,
    /// Results.
    pub results: Box<[AbiType]>,
}

impl fmt::Display for ValType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::I32 => f.write_str("i32"),
            Self::I64 => f.write_str("i64"),
            Self::F32 => f.write_str("f32"),
            Self::F64 => f.write_str("f64"),
            Self::V128 => f.write_str("v128"),
            Self::Ref(r) => r.fmt(f),
        }
    }
}

impl fmt::Display for RefType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let null = if self.nullable { "null " } else { "" };
        write!(f, "(ref {null}{})", self.heap)
    }
}

impl fmt::Display for HeapType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Func => "func",
            Self::NoFunc => "nofunc",
            Self::Extern => "extern",
            Self::NoExtern => "noextern",
            Self::Any => "any",
            Self::Eq => "eq",
            Self::I31 => "i31",
            Self::Struct => "struct",
            Self::Array => "array",
            Self::None => "none",
            Self::Exn => "exn",
            Self::NoExn => "noexn",
            Self::Cont => "cont",
            Self::NoCont => "nocont",
            Self::Concrete(TypeRef::Module(i)) => return write!(f, "{}", i.as_u32()),
            Self::Concrete(TypeRef::Group(i)) => return write!(f, "rec.{i}"),
            Self::Concrete(TypeRef::Engine(i)) => return write!(f, "{i}"),
        })
    }
}

impl fmt::Display for FuncType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(func")?;
        for (name, types) in [("param", &self.params), ("result", &self.results)] {
            if !types.is_empty() {
                write!(f, " ({name}")?;
                for t in types {
                    write!(f, " {t}")?;
                }
                f.write_str(")")?;
            }
        }
        f.write_str(")")
    }
}

impl RefType {
    /// Whether null belongs to the type.
    pub fn is_nullable(self) -> bool {
        self.nullable
    }

    /// What it refers to.
    pub fn heap_type(self) -> HeapType {
        self.heap
    }
}
