//! Checks a module's metadata: every index and range refers to something that is there, and constant expressions are typed.
//!
//! The rest of the runtime relies on this, so that a damaged artifact cannot make it index out of bounds, whatever its bytes.
//! Names of imports and exports and the types of compiled code are taken on trust.

use crate::prelude::*;
use core::ops::Range;
use gantry_abi::artifact::{CodeInfo, Metadata};
use gantry_abi::module::{ConstExpr, ConstOp, ElementItems, Entity, ModuleInfo, SegmentMode};
use gantry_abi::types::*;
use gantry_abi::{CompileError, EntityRef, Feature, FuncIndex, TypeIndex};

type Check = Result<(), String>;

/// Most entities of a kind, as in the limits that compilers apply: larger counts would overflow layouts.
const MAX_ENTITIES: usize = 1_000_000;

fn ensure(condition: bool, what: impl FnOnce() -> String) -> Check {
    if condition { Ok(()) } else { Err(what()) }
}

fn index(index: impl EntityRef, len: usize, what: &str) -> Check {
    let index = index.index();
    ensure(index < len, || format!("there is no {what} {index}"))
}

fn range(range: &Range<u32>, len: usize, what: &str) -> Check {
    ensure(range.start <= range.end && range.end as usize <= len, || {
        format!("{what} {}..{} is not inside 0..{len}", range.start, range.end)
    })
}

/// Checks metadata against the lengths of text and data.
pub(super) fn validate(metadata: &Metadata, text_len: usize, data_len: usize) -> Check {
    let module = &metadata.module;
    counts(module)?;
    types(module)?;
    imports_and_exports(module)?;
    entities(module)?;
    segments(module, data_len)?;
    images(module, data_len)?;
    code(module, &metadata.code, text_len)
}

fn counts(module: &ModuleInfo) -> Check {
    for (what, imported, all) in [
        ("functions", module.num_imported_functions, module.functions.len()),
        ("tables", module.num_imported_tables, module.tables.len()),
        ("memories", module.num_imported_memories, module.memories.len()),
        ("globals", module.num_imported_globals, module.globals.len()),
        ("tags", module.num_imported_tags, module.tags.len()),
        ("types", 0, module.types.types.len()),
    ] {
        ensure(imported <= all, || format!("{imported} of {all} {what} are imported"))?;
        ensure(all <= MAX_ENTITIES, || format!("{all} {what} are too many"))?;
    }
    ensure(module.num_func_refs <= module.functions.len(), || "more function records than functions".into())?;
    for (what, inits, defined) in [
        ("tables", module.table_inits.len(), module.tables.len() - module.num_imported_tables),
        ("globals", module.global_inits.len(), module.globals.len() - module.num_imported_globals),
        ("memory images", module.memory_images.len(), module.memories.len() - module.num_imported_memories),
    ] {
        ensure(inits == defined, || format!("{inits} initial values for {defined} {what}"))?;
    }
    Ok(())
}

fn types(module: &ModuleInfo) -> Check {
    let types = &module.types;
    let mut covered = 0;
    for group in &types.rec_groups {
        ensure(group.start == covered && group.start <= group.end, || "rec groups have gaps or overlaps".into())?;
        range(group, types.types.len(), "rec group")?;
        covered = group.end;
        for i in group.clone() {
            let ty = &types.types[TypeIndex::from_u32(i)];
            let mut bad = None;
            ty.map_refs(&mut |r| {
                match r {
                    TypeRef::Module(to) if to.as_u32() < group.end => {}
                    _ => bad = Some(r),
                }
                r
            });
            ensure(bad.is_none(), || format!("type {i} refers to {bad:?}"))?;
            if let Some(sup) = ty.supertype {
                let sup = match sup {
                    TypeRef::Module(sup) if sup.as_u32() < i => &types.types[sup],
                    _ => return Err(format!("the supertype of type {i} does not come before it")),
                };
                let same = core::mem::discriminant(&sup.composite) == core::mem::discriminant(&ty.composite);
                ensure(same, || format!("the supertype of type {i} is of another kind"))?;
            }
            // A continuation's type must be a function type; others of its kind refer to anything.
            if let CompositeType::Cont(TypeRef::Module(of)) = ty.composite {
                func_type(module, of)?;
            }
        }
    }
    ensure(covered as usize == types.types.len(), || "rec groups do not cover all types".into())
}

