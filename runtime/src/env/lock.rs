//! Locks that spin: there is nobody to ask for another thread's turn. They are held for short times, and not while code of
//! modules runs. An interrupt handler that takes one which the interrupted thread holds waits forever.
//!
//! Invariants
//! L1. `held` is true exactly while a guard exists. Only the guard gives access to the value.

use core::cell::UnsafeCell;
use core::hint::spin_loop;
use core::ops::{Deref, DerefMut};
use core::sync::atomic::{AtomicBool, Ordering};

/// Mutual exclusion.
#[derive(Debug, Default)]
pub(crate) struct Mutex<T> {
    held: AtomicBool,
    value: UnsafeCell<T>,
}

// SAFETY: by L1 one thread at a time has access to the value, which can be sent.
unsafe impl<T: Send> Sync for Mutex<T> {}

impl<T> Mutex<T> {
    pub(crate) const fn new(value: T) -> Self {
        Self { held: AtomicBool::new(false), value: UnsafeCell::new(value) }
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, T> {
        while self.held.compare_exchange_weak(false, true, Ordering::Acquire, Ordering::Relaxed).is_err() {
            spin_loop();
        }
        MutexGuard(self)
    }
}

/// Access to what a [`Mutex`] protects.
#[derive(Debug)]
pub(crate) struct MutexGuard<'a, T>(&'a Mutex<T>);

// SAFETY: a shared guard only gives shared access to the value.
unsafe impl<T: Sync> Sync for MutexGuard<'_, T> {}

impl<T> Deref for MutexGuard<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        // SAFETY: by L1 nobody else has access while the guard exists.
        unsafe { &*self.0.value.get() }
    }
}

impl<T> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: by L1 nobody else has access while the guard exists, which is borrowed exclusively.
        unsafe { &mut *self.0.value.get() }
    }
}

impl<T> Drop for MutexGuard<'_, T> {
    fn drop(&mut self) {
        self.0.held.store(false, Ordering::Release);
    }
}

/// As in std, but that readers exclude each other as well.
#[derive(Debug, Default)]
pub(crate) struct RwLock<T>(Mutex<T>);

impl<T> RwLock<T> {
    pub(crate) fn read(&self) -> MutexGuard<'_, T> {
        self.0.lock()
    }

    pub(crate) fn write(&self) -> MutexGuard<'_, T> {
        self.0.lock()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thread_at_a_time() {
        let (mutex, lock) = (Mutex::new(0), RwLock::<u32>::default());
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..500 {
                        let old = *mutex.lock();
                        assert!(old <= 2000);
                        *mutex.lock() += 1;
                        *lock.write() += 1;
                    }
                });
            }
        });
        assert_eq!((*mutex.lock(), *lock.read()), (2000, 2000));
    }
}
