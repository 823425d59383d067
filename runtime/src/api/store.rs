//! Stores: what owns everything that runs.
//!
//! Invariants
//! S1. A `StoreInner` lives in a box that only its `Store` owns, so that its address never changes; `StoreVm` points back to
//!     it. Whoever holds a `StoreContextMut` has exclusive access to the whole store; host functions get theirs from the call
//!     that is suspended below them.
//! S2. Nothing that compiled code can reach (instances, records, tables, memories, closures) is removed before the store is
//!     dropped.
//! S3. Records that stand in boxes of the store (`records`) do not move.

use crate::api::context::{AsContext, AsContextMut, StoreContext, StoreContextMut};
use crate::api::engine::Engine;
use crate::api::limits::ResourceLimiter;
use crate::api::module::Module;
use crate::vm::activation::{Stop, StopReason};
use crate::vm::externs::Externs;
use crate::vm::host::{HostFunc, HostRecord};
use crate::vm::instance::{InstanceAllocator, InstanceData, OnDemand};
use crate::vm::memory::LinearMemory;
use crate::vm::records::{VmCell, VmFuncRef, VmMemory, VmStoreContext, VmTable};
use crate::vm::table::Table;
use anyhow::{Result, bail};
use gantry_abi::{MemoryType, Trap};
use std::any::Any;
use std::ptr::NonNull;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Identity of a store: items of one must not be used with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct StoreId(u64);

/// What to do when the epoch has reached the deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UpdateDeadline {
    /// Go on until so many epochs from now.
    Continue(u64),
    /// Stop the guest with [`Trap::Interrupt`].
    Interrupt,
}

/// Owns instances, memories, tables, host functions, and a value of the embedder.
///
/// ```
/// use gantry::{Engine, Store};
/// let mut store = Store::new(&Engine::default(), vec![1, 2]);
/// store.data_mut().push(3);
/// assert_eq!(store.into_data(), [1, 2, 3]);
/// ```
pub struct Store<T: 'static>(NonNull<StoreInner<T>>);

// SAFETY: by S1 a store owns everything that it points to, and none of it is bound to a thread: closures and host values are
// `Send + Sync`, activations exist only while a call borrows the store.
unsafe impl<T: Send> Send for Store<T> {}
// SAFETY: a shared store can only be read.
unsafe impl<T: Sync> Sync for Store<T> {}

/// What compiled code and host functions find a store by.
#[repr(C)]
pub(crate) struct StoreVm {
    pub(crate) context: VmStoreContext,
    /// Address of the `StoreInner<T>`.
    owner: *mut (),
}