fn func_type(module: &ModuleInfo, ty: TypeIndex) -> Check {
    index(ty, module.types.types.len(), "type")?;
    ensure(module.types.types[ty].as_func().is_some(), || format!("type {} is no function type", ty.as_u32()))
}

fn ref_type(module: &ModuleInfo, ty: RefType) -> Check {
    match ty.heap {
        HeapType::Concrete(TypeRef::Module(i)) => index(i, module.types.types.len(), "type"),
        HeapType::Concrete(other) => Err(format!("a module refers to {other:?}")),
        _ => Ok(()),
    }
}

fn val_type(module: &ModuleInfo, ty: ValType) -> Check {
    ty.as_ref_type().map_or(Ok(()), |r| ref_type(module, r))
}

fn entity(module: &ModuleInfo, entity: Entity) -> Check {
    match entity {
        Entity::Func(i) => index(i, module.functions.len(), "function"),
        Entity::Table(i) => index(i, module.tables.len(), "table"),
        Entity::Memory(i) => index(i, module.memories.len(), "memory"),
        Entity::Global(i) => index(i, module.globals.len(), "global"),
        Entity::Tag(i) => index(i, module.tags.len(), "tag"),
    }
}

fn imports_and_exports(module: &ModuleInfo) -> Check {
    // Imports of a kind are numbered in order.
    let (mut functions, mut tables, mut memories, mut globals, mut tags) = (0, 0, 0, 0, 0);
    for import in &module.imports {
        let (next, index) = match import.entity {
            Entity::Func(i) => (&mut functions, i.index()),
            Entity::Table(i) => (&mut tables, i.index()),
            Entity::Memory(i) => (&mut memories, i.index()),
            Entity::Global(i) => (&mut globals, i.index()),
            Entity::Tag(i) => (&mut tags, i.index()),
        };
        ensure(index == *next, || format!("import {:?}.{:?} is out of order", import.module, import.name))?;
        *next += 1;
    }
    for (what, found, expected) in [
        ("functions", functions, module.num_imported_functions),
        ("tables", tables, module.num_imported_tables),
        ("memories", memories, module.num_imported_memories),
        ("globals", globals, module.num_imported_globals),
        ("tags", tags, module.num_imported_tags),
    ] {
        ensure(found == expected, || format!("{found} imports of {expected} imported {what}"))?;
    }
    module.exports.iter().try_for_each(|export| match export.entity {
        Entity::Func(func) => referenced_func(module, func),
        // There are no tags as values of the host yet.
        Entity::Tag(_) => Err(CompileError::not_yet(Feature::Exceptions).to_string()),
        other => entity(module, other),
    })
}

fn entities(module: &ModuleInfo) -> Check {
    let mut recorded = vec![false; module.num_func_refs];
    for (i, func) in &module.functions {
        func_type(module, func.ty)?;
        if let Some(func_ref) = func.func_ref.expand() {
            index(func_ref, recorded.len(), "function record")?;
            let twice = core::mem::replace(&mut recorded[func_ref.index()], true);
            ensure(!twice, || format!("function {} shares its record with another one", i.as_u32()))?;
        }
    }
    ensure(recorded.iter().all(|&r| r), || "a function record belongs to no function".into())?;
    for table in module.tables.values() {
        ref_type(module, table.element)?;
        ensure(table.max.is_none_or(|max| table.min <= max), || "a table's minimum exceeds its maximum".into())?;
    }
    for memory in module.memories.values() {
        ensure(matches!(memory.page_size_log2, 0 | 16), || "a memory has an unknown page size".into())?;
        ensure(memory.max_pages.is_none_or(|max| memory.min_pages <= max), || {
            "a memory's minimum exceeds its maximum".into()
        })?;
        // 2^64 bytes are valid and can only fail when such a memory is made.
        let reach = match memory.index_type {
            IndexType::I32 => 1u128 << 32,
            IndexType::I64 => 1 << 64,
        };
        let fits = |pages: u64| u128::from(pages) << memory.page_size_log2 <= reach;
        ensure(fits(memory.min_pages) && memory.max_pages.is_none_or(fits), || {
            "a memory exceeds its address space".into()
        })?;
    }
    for global in module.globals.values() {
        val_type(module, global.val)?;
    }
    for tag in module.tags.values() {
        func_type(module, tag.func)?;
    }
    for (defined, init) in &module.table_inits {
        if let Some(init) = init {
            let element = module.tables[module.table_index(defined)].element;
            const_expr(module, init, ValType::Ref(element), module.globals.len())?;
        }
    }
    for (defined, init) in &module.global_inits {
        let global = module.global_index(defined);
        const_expr(module, &init.init, module.globals[global].val, global.index())?;
    }
    if let Some(start) = module.start {
        index(start, module.functions.len(), "function")?;
        let ty = module.func_type(start);
        ensure(ty.params.is_empty() && ty.results.is_empty(), || {
            "the start function has parameters or results".into()
        })?;
    }
    Ok(())
}

