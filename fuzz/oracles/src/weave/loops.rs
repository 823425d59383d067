//! Modules about the ranges of indices: loops whose counters, limits and conditions decide whether accesses need checks.
//!
//! What an optimizer has to prove before it leaves a bounds check out is made wrong in small ways here: counters that go up or
//! down by steps that miss their limit, conditions of either sign, limits that change in the loop, starts that are unknown,
//! masks and narrow loads that are just too wide, sums that wrap around, accesses whose last byte is the first one behind the
//! memory, indices of 64 bits, memories that grow meanwhile. Each access flows into a global, and traps are results as well.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "numbers are drawn for their bits"
)]

use super::{Dice, PAGE};
use arbitrary::{Result, Unstructured};
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, DataSection, ExportKind, ExportSection, Function, FunctionSection,
    GlobalSection, GlobalType, Instruction as I, MemArg, MemArgTarget, MemorySection, MemoryType, Module, TypeSection,
    ValType,
};

/// Locals of each type, parameters included.
const LOCALS: u32 = 5;
/// The local that results are added to, behind all others.
const SUM: u32 = 2 * LOCALS;
/// How deep statements stand in each other.
const DEPTH: usize = 4;

#[derive(Clone, Copy)]
struct Memory {
    wide: bool,
    pages: u64,
    grows: bool,
}

/// A module of functions `(i32, i32, i64, i64) -> i64` with loops.
///
/// # Errors
///
/// If there are no bytes to make it of.
pub fn loops(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    if u.len() < 16 {
        return Err(arbitrary::Error::NotEnoughData);
    }
    let mut dice = Dice(u);
    let memories: Vec<Memory> = (0..1 + dice.below(2))
        .map(|_| Memory { wide: dice.one_in(4), pages: dice.pick(&[1, 1, 2, 3, 0]), grows: dice.one_in(2) })
        .collect();
    let count = 1 + dice.below(3) as u32;
    let (mut types, mut functions, mut code) = (TypeSection::new(), FunctionSection::new(), CodeSection::new());
    types.ty().function([ValType::I32, ValType::I32, ValType::I64, ValType::I64], [ValType::I64]);
    let mut exports = ExportSection::new();
    for index in 0..count {
        functions.function(0);
        exports.export(&format!("f{index}"), ExportKind::Func, index);
        let body = Body {
            dice: &mut dice,
            memories: &memories,
            budget: 24,
            counters: Vec::new(),
            ends: Vec::new(),
            code: Vec::new(),
        };
        code.function(&body.function());
    }
    let mut list = MemorySection::new();
    for memory in &memories {
        list.memory(MemoryType {
            minimum: memory.pages,
            maximum: memory.grows.then_some(memory.pages + 2),
            memory64: memory.wide,
            shared: false,
            page_size_log2: None,
        });
    }
    let mut globals = GlobalSection::new();
    let ty = GlobalType { val_type: ValType::I64, mutable: true, shared: false };
    globals.global(ty, &ConstExpr::i64_const(0));
    let mut module = Module::new();
    module.section(&types).section(&functions).section(&list).section(&globals).section(&exports).section(&code);
    let mut data = DataSection::new();
    for (index, memory) in (0..).zip(&memories).filter(|(_, memory)| memory.pages > 0) {
        let bytes = (0..=255u8).map(|i| i.wrapping_mul(167) ^ 0x5a);
        let zero = if memory.wide { ConstExpr::i64_const(0) } else { ConstExpr::i32_const(0) };
        data.active(index, &zero, bytes);
    }
    module.section(&data);
    Ok(module.finish())
}

/// Locals by type: `i32` from 0 on with two parameters, the `i64` parameters, then the others.
fn local(ty: ValType, number: u32) -> u32 {
    match (ty, number) {
        (ValType::I32, 0 | 1) => number,
        (_, 0 | 1) => 2 + number,
        (ValType::I32, _) => 2 + number,
        _ => LOCALS + number,
    }
}

