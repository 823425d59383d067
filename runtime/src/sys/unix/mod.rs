//! Linux on x86_64, aarch64, riscv64 and s390x. What other Unix systems do otherwise gets its place beside the lines that differ.

pub(crate) mod memory_image;
pub(crate) mod mmap;
pub(crate) mod signals;
pub(crate) mod thread;

/// Whether machine code can run; otherwise only bytecode does.
pub(crate) const RUNS_MACHINE_CODE: bool = true;

/// Whether address space can be reserved without memory behind it.
pub(crate) const RESERVES: bool = true;

/// Granularity of protection and of file mappings in bytes, a power of two.
pub(crate) fn page_size() -> usize {
    rustix::param::page_size()
}

/// The extensions of the instruction set that the processor has, in lower case: the letters and names of the line `isa` in
/// /proc/cpuinfo (Linux, "RISC-V Linux User ABI"). Empty if the kernel does not say.
#[cfg(target_arch = "riscv64")]
pub(crate) fn extensions() -> &'static std::collections::BTreeSet<String> {
    static EXTENSIONS: std::sync::OnceLock<std::collections::BTreeSet<String>> = std::sync::OnceLock::new();
    EXTENSIONS.get_or_init(|| {
        let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let isa = info
            .lines()
            .find_map(|line| line.split_once(':').filter(|l| l.0.trim() == "isa"))
            .map_or("", |l| l.1.trim());
        let mut parts = isa.split('_');
        let letters = parts.next().unwrap_or_default().trim_start_matches("rv64");
        letters.chars().map(String::from).chain(parts.map(str::to_owned)).collect()
    })
}
