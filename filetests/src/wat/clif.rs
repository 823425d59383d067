//! CLIF of a module's functions, before and after optimization, as text that changes only where the code does.
//!
//! Values and blocks are numbered in order of appearance, aliases are resolved, offsets in the module are left out, and
//! fields of the vmctx have names.

use crate::cells::Row;
use crate::wat::names::{Base, Names};
use anyhow::{Context as _, Result};
use cranelift_codegen::settings::{self, Configurable};
use cranelift_codegen::{Context, isa};
use gantry::{Engine, OptLevel};
use gantry_abi::{DefinedFunc, ModuleInfo, VmLayout};
use gantry_compile::translate::translate;
use std::collections::HashMap;
use std::fmt::Write as _;

/// As the translation makes it.
///
/// # Errors
///
/// If the module cannot be translated.
pub fn translated(engine: &Engine, row: &Row, wasm: &[u8]) -> Result<String> {
    functions(engine, row, wasm, |clif| Ok(clif.to_owned()))
}

/// After the optimizations that come before the choice of instructions.
///
/// # Errors
///
/// If the module cannot be translated.
pub fn optimized(engine: &Engine, row: &Row, wasm: &[u8]) -> Result<String> {
    let mut shared = settings::builder();
    shared.set(
        "opt_level",
        match engine.options().opt_level {
            OptLevel::None => "none",
            OptLevel::Speed => "speed",
            OptLevel::SpeedAndSize => "speed_and_size",
        },
    )?;
    let mut builder = isa::lookup_by_name(row.triple)?;
    for flag in row.flags {
        builder.enable(flag)?;
    }
    let isa = builder.finish(settings::Flags::new(shared))?;
    functions(engine, row, wasm, |clif| {
        let function = cranelift_reader::parse_functions(clif)?.pop().context("one function")?;
        let mut context = Context::for_function(function);
        context.optimize(&*isa, &mut Default::default()).map_err(|e| anyhow::anyhow!("{e}"))?;
        Ok(context.func.display().to_string())
    })
}

fn functions(engine: &Engine, row: &Row, wasm: &[u8], make: impl Fn(&str) -> Result<String>) -> Result<String> {
    let translation = translate(engine.features(), wasm, row.isa.page_size())?;
    let module = &translation.module;
    let names = Names::new(&VmLayout::new(row.isa.pointer_width(), module), module);
    let mut text = String::new();
    for index in 0..translation.bodies.len() {
        let func = DefinedFunc::from_u32(u32::try_from(index)?);
        let clif = engine.module_compiler().intermediate(wasm, func)?.context("this backend has no CLIF")?;
        if !text.is_empty() {
            text.push('\n');
        }
        let _ = writeln!(text, "{}:", name(&translation.names, module, func));
        text.push_str(&normalize(&make(&clif)?, &names));
    }
    Ok(text)
}

fn name(names: &gantry_abi::artifact::Names, module: &ModuleInfo, func: DefinedFunc) -> String {
    let func = module.func_index(func);
    let known = names.iter().find(|n| n.0 == func).map(|n| n.1.to_string());
    let export = || {
        let mut exports = module.exports.iter();
        exports.find(|e| e.entity == gantry_abi::module::Entity::Func(func)).map(|e| e.name.to_string())
    };
    known.or_else(export).unwrap_or_else(|| format!("wasm_function[{}]", func.as_u32()))
}

/// The number of an entity called `prefix` and digits; none if `word` is something else.
fn entity(word: &str, prefix: &str) -> Option<u32> {
    word.strip_prefix(prefix).filter(|digits| digits.starts_with(|c: char| c.is_ascii_digit()))?.parse().ok()
}

