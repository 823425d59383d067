//! Integers (Intel SDM, volume 2, by mnemonic).

use super::*;
use crate::masm::*;

const fn wide(size: Size) -> bool {
    matches!(size, Size::S64)
}

/// The number of an operation in the group that shares opcodes 0x81 and 0x83.
const fn group1(op: AluOp) -> u8 {
    match op {
        AluOp::Add => 0,
        AluOp::Or => 1,
        AluOp::And => 4,
        AluOp::Sub => 5,
        AluOp::Xor => 6,
        AluOp::Mul => unreachable!(),
    }
}

/// `cmp` in that group.
pub(super) const CMP: u8 = 7;

impl X64 {
    /// `op rm, reg` of group 1.
    #[inline]
    pub(super) fn group1_rr(&mut self, op: u8, size: Size, d: u8, a: u8) {
        self.rr(op1(op << 3 | 1).w(wide(size)), a, d);
    }

    /// `op rm, imm` of group 1; the constant fits 32 bits.
    #[inline]
    pub(super) fn group1_ri(&mut self, op: u8, size: Size, d: impl Into<Rm>, imm: i32) {
        match i8::try_from(imm) {
            Ok(imm) => self.rmi(op1(0x83).w(wide(size)), op, d, Imm::Byte(imm.cast_unsigned())),
            Err(_) => self.rmi(op1(0x81).w(wide(size)), op, d, Imm::Word(imm)),
        }
    }

    #[inline]
    pub(super) fn mov_rr(&mut self, size: Size, d: u8, a: u8) {
        self.rr(op1(0x8b).w(wide(size)), d, a);
    }

    pub(super) fn mov_imm(&mut self, d: u8, value: u64) {
        if value == 0 {
            self.rr(op1(0x31), d, d);
        } else if let Ok(imm) = u32::try_from(value) {
            let bytes = imm.cast_signed();
            // The register is part of the opcode.
            self.short_imm(d, bytes);
        } else if let Ok(imm) = i32::try_from(value.cast_signed()) {
            self.rmi(op1(0xc7).w(true), 0, Rm::Reg(d), Imm::Word(imm));
        } else {
            let buffer = &mut self.buffer;
            buffer.put1(0x48 | d >> 3);
            buffer.put1(0xb8 | d & 7);
            buffer.put8(value);
        }
    }

    fn short_imm(&mut self, d: u8, value: i32) {
        let buffer = &mut self.buffer;
        if d >= 8 {
            buffer.put1(0x41);
        }
        buffer.put1(0xb8 | d & 7);
        buffer.put4(value.cast_unsigned());
    }

    /// Makes a constant fit 32 bits: gives it, or the scratch register that holds it.
    fn imm32(&mut self, size: Size, value: i64) -> Result<i32, u8> {
        match i32::try_from(value) {
            Ok(imm) => Ok(imm),
            Err(_) => {
                let value = match size {
                    Size::S32 => value.cast_unsigned() & 0xffff_ffff,
                    Size::S64 => value.cast_unsigned(),
                };
                self.mov_imm(R11, value);
                Err(R11)
            }
        }
    }

    /// `cmp a, b`, or a shorter equivalent for comparisons with zero.
    pub(super) fn compare(&mut self, size: Size, a: u8, b: RegImm) {
        match b {
            RegImm::Imm(0) => self.rr(op1(0x85).w(wide(size)), a, a),
            RegImm::Imm(value) => match self.imm32(size, value) {
                Ok(imm) => self.group1_ri(CMP, size, Rm::Reg(a), imm),
                Err(reg) => self.group1_rr(CMP, size, a, reg),
            },
            RegImm::Reg(b) => self.group1_rr(CMP, size, a, b.0),
        }
    }

    /// `shl`, `shr`, ... by a constant.
    pub(super) fn shift_imm(&mut self, group: u8, size: Size, d: u8, count: u8) {
        if count == 1 {
            self.rr(op1(0xd1).w(wide(size)), group, d);
        } else {
            self.rmi(op1(0xc1).w(wide(size)), group, Rm::Reg(d), Imm::Byte(count));
        }
    }

    fn multiply_constant(&mut self, size: Size, d: u8, a: u8, value: i64) {
        let scale = match value {
            3 => Some(1),
            5 => Some(2),
            9 => Some(3),
            _ => None,
        };
        if let Some(scale) = scale {
            self.rm(op1(0x8d).w(wide(size)), d, Mem::Index(a, a, scale, 0));
        } else if value > 0 && value.cast_unsigned().is_power_of_two() {
            if d != a {
                self.mov_rr(size, d, a);
            }
            let log2 = u8::try_from(value.trailing_zeros()).expect("below 64");
            if log2 > 0 {
                self.shift_imm(4, size, d, log2);
            } else if d == a && size == Size::S32 {
                self.mov_rr(size, d, a);
            }
        } else {
            match self.imm32(size, value) {
                Ok(imm) => match i8::try_from(imm) {
                    Ok(imm) => self.rmi(op1(0x6b).w(wide(size)), d, Rm::Reg(a), Imm::Byte(imm.cast_unsigned())),
                    Err(_) => self.rmi(op1(0x69).w(wide(size)), d, Rm::Reg(a), Imm::Word(imm)),
                },
                Err(reg) => self.multiply(size, d, a, reg),
            }
        }
    }

