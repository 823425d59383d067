//! From bytes to the description of a module.
//!
//! Everything but function bodies is validated here; bodies are validated while they are compiled, in parallel.

mod const_expr;
mod data;
mod types;

use crate::features::{classify, module_features, validate, wasm_features};
use const_expr::const_expr;
use data::{DataBuilder, Segment};
use gantry_abi::artifact::Names;
use gantry_abi::module::*;
use gantry_abi::*;
use std::collections::BTreeMap;
use wasmparser::{
    BinaryReaderError, ElementItems as ParsedItems, ElementKind, Encoding, ExternalKind, FuncToValidate, FunctionBody,
    KnownCustom, Name, Parser, Payload, TableInit, TypeRef as ParsedType, ValidPayload, Validator, ValidatorResources,
};

/// Function bodies, with what validates them.
pub(crate) type Bodies<'a> = Vec<(FuncToValidate<ValidatorResources>, FunctionBody<'a>)>;

/// A module, ready to be compiled.
pub struct Translation<'a> {
    /// Its description.
    pub module: ModuleInfo,
    /// Bodies of the functions that it defines, with what validates them.
    pub bodies: Vec<(FuncToValidate<ValidatorResources>, FunctionBody<'a>)>,
    /// The data section of the artifact.
    pub data: Vec<u8>,
    /// Names of functions, in order of index.
    pub names: Names,
    /// Branch hints by function: offset of the operator in the body, and whether the branch is likely taken.
    pub branch_hints: BTreeMap<FuncIndex, Vec<(u32, bool)>>,
    /// The module's DWARF sections, as (name, bytes).
    pub dwarf: Vec<(&'a str, &'a [u8])>,
}

/// Parses and validates a module. `page_size` is what images of memories are aligned to, in bytes.
///
/// # Errors
///
/// If the module is invalid, needs a feature that is not in `features`, or exceeds a limit.
pub fn translate(features: FeatureSet, wasm: &[u8], page_size: u32) -> Result<Translation<'_>, CompileError> {
    let mut builder = Builder::new(page_size);
    builder.parse(features, wasm).map_err(|failure| failure.classify(features, wasm))?;
    builder.finish()
}

/// Function bodies of a module, everything else of which is valid.
pub(crate) fn parse_bodies(features: FeatureSet, wasm: &[u8]) -> Result<Bodies<'_>, Failure> {
    let mut builder = Builder::new(1);
    builder.parse(features, wasm)?;
    Ok(builder.out.bodies)
}

/// Whether this error of a function body means that the module needs another feature.
pub(crate) fn classify_body(features: FeatureSet, wasm: &[u8], error: CompileError) -> CompileError {
    match (error, validate(features, wasm)) {
        (CompileError::Invalid { .. }, Err(error)) => error,
        (error, _) => error,
    }
}

/// Parser errors are told apart from ours until it is clear which feature they are about.
pub(crate) enum Failure {
    Parser(BinaryReaderError),
    Compile(CompileError),
}

impl Failure {
    /// What the failure of this module means to the user.
    #[cold]
    pub(crate) fn classify(self, features: FeatureSet, wasm: &[u8]) -> CompileError {
        match self {
            Self::Parser(error) => classify(features, wasm, &error),
            Self::Compile(error) => error,
        }
    }
}

impl From<BinaryReaderError> for Failure {
    fn from(error: BinaryReaderError) -> Self {
        Self::Parser(error)
    }
}

impl From<CompileError> for Failure {
    fn from(error: CompileError) -> Self {
        Self::Compile(error)
    }
}

struct Builder<'a> {
    out: Translation<'a>,
    /// Active data segments are decided on once all are known.
    data: DataBuilder<'a>,
    page_size: u32,
}

impl<'a> Builder<'a> {
    fn new(page_size: u32) -> Self {
        let out = Translation {
            module: ModuleInfo::default(),
            bodies: Vec::new(),
            data: Vec::new(),
            names: Vec::new(),
            branch_hints: BTreeMap::new(),
            dwarf: Vec::new(),
        };
        Self { out, data: DataBuilder::default(), page_size }
    }

    fn parse(&mut self, features: FeatureSet, wasm: &'a [u8]) -> Result<(), Failure> {
        let mut validator = Validator::new_with_features(module_features(features));
        let features = wasm_features(features);
        // The parser needs them as well: numbers may have more bytes where 64-bit memories are allowed.
        let mut parser = Parser::new(0);
        parser.set_features(features);
        for payload in parser.parse_all(wasm) {
            let payload = payload?;
            if let Payload::Version { encoding: Encoding::Component, .. } = &payload {
                return Err(CompileError::not_yet(Feature::ComponentModel).into());
            }
            if let ValidPayload::Func(mut func, body) = validator.payload(&payload)? {
                func.features = features;
                self.out.bodies.push((func, body));
                continue;
            }
            self.section(payload)?;
        }
        Ok(())
    }

