//! Integers (Arm ARM, C6.2).

use super::*;
use crate::masm::*;
use asm::{Imm12, LogicalImm, X, bitfield, imm12, logical, move_wide};

/// The bit that makes an instruction 64 bits wide.
pub(super) const fn wide(size: Size) -> Opcode {
    match size {
        Size::S32 => 0,
        Size::S64 => X,
    }
}

const fn is_wide(size: Size) -> bool {
    matches!(size, Size::S64)
}

impl A64 {
    /// A constant in as few instructions as moves of 16 bits allow.
    pub(super) fn constant_to(&mut self, d: u8, value: u64) {
        if let (true, Some(imm)) = (value > 0xffff, LogicalImm::new(value, true)) {
            return self.put(enc(logical::ORR | X | imm.bits(), d, ZR, 0));
        }
        let parts: [u16; 4] = std::array::from_fn(|i| {
            let bytes = value.to_le_bytes();
            u16::from_le_bytes([bytes[2 * i], bytes[2 * i + 1]])
        });
        let zeros = parts.iter().filter(|&&p| p == 0).count();
        let ones = parts.iter().filter(|&&p| p == 0xffff).count();
        let (first, skipped, flip) = if ones > zeros { (asm::MOVN, 0xffff, 0xffff) } else { (asm::MOVZ, 0, 0) };
        let mut started = false;
        for (part, &bits) in (0..).zip(&parts) {
            if bits == skipped {
                continue;
            }
            if started {
                self.put(move_wide(asm::MOVK | X, d, part, bits));
            } else {
                self.put(move_wide(first | X, d, part, bits ^ flip));
                started = true;
            }
        }
        if !started {
            self.put(move_wide(first | X, d, 0, 0));
        }
    }

    /// `d = a + value`, 64 bits; the stack pointer may be either. May use x17.
    pub(super) fn add_constant(&mut self, d: u8, a: u8, value: i64) {
        let (op, magnitude) =
            if value < 0 { (imm12::SUB, value.unsigned_abs()) } else { (imm12::ADD, value.unsigned_abs()) };
        if let Some(imm) = Imm12::new(magnitude) {
            return self.put(enc(op | X | imm.bits(), d, a, 0));
        }
        if magnitude < 1 << 24 {
            let (high, low) = (Imm12::new(magnitude & !0xfff), Imm12::new(magnitude & 0xfff));
            let (Some(high), Some(low)) = (high, low) else { unreachable!("both have 12 bits") };
            self.put(enc(op | X | high.bits(), d, a, 0));
            return self.put(enc(op | X | low.bits(), d, d, 0));
        }
        self.constant_to(X17, magnitude);
        self.rrr(if value < 0 { asm::SUB_UXTX } else { asm::ADD_UXTX }, d, a, X17);
    }

    pub(super) fn mov_reg(&mut self, size: Size, d: u8, a: u8) {
        self.rrr(asm::ORR | wide(size), d, ZR, a);
    }

    /// `cmp a, b`.
    pub(super) fn compare(&mut self, size: Size, a: u8, b: RegImm) {
        match b {
            RegImm::Reg(b) => self.rrr(asm::SUBS | wide(size), ZR, a, b.0),
            RegImm::Imm(value) => {
                let value = if is_wide(size) { value } else { low32(value).into() };
                if let Some(imm) = u64::try_from(value).ok().and_then(Imm12::new) {
                    self.put(enc(imm12::SUBS | wide(size) | imm.bits(), ZR, a, 0));
                } else if let Some(imm) = value.checked_neg().and_then(|v| u64::try_from(v).ok()).and_then(Imm12::new) {
                    self.put(enc(imm12::ADDS | wide(size) | imm.bits(), ZR, a, 0));
                } else {
                    self.constant_to(X17, value.cast_unsigned());
                    self.rrr(asm::SUBS | wide(size), ZR, a, X17);
                }
            }
        }
    }

