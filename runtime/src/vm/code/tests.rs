//! Loading artifacts: whole ones, mismatching ones, damaged ones.

use super::*;
use crate::vm::image::check;
use crate::vm::memory::LinearMemory;
use crate::vm::test_image::{Elf, TestImage, accept, compatibility};
use gantry_abi::artifact::{Compatibility, FlagValue};
use gantry_abi::module::{ConstExpr, ConstOp, DataSegment, Export, Import, SegmentMode};
use gantry_abi::module::{Entity, GlobalInit};
use gantry_abi::types::{GlobalType, IndexType, MemoryType, ValType};
use gantry_abi::{CompileOptions, GlobalIndex, MemoryIndex, Trap};
use proptest::prelude::*;
use std::io::Write;
use std::path::Path;

const WASM_PAGE: usize = 64 << 10;

/// A module with something of everything that loading looks at.
fn sample() -> TestImage {
    let mut image = TestImage::new(&[0xc3; 100], [16..32, 48..100]);
    image.data = vec![5; 3 * WASM_PAGE];
    image.traps = vec![(17, Trap::Unreachable), (99, Trap::IntegerOverflow)];
    image.source_map = vec![(16, Some(100)), (48, None)];
    image.dwarf = vec![(".debug_line".into(), vec![1, 2, 3])];
    let module = &mut image.metadata.module;
    module.name = Some("sample".into());
    let memory = |min_pages| MemoryType {
        index_type: IndexType::I32,
        min_pages,
        max_pages: Some(10),
        shared: false,
        page_size_log2: 16,
    };
    module.imports.push(Import {
        module: "m".into(),
        name: "g".into(),
        entity: Entity::Global(GlobalIndex::from_u32(0)),
    });
    module.globals.push(GlobalType { val: ValType::I32, mutable: false, shared: false });
    module.num_imported_globals = 1;
    module.globals.push(GlobalType { val: ValType::FUNCREF, mutable: true, shared: false });
    let ops = Box::new([ConstOp::RefFunc(FuncIndex::from_u32(1))]);
    module.global_inits.push(GlobalInit { init: ConstExpr { ops } });
    for (pages, offset, range) in [(2, 0, 0..100), (3, WASM_PAGE as u64, WASM_PAGE..2 * WASM_PAGE + 1)] {
        module.memories.push(memory(pages));
        let range = u32::try_from(range.start).unwrap()..u32::try_from(range.end).unwrap();
        module.memory_images.push(Some(MemoryImage { memory_offset: offset, range }));
    }
    module.memories.push(memory(1));
    module.memory_images.push(None);
    let offset = ConstExpr {
        ops: Box::new([ConstOp::GlobalGet(GlobalIndex::from_u32(0)), ConstOp::I32Const(1), ConstOp::I32Add]),
    };
    module
        .data
        .push(DataSegment { mode: SegmentMode::Active { target: MemoryIndex::from_u32(2), offset }, range: 10..20 });
    module.exports.push(Export { name: "f".into(), entity: Entity::Func(FuncIndex::from_u32(1)) });
    image
}

fn on_disk(bytes: &[u8]) -> (tempfile::NamedTempFile, Result<Arc<CodeMemory>, LoadError>) {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    // SAFETY: nobody else knows the file, and it is kept as it is.
    let code = unsafe { CodeMemory::from_file(file.path(), gantry_pulley::CodeOptions::default(), accept) };
    (file, code)
}

/// Asks for everything that code memory has.
fn use_everything(code: &CodeMemory) {
    for offset in 0..u32::try_from(code.text().len()).unwrap() {
        code.traps().lookup(offset);
        code.source_map().lookup(offset);
        code.function_at(offset);
    }
    assert!(code.traps().iter().count() <= code.artifact().len());
    assert!(code.source_map().iter().count() <= code.artifact().len());
    for (func, _) in &code.code().functions {
        code.func_address(func);
        code.func_name(code.module().func_index(func));
    }
    for (defined, _) in &code.module().memory_images {
        let memory = code.module().memory_index(defined);
        let image = code.memory_image(defined);
        let ty = &code.module().memories[memory];
        if ty.min_pages < 100 {
            let options = CompileOptions { memory_reservation: 0, memory_guard_size: 0, ..CompileOptions::default() };
            drop(LinearMemory::new(ty, &options, image.as_ref(), None));
        }
    }
    gantry_abi::VmLayout::new(gantry_abi::PointerWidth::HOST, code.module());
    gantry_abi::registry::TypeRegistry::default().register(&code.module().types);
    code.dwarf_section(".debug_line");
}

