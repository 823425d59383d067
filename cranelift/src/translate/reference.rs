//! References. A function reference is the address of a record, every other one a 32-bit handle; null is 0.

use super::{Translator, heap_type};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{InstBuilder, Value};
use gantry_abi::{CompileError, FuncIndex, RefType, Trap, ValType};

impl Translator<'_> {
    pub(super) fn ref_null(&mut self, heap: wasmparser::HeapType) -> Result<(), CompileError> {
        let heap = heap_type(heap).map_err(|f| self.unsupported(f))?;
        let ty = self.clif_type(ValType::Ref(RefType { nullable: true, heap }))?;
        let null = self.iconst(ty, 0);
        self.push(null);
        Ok(())
    }

    pub(super) fn ref_func(&mut self, index: u32) {
        let record = self.module.functions[FuncIndex::from_u32(index)].func_ref;
        let record = record.expand().expect("validated: a function that ref.func names is declared to escape");
        let value = self.offset(self.vmctx, self.layout.func_refs.at(record));
        self.push(value);
    }

    pub(super) fn ref_is_null(&mut self) {
        self.eqz();
    }

    pub(super) fn ref_as_non_null(&mut self, non_null: bool) {
        let value = *self.s.stack.last().expect("validated: there is an operand");
        if !non_null {
            self.trap_unless(value, Trap::NullReference);
        }
    }

    pub(super) fn br_on_null(&mut self, depth: u32) {
        let value = self.pop();
        let null = self.is_null(value);
        let hint = self.hint();
        self.branch_if(null, depth, hint);
        self.push(value);
    }

    pub(super) fn br_on_non_null(&mut self, depth: u32) {
        let value = *self.s.stack.last().expect("validated: there is an operand");
        let hint = self.hint();
        self.branch_if(value, depth, hint);
        self.pop();
    }

    fn is_null(&mut self, value: Value) -> Value {
        let null = self.iconst(self.b.func.dfg.value_type(value), 0);
        self.b.ins().icmp(IntCC::Equal, value, null)
    }
}
