//! Faults of real machine code, entered through a trampoline as compilers emit it.

use super::*;
use crate::vm::activation::{self, Stop, StopReason};
use crate::vm::code::CodeMemory;
use crate::vm::code_registry::{self, Registration};
use crate::vm::records::{ArrayCall, VmCell, VmContext, VmStoreContext};
use crate::vm::test_image::{TestImage, accept};
use std::sync::{Arc, LazyLock};

// The store context takes the place of the caller's vmctx (rsi) and is passed on; `values` (rdx) is the functions' operand.
std::arch::global_asm!(
    ".globl gantry_test_text, gantry_test_trap, gantry_test_trap_site, gantry_test_nested, gantry_test_nested_return, gantry_test_load, gantry_test_load_site, gantry_test_null",
    ".globl gantry_test_null_site, gantry_test_divide, gantry_test_divide_site, gantry_test_bug, gantry_test_host, gantry_test_host_return, gantry_test_exit, gantry_test_end",
    ".balign 16",
    "gantry_test_text:",
    // The entry trampoline.
    "push rbp; mov rbp, rsp",
    "push rbx; push r12; push r13; push r14; push r15; sub rsp, 8",
    "mov [rsi + {entry_sp}], rsp",
    "mov [rsi + {entry_fp}], rbp",
    "lea rax, [rip + 2f]",
    "mov [rsi + {entry_pc}], rax",
    "call r8",
    "mov eax, 1",
    "jmp 3f",
    "2: xor eax, eax",
    "3: add rsp, 8; pop r15; pop r14; pop r13; pop r12; pop rbx; pop rbp",
    "ret",
    "gantry_test_trap:",
    "push rbp; mov rbp, rsp",
    "xor ebx, ebx; xor r12d, r12d; xor r13d, r13d; xor r14d, r14d; xor r15d, r15d",
    "gantry_test_trap_site: ud2",
    "gantry_test_nested:",
    "push rbp; mov rbp, rsp",
    "call gantry_test_trap",
    "gantry_test_nested_return: pop rbp; ret",
    "gantry_test_load:",
    "push rbp; mov rbp, rsp",
    "gantry_test_load_site: mov eax, [rdx]",
    "pop rbp; ret",
    "gantry_test_null:",
    "push rbp; mov rbp, rsp",
    "gantry_test_null_site: mov eax, [rdx]",
    "pop rbp; ret",
    "gantry_test_divide:",
    "push rbp; mov rbp, rsp",
    "xor ecx, ecx; mov eax, 1; cdq",
    "gantry_test_divide_site: idiv ecx",
    "pop rbp; ret",
    "gantry_test_bug:",
    "ud2",
    // Calls the host function in rdx through an exit trampoline.
    "gantry_test_host:",
    "push rbp; mov rbp, rsp",
    "call 4f",
    "gantry_test_host_return: pop rbp; ret",
    "gantry_test_exit:",
    "4: push rbp; mov rbp, rsp",
    "push rsi; sub rsp, 8",
    "mov [rsi + {last_exit_fp}], rbp",
    "mov rax, [rbp + 8]",
    "mov [rsi + {last_exit_pc}], rax",
    "mov rdi, rsi",
    "call rdx",
    "test al, al",
    "je 5f",
    "add rsp, 16; pop rbp; ret",
    "5: mov rsi, [rbp - 8]",
    "mov rsp, [rsi + {entry_sp}]",
    "mov rbp, [rsi + {entry_fp}]",
    "jmp [rsi + {entry_pc}]",
    "gantry_test_end:",
    entry_sp = const std::mem::offset_of!(VmStoreContext, linkage.entry_sp),
    entry_fp = const std::mem::offset_of!(VmStoreContext, linkage.entry_fp),
    entry_pc = const std::mem::offset_of!(VmStoreContext, linkage.entry_pc),
    last_exit_fp = const std::mem::offset_of!(VmStoreContext, linkage.last_exit_fp),
    last_exit_pc = const std::mem::offset_of!(VmStoreContext, linkage.last_exit_pc),
);

