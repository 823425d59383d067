//! The fast executor: which handlers there are, and how cells get their addresses.
//!
//! `build/` writes the handlers. A handler does the work of one cell or of a row of them, and goes to that of the next cell. A
//! row is entered by the head of its first cell only; the other cells have heads of their own, for those who branch to them.
//! So the choice of handlers changes nothing else about the cells.

use crate::cell::{CellWriter, Pc};
use crate::code::PatternSet;
use crate::state::State;

/// Whether this host has the fast executor.
pub const FAST: bool = cfg!(fast);

/// A cell without operands, for either executor.
pub(crate) fn lone_cell(op: u16, fast: bool) -> [u64; 2] {
    let mut writer = CellWriter::default();
    writer.begin(op);
    writer.end();
    [if fast { slow() } else { 0 }, writer.words[1]]
}

#[cfg(not(fast))]
mod none {
    use super::*;

    pub(super) fn slow() -> u64 {
        0
    }

    pub(crate) fn link(_: &mut [u64], _: &[Place], _: PatternSet) {}

    pub(crate) unsafe fn run(state: *mut State, pc: Pc) {
        // SAFETY: the caller promises what both executors need.
        unsafe { crate::exec::run(state, pc) }
    }
}

/// A cell in a row.
pub(crate) struct Place {
    /// Offset in the text of the instruction that it was made of.
    pub(crate) offset: u32,
    /// Word at which it starts.
    pub(crate) word: u32,
    /// Whether something branches to it.
    pub(crate) is_target: bool,
}

#[cfg(fast)]
mod fast {
    #![allow(clippy::cast_possible_truncation, reason = "handlers, operations and patterns are counted in 16 bits")]

    use super::*;
    use crate::cell::op_of;
    use crate::exec;
    use crate::op::numbers;
    use core::arch::global_asm;

    /// An operation that has handlers.
    struct Operation {
        op: u16,
        /// Whether it is about narrow floats: their upper halves are zero, and it leaves them so.
        is_narrow: bool,
        /// Where the register stands that its handlers leave in the accumulator; 0: none.
        dst: u8,
        /// Where the registers stand that may be taken from the accumulator; 0: none.
        sources: [u8; 2],
        /// Its first handler; one for each source in the accumulator follows.
        handlers: u16,
    }

    /// A row of operations that has handlers.
    struct Pattern {
        /// Its number in a [`PatternSet`].
        id: u16,
        ops: &'static [u16],
        /// The first one, for no source in the accumulator; the last operation's choice changes fastest.
        handlers: u16,
    }

    include!(concat!(env!("OUT_DIR"), "/handlers.rs"));

    global_asm!(
        include_str!(concat!(env!("OUT_DIR"), "/handlers.s")),
        step = sym step,
        fault = sym fault,
    );

    unsafe extern "C" {
        /// Distances of the handlers from the first byte of their text.
        static gantry_pulley_handlers: [i32; HANDLERS];
        static gantry_pulley_handlers_start: u8;
        static gantry_pulley_handlers_end: u8;
        static gantry_pulley_faulted: u8;
    }

    #[expect(improper_ctypes, reason = "assembly knows the state by offsets that a test holds against it")]
    unsafe extern "C" {
        /// Runs from a cell until the run ends.
        fn gantry_pulley_run(state: *mut State, pc: Pc);
    }

    /// Does the work of a cell that has no handler, or whose handler wants it done here.
    unsafe extern "C" fn step(state: *mut State, pc: Pc) -> Pc {
        // SAFETY: handlers pass the state and the cell that they run.
        unsafe { exec::step::<false>(state, pc) }
    }

    /// An access of a guarded memory has faulted at this cell.
    unsafe extern "C" fn fault(state: *mut State, pc: Pc) {
        use crate::state::{Exit, TrapKind};
        // SAFETY: handlers keep the state and the cell that they run in the registers that are passed.
        let state = unsafe { &mut *state };
        state.exit = Exit::Trap(TrapKind::MemoryOutOfBounds);
        state.exit_pc = pc;
    }

    /// The offsets that the handlers know.
    const _: () = {
        use core::mem::offset_of;
        assert!(offset_of!(State, regs.x) == 0 && offset_of!(State, regs.f) == 256 && offset_of!(State, regs.v) == 512);
        assert!(offset_of!(State, fp) == 1024 && offset_of!(State, lr) == 1032 && offset_of!(State, slot) == 1040);
        assert!(offset_of!(State, stack_base) == 1048 && offset_of!(State, native_sp) == 1056);
        assert!(align_of::<State>() >= 16 && crate::state::SP * 8 == 240);
    };

    /// No operation or pattern.
    const NONE: u16 = u16::MAX;
    /// Numbers of operations are smaller.
    const NUMBERS: usize = 1200;

    /// For each number of an operation, its place in [`OPERATIONS`].
    static OPERATION: [u16; NUMBERS] = {
        let mut places = [NONE; NUMBERS];
        let mut i = 0;
        while i < OPERATIONS.len() {
            places[OPERATIONS[i].op as usize] = i as u16;
            i += 1;
        }
        places
    };

