//! Runs trampolines on the machine that they are for: values arrive in both directions, preserved registers survive, and
//! stopping returns to the entry trampoline from anywhere.
#![cfg(all(target_arch = "x86_64", target_os = "linux"))]
#![allow(clippy::cast_possible_truncation, reason = "addresses and small numbers")]

use gantry_abi::layout::{HOST_FUNC_MAGIC, HostFuncLayout, StoreLayout};
use gantry_abi::libcalls::LibcallResult;
use gantry_abi::{AbiType, DefinedFunc, Libcall, ModuleInfo, PointerWidth, Shape, ShapeIndex, VmLayout};
use gantry_emit::isa::x86_64::asm::{Asm, Size};
use gantry_emit::isa::x86_64::regs::{Gpr, RBP, RSP};
use gantry_emit::{CodeBuffer, CompiledFunction, Isa, LinkedText, Linker, Symbol, trampoline};
use proptest::prelude::*;
use rustix::mm::{MapFlags, MprotectFlags, ProtFlags, mmap_anonymous, mprotect, munmap};
use std::cell::RefCell;
use std::ffi::c_void;
use std::ptr::null_mut;

const ISA: Isa = Isa::X86_64;

fn entry() -> Symbol {
    Symbol::EntryTrampoline(ShapeIndex::from_u32(0))
}

fn exit() -> Symbol {
    Symbol::ExitTrampoline(ShapeIndex::from_u32(0))
}

fn wasm() -> Symbol {
    Symbol::Function(DefinedFunc::from_u32(0))
}

/// Linked text that can run.
struct Code {
    base: *mut c_void,
    len: usize,
    linked: LinkedText,
}

impl Code {
    fn new(functions: &[(Symbol, CompiledFunction)]) -> Self {
        let mut linker = Linker::new(ISA);
        for (symbol, function) in functions {
            linker.append(*symbol, function);
        }
        let linked = linker.finish().unwrap();
        let len = linked.text.len().next_multiple_of(4096);
        // SAFETY: a new mapping, into which exactly the text is copied before it becomes executable.
        let base = unsafe {
            let base = mmap_anonymous(null_mut(), len, ProtFlags::READ | ProtFlags::WRITE, MapFlags::PRIVATE).unwrap();
            base.cast::<u8>().copy_from_nonoverlapping(linked.text.as_ptr(), linked.text.len());
            mprotect(base, len, MprotectFlags::READ | MprotectFlags::EXEC).unwrap();
            base
        };
        Self { base, len, linked }
    }

    fn at(&self, symbol: Symbol) -> usize {
        self.base as usize + self.linked.range(symbol).unwrap().start as usize
    }

    fn contains(&self, symbol: Symbol, pc: usize) -> bool {
        let range = self.linked.range(symbol).unwrap();
        (range.start as usize..=range.end as usize).contains(&(pc - self.base as usize))
    }
}

impl Drop for Code {
    fn drop(&mut self) {
        // SAFETY: the mapping of `new`, with nothing of it running.
        unsafe { munmap(self.base, self.len).unwrap() }
    }
}

type Cell = [u8; 16];

/// What an array call is given, and what it leaves behind.
#[repr(C)]
struct Call {
    function: usize,
    args: [usize; 5],
    /// rbx, rbp, r12 to r15 and the stack pointer, before and after.
    before: [usize; 7],
    after: [usize; 7],
}