type Limiter<T> = Box<dyn (FnMut(&mut T) -> &mut dyn ResourceLimiter) + Send + Sync>;
type EpochCallback<T> = Box<dyn (FnMut(StoreContextMut<'_, T>) -> Result<UpdateDeadline>) + Send + Sync>;

/// A store behind its handle.
pub(crate) struct StoreInner<T: 'static> {
    pub(crate) opaque: StoreOpaque,
    limiter: Option<Limiter<T>>,
    on_epoch: Option<EpochCallback<T>>,
    pub(crate) data: T,
}

/// What libcalls need of a store, whatever its data.
trait StoreDyn {
    fn limiter(&mut self) -> Option<&mut dyn ResourceLimiter>;
    fn new_epoch(&mut self) -> Result<u64>;
}

impl<T> StoreDyn for StoreInner<T> {
    fn limiter(&mut self) -> Option<&mut dyn ResourceLimiter> {
        Some(self.limiter.as_mut()?(&mut self.data))
    }

    fn new_epoch(&mut self) -> Result<u64> {
        let Some(mut callback) = self.on_epoch.take() else { return Err(Trap::Interrupt.into()) };
        let update = callback(StoreContextMut(self));
        // The callback may have set another one.
        self.on_epoch.get_or_insert(callback);
        match update? {
            UpdateDeadline::Continue(epochs) => {
                self.opaque.set_epoch_deadline(epochs);
                Ok(self.opaque.context().epoch_deadline)
            }
            UpdateDeadline::Interrupt => Err(Trap::Interrupt.into()),
        }
    }
}

/// The part of a store that does not depend on the embedder's value.
pub(crate) struct StoreOpaque {
    id: StoreId,
    engine: Engine,
    vm: NonNull<StoreVm>,
    this: Option<NonNull<dyn StoreDyn>>,
    pub(crate) instances: Vec<Box<InstanceData>>,
    pub(crate) memories: Vec<StoreMemory>,
    pub(crate) tables: Vec<Table>,
    records: Vec<OwnedRecord>,
    /// Host functions without exit trampoline, to be completed when a module brings one.
    incomplete: Vec<NonNull<HostRecord>>,
    /// Closures of host functions.
    owners: Vec<Arc<dyn Any + Send + Sync>>,
    pub(crate) externs: Externs,
    /// Fuel beyond what the counter can hold.
    fuel_reserve: u64,
}

/// A record that compiled code refers to and that stands in no vmctx.
#[expect(dead_code, reason = "kept alive, used through pointers")]
enum OwnedRecord {
    Host(Box<HostRecord>),
    Memory(Box<VmMemory>),
    Table(Box<VmTable>),
    Global(Box<VmCell>),
}

/// A memory with the record that compiled code reads.
pub(crate) struct StoreMemory {
    pub(crate) memory: LinearMemory,
    record: *mut VmMemory,
    pub(crate) ty: MemoryType,
}

impl StoreMemory {
    /// The record that compiled code reads.
    pub(crate) fn record(&self) -> *mut VmMemory {
        self.record
    }

    /// Writes the memory's address and length where compiled code reads them.
    pub(crate) fn publish(&mut self) {
        // SAFETY: by S2 and S3 the record is alive; no compiled code runs.
        unsafe { self.record.write(self.memory.vm_record()) };
    }
}

static NEXT_ID: AtomicU64 = AtomicU64::new(1);
static ON_DEMAND: OnDemand = OnDemand;

impl<T> Store<T> {
    /// A store with a value of the embedder's.
    pub fn new(engine: &Engine, data: T) -> Self {
        let vm = Box::new(StoreVm { context: VmStoreContext::default(), owner: std::ptr::null_mut() });
        let opaque = StoreOpaque {
            id: StoreId(NEXT_ID.fetch_add(1, Ordering::Relaxed)),
            engine: engine.clone(),
            vm: NonNull::from(Box::leak(vm)),
            this: None,
            instances: Vec::new(),
            memories: Vec::new(),
            tables: Vec::new(),
            records: Vec::new(),
            incomplete: Vec::new(),
            owners: Vec::new(),
            externs: Externs::default(),
            fuel_reserve: 0,
        };
        let inner = Box::new(StoreInner { opaque, limiter: None, on_epoch: None, data });
        let inner = NonNull::from(Box::leak(inner));
        let this: NonNull<dyn StoreDyn> = inner;
        let mut store = Self(inner);
        let opaque = &mut store.inner_mut().opaque;
        opaque.this = Some(this);
        // SAFETY: the box was just leaked, and nobody else uses it.
        unsafe { (*opaque.vm.as_ptr()).owner = inner.as_ptr().cast() };
        store
    }

    pub(crate) fn inner(&self) -> &StoreInner<T> {
        // SAFETY: by S1 the box lives as long as the store, and access to it follows access to the store.
        unsafe { self.0.as_ref() }
    }

    pub(crate) fn inner_mut(&mut self) -> &mut StoreInner<T> {
        // SAFETY: as above; the store is borrowed exclusively.
        unsafe { self.0.as_mut() }
    }

    /// The embedder's value.
    pub fn data(&self) -> &T {
        &self.inner().data
    }

    /// The embedder's value.
    pub fn data_mut(&mut self) -> &mut T {
        &mut self.inner_mut().data
    }

    /// Drops the store but for the embedder's value.
    pub fn into_data(self) -> T {
        let this = std::mem::ManuallyDrop::new(self);
        // SAFETY: by S1 the box is this store's alone, and its destructor does not run.
        let inner = unsafe { Box::from_raw(this.0.as_ptr()) };
        let StoreInner { data, .. } = *inner;
        data
    }

    /// The engine.
    pub fn engine(&self) -> &Engine {
        &self.inner().opaque.engine
    }

    /// Limits what the store may use; `limiter` finds the limits in the embedder's value.
    pub fn limiter(&mut self, limiter: impl (FnMut(&mut T) -> &mut dyn ResourceLimiter) + Send + Sync + 'static) {
        self.inner_mut().limiter = Some(Box::new(limiter));
    }

    /// Gives the guests of this store so much fuel, in place of what is left.
    ///
    /// # Errors
    ///
    /// If the engine was configured without [`crate::Config::consume_fuel`].
    pub fn set_fuel(&mut self, fuel: u64) -> Result<()> {
        self.inner_mut().opaque.set_fuel(fuel)
    }

    /// The fuel that is left.
    ///
    /// # Errors
    ///
    /// If the engine was configured without [`crate::Config::consume_fuel`].
    pub fn get_fuel(&self) -> Result<u64> {
        self.inner().opaque.fuel()
    }

    /// Interrupts guests once the engine's epoch has advanced by so many from now.
    pub fn set_epoch_deadline(&mut self, epochs: u64) {
        self.inner_mut().opaque.set_epoch_deadline(epochs);
    }

    /// When the epoch reaches the deadline, guests stop with [`Trap::Interrupt`]. That is so from the start.
    pub fn epoch_deadline_trap(&mut self) {
        self.inner_mut().on_epoch = None;
    }

    /// When the epoch reaches the deadline, `callback` decides.
    pub fn epoch_deadline_callback(
        &mut self,
        callback: impl FnMut(StoreContextMut<'_, T>) -> Result<UpdateDeadline> + Send + Sync + 'static,
    ) {
        self.inner_mut().on_epoch = Some(Box::new(callback));
    }

    /// Collects garbage: nothing, as long as there is no collector.
    pub fn gc(&mut self) {}
}

impl<T> Drop for Store<T> {
    fn drop(&mut self) {
        // SAFETY: by S1 the box is this store's alone.
        drop(unsafe { Box::from_raw(self.0.as_ptr()) });
    }
}

impl<T: std::fmt::Debug> std::fmt::Debug for Store<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("data", self.data()).finish_non_exhaustive()
    }
}

