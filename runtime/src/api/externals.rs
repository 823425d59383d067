//! Memories, tables and globals, and the union of everything that can be imported and exported.
//!
//! All of these are handles: cheap to copy, and of use only with the store that they belong to.

use crate::api::context::{AsContext, AsContextMut};
use crate::api::func::Func;
use crate::api::store::{StoreId, StoreMemory, StoreOpaque};
use crate::api::types::{ExternType, GlobalType, MemoryType, Mutability, TableType};
use crate::api::value::{Ref, Val, is_func_ref};
use crate::prelude::*;
use crate::vm::memory::LinearMemory;
use crate::vm::records::VmCell;
use crate::vm::table::Table as VmTableData;
use anyhow::{Context, Result, anyhow, bail};
use core::ptr::NonNull;

/// Something that can be imported or exported.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Extern {
    /// A function.
    Func(Func),
    /// A global.
    Global(Global),
    /// A table.
    Table(Table),
    /// A memory.
    Memory(Memory),
}

impl Extern {
    /// The function, if it is one.
    pub fn into_func(self) -> Option<Func> {
        if let Self::Func(f) = self { Some(f) } else { None }
    }

    /// The global, if it is one.
    pub fn into_global(self) -> Option<Global> {
        if let Self::Global(g) = self { Some(g) } else { None }
    }

    /// The table, if it is one.
    pub fn into_table(self) -> Option<Table> {
        if let Self::Table(t) = self { Some(t) } else { None }
    }

    /// The memory, if it is one.
    pub fn into_memory(self) -> Option<Memory> {
        if let Self::Memory(m) = self { Some(m) } else { None }
    }

    /// Its type.
    pub fn ty(&self, store: impl AsContext) -> ExternType {
        match self {
            Self::Func(f) => ExternType::Func(f.ty(store)),
            Self::Global(g) => ExternType::Global(g.ty(store)),
            Self::Table(t) => ExternType::Table(t.ty(store)),
            Self::Memory(m) => ExternType::Memory(m.ty(store)),
        }
    }

    /// What kind of thing it is, for messages.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Func(_) => "function",
            Self::Global(_) => "global",
            Self::Table(_) => "table",
            Self::Memory(_) => "memory",
        }
    }

    pub(crate) fn store_id(&self) -> StoreId {
        match self {
            Self::Func(f) => f.store_id(),
            Self::Global(g) => g.store,
            Self::Table(t) => t.store,
            Self::Memory(m) => m.store,
        }
    }
}

/// A memory.
///
/// ```
/// use gantry::{Engine, Memory, MemoryType, Store};
/// let mut store = Store::new(&Engine::default(), "data");
/// let memory = Memory::new(&mut store, MemoryType::new(1, Some(2)))?;
/// memory.write(&mut store, 100, b"hello")?;
/// let (bytes, data) = memory.data_and_store_mut(&mut store);
/// bytes[100] = data.as_bytes()[0];
/// assert_eq!(&memory.data(&store)[100..105], b"dello");
/// assert_eq!(memory.grow(&mut store, 1)?, 1);
/// # Ok::<(), gantry::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    pub(crate) store: StoreId,
    pub(crate) index: u32,
}

/// An access outside of a memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("out of bounds memory access")]
pub struct MemoryAccessError;

impl Memory {
    /// A memory of the host's.
    ///
    /// # Errors
    ///
    /// If it is larger than allowed or than this machine has.
    pub fn new(mut store: impl AsContextMut, ty: MemoryType) -> Result<Self> {
        let mut store = store.as_context_mut();
        let store = store.opaque();
        let memory = create_memory(store, ty.0, |options, limit| LinearMemory::new(&ty.0, options, None, limit))?;
        let index = store.add_memory(memory, ty.0, None);
        Ok(Self { store: store.id(), index })
    }

