//! Small programs through the engine: that the functions are linked under their names and types, find the memory, and that the
//! end of a program arrives as such. What the functions do is tested beside them.

use gantry::{Engine, Linker, Module, Result, Store};
use gantry_wasi::{DirPerms, FUNCTIONS, FilePerms, I32Exit, OutputPipe, WasiCtx, WasiCtxBuilder};

/// Runs `_start` of `module`; gives what it wrote, and how it ended.
fn run(module: impl AsRef<[u8]>, ctx: &mut WasiCtxBuilder) -> (String, Result<()>) {
    let out = OutputPipe::new();
    let engine = Engine::default();
    let mut store = Store::new(&engine, ctx.stdout(Box::new(out.clone())).build());
    let mut linker = Linker::new(&engine);
    gantry_wasi::add_to_linker(&mut linker, |ctx: &mut WasiCtx| ctx).unwrap();
    let outcome = Module::new(&engine, module)
        .and_then(|module| linker.instantiate(&mut store, &module))
        .and_then(|instance| instance.get_typed_func::<(), ()>(&mut store, "_start"))
        .and_then(|start| start.call(&mut store, ()));
    (String::from_utf8(out.contents()).unwrap(), outcome)
}

#[test]
fn a_program_writes_to_standard_output() {
    let hello = r#"(module
        (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
        (memory (export "memory") 1)
        (data (i32.const 0) "\08\00\00\00\06\00\00\00hello\n")
        (func (export "_start")
            (if (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 32)) (then unreachable))
            (if (i32.ne (i32.load (i32.const 32)) (i32.const 6)) (then unreachable))))"#;
    let (out, outcome) = run(hello, &mut WasiCtxBuilder::new());
    outcome.unwrap();
    assert_eq!(out, "hello\n");
}

#[test]
fn the_exit_status_arrives_as_an_error() {
    let exit = r#"(module
        (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
        (memory (export "memory") 1)
        (func (export "_start") (call $proc_exit (i32.const 42)) unreachable))"#;
    let error = run(exit, &mut WasiCtxBuilder::new()).1.unwrap_err();
    assert_eq!(error.downcast_ref::<I32Exit>(), Some(&I32Exit(42)));
}

#[test]
fn an_error_number_is_a_result_and_not_a_trap() {
    let faults = r#"(module
        (import "wasi_snapshot_preview1" "random_get" (func $random_get (param i32 i32) (result i32)))
        (memory (export "memory") 1)
        (func (export "_start")
            (if (i32.ne (call $random_get (i32.const -1) (i32.const -1)) (i32.const 21)) (then unreachable))))"#;
    run(faults, &mut WasiCtxBuilder::new()).1.unwrap();
}

#[test]
fn a_program_without_memory_is_told_so() {
    let no_memory = r#"(module
        (import "wasi_snapshot_preview1" "sched_yield" (func $sched_yield (result i32)))
        (func (export "_start") (drop (call $sched_yield))))"#;
    let error = run(no_memory, &mut WasiCtxBuilder::new()).1.unwrap_err();
    assert!(format!("{error:?}").contains("no memory named `memory`"), "{error:?}");
}

#[test]
fn every_function_links_with_its_type() {
    let mut module = String::from("(module\n");
    for function in FUNCTIONS {
        let params: String = function
            .params
            .iter()
            .map(|(_, ty)| match *ty {
                "u32" => " i32",
                "u64" | "i64" => " i64",
                other => panic!("a parameter of type {other}"),
            })
            .collect();
        let result = if function.returns { "(result i32)" } else { "" };
        module.push_str(&format!(
            "(import \"wasi_snapshot_preview1\" \"{}\" (func (param{params}) {result}))\n",
            function.name
        ));
    }
    module.push_str("(memory (export \"memory\") 1) (func (export \"_start\")))");
    run(&module, &mut WasiCtxBuilder::new()).1.unwrap();
}

#[test]
fn a_program_creates_a_file_in_its_directory() {
    let dir = tempfile::tempdir().unwrap();
    // Descriptor 3 is the directory, 1 is O_CREAT, 66 is FD_READ and FD_WRITE.
    let create = r#"(module
        (import "wasi_snapshot_preview1" "path_open"
            (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
        (memory (export "memory") 1)
        (data (i32.const 0) "\08\00\00\00\04\00\00\00file")
        (func (export "_start")
            (if (call $path_open (i32.const 3) (i32.const 0) (i32.const 8) (i32.const 4) (i32.const 1)
                    (i64.const 66) (i64.const 0) (i32.const 0) (i32.const 16))
                (then unreachable))
            (if (call $fd_write (i32.load (i32.const 16)) (i32.const 0) (i32.const 1) (i32.const 20))
                (then unreachable))))"#;
    let mut ctx = WasiCtxBuilder::new();
    ctx.preopened_dir(dir.path(), "/", DirPerms::all(), FilePerms::all()).unwrap();
    run(create, &mut ctx).1.unwrap();
    assert_eq!(std::fs::read(dir.path().join("file")).unwrap(), b"file");
}

/// Runs a program of `programs/`; gives what it wrote and its exit status.
fn run_program(name: &str) -> (String, i32) {
    let dir = tempfile::tempdir().unwrap();
    let wasm = std::fs::read(format!("{}/tests/programs/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let mut ctx = WasiCtxBuilder::new();
    ctx.args(&[name, "x"]).env("HOME", "/").stdin_bytes(b"one\n".to_vec());
    ctx.preopened_dir(dir.path(), "/", DirPerms::all(), FilePerms::all()).unwrap();
    let (out, outcome) = run(wasm, &mut ctx);
    let error = outcome.unwrap_err();
    let exit = error.downcast_ref::<I32Exit>().unwrap_or_else(|| panic!("{error:?}\n{out}"));
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0, "{name} removes what it creates");
    (out, exit.0)
}

#[test]
fn a_c_program_finds_what_it_expects() {
    let (out, status) = run_program("files-c.wasm");
    assert_eq!((out.as_str(), status), ("argc 2 home /\nescape errno 76\nin: one\nGOOD\n", 7));
}

#[test]
fn a_rust_program_finds_what_it_expects() {
    let (out, status) = run_program("files-rust.wasm");
    assert_eq!((out.as_str(), status), ("args [\"files-rust.wasm\", \"x\"] HOME Ok(\"/\")\nline \"one\\n\"\n", 5));
}
