//! What is measured: one file per suite.

mod artifact;
mod call;
mod compile;
mod execute;
mod instantiate;
mod memory;
mod size;

use crate::benchmark::{Benchmark, Clock, Id, Kind, Prepared, Purpose, Running, Work};
use crate::engine::{Action, EngineKind, Setup};
use crate::inputs::{Inputs, RealModule, SMALL, Workload};
use anyhow::{Context, Result};
use std::rc::Rc;

/// A group of benchmarks.
pub struct Suite {
    /// Its name.
    pub name: &'static str,
    /// What it measures, in one line.
    pub doc: &'static str,
    benchmarks: for<'a> fn(&Scope<'a>) -> Vec<Benchmark<'a>>,
}

/// Every suite.
#[rustfmt::skip]
pub const ALL: &[Suite] = &[
    Suite { name: "compile",          doc: "compiling on one thread; work is bytes of wasm",         benchmarks: compile::single },
    Suite { name: "compile-parallel", doc: "compiling on all threads; work is bytes of wasm",        benchmarks: compile::parallel },
    Suite { name: "size",             doc: "bytes of code, spills and reloads in it",                benchmarks: size::benchmarks },
    Suite { name: "instantiate",      doc: "a store and an instance, made and dropped",              benchmarks: instantiate::benchmarks },
    Suite { name: "call",             doc: "calls from the host into wasm and from wasm to the host", benchmarks: call::calls },
    Suite { name: "trap",             doc: "calls that trap",                                        benchmarks: call::traps },
    Suite { name: "execute",          doc: "the kernels, with memory checked by guard pages",        benchmarks: execute::guards },
    Suite { name: "execute-explicit", doc: "the kernels, with memory checked by compare and branch", benchmarks: execute::explicit },
    Suite { name: "artifact",         doc: "loading artifacts from memory and from files",           benchmarks: artifact::benchmarks },
    Suite { name: "memory",           doc: "peak of memory while compiling",                         benchmarks: memory::benchmarks },
];

/// Names of all suites.
pub const ALL_NAMES: &[&str] = &{
    let mut names = [""; ALL.len()];
    let mut i = 0;
    while i < names.len() {
        names[i] = ALL[i].name;
        i += 1;
    }
    names
};

/// What a suite makes benchmarks from.
struct Scope<'a> {
    suite: &'static str,
    engine: &'a EngineKind,
    inputs: &'a Inputs,
}

impl<'a> Scope<'a> {
    fn id(&self, input: impl Into<String>) -> Id {
        Id { suite: self.suite.to_owned(), engine: self.engine.name.clone(), input: input.into() }
    }

    /// A benchmark that is run on one thread, and counted as well if it runs in this process.
    fn run(
        &self,
        input: impl Into<String>,
        work: Work,
        prepare: impl Fn(Purpose) -> Result<Prepared> + 'a,
    ) -> Benchmark<'a> {
        let counted = !self.engine.external;
        let running = Running { clock: Clock::Thread, work, counted, prepare: Box::new(prepare), artifact: None };
        Benchmark { id: self.id(input), kind: Kind::Run(running) }
    }
}

/// A module that is compiled.
#[derive(Clone, Copy)]
enum Input<'a> {
    Workload(&'a Workload),
    Module(&'a RealModule),
    /// Of a collection.
    Member(&'a [u8]),
}

impl<'a> Input<'a> {
    fn bytes(&self) -> usize {
        match self {
            Self::Workload(w) => w.wasm.len(),
            Self::Module(m) => m.bytes,
            Self::Member(wasm) => wasm.len(),
        }
    }

    fn wasm(&self) -> Result<Vec<u8>> {
        match self {
            Self::Workload(w) => Ok(w.wasm.clone()),
            Self::Module(m) => m.wasm(),
            Self::Member(wasm) => Ok(wasm.to_vec()),
        }
    }
}

/// The configuration for a purpose.
fn setup(purpose: Purpose) -> Setup {
    match purpose {
        Purpose::Time => Setup::DEFAULT,
        Purpose::Count => Setup::COUNT,
    }
}

/// [`SMALL`] in binary.
fn small_module() -> Result<Vec<u8>> {
    wat::parse_str(SMALL).context("the small module is malformed")
}

/// The benchmarks of the suites whose name `wanted` accepts, of all engines that take part in them.
pub fn benchmarks<'a>(
    engines: &'a [EngineKind],
    inputs: &'a Inputs,
    wanted: &dyn Fn(&str) -> bool,
) -> Vec<Benchmark<'a>> {
    let mut list = Vec::new();
    for suite in ALL.iter().filter(|s| wanted(s.name)) {
        // Engines alternate, so that what a machine does for a while hits all of them.
        let mut of_engines: Vec<_> = engines
            .iter()
            .filter(|engine| engine.suites.contains(&suite.name))
            .map(|engine| (suite.benchmarks)(&Scope { suite: suite.name, engine, inputs }).into_iter())
            .collect();
        loop {
            let before = list.len();
            list.extend(of_engines.iter_mut().filter_map(Iterator::next));
            if list.len() == before {
                break;
            }
        }
    }
    list
}

/// An action that does the same thing `n` times in one run.
fn times(n: u32, mut one: Action) -> Action {
    Box::new(move || (0..n).try_for_each(|_| one()))
}

/// Keeps what an action needs alive, together with it.
fn with<T: 'static>(keep: T, mut f: impl FnMut(&T) -> Result<()> + 'static) -> Action {
    let keep = Rc::new(keep);
    Box::new(move || f(&keep))
}
