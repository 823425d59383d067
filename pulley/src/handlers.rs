//! Which handlers the fast executor has, and how cells get their addresses.

use crate::cell::op_of;

/// Writes the addresses of handlers into the heads of cells. `places` are the words at which they start.
pub(crate) fn link(words: &mut [u64], places: &[(u32, u32)]) {
    for &(_, word) in places {
        let word = word as usize;
        // SAFETY: a cell starts at this word.
        let op = unsafe { op_of(&raw const words[word]) };
        words[word] = handler(op);
    }
}

/// A cell without operands.
pub(crate) fn lone_cell(op: u16, fast: bool) -> [u64; 2] {
    let mut writer = crate::cell::CellWriter::default();
    writer.begin(op);
    writer.end();
    [if fast { handler(op) } else { 0 }, writer.words[1]]
}

/// The address of the handler of an operation.
fn handler(_: u16) -> u64 {
    0
}

/// Runs on the fast executor.
///
/// # Safety
///
/// As [`crate::machine::call`].
pub(crate) unsafe fn run(_: *mut crate::state::State, _: crate::cell::Pc) {}
