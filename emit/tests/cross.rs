//! Trampolines and Cranelift's code agree on the calling convention, on every native ISA.
//!
//! For random shapes a program is made of nothing but Cranelift's functions, our trampolines and a few instructions of
//! start-up code, linked and written by this crate. It runs under `qemu-user` (or directly); its exit status says which
//! check failed. An ISA whose emulator is not installed is skipped with a message; in continuous integration it fails.

#![cfg(unix)]
#![allow(clippy::cast_possible_truncation, reason = "the programs are small")]

use cranelift_codegen::control::ControlPlane;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{
    AbiParam, Endianness, ExtFuncData, ExternalName, Function, InstBuilder, MemFlagsData, Signature, StackSlotData,
    StackSlotKind, Type, UserExternalName, UserFuncName, Value, types,
};
use cranelift_codegen::isa::{CallConv, OwnedTargetIsa};
use cranelift_codegen::settings::{self, Configurable};
use cranelift_codegen::{Context, FinalizedRelocTarget, binemit::Reloc, isa};
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext};
use gantry_abi::layout::{CELL_SIZE, HostFuncLayout, StoreLayout};
use gantry_abi::libcalls::LibcallResult;
use gantry_abi::{AbiType, DefinedFunc, Libcall, ModuleInfo, PointerWidth, Shape, ShapeIndex, VmLayout};
use gantry_emit::{CompiledFunction, HostAbi, Isa, Linker, RelocKind, Relocation, Symbol, Target, program, trampoline};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::str::FromStr;

const SHAPES: u32 = 40;
/// The shape of the wasm functions that call libcalls, `[] -> [i64]`. Their tests are numbered from here on.
const LIBCALLS: u32 = SHAPES;
/// Functions that the program has for each shape and libcall.
const KINDS: u32 = 3;
const LITTLE: Endianness = Endianness::Little;

fn test_fn(shape: u32) -> u32 {
    2 + KINDS * shape
}

fn wasm_fn(shape: u32) -> u32 {
    3 + KINDS * shape
}

fn host_fn(shape: u32) -> u32 {
    4 + KINDS * shape
}

fn tests() -> u32 {
    LIBCALLS + Libcall::ALL.len() as u32
}

/// Entries of the table for each shape and libcall: entry trampoline, exit trampoline, wasm function, host function.
const ENTRIES: u32 = 4;

fn function(index: u32) -> Symbol {
    Symbol::Function(DefinedFunc::from_u32(index))
}

fn clif_type(ty: AbiType) -> Type {
    match ty {
        AbiType::I32 => types::I32,
        AbiType::I64 => types::I64,
        AbiType::F32 => types::F32,
        AbiType::F64 => types::F64,
        AbiType::V128 => types::I8X16,
    }
}

/// The two halves of a value that is told from every other one of the program.
fn pattern(salt: u32, index: usize) -> [i64; 2] {
    let n = i64::from(salt) * 1000 + index as i64 + 1;
    // Ordinary floats, whichever half or quarter is looked at: no NaN changes on the way.
    [0x0001_0003_0005_0007, 0x0002_0009_000b_000d].map(|spread| (n * spread) & 0x3fff_ffff_3fff_ffff)
}

struct Maker {
    host: HostAbi,
    target: OwnedTargetIsa,
    contexts: FunctionBuilderContext,
}

/// A function under construction with what all of them need.
struct Body<'a> {
    b: FunctionBuilder<'a>,
    /// 16 bytes to put values together.
    slot: Value,
    fail: cranelift_codegen::ir::Block,
}

impl Maker {
    fn new(Target { isa, host }: Target) -> Self {
        let mut flags = settings::builder();
        for (name, value) in [
            ("preserve_frame_pointers", "true"),
            ("enable_probestack", "false"),
            ("enable_multi_ret_implicit_sret", "true"),
            ("opt_level", "none"),
        ] {
            flags.set(name, value).unwrap();
        }
        let name = if isa == Isa::Riscv64 { "riscv64gc" } else { isa.name() };
        let triple = target_lexicon::Triple::from_str(&format!("{name}-unknown-linux-gnu")).unwrap();
        let mut builder = isa::lookup(triple).unwrap();
        if isa == Isa::Riscv64 {
            builder.enable("has_v").unwrap();
        }
        let target = builder.finish(settings::Flags::new(flags)).unwrap();
        Self { host, target, contexts: FunctionBuilderContext::new() }
    }

