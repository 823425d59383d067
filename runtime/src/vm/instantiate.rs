//! Instantiation: makes the vmctx of an instance and gives it its initial contents, in the order of the specification (Core
//! Specification 3.0, "Instantiation").
//!
//! Invariants
//! N1. From its allocation until [`instantiate`] enters the start function, nobody but this module uses the instance's vmctx.
//!     What is written to a field has the type that the `VmLayout` gives the field.
//! N2. Imports were checked against the module: there are as many as it declares, of the declared types.

use crate::api::externals::{Extern, create_memory, create_table};
use crate::api::func::Func;
use crate::api::instance::Given;
use crate::api::module::Module;
use crate::api::store::StoreOpaque;
use crate::api::types::engine_table_type;
use crate::vm::instance::InstanceData;
use crate::vm::memory::LinearMemory;
use crate::vm::records::{VmCell, VmFuncRef, VmImport};
use crate::vm::{const_expr, libcalls};
use anyhow::{Context, Result, bail};
use core::ptr::{NonNull, null_mut};
use gantry_abi::layout::{INSTANCE_MAGIC, Offset};
use gantry_abi::module::{ConstExpr, Entity, SegmentMode};
use gantry_abi::{EntityRef, IndexType};

/// Instantiates a module and runs its start function. Gives the instance's place in the store.
///
/// From the first write on the store owns the instance: a trap later leaves it alive, since its functions may be in tables.
///
/// # Safety
///
/// `given` was checked against the imports of `module` (N2), and belongs to `store`.
pub(crate) unsafe fn instantiate(store: &mut StoreOpaque, module: &Module, given: &[Given]) -> Result<u32> {
    let count = store.instances.len();
    if let Some(limiter) = store.limiter()
        && count >= limiter.instances()
    {
        bail!("resource limit exceeded: the store has {count} instances already");
    }
    let index = u32::try_from(count).context("the store has too many instances")?;
    store.instances.push(InstanceData::new(store.allocator(), store.context_ptr(), module));
    let mut data = NonNull::from(&mut **store.instances.last_mut().expect("just pushed"));
    // SAFETY: the instance lives in a box of the store; nothing below accesses it through the store at the same time.
    let instance = unsafe { data.as_mut() };

    write_header(store, module, instance);
    write_imports(store, module, instance, given);
    write_func_refs(module, instance);
    create_memories(store, module, instance)?;
    create_tables(store, module, instance)?;
    store.complete_host_funcs(module);
    initialize_globals(module, instance);
    initialize_tables(store, module, instance)?;
    initialize_memories(store, module, instance)?;
    if let Some(start) = module.info().start {
        // SAFETY: the record of an escaping function of the instance.
        let start = unsafe { Func::from_address(store, const_expr::func_ref(instance, start)) };
        let caller = instance.vmctx();
        // SAFETY: start functions have neither parameters nor results; the caller is an instance of the store.
        unsafe { start.expect("records are not null").call_from(store, caller, &mut []) }?;
    }
    Ok(index)
}

/// Writes a field of the vmctx.
fn put<T>(instance: &InstanceData, offset: Offset, value: T) {
    // SAFETY: the field lies in the vmctx, and by N1 it has this type and nobody else uses it.
    unsafe { instance.field::<T>(offset).write(value) };
}

