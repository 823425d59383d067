//! Vector operators, fixed-width and relaxed.
//!
//! A vector on the operand stack has whatever type its maker gave it; each operator casts its operands to the type that it
//! needs, which costs nothing. Lane 0 holds the lowest bits on every host.
//!
//! Relaxed operators do what is fastest on the target, or, if they have to be deterministic, what the deterministic profile
//! says (Core Specification 3.0, section 4.3.2).

use super::memory::Extend;
use super::{Translator, VECTOR};
use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::types::{F32X4, F64X2, I8, I8X16, I16, I16X8, I32, I32X4, I64X2};
use cranelift_codegen::ir::{InstBuilder, Type, Value};
use cranelift_frontend::FuncInstBuilder;
use gantry_abi::{CompileError, Feature, Trap};
use gantry_frontend::feature_of;
use wasmparser::{MemArg, Operator};

type Ins<'s, 'a> = FuncInstBuilder<'s, 'a>;

/// Which half of a vector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    Low,
    High,
}

use Half::{High, Low};

impl<'a> Translator<'a> {
    /// Translates a vector operator, the last family: what is none cannot be translated.
    #[rustfmt::skip]
    pub(super) fn vector(&mut self, op: &Operator<'_>) -> Result<(), CompileError> {
        use Operator as O;
        if !self.backend.traits.vectors {
            return Err(self.unsupported(feature_of(op)));
        }
        match op {
            // Memory.
            O::V128Load { memarg } => self.load(VECTOR, memarg),
            O::V128Store { memarg } => { let v = self.pop_vector(VECTOR); self.store_value(v, 16, memarg); }
            O::V128Load8x8S { memarg } => self.load_lanes(memarg, |ins, a| ins.sload8x8(a.flags, a.base, a.offset)),
            O::V128Load8x8U { memarg } => self.load_lanes(memarg, |ins, a| ins.uload8x8(a.flags, a.base, a.offset)),
            O::V128Load16x4S { memarg } => self.load_lanes(memarg, |ins, a| ins.sload16x4(a.flags, a.base, a.offset)),
            O::V128Load16x4U { memarg } => self.load_lanes(memarg, |ins, a| ins.uload16x4(a.flags, a.base, a.offset)),
            O::V128Load32x2S { memarg } => self.load_lanes(memarg, |ins, a| ins.sload32x2(a.flags, a.base, a.offset)),
            O::V128Load32x2U { memarg } => self.load_lanes(memarg, |ins, a| ins.uload32x2(a.flags, a.base, a.offset)),
            O::V128Load8Splat { memarg } => self.load_splat(I8X16, memarg),
            O::V128Load16Splat { memarg } => self.load_splat(I16X8, memarg),
            O::V128Load32Splat { memarg } => self.load_splat(I32X4, memarg),
            O::V128Load64Splat { memarg } => self.load_splat(I64X2, memarg),
            O::V128Load32Zero { memarg } => self.load_zero(I32X4, memarg),
            O::V128Load64Zero { memarg } => self.load_zero(I64X2, memarg),
            O::V128Load8Lane { memarg, lane } => self.load_lane(I8X16, *lane, memarg),
            O::V128Load16Lane { memarg, lane } => self.load_lane(I16X8, *lane, memarg),
            O::V128Load32Lane { memarg, lane } => self.load_lane(I32X4, *lane, memarg),
            O::V128Load64Lane { memarg, lane } => self.load_lane(I64X2, *lane, memarg),
            O::V128Store8Lane { memarg, lane } => self.store_lane(I8X16, *lane, memarg),
            O::V128Store16Lane { memarg, lane } => self.store_lane(I16X8, *lane, memarg),
            O::V128Store32Lane { memarg, lane } => self.store_lane(I32X4, *lane, memarg),
            O::V128Store64Lane { memarg, lane } => self.store_lane(I64X2, *lane, memarg),

            // Constants, lanes, shuffles.
            O::V128Const { value } => self.vector_const(value.bytes()),
            O::I8x16Shuffle { lanes } => self.shuffle(lanes),
            O::I8x16Swizzle => self.v2(I8X16, |ins, a, b| ins.swizzle(a, b)),
            O::I8x16Splat => self.splat(I8X16),
            O::I16x8Splat => self.splat(I16X8),
            O::I32x4Splat => self.splat(I32X4),
            O::I64x2Splat => self.splat(I64X2),
            O::F32x4Splat => self.splat(F32X4),
            O::F64x2Splat => self.splat(F64X2),
            O::I8x16ExtractLaneS { lane } => self.extract_lane(I8X16, *lane, Some(Extend::Signed)),
            O::I8x16ExtractLaneU { lane } => self.extract_lane(I8X16, *lane, Some(Extend::Unsigned)),
            O::I16x8ExtractLaneS { lane } => self.extract_lane(I16X8, *lane, Some(Extend::Signed)),
            O::I16x8ExtractLaneU { lane } => self.extract_lane(I16X8, *lane, Some(Extend::Unsigned)),
            O::I32x4ExtractLane { lane } => self.extract_lane(I32X4, *lane, None),
            O::I64x2ExtractLane { lane } => self.extract_lane(I64X2, *lane, None),
            O::F32x4ExtractLane { lane } => self.extract_lane(F32X4, *lane, None),
            O::F64x2ExtractLane { lane } => self.extract_lane(F64X2, *lane, None),
            O::I8x16ReplaceLane { lane } => self.replace_lane(I8X16, *lane),
            O::I16x8ReplaceLane { lane } => self.replace_lane(I16X8, *lane),
            O::I32x4ReplaceLane { lane } => self.replace_lane(I32X4, *lane),
            O::I64x2ReplaceLane { lane } => self.replace_lane(I64X2, *lane),
            O::F32x4ReplaceLane { lane } => self.replace_lane(F32X4, *lane),
            O::F64x2ReplaceLane { lane } => self.replace_lane(F64X2, *lane),

            // Comparisons.
            O::I8x16Eq => self.vcmp(I8X16, IntCC::Equal),
            O::I8x16Ne => self.vcmp(I8X16, IntCC::NotEqual),
            O::I8x16LtS => self.vcmp(I8X16, IntCC::SignedLessThan),
            O::I8x16LtU => self.vcmp(I8X16, IntCC::UnsignedLessThan),
            O::I8x16GtS => self.vcmp(I8X16, IntCC::SignedGreaterThan),
            O::I8x16GtU => self.vcmp(I8X16, IntCC::UnsignedGreaterThan),
            O::I8x16LeS => self.vcmp(I8X16, IntCC::SignedLessThanOrEqual),
            O::I8x16LeU => self.vcmp(I8X16, IntCC::UnsignedLessThanOrEqual),
            O::I8x16GeS => self.vcmp(I8X16, IntCC::SignedGreaterThanOrEqual),
            O::I8x16GeU => self.vcmp(I8X16, IntCC::UnsignedGreaterThanOrEqual),
            O::I16x8Eq => self.vcmp(I16X8, IntCC::Equal),
            O::I16x8Ne => self.vcmp(I16X8, IntCC::NotEqual),
            O::I16x8LtS => self.vcmp(I16X8, IntCC::SignedLessThan),
            O::I16x8LtU => self.vcmp(I16X8, IntCC::UnsignedLessThan),
            O::I16x8GtS => self.vcmp(I16X8, IntCC::SignedGreaterThan),
            O::I16x8GtU => self.vcmp(I16X8, IntCC::UnsignedGreaterThan),
            O::I16x8LeS => self.vcmp(I16X8, IntCC::SignedLessThanOrEqual),
            O::I16x8LeU => self.vcmp(I16X8, IntCC::UnsignedLessThanOrEqual),
            O::I16x8GeS => self.vcmp(I16X8, IntCC::SignedGreaterThanOrEqual),
            O::I16x8GeU => self.vcmp(I16X8, IntCC::UnsignedGreaterThanOrEqual),
            O::I32x4Eq => self.vcmp(I32X4, IntCC::Equal),
            O::I32x4Ne => self.vcmp(I32X4, IntCC::NotEqual),
            O::I32x4LtS => self.vcmp(I32X4, IntCC::SignedLessThan),
            O::I32x4LtU => self.vcmp(I32X4, IntCC::UnsignedLessThan),
            O::I32x4GtS => self.vcmp(I32X4, IntCC::SignedGreaterThan),
            O::I32x4GtU => self.vcmp(I32X4, IntCC::UnsignedGreaterThan),
            O::I32x4LeS => self.vcmp(I32X4, IntCC::SignedLessThanOrEqual),
            O::I32x4LeU => self.vcmp(I32X4, IntCC::UnsignedLessThanOrEqual),
            O::I32x4GeS => self.vcmp(I32X4, IntCC::SignedGreaterThanOrEqual),
            O::I32x4GeU => self.vcmp(I32X4, IntCC::UnsignedGreaterThanOrEqual),
            O::I64x2Eq => self.vcmp(I64X2, IntCC::Equal),
            O::I64x2Ne => self.vcmp(I64X2, IntCC::NotEqual),
            O::I64x2LtS => self.vcmp(I64X2, IntCC::SignedLessThan),
            O::I64x2GtS => self.vcmp(I64X2, IntCC::SignedGreaterThan),
            O::I64x2LeS => self.vcmp(I64X2, IntCC::SignedLessThanOrEqual),
            O::I64x2GeS => self.vcmp(I64X2, IntCC::SignedGreaterThanOrEqual),
            O::F32x4Eq => self.vfcmp(F32X4, FloatCC::Equal),
            O::F32x4Ne => self.vfcmp(F32X4, FloatCC::NotEqual),
            O::F32x4Lt => self.vfcmp(F32X4, FloatCC::LessThan),
            O::F32x4Gt => self.vfcmp(F32X4, FloatCC::GreaterThan),
            O::F32x4Le => self.vfcmp(F32X4, FloatCC::LessThanOrEqual),
            O::F32x4Ge => self.vfcmp(F32X4, FloatCC::GreaterThanOrEqual),
            O::F64x2Eq => self.vfcmp(F64X2, FloatCC::Equal),
            O::F64x2Ne => self.vfcmp(F64X2, FloatCC::NotEqual),
            O::F64x2Lt => self.vfcmp(F64X2, FloatCC::LessThan),
            O::F64x2Gt => self.vfcmp(F64X2, FloatCC::GreaterThan),
            O::F64x2Le => self.vfcmp(F64X2, FloatCC::LessThanOrEqual),
            O::F64x2Ge => self.vfcmp(F64X2, FloatCC::GreaterThanOrEqual),

            // Bits, and questions.
            O::V128Not => self.v1(VECTOR, |ins, a| ins.bnot(a)),
            O::V128And => self.v2(VECTOR, |ins, a, b| ins.band(a, b)),
            O::V128AndNot => self.v2(VECTOR, |ins, a, b| ins.band_not(a, b)),
            O::V128Or => self.v2(VECTOR, |ins, a, b| ins.bor(a, b)),
            O::V128Xor => self.v2(VECTOR, |ins, a, b| ins.bxor(a, b)),
            O::V128Bitselect => self.bitselect(VECTOR),
            O::V128AnyTrue => self.question(VECTOR, |ins, a| ins.vany_true(a)),
            O::I8x16AllTrue => self.question(I8X16, |ins, a| ins.vall_true(a)),
            O::I16x8AllTrue => self.question(I16X8, |ins, a| ins.vall_true(a)),
            O::I32x4AllTrue => self.question(I32X4, |ins, a| ins.vall_true(a)),
            O::I64x2AllTrue => self.question(I64X2, |ins, a| ins.vall_true(a)),
            O::I8x16Bitmask => self.v1(I8X16, |ins, a| ins.vhigh_bits(I32, a)),
            O::I16x8Bitmask => self.v1(I16X8, |ins, a| ins.vhigh_bits(I32, a)),
            O::I32x4Bitmask => self.v1(I32X4, |ins, a| ins.vhigh_bits(I32, a)),
            O::I64x2Bitmask => self.v1(I64X2, |ins, a| ins.vhigh_bits(I32, a)),

            // Integer lanes.
            O::I8x16Abs => self.v1(I8X16, |ins, a| ins.iabs(a)),
            O::I16x8Abs => self.v1(I16X8, |ins, a| ins.iabs(a)),
            O::I32x4Abs => self.v1(I32X4, |ins, a| ins.iabs(a)),
            O::I64x2Abs => self.v1(I64X2, |ins, a| ins.iabs(a)),
            O::I8x16Neg => self.v1(I8X16, |ins, a| ins.ineg(a)),
            O::I16x8Neg => self.v1(I16X8, |ins, a| ins.ineg(a)),
            O::I32x4Neg => self.v1(I32X4, |ins, a| ins.ineg(a)),
            O::I64x2Neg => self.v1(I64X2, |ins, a| ins.ineg(a)),
            O::I8x16Popcnt => self.v1(I8X16, |ins, a| ins.popcnt(a)),
            O::I8x16Shl => self.vshift(I8X16, |ins, a, n| ins.ishl(a, n)),
            O::I16x8Shl => self.vshift(I16X8, |ins, a, n| ins.ishl(a, n)),
            O::I32x4Shl => self.vshift(I32X4, |ins, a, n| ins.ishl(a, n)),
            O::I64x2Shl => self.vshift(I64X2, |ins, a, n| ins.ishl(a, n)),
            O::I8x16ShrS => self.vshift(I8X16, |ins, a, n| ins.sshr(a, n)),
            O::I16x8ShrS => self.vshift(I16X8, |ins, a, n| ins.sshr(a, n)),
            O::I32x4ShrS => self.vshift(I32X4, |ins, a, n| ins.sshr(a, n)),
            O::I64x2ShrS => self.vshift(I64X2, |ins, a, n| ins.sshr(a, n)),
            O::I8x16ShrU => self.vshift(I8X16, |ins, a, n| ins.ushr(a, n)),
            O::I16x8ShrU => self.vshift(I16X8, |ins, a, n| ins.ushr(a, n)),
            O::I32x4ShrU => self.vshift(I32X4, |ins, a, n| ins.ushr(a, n)),
            O::I64x2ShrU => self.vshift(I64X2, |ins, a, n| ins.ushr(a, n)),
            O::I8x16Add => self.v2(I8X16, |ins, a, b| ins.iadd(a, b)),
            O::I16x8Add => self.v2(I16X8, |ins, a, b| ins.iadd(a, b)),
            O::I32x4Add => self.v2(I32X4, |ins, a, b| ins.iadd(a, b)),
            O::I64x2Add => self.v2(I64X2, |ins, a, b| ins.iadd(a, b)),
            O::I8x16Sub => self.v2(I8X16, |ins, a, b| ins.isub(a, b)),
            O::I16x8Sub => self.v2(I16X8, |ins, a, b| ins.isub(a, b)),
            O::I32x4Sub => self.v2(I32X4, |ins, a, b| ins.isub(a, b)),
            O::I64x2Sub => self.v2(I64X2, |ins, a, b| ins.isub(a, b)),
            O::I16x8Mul => self.v2(I16X8, |ins, a, b| ins.imul(a, b)),
            O::I32x4Mul => self.v2(I32X4, |ins, a, b| ins.imul(a, b)),
            O::I64x2Mul => self.v2(I64X2, |ins, a, b| ins.imul(a, b)),
            O::I8x16AddSatS => self.v2(I8X16, |ins, a, b| ins.sadd_sat(a, b)),
            O::I8x16AddSatU => self.v2(I8X16, |ins, a, b| ins.uadd_sat(a, b)),
            O::I16x8AddSatS => self.v2(I16X8, |ins, a, b| ins.sadd_sat(a, b)),
            O::I16x8AddSatU => self.v2(I16X8, |ins, a, b| ins.uadd_sat(a, b)),
            O::I8x16SubSatS => self.v2(I8X16, |ins, a, b| ins.ssub_sat(a, b)),
            O::I8x16SubSatU => self.v2(I8X16, |ins, a, b| ins.usub_sat(a, b)),
            O::I16x8SubSatS => self.v2(I16X8, |ins, a, b| ins.ssub_sat(a, b)),
            O::I16x8SubSatU => self.v2(I16X8, |ins, a, b| ins.usub_sat(a, b)),
            O::I8x16MinS => self.v2(I8X16, |ins, a, b| ins.smin(a, b)),
            O::I16x8MinS => self.v2(I16X8, |ins, a, b| ins.smin(a, b)),
            O::I32x4MinS => self.v2(I32X4, |ins, a, b| ins.smin(a, b)),
            O::I8x16MinU => self.v2(I8X16, |ins, a, b| ins.umin(a, b)),
            O::I16x8MinU => self.v2(I16X8, |ins, a, b| ins.umin(a, b)),
            O::I32x4MinU => self.v2(I32X4, |ins, a, b| ins.umin(a, b)),
            O::I8x16MaxS => self.v2(I8X16, |ins, a, b| ins.smax(a, b)),
            O::I16x8MaxS => self.v2(I16X8, |ins, a, b| ins.smax(a, b)),
            O::I32x4MaxS => self.v2(I32X4, |ins, a, b| ins.smax(a, b)),
            O::I8x16MaxU => self.v2(I8X16, |ins, a, b| ins.umax(a, b)),
            O::I16x8MaxU => self.v2(I16X8, |ins, a, b| ins.umax(a, b)),
            O::I32x4MaxU => self.v2(I32X4, |ins, a, b| ins.umax(a, b)),
            O::I8x16AvgrU => self.v2(I8X16, |ins, a, b| ins.avg_round(a, b)),
            O::I16x8AvgrU => self.v2(I16X8, |ins, a, b| ins.avg_round(a, b)),
            O::I16x8Q15MulrSatS => self.v2(I16X8, |ins, a, b| ins.sqmul_round_sat(a, b)),
            O::I8x16NarrowI16x8S => self.v2(I16X8, |ins, a, b| ins.snarrow(a, b)),
            O::I8x16NarrowI16x8U => self.v2(I16X8, |ins, a, b| ins.unarrow(a, b)),
            O::I16x8NarrowI32x4S => self.v2(I32X4, |ins, a, b| ins.snarrow(a, b)),
            O::I16x8NarrowI32x4U => self.v2(I32X4, |ins, a, b| ins.unarrow(a, b)),
            O::I16x8ExtendLowI8x16S => self.v1(I8X16, |ins, a| ins.swiden_low(a)),
            O::I16x8ExtendHighI8x16S => self.v1(I8X16, |ins, a| ins.swiden_high(a)),
            O::I16x8ExtendLowI8x16U => self.v1(I8X16, |ins, a| ins.uwiden_low(a)),
            O::I16x8ExtendHighI8x16U => self.v1(I8X16, |ins, a| ins.uwiden_high(a)),
            O::I32x4ExtendLowI16x8S => self.v1(I16X8, |ins, a| ins.swiden_low(a)),
            O::I32x4ExtendHighI16x8S => self.v1(I16X8, |ins, a| ins.swiden_high(a)),
            O::I32x4ExtendLowI16x8U => self.v1(I16X8, |ins, a| ins.uwiden_low(a)),
            O::I32x4ExtendHighI16x8U => self.v1(I16X8, |ins, a| ins.uwiden_high(a)),
            O::I64x2ExtendLowI32x4S => self.v1(I32X4, |ins, a| ins.swiden_low(a)),
            O::I64x2ExtendHighI32x4S => self.v1(I32X4, |ins, a| ins.swiden_high(a)),
            O::I64x2ExtendLowI32x4U => self.v1(I32X4, |ins, a| ins.uwiden_low(a)),
            O::I64x2ExtendHighI32x4U => self.v1(I32X4, |ins, a| ins.uwiden_high(a)),
            O::I16x8ExtMulLowI8x16S => self.extended_mul(I8X16, Extend::Signed, Low),
            O::I16x8ExtMulHighI8x16S => self.extended_mul(I8X16, Extend::Signed, High),
            O::I16x8ExtMulLowI8x16U => self.extended_mul(I8X16, Extend::Unsigned, Low),
            O::I16x8ExtMulHighI8x16U => self.extended_mul(I8X16, Extend::Unsigned, High),
            O::I32x4ExtMulLowI16x8S => self.extended_mul(I16X8, Extend::Signed, Low),
            O::I32x4ExtMulHighI16x8S => self.extended_mul(I16X8, Extend::Signed, High),
            O::I32x4ExtMulLowI16x8U => self.extended_mul(I16X8, Extend::Unsigned, Low),
            O::I32x4ExtMulHighI16x8U => self.extended_mul(I16X8, Extend::Unsigned, High),
            O::I64x2ExtMulLowI32x4S => self.extended_mul(I32X4, Extend::Signed, Low),
            O::I64x2ExtMulHighI32x4S => self.extended_mul(I32X4, Extend::Signed, High),
            O::I64x2ExtMulLowI32x4U => self.extended_mul(I32X4, Extend::Unsigned, Low),
            O::I64x2ExtMulHighI32x4U => self.extended_mul(I32X4, Extend::Unsigned, High),
            O::I16x8ExtAddPairwiseI8x16S => self.add_pairs(I8X16, Extend::Signed),
            O::I16x8ExtAddPairwiseI8x16U => self.add_pairs(I8X16, Extend::Unsigned),
            O::I32x4ExtAddPairwiseI16x8S => self.add_pairs(I16X8, Extend::Signed),
            O::I32x4ExtAddPairwiseI16x8U => self.add_pairs(I16X8, Extend::Unsigned),
            O::I32x4DotI16x8S => {
                let (a, b) = self.pop_vectors(I16X8);
                let value = self.dot(a, b);
                self.push(value);
            }

            // Float lanes.
            O::F32x4Ceil => self.v1(F32X4, |ins, a| ins.ceil(a)),
            O::F64x2Ceil => self.v1(F64X2, |ins, a| ins.ceil(a)),
            O::F32x4Floor => self.v1(F32X4, |ins, a| ins.floor(a)),
            O::F64x2Floor => self.v1(F64X2, |ins, a| ins.floor(a)),
            O::F32x4Trunc => self.v1(F32X4, |ins, a| ins.trunc(a)),
            O::F64x2Trunc => self.v1(F64X2, |ins, a| ins.trunc(a)),
            O::F32x4Nearest => self.v1(F32X4, |ins, a| ins.nearest(a)),
            O::F64x2Nearest => self.v1(F64X2, |ins, a| ins.nearest(a)),
            O::F32x4Abs => self.v1(F32X4, |ins, a| ins.fabs(a)),
            O::F64x2Abs => self.v1(F64X2, |ins, a| ins.fabs(a)),
            O::F32x4Neg => self.v1(F32X4, |ins, a| ins.fneg(a)),
            O::F64x2Neg => self.v1(F64X2, |ins, a| ins.fneg(a)),
            O::F32x4Sqrt => self.v1(F32X4, |ins, a| ins.sqrt(a)),
            O::F64x2Sqrt => self.v1(F64X2, |ins, a| ins.sqrt(a)),
            O::F32x4Add => self.v2(F32X4, |ins, a, b| ins.fadd(a, b)),
            O::F64x2Add => self.v2(F64X2, |ins, a, b| ins.fadd(a, b)),
            O::F32x4Sub => self.v2(F32X4, |ins, a, b| ins.fsub(a, b)),
            O::F64x2Sub => self.v2(F64X2, |ins, a, b| ins.fsub(a, b)),
            O::F32x4Mul => self.v2(F32X4, |ins, a, b| ins.fmul(a, b)),
            O::F64x2Mul => self.v2(F64X2, |ins, a, b| ins.fmul(a, b)),
            O::F32x4Div => self.v2(F32X4, |ins, a, b| ins.fdiv(a, b)),
            O::F64x2Div => self.v2(F64X2, |ins, a, b| ins.fdiv(a, b)),
            O::F32x4Min => self.v2(F32X4, |ins, a, b| ins.fmin(a, b)),
            O::F64x2Min => self.v2(F64X2, |ins, a, b| ins.fmin(a, b)),
            O::F32x4Max => self.v2(F32X4, |ins, a, b| ins.fmax(a, b)),
            O::F64x2Max => self.v2(F64X2, |ins, a, b| ins.fmax(a, b)),
            O::F32x4PMin => self.pseudo_min(F32X4),
            O::F64x2PMin => self.pseudo_min(F64X2),
            O::F32x4PMax => self.pseudo_max(F32X4),
            O::F64x2PMax => self.pseudo_max(F64X2),

            // Conversions.
            O::I32x4TruncSatF32x4S => self.v1(F32X4, |ins, a| ins.fcvt_to_sint_sat(I32X4, a)),
            O::I32x4TruncSatF32x4U => self.v1(F32X4, |ins, a| ins.fcvt_to_uint_sat(I32X4, a)),
            O::F32x4ConvertI32x4S => self.v1(I32X4, |ins, a| ins.fcvt_from_sint(F32X4, a)),
            O::F32x4ConvertI32x4U => self.v1(I32X4, |ins, a| ins.fcvt_from_uint(F32X4, a)),
            O::I32x4TruncSatF64x2SZero => self.truncate_zero(Extend::Signed),
            O::I32x4TruncSatF64x2UZero => self.truncate_zero(Extend::Unsigned),
            O::F64x2ConvertLowI32x4S => {
                self.v1(I32X4, |ins, a| ins.swiden_low(a));
                self.v1(I64X2, |ins, a| ins.fcvt_from_sint(F64X2, a));
            }
            O::F64x2ConvertLowI32x4U => {
                self.v1(I32X4, |ins, a| ins.uwiden_low(a));
                self.v1(I64X2, |ins, a| ins.fcvt_from_uint(F64X2, a));
            }
            O::F32x4DemoteF64x2Zero => self.v1(F64X2, |ins, a| ins.fvdemote(a)),
            O::F64x2PromoteLowF32x4 => self.v1(F32X4, |ins, a| ins.fvpromote_low(a)),

            // Relaxed.
            O::I8x16RelaxedSwizzle if self.relaxed_x86() => self.v2(I8X16, |ins, a, b| ins.x86_pshufb(a, b)),
            O::I8x16RelaxedSwizzle => self.v2(I8X16, |ins, a, b| ins.swizzle(a, b)),
            O::I32x4RelaxedTruncF32x4S if self.relaxed_x86() => self.v1(F32X4, |ins, a| ins.x86_cvtt2dq(I32X4, a)),
            O::I32x4RelaxedTruncF32x4S => self.v1(F32X4, |ins, a| ins.fcvt_to_sint_sat(I32X4, a)),
            O::I32x4RelaxedTruncF32x4U => self.v1(F32X4, |ins, a| ins.fcvt_to_uint_sat(I32X4, a)),
            O::I32x4RelaxedTruncF64x2SZero if self.relaxed_x86() => {
                let a = self.pop_vector(F64X2);
                let a = self.b.ins().x86_cvtt2dq(I64X2, a);
                let zero = self.zero(I64X2);
                let value = self.b.ins().snarrow(a, zero);
                self.push(value);
            }
            O::I32x4RelaxedTruncF64x2SZero => self.truncate_zero(Extend::Signed),
            O::I32x4RelaxedTruncF64x2UZero => self.truncate_zero(Extend::Unsigned),
            O::F32x4RelaxedMadd => self.multiply_add(F32X4, false),
            O::F64x2RelaxedMadd => self.multiply_add(F64X2, false),
            O::F32x4RelaxedNmadd => self.multiply_add(F32X4, true),
            O::F64x2RelaxedNmadd => self.multiply_add(F64X2, true),
            O::I8x16RelaxedLaneselect
            | O::I16x8RelaxedLaneselect
            | O::I32x4RelaxedLaneselect
            | O::I64x2RelaxedLaneselect => self.bitselect(VECTOR),
            O::F32x4RelaxedMin if self.relaxed_x86() => self.pseudo_min(F32X4),
            O::F64x2RelaxedMin if self.relaxed_x86() => self.pseudo_min(F64X2),
            O::F32x4RelaxedMax if self.relaxed_x86() => self.pseudo_max(F32X4),
            O::F64x2RelaxedMax if self.relaxed_x86() => self.pseudo_max(F64X2),
            O::F32x4RelaxedMin => self.v2(F32X4, |ins, a, b| ins.fmin(a, b)),
            O::F64x2RelaxedMin => self.v2(F64X2, |ins, a, b| ins.fmin(a, b)),
            O::F32x4RelaxedMax => self.v2(F32X4, |ins, a, b| ins.fmax(a, b)),
            O::F64x2RelaxedMax => self.v2(F64X2, |ins, a, b| ins.fmax(a, b)),
            O::I16x8RelaxedQ15mulrS if self.relaxed_x86() => self.v2(I16X8, |ins, a, b| ins.x86_pmulhrsw(a, b)),
            O::I16x8RelaxedQ15mulrS => self.v2(I16X8, |ins, a, b| ins.sqmul_round_sat(a, b)),
            O::I16x8RelaxedDotI8x16I7x16S => {
                let (a, b) = self.pop_vectors(I8X16);
                let value = self.relaxed_dot(a, b);
                self.push(value);
            }
            O::I32x4RelaxedDotI8x16I7x16AddS => {
                let c = self.pop_vector(I32X4);
                let (a, b) = self.pop_vectors(I8X16);
                let dot = self.relaxed_dot(a, b);
                let sums = self.pair_sums(dot, Extend::Signed);
                let value = self.b.ins().iadd(sums, c);
                self.push(value);
            }

            other => return Err(self.unsupported(match feature_of(other) {
                // A vector operator that has no row above: newer than this table.
                Feature::Simd => Feature::RelaxedSimd,
                feature => feature,
            })),
        }
        Ok(())
    }

