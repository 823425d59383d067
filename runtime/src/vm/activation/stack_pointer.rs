//! Where the host's stack is.

/// The stack pointer. The address of a local variable would not do: under the address sanitizer, locals may be elsewhere.
#[inline(always)]
pub(crate) fn stack_pointer() -> usize {
    /// Copies a register.
    #[allow(unused_macros, reason = "hosts without machine code have no use for it")]
    macro_rules! copy {
        ($instruction:literal) => {{
            let sp: usize;
            // SAFETY: the instruction reads one register, writes the other, and does nothing else.
            unsafe { core::arch::asm!($instruction, out(reg) sp, options(nomem, nostack, preserves_flags)) };
            sp
        }};
    }
    #[cfg(target_arch = "x86_64")]
    return copy!("mov {}, rsp");
    #[cfg(target_arch = "aarch64")]
    return copy!("mov {}, sp");
    #[cfg(target_arch = "riscv64")]
    return copy!("mv {}, sp");
    #[cfg(target_arch = "s390x")]
    return copy!("lgr {}, %r15");
    #[allow(unreachable_code, reason = "for all other hosts")]
    {
        let local = 0u8;
        (&raw const local).addr()
    }
}