struct Body<'a, 'd, 'u> {
    dice: &'a mut Dice<'d, 'u>,
    memories: &'a [Memory],
    /// Statements that may still be made.
    budget: usize,
    /// Locals that loops around count in.
    counters: Vec<(ValType, u32)>,
    /// What indices hardly reach: limits of loops around, masks.
    ends: Vec<i64>,
    code: Vec<I<'static>>,
}

impl Body<'_, '_, '_> {
    fn function(mut self) -> Function {
        let mut function = Function::new([(LOCALS - 2, ValType::I32), (LOCALS - 2, ValType::I64), (1, ValType::I64)]);
        while self.budget > 0 && !self.dice.is_dry() {
            self.statement(0);
        }
        self.code.extend([I::GlobalGet(0), I::LocalGet(SUM), I::I64Add, I::GlobalSet(0), I::LocalGet(SUM), I::End]);
        for inst in &self.code {
            function.instruction(inst);
        }
        function
    }

    fn statements(&mut self, depth: usize) {
        for _ in 0..1 + self.dice.below(4) {
            self.statement(depth);
        }
    }

    fn statement(&mut self, depth: usize) {
        if self.budget == 0 {
            return;
        }
        self.budget -= 1;
        match self.dice.below(12) {
            0..3 if depth < DEPTH => self.counted(depth),
            3 if depth < DEPTH => self.guarded(depth),
            4 => self.set(),
            5 => self.grow(),
            6 => self.induction(),
            7 | 8 => self.neighbors(),
            _ => self.access(),
        }
    }

    fn ty(&mut self) -> ValType {
        if self.dice.one_in(3) { ValType::I64 } else { ValType::I32 }
    }

    /// A local that no loop around counts in.
    fn free_local(&mut self, ty: ValType) -> u32 {
        for _ in 0..8 {
            let index = local(ty, self.dice.below(LOCALS as usize) as u32);
            if !self.counters.contains(&(ty, index)) {
                return index;
            }
        }
        local(ty, LOCALS - 1)
    }

    fn constant(&mut self, ty: ValType, value: i64) {
        self.code.push(match ty {
            ValType::I32 => I::I32Const(value as i32),
            _ => I::I64Const(value),
        });
    }

    /// A number that matters: near the ends of memories and of types, and what masks and steps are.
    fn number(&mut self) -> i64 {
        let page = PAGE as i64;
        match self.dice.below(6) {
            0 => self.dice.below(17) as i64,
            1 => page * self.dice.below(4) as i64 - self.dice.below(20) as i64,
            2 => self.dice.pick(&[0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0xfff8, 0x1_0000, 0x3_ffff, 1000, 4096]),
            3 => self.dice.pick(&[-1, -2, -4, -8, -page, i64::from(i32::MIN), i64::from(i32::MAX), i64::MIN, i64::MAX]),
            4 => (1i64 << 32) + self.dice.below(9) as i64 - 4,
            _ => self.dice.below(1 << 16) as i64,
        }
    }

    /// An expression: its code leaves a value on the stack.
    fn expression(&mut self, ty: ValType, depth: usize) {
        let wide = ty == ValType::I64;
        if depth == 0 || self.dice.one_in(5) {
            let counters: Vec<u32> = self.counters.iter().filter(|c| c.0 == ty).map(|c| c.1).collect();
            if !counters.is_empty() && self.dice.below(3) > 0 {
                let counter = self.dice.pick(&counters);
                self.code.push(I::LocalGet(counter));
            } else if self.dice.below(3) > 0 {
                let number = self.dice.below(LOCALS as usize) as u32;
                self.code.push(I::LocalGet(local(ty, number)));
            } else {
                let value = self.number();
                self.constant(ty, value);
            }
            return;
        }
        // With a constant, mostly.
        let binary: &[(I<'static>, I<'static>, bool)] = &[
            (I::I32And, I::I64And, true),
            (I::I32Add, I::I64Add, false),
            (I::I32Sub, I::I64Sub, false),
            (I::I32ShrU, I::I64ShrU, true),
            (I::I32Shl, I::I64Shl, true),
            (I::I32RemU, I::I64RemU, true),
            (I::I32Mul, I::I64Mul, true),
            (I::I32Or, I::I64Or, false),
            (I::I32Xor, I::I64Xor, false),
            (I::I32DivU, I::I64DivU, true),
            (I::I32ShrS, I::I64ShrS, true),
        ];
        match self.dice.below(16) {
            0 if wide => {
                self.expression(ValType::I32, depth - 1);
                let extend = self.dice.pick(&[0, 1]);
                self.code.push(if extend == 0 { I::I64ExtendI32U } else { I::I64ExtendI32S });
            }
            0 => {
                self.expression(ValType::I64, depth - 1);
                self.code.push(I::I32WrapI64);
            }
            1 => self.smaller(ty, depth - 1),
            2 => {
                self.expression(ty, depth - 1);
                let count = self.dice.below(3);
                self.code.push(match (count, wide) {
                    (0, false) => I::I32Clz,
                    (1, false) => I::I32Ctz,
                    (_, false) => I::I32Popcnt,
                    (0, true) => I::I64Clz,
                    (1, true) => I::I64Ctz,
                    (_, true) => I::I64Popcnt,
                });
            }
            3 | 4 => self.narrow_load(ty, depth - 1),
            5 => {
                self.comparison(ty, depth - 1);
                if wide {
                    self.code.push(I::I64ExtendI32U);
                }
            }
            _ => {
                let at = self.dice.below(binary.len() + 6);
                // Masks and sums are more common than others.
                let (narrow, wider, constant) = &binary[if at < binary.len() { at } else { at % 3 }];
                self.expression(ty, depth - 1);
                if *constant || self.dice.below(4) > 0 {
                    let value = match narrow {
                        I::I32Shl | I::I32ShrU | I::I32ShrS => self.dice.below(if wide { 66 } else { 34 }) as i64,
                        I::I32Mul => self.dice.pick(&[2, 3, 4, 8, 16, 12, 100]),
                        I::I32RemU | I::I32DivU => self.number().max(1),
                        _ => self.number(),
                    };
                    // A remainder by what is zero in 32 bits would only ever trap.
                    let divides = matches!(narrow, I::I32RemU | I::I32DivU);
                    let value = if divides && !wide && value as i32 == 0 { 7 } else { value };
                    if matches!(narrow, I::I32And | I::I32RemU) {
                        self.end(value);
                    }
                    self.constant(ty, value);
                } else {
                    self.expression(ty, depth - 1);
                }
                self.code.push(if wide { wider.clone() } else { narrow.clone() });
            }
        }
    }

    /// The smaller, or the larger, of two values by a comparison that may be of another sign.
    fn smaller(&mut self, ty: ValType, depth: usize) {
        let a = self.free_local(ty);
        self.expression(ty, depth);
        self.code.push(I::LocalTee(a));
        let value = self.number();
        self.constant(ty, value);
        self.code.push(I::LocalGet(a));
        let other = if self.dice.one_in(4) { self.number() } else { value };
        self.constant(ty, other);
        let compare = self.compare(ty);
        self.code.extend([compare, I::Select]);
    }

    fn compare(&mut self, ty: ValType) -> I<'static> {
        let list: &[(I<'static>, I<'static>)] = &[
            (I::I32LtU, I::I64LtU),
            (I::I32Ne, I::I64Ne),
            (I::I32LtS, I::I64LtS),
            (I::I32GtU, I::I64GtU),
            (I::I32GtS, I::I64GtS),
            (I::I32LeU, I::I64LeU),
            (I::I32LeS, I::I64LeS),
            (I::I32GeU, I::I64GeU),
            (I::I32GeS, I::I64GeS),
            (I::I32Eq, I::I64Eq),
        ];
        let (narrow, wide) = &list[self.dice.below(list.len())];
        if ty == ValType::I64 { wide.clone() } else { narrow.clone() }
    }

    /// A condition of values of this type.
    fn comparison(&mut self, ty: ValType, depth: usize) {
        self.expression(ty, depth);
        let value = self.number();
        self.constant(ty, value);
        let compare = self.compare(ty);
        self.code.push(compare);
        if self.dice.one_in(4) {
            self.code.push(I::I32Eqz);
        }
    }

    fn memory(&mut self) -> (u32, Memory) {
        let index = self.dice.below(self.memories.len());
        (index as u32, self.memories[index])
    }

    /// An offset for an access of so many bytes.
    fn offset(&mut self, memory: Memory, bytes: u64) -> u64 {
        let end = memory.pages * PAGE;
        // The last index that there can be is the last one in bounds, or a little too far.
        if !self.ends.is_empty() && self.dice.one_in(2) {
            let last = self.dice.pick(&self.ends.clone()).unsigned_abs();
            let slack = self.dice.below(10) as u64;
            return (end + 4).saturating_sub(last.saturating_add(bytes).saturating_add(slack)).min(end);
        }
        match self.dice.below(8) {
            0..4 => 0,
            4 => self.dice.below(64) as u64,
            5 => (end + 1).saturating_sub(bytes + self.dice.below(12) as u64),
            6 => self.dice.pick(&[0x7fff, 0xfff0, 0xffff, 0x1_0000, 0x7fff_ffff, 0xffff_fff0, 0xffff_ffff]),
            _ => self.dice.below(1 << 16) as u64,
        }
    }

    fn index(&mut self, memory: Memory) {
        let ty = if memory.wide { ValType::I64 } else { ValType::I32 };
        let depth = 1 + self.dice.below(3);
        self.expression(ty, depth);
    }

    /// What is loaded from a few bytes: a small number.
    fn narrow_load(&mut self, ty: ValType, depth: usize) {
        let (index, memory) = self.memory();
        let address = if memory.wide { ValType::I64 } else { ValType::I32 };
        self.expression(address, depth.min(1));
        let mask = self.dice.pick(&[0xff, 0x3f, 0xffff]);
        self.constant(address, mask);
        self.code.push(if memory.wide { I::I64And } else { I::I32And });
        let arg = |align| MemArg { offset: 0, align, target: MemArgTarget::Memory(index), ordering: None };
        self.code.push(match (self.dice.below(3), ty) {
            (0, ValType::I32) => I::I32Load8U(arg(0)),
            (1, ValType::I32) => I::I32Load16U(arg(0)),
            (_, ValType::I32) => I::I32Load8S(arg(0)),
            (0, _) => I::I64Load8U(arg(0)),
            (1, _) => I::I64Load16U(arg(0)),
            _ => I::I64Load32U(arg(0)),
        });
    }

    /// Accesses of one local plus and minus constants: where one is in bounds, are the others?
    fn neighbors(&mut self) {
        let (index, memory) = self.memory();
        let ty = if memory.wide { ValType::I64 } else { ValType::I32 };
        let counters: Vec<u32> = self.counters.iter().filter(|c| c.0 == ty).map(|c| c.1).collect();
        let place = match counters[..] {
            [] => local(ty, self.dice.below(LOCALS as usize) as u32),
            _ => self.dice.pick(&counters),
        };
        if counters.is_empty() && self.dice.one_in(3) {
            let mask = self.number();
            self.code.push(I::LocalGet(place));
            self.constant(ty, mask);
            self.code.extend([if memory.wide { I::I64And } else { I::I32And }, I::LocalSet(place)]);
        }
        for _ in 0..2 + self.dice.below(2) {
            self.code.push(I::LocalGet(place));
            let by = self.dice.pick(&[0, 4, 1, 8, 2, 16, 100, 65_535]);
            if by != 0 {
                self.constant(ty, by);
                let down = self.dice.one_in(2);
                self.code.push(match (down, memory.wide) {
                    (false, false) => I::I32Add,
                    (true, false) => I::I32Sub,
                    (false, true) => I::I64Add,
                    (true, true) => I::I64Sub,
                });
            }
            self.access_at(index, memory);
        }
    }

    /// Notes what indices hardly reach.
    fn end(&mut self, end: i64) {
        if (1..=4 * PAGE as i64).contains(&end) {
            self.ends.push(end);
        }
    }

    /// A load that is added to the sum, or a store of it.
    fn access(&mut self) {
        let (index, memory) = self.memory();
        let around = self.ends.len();
        self.index(memory);
        self.access_at(index, memory);
        self.ends.truncate(around);
    }

    /// The same at the index on the stack.
    fn access_at(&mut self, index: u32, memory: Memory) {
        let bytes = self.dice.pick(&[1, 2, 4, 8]);
        let offset = self.offset(memory, bytes);
        let offset = if memory.wide { offset } else { offset.min(u32::MAX.into()) };
        let arg = MemArg { offset, align: 0, target: MemArgTarget::Memory(index), ordering: None };
        if self.dice.one_in(2) {
            self.code.push(I::LocalGet(SUM));
            self.code.push(match bytes {
                1 => I::I64Store8(arg),
                2 => I::I64Store16(arg),
                4 => I::I64Store32(arg),
                _ => I::I64Store(arg),
            });
            return;
        }
        self.code.push(match bytes {
            1 => I::I64Load8U(arg),
            2 => I::I64Load16U(arg),
            4 => I::I64Load32S(arg),
            _ => I::I64Load(arg),
        });
        self.code.extend([I::LocalGet(SUM), I::I64Const(3), I::I64Rotl, I::I64Add, I::LocalSet(SUM)]);
    }

    fn set(&mut self) {
        let ty = self.ty();
        self.expression(ty, 2);
        let to = self.free_local(ty);
        self.code.push(I::LocalSet(to));
    }

    /// A second counter: a local that changes by a constant.
    fn induction(&mut self) {
        let ty = self.ty();
        let place = self.free_local(ty);
        let step = self.step();
        self.add(ty, place, step);
    }

    fn add(&mut self, ty: ValType, place: u32, step: i64) {
        self.code.push(I::LocalGet(place));
        let subtract = step < 0 && self.dice.one_in(2);
        self.constant(ty, if subtract { -step } else { step });
        self.code.push(match (subtract, ty) {
            (false, ValType::I32) => I::I32Add,
            (true, ValType::I32) => I::I32Sub,
            (false, _) => I::I64Add,
            (true, _) => I::I64Sub,
        });
        self.code.push(I::LocalSet(place));
    }

    fn step(&mut self) -> i64 {
        let step = self.dice.pick(&[1, 4, 8, 2, 3, 16, 5, 64, 1000, 4096, 65_536]);
        if self.dice.one_in(3) { -step } else { step }
    }

    fn grow(&mut self) {
        let (index, memory) = self.memory();
        let pages = self.dice.below(2) as i64;
        self.constant(if memory.wide { ValType::I64 } else { ValType::I32 }, pages);
        self.code.push(I::MemoryGrow(index));
        if !memory.wide {
            self.code.push(I::I64ExtendI32S);
        }
        self.code.extend([I::LocalGet(SUM), I::I64Xor, I::LocalSet(SUM)]);
    }

    /// Statements under a condition.
    fn guarded(&mut self, depth: usize) {
        let ty = self.ty();
        self.comparison(ty, 1);
        self.code.push(I::If(BlockType::Empty));
        self.statements(depth + 1);
        if self.dice.one_in(3) {
            self.code.push(I::Else);
            self.statements(depth + 1);
        }
        self.code.push(I::End);
    }

    /// The limit of a loop: a constant, what does not change, what is masked, or what the loop may change.
    fn limit(&mut self, ty: ValType, limit: i64, variable: Option<u32>) {
        match variable {
            Some(local) => self.code.push(I::LocalGet(local)),
            None => self.constant(ty, limit),
        }
    }

    /// A loop that counts.
    fn counted(&mut self, depth: usize) {
        let ty = self.ty();
        let counter = self.free_local(ty);
        let step = self.step();
        let limit = self.number();
        let around = self.ends.len();
        let count = self.dice.below(100) as i64;
        // From or to what is known, mostly.
        let first = match self.dice.below(6) {
            0 => Some(0),
            1 => Some(self.number()),
            2 => None,
            // Few steps away. The last one misses the limit, or meets it.
            _ => {
                let miss = if self.dice.one_in(2) { self.dice.below(step.unsigned_abs() as usize) as i64 } else { 0 };
                Some(limit.wrapping_sub(step.wrapping_mul(count)).wrapping_add(miss))
            }
        };
        match first {
            Some(first) => self.constant(ty, first),
            None => self.expression(ty, 2),
        }
        self.code.push(I::LocalSet(counter));
        let variable = self.dice.one_in(3).then(|| self.free_local(ty)).filter(|&local| local != counter);
        if let (Some(local), true) = (variable, self.dice.one_in(2)) {
            self.expression(ty, 2);
            if self.dice.one_in(2) {
                // At most what the other limit is, and a multiple of the step, or not.
                let mask = (u64::MAX >> (limit.unsigned_abs() | 1).leading_zeros()) as i64;
                let zeros = self.dice.pick(&[0, 0, 1, 3, 7]);
                self.constant(ty, mask & !zeros);
                self.code.push(if ty == ValType::I64 { I::I64And } else { I::I32And });
                self.end(mask);
            }
            self.code.push(I::LocalSet(local));
        }
        self.end(if step > 0 { limit } else { first.unwrap_or(limit) });
        // Whatever else changes in each iteration has as many values as the counter lets there be iterations.
        let second = self.dice.one_in(3).then(|| (self.ty(), self.dice.pick(&[1, 2, 4, 8, 16, 64, 1000])));
        let second = second.map(|(ty, step)| (ty, self.free_local(ty), step)).filter(|second| second.1 != counter);
        if let Some((ty, local, step)) = second {
            let start = self.dice.below(64) as i64;
            self.constant(ty, start);
            self.code.push(I::LocalSet(local));
            self.counters.push((ty, local));
            self.end(start + step * count);
        }
        let is_counter = self.dice.below(5) > 0;
        if is_counter {
            self.counters.push((ty, counter));
        }
        // What compilers make of most loops.
        let differs = if ty == ValType::I64 { I::I64Ne } else { I::I32Ne };
        let compare = if self.dice.one_in(3) { differs } else { self.compare(ty) };
        let zero = self.dice.one_in(6);
        let top = self.dice.one_in(3);
        if top {
            // while: the way out is at the top.
            self.code.extend([I::Block(BlockType::Empty), I::Loop(BlockType::Empty), I::LocalGet(counter)]);
            self.limit(ty, limit, variable);
            self.code.extend([compare.clone(), I::I32Eqz, I::BrIf(1)]);
        } else {
            self.code.push(I::Loop(BlockType::Empty));
        }
        let early = self.dice.one_in(2);
        if early {
            self.add(ty, counter, step);
        }
        self.statements(depth + 1);
        if let Some((ty, local, step)) = second {
            self.add(ty, local, step);
        }
        if !early {
            self.add(ty, counter, step);
        }
        if top {
            self.code.extend([I::Br(0), I::End, I::End]);
        } else if zero {
            self.code.push(I::LocalGet(counter));
            if ty == ValType::I64 {
                self.code.extend([I::I64Eqz, I::I32Eqz]);
            }
            self.code.extend([I::BrIf(0), I::End]);
        } else {
            self.code.push(I::LocalGet(counter));
            self.limit(ty, limit, variable);
            self.code.extend([compare, I::BrIf(0), I::End]);
        }
        if is_counter {
            self.counters.pop();
        }
        if second.is_some() {
            self.counters.pop();
        }
        // What the counter is behind the loop.
        if self.dice.one_in(2) {
            self.counters.push((ty, counter));
            self.access();
            self.counters.pop();
        }
        self.ends.truncate(around);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_are_valid() {
        for seed in 0..400 {
            let wasm = loops(&mut Unstructured::new(&crate::generate::bytes(seed))).unwrap();
            let result = wasmparser::Validator::new_with_features(crate::plan::features()).validate_all(&wasm);
            if let Err(error) = result {
                panic!("seed {seed}: {error}\n{}", wasmprinter::print_bytes(&wasm).unwrap_or_default());
            }
        }
    }
}
