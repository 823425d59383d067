//! Engines of other projects, which say what is right where ours disagree.
//!
//! An arbiter does what the plan says, as far as it can. If it cannot (a feature that it lacks, a limit of its own), it has no
//! opinion.

use crate::limits::{Limits, MEMORY_BYTES, TABLE_ELEMENTS};
use crate::plan::{Domain, Plan};
use crate::quiet::quietly;
use crate::trace::{Difference, HostCall, HostError, Outcome, State, Step, Trace, hash};
use crate::value::{EXTERNS, Random, Type, Value};
use anyhow::{Context, Result, bail};
use gantry::Trap;
use wasmi_core::LimiterError;

/// An engine of another project.
pub struct Arbiter {
    /// Its name.
    pub name: &'static str,
    run: fn(&Plan) -> Result<Trace>,
    /// Whether start functions can run out of fuel.
    stops_start: bool,
}

/// Every arbiter.
pub const ARBITERS: &[Arbiter] = &[
    Arbiter { name: "wasmi", run: run_wasmi, stops_start: true },
    Arbiter { name: "tinywasm", run: run_tinywasm, stops_start: false },
];

/// What the arbiters say: each one that has an opinion, with what it did differently.
pub fn opinions(plan: &Plan, reference: &Trace) -> Vec<(&'static str, Option<Difference>)> {
    // The results of relaxed operators are a choice, and the arbiters' is not ours.
    if plan.operators.iter().any(|name| name.contains("relaxed")) {
        return Vec::new();
    }
    let endless_start = reference.steps.first().is_some_and(|step| step.outcome.is_exhausted());
    let opinion = |arbiter: &Arbiter| {
        if endless_start && !arbiter.stops_start {
            return None;
        }
        // A panic over there is not our business.
        let trace = quietly(|| (arbiter.run)(plan))?.ok()?;
        Some((arbiter.name, trace.coarse().difference(&reference.coarse())))
    };
    ARBITERS.iter().filter_map(opinion).collect()
}

impl Trace {
    fn push(&mut self, outcome: Outcome, host_calls: Vec<HostCall>, state: Option<State>) {
        self.steps.push(Step { outcome, fuel: None, host_calls, state });
    }
}

/// Fuel of arbiters, which count it in their own way: so much more than ours that it never runs out first.
const FUEL: u64 = 2_000_000;

struct Host {
    limits: Limits,
    random: Random,
    calls: Vec<HostCall>,
    externs: Vec<wasmi::ExternRef>,
    /// The functions of the instance by index, as they print.
    functions: Vec<String>,
}

impl wasmi::ResourceLimiter for Limits {
    fn memory_growing(&mut self, current: usize, desired: usize, maximum: Option<usize>) -> Result<bool, LimiterError> {
        Ok(self.memory(current, desired, maximum))
    }

    fn table_growing(&mut self, current: usize, desired: usize, maximum: Option<usize>) -> Result<bool, LimiterError> {
        Ok(self.table(current, desired, maximum))
    }

    fn instances(&self) -> usize {
        1
    }

    fn tables(&self) -> usize {
        100
    }

    fn memories(&self) -> usize {
        100
    }
}

impl wasmi::errors::HostError for HostError {}

