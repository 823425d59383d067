//! The `wasmer` crate with its compilers on Cranelift and of a single pass.

use anyhow::{Context, Result, ensure};
use gantry_bench::engine::{Action, Compiled, Embedding, EngineKind, Run, Setup, Small};
use std::num::NonZero;
use std::path::Path;
use wasmer::sys::{Cranelift, EngineBuilder, Singlepass, Target, Triple};
use wasmer::{Engine, Exports, Function, Imports, Instance, Module, RuntimeError, Store, TypedFunction};

/// Not `compile`, whose clock is the caller's processor time: wasmer always compiles on threads of a pool.
const SUITES: &[&str] = &["compile-parallel", "instantiate", "call", "trap", "execute", "artifact", "memory"];

pub(super) fn all() -> Vec<EngineKind> {
    let kind = |name: &str, lacks, builder: fn(NonZero<usize>) -> EngineBuilder| EngineKind {
        name: name.to_owned(),
        // 7.4 needs one release of Cranelift's crates, 0.135.0, and so cannot be built beside Gantry.
        version: "7.3.0".to_owned(),
        suites: SUITES,
        lacks,
        external: false,
        create: Box::new(move |setup| create(setup, builder)),
    };
    let cranelift = |threads| {
        let mut compiler = Cranelift::new();
        compiler.num_threads(threads);
        EngineBuilder::new(compiler)
    };
    let singlepass = |threads| {
        let mut compiler = Singlepass::new();
        // The other engines leave NaNs as they come, too.
        compiler.canonicalize_nans(false);
        compiler.num_threads = threads;
        EngineBuilder::new(compiler)
    };
    vec![kind("wasmer-cranelift", &[], cranelift), kind("wasmer-singlepass", &["simd"], singlepass)]
}

fn create(setup: &Setup, builder: fn(NonZero<usize>) -> EngineBuilder) -> Result<Box<dyn Embedding>> {
    let threads = if setup.threads { std::thread::available_parallelism()? } else { NonZero::<usize>::MIN };
    let mut builder = builder(threads);
    if setup.pinned && cfg!(target_arch = "x86_64") {
        builder = builder.set_target(Some(x86_64_v3()));
    }
    Ok(Box::new(Host(builder.engine().into())))
}

/// [`gantry_bench::engine::X86_64_V3`] by wasmer's names.
fn x86_64_v3() -> Target {
    use wasmer::sys::CpuFeature::{AVX, AVX2, BMI1, BMI2, FMA, LZCNT, POPCNT, SSE2, SSE3, SSE41, SSE42, SSSE3};
    let features = SSE2 | SSE3 | SSSE3 | SSE41 | SSE42 | POPCNT | AVX | AVX2 | FMA | BMI1 | BMI2 | LZCNT;
    Target::new(Triple::host(), features)
}

struct Host(Engine);

impl Embedding for Host {
    fn compile(&self, wasm: &[u8]) -> Result<Box<dyn Compiled>> {
        Ok(Box::new(Code { engine: self.0.clone(), module: Module::from_binary(&self.0, wasm)? }))
    }

    fn load(&self, artifact: &[u8]) -> Result<Box<dyn Compiled>> {
        // SAFETY: benchmarks load only artifacts that an engine of the same configuration made in this process.
        let module = unsafe { Module::deserialize(&self.0, artifact) }?;
        Ok(Box::new(Code { engine: self.0.clone(), module }))
    }

    fn load_file(&self, path: &Path) -> Result<Box<dyn Compiled>> {
        // SAFETY: as above, and the file is in a folder of this process that nobody else writes to.
        let module = unsafe { Module::deserialize_from_file(&self.0, path) }?;
        Ok(Box::new(Code { engine: self.0.clone(), module }))
    }
}

struct Code {
    engine: Engine,
    module: Module,
}

impl Compiled for Code {
    fn artifact(&self) -> Result<Vec<u8>> {
        Ok(self.module.serialize()?.to_vec())
    }

    fn runner(&self) -> Result<Run> {
        let mut store = Store::new(self.engine.clone());
        let instance = Instance::new(&mut store, &self.module, &Imports::new())?;
        let run: TypedFunction<i32, i64> = instance.exports.get_typed_function(&store, "run")?;
        Ok(Box::new(move |n| Ok(run.call(&mut store, n)?)))
    }

    fn starter(&self) -> Result<Action> {
        let (engine, module) = (self.engine.clone(), self.module.clone());
        // Functions belong to a store here, so that making them is a part of starting.
        Ok(Box::new(move || {
            let mut store = Store::new(engine.clone());
            let mut imports = Imports::new();
            for import in module.imports() {
                let ty = import.ty().func().context("an import is no function")?.clone();
                let trap = Function::new(&mut store, ty, |_| Err(RuntimeError::new("imported")));
                imports.define(import.module(), import.name(), trap);
            }
            Instance::new(&mut store, &module, &imports)?;
            Ok(())
        }))
    }

    fn small(&self) -> Result<Box<dyn Small>> {
        let mut store = Store::new(self.engine.clone());
        let mut host = Exports::new();
        host.insert("nop", Function::new_typed(&mut store, || {}));
        host.insert("add", Function::new_typed(&mut store, |a: i32, b: i64| i64::from(a) + b));
        let mut imports = Imports::new();
        imports.register_namespace("host", host);
        let instance = Instance::new(&mut store, &self.module, &imports)?;
        Ok(Box::new(Calls {
            nop: instance.exports.get_typed_function(&store, "nop")?,
            into: instance.exports.get_typed_function(&store, "in")?,
            call_nop: instance.exports.get_typed_function(&store, "call_nop")?,
            call_add: instance.exports.get_typed_function(&store, "call_add")?,
            trap: instance.exports.get_typed_function(&store, "trap")?,
            fault: instance.exports.get_typed_function(&store, "fault")?,
            store,
        }))
    }
}

struct Calls {
    store: Store,
    nop: TypedFunction<(), ()>,
    into: TypedFunction<(i32, i64), i64>,
    call_nop: TypedFunction<i32, ()>,
    call_add: TypedFunction<i32, i64>,
    trap: TypedFunction<(), ()>,
    fault: TypedFunction<(), i32>,
}

impl Small for Calls {
    fn nop_in(&mut self, n: u32) -> Result<()> {
        (0..n).try_for_each(|_| Ok(self.nop.call(&mut self.store)?))
    }

    fn args_in(&mut self, n: u32) -> Result<()> {
        for i in 0..n {
            let result = self.into.call(&mut self.store, 1, i64::from(i))?;
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
            ensure!(self.trap.call(&mut self.store).is_err(), "a call did not trap");
            Ok(())
        })
    }

    fn fault(&mut self, n: u32) -> Result<()> {
        (0..n).try_for_each(|_| {
            ensure!(self.fault.call(&mut self.store).is_err(), "a call did not trap");
            Ok(())
        })
    }
}
