//! Stores: what owns everything that runs.
//!
//! Invariants
//! S1. A `StoreInner` lives in a box that only its `Store` owns, so that its address never changes; `StoreVm` points back to
//!     it. Whoever holds a `StoreContextMut` has exclusive access to the whole store; host functions and libcalls get theirs
//!     from the call that is suspended below them: `StoreVm::store` is derived from the access that this call was made with.
//! S2. Nothing that compiled code can reach (instances, records, tables, memories, closures) is removed before the store is
//!     dropped.
//! S3. Records that stand in boxes of the store (`records`) do not move.

use crate::api::context::{AsContext, AsContextMut, StoreContext, StoreContextMut};
use crate::api::engine::Engine;
use crate::api::limits::ResourceLimiter;
use crate::api::module::Module;
use crate::env::{self, Counter};
use crate::prelude::*;
use crate::vm::activation::{self, NULL_REGION_BYTES, Stop, StopReason};
use crate::vm::bytecode;
use crate::vm::externs::Externs;
use crate::vm::host::{HostFunc, HostRecord};
use crate::vm::instance::{InstanceAllocator, InstanceData, OnDemand};
use crate::vm::memory::LinearMemory;
use crate::vm::records::{VmCell, VmFuncRef, VmMemory, VmStoreContext, VmTable};
use crate::vm::table::Table;
use alloc::sync::Arc;
use anyhow::{Result, bail};
use core::any::Any;
use core::ptr::NonNull;
use gantry_abi::{MemoryType, Trap};
use gantry_pulley::Machine;

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
    /// The store, by the access that wasm was entered with last; null if no wasm is running.
    store: *mut StoreOpaque,
    /// What runs its code, if that is bytecode.
    machine: Option<Machine>,
}

type Limiter<T> = Box<dyn (FnMut(&mut T) -> &mut dyn ResourceLimiter) + Send + Sync>;
type EpochCallback<T> = Box<dyn (FnMut(StoreContextMut<'_, T>) -> Result<UpdateDeadline>) + Send + Sync>;

/// A store behind its handle.
#[repr(C)]
pub(crate) struct StoreInner<T: 'static> {
    /// First, so that its address is the whole store's.
    pub(crate) opaque: StoreOpaque,
    limiter: Option<Limiter<T>>,
    on_epoch: Option<EpochCallback<T>>,
    pub(crate) data: T,
}

/// What libcalls need of a store, whatever its data: functions for the `StoreInner` that a `StoreOpaque` is part of.
struct Hooks {
    limiter: for<'a> unsafe fn(&'a mut StoreOpaque) -> Option<&'a mut dyn ResourceLimiter>,
    new_epoch: unsafe fn(&mut StoreOpaque) -> Result<u64>,
}

impl<T> StoreInner<T> {
    const HOOKS: Hooks = Hooks {
        // SAFETY: hooks are called with the store that they belong to.
        limiter: |opaque| unsafe { Self::of(opaque) }.limiter(),
        // SAFETY: as above.
        new_epoch: |opaque| unsafe { Self::of(opaque) }.new_epoch(),
    };

    /// The store that this is part of.
    ///
    /// # Safety
    ///
    /// It is part of a `StoreInner<T>`, and borrowing it borrows the whole of that: nobody else accesses the other parts.
    unsafe fn of(opaque: &mut StoreOpaque) -> &mut Self {
        // SAFETY: the caller promises it; the part is the first field.
        unsafe { &mut *(&raw mut *opaque).cast::<Self>() }
    }

    fn limiter(&mut self) -> Option<&mut dyn ResourceLimiter> {
        Some(self.limiter.as_mut()?(&mut self.data))
    }