    fn multiply(&mut self, size: Size, d: u8, a: u8, b: u8) {
        let other = if d == a {
            b
        } else if d == b {
            a
        } else {
            self.mov_rr(size, d, a);
            b
        };
        self.rr(op2(0xaf).w(wide(size)), d, other);
    }
}

impl IntMasm for X64 {
    #[inline]
    fn mov(&mut self, size: Size, d: Gp, a: Gp) {
        if d != a || size == Size::S32 {
            self.mov_rr(size, d.0, a.0);
        }
    }

    #[inline]
    fn constant(&mut self, d: Gp, value: u64) {
        self.mov_imm(d.0, value);
    }

    fn alu(&mut self, op: AluOp, size: Size, d: Gp, a: Gp, b: RegImm) {
        let (d, a) = (d.0, a.0);
        match (op, b) {
            (AluOp::Mul, RegImm::Imm(value)) => self.multiply_constant(size, d, a, value),
            (AluOp::Mul, RegImm::Reg(b)) => self.multiply(size, d, a, b.0),
            (_, RegImm::Imm(value)) => {
                let value = match size {
                    // Both forms of a 32-bit constant are the same one.
                    Size::S32 => i64::from(crate::masm::low32(value)),
                    Size::S64 => value,
                };
                let added = match op {
                    AluOp::Add => i32::try_from(value).ok(),
                    AluOp::Sub => value.checked_neg().and_then(|v| i32::try_from(v).ok()),
                    _ => None,
                };
                if let Some(imm) = added.filter(|_| d != a) {
                    return self.rm(op1(0x8d).w(wide(size)), d, Mem::Base(a, imm));
                }
                match self.imm32(size, value) {
                    Ok(imm) => {
                        if d != a {
                            self.mov_rr(size, d, a);
                        }
                        self.group1_ri(group1(op), size, Rm::Reg(d), imm);
                    }
                    Err(reg) => self.alu(op, size, Gp(d), Gp(a), RegImm::Reg(Gp(reg))),
                }
            }
            (_, RegImm::Reg(Gp(b))) => {
                if d == a {
                    self.group1_rr(group1(op), size, d, b);
                } else if d == b {
                    if op.commutes() {
                        self.group1_rr(group1(op), size, d, a);
                    } else {
                        self.rr(op1(0xf7).w(wide(size)), 3, d);
                        self.group1_rr(group1(AluOp::Add), size, d, a);
                    }
                } else if op == AluOp::Add {
                    self.rm(op1(0x8d).w(wide(size)), d, Mem::Index(a, b, 0, 0));
                } else {
                    self.mov_rr(size, d, a);
                    self.group1_rr(group1(op), size, d, b);
                }
            }
        }
    }

    fn negate_from(&mut self, size: Size, d: Gp, from: i64, a: Gp) {
        if d != a {
            self.mov_rr(size, d.0, a.0);
        }
        self.rr(op1(0xf7).w(wide(size)), 3, d.0);
        if from != 0 {
            self.alu(AluOp::Add, size, d, d, RegImm::Imm(from));
        }
    }

    fn shift_registers(&self, op: ShiftOp, _: Size) -> Fixed {
        let free = self.features.bmi2 && !matches!(op, ShiftOp::Rotl | ShiftOp::Rotr);
        if free { Fixed::default() } else { Fixed { second: Some(Gp(RCX)), ..Fixed::default() } }
    }

    fn shift(&mut self, op: ShiftOp, size: Size, d: Gp, a: Gp, count: RegImm) {
        let group = match op {
            ShiftOp::Rotl => 0,
            ShiftOp::Rotr => 1,
            ShiftOp::Shl => 4,
            ShiftOp::ShrU => 5,
            ShiftOp::ShrS => 7,
        };
        match count {
            RegImm::Imm(count) => {
                let count = u8::try_from(count & i64::from(size.bits() - 1)).expect("below 64");
                if count == 0 {
                    return self.mov(size, d, a);
                }
                if d != a {
                    self.mov_rr(size, d.0, a.0);
                }
                self.shift_imm(group, size, d.0, count);
            }
            RegImm::Reg(count) => {
                let prefix = match op {
                    ShiftOp::Shl => 0x66,
                    ShiftOp::ShrS => 0xf3,
                    ShiftOp::ShrU => 0xf2,
                    ShiftOp::Rotl | ShiftOp::Rotr => 0,
                };
                if self.features.bmi2 && prefix != 0 {
                    let op = Op { prefix, map: 2, opcode: 0xf7, w: wide(size) };
                    return emit_vex(&mut self.buffer, op, d.0, count.0, Rm::Reg(a.0), Imm::None);
                }
                debug_assert!(count.0 == RCX && d.0 != RCX, "shift counts are in cl");
                if d != a {
                    self.mov_rr(size, d.0, a.0);
                }
                self.rr(op1(0xd3).w(wide(size)), group, d.0);
            }
        }
    }

