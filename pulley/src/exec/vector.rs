//! Vectors.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_lossless,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "operations truncate and extend; one row a shape"
)]

use super::float::Float;
use super::*;

/// A lane of a vector.
trait Lane: Copy {
    /// As many lanes as a vector has.
    type Lanes: AsRef<[Self]> + AsMut<[Self]> + Copy;
    fn unpack(bytes: [u8; 16]) -> Self::Lanes;
    fn pack(lanes: Self::Lanes) -> [u8; 16];
    /// Lanes made of their numbers.
    fn lanes(make: impl FnMut(usize) -> Self) -> Self::Lanes;
}

macro_rules! lanes {
    ($($ty:ty, $n:literal;)*) => { $(
        impl Lane for $ty {
            type Lanes = [Self; $n];
            #[inline(always)]
            fn unpack(bytes: [u8; 16]) -> [Self; $n] {
                core::array::from_fn(|i| {
                    Self::from_le_bytes(core::array::from_fn(|j| bytes[i * size_of::<Self>() + j]))
                })
            }
            #[inline(always)]
            fn pack(lanes: [Self; $n]) -> [u8; 16] {
                core::array::from_fn(|i| lanes[i / size_of::<Self>()].to_le_bytes()[i % size_of::<Self>()])
            }
            #[inline(always)]
            fn lanes(make: impl FnMut(usize) -> Self) -> [Self; $n] {
                core::array::from_fn(make)
            }
        }
    )* };
}
lanes! {
    u8, 16; i8, 16; u16, 8; i16, 8; u32, 4; i32, 4; u64, 2; i64, 2; f32, 4; f64, 2;
}

/// Lane by lane.
#[inline(always)]
fn zip<A: Lane, R: Lane>(a: [u8; 16], b: [u8; 16], mut f: impl FnMut(A, A) -> R) -> [u8; 16] {
    let (a, b) = (A::unpack(a), A::unpack(b));
    R::pack(R::lanes(|i| f(a.as_ref()[i], b.as_ref()[i])))
}

#[inline(always)]
fn map<A: Lane, R: Lane>(a: [u8; 16], mut f: impl FnMut(A) -> R) -> [u8; 16] {
    let a = A::unpack(a);
    R::pack(R::lanes(|i| f(a.as_ref()[i])))
}

/// `dst = f(src1, src2)`, lane by lane.
macro_rules! binary {
    ($($name:ident: $ty:ty => $to:ty, |$a:ident, $b:ident| $value:expr;)*) => { $(
        #[inline(always)]
        pub(super) fn $name(&mut self, o: Bin<V, V, V>) {
            let value = zip::<$ty, $to>(self.v(o.src1), self.v(o.src2), |$a, $b| $value);
            self.set_v(o.dst, value);
        }
    )* };
}

/// `dst = f(src)`, lane by lane.
macro_rules! unary {
    ($($name:ident: $ty:ty => $to:ty, |$a:ident| $value:expr;)*) => { $(
        #[inline(always)]
        pub(super) fn $name(&mut self, dst: V, src: V) {
            let value = map::<$ty, $to>(self.v(src), |$a| $value);
            self.set_v(dst, value);
        }
    )* };
}

/// `dst = f(src1, amount)`, lane by lane.
macro_rules! shifts {
    ($($name:ident: $ty:ty, $method:ident;)*) => { $(
        #[inline(always)]
        pub(super) fn $name(&mut self, o: Bin<V, V, X>) {
            let amount = self.x::<u32>(o.src2);
            let value = map::<$ty, $ty>(self.v(o.src1), |a| a.$method(amount));
            self.set_v(o.dst, value);
        }
    )* };
}

/// `dst = all ones or zeros`, lane by lane.
macro_rules! comparisons {
    ($($name:ident: $ty:ty => $mask:ty, $op:tt;)*) => { $(
        #[inline(always)]
        pub(super) fn $name(&mut self, o: Bin<V, V, V>) {
            let value = zip::<$ty, $mask>(self.v(o.src1), self.v(o.src2), |a, b| if a $op b { <$mask>::MAX } else { 0 });
            self.set_v(o.dst, value);
        }
    )* };
}

/// An integer register made of a vector.
macro_rules! reductions {
    ($($name:ident: $ty:ty, |$lanes:ident| $value:expr;)*) => { $(
        #[inline(always)]
        pub(super) fn $name(&mut self, dst: X, src: V) {
            let $lanes = <$ty>::unpack(self.v(src));
            self.set_x(dst, $value);
        }
    )* };
}

