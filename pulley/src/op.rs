//! The operations of cells: those of the bytecode, and our own.
//!
//! The bytecode's come from the opcode table of the crate `pulley-interpreter`; a number is the opcode, for extended ones plus
//! [`EXTENDED`]. Our own ones stand for what an instruction became when its function was predecoded: calls whose callee is
//! known, branch tables, accesses that need no check.

use pulley_interpreter::{ExtendedOpcode, Opcode, for_each_extended_op, for_each_op};

/// What is added to extended opcodes.
pub(crate) const EXTENDED: u16 = 256;
/// Number of the first operation of our own.
pub(crate) const OWN: u16 = 1024;

/// Our own operations: pass the name of a macro that takes rows as those of the opcode table.
macro_rules! for_each_own_op {
    ($consumer:ident) => {
        $consumer! {
            /// The outermost function returns.
            finish = Finish;
            /// The code of the function in `State::slot` has not been predecoded.
            missing = Missing;
            /// Calls a function.
            call_slot = CallSlot { callee: Callee };
            /// Calls a function; `x0 = arg1`.
            call_slot1 = CallSlot1 { arg1: XReg, callee: Callee };
            /// Calls a function; `x0, x1 = arg1, arg2`.
            call_slot2 = CallSlot2 { arg1: XReg, arg2: XReg, callee: Callee };
            /// Calls a function; `x0, x1, x2 = arg1, arg2, arg3`.
            call_slot3 = CallSlot3 { arg1: XReg, arg2: XReg, arg3: XReg, callee: Callee };
            /// Calls a function; `x0, x1, x2, x3 = arg1, arg2, arg3, arg4`.
            call_slot4 = CallSlot4 { arg1: XReg, arg2: XReg, arg3: XReg, arg4: XReg, callee: Callee };
            /// Goes on in another function.
            jump_slot = JumpSlot { callee: Callee };
            /// Branches to the displacement at `low32(index)`, or the last one. `amount` displacements follow.
            switch = Switch { index: XReg, amount: u32 };
            /// Loads from a memory whose reservation the access cannot leave.
            xload8_u32_free = XLoad8U32Free { dst: XReg, base: XReg, index: XReg, offset: u16 };
            /// As above.
            xload8_s32_free = XLoad8S32Free { dst: XReg, base: XReg, index: XReg, offset: u16 };
            /// As above.
            xload16le_u32_free = XLoad16LeU32Free { dst: XReg, base: XReg, index: XReg, offset: u16 };
            /// As above.
            xload16le_s32_free = XLoad16LeS32Free { dst: XReg, base: XReg, index: XReg, offset: u16 };
            /// As above.
            xload32le_free = XLoad32LeFree { dst: XReg, base: XReg, index: XReg, offset: u16 };
            /// As above.
            xload64le_free = XLoad64LeFree { dst: XReg, base: XReg, index: XReg, offset: u16 };
            /// As above.
            fload32le_free = FLoad32LeFree { dst: FReg, base: XReg, index: XReg, offset: u16 };
            /// As above.
            fload64le_free = FLoad64LeFree { dst: FReg, base: XReg, index: XReg, offset: u16 };
            /// As above.
            vload128le_free = VLoad128LeFree { dst: VReg, base: XReg, index: XReg, offset: u16 };
            /// Stores to a memory whose reservation the access cannot leave.
            xstore8_free = XStore8Free { base: XReg, index: XReg, offset: u16, src: XReg };
            /// As above.
            xstore16le_free = XStore16LeFree { base: XReg, index: XReg, offset: u16, src: XReg };
            /// As above.
            xstore32le_free = XStore32LeFree { base: XReg, index: XReg, offset: u16, src: XReg };
            /// As above.
            xstore64le_free = XStore64LeFree { base: XReg, index: XReg, offset: u16, src: XReg };
            /// As above.
            fstore32le_free = FStore32LeFree { base: XReg, index: XReg, offset: u16, src: FReg };
            /// As above.
            fstore64le_free = FStore64LeFree { base: XReg, index: XReg, offset: u16, src: FReg };
            /// As above.
            vstore128le_free = VStore128LeFree { base: XReg, index: XReg, offset: u16, src: VReg };
        }
    };
}
pub(crate) use for_each_own_op;

macro_rules! define_base {
    ($($(#[$attr:meta])* $snake:ident = $name:ident $({ $($field:ident: $ty:ty),* })?;)*) => {
        $(pub(crate) const $snake: u16 = Opcode::$name as u16;)*
        const BASE_NAMES: &[&str] = &[$(stringify!($snake)),*];
    };
}

macro_rules! define_extended {
    ($($(#[$attr:meta])* $snake:ident = $name:ident $({ $($field:ident: $ty:ty),* })?;)*) => {
        $(pub(crate) const $snake: u16 = EXTENDED + ExtendedOpcode::$name as u16;)*
        const EXTENDED_NAMES: &[&str] = &[$(stringify!($snake)),*];
    };
}

macro_rules! define_own {
    ($($(#[$attr:meta])* $snake:ident = $name:ident $({ $($field:ident: $ty:ty),* })?;)*) => {
        #[repr(u16)]
        enum Own { $($name),* }
        $(pub(crate) const $snake: u16 = OWN + Own::$name as u16;)*
        const OWN_NAMES: &[&str] = &[$(stringify!($snake)),*];
    };
}

/// The number of each operation, by its name.
#[allow(non_upper_case_globals, dead_code, reason = "the names of the opcode table; not all are spoken of")]
pub(crate) mod numbers {
    use super::*;
    for_each_op!(define_base);
    for_each_extended_op!(define_extended);
    for_each_own_op!(define_own);

    pub(super) fn name(op: u16) -> Option<&'static str> {
        let op = usize::from(op);
        let (extended, own) = (usize::from(EXTENDED), usize::from(OWN));
        match op {
            _ if op >= own => OWN_NAMES.get(op - own),
            _ if op >= extended => EXTENDED_NAMES.get(op - extended),
            _ => BASE_NAMES.get(op),
        }
        .copied()
    }
}

/// The name of an operation.
pub(crate) fn name(op: u16) -> &'static str {
    numbers::name(op).unwrap_or("?")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_agree() {
        assert_eq!(name(numbers::nop), "nop");
        assert_eq!(name(numbers::xadd32), "xadd32");
        assert_eq!(name(numbers::trap), "trap");
        assert_eq!(name(numbers::vstore128be_z), "vstore128be_z");
        assert_eq!(name(numbers::vstore128le_free), "vstore128le_free");
        const { assert!(numbers::vstore128be_z < OWN && numbers::xselect64 < EXTENDED) };
    }
}
