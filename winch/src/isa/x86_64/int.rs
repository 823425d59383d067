//! Integers (Intel SDM, volume 2, by mnemonic).

use super::*;
use crate::masm::*;
use gantry_emit::isa::x86_64::asm::{Bmi, Count, Extend, Shift};

/// The instruction of an operation; not of products.
const fn alu(op: AluOp) -> Alu {
    match op {
        AluOp::Add => Alu::Add,
        AluOp::Or => Alu::Or,
        AluOp::And => Alu::And,
        AluOp::Sub => Alu::Sub,
        AluOp::Xor => Alu::Xor,
        AluOp::Mul => unreachable!(),
    }
}

impl X64 {
    #[inline]
    pub(super) fn alu_rr(&mut self, op: Alu, size: Size, d: Gpr, a: Gpr) {
        self.asm().alu(op, bits(size), d, a);
    }

    /// The constant fits 32 bits.
    #[inline]
    pub(super) fn alu_ri(&mut self, op: Alu, size: Size, d: Gpr, imm: i32) {
        self.asm().alu_imm(op, bits(size), d, imm);
    }

    #[inline]
    pub(super) fn mov_rr(&mut self, size: Size, d: Gpr, a: Gpr) {
        self.asm().mov(bits(size), d, a);
    }

    /// A constant; flags change.
    #[inline]
    pub(super) fn mov_imm(&mut self, d: Gpr, value: u64) {
        self.asm().constant(d, value);
    }

    /// Makes a constant fit 32 bits: gives it, or the scratch register that holds it.
    fn imm32(&mut self, size: Size, value: i64) -> Result<i32, Gpr> {
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
    pub(super) fn compare(&mut self, size: Size, a: Gpr, b: RegImm) {
        match b {
            RegImm::Imm(0) => self.asm().test(bits(size), a, a),
            RegImm::Imm(value) => match self.imm32(size, value) {
                Ok(imm) => self.alu_ri(Alu::Cmp, size, a, imm),
                Err(reg) => self.alu_rr(Alu::Cmp, size, a, reg),
            },
            RegImm::Reg(b) => self.alu_rr(Alu::Cmp, size, a, gpr(b)),
        }
    }

    fn multiply_constant(&mut self, size: Size, d: Gpr, a: Gpr, value: i64) {
        let scale = match value {
            3 => Some(Scale::X2),
            5 => Some(Scale::X4),
            9 => Some(Scale::X8),
            _ => None,
        };
        if let Some(scale) = scale {
            self.asm().lea(bits(size), d, Mem::<()>::index(a, a, scale, 0));
        } else if value > 0 && value.cast_unsigned().is_power_of_two() {
            if d != a {
                self.mov_rr(size, d, a);
            }
            let log2 = u8::try_from(value.trailing_zeros()).expect("below 64");
            if log2 > 0 {
                self.asm().shift_imm(Shift::Shl, bits(size), d, log2);
            } else if d == a && size == Size::S32 {
                self.mov_rr(size, d, a);
            }
        } else {
            match self.imm32(size, value) {
                Ok(imm) => self.asm().imul_imm(bits(size), d, a, imm),
                Err(reg) => self.multiply(size, d, a, reg),
            }
        }
    }

    fn multiply(&mut self, size: Size, d: Gpr, a: Gpr, b: Gpr) {
        let other = if d == a {
            b
        } else if d == b {
            a
        } else {
            self.mov_rr(size, d, a);
            b
        };
        self.asm().imul(bits(size), d, other);
    }

    fn alu_constant(&mut self, op: AluOp, size: Size, d: Gpr, a: Gpr, value: i64) {
        let value = match size {
            // Both forms of a 32-bit constant are the same one.
            Size::S32 => i64::from(low32(value)),
            Size::S64 => value,
        };
        let added = match op {
            AluOp::Add => i32::try_from(value).ok(),
            AluOp::Sub => value.checked_neg().and_then(|v| i32::try_from(v).ok()),
            _ => None,
        };
        if let Some(imm) = added.filter(|_| d != a) {
            return self.asm().lea(bits(size), d, Mem::<()>::base(a, imm));
        }
        match self.imm32(size, value) {
            Ok(imm) => {
                if d != a {
                    self.mov_rr(size, d, a);
                }
                self.alu_ri(alu(op), size, d, imm);
            }
            Err(reg) => self.alu_registers(op, size, d, a, reg),
        }
    }

    fn alu_registers(&mut self, op: AluOp, size: Size, d: Gpr, a: Gpr, b: Gpr) {
        if d == a {
            self.alu_rr(alu(op), size, d, b);
        } else if d == b {
            if op.commutes() {
                self.alu_rr(alu(op), size, d, a);
            } else {
                self.asm().neg(bits(size), d);
                self.alu_rr(Alu::Add, size, d, a);
            }
        } else if op == AluOp::Add {
            self.asm().lea(bits(size), d, Mem::<()>::index(a, b, Scale::X1, 0));
        } else {
            self.mov_rr(size, d, a);
            self.alu_rr(alu(op), size, d, b);
        }
    }
}

impl IntMasm for X64 {
    #[inline]
    fn mov(&mut self, size: Size, d: Gp, a: Gp) {
        if d != a || size == Size::S32 {
            self.mov_rr(size, gpr(d), gpr(a));
        }
    }

