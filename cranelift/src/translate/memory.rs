//! Linear memory: loads, stores, sizes, growing, bulk operators.
//!
//! Base and length of a memory are variables of the function where they can change: that makes them loop-invariant without
//! help from alias analysis. They are read again after calls, but only where control flow goes on to use or merge them.

use super::{Region, Translator, VECTOR};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{Endianness, InstBuilder, MemFlagsData, Type, Value, types};
use cranelift_frontend::Variable;
use gantry_abi::{Feature, IndexType, Libcall, Trap};
use wasmparser::{MemArg, MemArgTarget};

/// What a function knows about a memory.
#[derive(Clone, Debug)]
pub(super) struct MemoryState {
    /// Type of its addresses.
    pub(super) index_type: IndexType,
    pub(super) page_size_log2: u8,
    /// Its length never falls below this.
    pub(super) min_bytes: u64,
    /// Nor rises above this (`None`: 2^64).
    pub(super) max_bytes: Option<u64>,
    /// Offset of its record in the vmctx: [`gantry_abi::layout::MemoryLayout`], or an import that points to one.
    record: u32,
    imported: bool,
    /// Its base can change while the function runs.
    moves: bool,
    /// Bytes behind the base, from any legal length on, whose access faults or is in bounds. 0 if faults are of no use.
    pub(super) faulting_bytes: u64,
    /// Bytes behind its length that are inaccessible. 0 if faults are of no use.
    pub(super) guard_bytes: u64,
    /// Alias region of its contents.
    pub(super) region: Region,
    base: Option<Variable>,
    length: Option<Variable>,
    /// The variables are out of date.
    pub(super) stale: bool,
}

/// Memories with larger indices have no variables: programs that have so many use few in one function.
const MAX_VARIABLES: usize = 2;

/// The largest constant size of a bulk operator that is done inline.
const MAX_INLINE_BYTES: u64 = 64;

/// Pages of memories at least this large can be protected one by one on every host.
const MIN_PROTECTED_PAGE_LOG2: u8 = 16;

/// How a load or store changes the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extend {
    Signed,
    Unsigned,
}

