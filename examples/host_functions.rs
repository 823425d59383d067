//! Functions of the host that a guest calls: they see the store's data and the guest's memory, and may fail.

use gantry::{Caller, Engine, Error, Extern, Linker, Module, Result, Store};

const GUEST: &str = r#"(module
    (import "host" "log" (func $log (param i32 i32)))
    (import "host" "check" (func $check (param i32)))
    (memory (export "memory") 1)
    (data (i32.const 16) "the guest speaks")
    (func (export "run") (param i32)
        (call $log (i32.const 16) (i32.const 16))
        (call $check (local.get 0))
        (call $log (i32.const 20) (i32.const 5))))"#;

/// What the store holds: everything that the guest said.
#[derive(Default)]
struct Host {
    lines: Vec<String>,
}

/// Reads `len` bytes of text at address `start` of the guest's memory.
fn text(caller: &mut Caller<'_, Host>, start: u32, len: u32) -> Result<String> {
    let Some(Extern::Memory(memory)) = caller.get_export("memory") else {
        return Err(Error::msg("the guest exports no memory"));
    };
    // The bytes are checked here: guests may pass anything.
    let mut bytes = Vec::new();
    let data = memory.data(&*caller);
    let range = usize::try_from(start)?..usize::try_from(u64::from(start) + u64::from(len))?;
    bytes.extend_from_slice(data.get(range).ok_or_else(|| Error::msg("text beyond the end of memory"))?);
    Ok(String::from_utf8(bytes)?)
}

fn main() -> Result<()> {
    let engine = Engine::default();
    let module = Module::new(&engine, GUEST)?;
    let mut linker = Linker::new(&engine);
    linker.func_wrap("host", "log", |mut caller: Caller<'_, Host>, start: u32, len: u32| -> Result<()> {
        let line = text(&mut caller, start, len)?;
        caller.data_mut().lines.push(line);
        Ok(())
    })?;
    linker.func_wrap("host", "check", |number: i32| -> Result<()> {
        if number < 0 { Err(Error::msg(format!("{number} is negative"))) } else { Ok(()) }
    })?;

    let mut store = Store::new(&engine, Host::default());
    let instance = linker.instantiate(&mut store, &module)?;
    let run = instance.get_typed_func::<i32, ()>(&mut store, "run")?;
    run.call(&mut store, 1)?;
    // An error of the host ends the guest, and comes out of the call as it is.
    let error = run.call(&mut store, -1).expect_err("the host refuses");
    println!("{:?}, then: {}", store.data().lines, error.root_cause());
    Ok(())
}
