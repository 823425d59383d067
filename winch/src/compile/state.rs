//! Where values are: the state that a function's compilation carries along.
//!
//! Locals and operands share one array of slots. Every slot has a *home* in the frame, fixed by its position and the types
//! below it, so that all ways to a label agree on homes without talking about them. What is in registers is described by
//! three sets and an owner per register; a *snapshot* of that is all that a label remembers.

use super::stack_map::References;
use crate::reg::{Class, Reg, RegSet};
use gantry_abi::AbiType;
use gantry_emit::Label;

/// Where the value of a slot is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// In its home.
    Home,
    /// In a register, which the slot owns.
    Reg,
    /// Nowhere: a constant (operands only).
    Const,
    /// Nowhere: it is the value of a local (operands only).
    Local,
}

/// A local or an operand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    pub(super) kind: Kind,
    pub(super) ty: AbiType,
    /// For [`Kind::Reg`].
    pub(super) reg: Reg,
    /// Offset from the frame pointer.
    pub(super) home: i32,
    /// Constants: the value (32-bit integers sign-extended; vectors: index in the pool). `Local`: its index. Locals: how many
    /// operands are aliases of it.
    pub(super) payload: u64,
}

/// No owner.
pub(super) const NONE: u32 = u32::MAX;

/// What is in registers at a label.
#[derive(Clone, Debug)]
pub(super) struct Snapshot {
    /// Whether some branch has decided it.
    pub(super) taken: bool,
    /// Registers that hold slots.
    pub(super) owned: RegSet,
    /// Those of them whose slot's home holds the value, too.
    pub(super) clean: RegSet,
    /// Those of them whose 32-bit integer is zero-extended.
    pub(super) extended: RegSet,
    /// The slots, by register.
    pub(super) owner: [u32; Reg::COUNT],
}

impl Snapshot {
    fn new() -> Self {
        Self {
            taken: false,
            owned: RegSet::EMPTY,
            clean: RegSet::EMPTY,
            extended: RegSet::EMPTY,
            owner: [NONE; Reg::COUNT],
        }
    }

    /// The register that holds a slot: most likely `here`.
    pub(super) fn reg_of(&self, slot: u32, here: Reg) -> Option<Reg> {
        let holds = |r: &Reg| self.owner[r.index()] == slot;
        if self.owned.contains(here) && holds(&here) { Some(here) } else { self.owned.into_iter().find(holds) }
    }
}

/// What a control frame is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FrameKind {
    /// The function's body: branches to it return.
    Func,
    Block,
    Loop,
    /// Its label for the missing or coming `else`.
    If {
        otherwise: Label,
    },
    Else,
}

/// Types of a block: ranges of [`State::types`].
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct BlockTypes {
    pub(super) start: u32,
    pub(super) params: u32,
    pub(super) results: u32,
}

/// A block that has begun.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) kind: FrameKind,
    /// Where branches go.
    pub(super) label: Label,
    /// Slots below its parameters.
    pub(super) height: u32,
    /// Where the last home below its parameters ends: bytes below the frame pointer.
    pub(super) bottom: u32,
    pub(super) types: BlockTypes,
    /// For `br_table`: the edge to this label, if it needs code, and the table it belongs to.
    pub(super) table_edge: Option<(u32, Label)>,
}

/// What a check has found out: so many bytes from where a local points are within a memory, for as long as the local keeps
/// its value. Memories never shrink.
#[derive(Clone, Copy, Debug)]
pub(super) struct Checked {
    pub(super) memory: usize,
    pub(super) local: u32,
    pub(super) bytes: u64,
}

/// Code that is emitted behind the function's body.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stub {
    /// Stops.
    Trap { label: Label, trap: gantry_abi::Trap, offset: u32 },
    /// Stops at the function's entry, where the vmctx is still where the caller put it.
    Overflow { label: Label, vmctx: crate::reg::Gp },
    /// Asks the host, with registers preserved, and goes back.
    Interrupt {
        label: Label,
        back: Label,
        libcall: gantry_abi::Libcall,
        offset: u32,
        /// Its part of [`State::saves`].
        saves: (u32, u32),
        /// Its part of [`References::homes`].
        references: (u32, u32),
    },
}

