//! Linear memories.
//!
//! A memory is a [`slot`] of address space whose first part is accessible:
//!
//! ```text
//! | guard | accessible, host pages | inaccessible up to the reservation's end | guard |
//!         ^ base    ^ length
//! ```
//!
//! Compiled code without bounds checks relies on everything between `length` and the end of the guard being inaccessible; with
//! checks it relies on `length` alone. Growing makes more of the reservation accessible; a memory that may move gets a larger
//! one if this is not enough. The guard in front is defence in depth: no correct code reaches it.
//!
//! Invariants
//! L1. The slot's first `length` bytes are accessible.
//! L2. Bytes from `length` to the end of its last host page are zero: compiled code cannot write them, because it checks bounds
//!     where the length of a memory is not a multiple of the host's page size.
//! L3. With `options.memory_guard_size` of `g`, the slot's guard has `g` bytes or more. Its reservation is at least
//!     `options.memory_reservation` where code may rely on it (signals are on and the host reserves address space).

mod slot;

pub(super) use slot::forget_image;

use crate::env;
use crate::sys::{self, memory_image::ImageFile};
use crate::vm::mmap::round_up_to_page;
use crate::vm::records::VmMemory;
use core::ptr::NonNull;
use gantry_abi::{CompileOptions, IndexType, MemoryType};
use slot::{Shape, Slot, WantedImage};

/// Why a memory was not made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MemoryError {
    /// Larger than the host's address space.
    #[error("a memory of {pages} pages of {page_bytes} bytes is larger than this host's address space")]
    AddressSpace {
        /// Initial pages.
        pages: u64,
        /// Bytes of a page.
        page_bytes: u64,
    },
    /// Larger than is allowed here.
    #[error("a memory of {bytes} bytes exceeds the limit of {limit} bytes")]
    Limit {
        /// Initial bytes.
        bytes: u64,
        /// Bytes allowed.
        limit: u64,
    },
    /// The system refuses.
    #[error("{bytes} bytes of address space for a memory could not be had: {source}")]
    System {
        /// Bytes with guards.
        bytes: usize,
        /// Why.
        source: env::Error,
    },
}

/// The initial contents of a memory: zero but for a range.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MemoryImageSource<'a> {
    /// The contents of the range.
    pub(crate) bytes: &'a [u8],
    /// Where the range starts, in bytes.
    pub(crate) memory_offset: u64,
    /// The same bytes as pages of a file, if there is one.
    pub(crate) mapping: Option<ImageMapping<'a>>,
}

/// Pages of a file that hold an image.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ImageMapping<'a> {
    /// The file.
    pub(crate) file: &'a ImageFile,
    /// Where the image starts in it, a multiple of the page size.
    pub(crate) offset: u64,
    /// The image's length rounded up to whole pages; the file has zeros there.
    pub(crate) len: usize,
}

/// Images of at most this many bytes are copied: a copy of a page and the page fault on it take 3.4 microseconds, a mapped page that
/// is written 4.4, and it needs a file besides.
const MAX_COPIED_IMAGE_BYTES: usize = 4 << 10;

/// A linear memory.
#[derive(Debug)]
pub(crate) struct LinearMemory {
    slot: Slot,
    /// Bytes that wasm sees.
    length: usize,
    /// Most bytes that it can ever have.
    max: usize,
    may_move: bool,
    page_size_log2: u8,
}

impl LinearMemory {
    /// Makes a memory of a type, with its initial contents. It never gets larger than `max_bytes`.
    ///
    /// # Errors
    ///
    /// If its initial size exceeds `max_bytes` or what the host has.
    ///
    /// # Panics
    ///
    /// If the image does not fit the initial size: loading an artifact checks that.
    pub(crate) fn new(
        ty: &MemoryType,
        options: &CompileOptions,
        image: Option<&MemoryImageSource<'_>>,
        max_bytes: Option<u64>,
    ) -> Result<Self, MemoryError> {
        let too_large = || MemoryError::AddressSpace { pages: ty.min_pages, page_bytes: ty.page_size() };
        let min_bytes = ty.min_bytes().ok_or_else(too_large)?;
        if let Some(limit) = max_bytes.filter(|&limit| min_bytes > limit) {
            return Err(MemoryError::Limit { bytes: min_bytes, limit });
        }
        let length = usize::try_from(min_bytes).map_err(|_| too_large())?;
        let accessible = round_up_to_page(length).ok_or_else(too_large)?;
        let most = ty.max_bytes().unwrap_or(u64::MAX).min(max_bytes.unwrap_or(u64::MAX));
        let max = usize::try_from(most).unwrap_or(usize::MAX);

        let (shape, may_move) = plan(ty, options, accessible, max);
        let shape = shape.rounded(accessible).ok_or_else(too_large)?;
        let slot = initial_slot(shape, length, accessible, image)
            .map_err(|source| MemoryError::System { bytes: shape.reservation, source })?;
        Ok(Self { slot, length, max, may_move, page_size_log2: ty.page_size_log2 })
    }

    /// Address of the first byte.
    pub(crate) fn base(&self) -> NonNull<u8> {
        self.slot.base()
    }

    /// Its length in bytes.
    pub(crate) fn len(&self) -> usize {
        self.length
    }

    /// Its length in pages.
    pub(crate) fn pages(&self) -> u64 {
        (self.length as u64) >> self.page_size_log2
    }

