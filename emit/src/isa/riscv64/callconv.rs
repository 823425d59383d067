//! Calling conventions of riscv64: the wasm convention and LP64D.
//!
//! Sources: cranelift-codegen, `isa/riscv64/abi.rs`; RISC-V ABIs Specification, chapter 2. The wasm convention returns two
//! values per class in registers and passes vectors in memory.

use crate::callconv::{CallConv, HostConv, RegisterLists, ReturnAreaRegister, VectorRegs};
use gantry_abi::AbiType;

const A0_TO_7: &[u8] = &[10, 11, 12, 13, 14, 15, 16, 17];
const SAVED_INT: &[u8] = &[9, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27];
const SAVED_FLOAT: &[u8] = &[8, 9, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27];

pub(crate) static TAIL: CallConv = CallConv {
    args: RegisterLists { int: A0_TO_7, float: A0_TO_7, vector: VectorRegs::None },
    results: RegisterLists { int: &[10, 11], float: &[10, 11], vector: VectorRegs::None },
    return_area: ReturnAreaRegister::FirstArgument,
    max_slot_align: 16,
    right_aligned: false,
    stack_align: 16,
    stack_header: 0,
    saved_int: SAVED_INT,
    saved_float: SAVED_FLOAT,
};

pub(crate) static LP64D: HostConv = HostConv {
    args: A0_TO_7,
    result: 10,
    shadow: 0,
    saved_int: SAVED_INT,
    saved_float: SAVED_FLOAT,
    saved_float_type: AbiType::F64,
};