    fn div_registers(&self, op: DivOp) -> Fixed {
        let result = match op {
            DivOp::QuotientS | DivOp::QuotientU => RAX,
            DivOp::RemainderS | DivOp::RemainderU => RDX,
        };
        Fixed { first: Some(Gp(RAX)), second: None, result: Some(Gp(result)), clobbered: RegSet::ints(&[RAX, RDX]) }
    }

    fn div(&mut self, op: DivOp, size: Size, _: Gp, _: Gp, b: Gp) {
        let w = wide(size);
        let signed = matches!(op, DivOp::QuotientS | DivOp::RemainderS);
        if !signed {
            self.rr(op1(0x31), RDX, RDX);
            return self.rr(op1(0xf7).w(w), 6, b.0);
        }
        let (plain, done) = (self.buffer.label(), self.buffer.label());
        if op == DivOp::RemainderS {
            // The quotient of the least integer and -1 does not fit; the remainder by -1 is always 0.
            self.group1_ri(CMP, size, Rm::Reg(b.0), -1);
            self.jcc_short(super::control::NE, plain);
            self.rr(op1(0x31), RDX, RDX);
            self.jump_short(done);
            self.buffer.bind(plain);
        }
        if w {
            self.buffer.put1(0x48);
        }
        self.buffer.put1(0x99);
        self.rr(op1(0xf7).w(w), 7, b.0);
        if op == DivOp::RemainderS {
            self.buffer.bind(done);
        }
    }

    fn count(&mut self, op: CountOp, size: Size, d: Gp, a: Gp) {
        let w = wide(size);
        let opcode = match op {
            CountOp::Clz if self.features.lzcnt => 0xbd,
            CountOp::Ctz if self.features.bmi1 => 0xbc,
            CountOp::Popcnt => 0xb8,
            CountOp::Clz | CountOp::Ctz => {
                // The result of a scan of zero is undefined.
                let scan = if op == CountOp::Clz { 0xbd } else { 0xbc };
                let done = self.buffer.label();
                self.rr(op2(scan).w(w), R11, a.0);
                self.jcc_short(super::control::NE, done);
                let none = match (op, size) {
                    // Flipping the low bits gives the width.
                    (CountOp::Clz, _) => 2 * size.bits() - 1,
                    _ => size.bits(),
                };
                self.mov_imm(R11, none.into());
                self.buffer.bind(done);
                if op == CountOp::Clz {
                    let bits = i32::try_from(size.bits() - 1).expect("below 64");
                    self.group1_ri(6, Size::S32, Rm::Reg(R11), bits);
                }
                return self.mov_rr(Size::S32, d.0, R11);
            }
        };
        if d != a {
            // Some processors wait for the old value.
            self.rr(op1(0x31), d.0, d.0);
        }
        self.rr(op2(opcode).p(0xf3).w(w), d.0, a.0);
    }

    fn extend(&mut self, op: ExtendOp, d: Gp, a: Gp) {
        let (d, a) = (d.0, a.0);
        match op {
            ExtendOp::S8To32 => emit_full(&mut self.buffer, op2(0xbe), d, Rm::Reg(a), Imm::None, true),
            ExtendOp::S8To64 => emit_full(&mut self.buffer, op2(0xbe).w(true), d, Rm::Reg(a), Imm::None, true),
            ExtendOp::S16To32 => self.rr(op2(0xbf), d, a),
            ExtendOp::S16To64 => self.rr(op2(0xbf).w(true), d, a),
            ExtendOp::S32To64 => self.rr(op1(0x63).w(true), d, a),
            ExtendOp::U32To64 => self.mov_rr(Size::S32, d, a),
        }
    }

    fn wide_add_sub(&mut self, add: bool, d_low: Gp, d_high: Gp, a_low: Gp, a_high: Gp, b_low: Gp, b_high: Gp) {
        // add and adc, sub and sbb.
        let (low, high) = if add { (0, 2) } else { (5, 3) };
        self.mov(Size::S64, d_low, a_low);
        self.mov(Size::S64, d_high, a_high);
        self.group1_rr(low, Size::S64, d_low.0, b_low.0);
        self.group1_rr(high, Size::S64, d_high.0, b_high.0);
    }

    fn wide_mul_registers(&self) -> Fixed {
        Fixed { result: Some(Gp(RAX)), second: Some(Gp(RDX)), ..Fixed::default() }
    }

    fn wide_mul(&mut self, signed: bool, _: Gp, _: Gp, a: Gp, b: Gp) {
        self.mov(Size::S64, Gp(RAX), a);
        self.rr(op1(0xf7).w(true), if signed { 5 } else { 4 }, b.0);
    }
}
