//! What operations do: one method each, named as in the opcode table, with the operands of its row.
//!
//! [`step`] reads a cell and calls its method; [`run`] is the portable executor. Everything that the fast executor has no
//! handler for comes here as well.
//!
//! Operations on 32 bits leave the upper half of an integer register zero: the bytecode leaves it undefined.

mod control;
mod float;
mod int;
mod memory;
mod vector;

use crate::cell::*;
use crate::checked::Access;
use crate::op::{for_each_own_op, numbers};
use crate::state::{Exit, F_OFFSET, HostCall, State, TrapKind, V_OFFSET};
use core::ptr::null;
use pulley_interpreter::{
    AddrG32, AddrG32Bne, AddrO32, AddrZ, BinaryOperands, FReg, PcRelOffset, U6, UpperRegSet, VReg, XReg,
    for_each_extended_op, for_each_op,
};

/// One operation on the machine's state. `CHECKED`: code is not trusted ([`crate::checked`]).
pub(crate) struct Exec<const CHECKED: bool> {
    pub(crate) s: *mut State,
    /// The cell of the operation.
    pc: Pc,
}

/// What comes after an operation.
trait Outcome {
    /// The next cell, or null if the run ends.
    fn resolve<const CHECKED: bool>(self, exec: &Exec<CHECKED>, next: Pc) -> Pc;
}

impl Outcome for () {
    #[inline(always)]
    fn resolve<const CHECKED: bool>(self, _: &Exec<CHECKED>, next: Pc) -> Pc {
        next
    }
}

impl Outcome for Pc {
    #[inline(always)]
    fn resolve<const CHECKED: bool>(self, _: &Exec<CHECKED>, _: Pc) -> Pc {
        self
    }
}

impl Outcome for Option<Rel> {
    #[inline(always)]
    fn resolve<const CHECKED: bool>(self, exec: &Exec<CHECKED>, next: Pc) -> Pc {
        match self {
            Some(rel) => exec.target(rel),
            None => next,
        }
    }
}

impl<T: Outcome> Outcome for Result<T, TrapKind> {
    #[inline(always)]
    fn resolve<const CHECKED: bool>(self, exec: &Exec<CHECKED>, next: Pc) -> Pc {
        match self {
            Ok(outcome) => outcome.resolve(exec, next),
            Err(kind) => exec.exit(Exit::Trap(kind)),
        }
    }
}

/// A value in an integer register.
trait InX: Copy {
    fn from_x(bits: u64) -> Self;
    fn to_x(self) -> u64;
}

macro_rules! in_x {
    ($($ty:ty, $unsigned:ty;)*) => { $(
        #[allow(clippy::cast_possible_truncation, clippy::cast_lossless, trivial_numeric_casts, reason = "registers hold the low bits")]
        impl InX for $ty {
            #[inline(always)]
            fn from_x(bits: u64) -> Self {
                bits as Self
            }
            #[inline(always)]
            fn to_x(self) -> u64 {
                u64::from(self as $unsigned)
            }
        }
    )* };
}
in_x! { u8, u8; u16, u16; u32, u32; u64, u64; i32, u32; i64, u64; }

impl InX for bool {
    #[inline(always)]
    fn from_x(bits: u64) -> Self {
        u32::from_x(bits) != 0
    }
    #[inline(always)]
    fn to_x(self) -> u64 {
        u64::from(self)
    }
}

/// A value in a float register.
trait InF: Copy {
    fn from_f(bits: u64) -> Self;
    fn to_f(self) -> u64;
}

macro_rules! bits_in_f {
    ($($ty:ty)*) => { $(
        /// The bits, which no instruction for floats looks at: some hosts' change NaNs on the way.
        impl InF for $ty {
            #[inline(always)]
            fn from_f(bits: u64) -> Self {
                Self::from_x(bits)
            }
            #[inline(always)]
            fn to_f(self) -> u64 {
                self.to_x()
            }
        }
    )* };
}
bits_in_f! { u32 u64 }

