//! The report of what compiled code counted.

use gantry::{AsContext, Instance};

/// Functions in the report.
const MOST: usize = 25;

/// Prints the functions of an instance by how much they ran, the hottest first.
///
/// # Panics
///
/// If the module does not count.
pub(crate) fn report(instance: Instance, store: impl AsContext) {
    let mut counts = instance.execution_counts(store).expect("the module counts");
    let sum = |f: fn(&gantry::ExecutionCounts) -> u64| counts.iter().map(f).sum::<u64>();
    let (calls, iterations) = (sum(|c| c.calls()), sum(|c| c.iterations()));
    eprintln!("{calls} calls and {iterations} loop iterations in {} functions", counts.len());
    counts.sort_by_key(|c| std::cmp::Reverse((c.calls() + c.iterations(), c.func_index())));
    eprintln!("{:>16} {:>16}  function", "calls", "iterations");
    for count in counts.iter().take(MOST) {
        let index = count.func_index();
        let name = count.func_name().map_or_else(String::new, |name| format!(" {name}"));
        eprintln!("{:>16} {:>16}  {index}{name}", count.calls(), count.iterations());
    }
    if counts.len() > MOST {
        eprintln!("and {} more", counts.len() - MOST);
    }
}