    #[inline]
    fn constant(&mut self, d: Gp, value: u64) {
        self.mov_imm(gpr(d), value);
    }

    fn alu(&mut self, op: AluOp, size: Size, d: Gp, a: Gp, b: RegImm) {
        let (d, a) = (gpr(d), gpr(a));
        match (op, b) {
            (AluOp::Mul, RegImm::Imm(value)) => self.multiply_constant(size, d, a, value),
            (AluOp::Mul, RegImm::Reg(b)) => self.multiply(size, d, a, gpr(b)),
            (_, RegImm::Imm(value)) => self.alu_constant(op, size, d, a, value),
            (_, RegImm::Reg(b)) => self.alu_registers(op, size, d, a, gpr(b)),
        }
    }

    fn negate_from(&mut self, size: Size, d: Gp, from: i64, a: Gp) {
        if d != a {
            self.mov_rr(size, gpr(d), gpr(a));
        }
        self.asm().neg(bits(size), gpr(d));
        if from != 0 {
            self.alu(AluOp::Add, size, d, d, RegImm::Imm(from));
        }
    }

    fn shift_registers(&self, op: ShiftOp, _: Size) -> Fixed {
        let free = self.features.bmi2 && !matches!(op, ShiftOp::Rotl | ShiftOp::Rotr);
        if free { Fixed::default() } else { Fixed { second: Some(gp(RCX)), ..Fixed::default() } }
    }

    fn shift(&mut self, op: ShiftOp, size: Size, d: Gp, a: Gp, count: RegImm) {
        let (shift, bmi) = match op {
            ShiftOp::Rotl => (Shift::Rol, None),
            ShiftOp::Rotr => (Shift::Ror, None),
            ShiftOp::Shl => (Shift::Shl, Some(Bmi::Shlx)),
            ShiftOp::ShrU => (Shift::Shr, Some(Bmi::Shrx)),
            ShiftOp::ShrS => (Shift::Sar, Some(Bmi::Sarx)),
        };
        match count {
            RegImm::Imm(count) => {
                let count = u8::try_from(count & i64::from(size.bits() - 1)).expect("below 64");
                if count == 0 {
                    return self.mov(size, d, a);
                }
                if d != a {
                    self.mov_rr(size, gpr(d), gpr(a));
                }
                self.asm().shift_imm(shift, bits(size), gpr(d), count);
            }
            RegImm::Reg(count) => {
                if let Some(bmi) = bmi.filter(|_| self.features.bmi2) {
                    return self.asm().bmi(bmi, bits(size), gpr(d), gpr(a), gpr(count));
                }
                debug_assert!(gpr(count) == RCX && gpr(d) != RCX, "shift counts are in cl");
                if d != a {
                    self.mov_rr(size, gpr(d), gpr(a));
                }
                self.asm().shift_cl(shift, bits(size), gpr(d));
            }
        }
    }

    fn div_registers(&self, op: DivOp) -> Fixed {
        let result = match op {
            DivOp::QuotientS | DivOp::QuotientU => RAX,
            DivOp::RemainderS | DivOp::RemainderU => RDX,
        };
        let clobbered = RegSet::ints(&[RAX.0, RDX.0]);
        Fixed { first: Some(gp(RAX)), second: None, result: Some(gp(result)), clobbered }
    }

