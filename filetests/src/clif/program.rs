//! Runs CLIF functions in the engine: machine code, traps and all.
//!
//! The functions of a file become an artifact like any other. Its module has a memory, and for each function of the file a
//! second one that takes nothing and gives nothing: it loads the arguments from the memory's first cells, calls, and stores
//! the results in the cells that follow. So every signature can be called, on every instruction set whose code the engine
//! runs, and traps arrive as they do from WebAssembly.

use crate::cells::Row;
use crate::clif::load;
use crate::mutate::Mutation;
use anyhow::{Context as _, Result, bail, ensure};
use cranelift_codegen::binemit::Reloc;
use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::data_value::DataValue;
use cranelift_codegen::ir::{
    self, AbiParam, ArgumentPurpose, ExtFuncData, ExternalName, Function, InstBuilder, MemFlagsData, Signature,
    TrapCode, Type, UserExternalName, UserFuncName, Value, types,
};
use cranelift_codegen::isa::{CallConv, OwnedTargetIsa, TargetIsa};
use cranelift_codegen::settings::{self, Configurable, SettingKind};
use cranelift_codegen::{CompiledCode, Context, FinalizedRelocTarget};
use gantry::{Engine, Instance, Memory, Store};
use gantry_abi::artifact::FlagValue;
use gantry_abi::{CompileError, DefinedFunc, Trap, VmLayout};
use gantry_compile::compiler::{Compiler, FunctionCompiler, FunctionInput};
use gantry_compile::{ModuleCompiler, Settings};
use gantry_emit::{CompiledFunction, Isa, RelocKind, Relocation, Symbol, TrapSite};
use std::sync::{Arc, Mutex, PoisonError};
use wasmparser::{FuncValidator, FunctionBody, ValidatorResources};

/// Bytes of an argument or result in memory.
const CELL: u32 = 16;
/// Cells that fit in the memory's first half: more arguments and results than any test has.
const MAX_CELLS: usize = 1024;
/// Where heaps that a test asks for begin in memory.
const HEAPS: usize = 2 * MAX_CELLS * CELL as usize;

/// Why a call gave no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The guest trapped.
    Trap(TrapCode),
    /// Something else went wrong.
    Error(String),
}

/// The functions of a file, loaded.
pub struct Program {
    store: Store<()>,
    instance: Instance,
    memory: Memory,
    signatures: Vec<Signature>,
}

impl Program {
    /// Compiles and loads functions for the instruction set of `isa`, with its flags. `engine` runs that.
    ///
    /// # Errors
    ///
    /// If a function cannot be compiled, or needs something that no artifact has (external symbols, calls of C functions).
    pub fn new(engine: &Engine, isa: &dyn TargetIsa, functions: &[&Function]) -> Result<Self> {
        Self::with_mutation(engine, isa, functions, None)
    }

    /// As [`Program::new`], with code of the functions that is wrong on purpose.
    ///
    /// # Errors
    ///
    /// As [`Program::new`].
    pub fn with_mutation(
        engine: &Engine,
        isa: &dyn TargetIsa,
        functions: &[&Function],
        mutation: Option<&Mutation>,
    ) -> Result<Self> {
        let target = Isa::from_triple(isa.triple()).context("the engine knows no such instruction set")?;
        let isa = &*with_frame_pointers(isa)?;
        let wasm = module(functions.len());
        let mut settings = Settings { options: engine.options().clone(), ..Settings::default() };
        if !Row::of(target).is_host() {
            settings.triple = isa.triple().clone();
        }
        let mut code = compile_all(isa, target, functions)?;
        if let Some(mutation) = mutation {
            code.iter_mut().take(functions.len()).try_for_each(|f| mutation.apply(Row::of(target), &mut f.code))?;
        }
        let prepared = Prepared { flags: flags(isa), code: Arc::new(Mutex::new(code)) };
        let compiler = ModuleCompiler::with_backend(settings, Box::new(prepared))?;
        let module = load::artifact(engine, &compiler.compile(&wasm)?)?;
        let mut store = Store::new(engine, ());
        let instance = Instance::new(&mut store, &module, &[])?;
        let memory = instance.get_memory(&mut store, "memory").context("the module has a memory")?;
        Ok(Self { store, instance, memory, signatures: functions.iter().map(|f| f.signature.clone()).collect() })
    }

