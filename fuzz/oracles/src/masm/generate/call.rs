//! Arguments and results on the stack, and calls.

use super::*;

impl Maker<'_, '_, '_> {
    pub(super) fn store_argument(&mut self) -> Option<Op> {
        let ty = self.dice.pick(&TYPES);
        let a = self.value(ty);
        let offset = self.stack_offset(type_bytes(ty));
        let reg = self.gp();
        match self.model.int(reg) {
            Int::Stack(at) => {
                let offset = u64::from(offset).checked_sub(at)?;
                Some(Op::StoreArgument(ty, a, Some(reg), u32::try_from(offset).ok()?))
            }
            _ => Some(Op::StoreArgument(ty, a, None, offset)),
        }
    }

    pub(super) fn load_result(&mut self) -> Option<Op> {
        let ty = self.dice.pick(&TYPES);
        let offset = self.stack_offset(type_bytes(ty));
        Some(Op::LoadResult(ty, self.result(ty), offset))
    }

    pub(super) fn stack_address(&mut self) -> Option<Op> {
        let offset = self.stack_offset(16);
        Some(Op::StackAddress(self.gp(), offset))
    }

    fn any_call(&mut self) -> Option<Call> {
        let behind = self.program.functions.len() - 1 - self.index;
        if behind == 0 {
            return None;
        }
        let callee = self.index + 1 + self.dice.below(behind);
        let bytes = self.program.functions[callee].arguments;
        let mut arguments = Vec::new();
        let mut offset = 0;
        while offset < bytes {
            let ty = self.dice.pick(&TYPES);
            let reg = self.value(ty);
            let at = offset.next_multiple_of(type_bytes(ty));
            if at + type_bytes(ty) > bytes {
                break;
            }
            arguments.push((ty, reg, at));
            offset = at + type_bytes(ty);
        }
        Some(Call { callee, indirect: self.flip(), arguments })
    }

    pub(super) fn call(&mut self) -> Option<Op> {
        let call = self.any_call()?;
        self.calling(Op::Call(call))
    }

    pub(super) fn tail_call(&mut self) -> Option<Op> {
        if self.dead == 0 && !self.dice.one_in(4) {
            return None;
        }
        let call = self.any_call()?;
        self.calling(Op::TailCall(call))
    }

    /// Adds a call, unless the model is lost in what is called.
    fn calling(&mut self, op: Op) -> Option<Op> {
        if self.is_live() {
            let before = self.model.clone();
            match self.model.step(self.program, &op) {
                Ok(()) => {}
                Err(End::Lost(_)) => {
                    self.model = before;
                    return None;
                }
                Err(End::Trap(_) | End::TailCall) => self.ended = true,
            }
        }
        self.put(op);
        None
    }
}