    fn div(&mut self, op: DivOp, size: Size, _: Gp, _: Gp, b: Gp) {
        let b = gpr(b);
        let signed = matches!(op, DivOp::QuotientS | DivOp::RemainderS);
        if !signed {
            self.asm().zero(RDX);
            return self.asm().div(bits(size), b);
        }
        let (plain, done) = (self.buffer.label(), self.buffer.label());
        if op == DivOp::RemainderS {
            // The quotient of the least integer and -1 does not fit; the remainder by -1 is always 0.
            self.alu_ri(Alu::Cmp, size, b, -1);
            self.asm().jcc_short(Cc::Ne, plain);
            self.asm().zero(RDX);
            self.asm().jmp_short(done);
            self.buffer.bind(plain);
        }
        self.asm().sign_to_rdx(bits(size));
        self.asm().idiv(bits(size), b);
        if op == DivOp::RemainderS {
            self.buffer.bind(done);
        }
    }

    fn count(&mut self, op: CountOp, size: Size, d: Gp, a: Gp) {
        let (d, a) = (gpr(d), gpr(a));
        let count = match op {
            CountOp::Clz if self.features.lzcnt => Count::Lzcnt,
            CountOp::Ctz if self.features.bmi1 => Count::Tzcnt,
            CountOp::Popcnt => Count::Popcnt,
            CountOp::Clz | CountOp::Ctz => {
                // The result of a scan of zero is undefined.
                let scan = if op == CountOp::Clz { Count::Bsr } else { Count::Bsf };
                let done = self.buffer.label();
                self.asm().count(scan, bits(size), R11, a);
                self.asm().jcc_short(Cc::Ne, done);
                let none = match (op, size) {
                    // Flipping the low bits gives the width.
                    (CountOp::Clz, _) => 2 * size.bits() - 1,
                    _ => size.bits(),
                };
                self.mov_imm(R11, none.into());
                self.buffer.bind(done);
                if op == CountOp::Clz {
                    let low = i32::try_from(size.bits() - 1).expect("below 64");
                    self.alu_ri(Alu::Xor, Size::S32, R11, low);
                }
                return self.mov_rr(Size::S32, d, R11);
            }
        };
        if d != a {
            // Some processors wait for the old value.
            self.asm().zero(d);
        }
        self.asm().count(count, bits(size), d, a);
    }

    fn extend(&mut self, op: ExtendOp, d: Gp, a: Gp) {
        let (extend, to) = match op {
            ExtendOp::S8To32 => (Extend::Sign8, Size::S32),
            ExtendOp::S8To64 => (Extend::Sign8, Size::S64),
            ExtendOp::S16To32 => (Extend::Sign16, Size::S32),
            ExtendOp::S16To64 => (Extend::Sign16, Size::S64),
            ExtendOp::S32To64 => (Extend::Sign32, Size::S64),
            ExtendOp::U32To64 => (Extend::Zero32, Size::S64),
        };
        self.asm().extend(extend, bits(to), gpr(d), gpr(a));
    }

    fn wide_add_sub(&mut self, add: bool, d_low: Gp, d_high: Gp, a_low: Gp, a_high: Gp, b_low: Gp, b_high: Gp) {
        let (low, high) = if add { (Alu::Add, Alu::Adc) } else { (Alu::Sub, Alu::Sbb) };
        self.mov(Size::S64, d_low, a_low);
        self.mov(Size::S64, d_high, a_high);
        self.alu_rr(low, Size::S64, gpr(d_low), gpr(b_low));
        self.alu_rr(high, Size::S64, gpr(d_high), gpr(b_high));
    }

    fn wide_mul_registers(&self) -> Fixed {
        Fixed { result: Some(gp(RAX)), second: Some(gp(RDX)), ..Fixed::default() }
    }

    fn wide_mul(&mut self, signed: bool, _: Gp, _: Gp, a: Gp, b: Gp) {
        self.mov(Size::S64, gp(RAX), a);
        if signed {
            self.asm().imul_wide(asm::Size::S64, gpr(b));
        } else {
            self.asm().mul_wide(asm::Size::S64, gpr(b));
        }
    }
}
