//! Every load and store of bytecode is where WebAssembly says, and as wide: the checked mode of the interpreter reports them.
//!
//! What compiled code finds in its vmctx is made by hand here: a store context without a limit of the stack, and one memory.

use gantry_abi::{DefinedMemory, VmLayout};
use gantry_compile::objdump::Artifact;
use gantry_emit::Isa;
use gantry_filetests::cells::Row;
use gantry_filetests::generate::edges::{edges, width};
use gantry_filetests::generate::sweep::{MEMORY, MemoryKind, Operator, Ty, operators};
use gantry_pulley::{Access, Code, CodeOptions, Machine, State, call_observed};
use rayon::prelude::*;
use std::sync::Mutex;

/// No host function is called.
unsafe fn host(_: *mut State, _: u8) -> bool {
    false
}

/// The bytecode of this host.
fn isa() -> Isa {
    match (cfg!(target_pointer_width = "64"), cfg!(target_endian = "big")) {
        (true, false) => Isa::Pulley64,
        (true, true) => Isa::Pulley64Be,
        (false, false) => Isa::Pulley32,
        (false, true) => Isa::Pulley32Be,
    }
}

/// Accesses of a memory: offset, bytes, whether it is a store.
type Accesses = Vec<(usize, usize, bool)>;

/// A module with functions that take an address first, loaded by itself.
struct Loaded {
    code: Box<Code>,
    /// Names of functions and where they begin.
    functions: Vec<(String, u32)>,
    layout: VmLayout,
    /// What the code is made of lives as long.
    _text: Box<[u8]>,
}

impl Loaded {
    fn new(module: &str) -> Self {
        let mut config = gantry::Config::new();
        config.target(Row::of(isa()).triple).unwrap().option("signals_based_traps", "false").unwrap();
        config.wasm_feature(gantry::Feature::WideArithmetic, true);
        let engine = gantry::Engine::new(&config).unwrap();
        let buffer = wast::parser::ParseBuffer::new(module).unwrap();
        let wasm = wast::parser::parse::<wast::Wat<'_>>(&buffer).unwrap().encode().unwrap();
        let image = engine.precompile_module(&wasm).unwrap();
        let artifact = Artifact::parse(&image).unwrap();
        let end = artifact.pieces().iter().map(|piece| piece.range.end).max().unwrap();
        let text: Box<[u8]> = artifact.bytes(&(0..end)).into();
        let pieces = artifact.pieces().iter().filter(|piece| piece.func.is_some());
        let functions: Vec<_> = pieces.map(|piece| (piece.name.clone(), piece.range.start)).collect();
        let starts = artifact.pieces().iter().map(|piece| (piece.range.start, None));
        // SAFETY: the text lives in the same structure and is never written to.
        let code = unsafe { Code::new(&text, starts, CodeOptions::default()) }.unwrap();
        Self { code, functions, layout: VmLayout::new(isa().pointer_width(), artifact.module()), _text: text }
    }

    /// The accesses of the memory that each function makes when it is called with an address.
    fn accesses(&self, address: u32) -> Vec<(&str, Accesses)> {
        let mut machine = Machine::new(64 << 10, host).unwrap();
        let mut memory = vec![0_u8; MEMORY as usize];
        let base = memory.as_mut_ptr().expose_provenance();
        let mut store = vec![0_u8; self.layout.store_context.size as usize];
        let mut vmctx = vec![0_u8; self.layout.size as usize];
        let word = |bytes: &mut [u8], at: u32, value: usize| {
            let value = value.to_ne_bytes();
            bytes[at as usize..][..value.len()].copy_from_slice(&value);
        };
        let record = self.layout.memories.at(DefinedMemory::from_u32(0));
        word(&mut vmctx, record + self.layout.memory.base, base);
        word(&mut vmctx, record + self.layout.memory.length, memory.len());
        word(&mut vmctx, self.layout.store, store.as_mut_ptr().expose_provenance());
        let context = vmctx.as_mut_ptr().expose_provenance() as u64;
        let args = [context, context, address.into(), 1, 1, 1, 1, 1];
        let mut all = Vec::new();
        for (name, start) in &self.functions {
            let mut pieces = [&mut memory[..], &mut store[..], &mut vmctx[..]];
            let (_, accesses) = call_observed(&mut machine, &self.code, *start, &args, &mut pieces, 1_000);
            let inside = |access: &Access| (base..base + MEMORY as usize).contains(&access.address);
            let mine = accesses.into_iter().filter(inside).map(|a| (a.address - base, a.bytes, a.store)).collect();
            all.push((name.as_str(), mine));
        }
        all
    }
}

