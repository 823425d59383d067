//! Rewrites a module into its twin: another module that does the same with other instructions.
//!
//! Operands that have to change lie below others on the stack; those above wait in locals of their own, so that functions of any
//! shape can be rewritten without knowing their types, unreachable code included.

use crate::derive::Twin;
use crate::derive::access::{Access, access, with_offset};
use crate::derive::shape::Shape;
use std::fmt;
use wasm_encoder::reencode::{self, Reencode};
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, DataSection, ElementSection, EntityType, Function, ImportSection,
    Instruction as I, MemoryType, Module, SectionId, TableType, ValType,
};
use wasmparser::Parser;

/// Why a module has no twin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhyNot {
    /// The module has nothing that would be different.
    Nothing,
    /// An active segment begins where a global says, which has 32 bits.
    OffsetOfGlobal,
    /// Atomic operations are not rewritten.
    Atomics,
    /// It shares a table or memory with a module that has no twin.
    Shared,
    /// It shares a table or memory with other modules, in which it may have another place.
    Mixed,
    /// What the script is about are encodings.
    Encoding,
    /// Parts of the script need features that are later work, or were overturned.
    Later,
}

impl fmt::Display for WhyNot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nothing => "nothing in it would differ",
            Self::OffsetOfGlobal => "a segment begins where a global of 32 bits says",
            Self::Atomics => "atomic operations are not rewritten",
            Self::Shared => "it shares a table or memory with a module that has no twin",
            Self::Mixed => "tables or memories of both widths are shared between modules",
            Self::Encoding => "it cannot be read",
            Self::Later => "parts of its script need later features or were overturned",
        })
    }
}

impl std::error::Error for WhyNot {}

type Result<T> = std::result::Result<T, reencode::Error<WhyNot>>;

/// The twin of a module in binary.
///
/// # Errors
///
/// If it has none.
pub fn rewrite(wasm: &[u8], twin: Twin) -> std::result::Result<Vec<u8>, WhyNot> {
    let shape = Shape::of(wasm).map_err(|_| WhyNot::Encoding)?;
    let mut rewriter = Rewriter::new(shape, twin);
    let mut module = Module::new();
    rewriter.parse_core_module(&mut module, Parser::new(0), wasm).map_err(|e| match e {
        reencode::Error::UserError(why) => why,
        _ => WhyNot::Encoding,
    })?;
    if rewriter.changed { Ok(module.finish()) } else { Err(WhyNot::Nothing) }
}

struct Rewriter {
    shape: Shape,
    twin: Twin,
    changed: bool,
    /// Tables, memories and functions seen so far.
    tables: usize,
    memories: usize,
    functions: usize,
    /// Accesses of memory seen so far.
    accesses: usize,
    /// Locals that the function has already.
    first_temporary: u32,
    /// Locals that are added to the function.
    temporaries: Vec<ValType>,
}

/// What is added to the offset of an access: small, odd, and beyond the immediates of instructions.
const OFFSETS: [u64; 6] = [1, 8, 3, 255, 4096, 40_000];

impl Rewriter {
    fn new(shape: Shape, twin: Twin) -> Self {
        Self {
            shape,
            twin,
            changed: false,
            tables: 0,
            memories: 0,
            functions: 0,
            accesses: 0,
            first_temporary: 0,
            temporaries: Vec::new(),
        }
    }

    /// Whether a table gets wide indices, and did not have them.
    fn widens_table(&self, index: u32) -> bool {
        let wanted = match self.twin {
            Twin::WideTables => true,
            Twin::MixedTables => index % 2 == 1,
            _ => false,
        };
        wanted && self.shape.tables.get(index as usize).is_some_and(|ty| !ty.table64)
    }

    fn widens_memory(&self, index: u32) -> bool {
        let wanted = match self.twin {
            Twin::WideMemories => true,
            Twin::MixedMemories => index % 2 == 1,
            _ => false,
        };
        wanted && self.shape.memories.get(index as usize).is_some_and(|ty| !ty.memory64)
    }

    fn is_wide_memory(&self, index: u32) -> bool {
        self.shape.memories.get(index as usize).is_some_and(|ty| ty.memory64)
    }

