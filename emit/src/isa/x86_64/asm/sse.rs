//! The table of SSE, AVX and FMA instructions: one row each, from which both the legacy form (`sse*` methods of [`Asm`]) and
//! the VEX form (`avx*` methods) are made.
//!
//! The type of a row is the shape of its operands and the width of the one that may be in memory, so that only the methods
//! and operands that fit take it. A row is named after its instruction; `_LOAD`, `_STORE` and `_IMM` tell apart instructions
//! that share a mnemonic (Intel SDM, volume 2; opcode maps: appendix A).
//!
//! [`Asm`]: super::Asm

use super::{NoMem, W8, W16, W32, W64, W128};
use core::marker::PhantomData;

/// What the CPU must have for the legacy form of a row, or for the VEX form of a row that has no other. VEX forms of the
/// other rows need AVX.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Feature {
    /// Every x86_64 has it (with SSE).
    Sse2,
    /// SSE3.
    Sse3,
    /// SSSE3.
    Ssse3,
    /// SSE4.1.
    Sse41,
    /// SSE4.2.
    Sse42,
    /// AVX.
    Avx,
    /// AVX2.
    Avx2,
    /// FMA3.
    Fma,
    /// Half-precision conversions.
    F16c,
}

/// An opcode with its mandatory prefix and map: what rows hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The prefix as VEX numbers it: none, 66, F3, F2.
    pub(super) pp: u8,
    /// The map as VEX numbers it: 1: `0F`, 2: `0F 38`, 3: `0F 3A`.
    pub(super) map: u8,
    pub(super) code: u8,
    pub(super) w: bool,
    feature: Feature,
}

const NP: u8 = 0;
const P66: u8 = 1;
const PF3: u8 = 2;
const PF2: u8 = 3;
const M0F: u8 = 1;
const M38: u8 = 2;
const M3A: u8 = 3;
const W0: bool = false;
const W1: bool = true;

/// Rows of one shape: `NAME prefix map opcode feature W`.
macro_rules! rows {
    ($(#[$doc:meta])* $shape:ident: $($name:ident $pp:ident $map:ident $code:literal $feature:ident $w:ident;)*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $shape(pub(super) Row);

        impl $shape {
            /// Every row with its name.
            pub const ALL: &[(&str, Self)] = &[$((stringify!($name), $name)),*];

            /// What the CPU must have.
            pub const fn feature(self) -> Feature {
                self.0.feature
            }
        }

        $(
            #[doc = concat!("`", stringify!($name), "`.")]
            pub const $name: $shape =
                $shape(Row { pp: $pp, map: $map, code: $code, w: $w, feature: Feature::$feature });
        )*
    };
}

/// The same for a shape whose last operand may be in memory: `WIDTH { rows }`, by its width there.
macro_rules! memory_rows {
    ($(#[$doc:meta])* $shape:ident: $($width:ident {
        $($name:ident $pp:ident $map:ident $code:literal $feature:ident $w:ident;)*
    })*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $shape<W>(pub(super) Row, PhantomData<W>);

        impl<W> $shape<W> {
            /// What the CPU must have.
            pub const fn feature(self) -> Feature
            where
                W: Copy,
            {
                self.0.feature
            }

            /// The same row for registers only.
            #[inline]
            #[must_use]
            pub const fn registers(self) -> $shape<NoMem>
            where
                W: Copy,
            {
                $shape(self.0, PhantomData)
            }
        }

        $(
            impl $shape<$width> {
                /// Every row of this width with its name.
                pub const ALL: &[(&str, Self)] = &[$((stringify!($name), $name)),*];
            }

            $(
                #[doc = concat!("`", stringify!($name), "`.")]
                pub const $name: $shape<$width> = $shape(
                    Row { pp: $pp, map: $map, code: $code, w: $w, feature: Feature::$feature },
                    PhantomData,
                );
            )*
        )*
    };
}