    fn get<'a>(&self, store: &'a StoreOpaque) -> &'a StoreMemory {
        store.check(self.store);
        &store.memories[self.index as usize]
    }

    /// Its type.
    pub fn ty(&self, store: impl AsContext) -> MemoryType {
        MemoryType(self.get(&store.as_context().0.opaque).ty)
    }

    /// Its length in pages.
    pub fn size(&self, store: impl AsContext) -> u64 {
        self.get(&store.as_context().0.opaque).memory.pages()
    }

    /// Its length in bytes.
    pub fn data_size(&self, store: impl AsContext) -> usize {
        self.get(&store.as_context().0.opaque).memory.len()
    }

    /// Address of its first byte. It may change when the memory grows.
    pub fn data_ptr(&self, store: impl AsContext) -> *mut u8 {
        self.get(&store.as_context().0.opaque).memory.base().as_ptr()
    }

    /// Its bytes.
    pub fn data<'a, T: 'static>(&self, store: impl Into<crate::StoreContext<'a, T>>) -> &'a [u8] {
        let store = store.into();
        let memory = &self.get(&store.0.opaque).memory;
        // SAFETY: the memory has so many accessible bytes, and compiled code runs only with exclusive access to the store.
        unsafe { core::slice::from_raw_parts(memory.base().as_ptr(), memory.len()) }
    }

    /// Its bytes.
    pub fn data_mut<'a, T: 'static>(&self, store: impl Into<crate::StoreContextMut<'a, T>>) -> &'a mut [u8] {
        self.data_and_store_mut(store).0
    }

    /// Its bytes and the embedder's value.
    pub fn data_and_store_mut<'a, T: 'static>(
        &self,
        store: impl Into<crate::StoreContextMut<'a, T>>,
    ) -> (&'a mut [u8], &'a mut T) {
        let inner = store.into().0;
        let memory = &self.get(&inner.opaque).memory;
        // SAFETY: the memory has so many accessible bytes, which lie outside of the store's own; compiled code runs only with
        // exclusive access to the store.
        let bytes = unsafe { core::slice::from_raw_parts_mut(memory.base().as_ptr(), memory.len()) };
        (bytes, &mut inner.data)
    }

    /// Copies bytes from the memory.
    ///
    /// # Errors
    ///
    /// If not all of them are in the memory.
    pub fn read(&self, store: impl AsContext, offset: usize, buffer: &mut [u8]) -> Result<(), MemoryAccessError> {
        let store = store.as_context();
        let bytes = self.data(store);
        let end = offset.checked_add(buffer.len()).ok_or(MemoryAccessError)?;
        buffer.copy_from_slice(bytes.get(offset..end).ok_or(MemoryAccessError)?);
        Ok(())
    }

    /// Copies bytes to the memory.
    ///
    /// # Errors
    ///
    /// If not all of them are in the memory; then none is written.
    pub fn write(&self, mut store: impl AsContextMut, offset: usize, buffer: &[u8]) -> Result<(), MemoryAccessError> {
        let store = store.as_context_mut();
        let bytes = self.data_mut(store);
        let end = offset.checked_add(buffer.len()).ok_or(MemoryAccessError)?;
        bytes.get_mut(offset..end).ok_or(MemoryAccessError)?.copy_from_slice(buffer);
        Ok(())
    }

    /// Grows by `delta` pages and gives the old length in pages.
    ///
    /// # Errors
    ///
    /// If it cannot get so long.
    pub fn grow(&self, mut store: impl AsContextMut, delta: u64) -> Result<u64> {
        let mut store = store.as_context_mut();
        let store = store.opaque();
        store.check(self.store);
        grow_memory(store, self.index as usize, delta)?
            .with_context(|| format!("the memory cannot grow by {delta} pages"))
    }
}

/// Makes a memory if the limits allow it.
pub(crate) fn create_memory(
    store: &mut StoreOpaque,
    ty: gantry_abi::MemoryType,
    make: impl FnOnce(&gantry_abi::CompileOptions, Option<u64>) -> Result<LinearMemory, crate::vm::memory::MemoryError>,
) -> Result<LinearMemory> {
    let count = store.memories.len();
    let minimum = ty.min_bytes().and_then(|b| usize::try_from(b).ok());
    let maximum = ty.max_bytes().and_then(|b| usize::try_from(b).ok());
    if let Some(limiter) = store.limiter() {
        if count >= limiter.memories() {
            bail!("resource limit exceeded: the store has {count} memories already");
        }
        if !limiter.memory_growing(0, minimum.unwrap_or(usize::MAX), maximum)? {
            bail!("resource limit exceeded: a memory of {} pages is too large", ty.min_pages);
        }
    }
    Ok(make(store.engine().options(), None)?)
}

/// Grows a memory if the limits allow it: the old length in pages, or `None`.
pub(crate) fn grow_memory(store: &mut StoreOpaque, index: usize, delta: u64) -> Result<Option<u64>> {
    let StoreMemory { memory, ty, .. } = &store.memories[index];
    let current = memory.len();
    let desired =
        delta.checked_mul(ty.page_size()).and_then(|b| usize::try_from(b).ok()).and_then(|b| b.checked_add(current));
    let maximum = ty.max_bytes().and_then(|b| usize::try_from(b).ok());
    if let Some(limiter) = store.limiter()
        && !limiter.memory_growing(current, desired.unwrap_or(usize::MAX), maximum)?
    {
        return Ok(None);
    }
    let memory = &mut store.memories[index];
    let old = memory.memory.grow(delta, None);
    memory.publish();
    if old.is_none()
        && let Some(limiter) = store.limiter()
    {
        limiter.memory_grow_failed(anyhow!("a memory of {current} bytes cannot grow by {delta} pages"))?;
    }
    Ok(old)
}

/// A table.
///
/// ```
/// use gantry::{Engine, Func, Ref, RefType, Store, Table, TableType};
/// let mut store = Store::new(&Engine::default(), ());
/// let table = Table::new(&mut store, TableType::new(RefType::FUNCREF, 2, None), Ref::Func(None))?;
/// let func = Func::wrap(&mut store, || 7);
/// table.set(&mut store, 1, func.into())?;
/// assert!(table.get(&mut store, 0).unwrap().is_null());
/// assert!(table.get(&mut store, 2).is_none());
/// # Ok::<(), gantry::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Table {
    pub(crate) store: StoreId,
    pub(crate) index: u32,
}

