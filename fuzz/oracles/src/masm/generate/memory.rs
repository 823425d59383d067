//! Loads, stores, and homes in the frame.

use super::*;

impl Maker<'_, '_, '_> {
    pub(super) fn load(&mut self) -> Option<Op> {
        let kind = self.dice.pick(&LOADS);
        let place = self.place(kind.bytes());
        Some(Op::Load(kind, self.result(kind.ty()), place))
    }

    pub(super) fn store(&mut self) -> Option<Op> {
        let kind = self.dice.pick(&STORES);
        let place = self.place(kind.bytes());
        let ty = match kind {
            StoreKind::I8 | StoreKind::I16 | StoreKind::I32 => AbiType::I32,
            StoreKind::I64 => AbiType::I64,
            StoreKind::F32 => AbiType::F32,
            StoreKind::F64 => AbiType::F64,
            StoreKind::V128 => AbiType::V128,
        };
        // No operand that is made for it: the address has its registers already.
        let a = self.result(ty);
        Some(Op::Store(kind, a, place))
    }

    pub(super) fn store_constant(&mut self) -> Option<Op> {
        let kind = self.dice.pick(&STORES[..4]);
        let place = self.place(kind.bytes());
        let value = self.word().cast_signed();
        Some(Op::StoreConstant(kind, value, place, self.gp()))
    }

    pub(super) fn probe(&mut self) -> Option<Op> {
        let kind = self.dice.pick(&STORES);
        Some(Op::Probe(kind, self.place(kind.bytes())))
    }

    pub(super) fn address(&mut self) -> Option<Op> {
        let place = match self.dice.below(4) {
            // Of numbers, which may be anything.
            0 => {
                let (base, index, offset) = (self.number(), self.number(), self.offset());
                let index = self.dice.pick(&[None, Some(Ix::Word(index)), Some(Ix::Long(index))]);
                Place { base, index, offset, traps: false }
            }
            _ => self.place(16),
        };
        Some(Op::Address(self.gp(), place))
    }

    pub(super) fn spill(&mut self) -> Option<Op> {
        let ty = self.dice.pick(&TYPES);
        let a = self.value(ty);
        Some(Op::Spill(ty, a, self.home(type_bytes(ty))))
    }

    pub(super) fn fill(&mut self) -> Option<Op> {
        let ty = self.dice.pick(&TYPES);
        let home = self.home(type_bytes(ty));
        Some(Op::Fill(ty, self.result(ty), home))
    }

    pub(super) fn zero_frame(&mut self) -> Option<Op> {
        let regs = self.model.isa.regs;
        let words = (self.program.functions[self.index].frame - regs.save_area - COUNTS) / 8;
        let most = if self.dice.one_in(3) { words } else { words.min(4) };
        let count = 1 + self.dice.below(most as usize) as u32;
        let below = self.room(words - count + 1);
        let home = regs.save_area + COUNTS + 8 * (below + count);
        Some(Op::ZeroFrame(-(home.cast_signed()), 8 * count))
    }

    pub(super) fn add_to_home(&mut self) -> Option<Op> {
        let home = self.home(8);
        Some(Op::AddToHome(home, self.word().cast_signed()))
    }
}
