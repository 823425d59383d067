//! Bodies of functions, of expressions and statements that are well typed by construction.

use super::{Dice, PAGE, Shape, encoded, parsed};
use crate::operators::{self, Immediates, Operator};
use wasm_encoder::{BlockType, Encode, HeapType, Instruction as I, MemArg, MemArgTarget, RefType, ValType};

/// What a branch to a label takes along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    /// Nothing, and it leads forwards.
    Exit,
    /// Anything else.
    Other,
}

/// How deep expressions nest.
const DEPTH: usize = 4;

/// A function under construction.
pub(super) struct Body<'a, 'd, 'b, 'u> {
    shape: &'a Shape,
    dice: &'d mut Dice<'b, 'u>,
    func: usize,
    out: Vec<u8>,
    /// Parameters, then locals.
    locals: Vec<ValType>,
    params: usize,
    /// How many loops count with each local: a body of a loop must not set its counter.
    counters: Vec<usize>,
    labels: Vec<Label>,
    /// How many more operators there may be.
    budget: usize,
}

fn narrow(i: usize) -> u32 {
    u32::try_from(i).expect("bodies are small")
}

impl<'a, 'd, 'b, 'u> Body<'a, 'd, 'b, 'u> {
    pub(super) fn new(shape: &'a Shape, func: usize, dice: &'d mut Dice<'b, 'u>) -> Self {
        let signature = &shape.types[shape.functions[func]];
        let mut locals = signature.params.clone();
        let params = locals.len();
        locals.extend([ValType::I32, ValType::I64, ValType::I32]);
        for _ in 0..dice.below(6) {
            let ty = shape.any_type(dice);
            locals.push(ty);
        }
        let budget = shape.budget;
        Self { shape, dice, func, out: Vec::new(), locals, params, counters: Vec::new(), labels: Vec::new(), budget }
    }

    /// A body for `params` and more locals, for [`super::operators`].
    pub(super) fn bare(shape: &'a Shape, func: usize, locals: Vec<ValType>, dice: &'d mut Dice<'b, 'u>) -> Self {
        let params = shape.types[shape.functions[func]].params.len();
        Self {
            shape,
            dice,
            func,
            out: Vec::new(),
            locals,
            params,
            counters: Vec::new(),
            labels: Vec::new(),
            budget: 40,
        }
    }

    /// Types of the locals that are no parameters, and the code.
    pub(super) fn finish(mut self) -> (Vec<ValType>, Vec<u8>) {
        for _ in 0..2 + self.dice.below(6) {
            if self.budget == 0 || self.dice.is_dry() {
                break;
            }
            self.statement(3);
        }
        for local in 0..self.locals.len() {
            self.fold(local);
        }
        self.leave();
        self.put(&I::End);
        (self.locals.split_off(self.params), self.out)
    }

    pub(super) fn into_parts(mut self) -> (Vec<ValType>, Vec<u8>) {
        self.put(&I::End);
        (self.locals.split_off(self.params), self.out)
    }

    pub(super) fn put(&mut self, instruction: &I<'_>) {
        self.budget = self.budget.saturating_sub(1);
        instruction.encode(&mut self.out);
    }

    fn local(&mut self, ty: ValType) -> Option<usize> {
        let with: Vec<usize> = (0..self.locals.len()).filter(|&i| self.locals[i] == ty).collect();
        if with.is_empty() { None } else { Some(self.dice.pick(&with)) }
    }

    /// A local that may be set.
    fn target(&mut self) -> Option<usize> {
        let free: Vec<usize> = (0..self.locals.len()).filter(|i| !self.counters.contains(i)).collect();
        if free.is_empty() { None } else { Some(self.dice.pick(&free)) }
    }

    pub(super) fn constant(&mut self, ty: ValType) {
        let bits = self.dice.bits(ty);
        self.budget = self.budget.saturating_sub(1);
        operators::constant(parsed(ty), bits, &mut self.out);
    }

    /// Results, or the call of a function with the same ones in tail position.
    fn leave(&mut self) {
        let results = self.shape.types[self.shape.functions[self.func]].results.clone();
        if self.shape.tail_calls && self.dice.one_in(2) {
            let later: Vec<usize> = (self.func + 1..self.shape.functions.len())
                .filter(|&f| self.shape.types[self.shape.functions[f]].results == results)
                .collect();
            if !later.is_empty() {
                let func = self.dice.pick(&later);
                self.call(func, 1, true);
                return;
            }
        }
        for ty in results {
            self.expression(ty, 2);
        }
    }

    // Expressions.

