//! Vectors (Intel SDM, volume 2, by mnemonic).

use super::*;
use crate::masm::*;
use crate::reg::Reg;

impl SimdMasm for X64 {
    fn vector_constant(&mut self, d: Fp, value: u128) {
        if value == 0 {
            return self.sse(op2(0x57), d.0, d.0, Rm::Reg(d.0));
        }
        let label = self.buffer.constant(&value.to_le_bytes());
        self.sse_move(op2(0x10), d.0, Mem::Rip(label));
    }
    fn vector_unary(&mut self, _: VectorUnary, _: Fp, _: Fp) {
        self.never();
    }
    fn vector_binary(&mut self, _: VectorBinary, _: Fp, _: Fp, _: Fp) {
        self.never();
    }
    fn vector_ternary(&mut self, _: VectorTernary, _: Fp, _: Fp, _: Fp, _: Fp) {
        self.never();
    }
    fn vector_shift(&mut self, _: ShiftOp, _: Lanes, _: Fp, _: Fp, _: RegImm) {
        self.never();
    }
    fn vector_canonicalize(&mut self, _: FloatSize, _: Fp) {
        self.never();
    }
    fn vector_test(&mut self, _: VectorTest, _: Gp, _: Fp, _: Fp) {
        self.never();
    }
    fn splat(&mut self, _: Lanes, _: Fp, _: Gp) {
        self.never();
    }
    fn splat_float(&mut self, _: FloatSize, _: Fp, _: Fp) {
        self.never();
    }
    fn extract(&mut self, _: Extract, _: u8, _: Gp, _: Fp) {
        self.never();
    }
    fn extract_float(&mut self, _: FloatSize, _: u8, _: Fp, _: Fp) {
        self.never();
    }
    fn replace(&mut self, _: Lanes, _: u8, _: Fp, _: Fp, _: Gp) {
        self.never();
    }
    fn replace_float(&mut self, _: FloatSize, _: u8, _: Fp, _: Fp, _: Fp) {
        self.never();
    }
    fn shuffle(&mut self, _: &[u8; 16], _: Fp, _: Fp, _: Fp) {
        self.never();
    }
    fn load_extend(&mut self, _: Lanes, _: bool, _: Fp, _: Addr) {
        self.never();
    }
    fn load_splat(&mut self, _: Lanes, _: Fp, _: Addr) {
        self.never();
    }
    fn load_zero(&mut self, _: Lanes, _: Fp, _: Addr) {
        self.never();
    }
    fn load_lane(&mut self, _: Lanes, _: u8, _: Fp, _: Fp, _: Addr) {
        self.never();
    }
    fn store_lane(&mut self, _: Lanes, _: u8, _: Reg, _: Addr) {
        self.never();
    }
}
