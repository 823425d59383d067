//! Operations that have a handler, and what all targets know about them.

use crate::asm::Asm;

/// Offsets in the machine's state: `src/handlers.rs` holds them against it.
pub(crate) const STATE_FP: usize = 1024;
pub(crate) const STATE_LR: usize = 1032;
pub(crate) const STATE_SLOT: usize = 1040;
pub(crate) const STATE_STACK_BASE: usize = 1048;
pub(crate) const STATE_SP: usize = 240;

/// Operations on narrow floats, by the beginnings of their names. Not every target has handlers for all of them.
const NARROW: &[&str] = &[
    "fadd32",
    "fsub32",
    "fmul32",
    "fdiv32",
    "fsqrt32",
    "fneg32",
    "fabs32",
    "fload32",
    "fconst32",
    "fselect32",
    "f32_from",
    "bitcast_float_from_int_32",
    "fmaximum32",
    "fminimum32",
    "ftrunc32",
    "ffloor32",
    "fceil32",
    "fnearest32",
];

/// An operation that has a handler.
pub(crate) struct Op {
    /// Its name in the opcode table.
    pub(crate) name: String,
    /// Bytes of its cell.
    pub(crate) len: usize,
    /// Where the register stands that it writes and that its handler always leaves in the accumulator; 0: there is none.
    pub(crate) dst: usize,
    /// Where those registers stand that may be taken from the accumulator instead of memory.
    pub(crate) sources: Vec<usize>,
    /// Whether it is about narrow floats: their upper halves are zero, and it leaves them so.
    pub(crate) is_narrow: bool,
    /// Whether it never goes on behind the cell: then it comes last in a pattern, and its body ends with the dispatch.
    pub(crate) branches: bool,
    /// Whether it may fault, or leave its work to the portable executor: the cell pointer has to be its own.
    pub(crate) exact: bool,
    /// Emits the work of the cell at this distance from the cell pointer, given the source that is in the accumulator.
    pub(crate) body: Body,
}

/// Emits the work of a cell: where to, the cell's distance, the source in the accumulator.
type Body = Box<dyn Fn(&mut Asm, usize, Option<usize>)>;

/// The operations so far. Each module of a target adds its own.
#[derive(Default)]
pub(crate) struct Ops(pub(crate) Vec<Op>);

impl Ops {
    /// Adds an operation that goes on behind its cell and never faults; what it gives is for saying otherwise.
    pub(crate) fn add(
        &mut self,
        name: impl Into<String>,
        len: usize,
        dst: usize,
        sources: &[usize],
        body: impl Fn(&mut Asm, usize, Option<usize>) + 'static,
    ) -> &mut Op {
        let name = name.into();
        self.0.push(Op {
            is_narrow: NARROW.iter().any(|narrow| name.starts_with(narrow)),
            name,
            len,
            dst,
            sources: sources.to_vec(),
            branches: false,
            exact: false,
            body: Box::new(body),
        });
        self.0.last_mut().expect("just added")
    }
}
