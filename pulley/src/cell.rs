//! Cells: the form in which functions run.
//!
//! A function is a row of cells, one per instruction, of 16 bytes and more. Its first word belongs to the fast executor (the
//! address of the handler); then come the number of the operation ([`crate::op`]) in 16 bits, and the operands in the order of
//! the opcode table, each aligned to its size:
//!
//! | operand          | in a cell                                                               |
//! | ---------------- | ----------------------------------------------------------------------- |
//! | register         | 16 bits: its byte offset in [`crate::state::Registers`]                   |
//! | `i8` to `u16`    | 16 bits                                                                   |
//! | `i32`, `u32`     | 32 bits                                                                   |
//! | `i64`, `u64`     | 64 bits                                                                   |
//! | `u128`           | two times 64 bits, low half first                                         |
//! | branch target    | 32 bits: bytes from the start of this cell to the start of the target     |
//! | function         | 64 bits: address of its [`crate::code::Slot`]                             |
//!
//! Everything is in the byte order of the host. The row of a function never moves and never changes.

use crate::state::{F_OFFSET, V_OFFSET};
use alloc::vec::Vec;
use pulley_interpreter::{
    AddrG32, AddrG32Bne, AddrO32, AddrZ, BinaryOperands, FReg, PcRelOffset, Reg, U6, UpperRegSet, VReg, XReg,
};

/// Address of a cell.
pub(crate) type Pc = *const u64;

/// Bytes before the number of the operation.
pub(crate) const HEAD: usize = 8;
/// Bytes of a word of a cell.
const WORD: usize = 8;

/// Byte offset of an integer register in the register file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct X(pub(crate) u16);

/// Byte offset of a float register in the register file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct F(pub(crate) u16);

/// Byte offset of a vector register in the register file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct V(pub(crate) u16);

/// Bytes from the start of a cell to the start of another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rel(pub(crate) i32);

/// Address of a [`crate::code::Slot`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Callee(pub(crate) u64);

/// Upper integer registers, by bit: the lowest is `x16`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Upper(pub(crate) u16);

/// Operands of a binary operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bin<D, A, B> {
    pub(crate) dst: D,
    pub(crate) src1: A,
    pub(crate) src2: B,
}

/// A host address with a displacement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Displaced {
    pub(crate) base: X,
    pub(crate) offset: i32,
}

/// A host address with a displacement, or null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Nullable {
    pub(crate) base: X,
    pub(crate) offset: i32,
}

/// An address in a 32-bit linear memory whose length is in a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bounded {
    pub(crate) base: X,
    pub(crate) bound: X,
    pub(crate) index: X,
    pub(crate) offset: u16,
}

/// An address in a 32-bit linear memory whose length is in host memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BoundedIndirect {
    pub(crate) base: X,
    pub(crate) bound_base: X,
    pub(crate) bound_offset: u16,
    pub(crate) index: X,
    pub(crate) offset: u16,
}

/// Writes cells.
#[derive(Default)]
pub(crate) struct CellWriter {
    pub(crate) words: Vec<u64>,
    /// Word at which the current cell starts, and bytes of it that are written.
    start: usize,
    len: usize,
    /// Branch targets to be filled in: byte at which the displacement stands, word at which the cell starts, and the target as
    /// an offset in the text.
    pub(crate) fixups: Vec<Fixup>,
    /// Offset in the text of the instruction that is being written.
    pub(crate) at: u32,
}

/// A branch whose target is not known yet.
pub(crate) struct Fixup {
    pub(crate) byte: usize,
    pub(crate) cell: usize,
    pub(crate) target: i64,
}

impl CellWriter {
    /// Starts a cell.
    pub(crate) fn begin(&mut self, op: u16) {
        self.start = self.words.len();
        self.len = HEAD;
        self.put(&op.to_ne_bytes());
    }

    /// Ends the cell.
    pub(crate) fn end(&mut self) {
        let words = self.len.div_ceil(WORD);
        self.words.resize(self.start + words, 0);
    }

