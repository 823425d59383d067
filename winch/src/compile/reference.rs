//! References, globals, selection. A function reference is the address of a record, every other one a 32-bit handle; null
//! is 0.

use super::Compiler;
use super::state::{Kind, Val};
use crate::masm::*;
use crate::reg::{Class, Gp};
use gantry_abi::{AbiType, CompileError, FuncIndex, GlobalIndex, RefType, Trap, ValType};

impl<M: MacroAssembler> Compiler<'_, M> {
    pub(super) fn ref_null(&mut self, heap: wasmparser::HeapType) -> Result<(), CompileError> {
        let heap = gantry_frontend::heap_type(heap).map_err(|f| self.unsupported(f))?;
        let ty = self.module.types.abi_type(ValType::Ref(RefType { nullable: true, heap }), self.layout.ptr);
        self.push_const(ty, 0);
        Ok(())
    }

    pub(super) fn ref_func(&mut self, index: u32) {
        let record = self.module.functions[FuncIndex::from_u32(index)].func_ref;
        let record = record.expand().expect("validated: a function that ref.func names is declared to escape");
        let offset = self.layout.func_refs.at(record);
        let d = self.alloc_gp();
        self.masm.address(d, Addr::field((), M::REGS.vmctx, offset));
        self.push(AbiType::I64, d);
    }

    /// The width of the reference on top.
    fn ref_size(&self) -> Size {
        if self.top().ty == AbiType::I32 { Size::S32 } else { Size::S64 }
    }

    pub(super) fn ref_is_null(&mut self) {
        let size = self.ref_size();
        self.eqz(size);
    }

    pub(super) fn ref_as_non_null(&mut self, non_null: bool) {
        if non_null {
            return;
        }
        let (ty, size) = (self.top().ty, self.ref_size());
        let (value, val) = self.pop_gp();
        self.trap_if(is_null(size, value), Trap::NullReference);
        self.push_again(ty, value, val);
    }

    pub(super) fn br_on_null(&mut self, depth: u32) {
        self.flush_fuel();
        let (ty, size) = (self.top().ty, self.ref_size());
        let (value, val) = self.pop_gp();
        self.branch_if(is_null(size, value), depth);
        self.push_again(ty, value, val);
    }

    pub(super) fn br_on_non_null(&mut self, depth: u32) {
        self.flush_fuel();
        let size = self.ref_size();
        self.settle_in_reg(self.height() - 1);
        let value = self.top().reg.gp();
        self.branch_if(Cond::non_zero(size, value), depth);
        self.drop_top();
    }

    /// Pushes an operand that was popped into a register.
    fn push_again(&mut self, ty: AbiType, value: Gp, val: Val) {
        let reg = match val {
            Val::Reg { own: true, .. } => value,
            _ => {
                let reg = self.alloc_gp();
                self.masm.mov(Size::S64, reg, value);
                reg
            }
        };
        self.push_undefined(ty, reg.into());
    }

    /// Where a global's cell is, a base and an offset, and its type.
    fn global(&mut self, index: u32) -> (Gp, u32, AbiType) {
        let index = GlobalIndex::from_u32(index);
        let global = &self.module.globals[index];
        let ty = self.module.types.abi_type(global.val, self.layout.ptr);
        match self.module.defined_global(index) {
            Some(defined) => (M::REGS.vmctx, self.layout.globals.at(defined), ty),
            None => {
                let from = self.layout.imported_globals.at(index) + self.layout.import.from;
                let cell = self.alloc_gp();
                self.masm.load(cell.into(), Addr::field(LoadKind::I64, M::REGS.vmctx, from));
                (cell, 0, ty)
            }
        }
    }

    pub(super) fn global_get(&mut self, index: u32) {
        let (base, offset, ty) = self.global(index);
        let class = Class::of(ty);
        let d = match self.result_hint(class) {
            Some(reg) => reg,
            None => self.alloc(class),
        };
        self.masm.load(d, Addr::field(LoadKind::whole(ty), base, offset));
        self.push(ty, d);
    }

    pub(super) fn global_set(&mut self, index: u32) {
        let value = self.pop();
        let (base, offset, ty) = self.global(index);
        self.store_at(ty, value, Addr::field(StoreKind::whole(ty), base, offset));
    }

    pub(super) fn select(&mut self) {
        let fused = self.fused.is_some();
        if !fused && self.top().kind == Kind::Const {
            let Val::Const(cond) = self.pop() else { unreachable!("just asked") };
            if cond != 0 {
                self.drop_top();
            } else {
                let ty = self.top().ty;
                let b = self.pop();
                self.drop_top();
                self.push_val(ty, b);
            }
            return;
        }
        let cond = self.pop_condition();
        let ty = self.top().ty;
        let b = self.pop_reg();
        let a = self.pop_reg();
        let (Val::Reg { reg: b_reg, .. }, Val::Reg { reg: a_reg, .. }) = (b, a) else {
            unreachable!("they are in registers")
        };
        let d = self.result(Class::of(ty), a, b);
        self.masm.select(ty, d, cond, a_reg, b_reg);
        let extended = self.s.extended.contains(a_reg) && self.s.extended.contains(b_reg);
        if extended { self.push(ty, d) } else { self.push_undefined(ty, d) }
    }

    /// Pushes a popped value.
    fn push_val(&mut self, ty: AbiType, val: Val) {
        match val {
            Val::Const(value) => self.push_const(ty, value),
            Val::Reg { reg, own: true } => self.push_undefined(ty, reg),
            Val::Reg { reg, .. } => {
                let d = self.alloc(Class::of(ty));
                self.move_reg(ty, d, reg);
                self.push_undefined(ty, d);
            }
        }
    }
}

fn is_null(size: Size, value: Gp) -> Cond {
    Cond::Int { cc: IntCc::Eq, size, a: value, b: RegImm::Imm(0) }
}
