//! Compiled modules.

use crate::api::engine::Engine;
use crate::api::types::{ExportType, ExternType, ImportType, extern_type};
use crate::cpu;
use crate::prelude::*;
use crate::vm::code::CodeMemory;
use crate::vm::code_registry::{self, Registration};
use crate::vm::image;
use crate::vm::records::{VmCounters, VmFuncRef};
use alloc::sync::Arc;
use anyhow::{Result, bail};
use core::cell::Cell;
use gantry_abi::module::Entity;
use gantry_abi::{FuncIndex, ModuleInfo, PointerWidth, ShapeIndex, TypeId, TypeIndex, VmLayout};
use hashbrown::HashMap;

/// A compiled module. Cheap to clone; threads share it.
///
/// ```
/// use gantry::{Engine, Module};
/// let module = Module::new(&Engine::default(), r#"(module
///     (import "env" "log" (func (param i32)))
///     (memory (export "memory") 1))"#)?;
/// let import = module.imports().next().unwrap();
/// assert_eq!((import.module(), import.name()), ("env", "log"));
/// assert!(module.get_export("memory").unwrap().memory().is_some());
/// # Ok::<(), gantry::Error>(())
/// ```
#[derive(Clone)]
pub struct Module(Arc<Inner>);

struct Inner {
    engine: Engine,
    code: Arc<CodeMemory>,
    layout: VmLayout,
    /// Engine-wide identity by type index.
    type_ids: Vec<TypeId>,
    exports: HashMap<Box<str>, usize>,
    /// Records of functions that can escape, complete but for the vmctx; those of imports are null.
    func_refs: Vec<VmFuncRef>,
    /// Entry slots, if calls inside the module go through them.
    code_table: Box<[*const u8]>,
    /// Removes the code from the registry before it is freed.
    _registration: Registration,
}

// SAFETY: function records and entry slots hold addresses of code, which `code` keeps alive and nobody writes to.
unsafe impl Send for Inner {}
// SAFETY: as above.
unsafe impl Sync for Inner {}

impl Module {
    /// Compiles a module: binary, or text with the feature `wat`.
    ///
    /// # Errors
    ///
    /// If the module is invalid, needs a feature that is off, or exceeds a limit: [`crate::CompileError`].
    #[cfg(feature = "compile")]
    pub fn new(engine: &Engine, bytes: impl AsRef<[u8]>) -> Result<Self> {
        engine.check_native()?;
        let bytes = bytes.as_ref();
        engine.refuse_artifact(bytes)?;
        #[cfg(feature = "wat")]
        let bytes = &wat::parse_bytes(bytes)?;
        Ok(Self::from_code(engine, engine.compile(bytes)?))
    }

    /// Compiles a module in binary.
    ///
    /// # Errors
    ///
    /// As [`Module::new`].
    #[cfg(feature = "compile")]
    pub fn from_binary(engine: &Engine, wasm: &[u8]) -> Result<Self> {
        engine.check_native()?;
        engine.refuse_artifact(wasm)?;
        Ok(Self::from_code(engine, engine.compile(wasm)?))
    }

    /// Checks that a module in binary is valid and needs no feature that is off.
    ///
    /// # Errors
    ///
    /// Why it is not.
    #[cfg(feature = "compile")]
    pub fn validate(engine: &Engine, wasm: &[u8]) -> Result<()> {
        Ok(gantry_compile::validate(engine.features(), wasm)?)
    }

    /// Loads an artifact that [`Module::serialize`] or [`Engine::precompile_module`] made.
    ///
    /// # Safety
    ///
    /// The artifact was made by this version of the engine and not changed since: its machine code is run as it is. Damage
    /// that can be seen is an error, but not all can.
    ///
    /// # Errors
    ///
    /// If it is no artifact, is damaged, or was made for another version, machine or set of options.
    pub unsafe fn deserialize(engine: &Engine, artifact: impl AsRef<[u8]>) -> Result<Self> {
        engine.check_native()?;
        let check = |header: &_| image::check(header, &engine.header().compatibility, cpu::has);
        let code = CodeMemory::from_bytes(artifact.as_ref(), engine.bytecode_options(), check)?;
        Ok(Self::from_code(engine, code))
    }

