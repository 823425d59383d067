//! One change to sound metadata at a time, and what is said about it.

use super::*;
use gantry_abi::module::*;
use gantry_abi::*;

const TEXT: usize = 100;
const DATA: usize = 50;

fn expr(ops: impl Into<Box<[ConstOp]>>) -> ConstExpr {
    ConstExpr { ops: ops.into() }
}

/// An imported and a defined one of everything, and a table with a segment.
fn sound() -> Metadata {
    let mut module = ModuleInfo::default();
    let func = |results: &[ValType]| SubType::function(FuncType { params: Box::new([]), results: results.into() });
    for ty in [func(&[]), func(&[ValType::I32])] {
        let index = module.types.types.push(ty).as_u32();
        module.types.rec_groups.push(index..index + 1);
    }
    let mut import = |entity| {
        module.imports.push(Import { module: "m".into(), name: "n".into(), entity });
    };
    import(Entity::Func(FuncIndex::from_u32(0)));
    import(Entity::Table(TableIndex::from_u32(0)));
    import(Entity::Memory(MemoryIndex::from_u32(0)));
    import(Entity::Global(GlobalIndex::from_u32(0)));
    import(Entity::Tag(TagIndex::from_u32(0)));
    let table = |element| TableType { index_type: IndexType::I32, element, min: 1, max: Some(2), shared: false };
    let memory =
        MemoryType { index_type: IndexType::I32, min_pages: 1, max_pages: Some(2), shared: false, page_size_log2: 16 };
    for i in 0..2 {
        let func_ref = if i == 1 { FuncRefIndex::from_u32(0).into() } else { PackedOption::default() };
        module.functions.push(FuncInfo { ty: TypeIndex::from_u32(0), func_ref });
        module.tables.push(table(RefType::FUNCREF));
        module.memories.push(memory);
        module.globals.push(GlobalType { val: ValType::I32, mutable: false, shared: false });
        module.tags.push(TagType { func: TypeIndex::from_u32(0) });
    }
    module.num_imported_functions = 1;
    module.num_imported_tables = 1;
    module.num_imported_memories = 1;
    module.num_imported_globals = 1;
    module.num_imported_tags = 1;
    module.num_func_refs = 1;
    module.table_inits.push(Some(expr([ConstOp::RefNull])));
    module.global_inits.push(GlobalInit { init: expr([ConstOp::GlobalGet(GlobalIndex::from_u32(0))]) });
    module.elements.push(ElementSegment {
        mode: SegmentMode::Active { target: TableIndex::from_u32(1), offset: expr([ConstOp::I32Const(0)]) },
        ty: RefType::FUNCREF,
        items: ElementItems::Funcs(Box::new([FuncIndex::from_u32(0), FuncIndex::from_u32(1)])),
    });
    module.elements.push(ElementSegment {
        mode: SegmentMode::Passive,
        ty: RefType::EXTERNREF,
        items: ElementItems::Exprs(Box::new([expr([ConstOp::RefNull])])),
    });
    module.data.push(DataSegment {
        mode: SegmentMode::Active {
            target: MemoryIndex::from_u32(1),
            offset: expr([ConstOp::I32Const(1), ConstOp::I32Const(2), ConstOp::I32Sub]),
        },
        range: 0..50,
    });
    module.memory_images.push(Some(MemoryImage { memory_offset: 65_500, range: 10..46 }));
    module.exports.push(Export { name: "f".into(), entity: Entity::Func(FuncIndex::from_u32(1)) });
    module.start = Some(FuncIndex::from_u32(1));

    let mut code = CodeInfo::default();
    code.functions.push(10..20);
    for results in [vec![], vec![AbiType::I32]] {
        let shape = code.shapes.push(Shape { params: Box::new([]), results: results.into() });
        code.type_shapes.push(shape.into());
        code.entry_trampolines.push(50);
        code.exit_trampolines.push(u32::MAX);
    }
    code.stubs.push((50..60, "entry".into()));
    Metadata { module, code }
}

fn check(expected: &str, change: impl FnOnce(&mut ModuleInfo, &mut CodeInfo)) {
    let mut metadata = sound();
    change(&mut metadata.module, &mut metadata.code);
    let found = validate(&metadata, TEXT, DATA).expect_err(expected);
    assert!(found.contains(expected), "{found:?} is not {expected:?}");
}

#[test]
fn sound_metadata_passes() {
    validate(&sound(), TEXT, DATA).unwrap();
    validate(&Metadata::default(), 0, 0).unwrap();
}

