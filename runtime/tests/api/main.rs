//! The embedding API, from outside: every test is a small program that embeds the engine.
//!
//! The environment variable `GANTRY_TEST_BACKEND` names the backend that they all use; [`backends`] runs them on each.

mod artifacts;
mod backends;
mod calls;
mod host;
mod interruption;
mod limits;
mod linking;
mod malformed;
mod memories;
mod misuse;
mod references;
mod signatures;
mod threads;
mod traps;

use gantry::{Config, Engine, Instance, Module, Result, Store};

/// An instance of a module in text, without imports.
fn instantiate<T>(store: &mut Store<T>, wat: &str) -> Instance {
    let module = Module::new(store.engine(), wat).unwrap();
    Instance::new(store, &module, &[]).unwrap()
}

/// The configuration that tests begin with.
fn config() -> Config {
    let mut config = Config::new();
    if let Ok(backend) = std::env::var(backends::VARIABLE) {
        config.backend(&backend);
    }
    config
}

/// An engine that differs in nothing from it.
fn default_engine() -> Engine {
    engine(|_| {})
}

/// A store without data, of a default engine.
fn store() -> Store<()> {
    Store::new(&default_engine(), ())
}

/// An engine with a configuration that differs from the default.
fn engine(configure: impl FnOnce(&mut Config)) -> Engine {
    let mut config = config();
    configure(&mut config);
    Engine::new(&config).unwrap()
}

/// The message of an error with everything that it was caused by.
fn message<T>(result: Result<T>) -> String {
    match result {
        Ok(_) => panic!("no error"),
        Err(error) => format!("{error:#}"),
    }
}

/// The message that a closure panics with.
fn panic_message<T>(f: impl FnOnce() -> T) -> String {
    let Err(payload) = std::panic::catch_unwind(std::panic::AssertUnwindSafe(f)) else { panic!("no panic") };
    match payload.downcast::<String>() {
        Ok(message) => *message,
        Err(payload) => (*payload.downcast::<&str>().unwrap()).to_owned(),
    }
}
