//! Targets that use the engine as embedders do: artifacts, modules that are none, sequences of calls of its interface.

use super::{Outcome, Seen};
use crate::engine::EngineSpec;
use crate::generate;
use crate::plan;
use crate::value::EXTERNS;
use crate::weave::{self, Dice};
use arbitrary::Unstructured;
use gantry::{
    Engine, Extern, ExternRef, Func, Global, GlobalType, Instance, Memory, MemoryType, Module, Mutability, Ref,
    RefType, Store, Table, TableType, Trap, Val, ValType,
};
use std::sync::LazyLock;
use wasmparser::{Parser, Payload};

/// One engine of each backend and executor.
static ENGINES: LazyLock<Vec<(&'static str, Engine)>> = LazyLock::new(|| {
    let engine = |name| (name, EngineSpec::new(name).engine().expect("the backend is there"));
    ["winch", "cranelift", "pulley", "pulley-portable"].map(engine).to_vec()
});

pub(super) fn artifact(u: &mut Unstructured<'_>, seen: &mut Seen) -> Outcome {
    let mut dice = Dice(u);
    let (_, engine) = &ENGINES[dice.below(ENGINES.len())];
    let damages = 1 + dice.below(6);
    let mut plan: Vec<(usize, usize, usize)> = Vec::new();
    for _ in 0..damages {
        plan.push((dice.below(4), dice.below(1 << 16), dice.below(1 << 16)));
    }
    let wasm = match weave::module(dice.0) {
        Ok(wasm) => wasm,
        Err(error) => return Outcome::skipped(error),
    };
    let good = match engine.precompile_module(&wasm) {
        Ok(artifact) => artifact,
        Err(error) => return Outcome::skipped(error),
    };
    let mut bad = good.clone();
    for (kind, at, what) in plan {
        if bad.is_empty() {
            break;
        }
        let at = at % bad.len();
        let name = match kind {
            0 => {
                bad[at] ^= 1 << (what % 8);
                "bit"
            }
            1 => {
                bad.truncate(at);
                "truncated"
            }
            2 => {
                let end = (at + what % 64).min(bad.len());
                bad[at..end].fill(u8::try_from(what >> 8).expect("a byte"));
                "filled"
            }
            _ => {
                // Headers are at the beginning and tables at the end.
                let at = if what % 2 == 0 { at % 256 } else { bad.len() - 1 - at % 2048.min(bad.len()) } % bad.len();
                bad[at] = u8::try_from(what >> 8).expect("a byte");
                "header"
            }
        };
        seen.note(|| vec![format!("damage:{name}")]);
    }
    // SAFETY: nothing of it is run but if it is as it was; looking at damage is what is tested.
    let loaded = unsafe { Module::deserialize(engine, &bad) };
    if let Ok(module) = &loaded {
        // What is read without being run.
        for _ in module.imports() {}
        for _ in module.exports() {}
        let _ = (module.functions().count(), module.wasm_offset(8));
    }
    let _ = Engine::detect_precompiled(&bad);
    let _ = gantry_compile::objdump::Artifact::parse(&bad)
        .map(|parsed| parsed.pieces().iter().map(|piece| parsed.listing(piece).to_string().len()).sum::<usize>());
    if bad == good {
        assert!(loaded.is_ok(), "an artifact that is as it was is refused");
    }
    Outcome::Judged
}

/// Where operators end that have immediates: with these, indices become others. As far as the module can be read.
fn immediates(wasm: &[u8]) -> Vec<usize> {
    let bodies = Parser::new(0).parse_all(wasm).map_while(Result::ok).filter_map(|payload| match payload {
        Payload::CodeSectionEntry(body) => body.get_operators_reader().ok(),
        _ => None,
    });
    let mut ends = Vec::new();
    for mut operators in bodies {
        let mut start = operators.original_position();
        while operators.read().is_ok() {
            let end = operators.original_position();
            if end - start > 1 {
                ends.push(usize::try_from(end - 1).expect("it is in memory"));
            }
            start = end;
        }
    }
    ends
}