    /// Whether relaxed operators may do what x86's instructions do.
    fn relaxed_x86(&self) -> bool {
        self.backend.traits.x86_vectors && !self.options.relaxed_simd_deterministic
    }

    fn pop_vector(&mut self, ty: Type) -> Value {
        let value = self.pop();
        self.as_vector(value, ty)
    }

    fn pop_vectors(&mut self, ty: Type) -> (Value, Value) {
        let b = self.pop_vector(ty);
        (self.pop_vector(ty), b)
    }

    /// One vector of type `ty` to one value.
    fn v1(&mut self, ty: Type, f: impl FnOnce(Ins<'_, 'a>, Value) -> Value) {
        let a = self.pop_vector(ty);
        let value = f(self.b.ins(), a);
        self.push(value);
    }

    /// Two vectors of type `ty` to one.
    fn v2(&mut self, ty: Type, f: impl FnOnce(Ins<'_, 'a>, Value, Value) -> Value) {
        let (a, b) = self.pop_vectors(ty);
        let value = f(self.b.ins(), a, b);
        self.push(value);
    }

    /// A vector and a number of bits, taken modulo the lane width.
    fn vshift(&mut self, ty: Type, f: impl FnOnce(Ins<'_, 'a>, Value, Value) -> Value) {
        let bits = self.pop();
        let a = self.pop_vector(ty);
        let value = f(self.b.ins(), a, bits);
        self.push(value);
    }

