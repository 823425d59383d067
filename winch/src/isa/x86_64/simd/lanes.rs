//! Lanes and integer registers.

use super::ops::{equal, p3a, p66};
use super::*;
use crate::isa::x86_64::control::{E, NE};

/// `ptest`.
const PTEST: Op = super::ops::p38(0x17);

impl X64 {
    pub(super) fn test_vector(&mut self, op: VectorTest, d: u8, a: u8, temp: u8) {
        match op {
            VectorTest::AnyTrue => {
                self.sse_move(PTEST, a, Rm::Reg(a));
                self.setcc(NE, d);
            }
            VectorTest::AllTrue(lanes) => {
                self.zero(temp);
                self.sse(equal(lanes), temp, temp, Rm::Reg(a));
                self.sse_move(PTEST, temp, Rm::Reg(temp));
                self.setcc(E, d);
            }
            VectorTest::Bitmask(Lanes::L8) => self.sse_move(p66(0xd7), d, Rm::Reg(a)),
            VectorTest::Bitmask(Lanes::L16) => {
                // As bytes with the same signs, twice.
                self.sse(p66(0x63), temp, a, Rm::Reg(a));
                self.sse_move(p66(0xd7), d, Rm::Reg(temp));
                emit_full(&mut self.buffer, op2(0xb6), d, Rm::Reg(d), Imm::None, true);
            }
            VectorTest::Bitmask(Lanes::L32) => self.sse_move(op2(0x50), d, Rm::Reg(a)),
            VectorTest::Bitmask(Lanes::L64) => self.sse_move(p66(0x50), d, Rm::Reg(a)),
        }
    }

    pub(super) fn splat_int(&mut self, lanes: Lanes, d: u8, a: u8) {
        let from = p66(0x6e).w(lanes == Lanes::L64);
        self.sse_move(from, d, Rm::Reg(a));
        match lanes {
            Lanes::L8 => {
                self.zero(X15);
                self.sse(PSHUFB, d, d, Rm::Reg(X15));
            }
            Lanes::L16 => {
                self.sse_move_imm(op2(0x70).p(0xf2), d, Rm::Reg(d), 0);
                self.pshufd(d, d, 0);
            }
            Lanes::L32 => self.pshufd(d, d, 0),
            Lanes::L64 => self.pshufd(d, d, 0x44),
        }
    }

    /// `pextr`: the lane to a register or memory.
    pub(super) fn extract_to(&mut self, lanes: Lanes, lane: u8, d: Rm, a: u8) {
        let op = match lanes {
            Lanes::L8 => p3a(0x14),
            Lanes::L16 => p3a(0x15),
            Lanes::L32 => p3a(0x16),
            Lanes::L64 => p3a(0x16).w(true),
        };
        self.sse_move_imm(op, a, d, lane);
    }

    pub(super) fn extract_int(&mut self, kind: Extract, lane: u8, d: u8, a: u8) {
        let lanes = match kind {
            Extract::S8 | Extract::U8 => Lanes::L8,
            Extract::S16 | Extract::U16 => Lanes::L16,
            Extract::I32 => Lanes::L32,
            Extract::I64 => Lanes::L64,
        };
        if lane == 0 && matches!(kind, Extract::I32 | Extract::I64) {
            let size = if kind == Extract::I32 { Size::S32 } else { Size::S64 };
            return self.float_bits(size, Gp(d), Fp(a));
        }
        self.extract_to(lanes, lane, Rm::Reg(d), a);
        match kind {
            Extract::S8 => self.extend(ExtendOp::S8To32, Gp(d), Gp(d)),
            Extract::S16 => self.extend(ExtendOp::S16To32, Gp(d), Gp(d)),
            _ => {}
        }
    }

    /// `pinsr`: a lane from an integer register or memory.
    pub(super) fn insert(&mut self, lanes: Lanes, lane: u8, d: u8, a: u8, value: Rm) {
        let op = match lanes {
            Lanes::L8 => p3a(0x20),
            Lanes::L16 => p66(0xc4),
            Lanes::L32 => p3a(0x22),
            Lanes::L64 => p3a(0x22).w(true),
        };
        if self.features.avx {
            return emit_vex(&mut self.buffer, op, d, a, value, Imm::Byte(lane));
        }
        self.fmov(Fp(d), Fp(a));
        self.rmi(op, d, value, Imm::Byte(lane));
    }
}
