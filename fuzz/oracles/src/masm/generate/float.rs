//! Operations on floats.

use super::*;

impl Maker<'_, '_, '_> {
    pub(super) fn fmov(&mut self) -> Option<Op> {
        let ty = self.dice.pick(&[AbiType::F32, AbiType::F64, AbiType::V128]);
        let a = self.value(ty).fp();
        Some(Op::Fmov(ty, self.fp(), a))
    }

    pub(super) fn fconstant(&mut self) -> Option<Op> {
        let size = self.float_size();
        let ty = if size == FloatSize::F32 { ValType::F32 } else { ValType::F64 };
        // Floats between integers are rounded; at random there are hardly any.
        let half: f64 =
            self.dice.pick(&[0.5, -0.5, 1.5, -1.5, 2.5, -2.5, 0.25, -0.75, 3.75, 2_147_483_647.5, 4_194_304.5]);
        let bits = match (self.flip(), size) {
            (true, FloatSize::F32) => u64::from((half as f32).to_bits()),
            (true, FloatSize::F64) => half.to_bits(),
            (false, _) => self.dice.bits(ty) as u64,
        };
        Some(Op::Fconstant(size, self.fp(), bits))
    }

    pub(super) fn funary(&mut self) -> Option<Op> {
        let (op, size) = (self.dice.pick(&FLOAT_UNARIES), self.float_size());
        let a = self.scalar(size);
        let canonical = op.is_arithmetic() && self.flip();
        Some(Op::Funary(op, size, self.fp(), a, canonical))
    }

    pub(super) fn fbinary(&mut self) -> Option<Op> {
        let (op, size) = (self.dice.pick(&FLOAT_BINARIES), self.float_size());
        let (a, b) = (self.scalar(size), self.scalar(size));
        let canonical = op.is_arithmetic() && self.flip();
        Some(Op::Fbinary(op, size, self.fp(), a, b, canonical))
    }

    pub(super) fn canonicalize(&mut self) -> Option<Op> {
        let size = self.float_size();
        Some(Op::Canonicalize(size, self.scalar(size)))
    }

    pub(super) fn truncate(&mut self) -> Option<Op> {
        let kind = Truncation { from: self.float_size(), to: self.size(), signed: self.flip() };
        let a = self.scalar(kind.from);
        let d = self.gp();
        Some(if self.flip() { Op::Truncate(kind, d, a) } else { Op::TruncateSaturating(kind, d, a) })
    }

    pub(super) fn convert(&mut self) -> Option<Op> {
        let (to, from, signed, a) = (self.float_size(), self.size(), self.flip(), self.number());
        Some(Op::Convert(to, self.fp(), from, signed, a))
    }

    pub(super) fn demote_promote(&mut self) -> Option<Op> {
        let canonical = self.flip();
        Some(if self.flip() {
            let a = self.scalar(FloatSize::F64);
            Op::Demote(self.fp(), a, canonical)
        } else {
            let a = self.scalar(FloatSize::F32);
            Op::Promote(self.fp(), a, canonical)
        })
    }

    pub(super) fn float_bits(&mut self) -> Option<Op> {
        let size = self.size();
        Some(if self.flip() {
            let a = self.float(size.bits());
            Op::FloatBits(size, self.gp(), a)
        } else {
            let a = self.number();
            Op::FloatFromBits(size, self.fp(), a)
        })
    }
}