    fn new_epoch(&mut self) -> Result<u64> {
        let Some(mut callback) = self.on_epoch.take() else { return Err(Trap::Interrupt.into()) };
        let update = env::catch(|| callback(StoreContextMut(self)));
        // The callback may have set another one.
        self.on_epoch.get_or_insert(callback);
        match update.unwrap_or_else(|payload| env::resume(payload))? {
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
    hooks: &'static Hooks,
    #[expect(clippy::vec_box, reason = "compiled code and handles refer to instances by address")]
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
    Host(Box<[HostRecord]>),
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

static NEXT_ID: Counter = Counter::new(1);
static ON_DEMAND: OnDemand = OnDemand;

impl<T> Store<T> {
    /// A store with a value of the embedder's.
    ///
    /// # Panics
    ///
    /// Where [`Store::try_new`] fails.
    pub fn new(engine: &Engine, data: T) -> Self {
        Self::try_new(engine, data).unwrap_or_else(|error| panic!("{error}"))
    }

    /// A store with a value of the embedder's.
    ///
    /// # Errors
    ///
    /// If the engine's code is bytecode, and there is no memory for the stack of its machine ([`crate::Config::max_wasm_stack`]).
    pub fn try_new(engine: &Engine, data: T) -> Result<Self> {
        let stack_bytes = engine.config().max_wasm_stack;
        let mut machine = engine.is_pulley().then(|| bytecode::machine(stack_bytes)).transpose()?;
        if let (Some(machine), Some(start)) = (machine.as_mut(), engine.config().start_profile) {
            start(machine);
        }
        let context = VmStoreContext {
            machine: machine.as_ref().map_or(core::ptr::null_mut(), Machine::state),
            debug_locals: engine.config().options.debug_locals,
            ..VmStoreContext::default()
        };
        let vm = Box::new(StoreVm { context, store: core::ptr::null_mut(), machine });
        let opaque = StoreOpaque {
            id: StoreId(NEXT_ID.advance()),
            engine: engine.clone(),
            vm: NonNull::from(Box::leak(vm)),
            hooks: &StoreInner::<T>::HOOKS,
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
        Ok(Self(NonNull::from(Box::leak(inner))))
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
        let this = core::mem::ManuallyDrop::new(self);
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

    /// Gives the guests of this store so much fuel, in place of what is left. Stores begin without any.
    ///
    /// ```
    /// use gantry::{Config, Engine, Instance, Module, Store, Trap};
    /// let engine = Engine::new(Config::new().consume_fuel(true))?;
    /// let mut store = Store::new(&engine, ());
    /// let module = Module::new(&engine, r#"(module (func (export "f") (loop (br 0))))"#)?;
    /// let instance = Instance::new(&mut store, &module, &[])?;
    /// store.set_fuel(10_000)?;
    /// let error = instance.get_typed_func::<(), ()>(&mut store, "f")?.call(&mut store, ()).unwrap_err();
    /// assert_eq!(error.downcast_ref(), Some(&Trap::OutOfFuel));
    /// # Ok::<(), gantry::Error>(())
    /// ```
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
    ///
    /// ```
    /// use gantry::{Config, Engine, Instance, Module, Store, Trap, UpdateDeadline};
    /// let engine = Engine::new(Config::new().epoch_interruption(true))?;
    /// let mut store = Store::new(&engine, 0);
    /// let module = Module::new(&engine, r#"(module (func (export "f") (loop (br 0))))"#)?;
    /// let instance = Instance::new(&mut store, &module, &[])?;
    /// store.epoch_deadline_callback(|mut store| {
    ///     *store.data_mut() += 1;
    ///     Ok(if *store.data() < 3 { UpdateDeadline::Continue(1) } else { UpdateDeadline::Interrupt })
    /// });
    /// let ticks = engine.clone();
    /// std::thread::spawn(move || loop {
    ///     std::thread::sleep(std::time::Duration::from_millis(1));
    ///     ticks.increment_epoch();
    /// });
    /// let error = instance.get_typed_func::<(), ()>(&mut store, "f")?.call(&mut store, ()).unwrap_err();
    /// assert_eq!((error.downcast_ref(), *store.data()), (Some(&Trap::Interrupt), 3));
    /// # Ok::<(), gantry::Error>(())
    /// ```
    pub fn epoch_deadline_callback(
        &mut self,
        callback: impl FnMut(StoreContextMut<'_, T>) -> Result<UpdateDeadline> + Send + Sync + 'static,
    ) {
        self.inner_mut().on_epoch = Some(Box::new(callback));
    }

    /// What the interpreter executed, as text: functions, operations and rows of them, by number.
    /// `None` without [`crate::Config::profile_bytecode`].
    pub fn bytecode_profile(&self) -> Option<String> {
        // SAFETY: by S1 it lives as long as the store, and its machine does not run while the store is borrowed.
        let machine = unsafe { &(*self.inner().opaque.vm.as_ptr()).machine };
        let profile = machine.as_ref()?.profile()?;
        Some(profile.report(crate::vm::bytecode::function_name))
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

impl<T: core::fmt::Debug> core::fmt::Debug for Store<T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
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

    /// Runs `call`, which calls an array-call address of a function of this store.
    ///
    /// # Safety
    ///
    /// The address is called with the context that its record names, and cells as its type demands.
    #[inline]
    pub(crate) unsafe fn enter(&mut self, call: impl FnOnce() -> bool) -> Result<()> {
        let max_stack = self.engine.config().max_wasm_stack;
        let vm = self.vm.as_ptr();
        // SAFETY: by S1 it lives as long as the store. What the call needs of the store it derives from this access.
        let outer = unsafe { core::mem::replace(&mut (*vm).store, &raw mut *self) };
        // SAFETY: the context is the first field and lives as long as the store, whose code is called.
        let result = unsafe { activation::enter(vm.cast(), max_stack, call) };
        // SAFETY: as above. A call that is suspended below goes on with its own access.
        unsafe { (*vm).store = outer };
        match result {
            Ok(()) => Ok(()),
            Err(stop) => Err(self.error(stop)),
        }
    }

    /// The store behind a store context, for a libcall.
    ///
    /// # Safety
    ///
    /// The context is that of a live store, and the call below is suspended: its exclusive access is ours.
    #[inline]
    pub(crate) unsafe fn from_context<'a>(context: *mut VmStoreContext) -> &'a mut Self {
        // SAFETY: contexts are the first field of a `StoreVm`.
        let store = unsafe { (*context.cast::<StoreVm>()).store };
        // SAFETY: by S1 the suspended call set it from its access.
        unsafe { &mut *store }
    }

    /// As [`StoreOpaque::from_context`], with the embedder's value, for a host function.
    ///
    /// # Safety
    ///
    /// As there; and it is a `Store<T>` with this `T`.
    #[inline]
    pub(crate) unsafe fn inner_from_context<'a, T>(context: *mut VmStoreContext) -> &'a mut StoreInner<T> {
        // SAFETY: the caller promises it.
        let opaque = unsafe { Self::from_context(context) };
        // SAFETY: the caller promises `T`; the access is to the whole store.
        unsafe { StoreInner::of(opaque) }
    }

    /// The embedder's limits, if there are any.
    pub(crate) fn limiter(&mut self) -> Option<&mut dyn ResourceLimiter> {
        // SAFETY: the hooks are this store's, and whoever has access to this part has it to the whole (S1).
        unsafe { (self.hooks.limiter)(self) }
    }

    /// The epoch has reached the deadline: the new deadline, or why the guest stops.
    pub(crate) fn new_epoch(&mut self) -> Result<u64> {
        // SAFETY: the hooks are this store's, and whoever has access to this part has it to the whole (S1).
        unsafe { (self.hooks.new_epoch)(self) }
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
        let mut record = Box::new(VmTable { base: core::ptr::null_mut(), length: 0 });
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

    /// Takes a host function in.
    pub(crate) fn add_host_func(&mut self, func: &HostFunc) -> NonNull<VmFuncRef> {
        let wasm_call = self.exit_trampoline(func).unwrap_or(core::ptr::null());
        let mut block = HostRecord::block(core::iter::once((func, wasm_call)), self.context_ptr());
        let record = NonNull::from(&mut block[0]);
        if wasm_call.is_null() {
            self.incomplete.push(record);
        }
        self.records.push(OwnedRecord::Host(block));
        self.owners.push(func.owner.clone());
        // SAFETY: by S2 and S3 the record is alive and has not moved.
        NonNull::from(unsafe { &mut (*record.as_ptr()).func_ref })
    }

    /// Takes host functions in that a module imports, each with the module's exit trampoline for its type.
    pub(crate) fn add_host_funcs<'a>(
        &mut self,
        funcs: impl Iterator<Item = (&'a HostFunc, *const u8)> + Clone,
    ) -> &[HostRecord] {
        self.owners.extend(funcs.clone().map(|(func, _)| func.owner.clone()));
        let block = HostRecord::block(funcs, self.context_ptr());
        if block.is_empty() {
            return &[];
        }
        self.records.push(OwnedRecord::Host(block));
        match self.records.last() {
            Some(OwnedRecord::Host(block)) => block,
            _ => unreachable!("just pushed"),
        }
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
            let id =
                gantry_abi::TypeId::from_u32(u32::try_from(record.func_ref.type_id).expect("identities have 32 bits"));
            match module.exit_trampoline_by_id(id) {
                Some(exit) => {
                    record.func_ref.wasm_call = exit;
                    false
                }
                None => true,
            }
        });
    }

    /// Ends the process if an access of memory faulted at an address that belongs to no memory: it was somewhere else than
    /// WebAssembly says, and another one may have found memory there.
    fn check_fault(&self, trap: Trap, address: Option<usize>) {
        let Some(address) = address.filter(|_| trap == Trap::MemoryOutOfBounds) else { return };
        // Code that guards against speculation accesses null instead of what is out of bounds.
        if address >= NULL_REGION_BYTES && !self.memories.iter().any(|m| m.memory.owns_address(address)) {
            env::abort(format_args!(
                "compiled code accessed {address:#x}, which belongs to no memory: this is a bug of the engine"
            ));
        }
    }

    /// What to tell the embedder about why wasm stopped. Panics of host functions go on here.
    #[cold]
    #[expect(clippy::boxed_local, reason = "stops are boxed to keep results of calls small")]
    pub(crate) fn error(&self, stop: Box<Stop>) -> anyhow::Error {
        let error = match stop.reason {
            StopReason::Trap(trap) => {
                self.check_fault(trap, stop.fault_address);
                trap.into()
            }
            StopReason::Error(error) => error,
            StopReason::Panic(payload) => env::resume(payload),
        };
        if !self.engine.config().wasm_backtrace || stop.backtrace.is_empty() || error.is::<crate::WasmBacktrace>() {
            return error;
        }
        error.context(crate::WasmBacktrace::resolve(&stop.backtrace, self.engine.config().wasm_backtrace_details))
    }
}
