//! Accesses at the edge of memory, whose results are used by every operator that might be fused with them.
//!
//! A compiler that makes one instruction of a load and its use may get the width of the access wrong and the result right. So
//! every load is used by every operator, at the last place where it fits and one byte further: where a page that cannot be
//! accessed lies behind the memory, a load that is too wide stops there, and what it should have been is a value.

use crate::generate::sweep::{Call, MEMORY, MemoryKind, Operator, Sweep, Ty, list};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Bytes at the end of memory that differ from each other.
const PATTERN: u32 = 64;
/// Uses in memories other than the plain one, and with other offsets: a part, since what is fused depends on neither alone.
const MAX_OTHER_USES: usize = 12;

/// Bytes that an operator on memory accesses.
///
/// # Panics
///
/// If it accesses none.
pub fn width(operator: &Operator) -> u32 {
    let name = operator.text.split(' ').next().unwrap_or_default();
    let (ty, op) = name.split_once('.').expect("operators have types");
    let shape = op.trim_start_matches("load").trim_start_matches("store");
    let digits: String = shape.chars().take_while(char::is_ascii_digit).collect();
    match (digits.parse::<u32>(), shape.contains('x')) {
        // `8x8`: vectors of half the width.
        (Ok(_), true) => 8,
        (Ok(bits), false) => bits / 8,
        (Err(_), _) => match ty {
            "i32" | "f32" => 4,
            "i64" | "f64" => 8,
            "v128" => 16,
            _ => panic!("{name} accesses no memory"),
        },
    }
}

/// A load or store with its uses, and calls at the edge; the name of an export ends in the operator that makes its results. None
/// for operators that access no memory.
pub fn edges(operator: &Operator, all: &[Operator]) -> Option<Sweep> {
    let kind = operator.memory?;
    let mut writer = Writer { operator, kind, functions: String::new(), calls: Vec::new() };
    let plain = kind == MemoryKind::Plain && !operator.text.contains("offset");
    let most = if plain { usize::MAX } else { MAX_OTHER_USES };
    // One choice of immediates will do.
    let mut seen = BTreeSet::new();
    let uses = all.iter().filter(|o| o.memory.is_none());
    let uses: Vec<&Operator> = uses.filter(|o| seen.insert(o.text.split(' ').next())).collect();
    match operator.results.as_slice() {
        [loaded] => writer.loads(*loaded, &uses, most),
        _ => writer.stores(&uses, most),
    }
    let pattern: String = (1..=PATTERN).fold(String::new(), |mut text, byte| {
        // Floats made of such bytes are positive numbers.
        let _ = write!(text, "\\{:02x}", byte + 0x20);
        text
    });
    let (declarations, functions) = (kind.declarations(), writer.functions);
    let memory = if kind == MemoryKind::Second { "(memory 1) " } else { "" };
    let offset = format!("({}.const {})", kind.address().name(), MEMORY - PATTERN);
    let module = format!("(module {declarations} (data {memory}{offset} \"{pattern}\")\n{functions})");
    Some(Sweep { module, calls: writer.calls })
}

struct Writer<'a> {
    operator: &'a Operator,
    kind: MemoryKind,
    functions: String,
    calls: Vec<Call>,
}

