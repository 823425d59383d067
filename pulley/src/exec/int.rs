//! Integers.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_lossless,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "operations truncate and extend; one row a width"
)]

use super::*;

/// `dst = f(src1, src2)`, in the type given.
macro_rules! binary {
    ($($name:ident: $ty:ty, |$a:ident, $b:ident| $value:expr;)*) => { $(
        #[inline(always)]
        pub(super) fn $name(&mut self, o: Bin<X, X, X>) {
            let ($a, $b) = (self.x::<$ty>(o.src1), self.x::<$ty>(o.src2));
            self.set_x(o.dst, $value);
        }
    )* };
}

/// `dst = f(src1, imm)`: the immediate is extended to the type as its own type says.
macro_rules! immediate {
    ($($name:ident: $ty:ty, $imm:ty, |$a:ident, $b:ident| $value:expr;)*) => { $(
        #[inline(always)]
        pub(super) fn $name(&mut self, dst: X, src1: X, src2: $imm) {
            let ($a, $b) = (self.x::<$ty>(src1), src2 as $ty);
            self.set_x(dst, $value);
        }
    )* };
}

/// `dst = f(src1, amount)`.
macro_rules! shift {
    ($($name:ident: $ty:ty, |$a:ident, $b:ident| $value:expr;)*) => { $(
        #[inline(always)]
        pub(super) fn $name(&mut self, o: Bin<X, X, u8>) {
            let ($a, $b) = (self.x::<$ty>(o.src1), u32::from(o.src2));
            self.set_x(o.dst, $value);
        }
    )* };
}

/// `dst = f(src)`.
macro_rules! unary {
    ($($name:ident: $ty:ty, |$a:ident| $value:expr;)*) => { $(
        #[inline(always)]
        pub(super) fn $name(&mut self, dst: X, src: X) {
            let $a = self.x::<$ty>(src);
            self.set_x(dst, $value);
        }
    )* };
}

/// `dst = constant`.
macro_rules! constants {
    ($($name:ident: $imm:ty;)*) => { $(
        #[inline(always)]
        pub(super) fn $name(&mut self, dst: X, imm: $imm) {
            self.set_x(dst, imm as i64);
        }
    )* };
}

/// `dst = f(src1, src2)`, or a trap.
macro_rules! trapping {
    ($($name:ident: $ty:ty, |$a:ident, $b:ident| $value:expr;)*) => { $(
        #[inline(always)]
        pub(super) fn $name(&mut self, o: Bin<X, X, X>) -> Result<(), TrapKind> {
            let ($a, $b) = (self.x::<$ty>(o.src1), self.x::<$ty>(o.src2));
            self.set_x(o.dst, $value);
            Ok(())
        }
    )* };
}

/// The divisor, if it is none of zero.
#[inline(always)]
fn divisor<T: Default + PartialEq>(b: T) -> Result<T, TrapKind> {
    if b == T::default() { Err(TrapKind::DivideByZero) } else { Ok(b) }
}

impl<const CHECKED: bool> Exec<CHECKED> {
    binary! {
        xadd32: u32, |a, b| a.wrapping_add(b);
        xadd64: u64, |a, b| a.wrapping_add(b);
        xsub32: u32, |a, b| a.wrapping_sub(b);
        xsub64: u64, |a, b| a.wrapping_sub(b);
        xmul32: u32, |a, b| a.wrapping_mul(b);
        xmul64: u64, |a, b| a.wrapping_mul(b);
        xmulhi64_s: i64, |a, b| ((i128::from(a) * i128::from(b)) >> 64) as i64;
        xmulhi64_u: u64, |a, b| ((u128::from(a) * u128::from(b)) >> 64) as u64;
        xrotl32: u32, |a, b| a.rotate_left(b);
        xrotl64: u64, |a, b| a.rotate_left(b as u32);
        xrotr32: u32, |a, b| a.rotate_right(b);
        xrotr64: u64, |a, b| a.rotate_right(b as u32);
        xshl32: u32, |a, b| a.wrapping_shl(b);
        xshr32_s: i32, |a, b| a.wrapping_shr(b as u32);
        xshr32_u: u32, |a, b| a.wrapping_shr(b);
        xshl64: u64, |a, b| a.wrapping_shl(b as u32);
        xshr64_s: i64, |a, b| a.wrapping_shr(b as u32);
        xshr64_u: u64, |a, b| a.wrapping_shr(b as u32);
        xeq64: u64, |a, b| a == b;
        xneq64: u64, |a, b| a != b;
        xslt64: i64, |a, b| a < b;
        xslteq64: i64, |a, b| a <= b;
        xult64: u64, |a, b| a < b;
        xulteq64: u64, |a, b| a <= b;
        xeq32: u32, |a, b| a == b;
        xneq32: u32, |a, b| a != b;
        xslt32: i32, |a, b| a < b;
        xslteq32: i32, |a, b| a <= b;
        xult32: u32, |a, b| a < b;
        xulteq32: u32, |a, b| a <= b;
        xband32: u32, |a, b| a & b;
        xband64: u64, |a, b| a & b;
        xbor32: u32, |a, b| a | b;
        xbor64: u64, |a, b| a | b;
        xbxor32: u32, |a, b| a ^ b;
        xbxor64: u64, |a, b| a ^ b;
        xmin32_u: u32, |a, b| a.min(b);
        xmin32_s: i32, |a, b| a.min(b);
        xmax32_u: u32, |a, b| a.max(b);
        xmax32_s: i32, |a, b| a.max(b);
        xmin64_u: u64, |a, b| a.min(b);
        xmin64_s: i64, |a, b| a.min(b);
        xmax64_u: u64, |a, b| a.max(b);
        xmax64_s: i64, |a, b| a.max(b);
    }

