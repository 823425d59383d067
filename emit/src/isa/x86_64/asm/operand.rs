//! Operands: sizes, memory addresses, and what may stand in the `r/m` field (Intel SDM, volume 2, section 2.1 and
//! tables 2-1 to 2-5).

use super::super::regs::{Gpr, RSP, Xmm};
use crate::buffer::Label;
use core::marker::PhantomData;

/// How many bits of an integer register or of memory an operation reads and writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Size {
    /// 8 bits; the rest of a destination register is kept.
    S8,
    /// 16 bits; the rest of a destination register is kept.
    S16,
    /// 32 bits; the upper half of a destination register becomes zero.
    S32,
    /// 64 bits.
    S64,
}

/// How wide an integer operation is: a [`Size`], or the [`Width`] of its operand in memory.
///
/// A `Size` is known when code is generated, a width when the generator is compiled: operations of the former kind take
/// registers only, since nothing would say that a memory operand is as wide as the operation.
pub trait OperandSize: Copy {
    /// As a value.
    fn size(self) -> Size;
}

impl OperandSize for Size {
    #[inline]
    fn size(self) -> Size {
        self
    }
}

/// How many bits an instruction reads or writes in memory, as a type.
pub trait Width: Copy + core::fmt::Debug {
    /// In bytes.
    const BYTES: u32;
}

/// A width that integer instructions have.
pub trait IntWidth: Width + OperandSize + Default {
    /// As a value.
    const SIZE: Size;
}

/// Declares widths: their bits, and the size of integers that are as wide.
macro_rules! widths {
    ($($name:ident $bits:literal $($size:ident)?;)*) => { $(
        #[doc = concat!(stringify!($bits), " bits in memory.")]
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct $name;

        impl Width for $name {
            const BYTES: u32 = $bits / 8;
        }

        $(
            impl IntWidth for $name {
                const SIZE: Size = Size::$size;
            }

            impl OperandSize for $name {
                #[inline]
                fn size(self) -> Size {
                    Size::$size
                }
            }
        )?
    )* };
}
widths! {
    W8 8 S8;
    W16 16 S16;
    W32 32 S32;
    W64 64 S64;
    W128 128;
}

/// No width: of a row whose operands are registers only, such as one that is chosen while code is generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoMem;

/// What an index register is multiplied with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Scale {
    /// 1.
    X1,
    /// 2.
    X2,
    /// 4.
    X4,
    /// 8.
    X8,
}

/// A condition of `jcc`, `setcc` and `cmovcc`: what it says about `a` and `b` after `cmp a, b` (SDM volume 1, appendix B).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Cc {
    /// Overflow.
    O,
    /// No overflow.
    No,
    /// Below (unsigned); carry.
    B,
    /// Above or equal (unsigned); no carry.
    Ae,
    /// Equal; zero.
    E,
    /// Not equal; not zero.
    Ne,
    /// Below or equal (unsigned).
    Be,
    /// Above (unsigned).
    A,
    /// Negative.
    S,
    /// Not negative.
    Ns,
    /// Parity even; unordered after `ucomis`.
    P,
    /// Parity odd; ordered after `ucomis`.
    Np,
    /// Less (signed).
    L,
    /// Greater or equal (signed).
    Ge,
    /// Less or equal (signed).
    Le,
    /// Greater (signed).
    G,
}

impl Cc {
    /// Every condition, by number.
    #[rustfmt::skip]
    pub const ALL: [Self; 16] = [
        Self::O, Self::No, Self::B, Self::Ae, Self::E, Self::Ne, Self::Be, Self::A,
        Self::S, Self::Ns, Self::P, Self::Np, Self::L, Self::Ge, Self::Le, Self::G,
    ];

    /// The condition that holds when this one does not.
    #[inline]
    pub fn invert(self) -> Self {
        Self::ALL[usize::from(self as u8 ^ 1)]
    }

    /// The condition that says the same about `cmp b, a`.
    pub fn swap(self) -> Self {
        match self {
            Self::B => Self::A,
            Self::A => Self::B,
            Self::Ae => Self::Be,
            Self::Be => Self::Ae,
            Self::L => Self::G,
            Self::G => Self::L,
            Self::Ge => Self::Le,
            Self::Le => Self::Ge,
            same => same,
        }
    }
}

/// An operand in memory that is `W` wide ([`W8`] to [`W128`]; `()` if only its address matters): instructions that read
/// or write more or fewer bits do not take it.
///
/// ```compile_fail
/// # use gantry_emit::isa::x86_64::{asm::*, regs::*};
/// # fn emit(asm: &mut Asm<'_>) {
/// // 16 bytes where there are 8.
/// asm.sse(sse::ANDPD, Xmm(0), Mem::<W64>::base(RAX, 0));
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mem<W> {
    base: u8,
    index: u8,
    scale: u8,
    /// The displacement, or the number of the label.
    disp: i32,
    width: PhantomData<W>,
}

/// In the SIB byte, "no index" has the number of `rsp`.
const NO_INDEX: u8 = RSP.0;
/// No register: the address is a label's.
const RIP: u8 = 0xff;

