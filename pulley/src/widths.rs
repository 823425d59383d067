//! Which registers are known to have their upper bits zero: extensions of such registers are moves, or nothing at all.
//!
//! Operations on 32 bits leave zeros above; the compiler cannot know, and extends. What is known lasts from one place that
//! something branches to up to the next.

use crate::predecode::Inst;
use alloc::vec::Vec;
use pulley_interpreter::*;

/// For each integer register, how many low bits may be other than zero.
pub(crate) struct Widths([u8; 32]);

impl Default for Widths {
    fn default() -> Self {
        Self([64; 32])
    }
}

/// What an instruction does to integer registers.
enum Effect {
    /// Writes one, of which only so many low bits may be other than zero.
    Writes(XReg, u8),
    /// Writes none.
    None,
    /// May write any.
    Unknown,
}

macro_rules! define_displacement {
    ($($(#[$attr:meta])* $snake:ident = $name:ident $({ $($field:ident: $ty:ty),* })?;)*) => {
        /// The displacement of an instruction that has one.
        pub(crate) fn displacement(op: &Op) -> Option<PcRelOffset> {
            match op {
                $(Op::$name(_o) => { let mut _found = None; $($(_found = _found.or(_o.$field.displacement());)*)? _found })*
                Op::ExtendedOp(_) => None,
            }
        }
    };
}
for_each_op!(define_displacement);

/// An operand that may be a displacement.
trait Operand: Copy {
    fn displacement(self) -> Option<PcRelOffset> {
        None
    }
}

impl Operand for PcRelOffset {
    fn displacement(self) -> Option<PcRelOffset> {
        Some(self)
    }
}

macro_rules! no_displacements {
    ($($ty:ty)*) => { $(impl Operand for $ty {})* };
}
no_displacements! { i8 i16 i32 i64 u8 u16 u32 XReg AddrO32 AddrZ AddrG32 AddrG32Bne UpperRegSet<XReg> }
impl<D: Copy, A: Copy, B: Copy> Operand for BinaryOperands<D, A, B> {}

fn bits(value: u32) -> u8 {
    u8::try_from(32 - value.leading_zeros()).expect("32 at most")
}

impl Widths {
    /// The cheapest instruction that does the same, given what is known before it.
    pub(crate) fn simplify(&mut self, inst: &Inst) -> Inst {
        let shorter = |dst: XReg, src: XReg, width: u8| {
            (self.0[src.index()] <= width)
                .then(|| if dst == src { Op::Nop(Nop {}) } else { Op::Xmov(Xmov { dst, src }) })
        };
        let op = match inst.op {
            Op::Zext8(o) => shorter(o.dst, o.src, 8),
            Op::Zext16(o) => shorter(o.dst, o.src, 16),
            Op::Zext32(o) => shorter(o.dst, o.src, 32),
            _ => None,
        };
        let op = op.unwrap_or(inst.op);
        match self.effect(&op) {
            Effect::Writes(reg, width) => self.0[reg.index()] = width,
            Effect::None => {}
            Effect::Unknown => *self = Self::default(),
        }
        Inst { offset: inst.offset, op, table: Vec::clone(&inst.table) }
    }

    fn effect(&self, op: &Op) -> Effect {
        use Effect::{None, Unknown, Writes};
        /// Instructions with `dst` among their operands.
        macro_rules! dst {
            ($o:ident, $width:expr) => {
                Writes($o.dst, $width)
            };
        }
        /// Instructions with binary operands.
        macro_rules! binary {
            ($o:ident, $width:expr) => {
                Writes($o.operands.dst, $width)
            };
        }
        let of = |reg: XReg| self.0[reg.index()];
        match *op {
            Op::Nop(_) => None,
            Op::Xmov(o) => dst!(o, of(o.src)),
            Op::Xzero(o) => dst!(o, 0),
            Op::Xone(o) => dst!(o, 1),
            Op::Xconst8(o) => dst!(o, if o.imm < 0 { 64 } else { bits(o.imm.unsigned_abs().into()) }),
            Op::Xconst16(o) => dst!(o, if o.imm < 0 { 64 } else { bits(o.imm.unsigned_abs().into()) }),
            Op::Xconst32(o) => dst!(o, if o.imm < 0 { 64 } else { bits(o.imm.unsigned_abs()) }),
            Op::Xconst64(o) => dst!(o, 64),
            Op::Xadd32(o) => binary!(o, 32),
            Op::Xadd32U8(o) => dst!(o, 32),
            Op::Xadd32U32(o) => dst!(o, 32),
            Op::Xsub32(o) => binary!(o, 32),
            Op::Xsub32U8(o) => dst!(o, 32),
            Op::Xsub32U32(o) => dst!(o, 32),
            Op::XMul32(o) => binary!(o, 32),
            Op::Xmul32S8(o) => dst!(o, 32),
            Op::Xmul32S32(o) => dst!(o, 32),
            Op::Xmadd32(o) => dst!(o, 32),
            Op::Xadd64(o) => binary!(o, 64),
            Op::Xadd64U8(o) => dst!(o, 64),
            Op::Xadd64U32(o) => dst!(o, 64),
            Op::Xsub64(o) => binary!(o, 64),
            Op::Xsub64U8(o) => dst!(o, 64),
            Op::XMul64(o) => binary!(o, 64),
            Op::Xmul64S8(o) => dst!(o, 64),
            Op::Xmul64S32(o) => dst!(o, 64),
            Op::Xshl32(o) => binary!(o, 32),
            Op::Xshr32U(o) => binary!(o, 32),
            Op::Xshr32S(o) => binary!(o, 32),
            Op::Xrotl32(o) => binary!(o, 32),
            Op::Xrotr32(o) => binary!(o, 32),
            Op::Xshl32U6(o) => binary!(o, 32),
            Op::Xshr32UU6(o) => binary!(o, 32),
            Op::Xshr32SU6(o) => binary!(o, 32),
            Op::Xshl64(o) => binary!(o, 64),
            Op::Xshr64U(o) => binary!(o, 64),
            Op::Xshr64S(o) => binary!(o, 64),
            Op::Xshl64U6(o) => binary!(o, 64),
            Op::Xshr64UU6(o) => {
                let amount = u8::from(o.operands.src2) & 63;
                binary!(o, of(o.operands.src1).saturating_sub(amount))
            }
            Op::Xshr64SU6(o) => binary!(o, 64),
            Op::XBand32(o) => binary!(o, 32.min(of(o.operands.src1)).min(of(o.operands.src2))),
            Op::Xband32S8(o) => dst!(o, if o.src2 < 0 { 32 } else { bits(o.src2.unsigned_abs().into()) }),
            Op::Xband32S32(o) => dst!(o, if o.src2 < 0 { 32 } else { bits(o.src2.unsigned_abs()) }),
            Op::XBor32(o) => binary!(o, 32),
            Op::Xbor32S8(o) => dst!(o, 32),
            Op::Xbor32S32(o) => dst!(o, 32),
            Op::XBxor32(o) => binary!(o, 32),
            Op::Xbxor32S8(o) => dst!(o, 32),
            Op::Xbxor32S32(o) => dst!(o, 32),
            Op::XBand64(o) => binary!(o, of(o.operands.src1).min(of(o.operands.src2))),
            Op::XBor64(o) => binary!(o, of(o.operands.src1).max(of(o.operands.src2))),
            Op::XBxor64(o) => binary!(o, of(o.operands.src1).max(of(o.operands.src2))),
            Op::XBnot32(o) => dst!(o, 32),
            Op::Xneg32(o) => dst!(o, 32),
            Op::Xctz32(o) => dst!(o, 6),
            Op::Xclz32(o) => dst!(o, 6),
            Op::Xpopcnt32(o) => dst!(o, 6),
            Op::Xctz64(o) => dst!(o, 7),
            Op::Xclz64(o) => dst!(o, 7),
            Op::Xpopcnt64(o) => dst!(o, 7),
            Op::Zext8(o) => dst!(o, of(o.src).min(8)),
            Op::Zext16(o) => dst!(o, of(o.src).min(16)),
            Op::Zext32(o) => dst!(o, of(o.src).min(32)),
            Op::Sext8(o) => dst!(o, 64),
            Op::Sext16(o) => dst!(o, 64),
            Op::Sext32(o) => dst!(o, 64),
            Op::Xeq32(o) => binary!(o, 1),
            Op::Xneq32(o) => binary!(o, 1),
            Op::Xslt32(o) => binary!(o, 1),
            Op::Xslteq32(o) => binary!(o, 1),
            Op::Xult32(o) => binary!(o, 1),
            Op::Xulteq32(o) => binary!(o, 1),
            Op::Xeq64(o) => binary!(o, 1),
            Op::Xneq64(o) => binary!(o, 1),
            Op::Xslt64(o) => binary!(o, 1),
            Op::Xslteq64(o) => binary!(o, 1),
            Op::Xult64(o) => binary!(o, 1),
            Op::Xulteq64(o) => binary!(o, 1),
            Op::XSelect32(o) => dst!(o, 32),
            Op::XSelect64(o) => dst!(o, of(o.if_nonzero).max(of(o.if_zero))),
            Op::Xmin32U(o) => binary!(o, 32),
            Op::Xmin32S(o) => binary!(o, 32),
            Op::Xmax32U(o) => binary!(o, 32),
            Op::Xmax32S(o) => binary!(o, 32),
            Op::XDiv32U(o) => binary!(o, 32),
            Op::XDiv32S(o) => binary!(o, 32),
            Op::XRem32U(o) => binary!(o, 32),
            Op::XRem32S(o) => binary!(o, 32),
            Op::XLoad8U32O32(o) => dst!(o, 8),
            Op::XLoad16LeU32O32(o) => dst!(o, 16),
            Op::XLoad32LeO32(o) => dst!(o, 32),
            Op::XLoad64LeO32(o) => dst!(o, 64),
            Op::XLoad8U32Z(o) => dst!(o, 8),
            Op::XLoad16LeU32Z(o) => dst!(o, 16),
            Op::XLoad32LeZ(o) => dst!(o, 32),
            Op::XLoad64LeZ(o) => dst!(o, 64),
            Op::XLoad8U32G32(o) => dst!(o, 8),
            Op::XLoad8S32G32(o) => dst!(o, 32),
            Op::XLoad16LeU32G32(o) => dst!(o, 16),
            Op::XLoad16LeS32G32(o) => dst!(o, 32),
            Op::XLoad32LeG32(o) => dst!(o, 32),
            Op::XLoad64LeG32(o) => dst!(o, 64),
            Op::XStore8O32(_) | Op::XStore16LeO32(_) | Op::XStore32LeO32(_) | Op::XStore64LeO32(_) => None,
            Op::XStore8Z(_) | Op::XStore16LeZ(_) | Op::XStore32LeZ(_) | Op::XStore64LeZ(_) => None,
            Op::XStore8G32(_) | Op::XStore16LeG32(_) | Op::XStore32LeG32(_) | Op::XStore64LeG32(_) => None,
            Op::ExtendedOp(op) => match op {
                ExtendedOp::Feq32(o) => dst!(o, 1),
                ExtendedOp::Fneq32(o) => dst!(o, 1),
                ExtendedOp::Flt32(o) => dst!(o, 1),
                ExtendedOp::Flteq32(o) => dst!(o, 1),
                ExtendedOp::Feq64(o) => dst!(o, 1),
                ExtendedOp::Fneq64(o) => dst!(o, 1),
                ExtendedOp::Flt64(o) => dst!(o, 1),
                ExtendedOp::Flteq64(o) => dst!(o, 1),
                ExtendedOp::BitcastIntFromFloat32(o) => dst!(o, 32),
                ExtendedOp::FConst32(_) | ExtendedOp::FConst64(_) => None,
                ExtendedOp::Fload32LeG32(_) | ExtendedOp::Fload64LeG32(_) => None,
                ExtendedOp::Fstore32LeG32(_) | ExtendedOp::Fstore64LeG32(_) => None,
                ExtendedOp::Fadd32(_) | ExtendedOp::Fsub32(_) | ExtendedOp::Fmul32(_) | ExtendedOp::Fdiv32(_) => None,
                ExtendedOp::Fadd64(_) | ExtendedOp::Fsub64(_) | ExtendedOp::Fmul64(_) | ExtendedOp::Fdiv64(_) => None,
                ExtendedOp::Fmov(_) => None,
                _ => Unknown,
            },
            // Conditional branches write nothing; calls do.
            _ if displacement(op).is_some()
                && !matches!(op, Op::Call(_) | Op::Call1(_) | Op::Call2(_) | Op::Call3(_) | Op::Call4(_)) =>
            {
                None
            }
            _ => Unknown,
        }
    }
}