/// Tables of a compilation. Cleared, never freed.
pub(super) struct State {
    pub(super) slots: Vec<Slot>,
    /// The slot that owns each register.
    pub(super) owner: [u32; Reg::COUNT],
    /// Registers that have an owner.
    pub(super) owned: RegSet,
    /// Those of them whose slot's home holds the value, too.
    pub(super) clean: RegSet,
    /// Registers whose 32-bit integer is zero-extended.
    pub(super) extended: RegSet,
    /// Registers of the current operator's operands and results: not to be given away.
    pub(super) locked: RegSet,
    pub(super) frames: Vec<Frame>,
    /// Two per depth of nesting: of the block's label, and of its `else`.
    pub(super) snapshots: Vec<Snapshot>,
    /// Types of blocks.
    pub(super) types: Vec<AbiType>,
    pub(super) stubs: Vec<Stub>,
    /// Registers and homes that stubs save.
    pub(super) saves: Vec<(Reg, AbiType, i32)>,
    /// Vector constants.
    pub(super) vectors: Vec<u128>,
    pub(super) references: References,
    /// Explicit checks of accesses that are known to hold here.
    pub(super) checked: Vec<Checked>,
    pub(super) labels: Vec<Label>,
    pub(super) table_edges: Vec<(u32, Label)>,
}

impl State {
    pub(super) fn new() -> Self {
        Self {
            slots: Vec::new(),
            owner: [NONE; Reg::COUNT],
            owned: RegSet::EMPTY,
            clean: RegSet::EMPTY,
            extended: RegSet::EMPTY,
            locked: RegSet::EMPTY,
            frames: Vec::new(),
            snapshots: Vec::new(),
            types: Vec::new(),
            stubs: Vec::new(),
            saves: Vec::new(),
            vectors: Vec::new(),
            references: References::default(),
            checked: Vec::new(),
            labels: Vec::new(),
            table_edges: Vec::new(),
        }
    }

    pub(super) fn clear(&mut self) {
        self.slots.clear();
        self.owned = RegSet::EMPTY;
        self.clean = RegSet::EMPTY;
        self.extended = RegSet::EMPTY;
        self.locked = RegSet::EMPTY;
        self.frames.clear();
        self.types.clear();
        self.stubs.clear();
        self.saves.clear();
        self.vectors.clear();
        self.references.clear();
        self.checked.clear();
        self.labels.clear();
        self.table_edges.clear();
    }

    /// Index of the snapshot of the label of the frame at this depth from the outside.
    pub(super) fn snapshot_of(&mut self, frame: usize) -> usize {
        while self.snapshots.len() < 2 * frame + 2 {
            self.snapshots.push(Snapshot::new());
        }
        2 * frame
    }
}

/// Bytes of a value's home.
#[inline]
pub(super) const fn home_bytes(ty: AbiType) -> u32 {
    match ty {
        AbiType::V128 => 16,
        _ => 8,
    }
}

/// Where the home of a value ends whose predecessor's home ends `bottom` bytes below the frame pointer.
#[inline]
pub(super) const fn next_bottom(bottom: u32, ty: AbiType) -> u32 {
    let bytes = home_bytes(ty);
    // No overflow: validation limits stacks to a few million values.
    (bottom + bytes).next_multiple_of(bytes)
}

/// An operand that has left the stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Val {
    /// In a register. If it is the operand's own, it may be overwritten.
    Reg { reg: Reg, own: bool },
    /// A constant.
    Const(u64),
}

impl Val {
    /// The register, if it may be overwritten.
    #[inline]
    pub(super) fn reusable(self) -> Option<Reg> {
        match self {
            Self::Reg { reg, own: true } => Some(reg),
            _ => None,
        }
    }
}

/// The class of a slot.
impl Slot {
    #[inline]
    pub(super) fn class(&self) -> Class {
        Class::of(self.ty)
    }
}