/// The highest bit of each lane.
fn bitmask<T: Copy>(lanes: &[T], is_set: impl Fn(T) -> bool) -> u32 {
    lanes.iter().rev().fold(0, |mask, &lane| mask << 1 | u32::from(is_set(lane)))
}

macro_rules! splats {
    ($($name:ident: $get:ident $reg:ident, $ty:ty;)*) => { $(
        #[inline(always)]
        pub(super) fn $name(&mut self, dst: V, src: $reg) {
            let value = self.$get::<$ty>(src);
            self.set_v(dst, <$ty>::pack(<$ty>::lanes(|_| value)));
        }
    )* };
}

macro_rules! extracts {
    ($($name:ident: $set:ident $reg:ident, $ty:ty;)*) => { $(
        #[inline(always)]
        pub(super) fn $name(&mut self, dst: $reg, src: V, lane: u8) {
            let lanes = <$ty>::unpack(self.v(src));
            self.$set(dst, lanes[usize::from(lane) % lanes.len()]);
        }
    )* };
}

macro_rules! inserts {
    ($($name:ident: $get:ident $reg:ident, $ty:ty;)*) => { $(
        #[inline(always)]
        pub(super) fn $name(&mut self, o: Bin<V, V, $reg>, lane: u8) {
            let mut lanes = <$ty>::unpack(self.v(o.src1));
            let len = lanes.len();
            lanes[usize::from(lane) % len] = self.$get::<$ty>(o.src2);
            self.set_v(o.dst, <$ty>::pack(lanes));
        }
    )* };
}

/// Half of the lanes, widened.
macro_rules! widenings {
    ($($name:ident: $ty:ty => $to:ty, $half:literal;)*) => { $(
        #[inline(always)]
        pub(super) fn $name(&mut self, dst: V, src: V) {
            let from = <$ty>::unpack(self.v(src));
            let first = $half * from.len() / 2;
            self.set_v(dst, <$to>::pack(<$to>::lanes(|i| <$to>::from(from[first + i]))));
        }
    )* };
}

/// Two vectors narrowed to one.
macro_rules! narrowings {
    ($($name:ident: $ty:ty => $to:ty;)*) => { $(
        #[inline(always)]
        pub(super) fn $name(&mut self, o: Bin<V, V, V>) {
            let (a, b) = (<$ty>::unpack(self.v(o.src1)), <$ty>::unpack(self.v(o.src2)));
            let narrow = |v: $ty| v.clamp(<$ty>::try_from(<$to>::MIN).unwrap_or(<$ty>::MIN), <$ty>::try_from(<$to>::MAX).unwrap_or(<$ty>::MAX)) as $to;
            let value = <$to>::lanes(|i| narrow(if i < a.len() { a[i] } else { b[i - a.len()] }));
            self.set_v(o.dst, <$to>::pack(value));
        }
    )* };
}

macro_rules! pairwise {
    ($($name:ident: $ty:ty;)*) => { $(
        #[inline(always)]
        pub(super) fn $name(&mut self, o: Bin<V, V, V>) {
            let (a, b) = (<$ty>::unpack(self.v(o.src1)), <$ty>::unpack(self.v(o.src2)));
            let half = a.len() / 2;
            let value = <$ty>::lanes(|i| {
                let (from, at) = if i < half { (&a, i) } else { (&b, i - half) };
                from[2 * at].wrapping_add(from[2 * at + 1])
            });
            self.set_v(o.dst, <$ty>::pack(value));
        }
    )* };
}

/// Half a vector in memory, its lanes widened.
macro_rules! widening_loads {
    ($($name:ident: $ty:ty => $to:ty;)*) => { $(
        #[inline(always)]
        pub(super) fn $name(&mut self, dst: V, addr: Nullable) -> Result<(), TrapKind> {
            let half: [u8; 8] = self.load(addr)?;
            let from = <$ty>::unpack(core::array::from_fn(|i| half[i % 8]));
            self.set_v(dst, <$to>::pack(<$to>::lanes(|i| <$to>::from(from[i]))));
            Ok(())
        }
    )* };
}

macro_rules! fused {
    ($($name:ident: $ty:ty;)*) => { $(
        pub(super) fn $name(&mut self, dst: V, a: V, b: V, c: V) {
            let (a, b, c) = (<$ty>::unpack(self.v(a)), <$ty>::unpack(self.v(b)), <$ty>::unpack(self.v(c)));
            self.set_v(dst, <$ty>::pack(<$ty>::lanes(|i| Float::mul_add(a[i], b[i], c[i]))));
        }
    )* };
}

