//! What Winch needs of an instruction set.
//!
//! [`MacroAssembler`] is the sum of a handful of small traits, one file each. Methods are three-address and infallible:
//! destinations come first, any destination may equal any source unless a method says otherwise, and whatever an ISA cannot
//! encode in one instruction (large immediates, long displacements, two-address forms) is its own business. Scratch
//! registers of the ISA appear in no [`RegisterFile`] and hold nothing between two calls.
//!
//! ## Widths
//!
//! A 32-bit integer in a 64-bit register has undefined upper bits, unless its producer clears them. Methods with a 32-bit
//! destination always clear them. Addresses take an [`Index`], whose variants say whether they are clear; that they are is
//! a type, [`Wide`](crate::reg::Wide). How many bytes an access touches is part of its address ([`Addr`]): what was checked
//! and what is accessed cannot differ.

mod call;
mod control;
mod float;
mod int;
mod memory;
mod simd;

pub use call::*;
pub use control::*;
pub use float::*;
pub use int::*;
pub use memory::*;
pub use simd::*;

use crate::reg::{Fp, Gp, RegSet};
use gantry_emit::{CodeBuffer, Isa};

/// How the registers of an ISA are used.
#[derive(Clone, Copy, Debug)]
pub struct RegisterFile {
    /// Registers that values are kept in. None of those below is among them.
    pub allocatable: RegSet,
    /// Those of them that calls preserve (of float registers only the low 64 bits: no vectors stay there).
    pub preserved: RegSet,
    /// Holds the function's vmctx; preserved by calls.
    pub vmctx: Gp,
    /// Holds the base of memory 0 in functions that access it; preserved by calls.
    pub memory_base: Gp,
    /// Holds the callee's address during calls; neither an argument nor preserved.
    pub callee: Gp,
    /// Bytes between the frame pointer and the first incoming stack argument.
    pub incoming: u32,
    /// Bytes below the frame pointer where preserved registers are saved.
    pub save_area: u32,
}

/// Everything that Winch needs of an ISA.
pub trait MacroAssembler: IntMasm + FloatMasm + MemoryMasm + ControlMasm + CallMasm + SimdMasm {
    /// The ISA.
    const ISA: Isa;
    /// How registers are used.
    const REGS: RegisterFile;
    /// Registers for breaking cycles of moves; not allocatable, and no method that moves changes them.
    const MOVE_SCRATCH: (Gp, Fp);
    /// Integer registers that the host's C convention passes arguments in; not preserved.
    const HOST_ARGUMENTS: [Gp; 6];
    /// The register of its results.
    const HOST_RESULT: Gp;
    /// Registers of each class that loops leave to their bodies.
    const LOOP_RESERVE: u32;
    /// A store that straddles an inaccessible page may write its accessible part.
    const STORES_TEAR: bool;
    /// Some branches reach less far than functions are long: veneers stand between pieces of code.
    const NEEDS_ISLANDS: bool;

    /// The code so far.
    fn buffer(&mut self) -> &mut CodeBuffer;
}
