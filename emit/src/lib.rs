//! Instruction emission shared by all of Gantry's backends.
//!
//! * [`isa`]: the registry of instruction sets; one folder each with registers, encoders, branch ranges, calling
//!   conventions and the assembler of trampolines.
//! * [`buffer`] and [`fixup`]: code under construction.
//! * [`callconv`]: where parameters and results are at a wasm call.
//! * [`function`]: the result of every backend.
//! * [`trampoline`]: adapters between calling conventions, for all backends.
//! * [`link`]: many functions to one text.
//! * [`elf`] and [`unwind`]: text and metadata to an image; [`program`]: an image that runs alone.
//! * `disasm` (feature `disasm`): code as text.
//!
//! ```
//! use gantry_abi::{AbiType, Libcall, Shape, ShapeIndex};
//! use gantry_emit::{ImageBuilder, Isa, Linker, Symbol, trampoline};
//!
//! let shape = Shape { params: Box::new([AbiType::I32]), results: Box::new([AbiType::V128]) };
//! let entry = Symbol::EntryTrampoline(ShapeIndex::from_u32(0));
//! let mut linker = Linker::new(Isa::Aarch64);
//! linker.append(entry, &trampoline::entry(Isa::Aarch64, &shape)?);
//! linker.append(Symbol::LibcallThunk(Libcall::trap), &trampoline::libcall_thunk(Isa::Aarch64, Libcall::trap)?);
//! let linked = linker.finish()?;
//! assert_eq!(linked.range(entry).unwrap().start, 0);
//!
//! let image = ImageBuilder::new(&linked).name(entry, "entry of (i32) -> v128").metadata(".note", b"hello").finish()?;
//! assert_eq!(&image[1..4], b"ELF");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

pub mod buffer;
pub mod callconv;
#[cfg(feature = "disasm")]
pub mod disasm;
pub mod elf;
pub mod fixup;
pub mod function;
pub mod isa;
pub mod link;
pub mod program;
pub mod trampoline;
pub mod unwind;

pub use buffer::{CodeBuffer, EmitError, Label};
pub use callconv::{AbiLayout, Loc};
pub use elf::{ImageBuilder, ImageError, WritableBuffer};
pub use function::*;
pub use isa::{HostAbi, Isa, Target};
pub use link::{LinkError, LinkedText, Linker};
