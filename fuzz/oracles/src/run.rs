//! Doing what a plan says, on an engine of ours.

use crate::engine::EngineSpec;
use crate::limits::Limits;
use crate::operators;
use crate::plan::{Domain, Plan};
use crate::trace::{HostCall, HostError, Outcome, State, Step, Trace, hash};
use crate::value::{EXTERNS, Random, Type, Value};
use anyhow::{Context, Result};
use gantry::{
    Engine, Extern, ExternRef, ExternType, Func, Global, Instance, Memory, Module, Ref, Store, Table, Trap,
    UpdateDeadline, Val, WasmBacktrace,
};
use gantry_abi::HeapType;
use wasmparser::{BinaryReader, OperatorsReader};

/// What the store holds.
struct Host {
    limits: Limits,
    random: Random,
    calls: Vec<HostCall>,
    /// The host values that guests refer to.
    externs: Vec<ExternRef>,
    /// The functions of the instance, by index, once it is complete: for telling references apart.
    functions: Vec<Func>,
    counts_fuel: bool,
    /// How many epochs guests have from the beginning of a call on.
    grace: u64,
    /// How often a callback was asked for more time.
    interruptions: u64,
}

/// Runs a plan.
///
/// # Errors
///
/// If the module does not compile, or cannot be linked.
pub fn run(spec: &EngineSpec, plan: &Plan) -> Result<Trace> {
    Ok(run_with(spec, plan, |_| {})?.0)
}

/// Runs a plan while the time is always over: wherever guests look at it, a callback grants them a little more. Returns how
/// often that happened as well. The options have to interrupt guests by epochs.
///
/// # Errors
///
/// As [`run`].
pub fn run_interrupted(spec: &EngineSpec, plan: &Plan) -> Result<(Trace, u64)> {
    run_with(spec, plan, |store| {
        store.data_mut().grace = 0;
        store.epoch_deadline_callback(|mut context| {
            context.data_mut().interruptions += 1;
            Ok(UpdateDeadline::Continue(0))
        });
    })
}

/// Runs a plan in a store that is prepared first.
fn run_with(spec: &EngineSpec, plan: &Plan, prepare: impl FnOnce(&mut Store<Host>)) -> Result<(Trace, u64)> {
    let engine = spec.shared_engine()?;
    let module = if spec.artifact {
        let artifact = engine.precompile_module(&plan.wasm)?;
        // SAFETY: the artifact was just made by this engine.
        unsafe { Module::deserialize(&engine, artifact) }?
    } else {
        Module::new(&engine, &plan.wasm)?
    };
    let mut store = new_store(&engine, spec, plan)?;
    store.limiter(|host| &mut host.limits);
    prepare(&mut store);
    refill(&mut store, plan)?;
    let imports = imports(&mut store, &module, plan);
    let mut trace = Trace::default();
    let imports = match imports {
        Ok(imports) => imports,
        Err(error) if is_refusal(&error) => {
            trace.steps.push(Step { outcome: Outcome::Refused, fuel: None, host_calls: Vec::new(), state: None });
            return Ok((trace, 0));
        }
        Err(error) => return Err(error),
    };
    let instance = Instance::new(&mut store, &module, &imports);
    let outcome = match &instance {
        Ok(_) => Outcome::Returned(Vec::new()),
        Err(error) => outcome_of(error, plan)?,
    };
    let instance = instance.ok();
    if let Some(instance) = &instance {
        store.data_mut().limits.running = true;
        let functions = (0..plan.functions.len())
            .map(|i| instance.get_func(&mut store, &format!("f{i}")).context("functions are exported"))
            .collect::<Result<_>>()?;
        store.data_mut().functions = functions;
    }
    finish_step(&mut store, plan, instance.as_ref(), outcome, &mut trace)?;
    let Some(instance) = instance else { return Ok((trace, store.data().interruptions)) };
    for call in &plan.calls {
        if trace.is_exhausted() {
            break;
        }
        refill(&mut store, plan)?;
        let func = store.data().functions[call.func as usize];
        let signature = &plan.functions[call.func as usize];
        let host = store.data();
        let args = call.args.iter().zip(&signature.params).map(|(&value, domain)| match value {
            Value::Null => placeholder(domain),
            value => from_value(&host.externs, &host.functions, value),
        });
        let args: Vec<Val> = args.collect();
        let mut results: Vec<Val> = signature.results.iter().map(placeholder).collect();
        let outcome = match func.call(&mut store, &args, &mut results) {
            Ok(()) => {
                let mut values = Vec::new();
                for result in results {
                    values.push(to_value(&mut store, result));
                }
                Outcome::Returned(values)
            }
            Err(error) => outcome_of(&error, plan)?,
        };
        finish_step(&mut store, plan, Some(&instance), outcome, &mut trace)?;
    }
    Ok((trace, store.data().interruptions))
}

