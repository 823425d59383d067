//! Bounds checks of memory accesses: which ones are needed, and what they look like.
//!
//! In this order, for an access of `size` bytes at `index + offset`, with `end = offset + size`:
//!
//! 1. `end` exceeds the size that the memory can ever have: it always traps.
//! 2. The index is a constant, and the access within the memory's initial size: no check.
//! 3. 32-bit indices, and reservation and guard cover everything that they reach: no check, the access faults.
//! 4. The same index has been checked for as much or more, on every way that leads here: no check.
//! 5. `end` is within the guard: `index > length`. All fields of a structure share this check.
//! 6. 32-bit indices: `index + end > length` in 64 bits.
//! 7. `end` is within the initial size: `index > length - end`.
//! 8. Otherwise: `length < end || index > length - end`.
//!
//! Bytecode has instructions that check and access at once; for them, checks are neither shared nor skipped but by 1 and 2.
//!
//! A failed check stops right there, or, if speculation has to be kept out, replaces the address by null with a conditional
//! move: the access faults. Guards do not exist for memories whose pages are smaller than the host's, and faults are of no
//! use without signals.

use super::Translator;
use super::state::Checked;
use crate::passes::bounds::BoundsCheck;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{InstBuilder, MemFlagsData, Value, types};
use gantry_abi::{IndexType, Trap};
use wasmparser::MemArg;

/// Displacements from null up to this fault on every host.
const NULL_PAGE_BYTES: u64 = 4096;

/// How many checks are remembered: enough for the pointers in flight, few enough to search.
const MAX_CHECKS: usize = 16;

/// A checked access: `base + offset`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Access {
    pub(super) base: Value,
    pub(super) offset: i32,
    pub(super) flags: MemFlagsData,
    /// An earlier access shows that all bytes of this one are accessible.
    pub(super) proven: bool,
}

