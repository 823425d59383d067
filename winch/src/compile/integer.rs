//! Integer operators. Constants are folded; what remains takes immediates where the ISA does.

use super::state::Val;
use super::{Compiler, Fused, Optimization};
use crate::masm::*;
use crate::reg::{Class, Gp, Reg};
use gantry_abi::{AbiType, Trap};

/// The type of integers of this width.
const fn ty(size: Size) -> AbiType {
    match size {
        Size::S32 => AbiType::I32,
        Size::S64 => AbiType::I64,
    }
}

/// A constant of this width, as slots hold it.
const fn wrap(size: Size, value: i64) -> u64 {
    match size {
        #[expect(clippy::cast_possible_truncation, reason = "that is what wrapping means")]
        Size::S32 => (value as i32 as i64).cast_unsigned(),
        Size::S64 => value.cast_unsigned(),
    }
}

/// The low 32 bits.
#[expect(clippy::cast_possible_truncation, reason = "that is what it is for")]
const fn low(value: u64) -> u32 {
    value as u32
}

fn fold(op: AluOp, size: Size, a: u64, b: u64) -> u64 {
    let (a, b) = (a.cast_signed(), b.cast_signed());
    wrap(
        size,
        match op {
            AluOp::Add => a.wrapping_add(b),
            AluOp::Sub => a.wrapping_sub(b),
            AluOp::Mul => a.wrapping_mul(b),
            AluOp::And => a & b,
            AluOp::Or => a | b,
            AluOp::Xor => a ^ b,
        },
    )
}

fn fold_shift(op: ShiftOp, size: Size, a: u64, count: u64) -> u64 {
    let count = low(count);
    match size {
        Size::S32 => {
            let a = low(a);
            let value = match op {
                ShiftOp::Shl => a.wrapping_shl(count),
                ShiftOp::ShrS => a.cast_signed().wrapping_shr(count).cast_unsigned(),
                ShiftOp::ShrU => a.wrapping_shr(count),
                ShiftOp::Rotl => a.rotate_left(count & 31),
                ShiftOp::Rotr => a.rotate_right(count & 31),
            };
            wrap(size, value.into())
        }
        Size::S64 => match op {
            ShiftOp::Shl => a.wrapping_shl(count),
            ShiftOp::ShrS => a.cast_signed().wrapping_shr(count).cast_unsigned(),
            ShiftOp::ShrU => a.wrapping_shr(count),
            ShiftOp::Rotl => a.rotate_left(count & 63),
            ShiftOp::Rotr => a.rotate_right(count & 63),
        },
    }
}

