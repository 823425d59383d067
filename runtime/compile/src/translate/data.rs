//! The data section of an artifact: images of memories, and the bytes of all other segments.
//!
//! Where all active segments of a memory have constant offsets and lie within its initial size, they are flattened into one
//! page-aligned image, which the runtime maps copy-on-write. Their order decides where they overlap.

use super::const_expr::constant_offset;
use gantry_abi::module::*;
use gantry_abi::{CompileError, DefinedMemory, EntityRef, MemoryIndex};
use std::ops::Range;

/// A data segment whose place in the data section is not known yet.
pub(super) struct Segment<'a> {
    pub(super) mode: SegmentMode<MemoryIndex>,
    pub(super) bytes: &'a [u8],
}

#[derive(Default)]
pub(super) struct DataBuilder<'a> {
    pub(super) segments: Vec<Segment<'a>>,
}

/// The images of a module may have this many bytes beyond twice those of their segments; sparser memories are filled segment
/// by segment.
const MAX_IMAGE_WASTE: u64 = 1 << 20;

impl DataBuilder<'_> {
    /// Fills `memory_images` and `data` of the module, and gives the bytes of the section.
    pub(super) fn finish(&self, module: &mut ModuleInfo, page_size: u32) -> Result<Vec<u8>, CompileError> {
        let mut section = Section { bytes: Vec::new() };
        let mut ranges: Vec<Option<Range<u32>>> = vec![None; self.segments.len()];
        let mut waste = MAX_IMAGE_WASTE;
        for memory in module.memory_images.keys().collect::<Vec<_>>() {
            let Some((span, total)) = self.image_span(module, memory, u64::from(page_size)) else { continue };
            let Some(left) = waste.checked_sub((span.end - span.start).saturating_sub(2 * total)) else { continue };
            waste = left;
            section.align(page_size);
            let start = section.bytes.len();
            let len = usize::try_from(span.end - span.start).expect("limited by the segments, which are in memory");
            section.bytes.resize(start + len, 0);
            for (segment, range) in self.segments.iter().zip(&mut ranges) {
                let Some(offset) = active_offset(module, segment, memory) else { continue };
                if segment.bytes.is_empty() {
                    // It may lie elsewhere: the span is that of bytes.
                    continue;
                }
                // In bounds of the span, which is in memory.
                let at = start + usize::try_from(offset - span.start).expect("within the image");
                section.bytes[at..at + segment.bytes.len()].copy_from_slice(segment.bytes);
                *range = Some(section.range(at..at + segment.bytes.len())?);
            }
            let range = section.range(start..section.bytes.len())?;
            module.memory_images[memory] = Some(MemoryImage { memory_offset: span.start, range });
        }
        for (segment, range) in self.segments.iter().zip(ranges) {
            let range = match range {
                Some(range) => range,
                None => {
                    let start = section.bytes.len();
                    section.bytes.extend_from_slice(segment.bytes);
                    section.range(start..section.bytes.len())?
                }
            };
            module.data.push(DataSegment { mode: segment.mode.clone(), range });
        }
        Ok(section.bytes)
    }

    /// The pages that an image of `memory` would cover and the bytes of its segments, if all are known now.
    fn image_span(&self, module: &ModuleInfo, memory: DefinedMemory, page_size: u64) -> Option<(Range<u64>, u64)> {
        let ty = &module.memories[module.memory_index(memory)];
        let size = ty.min_bytes()?;
        let mut span: Option<Range<u64>> = None;
        let mut total = 0;
        for segment in &self.segments {
            if !matches!(&segment.mode, SegmentMode::Active { target, .. } if *target == module.memory_index(memory)) {
                continue;
            }
            let start = active_offset(module, segment, memory)?;
            let len = segment.bytes.len() as u64;
            let end = start.checked_add(len).filter(|&end| end <= size)?;
            if len > 0 {
                total += len;
                let span = span.get_or_insert(start..end);
                *span = span.start.min(start)..span.end.max(end);
            }
        }
        let span = span?;
        let span = span.start / page_size * page_size..span.end.checked_next_multiple_of(page_size)?;
        // A memory with pages of a byte may end within the image's last page.
        (span.end <= size).then_some((span, total))
    }
}

/// Where an active segment of `memory` goes, if that is a constant.
fn active_offset(module: &ModuleInfo, segment: &Segment<'_>, memory: DefinedMemory) -> Option<u64> {
    match &segment.mode {
        SegmentMode::Active { target, offset } if target.index() == module.memory_index(memory).index() => {
            constant_offset(offset)
        }
        _ => None,
    }
}

struct Section {
    bytes: Vec<u8>,
}

impl Section {
    fn align(&mut self, to: u32) {
        let to = usize::try_from(to).expect("pages are small");
        self.bytes.resize(self.bytes.len().next_multiple_of(to), 0);
    }

    fn range(&self, range: Range<usize>) -> Result<Range<u32>, CompileError> {
        match (u32::try_from(range.start), u32::try_from(range.end)) {
            (Ok(start), Ok(end)) => Ok(start..end),
            _ => Err(CompileError::ModuleTooLarge { what: "its data segments have 4 GiB or more".into() }),
        }
    }
}