pub(super) fn parse(u: &mut Unstructured<'_>, seen: &mut Seen) -> Outcome {
    let mut dice = Dice(u);
    let (name, engine) = &ENGINES[dice.below(ENGINES.len())];
    let damages: Vec<(usize, usize, usize)> =
        (0..dice.below(4)).map(|_| (dice.below(6), dice.below(1 << 16), dice.below(1 << 16))).collect();
    let raw = dice.one_in(8);
    let wasm = match raw {
        true => Ok([&b"\0asm\x01\0\0\0"[..], dice.0.peek_bytes(dice.0.len()).unwrap_or_default()].concat()),
        false => generate::any(dice.0).map(|case| case.wasm),
    };
    let mut wasm = match wasm {
        Ok(wasm) => wasm,
        Err(error) => return Outcome::skipped(error),
    };
    for (kind, index, what) in damages {
        let at = index % wasm.len();
        match kind {
            0 => wasm[at] ^= 1 << (what % 8),
            1 => wasm[at] = u8::try_from(what >> 8).expect("a byte"),
            2 => drop(wasm.remove(at)),
            _ => {
                let immediates = immediates(&wasm);
                if !immediates.is_empty() {
                    wasm[immediates[index % immediates.len()]] = u8::try_from(what % 64).expect("a byte");
                }
            }
        }
        if wasm.is_empty() {
            break;
        }
    }
    let valid = wasmparser::Validator::new_with_features(plan::features()).validate_all(&wasm);
    let ours = Module::validate(engine, &wasm);
    let compiled = Module::from_binary(engine, &wasm);
    seen.note(|| vec![format!("valid:{}", valid.is_ok())]);
    if let Err(error) = &valid {
        assert!(ours.is_err(), "{name} takes what is invalid: {error}");
        assert!(compiled.is_err(), "{name} compiles what is invalid: {error}");
    }
    if let (Ok(()), Err(error)) = (&ours, &compiled) {
        // A limit, or what a backend lacks, and nothing else.
        let text = format!("{error:#}");
        let excuse =
            ["limit", "large", "support", "exceed", "many", "allocated"].iter().any(|part| text.contains(part));
        assert!(excuse, "{name} does not compile what it says is valid: {text}");
    }
    if let Err(error) = compiled {
        assert!(!format!("{error:#}").is_empty());
    }
    Outcome::Judged
}

/// A guest that does what the host can do as well.
const GUEST: &str = r#"(module
    (import "" "memory" (memory 1))
    (import "" "table" (table 1 externref))
    (import "" "global" (global $g (mut i64)))
    (import "" "host" (func $host (param i64) (result i64)))
    (func (export "load") (param i32) (result i64) (i64.load (local.get 0)))
    (func (export "store") (param i32 i64) (i64.store (local.get 0) (local.get 1)))
    (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
    (func (export "size") (result i32) (memory.size))
    (func (export "get") (param i32) (result externref) (table.get (local.get 0)))
    (func (export "set") (param i32 externref) (table.set (local.get 0) (local.get 1)))
    (func (export "add") (param i64) (result i64)
        (global.set $g (i64.add (global.get $g) (local.get 0))) (global.get $g))
    (func (export "call") (param i64) (result i64) (call $host (local.get 0))))"#;

static GUEST_WASM: LazyLock<Vec<u8>> = LazyLock::new(|| wat::parse_str(GUEST).expect("the guest is a module"));

/// The largest sizes that the model allows, in pages and elements.
const MAX_PAGES: u64 = 4;
const MAX_ELEMENTS: u64 = 12;
const PAGE: usize = 1 << 16;

/// What the store should hold.
struct Model {
    memory: Vec<u8>,
    table: Vec<Option<u32>>,
    global: i64,
    /// What the host function was called with.
    calls: Vec<i64>,
}

