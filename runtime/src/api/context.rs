//! Access to a store, however it is held.

use crate::api::engine::Engine;
use crate::api::store::{StoreInner, StoreOpaque};
use anyhow::Result;

/// Shared access to a store.
pub struct StoreContext<'a, T: 'static>(pub(crate) &'a StoreInner<T>);

/// Exclusive access to a store.
pub struct StoreContextMut<'a, T: 'static>(pub(crate) &'a mut StoreInner<T>);

/// What gives shared access to a store: a [`crate::Store`], a [`crate::Caller`], or a reference to one.
pub trait AsContext {
    /// The embedder's value.
    type Data: 'static;
    /// The access.
    fn as_context(&self) -> StoreContext<'_, Self::Data>;
}

/// What gives exclusive access to a store.
pub trait AsContextMut: AsContext {
    /// The access.
    fn as_context_mut(&mut self) -> StoreContextMut<'_, Self::Data>;
}

impl<'a, T> StoreContext<'a, T> {
    /// The embedder's value.
    pub fn data(&self) -> &'a T {
        &self.0.data
    }

    /// The engine.
    pub fn engine(&self) -> &Engine {
        self.0.opaque.engine()
    }

    /// The fuel that is left: [`crate::Store::get_fuel`].
    ///
    /// # Errors
    ///
    /// If the engine was configured without fuel.
    pub fn get_fuel(&self) -> Result<u64> {
        self.0.opaque.fuel()
    }
}

impl<T> StoreContextMut<'_, T> {
    /// The embedder's value.
    pub fn data(&self) -> &T {
        &self.0.data
    }

    /// The embedder's value.
    pub fn data_mut(&mut self) -> &mut T {
        &mut self.0.data
    }

    /// The engine.
    pub fn engine(&self) -> &Engine {
        self.0.opaque.engine()
    }

    /// [`crate::Store::set_fuel`].
    ///
    /// # Errors
    ///
    /// If the engine was configured without fuel.
    pub fn set_fuel(&mut self, fuel: u64) -> Result<()> {
        self.0.opaque.set_fuel(fuel)
    }

    /// [`crate::Store::get_fuel`].
    ///
    /// # Errors
    ///
    /// If the engine was configured without fuel.
    pub fn get_fuel(&self) -> Result<u64> {
        self.0.opaque.fuel()
    }

    /// [`crate::Store::set_epoch_deadline`].
    pub fn set_epoch_deadline(&mut self, epochs: u64) {
        self.0.opaque.set_epoch_deadline(epochs);
    }

    pub(crate) fn opaque(&mut self) -> &mut StoreOpaque {
        &mut self.0.opaque
    }
}

impl<T> AsContext for StoreContext<'_, T> {
    type Data = T;
    fn as_context(&self) -> StoreContext<'_, T> {
        StoreContext(self.0)
    }
}

impl<T> AsContext for StoreContextMut<'_, T> {
    type Data = T;
    fn as_context(&self) -> StoreContext<'_, T> {
        StoreContext(self.0)
    }
}

impl<T> AsContextMut for StoreContextMut<'_, T> {
    fn as_context_mut(&mut self) -> StoreContextMut<'_, T> {
        StoreContextMut(self.0)
    }
}

impl<C: AsContext> AsContext for &C {
    type Data = C::Data;
    fn as_context(&self) -> StoreContext<'_, C::Data> {
        C::as_context(self)
    }
}

impl<C: AsContext> AsContext for &mut C {
    type Data = C::Data;
    fn as_context(&self) -> StoreContext<'_, C::Data> {
        C::as_context(self)
    }
}

impl<C: AsContextMut> AsContextMut for &mut C {
    fn as_context_mut(&mut self) -> StoreContextMut<'_, C::Data> {
        C::as_context_mut(self)
    }
}

impl<'a, T, C: AsContext<Data = T>> From<&'a C> for StoreContext<'a, T> {
    fn from(context: &'a C) -> Self {
        context.as_context()
    }
}

impl<'a, T, C: AsContextMut<Data = T>> From<&'a mut C> for StoreContext<'a, T> {
    fn from(context: &'a mut C) -> Self {
        let context: &'a C = context;
        context.as_context()
    }
}

impl<'a, T, C: AsContextMut<Data = T>> From<&'a mut C> for StoreContextMut<'a, T> {
    fn from(context: &'a mut C) -> Self {
        context.as_context_mut()
    }
}
