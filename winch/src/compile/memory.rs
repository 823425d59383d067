//! Linear memory: loads, stores, sizes, growing.
//!
//! The base of memory 0 stays in a register; other bases and all lengths are read when needed. Which checks an access needs
//! is decided as for optimized code: none if faults catch everything that the index reaches, otherwise a comparison with the
//! length, whose failure either stops right there or, if speculation has to be kept out, replaces the address by null,
//! which faults. A check that stops is not made again for the same local, as long as that keeps its value on the way here.

use super::Compiler;
use super::state::{Checked, Kind, Slot, Val};
use crate::masm::*;
use crate::reg::{Class, Gp, Reg, Wide};
use gantry_abi::{AbiType, Feature, IndexType, Libcall, MemoryIndex, Trap};
use wasmparser::{MemArg, MemArgTarget};

/// What is known about a memory.
#[derive(Clone, Copy, Debug)]
pub(super) struct MemoryState {
    /// Type of its addresses.
    pub(super) index_type: IndexType,
    pub(super) page_size_log2: u8,
    /// Its length never falls below this.
    pub(super) min_bytes: u64,
    /// Nor rises above this (`None`: 2^64).
    pub(super) max_bytes: Option<u64>,
    /// Offset of its record in the vmctx, or of an import that points to one.
    record: u32,
    imported: bool,
    /// Its base can change while the function runs.
    moves: bool,
    /// Bytes behind the base, from any legal length on, whose access faults or is in bounds. 0 if faults are of no use.
    faulting_bytes: u64,
    /// Bytes behind its length that are inaccessible. 0 if faults are of no use.
    guard_bytes: u64,
}

/// Pages of memories at least this large can be protected one by one on every host.
const MIN_PROTECTED_PAGE_LOG2: u8 = 16;

/// Displacements from null up to this fault on every host.
const NULL_PAGE_BYTES: u64 = 4096;

