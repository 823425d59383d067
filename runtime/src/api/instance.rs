//! Instances, and the check of their imports.

use crate::api::context::{AsContext, AsContextMut, StoreContextMut};
use crate::api::externals::{Extern, Global, Memory, Table};
use crate::api::func::Func;
use crate::api::module::Module;
use crate::api::store::{StoreId, StoreInner, StoreOpaque};
use crate::api::typed::{TypedFunc, WasmParams, WasmResults};
use crate::api::types::{ExternType, engine_global_type, engine_table_type};
use crate::prelude::*;
use crate::vm::host::HostFunc;
use crate::vm::instance::InstanceData;
use crate::vm::instantiate;
use crate::vm::records::VmCounters;
use anyhow::{Context, Result, bail};
use core::ptr::NonNull;
use gantry_abi::module::Entity;
use gantry_abi::{DefinedFunc, EntityRef, FuncIndex, TypeId};
use smallvec::SmallVec;

/// An instance of a module.
///
/// A handle, cheap to copy, and of use only with the store that it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Instance {
    store: StoreId,
    index: u32,
}

/// An export of an instance.
#[derive(Clone, Copy, Debug)]
pub struct Export<'a> {
    name: &'a str,
    item: Extern,
}

/// What a function has counted: see [`Instance::execution_counts`].
#[derive(Clone, Debug)]
pub struct ExecutionCounts {
    func: FuncIndex,
    name: Option<String>,
    calls: u64,
    iterations: u64,
}

impl ExecutionCounts {
    /// Index of the function in its module.
    pub fn func_index(&self) -> u32 {
        self.func.as_u32()
    }

    /// Name of the function, from the name section.
    pub fn func_name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// How often it was called.
    pub fn calls(&self) -> u64 {
        self.calls
    }

    /// How often one of its loops began an iteration.
    pub fn iterations(&self) -> u64 {
        self.iterations
    }
}

impl<'a> Export<'a> {
    /// Its name.
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// Its type.
    pub fn ty(&self, store: impl AsContext) -> ExternType {
        self.item.ty(store)
    }

    /// What it is.
    pub fn into_extern(self) -> Extern {
        self.item
    }

    /// The function, if it is one.
    pub fn into_func(self) -> Option<Func> {
        self.item.into_func()
    }

    /// The table, if it is one.
    pub fn into_table(self) -> Option<Table> {
        self.item.into_table()
    }

    /// The memory, if it is one.
    pub fn into_memory(self) -> Option<Memory> {
        self.item.into_memory()
    }

    /// The global, if it is one.
    pub fn into_global(self) -> Option<Global> {
        self.item.into_global()
    }
}

/// What is given for an import.
#[derive(Clone)]
pub(crate) enum Given {
    /// An item of the store.
    Extern(Extern),
    /// A host function that is not in the store yet.
    Host(HostFunc),
}

impl Instance {
    /// Instantiates a module with these imports, in the order of [`Module::imports`], and runs its start function.
    ///
    /// # Errors
    ///
    /// If the imports do not match, memory or tables cannot be had, or initialization or the start function traps. What was
    /// done to imported memories and tables by then stays done.
    pub fn new(mut store: impl AsContextMut, module: &Module, imports: &[Extern]) -> Result<Self> {
        let mut store = store.as_context_mut();
        let store = store.opaque();
        let given: SmallVec<[Given; 4]> = imports.iter().map(|&e| Given::Extern(e)).collect();
        Self::check_imports(store, module, &given)?;
        // SAFETY: the imports were just checked.
        unsafe { Self::instantiate(store, module, &given) }
    }

    /// Checks that imports match a module.
    pub(crate) fn check_imports(store: &StoreOpaque, module: &Module, given: &[Given]) -> Result<()> {
        module.check_engine(store.engine())?;
        let expected = &module.info().imports;
        if given.len() != expected.len() {
            bail!("expected {} imports, found {}", expected.len(), given.len());
        }
        for (import, given) in expected.iter().zip(given) {
            check_import(store, module, import.entity, given)
                .with_context(|| format!("incompatible import type for `{}::{}`", import.module, import.name))?;
        }
        Ok(())
    }

    /// Instantiates a module.
    ///
    /// # Safety
    ///
    /// The imports were checked with [`Instance::check_imports`].
    pub(crate) unsafe fn instantiate(store: &mut StoreOpaque, module: &Module, given: &[Given]) -> Result<Self> {
        // SAFETY: the caller promises it.
        let index = unsafe { instantiate::instantiate(store, module, given) }?;
        Ok(Self { store: store.id(), index })
    }