pub(super) fn api(u: &mut Unstructured<'_>, seen: &mut Seen) -> Outcome {
    let mut dice = Dice(u);
    let (name, engine) = &ENGINES[dice.below(ENGINES.len())];
    let module = Module::from_binary(engine, &GUEST_WASM).unwrap_or_else(|e| panic!("{name}: {e:#}"));
    let mut store = Store::new(engine, Vec::<i64>::new());
    let memory = Memory::new(&mut store, MemoryType::new(1, Some(4))).expect("a memory");
    let table =
        Table::new(&mut store, TableType::new(RefType::EXTERNREF, 3, Some(12)), Ref::Extern(None)).expect("a table");
    let global =
        Global::new(&mut store, GlobalType::new(ValType::I64, Mutability::Var), Val::I64(7)).expect("a global");
    let host = Func::wrap(&mut store, |mut caller: gantry::Caller<'_, Vec<i64>>, x: i64| {
        caller.data_mut().push(x);
        if x % 5 == 0 { Err(anyhow::Error::from(crate::trace::HostError)) } else { Ok(x.wrapping_mul(3)) }
    });
    let externs: Vec<ExternRef> = (0..EXTERNS).map(|i| ExternRef::new(&mut store, i).expect("a host value")).collect();
    let imports: [Extern; 4] = [memory.into(), table.into(), global.into(), host.into()];
    let mut instances = vec![Instance::new(&mut store, &module, &imports).unwrap_or_else(|e| panic!("{name}: {e:#}"))];
    let mut model = Model { memory: vec![0; PAGE], table: vec![None; 3], global: 7, calls: Vec::new() };
    let number = |store: &Store<Vec<i64>>, value: &Option<ExternRef>| {
        value.as_ref().map(|value| *value.data(store).expect("of this store").downcast_ref::<u32>().expect("a number"))
    };
    for step in 0..40 {
        if dice.is_dry() {
            break;
        }
        let instance = dice.pick(&instances);
        let call = |store: &mut Store<Vec<i64>>, what: &str, args: &[Val], result: Option<Val>| {
            let func = instance.get_func(&mut *store, what).expect("it is exported");
            let mut results: Vec<Val> = result.into_iter().collect();
            func.call(store, args, &mut results).map(|()| results.pop())
        };
        // Sizes and places at both sides of every end.
        let near = |dice: &mut Dice<'_, '_>, len: usize| (len + dice.below(20)).saturating_sub(10);
        let which = dice.below(16);
        let what = match which {
            0 => {
                let delta = dice.below(4) as u64;
                let pages = (model.memory.len() / PAGE) as u64;
                let grown = memory.grow(&mut store, delta);
                assert_eq!(grown.is_ok(), pages + delta <= MAX_PAGES, "{name} step {step}: {grown:?}");
                if grown.is_ok() {
                    model.memory.resize(usize::try_from(pages + delta).expect("few") * PAGE, 0);
                }
                "Memory::grow"
            }
            1 => {
                let delta = dice.below(4);
                let pages = model.memory.len() / PAGE;
                let result = call(&mut store, "grow", &[Val::I32(delta.try_into().expect("few"))], Some(Val::I32(0)));
                let fits = pages + delta <= usize::try_from(MAX_PAGES).expect("few");
                let expected = if fits { i32::try_from(pages).expect("few") } else { -1 };
                assert!(matches!(result, Ok(Some(Val::I32(x))) if x == expected), "{name} step {step}: {result:?}");
                if fits {
                    model.memory.resize((pages + delta) * PAGE, 0);
                }
                "memory.grow"
            }
            2 => {
                let (at, len) = (near(&mut dice, model.memory.len()), dice.below(12));
                let bytes: Vec<u8> = (0..len).map(|i| u8::try_from((i * 31 + step) % 251).expect("small")).collect();
                let written = memory.write(&mut store, at, &bytes);
                assert_eq!(written.is_ok(), at + len <= model.memory.len(), "{name} step {step}: write {len} at {at}");
                if written.is_ok() {
                    model.memory[at..at + len].copy_from_slice(&bytes);
                }
                "Memory::write"
            }
            3 => {
                let (at, len) = (near(&mut dice, model.memory.len()), dice.below(12));
                let mut bytes = vec![0; len];
                let read = memory.read(&store, at, &mut bytes);
                assert_eq!(read.is_ok(), at + len <= model.memory.len(), "{name} step {step}: read {len} at {at}");
                assert!(read.is_err() || bytes == model.memory[at..at + len], "{name} step {step}");
                "Memory::read"
            }
            4 | 5 => {
                let at = near(&mut dice, model.memory.len());
                let address = Val::I32(i32::try_from(at).expect("small"));
                let fits = at + 8 <= model.memory.len();
                let value = i64::from_ne_bytes([u8::try_from(step).expect("small"); 8]);
                let result = match which {
                    4 => call(&mut store, "load", &[address], Some(Val::I64(0))),
                    _ => call(&mut store, "store", &[address, Val::I64(value)], None),
                };
                match (&result, fits) {
                    (Ok(Some(Val::I64(x))), true) => {
                        let expected = model.memory[at..at + 8].try_into().expect("eight bytes");
                        assert_eq!(*x, i64::from_le_bytes(expected), "{name} step {step}");
                    }
                    (Ok(None), true) => model.memory[at..at + 8].copy_from_slice(&value.to_le_bytes()),
                    (Err(error), false) if error.downcast_ref() == Some(&Trap::MemoryOutOfBounds) => {}
                    _ => panic!("{name} step {step}: at {at}: {result:?}"),
                }
                if which == 4 { "load" } else { "store" }
            }
            6 => {
                let (delta, of) = (dice.below(4), dice.below(EXTERNS as usize));
                let len = model.table.len();
                let grown = table.grow(&mut store, delta as u64, Ref::Extern(Some(externs[of].clone())));
                assert_eq!(grown.is_ok(), (len + delta) as u64 <= MAX_ELEMENTS, "{name} step {step}: {grown:?}");
                if grown.is_ok() {
                    model.table.resize(len + delta, Some(u32::try_from(of).expect("few")));
                }
                "Table::grow"
            }
            7 | 8 => {
                let (at, of) = (dice.below(model.table.len() + 2), dice.below(EXTERNS as usize));
                let value = (of > 0).then(|| externs[of].clone());
                let fits = at < model.table.len();
                let done = match which {
                    7 => table.set(&mut store, at as u64, Ref::Extern(value)).is_ok(),
                    _ => {
                        let at = Val::I32(i32::try_from(at).expect("few"));
                        call(&mut store, "set", &[at, Val::ExternRef(value)], None).is_ok()
                    }
                };
                assert_eq!(done, fits, "{name} step {step}: element {at}");
                if fits {
                    model.table[at] = (of > 0).then(|| u32::try_from(of).expect("few"));
                }
                if which == 7 { "Table::set" } else { "table.set" }
            }
            9 => {
                let (at, len) = (dice.below(model.table.len() + 2), dice.below(4));
                let filled = table.fill(&mut store, at as u64, Ref::Extern(None), len as u64);
                assert_eq!(filled.is_ok(), at + len <= model.table.len(), "{name} step {step}: fill {len} at {at}");
                if filled.is_ok() {
                    model.table[at..at + len].fill(None);
                }
                "Table::fill"
            }
            10 => {
                let (to, from, len) =
                    (dice.below(model.table.len() + 2), dice.below(model.table.len() + 2), dice.below(4));
                let copied = Table::copy(&mut store, &table, to as u64, &table, from as u64, len as u64);
                let fits = to.max(from) + len <= model.table.len();
                assert_eq!(copied.is_ok(), fits, "{name} step {step}: copy {len} from {from} to {to}");
                if fits {
                    model.table.copy_within(from..from + len, to);
                }
                "Table::copy"
            }
            11 => {
                let at = dice.below(model.table.len() + 2);
                let address = Val::I32(i32::try_from(at).expect("few"));
                match (call(&mut store, "get", &[address], Some(Val::ExternRef(None))), model.table.get(at)) {
                    (Ok(Some(Val::ExternRef(value))), Some(expected)) => {
                        assert_eq!(number(&store, &value), *expected, "{name} step {step}: element {at}");
                    }
                    (Err(error), None) if error.downcast_ref() == Some(&Trap::TableOutOfBounds) => {}
                    (result, expected) => panic!("{name} step {step}: {result:?}, not {expected:?}"),
                }
                "table.get"
            }
            12 => {
                let by = dice.bits(wasm_encoder::ValType::I64);
                let by = i64::from_le_bytes(by.to_le_bytes()[..8].try_into().expect("eight bytes"));
                model.global = model.global.wrapping_add(by);
                if dice.one_in(2) {
                    global.set(&mut store, Val::I64(model.global)).expect("it is mutable");
                } else {
                    let result = call(&mut store, "add", &[Val::I64(by)], Some(Val::I64(0)));
                    assert!(
                        matches!(result, Ok(Some(Val::I64(x))) if x == model.global),
                        "{name} step {step}: {result:?}"
                    );
                }
                "global"
            }
            13 => {
                let x = dice.below(40) as i64;
                let result = call(&mut store, "call", &[Val::I64(x)], Some(Val::I64(0)));
                model.calls.push(x);
                match result {
                    Ok(Some(Val::I64(y))) if x % 5 != 0 => assert_eq!(y, x * 3, "{name} step {step}"),
                    Err(error) if x % 5 == 0 && error.downcast_ref::<crate::trace::HostError>().is_some() => {}
                    other => panic!("{name} step {step}: host({x}): {other:?}"),
                }
                "host"
            }
            14 => {
                // Wrong numbers and types of arguments and results are errors, and change nothing.
                let wrong = [vec![], vec![Val::I64(1)], vec![Val::I32(0); 2], vec![Val::ExternRef(None)]];
                let args = &wrong[dice.below(wrong.len())];
                assert!(call(&mut store, "load", args, Some(Val::I64(0))).is_err(), "{name} step {step}: {args:?}");
                assert!(call(&mut store, "load", &[Val::I32(0)], None).is_err(), "{name} step {step}: no results");
                "wrong"
            }
            _ => {
                // Another instance of it, from an artifact.
                let again = module.serialize().expect("it can be written");
                // SAFETY: this engine has just made it.
                let again = unsafe { Module::deserialize(engine, again) }.unwrap_or_else(|e| panic!("{name}: {e:#}"));
                let made = Instance::new(&mut store, &again, &imports);
                instances.push(made.unwrap_or_else(|e| panic!("{name} step {step}: {e:#}")));
                if dice.one_in(2) {
                    assert!(Instance::new(&mut store, &module, &imports[..3]).is_err(), "{name}: an import is missing");
                }
                "instance"
            }
        };
        seen.note(|| vec![format!("call:{what}")]);
        assert_eq!(memory.data_size(&store), model.memory.len(), "{name} after {what}");
        assert_eq!(table.size(&store), model.table.len() as u64, "{name} after {what}");
        assert!(matches!(global.get(&mut store), Val::I64(x) if x == model.global), "{name} after {what}");
        assert_eq!(*store.data(), model.calls, "{name} after {what}");
    }
    assert!(memory.data(&store) == &model.memory[..], "{name}: memories differ");
    for (at, expected) in model.table.iter().enumerate() {
        let Some(Ref::Extern(value)) = table.get(&mut store, at as u64) else {
            panic!("{name}: element {at} is missing")
        };
        assert_eq!(number(&store, &value), *expected, "{name}: element {at}");
    }
    Outcome::Judged
}
