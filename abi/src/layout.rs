//! Where compiled code finds things: the only place that knows an offset.
//!
//! Offsets are in bytes and depend on the pointer width of the *target*. 64-bit fields are 8-aligned for every target;
//! lengths are pointer-sized. The runtime's `#[repr(C)]` structures are checked against these numbers field by field.

use crate::entity::*;
use crate::module::ModuleInfo;
use crate::types::PointerWidth;
use core::marker::PhantomData;
use cranelift_entity::EntityRef;

/// Byte offset in a vmctx or one of the records that it holds or points to.
pub type Offset = u32;

/// The first word of the vmctx of an instance.
pub const INSTANCE_MAGIC: u32 = u32::from_le_bytes(*b"gtin");
/// The first word of the context of a host function.
pub const HOST_FUNC_MAGIC: u32 = u32::from_le_bytes(*b"gtho");

/// Bytes of a cell of an array call, and of a global.
pub const CELL_SIZE: u32 = 16;

/// Hands out offsets in order.
struct Cursor {
    at: u32,
    ptr: PointerWidth,
}

impl Cursor {
    fn new(ptr: PointerWidth) -> Self {
        Self { at: 0, ptr }
    }

    fn take(&mut self, size: u32, align: u32) -> Offset {
        let offset = self.at.next_multiple_of(align);
        self.at = offset + size;
        offset
    }

    fn pointer(&mut self) -> Offset {
        let size = self.ptr.bytes();
        self.take(size, size)
    }

    fn word64(&mut self) -> Offset {
        self.take(8, 8)
    }

    fn array<I: EntityRef>(&mut self, len: usize, stride: u32, align: u32) -> Array<I> {
        let len = u32::try_from(len).expect("validated: fewer than 2^32 entities");
        let bytes = len.checked_mul(stride).expect("validated: entities are limited to a million per kind");
        Array { start: self.take(bytes, align), stride, index: PhantomData }
    }
}

/// An array of equal records in the vmctx.
#[derive(Debug)]
pub struct Array<I> {
    start: Offset,
    stride: u32,
    index: PhantomData<I>,
}

impl<I> Clone for Array<I> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<I> Copy for Array<I> {}

impl<I: EntityRef> Array<I> {
    /// Offset of the record of `index` in the vmctx.
    pub fn at(&self, index: I) -> Offset {
        let index = u32::try_from(index.index()).expect("index in range");
        self.start + index * self.stride
    }

    /// Offset of the first record.
    pub fn start(&self) -> Offset {
        self.start
    }

    /// Bytes from one record to the next.
    pub fn stride(&self) -> u32 {
        self.stride
    }
}

/// Declares a record whose fields are all pointer-sized: accessors give offsets within it.
macro_rules! pointer_records {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident,)* })*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name { $($(#[$field_doc])* pub $field: Offset,)* /** Bytes of the record. */ pub size: u32 }

        impl $name {
            /// The layout for targets with this pointer width.
            pub fn new(ptr: PointerWidth) -> Self {
                let mut at = Cursor::new(ptr);
                Self { $($field: at.pointer(),)* size: at.at }
            }
        }
    )* };
}

pointer_records! {
    /// A memory as its owner holds it.
    MemoryLayout {
        /// Address of its first byte.
        base,
        /// Its length in bytes.
        length,
    }
    /// A table as its owner holds it.
    TableLayout {
        /// Address of its first element.
        base,
        /// Its length in elements.
        length,
    }
    /// An imported memory, table, global or tag.
    ImportLayout {
        /// Address of the owner's record ([`MemoryLayout`], [`TableLayout`], a global's cell, a tag's type identity).
        from,
        /// The owner's vmctx; null if the host owns it alone.
        vmctx,
        /// The owner's index of it, in the low 32 bits.
        index,
    }
    /// A function reference or a function import.
    FuncRefLayout {
        /// Address for wasm calls; null for a host function until some module has the exit trampoline for its type.
        wasm_call,
        /// Address for array calls.
        array_call,
        /// The callee's vmctx, or the context of a host function.
        vmctx,
        /// The engine-wide identity of its type, in the low 32 bits.
        type_id,
    }
    /// The context of a host function. The first two fields are those of every vmctx.
    HostFuncLayout {
        /// [`HOST_FUNC_MAGIC`], in the low 32 bits.
        magic,
        /// The store context.
        store,
        /// Address for array calls.
        array_call,
    }
}

