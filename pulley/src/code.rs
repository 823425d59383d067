//! Bytecode that is loaded: functions, which are predecoded when they are first called.

use crate::cell::Pc;
use crate::op::numbers;
use crate::predecode::{self, Places};
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, Ordering};

/// A set of patterns of the fast executor, by number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PatternSet([u64; 8]);

impl PatternSet {
    /// All that there are.
    pub const ALL: Self = Self([u64::MAX; 8]);

    /// Adds a pattern. Numbers that no pattern has mean nothing.
    pub fn insert(&mut self, number: u16) {
        if let Some(word) = self.0.get_mut(usize::from(number / 64)) {
            *word |= 1 << (number % 64);
        }
    }

    /// Whether it has a pattern.
    pub fn contains(&self, number: u16) -> bool {
        self.0.get(usize::from(number / 64)).is_some_and(|word| word >> (number % 64) & 1 != 0)
    }
}

/// How functions are predecoded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CodeOptions {
    /// Every 32-bit memory that the code accesses is a reservation that no access with a 32-bit index and a 16-bit offset can
    /// leave, and the host turns faults in it into traps: such accesses are not checked.
    pub guarded_memories: bool,
    /// Cells are for the fast executor: they hold the addresses of its handlers.
    pub fast: bool,
    /// Patterns of operations that the fast executor does not execute at once.
    pub disabled_patterns: PatternSet,
}

/// A function, as code calls it: the "address" of a function is the address of its slot.
#[repr(C)]
pub struct Slot {
    /// Its first cell, or the one that predecodes it.
    pub(crate) cells: AtomicPtr<u64>,
    code: *const Code,
    /// Where it begins in the text.
    start: u32,
    /// Where its entry trampoline begins, or `u32::MAX`.
    entry: u32,
    /// Where its cells come from, from the first time that somebody asks: null, or made from a box (B4).
    places: AtomicPtr<Places>,
}

impl Slot {
    /// Where it begins in the text.
    pub fn start(&self) -> u32 {
        self.start
    }

    /// The function that the host calls in its place, as it was told to [`Code::new`].
    pub fn entry(&self) -> Option<&Self> {
        self.code().slot(self.entry)
    }

    /// The code that it belongs to.
    pub fn code(&self) -> &Code {
        // SAFETY: code lives as long as its slots.
        unsafe { &*self.code }
    }

    /// The first cell of a function, which is predecoded if it has not been. `None` if it is no code.
    ///
    /// # Safety
    ///
    /// The slot belongs to code that is loaded.
    #[cold]
    pub(crate) unsafe fn predecode(slot: *const Self) -> Option<Pc> {
        // SAFETY: the caller promises a slot.
        let slot = unsafe { &*slot };
        let code = slot.code();
        let missing = code.missing_cell();
        let current = slot.cells.load(Ordering::Acquire);
        if !core::ptr::eq(current, missing) {
            return Some(current);
        }
        let row = Row::new(&predecode::function(code, slot.start).ok()?.words);
        // Another thread may have been faster: then its cells stay.
        match slot.cells.compare_exchange(missing.cast_mut(), row.0, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => Some(row.0),
            Err(others) => {
                // SAFETY: nobody has seen this row.
                unsafe { row.free() };
                Some(others)
            }
        }
    }

    /// Where its cells come from: found by predecoding it again, which gives the same, and kept: who traps once may do so often.
    fn places(&self) -> Option<&Places> {
        let mut places = self.places.load(Ordering::Acquire);
        if places.is_null() {
            let made = Box::into_raw(Box::new(predecode::function(self.code(), self.start).ok()?.places));
            places = match self.places.compare_exchange(null_mut(), made, Ordering::AcqRel, Ordering::Acquire) {
                Ok(_) => made,
                Err(others) => {
                    // SAFETY: nobody else has seen this box.
                    drop(unsafe { Box::from_raw(made) });
                    others
                }
            };
        }
        // SAFETY: by B4 it lives as long as the slot.
        Some(unsafe { &*places })
    }

    /// Its cells, if it has been predecoded.
    fn row(&self) -> Option<Row> {
        let row = self.cells.load(Ordering::Acquire);
        (!core::ptr::eq(row, self.code().missing_cell())).then_some(Row(row))
    }
}

/// The cells of a function: the address of the first one. In front of it stands their length in words.
#[derive(Clone, Copy)]
struct Row(*mut u64);

impl Row {
    fn new(words: &[u64]) -> Self {
        let mut all = Vec::with_capacity(words.len() + 1);
        all.push(words.len() as u64);
        all.extend_from_slice(words);
        let all: *mut [u64] = Box::into_raw(all.into_boxed_slice());
        Self(all.cast::<u64>().wrapping_add(1))
    }

    /// Its length in words.
    fn len(self) -> usize {
        // SAFETY: the length stands in front of the cells.
        let len = unsafe { self.0.sub(1).read() };
        usize::try_from(len).expect("rows are in memory")
    }

    /// The word at an address, if it lies inside or at the end: return addresses may.
    fn word_at(self, address: usize) -> Option<usize> {
        let word = address.checked_sub(self.0.addr())? / size_of::<u64>();
        (word <= self.len()).then_some(word)
    }