impl<M: MacroAssembler> Compiler<'_, M> {
    pub(super) fn alu(&mut self, op: AluOp, size: Size) {
        let b = self.pop();
        let a = self.pop();
        let (a, b) = match (a, b) {
            (Val::Const(a), Val::Const(b)) => return self.push_const(ty(size), fold(op, size, a, b)),
            (Val::Const(_), Val::Reg { .. }) if op.commutes() => (b, a),
            pair => pair,
        };
        if let (Val::Const(from), Val::Reg { reg, .. }) = (a, b) {
            let d = self.result(Class::Int, b, b);
            self.masm.negate_from(size, d.gp(), from.cast_signed(), reg.gp());
            return self.push(ty(size), d);
        }
        let Val::Reg { reg, .. } = a else { unreachable!("constants are second") };
        let operand = match b {
            Val::Const(value) => RegImm::Imm(value.cast_signed()),
            Val::Reg { reg, .. } => RegImm::Reg(reg.gp()),
        };
        let d = self.result(Class::Int, a, b);
        self.masm.alu(op, size, d.gp(), reg.gp(), operand);
        self.push(ty(size), d);
    }

    pub(super) fn shift(&mut self, op: ShiftOp, size: Size) {
        let count = self.pop();
        let a = self.pop();
        match (a, count) {
            (Val::Const(a), Val::Const(count)) => self.push_const(ty(size), fold_shift(op, size, a, count)),
            (_, Val::Const(count)) => {
                let Val::Reg { reg, .. } = a else { unreachable!("not both are constants") };
                let d = self.result(Class::Int, a, a);
                self.masm.shift(op, size, d.gp(), reg.gp(), RegImm::Imm(count.cast_signed()));
                self.push(ty(size), d);
            }
            (_, Val::Reg { reg: count_reg, .. }) => {
                let fixed = self.masm.shift_registers(op, size);
                let a = self.in_reg(ty(size), a);
                let Val::Reg { mut reg, .. } = a else { unreachable!("it is in a register") };
                let mut reusable = a;
                let mut count_gp = count_reg.gp();
                if let Some(want) = fixed.second {
                    let want = Reg::from(want);
                    if reg == want && count_reg != want {
                        // The first operand stands where the count has to be.
                        let free = self.alloc(Class::Int);
                        self.move_reg(ty(size), free, reg);
                        reg = free;
                        reusable = Val::Reg { reg: free, own: true };
                    }
                    self.bring(count_reg, want);
                    count_gp = want.gp();
                }
                // A result where the count is would be overwritten too early.
                let d = match self.result(Class::Int, reusable, reusable) {
                    d if d == count_gp.into() && fixed.second.is_some() => self.alloc(Class::Int),
                    d => d,
                };
                self.masm.shift(op, size, d.gp(), reg.gp(), RegImm::Reg(count_gp));
                self.push(ty(size), d);
            }
        }
    }

    /// Copies a popped operand to a register that an instruction insists on, whose owner goes elsewhere.
    fn bring(&mut self, from: Reg, to: Reg) {
        if from == to {
            // The owner, if it is a local's, keeps it: the instruction only reads.
            return;
        }
        self.displace(to);
        self.take(to);
        self.masm.mov(Size::S64, to.gp(), from.gp());
    }

    pub(super) fn divide(&mut self, op: DivOp, size: Size) {
        let b = self.pop();
        let a = self.pop();
        let signed = matches!(op, DivOp::QuotientS | DivOp::RemainderS);
        let fixed = self.masm.div_registers(op);
        if let (Val::Const(a), Val::Const(b)) = (a, b)
            && let Some(value) = fold_div(op, size, a, b)
        {
            return self.push_const(ty(size), value);
        }
        if let (Val::Reg { reg, .. }, Val::Const(divisor)) = (a, b)
            && let Some(log2) = power_of_two(size, divisor)
            && !signed
            && self.allow(Optimization::DivideByShift)
        {
            let d = self.result(Class::Int, a, a);
            if op == DivOp::QuotientU {
                self.masm.shift(ShiftOp::ShrU, size, d.gp(), reg.gp(), RegImm::Imm(log2.into()));
            } else {
                let mask = wrap(size, (1i64 << log2).wrapping_sub(1));
                self.masm.alu(AluOp::And, size, d.gp(), reg.gp(), RegImm::Imm(mask.cast_signed()));
            }
            return self.push(ty(size), d);
        }
        let divisor = match b {
            Val::Const(value) => Some(value.cast_signed()),
            Val::Reg { .. } => None,
        };
        let b = self.in_reg(ty(size), b);
        let Val::Reg { reg: mut b_reg, .. } = b else { unreachable!("it is in a register") };
        let a = self.in_reg(ty(size), a);
        let Val::Reg { reg: mut a_reg, .. } = a else { unreachable!("it is in a register") };
        // The divisor must not be where the instruction puts something else.
        let mut reserved = fixed.clobbered;
        for reg in [fixed.first, fixed.result].into_iter().flatten() {
            reserved.insert(reg.into());
        }
        if reserved.contains(b_reg) {
            self.s.locked |= reserved;
            let free = self.alloc(Class::Int);
            self.masm.mov(Size::S64, free.gp(), b_reg.gp());
            b_reg = free;
        }
        for reg in reserved {
            if reg != a_reg {
                self.s.locked.insert(reg);
                self.displace(reg);
            }
            self.take(reg);
        }
        if let Some(first) = fixed.first {
            let first = Reg::from(first);
            if a_reg != first {
                self.masm.mov(Size::S64, first.gp(), a_reg.gp());
                if reserved.contains(a_reg) {
                    self.displace(a_reg);
                }
            } else {
                // The instruction overwrites it: if it is a local's, the local goes elsewhere.
                self.displace(first);
            }
            a_reg = first;
        }
        if divisor.is_none_or(|d| d == 0) {
            let zero = Cond::Int { cc: IntCc::Eq, size, a: b_reg.gp(), b: RegImm::Imm(0) };
            self.trap_if(zero, Trap::IntegerDivisionByZero);
        }
        if op == DivOp::QuotientS && divisor.is_none_or(|d| d == -1) {
            self.check_overflow(size, a_reg.gp(), b_reg.gp());
        }
        let d = match fixed.result {
            Some(reg) => reg.into(),
            None => self.result(Class::Int, a, b),
        };
        self.masm.div(op, size, d.gp(), a_reg.gp(), b_reg.gp());
        self.push(ty(size), d);
    }

    /// Stops if `a` is the least integer and `b` is -1.
    fn check_overflow(&mut self, size: Size, a: Gp, b: Gp) {
        let fine = self.masm.buffer().label();
        self.masm.branch(Cond::Int { cc: IntCc::Ne, size, a: b, b: RegImm::Imm(-1) }, fine);
        let least = match size {
            Size::S32 => i32::MIN.into(),
            Size::S64 => i64::MIN,
        };
        let overflow = Cond::Int { cc: IntCc::Eq, size, a, b: RegImm::Imm(least) };
        self.trap_if(overflow, Trap::IntegerOverflow);
        self.masm.buffer().bind(fine);
    }

    pub(super) fn count(&mut self, op: CountOp, size: Size) {
        match self.pop() {
            Val::Const(value) => {
                let value = match (op, size) {
                    (CountOp::Clz, Size::S32) => low(value).leading_zeros(),
                    (CountOp::Clz, Size::S64) => value.leading_zeros(),
                    (CountOp::Ctz, Size::S32) => low(value).trailing_zeros(),
                    (CountOp::Ctz, Size::S64) => value.trailing_zeros(),
                    (CountOp::Popcnt, Size::S32) => low(value).count_ones(),
                    (CountOp::Popcnt, Size::S64) => value.count_ones(),
                };
                self.push_const(ty(size), value.into());
            }
            a @ Val::Reg { reg, .. } => {
                let d = self.result(Class::Int, a, a);
                self.masm.count(op, size, d.gp(), reg.gp());
                self.push(ty(size), d);
            }
        }
    }

    pub(super) fn extend(&mut self, op: ExtendOp) {
        let to = match op {
            ExtendOp::S8To32 | ExtendOp::S16To32 => AbiType::I32,
            _ => AbiType::I64,
        };
        match self.pop() {
            #[expect(clippy::cast_possible_truncation, reason = "that is what extending starts with")]
            Val::Const(value) => {
                let value = match op {
                    ExtendOp::S8To32 | ExtendOp::S8To64 => i64::from(value as i8).cast_unsigned(),
                    ExtendOp::S16To32 | ExtendOp::S16To64 => i64::from(value as i16).cast_unsigned(),
                    ExtendOp::S32To64 => i64::from(value as i32).cast_unsigned(),
                    ExtendOp::U32To64 => low(value).into(),
                };
                self.push_const(to, value);
            }
            a @ Val::Reg { reg, own } => {
                if op == ExtendOp::U32To64
                    && own
                    && self.s.extended.contains(reg)
                    && self.allow(Optimization::SkipExtension)
                {
                    return self.push(to, reg);
                }
                let d = self.result(Class::Int, a, a);
                self.masm.extend(op, d.gp(), reg.gp());
                self.push(to, d);
            }
        }
    }

    /// `i32.wrap_i64`.
    pub(super) fn wrap(&mut self) {
        match self.pop() {
            Val::Const(value) => self.push_const(AbiType::I32, wrap(Size::S32, value.cast_signed())),
            Val::Reg { reg, own: true } => self.push_undefined(AbiType::I32, reg),
            a @ Val::Reg { reg, .. } => {
                let d = self.result(Class::Int, a, a);
                self.masm.mov(Size::S32, d.gp(), reg.gp());
                self.push(AbiType::I32, d);
            }
        }
    }

    /// Whether the next operator consumes a comparison's outcome as flags; it may be negated first.
    fn fuses(&self) -> bool {
        matches!(self.bytes.get(self.next..), Some([0x04 | 0x0d | 0x1b, ..] | [0x45, 0x04 | 0x0d | 0x1b, ..]))
            && self.allow(Optimization::FuseComparison)
    }

    pub(super) fn compare(&mut self, cc: IntCc, size: Size) {
        let both_constant = {
            let operands = &self.s.slots[self.s.slots.len() - 2..];
            operands.iter().all(|s| s.kind == super::state::Kind::Const)
        };
        if both_constant {
            let (Val::Const(b), Val::Const(a)) = (self.pop(), self.pop()) else { unreachable!("just asked") };
            return self.push_const(AbiType::I32, cc.eval(a.cast_signed(), b.cast_signed()).into());
        }
        if self.fuses() {
            self.fused = Some(Fused::Int { cc, size });
            return;
        }
        let cond = self.pop_comparison(cc, size);
        self.push_condition(cond);
    }

    pub(super) fn eqz(&mut self, size: Size) {
        match self.fused.take() {
            Some(Fused::Int { cc, size }) => {
                self.fused = Some(Fused::Int { cc: cc.negate(), size });
                return;
            }
            Some(Fused::Zero { cc, size }) => {
                self.fused = Some(Fused::Zero { cc: cc.negate(), size });
                return;
            }
            Some(Fused::Float { cc, negated, size }) => {
                self.fused = Some(Fused::Float { cc, negated: !negated, size });
                return;
            }
            None => {}
        }
        if self.top().kind == super::state::Kind::Const {
            let Val::Const(value) = self.pop() else { unreachable!("just asked") };
            return self.push_const(AbiType::I32, (value == 0).into());
        }
        if self.fuses() {
            self.fused = Some(Fused::Zero { cc: IntCc::Eq, size });
            return;
        }
        let (a, _) = self.pop_gp();
        self.push_condition(Cond::Int { cc: IntCc::Eq, size, a, b: RegImm::Imm(0) });
    }

    pub(super) fn compare_float(&mut self, cc: FloatCc, size: FloatSize) {
        if self.fuses() {
            self.fused = Some(Fused::Float { cc, negated: false, size });
            return;
        }
        let (b, _) = self.pop_fp();
        let (a, _) = self.pop_fp();
        self.push_condition(Cond::Float { cc, negated: false, size, a, b });
    }

    /// Pushes the outcome of a condition.
    pub(super) fn push_condition(&mut self, cond: Cond) {
        let d = match self.result_hint(Class::Int) {
            Some(reg) => reg.gp(),
            None => self.alloc_gp(),
        };
        self.masm.set(d, cond);
        self.push(AbiType::I32, d);
    }

    /// 128-bit sum or difference of two pairs of 64-bit halves.
    pub(super) fn wide_add_sub(&mut self, add: bool) {
        let (b_high, _) = self.pop_gp();
        let (b_low, _) = self.pop_gp();
        let (a_high, _) = self.pop_gp();
        let (a_low, _) = self.pop_gp();
        let (d_low, d_high) = (self.alloc_gp(), self.alloc_gp());
        self.masm.wide_add_sub(add, d_low, d_high, a_low, a_high, b_low, b_high);
        self.push(AbiType::I64, d_low);
        self.push(AbiType::I64, d_high);
    }

    /// 128-bit product of two 64-bit integers.
    pub(super) fn wide_mul(&mut self, signed: bool) {
        let (mut b, _) = self.pop_gp();
        let (mut a, _) = self.pop_gp();
        let fixed = self.masm.wide_mul_registers();
        let (d_low, d_high) = match (fixed.result, fixed.second) {
            (Some(low), Some(high)) => {
                // Operands leave the registers of the results.
                let reserved = Reg::from(low).set() | Reg::from(high).set();
                for reg in reserved {
                    self.s.locked.insert(reg);
                    self.saved |= reg.set() & M::REGS.preserved;
                }
                for operand in [&mut a, &mut b] {
                    if reserved.contains((*operand).into()) {
                        let free = self.alloc_gp();
                        self.masm.mov(Size::S64, free, *operand);
                        *operand = free;
                    }
                }
                for reg in reserved {
                    self.displace(reg);
                }
                (low, high)
            }
            _ => (self.alloc_gp(), self.alloc_gp()),
        };
        self.masm.wide_mul(signed, d_low, d_high, a, b);
        self.push(AbiType::I64, d_low);
        self.push(AbiType::I64, d_high);
    }
}

