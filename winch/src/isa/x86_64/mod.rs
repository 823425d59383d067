//! 64-bit x86.
//!
//! Integers that are not listed below are allocatable. rsp and rbp make the frame; r11 and r10 are scratch (r10 is also the
//! callee of calls), as are xmm14 and xmm15; r14 is the vmctx, r15 the base of memory 0.

mod call;
mod control;
mod float;
mod int;
mod memory;
mod simd;

use super::{Flag, Target};
use crate::backend::worker;
use crate::masm::{MacroAssembler, RegisterFile, Size};
use crate::reg::{Fp, Gp, RegSet};
use gantry_emit::isa::x86_64::asm::{self, Alu, Asm, Cc, Mem, NoMem, Scale, W8, W16, W32, W64, W128, Width, sse};
use gantry_emit::isa::x86_64::regs::*;
use gantry_emit::{CodeBuffer, Isa};

const X14: Xmm = Xmm(14);
const X15: Xmm = Xmm(15);

/// Declares the table: field, name, feature of the host, whether it is part of the floor.
macro_rules! features {
    ($($field:ident $name:literal $host:tt $floor:literal;)*) => {
        /// Extensions of the instruction set that the code may use.
        #[derive(Clone, Copy, Debug, Default)]
        #[allow(dead_code, reason = "some are the floor")]
        struct Features { $($field: bool,)* }

        impl Features {
            /// Those with these names.
            fn new(on: &dyn Fn(&str) -> bool) -> Self {
                Self { $($field: on($name),)* }
            }
        }

        /// Every extension that code can use.
        const FLAGS: &[Flag] = &[$(Flag {
            name: $name,
            floor: $floor,
            #[cfg(target_arch = "x86_64")]
            on_host: || std::arch::is_x86_feature_detected!($host),
            #[cfg(not(target_arch = "x86_64"))]
            on_host: || false,
        }),*];
    };
}

features! {
    sse3   "has_sse3"   "sse3"   true;
    ssse3  "has_ssse3"  "ssse3"  true;
    sse41  "has_sse41"  "sse4.1" true;
    sse42  "has_sse42"  "sse4.2" true;
    popcnt "has_popcnt" "popcnt" true;
    avx    "has_avx"    "avx"    false;
    avx2   "has_avx2"   "avx2"   false;
    fma    "has_fma"    "fma"    false;
    bmi1   "has_bmi1"   "bmi1"   false;
    bmi2   "has_bmi2"   "bmi2"   false;
    lzcnt  "has_lzcnt"  "lzcnt"  false;
}

/// The assembler.
pub struct X64 {
    buffer: CodeBuffer,
    features: Features,
}

/// The row of this ISA.
pub(super) static TARGET: Target =
    Target { isa: Isa::X86_64, flags: FLAGS, worker: |settings, on| worker(X64::new(on), settings) };

impl X64 {
    /// An assembler that may use the CPU features that are `on`, by name.
    pub fn new(on: &dyn Fn(&str) -> bool) -> Self {
        Self { buffer: CodeBuffer::new(Isa::X86_64), features: Features::new(on) }
    }

    #[inline]
    fn asm(&mut self) -> Asm<'_> {
        Asm::new(&mut self.buffer)
    }
}

#[inline]
const fn gpr(reg: Gp) -> Gpr {
    Gpr(reg.0)
}

#[inline]
const fn xmm(reg: Fp) -> Xmm {
    Xmm(reg.0)
}

/// A width as the assembler calls it.
#[inline]
const fn bits(size: Size) -> asm::Size {
    match size {
        Size::S32 => asm::Size::S32,
        Size::S64 => asm::Size::S64,
    }
}

const fn gp(reg: Gpr) -> Gp {
    Gp(reg.0)
}

impl MacroAssembler for X64 {
    const ISA: Isa = Isa::X86_64;
    const REGS: RegisterFile = RegisterFile {
        allocatable: RegSet(
            RegSet::ints(&[0, 1, 2, 3, 6, 7, 8, 9, 12, 13]).0
                | RegSet::floats(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]).0,
        ),
        preserved: RegSet::ints(&[RBX.0, R12.0, R13.0]),
        vmctx: gp(R14),
        memory_base: gp(R15),
        callee: gp(R10),
        incoming: 16,
        save_area: 48,
    };
    const MOVE_SCRATCH: (Gp, Fp) = (gp(R11), Fp(X15.0));
    const HOST_ARGUMENTS: [Gp; 6] = [gp(RDI), gp(RSI), gp(RDX), gp(RCX), gp(R8), gp(R9)];
    const HOST_RESULT: Gp = gp(RAX);
    const LOOP_RESERVE: u32 = 4;
    const STORES_TEAR: bool = false;
    const NEEDS_ISLANDS: bool = false;

    #[inline]
    fn buffer(&mut self) -> &mut CodeBuffer {
        &mut self.buffer
    }
}
