//! The end of a program, and what little else concerns its process.

use crate::{Errno, GuestMemory, WasiCtx};

/// A guest called `proc_exit`: the error that unwinds it. The number is the exit status, 0 for success.
///
/// Look for it with `error.downcast_ref::<I32Exit>()` when a call into a program fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("exited with status {0}")]
pub struct I32Exit(pub i32);

impl WasiCtx {
    /// Ends the program. There is no return: the caller unwinds the guest with what this gives.
    pub fn proc_exit(&mut self, status: u32) -> I32Exit {
        I32Exit(status.cast_signed())
    }

    /// Would raise a signal. Programs here receive none, so this is [`Errno::Notsup`].
    pub fn proc_raise(&mut self, _mem: &mut GuestMemory<'_>, _signal: u32) -> Result<(), Errno> {
        Err(Errno::Notsup)
    }

    /// Lets other threads of the host run.
    pub fn sched_yield(&mut self, _mem: &mut GuestMemory<'_>) -> Result<(), Errno> {
        std::thread::yield_now();
        Ok(())
    }
}
