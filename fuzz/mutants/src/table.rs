//! The mutants: the one table. Historical ones are bugs that other engines shipped, each modelled at a seam of this engine by
//! what it did; synthetic ones are one of each kind of slip that compilers are prone to.

use crate::bytecode::Bug as B;
use crate::clif::{self, Bug as C};
use crate::compiled as f;
use crate::masm::{Access, Bug as M};
use crate::seam::Seam::{self, Bytecode, Clif, Compiled, Masm};
use cranelift_codegen::ir::Opcode as O;
use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::types::{F32, F64, I32, I64};
use gantry_abi::{AbiType, Libcall, Trap};
use gantry_winch::masm::*;
use pulley_interpreter::{ExtendedOpcode as X, Opcode as P};

/// A compiler with a bug.
#[derive(Clone, Copy, Debug)]
pub struct Mutant {
    /// Its name: what is wrong.
    pub name: &'static str,
    /// What kind of slip it is.
    pub class: Class,
    /// Where it is.
    pub seam: Seam,
    /// What it models: the advisory or issue of a bug that was shipped; `None`: made up.
    pub origin: Option<&'static str>,
}

/// Kinds of slips.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
pub enum Class {
    /// An access touches other bytes than it should.
    Address,
    /// The upper bits of a narrow value are not what others rely on.
    UpperBits,
    /// An instruction for another one, or for another width.
    Operation,
    /// A constant, an immediate or a special case of one.
    Immediate,
    /// Operands in the wrong order, or overwritten too early.
    Operands,
    /// A branch, a condition, or what selects.
    Control,
    /// A trap that is missing, superfluous, or another one.
    Trap,
    /// Values in the frame or across calls.
    Frame,
    /// What the runtime is asked for, and what it gives.
    Libcall,
    /// Vector lanes.
    Lanes,
    /// Tables beside the code, and fuel.
    Metadata,
    /// A limit or a range that something outgrows.
    Range,
    /// Effects in memory that are lost or reordered.
    Effects,
}

/// Bugs of the same list that nothing here can have, with the reason.
pub const OMITTED: &[(&str, &str)] = &[
    ("CVE-2022-24791: stack maps with epochs and externref", "there are no stack maps before garbage collection"),
    ("CVE-2022-31146: stack maps lost by register allocation", "there are no stack maps before garbage collection"),
    ("CVE-2025-62711: intrinsics of component trampolines", "there are no components"),
    ("wasmtime#13449, #13450: values missing from stack maps", "there are no stack maps before garbage collection"),
    ("GHSA-hw8m-q44c-ggrf: roots across try_call", "there are neither exceptions nor garbage collection"),
];

/// A mutant that models a bug that was shipped.
const fn known(name: &'static str, class: Class, seam: Seam, origin: &'static str) -> Mutant {
    Mutant { name, class, seam, origin: Some(origin) }
}

/// A mutant that is made up.
const fn made(name: &'static str, class: Class, seam: Seam) -> Mutant {
    Mutant { name, class, seam, origin: None }
}

/// Sets something and says that the instruction is emitted.
macro_rules! set {
    ($call:ident: $condition:expr => $($change:stmt);*) => {
        |$call| {
            let _ = &$call;
            if $condition {
                $($change)*
            }
            true
        }
    };
}

/// Leaves an instruction out where a condition holds.
macro_rules! skip {
    ($call:ident: $condition:expr) => {
        |$call| {
            let _ = &$call;
            !$condition
        }
    };
}

/// The next of a vector's lanes.
const fn next(lane: u8, lanes: Lanes) -> u8 {
    let count = match lanes {
        Lanes::L8 => 16,
        Lanes::L16 => 8,
        Lanes::L32 => 4,
        Lanes::L64 => 2,
    };
    (lane + 1) % count
}

/// Products of the upper signed bytes.
const DOT_PRODUCTS: VectorBinary = VectorBinary::ExtMul(Widen { from: Lanes::L8, signed: true, half: Half::High });