    /// Calls function `index` of those given.
    ///
    /// # Errors
    ///
    /// If it traps, or the arguments are not of its types.
    pub fn call(&mut self, index: usize, args: &[DataValue]) -> Result<Vec<DataValue>, Stop> {
        self.try_call(index, args).map_err(|e| match e.downcast_ref::<Trap>() {
            Some(&trap) => Stop::Trap(code_of(trap)),
            None => Stop::Error(format!("{e:#}")),
        })
    }

    fn try_call(&mut self, index: usize, args: &[DataValue]) -> Result<Vec<DataValue>> {
        let signature = &self.signatures[index];
        let cell = |i: usize| i * CELL as usize;
        ensure!(args.len() == signature.params.len(), "the function takes {} arguments", signature.params.len());
        for (i, (arg, param)) in args.iter().zip(&signature.params).enumerate() {
            // The values of all vectors of one size have one type.
            let (ty, given) = (param.value_type, arg.ty());
            let fits = given == ty || (ty.is_vector() && given.is_vector() && ty.bytes() == given.bytes());
            ensure!(fits, "argument {i} is {ty}, not {given}");
            self.memory.write(&mut self.store, cell(i), &to_bytes(arg))?;
        }
        let (first, returns) = (args.len(), signature.returns.clone());
        let entry =
            self.instance.get_func(&mut self.store, &index.to_string()).context("every function is exported")?;
        entry.call(&mut self.store, &[], &mut [])?;
        let mut results = Vec::new();
        for (i, result) in returns.iter().enumerate() {
            let mut bytes = [0; CELL as usize];
            self.memory.read(&self.store, cell(first + i), &mut bytes)?;
            results.push(from_bytes(&bytes, result.value_type)?);
        }
        Ok(results)
    }

    /// Sets up zeroed heaps of these sizes in bytes, and a context with the first and the last-but-one address of each, in
    /// order; returns the address of the context as a value of the target's pointers.
    ///
    /// # Errors
    ///
    /// If they do not fit in the memory.
    pub fn heaps(&mut self, sizes: &[usize], pointer: Type) -> Result<DataValue> {
        let base = self.memory.data_ptr(&self.store) as usize;
        let mut at = (HEAPS + 16 * sizes.len()).next_multiple_of(64);
        for (i, size) in sizes.iter().enumerate() {
            self.memory.write(&mut self.store, at, &vec![0; *size])?;
            let word = pointer.bytes() as usize;
            for (j, address) in [base + at, base + at + size].into_iter().enumerate() {
                let bytes = address.to_ne_bytes();
                ensure!(bytes.len() == word, "heaps are for targets with the pointers of this machine");
                self.memory.write(&mut self.store, HEAPS + (2 * i + j) * word, &bytes)?;
            }
            at = (at + size).next_multiple_of(64);
        }
        DataValue::from_integer(i128::try_from(base + HEAPS)?, pointer).map_err(|e| anyhow::anyhow!("{e:?}"))
    }
}

/// The trap of a code; none if the engine has none for it.
fn trap_of(code: TrapCode) -> Option<Trap> {
    match TRAPS.iter().find(|row| row.0 == code) {
        Some(&(_, trap)) => Some(trap),
        None => Trap::from_code(code.as_raw().get()).filter(|trap| TRAPS.iter().all(|row| row.1 != *trap)),
    }
}

/// The code of a trap.
fn code_of(trap: Trap) -> TrapCode {
    let named = TRAPS.iter().find(|row| row.1 == trap).map(|row| row.0);
    named.or_else(|| TrapCode::user(trap.code())).expect("codes of traps are small")
}

/// Codes with names. All others are numbers, and their traps those with the same number.
const TRAPS: &[(TrapCode, Trap)] = &[
    (TrapCode::STACK_OVERFLOW, Trap::StackOverflow),
    (TrapCode::INTEGER_OVERFLOW, Trap::IntegerOverflow),
    (TrapCode::HEAP_OUT_OF_BOUNDS, Trap::MemoryOutOfBounds),
    (TrapCode::INTEGER_DIVISION_BY_ZERO, Trap::IntegerDivisionByZero),
    (TrapCode::BAD_CONVERSION_TO_INTEGER, Trap::BadConversionToInteger),
];