    fn put(&mut self, bytes: &[u8]) {
        let at = self.len.next_multiple_of(bytes.len());
        self.len = at + bytes.len();
        self.words.resize(self.start + self.len.div_ceil(WORD), 0);
        for (i, &byte) in bytes.iter().enumerate() {
            let (word, lane) = (self.start + (at + i) / WORD, (at + i) % WORD);
            let mut lanes = self.words[word].to_ne_bytes();
            lanes[lane] = byte;
            self.words[word] = u64::from_ne_bytes(lanes);
        }
    }

    /// A branch target, as an offset in the text.
    pub(crate) fn put_target(&mut self, target: i64) {
        self.put(&0i32.to_ne_bytes());
        self.fixups.push(Fixup { byte: self.start * WORD + self.len - 4, cell: self.start, target });
    }

    /// Fills in a displacement.
    pub(crate) fn patch(&mut self, byte: usize, displacement: i32) {
        for (i, value) in displacement.to_ne_bytes().into_iter().enumerate() {
            let (word, lane) = ((byte + i) / WORD, (byte + i) % WORD);
            let mut lanes = self.words[word].to_ne_bytes();
            lanes[lane] = value;
            self.words[word] = u64::from_ne_bytes(lanes);
        }
    }
}

/// Reads the operands of a cell.
///
/// Offsets only depend on the types that are read, so that the compiler makes constants of them.
#[derive(Clone, Copy)]
pub(crate) struct CellReader {
    pc: *const u8,
    at: usize,
}

impl CellReader {
    /// A reader of the cell at this address, behind the number of the operation.
    ///
    /// # Safety
    ///
    /// There is a cell, and its operands are read as those that were written.
    #[inline(always)]
    pub(crate) unsafe fn new(pc: Pc) -> Self {
        Self { pc: pc.cast(), at: HEAD + 2 }
    }

    #[inline(always)]
    fn take<T: Copy>(&mut self) -> T {
        let at = self.at.next_multiple_of(size_of::<T>());
        self.at = at + size_of::<T>();
        // SAFETY: the maker of the reader promises that an operand of this size was written here; cells are aligned to 8 bytes,
        // and operands to their size.
        unsafe { self.pc.add(at).cast::<T>().read() }
    }

    /// The next cell, once all operands are read.
    #[inline(always)]
    pub(crate) fn next(self) -> Pc {
        // SAFETY: the cell ends behind its operands; another one, or the end of the row, follows.
        unsafe { self.pc.add(self.at.next_multiple_of(WORD)) }.cast()
    }

    /// The bytes behind the operands.
    pub(crate) fn rest(self) -> *const u8 {
        // SAFETY: the cell is at least as long as its operands.
        unsafe { self.pc.add(self.at) }
    }
}

/// The number of the operation of a cell.
///
/// # Safety
///
/// There is a cell.
#[inline(always)]
pub(crate) unsafe fn op_of(pc: Pc) -> u16 {
    // SAFETY: the number stands behind the head of each cell.
    unsafe { pc.cast::<u8>().add(HEAD).cast::<u16>().read() }
}

/// An operand in the opcode table.
pub(crate) trait Operand: Sized {
    /// What stands for it in cells.
    type Cell;
    fn write(self, to: &mut CellWriter);
    fn read(from: &mut CellReader) -> Self::Cell;
}

macro_rules! plain_operands {
    ($($ty:ty as $stored:ty;)*) => { $(
        impl Operand for $ty {
            type Cell = $ty;
            fn write(self, to: &mut CellWriter) {
                to.put(&<$stored>::from(self).to_ne_bytes());
            }
            #[inline(always)]
            fn read(from: &mut CellReader) -> $ty {
                #[allow(clippy::cast_possible_truncation, clippy::unnecessary_cast, reason = "it was widened when written")]
                { from.take::<$stored>() as $ty }
            }
        }
    )* };
}

plain_operands! {
    i8 as i16; i16 as i16; i32 as i32; i64 as i64;
    u8 as u16; u16 as u16; u32 as u32; u64 as u64;
}

impl Operand for u128 {
    type Cell = [u8; 16];
    fn write(self, to: &mut CellWriter) {
        #[expect(clippy::cast_possible_truncation, reason = "the halves are taken apart")]
        (self as u64).write(to);
        ((self >> 64) as u64).write(to);
    }
    #[inline(always)]
    fn read(from: &mut CellReader) -> [u8; 16] {
        let low = from.take::<u64>();
        let high = from.take::<u64>();
        (u128::from(high) << 64 | u128::from(low)).to_le_bytes()
    }
}

