//! Finding imports by name.

use crate::api::context::{AsContext, AsContextMut};
use crate::api::engine::Engine;
use crate::api::externals::{Extern, Global, Memory, Table};
use crate::api::func::{Caller, Func};
use crate::api::host_func::{IntoFunc, dynamic};
use crate::api::instance::{Given, Instance};
use crate::api::module::Module;
use crate::api::types::{ExternType, FuncType, ImportType, ValType};
use crate::api::value::Val;
use crate::prelude::*;
use alloc::sync::Arc;
use anyhow::{Result, anyhow, bail};
use core::marker::PhantomData;
use hashbrown::HashMap;

/// Definitions by name, to instantiate modules with.
///
/// ```
/// use gantry::{Caller, Engine, Linker, Module, Store};
/// let engine = Engine::default();
/// let mut linker = Linker::new(&engine);
/// linker.func_wrap("host", "count", |mut caller: Caller<'_, u32>| *caller.data_mut() += 1)?;
/// let module = Module::new(&engine, r#"(module
///     (import "host" "count" (func $count))
///     (func (export "twice") (call $count) (call $count)))"#)?;
/// let mut store = Store::new(&engine, 0);
/// let instance = linker.instantiate(&mut store, &module)?;
/// instance.get_typed_func::<(), ()>(&mut store, "twice")?.call(&mut store, ())?;
/// assert_eq!(*store.data(), 2);
/// # Ok::<(), gantry::Error>(())
/// ```
pub struct Linker<T> {
    engine: Engine,
    allow_shadowing: bool,
    modules: HashMap<Box<str>, HashMap<Box<str>, Given>>,
    data: PhantomData<fn(T)>,
}

impl<T> Clone for Linker<T> {
    fn clone(&self) -> Self {
        Self {
            engine: self.engine.clone(),
            allow_shadowing: self.allow_shadowing,
            modules: self.modules.clone(),
            data: PhantomData,
        }
    }
}

/// A module imports something that is not defined.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown import: `{module}::{name}` has not been defined")]
pub struct UnknownImportError {
    module: String,
    name: String,
}

impl UnknownImportError {
    /// First name of the import.
    pub fn module(&self) -> &str {
        &self.module
    }

    /// Second name of the import.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl<T: 'static> Linker<T> {
    /// Nothing defined yet.
    pub fn new(engine: &Engine) -> Self {
        Self { engine: engine.clone(), allow_shadowing: false, modules: HashMap::new(), data: PhantomData }
    }

    /// The engine.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Whether a definition may replace an earlier one of the same name; otherwise that is an error.
    pub fn allow_shadowing(&mut self, allow: bool) -> &mut Self {
        self.allow_shadowing = allow;
        self
    }

    fn insert(&mut self, module: &str, name: &str, given: Given) -> Result<&mut Self> {
        let names = self.modules.entry(module.into()).or_default();
        if !self.allow_shadowing && names.contains_key(name) {
            bail!("import of `{module}::{name}` defined twice");
        }
        names.insert(name.into(), given);
        Ok(self)
    }

    /// Defines an item of a store.
    ///
    /// # Errors
    ///
    /// If the name is taken.
    pub fn define(
        &mut self,
        _store: impl AsContext<Data = T>,
        module: &str,
        name: &str,
        item: impl Into<Extern>,
    ) -> Result<&mut Self> {
        self.insert(module, name, Given::Extern(item.into()))
    }

    /// Defines a host function whose type is that of a closure.
    ///
    /// # Errors
    ///
    /// If the name is taken.
    pub fn func_wrap<Params, Results>(
        &mut self,
        module: &str,
        name: &str,
        func: impl IntoFunc<T, Params, Results>,
    ) -> Result<&mut Self> {
        let host = func.into_func(&self.engine);
        self.insert(module, name, Given::Host(host))
    }

