//! Instances: the vmctx with what the host knows about it.
//!
//! A block of memory holds a header (the address of the [`InstanceData`]) and behind it the vmctx, which the module's
//! `VmLayout` describes.
//!
//! Invariants
//! I1. `block` was allocated with `block_layout` by the store's allocator, is zeroed where nothing was written, and is freed
//!     only when the `InstanceData` is dropped.
//! I2. An `InstanceData` lives in a box of its store, which is dropped with the store: its address never changes, and no
//!     compiled code of the store runs afterwards.
//! I3. The header of a block holds the address of its `InstanceData`, and `store` that of the context of the store that owns it.

use crate::api::module::Module;
use crate::prelude::*;
use crate::vm::records::{VmCell, VmContext, VmCounters, VmImport, VmStoreContext};
use alloc::alloc::{Layout, alloc_zeroed, dealloc, handle_alloc_error};
use core::cell::Cell;
use core::ptr::NonNull;
use gantry_abi::layout::Offset;
use gantry_abi::module::SegmentMode;
use gantry_abi::{DataIndex, ElemIndex, EntityRef, GlobalIndex, MemoryIndex, TableIndex};
use smallvec::SmallVec;

/// Bytes in front of a vmctx.
const HEADER: usize = 16;

/// Where blocks for instances come from. On demand, for now; a pool can take its place.
pub(crate) trait InstanceAllocator: Send + Sync {
    /// A zeroed block.
    fn allocate(&self, layout: Layout) -> NonNull<u8>;

    /// Frees a block.
    ///
    /// # Safety
    ///
    /// The block came from [`InstanceAllocator::allocate`] of this allocator with the same layout, and nobody uses it.
    unsafe fn free(&self, block: NonNull<u8>, layout: Layout);
}

/// Asks the global allocator each time.
pub(crate) struct OnDemand;

impl InstanceAllocator for OnDemand {
    fn allocate(&self, layout: Layout) -> NonNull<u8> {
        // SAFETY: blocks have a header, so that their size is not 0.
        let block = unsafe { alloc_zeroed(layout) };
        NonNull::new(block).unwrap_or_else(|| handle_alloc_error(layout))
    }

    unsafe fn free(&self, block: NonNull<u8>, layout: Layout) {
        // SAFETY: the caller promises that the block came from `allocate` with this layout.
        unsafe { dealloc(block.as_ptr(), layout) };
    }
}

/// What the host knows about an instance.
pub(crate) struct InstanceData {
    block: NonNull<u8>,
    block_layout: Layout,
    allocator: &'static dyn InstanceAllocator,
    store: *mut VmStoreContext,
    module: Module,
    /// Place in the store of each memory, imports first.
    pub(crate) memories: SmallVec<[u32; 2]>,
    /// Place in the store of each table, imports first.
    pub(crate) tables: SmallVec<[u32; 2]>,
    /// Element segments that instantiation has come past: those that are not passive are dropped.
    pub(crate) elements_done: usize,
    /// Data segments that instantiation has come past: those that are not passive are dropped.
    pub(crate) data_done: usize,
    /// Element segments that compiled code dropped; empty: none.
    dropped_elements: Vec<bool>,
    /// Data segments that compiled code dropped; empty: none.
    dropped_data: Vec<bool>,
    /// What its functions count: a `CounterLayout` for each that the module defines. Empty without counters.
    counters: Box<[Cell<VmCounters>]>,
}

impl InstanceData {
    /// An instance whose vmctx is all zero.
    pub(crate) fn new(
        allocator: &'static dyn InstanceAllocator,
        store: *mut VmStoreContext,
        module: &Module,
    ) -> Box<Self> {
        let size = HEADER + module.layout().size as usize;
        let block_layout = Layout::from_size_align(size, 16).expect("vmctx sizes are limited to 32 bits");
        let block = allocator.allocate(block_layout);
        let data = Box::new(Self {
            block,
            block_layout,
            allocator,
            store,
            module: module.clone(),
            memories: SmallVec::new(),
            tables: SmallVec::new(),
            elements_done: 0,
            data_done: 0,
            dropped_elements: Vec::new(),
            dropped_data: Vec::new(),
            counters: module.new_counters(),
        });
        let header: *mut *const Self = block.as_ptr().cast();
        // SAFETY: by I1 the block begins with a header.
        unsafe { header.write(&raw const *data) };
        data
    }

