//! Cases made of random bytes.

use crate::case::{Case, Options};
use crate::engine::{EngineSpec, NEEDED};
use crate::plan::Plan;
use crate::value::Random;
use crate::weave;
use arbitrary::{Arbitrary, Result, Unstructured};
use std::collections::BTreeMap;
use wasm_smith::{Config, Module};

/// Bytes that depend on a seed alone, as many as a case may use.
pub fn bytes(seed: u64) -> Vec<u8> {
    let mut random = Random::of(&[seed]);
    (0..1024).flat_map(|_| random.bits().to_le_bytes()).collect()
}

/// A module of any generator, on engines that differ in backend and options.
///
/// # Errors
///
/// If the bytes run out.
pub fn any(u: &mut Unstructured<'_>) -> Result<Case> {
    if u.ratio(1, 3)? { smith(u) } else { weave(u) }
}

/// A module without references to functions of a type, which not every tool knows.
///
/// # Errors
///
/// If the bytes run out.
pub fn plain(u: &mut Unstructured<'_>) -> Result<Case> {
    if u.ratio(1, 2)? {
        return smith(u);
    }
    let (seed, swarm) = (u.arbitrary()?, Swarm::new(u)?);
    Ok(swarm.case(weave::plain_module(u)?, seed))
}

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
    let (seed, swarm) = (u.arbitrary()?, Swarm::new(u)?);
    let wasm = Module::new(config, u)?.to_bytes();
    Ok(swarm.case(wasm, seed))
}

/// A module of the generator of our own.
///
/// # Errors
///
/// If the bytes run out.
pub fn weave(u: &mut Unstructured<'_>) -> Result<Case> {
    let (seed, swarm) = (u.arbitrary()?, Swarm::new(u)?);
    Ok(swarm.case(weave::module(u)?, seed))
}

/// A module of operators, one in each function.
///
/// # Errors
///
/// If the bytes run out.
pub fn operators(u: &mut Unstructured<'_>) -> Result<Case> {
    let (seed, swarm) = (u.arbitrary()?, Swarm::new(u)?);
    let mut case = swarm.case(weave::operators(u, true)?, seed);
    case.options.calls = 24;
    Ok(case)
}

/// A module about ranges of indices, on engines with explicit bounds checks and with guard pages.
///
/// # Errors
///
/// If the bytes run out.
pub fn ranges(u: &mut Unstructured<'_>) -> Result<Case> {
    let seed = u.arbitrary()?;
    let mut engines = Vec::new();
    for backend in ["cranelift", "winch"] {
        // Checks are branches, which is what the optimizer leaves out; the single-pass compiler keeps them all.
        let (reservation, guard) = u.choose(&MEMORIES[..3])?;
        let spec = EngineSpec::comparable(backend).with("signals_based_traps", false);
        let spec = spec.with("spectre_mitigation", u.arbitrary::<bool>()?);
        engines.push(spec.with("memory_reservation", reservation).with("memory_guard_size", guard));
    }
    chaos(&mut engines[0], u)?;
    engines.push(EngineSpec::comparable("cranelift"));
    if u.ratio(1, 4)? {
        engines.push(EngineSpec::comparable("pulley"));
    }
    let wasm = weave::loops(u)?;
    // Loops that go on for longer end as well as others.
    Ok(Case { wasm, options: Options { engine: engines, seed, fuel: 6_000, calls: 6 } })
}

/// The engines of a case, chosen before its module: what comes first in the input is short, and changes little.
pub struct Swarm {
    engines: Vec<EngineSpec>,
    /// Each engine with NaNs of its own, if the module makes none.
    native_nans: Vec<bool>,
}

/// Options that change code and no results, with the values that they are tried at. Not among them: those that every case
/// needs, and those that only make code larger.
const HARMLESS: &[(&str, &[&str])] = &[
    ("signals_based_traps", &["false", "true"]),
    ("spectre_mitigation", &["false", "true"]),
    ("entry_slots", &["false", "true"]),
    ("epoch_interruption", &["false", "true"]),
    ("execution_counters", &["false", "true"]),
    ("source_map", &["true", "false"]),
];

/// How hard Cranelift optimizes where it does not as it usually does.
const OPT_LEVELS: &[&str] = &["none", "speed-and-size"];

/// Reservations and guards of memories.
const MEMORIES: &[(u64, u64)] = &[(0, 0), (0, 65536), (65536, 4096), (1 << 20, 0), (1 << 20, 65536)];

/// Refuses an engine with options that no generator gives to any module: its results may differ.
///
/// # Errors
///
/// If it has one.
pub fn comparable(engine: &EngineSpec) -> anyhow::Result<()> {
    for needed in NEEDED {
        anyhow::ensure!(engine.options.get(*needed).is_some_and(|value| value == "true"), "{needed} is off");
    }
    for (name, value) in &engine.options {
        let known = match name.as_str() {
            "memory_reservation" => MEMORIES.iter().any(|(reservation, _)| reservation.to_string() == *value),
            "opt_level" => OPT_LEVELS.contains(&value.as_str()),
            "memory_guard_size" => MEMORIES.iter().any(|(_, guard)| guard.to_string() == *value),
            _ => {
                NEEDED.contains(&name.as_str())
                    || HARMLESS.iter().any(|(n, values)| n == name && values.contains(&value.as_str()))
            }
        };
        anyhow::ensure!(known, "{name} is {value}");
    }
    anyhow::ensure!(engine.cranelift.is_empty() && engine.compiler.is_none(), "another compiler");
    Ok(())
}

