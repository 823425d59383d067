//! The contract between Gantry's compilers and its runtime.
//!
//! Everything that two parts of the engine must agree on lives here and nowhere else: index spaces and types
//! ([`entity`], [`types`]), the description of a module ([`module`]), the memory layout of instances ([`layout`]), the
//! functions compiled code may call ([`libcalls`]), the reasons it may stop ([`traps`]), the options that shape it
//! ([`options`]), the features of WebAssembly ([`features`]) and the engine-wide identity of types ([`registry`]).
//!
//! ## Calling conventions
//!
//! * **wasm call**: Cranelift's `CallConv::Tail` with the signature
//!   `(callee_vmctx, caller_vmctx, params...) -> results`. Function references and function imports hold such an
//!   address together with the callee's vmctx.
//! * **array call**: the platform's C convention,
//!   `fn(callee_vmctx, caller_vmctx, values: *mut ValRaw, len: usize, wasm_call: *const u8) -> bool`. `values` has
//!   `max(params, results)` cells of 16 bytes, always little-endian; results overwrite parameters. `false` means that the
//!   callee stopped and that the reason stands in the store. An *entry trampoline* is the array-call form of every wasm
//!   function of one signature: it calls `wasm_call`. Host functions ignore that last argument.
//! * **libcall**: the platform's C convention with the parameters of [`libcalls`]. Compiled code calls the module's own
//!   *thunk* of the libcall, which records where wasm stopped, calls through the vmctx's pointer array and checks the
//!   result for the trap sentinel.
//!
//! ## Stopping
//!
//! An entry trampoline saves all callee-saved registers of the host's convention, stores its stack pointer, frame pointer
//! and the address of its landing pad in the store context ([`layout::StoreLayout`]), and calls. Whoever has to stop wasm
//! (signal handler, exit trampoline, libcall thunk) loads those three and jumps: the landing pad returns `false`. No
//! register but the stack and frame pointer survives such an edge. The host saves and restores the three fields, so that
//! activations nest.
//!
//! ## References
//!
//! A function reference is the address of a [`layout::FuncRefLayout`] record (null: 0), pointer-sized. Every other
//! reference is a 32-bit handle (null: 0) in registers, cells, tables and globals.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

pub mod artifact;
pub mod entity;
pub mod error;
pub mod features;
pub mod host_calls;
pub mod layout;
pub mod libcalls;
pub mod module;
pub mod offset_table;
pub mod options;
pub mod registry;
pub mod traps;
pub mod types;

pub use cranelift_entity::{EntityRef, PrimaryMap, SecondaryMap, packed_option::PackedOption};
pub use entity::*;
pub use error::CompileError;
pub use features::{Feature, FeatureSet};
pub use layout::{StoreLayout, VmLayout};
pub use libcalls::Libcall;
pub use module::ModuleInfo;
pub use options::{CompileOptions, OptLevel};
pub use traps::Trap;
pub use types::*;
