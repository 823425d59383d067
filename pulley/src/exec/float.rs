//! Floats.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    clippy::manual_range_contains,
    reason = "conversions round and saturate; ranges are open at either end"
)]

use super::*;

/// Arithmetic of wasm on a type of floats: what `core` has no method for, or another one.
pub(super) trait Float: Copy + PartialOrd + core::ops::Add<Output = Self> {
    fn is_nan(self) -> bool;
    fn is_negative(self) -> bool;
    /// The four roundings to an integer and the square root give a quiet NaN for any NaN.
    fn trunc(self) -> Self;
    fn floor(self) -> Self;
    fn ceil(self) -> Self;
    fn nearest(self) -> Self;
    fn sqrt(self) -> Self;
    fn mul_add(self, b: Self, c: Self) -> Self;

    /// IEEE 754-2019 `minimum`.
    #[inline(always)]
    fn minimum(self, b: Self) -> Self {
        if self.is_nan() || b.is_nan() {
            self + b
        } else if self < b || (self == b && self.is_negative()) {
            self
        } else {
            b
        }
    }

    /// IEEE 754-2019 `maximum`.
    #[inline(always)]
    fn maximum(self, b: Self) -> Self {
        if self.is_nan() || b.is_nan() {
            self + b
        } else if self > b || (self == b && !self.is_negative()) {
            self
        } else {
            b
        }
    }
}

macro_rules! float {
    ($ty:ident, $trunc:ident, $floor:ident, $ceil:ident, $nearest:ident, $sqrt:ident, $fma:ident) => {
        impl Float for $ty {
            #[inline(always)]
            fn is_nan(self) -> bool {
                self != self
            }
            #[inline(always)]
            fn is_negative(self) -> bool {
                self.is_sign_negative()
            }
            float!(@round $trunc trunc, $floor floor, $ceil ceil, $nearest nearest);
            #[inline(always)]
            fn sqrt(self) -> Self {
                libm::$sqrt(self)
            }
            #[inline(always)]
            fn mul_add(self, b: Self, c: Self) -> Self {
                libm::$fma(self, b, c)
            }
        }
    };
    (@round $($libm:ident $name:ident),*) => { $(
        #[inline(always)]
        fn $name(self) -> Self {
            if self.is_nan() { self + self } else { libm::$libm(self) }
        }
    )* };
}
float!(f32, truncf, floorf, ceilf, rintf, sqrtf, fmaf);
float!(f64, trunc, floor, ceil, rint, sqrt, fma);

macro_rules! binary {
    ($($name:ident: $ty:ty, |$a:ident, $b:ident| $value:expr;)*) => { $(
        #[inline(always)]
        pub(super) fn $name(&mut self, o: Bin<F, F, F>) {
            let ($a, $b) = (self.f::<$ty>(o.src1), self.f::<$ty>(o.src2));
            self.set_f(o.dst, $value);
        }
    )* };
}

/// `dst = f(src)` between the register files.
macro_rules! unary {
    ($($name:ident: $set:ident $d:ident, $get:ident $s:ident $ty:ty, |$a:ident| $value:expr;)*) => { $(
        #[inline(always)]
        pub(super) fn $name(&mut self, dst: $d, src: $s) {
            let $a = self.$get::<$ty>(src);
            self.$set(dst, $value);
        }
    )* };
}

macro_rules! comparisons {
    ($($name:ident: $ty:ty, $op:tt;)*) => { $(
        #[inline(always)]
        pub(super) fn $name(&mut self, dst: X, src1: F, src2: F) {
            self.set_x(dst, self.f::<$ty>(src1) $op self.f::<$ty>(src2));
        }
    )* };
}

/// Conversions to integers that trap: from `lo` (or beyond it, with `lo_open`) to below `hi`, all of them exact in the type.
macro_rules! checked {
    ($($name:ident: $ty:ty, $int:ty, $lo:expr, $cmp:tt, $hi:expr;)*) => { $(
        #[inline(always)]
        pub(super) fn $name(&mut self, dst: X, src: F) -> Result<(), TrapKind> {
            let a = self.f::<$ty>(src);
            if Float::is_nan(a) {
                return Err(TrapKind::BadConversionToInteger);
            }
            if !($lo $cmp a && a < $hi) {
                return Err(TrapKind::IntegerOverflow);
            }
            self.set_x(dst, a as $int);
            Ok(())
        }
    )* };
}

impl<const CHECKED: bool> Exec<CHECKED> {
    binary! {
        fadd32: f32, |a, b| a + b;
        fsub32: f32, |a, b| a - b;
        fmul32: f32, |a, b| a * b;
        fdiv32: f32, |a, b| a / b;
        fmaximum32: f32, |a, b| Float::maximum(a, b);
        fminimum32: f32, |a, b| Float::minimum(a, b);
        fcopysign32: u32, |a, b| a & !(1 << 31) | b & 1 << 31;
        fadd64: f64, |a, b| a + b;
        fsub64: f64, |a, b| a - b;
        fmul64: f64, |a, b| a * b;
        fdiv64: f64, |a, b| a / b;
        fmaximum64: f64, |a, b| Float::maximum(a, b);
        fminimum64: f64, |a, b| Float::minimum(a, b);
        fcopysign64: u64, |a, b| a & !(1 << 63) | b & 1 << 63;
    }