    /// A yes-or-no question about a vector.
    fn question(&mut self, ty: Type, f: impl FnOnce(Ins<'_, 'a>, Value) -> Value) {
        let a = self.pop_vector(ty);
        let cond = f(self.b.ins(), a);
        self.push_condition(cond);
    }

    fn vcmp(&mut self, ty: Type, cc: IntCC) {
        self.v2(ty, |ins, a, b| ins.icmp(cc, a, b));
    }

    fn vfcmp(&mut self, ty: Type, cc: FloatCC) {
        self.v2(ty, |ins, a, b| ins.fcmp(cc, a, b));
    }

    fn bitselect(&mut self, ty: Type) {
        let mask = self.pop_vector(ty);
        let (a, b) = self.pop_vectors(ty);
        let value = self.b.ins().bitselect(mask, a, b);
        self.push(value);
    }

    fn vector_const(&mut self, bytes: &[u8; 16]) {
        let constant = self.b.func.dfg.constants.insert(bytes.as_slice().into());
        let value = self.b.ins().vconst(VECTOR, constant);
        self.push(value);
    }

    fn shuffle(&mut self, lanes: &[u8; 16]) {
        let (a, b) = self.pop_vectors(I8X16);
        let lanes = self.b.func.dfg.immediates.push(lanes.as_slice().into());
        let value = self.b.ins().shuffle(a, b, lanes);
        self.push(value);
    }