/// Calls `function` with recognizable values in all preserved registers.
#[unsafe(naked)]
extern "C" fn call_checked(call: *mut Call) -> usize {
    std::arch::naked_asm!(
        "push rbx",
        "push rbp",
        "push r12",
        "push r13",
        "push r14",
        "push r15",
        "push rdi",
        "mov rbx, 0x1b1b1b1b",
        "mov rbp, 0x2b2b2b2b",
        "mov r12, 0x3b3b3b3b",
        "mov r13, 0x4b4b4b4b",
        "mov r14, 0x5b5b5b5b",
        "mov r15, 0x6b6b6b6b",
        "mov rax, rdi",
        "mov [rax + 48], rbx",
        "mov [rax + 56], rbp",
        "mov [rax + 64], r12",
        "mov [rax + 72], r13",
        "mov [rax + 80], r14",
        "mov [rax + 88], r15",
        "mov [rax + 96], rsp",
        "mov rdi, [rax + 8]",
        "mov rsi, [rax + 16]",
        "mov rdx, [rax + 24]",
        "mov rcx, [rax + 32]",
        "mov r8, [rax + 40]",
        "call [rax]",
        "mov r11, rax",
        "mov rax, [rsp]",
        "mov [rax + 104], rbx",
        "mov [rax + 112], rbp",
        "mov [rax + 120], r12",
        "mov [rax + 128], r13",
        "mov [rax + 136], r14",
        "mov [rax + 144], r15",
        "mov [rax + 152], rsp",
        "mov rax, r11",
        "pop rdi",
        "pop r15",
        "pop r14",
        "pop r13",
        "pop r12",
        "pop rbp",
        "pop rbx",
        "ret",
    )
}

/// Store context and vmctx as words; `vmctx` serves as that of an instance and of a host function.
struct Contexts {
    store: Box<[usize; 16]>,
    vmctx: Box<[usize; 16]>,
    libcalls: Box<[usize; 64]>,
}

impl Contexts {
    fn new() -> Self {
        let mut contexts = Self { store: Box::new([0; 16]), vmctx: Box::new([0; 16]), libcalls: Box::new([0; 64]) };
        let layout = VmLayout::new(PointerWidth::W64, &ModuleInfo::default());
        contexts.vmctx[layout.magic as usize / 8] = HOST_FUNC_MAGIC as usize;
        contexts.vmctx[layout.store as usize / 8] = contexts.store.as_ptr() as usize;
        contexts
    }

    fn word(&self, offset: u32) -> usize {
        // Read through a pointer: compiled code wrote it.
        // SAFETY: the offset is one of the store layout's, which has fewer than 16 words.
        unsafe { self.store.as_ptr().add(offset as usize / 8).read_volatile() }
    }

    /// Calls the entry trampoline and checks what every call has to keep.
    fn enter(&self, code: &Code, values: &mut [Cell], wasm_call: usize) -> bool {
        let mut call = Call {
            function: code.at(entry()),
            args: [
                self.vmctx.as_ptr() as usize,
                self.vmctx.as_ptr() as usize,
                values.as_mut_ptr() as usize,
                values.len(),
                wasm_call,
            ],
            before: [0; 7],
            after: [1; 7],
        };
        let result = call_checked(&raw mut call);
        assert_eq!(call.before, call.after, "preserved registers");
        match result & 0xff {
            0 => false,
            1 => true,
            other => panic!("an array call returned the boolean {other}"),
        }
    }
}

/// What the host function sees and says.
#[derive(Default)]
struct Host {
    seen: Vec<Cell>,
    exit: (usize, usize),
    give: Vec<Cell>,
    /// What it returns, with garbage above the low 8 bits.
    verdict: usize,
}

thread_local! {
    static HOST: RefCell<Host> = RefCell::default();
}

extern "C" fn host(callee: *const usize, caller: *const usize, values: *mut Cell, len: usize, none: usize) -> usize {
    assert_eq!((callee, none), (caller, 0));
    let layout = StoreLayout::new(PointerWidth::W64);
    HOST.with_borrow_mut(|host| {
        // SAFETY: the exit trampoline passes `len` cells, and the context that the test made.
        unsafe {
            let values = std::slice::from_raw_parts_mut(values, len);
            host.seen = values.to_vec();
            values[..host.give.len()].copy_from_slice(&host.give);
            let store = callee.add(1).read() as *const usize;
            let word = |offset: u32| store.add(offset as usize / 8).read();
            host.exit = (word(layout.last_exit_fp), word(layout.last_exit_pc));
            let frame = host.exit.0 as *const usize;
            assert_eq!(frame.read(), word(layout.entry_fp), "the exit frame hangs below the entry frame");
            assert_eq!(frame.add(1).read(), host.exit.1);
        }
        host.verdict
    })
}

