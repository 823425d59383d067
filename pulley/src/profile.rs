//! Counting what is executed: operations, rows of them, functions.
//!
//! A run that is counted goes through the portable executor, cell by cell.

use crate::cell::{Pc, op_of};
use crate::exec;
use crate::op;
use crate::state::State;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write;
use hashbrown::HashMap;

/// How many lines of each table a report has.
const LINES: usize = 25;

/// What a machine has executed.
#[derive(Debug, Default)]
pub struct Profile {
    operations: HashMap<u16, u64>,
    /// Operations that were executed one behind the other, without a branch between them.
    pairs: HashMap<[u16; 2], u64>,
    triples: HashMap<[u16; 3], u64>,
    /// How often each cell was executed, by its address.
    cells: HashMap<usize, u64>,
}

impl Profile {
    /// Operations executed in all.
    pub fn total(&self) -> u64 {
        self.operations.values().sum()
    }

    /// The profile as text; `function` gives the name of the function that a cell ([`crate::Code::function_of`]) is of.
    pub fn report(&self, function: impl Fn(usize) -> String) -> String {
        let total = self.total();
        let mut out = String::new();
        let mut line = |text: core::fmt::Arguments<'_>| {
            out.write_fmt(text).expect("strings grow");
            out.push('\n');
        };
        #[expect(clippy::cast_precision_loss, reason = "for reading")]
        let percent = |count: u64| count as f64 * 100.0 / total.max(1) as f64;
        line(format_args!("{total} operations executed"));
        line(format_args!("\nfunctions, by their own operations"));
        let mut functions: HashMap<String, u64> = HashMap::new();
        for (&cell, count) in &self.cells {
            *functions.entry(function(cell)).or_default() += count;
        }
        for (name, count) in most(&functions) {
            line(format_args!("{:6.2} %  {count:>14}  {name}", percent(count)));
        }
        line(format_args!("\noperations"));
        for (op, count) in most(&self.operations) {
            line(format_args!("{:6.2} %  {count:>14}  {}", percent(count), op::name(op)));
        }
        line(format_args!("\npairs of operations"));
        for (ops, count) in most(&self.pairs) {
            line(format_args!("{:6.2} %  {count:>14}  {} {}", percent(count), op::name(ops[0]), op::name(ops[1])));
        }
        line(format_args!("\ntriples of operations"));
        for (ops, count) in most(&self.triples) {
            let [a, b, c] = ops.map(op::name);
            line(format_args!("{:6.2} %  {count:>14}  {a} {b} {c}", percent(count)));
        }
        out
    }
}

/// The largest counts, most first.
fn most<K: Clone + Ord>(counts: &HashMap<K, u64>) -> Vec<(K, u64)> {
    let mut all: Vec<_> = counts.iter().map(|(key, &count)| (key.clone(), count)).collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    all.truncate(LINES);
    all
}

/// The portable executor, counting.
///
/// # Safety
///
/// As [`exec::run`]; the state's profile is valid, and nobody else uses it but runs of this kind on this thread.
pub(crate) unsafe fn run(s: *mut State, mut pc: Pc) {
    // SAFETY: the caller promises the state.
    let profile = unsafe { (*s).profile };
    // The last two operations, if control only fell through since, and where it would fall to.
    let mut before: [Option<u16>; 2] = [None; 2];
    let mut behind: Pc = core::ptr::null();
    while !pc.is_null() {
        // SAFETY: the caller promises that these are cells.
        let op = unsafe { op_of(pc) };
        // SAFETY: no reference lives across a step, which may call the host, which may run code that is counted as well.
        let p = unsafe { &mut *profile };
        *p.operations.entry(op).or_default() += 1;
        *p.cells.entry(pc.addr()).or_default() += 1;
        if pc != behind {
            before = [None; 2];
        }
        if let Some(last) = before[1] {
            *p.pairs.entry([last, op]).or_default() += 1;
            if let Some(first) = before[0] {
                *p.triples.entry([first, last, op]).or_default() += 1;
            }
        }
        before = [before[1], Some(op)];
        // SAFETY: as above.
        let next = unsafe { exec::step::<false>(s, pc) };
        // Cells are not marked with their length: what comes close behind is what control fell through to.
        behind = if next.addr().wrapping_sub(pc.addr()) <= LONGEST_CELL { next } else { core::ptr::null() };
        pc = next;
    }
}

/// Bytes of the longest cell but those of branch tables.
const LONGEST_CELL: usize = 40;
