//! Operations on vectors.

use super::*;

impl Maker<'_, '_, '_> {
    pub(super) fn vector_constant(&mut self) -> Option<Op> {
        let value = if self.dice.one_in(6) { u128::MAX } else { self.dice.bits(ValType::V128) };
        Some(Op::VectorConstant(self.fp(), value))
    }

    fn widen(&mut self) -> Widen {
        let half = if self.flip() { Half::Low } else { Half::High };
        Widen { from: self.dice.pick(&LANES[..3]), signed: self.flip(), half }
    }

    pub(super) fn vector_unary(&mut self) -> Option<Op> {
        use VectorUnary as V;
        let (lanes, signed) = (self.dice.pick(&LANES), self.flip());
        let op = match self.dice.below(19) {
            0 => V::Not,
            1 => V::Abs(lanes),
            2 => V::Neg(lanes),
            3 => V::Popcnt,
            4..8 => V::Float(self.dice.pick(&FLOAT_UNARIES), self.float_size()),
            8 | 9 => V::Extend(self.widen()),
            10 => V::ExtAddPairwise(self.dice.pick(&LANES[..2]), signed),
            11 => V::TruncSat(signed),
            12 => V::TruncSatZero(signed),
            13 => V::RelaxedTrunc(signed),
            14 => V::RelaxedTruncZero(signed),
            15 => V::Convert(signed),
            16 => V::ConvertLow(signed),
            17 => V::DemoteZero,
            _ => V::PromoteLow,
        };
        let a = self.vector();
        let canonical = lanes::arithmetic_unary(op).is_some() && self.flip();
        Some(Op::VectorUnary(op, self.fp(), a, canonical))
    }

    pub(super) fn vector_binary(&mut self) -> Option<Op> {
        use VectorBinary as V;
        let (lanes, signed, size) = (self.dice.pick(&LANES), self.flip(), self.float_size());
        let narrow = self.dice.pick(&LANES[..2]);
        let op = match self.dice.below(34) {
            0 => V::And,
            1 => V::AndNot,
            2 => V::Or,
            3 => V::Xor,
            4..7 => {
                let cc = self.dice.pick(&INT_CCS);
                let unsigned = matches!(cc, IntCc::LtU | IntCc::GtU | IntCc::LeU | IntCc::GeU);
                V::Compare(if lanes == Lanes::L64 && unsigned { narrow } else { lanes }, cc)
            }
            7 | 8 => V::CompareFloat(self.dice.pick(&FLOAT_CCS), size),
            9 | 10 => V::Add(lanes),
            11 | 12 => V::Sub(lanes),
            13 | 14 => V::Mul(self.dice.pick(&LANES[1..])),
            15 => V::AddSat(narrow, signed),
            16 => V::SubSat(narrow, signed),
            17 => V::Min(self.dice.pick(&LANES[..3]), signed),
            18 => V::Max(self.dice.pick(&LANES[..3]), signed),
            19 => V::Avgr(narrow),
            20 => V::Q15MulrSat,
            21 => V::Narrow(self.dice.pick(&LANES[1..3]), signed),
            22 | 23 => V::ExtMul(self.widen()),
            24 => V::Dot,
            25 => V::Swizzle,
            26..29 => V::Float(self.dice.pick(&FLOAT_BINARIES[..6]), size),
            29 => V::PseudoMin(size),
            30 => V::PseudoMax(size),
            31 => self.dice.pick(&[V::RelaxedSwizzle, V::RelaxedQ15Mulr, V::RelaxedDot]),
            32 => V::RelaxedMin(size),
            _ => V::RelaxedMax(size),
        };
        let (a, b) = (self.vector(), self.vector());
        let canonical = lanes::arithmetic_binary(op).is_some() && self.flip();
        Some(Op::VectorBinary(op, self.vector_result(&[b])?, a, b, canonical))
    }

    pub(super) fn vector_ternary(&mut self) -> Option<Op> {
        use VectorTernary as V;
        let size = self.float_size();
        let op = self.dice.pick(&[V::Bitselect, V::Madd(size), V::Nmadd(size), V::RelaxedDotAdd]);
        let (a, b, c) = (self.vector(), self.vector(), self.vector());
        let canonical = lanes::arithmetic_ternary(op).is_some() && self.flip();
        Some(Op::VectorTernary(op, self.vector_result(&[b, c])?, a, b, c, canonical))
    }

    pub(super) fn vector_shift(&mut self) -> Option<Op> {
        let (op, lanes) = (self.dice.pick(&SHIFTS[..3]), self.dice.pick(&LANES));
        let (a, count) = (self.vector(), self.operand(Size::S32));
        Some(Op::VectorShift(op, lanes, self.fp(), a, count))
    }

    pub(super) fn vector_canonicalize(&mut self) -> Option<Op> {
        let size = self.float_size();
        Some(Op::VectorCanonicalize(size, self.vector()))
    }

    pub(super) fn vector_test(&mut self) -> Option<Op> {
        let lanes = self.dice.pick(&LANES);
        let op = self.dice.pick(&[VectorTest::AnyTrue, VectorTest::AllTrue(lanes), VectorTest::Bitmask(lanes)]);
        let a = self.vector();
        let temp = self.vector_result(&[a])?;
        Some(Op::VectorTest(op, self.gp(), a, temp))
    }

    pub(super) fn splat(&mut self) -> Option<Op> {
        if self.dice.one_in(3) {
            let size = self.float_size();
            let a = self.scalar(size);
            return Some(Op::SplatFloat(size, self.fp(), a));
        }
        let (lanes, a) = (self.dice.pick(&LANES), self.number());
        Some(Op::Splat(lanes, self.fp(), a))
    }

    fn lane(&mut self, width: u32) -> u8 {
        self.dice.below((128 / width) as usize) as u8
    }

    pub(super) fn extract(&mut self) -> Option<Op> {
        let a = self.vector();
        if self.dice.one_in(3) {
            let size = self.float_size();
            let lane = self.lane(crate::masm::scalar::width(size));
            return Some(Op::ExtractFloat(size, lane, self.fp(), a));
        }
        let (kind, width) = self.dice.pick(&[
            (Extract::S8, 8),
            (Extract::U8, 8),
            (Extract::S16, 16),
            (Extract::U16, 16),
            (Extract::I32, 32),
            (Extract::I64, 64),
        ]);
        let lane = self.lane(width);
        Some(Op::Extract(kind, lane, self.gp(), a))
    }

    pub(super) fn replace(&mut self) -> Option<Op> {
        let a = self.vector();
        if self.dice.one_in(3) {
            let size = self.float_size();
            let (lane, value) = (self.lane(crate::masm::scalar::width(size)), self.scalar(size));
            return Some(Op::ReplaceFloat(size, lane, self.vector_result(&[value])?, a, value));
        }
        let lanes = self.dice.pick(&LANES);
        let (lane, value) = (self.lane(lanes::bits(lanes)), self.number());
        Some(Op::Replace(lanes, lane, self.fp(), a, value))
    }

    pub(super) fn shuffle(&mut self) -> Option<Op> {
        let (a, b) = (self.vector(), self.vector());
        let d = self.vector_result(&[b])?;
        let from = self.dice.below(32);
        // At random, or lanes that follow each other.
        let lanes = match self.dice.below(3) {
            0 => std::array::from_fn(|i| ((from + i) % 32) as u8),
            1 => std::array::from_fn(|i| ((from + i / 4 * 4 + i % 4) % 32) as u8 / 4 * 4 + (i % 4) as u8),
            _ => std::array::from_fn(|_| self.dice.below(32) as u8),
        };
        Some(Op::Shuffle(lanes, d, a, b))
    }

    pub(super) fn vector_memory(&mut self) -> Option<Op> {
        let lanes = self.dice.pick(&LANES);
        if self.flip() {
            let kind = match self.dice.below(3) {
                0 => VectorLoad::Extend(self.dice.pick(&LANES[..3]), self.flip()),
                1 => VectorLoad::Splat(lanes),
                _ => VectorLoad::Zero(self.dice.pick(&LANES[2..])),
            };
            let place = self.place(kind.bytes());
            return Some(Op::LoadVector(kind, self.fp(), place));
        }
        let a = self.vector();
        let (lane, place) = (self.lane(lanes::bits(lanes)), self.place(lanes.bytes()));
        Some(if self.flip() {
            Op::LoadLane(lanes, lane, self.fp(), a, place)
        } else {
            Op::StoreLane(lanes, lane, a, place)
        })
    }
}
