//! Control flow, conditions as values, and the stack (Intel SDM, volume 2: JMP, Jcc, CALL, RET, SETcc, CMOVcc, PUSH, POP,
//! NOP, UD2, INT3, ENDBR64).

use super::encode::{Imm, Op, Rex};
use super::{Asm, Cc, Gpr, OperandSize, Rm, Size, W8, W64};
use crate::buffer::Label;
use crate::function::{RelocKind, Symbol};
use crate::isa::x86_64::reloc;

impl Asm<'_> {
    /// `jmp to`: 2 bytes if `to` is bound and near, else 5.
    #[inline]
    pub fn jmp(&mut self, to: Label) {
        match self.near(to) {
            Some(distance) => self.buffer.put_bits(u64::from(u16::from_le_bytes([0xeb, distance])), 2),
            None => {
                self.buffer.put_bits(0xe9, 5);
                self.rel32(to);
            }
        }
    }

    /// `jcc to`: jumps if the condition holds. 2 bytes if `to` is bound and near, else 6.
    #[inline]
    pub fn jcc(&mut self, cc: Cc, to: Label) {
        match self.near(to) {
            Some(distance) => self.buffer.put_bits(u64::from(u16::from_le_bytes([0x70 | cc as u8, distance])), 2),
            None => self.jcc_near(cc, to),
        }
    }

    /// The same in 6 bytes, whose distance is found when the function is finished: for code that is moved until then.
    #[inline]
    pub fn jcc_near(&mut self, cc: Cc, to: Label) {
        self.buffer.put_bits(u64::from(u16::from_le_bytes([0x0f, 0x80 | cc as u8])), 6);
        self.rel32(to);
    }

    /// `jcc` over at most 127 bytes to a label that comes next: 2 bytes. The distance is checked when the function
    /// is finished.
    #[inline]
    pub fn jcc_short(&mut self, cc: Cc, to: Label) {
        self.buffer.put_bits(u64::from(0x70 | cc as u8), 2);
        let at = self.buffer.offset().saturating_sub(1);
        self.buffer.fixup(at, &reloc::REL8, to);
    }

    /// `jmp` like [`Self::jcc_short`].
    #[inline]
    pub fn jmp_short(&mut self, to: Label) {
        self.buffer.put_bits(0xeb, 2);
        let at = self.buffer.offset().saturating_sub(1);
        self.buffer.fixup(at, &reloc::REL8, to);
    }

    /// `jmp a`, to the address in a register or in 8 bytes of memory.
    #[inline]
    pub fn jmp_to(&mut self, a: impl Rm<Gpr, W64>) {
        self.legacy(Op::one(0xff), Rex::NONE, 4, a, Imm::NONE);
    }

    /// `call a`, to the address in a register or in 8 bytes of memory.
    #[inline]
    pub fn call_to(&mut self, a: impl Rm<Gpr, W64>) {
        self.legacy(Op::one(0xff), Rex::NONE, 2, a, Imm::NONE);
    }

    /// `call to`, resolved by the linker.
    #[inline]
    pub fn call(&mut self, to: Symbol) {
        self.buffer.put_bits(0xe8, 5);
        self.pc32(to);
    }

    /// `jmp to`, resolved by the linker: a tail call.
    #[inline]
    pub fn jmp_symbol(&mut self, to: Symbol) {
        self.buffer.put_bits(0xe9, 5);
        self.pc32(to);
    }

    /// `lea d, [rip + to]`: the address of a function, resolved by the linker.
    #[inline]
    pub fn lea_symbol(&mut self, d: Gpr, to: Symbol) {
        debug_assert!(d.0 < 16, "x86_64 has 16 registers");
        let head = u32::from_le_bytes([0x48 | (d.0 & 8) >> 1, 0x8d, 0x05 | (d.0 & 7) << 3, 0]);
        self.buffer.put_bits(head.into(), 7);
        self.pc32(to);
    }

    /// `ret`.
    #[inline]
    pub fn ret(&mut self) {
        self.buffer.put1(0xc3);
    }

    /// `ret bytes`: also pops so many bytes of arguments.
    #[inline]
    pub fn ret_pop(&mut self, bytes: u16) {
        self.buffer.put_bits(0xc2 | u64::from(bytes) << 8, 3);
    }

    /// `setcc d`: the low byte of `d` becomes 0 or 1; the rest is kept.
    #[inline]
    pub fn setcc(&mut self, cc: Cc, d: impl Rm<Gpr, W8>) {
        let rex = Size::S8.rex(d.high_byte_name());
        self.legacy(Op::two(0x90 | cc as u8), rex, 0, d, Imm::NONE);
    }

    /// `cmovcc d, a`: `d = a` if the condition holds. The 32-bit form zeroes the upper half of `d` either way, and memory is
    /// read either way. No form for 8 bits.
    #[inline]
    pub fn cmovcc<S: OperandSize>(&mut self, cc: Cc, size: S, d: Gpr, a: impl Rm<Gpr, S>) {
        let size = size.size();
        self.legacy(size.wide(Op::two(0x40 | cc as u8)), size.rex(false), d.0, a, Imm::NONE);
    }

    /// `push a`, all 64 bits.
    #[inline]
    pub fn push(&mut self, a: Gpr) {
        let (head, len) = self.opcode_reg(Op::one(0x50), Rex::NONE, a.0);
        self.buffer.put_bits(head, len);
    }

    /// `push i`, extended to 64 bits with the sign.
    #[inline]
    pub fn push_imm(&mut self, i: i32) {
        match i8::try_from(i) {
            Ok(i) => self.buffer.put_bits(u64::from(u16::from_le_bytes([0x6a, i.cast_unsigned()])), 2),
            Err(_) => self.buffer.put_bits(0x68 | u64::from(i.cast_unsigned()) << 8, 5),
        }
    }

    /// `pop d`, all 64 bits.
    #[inline]
    pub fn pop(&mut self, d: Gpr) {
        let (head, len) = self.opcode_reg(Op::one(0x58), Rex::NONE, d.0);
        self.buffer.put_bits(head, len);
    }

    /// `ud2`: raises `#UD`.
    #[inline]
    pub fn ud2(&mut self) {
        self.buffer.put2(0x0b0f);
    }

    /// `int3`.
    #[inline]
    pub fn int3(&mut self) {
        self.buffer.put1(0xcc);
    }

    /// `endbr64`: where indirect branches may arrive under CET.
    #[inline]
    pub fn endbr64(&mut self) {
        self.buffer.put4(0xfa1e_0ff3);
    }

    /// `bytes` bytes of `nop`, in as few instructions as the manual recommends (table 4-12 in NOP).
    pub fn nop(&mut self, bytes: u32) {
        const NOPS: [u128; 10] = [
            0,
            0x90,
            0x9066,
            0x00_1f0f,
            0x0040_1f0f,
            0x00_0044_1f0f,
            0x0000_441f_0f66,
            0x00_0000_0080_1f0f,
            0x0000_0000_0084_1f0f,
            0x00_0000_0000_841f_0f66,
        ];
        let mut left = bytes;
        while left > 0 {
            let len = left.min(9);
            let index = usize::try_from(len).expect("at most 9");
            self.buffer.put_bits128(NOPS[index], len);
            left -= len;
        }
    }

    /// The distance byte of a jump of 2 bytes from here, if the label is bound and near.
    #[inline]
    fn near(&self, to: Label) -> Option<u8> {
        let to = self.buffer.bound(to)?;
        let distance = i64::from(to) - i64::from(self.buffer.offset()) - 2;
        i8::try_from(distance).ok().map(i8::cast_unsigned)
    }

    /// The 4 bytes before here take the distance to the label.
    #[inline]
    fn rel32(&mut self, to: Label) {
        let at = self.buffer.offset().saturating_sub(4);
        self.buffer.fixup(at, &reloc::RIP32, to);
    }

    /// The 4 bytes before here take the distance to the symbol.
    #[inline]
    fn pc32(&mut self, to: Symbol) {
        let at = self.buffer.offset().saturating_sub(4);
        self.buffer.relocation(at, RelocKind::X64Pc32, to, -4);
    }
}