    /// The instance of a vmctx.
    ///
    /// # Safety
    ///
    /// `vmctx` is that of an instance of a live store.
    #[inline]
    pub(crate) unsafe fn from_vmctx(vmctx: *mut VmContext) -> NonNull<Self> {
        // SAFETY: by I1 a header stands in front of each vmctx.
        let header = unsafe { vmctx.cast::<u8>().sub(HEADER) };
        // SAFETY: by I3 it holds the instance's address.
        let data = unsafe { header.cast::<*mut Self>().read() };
        NonNull::new(data).expect("headers hold the address of their instance")
    }

    /// The context of the store that owns it.
    pub(crate) fn store_context(&self) -> *mut VmStoreContext {
        self.store
    }

    /// Its module.
    pub(crate) fn module(&self) -> &Module {
        &self.module
    }

    /// What its functions count, for compiled code; null without counters.
    pub(crate) fn counters_ptr(&self) -> *const Cell<VmCounters> {
        if self.counters.is_empty() { core::ptr::null() } else { self.counters.as_ptr() }
    }

    /// What its functions have counted, by defined function; empty without counters.
    pub(crate) fn counters(&self) -> &[Cell<VmCounters>] {
        &self.counters
    }

    /// Its vmctx.
    pub(crate) fn vmctx(&self) -> *mut VmContext {
        // SAFETY: by I1 the block is larger than the header.
        unsafe { self.block.as_ptr().add(HEADER) }.cast()
    }

    /// Address of the field at an offset of the vmctx.
    ///
    /// # Panics
    ///
    /// If the offset lies outside of the vmctx.
    pub(crate) fn field<T>(&self, offset: Offset) -> *mut T {
        let end = offset as usize + size_of::<T>();
        assert!(end <= self.module.layout().size as usize, "fields lie in the vmctx");
        // SAFETY: by I1 the block holds the whole vmctx, and the field lies in it.
        unsafe { self.vmctx().cast::<u8>().add(offset as usize) }.cast()
    }

    /// As [`InstanceData::field`], as a number.
    pub(crate) fn field_address(&self, offset: Offset) -> usize {
        self.field::<u8>(offset).expose_provenance()
    }

    /// Where the value of a global is: in this vmctx, or where it was imported from.
    ///
    /// # Safety
    ///
    /// Imports were written.
    pub(crate) unsafe fn global_cell(&self, index: GlobalIndex) -> NonNull<VmCell> {
        let layout = self.module.layout();
        let cell = match self.module.info().defined_global(index) {
            Some(defined) => self.field::<VmCell>(layout.globals.at(defined)),
            // SAFETY: the caller promises that the import was written.
            None => unsafe { self.field::<VmImport>(layout.imported_globals.at(index)).read() }.from.cast(),
        };
        NonNull::new(cell).expect("globals have an address")
    }

    /// Place in the store of a memory.
    pub(crate) fn memory(&self, index: MemoryIndex) -> usize {
        self.memories[index.index()] as usize
    }

    /// Place in the store of a table.
    pub(crate) fn table(&self, index: TableIndex) -> usize {
        self.tables[index.index()] as usize
    }

    /// Whether a segment was dropped.
    pub(crate) fn element_dropped(&self, index: ElemIndex) -> bool {
        let done = index.index() < self.elements_done;
        done && !matches!(self.module.info().elements[index].mode, SegmentMode::Passive)
            || self.dropped_elements.get(index.index()).copied().unwrap_or(false)
    }

    /// Drops a segment.
    pub(crate) fn drop_element(&mut self, index: ElemIndex) {
        let len = self.module.info().elements.len();
        self.dropped_elements.resize(len, false);
        self.dropped_elements[index.index()] = true;
    }

    /// Whether a segment was dropped.
    pub(crate) fn data_dropped(&self, index: DataIndex) -> bool {
        let done = index.index() < self.data_done;
        done && !matches!(self.module.info().data[index].mode, SegmentMode::Passive)
            || self.dropped_data.get(index.index()).copied().unwrap_or(false)
    }

    /// Drops a segment.
    pub(crate) fn drop_data(&mut self, index: DataIndex) {
        let len = self.module.info().data.len();
        self.dropped_data.resize(len, false);
        self.dropped_data[index.index()] = true;
    }

    /// The bytes of a data segment; none if it was dropped.
    pub(crate) fn data_bytes(&self, index: DataIndex) -> &[u8] {
        if self.data_dropped(index) {
            return &[];
        }
        let range = &self.module.info().data[index].range;
        &self.module.code().data()[range.start as usize..range.end as usize]
    }
}

impl Drop for InstanceData {
    fn drop(&mut self) {
        // SAFETY: by I1 the block came from this allocator; by I2 nobody uses it any more.
        unsafe { self.allocator.free(self.block, self.block_layout) };
    }
}
