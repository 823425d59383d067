//! Linear memories.
//!
//! A memory is a reservation of address space whose first part is accessible:
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
//! L1. `base..base + accessible` is readable and writable memory in `mmap`; `length <= accessible <= reservation`, and
//!     `accessible` is a multiple of the host's page size.
//! L2. Bytes from `length` to `accessible` are zero: compiled code cannot write them, because it checks bounds where the length of
//!     a memory is not a multiple of the host's page size.
//! L3. With `options.memory_guard_size` of `g`, the `g` bytes behind `base + reservation` belong to `mmap` and are inaccessible,
//!     as is everything between `accessible` and there. `reservation` is at least `options.memory_reservation` where code may
//!     rely on it (signals are on and the host reserves address space).

use crate::sys::{self, memory_image::ImageFile};
use crate::vm::mmap::{Mmap, round_up_to_page};
use crate::vm::records::VmMemory;
use gantry_abi::{CompileOptions, IndexType, MemoryType};
use std::io;
use std::ptr::NonNull;

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
        source: io::Error,
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

/// Images of at most this many bytes are copied: that is cheaper than the system call that maps them and the page faults on
/// what it mapped.
const MAX_COPIED_IMAGE_BYTES: usize = 8 << 10;

/// A linear memory.
#[derive(Debug)]
pub(crate) struct LinearMemory {
    mmap: Mmap,
    /// Bytes in front of `base`.
    front_guard: usize,
    /// Bytes of guard behind the reservation.
    back_guard: usize,
    /// Bytes that the memory can have without moving.
    reservation: usize,
    /// Bytes that are accessible.
    accessible: usize,
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