memory_rows! {
    /// `d op= a` in the legacy form, `d = a op b` with VEX. The last operand is a register or memory.
    Binary:
    W32 {
        ADDSS          PF3 M0F 0x58 Sse2  W0;
        SUBSS          PF3 M0F 0x5c Sse2  W0;
        MULSS          PF3 M0F 0x59 Sse2  W0;
        DIVSS          PF3 M0F 0x5e Sse2  W0;
        MINSS          PF3 M0F 0x5d Sse2  W0;
        MAXSS          PF3 M0F 0x5f Sse2  W0;
        SQRTSS         PF3 M0F 0x51 Sse2  W0;
        CVTSS2SD       PF3 M0F 0x5a Sse2  W0;
    }
    W64 {
        ADDSD          PF2 M0F 0x58 Sse2  W0;
        SUBSD          PF2 M0F 0x5c Sse2  W0;
        MULSD          PF2 M0F 0x59 Sse2  W0;
        DIVSD          PF2 M0F 0x5e Sse2  W0;
        MINSD          PF2 M0F 0x5d Sse2  W0;
        MAXSD          PF2 M0F 0x5f Sse2  W0;
        SQRTSD         PF2 M0F 0x51 Sse2  W0;
        CVTSD2SS       PF2 M0F 0x5a Sse2  W0;
    }
    W128 {
        ADDPS          NP  M0F 0x58 Sse2  W0;
        ADDPD          P66 M0F 0x58 Sse2  W0;
        SUBPS          NP  M0F 0x5c Sse2  W0;
        SUBPD          P66 M0F 0x5c Sse2  W0;
        MULPS          NP  M0F 0x59 Sse2  W0;
        MULPD          P66 M0F 0x59 Sse2  W0;
        DIVPS          NP  M0F 0x5e Sse2  W0;
        DIVPD          P66 M0F 0x5e Sse2  W0;
        MINPS          NP  M0F 0x5d Sse2  W0;
        MINPD          P66 M0F 0x5d Sse2  W0;
        MAXPS          NP  M0F 0x5f Sse2  W0;
        MAXPD          P66 M0F 0x5f Sse2  W0;
        ANDPS          NP  M0F 0x54 Sse2  W0;
        ANDPD          P66 M0F 0x54 Sse2  W0;
        ANDNPS         NP  M0F 0x55 Sse2  W0;
        ANDNPD         P66 M0F 0x55 Sse2  W0;
        ORPS           NP  M0F 0x56 Sse2  W0;
        ORPD           P66 M0F 0x56 Sse2  W0;
        XORPS          NP  M0F 0x57 Sse2  W0;
        XORPD          P66 M0F 0x57 Sse2  W0;
        UNPCKLPS       NP  M0F 0x14 Sse2  W0;
        UNPCKLPD       P66 M0F 0x14 Sse2  W0;
        UNPCKHPS       NP  M0F 0x15 Sse2  W0;
        UNPCKHPD       P66 M0F 0x15 Sse2  W0;
        PADDB          P66 M0F 0xfc Sse2  W0;
        PADDW          P66 M0F 0xfd Sse2  W0;
        PADDD          P66 M0F 0xfe Sse2  W0;
        PADDQ          P66 M0F 0xd4 Sse2  W0;
        PSUBB          P66 M0F 0xf8 Sse2  W0;
        PSUBW          P66 M0F 0xf9 Sse2  W0;
        PSUBD          P66 M0F 0xfa Sse2  W0;
        PSUBQ          P66 M0F 0xfb Sse2  W0;
        PADDSB         P66 M0F 0xec Sse2  W0;
        PADDSW         P66 M0F 0xed Sse2  W0;
        PADDUSB        P66 M0F 0xdc Sse2  W0;
        PADDUSW        P66 M0F 0xdd Sse2  W0;
        PSUBSB         P66 M0F 0xe8 Sse2  W0;
        PSUBSW         P66 M0F 0xe9 Sse2  W0;
        PSUBUSB        P66 M0F 0xd8 Sse2  W0;
        PSUBUSW        P66 M0F 0xd9 Sse2  W0;
        PMULLW         P66 M0F 0xd5 Sse2  W0;
        PMULHW         P66 M0F 0xe5 Sse2  W0;
        PMULHUW        P66 M0F 0xe4 Sse2  W0;
        PMULUDQ        P66 M0F 0xf4 Sse2  W0;
        PMADDWD        P66 M0F 0xf5 Sse2  W0;
        PMULLD         P66 M38 0x40 Sse41 W0;
        PMULDQ         P66 M38 0x28 Sse41 W0;
        PMADDUBSW      P66 M38 0x04 Ssse3 W0;
        PMULHRSW       P66 M38 0x0b Ssse3 W0;
        PAVGB          P66 M0F 0xe0 Sse2  W0;
        PAVGW          P66 M0F 0xe3 Sse2  W0;
        PSADBW         P66 M0F 0xf6 Sse2  W0;
        PMINUB         P66 M0F 0xda Sse2  W0;
        PMINSW         P66 M0F 0xea Sse2  W0;
        PMINSB         P66 M38 0x38 Sse41 W0;
        PMINSD         P66 M38 0x39 Sse41 W0;
        PMINUW         P66 M38 0x3a Sse41 W0;
        PMINUD         P66 M38 0x3b Sse41 W0;
        PMAXUB         P66 M0F 0xde Sse2  W0;
        PMAXSW         P66 M0F 0xee Sse2  W0;
        PMAXSB         P66 M38 0x3c Sse41 W0;
        PMAXSD         P66 M38 0x3d Sse41 W0;
        PMAXUW         P66 M38 0x3e Sse41 W0;
        PMAXUD         P66 M38 0x3f Sse41 W0;
        PAND           P66 M0F 0xdb Sse2  W0;
        PANDN          P66 M0F 0xdf Sse2  W0;
        POR            P66 M0F 0xeb Sse2  W0;
        PXOR           P66 M0F 0xef Sse2  W0;
        PCMPEQB        P66 M0F 0x74 Sse2  W0;
        PCMPEQW        P66 M0F 0x75 Sse2  W0;
        PCMPEQD        P66 M0F 0x76 Sse2  W0;
        PCMPEQQ        P66 M38 0x29 Sse41 W0;
        PCMPGTB        P66 M0F 0x64 Sse2  W0;
        PCMPGTW        P66 M0F 0x65 Sse2  W0;
        PCMPGTD        P66 M0F 0x66 Sse2  W0;
        PCMPGTQ        P66 M38 0x37 Sse42 W0;
        PACKSSWB       P66 M0F 0x63 Sse2  W0;
        PACKSSDW       P66 M0F 0x6b Sse2  W0;
        PACKUSWB       P66 M0F 0x67 Sse2  W0;
        PACKUSDW       P66 M38 0x2b Sse41 W0;
        PUNPCKLBW      P66 M0F 0x60 Sse2  W0;
        PUNPCKLWD      P66 M0F 0x61 Sse2  W0;
        PUNPCKLDQ      P66 M0F 0x62 Sse2  W0;
        PUNPCKLQDQ     P66 M0F 0x6c Sse2  W0;
        PUNPCKHBW      P66 M0F 0x68 Sse2  W0;
        PUNPCKHWD      P66 M0F 0x69 Sse2  W0;
        PUNPCKHDQ      P66 M0F 0x6a Sse2  W0;
        PUNPCKHQDQ     P66 M0F 0x6d Sse2  W0;
        PSHUFB         P66 M38 0x00 Ssse3 W0;
        PSIGNB         P66 M38 0x08 Ssse3 W0;
        PSIGNW         P66 M38 0x09 Ssse3 W0;
        PSIGND         P66 M38 0x0a Ssse3 W0;
        PHADDW         P66 M38 0x01 Ssse3 W0;
        PHADDD         P66 M38 0x02 Ssse3 W0;
        PSLLW          P66 M0F 0xf1 Sse2  W0;
        PSLLD          P66 M0F 0xf2 Sse2  W0;
        PSLLQ          P66 M0F 0xf3 Sse2  W0;
        PSRLW          P66 M0F 0xd1 Sse2  W0;
        PSRLD          P66 M0F 0xd2 Sse2  W0;
        PSRLQ          P66 M0F 0xd3 Sse2  W0;
        PSRAW          P66 M0F 0xe1 Sse2  W0;
        PSRAD          P66 M0F 0xe2 Sse2  W0;
    }
}

