//! What the description of a module says, section by section.

use gantry_abi::module::*;
use gantry_abi::*;
use gantry_compile::translate::{Translation, translate};

const PAGE: u32 = 4096;

/// Translates text and has `check` look at the outcome.
fn check(wat: &str, check: impl FnOnce(Translation<'_>)) {
    let wasm = wat::parse_str(wat).expect("valid text");
    check(translate(FeatureSet::all_supported(), &wasm, PAGE).expect(wat));
}

fn expr(ops: &[ConstOp]) -> ConstExpr {
    ConstExpr { ops: ops.into() }
}

fn image(memory_offset: u64, range: std::ops::Range<u32>) -> Option<MemoryImage> {
    Some(MemoryImage { memory_offset, range })
}

#[test]
fn types_refer_to_types_of_the_module() {
    let wat = r#"(module
        (type $a (func (param i32 f64) (result v128)))
        (type $b (func (param (ref null $a))))
        (type $c (func (result (ref $b) externref))))"#;
    check(wat, |t| {
        let types = &t.module.types;
        assert_eq!(types.rec_groups, [0..1, 1..2, 2..3]);
        let concrete = |nullable, i| {
            ValType::Ref(RefType { nullable, heap: HeapType::Concrete(TypeRef::Module(TypeIndex::from_u32(i))) })
        };
        let func = |i| types.func(TypeIndex::from_u32(i)).clone();
        assert_eq!(*func(0).params, [ValType::I32, ValType::F64]);
        assert_eq!(*func(0).results, [ValType::V128]);
        assert_eq!(*func(1).params, [concrete(true, 0)]);
        assert_eq!(*func(2).results, [concrete(false, 1), ValType::EXTERNREF]);
    });
}

#[test]
fn imports_come_first_in_every_index_space() {
    let wat = r#"(module
        (import "a" "f" (func (param i32)))
        (import "a" "t" (table 1 2 funcref))
        (import "b" "m" (memory 3))
        (import "b" "g" (global (mut i64)))
        (func) (table i64 5 externref) (memory i64 7 9) (global f32 (f32.const 1)))"#;
    check(wat, |t| {
        let m = &t.module;
        let names: Vec<_> = m.imports.iter().map(|i| (&*i.module, &*i.name, i.entity)).collect();
        assert_eq!(
            names,
            [
                ("a", "f", Entity::Func(FuncIndex::from_u32(0))),
                ("a", "t", Entity::Table(TableIndex::from_u32(0))),
                ("b", "m", Entity::Memory(MemoryIndex::from_u32(0))),
                ("b", "g", Entity::Global(GlobalIndex::from_u32(0))),
            ]
        );
        let counts = [m.num_imported_functions, m.num_imported_tables, m.num_imported_memories, m.num_imported_globals];
        assert_eq!(counts, [1; 4]);
        assert_eq!([m.functions.len(), m.tables.len(), m.memories.len(), m.globals.len()], [2; 4]);
        let table = &m.tables[TableIndex::from_u32(1)];
        assert_eq!(
            (table.index_type, table.element, table.min, table.max),
            (IndexType::I64, RefType::EXTERNREF, 5, None)
        );
        let memory = &m.memories[MemoryIndex::from_u32(1)];
        assert_eq!((memory.index_type, memory.min_pages, memory.max_pages), (IndexType::I64, 7, Some(9)));
        assert!(m.globals[GlobalIndex::from_u32(0)].mutable && !m.globals[GlobalIndex::from_u32(1)].mutable);
        let init = &m.global_inits[DefinedGlobal::from_u32(0)].init;
        assert_eq!(*init, expr(&[ConstOp::F32Const(1.0f32.to_bits())]));
    });
}

