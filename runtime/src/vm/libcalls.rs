//! What compiled code calls in the runtime: the host side of each libcall, and the array of their addresses.
//!
//! Each is called through the module's thunk with the vmctx of an instance of a live store, whose exclusive access is suspended
//! below. None unwinds: panics and errors are recorded, and the sentinel tells compiled code to stop.

use crate::api::externals::{copy_table, grow_memory, grow_table};
use crate::api::store::StoreOpaque;
use crate::env;
use crate::vm::activation::{self, StopReason};
use crate::vm::const_expr;
use crate::vm::instance::InstanceData;
use crate::vm::records::VmContext;
use anyhow::Result;
use core::ptr::NonNull;
use gantry_abi::libcalls::VALUE_SENTINEL;
use gantry_abi::module::ElementItems;
use gantry_abi::{DataIndex, ElemIndex, Libcall, MemoryIndex, TableIndex, Trap, for_each_libcall};

/// Where a libcall happens.
struct At<'a> {
    store: &'a mut StoreOpaque,
    instance: NonNull<InstanceData>,
}

impl At<'_> {
    /// # Safety
    ///
    /// As the module documentation says of `vmctx`.
    unsafe fn new(vmctx: *mut VmContext) -> Self {
        // SAFETY: the caller promises that it is an instance's.
        let instance = unsafe { InstanceData::from_vmctx(vmctx) };
        // SAFETY: instances live as long as their store.
        let context = unsafe { instance.as_ref() }.store_context();
        // SAFETY: the store's exclusive access is suspended.
        Self { store: unsafe { StoreOpaque::from_context(context) }, instance }
    }

    fn instance(&self) -> &InstanceData {
        // SAFETY: instances live as long as their store, and only methods of this type change them now.
        unsafe { self.instance.as_ref() }
    }

    fn instance_mut(&mut self) -> &mut InstanceData {
        // SAFETY: as above, exclusively.
        unsafe { self.instance.as_mut() }
    }
}

/// Runs a libcall, and records why if it stops.
fn run<R>(f: impl FnOnce() -> Result<R>) -> Option<R> {
    let reason = match env::catch(f) {
        Ok(Ok(value)) => return Some(value),
        Ok(Err(error)) => match error.downcast_ref::<Trap>() {
            Some(&trap) if error.chain().len() == 1 => StopReason::Trap(trap),
            _ => StopReason::Error(error),
        },
        Err(payload) => StopReason::Panic(payload),
    };
    activation::stop_with(reason);
    None
}

/// Types of parameters and results, and how results are made of what a body gives.
macro_rules! shim {
    (@param I32) => {
        u32
    };
    (@param I64) => {
        u64
    };
    (@result Infallible) => {
        ()
    };
    (@result Continue) => {
        u32
    };
    (@result Value) => {
        i64
    };
    (@result Never) => {
        u32
    };
    // These cannot fail. A panic in one aborts: it is a bug that nobody could recover from.
    (@run Infallible $body:expr) => {
        $body
    };
    (@run Continue $body:expr) => {
        u32::from(run(|| $body).is_some())
    };
    (@run Value $body:expr) => {
        run(|| $body).unwrap_or(VALUE_SENTINEL)
    };
    (@run Never $body:expr) => {{
        let _: Option<()> = run(|| $body);
        0
    }};
}