    fn get<'a>(&self, store: &'a StoreOpaque) -> &'a InstanceData {
        store.check(self.store);
        &store.instances[self.index as usize]
    }

    /// Its module.
    pub fn module(&self, store: impl AsContext) -> Module {
        self.get(&store.as_context().0.opaque).module().clone()
    }

    /// What its functions have counted, in order of index, those that were never called left out. `None` if the module was
    /// compiled without [`crate::Config::execution_counters`].
    ///
    /// ```
    /// use gantry::{Config, Engine, Instance, Module, Store};
    /// let engine = Engine::new(Config::new().execution_counters(true))?;
    /// let mut store = Store::new(&engine, ());
    /// let module = Module::new(&engine, r#"(module (func $spin (export "spin") (param i32)
    ///     (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))"#)?;
    /// let instance = Instance::new(&mut store, &module, &[])?;
    /// instance.get_typed_func::<i32, ()>(&mut store, "spin")?.call(&mut store, 5)?;
    /// let counts = &instance.execution_counts(&store).unwrap()[0];
    /// assert_eq!((counts.func_name(), counts.calls(), counts.iterations()), (Some("spin"), 1, 5));
    /// # Ok::<(), gantry::Error>(())
    /// ```
    pub fn execution_counts(&self, store: impl AsContext) -> Option<Vec<ExecutionCounts>> {
        let store = store.as_context();
        let instance = self.get(&store.0.opaque);
        let (module, counters) = (instance.module(), instance.counters());
        let counts = counters.iter().enumerate().map(|(defined, counters)| {
            let func = module.info().func_index(DefinedFunc::new(defined));
            let VmCounters { calls, iterations } = counters.get();
            ExecutionCounts { func, name: module.code().func_name(func).map(str::to_owned), calls, iterations }
        });
        module.counts_executions().then(|| counts.filter(|c| c.calls != 0).collect())
    }

    /// An export of an instance.
    pub(crate) fn export_of(store: &StoreOpaque, instance: &InstanceData, entity: Entity) -> Extern {
        let module = instance.module();
        let layout = module.layout();
        match entity {
            Entity::Func(i) => {
                let slot = module.info().functions[i].func_ref.expect("exported functions escape");
                let record = NonNull::new(instance.field(layout.func_refs.at(slot))).expect("not null");
                // SAFETY: the record is part of the vmctx, which lives as long as the store.
                Extern::Func(unsafe { Func::from_raw(store.id(), record) })
            }
            Entity::Table(i) => Extern::Table(Table { store: store.id(), index: instance.tables[i.index()] }),
            Entity::Memory(i) => Extern::Memory(Memory { store: store.id(), index: instance.memories[i.index()] }),
            Entity::Global(i) => {
                // SAFETY: imports were written when the instance was made.
                let cell = unsafe { instance.global_cell(i) };
                let ty = engine_global_type(module.info().globals[i], module.type_ids());
                Extern::Global(Global { store: store.id(), cell, ty })
            }
            Entity::Tag(_) => unreachable!("modules that export tags are neither compiled nor loaded"),
        }
    }

    /// An export.
    pub fn get_export(&self, mut store: impl AsContextMut, name: &str) -> Option<Extern> {
        let mut store = store.as_context_mut();
        let store = store.opaque();
        let instance = self.get(store);
        let entity = instance.module().export_entity(name)?;
        Some(Self::export_of(store, instance, entity))
    }

    /// All exports with their names, in order.
    pub fn exports<'a, T: 'static>(
        &self,
        store: impl Into<StoreContextMut<'a, T>>,
    ) -> impl ExactSizeIterator<Item = Export<'a>> + 'a {
        let inner: &'a StoreInner<T> = store.into().0;
        let store = &inner.opaque;
        let instance = self.get(store);
        let exports = &instance.module().info().exports;
        exports.iter().map(|e| Export { name: &e.name, item: Self::export_of(store, instance, e.entity) })
    }

    /// An exported function.
    pub fn get_func(&self, store: impl AsContextMut, name: &str) -> Option<Func> {
        self.get_export(store, name)?.into_func()
    }

    /// An exported function with its parameters and results as Rust types.
    ///
    /// # Errors
    ///
    /// If there is none of this name, or its type is another one.
    pub fn get_typed_func<Params: WasmParams, Results: WasmResults>(
        &self,
        mut store: impl AsContextMut,
        name: &str,
    ) -> Result<TypedFunc<Params, Results>> {
        let func =
            self.get_func(&mut store, name).with_context(|| format!("failed to find function export `{name}`"))?;
        func.typed(&store).with_context(|| format!("failed to convert function `{name}` to given type"))
    }

    /// An exported memory.
    pub fn get_memory(&self, store: impl AsContextMut, name: &str) -> Option<Memory> {
        self.get_export(store, name)?.into_memory()
    }

    /// An exported table.
    pub fn get_table(&self, store: impl AsContextMut, name: &str) -> Option<Table> {
        self.get_export(store, name)?.into_table()
    }

    /// An exported global.
    pub fn get_global(&self, store: impl AsContextMut, name: &str) -> Option<Global> {
        self.get_export(store, name)?.into_global()
    }
}

