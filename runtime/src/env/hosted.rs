//! On top of std.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::ptr::null;
use std::sync::{self, MutexGuard, PoisonError, RwLockReadGuard, RwLockWriteGuard};

pub(crate) use std::io::Error;
pub(crate) use std::sync::OnceLock;

/// What the system did, or why it did not.
pub(crate) type Result<T> = std::result::Result<T, Error>;

/// Memory or address space could not be had.
pub(crate) fn out_of_memory() -> Error {
    std::io::ErrorKind::OutOfMemory.into()
}

/// This host cannot do something.
#[allow(dead_code, reason = "hosts that can do everything have no use for it")]
pub(crate) fn unsupported(what: &'static str) -> Error {
    Error::new(std::io::ErrorKind::Unsupported, what)
}

/// Mutual exclusion. Whoever panicked while it was held left the value in order.
#[derive(Debug, Default)]
pub(crate) struct Mutex<T>(sync::Mutex<T>);

impl<T> Mutex<T> {
    pub(crate) const fn new(value: T) -> Self {
        Self(sync::Mutex::new(value))
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Many readers or one writer. Whoever panicked while it was held left the value in order.
#[derive(Debug, Default)]
pub(crate) struct RwLock<T>(sync::RwLock<T>);

impl<T> RwLock<T> {
    pub(crate) fn read(&self) -> RwLockReadGuard<'_, T> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn write(&self) -> RwLockWriteGuard<'_, T> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a panic carries.
pub(crate) type Payload = Box<dyn std::any::Any + Send>;

/// Runs `f`; a panic ends here. What it may have left half done is the caller's to know.
#[inline]
pub(crate) fn catch<R>(f: impl FnOnce() -> R) -> std::result::Result<R, Payload> {
    catch_unwind(AssertUnwindSafe(f))
}

/// Lets a panic go on.
pub(crate) fn resume(payload: Payload) -> ! {
    resume_unwind(payload)
}

thread_local! {
    static CURRENT: Cell<*const ()> = const { Cell::new(null()) };
}

/// This thread's pointer, null at first. Signal handlers may ask.
#[inline]
pub(crate) fn current() -> *const () {
    CURRENT.get()
}

/// Changes this thread's pointer.
#[inline]
pub(crate) fn set_current(current: *const ()) {
    CURRENT.set(current);
}

/// Ends the process.
pub(crate) fn abort(why: std::fmt::Arguments<'_>) -> ! {
    eprintln!("gantry: {why}");
    std::process::abort()
}
