//! 64-bit x86.
//!
//! Integers that are not listed below are allocatable. rsp and rbp make the frame; r11 and r10 are scratch (r10 is also the
//! callee of calls), as are xmm14 and xmm15; r14 is the vmctx, r15 the base of memory 0.

mod asm;
mod call;
mod control;
mod float;
mod int;
mod memory;
mod simd;

use super::{Flag, Target};
use crate::backend::worker;
use crate::masm::{MacroAssembler, RegisterFile};
use crate::reg::{Fp, Gp, RegSet};
use asm::{Imm, Mem, Op, Rm, emit, emit_full, emit_vex, op1, op2};
use gantry_emit::{CodeBuffer, Isa};

const RAX: u8 = 0;
const RCX: u8 = 1;
const RDX: u8 = 2;
const RBX: u8 = 3;
const RSP: u8 = 4;
const RBP: u8 = 5;
const RSI: u8 = 6;
const RDI: u8 = 7;
const R10: u8 = 10;
const R11: u8 = 11;
const R14: u8 = 14;
const R15: u8 = 15;
const X14: u8 = 14;
const X15: u8 = 15;

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

    /// Operands in the order register, register or memory.
    #[inline]
    fn rm(&mut self, op: Op, reg: u8, rm: impl Into<Rm>) {
        emit(&mut self.buffer, op, reg, rm.into());
    }

    #[inline]
    fn rr(&mut self, op: Op, reg: u8, rm: u8) {
        emit(&mut self.buffer, op, reg, Rm::Reg(rm));
    }

    #[inline]
    fn rmi(&mut self, op: Op, reg: u8, rm: impl Into<Rm>, imm: Imm) {
        emit_full(&mut self.buffer, op, reg, rm.into(), imm, false);
    }
}

impl MacroAssembler for X64 {
    const ISA: Isa = Isa::X86_64;
    const REGS: RegisterFile = RegisterFile {
        allocatable: RegSet(
            RegSet::ints(&[0, 1, 2, 3, 6, 7, 8, 9, 12, 13]).0
                | RegSet::floats(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]).0,
        ),
        preserved: RegSet::ints(&[RBX, 12, 13]),
        vmctx: Gp(R14),
        memory_base: Gp(R15),
        callee: Gp(R10),
        incoming: 16,
        save_area: 48,
    };
    const MOVE_SCRATCH: (Gp, Fp) = (Gp(R11), Fp(X15));
    const HOST_ARGUMENTS: [Gp; 6] = [Gp(RDI), Gp(RSI), Gp(RDX), Gp(RCX), Gp(8), Gp(9)];
    const HOST_RESULT: Gp = Gp(RAX);
    const LOOP_RESERVE: u32 = 4;
    const STORES_TEAR: bool = false;
    const NEEDS_ISLANDS: bool = false;

    #[inline]
    fn buffer(&mut self) -> &mut CodeBuffer {
        &mut self.buffer
    }
}
