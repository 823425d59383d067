//! Constant expressions, which the runtime evaluates.

use super::types;
use crate::features::invalid;
use gantry_abi::module::{ConstExpr, ConstOp};
use gantry_abi::{CompileError, Feature, FuncIndex, GlobalIndex};
use wasmparser::Operator;

/// Reads a validated constant expression.
pub(super) fn const_expr(expr: &wasmparser::ConstExpr<'_>) -> Result<ConstExpr, CompileError> {
    let mut ops = Vec::new();
    let mut reader = expr.get_operators_reader();
    while !reader.eof() {
        ops.push(match reader.read().map_err(|e| invalid(&e))? {
            Operator::I32Const { value } => ConstOp::I32Const(value),
            Operator::I64Const { value } => ConstOp::I64Const(value),
            Operator::F32Const { value } => ConstOp::F32Const(value.bits()),
            Operator::F64Const { value } => ConstOp::F64Const(value.bits()),
            Operator::V128Const { value } => ConstOp::V128Const(u128::from_le_bytes(*value.bytes())),
            Operator::GlobalGet { global_index } => ConstOp::GlobalGet(GlobalIndex::from_u32(global_index)),
            Operator::RefNull { hty } => {
                types::heap_type(hty)?;
                ConstOp::RefNull
            }
            Operator::RefFunc { function_index } => ConstOp::RefFunc(FuncIndex::from_u32(function_index)),
            Operator::I32Add => ConstOp::I32Add,
            Operator::I32Sub => ConstOp::I32Sub,
            Operator::I32Mul => ConstOp::I32Mul,
            Operator::I64Add => ConstOp::I64Add,
            Operator::I64Sub => ConstOp::I64Sub,
            Operator::I64Mul => ConstOp::I64Mul,
            Operator::End => continue,
            // All others that are constant belong to garbage collection.
            _ => return Err(CompileError::not_yet(Feature::Gc)),
        });
    }
    Ok(ConstExpr { ops: ops.into() })
}

/// The value of an expression that is a single integer constant: a 32-bit one zero-extended.
pub(super) fn constant_offset(expr: &ConstExpr) -> Option<u64> {
    match *expr.ops {
        [ConstOp::I32Const(value)] => Some(u64::from(value.cast_unsigned())),
        [ConstOp::I64Const(value)] => Some(value.cast_unsigned()),
        _ => None,
    }
}
