//! Encoding: one composer for every form of instruction.
//!
//! An instruction is prefixes, an opcode in one of the maps, and operands: a register and a register or memory (Intel SDM,
//! volume 2, chapter 2). It is composed in 16 bytes and appended at once. Vector instructions have a legacy and a VEX form.

use gantry_emit::isa::x86_64::reloc::RIP32;
use gantry_emit::{CodeBuffer, Label};

/// A memory operand.
#[derive(Clone, Copy, Debug)]
pub(super) enum Mem {
    /// `[base + disp]`
    Base(u8, i32),
    /// `[base + index * 2^scale + disp]`; the index is not rsp.
    Index(u8, u8, u8, i32),
    /// `[rip + label]`
    Rip(Label),
}

/// A register or memory.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rm {
    Reg(u8),
    Mem(Mem),
}

impl From<Mem> for Rm {
    fn from(mem: Mem) -> Self {
        Self::Mem(mem)
    }
}

/// An opcode with its prefix and map.
#[derive(Clone, Copy, Debug)]
pub(super) struct Op {
    /// 0: none, otherwise the mandatory prefix or 0x66 for 16-bit operands.
    pub(super) prefix: u8,
    /// 0: one byte, 1: 0x0f, 2: 0x0f 0x38, 3: 0x0f 0x3a.
    pub(super) map: u8,
    pub(super) opcode: u8,
    pub(super) w: bool,
}

/// An opcode of the first map.
pub(super) const fn op1(opcode: u8) -> Op {
    Op { prefix: 0, map: 0, opcode, w: false }
}

/// An opcode of the second map.
pub(super) const fn op2(opcode: u8) -> Op {
    Op { prefix: 0, map: 1, opcode, w: false }
}

impl Op {
    pub(super) const fn w(self, w: bool) -> Self {
        Self { w, ..self }
    }

    pub(super) const fn p(self, prefix: u8) -> Self {
        Self { prefix, ..self }
    }
}

/// Up to 16 bytes, composed in registers.
struct Bytes {
    head: u64,
    /// Of the head: prefixes, opcode, ModRM and SIB have at most 8 bytes.
    len: u32,
    tail: u64,
    tail_len: u32,
}

impl Bytes {
    #[inline(always)]
    fn new() -> Self {
        Self { head: 0, len: 0, tail: 0, tail_len: 0 }
    }

    #[inline(always)]
    fn put(&mut self, byte: u8) {
        self.head |= u64::from(byte) << ((8 * self.len) & 63);
        self.len += 1;
    }

    /// Appends to displacement and immediate.
    #[inline(always)]
    fn behind(&mut self, bits: u32, len: u32) {
        self.tail |= u64::from(bits) << ((8 * self.tail_len) & 63);
        self.tail_len += len;
    }

    #[inline(always)]
    fn finish(self, buffer: &mut CodeBuffer) {
        if self.tail_len == 0 {
            return buffer.put_bits(self.head, self.len);
        }
        let bits = u128::from(self.head) | u128::from(self.tail) << ((8 * self.len) & 127);
        buffer.put_bits128(bits, self.len + self.tail_len);
    }
}

/// ModRM, SIB and displacement. Gives where a RIP-relative displacement stands.
#[inline(always)]
fn modrm(out: &mut Bytes, reg: u8, rm: Rm, behind: i32) -> Option<u32> {
    let reg = (reg & 7) << 3;
    match rm {
        Rm::Reg(rm) => out.put(0xc0 | reg | (rm & 7)),
        Rm::Mem(Mem::Base(base, disp)) => {
            let low = base & 7;
            let small = i8::try_from(disp).ok();
            let mode = match small {
                Some(0) if low != 5 => 0,
                Some(_) => 0x40,
                None => 0x80,
            };
            out.put(mode | reg | low);
            if low == 4 {
                out.put(0x24);
            }
            displacement(out, mode, small, disp);
        }
        Rm::Mem(Mem::Index(base, index, scale, disp)) => {
            let small = i8::try_from(disp).ok();
            let mode = match small {
                Some(0) if base & 7 != 5 => 0,
                Some(_) => 0x40,
                None => 0x80,
            };
            out.put(mode | reg | 4);
            out.put(scale << 6 | (index & 7) << 3 | (base & 7));
            displacement(out, mode, small, disp);
        }
        Rm::Mem(Mem::Rip(_)) => {
            out.put(reg | 5);
            // The fix-up counts from the end of the instruction.
            out.behind((-behind).cast_unsigned(), 4);
            return Some(out.len);
        }
    }
    None
}

