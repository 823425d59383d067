//! Hardware faults of compiled code become traps.
//!
//! The handler runs for every fault of the process. It takes a fault for a trap only if the thread runs wasm, the address of
//! the instruction belongs to registered code, and exactly this instruction is in that code's table of trap sites. Everything
//! else goes to the handler that was there before, so that a bug crashes loudly.
//!
//! Invariants
//! S1. `PREVIOUS[i]` is written once, before the handler for `SIGNALS[i]` can run, and never again.
//! S2. The kernel calls `handle` with the signal's `siginfo_t` and `ucontext_t`, valid while it runs.
//! S3. A fault at a trap site is synchronous and happens in compiled code: no lock is held by the thread and the allocator
//!     is not in use, so that the handler may allocate once it knows this.

use crate::vm::activation::{self, Fault, Landing, NULL_REGION_BYTES};
use gantry_abi::Trap;
use std::mem::MaybeUninit;
use std::ptr::null_mut;
use std::sync::OnceLock;

const SIGNALS: [libc::c_int; 4] = [libc::SIGSEGV, libc::SIGBUS, libc::SIGILL, libc::SIGFPE];

/// What was installed before, in the order of [`SIGNALS`].
static PREVIOUS: [OnceLock<libc::sigaction>; SIGNALS.len()] = [const { OnceLock::new() }; SIGNALS.len()];

static INSTALLED: OnceLock<Result<(), i32>> = OnceLock::new();

/// Whether this host can turn faults into traps.
pub(crate) const SUPPORTED: bool = true;

/// Installs the handlers, once per process.
pub(crate) fn install() -> std::io::Result<()> {
    let done = INSTALLED.get_or_init(|| {
        for (&signal, previous) in SIGNALS.iter().zip(&PREVIOUS) {
            let mut old = MaybeUninit::<libc::sigaction>::zeroed();
            // SAFETY: a null new action changes nothing; the pointer to the old one is valid for writes.
            if unsafe { libc::sigaction(signal, std::ptr::null(), old.as_mut_ptr()) } != 0 {
                return Err(std::io::Error::last_os_error().raw_os_error().unwrap_or(0));
            }
            // SAFETY: zeroed is valid for this plain C structure, and the successful call filled it in.
            let old = unsafe { old.assume_init() };
            assert!(previous.set(old).is_ok(), "handlers are installed once");
            let mut new = old;
            new.sa_sigaction = handle as *const () as usize;
            // NODEFER: a fault inside a handler must reach the previous handler, not hang. ONSTACK: the stack may have
            // overflowed in host code.
            new.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK | libc::SA_NODEFER;
            // SAFETY: the mask is a field of a valid structure.
            unsafe { libc::sigemptyset(&raw mut new.sa_mask) };
            // SAFETY: `handle` has the signature that SA_SIGINFO asks for, and by S1 its predecessor is known.
            if unsafe { libc::sigaction(signal, &raw const new, null_mut()) } != 0 {
                return Err(std::io::Error::last_os_error().raw_os_error().unwrap_or(0));
            }
        }
        Ok(())
    });
    done.map_err(std::io::Error::from_raw_os_error)
}

/// Whether [`install`] has succeeded.
pub(crate) fn installed() -> bool {
    matches!(INSTALLED.get(), Some(Ok(())))
}

/// Whether a fault of this kind can come from an instruction that may trap for this reason.
fn plausible(signal: libc::c_int, trap: Trap, address: usize) -> bool {
    match (signal, trap) {
        (libc::SIGSEGV | libc::SIGBUS, Trap::MemoryOutOfBounds | Trap::HeapMisaligned) => true,
        // Other traps by a memory access are loads through null, plainly or masked against speculation.
        (libc::SIGSEGV, _) => address < NULL_REGION_BYTES,
        (libc::SIGBUS, _) => false,
        // Compare-and-trap instructions of s390x raise it whatever they check.
        (libc::SIGFPE, _) => {
            cfg!(target_arch = "s390x") || matches!(trap, Trap::IntegerDivisionByZero | Trap::IntegerOverflow)
        }
        _ => true,
    }
}

