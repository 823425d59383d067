//! The flags that every subcommand that compiles takes, made from the tables of features and options.

use anyhow::Result;
use gantry::{CompileOptions, Config, Engine, Feature, OptLevel, Stage};

/// Flags about the engine.
#[derive(clap::Args, Clone, Debug, Default)]
pub(crate) struct EngineArgs {
    /// Features to switch on or off: `-W wide-arithmetic,simd=n`. `gantry settings` lists them; `all` means all. Options are
    /// taken as well.
    #[arg(short = 'W', long = "wasm", value_name = "FEATURE[=y|n],...", value_delimiter = ',', value_parser = wasm_setting)]
    wasm: Vec<Setting>,

    /// Options of code generation: `-C nan-canonicalization,memory-guard-size=0`. `gantry settings` lists them.
    #[arg(short = 'C', long = "codegen", value_name = "OPTION[=VALUE],...", value_delimiter = ',', value_parser = option)]
    codegen: Vec<Setting>,

    /// How hard to optimize: 0, 1, 2 or s; or options, as -C.
    #[arg(short = 'O', long = "optimize", value_name = "LEVEL|OPTION=VALUE,...", value_delimiter = ',', value_parser = optimize)]
    optimize: Vec<Setting>,

    /// Options of debugging, as -C: `-D debug-info=n`.
    #[arg(short = 'D', long = "debug", value_name = "OPTION[=VALUE],...", value_delimiter = ',', value_parser = option)]
    debug: Vec<Setting>,

    /// The backend: cranelift (optimizing compiler), winch (single-pass compiler) or pulley (interpreter).
    #[arg(long, value_name = "NAME", value_parser = backend)]
    backend: Option<String>,

    /// Functions, by index, that another compiler compiles: `--function-backend 17=winch`. All follow one ABI.
    #[arg(long, value_name = "INDEX=NAME,...", value_delimiter = ',', value_parser = function_backend)]
    function_backend: Vec<(u32, gantry::BackendKind)>,
}

/// A backend by name.
fn backend(text: &str) -> Result<String, String> {
    match text {
        gantry::PULLEY | gantry::PULLEY_PORTABLE | gantry::PULLEY_SINGLE => Ok(text.to_owned()),
        _ => text
            .parse::<gantry::BackendKind>()
            .map(|kind| kind.to_string())
            .map_err(|e| format!("{e}, {}", gantry::PULLEY)),
    }
}

/// A function and its compiler.
fn function_backend(text: &str) -> Result<(u32, gantry::BackendKind), String> {
    let (index, name) = text.split_once('=').ok_or_else(|| format!("{text:?} is not INDEX=NAME"))?;
    let index = index.parse().map_err(|_| format!("{index:?} is no index of a function"))?;
    Ok((index, name.parse()?))
}

/// Flags about the machine to compile for.
#[derive(clap::Args, Clone, Debug, Default)]
pub(crate) struct TargetArgs {
    /// Compiles for this target, for instance `aarch64-unknown-linux-gnu` or `pulley64`; for this machine if not given.
    #[arg(long, value_name = "TRIPLE", value_parser = target)]
    target: Option<String>,

    /// CPU features that code uses: `--cpu has_v,has_zba`; those of this machine, or the least that every machine of the
    /// target has, if not given.
    #[arg(long, value_name = "FLAG[=VALUE],...", value_delimiter = ',')]
    cpu: Vec<String>,
}

impl TargetArgs {
    /// The configuration that these flags and those about the engine ask for.
    pub(crate) fn config(&self, engine: &EngineArgs) -> Result<Config> {
        let mut config = Config::new();
        engine.choose_backends(&mut config);
        // What the other flags set is not to be taken for the defaults of this host.
        if let Some(target) = &self.target {
            config.target(target)?;
        }
        for flag in &self.cpu {
            let (name, value) = split(flag);
            config.cpu_flag(name, value.unwrap_or("true"));
        }
        engine.set(&mut config)?;
        Ok(config)
    }
}

