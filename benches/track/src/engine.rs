//! What an engine is to a measurement.

use crate::inputs::Workload;
use anyhow::{Result, bail};
use std::ops::Range;
use std::path::Path;

/// An engine that can be measured, as data.
pub struct EngineKind {
    /// Its name in results: `winch`, `wasmtime-winch`.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Names of the suites that make sense for it.
    pub suites: &'static [&'static str],
    /// Classes of workloads that it cannot run.
    pub lacks: &'static [&'static str],
    /// Whether it runs in other processes: then instructions are not counted.
    pub external: bool,
    /// Makes one.
    #[allow(clippy::type_complexity, reason = "a constructor")]
    pub create: Box<dyn Fn(&Setup) -> Result<Box<dyn Embedding>> + Send + Sync>,
}

impl EngineKind {
    /// Whether it has what a workload needs.
    pub fn runs(&self, workload: &Workload) -> bool {
        !workload.classes().any(|class| self.lacks.contains(&class))
    }
}

/// How an engine is configured for a measurement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setup {
    /// Compile on all cores.
    pub threads: bool,
    /// Memory accesses are checked by guard pages and faults; otherwise by compare and branch.
    pub guards: bool,
    /// Initial contents of memories are mapped copy-on-write.
    pub cow: bool,
    /// What differs between machines is fixed: CPU features are those of x86-64-v3 on x86_64.
    pub pinned: bool,
}

impl Setup {
    /// The default configuration of an engine, on one thread.
    pub const DEFAULT: Self = Self { threads: false, guards: true, cow: true, pinned: false };
    /// What instructions are counted with.
    pub const COUNT: Self = Self { pinned: true, ..Self::DEFAULT };
}

/// The CPU features of x86-64-v3, by the names of cranelift-codegen's settings.
pub const X86_64_V3: [&str; 12] = [
    "has_cmpxchg16b",
    "has_sse3",
    "has_ssse3",
    "has_sse41",
    "has_sse42",
    "has_popcnt",
    "has_avx",
    "has_avx2",
    "has_fma",
    "has_bmi1",
    "has_bmi2",
    "has_lzcnt",
];

/// A module's `run` export, ready to be called: units of work to checksum.
pub type Run = Box<dyn FnMut(i32) -> Result<i64>>;

/// Something that is done once a call.
pub type Action = Box<dyn FnMut() -> Result<()>>;

/// An engine.
pub trait Embedding {
    /// Compiles a module.
    ///
    /// # Errors
    ///
    /// If the engine cannot compile it.
    fn compile(&self, wasm: &[u8]) -> Result<Box<dyn Compiled>>;

    /// Loads what [`Compiled::artifact`] gave.
    ///
    /// # Errors
    ///
    /// If the engine has no artifacts, or this is none of its own.
    fn load(&self, _artifact: &[u8]) -> Result<Box<dyn Compiled>> {
        bail!("this engine has no artifacts")
    }

    /// Loads a file that holds what [`Compiled::artifact`] gave.
    ///
    /// # Errors
    ///
    /// As [`Embedding::load`], or if the file cannot be read.
    fn load_file(&self, _path: &Path) -> Result<Box<dyn Compiled>> {
        bail!("this engine has no artifacts")
    }
}

/// A compiled module.
pub trait Compiled {
    /// Bytes of code of all functions, if the engine makes code.
    fn code_bytes(&self) -> Option<usize> {
        None
    }

    /// The artifact.
    ///
    /// # Errors
    ///
    /// If the engine has no artifacts.
    fn artifact(&self) -> Result<Vec<u8>> {
        bail!("this engine has no artifacts")
    }

    /// Where the code of functions is in this process: name and addresses.
    fn functions(&self) -> Vec<(String, Range<usize>)> {
        Vec::new()
    }

    /// Instantiates a module that has no imports and exports `run: (i32) -> i64`.
    ///
    /// # Errors
    ///
    /// If it is no such module.
    fn runner(&self) -> Result<Run>;