fn new_store(engine: &Engine, spec: &EngineSpec, plan: &Plan) -> Result<Store<Host>> {
    let mut store = Store::new(
        engine,
        Host {
            limits: Limits::new(plan.seed),
            random: Random::of(&[plan.seed, 3]),
            calls: Vec::new(),
            externs: Vec::new(),
            functions: Vec::new(),
            counts_fuel: spec.counts_fuel(),
            grace: 1,
            interruptions: 0,
        },
    );
    for number in 0..EXTERNS {
        let value = ExternRef::new(&mut store, number)?;
        store.data_mut().externs.push(value);
    }
    Ok(store)
}

fn refill(store: &mut Store<Host>, plan: &Plan) -> Result<()> {
    if store.data().counts_fuel {
        store.set_fuel(plan.fuel)?;
    }
    let grace = store.data().grace;
    store.set_epoch_deadline(grace);
    Ok(())
}

/// Whether a limit is why something was not made.
fn is_refusal(error: &anyhow::Error) -> bool {
    let text = format!("{error:#}");
    ["limit", "cannot be allocated", "exceeds"].iter().any(|part| text.contains(part))
}

/// Whether this operator of a module writes to memory.
fn is_store(wasm: &[u8], at: usize) -> bool {
    let Some(bytes) = wasm.get(at..) else { return false };
    let mut reader = OperatorsReader::new(BinaryReader::new(bytes, 0));
    reader.read().is_ok_and(|op| operators::name(&op).contains("store"))
}

/// How a step ended that failed.
fn outcome_of(error: &anyhow::Error, plan: &Plan) -> Result<Outcome> {
    if let Some(trap) = error.downcast_ref::<Trap>() {
        let mut frames: Option<Vec<_>> = error
            .downcast_ref::<WasmBacktrace>()
            .map(|trace| trace.frames().iter().map(|frame| (frame.func_index(), frame.module_offset())).collect());
        if *trap == Trap::MemoryOutOfBounds
            && let Some((_, place)) = frames.iter_mut().flatten().next()
        {
            // Of two stores to one place, optimized code makes the later one alone, unless something is between them that shows.
            *place = place.filter(|&at| !is_store(&plan.wasm, at));
        }
        return Ok(Outcome::Trapped(*trap, frames));
    }
    if error.downcast_ref::<HostError>().is_some() {
        return Ok(Outcome::HostError);
    }
    if is_refusal(error) {
        return Ok(Outcome::Refused);
    }
    anyhow::bail!("an error that no plan leads to: {error:#}")
}

fn finish_step(
    store: &mut Store<Host>,
    plan: &Plan,
    instance: Option<&Instance>,
    outcome: Outcome,
    trace: &mut Trace,
) -> Result<()> {
    let fuel = match store.data().counts_fuel {
        true => Some(store.get_fuel()?),
        false => None,
    };
    let host_calls = std::mem::take(&mut store.data_mut().calls);
    let state = instance.map(|instance| state(store, plan, instance));
    trace.steps.push(Step { outcome, fuel, host_calls, state });
    Ok(())
}

/// Everything that an instance holds.
fn state(store: &mut Store<Host>, plan: &Plan, instance: &Instance) -> State {
    let mut state = State::default();
    for i in 0..plan.memories {
        if let Some(memory) = instance.get_memory(&mut *store, &format!("m{i}")) {
            let bytes = memory.data(&*store);
            state.memories.push((bytes.len() as u64, hash(bytes)));
        }
    }
    for i in 0..plan.globals {
        if let Some(global) = instance.get_global(&mut *store, &format!("g{i}")) {
            let value = global.get(&mut *store);
            state.globals.push(to_value(store, value));
        }
    }
    for i in 0..plan.tables {
        if let Some(table) = instance.get_table(&mut *store, &format!("t{i}")) {
            let values = (0..table.size(&*store)).map(|at| {
                let element = table.get(&mut *store, at).expect("inside the table");
                to_value(store, element.into())
            });
            state.tables.push(values.collect());
        }
    }
    state
}

/// A value to begin with.
fn placeholder(domain: &Domain) -> Val {
    match domain.ty {
        Some(Type::I32) => Val::I32(0),
        Some(Type::I64) => Val::I64(0),
        Some(Type::F32) => Val::F32(0),
        Some(Type::F64) => Val::F64(0),
        Some(Type::V128) => Val::V128(0.into()),
        Some(Type::Func(_)) => Val::FuncRef(None),
        Some(Type::Extern(_)) | None => Val::ExternRef(None),
    }
}

