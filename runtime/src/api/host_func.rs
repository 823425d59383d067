//! Closures as host functions.
//!
//! For each type of closure there is a function with the array-call convention. It finds the closure and the store through the
//! callee's context, and never unwinds into compiled code: panics and errors are recorded and go on at the other side.

#![allow(non_snake_case, reason = "values of generic parameters are named as their types")]

use crate::api::context::StoreContextMut;
use crate::api::engine::Engine;
use crate::api::func::Caller;
use crate::api::store::StoreOpaque;
use crate::api::typed::{CellBox, StoreOpaqueRef, WasmParams, WasmTy};
use crate::api::types::FuncType;
use crate::api::value::Val;
use crate::env;
use crate::prelude::*;
use crate::vm::activation::{self, StopReason};
use crate::vm::host::{HostFunc, HostRecord};
use crate::vm::records::{VmCell, VmContext};
use anyhow::{Context, Result};
use smallvec::SmallVec;

/// What a closure may return: results, or a `Result` of them.
pub trait WasmRet: Send {
    /// The results.
    #[doc(hidden)]
    type Results: WasmParams;
    #[doc(hidden)]
    fn into_result(self) -> Result<Self::Results>;
}

macro_rules! plain_results {
    ($(($($t:ident),*))*) => { $(
        impl<$($t: WasmTy),*> WasmRet for ($($t,)*) {
            type Results = Self;
            #[inline]
            fn into_result(self) -> Result<Self> {
                Ok(self)
            }
        }

        impl<$($t: WasmTy),*> WasmRet for Result<($($t,)*)> {
            type Results = ($($t,)*);
            #[inline]
            fn into_result(self) -> Result<Self::Results> {
                self
            }
        }
    )* };
}
plain_results! { () (A) (A, B) (A, B, C) (A, B, C, D) (A, B, C, D, E) (A, B, C, D, E, F) (A, B, C, D, E, F, G) (A, B, C, D, E, F, G, H) }

impl<W: WasmTy> WasmRet for W {
    type Results = (W,);
    #[inline]
    fn into_result(self) -> Result<(W,)> {
        Ok((self,))
    }
}

impl<W: WasmTy> WasmRet for Result<W> {
    type Results = (W,);
    #[inline]
    fn into_result(self) -> Result<(W,)> {
        self.map(|v| (v,))
    }
}

/// A closure that can be a host function: its parameters are of [`WasmTy`], with or without a [`Caller`] in front.
pub trait IntoFunc<T, Params, Results>: Send + Sync + 'static {
    #[doc(hidden)]
    #[expect(private_interfaces, reason = "hidden; only this crate makes host functions")]
    fn into_func(self, engine: &Engine) -> HostFunc;
}

/// The record that an array call's context is.
///
/// # Safety
///
/// `callee` is the context of a host function of a live store.
#[inline]
unsafe fn record<'a>(callee: *mut VmContext) -> &'a HostRecord {
    // SAFETY: the caller promises that it is a record's context, whose address is the record's.
    unsafe { &*callee.cast::<HostRecord>() }
}

/// The access to a store that a host function gets.
///
/// # Safety
///
/// `record` is that of a host function of a `Store<T>`, called in this moment; `caller` is the context of its caller.
#[inline]
unsafe fn make_caller<'a, T: 'static>(record: &HostRecord, caller: *mut VmContext) -> Caller<'a, T> {
    // SAFETY: the caller promises the type of the store; the call that came here is suspended.
    let store = unsafe { StoreOpaque::inner_from_context::<T>(record.context.store) };
    Caller::new(StoreContextMut(store), caller)
}

/// Runs a host function, and turns what it does into what compiled code understands.
#[inline]
fn guard(run: impl FnOnce() -> Result<()>) -> bool {
    match env::catch(run) {
        Ok(Ok(())) => true,
        Ok(Err(error)) => {
            activation::stop_with(StopReason::Error(error));
            false
        }
        Err(payload) => {
            activation::stop_with(StopReason::Panic(payload));
            false
        }
    }
}

/// The cells of an array call.
///
/// # Safety
///
/// `values` is valid for `len` cells.
unsafe fn cells<'a>(values: *mut VmCell, len: usize) -> &'a mut [CellBox] {
    // SAFETY: the caller promises it; the representation is a cell's.
    unsafe { core::slice::from_raw_parts_mut(values.cast(), len) }
}