impl Translator<'_> {
    /// Pops an index and makes `size` bytes at it accessible. `None`: the access always traps, and code here has ended.
    pub(super) fn access(&mut self, arg: &MemArg, size: u32) -> Option<Access> {
        let index = self.pop();
        let memory = self.memory_index(arg)?;
        let state = &self.s.memories[memory];
        let (min_bytes, max_bytes) = (state.min_bytes, state.max_bytes);
        let (index_type, faulting_bytes) = (state.index_type, state.faulting_bytes);

        let end = arg.offset.checked_add(size.into()).filter(|&end| max_bytes.is_none_or(|max| end <= max));
        let Some(end) = end else {
            self.trap(Trap::MemoryOutOfBounds);
            return None;
        };
        let flags = self.memory_flags(memory);
        if let Some(constant) = self.const_of(index)
            && constant.checked_add(end).is_some_and(|end| end <= min_bytes)
        {
            let base = self.memory_base(memory);
            return Some(self.displaced(base, constant + arg.offset, flags.with_notrap()));
        }
        if index_type == IndexType::I32 && faulting_bytes.checked_sub(end).is_some_and(|free| free >= u32::MAX.into()) {
            let address = self.unchecked(memory, index);
            let mut access = self.displaced(address, arg.offset, flags);
            // Memories are accessible up to some point: an access of an address shows that lower ones are fine.
            if self.backend.traits.stores_tear {
                access.proven = self.is_checked(memory, index, end);
                if !access.proven {
                    self.note_check(memory, index, end, None);
                }
            }
            return Some(access);
        }
        if self.backend.traits.folds_bounds_checks {
            Some(self.folded(memory, index, arg.offset, end, flags))
        } else if self.signals() && self.options.spectre_mitigation {
            Some(self.masked(memory, index, arg.offset, end, flags))
        } else {
            if !self.is_checked(memory, index, end) {
                let (outside, covered) = self.outside(memory, index, end, false);
                let branch = self.trap_if(outside, Trap::MemoryOutOfBounds);
                self.note_check(memory, index, covered, None);
                if let Some(branch) = branch {
                    let memory = u32::try_from(memory).expect("validated: memory indices are 32 bits");
                    self.s.bounds_checks.push(BoundsCheck { branch, memory, index, end: covered, min_bytes });
                }
            }
            let address = self.unchecked(memory, index);
            Some(self.displaced(address, arg.offset, flags.with_notrap()))
        }
    }

    /// The access with its check before it, in the form that becomes one instruction wherever there is one.
    fn folded(&mut self, memory: usize, index: Value, offset: u64, end: u64, flags: MemFlagsData) -> Access {
        let (outside, _) =
            if self.s.memories[memory].index_type == IndexType::I32 && end <= self.s.memories[memory].min_bytes {
                let length = self.memory_length(memory);
                let end_value = self.ptr_const(end);
                let last = self.b.ins().isub(length, end_value);
                let index = self.resize(index, self.ptr);
                (self.b.ins().icmp(IntCC::UnsignedGreaterThan, index, last), end)
            } else {
                self.outside(memory, index, end, false)
            };
        let mut address = self.unchecked(memory, index);
        if offset != 0 {
            let offset = self.ptr_const(offset);
            address = self.b.ins().iadd(address, offset);
        }
        let base = self.null_if(outside, address);
        Access { base, offset: 0, flags, proven: false }
    }

    /// The access at an address that is null if it is out of bounds.
    fn masked(&mut self, memory: usize, index: Value, offset: u64, end: u64, flags: MemFlagsData) -> Access {
        let base = self.memory_base(memory);
        let known = self.s.checks.iter().find_map(|c| {
            let (for_base, address) = c.masked?;
            (c.memory as usize == memory && c.index == index && for_base == base && c.end >= end).then_some(address)
        });
        let near = end <= NULL_PAGE_BYTES;
        if let (Some(address), true) = (known, near) {
            return self.displaced(address, offset, flags);
        }
        let (outside, covered) = self.outside(memory, index, end, true);
        let mut address = self.unchecked(memory, index);
        if !near {
            let offset = self.ptr_const(offset);
            address = self.b.ins().iadd(address, offset);
        }
        let address = self.null_if(outside, address);
        if near {
            self.note_check(memory, index, covered, Some((base, address)));
            self.displaced(address, offset, flags)
        } else {
            Access { base: address, offset: 0, flags, proven: false }
        }
    }

    /// `address`, or null, which faults, if `cond` is not zero; not even speculatively anything else.
    pub(super) fn null_if(&mut self, cond: Value, address: Value) -> Value {
        let null = self.ptr_const(0);
        if self.backend.traits.speculates {
            self.b.ins().select_spectre_guard(cond, null, address)
        } else {
            self.b.ins().select(cond, null, address)
        }
    }

    /// Whether `index + end` may exceed the memory's length, as a condition, and how large an `end` it is good for.
    fn outside(&mut self, memory: usize, index: Value, end: u64, may_fault: bool) -> (Value, u64) {
        let state = &self.s.memories[memory];
        let (min_bytes, guard_bytes, index_type) = (state.min_bytes, state.guard_bytes, state.index_type);
        let length = self.memory_length(memory);
        let length = self.resize(length, types::I64);
        let index = self.resize(index, types::I64);
        if may_fault && end <= guard_bytes {
            return (self.b.ins().icmp(IntCC::UnsignedGreaterThan, index, length), guard_bytes);
        }
        if end == 1 {
            return (self.b.ins().icmp(IntCC::UnsignedGreaterThanOrEqual, index, length), end);
        }
        let end_value = self.iconst(types::I64, end.cast_signed());
        let outside = if index_type == IndexType::I32 {
            // At most 2^33 bytes: memories of this kind have no more.
            let sum = self.b.ins().iadd(index, end_value);
            self.b.ins().icmp(IntCC::UnsignedGreaterThan, sum, length)
        } else if end <= min_bytes {
            let last = self.b.ins().isub(length, end_value);
            self.b.ins().icmp(IntCC::UnsignedGreaterThan, index, last)
        } else {
            let last = self.b.ins().isub(length, end_value);
            let beyond = self.b.ins().icmp(IntCC::UnsignedGreaterThan, index, last);
            let short = self.b.ins().icmp(IntCC::UnsignedLessThan, length, end_value);
            self.b.ins().bor(beyond, short)
        };
        (outside, end)
    }

    /// The address of a memory's byte at `index`.
    fn unchecked(&mut self, memory: usize, index: Value) -> Value {
        let base = self.memory_base(memory);
        let index = self.resize(index, self.ptr);
        self.b.ins().iadd(base, index)
    }

    /// The access at `address + offset`.
    fn displaced(&mut self, address: Value, offset: u64, flags: MemFlagsData) -> Access {
        match i32::try_from(offset) {
            Ok(offset) => Access { base: address, offset, flags, proven: false },
            Err(_) => {
                let offset = self.ptr_const(offset);
                Access { base: self.b.ins().iadd(address, offset), offset: 0, flags, proven: false }
            }
        }
    }

    fn is_checked(&self, memory: usize, index: Value, end: u64) -> bool {
        self.s.checks.iter().any(|c| c.memory as usize == memory && c.index == index && c.end >= end)
    }

    fn note_check(&mut self, memory: usize, index: Value, end: u64, masked: Option<(Value, Value)>) {
        let memory = u32::try_from(memory).expect("validated: memory indices are 32 bits");
        if self.s.checks.len() == MAX_CHECKS {
            self.s.checks.remove(0);
        }
        self.s.checks.push(Checked { memory, index, end, masked });
    }
}