/// The store context: what all instances of a store share.
#[derive(Clone, Copy, Debug)]
pub struct StoreLayout {
    /// Fuel, a signed 64-bit counter that counts up; execution stops when it is no longer negative.
    pub fuel: Offset,
    /// The epoch at which execution is interrupted, 64 bits.
    pub epoch_deadline: Offset,
    /// The stack pointer below which execution stops.
    pub stack_limit: Offset,
    /// Frame pointer of the exit trampoline or libcall thunk by which wasm was left last.
    pub last_exit_fp: Offset,
    /// Return address into the wasm function that called it.
    pub last_exit_pc: Offset,
    /// Stack pointer of the entry trampoline by which wasm was entered last.
    pub entry_sp: Offset,
    /// Its frame pointer.
    pub entry_fp: Offset,
    /// Address of its landing pad.
    pub entry_pc: Offset,
    /// The machine that runs the store's bytecode; null if its code is machine code. Only the runtime reads it.
    pub machine: Offset,
    /// Whether backtraces have the locals of frames. Only the runtime reads it.
    pub debug_locals: Offset,
    /// Bytes of the record.
    pub size: u32,
}

impl StoreLayout {
    /// The layout for targets with this pointer width.
    pub fn new(ptr: PointerWidth) -> Self {
        let mut at = Cursor::new(ptr);
        Self {
            fuel: at.word64(),
            epoch_deadline: at.word64(),
            stack_limit: at.pointer(),
            last_exit_fp: at.pointer(),
            last_exit_pc: at.pointer(),
            entry_sp: at.pointer(),
            entry_fp: at.pointer(),
            entry_pc: at.pointer(),
            machine: at.pointer(),
            debug_locals: at.pointer(),
            size: at.at,
        }
    }
}

/// What a function has counted, with the option `execution_counters`: 64-bit integers.
#[derive(Clone, Copy, Debug)]
pub struct CounterLayout {
    /// How often it was called.
    pub calls: Offset,
    /// How often one of its loops began an iteration.
    pub iterations: Offset,
    /// Bytes of the record.
    pub size: u32,
}

impl CounterLayout {
    /// The layout, the same for all targets.
    pub const fn new() -> Self {
        Self { calls: 0, iterations: 8, size: 16 }
    }

    /// Offset of the record of `func` in the array.
    pub fn record(self, func: DefinedFunc) -> Offset {
        func.as_u32() * self.size
    }
}

impl Default for CounterLayout {
    fn default() -> Self {
        Self::new()
    }
}

