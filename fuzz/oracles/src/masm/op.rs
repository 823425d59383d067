//! Programs for an assembler, as data: what is emitted, and what the model does.

use gantry_abi::{AbiType, Trap};
use gantry_winch::masm::*;
use gantry_winch::reg::{Fp, Gp, Reg};

/// Bytes of the memory: one page.
pub(super) const MEMORY: u32 = 1 << 16;
/// Where the first function finds what its registers begin with: 8 bytes for each integer register, then 16 for each float
/// register, by number.
pub(super) const INITIAL: u32 = 0;
/// Where float registers are, from there.
pub(super) const FLOATS: u32 = 8 * 32;
/// Where it leaves what its registers hold at the end: as above, then the memory's base and the stack pointer.
pub(super) const FINAL: u32 = 1024;
/// Where the base is.
pub(super) const BASE: u32 = FINAL + FLOATS + 16 * 32;
/// Where the stack pointer is.
pub(super) const STACK: u32 = BASE + 8;
/// Where it leaves its homes, 8 bytes each, from the frame pointer down.
pub(super) const HOMES: u32 = 2048;
/// How many of them at most.
const MOST_HOMES: u32 = 40;
/// From here on the memory is the program's.
pub(super) const FREE: u32 = 4096;

/// What an access adds to a base.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ix {
    Long(Gp),
    Word(Gp),
}

/// An address.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) base: Gp,
    pub(super) index: Option<Ix>,
    pub(super) offset: u32,
    /// Whether it may be outside of the memory.
    pub(super) traps: bool,
}

/// How a function stops.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stop {
    /// By an instruction that faults.
    Fault,
    /// By asking the runtime.
    Libcall,
}

/// A call of another function of the program.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) callee: usize,
    /// Whether its address is in a register.
    pub(super) indirect: bool,
    /// Arguments on the stack: type, register, offset.
    pub(super) arguments: Vec<(AbiType, Reg, u32)>,
}

/// A call of one method of the assembler, or of a few that belong together. Operands are in the order of the method's, and
/// `true` at the end says that a NaN is made canonical.
#[derive(Clone, Debug)]
pub(super) enum Op {
    Mov(Size, Gp, Gp),
    ZeroExtend(Gp, Gp),
    Constant(Gp, u64),
    Alu(AluOp, Size, Gp, Gp, RegImm),
    NegateFrom(Size, Gp, i64, Gp),
    Shift(ShiftOp, Size, Gp, Gp, RegImm),
    Div(DivOp, Size, Gp, Gp, Gp),
    Count(CountOp, Size, Gp, Gp),
    Extend(ExtendOp, Gp, Gp),
    WideAddSub(bool, [Gp; 6]),
    WideMul(bool, [Gp; 4]),

    Set(Gp, Cond),
    Select(AbiType, Reg, Cond, Reg, Reg),
    ZeroIf(Gp, Cond),
    /// Goes past these, if the condition holds or there is none.
    Skip(Option<Cond>, Vec<Op>),
    /// Does these as often; the count is in a home, and passes through a register.
    Repeat(i32, u32, Gp, Vec<Op>),
    /// A table of jumps, with the index and a register that changes.
    Switch(Gp, Gp, Vec<Vec<Op>>),
    Stop(Stop, Trap),

    Fmov(AbiType, Fp, Fp),
    Fconstant(FloatSize, Fp, u64),
    Funary(FloatUnary, FloatSize, Fp, Fp, bool),
    Fbinary(FloatBinary, FloatSize, Fp, Fp, Fp, bool),
    Canonicalize(FloatSize, Fp),
    /// The results of NaN and of overflow are [`NAN`] and [`OVERFLOW`].
    Truncate(Truncation, Gp, Fp),
    TruncateSaturating(Truncation, Gp, Fp),
    Convert(FloatSize, Fp, Size, bool, Gp),
    Demote(Fp, Fp, bool),
    Promote(Fp, Fp, bool),
    FloatBits(Size, Gp, Fp),
    FloatFromBits(Size, Fp, Gp),