    /// For each number of an operation, the first of the patterns that begin with it; for each pattern, the next one.
    static CHAINS: ([u16; NUMBERS], [u16; PATTERNS.len()]) = {
        let mut first = [NONE; NUMBERS];
        let mut next = [NONE; PATTERNS.len()];
        let mut i = PATTERNS.len();
        while i > 0 {
            i -= 1;
            let op = PATTERNS[i].ops[0] as usize;
            next[i] = first[op];
            first[op] = i as u16;
        }
        (first, next)
    };

    fn operation(op: u16) -> Option<&'static Operation> {
        OPERATIONS.get(usize::from(OPERATION[usize::from(op)]))
    }

    fn patterns(op: u16) -> impl Iterator<Item = &'static Pattern> {
        let first = CHAINS.0[usize::from(op)];
        let pattern = |&at: &u16| PATTERNS.get(usize::from(at)).is_some();
        core::iter::successors(Some(first).filter(pattern), move |&at| Some(CHAINS.1[usize::from(at)]).filter(pattern))
            .map(|at| &PATTERNS[usize::from(at)])
    }

    fn handler(index: u16) -> u64 {
        // SAFETY: the table has an entry for each handler.
        let distance = unsafe { gantry_pulley_handlers[usize::from(index)] };
        let start = (&raw const gantry_pulley_handlers_start).expose_provenance();
        (start as u64).wrapping_add_signed(distance.into())
    }

    /// The address of the handler that leaves its work to [`step`].
    pub(super) fn slow() -> u64 {
        handler(0)
    }

    /// The register that stands at a byte of a cell.
    fn register(words: &[u64], place: &Place, at: u8) -> u16 {
        let at = usize::from(at);
        let lanes = words[place.word as usize + at / 8].to_ne_bytes();
        u16::from_ne_bytes([lanes[at % 8], lanes[at % 8 + 1]])
    }

    /// Which source of a cell is in the accumulator after the cell before: its number plus 1, or 0.
    fn forwarded(words: &[u64], before: &Place, place: &Place) -> u16 {
        let op = |place: &Place| {
            // SAFETY: there is a cell.
            operation(unsafe { op_of(&raw const words[place.word as usize]) })
        };
        let (Some(producer), Some(consumer)) = (op(before), op(place)) else { return 0 };
        if producer.dst == 0 || consumer.is_narrow && !producer.is_narrow {
            return 0;
        }
        let accumulator = register(words, before, producer.dst);
        let is_it = |&at: &u8| at != 0 && register(words, place, at) == accumulator;
        consumer.sources.iter().position(is_it).map_or(0, |i| i as u16 + 1)
    }

    /// Writes the addresses of handlers into the heads of the cells of a function.
    pub(crate) fn link(words: &mut [u64], places: &[Place], disabled_patterns: PatternSet) {
        for i in 0..places.len() {
            let entered = match i.checked_sub(1) {
                Some(before) if !places[i].is_target => forwarded(words, &places[before], &places[i]),
                _ => 0,
            };
            let op_at = |place: &Place| {
                // SAFETY: there is a cell.
                unsafe { op_of(&raw const words[place.word as usize]) }
            };
            let fits = |pattern: &&Pattern| {
                !disabled_patterns.contains(pattern.id)
                    && places[i..].len() >= pattern.ops.len()
                    && pattern.ops.iter().zip(&places[i..]).all(|(&op, place)| op == op_at(place))
            };
            let op = op_at(&places[i]);
            let index = if let Some(pattern) = patterns(op).find(fits) {
                let mut number = 0;
                for (k, &op) in pattern.ops.iter().enumerate() {
                    let choice = if k == 0 { entered } else { forwarded(words, &places[i + k - 1], &places[i + k]) };
                    let choices = operation(op).map_or(1, |o| 1 + o.sources.iter().filter(|&&s| s != 0).count() as u16);
                    number = number * choices + choice;
                }
                pattern.handlers + number
            } else {
                operation(op).map_or(0, |o| o.handlers + entered)
            };
            words[places[i].word as usize] = handler(index);
        }
    }

    /// Runs on the fast executor.
    ///
    /// # Safety
    ///
    /// As [`crate::machine::call`].
    pub(crate) unsafe fn run(state: *mut State, pc: Pc) {
        // SAFETY: the caller promises state and cell.
        unsafe { gantry_pulley_run(state, pc) }
    }

    /// See [`super::landing`].
    pub(super) fn landing(pc: usize) -> Option<usize> {
        let handlers = (&raw const gantry_pulley_handlers_start).addr()..(&raw const gantry_pulley_handlers_end).addr();
        handlers.contains(&pc).then(|| (&raw const gantry_pulley_faulted).addr())
    }
}

#[cfg(fast)]
use fast::slow;
#[cfg(fast)]
pub(crate) use fast::{link, run};
#[cfg(not(fast))]
use none::slow;
#[cfg(not(fast))]
pub(crate) use none::{link, run};

/// If a fault at this address is one of a guarded memory: where the thread has to go on, with the frame pointer as it is and the
/// stack pointer of [`State::native_sp`]. The run then ends with a trap.
pub fn landing(pc: usize) -> Option<usize> {
    #[cfg(fast)]
    return fast::landing(pc);
    #[cfg(not(fast))]
    {
        let _ = pc;
        None
    }
}