    immediate! {
        xadd32_u8: u32, u8, |a, b| a.wrapping_add(b);
        xadd32_u32: u32, u32, |a, b| a.wrapping_add(b);
        xadd64_u8: u64, u8, |a, b| a.wrapping_add(b);
        xadd64_u32: u64, u32, |a, b| a.wrapping_add(b);
        xsub32_u8: u32, u8, |a, b| a.wrapping_sub(b);
        xsub32_u32: u32, u32, |a, b| a.wrapping_sub(b);
        xsub64_u8: u64, u8, |a, b| a.wrapping_sub(b);
        xsub64_u32: u64, u32, |a, b| a.wrapping_sub(b);
        xmul32_s8: i32, i8, |a, b| a.wrapping_mul(b);
        xmul32_s32: i32, i32, |a, b| a.wrapping_mul(b);
        xmul64_s8: i64, i8, |a, b| a.wrapping_mul(b);
        xmul64_s32: i64, i32, |a, b| a.wrapping_mul(b);
        xband32_s8: i32, i8, |a, b| a & b;
        xband32_s32: i32, i32, |a, b| a & b;
        xband64_s8: i64, i8, |a, b| a & b;
        xband64_s32: i64, i32, |a, b| a & b;
        xbor32_s8: i32, i8, |a, b| a | b;
        xbor32_s32: i32, i32, |a, b| a | b;
        xbor64_s8: i64, i8, |a, b| a | b;
        xbor64_s32: i64, i32, |a, b| a | b;
        xbxor32_s8: i32, i8, |a, b| a ^ b;
        xbxor32_s32: i32, i32, |a, b| a ^ b;
        xbxor64_s8: i64, i8, |a, b| a ^ b;
        xbxor64_s32: i64, i32, |a, b| a ^ b;
    }

    shift! {
        xshl32_u6: u32, |a, b| a.wrapping_shl(b);
        xshr32_s_u6: i32, |a, b| a.wrapping_shr(b);
        xshr32_u_u6: u32, |a, b| a.wrapping_shr(b);
        xshl64_u6: u64, |a, b| a.wrapping_shl(b);
        xshr64_s_u6: i64, |a, b| a.wrapping_shr(b);
        xshr64_u_u6: u64, |a, b| a.wrapping_shr(b);
    }

    unary! {
        xmov: u64, |a| a;
        xctz32: u32, |a| a.trailing_zeros();
        xctz64: u64, |a| a.trailing_zeros();
        xclz32: u32, |a| a.leading_zeros();
        xclz64: u64, |a| a.leading_zeros();
        xpopcnt32: u32, |a| a.count_ones();
        xpopcnt64: u64, |a| a.count_ones();
        xneg32: u32, |a| a.wrapping_neg();
        xneg64: u64, |a| a.wrapping_neg();
        xabs32: i32, |a| a.wrapping_abs();
        xabs64: i64, |a| a.wrapping_abs();
        xbnot32: u32, |a| !a;
        xbnot64: u64, |a| !a;
        bswap32: u32, |a| a.swap_bytes();
        bswap64: u64, |a| a.swap_bytes();
        xbmask32: u32, |a| if a == 0 { 0 } else { u32::MAX };
        xbmask64: u64, |a| if a == 0 { 0 } else { u64::MAX };
        zext8: u8, |a| a;
        zext16: u16, |a| a;
        zext32: u32, |a| a;
        sext8: u8, |a| i64::from(a as i8);
        sext16: u16, |a| i64::from(a as i16);
        sext32: i32, |a| i64::from(a);
    }