/// The quotient or remainder of two constants, unless it traps.
fn fold_div(op: DivOp, size: Size, a: u64, b: u64) -> Option<u64> {
    let (sa, sb) = (a.cast_signed(), b.cast_signed());
    let (ua, ub) = match size {
        Size::S32 => (low(a).into(), low(b).into()),
        Size::S64 => (a, b),
    };
    let least = match size {
        Size::S32 => i32::MIN.into(),
        Size::S64 => i64::MIN,
    };
    Some(match op {
        DivOp::QuotientS if sa == least && sb == -1 => return None,
        DivOp::QuotientS => wrap(size, sa.checked_div(sb)?),
        DivOp::RemainderS if sb == -1 => 0,
        DivOp::RemainderS => wrap(size, sa.checked_rem(sb)?),
        DivOp::QuotientU => wrap(size, ua.checked_div(ub)?.cast_signed()),
        DivOp::RemainderU => wrap(size, ua.checked_rem(ub)?.cast_signed()),
    })
}

/// The logarithm of an unsigned divisor that is a power of two.
fn power_of_two(size: Size, divisor: u64) -> Option<u32> {
    let divisor = match size {
        Size::S32 => low(divisor).into(),
        Size::S64 => divisor,
    };
    divisor.is_power_of_two().then(|| divisor.trailing_zeros())
}
