//! Tables from offsets in a text to small numbers: compact, written in one pass, searched where they lie.
//!
//! Most neighbours differ little, so an entry is two differences of a byte each. Every 64th entry is written out, with where
//! its block begins: the index that a search starts from.
//!
//! | part | contents |
//! | --- | --- |
//! | stream | for each entry that begins no block: difference of offsets, difference of values (zigzag), as LEB128 |
//! | index | for each block: offset and value of its first entry, where its stream begins (32 bits each, little-endian) |
//! | footer | number of blocks, number of entries (32 bits each, little-endian) |

use alloc::vec::Vec;

/// Entries of a block.
const BLOCK: u32 = 64;
/// Bytes of a block in the index.
const INDEX_BYTES: usize = 12;
const FOOTER_BYTES: usize = 8;

/// Writes a table, entry by entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OffsetTableWriter {
    stream: Vec<u8>,
    index: Vec<u8>,
    entries: u32,
    last: (u32, u32),
}

impl OffsetTableWriter {
    /// Makes room for so many entries.
    pub fn reserve(&mut self, entries: usize) {
        self.stream.reserve(entries.saturating_mul(2));
    }

    /// Appends an entry. Offsets never decrease.
    ///
    /// # Panics
    ///
    /// If there are 2^32 entries.
    #[inline]
    pub fn push(&mut self, offset: u32, value: u32) {
        debug_assert!(self.entries == 0 || self.last.0 <= offset, "entries are in order of offset");
        if self.entries.is_multiple_of(BLOCK) {
            self.begin_block(offset, value);
        } else {
            let (last_offset, last_value) = self.last;
            let ahead = offset.wrapping_sub(last_offset);
            let change = zigzag(value.wrapping_sub(last_value));
            if let (Ok(ahead @ ..0x80), Ok(change @ ..0x80)) = (u8::try_from(ahead), u8::try_from(change)) {
                self.stream.extend_from_slice(&[ahead, change]);
            } else {
                leb128(&mut self.stream, ahead);
                leb128(&mut self.stream, change);
            }
        }
        self.entries = self.entries.checked_add(1).expect("fewer entries than bytes of text");
        self.last = (offset, value);
    }

    fn begin_block(&mut self, offset: u32, value: u32) {
        let start = u32::try_from(self.stream.len()).expect("differences take fewer bytes than the text");
        for word in [offset, value, start] {
            self.index.extend_from_slice(&word.to_le_bytes());
        }
    }

    /// The value of the last entry.
    pub fn last_value(&self) -> Option<u32> {
        (self.entries > 0).then_some(self.last.1)
    }

    /// The table's bytes.
    pub fn finish(mut self) -> Vec<u8> {
        let blocks = self.entries.div_ceil(BLOCK);
        self.stream.reserve_exact(self.index.len() + FOOTER_BYTES);
        self.stream.append(&mut self.index);
        self.stream.extend_from_slice(&blocks.to_le_bytes());
        self.stream.extend_from_slice(&self.entries.to_le_bytes());
        self.stream
    }
}

/// A table. Damaged ones have wrong entries or too few, nothing worse.
#[derive(Clone, Copy, Debug, Default)]
pub struct OffsetTable<'a> {
    stream: &'a [u8],
    index: &'a [u8],
    entries: u32,
}

impl<'a> OffsetTable<'a> {
    /// Reads a table; `None` if it is damaged.
    pub fn parse(bytes: &'a [u8]) -> Option<Self> {
        let (rest, footer) = bytes.split_at_checked(bytes.len().checked_sub(FOOTER_BYTES)?)?;
        let (blocks, entries) = (word(footer, 0)?, word(footer, 1)?);
        let index_bytes = usize::try_from(blocks).ok()?.checked_mul(INDEX_BYTES)?;
        let (stream, index) = rest.split_at_checked(rest.len().checked_sub(index_bytes)?)?;
        (blocks == entries.div_ceil(BLOCK)).then_some(Self { stream, index, entries })
    }

    /// The last entry whose offset is at most `offset`. Allocates nothing.
    pub fn last_at_most(&self, offset: u32) -> Option<(u32, u32)> {
        self.block(self.block_of(offset)?).take_while(|e| e.0 <= offset).last()
    }