macro_rules! into_func {
    ($($p:ident)*) => {
        impl<T: 'static, Func, $($p,)* R> IntoFunc<T, ($($p,)*), R> for Func
        where
            Func: Fn($($p),*) -> R + Send + Sync + 'static,
            $($p: WasmTy,)*
            R: WasmRet,
        {
            #[expect(private_interfaces, reason = "hidden; only this crate makes host functions")]
            fn into_func(self, engine: &Engine) -> HostFunc {
                let with_caller = move |_: Caller<'_, T>, $($p: $p),*| self($($p),*);
                IntoFunc::<T, (Caller<'_, T>, $($p,)*), R>::into_func(with_caller, engine)
            }
        }

        impl<T: 'static, Func, $($p,)* R> IntoFunc<T, (Caller<'_, T>, $($p,)*), R> for Func
        where
            Func: Fn(Caller<'_, T>, $($p),*) -> R + Send + Sync + 'static,
            $($p: WasmTy,)*
            R: WasmRet,
        {
            #[expect(private_interfaces, reason = "hidden; only this crate makes host functions")]
            fn into_func(self, engine: &Engine) -> HostFunc {
                /// # Safety
                ///
                /// Called by compiled code or [`crate::Func::call`] with the context that was made for it.
                unsafe extern "C" fn array_call<T: 'static, Func, $($p,)* R>(
                    callee: *mut VmContext,
                    caller: *mut VmContext,
                    values: *mut VmCell,
                    len: usize,
                    _: *const u8,
                ) -> bool
                where
                    Func: Fn(Caller<'_, T>, $($p),*) -> R + Send + Sync + 'static,
                    $($p: WasmTy,)*
                    R: WasmRet,
                {
                    guard(|| {
                        // SAFETY: the caller passes the context that was made for this function.
                        let record = unsafe { record(callee) };
                        // SAFETY: the record's closure is of this type, and lives as long as its store.
                        let func = unsafe { &*record.closure.cast::<Func>() };
                        // SAFETY: the record belongs to a `Store<T>`: that is checked where host functions are made.
                        let mut caller: Caller<'_, T> = unsafe { make_caller(record, caller) };
                        // A constant that the optimizer can use; it is what `len` is.
                        let count = <($($p,)*)>::LEN.max(R::Results::LEN);
                        debug_assert!(len >= count, "array calls pass cells for all parameters and results");
                        // SAFETY: the caller passes the cells of the parameters and results.
                        let cells = unsafe { cells(values, count) };
                        let mut store = StoreOpaqueRef(caller.store.opaque());
                        // SAFETY: the cells hold values of the parameters' types.
                        let ($($p,)*) = unsafe { <($($p,)*)>::load_all(&mut store, cells) };
                        let context = record.context.store;
                        let results = func(caller, $($p),*).into_result()?;
                        // SAFETY: as above; the closure's access has ended.
                        let store = unsafe { StoreOpaque::inner_from_context::<T>(context) };
                        results.store_all(&mut StoreOpaqueRef(&mut store.opaque), cells)
                    })
                }
                let ty = FuncType::new(engine, <($($p,)*)>::valtypes(), R::Results::valtypes());
                HostFunc::new(ty.id(), self, array_call::<T, Self, $($p,)* R>)
            }
        }
    };
}

into_func! {}
into_func! { A }
into_func! { A B }
into_func! { A B C }
into_func! { A B C D }
into_func! { A B C D E }
into_func! { A B C D E F }
into_func! { A B C D E F G }
into_func! { A B C D E F G H }
into_func! { A B C D E F G H I }
into_func! { A B C D E F G H I J }
into_func! { A B C D E F G H I J K }
into_func! { A B C D E F G H I J K L }
into_func! { A B C D E F G H I J K L M }
into_func! { A B C D E F G H I J K L M N }
into_func! { A B C D E F G H I J K L M N O }
into_func! { A B C D E F G H I J K L M N O P }
into_func! { A B C D E F G H I J K L M N O P Q }

/// A closure over slices of values, with its type.
struct Dynamic<F> {
    ty: FuncType,
    func: F,
}

/// A host function of any type.
pub(crate) fn dynamic<T: 'static, F>(ty: &FuncType, func: F) -> HostFunc
where
    F: Fn(Caller<'_, T>, &[Val], &mut [Val]) -> Result<()> + Send + Sync + 'static,
{
    /// # Safety
    ///
    /// Called by compiled code or [`crate::Func::call`] with the context that was made for it.
    unsafe extern "C" fn array_call<T: 'static, F>(
        callee: *mut VmContext,
        caller: *mut VmContext,
        values: *mut VmCell,
        len: usize,
        _: *const u8,
    ) -> bool
    where
        F: Fn(Caller<'_, T>, &[Val], &mut [Val]) -> Result<()> + Send + Sync + 'static,
    {
        guard(|| {
            // SAFETY: the caller passes the context that was made for this function.
            let record = unsafe { record(callee) };
            // SAFETY: the record's closure is of this type, and lives as long as its store.
            let this = unsafe { &*record.closure.cast::<Dynamic<F>>() };
            // SAFETY: the record belongs to a `Store<T>`: that is checked where host functions are made.
            let mut caller: Caller<'_, T> = unsafe { make_caller(record, caller) };
            // SAFETY: the caller passes the cells of the parameters.
            let cells = unsafe { cells(values, len) };
            let ty = this.ty.raw();
            let store = caller.store.opaque();
            let params: SmallVec<[Val; 4]> = ty
                .params
                .iter()
                .zip(cells.iter())
                // SAFETY: the cells hold values of the parameters' types.
                .map(|(&ty, cell)| unsafe { Val::from_cell(store, cell.0, ty) })
                .collect();
            let mut results: SmallVec<[Val; 4]> =
                ty.results.iter().map(|ty| Val::default_for_ty(ty).unwrap_or(Val::FuncRef(None))).collect();
            let context = record.context.store;
            (this.func)(caller, &params, &mut results)?;
            // SAFETY: as above; the closure's access has ended.
            let store = unsafe { StoreOpaque::inner_from_context::<T>(context) };
            for (i, (result, &ty)) in results.iter().zip(&ty.results).enumerate() {
                result.check(&store.opaque, ty).with_context(|| format!("result {i} of a host function"))?;
                cells[i].0 = result.to_cell(&mut store.opaque)?;
            }
            Ok(())
        })
    }
    HostFunc::new(ty.id(), Dynamic { ty: ty.clone(), func }, array_call::<T, F>)
}
