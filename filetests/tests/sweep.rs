//! Every operator in every form, at values where operators tend to be wrong; engines that have nothing in common with this one
//! say what is right.

use gantry::{Extern, Instance, Module, Store, Trap, Val};
use gantry_filetests::cells::ROWS;
use gantry_filetests::coverage::{self, Record};
use gantry_filetests::generate::edges::edges;
use gantry_filetests::generate::sweep::{Call, MEMORY, Operator, Sweep, Ty, operators};
use gantry_filetests::wast::{Configuration, Engines};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The configurations that are swept.
const SWEPT: &[&str] = &[
    "signals, guard pages",
    "explicit checks, no guard pages",
    "not optimized",
    "Winch",
    "Winch, explicit checks, no guard pages",
    "Winch, SSE4.2",
    "Pulley",
    "Pulley, portable",
    "Pulley, no guard pages",
];

/// What a call does: results as bits, or the message of a trap; and the end of memory afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Outcome {
    results: Result<Vec<(Ty, u128)>, String>,
    memory: Vec<u8>,
}

/// Bytes at the end of memory that are compared.
const TAIL: usize = 64;

impl Outcome {
    /// With every NaN the same one, where an operator does not say which one it makes.
    fn canonical(mut self, by: &Maker) -> Self {
        let lanes = lanes(&by.operator);
        for (index, (ty, bits)) in self.results.iter_mut().flatten().enumerate() {
            // What follows the operator's own results are its operands.
            if index >= by.results {
                continue;
            }
            match (*ty, lanes) {
                (Ty::F32, _) => *bits = f32_lanes(*bits, 1),
                (Ty::F64, _) => *bits = f64_lanes(*bits, 1),
                (Ty::V128, Some(4)) => *bits = f32_lanes(*bits, 4),
                (Ty::V128, Some(2)) => *bits = f64_lanes(*bits, 2),
                _ => {}
            }
        }
        self
    }
}

/// What makes the first results of a call.
struct Maker {
    operator: String,
    results: usize,
}

impl Maker {
    /// Calls at the edge of memory are named after it.
    fn at_edge(call: &Call) -> Self {
        let name = &call.export;
        let operator = name.split_once(" of ").or_else(|| name.split_once("place ")).map_or("", |parts| parts.1);
        Self { operator: operator.to_owned(), results: usize::MAX }
    }
}

/// How many floats a vector operator makes, if it makes floats.
fn lanes(operator: &str) -> Option<usize> {
    match operator.get(..5) {
        Some("f32x4") => Some(4),
        Some("f64x2") => Some(2),
        _ => None,
    }
}

fn f32_lanes(bits: u128, lanes: usize) -> u128 {
    (0..lanes).fold(bits, |bits, lane| {
        let shift = 32 * lane;
        let value = u32::try_from((bits >> shift) & 0xffff_ffff).unwrap();
        if f32::from_bits(value).is_nan() { bits & !(0xffff_ffff << shift) | 0x7fc0_0000 << shift } else { bits }
    })
}

fn f64_lanes(bits: u128, lanes: usize) -> u128 {
    (0..lanes).fold(bits, |bits, lane| {
        let shift = 64 * lane;
        let value = u64::try_from((bits >> shift) & u128::from(u64::MAX)).unwrap();
        let mask = u128::from(u64::MAX) << shift;
        if f64::from_bits(value).is_nan() { bits & !mask | 0x7ff8_0000_0000_0000 << shift } else { bits }
    })
}

/// The low bits of a 128-bit pattern.
fn low32(bits: u128) -> u32 {
    u32::try_from(bits & u128::from(u32::MAX)).unwrap()
}

fn low64(bits: u128) -> u64 {
    u64::try_from(bits & u128::from(u64::MAX)).unwrap()
}

