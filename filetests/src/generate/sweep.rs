//! One operator at a time, in every form that its operands can have.
//!
//! Operators come from `wasmparser`'s list, and their types from its validator: whatever is added there is swept. Those with
//! side effects other than on memory, and those on references, are left to other tests.

use std::fmt::Write as _;

/// Types of operands and results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names of WebAssembly")]
pub enum Ty {
    I32,
    I64,
    F32,
    F64,
    V128,
}

impl Ty {
    /// Every type.
    pub const ALL: [Self; 5] = [Self::I32, Self::I64, Self::F32, Self::F64, Self::V128];

    /// Its name in the text format.
    pub fn name(self) -> &'static str {
        match self {
            Self::I32 => "i32",
            Self::I64 => "i64",
            Self::F32 => "f32",
            Self::F64 => "f64",
            Self::V128 => "v128",
        }
    }

    /// Bits of the values that operands of this type have.
    pub fn values(self) -> Vec<u128> {
        const I32: [u32; 8] = [0, 1, u32::MAX, 1 << 31, (1 << 31) - 1, 31, 0x1234_5678, 0xffff_ff80];
        #[rustfmt::skip]
        const I64: [u64; 8] = [0, 1, u64::MAX, 1 << 63, (1 << 63) - 1, 63, 0x1234_5678_9abc_def0, 0xffff_ffff_8000_0000];
        #[rustfmt::skip]
        const F32: [u32; 8] = [0, 1 << 31, 0x3fc0_0000, 0xcf00_0000, 0x7f80_0000, 0x7fc0_0000, 1, 0x5f00_0000];
        #[rustfmt::skip]
        const F64: [u64; 8] = [
            0, 1 << 63, 0x3ff8_0000_0000_0000, 0xc1e0_0000_0000_0000, 0x7ff0_0000_0000_0000, 0x7ff8_0000_0000_0000, 1,
            0x43e0_0000_0000_0000,
        ];
        match self {
            Self::I32 => I32.map(u128::from).to_vec(),
            Self::I64 => I64.map(u128::from).to_vec(),
            Self::F32 => F32.map(u128::from).to_vec(),
            Self::F64 => F64.map(u128::from).to_vec(),
            Self::V128 => vec![
                0,
                u128::MAX,
                0x8000_7fff_ffff_0001_80ff_7f01_55aa_00ff,
                0x3f80_0000_bf80_0000_7f80_0000_7fc0_0000,
                0x3ff8_0000_0000_0000_c1e0_0000_0000_0000,
                0x0f0e_0d0c_0b0a_0908_0706_0504_0302_0100,
            ],
        }
    }

    /// A constant instruction.
    pub(super) fn constant(self, bits: u128) -> String {
        match self {
            Self::I32 | Self::I64 => format!("({}.const {bits:#x})", self.name()),
            Self::F32 => format!("(f32.reinterpret_i32 (i32.const {bits:#x}))"),
            Self::F64 => format!("(f64.reinterpret_i64 (i64.const {bits:#x}))"),
            Self::V128 => {
                let (low, high) = (bits & u128::from(u64::MAX), bits >> 64);
                format!("(v128.const i64x2 {low:#x} {high:#x})")
            }
        }
    }
}

/// An operator with its immediates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    /// As the text format has it, with immediates.
    pub text: String,
    /// The proposal that it came with.
    pub proposal: &'static str,
    /// Types of its operands.
    pub params: Vec<Ty>,
    /// Types of its results.
    pub results: Vec<Ty>,
    /// The memory that it accesses, if it accesses one; its first operand is then an address.
    pub memory: Option<MemoryKind>,
}

/// Memories that loads and stores are swept over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemoryKind {
    /// The only memory, with 32-bit addresses.
    Plain,
    /// The only memory, with 64-bit addresses.
    Wide,
    /// The second of two.
    Second,
}

impl MemoryKind {
    const ALL: [Self; 3] = [Self::Plain, Self::Wide, Self::Second];

    /// The declarations; the memory that is accessed is exported.
    pub(super) fn declarations(self) -> &'static str {
        match self {
            Self::Plain => "(memory (export \"memory\") 1)",
            Self::Wide => "(memory (export \"memory\") i64 1)",
            Self::Second => "(memory 1) (memory (export \"memory\") 1)",
        }
    }

    pub(super) fn address(self) -> Ty {
        if self == Self::Wide { Ty::I64 } else { Ty::I32 }
    }
}

