//! The operating system: the only place that does system calls.
//!
//! Each host has a folder with the same items; this file chooses one. What a host lacks is an explicit error or `false`, never a
//! silent difference:
//!
//! * `page_size()`: granularity of protection and of file mappings, a power of two.
//! * `RUNS_MACHINE_CODE`: whether memory can be made executable, and faults of code that compilers make can be handled.
//! * `RESERVES`: whether address space can be reserved without memory behind it.
//! * `mmap`: reserve, release, protect, map files.
//! * `memory_image`: files that can be mapped copy-on-write over a part of a reservation.
//! * `signals`: hardware faults of compiled code as traps.
//! * `thread`: what a thread needs before it runs compiled code, and where its stack ends.

#[cfg(all(
    feature = "std",
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64", target_arch = "s390x")
))]
mod unix;
#[cfg(all(
    feature = "std",
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64", target_arch = "s390x")
))]
pub(crate) use unix::*;

#[cfg(not(all(
    feature = "std",
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64", target_arch = "s390x")
)))]
mod unsupported;
#[cfg(not(all(
    feature = "std",
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64", target_arch = "s390x")
)))]
pub(crate) use unsupported::*;