#[test]
fn functions_that_can_escape_have_records() {
    let wat = r#"(module
        (func $private) (func $exported (export "e")) (func $start) (func $in_element) (func $in_global) (func $declared)
        (func $user (drop (ref.func $declared)))
        (func $in_table)
        (table 1 (ref null func) (ref.func $in_table))
        (table $t 4 funcref)
        (start $start)
        (elem (table $t) (i32.const 0) func $in_element)
        (elem declare func $declared)
        (global funcref (ref.func $in_global)))"#;
    check(wat, |t| {
        let escaping: Vec<_> =
            t.module.functions.iter().filter(|(_, f)| f.func_ref.is_some()).map(|(i, _)| i.as_u32()).collect();
        assert_eq!(escaping, [1, 2, 3, 4, 5, 7]);
        assert_eq!(t.module.num_func_refs, 6);
        let mut records: Vec<_> = t.module.functions.values().filter_map(|f| f.func_ref.expand()).collect();
        records.sort();
        assert_eq!(records, (0..6).map(FuncRefIndex::from_u32).collect::<Vec<_>>());
        assert_eq!(t.module.start, Some(FuncIndex::from_u32(2)));
        let init = t.module.table_inits[DefinedTable::from_u32(0)].clone();
        assert_eq!(init, Some(expr(&[ConstOp::RefFunc(FuncIndex::from_u32(7))])));
    });
}

#[test]
fn element_segments_keep_their_modes_and_items() {
    let wat = r#"(module
        (table 4 funcref) (table $x 4 externref) (func $f)
        (elem (i32.const 2) $f $f)
        (elem (table $x) (offset (i32.add (i32.const 1) (i32.const 1))) externref (ref.null extern))
        (elem funcref (ref.func $f) (ref.null func))
        (elem declare func $f))"#;
    check(wat, |t| {
        let f = FuncIndex::from_u32(0);
        let elements: Vec<_> = t.module.elements.values().map(|e| (e.mode.clone(), e.items.clone())).collect();
        let active =
            |target, ops: &[ConstOp]| SegmentMode::Active { target: TableIndex::from_u32(target), offset: expr(ops) };
        let sum = [ConstOp::I32Const(1), ConstOp::I32Const(1), ConstOp::I32Add];
        assert_eq!(
            elements,
            [
                (active(0, &[ConstOp::I32Const(2)]), ElementItems::Funcs([f, f].into())),
                (active(1, &sum), ElementItems::Exprs([expr(&[ConstOp::RefNull])].into())),
                (
                    SegmentMode::Passive,
                    ElementItems::Exprs([expr(&[ConstOp::RefFunc(f)]), expr(&[ConstOp::RefNull])].into())
                ),
                (SegmentMode::Declared, ElementItems::Funcs([f].into())),
            ]
        );
    });
}

#[test]
fn active_segments_become_an_image_of_whole_pages() {
    let wat = r#"(module (memory 1)
        (data "passive")
        (data (i32.const 5000) "hello")
        (data (i32.const 5003) "p!")
        (data (i32.const 8190) "end"))"#;
    check(wat, |t| {
        let memory = DefinedMemory::from_u32(0);
        // From the page of the first byte to that of the last.
        assert_eq!(t.module.memory_images[memory], image(4096, 0..8192));
        assert_eq!(&t.data[904..910], b"help!\0");
        assert_eq!(&t.data[4094..4097], b"end");
        let passive = &t.module.data[DataIndex::from_u32(0)];
        assert_eq!((&passive.mode, passive.range.clone()), (&SegmentMode::Passive, 8192..8199));
        assert_eq!(&t.data[8192..], b"passive");
        assert_eq!(t.module.data[DataIndex::from_u32(3)].range, 4094..4097);
    });
}

#[test]
fn each_memory_has_an_image_of_its_own() {
    let wat = r#"(module (import "m" "m" (memory 1)) (memory 1) (memory i64 1)
        (data (memory 0) (i32.const 0) "a") (data (memory 1) (i32.const 0) "b") (data (memory 2) (i64.const 70) "c"))"#;
    check(wat, |t| {
        assert_eq!(
            t.module.memory_images.values().cloned().collect::<Vec<_>>(),
            [image(0, 0..4096), image(0, 4096..8192)]
        );
        assert_eq!((t.data[0], t.data[4096 + 70], t.data[8192]), (b'b', b'c', b'a'));
        assert_eq!(t.module.data[DataIndex::from_u32(0)].range, 8192..8193);
    });
}

