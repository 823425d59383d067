//! Serialization.

use crate::{default_engine, engine, message};
use gantry::{Config, Engine, Instance, Module, Result, Store};

const MODULE: &str = r#"(module $saved
    (memory (export "m") 1)
    (data (i32.const 3) "data")
    (func $f (export "f") (param i32) (result i32)
        (if (i32.eqz (local.get 0)) (then unreachable))
        (i32.load8_u (local.get 0))))"#;

fn load(engine: &Engine, artifact: &[u8]) -> Result<Module> {
    // SAFETY: the artifacts were made by this version of the engine, and damage in these tests is seen.
    unsafe { Module::deserialize(engine, artifact) }
}

fn check(engine: &Engine, module: &Module) {
    let mut store = Store::new(engine, ());
    let instance = Instance::new(&mut store, module, &[]).unwrap();
    let f = instance.get_typed_func::<i32, i32>(&mut store, "f").unwrap();
    assert_eq!(f.call(&mut store, 4).unwrap(), i32::from(b'a'));
    assert!(message(f.call(&mut store, 0)).contains("saved!f"));
    assert_eq!(module.name(), Some("saved"));
}

#[test]
fn artifacts_run_in_another_engine() {
    let engine = default_engine();
    let module = Module::new(&engine, MODULE).unwrap();
    let artifact = module.serialize().unwrap();
    assert_eq!(artifact, engine.precompile_module(MODULE.as_bytes()).unwrap());
    let other = default_engine();
    let loaded = load(&other, &artifact).unwrap();
    check(&other, &loaded);
    assert_eq!(loaded.serialize().unwrap(), artifact);
    assert!(Engine::detect_precompiled(&artifact).is_some() && Engine::detect_precompiled(b"\0asm").is_none());
}

#[test]
fn artifact_files_are_mapped() {
    let engine = default_engine();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("module.cwasm");
    std::fs::write(&path, engine.precompile_module(MODULE.as_bytes()).unwrap()).unwrap();
    assert!(Engine::detect_precompiled_file(&path).unwrap().is_some());
    // SAFETY: nobody changes the file.
    let module = unsafe { Module::deserialize_file(&engine, &path) }.unwrap();
    check(&engine, &module);
    drop(dir);
    check(&engine, &module);
    // SAFETY: there is no file.
    assert!(message(unsafe { Module::deserialize_file(&engine, &path) }).contains("could not be mapped"));
}

#[test]
fn modules_come_from_files_in_binary_and_text() {
    let engine = default_engine();
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in [("a.wasm", wat::parse_str(MODULE).unwrap()), ("a.wat", MODULE.into())] {
        let path = dir.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        check(&engine, &Module::from_file(&engine, &path).unwrap());
    }
    let missing = message(Module::from_file(&engine, dir.path().join("missing")));
    assert!(missing.contains("cannot read"), "{missing}");
}

#[test]
fn artifacts_of_other_options_are_refused_by_name() {
    let artifact = default_engine().precompile_module(MODULE.as_bytes()).unwrap();
    for (name, value) in [
        ("consume_fuel", "true"),
        ("epoch_interruption", "true"),
        ("signals_based_traps", "false"),
        ("memory_guard_size", "0"),
    ] {
        let mut config = crate::config();
        config.option(name, value).unwrap();
        let found = message(load(&Engine::new(&config).unwrap(), &artifact));
        assert!(found.contains(&format!("engine is configured with {name} = {value}")), "{found}");
    }
    // What does not change what code and runtime expect of each other may differ.
    load(&engine(|c| _ = c.option("opt_level", "none").unwrap()), &artifact).unwrap();
}

#[test]
fn artifacts_for_other_machines_are_made_but_not_run() {
    let other = if cfg!(target_arch = "aarch64") { "x86_64-unknown-linux-gnu" } else { "aarch64-unknown-linux-gnu" };
    let cross = engine(|c| _ = c.target(other).unwrap());
    let artifact = cross.precompile_module(MODULE.as_bytes()).unwrap();
    assert!(message(Module::new(&cross, MODULE)).contains("does not run"));
    assert!(message(load(&cross, &artifact)).contains("does not run"));
    let found = message(load(&default_engine(), &artifact));
    assert!(found.contains("the artifact is for"), "{found}");
}

#[test]
fn what_is_no_artifact_is_refused() {
    let engine = default_engine();
    let artifact = engine.precompile_module(MODULE.as_bytes()).unwrap();
    for bytes in [&[][..], b"\0asm\x01\0\0\0", &artifact[..100], &artifact[..artifact.len() / 2]] {
        assert!(load(&engine, bytes).is_err());
    }
    let found = message(Module::new(&engine, &artifact));
    assert!(found.contains("Module::deserialize"), "{found}");
    assert!(message(Module::from_binary(&engine, &artifact)).contains("Module::deserialize"));
}

