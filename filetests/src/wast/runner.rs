//! Runs the directives of a script, one after another.

use crate::wast::report::{Kind, Outcome, Report};
use crate::wast::{spectest, values};
use anyhow::{Context, Result, anyhow};
use gantry::{CompileError, Engine, Extern, Feature, Instance, Linker, Module, Store, Trap, Val};
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use wast::lexer::Lexer;
use wast::parser::{self, ParseBuffer};
use wast::{QuoteWat, Wast, WastDirective, WastExecute, WastInvoke, Wat};

/// Runs a script. What cannot even be parsed is a failure in the report.
pub fn run_source(engine: &Engine, name: &str, source: &str) -> Report {
    let mut report = Report::new(name);
    let mut lexer = Lexer::new(source);
    lexer.allow_confusing_unicode(true);
    let line_of = |span: wast::token::Span| span.linecol_in(source).0 + 1;
    let buffer = match ParseBuffer::new_with_lexer(lexer) {
        Ok(buffer) => buffer,
        Err(e) => {
            report.record(Kind::Module, line_of(e.span()), Outcome::Failed(e.message()));
            return report;
        }
    };
    let script = match parser::parse::<Wast<'_>>(&buffer) {
        Ok(script) => script,
        Err(e) => {
            report.record(Kind::Module, line_of(e.span()), Outcome::Failed(e.message()));
            return report;
        }
    };
    let mut runner = match Runner::new(engine) {
        Ok(runner) => runner,
        Err(e) => {
            report.record(Kind::Module, 1, Outcome::Failed(format!("{e:#}")));
            return report;
        }
    };
    for directive in script.directives {
        let line = line_of(directive.span());
        let kind = kind(&directive);
        // A panic of the compiler is one failure, not the end of the run.
        let outcome = catch_unwind(AssertUnwindSafe(|| runner.directive(directive)))
            .unwrap_or_else(|panic| Outcome::Failed(format!("panicked: {}", panic_message(&*panic))));
        report.record(kind, line, outcome);
    }
    report
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("without a message")
}

fn kind(directive: &WastDirective<'_>) -> Kind {
    match directive {
        WastDirective::Module(_)
        | WastDirective::ModuleDefinition(_)
        | WastDirective::ModuleInstance { .. }
        | WastDirective::Register { .. } => Kind::Module,
        WastDirective::AssertMalformed { .. }
        | WastDirective::AssertMalformedCustom { .. }
        | WastDirective::AssertInvalid { .. }
        | WastDirective::AssertInvalidCustom { .. }
        | WastDirective::AssertUnlinkable { .. } => Kind::Checked,
        _ => Kind::Executed,
    }
}

/// Why something is not there that a directive needs.
#[derive(Clone, Debug)]
enum Missing {
    Unsupported(Feature),
    Error(String),
}

impl From<Missing> for Outcome {
    fn from(missing: Missing) -> Self {
        match missing {
            Missing::Unsupported(feature) => Self::Unsupported(feature),
            Missing::Error(message) => Self::Failed(message),
        }
    }
}

impl From<anyhow::Error> for Missing {
    fn from(e: anyhow::Error) -> Self {
        match later(&e) {
            Some(feature) => Self::Unsupported(feature),
            None => Self::Error(match e.downcast_ref::<Trap>() {
                Some(trap) => format!("trapped: {}", trap.message()),
                None => format!("{e:#}"),
            }),
        }
    }
}

/// The feature for which compilation failed, if that is later work.
fn later(e: &anyhow::Error) -> Option<Feature> {
    let (CompileError::Unsupported { feature, .. } | CompileError::Disabled { feature, .. }) = e.downcast_ref()? else {
        return None;
    };
    (feature.stage() == gantry::Stage::Later).then_some(*feature)
}

type Found<T> = std::result::Result<T, Missing>;

struct Runner {
    store: Store<()>,
    linker: Linker<()>,
    /// Modules defined but not instantiated, by name; the last one under no name.
    definitions: HashMap<Option<String>, Found<Module>>,
    /// Instances by name; the last one under no name.
    instances: HashMap<Option<String>, Found<Instance>>,
    /// Names under which something that is not there would have been registered.
    unregistered: HashMap<String, Missing>,
}

impl Runner {
    fn new(engine: &Engine) -> Result<Self> {
        let mut store = Store::new(engine, ());
        if engine.options().consume_fuel {
            store.set_fuel(u64::MAX)?;
        }
        if engine.options().epoch_interruption {
            store.set_epoch_deadline(1 << 40);
        }
        let mut linker = Linker::new(engine);
        linker.allow_shadowing(true);
        spectest::link(&mut linker, &mut store).context("cannot define the module spectest")?;
        Ok(Self { store, linker, definitions: HashMap::new(), instances: HashMap::new(), unregistered: HashMap::new() })
    }

    fn directive(&mut self, directive: WastDirective<'_>) -> Outcome {
        self.run(directive).unwrap_or_else(Outcome::from)
    }

