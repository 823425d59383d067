//! Code for other instruction sets, under an emulator.
//!
//! Many modules make one program of generated code alone (`gantry_emit::program`): their artifacts as they are, and for each a
//! function in CLIF that sets up an instance by hand, calls as the plan says, and compares with what this machine's code did.
//! So one process of the emulator runs hundreds of calls, and needs no runtime.

#![allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "programs are small")]

use super::{Outcome, Seen};
use crate::case::{Case, Options};
use crate::engine::EngineSpec;
use crate::plan::{Call, Plan};
use crate::run::run;
use crate::trace::{self, Trace};
use crate::value::{Random, Value};
use crate::weave::{self, Dice};
use arbitrary::Unstructured;
use cranelift_codegen::Context;
use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{
    self, AbiParam, Block, Endianness, Function, InstBuilder, MemFlagsData, Signature, StackSlotData, StackSlotKind,
    UserFuncName, types,
};
use cranelift_codegen::isa::{self, OwnedTargetIsa};
use cranelift_codegen::settings::{self, Configurable};
use gantry::{Config, Engine, Feature, Stage};
use gantry_abi::layout::CELL_SIZE;
use gantry_abi::{DefinedFunc, DefinedGlobal, DefinedMemory, DefinedTable, FuncIndex, Libcall, PointerWidth, VmLayout};
use gantry_compile::objdump::Artifact;
use gantry_emit::{CompiledFunction, Isa, Linker, Symbol, program};
use gantry_filetests::cells::{ROWS, Row};
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::sync::LazyLock;

/// Modules of a program.
const MODULES: usize = 12;

/// Bytes of each memory.
const PAGE: u32 = 1 << 16;

/// A compiler for an instruction set of some processor, and the command that runs its programs.
struct Machine {
    row: &'static Row,
    backend: &'static str,
    engine: Engine,
    /// Makes the code around the modules.
    target: OwnedTargetIsa,
    /// Empty on this machine.
    emulator: Vec<String>,
}

static MACHINES: LazyLock<Vec<Machine>> = LazyLock::new(|| {
    let mut list = Vec::new();
    for row in ROWS.iter().filter(|row| !row.isa.is_pulley()) {
        let Some(emulator) = emulator(row) else { continue };
        for backend in ["winch", "cranelift"] {
            if let Some(engine) = compiler(row, backend) {
                list.push(Machine { row, backend, engine, target: target(row), emulator: emulator.clone() });
            }
        }
    }
    list
});

/// How to run programs; none if the emulator is not installed.
fn emulator(row: &Row) -> Option<Vec<String>> {
    if row.is_host() {
        return Some(Vec::new());
    }
    let names = [format!("qemu-{}-static", row.isa.name()), format!("qemu-{}", row.isa.name())];
    let name = names.into_iter().find(|name| Command::new(name).arg("--version").output().is_ok())?;
    let cpu: &[&str] = if row.isa == Isa::Riscv64 { &["-cpu", "rv64,v=true,vext_spec=v1.0,vlen=128"] } else { &[] };
    Some(std::iter::once(name).chain(cpu.iter().map(|&arg| arg.to_owned())).collect())
}

fn compiler(row: &Row, backend: &str) -> Option<Engine> {
    let mut config = Config::new();
    config.parallel_compilation(false).backend(backend).signals_based_traps(false);
    for (option, value) in [
        ("memory_reservation", "0"),
        ("memory_guard_size", "0"),
        ("nan_canonicalization", "true"),
        ("relaxed_simd_deterministic", "true"),
    ] {
        config.option(option, value).ok()?;
    }
    config.target(row.triple).ok()?;
    for flag in row.flags {
        config.cpu_flag(flag, "true");
    }
    for &feature in Feature::ALL.iter().filter(|f| f.stage() != Stage::Later) {
        config.wasm_feature(feature, true);
    }
    Engine::new(&config).ok()
}