    /// Loads an artifact of bytecode without copying it: from flash memory, or from a program's constants. It may be at any
    /// address. What is read of it at once (types, exports, where functions are) takes memory; bytecode and data do not, but a
    /// function that is called for the first time gets cells.
    ///
    /// ```
    /// use gantry::{Config, Engine, Module, PULLEY};
    /// let engine = Engine::new(Config::new().backend(PULLEY))?;
    /// let artifact: &'static [u8] = engine.precompile_module(b"(module $m)")?.leak();
    /// // SAFETY: the artifact was just made by this engine, and nobody changes it.
    /// let module = unsafe { Module::deserialize_in_place(&engine, artifact)? };
    /// assert_eq!(module.name(), Some("m"));
    /// # Ok::<(), gantry::Error>(())
    /// ```
    ///
    /// # Safety
    ///
    /// As [`Module::deserialize`].
    ///
    /// # Errors
    ///
    /// As [`Module::deserialize`], or if it is machine code.
    pub unsafe fn deserialize_in_place(engine: &Engine, artifact: &'static [u8]) -> Result<Self> {
        engine.check_native()?;
        let check = |header: &_| image::check(header, &engine.header().compatibility, cpu::has);
        Ok(Self::from_code(engine, CodeMemory::in_place(artifact, engine.bytecode_options(), check)?))
    }

    pub(super) fn from_code(engine: &Engine, code: Arc<CodeMemory>) -> Self {
        let registration = code_registry::register(&code);
        let module = code.module();
        let layout = VmLayout::new(PointerWidth::HOST, module);
        let type_ids = engine.register_types(&module.types);
        let exports = module.exports.iter().enumerate().map(|(i, e)| (e.name.clone(), i)).collect();
        let mut func_refs = vec![VmFuncRef::NULL; module.num_func_refs];
        for (index, info) in &module.functions {
            let (Some(slot), Some(defined)) = (info.func_ref.expand(), module.defined_func(index)) else { continue };
            let shape = code.code().type_shapes[info.ty].expect("checked when loaded: function types have shapes");
            func_refs[slot.as_u32() as usize] = VmFuncRef {
                wasm_call: code.func_address(defined),
                array_call: code.entry_address(shape),
                vmctx: core::ptr::null_mut(),
                type_id: type_ids[info.ty.as_u32() as usize].as_u32() as usize,
            };
        }
        let code_table = if code.header().compatibility.options.entry_slots {
            code.code().functions.keys().map(|func| code.func_address(func)).collect()
        } else {
            Box::default()
        };
        Self(Arc::new(Inner {
            engine: engine.clone(),
            code_table,
            code,
            layout,
            type_ids,
            exports,
            func_refs,
            _registration: registration,
        }))
    }

    /// The artifact, for [`Module::deserialize`].
    ///
    /// # Errors
    ///
    /// None at present.
    pub fn serialize(&self) -> Result<Vec<u8>> {
        Ok(self.0.code.artifact().to_vec())
    }

    /// The engine.
    pub fn engine(&self) -> &Engine {
        &self.0.engine
    }

    /// The module's name, from its name section.
    pub fn name(&self) -> Option<&str> {
        self.info().name.as_deref()
    }