    fn run(&mut self, directive: WastDirective<'_>) -> Found<Outcome> {
        Ok(match directive {
            WastDirective::Module(mut module) => {
                let name = module.name().map(|id| id.name().to_owned());
                self.keep(name.as_deref(), Err(Missing::Error("its module failed".to_owned())));
                let instance = self.module(&mut module).and_then(|module| self.instantiate(&module));
                self.keep(name.as_deref(), instance.clone());
                instance?;
                Outcome::Passed
            }
            WastDirective::ModuleDefinition(mut module) => {
                let name = module.name().map(|id| id.name().to_owned());
                let module = self.module(&mut module);
                self.definitions.insert(None, module.clone());
                if name.is_some() {
                    self.definitions.insert(name, module.clone());
                }
                module?;
                Outcome::Passed
            }
            WastDirective::ModuleInstance { instance, module, .. } => {
                let definition = self.definitions.get(&module.map(|id| id.name().to_owned()));
                let definition =
                    definition.cloned().unwrap_or_else(|| Err(Missing::Error("no such module".to_owned())));
                let made = definition.and_then(|module| self.instantiate(&module));
                self.keep(instance.map(|id| id.name()), made.clone());
                made?;
                Outcome::Passed
            }
            WastDirective::Register { name, module, .. } => {
                match self.instance(module.map(|id| id.name())) {
                    Ok(instance) => {
                        self.unregistered.remove(name);
                        self.linker.instance(&mut self.store, name, instance)?;
                    }
                    Err(missing) => {
                        self.unregistered.insert(name.to_owned(), missing.clone());
                        return Err(missing);
                    }
                }
                Outcome::Passed
            }
            WastDirective::Invoke(invoke) => {
                self.invoke(&invoke)??;
                Outcome::Passed
            }
            WastDirective::AssertReturn { exec, results, .. } => {
                let actual = self.execute(exec)??;
                values::check(&self.store, &actual, &results)
            }
            WastDirective::AssertTrap { exec, message, .. } => {
                let result = self.execute(exec)?;
                self.check_trap(result, message)
            }
            WastDirective::AssertExhaustion { call, message, .. } => {
                let result = self.invoke(&call)?;
                self.check_trap(result, message)
            }
            WastDirective::AssertInvalid { mut module, message, .. } => match self.compile(&mut module)? {
                Ok(_) => Outcome::Failed(format!("the module is valid, expected {message:?}")),
                Err(e) => refused(&e, message),
            },
            WastDirective::AssertMalformed { mut module, message, .. } => match module.encode() {
                Err(_) => Outcome::Passed,
                Ok(bytes) => match self.compile_bytes(&bytes)? {
                    Ok(_) => Outcome::Failed(format!("the module is well-formed, expected {message:?}")),
                    Err(e) => refused(&e, message),
                },
            },
            // An engine may ignore custom sections: it is the parser of the text format that finds errors in annotations.
            WastDirective::AssertInvalidCustom { mut module, message, .. }
            | WastDirective::AssertMalformedCustom { mut module, message, .. } => match module.encode() {
                Err(_) => Outcome::Passed,
                Ok(_) => Outcome::Failed(format!("the custom section is accepted, expected {message:?}")),
            },
            WastDirective::AssertUnlinkable { module, message, .. } => {
                let module = self.module(&mut QuoteWat::Wat(module))?;
                match self.link(&module)? {
                    Ok(_) => Outcome::Failed(format!("the module was linked, expected {message:?}")),
                    Err(e) if format!("{e:#}").contains(message) => Outcome::Passed,
                    Err(e) => unexpected(&e, message),
                }
            }
            WastDirective::AssertException { exec, .. } => match self.execute(exec)? {
                Err(e) if matches!(e.downcast_ref(), Some(Trap::UncaughtException)) => Outcome::Passed,
                Err(e) => unexpected(&e, "an exception"),
                Ok(_) => Outcome::Failed("no exception was thrown".to_owned()),
            },
            WastDirective::AssertSuspension { .. } => Outcome::Unsupported(Feature::StackSwitching),
            WastDirective::Thread(_) | WastDirective::Wait { .. } => Outcome::Unsupported(Feature::Threads),
        })
    }

    /// Remembers an instance under its name and as the last one.
    fn keep(&mut self, name: Option<&str>, instance: Found<Instance>) {
        if let Some(name) = name {
            self.instances.insert(Some(name.to_owned()), instance.clone());
        }
        self.instances.insert(None, instance);
    }

    fn instance(&self, name: Option<&str>) -> Found<Instance> {
        let instance = self.instances.get(&name.map(str::to_owned)).cloned();
        instance.unwrap_or_else(|| Err(Missing::Error(format!("there is no instance {}", name.unwrap_or_default()))))
    }