impl<const CHECKED: bool> Exec<CHECKED> {
    binary! {
        vaddi8x16: u8 => u8, |a, b| a.wrapping_add(b);
        vaddi16x8: u16 => u16, |a, b| a.wrapping_add(b);
        vaddi32x4: u32 => u32, |a, b| a.wrapping_add(b);
        vaddi64x2: u64 => u64, |a, b| a.wrapping_add(b);
        vaddf32x4: f32 => f32, |a, b| a + b;
        vaddf64x2: f64 => f64, |a, b| a + b;
        vaddi8x16_sat: i8 => i8, |a, b| a.saturating_add(b);
        vaddu8x16_sat: u8 => u8, |a, b| a.saturating_add(b);
        vaddi16x8_sat: i16 => i16, |a, b| a.saturating_add(b);
        vaddu16x8_sat: u16 => u16, |a, b| a.saturating_add(b);
        vsubi8x16: u8 => u8, |a, b| a.wrapping_sub(b);
        vsubi16x8: u16 => u16, |a, b| a.wrapping_sub(b);
        vsubi32x4: u32 => u32, |a, b| a.wrapping_sub(b);
        vsubi64x2: u64 => u64, |a, b| a.wrapping_sub(b);
        vsubf32x4: f32 => f32, |a, b| a - b;
        vsubf64x2: f64 => f64, |a, b| a - b;
        vsubi8x16_sat: i8 => i8, |a, b| a.saturating_sub(b);
        vsubu8x16_sat: u8 => u8, |a, b| a.saturating_sub(b);
        vsubi16x8_sat: i16 => i16, |a, b| a.saturating_sub(b);
        vsubu16x8_sat: u16 => u16, |a, b| a.saturating_sub(b);
        vmuli8x16: u8 => u8, |a, b| a.wrapping_mul(b);
        vmuli16x8: u16 => u16, |a, b| a.wrapping_mul(b);
        vmuli32x4: u32 => u32, |a, b| a.wrapping_mul(b);
        vmuli64x2: u64 => u64, |a, b| a.wrapping_mul(b);
        vmulf32x4: f32 => f32, |a, b| a * b;
        vmulf64x2: f64 => f64, |a, b| a * b;
        vdivf32x4: f32 => f32, |a, b| a / b;
        vdivf64x2: f64 => f64, |a, b| a / b;
        vqmulrsi16x8: i16 => i16, |a, b|
            ((i32::from(a) * i32::from(b) + (1 << 14)) >> 15).clamp(i16::MIN.into(), i16::MAX.into()) as i16;
        vmin8x16_s: i8 => i8, |a, b| a.min(b);
        vmin8x16_u: u8 => u8, |a, b| a.min(b);
        vmin16x8_s: i16 => i16, |a, b| a.min(b);
        vmin16x8_u: u16 => u16, |a, b| a.min(b);
        vmin32x4_s: i32 => i32, |a, b| a.min(b);
        vmin32x4_u: u32 => u32, |a, b| a.min(b);
        vmax8x16_s: i8 => i8, |a, b| a.max(b);
        vmax8x16_u: u8 => u8, |a, b| a.max(b);
        vmax16x8_s: i16 => i16, |a, b| a.max(b);
        vmax16x8_u: u16 => u16, |a, b| a.max(b);
        vmax32x4_s: i32 => i32, |a, b| a.max(b);
        vmax32x4_u: u32 => u32, |a, b| a.max(b);
        vmaximumf32x4: f32 => f32, |a, b| Float::maximum(a, b);
        vmaximumf64x2: f64 => f64, |a, b| Float::maximum(a, b);
        vminimumf32x4: f32 => f32, |a, b| Float::minimum(a, b);
        vminimumf64x2: f64 => f64, |a, b| Float::minimum(a, b);
        vavground8x16: u8 => u8, |a, b| (u16::from(a) + u16::from(b)).div_ceil(2) as u8;
        vavground16x8: u16 => u16, |a, b| (u32::from(a) + u32::from(b)).div_ceil(2) as u16;
        vband128: u64 => u64, |a, b| a & b;
        vbor128: u64 => u64, |a, b| a | b;
        vbxor128: u64 => u64, |a, b| a ^ b;
    }

