//! Tables. Elements are read and written inline; everything with many steps is a libcall.

use super::Compiler;
use super::memory::index_abi_type;
use super::state::Val;
use crate::masm::*;
use crate::reg::Gp;
use gantry_abi::{AbiType, IndexType, Libcall, TableIndex, Trap, ValType};

impl<M: MacroAssembler> Compiler<'_, M> {
    /// The machine type of a table's elements.
    fn element_type(&self, table: TableIndex) -> AbiType {
        self.module.types.abi_type(ValType::Ref(self.module.tables[table].element), self.layout.ptr)
    }

    /// The type of a table's indices.
    fn table_index_type(&self, table: u32) -> AbiType {
        index_abi_type(self.module.tables[TableIndex::from_u32(table)].index_type)
    }

    /// Loads a field of a table's record.
    fn load_table_field(&mut self, table: TableIndex, d: Gp, field: u32) {
        let vmctx = M::REGS.vmctx;
        match self.module.defined_table(table) {
            Some(defined) => {
                let offset = self.layout.tables.at(defined) + field;
                self.masm.load(d.into(), Addr::field(LoadKind::I64, vmctx, offset));
            }
            None => {
                let from = self.layout.imported_tables.at(table) + self.layout.import.from;
                self.masm.load(d.into(), Addr::field(LoadKind::I64, vmctx, from));
                self.masm.load(d.into(), Addr::field(LoadKind::I64, d, field));
            }
        }
    }

    /// Pops an index and gives the address of the element. Stops with `trap` if there is no such element; `None`: always.
    /// `kind` is of the table's elements.
    pub(super) fn element<K: AccessKind>(&mut self, table: TableIndex, kind: K, trap: Trap) -> Option<Addr<K>> {
        let info = &self.module.tables[table];
        let (min, fixed, index_type) = (info.min, info.max == Some(info.min), info.index_type);
        let bytes = kind.bytes();
        let val = self.pop();
        let base = self.alloc_gp();
        if let Val::Const(value) = val {
            let value = if index_type == IndexType::I32 { value & 0xffff_ffff } else { value };
            if value < min
                && let Some(offset) = value.checked_mul(bytes.into()).and_then(|o| u32::try_from(o).ok())
            {
                self.load_table_field(table, base, self.layout.table.base);
                return Some(Addr::field(kind, base, offset));
            }
            if value >= min && fixed {
                self.trap(trap);
                return None;
            }
        }
        let val = self.in_reg(index_abi_type(index_type), val);
        let Val::Reg { reg, .. } = val else { unreachable!("it is in a register") };
        let size = match index_type {
            IndexType::I32 => Size::S32,
            IndexType::I64 => Size::S64,
        };
        let bound = if fixed && i32::try_from(min).is_ok() {
            RegImm::Imm(min.cast_signed())
        } else {
            let length = self.alloc_gp();
            self.load_table_field(table, length, self.layout.table.length);
            RegImm::Reg(length)
        };
        let outside = Cond::Int { cc: IntCc::GeU, size, a: reg.gp(), b: bound };
        let masked = self.signals() && self.options.spectre_mitigation;
        if !masked {
            self.trap_if(outside, trap);
        }
        self.load_table_field(table, base, self.layout.table.base);
        let scaled = self.alloc_gp();
        self.masm.mov(size, scaled, reg.gp());
        let log2 = i64::from(bytes.trailing_zeros());
        self.masm.shift(ShiftOp::Shl, Size::S64, scaled, scaled, RegImm::Imm(log2));
        self.masm.alu(AluOp::Add, Size::S64, base, base, RegImm::Reg(scaled));
        if masked {
            self.masm.zero_if(base, outside);
        }
        Some(Addr::field(kind, base, 0).or_trap(masked.then_some(trap)))
    }

    pub(super) fn table_get(&mut self, table: u32) {
        let table = TableIndex::from_u32(table);
        let ty = self.element_type(table);
        let Some(addr) = self.element(table, LoadKind::whole(ty), Trap::TableOutOfBounds) else { return };
        let d = addr.base;
        self.masm.load(d.into(), addr);
        self.push(ty, d);
    }

    pub(super) fn table_set(&mut self, table: u32) {
        let table = TableIndex::from_u32(table);
        let ty = self.element_type(table);
        let (value, _) = self.pop_gp();
        let Some(addr) = self.element(table, StoreKind::whole(ty), Trap::TableOutOfBounds) else { return };
        self.masm.store(value.into(), addr);
    }

    pub(super) fn table_size(&mut self, table: u32) {
        let table = TableIndex::from_u32(table);
        let index_type = self.module.tables[table].index_type;
        let d = self.alloc_gp();
        self.load_table_field(table, d, self.layout.table.length);
        self.push_size(index_type, d);
    }

    pub(super) fn table_grow(&mut self, table: u32) {
        let index_type = self.module.tables[TableIndex::from_u32(table)].index_type;
        let element = self.element_type(TableIndex::from_u32(table));
        let delta = self.pop();
        let init = self.pop();
        self.save_fuel();
        let args = [(AbiType::I32, Val::Const(table.into())), (index_abi_type(index_type), delta), (element, init)];
        let old = self.libcall(Libcall::table_grow, &args);
        self.after_call();
        self.take(old.into());
        self.push_size(index_type, old);
    }

    pub(super) fn table_fill(&mut self, table: u32) {
        let index = self.table_index_type(table);
        let element = self.element_type(TableIndex::from_u32(table));
        let len = self.pop();
        let value = self.pop();
        let dst = self.pop();
        let args = [(AbiType::I32, Val::Const(table.into())), (index, dst), (element, value), (index, len)];
        self.table_libcall(Libcall::table_fill, &args);
    }

    pub(super) fn table_copy(&mut self, dst_table: u32, src_table: u32) {
        let (dst_ty, src_ty) = (self.table_index_type(dst_table), self.table_index_type(src_table));
        let len_ty = if dst_ty == AbiType::I32 || src_ty == AbiType::I32 { AbiType::I32 } else { AbiType::I64 };
        let len = self.pop();
        let src = self.pop();
        let dst = self.pop();
        let args = [
            (AbiType::I32, Val::Const(dst_table.into())),
            (AbiType::I32, Val::Const(src_table.into())),
            (dst_ty, dst),
            (src_ty, src),
            (len_ty, len),
        ];
        self.table_libcall(Libcall::table_copy, &args);
    }

    pub(super) fn table_init(&mut self, elem: u32, table: u32) {
        let index = self.table_index_type(table);
        let len = self.pop();
        let src = self.pop();
        let dst = self.pop();
        let args = [
            (AbiType::I32, Val::Const(table.into())),
            (AbiType::I32, Val::Const(elem.into())),
            (index, dst),
            (AbiType::I32, src),
            (AbiType::I32, len),
        ];
        self.table_libcall(Libcall::table_init, &args);
    }

    pub(super) fn elem_drop(&mut self, elem: u32) {
        self.table_libcall(Libcall::elem_drop, &[(AbiType::I32, Val::Const(elem.into()))]);
    }

    fn table_libcall(&mut self, libcall: Libcall, args: &[(AbiType, Val)]) {
        self.save_fuel();
        self.libcall(libcall, args);
        self.after_call();
    }
}