/// The name of a target, if it is one.
fn target(text: &str) -> Result<String, String> {
    Config::new().target(text).map_err(|e| e.to_string())?;
    Ok(text.to_owned())
}

/// One thing that a flag sets.
#[derive(Clone, Debug)]
enum Setting {
    Feature(Feature, bool),
    /// Every feature that is no later work.
    Features(bool),
    /// An option and its value, which has been found valid.
    Option(String, String),
}

/// What stands for a truth value, and nothing at all for `true`.
fn truth(value: Option<&str>) -> Option<bool> {
    match value {
        None | Some("y" | "yes" | "true" | "1") => Some(true),
        Some("n" | "no" | "false" | "0") => Some(false),
        Some(_) => None,
    }
}

fn split(text: &str) -> (&str, Option<&str>) {
    text.split_once('=').map_or((text, None), |(name, value)| (name, Some(value)))
}

/// A feature; or else an option.
fn wasm_setting(text: &str) -> Result<Setting, String> {
    let (name, value) = split(text);
    let feature = Feature::from_name(name);
    if feature.is_none() && name != "all" {
        return option(text).map_err(|error| {
            let known = CompileOptions::TABLE.iter().any(|row| row.name == name.replace('-', "_"));
            if known { error } else { format!("there is no feature called {name:?}: see `gantry settings`") }
        });
    }
    let on = truth(value).ok_or_else(|| format!("{:?} is neither y nor n", value.unwrap_or_default()))?;
    match feature {
        Some(feature) if on && feature.stage() == Stage::Later => Err(format!("{feature} is not supported yet")),
        Some(feature) => Ok(Setting::Feature(feature, on)),
        None => Ok(Setting::Features(on)),
    }
}

/// An option with its value. Hyphens may stand for underscores, `y` and `n` for truth values.
fn option(text: &str) -> Result<Setting, String> {
    let (name, value) = split(text);
    let name = name.replace('-', "_");
    let is_truth = CompileOptions::TABLE.iter().any(|row| row.name == name && row.value_type == "bool");
    let value = match truth(value).filter(|_| is_truth) {
        Some(on) => on.to_string(),
        None => value.ok_or_else(|| format!("{text:?} has no value: see `gantry settings`"))?.to_owned(),
    };
    CompileOptions::default().set(&name, &value).map_err(|error| format!("{error}: see `gantry settings`"))?;
    Ok(Setting::Option(name, value))
}

/// A level of optimization; or else an option.
fn optimize(text: &str) -> Result<Setting, String> {
    if text.parse::<OptLevel>().is_ok() {
        return Ok(Setting::Option("opt_level".to_owned(), text.to_owned()));
    }
    option(text)
}

impl EngineArgs {
    /// Whether the flags choose a backend.
    pub(crate) fn names_backend(&self) -> bool {
        self.backend.is_some()
    }

    /// The configuration that the flags ask for.
    pub(crate) fn config(&self) -> Result<Config> {
        TargetArgs::default().config(self)
    }

    fn choose_backends(&self, config: &mut Config) {
        if let Some(backend) = &self.backend {
            config.backend(backend);
        }
        for (func, backend) in &self.function_backend {
            config.function_backend(*func, &backend.to_string());
        }
    }

    fn set(&self, config: &mut Config) -> Result<()> {
        for setting in self.wasm.iter().chain(&self.codegen).chain(&self.optimize).chain(&self.debug) {
            match setting {
                Setting::Feature(feature, on) => {
                    config.wasm_feature(*feature, *on);
                }
                Setting::Features(on) => {
                    for &feature in Feature::ALL.iter().filter(|f| f.stage() != Stage::Later) {
                        config.wasm_feature(feature, *on);
                    }
                }
                Setting::Option(name, value) => {
                    config.option(name, value)?;
                }
            }
        }
        Ok(())
    }

    /// The engine that the flags ask for.
    pub(crate) fn engine(&self) -> Result<Engine> {
        Engine::new(&self.config()?)
    }
}