impl<M: MacroAssembler> Compiler<'_, M> {
    /// Finds out about the module's memories.
    pub(super) fn begin_memories(&mut self) {
        self.memories.clear();
        let (module, layout, options) = (self.module, self.layout, self.options);
        self.memories.extend(module.memories.iter().map(|(index, ty)| {
            let defined = module.defined_memory(index);
            let protected = options.signals_based_traps && ty.page_size_log2 >= MIN_PROTECTED_PAGE_LOG2;
            let max_bytes = ty.max_bytes();
            let guard_bytes = if protected { options.memory_guard_size } else { 0 };
            MemoryState {
                index_type: ty.index_type,
                page_size_log2: ty.page_size_log2,
                min_bytes: ty.min_bytes().unwrap_or(u64::MAX),
                max_bytes,
                record: match defined {
                    Some(defined) => layout.memories.at(defined),
                    None => layout.imported_memories.at(index),
                },
                imported: defined.is_none(),
                moves: options.memory_may_move && max_bytes.is_none_or(|max| max > options.memory_reservation),
                faulting_bytes: if protected { options.memory_reservation.saturating_add(guard_bytes) } else { 0 },
                guard_bytes,
            }
        }));
    }

    /// How the base of memory 0 is found.
    pub(super) fn memory_base_path(&self) -> MemoryBase {
        // Tail calls restore the register even where there is no memory.
        match self.memories.first() {
            Some(memory) if memory.imported => {
                MemoryBase { import: Some(memory.record + self.layout.import.from), base: self.layout.memory.base }
            }
            Some(memory) => MemoryBase { import: None, base: memory.record + self.layout.memory.base },
            None => MemoryBase { import: None, base: self.layout.store },
        }
    }

    /// After a call: reads the base of memory 0 again if it may have changed.
    pub(super) fn reload_memory_base(&mut self) {
        let Some(memory) = self.memories.first().copied().filter(|m| m.moves) else { return };
        self.uses_memory_base = true;
        let base = M::REGS.memory_base;
        self.load_field(&memory, base, self.layout.memory.base);
    }

    /// Loads a field of a memory's record.
    fn load_field(&mut self, memory: &MemoryState, d: Gp, field: u32) {
        let vmctx = M::REGS.vmctx;
        if memory.imported {
            let from = memory.record + self.layout.import.from;
            self.masm.load(d.into(), Addr::field(LoadKind::I64, vmctx, from));
            self.masm.load(d.into(), Addr::field(LoadKind::I64, d, field));
        } else {
            self.masm.load(d.into(), Addr::field(LoadKind::I64, vmctx, memory.record + field));
        }
    }

    /// A register with the address of a memory's first byte.
    pub(super) fn memory_base(&mut self, index: usize) -> Gp {
        if index == 0 {
            self.uses_memory_base = true;
            return M::REGS.memory_base;
        }
        let memory = self.memories[index];
        let d = self.alloc_gp();
        self.load_field(&memory, d, self.layout.memory.base);
        d
    }

    /// Loads a memory's length in bytes.
    pub(super) fn memory_length(&mut self, index: usize, d: Gp) {
        let memory = self.memories[index];
        if memory.max_bytes == Some(memory.min_bytes) {
            self.masm.constant(d, memory.min_bytes);
        } else {
            self.load_field(&memory, d, self.layout.memory.length);
        }
    }

    /// The index of the memory that an operator accesses, if it does access one.
    fn memory_index(&mut self, arg: &MemArg) -> Option<usize> {
        match arg.target {
            MemArgTarget::Memory(index) => Some(index as usize),
            MemArgTarget::Array(_) => {
                self.missing = Some(Feature::Gc);
                None
            }
        }
    }

    /// An index as part of an address.
    fn index(&self, ty: IndexType, reg: Reg) -> Index {
        if ty == IndexType::I64 || self.s.extended.contains(reg) {
            Index::Long(Wide::known(reg.gp()))
        } else {
            Index::Word(reg.gp())
        }
    }

    /// Pops an index and makes the bytes of an access at it accessible. Gives the address and the popped index. `None`: the
    /// access always traps, and code here has ended.
    pub(super) fn access<K: AccessKind>(&mut self, arg: &MemArg, kind: K) -> Option<(Addr<K>, Val)> {
        let local = match *self.top() {
            Slot { kind: Kind::Local, payload, .. } => u32::try_from(payload).ok(),
            _ => None,
        };
        let val = self.pop();
        let number = self.memory_index(arg)?;
        let memory = self.memories[number];
        let end =
            arg.offset.checked_add(kind.bytes().into()).filter(|&end| memory.max_bytes.is_none_or(|max| end <= max));
        let Some(end) = end else {
            self.trap(Trap::MemoryOutOfBounds);
            return None;
        };
        let ty = match memory.index_type {
            IndexType::I32 => AbiType::I32,
            IndexType::I64 => AbiType::I64,
        };
        if let Val::Const(value) = val {
            let value = if ty == AbiType::I32 { value & 0xffff_ffff } else { value };
            if let Some(offset) = value.checked_add(arg.offset)
                && value.checked_add(end).is_some_and(|end| end <= memory.min_bytes)
                && let Ok(offset) = u32::try_from(offset)
            {
                let base = self.memory_base(number);
                return Some((Addr::field(kind, base, offset), val));
            }
        }
        let val = self.in_reg(ty, val);
        let Val::Reg { reg, .. } = val else { unreachable!("it is in a register") };
        let index = self.index(memory.index_type, reg);
        let reach = memory.faulting_bytes.checked_sub(end);
        if memory.index_type == IndexType::I32
            && reach.is_some_and(|free| free >= u32::MAX.into())
            && let Ok(offset) = u32::try_from(arg.offset)
        {
            let base = self.memory_base(number);
            let addr = Addr::field(kind, base, offset).indexed(index).or_trap(Some(Trap::MemoryOutOfBounds));
            return Some((addr, val));
        }
        if let Some(local) = local.filter(|_| !self.masks_addresses()) {
            let known = self.s.checked.iter_mut().find(|c| c.memory == number && c.local == local);
            match known {
                Some(checked)
                    if checked.bytes >= end
                        && let Ok(offset) = u32::try_from(arg.offset) =>
                {
                    let base = self.memory_base(number);
                    return Some((Addr::field(kind, base, offset).indexed(index), val));
                }
                Some(checked) => checked.bytes = checked.bytes.max(end),
                None => self.s.checked.push(Checked { memory: number, local, bytes: end }),
            }
        }
        Some((self.checked(kind, number, index, arg.offset, end), val))
    }

    /// Whether a failing check makes an address null, so that not even speculation follows it.
    fn masks_addresses(&self) -> bool {
        self.signals() && self.options.spectre_mitigation
    }

    /// The address of an access that needs a check.
    fn checked<K: AccessKind>(&mut self, kind: K, number: usize, index: Index, offset: u64, end: u64) -> Addr<K> {
        let memory = self.memories[number];
        let masked = self.masks_addresses();
        let wide = match index {
            Index::Long(wide) => wide,
            Index::Word(reg) => {
                let wide = self.alloc_gp();
                self.masm.zero_extend(wide, reg)
            }
        };
        let index = wide.reg();
        let length = self.alloc_gp();
        self.memory_length(number, length);
        let above = |a: Gp, b: Gp| Cond::Int { cc: IntCc::GtU, size: Size::S64, a, b: RegImm::Reg(b) };
        let mut short = None;
        let outside = if masked && end <= memory.guard_bytes {
            above(index, length)
        } else if memory.index_type == IndexType::I32 {
            // At most 2^33 bytes: memories of this kind have no more.
            let sum = self.alloc_gp();
            self.add_constant(sum, index, end);
            above(sum, length)
        } else {
            if end > memory.min_bytes {
                // The length may be less than the end alone.
                let needed = self.alloc_gp();
                self.masm.constant(needed, end);
                short = Some(above(needed, length));
                if !masked {
                    self.trap_if(short.take().expect("just set"), Trap::MemoryOutOfBounds);
                }
            }
            let last = self.alloc_gp();
            self.add_constant(last, length, end.wrapping_neg());
            above(index, last)
        };
        let base = self.memory_base(number);
        let near = end <= NULL_PAGE_BYTES;
        let small = u32::try_from(offset).ok().filter(|_| near);
        let address = self.alloc_gp();
        self.masm.address(address, Addr::field((), base, 0).indexed(Index::Long(wide)));
        if small.is_none() {
            self.add_constant(address, address, offset);
        }
        let trap = if masked {
            self.masm.zero_if(address, outside);
            if let Some(short) = short {
                self.masm.zero_if(address, short);
            }
            Some(Trap::MemoryOutOfBounds)
        } else {
            self.trap_if(outside, Trap::MemoryOutOfBounds);
            None
        };
        Addr::field(kind, address, small.unwrap_or(0)).or_trap(trap)
    }

    /// `d = a + value`, 64 bits.
    pub(super) fn add_constant(&mut self, d: Gp, a: Gp, value: u64) {
        self.masm.alu(AluOp::Add, Size::S64, d, a, RegImm::Imm(value.cast_signed()));
    }

    pub(super) fn load(&mut self, kind: LoadKind, arg: &MemArg) {
        let Some((addr, index)) = self.access(arg, kind) else { return };
        let d = self.result(Class::of(kind.ty()), index, index);
        self.masm.load(d, addr);
        self.push(kind.ty(), d);
    }

    pub(super) fn store(&mut self, kind: StoreKind, ty: AbiType, arg: &MemArg) {
        let value = self.pop();
        let value = match value {
            Val::Const(_) if Class::of(ty) == Class::Int => value,
            value => self.in_reg(ty, value),
        };
        let Some((addr, _)) = self.access(arg, kind) else { return };
        self.store_at(ty, value, addr);
    }

    /// Stores a popped value.
    pub(super) fn store_at(&mut self, ty: AbiType, value: Val, addr: Addr<StoreKind>) {
        let faults = addr.trap.is_some();
        if M::STORES_TEAR && faults && addr.kind().bytes() > 1 && self.options.exact_stores {
            // Where a store can write the part of its bytes that is accessible, a load of all of them goes first.
            self.masm.probe(addr);
        }
        if let Val::Const(constant) = value
            && Class::of(ty) == Class::Int
            && self.masm.store_constant(constant.cast_signed(), addr)
        {
            return;
        }
        let Val::Reg { reg, .. } = self.in_reg(ty, value) else { unreachable!("it is in a register") };
        self.masm.store(reg, addr);
    }

    pub(super) fn memory_size(&mut self, memory: u32) {
        let state = self.memories[memory as usize];
        let d = self.alloc_gp();
        self.memory_length(memory as usize, d);
        if state.page_size_log2 > 0 {
            let log2 = RegImm::Imm(state.page_size_log2.into());
            self.masm.shift(ShiftOp::ShrU, Size::S64, d, d, log2);
        }
        self.push_size(state.index_type, d);
    }

    /// Pushes a 64-bit size as the type of indices.
    pub(super) fn push_size(&mut self, ty: IndexType, d: Gp) {
        match ty {
            IndexType::I32 => {
                self.masm.mov(Size::S32, d, d);
                self.push(AbiType::I32, d);
            }
            IndexType::I64 => self.push(AbiType::I64, d),
        }
    }

    pub(super) fn memory_grow(&mut self, memory: u32) {
        let index_type = self.module.memories[MemoryIndex::from_u32(memory)].index_type;
        let ty = index_abi_type(index_type);
        let delta = self.pop();
        self.save_fuel();
        let old = self.libcall(Libcall::memory_grow, &[(AbiType::I32, Val::Const(memory.into())), (ty, delta)]);
        self.after_call();
        self.take(old.into());
        self.push_size(index_type, old);
    }
}

/// The machine type of indices.
pub(super) const fn index_abi_type(ty: IndexType) -> AbiType {
    match ty {
        IndexType::I32 => AbiType::I32,
        IndexType::I64 => AbiType::I64,
    }
}
