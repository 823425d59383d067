//! Types as embedders see them. Types of values come from the contract; concrete ones name engine-wide identities.

use crate::api::engine::Engine;
use alloc::sync::Arc;
use core::fmt;
use gantry_abi::module::Entity;
use gantry_abi::{FuncType as AbiFuncType, ModuleInfo, TypeId, TypeRef};

use gantry_abi::{GlobalType as RawGlobalType, IndexType, MemoryType as RawMemoryType};
pub use gantry_abi::{HeapType, RefType, ValType};

/// Whether a global can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mutability {
    /// It cannot.
    Const,
    /// It can.
    Var,
}

/// The type of a function.
#[derive(Clone)]
pub struct FuncType {
    engine: Engine,
    id: TypeId,
    ty: Arc<AbiFuncType>,
}

impl FuncType {
    /// The function type with these parameters and results.
    ///
    /// ```
    /// use gantry::{Engine, FuncType, ValType};
    /// let ty = FuncType::new(&Engine::default(), [ValType::I32], [ValType::I64]);
    /// assert_eq!(ty.to_string(), "(func (param i32) (result i64))");
    /// ```
    pub fn new(
        engine: &Engine,
        params: impl IntoIterator<Item = ValType>,
        results: impl IntoIterator<Item = ValType>,
    ) -> Self {
        let ty = AbiFuncType { params: params.into_iter().collect(), results: results.into_iter().collect() };
        let id = engine.register_func_type(&ty);
        Self { engine: engine.clone(), id, ty: Arc::new(ty) }
    }

    pub(crate) fn from_id(engine: &Engine, id: TypeId) -> Self {
        Self { engine: engine.clone(), id, ty: engine.func_type(id) }
    }

    /// # Panics
    ///
    /// If the type belongs to another engine.
    #[track_caller]
    pub(crate) fn check_engine(&self, engine: &Engine) {
        assert!(Engine::same(&self.engine, engine), "the function type belongs to another engine");
    }

    pub(crate) fn id(&self) -> TypeId {
        self.id
    }

    pub(crate) fn raw(&self) -> &AbiFuncType {
        &self.ty
    }

    /// Parameter types.
    pub fn params(&self) -> impl ExactSizeIterator<Item = ValType> + '_ {
        self.ty.params.iter().copied()
    }

    /// Result types.
    pub fn results(&self) -> impl ExactSizeIterator<Item = ValType> + '_ {
        self.ty.results.iter().copied()
    }

    /// Type of a parameter.
    pub fn param(&self, index: usize) -> Option<ValType> {
        self.ty.params.get(index).copied()
    }

    /// Type of a result.
    pub fn result(&self, index: usize) -> Option<ValType> {
        self.ty.results.get(index).copied()
    }

    /// Whether functions of this type can be used where `other` is expected.
    pub fn matches(&self, other: &FuncType) -> bool {
        self.engine.is_subtype(self.id, other.id)
    }
}

impl PartialEq for FuncType {
    fn eq(&self, other: &Self) -> bool {
        Engine::same(&self.engine, &other.engine) && self.id == other.id
    }
}

impl Eq for FuncType {}

impl fmt::Debug for FuncType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.ty.fmt(f)
    }
}

impl fmt::Display for FuncType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.ty.fmt(f)
    }
}

/// The type of a memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MemoryType(pub(crate) RawMemoryType);

impl MemoryType {
    fn with(index_type: IndexType, minimum: u64, maximum: Option<u64>) -> Self {
        Self(RawMemoryType { index_type, min_pages: minimum, max_pages: maximum, shared: false, page_size_log2: 16 })
    }

    /// A memory with 32-bit addresses; sizes in pages of 64 KiB.
    pub fn new(minimum: u32, maximum: Option<u32>) -> Self {
        Self::with(IndexType::I32, minimum.into(), maximum.map(u64::from))
    }

    /// A memory with 64-bit addresses; sizes in pages of 64 KiB.
    pub fn new64(minimum: u64, maximum: Option<u64>) -> Self {
        Self::with(IndexType::I64, minimum, maximum)
    }

    /// Whether its addresses have 64 bits.
    pub fn is_64(&self) -> bool {
        self.0.index_type == IndexType::I64
    }

    /// Initial size in pages.
    pub fn minimum(&self) -> u64 {
        self.0.min_pages
    }

    /// Largest size in pages, if limited.
    pub fn maximum(&self) -> Option<u64> {
        self.0.max_pages
    }

    /// Bytes of a page.
    pub fn page_size(&self) -> u64 {
        self.0.page_size()
    }

    /// The same type with pages of 2^`log2` bytes: 0 or 16.
    pub fn with_page_size_log2(mut self, log2: u8) -> Self {
        self.0.page_size_log2 = log2;
        self
    }
}

/// The type of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TableType(pub(crate) gantry_abi::TableType);

impl TableType {
    /// A table with 32-bit indices.
    pub fn new(element: RefType, minimum: u32, maximum: Option<u32>) -> Self {
        Self::with(IndexType::I32, element, minimum.into(), maximum.map(u64::from))
    }