    fn compile(&mut self, signature: Signature, build: impl FnOnce(&mut Body<'_>, &[Value])) -> CompiledFunction {
        let mut clif = Function::with_name_signature(UserFuncName::user(0, 0), signature);
        let mut b = FunctionBuilder::new(&mut clif, &mut self.contexts);
        let entry = b.create_block();
        b.append_block_params_for_function_params(entry);
        b.switch_to_block(entry);
        let params = b.block_params(entry).to_vec();
        let slot = b.create_sized_stack_slot(StackSlotData::new(StackSlotKind::ExplicitSlot, 16, 4));
        let slot = b.ins().stack_addr(types::I64, slot, 0);
        let fail = b.create_block();
        let mut body = Body { b, slot, fail };
        build(&mut body, &params);
        let Body { mut b, fail, .. } = body;
        b.switch_to_block(fail);
        b.ins().trap(cranelift_codegen::ir::TrapCode::unwrap_user(1));
        b.seal_all_blocks();
        b.finalize(self.target.frontend_config());
        let mut context = Context::for_function(clif);
        context.compile(&*self.target, &mut ControlPlane::default()).unwrap();
        let compiled = context.compiled_code().unwrap();
        let relocations = compiled.buffer.relocs().iter().map(|r| {
            let kind = match r.kind {
                Reloc::X86CallPCRel4 => RelocKind::X64Pc32,
                Reloc::Arm64Call => RelocKind::Aarch64Call26,
                Reloc::RiscvCallPlt => RelocKind::Riscv64CallPair,
                Reloc::S390xPLTRel32Dbl => RelocKind::S390xPcRel32Dbl,
                other => panic!("{other:?}"),
            };
            let FinalizedRelocTarget::ExternalName(ExternalName::User(name)) = &r.target else { panic!("{r:?}") };
            let name = &context.func.params.user_named_funcs()[*name];
            let target = match name.namespace {
                0 => function(name.index),
                2 => Symbol::LibcallThunk(Libcall::from_index(name.index).unwrap()),
                _ => Symbol::ExitTrampoline(ShapeIndex::from_u32(name.index)),
            };
            Relocation { offset: r.offset, kind, target, addend: r.addend }
        });
        let relocations = relocations.collect();
        let code = compiled.buffer.data().to_vec();
        let body_len = code.len() as u32;
        CompiledFunction { code, body_len, alignment: 16, relocations, ..CompiledFunction::default() }
    }

    fn host_signature(&self, params: usize, result: Type) -> Signature {
        let mut signature = Signature::new(match self.host {
            HostAbi::Standard => self.target.default_call_conv(),
            HostAbi::Windows => CallConv::WindowsFastcall,
        });
        signature.params.resize(params, AbiParam::new(types::I64));
        signature.returns.push(AbiParam::new(result));
        signature
    }

    fn wasm_signature(&self, shape: &Shape) -> Signature {
        let mut signature = Signature::new(CallConv::Tail);
        signature.params.resize(2, AbiParam::new(types::I64));
        signature.params.extend(shape.params.iter().map(|&ty| AbiParam::new(clif_type(ty))));
        signature.returns.extend(shape.results.iter().map(|&ty| AbiParam::new(clif_type(ty))));
        signature
    }
}

fn little() -> MemFlagsData {
    MemFlagsData::new().with_endianness(LITTLE)
}

impl Body<'_> {
    fn load(&mut self, ty: Type, base: Value, offset: u32) -> Value {
        self.b.ins().load(ty, MemFlagsData::new(), base, offset as i32)
    }

    fn store(&mut self, value: Value, base: Value, offset: u32) {
        self.b.ins().store(MemFlagsData::new(), value, base, offset as i32);
    }

    fn slot(&mut self, bytes: u32) -> Value {
        let slot = self.b.create_sized_stack_slot(StackSlotData::new(StackSlotKind::ExplicitSlot, bytes, 4));
        self.b.ins().stack_addr(types::I64, slot, 0)
    }

    /// Writes a pattern as a cell.
    fn put_cell(&mut self, base: Value, offset: u32, pattern: [i64; 2]) {
        for (half, at) in pattern.into_iter().zip([0, 8]) {
            let half = self.b.ins().iconst(types::I64, half);
            self.b.ins().store(little(), half, base, (offset + at) as i32);
        }
    }

