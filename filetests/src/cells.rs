//! Where tests can run: one row for each instruction set.
//!
//! Nothing else in the runner names an instruction set: an ISA is added here (and to `gantry_emit::Isa`).

use anyhow::{Context, Result};
use gantry::{Config, Engine, Module};
use gantry_emit::Isa;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use target_lexicon::Triple;

/// An instruction set, as tests name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The instruction set.
    pub isa: Isa,
    /// The target that code is compiled for when it is only looked at.
    pub triple: &'static str,
    /// The command that runs the tests of this instruction set on another machine.
    pub elsewhere: &'static str,
    /// CPU features of code that is only looked at, beyond what the architecture guarantees.
    pub flags: &'static [&'static str],
}

/// Every instruction set that tests can name.
#[rustfmt::skip]
pub const ROWS: &[Row] = &[
    Row { isa: Isa::X86_64,     triple: "x86_64-unknown-linux-gnu",      elsewhere: "scripts/test-isa x86_64",    flags: &["has_sse3", "has_ssse3", "has_sse41", "has_sse42", "has_popcnt"] },
    Row { isa: Isa::Aarch64,    triple: "aarch64-unknown-linux-gnu",     elsewhere: "scripts/test-isa aarch64",   flags: &[] },
    Row { isa: Isa::Riscv64,    triple: "riscv64gc-unknown-linux-gnu",   elsewhere: "scripts/test-isa riscv64",   flags: &["has_v"] },
    Row { isa: Isa::S390x,      triple: "s390x-unknown-linux-gnu",       elsewhere: "scripts/test-isa s390x",     flags: &[] },
    Row { isa: Isa::Pulley32,   triple: "pulley32-unknown-unknown-elf",    elsewhere: "a 32-bit little-endian host", flags: &[] },
    Row { isa: Isa::Pulley64,   triple: "pulley64-unknown-unknown-elf",    elsewhere: "a 64-bit little-endian host", flags: &[] },
    Row { isa: Isa::Pulley32Be, triple: "pulley32be-unknown-unknown-elf",  elsewhere: "a 32-bit big-endian host",    flags: &[] },
    Row { isa: Isa::Pulley64Be, triple: "pulley64be-unknown-unknown-elf",  elsewhere: "scripts/test-isa s390x",      flags: &[] },
];

/// The row with this name.
///
/// # Errors
///
/// If there is none; the message lists those that exist.
pub fn row(name: &str) -> Result<&'static Row> {
    let known = || ROWS.iter().map(|r| r.isa.name()).collect::<Vec<_>>().join(", ");
    ROWS.iter()
        .find(|r| r.isa.name() == name)
        .with_context(|| format!("there is no instruction set called {name:?}; there is: {}", known()))
}

impl Row {
    /// The row of an instruction set.
    pub fn of(isa: Isa) -> &'static Self {
        ROWS.iter().find(|r| r.isa == isa).expect("the table has a row for every instruction set")
    }

    /// Whether the processor of this machine has it.
    pub fn is_host(&self) -> bool {
        Isa::from_triple(&Triple::host()) == Some(self.isa)
    }

    /// The configuration of engines that run code of this instruction set.
    ///
    /// # Errors
    ///
    /// If the engine does not know the target.
    pub fn config(&self) -> Result<Config> {
        let mut config = Config::new();
        if !self.is_host() {
            config.target(self.triple)?;
        }
        Ok(config)
    }

    /// An engine that runs code of this instruction set in this process; none if no such engine exists.
    pub fn engine(&self) -> Option<Engine> {
        static ENGINES: OnceLock<Mutex<BTreeMap<Isa, Option<Engine>>>> = OnceLock::new();
        let mut engines = ENGINES.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
        engines
            .entry(self.isa)
            .or_insert_with(|| {
                let mut config = self.config().ok()?;
                config.wasm_backtrace(false);
                let engine = Engine::new(&config).ok()?;
                // Only an attempt tells whether the engine can do more than make artifacts.
                runs(&engine).then_some(engine)
            })
            .clone()
    }

    /// Why tests of this instruction set do not run in this process, and what runs them.
    pub fn not_here(&self) -> Arc<str> {
        format!("needs {}", self.elsewhere).into()
    }
}

/// Whether this engine can load a module and not only compile it.
pub fn runs(engine: &Engine) -> bool {
    Module::from_binary(engine, b"\0asm\x01\0\0\0").is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_isa_has_a_row_with_a_target_of_its_own() {
        for isa in Isa::ALL {
            let triple: Triple = Row::of(isa).triple.parse().unwrap();
            assert_eq!(Isa::from_triple(&triple), Some(isa));
            assert_eq!(row(isa.name()).unwrap().isa, isa);
        }
        assert!(row("vax").unwrap_err().to_string().contains("x86_64"));
    }

    #[test]
    fn the_host_runs_its_own_code() {
        let host = ROWS.iter().find(|r| r.is_host()).unwrap();
        assert!(host.engine().is_some());
    }
}
