//! "Weave", the generator of our own: modules of the shapes that miscompilations need.
//!
//! What random modules seldom have is made often here: operands that are equal, constant, just loaded, or narrow and extended;
//! more values at once than there are registers; values that live across calls and loops; addresses at the ends of memories;
//! dense tables of branches; each kind of call. All that a function computes flows into a global, so that no wrong value is
//! lost.

mod body;
mod loops;
mod ops;

pub use loops::loops;
pub use ops::operators;

use crate::value::{Random, Type};
use arbitrary::{Result, Unstructured};
use body::Body;
use wasm_encoder::{
    CodeSection, ConstExpr, DataCountSection, DataSection, ElementSection, Elements, EntityType, Function,
    FunctionSection, GlobalSection, GlobalType, HeapType, ImportSection, MemorySection, MemoryType, Module, RefType,
    TableSection, TableType, TypeSection, ValType,
};

/// Bytes of a page.
const PAGE: u64 = 1 << 16;

/// Choices made of bytes. Once they are used up, every choice is the first one.
pub(crate) struct Dice<'a, 'u>(pub(crate) &'a mut Unstructured<'u>);

impl Dice<'_, '_> {
    /// A number below `n`, which is not 0.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0.int_in_range(0..=n - 1).unwrap_or(0)
    }

    /// Whether a chance of one in `n` came true; never, once the bytes are used up.
    pub(crate) fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == n - 1 && n > 1
    }

    /// One of a list that is not empty.
    pub(crate) fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    /// Bits of a number, often at an edge.
    pub(crate) fn bits(&mut self, ty: ValType) -> u128 {
        let mut random = Random::of(&[u64::from(self.0.arbitrary::<u16>().unwrap_or(0))]);
        let of = |ty| match ty {
            ValType::I32 => Type::I32,
            ValType::I64 => Type::I64,
            ValType::F32 => Type::F32,
            ValType::F64 => Type::F64,
            _ => Type::V128,
        };
        match random.value(of(ty), &[]) {
            Some(crate::value::Value::I32(x) | crate::value::Value::F32(x)) => u128::from(x),
            Some(crate::value::Value::I64(x) | crate::value::Value::F64(x)) => u128::from(x),
            Some(crate::value::Value::V128(x)) => x,
            _ => 0,
        }
    }

    /// Whether the bytes are used up.
    pub(crate) fn is_dry(&self) -> bool {
        self.0.is_empty()
    }
}

/// A memory.
#[derive(Clone, Copy, Debug)]
struct Memory {
    /// Whether addresses have 64 bits.
    wide: bool,
    /// Pages at the beginning.
    pages: u64,
}

/// A table.
#[derive(Clone, Copy, Debug)]
struct Table {
    /// Whether indices have 64 bits.
    wide: bool,
    element: RefType,
    /// Elements at the beginning.
    elements: u64,
}

impl Memory {
    fn address(self) -> ValType {
        if self.wide { ValType::I64 } else { ValType::I32 }
    }
}

impl Table {
    fn index(self) -> ValType {
        if self.wide { ValType::I64 } else { ValType::I32 }
    }
}

/// The type of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Signature {
    params: Vec<ValType>,
    results: Vec<ValType>,
}

/// What bodies can refer to.
struct Shape {
    types: Vec<Signature>,
    /// How many functions are imported.
    imported: usize,
    /// The type of each function, imported ones first.
    functions: Vec<usize>,
    memories: Vec<Memory>,
    tables: Vec<Table>,
    /// The functions that the first elements of table 0 refer to.
    slots: Vec<usize>,
    /// Types of globals, and whether they change; the first one is the sum of everything.
    globals: Vec<(ValType, bool)>,
    /// Bytes of the passive data segments.
    data: Vec<usize>,
    /// Types of the passive element segments.
    elements: Vec<RefType>,
    /// The proposals whose operators are used.
    simd: bool,
    relaxed: bool,
    wide_arithmetic: bool,
    tail_calls: bool,
    /// Whether references say of which type a function is.
    typed_references: bool,
    /// Whether memories and tables grow.
    growth: bool,
    /// How much each function does.
    budget: usize,
}