/// wasmi 2.0.0 makes one operator of a comparison of a local to zero and a `select`, which decides by what a register held before.
fn run_wasmi(plan: &Plan) -> Result<Trace> {
    if plan.selects_by_zero {
        bail!("it does not do what the module says");
    }
    let mut config = wasmi::Config::default();
    config
        .wasm_wide_arithmetic(true)
        .wasm_simd(true)
        .wasm_memory64(true)
        .wasm_multi_memory(true)
        .wasm_custom_page_sizes(true)
        .wasm_tail_call(true)
        .wasm_extended_const(true)
        .consume_fuel(true)
        .set_max_recursion_depth(30_000);
    let engine = wasmi::Engine::new(&config);
    let module = wasmi::Module::new(&engine, &plan.wasm)?;
    let host = Host {
        limits: Limits::new(plan.seed),
        random: Random::of(&[plan.seed, 3]),
        calls: Vec::new(),
        externs: Vec::new(),
        functions: Vec::new(),
    };
    let mut store = wasmi::Store::new(&engine, host);
    for number in 0..EXTERNS {
        let value = wasmi::ExternRef::new(&mut store, number);
        store.data_mut().externs.push(value);
    }
    store.limiter(|host| &mut host.limits);
    store.set_fuel(FUEL)?;
    let linker = wasmi_imports(&mut store, &engine, &module, plan)?;
    let mut trace = Trace::default();
    let instance = linker.instantiate_and_start(&mut store, &module);
    let outcome = match &instance {
        Ok(_) => Outcome::Returned(Vec::new()),
        Err(error) => wasmi_outcome(error)?,
    };
    let instance = instance.ok();
    if let Some(instance) = &instance {
        store.data_mut().limits.running = true;
        let functions = (0..plan.functions.len())
            .map(|i| Ok(format!("{:?}", instance.get_func(&store, &format!("f{i}")).context("it is exported")?)))
            .collect::<Result<_>>()?;
        store.data_mut().functions = functions;
    }
    let calls = std::mem::take(&mut store.data_mut().calls);
    let state = instance.as_ref().map(|instance| wasmi_state(&store, plan, instance));
    trace.push(outcome, calls, state);
    let Some(instance) = instance else { return Ok(trace) };
    for call in &plan.calls {
        if trace.is_exhausted() {
            break;
        }
        store.set_fuel(FUEL)?;
        let func = instance.get_func(&store, &format!("f{}", call.func)).context("functions are exported")?;
        let signature = &plan.functions[call.func as usize];
        let mut args = Vec::new();
        for (&value, domain) in call.args.iter().zip(&signature.params) {
            args.push(to_wasmi(&store, &instance, value, domain)?);
        }
        let mut results = Vec::new();
        for domain in &signature.results {
            results.push(to_wasmi(&store, &instance, zero(domain), domain)?);
        }
        let outcome = match func.call(&mut store, &args, &mut results) {
            Ok(()) => Outcome::Returned(results.iter().map(|value| of_wasmi(&store, value)).collect()),
            Err(error) => wasmi_outcome(&error)?,
        };
        let calls = std::mem::take(&mut store.data_mut().calls);
        let state = wasmi_state(&store, plan, &instance);
        trace.push(outcome, calls, Some(state));
    }
    Ok(trace)
}

fn zero(domain: &Domain) -> Value {
    match domain.ty {
        Some(Type::I32) => Value::I32(0),
        Some(Type::I64) => Value::I64(0),
        Some(Type::F32) => Value::F32(0),
        Some(Type::F64) => Value::F64(0),
        Some(Type::V128) => Value::V128(0),
        _ => Value::Null,
    }
}

fn wasmi_outcome(error: &wasmi::Error) -> Result<Outcome> {
    use wasmi::TrapCode as T;
    if error.downcast_ref::<HostError>().is_some() {
        return Ok(Outcome::HostError);
    }
    let trap = match error.as_trap_code().with_context(|| format!("wasmi: {error}"))? {
        T::UnreachableCodeReached => Trap::Unreachable,
        T::MemoryOutOfBounds => Trap::MemoryOutOfBounds,
        T::TableOutOfBounds => Trap::TableOutOfBounds,
        T::IndirectCallToNull => Trap::IndirectCallToNull,
        T::IntegerDivisionByZero => Trap::IntegerDivisionByZero,
        T::IntegerOverflow => Trap::IntegerOverflow,
        T::BadConversionToInteger => Trap::BadConversionToInteger,
        T::StackOverflow => Trap::StackOverflow,
        T::BadSignature => Trap::BadSignature,
        T::OutOfFuel => Trap::OutOfFuel,
        other => bail!("a limit of wasmi's own: {other:?}"),
    };
    Ok(Outcome::Trapped(trap, None))
}

fn to_wasmi(
    store: &wasmi::Store<Host>,
    instance: &wasmi::Instance,
    value: Value,
    domain: &Domain,
) -> Result<wasmi::Val> {
    Ok(match value {
        Value::Func(Some(index)) => {
            let func = instance.get_func(store, &format!("f{index}")).context("functions are exported")?;
            wasmi::Val::FuncRef(wasmi::Nullable::Val(func))
        }
        value => plain_wasmi(&store.data().externs, value, domain),
    })
}

