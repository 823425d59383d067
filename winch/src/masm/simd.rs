//! Vectors.

use super::{Addr, ControlMasm};
use crate::reg::{Fp, Reg};

/// Vector instructions.
pub trait SimdMasm: ControlMasm {
    /// A constant.
    fn vconstant(&mut self, d: Fp, value: u128);
    /// Writes all 128 bits of the register.
    fn vload(&mut self, d: Reg, addr: Addr);
}