    /// Fits a wasm value to a lane.
    fn fit_lane(&mut self, value: Value, ty: Type) -> Value {
        match ty.lane_type() {
            lane @ (I8 | I16) => self.b.ins().ireduce(lane, value),
            _ => value,
        }
    }

    fn splat(&mut self, ty: Type) {
        let a = self.pop();
        let a = self.fit_lane(a, ty);
        let value = self.b.ins().splat(ty, a);
        self.push(value);
    }

    fn extract_lane(&mut self, ty: Type, lane: u8, extend: Option<Extend>) {
        let a = self.pop_vector(ty);
        let value = self.b.ins().extractlane(a, lane);
        let value = match extend {
            Some(Extend::Signed) => self.b.ins().sextend(I32, value),
            Some(Extend::Unsigned) => self.b.ins().uextend(I32, value),
            None => value,
        };
        self.push(value);
    }

    fn replace_lane(&mut self, ty: Type, lane: u8) {
        let new = self.pop();
        let new = self.fit_lane(new, ty);
        let a = self.pop_vector(ty);
        let value = self.b.ins().insertlane(a, new, lane);
        self.push(value);
    }

    /// A load of 64 bits whose lanes are extended.
    fn load_lanes(&mut self, arg: &MemArg, f: impl FnOnce(Ins<'_, 'a>, super::bounds::Access) -> Value) {
        if let Some(mut access) = self.access(arg, 8) {
            if self.backend.traits.extending_loads_trap {
                access.flags = access.flags.with_trap_code(Some(super::trap::trap_code(Trap::MemoryOutOfBounds)));
            }
            let value = f(self.b.ins(), access);
            self.push(value);
        }
    }

