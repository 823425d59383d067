//! 64-bit Arm.
//!
//! x0 to x14 and x19 to x25 are allocatable, as are v0 to v29. x15 holds the callee of calls; x16, x17, v30 and v31 are
//! scratch; x26 is the base of memory 0, x27 the frame base (below), x28 the vmctx; x18 belongs to the platform.
//!
//! Homes lie below the frame pointer, where displacements reach only 256 bytes. Functions with larger frames keep an address
//! [`FRAME_BASE`] bytes below the frame pointer, from which homes are at positive displacements; farther ones take an
//! instruction more.

mod call;
mod control;
mod float;
mod int;
mod memory;
mod simd;

use super::Target;
use crate::backend::worker;
use crate::masm::{MacroAssembler, RegisterFile};
use crate::reg::{Fp, Gp, RegSet};
use gantry_emit::isa::aarch64::asm::{self, Opcode, enc};
use gantry_emit::{CodeBuffer, Isa};

const X15: u8 = 15;
const X16: u8 = 16;
const X17: u8 = 17;
const X26: u8 = 26;
const X27: u8 = 27;
const X28: u8 = 28;
/// The frame pointer.
const FP: u8 = 29;
/// The return address.
const LR: u8 = 30;
/// Zero, where an instruction does not take the stack pointer.
const ZR: u8 = 31;
/// The stack pointer, where an instruction takes it.
const SP: u8 = 31;
const V30: u8 = 30;
const V31: u8 = 31;

/// How far below the frame pointer the frame base is: a multiple of 16 that 4-byte accesses reach from below.
const FRAME_BASE: u32 = 16_368;

/// The assembler.
pub struct A64 {
    buffer: CodeBuffer,
    /// Whether the function uses the frame base.
    frame_base: bool,
}

/// The row of this ISA: code uses nothing beyond Armv8.0.
pub(super) static TARGET: Target =
    Target { isa: Isa::Aarch64, flags: &[], worker: |settings, _| worker(A64::new(), settings) };

impl Default for A64 {
    fn default() -> Self {
        Self::new()
    }
}

impl A64 {
    /// An assembler.
    pub fn new() -> Self {
        Self { buffer: CodeBuffer::new(Isa::Aarch64), frame_base: false }
    }

    #[inline]
    fn put(&mut self, word: u32) {
        self.buffer.put4(word);
    }

    /// An instruction with three registers.
    #[inline]
    fn rrr(&mut self, op: Opcode, d: u8, a: u8, b: u8) {
        self.put(enc(op, d, a, b));
    }

    /// An instruction with two registers.
    #[inline]
    fn rr(&mut self, op: Opcode, d: u8, a: u8) {
        self.put(enc(op, d, a, 0));
    }
}

impl MacroAssembler for A64 {
    const ISA: Isa = Isa::Aarch64;
    const REGS: RegisterFile = RegisterFile {
        allocatable: RegSet(
            RegSet::ints(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 19, 20, 21, 22, 23, 24, 25]).0
                | RegSet(0x3fff_ffff_0000_0000).0,
        ),
        preserved: RegSet(
            RegSet::ints(&[19, 20, 21, 22, 23, 24, 25]).0 | RegSet::floats(&[8, 9, 10, 11, 12, 13, 14, 15]).0,
        ),
        vmctx: Gp(X28),
        memory_base: Gp(X26),
        callee: Gp(X15),
        incoming: 16,
        save_area: 160,
    };
    const MOVE_SCRATCH: (Gp, Fp) = (Gp(X16), Fp(V31));
    const HOST_ARGUMENTS: [Gp; 6] = [Gp(0), Gp(1), Gp(2), Gp(3), Gp(4), Gp(5)];
    const HOST_RESULT: Gp = Gp(0);
    const LOOP_RESERVE: u32 = 6;
    const STORES_TEAR: bool = true;
    const NEEDS_ISLANDS: bool = true;

    #[inline]
    fn buffer(&mut self) -> &mut CodeBuffer {
        &mut self.buffer
    }
}
