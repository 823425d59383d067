//! Counting and picking bits, byte order, and the BMI extensions (Intel SDM, volume 2: BSF, BT, LZCNT, POPCNT, BSWAP,
//! MOVBE, ANDN, BZHI, SHLX, RORX, MULX, ADCX).

use super::encode::{Imm, Op, Rex, Vex};
use super::{Asm, Gpr, IntWidth, Mem, OperandSize, Rm, Size};

/// Counting and scanning bits. None has a form for 8 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// Index of the lowest one; undefined for zero, which sets the zero flag.
    Bsf,
    /// Index of the highest one; undefined for zero, which sets the zero flag.
    Bsr,
    /// Trailing zeros (BMI1).
    Tzcnt,
    /// Leading zeros (LZCNT).
    Lzcnt,
    /// Ones (POPCNT).
    Popcnt,
}

/// Three-address operations of BMI1 and BMI2 on 32 or 64 bits, `a` in a register or memory, `b` in a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bmi {
    /// `d = a << b`, flags kept.
    Shlx,
    /// `d = a >> b`, unsigned, flags kept.
    Shrx,
    /// `d = a >> b`, signed, flags kept.
    Sarx,
    /// `d = a`, the bits from `b` on cleared.
    Bzhi,
    /// `d = !b & a`.
    Andn,
    /// `d` takes the bits of `b` that mask `a` picks, packed from the lowest on.
    Pext,
    /// `d` takes the low bits of `b` to the places of mask `a`.
    Pdep,
}

#[inline]
fn is_64(size: impl OperandSize) -> bool {
    let size = size.size();
    debug_assert!(size >= Size::S32, "forms for 32 and 64 bits only");
    size == Size::S64
}

impl Asm<'_> {
    /// `op d, a`.
    #[inline]
    pub fn count<S: OperandSize>(&mut self, op: Count, size: S, d: Gpr, a: impl Rm<Gpr, S>) {
        let size = size.size();
        let op = match op {
            Count::Bsf => size.wide(Op::two(0xbc)),
            Count::Bsr => size.wide(Op::two(0xbd)),
            Count::Tzcnt => size.wide(Op::two(0xbc)).prefix(0xf3),
            Count::Lzcnt => size.wide(Op::two(0xbd)).prefix(0xf3),
            Count::Popcnt => size.wide(Op::two(0xb8)).prefix(0xf3),
        };
        self.legacy(op, size.rex(false), d.0, a, Imm::NONE);
    }

    /// `bt d, i`: the carry flag becomes the bit of that number, modulo the size. No form for 8 bits.
    #[inline]
    pub fn bt_imm<S: OperandSize>(&mut self, size: S, d: impl Rm<Gpr, S>, i: u8) {
        let size = size.size();
        self.legacy(size.wide(Op::two(0xba)), size.rex(false), 4, d, Imm::byte(i));
    }

    /// `btc d, i`: the same, and flips the bit.
    #[inline]
    pub fn btc_imm<S: OperandSize>(&mut self, size: S, d: impl Rm<Gpr, S>, i: u8) {
        let size = size.size();
        self.legacy(size.wide(Op::two(0xba)), size.rex(false), 7, d, Imm::byte(i));
    }

    /// `bt d, a`: the carry flag becomes bit `a` of `d`, modulo the size. No form for 8 bits.
    #[inline]
    pub fn bt(&mut self, size: Size, d: Gpr, a: Gpr) {
        self.legacy(size.wide(Op::two(0xa3)), size.rex(false), a.0, d, Imm::NONE);
    }

    /// `bswap d`: reverses the bytes of 32 or 64 bits.
    #[inline]
    pub fn bswap(&mut self, size: Size, d: Gpr) {
        let (head, len) = self.opcode_reg(Op::two(0xc8), Rex::w(is_64(size)), d.0);
        self.buffer.put_bits(head, len);
    }

    /// `movbe d, [a]`: loads with the bytes reversed (MOVBE). No form for 8 bits.
    #[inline]
    pub fn movbe_load<W: IntWidth>(&mut self, d: Gpr, a: Mem<W>) {
        let size = W::SIZE;
        self.legacy(size.wide(Op::three(0x38, 0xf0)), size.rex(false), d.0, a, Imm::NONE);
    }

    /// `movbe [d], a`: stores with the bytes reversed (MOVBE). No form for 8 bits.
    #[inline]
    pub fn movbe_store<W: IntWidth>(&mut self, d: Mem<W>, a: Gpr) {
        let size = W::SIZE;
        self.legacy(size.wide(Op::three(0x38, 0xf1)), size.rex(false), a.0, d, Imm::NONE);
    }

    /// `op d, a, b` of BMI. (`andn`, `pdep` and `pext` write it `op d, b, a`.)
    #[inline]
    pub fn bmi<S: OperandSize>(&mut self, op: Bmi, size: S, d: Gpr, a: impl Rm<Gpr, S>, b: Gpr) {
        let (pp, code) = match op {
            Bmi::Shlx => (1, 0xf7),
            Bmi::Sarx => (2, 0xf7),
            Bmi::Shrx => (3, 0xf7),
            Bmi::Bzhi => (0, 0xf5),
            Bmi::Andn => (0, 0xf2),
            Bmi::Pext => (2, 0xf5),
            Bmi::Pdep => (3, 0xf5),
        };
        let vex = Vex { pp, map: 2, code, w: is_64(size) };
        self.vex(vex, d.0, b.0, a, Imm::NONE);
    }

    /// `rorx d, a, i`: rotates right, flags kept (BMI2). 32 or 64 bits.
    #[inline]
    pub fn rorx<S: OperandSize>(&mut self, size: S, d: Gpr, a: impl Rm<Gpr, S>, i: u8) {
        let vex = Vex { pp: 3, map: 3, code: 0xf0, w: is_64(size) };
        self.vex(vex, d.0, 0, a, Imm::byte(i));
    }

    /// `mulx high, low, a`: `high:low = rdx * a`, unsigned, flags kept (BMI2). 32 or 64 bits.
    #[inline]
    pub fn mulx<S: OperandSize>(&mut self, size: S, high: Gpr, low: Gpr, a: impl Rm<Gpr, S>) {
        let vex = Vex { pp: 3, map: 2, code: 0xf6, w: is_64(size) };
        self.vex(vex, high.0, low.0, a, Imm::NONE);
    }

    /// `adcx d, a`: `d += a + carry`, only the carry flag changed (ADX). 32 or 64 bits.
    #[inline]
    pub fn adcx<S: OperandSize>(&mut self, size: S, d: Gpr, a: impl Rm<Gpr, S>) {
        self.legacy(Op::three(0x38, 0xf6).prefix(0x66), Rex::w(is_64(size)), d.0, a, Imm::NONE);
    }

    /// `adox d, a`: `d += a + overflow`, only the overflow flag changed (ADX). 32 or 64 bits.
    #[inline]
    pub fn adox<S: OperandSize>(&mut self, size: S, d: Gpr, a: impl Rm<Gpr, S>) {
        self.legacy(Op::three(0x38, 0xf6).prefix(0xf3), Rex::w(is_64(size)), d.0, a, Imm::NONE);
    }
}