    fn load_splat(&mut self, ty: Type, arg: &MemArg) {
        let lane = ty.lane_type();
        if let Some(access) = self.access(arg, lane.bytes()) {
            let value = self.b.ins().load(lane, access.flags, access.base, access.offset);
            let value = self.b.ins().splat(ty, value);
            self.push(value);
        }
    }

    fn load_zero(&mut self, ty: Type, arg: &MemArg) {
        let lane = ty.lane_type();
        if let Some(access) = self.access(arg, lane.bytes()) {
            let value = self.b.ins().load(lane, access.flags, access.base, access.offset);
            let value = self.b.ins().scalar_to_vector(ty, value);
            self.push(value);
        }
    }

    fn load_lane(&mut self, ty: Type, lane: u8, arg: &MemArg) {
        let a = self.pop_vector(ty);
        let lane_type = ty.lane_type();
        if let Some(access) = self.access(arg, lane_type.bytes()) {
            let value = self.b.ins().load(lane_type, access.flags, access.base, access.offset);
            let value = self.b.ins().insertlane(a, value, lane);
            self.push(value);
        }
    }

    fn store_lane(&mut self, ty: Type, lane: u8, arg: &MemArg) {
        let a = self.pop_vector(ty);
        let value = self.b.ins().extractlane(a, lane);
        self.store_value(value, ty.lane_type().bytes(), arg);
    }