impl Shape {
    fn numbers(&self) -> &'static [ValType] {
        const NUMBERS: [ValType; 5] = [ValType::I32, ValType::I64, ValType::F32, ValType::F64, ValType::V128];
        &NUMBERS[..if self.simd { 5 } else { 4 }]
    }

    /// Types of references.
    fn references(&self) -> &'static [RefType] {
        const TYPED: RefType = RefType { nullable: true, heap_type: HeapType::Concrete(0) };
        const ALL: [RefType; 3] = [RefType::FUNCREF, RefType::EXTERNREF, TYPED];
        &ALL[..if self.typed_references { 3 } else { 2 }]
    }

    /// A reference to a function of type `index`, or null.
    fn typed(index: usize) -> RefType {
        RefType { nullable: true, heap_type: HeapType::Concrete(u32::try_from(index).expect("few types")) }
    }

    fn any_type(&self, dice: &mut Dice<'_, '_>) -> ValType {
        match dice.below(12) {
            0..=10 => dice.pick(self.numbers()),
            _ => ValType::Ref(dice.pick(self.references())),
        }
    }

    fn signature(&self, dice: &mut Dice<'_, '_>) -> Signature {
        // 20 do not fit into the registers of any ISA.
        let params = [2, 1, 3, 0, 4, 6, 12, 20][dice.below(8)];
        let results = [1, 1, 1, 1, 1, 1, 1, 0, 0, 2, 2, 3, 3, 6, 6, 20][dice.below(16)];
        let list = |dice: &mut Dice<'_, '_>, n| (0..n).map(|_| self.any_type(dice)).collect();
        Signature { params: list(dice, params), results: list(dice, results) }
    }

    fn new(dice: &mut Dice<'_, '_>, typed_references: bool) -> Self {
        let simd = dice.one_in(2);
        let mut shape = Self {
            types: vec![Signature { params: vec![ValType::I32, ValType::I64], results: vec![ValType::I32] }],
            imported: dice.below(3),
            functions: Vec::new(),
            memories: Vec::new(),
            tables: Vec::new(),
            slots: Vec::new(),
            globals: vec![(ValType::I64, true)],
            data: vec![dice.pick(&[16, 0, 1, 300])],
            elements: vec![RefType::FUNCREF],
            simd,
            relaxed: simd && dice.one_in(2),
            wide_arithmetic: dice.one_in(2),
            tail_calls: dice.one_in(2),
            typed_references,
            growth: true,
            budget: dice.pick(&[40, 10, 90, 160]),
        };
        for _ in 0..1 + dice.below(3) {
            let signature = shape.signature(dice);
            shape.types.push(signature);
        }
        for _ in 0..shape.imported + 1 + dice.below(5) {
            let ty = dice.below(shape.types.len());
            shape.functions.push(ty);
        }
        for _ in 0..[1, 1, 2, 3, 0][dice.below(5)] {
            shape.memories.push(Memory { wide: dice.one_in(3), pages: dice.pick(&[1, 2, 0]) });
        }
        for i in 0..1 + dice.below(3) {
            let element = if i == 0 { RefType::FUNCREF } else { dice.pick(shape.references()) };
            let elements = dice.pick(&[8, 3, 20]);
            shape.tables.push(Table { wide: dice.one_in(3), element, elements });
        }
        for _ in 0..dice.below(4) {
            let ty = shape.any_type(dice);
            shape.globals.push((ty, !dice.one_in(4)));
        }
        if dice.one_in(2) {
            shape.elements.push(RefType::EXTERNREF);
        }
        for _ in 0..dice.below(4).min(usize::try_from(shape.tables[0].elements).expect("few elements")) {
            let func = dice.below(shape.functions.len());
            shape.slots.push(func);
        }
        shape
    }

    fn module(&self, dice: &mut Dice<'_, '_>) -> Vec<u8> {
        let bodies = (self.imported..self.functions.len()).map(|func| Body::new(self, func, dice).finish()).collect();
        self.with_bodies(bodies, dice)
    }

    /// The module with these locals and bodies of its functions.
    fn with_bodies(&self, bodies: Vec<(Vec<ValType>, Vec<u8>)>, dice: &mut Dice<'_, '_>) -> Vec<u8> {
        let index = |i: usize| u32::try_from(i).expect("modules are small");
        let mut module = Module::new();
        let mut types = TypeSection::new();
        for ty in &self.types {
            types.ty().function(ty.params.iter().copied(), ty.results.iter().copied());
        }
        module.section(&types);
        let mut imports = ImportSection::new();
        for (i, &ty) in self.functions[..self.imported].iter().enumerate() {
            imports.import("host", &i.to_string(), EntityType::Function(index(ty)));
        }
        module.section(&imports);
        let mut functions = FunctionSection::new();
        for &ty in &self.functions[self.imported..] {
            functions.function(index(ty));
        }
        module.section(&functions);
        let mut tables = TableSection::new();
        for table in &self.tables {
            tables.table(TableType {
                element_type: table.element,
                table64: table.wide,
                minimum: table.elements,
                maximum: dice.one_in(2).then_some(table.elements + 10),
                shared: false,
            });
        }
        module.section(&tables);
        let mut memories = MemorySection::new();
        for memory in &self.memories {
            memories.memory(MemoryType {
                minimum: memory.pages,
                maximum: dice.one_in(2).then_some(memory.pages + 3),
                memory64: memory.wide,
                shared: false,
                page_size_log2: None,
            });
        }
        module.section(&memories);
        let mut globals = GlobalSection::new();
        for &(val_type, mutable) in &self.globals {
            let mut bytes = Vec::new();
            match val_type {
                ValType::Ref(ty) => {
                    wasm_encoder::Encode::encode(&wasm_encoder::Instruction::RefNull(ty.heap_type), &mut bytes)
                }
                ty => crate::operators::constant(parsed(ty), dice.bits(ty), &mut bytes),
            }
            globals.global(GlobalType { val_type, mutable, shared: false }, &ConstExpr::raw(bytes));
        }
        module.section(&globals);
        module.section(&self.element_section());
        if !self.memories.is_empty() {
            module.section(&DataCountSection { count: index(self.data.len()) + 1 });
        }
        let mut code = CodeSection::new();
        for (locals, bytes) in bodies {
            let mut function = Function::new_with_locals_types(locals);
            function.raw(bytes);
            code.function(&function);
        }
        module.section(&code);
        if !self.memories.is_empty() {
            let mut data = DataSection::new();
            for &bytes in &self.data {
                data.passive((0..bytes).map(|i| u8::try_from(i * 37 % 251).expect("below 251")));
            }
            // What is loaded is something.
            let zero = if self.memories[0].wide { ConstExpr::i64_const(0) } else { ConstExpr::i32_const(0) };
            let bytes = if self.memories[0].pages > 0 { 64 } else { 0 };
            data.active(0, &zero, (0..bytes).map(|i: u8| i.wrapping_mul(157) ^ 0x80));
            module.section(&data);
        }
        module.finish()
    }

    fn element_section(&self) -> ElementSection {
        let mut section = ElementSection::new();
        let all: Vec<u32> = (0..self.functions.len()).map(|i| u32::try_from(i).expect("few functions")).collect();
        for ty in &self.elements {
            match *ty {
                RefType::FUNCREF => section.passive(Elements::Functions(all.clone().into())),
                ty => {
                    let null = ConstExpr::ref_null(ty.heap_type);
                    section.passive(Elements::Expressions(ty, vec![null.clone(), null].into()))
                }
            };
        }
        let slots: Vec<u32> = self.slots.iter().map(|&i| u32::try_from(i).expect("few functions")).collect();
        let zero = if self.tables[0].wide { ConstExpr::i64_const(0) } else { ConstExpr::i32_const(0) };
        section.active(None, &zero, Elements::Functions(slots.into()));
        section.declared(Elements::Functions(all.into()));
        section
    }
}

