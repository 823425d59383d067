//! Vectors (Intel SDM, volume 2, by mnemonic).

use super::*;
use crate::masm::*;
use crate::reg::Reg;

impl SimdMasm for X64 {
    fn vconstant(&mut self, d: Fp, value: u128) {
        if value == 0 {
            return self.sse(op2(0x57), d.0, d.0, Rm::Reg(d.0));
        }
        let label = self.buffer.constant(&value.to_le_bytes());
        self.sse_move(op2(0x10), d.0, Mem::Rip(label));
    }

    fn vload(&mut self, d: Reg, addr: Addr) {
        self.load(LoadKind::V128, d, addr);
    }
}
