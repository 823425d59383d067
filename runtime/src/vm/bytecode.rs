//! Bytecode: how the machine's functions are found, entered, and call the host.
//!
//! A store of an engine for bytecode has a machine. The array-call address of all bytecode functions is [`array_call`]; their
//! wasm-call address is that of their slot in the code, which also says where the entry trampoline for their type is.

use crate::prelude::*;
use crate::vm::activation::{self, Fault, StopReason};
use crate::vm::code_registry;
use crate::vm::image::LoadError;
use crate::vm::libcalls;
use crate::vm::records::{ArrayCall, VmCell, VmContext, VmHostFunc, VmStoreContext};
use core::ptr::with_exposed_provenance;
use gantry_abi::artifact::{Header, Metadata, section};
use gantry_abi::{CompileOptions, Trap, host_calls};
use gantry_pulley::{Code, CodeOptions, Machine, OutOfMemory, Slot, State, Stop, TrapKind};

/// Name of the bytecode that runs on this host.
pub(crate) const ISA: &str = match (size_of::<usize>(), cfg!(target_endian = "big")) {
    (4, false) => "pulley32",
    (4, true) => "pulley32be",
    (_, false) => "pulley64",
    (_, true) => "pulley64be",
};

/// The usual size of a page of wasm, as a power of 2.
const WASM_PAGE_LOG2: u8 = 16;

/// The operating system that artifacts of bytecode name.
pub(crate) const OS: &str = "none";

/// Whether an artifact's text is bytecode.
pub(crate) fn is_bytecode(header: &Header) -> bool {
    header.compatibility.isa.starts_with("pulley")
}

/// Whether no access of a 32-bit memory with a 16-bit offset can leave what these options reserve.
pub(crate) fn memories_are_guarded(options: &CompileOptions) -> bool {
    const WIDEST_ACCESS: u64 = 16;
    let reach = u64::from(u32::MAX) + u64::from(u16::MAX) + WIDEST_ACCESS;
    options.memory_reservation >= 1 << 32
        && options.memory_reservation.saturating_add(options.memory_guard_size) >= reach
}

/// Makes an artifact's bytecode known to the machine.
///
/// # Errors
///
/// If functions overlap the end of the text.
///
/// # Safety
///
/// The text stays where it is while the result exists.
pub(crate) unsafe fn load(text: &[u8], metadata: &Metadata, options: CodeOptions) -> Result<Box<Code>, LoadError> {
    let code = &metadata.code;
    let entry_of = |func| {
        let ty = metadata.module.functions[metadata.module.func_index(func)].ty;
        let shape = code.type_shapes[ty].expand()?;
        Some(code.entry_trampolines[shape]).filter(|&start| start != u32::MAX)
    };
    let functions = code.functions.iter().map(|(func, range)| (range.start, entry_of(func)));
    let stubs = code.stubs.iter().map(|(range, _)| (range.start, None));
    // Pages that are smaller than the host's end where no guard is.
    let has_guards = |m: &gantry_abi::MemoryType| m.page_size_log2 == WASM_PAGE_LOG2;
    let guarded_memories = options.guarded_memories && metadata.module.memories.values().all(has_guards);
    let options = CodeOptions { guarded_memories, ..options };
    // SAFETY: the caller promises that the text stays.
    unsafe { Code::new(text, functions.chain(stubs), options) }
        .map_err(|e| LoadError::damaged(section::TEXT, e.to_string()))
}

/// A machine for a store.
///
/// # Errors
///
/// If there is no memory for its stack.
pub(crate) fn machine(stack_bytes: usize) -> Result<Machine, OutOfMemory> {
    Machine::new(stack_bytes, host_call)
}

