//! From cranelift-codegen's result to the one that all backends share.

use crate::NAME;
use crate::backend::Backend;
use crate::merged;
use crate::translate::{NAMESPACE_FUNCTION, NAMESPACE_LIBCALL, trap_of};
use cranelift_codegen::binemit::Reloc;
use cranelift_codegen::ir::function::FunctionParameters;
use cranelift_codegen::ir::{ExternalName, Function, SourceLoc as ClifLoc};
use cranelift_codegen::isa::unwind::UnwindInst;
use cranelift_codegen::{
    CompiledCode, ExceptionContextLoc, FinalizedMachExceptionHandler, FinalizedMachReloc, FinalizedRelocTarget, Reg,
};
use gantry_abi::{CompileError, DefinedFunc, Libcall};
use gantry_emit::{
    CallFrameInst, CallHandlers, CodeOffset, CompiledFunction, FrameInfo, RelocKind, Relocation, SourceLoc, StackMap,
    Symbol, TrapSite,
};
use gantry_frontend::FunctionInput;
use target_lexicon::Architecture;

/// Bytes of the frame between frame pointer and stack pointer.
pub(crate) fn frame_size(compiled: &CompiledCode) -> u32 {
    compiled.buffer.frame_layout().map_or(0, |f| f.frame_to_fp_offset)
}

/// Converts what `func` was compiled to.
pub(crate) fn function(
    backend: &Backend,
    func: &Function,
    input: &FunctionInput<'_>,
    compiled: &CompiledCode,
) -> Result<CompiledFunction, CompileError> {
    let buffer = &compiled.buffer;
    let relocations = buffer
        .relocs()
        .iter()
        .map(|r| relocation(backend, &func.params, input, buffer.data(), r))
        .collect::<Result<_, _>>()?;
    let traps = traps(compiled);
    let source_map = if backend.options.source_map { source_map(backend, func, compiled, &traps) } else { Vec::new() };
    let mut out = CompiledFunction {
        locals: Vec::new(),
        code: buffer.data().to_vec(),
        body_len: code_len(compiled),
        alignment: buffer.alignment.max(backend.isa.function_alignment().preferred),
        relocations,
        traps,
        source_map,
        stack_maps: Vec::new(),
        handlers: handlers(compiled),
        frame: if backend.options.unwind_info { frame(backend, compiled) } else { FrameInfo::default() },
    };
    for (offset, frame_size, map) in buffer.user_stack_maps() {
        let mut slots: Vec<u32> = map.entries().map(|(_, slot)| slot).collect();
        slots.sort_unstable();
        out.stack_maps.push(StackMap { offset: *offset, frame_size: *frame_size, slots });
    }
    Ok(out)
}

/// Where instructions end and constants begin is not recorded: everything counts as instructions.
fn code_len(compiled: &CompiledCode) -> CodeOffset {
    compiled.buffer.total_size()
}

fn relocation(
    backend: &Backend,
    params: &FunctionParameters,
    input: &FunctionInput<'_>,
    code: &[u8],
    reloc: &FinalizedMachReloc,
) -> Result<Relocation, CompileError> {
    let error = |message: String| CompileError::Backend {
        backend: NAME,
        func: input.module.func_index(input.func).as_u32(),
        message: message.into(),
    };
    let kind = match reloc.kind {
        Reloc::X86CallPCRel4 | Reloc::X86PCRel4 => RelocKind::X64Pc32,
        Reloc::Arm64Call => RelocKind::Aarch64Call26,
        Reloc::RiscvCallPlt => RelocKind::Riscv64CallPair,
        Reloc::S390xPLTRel32Dbl | Reloc::S390xPCRel32Dbl => RelocKind::S390xPcRel32Dbl,
        Reloc::PulleyPcRel => RelocKind::PulleyPcRel,
        other => return Err(error(format!("code for {} has an unexpected relocation {other:?}", backend.isa_name()))),
    };
    let target = match &reloc.target {
        FinalizedRelocTarget::ExternalName(ExternalName::User(name)) => {
            let name = &params.user_named_funcs()[*name];
            match name.namespace {
                NAMESPACE_FUNCTION => Some(Symbol::Function(DefinedFunc::from_u32(name.index))),
                NAMESPACE_LIBCALL => Libcall::from_index(name.index).map(Symbol::LibcallThunk),
                _ => None,
            }
        }
        // Operators that the target cannot do become calls of functions that no image has.
        FinalizedRelocTarget::ExternalName(_) | FinalizedRelocTarget::Func(_) => None,
    };
    let Some(target) = target else {
        let target = reloc.target.display(Some(params));
        return Err(error(format!("code for {} needs {target}, which does not exist", backend.isa_name())));
    };
    // Bytecode has part of the addend in the place itself: the distance from there to the instruction that it belongs to.
    let stored = match kind {
        RelocKind::PulleyPcRel => {
            let at = reloc.offset as usize;
            let bytes = code.get(at..at + 4).and_then(|b| b.try_into().ok());
            i32::from_le_bytes(bytes.ok_or_else(|| error("a relocation lies outside of the code".into()))?).into()
        }
        _ => 0,
    };
    Ok(Relocation { offset: reloc.offset, kind, target, addend: reloc.addend + stored })
}

fn traps(compiled: &CompiledCode) -> Vec<TrapSite> {
    let sites = compiled.buffer.traps().iter();
    let mut traps: Vec<_> =
        sites.filter_map(|site| Some(TrapSite { offset: site.offset, trap: trap_of(site.code)? })).collect();
    traps.sort_by_key(|site| site.offset);
    traps
}

