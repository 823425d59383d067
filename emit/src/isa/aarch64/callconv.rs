//! Calling conventions of aarch64: the wasm convention and AAPCS64.
//!
//! Sources: cranelift-codegen, `isa/aarch64/abi.rs`; Procedure Call Standard for the Arm 64-bit Architecture, section 6.
//! The wasm convention keeps x0 and x1 free (for an address, and for the callee of an indirect call), in both directions.

use crate::callconv::{CallConv, HostConv, RegisterLists, ReturnAreaRegister, VectorRegs};
use gantry_abi::AbiType;

const X2_TO_7: &[u8] = &[2, 3, 4, 5, 6, 7];
const V0_TO_7: &[u8] = &[0, 1, 2, 3, 4, 5, 6, 7];
const V8_TO_15: &[u8] = &[8, 9, 10, 11, 12, 13, 14, 15];
const X19_TO_28: &[u8] = &[19, 20, 21, 22, 23, 24, 25, 26, 27, 28];

const REGS: RegisterLists = RegisterLists { int: X2_TO_7, float: V0_TO_7, vector: VectorRegs::Float };

pub(crate) static TAIL: CallConv = CallConv {
    args: REGS,
    results: REGS,
    return_area: ReturnAreaRegister::Own(8),
    max_slot_align: 16,
    right_aligned: false,
    stack_align: 16,
    stack_header: 0,
    saved_int: X19_TO_28,
    saved_float: V8_TO_15,
};

pub(crate) static AAPCS64: HostConv = HostConv {
    args: &[0, 1, 2, 3, 4, 5, 6, 7],
    result: 0,
    shadow: 0,
    saved_int: X19_TO_28,
    saved_float: V8_TO_15,
    saved_float_type: AbiType::F64,
};
