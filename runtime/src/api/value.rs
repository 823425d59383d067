//! Values as embedders see them.

use crate::api::context::{AsContext, AsContextMut};
use crate::api::externals::{Extern, Global, Memory, Table};
use crate::api::func::Func;
use crate::api::store::StoreOpaque;
use crate::vm::externs::HostValue;
use crate::vm::records::VmCell;
use alloc::sync::Arc;
use anyhow::{Context, Result, bail};
use core::any::Any;
use gantry_abi::types::Hierarchy;
use gantry_abi::{CompositeType, HeapType, RefType, TypeRef, ValType};

/// A 128-bit vector, by its bits: lane 0 is the lowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct V128(u128);

impl V128 {
    /// Its bits.
    pub fn as_u128(self) -> u128 {
        self.0
    }
}

impl From<u128> for V128 {
    fn from(bits: u128) -> Self {
        Self(bits)
    }
}

impl From<V128> for u128 {
    fn from(v: V128) -> Self {
        v.0
    }
}

/// A host value that wasm can hold. Cheap to clone: clones are the same value to wasm.
///
/// ```
/// use gantry::{Engine, ExternRef, Instance, Module, Store};
/// let mut store = Store::new(&Engine::default(), ());
/// let module = r#"(module (func (export "id") (param externref) (result externref) (local.get 0)))"#;
/// let module = Module::new(store.engine(), module)?;
/// let instance = Instance::new(&mut store, &module, &[])?;
/// let id = instance.get_typed_func::<Option<ExternRef>, Option<ExternRef>>(&mut store, "id")?;
/// let value = ExternRef::new(&mut store, String::from("anything"))?;
/// let back = id.call(&mut store, Some(value))?.unwrap();
/// assert_eq!(back.data(&store)?.downcast_ref::<String>().unwrap(), "anything");
/// # Ok::<(), gantry::Error>(())
/// ```
#[derive(Clone)]
pub struct ExternRef(HostValue);

impl ExternRef {
    /// Makes `value` something that wasm can hold. It lives as long as every store that it was given to.
    ///
    /// # Errors
    ///
    /// None at present.
    pub fn new(_store: impl AsContextMut, value: impl Any + Send + Sync) -> Result<Self> {
        Ok(Self(Arc::new(value)))
    }

    /// The value.
    ///
    /// # Errors
    ///
    /// None at present.
    pub fn data(&self, _store: impl AsContext) -> Result<&(dyn Any + Send + Sync)> {
        Ok(&*self.0)
    }

    /// Whether two references are to the same value.
    pub fn ptr_eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl core::fmt::Debug for ExternRef {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("ExternRef")
    }
}

/// A value. Floats are held by their bits, so that no NaN changes.
#[derive(Clone, Debug)]
pub enum Val {
    /// 32-bit integer.
    I32(i32),
    /// 64-bit integer.
    I64(i64),
    /// Bits of a 32-bit float.
    F32(u32),
    /// Bits of a 64-bit float.
    F64(u64),
    /// 128-bit vector.
    V128(V128),
    /// Reference to a function.
    FuncRef(Option<Func>),
    /// Reference to a host value.
    ExternRef(Option<ExternRef>),
    /// Null in the hierarchy of `any`.
    AnyRef(Option<Never>),
    /// Null in the hierarchy of `exn`.
    ExnRef(Option<Never>),
}

/// What does not exist yet: internal references and exceptions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Never {}

/// A reference.
#[derive(Clone, Debug)]
pub enum Ref {
    /// To a function.
    Func(Option<Func>),
    /// To a host value.
    Extern(Option<ExternRef>),
    /// Null in the hierarchy of `any`.
    Any(Option<Never>),
    /// Null in the hierarchy of `exn`.
    Exn(Option<Never>),
}

impl From<Ref> for Val {
    fn from(r: Ref) -> Self {
        match r {
            Ref::Func(f) => Self::FuncRef(f),
            Ref::Extern(e) => Self::ExternRef(e),
            Ref::Any(n) => Self::AnyRef(n),
            Ref::Exn(n) => Self::ExnRef(n),
        }
    }
}