#[test]
fn memories_whose_contents_are_not_known_or_sparse_have_no_image() {
    for wat in [
        r#"(module (memory 1) (data (i32.const 65535) "over the end"))"#,
        r#"(module (memory 1) (data (i32.const 65537) ""))"#,
        r#"(module (memory 1) (data (i32.const -1) "x"))"#,
        r#"(module (memory i64 1) (data (i64.const -1) "x"))"#,
        r#"(module (memory 100) (data (i32.const 0) "first") (data (i32.const 5000000) "last"))"#,
        r#"(module (import "a" "b" (global i32)) (memory 1) (data (i32.const 0) "x") (data (global.get 0) "y"))"#,
        r#"(module (memory 1))"#,
        r#"(module (memory 1) (data (i32.const 7) ""))"#,
        r#"(module (memory 100 (pagesize 1)) (data (i32.const 7) "x"))"#,
        r#"(module (memory i64 0xffffffffffffffff (pagesize 1)) (data (i64.const -2) "x"))"#,
    ] {
        check(wat, |t| {
            assert_eq!(t.module.memory_images[DefinedMemory::from_u32(0)], None, "{wat}");
            let bytes: u32 = t.module.data.values().map(|d| d.range.end - d.range.start).sum();
            assert_eq!(usize::try_from(bytes).unwrap(), t.data.len(), "{wat}");
        });
    }
}

#[test]
fn many_sparse_memories_do_not_make_a_large_artifact() {
    let memories = "(memory 16)".repeat(100);
    let ends = |i| format!(r#"(data (memory {i}) (i32.const 0) "a") (data (memory {i}) (i32.const 1000000) "z")"#);
    let wat = format!("(module {memories} {})", (0..100).map(ends).collect::<String>());
    check(&wat, |t| assert!(t.data.len() < 3 << 20, "{} bytes", t.data.len()));
}

#[test]
fn names_and_exports_are_kept() {
    let wat = r#"(module $mine
        (import "a" "b" (func $imported)) (func $first) (func) (func $third)
        (memory (export "mem") 1) (export "one" (func $first)) (export "two" (func $first)))"#;
    check(wat, |t| {
        assert_eq!(t.module.name.as_deref(), Some("mine"));
        let names: Vec<_> = t.names.iter().map(|(i, n)| (i.as_u32(), n.as_str())).collect();
        assert_eq!(names, [(0, "imported"), (1, "first"), (3, "third")]);
        let exports: Vec<_> = t.module.exports.iter().map(|e| &*e.name).collect();
        assert_eq!(exports, ["mem", "one", "two"]);
    });
}

#[test]
fn hints_and_debug_sections_are_found() {
    let wat = r#"(module
        (func (param i32) (@metadata.code.branch_hint "\01") (if (local.get 0) (then (nop))))
        (@custom ".debug_info" "first") (@custom ".debug_info" "second") (@custom ".debug_\00" "not a name")
        (@custom "other" "x"))"#;
    check(wat, |t| {
        // Behind the count of locals and `local.get 0`.
        assert_eq!(t.branch_hints[&FuncIndex::from_u32(0)], [(3, true)]);
        assert_eq!(t.dwarf, [(".debug_info", &b"first"[..])]);
    });
}

#[test]
fn damaged_custom_sections_do_not_matter() {
    let header = b"\0asm\x01\0\0\0".to_vec();
    for (name, content) in [("name", &b"\x01\x7f\xff\xff"[..]), ("metadata.code.branch_hint", b"\xff\xff"), ("", b"")] {
        let mut wasm = header.clone();
        let len = u8::try_from(1 + name.len() + content.len()).unwrap();
        wasm.extend([0, len, u8::try_from(name.len()).unwrap()]);
        wasm.extend(name.bytes().chain(content.iter().copied()));
        let t = translate(FeatureSet::defaults(), &wasm, PAGE).expect(name);
        assert!(t.names.is_empty() && t.branch_hints.is_empty());
    }
}