#[test]
fn counts_must_agree() {
    check("3 of 2 functions", |m, _| m.num_imported_functions = 3);
    check("2 imports of 1 imported tables", |m, _| {
        m.imports.push(Import { module: "m".into(), name: "n".into(), entity: Entity::Table(TableIndex::from_u32(1)) });
    });
    check("out of order", |m, _| m.imports[1].entity = Entity::Table(TableIndex::from_u32(1)));
    check("1 initial values for 0 tables", |m, _| m.num_imported_tables = 2);
    check("more function records", |m, _| m.num_func_refs = 3);
    check("too many", |m, _| {
        let tag = m.tags[TagIndex::from_u32(0)];
        m.tags = (0..MAX_ENTITIES + 1).map(|_| tag).collect();
    });
}

#[test]
fn types_refer_to_what_comes_before() {
    let refer = |to| RefType { nullable: true, heap: HeapType::Concrete(TypeRef::Module(TypeIndex::from_u32(to))) };
    let with =
        |ty: RefType| SubType::function(FuncType { params: Box::new([ValType::Ref(ty)]), results: Box::new([]) });
    check("type 0 refers to", |m, _| m.types.types[TypeIndex::from_u32(0)] = with(refer(1)));
    check("refers to", |m, _| {
        let heap = HeapType::Concrete(TypeRef::Engine(TypeId::from_u32(0)));
        m.types.types[TypeIndex::from_u32(0)] = with(RefType { nullable: true, heap });
    });
    check("does not come before", |m, _| {
        m.types.types[TypeIndex::from_u32(1)].supertype = Some(TypeRef::Module(TypeIndex::from_u32(1)));
    });
    check("of another kind", |m, _| {
        m.types.types[TypeIndex::from_u32(0)].composite = CompositeType::Struct(Box::new([]));
        m.types.types[TypeIndex::from_u32(1)].supertype = Some(TypeRef::Module(TypeIndex::from_u32(0)));
    });
    check("gaps or overlaps", |m, _| m.types.rec_groups[1] = 0..2);
    check("do not cover", |m, _| m.types.rec_groups.truncate(1));
    check("is not inside", |m, _| m.types.rec_groups[1] = 1..9);
    check("no function type", |m, _| {
        m.types.types[TypeIndex::from_u32(0)].composite = CompositeType::Struct(Box::new([]))
    });
    check("there is no type 7", |m, _| m.tables[TableIndex::from_u32(0)].element = refer(7));
    check("there is no type 7", |m, _| m.globals[GlobalIndex::from_u32(0)].val = ValType::Ref(refer(7)));
}

#[test]
fn entities_refer_to_what_is_there() {
    check("there is no function 9", |m, _| m.exports[0].entity = Entity::Func(FuncIndex::from_u32(9)));
    check("exceptions is not supported yet", |m, _| m.exports[0].entity = Entity::Tag(TagIndex::from_u32(1)));
    check("there is no memory 9", |m, _| m.exports[0].entity = Entity::Memory(MemoryIndex::from_u32(9)));
    check("there is no type 9", |m, _| m.functions[FuncIndex::from_u32(0)].ty = TypeIndex::from_u32(9));
    check("there is no function record 4", |m, _| {
        m.functions[FuncIndex::from_u32(1)].func_ref = FuncRefIndex::from_u32(4).into();
    });
    check("shares its record", |m, _| m.functions[FuncIndex::from_u32(0)].func_ref = FuncRefIndex::from_u32(0).into());
    check("belongs to no function", |m, _| m.num_func_refs = 2);
    check("has no record", |m, _| {
        m.functions[FuncIndex::from_u32(1)].func_ref = PackedOption::default();
        m.num_func_refs = 0;
    });
    check("minimum exceeds", |m, _| m.tables[TableIndex::from_u32(1)].max = Some(0));
    check("minimum exceeds", |m, _| m.memories[MemoryIndex::from_u32(1)].max_pages = Some(0));
    check("page size", |m, _| m.memories[MemoryIndex::from_u32(1)].page_size_log2 = 12);
    check("exceeds its address space", |m, _| m.memories[MemoryIndex::from_u32(1)].max_pages = Some(65_537));
    check("there is no type 9", |m, _| m.tags[TagIndex::from_u32(1)].func = TypeIndex::from_u32(9));
    check("there is no function 2", |m, _| m.start = Some(FuncIndex::from_u32(2)));
    check("start function has", |m, _| m.functions[FuncIndex::from_u32(1)].ty = TypeIndex::from_u32(1));
}