impl Operand for U6 {
    type Cell = u8;
    fn write(self, to: &mut CellWriter) {
        u8::from(self).write(to);
    }
    #[inline(always)]
    fn read(from: &mut CellReader) -> u8 {
        u8::read(from)
    }
}

/// Declares a 16-bit operand.
macro_rules! short_operands {
    ($($ty:ty as $cell:ident, |$v:ident| $value:expr;)*) => { $(
        impl Operand for $ty {
            type Cell = $cell;
            fn write(self, to: &mut CellWriter) {
                let $v = self;
                u16::write($value, to);
            }
            #[inline(always)]
            fn read(from: &mut CellReader) -> $cell {
                $cell(from.take())
            }
        }
    )* };
}

short_operands! {
    XReg as X, |reg| u16::from(reg.to_u8()) * 8;
    FReg as F, |reg| F_OFFSET + u16::from(reg.to_u8()) * 8;
    VReg as V, |reg| V_OFFSET + u16::from(reg.to_u8()) * 16;
    X as X, |reg| reg.0;
    F as F, |reg| reg.0;
    UpperRegSet<XReg> as Upper, |set| set.to_bitset().0;
    Upper as Upper, |set| set.0;
}

impl Operand for PcRelOffset {
    type Cell = Rel;
    fn write(self, to: &mut CellWriter) {
        to.put_target(i64::from(to.at) + i64::from(i32::from(self)));
    }
    #[inline(always)]
    fn read(from: &mut CellReader) -> Rel {
        Rel(from.take())
    }
}

impl Operand for Callee {
    type Cell = Self;
    fn write(self, to: &mut CellWriter) {
        self.0.write(to);
    }
    #[inline(always)]
    fn read(from: &mut CellReader) -> Self {
        Self(from.take())
    }
}

impl<D: Operand, A: Operand, B: Operand> Operand for BinaryOperands<D, A, B> {
    type Cell = Bin<D::Cell, A::Cell, B::Cell>;
    fn write(self, to: &mut CellWriter) {
        self.dst.write(to);
        self.src1.write(to);
        self.src2.write(to);
    }
    #[inline(always)]
    fn read(from: &mut CellReader) -> Self::Cell {
        Bin { dst: D::read(from), src1: A::read(from), src2: B::read(from) }
    }
}

impl Operand for AddrO32 {
    type Cell = Displaced;
    fn write(self, to: &mut CellWriter) {
        self.addr.write(to);
        self.offset.write(to);
    }
    #[inline(always)]
    fn read(from: &mut CellReader) -> Displaced {
        Displaced { base: XReg::read(from), offset: i32::read(from) }
    }
}

impl Operand for AddrZ {
    type Cell = Nullable;
    fn write(self, to: &mut CellWriter) {
        self.addr.write(to);
        self.offset.write(to);
    }
    #[inline(always)]
    fn read(from: &mut CellReader) -> Nullable {
        Nullable { base: XReg::read(from), offset: i32::read(from) }
    }
}

impl Operand for AddrG32 {
    type Cell = Bounded;
    fn write(self, to: &mut CellWriter) {
        self.host_heap_base.write(to);
        self.host_heap_bound.write(to);
        self.wasm_addr.write(to);
        self.offset.write(to);
    }
    #[inline(always)]
    fn read(from: &mut CellReader) -> Bounded {
        let (base, bound, index) = (XReg::read(from), XReg::read(from), XReg::read(from));
        Bounded { base, bound, index, offset: u16::read(from) }
    }
}

impl Operand for AddrG32Bne {
    type Cell = BoundedIndirect;
    fn write(self, to: &mut CellWriter) {
        self.host_heap_base.write(to);
        self.host_heap_bound_addr.write(to);
        self.host_heap_bound_offset.write(to);
        self.wasm_addr.write(to);
        self.offset.write(to);
    }
    #[inline(always)]
    fn read(from: &mut CellReader) -> BoundedIndirect {
        let (base, bound_base, bound_offset) = (XReg::read(from), XReg::read(from), u16::from(u8::read(from)));
        BoundedIndirect { base, bound_base, bound_offset, index: XReg::read(from), offset: u16::from(u8::read(from)) }
    }
}
