//! Operations that depend on conditions, and loops.

use super::*;

impl Maker<'_, '_, '_> {
    pub(super) fn set(&mut self) -> Option<Op> {
        let cond = self.cond();
        Some(Op::Set(self.gp(), cond))
    }

    pub(super) fn select(&mut self) -> Option<Op> {
        let ty = self.dice.pick(&TYPES);
        let (a, b, cond) = (self.value(ty), self.value(ty), self.cond());
        Some(Op::Select(ty, self.result(ty), cond, a, b))
    }

    pub(super) fn zero_if(&mut self) -> Option<Op> {
        let cond = self.int_cond();
        let Cond::Int { a, b, .. } = cond else { return None };
        let d = self.number();
        (d != a && b != RegImm::Reg(d)).then_some(Op::ZeroIf(d, cond))
    }

    pub(super) fn skip(&mut self) -> Option<Op> {
        if self.lists.len() > DEPTH {
            return None;
        }
        let cond = if self.dice.one_in(6) { None } else { Some(self.cond()) };
        let skipped = match cond {
            None => true,
            Some(cond) => self.model.holds(cond)?,
        };
        let body = self.within(!skipped);
        self.put(Op::Skip(cond, body));
        None
    }

    pub(super) fn repeat(&mut self) -> Option<Op> {
        let depth = u32::try_from(self.lists.len()).ok()?;
        if depth as usize > DEPTH {
            return None;
        }
        let home = -((self.model.isa.regs.save_area + 8 * depth).cast_signed());
        let (times, temp) = (1 + self.dice.below(4) as u32, self.gp());
        if !self.is_live() {
            let body = self.within(true);
            self.put(Op::Repeat(home, times, temp, body));
            return None;
        }
        let before = self.model.clone();
        self.model.begin_count(home, times, temp).ok()?;
        let body = self.within(true);
        let mut end = Ok(());
        if !self.ended {
            end = self.model.count_down(home, temp, times - 1);
            for left in (0..times - 1).rev() {
                end = end.and_then(|()| self.model.run(self.program, &body));
                end = end.and_then(|()| self.model.count_down(home, temp, left));
            }
        }
        match end {
            Err(End::Lost(_)) => {
                self.model = before;
                return None;
            }
            Err(End::Trap(_) | End::TailCall) => self.ended = true,
            Ok(()) => {}
        }
        self.put(Op::Repeat(home, times, temp, body));
        None
    }

    pub(super) fn switch(&mut self) -> Option<Op> {
        if self.lists.len() > DEPTH {
            return None;
        }
        let (index, temp) = (self.gp(), self.gp());
        if index == temp {
            return None;
        }
        let arms = 1 + self.dice.below(5);
        if self.flip() {
            let value = self.dice.below(arms + 1) as u64 | self.word() << 32;
            self.push(Op::Constant(index, value));
        }
        let chosen = self.model.arm(index, arms)?;
        if self.is_live() {
            self.model.forget(temp);
        }
        let arms = (0..arms).map(|arm| self.within(arm == chosen)).collect();
        self.put(Op::Switch(index, temp, arms));
        None
    }

    pub(super) fn stop(&mut self) -> Option<Op> {
        if self.dead == 0 && !self.dice.one_in(6) {
            return None;
        }
        let stop = if self.flip() { Stop::Fault } else { Stop::Libcall };
        Some(Op::Stop(stop, self.dice.pick(&TRAPS)))
    }
}