    fn alu_immediate(&mut self, op: AluOp, size: Size, d: u8, a: u8, value: i64) -> bool {
        let bits = if is_wide(size) { value.cast_unsigned() } else { value.cast_unsigned() & 0xffff_ffff };
        let arithmetic = |add: bool| {
            let positive = u64::try_from(value).ok().and_then(Imm12::new);
            let negative = value.checked_neg().and_then(|v| u64::try_from(v).ok()).and_then(Imm12::new);
            match (positive, negative) {
                (Some(imm), _) => Some((if add { imm12::ADD } else { imm12::SUB }, imm)),
                (_, Some(imm)) => Some((if add { imm12::SUB } else { imm12::ADD }, imm)),
                _ => None,
            }
        };
        let word = match op {
            AluOp::Add | AluOp::Sub => match arithmetic(op == AluOp::Add) {
                Some((op, imm)) => op | imm.bits(),
                None => return false,
            },
            AluOp::And | AluOp::Or | AluOp::Xor => {
                let Some(imm) = LogicalImm::new(bits, is_wide(size)) else { return false };
                let op = match op {
                    AluOp::And => logical::AND,
                    AluOp::Or => logical::ORR,
                    _ => logical::EOR,
                };
                op | imm.bits()
            }
            AluOp::Mul => {
                if !bits.is_power_of_two() {
                    return false;
                }
                self.shift_constant(ShiftOp::Shl, size, d, a, bits.trailing_zeros());
                return true;
            }
        };
        self.put(enc(word | wide(size), d, a, 0));
        true
    }

    fn shift_constant(&mut self, op: ShiftOp, size: Size, d: u8, a: u8, count: u32) {
        let (bits, w) = (size.bits(), is_wide(size));
        let count = count & (bits - 1);
        let word = match op {
            ShiftOp::Shl => bitfield(false, w, d, a, (bits - count) & (bits - 1), bits - 1 - count),
            ShiftOp::ShrU => bitfield(false, w, d, a, count, bits - 1),
            ShiftOp::ShrS => bitfield(true, w, d, a, count, bits - 1),
            ShiftOp::Rotl | ShiftOp::Rotr => {
                let right = if op == ShiftOp::Rotr { count } else { (bits - count) & (bits - 1) };
                let op = if w { asm::EXTR_X } else { asm::EXTR };
                enc(op | right << 10, d, a, a)
            }
        };
        self.put(word);
    }
}

impl IntMasm for A64 {
    #[inline]
    fn mov(&mut self, size: Size, d: Gp, a: Gp) {
        if d != a || size == Size::S32 {
            self.mov_reg(size, d.0, a.0);
        }
    }

    fn constant(&mut self, d: Gp, value: u64) {
        self.constant_to(d.0, value);
    }

    fn alu(&mut self, op: AluOp, size: Size, d: Gp, a: Gp, b: RegImm) {
        let b = match b {
            RegImm::Reg(b) => b.0,
            RegImm::Imm(value) => {
                let value = if is_wide(size) { value } else { low32(value).into() };
                if self.alu_immediate(op, size, d.0, a.0, value) {
                    return;
                }
                self.constant_to(X17, value.cast_unsigned());
                X17
            }
        };
        let op = match op {
            AluOp::Add => asm::ADD,
            AluOp::Sub => asm::SUB,
            AluOp::Mul => asm::MUL,
            AluOp::And => asm::AND,
            AluOp::Or => asm::ORR,
            AluOp::Xor => asm::EOR,
        };
        self.rrr(op | wide(size), d.0, a.0, b);
    }

    fn negate_from(&mut self, size: Size, d: Gp, from: i64, a: Gp) {
        let from = if from == 0 {
            ZR
        } else {
            self.constant_to(X17, from.cast_unsigned());
            X17
        };
        self.rrr(asm::SUB | wide(size), d.0, from, a.0);
    }

    fn shift_registers(&self, _: ShiftOp, _: Size) -> Fixed {
        Fixed::default()
    }

