//! Floats (Arm ARM, C7.2).

use super::int::wide;
use super::*;
use crate::masm::*;
use asm::{Cond as Cc, D, X};
use gantry_abi::AbiType;
use gantry_emit::Label;

/// The bit that makes an instruction double-precision.
pub(super) const fn double(size: FloatSize) -> Opcode {
    match size {
        FloatSize::F32 => 0,
        FloatSize::F64 => D,
    }
}

/// The bits of a float as wide as the operation.
fn bits(size: FloatSize, value: f64) -> u64 {
    match size {
        #[expect(clippy::cast_possible_truncation, reason = "the constants used are powers of two, or of doubles")]
        FloatSize::F32 => (value as f32).to_bits().into(),
        FloatSize::F64 => value.to_bits(),
    }
}

impl A64 {
    /// A float or vector constant's low half; uses x17.
    pub(super) fn float_constant(&mut self, size: FloatSize, d: u8, bits: u64) {
        if bits == 0 {
            return self.put(enc(asm::V_ZERO, d, 0, 0));
        }
        self.constant_to(X17, bits);
        self.rr(if size == FloatSize::F32 { asm::FMOV_SW } else { asm::FMOV_DX }, d, X17);
    }
}

impl FloatMasm for A64 {
    #[inline]
    fn fmov(&mut self, _: AbiType, d: Fp, a: Fp) {
        if d != a {
            self.rrr(asm::V_ORR, d.0, a.0, a.0);
        }
    }

    fn fconstant(&mut self, size: FloatSize, d: Fp, bits: u64) {
        self.float_constant(size, d.0, bits);
    }

    fn funary(&mut self, op: FloatUnary, size: FloatSize, d: Fp, a: Fp) {
        let op = match op {
            FloatUnary::Abs => asm::FABS,
            FloatUnary::Neg => asm::FNEG,
            FloatUnary::Ceil => asm::FRINTP,
            FloatUnary::Floor => asm::FRINTM,
            FloatUnary::Trunc => asm::FRINTZ,
            FloatUnary::Nearest => asm::FRINTN,
            FloatUnary::Sqrt => asm::FSQRT,
        };
        self.rr(op | double(size), d.0, a.0);
    }

    fn fbinary(&mut self, op: FloatBinary, size: FloatSize, d: Fp, a: Fp, b: Fp) {
        let op = match op {
            FloatBinary::Add => asm::FADD,
            FloatBinary::Sub => asm::FSUB,
            FloatBinary::Mul => asm::FMUL,
            FloatBinary::Div => asm::FDIV,
            FloatBinary::Min => asm::FMIN,
            FloatBinary::Max => asm::FMAX,
            FloatBinary::Copysign => {
                // Where the mask has ones, bits of the second operand.
                let mask = if size == FloatSize::F32 { 1 << 31 } else { 1 << 63 };
                self.float_constant(size, V31, mask);
                self.rrr(asm::V_ORR, V30, a.0, a.0);
                self.rrr(asm::V_BIT, V30, b.0, V31);
                return self.rrr(asm::V_ORR, d.0, V30, V30);
            }
        };
        self.rrr(op | double(size), d.0, a.0, b.0);
    }

    fn canonicalize(&mut self, size: FloatSize, d: Fp) {
        let nan = match size {
            FloatSize::F32 => 0x7fc0_0000,
            FloatSize::F64 => 0x7ff8_0000_0000_0000,
        };
        self.float_constant(size, V30, nan);
        self.fcmp(size, d.0, d.0);
        self.put(enc(asm::FCSEL | double(size) | Cc::Vs.bits() << 12, d.0, V30, d.0));
    }

    fn truncate(&mut self, kind: Truncation, d: Gp, a: Fp, nan: Label, overflow: Label) {
        let (from, to) = (kind.from, kind.to);
        self.fcmp(from, a.0, a.0);
        self.branch_on(Cc::Vs.bits(), nan);
        // The largest float whose truncation is too small, or the smallest one whose is not.
        let (low, too_small, high) = match (kind.signed, from, to) {
            (true, FloatSize::F64, Size::S32) => (-2_147_483_649.0, Cc::Le, 2_147_483_648.0),
            (true, FloatSize::F32, Size::S32) => (-2_147_483_648.0, Cc::Lt, 2_147_483_648.0),
            (true, _, Size::S64) => (-9_223_372_036_854_775_808.0, Cc::Lt, 9_223_372_036_854_775_808.0),
            (false, _, Size::S32) => (-1.0, Cc::Le, 4_294_967_296.0),
            (false, _, Size::S64) => (-1.0, Cc::Le, 18_446_744_073_709_551_616.0),
        };
        self.float_constant(from, V30, bits(from, low));
        self.fcmp(from, a.0, V30);
        self.branch_on(too_small.bits(), overflow);
        self.float_constant(from, V30, bits(from, high));
        self.fcmp(from, a.0, V30);
        self.branch_on(Cc::Ge.bits(), overflow);
        self.truncate_saturating(kind, d, a);
    }

    fn truncate_saturating(&mut self, kind: Truncation, d: Gp, a: Fp) {
        let op = if kind.signed { asm::FCVTZS } else { asm::FCVTZU };
        self.rr(op | wide(kind.to) | double(kind.from), d.0, a.0);
    }

    fn convert(&mut self, to: FloatSize, d: Fp, from: Size, signed: bool, a: Gp) {
        let op = if signed { asm::SCVTF } else { asm::UCVTF };
        self.rr(op | wide(from) | double(to), d.0, a.0);
    }

    fn demote(&mut self, d: Fp, a: Fp) {
        self.rr(asm::FCVT_SD, d.0, a.0);
    }

    fn promote(&mut self, d: Fp, a: Fp) {
        self.rr(asm::FCVT_DS, d.0, a.0);
    }

    fn float_bits(&mut self, size: Size, d: Gp, a: Fp) {
        self.rr(if wide(size) == X { asm::FMOV_XD } else { asm::FMOV_WS }, d.0, a.0);
    }

    fn float_from_bits(&mut self, size: Size, d: Fp, a: Gp) {
        self.rr(if wide(size) == X { asm::FMOV_DX } else { asm::FMOV_SW }, d.0, a.0);
    }
}