    /// Makes an instance in a store of its own, and drops both. Imported functions trap, other imports are not allowed.
    ///
    /// # Errors
    ///
    /// If it has imports that are no functions.
    fn starter(&self) -> Result<Action> {
        bail!("this engine has no instances of its own")
    }

    /// Instantiates [`crate::inputs::SMALL`].
    ///
    /// # Errors
    ///
    /// If it is another module.
    fn small(&self) -> Result<Box<dyn Small>> {
        bail!("this engine cannot be called")
    }
}

/// An instance of [`crate::inputs::SMALL`]. Each method does the same thing `n` times.
pub trait Small {
    /// Calls an empty function from the host.
    ///
    /// # Errors
    ///
    /// If a call fails, here and below.
    fn nop_in(&mut self, n: u32) -> Result<()>;
    /// Calls a function `(i32, i64) -> i64` from the host.
    ///
    /// # Errors
    ///
    /// If a call fails.
    fn args_in(&mut self, n: u32) -> Result<()>;
    /// Calls an empty host function from wasm.
    ///
    /// # Errors
    ///
    /// If a call fails.
    fn nop_out(&mut self, n: u32) -> Result<()>;
    /// Calls a host function `(i32, i64) -> i64` from wasm.
    ///
    /// # Errors
    ///
    /// If a call fails.
    fn args_out(&mut self, n: u32) -> Result<()>;
    /// Calls a function that executes `unreachable` from the host.
    ///
    /// # Errors
    ///
    /// If a call does not trap.
    fn trap(&mut self, n: u32) -> Result<()>;
    /// Calls a function that loads from beyond the end of memory from the host.
    ///
    /// # Errors
    ///
    /// If a call does not trap.
    fn fault(&mut self, n: u32) -> Result<()>;
}