    /// Compiles a module. The inner error is the engine's, unless it is that a feature is later work.
    fn compile(&self, module: &mut QuoteWat<'_>) -> Found<Result<Module>> {
        if matches!(module, QuoteWat::Wat(Wat::Component(_)) | QuoteWat::QuoteComponent(..)) {
            return Err(Missing::Unsupported(Feature::ComponentModel));
        }
        let bytes = module.encode().map_err(|e| Missing::Error(format!("cannot be encoded: {}", e.message())))?;
        match self.compile_bytes(&bytes)? {
            Err(e) if later(&e).is_some() => Err(e.into()),
            result => Ok(result),
        }
    }

    /// Compiles a module in binary, and checks that what can be compiled and what is valid are the same.
    fn compile_bytes(&self, bytes: &[u8]) -> Found<Result<Module>> {
        let engine = self.linker.engine();
        let compiled = Module::from_binary(engine, bytes);
        match (&compiled, Module::validate(engine, bytes)) {
            (Ok(_), Err(e)) => Err(Missing::Error(format!("compiled although it is invalid: {e:#}"))),
            (Err(e), Ok(())) => Err(Missing::Error(format!("valid, but not compiled: {e:#}"))),
            (Ok(_), Ok(())) | (Err(_), Err(_)) => Ok(compiled),
        }
    }

    fn module(&self, module: &mut QuoteWat<'_>) -> Found<Module> {
        Ok(self.compile(module)??)
    }

    /// Instantiates a module. The inner error is the engine's, unless an import is missing because a feature is.
    fn link(&mut self, module: &Module) -> Found<Result<Instance>> {
        for import in module.imports() {
            if let Some(missing) = self.unregistered.get(import.module()) {
                return Err(missing.clone());
            }
            if (import.module(), import.name()) == ("spectest", "shared_memory") {
                return Err(Missing::Unsupported(Feature::Threads));
            }
        }
        Ok(self.linker.instantiate(&mut self.store, module))
    }

    fn instantiate(&mut self, module: &Module) -> Found<Instance> {
        Ok(self.link(module)?.context("cannot instantiate")?)
    }

    /// Runs something: what it results in or why it stopped.
    fn execute(&mut self, exec: WastExecute<'_>) -> Found<Result<Vec<Val>>> {
        match exec {
            WastExecute::Invoke(invoke) => self.invoke(&invoke),
            WastExecute::Wat(module) => {
                let module = self.module(&mut QuoteWat::Wat(module))?;
                Ok(self.link(&module)?.map(|_| Vec::new()))
            }
            WastExecute::Get { module, global, .. } => {
                let instance = self.instance(module.map(|id| id.name()))?;
                match instance.get_export(&mut self.store, global) {
                    Some(Extern::Global(global)) => Ok(Ok(vec![global.get(&mut self.store)])),
                    _ => Err(Missing::Error(format!("no global {global:?} is exported"))),
                }
            }
        }
    }

    fn invoke(&mut self, invoke: &WastInvoke<'_>) -> Found<Result<Vec<Val>>> {
        let instance = self.instance(invoke.module.map(|id| id.name()))?;
        let mut args = Vec::with_capacity(invoke.args.len());
        for arg in &invoke.args {
            args.push(values::argument(&mut self.store, arg).map_err(|e| match e {
                values::NoValue::Unsupported(feature) => Missing::Unsupported(feature),
                values::NoValue::Error(message) => Missing::Error(message),
            })?);
        }
        let func = instance
            .get_func(&mut self.store, invoke.name)
            .ok_or_else(|| Missing::Error(format!("no function {:?} is exported", invoke.name)))?;
        let mut results = vec![Val::I32(0); func.ty(&self.store).results().len()];
        Ok(func.call(&mut self.store, &args, &mut results).map(|()| results))
    }

    fn check_trap(&self, result: Result<Vec<Val>>, message: &str) -> Outcome {
        let error = match result {
            Err(error) => error,
            Ok(results) => {
                let results: Vec<String> = results.iter().map(|v| values::show(&self.store, v)).collect();
                return Outcome::Failed(format!("returned [{}], expected the trap {message:?}", results.join(", ")));
            }
        };
        let checked = match error.downcast_ref::<Trap>() {
            Some(&trap) => values::check_trap(trap, message),
            None => Err(anyhow!("failed with {error:#}, expected the trap {message:?}")),
        };
        checked.map_or_else(|e| Outcome::Failed(e.to_string()), |()| Outcome::Passed)
    }
}

/// Whether an error says that the module is wrong. One that needs a feature which is off is, in the version of the language
/// without it.
fn refused(e: &anyhow::Error, message: &str) -> Outcome {
    match e.downcast_ref::<CompileError>() {
        Some(CompileError::Invalid { .. }) => Outcome::Passed,
        Some(CompileError::Disabled { feature, .. }) if feature.stage() != gantry::Stage::Later => Outcome::Passed,
        _ => unexpected(e, message),
    }
}

/// An error of another kind than expected: one that a feature is missing is not the engine's fault.
fn unexpected(e: &anyhow::Error, message: &str) -> Outcome {
    match later(e) {
        Some(feature) => Outcome::Unsupported(feature),
        None => Outcome::Failed(format!("failed with {e:#}, expected {message:?}")),
    }
}
