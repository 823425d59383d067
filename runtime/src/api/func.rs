//! Functions.

use crate::api::context::{AsContext, AsContextMut, StoreContext, StoreContextMut};
use crate::api::engine::Engine;
use crate::api::externals::Extern;
use crate::api::host_func::{IntoFunc, dynamic};
use crate::api::instance::Instance;
use crate::api::store::{StoreId, StoreOpaque};
use crate::api::typed::{Role, TypedFunc, WasmParams, WasmResults};
use crate::api::types::FuncType;
use crate::api::value::Val;
use crate::prelude::*;
use crate::vm::instance::InstanceData;
use crate::vm::records::{ArrayCall, VmCell, VmContext, VmFuncRef};
use anyhow::{Context, Result, bail};
use core::ptr::NonNull;
use gantry_abi::TypeId;
use gantry_abi::layout::INSTANCE_MAGIC;
use smallvec::SmallVec;

/// A function: of wasm or of the host.
///
/// A handle, cheap to copy, and of use only with the store that it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Func {
    store: StoreId,
    func_ref: NonNull<VmFuncRef>,
}

// SAFETY: the record is read through the store only.
unsafe impl Send for Func {}
// SAFETY: as above.
unsafe impl Sync for Func {}

impl Func {
    /// A host function of any type: a closure over slices of values.
    ///
    /// # Panics
    ///
    /// If `ty` belongs to another engine.
    pub fn new<T: 'static>(
        mut store: impl AsContextMut<Data = T>,
        ty: FuncType,
        func: impl Fn(Caller<'_, T>, &[Val], &mut [Val]) -> Result<()> + Send + Sync + 'static,
    ) -> Self {
        let mut store = store.as_context_mut();
        ty.check_engine(store.engine());
        let host = dynamic(&ty, func);
        let store = store.opaque();
        Self { store: store.id(), func_ref: store.add_host_func(&host) }
    }