fn from_value(externs: &[ExternRef], functions: &[Func], value: Value) -> Val {
    match value {
        Value::I32(x) => Val::I32(x.cast_signed()),
        Value::I64(x) => Val::I64(x.cast_signed()),
        Value::F32(x) => Val::F32(x),
        Value::F64(x) => Val::F64(x),
        Value::V128(x) => Val::V128(x.into()),
        Value::Func(index) => Val::FuncRef(index.and_then(|i| functions.get(i as usize).copied())),
        Value::Extern(number) => Val::ExternRef(Some(externs[number as usize].clone())),
        Value::Null => Val::FuncRef(None),
    }
}

fn to_value(store: &mut Store<Host>, value: Val) -> Value {
    let raw = |store: &Store<Host>, func: &Func| {
        let functions = &store.data().functions;
        functions.iter().position(|f| format!("{f:?}") == format!("{func:?}")).and_then(|i| u32::try_from(i).ok())
    };
    match value {
        Val::I32(x) => Value::I32(x.cast_unsigned()),
        Val::I64(x) => Value::I64(x.cast_unsigned()),
        Val::F32(x) => Value::F32(x),
        Val::F64(x) => Value::F64(x),
        Val::V128(x) => Value::V128(x.as_u128()),
        Val::FuncRef(None) | Val::ExternRef(None) => Value::Null,
        Val::FuncRef(Some(func)) => Value::Func(raw(store, &func)),
        Val::ExternRef(Some(value)) => {
            let number = value.data(&*store).ok().and_then(|data| data.downcast_ref::<u32>().copied());
            Value::Extern(number.expect("guests have no other host values"))
        }
        other => unreachable!("values of types that guests do not have yet: {other:?}"),
    }
}

/// Makes the imports.
fn imports(store: &mut Store<Host>, module: &Module, plan: &Plan) -> Result<Vec<Extern>> {
    let types: Vec<ExternType> = module.imports().map(|import| import.ty()).collect();
    let mut functions = 0u32;
    let mut imports = Vec::new();
    for (ty, import) in types.into_iter().zip(&plan.imports) {
        imports.push(match ty {
            ExternType::Func(ty) => {
                let index = functions;
                functions += 1;
                let signature = plan.functions[index as usize].clone();
                Func::new(&mut *store, ty, move |mut caller, args, results| {
                    let fuel = if caller.data().counts_fuel { Some(caller.get_fuel()?) } else { None };
                    let host = caller.data();
                    let args = args.iter().map(|value| shallow(host, value)).collect();
                    let host = caller.data_mut();
                    host.calls.push(HostCall { func: index, args, fuel });
                    if host.random.one_in(16) {
                        return Err(HostError.into());
                    }
                    for (result, domain) in results.iter_mut().zip(&signature.results) {
                        let host = caller.data_mut();
                        let value = domain.host_value(&mut host.random).ok_or(HostError)?;
                        *result = match (value, domain.ty) {
                            (Value::Null, Some(Type::Extern(_)) | None) => Val::ExternRef(None),
                            (value, _) => from_value(&host.externs, &[], value),
                        };
                    }
                    Ok(())
                })
                .into()
            }
            ExternType::Global(ty) => {
                let value = import.value.context("globals have values")?;
                let value =
                    match (value, matches!(ty.content(), gantry::ValType::Ref(ty) if ty.heap == HeapType::Extern)) {
                        (Value::Null, true) => Val::ExternRef(None),
                        (value, _) => from_value(&store.data().externs, &[], value),
                    };
                Global::new(&mut *store, ty, value)?.into()
            }
            ExternType::Memory(ty) => Memory::new(&mut *store, ty)?.into(),
            ExternType::Table(ty) => {
                let null = if ty.element().heap == HeapType::Extern { Ref::Extern(None) } else { Ref::Func(None) };
                Table::new(&mut *store, ty, null)?.into()
            }
            other => anyhow::bail!("imports of this kind are not made yet: {other:?}"),
        });
    }
    Ok(imports)
}

/// A value without the store: functions cannot be told apart.
fn shallow(host: &Host, value: &Val) -> Value {
    match value {
        Val::I32(x) => Value::I32(x.cast_unsigned()),
        Val::I64(x) => Value::I64(x.cast_unsigned()),
        Val::F32(x) => Value::F32(*x),
        Val::F64(x) => Value::F64(*x),
        Val::V128(x) => Value::V128(x.as_u128()),
        Val::FuncRef(None) | Val::ExternRef(None) => Value::Null,
        Val::FuncRef(Some(_)) => Value::Func(None),
        Val::ExternRef(Some(value)) => {
            let at = host.externs.iter().position(|known| known.ptr_eq(value));
            Value::Extern(at.and_then(|at| u32::try_from(at).ok()).unwrap_or(u32::MAX))
        }
        other => unreachable!("values of types that guests do not have yet: {other:?}"),
    }
}
