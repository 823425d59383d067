//! Links compiled functions and trampolines to one text.
//!
//! Output depends on the order of [`Linker::append`] alone. Offsets in the result are relative to the text, tables are in
//! order of offset. Gaps hold instructions that stop execution.
//!
//! Where an ISA's calls may not reach across the text, *islands* of veneers are put between functions before the first
//! call would lose its last chance.

use crate::fixup::Veneer;
use crate::function::*;
use crate::isa::Isa;
use alloc::vec::Vec;
use core::ops::Range;
use gantry_abi::EntityRef;
use gantry_abi::artifact::{LocalHome, SourceMap, TrapTable};
use gantry_abi::offset_table::OffsetTableWriter;

/// Why functions could not be linked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LinkError {
    /// The text is 4 GiB or longer.
    #[error("the text is longer than 4 GiB")]
    TooLarge,
    /// Something is called that was not appended.
    #[error("{from:?} refers to {target:?}, which was not linked")]
    Undefined {
        /// Who refers.
        from: Symbol,
        /// To what.
        target: Symbol,
    },
    /// A symbol was appended twice.
    #[error("{0:?} was linked twice")]
    Duplicate(Symbol),
    /// A relocation does not reach.
    #[error("a {form} in {from:?} at {offset:#x} does not reach {target:?}")]
    OutOfRange {
        /// Name of the form.
        form: &'static str,
        /// Who refers.
        from: Symbol,
        /// Where, in the text.
        offset: u32,
        /// To what.
        target: Symbol,
    },
    /// A relocation lies outside its function, or belongs to another ISA.
    #[error("a relocation of {from:?} at {offset:#x} is malformed")]
    Malformed {
        /// Who refers.
        from: Symbol,
        /// Where, in the function.
        offset: u32,
    },
}

/// Functions at their final places, with all their tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedText {
    /// The ISA of the code.
    pub isa: Isa,
    /// Machine code or bytecode.
    pub text: Vec<u8>,
    /// What it is made of, in order of offset. Ranges contain constants but no padding and no veneers.
    pub symbols: Vec<(Symbol, Range<u32>)>,
    /// Instructions that may stop the guest: a [`TrapTable`].
    pub traps: Vec<u8>,
    /// Origin of the code: a [`SourceMap`]. Code without origin begins with an entry without offset.
    pub source_map: Vec<u8>,
    /// Live references.
    pub stack_maps: Vec<StackMap>,
    /// Exception handlers.
    pub handlers: Vec<CallHandlers>,
    /// Where the locals of functions are, for those whose compiler says so.
    pub locals: Vec<(Symbol, Vec<LocalHome>)>,
    /// Frame layouts of all symbols, one behind the other.
    cfi: Vec<(CodeOffset, CallFrameInst)>,
    /// Where in `cfi` the layout of each symbol ends.
    frame_ends: Vec<usize>,
    /// Indices in `symbols`.
    index: Places,
}

impl LinkedText {
    /// The range of each symbol with the layout of its frame. Offsets are relative to the symbol's start.
    pub fn frames(&self) -> impl Iterator<Item = (&Range<u32>, &[(CodeOffset, CallFrameInst)])> {
        let mut start = 0;
        self.symbols
            .iter()
            .zip(&self.frame_ends)
            .map(move |((_, range), &end)| (range, &self.cfi[core::mem::replace(&mut start, end)..end]))
    }

    /// Where a symbol is.
    pub fn range(&self, symbol: Symbol) -> Option<Range<u32>> {
        let index = usize::try_from(self.index.get(symbol)?).expect("indices fit the host's addresses");
        Some(self.symbols[index].1.clone())
    }
}

/// A number for each symbol: one dense table per kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Places([Vec<u32>; 4]);

impl Places {
    const NONE: u32 = u32::MAX;

    fn key(symbol: Symbol) -> (usize, usize) {
        match symbol {
            Symbol::Function(index) => (0, index.index()),
            Symbol::EntryTrampoline(index) => (1, index.index()),
            Symbol::ExitTrampoline(index) => (2, index.index()),
            Symbol::LibcallThunk(libcall) => (3, usize::from(libcall as u8)),
        }
    }

    fn get(&self, symbol: Symbol) -> Option<u32> {
        let (kind, index) = Self::key(symbol);
        self.0[kind].get(index).copied().filter(|&at| at != Self::NONE)
    }

    /// Returns `false` if the symbol had a place already.
    fn set(&mut self, symbol: Symbol, at: u32) -> bool {
        let (kind, index) = Self::key(symbol);
        let table = &mut self.0[kind];
        if table.len() <= index {
            table.resize(index + 1, Self::NONE);
        }
        core::mem::replace(&mut table[index], at) == Self::NONE
    }
}

/// A relocation at its final place.
struct Reference {
    from: Symbol,
    at: u32,
    kind: RelocKind,
    target: Symbol,
    addend: i64,
    /// Where to go instead of the target.
    veneer: Option<u32>,
}

