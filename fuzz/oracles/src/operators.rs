//! The one table of operators: their names, bytes, immediates and types.
//!
//! Nothing here is written by hand: the names and proposals are wasmparser's list, which operator some bytes are is what its
//! reader says, and the types of operands and results are what its validator accepts. An operator that is added there, of a
//! proposal that the engine has, is generated.

use crate::plan;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use wasm_encoder::{CodeSection, Encode, Function, FunctionSection, MemorySection, MemoryType, Module, TypeSection};
use wasmparser::{
    BinaryReader, FuncToValidate, FunctionBody, Operator as Parsed, OperatorsReader, Parser, ValType, ValidPayload,
    Validator, ValidatorResources,
};

/// Immediates of an operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Immediates {
    /// None.
    None,
    /// Alignment, memory and offset. The access is of this many bytes.
    Memory(u8),
    /// A lane below this number.
    Lane(u8),
    /// An access of memory of some bytes, and a lane.
    MemoryLane(u8, u8),
    /// Sixteen lanes of two vectors.
    Lanes,
}

/// An operator that computes on numbers, vectors and memory alone: what makes it valid is its operands, and nothing of the
/// module but memories.
#[derive(Clone, Debug)]
pub struct Operator {
    /// wasmparser's name, as in `i32_trunc_f32_s`.
    pub name: &'static str,
    /// wasmparser's name of the proposal that it came with.
    pub proposal: &'static str,
    /// The bytes in front of the immediates.
    pub code: Vec<u8>,
    /// What follows them.
    pub immediates: Immediates,
    /// Types of the operands; addresses are of a memory with 32-bit addresses.
    pub params: Vec<ValType>,
    /// Types of the results.
    pub results: Vec<ValType>,
}

impl Operator {
    /// Bytes that it accesses, if it accesses memory.
    pub fn access(&self) -> Option<u8> {
        match self.immediates {
            Immediates::Memory(bytes) | Immediates::MemoryLane(bytes, _) => Some(bytes),
            _ => None,
        }
    }
}

macro_rules! define_identity {
    ($(@$proposal:ident $op:ident $({ $($arg:ident: $ty:ty),* })? => $visit:ident ($($arity:tt)*))*) => {
        /// Proposal, name and immediates of an operator, by wasmparser's names.
        fn row(op: &Parsed<'_>) -> Row {
            match op {
                $(Parsed::$op $({ $($arg: _),* })? =>
                    (stringify!($proposal), stringify!($visit), &[$($(stringify!($arg)),*)?]),)*
                _ => ("", "visit_", &[]),
            }
        }

        /// Every operator that wasmparser knows: proposal and name.
        const KNOWN: &[(&str, &str)] = &[$((stringify!($proposal), stringify!($visit))),*];
    };
}

type Row = (&'static str, &'static str, &'static [&'static str]);

wasmparser::for_each_operator!(define_identity);

/// The name of an operator, as in `i32_trunc_f32_s`.
pub fn name(op: &Parsed<'_>) -> &'static str {
    strip(row(op).1)
}

/// The proposal that an operator came with, by wasmparser's name.
pub fn proposal(op: &Parsed<'_>) -> &'static str {
    row(op).0
}

/// The proposal that the operator with this name came with.
pub fn proposal_of(name: &str) -> &'static str {
    KNOWN.iter().find(|(_, visit)| strip(visit) == name).map_or("", |(proposal, _)| proposal)
}

fn strip(visit: &'static str) -> &'static str {
    visit.strip_prefix("visit_").unwrap_or(visit)
}

/// Whether the engine has a proposal.
fn is_supported(proposal: &str) -> bool {
    proposal == "mvp" || plan::features().iter_names().any(|(name, _)| name.eq_ignore_ascii_case(proposal))
}

/// The name of what wasmparser reads but no module may have: `select` with any number of types but one.
const NEVER_VALID: &str = "typed_select_multi";

/// Names of all operators of the proposals that the engine has.
pub fn supported() -> impl Iterator<Item = &'static str> {
    let known = KNOWN.iter().filter(|(proposal, _)| is_supported(proposal)).map(|&(_, visit)| strip(visit));
    known.filter(|&name| name != NEVER_VALID)
}

/// The proposals that have operators and that the engine has.
pub fn supported_proposals() -> std::collections::BTreeSet<&'static str> {
    KNOWN.iter().map(|&(proposal, _)| proposal).filter(|proposal| is_supported(proposal)).collect()
}

/// The table.
pub static TABLE: LazyLock<Vec<Operator>> = LazyLock::new(table);

