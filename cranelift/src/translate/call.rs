//! Calls: direct, of imports, through tables and references, and their tail-call forms.
//!
//! Every callee gets its own vmctx and the caller's, then the operands.

use super::{NAMESPACE_FUNCTION, Region, Translator, signature};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{FuncRef, Inst, InstBuilder, MemFlagsData, SigRef, UserExternalName, Value, types};
use gantry_abi::{CompileError, FuncIndex, HeapType, TableIndex, Trap, TypeIndex, TypeRef};
use smallvec::SmallVec;

/// What is called, and with which vmctx.
#[derive(Clone, Copy, Debug)]
enum Callee {
    Direct(FuncRef, Value),
    Address(Value, Value),
}

impl Translator<'_> {
    pub(super) fn call(&mut self, func: u32, tail: bool) -> Result<(), CompileError> {
        let func = FuncIndex::from_u32(func);
        let ty = self.module.functions[func].ty;
        let callee = self.function(func, ty)?;
        self.emit_call(callee, ty, tail)
    }

    pub(super) fn call_indirect(&mut self, ty: u32, table: u32, tail: bool) -> Result<(), CompileError> {
        let (ty, table) = (TypeIndex::from_u32(ty), TableIndex::from_u32(table));
        let index = self.pop();
        let (address, flags, pointer) = self.element(table, index, Trap::UndefinedElement)?;
        let record = self.b.ins().load(pointer, flags, address, 0);
        let element = self.module.tables[table].element;
        let matches = element.heap == HeapType::Concrete(TypeRef::Module(ty));
        let null_check = if element.nullable { Some(Trap::IndirectCallToNull) } else { None };
        if matches {
            let callee = self.record_callee(record, null_check);
            return self.emit_call(callee, ty, tail);
        }
        if element.heap == HeapType::NoFunc {
            // Nothing but null.
            self.trap(Trap::IndirectCallToNull);
            return Ok(());
        }
        let flags = self.record_flags(record, null_check);
        let id = self.load_low_word(flags, record, self.layout.func_ref.type_id);
        let expected = self.type_id(ty);
        let wrong = self.b.ins().icmp(IntCC::NotEqual, id, expected);
        self.trap_if(wrong, Trap::BadSignature);
        let callee = self.record_callee(record, None);
        self.emit_call(callee, ty, tail)
    }

    pub(super) fn call_ref(&mut self, ty: u32, non_null: bool, tail: bool) -> Result<(), CompileError> {
        let record = self.pop();
        let null_check = if non_null { None } else { Some(Trap::NullReference) };
        let callee = self.record_callee(record, null_check);
        self.emit_call(callee, TypeIndex::from_u32(ty), tail)
    }

    /// How to reach a function of the module.
    fn function(&mut self, func: FuncIndex, ty: TypeIndex) -> Result<Callee, CompileError> {
        let Some(defined) = self.module.defined_func(func) else {
            let import = self.layout.imported_functions.at(func);
            let code = self.vmctx_pointer(import + self.layout.func_ref.wasm_call);
            let vmctx = self.vmctx_pointer(import + self.layout.func_ref.vmctx);
            return Ok(Callee::Address(code, vmctx));
        };
        if self.options.entry_slots {
            let table = self.vmctx_pointer(self.layout.code_table);
            let offset = u64::from(defined.as_u32()) * u64::from(self.ptr.bytes());
            // Slots change under running code.
            let flags = self.own(Region::CodeTable);
            let slot = self.ptr_const(offset);
            let slot = self.b.ins().iadd(table, slot);
            let code = self.b.ins().load(self.ptr, flags, slot, 0);
            return Ok(Callee::Address(code, self.vmctx));
        }
        if let Some(&known) = self.s.functions.get(&func) {
            return Ok(Callee::Direct(known, self.vmctx));
        }
        let signature = self.signature_of(ty)?;
        let declared = self.declare(UserExternalName::new(NAMESPACE_FUNCTION, defined.as_u32()), signature);
        self.s.functions.insert(func, declared);
        Ok(Callee::Direct(declared, self.vmctx))
    }

    /// The function that a record describes. Stops with `null_check` if it is null.
    fn record_callee(&mut self, record: Value, null_check: Option<Trap>) -> Callee {
        let layout = self.layout.func_ref;
        let flags = self.record_flags(record, null_check);
        let code = self.load_pointer(flags, record, layout.wasm_call);
        let flags = self.record_flags(record, None);
        let vmctx = self.load_pointer(flags, record, layout.vmctx);
        Callee::Address(code, vmctx)
    }

    /// Flags of the first load from a record that may be null: it faults, or there is a check before it.
    fn record_flags(&mut self, record: Value, null_check: Option<Trap>) -> MemFlagsData {
        let flags = self.own(Region::FuncRef).with_readonly();
        match null_check {
            None => flags,
            Some(trap) if self.signals() => flags.with_trap_code(Some(super::trap::trap_code(trap))),
            Some(trap) => {
                self.trap_unless(record, trap);
                flags
            }
        }
    }

    /// The low 32 bits of a pointer-sized field.
    fn load_low_word(&mut self, flags: MemFlagsData, base: Value, offset: u32) -> Value {
        let skip = if self.backend.traits.big_endian { self.ptr.bytes() - 4 } else { 0 };
        let (base, offset) = self.displace(base, offset + skip);
        self.b.ins().load(types::I32, flags, base, offset)
    }

    /// The engine-wide identity of a type of the module.
    fn type_id(&mut self, ty: TypeIndex) -> Value {
        let ids = self.vmctx_pointer(self.layout.type_ids);
        let flags = self.constant(Region::VmCtx);
        let (base, offset) = self.displace(ids, ty.as_u32() * 4);
        self.b.ins().load(types::I32, flags, base, offset)
    }

    fn signature_of(&mut self, ty: TypeIndex) -> Result<SigRef, CompileError> {
        if let Some(&known) = self.s.signatures.get(&ty) {
            return Ok(known);
        }
        let signature = signature(self.module, self.backend, self.module.types.func(ty))?;
        let declared = self.b.import_signature(signature);
        self.s.signatures.insert(ty, declared);
        Ok(declared)
    }

    /// Pops the arguments, calls, pushes the results.
    fn emit_call(&mut self, callee: Callee, ty: TypeIndex, tail: bool) -> Result<(), CompileError> {
        let params = self.module.types.func(ty).params.len();
        self.settle(params);
        self.save_fuel();
        let start = self.s.stack.len() - params;
        let (Callee::Direct(_, vmctx) | Callee::Address(_, vmctx)) = callee;
        let mut args: SmallVec<[Value; 16]> = smallvec::smallvec![vmctx, self.vmctx];
        args.extend_from_slice(&self.s.stack[start..]);
        self.s.stack.truncate(start);
        let call: Inst = match (callee, tail) {
            (Callee::Direct(func, _), false) => self.b.ins().call(func, &args),
            (Callee::Direct(func, _), true) => self.b.ins().return_call(func, &args),
            (Callee::Address(code, _), false) => {
                let signature = self.signature_of(ty)?;
                self.b.ins().call_indirect(signature, code, &args)
            }
            (Callee::Address(code, _), true) => {
                let signature = self.signature_of(ty)?;
                self.b.ins().return_call_indirect(signature, code, &args)
            }
        };
        if tail {
            self.reachable = false;
            return Ok(());
        }
        self.s.stack.extend_from_slice(self.b.inst_results(call));
        self.after_call();
        Ok(())
    }
}