/// Every mutant.
#[rustfmt::skip]
pub const MUTANTS: &[Mutant] = &[
    // Shipped by others, oldest first.
    known("fill-sign-extends", Class::UpperBits, Masm(M::FillSignExtends), "CVE-2021-32629"),
    known("vector-spill-narrow", Class::Frame, Masm(M::Spill(set!(c: c.ty == AbiType::V128 => c.ty = AbiType::F64))), "SIMD spill slots, 2021-12"),
    known("swizzle-clobbers", Class::Operands, Masm(M::ClobbersSecond(VectorBinary::Swizzle)), "CVE-2022-31104"),
    known("divisor-extended", Class::Immediate, Clif(C::Pass(clif::divisor_extended)), "CVE-2022-31169"),
    known("shift-in-address", Class::Address, Clif(C::Pass(clif::shift_in_address)), "CVE-2023-26489"),
    known("shuffle-of-equals", Class::Lanes, Clif(C::Pass(clif::shuffle_of_equals)), "CVE-2023-27477"),
    known("lane-shift-by-constant", Class::Immediate, Clif(C::Pass(clif::lane_shift_by_constant)), "CVE-2023-41880"),
    known("tail-call-keeps-frame", Class::Frame, Clif(C::Pass(clif::tail_calls_return)), "CVE-2024-47763"),
    known("data-drop-lost", Class::Libcall, Clif(C::NoCall(Libcall::data_drop)), "CVE-2024-30266"),
    known("copysign-loads-wide", Class::Address, Clif(C::Pass(clif::wide_copysign)), "CVE-2026-24116"),
    known("splat-loads-wide", Class::Address, Clif(C::Pass(clif::wide_splat)), "CVE-2026-34944"),
    known("address-sign-extended", Class::Address, Clif(C::Pass(clif::address_sign_extended)), "CVE-2026-34971"),
    known("rotate-by-nothing", Class::Immediate, Clif(C::Pass(clif::rotate_by_nothing)), "wasmtime#12907"),
    known("offset-overflows", Class::Immediate, Masm(M::Load(set!(c: c.addr.offset > 0x7fff => c.addr.offset &= 0x7fff))), "wasmtime#12949 (2^15, not 2^31)"),
    known("scalar-floats-load-wide", Class::Address, Clif(C::Pass(clif::wide_scalar_float)), "wasmtime#13184"),
    known("shift-and-mask", Class::Immediate, Clif(C::Pass(clif::shift_and_mask)), "wasmtime#13262"),
    known("branch-table-merged", Class::Control, Clif(C::Pass(clif::branch_table_merged)), "wasmtime#13391 (class: shapes of control flow)"),
    // Cases are deterministic: the product is made of these.
    known("relaxed-dot-wrong", Class::Lanes, Masm(M::Vbinary(set!(c: c.op == DOT_PRODUCTS => c.op = VectorBinary::Dot))), "wasmtime#13702"),
    known("far-call-off", Class::Range, Compiled("pulley", f::far_call_off), "wasmtime#13858"),
    known("dead-stores", Class::Effects, Clif(C::Pass(clif::dead_stores)), "wasmtime#14008, #14134"),
    known("value-numbers-wrap", Class::Range, Clif(C::Pass(clif::value_numbers_wrap)), "CVE-2026-115889 (2^7, not 2^24)"),
    known("branch-table-far", Class::Range, Masm(M::JumpTable(|labels| if labels.len() > 4 { labels[4] = labels[0] })), "CVE-2026-115893 (from the fifth row on)"),
    known("address-not-extended", Class::UpperBits, Masm(M::NotExtended(Access::Load)), "CVE-2026-34987"),
    known("size-not-narrowed", Class::UpperBits, Masm(M::Mov(skip!(c: c.size == Size::S32 && c.d == c.a))), "CVE-2026-35186"),
    known("table-grow-narrow", Class::Libcall, Masm(M::LibcallNarrow(Libcall::table_grow)), "CVE-2026-34945"),
    known("table-fill-panics", Class::Libcall, Masm(M::LibcallPanics(Libcall::table_fill)), "CVE-2026-34946"),
    known("float-bits-sign-extend", Class::UpperBits, Masm(M::FloatBitsSignExtend), "wasmtime#12994 (class: result not zero-extended)"),
    known("table-init-swapped", Class::Libcall, Masm(M::LibcallSwap(Libcall::table_init, 2, 3)), "wasmtime#13520"),
    known("fuel-lost", Class::Metadata, Masm(M::AddToHome(skip!(c: c.value > 12))), "GHSA-m63x (class: fuel lost on one path)"),
    known("bitselect-swapped", Class::Operands, Clif(C::Swap(O::Bitselect, None)), "wasmtime#8131"),
    known("select-sign-extended", Class::UpperBits, Clif(C::Pass(clif::select_sign_extended)), "wasmtime#8233"),

    // Assemblers: integers.
    made("sub-swapped", Class::Operands, Masm(M::Alu(|c| {
        if let (AluOp::Sub, RegImm::Reg(b)) = (c.op, c.b) { (c.a, c.b) = (b, RegImm::Reg(c.a)) }
        true
    }))),
    made("immediate-plus-one", Class::Immediate, Masm(M::Alu(|c| {
        if let (AluOp::And | AluOp::Or | AluOp::Xor, RegImm::Imm(i)) = (c.op, c.b) { c.b = RegImm::Imm(i.wrapping_add(1)) }
        true
    }))),
    made("multiply-narrow", Class::Operation, Masm(M::Alu(set!(c: c.op == AluOp::Mul => c.size = Size::S32)))),
    made("or-for-xor", Class::Operation, Masm(M::Alu(set!(c: c.op == AluOp::Xor => c.op = AluOp::Or)))),
    made("negate-from-plus-one", Class::Immediate, Masm(M::NegateFrom(set!(c: true => c.from = c.from.wrapping_add(1))))),
    made("shift-unsigned", Class::Operation, Masm(M::Shift(set!(c: c.op == ShiftOp::ShrS => c.op = ShiftOp::ShrU)))),
    made("rotate-backwards", Class::Operation, Masm(M::Shift(set!(c: c.op == ShiftOp::Rotl => c.op = ShiftOp::Rotr)))),
    made("shift-narrow", Class::Operation, Masm(M::Shift(set!(c: c.op == ShiftOp::Shl => c.size = Size::S32)))),
    made("remainder-unsigned", Class::Operation, Masm(M::Div(set!(c: c.op == DivOp::RemainderS => c.op = DivOp::RemainderU)))),
    made("count-other-end", Class::Operation, Masm(M::Count(set!(c: c.op == CountOp::Clz => c.op = CountOp::Ctz)))),
    made("count-wide", Class::Operation, Masm(M::Count(set!(c: c.op == CountOp::Clz => c.size = Size::S64)))),
    made("extend-unsigned", Class::UpperBits, Masm(M::Extend(set!(c: c.op == ExtendOp::S32To64 => c.op = ExtendOp::U32To64)))),
    made("extend-half", Class::Operation, Masm(M::Extend(set!(c: c.op == ExtendOp::S16To32 => c.op = ExtendOp::S8To32)))),
    made("carry-lost", Class::Operation, Masm(M::WideAddSub(set!(c: true => c.add = !c.add)))),
    made("wide-product-sign", Class::Operation, Masm(M::WideMul(set!(c: true => c.signed = !c.signed)))),
    made("constant-truncated", Class::Immediate, Masm(M::Constant(set!(c: c.value >> 32 == 0xffff_ffff => c.value &= 0xffff_ffff)))),
    // Assemblers: memory.
    made("load-unsigned", Class::UpperBits, Masm(M::Load(set!(c: c.kind == LoadKind::I32S8 => c.kind = LoadKind::I32U8)))),
    made("load-signed", Class::UpperBits, Masm(M::Load(set!(c: c.kind == LoadKind::I64U32 => c.kind = LoadKind::I64S32)))),
    made("load-too-wide", Class::Address, Masm(M::Load(set!(c: c.kind == LoadKind::I32U8 => c.kind = LoadKind::I32U16)))),
    made("load-too-narrow", Class::Address, Masm(M::Load(set!(c: c.kind == LoadKind::I32U16 => c.kind = LoadKind::I32U8)))),
    made("load-off-by-one", Class::Address, Masm(M::Load(set!(c: c.addr.trap.is_some() && c.addr.offset > 0 => c.addr.offset += 1)))),
    made("store-too-wide", Class::Address, Masm(M::Store(set!(c: c.kind == StoreKind::I8 => c.kind = StoreKind::I16)))),
    made("store-too-narrow", Class::Address, Masm(M::Store(set!(c: c.kind == StoreKind::I32 && c.addr.trap.is_some() => c.kind = StoreKind::I16)))),
    made("store-lost", Class::Effects, Masm(M::Store(skip!(c: c.kind == StoreKind::I16)))),
    made("store-not-extended", Class::UpperBits, Masm(M::NotExtended(Access::Store))),
    made("mask-lost", Class::Trap, Masm(M::ZeroIf(skip!(c: true)))),
    made("bounds-check-lost", Class::Trap, Masm(M::Branch(skip!(c: matches!(c.cond, Cond::Int { cc: IntCc::GtU, size: Size::S64, .. }))))),
    made("bounds-check-signed", Class::Trap, Masm(M::ZeroIf(|c| {
        if let Cond::Int { cc: cc @ IntCc::GtU, .. } = &mut c.cond { *cc = IntCc::GtS }
        true
    }))),
    // Assemblers: control.
    made("condition-signed", Class::Control, Masm(M::Branch(|c| {
        if let Cond::Int { cc: cc @ (IntCc::LtU | IntCc::GeU), size: Size::S32, .. } = &mut c.cond {
            *cc = if *cc == IntCc::LtU { IntCc::LtS } else { IntCc::GeS };
        }
        true
    }))),
    made("comparison-or-equal", Class::Control, Masm(M::Set(|c| {
        if let Cond::Int { cc: cc @ IntCc::LtS, .. } = &mut c.cond { *cc = IntCc::LeS }
        true
    }))),
    made("comparison-narrow", Class::Operation, Masm(M::Set(|c| {
        if let Cond::Int { size, .. } = &mut c.cond { *size = Size::S32 }
        true
    }))),
    made("nan-compares", Class::Control, Masm(M::Set(|c| {
        if let Cond::Float { cc: cc @ FloatCc::Ne, negated, .. } = &mut c.cond { (*cc, *negated) = (FloatCc::Eq, *negated) }
        true
    }))),
    made("select-swapped", Class::Operands, Masm(M::Select(set!(c: true => std::mem::swap(&mut c.a, &mut c.b))))),
    made("branch-table-off-by-one", Class::Control, Masm(M::JumpTable(|labels| labels.rotate_left(1)))),
    made("unreachable-traps-otherwise", Class::Trap, Masm(M::TrapHere(set!(c: c.trap == Trap::Unreachable => c.trap = Trap::IntegerOverflow)))),
    // Assemblers: floats.
    made("float-constant-bit", Class::Immediate, Masm(M::Fconstant(set!(c: c.bits != 0 => c.bits ^= 1)))),
    made("floor-for-ceil", Class::Operation, Masm(M::Funary(set!(c: c.op == FloatUnary::Ceil => c.op = FloatUnary::Floor)))),
    made("nearest-truncates", Class::Operation, Masm(M::Funary(set!(c: c.op == FloatUnary::Nearest => c.op = FloatUnary::Trunc)))),
    made("divide-swapped", Class::Operands, Masm(M::Fbinary(set!(c: c.op == FloatBinary::Div => std::mem::swap(&mut c.a, &mut c.b))))),
    made("min-for-max", Class::Operation, Masm(M::Fbinary(set!(c: c.op == FloatBinary::Max => c.op = FloatBinary::Min)))),
    made("nan-not-canonical", Class::Operation, Masm(M::Canonicalize(skip!(c: c.size == FloatSize::F64)))),
    made("convert-signed", Class::Operation, Masm(M::Convert(set!(c: true => c.signed = true)))),
    made("truncate-traps-swapped", Class::Trap, Masm(M::Truncate(set!(c: true => std::mem::swap(&mut c.nan, &mut c.overflow))))),
    made("saturate-signed", Class::Operation, Masm(M::TruncateSaturating(set!(c: true => c.kind.signed = true)))),
    // Assemblers: frames and calls.
    made("spill-narrow", Class::Frame, Masm(M::Spill(set!(c: c.ty == AbiType::I64 => c.ty = AbiType::I32)))),
    made("spill-forgotten", Class::Frame, Masm(M::Spill(skip!(c: c.home % 32 == 0)))),
    made("locals-not-zero", Class::Frame, Masm(M::ZeroFrame(skip!(c: c.bytes == 8)))),
    made("preserved-not-saved", Class::Frame, Masm(M::Prologue(|p| p.saved = gantry_winch::reg::RegSet(p.saved.0 & !(1 << 12))))),
    made("stack-argument-off", Class::Frame, Masm(M::StoreArgument(set!(c: c.base.is_none() && c.offset > 0 => c.offset -= 8)))),
    made("result-off", Class::Frame, Masm(M::LoadResult(set!(c: c.offset > 0 => c.offset -= 8)))),
    made("fuel-off-by-one", Class::Metadata, Masm(M::AddToHome(set!(c: true => c.value += 1)))),
    // Libcalls.
    made("memory-grow-off-by-one", Class::Libcall, Masm(M::LibcallResult(Libcall::memory_grow, 1))),
    made("memory-grow-too-much", Class::Libcall, Masm(M::LibcallArgument(Libcall::memory_grow, 1, 1))),
    made("move-ignores-last", Class::Libcall, Masm(M::LibcallArgument(Libcall::move_bytes, 2, -1))),
    made("move-swapped", Class::Libcall, Masm(M::LibcallSwap(Libcall::move_bytes, 0, 1))),
    made("fill-short", Class::Libcall, Masm(M::LibcallArgument(Libcall::fill_bytes, 2, -1))),
    made("memory-init-off", Class::Libcall, Masm(M::LibcallArgument(Libcall::memory_init, 3, 1))),
    made("table-copy-swapped", Class::Libcall, Masm(M::LibcallSwap(Libcall::table_copy, 2, 3))),
    made("table-grow-fails", Class::Libcall, Masm(M::LibcallArgument(Libcall::table_grow, 1, 1))),
    // Vectors.
    made("lane-next", Class::Lanes, Masm(M::ExtractLane(set!(c: c.kind == Extract::I32 => c.lane = next(c.lane, Lanes::L32))))),
    made("lane-unsigned", Class::Lanes, Masm(M::ExtractLane(set!(c: c.kind == Extract::S16 => c.kind = Extract::U16)))),
    made("replace-next", Class::Lanes, Masm(M::Replace(set!(c: true => c.lane = next(c.lane, c.lanes))))),
    made("shuffle-halves", Class::Lanes, Masm(M::Shuffle(|lanes| lanes.iter_mut().for_each(|l| *l ^= 16)))),
    made("splat-narrow", Class::Lanes, Masm(M::Splat(set!(c: c.lanes == Lanes::L32 => c.lanes = Lanes::L16)))),
    made("load-lane-wide", Class::Address, Masm(M::LoadVector(set!(c: c.kind == VectorLoad::Splat(Lanes::L32) => c.kind = VectorLoad::Splat(Lanes::L64))))),
    made("load-extend-unsigned", Class::Lanes, Masm(M::LoadVector(|c| {
        if let VectorLoad::Extend(_, signed) = &mut c.kind { *signed = !*signed }
        true
    }))),
    made("store-lane-wide", Class::Address, Masm(M::StoreLane(set!(c: c.kind == Lanes::L8 => c.kind = Lanes::L16)))),
    made("and-not-swapped", Class::Operands, Masm(M::Vbinary(set!(c: c.op == VectorBinary::AndNot => c.op = VectorBinary::And)))),
    made("bitmask-other-lanes", Class::Lanes, Masm(M::Vtest(set!(c: c.op == VectorTest::Bitmask(Lanes::L32) => c.op = VectorTest::Bitmask(Lanes::L64))))),
    made("lane-shift-unsigned", Class::Lanes, Masm(M::VectorShift(set!(c: c.op == ShiftOp::ShrS => c.op = ShiftOp::ShrU)))),
    made("saturates-signed", Class::Lanes, Masm(M::Vbinary(|c| {
        if let VectorBinary::Narrow(_, signed) = &mut c.op { *signed = !*signed }
        true
    }))),

    // CLIF.
    made("clif-shift-signed", Class::Operation, Clif(C::Opcode(O::Ushr, O::Sshr, Some(I32)))),
    made("clif-divide-unsigned", Class::Operation, Clif(C::Opcode(O::Sdiv, O::Udiv, Some(I64)))),
    made("clif-remainder-unsigned", Class::Operation, Clif(C::Opcode(O::Srem, O::Urem, Some(I32)))),
    made("clif-extend-unsigned", Class::UpperBits, Clif(C::Opcode(O::Sextend, O::Uextend, Some(I64)))),
    made("clif-load-signed", Class::UpperBits, Clif(C::Opcode(O::Uload8, O::Sload8, None))),
    made("clif-load-off-by-one", Class::Address, Clif(C::Pass(clif::loads_off_by_one))),
    made("clif-store-wide", Class::Address, Clif(C::Opcode(O::Istore8, O::Istore16, None))),
    made("clif-stores-swapped", Class::Effects, Clif(C::Pass(clif::stores_swapped))),
    made("clif-sub-swapped", Class::Operands, Clif(C::Swap(O::Isub, Some(I32)))),
    made("clif-select-swapped", Class::Operands, Clif(C::Swap(O::Select, Some(I32)))),
    made("clif-min-for-max", Class::Operation, Clif(C::Opcode(O::Fmax, O::Fmin, Some(F64)))),
    made("clif-divide-swapped", Class::Operands, Clif(C::Swap(O::Fdiv, Some(F32)))),
    made("clif-less-or-equal", Class::Control, Clif(C::IntCc(IntCC::SignedLessThan, IntCC::SignedLessThanOrEqual))),
    made("clif-unordered", Class::Control, Clif(C::FloatCc(FloatCC::LessThan, FloatCC::UnorderedOrLessThan))),
    made("clif-branches-swapped", Class::Control, Clif(C::Pass(clif::branches_swapped))),
    made("clif-constants-cut", Class::Immediate, Clif(C::Pass(clif::constants_cut))),
    made("clif-trap-otherwise", Class::Trap, Clif(C::Trap(Trap::IntegerOverflow, Trap::BadConversionToInteger))),
    made("clif-table-check-lost", Class::Trap, Clif(C::NoCheck(Trap::BadSignature))),
    made("range-of-mask", Class::Address, Clif(C::Pass(clif::masked_is_in_bounds))),
    made("range-of-counter", Class::Address, Clif(C::Pass(clif::counter_is_in_bounds))),
    made("range-of-follower", Class::Address, Clif(C::Pass(clif::follower_is_in_bounds))),
    made("range-of-lower", Class::Address, Clif(C::Pass(clif::lower_is_in_bounds))),
    made("clif-elem-drop-lost", Class::Libcall, Clif(C::NoCall(Libcall::elem_drop))),

    // Tables beside the code.
    made("trap-sites-late", Class::Metadata, Compiled("winch", f::trap_sites_late)),
    made("trap-site-missing", Class::Metadata, Compiled("cranelift", f::trap_site_missing)),
    made("trap-code-wrong", Class::Trap, Compiled("cranelift", f::trap_code_wrong)),
    made("unreachable-wrong", Class::Trap, Compiled("winch", f::unreachable_wrong)),
    made("source-late", Class::Metadata, Compiled("winch", f::source_late)),
    made("source-shifted", Class::Metadata, Compiled("cranelift", f::source_shifted)),
    made("call-target-wrong", Class::Control, Compiled("cranelift", f::call_target_wrong)),

    // The interpreter.
    made("pulley-shift-signed", Class::Operation, Bytecode(B::Base(P::Xshr32U, P::Xshr32S))),
    made("pulley-sub-for-add", Class::Operation, Bytecode(B::Base(P::Xadd32, P::Xsub32))),
    made("pulley-less-or-equal", Class::Control, Bytecode(B::Base(P::Xslt32, P::Xslteq32))),
    made("pulley-branch-or-equal", Class::Control, Bytecode(B::Base(P::BrIfXult32, P::BrIfXulteq32))),
    made("pulley-load-signed", Class::UpperBits, Bytecode(B::Base(P::XLoad8U32G32, P::XLoad8S32G32))),
    made("pulley-load-wide", Class::Address, Bytecode(B::Base(P::XLoad8U32G32, P::XLoad16LeU32G32))),
    made("pulley-store-wide", Class::Address, Bytecode(B::Base(P::XStore8G32, P::XStore16LeG32))),
    made("pulley-extend-signed", Class::UpperBits, Bytecode(B::Base(P::Sext8, P::Zext8))),
    made("pulley-remainder-unsigned", Class::Operation, Bytecode(B::Base(P::XRem32S, P::XRem32U))),
    made("pulley-rotate-backwards", Class::Operation, Bytecode(B::Base(P::Xrotl64, P::Xrotr64))),
    made("pulley-floor-for-ceil", Class::Operation, Bytecode(B::Extended(X::Fceil64, X::Ffloor64))),
    made("pulley-min-for-max", Class::Operation, Bytecode(B::Extended(X::Fmaximum32, X::Fminimum32))),
    made("pulley-lanes-wrap", Class::Lanes, Bytecode(B::Extended(X::VAddI8x16, X::VAddI16x8))),
    made("pulley-saturate-signed", Class::Operation, Bytecode(B::Extended(X::X32FromF64USat, X::X32FromF64SSat))),
];