/// Indices in [`TABLE`] of the operators with exactly one result, by its type.
static BY_RESULT: LazyLock<BTreeMap<String, Vec<usize>>> = LazyLock::new(|| {
    let mut map = BTreeMap::<_, Vec<_>>::new();
    for (index, op) in TABLE.iter().enumerate() {
        if let [result] = op.results[..] {
            map.entry(result.to_string()).or_default().push(index);
        }
    }
    map
});

/// The operators with exactly one result, of type `ty`.
pub fn with_result(ty: ValType) -> impl ExactSizeIterator<Item = &'static Operator> {
    BY_RESULT.get(&ty.to_string()).map_or(&[][..], Vec::as_slice).iter().map(|&index| &TABLE[index])
}

/// Codes beyond any that wasmparser reads.
const CODES: u32 = 0x200;

/// Types of operands and results that the table knows.
const TYPES: [ValType; 5] = [ValType::I32, ValType::I64, ValType::F32, ValType::F64, ValType::V128];

fn table() -> Vec<Operator> {
    let probe = Probe::new();
    // Bytes from 0xfb on begin longer codes.
    let plain = (0..0xfb).map(|byte| vec![byte]);
    let prefixed = [0xfc, 0xfd].into_iter().flat_map(|prefix| {
        (0..CODES).map(move |code| {
            let mut bytes = vec![prefix];
            code.encode(&mut bytes);
            bytes
        })
    });
    plain.chain(prefixed).filter_map(|code| probe.operator(code)).collect()
}

/// Asks the validator.
struct Probe {
    resources: ValidatorResources,
}

impl Probe {
    fn new() -> Self {
        let mut module = Module::new();
        let mut types = TypeSection::new();
        types.ty().function([], []);
        module.section(&types).section(FunctionSection::new().function(0));
        let page = MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None };
        module.section(MemorySection::new().memory(page));
        let mut body = Function::new([]);
        body.instructions().end();
        module.section(CodeSection::new().function(&body));
        let wasm = module.finish();
        let mut validator = Validator::new_with_features(plan::features());
        for payload in Parser::new(0).parse_all(&wasm) {
            let payload = payload.expect("the module was just encoded");
            if let ValidPayload::Func(func, _) = validator.payload(&payload).expect("the module is valid") {
                return Self { resources: func.resources };
            }
        }
        unreachable!("the module has a function")
    }

    /// The operator with these bytes, if the table is for it.
    fn operator(&self, code: Vec<u8>) -> Option<Operator> {
        // Zeros are immediates of any kind.
        let mut bytes = code.clone();
        bytes.extend([0; 24]);
        let op = OperatorsReader::new(BinaryReader::new(&bytes, 0)).read().ok()?;
        let (proposal, visit, immediates) = row(&op);
        if !is_supported(proposal) {
            return None;
        }
        let lanes = || (0..16).take_while(|&lane| self.is_valid(&code, &[lane])).count();
        let memory_lanes = || (0..16).take_while(|&lane| self.is_valid(&code, &[0, 0, lane])).count();
        let count = |lanes: usize| u8::try_from(lanes).expect("at most sixteen");
        let access = |behind: &[u8]| {
            let widest = (0..=4u8).rev().find(|&align| self.is_valid(&code, &[&[align, 0], behind].concat()));
            widest.map_or(1, |align| 1 << align)
        };
        let immediates = match immediates {
            [] => Immediates::None,
            ["memarg"] => Immediates::Memory(access(&[])),
            ["lane"] => Immediates::Lane(count(lanes())),
            ["memarg", "lane"] => Immediates::MemoryLane(access(&[0]), count(memory_lanes())),
            ["lanes"] => Immediates::Lanes,
            _ => return None,
        };
        let name = strip(visit);
        // Those whose operands are not of one type each, and those that are no operators but punctuation.
        if ["unreachable", "nop", "else", "end", "return", "drop", "select", "catch_all"].contains(&name)
            || name.starts_with("ref_")
        {
            return None;
        }
        let (params, results) = self.types(&bytes)?;
        Some(Operator { name, proposal, code, immediates, params, results })
    }

    /// Whether an operator with these immediates is valid with operands of any type.
    fn is_valid(&self, code: &[u8], immediates: &[u8]) -> bool {
        self.after(&[&[0x00], code, immediates, &[0; 20]].concat(), 2).is_some()
    }

    /// Operands are found from the top of the stack down: behind `unreachable`, those below are of any type.
    fn types(&self, op: &[u8]) -> Option<(Vec<ValType>, Vec<ValType>)> {
        let mut params: Vec<ValType> = Vec::new();
        while self.takes_more(op, &params)? {
            let of = |ty: &&ValType| {
                let mut list = vec![**ty];
                list.extend(&params);
                self.with_operands(op, &list).is_some()
            };
            let ty = TYPES.iter().find(of)?;
            params.insert(0, *ty);
        }
        let results = self.with_operands(op, &params)?;
        Some((params, results))
    }

    /// Whether there are operands below these: if so, not every type will do there.
    fn takes_more(&self, op: &[u8], params: &[ValType]) -> Option<bool> {
        if params.len() > 4 {
            return None;
        }
        let accepted = TYPES.iter().filter(|&&ty| {
            let mut list = vec![ty];
            list.extend(params);
            self.with_operands(op, &list).is_some()
        });
        Some(accepted.count() < TYPES.len())
    }

    /// The results of an operator on these operands.
    fn with_operands(&self, op: &[u8], params: &[ValType]) -> Option<Vec<ValType>> {
        let mut bytes = vec![0x00];
        for ty in params {
            constant(*ty, 0, &mut bytes);
        }
        bytes.extend(op);
        self.after(&bytes, params.len() + 2)
    }

    /// The operands on the stack after `count` operators.
    fn after(&self, bytes: &[u8], count: usize) -> Option<Vec<ValType>> {
        let func = FuncToValidate { resources: self.resources.clone(), index: 0, ty: 0, features: plan::features() };
        let mut validator = func.into_validator(wasmparser::FuncValidatorAllocations::default());
        // No locals; then the operators.
        let body: Vec<u8> = [&[0], bytes].concat();
        let body = FunctionBody::new(BinaryReader::new(&body, 0));
        let mut reader = body.get_binary_reader();
        validator.read_locals(&mut reader).ok()?;
        let mut reader = OperatorsReader::new(reader);
        for _ in 0..count {
            let op = reader.read().ok()?;
            validator.op(0, &op).ok()?;
        }
        let height = validator.operand_stack_height() as usize;
        (0..height).rev().map(|depth| validator.get_operand_type(depth).flatten()).collect()
    }
}

