//! Which options matter.

use super::Reducer;
use crate::case::{Case, Options};
use crate::engine::{EngineSpec, NEEDED};
use crate::worker::Class;
use anyhow::Result;

/// Something of an engine that is not at its default.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Item {
    Option(usize, String),
    Cranelift(usize, String),
    Function(usize, String),
    Cpu(usize),
    Chaos(usize),
    WinchLimit(usize),
    Patterns(usize),
    Artifact(usize),
}

fn items(options: &Options) -> Vec<Item> {
    let mut items = Vec::new();
    for (i, spec) in options.engine.iter().enumerate() {
        items.extend(spec.options.keys().filter(|k| !NEEDED.contains(&k.as_str())).map(|k| Item::Option(i, k.clone())));
        items.extend(spec.cranelift.keys().map(|k| Item::Cranelift(i, k.clone())));
        items.extend(spec.functions.keys().map(|k| Item::Function(i, k.clone())));
        items.extend((!spec.cpu.is_empty()).then_some(Item::Cpu(i)));
        items.extend(spec.chaos.map(|_| Item::Chaos(i)));
        items.extend(spec.winch_limit.map(|_| Item::WinchLimit(i)));
        items.extend((!spec.without_patterns.is_empty()).then_some(Item::Patterns(i)));
        items.extend(spec.artifact.then_some(Item::Artifact(i)));
    }
    items
}

/// Sets something back to its default.
fn remove(options: &mut Options, item: &Item) {
    let engines: &mut [EngineSpec] = &mut options.engine;
    match item {
        Item::Option(i, name) => drop(engines[*i].options.remove(name)),
        Item::Cranelift(i, name) => drop(engines[*i].cranelift.remove(name)),
        Item::Function(i, name) => drop(engines[*i].functions.remove(name)),
        Item::Cpu(i) => engines[*i].cpu.clear(),
        Item::Chaos(i) => engines[*i].chaos = None,
        Item::WinchLimit(i) => engines[*i].winch_limit = None,
        Item::Patterns(i) => engines[*i].without_patterns.clear(),
        Item::Artifact(i) => engines[*i].artifact = false,
    }
}

/// Sets options back to their defaults, as many as possible: all at once, then halves and less (delta debugging: Zeller and
/// Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", 2002).
pub(super) fn reduce(reducer: &mut Reducer<'_>, case: &mut Case, class: &Class) -> Result<()> {
    let mut left = items(&case.options);
    let mut chunk = left.len();
    while chunk > 0 {
        let mut at = 0;
        while at < left.len() {
            let end = (at + chunk).min(left.len());
            let mut smaller = case.clone();
            left[at..end].iter().for_each(|item| remove(&mut smaller.options, item));
            if reducer.is(&smaller, class)? {
                *case = smaller;
                left.drain(at..end);
            } else {
                at = end;
            }
        }
        chunk /= 2;
    }
    Ok(())
}

/// Makes as few calls as possible.
pub(super) fn reduce_calls(reducer: &mut Reducer<'_>, case: &mut Case, class: &Class) -> Result<()> {
    for calls in 0..case.options.calls {
        let mut smaller = case.clone();
        smaller.options.calls = calls;
        if reducer.is(&smaller, class)? {
            *case = smaller;
            break;
        }
    }
    Ok(())
}