    /// One half of a vector, with lanes twice as wide.
    fn widen(&mut self, a: Value, extend: Extend, half: Half) -> Value {
        let ins = self.b.ins();
        match (extend, half) {
            (Extend::Signed, Low) => ins.swiden_low(a),
            (Extend::Signed, High) => ins.swiden_high(a),
            (Extend::Unsigned, Low) => ins.uwiden_low(a),
            (Extend::Unsigned, High) => ins.uwiden_high(a),
        }
    }

    fn extended_mul(&mut self, ty: Type, extend: Extend, half: Half) {
        let (a, b) = self.pop_vectors(ty);
        let value = self.widened_mul(a, b, extend, half);
        self.push(value);
    }

    fn widened_mul(&mut self, a: Value, b: Value, extend: Extend, half: Half) -> Value {
        let (a, b) = (self.widen(a, extend, half), self.widen(b, extend, half));
        self.b.ins().imul(a, b)
    }

    fn add_pairs(&mut self, ty: Type, extend: Extend) {
        let a = self.pop_vector(ty);
        let value = self.pair_sums(a, extend);
        self.push(value);
    }

    /// Sums of neighboring lanes, twice as wide.
    fn pair_sums(&mut self, a: Value, extend: Extend) -> Value {
        let (low, high) = (self.widen(a, extend, Low), self.widen(a, extend, High));
        self.b.ins().iadd_pairwise(low, high)
    }

