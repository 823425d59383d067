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
    let imported = types.function_count() - defined_functions(wasm)?;
    with_bodies(wasm, |place| {
        let ty = types[types.core_function_at(imported + place)].unwrap_func();
        stubs.contains(&place).then(|| stub(ty))
    })
}

/// A module with other bodies of functions where `replace` gives one, by their place in the code section.
fn with_bodies(wasm: &[u8], replace: impl Fn(u32) -> Option<Vec<u8>>) -> Result<Vec<u8>> {
    let mut code = CodeSection::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::CodeSectionEntry(body) = payload? {
            match replace(code.len()) {
                Some(bytes) => code.raw(&bytes),
                None => code.raw(body.as_bytes()),
            };
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

/// The bytes of a body: what stands before its operators, and each operator but the last `end`.
fn split_body(wasm: &[u8], place: u32) -> Result<(Vec<u8>, Vec<Vec<u8>>)> {
    let mut bodies = Parser::new(0).parse_all(wasm).filter_map(|payload| match payload {
        Ok(Payload::CodeSectionEntry(body)) => Some(body),
        _ => None,
    });
    let body = bodies.nth(place as usize).context("there are so many bodies")?;
    let reader = body.get_binary_reader();
    let begin = reader.original_position();
    let mut operators = body.get_operators_reader()?;
    let (bytes, mut ends) = (body.as_bytes(), vec![operators.original_position() - begin]);
    while !operators.eof() {
        operators.read()?;
        ends.push(operators.original_position() - begin);
    }
    let at = |position: u64| usize::try_from(position).expect("bodies are in memory");
    let mut list: Vec<_> = ends.windows(2).map(|range| bytes[at(range[0])..at(range[1])].to_vec()).collect();
    list.pop();
    Ok((bytes[..at(ends[0])].to_vec(), list))
}

/// The most operators of a function of which every pair is looked at.
const PAIRS: usize = 200;

/// Leaves out operators, or has a zero instead of some, where the module stays valid and as wrong.
pub(super) fn drop_operators(reducer: &mut Reducer<'_>, case: &mut Case, class: &Class) -> Result<()> {
    let zeros = [
        ConstExpr::i32_const(0),
        ConstExpr::i64_const(0),
        ConstExpr::f32_const(0f32.into()),
        ConstExpr::f64_const(0f64.into()),
    ];
    let zeros = zeros.map(|zero| {
        let mut bytes = Vec::new();
        zero.encode(&mut bytes);
        // Constant expressions bring their own end.
        bytes.pop();
        bytes
    });
    for place in 0..defined_functions(&case.wasm)? {
        let (locals, mut operators) = split_body(&case.wasm, place)?;
        let mut attempt = |case: &mut Case, list: &[Vec<u8>]| -> Result<bool> {
            let body = || [&locals[..], &list.concat(), &[0x0b]].concat();
            let wasm = with_bodies(&case.wasm, |p| (p == place).then(body))?;
            if reducer.is_late(SHARE) || Validator::new_with_features(features()).validate_all(&wasm).is_err() {
                return Ok(false);
            }
            let smaller = Case { wasm, options: case.options.clone() };
            let is = reducer.is(&smaller, class)?;
            if is {
                *case = smaller;
            }
            Ok(is)
        };
        // Neighbors, fewer and fewer at once.
        let mut chunk = operators.len();
        while chunk > 0 {
            let mut at = 0;
            'places: while at < operators.len() {
                let end = (at + chunk).min(operators.len());
                // A zero for one operator would be no progress, and could go on forever.
                let zeros = zeros.iter().map(Some).filter(|_| end - at > 1);
                for zero in std::iter::once(None).chain(zeros) {
                    let mut list = operators.clone();
                    list.splice(at..end, zero.cloned());
                    if attempt(case, &list)? {
                        operators = list;
                        continue 'places;
                    }
                }
                at += 1.max(chunk / 4);
            }
            chunk /= 2;
        }
        // Operators that belong together over others: a block and its end, an operand and its operator.
        let mut first = 0;
        'firsts: while operators.len() <= PAIRS && first < operators.len() {
            for second in first + 1..operators.len() {
                let mut list = operators.clone();
                list.remove(second);
                list.remove(first);
                if attempt(case, &list)? {
                    operators = list;
                    continue 'firsts;
                }
            }
            first += 1;
        }
    }
    Ok(())
}

/// Makes the module smaller by random changes that keep it valid. It stays as it is if these cannot be made of it, as where
/// references are typed.
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
    use crate::case::Options;
    use crate::reduce::Judge;
    use crate::worker::Finding;
    use std::time::Duration;

    /// A compiler that dies of `i32.popcnt` in modules with typed references.
    struct Popcnt;

    impl Judge for Popcnt {
        fn judge(&mut self, case: &Case) -> Result<Finding> {
            let text = wat_of(&case.wasm)?;
            let dies = text.contains("i32.popcnt") && text.contains("(ref null 0)");
            Ok(if dies { Finding::Died(String::new()) } else { Finding::Agreed })
        }
    }

    #[test]
    fn operators_that_do_not_matter_are_left_out() {
        let wat = r#"(module (type (func (param i32) (result i32)))
            (func (type 0) (local f64 i64) (local.get 0))
            (func (param i32 (ref null 0)) (result i32) (local f64)
                (local.set 2 (f64.add (f64.convert_i32_s (local.get 0)) (f64.const 3)))
                (block (result i32)
                    (br_if 0 (i32.const 7) (i32.popcnt (call_ref 0 (i32.const 5) (local.get 1))))
                    (drop) (i32.add (local.get 0) (i32.const 1)))))"#;
        let mut case = Case { wasm: wat::parse_str(wat).unwrap(), options: Options::default() };
        let mut judge = Popcnt;
        let mut reducer = Reducer::new(&mut judge, Duration::from_secs(60));
        drop_operators(&mut reducer, &mut case, &Class::Died).unwrap();
        let operators = |place| split_body(&case.wasm, place).unwrap().1;
        // local.get 0; i32.popcnt of some i32.
        assert_eq!((operators(0).len(), operators(1).len()), (1, 2), "{}", wat_of(&case.wasm).unwrap());
        assert_eq!(split_body(&case.wasm, 0).unwrap().0, [2, 1, 0x7c, 1, 0x7e], "locals stay");
    }

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
