//! Memory.

use crate::reg::{Gp, Reg};
use gantry_abi::{AbiType, Trap};

/// What is added to a base address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Index {
    /// 64 bits: a 64-bit index, or a 32-bit one whose upper bits are known to be zero.
    Long(Gp),
    /// A 32-bit index whose upper bits are undefined.
    Word(Gp),
}

impl Index {
    /// The register.
    #[inline]
    pub fn reg(self) -> Gp {
        match self {
            Self::Long(reg) | Self::Word(reg) => reg,
        }
    }
}

/// An address: `base + index + offset`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Addr {
    /// The base.
    pub base: Gp,
    /// The index.
    pub index: Option<Index>,
    /// The displacement in bytes.
    pub offset: u32,
    /// What a fault of the access means; `None`: it cannot fault.
    pub trap: Option<Trap>,
}

impl Addr {
    /// A field that is always accessible.
    #[inline]
    pub fn field(base: Gp, offset: u32) -> Self {
        Self { base, index: None, offset, trap: None }
    }
}

/// A load: what stands in memory, and what becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "named after wasm's operators: type, sign, bits in memory")]
pub enum LoadKind {
    I32,
    I64,
    I32S8,
    I32U8,
    I32S16,
    I32U16,
    I64S8,
    I64U8,
    I64S16,
    I64U16,
    I64S32,
    I64U32,
    F32,
    F64,
    V128,
}

impl LoadKind {
    /// Bytes in memory.
    #[inline]
    pub const fn bytes(self) -> u32 {
        match self {
            Self::I32S8 | Self::I32U8 | Self::I64S8 | Self::I64U8 => 1,
            Self::I32S16 | Self::I32U16 | Self::I64S16 | Self::I64U16 => 2,
            Self::I32 | Self::I64S32 | Self::I64U32 | Self::F32 => 4,
            Self::I64 | Self::F64 => 8,
            Self::V128 => 16,
        }
    }

    /// The type of the value.
    #[inline]
    pub const fn ty(self) -> AbiType {
        match self {
            Self::I32 | Self::I32S8 | Self::I32U8 | Self::I32S16 | Self::I32U16 => AbiType::I32,
            Self::I64 | Self::I64S8 | Self::I64U8 | Self::I64S16 | Self::I64U16 | Self::I64S32 | Self::I64U32 => {
                AbiType::I64
            }
            Self::F32 => AbiType::F32,
            Self::F64 => AbiType::F64,
            Self::V128 => AbiType::V128,
        }
    }

    /// The load of a whole value.
    #[inline]
    pub const fn whole(ty: AbiType) -> Self {
        match ty {
            AbiType::I32 => Self::I32,
            AbiType::I64 => Self::I64,
            AbiType::F32 => Self::F32,
            AbiType::F64 => Self::F64,
            AbiType::V128 => Self::V128,
        }
    }
}

/// A store: how much of a register is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "named after what stands in memory")]
pub enum StoreKind {
    I8,
    I16,
    I32,
    I64,
    F32,
    F64,
    V128,
}

impl StoreKind {
    /// Bytes in memory.
    #[inline]
    pub const fn bytes(self) -> u32 {
        match self {
            Self::I8 => 1,
            Self::I16 => 2,
            Self::I32 | Self::F32 => 4,
            Self::I64 | Self::F64 => 8,
            Self::V128 => 16,
        }
    }

    /// The store of a whole value.
    #[inline]
    pub const fn whole(ty: AbiType) -> Self {
        match ty {
            AbiType::I32 => Self::I32,
            AbiType::I64 => Self::I64,
            AbiType::F32 => Self::F32,
            AbiType::F64 => Self::F64,
            AbiType::V128 => Self::V128,
        }
    }
}

/// Loads, stores and address arithmetic. Values in memory are little-endian.
pub trait MemoryMasm {
    /// Loads. 32-bit results have their upper bits cleared.
    fn load(&mut self, kind: LoadKind, d: Reg, addr: Addr);
    /// Stores.
    fn store(&mut self, kind: StoreKind, a: Reg, addr: Addr);
    /// Stores an integer constant; false if the ISA has no instruction for that, and nothing was emitted.
    fn store_constant(&mut self, kind: StoreKind, value: i64, addr: Addr) -> bool;
    /// Reads and forgets: faults exactly where a store of as many bytes would.
    fn probe(&mut self, bytes: u32, addr: Addr);
    /// `d = base + index + offset` as 64 bits.
    fn address(&mut self, d: Gp, addr: Addr);
    /// Writes a value to its home at this offset from the frame pointer, in the ISA's byte order.
    fn spill(&mut self, ty: AbiType, a: Reg, home: i32);
    /// Reads it back. 32-bit results have their upper bits cleared.
    fn fill(&mut self, ty: AbiType, d: Reg, home: i32);
    /// Writes zeros to `bytes` bytes (a multiple of 8) from this offset on.
    fn zero_frame(&mut self, home: i32, bytes: u32);
    /// Adds a constant to a 64-bit home.
    fn add_to_home(&mut self, home: i32, value: i64);
}