/// Declares the shims, which call the functions of the same name in [`bodies`], and the array of their addresses.
macro_rules! define_shims {
    ($($(#[$doc:meta])* $name:ident($($param:ident: $ty:ident),*) -> $result:ident;)*) => {
        mod shims {
            use super::*;
            $(
                $(#[$doc])*
                ///
                /// # Safety
                ///
                /// As the module documentation says of `vmctx`.
                pub(super) unsafe extern "C" fn $name(
                    vmctx: *mut VmContext $(, $param: shim!(@param $ty))*
                ) -> shim!(@result $result) {
                    shim!(@run $result {
                        // SAFETY: the caller promises it.
                        let mut at = unsafe { At::new(vmctx) };
                        bodies::$name(&mut at $(, $param)*)
                    })
                }
            )*
        }

        /// Addresses of all libcalls, in the order of the contract's table.
        static ADDRESSES: Addresses = Addresses([$(shims::$name as *const u8),*]);

        /// Runs a libcall for bytecode, which has its arguments in registers; gives the bits of the result.
        ///
        /// # Safety
        ///
        /// As the module documentation says of `vmctx`.
        #[expect(clippy::cast_possible_truncation, reason = "registers are wider than some arguments")]
        pub(crate) unsafe fn call(libcall: Libcall, vmctx: *mut VmContext, arg: impl Fn(usize) -> u64) -> u64 {
            match libcall {
                $(Libcall::$name => {
                    let mut next = 0..;
                    let mut arg = || arg(next.next().expect("there is no last number"));
                    $(let $param = arg() as shim!(@param $ty);)*
                    let _ = &mut arg;
                    // SAFETY: the caller promises it.
                    unsafe { shims::$name(vmctx $(, $param)*) }.to_register()
                })*
            }
        }

        const COUNT: usize = [$(stringify!($name)),*].len();
    };
}
for_each_libcall!(define_shims);

/// A result as a register holds it.
trait ToRegister {
    fn to_register(self) -> u64;
}

impl ToRegister for () {
    fn to_register(self) -> u64 {
        0
    }
}

impl ToRegister for u32 {
    fn to_register(self) -> u64 {
        self.into()
    }
}

impl ToRegister for i64 {
    fn to_register(self) -> u64 {
        self.cast_unsigned()
    }
}

struct Addresses([*const u8; COUNT]);

// SAFETY: addresses of functions.
unsafe impl Sync for Addresses {}

/// The array that the vmctx points to.
pub(crate) fn addresses() -> *const *const u8 {
    ADDRESSES.0.as_ptr()
}

/// Checks that a range lies in `len` bytes.
fn range(start: u64, len: u64, limit: usize) -> Result<core::ops::Range<usize>, Trap> {
    let end = start.checked_add(len).filter(|&end| end <= limit as u64).ok_or(Trap::MemoryOutOfBounds)?;
    let index = |i| usize::try_from(i).expect("inside the memory");
    Ok(index(start)..index(end))
}

/// Copies bytes of a data segment to a memory; checks both ranges before it writes.
pub(crate) fn init_memory(
    store: &mut StoreOpaque,
    instance: &InstanceData,
    memory: MemoryIndex,
    data: DataIndex,
    dst: u64,
    src: u64,
    len: u64,
) -> Result<(), Trap> {
    let bytes = instance.data_bytes(data);
    let src = range(src, len, bytes.len())?;
    let memory = &store.memories[instance.memory(memory)].memory;
    let dst = range(dst, len, memory.len())?;
    // SAFETY: the range lies in the memory, whose accessible bytes overlap no artifact.
    unsafe {
        core::ptr::copy_nonoverlapping(bytes[src.clone()].as_ptr(), memory.base().as_ptr().add(dst.start), src.len());
    }
    Ok(())
}

/// Copies items of an element segment to a table; checks both ranges before it writes.
pub(crate) fn init_table(
    store: &mut StoreOpaque,
    instance: &InstanceData,
    table: TableIndex,
    elem: ElemIndex,
    dst: u64,
    src: u64,
    len: u64,
) -> Result<(), Trap> {
    let segment = &instance.module().info().elements[elem];
    let items = if instance.element_dropped(elem) { 0 } else { segment.items.len() };
    let end = src.checked_add(len).filter(|&end| end <= items as u64).ok_or(Trap::TableOutOfBounds)?;
    let index = |i| usize::try_from(i).expect("inside the segment");
    let src = index(src)..index(end);
    let table = &mut store.tables[instance.table(table)];
    match &segment.items {
        ElementItems::Funcs(funcs) => {
            let funcs = if src.is_empty() { &[][..] } else { &funcs[src] };
            table.init(dst, funcs.iter().map(|&f| const_expr::func_ref(instance, f)))
        }
        ElementItems::Exprs(exprs) => {
            let exprs = if src.is_empty() { &[][..] } else { &exprs[src] };
            // SAFETY: segments are used once all globals are initialized.
            table.init(dst, exprs.iter().map(|e| unsafe { const_expr::evaluate(instance, e) }.u64()))
        }
    }
}

/// What libcalls do: one function each, with the parameters of the contract's table.
mod bodies {
    use super::*;

    pub(super) fn memory_grow(at: &mut At<'_>, memory: u32, delta: u64) -> Result<i64> {
        let index = at.instance().memory(MemoryIndex::from_u32(memory));
        Ok(grow_memory(at.store, index, delta)?.map_or(-1, u64::cast_signed))
    }

    pub(super) fn move_bytes(_: &mut At<'_>, dst: u64, src: u64, len: u64) {
        let address = |a| usize::try_from(a).expect("host addresses fit a pointer");
        let src = core::ptr::with_exposed_provenance::<u8>(address(src));
        let dst = core::ptr::with_exposed_provenance_mut::<u8>(address(dst));
        // SAFETY: compiled code has checked that both ranges lie in memories of the store.
        unsafe { core::ptr::copy(src, dst, address(len)) };
    }

    pub(super) fn fill_bytes(_: &mut At<'_>, dst: u64, val: u32, len: u64) {
        let address = |a| usize::try_from(a).expect("host addresses fit a pointer");
        let dst = core::ptr::with_exposed_provenance_mut::<u8>(address(dst));
        let [byte, ..] = val.to_le_bytes();
        // SAFETY: compiled code has checked that the range lies in a memory of the store.
        unsafe { dst.write_bytes(byte, address(len)) };
    }

    pub(super) fn memory_init(at: &mut At<'_>, memory: u32, data: u32, dst: u64, src: u32, len: u32) -> Result<()> {
        let (memory, data) = (MemoryIndex::from_u32(memory), DataIndex::from_u32(data));
        // SAFETY: the instance lives as long as its store, and is not changed here.
        let instance = unsafe { at.instance.as_ref() };
        Ok(init_memory(at.store, instance, memory, data, dst, src.into(), len.into())?)
    }

    pub(super) fn data_drop(at: &mut At<'_>, data: u32) {
        at.instance_mut().drop_data(DataIndex::from_u32(data));
    }

    pub(super) fn table_grow(at: &mut At<'_>, table: u32, delta: u64, init: u64) -> Result<i64> {
        let index = at.instance().table(TableIndex::from_u32(table));
        Ok(grow_table(at.store, index, delta, init)?.map_or(-1, u64::cast_signed))
    }

    pub(super) fn table_fill(at: &mut At<'_>, table: u32, dst: u64, val: u64, len: u64) -> Result<()> {
        let index = at.instance().table(TableIndex::from_u32(table));
        Ok(at.store.tables[index].fill(dst, val, len)?)
    }

    pub(super) fn table_copy(
        at: &mut At<'_>,
        dst_table: u32,
        src_table: u32,
        dst: u64,
        src: u64,
        len: u64,
    ) -> Result<()> {
        let to = at.instance().table(TableIndex::from_u32(dst_table));
        let from = at.instance().table(TableIndex::from_u32(src_table));
        Ok(copy_table(at.store, to, dst, from, src, len)?)
    }

    pub(super) fn table_init(at: &mut At<'_>, table: u32, elem: u32, dst: u64, src: u32, len: u32) -> Result<()> {
        let (table, elem) = (TableIndex::from_u32(table), ElemIndex::from_u32(elem));
        // SAFETY: the instance lives as long as its store, and is not changed here.
        let instance = unsafe { at.instance.as_ref() };
        Ok(init_table(at.store, instance, table, elem, dst, src.into(), len.into())?)
    }

    pub(super) fn elem_drop(at: &mut At<'_>, elem: u32) {
        at.instance_mut().drop_element(ElemIndex::from_u32(elem));
    }

    pub(super) fn out_of_fuel(at: &mut At<'_>) -> Result<()> {
        if at.store.refill() { Ok(()) } else { Err(Trap::OutOfFuel.into()) }
    }

    pub(super) fn new_epoch(at: &mut At<'_>) -> Result<i64> {
        Ok(at.store.new_epoch()?.cast_signed())
    }

    pub(super) fn trap(_: &mut At<'_>, code: u32) -> Result<()> {
        let code = u8::try_from(code).ok().and_then(Trap::from_code);
        Err(code.expect("compiled code stops with traps of the table").into())
    }
}