impl<T> AsContext for Store<T> {
    type Data = T;
    fn as_context(&self) -> StoreContext<'_, T> {
        StoreContext(self.inner())
    }
}

impl<T> AsContextMut for Store<T> {
    fn as_context_mut(&mut self) -> StoreContextMut<'_, T> {
        StoreContextMut(self.inner_mut())
    }
}

impl Drop for StoreOpaque {
    fn drop(&mut self) {
        // SAFETY: the box was leaked by `Store::new`, and by S2 nothing uses it after this.
        drop(unsafe { Box::from_raw(self.vm.as_ptr()) });
    }
}

impl StoreOpaque {
    pub(crate) fn id(&self) -> StoreId {
        self.id
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Checks that an item is used with its own store.
    ///
    /// # Panics
    ///
    /// If it is not.
    #[inline]
    #[track_caller]
    pub(crate) fn check(&self, id: StoreId) {
        assert!(self.id == id, "an item was used with another store than its own");
    }

    /// The store context that compiled code uses.
    pub(crate) fn context_ptr(&self) -> *mut VmStoreContext {
        self.vm.as_ptr().cast()
    }

    fn context(&self) -> &VmStoreContext {
        // SAFETY: by S1 the context lives as long as the store; the borrow of the store covers it.
        unsafe { &(*self.vm.as_ptr()).context }
    }

    fn context_mut(&mut self) -> &mut VmStoreContext {
        // SAFETY: as above, exclusively.
        unsafe { &mut (*self.vm.as_ptr()).context }
    }

    /// The store behind a store context, for a host function.
    ///
    /// # Safety
    ///
    /// The context is that of a live `Store<T>` with this `T`, and the call below is suspended: its exclusive access is ours.
    pub(crate) unsafe fn from_context<'a, T>(context: *mut VmStoreContext) -> &'a mut StoreInner<T> {
        // SAFETY: contexts are the first field of a `StoreVm`.
        let owner = unsafe { (*context.cast::<StoreVm>()).owner };
        // SAFETY: by S1 it is the address of the store; the caller promises `T` and exclusive access.
        unsafe { &mut *owner.cast::<StoreInner<T>>() }
    }

    /// The embedder's limits, if there are any.
    pub(crate) fn limiter(&mut self) -> Option<&mut dyn ResourceLimiter> {
        let mut this = self.this.expect("set when the store was made");
        // SAFETY: by S1 it is the address of the store that this is part of, which is borrowed exclusively. The limiter lies
        // outside of this part.
        unsafe { this.as_mut() }.limiter()
    }

    /// The epoch has reached the deadline: the new deadline, or why the guest stops.
    pub(crate) fn new_epoch(&mut self) -> Result<u64> {
        let mut this = self.this.expect("set when the store was made");
        // SAFETY: by S1 it is the address of the store that this is part of, which is borrowed exclusively; this borrow ends
        // here.
        unsafe { this.as_mut() }.new_epoch()
    }

    pub(crate) fn set_epoch_deadline(&mut self, epochs: u64) {
        let deadline = self.engine.epoch().saturating_add(epochs).min(i64::MAX.cast_unsigned());
        self.context_mut().epoch_deadline = deadline;
    }

    fn check_fuel(&self) -> Result<()> {
        if !self.engine.options().consume_fuel {
            bail!("fuel is not configured in this engine: see Config::consume_fuel");
        }
        Ok(())
    }

    pub(crate) fn set_fuel(&mut self, fuel: u64) -> Result<()> {
        self.check_fuel()?;
        self.fuel_reserve = fuel;
        self.context_mut().fuel = 0;
        self.refill();
        Ok(())
    }

    /// Moves fuel from the reserve to the counter; `false` if there is none.
    pub(crate) fn refill(&mut self) -> bool {
        let amount = self.fuel_reserve.min(i64::MAX.cast_unsigned());
        if amount == 0 {
            return false;
        }
        self.fuel_reserve -= amount;
        // What was used beyond the last fill is still owed.
        self.context_mut().fuel -= amount.cast_signed();
        true
    }

    pub(crate) fn fuel(&self) -> Result<u64> {
        self.check_fuel()?;
        let left = self.context().fuel.min(0).unsigned_abs();
        Ok(self.fuel_reserve.saturating_add(left))
    }

    pub(crate) fn allocator(&self) -> &'static dyn InstanceAllocator {
        &ON_DEMAND
    }

