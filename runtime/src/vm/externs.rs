//! Host values that wasm holds by handle.
//!
//! A handle is an index plus one, so that 0 is null. Values live as long as the store: without a collector nobody knows when
//! the last handle is gone.

use hashbrown::HashMap;
use std::any::Any;
use std::sync::Arc;

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
            // Values without size can share an address; identity is all that such a value has.
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
