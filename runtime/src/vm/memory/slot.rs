//! Address space of memories, used again and again.
//!
//! Making and destroying a reservation costs several system calls and the page tables behind it: on the machine where this was
//! measured, 16 of the 20 microseconds that a small memory costs from creation through its first access to its end. So a slot that
//! is given back is emptied by one call and kept for the next memory of the same shape, at best one with the same image: that one
//! needs no system call at all.
//!
//! ```text
//! | guard | accessible, host pages | inaccessible up to the reservation's end | guard |
//!         ^ base
//! ```
//!
//! Invariants
//! S1. `base..base + accessible` is readable and writable memory in `mmap`; the rest of `mmap` is inaccessible. `accessible` is a
//!     multiple of the host's page size and at most `reservation`; `guard` bytes lie before `base` and behind `base + reservation`.
//! S2. The pages of `image`, if there is one, are a private mapping of its file; the other accessible pages are anonymous.
//! S3. In a slot that a memory gets, and in one that is kept, no page was written since it was mapped or discarded: pages of the
//!     image have the file's contents, the others are zero.

use crate::env::{self, Mutex};
use crate::prelude::*;
use crate::sys;
use crate::sys::memory_image::ImageFile;
use crate::vm::mmap::{Mmap, round_up_to_page};
use core::ptr::NonNull;

/// Most slots that are kept. A slot costs address space and a few pages of page tables.
const MAX_KEPT: usize = 64;

/// Slots with more accessible bytes are not kept, since page tables grow with them.
const MAX_KEPT_BYTES: usize = 16 << 20;

static KEPT: Mutex<Vec<Slot>> = Mutex::new(Vec::new());

/// Pages of an image in a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SlotImage {
    /// [`ImageFile::id`].
    file: u64,
    /// Offset in the file.
    offset: u64,
    /// Range in the memory.
    start: usize,
    end: usize,
}

/// What a memory needs of a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) reservation: usize,
    pub(super) guard: usize,
}

impl Shape {
    /// In whole pages, with room for `accessible` bytes. `None` if the sum overflows.
    pub(super) fn rounded(self, accessible: usize) -> Option<Self> {
        let shape = Self {
            reservation: round_up_to_page(self.reservation.max(accessible))?,
            guard: round_up_to_page(self.guard)?,
        };
        shape.total().map(|_| shape)
    }

    /// Bytes with both guards.
    pub(super) fn total(self) -> Option<usize> {
        self.reservation.checked_add(self.guard)?.checked_add(self.guard)
    }
}

/// Pages of a file that a memory wants to have at `start`.
#[derive(Clone, Copy, Debug)]
pub(super) struct WantedImage<'a> {
    pub(super) file: &'a ImageFile,
    pub(super) offset: u64,
    pub(super) start: usize,
    pub(super) len: usize,
}

impl WantedImage<'_> {
    fn place(&self) -> SlotImage {
        SlotImage { file: self.file.id(), offset: self.offset, start: self.start, end: self.start + self.len }
    }
}

/// Address space of one memory.
#[derive(Debug)]
pub(super) struct Slot {
    mmap: Mmap,
    shape: Shape,
    accessible: usize,
    image: Option<SlotImage>,
}

impl Slot {
    /// Owns nothing.
    pub(super) const EMPTY: Self =
        Self { mmap: Mmap::empty(), shape: Shape { reservation: 0, guard: 0 }, accessible: 0, image: None };

    /// Address space of a shape that [`Shape::rounded`] made, of which `accessible` bytes (whole pages) are accessible: an image,
    /// and zeros around it.
    pub(super) fn new(shape: Shape, accessible: usize, image: Option<&WantedImage<'_>>) -> env::Result<Self> {
        let total = shape.total().ok_or_else(env::out_of_memory)?;
        let mut slot = match take(shape, accessible, image) {
            Some(slot) => slot,
            None => {
                let mmap = Mmap::reserve(total).or_else(|error| {
                    // What is kept may be what is missing.
                    if forget(|_| true) { Mmap::reserve(total) } else { Err(error) }
                })?;
                Self { mmap, shape, accessible: 0, image: None }
            }
        };
        slot.prepare(accessible, image)?;
        Ok(slot)
    }

