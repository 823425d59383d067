//! Handing the functions to an engine's linker: the only file here that knows the engine.

use crate::functions::for_each_function;
use crate::{GuestMemory, MODULE, WasiCtx};
use gantry::{Caller, Extern, Linker, Result};

/// A program called a function that needs its memory, but exports none under the name `memory`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the module exports no memory named `memory`, which WASI functions need")]
pub struct NoMemory;

/// Defines every function of WASI preview 1 in `linker`, as imports from [`MODULE`]. `get` finds the context in the store's data.
///
/// A program that calls `proc_exit` ends with the error [`I32Exit`](crate::I32Exit), one without a memory with [`NoMemory`].
///
/// ```no_run
/// use gantry::{Engine, Linker, Module, Store};
/// use gantry_wasi::{I32Exit, WasiCtx, WasiCtxBuilder};
///
/// # fn main() -> gantry::Result<()> {
/// let engine = Engine::default();
/// let module = Module::from_file(&engine, "program.wasm")?;
/// let mut linker = Linker::new(&engine);
/// gantry_wasi::add_to_linker(&mut linker, |ctx: &mut WasiCtx| ctx)?;
/// let mut store = Store::new(&engine, WasiCtxBuilder::new().arg("program").inherit_stdio().build());
/// let instance = linker.instantiate(&mut store, &module)?;
/// let outcome = instance.get_typed_func::<(), ()>(&mut store, "_start")?.call(&mut store, ());
/// if let Err(error) = outcome {
///     match error.downcast_ref::<I32Exit>() {
///         Some(exit) => std::process::exit(exit.0),
///         None => return Err(error),
///     }
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// When `linker` has one of the names already and does not allow shadowing.
pub fn add_to_linker<T: 'static>(
    linker: &mut Linker<T>,
    get: impl Fn(&mut T) -> &mut WasiCtx + Copy + Send + Sync + 'static,
) -> Result<()> {
    macro_rules! link {
        ($($name:ident($($param:ident: $ty:ident),*);)*) => { $(
            linker.func_wrap(
                MODULE,
                stringify!($name),
                move |mut caller: Caller<'_, T>, $($param: $ty),*| -> Result<u32> {
                    let Some(Extern::Memory(memory)) = caller.get_export("memory") else {
                        return Err(NoMemory.into());
                    };
                    let (bytes, data) = memory.data_and_store_mut(&mut caller);
                    let result = get(data).$name(&mut GuestMemory::new(bytes), $($param),*);
                    Ok(result.map_or_else(|errno| u32::from(errno.raw()), |()| 0))
                },
            )?;
        )* };
    }
    for_each_function!(link);
    linker.func_wrap(MODULE, "proc_exit", move |mut caller: Caller<'_, T>, status: u32| -> Result<()> {
        Err(get(caller.data_mut()).proc_exit(status).into())
    })?;
    Ok(())
}
