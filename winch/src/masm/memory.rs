//! Memory.

use super::Lanes;
use crate::reg::{Gp, Reg, Wide};
use gantry_abi::{AbiType, Trap};

/// What is added to a base address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Index {
    /// 64 bits.
    Long(Wide),
    /// A 32-bit index whose upper bits are undefined.
    Word(Gp),
}

impl Index {
    /// The register.
    #[inline]
    pub fn reg(self) -> Gp {
        match self {
            Self::Long(wide) => wide.reg(),
            Self::Word(reg) => reg,
        }
    }
}

/// What an access does, which says how many bytes it touches.
pub trait AccessKind: Copy {
    /// Bytes in memory.
    fn bytes(self) -> u32;
}

/// An address, `base + index + offset`, with what is accessed there.
///
/// The access is part of the address from the check on that makes its bytes accessible, so that no other one, of more bytes,
/// can be made there. Of an `Addr<()>` only the address matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Addr<K> {
    kind: K,
    /// The base.
    pub base: Gp,
    /// The index.
    pub index: Option<Index>,
    /// The displacement in bytes.
    pub offset: u32,
    /// What a fault of the access means; `None`: it cannot fault.
    pub trap: Option<Trap>,
}

impl<K: Copy> Addr<K> {
    /// A field that is always accessible.
    #[inline]
    pub fn field(kind: K, base: Gp, offset: u32) -> Self {
        Self { kind, base, index: None, offset, trap: None }
    }

    /// The same with an index.
    #[inline]
    #[must_use]
    pub fn indexed(self, index: Index) -> Self {
        Self { index: Some(index), ..self }
    }

    /// The same that may fault.
    #[inline]
    #[must_use]
    pub fn or_trap(self, trap: Option<Trap>) -> Self {
        Self { trap, ..self }
    }

    /// What is accessed.
    #[inline]
    pub fn kind(&self) -> K {
        self.kind
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

impl AccessKind for LoadKind {
    #[inline]
    fn bytes(self) -> u32 {
        match self {
            Self::I32S8 | Self::I32U8 | Self::I64S8 | Self::I64U8 => 1,
            Self::I32S16 | Self::I32U16 | Self::I64S16 | Self::I64U16 => 2,
            Self::I32 | Self::I64S32 | Self::I64U32 | Self::F32 => 4,
            Self::I64 | Self::F64 => 8,
            Self::V128 => 16,
        }
    }
}

impl LoadKind {
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

impl AccessKind for StoreKind {
    #[inline]
    fn bytes(self) -> u32 {
        match self {
            Self::I8 => 1,
            Self::I16 => 2,
            Self::I32 | Self::F32 => 4,
            Self::I64 | Self::F64 => 8,
            Self::V128 => 16,
        }
    }
}

impl StoreKind {
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

/// A load of a vector from fewer than 16 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VectorLoad {
    /// 64 bits, whose lanes of this size are widened, signed or not.
    Extend(Lanes, bool),
    /// One lane, into all.
    Splat(Lanes),
    /// One lane of 32 or 64 bits; the others are zero.
    Zero(Lanes),
}

impl AccessKind for VectorLoad {
    #[inline]
    fn bytes(self) -> u32 {
        match self {
            Self::Extend(..) => 8,
            Self::Splat(lanes) | Self::Zero(lanes) => lanes.bytes(),
        }
    }
}

/// One lane is loaded or stored.
impl AccessKind for Lanes {
    #[inline]
    fn bytes(self) -> u32 {
        Self::bytes(self)
    }
}

/// Loads, stores and address arithmetic. Values in memory are little-endian.
pub trait MemoryMasm {
    /// Loads. 32-bit results have their upper bits cleared.
    fn load(&mut self, d: Reg, addr: Addr<LoadKind>);
    /// Stores.
    fn store(&mut self, a: Reg, addr: Addr<StoreKind>);
    /// Stores an integer constant; false if the ISA has no instruction for that, and nothing was emitted.
    fn store_constant(&mut self, value: i64, addr: Addr<StoreKind>) -> bool;
    /// Reads and forgets: faults exactly where a store of as many bytes would.
    fn probe<K: AccessKind>(&mut self, addr: Addr<K>);
    /// `d = base + index + offset` as 64 bits.
    fn address(&mut self, d: Gp, addr: Addr<()>);
    /// Writes a value to its home at this offset from the frame pointer, in the ISA's byte order.
    fn spill(&mut self, ty: AbiType, a: Reg, home: i32);
    /// Reads it back. 32-bit results have their upper bits cleared.
    fn fill(&mut self, ty: AbiType, d: Reg, home: i32);
    /// Writes zeros to `bytes` bytes (a multiple of 8) from this offset on.
    fn zero_frame(&mut self, home: i32, bytes: u32);
    /// Adds a constant to a 64-bit home.
    fn add_to_home(&mut self, home: i32, value: i64);
}