    /// Pushes a value of a type.
    pub(super) fn expression(&mut self, ty: ValType, depth: usize) {
        if let ValType::Ref(ty) = ty {
            return self.reference(ty, depth);
        }
        if depth == 0 || self.budget == 0 || self.dice.is_dry() {
            return self.leaf(ty);
        }
        let depth = depth - 1;
        match self.dice.below(24) {
            0..=9 => self.operator(ty, depth),
            10 | 11 => self.extended(ty, depth),
            12 => self.load(ty, depth),
            13 | 14 => self.call_value(ty, depth),
            15 => {
                self.expression(ty, depth);
                self.expression(ty, depth);
                self.condition(depth);
                let typed = self.dice.one_in(2);
                self.put(&if typed { I::TypedSelect(ty) } else { I::Select });
            }
            16 => self.block(ty, depth),
            17 => {
                self.condition(depth);
                self.put(&I::If(BlockType::Result(ty)));
                self.labels.push(Label::Other);
                self.expression(ty, depth);
                self.put(&I::Else);
                self.expression(ty, depth);
                self.labels.pop();
                self.put(&I::End);
            }
            18 => match self.target().filter(|&local| self.locals[local] == ty) {
                Some(local) => {
                    self.expression(ty, depth);
                    self.put(&I::LocalTee(narrow(local)));
                }
                None => self.leaf(ty),
            },
            19 => self.pressure(ty, depth),
            20 => self.loop_value(ty, depth),
            21 => self.query(ty, depth),
            _ => self.leaf(ty),
        }
    }

    fn leaf(&mut self, ty: ValType) {
        let globals: Vec<usize> =
            (0..self.shape.globals.len()).filter(|&i| self.shape.globals[i].0 == ty && i > 0).collect();
        match self.dice.below(8) {
            0..=3 => match self.local(ty) {
                Some(local) => self.put(&I::LocalGet(narrow(local))),
                None => self.constant(ty),
            },
            4 if !globals.is_empty() => {
                let global = self.dice.pick(&globals);
                self.put(&I::GlobalGet(narrow(global)));
            }
            5 if !self.shape.memories.is_empty() => self.load(ty, 0),
            _ => self.constant(ty),
        }
    }

    fn condition(&mut self, depth: usize) {
        match self.dice.below(4) {
            // Comparisons right in front of what asks for them are fused with it.
            0 | 1 => {
                let ty = self.dice.pick(&[ValType::I32, ValType::I64, ValType::F32, ValType::F64]);
                let compares = |op: &&Operator| {
                    op.results == [wasmparser::ValType::I32]
                        && op.params == [parsed(ty), parsed(ty)]
                        && op.name.len() < 9
                };
                let list: Vec<&Operator> = operators::TABLE.iter().filter(compares).collect();
                let op = self.dice.pick(&list);
                self.apply(op, depth);
            }
            2 => self.expression(ValType::I32, depth),
            _ => self.leaf(ValType::I32),
        }
    }

    fn operator(&mut self, ty: ValType, depth: usize) {
        let all = operators::with_result(parsed(ty));
        let count = all.len();
        for _ in 0..4 {
            let at = self.dice.below(count);
            let op = operators::with_result(parsed(ty)).nth(at).expect("below the count");
            if self.may_use(op) {
                return self.apply(op, depth);
            }
        }
        self.leaf(ty);
    }

    pub(super) fn may_use(&self, op: &Operator) -> bool {
        let vector = op.params.iter().chain(&op.results).any(|&ty| ty == wasmparser::ValType::V128);
        match op.proposal {
            "relaxed_simd" if !self.shape.relaxed => false,
            "wide_arithmetic" if !self.shape.wide_arithmetic => false,
            _ => (self.shape.simd || !vector) && (op.access().is_none() || !self.shape.memories.is_empty()),
        }
    }

    /// Operands, then an operator.
    pub(super) fn apply(&mut self, op: &Operator, depth: usize) {
        let mut memory = None;
        let mut params = &op.params[..];
        if let Some(access) = op.access() {
            let index = self.dice.below(self.shape.memories.len());
            memory = Some((index, self.address(index, u64::from(access), depth)));
            params = &params[1..];
        }
        self.operands(params, depth);
        self.budget = self.budget.saturating_sub(1);
        self.out.extend(&op.code);
        self.immediates(op, memory);
    }

