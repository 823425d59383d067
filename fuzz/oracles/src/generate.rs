//! Cases made of random bytes.

use crate::case::{Case, Options};
use crate::engine::EngineSpec;
use arbitrary::{Arbitrary, Result, Unstructured};
use wasm_smith::{Config, Module};

/// A module of wasm-smith, of which each case switches features and sizes on and off (a "swarm": Groce et al., ISSTA 2012), on
/// engines that differ in backend and options.
///
/// # Errors
///
/// If the bytes run out.
pub fn smith(u: &mut Unstructured<'_>) -> Result<Case> {
    let mut config = Config::arbitrary(u)?;
    config.gc_enabled = false;
    config.compact_imports_enabled = false;
    config.exceptions_enabled = false;
    config.threads_enabled = false;
    config.shared_everything_threads_enabled = false;
    config.custom_descriptors_enabled = false;
    config.simd_enabled = u.arbitrary()?;
    config.relaxed_simd_enabled = config.simd_enabled && u.arbitrary()?;
    config.multi_value_enabled = true;
    config.bulk_memory_enabled = true;
    config.reference_types_enabled = true;
    config.tail_call_enabled = u.arbitrary()?;
    config.memory64_enabled = u.arbitrary()?;
    config.wide_arithmetic_enabled = u.arbitrary()?;
    config.extended_const_enabled = u.arbitrary()?;
    config.custom_page_sizes_enabled = u.ratio(1, 8)?;
    config.max_memories = u.int_in_range(1..=3)?;
    config.max_tables = 3;
    config.max_tags = 0;
    config.min_funcs = 1;
    config.max_funcs = 8;
    config.max_instructions = 200;
    config.max_memory32_bytes = 1 << 20;
    config.max_memory64_bytes = 1 << 20;
    config.max_table_elements = 100;
    config.table_max_size_required = true;
    config.memory_max_size_required = true;
    config.max_imports = 6;
    config.export_everything = false;
    config.memory_offset_choices = wasm_smith::MemoryOffsetChoices(75, 20, 5);
    config.allow_start_export = u.ratio(1, 4)?;
    let options = Options { engine: engines(u)?, seed: u.arbitrary()?, ..Options::default() };
    let wasm = Module::new(config, u)?.to_bytes();
    Ok(Case { wasm, options })
}

/// Engines to compare: one of each backend, with options that may differ wherever results may not.
fn engines(u: &mut Unstructured<'_>) -> Result<Vec<EngineSpec>> {
    let mut engines = Vec::new();
    for backend in ["cranelift", "winch", "pulley"] {
        let mut spec = EngineSpec::new(backend)
            .with("consume_fuel", true)
            .with("nan_canonicalization", true)
            .with("relaxed_simd_deterministic", true);
        for option in ["signals_based_traps", "spectre_mitigation", "entry_slots"] {
            if u.arbitrary()? {
                spec = spec.with(option, u.arbitrary::<bool>()?);
            }
        }
        if u.ratio(1, 3)? {
            spec = spec
                .with("memory_reservation", u.choose(&[0u64, 65536, 1 << 20])?)
                .with("memory_guard_size", u.choose(&[0, 4096, 65536])?);
        }
        if backend == "cranelift" && u.arbitrary()? {
            spec = spec.with("opt_level", "none");
        }
        spec.artifact = u.ratio(1, 8)?;
        engines.push(spec);
    }
    // The same bytecode on the other executors.
    let bytecode = engines.last().cloned().into_iter();
    let others = bytecode.flat_map(|spec| {
        ["pulley-portable", "pulley-single"].map(|backend| EngineSpec { backend: backend.to_owned(), ..spec.clone() })
    });
    engines.extend(others.collect::<Vec<_>>());
    Ok(engines)
}
