//! Runs a command-line program: it may write to the standard output of this process and sees nothing else of the machine.
//!
//! `hello_wasi FILE [ARGS]` runs a program compiled to WebAssembly for WASI preview 1; without FILE, one that says hello.

use gantry::{Engine, Linker, Module, Result, Store};
use gantry_wasi::{I32Exit, WasiCtx, WasiCtxBuilder, add_to_linker};
use std::process::ExitCode;

const HELLO: &str = r#"(module
    (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
    (memory (export "memory") 1)
    (data (i32.const 0) "\08\00\00\00\11\00\00\00Hello from WASI.\n")
    (func (export "_start")
        ;; Descriptor 1 is standard output; one piece of memory to write is described at address 0.
        (call $proc_exit (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 32)))))"#;

fn main() -> Result<ExitCode> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let engine = Engine::default();
    let module = match args.first() {
        Some(file) => Module::from_file(&engine, file)?,
        None => Module::new(&engine, HELLO)?,
    };
    let mut linker = Linker::new(&engine);
    add_to_linker(&mut linker, |wasi: &mut WasiCtx| wasi)?;
    let mut store = Store::new(&engine, WasiCtxBuilder::new().args(&args).inherit_stdio().build());
    let instance = linker.instantiate(&mut store, &module)?;
    let start = instance.get_typed_func::<(), ()>(&mut store, "_start")?;
    match start.call(&mut store, ()) {
        Ok(()) => Ok(ExitCode::SUCCESS),
        // A program that ends itself unwinds with its exit status.
        Err(error) => match error.downcast_ref::<I32Exit>() {
            Some(exit) => Ok(ExitCode::from(exit.0.to_le_bytes()[0])),
            None => Err(error),
        },
    }
}