    pub(super) fn immediates(&mut self, op: &Operator, memory: Option<(usize, u64)>) {
        if let (Some(access), Some((index, offset))) = (op.access(), memory) {
            let align = u32::try_from(self.dice.below(access.ilog2() as usize + 1)).expect("at most four");
            MemArg { offset, align, target: MemArgTarget::Memory(narrow(index)), ordering: None }.encode(&mut self.out);
        }
        match op.immediates {
            Immediates::Lane(lanes) | Immediates::MemoryLane(_, lanes) => {
                let lane = self.dice.below(usize::from(lanes));
                self.out.push(u8::try_from(lane).expect("at most sixteen"));
            }
            Immediates::Lanes => {
                // Often of one vector only, one lane only, or in order.
                let (base, step) = (self.dice.below(32), self.dice.pick(&[1, 0, 2, 5, 31]));
                for lane in 0..16 {
                    let lane = if self.dice.one_in(6) { self.dice.below(32) } else { (base + lane * step) % 32 };
                    self.out.push(u8::try_from(lane).expect("below 32"));
                }
            }
            Immediates::None | Immediates::Memory(_) => {}
        }
    }

    /// Values that operators go wrong with.
    fn operands(&mut self, params: &[wasmparser::ValType], depth: usize) {
        let types: Vec<ValType> = params.iter().map(|&ty| encoded(ty)).collect();
        let same = types.windows(2).all(|pair| pair[0] == pair[1]);
        match self.dice.below(8) {
            // The same value twice.
            1 if same && types.len() > 1 => {
                if let Some(local) = self.local(types[0]) {
                    return types.iter().for_each(|_| self.put(&I::LocalGet(narrow(local))));
                }
            }
            // One constant: immediates.
            2 | 3 if types.len() > 1 => {
                let at = self.dice.below(types.len());
                for (i, &ty) in types.iter().enumerate() {
                    if i == at { self.constant(ty) } else { self.expression(ty, depth) }
                }
                return;
            }
            // Just loaded: addressing modes.
            4 if !self.shape.memories.is_empty() => {
                let at = self.dice.below(types.len().max(1));
                for (i, &ty) in types.iter().enumerate() {
                    if i == at { self.load(ty, depth.min(1)) } else { self.leaf(ty) }
                }
                return;
            }
            5 => return types.iter().for_each(|&ty| self.extended(ty, depth.min(1))),
            6 => return types.iter().for_each(|&ty| self.leaf(ty)),
            _ => {}
        }
        for ty in types {
            self.expression(ty, depth);
        }
    }

    /// An integer with bits above those that count, or below.
    fn extended(&mut self, ty: ValType, depth: usize) {
        match ty {
            ValType::I32 => match self.dice.below(4) {
                0 => {
                    self.expression(ValType::I64, depth);
                    self.put(&I::I32WrapI64);
                }
                1 => {
                    self.expression(ty, depth);
                    let extend = self.dice.pick(&[0, 1]);
                    self.put(&if extend == 0 { I::I32Extend8S } else { I::I32Extend16S });
                }
                2 => {
                    self.expression(ty, depth);
                    let mask = self.dice.pick(&[0xff, 0xffff, 0x7f, 1, 31]);
                    self.put(&I::I32Const(mask));
                    self.put(&I::I32And);
                }
                _ => {
                    self.expression(ty, depth);
                    let shift = self.dice.pick(&[16, 24, 8, 31]);
                    for shift_op in [I::I32Shl, I::I32ShrS] {
                        self.put(&I::I32Const(shift));
                        self.put(&shift_op);
                    }
                }
            },
            ValType::I64 => match self.dice.below(3) {
                0 => {
                    self.expression(ValType::I32, depth);
                    self.put(&I::I64ExtendI32U);
                }
                1 => {
                    self.expression(ValType::I32, depth);
                    self.put(&I::I64ExtendI32S);
                }
                _ => {
                    self.expression(ty, depth);
                    let extend = self.dice.below(3);
                    self.put(&[I::I64Extend32S, I::I64Extend8S, I::I64Extend16S][extend]);
                }
            },
            ValType::F32 => {
                self.expression(ValType::I32, depth);
                self.put(&I::F32ConvertI32U);
            }
            ValType::F64 => {
                self.expression(ValType::F32, depth);
                self.put(&I::F64PromoteF32);
            }
            ValType::V128 => {
                self.expression(ValType::I32, depth);
                let splat = self.dice.below(3);
                self.put(&[I::I32x4Splat, I::I8x16Splat, I::I16x8Splat][splat]);
            }
            ValType::Ref(_) => self.expression(ty, depth),
        }
    }

    fn load(&mut self, ty: ValType, depth: usize) {
        let loads = |op: &&Operator| {
            op.access().is_some() && op.results == [parsed(ty)] && matches!(op.immediates, Immediates::Memory(_))
        };
        let list: Vec<&Operator> = operators::with_result(parsed(ty)).filter(loads).collect();
        if list.is_empty() || self.shape.memories.is_empty() {
            return self.constant(ty);
        }
        let op = self.dice.pick(&list);
        self.apply(op, depth);
    }

