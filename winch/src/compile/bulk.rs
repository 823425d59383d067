//! Bulk memory operators. Ranges are checked here; the runtime moves the bytes.

use super::Compiler;
use super::memory::index_abi_type;
use super::state::Val;
use crate::masm::*;
use crate::reg::Gp;
use gantry_abi::{AbiType, IndexType, Libcall, MemoryIndex, Trap};

impl<M: MacroAssembler> Compiler<'_, M> {
    /// The type of a memory's indices.
    fn memory_type(&self, memory: u32) -> AbiType {
        index_abi_type(self.module.memories[MemoryIndex::from_u32(memory)].index_type)
    }

    /// Pops an operand into a register of its own, as 64 bits.
    fn pop_wide(&mut self, ty: AbiType) -> Gp {
        let val = self.pop();
        if let Val::Const(value) = val {
            let d = self.alloc_gp();
            self.masm.constant(d, if ty == AbiType::I32 { value & 0xffff_ffff } else { value });
            return d;
        }
        let Val::Reg { reg, own } = val else { unreachable!("constants were first") };
        let extended = ty == AbiType::I64 || self.s.extended.contains(reg);
        if own && extended {
            return reg.gp();
        }
        let d = if own { reg.gp() } else { self.alloc_gp() };
        self.masm.mov(if ty == AbiType::I32 { Size::S32 } else { Size::S64 }, d, reg.gp());
        d
    }

    /// Makes `at` the address of a range of a memory, all of it in bounds. Copying and filling change neither base nor length
    /// of any memory, so that nothing has to be read again behind them.
    fn range(&mut self, memory: u32, at: Gp, len: Gp) {
        let index = memory as usize;
        let (length, sum) = (M::REGS.callee, self.alloc_gp());
        self.memory_length(index, length);
        let above = |a: Gp, b: Gp| Cond::Int { cc: IntCc::GtU, size: Size::S64, a, b: RegImm::Reg(b) };
        if self.memories[index].index_type == IndexType::I32 {
            // No overflow: start and length have 32 bits. (The length of a copy has the width of the narrower memory.)
            self.masm.alu(AluOp::Add, Size::S64, sum, at, RegImm::Reg(len));
            self.trap_if(above(sum, length), Trap::MemoryOutOfBounds);
        } else {
            self.trap_if(above(at, length), Trap::MemoryOutOfBounds);
            self.masm.alu(AluOp::Sub, Size::S64, sum, length, RegImm::Reg(at));
            self.trap_if(above(len, sum), Trap::MemoryOutOfBounds);
        }
        let base = self.memory_base(index);
        self.masm.alu(AluOp::Add, Size::S64, at, at, RegImm::Reg(base));
        self.s.locked.remove(sum.into());
    }

    pub(super) fn memory_fill(&mut self, memory: u32) {
        let ty = self.memory_type(memory);
        let len = self.pop_wide(ty);
        let value = self.pop();
        let dst = self.pop_wide(ty);
        self.range(memory, dst, len);
        let args = [(AbiType::I64, own(dst)), (AbiType::I32, value), (AbiType::I64, own(len))];
        self.libcall(Libcall::fill_bytes, &args);
    }

    pub(super) fn memory_copy(&mut self, dst_memory: u32, src_memory: u32) {
        let (dst_ty, src_ty) = (self.memory_type(dst_memory), self.memory_type(src_memory));
        let len_ty = if dst_ty == AbiType::I32 || src_ty == AbiType::I32 { AbiType::I32 } else { AbiType::I64 };
        let len = self.pop_wide(len_ty);
        let src = self.pop_wide(src_ty);
        let dst = self.pop_wide(dst_ty);
        self.range(dst_memory, dst, len);
        self.range(src_memory, src, len);
        let args = [(AbiType::I64, own(dst)), (AbiType::I64, own(src)), (AbiType::I64, own(len))];
        self.libcall(Libcall::move_bytes, &args);
    }

    pub(super) fn memory_init(&mut self, data: u32, memory: u32) {
        let ty = self.memory_type(memory);
        let len = self.pop();
        let src = self.pop();
        let dst = self.pop();
        self.save_fuel();
        let args = [
            (AbiType::I32, Val::Const(memory.into())),
            (AbiType::I32, Val::Const(data.into())),
            (ty, dst),
            (AbiType::I32, src),
            (AbiType::I32, len),
        ];
        self.libcall(Libcall::memory_init, &args);
        self.after_call();
    }

    pub(super) fn data_drop(&mut self, data: u32) {
        self.libcall(Libcall::data_drop, &[(AbiType::I32, Val::Const(data.into()))]);
    }
}

/// A register as a popped operand.
fn own(reg: Gp) -> Val {
    Val::Reg { reg: reg.into(), own: true }
}
