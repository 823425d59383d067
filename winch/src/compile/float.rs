//! Float operators.

use super::Compiler;
use super::state::Val;
use crate::masm::*;
use crate::reg::Class;
use gantry_abi::{AbiType, Trap};

/// The type of floats of this width.
const fn ty(size: FloatSize) -> AbiType {
    match size {
        FloatSize::F32 => AbiType::F32,
        FloatSize::F64 => AbiType::F64,
    }
}

/// The type of integers of this width.
const fn int_ty(size: Size) -> AbiType {
    match size {
        Size::S32 => AbiType::I32,
        Size::S64 => AbiType::I64,
    }
}

impl<M: MacroAssembler> Compiler<'_, M> {
    pub(super) fn float_unary(&mut self, op: FloatUnary, size: FloatSize) {
        let (a, val) = self.pop_fp();
        let d = self.result(Class::Float, val, val);
        self.masm.funary(op, size, d.fp(), a);
        if op.is_arithmetic() && self.options.nan_canonicalization {
            self.masm.canonicalize(size, d.fp());
        }
        self.push(ty(size), d);
    }

    pub(super) fn float_binary(&mut self, op: FloatBinary, size: FloatSize) {
        let (b, b_val) = self.pop_fp();
        let (a, a_val) = self.pop_fp();
        let d = self.result(Class::Float, a_val, b_val);
        self.masm.fbinary(op, size, d.fp(), a, b);
        if op.is_arithmetic() && self.options.nan_canonicalization {
            self.masm.canonicalize(size, d.fp());
        }
        self.push(ty(size), d);
    }

    pub(super) fn truncate_float(&mut self, kind: Truncation) {
        let (a, _) = self.pop_fp();
        let d = match self.result_hint(Class::Int) {
            Some(reg) => reg.gp(),
            None => self.alloc_gp(),
        };
        let nan = self.trap_label(Trap::BadConversionToInteger);
        let overflow = self.trap_label(Trap::IntegerOverflow);
        self.masm.truncate(kind, d, a, nan, overflow);
        self.push(int_ty(kind.to), d);
    }

    pub(super) fn truncate_saturating(&mut self, kind: Truncation) {
        let (a, _) = self.pop_fp();
        let d = match self.result_hint(Class::Int) {
            Some(reg) => reg.gp(),
            None => self.alloc_gp(),
        };
        self.masm.truncate_saturating(kind, d, a);
        self.push(int_ty(kind.to), d);
    }

    pub(super) fn convert(&mut self, to: FloatSize, from: Size, signed: bool) {
        let (a, _) = self.pop_gp();
        let d = match self.result_hint(Class::Float) {
            Some(reg) => reg.fp(),
            None => self.alloc_fp(),
        };
        self.masm.convert(to, d, from, signed, a);
        self.push(ty(to), d);
    }

    pub(super) fn demote(&mut self) {
        let (a, val) = self.pop_fp();
        let d = self.result(Class::Float, val, val);
        self.masm.demote(d.fp(), a);
        if self.options.nan_canonicalization {
            self.masm.canonicalize(FloatSize::F32, d.fp());
        }
        self.push(AbiType::F32, d);
    }

    pub(super) fn promote(&mut self) {
        let (a, val) = self.pop_fp();
        let d = self.result(Class::Float, val, val);
        self.masm.promote(d.fp(), a);
        if self.options.nan_canonicalization {
            self.masm.canonicalize(FloatSize::F64, d.fp());
        }
        self.push(AbiType::F64, d);
    }

    /// A float's bits as an integer.
    pub(super) fn float_bits(&mut self, size: Size) {
        if let Val::Const(value) = self.pop_constant() {
            // Slots hold 32-bit integers sign-extended.
            #[expect(clippy::cast_possible_truncation, reason = "the bits of a 32-bit float")]
            let value = match size {
                Size::S32 => i64::from(value as i32).cast_unsigned(),
                Size::S64 => value,
            };
            return self.push_const(int_ty(size), value);
        }
        let (a, _) = self.pop_fp();
        let d = self.alloc_gp();
        self.masm.float_bits(size, d, a);
        self.push(int_ty(size), d);
    }

    /// A float from an integer's bits.
    pub(super) fn float_from_bits(&mut self, size: Size) {
        let to = match size {
            Size::S32 => AbiType::F32,
            Size::S64 => AbiType::F64,
        };
        if let Val::Const(value) = self.pop_constant() {
            let value = if size == Size::S32 { value & 0xffff_ffff } else { value };
            return self.push_const(to, value);
        }
        let (a, _) = self.pop_gp();
        let d = self.alloc_fp();
        self.masm.float_from_bits(size, d, a);
        self.push(to, d);
    }

    /// Pops the top operand if it is a constant; otherwise gives a register that nobody has asked for.
    fn pop_constant(&mut self) -> Val {
        if self.top().kind == super::state::Kind::Const {
            self.pop()
        } else {
            Val::Reg { reg: crate::reg::Reg::from_index(0), own: false }
        }
    }
}
