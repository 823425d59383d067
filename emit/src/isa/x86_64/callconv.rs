//! Calling conventions of x86_64: the wasm convention, System V and Windows.
//!
//! Sources: cranelift-codegen, `isa/x64/abi.rs`; System V ABI, AMD64 supplement, section 3.2; Microsoft's x64 calling
//! convention.

use crate::callconv::{CallConv, HostConv, RegisterLists, ReturnAreaRegister, VectorRegs};
use crate::isa::HostAbi;
use gantry_abi::AbiType;

const RAX: u8 = 0;
const RCX: u8 = 1;
const RDX: u8 = 2;
const RBX: u8 = 3;
const RBP: u8 = 5;
const RSI: u8 = 6;
const RDI: u8 = 7;
const XMM0_TO_7: &[u8] = &[0, 1, 2, 3, 4, 5, 6, 7];

pub(crate) static TAIL: CallConv = CallConv {
    args: RegisterLists { int: &[RDI, RSI, RDX, RCX, 8, 9], float: XMM0_TO_7, vector: VectorRegs::Float },
    results: RegisterLists { int: &[RAX, RCX, RDX, RSI, RDI, 8, 9, 10], float: XMM0_TO_7, vector: VectorRegs::Float },
    return_area: ReturnAreaRegister::FirstArgument,
    max_slot_align: 16,
    right_aligned: false,
    stack_align: 16,
    stack_header: 0,
    saved_int: &[RBX, RBP, 12, 13, 14, 15],
    saved_float: &[],
};

static SYSTEM_V: HostConv = HostConv {
    args: &[RDI, RSI, RDX, RCX, 8, 9],
    result: RAX,
    shadow: 0,
    saved_int: &[RBX, 12, 13, 14, 15],
    saved_float: &[],
    saved_float_type: AbiType::V128,
};

static WINDOWS: HostConv = HostConv {
    args: &[RCX, RDX, 8, 9],
    result: RAX,
    shadow: 32,
    saved_int: &[RBX, RSI, RDI, 12, 13, 14, 15],
    saved_float: &[6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    saved_float_type: AbiType::V128,
};

pub(crate) fn host(abi: HostAbi) -> &'static HostConv {
    match abi {
        HostAbi::Standard => &SYSTEM_V,
        HostAbi::Windows => &WINDOWS,
    }
}