#[test]
fn everything_is_found_in_memory_and_on_disk() {
    let image = sample();
    let bytes = image.build();
    let (_file, on_disk) = on_disk(&bytes);
    for code in
        [CodeMemory::from_bytes(&bytes, gantry_pulley::CodeOptions::default(), accept).unwrap(), on_disk.unwrap()]
    {
        assert_eq!(code.artifact(), bytes);
        assert_eq!((code.text(), code.data()), (&*image.text, &*image.data));
        assert_eq!((code.header(), code.metadata()), (&image.header, &image.metadata));
        assert_eq!(code.text_base(), code.address(0));
        assert_eq!(code.func_address(DefinedFunc::from_u32(1)), code.address(48));
        assert_eq!(code.traps().iter().collect::<Vec<_>>(), image.traps);
        assert_eq!(code.source_map().iter().collect::<Vec<_>>(), image.source_map);
        assert_eq!((code.dwarf_section(".debug_line"), code.dwarf_section(".debug_info")), (&[1, 2, 3][..], &[][..]));
        assert_eq!([0, 1].map(|i| code.func_name(FuncIndex::from_u32(i))), [Some("first"), None]);
        assert_eq!(
            [15, 16, 31, 32, 99].map(|o| code.function_at(o).map(|f| f.as_u32())),
            [None, Some(0), Some(0), None, Some(1)]
        );
        use_everything(&code);
    }
}

#[test]
fn images_reach_memories_by_every_way() {
    let mut image = sample();
    let check = |code: &CodeMemory| {
        for index in 0..3 {
            let defined = DefinedMemory::from_u32(index);
            let source = code.memory_image(defined);
            assert!(source.is_none_or(|s| s.mapping.is_some()));
            let ty = &code.module().memories[MemoryIndex::from_u32(index)];
            let memory = LinearMemory::new(ty, &CompileOptions::default(), source.as_ref(), None).unwrap();
            // SAFETY: the memory is readable up to its length, and nobody writes to it.
            let found = unsafe { core::slice::from_raw_parts(memory.base().as_ptr(), memory.len()) };
            let mut expected = vec![0; memory.len()];
            if let Some(source) = source {
                let start = usize::try_from(source.memory_offset).unwrap();
                expected[start..start + source.bytes.len()].copy_from_slice(source.bytes);
            }
            assert!(found == expected);
        }
    };
    // Images share their last page with other data: they cannot be mapped from the file on disk.
    let bytes = image.build();
    let (_file, shared) = on_disk(&bytes);
    let shared = shared.unwrap();
    check(&shared);
    assert!(shared.images.get().unwrap().own.is_some());
    check(&CodeMemory::from_bytes(&bytes, gantry_pulley::CodeOptions::default(), accept).unwrap());
    // Images with nothing but zeros behind them.
    image.data[100..WASM_PAGE].fill(0);
    image.data[2 * WASM_PAGE + 1..].fill(0);
    let (_file, padded) = on_disk(&image.build());
    let padded = padded.unwrap();
    check(&padded);
    assert!(padded.images.get().unwrap().own.is_none());
}

#[cfg(target_arch = "x86_64")]
#[test]
fn text_can_be_called() {
    // mov eax, 42; ret
    let bytes = TestImage::new(&[0xb8, 42, 0, 0, 0, 0xc3], core::iter::once(0..6)).build();
    let (_file, on_disk) = on_disk(&bytes);
    for code in
        [CodeMemory::from_bytes(&bytes, gantry_pulley::CodeOptions::default(), accept).unwrap(), on_disk.unwrap()]
    {
        let function = code.func_address(DefinedFunc::from_u32(0));
        // SAFETY: the bytes are a function of this signature.
        let function = unsafe { core::mem::transmute::<*const u8, extern "C" fn() -> u32>(function) };
        assert_eq!(function(), 42);
    }
}

