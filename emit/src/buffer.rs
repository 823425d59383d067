//! The code buffer: what assemblers write into and every single-pass compiler keeps.
//!
//! Emitting is infallible. Branches to labels become fix-ups, resolved once at [`CodeBuffer::finish`] (or at an island, see
//! below); what cannot be encoded is latched and reported there. [`CodeBuffer::clear`] keeps all capacity, so that a
//! compiler allocates nothing once warm.
//!
//! ## Islands
//!
//! Some branches reach only a few KiB. Code that may grow beyond that asks [`CodeBuffer::island_needed`] at its safe points
//! (once per operator is enough) and emits an island when told so: a jump around veneers and constants. Functions smaller
//! than the shortest range never see one: their veneers, if any, follow the code.

use crate::fixup::{FixupForm, Veneer};
use crate::function::*;
use crate::isa::Isa;
use alloc::vec::Vec;
use gantry_abi::Trap;

/// A place in the code, bound now or later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Label(u32);

impl Label {
    /// Its number in the buffer that made it.
    pub fn index(self) -> u32 {
        self.0
    }

    /// The label with this number.
    pub fn from_index(index: u32) -> Self {
        Self(index)
    }
}

/// Why a function could not be emitted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EmitError {
    /// The code is longer than [`CodeBuffer::MAX_CODE`].
    #[error("the code of a function is longer than {} bytes", CodeBuffer::MAX_CODE)]
    TooLarge,
    /// A distance does not fit its instruction and no veneer can help.
    #[error("a {form} at offset {offset:#x} does not reach its target")]
    OutOfRange {
        /// Name of the form.
        form: &'static str,
        /// Where it is.
        offset: CodeOffset,
    },
}

const UNBOUND: u32 = u32::MAX;

#[derive(Clone, Copy)]
struct Fixup {
    at: CodeOffset,
    label: Label,
    form: &'static FixupForm,
}

/// A constant that waits for its place behind the code.
#[derive(Clone, Copy)]
struct Constant {
    label: Label,
    bytes: [u8; 16],
    size: u8,
}

/// Code under construction.
pub struct CodeBuffer {
    isa: Isa,
    bytes: Vec<u8>,
    labels: Vec<CodeOffset>,
    fixups: Vec<Fixup>,
    constants: Vec<Constant>,
    /// The first offset at which some fix-up that could have a veneer would no longer reach one.
    deadline: u32,
    /// Bytes of the veneers that pending fix-ups may need.
    veneer_bytes: u32,
    alignment: u32,
    /// Where the function starts: what stands before is dropped.
    entry: CodeOffset,
    relocations: Vec<Relocation>,
    traps: Vec<TrapSite>,
    source_map: Vec<SourceLoc>,
    stack_maps: Vec<StackMap>,
    handlers: Vec<(CodeOffset, PendingHandlers)>,
    cfi: Vec<(CodeOffset, CallFrameInst)>,
    /// Memory for the function that is finished next.
    spare: CompiledFunction,
}

/// Handlers of a call whose landing pads are labels.
struct PendingHandlers {
    sp_to_fp: u32,
    vmctx_slot: Option<u32>,
    handlers: Vec<(Option<u32>, Label)>,
}

impl CodeBuffer {
    /// The longest code of one function, in bytes. Every ISA's calls and jumps reach that far.
    pub const MAX_CODE: u32 = 1 << 26;

    /// An empty buffer for this ISA.
    pub fn new(isa: Isa) -> Self {
        Self {
            isa,
            bytes: Vec::new(),
            labels: Vec::new(),
            fixups: Vec::new(),
            constants: Vec::new(),
            deadline: u32::MAX,
            veneer_bytes: 0,
            alignment: isa.text_align(),
            entry: 0,
            relocations: Vec::new(),
            traps: Vec::new(),
            source_map: Vec::new(),
            stack_maps: Vec::new(),
            handlers: Vec::new(),
            cfi: Vec::new(),
            spare: CompiledFunction::default(),
        }
    }

    /// The ISA that this buffer holds code for.
    pub fn isa(&self) -> Isa {
        self.isa
    }