    constants! { xconst8: i8; xconst16: i16; xconst32: i32; xconst64: i64; }

    trapping! {
        xdiv32_s: i32, |a, b| a.checked_div(divisor(b)?).ok_or(TrapKind::IntegerOverflow)?;
        xdiv64_s: i64, |a, b| a.checked_div(divisor(b)?).ok_or(TrapKind::IntegerOverflow)?;
        xdiv32_u: u32, |a, b| a / divisor(b)?;
        xdiv64_u: u64, |a, b| a / divisor(b)?;
        xrem32_s: i32, |a, b| a.wrapping_rem(divisor(b)?);
        xrem64_s: i64, |a, b| a.wrapping_rem(divisor(b)?);
        xrem32_u: u32, |a, b| a % divisor(b)?;
        xrem64_u: u64, |a, b| a % divisor(b)?;
        xadd32_uoverflow_trap: u32, |a, b| a.checked_add(b).ok_or(TrapKind::Explicit)?;
        xadd64_uoverflow_trap: u64, |a, b| a.checked_add(b).ok_or(TrapKind::Explicit)?;
    }

    #[inline(always)]
    pub(super) fn xzero(&mut self, dst: X) {
        self.set_x(dst, 0u64);
    }

    #[inline(always)]
    pub(super) fn xone(&mut self, dst: X) {
        self.set_x(dst, 1u64);
    }

    #[inline(always)]
    pub(super) fn xmadd32(&mut self, dst: X, src1: X, src2: X, src3: X) {
        let product = self.x::<u32>(src1).wrapping_mul(self.x(src2));
        self.set_x(dst, product.wrapping_add(self.x(src3)));
    }

    #[inline(always)]
    pub(super) fn xmadd64(&mut self, dst: X, src1: X, src2: X, src3: X) {
        let product = self.x::<u64>(src1).wrapping_mul(self.x(src2));
        self.set_x(dst, product.wrapping_add(self.x(src3)));
    }

    #[inline(always)]
    pub(super) fn xselect32(&mut self, dst: X, cond: X, if_nonzero: X, if_zero: X) {
        let chosen = if self.x::<bool>(cond) { if_nonzero } else { if_zero };
        self.set_x(dst, self.x::<u32>(chosen));
    }

    #[inline(always)]
    pub(super) fn xselect64(&mut self, dst: X, cond: X, if_nonzero: X, if_zero: X) {
        let chosen = if self.x::<bool>(cond) { if_nonzero } else { if_zero };
        self.set_x(dst, self.x::<u64>(chosen));
    }

    fn pair(&self, low: X, high: X) -> u128 {
        u128::from(self.x::<u64>(high)) << 64 | u128::from(self.x::<u64>(low))
    }

    fn set_pair(&mut self, low: X, high: X, value: u128) {
        self.set_x(low, value as u64);
        self.set_x(high, (value >> 64) as u64);
    }

    pub(super) fn xadd128(&mut self, dst_lo: X, dst_hi: X, lhs_lo: X, lhs_hi: X, rhs_lo: X, rhs_hi: X) {
        let sum = self.pair(lhs_lo, lhs_hi).wrapping_add(self.pair(rhs_lo, rhs_hi));
        self.set_pair(dst_lo, dst_hi, sum);
    }

    pub(super) fn xsub128(&mut self, dst_lo: X, dst_hi: X, lhs_lo: X, lhs_hi: X, rhs_lo: X, rhs_hi: X) {
        let difference = self.pair(lhs_lo, lhs_hi).wrapping_sub(self.pair(rhs_lo, rhs_hi));
        self.set_pair(dst_lo, dst_hi, difference);
    }

    pub(super) fn xwidemul64_s(&mut self, dst_lo: X, dst_hi: X, lhs: X, rhs: X) {
        let product = i128::from(self.x::<i64>(lhs)) * i128::from(self.x::<i64>(rhs));
        self.set_pair(dst_lo, dst_hi, product.cast_unsigned());
    }

    pub(super) fn xwidemul64_u(&mut self, dst_lo: X, dst_hi: X, lhs: X, rhs: X) {
        let product = u128::from(self.x::<u64>(lhs)) * u128::from(self.x::<u64>(rhs));
        self.set_pair(dst_lo, dst_hi, product);
    }
}
