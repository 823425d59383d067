//! Which operations of CLIF the translation of WebAssembly produces: from a run over the specification's modules.

use crate::cells::Row;
use crate::wast::Suite;
use anyhow::{Context, Result};
use cranelift_codegen::ir::{Function, Inst, InstructionData, MemFlags, Opcode, Type, Value};
use cranelift_reader::parse_functions;
use gantry::{Config, Engine, Feature, Stage};
use gantry_abi::DefinedFunc;
use gantry_emit::Isa;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use wast::{QuoteWat, Wast, WastDirective};

/// An operation with the types of what it takes and gives, and its condition.
///
/// Two operations with one key are tested alike: immediates that are plain numbers are left out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Operation {
    /// Name of the opcode.
    pub opcode: String,
    /// Its controlling type; empty if it has none.
    pub ctrl: String,
    /// Types of its operands.
    pub args: Vec<String>,
    /// Types of its results.
    pub results: Vec<String>,
    /// Condition code, lane, or memory flags that change the code.
    pub detail: String,
}

impl Operation {
    /// The key of an instruction.
    pub fn of(function: &Function, inst: Inst) -> Self {
        let dfg = &function.dfg;
        let data = &dfg.insts[inst];
        let name = |ty: Type| if ty.is_invalid() { String::new() } else { ty.to_string() };
        let types = |values: &[Value]| values.iter().map(|&v| name(dfg.value_type(v))).collect();
        let detail = match *data {
            InstructionData::IntCompare { cond, .. } => cond.to_string(),
            InstructionData::FloatCompare { cond, .. } => cond.to_string(),
            InstructionData::BinaryImm8 { imm, .. } | InstructionData::TernaryImm8 { imm, .. } => imm.to_string(),
            InstructionData::LoadNoOffset { flags, .. } => endianness(function, flags),
            _ => String::new(),
        };
        Self {
            opcode: data.opcode().to_string(),
            ctrl: name(dfg.ctrl_typevar(inst)),
            args: types(dfg.inst_args(inst)),
            results: types(dfg.inst_results(inst)),
            detail,
        }
    }
}

fn endianness(function: &Function, flags: MemFlags) -> String {
    let flags = function.dfg.mem_flags[flags];
    flags.explicit_endianness().map_or_else(String::new, |e| format!("{e:?}"))
}

/// An example of an operation: the function that has it, and which instruction it is.
#[derive(Clone)]
pub(super) struct Example {
    pub(super) function: std::sync::Arc<Function>,
    pub(super) inst: Inst,
}

/// Operations, each with an example and the instruction sets for which it is produced.
#[derive(Default)]
pub struct Operations {
    pub(super) all: BTreeMap<Operation, (BTreeSet<Isa>, Example)>,
}

impl Operations {
    /// The operations that are produced for an instruction set.
    pub fn of(&self, isa: Isa) -> impl Iterator<Item = &Operation> {
        self.all.iter().filter(move |(_, (isas, _))| isas.contains(&isa)).map(|(operation, _)| operation)
    }

    /// Translates every module of the specification's tests for these instruction sets.
    ///
    /// # Errors
    ///
    /// If there is no compiler for one.
    pub fn collect(rows: &[&Row]) -> Result<Self> {
        let modules = modules();
        let mut operations = Self::default();
        for row in rows {
            let mut config = Config::new();
            config.target(row.triple)?;
            for flag in row.flags {
                config.cpu_flag(flag, "true");
            }
            for &feature in Feature::ALL.iter().filter(|f| f.stage() != Stage::Later) {
                config.wasm_feature(feature, true);
            }
            let engine = Engine::new(&config).with_context(|| format!("for {}", row.isa))?;
            let found: Vec<_> = modules.par_iter().map(|wasm| of_module(&engine, wasm)).collect();
            for (operation, example) in found.into_iter().flatten() {
                let entry = operations.all.entry(operation).or_insert_with(|| (BTreeSet::new(), example));
                entry.0.insert(row.isa);
            }
        }
        Ok(operations)
    }
}

/// The modules of the suite, in binary. Those that need what the engine lacks are found out later.
fn modules() -> Vec<Vec<u8>> {
    let suite = Suite::all();
    let of_file = |file: &crate::wast::SuiteFile| -> Vec<Vec<u8>> {
        let Ok(buffer) = wast::parser::ParseBuffer::new(&file.source) else { return Vec::new() };
        let Ok(script) = wast::parser::parse::<Wast<'_>>(&buffer) else { return Vec::new() };
        let module = |directive| match directive {
            WastDirective::Module(mut m @ QuoteWat::Wat(_)) => m.encode().ok(),
            _ => None,
        };
        script.directives.into_iter().filter_map(module).collect()
    };
    let all: BTreeSet<_> = suite.files.par_iter().flat_map_iter(of_file).collect();
    all.into_iter().collect()
}

fn of_module(engine: &Engine, wasm: &[u8]) -> BTreeMap<Operation, Example> {
    let mut found = BTreeMap::new();
    for index in 0.. {
        let Ok(Some(clif)) = engine.module_compiler().intermediate(wasm, DefinedFunc::from_u32(index)) else { break };
        let Some(function) = parse_functions(&clif).ok().and_then(|mut functions| functions.pop()) else { continue };
        let function = std::sync::Arc::new(function);
        let insts = function.layout.blocks().flat_map(|block| function.layout.block_insts(block));
        for inst in insts {
            let example = || Example { function: function.clone(), inst };
            found.entry(Operation::of(&function, inst)).or_insert_with(example);
        }
    }
    found
}

/// Whether tests of an operation are more than one function that does it: control flow and calls.
pub(super) fn is_control(opcode: Opcode) -> bool {
    opcode.is_branch() || opcode.is_call() || opcode.is_return() || opcode.is_terminator()
}
