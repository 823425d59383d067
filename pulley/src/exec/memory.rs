//! Loads and stores.
//!
//! Code names host addresses; what it may touch is the compiler's business ([`super::step`]).

#![allow(clippy::cast_possible_truncation, reason = "accesses truncate, and addresses fit a pointer")]

use super::control::host_ptr;
use super::*;
use core::mem::MaybeUninit;
use core::sync::atomic::{Ordering, compiler_fence};

/// A form of address.
pub(super) trait Address: Copy {
    /// The host address of an access of `size` bytes.
    fn resolve<const CHECKED: bool>(self, exec: &Exec<CHECKED>, size: usize) -> Result<*mut u8, TrapKind>;
}

impl Address for Displaced {
    #[inline(always)]
    fn resolve<const CHECKED: bool>(self, exec: &Exec<CHECKED>, _: usize) -> Result<*mut u8, TrapKind> {
        Ok(host_ptr(exec.x(self.base)).wrapping_offset(self.offset as isize))
    }
}

impl Address for Nullable {
    #[inline(always)]
    fn resolve<const CHECKED: bool>(self, exec: &Exec<CHECKED>, _: usize) -> Result<*mut u8, TrapKind> {
        let base = host_ptr(exec.x(self.base));
        if base.is_null() { Err(TrapKind::NullAddress) } else { Ok(base.wrapping_offset(self.offset as isize)) }
    }
}

/// The address of an index if the access ends within `bound`.
#[inline(always)]
fn bounded(base: *mut u8, index: u32, offset: u16, size: usize, bound: u64) -> Result<*mut u8, TrapKind> {
    let start = u64::from(index) + u64::from(offset);
    if start + size as u64 > bound { Err(TrapKind::MemoryOutOfBounds) } else { Ok(base.wrapping_add(start as usize)) }
}

impl Address for Bounded {
    #[inline(always)]
    fn resolve<const CHECKED: bool>(self, exec: &Exec<CHECKED>, size: usize) -> Result<*mut u8, TrapKind> {
        // Registers hold pointer-sized bounds.
        let bound = exec.x::<u64>(self.bound) as usize as u64;
        bounded(host_ptr(exec.x(self.base)), exec.x(self.index), self.offset, size, bound)
    }
}

impl Address for BoundedIndirect {
    #[inline(always)]
    fn resolve<const CHECKED: bool>(self, exec: &Exec<CHECKED>, size: usize) -> Result<*mut u8, TrapKind> {
        let at = host_ptr(exec.x(self.bound_base)).wrapping_add(usize::from(self.bound_offset)).cast::<usize>();
        exec.check_access(at.cast(), size_of::<usize>())?;
        // SAFETY: the compiler promises that the bound is there.
        let bound = unsafe { at.read_unaligned() };
        bounded(host_ptr(exec.x(self.base)), exec.x(self.index), self.offset, size, bound as u64)
    }
}

/// An access that stays in the reservation of its memory whatever the index: pages that are not accessible end it.
#[derive(Clone, Copy)]
pub(super) struct Free {
    base: X,
    index: X,
    offset: u16,
}

impl Address for Free {
    #[inline(always)]
    fn resolve<const CHECKED: bool>(self, exec: &Exec<CHECKED>, _: usize) -> Result<*mut u8, TrapKind> {
        let start = u64::from(exec.x::<u32>(self.index)) + u64::from(self.offset);
        Ok(host_ptr(exec.x(self.base)).wrapping_add(start as usize))
    }
}

/// Whether so many bytes may be written in part if pages that are not accessible follow: then the last one is read first. Hosts of
/// 32 bits have no such pages.
const fn tears(bytes: usize) -> bool {
    let one_instruction_is_whole = cfg!(any(target_arch = "x86_64", target_arch = "s390x"));
    cfg!(target_pointer_width = "64") && bytes > if one_instruction_is_whole { 8 } else { 1 }
}

