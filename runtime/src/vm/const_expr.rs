//! Evaluates constant expressions: the one implementation, for all backends.
//!
//! Invariants
//! K1. The instance's vmctx is initialized as far as validated expressions can see: imports, function records, and all globals
//!     before the one that is being initialized.

use crate::prelude::*;
use crate::vm::instance::InstanceData;
use crate::vm::records::VmCell;
use gantry_abi::module::{ConstExpr, ConstOp};
use gantry_abi::{FuncIndex, GlobalIndex};

/// The value of an expression, as a cell. References are zero-extended.
///
/// # Safety
///
/// K1 holds for `instance`, whose module the expression belongs to.
pub(crate) unsafe fn evaluate(instance: &InstanceData, expr: &ConstExpr) -> VmCell {
    // Nearly all expressions are a single constant.
    if let [op] = *expr.ops {
        // SAFETY: the caller promises K1.
        if let Some(value) = unsafe { leaf(instance, op) } {
            return value;
        }
    }
    let mut stack: Vec<VmCell> = Vec::with_capacity(expr.ops.len());
    for &op in &expr.ops {
        // SAFETY: the caller promises K1.
        let value = match unsafe { leaf(instance, op) } {
            Some(value) => value,
            None => {
                let b = stack.pop().expect("validated: two operands");
                let a = stack.pop().expect("validated: two operands");
                binary(op, a, b)
            }
        };
        stack.push(value);
    }
    stack.pop().expect("validated: one value")
}

/// The value of an operator without operands.
///
/// # Safety
///
/// As [`evaluate`].
unsafe fn leaf(instance: &InstanceData, op: ConstOp) -> Option<VmCell> {
    Some(match op {
        ConstOp::I32Const(v) => VmCell::from_u64(v.cast_unsigned().into()),
        ConstOp::I64Const(v) => VmCell::from_u64(v.cast_unsigned()),
        ConstOp::F32Const(bits) => VmCell::from_u64(bits.into()),
        ConstOp::F64Const(bits) => VmCell::from_u64(bits),
        ConstOp::V128Const(bits) => VmCell(bits.to_le_bytes()),
        ConstOp::RefNull => VmCell::default(),
        // SAFETY: the caller promises K1.
        ConstOp::GlobalGet(index) => unsafe { global(instance, index) },
        ConstOp::RefFunc(func) => VmCell::from_u64(func_ref(instance, func)),
        _ => return None,
    })
}

/// Address of the record of a function that can escape.
pub(crate) fn func_ref(instance: &InstanceData, func: FuncIndex) -> u64 {
    let slot = instance.module().info().functions[func].func_ref.expect("functions that are referred to escape");
    instance.field_address(instance.module().layout().func_refs.at(slot)) as u64
}

/// # Safety
///
/// As [`evaluate`].
unsafe fn global(instance: &InstanceData, index: GlobalIndex) -> VmCell {
    // SAFETY: by K1 imports are initialized.
    let cell = unsafe { instance.global_cell(index) };
    // SAFETY: by K1 the global is initialized.
    unsafe { cell.read() }
}

fn binary(op: ConstOp, a: VmCell, b: VmCell) -> VmCell {
    let (a32, b32) = (a.u32(), b.u32());
    let (a64, b64) = (a.u64(), b.u64());
    VmCell::from_u64(match op {
        ConstOp::I32Add => a32.wrapping_add(b32).into(),
        ConstOp::I32Sub => a32.wrapping_sub(b32).into(),
        ConstOp::I32Mul => a32.wrapping_mul(b32).into(),
        ConstOp::I64Add => a64.wrapping_add(b64),
        ConstOp::I64Sub => a64.wrapping_sub(b64),
        ConstOp::I64Mul => a64.wrapping_mul(b64),
        other => unreachable!("{other:?} has no operands"),
    })
}