fn target(row: &Row) -> OwnedTargetIsa {
    let mut flags = settings::builder();
    for (name, value) in [("preserve_frame_pointers", "true"), ("enable_probestack", "false"), ("opt_level", "none")] {
        flags.set(name, value).expect("the flags exist");
    }
    let builder = isa::lookup_by_name(row.triple).expect("cranelift-codegen has every processor");
    builder.finish(settings::Flags::new(flags)).expect("the flags fit")
}

/// The same results on this machine.
fn reference() -> EngineSpec {
    EngineSpec::new("winch").with("nan_canonicalization", true).with("relaxed_simd_deterministic", true)
}

/// A module with what it should do.
struct Part {
    plan: Plan,
    trace: Trace,
    artifact: Vec<u8>,
}

/// A module of operators whose functions are called twice each, and then the one that says what the sum of all is.
fn part(u: &mut Unstructured<'_>, engine: &Engine) -> anyhow::Result<Part> {
    let seed = u.arbitrary()?;
    let options = Options { engine: vec![reference()], seed, ..Options::default() };
    let mut plan = Plan::new(&Case { wasm: weave::operators(u, false)?, options })?;
    let mut random = Random::of(&[seed, 5]);
    plan.calls.clear();
    let last = plan.functions.len() - 1;
    for func in (0..last).chain(0..last).chain([last]) {
        let args: Option<Vec<Value>> =
            plan.functions[func].params.iter().map(|domain| domain.value(&mut random)).collect();
        if let Some(args) = args {
            plan.calls.push(Call { func: u32::try_from(func)?, args });
        }
    }
    let trace = run(&reference(), &plan)?;
    let artifact = engine.precompile_module(&plan.wasm)?;
    Ok(Part { plan, trace, artifact })
}

pub(super) fn diff_isa(u: &mut Unstructured<'_>, seen: &mut Seen) -> Outcome {
    if MACHINES.iter().all(|machine| machine.row.is_host()) {
        return Outcome::Skipped("no emulator is installed: scripts/setup.sh does that".into());
    }
    if u.len() < 64 {
        return Outcome::Skipped("too few bytes".into());
    }
    let machine = &MACHINES[Dice(u).below(MACHINES.len())];
    let mut parts = Vec::new();
    let mut refused = String::new();
    for _ in 0..MODULES {
        match part(u, &machine.engine) {
            Ok(part) => parts.push(part),
            Err(error) => refused = format!("{} {}: {error:#}", machine.row.isa, machine.backend),
        }
    }
    if parts.is_empty() {
        return Outcome::Skipped(refused.into());
    }
    let Some(code) = machine.run(&parts, false) else {
        return Outcome::Skipped(format!("the emulator of {} gave up", machine.row.isa).into());
    };
    if code != 0 {
        let bad = parts.swap_remove((code as usize - 1).min(parts.len() - 1));
        let call = machine.run(std::slice::from_ref(&bad), true).unwrap_or(0);
        let text = wasmprinter::print_bytes(&bad.plan.wasm).unwrap_or_default();
        let step = (call as usize).saturating_sub(1);
        panic!(
            "{} code of {} differs (exit code {code}, then {call}): call {:?} should be {:?}\n{text}",
            machine.row.isa,
            machine.backend,
            bad.plan.calls.get(step),
            bad.trace.steps.get(step + 1).map(|step| &step.outcome),
        );
    }
    seen.note(|| vec![format!("isa:{}", machine.row.isa), format!("backend:{}", machine.backend)]);
    seen.note(|| parts.iter().flat_map(|part| part.plan.operators.iter().map(|op| format!("op:{op}"))).collect());
    Outcome::Judged
}

/// Functions of the program that are not modules, in the words behind the start-up code: those that follow are the functions that
/// test a module each, then the texts of the modules.
const ZERO: u32 = 0;
const STOP: u32 = 1;
const FIRST: u32 = 2;

fn function(index: u32) -> Symbol {
    Symbol::Function(DefinedFunc::from_u32(index))
}