fn wasmi_says(wasm: &[u8], calls: &[Call]) -> Result<Vec<Outcome>, String> {
    let mut config = wasmi::Config::default();
    config.wasm_wide_arithmetic(true).wasm_simd(true).wasm_memory64(true).wasm_multi_memory(true);
    let engine = wasmi::Engine::new(&config);
    let module = wasmi::Module::new(&engine, wasm).map_err(|e| e.to_string())?;
    let mut store = wasmi::Store::new(&engine, ());
    let linker = wasmi::Linker::<()>::new(&engine);
    let instance = linker.instantiate_and_start(&mut store, &module).map_err(|e| e.to_string())?;
    let memory = instance.get_memory(&store, "memory").unwrap();
    let mut outcomes = Vec::new();
    for call in calls {
        let func = instance.get_func(&store, &call.export).unwrap();
        let args: Vec<_> = call
            .args
            .iter()
            .map(|&(ty, bits)| match ty {
                Ty::I32 => wasmi::Val::I32(low32(bits).cast_signed()),
                Ty::I64 => wasmi::Val::I64(low64(bits).cast_signed()),
                Ty::F32 => wasmi::Val::F32(wasmi::F32::from_bits(low32(bits))),
                Ty::F64 => wasmi::Val::F64(wasmi::F64::from_bits(low64(bits))),
                Ty::V128 => wasmi::Val::V128(wasmi::V128::from(bits)),
            })
            .collect();
        let mut results = vec![wasmi::Val::I32(0); func.ty(&store).results().len()];
        let results = match func.call(&mut store, &args, &mut results) {
            Ok(()) => Ok(results
                .iter()
                .map(|value| match value {
                    wasmi::Val::I32(x) => (Ty::I32, u128::from(x.cast_unsigned())),
                    wasmi::Val::I64(x) => (Ty::I64, u128::from(x.cast_unsigned())),
                    wasmi::Val::F32(x) => (Ty::F32, u128::from(x.to_bits())),
                    wasmi::Val::F64(x) => (Ty::F64, u128::from(x.to_bits())),
                    wasmi::Val::V128(x) => (Ty::V128, x.as_u128()),
                    other => panic!("no operator gives {other:?}"),
                })
                .collect()),
            Err(e) => Err(wasmi_trap(e.as_trap_code().unwrap_or_else(|| panic!("wasmi: {e}"))).to_owned()),
        };
        outcomes.push(Outcome { results, memory: memory.data(&store)[MEMORY as usize - TAIL..].to_vec() });
    }
    Ok(outcomes)
}

fn wasmi_trap(code: wasmi::TrapCode) -> &'static str {
    match code {
        wasmi::TrapCode::MemoryOutOfBounds => Trap::MemoryOutOfBounds.message(),
        wasmi::TrapCode::IntegerDivisionByZero => Trap::IntegerDivisionByZero.message(),
        wasmi::TrapCode::IntegerOverflow => Trap::IntegerOverflow.message(),
        wasmi::TrapCode::BadConversionToInteger => Trap::BadConversionToInteger.message(),
        other => panic!("no operator traps with {other:?}"),
    }
}

fn tinywasm_says(wasm: &[u8], calls: &[Call]) -> Result<Vec<Outcome>, String> {
    use tinywasm::types::WasmValue as V;
    let module = tinywasm::parse_bytes(wasm).map_err(|e| e.to_string())?;
    let mut store = tinywasm::Store::default();
    let instance = tinywasm::ModuleInstance::instantiate(&mut store, &module, None).map_err(|e| e.to_string())?;
    let memory = instance.memory("memory").map_err(|e| e.to_string())?;
    let mut outcomes = Vec::new();
    for call in calls {
        let func = instance.func_untyped(&store, &call.export).map_err(|e| e.to_string())?;
        let args: Vec<_> = call
            .args
            .iter()
            .map(|&(ty, bits)| match ty {
                Ty::I32 => V::I32(low32(bits).cast_signed()),
                Ty::I64 => V::I64(low64(bits).cast_signed()),
                Ty::F32 => V::F32(f32::from_bits(low32(bits))),
                Ty::F64 => V::F64(f64::from_bits(low64(bits))),
                Ty::V128 => V::V128(bits.to_le_bytes()),
            })
            .collect();
        let bits = |value: &V| match value {
            V::I32(x) => (Ty::I32, u128::from(x.cast_unsigned())),
            V::I64(x) => (Ty::I64, u128::from(x.cast_unsigned())),
            V::F32(x) => (Ty::F32, u128::from(x.to_bits())),
            V::F64(x) => (Ty::F64, u128::from(x.to_bits())),
            V::V128(x) => (Ty::V128, u128::from_le_bytes(*x)),
            other => panic!("no operator gives {other:?}"),
        };
        let results = match func.call(&mut store, &args) {
            Ok(values) => Ok(values.iter().map(bits).collect()),
            Err(tinywasm::Error::Trap(trap)) => Err(tinywasm_trap(&trap).to_owned()),
            Err(e) => return Err(e.to_string()),
        };
        let tail = memory.read_vec(&store, MEMORY as usize - TAIL, TAIL).map_err(|e| e.to_string())?;
        outcomes.push(Outcome { results, memory: tail });
    }
    Ok(outcomes)
}

