//! What is done with a module, decided before any engine sees it: which imports it gets, which functions are called with
//! which arguments, what is looked at.
//!
//! Every memory, global, table and function is exported under a name of ours, so that all state can be compared, whether
//! the module exports it or not, in any engine.

use crate::case::Case;
use crate::operators;
use crate::value::{Random, Type, Value};
use anyhow::{Context, Result, bail};
use std::collections::BTreeSet;
use wasm_encoder::{ExportKind, ExportSection, RawSection};
use wasmparser::{
    AbstractHeapType, CompositeInnerType, ExternalKind, FuncType, HeapType, Parser, Payload, RefType, TypeRef,
    UnpackedIndex, ValType, Validator, WasmFeatures,
};

/// What is done with a module.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The module, with everything exported: memory 0 as `m0`, and so on with `g`, `t`, `f`.
    pub wasm: Vec<u8>,
    /// Its imports, in order.
    pub imports: Vec<Import>,
    /// Types of all functions, imported ones first.
    pub functions: Vec<Signature>,
    /// How many memories, globals and tables there are.
    pub memories: u32,
    /// See there.
    pub globals: u32,
    /// See there.
    pub tables: u32,
    /// The calls that are made after instantiation.
    pub calls: Vec<Call>,
    /// Whether no operator of the module makes a NaN whose bits engines may choose.
    pub nan_free: bool,
    /// Whether a function has references as locals, which begin as null.
    pub reference_locals: bool,
    /// Whether a `select` comes right behind a comparison that may be one to zero.
    pub selects_by_zero: bool,
    /// Names of the operators that its functions have.
    pub operators: BTreeSet<&'static str>,
    /// Seed of host functions and of growth.
    pub seed: u64,
    /// Fuel per call.
    pub fuel: u64,
}

/// An import.
#[derive(Clone, Debug)]
pub struct Import {
    /// First name.
    pub module: String,
    /// Second name.
    pub name: String,
    /// For globals, the initial value.
    pub value: Option<Value>,
}

/// The type of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Parameters.
    pub params: Vec<Domain>,
    /// Results.
    pub results: Vec<Domain>,
}

/// The values of a type that cases use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain {
    /// The type, without what it says about functions; `None` if only null belongs to it.
    pub ty: Option<Type>,
    /// Whether null belongs to it.
    pub nullable: bool,
    /// For references to functions, which ones belong to it.
    pub functions: Vec<u32>,
}

impl Domain {
    /// A value; `None` if there is none.
    pub fn value(&self, random: &mut Random) -> Option<Value> {
        match self.ty {
            Some(ty) => random.value(ty, &self.functions),
            None => self.nullable.then_some(Value::Null),
        }
    }
}

impl Domain {
    /// The value that a host function returns for a result: never a function, which the host has none of. `None` if it has to
    /// fail.
    pub fn host_value(&self, random: &mut Random) -> Option<Value> {
        let value = match self.value(random)? {
            Value::Func(_) => Value::Null,
            value => value,
        };
        let impossible = value == Value::Null && !self.nullable && self.ty.is_none_or(|ty| ty == Type::Func(false));
        (!impossible).then_some(value)
    }
}

/// A call of an export.
#[derive(Clone, Debug)]
pub struct Call {
    /// Which function.
    pub func: u32,
    /// With what.
    pub args: Vec<Value>,
}

