//! How bytecode calls the host: the numbers of `call_indirect_host`.
//!
//! A machine has no addresses of host code to jump to. Its trampolines and libcall thunks name what they want; the host finds
//! arguments in `x0` and so on, and leaves the result in `x0`.

use crate::Libcall;

/// An array call of the address in [`ARRAY_CALL_REGISTER`].
pub const ARRAY_CALL: u8 = 0;
/// Stops the guest: the reason stands in the store.
pub const STOP: u8 = 1;
/// The first libcall.
const LIBCALLS: u8 = 2;

/// Where the address of an [`ARRAY_CALL`] is.
pub const ARRAY_CALL_REGISTER: u8 = 15;

/// The number of a libcall.
pub const fn libcall(libcall: Libcall) -> u8 {
    LIBCALLS + libcall as u8
}

/// The libcall with a number.
pub fn to_libcall(number: u8) -> Option<Libcall> {
    Libcall::from_index(number.checked_sub(LIBCALLS)?.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_unambiguous() {
        for &l in Libcall::ALL {
            assert_eq!(to_libcall(libcall(l)), Some(l));
        }
        assert_eq!((to_libcall(ARRAY_CALL), to_libcall(STOP), to_libcall(u8::MAX)), (None, None, None));
    }
}