/// What is wrong with the accesses of an operator that is used in every way. `planted` replaces the text of the access.
fn complaints(operator: &Operator, all: &[Operator], planted: Option<(&str, &str)>) -> (usize, Vec<String>) {
    let mut module = edges(operator, all).expect("it accesses memory").module;
    if let Some((right, wrong)) = planted {
        assert!(module.contains(right));
        module = module.replace(right, wrong);
    }
    let bytes = width(operator) as usize;
    let offset = if operator.text.contains("offset=3") { 3 } else { 0 };
    let last = MEMORY as usize - bytes;
    let loaded = Loaded::new(&module);
    let address = u32::try_from(last - offset).unwrap();
    let stores = operator.results.is_empty();
    let mut complaints = Vec::new();
    let mut complain = |name: &str, actual: &[(usize, usize, bool)], expected: &[(usize, usize, bool)]| {
        if actual != expected {
            complaints.push(format!("{} in {name:?}: {actual:?}, expected {expected:?}", operator.text));
        }
    };
    let inside = loaded.accesses(address);
    for (name, accesses) in &inside {
        let mut expected = vec![(last, bytes, stores)];
        if name.starts_with("in place") {
            expected.insert(0, (last, bytes, false));
        }
        // What nobody uses need not be loaded, as long as it traps.
        if !(*name == "dropped" && accesses.is_empty()) {
            complain(name, accesses, &expected);
        }
    }
    for (name, accesses) in loaded.accesses(address + 1) {
        complain(name, &accesses, &[]);
    }
    (inside.len(), complaints)
}

/// What accesses the only memory, or a part of it: emulators are slow.
fn plain(all: &[Operator]) -> Vec<&Operator> {
    let every: usize = std::env::var("SWEEP_EVERY").map_or(1, |n| n.parse().expect("SWEEP_EVERY is a number"));
    all.iter().filter(|o| o.memory == Some(MemoryKind::Plain)).step_by(every).collect()
}

#[test]
fn loads_and_stores_are_where_and_as_wide_as_webassembly_says() {
    let all = operators();
    let count = Mutex::new(0);
    let complaints: Vec<String> = plain(&all)
        .par_iter()
        .flat_map_iter(|operator| {
            let (functions, complaints) = complaints(operator, &all, None);
            *count.lock().unwrap() += functions;
            complaints
        })
        .collect();
    println!("{} functions", count.into_inner().unwrap());
    assert!(complaints.is_empty(), "{}:\n{}", complaints.len(), complaints[..complaints.len().min(20)].join("\n"));
}

#[test]
fn accesses_that_are_too_wide_or_elsewhere_are_noticed() {
    let all = operators();
    let right = "(i32.load (local.get 0))";
    let operator = all.iter().find(|o| o.text == "i32.load" && o.params == [Ty::I32]).unwrap();
    for wrong in [
        "(i32.wrap_i64 (i64.load (local.get 0)))",
        "(i32.load16_u (local.get 0))",
        "(i32.load (i32.sub (local.get 0) (i32.const 1)))",
    ] {
        let (functions, complaints) = complaints(operator, &all, Some((right, wrong)));
        assert!(complaints.len() >= functions - 1, "{wrong}: {} of {functions}", complaints.len());
    }
}