    unary! {
        vbnot128: u64 => u64, |a| !a;
        vneg8x16: i8 => i8, |a| a.wrapping_neg();
        vneg16x8: i16 => i16, |a| a.wrapping_neg();
        vneg32x4: i32 => i32, |a| a.wrapping_neg();
        vneg64x2: i64 => i64, |a| a.wrapping_neg();
        vnegf32x4: u32 => u32, |a| a ^ 1 << 31;
        vnegf64x2: u64 => u64, |a| a ^ 1 << 63;
        vabs8x16: i8 => i8, |a| a.wrapping_abs();
        vabs16x8: i16 => i16, |a| a.wrapping_abs();
        vabs32x4: i32 => i32, |a| a.wrapping_abs();
        vabs64x2: i64 => i64, |a| a.wrapping_abs();
        vabsf32x4: u32 => u32, |a| a & !(1 << 31);
        vabsf64x2: u64 => u64, |a| a & !(1 << 63);
        vpopcnt8x16: u8 => u8, |a| a.count_ones() as u8;
        vtrunc32x4: f32 => f32, |a| Float::trunc(a);
        vtrunc64x2: f64 => f64, |a| Float::trunc(a);
        vfloor32x4: f32 => f32, |a| Float::floor(a);
        vfloor64x2: f64 => f64, |a| Float::floor(a);
        vceil32x4: f32 => f32, |a| Float::ceil(a);
        vceil64x2: f64 => f64, |a| Float::ceil(a);
        vnearest32x4: f32 => f32, |a| Float::nearest(a);
        vnearest64x2: f64 => f64, |a| Float::nearest(a);
        vsqrt32x4: f32 => f32, |a| Float::sqrt(a);
        vsqrt64x2: f64 => f64, |a| Float::sqrt(a);
        vf32x4_from_i32x4_s: i32 => f32, |a| a as f32;
        vf32x4_from_i32x4_u: u32 => f32, |a| a as f32;
        vf64x2_from_i64x2_s: i64 => f64, |a| a as f64;
        vf64x2_from_i64x2_u: u64 => f64, |a| a as f64;
        vi32x4_from_f32x4_s: f32 => i32, |a| a as i32;
        vi32x4_from_f32x4_u: f32 => u32, |a| a as u32;
        vi64x2_from_f64x2_s: f64 => i64, |a| a as i64;
        vi64x2_from_f64x2_u: f64 => u64, |a| a as u64;
    }

    shifts! {
        vshli8x16: u8, wrapping_shl; vshli16x8: u16, wrapping_shl; vshli32x4: u32, wrapping_shl; vshli64x2: u64, wrapping_shl;
        vshri8x16_s: i8, wrapping_shr; vshri16x8_s: i16, wrapping_shr;
        vshri32x4_s: i32, wrapping_shr; vshri64x2_s: i64, wrapping_shr;
        vshri8x16_u: u8, wrapping_shr; vshri16x8_u: u16, wrapping_shr;
        vshri32x4_u: u32, wrapping_shr; vshri64x2_u: u64, wrapping_shr;
    }

    comparisons! {
        veq8x16: u8 => u8, ==; vneq8x16: u8 => u8, !=; vslt8x16: i8 => u8, <; vslteq8x16: i8 => u8, <=;
        vult8x16: u8 => u8, <; vulteq8x16: u8 => u8, <=;
        veq16x8: u16 => u16, ==; vneq16x8: u16 => u16, !=; vslt16x8: i16 => u16, <; vslteq16x8: i16 => u16, <=;
        vult16x8: u16 => u16, <; vulteq16x8: u16 => u16, <=;
        veq32x4: u32 => u32, ==; vneq32x4: u32 => u32, !=; vslt32x4: i32 => u32, <; vslteq32x4: i32 => u32, <=;
        vult32x4: u32 => u32, <; vulteq32x4: u32 => u32, <=;
        veq64x2: u64 => u64, ==; vneq64x2: u64 => u64, !=; vslt64x2: i64 => u64, <; vslteq64x2: i64 => u64, <=;
        vult64x2: u64 => u64, <; vulteq64x2: u64 => u64, <=;
        veqf32x4: f32 => u32, ==; vneqf32x4: f32 => u32, !=; vltf32x4: f32 => u32, <; vlteqf32x4: f32 => u32, <=;
        veqf64x2: f64 => u64, ==; vneqf64x2: f64 => u64, !=; vltf64x2: f64 => u64, <; vlteqf64x2: f64 => u64, <=;
    }

    reductions! {
        vbitmask8x16: i8, |lanes| bitmask(&lanes, |v| v < 0);
        vbitmask16x8: i16, |lanes| bitmask(&lanes, |v| v < 0);
        vbitmask32x4: i32, |lanes| bitmask(&lanes, |v| v < 0);
        vbitmask64x2: i64, |lanes| bitmask(&lanes, |v| v < 0);
        valltrue8x16: u8, |lanes| lanes.iter().all(|&v| v != 0);
        valltrue16x8: u16, |lanes| lanes.iter().all(|&v| v != 0);
        valltrue32x4: u32, |lanes| lanes.iter().all(|&v| v != 0);
        valltrue64x2: u64, |lanes| lanes.iter().all(|&v| v != 0);
        vanytrue8x16: u8, |lanes| lanes.iter().any(|&v| v != 0);
        vanytrue16x8: u16, |lanes| lanes.iter().any(|&v| v != 0);
        vanytrue32x4: u32, |lanes| lanes.iter().any(|&v| v != 0);
        vanytrue64x2: u64, |lanes| lanes.iter().any(|&v| v != 0);
    }