impl InF for f32 {
    #[inline(always)]
    fn from_f(bits: u64) -> Self {
        Self::from_bits(u32::from_x(bits))
    }
    #[inline(always)]
    fn to_f(self) -> u64 {
        self.to_bits().into()
    }
}

impl InF for f64 {
    #[inline(always)]
    fn from_f(bits: u64) -> Self {
        Self::from_bits(bits)
    }
    #[inline(always)]
    fn to_f(self) -> u64 {
        self.to_bits()
    }
}

impl<const CHECKED: bool> Exec<CHECKED> {
    #[inline(always)]
    fn state(&mut self) -> &mut State {
        // SAFETY: whoever runs cells has the state to itself, but for host calls, across which no reference lives.
        unsafe { &mut *self.s }
    }

    /// An integer register.
    #[inline(always)]
    fn x<T: InX>(&self, reg: X) -> T {
        // SAFETY: the state is valid, and nobody else writes to it now.
        T::from_x(unsafe { (&raw const (*self.s).regs.x).cast::<u64>().add(usize::from(reg.0 / 8) & 31).read() })
    }

    #[inline(always)]
    fn set_x(&mut self, reg: X, value: impl InX) {
        // SAFETY: as in `x`.
        unsafe { (&raw mut (*self.s).regs.x).cast::<u64>().add(usize::from(reg.0 / 8) & 31).write(value.to_x()) }
    }

    /// A float register.
    #[inline(always)]
    fn f<T: InF>(&self, reg: F) -> T {
        let index = usize::from((reg.0 - F_OFFSET) / 8) & 31;
        // SAFETY: as in `x`.
        T::from_f(unsafe { (&raw const (*self.s).regs.f).cast::<u64>().add(index).read() })
    }

    #[inline(always)]
    fn set_f(&mut self, reg: F, value: impl InF) {
        let index = usize::from((reg.0 - F_OFFSET) / 8) & 31;
        // SAFETY: as in `x`.
        unsafe { (&raw mut (*self.s).regs.f).cast::<u64>().add(index).write(value.to_f()) }
    }

    /// A vector register.
    #[inline(always)]
    fn v(&self, reg: V) -> [u8; 16] {
        let index = usize::from((reg.0 - V_OFFSET) / 16) & 31;
        // SAFETY: as in `x`.
        unsafe { (&raw const (*self.s).regs.v).cast::<[u8; 16]>().add(index).read() }
    }

    #[inline(always)]
    fn set_v(&mut self, reg: V, value: [u8; 16]) {
        let index = usize::from((reg.0 - V_OFFSET) / 16) & 31;
        // SAFETY: as in `x`.
        unsafe { (&raw mut (*self.s).regs.v).cast::<[u8; 16]>().add(index).write(value) }
    }

    /// Whether code may access these bytes.
    #[inline(always)]
    fn check_access(&self, at: *mut u8, size: usize) -> Result<(), TrapKind> {
        if !CHECKED {
            return Ok(());
        }
        // SAFETY: the state of checked runs has checks, which nobody changes meanwhile.
        let checks = unsafe { &*(*self.s).checks };
        if checks.allows(at.addr(), size) { Ok(()) } else { Err(TrapKind::Forbidden) }
    }

    /// Notes a load or store, which the checks allow.
    #[inline(always)]
    fn note_access(&self, at: *mut u8, bytes: usize, store: bool) {
        if CHECKED {
            // SAFETY: the state of checked runs has checks, which nobody else uses.
            let checks = unsafe { &mut *(*self.s).checks };
            checks.note_access(Access { address: at.addr(), bytes, store });
        }
    }

    /// The cell at a displacement.
    #[inline(always)]
    fn target(&self, rel: Rel) -> Pc {
        self.pc.wrapping_byte_offset(rel.0 as isize)
    }