    /// Takes a memory in; compiled code reads it at `record`, or at a record of the store's own.
    pub(crate) fn add_memory(&mut self, memory: LinearMemory, ty: MemoryType, record: Option<*mut VmMemory>) -> u32 {
        let record = record.unwrap_or_else(|| {
            let mut record = Box::new(memory.vm_record());
            let ptr = &raw mut *record;
            self.records.push(OwnedRecord::Memory(record));
            ptr
        });
        let mut memory = StoreMemory { memory, record, ty };
        memory.publish();
        self.memories.push(memory);
        u32::try_from(self.memories.len() - 1).expect("stores have fewer than 2^32 memories")
    }

    /// A record for a table of the store's own.
    pub(crate) fn table_record(&mut self) -> *mut VmTable {
        let mut record = Box::new(VmTable { base: std::ptr::null_mut(), length: 0 });
        let ptr = &raw mut *record;
        self.records.push(OwnedRecord::Table(record));
        ptr
    }

    /// Takes a table in.
    pub(crate) fn add_table(&mut self, table: Table) -> u32 {
        self.tables.push(table);
        u32::try_from(self.tables.len() - 1).expect("stores have fewer than 2^32 tables")
    }

    /// A cell for a global of the store's own.
    pub(crate) fn global_cell(&mut self, value: VmCell) -> NonNull<VmCell> {
        let mut cell = Box::new(value);
        let ptr = NonNull::from(&mut *cell);
        self.records.push(OwnedRecord::Global(cell));
        ptr
    }

    /// Takes a host function in. `wasm_call` is the exit trampoline of the module that will call it, if known.
    pub(crate) fn add_host_func(&mut self, func: &HostFunc, wasm_call: Option<*const u8>) -> NonNull<VmFuncRef> {
        let wasm_call = wasm_call.or_else(|| self.exit_trampoline(func)).unwrap_or(std::ptr::null());
        let mut record = HostRecord::new(func, self.context_ptr(), wasm_call);
        if wasm_call.is_null() {
            self.incomplete.push(NonNull::from(&mut *record));
        }
        let func_ref = NonNull::from(&mut record.func_ref);
        self.records.push(OwnedRecord::Host(record));
        self.owners.push(func.owner.clone());
        func_ref
    }

    /// An exit trampoline for the function's type, of any module that the store has instances of.
    fn exit_trampoline(&self, func: &HostFunc) -> Option<*const u8> {
        self.instances.iter().rev().find_map(|i| i.module().exit_trampoline_by_id(func.ty))
    }

    /// Completes host functions with the exit trampolines of a module that is new to the store. A module that can call a
    /// function indirectly knows its type, so that no other moment is needed.
    pub(crate) fn complete_host_funcs(&mut self, module: &Module) {
        self.incomplete.retain(|record| {
            // SAFETY: by S2 the record is alive, and nobody uses it meanwhile.
            let record = unsafe { &mut *record.as_ptr() };
            let id = gantry_abi::TypeId::from_u32(u32::try_from(record.func_ref.type_id).expect("identities have 32 bits"));
            match module.exit_trampoline_by_id(id) {
                Some(exit) => {
                    record.func_ref.wasm_call = exit;
                    false
                }
                None => true,
            }
        });
    }

    /// What to tell the embedder about why wasm stopped. Panics of host functions go on here.
    #[cold]
    pub(crate) fn error(&self, stop: Box<Stop>) -> anyhow::Error {
        let error = match stop.reason {
            StopReason::Trap(trap) => trap.into(),
            StopReason::Error(error) => error,
            StopReason::Panic(payload) => std::panic::resume_unwind(payload),
        };
        if !self.engine.config().wasm_backtrace || stop.backtrace.is_empty() || error.is::<crate::WasmBacktrace>() {
            return error;
        }
        error.context(crate::WasmBacktrace::resolve(&stop.backtrace))
    }
}