    /// A host function whose type is that of a closure.
    ///
    /// ```
    /// use gantry::{Engine, Func, Store};
    /// let mut store = Store::new(&Engine::default(), ());
    /// let double = Func::wrap(&mut store, |x: i32| x * 2);
    /// assert_eq!(double.typed::<i32, i32>(&store)?.call(&mut store, 21)?, 42);
    /// # Ok::<(), gantry::Error>(())
    /// ```
    pub fn wrap<T: 'static, Params, Results>(
        mut store: impl AsContextMut<Data = T>,
        func: impl IntoFunc<T, Params, Results>,
    ) -> Self {
        let mut store = store.as_context_mut();
        let host = func.into_func(store.engine());
        let store = store.opaque();
        Self { store: store.id(), func_ref: store.add_host_func(&host) }
    }

    /// # Safety
    ///
    /// The record belongs to the store and lives as long as it.
    pub(crate) unsafe fn from_raw(store: StoreId, func_ref: NonNull<VmFuncRef>) -> Self {
        Self { store, func_ref }
    }

    /// The function at the address of a record; `None` for null.
    ///
    /// # Safety
    ///
    /// The address was made by compiled code or the host functions of this store.
    pub(crate) unsafe fn from_address(store: &StoreOpaque, address: u64) -> Option<Self> {
        let address = usize::try_from(address).expect("addresses fit a pointer");
        let func_ref = NonNull::new(core::ptr::with_exposed_provenance_mut::<VmFuncRef>(address))?;
        // SAFETY: the caller promises that the record is this store's.
        Some(unsafe { Self::from_raw(store.id(), func_ref) })
    }

    /// Address of the record, as wasm holds it.
    pub(crate) fn address(&self, store: &StoreOpaque) -> u64 {
        store.check(self.store);
        self.func_ref.as_ptr().expose_provenance() as u64
    }

    pub(crate) fn store_id(&self) -> StoreId {
        self.store
    }

    /// The record.
    #[inline]
    pub(crate) fn record(&self, store: &StoreOpaque) -> VmFuncRef {
        store.check(self.store);
        // SAFETY: records live as long as their store.
        unsafe { self.func_ref.read() }
    }

    pub(crate) fn type_id(&self, store: &StoreOpaque) -> TypeId {
        TypeId::from_u32(u32::try_from(self.record(store).type_id).expect("identities have 32 bits"))
    }

    /// Its type.
    pub fn ty(&self, store: impl AsContext) -> FuncType {
        let store = store.as_context();
        let store = &store.0.opaque;
        FuncType::from_id(store.engine(), self.type_id(store))
    }

    /// Calls it with values of the types of its parameters; `results` has room for its results.
    ///
    /// # Errors
    ///
    /// If the values do not match its type; if it traps ([`crate::Trap`]), or a host function that it calls fails.
    ///
    /// # Panics
    ///
    /// If it belongs to another store, or a host function that it calls panics.
    pub fn call(&self, mut store: impl AsContextMut, params: &[Val], results: &mut [Val]) -> Result<()> {
        let mut store = store.as_context_mut();
        let store = store.opaque();
        let ty = FuncType::from_id(store.engine(), self.type_id(store));
        let (param_types, result_types) = (&ty.raw().params, &ty.raw().results);
        if params.len() != param_types.len() {
            bail!("expected {} arguments, got {}", param_types.len(), params.len());
        }
        if results.len() != result_types.len() {
            bail!("expected room for {} results, got {}", result_types.len(), results.len());
        }
        let mut cells: SmallVec<[VmCell; 8]> = SmallVec::from_elem(VmCell::default(), params.len().max(results.len()));
        for (i, (value, &ty)) in params.iter().zip(param_types).enumerate() {
            value.check(store, ty).with_context(|| format!("argument {i}"))?;
            cells[i] = value.to_cell(store)?;
        }
        // SAFETY: the cells hold values of the parameters' types, and there are enough of them for the results.
        unsafe { self.call_raw(store, &mut cells) }?;
        for ((result, &ty), &cell) in results.iter_mut().zip(result_types).zip(&cells) {
            // SAFETY: the callee wrote values of its results' types.
            *result = unsafe { Val::from_cell(store, cell, ty) };
        }
        Ok(())
    }

    /// Calls it with values in cells; results overwrite them.
    ///
    /// # Safety
    ///
    /// `cells` holds values of the types of the parameters, and has room for the results.
    #[inline]
    pub(crate) unsafe fn call_raw(&self, store: &mut StoreOpaque, cells: &mut [VmCell]) -> Result<()> {
        // SAFETY: the caller promises what is needed of the cells; a caller of null stands for the host.
        unsafe { self.call_from(store, core::ptr::null_mut(), cells) }
    }

    /// As [`Func::call_raw`], on behalf of an instance.
    ///
    /// # Safety
    ///
    /// As there; `caller` is null or the vmctx of an instance of the store.
    #[inline]
    pub(crate) unsafe fn call_from(
        &self,
        store: &mut StoreOpaque,
        caller: *mut VmContext,
        cells: &mut [VmCell],
    ) -> Result<()> {
        let record = self.record(store);
        // SAFETY: records hold array-call addresses, whose type this is.
        let array_call: ArrayCall = unsafe { core::mem::transmute(record.array_call) };
        let (values, len) = (cells.as_mut_ptr(), cells.len());
        // SAFETY: the record is complete, the cells and the calling instance are as the caller promises.
        let call = || unsafe { array_call(record.vmctx, caller, values, len, record.wasm_call) };
        // SAFETY: the function belongs to this store, and is called as its record says.
        unsafe { store.enter(call) }
    }

    /// The function with its parameters and results as Rust types, for fast calls.
    ///
    /// # Errors
    ///
    /// If its type is another one.
    pub fn typed<Params: WasmParams, Results: WasmResults>(
        &self,
        store: impl AsContext,
    ) -> Result<TypedFunc<Params, Results>> {
        let store = store.as_context();
        let store = &store.0.opaque;
        let ty = FuncType::from_id(store.engine(), self.type_id(store));
        let static_types =
            Params::check(store.engine(), &ty.raw().params, Role::Params).context("type mismatch with parameters")?;
        Results::check(store.engine(), &ty.raw().results, Role::Results).context("type mismatch with results")?;
        Ok(TypedFunc::new(*self, static_types))
    }
}

