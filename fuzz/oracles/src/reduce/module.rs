//! Which part of the module matters.

use super::Reducer;
use crate::case::Case;
use crate::plan::features;
use crate::worker::Class;
use anyhow::{Context, Result};
use std::cell::RefCell;
use wasm_encoder::{CodeSection, ConstExpr, Encode, Instruction, RawSection};
use wasm_shrink::{IsInteresting, WasmShrink};
use wasmparser::{FuncType, Parser, Payload, RefType, ValType, Validator};

/// Attempts in a row without success after which a module counts as small.
const ATTEMPTS: u32 = 1000;

/// Up to this share of the time (in hundredths) is for making the module smaller: the rest is for finding who is to blame.
const SHARE: u32 = 70;

/// Replaces the bodies of functions by ones that give zeros, where that changes nothing.
pub(super) fn stub_functions(reducer: &mut Reducer<'_>, case: &mut Case, class: &Class) -> Result<()> {
    let mut left: Vec<u32> = (0..defined_functions(&case.wasm)?).collect();
    let mut chunk = left.len();
    while chunk > 0 {
        let mut at = 0;
        while at < left.len() {
            let end = (at + chunk).min(left.len());
            let smaller = Case { wasm: with_stubs(&case.wasm, &left[at..end])?, options: case.options.clone() };
            if !reducer.is_late(SHARE) && reducer.is(&smaller, class)? {
                *case = smaller;
                left.drain(at..end);
            } else {
                at = end;
            }
        }
        chunk /= 2;
    }
    Ok(())
}

/// How many functions a module defines.
pub(super) fn defined_functions(wasm: &[u8]) -> Result<u32> {
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::CodeSectionStart { count, .. } = payload? {
            return Ok(count);
        }
    }
    Ok(0)
}

/// A module with the bodies of some functions replaced, by their place in the code section.
pub(super) fn with_stubs(wasm: &[u8], stubs: &[u32]) -> Result<Vec<u8>> {
    let types = Validator::new_with_features(features()).validate_all(wasm).context("the module is invalid")?;
    let types = types.as_ref();
    let mut code = CodeSection::new();
    let imported = types.function_count() - defined_functions(wasm)?;
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::CodeSectionEntry(body) = payload? {
            let place = code.len();
            if stubs.contains(&place) {
                code.raw(&stub(types[types.core_function_at(imported + place)].unwrap_func()));
            } else {
                code.raw(body.as_bytes());
            }
        }
    }
    let mut module = wasm_encoder::Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let Some((id, range)) = payload?.as_section() else { continue };
        if id == 10 {
            module.section(&code);
        } else {
            module.section(&RawSection { id, data: &wasm[usize::try_from(range.start)?..usize::try_from(range.end)?] });
        }
    }
    Ok(module.finish())
}

/// A body that gives zeros and nulls, or traps where there is no such value.
fn stub(ty: &FuncType) -> Vec<u8> {
    let mut bytes = Vec::new();
    0u32.encode(&mut bytes);
    let has_default = |ty: &ValType| !matches!(ty, ValType::Ref(ty) if !is_plain(*ty));
    if ty.results().iter().all(has_default) {
        for result in ty.results() {
            let value = match result {
                ValType::I32 => ConstExpr::i32_const(0),
                ValType::I64 => ConstExpr::i64_const(0),
                ValType::F32 => ConstExpr::f32_const(0f32.into()),
                ValType::F64 => ConstExpr::f64_const(0f64.into()),
                ValType::V128 => ConstExpr::v128_const(0),
                ValType::Ref(ty) if ty.is_func_ref() => ConstExpr::ref_null(wasm_encoder::HeapType::FUNC),
                ValType::Ref(_) => ConstExpr::ref_null(wasm_encoder::HeapType::EXTERN),
            };
            value.encode(&mut bytes);
            // Constant expressions bring their own end.
            bytes.pop();
        }
    } else {
        Instruction::Unreachable.encode(&mut bytes);
    }
    Instruction::End.encode(&mut bytes);
    bytes
}

/// Whether null of a type can be written without more ado.
fn is_plain(ty: RefType) -> bool {
    ty.is_nullable() && (ty.is_func_ref() || ty.is_extern_ref())
}

/// Whether a module is as wrong.
struct Interesting(bool);

impl std::fmt::Display for Interesting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl IsInteresting for Interesting {
    fn is_interesting(&self) -> bool {
        self.0
    }
}

/// Makes the module smaller by random changes that keep it valid.
pub(super) fn shrink(reducer: &mut Reducer<'_>, case: &mut Case, class: &Class) -> Result<()> {
    let options = case.options.clone();
    let reducer = RefCell::new(reducer);
    let run = WasmShrink::default().attempts(ATTEMPTS).seed(options.seed).run(case.wasm.clone(), |wasm| {
        let mut reducer = reducer.borrow_mut();
        if reducer.is_late(SHARE) || wasm.len() > case.wasm.len() {
            return Ok(Interesting(false));
        }
        let smaller = Case { wasm: wasm.to_vec(), options: options.clone() };
        reducer.is(&smaller, class).map(Interesting)
    });
    // The module that it begins with may turn out not to be wrong each time: then it stays as it is.
    if let Ok(smaller) = run
        && let Ok(bytes) = wat_of(&smaller.output)
        && !bytes.is_empty()
    {
        case.wasm = smaller.output;
    }
    Ok(())
}

/// The text of a module.
pub(super) fn wat_of(wasm: &[u8]) -> Result<String> {
    wasmprinter::print_bytes(wasm)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stubs_are_valid_and_leave_others_alone() {
        let wat = r#"(module (import "a" "b" (func)) (type $t (func))
            (func (result i32 f64 v128 funcref externref)
                (i32.const 7) (f64.const 1) (v128.const i64x2 1 2) (ref.null func) (ref.null extern))
            (func (param (ref $t)) (result (ref $t)) (local.get 0))
            (func (result i32) (i32.const 9)))"#;
        let wasm = wat::parse_str(wat).unwrap();
        assert_eq!(defined_functions(&wasm).unwrap(), 3);
        let stubbed = with_stubs(&wasm, &[0, 1]).unwrap();
        Validator::new_with_features(features()).validate_all(&stubbed).unwrap();
        let text = wat_of(&stubbed).unwrap();
        assert!(
            !text.contains("i32.const 7") && text.contains("unreachable") && text.contains("i32.const 9"),
            "{text}"
        );
    }
}
