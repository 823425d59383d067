//! WASI preview 1 for command-line programs.
//!
//! The functions of the module `wasi_snapshot_preview1` are plain methods of [`WasiCtx`] over a [`GuestMemory`]: they know no
//! engine, so they are tested without one. The thin layer in `link.rs` hands them to a `gantry::Linker`.
//!
//! Three things hold everywhere:
//! - What a guest passes is never trusted. A pointer out of bounds is [`Errno::Fault`], a wrong flag is [`Errno::Inval`]; nothing
//!   panics, and nothing allocates in proportion to a number that the guest made up.
//! - A guest reaches files only through the directories it was given. Paths are resolved by `cap-std`; one that leads out is
//!   [`Errno::Notcapable`].
//! - Rights only shrink: from a preopened directory to what is opened below it, and by `fd_fdstat_set_rights`.
//!
//! Source: WASI snapshot preview 1, `wasi_snapshot_preview1.witx`.

#![forbid(unsafe_code)]

mod args;
mod clock;
mod ctx;
mod errno;
mod fd;
mod file;
mod functions;
mod link;
mod memory;
mod path;
mod poll;
mod process;
mod random;
mod readdir;
mod sock;
mod stdio;
mod sys;
mod table;
mod types;

#[cfg(test)]
mod tests;

pub use clock::{Clock, ClockId, SystemClock, VirtualClock};
pub use ctx::{WasiCtx, WasiCtxBuilder};
pub use errno::Errno;
pub use functions::{FUNCTIONS, Function, MODULE};
pub use link::{NoMemory, add_to_linker};
pub use memory::{GuestMemory, Scalar};
pub use process::I32Exit;
pub use random::{Random, SeededRandom, SystemRandom};
pub use stdio::OutputPipe;
pub use types::{DirPerms, FdFlags, FilePerms, FileType, FstFlags, LookupFlags, OpenFlags, Rights};
