//! Gantry's embedding API: run WebAssembly from Rust.
//!
//! Names and shapes follow the `wasmtime` crate wherever the same thing exists.
//!
//! ```
//! use gantry::{Engine, Instance, Module, Store};
//!
//! let engine = Engine::default();
//! let module = Module::new(&engine, r#"(module (func (export "add") (param i32 i32) (result i32)
//!     (i32.add (local.get 0) (local.get 1))))"#)?;
//! let mut store = Store::new(&engine, ());
//! let instance = Instance::new(&mut store, &module, &[])?;
//! let add = instance.get_typed_func::<(i32, i32), i32>(&mut store, "add")?;
//! assert_eq!(add.call(&mut store, (2, 3))?, 5);
//! # Ok::<(), gantry::Error>(())
//! ```
//!
//! [`Engine`] and [`Module`] are shared by threads; everything else belongs to a [`Store`]. Calls that trap give an error
//! whose cause is a [`Trap`] and whose context is a [`WasmBacktrace`].
//!
//! ## Without std
//!
//! Without the feature `std` (and so without `compile` and `wat`) this crate is `no_std` with `alloc`, and asks of its host the
//! functions of `include/gantry-platform.h`. It loads artifacts of bytecode (`gantry compile --target pulley64`) from memory and
//! interprets them ([`PULLEY`]). Panics end the program, names and lines of debug information are not read.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod api;
#[cfg_attr(not(feature = "std"), path = "no_cpu.rs")]
mod cpu;
mod env;
mod prelude;
mod sys;
mod vm;

pub use api::backtrace::{FrameInfo, FrameSymbol, WasmBacktrace};
pub use api::config::{Config, PULLEY, PULLEY_PORTABLE, PULLEY_SINGLE, Strategy, WasmBacktraceDetails};
pub use api::context::{AsContext, AsContextMut, StoreContext, StoreContextMut};
pub use api::engine::{Engine, Precompiled};
pub use api::externals::{Extern, Global, Memory, MemoryAccessError, Table};
pub use api::func::{Caller, Func};
pub use api::host_func::{IntoFunc, WasmRet};
pub use api::instance::{ExecutionCounts, Export, Instance};
pub use api::limits::{ResourceLimiter, StoreLimits, StoreLimitsBuilder};
pub use api::linker::{InstancePre, Linker, UnknownImportError};
pub use api::module::Module;
pub use api::store::{Store, UpdateDeadline};
pub use api::typed::{TypedFunc, WasmParams, WasmResults, WasmTy};
pub use api::types::{
    ExportType, ExternType, FuncType, GlobalType, HeapType, ImportType, MemoryType, Mutability, RefType, TableType,
    ValType,
};
pub use api::value::{ExternRef, Ref, V128, Val};
pub use gantry_abi::artifact::Header;
pub use gantry_abi::features::Stage;
pub use gantry_abi::{CompileError, CompileOptions, Feature, FeatureSet, OptLevel, Trap};
pub use gantry_pulley::PatternSet;

#[cfg(feature = "compile")]
pub use gantry_compile::BackendKind;

/// The error of most functions.
pub use anyhow::Error;

/// A result with [`struct@Error`].
pub type Result<T, E = Error> = core::result::Result<T, E>;
