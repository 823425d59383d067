//! Gantry without std: the interpreter in a static program that has no C library.
//!
//! It reads an artifact of bytecode from its standard input, gives it one function to print with, and calls its export `run`,
//! whose result is the exit code. What stands in `host` is all that the runtime needs: memory, and a pointer per thread. A
//! kernel or a program for a microcontroller has its own instead.
//!
//! ```sh
//! gantry compile --target pulley64 -C memory-reservation=0 hello.wat -o hello.cwasm
//! cargo build --release && target/release/gantry-bare < hello.cwasm
//! ```
//!
//! With the feature `custom-virtual-memory` it has virtual memory, into which memories grow without moving: modules are compiled
//! with `-C memory-reservation=1048576` for it.
#![no_std]
#![no_main]

extern crate alloc;

mod host;

use alloc::format;
use gantry::{Caller, Config, Engine, Extern, Linker, Module, PULLEY, Result, Store};

/// Address space that each memory gets from the start.
const RESERVATION: u64 = if cfg!(feature = "custom-virtual-memory") { 1 << 20 } else { 0 };
/// What a module may use of the machine's stack, and of this program's own by calling it and being called.
const STACK_BYTES: usize = 64 << 10;

/// Runs an artifact and gives the exit code.
///
/// # Safety
///
/// As of [`Module::deserialize`].
unsafe fn run(artifact: &'static [u8]) -> Result<i32> {
    let mut config = Config::new();
    config.backend(PULLEY).memory_reservation(RESERVATION).max_wasm_stack(STACK_BYTES);
    let engine = Engine::new(&config)?;
    // SAFETY: the caller promises that the compiler made it.
    let module = unsafe { Module::deserialize_in_place(&engine, artifact) }?;
    let mut linker = Linker::new(&engine);
    linker.func_wrap("host", "print", |mut caller: Caller<'_, ()>, at: u32, len: u32| {
        let Some(Extern::Memory(memory)) = caller.get_export("memory") else {
            return Err(gantry::Error::msg("a module that prints exports its memory"));
        };
        let bytes = memory.data(&caller).get(at as usize..).and_then(|bytes| bytes.get(..len as usize));
        host::write(bytes.ok_or_else(|| gantry::Error::msg("no such bytes"))?);
        Ok(())
    })?;
    let mut store = Store::try_new(&engine, ())?;
    let instance = linker.instantiate(&mut store, &module)?;
    instance.get_typed_func::<(), i32>(&mut store, "run")?.call(&mut store, ())
}

/// The program.
fn main() -> i32 {
    // Others have it in flash memory: it is not copied.
    let artifact = host::read_all().leak();
    // SAFETY: whoever starts this program promises it, as for a program that is native.
    unsafe { run(artifact) }.unwrap_or_else(|error| {
        host::write(format!("error: {error:?}\n").as_bytes());
        134
    })
}