    /// Defines a host function of any type.
    ///
    /// # Errors
    ///
    /// If the name is taken.
    ///
    /// # Panics
    ///
    /// If `ty` belongs to another engine.
    pub fn func_new(
        &mut self,
        module: &str,
        name: &str,
        ty: FuncType,
        func: impl Fn(Caller<'_, T>, &[Val], &mut [Val]) -> Result<()> + Send + Sync + 'static,
    ) -> Result<&mut Self> {
        ty.check_engine(&self.engine);
        self.insert(module, name, Given::Host(dynamic(&ty, func)))
    }

    /// Defines all exports of an instance under a module name.
    ///
    /// # Errors
    ///
    /// If a name is taken.
    pub fn instance(
        &mut self,
        mut store: impl AsContextMut<Data = T>,
        module_name: &str,
        instance: Instance,
    ) -> Result<&mut Self> {
        for export in instance.exports(store.as_context_mut()) {
            self.insert(module_name, export.name(), Given::Extern(export.into_extern()))?;
        }
        Ok(self)
    }

    /// Instantiates a module and defines its exports under a module name; runs `_initialize` if it exports that. Of a module
    /// that exports `_start` (a command), each call of an exported function has an instance of its own.
    ///
    /// # Errors
    ///
    /// If it cannot be instantiated, or a name is taken.
    pub fn module(
        &mut self,
        mut store: impl AsContextMut<Data = T>,
        module_name: &str,
        module: &Module,
    ) -> Result<&mut Self> {
        if module.get_export("_start").is_some() && module.get_export("_initialize").is_none() {
            return self.command(module_name, module);
        }
        let instance = self.instantiate(&mut store, module)?;
        if let Some(init) = instance.get_func(&mut store, "_initialize") {
            init.call(&mut store, &[], &mut [])?;
        }
        self.instance(store, module_name, instance)
    }

    /// Defines the exported functions of a command.
    fn command(&mut self, module_name: &str, module: &Module) -> Result<&mut Self> {
        let pre = self.instantiate_pre(module)?;
        for export in module.exports() {
            let ExternType::Func(ty) = export.ty() else { continue };
            let (pre, name) = (pre.clone(), export.name().to_owned());
            self.func_new(module_name, export.name(), ty, move |mut caller, params, results| {
                let func = pre.instantiate(&mut caller)?.get_func(&mut caller, &name).expect("the module exports it");
                func.call(&mut caller, params, results)
            })?;
        }
        Ok(self)
    }

    /// Defines an item of a store under a name that stands alone: [`Linker::get`] with an empty second name.
    ///
    /// # Errors
    ///
    /// If the name is taken.
    pub fn define_name(
        &mut self,
        store: impl AsContext<Data = T>,
        name: &str,
        item: impl Into<Extern>,
    ) -> Result<&mut Self> {
        self.define(store, name, "", item)
    }

    /// Defines an item once more, under another name.
    ///
    /// # Errors
    ///
    /// If there is no such item, or the name is taken.
    pub fn alias(&mut self, module: &str, name: &str, as_module: &str, as_name: &str) -> Result<&mut Self> {
        let given = self.find(module, name).ok_or_else(|| anyhow!("no item named `{module}::{name}` defined"))?.clone();
        self.insert(as_module, as_name, given)
    }

    /// Defines the items of one module name under another one.
    ///
    /// # Errors
    ///
    /// If there is no such module, or a name is taken.
    pub fn alias_module(&mut self, module: &str, as_module: &str) -> Result<()> {
        let names = self.modules.get(module).ok_or_else(|| anyhow!("no module named `{module}` defined"))?.clone();
        for (name, given) in names {
            self.insert(as_module, &name, given)?;
        }
        Ok(())
    }

    /// Defines every function that `module` imports and that is not defined as one that fails when it is called.
    ///
    /// # Errors
    ///
    /// If the module imports something else that is not defined.
    pub fn define_unknown_imports_as_traps(&mut self, module: &Module) -> Result<()> {
        for import in module.imports() {
            if self.find(import.module(), import.name()).is_some() {
                continue;
            }
            let error = UnknownImportError { module: import.module().to_owned(), name: import.name().to_owned() };
            let ExternType::Func(ty) = import.ty() else { return Err(error.into()) };
            self.func_new(import.module(), import.name(), ty, move |_, _, _| Err(error.clone().into()))?;
        }
        Ok(())
    }

    /// Defines everything that `module` imports and that is not defined: functions give zeros and nulls, globals hold them,
    /// memories and tables have their initial sizes.
    ///
    /// # Errors
    ///
    /// If a type has no default value, or a memory or table cannot be had.
    pub fn define_unknown_imports_as_default_values(
        &mut self,
        mut store: impl AsContextMut<Data = T>,
        module: &Module,
    ) -> Result<()> {
        for import in module.imports() {
            let (first, second) = (import.module(), import.name());
            if self.find(first, second).is_some() {
                continue;
            }
            let default = |ty: &ValType| {
                let value = Val::default_for_ty(ty);
                value.ok_or_else(|| anyhow!("`{first}::{second}` needs a value of {ty}, which has no default"))
            };
            let item: Extern = match import.ty() {
                ExternType::Func(ty) => {
                    let values = ty.results().map(|ty| default(&ty)).collect::<Result<Vec<_>>>()?;
                    self.func_new(first, second, ty, move |_, _, results| {
                        results.clone_from_slice(&values);
                        Ok(())
                    })?;
                    continue;
                }
                ExternType::Global(ty) => Global::new(&mut store, ty, default(&ty.content())?)?.into(),
                ExternType::Memory(ty) => Memory::new(&mut store, ty)?.into(),
                ExternType::Table(ty) => {
                    let init = default(&ValType::Ref(ty.element()))?.ref_().expect("a reference");
                    Table::new(&mut store, ty, init)?.into()
                }
                ExternType::Tag(_) => bail!("`{first}::{second}` is a tag, which has no default"),
            };
            self.insert(first, second, Given::Extern(item))?;
        }
        Ok(())
    }

    fn find(&self, module: &str, name: &str) -> Option<&Given> {
        self.modules.get(module)?.get(name)
    }

    /// The definition of a name, in a store.
    pub fn get(&self, mut store: impl AsContextMut<Data = T>, module: &str, name: &str) -> Option<Extern> {
        let mut store = store.as_context_mut();
        let store = store.opaque();
        Some(match self.find(module, name)? {
            Given::Extern(item) => *item,
            Given::Host(host) => {
                let record = store.add_host_func(host);
                // SAFETY: the record was just made by this store.
                Extern::Func(unsafe { Func::from_raw(store.id(), record) })
            }
        })
    }

    /// The definition that an import of a module finds.
    pub fn get_by_import(&self, store: impl AsContextMut<Data = T>, import: &ImportType<'_>) -> Option<Extern> {
        self.get(store, import.module(), import.name())
    }

    /// The function that runs a module that [`Linker::module`] or [`Linker::instance`] defined: the export without a name, or
    /// `_start`. A module without either runs by doing nothing.
    ///
    /// # Errors
    ///
    /// If it is no function.
    pub fn get_default(&self, mut store: impl AsContextMut<Data = T>, module: &str) -> Result<Func> {
        for name in ["", "_start"] {
            match self.get(&mut store, module, name) {
                Some(Extern::Func(func)) => return Ok(func),
                Some(_) if name.is_empty() => bail!("the default export of `{module}` is no function"),
                _ => {}
            }
        }
        Ok(Func::wrap(store, || {}))
    }

    /// All definitions with their names, in no order.
    pub fn iter<'a: 'p, 'p>(
        &'a self,
        mut store: impl AsContextMut<Data = T> + 'p,
    ) -> impl Iterator<Item = (&'a str, &'a str, Extern)> + 'p {
        let names = self.modules.iter().flat_map(|(module, names)| names.keys().map(move |name| (&**module, &**name)));
        names.map(move |(module, name)| {
            (module, name, self.get(&mut store, module, name).expect("a name that is defined"))
        })
    }

    fn resolve(&self, module: &Module) -> Result<Vec<Given>> {
        module.check_engine(&self.engine)?;
        let resolve = |import: &gantry_abi::module::Import| {
            self.find(&import.module, &import.name).cloned().ok_or_else(|| {
                UnknownImportError { module: import.module.to_string(), name: import.name.to_string() }.into()
            })
        };
        module.info().imports.iter().map(resolve).collect()
    }

    /// Instantiates a module with the definitions.
    ///
    /// # Errors
    ///
    /// If an import is not defined ([`UnknownImportError`]), and as [`Instance::new`].
    pub fn instantiate(&self, mut store: impl AsContextMut<Data = T>, module: &Module) -> Result<Instance> {
        let given = self.resolve(module)?;
        let mut store = store.as_context_mut();
        let store = store.opaque();
        Instance::check_imports(store, module, &given)?;
        // SAFETY: the imports were just checked.
        unsafe { Instance::instantiate(store, module, &given) }
    }

    /// Finds and checks the imports of a module once, to instantiate it many times.
    ///
    /// # Errors
    ///
    /// If an import is not defined.
    pub fn instantiate_pre(&self, module: &Module) -> Result<InstancePre<T>> {
        let given = self.resolve(module)?;
        // Host functions belong to no store: their types can be checked now. Items of a store are checked there.
        let only_host = given.iter().all(|g| matches!(g, Given::Host(_)));
        if only_host {
            let store = crate::Store::new(&self.engine, ());
            Instance::check_imports(&store.inner().opaque, module, &given)?;
        }
        Ok(InstancePre { module: module.clone(), given: given.into(), checked: only_host, data: PhantomData })
    }
}

