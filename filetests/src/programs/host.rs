//! What a recipe gives a module to import.

use super::recipe::{Behavior, Rule};
use anyhow::{Context, Result, anyhow, bail};
use gantry::{
    AsContextMut, Caller, Extern, ExternType, Func, FuncType, Memory, MemoryType, Module, Ref, Store, Val, ValType,
};

/// What host functions share. A module may export its memory under any name, or import it.
#[derive(Default)]
pub(super) struct Host {
    pub(super) memory: Option<Memory>,
    /// What `fd_write` was given.
    pub(super) output: Vec<u8>,
}

/// The error by which `longjmp` unwinds to the `invoke_*` around it.
#[derive(Debug)]
struct LongJump;

impl std::fmt::Display for LongJump {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("longjmp without setjmp")
    }
}
impl std::error::Error for LongJump {}

/// Makes everything that `module` imports.
pub(super) fn imports(store: &mut Store<Host>, module: &Module, rules: &[Rule]) -> Result<Vec<Extern>> {
    module
        .imports()
        .map(|import| {
            let key = format!("{}.{}", import.module(), import.name());
            let rule = rules.iter().find(|rule| match rule.pattern.strip_suffix('*') {
                Some(prefix) => key.starts_with(prefix),
                None => key == rule.pattern,
            });
            let behavior = rule.with_context(|| format!("nothing says what {key} is"))?.behavior;
            match (import.ty(), behavior) {
                (ExternType::Memory(_), Behavior::Memory { min, max }) => {
                    let memory = Memory::new(&mut *store, MemoryType::new(min, Some(max)))?;
                    store.data_mut().memory = Some(memory);
                    Ok(memory.into())
                }
                (ExternType::Func(ty), behavior) => {
                    let results: Vec<ValType> = ty.results().collect();
                    Ok(function(store, ty, key, results, behavior).into())
                }
                (_, behavior) => bail!("{key} cannot be what {behavior:?} makes"),
            }
        })
        .collect()
}

fn function(store: &mut Store<Host>, ty: FuncType, key: String, types: Vec<ValType>, behavior: Behavior) -> Func {
    Func::new(store, ty, move |mut caller: Caller<'_, Host>, params: &[Val], results: &mut [Val]| {
        let value = match behavior {
            Behavior::Returns(value) => value,
            Behavior::Traps => bail!("{key} was called"),
            Behavior::Throws => return Err(LongJump.into()),
            Behavior::Invokes => return invoke(&mut caller, params, results),
            Behavior::Copies => copy(&mut caller, params)?,
            Behavior::Grows => grow(&mut caller, params)?,
            Behavior::Collects => collect(&mut caller, params)?,
            Behavior::Memory { .. } => bail!("{key} is a function and no memory"),
        };
        for (result, ty) in results.iter_mut().zip(&types) {
            *result = host_value(ty, value)?;
        }
        Ok(())
    })
}

/// `value` as a value of type `ty`. What does not fit wraps around, as it does when wasm code computes it.
pub(super) fn host_value(ty: &ValType, value: i64) -> Result<Val> {
    let [low, _] = halves(value);
    Ok(match ty {
        ValType::I32 => Val::I32(low),
        ValType::I64 => Val::I64(value),
        // Recipes use small whole numbers only.
        ValType::F32 => Val::from(f32::from(i16::try_from(value)?)),
        ValType::F64 => Val::from(f64::from(i32::try_from(value)?)),
        other => bail!("no number is a value of type {other:?}"),
    })
}

fn halves(value: i64) -> [i32; 2] {
    let b = value.to_le_bytes();
    [i32::from_le_bytes([b[0], b[1], b[2], b[3]]), i32::from_le_bytes([b[4], b[5], b[6], b[7]])]
}

/// Parameter `index`, an address or a size.
fn unsigned(params: &[Val], index: usize) -> Result<usize> {
    match params.get(index) {
        Some(Val::I32(value)) => Ok(usize::try_from(value.cast_unsigned())?),
        other => bail!("parameter {index} is {other:?}"),
    }
}

fn memory(caller: &Caller<'_, Host>) -> Result<Memory> {
    caller.data().memory.context("the memory is used before there is one")
}

fn copy(caller: &mut Caller<'_, Host>, params: &[Val]) -> Result<i64> {
    let (to, from, len) = (unsigned(params, 0)?, unsigned(params, 1)?, unsigned(params, 2)?);
    let mut bytes = vec![0; len];
    memory(caller)?.read(&mut *caller, from, &mut bytes)?;
    memory(caller)?.write(&mut *caller, to, &bytes)?;
    Ok(i64::try_from(to)?)
}

fn grow(caller: &mut Caller<'_, Host>, params: &[Val]) -> Result<i64> {
    let memory = memory(caller)?;
    let pages = u64::try_from(unsigned(params, 0)?.div_ceil(65536))?;
    let delta = pages.saturating_sub(memory.size(&*caller));
    memory.grow(&mut *caller, delta)?;
    Ok(1)
}

fn collect(caller: &mut Caller<'_, Host>, params: &[Val]) -> Result<i64> {
    let (entries, count, written) = (unsigned(params, 1)?, unsigned(params, 2)?, unsigned(params, 3)?);
    let memory = memory(caller)?;
    let mut total = 0u32;
    for index in 0..count {
        let mut word = [0; 4];
        memory.read(&mut *caller, entries + 8 * index, &mut word)?;
        let at = usize::try_from(u32::from_le_bytes(word))?;
        memory.read(&mut *caller, entries + 8 * index + 4, &mut word)?;
        let len = u32::from_le_bytes(word);
        let mut bytes = vec![0; usize::try_from(len)?];
        memory.read(&mut *caller, at, &mut bytes)?;
        caller.data_mut().output.extend(bytes);
        total += len;
    }
    memory.write(&mut *caller, written, &total.to_le_bytes())?;
    Ok(0)
}

/// Calls the function of the table that the first parameter names with the others. If it throws, puts the stack pointer of the
/// module back and tells it so.
fn invoke(caller: &mut Caller<'_, Host>, params: &[Val], results: &mut [Val]) -> Result<()> {
    let mut stack = [Val::I32(0)];
    export(caller, "stackSave")?.call(&mut *caller, &[], &mut stack)?;
    let table = caller.get_export("__indirect_function_table").and_then(Extern::into_table).context("no table")?;
    let index = u64::try_from(unsigned(params, 0)?)?;
    let callee = match table.get(&mut *caller, index) {
        Some(Ref::Func(Some(callee))) => callee,
        other => bail!("element {index} of the table is {other:?}"),
    };
    match callee.call(caller.as_context_mut(), &params[1..], results) {
        Err(error) if error.downcast_ref::<LongJump>().is_some() => {
            export(caller, "stackRestore")?.call(&mut *caller, &stack, &mut [])?;
            export(caller, "setThrew")?.call(&mut *caller, &[Val::I32(1), Val::I32(0)], &mut [])
        }
        result => result,
    }
}

fn export(caller: &mut Caller<'_, Host>, name: &str) -> Result<Func> {
    caller.get_export(name).and_then(Extern::into_func).ok_or_else(|| anyhow!("no function {name} is exported"))
}