    /// The value of a pattern.
    fn value(&mut self, ty: AbiType, pattern: [i64; 2]) -> Value {
        let slot = self.slot;
        self.put_cell(slot, 0, pattern);
        self.b.ins().load(clif_type(ty), little(), slot, 0)
    }

    /// Fails unless `condition`.
    fn check(&mut self, condition: Value) {
        let next = self.b.create_block();
        let fail = self.fail;
        self.b.ins().brif(condition, next, &[], fail, &[]);
        self.b.switch_to_block(next);
    }

    /// Fails unless the cell holds the pattern, as far as the type goes.
    fn check_cell(&mut self, ty: AbiType, base: Value, offset: u32, pattern: [i64; 2]) {
        let halves = if ty == AbiType::V128 { 2 } else { 1 };
        let part = if matches!(ty, AbiType::I32 | AbiType::F32) { types::I32 } else { types::I64 };
        for (i, half) in pattern.into_iter().enumerate().take(halves) {
            let is = self.b.ins().load(part, little(), base, (offset + 8 * i as u32) as i32);
            let should = if part == types::I32 { half & 0xffff_ffff } else { half };
            let equal = self.b.ins().icmp_imm_s(IntCC::Equal, is, should);
            self.check(equal);
        }
    }

    fn check_value(&mut self, ty: AbiType, value: Value, pattern: [i64; 2]) {
        let slot = self.slot;
        self.b.ins().store(little(), value, slot, 0);
        self.check_cell(ty, slot, 0, pattern);
    }

    fn check_word(&mut self, value: Value, should: i64) {
        let equal = self.b.ins().icmp_imm_s(IntCC::Equal, value, should);
        self.check(equal);
    }

    /// Values of every class that stay live across what comes next, in preserved registers if there are any.
    fn fill(&mut self, salt: u32) -> Vec<(AbiType, Value, [i64; 2])> {
        let types = [AbiType::F64, AbiType::I64];
        let fill = (0..24).map(|i| (types[i % 2], pattern(salt, i)));
        fill.map(|(ty, pattern)| (ty, self.value(ty, pattern), pattern)).collect()
    }

    fn check_filled(&mut self, filled: Vec<(AbiType, Value, [i64; 2])>) {
        for (ty, value, pattern) in filled {
            self.check_value(ty, value, pattern);
        }
    }

    /// An address from the table.
    fn address(&mut self, text: Value, shape: u32, entry: u32) -> Value {
        let offset = self.load(types::I32, text, program::TABLE + 4 * (ENTRIES * shape + entry));
        let offset = self.b.ins().uextend(types::I64, offset);
        self.b.ins().iadd(text, offset)
    }

    fn return_code(&mut self, code: i64) {
        let code = self.b.ins().iconst(types::I32, code);
        self.b.ins().return_(&[code]);
    }
}

/// Offset in the host function's context of what it is to return.
const VERDICT: u32 = 64;

/// `fn(text) -> i32` that calls the entry trampoline of a shape: for the wasm function, for the exit trampoline, and for
/// the wasm function again with a host function that stops.
fn make_test(maker: &mut Maker, shape: &Shape, index: u32) -> CompiledFunction {
    let ptr = PointerWidth::W64;
    let host = HostFuncLayout::new(ptr);
    let entry_signature = maker.host_signature(5, types::I8);
    let signature = maker.host_signature(1, types::I32);
    maker.compile(signature, |body, params| {
        let text = params[0];
        let len = shape.params.len().max(shape.results.len()) as u32;
        let store = body.slot(StoreLayout::new(ptr).size);
        let context = body.slot(VERDICT + 8);
        let cells = body.slot(len.max(1) * CELL_SIZE);
        body.store(store, context, host.store);
        let address = body.address(text, index, 3);
        body.store(address, context, host.array_call);
        let entry = body.address(text, index, 0);
        let entry_signature = body.b.import_signature(entry_signature);
        for (callee, verdict) in [(2, 1), (1, 1), (2, 0), (1, 0)] {
            for i in 0..shape.params.len() {
                body.put_cell(cells, i as u32 * CELL_SIZE, pattern(1, i));
            }
            // The low 8 bits say it.
            let said = body.b.ins().iconst(types::I64, verdict);
            body.store(said, context, VERDICT);
            let filled = body.fill(3);
            let wasm = body.address(text, index, callee);
            let count = body.b.ins().iconst(types::I64, i64::from(len));
            let args = [context, context, cells, count, wasm];
            let call = body.b.ins().call_indirect(entry_signature, entry, &args);
            let result = body.b.inst_results(call)[0];
            body.check_filled(filled);
            body.check_word(result, verdict);
            if verdict == 1 {
                for (i, &ty) in shape.results.iter().enumerate() {
                    body.check_cell(ty, cells, i as u32 * CELL_SIZE, pattern(2, i));
                }
            }
        }
        body.return_code(0);
    })
}