    splats! {
        vsplatx8: x X, u8; vsplatx16: x X, u16; vsplatx32: x X, u32; vsplatx64: x X, u64;
        vsplatf32: f F, u32; vsplatf64: f F, u64;
    }

    extracts! {
        xextractv8x16: set_x X, u8; xextractv16x8: set_x X, u16; xextractv32x4: set_x X, u32; xextractv64x2: set_x X, u64;
        fextractv32x4: set_f F, u32; fextractv64x2: set_f F, u64;
    }

    inserts! {
        vinsertx8: x X, u8; vinsertx16: x X, u16; vinsertx32: x X, u32; vinsertx64: x X, u64;
        vinsertf32: f F, u32; vinsertf64: f F, u64;
    }

    widenings! {
        vwidenlow8x16_s: i8 => i16, 0; vwidenlow8x16_u: u8 => u16, 0;
        vwidenlow16x8_s: i16 => i32, 0; vwidenlow16x8_u: u16 => u32, 0;
        vwidenlow32x4_s: i32 => i64, 0; vwidenlow32x4_u: u32 => u64, 0;
        vwidenhigh8x16_s: i8 => i16, 1; vwidenhigh8x16_u: u8 => u16, 1;
        vwidenhigh16x8_s: i16 => i32, 1; vwidenhigh16x8_u: u16 => u32, 1;
        vwidenhigh32x4_s: i32 => i64, 1; vwidenhigh32x4_u: u32 => u64, 1;
        vfpromotelow: f32 => f64, 0;
    }

    narrowings! {
        vnarrow16x8_s: i16 => i8; vnarrow16x8_u: i16 => u8;
        vnarrow32x4_s: i32 => i16; vnarrow32x4_u: i32 => u16;
        vnarrow64x2_s: i64 => i32; vnarrow64x2_u: i64 => u32;
        vunarrow64x2_u: u64 => u32;
    }

    pairwise! { vaddpairwisei16x8_s: i16; vaddpairwisei32x4_s: i32; }

    widening_loads! {
        vload8x8_s_z: i8 => i16; vload8x8_u_z: u8 => u16;
        vload16x4le_s_z: i16 => i32; vload16x4le_u_z: u16 => u32;
        vload32x2le_s_z: i32 => i64; vload32x2le_u_z: u32 => u64;
    }

    fused! { vfma32x4: f32; vfma64x2: f64; }

    #[inline(always)]
    pub(super) fn vmov(&mut self, dst: V, src: V) {
        self.set_v(dst, self.v(src));
    }

    #[inline(always)]
    pub(super) fn vconst128(&mut self, dst: V, imm: [u8; 16]) {
        self.set_v(dst, imm);
    }

    pub(super) fn vfdemote(&mut self, dst: V, src: V) {
        let from = f64::unpack(self.v(src));
        self.set_v(dst, f32::pack([from[0] as f32, from[1] as f32, 0.0, 0.0]));
    }

    #[inline(always)]
    pub(super) fn vbitselect128(&mut self, dst: V, c: V, x: V, y: V) {
        let (c, x, y) = (self.v(c), self.v(x), self.v(y));
        self.set_v(dst, core::array::from_fn(|i| c[i] & x[i] | !c[i] & y[i]));
    }

    pub(super) fn vshuffle(&mut self, dst: V, src1: V, src2: V, mask: [u8; 16]) {
        let (a, b) = (self.v(src1), self.v(src2));
        self.set_v(dst, mask.map(|m| if m & 16 == 0 { a[usize::from(m & 15)] } else { b[usize::from(m & 15)] }));
    }

    pub(super) fn vswizzlei8x16(&mut self, o: Bin<V, V, V>) {
        let a = self.v(o.src1);
        let value = self.v(o.src2).map(|i| if i < 16 { a[usize::from(i)] } else { 0 });
        self.set_v(o.dst, value);
    }

    #[inline(always)]
    pub(super) fn vselect(&mut self, dst: V, cond: X, if_nonzero: V, if_zero: V) {
        let chosen = if self.x::<bool>(cond) { if_nonzero } else { if_zero };
        self.set_v(dst, self.v(chosen));
    }
}
