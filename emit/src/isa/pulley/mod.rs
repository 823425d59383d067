//! Pulley bytecode.

mod trampoline;

use super::{Backend, Isa};
use crate::callconv::{CallConv, HostConv, RegisterLists, ReturnAreaRegister, VectorRegs};
use crate::fixup::{FixupForm, low32};
use alloc::boxed::Box;
use gantry_abi::{AbiType, PointerWidth};
use object::elf;

const X0_TO_14: &[u8] = &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14];
const F0_TO_15: &[u8] = &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

/// The convention of the bytecode: three register banks, of which the first halves pass values. Vectors have a bank of
/// their own: the type of a value says whether [`crate::Loc::Float`] means `f` or `v`.
static TAIL: CallConv = CallConv {
    args: RegisterLists { int: X0_TO_14, float: F0_TO_15, vector: VectorRegs::Own(F0_TO_15) },
    results: RegisterLists { int: X0_TO_14, float: F0_TO_15, vector: VectorRegs::Own(F0_TO_15) },
    return_area: ReturnAreaRegister::FirstArgument,
    max_slot_align: 16,
    right_aligned: false,
    stack_align: 16,
    stack_header: 0,
    saved_int: &[16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29],
    saved_float: &[],
};

/// What `call_indirect_host` takes: the machine preserves what the host must not change.
static HOST: HostConv =
    HostConv { args: X0_TO_14, result: 0, shadow: 0, saved_int: &[], saved_float: &[], saved_float_type: AbiType::F64 };

fn patch(bytes: &mut [u8], distance: i64) {
    bytes.copy_from_slice(&low32(distance).to_le_bytes());
}

/// A 32-bit little-endian distance from the place.
pub(crate) static PCREL: FixupForm = FixupForm {
    name: "bytecode call",
    size: 4,
    min: i32::MIN as i64,
    max: i32::MAX as i64,
    align: 1,
    patch,
    veneer: None,
};

const fn backend(isa: Isa, name: &'static str, pointer_width: PointerWidth, big_endian: bool) -> Backend {
    Backend {
        isa,
        name,
        pointer_width,
        big_endian,
        elf_machine: elf::EM_NONE.0,
        elf_flags: 0,
        text_align: 1,
        page_size: 0x1000,
        padding: TRAP,
        jump: None,
        call_veneer: None,
        call_conv: &TAIL,
        host_conv: |_| &HOST,
        masm: |buffer, _| Box::new(trampoline::BytecodeMasm::new(buffer)),
        #[cfg(feature = "disasm")]
        disassembler: None,
        dwarf_return_address: 0,
        dwarf_entry_cfa: (0, 0),
        dwarf_return_slot: None,
    }
}

/// The bytecode's `trap` instruction.
const TRAP: &[u8] = &[0xdc, 0x00, 0x00];

pub(super) static PULLEY32: Backend = backend(Isa::Pulley32, "pulley32", PointerWidth::W32, false);
pub(super) static PULLEY64: Backend = backend(Isa::Pulley64, "pulley64", PointerWidth::W64, false);
pub(super) static PULLEY32BE: Backend = backend(Isa::Pulley32Be, "pulley32be", PointerWidth::W32, true);
pub(super) static PULLEY64BE: Backend = backend(Isa::Pulley64Be, "pulley64be", PointerWidth::W64, true);