/// Implements [`Embedding`], [`Compiled`] and [`Small`] in a module `$name` over a crate with the API of the `wasmtime` crate.
///
/// `$functions` is `fn(&Module) -> Vec<(String, Range<usize>)>`, see [`Compiled::functions`].
#[macro_export]
macro_rules! embedding {
    ($(#[$doc:meta])* $name:ident = $krate:ident, functions: $functions:path) => {
        $(#[$doc])*
        pub mod $name {
            use $crate::engine::{Action, Compiled, Embedding, Run, Setup, Small};
            use anyhow::{Result, anyhow, ensure};
            use std::ops::Range;
            use std::path::Path;
            use $krate::{Config, Engine, Instance, Linker, Module, Store, TypedFunc};

            /// The error of the engine as one of `anyhow`, whichever type it has.
            fn plain(error: impl std::fmt::Debug) -> anyhow::Error {
                anyhow!("{error:?}")
            }

            /// The parts of a configuration that a setup says.
            pub fn config(setup: &Setup) -> Config {
                let mut config = Config::new();
                config.signals_based_traps(setup.guards);
                config.parallel_compilation(setup.threads);
                config.memory_init_cow(setup.cow);
                config
            }

            /// An engine of this configuration.
            ///
            /// # Errors
            ///
            /// If there is none.
            pub fn create(config: &Config) -> Result<Box<dyn Embedding>> {
                Ok(Box::new(Host(Engine::new(config).map_err(plain)?)))
            }

            struct Host(Engine);

            impl Embedding for Host {
                fn compile(&self, wasm: &[u8]) -> Result<Box<dyn Compiled>> {
                    Ok(Box::new(Code(Module::new(&self.0, wasm).map_err(plain)?)))
                }

                fn load(&self, artifact: &[u8]) -> Result<Box<dyn Compiled>> {
                    // SAFETY: benchmarks load only artifacts that an engine of the same configuration made in this process.
                    let module = unsafe { Module::deserialize(&self.0, artifact) };
                    Ok(Box::new(Code(module.map_err(plain)?)))
                }

                fn load_file(&self, path: &Path) -> Result<Box<dyn Compiled>> {
                    // SAFETY: as above, and the file is in a folder of this process that nobody else writes to.
                    let module = unsafe { Module::deserialize_file(&self.0, path) };
                    Ok(Box::new(Code(module.map_err(plain)?)))
                }
            }

            struct Code(Module);

            impl Compiled for Code {
                fn code_bytes(&self) -> Option<usize> {
                    // The text is padded to whole pages, which would hide small changes.
                    Some($functions(&self.0).iter().map(|(_, range)| range.len()).sum())
                }

                fn artifact(&self) -> Result<Vec<u8>> {
                    self.0.serialize().map_err(plain)
                }

                fn functions(&self) -> Vec<(String, Range<usize>)> {
                    $functions(&self.0)
                }

                fn runner(&self) -> Result<Run> {
                    let mut store = Store::new(self.0.engine(), ());
                    let instance = Instance::new(&mut store, &self.0, &[]).map_err(plain)?;
                    let run = instance.get_typed_func::<i32, i64>(&mut store, "run").map_err(plain)?;
                    Ok(Box::new(move |n| run.call(&mut store, n).map_err(plain)))
                }

                fn starter(&self) -> Result<Action> {
                    let engine = self.0.engine().clone();
                    let mut linker = Linker::new(&engine);
                    linker.define_unknown_imports_as_traps(&self.0).map_err(plain)?;
                    let pre = linker.instantiate_pre(&self.0).map_err(plain)?;
                    Ok(Box::new(move || {
                        let mut store = Store::new(&engine, ());
                        pre.instantiate(&mut store).map(drop).map_err(plain)
                    }))
                }

                fn small(&self) -> Result<Box<dyn Small>> {
                    let mut linker = Linker::new(self.0.engine());
                    linker.func_wrap("host", "nop", || {}).map_err(plain)?;
                    linker.func_wrap("host", "add", |a: i32, b: i64| i64::from(a) + b).map_err(plain)?;
                    let mut store = Store::new(self.0.engine(), ());
                    let instance = linker.instantiate(&mut store, &self.0).map_err(plain)?;
                    Ok(Box::new(Calls {
                        nop: instance.get_typed_func(&mut store, "nop").map_err(plain)?,
                        into: instance.get_typed_func(&mut store, "in").map_err(plain)?,
                        call_nop: instance.get_typed_func(&mut store, "call_nop").map_err(plain)?,
                        call_add: instance.get_typed_func(&mut store, "call_add").map_err(plain)?,
                        trap: instance.get_typed_func(&mut store, "trap").map_err(plain)?,
                        fault: instance.get_typed_func(&mut store, "fault").map_err(plain)?,
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
                    (0..n).try_for_each(|_| self.nop.call(&mut self.store, ())).map_err(plain)
                }

                fn args_in(&mut self, n: u32) -> Result<()> {
                    for i in 0..n {
                        let result = self.into.call(&mut self.store, (1, i64::from(i))).map_err(plain)?;
                        ensure!(result == i64::from(i), "the result of a call is wrong");
                    }
                    Ok(())
                }

                fn nop_out(&mut self, n: u32) -> Result<()> {
                    self.call_nop.call(&mut self.store, n.cast_signed()).map_err(plain)
                }

                fn args_out(&mut self, n: u32) -> Result<()> {
                    let sum = self.call_add.call(&mut self.store, n.cast_signed()).map_err(plain)?;
                    ensure!(sum == i64::from(n) * (i64::from(n) + 1) / 2, "the sum of calls is wrong");
                    Ok(())
                }

                fn trap(&mut self, n: u32) -> Result<()> {
                    for _ in 0..n {
                        ensure!(self.trap.call(&mut self.store, ()).is_err(), "a call did not trap");
                    }
                    Ok(())
                }

                fn fault(&mut self, n: u32) -> Result<()> {
                    for _ in 0..n {
                        ensure!(self.fault.call(&mut self.store, ()).is_err(), "a call did not trap");
                    }
                    Ok(())
                }
            }
        }
    };
}
