//! Compiles once, loads many times: what `gantry compile` does, as a library. Loading maps the artifact and compiles nothing.

use gantry::{Engine, Instance, Module, Result, Store};

fn main() -> Result<()> {
    let engine = Engine::default();
    let artifact = engine.precompile_module(
        br#"(module (func (export "square") (param i64) (result i64) (i64.mul (local.get 0) (local.get 0))))"#,
    )?;

    // SAFETY: the artifact was made by this version of the engine just now, and nobody has changed it.
    let module = unsafe { Module::deserialize(&engine, &artifact) }?;
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &module, &[])?;
    let square = instance.get_typed_func::<i64, i64>(&mut store, "square")?;
    println!("{}", square.call(&mut store, 12)?);
    Ok(())
}
