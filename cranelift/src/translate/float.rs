//! Float operators and conversions. Those that are one CLIF instruction stand in [`super::integer`].

use super::Translator;
use cranelift_codegen::ir::condcodes::FloatCC;
use cranelift_codegen::ir::immediates::{Ieee32, Ieee64};
use cranelift_codegen::ir::{InstBuilder, MemFlagsData, Type, Value, types};
use gantry_abi::Trap;

impl Translator<'_> {
    pub(super) fn fcmp(&mut self, cc: FloatCC) {
        let (a, b) = self.pop2();
        let cond = self.b.ins().fcmp(cc, a, b);
        self.push_condition(cond);
    }

    /// Integer to float.
    pub(super) fn convert(&mut self, ty: Type, signed: bool) {
        let a = self.pop();
        let value = if signed { self.b.ins().fcvt_from_sint(ty, a) } else { self.b.ins().fcvt_from_uint(ty, a) };
        self.push(value);
    }

    /// Float to integer, with a trap if the integer does not exist.
    pub(super) fn truncate(&mut self, ty: Type, signed: bool) {
        if !self.signals() {
            let a = *self.s.stack.last().expect("validated: there is an operand");
            self.check_truncate(a, ty, signed);
            // What is left cannot saturate.
            return self.truncate_saturating(ty, signed);
        }
        let a = self.pop();
        let value = if signed { self.b.ins().fcvt_to_sint(ty, a) } else { self.b.ins().fcvt_to_uint(ty, a) };
        self.push(value);
    }

    /// Float to integer; what is out of range becomes the closest integer, NaN becomes 0.
    pub(super) fn truncate_saturating(&mut self, ty: Type, signed: bool) {
        let a = self.pop();
        let value = if signed { self.b.ins().fcvt_to_sint_sat(ty, a) } else { self.b.ins().fcvt_to_uint_sat(ty, a) };
        self.push(value);
    }

    /// Traps if `a`, truncated, is no integer of type `ty`.
    fn check_truncate(&mut self, a: Value, ty: Type, signed: bool) {
        let float = self.b.func.dfg.value_type(a);
        let nan = self.b.ins().fcmp(FloatCC::Unordered, a, a);
        self.trap_if(nan, Trap::BadConversionToInteger);
        let bits = ty.bits();
        // Limits are powers of two, so that both formats represent them. The lower one is inclusive where its predecessor is
        // not representable, and exclusive otherwise.
        let power = |n: u32| 2f64.powi(i32::try_from(n).expect("at most 64"));
        let (least, cc) = match (signed, float == types::F64 && bits == 32) {
            (true, true) => (-power(31) - 1.0, FloatCC::LessThanOrEqual),
            (true, false) => (-power(bits - 1), FloatCC::LessThan),
            (false, _) => (-1.0, FloatCC::LessThanOrEqual),
        };
        let beyond = power(if signed { bits - 1 } else { bits });
        let (least, beyond) = (self.float_const(float, least), self.float_const(float, beyond));
        let low = self.b.ins().fcmp(cc, a, least);
        let high = self.b.ins().fcmp(FloatCC::GreaterThanOrEqual, a, beyond);
        let outside = self.b.ins().bor(low, high);
        self.trap_if(outside, Trap::IntegerOverflow);
    }

    /// A constant that both formats represent.
    fn float_const(&mut self, ty: Type, value: f64) -> Value {
        if ty == types::F64 {
            return self.b.ins().f64const(Ieee64::with_float(value));
        }
        #[allow(clippy::cast_possible_truncation, reason = "the caller's constants are powers of two and -1")]
        self.b.ins().f32const(Ieee32::with_float(value as f32))
    }

    pub(super) fn demote(&mut self) {
        let a = self.pop();
        let value = self.b.ins().fdemote(types::F32, a);
        self.push(value);
    }

    pub(super) fn promote(&mut self) {
        let a = self.pop();
        let value = self.b.ins().fpromote(types::F64, a);
        self.push(value);
    }

    pub(super) fn reinterpret(&mut self, ty: Type) {
        let a = self.pop();
        let value = self.b.ins().bitcast(ty, MemFlagsData::new(), a);
        self.push(value);
    }
}