impl From<Func> for Ref {
    fn from(f: Func) -> Self {
        Self::Func(Some(f))
    }
}

impl Ref {
    /// Whether it is null.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Func(None) | Self::Extern(None) | Self::Any(None) | Self::Exn(None))
    }

    /// The function, if it is one.
    pub fn as_func(&self) -> Option<Option<&Func>> {
        if let Self::Func(f) = self { Some(f.as_ref()) } else { None }
    }

    /// The function.
    ///
    /// # Panics
    ///
    /// If it is of another hierarchy.
    pub fn unwrap_func(&self) -> Option<&Func> {
        self.as_func().unwrap_or_else(|| panic!("{self:?} is no function"))
    }

    /// The host value, if it is one.
    pub fn as_extern(&self) -> Option<Option<&ExternRef>> {
        if let Self::Extern(e) = self { Some(e.as_ref()) } else { None }
    }

    /// The host value.
    ///
    /// # Panics
    ///
    /// If it is of another hierarchy.
    pub fn unwrap_extern(&self) -> Option<&ExternRef> {
        self.as_extern().unwrap_or_else(|| panic!("{self:?} is no host value"))
    }

    /// Null of a heap type.
    pub fn null(heap: HeapType) -> Self {
        match hierarchy_without_types(heap) {
            Hierarchy::Func => Self::Func(None),
            Hierarchy::Extern => Self::Extern(None),
            Hierarchy::Exn => Self::Exn(None),
            Hierarchy::Any | Hierarchy::Cont => Self::Any(None),
        }
    }
}

/// The hierarchy of a heap type, taking concrete types for function types: no others can be compiled yet.
fn hierarchy_without_types(heap: HeapType) -> Hierarchy {
    match heap {
        HeapType::Func | HeapType::NoFunc | HeapType::Concrete(_) => Hierarchy::Func,
        HeapType::Extern | HeapType::NoExtern => Hierarchy::Extern,
        HeapType::Exn | HeapType::NoExn => Hierarchy::Exn,
        HeapType::Cont | HeapType::NoCont => Hierarchy::Cont,
        _ => Hierarchy::Any,
    }
}