/// Mutants that die within seconds: for tests.
#[rustfmt::skip]
pub const SMOKE: &[&str] = &[
    "vector-spill-narrow", "tail-call-keeps-frame", "rotate-by-nothing", "immediate-plus-one",
    "or-for-xor", "rotate-backwards", "constant-truncated", "bounds-check-lost",
    "clif-select-swapped", "comparison-narrow", "float-constant-bit", "min-for-max",
    "truncate-traps-swapped", "spill-forgotten", "locals-not-zero", "fuel-off-by-one",
    "memory-grow-too-much", "splat-narrow", "saturates-signed", "clif-extend-unsigned",
    "clif-branches-swapped", "source-late", "call-target-wrong", "pulley-rotate-backwards",
    "pulley-extend-signed", "range-of-mask",
];

/// The mutant with this name.
pub fn find(name: &str) -> Option<&'static Mutant> {
    MUTANTS.iter().find(|mutant| mutant.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn names_are_unique_and_there_are_enough() {
        let names: HashSet<_> = MUTANTS.iter().map(|mutant| mutant.name).collect();
        assert_eq!(names.len(), MUTANTS.len());
        let historical = MUTANTS.iter().filter(|mutant| mutant.origin.is_some()).count();
        assert!(historical >= 30, "{historical} mutants model bugs that were shipped");
        assert!(MUTANTS.len() - historical >= 60);
        assert!(SMOKE.iter().all(|name| find(name).is_some()));
    }
}