macro_rules! list_operators {
    ($(@$proposal:ident $op:ident $({ $($arg:ident: $ty:ty),* })? => $visit:ident ($($arity:tt)*))*) => {
        &[$((stringify!($proposal), stringify!($visit), &[$($(stringify!($arg)),*)?], stringify!($($arity)*))),*]
    };
}

type Row = (&'static str, &'static str, &'static [&'static str], &'static str);

const LIST: &[Row] = wasmparser::for_each_operator!(list_operators);

/// Proposals whose operators compute on numbers and memory.
const PROPOSALS: &[&str] = &["mvp", "sign_extension", "saturating_float_to_int", "simd", "wide_arithmetic"];

/// Every operator that is swept, with a choice of immediates each.
pub fn operators() -> Vec<Operator> {
    let mut all = Vec::new();
    for &(proposal, visit, immediates, arity) in LIST {
        if !PROPOSALS.contains(&proposal) {
            continue;
        }
        let Some(name) = mnemonic(visit) else { continue };
        let memory = arity.contains("memarg");
        let Some((pops, pushes)) = counts(arity) else { continue };
        let lanes = match immediates {
            [] | ["memarg"] => vec![String::new()],
            ["lane"] | ["memarg", "lane"] => (0..16).map(|lane| format!(" {lane}")).collect(),
            ["lanes"] => vec![
                " 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15".to_owned(),
                " 31 0 30 1 29 2 28 3 27 4 26 5 25 6 24 7".to_owned(),
                " 16 16 16 16 0 0 0 0 31 31 31 31 15 15 15 15".to_owned(),
            ],
            _ => continue,
        };
        let offsets: &[&str] = if memory { &["", " offset=3"] } else { &[""] };
        for lane in &lanes {
            for offset in offsets {
                let text = format!("{name}{offset}{lane}");
                let Some((params, results)) = signature(&text, pops, pushes, memory) else { continue };
                if !memory {
                    all.push(Operator { text, proposal, params, results, memory: None });
                    continue;
                }
                for kind in MemoryKind::ALL {
                    let index = if kind == MemoryKind::Second { " 1" } else { "" };
                    let mut params = params.clone();
                    params[0] = kind.address();
                    let text = format!("{name}{index}{offset}{lane}");
                    all.push(Operator { text, proposal, params, results: results.clone(), memory: Some(kind) });
                }
            }
        }
    }
    all
}

/// `visit_i32_trunc_sat_f32_s` as `i32.trunc_sat_f32_s`; none for operators that are not of a type.
fn mnemonic(visit: &str) -> Option<String> {
    let name = visit.strip_prefix("visit_")?;
    let (ty, op) = name.split_once('_')?;
    (ty.starts_with(['i', 'f', 'v']) && ty.ends_with(|c: char| c.is_ascii_digit()) && op != "const")
        .then(|| format!("{ty}.{op}"))
}

/// Operands and results of `arity memarg 2 -> 1`.
fn counts(arity: &str) -> Option<(usize, usize)> {
    let (pops, pushes) = arity.split_once("->")?;
    Some((pops.split_whitespace().last()?.parse().ok()?, pushes.trim().parse().ok()?))
}

/// The types with which an operator is valid.
fn signature(text: &str, pops: usize, pushes: usize, memory: bool) -> Option<(Vec<Ty>, Vec<Ty>)> {
    let choices = |n: usize| 0..Ty::ALL.len().pow(u32::try_from(n).expect("few operands"));
    let pick = |mut choice: usize, n: usize| -> Vec<Ty> {
        (0..n)
            .map(|_| {
                let ty = Ty::ALL[choice % Ty::ALL.len()];
                choice /= Ty::ALL.len();
                ty
            })
            .collect()
    };
    for results in choices(pushes).map(|c| pick(c, pushes)) {
        for params in choices(pops).map(|c| pick(c, pops)) {
            if memory && params.first() != Some(&Ty::I32) {
                continue;
            }
            let locals: String = (0..pops).map(|i| format!(" (local.get {i})")).collect();
            let (p, r) = (list("param", &params), list("result", &results));
            let module = format!("(module (memory 1) (func {p} {r} ({text}{locals})))");
            let Ok(wasm) = crate::wat::wat(&module) else { return None };
            let features = wasmparser::WasmFeatures::all();
            if wasmparser::Validator::new_with_features(features).validate_all(&wasm).is_ok() {
                return Some((params, results));
            }
        }
    }
    None
}

