//! Code of a test file's functions and of those that call them.

use super::prepared;
use anyhow::{Context as _, Result, bail, ensure};
use cranelift_codegen::binemit::Reloc;
use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::ir::{
    self, AbiParam, ArgumentPurpose, ExtFuncData, ExternalName, FuncRef, Function, Inst, InstBuilder, InstructionData,
    MemFlagsData, Signature, Type, UserExternalName, UserFuncName, Value, types,
};
use cranelift_codegen::isa::{CallConv, OwnedTargetIsa, TargetIsa};
use cranelift_codegen::settings::{self, Configurable, SettingKind};
use cranelift_codegen::{CompiledCode, Context, FinalizedRelocTarget};
use gantry_abi::artifact::FlagValue;
use gantry_abi::{DefinedFunc, DefinedMemory, FuncIndex, ModuleInfo, VmLayout};
use gantry_emit::{CompiledFunction, Isa, RelocKind, Relocation, Symbol, TrapSite};
use std::collections::HashMap;
use std::sync::atomic::AtomicUsize;

/// The same target, for code whose frames the engine can walk.
pub(super) fn with_frame_pointers(isa: &dyn TargetIsa) -> Result<OwnedTargetIsa> {
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

/// The functions, then what calls each, then what tells their addresses. Functions find those in `addresses`.
pub(super) fn compile_all(
    isa: &dyn TargetIsa,
    target: Isa,
    functions: &[&Function],
    addresses: &[AtomicUsize],
) -> Result<Vec<CompiledFunction>> {
    let names: Vec<String> = functions.iter().map(|f| f.name.to_string()).collect();
    let wasm = prepared::module(u32::try_from(functions.len())?);
    let info = gantry_compile::translate::translate(gantry::FeatureSet::defaults(), &wasm, 0x1000)?.module;
    let layout = VmLayout::new(target.pointer_width(), &info);
    let mut code = Vec::new();
    for function in functions {
        let mut function = (*function).clone();
        resolve(&mut function, &names, addresses)?;
        code.push(compile(isa, function)?);
    }
    for (index, function) in functions.iter().enumerate() {
        code.push(compile(isa, caller(isa, &layout, index, &function.signature)?)?);
    }
    code.push(compile(isa, teller(isa, &layout, &info, functions.len())?)?);
    Ok(code)
}

/// Makes references to functions of the file ones that the linker knows, and loads of their addresses where those are taken:
/// artifacts have relocations for calls only, and an address in bytecode is that of a slot.
fn resolve(function: &mut Function, names: &[String], addresses: &[AtomicUsize]) -> Result<()> {
    let mut known: HashMap<FuncRef, usize> = HashMap::new();
    let callees: Vec<_> = function.dfg.ext_funcs.keys().collect();
    for callee in callees {
        let name = function.dfg.ext_funcs[callee].name.display(Some(&function.params)).to_string();
        let Some(index) = names.iter().position(|n| *n == name) else {
            bail!(
                "{} refers to {name}, which the file does not define, and artifacts refer to nothing else",
                function.name
            );
        };
        let name = UserExternalName::new(0, u32::try_from(index)?);
        let name = ExternalName::user(function.declare_imported_user_function(name));
        let data = &mut function.dfg.ext_funcs[callee];
        data.name = name;
        data.colocated = true;
        known.insert(callee, index);
    }
    let insts: Vec<Inst> = function.layout.blocks().flat_map(|block| function.layout.block_insts(block)).collect();
    for inst in insts {
        let InstructionData::FuncAddr { func_ref, .. } = function.dfg.insts[inst] else { continue };
        let pointer = function.dfg.ctrl_typevar(inst);
        let mut at = FuncCursor::new(function).at_inst(inst);
        let cell = std::ptr::from_ref(&addresses[known[&func_ref]]) as usize;
        let cell = at.ins().iconst(pointer, i64::try_from(cell)?);
        at.ins().load(pointer, MemFlagsData::trusted().with_readonly(), cell, 0);
        let load = at.func.layout.prev_inst(inst).expect("it was inserted just now");
        at.func.dfg.replace_with_aliases(inst, load);
        at.remove_inst();
    }
    Ok(())
}

/// A function of the module with the convention of WebAssembly: both vmctx come first. The cursor is in its only block; the
/// values are its vmctx and the base of the memory.
fn start<'f>(
    isa: &dyn TargetIsa,
    layout: &VmLayout,
    function: &'f mut Function,
) -> Result<(FuncCursor<'f>, Value, Value)> {
    let pointer = isa.pointer_type();
    let mut own = Signature::new(CallConv::Tail);
    own.params.extend([AbiParam::new(pointer), AbiParam::new(pointer)]);
    function.signature = own;
    let block = function.dfg.make_block();
    let vmctx = function.dfg.append_block_param(block, pointer);
    function.dfg.append_block_param(block, pointer);
    let mut at = FuncCursor::new(function);
    at.insert_block(block);
    let offset = layout.memories.at(DefinedMemory::from_u32(0)) + layout.memory.base;
    let base = at.ins().load(pointer, MemFlagsData::trusted(), vmctx, i32::try_from(offset)?);
    Ok((at, vmctx, base))
}

