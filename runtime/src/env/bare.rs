//! On top of `core`, `alloc`, and the functions of `include/gantry-platform.h`.

use core::convert::Infallible;
use core::fmt;

pub(crate) use super::lock::{Mutex, RwLock};
pub(crate) use super::once::OnceLock;

/// What the system could not do.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Error(&'static str);

/// What the system did, or why it did not.
pub(crate) type Result<T> = core::result::Result<T, Error>;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl core::error::Error for Error {}

/// Memory could not be had.
pub(crate) fn out_of_memory() -> Error {
    Error("out of memory")
}

/// This host cannot do something.
pub(crate) fn unsupported(what: &'static str) -> Error {
    Error(what)
}

/// What a panic carries: none comes here.
pub(crate) type Payload = Infallible;

/// Runs `f`. A panic does not come back.
#[inline]
pub(crate) fn catch<R>(f: impl FnOnce() -> R) -> core::result::Result<R, Payload> {
    Ok(f())
}

/// Lets a panic go on: there is none.
pub(crate) fn resume(payload: Payload) -> ! {
    match payload {}
}

unsafe extern "C" {
    safe fn gantry_tls_get() -> *mut u8;
    safe fn gantry_tls_set(value: *mut u8);
}

/// This thread's pointer, null at first.
#[inline]
pub(crate) fn current() -> *const () {
    gantry_tls_get().cast()
}

/// Changes this thread's pointer.
#[inline]
pub(crate) fn set_current(current: *const ()) {
    gantry_tls_set(current.cast_mut().cast());
}

/// Ends the program: panics do not unwind.
pub(crate) fn abort(why: core::fmt::Arguments<'_>) -> ! {
    panic!("gantry: {why}")
}