pub(super) fn list(keyword: &str, types: &[Ty]) -> String {
    if types.is_empty() {
        return String::new();
    }
    let names: Vec<_> = types.iter().map(|ty| ty.name()).collect();
    format!("({keyword} {})", names.join(" "))
}

/// A call of an exported function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The function.
    pub export: String,
    /// Types and bits of the arguments.
    pub args: Vec<(Ty, u128)>,
}

/// A module with an operator in every form, and calls of it.
#[derive(Clone, Debug)]
pub struct Sweep {
    /// The module in text.
    pub module: String,
    /// The calls, in an order that matters if the operator stores.
    pub calls: Vec<Call>,
}

/// Bytes of the memory of a sweep.
pub const MEMORY: u32 = 1 << 16;
/// Where operands are kept that are loaded.
const SLOTS: u32 = 1024;

impl Operator {
    /// The operator in every form that its operands can have: a parameter, a constant, loaded, kept over a call, the same value
    /// twice, used again afterwards, an integer with garbage above its bits, the result of a block.
    pub fn sweep(&self) -> Sweep {
        let kind = self.memory.unwrap_or(MemoryKind::Plain);
        let mut module = format!("(module {} (func $nothing)\n", kind.declarations());
        let mut calls = Vec::new();
        let arguments = self.arguments();
        let (params, results) = (list("param", &self.params), list("result", &self.results));
        let operands = |each: &dyn Fn(usize, Ty) -> String| -> String {
            self.params.iter().enumerate().map(|(i, &ty)| format!(" {}", each(i, ty))).collect()
        };
        let op = |operands: &str| format!("({}{operands})", self.text);
        let mut add = |name: &str, params: &str, results: &str, body: &str| {
            let _ = writeln!(module, "  (func (export {name:?}) {params} {results} {body})");
        };
        let get = |i: usize, _: Ty| format!("(local.get {i})");
        add("parameter", &params, &results, &op(&operands(&get)));
        let at = kind.address().name();
        let slot = |i: usize| SLOTS + 16 * u32::try_from(i).expect("few operands");
        let keep: String = self
            .params
            .iter()
            .enumerate()
            .map(|(i, ty)| format!("({}.store ({at}.const {}) (local.get {i})) ", ty.name(), slot(i)))
            .collect();
        let loaded = operands(&|i, ty| format!("({}.load ({at}.const {}))", ty.name(), slot(i)));
        add("loaded", &params, &results, &format!("{keep}{}", op(&loaded)));
        let bare: String = (0..self.params.len()).map(|i| format!("local.get {i} ")).collect();
        add("over_a_call", &params, &results, &format!("{bare} call $nothing {}", self.text));
        let block = operands(&|i, ty| {
            let ty = ty.name();
            format!("(block (result {ty}) (drop (br_if 0 (local.get {i}) (i32.const 1))) ({ty}.load ({at}.const 0)))")
        });
        add("block", &params, &results, &op(&block));
        let all: Vec<Ty> = self.results.iter().chain(&self.params).copied().collect();
        let live = format!("{} {bare}", op(&operands(&get)));
        add("used_again", &params, &list("result", &all), &live);
        let wide: Vec<Ty> = self.params.iter().map(|&ty| if ty == Ty::I32 { Ty::I64 } else { ty }).collect();
        let dirty = operands(&|i, ty| match ty {
            Ty::I32 => format!("(i32.wrap_i64 (local.get {i}))"),
            _ => format!("(local.get {i})"),
        });
        add("dirty", &list("param", &wide), &results, &op(&dirty));
        let same = self.params.len() > 1 && self.params.iter().all(|ty| *ty == self.params[0]);
        if same {
            let twice = operands(&|_, _| "(local.get 0)".to_owned());
            add("twice", &list("param", &self.params[..1]), &results, &op(&twice));
        }
        for args in &arguments {
            for form in ["parameter", "loaded", "over_a_call", "block", "used_again"] {
                calls.push(self.call(form, args));
            }
            let garbage = |(ty, bits): (Ty, u128)| match ty {
                Ty::I32 => (Ty::I64, bits | 0xdead_beef << 32),
                _ => (ty, bits),
            };
            let args: Vec<_> = self.params.iter().copied().zip(args.iter().copied()).map(garbage).collect();
            calls.push(Call { export: "dirty".to_owned(), args });
        }
        if same {
            calls.extend(
                self.params[0]
                    .values()
                    .into_iter()
                    .map(|bits| Call { export: "twice".to_owned(), args: vec![(self.params[0], bits)] }),
            );
        }
        // Each operand as a constant beside parameters, and all of them.
        for (n, args) in arguments.iter().step_by(3).enumerate() {
            for constant in 0..=self.params.len() {
                let is_constant = |i: usize| i == constant || constant == self.params.len();
                let name = format!("constant_{n}_{constant}");
                let body = op(&operands(&|i, ty| match is_constant(i) {
                    true => ty.constant(args[i]),
                    false => format!("(local.get {i})"),
                }));
                add(&name, &params, &results, &body);
                calls.push(self.call(&name, args));
            }
        }
        module.push(')');
        Sweep { module, calls }
    }

