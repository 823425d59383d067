//! CLIF to CLIF, between translation and cranelift-codegen: what needs the whole function at hand.

pub(crate) mod bounds;
pub(crate) mod counters;
mod interval;
mod range;

use cranelift_codegen::dominator_tree::DominatorTree;
use cranelift_codegen::flowgraph::ControlFlowGraph;

/// How the blocks of a function lie.
#[derive(Clone, Copy)]
pub(crate) struct Places<'a> {
    pub(crate) cfg: &'a ControlFlowGraph,
    pub(crate) domtree: &'a DominatorTree,
}