/// The wasm function: checks its parameters, calls the exit trampoline with them, checks its results and returns them.
fn make_wasm(maker: &mut Maker, shape: &Shape, index: u32) -> CompiledFunction {
    let signature = maker.wasm_signature(shape);
    maker.compile(signature.clone(), |body, params| {
        for (i, &ty) in shape.params.iter().enumerate() {
            body.check_value(ty, params[2 + i], pattern(1, i));
        }
        let filled = body.fill(4);
        let name = body.b.func.declare_imported_user_function(UserExternalName { namespace: 1, index });
        let signature = body.b.import_signature(signature);
        let name = ExternalName::user(name);
        let exit = body.b.import_function(ExtFuncData { name, signature, colocated: true, patchable: false });
        let call = body.b.ins().call(exit, params);
        let results = body.b.inst_results(call).to_vec();
        body.check_filled(filled);
        for (i, (&ty, &result)) in shape.results.iter().zip(&results).enumerate() {
            body.check_value(ty, result, pattern(2, i));
        }
        body.b.ins().return_(&results);
    })
}

/// The host function: checks its arguments, writes results and returns what its context says.
fn make_host(maker: &mut Maker, shape: &Shape) -> CompiledFunction {
    let signature = maker.host_signature(5, types::I8);
    maker.compile(signature, |body, params| {
        let &[callee, caller, values, len, none] = params else { panic!("five parameters") };
        let same = body.b.ins().icmp(IntCC::Equal, callee, caller);
        body.check(same);
        body.check_word(len, shape.params.len().max(shape.results.len()) as i64);
        body.check_word(none, 0);
        for (i, &ty) in shape.params.iter().enumerate() {
            body.check_cell(ty, values, i as u32 * CELL_SIZE, pattern(1, i));
        }
        let filled = body.fill(5);
        for i in 0..shape.results.len() {
            body.put_cell(values, i as u32 * CELL_SIZE, pattern(2, i));
        }
        let verdict = body.load(types::I64, callee, VERDICT);
        let verdict = body.b.ins().ireduce(types::I8, verdict);
        body.check_filled(filled);
        body.b.ins().return_(&[verdict]);
    })
}

/// The signature of a libcall, with the platform's convention.
fn libcall_signature(maker: &Maker, libcall: Libcall) -> Signature {
    let mut signature = maker.host_signature(1, types::I64);
    signature.params.extend(libcall.params().iter().map(|ty| AbiParam::new(clif_type(ty.abi_type()))));
    signature.returns.clear();
    match libcall.result() {
        LibcallResult::Continue => signature.returns.push(AbiParam::new(types::I32)),
        LibcallResult::Value => signature.returns.push(AbiParam::new(types::I64)),
        LibcallResult::Infallible | LibcallResult::Never => {}
    }
    signature
}

/// What a libcall can say, and whether the guest goes on.
fn verdicts(libcall: Libcall) -> &'static [(i64, bool)] {
    match libcall.result() {
        LibcallResult::Infallible => &[(0, true)],
        LibcallResult::Continue => &[(1, true), (0, false), (0x1_0000_0000, false), (0x100, true)],
        LibcallResult::Value => &[(5, true), (-1, true), (-2, false), (0xffff_fffe, true)],
        LibcallResult::Never => &[(0, false)],
    }
}

