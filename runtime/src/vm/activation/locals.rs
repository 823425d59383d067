//! The locals of frames, for debuggers: read while the frames are still there.

use crate::api::value::Val;
use crate::prelude::*;
use crate::vm::code_registry;
use crate::vm::stack_walk::Frame;
use gantry_abi::ValType;
use gantry_abi::artifact::LocalHome;

/// The value of a local; `None`: a reference, which only its store could make sense of.
pub(crate) type LocalValue = Option<Val>;

/// The locals of a frame, parameters first; empty if its compiler keeps no record of them.
///
/// # Safety
///
/// The frame is live, and its code is at a call, or at a loop's head.
pub(crate) unsafe fn read(frame: &Frame) -> Vec<LocalValue> {
    let Some(code) = code_registry::lookup(frame.lookup_pc()) else { return Vec::new() };
    let Some(func) = code.function() else { return Vec::new() };
    // SAFETY: the caller promises that the code is where locals are at home, and its compiler says where that is.
    code.code().local_homes(func).iter().map(|&home| unsafe { value(frame.fp, home) }).collect()
}

/// The value at a home.
///
/// # Safety
///
/// A value of the home's type is at this distance from the frame pointer.
unsafe fn value(fp: usize, home: LocalHome) -> LocalValue {
    let at = fp.wrapping_add_signed(home.offset as isize) as *const u8;
    // SAFETY: the caller promises that the value is there.
    unsafe {
        Some(match home.ty {
            ValType::I32 => Val::I32(at.cast::<i32>().read_unaligned()),
            ValType::I64 => Val::I64(at.cast::<i64>().read_unaligned()),
            ValType::F32 => Val::F32(at.cast::<u32>().read_unaligned()),
            ValType::F64 => Val::F64(at.cast::<u64>().read_unaligned()),
            ValType::V128 => Val::V128(u128::from_le_bytes(at.cast::<[u8; 16]>().read()).into()),
            ValType::Ref(_) => return None,
        })
    }
}