    /// The `n`-th local of a type that is added to the function.
    fn temporary(&mut self, ty: ValType, n: usize) -> u32 {
        let mine = self.temporaries.iter().enumerate().filter(|(_, t)| **t == ty).map(|(i, _)| i).nth(n);
        let index = mine.unwrap_or_else(|| {
            self.temporaries.push(ty);
            self.temporaries.len() - 1
        });
        self.first_temporary + u32::try_from(index).expect("few locals")
    }

    /// Operands, each with whether it is an index of 32 bits that becomes one of 64.
    fn widened<'a>(&mut self, operands: &[(ValType, bool)], op: I<'a>, out: &mut Vec<I<'a>>) {
        let Some(first) = operands.iter().position(|o| o.1) else { return out.push(op) };
        self.changed = true;
        let above = &operands[first + 1..];
        // Locals of one type are told apart by their place among the operands.
        let temporaries: Vec<u32> = above.iter().enumerate().map(|(i, o)| self.temporary(o.0, i)).collect();
        out.extend(temporaries.iter().rev().map(|&t| I::LocalSet(t)));
        out.push(I::I64ExtendI32U);
        for (&temporary, &(_, widen)) in temporaries.iter().zip(above) {
            out.push(I::LocalGet(temporary));
            if widen {
                out.push(I::I64ExtendI32U);
            }
        }
        out.push(op);
    }

    /// The operands of a copy: destination, source and length, which is wide if both are.
    fn copy<'a>(&mut self, to: (bool, bool), from: (bool, bool), op: I<'a>, out: &mut Vec<I<'a>>) {
        let (was, is) = (to.0 && from.0, to.1 && from.1);
        let operand = |was: bool, is: bool| (if was { ValType::I64 } else { ValType::I32 }, is && !was);
        self.widened(&[operand(to.0, to.1), operand(from.0, from.1), operand(was, is)], op, out);
    }

    fn table_widths(&self, index: u32) -> (bool, bool) {
        let was = self.shape.tables.get(index as usize).is_some_and(|ty| ty.table64);
        (was, was || self.widens_table(index))
    }

    fn memory_widths(&self, index: u32) -> (bool, bool) {
        let was = self.is_wide_memory(index);
        (was, was || self.widens_memory(index))
    }

    fn element(&mut self, table: u32) -> Result<ValType> {
        let ty =
            self.shape.tables.get(table as usize).ok_or(reencode::Error::UserError(WhyNot::Encoding))?.element_type;
        Ok(ValType::Ref(self.ref_type(ty)?))
    }

    /// An access with another offset, and an address that is as much smaller, where that is possible.
    fn shifted<'a>(&mut self, access: &Access, op: I<'a>, out: &mut Vec<I<'a>>) {
        let by = OFFSETS[self.accesses % OFFSETS.len()];
        self.accesses += 1;
        let wide = self.is_wide_memory(access.memory);
        let most = if wide { u64::MAX } else { u32::MAX.into() };
        let Some(offset) = access.offset.checked_add(by).filter(|offset| *offset <= most) else { return out.push(op) };
        let Some(other) = with_offset(&op, offset) else { return out.push(op) };
        self.changed = true;
        let address = self.temporary(if wide { ValType::I64 } else { ValType::I32 }, 0);
        let value = access.value.map(|ty| self.temporary(ty, 1));
        let constant =
            || if wide { I::I64Const(by.cast_signed()) } else { I::I32Const(i32::try_from(by).expect("small")) };
        out.extend(value.map(I::LocalSet));
        out.extend([I::LocalTee(address), constant(), if wide { I::I64GeU } else { I::I32GeU }]);
        out.push(I::If(access.result.map_or(BlockType::Empty, BlockType::Result)));
        out.extend([I::LocalGet(address), constant(), if wide { I::I64Sub } else { I::I32Sub }]);
        out.extend(value.map(I::LocalGet));
        out.extend([other, I::Else, I::LocalGet(address)]);
        out.extend(value.map(I::LocalGet));
        out.extend([op, I::End]);
    }

    /// What an instruction becomes. `original` has the indices of the module that is rewritten.
    fn rewritten<'a>(&mut self, original: &wasmparser::Operator<'a>, op: I<'a>, out: &mut Vec<I<'a>>) -> Result<()> {
        use wasmparser::Operator as O;
        const I32: ValType = ValType::I32;
        if let Some(access) = access(original).map_err(reencode::Error::UserError)? {
            if self.twin == Twin::Offsets {
                self.shifted(&access, op, out);
                return Ok(());
            }
            let address = (
                if self.is_wide_memory(access.memory) { ValType::I64 } else { I32 },
                self.widens_memory(access.memory),
            );
            let operands: Vec<_> = std::iter::once(address).chain(access.value.map(|ty| (ty, false))).collect();
            self.widened(&operands, op, out);
            return Ok(());
        }
        match *original {
            O::TableGet { table } => self.widened(&[(I32, self.widens_table(table))], op, out),
            O::TableSet { table } => {
                let element = self.element(table)?;
                self.widened(&[(I32, self.widens_table(table)), (element, false)], op, out);
            }
            O::TableSize { table } => {
                out.push(op);
                out.extend(self.widens_table(table).then_some(I::I32WrapI64));
                self.changed |= self.widens_table(table);
            }
            O::TableGrow { table } => {
                self.widened(&[(I32, self.widens_table(table))], op, out);
                out.extend(self.widens_table(table).then_some(I::I32WrapI64));
            }
            O::TableFill { table } => {
                let element = self.element(table)?;
                let widens = self.widens_table(table);
                self.widened(&[(I32, widens), (element, false), (I32, widens)], op, out);
            }
            O::TableCopy { dst_table, src_table } => {
                self.copy(self.table_widths(dst_table), self.table_widths(src_table), op, out);
            }
            O::TableInit { table, .. } => {
                self.widened(&[(I32, self.widens_table(table)), (I32, false), (I32, false)], op, out);
            }
            O::CallIndirect { table_index, .. } | O::ReturnCallIndirect { table_index, .. } => {
                self.widened(&[(I32, self.widens_table(table_index))], op, out);
            }
            O::MemorySize { mem } => {
                out.push(op);
                out.extend(self.widens_memory(mem).then_some(I::I32WrapI64));
                self.changed |= self.widens_memory(mem);
            }
            O::MemoryGrow { mem } => {
                self.widened(&[(I32, self.widens_memory(mem))], op, out);
                out.extend(self.widens_memory(mem).then_some(I::I32WrapI64));
            }
            O::MemoryFill { mem } => {
                let widens = self.widens_memory(mem);
                self.widened(&[(I32, widens), (I32, false), (I32, widens)], op, out);
            }
            O::MemoryCopy { dst_mem, src_mem } => {
                self.copy(self.memory_widths(dst_mem), self.memory_widths(src_mem), op, out);
            }
            O::MemoryInit { mem, .. } => {
                self.widened(&[(I32, self.widens_memory(mem)), (I32, false), (I32, false)], op, out);
            }
            _ => out.push(op),
        }
        Ok(())
    }

    /// The offset of an active segment.
    fn offset(&mut self, expr: wasmparser::ConstExpr<'_>, widen: bool) -> Result<ConstExpr> {
        if !widen {
            return self.const_expr(expr);
        }
        let mut reader = expr.get_operators_reader();
        match (reader.read()?, reader.read()?) {
            (wasmparser::Operator::I32Const { value }, wasmparser::Operator::End) => {
                Ok(ConstExpr::i64_const(value.cast_unsigned().into()))
            }
            _ => Err(reencode::Error::UserError(WhyNot::OffsetOfGlobal)),
        }
    }

    /// The memory in front of all others, that nobody should access.
    fn decoy(&mut self, imports: &mut ImportSection) {
        self.changed |= !self.shape.memories.is_empty();
        let ty = MemoryType { minimum: 1, maximum: Some(2), memory64: false, shared: false, page_size_log2: None };
        imports.import("spectest", "memory", EntityType::Memory(ty));
    }
}