/// Puts functions one after the other.
pub struct Linker {
    isa: Isa,
    text: Vec<u8>,
    symbols: Vec<(Symbol, Range<u32>)>,
    places: Places,
    references: Vec<Reference>,
    /// Indices of references whose target may turn out too far away. Only on ISAs with call veneers.
    open: Vec<usize>,
    /// The offset before which the next island has to end.
    deadline: i64,
    /// Veneers so far: target and place.
    veneers: Vec<(Symbol, u32)>,
    /// Overrides the reach of calls.
    reach: Option<i64>,
    error: Option<LinkError>,
    traps: OffsetTableWriter,
    source_map: OffsetTableWriter,
    stack_maps: Vec<StackMap>,
    handlers: Vec<CallHandlers>,
    locals: Vec<(Symbol, Vec<LocalHome>)>,
    cfi: Vec<(CodeOffset, CallFrameInst)>,
    frame_ends: Vec<usize>,
}

impl Linker {
    /// An empty text.
    pub fn new(isa: Isa) -> Self {
        Self {
            isa,
            text: Vec::new(),
            symbols: Vec::new(),
            places: Places::default(),
            references: Vec::new(),
            open: Vec::new(),
            deadline: i64::MAX,
            veneers: Vec::new(),
            reach: None,
            error: None,
            traps: OffsetTableWriter::default(),
            source_map: OffsetTableWriter::default(),
            stack_maps: Vec::new(),
            handlers: Vec::new(),
            locals: Vec::new(),
            cfi: Vec::new(),
            frame_ends: Vec::new(),
        }
    }

    /// Makes room for code made from so many bytes of function bodies, as single-pass compilers make it. What is more grows
    /// the room; what is less leaves it untouched, which costs addresses but no memory.
    #[must_use]
    pub fn with_room_for(mut self, body_bytes: usize) -> Self {
        self.text.reserve(body_bytes.saturating_mul(4));
        self.source_map.reserve(body_bytes / 4);
        self.traps.reserve(body_bytes / 16);
        self.references.reserve(body_bytes / 16);
        self
    }

    /// Pretends that calls reach only so many bytes, so that islands can be tested with little code. It has no effect on
    /// ISAs without call veneers.
    #[must_use]
    pub fn with_call_reach(mut self, bytes: u32) -> Self {
        self.reach = Some(bytes.into());
        self
    }

    /// Appends a function and returns its offset in the text. What is wrong with it is reported by [`Self::finish`].
    pub fn append(&mut self, symbol: Symbol, function: &CompiledFunction) -> u32 {
        let room = function.code.len().saturating_add(usize::try_from(function.alignment).unwrap_or(usize::MAX));
        if self.island_needed(room) {
            self.emit_island();
        }
        self.pad(function.alignment.max(self.isa.text_align()));
        let (start, Ok(len)) = (self.offset(), u32::try_from(function.code.len())) else {
            self.fail(LinkError::TooLarge);
            return 0;
        };
        let Some(end) = start.checked_add(len) else {
            self.fail(LinkError::TooLarge);
            return 0;
        };
        self.text.extend_from_slice(&function.code);
        if !self.places.set(symbol, start) {
            self.fail(LinkError::Duplicate(symbol));
        }
        self.symbols.push((symbol, start..end));
        for relocation in &function.relocations {
            self.reference(symbol, start, len, relocation);
        }
        self.tables(start, function);
        if !function.locals.is_empty() {
            self.locals.push((symbol, function.locals.clone()));
        }
        start
    }

    /// Applies all relocations.
    ///
    /// # Errors
    ///
    /// If something is missing, too large or out of reach.
    pub fn finish(mut self) -> Result<LinkedText, LinkError> {
        if !self.open.is_empty() {
            self.emit_island();
        }
        if let Some(error) = self.error {
            return Err(error);
        }
        for reference in &self.references {
            let &Reference { from, at, kind, target, addend, veneer } = reference;
            let place = self.places.get(target).ok_or(LinkError::Undefined { from, target })?;
            let to = i64::from(veneer.unwrap_or(place)).saturating_add(addend);
            if !kind.form().apply(&mut self.text, at, to) {
                return Err(LinkError::OutOfRange { form: kind.form().name, from, offset: at, target });
            }
        }
        if let Some(veneer) = self.isa.backend().call_veneer {
            for &(target, at) in &self.veneers {
                let place = self.places.get(target).ok_or(LinkError::Undefined { from: target, target })?;
                let offset = at + veneer.at;
                if !veneer.form.apply(&mut self.text, offset, place.into()) {
                    return Err(LinkError::OutOfRange { form: veneer.form.name, from: target, offset, target });
                }
            }
        }
        let mut index = Places::default();
        for (i, (symbol, _)) in (0..).zip(&self.symbols) {
            index.set(*symbol, i);
        }
        Ok(LinkedText {
            index,
            isa: self.isa,
            text: self.text,
            symbols: self.symbols,
            traps: self.traps.finish(),
            source_map: self.source_map.finish(),
            stack_maps: self.stack_maps,
            handlers: self.handlers,
            locals: self.locals,
            cfi: self.cfi,
            frame_ends: self.frame_ends,
        })
    }