impl Plan {
    /// Plans a case.
    ///
    /// # Errors
    ///
    /// If the module is invalid with the features that are supported, or imports what cannot be made up.
    pub fn new(case: &Case) -> Result<Self> {
        let features = features();
        let types = Validator::new_with_features(features).validate_all(&case.wasm).context("the module is invalid")?;
        let types = types.as_ref();
        let mut random = Random::of(&[case.options.seed, 1]);
        let mut functions = Vec::new();
        let count = types.function_count();
        for func in 0..count {
            functions.push(signature(types, types[types.core_function_at(func)].unwrap_func(), count));
        }
        let mut imports = Vec::new();
        let (mut operators, mut reference_locals, mut selects_by_zero) = (BTreeSet::new(), false, false);
        for payload in Parser::new(0).parse_all(&case.wasm) {
            match payload? {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        let import = import?;
                        let value = match import.ty {
                            TypeRef::Global(global) => {
                                let value = domain(types, global.content_type, 0).value(&mut random);
                                Some(value.context("an imported global needs a value that nobody can make")?)
                            }
                            TypeRef::Tag(_) => bail!("tags cannot be imported yet"),
                            _ => None,
                        };
                        imports.push(Import { module: import.module.into(), name: import.name.into(), value });
                    }
                }
                Payload::CodeSectionEntry(body) => {
                    for local in body.get_locals_reader()? {
                        reference_locals |= local?.1.is_reference_type();
                    }
                    let mut before = "";
                    for op in body.get_operators_reader()? {
                        let name = operators::name(&op?);
                        operators.insert(name);
                        selects_by_zero |=
                            name.starts_with("select") && ["i32_eqz", "i32_eq", "i32_ne"].contains(&before);
                        before = name;
                    }
                }
                _ => {}
            }
        }
        let calls = calls(&functions, case, &mut random);
        Ok(Self {
            wasm: expose(&case.wasm, types)?,
            imports,
            calls,
            functions,
            memories: types.memory_count(),
            globals: types.global_count(),
            tables: types.table_count(),
            nan_free: !operators.iter().any(|name| makes_nans(name)),
            reference_locals,
            selects_by_zero,
            operators,
            seed: case.options.seed,
            fuel: case.options.fuel,
        })
    }
}

/// What modules may use: everything that the engine has.
pub fn features() -> WasmFeatures {
    let later = WasmFeatures::THREADS
        | WasmFeatures::GC
        | WasmFeatures::EXCEPTIONS
        | WasmFeatures::STACK_SWITCHING
        | WasmFeatures::COMPONENT_MODEL;
    let all = WasmFeatures::WASM3 | WasmFeatures::WIDE_ARITHMETIC | WasmFeatures::CUSTOM_PAGE_SIZES;
    (all - later) | WasmFeatures::GC_TYPES
}

fn signature(types: wasmparser::types::TypesRef<'_>, ty: &FuncType, functions: u32) -> Signature {
    let list = |list: &[ValType]| list.iter().map(|&ty| domain(types, ty, functions)).collect();
    Signature { params: list(ty.params()), results: list(ty.results()) }
}

/// The values of a type that cases use. `functions` is how many functions there are.
fn domain(types: wasmparser::types::TypesRef<'_>, ty: ValType, functions: u32) -> Domain {
    let simple = |ty| Domain { ty: Some(ty), nullable: false, functions: Vec::new() };
    match ty {
        ValType::I32 => simple(Type::I32),
        ValType::I64 => simple(Type::I64),
        ValType::F32 => simple(Type::F32),
        ValType::F64 => simple(Type::F64),
        ValType::V128 => simple(Type::V128),
        ValType::Ref(ty) => reference(types, ty, functions),
    }
}

fn reference(types: wasmparser::types::TypesRef<'_>, ty: RefType, functions: u32) -> Domain {
    let nullable = ty.is_nullable();
    let (ty, functions) = match ty.heap_type() {
        HeapType::Abstract { ty: AbstractHeapType::Extern, .. } => (Some(Type::Extern(nullable)), Vec::new()),
        HeapType::Abstract { ty: AbstractHeapType::Func, .. } => (Some(Type::Func(nullable)), (0..functions).collect()),
        HeapType::Concrete(index) | HeapType::Exact(index) => {
            let id = match index {
                UnpackedIndex::Id(id) => Some(id),
                UnpackedIndex::Module(index) => Some(types.core_type_at_in_module(index)),
                UnpackedIndex::RecGroup(_) => None,
            };
            let id = id.filter(|&id| matches!(types[id].composite_type.inner, CompositeInnerType::Func(_)));
            let of_type = |&func: &u32| id.is_some_and(|id| types.core_function_at(func) == id);
            (id.map(|_| Type::Func(nullable)), (0..functions).filter(of_type).collect())
        }
        HeapType::Abstract { .. } => (None, Vec::new()),
    };
    Domain { ty, nullable, functions }
}

/// Chooses the calls: functions that the module defines, in random order, then some of them again.
fn calls(functions: &[Signature], case: &Case, random: &mut Random) -> Vec<Call> {
    let mut calls = Vec::new();
    if functions.is_empty() {
        return calls;
    }
    let start = random.below(functions.len());
    for i in 0..case.options.calls {
        let index = if i < functions.len() { (start + i) % functions.len() } else { random.below(functions.len()) };
        let args: Option<Vec<_>> = functions[index].params.iter().map(|domain| domain.value(random)).collect();
        if let Some(args) = args {
            calls.push(Call { func: u32::try_from(index).expect("functions have 32-bit indices"), args });
        }
    }
    calls
}

