//! Lanes and integer registers.

use super::ops::equal;
use super::*;
use gantry_emit::isa::x86_64::asm::Extend;

impl X64 {
    pub(super) fn test_vector(&mut self, op: VectorTest, d: Gpr, a: Xmm, temp: Xmm) {
        match op {
            VectorTest::AnyTrue => {
                self.sse1(sse::PTEST, a, a);
                self.setcc(Cc::Ne, d);
            }
            VectorTest::AllTrue(lanes) => {
                self.zero(temp);
                self.sse(equal(lanes), temp, temp, a);
                self.sse1(sse::PTEST, temp, temp);
                self.setcc(Cc::E, d);
            }
            VectorTest::Bitmask(Lanes::L8) => self.mask(sse::PMOVMSKB, d, a),
            VectorTest::Bitmask(Lanes::L16) => {
                // As bytes with the same signs, twice.
                self.sse(sse::PACKSSWB, temp, a, a);
                self.mask(sse::PMOVMSKB, d, temp);
                self.asm().extend(Extend::Zero8, asm::Size::S32, d, d);
            }
            VectorTest::Bitmask(Lanes::L32) => self.mask(sse::MOVMSKPS, d, a),
            VectorTest::Bitmask(Lanes::L64) => self.mask(sse::MOVMSKPD, d, a),
        }
    }

    fn mask(&mut self, op: sse::Mask, d: Gpr, a: Xmm) {
        if self.features.avx { self.asm().avx_mask(op, d, a) } else { self.asm().sse_mask(op, d, a) }
    }

    pub(super) fn splat_int(&mut self, lanes: Lanes, d: Xmm, a: Gpr) {
        let size = if lanes == Lanes::L64 { Size::S64 } else { Size::S32 };
        self.vector_from_gpr(size, d, a);
        match lanes {
            Lanes::L8 => {
                self.zero(X15);
                self.sse(PSHUFB, d, d, X15);
            }
            Lanes::L16 => {
                self.sse1_imm(sse::PSHUFLW, d, d, 0);
                self.pshufd(d, d, 0);
            }
            Lanes::L32 => self.pshufd(d, d, 0),
            Lanes::L64 => self.pshufd(d, d, 0x44),
        }
    }

    /// Stores a lane.
    pub(super) fn extract_mem<W: Width>(&mut self, op: sse::Extract<W>, lane: u8, d: Mem<W>, a: Xmm) {
        if self.features.avx { self.asm().avx_extract(op, d, a, lane) } else { self.asm().sse_extract(op, d, a, lane) }
    }

    pub(super) fn extract_int(&mut self, kind: Extract, lane: u8, d: Gpr, a: Xmm) {
        let op = match kind {
            Extract::S8 | Extract::U8 => sse::PEXTRB.registers(),
            Extract::S16 | Extract::U16 => sse::PEXTRW.registers(),
            Extract::I32 if lane == 0 => return self.float_bits(Size::S32, gp(d), Fp(a.0)),
            Extract::I64 if lane == 0 => return self.float_bits(Size::S64, gp(d), Fp(a.0)),
            Extract::I32 => sse::PEXTRD.registers(),
            Extract::I64 => sse::PEXTRQ.registers(),
        };
        if self.features.avx {
            self.asm().avx_extract(op, d, a, lane);
        } else {
            self.asm().sse_extract(op, d, a, lane);
        }
        match kind {
            Extract::S8 => self.extend(ExtendOp::S8To32, gp(d), gp(d)),
            Extract::S16 => self.extend(ExtendOp::S16To32, gp(d), gp(d)),
            _ => {}
        }
    }

    /// A lane from an integer register.
    pub(super) fn insert(&mut self, lanes: Lanes, lane: u8, d: Xmm, a: Xmm, value: Gpr) {
        let op = match lanes {
            Lanes::L8 => sse::PINSRB.registers(),
            Lanes::L16 => sse::PINSRW.registers(),
            Lanes::L32 => sse::PINSRD.registers(),
            Lanes::L64 => sse::PINSRQ.registers(),
        };
        if self.features.avx {
            return self.asm().avx_insert(op, d, a, value, lane);
        }
        if d != a {
            self.movaps(d, a);
        }
        self.asm().sse_insert(op, d, value, lane);
    }

    /// A lane from memory. Without AVX, `d` is `a`.
    pub(super) fn insert_mem<W: Width>(&mut self, op: sse::Insert<W>, lane: u8, d: Xmm, a: Xmm, value: Mem<W>) {
        if self.features.avx {
            self.asm().avx_insert(op, d, a, value, lane);
        } else {
            self.asm().sse_insert(op, d, value, lane);
        }
    }
}
