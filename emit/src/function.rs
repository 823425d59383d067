//! The result of compiling one function, whichever backend compiled it.
//!
//! From here on nobody can tell backends apart: the linker, the image, the disassembler and the unwinder see only this.

use alloc::vec::Vec;
use gantry_abi::artifact::LocalHome;
pub use gantry_abi::artifact::StackMap;
use gantry_abi::{DefinedFunc, Libcall, ShapeIndex, Trap};
use serde::{Deserialize, Serialize};

/// Offset in bytes in a function's code or in an image's text.
pub type CodeOffset = u32;

/// What a piece of text is: the name space of symbols and of relocation targets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Symbol {
    /// A function that the module defines.
    Function(DefinedFunc),
    /// Array call to wasm call, for all functions of a shape.
    EntryTrampoline(ShapeIndex),
    /// Wasm call to array call: how wasm calls a host function of a shape.
    ExitTrampoline(ShapeIndex),
    /// The module's thunk of a libcall.
    LibcallThunk(Libcall),
}

/// How a relocation patches code. `S`: address of the symbol, `A`: addend, `P`: address of the patched place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum RelocKind {
    /// x86_64: 32 bits, `S + A - P`.
    X64Pc32,
    /// aarch64: `bl`/`b`, 26 bits of `(S + A - P) / 4`.
    Aarch64Call26,
    /// riscv64: `auipc` + `jalr` pair, `S + A - P`.
    Riscv64CallPair,
    /// s390x: 32 bits of `(S + A - P) / 2` (the place is 2 bytes into the instruction; `A` accounts for that).
    S390xPcRel32Dbl,
    /// Pulley: 32 bits, little-endian, `S + A - P`.
    PulleyPcRel,
}

/// A place that the linker patches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relocation {
    /// Where.
    pub offset: CodeOffset,
    /// How.
    pub kind: RelocKind,
    /// With whose address.
    pub target: Symbol,
    /// Added to it.
    pub addend: i64,
}

/// An instruction that may stop the guest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrapSite {
    /// Offset of the instruction (on s390x: of the last byte of an instruction that raises SIGILL or SIGFPE).
    pub offset: CodeOffset,
    /// Why it stops.
    pub trap: Trap,
}

/// Start of a range of code made from one operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceLoc {
    /// Offset of its first instruction.
    pub offset: CodeOffset,
    /// Offset of the operator in the module's bytes; `None`: made by the compiler.
    pub wasm_offset: Option<u32>,
}

/// Handlers of one call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallHandlers {
    /// The return address.
    pub offset: CodeOffset,
    /// Bytes from the stack pointer to the frame pointer.
    pub sp_to_fp: u32,
    /// Offset from the stack pointer of the vmctx whose tags the handlers name.
    pub vmctx_slot: Option<u32>,
    /// Tag index (`None`: catch all) and landing pad, in order.
    pub handlers: Vec<(Option<u32>, CodeOffset)>,
}

/// How the frame of a function is laid out: what native unwinders need.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct FrameInfo {
    /// DWARF call frame instructions of the function, as (code offset, instruction), for targets that use them.
    pub cfi: Vec<(CodeOffset, CallFrameInst)>,
}

/// The call frame instructions that code of ours needs (DWARF 5, section 6.4.2). Registers by DWARF number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallFrameInst {
    /// The frame's address is this register plus this offset.
    Cfa(u16, i32),
    /// The frame's address is relative to this register from here on.
    CfaRegister(u16),
    /// The frame's address has this offset from here on.
    CfaOffset(i32),
    /// The caller's value of this register is saved at this offset from the frame's address.
    Offset(u16, i32),
    /// The caller's value of this register is in the register again.
    Restore(u16),
    /// Remembers the state.
    RememberState,
    /// Goes back to the remembered state.
    RestoreState,
}

/// A compiled function or trampoline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompiledFunction {
    /// Machine code (or bytecode), with its constants behind it.
    pub code: Vec<u8>,
    /// Bytes of `code` that are instructions; the rest are constants.
    pub body_len: CodeOffset,
    /// Alignment of its start in bytes, a power of two.
    pub alignment: u32,
    /// Places to patch, in order of offset.
    pub relocations: Vec<Relocation>,
    /// Instructions that may stop the guest, in order of offset.
    pub traps: Vec<TrapSite>,
    /// Origin of the code, in order of offset.
    pub source_map: Vec<SourceLoc>,
    /// Live references, in order of offset.
    pub stack_maps: Vec<StackMap>,
    /// Exception handlers, in order of offset.
    pub handlers: Vec<CallHandlers>,
    /// Frame layout.
    pub frame: FrameInfo,
    /// Where its locals are at calls and loop heads; empty if nobody asked.
    pub locals: Vec<LocalHome>,
}