memory_rows! {
    /// `d = op a`, or flags of `d` and `a`. The last operand is a register or memory.
    Unary:
    W16 {
        PMOVSXBQ       P66 M38 0x22 Sse41 W0;
        PMOVZXBQ       P66 M38 0x32 Sse41 W0;
    }
    W32 {
        UCOMISS        NP  M0F 0x2e Sse2  W0;
        COMISS         NP  M0F 0x2f Sse2  W0;
        PMOVSXBD       P66 M38 0x21 Sse41 W0;
        PMOVSXWQ       P66 M38 0x24 Sse41 W0;
        PMOVZXBD       P66 M38 0x31 Sse41 W0;
        PMOVZXWQ       P66 M38 0x34 Sse41 W0;
    }
    W64 {
        MOVQ           PF3 M0F 0x7e Sse2  W0;
        MOVDDUP        PF2 M0F 0x12 Sse3  W0;
        UCOMISD        P66 M0F 0x2e Sse2  W0;
        COMISD         P66 M0F 0x2f Sse2  W0;
        PMOVSXBW       P66 M38 0x20 Sse41 W0;
        PMOVSXWD       P66 M38 0x23 Sse41 W0;
        PMOVSXDQ       P66 M38 0x25 Sse41 W0;
        PMOVZXBW       P66 M38 0x30 Sse41 W0;
        PMOVZXWD       P66 M38 0x33 Sse41 W0;
        PMOVZXDQ       P66 M38 0x35 Sse41 W0;
        CVTDQ2PD       PF3 M0F 0xe6 Sse2  W0;
        CVTPS2PD       NP  M0F 0x5a Sse2  W0;
    }
    W128 {
        MOVAPS         NP  M0F 0x28 Sse2  W0;
        MOVAPD         P66 M0F 0x28 Sse2  W0;
        MOVUPS         NP  M0F 0x10 Sse2  W0;
        MOVUPD         P66 M0F 0x10 Sse2  W0;
        MOVDQA         P66 M0F 0x6f Sse2  W0;
        MOVDQU         PF3 M0F 0x6f Sse2  W0;
        MOVSHDUP       PF3 M0F 0x16 Sse3  W0;
        MOVSLDUP       PF3 M0F 0x12 Sse3  W0;
        PTEST          P66 M38 0x17 Sse41 W0;
        SQRTPS         NP  M0F 0x51 Sse2  W0;
        SQRTPD         P66 M0F 0x51 Sse2  W0;
        PABSB          P66 M38 0x1c Ssse3 W0;
        PABSW          P66 M38 0x1d Ssse3 W0;
        PABSD          P66 M38 0x1e Ssse3 W0;
        CVTDQ2PS       NP  M0F 0x5b Sse2  W0;
        CVTPS2DQ       P66 M0F 0x5b Sse2  W0;
        CVTTPS2DQ      PF3 M0F 0x5b Sse2  W0;
        CVTPD2DQ       PF2 M0F 0xe6 Sse2  W0;
        CVTTPD2DQ      P66 M0F 0xe6 Sse2  W0;
        CVTPD2PS       P66 M0F 0x5a Sse2  W0;
    }
}

