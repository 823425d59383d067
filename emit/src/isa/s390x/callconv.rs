//! Calling conventions of s390x: the wasm convention and the ELF ABI.
//!
//! Sources: cranelift-codegen, `isa/s390x/abi.rs`; ELF Application Binary Interface, s390x Supplement, section 1.2.
//! Differences of the wasm convention: r6 and r7 pass values and are not preserved; stack arguments lie in the callee's
//! frame, above a register save area of their own that the callee pops with them; vectors are in little-endian lane order.

use crate::callconv::{CallConv, HostConv, RegisterLists, ReturnAreaRegister, VectorRegs};
use gantry_abi::AbiType;

/// Bytes of the register save area that a caller provides.
pub const SAVE_AREA: u32 = 160;

const F8_TO_15: &[u8] = &[8, 9, 10, 11, 12, 13, 14, 15];
const REGS: RegisterLists = RegisterLists {
    int: &[2, 3, 4, 5, 6, 7],
    float: &[0, 2, 4, 6],
    vector: VectorRegs::Own(&[24, 25, 26, 27, 28, 29, 30, 31]),
};

pub(crate) static TAIL: CallConv = CallConv {
    args: REGS,
    results: REGS,
    return_area: ReturnAreaRegister::FirstArgument,
    max_slot_align: 8,
    right_aligned: true,
    stack_align: 8,
    stack_header: SAVE_AREA,
    saved_int: &[8, 9, 10, 11, 12, 13, 14],
    saved_float: F8_TO_15,
};

/// Integer registers are saved in the caller's save area when a frame is made, so none is listed.
pub(crate) static ELF: HostConv = HostConv {
    args: &[2, 3, 4, 5, 6],
    result: 2,
    shadow: SAVE_AREA,
    saved_int: &[],
    saved_float: F8_TO_15,
    saved_float_type: AbiType::F64,
};