/// Replaces the exports of a module: everything is exported, under names of ours.
fn expose(wasm: &[u8], types: wasmparser::types::TypesRef<'_>) -> Result<Vec<u8>> {
    let mut exports = ExportSection::new();
    let kinds = [
        (ExportKind::Memory, ExternalKind::Memory, 'm', types.memory_count()),
        (ExportKind::Global, ExternalKind::Global, 'g', types.global_count()),
        (ExportKind::Table, ExternalKind::Table, 't', types.table_count()),
        (ExportKind::Func, ExternalKind::Func, 'f', types.function_count()),
    ];
    for (kind, _, letter, count) in kinds {
        for index in 0..count {
            exports.export(&format!("{letter}{index}"), kind, index);
        }
    }
    let mut module = wasm_encoder::Module::new();
    let mut exports = Some(exports);
    for payload in Parser::new(0).parse_all(wasm) {
        let Some((id, range)) = payload?.as_section() else { continue };
        if id == 7 {
            continue;
        }
        // Exports stand after globals (6) and before start functions (8) and everything behind; tags (13) stand before.
        if id >= 8
            && id != 13
            && let Some(exports) = exports.take()
        {
            module.section(&exports);
        }
        module.section(&RawSection { id, data: &wasm[usize::try_from(range.start)?..usize::try_from(range.end)?] });
    }
    if let Some(exports) = exports {
        module.section(&exports);
    }
    Ok(module.finish())
}

/// Whether an operator may make a NaN with bits of the engine's choice: arithmetic of floats, and conversions between them.
fn makes_nans(name: &str) -> bool {
    const QUIET: &[&str] = &[
        "load",
        "store",
        "const",
        "abs",
        "neg",
        "copysign",
        "reinterpret",
        "splat",
        "extract",
        "replace",
        "convert",
        "eq",
        "ne",
        "lt",
        "le",
        "gt",
        "ge",
    ];
    let op = name.split_once('_').map_or("", |(_, op)| op);
    name.contains("relaxed")
        || name.starts_with('f') && !QUIET.iter().any(|quiet| op == *quiet || op.starts_with(quiet) && op.contains('_'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Options;

    #[test]
    fn everything_is_exported_once() {
        let wat = r#"(module (import "a" "b" (func (param i32))) (memory 1) (global i64 (i64.const 1)) (table 1 funcref)
            (func (export "x")) (start 1) (elem (i32.const 0) 1))"#;
        let case = Case { wasm: wat::parse_str(wat).unwrap(), options: Options::default() };
        let plan = Plan::new(&case).unwrap();
        assert_eq!((plan.memories, plan.globals, plan.tables, plan.functions.len()), (1, 1, 1, 2));
        let text = wasmprinter::print_bytes(&plan.wasm).unwrap();
        for name in ["m0", "g0", "t0", "f0", "f1"] {
            assert_eq!(text.matches(&format!("(export \"{name}\"")).count(), 1, "{name} in {text}");
        }
        assert!(!text.contains("\"x\""));
        Validator::new_with_features(features()).validate_all(&plan.wasm).unwrap();
    }

    #[test]
    fn float_arithmetic_makes_nans_and_moving_floats_does_not() {
        let nan_free = |body: &str| {
            let wat = format!("(module (memory 1) (func (local f32 v128) {body}))");
            Plan::new(&Case { wasm: wat::parse_str(wat).unwrap(), options: Options::default() }).unwrap().nan_free
        };
        assert!(nan_free("(drop (f32.neg (f32.load (i32.const 0))))"));
        assert!(nan_free("(drop (i32.trunc_sat_f32_s (local.get 0)))"));
        assert!(nan_free("(drop (f32x4.extract_lane 1 (local.get 1)))"));
        assert!(!nan_free("(drop (f32.add (local.get 0) (local.get 0)))"));
        assert!(!nan_free("(drop (f64.promote_f32 (local.get 0)))"));
        assert!(!nan_free("(drop (f32x4.sqrt (local.get 1)))"));
    }
}