    /// Pushes an address for an access of so many bytes; returns the static offset that goes with it.
    fn address(&mut self, memory: usize, access: u64, depth: usize) -> u64 {
        let memory = self.shape.memories[memory];
        let bytes = memory.pages * PAGE;
        let offset = match self.dice.below(10) {
            7 => self.dice.below(300) as u64,
            8 => bytes.saturating_sub(access + self.dice.below(20) as u64),
            9 if self.dice.one_in(8) => self.dice.pick(&[PAGE, 0xffff_ffff, 0x7fff_fff0, 0x8000_0000]),
            _ => self.dice.below(9) as u64,
        };
        // The last address that is inside.
        let last = bytes.saturating_sub(access).saturating_sub(offset);
        match self.dice.below(24) {
            0..=3 => self.index(memory.wide, last),
            4..=6 => self.index(memory.wide, last.min(64)),
            7..=21 => {
                // Any value below the end.
                let mask = if last == 0 { 0 } else { (1u64 << last.ilog2()) - 1 };
                let mask = if self.dice.one_in(2) { mask } else { mask.min(0xff) };
                let shift = self.dice.pick(&[0, 0, 0, 1, 2, 3]);
                match (memory.wide, self.dice.below(3)) {
                    (true, 0) => {
                        self.scaled(ValType::I32, mask, shift, depth);
                        self.put(&I::I64ExtendI32U);
                    }
                    (true, _) => self.scaled(ValType::I64, mask, shift, depth),
                    (false, 0) => {
                        // Bits above the address that have to go.
                        self.expression(ValType::I64, depth);
                        self.put(&I::I64Const((mask | u64::from(u32::MAX) << 32).cast_signed()));
                        self.put(&I::I64And);
                        self.put(&I::I32WrapI64);
                    }
                    (false, _) => self.scaled(ValType::I32, mask, shift, depth),
                }
            }
            22 => {
                let beyond = 1 + self.dice.below(17) as u64;
                self.index(memory.wide, last + beyond);
            }
            _ => self.expression(memory.address(), depth),
        }
        offset
    }

    /// A value within the mask, as the index of an element times its size: what the shift pushes out may be ones.
    fn scaled(&mut self, ty: ValType, mask: u64, shift: u32, depth: usize) {
        let (all, and, shl) = match ty {
            ValType::I32 => (u64::from(u32::MAX), I::I32And, I::I32Shl),
            _ => (u64::MAX, I::I64And, I::I64Shl),
        };
        let wide = ty == ValType::I64;
        self.expression(ty, depth);
        self.index(wide, mask >> shift | all & !(all >> shift));
        self.put(&and);
        if shift > 0 {
            self.index(wide, u64::from(shift));
            self.put(&shl);
        }
    }

    /// A constant address, index or length.
    fn index(&mut self, wide: bool, value: u64) {
        if wide {
            self.put(&I::I64Const(value.cast_signed()));
        } else {
            self.put(&I::I32Const(u32::try_from(value).unwrap_or(u32::MAX).cast_signed()));
        }
    }

    /// More values at once than there are registers, combined by operators on two of their type.
    fn pressure(&mut self, ty: ValType, depth: usize) {
        let combines = |op: &&Operator| {
            op.params == [parsed(ty), parsed(ty)] && op.immediates == Immediates::None && self.may_use(op)
                // A trap would hide the rest.
                && !op.name.contains("_div_") && !op.name.contains("_rem_")
        };
        let list: Vec<&Operator> = operators::with_result(parsed(ty)).filter(combines).collect();
        if list.is_empty() {
            return self.leaf(ty);
        }
        let count = self.dice.pick(&[5, 9, 14, 20]);
        for _ in 0..count {
            if self.dice.one_in(5) {
                self.call_value(ty, depth.min(1));
            } else {
                self.expression(ty, depth.min(1));
            }
        }
        for _ in 1..count {
            let op = self.dice.pick(&list);
            self.budget = self.budget.saturating_sub(1);
            self.out.extend(&op.code);
        }
    }

    fn block(&mut self, ty: ValType, depth: usize) {
        self.put(&I::Block(BlockType::Result(ty)));
        self.labels.push(Label::Other);
        self.expression(ty, depth);
        self.condition(depth.min(1));
        self.put(&I::BrIf(0));
        self.put(&I::Drop);
        self.expression(ty, depth);
        self.labels.pop();
        self.put(&I::End);
    }

