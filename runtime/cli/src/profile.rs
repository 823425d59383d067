//! The report of what compiled code counted.

use anyhow::{Context, Result};
use gantry::{AsContext, Instance};

/// Functions in the report.
const MOST: usize = 25;

/// Prints the functions of an instance by how much they ran, the hottest first.
pub(crate) fn report(instance: Instance, store: impl AsContext) -> Result<()> {
    let mut counts = instance
        .execution_counts(store)
        .context("the artifact does not count: compile it with -C execution-counters")?;
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
    Ok(())
}