impl Table {
    /// A table of the host's, filled with `init`.
    ///
    /// # Errors
    ///
    /// If `init` is not of the element type, or the table is larger than allowed or than this machine has.
    pub fn new(mut store: impl AsContextMut, ty: TableType, init: Ref) -> Result<Self> {
        let mut store = store.as_context_mut();
        let store = store.opaque();
        let init = reference(store, &ty, init)?;
        let record = store.table_record();
        // SAFETY: the record is the store's own and only this table's.
        let mut table = unsafe { create_table(store, ty.0, record) }?;
        table.fill(0, init, ty.0.min).expect("the whole table");
        let index = store.add_table(table);
        Ok(Self { store: store.id(), index })
    }

    fn data<'a>(&self, store: &'a StoreOpaque) -> &'a VmTableData {
        store.check(self.store);
        &store.tables[self.index as usize]
    }

    fn data_mut<'a>(&self, store: &'a mut StoreOpaque) -> &'a mut VmTableData {
        store.check(self.store);
        &mut store.tables[self.index as usize]
    }

    /// Its type.
    pub fn ty(&self, store: impl AsContext) -> TableType {
        TableType(self.data(&store.as_context().0.opaque).ty())
    }

    /// Number of elements.
    pub fn size(&self, store: impl AsContext) -> u64 {
        self.data(&store.as_context().0.opaque).len()
    }

    /// An element, if there are so many.
    pub fn get(&self, mut store: impl AsContextMut, index: u64) -> Option<Ref> {
        let mut store = store.as_context_mut();
        let store = store.opaque();
        let table = self.data(store);
        let bits = table.get(index)?;
        // SAFETY: tables hold values of their element type.
        unsafe { Val::from_reference(store, bits, table.ty().element) }.ref_()
    }

    /// Writes an element.
    ///
    /// # Errors
    ///
    /// If `value` is not of the element type, or there are not so many elements.
    pub fn set(&self, mut store: impl AsContextMut, index: u64, value: Ref) -> Result<()> {
        let mut store = store.as_context_mut();
        let store = store.opaque();
        let ty = TableType(self.data(store).ty());
        let value = reference(store, &ty, value)?;
        self.data_mut(store).set(index, value).context("table element index out of bounds")
    }

    /// Grows by `delta` elements of value `init`, and gives the old number.
    ///
    /// # Errors
    ///
    /// If `init` is not of the element type, or the table cannot get so large.
    pub fn grow(&self, mut store: impl AsContextMut, delta: u64, init: Ref) -> Result<u64> {
        let mut store = store.as_context_mut();
        let store = store.opaque();
        let ty = TableType(self.data(store).ty());
        let init = reference(store, &ty, init)?;
        grow_table(store, self.index as usize, delta, init)?
            .with_context(|| format!("the table cannot grow by {delta} elements"))
    }

    /// Writes `value` to `len` elements from `start` on.
    ///
    /// # Errors
    ///
    /// If `value` is not of the element type, or there are not so many elements.
    pub fn fill(&self, mut store: impl AsContextMut, start: u64, value: Ref, len: u64) -> Result<()> {
        let mut store = store.as_context_mut();
        let store = store.opaque();
        let ty = TableType(self.data(store).ty());
        let value = reference(store, &ty, value)?;
        Ok(self.data_mut(store).fill(start, value, len)?)
    }

    /// Copies `len` elements from `src` to `dst`.
    ///
    /// # Errors
    ///
    /// If the element types differ, or there are not so many elements.
    pub fn copy(
        mut store: impl AsContextMut,
        dst: &Table,
        dst_index: u64,
        src: &Table,
        src_index: u64,
        len: u64,
    ) -> Result<()> {
        let mut store = store.as_context_mut();
        let store = store.opaque();
        let (to, from) = (dst.data(store).ty().element, src.data(store).ty().element);
        if !store.engine().with_types(|types| types.ref_matches(from, to)) {
            bail!("the tables' element types do not match: {from} is no {to}");
        }
        Ok(copy_table(store, dst.index as usize, dst_index, src.index as usize, src_index, len)?)
    }
}