    /// Forgets everything but keeps the memory.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.labels.clear();
        self.fixups.clear();
        self.constants.clear();
        self.deadline = u32::MAX;
        self.veneer_bytes = 0;
        self.alignment = self.isa.text_align();
        self.entry = 0;
        self.relocations.clear();
        self.traps.clear();
        self.source_map.clear();
        self.stack_maps.clear();
        self.handlers.clear();
        self.cfi.clear();
    }

    /// Where the next byte goes. Beyond 4 GiB the last offset is repeated; such code fails at the end.
    #[inline]
    pub fn offset(&self) -> CodeOffset {
        u32::try_from(self.bytes.len()).unwrap_or(u32::MAX)
    }

    /// The bytes so far, fix-ups not yet applied.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Appends one byte.
    #[inline]
    pub fn put1(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    /// Appends two bytes, little-endian.
    #[inline]
    pub fn put2(&mut self, half: u16) {
        self.bytes.extend_from_slice(&half.to_le_bytes());
    }

    /// Appends four bytes, little-endian.
    #[inline]
    pub fn put4(&mut self, word: u32) {
        self.bytes.extend_from_slice(&word.to_le_bytes());
    }

    /// Appends eight bytes, little-endian.
    #[inline]
    pub fn put8(&mut self, long: u64) {
        self.bytes.extend_from_slice(&long.to_le_bytes());
    }

    /// Appends bytes.
    #[inline]
    pub fn put(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Moves what stands from `from` on in front of `to`, over room that was left there. Gives where it starts.
    ///
    /// # Panics
    ///
    /// If there is not enough room, or if it has relocations, traps or labels.
    pub fn move_before(&mut self, from: CodeOffset, to: CodeOffset) -> CodeOffset {
        let len = self.offset() - from;
        let start = to.checked_sub(len).expect("there is room");
        self.bytes.copy_within(index(from).., index(start));
        self.bytes.truncate(index(from));
        let back = from - start;
        self.fixups.iter_mut().filter(|f| f.at >= from).for_each(|f| f.at -= back);
        self.cfi.iter_mut().filter(|c| c.0 >= from).for_each(|c| c.0 -= back);
        start
    }

    /// Drops what stands before this offset when the function is finished: it starts there. For prologues that are written
    /// last, in front of the body, and turn out shorter than the room that was left for them.
    pub fn set_entry(&mut self, entry: CodeOffset) {
        self.entry = entry;
    }

    /// Appends the low `len` bytes of `bits`, lowest first: an instruction composed in a register. `len` is at most 8.
    ///
    /// A whole word is stored and the surplus cut off, which costs one capacity check and no loop.
    #[inline]
    pub fn put_bits(&mut self, bits: u64, len: u32) {
        debug_assert!(len <= 8, "a word has 8 bytes");
        let end = self.bytes.len() + index(len);
        self.bytes.extend_from_slice(&bits.to_le_bytes());
        self.bytes.truncate(end);
    }

    /// Like [`Self::put_bits`], for `len` up to 16.
    #[inline]
    pub fn put_bits128(&mut self, bits: u128, len: u32) {
        debug_assert!(len <= 16, "a double word has 16 bytes");
        let end = self.bytes.len() + index(len);
        self.bytes.extend_from_slice(&bits.to_le_bytes());
        self.bytes.truncate(end);
    }

    /// Raises the alignment of the function's start.
    pub fn align_function(&mut self, alignment: u32) {
        assert!(alignment.is_power_of_two(), "alignments are powers of two");
        self.alignment = self.alignment.max(alignment);
    }

    /// A new label, not yet bound.
    #[inline]
    pub fn label(&mut self) -> Label {
        let label = Label(u32::try_from(self.labels.len()).expect("code ends long before labels do"));
        self.labels.push(UNBOUND);
        label
    }

    /// Binds a label to the current offset.
    ///
    /// # Panics
    ///
    /// If it is bound already.
    #[inline]
    pub fn bind(&mut self, label: Label) {
        let offset = self.offset();
        let place = &mut self.labels[index(label.0)];
        assert_eq!(*place, UNBOUND, "a label is bound once");
        *place = offset;
    }

    /// Where a label is, if it is bound.
    pub fn bound(&self, label: Label) -> Option<CodeOffset> {
        Some(self.labels[index(label.0)]).filter(|&at| at != UNBOUND)
    }

    /// Says that the instruction at `at` (whose bytes stand there or come next) takes the distance to `label` in `form`.
    #[inline]
    pub fn fixup(&mut self, at: CodeOffset, form: &'static FixupForm, label: Label) {
        self.fixups.push(Fixup { at, label, form });
        if let Some(veneer) = form.veneer {
            self.veneer_bytes = self.veneer_bytes.saturating_add(veneer.len());
            self.deadline = self.deadline.min(deadline(at, form));
        }
    }

    /// A label for a constant of 1 to 16 bytes (a power of two), aligned to its size. Equal constants share a
    /// place if one was asked for lately.
    ///
    /// # Panics
    ///
    /// If the size is something else.
    pub fn constant(&mut self, bytes: &[u8]) -> Label {
        assert!(matches!(bytes.len(), 1 | 2 | 4 | 8 | 16), "constants have 1 to 16 bytes");
        let mut padded = [0; 16];
        padded[..bytes.len()].copy_from_slice(bytes);
        let size = u8::try_from(bytes.len()).expect("at most 16");
        if let Some(same) = self.constants.iter().rev().take(64).find(|c| c.size == size && c.bytes == padded) {
            return same.label;
        }
        let label = self.label();
        self.constants.push(Constant { label, bytes: padded, size });
        self.align_function(u32::from(size));
        label
    }

    /// Records a relocation at the offset.
    pub fn relocation(&mut self, offset: CodeOffset, kind: RelocKind, target: Symbol, addend: i64) {
        self.relocations.push(Relocation { offset, kind, target, addend });
    }

    /// Records that the instruction at the current offset may stop the guest.
    #[inline]
    pub fn trap(&mut self, trap: Trap) {
        self.trap_at(self.offset(), trap);
    }

    /// Records that the instruction at this offset may stop the guest.
    #[inline]
    pub fn trap_at(&mut self, offset: CodeOffset, trap: Trap) {
        self.traps.push(TrapSite { offset, trap });
    }

    /// Says that code from here on comes from this offset of the module.
    #[inline]
    pub fn source(&mut self, wasm_offset: Option<u32>) {
        let offset = self.offset();
        match self.source_map.last_mut() {
            Some(last) if last.wasm_offset == wasm_offset => {}
            Some(last) if last.offset == offset => last.wasm_offset = wasm_offset,
            _ => self.source_map.push(SourceLoc { offset, wasm_offset }),
        }
    }

    /// Records live references at an offset, which is the return address of a call. Maps come in order of offset.
    pub fn stack_map(&mut self, map: StackMap) {
        self.stack_maps.push(map);
    }

    /// Records the handlers of the call that returns to the current offset.
    pub fn handlers(&mut self, sp_to_fp: u32, vmctx_slot: Option<u32>, handlers: Vec<(Option<u32>, Label)>) {
        let offset = self.offset();
        self.handlers.push((offset, PendingHandlers { sp_to_fp, vmctx_slot, handlers }));
    }

    /// Records a call frame instruction that holds from the current offset on.
    pub fn cfi(&mut self, inst: CallFrameInst) {
        let offset = self.offset();
        self.cfi.push((offset, inst));
    }

    /// Whether an island has to come before the next `upcoming` bytes.
    #[inline]
    pub fn island_needed(&self, upcoming: u32) -> bool {
        // Constants count in full: 16 bytes each plus the padding in front of the first.
        let constants = u32::try_from(self.constants.len()).unwrap_or(u32::MAX).saturating_mul(16).saturating_add(16);
        let end = self.offset().saturating_add(upcoming).saturating_add(self.veneer_bytes).saturating_add(constants);
        end.saturating_add(16) > self.deadline
    }

    /// Emits veneers for pending branches, and pending constants, with a jump around them.
    pub fn emit_island(&mut self) {
        let jump = self.isa.jump().expect("only ISAs with a jump have forms with veneers");
        let after = self.label();
        let at = self.offset() + jump.at;
        self.put(jump.code);
        self.fixup(at, jump.form, after);
        self.flush_constants();
        self.resolve(|label| label != after);
        self.bind(after);
        self.resolve(|_| false);
    }

    fn flush_constants(&mut self) {
        // Largest first: then only the first needs padding.
        let mut constants = core::mem::take(&mut self.constants);
        constants.sort_by_key(|c| core::cmp::Reverse(c.size));
        for constant in &constants {
            let size = usize::from(constant.size);
            let entry = index(self.entry);
            let padded = entry + (self.bytes.len() - entry).next_multiple_of(size);
            self.bytes.resize(padded, 0);
            self.bind(constant.label);
            self.bytes.extend_from_slice(&constant.bytes[..size]);
        }
        constants.clear();
        self.constants = constants;
    }

    /// Patches what is in range. What is not (or not bound) gets a veneer at the current offset if `veneers` says so for
    /// its label, and stays pending otherwise.
    fn resolve(&mut self, veneers: impl Fn(Label) -> bool) {
        let mut pending = core::mem::take(&mut self.fixups);
        self.deadline = u32::MAX;
        self.veneer_bytes = 0;
        // `fixup` below appends to the other list, which then becomes the pending one.
        for fixup in pending.drain(..) {
            let target = self.labels[index(fixup.label.0)];
            if target != UNBOUND && fixup.form.apply(&mut self.bytes, fixup.at, i64::from(target)) {
                continue;
            }
            match fixup.form.veneer.filter(|_| veneers(fixup.label)) {
                Some(veneer) => {
                    let here = self.offset();
                    if fixup.form.apply(&mut self.bytes, fixup.at, i64::from(here)) {
                        self.bytes.extend_from_slice(veneer.code);
                        self.fixup(here + veneer.at, veneer.form, fixup.label);
                    } else {
                        self.fixup(fixup.at, fixup.form, fixup.label);
                    }
                }
                None => self.fixup(fixup.at, fixup.form, fixup.label),
            }
        }
    }

    /// Takes a finished function back: its memory serves the one that is finished next.
    pub fn recycle(&mut self, function: CompiledFunction) {
        self.spare = function;
    }

    /// Finishes the function and clears the buffer.
    ///
    /// # Errors
    ///
    /// If the code is too long, or a distance does not fit.
    ///
    /// # Panics
    ///
    /// If a label that is used was never bound.
    pub fn finish(&mut self) -> Result<CompiledFunction, EmitError> {
        let result = self.finish_inner();
        self.clear();
        result
    }

    fn finish_inner(&mut self) -> Result<CompiledFunction, EmitError> {
        if self.bytes.len() > index(Self::MAX_CODE) {
            return Err(EmitError::TooLarge);
        }
        // Twice at most: veneers first, then the veneers' own targets.
        self.resolve(|_| false);
        let bound = |buffer: &Self| buffer.fixups.iter().all(|f| buffer.bound(f.label).is_some());
        let constants_only = self.constants.iter().map(|c| c.label).collect::<smallvec::SmallVec<[Label; 8]>>();
        assert!(
            self.fixups.iter().all(|f| self.bound(f.label).is_some() || constants_only.contains(&f.label)),
            "a used label was never bound"
        );
        self.resolve(|label| !constants_only.contains(&label));
        let body_len = self.offset();
        self.flush_constants();
        self.resolve(|_| false);
        assert!(bound(self), "constants were bound");
        if let Some(fixup) = self.fixups.first() {
            return Err(EmitError::OutOfRange { form: fixup.form.name, offset: fixup.at });
        }
        self.relocations.sort_by_key(|r| r.offset);
        self.traps.sort_by_key(|t| t.offset);
        let entry = self.entry;
        if entry > 0 {
            self.cfi.sort_by_key(|c| c.0);
            self.shift(entry);
        }
        let labels = &self.labels;
        let mut out = core::mem::take(&mut self.spare);
        refill(&mut out.code, &self.bytes[index(entry)..]);
        refill(&mut out.relocations, &self.relocations);
        refill(&mut out.traps, &self.traps);
        refill(&mut out.source_map, &self.source_map);
        refill(&mut out.frame.cfi, &self.cfi);
        out.locals.clear();
        out.stack_maps.clear();
        out.stack_maps.append(&mut self.stack_maps);
        out.handlers.clear();
        out.handlers.extend(self.handlers.drain(..).map(|(offset, pending)| CallHandlers {
            offset,
            sp_to_fp: pending.sp_to_fp,
            vmctx_slot: pending.vmctx_slot,
            handlers: pending.handlers.iter().map(|&(tag, label)| (tag, labels[index(label.0)] - entry)).collect(),
        }));
        assert!(
            out.handlers.iter().all(|h| h.handlers.iter().all(|&(_, at)| at != UNBOUND - entry)),
            "a landing pad was never bound"
        );
        out.body_len = body_len - entry;
        out.alignment = self.alignment;
        Ok(out)
    }

    /// Makes offsets count from the entry.
    fn shift(&mut self, entry: CodeOffset) {
        self.relocations.iter_mut().for_each(|r| r.offset -= entry);
        self.traps.iter_mut().for_each(|t| t.offset -= entry);
        // Before the entry there was only room.
        self.source_map.iter_mut().for_each(|s| s.offset = s.offset.saturating_sub(entry));
        self.stack_maps.iter_mut().for_each(|s| s.offset -= entry);
        self.handlers.iter_mut().for_each(|h| h.0 -= entry);
        self.cfi.iter_mut().for_each(|c| c.0 -= entry);
    }
}

/// Replaces a list's content, in the memory that it has.
fn refill<T: Copy>(list: &mut Vec<T>, content: &[T]) {
    list.clear();
    list.extend_from_slice(content);
}

/// The last offset at which a veneer for this fix-up can stand.
fn deadline(at: CodeOffset, form: &FixupForm) -> u32 {
    let last = i64::from(at).saturating_add(form.max);
    u32::try_from(last).unwrap_or(u32::MAX)
}

fn index(offset: u32) -> usize {
    usize::try_from(offset).expect("offsets fit the host's addresses")
}

impl Veneer {
    /// Writes the veneer at the current offset of the buffer, to jump to `to`.
    pub fn emit(&'static self, buffer: &mut CodeBuffer, to: Label) {
        let at = buffer.offset() + self.at;
        buffer.put(self.code);
        buffer.fixup(at, self.form, to);
    }
}

#[cfg(test)]
mod tests;
