//! What translation keeps track of: the operand stack, the control stack, and what is reused between functions.

use super::memory::MemoryState;
use crate::passes::bounds::BoundsCheck;
use cranelift_codegen::ir::{Block, FuncRef, Inst, SigRef, Type, Value};
use cranelift_entity::EntitySet;
use cranelift_frontend::Variable;
use gantry_abi::{FuncIndex, TypeIndex};
use hashbrown::HashMap;
use smallvec::SmallVec;

/// A few types: parameters or results.
pub(super) type Types = SmallVec<[Type; 4]>;

/// State whose memory is reused from function to function.
#[derive(Default)]
pub(crate) struct State {
    /// The operand stack. Vectors on it have any 128-bit type; see [`super::VECTOR`].
    pub(super) stack: Vec<Value>,
    /// The control stack; the function itself is at the bottom.
    pub(super) control: Vec<Frame>,
    /// Locals, parameters first.
    pub(super) locals: Vec<Local>,
    /// All memories of the module.
    pub(super) memories: Vec<MemoryState>,
    /// Bounds checks that have been made since the last label.
    pub(super) checks: Vec<Checked>,
    /// Bounds checks of the function that are branches.
    pub(crate) bounds_checks: Vec<BoundsCheck>,
    /// Branches back to the header of a loop if a value differs from a constant.
    pub(crate) counting: Vec<Inst>,
    /// Loads of memory bases and lengths that may be unused.
    pub(super) reloads: Vec<Inst>,
    /// Values that are used: scratch space.
    pub(super) used: EntitySet<Value>,
    /// Signatures that have been declared.
    pub(super) signatures: HashMap<TypeIndex, SigRef>,
    /// Functions that have been declared for direct calls.
    pub(super) functions: HashMap<FuncIndex, FuncRef>,
}

impl State {
    /// Makes it ready for another function.
    pub(super) fn clear(&mut self) {
        self.stack.clear();
        self.control.clear();
        self.locals.clear();
        self.memories.clear();
        self.checks.clear();
        self.bounds_checks.clear();
        self.counting.clear();
        self.reloads.clear();
        self.signatures.clear();
        self.functions.clear();
    }
}

/// A local variable of the function.
#[derive(Clone, Copy, Debug)]
pub(super) struct Local {
    pub(super) var: Variable,
    pub(super) ty: Type,
}

/// A bounds check that dominates what follows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Checked {
    /// Of which memory.
    pub(super) memory: u32,
    /// The index operand.
    pub(super) index: Value,
    /// `index + end` is known to be at most the memory's length, or (with `masked`) close enough that an access there faults.
    pub(super) end: u64,
    /// The memory's base and the address that stands for `base + index` and is null after a failed check; `None` if control
    /// never gets past a failed check.
    pub(super) masked: Option<(Value, Value)>,
}

/// What a control frame is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FrameKind {
    /// A `block`, or the function itself.
    Block,
    /// A `loop`: branches go to its header.
    Loop {
        /// Its parameters are the loop's.
        header: Block,
    },
    /// An `if` before its `else`.
    If {
        /// Where control goes if the condition is false. It has no parameters.
        otherwise: Block,
    },
    /// An `if` after its `else`.
    Else,
}

/// An entry of the control stack.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub(super) kind: FrameKind,
    /// What follows the `end`; its parameters are the frame's results.
    pub(super) next: Block,
    /// Whether anything but falling through leads to `next`.
    pub(super) next_reached: bool,
    /// Height of the operand stack below the frame's parameters.
    pub(super) height: usize,
    pub(super) params: usize,
    pub(super) results: usize,
    /// The operands that an `else` starts with.
    pub(super) else_operands: SmallVec<[Value; 2]>,
}

impl Frame {
    /// Where a branch to the frame goes.
    pub(super) fn target(&self) -> Block {
        match self.kind {
            FrameKind::Loop { header } => header,
            _ => self.next,
        }
    }

    /// How many operands a branch to the frame takes along.
    pub(super) fn branch_arity(&self) -> usize {
        match self.kind {
            FrameKind::Loop { .. } => self.params,
            _ => self.results,
        }
    }
}