    fn section(&mut self, payload: Payload<'a>) -> Result<(), Failure> {
        match payload {
            Payload::TypeSection(section) => {
                for group in section {
                    self.rec_group(&group?)?;
                }
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    self.import(import?)?;
                }
            }
            Payload::FunctionSection(section) => {
                let functions = &mut self.out.module.functions;
                functions.reserve(section.count() as usize);
                for ty in section {
                    functions.push(FuncInfo { ty: TypeIndex::from_u32(ty?), func_ref: None.into() });
                }
            }
            Payload::TableSection(section) => {
                for table in section {
                    let table = table?;
                    self.out.module.tables.push(types::table_type(&table.ty)?);
                    let init = match &table.init {
                        TableInit::RefNull => None,
                        TableInit::Expr(expr) => Some(self.escaping_const_expr(expr)?),
                    };
                    self.out.module.table_inits.push(init);
                }
            }
            Payload::MemorySection(section) => {
                for memory in section {
                    self.memory(&memory?)?;
                }
            }
            Payload::TagSection(section) => {
                for tag in section {
                    self.out.module.tags.push(TagType { func: TypeIndex::from_u32(tag?.func_type_idx) });
                }
            }
            Payload::GlobalSection(section) => {
                for global in section {
                    let global = global?;
                    self.out.module.globals.push(types::global_type(&global.ty)?);
                    let init = self.escaping_const_expr(&global.init_expr)?;
                    self.out.module.global_inits.push(GlobalInit { init });
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    self.export(&export?);
                }
            }
            Payload::CodeSectionStart { unchecked_range: range, .. } => {
                self.out.module.code_section_offset = u32::try_from(range.start).ok();
            }
            Payload::StartSection { func, .. } => {
                let func = FuncIndex::from_u32(func);
                self.escape(func);
                self.out.module.start = Some(func);
            }
            Payload::ElementSection(section) => {
                for element in section {
                    self.element(element?)?;
                }
            }
            Payload::DataSection(section) => {
                for data in section {
                    self.data(&data?)?;
                }
            }
            Payload::CustomSection(section) => self.custom(&section),
            _ => {}
        }
        Ok(())
    }

    fn rec_group(&mut self, group: &wasmparser::RecGroup) -> Result<(), CompileError> {
        if group.is_explicit_rec_group() {
            return Err(CompileError::not_yet(Feature::Gc));
        }
        let types = &mut self.out.module.types;
        let start = types.types.next_key().as_u32();
        for ty in group.types() {
            let ty = types::sub_type(ty, start)?;
            types.types.push(ty);
        }
        types.rec_groups.push(start..types.types.next_key().as_u32());
        Ok(())
    }

    fn import(&mut self, import: wasmparser::Import<'_>) -> Result<(), CompileError> {
        let module = &mut self.out.module;
        let entity = match import.ty {
            ParsedType::Func(ty) | ParsedType::FuncExact(ty) => {
                module.num_imported_functions += 1;
                Entity::Func(module.functions.push(FuncInfo { ty: TypeIndex::from_u32(ty), func_ref: None.into() }))
            }
            ParsedType::Table(ty) => {
                module.num_imported_tables += 1;
                Entity::Table(module.tables.push(types::table_type(&ty)?))
            }
            ParsedType::Memory(ty) => {
                module.num_imported_memories += 1;
                Entity::Memory(module.memories.push(types::memory_type(&ty)))
            }
            ParsedType::Global(ty) => {
                module.num_imported_globals += 1;
                Entity::Global(module.globals.push(types::global_type(&ty)?))
            }
            ParsedType::Tag(ty) => {
                module.num_imported_tags += 1;
                Entity::Tag(module.tags.push(TagType { func: TypeIndex::from_u32(ty.func_type_idx) }))
            }
        };
        module.imports.push(Import { module: import.module.into(), name: import.name.into(), entity });
        Ok(())
    }

    fn memory(&mut self, ty: &wasmparser::MemoryType) -> Result<(), CompileError> {
        self.out.module.memories.push(types::memory_type(ty));
        self.out.module.memory_images.push(None);
        Ok(())
    }

    fn export(&mut self, export: &wasmparser::Export<'_>) {
        let entity = match export.kind {
            ExternalKind::Func | ExternalKind::FuncExact => {
                let func = FuncIndex::from_u32(export.index);
                self.escape(func);
                Entity::Func(func)
            }
            ExternalKind::Table => Entity::Table(TableIndex::from_u32(export.index)),
            ExternalKind::Memory => Entity::Memory(MemoryIndex::from_u32(export.index)),
            ExternalKind::Global => Entity::Global(GlobalIndex::from_u32(export.index)),
            ExternalKind::Tag => Entity::Tag(TagIndex::from_u32(export.index)),
        };
        self.out.module.exports.push(Export { name: export.name.into(), entity });
    }

    fn element(&mut self, element: wasmparser::Element<'_>) -> Result<(), Failure> {
        let mode = match element.kind {
            ElementKind::Passive => SegmentMode::Passive,
            ElementKind::Declared => SegmentMode::Declared,
            ElementKind::Active { table_index, offset_expr } => SegmentMode::Active {
                target: TableIndex::from_u32(table_index.unwrap_or(0)),
                offset: self.escaping_const_expr(&offset_expr)?,
            },
        };
        let (ty, items) = match element.items {
            ParsedItems::Functions(section) => {
                let mut funcs = Vec::with_capacity(section.count() as usize);
                for func in section {
                    let func = FuncIndex::from_u32(func?);
                    self.escape(func);
                    funcs.push(func);
                }
                let ty = RefType { nullable: false, heap: HeapType::Func };
                (ty, ElementItems::Funcs(funcs.into()))
            }
            ParsedItems::Expressions(ty, section) => {
                let mut exprs = Vec::with_capacity(section.count() as usize);
                for expr in section {
                    exprs.push(self.escaping_const_expr(&expr?)?);
                }
                (types::ref_type(ty)?, ElementItems::Exprs(exprs.into()))
            }
        };
        self.out.module.elements.push(ElementSegment { mode, ty, items });
        Ok(())
    }

    fn data(&mut self, data: &wasmparser::Data<'a>) -> Result<(), CompileError> {
        let mode = match &data.kind {
            wasmparser::DataKind::Passive => SegmentMode::Passive,
            wasmparser::DataKind::Active { memory_index, offset_expr } => {
                SegmentMode::Active { target: MemoryIndex::from_u32(*memory_index), offset: const_expr(offset_expr)? }
            }
        };
        self.data.segments.push(Segment { mode, bytes: data.data });
        Ok(())
    }

    fn custom(&mut self, section: &wasmparser::CustomSectionReader<'a>) {
        match section.as_known() {
            KnownCustom::Name(names) => self.names(names),
            KnownCustom::BranchHints(hints) => self.branch_hints(hints),
            _ if is_dwarf(section.name()) && self.out.dwarf.iter().all(|(name, _)| *name != section.name()) => {
                self.out.dwarf.push((section.name(), section.data()));
            }
            _ => {}
        }
    }

    /// Reads names as far as they are well-formed: a damaged name section does not make a module invalid.
    fn names(&mut self, names: wasmparser::NameSectionReader<'_>) {
        for subsection in names {
            match subsection {
                Ok(Name::Module { name, .. }) => self.out.module.name = Some(name.to_owned()),
                Ok(Name::Function(map)) => {
                    let functions = map.into_iter().map_while(Result::ok);
                    self.out.names.extend(functions.map(|n| (FuncIndex::from_u32(n.index), n.name.to_owned())));
                }
                Ok(_) => {}
                Err(_) => break,
            }
        }
    }

    /// Reads hints as far as they are well-formed: a damaged section does not make a module invalid.
    fn branch_hints(&mut self, section: wasmparser::BranchHintSectionReader<'_>) {
        for function in section.into_iter().map_while(Result::ok) {
            let mut hints: Vec<_> =
                function.hints.into_iter().map_while(Result::ok).map(|h| (h.func_offset, h.taken)).collect();
            hints.sort_unstable();
            self.out.branch_hints.insert(FuncIndex::from_u32(function.func), hints);
        }
    }

    /// Reads a constant expression. Functions that it names escape.
    fn escaping_const_expr(&mut self, expr: &wasmparser::ConstExpr<'_>) -> Result<ConstExpr, CompileError> {
        let expr = const_expr(expr)?;
        for op in &expr.ops {
            if let ConstOp::RefFunc(func) = op {
                self.escape(*func);
            }
        }
        Ok(expr)
    }

    /// Gives a function a record in the vmctx.
    fn escape(&mut self, func: FuncIndex) {
        let module = &mut self.out.module;
        let info = &mut module.functions[func];
        if info.func_ref.is_none() {
            info.func_ref = Some(FuncRefIndex::new(module.num_func_refs)).into();
            module.num_func_refs += 1;
        }
    }

    fn finish(mut self) -> Result<Translation<'a>, CompileError> {
        let functions = u32::try_from(self.out.module.functions.len()).expect("validated: limited by the parser");
        self.out.names.retain(|(func, _)| func.as_u32() < functions);
        self.out.names.sort_by_key(|(func, _)| *func);
        self.out.names.dedup_by_key(|(func, _)| *func);
        self.out.data = self.data.finish(&mut self.out.module, self.page_size)?;
        Ok(self.out)
    }
}

/// Whether a custom section has a name like those that DWARF gives: it becomes a section of the artifact.
fn is_dwarf(name: &str) -> bool {
    let is_plain = |name: &str| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    name.strip_prefix(".debug_").is_some_and(is_plain)
}