/// Copies between or within tables of a store.
pub(crate) fn copy_table(
    store: &mut StoreOpaque,
    dst_table: usize,
    dst: u64,
    src_table: usize,
    src: u64,
    len: u64,
) -> Result<(), gantry_abi::Trap> {
    match store.tables.get_disjoint_mut([dst_table, src_table]) {
        Ok([to, from]) => to.copy_from(dst, from, src, len),
        Err(_) => store.tables[dst_table].copy_within(dst, src, len),
    }
}

/// Makes a table of nulls if the limits allow it.
///
/// # Safety
///
/// As [`VmTableData::new`].
pub(crate) unsafe fn create_table(
    store: &mut StoreOpaque,
    ty: gantry_abi::TableType,
    record: *mut crate::vm::records::VmTable,
) -> Result<VmTableData> {
    let count = store.tables.len();
    let maximum = ty.max.and_then(|m| usize::try_from(m).ok());
    if let Some(limiter) = store.limiter() {
        if count >= limiter.tables() {
            bail!("resource limit exceeded: the store has {count} tables already");
        }
        if !limiter.table_growing(0, usize::try_from(ty.min).unwrap_or(usize::MAX), maximum)? {
            bail!("resource limit exceeded: a table of {} elements is too large", ty.min);
        }
    }
    let pointers = is_func_ref(store, ty.element);
    // SAFETY: the caller promises what the record needs.
    Ok(unsafe { VmTableData::new(ty, pointers, record) }?)
}

