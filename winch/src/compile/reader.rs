//! Immediates of operators, for the two that read bytes themselves: compilation of frequent operators, and the walk ahead.
//!
//! Core Specification 3.0, sections 5.2.2 and 5.4. Methods give `None` at the end, and for what is malformed or not among
//! the forms that they know: then `wasmparser` reads the operator, and says what is wrong with it.

use wasmparser::{BlockType, Ieee32, Ieee64, MemArg, MemArgTarget, ValType};

/// A place in the bytes of a function's operators.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
}

impl Reader<'_> {
    #[inline(always)]
    pub(super) fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    #[inline(always)]
    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let bytes = *self.bytes.get(self.at..)?.first_chunk()?;
        self.at += N;
        Some(bytes)
    }

    /// An unsigned integer of 32 bits.
    #[inline(always)]
    pub(super) fn index(&mut self) -> Option<u32> {
        let first = self.byte()?;
        if first & 0x80 == 0 {
            return Some(first.into());
        }
        self.long_index(first)
    }

    fn long_index(&mut self, first: u8) -> Option<u32> {
        let mut value = u64::from(first & 0x7f);
        for shift in [7, 14, 21, 28] {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return u32::try_from(value).ok();
            }
        }
        None
    }

    /// A zero of one byte.
    #[inline(always)]
    pub(super) fn zero(&mut self) -> Option<u32> {
        (self.byte()? == 0).then_some(0)
    }

    /// A signed integer of at most `bytes` bytes, of which there are at most nine.
    #[inline(always)]
    fn signed(&mut self, bytes: u32) -> Option<i64> {
        let mut value = 0;
        for at in 0..bytes {
            let byte = self.byte()?;
            value |= i64::from(byte & 0x7f) << (7 * at);
            if byte & 0x80 == 0 {
                let unused = 64 - 7 * (at + 1);
                return Some(value << unused >> unused);
            }
        }
        None
    }

    #[inline(always)]
    pub(super) fn i32(&mut self) -> Option<i32> {
        i32::try_from(self.signed(5)?).ok()
    }

    #[inline(always)]
    pub(super) fn i64(&mut self) -> Option<i64> {
        self.signed(9)
    }

    #[inline(always)]
    pub(super) fn f32(&mut self) -> Option<Ieee32> {
        Some(f32::from_le_bytes(self.array()?).into())
    }

    #[inline(always)]
    pub(super) fn f64(&mut self) -> Option<Ieee64> {
        Some(f64::from_le_bytes(self.array()?).into())
    }

    /// The immediate of an access to memory 0 of `1 << max_align` bytes.
    #[inline(always)]
    pub(super) fn memarg(&mut self, max_align: u8) -> Option<MemArg> {
        // Higher bits than those of alignments announce more immediates.
        let align = self.byte().filter(|&flags| flags < 0x10)?;
        let offset = self.index()?.into();
        Some(MemArg { align, max_align, offset, target: MemArgTarget::Memory(0), ordering: None })
    }

    /// A block type without parameters, and at most one number as its result.
    #[inline(always)]
    pub(super) fn plain_block_type(&mut self) -> Option<BlockType> {
        Some(match self.byte()? {
            0x40 => BlockType::Empty,
            0x7f => BlockType::Type(ValType::I32),
            0x7e => BlockType::Type(ValType::I64),
            0x7d => BlockType::Type(ValType::F32),
            0x7c => BlockType::Type(ValType::F64),
            _ => return None,
        })
    }
}
