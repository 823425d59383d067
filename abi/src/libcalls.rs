//! Calls from compiled code into the runtime: the one table.
//!
//! From it come the pointer array in the vmctx, the signatures that compilers use, the thunks that trampoline code emits
//! and the host functions themselves. Parameters follow the vmctx; no libcall has more than five of them, so that all fit
//! the argument registers of every 64-bit convention but Windows'.

use crate::types::AbiType;

/// How a parameter or result of a libcall is passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LibcallType {
    /// 32-bit integer.
    I32,
    /// 64-bit integer, whatever the pointer width.
    I64,
}

impl LibcallType {
    /// The machine type.
    pub const fn abi_type(self) -> AbiType {
        match self {
            Self::I32 => AbiType::I32,
            Self::I64 => AbiType::I64,
        }
    }
}

/// What a libcall gives back, and by which value it says that the guest has to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LibcallResult {
    /// Nothing; it cannot stop the guest, and does not look at its stack.
    Infallible,
    /// A 32-bit boolean: 0 stops the guest. Compiled code does not read it: the thunk does.
    Continue,
    /// A 64-bit value: -2 stops the guest, every other value is the result (-1: could not grow).
    Value,
    /// It always stops the guest and never returns.
    Never,
}

impl LibcallResult {
    /// The result as compiled code sees it behind the thunk.
    pub const fn value(self) -> Option<LibcallType> {
        match self {
            Self::Value => Some(LibcallType::I64),
            _ => None,
        }
    }
}

/// The 64-bit result by which a libcall of kind [`LibcallResult::Value`] stops the guest.
pub const VALUE_SENTINEL: i64 = -2;

/// Every libcall. Pass the name of a macro that consumes the list of
/// `/// doc` `name(param: type, ...) -> Result;` rows.
#[macro_export]
macro_rules! for_each_libcall {
    ($consumer:ident) => {
        $consumer! {
            /// Grows a memory by `delta` pages; the old size in pages, or -1.
            memory_grow(memory: I32, delta: I64) -> Value;
            /// Copies bytes from host address to host address; ranges may overlap. Compiled code has checked them.
            move_bytes(dst: I64, src: I64, len: I64) -> Infallible;
            /// Writes the low byte of `val` to bytes at a host address. Compiled code has checked the range.
            fill_bytes(dst: I64, val: I32, len: I64) -> Infallible;
            /// `memory.init`; checks both ranges before it writes.
            memory_init(memory: I32, data: I32, dst: I64, src: I32, len: I32) -> Continue;
            /// `data.drop`.
            data_drop(data: I32) -> Infallible;
            /// Grows a table by `delta` elements of value `init`; the old size, or -1.
            table_grow(table: I32, delta: I64, init: I64) -> Value;
            /// `table.fill`; checks the range before it writes. `val` is zero-extended.
            table_fill(table: I32, dst: I64, val: I64, len: I64) -> Continue;
            /// `table.copy`; checks both ranges before it writes.
            table_copy(dst_table: I32, src_table: I32, dst: I64, src: I64, len: I64) -> Continue;
            /// `table.init`; checks both ranges before it writes.
            table_init(table: I32, elem: I32, dst: I64, src: I32, len: I32) -> Continue;
            /// `elem.drop`.
            elem_drop(elem: I32) -> Infallible;
            /// The fuel counter of the store context is no longer negative: refill or stop.
            out_of_fuel() -> Continue;
            /// The epoch has reached the deadline: the new deadline (never negative), or stop.
            new_epoch() -> Value;
            /// Stops with the trap of this code: for explicit checks.
            trap(code: I32) -> Never;
        }
    };
}

macro_rules! define_libcalls {
    ($($(#[$doc:meta])* $name:ident($($param:ident: $ty:ident),*) -> $result:ident;)*) => {
        /// A libcall. The discriminant is its place in the vmctx's pointer array.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[repr(u8)]
        #[allow(non_camel_case_types, reason = "named as the host functions are")]
        pub enum Libcall { $($(#[$doc])* $name,)* }

        impl Libcall {
            /// Every libcall, in the order of the pointer array.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its name.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)* }
            }

            /// Its parameters after the vmctx.
            pub const fn params(self) -> &'static [LibcallType] {
                match self { $(Self::$name => &[$(LibcallType::$ty),*],)* }
            }

            /// What it gives back.
            pub const fn result(self) -> LibcallResult {
                match self { $(Self::$name => LibcallResult::$result,)* }
            }
        }
    };
}
for_each_libcall!(define_libcalls);

impl Libcall {
    /// Its place in the pointer array.
    pub const fn index(self) -> u32 {
        self as u32
    }

    /// The libcall at this place of the pointer array.
    pub fn from_index(index: u32) -> Option<Self> {
        Self::ALL.get(usize::try_from(index).ok()?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::Libcall;

    #[test]
    fn arguments_fit_the_registers_of_the_system_v_convention() {
        for libcall in Libcall::ALL {
            assert!(libcall.params().len() <= 5, "{libcall:?} has more than five parameters after the vmctx");
            assert_eq!(Libcall::from_index(libcall.index()), Some(*libcall));
        }
    }
}