fn tinywasm_trap(trap: &tinywasm::Trap) -> &'static str {
    match trap {
        tinywasm::Trap::MemoryOutOfBounds { .. } => Trap::MemoryOutOfBounds.message(),
        tinywasm::Trap::DivisionByZero => Trap::IntegerDivisionByZero.message(),
        tinywasm::Trap::IntegerOverflow => Trap::IntegerOverflow.message(),
        tinywasm::Trap::InvalidConversionToInt => Trap::BadConversionToInteger.message(),
        other => panic!("no operator traps with {other:?}"),
    }
}

/// An engine that has nothing in common with this one: a module and calls to what they do, or why it cannot say.
type Arbiter = fn(&[u8], &[Call]) -> Result<Vec<Outcome>, String>;

/// Those that can be trusted: wasmi 2.0.0 counts the lanes of vectors from the other end on big-endian hosts.
const ARBITERS: &[Arbiter] = match cfg!(target_endian = "big") {
    true => &[tinywasm_says],
    false => &[wasmi_says, tinywasm_says],
};

fn gantry_says(engines: &Engines, wasm: &[u8], calls: &[Call]) -> Result<Vec<Outcome>, String> {
    let text = |e: gantry::Error| format!("{e:#}");
    let features = [gantry::Feature::WideArithmetic, gantry::Feature::Memory64, gantry::Feature::MultiMemory];
    let engine = engines.with(&features.map(|feature| (feature, true))).map_err(text)?;
    let module = Module::from_binary(&engine, wasm).map_err(text)?;
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &module, &[]).map_err(text)?;
    let Some(Extern::Memory(memory)) = instance.get_export(&mut store, "memory") else { panic!("it exports a memory") };
    let mut outcomes = Vec::new();
    for call in calls {
        let func = instance.get_func(&mut store, &call.export).unwrap();
        let args: Vec<_> = call
            .args
            .iter()
            .map(|&(ty, bits)| match ty {
                Ty::I32 => Val::I32(low32(bits).cast_signed()),
                Ty::I64 => Val::I64(low64(bits).cast_signed()),
                Ty::F32 => Val::F32(low32(bits)),
                Ty::F64 => Val::F64(low64(bits)),
                Ty::V128 => Val::V128(bits.into()),
            })
            .collect();
        let mut results = vec![Val::I32(0); func.ty(&store).results().len()];
        let results = match func.call(&mut store, &args, &mut results) {
            Ok(()) => Ok(results
                .iter()
                .map(|value| match value {
                    Val::I32(x) => (Ty::I32, u128::from(x.cast_unsigned())),
                    Val::I64(x) => (Ty::I64, u128::from(x.cast_unsigned())),
                    Val::F32(x) => (Ty::F32, u128::from(*x)),
                    Val::F64(x) => (Ty::F64, u128::from(*x)),
                    Val::V128(x) => (Ty::V128, x.as_u128()),
                    other => panic!("no operator gives {other:?}"),
                })
                .collect()),
            Err(e) => match e.downcast_ref::<Trap>() {
                Some(trap) => Err(trap.message().to_owned()),
                None => return Err(text(e)),
            },
        };
        let mut tail = vec![0; TAIL];
        memory.read(&store, MEMORY as usize - TAIL, &mut tail).unwrap();
        outcomes.push(Outcome { results, memory: tail });
    }
    Ok(outcomes)
}

/// Something to sweep: its name, the module with calls, and what makes the results of a call.
struct Job<'a> {
    name: &'a str,
    sweep: Sweep,
    maker: &'a dyn Fn(&Call) -> Maker,
}