    /// A loop that carries a value on the stack.
    fn loop_value(&mut self, ty: ValType, depth: usize) {
        let of = |signature: &super::Signature| signature.params == [ty] && signature.results == [ty];
        let Some(block) = self.shape.types.iter().position(of) else { return self.block(ty, depth) };
        let Some(counter) = self.counter() else { return self.leaf(ty) };
        self.expression(ty, depth);
        self.put(&I::Loop(BlockType::FunctionType(narrow(block))));
        self.labels.push(Label::Other);
        // What the loop does to its value needs it first.
        if let Some(local) = self.target().filter(|&local| self.locals[local] == ty) {
            self.put(&I::LocalSet(narrow(local)));
            self.expression(ty, depth);
        }
        self.again(counter);
        self.labels.pop();
        self.put(&I::End);
    }

    /// Sets up a local that counts down; none if there is none left.
    fn counter(&mut self) -> Option<usize> {
        let free = |&i: &usize| self.locals[i] == ValType::I32 && !self.counters.contains(&i);
        let counter = (self.params..self.locals.len()).find(free)?;
        let count = self.dice.pick(&[2, 3, 1, 9]);
        self.put(&I::I32Const(count));
        self.put(&I::LocalSet(narrow(counter)));
        self.counters.push(counter);
        Some(counter)
    }

    /// The end of a loop's body.
    fn again(&mut self, counter: usize) {
        let counter = narrow(counter);
        for instruction in [I::LocalGet(counter), I::I32Const(-1), I::I32Add, I::LocalTee(counter), I::BrIf(0)] {
            self.put(&instruction);
        }
        self.counters.pop();
    }

    /// What is not computed but asked for.
    fn query(&mut self, ty: ValType, depth: usize) {
        let memories: Vec<usize> =
            (0..self.shape.memories.len()).filter(|&i| self.shape.memories[i].address() == ty).collect();
        let tables: Vec<usize> = (0..self.shape.tables.len()).filter(|&i| self.shape.tables[i].index() == ty).collect();
        match self.dice.below(5) {
            0 if !memories.is_empty() => {
                let memory = narrow(self.dice.pick(&memories));
                self.put(&I::MemorySize(memory));
            }
            1 if !memories.is_empty() && self.shape.growth => {
                let memory = self.dice.pick(&memories);
                let wide = self.shape.memories[memory].wide;
                let pages = self.more(wide, &[1, 0, 2, 70_000]);
                self.index(wide, pages);
                self.put(&I::MemoryGrow(narrow(memory)));
            }
            2 if !tables.is_empty() => {
                let table = narrow(self.dice.pick(&tables));
                self.put(&I::TableSize(table));
            }
            3 if !tables.is_empty() && self.shape.growth => {
                let index = self.dice.pick(&tables);
                let table = self.shape.tables[index];
                self.reference(table.element, depth.min(1));
                let elements = self.more(table.wide, &[1, 0, 3]);
                self.index(table.wide, elements);
                self.put(&I::TableGrow(narrow(index)));
            }
            _ if ty == ValType::I32 => {
                let of = self.dice.pick(self.shape.references());
                self.reference(of, depth.min(1));
                self.put(&I::RefIsNull);
            }
            _ => self.leaf(ty),
        }
    }

    /// By how much something grows: what is too much in 64 bits may be little in 32.
    fn more(&mut self, wide: bool, amounts: &[u64]) -> u64 {
        let amount = self.dice.pick(amounts);
        if wide && self.dice.one_in(4) { amount | 1 << 32 } else { amount }
    }

    fn reference(&mut self, ty: RefType, depth: usize) {
        let tables: Vec<usize> = (0..self.shape.tables.len()).filter(|&i| self.shape.tables[i].element == ty).collect();
        match self.dice.below(8) {
            1 | 2 => {
                if let Some(local) = self.local(ValType::Ref(ty)) {
                    return self.put(&I::LocalGet(narrow(local)));
                }
            }
            3 | 4 if !tables.is_empty() => {
                let table = self.dice.pick(&tables);
                self.table_index(table, depth.min(1));
                return self.put(&I::TableGet(narrow(table)));
            }
            5 if depth > 0 => {
                self.reference(ty, 0);
                self.reference(ty, 0);
                self.condition(0);
                return self.put(&I::TypedSelect(ValType::Ref(ty)));
            }
            _ => {}
        }
        let functions: Vec<usize> = (0..self.shape.functions.len())
            .filter(|&f| match ty.heap_type {
                HeapType::Concrete(index) => self.shape.functions[f] == index as usize,
                _ => ty == RefType::FUNCREF,
            })
            .collect();
        if !functions.is_empty() && !self.dice.one_in(4) {
            let func = self.dice.pick(&functions);
            return self.put(&I::RefFunc(narrow(func)));
        }
        self.put(&I::RefNull(ty.heap_type));
    }