/// How a value of a constant expression is represented: what its operators must agree on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    I32,
    I64,
    F32,
    F64,
    V128,
    FuncRef,
    OtherRef,
    /// Null, of either kind of reference.
    Null,
}

fn kind(module: &ModuleInfo, ty: ValType) -> Kind {
    match ty {
        ValType::I32 => Kind::I32,
        ValType::I64 => Kind::I64,
        ValType::F32 => Kind::F32,
        ValType::F64 => Kind::F64,
        ValType::V128 => Kind::V128,
        ValType::Ref(r) if module.types.is_func_heap(r.heap) => Kind::FuncRef,
        ValType::Ref(_) => Kind::OtherRef,
    }
}

/// A function of which a reference is taken: it needs a record.
fn referenced_func(module: &ModuleInfo, func: FuncIndex) -> Check {
    index(func, module.functions.len(), "function")?;
    // An imported function's record is its import.
    let has_record = module.functions[func].func_ref.is_some() || module.defined_func(func).is_none();
    ensure(has_record, || format!("function {} has no record but is referred to", func.as_u32()))
}

/// Checks that an expression leaves one value of type `ty` and reads globals below `globals` only.
fn const_expr(module: &ModuleInfo, expr: &ConstExpr, ty: ValType, globals: usize) -> Check {
    use ConstOp as Op;
    let expected = kind(module, ty);
    if let [op] = &*expr.ops {
        // The usual case without a stack.
        let found = const_value(module, op, globals)?;
        return match found {
            Some(found) => same_kind(found, expected),
            None => Err("a constant expression lacks operands".into()),
        };
    }
    let mut stack = Vec::new();
    for op in &expr.ops {
        let operands = match op {
            Op::I32Add | Op::I32Sub | Op::I32Mul => Kind::I32,
            Op::I64Add | Op::I64Sub | Op::I64Mul => Kind::I64,
            _ => {
                stack.extend(const_value(module, op, globals)?);
                continue;
            }
        };
        for _ in 0..2 {
            ensure(stack.pop() == Some(operands), || "a constant expression has wrong operands".into())?;
        }
        stack.push(operands);
    }
    match *stack {
        [found] => same_kind(found, expected),
        _ => Err(format!("a constant expression leaves {} values", stack.len())),
    }
}

fn same_kind(found: Kind, expected: Kind) -> Check {
    let null = found == Kind::Null && matches!(expected, Kind::FuncRef | Kind::OtherRef);
    ensure(found == expected || null, || format!("a constant expression gives {found:?} in place of {expected:?}"))
}

/// What an operator pushes that takes no operands; `None` for one that does.
fn const_value(module: &ModuleInfo, op: &ConstOp, globals: usize) -> Result<Option<Kind>, String> {
    Ok(Some(match *op {
        ConstOp::I32Const(_) => Kind::I32,
        ConstOp::I64Const(_) => Kind::I64,
        ConstOp::F32Const(_) => Kind::F32,
        ConstOp::F64Const(_) => Kind::F64,
        ConstOp::V128Const(_) => Kind::V128,
        ConstOp::GlobalGet(i) => {
            index(i, globals, "global before this one")?;
            kind(module, module.globals[i].val)
        }
        ConstOp::RefNull => Kind::Null,
        ConstOp::RefFunc(f) => {
            referenced_func(module, f)?;
            Kind::FuncRef
        }
        ConstOp::I32Add | ConstOp::I32Sub | ConstOp::I32Mul | ConstOp::I64Add | ConstOp::I64Sub | ConstOp::I64Mul => {
            return Ok(None);
        }
    }))
}