/// Declares labels of the text above as offsets in it.
macro_rules! labels {
    ($($name:ident = $symbol:ident;)*) => {
        unsafe extern "C" {
            static gantry_test_text: u8;
            $(static $symbol: u8;)*
        }
        $(fn $name() -> u32 {
            u32::try_from((&raw const $symbol).addr() - (&raw const gantry_test_text).addr()).unwrap()
        })*
    };
}

labels! {
    trap = gantry_test_trap;
    trap_site = gantry_test_trap_site;
    nested = gantry_test_nested;
    nested_return = gantry_test_nested_return;
    load = gantry_test_load;
    load_site = gantry_test_load_site;
    null = gantry_test_null;
    null_site = gantry_test_null_site;
    divide = gantry_test_divide;
    divide_site = gantry_test_divide_site;
    bug = gantry_test_bug;
    host = gantry_test_host;
    host_return = gantry_test_host_return;
    exit = gantry_test_exit;
    end = gantry_test_end;
}

static CODE: LazyLock<(Arc<CodeMemory>, Registration)> = LazyLock::new(|| {
    install().unwrap();
    // SAFETY: the labels enclose the assembled bytes, which are never written.
    let text = unsafe { std::slice::from_raw_parts(&raw const gantry_test_text, end() as usize) };
    let starts = [trap(), nested(), load(), null(), divide(), bug(), host(), exit()];
    let mut image = TestImage::new(text, starts.windows(2).map(|w| w[0]..w[1]));
    image.traps = vec![
        (trap_site(), Trap::Unreachable),
        (load_site(), Trap::MemoryOutOfBounds),
        (null_site(), Trap::IndirectCallToNull),
        (divide_site(), Trap::IntegerDivisionByZero),
    ];
    let code = CodeMemory::from_bytes(&image.build(), gantry_pulley::CodeOptions::default(), accept).unwrap();
    let registration = code_registry::register(&code);
    (code, registration)
});

/// Calls the function at `offset` in an activation of its own.
fn call_in(store: *mut VmStoreContext, offset: u32, operand: usize) -> Result<(), Box<Stop>> {
    let code = &CODE.0;
    // SAFETY: the text starts with an entry trampoline of this signature.
    let entry = unsafe { std::mem::transmute::<*const u8, ArrayCall>(code.text_base()) };
    let values = operand as *mut VmCell;
    let call = || {
        // SAFETY: the functions of the text follow the convention of the comment above them.
        unsafe { entry(null_mut(), store.cast::<VmContext>(), values, 0, code.address(offset)) }
    };
    // SAFETY: the store context outlives the call, and the code above belongs to it.
    unsafe { activation::enter(store, 512 << 10, call) }
}

fn call(offset: u32, operand: usize) -> Result<(), Box<Stop>> {
    let mut store = VmStoreContext::default();
    call_in(&raw mut store, offset, operand)
}

/// The trap, the offsets in the text of the backtrace, and the address of the fault.
fn check(offset: u32, operand: usize, expected: Trap, frames: &[u32], address: Option<usize>) {
    let stop = call(offset, operand).unwrap_err();
    assert!(matches!(stop.reason, StopReason::Trap(trap) if trap == expected), "{stop:?}");
    let base = CODE.0.text_base().addr();
    let found: Vec<u32> = stop.backtrace.iter().map(|f| u32::try_from(f.frame.pc - base).unwrap()).collect();
    assert_eq!(found, frames);
    assert_eq!(stop.fault_address, address);
}

#[test]
fn faults_at_trap_sites_are_traps() {
    for _ in 0..3 {
        check(trap(), 0, Trap::Unreachable, &[trap_site()], None);
        check(nested(), 0, Trap::Unreachable, &[trap_site(), nested_return()], None);
        check(load(), 0, Trap::MemoryOutOfBounds, &[load_site()], Some(0));
        check(null(), 24, Trap::IndirectCallToNull, &[null_site()], Some(24));
        check(divide(), 0, Trap::IntegerDivisionByZero, &[divide_site()], None);
    }
    let readable = 7u64;
    assert!(call(load(), (&raw const readable).addr()).is_ok());
}

#[test]
fn loads_from_a_guard_region_are_traps() {
    let map = crate::vm::mmap::Mmap::reserve(1 << 20).unwrap();
    let address = map.base().as_ptr().addr() + 12345;
    check(load(), address, Trap::MemoryOutOfBounds, &[load_site()], Some(address));
}