    /// An index of an element, inside for the most part.
    fn table_index(&mut self, table: usize, depth: usize) {
        let table = self.shape.tables[table];
        match self.dice.below(8) {
            7 if self.dice.one_in(3) => self.expression(table.index(), depth),
            5 | 6 => {
                self.expression(table.index(), depth);
                let mask = (1u64 << (table.elements.ilog2())) - 1;
                self.index(table.wide, mask);
                self.put(&if table.wide { I::I64And } else { I::I32And });
            }
            _ => {
                let at = self.dice.below(usize::try_from(table.elements).expect("few elements")) as u64;
                self.index(table.wide, at);
            }
        }
    }

    fn call_value(&mut self, ty: ValType, depth: usize) {
        let all = &self.shape.functions;
        let gives = |&f: &usize| self.shape.types[all[f]].results == [ty];
        let later: Vec<usize> =
            (0..all.len()).filter(|&f| f > self.func || f < self.shape.imported).filter(gives).collect();
        if later.is_empty() {
            return self.leaf(ty);
        }
        let func = self.dice.pick(&later);
        self.call(func, depth, false);
    }

    /// Arguments and a call of a function, in some way.
    fn call(&mut self, func: usize, depth: usize, tail: bool) {
        let ty = self.shape.functions[func];
        for param in self.shape.types[ty].params.clone() {
            self.expression(param, depth.min(1));
        }
        let (type_index, function_index) = (narrow(ty), narrow(func));
        let slot = self.shape.slots.iter().position(|&f| f == func);
        match (self.dice.below(4), slot) {
            (0, Some(slot)) => {
                let wide = self.shape.tables[0].wide;
                match self.dice.one_in(8) {
                    true => self.table_index(0, 1),
                    false => self.index(wide, slot as u64),
                }
                self.put(&match tail {
                    true => I::ReturnCallIndirect { type_index, table_index: 0 },
                    false => I::CallIndirect { type_index, table_index: 0 },
                });
            }
            (1, _) if self.shape.typed_references => {
                let typed = ValType::Ref(Shape::typed(ty));
                match self.local(typed).filter(|_| self.dice.one_in(4)) {
                    Some(local) => self.put(&I::LocalGet(narrow(local))),
                    None => self.put(&I::RefFunc(function_index)),
                }
                self.put(&if tail { I::ReturnCallRef(type_index) } else { I::CallRef(type_index) });
            }
            _ => self.put(&if tail { I::ReturnCall(function_index) } else { I::Call(function_index) }),
        }
    }

    // Statements.

    fn statement(&mut self, nesting: usize) {
        if self.budget == 0 {
            return;
        }
        match self.dice.below(24) {
            0..=4 => {
                let Some(local) = self.target() else { return };
                self.expression(self.locals[local], DEPTH);
                self.put(&I::LocalSet(narrow(local)));
            }
            5..=7 => self.effect(),
            8 => {
                let set: Vec<usize> = (1..self.shape.globals.len()).filter(|&i| self.shape.globals[i].1).collect();
                if !set.is_empty() {
                    let global = self.dice.pick(&set);
                    self.expression(self.shape.globals[global].0, DEPTH);
                    self.put(&I::GlobalSet(narrow(global)));
                }
            }
            9 | 10 => {
                let local = self.dice.below(self.locals.len());
                self.fold(local);
            }
            11 | 12 if nesting > 0 => self.loop_statement(nesting - 1),
            13 if nesting > 0 => {
                self.condition(2);
                self.put(&I::If(BlockType::Empty));
                self.labels.push(Label::Exit);
                self.statement(nesting - 1);
                if self.dice.one_in(2) {
                    self.put(&I::Else);
                    self.statement(nesting - 1);
                }
                self.labels.pop();
                self.put(&I::End);
            }
            14 | 15 if nesting > 0 => self.branches(nesting - 1),
            16 => self.bulk(),
            17 => self.table_operation(),
            18 => self.call_statement(),
            19 => self.early_exit(),
            20 if self.shape.typed_references => self.null_branch(),
            21 if self.shape.wide_arithmetic => self.many_results(),
            22 if nesting > 0 => {
                self.put(&I::Block(BlockType::Empty));
                self.labels.push(Label::Exit);
                for _ in 0..1 + self.dice.below(3) {
                    self.statement(nesting - 1);
                }
                self.labels.pop();
                self.put(&I::End);
            }
            _ => {
                let ty = self.shape.any_type(self.dice);
                self.expression(ty, DEPTH);
                self.put(&I::Drop);
            }
        }
    }

