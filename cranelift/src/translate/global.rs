//! Locals and globals.

use super::{Region, Translator};
use cranelift_codegen::ir::{Endianness, InstBuilder, MemFlagsData, Type, Value};
use gantry_abi::{CompileError, GlobalIndex};

impl Translator<'_> {
    pub(super) fn local_get(&mut self, index: u32) {
        let local = self.s.locals[index as usize];
        let value = self.b.use_var(local.var);
        self.push(value);
    }

    pub(super) fn local_set(&mut self, index: u32) {
        let value = self.pop();
        self.define_local(index, value);
    }

    pub(super) fn local_tee(&mut self, index: u32) {
        let value = *self.s.stack.last().expect("validated: there is an operand");
        self.define_local(index, value);
    }

    fn define_local(&mut self, index: u32, value: Value) {
        let local = self.s.locals[index as usize];
        let value = if local.ty.is_vector() { self.settled(value) } else { value };
        self.b.def_var(local.var, value);
    }

    pub(super) fn global_get(&mut self, index: u32) -> Result<(), CompileError> {
        let (base, offset, ty, flags) = self.global(index)?;
        let value = self.b.ins().load(ty, flags, base, offset);
        self.push(value);
        Ok(())
    }

    pub(super) fn global_set(&mut self, index: u32) -> Result<(), CompileError> {
        let (base, offset, _, flags) = self.global(index)?;
        let value = self.pop();
        let value = self.settled(value);
        self.b.ins().store(flags, value, base, offset);
        Ok(())
    }

    /// Where a global's cell is. Cells are little-endian on every host.
    fn global(&mut self, index: u32) -> Result<(Value, i32, Type, MemFlagsData), CompileError> {
        let index = GlobalIndex::from_u32(index);
        let global = &self.module.globals[index];
        let ty = self.clif_type(global.val)?;
        let defined = self.module.defined_global(index);
        let region = Region::Global(defined.map(|d| d.as_u32()));
        let mut flags = if global.mutable { self.own(region) } else { self.constant(region) };
        flags = flags.with_endianness(Endianness::Little);
        let (base, offset) = match defined {
            Some(defined) => self.displace(self.vmctx, self.layout.globals.at(defined)),
            None => {
                let from = self.layout.imported_globals.at(index) + self.layout.import.from;
                (self.vmctx_pointer(from), 0)
            }
        };
        Ok((base, offset, ty, flags))
    }
}