impl<const CHECKED: bool> Exec<CHECKED> {
    #[inline(always)]
    pub(super) fn load<const N: usize>(&self, addr: impl Address) -> Result<[u8; N], TrapKind> {
        let at = addr.resolve(self, N)?;
        self.check_access(at, N)?;
        self.note_access(at, N, false);
        // SAFETY: compiled code reads what it may read, and the machine has checked what it has to check.
        Ok(unsafe { at.cast::<[u8; N]>().read_unaligned() })
    }

    #[inline(always)]
    pub(super) fn store<const N: usize>(&mut self, addr: impl Address, bytes: [u8; N]) -> Result<(), TrapKind> {
        let at = addr.resolve(self, N)?;
        self.check_access(at, N)?;
        self.note_access(at, N, true);
        if tears(N) {
            // SAFETY: compiled code may read what it writes, and the machine has checked what it has to check.
            unsafe { at.add(N - 1).cast::<MaybeUninit<u8>>().read_volatile() };
            compiler_fence(Ordering::SeqCst);
        }
        // SAFETY: compiled code writes what it may write, and the machine has checked what it has to check.
        unsafe { at.cast::<[u8; N]>().write_unaligned(bytes) };
        Ok(())
    }
}

/// `dst = extend(*addr)`.
macro_rules! loads {
    ($($name:ident: $set:ident $reg:ident, $addr:ident, $ty:ty, $from:ident as $to:ty;)*) => { $(
        #[inline(always)]
        pub(super) fn $name(&mut self, dst: $reg, addr: $addr) -> Result<(), TrapKind> {
            let value = <$ty>::$from(self.load(addr)?);
            self.$set(dst, <$to>::from(value));
            Ok(())
        }
    )* };
}

/// `*addr = truncate(src)`.
macro_rules! stores {
    ($($name:ident: $get:ident $reg:ident, $addr:ident, $ty:ty, $to:ident;)*) => { $(
        #[inline(always)]
        pub(super) fn $name(&mut self, addr: $addr, src: $reg) -> Result<(), TrapKind> {
            let value = self.$get::<$ty>(src);
            self.store(addr, value.$to())
        }
    )* };
}

/// Accesses with addresses whose parts are operands of their own.
macro_rules! free_loads {
    ($($name:ident: $set:ident $reg:ident, $ty:ty as $to:ty;)*) => { $(
        #[inline(always)]
        pub(super) fn $name(&mut self, dst: $reg, base: X, index: X, offset: u16) -> Result<(), TrapKind> {
            let value = <$ty>::from_le_bytes(self.load(Free { base, index, offset })?);
            self.$set(dst, <$to>::from(value));
            Ok(())
        }
    )* };
}

macro_rules! free_stores {
    ($($name:ident: $get:ident $reg:ident, $ty:ty;)*) => { $(
        #[inline(always)]
        pub(super) fn $name(&mut self, base: X, index: X, offset: u16, src: $reg) -> Result<(), TrapKind> {
            let value = self.$get::<$ty>(src);
            self.store(Free { base, index, offset }, value.to_le_bytes())
        }
    )* };
}

