//! Loads and stores: their forms, which are the same for all targets.

use crate::asm::Asm;
use crate::ops::Ops;

/// How an access finds its address, and where the parts of it stand in the cell.
#[derive(Clone, Copy)]
pub(crate) enum Address {
    /// A base, which may have to be checked for null, and a constant.
    Displaced { base: usize, offset: usize, may_be_null: bool },
    /// An index into a memory, which is checked with the bytes of the access.
    Bounded { base: usize, bound: usize, index: usize, offset: usize, bytes: usize },
    /// An index into a memory that the end of its reservation bounds.
    Free { base: usize, index: usize, offset: usize, bytes: usize },
}

/// Emits what finds the address of the cell at this distance. The accumulator may hold the index, or the base if there is none.
type Locate = fn(&mut Asm, usize, Address, bool);

impl Ops {
    /// Adds a load of so many bytes in all forms. `finish` loads from the address to the register that stands where it is told.
    pub(crate) fn load(
        &mut self,
        name: &str,
        bytes: usize,
        locate: Locate,
        finish: impl Fn(&mut Asm, usize) + Copy + 'static,
    ) {
        for (form, source, address) in [
            ("o32", 12, Address::Displaced { base: 12, offset: 16, may_be_null: false }),
            ("z", 12, Address::Displaced { base: 12, offset: 16, may_be_null: true }),
            ("g32", 16, Address::Bounded { base: 12, bound: 14, index: 16, offset: 18, bytes }),
            ("free", 14, Address::Free { base: 12, index: 14, offset: 16, bytes }),
        ] {
            self.add(format!("{name}_{form}"), 24, 10, &[source], move |asm, at, forward| {
                locate(asm, at, address, forward.is_some());
                finish(asm, at + 10);
            })
            .exact = true;
        }
    }

    /// Adds a store of so many bytes in all forms. `finish` stores to the address the register that stands where it is told, or
    /// the accumulator.
    pub(crate) fn store(
        &mut self,
        name: &str,
        bytes: usize,
        locate: Locate,
        finish: impl Fn(&mut Asm, Option<usize>) + Copy + 'static,
    ) {
        for (form, sources, address) in [
            ("o32", &[16][..], Address::Displaced { base: 10, offset: 12, may_be_null: false }),
            ("z", &[16], Address::Displaced { base: 10, offset: 12, may_be_null: true }),
            ("g32", &[18, 14], Address::Bounded { base: 10, bound: 12, index: 14, offset: 16, bytes }),
            ("free", &[16, 12], Address::Free { base: 10, index: 12, offset: 14, bytes }),
        ] {
            let value = sources[0];
            self.add(format!("{name}_{form}"), 24, 0, sources, move |asm, at, forward| {
                locate(asm, at, address, forward == Some(1));
                finish(asm, if forward == Some(0) { None } else { Some(at + value) });
            })
            .exact = true;
        }
    }
}