impl Machine {
    /// Runs a program; gives its exit code: 0, or the number of the module that differs, counted from 1; of the call, if `calls`.
    /// None if the emulator gives up: old ones do, on programs that newer ones run.
    fn run(&self, parts: &[Part], calls: bool) -> Option<i32> {
        let image = self.program(parts, calls);
        let name = format!("gantry-{}-{:016x}", self.row.isa, trace::hash(&image));
        let path = std::env::temp_dir().join(format!("{name}-{}", std::process::id()));
        let output = std::fs::write(&path, &image)
            .and_then(|()| std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)))
            .and_then(|()| match self.emulator.split_first() {
                Some((emulator, args)) => Command::new(emulator).args(args).arg(&path).output(),
                None => Command::new(&path).output(),
            });
        let output = output.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let said = String::from_utf8_lossy(&output.stderr);
        let gave_up = said.contains("qemu") && said.contains("Assertion");
        if output.status.code().is_none() && !gave_up {
            panic!("{} code of {} crashed: {}: {}\n{said}", self.row.isa, self.backend, output.status, path.display())
        }
        let _ = std::fs::remove_file(&path);
        output.status.code().filter(|_| !gave_up)
    }

    fn program(&self, parts: &[Part], calls: bool) -> Vec<u8> {
        let artifacts: Vec<Artifact<'_>> =
            parts.iter().map(|part| Artifact::parse(&part.artifact).expect("it was just made")).collect();
        let count = parts.len() as u32;
        let words = FIRST + 2 * count;
        let (start, main, word) = (function(0), function(1), |index: u32| function(2 + index));
        let mut linker = Linker::new(self.row.isa);
        linker.append(start, &program::start(self.row.isa, main, words));
        linker.append(main, &self.main(count, calls));
        linker.append(word(ZERO), &self.zero());
        linker.append(word(STOP), &self.stop());
        for (index, (part, artifact)) in (0..).zip(parts.iter().zip(&artifacts)) {
            linker.append(word(FIRST + index), &self.test(part, artifact, FIRST + count + index));
        }
        for (index, artifact) in (0..).zip(&artifacts) {
            let code = artifact.text().to_vec();
            let body_len = code.len() as u32;
            let text = CompiledFunction { code, body_len, alignment: 4096, ..CompiledFunction::default() };
            linker.append(word(FIRST + count + index), &text);
        }
        let mut linked = linker.finish().expect("the program is small");
        for index in 0..words {
            let offset = linked.range(word(index)).expect("it was appended").start;
            let at = (program::TABLE + 4 * index) as usize;
            let bytes = if self.row.isa.is_big_endian() { offset.to_be_bytes() } else { offset.to_le_bytes() };
            linked.text[at..at + 4].copy_from_slice(&bytes);
        }
        program::executable(&linked).expect("the program is small")
    }

    fn signature(&self, params: usize, result: ir::Type) -> Signature {
        let mut signature = Signature::new(self.target.default_call_conv());
        signature.params.resize(params, AbiParam::new(types::I64));
        signature.returns.push(AbiParam::new(result));
        signature
    }

    fn compile(&self, signature: Signature, build: impl FnOnce(&mut Maker<'_>, &[ir::Value])) -> CompiledFunction {
        let mut function = Function::with_name_signature(UserFuncName::user(0, 0), signature);
        let entry = function.dfg.make_block();
        let params: Vec<ir::Value> = function
            .signature
            .params
            .clone()
            .iter()
            .map(|param| function.dfg.append_block_param(entry, param.value_type))
            .collect();
        let mut at = FuncCursor::new(&mut function);
        at.insert_block(entry);
        build(&mut Maker { at }, &params);
        let mut context = Context::for_function(function);
        let compiled = context.compile(&*self.target, &mut Default::default());
        let compiled = compiled.unwrap_or_else(|e| panic!("{}: {:?}", self.row.isa, e.inner));
        assert!(compiled.buffer.relocs().is_empty(), "the program finds everything in its words");
        let code = compiled.buffer.data().to_vec();
        let body_len = code.len() as u32;
        CompiledFunction { code, body_len, alignment: 16, ..CompiledFunction::default() }
    }

    /// `fn(text) -> i32`: calls the functions that test modules.
    fn main(&self, count: u32, calls: bool) -> CompiledFunction {
        let test = self.signature(1, types::I32);
        self.compile(test.clone(), |maker, params| {
            let text = params[0];
            let test = maker.at.func.import_signature(test);
            let fail = maker.fail();
            for index in 0..count {
                let address = maker.address(text, FIRST + index);
                let call = maker.at.ins().call_indirect(test, address, &[text]);
                let result = maker.at.func.dfg.inst_results(call)[0];
                let code = if calls { result } else { maker.int32(i64::from(index) + 1) };
                let good = maker.at.ins().icmp_imm_s(IntCC::Equal, result, 0);
                maker.check(good, fail, code);
            }
            maker.finish(fail);
        })
    }

    /// `fn(address, bytes) -> i32`: writes zeros.
    fn zero(&self) -> CompiledFunction {
        self.compile(self.signature(2, types::I32), |maker, params| {
            let end = maker.at.ins().iadd(params[0], params[1]);
            let (head, done) = (maker.at.func.dfg.make_block(), maker.at.func.dfg.make_block());
            let place = maker.at.func.dfg.append_block_param(head, types::I64);
            maker.at.ins().jump(head, &[params[0].into()]);
            maker.at.insert_block(head);
            let zero = maker.int64(0);
            maker.at.ins().store(MemFlagsData::new(), zero, place, 0);
            let next = maker.at.ins().iadd_imm_s(place, 8);
            let more = maker.at.ins().icmp(IntCC::UnsignedLessThan, next, end);
            maker.at.ins().brif(more, head, &[next.into()], done, &[]);
            maker.at.insert_block(done);
            let zero = maker.int32(0);
            maker.at.ins().return_(&[zero]);
        })
    }

    /// Whatever code asks the runtime for: it is stopped. Modules of operators ask for nothing but that.
    fn stop(&self) -> CompiledFunction {
        self.compile(self.signature(1, types::I64), |maker, _| {
            let zero = maker.int64(0);
            maker.at.ins().return_(&[zero]);
        })
    }

    /// `fn(text) -> i32`: makes an instance, does all calls, and returns 0 or the number of the one that differs.
    fn test(&self, part: &Part, artifact: &Artifact<'_>, word: u32) -> CompiledFunction {
        let module = artifact.module();
        let vm = VmLayout::new(PointerWidth::W64, module);
        let code = artifact.code();
        let entry_signature = self.signature(5, types::I8);
        let zero_signature = self.signature(2, types::I32);
        self.compile(self.signature(1, types::I32), |maker, params| {
            let text = params[0];
            let entry_signature = maker.at.func.import_signature(entry_signature);
            let zero_signature = maker.at.func.import_signature(zero_signature);
            let fail = maker.fail();
            let zero = maker.address(text, ZERO);
            let room = |maker: &mut Maker<'_>, bytes: u32| {
                let bytes = bytes.next_multiple_of(16);
                let base = maker.slot(bytes);
                let length = maker.int64(i64::from(bytes));
                maker.at.ins().call_indirect(zero_signature, zero, &[base, length]);
                base
            };
            let vmctx = room(maker, vm.size);
            let store = room(maker, vm.store_context.size);
            let libcalls = room(maker, 8 * Libcall::ALL.len() as u32);
            let cells = room(maker, 16 * CELL_SIZE);
            maker.put(store, vmctx, vm.store);
            maker.put(libcalls, vmctx, vm.libcalls);
            let stop = maker.address(text, STOP);
            for index in 0..Libcall::ALL.len() as u32 {
                maker.put(stop, libcalls, 8 * index);
            }
            for index in 0..part.plan.memories {
                let base = room(maker, PAGE);
                let record = vm.memories.at(DefinedMemory::from_u32(index));
                let length = maker.int64(i64::from(PAGE));
                maker.put(base, vmctx, record + vm.memory.base);
                maker.put(length, vmctx, record + vm.memory.length);
                if index == 0 {
                    for (at, bytes) in data(&part.plan.wasm) {
                        for (i, word) in bytes.chunks(8).enumerate() {
                            let mut padded = [0; 8];
                            padded[..word.len()].copy_from_slice(word);
                            let word = maker.int64(i64::from_le_bytes(padded));
                            maker.put_little(word, base, at + 8 * i as u32);
                        }
                    }
                }
            }
            // Tables of nulls.
            for (index, elements) in (0..).zip(tables(&part.plan.wasm)) {
                let base = room(maker, 8 * elements.max(1));
                let record = vm.tables.at(DefinedTable::from_u32(index));
                let length = maker.int64(i64::from(elements));
                maker.put(base, vmctx, record + vm.table.base);
                maker.put(length, vmctx, record + vm.table.length);
            }
            let sum = maker.int64(global(&part.plan.wasm));
            // Cells are little-endian everywhere.
            maker.put_little(sum, vmctx, vm.globals.at(DefinedGlobal::from_u32(0)));
            let texts = maker.address(text, word);
            for (number, (call, step)) in part.plan.calls.iter().zip(part.trace.steps.iter().skip(1)).enumerate() {
                for (i, &arg) in call.args.iter().enumerate() {
                    for (half, offset) in halves(arg).into_iter().zip([0, 8]) {
                        let half = maker.int64(half);
                        maker.put_little(half, cells, i as u32 * CELL_SIZE + offset);
                    }
                }
                let func = DefinedFunc::from_u32(call.func);
                let ty = module.functions[FuncIndex::from_u32(call.func)].ty;
                let shape = code.type_shapes[ty].expand().expect("functions have shapes");
                let entry = maker.at.ins().iadd_imm_s(texts, i64::from(code.entry_trampolines[shape]));
                let wasm = maker.at.ins().iadd_imm_s(texts, i64::from(code.functions[func].start));
                let signature = &part.plan.functions[call.func as usize];
                let len = maker.int64(signature.params.len().max(signature.results.len()) as i64);
                let call = maker.at.ins().call_indirect(entry_signature, entry, &[vmctx, vmctx, cells, len, wasm]);
                let verdict = maker.at.func.dfg.inst_results(call)[0];
                let code = maker.int32(number as i64 + 1);
                let trace::Outcome::Returned(results) = &step.outcome else {
                    let stopped = maker.at.ins().icmp_imm_s(IntCC::Equal, verdict, 0);
                    maker.check(stopped, fail, code);
                    continue;
                };
                let returned = maker.at.ins().icmp_imm_s(IntCC::NotEqual, verdict, 0);
                maker.check(returned, fail, code);
                for (i, &result) in results.iter().enumerate() {
                    let parts = match result {
                        Value::I32(_) | Value::F32(_) => &[(types::I32, 0)][..],
                        Value::V128(_) => &[(types::I64, 0), (types::I64, 8)],
                        _ => &[(types::I64, 0)],
                    };
                    for (&(ty, offset), half) in parts.iter().zip(halves(result)) {
                        let at = i as u32 * CELL_SIZE + offset;
                        let is = maker.at.ins().load(ty, little(), cells, at as i32);
                        let should =
                            maker.at.ins().iconst(ty, if ty == types::I32 { half & 0xffff_ffff } else { half });
                        let same = maker.at.ins().icmp(IntCC::Equal, is, should);
                        maker.check(same, fail, code);
                    }
                }
            }
            maker.finish(fail);
        })
    }
}

