//! Host values that wasm holds by handle.
//!
//! A handle is an index plus one, so that 0 is null. Values live as long as the store: without a collector nobody knows when
//! the last handle is gone.

use crate::prelude::*;
use alloc::sync::Arc;
use core::any::Any;
use hashbrown::HashMap;

/// A host value, shared.
pub(crate) type HostValue = Arc<dyn Any + Send + Sync>;

/// The host values of a store.
#[derive(Default)]
pub(crate) struct Externs {
    values: Vec<HostValue>,
    /// Handles by address, so that a value keeps its handle.
    handles: HashMap<usize, u32>,
}

impl Externs {
    /// The handle of a value. `None` if there are 2^32 of them.
    pub(crate) fn intern(&mut self, value: &HostValue) -> Option<u32> {
        let address = Arc::as_ptr(value).cast::<()>().addr();
        if let Some(&handle) = self.handles.get(&address) {
            return Some(handle);
        }
        let handle = u32::try_from(self.values.len() + 1).ok()?;
        self.values.push(value.clone());
        self.handles.insert(address, handle);
        Some(handle)
    }

    /// The value of a handle; `None` for null.
    ///
    /// # Panics
    ///
    /// If the handle was not made by this store.
    pub(crate) fn get(&self, handle: u32) -> Option<&HostValue> {
        let index = handle.checked_sub(1)?;
        Some(self.values.get(index as usize).expect("handles come from this store"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_has_one_handle_and_null_is_none() {
        let mut externs = Externs::default();
        let (a, b): (HostValue, HostValue) = (Arc::new(1), Arc::new(1));
        let units: [HostValue; 2] = [Arc::new(()), Arc::new(())];
        let handles = [&a, &b, &a, &units[0], &units[1], &a.clone()].map(|v| externs.intern(v).unwrap());
        assert_eq!(handles, [1, 2, 1, 3, 4, 1]);
        assert!(externs.get(0).is_none());
        assert!(Arc::ptr_eq(externs.get(2).unwrap(), &b));
    }
}