memory_rows! {
    /// Like [`Binary`], with an immediate byte.
    BinaryImm:
    W32 {
        CMPSS          PF3 M0F 0xc2 Sse2  W0;
        ROUNDSS        P66 M3A 0x0a Sse41 W0;
        INSERTPS       P66 M3A 0x21 Sse41 W0;
    }
    W64 {
        CMPSD          PF2 M0F 0xc2 Sse2  W0;
        ROUNDSD        P66 M3A 0x0b Sse41 W0;
    }
    W128 {
        CMPPS          NP  M0F 0xc2 Sse2  W0;
        CMPPD          P66 M0F 0xc2 Sse2  W0;
        SHUFPS         NP  M0F 0xc6 Sse2  W0;
        SHUFPD         P66 M0F 0xc6 Sse2  W0;
        BLENDPS        P66 M3A 0x0c Sse41 W0;
        BLENDPD        P66 M3A 0x0d Sse41 W0;
        PBLENDW        P66 M3A 0x0e Sse41 W0;
        PALIGNR        P66 M3A 0x0f Ssse3 W0;
        DPPS           P66 M3A 0x40 Sse41 W0;
    }
}

memory_rows! {
    /// Like [`Unary`], with an immediate byte.
    UnaryImm:
    W128 {
        PSHUFD         P66 M0F 0x70 Sse2  W0;
        PSHUFHW        PF3 M0F 0x70 Sse2  W0;
        PSHUFLW        PF2 M0F 0x70 Sse2  W0;
        ROUNDPS        P66 M3A 0x08 Sse41 W0;
        ROUNDPD        P66 M3A 0x09 Sse41 W0;
    }
}