fn little() -> MemFlagsData {
    MemFlagsData::new().with_endianness(Endianness::Little)
}

/// The two halves of a value's cell.
fn halves(value: Value) -> [i64; 2] {
    match value {
        Value::I32(x) | Value::F32(x) => [i64::from(x), 0],
        Value::I64(x) | Value::F64(x) => [x.cast_signed(), 0],
        Value::V128(x) => [x as i64, (x >> 64) as i64],
        _ => [0; 2],
    }
}

/// What is at which address of memory 0 at the beginning.
fn data(wasm: &[u8]) -> Vec<(u32, Vec<u8>)> {
    let mut list = Vec::new();
    for payload in wasmparser::Parser::new(0).parse_all(wasm) {
        if let Ok(wasmparser::Payload::DataSection(section)) = payload {
            for data in section.into_iter().flatten() {
                if let wasmparser::DataKind::Active { memory_index: 0, offset_expr } = data.kind {
                    let at = match offset_expr.get_operators_reader().read() {
                        Ok(wasmparser::Operator::I32Const { value }) => value.cast_unsigned(),
                        _ => unreachable!("the generator has no other offsets for memory 0"),
                    };
                    list.push((at, data.data.to_vec()));
                }
            }
        }
    }
    list
}

/// How many elements each table has at the beginning.
fn tables(wasm: &[u8]) -> Vec<u32> {
    let mut list = Vec::new();
    for payload in wasmparser::Parser::new(0).parse_all(wasm) {
        if let Ok(wasmparser::Payload::TableSection(section)) = payload {
            list.extend(section.into_iter().flatten().map(|table| table.ty.initial as u32));
        }
    }
    list
}