#[inline(always)]
fn displacement(out: &mut Bytes, mode: u8, small: Option<i8>, disp: i32) {
    match (mode, small) {
        (0x40, Some(disp)) => out.behind(disp.cast_unsigned().into(), 1),
        (0x80, _) => out.behind(disp.cast_unsigned(), 4),
        _ => {}
    }
}

/// The extension bits of the operand: (X, B).
#[inline(always)]
fn extension(rm: Rm) -> (u8, u8) {
    match rm {
        Rm::Reg(rm) => (0, rm >> 3),
        Rm::Mem(Mem::Base(base, _)) => (0, base >> 3),
        Rm::Mem(Mem::Index(base, index, ..)) => (index >> 3, base >> 3),
        Rm::Mem(Mem::Rip(_)) => (0, 0),
    }
}

/// What stands behind the operands.
#[derive(Clone, Copy, Debug)]
pub(super) enum Imm {
    None,
    Byte(u8),
    Half(u16),
    Word(i32),
}

/// Emits an instruction with operands `reg` (or an opcode extension) and `rm`. `byte`: 8-bit registers take part, which are
/// the low ones only with a REX prefix.
#[inline(always)]
pub(super) fn emit_full(buffer: &mut CodeBuffer, op: Op, reg: u8, rm: Rm, imm: Imm, byte: bool) {
    let mut out = Bytes::new();
    if op.prefix != 0 {
        out.put(op.prefix);
    }
    let (x, b) = extension(rm);
    let rex = u8::from(op.w) << 3 | (reg >> 3) << 2 | x << 1 | b;
    let low_byte = byte && (reg >= 4 || matches!(rm, Rm::Reg(4..)));
    if rex != 0 || low_byte {
        out.put(0x40 | rex);
    }
    match op.map {
        0 => {}
        1 => out.put(0x0f),
        2 => {
            out.put(0x0f);
            out.put(0x38);
        }
        _ => {
            out.put(0x0f);
            out.put(0x3a);
        }
    }
    out.put(op.opcode);
    finish(buffer, out, reg, rm, imm);
}

#[inline(always)]
fn finish(buffer: &mut CodeBuffer, mut out: Bytes, reg: u8, rm: Rm, imm: Imm) {
    let behind = match imm {
        Imm::None => 0,
        Imm::Byte(_) => 1,
        Imm::Half(_) => 2,
        Imm::Word(_) => 4,
    };
    let at = modrm(&mut out, reg, rm, behind);
    match imm {
        Imm::None => {}
        Imm::Byte(byte) => out.behind(byte.into(), 1),
        Imm::Half(half) => out.behind(half.into(), 2),
        Imm::Word(word) => out.behind(word.cast_unsigned(), 4),
    }
    let start = buffer.offset();
    out.finish(buffer);
    if let (Some(at), Rm::Mem(Mem::Rip(label))) = (at, rm) {
        let at = start + at;
        buffer.fixup(at, &RIP32, label);
    }
}

/// The common case.
#[inline(always)]
pub(super) fn emit(buffer: &mut CodeBuffer, op: Op, reg: u8, rm: Rm) {
    emit_full(buffer, op, reg, rm, Imm::None, false);
}

/// Emits the VEX form with operands `reg`, `v` (0: none) and `rm`.
#[inline(always)]
pub(super) fn emit_vex(buffer: &mut CodeBuffer, op: Op, reg: u8, v: u8, rm: Rm, imm: Imm) {
    let mut out = Bytes::new();
    let (x, b) = extension(rm);
    let pp = match op.prefix {
        0x66 => 1,
        0xf3 => 2,
        0xf2 => 3,
        _ => 0,
    };
    let last = (!v & 15) << 3 | pp;
    if x == 0 && b == 0 && op.map == 1 && !op.w {
        out.put(0xc5);
        out.put((!(reg >> 3) & 1) << 7 | last);
    } else {
        out.put(0xc4);
        out.put((!(reg >> 3) & 1) << 7 | (!x & 1) << 6 | (!b & 1) << 5 | op.map);
        out.put(u8::from(op.w) << 7 | last);
    }
    out.put(op.opcode);
    finish(buffer, out, reg, rm, imm);
}
