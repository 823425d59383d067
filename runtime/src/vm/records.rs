//! The records that compiled code reads and writes, as `gantry_abi::layout` lays them out.
//!
//! The tests hold each field against the layout. 32-bit quantities in pointer-sized fields are whole `usize` values here, so
//! that the low 32 bits are right in either byte order.

use core::ptr::null;

/// The vmctx of an instance or a host function: known by address only.
#[derive(Debug)]
#[repr(C)]
pub(crate) struct VmContext {
    _opaque: [u8; 0],
}

/// A cell of an array call: 16 bytes, little-endian. Narrow values leave the rest undefined.
///
/// Trampolines have cells on the stack, which is aligned to 8 bytes on s390x (ELF ABI s390x supplement, "The Stack Frame") and
/// in bytecode of 32-bit hosts, where a frame's header has 8 bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(any(target_arch = "s390x", target_pointer_width = "32")), repr(C, align(16)))]
#[cfg_attr(any(target_arch = "s390x", target_pointer_width = "32"), repr(C, align(8)))]
pub(crate) struct VmCell(pub(crate) [u8; 16]);

impl VmCell {
    /// A cell with this value in its low half.
    #[inline]
    pub(crate) fn from_u64(value: u64) -> Self {
        Self(u128::from(value).to_le_bytes())
    }

    /// The low 32 bits.
    #[inline]
    pub(crate) fn u32(self) -> u32 {
        u32::from_le_bytes([self.0[0], self.0[1], self.0[2], self.0[3]])
    }

    /// The low half.
    #[inline]
    pub(crate) fn u64(self) -> u64 {
        u64::from_le_bytes(self.0[..8].try_into().expect("eight bytes"))
    }
}

/// The array-call convention.
pub(crate) type ArrayCall = unsafe extern "C" fn(
    callee: *mut VmContext,
    caller: *mut VmContext,
    values: *mut VmCell,
    len: usize,
    wasm_call: *const u8,
) -> bool;

/// The part of the store context by which host and compiled code find each other's frames.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub(crate) struct VmLinkage {
    /// The stack pointer below which execution stops.
    pub(crate) stack_limit: usize,
    /// Frame pointer of the exit trampoline or libcall thunk by which wasm was left last; 0: not since it was entered.
    pub(crate) last_exit_fp: usize,
    /// Return address into the wasm function that called it.
    pub(crate) last_exit_pc: usize,
    /// Stack pointer of the entry trampoline by which wasm was entered last.
    pub(crate) entry_sp: usize,
    /// Its frame pointer; 0: wasm was not entered.
    pub(crate) entry_fp: usize,
    /// Address of its landing pad.
    pub(crate) entry_pc: usize,
}

impl VmLinkage {
    /// No wasm is running, and any that would run without an activation stops at once.
    pub(crate) const NONE: Self =
        Self { stack_limit: usize::MAX, last_exit_fp: 0, last_exit_pc: 0, entry_sp: 0, entry_fp: 0, entry_pc: 0 };
}

/// `StoreLayout`: what all instances of a store share.
#[derive(Debug)]
#[repr(C, align(8))]
pub(crate) struct VmStoreContext {
    /// Counts up; execution stops when it is no longer negative.
    pub(crate) fuel: i64,
    /// The epoch at which execution is interrupted.
    pub(crate) epoch_deadline: u64,
    /// Saved, set and restored by [`crate::vm::activation::enter`].
    pub(crate) linkage: VmLinkage,
    /// The machine that runs the store's bytecode; null if its code is machine code.
    pub(crate) machine: *mut gantry_pulley::State,
    /// Whether backtraces have the locals of frames. Only the runtime reads it.
    pub(crate) debug_locals: bool,
}

impl Default for VmStoreContext {
    fn default() -> Self {
        Self {
            fuel: 0,
            epoch_deadline: 0,
            linkage: VmLinkage::NONE,
            machine: core::ptr::null_mut(),
            debug_locals: false,
        }
    }
}

/// `CounterLayout`: what a function has counted.
#[derive(Clone, Copy, Debug, Default)]
#[repr(C)]
pub(crate) struct VmCounters {
    /// How often it was called.
    pub(crate) calls: u64,
    /// How often one of its loops began an iteration.
    pub(crate) iterations: u64,
}

