//! Operations on integers.

use super::*;

impl Maker<'_, '_, '_> {
    pub(super) fn constant(&mut self) -> Option<Op> {
        Some(Op::Constant(self.gp(), self.word()))
    }

    pub(super) fn mov(&mut self) -> Option<Op> {
        if self.dice.one_in(3) {
            return Some(Op::ZeroExtend(self.gp(), self.number()));
        }
        let size = self.size();
        let a = if size == Size::S64 { self.gp() } else { self.number() };
        Some(Op::Mov(size, self.gp(), a))
    }

    pub(super) fn alu(&mut self) -> Option<Op> {
        let ops = [AluOp::Add, AluOp::Sub, AluOp::Mul, AluOp::And, AluOp::Or, AluOp::Xor];
        let (op, size) = (self.dice.pick(&ops), self.size());
        let (a, b) = (self.number(), self.operand(size));
        Some(Op::Alu(op, size, self.gp(), a, b))
    }

    pub(super) fn negate_from(&mut self) -> Option<Op> {
        let size = self.size();
        let RegImm::Imm(from) = self.operand(size) else { return None };
        let a = self.number();
        Some(Op::NegateFrom(size, self.gp(), from, a))
    }

    pub(super) fn shift(&mut self) -> Option<Op> {
        let (op, size) = (self.dice.pick(&SHIFTS), self.size());
        let mut a = self.number();
        let mut d = self.gp();
        let count = match self.operand(size) {
            RegImm::Imm(count) => RegImm::Imm(count),
            RegImm::Reg(count) => match self.model.isa.shift(op).second {
                None => RegImm::Reg(count),
                Some(fixed) => {
                    // The count goes where it has to be, and the operand leaves that place.
                    if a == fixed && count != fixed {
                        a = count;
                    }
                    if count != fixed {
                        self.push(Op::Mov(Size::S64, fixed, count));
                    }
                    while d == fixed {
                        d = self.next(d);
                    }
                    RegImm::Reg(fixed)
                }
            },
        };
        Some(Op::Shift(op, size, d, a, count))
    }

    /// The integer register behind this one.
    fn next(&self, reg: Gp) -> Gp {
        let mut all = self.registers(Class::Int);
        let behind = all.find(|other| other.gp().0 > reg.0);
        behind.or_else(|| self.registers(Class::Int).first()).expect("there are registers").gp()
    }

    pub(super) fn div(&mut self) -> Option<Op> {
        let ops = [DivOp::QuotientS, DivOp::QuotientU, DivOp::RemainderS, DivOp::RemainderU];
        let (op, size) = (self.dice.pick(&ops), self.size());
        let fixed = self.model.isa.div(op);
        let (mut a, mut b) = (self.number(), self.number());
        let reserved =
            |reg: Gp| fixed.clobbered.contains(reg.into()) || [fixed.first, fixed.result].contains(&Some(reg));
        if reserved(b) {
            let from = b;
            while reserved(b) || b == a {
                b = self.next(b);
            }
            self.push(Op::Mov(Size::S64, b, from));
        }
        if let Some(first) = fixed.first {
            if a != first {
                self.push(Op::Mov(Size::S64, first, a));
            }
            a = first;
        }
        let d = match fixed.result {
            Some(d) => d,
            None => self.gp(),
        };
        Some(Op::Div(op, size, d, a, b))
    }

    pub(super) fn count(&mut self) -> Option<Op> {
        let op = self.dice.pick(&[CountOp::Clz, CountOp::Ctz, CountOp::Popcnt]);
        let (size, a) = (self.size(), self.number());
        Some(Op::Count(op, size, self.gp(), a))
    }

    pub(super) fn extend(&mut self) -> Option<Op> {
        let op = self.dice.pick(&[
            ExtendOp::S8To32,
            ExtendOp::S16To32,
            ExtendOp::S8To64,
            ExtendOp::S16To64,
            ExtendOp::S32To64,
            ExtendOp::U32To64,
        ]);
        let a = self.number();
        Some(Op::Extend(op, self.gp(), a))
    }

    pub(super) fn wide_add_sub(&mut self) -> Option<Op> {
        let sources: [Gp; 4] = std::array::from_fn(|_| self.number());
        let (low, high) = (self.gp(), self.gp());
        let free = low != high && !sources.contains(&low) && !sources.contains(&high);
        let add = self.flip();
        free.then_some(Op::WideAddSub(add, [low, high, sources[0], sources[1], sources[2], sources[3]]))
    }

    pub(super) fn wide_mul(&mut self) -> Option<Op> {
        let (a, b, signed) = (self.number(), self.number(), self.flip());
        let fixed = self.model.isa.wide;
        let low = fixed.result.unwrap_or_else(|| self.gp());
        let high = fixed.second.unwrap_or_else(|| self.gp());
        let free = low != high && ![a, b].contains(&low) && ![a, b].contains(&high);
        free.then_some(Op::WideMul(signed, [low, high, a, b]))
    }
}