impl Reencode for Rewriter {
    type Error = WhyNot;

    fn memory_index(&mut self, memory: u32) -> Result<u32> {
        Ok(memory + u32::from(self.twin == Twin::SecondMemory))
    }

    fn table_type(&mut self, ty: wasmparser::TableType) -> Result<TableType> {
        let index = u32::try_from(self.tables).expect("few tables");
        self.tables += 1;
        let mut new = reencode::utils::table_type(self, ty)?;
        if self.widens_table(index) {
            self.changed = true;
            new.table64 = true;
        }
        Ok(new)
    }

    fn memory_type(&mut self, ty: wasmparser::MemoryType) -> Result<MemoryType> {
        let index = u32::try_from(self.memories).expect("few memories");
        self.memories += 1;
        let mut new = reencode::utils::memory_type(self, ty);
        if self.widens_memory(index) {
            self.changed = true;
            new.memory64 = true;
            // It does not grow further than it could.
            let most = (1_u64 << 32 >> ty.page_size_log2.unwrap_or(16)).min(u32::MAX.into());
            new.maximum = Some(new.maximum.map_or(most, |maximum| maximum.min(most)));
        }
        Ok(new)
    }

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: wasmparser::ImportSectionReader<'_>,
    ) -> Result<()> {
        if self.twin == Twin::SecondMemory {
            self.decoy(imports);
        }
        for import in section.into_imports() {
            let import = import?;
            let ty = self.entity_type(import.ty)?;
            let wide = match ty {
                EntityType::Table(ty) => ty.table64,
                EntityType::Memory(ty) => ty.memory64,
                _ => false,
            };
            // The host module has its table and its memory in both widths.
            let name = match (import.module, import.name) {
                ("spectest", "table") if wide => "table64",
                ("spectest", "memory") if wide => "memory64",
                (_, name) => name,
            };
            imports.import(import.module, name, ty);
        }
        Ok(())
    }

    fn intersperse_section_hook(
        &mut self,
        module: &mut Module,
        after: Option<SectionId>,
        before: Option<SectionId>,
    ) -> Result<()> {
        let first = matches!(after, None | Some(SectionId::Type)) && before != Some(SectionId::Type);
        if self.twin == Twin::SecondMemory && !self.shape.imports && first {
            let mut imports = ImportSection::new();
            self.decoy(&mut imports);
            module.section(&imports);
        }
        Ok(())
    }

    // What custom sections say is about the module that is rewritten.
    fn parse_custom_section(&mut self, _: &mut Module, _: wasmparser::CustomSectionReader<'_>) -> Result<()> {
        Ok(())
    }

    fn parse_data(&mut self, data: &mut DataSection, datum: wasmparser::Data<'_>) -> Result<()> {
        match datum.kind {
            wasmparser::DataKind::Active { memory_index, offset_expr } => {
                let offset = self.offset(offset_expr, self.widens_memory(memory_index))?;
                data.active(self.memory_index(memory_index)?, &offset, datum.data.iter().copied());
            }
            wasmparser::DataKind::Passive => drop(data.passive(datum.data.iter().copied())),
        }
        Ok(())
    }

    fn parse_element(&mut self, elements: &mut ElementSection, element: wasmparser::Element<'_>) -> Result<()> {
        let wasmparser::ElementKind::Active { table_index, offset_expr } = element.kind.clone() else {
            return reencode::utils::parse_element(self, elements, element);
        };
        let offset = self.offset(offset_expr, self.widens_table(table_index.unwrap_or(0)))?;
        let items = self.element_items(element.items)?;
        elements.active(table_index, &offset, items);
        Ok(())
    }

    fn parse_function_body(&mut self, code: &mut CodeSection, body: wasmparser::FunctionBody<'_>) -> Result<()> {
        let ty = self.shape.functions.get(self.functions).copied().unwrap_or(0);
        self.functions += 1;
        let mut locals = Vec::new();
        self.first_temporary = self.shape.params.get(ty as usize).copied().unwrap_or(0);
        for group in body.get_locals_reader()? {
            let (count, ty) = group?;
            self.first_temporary += count;
            locals.push((count, self.val_type(ty)?));
        }
        self.temporaries.clear();
        let mut instructions = Vec::new();
        let mut reader = body.get_operators_reader()?;
        while !reader.eof() {
            let original = reader.read()?;
            let op = self.instruction(original.clone())?;
            self.rewritten(&original, op, &mut instructions)?;
        }
        locals.extend(self.temporaries.iter().map(|&ty| (1, ty)));
        let mut function = Function::new(locals);
        for instruction in &instructions {
            function.instruction(instruction);
        }
        code.function(&function);
        Ok(())
    }
}