fn write_header(store: &StoreOpaque, module: &Module, instance: &InstanceData) {
    let layout = module.layout();
    put(instance, layout.magic, INSTANCE_MAGIC as usize);
    put(instance, layout.store, store.context_ptr());
    put(instance, layout.libcalls, libcalls::addresses());
    put(instance, layout.epoch_counter, store.engine().epoch_counter());
    put(instance, layout.type_ids, module.type_ids().as_ptr());
    put(instance, layout.code_table, module.code_table());
    put(instance, layout.counters, instance.counters_ptr());
    let info = module.info();
    for (index, tag) in info.tags.iter().skip(info.num_imported_tags) {
        let defined = info.defined_tag(index).expect("not imported");
        put(instance, layout.tags.at(defined), module.type_ids()[tag.func.index()].as_u32());
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
            put(instance, layout.imported_functions.at(i), hosts.next().expect("as many records as host functions"));
        }
    }
    let import_record = |from, index: u32| VmImport { from, vmctx: null_mut(), index: index as usize };
    for (import, given) in module.info().imports.iter().zip(given) {
        match (import.entity, given) {
            (Entity::Func(_), Given::Host(_)) => {}
            (Entity::Func(i), Given::Extern(Extern::Func(func))) => {
                let mut record = func.record(store);
                if record.wasm_call.is_null() {
                    record.wasm_call = module.exit_trampoline(module.info().functions[i].ty);
                }
                put(instance, layout.imported_functions.at(i), record);
            }
            (Entity::Memory(i), Given::Extern(Extern::Memory(memory))) => {
                let from = store.memories[memory.index as usize].record().cast();
                put(instance, layout.imported_memories.at(i), import_record(from, memory.index));
                instance.memories.push(memory.index);
            }
            (Entity::Table(i), Given::Extern(Extern::Table(table))) => {
                let from = store.tables[table.index as usize].record().cast();
                put(instance, layout.imported_tables.at(i), import_record(from, table.index));
                instance.tables.push(table.index);
            }
            (Entity::Global(i), Given::Extern(Extern::Global(global))) => {
                put(instance, layout.imported_globals.at(i), import_record(global.cell.as_ptr().cast(), 0));
            }
            _ => unreachable!("imports were checked (N2)"),
        }
    }
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
        // SAFETY: the vmctx has as many records as there are templates, one behind the other.
        let record = unsafe { start.add(i) };
        // SAFETY: by N1 nobody else uses the record.
        unsafe { record.write(VmFuncRef { vmctx, ..*template }) };
    }
    // Imports that escape have a copy of their import's record.
    for (index, info) in module.info().functions.iter().take(module.info().num_imported_functions) {
        if let Some(slot) = info.func_ref.expand() {
            // SAFETY: imports were written before.
            let record = unsafe { instance.field::<VmFuncRef>(layout.imported_functions.at(index)).read() };
            put(instance, layout.func_refs.at(slot), record);
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

fn initialize_globals(module: &Module, instance: &InstanceData) {
    for (index, global) in &module.info().global_inits {
        // SAFETY: imports and function records are written; validated expressions see earlier globals only.
        let value = unsafe { const_expr::evaluate(instance, &global.init) };
        put(instance, module.layout().globals.at(index), value);
    }
}

/// The value of an expression that does not belong to a global.
fn evaluate(instance: &InstanceData, expr: &ConstExpr) -> VmCell {
    // SAFETY: imports and function records are written, and globals are initialized first.
    unsafe { const_expr::evaluate(instance, expr) }
}

/// The value of an offset expression.
fn address(instance: &InstanceData, offset: &ConstExpr, ty: IndexType) -> u64 {
    let value = evaluate(instance, offset);
    match ty {
        IndexType::I32 => value.u32().into(),
        IndexType::I64 => value.u64(),
    }
}

fn initialize_tables(store: &mut StoreOpaque, module: &Module, instance: &mut InstanceData) -> Result<()> {
    let info = module.info();
    for (index, init) in &info.table_inits {
        if let Some(init) = init {
            let value = evaluate(instance, init).u64();
            let table = &mut store.tables[instance.table(info.table_index(index))];
            table.fill(0, value, table.len()).expect("the whole table");
        }
    }
    for (index, segment) in &info.elements {
        if let SegmentMode::Active { target, offset } = &segment.mode {
            let offset = address(instance, offset, info.tables[*target].index_type);
            let len = segment.items.len() as u64;
            libcalls::init_table(store, instance, *target, index, offset, 0, len)?;
        }
        instance.elements_done = index.index() + 1;
    }
    Ok(())
}

fn initialize_memories(store: &mut StoreOpaque, module: &Module, instance: &mut InstanceData) -> Result<()> {
    let info = module.info();
    for (index, segment) in &info.data {
        if let SegmentMode::Active { target, offset } = &segment.mode {
            let image = info.defined_memory(*target).is_some_and(|m| info.memory_images[m].is_some());
            if !image {
                let offset = address(instance, offset, info.memories[*target].index_type);
                let len = u64::from(segment.range.end - segment.range.start);
                libcalls::init_memory(store, instance, *target, index, offset, 0, len)?;
            }
        }
        instance.data_done = index.index() + 1;
    }
    Ok(())
}