    unary! {
        fmov: set_f F, f F u64, |a| a;
        ftrunc32: set_f F, f F f32, |a| Float::trunc(a);
        ffloor32: set_f F, f F f32, |a| Float::floor(a);
        fceil32: set_f F, f F f32, |a| Float::ceil(a);
        fnearest32: set_f F, f F f32, |a| Float::nearest(a);
        fsqrt32: set_f F, f F f32, |a| Float::sqrt(a);
        fneg32: set_f F, f F u32, |a| a ^ 1 << 31;
        fabs32: set_f F, f F u32, |a| a & !(1 << 31);
        ftrunc64: set_f F, f F f64, |a| Float::trunc(a);
        ffloor64: set_f F, f F f64, |a| Float::floor(a);
        fceil64: set_f F, f F f64, |a| Float::ceil(a);
        fnearest64: set_f F, f F f64, |a| Float::nearest(a);
        fsqrt64: set_f F, f F f64, |a| Float::sqrt(a);
        fneg64: set_f F, f F u64, |a| a ^ 1 << 63;
        fabs64: set_f F, f F u64, |a| a & !(1 << 63);
        bitcast_int_from_float_32: set_x X, f F u32, |a| a;
        bitcast_int_from_float_64: set_x X, f F u64, |a| a;
        bitcast_float_from_int_32: set_f F, x X u32, |a| a;
        bitcast_float_from_int_64: set_f F, x X u64, |a| a;
        f32_from_f64: set_f F, f F f64, |a| a as f32;
        f64_from_f32: set_f F, f F f32, |a| f64::from(a);
        f32_from_x32_s: set_f F, x X i32, |a| a as f32;
        f32_from_x32_u: set_f F, x X u32, |a| a as f32;
        f32_from_x64_s: set_f F, x X i64, |a| a as f32;
        f32_from_x64_u: set_f F, x X u64, |a| a as f32;
        f64_from_x32_s: set_f F, x X i32, |a| f64::from(a);
        f64_from_x32_u: set_f F, x X u32, |a| f64::from(a);
        f64_from_x64_s: set_f F, x X i64, |a| a as f64;
        f64_from_x64_u: set_f F, x X u64, |a| a as f64;
        x32_from_f32_s_sat: set_x X, f F f32, |a| a as i32;
        x32_from_f32_u_sat: set_x X, f F f32, |a| a as u32;
        x32_from_f64_s_sat: set_x X, f F f64, |a| a as i32;
        x32_from_f64_u_sat: set_x X, f F f64, |a| a as u32;
        x64_from_f32_s_sat: set_x X, f F f32, |a| a as i64;
        x64_from_f32_u_sat: set_x X, f F f32, |a| a as u64;
        x64_from_f64_s_sat: set_x X, f F f64, |a| a as i64;
        x64_from_f64_u_sat: set_x X, f F f64, |a| a as u64;
    }

    comparisons! {
        feq32: f32, ==; fneq32: f32, !=; flt32: f32, <; flteq32: f32, <=;
        feq64: f64, ==; fneq64: f64, !=; flt64: f64, <; flteq64: f64, <=;
    }

    // The largest values below the ranges that are floats: -2^31 - 1 and -1 are exact in 64 bits only, but then nothing lies
    // between -2^31 and what comes next.
    checked! {
        x32_from_f32_s: f32, i32, -2147483648.0, <=, 2147483648.0;
        x32_from_f32_u: f32, u32, -1.0, <, 4294967296.0;
        x32_from_f64_s: f64, i32, -2147483649.0, <, 2147483648.0;
        x32_from_f64_u: f64, u32, -1.0, <, 4294967296.0;
        x64_from_f32_s: f32, i64, -9223372036854775808.0, <=, 9223372036854775808.0;
        x64_from_f32_u: f32, u64, -1.0, <, 18446744073709551616.0;
        x64_from_f64_s: f64, i64, -9223372036854775808.0, <=, 9223372036854775808.0;
        x64_from_f64_u: f64, u64, -1.0, <, 18446744073709551616.0;
    }

    #[inline(always)]
    pub(super) fn fconst32(&mut self, dst: F, bits: u32) {
        self.set_f(dst, bits);
    }

    #[inline(always)]
    pub(super) fn fconst64(&mut self, dst: F, bits: u64) {
        self.set_f(dst, bits);
    }

    #[inline(always)]
    pub(super) fn fselect32(&mut self, dst: F, cond: X, if_nonzero: F, if_zero: F) {
        let chosen = if self.x::<bool>(cond) { if_nonzero } else { if_zero };
        self.set_f(dst, self.f::<u32>(chosen));
    }

    #[inline(always)]
    pub(super) fn fselect64(&mut self, dst: F, cond: X, if_nonzero: F, if_zero: F) {
        let chosen = if self.x::<bool>(cond) { if_nonzero } else { if_zero };
        self.set_f(dst, self.f::<u64>(chosen));
    }
}