impl<const CHECKED: bool> Exec<CHECKED> {
    loads! {
        xload8_u32_o32: set_x X, Displaced, u8, from_le_bytes as u32;
        xload8_s32_o32: set_x X, Displaced, i8, from_le_bytes as i32;
        xload16le_u32_o32: set_x X, Displaced, u16, from_le_bytes as u32;
        xload16le_s32_o32: set_x X, Displaced, i16, from_le_bytes as i32;
        xload32le_o32: set_x X, Displaced, u32, from_le_bytes as u32;
        xload64le_o32: set_x X, Displaced, u64, from_le_bytes as u64;
        xload8_u32_z: set_x X, Nullable, u8, from_le_bytes as u32;
        xload8_s32_z: set_x X, Nullable, i8, from_le_bytes as i32;
        xload16le_u32_z: set_x X, Nullable, u16, from_le_bytes as u32;
        xload16le_s32_z: set_x X, Nullable, i16, from_le_bytes as i32;
        xload32le_z: set_x X, Nullable, u32, from_le_bytes as u32;
        xload64le_z: set_x X, Nullable, u64, from_le_bytes as u64;
        xload8_u32_g32: set_x X, Bounded, u8, from_le_bytes as u32;
        xload8_s32_g32: set_x X, Bounded, i8, from_le_bytes as i32;
        xload16le_u32_g32: set_x X, Bounded, u16, from_le_bytes as u32;
        xload16le_s32_g32: set_x X, Bounded, i16, from_le_bytes as i32;
        xload32le_g32: set_x X, Bounded, u32, from_le_bytes as u32;
        xload64le_g32: set_x X, Bounded, u64, from_le_bytes as u64;
        xload8_u32_g32bne: set_x X, BoundedIndirect, u8, from_le_bytes as u32;
        xload8_s32_g32bne: set_x X, BoundedIndirect, i8, from_le_bytes as i32;
        xload16le_u32_g32bne: set_x X, BoundedIndirect, u16, from_le_bytes as u32;
        xload16le_s32_g32bne: set_x X, BoundedIndirect, i16, from_le_bytes as i32;
        xload32le_g32bne: set_x X, BoundedIndirect, u32, from_le_bytes as u32;
        xload64le_g32bne: set_x X, BoundedIndirect, u64, from_le_bytes as u64;
        xload16be_u32_o32: set_x X, Displaced, u16, from_be_bytes as u32;
        xload16be_s32_o32: set_x X, Displaced, i16, from_be_bytes as i32;
        xload32be_o32: set_x X, Displaced, u32, from_be_bytes as u32;
        xload64be_o32: set_x X, Displaced, u64, from_be_bytes as u64;
        xload16be_u32_z: set_x X, Nullable, u16, from_be_bytes as u32;
        xload16be_s32_z: set_x X, Nullable, i16, from_be_bytes as i32;
        xload32be_z: set_x X, Nullable, u32, from_be_bytes as u32;
        xload64be_z: set_x X, Nullable, u64, from_be_bytes as u64;
        fload32be_o32: set_f F, Displaced, u32, from_be_bytes as u32;
        fload64be_o32: set_f F, Displaced, u64, from_be_bytes as u64;
        fload32be_z: set_f F, Nullable, u32, from_be_bytes as u32;
        fload64be_z: set_f F, Nullable, u64, from_be_bytes as u64;
        fload32le_o32: set_f F, Displaced, u32, from_le_bytes as u32;
        fload64le_o32: set_f F, Displaced, u64, from_le_bytes as u64;
        fload32le_z: set_f F, Nullable, u32, from_le_bytes as u32;
        fload64le_z: set_f F, Nullable, u64, from_le_bytes as u64;
        fload32le_g32: set_f F, Bounded, u32, from_le_bytes as u32;
        fload64le_g32: set_f F, Bounded, u64, from_le_bytes as u64;
    }