rows! {
    /// Puts a part of a register into another: like [`Binary`], registers only.
    BinaryReg:
    MOVSS          PF3 M0F 0x10 Sse2  W0;
    MOVSD          PF2 M0F 0x10 Sse2  W0;
    MOVHLPS        NP  M0F 0x12 Sse2  W0;
    MOVLHPS        NP  M0F 0x16 Sse2  W0;
}

memory_rows! {
    /// Puts 8 bytes of memory into half of a register: like [`Binary`], memory only.
    BinaryMem:
    W64 {
        MOVLPS         NP  M0F 0x12 Sse2  W0;
        MOVHPS         NP  M0F 0x16 Sse2  W0;
        MOVLPD         P66 M0F 0x12 Sse2  W0;
        MOVHPD         P66 M0F 0x16 Sse2  W0;
    }
}

memory_rows! {
    /// `d = [a]`, the rest of `d` zero.
    Load:
    W32 {
        MOVSS_LOAD     PF3 M0F 0x10 Sse2  W0;
    }
    W64 {
        MOVSD_LOAD     PF2 M0F 0x10 Sse2  W0;
    }
}

memory_rows! {
    /// `[d] = a`.
    Store:
    W32 {
        MOVSS_STORE    PF3 M0F 0x11 Sse2  W0;
    }
    W64 {
        MOVSD_STORE    PF2 M0F 0x11 Sse2  W0;
        MOVQ_STORE     P66 M0F 0xd6 Sse2  W0;
        MOVLPS_STORE   NP  M0F 0x13 Sse2  W0;
        MOVHPS_STORE   NP  M0F 0x17 Sse2  W0;
        MOVLPD_STORE   P66 M0F 0x13 Sse2  W0;
        MOVHPD_STORE   P66 M0F 0x17 Sse2  W0;
    }
    W128 {
        MOVAPS_STORE   NP  M0F 0x29 Sse2  W0;
        MOVAPD_STORE   P66 M0F 0x29 Sse2  W0;
        MOVUPS_STORE   NP  M0F 0x11 Sse2  W0;
        MOVUPD_STORE   P66 M0F 0x11 Sse2  W0;
        MOVDQA_STORE   P66 M0F 0x7f Sse2  W0;
        MOVDQU_STORE   PF3 M0F 0x7f Sse2  W0;
    }
}

rows! {
    /// Converts a signed integer in a register or memory, of 32 or 64 bits. Keeps the rest of `d` (legacy) or `a` (VEX).
    FromInt:
    CVTSI2SS       PF3 M0F 0x2a Sse2  W0;
    CVTSI2SD       PF2 M0F 0x2a Sse2  W0;
}

memory_rows! {
    /// Converts to a signed integer of 32 or 64 bits; out of range gives its smallest.
    ToInt:
    W32 {
        CVTSS2SI       PF3 M0F 0x2d Sse2  W0;
        CVTTSS2SI      PF3 M0F 0x2c Sse2  W0;
    }
    W64 {
        CVTSD2SI       PF2 M0F 0x2d Sse2  W0;
        CVTTSD2SI      PF2 M0F 0x2c Sse2  W0;
    }
}

rows! {
    /// Gathers sign bits into an integer register.
    Mask:
    PMOVMSKB       P66 M0F 0xd7 Sse2  W0;
    MOVMSKPS       NP  M0F 0x50 Sse2  W0;
    MOVMSKPD       P66 M0F 0x50 Sse2  W0;
}