    /// A table with 64-bit indices.
    pub fn new64(element: RefType, minimum: u64, maximum: Option<u64>) -> Self {
        Self::with(IndexType::I64, element, minimum, maximum)
    }

    fn with(index_type: IndexType, element: RefType, min: u64, max: Option<u64>) -> Self {
        Self(gantry_abi::TableType { index_type, element, min, max, shared: false })
    }

    /// Type of its elements.
    pub fn element(&self) -> RefType {
        self.0.element
    }

    /// Initial number of elements.
    pub fn minimum(&self) -> u64 {
        self.0.min
    }

    /// Largest number of elements, if limited.
    pub fn maximum(&self) -> Option<u64> {
        self.0.max
    }

    /// Whether its indices have 64 bits.
    pub fn is_64(&self) -> bool {
        self.0.index_type == IndexType::I64
    }
}

/// The type of a global.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GlobalType(pub(crate) RawGlobalType);

impl GlobalType {
    /// A global with values of type `content`.
    pub fn new(content: ValType, mutability: Mutability) -> Self {
        Self(RawGlobalType { val: content, mutable: mutability == Mutability::Var, shared: false })
    }

    /// Type of its value.
    pub fn content(&self) -> ValType {
        self.0.val
    }

    /// Whether it can be written.
    pub fn mutability(&self) -> Mutability {
        if self.0.mutable { Mutability::Var } else { Mutability::Const }
    }
}

/// The type of something that can be imported or exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExternType {
    /// A function.
    Func(FuncType),
    /// A global.
    Global(GlobalType),
    /// A table.
    Table(TableType),
    /// A memory.
    Memory(MemoryType),
    /// An exception tag with the types of its payload.
    Tag(FuncType),
}

impl ExternType {
    /// The function type, if it is one.
    pub fn func(&self) -> Option<&FuncType> {
        if let Self::Func(t) = self { Some(t) } else { None }
    }

    /// The global type, if it is one.
    pub fn global(&self) -> Option<&GlobalType> {
        if let Self::Global(t) = self { Some(t) } else { None }
    }

    /// The table type, if it is one.
    pub fn table(&self) -> Option<&TableType> {
        if let Self::Table(t) = self { Some(t) } else { None }
    }

    /// The memory type, if it is one.
    pub fn memory(&self) -> Option<&MemoryType> {
        if let Self::Memory(t) = self { Some(t) } else { None }
    }
}

/// An import of a module.
#[derive(Clone, Debug)]
pub struct ImportType<'a> {
    pub(crate) module: &'a str,
    pub(crate) name: &'a str,
    pub(crate) ty: ExternType,
}

impl<'a> ImportType<'a> {
    /// First name.
    pub fn module(&self) -> &'a str {
        self.module
    }

    /// Second name.
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// Its type.
    pub fn ty(&self) -> ExternType {
        self.ty.clone()
    }
}

/// An export of a module.
#[derive(Clone, Debug)]
pub struct ExportType<'a> {
    pub(crate) name: &'a str,
    pub(crate) ty: ExternType,
}

impl<'a> ExportType<'a> {
    /// Its name.
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// Its type.
    pub fn ty(&self) -> ExternType {
        self.ty.clone()
    }
}

/// Replaces a module's type indices by engine-wide identities.
pub(crate) fn engine_val_type(ty: ValType, ids: &[TypeId]) -> ValType {
    ty.map_ref(&mut |r| match r {
        TypeRef::Module(index) => TypeRef::Engine(ids[index.as_u32() as usize]),
        other => other,
    })
}

pub(crate) fn engine_ref_type(ty: RefType, ids: &[TypeId]) -> RefType {
    engine_val_type(ValType::Ref(ty), ids).as_ref_type().expect("a reference stays one")
}

/// The type of an entity of a module, with engine-wide identities.
pub(crate) fn extern_type(engine: &Engine, module: &ModuleInfo, ids: &[TypeId], entity: Entity) -> ExternType {
    let func = |ty: gantry_abi::TypeIndex| FuncType::from_id(engine, ids[ty.as_u32() as usize]);
    match entity {
        Entity::Func(i) => ExternType::Func(func(module.functions[i].ty)),
        Entity::Table(i) => ExternType::Table(TableType(engine_table_type(module.tables[i], ids))),
        Entity::Memory(i) => ExternType::Memory(MemoryType(module.memories[i])),
        Entity::Global(i) => ExternType::Global(GlobalType(engine_global_type(module.globals[i], ids))),
        Entity::Tag(i) => ExternType::Tag(func(module.tags[i].func)),
    }
}

pub(crate) fn engine_table_type(ty: gantry_abi::TableType, ids: &[TypeId]) -> gantry_abi::TableType {
    gantry_abi::TableType { element: engine_ref_type(ty.element, ids), ..ty }
}

pub(crate) fn engine_global_type(ty: RawGlobalType, ids: &[TypeId]) -> RawGlobalType {
    RawGlobalType { val: engine_val_type(ty.val, ids), ..ty }
}