impl Writer<'_> {
    /// A function whose first parameter is the address, with two calls.
    fn function(&mut self, name: &str, params: &[Ty], results: &[Ty], body: &str) {
        let all: Vec<Ty> = std::iter::once(self.kind.address()).chain(params.iter().copied()).collect();
        let (p, r) = (list("param", &all), list("result", results));
        let _ = writeln!(self.functions, "  (func (export {name:?}) {p} {r} {body})");
        let offset = u32::from(self.operator.text.contains("offset=3")) * 3;
        let last = MEMORY - offset - width(self.operator);
        for address in [last, last + 1] {
            let args = all.iter().enumerate().map(|(i, &ty)| match i {
                0 => (ty, u128::from(address)),
                _ => (ty, ty.values()[2]),
            });
            self.calls.push(Call { export: name.to_owned(), args: args.collect() });
        }
    }

    /// The access, with what it takes besides the address in the locals from `first` on.
    fn access(&self, first: usize) -> String {
        let others: String =
            (1..self.operator.params.len()).map(|i| format!(" (local.get {})", first + i - 1)).collect();
        format!("({} (local.get 0){others})", self.operator.text)
    }

    fn loads(&mut self, loaded: Ty, uses: &[&Operator], most: usize) {
        let others = self.operator.params[1..].to_vec();
        let load = self.access(1);
        let ty = loaded.name();
        self.function(&format!("alone {ty}"), &others, &[loaded], &load);
        self.function("dropped", &others, &[], &format!("(drop {load})"));
        let again = format!("(local {ty}) (local.tee {} {load}) (local.get {0})", 1 + others.len());
        self.function("kept", &others, &[loaded; 2], &again);
        if loaded == Ty::I32 {
            self.function("branch", &others, &[], &format!("(block (br_if 0 {load}))"));
            let select = format!("(select (i64.const 1) (i64.const 2) {load})");
            self.function("condition", &others, &[Ty::I64], &select);
        }
        let mut count = 0;
        for op in uses {
            for (at, _) in op.params.iter().enumerate().filter(|p| *p.1 == loaded) {
                if count == most {
                    return;
                }
                count += 1;
                // Parameters: the address, what the load takes, then the other operands.
                let mut params = others.clone();
                let operands: String = op
                    .params
                    .iter()
                    .enumerate()
                    .map(|(i, &ty)| {
                        if i == at {
                            return format!(" {load}");
                        }
                        params.push(ty);
                        format!(" (local.get {})", params.len())
                    })
                    .collect();
                let body = format!("({}{operands})", op.text);
                self.function(&format!("operand {at} of {}", op.text), &params, &op.results, &body);
            }
        }
    }

    /// Stores of what an operator makes of what it loads from the same place.
    fn stores(&mut self, uses: &[&Operator], most: usize) {
        let stored = self.operator.params[1];
        let ty = stored.name();
        let text = &self.operator.text;
        self.function("plain", &[stored], &[], &format!("({text} (local.get 0) (local.get 1))"));
        let immediates: String =
            text.split(' ').skip(1).filter(|i| i.len() == 1 || i.contains('=')).collect::<Vec<_>>().join(" ");
        // What a lane of the vector is loaded from has the width of the lane.
        if text.contains("lane") {
            return;
        }
        let load = match text.split(' ').next().unwrap_or_default().split_once("store") {
            Some((_, "")) => format!("({ty}.load {immediates} (local.get 0))"),
            Some((_, bits)) => format!("({ty}.load{bits}_u {immediates} (local.get 0))"),
            None => return,
        };
        // Stores stay where they are: values that later make NaNs would be NaNs of any kind in memory.
        let makes_nan = |op: &Operator| op.text.contains("sqrt") || (stored == Ty::V128 && op.text.starts_with('f'));
        let fits = |op: &Operator| op.results == [stored] && op.params.iter().all(|p| *p == stored);
        let fitting = uses.iter().filter(|op| fits(op) && !makes_nan(op));
        for op in fitting.take(most) {
            let others = vec![stored; op.params.len() - 1];
            let locals: String = (1..op.params.len()).map(|i| format!(" (local.get {i})")).collect();
            let body = format!("({text} (local.get 0) ({} {load}{locals}))", op.text);
            self.function(&format!("in place {}", op.text), &others, &[], &body);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{edges, width};
    use crate::generate::sweep::operators;

    #[test]
    fn accesses_have_their_widths() {
        let all = operators();
        let check = |text: &str, bytes: u32| {
            let operator = all.iter().find(|o| o.text == text).unwrap_or_else(|| panic!("no {text}"));
            assert_eq!(width(operator), bytes, "{text}");
        };
        check("i32.load8_u", 1);
        check("i64.load32_s offset=3", 4);
        check("f64.store", 8);
        check("v128.load8x8_s", 8);
        check("v128.load32_splat", 4);
        check("v128.load64_zero", 8);
        check("v128.load16_lane 7", 2);
        check("v128.store", 16);
    }

    #[test]
    fn modules_are_valid() {
        let all = operators();
        let mut functions = 0;
        for operator in all.iter().filter(|o| o.memory.is_some()) {
            let sweep = edges(operator, &all).unwrap();
            crate::wat::wat(&sweep.module).unwrap_or_else(|e| panic!("{}: {e}\n{}", operator.text, sweep.module));
            functions += sweep.calls.len() / 2;
        }
        assert!(functions > 8_000, "{functions}");
    }
}
