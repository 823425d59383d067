//! Rewrites the modules of a script and leaves everything else as it is, line by line.

use crate::derive::Twin;
use crate::derive::module::{WhyNot, rewrite};
use crate::derive::shape::shares;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;
use wast::lexer::Lexer;
use wast::parser::{self, ParseBuffer};
use wast::{QuoteWat, Wast, WastDirective, WastExecute, Wat};

/// What became of a script.
#[derive(Clone, Debug, Default)]
pub struct Derived {
    /// The twin; none if it would be the same.
    pub source: Option<String>,
    /// Its assertions that run code.
    pub assertions: usize,
    /// Modules without a twin.
    pub without: BTreeMap<WhyNot, usize>,
}

/// What becomes of a directive.
enum Part {
    /// It stays.
    Keep,
    /// It is about modules that are wrong, and is left out.
    Drop,
    /// A module, with what stands before and behind it.
    Module { before: String, wasm: Vec<u8>, behind: String },
}

/// The twin of a script.
pub(super) fn derive(source: &str, twin: Twin) -> Derived {
    let mut derived = Derived::default();
    let Some(parts) = parts(source) else {
        derived.without.insert(WhyNot::Encoding, 1);
        return derived;
    };
    let mut text = String::new();
    let (mut changed, mut shared, mut kept) = (false, false, false);
    let lines = |range: Range<usize>| "\n".repeat(source[range].matches('\n').count());
    let mut end = 0;
    for (range, part) in parts {
        // Lines stay where they are, so that failures name those of the original.
        text.push_str(&lines(end..range.start));
        text.push(' ');
        end = range.end;
        match part {
            Part::Keep => {
                let directive = &source[range];
                derived.assertions += usize::from(directive.starts_with("(assert_"));
                text.push_str(directive);
            }
            Part::Drop => text.push_str(&lines(range)),
            Part::Module { before, wasm, behind } => {
                let new = rewrite(&wasm, twin);
                match &new {
                    Ok(_) => changed = true,
                    Err(why) => *derived.without.entry(*why).or_default() += 1,
                }
                let shares = shares(&wasm, twin).unwrap_or(true);
                shared |= shares;
                kept |= shares && new.as_ref().is_err_and(|why| *why != WhyNot::Nothing);
                derived.assertions += usize::from(before.starts_with("(assert_"));
                text.push_str(&before);
                text.push_str("binary \"");
                for byte in new.as_ref().unwrap_or(&wasm) {
                    let _ = write!(text, "\\{byte:02x}");
                }
                text.push('"');
                text.push_str(&lines(range));
                text.push_str(&behind);
            }
        }
    }
    let mixed = matches!(twin, Twin::MixedTables | Twin::MixedMemories);
    let widens = matches!(twin, Twin::WideTables | Twin::WideMemories);
    let why = match () {
        () if !changed => return Derived { source: None, assertions: 0, ..derived },
        () if mixed && shared => Some(WhyNot::Mixed),
        () if widens && kept => Some(WhyNot::Shared),
        () => None,
    };
    if let Some(why) = why {
        *derived.without.entry(why).or_default() += 1;
        return Derived { source: None, assertions: 0, ..derived };
    }
    Derived { source: Some(text), ..derived }
}

fn parts(source: &str) -> Option<Vec<(Range<usize>, Part)>> {
    let mut lexer = Lexer::new(source);
    lexer.allow_confusing_unicode(true);
    let buffer = ParseBuffer::new_with_lexer(lexer).ok()?;
    let script = parser::parse::<Wast<'_>>(&buffer).ok()?;
    let ranges = top_level(source);
    // A script that is one module without its parentheses is no list of directives.
    if ranges.len() != script.directives.len() {
        return None;
    }
    let part = |(range, directive): (Range<usize>, WastDirective<'_>)| {
        let part = match directive {
            WastDirective::Module(mut module) => of_module("(module", &mut module)?,
            WastDirective::ModuleDefinition(mut module) => of_module("(module definition", &mut module)?,
            WastDirective::AssertTrap { exec: WastExecute::Wat(mut module), message, .. } => {
                let behind = format!(") {message:?})");
                let wasm = module.encode().ok()?;
                Part::Module { before: "(assert_trap (module ".to_owned(), wasm, behind }
            }
            WastDirective::AssertReturn { exec: WastExecute::Wat(_), .. }
            | WastDirective::AssertMalformed { .. }
            | WastDirective::AssertMalformedCustom { .. }
            | WastDirective::AssertInvalid { .. }
            | WastDirective::AssertInvalidCustom { .. }
            | WastDirective::AssertUnlinkable { .. } => Part::Drop,
            _ => Part::Keep,
        };
        Some((range, part))
    };
    ranges.into_iter().zip(script.directives).map(part).collect()
}