    fn fail(&mut self, error: LinkError) {
        self.error.get_or_insert(error);
    }

    fn offset(&self) -> u32 {
        u32::try_from(self.text.len()).unwrap_or(u32::MAX)
    }

    fn pad(&mut self, alignment: u32) {
        let alignment = usize::try_from(alignment).expect("a few bytes");
        let end = self.text.len().next_multiple_of(alignment);
        let padding = self.isa.backend().padding;
        let gap = end - self.text.len();
        // What does not fill whole instructions goes first: a jump into the gap runs into a whole one.
        self.text.resize(self.text.len() + gap % padding.len(), 0);
        while self.text.len() < end {
            self.text.extend_from_slice(padding);
        }
    }

    fn reference(&mut self, from: Symbol, start: u32, len: u32, relocation: &Relocation) {
        let &Relocation { offset, kind, target, addend } = relocation;
        let inside = offset.checked_add(kind.form().size).is_some_and(|end| end <= len);
        if !inside || !self.isa.accepts(kind) {
            return self.fail(LinkError::Malformed { from, offset });
        }
        let at = start + offset;
        let reach = self.reach(kind);
        let place = self.places.get(target);
        if let Some(place) = place
            && (i64::from(place) - i64::from(at)).abs() <= reach
            && kind.form().apply(&mut self.text, at, i64::from(place).saturating_add(addend))
        {
            // Half of all calls go back to functions that are there already: nothing has to be remembered.
            return;
        }
        if self.isa.backend().call_veneer.is_some() && addend == 0 {
            match place {
                Some(_) => {
                    // Already too far: the next island comes at once.
                    self.deadline = 0;
                    self.open.push(self.references.len());
                }
                None => {
                    self.deadline = self.deadline.min(i64::from(at) + reach);
                    self.open.push(self.references.len());
                }
            }
        }
        self.references.push(Reference { from, at, kind, target, addend, veneer: None });
    }

    fn reach(&self, kind: RelocKind) -> i64 {
        let form = kind.form();
        self.reach.unwrap_or(i64::MAX).min(form.max).min(-form.min)
    }

    /// Whether some call could not reach an island any more that stands behind `room` more bytes.
    fn island_needed(&self, room: usize) -> bool {
        let Some(veneer) = self.isa.backend().call_veneer else { return false };
        if self.open.is_empty() {
            return false;
        }
        let island = self.open.len().saturating_add(1).saturating_mul(veneer.code.len());
        let end = self.text.len().saturating_add(room).saturating_add(island);
        i64::try_from(end).unwrap_or(i64::MAX) > self.deadline
    }

    /// Gives every open reference that does not reach its target (or does not know it yet) a veneer.
    fn emit_island(&mut self) {
        let veneer: &'static Veneer = self.isa.backend().call_veneer.expect("references are open only with veneers");
        self.deadline = i64::MAX;
        for index in core::mem::take(&mut self.open) {
            let Reference { at, kind, target, .. } = self.references[index];
            let reach = self.reach(kind);
            let near = |place: u32| (i64::from(place) - i64::from(at)).abs() <= reach;
            if self.places.get(target).is_some_and(near) {
                continue;
            }
            // Veneers stand in order of offset; only the latest can be near.
            let known = self.veneers.iter().rev().take_while(|v| near(v.1)).find(|v| v.0 == target);
            let place = match known {
                Some(&(_, place)) => place,
                None => {
                    self.pad(self.isa.text_align());
                    let place = self.offset();
                    self.text.extend_from_slice(veneer.code);
                    self.veneers.push((target, place));
                    place
                }
            };
            self.references[index].veneer = Some(place);
        }
    }

    fn tables(&mut self, start: u32, function: &CompiledFunction) {
        let moved = |offset: CodeOffset| start.saturating_add(offset);
        for site in &function.traps {
            self.traps.push(moved(site.offset), TrapTable::value(site.trap));
        }
        let unknown = SourceMap::value(None);
        let starts_at_zero = function.source_map.first().is_some_and(|s| s.offset == 0);
        if !starts_at_zero && self.source_map.last_value().is_some_and(|last| last != unknown) {
            self.source_map.push(start, unknown);
        }
        for loc in &function.source_map {
            self.source_map.push(moved(loc.offset), SourceMap::value(loc.wasm_offset));
        }
        let maps = function.stack_maps.iter();
        self.stack_maps.extend(maps.map(|m| StackMap { offset: moved(m.offset), ..m.clone() }));
        self.handlers.extend(function.handlers.iter().map(|h| CallHandlers {
            offset: moved(h.offset),
            handlers: h.handlers.iter().map(|&(tag, at)| (tag, moved(at))).collect(),
            ..*h
        }));
        self.cfi.extend_from_slice(&function.frame.cfi);
        self.frame_ends.push(self.cfi.len());
    }
}

#[cfg(test)]
mod tests;