    /// Sums of products of neighboring lanes, twice as wide.
    fn dot(&mut self, a: Value, b: Value) -> Value {
        let low = self.widened_mul(a, b, Extend::Signed, Low);
        let high = self.widened_mul(a, b, Extend::Signed, High);
        self.b.ins().iadd_pairwise(low, high)
    }

    /// The same for bytes, of which the second ones have 7 bits.
    fn relaxed_dot(&mut self, a: Value, b: Value) -> Value {
        // The instruction takes one operand as unsigned: in CLIF, the second one.
        if self.relaxed_x86() { self.b.ins().x86_pmaddubsw(a, b) } else { self.dot(a, b) }
    }

    /// `b < a ? b : a`.
    fn pseudo_min(&mut self, ty: Type) {
        let (a, b) = self.pop_vectors(ty);
        self.choose(FloatCC::LessThan, (b, a), b, a);
    }

    /// `a < b ? b : a`.
    fn pseudo_max(&mut self, ty: Type) {
        let (a, b) = self.pop_vectors(ty);
        self.choose(FloatCC::LessThan, (a, b), b, a);
    }

    fn choose(&mut self, cc: FloatCC, compare: (Value, Value), yes: Value, no: Value) {
        let ty = self.b.func.dfg.value_type(yes);
        let mask = self.b.ins().fcmp(cc, compare.0, compare.1);
        // The mask's bits select bits, whatever the lanes are.
        let mask = self.as_vector(mask, ty);
        let value = self.b.ins().bitselect(mask, yes, no);
        self.push(value);
    }

    /// Two floats to 32-bit integers in the low lanes.
    fn truncate_zero(&mut self, extend: Extend) {
        let a = self.pop_vector(F64X2);
        let zero = self.zero(I64X2);
        let value = match extend {
            Extend::Signed => {
                let wide = self.b.ins().fcvt_to_sint_sat(I64X2, a);
                self.b.ins().snarrow(wide, zero)
            }
            Extend::Unsigned => {
                let wide = self.b.ins().fcvt_to_uint_sat(I64X2, a);
                self.b.ins().uunarrow(wide, zero)
            }
        };
        self.push(value);
    }

    /// `a * b + c`, or `-(a * b) + c`; rounded once where the target does that by itself.
    fn multiply_add(&mut self, ty: Type, negate: bool) {
        let c = self.pop_vector(ty);
        let (mut a, b) = self.pop_vectors(ty);
        if negate {
            a = self.b.ins().fneg(a);
        }
        let value = if self.backend.traits.fused_multiply_add && !self.options.relaxed_simd_deterministic {
            self.b.ins().fma(a, b, c)
        } else {
            let product = self.b.ins().fmul(a, b);
            self.b.ins().fadd(product, c)
        };
        self.push(value);
    }
}