/// Appends a constant of a type with these bits.
#[allow(clippy::cast_possible_truncation, reason = "the low bits are what is wanted")]
pub fn constant(ty: ValType, bits: u128, out: &mut Vec<u8>) {
    use wasm_encoder::Instruction as I;
    match ty {
        ValType::I32 => I::I32Const((bits as u32).cast_signed()).encode(out),
        ValType::I64 => I::I64Const((bits as u64).cast_signed()).encode(out),
        ValType::F32 => I::F32Const(wasm_encoder::Ieee32::new(bits as u32)).encode(out),
        ValType::F64 => I::F64Const(wasm_encoder::Ieee64::new(bits as u64)).encode(out),
        ValType::V128 => I::V128Const(bits.cast_signed()).encode(out),
        ValType::Ref(_) => unreachable!("constants are numbers"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_have_their_types() {
        let find = |name: &str| TABLE.iter().find(|op| op.name == name).unwrap_or_else(|| panic!("no {name}"));
        let check = |name: &str, params: &[ValType], results: &[ValType], immediates: Immediates| {
            let op = find(name);
            assert_eq!((&op.params[..], &op.results[..], op.immediates), (params, results, immediates), "{name}");
        };
        use ValType::{F32, F64, I32, I64, V128};
        check("i32_add", &[I32, I32], &[I32], Immediates::None);
        check("i64_trunc_sat_f32_u", &[F32], &[I64], Immediates::None);
        check("f64_store", &[I32, F64], &[], Immediates::Memory(8));
        check("i64_load16_s", &[I32], &[I64], Immediates::Memory(2));
        check("i8x16_shuffle", &[V128, V128], &[V128], Immediates::Lanes);
        check("i16x8_replace_lane", &[V128, I32], &[V128], Immediates::Lane(8));
        check("v128_load32_lane", &[I32, V128], &[V128], Immediates::MemoryLane(4, 4));
        check("i64_add128", &[I64; 4], &[I64, I64], Immediates::None);
        check("f32x4_relaxed_madd", &[V128; 3], &[V128], Immediates::None);
    }

    #[test]
    fn every_vector_operator_is_there() {
        let simd = |(proposal, visit): &&(&str, &'static str)| {
            ["simd", "relaxed_simd", "wide_arithmetic", "saturating_float_to_int"].contains(proposal)
                && *visit != "visit_v128_const"
        };
        for (_, visit) in KNOWN.iter().filter(simd) {
            assert!(TABLE.iter().any(|op| op.name == strip(visit)), "{visit}");
        }
    }
}