#[test]
fn traps_work_on_every_thread() {
    let threads: Vec<_> = (0..4)
        .map(|_| {
            std::thread::spawn(|| (0..200).for_each(|_| check(trap(), 0, Trap::Unreachable, &[trap_site()], None)))
        })
        .collect();
    threads.into_iter().for_each(|t| t.join().unwrap());
}

/// Runs a trap in a nested activation of the same store and of another one, looks at the backtrace, and fails.
extern "C" fn failing_host(store: *mut VmStoreContext) -> bool {
    let base = CODE.0.text_base().addr();
    let outer = activation::capture_backtrace();
    assert_eq!(outer.iter().map(|f| f.frame.pc - base).collect::<Vec<_>>(), [host_return() as usize]);
    let inner = call_in(store, nested(), 0).unwrap_err();
    let expected = [trap_site(), nested_return(), host_return()].map(|o| o as usize);
    assert_eq!(inner.backtrace.iter().map(|f| f.frame.pc - base).collect::<Vec<_>>(), expected);
    let other_store = call(trap(), 0).unwrap_err();
    assert_eq!(other_store.backtrace.iter().map(|f| f.frame.pc - base).collect::<Vec<_>>(), [expected[0], expected[2]]);
    let frames = |b: &[activation::BacktraceFrame]| b.iter().map(|f| f.frame).collect::<Vec<_>>();
    assert_eq!(frames(&activation::capture_backtrace()), frames(&outer));
    activation::stop_with(StopReason::Error(anyhow::anyhow!("host")));
    false
}

extern "C" fn succeeding_host(_: *mut VmStoreContext) -> bool {
    true
}

#[test]
fn backtraces_span_nested_activations() {
    assert!(call(host(), (succeeding_host as *const ()).addr()).is_ok());
    let stop = call(host(), (failing_host as *const ()).addr()).unwrap_err();
    assert!(matches!(&stop.reason, StopReason::Error(e) if e.to_string() == "host"));
    let base = CODE.0.text_base().addr();
    assert_eq!(stop.backtrace.iter().map(|f| f.frame.pc - base).collect::<Vec<_>>(), [host_return() as usize]);
}

#[test]
fn a_trap_is_fast() {
    let start = std::time::Instant::now();
    for _ in 0..1000 {
        assert!(call(trap(), 0).is_err());
    }
    assert!(start.elapsed().as_secs() < 5);
}

/// Names one of [`CRASHES`] to the process that [`bugs_crash`] starts.
const CRASH: &str = "GANTRY_TEST_CRASH";

extern "C" fn faulty_host(_: *mut VmStoreContext) -> bool {
    // SAFETY: none. The test wants the fault, which ends the process.
    unsafe { std::ptr::without_provenance::<u8>(16).read_volatile() != 0 }
}

/// What must end the process, and by which signal.
const CRASHES: [(&str, i32, fn()); 4] = [
    ("a signal that somebody sends", libc::SIGFPE, || {
        LazyLock::force(&CODE);
        // SAFETY: sending a known signal to this thread.
        unsafe { libc::raise(libc::SIGFPE) };
    }),
    ("an instruction without an entry in the table", libc::SIGILL, || drop(call(bug(), 0))),
    ("a null check that faults far from null", libc::SIGSEGV, || {
        let map = crate::vm::mmap::Mmap::reserve(1 << 20).unwrap();
        drop(call(null(), map.base().as_ptr().addr()));
    }),
    ("a fault in host code", libc::SIGSEGV, || drop(call(host(), (faulty_host as *const ()).addr()))),
];

#[test]
fn bugs_crash() {
    use std::os::unix::process::ExitStatusExt;
    if let Ok(name) = std::env::var(CRASH) {
        let crash = CRASHES.iter().find(|c| c.0 == name).unwrap().2;
        return crash();
    }
    for (name, signal, _) in CRASHES {
        let output = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "sys::unix::signals::tests::bugs_crash", "--nocapture"])
            .env(CRASH, name)
            .output()
            .unwrap();
        assert_eq!(output.status.signal(), Some(signal), "{name}: {output:?}");
    }
}
