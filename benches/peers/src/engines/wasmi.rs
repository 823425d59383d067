//! The `wasmi` crate: an interpreter that translates each function to code of its own when it is first called, or before.

use anyhow::{Context, Result, ensure};
use gantry_bench::engine::{Action, Compiled, Embedding, EngineKind, Run, Setup, Small};
use wasmi::{CompilationMode, Config, Engine, Linker, Module, Store, TypedFunc};

pub(super) fn all() -> Vec<EngineKind> {
    vec![EngineKind {
        name: "wasmi".to_owned(),
        version: "2.0.0".to_owned(),
        suites: &["compile", "instantiate", "call", "trap", "execute", "memory"],
        lacks: &[],
        external: false,
        create: Box::new(create),
    }]
}

fn create(_setup: &Setup) -> Result<Box<dyn Embedding>> {
    let mut config = Config::default();
    config.compilation_mode(CompilationMode::Eager);
    Ok(Box::new(Host(Engine::new(&config))))
}

struct Host(Engine);

impl Embedding for Host {
    fn compile(&self, wasm: &[u8]) -> Result<Box<dyn Compiled>> {
        Ok(Box::new(Code { engine: self.0.clone(), module: Module::new(&self.0, wasm)? }))
    }
}

struct Code {
    engine: Engine,
    module: Module,
}

/// Imported functions that trap; other imports have none.
fn linker(engine: &Engine, module: &Module) -> Result<Linker<()>> {
    let mut linker = Linker::new(engine);
    for import in module.imports() {
        let ty = import.ty().func().context("an import is no function")?;
        let trap =
            |_: wasmi::Caller<'_, ()>, _: &[wasmi::Val], _: &mut [wasmi::Val]| Err(wasmi::Error::new("imported"));
        linker.func_new(import.module(), import.name(), ty.clone(), trap)?;
    }
    Ok(linker)
}

impl Compiled for Code {
    fn runner(&self) -> Result<Run> {
        let mut store = Store::new(&self.engine, ());
        let instance = Linker::new(&self.engine).instantiate_and_start(&mut store, &self.module)?;
        let run: TypedFunc<i32, i64> = instance.get_typed_func(&store, "run")?;
        Ok(Box::new(move |n| Ok(run.call(&mut store, n)?)))
    }

    fn starter(&self) -> Result<Action> {
        let linker = linker(&self.engine, &self.module)?;
        let (engine, module) = (self.engine.clone(), self.module.clone());
        Ok(Box::new(move || {
            let mut store = Store::new(&engine, ());
            linker.instantiate_and_start(&mut store, &module)?;
            Ok(())
        }))
    }

    fn small(&self) -> Result<Box<dyn Small>> {
        let mut linker = Linker::new(&self.engine);
        linker.func_wrap("host", "nop", || {})?;
        linker.func_wrap("host", "add", |a: i32, b: i64| i64::from(a) + b)?;
        let mut store = Store::new(&self.engine, ());
        let instance = linker.instantiate_and_start(&mut store, &self.module)?;
        Ok(Box::new(Calls {
            nop: instance.get_typed_func(&store, "nop")?,
            into: instance.get_typed_func(&store, "in")?,
            call_nop: instance.get_typed_func(&store, "call_nop")?,
            call_add: instance.get_typed_func(&store, "call_add")?,
            trap: instance.get_typed_func(&store, "trap")?,
            fault: instance.get_typed_func(&store, "fault")?,
            store,
        }))
    }
}

struct Calls {
    store: Store<()>,
    nop: TypedFunc<(), ()>,
    into: TypedFunc<(i32, i64), i64>,
    call_nop: TypedFunc<i32, ()>,
    call_add: TypedFunc<i32, i64>,
    trap: TypedFunc<(), ()>,
    fault: TypedFunc<(), i32>,
}

impl Small for Calls {
    fn nop_in(&mut self, n: u32) -> Result<()> {
        (0..n).try_for_each(|_| Ok(self.nop.call(&mut self.store, ())?))
    }

    fn args_in(&mut self, n: u32) -> Result<()> {
        for i in 0..n {
            let result = self.into.call(&mut self.store, (1, i64::from(i)))?;
            ensure!(result == i64::from(i), "the result of a call is wrong");
        }
        Ok(())
    }

    fn nop_out(&mut self, n: u32) -> Result<()> {
        Ok(self.call_nop.call(&mut self.store, n.cast_signed())?)
    }

    fn args_out(&mut self, n: u32) -> Result<()> {
        let sum = self.call_add.call(&mut self.store, n.cast_signed())?;
        ensure!(sum == i64::from(n) * (i64::from(n) + 1) / 2, "the sum of calls is wrong");
        Ok(())
    }

    fn trap(&mut self, n: u32) -> Result<()> {
        (0..n).try_for_each(|_| {
            ensure!(self.trap.call(&mut self.store, ()).is_err(), "a call did not trap");
            Ok(())
        })
    }

    fn fault(&mut self, n: u32) -> Result<()> {
        (0..n).try_for_each(|_| {
            ensure!(self.fault.call(&mut self.store, ()).is_err(), "a call did not trap");
            Ok(())
        })
    }
}