    /// Makes a fresh or kept slot fit, with as few system calls as possible.
    fn prepare(&mut self, accessible: usize, image: Option<&WantedImage<'_>>) -> env::Result<()> {
        let place = image.map(WantedImage::place);
        if self.image != place
            && let Some(old) = self.image
            && place.is_none_or(|new| new.start > old.start || new.end < old.end)
        {
            // SAFETY: no memory uses the slot, so nothing refers into it.
            unsafe { self.mmap.map_zeros(self.at(old.start)..self.at(old.end)) }?;
            self.image = None;
        }
        if accessible < self.accessible {
            // SAFETY: no memory uses the slot, so nothing refers into it.
            unsafe { self.mmap.make_inaccessible(self.at(accessible)..self.at(self.accessible)) }?;
            self.accessible = accessible;
        }
        if self.image == place {
            return self.make_accessible(accessible);
        }
        let Some(image) = image else { return self.make_accessible(accessible) };
        let end = image.start + image.len;
        assert!(end <= accessible, "an image rounded up to pages inside a memory rounded up to pages");
        // The image makes its own pages accessible: what is in front of it has to be so before, what is behind it after.
        if image.start > self.accessible {
            self.make_accessible(accessible)?;
        }
        // SAFETY: no memory uses the slot, so nothing refers into it.
        unsafe { self.mmap.map_image(self.at(image.start)..self.at(end), image.file, image.offset) }?;
        self.image = place;
        self.accessible = self.accessible.max(end);
        self.make_accessible(accessible)
    }

    /// Offset in the mapping of an offset in the memory.
    fn at(&self, offset: usize) -> usize {
        self.shape.guard + offset
    }

    /// Makes pages up to `accessible` accessible, if they are not.
    pub(super) fn make_accessible(&mut self, accessible: usize) -> env::Result<()> {
        if accessible > self.accessible {
            self.mmap.make_accessible(self.at(self.accessible)..self.at(accessible))?;
            self.accessible = accessible;
        }
        Ok(())
    }

    /// Address of the first byte.
    pub(super) fn base(&self) -> NonNull<u8> {
        // SAFETY: by S1 the front guard is part of the mapping (or the slot is empty and it has no bytes), so the sum stays inside.
        unsafe { self.mmap.base().add(self.shape.guard) }
    }

    /// Bytes that a memory can have here.
    pub(super) fn reservation(&self) -> usize {
        self.shape.reservation
    }

    /// Bytes of each guard.
    pub(super) fn guard(&self) -> usize {
        self.shape.guard
    }

    /// Whether an address belongs to the slot with its guards.
    pub(super) fn owns_address(&self, address: usize) -> bool {
        let start = self.mmap.base().addr().get();
        (start..start + self.mmap.len()).contains(&address)
    }

    /// Gives the slot back after use. Nothing may refer into it any more.
    pub(super) fn retire(self) {
        if self.mmap.len() == 0 || self.accessible > MAX_KEPT_BYTES || !sys::mmap::discards() {
            return;
        }
        if self.accessible != 0 {
            // SAFETY: the memory is gone, so nothing refers into the slot.
            if unsafe { self.mmap.discard(self.at(0)..self.at(self.accessible)) }.is_err() {
                return;
            }
        }
        let mut kept = KEPT.lock();
        // The oldest goes, so that shapes and images that nobody wants any more do not stay for good.
        let oldest = (kept.len() >= MAX_KEPT).then(|| kept.remove(0));
        kept.push(self);
        drop(kept);
        drop(oldest);
    }
}

/// A kept slot of this shape: the latest that fits without system calls, or the latest that needs some.
fn take(shape: Shape, accessible: usize, image: Option<&WantedImage<'_>>) -> Option<Slot> {
    let place = image.map(WantedImage::place);
    let mut kept = KEPT.lock();
    let fits = kept.iter().rposition(|s| s.shape == shape && s.accessible == accessible && s.image == place);
    let at = fits.or_else(|| kept.iter().rposition(|s| s.shape == shape && s.image.is_none()));
    let at = at.or_else(|| kept.iter().rposition(|s| s.shape == shape))?;
    Some(kept.remove(at))
}

/// Gives kept slots back to the system; whether there were any.
fn forget(which: impl Fn(&Slot) -> bool) -> bool {
    let mut forgotten = Vec::new();
    KEPT.lock().retain_mut(|slot| {
        if which(slot) {
            forgotten.push(core::mem::replace(slot, Slot::EMPTY));
            return false;
        }
        true
    });
    !forgotten.is_empty()
}

/// Gives kept slots with pages of an image file back to the system: nobody will want them any more.
pub(in crate::vm) fn forget_image(file: &ImageFile) {
    let id = file.id();
    forget(|slot| slot.image.is_some_and(|image| image.file == id));
}