/// How many calls were compared, and what went wrong, at most a few lines. Engines run `planted` instead of the module, if that
/// is given.
fn check(job: &Job<'_>, engines: &[(&'static str, Engines)], planted: Option<&str>) -> (usize, Vec<String>) {
    let Job { name, sweep: Sweep { module, calls }, maker } = job;
    let encode = |module: &str| {
        let buffer = wast::parser::ParseBuffer::new(module).unwrap();
        wast::parser::parse::<wast::Wat<'_>>(&buffer).unwrap().encode().unwrap()
    };
    let wasm = encode(module);
    let mut complaints = Vec::new();
    let canonical = |outcomes: Vec<Outcome>| -> Vec<Outcome> {
        outcomes.into_iter().zip(calls).map(|(outcome, call)| outcome.canonical(&maker(call))).collect()
    };
    let (mut verdicts, mut silent) = (Vec::new(), Vec::new());
    for says in ARBITERS {
        match says(&wasm, calls) {
            Ok(outcomes) => verdicts.push(canonical(outcomes)),
            Err(e) => silent.push(e),
        }
    }
    let Some((expected, others)) = verdicts.split_first() else {
        return (0, vec![format!("{name}: no arbiter: {}", silent.join(", "))]);
    };
    for other in others {
        let different = calls.iter().zip(expected).zip(other).find(|((_, first), second)| first != second);
        if let Some(((call, first), second)) = different {
            complaints.push(format!("{name}: arbiters disagree: {call:x?}: {first:x?}, {second:x?}"));
        }
    }
    let wasm = planted.map_or(wasm, encode);
    let mut checks = 0;
    for (configuration, engines) in engines {
        let complain = |what: String| format!("{name} [{configuration}]: {what}");
        match gantry_says(engines, &wasm, calls) {
            Err(e) => complaints.push(complain(e)),
            Ok(outcomes) => {
                let outcomes = canonical(outcomes);
                checks += outcomes.len();
                let mut wrong =
                    calls.iter().zip(&outcomes).zip(expected).filter(|((_, actual), expected)| actual != expected);
                let wrong = wrong.find(|((call, _), _)| {
                    let excused = emulator_with_wrong_selects().is_some() && selects_constant_ones(name, call);
                    WRONG_SELECTS.fetch_add(usize::from(excused), Ordering::Relaxed);
                    !excused
                });
                if let Some(((call, actual), expected)) = wrong {
                    complaints.push(complain(format!("{call:x?}: {actual:x?}, expected {expected:x?}")));
                }
            }
        }
    }
    (checks, complaints)
}

/// The emulator, as `scripts/test-isa` says in the environment, if it selects bits wrongly where those for zeros are a constant -1
/// (`bsl` of aarch64, `vsel` of s390x, in any program): it makes -1 of them all.
fn emulator_with_wrong_selects() -> Option<String> {
    let emulator = std::env::var("GANTRY_EMULATOR").ok()?;
    (cfg!(any(target_arch = "aarch64", target_arch = "s390x")) && emulator.contains("version 10.0."))
        .then_some(emulator)
}

/// Whether such an emulator may get a call wrong: the second operand is a constant, or all three are.
fn selects_constant_ones(name: &str, call: &Call) -> bool {
    name == "v128.bitselect"
        && call.export.starts_with("constant_")
        && call.export.ends_with(['1', '3'])
        && call.args[1].1 == u128::MAX
}

/// How many calls it did get wrong.
static WRONG_SELECTS: AtomicUsize = AtomicUsize::new(0);

/// Emulators are slow: part of the operators, always the same, is enough to find what is wrong with an instruction set.
fn part<T>(all: &[T]) -> Vec<&T> {
    let every: usize = std::env::var("SWEEP_EVERY").map_or(1, |n| n.parse().expect("SWEEP_EVERY is a number"));
    all.iter().step_by(every).collect()
}

/// Prints how much was done, and fails if anything was wrong.
fn judge(what: &str, configurations: usize, results: Vec<(usize, Vec<String>)>) {
    let checks: usize = results.iter().map(|r| r.0).sum();
    println!("{what}, {configurations} configurations, {checks} calls compared");
    let complaints: Vec<String> = results.into_iter().flat_map(|r| r.1).collect();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for complaint in &complaints {
        *kinds.entry(complaint.split(['[', ':']).nth(1).unwrap_or_default()).or_default() += 1;
    }
    assert!(
        complaints.is_empty(),
        "{} complaints: {kinds:?}\n{}",
        complaints.len(),
        complaints[..complaints.len().min(40)].join("\n")
    );
    assert!(checks > 0);
}

/// Records what was executed, on every backend of this host, if the environment names a folder for that.
fn record(name: &str, forms: impl Iterator<Item = (String, String)>) {
    let Some(folder) = std::env::var_os("GANTRY_COVERAGE") else { return };
    let host = ROWS.iter().find(|row| row.is_host());
    let mut places: BTreeSet<(String, String)> = BTreeSet::new();
    for row in SWEPT.iter().filter_map(|name| Configuration::named(name)).filter(|row| row.is_for_this_host()) {
        let isa = if row.backend.starts_with("pulley") { bytecode() } else { host.expect("it runs here").isa.name() };
        // Ways to interpret are one place.
        places.insert((isa.to_owned(), row.backend.split('-').next().unwrap_or_default().to_owned()));
    }
    let forms: BTreeSet<_> = forms.collect();
    let record =
        Record { places: places.into_iter().collect(), forms: forms.into_iter().collect(), ..Record::default() };
    record.write(folder.as_ref(), name).unwrap();
}