/// A module with its imports found and checked: [`Linker::instantiate_pre`].
///
/// ```
/// use gantry::{Engine, Linker, Module, Store};
/// let engine = Engine::default();
/// let module = Module::new(&engine, r#"(module (func (export "f") (result i32) (i32.const 1)))"#)?;
/// let pre = Linker::<()>::new(&engine).instantiate_pre(&module)?;
/// for _ in 0..10 {
///     let mut store = Store::new(&engine, ());
///     let instance = pre.instantiate(&mut store)?;
///     assert_eq!(instance.get_typed_func::<(), i32>(&mut store, "f")?.call(&mut store, ())?, 1);
/// }
/// # Ok::<(), gantry::Error>(())
/// ```
pub struct InstancePre<T> {
    module: Module,
    given: Arc<[Given]>,
    checked: bool,
    data: PhantomData<fn(T)>,
}

impl<T> Clone for InstancePre<T> {
    fn clone(&self) -> Self {
        Self { module: self.module.clone(), given: self.given.clone(), checked: self.checked, data: PhantomData }
    }
}

impl<T: 'static> InstancePre<T> {
    /// The module.
    pub fn module(&self) -> &Module {
        &self.module
    }

    /// Instantiates it.
    ///
    /// # Errors
    ///
    /// As [`Instance::new`].
    pub fn instantiate(&self, mut store: impl AsContextMut<Data = T>) -> Result<Instance> {
        let mut store = store.as_context_mut();
        let store = store.opaque();
        if self.checked {
            self.module.check_engine(store.engine())?;
        } else {
            Instance::check_imports(store, &self.module, &self.given)?;
        }
        // SAFETY: the imports were checked, now or, if they are all host functions of the same engine, by the linker.
        unsafe { Instance::instantiate(store, &self.module, &self.given) }
    }
}