fn types(max: usize) -> impl Strategy<Value = Box<[AbiType]>> {
    let ty = prop_oneof![
        Just(AbiType::I32),
        Just(AbiType::I64),
        Just(AbiType::F32),
        Just(AbiType::F64),
        Just(AbiType::V128)
    ];
    proptest::collection::vec(ty, 0..=max).prop_map(Vec::into_boxed_slice)
}

fn significant(ty: AbiType) -> usize {
    match ty {
        AbiType::I32 | AbiType::F32 => 4,
        AbiType::I64 | AbiType::F64 => 8,
        AbiType::V128 => 16,
    }
}

fn assert_cells(types: &[AbiType], left: &[Cell], right: &[Cell]) {
    for (i, ty) in types.iter().enumerate() {
        let n = significant(*ty);
        assert_eq!(left[i][..n], right[i][..n], "value {i} of {types:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn values_pass_through_entry_and_exit(
        params in types(24), results in types(24), seed in any::<[u8; 16]>(), garbage in any::<u32>(), stop: bool,
    ) {
        let shape = Shape { params, results };
        let code = Code::new(&[
            (entry(), trampoline::entry(ISA, &shape).unwrap()),
            (exit(), trampoline::exit(ISA, &shape).unwrap()),
        ]);
        let mut contexts = Contexts::new();
        let layout = HostFuncLayout::new(PointerWidth::W64);
        contexts.vmctx[layout.array_call as usize / 8] = host as *const () as usize;

        let cell = |salt: usize, i: usize| -> Cell {
            std::array::from_fn(|b| seed[b].wrapping_mul(31).wrapping_add((salt + 7 * i + 13 * b) as u8))
        };
        let len = shape.params.len().max(shape.results.len());
        let given: Vec<Cell> = (0..len).map(|i| cell(1, i)).collect();
        let returned: Vec<Cell> = (0..shape.results.len()).map(|i| cell(2, i)).collect();
        HOST.set(Host {
            give: returned.clone(),
            verdict: (garbage as usize) << 8 | usize::from(!stop),
            ..Host::default()
        });

        let mut values = given.clone();
        let ok = contexts.enter(&code, &mut values, code.at(exit()));
        prop_assert_eq!(ok, !stop);
        HOST.with_borrow(|host| {
            assert_eq!(host.seen.len(), len);
            assert_cells(&shape.params, &host.seen, &given);
            assert!(code.contains(entry(), host.exit.1));
        });
        if ok {
            assert_cells(&shape.results, &values, &returned);
        }
        let store = StoreLayout::new(PointerWidth::W64);
        prop_assert!(code.contains(entry(), contexts.word(store.entry_pc)));
        prop_assert_eq!(contexts.word(store.entry_sp) % 16, 0);
    }
}

/// A guest that destroys every register and then stops as a signal handler would make it.
#[unsafe(naked)]
extern "C" fn destroy_and_stop() {
    std::arch::naked_asm!(
        "mov rax, [rdi + 8]", "sub rsp, 4096",
        "mov rbx, -1", "mov r12, -1", "mov r13, -1", "mov r14, -1", "mov r15, -1",
        "mov rcx, -1", "mov rdx, -1", "mov rsi, -1", "mov rdi, -1", "mov r8, -1", "mov r9, -1", "mov r10, -1",
        "mov rsp, [rax + {sp}]", "mov rbp, [rax + {fp}]", "mov r11, [rax + {pc}]", "mov rax, -1",
        "jmp r11",
        sp = const 40, fp = const 48, pc = const 56,
    )
}

#[test]
fn stopping_restores_registers_that_the_guest_destroyed() {
    let store = StoreLayout::new(PointerWidth::W64);
    assert_eq!((store.entry_sp, store.entry_fp, store.entry_pc), (40, 48, 56), "as in `destroy_and_stop`");
    let shape = Shape { params: Box::new([]), results: Box::new([]) };
    let code = Code::new(&[(entry(), trampoline::entry(ISA, &shape).unwrap())]);
    assert!(!Contexts::new().enter(&code, &mut [], destroy_and_stop as *const () as usize));
}

thread_local! {
    static LIBCALL: RefCell<([usize; 6], usize)> = RefCell::default();
}

extern "C" fn libcall(vmctx: usize, a: usize, b: usize, c: usize, d: usize, e: usize) -> usize {
    LIBCALL.with_borrow_mut(|(args, result)| {
        *args = [vmctx, a, b, c, d, e];
        *result
    })
}

/// A wasm function `[] -> [i64]` that calls the libcall with the arguments 1 to 5.
fn wasm_calling(libcall: Libcall) -> CompiledFunction {
    let mut buffer = CodeBuffer::new(ISA);
    let mut asm = Asm::new(&mut buffer);
    asm.push(RBP);
    asm.mov(Size::S64, RBP, RSP);
    for (i, reg) in [(1, 6), (2, 2), (3, 1), (4, 8), (5, 9)] {
        asm.mov_imm(Gpr(reg), i);
    }
    asm.call(Symbol::LibcallThunk(libcall));
    asm.pop(RBP);
    asm.ret();
    buffer.finish().unwrap()
}

#[test]
fn thunks_pass_arguments_and_stop_on_their_sentinel() {
    let layout = VmLayout::new(PointerWidth::W64, &ModuleInfo::default());
    let shape = Shape { params: Box::new([]), results: Box::new([AbiType::I64]) };
    for &call in Libcall::ALL {
        let code = Code::new(&[
            (entry(), trampoline::entry(ISA, &shape).unwrap()),
            (wasm(), wasm_calling(call)),
            (Symbol::LibcallThunk(call), trampoline::libcall_thunk(ISA, call).unwrap()),
        ]);
        let mut contexts = Contexts::new();
        contexts.vmctx[layout.libcalls as usize / 8] = contexts.libcalls.as_ptr() as usize;
        contexts.libcalls[call.index() as usize] = libcall as *const () as usize;
        for result in [0usize, 1, 0xdead_0000_0000, 0xdead_0000_0001, -1isize as usize, -2isize as usize, 0xffff_fffe] {
            LIBCALL.set(([0; 6], result));
            let mut values = [[0xaa; 16]];
            let ok = contexts.enter(&code, &mut values, code.at(wasm()));
            let goes_on = match call.result() {
                LibcallResult::Infallible => true,
                LibcallResult::Continue => result & 0xffff_ffff != 0,
                LibcallResult::Value => result != -2isize as usize,
                LibcallResult::Never => false,
            };
            assert_eq!(ok, goes_on, "{call:?} with {result:#x}");
            let (args, _) = LIBCALL.with_borrow(|state| *state);
            let n = 1 + call.params().len();
            assert_eq!(args[..n], [contexts.vmctx.as_ptr() as usize, 1, 2, 3, 4, 5][..n]);
            if call.result() == LibcallResult::Value && ok {
                assert_eq!(values[0][..8], result.to_le_bytes());
            }
            let pc = contexts.word(layout.store_context.last_exit_pc);
            let fp = contexts.word(layout.store_context.last_exit_fp);
            if call.result() == LibcallResult::Infallible {
                assert_eq!((pc, fp), (0, 0), "{call:?} does not look at the stack");
            } else {
                assert!(code.contains(wasm(), pc), "{call:?} returns into the function that called it");
                assert!(fp != 0);
            }
        }
    }
}