/// `MemoryLayout`: a memory as its owner holds it.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub(crate) struct VmMemory {
    /// Address of its first byte.
    pub(crate) base: *mut u8,
    /// Its length in bytes.
    pub(crate) length: usize,
}

/// `TableLayout`: a table as its owner holds it.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub(crate) struct VmTable {
    /// Address of its first element.
    pub(crate) base: *mut u8,
    /// Its length in elements.
    pub(crate) length: usize,
}

/// `ImportLayout`: an imported memory, table, global or tag.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub(crate) struct VmImport {
    /// Address of the owner's record.
    pub(crate) from: *mut u8,
    /// The owner's vmctx; null if the host owns it alone.
    pub(crate) vmctx: *mut VmContext,
    /// The owner's index of it.
    pub(crate) index: usize,
}

/// `FuncRefLayout`: a function reference or a function import.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub(crate) struct VmFuncRef {
    /// Address for wasm calls; null for a host function until some module has the exit trampoline for its type.
    pub(crate) wasm_call: *const u8,
    /// Address for array calls.
    pub(crate) array_call: *const u8,
    /// The callee's vmctx, or the context of a host function.
    pub(crate) vmctx: *mut VmContext,
    /// The engine-wide identity of its type.
    pub(crate) type_id: usize,
}

impl VmFuncRef {
    /// The null record: nothing can be called.
    pub(crate) const NULL: Self =
        Self { wasm_call: null(), array_call: null(), vmctx: core::ptr::null_mut(), type_id: 0 };
}

/// `HostFuncLayout`: the context of a host function.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub(crate) struct VmHostFunc {
    /// `HOST_FUNC_MAGIC`.
    pub(crate) magic: usize,
    /// The store context.
    pub(crate) store: *mut VmStoreContext,
    /// Address for array calls.
    pub(crate) array_call: *const u8,
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::mem::offset_of;
    use gantry_abi::PointerWidth;
    use gantry_abi::layout::*;

    /// Holds fields and size of a record against its layout.
    macro_rules! check {
        ($record:ident, $layout:ident, $($field:ident)*) => {
            let layout = $layout::new(PointerWidth::HOST);
            $(assert_eq!(offset_of!($record, $field), layout.$field as usize, stringify!($record.$field));)*
            assert_eq!(size_of::<$record>(), layout.size as usize, stringify!($record));
        };
    }

    #[test]
    fn records_are_laid_out_as_the_abi_says() {
        let store = StoreLayout::new(PointerWidth::HOST);
        check!(VmStoreContext, StoreLayout, fuel epoch_deadline debug_locals);
        for (offset, expected) in [
            (offset_of!(VmStoreContext, linkage.stack_limit), store.stack_limit),
            (offset_of!(VmStoreContext, linkage.last_exit_fp), store.last_exit_fp),
            (offset_of!(VmStoreContext, linkage.last_exit_pc), store.last_exit_pc),
            (offset_of!(VmStoreContext, linkage.entry_sp), store.entry_sp),
            (offset_of!(VmStoreContext, linkage.entry_fp), store.entry_fp),
            (offset_of!(VmStoreContext, linkage.entry_pc), store.entry_pc),
            (offset_of!(VmStoreContext, machine), store.machine),
        ] {
            assert_eq!(offset, expected as usize);
        }
        let counter = CounterLayout::new();
        let offsets = (offset_of!(VmCounters, calls), offset_of!(VmCounters, iterations), size_of::<VmCounters>());
        assert_eq!(offsets, (counter.calls as usize, counter.iterations as usize, counter.size as usize));
        check!(VmMemory, MemoryLayout, base length);
        check!(VmTable, TableLayout, base length);
        check!(VmImport, ImportLayout, from vmctx index);
        check!(VmFuncRef, FuncRefLayout, wasm_call array_call vmctx type_id);
        check!(VmHostFunc, HostFuncLayout, magic store array_call);
        let align = if cfg!(any(target_arch = "s390x", target_pointer_width = "32")) { 8 } else { CELL_SIZE as usize };
        assert_eq!((size_of::<VmCell>(), align_of::<VmCell>()), (CELL_SIZE as usize, align));
    }
}
