//! `gantry run`: a WASI program, or one exported function.

use crate::engine_args::EngineArgs;
use crate::{TRAPPED, load, profile, report};
use anyhow::{Context, Result, bail};
use gantry::{Func, Instance, Linker, Module, Store, StoreLimits, StoreLimitsBuilder, Trap, V128, Val, ValType};
use gantry_wasi::{DirPerms, FilePerms, I32Exit, WasiCtx, WasiCtxBuilder};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// Flags of `gantry run`.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    engine: EngineArgs,

    /// Calls this exported function with the arguments, and prints its results, instead of running a program.
    #[arg(long, value_name = "NAME")]
    invoke: Option<String>,

    /// Gives the program access to a folder of the host, under the same name or another one.
    #[arg(long = "dir", value_name = "HOST[::GUEST]")]
    dirs: Vec<String>,

    /// Sets an environment variable; without a value, to that of this process.
    #[arg(long = "env", value_name = "NAME[=VALUE]")]
    env: Vec<String>,

    /// Stops the program once it has used this much fuel: about one unit an operator.
    #[arg(long, value_name = "N")]
    fuel: Option<u64>,

    /// Stops the program after this time: `500ms`, `10s`, `2m`, or seconds.
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    timeout: Option<Duration>,

    /// Largest size in bytes of each memory; it cannot grow beyond.
    #[arg(long, value_name = "BYTES")]
    max_memory_size: Option<usize>,

    /// Bytes of stack that the program may use.
    #[arg(long, value_name = "BYTES")]
    max_wasm_stack: Option<usize>,

    /// Prints where the program spent its time: calls and loop iterations of each function; with `--backend pulley` also
    /// operations and rows of them.
    #[arg(long)]
    profile: bool,

    /// Runs FILE even if it is an artifact of `gantry compile`, which is trusted like a native program.
    #[arg(long)]
    allow_precompiled: bool,

    /// The module: WebAssembly in binary or text, or an artifact.
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Arguments of the program or function.
    #[arg(value_name = "ARGS", trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<String>,
}

/// Reads a duration: a number with the unit `ms`, `s` or `m`; seconds without one.
fn duration(text: &str) -> Result<Duration, String> {
    let (number, factor) = if let Some(n) = text.strip_suffix("ms") {
        (n, 1e-3)
    } else if let Some(n) = text.strip_suffix('s') {
        (n, 1.0)
    } else if let Some(n) = text.strip_suffix('m') {
        (n, 60.0)
    } else {
        (text, 1.0)
    };
    let number: f64 = number.parse().map_err(|_| format!("{text:?} is no duration like 500ms, 10s or 2m"))?;
    Duration::try_from_secs_f64(number * factor).map_err(|e| e.to_string())
}

/// What the store holds for the program.
struct Host {
    wasi: WasiCtx,
    limits: StoreLimits,
}

/// Stack that the thread that runs the program has beyond what the program may use: for host functions.
const HOST_STACK_BYTES: usize = 2 << 20;