unsafe extern "C" fn handle(signal: libc::c_int, info: *mut libc::siginfo_t, context: *mut libc::c_void) {
    // SAFETY: by S2 the structure is valid.
    let code = unsafe { (*info).si_code };
    // The kernel gives no code for compare-and-trap instructions of s390x.
    let unexplained = cfg!(target_arch = "s390x") && signal == libc::SIGFPE && code == 0;
    if code <= 0 && !unexplained {
        // Somebody sent the signal: it says nothing about the instruction that it interrupts.
        return forward(signal, info, context);
    }
    let ucontext = context.cast::<libc::ucontext_t>();
    let address = if matches!(signal, libc::SIGSEGV | libc::SIGBUS) {
        // SAFETY: by S2 the structure is valid, and these signals carry an address.
        Some(unsafe { (*info).si_addr() }.addr())
    } else {
        None
    };
    let at = registers::read(signal, address, ucontext);
    let fault = Fault { pc: at.pc, fp: at.fp, address };
    match activation::trap_at_fault(fault, |trap| plausible(signal, trap, address.unwrap_or(0))) {
        Some(landing) => registers::write(ucontext, landing),
        None => forward(signal, info, context),
    }
}

/// Does what would have been done without us.
#[cold]
fn forward(signal: libc::c_int, info: *mut libc::siginfo_t, context: *mut libc::c_void) {
    let index = SIGNALS.iter().position(|&s| s == signal).expect("only installed signals arrive");
    let previous = PREVIOUS[index].get().expect("the predecessor is recorded before the handler is installed");
    match previous.sa_sigaction {
        libc::SIG_DFL | libc::SIG_IGN => {
            // The instruction runs again and faults with the default action: the process ends with the right report.
            // SAFETY: `previous` is a valid action.
            unsafe { libc::sigaction(signal, previous, null_mut()) };
            // SAFETY: by S2 the structure is valid.
            if unsafe { (*info).si_code } <= 0 {
                // There is no instruction that faults again, so the signal is sent again.
                // SAFETY: this is a known signal; with NODEFER it arrives at once.
                unsafe { libc::raise(signal) };
            }
        }
        function if previous.sa_flags & libc::SA_SIGINFO != 0 => {
            type Handler = unsafe extern "C" fn(libc::c_int, *mut libc::siginfo_t, *mut libc::c_void);
            // SAFETY: SA_SIGINFO says that the address is that of a function with this signature.
            let function = unsafe { std::mem::transmute::<usize, Handler>(function) };
            // SAFETY: the arguments are those that the kernel gave us (S2).
            unsafe { function(signal, info, context) };
        }
        function => {
            type Handler = unsafe extern "C" fn(libc::c_int);
            // SAFETY: without SA_SIGINFO the address is that of a function with this signature.
            let function = unsafe { std::mem::transmute::<usize, Handler>(function) };
            // SAFETY: the argument is the one that the kernel gave us (S2).
            unsafe { function(signal) };
        }
    }
}

/// Where the interrupted code was.
struct At {
    pc: usize,
    fp: usize,
}

/// Registers of the interrupted code on x86_64.
#[cfg(target_arch = "x86_64")]
mod registers {
    use super::{At, Landing};
    use libc::{REG_RBP, REG_RIP, REG_RSP};

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "registers hold addresses")]
    pub(super) fn read(_: libc::c_int, _: Option<usize>, context: *mut libc::ucontext_t) -> At {
        // SAFETY: by S2 the context is valid while the handler runs.
        let registers = unsafe { &(*context).uc_mcontext.gregs };
        At { pc: registers[REG_RIP as usize] as usize, fp: registers[REG_RBP as usize] as usize }
    }

    #[allow(clippy::cast_possible_wrap, reason = "registers hold addresses")]
    pub(super) fn write(context: *mut libc::ucontext_t, landing: Landing) {
        // SAFETY: by S2 the context is valid while the handler runs, and nobody else refers to it.
        let registers = unsafe { &mut (*context).uc_mcontext.gregs };
        registers[REG_RIP as usize] = landing.pc as i64;
        registers[REG_RSP as usize] = landing.sp as i64;
        registers[REG_RBP as usize] = landing.fp as i64;
    }
}

