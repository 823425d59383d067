//! Instructions that access memory: tables of their operands, and of where their offsets are.

use crate::derive::WhyNot;
use wasm_encoder::{Instruction as I, ValType};
use wasmparser::Operator;

/// An access of memory: what it takes besides the address, and what it gives.
pub(super) struct Access {
    pub(super) memory: u32,
    pub(super) offset: u64,
    pub(super) value: Option<ValType>,
    pub(super) result: Option<ValType>,
}

/// What an instruction does to memory, if it loads or stores.
pub(super) fn access(op: &Operator<'_>) -> Result<Option<Access>, WhyNot> {
    macro_rules! find {
        ($($($name:ident)* => ($value:expr, $result:expr);)*) => {
            match op {
                $($(Operator::$name { memarg, .. })|* => (memarg, $value, $result),)*
                other if format!("{other:?}").contains("Atomic") => {
                    return Err(WhyNot::Atomics);
                }
                _ => return Ok(None),
            }
        };
    }
    let (memarg, value, result) = find! {
        I32Load I32Load8S I32Load8U I32Load16S I32Load16U => (None, Some(ValType::I32));
        I64Load I64Load8S I64Load8U I64Load16S I64Load16U I64Load32S I64Load32U => (None, Some(ValType::I64));
        F32Load => (None, Some(ValType::F32));
        F64Load => (None, Some(ValType::F64));
        V128Load V128Load8x8S V128Load8x8U V128Load16x4S V128Load16x4U V128Load32x2S V128Load32x2U V128Load8Splat
            V128Load16Splat V128Load32Splat V128Load64Splat V128Load32Zero V128Load64Zero => (None, Some(ValType::V128));
        V128Load8Lane V128Load16Lane V128Load32Lane V128Load64Lane => (Some(ValType::V128), Some(ValType::V128));
        I32Store I32Store8 I32Store16 => (Some(ValType::I32), None);
        I64Store I64Store8 I64Store16 I64Store32 => (Some(ValType::I64), None);
        F32Store => (Some(ValType::F32), None);
        F64Store => (Some(ValType::F64), None);
        V128Store V128Store8Lane V128Store16Lane V128Store32Lane V128Store64Lane => (Some(ValType::V128), None);
    };
    let wasmparser::MemArgTarget::Memory(memory) = memarg.target else { return Ok(None) };
    Ok(Some(Access { memory, offset: memarg.offset, value, result }))
}

/// The same access with another offset.
pub(super) fn with_offset<'a>(op: &I<'a>, offset: u64) -> Option<I<'a>> {
    let mut op = op.clone();
    macro_rules! set {
        ($($plain:ident)*; $($lane:ident)*) => {
            match &mut op {
                $(I::$plain(memarg) => memarg.offset = offset,)*
                $(I::$lane { memarg, .. } => memarg.offset = offset,)*
                _ => return None,
            }
        };
    }
    set! {
        I32Load I32Load8S I32Load8U I32Load16S I32Load16U I64Load I64Load8S I64Load8U I64Load16S I64Load16U I64Load32S
        I64Load32U F32Load F64Load V128Load V128Load8x8S V128Load8x8U V128Load16x4S V128Load16x4U V128Load32x2S
        V128Load32x2U V128Load8Splat V128Load16Splat V128Load32Splat V128Load64Splat V128Load32Zero V128Load64Zero
        I32Store I32Store8 I32Store16 I64Store I64Store8 I64Store16 I64Store32 F32Store F64Store V128Store;
        V128Load8Lane V128Load16Lane V128Load32Lane V128Load64Lane V128Store8Lane V128Store16Lane V128Store32Lane
        V128Store64Lane
    }
    Some(op)
}