impl<W> Mem<W> {
    /// `[base + disp]`.
    #[inline]
    pub const fn base(base: Gpr, disp: i32) -> Self {
        Self { base: base.0, index: NO_INDEX, scale: 0, disp, width: PhantomData }
    }

    /// `[base + index * scale + disp]`.
    ///
    /// # Panics
    ///
    /// If the index is `rsp`, which x86_64 cannot encode.
    #[inline]
    pub const fn index(base: Gpr, index: Gpr, scale: Scale, disp: i32) -> Self {
        assert!(index.0 != NO_INDEX, "rsp cannot be an index");
        Self { base: base.0, index: index.0, scale: scale as u8, disp, width: PhantomData }
    }

    /// What stands at a label, found relative to the instruction.
    #[inline]
    pub fn label(label: Label) -> Self {
        Self { base: RIP, index: NO_INDEX, scale: 0, disp: label.index().cast_signed(), width: PhantomData }
    }
}

impl Mem<()> {
    /// The operand at this address, which the caller knows to be `W` wide.
    #[inline]
    #[must_use]
    pub const fn of<W>(self) -> Mem<W> {
        Mem { base: self.base, index: self.index, scale: self.scale, disp: self.disp, width: PhantomData }
    }
}

/// What an operand contributes to an instruction.
#[derive(Clone, Copy)]
pub struct Bits {
    /// `X` and `B` of a REX prefix.
    pub(super) xb: u8,
    /// ModRM without its `reg` field and, above it, SIB.
    pub(super) modrm_sib: u16,
    /// Bytes of ModRM and SIB.
    pub(super) len: u32,
    pub(super) disp: u32,
    /// Bytes of the displacement: 0, 1 or 4.
    pub(super) disp_len: u32,
}

/// An operand of the `r/m` field: a register of class `R`, or memory that is `W` wide.
pub trait Rm<R, W>: Copy + sealed::Operand {}
impl<W> Rm<Gpr, W> for Gpr {}
impl<W> Rm<Xmm, W> for Xmm {}
impl<R, W: Width> Rm<R, W> for Mem<W> {}

pub(super) mod sealed {
    use super::{Bits, Label};

    /// How operands encode.
    pub trait Operand {
        /// Their part of the instruction.
        fn bits(self) -> Bits;
        /// The label whose distance the displacement is to become.
        fn target(self) -> Option<Label>;
        /// As a byte, the register would be `ah` to `bh` without a REX prefix (SDM volume 2, section 2.2.1.2).
        fn high_byte_name(self) -> bool;
    }
}

#[inline]
fn register(number: u8) -> Bits {
    debug_assert!(number < 16, "x86_64 has 16 registers");
    Bits { xb: number >> 3, modrm_sib: u16::from(0xc0 | number & 7), len: 1, disp: 0, disp_len: 0 }
}

impl sealed::Operand for Gpr {
    #[inline]
    fn bits(self) -> Bits {
        register(self.0)
    }
    #[inline]
    fn target(self) -> Option<Label> {
        None
    }
    #[inline]
    fn high_byte_name(self) -> bool {
        high_byte(self.0)
    }
}

impl sealed::Operand for Xmm {
    #[inline]
    fn bits(self) -> Bits {
        register(self.0)
    }
    #[inline]
    fn target(self) -> Option<Label> {
        None
    }
    #[inline]
    fn high_byte_name(self) -> bool {
        false
    }
}

impl<W> sealed::Operand for Mem<W> {
    #[inline(always)]
    fn bits(self) -> Bits {
        if self.base == RIP {
            return Bits { xb: 0, modrm_sib: 0b101, len: 1, disp: 0, disp_len: 4 };
        }
        debug_assert!(self.base < 16 && self.index < 16, "x86_64 has 16 registers");
        let base = self.base & 7;
        // `rbp` and `r13` without a displacement would mean `rip` or no base.
        let (mode, disp_len) = if self.disp == 0 && base != 5 {
            (0, 0)
        } else if fits_i8(self.disp) {
            (0x40, 1)
        } else {
            (0x80, 4)
        };
        // `rsp` and `r12` as a base stand in a SIB byte only.
        let (modrm_sib, len) = if self.index == NO_INDEX && base != 4 {
            (u16::from(mode | base), 1)
        } else {
            (u16::from_le_bytes([mode | 4, self.scale << 6 | (self.index & 7) << 3 | base]), 2)
        };
        let xb = (self.index >> 3) << 1 | self.base >> 3;
        Bits { xb, modrm_sib, len, disp: self.disp.cast_unsigned(), disp_len }
    }
    #[inline]
    fn target(self) -> Option<Label> {
        (self.base == RIP).then(|| Label::from_index(self.disp.cast_unsigned()))
    }
    #[inline]
    fn high_byte_name(self) -> bool {
        false
    }
}

/// Whether a byte stands for this value, sign-extended.
#[inline]
pub(super) fn fits_i8(value: i32) -> bool {
    i8::try_from(value).is_ok()
}

/// Numbers 4 to 7 need a REX prefix to mean `spl` to `dil`.
#[inline]
pub(super) fn high_byte(number: u8) -> bool {
    number & !3 == 4
}