impl Swarm {
    /// Engines to compare: one of each backend, with options that may differ wherever results may not.
    ///
    /// # Errors
    ///
    /// If the bytes run out.
    pub fn new(u: &mut Unstructured<'_>) -> Result<Self> {
        let mut engines = Vec::new();
        for backend in ["cranelift", "winch", "pulley"] {
            engines.push(engine(backend, u)?);
        }
        // The same bytecode on another executor.
        if u.ratio(1, 4)? {
            let backend = *u.choose(&["pulley-portable", "pulley-single"])?;
            engines.push(EngineSpec { backend: backend.to_owned(), ..engines[2].clone() });
        }
        let native_nans = engines.iter().map(|_| u.arbitrary()).collect::<Result<_>>()?;
        Ok(Self { engines, native_nans })
    }

    /// Engines on which functions of both compilers are mixed.
    ///
    /// # Errors
    ///
    /// If the bytes run out.
    pub fn mixed(u: &mut Unstructured<'_>) -> Result<Self> {
        let mut engines = vec![engine("cranelift", u)?];
        for (backend, other) in [("cranelift", "winch"), ("winch", "cranelift")] {
            let bits: u16 = u.arbitrary()?;
            let chosen = (0..16).filter(|bit| bits >> bit & 1 == 1);
            let functions: BTreeMap<_, _> = chosen.map(|func| (func.to_string(), other.to_owned())).collect();
            engines.push(EngineSpec { functions, ..engine(backend, u)? });
        }
        let native_nans = engines.iter().map(|_| u.arbitrary()).collect::<Result<_>>()?;
        Ok(Self { engines, native_nans })
    }

    /// A case of these engines.
    pub fn case(self, wasm: Vec<u8>, seed: u64) -> Case {
        let mut case = Case { wasm, options: Options { engine: self.engines, seed, ..Options::default() } };
        // Whoever makes NaNs may make others than others do; whoever only moves them may not.
        if Plan::new(&case).is_ok_and(|plan| plan.nan_free) {
            for (engine, native) in case.options.engine.iter_mut().zip(self.native_nans) {
                if native {
                    engine.options.remove("nan_canonicalization");
                }
            }
        }
        case
    }
}

/// Lets Cranelift choose at random in some cases, if this build can. Seeds are few, so that engines recur; functions have choices
/// of their own all the same.
fn chaos(spec: &mut EngineSpec, u: &mut Unstructured<'_>) -> Result<()> {
    if cfg!(feature = "chaos") && u.ratio(1, 4)? {
        spec.chaos = Some(u.int_in_range(0..=15)?);
    }
    Ok(())
}

/// An engine with some options at random.
fn engine(backend: &str, u: &mut Unstructured<'_>) -> Result<EngineSpec> {
    let mut spec = EngineSpec::comparable(backend);
    // One byte chooses up to two options: most combinations recur, and their engines are there already.
    for _ in 0..u.int_in_range(0..=2)? {
        let (option, values) = u.choose(HARMLESS)?;
        spec = spec.with(option, u.choose(values)?);
    }
    if u.ratio(1, 3)? {
        let (reservation, guard) = u.choose(MEMORIES)?;
        spec = spec.with("memory_reservation", reservation).with("memory_guard_size", guard);
    }
    if backend == "cranelift" && u.ratio(1, 3)? {
        spec = spec.with("opt_level", u.choose(OPT_LEVELS)?);
    }
    if backend != "winch" {
        chaos(&mut spec, u)?;
    }
    spec.artifact = u.ratio(1, 16)?;
    Ok(spec)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn engines_of_generators_are_comparable_and_others_are_not() {
        for seed in 0..50 {
            let bytes = bytes(seed);
            let mut u = Unstructured::new(&bytes);
            let cases = [Swarm::new(&mut u).unwrap().engines, Swarm::mixed(&mut u).unwrap().engines];
            let ranges = ranges(&mut Unstructured::new(&bytes)).unwrap().options.engine;
            for engine in cases.iter().flatten().chain(&ranges) {
                comparable(engine).unwrap();
            }
        }
        let wrong = |name: &str, value: &str| {
            comparable(&EngineSpec::comparable("winch").with(name, value)).unwrap_err().to_string()
        };
        assert_eq!(wrong("consume_fuel", "tru "), "consume_fuel is off");
        assert_eq!(wrong("memory_reservation", "65537"), "memory_reservation is 65537");
        assert_eq!(wrong("spectre_mitigation", "t"), "spectre_mitigation is t");
    }
}