#[test]
fn invalid_modules_are_refused_with_the_place() {
    let engine = default_engine();
    let invalid = wat::parse_str("(module (func (result i32) (i64.const 0)))").unwrap();
    for found in [message(Module::new(&engine, &invalid)), message(Module::validate(&engine, &invalid))] {
        assert!(found.contains("invalid module at byte 0x") && found.contains("type mismatch"), "{found}");
    }
    Module::validate(&engine, &wat::parse_str(MODULE).unwrap()).unwrap();
    assert!(Module::from_binary(&engine, MODULE.as_bytes()).is_err());
    assert!(message(Module::new(&engine, "(module (func")).contains("expected"));
}

#[test]
fn features_are_switched_off_and_later_ones_cannot_be_switched_on() {
    let simd = "(module (func (drop (v128.const i64x2 0 0))))";
    let error = Module::new(&engine(|c| _ = c.wasm_simd(false)), simd).unwrap_err();
    assert!(format!("{error:#}").contains("simd"), "{error:#}");
    Module::new(&default_engine(), simd).unwrap();
    let mut config = crate::config();
    config.wasm_gc(true);
    assert!(message(Engine::new(&config)).contains("gc is not supported yet"));
}

#[test]
fn tags_need_exception_handling() {
    let engine = default_engine();
    for text in [
        "(module (tag))",
        r#"(module (tag $t (param i32)) (export "t" (tag $t)))"#,
        r#"(module (import "m" "t" (tag (param i32))))"#,
    ] {
        let binary = wat::parse_str(text).unwrap();
        for found in [
            message(Module::new(&engine, text)),
            message(Module::new(&engine, &binary)),
            message(Module::validate(&engine, &binary)),
            engine.precompile_module(&binary).unwrap_err().to_string(),
        ] {
            assert!(found.contains("exceptions is not supported yet"), "{text}: {found}");
        }
    }
}

#[test]
fn options_follow_the_pointer_width_of_the_target_unless_they_were_set() {
    let signals = |configure: &dyn Fn(&mut Config)| {
        let engine = engine(|c| configure(c.backend("cranelift")));
        engine.options().signals_based_traps
    };
    assert!(!signals(&|c| _ = c.target("pulley32").unwrap()));
    assert!(signals(&|c| _ = c.target("pulley64").unwrap()));
    assert!(signals(&|c| _ = c.target("pulley32").unwrap().target("pulley64").unwrap()));
    assert!(signals(&|c| _ = c.target("pulley32").unwrap().signals_based_traps(true)));
    assert!(!signals(&|c| _ = c.signals_based_traps(false).target("pulley64").unwrap()));
}

#[test]
fn bytecode_runs_in_place_at_any_address() {
    for backend in [gantry::PULLEY, gantry::PULLEY_PORTABLE] {
        let engine = engine(|c| _ = c.backend(backend));
        let artifact = engine.precompile_module(MODULE.as_bytes()).unwrap();
        for at in [0, 1, 4, 7] {
            let memory: &'static [u8] = [vec![0; at], artifact.clone()].concat().leak();
            // SAFETY: the artifact was made by this engine.
            let module = unsafe { Module::deserialize_in_place(&engine, &memory[at..]) }.unwrap();
            check(&engine, &module);
            assert!(memory.as_ptr_range().contains(&module.text().as_ptr()), "nothing was copied");
            assert_eq!(module.serialize().unwrap(), artifact);
        }
        // SAFETY: half of an artifact is refused.
        assert!(unsafe { Module::deserialize_in_place(&engine, artifact.leak().split_at(200).0) }.is_err());
    }
}

#[cfg(target_pointer_width = "64")]
#[test]
fn machine_code_does_not_run_in_place() {
    let engine = Engine::new(&Config::new()).unwrap();
    let artifact = engine.precompile_module(MODULE.as_bytes()).unwrap().leak();
    // SAFETY: the artifact was made by this engine.
    let found = message(unsafe { Module::deserialize_in_place(&engine, artifact) });
    assert!(found.contains("only bytecode does"), "{found}");
}

#[test]
fn the_last_choice_of_a_backend_counts() {
    // One configuration goes through all of them, and back.
    let mut config = Config::new();
    let compilers: &[&str] = if cfg!(target_pointer_width = "64") { &["cranelift"] } else { &[] };
    for interpreter in ["pulley", "pulley-portable", "pulley-single"] {
        for &backend in [interpreter].iter().chain(compilers) {
            let engine = Engine::new(config.backend(backend)).unwrap();
            assert_eq!(engine.is_pulley(), backend == interpreter, "{backend}");
            check(&engine, &Module::new(&engine, MODULE).unwrap());
        }
    }
}