/// Wasm calls the host.
///
/// # Safety
///
/// The machine runs code of a store, whose exclusive access is suspended.
unsafe fn host_call(state: *mut State, number: u8) -> bool {
    // SAFETY: the state is the machine's, which is suspended.
    let x = unsafe { &raw mut (*state).regs.x }.cast::<u64>();
    // SAFETY: there are 32 registers.
    let arg = |i: usize| unsafe { x.add(i).read() };
    let ptr = |i| with_exposed_provenance::<u8>(pointer(arg(i))).cast_mut();
    let result = match number {
        host_calls::STOP => return false,
        host_calls::ARRAY_CALL => {
            let address = ptr(host_calls::ARRAY_CALL_REGISTER.into());
            // SAFETY: exit trampolines pass the array-call address of a host function.
            let array_call: ArrayCall = unsafe { core::mem::transmute(address) };
            // SAFETY: exit trampolines pass what array calls take.
            let finished = unsafe { array_call(ptr(0).cast(), ptr(1).cast(), ptr(2).cast(), pointer(arg(3)), ptr(4)) };
            u64::from(finished)
        }
        _ => {
            let libcall = host_calls::to_libcall(number).expect("thunks name libcalls");
            // SAFETY: thunks pass the vmctx of the instance that runs, and the libcall's arguments.
            unsafe { libcalls::call(libcall, ptr(0).cast(), |i| arg(1 + i)) }
        }
    };
    // SAFETY: as above.
    unsafe { x.write(result) };
    true
}

#[expect(clippy::cast_possible_truncation, reason = "registers hold addresses")]
fn pointer(value: u64) -> usize {
    value as usize
}

/// The array-call form of all bytecode functions.
///
/// # Safety
///
/// As of [`ArrayCall`]: `wasm_call` is the slot of a function whose type the cells are for, `callee` the vmctx of its instance.
pub(crate) unsafe extern "C" fn array_call(
    callee: *mut VmContext,
    caller: *mut VmContext,
    values: *mut VmCell,
    len: usize,
    wasm_call: *const u8,
) -> bool {
    // SAFETY: the headers of instances and of host functions agree in the fields used here.
    let store: *mut VmStoreContext = unsafe { (*callee.cast::<VmHostFunc>()).store };
    // SAFETY: the store context is live while its code is called.
    let (state, limit) =
        unsafe { ((&raw const (*store).machine).read(), (&raw const (*store).linkage.stack_limit).read()) };
    if activation::stack_pointer() < limit {
        // Calls of the host by the guest, and of the guest by the host, use the host's stack.
        activation::stop_with(StopReason::Trap(Trap::StackOverflow));
        return false;
    }
    // SAFETY: the caller promises a slot.
    let slot = unsafe { &*wasm_call.cast::<Slot>() };
    let entry = slot.entry().expect("functions that escape have an entry trampoline");
    let args = [
        callee.expose_provenance(),
        caller.expose_provenance(),
        values.expose_provenance(),
        len,
        wasm_call.expose_provenance(),
    ];
    // SAFETY: the machine is the store's, which runs on this thread; the code was made for this host, and is called as the
    // array-call convention says.
    let result = unsafe { gantry_pulley::call(state, entry, &args.map(|a| a as u64)) };
    match result {
        Ok(()) => return true,
        Err(Stop::Host) => {}
        Err(Stop::Trap { kind, cell, fp }) => {
            activation::trap_in_bytecode(Fault { pc: cell, fp, address: None }, trap(kind));
        }
        Err(Stop::Malformed { start }) => {
            let what = format!("the function at {start:#x} is no bytecode");
            activation::stop_with(StopReason::Error(LoadError::damaged(section::TEXT, what).into()));
        }
        Err(stop) => unreachable!("only checked calls end with {stop:?}"),
    }
    false
}

/// The trap of a kind of stop, where the code does not say.
fn trap(kind: TrapKind) -> Option<Trap> {
    match kind {
        TrapKind::DivideByZero => Some(Trap::IntegerDivisionByZero),
        TrapKind::IntegerOverflow => Some(Trap::IntegerOverflow),
        TrapKind::BadConversionToInteger => Some(Trap::BadConversionToInteger),
        TrapKind::MemoryOutOfBounds => Some(Trap::MemoryOutOfBounds),
        TrapKind::StackOverflow => Some(Trap::StackOverflow),
        _ => None,
    }
}

/// The name of the function that a cell is of, for people.
pub(crate) fn function_name(cell: usize) -> String {
    let name = code_registry::with_bytecode(cell, |code, start| {
        let stub = || code.code().stubs.iter().find(|(range, _)| range.start == start).map(|(_, name)| name.clone());
        match code.function_at(start) {
            Some(func) => {
                let index = code.module().func_index(func);
                Some(code.func_name(index).map_or_else(|| format!("function {}", index.as_u32()), ToOwned::to_owned))
            }
            None => stub(),
        }
    });
    // What leads into a function that is not predecoded yet, and out of the outermost one.
    name.flatten().unwrap_or_else(|| "(between functions)".to_owned())
}