    /// # Safety
    ///
    /// Nobody uses it any more.
    unsafe fn free(self) {
        let all = core::ptr::slice_from_raw_parts_mut(self.0.wrapping_sub(1), self.len() + 1);
        // SAFETY: the box was made in `new`, with a word more than the length; the caller promises that nobody uses it.
        drop(unsafe { Box::from_raw(all) });
    }
}

/// What is wrong with bytecode.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("bytecode at {offset:#x}: {what}")]
pub struct Malformed {
    /// Offset in the text.
    pub offset: u32,
    /// What is wrong.
    pub what: &'static str,
}

/// The bytecode of a module.
///
/// Invariants
/// B1. The text does not move and nobody writes to it while this exists.
/// B2. Slots are sorted by their start, do not move, and point back to this, which is in a box.
/// B3. The cells of a slot are either the cell that predecodes it, or a row of cells that the slot owns.
/// B4. The places of a slot are null until they are made, and owned by the slot from then on.
pub struct Code {
    text: *const u8,
    len: usize,
    slots: Box<[Slot]>,
    options: CodeOptions,
    /// The cell that slots without cells point to.
    missing: [u64; 2],
}

// SAFETY: the text is not written to (B1), slots change atomically, and rows are not written to once they are published.
unsafe impl Send for Code {}
// SAFETY: as above.
unsafe impl Sync for Code {}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Code").field("bytes", &self.len).field("functions", &self.slots.len()).finish_non_exhaustive()
    }
}

impl Code {
    /// Loads bytecode. `functions` are the offsets at which functions begin, in any order, each with that of the function that
    /// the host calls in its place ([`Slot::entry`]).
    ///
    /// # Errors
    ///
    /// If a start lies outside of the text.
    ///
    /// # Safety
    ///
    /// The text stays where it is and as it is while this exists.
    pub unsafe fn new(
        text: &[u8],
        functions: impl IntoIterator<Item = (u32, Option<u32>)>,
        options: CodeOptions,
    ) -> Result<Box<Self>, Malformed> {
        let mut starts: Vec<(u32, Option<u32>)> = functions.into_iter().collect();
        starts.sort_unstable_by_key(|f| f.0);
        starts.dedup_by_key(|f| f.0);
        if let Some(&(offset, _)) = starts.last().filter(|last| last.0 as usize >= text.len()) {
            return Err(Malformed { offset, what: "a function begins behind the end" });
        }
        let missing = crate::handlers::lone_cell(numbers::missing, options.fast);
        let mut code = Box::new(Self { text: text.as_ptr(), len: text.len(), slots: Box::default(), options, missing });
        let this: *const Self = &raw const *code;
        let cell = code.missing_cell().cast_mut();
        code.slots = starts
            .into_iter()
            .map(|(start, entry)| Slot {
                cells: AtomicPtr::new(cell),
                code: this,
                start,
                entry: entry.unwrap_or(u32::MAX),
                places: AtomicPtr::new(null_mut()),
            })
            .collect();
        Ok(code)
    }

    /// The bytecode.
    pub fn text(&self) -> &[u8] {
        // SAFETY: the maker of this promised that the text stays (B1).
        unsafe { core::slice::from_raw_parts(self.text, self.len) }
    }

    pub(crate) fn options(&self) -> CodeOptions {
        self.options
    }

    fn missing_cell(&self) -> Pc {
        self.missing.as_ptr()
    }

    /// The function that begins at an offset of the text.
    pub fn slot(&self, start: u32) -> Option<&Slot> {
        let at = self.slots.binary_search_by_key(&start, Slot::start).ok()?;
        Some(&self.slots[at])
    }

    /// The functions, in the order of the text.
    pub fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// The bytes of the function that begins at an offset.
    pub(crate) fn extent(&self, start: u32) -> Range<u32> {
        let next = self.slots.partition_point(|s| s.start <= start);
        let end = self.slots.get(next).map_or(self.len, |s| s.start as usize);
        start..u32::try_from(end).expect("text is smaller than 4 GiB")
    }

    /// The function that a cell is of.
    pub fn function_of(&self, cell: usize) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.row().is_some_and(|row| row.word_at(cell).is_some()))
    }

    /// The offset in the text of the instruction that a cell was made of. A return address is a cell, too.
    ///
    /// For traps and backtraces: the first time, a function is predecoded again.
    pub fn offset_of(&self, cell: usize) -> Option<u32> {
        self.slots.iter().find_map(|slot| {
            let word = slot.row()?.word_at(cell)?;
            Some(slot.places()?.offset_of(word))
        })
    }
}

impl Drop for Code {
    fn drop(&mut self) {
        for row in self.slots.iter().filter_map(Slot::row) {
            // SAFETY: by B3 the slot owns the row, and nobody runs code that is not loaded.
            unsafe { row.free() };
        }
        for slot in &mut self.slots {
            let places = *slot.places.get_mut();
            if !places.is_null() {
                // SAFETY: by B4 the slot owns the box, and whoever borrowed from it is gone.
                drop(unsafe { Box::from_raw(places) });
            }
        }
    }
}

const _: () = assert!(core::mem::offset_of!(Slot, cells) == 0);