    fn shift(&mut self, op: ShiftOp, size: Size, d: Gp, a: Gp, count: RegImm) {
        let count = match count {
            RegImm::Imm(count) => {
                let count = u32::try_from(count & 63).expect("below 64");
                return self.shift_constant(op, size, d.0, a.0, count);
            }
            RegImm::Reg(count) => count.0,
        };
        let (op, count) = match op {
            ShiftOp::Shl => (asm::LSLV, count),
            ShiftOp::ShrS => (asm::ASRV, count),
            ShiftOp::ShrU => (asm::LSRV, count),
            ShiftOp::Rotr => (asm::RORV, count),
            ShiftOp::Rotl => {
                self.rrr(asm::SUB | wide(size), X17, ZR, count);
                (asm::RORV, X17)
            }
        };
        self.rrr(op | wide(size), d.0, a.0, count);
    }

    fn div_registers(&self, _: DivOp) -> Fixed {
        Fixed::default()
    }

    fn div(&mut self, op: DivOp, size: Size, d: Gp, a: Gp, b: Gp) {
        let divide = match op {
            DivOp::QuotientS | DivOp::RemainderS => asm::SDIV,
            DivOp::QuotientU | DivOp::RemainderU => asm::UDIV,
        } | wide(size);
        match op {
            DivOp::QuotientS | DivOp::QuotientU => self.rrr(divide, d.0, a.0, b.0),
            DivOp::RemainderS | DivOp::RemainderU => {
                self.rrr(divide, X17, a.0, b.0);
                self.put(enc(asm::MSUB | wide(size), d.0, X17, b.0) | u32::from(a.0) << 10);
            }
        }
    }

    fn count(&mut self, op: CountOp, size: Size, d: Gp, a: Gp) {
        match op {
            CountOp::Clz => self.rr(asm::CLZ | wide(size), d.0, a.0),
            CountOp::Ctz => {
                self.rr(asm::RBIT | wide(size), X17, a.0);
                self.rr(asm::CLZ | wide(size), d.0, X17);
            }
            CountOp::Popcnt => {
                self.rr(if is_wide(size) { asm::FMOV_DX } else { asm::FMOV_SW }, V30, a.0);
                self.rr(asm::V_CNT8, V30, V30);
                self.rr(asm::V_ADDV8, V30, V30);
                self.rr(asm::FMOV_WS, d.0, V30);
            }
        }
    }

    fn extend(&mut self, op: ExtendOp, d: Gp, a: Gp) {
        let (d, a) = (d.0, a.0);
        self.put(match op {
            ExtendOp::S8To32 => bitfield(true, false, d, a, 0, 7),
            ExtendOp::S16To32 => bitfield(true, false, d, a, 0, 15),
            ExtendOp::S8To64 => bitfield(true, true, d, a, 0, 7),
            ExtendOp::S16To64 => bitfield(true, true, d, a, 0, 15),
            ExtendOp::S32To64 => bitfield(true, true, d, a, 0, 31),
            ExtendOp::U32To64 => return self.mov_reg(Size::S32, d, a),
        });
    }

    fn wide_add_sub(&mut self, add: bool, d_low: Gp, d_high: Gp, a_low: Gp, a_high: Gp, b_low: Gp, b_high: Gp) {
        let (low, high) = if add { (asm::ADDS, asm::ADC) } else { (asm::SUBS, asm::SBC) };
        self.rrr(low | X, d_low.0, a_low.0, b_low.0);
        self.rrr(high | X, d_high.0, a_high.0, b_high.0);
    }

    fn wide_mul_registers(&self) -> Fixed {
        Fixed::default()
    }

    fn wide_mul(&mut self, signed: bool, d_low: Gp, d_high: Gp, a: Gp, b: Gp) {
        self.rrr(asm::MUL | X, d_low.0, a.0, b.0);
        self.rrr(if signed { asm::SMULH } else { asm::UMULH }, d_high.0, a.0, b.0);
    }
}
