//! Registers, by hardware number.

use gantry_abi::AbiType;
use std::ops::{BitAnd, BitOr, BitOrAssign, Not};

/// An integer register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gp(pub u8);

/// An integer register all of whose 64 bits have a meaning: they are part of addresses as they are.
///
/// Whoever makes one knows it: of a 64-bit integer, or of a 32-bit one whose upper bits are zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wide(Gp);

impl Wide {
    /// A register that holds 64 bits, or 32 bits that have been zero-extended.
    #[inline]
    pub(crate) const fn known(reg: Gp) -> Self {
        Self(reg)
    }

    /// The register.
    #[inline]
    pub const fn reg(self) -> Gp {
        self.0
    }
}

/// A float and vector register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fp(pub u8);

/// A register of either class: integer registers are 0 to 31, float registers 32 to 63.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reg(u8);

/// Which file a register belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Integers and references.
    Int,
    /// Floats and vectors.
    Float,
}

impl Class {
    /// The class that holds values of this type.
    #[inline]
    pub const fn of(ty: AbiType) -> Self {
        match ty {
            AbiType::I32 | AbiType::I64 => Self::Int,
            AbiType::F32 | AbiType::F64 | AbiType::V128 => Self::Float,
        }
    }
}

impl Reg {
    /// The number of registers of both classes.
    pub const COUNT: usize = 64;

    /// The register with this index.
    #[inline]
    pub const fn from_index(index: u32) -> Self {
        assert!(index < 64, "there are 64 registers");
        Self((index & 63) as u8)
    }

    /// Its index, below [`Reg::COUNT`].
    #[inline]
    pub const fn index(self) -> usize {
        (self.0 & 63) as usize
    }

    /// Its class.
    #[inline]
    pub const fn class(self) -> Class {
        if self.0 < 32 { Class::Int } else { Class::Float }
    }

    /// As an integer register.
    ///
    /// # Panics
    ///
    /// If it is none (in builds with debug assertions).
    #[inline]
    pub fn gp(self) -> Gp {
        debug_assert!(self.0 < 32, "an integer register");
        Gp(self.0)
    }

    /// As a float register.
    ///
    /// # Panics
    ///
    /// If it is none (in builds with debug assertions).
    #[inline]
    pub fn fp(self) -> Fp {
        debug_assert!(self.0 >= 32, "a float register");
        Fp(self.0 & 31)
    }

    /// The set of this register alone.
    #[inline]
    pub const fn set(self) -> RegSet {
        RegSet(1 << self.0)
    }
}

impl From<Gp> for Reg {
    #[inline]
    fn from(reg: Gp) -> Self {
        Self(reg.0)
    }
}

impl From<Fp> for Reg {
    #[inline]
    fn from(reg: Fp) -> Self {
        Self(reg.0 | 32)
    }
}

/// A set of registers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RegSet(pub u64);

impl RegSet {
    /// No register.
    pub const EMPTY: Self = Self(0);
    /// Every integer register.
    pub const INT: Self = Self(0xffff_ffff);
    /// Every float register.
    pub const FLOAT: Self = Self(0xffff_ffff_0000_0000);

    /// The set of these integer registers.
    pub const fn ints(regs: &[u8]) -> Self {
        Self(bits(regs))
    }

    /// The set of these float registers.
    pub const fn floats(regs: &[u8]) -> Self {
        Self(bits(regs) << 32)
    }

    /// Every register of a class.
    #[inline]
    pub const fn class(class: Class) -> Self {
        match class {
            Class::Int => Self::INT,
            Class::Float => Self::FLOAT,
        }
    }

    /// Whether it holds this register.
    #[inline]
    pub const fn contains(self, reg: Reg) -> bool {
        self.0 & reg.set().0 != 0
    }

    /// Whether it is empty.
    #[inline]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many registers it holds.
    #[inline]
    pub const fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// Its first register.
    #[inline]
    pub const fn first(self) -> Option<Reg> {
        if self.0 == 0 { None } else { Some(Reg::from_index(self.0.trailing_zeros())) }
    }

    /// Adds a register.
    #[inline]
    pub fn insert(&mut self, reg: Reg) {
        self.0 |= reg.set().0;
    }

    /// Removes a register.
    #[inline]
    pub fn remove(&mut self, reg: Reg) {
        self.0 &= !reg.set().0;
    }
}

const fn bits(regs: &[u8]) -> u64 {
    let (mut set, mut i) = (0, 0);
    while i < regs.len() {
        set |= 1 << regs[i];
        i += 1;
    }
    set
}

impl Iterator for RegSet {
    type Item = Reg;

    #[inline]
    fn next(&mut self) -> Option<Reg> {
        let first = self.first()?;
        self.0 &= self.0 - 1;
        Some(first)
    }
}

impl BitAnd for RegSet {
    type Output = Self;
    #[inline]
    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl BitOr for RegSet {
    type Output = Self;
    #[inline]
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for RegSet {
    #[inline]
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

impl Not for RegSet {
    type Output = Self;
    #[inline]
    fn not(self) -> Self {
        Self(!self.0)
    }
}