/// A value as compiled code loads it, little-endian.
fn to_bytes(value: &DataValue) -> [u8; CELL as usize] {
    let mut bytes = [0; CELL as usize];
    match value {
        // The bytes of vectors are in order of lanes everywhere.
        DataValue::V128(lanes) => bytes = *lanes,
        DataValue::V64(lanes) => bytes[..8].copy_from_slice(lanes),
        DataValue::V32(lanes) => bytes[..4].copy_from_slice(lanes),
        DataValue::V16(lanes) => bytes[..2].copy_from_slice(lanes),
        other => other.write_to_slice_le(&mut bytes),
    }
    bytes
}

fn from_bytes(bytes: &[u8; CELL as usize], ty: Type) -> Result<DataValue> {
    let array = |n: usize| &bytes[..n];
    Ok(match (ty.is_vector(), ty.bytes()) {
        (true, 16) => DataValue::V128(*bytes),
        (true, 8) => DataValue::V64(array(8).try_into()?),
        (true, 4) => DataValue::V32(array(4).try_into()?),
        (true, 2) => DataValue::V16(array(2).try_into()?),
        (true, n) => bail!("vectors of {n} bytes are not supported"),
        (false, n) => DataValue::read_from_slice_le(array(n as usize), ty),
    })
}

/// A module with `n` functions of the file and the `n` exported ones that call them, by index.
fn module(n: usize) -> Vec<u8> {
    let leb = |mut value: usize, out: &mut Vec<u8>| {
        loop {
            let byte = u8::try_from(value & 0x7f).expect("seven bits");
            value >>= 7;
            out.push(byte | if value == 0 { 0 } else { 0x80 });
            if value == 0 {
                break;
            }
        }
    };
    let section = |id: u8, count: usize, content: &[u8], out: &mut Vec<u8>| {
        let mut body = Vec::new();
        leb(count, &mut body);
        body.extend_from_slice(content);
        out.push(id);
        leb(body.len(), out);
        out.extend(body);
    };
    // Core Specification, 5.5 Modules: types, functions, memories, exports, code.
    let mut wasm = b"\0asm\x01\0\0\0".to_vec();
    section(1, 1, &[0x60, 0, 0], &mut wasm);
    section(3, 2 * n, &vec![0; 2 * n], &mut wasm);
    section(5, 1, &[0, 16], &mut wasm);
    let mut exports = b"\x06memory\x02\0".to_vec();
    for i in 0..n {
        let name = i.to_string();
        leb(name.len(), &mut exports);
        exports.extend_from_slice(name.as_bytes());
        exports.push(0);
        leb(n + i, &mut exports);
    }
    section(7, 1 + n, &exports, &mut wasm);
    section(10, 2 * n, &[2, 0, 0x0b].repeat(2 * n), &mut wasm);
    wasm
}

/// A backend whose code is there already.
struct Prepared {
    flags: Vec<(String, FlagValue)>,
    code: Arc<Mutex<Vec<CompiledFunction>>>,
}

impl Compiler for Prepared {
    fn name(&self) -> &'static str {
        "cranelift"
    }

    fn isa_flags(&self) -> Vec<(String, FlagValue)> {
        self.flags.clone()
    }

    fn worker(&self) -> Box<dyn FunctionCompiler> {
        Box::new(PreparedWorker(self.code.clone()))
    }
}

struct PreparedWorker(Arc<Mutex<Vec<CompiledFunction>>>);

impl FunctionCompiler for PreparedWorker {
    fn compile(
        &mut self,
        input: &FunctionInput<'_>,
        _: FunctionBody<'_>,
        _: &mut FuncValidator<ValidatorResources>,
    ) -> Result<CompiledFunction, CompileError> {
        let mut code = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(std::mem::take(&mut code[input.func.as_u32() as usize]))
    }

    fn intermediate(
        &mut self,
        _: &FunctionInput<'_>,
        _: FunctionBody<'_>,
        _: &mut FuncValidator<ValidatorResources>,
    ) -> Result<Option<String>, CompileError> {
        Ok(None)
    }
}

/// The same target, for code whose frames the engine can walk.
fn with_frame_pointers(isa: &dyn TargetIsa) -> Result<OwnedTargetIsa> {
    let mut shared = settings::builder();
    for value in isa.flags().iter() {
        shared.set(value.name, &value.value_string())?;
    }
    shared.set("preserve_frame_pointers", "true")?;
    let mut builder = cranelift_codegen::isa::lookup(isa.triple().clone())?;
    for value in isa.isa_flags().iter().filter(|value| value.kind() != SettingKind::Preset) {
        builder.set(value.name, &value.value_string())?;
    }
    Ok(builder.finish(settings::Flags::new(shared))?)
}