        let plan = Plan::new(ty, options, accessible, max);
        let mut memory = Self::map(&plan, accessible)
            .ok_or_else(too_large)?
            .map_err(|(bytes, source)| MemoryError::System { bytes, source })?;
        memory.length = length;
        memory.max = max;
        memory.page_size_log2 = ty.page_size_log2;
        memory.initialize(image).map_err(|source| MemoryError::System { bytes: accessible, source })?;
        Ok(memory)
    }

    /// Reserves address space of which nothing is accessible yet, with room for `accessible` bytes. `None` if a size overflows.
    fn map(plan: &Plan, accessible: usize) -> Option<Result<Self, (usize, io::Error)>> {
        let reservation = round_up_to_page(plan.reservation.max(accessible))?;
        let front_guard = round_up_to_page(plan.guard)?;
        let total = front_guard.checked_add(reservation)?.checked_add(front_guard)?;
        Some(match Mmap::reserve(total) {
            Ok(mmap) => Ok(Self {
                mmap,
                front_guard,
                back_guard: front_guard,
                reservation,
                accessible: 0,
                length: 0,
                max: 0,
                may_move: plan.may_move,
                page_size_log2: 0,
            }),
            Err(source) => Err((total, source)),
        })
    }

    /// Makes the initial pages accessible and fills in the image, with as few system calls as possible.
    fn initialize(&mut self, image: Option<&MemoryImageSource<'_>>) -> io::Result<()> {
        let accessible = round_up_to_page(self.length).expect("the memory was mapped with this length");
        let Some(image) = image.filter(|i| !i.bytes.is_empty()) else {
            return self.make_accessible(accessible);
        };
        let start = usize::try_from(image.memory_offset).expect("an image inside its memory");
        let end = start.checked_add(image.bytes.len()).expect("an image inside its memory");
        assert!(end <= self.length, "an image inside its memory");
        if let Some(mapping) = image.mapping.filter(|_| image.bytes.len() > MAX_COPIED_IMAGE_BYTES) {
            match self.map_image(start, &mapping, accessible) {
                Ok(()) => return Ok(()),
                Err(error) => tracing::debug!(%error, "a memory image is copied instead of mapped"),
            }
        }
        self.make_accessible(accessible)?;
        // SAFETY: `start <= length`, so by L1 the sum stays inside the mapping.
        let to = unsafe { self.base().add(start) };
        // SAFETY: by L1 the bytes up to `length` are writable, and the image fits; it cannot lie in this fresh mapping.
        unsafe { std::ptr::copy_nonoverlapping(image.bytes.as_ptr(), to.as_ptr(), image.bytes.len()) };
        Ok(())
    }

    /// Maps an image copy-on-write and makes the pages around it accessible.
    fn map_image(&mut self, start: usize, mapping: &ImageMapping<'_>, accessible: usize) -> io::Result<()> {
        let end = start + mapping.len;
        assert!(end <= accessible, "an image rounded up to pages inside a memory rounded up to pages");
        let at = self.front_guard;
        if start == 0 {
            self.mmap.make_accessible(at + end..at + accessible)?;
        } else {
            self.mmap.make_accessible(at..at + accessible)?;
        }
        // SAFETY: the memory is being made; nothing refers into it.
        unsafe { self.mmap.map_image(at + start..at + end, mapping.file, mapping.offset) }?;
        self.accessible = accessible;
        Ok(())
    }

    /// Makes pages up to `accessible` accessible.
    fn make_accessible(&mut self, accessible: usize) -> io::Result<()> {
        self.mmap.make_accessible(self.front_guard + self.accessible..self.front_guard + accessible)?;
        self.accessible = accessible;
        Ok(())
    }

    /// Address of the first byte.
    pub(crate) fn base(&self) -> NonNull<u8> {
        // SAFETY: the front guard is part of the mapping (or both are empty), so the sum stays inside it.
        unsafe { self.mmap.base().add(self.front_guard) }
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
        let start = self.mmap.base().addr().get();
        (start..start + self.mmap.len()).contains(&address)
    }

    /// Grows by `delta_pages` and gives the old length in pages; `None` if it cannot, or would get longer than `max_bytes`.
    /// The new bytes are zero. The base may change unless [`Self::may_move`] says otherwise.
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
        if accessible > self.reservation {
            if !self.may_move {
                return None;
            }
            self.move_to(accessible).ok()?;
        } else if accessible > self.accessible {
            self.make_accessible(accessible).ok()?;
        }
        self.length = new_length;
        Some(old_pages)
    }

    /// Whether growing can change the base.
    pub(crate) fn may_move(&self) -> bool {
        self.may_move
    }

    /// Moves to a larger reservation of which `accessible` bytes are accessible. Half as much again is reserved, if there is
    /// so much address space, so that growing in small steps costs linear time.
    fn move_to(&mut self, accessible: usize) -> io::Result<()> {
        let generous = accessible.saturating_add(accessible / 2).min(self.max).max(accessible);
        let mut plan = Plan { reservation: generous, guard: self.back_guard, may_move: true };
        if !sys::RESERVES {
            plan.reservation = accessible;
        }
        let map = |plan: &Plan| Self::map(plan, accessible).and_then(Result::ok);
        let new = map(&plan).or_else(|| map(&Plan { reservation: accessible, ..plan }));
        let mut new = new.ok_or(io::ErrorKind::OutOfMemory)?;
        new.make_accessible(accessible)?;
        // SAFETY: by L1 the old memory is readable up to `length` and the new one writable up to more; they are two mappings.
        unsafe { std::ptr::copy_nonoverlapping(self.base().as_ptr(), new.base().as_ptr(), self.length) };
        new.length = self.length;
        new.max = self.max;
        new.page_size_log2 = self.page_size_log2;
        *self = new;
        Ok(())
    }
}

/// How much address space a memory gets.
#[derive(Clone, Copy, Debug)]
struct Plan {
    reservation: usize,
    guard: usize,
    may_move: bool,
}

impl Plan {
    fn new(ty: &MemoryType, options: &CompileOptions, accessible: usize, max: usize) -> Self {
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
        Self { reservation, guard, may_move: may_move && reservation.max(accessible) < max }
    }
}

#[cfg(test)]
mod tests;