    /// Imports, in order.
    pub fn imports(&self) -> impl ExactSizeIterator<Item = ImportType<'_>> {
        self.info().imports.iter().map(|import| ImportType {
            module: &import.module,
            name: &import.name,
            ty: self.entity_type(import.entity),
        })
    }

    /// Exports, in order.
    pub fn exports(&self) -> impl ExactSizeIterator<Item = ExportType<'_>> {
        self.info().exports.iter().map(|e| ExportType { name: &e.name, ty: self.entity_type(e.entity) })
    }

    /// The type of an export.
    pub fn get_export(&self, name: &str) -> Option<ExternType> {
        self.export_entity(name).map(|entity| self.entity_type(entity))
    }

    /// Machine code.
    pub fn text(&self) -> &[u8] {
        self.0.code.text()
    }

    /// Code ranges of the functions that the module defines, in [`Module::text`], with index and name.
    pub fn functions(&self) -> impl Iterator<Item = (u32, Option<&str>, core::ops::Range<usize>)> {
        let info = self.info();
        self.0.code.code().functions.iter().map(move |(defined, range)| {
            let func = info.func_index(defined);
            (func.as_u32(), self.0.code.func_name(func), range.start as usize..range.end as usize)
        })
    }

    /// Where the code at an offset of [`Module::text`] comes from: offset of the operator in the module.
    pub fn wasm_offset(&self, text_offset: u32) -> Option<u32> {
        self.0.code.source_map().lookup(text_offset)
    }

    pub(crate) fn entity_type(&self, entity: Entity) -> ExternType {
        extern_type(&self.0.engine, self.info(), &self.0.type_ids, entity)
    }

    pub(crate) fn export_entity(&self, name: &str) -> Option<Entity> {
        self.0.exports.get(name).map(|&i| self.info().exports[i].entity)
    }

    pub(crate) fn info(&self) -> &ModuleInfo {
        self.0.code.module()
    }

    pub(crate) fn code(&self) -> &Arc<CodeMemory> {
        &self.0.code
    }

    pub(crate) fn layout(&self) -> &VmLayout {
        &self.0.layout
    }

    pub(crate) fn type_ids(&self) -> &[TypeId] {
        &self.0.type_ids
    }

    pub(crate) fn func_type_id(&self, func: FuncIndex) -> TypeId {
        self.0.type_ids[self.info().functions[func].ty.as_u32() as usize]
    }

    /// Counters at zero for the functions of an instance; none if the code does not count.
    pub(crate) fn new_counters(&self) -> Box<[Cell<VmCounters>]> {
        let count = if self.counts_executions() { self.0.code.code().functions.len() } else { 0 };
        (0..count).map(|_| Cell::default()).collect()
    }

    /// Whether its functions count their calls and the iterations of their loops: [`crate::Instance::execution_counts`].
    pub fn counts_executions(&self) -> bool {
        self.0.code.header().compatibility.options.execution_counters
    }

    /// Entry slots; null if calls are direct.
    pub(crate) fn code_table(&self) -> *const *const u8 {
        if self.0.code_table.is_empty() { core::ptr::null() } else { self.0.code_table.as_ptr() }
    }

    /// Records of functions that can escape, to be completed with the vmctx.
    pub(crate) fn func_ref_templates(&self) -> &[VmFuncRef] {
        &self.0.func_refs
    }

    fn shape_exit(&self, shape: ShapeIndex) -> *const u8 {
        self.0.code.callable(self.0.code.code().exit_trampolines[shape])
    }

    /// How code of this module calls host functions of one of its types.
    pub(crate) fn exit_trampoline(&self, ty: TypeIndex) -> *const u8 {
        let shape = self.0.code.code().type_shapes[ty].expect("checked when loaded: function types have shapes");
        self.shape_exit(shape)
    }

    /// How code of this module calls host functions of the type with this identity, if the module has that type.
    pub(crate) fn exit_trampoline_by_id(&self, id: TypeId) -> Option<*const u8> {
        let index = self.0.type_ids.iter().position(|&i| i == id)?;
        let index = TypeIndex::from_u32(u32::try_from(index).expect("types are limited"));
        self.0.code.code().type_shapes[index].expand().map(|shape| self.shape_exit(shape))
    }

    /// Whether two handles are of one module.
    pub fn same(a: &Self, b: &Self) -> bool {
        Arc::ptr_eq(&a.0, &b.0)
    }

    /// Whether a module of one engine is used with another.
    pub(crate) fn check_engine(&self, engine: &Engine) -> Result<()> {
        if !Engine::same(&self.0.engine, engine) {
            bail!("the module was compiled with another engine");
        }
        Ok(())
    }
}

impl core::fmt::Debug for Module {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Module").field("name", &self.name()).finish_non_exhaustive()
    }
}