fn of_module(keyword: &str, module: &mut QuoteWat<'_>) -> Option<Part> {
    if matches!(module, QuoteWat::Wat(Wat::Component(_)) | QuoteWat::QuoteComponent(..)) {
        return Some(Part::Drop);
    }
    let name = module.name().map_or_else(String::new, |id| format!(" ${}", id.name()));
    let wasm = module.encode().ok()?;
    Some(Part::Module { before: format!("{keyword}{name} "), wasm, behind: ")".to_owned() })
}

/// Where the parentheses at the top level are.
fn top_level(source: &str) -> Vec<Range<usize>> {
    let bytes = source.as_bytes();
    let (mut ranges, mut depth, mut start, mut at) = (Vec::new(), 0_usize, 0, 0);
    while at < bytes.len() {
        match (bytes[at], bytes.get(at + 1)) {
            (b';', Some(b';')) => {
                at += bytes[at..].iter().take_while(|b| **b != b'\n').count();
                continue;
            }
            (b'(', Some(b';')) => {
                at = skip_comment(bytes, at);
                continue;
            }
            (b'"', _) => {
                at = skip_string(bytes, at);
                continue;
            }
            (b'(', _) => {
                if depth == 0 {
                    start = at;
                }
                depth += 1;
            }
            (b')', _) => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    ranges.push(start..at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
    ranges
}

fn skip_comment(bytes: &[u8], mut at: usize) -> usize {
    let mut depth = 0;
    while at < bytes.len() {
        match &bytes[at..(at + 2).min(bytes.len())] {
            b"(;" => {
                depth += 1;
                at += 2;
            }
            b";)" => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    at
}

fn skip_string(bytes: &[u8], mut at: usize) -> usize {
    at += 1;
    while at < bytes.len() && bytes[at] != b'"' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at + 1
}

#[cfg(test)]
mod tests {
    use super::{Twin, WhyNot, derive};

    const SCRIPT: &str = r#"(; a ( comment ;)
(module $m
  (table $t 4 funcref) (memory 1) ;; ")" is no end
  (elem (i32.const 1) $f)
  (func $f (export "f") (param i32) (result i32) (i32.load offset=4 (local.get 0)))
  (func (export "size") (result i32) (table.size $t)))
(assert_invalid (module (func (result i32))) "type mismatch")
(assert_return (invoke "f" (i32.const 0)) (i32.const 0))
(assert_trap (invoke $m "f" (i32.const 65536)) "out of bounds memory access")
"#;

    #[test]
    fn twins_have_the_assertions_of_their_originals_at_the_same_lines() {
        for twin in [Twin::WideTables, Twin::WideMemories, Twin::SecondMemory, Twin::Offsets] {
            let derived = derive(SCRIPT, twin);
            assert_eq!((derived.assertions, derived.without.len()), (2, 0), "{twin:?}");
            let source = derived.source.unwrap();
            let line = |text: &str, of: &str| of.lines().position(|l| l.contains(text));
            for text in ["(module $m", "(assert_return", "(assert_trap"] {
                assert_eq!(line(text, &source), line(text, SCRIPT), "{source}");
            }
            assert!(!source.contains("assert_invalid"));
            let report = crate::wast::run_source(&gantry::Engine::default(), "twin", &source);
            assert_eq!(report.failures, [], "{twin:?}");
        }
        for twin in [Twin::MixedTables, Twin::MixedMemories] {
            let derived = derive(SCRIPT, twin);
            assert_eq!((derived.source, derived.without[&WhyNot::Nothing]), (None, 1));
        }
    }

    #[test]
    fn what_has_no_twin_is_counted() {
        let of_global = r#"(module (global i32 (i32.const 0)) (memory 1) (data (global.get 0) "a"))"#;
        let derived = derive(of_global, Twin::WideMemories);
        assert_eq!((derived.source, derived.without[&WhyNot::OffsetOfGlobal]), (None, 1));
        assert!(derive(of_global, Twin::SecondMemory).source.is_some());
    }
}
