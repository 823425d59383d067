//! Tables. Elements are read and written inline; everything with many steps is a libcall.

use super::memory::index_type;
use super::{Region, Translator};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{InstBuilder, MemFlagsData, Type, Value, types};
use gantry_abi::{CompileError, Libcall, TableIndex, Trap, ValType};

impl Translator<'_> {
    /// The type of a table's elements.
    fn element_type(&self, table: TableIndex) -> Result<Type, CompileError> {
        self.clif_type(ValType::Ref(self.module.tables[table].element))
    }

    /// The address of a table's record, as base and offset.
    fn table_record(&mut self, table: TableIndex) -> (Value, u32) {
        match self.module.defined_table(table) {
            Some(defined) => (self.vmctx, self.layout.tables.at(defined)),
            None => (self.vmctx_pointer(self.layout.imported_tables.at(table) + self.layout.import.from), 0),
        }
    }

    /// A table's length in elements, with the type of its indices.
    fn table_length(&mut self, table: TableIndex) -> Value {
        let info = &self.module.tables[table];
        let ty = index_type(info.index_type);
        if info.max == Some(info.min) {
            return self.iconst(ty, info.min.cast_signed());
        }
        let (record, offset) = self.table_record(table);
        let flags = self.own(Region::Record);
        let length = self.load_pointer(flags, record, offset + self.layout.table.length);
        self.resize(length, ty)
    }

    /// The address of an element and the flags to access it with. Stops with `trap` if there is no such element.
    pub(super) fn element(
        &mut self,
        table: TableIndex,
        index: Value,
        trap: Trap,
    ) -> Result<(Value, MemFlagsData, Type), CompileError> {
        let ty = self.element_type(table)?;
        let info = &self.module.tables[table];
        let in_bounds = self.const_of(index).is_some_and(|index| index < info.min);
        let fixed = info.max == Some(info.min);
        let region = Region::Table(self.module.defined_table(table).map(|d| d.as_u32()));
        let flags = self.own(region);

        let outside = if in_bounds {
            None
        } else {
            let length = self.table_length(table);
            Some(self.b.ins().icmp(IntCC::UnsignedGreaterThanOrEqual, index, length))
        };
        let mask = self.signals() && self.options.spectre_mitigation;
        if let Some(outside) = outside.filter(|_| !mask) {
            self.trap_if(outside, trap);
        }
        let (record, offset) = self.table_record(table);
        let record_flags = if fixed { self.constant(Region::Record) } else { self.own(Region::Record) };
        let base = self.load_pointer(record_flags, record, offset + self.layout.table.base);
        let index = self.resize(index, self.ptr);
        let shift = self.iconst(self.ptr, ty.bytes().trailing_zeros().into());
        let index = self.b.ins().ishl(index, shift);
        let address = self.b.ins().iadd(base, index);
        Ok(match outside.filter(|_| mask) {
            // Null faults.
            Some(outside) => {
                let address = self.null_if(outside, address);
                (address, flags.with_trap_code(Some(super::trap::trap_code(trap))), ty)
            }
            None => (address, flags, ty),
        })
    }

    pub(super) fn table_get(&mut self, table: u32) -> Result<(), CompileError> {
        let index = self.pop();
        let (address, flags, ty) = self.element(TableIndex::from_u32(table), index, Trap::TableOutOfBounds)?;
        let value = self.b.ins().load(ty, flags, address, 0);
        self.push(value);
        Ok(())
    }

    pub(super) fn table_set(&mut self, table: u32) -> Result<(), CompileError> {
        let (index, value) = self.pop2();
        let (address, flags, _) = self.element(TableIndex::from_u32(table), index, Trap::TableOutOfBounds)?;
        self.b.ins().store(flags, value, address, 0);
        Ok(())
    }

    pub(super) fn table_size(&mut self, table: u32) {
        let length = self.table_length(TableIndex::from_u32(table));
        self.push(length);
    }

    pub(super) fn table_grow(&mut self, table: u32) {
        let (init, delta) = self.pop2();
        let ty = index_type(self.module.tables[TableIndex::from_u32(table)].index_type);
        let table = self.iconst(types::I32, table.into());
        self.save_fuel();
        let old = self.libcall(Libcall::table_grow, &[table, delta, init]).expect("table_grow gives the old size");
        self.after_call();
        let old = self.resize(old, ty);
        self.push(old);
    }

    pub(super) fn table_fill(&mut self, table: u32) {
        let (dst, value, len) = self.pop3();
        let table = self.iconst(types::I32, table.into());
        self.table_libcall(Libcall::table_fill, &[table, dst, value, len]);
    }

    pub(super) fn table_copy(&mut self, dst_table: u32, src_table: u32) {
        let (dst, src, len) = self.pop3();
        let dst_table = self.iconst(types::I32, dst_table.into());
        let src_table = self.iconst(types::I32, src_table.into());
        self.table_libcall(Libcall::table_copy, &[dst_table, src_table, dst, src, len]);
    }

    pub(super) fn table_init(&mut self, elem: u32, table: u32) {
        let (dst, src, len) = self.pop3();
        let table = self.iconst(types::I32, table.into());
        let elem = self.iconst(types::I32, elem.into());
        self.table_libcall(Libcall::table_init, &[table, elem, dst, src, len]);
    }

    pub(super) fn elem_drop(&mut self, elem: u32) {
        let elem = self.iconst(types::I32, elem.into());
        self.table_libcall(Libcall::elem_drop, &[elem]);
    }

    fn table_libcall(&mut self, libcall: Libcall, args: &[Value]) {
        self.save_fuel();
        self.libcall(libcall, args);
        self.after_call();
    }
}