/// `fn(text) -> i32` that enters the wasm function of a libcall once for each verdict.
fn make_libcall_test(maker: &mut Maker, libcall: Libcall) -> CompiledFunction {
    let vm = VmLayout::new(PointerWidth::W64, &ModuleInfo::default());
    let index = LIBCALLS + libcall.index();
    let entry_signature = maker.host_signature(5, types::I8);
    let signature = maker.host_signature(1, types::I32);
    maker.compile(signature, |body, params| {
        let text = params[0];
        let store = body.slot(vm.store_context.size);
        let context = body.slot(VERDICT + 8);
        let pointers = body.slot(8 * (libcall.index() + 1));
        let cells = body.slot(CELL_SIZE);
        body.store(store, context, vm.store);
        body.store(pointers, context, vm.libcalls);
        let address = body.address(text, index, 3);
        body.store(address, pointers, 8 * libcall.index());
        let entry = body.address(text, LIBCALLS, 0);
        let entry_signature = body.b.import_signature(entry_signature);
        for &(verdict, goes_on) in verdicts(libcall) {
            let said = body.b.ins().iconst(types::I64, verdict);
            body.store(said, context, VERDICT);
            let filled = body.fill(3);
            let wasm = body.address(text, index, 2);
            let count = body.b.ins().iconst(types::I64, 1);
            let call = body.b.ins().call_indirect(entry_signature, entry, &[context, context, cells, count, wasm]);
            let result = body.b.inst_results(call)[0];
            body.check_filled(filled);
            body.check_word(result, i64::from(goes_on));
            if goes_on {
                let should = if libcall.result() == LibcallResult::Value { verdict } else { 7 };
                body.check_cell(AbiType::I64, cells, 0, [should, 0]);
            }
        }
        body.return_code(0);
    })
}

/// The wasm function that calls a libcall's thunk.
fn make_libcall_wasm(maker: &mut Maker, libcall: Libcall) -> CompiledFunction {
    let shape = Shape { params: Box::new([]), results: Box::new([AbiType::I64]) };
    let thunk_signature = libcall_signature(maker, libcall);
    let signature = maker.wasm_signature(&shape);
    maker.compile(signature, |body, params| {
        let mut args = vec![params[0]];
        for (i, ty) in libcall.params().iter().enumerate() {
            args.push(body.value(ty.abi_type(), pattern(6, i)));
        }
        let filled = body.fill(4);
        let name = UserExternalName { namespace: 2, index: libcall.index() };
        let name = ExternalName::user(body.b.func.declare_imported_user_function(name));
        let signature = body.b.import_signature(thunk_signature);
        let thunk = body.b.import_function(ExtFuncData { name, signature, colocated: true, patchable: false });
        let call = body.b.ins().call(thunk, &args);
        let result = match libcall.result() {
            LibcallResult::Value => body.b.inst_results(call)[0],
            _ => body.b.ins().iconst(types::I64, 7),
        };
        body.check_filled(filled);
        body.b.ins().return_(&[result]);
    })
}

/// The libcall itself.
fn make_libcall_host(maker: &mut Maker, libcall: Libcall) -> CompiledFunction {
    let signature = libcall_signature(maker, libcall);
    maker.compile(signature, |body, params| {
        for (i, ty) in libcall.params().iter().enumerate() {
            body.check_value(ty.abi_type(), params[1 + i], pattern(6, i));
        }
        let filled = body.fill(5);
        let verdict = body.load(types::I64, params[0], VERDICT);
        body.check_filled(filled);
        match libcall.result() {
            LibcallResult::Value => body.b.ins().return_(&[verdict]),
            LibcallResult::Continue => {
                let verdict = body.b.ins().ireduce(types::I32, verdict);
                body.b.ins().return_(&[verdict])
            }
            LibcallResult::Infallible | LibcallResult::Never => body.b.ins().return_(&[]),
        };
    })
}

fn make_main(maker: &mut Maker) -> CompiledFunction {
    let signature = maker.host_signature(1, types::I32);
    // The start-up code is the same for every convention.
    let own = Signature { call_conv: maker.target.default_call_conv(), ..signature.clone() };
    maker.compile(own, |body, params| {
        let signature = body.b.import_signature(signature);
        for shape in 0..tests() {
            let name = UserExternalName { namespace: 0, index: test_fn(shape) };
            let name = ExternalName::user(body.b.func.declare_imported_user_function(name));
            let test = body.b.import_function(ExtFuncData { name, signature, colocated: true, patchable: false });
            body.b.ins().call(test, params);
        }
        body.return_code(42);
    })
}

fn shapes() -> Vec<Shape> {
    let ty = prop::sample::select(vec![AbiType::I32, AbiType::I64, AbiType::F32, AbiType::F64, AbiType::V128]);
    let list = |max| prop::collection::vec(ty.clone(), 0..=max).prop_map(Vec::into_boxed_slice);
    let shape = (list(20), list(20)).prop_map(|(params, results)| Shape { params, results });
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(ProptestConfig::default(), rng);
    (0..SHAPES).map(|_| shape.new_tree(&mut runner).unwrap().current()).collect()
}