    fn call(&self, export: &str, args: &[u128]) -> Call {
        Call { export: export.to_owned(), args: self.params.iter().copied().zip(args.iter().copied()).collect() }
    }

    /// Lists of operands: each value of each type at least once, in changing company. Addresses are in the middle and at both
    /// sides of the end of memory.
    fn arguments(&self) -> Vec<Vec<u128>> {
        let memory = u128::from(MEMORY);
        let values = |i: usize, ty: Ty| match self.memory.is_some() && i == 0 {
            true => {
                let mut addresses: Vec<u128> = (0..24).map(|back| memory - back).collect();
                addresses.extend([64, 65, memory + 1, u128::from(u32::MAX)]);
                addresses
            }
            false => ty.values(),
        };
        let all: Vec<Vec<u128>> = self.params.iter().enumerate().map(|(i, &ty)| values(i, ty)).collect();
        let longest = all.iter().map(Vec::len).max().unwrap_or(1);
        let rounds = if self.params.len() > 1 && self.memory.is_none() { longest * 3 } else { longest };
        // The i-th operand goes on i steps further in each round of the first.
        let pick = |call: usize| {
            all.iter().enumerate().map(|(i, of)| of[(call + i * (1 + call / of.len())) % of.len()]).collect::<Vec<_>>()
        };
        (0..rounds).map(pick).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Operator, Ty, operators};

    #[test]
    fn operators_have_their_types() {
        let all = operators();
        let find = |text: &str| all.iter().find(|o| o.text == text).unwrap_or_else(|| panic!("no {text}"));
        let check = |text: &str, params: &[Ty], results: &[Ty]| {
            let Operator { params: p, results: r, .. } = find(text);
            assert_eq!((p.as_slice(), r.as_slice()), (params, results), "{text}");
        };
        check("i32.add", &[Ty::I32, Ty::I32], &[Ty::I32]);
        check("f64.convert_i64_u", &[Ty::I64], &[Ty::F64]);
        check("v128.bitselect", &[Ty::V128; 3], &[Ty::V128]);
        check("i8x16.replace_lane 15", &[Ty::V128, Ty::I32], &[Ty::V128]);
        check("i64.store offset=3", &[Ty::I32, Ty::I64], &[]);
        check("v128.load8_lane 3", &[Ty::I32, Ty::V128], &[Ty::V128]);
        assert!(all.iter().all(|o| o.text != "i64x2.extract_lane 2"));
        // 128 numeric operators of the first version without constants; vector operators are many more.
        assert!(all.len() > 800, "{}", all.len());
    }

    #[test]
    fn sweeps_are_valid() {
        for operator in operators() {
            let sweep = operator.sweep();
            crate::wat::wat(&sweep.module).unwrap_or_else(|e| panic!("{}: {e}\n{}", operator.text, sweep.module));
            assert!(sweep.calls.len() > 8);
        }
    }
}
