//! Everything there is to fuzz: the one table, of which each row is a function of bytes.
//!
//! The tests run each of them on fixed seeds and hold it to its contract: so many of its inputs have to get as far as what
//! they are for, and certain things have to occur. A target that has gone blind fails.

mod calls;
mod clif;
mod code;
mod embedding;
mod isa;
mod modules;

pub(crate) use crate::quiet::quietly;

use arbitrary::Unstructured;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// One thing to fuzz.
#[derive(Clone, Copy)]
pub struct Target {
    /// Its name; that of the file in `fuzz/fuzz_targets` as well.
    pub name: &'static str,
    /// What is held against what.
    pub about: &'static str,
    /// Runs it on some bytes; panics if something is wrong.
    pub run: fn(&mut Unstructured<'_>, &mut Seen) -> Outcome,
    /// How many inputs in a hundred have to get to the end.
    pub reach: usize,
    /// How many inputs the tests try in a build without optimization: about a second's worth.
    pub cases: u64,
    /// What some of 2000 inputs have to show, by the beginning of a label, and how many kinds of it.
    pub shows: &'static [(&'static str, usize)],
}

/// How far an input came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// To the end: something was compared.
    Judged,
    /// It is no test case, for this reason.
    Skipped(Cow<'static, str>),
}

impl Outcome {
    /// Skipped for the reason that an error gives.
    fn skipped(reason: impl std::fmt::Display) -> Self {
        Self::Skipped(format!("{reason:#}").into())
    }
}

/// What inputs exercise, as labels of the form `kind:what`.
#[derive(Debug, Default)]
pub struct Seen {
    labels: Option<BTreeSet<String>>,
}

impl Seen {
    /// Takes no notes: for fuzzing.
    pub fn nothing() -> Self {
        Self { labels: None }
    }

    /// Takes notes.
    pub fn labels() -> Self {
        Self { labels: Some(BTreeSet::new()) }
    }

    /// Takes a note, which is made only if it is wanted.
    fn note<T: Into<String>>(&mut self, labels: impl FnOnce() -> Vec<T>) {
        if let Some(all) = &mut self.labels {
            all.extend(labels().into_iter().map(Into::into));
        }
    }

    /// The labels so far that begin with `kind:`, without that.
    pub fn of<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a str> {
        let labels = self.labels.iter().flatten();
        labels.filter_map(move |label| label.strip_prefix(kind)?.strip_prefix(':'))
    }
}

/// The table.
#[rustfmt::skip]
pub const TARGETS: &[Target] = &[
    Target { name: "diff", run: modules::diff, reach: 80, cases: 60,
        about: "modules of both generators, on all backends with options at random",
        shows: &[("trap", 9), ("backend", 5), ("proposal", 10), ("option", 8), ("op", 440), ("arbiter", 2)] },
    Target { name: "diff_ops", run: modules::diff_ops, reach: 80, cases: 40,
        about: "one operator in each function, in every form of operands, on all backends",
        shows: &[("trap", 4), ("backend", 5), ("proposal", 6), ("op", 440)] },
    Target { name: "ranges", run: modules::ranges, reach: 80, cases: 40,
        about: "loops, masks and narrow loads: bounds checks that the optimizer leaves out, against guard pages and all checks",
        shows: &[("trap", 2), ("backend", 3), ("option", 5), ("op", 80)] },
    Target { name: "diff_isa", run: isa::diff_isa, reach: 80, cases: 12,
        about: "modules of operators compiled for every processor, under an emulator, against this machine's code",
        shows: &[("isa", 4), ("backend", 2), ("op", 440)] },
    Target { name: "mixed", run: modules::mixed, reach: 80, cases: 40,
        about: "modules whose functions two compilers share, against one compiler's",
        shows: &[("trap", 8), ("mix", 2)] },
    Target { name: "mutate", run: modules::mutate, reach: 70, cases: 40,
        about: "modules against what wasm-mutate makes of them without changing what they mean",
        shows: &[("backend", 3)] },
    Target { name: "interrupt", run: modules::interrupt, reach: 70, cases: 40,
        about: "interrupted at every chance and resumed, or short of fuel by one, against left alone",
        shows: &[("backend", 3), ("interrupted", 1), ("fuel", 2)] },
    Target { name: "emit_asm", run: code::emit_asm, reach: 90, cases: 20,
        about: "code and trampolines for every instruction set consist of instructions",
        shows: &[("isa", 8), ("backend", 2)] },
    Target { name: "clif", run: clif::clif, reach: 70, cases: 60,
        about: "random CLIF: interpreter against machine code, optimized and not, traps included; all targets compile it",
        shows: &[("trap", 2), ("opcode", 60), ("isa", 4)] },
    Target { name: "winch_masm", run: code::winch_masm, reach: 70, cases: 100,
        about: "random calls of an assembler's methods, executed, against a model of what they mean",
        shows: &[("machine", 2), ("method", 61), ("form", 500), ("trap", 4)] },
    Target { name: "pulley_vm", run: code::pulley_vm, reach: 70, cases: 400,
        about: "damaged and random bytecode is stopped by the checked executor",
        shows: &[("end", 5)] },
    Target { name: "artifact", run: embedding::artifact, reach: 90, cases: 60,
        about: "damaged artifacts are refused",
        shows: &[("damage", 3)] },
    Target { name: "parse", run: embedding::parse, reach: 90, cases: 60,
        about: "damaged modules are refused where the validator refuses them, and compile where it does not",
        shows: &[("valid", 2)] },
    Target { name: "api", run: embedding::api, reach: 90, cases: 60,
        about: "sequences of embedding calls against a model",
        shows: &[("call", 14)] },
    Target { name: "abi", run: calls::abi, reach: 70, cases: 20,
        about: "values arrive: random signatures, every kind of call, every pair of backends and the host",
        shows: &[("call", 4), ("backend", 3)] },
    Target { name: "stacks", run: calls::stacks, reach: 90, cases: 40,
        about: "backtraces through calls, tail calls and the host are those of the calls that were made",
        shows: &[("call", 4), ("backend", 3)] },
];

/// The target with this name.
pub fn find(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

/// Runs a target on an input: the body of each fuzz target.
///
/// # Panics
///
/// If something is wrong, or there is no such target.
pub fn fuzz(name: &str, data: &[u8]) {
    let target = find(name).unwrap_or_else(|| panic!("there is no target called {name:?}"));
    (target.run)(&mut Unstructured::new(data), &mut Seen::nothing());
}