/// CPU features that are on, as artifacts list them.
pub(crate) fn flags(isa: &dyn TargetIsa) -> Vec<(String, FlagValue)> {
    let flag = |v: &settings::Value| {
        let value = match v.kind() {
            SettingKind::Bool => FlagValue::Bool(v.as_bool()?),
            SettingKind::Num => FlagValue::Num(v.as_num()?),
            SettingKind::Enum => FlagValue::Enum(v.as_enum()?.to_string()),
            SettingKind::Preset => return None,
        };
        (value != FlagValue::Bool(false)).then(|| (v.name.to_string(), value))
    };
    // What Pulley calls flags are properties of its targets.
    if Isa::from_triple(isa.triple()).is_some_and(Isa::is_pulley) {
        return Vec::new();
    }
    isa.isa_flags().iter().filter_map(flag).collect()
}

/// The functions, then what calls each.
fn compile_all(isa: &dyn TargetIsa, target: Isa, functions: &[&Function]) -> Result<Vec<CompiledFunction>> {
    let names: Vec<String> = functions.iter().map(|f| f.name.to_string()).collect();
    let info = gantry_compile::translate::translate(gantry::FeatureSet::defaults(), &module(0), 0x1000)?.module;
    let layout = VmLayout::new(target.pointer_width(), &info);
    let mut code = Vec::new();
    for function in functions {
        let mut function = (*function).clone();
        resolve(&mut function, &names)?;
        code.push(compile(isa, function)?);
    }
    for (index, function) in functions.iter().enumerate() {
        code.push(compile(isa, caller(isa, &layout, index, &function.signature)?)?);
    }
    Ok(code)
}

/// Makes references to functions of the file ones that the linker knows.
fn resolve(function: &mut Function, names: &[String]) -> Result<()> {
    let callees: Vec<_> = function.dfg.ext_funcs.keys().collect();
    for callee in callees {
        let name = function.dfg.ext_funcs[callee].name.display(Some(&function.params)).to_string();
        let Some(index) = names.iter().position(|n| *n == name) else {
            if matches!(function.dfg.ext_funcs[callee].name, ExternalName::LibCall(_)) {
                continue;
            }
            bail!("{} calls {name}, which the file does not define", function.name);
        };
        let name = UserExternalName::new(0, u32::try_from(index)?);
        let name = ExternalName::user(function.declare_imported_user_function(name));
        let data = &mut function.dfg.ext_funcs[callee];
        data.name = name;
        data.colocated = true;
    }
    Ok(())
}

/// The function that loads arguments, calls function `index` and stores results.
fn caller(isa: &dyn TargetIsa, layout: &VmLayout, index: usize, signature: &Signature) -> Result<Function> {
    let special = |p: &&AbiParam| !matches!(p.purpose, ArgumentPurpose::Normal | ArgumentPurpose::VMContext);
    if let Some(param) = signature.params.iter().chain(&signature.returns).find(special) {
        bail!("a function with a parameter {param} cannot be called from a test");
    }
    ensure!(signature.params.len() + signature.returns.len() <= MAX_CELLS, "more than {MAX_CELLS} parameters");
    let pointer = isa.pointer_type();
    // The convention of WebAssembly functions: both vmctx come first.
    let mut own = Signature::new(CallConv::Tail);
    own.params.extend([AbiParam::new(pointer), AbiParam::new(pointer)]);
    let mut function = Function::with_name_signature(UserFuncName::user(1, u32::try_from(index)?), own);
    let callee = UserExternalName::new(0, u32::try_from(index)?);
    let name = ExternalName::user(function.declare_imported_user_function(callee));
    let sig = function.import_signature(signature.clone());
    let callee = function.import_function(ExtFuncData { name, signature: sig, colocated: true, patchable: false });
    let block = function.dfg.make_block();
    let vmctx = function.dfg.append_block_param(block, pointer);
    function.dfg.append_block_param(block, pointer);
    let mut at = FuncCursor::new(&mut function);
    at.insert_block(block);
    let offset = layout.memories.at(gantry_abi::DefinedMemory::from_u32(0)) + layout.memory.base;
    let base = at.ins().load(pointer, MemFlagsData::trusted(), vmctx, i32::try_from(offset)?);
    let mut args = Vec::new();
    for (i, param) in signature.params.iter().enumerate() {
        args.push(load(&mut at, param.value_type, base, cell(i)?));
    }
    let call = at.ins().call(callee, &args);
    let results = at.func.dfg.inst_results(call).to_vec();
    for (i, result) in results.into_iter().enumerate() {
        store(&mut at, result, base, cell(args.len() + i)?);
    }
    at.ins().return_(&[]);
    Ok(function)
}