/// The same type, as wasmparser has it.
fn parsed(ty: ValType) -> wasmparser::ValType {
    match ty {
        ValType::I32 => wasmparser::ValType::I32,
        ValType::I64 => wasmparser::ValType::I64,
        ValType::F32 => wasmparser::ValType::F32,
        ValType::F64 => wasmparser::ValType::F64,
        ValType::V128 => wasmparser::ValType::V128,
        ValType::Ref(_) => unreachable!("operators of the table take numbers"),
    }
}

/// The same type, as wasm-encoder has it.
fn encoded(ty: wasmparser::ValType) -> ValType {
    match ty {
        wasmparser::ValType::I32 => ValType::I32,
        wasmparser::ValType::I64 => ValType::I64,
        wasmparser::ValType::F32 => ValType::F32,
        wasmparser::ValType::F64 => ValType::F64,
        wasmparser::ValType::V128 => ValType::V128,
        wasmparser::ValType::Ref(_) => unreachable!("operators of the table take numbers"),
    }
}

/// A module.
///
/// # Errors
///
/// If there are no bytes to make it of.
pub fn module(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    if u.len() < 16 {
        return Err(arbitrary::Error::NotEnoughData);
    }
    let mut dice = Dice(u);
    let shape = Shape::new(&mut dice, true);
    Ok(shape.module(&mut dice))
}

/// A module without references to functions of a type.
///
/// # Errors
///
/// As [`module`].
pub fn plain_module(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    if u.len() < 16 {
        return Err(arbitrary::Error::NotEnoughData);
    }
    let mut dice = Dice(u);
    let shape = Shape::new(&mut dice, false);
    Ok(shape.module(&mut dice))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_are_valid() {
        for seed in 0..400 {
            let bytes = crate::generate::bytes(seed);
            for wasm in [
                module(&mut Unstructured::new(&bytes)).unwrap(),
                operators(&mut Unstructured::new(&bytes), true).unwrap(),
            ] {
                let result = wasmparser::Validator::new_with_features(crate::plan::features()).validate_all(&wasm);
                if let Err(error) = result {
                    panic!("seed {seed}: {error}\n{}", wasmprinter::print_bytes(&wasm).unwrap_or_default());
                }
            }
        }
    }

    #[test]
    fn few_bytes_make_modules_too() {
        for len in 16..64 {
            let wasm = module(&mut Unstructured::new(&vec![0xa5; len])).unwrap();
            wasmparser::Validator::new_with_features(crate::plan::features()).validate_all(&wasm).unwrap();
        }
    }
}