fn program(target: Target, shapes: &[Shape]) -> Vec<u8> {
    let isa = target.isa;
    let mut maker = Maker::new(target);
    let mut linker = Linker::new(isa);
    linker.append(function(0), &program::start(isa, function(1), ENTRIES * tests()));
    linker.append(function(1), &make_main(&mut maker));
    for (i, shape) in (0..).zip(shapes) {
        let index = ShapeIndex::from_u32(i);
        linker.append(function(test_fn(i)), &make_test(&mut maker, shape, i));
        linker.append(function(wasm_fn(i)), &make_wasm(&mut maker, shape, i));
        linker.append(function(host_fn(i)), &make_host(&mut maker, shape));
        linker.append(Symbol::EntryTrampoline(index), &trampoline::entry(target, shape).unwrap());
        linker.append(Symbol::ExitTrampoline(index), &trampoline::exit(target, shape).unwrap());
    }
    let shape = Shape { params: Box::new([]), results: Box::new([AbiType::I64]) };
    let index = ShapeIndex::from_u32(LIBCALLS);
    linker.append(Symbol::EntryTrampoline(index), &trampoline::entry(target, &shape).unwrap());
    for &libcall in Libcall::ALL {
        let i = LIBCALLS + libcall.index();
        linker.append(function(test_fn(i)), &make_libcall_test(&mut maker, libcall));
        linker.append(function(wasm_fn(i)), &make_libcall_wasm(&mut maker, libcall));
        linker.append(function(host_fn(i)), &make_libcall_host(&mut maker, libcall));
        linker.append(Symbol::LibcallThunk(libcall), &trampoline::libcall_thunk(target, libcall).unwrap());
    }
    let mut linked = linker.finish().unwrap();
    for i in 0..tests() {
        let index = ShapeIndex::from_u32(i);
        let symbols =
            [Symbol::EntryTrampoline(index), Symbol::ExitTrampoline(index), function(wasm_fn(i)), function(host_fn(i))];
        for (entry, symbol) in symbols.into_iter().enumerate() {
            // Libcalls share one entry trampoline.
            let offset = linked.range(symbol).map_or(0, |range| range.start);
            let at = (program::TABLE + 4 * ENTRIES * i) as usize + 4 * entry;
            let bytes = if isa.is_big_endian() { offset.to_be_bytes() } else { offset.to_le_bytes() };
            linked.text[at..at + 4].copy_from_slice(&bytes);
        }
    }
    program::executable(&linked).unwrap()
}

fn run(target: impl Into<Target>) {
    let target = target.into();
    let isa = target.isa;
    let shapes = shapes();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(isa.name());
    std::fs::write(&path, program(target, &shapes)).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    if let Some(keep) = std::env::var_os("GANTRY_KEEP_PROGRAMS") {
        std::fs::copy(&path, std::path::Path::new(&keep).join(isa.name())).unwrap();
    }
    let mut command = if isa.name() == std::env::consts::ARCH && cfg!(target_os = "linux") {
        Command::new(&path)
    } else {
        let emulators = [format!("qemu-{}-static", isa.name()), format!("qemu-{}", isa.name())];
        let installed = |name: &&String| Command::new(name).arg("--version").output().is_ok();
        let Some(emulator) = emulators.iter().find(installed) else {
            assert!(std::env::var_os("CI").is_none(), "{} is not installed: scripts/setup.sh does that", emulators[0]);
            eprintln!("skipped: {} is not installed: scripts/setup.sh does that", emulators[0]);
            return;
        };
        let mut command = Command::new(emulator);
        if isa == Isa::Riscv64 {
            command.args(["-cpu", "rv64,v=true,vlen=128"]);
        }
        command.arg(&path);
        command
    };
    let status = command.status().unwrap();
    assert_eq!(status.code(), Some(42), "{isa}: {status}; GANTRY_KEEP_PROGRAMS=folder keeps the program");
}

#[test]
fn x86_64_trampolines_agree_with_cranelift() {
    run(Isa::X86_64);
}

/// Only the convention is Windows': the program runs where it is.
#[test]
fn x86_64_trampolines_for_windows_agree_with_cranelift() {
    run(Target { isa: Isa::X86_64, host: HostAbi::Windows });
}

#[test]
fn aarch64_trampolines_agree_with_cranelift() {
    run(Isa::Aarch64);
}

#[test]
fn riscv64_trampolines_agree_with_cranelift() {
    run(Isa::Riscv64);
}

#[test]
fn s390x_trampolines_agree_with_cranelift() {
    run(Isa::S390x);
}
