//! Values that are made when they are first asked for. Two threads may make one at the same time: the first one stays.
//!
//! Invariants
//! O1. `value` is null, or came from `Box::into_raw`, and does not change any more until the owner is dropped.

use alloc::boxed::Box;
use core::fmt;
use core::marker::PhantomData;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, Ordering};

/// A value that is made once.
pub(crate) struct OnceLock<T> {
    value: AtomicPtr<T>,
    owned: PhantomData<Box<T>>,
}

// SAFETY: sharing shares the value with threads, and one of those may have made it.
unsafe impl<T: Send + Sync> Sync for OnceLock<T> {}

impl<T> OnceLock<T> {
    pub(crate) const fn new() -> Self {
        Self { value: AtomicPtr::new(null_mut()), owned: PhantomData }
    }

    pub(crate) fn get(&self) -> Option<&T> {
        // SAFETY: by O1 the value lives as long as `self`. It was complete before its address was stored.
        unsafe { self.value.load(Ordering::Acquire).as_ref() }
    }

    pub(crate) fn get_or_init(&self, make: impl FnOnce() -> T) -> &T {
        if let Some(value) = self.get() {
            return value;
        }
        let made = Box::into_raw(Box::new(make()));
        match self.value.compare_exchange(null_mut(), made, Ordering::AcqRel, Ordering::Acquire) {
            // SAFETY: by O1 the value now lives as long as `self`.
            Ok(_) => unsafe { &*made },
            Err(first) => {
                // SAFETY: the box was made above, and nobody else knows it.
                drop(unsafe { Box::from_raw(made) });
                // SAFETY: by O1 the value lives as long as `self`.
                unsafe { &*first }
            }
        }
    }
}

impl<T> Drop for OnceLock<T> {
    fn drop(&mut self) {
        let value = *self.value.get_mut();
        if !value.is_null() {
            // SAFETY: by O1 it came from a box, and whoever borrowed from it is gone.
            drop(unsafe { Box::from_raw(value) });
        }
    }
}

impl<T: Clone> Clone for OnceLock<T> {
    fn clone(&self) -> Self {
        let value = self.get().map_or(null_mut(), |value| Box::into_raw(Box::new(value.clone())));
        Self { value: AtomicPtr::new(value), owned: PhantomData }
    }
}

impl<T: fmt::Debug> fmt::Debug for OnceLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OnceLock").field(&self.get()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::sync::Arc;

    #[test]
    fn the_first_value_stays_and_every_value_is_dropped() {
        let (kept, counted) = (OnceLock::new(), Arc::new(()));
        assert!(kept.get().is_none());
        std::thread::scope(|scope| {
            for i in 0..4 {
                let (kept, counted) = (&kept, &counted);
                scope.spawn(move || kept.get_or_init(|| (i, counted.clone())).0);
            }
        });
        let first = kept.get().unwrap().0;
        assert_eq!(kept.get_or_init(|| unreachable!()).0, first);
        assert_eq!(kept.clone().get().unwrap().0, first);
        assert_eq!(Arc::strong_count(&counted), 2);
        drop(kept);
        assert_eq!(Arc::strong_count(&counted), 1);
    }
}
