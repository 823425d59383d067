//! Compiles modules in text form for tests: just enough of a driver to call the backend.
#![allow(unreachable_pub, reason = "tests are no library")]

use gantry_abi::module::{FuncInfo, ModuleTypes};
use gantry_abi::{
    CompileError, CompileOptions, DefinedFunc, FuncIndex, FuncRefIndex, FuncType, GlobalType, IndexType, MemoryType,
    ModuleInfo, RefType, SubType, TableType, TypeIndex, ValType, VmLayout,
};
use gantry_cranelift::{Backend, FunctionInput, TargetFlags, Worker};
use gantry_emit::CompiledFunction;
use target_lexicon::Triple;
use wasmparser::{
    CompositeInnerType, FuncToValidate, FunctionBody, Parser, Payload, TypeRef as Import, ValidPayload, Validator,
    ValidatorResources, WasmFeatures,
};

/// Targets that everything compiles for, with the processor features that vectors need.
pub const TARGETS: &[(&str, &[(&str, &str)])] = &[
    ("x86_64-unknown-linux-gnu", X64),
    ("aarch64-unknown-linux-gnu", &[]),
    ("riscv64gc-unknown-linux-gnu", &[("has_v", "true")]),
    ("s390x-unknown-linux-gnu", &[]),
    ("pulley32", &[]),
    ("pulley64", &[]),
    ("pulley64be", &[]),
];

const X64: &[(&str, &str)] = &[
    ("has_sse3", "true"),
    ("has_ssse3", "true"),
    ("has_sse41", "true"),
    ("has_sse42", "true"),
    ("has_popcnt", "true"),
];

/// The backend for one of [`TARGETS`].
pub fn backend(target: &str, flags: &[(&str, &str)], options: &CompileOptions) -> Backend {
    let triple: Triple = target.parse().expect("a known target");
    let flags = flags.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect();
    Backend::new(&triple, &TargetFlags::Explicit(flags), options).expect("a backend")
}

/// A parsed module with its function bodies.
pub struct Parsed<'a> {
    pub info: ModuleInfo,
    bodies: Vec<(FuncToValidate<ValidatorResources>, FunctionBody<'a>)>,
    pub hints: Vec<(u32, bool)>,
}

fn val_type(ty: wasmparser::ValType) -> ValType {
    gantry_frontend::val_type(ty).expect("tests use types that there are")
}

fn ref_type(ty: wasmparser::RefType) -> RefType {
    match val_type(wasmparser::ValType::Ref(ty)) {
        ValType::Ref(ty) => ty,
        other => unreachable!("a reference is no {other:?}"),
    }
}

fn index_type(wide: bool) -> IndexType {
    if wide { IndexType::I64 } else { IndexType::I32 }
}

fn memory_type(ty: wasmparser::MemoryType) -> MemoryType {
    MemoryType {
        index_type: index_type(ty.memory64),
        min_pages: ty.initial,
        max_pages: ty.maximum,
        shared: ty.shared,
        page_size_log2: ty.page_size_log2.unwrap_or(16).try_into().expect("validated"),
    }
}

fn table_type(ty: wasmparser::TableType) -> TableType {
    TableType {
        index_type: index_type(ty.table64),
        element: ref_type(ty.element_type),
        min: ty.initial,
        max: ty.maximum,
        shared: ty.shared,
    }
}

fn global_type(ty: wasmparser::GlobalType) -> GlobalType {
    GlobalType { val: val_type(ty.content_type), mutable: ty.mutable, shared: ty.shared }
}