/// The function that stores the addresses of the first `n` functions, one behind the other in the memory.
fn teller(isa: &dyn TargetIsa, layout: &VmLayout, info: &ModuleInfo, n: usize) -> Result<Function> {
    let pointer = isa.pointer_type();
    let mut function = Function::with_name_signature(UserFuncName::user(2, 0), Signature::new(CallConv::Tail));
    let (mut at, vmctx, base) = start(isa, layout, &mut function)?;
    for index in 0..n {
        let record = info.functions[FuncIndex::from_u32(u32::try_from(index)?)]
            .func_ref
            .expand()
            .context("declared to escape")?;
        let offset = layout.func_refs.at(record) + layout.func_ref.wasm_call;
        let address = at.ins().load(pointer, MemFlagsData::trusted(), vmctx, i32::try_from(offset)?);
        at.ins().store(MemFlagsData::trusted(), address, base, i32::try_from(index * pointer.bytes() as usize)?);
    }
    at.ins().return_(&[]);
    Ok(function)
}

/// The function that loads arguments, calls function `index` and stores results.
fn caller(isa: &dyn TargetIsa, layout: &VmLayout, index: usize, signature: &Signature) -> Result<Function> {
    let special = |p: &&AbiParam| !matches!(p.purpose, ArgumentPurpose::Normal | ArgumentPurpose::VMContext);
    if let Some(param) = signature.params.iter().chain(&signature.returns).find(special) {
        bail!("a function with a parameter {param} cannot be called from a test");
    }
    ensure!(
        signature.params.len() + signature.returns.len() <= super::MAX_CELLS,
        "more than {} parameters",
        super::MAX_CELLS
    );
    let mut function =
        Function::with_name_signature(UserFuncName::user(1, u32::try_from(index)?), Signature::new(CallConv::Tail));
    let callee = UserExternalName::new(0, u32::try_from(index)?);
    let name = ExternalName::user(function.declare_imported_user_function(callee));
    let sig = function.import_signature(signature.clone());
    let callee = function.import_function(ExtFuncData { name, signature: sig, colocated: true, patchable: false });
    let (mut at, _, base) = start(isa, layout, &mut function)?;
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
    Ok(i32::try_from(index * super::CELL)?)
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
        let target = match &reloc.target {
            FinalizedRelocTarget::ExternalName(ExternalName::User(name)) => {
                let name = &function.params.user_named_funcs()[*name];
                Symbol::Function(DefinedFunc::from_u32(name.index))
            }
            other => bail!(
                "{} needs {}, and artifacts refer to nothing outside of them; an ISA flag on the target line may avoid that",
                function.name,
                other.display(Some(&function.params))
            ),
        };
        let kind = match reloc.kind {
            Reloc::X86CallPCRel4 | Reloc::X86PCRel4 => RelocKind::X64Pc32,
            Reloc::Arm64Call => RelocKind::Aarch64Call26,
            Reloc::RiscvCallPlt => RelocKind::Riscv64CallPair,
            Reloc::S390xPLTRel32Dbl | Reloc::S390xPCRel32Dbl => RelocKind::S390xPcRel32Dbl,
            Reloc::PulleyPcRel => RelocKind::PulleyPcRel,
            other => bail!("{}: artifacts have no relocation {other:?}", function.name),
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
        let trap =
            super::trap_of(site.code).with_context(|| format!("the engine has no trap for the code {}", site.code))?;
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