fn message(change: impl FnOnce(&mut Compatibility)) -> String {
    let mut header = sample().header;
    change(&mut header.compatibility);
    let has = |name: &str, value: &FlagValue| name == "has_sse41" || (name == "lines" && *value == FlagValue::Num(64));
    match check(&header, &compatibility(), has) {
        Ok(()) => "fits".into(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn each_mismatch_has_its_message() {
    let flag = |name: &str, value| {
        message(|c| c.isa_flags = vec![("has_sse41".into(), FlagValue::Bool(true)), (name.into(), value)])
    };
    for (found, expected) in [
        (message(|_| ()), "fits"),
        (message(|c| c.abi_revision = 77), "ABI revision 77"),
        (message(|c| c.isa = "riscv64".into()), "is for riscv64"),
        (message(|c| c.os = "beos".into()), "operating system beos"),
        (
            message(|c| c.options.consume_fuel = true),
            "compiled with consume_fuel = true, this engine is configured with consume_fuel = false",
        ),
        (message(|c| c.options.memory_reservation = 5), "memory_reservation = 5"),
        (message(|c| c.options.debug_info = false), "fits"),
        (flag("has_avx", FlagValue::Bool(false)), "fits"),
        (flag("has_avx", FlagValue::Bool(true)), "needs the CPU feature has_avx,"),
        (flag("lines", FlagValue::Num(64)), "fits"),
        (flag("lines", FlagValue::Num(128)), "lines = 128"),
        (flag("model", FlagValue::Enum("big".into())), "model = big"),
    ] {
        assert!(found.contains(expected), "{found}");
    }
}

#[test]
fn other_revisions_are_refused_whatever_follows() {
    let mut elf = Elf::new();
    let mut header = postcard::to_allocvec(&9999u32).unwrap();
    header.extend([0xff; 20]);
    elf.section(section::HEADER, 1, &header);
    let error = CodeMemory::from_bytes(&elf.finish(), gantry_pulley::CodeOptions::default(), accept).unwrap_err();
    assert!(matches!(error, LoadError::Revision { found: 9999, .. }));
}

#[test]
fn the_reason_for_refusal_comes_before_damage_elsewhere() {
    let mut image = sample();
    image.metadata.code.functions.clear();
    let refuse = |_: &Header| Err(LoadError::not_an_artifact("refused"));
    assert!(
        CodeMemory::from_bytes(&image.build(), gantry_pulley::CodeOptions::default(), refuse)
            .unwrap_err()
            .to_string()
            .contains("refused")
    );
    assert!(
        CodeMemory::from_bytes(&image.build(), gantry_pulley::CodeOptions::default(), accept)
            .unwrap_err()
            .to_string()
            .contains("damaged: .gantry.module")
    );
}

#[test]
fn other_files_are_no_artifacts() {
    for bytes in [&b""[..], b"\0asm\x01\0\0\0", b"\x7fELF", &Elf::new().finish()] {
        let error =
            CodeMemory::from_bytes(bytes, gantry_pulley::CodeOptions::default(), accept).unwrap_err().to_string();
        assert!(error.contains("not a Gantry artifact"), "{error}");
        let (_file, on_disk) = on_disk(bytes);
        assert_eq!(on_disk.unwrap_err().to_string(), error);
    }
    // SAFETY: there is no such file.
    let missing =
        unsafe { CodeMemory::from_file(Path::new("/no/such/file"), gantry_pulley::CodeOptions::default(), accept) };
    assert!(matches!(missing, Err(LoadError::Io { .. })));
}

#[test]
fn unaligned_text_is_refused() {
    let image = sample();
    let mut elf = Elf::new();
    elf.section(section::HEADER, 8, &postcard::to_allocvec(&image.header).unwrap());
    elf.section(section::TEXT, 8, &image.text);
    elf.section(section::DATA, 8, &image.data);
    elf.section(section::METADATA, 8, &postcard::to_allocvec(&image.metadata).unwrap());
    let error =
        CodeMemory::from_bytes(&elf.finish(), gantry_pulley::CodeOptions::default(), accept).unwrap_err().to_string();
    assert!(error.contains("page"), "{error}");
}

/// Loads and uses whatever the bytes are: there may be errors only.
fn survive(bytes: &[u8]) {
    if let Ok(code) = CodeMemory::from_bytes(bytes, gantry_pulley::CodeOptions::default(), accept) {
        use_everything(&code);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn truncated_artifacts_are_errors(at: prop::sample::Index) {
        let bytes = sample().build();
        survive(&bytes[..at.index(bytes.len())]);
    }

    #[test]
    fn damaged_artifacts_are_errors(
        changes in prop::collection::vec((any::<u8>(), any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let image = sample();
        let mut bytes = image.build();
        // Most bytes are data and padding: aim at what has structure.
        let sections = Sections::parse(&bytes).unwrap();
        let end = bytes.len();
        let targets = [
            0..64,
            sections.header.clone(),
            sections.metadata.clone(),
            sections.metadata.clone(),
            sections.metadata.clone(),
            sections.names.start..sections.source_map.end,
            sections.source_map.end..end,
        ];
        for (target, at, value) in changes {
            let target = &targets[usize::from(target) % targets.len()];
            bytes[target.start + at.index(target.len())] = value;
        }
        survive(&bytes);
    }

    #[test]
    fn random_bytes_are_errors(mut bytes in prop::collection::vec(any::<u8>(), 0..2000), elf: bool) {
        if elf && bytes.len() > 64 {
            bytes[..64].copy_from_slice(&sample().build()[..64]);
        }
        survive(&bytes);
    }
}