fn source_map(backend: &Backend, func: &Function, compiled: &CompiledCode, traps: &[TrapSite]) -> Vec<SourceLoc> {
    let mut map: Vec<SourceLoc> = Vec::new();
    let mut end = 0;
    let mut push = |offset: CodeOffset, wasm_offset: Option<u32>| {
        map.pop_if(|last| last.offset == offset);
        match map.last() {
            Some(last) if last.wasm_offset == wasm_offset => {}
            None if wasm_offset.is_none() => {}
            _ => map.push(SourceLoc { offset, wasm_offset }),
        }
    };
    let wasm_offset = |loc: ClifLoc| if loc.is_default() { None } else { Some(loc.bits()) };
    let merged = if backend.traits.memory_operands { merged::loads(func, compiled, traps) } else { Vec::new() };
    let mut merged = merged.into_iter().peekable();
    for loc in compiled.buffer.get_srclocs_sorted() {
        if loc.start > end {
            push(end, None);
        }
        end = loc.end;
        push(loc.start, wasm_offset(loc.loc));
        while let Some(load) = merged.next_if(|load| load.offset < end) {
            push(load.offset, wasm_offset(load.loc));
            // Where the instruction ends is not recorded; nobody asks about the inside of one.
            push(load.offset + 1, wasm_offset(loc.loc));
        }
    }
    if end < compiled.buffer.total_size() {
        push(end, None);
    }
    map
}

fn handlers(compiled: &CompiledCode) -> Vec<CallHandlers> {
    let mut calls = Vec::new();
    for site in compiled.buffer.call_sites().filter(|site| !site.exception_handlers.is_empty()) {
        let mut call = CallHandlers {
            offset: site.ret_addr,
            sp_to_fp: site.frame_offset.unwrap_or(0),
            vmctx_slot: None,
            handlers: Vec::new(),
        };
        for handler in site.exception_handlers {
            match *handler {
                FinalizedMachExceptionHandler::Tag(tag, pad) => call.handlers.push((Some(tag.as_u32()), pad)),
                FinalizedMachExceptionHandler::Default(pad) => call.handlers.push((None, pad)),
                FinalizedMachExceptionHandler::Context(ExceptionContextLoc::SPOffset(slot)) => {
                    call.vmctx_slot = Some(slot)
                }
                FinalizedMachExceptionHandler::Context(ExceptionContextLoc::GPR(_)) => {
                    unreachable!("contexts are kept in memory: no register survives an exceptional edge")
                }
            }
        }
        calls.push(call);
    }
    calls
}

/// DWARF numbers of an ISA's frame pointer and link register, if it keeps them, and where the latter is saved relative to
/// the former.
fn frame_registers(architecture: Architecture) -> Option<(Option<u16>, Option<u16>)> {
    match architecture {
        // System V ABI, AMD64 supplement, figure 3.36.
        Architecture::X86_64 => Some((Some(6), None)),
        // DWARF for the Arm 64-bit architecture, section 4.1.
        Architecture::Aarch64(_) => Some((Some(29), Some(30))),
        // RISC-V ELF psABI, DWARF register numbers.
        Architecture::Riscv64(_) => Some((Some(8), Some(1))),
        Architecture::S390x => Some((None, None)),
        _ => None,
    }
}

/// Call frame instructions, from what the prologue says it does.
fn frame(backend: &Backend, compiled: &CompiledCode) -> FrameInfo {
    let mut info = FrameInfo::default();
    let Some((fp, link)) = frame_registers(backend.isa.triple().architecture) else { return info };
    let signed = |n: u32| i32::try_from(n).expect("frames are smaller than 2 GiB");
    let (mut cfa_offset, mut clobbers) = (0, 0);
    for (offset, inst) in &compiled.buffer.unwind_info {
        let mut push = |inst| info.cfi.push((*offset, inst));
        match *inst {
            UnwindInst::PushFrameRegs { offset_upward_to_caller_sp: up } => {
                push(CallFrameInst::CfaOffset(signed(up)));
                if let Some(fp) = fp {
                    push(CallFrameInst::Offset(fp, -signed(up)));
                }
                if let Some(link) = link {
                    // Saved next to the frame pointer.
                    push(CallFrameInst::Offset(link, -signed(up) + 8));
                }
            }
            UnwindInst::DefineNewFrame { offset_upward_to_caller_sp: up, offset_downward_to_clobbers: down } => {
                if let Some(fp) = fp {
                    push(CallFrameInst::CfaRegister(fp));
                }
                cfa_offset = signed(up);
                clobbers = signed(up) + signed(down);
            }
            UnwindInst::StackAlloc { size } if fp.is_none() => {
                cfa_offset += signed(size);
                push(CallFrameInst::CfaOffset(cfa_offset));
            }
            UnwindInst::SaveReg { clobber_offset, reg } => {
                if let Ok(reg) = backend.isa.map_regalloc_reg_to_dwarf(Reg::from(reg)) {
                    push(CallFrameInst::Offset(reg, signed(clobber_offset) - clobbers));
                }
            }
            // The caller's stack pointer follows from the frame's address; pointers are not signed.
            UnwindInst::StackAlloc { .. }
            | UnwindInst::RegStackOffset { .. }
            | UnwindInst::Aarch64SetPointerAuth { .. } => {}
        }
    }
    info
}