/// A value that is no function.
fn plain_wasmi(externs: &[wasmi::ExternRef], value: Value, domain: &Domain) -> wasmi::Val {
    match value {
        Value::I32(x) => wasmi::Val::I32(x.cast_signed()),
        Value::I64(x) => wasmi::Val::I64(x.cast_signed()),
        Value::F32(x) => wasmi::Val::F32(wasmi::F32::from_bits(x)),
        Value::F64(x) => wasmi::Val::F64(wasmi::F64::from_bits(x)),
        Value::V128(x) => wasmi::Val::V128(wasmi::V128::from(x)),
        Value::Extern(number) => wasmi::Val::ExternRef(wasmi::Nullable::Val(externs[number as usize])),
        Value::Null | Value::Func(_) => match domain.ty {
            Some(Type::Func(_)) => wasmi::Val::FuncRef(wasmi::Nullable::Null),
            _ => wasmi::Val::ExternRef(wasmi::Nullable::Null),
        },
    }
}

fn of_wasmi(store: &wasmi::Store<Host>, value: &wasmi::Val) -> Value {
    use wasmi::Nullable::{Null, Val};
    match value {
        wasmi::Val::FuncRef(Val(func)) => {
            let name = format!("{func:?}");
            let at = store.data().functions.iter().position(|known| *known == name);
            Value::Func(at.and_then(|at| u32::try_from(at).ok()))
        }
        wasmi::Val::ExternRef(Val(value)) => {
            Value::Extern(value.data(store).downcast_ref::<u32>().copied().unwrap_or(u32::MAX))
        }
        wasmi::Val::FuncRef(Null) | wasmi::Val::ExternRef(Null) => Value::Null,
        other => number_of_wasmi(other),
    }
}

fn number_of_wasmi(value: &wasmi::Val) -> Value {
    match value {
        wasmi::Val::I32(x) => Value::I32(x.cast_unsigned()),
        wasmi::Val::I64(x) => Value::I64(x.cast_unsigned()),
        wasmi::Val::F32(x) => Value::F32(x.to_bits()),
        wasmi::Val::F64(x) => Value::F64(x.to_bits()),
        wasmi::Val::V128(x) => Value::V128(x.as_u128()),
        _ => Value::Null,
    }
}

fn wasmi_state(store: &wasmi::Store<Host>, plan: &Plan, instance: &wasmi::Instance) -> State {
    let mut state = State::default();
    for i in 0..plan.memories {
        if let Some(memory) = instance.get_memory(store, &format!("m{i}")) {
            let bytes = memory.data(store);
            state.memories.push((bytes.len() as u64, hash(bytes)));
        }
    }
    for i in 0..plan.globals {
        if let Some(global) = instance.get_global(store, &format!("g{i}")) {
            state.globals.push(of_wasmi(store, &global.get(store)));
        }
    }
    for i in 0..plan.tables {
        if let Some(table) = instance.get_table(store, &format!("t{i}")) {
            let values = (0..table.size(store)).filter_map(|at| {
                let value = match table.get(store, at)? {
                    wasmi::Ref::Func(func) => wasmi::Val::FuncRef(func),
                    wasmi::Ref::Extern(value) => wasmi::Val::ExternRef(value),
                };
                Some(of_wasmi(store, &value))
            });
            state.tables.push(values.collect());
        }
    }
    state
}