    /// The entries whose offset is at least `offset`.
    pub fn iter_from(&self, offset: u32) -> impl Iterator<Item = (u32, u32)> + use<'a> {
        // Blocks may begin in the middle of the entries of one offset.
        let first = offset.checked_sub(1).and_then(|before| self.block_of(before)).unwrap_or(0);
        self.blocks_from(first).skip_while(move |e| e.0 < offset)
    }

    /// All entries.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u32)> + use<'a> {
        self.blocks_from(0)
    }

    fn blocks_from(&self, first: usize) -> impl Iterator<Item = (u32, u32)> + use<'a> {
        let table = *self;
        (first..self.index.len() / INDEX_BYTES).flat_map(move |block| table.block(block))
    }

    /// The last block that begins at `offset` or before it.
    fn block_of(&self, offset: u32) -> Option<usize> {
        let (mut low, mut high) = (0, self.index.len() / INDEX_BYTES);
        while low < high {
            let middle = low.midpoint(high);
            if word(self.index, 3 * middle)? <= offset { low = middle + 1 } else { high = middle }
        }
        low.checked_sub(1)
    }

    /// The entries of a block.
    fn block(self, block: usize) -> Block<'a> {
        let at = |i| word(self.index, 3 * block + i).unwrap_or(0);
        let start = usize::try_from(at(2)).unwrap_or(usize::MAX);
        let before = u32::try_from(block).unwrap_or(u32::MAX).saturating_mul(BLOCK);
        Block {
            next: Some((at(0), at(1))),
            rest: self.stream.get(start..).unwrap_or_default(),
            left: self.entries.saturating_sub(before).min(BLOCK),
        }
    }
}

/// Iterates over the entries of a block.
struct Block<'a> {
    next: Option<(u32, u32)>,
    rest: &'a [u8],
    left: u32,
}

impl Iterator for Block<'_> {
    type Item = (u32, u32);

    fn next(&mut self) -> Option<(u32, u32)> {
        self.left = self.left.checked_sub(1)?;
        let entry = self.next?;
        self.next = self.following(entry);
        Some(entry)
    }
}

impl Block<'_> {
    fn following(&mut self, (offset, value): (u32, u32)) -> Option<(u32, u32)> {
        let ahead = read_leb128(&mut self.rest)?;
        let change = read_leb128(&mut self.rest)?;
        Some((offset.checked_add(ahead)?, value.wrapping_add(unzigzag(change))))
    }
}

/// Small differences of either sign as small numbers.
const fn zigzag(difference: u32) -> u32 {
    (difference << 1) ^ (difference.cast_signed() >> 31).cast_unsigned()
}

const fn unzigzag(number: u32) -> u32 {
    (number >> 1) ^ (number & 1).wrapping_neg()
}

fn leb128(out: &mut Vec<u8>, mut value: u32) {
    loop {
        let low = u8::try_from(value & 0x7f).expect("seven bits");
        value >>= 7;
        if value == 0 {
            return out.push(low);
        }
        out.push(low | 0x80);
    }
}

fn read_leb128(bytes: &mut &[u8]) -> Option<u32> {
    let mut value = 0;
    for shift in [0, 7, 14, 21, 28] {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

/// Reads the little-endian word at `index` of an array of words.
fn word(bytes: &[u8], index: usize) -> Option<u32> {
    let start = index.checked_mul(4)?;
    Some(u32::from_le_bytes(bytes.get(start..start.checked_add(4)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn write(entries: &[(u32, u32)]) -> Vec<u8> {
        let mut writer = OffsetTableWriter::default();
        entries.iter().for_each(|&(offset, value)| writer.push(offset, value));
        writer.finish()
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_and_found(
            steps in proptest::collection::vec((prop_oneof![0..20u32, 0..1u32 << 22], prop_oneof![0..200u32, any::<u32>()]), 0..300),
            probes in proptest::collection::vec(any::<prop::sample::Index>(), 8),
        ) {
            let mut offset = 0;
            let entries: Vec<_> = steps.iter().map(|&(step, value)| { offset += step; (offset, value) }).collect();
            let bytes = write(&entries);
            let table = OffsetTable::parse(&bytes).unwrap();
            prop_assert_eq!(table.iter().collect::<Vec<_>>(), &entries[..]);
            for probe in probes {
                let probe = u32::try_from(probe.index(offset as usize + 20)).unwrap();
                let expected = entries.iter().rfind(|e| e.0 <= probe);
                // Among entries of one offset the last counts.
                prop_assert_eq!(table.last_at_most(probe), expected.copied());
                let from: Vec<_> = entries.iter().copied().filter(|e| e.0 >= probe).collect();
                prop_assert_eq!(table.iter_from(probe).collect::<Vec<_>>(), from);
            }
        }

        #[test]
        fn damaged_tables_have_other_entries_at_worst(
            bytes in proptest::collection::vec(any::<u8>(), 0..200),
            blocks in 0..5u32,
            offset in any::<u32>(),
        ) {
            let mut bytes = bytes;
            bytes.extend_from_slice(&blocks.to_le_bytes());
            bytes.extend_from_slice(&(blocks * BLOCK).to_le_bytes());
            if let Some(table) = OffsetTable::parse(&bytes) {
                table.last_at_most(offset);
                prop_assert!(table.iter().count() <= (blocks * BLOCK) as usize);
            }
        }
    }

    #[test]
    fn truncated_tables_are_refused() {
        let bytes = write(&[(4, 7), (9, 8)]);
        for len in 0..bytes.len() {
            assert!(OffsetTable::parse(&bytes[..len]).is_none(), "{len}");
        }
        let empty = write(&[]);
        assert_eq!(OffsetTable::parse(&empty).unwrap().last_at_most(0), None);
    }
}