memory_rows! {
    /// Puts an integer register or memory into a lane.
    Insert:
    W8 {
        PINSRB         P66 M3A 0x20 Sse41 W0;
    }
    W16 {
        PINSRW         P66 M0F 0xc4 Sse2  W0;
    }
    W32 {
        PINSRD         P66 M3A 0x22 Sse41 W0;
    }
    W64 {
        PINSRQ         P66 M3A 0x22 Sse41 W1;
    }
}

memory_rows! {
    /// Takes a lane to an integer register, zero-extended, or to memory.
    Extract:
    W8 {
        PEXTRB         P66 M3A 0x14 Sse41 W0;
    }
    W16 {
        PEXTRW         P66 M3A 0x15 Sse41 W0;
    }
    W32 {
        PEXTRD         P66 M3A 0x16 Sse41 W0;
        EXTRACTPS      P66 M3A 0x17 Sse41 W0;
    }
    W64 {
        PEXTRQ         P66 M3A 0x16 Sse41 W1;
    }
}

memory_rows! {
    /// `d = a op b`, or `d = d op a op b`; VEX only.
    AvxBinary:
    W32 {
        VFMADD132SS    P66 M38 0x99 Fma   W0;
        VFMADD213SS    P66 M38 0xa9 Fma   W0;
        VFMADD231SS    P66 M38 0xb9 Fma   W0;
        VFMSUB132SS    P66 M38 0x9b Fma   W0;
        VFMSUB213SS    P66 M38 0xab Fma   W0;
        VFMSUB231SS    P66 M38 0xbb Fma   W0;
        VFNMADD132SS   P66 M38 0x9d Fma   W0;
        VFNMADD213SS   P66 M38 0xad Fma   W0;
        VFNMADD231SS   P66 M38 0xbd Fma   W0;
        VFNMSUB132SS   P66 M38 0x9f Fma   W0;
        VFNMSUB213SS   P66 M38 0xaf Fma   W0;
        VFNMSUB231SS   P66 M38 0xbf Fma   W0;
    }
    W64 {
        VFMADD132SD    P66 M38 0x99 Fma   W1;
        VFMADD213SD    P66 M38 0xa9 Fma   W1;
        VFMADD231SD    P66 M38 0xb9 Fma   W1;
        VFMSUB132SD    P66 M38 0x9b Fma   W1;
        VFMSUB213SD    P66 M38 0xab Fma   W1;
        VFMSUB231SD    P66 M38 0xbb Fma   W1;
        VFNMADD132SD   P66 M38 0x9d Fma   W1;
        VFNMADD213SD   P66 M38 0xad Fma   W1;
        VFNMADD231SD   P66 M38 0xbd Fma   W1;
        VFNMSUB132SD   P66 M38 0x9f Fma   W1;
        VFNMSUB213SD   P66 M38 0xaf Fma   W1;
        VFNMSUB231SD   P66 M38 0xbf Fma   W1;
    }
    W128 {
        VFMADD132PS    P66 M38 0x98 Fma   W0;
        VFMADD132PD    P66 M38 0x98 Fma   W1;
        VFMADD213PS    P66 M38 0xa8 Fma   W0;
        VFMADD213PD    P66 M38 0xa8 Fma   W1;
        VFMADD231PS    P66 M38 0xb8 Fma   W0;
        VFMADD231PD    P66 M38 0xb8 Fma   W1;
        VFMSUB132PS    P66 M38 0x9a Fma   W0;
        VFMSUB132PD    P66 M38 0x9a Fma   W1;
        VFMSUB213PS    P66 M38 0xaa Fma   W0;
        VFMSUB213PD    P66 M38 0xaa Fma   W1;
        VFMSUB231PS    P66 M38 0xba Fma   W0;
        VFMSUB231PD    P66 M38 0xba Fma   W1;
        VFNMADD132PS   P66 M38 0x9c Fma   W0;
        VFNMADD132PD   P66 M38 0x9c Fma   W1;
        VFNMADD213PS   P66 M38 0xac Fma   W0;
        VFNMADD213PD   P66 M38 0xac Fma   W1;
        VFNMADD231PS   P66 M38 0xbc Fma   W0;
        VFNMADD231PD   P66 M38 0xbc Fma   W1;
        VFNMSUB132PS   P66 M38 0x9e Fma   W0;
        VFNMSUB132PD   P66 M38 0x9e Fma   W1;
        VFNMSUB213PS   P66 M38 0xae Fma   W0;
        VFNMSUB213PD   P66 M38 0xae Fma   W1;
        VFNMSUB231PS   P66 M38 0xbe Fma   W0;
        VFNMSUB231PD   P66 M38 0xbe Fma   W1;
        VPSLLVD        P66 M38 0x47 Avx2  W0;
        VPSLLVQ        P66 M38 0x47 Avx2  W1;
        VPSRLVD        P66 M38 0x45 Avx2  W0;
        VPSRLVQ        P66 M38 0x45 Avx2  W1;
        VPSRAVD        P66 M38 0x46 Avx2  W0;
        VPERMILPS      P66 M38 0x0c Avx   W0;
        VPERMILPD      P66 M38 0x0d Avx   W0;
    }
}

