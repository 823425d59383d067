//! Calls and frames.
//!
//! ## The frame
//!
//! ```text
//! incoming stack arguments
//! return address, caller's frame pointer      <- frame pointer
//! preserved registers (RegisterFile::save_area)
//! homes of locals, then of operands
//! return area of calls                        <- stack pointer
//! ```

use crate::reg::{Gp, Reg, RegSet};
use gantry_abi::AbiType;
use gantry_emit::{Label, Symbol};

/// What is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Callee {
    /// Text of the same module.
    Symbol(Symbol),
    /// An address.
    Reg(Gp),
}

/// What a prologue needs to know.
#[derive(Clone, Copy, Debug)]
pub struct Prologue {
    /// Bytes below the frame pointer, save area included; a multiple of 16.
    pub frame_bytes: u32,
    /// Preserved registers that the function uses.
    pub saved: RegSet,
    /// Where the vmctx arrives.
    pub vmctx: Gp,
    /// How to check the stack pointer.
    pub stack_check: Option<StackCheck>,
    /// Loads the base of memory 0: offsets that are followed from the vmctx.
    pub memory_base: Option<MemoryBase>,
}

/// How the base of a memory is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemoryBase {
    /// Offset in the vmctx of the address of the memory's record, if the record is not in the vmctx.
    pub import: Option<u32>,
    /// Offset of the base's address in the vmctx or the record.
    pub base: u32,
}

/// How a function checks that there is enough stack.
#[derive(Clone, Copy, Debug)]
pub struct StackCheck {
    /// Offset of the store context's address in the vmctx.
    pub store: u32,
    /// Offset of the limit in the store context.
    pub limit: u32,
    /// Bytes that the frame needs beyond the reserve behind the limit.
    pub extra: u32,
    /// Where to go if there is not.
    pub exhausted: Label,
}

/// A tail call whose arguments are in place: those in registers, and those in memory at the stack pointer.
#[derive(Clone, Copy, Debug)]
pub struct TailCall {
    /// What is called.
    pub callee: Callee,
    /// Bytes of this function's own stack arguments.
    pub own_bytes: u32,
    /// Bytes of the callee's stack arguments, at the stack pointer now.
    pub new_bytes: u32,
    /// Preserved registers to restore.
    pub saved: RegSet,
}

/// Call instructions and frames.
pub trait CallMasm {
    /// Leaves room for the prologue. The function's code starts with this.
    fn start(&mut self);
    /// Writes the prologue in front of the body, saying where the function is entered.
    fn prologue(&mut self, prologue: &Prologue);
    /// Restores `saved`, ends the frame, removes `own_bytes` of stack arguments and returns.
    fn epilogue(&mut self, saved: RegSet, own_bytes: u32);
    /// Moves the stack pointer down, for stack arguments that the callee will remove. A multiple of 16.
    fn push_arguments(&mut self, bytes: u32);
    /// Writes an argument or a value of a return area, relative to `base` or the stack pointer.
    fn store_argument(&mut self, ty: AbiType, a: Reg, base: Option<Gp>, offset: u32);
    /// Reads a result, relative to the stack pointer.
    fn load_result(&mut self, ty: AbiType, d: Reg, offset: u32);
    /// An address relative to the stack pointer.
    fn stack_address(&mut self, d: Gp, offset: u32);
    /// The arguments of the libcall that stops: the vmctx and the trap's code.
    fn libcall_trap(&mut self, vmctx: Gp, code: u8);
    /// Calls.
    fn call(&mut self, callee: Callee);
    /// Ends the frame and jumps.
    fn tail_call(&mut self, call: &TailCall);
}