fn cell(index: usize) -> Result<i32> {
    Ok(i32::try_from(index * CELL as usize)?)
}

fn memory() -> MemFlagsData {
    MemFlagsData::trusted().with_endianness(ir::Endianness::Little)
}

fn load(at: &mut FuncCursor<'_>, ty: Type, base: Value, offset: i32) -> Value {
    if ty != types::I128 {
        return at.ins().load(ty, memory(), base, offset);
    }
    // Not every ISA loads 128 bits in either order of bytes.
    let low = at.ins().load(types::I64, memory(), base, offset);
    let high = at.ins().load(types::I64, memory(), base, offset + 8);
    at.ins().iconcat(low, high)
}

fn store(at: &mut FuncCursor<'_>, value: Value, base: Value, offset: i32) {
    if at.func.dfg.value_type(value) != types::I128 {
        at.ins().store(memory(), value, base, offset);
        return;
    }
    let (low, high) = at.ins().isplit(value);
    at.ins().store(memory(), low, base, offset);
    at.ins().store(memory(), high, base, offset + 8);
}

fn compile(isa: &dyn TargetIsa, function: Function) -> Result<CompiledFunction> {
    let mut context = Context::for_function(function);
    context.compile(isa, &mut Default::default()).map_err(|e| anyhow::anyhow!("{:?}", e.inner))?;
    let compiled = context.compiled_code().expect("it was compiled just now");
    convert(isa, compiled, &context.func)
}

fn convert(isa: &dyn TargetIsa, compiled: &CompiledCode, function: &Function) -> Result<CompiledFunction> {
    let buffer = &compiled.buffer;
    let mut relocations = Vec::new();
    for reloc in buffer.relocs() {
        let kind = match reloc.kind {
            Reloc::X86CallPCRel4 | Reloc::X86PCRel4 => RelocKind::X64Pc32,
            Reloc::Arm64Call => RelocKind::Aarch64Call26,
            Reloc::RiscvCallPlt => RelocKind::Riscv64CallPair,
            Reloc::S390xPLTRel32Dbl | Reloc::S390xPCRel32Dbl => RelocKind::S390xPcRel32Dbl,
            Reloc::PulleyPcRel => RelocKind::PulleyPcRel,
            other => bail!("{}: artifacts have no relocation {other:?}", function.name),
        };
        let target = match &reloc.target {
            FinalizedRelocTarget::ExternalName(ExternalName::User(name)) => {
                let name = &function.params.user_named_funcs()[*name];
                Symbol::Function(DefinedFunc::from_u32(name.index))
            }
            other => bail!(
                "{} needs {}, which does not exist; an ISA flag on the target line may avoid the call",
                function.name,
                other.display(Some(&function.params))
            ),
        };
        // Bytecode has part of the addend in the place itself.
        let stored = match kind {
            RelocKind::PulleyPcRel => {
                let bytes = buffer.data().get(reloc.offset as usize..).and_then(|b| b.first_chunk());
                i32::from_le_bytes(*bytes.context("a relocation lies outside of the code")?).into()
            }
            _ => 0,
        };
        relocations.push(Relocation { offset: reloc.offset, kind, target, addend: reloc.addend + stored });
    }
    let mut traps = Vec::new();
    for site in buffer.traps() {
        let trap = trap_of(site.code).with_context(|| format!("the engine has no trap for the code {}", site.code))?;
        traps.push(TrapSite { offset: site.offset, trap });
    }
    traps.sort_by_key(|site| site.offset);
    Ok(CompiledFunction {
        code: buffer.data().to_vec(),
        body_len: buffer.total_size(),
        alignment: buffer.alignment.max(isa.function_alignment().preferred),
        relocations,
        traps,
        ..CompiledFunction::default()
    })
}

#[cfg(test)]
mod tests {
    use super::{code_of, module, trap_of};
    use gantry_abi::Trap;

    #[test]
    fn traps_and_codes_correspond() {
        for &trap in Trap::ALL {
            assert_eq!(trap_of(code_of(trap)), Some(trap));
        }
    }

    #[test]
    fn the_module_is_valid() {
        for n in [0, 1, 3, 200] {
            wasmparser::validate(&module(n)).unwrap();
        }
    }
}