    /// Ends the run at this cell.
    #[cold]
    fn exit(&self, exit: Exit) -> Pc {
        // SAFETY: the state is valid, and nobody else writes to it now.
        unsafe { (&raw mut (*self.s).exit).write(exit) };
        // SAFETY: as above.
        unsafe { (&raw mut (*self.s).exit_pc).write(self.pc) };
        null()
    }
}

macro_rules! arms {
    ($exec:ident, $reader:ident, $op:ident; $($(#[$attr:meta])* $snake:ident = $name:ident $({ $($field:ident: $ty:ty),* })?;)*) => {
        match $op {
            $(numbers::$snake => {
                // Compilers that do not optimize give each variable of a function a place of its own: all operations together
                // would take more stack than threads have.
                #[cfg_attr(unoptimized, inline(never))]
                #[cfg_attr(not(unoptimized), inline(always))]
                #[allow(unused_mut, reason = "not all operations have operands or results")]
                fn operation<const CHECKED: bool>(mut exec: Exec<CHECKED>, mut reader: CellReader) -> Pc {
                    $($(let $field = <$ty as Operand>::read(&mut reader);)*)?
                    let outcome = exec.$snake($($($field),*)?);
                    outcome.resolve(&exec, reader.next())
                }
                operation($exec, $reader)
            })*
            _ => unreachable!("operations have a row in the table"),
        }
    };
}

macro_rules! define_base_step {
    ($($row:tt)*) => {
        #[inline(always)]
        fn step_base<const CHECKED: bool>(exec: Exec<CHECKED>, reader: CellReader, op: u16) -> Pc {
            arms!(exec, reader, op; $($row)*)
        }
    };
}
for_each_op!(define_base_step);

macro_rules! define_extended_step {
    ($($row:tt)*) => {
        #[inline(always)]
        fn step_extended<const CHECKED: bool>(exec: Exec<CHECKED>, reader: CellReader, op: u16) -> Pc {
            arms!(exec, reader, op; $($row)*)
        }
    };
}
for_each_extended_op!(define_extended_step);

macro_rules! define_own_step {
    ($($row:tt)*) => {
        #[inline(always)]
        fn step_own<const CHECKED: bool>(exec: Exec<CHECKED>, reader: CellReader, op: u16) -> Pc {
            arms!(exec, reader, op; $($row)*)
        }
    };
}
for_each_own_op!(define_own_step);

/// Executes one cell: gives the next one, or null if the run ends, for the reason in [`State::exit`].
///
/// # Safety
///
/// `s` is valid and nobody else uses it; `pc` is a cell of a predecoded function, and the state is what its code expects: the
/// code was made by a compiler of Gantry. `CHECKED`: any code; but the state has checks.
#[inline(always)]
pub(crate) unsafe fn step<const CHECKED: bool>(s: *mut State, pc: Pc) -> Pc {
    // SAFETY: the caller promises a cell.
    let op = unsafe { op_of(pc) };
    // SAFETY: the cell of an operation holds the operands of its row.
    let reader = unsafe { CellReader::new(pc) };
    let exec = Exec::<CHECKED> { s, pc };
    match op {
        0..crate::op::EXTENDED => step_base(exec, reader, op),
        crate::op::EXTENDED..crate::op::OWN => step_extended(exec, reader, op),
        _ => step_own(exec, reader, op),
    }
}

/// The portable executor: runs from `pc` until the run ends.
///
/// # Safety
///
/// As [`step`].
pub(crate) unsafe fn run(s: *mut State, mut pc: Pc) {
    while !pc.is_null() {
        // SAFETY: the caller promises it of the first cell; the next one of a cell is a cell.
        pc = unsafe { step::<false>(s, pc) };
    }
}

/// Calls the host.
///
/// # Safety
///
/// As [`step`].
unsafe fn call_host(s: *mut State, id: u8) -> bool {
    // SAFETY: the state is valid.
    let host: HostCall = unsafe { (*s).host };
    // SAFETY: the host function is the embedder's, who promised that it may be called with this state.
    unsafe { host(s, id) }
}