/// Registers of the interrupted code on aarch64: x29 is the frame pointer.
#[cfg(target_arch = "aarch64")]
mod registers {
    use super::{At, Landing};

    #[allow(clippy::cast_possible_truncation, reason = "registers hold addresses")]
    pub(super) fn read(_: libc::c_int, _: Option<usize>, context: *mut libc::ucontext_t) -> At {
        // SAFETY: by S2 the context is valid while the handler runs.
        let machine = unsafe { &(*context).uc_mcontext };
        At { pc: machine.pc as usize, fp: machine.regs[29] as usize }
    }

    pub(super) fn write(context: *mut libc::ucontext_t, landing: Landing) {
        // SAFETY: by S2 the context is valid while the handler runs, and nobody else refers to it.
        let machine = unsafe { &mut (*context).uc_mcontext };
        machine.pc = landing.pc as u64;
        machine.sp = landing.sp as u64;
        machine.regs[29] = landing.fp as u64;
    }
}

/// Registers of the interrupted code on riscv64: x0 has the place of the program counter, x2 is the stack pointer and x8 the
/// frame pointer.
#[cfg(target_arch = "riscv64")]
mod registers {
    use super::{At, Landing};

    #[allow(clippy::cast_possible_truncation, reason = "registers hold addresses")]
    pub(super) fn read(_: libc::c_int, _: Option<usize>, context: *mut libc::ucontext_t) -> At {
        // SAFETY: by S2 the context is valid while the handler runs.
        let registers = unsafe { &(*context).uc_mcontext.__gregs };
        At { pc: registers[0] as usize, fp: registers[8] as usize }
    }

    pub(super) fn write(context: *mut libc::ucontext_t, landing: Landing) {
        // SAFETY: by S2 the context is valid while the handler runs, and nobody else refers to it.
        let registers = unsafe { &mut (*context).uc_mcontext.__gregs };
        registers[0] = landing.pc as u64;
        registers[2] = landing.sp as u64;
        registers[8] = landing.fp as u64;
    }
}

/// Registers of the interrupted code on s390x: the stack pointer r15 points to the backchain, the caller's stack pointer, which
/// stands for a frame pointer.
#[cfg(target_arch = "s390x")]
mod registers {
    use super::{At, Landing};

    #[allow(clippy::cast_possible_truncation, reason = "registers hold addresses")]
    pub(super) fn read(signal: libc::c_int, address: Option<usize>, context: *mut libc::ucontext_t) -> At {
        // SAFETY: by S2 the context is valid while the handler runs.
        let machine = unsafe { &(*context).uc_mcontext };
        // Program exceptions other than access exceptions leave the address of the next instruction (z/Architecture
        // Principles of Operation, "Instruction ending"); trap sites name the last byte of such an instruction.
        let completed = u64::from(matches!(signal, libc::SIGILL | libc::SIGFPE));
        let sp = machine.gregs[15] as usize;
        // Where the stack itself has ended there is nothing to read; the kernel leaves out the low 12 bits of addresses.
        let fp = match address {
            Some(address) if address >> 12 == sp >> 12 => 0,
            // SAFETY: r15 points to a frame in compiled code as in C (ELF ABI s390x supplement, "The Stack Frame"), and the
            // frame is accessible: it is not what could not be accessed.
            _ => unsafe { (sp as *const usize).read() },
        };
        At { pc: (machine.psw.addr - completed) as usize, fp }
    }

    pub(super) fn write(context: *mut libc::ucontext_t, landing: Landing) {
        // SAFETY: by S2 the context is valid while the handler runs, and nobody else refers to it.
        let machine = unsafe { &mut (*context).uc_mcontext };
        machine.psw.addr = landing.pc as u64;
        machine.gregs[15] = landing.sp as u64;
    }
}

#[cfg(all(test, target_arch = "x86_64"))]
mod tests;