impl Translator<'_> {
    /// Finds out about the module's memories and reads what goes into variables.
    pub(super) fn declare_memories(&mut self) {
        let module = self.module;
        for (index, ty) in module.memories.iter() {
            let defined = module.defined_memory(index);
            let protected = self.backend.traits.page_faults && ty.page_size_log2 >= MIN_PROTECTED_PAGE_LOG2;
            let max_bytes = ty.max_bytes();
            let reservation = self.options.memory_reservation;
            let guard_bytes = if protected { self.options.memory_guard_size } else { 0 };
            self.s.memories.push(MemoryState {
                index_type: ty.index_type,
                page_size_log2: ty.page_size_log2,
                min_bytes: ty.min_bytes().unwrap_or(u64::MAX),
                max_bytes,
                record: match defined {
                    Some(defined) => self.layout.memories.at(defined),
                    None => self.layout.imported_memories.at(index),
                },
                imported: defined.is_none(),
                moves: self.options.memory_may_move && max_bytes.is_none_or(|max| max > reservation),
                faulting_bytes: if protected { reservation.saturating_add(guard_bytes) } else { 0 },
                guard_bytes,
                region: Region::Memory(defined.map(|d| d.as_u32())),
                base: None,
                length: None,
                stale: false,
            });
        }
        for index in 0..self.s.memories.len().min(MAX_VARIABLES) {
            let memory = &self.s.memories[index];
            let fixed_length = memory.max_bytes == Some(memory.min_bytes);
            let unchecked = memory.index_type == IndexType::I32 && memory.faulting_bytes > u64::from(u32::MAX);
            if memory.moves {
                let base = self.b.declare_var(self.ptr);
                self.s.memories[index].base = Some(base);
            }
            if !fixed_length && !unchecked {
                let length = self.b.declare_var(self.ptr);
                self.s.memories[index].length = Some(length);
            }
            self.s.memories[index].stale = true;
        }
        self.refresh_memories();
    }

    /// Brings all variables up to date.
    pub(super) fn refresh_memories(&mut self) {
        for index in 0..self.s.memories.len().min(MAX_VARIABLES) {
            self.refresh_memory(index);
        }
    }

    fn refresh_memory(&mut self, index: usize) {
        let memory = &mut self.s.memories[index];
        if !std::mem::take(&mut memory.stale) {
            return;
        }
        let (base, length) = (memory.base, memory.length);
        if let Some(var) = base {
            let value = self.load_base(index);
            self.reloaded(var, value);
        }
        if let Some(var) = length {
            let value = self.load_length(index);
            self.reloaded(var, value);
        }
    }

    fn reloaded(&mut self, var: Variable, value: Value) {
        self.s.reloads.push(self.b.func.dfg.value_def(value).unwrap_inst());
        self.b.def_var(var, value);
    }

    /// Removes reloads that nobody uses: cranelift-codegen keeps every load.
    pub(super) fn remove_unused_reloads(&mut self) {
        if self.s.reloads.is_empty() {
            return;
        }
        let func = &mut *self.b.func;
        self.s.used.clear();
        for block in func.layout.blocks() {
            for inst in func.layout.block_insts(block) {
                for value in func.dfg.inst_values(inst) {
                    self.s.used.insert(func.dfg.resolve_aliases(value));
                }
            }
        }
        for &inst in &self.s.reloads {
            if !self.s.used.contains(func.dfg.first_result(inst)) {
                func.layout.remove_inst(inst);
            }
        }
    }

    /// The address of a memory's record, as base and offset.
    fn memory_record(&mut self, index: usize) -> (Value, u32) {
        let memory = &self.s.memories[index];
        let (record, imported) = (memory.record, memory.imported);
        if imported { (self.vmctx_pointer(record + self.layout.import.from), 0) } else { (self.vmctx, record) }
    }

    fn load_base(&mut self, index: usize) -> Value {
        let (record, offset) = self.memory_record(index);
        let flags = if self.s.memories[index].moves { self.own(Region::Record) } else { self.constant(Region::Record) };
        self.load_pointer(flags, record, offset + self.layout.memory.base)
    }

    fn load_length(&mut self, index: usize) -> Value {
        let memory = &self.s.memories[index];
        if memory.max_bytes == Some(memory.min_bytes) {
            let length = memory.min_bytes;
            return self.ptr_const(length);
        }
        let (record, offset) = self.memory_record(index);
        let flags = self.own(Region::Record);
        self.load_pointer(flags, record, offset + self.layout.memory.length)
    }

    /// The address of a memory's first byte.
    pub(super) fn memory_base(&mut self, index: usize) -> Value {
        match self.s.memories[index].base {
            Some(var) => {
                self.refresh_memory(index);
                self.b.use_var(var)
            }
            None => self.load_base(index),
        }
    }

    /// A memory's length in bytes, pointer-sized.
    pub(super) fn memory_length(&mut self, index: usize) -> Value {
        match self.s.memories[index].length {
            Some(var) => {
                self.refresh_memory(index);
                self.b.use_var(var)
            }
            None => self.load_length(index),
        }
    }

    /// Flags of accesses of a memory's contents.
    pub(super) fn memory_flags(&mut self, index: usize) -> MemFlagsData {
        let region = self.s.memories[index].region;
        let region = self.region(region);
        MemFlagsData::new().with_endianness(Endianness::Little).with_alias_region(Some(region))
    }

    /// A load of a value as wide as its place in memory.
    pub(super) fn load(&mut self, ty: Type, arg: &MemArg) {
        if let Some(access) = self.access(arg, ty.bytes()) {
            let value = self.b.ins().load(ty, access.flags, access.base, access.offset);
            self.push(value);
        }
    }

    /// A load of an integer that is wider than its place in memory.
    pub(super) fn load_extend(&mut self, ty: Type, bytes: u32, extend: Extend, arg: &MemArg) {
        let Some(a) = self.access(arg, bytes) else { return };
        let ins = self.b.ins();
        let value = match (bytes, extend) {
            (1, Extend::Signed) => ins.sload8(ty, a.flags, a.base, a.offset),
            (1, Extend::Unsigned) => ins.uload8(ty, a.flags, a.base, a.offset),
            (2, Extend::Signed) => ins.sload16(ty, a.flags, a.base, a.offset),
            (2, Extend::Unsigned) => ins.uload16(ty, a.flags, a.base, a.offset),
            (_, Extend::Signed) => ins.sload32(a.flags, a.base, a.offset),
            (_, Extend::Unsigned) => ins.uload32(a.flags, a.base, a.offset),
        };
        self.push(value);
    }

    /// A store of a value's lowest `bytes` bytes.
    pub(super) fn store(&mut self, bytes: u32, arg: &MemArg) {
        let value = self.pop();
        self.store_value(value, bytes, arg);
    }

    /// The same for a value that is no longer on the stack; the address is.
    pub(super) fn store_value(&mut self, value: Value, bytes: u32, arg: &MemArg) {
        let Some(a) = self.access(arg, bytes) else { return };
        let ty = self.b.func.dfg.value_type(value);
        let faults = !a.flags.notrap() && !a.proven;
        if faults && bytes > 1 && self.options.exact_stores && self.backend.traits.stores_tear {
            // Where a store can write the part of its bytes that is accessible, a load of all of them goes first.
            let probe = match bytes {
                2 => types::I16,
                4 => types::I32,
                8 => types::I64,
                _ => VECTOR,
            };
            self.b.ins().load(probe, a.flags, a.base, a.offset);
        }
        let ins = self.b.ins();
        if ty.bytes() == bytes {
            ins.store(a.flags, value, a.base, a.offset);
        } else {
            match bytes {
                1 => ins.istore8(a.flags, value, a.base, a.offset),
                2 => ins.istore16(a.flags, value, a.base, a.offset),
                _ => ins.istore32(a.flags, value, a.base, a.offset),
            };
        }
    }

    pub(super) fn memory_size(&mut self, memory: u32) {
        let index = memory as usize;
        let length = self.memory_length(index);
        let state = &self.s.memories[index];
        let (shift, ty) = (state.page_size_log2, index_type(state.index_type));
        let length = self.resize(length, types::I64);
        let shift = self.iconst(types::I64, shift.into());
        let pages = self.b.ins().ushr(length, shift);
        let pages = self.resize(pages, ty);
        self.push(pages);
    }

    pub(super) fn memory_grow(&mut self, memory: u32) {
        let delta = self.pop();
        let ty = index_type(self.s.memories[memory as usize].index_type);
        let memory = self.iconst(types::I32, memory.into());
        self.save_fuel();
        let old = self.libcall(Libcall::memory_grow, &[memory, delta]).expect("memory_grow gives the old size");
        self.after_call();
        let old = self.resize(old, ty);
        self.push(old);
    }

    pub(super) fn memory_fill(&mut self, memory: u32) {
        let (dst, value, len) = self.pop3();
        let index = memory as usize;
        if let Some(bytes) = self.inline_size(len) {
            let Some(dst) = self.bulk_address(index, dst, bytes) else { return };
            let flags = self.memory_flags(index).with_notrap();
            let mut patterns: [Option<Value>; 5] = [None; 5];
            for (offset, ty) in self.chunks(bytes) {
                let pattern = match patterns[log2(ty)] {
                    Some(pattern) => pattern,
                    None => {
                        let pattern = self.repeat_byte(value, ty);
                        patterns[log2(ty)] = Some(pattern);
                        pattern
                    }
                };
                self.b.ins().store(flags, pattern, dst, offset);
            }
            return;
        }
        let len = self.resize(len, types::I64);
        let dst = self.bulk_range(index, dst, len);
        self.libcall(Libcall::fill_bytes, &[dst, value, len]);
    }

    pub(super) fn memory_copy(&mut self, dst_memory: u32, src_memory: u32) {
        let (dst, src, len) = self.pop3();
        if let Some(bytes) = self.inline_size(len) {
            let (to, from) = (dst_memory as usize, src_memory as usize);
            let Some(dst) = self.bulk_address(to, dst, bytes) else { return };
            let Some(src) = self.bulk_address(from, src, bytes) else { return };
            let to = self.memory_flags(to).with_notrap();
            let from = self.memory_flags(from).with_notrap();
            // All loads come first, since the ranges may overlap.
            let chunks = self.chunks(bytes);
            let values: smallvec::SmallVec<[Value; 12]> =
                chunks.iter().map(|&(offset, ty)| self.b.ins().load(ty, from, src, offset)).collect();
            for ((offset, _), value) in chunks.into_iter().zip(values) {
                self.b.ins().store(to, value, dst, offset);
            }
            return;
        }
        let len = self.resize(len, types::I64);
        let dst = self.bulk_range(dst_memory as usize, dst, len);
        let src = self.bulk_range(src_memory as usize, src, len);
        self.libcall(Libcall::move_bytes, &[dst, src, len]);
    }

    /// The address of a range of a memory, all of it in bounds, as 64 bits. Copying and filling change neither base nor
    /// length of any memory, so that nothing has to be read again behind them.
    fn bulk_range(&mut self, index: usize, at: Value, len: Value) -> Value {
        let wide = self.resize(at, types::I64);
        let length = self.memory_length(index);
        let length = self.resize(length, types::I64);
        let outside = if self.s.memories[index].index_type == IndexType::I32 {
            // No overflow: start and length have 32 bits. (The length of a copy has the width of the narrower memory.)
            let end = self.b.ins().iadd(wide, len);
            self.b.ins().icmp(IntCC::UnsignedGreaterThan, end, length)
        } else {
            let room = self.b.ins().isub(length, wide);
            let beyond = self.b.ins().icmp(IntCC::UnsignedGreaterThan, wide, length);
            let short = self.b.ins().icmp(IntCC::UnsignedGreaterThan, len, room);
            self.b.ins().bor(beyond, short)
        };
        self.trap_if(outside, Trap::MemoryOutOfBounds);
        let base = self.memory_base(index);
        let at = self.resize(wide, self.ptr);
        let address = self.b.ins().iadd(base, at);
        self.resize(address, types::I64)
    }

    pub(super) fn memory_init(&mut self, data: u32, memory: u32) {
        let (dst, src, len) = self.pop3();
        let memory = self.iconst(types::I32, memory.into());
        let data = self.iconst(types::I32, data.into());
        self.save_fuel();
        self.libcall(Libcall::memory_init, &[memory, data, dst, src, len]);
        self.after_call();
    }

    pub(super) fn data_drop(&mut self, data: u32) {
        let data = self.iconst(types::I32, data.into());
        self.libcall(Libcall::data_drop, &[data]);
    }

    /// The constant size of a bulk operator, if it is small.
    fn inline_size(&self, len: Value) -> Option<u64> {
        self.const_of(len).filter(|&len| len <= MAX_INLINE_BYTES)
    }

    /// The address of `bytes` bytes of a memory, all of them in bounds.
    fn bulk_address(&mut self, index: usize, at: Value, bytes: u64) -> Option<Value> {
        let memory = &self.s.memories[index];
        if memory.max_bytes.is_some_and(|max| bytes > max) {
            self.trap(Trap::MemoryOutOfBounds);
            return None;
        }
        let min_bytes = memory.min_bytes;
        let wide = self.resize(at, types::I64);
        let length = self.memory_length(index);
        let length = self.resize(length, types::I64);
        let end = self.iconst(types::I64, bytes.cast_signed());
        let last = self.b.ins().isub(length, end);
        let mut outside = self.b.ins().icmp(IntCC::UnsignedGreaterThan, wide, last);
        if bytes > min_bytes {
            let short = self.b.ins().icmp(IntCC::UnsignedLessThan, length, end);
            outside = self.b.ins().bor(outside, short);
        }
        self.trap_if(outside, Trap::MemoryOutOfBounds);
        let base = self.memory_base(index);
        let at = self.resize(wide, self.ptr);
        Some(self.b.ins().iadd(base, at))
    }

    /// How to move `bytes` bytes: offsets and types, the last two of which may overlap.
    fn chunks(&self, bytes: u64) -> smallvec::SmallVec<[(i32, Type); 12]> {
        let sizes: &[(u64, Type)] = if self.backend.traits.fast_vector_moves {
            &[(16, VECTOR), (8, types::I64), (4, types::I32), (2, types::I16), (1, types::I8)]
        } else {
            &[(8, types::I64), (4, types::I32), (2, types::I16), (1, types::I8)]
        };
        let mut chunks = smallvec::SmallVec::new();
        let mut at = 0;
        for &(size, ty) in sizes {
            while bytes - at >= size {
                chunks.push((i32::try_from(at).expect("at most 64 bytes"), ty));
                at += size;
            }
        }
        chunks
    }

    /// The lowest byte of `value`, in every byte of a value of type `ty`.
    fn repeat_byte(&mut self, value: Value, ty: Type) -> Value {
        let byte = self.b.ins().ireduce(types::I8, value);
        match ty {
            types::I8 => byte,
            ty if ty.is_vector() => self.b.ins().splat(ty, byte),
            ty => {
                let wide = self.b.ins().uextend(ty, byte);
                let ones = self.iconst(ty, 0x0101_0101_0101_0101);
                self.b.ins().imul(wide, ones)
            }
        }
    }

    /// The index of the memory that an operator accesses, if it does access one.
    pub(super) fn memory_index(&mut self, arg: &MemArg) -> Option<usize> {
        match arg.target {
            MemArgTarget::Memory(index) => Some(index as usize),
            MemArgTarget::Array(_) => {
                self.missing = Some(Feature::Gc);
                None
            }
        }
    }
}

/// Which of the pattern sizes a type has.
fn log2(ty: Type) -> usize {
    match ty.bytes() {
        1 => 0,
        2 => 1,
        4 => 2,
        8 => 3,
        _ => 4,
    }
}

/// The CLIF type of indices.
pub(super) fn index_type(ty: IndexType) -> Type {
    match ty {
        IndexType::I32 => types::I32,
        IndexType::I64 => types::I64,
    }
}
