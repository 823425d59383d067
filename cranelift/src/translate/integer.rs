//! Integer operators, and comparisons of every kind.

use super::Translator;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{InstBuilder, Type, Value, types};
use gantry_abi::Trap;

/// Which division.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Division {
    SignedQuotient,
    UnsignedQuotient,
    SignedRemainder,
    UnsignedRemainder,
}

/// Declares methods for operators that are one CLIF instruction.
macro_rules! one_instruction {
    ($($kind:ident: $($name:ident)*;)*) => { impl Translator<'_> { $($(one_instruction!(@$kind $name);)*)* } };
    (@unary $name:ident) => {
        pub(super) fn $name(&mut self) {
            let a = self.pop();
            let value = self.b.ins().$name(a);
            self.push(value);
        }
    };
    (@binary $name:ident) => {
        pub(super) fn $name(&mut self) {
            let (a, b) = self.pop2();
            let value = self.b.ins().$name(a, b);
            self.push(value);
        }
    };
}

one_instruction! {
    unary: clz ctz popcnt fabs fneg ceil floor trunc nearest sqrt;
    binary: iadd isub imul band bor bxor ishl sshr ushr rotl rotr fadd fsub fmul fdiv fmin fmax fcopysign;
}

impl Translator<'_> {
    /// Pushes a condition as a wasm integer.
    pub(super) fn push_condition(&mut self, cond: Value) {
        let value = self.b.ins().uextend(types::I32, cond);
        self.push(value);
    }

    pub(super) fn icmp(&mut self, cc: IntCC) {
        let (a, b) = self.pop2();
        let cond = self.b.ins().icmp(cc, a, b);
        self.push_condition(cond);
    }

    pub(super) fn eqz(&mut self) {
        let a = self.pop();
        let zero = self.iconst(self.b.func.dfg.value_type(a), 0);
        let cond = self.b.ins().icmp(IntCC::Equal, a, zero);
        self.push_condition(cond);
    }

    pub(super) fn divide(&mut self, division: Division) {
        let (a, b) = self.pop2();
        if !self.signals() {
            let ty = self.b.func.dfg.value_type(a);
            let divisor = self.const_of(b);
            if divisor.is_none_or(|d| d == 0) {
                self.trap_unless(b, Trap::IntegerDivisionByZero);
            }
            let all_ones = if ty == types::I32 { u64::from(u32::MAX) } else { u64::MAX };
            if division == Division::SignedQuotient && divisor.is_none_or(|d| d == all_ones) {
                let least = self.iconst(ty, if ty == types::I32 { i32::MIN.into() } else { i64::MIN });
                let minus_one = self.iconst(ty, -1);
                let least = self.b.ins().icmp(IntCC::Equal, a, least);
                let minus_one = self.b.ins().icmp(IntCC::Equal, b, minus_one);
                let overflow = self.b.ins().band(least, minus_one);
                self.trap_if(overflow, Trap::IntegerOverflow);
            }
        }
        let ins = self.b.ins();
        let value = match division {
            Division::SignedQuotient => ins.sdiv(a, b),
            Division::UnsignedQuotient => ins.udiv(a, b),
            Division::SignedRemainder => ins.srem(a, b),
            Division::UnsignedRemainder => ins.urem(a, b),
        };
        self.push(value);
    }

    pub(super) fn wrap(&mut self) {
        let a = self.pop();
        let value = self.b.ins().ireduce(types::I32, a);
        self.push(value);
    }

    pub(super) fn extend(&mut self, signed: bool) {
        let a = self.pop();
        let value = if signed { self.b.ins().sextend(types::I64, a) } else { self.b.ins().uextend(types::I64, a) };
        self.push(value);
    }

    /// Sign-extends the lowest bits, of type `from`.
    pub(super) fn sign_extend(&mut self, from: Type) {
        let a = self.pop();
        let ty = self.b.func.dfg.value_type(a);
        let narrow = self.b.ins().ireduce(from, a);
        let value = self.b.ins().sextend(ty, narrow);
        self.push(value);
    }

    /// 128-bit sum or difference of two pairs of 64-bit halves.
    pub(super) fn wide_add_sub(&mut self, add: bool) {
        let (b_low, b_high) = self.pop2();
        let (a_low, a_high) = self.pop2();
        let a = self.b.ins().iconcat(a_low, a_high);
        let b = self.b.ins().iconcat(b_low, b_high);
        let value = if add { self.b.ins().iadd(a, b) } else { self.b.ins().isub(a, b) };
        let (low, high) = self.b.ins().isplit(value);
        self.push(low);
        self.push(high);
    }

    /// 128-bit product of two 64-bit integers.
    pub(super) fn wide_mul(&mut self, signed: bool) {
        let (a, b) = self.pop2();
        let low = self.b.ins().imul(a, b);
        let high = if signed { self.b.ins().smulhi(a, b) } else { self.b.ins().umulhi(a, b) };
        self.push(low);
        self.push(high);
    }
}