/// The vmctx of an instance.
///
/// Order matters: what every function touches comes first, so that its displacement fits in 8 bits on x86_64 and 12 on
/// riscv64.
#[derive(Clone, Debug)]
pub struct VmLayout {
    /// Pointer width of the target.
    pub ptr: PointerWidth,
    /// [`INSTANCE_MAGIC`], 32 bits.
    pub magic: Offset,
    /// Address of the store context.
    pub store: Offset,
    /// Address of the array of libcall addresses.
    pub libcalls: Offset,
    /// Address of the engine's epoch counter, a 64-bit integer.
    pub epoch_counter: Offset,
    /// Address of the array of engine-wide type identities (32 bits each) by [`TypeIndex`].
    pub type_ids: Offset,
    /// Address of the module's entry slots by [`DefinedFunc`]; null without them.
    pub code_table: Offset,
    /// Memories that the module defines: [`MemoryLayout`].
    pub memories: Array<DefinedMemory>,
    /// Memories that it imports: [`ImportLayout`].
    pub imported_memories: Array<MemoryIndex>,
    /// Tables that it defines: [`TableLayout`].
    pub tables: Array<DefinedTable>,
    /// Tables that it imports: [`ImportLayout`].
    pub imported_tables: Array<TableIndex>,
    /// Globals that it imports: [`ImportLayout`].
    pub imported_globals: Array<GlobalIndex>,
    /// Functions that it imports: [`FuncRefLayout`], so that an import is a function reference.
    pub imported_functions: Array<FuncIndex>,
    /// Tags that it imports: [`ImportLayout`].
    pub imported_tags: Array<TagIndex>,
    /// Globals that it defines: 16 bytes each, 16-aligned.
    pub globals: Array<DefinedGlobal>,
    /// Tags that it defines: 32-bit engine-wide type identities.
    pub tags: Array<DefinedTag>,
    /// Records of functions that can escape: [`FuncRefLayout`].
    pub func_refs: Array<FuncRefIndex>,
    /// Address of the array of [`CounterLayout`]s by [`DefinedFunc`]; null without them.
    pub counters: Offset,
    /// Layout of a function's counters.
    pub counter: CounterLayout,
    /// Layout of a memory's record.
    pub memory: MemoryLayout,
    /// Layout of a table's record.
    pub table: TableLayout,
    /// Layout of an import's record.
    pub import: ImportLayout,
    /// Layout of a function reference or import.
    pub func_ref: FuncRefLayout,
    /// Layout of a host function's context.
    pub host_func: HostFuncLayout,
    /// Layout of the store context.
    pub store_context: StoreLayout,
    /// Bytes of the whole vmctx. It is 16-aligned.
    pub size: u32,
}

impl VmLayout {
    /// The layout of instances of `module` on targets with this pointer width.
    pub fn new(ptr: PointerWidth, module: &ModuleInfo) -> Self {
        let p = ptr.bytes();
        let memory = MemoryLayout::new(ptr);
        let table = TableLayout::new(ptr);
        let import = ImportLayout::new(ptr);
        let func_ref = FuncRefLayout::new(ptr);
        let mut at = Cursor::new(ptr);
        Self {
            ptr,
            magic: at.pointer(),
            store: at.pointer(),
            libcalls: at.pointer(),
            epoch_counter: at.pointer(),
            type_ids: at.pointer(),
            code_table: at.pointer(),
            memories: at.array(module.memories.len() - module.num_imported_memories, memory.size, p),
            imported_memories: at.array(module.num_imported_memories, import.size, p),
            tables: at.array(module.tables.len() - module.num_imported_tables, table.size, p),
            imported_tables: at.array(module.num_imported_tables, import.size, p),
            globals: at.array(module.globals.len() - module.num_imported_globals, CELL_SIZE, CELL_SIZE),
            imported_globals: at.array(module.num_imported_globals, import.size, p),
            imported_functions: at.array(module.num_imported_functions, func_ref.size, p),
            imported_tags: at.array(module.num_imported_tags, import.size, p),
            tags: at.array(module.tags.len() - module.num_imported_tags, 4, 4),
            func_refs: at.array(module.num_func_refs, func_ref.size, p),
            counters: at.pointer(),
            counter: CounterLayout::new(),
            memory,
            table,
            import,
            func_ref,
            host_func: HostFuncLayout::new(ptr),
            store_context: StoreLayout::new(ptr),
            size: at.at.next_multiple_of(16),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_instances_and_host_functions_agree() {
        for ptr in [PointerWidth::W32, PointerWidth::W64] {
            let layout = VmLayout::new(ptr, &ModuleInfo::default());
            assert_eq!(layout.magic, layout.host_func.magic);
            assert_eq!(layout.store, layout.host_func.store);
        }
    }

    #[test]
    fn wide_fields_are_aligned_on_32_bit_targets() {
        let store = StoreLayout::new(PointerWidth::W32);
        assert_eq!((store.fuel % 8, store.epoch_deadline % 8, store.stack_limit), (0, 0, 16));
    }
}
