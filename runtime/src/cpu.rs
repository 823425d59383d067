//! What this process's processor is and can do, by the names that artifacts use.

use gantry_abi::artifact::FlagValue;

/// Name of the instruction set.
pub(crate) const ISA: &str = if cfg!(target_arch = "x86_64") {
    "x86_64"
} else if cfg!(target_arch = "aarch64") {
    "aarch64"
} else if cfg!(target_arch = "riscv64") {
    "riscv64"
} else if cfg!(target_arch = "s390x") {
    "s390x"
} else {
    "none"
};

/// Name of the operating system.
pub(crate) const OS: &str = std::env::consts::OS;

/// Whether this processor has a feature. Features that are not known here are not there.
#[cfg(target_arch = "x86_64")]
pub(crate) fn has(name: &str, value: &FlagValue) -> bool {
    if *value != FlagValue::Bool(true) {
        return false;
    }
    match name {
        "has_sse3" => is_x86_feature_detected!("sse3"),
        "has_ssse3" => is_x86_feature_detected!("ssse3"),
        "has_cmpxchg16b" => is_x86_feature_detected!("cmpxchg16b"),
        "has_sse41" => is_x86_feature_detected!("sse4.1"),
        "has_sse42" => is_x86_feature_detected!("sse4.2"),
        "has_avx" => is_x86_feature_detected!("avx"),
        "has_avx2" => is_x86_feature_detected!("avx2"),
        "has_avx_vnni" => is_x86_feature_detected!("avxvnni"),
        "has_fma" => is_x86_feature_detected!("fma"),
        "has_popcnt" => is_x86_feature_detected!("popcnt"),
        "has_bmi1" => is_x86_feature_detected!("bmi1"),
        "has_bmi2" => is_x86_feature_detected!("bmi2"),
        "has_lzcnt" => is_x86_feature_detected!("lzcnt"),
        "has_avx512bitalg" => is_x86_feature_detected!("avx512bitalg"),
        "has_avx512dq" => is_x86_feature_detected!("avx512dq"),
        "has_avx512f" => is_x86_feature_detected!("avx512f"),
        "has_avx512vbmi" => is_x86_feature_detected!("avx512vbmi"),
        "has_avx512vnni" => is_x86_feature_detected!("avx512vnni"),
        "has_avx512vl" => is_x86_feature_detected!("avx512vl"),
        _ => false,
    }
}

/// Whether this processor has a feature. Features that are not known here are not there.
#[cfg(target_arch = "aarch64")]
pub(crate) fn has(name: &str, value: &FlagValue) -> bool {
    if *value != FlagValue::Bool(true) {
        return false;
    }
    match name {
        "has_lse" => std::arch::is_aarch64_feature_detected!("lse"),
        "has_pauth" => std::arch::is_aarch64_feature_detected!("paca"),
        "has_fp16" => std::arch::is_aarch64_feature_detected!("fp16"),
        "has_dotprod" => std::arch::is_aarch64_feature_detected!("dotprod"),
        "has_i8mm" => std::arch::is_aarch64_feature_detected!("i8mm"),
        // How code protects itself asks nothing of the processor.
        "sign_return_address"
        | "sign_return_address_all"
        | "sign_return_address_with_bkey"
        | "use_bti"
        | "use_csdb" => true,
        _ => false,
    }
}

/// Whether this processor has a feature: those are the names of extensions.
#[cfg(target_arch = "riscv64")]
pub(crate) fn has(name: &str, value: &FlagValue) -> bool {
    let extension = name.strip_prefix("has_").unwrap_or_default();
    *value == FlagValue::Bool(true) && crate::sys::extensions().contains(extension)
}

/// Whether this processor has a feature. Features that are not known here are not there.
#[cfg(target_arch = "s390x")]
pub(crate) fn has(name: &str, value: &FlagValue) -> bool {
    if *value != FlagValue::Bool(true) {
        return false;
    }
    match name {
        "has_mie3" => std::arch::is_s390x_feature_detected!("miscellaneous-extensions-3"),
        "has_mie4" => std::arch::is_s390x_feature_detected!("miscellaneous-extensions-4"),
        "has_vxrs_ext2" => std::arch::is_s390x_feature_detected!("vector-enhancements-2"),
        "has_vxrs_ext3" => std::arch::is_s390x_feature_detected!("vector-enhancements-3"),
        _ => false,
    }
}

/// Whether this processor has a feature. None are known here.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64", target_arch = "s390x")))]
pub(crate) fn has(_: &str, _: &FlagValue) -> bool {
    false
}

#[cfg(all(
    test,
    feature = "compile",
    any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64", target_arch = "s390x")
))]
mod tests {
    #[test]
    fn every_feature_that_the_compiler_finds_on_this_host_is_known() {
        let engine = crate::Engine::default();
        for (name, value) in &engine.header().compatibility.isa_flags {
            assert!(super::has(name, value), "{name} is in use, but not known here");
        }
    }
}