/// Runs it, on a thread of its own, whose stack is as large as the flags ask for.
pub(crate) fn execute(args: &Args) -> Result<ExitCode> {
    let bytes = args.max_wasm_stack.unwrap_or_default().saturating_add(4 * HOST_STACK_BYTES);
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("wasm".to_owned()).stack_size(bytes);
        let thread = thread.spawn_scoped(scope, || on_this_thread(args)).context("cannot make a stack of this size")?;
        thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

fn on_this_thread(args: &Args) -> Result<ExitCode> {
    let mut config = args.engine.config()?;
    if args.fuel.is_some() {
        config.consume_fuel(true);
    }
    if args.timeout.is_some() {
        config.epoch_interruption(true);
    }
    if let Some(bytes) = args.max_wasm_stack {
        config.max_wasm_stack(bytes);
    }
    if !args.engine.names_backend()
        && gantry::Engine::precompiled_isa_file(&args.file)?.is_some_and(|isa| isa.starts_with(gantry::PULLEY))
    {
        config.backend(gantry::PULLEY);
    }
    config.profile_bytecode(args.profile);
    let mut engine = gantry::Engine::new(&config)?;
    if args.profile && !engine.is_pulley() {
        engine = gantry::Engine::new(config.execution_counters(true))?;
    }
    let module = load::module(&engine, &args.file, args.allow_precompiled)?;
    if args.profile && !engine.is_pulley() && !module.counts_executions() {
        bail!("{} does not count what it executes: compile it with -C execution-counters", args.file.display());
    }

    let mut limits = StoreLimitsBuilder::new();
    if let Some(bytes) = args.max_memory_size {
        limits = limits.memory_size(bytes);
    }
    let mut store = Store::new(&engine, Host { wasi: wasi(args)?, limits: limits.build() });
    store.limiter(|host| &mut host.limits);
    if let Some(fuel) = args.fuel {
        store.set_fuel(fuel)?;
    }
    if let Some(timeout) = args.timeout {
        store.set_epoch_deadline(1);
        let engine = engine.clone();
        std::thread::spawn(move || {
            std::thread::sleep(timeout);
            engine.increment_epoch();
        });
    }
    let mut linker = Linker::new(&engine);
    gantry_wasi::add_to_linker(&mut linker, |host: &mut Host| &mut host.wasi)?;

    let instance = match linker.instantiate(&mut store, &module) {
        Ok(instance) => instance,
        Err(error) => return exit_code(args, error),
    };
    let result = run(args, instance, &mut store, &module);
    if args.profile {
        match store.bytecode_profile() {
            Some(profile) => eprint!("{profile}"),
            None => profile::report(instance, &store),
        }
    }
    match result {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(error) => exit_code(args, error),
    }
}

/// What the process exits with after the program stopped with `error`.
fn exit_code(args: &Args, error: anyhow::Error) -> Result<ExitCode> {
    if let Some(exit) = error.downcast_ref::<I32Exit>() {
        return Ok(ExitCode::from(u8::try_from(exit.0 & 0xff).expect("masked to 8 bits")));
    }
    let Some(trap) = error.downcast_ref::<Trap>() else {
        return Err(error);
    };
    let hint = match trap {
        Trap::Interrupt if args.timeout.is_some() => " (the time of --timeout is over)",
        Trap::OutOfFuel if args.fuel.is_some() => " (the fuel of --fuel is used up)",
        _ => "",
    };
    report(&error.context(format!("{} stopped{hint}", args.file.display())));
    Ok(ExitCode::from(TRAPPED))
}

fn wasi(args: &Args) -> Result<WasiCtx> {
    let mut builder = WasiCtxBuilder::new();
    builder.inherit_stdio();
    // As with native programs, the first argument is the program's own name.
    builder.arg(args.file.file_name().unwrap_or_default().to_string_lossy());
    builder.args(&args.args);
    for variable in &args.env {
        match variable.split_once('=') {
            Some((name, value)) => builder.env(name, value),
            None => {
                let value = std::env::var(variable).with_context(|| format!("--env {variable}: no such variable"))?;
                builder.env(variable, &value)
            }
        };
    }
    for dir in &args.dirs {
        let (host, guest) = dir.split_once("::").unwrap_or((dir, dir));
        builder
            .preopened_dir(host, guest, DirPerms::all(), FilePerms::all())
            .with_context(|| format!("--dir {dir}: cannot open {host}"))?;
    }
    Ok(builder.build())
}

fn run(args: &Args, instance: Instance, store: &mut Store<Host>, module: &Module) -> Result<()> {
    if let Some(name) = &args.invoke {
        if let Ok(init) = instance.get_typed_func::<(), ()>(&mut *store, "_initialize") {
            init.call(&mut *store, ())?;
        }
        let Some(func) = instance.get_func(&mut *store, name) else {
            bail!("{} exports no function called {name:?}", args.file.display());
        };
        return invoke(name, func, &args.args, store);
    }
    if let Some(start) = instance.get_func(&mut *store, "_start") {
        return start.typed::<(), ()>(&*store)?.call(&mut *store, ());
    }
    if let Ok(init) = instance.get_typed_func::<(), ()>(&mut *store, "_initialize") {
        return init.call(&mut *store, ());
    }
    if module.exports().any(|e| e.ty().func().is_some()) {
        let names: Vec<_> = module.exports().filter(|e| e.ty().func().is_some()).map(|e| e.name().to_owned()).collect();
        bail!(
            "{} is no program (it exports no _start); call a function with --invoke: {}",
            args.file.display(),
            names.join(", ")
        );
    }
    Ok(())
}

fn invoke(name: &str, func: Func, texts: &[String], store: &mut Store<Host>) -> Result<()> {
    let ty = func.ty(&*store);
    if ty.params().len() != texts.len() {
        bail!("{name} takes {} arguments, {} were given", ty.params().len(), texts.len());
    }
    let params = ty.params().zip(texts).map(|(ty, text)| parse(&ty, text)).collect::<Result<Vec<_>>>()?;
    let mut results = vec![Val::I32(0); ty.results().len()];
    func.call(&mut *store, &params, &mut results)?;
    for result in &results {
        writeln!(std::io::stdout(), "{}", show(result))?;
    }
    Ok(())
}

/// Reads an integer of `bits` bits, signed or not, decimal or hexadecimal, as its bits.
fn integer(text: &str, bits: u32) -> Option<u64> {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |d| (true, d));
    let value = match digits.strip_prefix("0x") {
        Some(hex) => i128::from(u64::from_str_radix(hex, 16).ok()?),
        None => i128::from(digits.parse::<u64>().ok()?),
    };
    let value = if negative { -value } else { value };
    let fits = value >= -(1i128 << (bits - 1)) && value < 1i128 << bits;
    fits.then(|| u64::try_from(value & ((1i128 << bits) - 1)).expect("masked"))
}

fn parse(ty: &ValType, text: &str) -> Result<Val> {
    let bad = || format!("{text:?} is no {ty}");
    Ok(match ty {
        ValType::I32 => Val::I32(u32::try_from(integer(text, 32).with_context(bad)?)?.cast_signed()),
        ValType::I64 => Val::I64(integer(text, 64).with_context(bad)?.cast_signed()),
        ValType::F32 => Val::F32(text.parse::<f32>().with_context(bad)?.to_bits()),
        ValType::F64 => Val::F64(text.parse::<f64>().with_context(bad)?.to_bits()),
        ValType::V128 => {
            let hex = text.strip_prefix("0x").unwrap_or(text);
            Val::V128(V128::from(u128::from_str_radix(hex, 16).with_context(bad)?))
        }
        ValType::Ref(r) if r.is_nullable() && text == "null" => Val::null_ref(r.heap_type()),
        ValType::Ref(_) => {
            bail!("a {ty} cannot be given on the command line{}", if text == "null" { "" } else { ", but for null" })
        }
    })
}

fn show(value: &Val) -> String {
    match value {
        Val::I32(v) => v.to_string(),
        Val::I64(v) => v.to_string(),
        Val::F32(bits) => f32::from_bits(*bits).to_string(),
        Val::F64(bits) => f64::from_bits(*bits).to_string(),
        Val::V128(v) => format!("{:#034x}", v.as_u128()),
        Val::FuncRef(None) | Val::ExternRef(None) => "null".to_owned(),
        Val::FuncRef(Some(_)) => "<function>".to_owned(),
        Val::ExternRef(Some(_)) => "<external>".to_owned(),
        other => format!("{other:?}"),
    }
}
