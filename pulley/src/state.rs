//! The machine's registers, and what else executors touch.

use crate::cell::Pc;
use crate::checked::Checks;
use crate::code::Slot;
use crate::profile::Profile;
use core::ptr::null_mut;

/// Byte offset of the float registers in [`Registers`].
pub(crate) const F_OFFSET: u16 = 256;
/// Byte offset of the vector registers in [`Registers`].
pub(crate) const V_OFFSET: u16 = 512;
/// Number of the stack pointer among the integer registers.
pub const SP: usize = 30;

/// The register file. Cells name registers by their byte offset in it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[repr(C, align(16))]
pub struct Registers {
    /// Integer registers; `x30` is the stack pointer.
    pub x: [u64; 32],
    /// Float registers, by their bits.
    pub f: [u64; 32],
    /// Vector registers, lane 0 first, each lane little-endian.
    pub v: [[u8; 16]; 32],
}

impl Registers {
    pub(crate) const ZERO: Self = Self { x: [0; 32], f: [0; 32], v: [[0; 16]; 32] };
}

/// Why the machine stopped where it did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TrapKind {
    /// The `trap` instruction, or an addition that overflowed: what it means stands in the code's trap sites.
    Explicit,
    /// A division by zero.
    DivideByZero,
    /// A division or conversion whose result does not fit.
    IntegerOverflow,
    /// A conversion of a value that is no number.
    BadConversionToInteger,
    /// An access beyond the bound of a memory.
    MemoryOutOfBounds,
    /// An access of null.
    NullAddress,
    /// The stack is used up.
    StackOverflow,
    /// An access, call or return of code that is not trusted, elsewhere than it may.
    Forbidden,
}

/// Why a run ended, as executors record it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// It has not.
    Running,
    /// The outermost function returned.
    Returned,
    /// A host function said so.
    Stopped,
    /// An instruction that cannot go on.
    Trap(TrapKind),
    /// The function in [`State::slot`] is no code.
    Malformed,
    /// As many operations as were allowed.
    OutOfSteps,
}

/// What host functions are called through: with the machine's registers and the operand of `call_indirect_host`. `false` stops
/// the run.
pub type HostCall = unsafe fn(state: *mut State, id: u8) -> bool;

/// All that executors read and write. The fast executor knows offsets of fields, so their order is part of its contract.
#[derive(Debug)]
#[repr(C, align(16))]
pub struct State {
    /// The register file.
    pub regs: Registers,
    /// The frame pointer: address of the innermost frame, which is the caller's frame pointer and return address.
    pub(crate) fp: *mut u8,
    /// The return address: a cell.
    pub(crate) lr: Pc,
    /// The function that is being called or whose code is missing.
    pub(crate) slot: *const Slot,
    /// The lowest address of the stack.
    pub(crate) stack_base: *mut u8,
    /// The native stack pointer to which faults of the fast executor return.
    pub native_sp: usize,
    /// Why the run ended.
    pub(crate) exit: Exit,
    /// The cell at which it did.
    pub(crate) exit_pc: Pc,
    pub(crate) host: HostCall,
    /// What code that is not trusted may do; null: code is trusted.
    pub(crate) checks: *mut Checks,
    /// Where to count what is executed; null: nowhere.
    pub(crate) profile: *mut Profile,
    /// What runs code instead of an executor that only runs it: [`crate::checked`], [`crate::profile`]. An address, so that programs
    /// that use neither do not contain them.
    pub(crate) watched_run: Option<unsafe fn(*mut Self, Pc)>,
}

impl State {
    pub(crate) fn new(host: HostCall) -> Self {
        Self {
            regs: Registers::ZERO,
            fp: null_mut(),
            lr: core::ptr::null(),
            slot: core::ptr::null(),
            stack_base: null_mut(),
            native_sp: 0,
            exit: Exit::Running,
            exit_pc: core::ptr::null(),
            host,
            checks: null_mut(),
            profile: null_mut(),
            watched_run: None,
        }
    }
}

const _: () = {
    assert!(core::mem::offset_of!(Registers, f) == F_OFFSET as usize);
    assert!(core::mem::offset_of!(Registers, v) == V_OFFSET as usize);
};
