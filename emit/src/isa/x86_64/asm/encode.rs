//! The shapes of an instruction: legacy with REX (Intel SDM, volume 2, section 2.2) and VEX (section 2.3).
//!
//! Everything up to the SIB byte is composed in a 64-bit register, displacement and immediate follow in another; both
//! are appended at once.

use super::Asm;
use super::operand::{Bits, sealed::Operand};
use crate::buffer::Label;
use crate::isa::x86_64::reloc;

/// Prefix, escape and opcode bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Op {
    /// Mandatory or size prefixes, lowest first. They come before REX.
    prefix: u16,
    prefix_len: u32,
    /// Escape bytes and opcode, lowest first.
    code: u32,
    len: u32,
}

impl Op {
    /// An opcode of one byte.
    pub(super) const fn one(code: u8) -> Self {
        Self { prefix: 0, prefix_len: 0, code: code as u32, len: 1 }
    }

    /// `0F code`.
    pub(super) const fn two(code: u8) -> Self {
        Self { prefix: 0, prefix_len: 0, code: 0x0f | (code as u32) << 8, len: 2 }
    }

    /// `0F 38 code` or `0F 3A code`.
    pub(super) const fn three(escape: u8, code: u8) -> Self {
        Self { prefix: 0, prefix_len: 0, code: 0x0f | (escape as u32) << 8 | (code as u32) << 16, len: 3 }
    }

    /// The same behind one more prefix.
    #[inline]
    pub(super) const fn prefix(self, prefix: u8) -> Self {
        Self { prefix: self.prefix << 8 | prefix as u16, prefix_len: self.prefix_len + 1, ..self }
    }

    /// The same behind one more prefix, if `on`.
    #[inline]
    pub(super) const fn prefix_if(self, on: bool, prefix: u8) -> Self {
        if on { self.prefix(prefix) } else { self }
    }

    /// The same with other low bits in the opcode's last byte.
    #[inline]
    pub(super) const fn or(self, bits: u8) -> Self {
        Self { code: self.code | (bits as u32) << (8 * (self.len - 1)), ..self }
    }
}

/// An immediate: its bits and how many bytes of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Imm {
    bits: u32,
    len: u32,
}

impl Imm {
    pub(super) const NONE: Self = Self { bits: 0, len: 0 };

    #[inline]
    pub(super) fn byte(bits: u8) -> Self {
        Self { bits: bits.into(), len: 1 }
    }

    /// The low `len` bytes.
    #[inline]
    pub(super) fn low(bits: i32, len: u32) -> Self {
        let mask = if len == 4 { u32::MAX } else { (1 << (8 * len)) - 1 };
        Self { bits: bits.cast_unsigned() & mask, len }
    }
}

/// The prefix of a legacy instruction: what it says apart from the registers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rex {
    /// The operation is one of 64 bits.
    pub(super) w: bool,
    /// The prefix is there even if it says nothing.
    pub(super) force: bool,
}

impl Rex {
    pub(super) const NONE: Self = Self { w: false, force: false };
    pub(super) const W: Self = Self { w: true, force: false };

    #[inline]
    pub(super) fn w(w: bool) -> Self {
        Self { w, force: false }
    }
}

/// What a VEX prefix says apart from the registers. The vector length is 128 bits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Vex {
    /// The mandatory prefix: none, 66, F3, F2.
    pub(super) pp: u8,
    /// 1: `0F`, 2: `0F 38`, 3: `0F 3A`.
    pub(super) map: u8,
    pub(super) code: u8,
    pub(super) w: bool,
}

impl Asm<'_> {
    /// A legacy instruction with a ModRM byte. Inlined always: what is constant about an instruction folds, which makes
    /// single-pass compilation 2 % shorter.
    #[inline(always)]
    pub(super) fn legacy(&mut self, op: Op, rex: Rex, reg: u8, rm: impl Operand + Copy, imm: Imm) {
        debug_assert!(reg < 16, "x86_64 has 16 registers");
        let bits = rm.bits();
        let wrxb = u8::from(rex.w) << 3 | (reg >> 3) << 2 | bits.xb;
        let rex_len = u32::from(wrxb != 0 || rex.force);
        // Without the prefix, its byte is overwritten by the opcode.
        let rex_byte = u64::from(0x40 | wrxb) * u64::from(rex_len);
        let mut head = u64::from(op.prefix) | rex_byte << (8 * op.prefix_len);
        let mut len = op.prefix_len + rex_len;
        head |= u64::from(op.code) << (8 * len);
        len += op.len;
        self.rest(head, len, reg, bits, rm.target(), imm);
    }

    /// A legacy instruction without ModRM, a register in its opcode.
    #[inline]
    pub(super) fn opcode_reg(&mut self, op: Op, rex: Rex, reg: u8) -> (u64, u32) {
        debug_assert!(reg < 16, "x86_64 has 16 registers");
        let wrxb = u8::from(rex.w) << 3 | reg >> 3;
        let rex_len = u32::from(wrxb != 0 || rex.force);
        let rex_byte = u64::from(0x40 | wrxb) * u64::from(rex_len);
        let head = u64::from(op.prefix) | rex_byte << (8 * op.prefix_len);
        let len = op.prefix_len + rex_len;
        (head | u64::from(op.or(reg & 7).code) << (8 * len), len + op.len)
    }

    /// An instruction with a VEX prefix: of 2 bytes where that can say it.
    #[inline]
    pub(super) fn vex(&mut self, vex: Vex, reg: u8, a: u8, rm: impl Operand + Copy, imm: Imm) {
        debug_assert!(reg < 16 && a < 16, "VEX reaches 16 registers");
        let bits = rm.bits();
        let last = (!a & 15) << 3 | vex.pp;
        let not_r = (!reg & 8) << 4;
        let (head, len) = if bits.xb == 0 && !vex.w && vex.map == 1 {
            (u32::from_le_bytes([0xc5, not_r | last, vex.code, 0]), 3)
        } else {
            let second = not_r | (!bits.xb & 3) << 5 | vex.map;
            (u32::from_le_bytes([0xc4, second, u8::from(vex.w) << 7 | last, vex.code]), 4)
        };
        self.rest(head.into(), len, reg, bits, rm.target(), imm);
    }

    /// ModRM and what follows.
    #[inline(always)]
    fn rest(&mut self, head: u64, len: u32, reg: u8, bits: Bits, target: Option<Label>, imm: Imm) {
        let head = head | u64::from(bits.modrm_sib | u16::from(reg & 7) << 3) << (8 * len);
        let len = len + bits.len;
        debug_assert!(len < 8, "prefixes, opcode, ModRM and SIB");
        if let Some(label) = target {
            // The form wants the distance from the place's end to the instruction's, negated.
            let disp = u64::from(0u32.wrapping_sub(imm.len)) | u64::from(imm.bits) << 32;
            self.buffer.put_bits128(u128::from(head) | u128::from(disp) << (8 * len), len + 4 + imm.len);
            let at = self.buffer.offset().saturating_sub(4 + imm.len);
            return self.buffer.fixup(at, &reloc::RIP32, label);
        }
        let total = len + bits.disp_len + imm.len;
        let disp = u64::from(bits.disp) & ((1 << (8 * bits.disp_len)) - 1);
        let tail = disp | u64::from(imm.bits) << (8 * bits.disp_len);
        if total <= 8 {
            // Most instructions.
            return self.buffer.put_bits(head | tail << (8 * len), total);
        }
        self.buffer.put_bits128(u128::from(head) | u128::from(tail) << (8 * len), total);
    }
}