/// Parses a module.
pub fn parse(wasm: &[u8]) -> Parsed<'_> {
    let mut validator = Validator::new_with_features(WasmFeatures::all());
    let mut info = ModuleInfo { types: ModuleTypes::default(), ..ModuleInfo::default() };
    let mut bodies = Vec::new();
    let mut hints = Vec::new();
    let function = |info: &mut ModuleInfo, ty: u32| {
        let func_ref = FuncRefIndex::from_u32(info.functions.len().try_into().expect("few functions"));
        info.functions.push(FuncInfo { ty: TypeIndex::from_u32(ty), func_ref: func_ref.into() });
        info.num_func_refs += 1;
    };
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload.expect("a module that parses");
        if let ValidPayload::Func(func, body) = validator.payload(&payload).expect("a valid module") {
            bodies.push((func, body));
        }
        match payload {
            Payload::TypeSection(types) => {
                for ty in types.into_iter().flat_map(|group| group.expect("valid").into_types()) {
                    let CompositeInnerType::Func(f) = &ty.composite_type.inner else { panic!("only functions") };
                    info.types.types.push(SubType::function(FuncType {
                        params: f.params().iter().map(|&t| val_type(t)).collect(),
                        results: f.results().iter().map(|&t| val_type(t)).collect(),
                    }));
                }
            }
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    match import.expect("valid").ty {
                        Import::Func(ty) => {
                            function(&mut info, ty);
                            info.num_imported_functions += 1;
                        }
                        Import::Table(ty) => {
                            info.tables.push(table_type(ty));
                            info.num_imported_tables += 1;
                        }
                        Import::Memory(ty) => {
                            info.memories.push(memory_type(ty));
                            info.num_imported_memories += 1;
                        }
                        Import::Global(ty) => {
                            info.globals.push(global_type(ty));
                            info.num_imported_globals += 1;
                        }
                        other => panic!("no test imports {other:?}"),
                    }
                }
            }
            Payload::FunctionSection(functions) => {
                functions.into_iter().for_each(|ty| function(&mut info, ty.expect("valid")));
            }
            Payload::TableSection(tables) => {
                tables.into_iter().for_each(|t| _ = info.tables.push(table_type(t.expect("valid").ty)));
            }
            Payload::MemorySection(memories) => {
                memories.into_iter().for_each(|m| _ = info.memories.push(memory_type(m.expect("valid"))));
            }
            Payload::GlobalSection(globals) => {
                globals.into_iter().for_each(|g| _ = info.globals.push(global_type(g.expect("valid").ty)));
            }
            Payload::CustomSection(section) => {
                if let wasmparser::KnownCustom::BranchHints(functions) = section.as_known() {
                    for hint in functions.into_iter().flat_map(|f| f.expect("valid").hints) {
                        let hint = hint.expect("valid");
                        hints.push((hint.func_offset, hint.taken));
                    }
                }
            }
            _ => {}
        }
    }
    Parsed { info, bodies, hints }
}

impl Parsed<'_> {
    /// Compiles every function with one worker.
    pub fn compile(&self, backend: &Backend) -> Result<Vec<CompiledFunction>, CompileError> {
        self.compile_with(&mut Worker::new(), backend)
    }

    /// Compiles every function with this worker.
    pub fn compile_with(&self, worker: &mut Worker, backend: &Backend) -> Result<Vec<CompiledFunction>, CompileError> {
        self.each(backend, |input, body, func| worker.compile(backend, input, body, func))
    }

    /// The CLIF of every function.
    pub fn clif(&self, backend: &Backend) -> Result<Vec<String>, CompileError> {
        self.each(backend, |input, body, func| backend.clif(input, body, func))
    }

    fn each<T>(
        &self,
        backend: &Backend,
        mut f: impl FnMut(
            &FunctionInput<'_>,
            FunctionBody<'_>,
            &mut wasmparser::FuncValidator<ValidatorResources>,
        ) -> Result<T, CompileError>,
    ) -> Result<Vec<T>, CompileError> {
        let layout = VmLayout::new(backend.pointer_width(), &self.info);
        let mut out = Vec::new();
        for (i, (func, body)) in self.bodies.iter().enumerate() {
            let func_to_validate = FuncToValidate {
                resources: func.resources.clone(),
                index: func.index,
                ty: func.ty,
                features: func.features,
            };
            let input = FunctionInput {
                module: &self.info,
                layout: &layout,
                func: DefinedFunc::from_u32(i.try_into().expect("few functions")),
                branch_hints: &self.hints,
            };
            assert_eq!(self.info.func_index(input.func), FuncIndex::from_u32(func.index));
            let mut validator = func_to_validate.into_validator(Default::default());
            out.push(f(&input, body.clone(), &mut validator)?);
        }
        Ok(out)
    }
}