    stores! {
        xstore8_o32: x X, Displaced, u8, to_le_bytes;
        xstore16le_o32: x X, Displaced, u16, to_le_bytes;
        xstore32le_o32: x X, Displaced, u32, to_le_bytes;
        xstore64le_o32: x X, Displaced, u64, to_le_bytes;
        xstore8_z: x X, Nullable, u8, to_le_bytes;
        xstore16le_z: x X, Nullable, u16, to_le_bytes;
        xstore32le_z: x X, Nullable, u32, to_le_bytes;
        xstore64le_z: x X, Nullable, u64, to_le_bytes;
        xstore8_g32: x X, Bounded, u8, to_le_bytes;
        xstore16le_g32: x X, Bounded, u16, to_le_bytes;
        xstore32le_g32: x X, Bounded, u32, to_le_bytes;
        xstore64le_g32: x X, Bounded, u64, to_le_bytes;
        xstore8_g32bne: x X, BoundedIndirect, u8, to_le_bytes;
        xstore16le_g32bne: x X, BoundedIndirect, u16, to_le_bytes;
        xstore32le_g32bne: x X, BoundedIndirect, u32, to_le_bytes;
        xstore64le_g32bne: x X, BoundedIndirect, u64, to_le_bytes;
        xstore16be_o32: x X, Displaced, u16, to_be_bytes;
        xstore32be_o32: x X, Displaced, u32, to_be_bytes;
        xstore64be_o32: x X, Displaced, u64, to_be_bytes;
        xstore16be_z: x X, Nullable, u16, to_be_bytes;
        xstore32be_z: x X, Nullable, u32, to_be_bytes;
        xstore64be_z: x X, Nullable, u64, to_be_bytes;
        fstore32be_o32: f F, Displaced, u32, to_be_bytes;
        fstore64be_o32: f F, Displaced, u64, to_be_bytes;
        fstore32be_z: f F, Nullable, u32, to_be_bytes;
        fstore64be_z: f F, Nullable, u64, to_be_bytes;
        fstore32le_o32: f F, Displaced, u32, to_le_bytes;
        fstore64le_o32: f F, Displaced, u64, to_le_bytes;
        fstore32le_z: f F, Nullable, u32, to_le_bytes;
        fstore64le_z: f F, Nullable, u64, to_le_bytes;
        fstore32le_g32: f F, Bounded, u32, to_le_bytes;
        fstore64le_g32: f F, Bounded, u64, to_le_bytes;
    }

    free_loads! {
        xload8_u32_free: set_x X, u8 as u32;
        xload8_s32_free: set_x X, i8 as i32;
        xload16le_u32_free: set_x X, u16 as u32;
        xload16le_s32_free: set_x X, i16 as i32;
        xload32le_free: set_x X, u32 as u32;
        xload64le_free: set_x X, u64 as u64;
        fload32le_free: set_f F, u32 as u32;
        fload64le_free: set_f F, u64 as u64;
    }

    free_stores! {
        xstore8_free: x X, u8;
        xstore16le_free: x X, u16;
        xstore32le_free: x X, u32;
        xstore64le_free: x X, u64;
        fstore32le_free: f F, u32;
        fstore64le_free: f F, u64;
    }
}

/// Whole vectors.
macro_rules! vectors {
    ($($load:ident $store:ident $addr:ident, |$v:ident| $order:expr;)*) => { $(
        #[inline(always)]
        pub(super) fn $load(&mut self, dst: V, addr: $addr) -> Result<(), TrapKind> {
            let $v: [u8; 16] = self.load(addr)?;
            self.set_v(dst, $order);
            Ok(())
        }

        #[inline(always)]
        pub(super) fn $store(&mut self, addr: $addr, src: V) -> Result<(), TrapKind> {
            let $v = self.v(src);
            self.store(addr, $order)
        }
    )* };
}

fn reversed(mut bytes: [u8; 16]) -> [u8; 16] {
    bytes.reverse();
    bytes
}

impl<const CHECKED: bool> Exec<CHECKED> {
    vectors! {
        vload128le_o32 vstore128le_o32 Displaced, |v| v;
        vload128le_z vstore128le_z Nullable, |v| v;
        vload128le_g32 vstore128le_g32 Bounded, |v| v;
        vload128be_z vstore128be_z Nullable, |v| reversed(v);
    }

    #[inline(always)]
    pub(super) fn vload128le_free(&mut self, dst: V, base: X, index: X, offset: u16) -> Result<(), TrapKind> {
        let value = self.load(Free { base, index, offset })?;
        self.set_v(dst, value);
        Ok(())
    }

    #[inline(always)]
    pub(super) fn vstore128le_free(&mut self, base: X, index: X, offset: u16, src: V) -> Result<(), TrapKind> {
        let value = self.v(src);
        self.store(Free { base, index, offset }, value)
    }
}
