//! The assembler of x86_64: one method per instruction form, straight into the code buffer.
//!
//! [`Asm`] borrows a [`CodeBuffer`] and has no state of its own. Operands are typed: an integer register does not fit
//! where an SSE register belongs, and where an instruction takes a register or memory, so does its method. Memory operands
//! have their width as a parameter: [`Mem<W64>`](Mem) does not fit an instruction that accesses 16 bytes.
//!
//! ```
//! use gantry_emit::isa::x86_64::asm::{Alu, Asm, Cc, Mem, Scale, Size, W64, sse};
//! use gantry_emit::isa::x86_64::regs::{RAX, RBX, RCX, Xmm};
//! use gantry_emit::{CodeBuffer, Isa};
//!
//! let mut buffer = CodeBuffer::new(Isa::X86_64);
//! let done = buffer.label();
//! let mut asm = Asm::new(&mut buffer);
//! asm.alu(Alu::Add, W64, RAX, Mem::index(RBX, RCX, Scale::X8, 16)); // add rax, [rbx + rcx * 8 + 16]
//! asm.alu_imm(Alu::Cmp, Size::S32, RAX, 7); // cmp eax, 7
//! asm.jcc(Cc::A, done); // ja done
//! asm.sse(sse::ADDSD, Xmm(0), Mem::base(RBX, 8)); // addsd xmm0, [rbx + 8]
//! asm.avx(sse::ADDSD, Xmm(0), Xmm(1), Xmm(2)); // vaddsd xmm0, xmm1, xmm2
//! asm.bind(done);
//! assert_eq!(buffer.finish()?.code.len(), 5 + 3 + 6 + 5 + 4);
//! # Ok::<(), gantry_emit::EmitError>(())
//! ```
//!
//! By family: `alu` (arithmetic, moves), `shift`, `bits` (bit counts, BMI), `atomic`, `branch` (control flow, stack),
//! [`sse`] (the table of SSE, AVX and FMA instructions) and `vector` (the methods that take its rows).
//! Source: Intel 64 and IA-32 Architectures Software Developer's Manual (SDM), volume 2.

mod alu;
mod atomic;
mod bits;
mod branch;
mod encode;
mod operand;
mod shift;
pub mod sse;
mod vector;

#[cfg(test)]
mod tests;

pub use alu::{Alu, Extend, Narrow};
pub use atomic::LockOp;
pub use bits::{Bmi, Count};
pub use operand::{Cc, IntWidth, Mem, NoMem, OperandSize, Rm, Scale, Size, W8, W16, W32, W64, W128, Width};
pub use shift::Shift;
pub use vector::{AvxImmOp1, AvxOp, AvxOp1, SseImmOp, SseLoadOp, SseOp};

use super::regs::Gpr;
use crate::buffer::{CodeBuffer, Label};

/// Emits instructions into a buffer.
pub struct Asm<'a> {
    buffer: &'a mut CodeBuffer,
}

impl<'a> Asm<'a> {
    /// An assembler that appends to `buffer`.
    #[inline]
    pub fn new(buffer: &'a mut CodeBuffer) -> Self {
        Self { buffer }
    }

    /// The buffer.
    #[inline]
    pub fn buffer(&mut self) -> &mut CodeBuffer {
        self.buffer
    }

    /// Binds a label to the current offset.
    ///
    /// # Panics
    ///
    /// If it is bound already.
    #[inline]
    pub fn bind(&mut self, label: Label) {
        self.buffer.bind(label);
    }
}