/// Grows a table if the limits allow it: the old number of elements, or `None`.
pub(crate) fn grow_table(store: &mut StoreOpaque, index: usize, delta: u64, init: u64) -> Result<Option<u64>> {
    let table = &store.tables[index];
    let size = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let (current, desired) = (size(table.len()), size(table.len().saturating_add(delta)));
    let maximum = table.ty().max.map(size);
    if let Some(limiter) = store.limiter()
        && !limiter.table_growing(current, desired, maximum)?
    {
        return Ok(None);
    }
    let old = store.tables[index].grow(delta, init);
    if old.is_none()
        && let Some(limiter) = store.limiter()
    {
        limiter.table_grow_failed(anyhow!("a table of {current} elements cannot grow by {delta}"))?;
    }
    Ok(old)
}

/// A reference in the form of elements of a table.
fn reference(store: &mut StoreOpaque, ty: &TableType, value: Ref) -> Result<u64> {
    let value = Val::from(value);
    value.check(store, gantry_abi::ValType::Ref(ty.0.element))?;
    Ok(value.to_cell(store)?.u64())
}

/// A global.
///
/// ```
/// use gantry::{Engine, Global, GlobalType, Mutability, Store, Val, ValType};
/// let mut store = Store::new(&Engine::default(), ());
/// let global = Global::new(&mut store, GlobalType::new(ValType::I32, Mutability::Var), Val::I32(1))?;
/// global.set(&mut store, Val::I32(2))?;
/// assert_eq!(global.get(&mut store).unwrap_i32(), 2);
/// # Ok::<(), gantry::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Global {
    pub(crate) store: StoreId,
    pub(crate) cell: NonNull<VmCell>,
    /// Names engine-wide identities.
    pub(crate) ty: gantry_abi::GlobalType,
}

// SAFETY: the cell is accessed through the store only.
unsafe impl Send for Global {}
// SAFETY: as above.
unsafe impl Sync for Global {}

impl Global {
    /// A global of the host's.
    ///
    /// # Errors
    ///
    /// If `value` is not of the global's type.
    pub fn new(mut store: impl AsContextMut, ty: GlobalType, value: Val) -> Result<Self> {
        let mut store = store.as_context_mut();
        let store = store.opaque();
        value.check(store, ty.0.val)?;
        let value = value.to_cell(store)?;
        let cell = store.global_cell(value);
        Ok(Self { store: store.id(), cell, ty: ty.0 })
    }

    /// Its type.
    pub fn ty(&self, _store: impl AsContext) -> GlobalType {
        GlobalType(self.ty)
    }

    /// Its value.
    pub fn get(&self, mut store: impl AsContextMut) -> Val {
        let mut store = store.as_context_mut();
        let store = store.opaque();
        store.check(self.store);
        // SAFETY: the store owns the cell and is not dropped yet.
        let cell = unsafe { self.cell.read() };
        // SAFETY: globals hold values of their type.
        unsafe { Val::from_cell(store, cell, self.ty.val) }
    }

    /// Writes its value.
    ///
    /// # Errors
    ///
    /// If the global is constant, or `value` is not of its type.
    pub fn set(&self, mut store: impl AsContextMut, value: Val) -> Result<()> {
        let mut store = store.as_context_mut();
        let store = store.opaque();
        store.check(self.store);
        if GlobalType(self.ty).mutability() == Mutability::Const {
            bail!("immutable global cannot be set");
        }
        value.check(store, self.ty.val)?;
        let value = value.to_cell(store)?;
        // SAFETY: the store owns the cell and is not dropped yet; no compiled code runs.
        unsafe { self.cell.write(value) };
        Ok(())
    }
}