/// Limits as the specification compares them: at least as large, and limited at least as much.
fn check_limits(what: &str, actual: (u64, Option<u64>), expected: (u64, Option<u64>)) -> Result<()> {
    let max_fits = match (actual.1, expected.1) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(a), Some(e)) => a <= e,
    };
    if actual.0 < expected.0 || !max_fits {
        let show = |max: Option<u64>| max.map_or("none".to_owned(), |m| m.to_string());
        bail!(
            "expected {what} limits (min: {}, max: {}), found (min: {}, max: {})",
            expected.0,
            show(expected.1),
            actual.0,
            show(actual.1)
        );
    }
    Ok(())
}

pub(crate) fn check_import(store: &StoreOpaque, module: &Module, entity: Entity, given: &Given) -> Result<()> {
    if let Given::Extern(e) = given {
        store.check(e.store_id());
    }
    let info = module.info();
    let func = |id: TypeId, i| {
        let expected = module.func_type_id(i);
        if !store.engine().is_subtype(id, expected) {
            let (e, a) = (store.engine().func_type(expected), store.engine().func_type(id));
            bail!("expected type `{e}`, found type `{a}`");
        }
        Ok(())
    };
    match (entity, given) {
        (Entity::Func(i), Given::Host(host)) => func(host.ty, i),
        (Entity::Func(i), Given::Extern(Extern::Func(f))) => func(f.type_id(store), i),
        (Entity::Global(i), Given::Extern(Extern::Global(g))) => {
            let expected = engine_global_type(info.globals[i], module.type_ids());
            let fits = g.ty.mutable == expected.mutable
                && store.engine().with_types(|types| {
                    types.val_matches(g.ty.val, expected.val)
                        && (!expected.mutable || types.val_matches(expected.val, g.ty.val))
                });
            if !fits {
                bail!("expected global of type `{}`, found `{}`", show_global(expected), show_global(g.ty));
            }
            Ok(())
        }
        (Entity::Table(i), Given::Extern(Extern::Table(t))) => {
            let expected = engine_table_type(info.tables[i], module.type_ids());
            let table = &store.tables[t.index as usize];
            let actual = table.ty();
            let same = store.engine().with_types(|types| {
                types.ref_matches(actual.element, expected.element)
                    && types.ref_matches(expected.element, actual.element)
            });
            if !same || actual.index_type != expected.index_type {
                bail!("expected table of `{}`, found table of `{}`", expected.element, actual.element);
            }
            check_limits("table", (table.len(), actual.max), (expected.min, expected.max))
        }
        (Entity::Memory(i), Given::Extern(Extern::Memory(m))) => {
            let expected = info.memories[i];
            let memory = &store.memories[m.index as usize];
            let actual = memory.ty;
            if actual.index_type != expected.index_type || actual.page_size_log2 != expected.page_size_log2 {
                bail!("expected memory with other addresses or page size");
            }
            check_limits("memory", (memory.memory.pages(), actual.max_pages), (expected.min_pages, expected.max_pages))
        }
        (_, given) => {
            let expected = match entity {
                Entity::Func(_) => "func",
                Entity::Global(_) => "global",
                Entity::Table(_) => "table",
                Entity::Memory(_) => "memory",
                Entity::Tag(_) => "tag",
            };
            let found = match given {
                Given::Host(_) => "function",
                Given::Extern(e) => e.kind(),
            };
            bail!("expected {expected}, found {found}")
        }
    }
}

fn show_global(ty: gantry_abi::GlobalType) -> String {
    if ty.mutable { format!("mut {}", ty.val) } else { ty.val.to_string() }
}