fn wasmi_imports(
    store: &mut wasmi::Store<Host>,
    engine: &wasmi::Engine,
    module: &wasmi::Module,
    plan: &Plan,
) -> Result<wasmi::Linker<Host>> {
    let mut linker = wasmi::Linker::new(engine);
    let mut functions = 0;
    for (import, planned) in module.imports().zip(&plan.imports) {
        let (module, name) = (&planned.module, &planned.name);
        match import.ty().clone() {
            wasmi::ExternType::Func(ty) => {
                let index = functions;
                functions += 1;
                let signature = plan.functions[index as usize].clone();
                let call = move |mut caller: wasmi::Caller<'_, Host>,
                                 args: &[wasmi::Val],
                                 results: &mut [wasmi::Val]| {
                    let shallow = |value: &wasmi::Val| match value {
                        wasmi::Val::FuncRef(wasmi::Nullable::Val(_)) => Value::Func(None),
                        wasmi::Val::ExternRef(wasmi::Nullable::Val(value)) => {
                            Value::Extern(value.data(&caller).downcast_ref::<u32>().copied().unwrap_or(u32::MAX))
                        }
                        other => number_of_wasmi(other),
                    };
                    let args = args.iter().map(shallow).collect();
                    let host = caller.data_mut();
                    host.calls.push(HostCall { func: index, args, fuel: None });
                    if host.random.one_in(16) {
                        return Err(wasmi::Error::host(HostError));
                    }
                    for (result, domain) in results.iter_mut().zip(&signature.results) {
                        let value = domain.host_value(&mut host.random).ok_or_else(|| wasmi::Error::host(HostError))?;
                        *result = plain_wasmi(&host.externs, value, domain);
                    }
                    Ok(())
                };
                linker.func_new(module, name, ty, call)?;
            }
            wasmi::ExternType::Global(ty) => {
                let (value, is_func) =
                    (planned.value.context("globals have values")?, ty.content() == wasmi::ValType::FuncRef);
                let domain = Domain {
                    ty: Some(if is_func { Type::Func(true) } else { Type::Extern(true) }),
                    nullable: true,
                    functions: Vec::new(),
                };
                let value = plain_wasmi(&store.data().externs, value, &domain);
                let global = wasmi::Global::new(&mut *store, value, ty.mutability());
                linker.define(module, name, global)?;
            }
            wasmi::ExternType::Memory(ty) => {
                let memory = wasmi::Memory::new(&mut *store, ty)?;
                linker.define(module, name, memory)?;
            }
            wasmi::ExternType::Table(ty) => {
                let null = wasmi::Ref::default_for_ty(ty.element());
                let table = wasmi::Table::new(&mut *store, ty, null)?;
                linker.define(module, name, table)?;
            }
        }
    }
    Ok(linker)
}

/// tinywasm has no limiter, no way to count as we do, NaNs of scalar operators that are not canonical, and locals that should be
/// null and are not: what depends on them is left to wasmi.
fn run_tinywasm(plan: &Plan) -> Result<Trace> {
    use tinywasm::types::WasmValue as V;
    let unlike = ["memory_grow", "table_grow"].iter().any(|name| plan.operators.contains(name));
    if unlike || !plan.nan_free || plan.reference_locals || !plan.imports.is_empty() || plan.wasm.len() > 1 << 20 {
        bail!("it does not do what the plan says");
    }
    let module = tinywasm::parse_bytes(&plan.wasm)?;
    let engine = tinywasm::Engine::new(tinywasm::engine::Config::new());
    let mut store = tinywasm::Store::new(engine);
    let mut trace = Trace::default();
    let instance = match tinywasm::ModuleInstance::instantiate(&mut store, &module, None) {
        Ok(instance) => instance,
        Err(error) => {
            trace.push(tinywasm_outcome(&error)?, Vec::new(), None);
            return Ok(trace);
        }
    };
    let mut state = tinywasm_state(&store, plan, &instance)?;
    if state.memories.iter().any(|(bytes, _)| *bytes > MEMORY_BYTES as u64)
        || state.tables.iter().any(|table| table.len() > TABLE_ELEMENTS)
    {
        bail!("the plan's limits forbid what it allows");
    }
    trace.push(Outcome::Returned(Vec::new()), Vec::new(), Some(state));
    for call in &plan.calls {
        let func = instance.func_untyped(&store, &format!("f{}", call.func))?;
        let mut args = Vec::new();
        for &value in &call.args {
            args.push(match value {
                Value::I32(x) => V::I32(x.cast_signed()),
                Value::I64(x) => V::I64(x.cast_signed()),
                Value::F32(x) => V::F32(f32::from_bits(x)),
                Value::F64(x) => V::F64(f64::from_bits(x)),
                Value::V128(x) => V::V128(x.to_le_bytes()),
                _ => bail!("references cannot be passed"),
            });
        }
        let mut execution = func.call_resumable(&mut store, &args)?;
        let outcome = match execution.resume_with_fuel(200_000) {
            Ok(tinywasm::ExecProgress::Completed(values)) => {
                Outcome::Returned(values.iter().map(of_tinywasm).collect())
            }
            Ok(tinywasm::ExecProgress::Suspended) => Outcome::Trapped(Trap::OutOfFuel, None),
            Err(error) => tinywasm_outcome(&error)?,
        };
        drop(execution);
        let exhausted = outcome.is_exhausted();
        state = tinywasm_state(&store, plan, &instance)?;
        trace.push(outcome, Vec::new(), Some(state));
        if exhausted {
            break;
        }
    }
    Ok(trace)
}