macro_rules! conversions {
    ($($variant:ident($ty:ty): $(#[$doc:meta])* $unwrap:ident $get:ident;)*) => {
        impl Val { $(
            $(#[$doc])*
            ///
            /// # Panics
            ///
            /// If it is of another type.
            pub fn $unwrap(&self) -> $ty {
                self.$get().unwrap_or_else(|| panic!("{self:?} is no {}", stringify!($ty)))
            }

            $(#[$doc])*
            pub fn $get(&self) -> Option<$ty> {
                match self { Self::$variant(v) => Some(*v), _ => None }
            }
        )* }
        $(impl From<$ty> for Val {
            fn from(v: $ty) -> Self { Self::$variant(v) }
        })*
    };
}

conversions! {
    I32(i32): /** The 32-bit integer. */ unwrap_i32 i32;
    I64(i64): /** The 64-bit integer. */ unwrap_i64 i64;
    V128(V128): /** The vector. */ unwrap_v128 v128;
}

impl From<f32> for Val {
    fn from(v: f32) -> Self {
        Self::F32(v.to_bits())
    }
}

impl From<f64> for Val {
    fn from(v: f64) -> Self {
        Self::F64(v.to_bits())
    }
}

impl From<Func> for Val {
    fn from(f: Func) -> Self {
        Self::FuncRef(Some(f))
    }
}

impl From<ExternRef> for Val {
    fn from(e: ExternRef) -> Self {
        Self::ExternRef(Some(e))
    }
}

impl Val {
    /// The 32-bit float.
    pub fn f32(&self) -> Option<f32> {
        if let Self::F32(bits) = self { Some(f32::from_bits(*bits)) } else { None }
    }

    /// The 64-bit float.
    pub fn f64(&self) -> Option<f64> {
        if let Self::F64(bits) = self { Some(f64::from_bits(*bits)) } else { None }
    }

    /// The 32-bit float.
    ///
    /// # Panics
    ///
    /// If it is of another type.
    pub fn unwrap_f32(&self) -> f32 {
        self.f32().unwrap_or_else(|| panic!("{self:?} is no f32"))
    }

    /// The 64-bit float.
    ///
    /// # Panics
    ///
    /// If it is of another type.
    pub fn unwrap_f64(&self) -> f64 {
        self.f64().unwrap_or_else(|| panic!("{self:?} is no f64"))
    }

    /// The function, if it is a reference to one.
    pub fn funcref(&self) -> Option<Option<&Func>> {
        if let Self::FuncRef(f) = self { Some(f.as_ref()) } else { None }
    }

    /// The function.
    ///
    /// # Panics
    ///
    /// If it is no reference to a function.
    pub fn unwrap_funcref(&self) -> Option<&Func> {
        self.funcref().unwrap_or_else(|| panic!("{self:?} is no funcref"))
    }

    /// The host value, if it is a reference to one.
    pub fn externref(&self) -> Option<Option<&ExternRef>> {
        if let Self::ExternRef(e) = self { Some(e.as_ref()) } else { None }
    }

    /// The host value.
    ///
    /// # Panics
    ///
    /// If it is no reference to a host value.
    pub fn unwrap_externref(&self) -> Option<&ExternRef> {
        self.externref().unwrap_or_else(|| panic!("{self:?} is no externref"))
    }

    /// Null of a heap type.
    pub fn null_ref(heap: HeapType) -> Self {
        Ref::null(heap).into()
    }

    /// The reference, if it is one.
    pub fn ref_(self) -> Option<Ref> {
        Some(match self {
            Self::FuncRef(f) => Ref::Func(f),
            Self::ExternRef(e) => Ref::Extern(e),
            Self::AnyRef(n) => Ref::Any(n),
            Self::ExnRef(n) => Ref::Exn(n),
            _ => return None,
        })
    }

    /// Zero or null of a type; `None` if the type has no default.
    pub fn default_for_ty(ty: &ValType) -> Option<Self> {
        Some(match ty {
            ValType::I32 => Self::I32(0),
            ValType::I64 => Self::I64(0),
            ValType::F32 => Self::F32(0),
            ValType::F64 => Self::F64(0),
            ValType::V128 => Self::V128(V128(0)),
            ValType::Ref(r) if r.nullable => Self::null_ref(r.heap),
            ValType::Ref(_) => return None,
        })
    }

    /// Whether it is a value of a type, which names engine-wide identities.
    pub(crate) fn check(&self, store: &StoreOpaque, ty: ValType) -> Result<()> {
        let fits = match (self, ty) {
            (Self::I32(_), ValType::I32)
            | (Self::I64(_), ValType::I64)
            | (Self::F32(_), ValType::F32)
            | (Self::F64(_), ValType::F64)
            | (Self::V128(_), ValType::V128) => true,
            (_, ValType::Ref(r)) => self.fits_ref(store, r),
            _ => false,
        };
        if fits { Ok(()) } else { bail!("type mismatch: {self:?} is no {ty}") }
    }

    fn fits_ref(&self, store: &StoreOpaque, ty: RefType) -> bool {
        let actual = match self {
            Self::FuncRef(Some(f)) => HeapType::Concrete(TypeRef::Engine(f.type_id(store))),
            Self::ExternRef(Some(_)) => HeapType::Extern,
            Self::FuncRef(None) => HeapType::NoFunc,
            Self::ExternRef(None) => HeapType::NoExtern,
            Self::AnyRef(_) => HeapType::None,
            Self::ExnRef(_) => HeapType::NoExn,
            _ => return false,
        };
        let nullable = matches!(self, Self::FuncRef(None) | Self::ExternRef(None) | Self::AnyRef(_) | Self::ExnRef(_));
        store.engine().with_types(|types| types.ref_matches(RefType { nullable, heap: actual }, ty))
    }

    /// The value as a cell. References are zero-extended.
    pub(crate) fn to_cell(&self, store: &mut StoreOpaque) -> Result<VmCell> {
        Ok(match self {
            Self::I32(v) => VmCell::from_u64(v.cast_unsigned().into()),
            Self::I64(v) => VmCell::from_u64(v.cast_unsigned()),
            Self::F32(bits) => VmCell::from_u64((*bits).into()),
            Self::F64(bits) => VmCell::from_u64(*bits),
            Self::V128(v) => VmCell(v.0.to_le_bytes()),
            Self::FuncRef(None) | Self::ExternRef(None) | Self::AnyRef(_) | Self::ExnRef(_) => VmCell::default(),
            Self::FuncRef(Some(f)) => VmCell::from_u64(f.address(store)),
            Self::ExternRef(Some(e)) => VmCell::from_u64(e.handle(store)?.into()),
        })
    }

    /// The value of a cell.
    ///
    /// # Safety
    ///
    /// The cell holds a value of this type, made by compiled code or the host functions of this store.
    pub(crate) unsafe fn from_cell(store: &StoreOpaque, cell: VmCell, ty: ValType) -> Self {
        match ty {
            ValType::I32 => Self::I32(cell.u32().cast_signed()),
            ValType::I64 => Self::I64(cell.u64().cast_signed()),
            ValType::F32 => Self::F32(cell.u32()),
            ValType::F64 => Self::F64(cell.u64()),
            ValType::V128 => Self::V128(V128(u128::from_le_bytes(cell.0))),
            // SAFETY: the caller promises the type.
            ValType::Ref(r) => unsafe { Self::from_reference(store, cell.u64(), r) },
        }
    }

    /// The value of a reference in the form of table elements; 32-bit handles may have garbage above them.
    ///
    /// # Safety
    ///
    /// As [`Val::from_cell`].
    pub(crate) unsafe fn from_reference(store: &StoreOpaque, bits: u64, ty: RefType) -> Self {
        match hierarchy(store, ty.heap) {
            // SAFETY: the caller promises that it is a function reference of this store.
            Hierarchy::Func => Self::FuncRef(unsafe { Func::from_address(store, bits) }),
            #[expect(clippy::cast_possible_truncation, reason = "handles have 32 bits")]
            Hierarchy::Extern => Self::ExternRef(ExternRef::from_handle(store, bits as u32)),
            Hierarchy::Exn => Self::ExnRef(None),
            Hierarchy::Any | Hierarchy::Cont => Self::AnyRef(None),
        }
    }
}

/// The hierarchy of a heap type that names engine-wide identities.
fn hierarchy(store: &StoreOpaque, heap: HeapType) -> Hierarchy {
    match heap {
        HeapType::Concrete(TypeRef::Engine(id)) => store.engine().with_types(|types| match types.get(id).composite {
            CompositeType::Func(_) => Hierarchy::Func,
            CompositeType::Cont(_) => Hierarchy::Cont,
            _ => Hierarchy::Any,
        }),
        other => hierarchy_without_types(other),
    }
}

/// Whether references of a type are function references. The type names engine-wide identities.
pub(crate) fn is_func_ref(store: &StoreOpaque, ty: RefType) -> bool {
    hierarchy(store, ty.heap) == Hierarchy::Func
}

impl ExternRef {
    pub(crate) fn handle(&self, store: &mut StoreOpaque) -> Result<u32> {
        store.externs.intern(&self.0).context("the store holds too many host values")
    }

    pub(crate) fn from_handle(store: &StoreOpaque, handle: u32) -> Option<Self> {
        store.externs.get(handle).cloned().map(Self)
    }
}

impl From<Memory> for Extern {
    fn from(m: Memory) -> Self {
        Self::Memory(m)
    }
}

impl From<Table> for Extern {
    fn from(t: Table) -> Self {
        Self::Table(t)
    }
}

impl From<Global> for Extern {
    fn from(g: Global) -> Self {
        Self::Global(g)
    }
}

impl From<Func> for Extern {
    fn from(f: Func) -> Self {
        Self::Func(f)
    }
}
