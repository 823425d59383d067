//! The Pulley virtual machine: runs the bytecode that Gantry's compilers make for the targets `pulley32` and `pulley64`.
//!
//! The bytecode is portable; its opcode table is that of the crate `pulley-interpreter`, of which nothing else is used. When a
//! function is called for the first time it is predecoded into cells ([`Code`]), which an executor runs:
//!
//! * the portable one is a loop around a `match`, for any host that Rust has;
//! * the fast one is direct-threaded: handlers in assembly, where the host has them. What has no handler goes through the
//!   portable one's meaning of the operation, so that there is one meaning of each.
//!
//! Neither needs executable memory, nor signal handlers, unless accesses of guarded memories are to go unchecked
//! ([`CodeOptions::guarded_memories`]).
#![no_std]

extern crate alloc;

mod cell;
mod checked;
mod code;
mod exec;
mod handlers;
mod machine;
mod op;
mod predecode;
mod profile;
mod state;
mod widths;

pub use checked::{Access, call_checked, call_observed};
pub use code::{Code, CodeOptions, Malformed, PatternSet, Slot};
pub use handlers::{FAST, landing};
pub use machine::{Machine, NATIVE_STACK_BYTES, OutOfMemory, Stop, call};
pub use profile::Profile;
pub use state::{HostCall, Registers, SP, State, TrapKind};
