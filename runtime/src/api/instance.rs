//! Instantiation, and instances.

use crate::api::context::{AsContext, AsContextMut, StoreContextMut};
use crate::api::externals::{Extern, Global, Memory, Table, create_memory, create_table};
use crate::api::func::Func;
use crate::api::module::Module;
use crate::api::store::{StoreId, StoreInner, StoreOpaque};
use crate::api::typed::{TypedFunc, WasmParams, WasmResults};
use crate::api::types::{ExternType, engine_global_type, engine_table_type};
use crate::vm::host::HostFunc;
use crate::vm::instance::InstanceData;
use crate::vm::memory::LinearMemory;
use crate::vm::records::{VmCell, VmFuncRef, VmImport};
use crate::vm::{const_expr, libcalls};
use anyhow::{Context, Result, bail};
use gantry_abi::layout::INSTANCE_MAGIC;
use gantry_abi::module::{Entity, SegmentMode};
use gantry_abi::{EntityRef, IndexType, TypeId};
use smallvec::SmallVec;
use std::ptr::NonNull;
use std::sync::atomic::AtomicU64;

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
        Self::instantiate(store, module, &given)
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

    /// Instantiates a module whose imports were checked.
    pub(crate) fn instantiate(store: &mut StoreOpaque, module: &Module, given: &[Given]) -> Result<Self> {
        let count = store.instances.len();
        if let Some(limiter) = store.limiter()
            && count >= limiter.instances()
        {
            bail!("resource limit exceeded: the store has {count} instances already");
        }
        let instance = InstanceData::new(store.allocator(), store.context_ptr(), module);
        // From here on the store owns the instance: a trap later leaves it alive, since its functions may be in tables.
        store.instances.push(instance);
        let handle =
            Self { store: store.id(), index: u32::try_from(count).context("the store has too many instances")? };
        let mut data = NonNull::from(&mut **store.instances.last_mut().expect("just pushed"));
        // SAFETY: the instance lives in a box of the store; nothing below accesses it through the store at the same time.
        let instance = unsafe { data.as_mut() };

        Self::write_header(store, module, instance);
        Self::write_imports(store, module, instance, given);
        Self::write_func_refs(module, instance);
        Self::create_memories(store, module, instance)?;
        Self::create_tables(store, module, instance)?;
        store.complete_host_funcs(module);
        Self::initialize(store, module, instance)?;
        if let Some(start) = module.info().start {
            // SAFETY: the record of an escaping function of the instance.
            let start = unsafe { Func::from_address(store, const_expr::func_ref(instance, start)) };
            let caller = instance.vmctx();
            // SAFETY: start functions have neither parameters nor results.
            unsafe { start.expect("records are not null").call_from(store, caller, &mut []) }?;
        }
        Ok(handle)
    }

    fn write_header(store: &StoreOpaque, module: &Module, instance: &InstanceData) {
        let layout = module.layout();
        let pointers: [(u32, *const u8); 5] = [
            (layout.store, store.context_ptr().cast_const().cast()),
            (layout.libcalls, libcalls::addresses().cast()),
            (layout.epoch_counter, store.engine().epoch_counter().cast::<AtomicU64>().cast()),
            (layout.type_ids, module.type_ids().as_ptr().cast()),
            (layout.code_table, module.code_table().cast()),
        ];
        // SAFETY: the field is part of the vmctx, which nobody else uses yet.
        unsafe { instance.field::<usize>(layout.magic).write(INSTANCE_MAGIC as usize) };
        for (offset, pointer) in pointers {
            // SAFETY: as above.
            unsafe { instance.field::<*const u8>(offset).write(pointer) };
        }
        let info = module.info();
        for (index, tag) in info.tags.iter().skip(info.num_imported_tags) {
            let id = module.type_ids()[tag.func.index()].as_u32();
            let defined = info.defined_tag(index).expect("not imported");
            // SAFETY: as above.
            unsafe { instance.field::<u32>(layout.tags.at(defined)).write(id) };
        }
    }

    fn write_imports(store: &mut StoreOpaque, module: &Module, instance: &mut InstanceData, given: &[Given]) {
        let layout = module.layout();
        let hosts = module.info().imports.iter().zip(given).filter_map(|(import, given)| match (import.entity, given) {
            (Entity::Func(i), Given::Host(host)) => Some((host, module.exit_trampoline(module.info().functions[i].ty))),
            _ => None,
        });
        let mut hosts = store.add_host_funcs(hosts).iter().map(|record| record.func_ref);
        for (import, given) in module.info().imports.iter().zip(given) {
            if let (Entity::Func(i), Given::Host(_)) = (import.entity, given) {
                let record = hosts.next().expect("as many records as host functions");
                // SAFETY: the record is part of the vmctx, which nobody else uses yet.
                unsafe { instance.field::<VmFuncRef>(layout.imported_functions.at(i)).write(record) };
            }
        }
        for (import, given) in module.info().imports.iter().zip(given) {
            match (import.entity, given) {
                (Entity::Func(_), Given::Host(_)) => {}
                (Entity::Func(i), Given::Extern(Extern::Func(func))) => {
                    let mut record = func.record(store);
                    if record.wasm_call.is_null() {
                        record.wasm_call = module.exit_trampoline(module.info().functions[i].ty);
                    }
                    // SAFETY: the record is part of the vmctx, which nobody else uses yet.
                    unsafe { instance.field::<VmFuncRef>(layout.imported_functions.at(i)).write(record) };
                }
                (Entity::Memory(i), Given::Extern(Extern::Memory(memory))) => {
                    let from = store.memories[memory.index as usize].record().cast();
                    Self::write_import(instance, layout.imported_memories.at(i), from, memory.index);
                    instance.memories.push(memory.index);
                }
                (Entity::Table(i), Given::Extern(Extern::Table(table))) => {
                    let from = store.tables[table.index as usize].record().cast();
                    Self::write_import(instance, layout.imported_tables.at(i), from, table.index);
                    instance.tables.push(table.index);
                }
                (Entity::Global(i), Given::Extern(Extern::Global(global))) => {
                    Self::write_import(instance, layout.imported_globals.at(i), global.cell.as_ptr().cast(), 0);
                }
                _ => unreachable!("imports were checked"),
            }
        }
    }

    fn write_import(instance: &InstanceData, offset: u32, from: *mut u8, index: u32) {
        let record = VmImport { from, vmctx: std::ptr::null_mut(), index: index as usize };
        // SAFETY: the record is part of the vmctx, which nobody else uses yet.
        unsafe { instance.field::<VmImport>(offset).write(record) };
    }

    fn write_func_refs(module: &Module, instance: &InstanceData) {
        let layout = module.layout();
        let vmctx = instance.vmctx();
        let templates = module.func_ref_templates();
        if templates.is_empty() {
            return;
        }
        let start = instance.field::<VmFuncRef>(layout.func_refs.start());
        for (i, template) in templates.iter().enumerate() {
            // SAFETY: the vmctx has as many records as there are templates, and nobody else uses it yet.
            unsafe { start.add(i).write(VmFuncRef { vmctx, ..*template }) };
        }
        // Imports that escape have a copy of their import's record.
        for (index, info) in module.info().functions.iter().take(module.info().num_imported_functions) {
            if let Some(slot) = info.func_ref.expand() {
                // SAFETY: imports were written before.
                let record = unsafe { instance.field::<VmFuncRef>(layout.imported_functions.at(index)).read() };
                // SAFETY: the record is part of the vmctx, which nobody else uses yet.
                unsafe { instance.field::<VmFuncRef>(layout.func_refs.at(slot)).write(record) };
            }
        }
    }

    fn create_memories(store: &mut StoreOpaque, module: &Module, instance: &mut InstanceData) -> Result<()> {
        for (index, &ty) in module.info().memories.iter().skip(module.info().num_imported_memories) {
            let defined = module.info().defined_memory(index).expect("not imported");
            let record = instance.field(module.layout().memories.at(defined));
            let memory = create_memory(store, ty, |options, limit| {
                let mut image = module.code().memory_image(defined);
                if !module.engine().config().memory_init_cow
                    && let Some(image) = &mut image
                {
                    image.mapping = None;
                }
                LinearMemory::new(&ty, options, image.as_ref(), limit)
            })?;
            let place = store.add_memory(memory, ty, Some(record));
            instance.memories.push(place);
        }
        Ok(())
    }

    fn create_tables(store: &mut StoreOpaque, module: &Module, instance: &mut InstanceData) -> Result<()> {
        for (index, &ty) in module.info().tables.iter().skip(module.info().num_imported_tables) {
            let defined = module.info().defined_table(index).expect("not imported");
            let record = instance.field(module.layout().tables.at(defined));
            let ty = engine_table_type(ty, module.type_ids());
            // SAFETY: the record is part of the vmctx, which lives as long as the store, and only this table's.
            let table = unsafe { create_table(store, ty, record) }?;
            let place = store.add_table(table);
            instance.tables.push(place);
        }
        Ok(())
    }

    /// Gives globals, tables and memories their initial contents, in the order of the specification.
    fn initialize(store: &mut StoreOpaque, module: &Module, instance: &mut InstanceData) -> Result<()> {
        let info = module.info();
        for (index, global) in &info.global_inits {
            // SAFETY: validated expressions see imports and earlier globals only.
            let value = unsafe { const_expr::evaluate(instance, &global.init) };
            // SAFETY: the cell is part of the vmctx, and no compiled code has seen it yet.
            unsafe { instance.field::<VmCell>(module.layout().globals.at(index)).write(value) };
        }
        for (index, init) in &info.table_inits {
            if let Some(init) = init {
                // SAFETY: all globals are initialized.
                let value = unsafe { const_expr::evaluate(instance, init) }.u64();
                let table = &mut store.tables[instance.table(info.table_index(index))];
                table.fill(0, value, table.len()).expect("the whole table");
            }
        }
        for (index, segment) in &info.elements {
            if let SegmentMode::Active { target, offset } = &segment.mode {
                // SAFETY: all globals are initialized.
                let offset = unsafe { const_expr::evaluate(instance, offset) };
                let offset = address(offset, info.tables[*target].index_type);
                let len = segment.items.len() as u64;
                libcalls::init_table(store, instance, *target, index, offset, 0, len)?;
            }
            instance.elements_done = index.index() + 1;
        }
        for (index, segment) in &info.data {
            if let SegmentMode::Active { target, offset } = &segment.mode {
                let image = info.defined_memory(*target).is_some_and(|m| info.memory_images[m].is_some());
                if !image {
                    // SAFETY: all globals are initialized.
                    let offset = unsafe { const_expr::evaluate(instance, offset) };
                    let offset = address(offset, info.memories[*target].index_type);
                    let len = u64::from(segment.range.end - segment.range.start);
                    libcalls::init_memory(store, instance, *target, index, offset, 0, len)?;
                }
            }
            instance.data_done = index.index() + 1;
        }
        Ok(())
    }

    fn get<'a>(&self, store: &'a StoreOpaque) -> &'a InstanceData {
        store.check(self.store);
        &store.instances[self.index as usize]
    }

    /// Its module.
    pub fn module(&self, store: impl AsContext) -> Module {
        self.get(&store.as_context().0.opaque).module().clone()
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
                let cell = match module.info().defined_global(i) {
                    Some(defined) => instance.field::<VmCell>(layout.globals.at(defined)),
                    None => {
                        let import = instance.field::<VmImport>(layout.imported_globals.at(i));
                        // SAFETY: imports were written when the instance was made.
                        unsafe { (*import).from.cast() }
                    }
                };
                let ty = engine_global_type(module.info().globals[i], module.type_ids());
                Extern::Global(Global { store: store.id(), cell: NonNull::new(cell).expect("not null"), ty })
            }
            Entity::Tag(_) => unreachable!("modules with tags cannot be compiled yet"),
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

/// The value of an offset expression.
fn address(cell: VmCell, ty: IndexType) -> u64 {
    match ty {
        IndexType::I32 => cell.u32().into(),
        IndexType::I64 => cell.u64(),
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