fn of_tinywasm(value: &tinywasm::types::WasmValue) -> Value {
    use tinywasm::types::WasmValue as V;
    match value {
        V::I32(x) => Value::I32(x.cast_unsigned()),
        V::I64(x) => Value::I64(x.cast_unsigned()),
        V::F32(x) => Value::F32(x.to_bits()),
        V::F64(x) => Value::F64(x.to_bits()),
        V::V128(x) => Value::V128(u128::from_le_bytes(*x)),
        V::RefFunc(func) if func.is_null() => Value::Null,
        V::RefFunc(_) => Value::Func(None),
        // Guests get no host values from it.
        V::RefExtern(_) => Value::Null,
    }
}

fn tinywasm_state(store: &tinywasm::Store, plan: &Plan, instance: &tinywasm::ModuleInstance) -> Result<State> {
    let mut state = State::default();
    for i in 0..plan.memories {
        let memory = instance.memory(&format!("m{i}"))?;
        let bytes = memory.read_vec(store, 0, memory.len(store)?)?;
        state.memories.push((bytes.len() as u64, hash(&bytes)));
    }
    for i in 0..plan.globals {
        state.globals.push(of_tinywasm(&instance.global_get(store, &format!("g{i}"))?));
    }
    for i in 0..plan.tables {
        let table = instance.table(&format!("t{i}"))?;
        let elements = u32::try_from(table.size(store)?)?;
        let values = (0..elements).map(|at| Ok(of_tinywasm(&table.get(store, at)?)));
        state.tables.push(values.collect::<Result<_>>()?);
    }
    Ok(state)
}

fn tinywasm_outcome(error: &tinywasm::Error) -> Result<Outcome> {
    use tinywasm::Trap as T;
    let tinywasm::Error::Trap(trap) = error else { bail!("tinywasm: {error}") };
    let trap = match trap {
        T::Unreachable => Trap::Unreachable,
        T::MemoryOutOfBounds { .. } => Trap::MemoryOutOfBounds,
        T::TableOutOfBounds { .. } => Trap::TableOutOfBounds,
        T::DivisionByZero => Trap::IntegerDivisionByZero,
        T::InvalidConversionToInt => Trap::BadConversionToInteger,
        T::IntegerOverflow => Trap::IntegerOverflow,
        T::CallStackOverflow | T::ValueStackOverflow => Trap::StackOverflow,
        T::UndefinedElement { .. } => Trap::UndefinedElement,
        T::UninitializedElement { .. } => Trap::IndirectCallToNull,
        T::IndirectCallTypeMismatch { .. } => Trap::BadSignature,
        other => bail!("tinywasm: {other:?}"),
    };
    Ok(Outcome::Trapped(trap, None))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Case, Options};
    use crate::engine::EngineSpec;
    use crate::run::run;

    /// The names of those who have an opinion. None may differ.
    fn opinions_on(wat: &str) -> Vec<&'static str> {
        let engine = vec![EngineSpec::comparable("winch").with("consume_fuel", true)];
        let case = Case { wasm: wat::parse_str(wat).unwrap(), options: Options { engine, ..Options::default() } };
        let plan = Plan::new(&case).unwrap();
        let trace = run(&case.options.engine[0], &plan).unwrap();
        let say = |(name, difference): (_, Option<_>)| difference.map_or(name, |d: Difference| panic!("{name}: {d:?}"));
        opinions(&plan, &trace).into_iter().map(say).collect()
    }

    #[test]
    fn arbiters_judge_what_they_get_right() {
        assert_eq!(
            opinions_on("(module (func (param i32) (result i32) (local i64) local.get 0))"),
            ["wasmi", "tinywasm"]
        );
        let null = "(module (func (result i32) (local funcref) (ref.is_null (local.get 0))))";
        assert_eq!(opinions_on(null), ["wasmi"]);
        let nan = "(module (func (result f32) (f32.div (f32.const 0) (f32.const 0))))";
        assert_eq!(opinions_on(nan), ["wasmi"]);
        let by_zero =
            "(module (func (param i32) (result i32) (select (i32.const 1) (i32.const 2) (i32.eqz (local.get 0)))))";
        assert_eq!(opinions_on(by_zero), ["tinywasm"]);
        let endless = "(module (func $f (return_call $f)) (start $f))";
        assert_eq!(opinions_on(endless), ["wasmi"]);
    }
}