/// What a host function gets of its caller: access to the store, and the exports of the calling instance.
///
/// ```
/// use gantry::{Caller, Engine, Extern, Linker, Module, Store};
/// let engine = Engine::default();
/// let mut linker = Linker::new(&engine);
/// linker.func_wrap("host", "print", |mut caller: Caller<'_, String>, at: u32, len: u32| {
///     let Some(Extern::Memory(memory)) = caller.get_export("memory") else { anyhow::bail!("no memory") };
///     let (bytes, out) = memory.data_and_store_mut(&mut caller);
///     let text = bytes.get(at as usize..).and_then(|b| b.get(..len as usize));
///     out.push_str(std::str::from_utf8(text.ok_or_else(|| anyhow::anyhow!("no such bytes"))?)?);
///     Ok(())
/// })?;
/// let module = Module::new(&engine, r#"(module
///     (import "host" "print" (func $print (param i32 i32)))
///     (memory (export "memory") 1)
///     (data (i32.const 8) "hello")
///     (func (export "run") (call $print (i32.const 8) (i32.const 5))))"#)?;
/// let mut store = Store::new(&engine, String::new());
/// let instance = linker.instantiate(&mut store, &module)?;
/// instance.get_typed_func::<(), ()>(&mut store, "run")?.call(&mut store, ())?;
/// assert_eq!(store.data(), "hello");
/// # Ok::<(), gantry::Error>(())
/// ```
pub struct Caller<'a, T: 'static> {
    pub(crate) store: StoreContextMut<'a, T>,
    /// Of an instance of this store, or of a host function; null if the host itself called.
    vmctx: *mut VmContext,
}

impl<'a, T> Caller<'a, T> {
    #[inline]
    pub(crate) fn new(store: StoreContextMut<'a, T>, vmctx: *mut VmContext) -> Self {
        Self { store, vmctx }
    }

    /// An export of the calling instance.
    pub fn get_export(&mut self, name: &str) -> Option<Extern> {
        let vmctx = NonNull::new(self.vmctx)?;
        // SAFETY: contexts live as long as the store, and begin with their magic number.
        let magic = unsafe { vmctx.cast::<usize>().read() };
        if magic != INSTANCE_MAGIC as usize {
            return None;
        }
        // SAFETY: the magic number says that it is an instance's.
        let instance = unsafe { InstanceData::from_vmctx(self.vmctx) };
        // SAFETY: the calling instance lives as long as its store, which is borrowed.
        let instance = unsafe { instance.as_ref() };
        let entity = instance.module().export_entity(name)?;
        Some(Instance::export_of(self.store.opaque(), instance, entity))
    }

    /// The embedder's value.
    pub fn data(&self) -> &T {
        self.store.data()
    }

    /// The embedder's value.
    pub fn data_mut(&mut self) -> &mut T {
        self.store.data_mut()
    }

    /// The engine.
    pub fn engine(&self) -> &Engine {
        self.store.engine()
    }

    /// [`crate::Store::get_fuel`].
    ///
    /// # Errors
    ///
    /// If the engine was configured without fuel.
    pub fn get_fuel(&self) -> Result<u64> {
        self.store.get_fuel()
    }

    /// [`crate::Store::set_fuel`].
    ///
    /// # Errors
    ///
    /// If the engine was configured without fuel.
    pub fn set_fuel(&mut self, fuel: u64) -> Result<()> {
        self.store.set_fuel(fuel)
    }
}

impl<T> AsContext for Caller<'_, T> {
    type Data = T;
    fn as_context(&self) -> StoreContext<'_, T> {
        self.store.as_context()
    }
}

impl<T> AsContextMut for Caller<'_, T> {
    fn as_context_mut(&mut self) -> StoreContextMut<'_, T> {
        self.store.as_context_mut()
    }
}
