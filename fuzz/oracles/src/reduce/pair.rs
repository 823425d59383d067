//! Which engine is wrong.

use super::Reducer;
use crate::case::Case;
use crate::engine::EngineSpec;
use crate::worker::{Class, Finding};
use anyhow::{Result, bail};

/// Reduces a case to two engines, the second of which is wrong: the one that fewest others agree with. Where there are only
/// two, others are asked.
pub(super) fn find(reducer: &mut Reducer<'_>, case: &Case) -> Result<(Case, Class)> {
    match reducer.finding(case)? {
        Finding::Invalid(why) => bail!("this is no case: {why}"),
        Finding::Agreed => bail!("all engines agree"),
        Finding::Differs(_) | Finding::Died(_) | Finding::Hung => {}
    }
    let mut engines = case.options.engine.clone();
    engines.extend(arbiters(&engines));
    // Engines that take the process down are wrong, whatever others do.
    let mut sound = Vec::new();
    let mut fatal = None;
    for spec in engines {
        match reducer.finding(&of(case, &[&spec]))? {
            Finding::Died(_) => fatal = fatal.or(Some((spec, Class::Died))),
            Finding::Hung => fatal = fatal.or(Some((spec, Class::Hung))),
            Finding::Invalid(_) | Finding::Agreed | Finding::Differs(_) => sound.push(spec),
        }
    }
    if let Some((wrong, class)) = fatal {
        let others = sound.iter().map(|right| of(case, &[right, &wrong]));
        return first_of(reducer, others.chain([of(case, &[&wrong, &wrong])]), Some(&class));
    }
    let mut agreements = vec![0; sound.len()];
    let mut pairs = Vec::new();
    for i in 0..sound.len() {
        for j in i + 1..sound.len() {
            let differs = reducer.finding(&of(case, &[&sound[i], &sound[j]]))?.class().is_some();
            if differs {
                pairs.push((i, j));
            } else {
                agreements[i] += 1;
                agreements[j] += 1;
            }
        }
    }
    // Of a pair that differs, the lonelier one is wrong; the loneliest of all comes first. The healthy one that most agree
    // with is the best witness.
    let ordered = pairs.iter().map(|&(i, j)| if agreements[i] < agreements[j] { (j, i) } else { (i, j) });
    let mut ordered: Vec<_> = ordered.collect();
    ordered.sort_by_key(|&(right, wrong)| (agreements[wrong], std::cmp::Reverse(agreements[right])));
    let cases = ordered.iter().map(|&(right, wrong)| of(case, &[&sound[right], &sound[wrong]]));
    first_of(reducer, cases.collect::<Vec<_>>(), None)
}

/// The first of some cases that is wrong, and as wrong as a class says if there is one.
fn first_of(
    reducer: &mut Reducer<'_>,
    cases: impl IntoIterator<Item = Case>,
    class: Option<&Class>,
) -> Result<(Case, Class)> {
    for case in cases {
        if let Some(found) = reducer.finding(&case)?.class().filter(|found| class.is_none_or(|c| c == found)) {
            return Ok((case, found));
        }
    }
    bail!("the engines differ only sometimes")
}

/// A case with these engines.
fn of(case: &Case, engines: &[&EngineSpec]) -> Case {
    let mut case = case.clone();
    case.options.engine = engines.iter().map(|&spec| spec.clone()).collect();
    case
}

/// Engines with default options, of the backends that the case does not have.
fn arbiters(engines: &[EngineSpec]) -> Vec<EngineSpec> {
    let missing =
        ["cranelift", "winch", "pulley"].into_iter().filter(|name| !engines.iter().any(|e| e.backend == **name));
    missing
        .map(|name| {
            let mut spec = EngineSpec::new(name);
            for kept in crate::engine::NEEDED {
                if let Some(value) = engines.first().and_then(|first| first.options.get(*kept)) {
                    spec = spec.with(kept, value);
                }
            }
            spec
        })
        .collect()
}