    /// What compiled code sees. It changes when the memory grows.
    pub(crate) fn vm_record(&self) -> VmMemory {
        VmMemory { base: self.base().as_ptr(), length: self.length }
    }

    /// Whether `address` belongs to the memory, its reservation or its guards.
    pub(crate) fn owns_address(&self, address: usize) -> bool {
        self.slot.owns_address(address)
    }

    /// Grows by `delta_pages` and gives the old length in pages; `None` if it cannot, or would get longer than `max_bytes`.
    /// The new bytes are zero. The base may change.
    pub(crate) fn grow(&mut self, delta_pages: u64, max_bytes: Option<u64>) -> Option<u64> {
        let old_pages = self.pages();
        if delta_pages == 0 {
            return Some(old_pages);
        }
        let new_bytes = old_pages.checked_add(delta_pages)?.checked_mul(1 << self.page_size_log2)?;
        if max_bytes.is_some_and(|max| new_bytes > max) {
            return None;
        }
        let new_length = usize::try_from(new_bytes).ok().filter(|&len| len <= self.max)?;
        let accessible = round_up_to_page(new_length)?;
        if accessible > self.slot.reservation() {
            if !self.may_move {
                return None;
            }
            self.move_to(accessible).ok()?;
        } else {
            self.slot.make_accessible(accessible).ok()?;
        }
        self.length = new_length;
        Some(old_pages)
    }

    /// Whether growing can change the base.
    #[cfg(test)]
    pub(crate) fn may_move(&self) -> bool {
        self.may_move
    }

    /// Moves to a larger reservation of which `accessible` bytes are accessible. Half as much again is reserved, if there is
    /// so much address space, so that growing in small steps costs linear time.
    fn move_to(&mut self, accessible: usize) -> env::Result<()> {
        let guard = self.slot.guard();
        let generous = accessible.saturating_add(accessible / 2).min(self.max);
        let make = |reservation| {
            let shape = Shape { reservation, guard }.rounded(accessible).ok_or_else(env::out_of_memory)?;
            Slot::new(shape, accessible, None)
        };
        let new = make(generous).or_else(|_| make(accessible))?;
        // SAFETY: by L1 the old slot is readable up to `length`, and the new one is accessible further; they are two mappings.
        unsafe { core::ptr::copy_nonoverlapping(self.base().as_ptr(), new.base().as_ptr(), self.length) };
        core::mem::replace(&mut self.slot, new).retire();
        Ok(())
    }
}

impl Drop for LinearMemory {
    fn drop(&mut self) {
        core::mem::replace(&mut self.slot, Slot::EMPTY).retire();
    }
}

/// A slot with the initial contents of a memory: mapped, or copied where that is cheaper or the only way.
fn initial_slot(
    shape: Shape,
    length: usize,
    accessible: usize,
    image: Option<&MemoryImageSource<'_>>,
) -> env::Result<Slot> {
    let Some(image) = image.filter(|i| !i.bytes.is_empty()) else {
        return Slot::new(shape, accessible, None);
    };
    let start = usize::try_from(image.memory_offset).expect("an image inside its memory");
    let end = start.checked_add(image.bytes.len()).expect("an image inside its memory");
    assert!(end <= length, "an image inside its memory");
    if let Some(mapping) = image.mapping.filter(|_| image.bytes.len() > MAX_COPIED_IMAGE_BYTES) {
        let wanted = WantedImage { file: mapping.file, offset: mapping.offset, start, len: mapping.len };
        match Slot::new(shape, accessible, Some(&wanted)) {
            Ok(slot) => return Ok(slot),
            Err(error) => tracing::debug!(%error, "a memory image is copied instead of mapped"),
        }
    }
    let slot = Slot::new(shape, accessible, None)?;
    // SAFETY: `start <= length`, and the first `accessible >= length` bytes of the slot lie inside its mapping.
    let to = unsafe { slot.base().add(start) };
    // SAFETY: the bytes up to `length` are writable, and the image fits; it cannot lie in a slot that nobody used before.
    unsafe { core::ptr::copy_nonoverlapping(image.bytes.as_ptr(), to.as_ptr(), image.bytes.len()) };
    Ok(slot)
}

/// How much address space a memory gets, and whether it may move.
fn plan(ty: &MemoryType, options: &CompileOptions, accessible: usize, max: usize) -> (Shape, bool) {
    let cap = |bytes: u64| usize::try_from(bytes).unwrap_or(usize::MAX);
    let max_pages = round_up_to_page(max).unwrap_or(usize::MAX);
    let mut reservation = cap(options.memory_reservation);
    let mut guard = cap(options.memory_guard_size);
    if !options.signals_based_traps {
        // Every access is checked against the length, so no more than the maximum is ever used.
        reservation = reservation.min(max_pages);
    }
    // Memories that threads share never move: all that they can grow to is theirs from the start, if it can be had at all.
    let may_move = options.memory_may_move && !ty.shared;
    if ty.shared {
        reservation = reservation.max(max_pages.min(cap(IndexType::I32.max()).saturating_add(1)));
    }
    if !sys::RESERVES {
        guard = 0;
        // Code takes the base of a memory for fixed if its maximum fits the reservation: then it has it from the start.
        let fixed = !may_move || max <= reservation;
        reservation = if fixed { reservation.min(max_pages) } else { accessible };
    }
    (Shape { reservation, guard }, may_move && reservation.max(accessible) < max)
}

#[cfg(test)]
mod tests;