/// What global 0 is at the beginning.
fn global(wasm: &[u8]) -> i64 {
    for payload in wasmparser::Parser::new(0).parse_all(wasm) {
        if let Ok(wasmparser::Payload::GlobalSection(section)) = payload {
            for global in section.into_iter().flatten() {
                if let Ok(wasmparser::Operator::I64Const { value }) = global.init_expr.get_operators_reader().read() {
                    return value;
                }
            }
        }
    }
    unreachable!("the first global is the sum")
}

/// A function under construction.
struct Maker<'a> {
    at: FuncCursor<'a>,
}

impl Maker<'_> {
    fn int64(&mut self, value: i64) -> ir::Value {
        self.at.ins().iconst(types::I64, value)
    }

    fn int32(&mut self, value: i64) -> ir::Value {
        self.at.ins().iconst(types::I32, value)
    }

    fn slot(&mut self, bytes: u32) -> ir::Value {
        let slot = StackSlotData::new(StackSlotKind::ExplicitSlot, bytes, 4);
        let slot = self.at.func.create_sized_stack_slot(slot);
        self.at.ins().stack_addr(types::I64, slot, 0)
    }

    /// Writes a pointer.
    fn put(&mut self, value: ir::Value, base: ir::Value, offset: u32) {
        self.at.ins().store(MemFlagsData::new(), value, base, offset as i32);
    }

    fn put_little(&mut self, value: ir::Value, base: ir::Value, offset: u32) {
        self.at.ins().store(little(), value, base, offset as i32);
    }

    /// An address that the words tell.
    fn address(&mut self, text: ir::Value, word: u32) -> ir::Value {
        let at = program::TABLE + 4 * word;
        let offset = self.at.ins().load(types::I32, MemFlagsData::new(), text, at as i32);
        let offset = self.at.ins().uextend(types::I64, offset);
        self.at.ins().iadd(text, offset)
    }

    /// A block that returns what it gets.
    fn fail(&mut self) -> Block {
        let block = self.at.func.dfg.make_block();
        self.at.func.dfg.append_block_param(block, types::I32);
        block
    }

    /// Goes on if `good`, else fails with a code.
    fn check(&mut self, good: ir::Value, fail: Block, code: ir::Value) {
        let next = self.at.func.dfg.make_block();
        self.at.ins().brif(good, next, &[], fail, &[code.into()]);
        self.at.insert_block(next);
    }

    /// Returns 0; the end of the function.
    fn finish(&mut self, fail: Block) {
        let zero = self.int32(0);
        self.at.ins().return_(&[zero]);
        self.at.insert_block(fail);
        let code = self.at.func.dfg.block_params(fail)[0];
        self.at.ins().return_(&[code]);
    }
}