memory_rows! {
    /// `d = op a`; VEX only.
    AvxUnary:
    W8 {
        VPBROADCASTB   P66 M38 0x78 Avx2  W0;
    }
    W16 {
        VPBROADCASTW   P66 M38 0x79 Avx2  W0;
    }
    W32 {
        VBROADCASTSS   P66 M38 0x18 Avx2  W0;
        VPBROADCASTD   P66 M38 0x58 Avx2  W0;
    }
    W64 {
        VPBROADCASTQ   P66 M38 0x59 Avx2  W0;
        VCVTPH2PS      P66 M38 0x13 F16c  W0;
    }
}

memory_rows! {
    /// `d = op a` with an immediate byte; VEX only.
    AvxUnaryImm:
    W128 {
        VPERMILPS_IMM  P66 M3A 0x04 Avx   W0;
        VPERMILPD_IMM  P66 M3A 0x05 Avx   W0;
    }
}

/// Shifts every lane (or, `DQ`, all bytes) by an immediate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShiftImm {
    pub(super) code: u8,
    /// Stands in the `reg` field.
    pub(super) digit: u8,
}

/// Rows of shifts: `NAME opcode digit`, all of prefix 66 and map `0F`.
macro_rules! shifts {
    ($($name:ident $code:literal $digit:literal;)*) => {
        impl ShiftImm {
            /// Every row with its name.
            pub const ALL: &[(&str, Self)] = &[$((stringify!($name), $name)),*];
        }

        $(
            #[doc = concat!("`", stringify!($name), "`.")]
            pub const $name: ShiftImm = ShiftImm { code: $code, digit: $digit };
        )*
    };
}

shifts! {
    PSLLW_IMM 0x71 6;
    PSLLD_IMM 0x72 6;
    PSLLQ_IMM 0x73 6;
    PSRLW_IMM 0x71 2;
    PSRLD_IMM 0x72 2;
    PSRLQ_IMM 0x73 2;
    PSRAW_IMM 0x71 4;
    PSRAD_IMM 0x72 4;
    PSLLDQ    0x73 7;
    PSRLDQ    0x73 3;
}

/// Picks lanes by the top bits of a mask: that of `b` where the bit is set. The mask is `xmm0` in the legacy form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blendv {
    /// In map `0F 38`.
    pub(super) legacy: u8,
    /// In map `0F 3A`.
    pub(super) vex: u8,
}

impl Blendv {
    /// Every row with its name.
    pub const ALL: &[(&str, Self)] = &[("PBLENDVB", PBLENDVB), ("BLENDVPS", BLENDVPS), ("BLENDVPD", BLENDVPD)];
}

/// `PBLENDVB`, lanes of 8 bits. The legacy form needs SSE4.1.
pub const PBLENDVB: Blendv = Blendv { legacy: 0x10, vex: 0x4c };
/// `BLENDVPS`, lanes of 32 bits. The legacy form needs SSE4.1.
pub const BLENDVPS: Blendv = Blendv { legacy: 0x14, vex: 0x4a };
/// `BLENDVPD`, lanes of 64 bits. The legacy form needs SSE4.1.
pub const BLENDVPD: Blendv = Blendv { legacy: 0x15, vex: 0x4b };