    /// An operator without results: a store.
    fn effect(&mut self) {
        let stores: Vec<&Operator> =
            operators::TABLE.iter().filter(|op| op.results.is_empty() && self.may_use(op)).collect();
        if !stores.is_empty() && !self.shape.memories.is_empty() {
            let op = self.dice.pick(&stores);
            self.apply(op, 2);
        }
    }

    fn many_results(&mut self) {
        let wide: Vec<&Operator> = operators::TABLE.iter().filter(|op| op.results.len() > 1).collect();
        if wide.is_empty() {
            return;
        }
        let op = self.dice.pick(&wide);
        self.apply(op, 2);
        for ty in op.results.iter().rev() {
            self.take(encoded(*ty));
        }
    }

    /// Pops a value, into a local if there is one.
    fn take(&mut self, ty: ValType) {
        match self.target().filter(|&local| self.locals[local] == ty) {
            Some(local) => self.put(&I::LocalSet(narrow(local))),
            None => self.put(&I::Drop),
        }
    }

    /// Adds a local to the sum of everything.
    pub(super) fn fold(&mut self, local: usize) {
        self.put(&I::GlobalGet(0));
        self.put(&I::I64Const(7));
        self.put(&I::I64Rotl);
        let get = I::LocalGet(narrow(local));
        self.put(&get);
        match self.locals[local] {
            ValType::I32 => self.put(&I::I64ExtendI32U),
            ValType::I64 => {}
            ValType::F32 => {
                self.put(&I::I32ReinterpretF32);
                self.put(&I::I64ExtendI32U);
            }
            ValType::F64 => self.put(&I::I64ReinterpretF64),
            ValType::V128 => {
                self.put(&I::I64x2ExtractLane(0));
                self.put(&get);
                self.put(&I::I64x2ExtractLane(1));
                self.put(&I::I64Add);
            }
            ValType::Ref(_) => {
                self.put(&I::RefIsNull);
                self.put(&I::I64ExtendI32U);
            }
        }
        self.put(&I::I64Xor);
        self.put(&I::GlobalSet(0));
    }

    fn loop_statement(&mut self, nesting: usize) {
        let Some(counter) = self.counter() else { return };
        self.put(&I::Block(BlockType::Empty));
        self.labels.push(Label::Exit);
        self.put(&I::Loop(BlockType::Empty));
        self.labels.push(Label::Other);
        for _ in 0..1 + self.dice.below(3) {
            self.statement(nesting);
        }
        self.again(counter);
        self.labels.truncate(self.labels.len() - 2);
        self.put(&I::End);
        self.put(&I::End);
    }

    /// Distances to the labels that a branch without values may go to.
    fn exits(&self) -> Vec<u32> {
        let exits = self.labels.iter().rev().enumerate().filter(|(_, label)| **label == Label::Exit);
        exits.map(|(distance, _)| narrow(distance)).collect()
    }

    /// A table of branches, dense or not.
    fn branches(&mut self, nesting: usize) {
        let blocks = 1 + self.dice.below(5);
        for _ in 0..blocks {
            self.put(&I::Block(BlockType::Empty));
            self.labels.push(Label::Exit);
        }
        let targets = self.dice.pick(&[3, 1, 8, 0, 33]);
        self.expression(ValType::I32, 2);
        if self.dice.one_in(2) {
            // Each row is as likely as the default.
            self.put(&I::I32Const(targets + 1));
            self.put(&I::I32RemU);
        }
        let exits = self.exits();
        let list: Vec<u32> = (0..targets).map(|_| self.dice.pick(&exits)).collect();
        let default = self.dice.pick(&exits);
        self.put(&I::BrTable(list.into(), default));
        for _ in 0..blocks {
            self.labels.pop();
            self.put(&I::End);
            self.statement(nesting);
        }
    }

    /// Leaves a block or the function early.
    fn early_exit(&mut self) {
        let exits = self.exits();
        match self.dice.below(4) {
            0 | 1 if !exits.is_empty() => {
                self.condition(2);
                let exit = self.dice.pick(&exits);
                self.put(&I::BrIf(exit));
            }
            2 => {
                self.condition(2);
                self.put(&I::If(BlockType::Empty));
                self.labels.push(Label::Exit);
                let results = self.shape.types[self.shape.functions[self.func]].results.clone();
                for ty in results {
                    self.expression(ty, 1);
                }
                self.put(&I::Return);
                self.labels.pop();
                self.put(&I::End);
            }
            3 if self.dice.one_in(4) => {
                self.leaf(ValType::I32);
                self.put(&I::If(BlockType::Empty));
                self.put(&I::Unreachable);
                self.put(&I::End);
            }
            _ => self.put(&I::Nop),
        }
    }