#[test]
fn constant_expressions_are_typed() {
    let global = |ops: Vec<ConstOp>| {
        move |m: &mut ModuleInfo, _: &mut CodeInfo| {
            m.global_inits[DefinedGlobal::from_u32(0)].init = expr(ops);
        }
    };
    check("lacks operands", global(vec![ConstOp::I32Add]));
    check("wrong operands", global(vec![ConstOp::I32Const(1), ConstOp::I32Add]));
    check("wrong operands", global(vec![ConstOp::I32Const(1), ConstOp::I64Const(1), ConstOp::I32Add]));
    check("leaves 0 values", global(vec![]));
    check("leaves 2 values", global(vec![ConstOp::I32Const(1), ConstOp::I32Const(1)]));
    check("gives I64 in place of I32", global(vec![ConstOp::I64Const(1)]));
    check("gives Null in place of I32", global(vec![ConstOp::RefNull]));
    check("no global before this one 1", global(vec![ConstOp::GlobalGet(GlobalIndex::from_u32(1))]));
    check("gives I32 in place of FuncRef", |m, _| {
        m.table_inits[DefinedTable::from_u32(0)] = Some(expr([ConstOp::I32Const(0)]));
    });
    check("gives FuncRef in place of OtherRef", |m, _| {
        m.elements[ElemIndex::from_u32(1)].items =
            ElementItems::Exprs(Box::new([expr([ConstOp::RefFunc(FuncIndex::from_u32(1))])]));
    });
}

#[test]
fn segments_and_images_fit() {
    check("there is no table 5", |m, _| {
        let offset = expr([ConstOp::I32Const(0)]);
        m.elements[ElemIndex::from_u32(0)].mode = SegmentMode::Active { target: TableIndex::from_u32(5), offset };
    });
    check("hold different things", |m, _| m.elements[ElemIndex::from_u32(0)].ty = RefType::EXTERNREF);
    check("segment of functions", |m, _| {
        m.elements[ElemIndex::from_u32(0)].ty = RefType::EXTERNREF;
        m.tables[TableIndex::from_u32(1)].element = RefType::EXTERNREF;
    });
    check("there is no memory 5", |m, _| {
        let offset = expr([ConstOp::I32Const(0)]);
        m.data[DataIndex::from_u32(0)].mode = SegmentMode::Active { target: MemoryIndex::from_u32(5), offset };
    });
    check("data segment 0..51 is not inside", |m, _| m.data[DataIndex::from_u32(0)].range = 0..51);
    #[allow(clippy::reversed_empty_ranges, reason = "what damage looks like")]
    let reversed = 9..3;
    check("data segment 9..3", |m, _| m.data[DataIndex::from_u32(0)].range = reversed);
    let image = |memory_offset, range| {
        move |m: &mut ModuleInfo, _: &mut CodeInfo| {
            m.memory_images[DefinedMemory::from_u32(0)] = Some(MemoryImage { memory_offset, range });
        }
    };
    check("image exceeds", image(65_501, 10..46));
    check("image exceeds", image(u64::MAX, 10..46));
    check("memory image 10..51", image(0, 10..51));
}

#[test]
fn code_lies_inside_the_text() {
    check("code of 0 functions for 1", |_, c| c.functions.clear());
    check("function body 90..101", |_, c| c.functions[DefinedFunc::from_u32(0)] = 90..101);
    check("empty, overlap", |_, c| c.functions[DefinedFunc::from_u32(0)] = 9..9);
    check("stub 50..101", |_, c| c.stubs[0].0 = 50..101);
    check("not every type", |_, c| c.type_shapes.clear());
    check("there is no shape 7", |_, c| c.type_shapes[TypeIndex::from_u32(0)] = ShapeIndex::from_u32(7).into());
    check("wrong shape", |_, c| c.type_shapes[TypeIndex::from_u32(0)] = ShapeIndex::from_u32(1).into());
    check("no function type, or the reverse", |_, c| c.type_shapes[TypeIndex::from_u32(0)] = PackedOption::default());
    check("not every shape", |_, c| c.exit_trampolines.clear());
    check("trampoline at 100", |_, c| c.entry_trampolines[ShapeIndex::from_u32(1)] = 100);
    check("function 1 has no entry", |_, c| c.entry_trampolines[ShapeIndex::from_u32(0)] = u32::MAX);
}