fn normalize(clif: &str, names: &Names) -> String {
    let aliases: HashMap<&str, &str> =
        clif.lines().filter_map(|line| line.trim().split_once(" -> ")).filter(|a| entity(a.0, "v").is_some()).collect();
    let mut numbers: HashMap<(&str, u32), usize> = HashMap::new();
    let mut bases: HashMap<String, Base> =
        HashMap::from([("v0".to_owned(), Base::Vmctx), ("gv0".to_owned(), Base::Vmctx)]);
    let mut text = String::new();
    for line in clif.lines() {
        // The offset in the module, and the comments that repeat constants.
        let line = line.strip_prefix('@').map_or(line, |l| l.trim_start_matches(|c: char| c.is_ascii_hexdigit()));
        let line = line.split_once("  ; ").map_or(line, |parts| parts.0).trim();
        if line.split_once(" -> ").is_some_and(|a| entity(a.0, "v").is_some()) || line.is_empty() {
            continue;
        }
        let mut shown = String::new();
        for mut word in words(line) {
            while let Some(&original) = aliases.get(word) {
                word = original;
            }
            let numbered = [("v", word), ("block", word)].into_iter().find_map(|(p, w)| Some((p, entity(w, p)?)));
            match numbered {
                Some((prefix, number)) => {
                    let next = numbers.keys().filter(|key| key.0 == prefix).count();
                    let number = *numbers.entry((prefix, number)).or_insert(next);
                    let _ = write!(shown, "{prefix}{number}");
                }
                None => shown.push_str(word),
            }
        }
        let shown = field_name(&shown, names, &mut bases);
        let indent =
            if shown.starts_with("block") || shown.starts_with("function") || shown == "}" { "" } else { "    " };
        let _ = writeln!(text, "  {indent}{shown}");
    }
    text
}

/// A line cut where names begin and end.
fn words(line: &str) -> impl Iterator<Item = &str> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
    let mut rest = line;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = rest.find(|c| is_word(c) != is_word(first)).unwrap_or(rest.len());
        let (word, tail) = rest.split_at(end);
        rest = tail;
        Some(word)
    })
}

/// Replaces `v0+8` by the name of the field, and remembers what is loaded from it.
fn field_name(line: &str, names: &Names, bases: &mut HashMap<String, Base>) -> String {
    let Some((before, address)) = line.rsplit_once([' ', ',']).map(|(b, a)| (&line[..b.len() + 1], a)) else {
        return line.to_owned();
    };
    let Some((base, offset)) = address.split_once('+') else { return line.to_owned() };
    let (Some(&base), Ok(offset)) = (bases.get(base), offset.parse()) else { return line.to_owned() };
    let Some(name) = names.get(base, offset) else { return line.to_owned() };
    if let (Some((result, _)), Some(pointee)) = (line.split_once(" = load"), names.pointee(base, offset)) {
        bases.insert(result.to_owned(), pointee);
    }
    format!("{before}[{name}]")
}

#[cfg(test)]
mod tests {
    use super::normalize;
    use crate::wat::names::Names;
    use gantry_abi::{ModuleInfo, PointerWidth, VmLayout};

    #[test]
    fn numbers_are_dense_and_fields_have_names() {
        let module = ModuleInfo::default();
        let names = Names::new(&VmLayout::new(PointerWidth::W64, &module), &module);
        let clif = "function u0:0(i64 vmctx) tail {\n    gv0 = vmctx\n    gv1 = load.i64 gv0+8\n    gv2 = load.i64 gv1+16\n\n\
                    block5(v0: i64):\n    v9 -> v7\n@0040  v7 = iconst.i32 8\n@0041  v8 = iadd v9, v7  ; v7 = 8\n    jump block3(v8)\n}\n";
        let expected = "  function u0:0(i64 vmctx) tail {\n      gv0 = vmctx\n      gv1 = load.i64 [vmctx.store]\n      \
                        gv2 = load.i64 [store.stack_limit]\n  block0(v0: i64):\n      v1 = iconst.i32 8\n      \
                        v2 = iadd v1, v1\n      jump block1(v2)\n  }\n";
        assert_eq!(normalize(clif, &names), expected);
    }
}
