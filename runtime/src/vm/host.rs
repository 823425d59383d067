//! Host functions.
//!
//! A [`HostFunc`] is a closure with the array-call function that runs it, independent of any store. In a store it becomes a
//! [`HostRecord`]: the context that compiled code passes back, and the function record that wasm refers to.
//!
//! Invariants
//! H1. `closure` is the address of the value inside `owner`, of the type that `array_call` was made for.
//! H2. Records live in boxes of their store until the store is dropped; so does the `owner` of their closure.

use crate::prelude::*;
use crate::vm::records::{ArrayCall, VmFuncRef, VmHostFunc, VmStoreContext};
use alloc::sync::Arc;
use core::any::Any;
use gantry_abi::TypeId;
use gantry_abi::layout::HOST_FUNC_MAGIC;

/// A host function, independent of any store.
#[derive(Clone)]
pub(crate) struct HostFunc {
    /// Identity of its type.
    pub(crate) ty: TypeId,
    pub(crate) array_call: ArrayCall,
    closure: *const (),
    pub(crate) owner: Arc<dyn Any + Send + Sync>,
}

// SAFETY: `closure` points into `owner`, which can be sent and shared.
unsafe impl Send for HostFunc {}
// SAFETY: as above.
unsafe impl Sync for HostFunc {}

impl HostFunc {
    /// A host function that `array_call` runs with the closure as context.
    pub(crate) fn new<F: Any + Send + Sync>(ty: TypeId, closure: F, array_call: ArrayCall) -> Self {
        let owner = Arc::new(closure);
        Self { ty, array_call, closure: Arc::as_ptr(&owner).cast(), owner }
    }
}

/// A host function in a store.
#[repr(C)]
pub(crate) struct HostRecord {
    /// What compiled code passes as the callee's context: first, so that its address is the record's.
    pub(crate) context: VmHostFunc,
    /// The closure: H1.
    pub(crate) closure: *const (),
    /// What wasm refers to.
    pub(crate) func_ref: VmFuncRef,
}

impl HostRecord {
    /// Records of functions, in a box because they refer to themselves. Each function comes with the exit trampoline for its
    /// type, or null.
    pub(crate) fn block<'a>(
        funcs: impl Iterator<Item = (&'a HostFunc, *const u8)>,
        store: *mut VmStoreContext,
    ) -> Box<[Self]> {
        let record = |(func, wasm_call): (&HostFunc, _)| {
            let array_call = func.array_call as *const u8;
            let context = VmHostFunc { magic: HOST_FUNC_MAGIC as usize, store, array_call };
            let type_id = func.ty.as_u32() as usize;
            let func_ref = VmFuncRef { wasm_call, array_call, vmctx: core::ptr::null_mut(), type_id };
            Self { context, closure: func.closure, func_ref }
        };
        let mut records: Box<[Self]> = funcs.map(record).collect();
        for record in &mut records {
            record.func_ref.vmctx = (&raw mut *record).cast();
        }
        records
    }
}
