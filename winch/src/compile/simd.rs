//! Vector operators, fixed-width and relaxed.
//!
//! Relaxed operators do what is fastest on the ISA, or, if they have to be deterministic, what the deterministic profile says
//! (Core Specification 3.0, section 4.3.2).

use super::Compiler;
use super::state::Val;
use crate::masm::*;
use crate::reg::{Class, Fp};
use gantry_abi::{AbiType, CompileError, Feature};
use wasmparser::{MemArg, Operator};

use AbiType::V128;
use FloatSize::{F32, F64};
use Half::{High, Low};
use Lanes::{L8, L16, L32, L64};
use VectorBinary as B;
use VectorTernary as T;
use VectorTest as Q;
use VectorUnary as U;

/// Lanes to widen.
const fn widen(from: Lanes, signed: bool, half: Half) -> Widen {
    Widen { from, signed, half }
}

impl<M: MacroAssembler> Compiler<'_, M> {
    /// Compiles a vector operator, the last family: what is none cannot be compiled.
    #[rustfmt::skip]
    pub(super) fn vector(&mut self, op: &Operator<'_>) -> Result<(), CompileError> {
        use Operator as O;
        let exact = self.options.relaxed_simd_deterministic;
        match op {
            // Memory.
            O::V128Load { memarg } => self.load(LoadKind::V128, memarg),
            O::V128Store { memarg } => self.store(StoreKind::V128, V128, memarg),
            O::V128Load8x8S { memarg } => self.load_vector(memarg, VectorLoad::Extend(L8, true)),
            O::V128Load8x8U { memarg } => self.load_vector(memarg, VectorLoad::Extend(L8, false)),
            O::V128Load16x4S { memarg } => self.load_vector(memarg, VectorLoad::Extend(L16, true)),
            O::V128Load16x4U { memarg } => self.load_vector(memarg, VectorLoad::Extend(L16, false)),
            O::V128Load32x2S { memarg } => self.load_vector(memarg, VectorLoad::Extend(L32, true)),
            O::V128Load32x2U { memarg } => self.load_vector(memarg, VectorLoad::Extend(L32, false)),
            O::V128Load8Splat { memarg } => self.load_vector(memarg, VectorLoad::Splat(L8)),
            O::V128Load16Splat { memarg } => self.load_vector(memarg, VectorLoad::Splat(L16)),
            O::V128Load32Splat { memarg } => self.load_vector(memarg, VectorLoad::Splat(L32)),
            O::V128Load64Splat { memarg } => self.load_vector(memarg, VectorLoad::Splat(L64)),
            O::V128Load32Zero { memarg } => self.load_vector(memarg, VectorLoad::Zero(L32)),
            O::V128Load64Zero { memarg } => self.load_vector(memarg, VectorLoad::Zero(L64)),
            O::V128Load8Lane { memarg, lane } => self.load_lane(L8, *lane, memarg),
            O::V128Load16Lane { memarg, lane } => self.load_lane(L16, *lane, memarg),
            O::V128Load32Lane { memarg, lane } => self.load_lane(L32, *lane, memarg),
            O::V128Load64Lane { memarg, lane } => self.load_lane(L64, *lane, memarg),
            O::V128Store8Lane { memarg, lane } => self.store_lane(L8, *lane, memarg),
            O::V128Store16Lane { memarg, lane } => self.store_lane(L16, *lane, memarg),
            O::V128Store32Lane { memarg, lane } => self.store_lane(L32, *lane, memarg),
            O::V128Store64Lane { memarg, lane } => self.store_lane(L64, *lane, memarg),

            // Constants, lanes, shuffles.
            O::V128Const { value } => self.vector_const(u128::from_le_bytes(*value.bytes())),
            O::I8x16Shuffle { lanes } => self.v2(|m, d, a, b| m.shuffle(lanes, d, a, b)),
            O::I8x16Swizzle => self.vector2(B::Swizzle),
            O::I8x16Splat => self.splat(L8),
            O::I16x8Splat => self.splat(L16),
            O::I32x4Splat => self.splat(L32),
            O::I64x2Splat => self.splat(L64),
            O::F32x4Splat => self.v1(|m, d, a| m.splat_float(F32, d, a)),
            O::F64x2Splat => self.v1(|m, d, a| m.splat_float(F64, d, a)),
            O::I8x16ExtractLaneS { lane } => self.extract(Extract::S8, *lane),
            O::I8x16ExtractLaneU { lane } => self.extract(Extract::U8, *lane),
            O::I16x8ExtractLaneS { lane } => self.extract(Extract::S16, *lane),
            O::I16x8ExtractLaneU { lane } => self.extract(Extract::U16, *lane),
            O::I32x4ExtractLane { lane } => self.extract(Extract::I32, *lane),
            O::I64x2ExtractLane { lane } => self.extract(Extract::I64, *lane),
            O::F32x4ExtractLane { lane } => self.extract_float(F32, *lane),
            O::F64x2ExtractLane { lane } => self.extract_float(F64, *lane),
            O::I8x16ReplaceLane { lane } => self.replace(L8, *lane),
            O::I16x8ReplaceLane { lane } => self.replace(L16, *lane),
            O::I32x4ReplaceLane { lane } => self.replace(L32, *lane),
            O::I64x2ReplaceLane { lane } => self.replace(L64, *lane),
            O::F32x4ReplaceLane { lane } => self.v2(|m, d, a, b| m.replace_float(F32, *lane, d, a, b)),
            O::F64x2ReplaceLane { lane } => self.v2(|m, d, a, b| m.replace_float(F64, *lane, d, a, b)),

            // Comparisons.
            O::I8x16Eq => self.vector2(B::Compare(L8, IntCc::Eq)),
            O::I8x16Ne => self.vector2(B::Compare(L8, IntCc::Ne)),
            O::I8x16LtS => self.vector2(B::Compare(L8, IntCc::LtS)),
            O::I8x16LtU => self.vector2(B::Compare(L8, IntCc::LtU)),
            O::I8x16GtS => self.vector2(B::Compare(L8, IntCc::GtS)),
            O::I8x16GtU => self.vector2(B::Compare(L8, IntCc::GtU)),
            O::I8x16LeS => self.vector2(B::Compare(L8, IntCc::LeS)),
            O::I8x16LeU => self.vector2(B::Compare(L8, IntCc::LeU)),
            O::I8x16GeS => self.vector2(B::Compare(L8, IntCc::GeS)),
            O::I8x16GeU => self.vector2(B::Compare(L8, IntCc::GeU)),
            O::I16x8Eq => self.vector2(B::Compare(L16, IntCc::Eq)),
            O::I16x8Ne => self.vector2(B::Compare(L16, IntCc::Ne)),
            O::I16x8LtS => self.vector2(B::Compare(L16, IntCc::LtS)),
            O::I16x8LtU => self.vector2(B::Compare(L16, IntCc::LtU)),
            O::I16x8GtS => self.vector2(B::Compare(L16, IntCc::GtS)),
            O::I16x8GtU => self.vector2(B::Compare(L16, IntCc::GtU)),
            O::I16x8LeS => self.vector2(B::Compare(L16, IntCc::LeS)),
            O::I16x8LeU => self.vector2(B::Compare(L16, IntCc::LeU)),
            O::I16x8GeS => self.vector2(B::Compare(L16, IntCc::GeS)),
            O::I16x8GeU => self.vector2(B::Compare(L16, IntCc::GeU)),
            O::I32x4Eq => self.vector2(B::Compare(L32, IntCc::Eq)),
            O::I32x4Ne => self.vector2(B::Compare(L32, IntCc::Ne)),
            O::I32x4LtS => self.vector2(B::Compare(L32, IntCc::LtS)),
            O::I32x4LtU => self.vector2(B::Compare(L32, IntCc::LtU)),
            O::I32x4GtS => self.vector2(B::Compare(L32, IntCc::GtS)),
            O::I32x4GtU => self.vector2(B::Compare(L32, IntCc::GtU)),
            O::I32x4LeS => self.vector2(B::Compare(L32, IntCc::LeS)),
            O::I32x4LeU => self.vector2(B::Compare(L32, IntCc::LeU)),
            O::I32x4GeS => self.vector2(B::Compare(L32, IntCc::GeS)),
            O::I32x4GeU => self.vector2(B::Compare(L32, IntCc::GeU)),
            O::I64x2Eq => self.vector2(B::Compare(L64, IntCc::Eq)),
            O::I64x2Ne => self.vector2(B::Compare(L64, IntCc::Ne)),
            O::I64x2LtS => self.vector2(B::Compare(L64, IntCc::LtS)),
            O::I64x2GtS => self.vector2(B::Compare(L64, IntCc::GtS)),
            O::I64x2LeS => self.vector2(B::Compare(L64, IntCc::LeS)),
            O::I64x2GeS => self.vector2(B::Compare(L64, IntCc::GeS)),
            O::F32x4Eq => self.vector2(B::CompareFloat(FloatCc::Eq, F32)),
            O::F32x4Ne => self.vector2(B::CompareFloat(FloatCc::Ne, F32)),
            O::F32x4Lt => self.vector2(B::CompareFloat(FloatCc::Lt, F32)),
            O::F32x4Gt => self.vector2(B::CompareFloat(FloatCc::Gt, F32)),
            O::F32x4Le => self.vector2(B::CompareFloat(FloatCc::Le, F32)),
            O::F32x4Ge => self.vector2(B::CompareFloat(FloatCc::Ge, F32)),
            O::F64x2Eq => self.vector2(B::CompareFloat(FloatCc::Eq, F64)),
            O::F64x2Ne => self.vector2(B::CompareFloat(FloatCc::Ne, F64)),
            O::F64x2Lt => self.vector2(B::CompareFloat(FloatCc::Lt, F64)),
            O::F64x2Gt => self.vector2(B::CompareFloat(FloatCc::Gt, F64)),
            O::F64x2Le => self.vector2(B::CompareFloat(FloatCc::Le, F64)),
            O::F64x2Ge => self.vector2(B::CompareFloat(FloatCc::Ge, F64)),

            // Bits, and questions.
            O::V128Not => self.vector1(U::Not),
            O::V128And => self.vector2(B::And),
            O::V128AndNot => self.vector2(B::AndNot),
            O::V128Or => self.vector2(B::Or),
            O::V128Xor => self.vector2(B::Xor),
            O::V128Bitselect => self.vector3(T::Bitselect),
            O::V128AnyTrue => self.question(Q::AnyTrue),
            O::I8x16AllTrue => self.question(Q::AllTrue(L8)),
            O::I16x8AllTrue => self.question(Q::AllTrue(L16)),
            O::I32x4AllTrue => self.question(Q::AllTrue(L32)),
            O::I64x2AllTrue => self.question(Q::AllTrue(L64)),
            O::I8x16Bitmask => self.question(Q::Bitmask(L8)),
            O::I16x8Bitmask => self.question(Q::Bitmask(L16)),
            O::I32x4Bitmask => self.question(Q::Bitmask(L32)),
            O::I64x2Bitmask => self.question(Q::Bitmask(L64)),

            // Integer lanes.
            O::I8x16Abs => self.vector1(U::Abs(L8)),
            O::I16x8Abs => self.vector1(U::Abs(L16)),
            O::I32x4Abs => self.vector1(U::Abs(L32)),
            O::I64x2Abs => self.vector1(U::Abs(L64)),
            O::I8x16Neg => self.vector1(U::Neg(L8)),
            O::I16x8Neg => self.vector1(U::Neg(L16)),
            O::I32x4Neg => self.vector1(U::Neg(L32)),
            O::I64x2Neg => self.vector1(U::Neg(L64)),
            O::I8x16Popcnt => self.vector1(U::Popcnt),
            O::I8x16Shl => self.vector_shift(ShiftOp::Shl, L8),
            O::I16x8Shl => self.vector_shift(ShiftOp::Shl, L16),
            O::I32x4Shl => self.vector_shift(ShiftOp::Shl, L32),
            O::I64x2Shl => self.vector_shift(ShiftOp::Shl, L64),
            O::I8x16ShrS => self.vector_shift(ShiftOp::ShrS, L8),
            O::I16x8ShrS => self.vector_shift(ShiftOp::ShrS, L16),
            O::I32x4ShrS => self.vector_shift(ShiftOp::ShrS, L32),
            O::I64x2ShrS => self.vector_shift(ShiftOp::ShrS, L64),
            O::I8x16ShrU => self.vector_shift(ShiftOp::ShrU, L8),
            O::I16x8ShrU => self.vector_shift(ShiftOp::ShrU, L16),
            O::I32x4ShrU => self.vector_shift(ShiftOp::ShrU, L32),
            O::I64x2ShrU => self.vector_shift(ShiftOp::ShrU, L64),
            O::I8x16Add => self.vector2(B::Add(L8)),
            O::I16x8Add => self.vector2(B::Add(L16)),
            O::I32x4Add => self.vector2(B::Add(L32)),
            O::I64x2Add => self.vector2(B::Add(L64)),
            O::I8x16Sub => self.vector2(B::Sub(L8)),
            O::I16x8Sub => self.vector2(B::Sub(L16)),
            O::I32x4Sub => self.vector2(B::Sub(L32)),
            O::I64x2Sub => self.vector2(B::Sub(L64)),
            O::I16x8Mul => self.vector2(B::Mul(L16)),
            O::I32x4Mul => self.vector2(B::Mul(L32)),
            O::I64x2Mul => self.vector2(B::Mul(L64)),
            O::I8x16AddSatS => self.vector2(B::AddSat(L8, true)),
            O::I8x16AddSatU => self.vector2(B::AddSat(L8, false)),
            O::I16x8AddSatS => self.vector2(B::AddSat(L16, true)),
            O::I16x8AddSatU => self.vector2(B::AddSat(L16, false)),
            O::I8x16SubSatS => self.vector2(B::SubSat(L8, true)),
            O::I8x16SubSatU => self.vector2(B::SubSat(L8, false)),
            O::I16x8SubSatS => self.vector2(B::SubSat(L16, true)),
            O::I16x8SubSatU => self.vector2(B::SubSat(L16, false)),
            O::I8x16MinS => self.vector2(B::Min(L8, true)),
            O::I16x8MinS => self.vector2(B::Min(L16, true)),
            O::I32x4MinS => self.vector2(B::Min(L32, true)),
            O::I8x16MinU => self.vector2(B::Min(L8, false)),
            O::I16x8MinU => self.vector2(B::Min(L16, false)),
            O::I32x4MinU => self.vector2(B::Min(L32, false)),
            O::I8x16MaxS => self.vector2(B::Max(L8, true)),
            O::I16x8MaxS => self.vector2(B::Max(L16, true)),
            O::I32x4MaxS => self.vector2(B::Max(L32, true)),
            O::I8x16MaxU => self.vector2(B::Max(L8, false)),
            O::I16x8MaxU => self.vector2(B::Max(L16, false)),
            O::I32x4MaxU => self.vector2(B::Max(L32, false)),
            O::I8x16AvgrU => self.vector2(B::Avgr(L8)),
            O::I16x8AvgrU => self.vector2(B::Avgr(L16)),
            O::I16x8Q15MulrSatS => self.vector2(B::Q15MulrSat),
            O::I8x16NarrowI16x8S => self.vector2(B::Narrow(L16, true)),
            O::I8x16NarrowI16x8U => self.vector2(B::Narrow(L16, false)),
            O::I16x8NarrowI32x4S => self.vector2(B::Narrow(L32, true)),
            O::I16x8NarrowI32x4U => self.vector2(B::Narrow(L32, false)),
            O::I16x8ExtendLowI8x16S => self.vector1(U::Extend(widen(L8, true, Low))),
            O::I16x8ExtendHighI8x16S => self.vector1(U::Extend(widen(L8, true, High))),
            O::I16x8ExtendLowI8x16U => self.vector1(U::Extend(widen(L8, false, Low))),
            O::I16x8ExtendHighI8x16U => self.vector1(U::Extend(widen(L8, false, High))),
            O::I32x4ExtendLowI16x8S => self.vector1(U::Extend(widen(L16, true, Low))),
            O::I32x4ExtendHighI16x8S => self.vector1(U::Extend(widen(L16, true, High))),
            O::I32x4ExtendLowI16x8U => self.vector1(U::Extend(widen(L16, false, Low))),
            O::I32x4ExtendHighI16x8U => self.vector1(U::Extend(widen(L16, false, High))),
            O::I64x2ExtendLowI32x4S => self.vector1(U::Extend(widen(L32, true, Low))),
            O::I64x2ExtendHighI32x4S => self.vector1(U::Extend(widen(L32, true, High))),
            O::I64x2ExtendLowI32x4U => self.vector1(U::Extend(widen(L32, false, Low))),
            O::I64x2ExtendHighI32x4U => self.vector1(U::Extend(widen(L32, false, High))),
            O::I16x8ExtMulLowI8x16S => self.vector2(B::ExtMul(widen(L8, true, Low))),
            O::I16x8ExtMulHighI8x16S => self.vector2(B::ExtMul(widen(L8, true, High))),
            O::I16x8ExtMulLowI8x16U => self.vector2(B::ExtMul(widen(L8, false, Low))),
            O::I16x8ExtMulHighI8x16U => self.vector2(B::ExtMul(widen(L8, false, High))),
            O::I32x4ExtMulLowI16x8S => self.vector2(B::ExtMul(widen(L16, true, Low))),
            O::I32x4ExtMulHighI16x8S => self.vector2(B::ExtMul(widen(L16, true, High))),
            O::I32x4ExtMulLowI16x8U => self.vector2(B::ExtMul(widen(L16, false, Low))),
            O::I32x4ExtMulHighI16x8U => self.vector2(B::ExtMul(widen(L16, false, High))),
            O::I64x2ExtMulLowI32x4S => self.vector2(B::ExtMul(widen(L32, true, Low))),
            O::I64x2ExtMulHighI32x4S => self.vector2(B::ExtMul(widen(L32, true, High))),
            O::I64x2ExtMulLowI32x4U => self.vector2(B::ExtMul(widen(L32, false, Low))),
            O::I64x2ExtMulHighI32x4U => self.vector2(B::ExtMul(widen(L32, false, High))),
            O::I16x8ExtAddPairwiseI8x16S => self.vector1(U::ExtAddPairwise(L8, true)),
            O::I16x8ExtAddPairwiseI8x16U => self.vector1(U::ExtAddPairwise(L8, false)),
            O::I32x4ExtAddPairwiseI16x8S => self.vector1(U::ExtAddPairwise(L16, true)),
            O::I32x4ExtAddPairwiseI16x8U => self.vector1(U::ExtAddPairwise(L16, false)),
            O::I32x4DotI16x8S => self.vector2(B::Dot),

            // Float lanes.
            O::F32x4Ceil => self.float1(FloatUnary::Ceil, F32),
            O::F64x2Ceil => self.float1(FloatUnary::Ceil, F64),
            O::F32x4Floor => self.float1(FloatUnary::Floor, F32),
            O::F64x2Floor => self.float1(FloatUnary::Floor, F64),
            O::F32x4Trunc => self.float1(FloatUnary::Trunc, F32),
            O::F64x2Trunc => self.float1(FloatUnary::Trunc, F64),
            O::F32x4Nearest => self.float1(FloatUnary::Nearest, F32),
            O::F64x2Nearest => self.float1(FloatUnary::Nearest, F64),
            O::F32x4Abs => self.float1(FloatUnary::Abs, F32),
            O::F64x2Abs => self.float1(FloatUnary::Abs, F64),
            O::F32x4Neg => self.float1(FloatUnary::Neg, F32),
            O::F64x2Neg => self.float1(FloatUnary::Neg, F64),
            O::F32x4Sqrt => self.float1(FloatUnary::Sqrt, F32),
            O::F64x2Sqrt => self.float1(FloatUnary::Sqrt, F64),
            O::F32x4Add => self.float2(B::Float(FloatBinary::Add, F32), F32),
            O::F64x2Add => self.float2(B::Float(FloatBinary::Add, F64), F64),
            O::F32x4Sub => self.float2(B::Float(FloatBinary::Sub, F32), F32),
            O::F64x2Sub => self.float2(B::Float(FloatBinary::Sub, F64), F64),
            O::F32x4Mul => self.float2(B::Float(FloatBinary::Mul, F32), F32),
            O::F64x2Mul => self.float2(B::Float(FloatBinary::Mul, F64), F64),
            O::F32x4Div => self.float2(B::Float(FloatBinary::Div, F32), F32),
            O::F64x2Div => self.float2(B::Float(FloatBinary::Div, F64), F64),
            O::F32x4Min => self.float2(B::Float(FloatBinary::Min, F32), F32),
            O::F64x2Min => self.float2(B::Float(FloatBinary::Min, F64), F64),
            O::F32x4Max => self.float2(B::Float(FloatBinary::Max, F32), F32),
            O::F64x2Max => self.float2(B::Float(FloatBinary::Max, F64), F64),
            O::F32x4PMin => self.vector2(B::PseudoMin(F32)),
            O::F64x2PMin => self.vector2(B::PseudoMin(F64)),
            O::F32x4PMax => self.vector2(B::PseudoMax(F32)),
            O::F64x2PMax => self.vector2(B::PseudoMax(F64)),

            // Conversions.
            O::I32x4TruncSatF32x4S => self.vector1(U::TruncSat(true)),
            O::I32x4TruncSatF32x4U => self.vector1(U::TruncSat(false)),
            O::F32x4ConvertI32x4S => self.vector1(U::Convert(true)),
            O::F32x4ConvertI32x4U => self.vector1(U::Convert(false)),
            O::I32x4TruncSatF64x2SZero => self.vector1(U::TruncSatZero(true)),
            O::I32x4TruncSatF64x2UZero => self.vector1(U::TruncSatZero(false)),
            O::F64x2ConvertLowI32x4S => self.vector1(U::ConvertLow(true)),
            O::F64x2ConvertLowI32x4U => self.vector1(U::ConvertLow(false)),
            O::F32x4DemoteF64x2Zero => self.resized(U::DemoteZero, F32),
            O::F64x2PromoteLowF32x4 => self.resized(U::PromoteLow, F64),

            // Relaxed.
            O::I8x16RelaxedSwizzle => self.vector2(if exact { B::Swizzle } else { B::RelaxedSwizzle }),
            O::I32x4RelaxedTruncF32x4S => self.vector1(if exact { U::TruncSat(true) } else { U::RelaxedTrunc(true) }),
            O::I32x4RelaxedTruncF32x4U => self.vector1(if exact { U::TruncSat(false) } else { U::RelaxedTrunc(false) }),
            O::I32x4RelaxedTruncF64x2SZero => {
                self.vector1(if exact { U::TruncSatZero(true) } else { U::RelaxedTruncZero(true) });
            }
            O::I32x4RelaxedTruncF64x2UZero => {
                self.vector1(if exact { U::TruncSatZero(false) } else { U::RelaxedTruncZero(false) });
            }
            O::F32x4RelaxedMadd => self.multiply_add(F32, false, exact),
            O::F64x2RelaxedMadd => self.multiply_add(F64, false, exact),
            O::F32x4RelaxedNmadd => self.multiply_add(F32, true, exact),
            O::F64x2RelaxedNmadd => self.multiply_add(F64, true, exact),
            O::I8x16RelaxedLaneselect
            | O::I16x8RelaxedLaneselect
            | O::I32x4RelaxedLaneselect
            | O::I64x2RelaxedLaneselect => self.vector3(T::Bitselect),
            O::F32x4RelaxedMin => self.relaxed_extreme(FloatBinary::Min, B::RelaxedMin(F32), F32, exact),
            O::F64x2RelaxedMin => self.relaxed_extreme(FloatBinary::Min, B::RelaxedMin(F64), F64, exact),
            O::F32x4RelaxedMax => self.relaxed_extreme(FloatBinary::Max, B::RelaxedMax(F32), F32, exact),
            O::F64x2RelaxedMax => self.relaxed_extreme(FloatBinary::Max, B::RelaxedMax(F64), F64, exact),
            O::I16x8RelaxedQ15mulrS => self.vector2(if exact { B::Q15MulrSat } else { B::RelaxedQ15Mulr }),
            O::I16x8RelaxedDotI8x16I7x16S if exact => self.exact_dot(),
            O::I16x8RelaxedDotI8x16I7x16S => self.vector2(B::RelaxedDot),
            O::I32x4RelaxedDotI8x16I7x16AddS if exact => {
                // The sum waits until the products are there.
                let (sum, _) = self.pop_fp();
                let sum_copy = self.alloc_fp();
                self.masm.fmov(V128, sum_copy, sum);
                self.exact_dot();
                self.s.locked.insert(sum_copy.into());
                self.vector1(U::ExtAddPairwise(L16, true));
                let (products, val) = self.pop_fp();
                let d = self.vector_result(val, &[sum_copy]);
                self.masm.vector_binary(B::Add(L32), d, products, sum_copy);
                self.push(V128, d);
            }
            O::I32x4RelaxedDotI8x16I7x16AddS => self.vector3(T::RelaxedDotAdd),

            other => return Err(self.unsupported(match gantry_frontend::feature_of(other) {
                // A vector operator that has no row above: newer than this table.
                Feature::Simd => Feature::RelaxedSimd,
                feature => feature,
            })),
        }
        Ok(())
    }

    /// A register for the result: the first operand's or a local's if that is none of the `others`, or another one.
    fn vector_result(&mut self, a: Val, others: &[Fp]) -> Fp {
        if let Some(reg) = self.result_hint(Class::Float)
            && !others.contains(&reg.fp())
        {
            return reg.fp();
        }
        match a.reusable() {
            Some(reg) if !others.contains(&reg.fp()) => reg.fp(),
            _ => self.alloc_fp(),
        }
    }

    fn v1(&mut self, emit: impl FnOnce(&mut M, Fp, Fp)) {
        let (a, val) = self.pop_fp();
        let d = self.vector_result(val, &[]);
        emit(self.masm, d, a);
        self.push(V128, d);
    }

    fn v2(&mut self, emit: impl FnOnce(&mut M, Fp, Fp, Fp)) {
        let (b, _) = self.pop_fp();
        let (a, val) = self.pop_fp();
        let d = self.vector_result(val, &[b]);
        emit(self.masm, d, a, b);
        self.push(V128, d);
    }

    fn vector1(&mut self, op: VectorUnary) {
        self.v1(|m, d, a| m.vector_unary(op, d, a));
    }

    fn vector2(&mut self, op: VectorBinary) {
        self.v2(|m, d, a, b| m.vector_binary(op, d, a, b));
    }

    fn vector3(&mut self, op: VectorTernary) {
        let (c, _) = self.pop_fp();
        let (b, _) = self.pop_fp();
        let (a, val) = self.pop_fp();
        let d = self.vector_result(val, &[b, c]);
        self.masm.vector_ternary(op, d, a, b, c);
        self.push(V128, d);
    }

    fn float1(&mut self, op: FloatUnary, size: FloatSize) {
        let canonical = op.is_arithmetic() && self.options.nan_canonicalization;
        self.v1(|m, d, a| {
            m.vector_unary(U::Float(op, size), d, a);
            if canonical {
                m.vector_canonicalize(size, d);
            }
        });
    }

    fn float2(&mut self, op: VectorBinary, size: FloatSize) {
        let canonical = self.options.nan_canonicalization;
        self.v2(|m, d, a, b| {
            m.vector_binary(op, d, a, b);
            if canonical {
                m.vector_canonicalize(size, d);
            }
        });
    }

    /// A conversion between floats.
    fn resized(&mut self, op: VectorUnary, size: FloatSize) {
        let canonical = self.options.nan_canonicalization;
        self.v1(|m, d, a| {
            m.vector_unary(op, d, a);
            if canonical {
                m.vector_canonicalize(size, d);
            }
        });
    }

    fn relaxed_extreme(&mut self, op: FloatBinary, relaxed: VectorBinary, size: FloatSize, exact: bool) {
        self.float2(if exact { B::Float(op, size) } else { relaxed }, size);
    }

    fn multiply_add(&mut self, size: FloatSize, negate: bool, exact: bool) {
        let canonical = self.options.nan_canonicalization;
        let (c, _) = self.pop_fp();
        let (b, _) = self.pop_fp();
        let (a, val) = self.pop_fp();
        let d = self.vector_result(val, &[b, c]);
        if exact {
            // Two roundings, as on processors that do not fuse.
            let mut first = a;
            if negate {
                self.masm.vector_unary(U::Float(FloatUnary::Neg, size), d, a);
                first = d;
            }
            self.masm.vector_binary(B::Float(FloatBinary::Mul, size), d, first, b);
            if canonical {
                self.masm.vector_canonicalize(size, d);
            }
            self.masm.vector_binary(B::Float(FloatBinary::Add, size), d, d, c);
        } else {
            self.masm.vector_ternary(if negate { T::Nmadd(size) } else { T::Madd(size) }, d, a, b, c);
        }
        if canonical {
            self.masm.vector_canonicalize(size, d);
        }
        self.push(V128, d);
    }

    /// Sums of products of neighboring bytes, 16 bits wide, that wrap.
    fn exact_dot(&mut self) {
        let (b, _) = self.pop_fp();
        let (a, _) = self.pop_fp();
        let (low, high) = (self.alloc_fp(), self.alloc_fp());
        let (low_sums, high_sums) = (self.alloc_fp(), self.alloc_fp());
        self.masm.vector_binary(B::ExtMul(widen(L8, true, Low)), low, a, b);
        self.masm.vector_binary(B::ExtMul(widen(L8, true, High)), high, a, b);
        // A sum of two products of bytes fits 32 bits; its low half is the result.
        self.masm.vector_unary(U::ExtAddPairwise(L16, true), low_sums, low);
        self.masm.vector_unary(U::ExtAddPairwise(L16, true), high_sums, high);
        const EVEN: [u8; 16] = [0, 1, 4, 5, 8, 9, 12, 13, 16, 17, 20, 21, 24, 25, 28, 29];
        self.masm.shuffle(&EVEN, low_sums, low_sums, high_sums);
        self.push(V128, low_sums);
    }

    fn vector_const(&mut self, value: u128) {
        let index = self.s.vectors.len();
        self.s.vectors.push(value);
        self.push_const(V128, u64::try_from(index).expect("an index"));
    }

    fn splat(&mut self, lanes: Lanes) {
        let (a, _) = self.pop_gp();
        let d = self.vector_result(Val::Const(0), &[]);
        self.masm.splat(lanes, d, a);
        self.push(V128, d);
    }

    fn extract(&mut self, kind: Extract, lane: u8) {
        let (a, _) = self.pop_fp();
        let d = self.int_result();
        self.masm.extract(kind, lane, d, a);
        self.push(if kind == Extract::I64 { AbiType::I64 } else { AbiType::I32 }, d);
    }

    fn int_result(&mut self) -> crate::reg::Gp {
        match self.result_hint(Class::Int) {
            Some(reg) => reg.gp(),
            None => self.alloc_gp(),
        }
    }

    fn extract_float(&mut self, size: FloatSize, lane: u8) {
        let (a, val) = self.pop_fp();
        let d = self.vector_result(val, &[]);
        self.masm.extract_float(size, lane, d, a);
        self.push(if size == F32 { AbiType::F32 } else { AbiType::F64 }, d);
    }

    fn replace(&mut self, lanes: Lanes, lane: u8) {
        let (value, _) = self.pop_gp();
        let (a, val) = self.pop_fp();
        let d = self.vector_result(val, &[]);
        self.masm.replace(lanes, lane, d, a, value);
        self.push(V128, d);
    }

    fn vector_shift(&mut self, op: ShiftOp, lanes: Lanes) {
        let count = match self.pop() {
            Val::Const(value) => RegImm::Imm(value.cast_signed()),
            Val::Reg { reg, .. } => RegImm::Reg(reg.gp()),
        };
        let (a, val) = self.pop_fp();
        let d = self.vector_result(val, &[]);
        self.masm.vector_shift(op, lanes, d, a, count);
        self.push(V128, d);
    }

    fn question(&mut self, op: VectorTest) {
        let (a, _) = self.pop_fp();
        let d = self.int_result();
        let temp = self.alloc_fp();
        self.masm.vector_test(op, d, a, temp);
        self.push(AbiType::I32, d);
    }

    fn load_vector(&mut self, arg: &MemArg, kind: VectorLoad) {
        let Some((addr, _)) = self.access(arg, kind) else { return };
        let d = self.vector_result(Val::Const(0), &[]);
        self.masm.load_vector(d, addr);
        self.push(V128, d);
    }

    fn load_lane(&mut self, lanes: Lanes, lane: u8, arg: &MemArg) {
        let (a, val) = self.pop_fp();
        let Some((addr, _)) = self.access(arg, lanes) else { return };
        let d = self.vector_result(val, &[]);
        self.masm.load_lane(lane, d, a, addr);
        self.push(V128, d);
    }

    fn store_lane(&mut self, lanes: Lanes, lane: u8, arg: &MemArg) {
        let (a, _) = self.pop_fp();
        let Some((addr, _)) = self.access(arg, lanes) else { return };
        if M::STORES_TEAR && addr.trap.is_some() && lanes != L8 && self.options.exact_stores {
            self.masm.probe(addr);
        }
        self.masm.store_lane(lane, a.into(), addr);
    }
}