    Load(LoadKind, Reg, Place),
    Store(StoreKind, Reg, Place),
    /// A register takes the constant where there is no such instruction.
    StoreConstant(StoreKind, i64, Place, Gp),
    Probe(StoreKind, Place),
    Address(Gp, Place),
    Spill(AbiType, Reg, i32),
    Fill(AbiType, Reg, i32),
    ZeroFrame(i32, u32),
    AddToHome(i32, i64),

    /// Relative to a register, or to the stack pointer.
    StoreArgument(AbiType, Reg, Option<Gp>, u32),
    LoadResult(AbiType, Reg, u32),
    StackAddress(Gp, u32),
    Call(Call),
    TailCall(Call),

    VectorConstant(Fp, u128),
    VectorUnary(VectorUnary, Fp, Fp, bool),
    VectorBinary(VectorBinary, Fp, Fp, Fp, bool),
    VectorTernary(VectorTernary, Fp, Fp, Fp, Fp, bool),
    VectorShift(ShiftOp, Lanes, Fp, Fp, RegImm),
    VectorCanonicalize(FloatSize, Fp),
    VectorTest(VectorTest, Gp, Fp, Fp),
    Splat(Lanes, Fp, Gp),
    SplatFloat(FloatSize, Fp, Fp),
    Extract(Extract, u8, Gp, Fp),
    ExtractFloat(FloatSize, u8, Fp, Fp),
    Replace(Lanes, u8, Fp, Fp, Gp),
    ReplaceFloat(FloatSize, u8, Fp, Fp, Fp),
    Shuffle([u8; 16], Fp, Fp, Fp),
    LoadVector(VectorLoad, Fp, Place),
    LoadLane(Lanes, u8, Fp, Fp, Place),
    StoreLane(Lanes, u8, Fp, Place),
}

/// What [`Op::Truncate`] gives for a NaN.
pub(super) const NAN: u64 = 0x1_4e61_4e21;
/// What it gives for a float that is too large.
pub(super) const OVERFLOW: u64 = 0x2_6f76_6572;

impl Op {
    /// The lists of operations within it.
    pub(super) fn bodies(&self) -> &[Vec<Op>] {
        match self {
            Self::Skip(_, body) | Self::Repeat(_, _, _, body) => std::slice::from_ref(body),
            Self::Switch(_, _, arms) => arms,
            _ => &[],
        }
    }

    /// The same, to change them.
    pub(super) fn bodies_mut(&mut self) -> &mut [Vec<Op>] {
        match self {
            Self::Skip(_, body) | Self::Repeat(_, _, _, body) => std::slice::from_mut(body),
            Self::Switch(_, _, arms) => arms,
            _ => &mut [],
        }
    }
}

/// A function.
#[derive(Clone, Debug, Default)]
pub(super) struct Function {
    /// Bytes below the frame pointer.
    pub(super) frame: u32,
    /// Bytes of stack arguments.
    pub(super) arguments: u32,
    /// Whether the stack is checked, and for how many bytes beyond its reserve.
    pub(super) check: Option<u32>,
    pub(super) body: Vec<Op>,
}

impl Function {
    /// Homes that the first function leaves in the memory: where, and their offsets from the stack pointer.
    pub(super) fn homes(&self, save_area: u32) -> impl Iterator<Item = (u32, u32)> + use<> {
        let top = self.frame - save_area;
        (1..=(top / 8).min(MOST_HOMES)).map(move |word| (HOMES + 8 * (word - 1), top - 8 * word))
    }
}

/// Functions that call those behind them. The first one is called by the host.
#[derive(Clone, Debug)]
pub(super) struct Program {
    pub(super) functions: Vec<Function>,
    /// What the memory holds at the beginning.
    pub(super) memory: Vec<u8>,
}