/// The instruction set of the bytecode that this host interprets.
fn bytecode() -> &'static str {
    match (cfg!(target_pointer_width = "64"), cfg!(target_endian = "big")) {
        (true, false) => "pulley64",
        (true, true) => "pulley64be",
        (false, false) => "pulley32",
        (false, true) => "pulley32be",
    }
}

#[test]
fn every_operator_does_what_other_engines_say() {
    let rows = SWEPT.iter().filter_map(|name| Configuration::named(name)).filter(|row| row.is_for_this_host());
    let engines: Vec<_> = rows.map(|row| (row.name, Engines::new(row.config().unwrap()))).collect();
    let all = operators();
    let operators = part(&all);
    let run = |operator: &&Operator| {
        let maker = |_: &Call| Maker { operator: operator.text.clone(), results: operator.results.len() };
        check(&Job { name: &operator.text, sweep: operator.sweep(), maker: &maker }, &engines, None)
    };
    let results = operators.par_iter().map(run).collect();
    judge(&format!("{} of {} operators", operators.len(), all.len()), engines.len(), results);
    if let Some(emulator) = emulator_with_wrong_selects().filter(|_| operators.len() == all.len()) {
        let wrong = WRONG_SELECTS.load(Ordering::Relaxed);
        println!("{emulator}: {wrong} calls not counted as wrong, which it gets wrong in any program");
        assert!(wrong > 0, "{emulator} gets them right: it needs no exception");
    }
    let forms = |operator: &&Operator| {
        let name = coverage::name(operator).to_owned();
        operator.sweep().calls.into_iter().map(move |call| (name.clone(), coverage::form(&call.export).to_owned()))
    };
    record("operators", operators.iter().flat_map(forms));
}

/// Memories that end where nothing can be accessed, with as much or as little address space behind them as there can be.
fn engines_with_edges() -> Vec<(&'static str, Engines)> {
    const TIGHT: [(&str, &str); 2] = [("memory_reservation", "65536"), ("memory_guard_size", "65536")];
    let mut all = Vec::new();
    for name in ["signals, guard pages", "not optimized", "Winch", "Pulley"] {
        let row = Configuration::named(name).expect("a row of the table");
        if row.is_for_this_host() {
            all.push((name, Engines::new(row.config().unwrap())));
            let mut tight = row.config().unwrap();
            for (option, value) in TIGHT {
                tight.option(option, value).unwrap();
            }
            all.push((name, Engines::new(tight)));
        }
    }
    all
}

#[test]
fn accesses_at_the_edge_of_memory_have_their_width_whatever_uses_them() {
    let engines = engines_with_edges();
    let all = operators();
    let with_memory: Vec<&Operator> = all.iter().filter(|o| o.memory.is_some()).collect();
    let operators = part(&with_memory);
    let run = |operator: &&&Operator| {
        let sweep = edges(operator, &all).expect("it accesses memory");
        check(&Job { name: &operator.text, sweep, maker: &Maker::at_edge }, &engines, None)
    };
    let results = operators.par_iter().map(run).collect();
    judge(&format!("{} of {} accesses", operators.len(), with_memory.len()), engines.len(), results);
    record("edges", operators.iter().map(|operator| (coverage::name(operator).to_owned(), coverage::EDGE.to_owned())));
}

#[test]
fn an_access_that_is_too_wide_is_noticed_although_its_result_is_right() {
    let engines = engines_with_edges();
    let all = operators();
    for (text, planted) in [
        ("i32.load", "(i32.wrap_i64 (i64.load (local.get 0)))"),
        ("i32.load8_u", "(i32.and (i32.load16_u (local.get 0)) (i32.const 255))"),
        ("f64.load", "(f64x2.extract_lane 0 (v128.load (local.get 0)))"),
        ("v128.load64_zero", "(i64x2.replace_lane 1 (v128.load (local.get 0)) (i64.const 0))"),
    ] {
        let operator = all.iter().find(|o| o.text == text).expect("an operator");
        let sweep = edges(operator, &all).expect("it accesses memory");
        let right = format!("({text} (local.get 0))");
        assert!(sweep.module.contains(&right));
        let planted = sweep.module.replace(&right, planted);
        let (_, complaints) = check(&Job { name: text, sweep, maker: &Maker::at_edge }, &engines, Some(&planted));
        assert_eq!(complaints.len(), engines.len(), "{text}: {complaints:?}");
    }
}