fn segments(module: &ModuleInfo, data_len: usize) -> Check {
    let globals = module.globals.len();
    for segment in module.elements.values() {
        ref_type(module, segment.ty)?;
        if let SegmentMode::Active { target, offset } = &segment.mode {
            index(*target, module.tables.len(), "table")?;
            let table = &module.tables[*target];
            const_expr(module, offset, table.index_type.val_type(), globals)?;
            let same = kind(module, ValType::Ref(table.element)) == kind(module, ValType::Ref(segment.ty));
            ensure(same, || "an element segment and its table hold different things".into())?;
        }
        match &segment.items {
            ElementItems::Funcs(funcs) => {
                let fits = kind(module, ValType::Ref(segment.ty)) == Kind::FuncRef;
                ensure(fits, || "a segment of functions holds something else".into())?;
                funcs.iter().try_for_each(|&f| referenced_func(module, f))?;
            }
            ElementItems::Exprs(exprs) => {
                exprs.iter().try_for_each(|e| const_expr(module, e, ValType::Ref(segment.ty), globals))?;
            }
        }
    }
    for segment in module.data.values() {
        range(&segment.range, data_len, "data segment")?;
        if let SegmentMode::Active { target, offset } = &segment.mode {
            index(*target, module.memories.len(), "memory")?;
            const_expr(module, offset, module.memories[*target].index_type.val_type(), globals)?;
        }
    }
    Ok(())
}

fn images(module: &ModuleInfo, data_len: usize) -> Check {
    for (defined, image) in &module.memory_images {
        let Some(image) = image else { continue };
        range(&image.range, data_len, "memory image")?;
        let len = u64::from(image.range.end - image.range.start);
        let end = image.memory_offset.checked_add(len);
        let min = module.memories[module.memory_index(defined)].min_bytes();
        ensure(end.is_some_and(|end| min.is_none_or(|min| end <= min)), || "a memory image exceeds its memory".into())?;
    }
    Ok(())
}

fn code(module: &ModuleInfo, code: &CodeInfo, text_len: usize) -> Check {
    let defined = module.num_defined_functions();
    ensure(code.functions.len() == defined, || format!("code of {} functions for {defined}", code.functions.len()))?;
    let mut end = 0;
    for body in code.functions.values() {
        range(body, text_len, "function body")?;
        ensure(end <= body.start && body.start < body.end, || {
            "function bodies are empty, overlap or are not in order".into()
        })?;
        end = body.end;
    }
    for (stub, _) in &code.stubs {
        range(stub, text_len, "stub")?;
    }
    let types = module.types.types.len();
    ensure(code.type_shapes.len() == types, || "not every type has its shape".into())?;
    for (ty, shape) in &code.type_shapes {
        let func = module.types.types[ty].as_func();
        match (func, shape.expand()) {
            (Some(func), Some(shape)) => {
                index(shape, code.shapes.len(), "shape")?;
                let expected = module.types.shape(func, PointerWidth::HOST);
                ensure(code.shapes[shape] == expected, || format!("type {} has a wrong shape", ty.as_u32()))?;
            }
            (None, None) => {}
            _ => return Err(format!("type {} has a shape but is no function type, or the reverse", ty.as_u32())),
        }
    }
    for trampolines in [&code.entry_trampolines, &code.exit_trampolines] {
        ensure(trampolines.len() == code.shapes.len(), || "not every shape has its trampoline".into())?;
        for &start in trampolines.values() {
            let inside = start == u32::MAX || (start as usize) < text_len;
            ensure(inside, || format!("a trampoline at {start} is not inside 0..{text_len}"))?;
        }
    }
    for (func, info) in module.functions.iter().skip(module.num_imported_functions) {
        let shape = code.type_shapes[info.ty].expand();
        let callable = shape.is_some_and(|shape| code.entry_trampolines[shape] != u32::MAX);
        ensure(info.func_ref.is_none() || callable, || format!("function {} has no entry trampoline", func.as_u32()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
