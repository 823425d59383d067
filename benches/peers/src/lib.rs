//! Gantry and the `wasmtime` crate driven by the same source, so that both do exactly the same work; [`engines`] has more
//! peers, for `gantry-bench-peers`.

pub mod engines;

use serde::Deserialize;
use std::path::{Path, PathBuf};

/// A workload: a module that exports `run: (i32) -> i64`, which does `n` units of work and returns a checksum.
#[derive(Debug, Deserialize)]
pub struct Workload {
    /// Its name.
    pub name: String,
    /// File name of the module.
    pub file: String,
    /// Units of work of one run.
    pub n: i32,
    /// What `run(n)` returns, in decimal.
    pub expected: i64,
}

#[derive(Deserialize)]
struct Manifest {
    workload: Vec<Workload>,
}

/// The folder of the workloads.
pub fn workload_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../workloads")
}

/// All workloads.
pub fn workloads() -> Vec<Workload> {
    let path = workload_dir().join("workloads.toml");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    toml::from_str::<Manifest>(&text).expect("workloads.toml").workload
}

/// How memory accesses are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checks {
    /// By guard pages and hardware faults.
    Guard,
    /// By compare and branch; no signals.
    Explicit,
}

/// The module of the measurements of instantiation and calls.
pub const SMALL_MODULE: &str = r#"(module
    (import "host" "nop" (func $nop))
    (import "host" "add" (func $add (param i32 i64) (result i64)))
    (memory (export "memory") 1)
    (global $g (mut i32) (i32.const 7))
    (table 4 funcref)
    (elem (i32.const 0) func $nop $in)
    (data (i32.const 16) "some data")
    (func $in (export "in") (param i32 i64) (result i64) (local.get 1))
    (func (export "nop"))
    (func (export "call_nop") (param i32)
        (loop (call $nop) (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
    (func (export "call_add") (param i32) (result i64) (local i64)
        (loop (local.set 1 (call $add (local.get 0) (local.get 1)))
              (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
        (local.get 1)))"#;

macro_rules! side {
    ($(#[$doc:meta])* $name:ident = $engine:ident) => {
        $(#[$doc])*
        pub mod $name {
            use super::{Checks, Workload, workload_dir};
            use $engine::{Config, Engine, Instance, Linker, Module, Store, TypedFunc};

            /// An engine.
            pub fn engine(checks: Checks, threads: bool) -> Engine {
                let mut config = Config::new();
                config.signals_based_traps(checks == Checks::Guard);
                config.parallel_compilation(threads);
                Engine::new(&config).expect("engine")
            }

            /// Compiles `wasm`.
            pub fn compile(engine: &Engine, wasm: &[u8]) -> Module {
                Module::new(engine, wasm).expect("compiles")
            }

            /// A workload, ready to run.
            pub struct Runner {
                store: Store<()>,
                run: TypedFunc<i32, i64>,
                n: i32,
                expected: i64,
            }

            impl Runner {
                /// Compiles and instantiates it.
                pub fn new(engine: &Engine, workload: &Workload) -> Self {
                    let wasm = std::fs::read(workload_dir().join(&workload.file)).expect("workload");
                    let module = compile(engine, &wasm);
                    let mut store = Store::new(engine, ());
                    let instance = Instance::new(&mut store, &module, &[]).expect("instantiates");
                    let run = instance.get_typed_func(&mut store, "run").expect("exports run");
                    Self { store, run, n: workload.n, expected: workload.expected }
                }

                /// Runs it once and checks the result.
                pub fn run(&mut self) {
                    assert_eq!(self.run.call(&mut self.store, self.n).expect("runs"), self.expected);
                }
            }

            /// The small module, ready for measurements of calls.
            pub struct Small {
                /// The engine.
                pub engine: Engine,
                /// Imports resolved.
                pub pre: $engine::InstancePre<()>,
                /// A store with one instance.
                pub store: Store<()>,
                nop: TypedFunc<(), ()>,
                into: TypedFunc<(i32, i64), i64>,
                call_nop: TypedFunc<i32, ()>,
                call_add: TypedFunc<i32, i64>,
            }

            impl Small {
                /// Compiles and instantiates `wasm`, which is `SMALL_MODULE` in binary.
                pub fn new(checks: Checks, wasm: &[u8]) -> Self {
                    let engine = engine(checks, false);
                    let module = compile(&engine, wasm);
                    let mut linker = Linker::new(&engine);
                    linker.func_wrap("host", "nop", || {}).expect("links");
                    linker.func_wrap("host", "add", |a: i32, b: i64| i64::from(a) + b).expect("links");
                    let pre = linker.instantiate_pre(&module).expect("links");
                    let mut store = Store::new(&engine, ());
                    let instance = pre.instantiate(&mut store).expect("instantiates");
                    Self {
                        nop: instance.get_typed_func(&mut store, "nop").expect("export"),
                        into: instance.get_typed_func(&mut store, "in").expect("export"),
                        call_nop: instance.get_typed_func(&mut store, "call_nop").expect("export"),
                        call_add: instance.get_typed_func(&mut store, "call_add").expect("export"),
                        engine,
                        pre,
                        store,
                    }
                }

                /// A store and an instance, made and dropped.
                pub fn instantiate(&self) {
                    let mut store = Store::new(&self.engine, ());
                    self.pre.instantiate(&mut store).expect("instantiates");
                }

                /// An empty function called `n` times from the host.
                pub fn host_to_wasm_nop(&mut self, n: u32) {
                    for _ in 0..n {
                        self.nop.call(&mut self.store, ()).expect("runs");
                    }
                }

                /// A function with parameters and a result called `n` times from the host.
                pub fn host_to_wasm_args(&mut self, n: u32) {
                    for i in 0..n {
                        let result = self.into.call(&mut self.store, (1, i64::from(i))).expect("runs");
                        assert_eq!(result, i64::from(i));
                    }
                }

                /// An empty host function called `n` times from wasm.
                pub fn wasm_to_host_nop(&mut self, n: i32) {
                    self.call_nop.call(&mut self.store, n).expect("runs");
                }

                /// A host function with parameters and a result called `n` times from wasm.
                pub fn wasm_to_host_args(&mut self, n: i32) {
                    self.call_add.call(&mut self.store, n).expect("runs");
                }
            }
        }
    };
}

side! {
    /// Gantry.
    ours = gantry
}
side! {
    /// The `wasmtime` crate.
    theirs = wasmtime
}