    /// Branches on references that are null or not.
    fn null_branch(&mut self) {
        let ty = self.dice.pick(self.shape.references());
        match self.dice.below(3) {
            0 => {
                self.put(&I::Block(BlockType::Empty));
                self.reference(ty, 1);
                self.put(&I::BrOnNull(0));
                self.put(&I::Drop);
                self.put(&I::End);
            }
            1 => {
                self.put(&I::Block(BlockType::Result(ValType::Ref(ty))));
                self.reference(ty, 1);
                self.put(&I::BrOnNonNull(0));
                self.put(&I::RefNull(ty.heap_type));
                self.put(&I::End);
                self.take(ValType::Ref(ty));
            }
            _ => {
                self.reference(ty, 1);
                self.put(&I::RefAsNonNull);
                self.take(ValType::Ref(ty));
            }
        }
    }

    fn call_statement(&mut self) {
        let count = self.shape.functions.len();
        // Recursion, sometimes: fuel ends it.
        let func = match self.dice.one_in(12) {
            true => self.dice.below(count),
            false if self.func + 1 < count => self.func + 1 + self.dice.below(count - self.func - 1),
            false if self.shape.imported > 0 => self.dice.below(self.shape.imported),
            false => return,
        };
        self.call(func, 2, false);
        let results = self.shape.types[self.shape.functions[func]].results.clone();
        for ty in results.into_iter().rev() {
            self.take(ty);
        }
    }

    /// Copying and filling memory.
    fn bulk(&mut self) {
        if self.shape.memories.is_empty() {
            return;
        }
        let (a, b) = (self.dice.below(self.shape.memories.len()), self.dice.below(self.shape.memories.len()));
        let (to, from) = (self.shape.memories[a], self.shape.memories[b]);
        let length = self.dice.pick(&[8, 0, 1, 17, 100]);
        match self.dice.below(4) {
            0 => {
                self.address(a, 128, 1);
                self.leaf(ValType::I32);
                self.index(to.wide, length);
                self.put(&I::MemoryFill(narrow(a)));
            }
            1 => {
                self.address(a, 128, 1);
                self.address(b, 128, 1);
                self.index(to.wide && from.wide, length);
                self.put(&I::MemoryCopy { src_mem: narrow(b), dst_mem: narrow(a) });
            }
            2 => {
                let segment = self.dice.below(self.shape.data.len());
                self.address(a, 128, 1);
                let start = self.dice.pick(&[0, 1, 15]);
                self.put(&I::I32Const(start));
                self.put(&I::I32Const(i32::try_from(length).expect("short")));
                self.put(&I::MemoryInit { mem: narrow(a), data_index: narrow(segment) });
            }
            _ => {
                let segment = self.dice.below(self.shape.data.len());
                self.put(&I::DataDrop(narrow(segment)));
            }
        }
    }

    fn table_operation(&mut self) {
        let index = self.dice.below(self.shape.tables.len());
        let table = self.shape.tables[index];
        let length = self.dice.pick(&[1, 0, 2]);
        match self.dice.below(5) {
            0 => {
                self.table_index(index, 1);
                self.reference(table.element, 1);
                self.put(&I::TableSet(narrow(index)));
            }
            1 => {
                self.table_index(index, 1);
                self.reference(table.element, 1);
                self.index(table.wide, length);
                self.put(&I::TableFill(narrow(index)));
            }
            2 => {
                let same: Vec<usize> =
                    (0..self.shape.tables.len()).filter(|&i| self.shape.tables[i].element == table.element).collect();
                let other = self.dice.pick(&same);
                self.table_index(index, 1);
                self.table_index(other, 1);
                self.index(table.wide && self.shape.tables[other].wide, length);
                self.put(&I::TableCopy { src_table: narrow(other), dst_table: narrow(index) });
            }
            3 => {
                let of = |&i: &usize| self.shape.elements[i] == table.element;
                if let Some(segment) = (0..self.shape.elements.len()).find(of) {
                    self.table_init(index, segment, length);
                }
            }
            _ => {
                let segment = self.dice.below(self.shape.elements.len());
                if self.dice.one_in(3) {
                    self.put(&I::ElemDrop(narrow(segment)));
                    // What is dropped has no elements.
                    if self.shape.elements[segment] == table.element && self.dice.one_in(2) {
                        self.table_init(index, segment, length);
                    }
                }
            }
        }
    }

    fn table_init(&mut self, table: usize, segment: usize, length: u64) {
        self.table_index(table, 1);
        let start = self.dice.pick(&[0, 1]);
        self.put(&I::I32Const(start));
        self.put(&I::I32Const(i32::try_from(length).expect("short")));
        self.put(&I::TableInit { elem_index: narrow(segment), table: narrow(table) });
    }
}
