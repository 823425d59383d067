//! Which operator is whose: one line each.
//!
//! Operators of one opcode byte with simple immediates, which most operators are, stand in a table, because two things are made
//! from it: the fast way ([`super::dispatch`]), and the arm for the operator as `wasmparser` reads it.

use super::Compiler;
use crate::masm::*;
use gantry_abi::{AbiType, CompileError};
use wasmparser::Operator;

use AbiType as T;
use FloatSize::{F32, F64};
use Size::{S32, S64};

/// A conversion to an integer.
pub(super) const fn trunc(from: FloatSize, to: Size, signed: bool) -> Truncation {
    Truncation { from, to, signed }
}

/// Passes the table of plain operators to a macro. A row has the opcode, the names of the operator and of the method that
/// validates it in `wasmparser`, its immediates with the methods of [`super::reader::Reader`] that read them, and the
/// method that compiles it.
macro_rules! for_each_plain_operator {
    ($consumer:ident) => { $consumer! {
        // Control.
        0x00 Unreachable       visit_unreachable         {} => unreachable();
        0x01 Nop               visit_nop                 {} => nop();
        0x0c Br                visit_br                  { relative_depth: index() } => br(relative_depth);
        0x0d BrIf              visit_br_if               { relative_depth: index() } => br_if(relative_depth);
        0x0f Return            visit_return              {} => return_();
        0x10 Call              visit_call                { function_index: index() } => call(function_index, false);
        0x11 CallIndirect      visit_call_indirect       { type_index: index(), table_index: zero() } => call_indirect(type_index, table_index, false);
        // Parametric operators, locals, globals.
        0x1a Drop              visit_drop                {} => drop_top();
        0x1b Select            visit_select              {} => select();
        0x20 LocalGet          visit_local_get           { local_index: index() } => local_get(local_index);
        0x21 LocalSet          visit_local_set           { local_index: index() } => local_set(local_index, false);
        0x22 LocalTee          visit_local_tee           { local_index: index() } => local_set(local_index, true);
        0x23 GlobalGet         visit_global_get          { global_index: index() } => global_get(global_index);
        0x24 GlobalSet         visit_global_set          { global_index: index() } => global_set(global_index);
        // Memory.
        0x28 I32Load           visit_i32_load            { memarg: memarg(2) } => load(LoadKind::I32, &memarg);
        0x29 I64Load           visit_i64_load            { memarg: memarg(3) } => load(LoadKind::I64, &memarg);
        0x2a F32Load           visit_f32_load            { memarg: memarg(2) } => load(LoadKind::F32, &memarg);
        0x2b F64Load           visit_f64_load            { memarg: memarg(3) } => load(LoadKind::F64, &memarg);
        0x2c I32Load8S         visit_i32_load8_s         { memarg: memarg(0) } => load(LoadKind::I32S8, &memarg);
        0x2d I32Load8U         visit_i32_load8_u         { memarg: memarg(0) } => load(LoadKind::I32U8, &memarg);
        0x2e I32Load16S        visit_i32_load16_s        { memarg: memarg(1) } => load(LoadKind::I32S16, &memarg);
        0x2f I32Load16U        visit_i32_load16_u        { memarg: memarg(1) } => load(LoadKind::I32U16, &memarg);
        0x30 I64Load8S         visit_i64_load8_s         { memarg: memarg(0) } => load(LoadKind::I64S8, &memarg);
        0x31 I64Load8U         visit_i64_load8_u         { memarg: memarg(0) } => load(LoadKind::I64U8, &memarg);
        0x32 I64Load16S        visit_i64_load16_s        { memarg: memarg(1) } => load(LoadKind::I64S16, &memarg);
        0x33 I64Load16U        visit_i64_load16_u        { memarg: memarg(1) } => load(LoadKind::I64U16, &memarg);
        0x34 I64Load32S        visit_i64_load32_s        { memarg: memarg(2) } => load(LoadKind::I64S32, &memarg);
        0x35 I64Load32U        visit_i64_load32_u        { memarg: memarg(2) } => load(LoadKind::I64U32, &memarg);
        0x36 I32Store          visit_i32_store           { memarg: memarg(2) } => store(StoreKind::I32, T::I32, &memarg);
        0x37 I64Store          visit_i64_store           { memarg: memarg(3) } => store(StoreKind::I64, T::I64, &memarg);
        0x38 F32Store          visit_f32_store           { memarg: memarg(2) } => store(StoreKind::F32, T::F32, &memarg);
        0x39 F64Store          visit_f64_store           { memarg: memarg(3) } => store(StoreKind::F64, T::F64, &memarg);
        0x3a I32Store8         visit_i32_store8          { memarg: memarg(0) } => store(StoreKind::I8, T::I32, &memarg);
        0x3b I32Store16        visit_i32_store16         { memarg: memarg(1) } => store(StoreKind::I16, T::I32, &memarg);
        0x3c I64Store8         visit_i64_store8          { memarg: memarg(0) } => store(StoreKind::I8, T::I64, &memarg);
        0x3d I64Store16        visit_i64_store16         { memarg: memarg(1) } => store(StoreKind::I16, T::I64, &memarg);
        0x3e I64Store32        visit_i64_store32         { memarg: memarg(2) } => store(StoreKind::I32, T::I64, &memarg);
        // Constants.
        0x41 I32Const          visit_i32_const           { value: i32() } => push_i32(value);
        0x42 I64Const          visit_i64_const           { value: i64() } => push_const(T::I64, value.cast_unsigned());
        0x43 F32Const          visit_f32_const           { value: f32() } => push_const(T::F32, value.bits().into());
        0x44 F64Const          visit_f64_const           { value: f64() } => push_const(T::F64, value.bits());
        // Integers and floats.
        0x45 I32Eqz            visit_i32_eqz             {} => eqz(S32);
        0x46 I32Eq             visit_i32_eq              {} => compare(IntCc::Eq, S32);
        0x47 I32Ne             visit_i32_ne              {} => compare(IntCc::Ne, S32);
        0x48 I32LtS            visit_i32_lt_s            {} => compare(IntCc::LtS, S32);
        0x49 I32LtU            visit_i32_lt_u            {} => compare(IntCc::LtU, S32);
        0x4a I32GtS            visit_i32_gt_s            {} => compare(IntCc::GtS, S32);
        0x4b I32GtU            visit_i32_gt_u            {} => compare(IntCc::GtU, S32);
        0x4c I32LeS            visit_i32_le_s            {} => compare(IntCc::LeS, S32);
        0x4d I32LeU            visit_i32_le_u            {} => compare(IntCc::LeU, S32);
        0x4e I32GeS            visit_i32_ge_s            {} => compare(IntCc::GeS, S32);
        0x4f I32GeU            visit_i32_ge_u            {} => compare(IntCc::GeU, S32);
        0x50 I64Eqz            visit_i64_eqz             {} => eqz(S64);
        0x51 I64Eq             visit_i64_eq              {} => compare(IntCc::Eq, S64);
        0x52 I64Ne             visit_i64_ne              {} => compare(IntCc::Ne, S64);
        0x53 I64LtS            visit_i64_lt_s            {} => compare(IntCc::LtS, S64);
        0x54 I64LtU            visit_i64_lt_u            {} => compare(IntCc::LtU, S64);
        0x55 I64GtS            visit_i64_gt_s            {} => compare(IntCc::GtS, S64);
        0x56 I64GtU            visit_i64_gt_u            {} => compare(IntCc::GtU, S64);
        0x57 I64LeS            visit_i64_le_s            {} => compare(IntCc::LeS, S64);
        0x58 I64LeU            visit_i64_le_u            {} => compare(IntCc::LeU, S64);
        0x59 I64GeS            visit_i64_ge_s            {} => compare(IntCc::GeS, S64);
        0x5a I64GeU            visit_i64_ge_u            {} => compare(IntCc::GeU, S64);
        0x5b F32Eq             visit_f32_eq              {} => compare_float(FloatCc::Eq, F32);
        0x5c F32Ne             visit_f32_ne              {} => compare_float(FloatCc::Ne, F32);
        0x5d F32Lt             visit_f32_lt              {} => compare_float(FloatCc::Lt, F32);
        0x5e F32Gt             visit_f32_gt              {} => compare_float(FloatCc::Gt, F32);
        0x5f F32Le             visit_f32_le              {} => compare_float(FloatCc::Le, F32);
        0x60 F32Ge             visit_f32_ge              {} => compare_float(FloatCc::Ge, F32);
        0x61 F64Eq             visit_f64_eq              {} => compare_float(FloatCc::Eq, F64);
        0x62 F64Ne             visit_f64_ne              {} => compare_float(FloatCc::Ne, F64);
        0x63 F64Lt             visit_f64_lt              {} => compare_float(FloatCc::Lt, F64);
        0x64 F64Gt             visit_f64_gt              {} => compare_float(FloatCc::Gt, F64);
        0x65 F64Le             visit_f64_le              {} => compare_float(FloatCc::Le, F64);
        0x66 F64Ge             visit_f64_ge              {} => compare_float(FloatCc::Ge, F64);
        0x67 I32Clz            visit_i32_clz             {} => count(CountOp::Clz, S32);
        0x68 I32Ctz            visit_i32_ctz             {} => count(CountOp::Ctz, S32);
        0x69 I32Popcnt         visit_i32_popcnt          {} => count(CountOp::Popcnt, S32);
        0x6a I32Add            visit_i32_add             {} => alu(AluOp::Add, S32);
        0x6b I32Sub            visit_i32_sub             {} => alu(AluOp::Sub, S32);
        0x6c I32Mul            visit_i32_mul             {} => alu(AluOp::Mul, S32);
        0x6d I32DivS           visit_i32_div_s           {} => divide(DivOp::QuotientS, S32);
        0x6e I32DivU           visit_i32_div_u           {} => divide(DivOp::QuotientU, S32);
        0x6f I32RemS           visit_i32_rem_s           {} => divide(DivOp::RemainderS, S32);
        0x70 I32RemU           visit_i32_rem_u           {} => divide(DivOp::RemainderU, S32);
        0x71 I32And            visit_i32_and             {} => alu(AluOp::And, S32);
        0x72 I32Or             visit_i32_or              {} => alu(AluOp::Or, S32);
        0x73 I32Xor            visit_i32_xor             {} => alu(AluOp::Xor, S32);
        0x74 I32Shl            visit_i32_shl             {} => shift(ShiftOp::Shl, S32);
        0x75 I32ShrS           visit_i32_shr_s           {} => shift(ShiftOp::ShrS, S32);
        0x76 I32ShrU           visit_i32_shr_u           {} => shift(ShiftOp::ShrU, S32);
        0x77 I32Rotl           visit_i32_rotl            {} => shift(ShiftOp::Rotl, S32);
        0x78 I32Rotr           visit_i32_rotr            {} => shift(ShiftOp::Rotr, S32);
        0x79 I64Clz            visit_i64_clz             {} => count(CountOp::Clz, S64);
        0x7a I64Ctz            visit_i64_ctz             {} => count(CountOp::Ctz, S64);
        0x7b I64Popcnt         visit_i64_popcnt          {} => count(CountOp::Popcnt, S64);
        0x7c I64Add            visit_i64_add             {} => alu(AluOp::Add, S64);
        0x7d I64Sub            visit_i64_sub             {} => alu(AluOp::Sub, S64);
        0x7e I64Mul            visit_i64_mul             {} => alu(AluOp::Mul, S64);
        0x7f I64DivS           visit_i64_div_s           {} => divide(DivOp::QuotientS, S64);
        0x80 I64DivU           visit_i64_div_u           {} => divide(DivOp::QuotientU, S64);
        0x81 I64RemS           visit_i64_rem_s           {} => divide(DivOp::RemainderS, S64);
        0x82 I64RemU           visit_i64_rem_u           {} => divide(DivOp::RemainderU, S64);
        0x83 I64And            visit_i64_and             {} => alu(AluOp::And, S64);
        0x84 I64Or             visit_i64_or              {} => alu(AluOp::Or, S64);
        0x85 I64Xor            visit_i64_xor             {} => alu(AluOp::Xor, S64);
        0x86 I64Shl            visit_i64_shl             {} => shift(ShiftOp::Shl, S64);
        0x87 I64ShrS           visit_i64_shr_s           {} => shift(ShiftOp::ShrS, S64);
        0x88 I64ShrU           visit_i64_shr_u           {} => shift(ShiftOp::ShrU, S64);
        0x89 I64Rotl           visit_i64_rotl            {} => shift(ShiftOp::Rotl, S64);
        0x8a I64Rotr           visit_i64_rotr            {} => shift(ShiftOp::Rotr, S64);
        0x8b F32Abs            visit_f32_abs             {} => float_unary(FloatUnary::Abs, F32);
        0x8c F32Neg            visit_f32_neg             {} => float_unary(FloatUnary::Neg, F32);
        0x8d F32Ceil           visit_f32_ceil            {} => float_unary(FloatUnary::Ceil, F32);
        0x8e F32Floor          visit_f32_floor           {} => float_unary(FloatUnary::Floor, F32);
        0x8f F32Trunc          visit_f32_trunc           {} => float_unary(FloatUnary::Trunc, F32);
        0x90 F32Nearest        visit_f32_nearest         {} => float_unary(FloatUnary::Nearest, F32);
        0x91 F32Sqrt           visit_f32_sqrt            {} => float_unary(FloatUnary::Sqrt, F32);
        0x92 F32Add            visit_f32_add             {} => float_binary(FloatBinary::Add, F32);
        0x93 F32Sub            visit_f32_sub             {} => float_binary(FloatBinary::Sub, F32);
        0x94 F32Mul            visit_f32_mul             {} => float_binary(FloatBinary::Mul, F32);
        0x95 F32Div            visit_f32_div             {} => float_binary(FloatBinary::Div, F32);
        0x96 F32Min            visit_f32_min             {} => float_binary(FloatBinary::Min, F32);
        0x97 F32Max            visit_f32_max             {} => float_binary(FloatBinary::Max, F32);
        0x98 F32Copysign       visit_f32_copysign        {} => float_binary(FloatBinary::Copysign, F32);
        0x99 F64Abs            visit_f64_abs             {} => float_unary(FloatUnary::Abs, F64);
        0x9a F64Neg            visit_f64_neg             {} => float_unary(FloatUnary::Neg, F64);
        0x9b F64Ceil           visit_f64_ceil            {} => float_unary(FloatUnary::Ceil, F64);
        0x9c F64Floor          visit_f64_floor           {} => float_unary(FloatUnary::Floor, F64);
        0x9d F64Trunc          visit_f64_trunc           {} => float_unary(FloatUnary::Trunc, F64);
        0x9e F64Nearest        visit_f64_nearest         {} => float_unary(FloatUnary::Nearest, F64);
        0x9f F64Sqrt           visit_f64_sqrt            {} => float_unary(FloatUnary::Sqrt, F64);
        0xa0 F64Add            visit_f64_add             {} => float_binary(FloatBinary::Add, F64);
        0xa1 F64Sub            visit_f64_sub             {} => float_binary(FloatBinary::Sub, F64);
        0xa2 F64Mul            visit_f64_mul             {} => float_binary(FloatBinary::Mul, F64);
        0xa3 F64Div            visit_f64_div             {} => float_binary(FloatBinary::Div, F64);
        0xa4 F64Min            visit_f64_min             {} => float_binary(FloatBinary::Min, F64);
        0xa5 F64Max            visit_f64_max             {} => float_binary(FloatBinary::Max, F64);
        0xa6 F64Copysign       visit_f64_copysign        {} => float_binary(FloatBinary::Copysign, F64);
        0xa7 I32WrapI64        visit_i32_wrap_i64        {} => wrap();
        0xa8 I32TruncF32S      visit_i32_trunc_f32_s     {} => truncate_float(trunc(F32, S32, true));
        0xa9 I32TruncF32U      visit_i32_trunc_f32_u     {} => truncate_float(trunc(F32, S32, false));
        0xaa I32TruncF64S      visit_i32_trunc_f64_s     {} => truncate_float(trunc(F64, S32, true));
        0xab I32TruncF64U      visit_i32_trunc_f64_u     {} => truncate_float(trunc(F64, S32, false));
        0xac I64ExtendI32S     visit_i64_extend_i32_s    {} => extend(ExtendOp::S32To64);
        0xad I64ExtendI32U     visit_i64_extend_i32_u    {} => extend(ExtendOp::U32To64);
        0xae I64TruncF32S      visit_i64_trunc_f32_s     {} => truncate_float(trunc(F32, S64, true));
        0xaf I64TruncF32U      visit_i64_trunc_f32_u     {} => truncate_float(trunc(F32, S64, false));
        0xb0 I64TruncF64S      visit_i64_trunc_f64_s     {} => truncate_float(trunc(F64, S64, true));
        0xb1 I64TruncF64U      visit_i64_trunc_f64_u     {} => truncate_float(trunc(F64, S64, false));
        0xb2 F32ConvertI32S    visit_f32_convert_i32_s   {} => convert(F32, S32, true);
        0xb3 F32ConvertI32U    visit_f32_convert_i32_u   {} => convert(F32, S32, false);
        0xb4 F32ConvertI64S    visit_f32_convert_i64_s   {} => convert(F32, S64, true);
        0xb5 F32ConvertI64U    visit_f32_convert_i64_u   {} => convert(F32, S64, false);
        0xb6 F32DemoteF64      visit_f32_demote_f64      {} => demote();
        0xb7 F64ConvertI32S    visit_f64_convert_i32_s   {} => convert(F64, S32, true);
        0xb8 F64ConvertI32U    visit_f64_convert_i32_u   {} => convert(F64, S32, false);
        0xb9 F64ConvertI64S    visit_f64_convert_i64_s   {} => convert(F64, S64, true);
        0xba F64ConvertI64U    visit_f64_convert_i64_u   {} => convert(F64, S64, false);
        0xbb F64PromoteF32     visit_f64_promote_f32     {} => promote();
        0xbc I32ReinterpretF32 visit_i32_reinterpret_f32 {} => float_bits(S32);
        0xbd I64ReinterpretF64 visit_i64_reinterpret_f64 {} => float_bits(S64);
        0xbe F32ReinterpretI32 visit_f32_reinterpret_i32 {} => float_from_bits(S32);
        0xbf F64ReinterpretI64 visit_f64_reinterpret_i64 {} => float_from_bits(S64);
        0xc0 I32Extend8S       visit_i32_extend8_s       {} => extend(ExtendOp::S8To32);
        0xc1 I32Extend16S      visit_i32_extend16_s      {} => extend(ExtendOp::S16To32);
        0xc2 I64Extend8S       visit_i64_extend8_s       {} => extend(ExtendOp::S8To64);
        0xc3 I64Extend16S      visit_i64_extend16_s      {} => extend(ExtendOp::S16To64);
        0xc4 I64Extend32S      visit_i64_extend32_s      {} => extend(ExtendOp::S32To64);
    } };
}
pub(super) use for_each_plain_operator;

impl<M: MacroAssembler> Compiler<'_, M> {
    /// Compiles a validated operator of the table; others are vector operators, or not supported.
    fn plain(&mut self, op: &Operator<'_>) -> Result<(), CompileError> {
        macro_rules! arms {
            ($($code:literal $op:ident $visit:ident { $($arg:ident: $read:ident($($max:literal)?)),* }
                => $method:ident($($value:expr),*);)*) => {
                match *op {
                    $(Operator::$op { $($arg),* } => self.$method($($value),*),)*
                    _ => return self.vector(op),
                }
            };
        }
        for_each_plain_operator!(arms);
        Ok(())
    }

    /// Compiles a validated operator. `non_null`: its topmost operand is a reference that cannot be null.
    #[rustfmt::skip]
    pub(super) fn operator(&mut self, op: &Operator<'_>, non_null: bool) -> Result<(), CompileError> {
        use Operator as O;
        match op {
            // Control.
            O::Block { blockty } => return self.block(*blockty),
            O::Loop { blockty } => return self.loop_(*blockty),
            O::If { blockty } => return self.if_(*blockty),
            O::Else => self.else_(),
            O::End => self.end(),
            O::BrTable { targets } => return self.br_table(targets),
            O::CallRef { type_index } => self.call_ref(*type_index, non_null, false),
            O::ReturnCall { function_index } => self.call(*function_index, true),
            O::ReturnCallIndirect { type_index, table_index } => self.call_indirect(*type_index, *table_index, true),
            O::ReturnCallRef { type_index } => self.call_ref(*type_index, non_null, true),
            O::BrOnNull { relative_depth } => self.br_on_null(*relative_depth),
            O::BrOnNonNull { relative_depth } => self.br_on_non_null(*relative_depth),

            // References and tables.
            O::TypedSelect { .. } => self.select(),
            O::RefNull { hty } => return self.ref_null(*hty),
            O::RefFunc { function_index } => self.ref_func(*function_index),
            O::RefIsNull => self.ref_is_null(),
            O::RefAsNonNull => self.ref_as_non_null(non_null),
            O::TableGet { table } => self.table_get(*table),
            O::TableSet { table } => self.table_set(*table),
            O::TableSize { table } => self.table_size(*table),
            O::TableGrow { table } => self.table_grow(*table),
            O::TableFill { table } => self.table_fill(*table),
            O::TableCopy { dst_table, src_table } => self.table_copy(*dst_table, *src_table),
            O::TableInit { elem_index, table } => self.table_init(*elem_index, *table),
            O::ElemDrop { elem_index } => self.elem_drop(*elem_index),

            // Memory.
            O::MemorySize { mem } => self.memory_size(*mem),
            O::MemoryGrow { mem } => self.memory_grow(*mem),
            O::MemoryFill { mem } => self.memory_fill(*mem),
            O::MemoryCopy { dst_mem, src_mem } => self.memory_copy(*dst_mem, *src_mem),
            O::MemoryInit { data_index, mem } => self.memory_init(*data_index, *mem),
            O::DataDrop { data_index } => self.data_drop(*data_index),

            // Integers and floats.
            O::I64Add128 => self.wide_add_sub(true),
            O::I64Sub128 => self.wide_add_sub(false),
            O::I64MulWideS => self.wide_mul(true),
            O::I64MulWideU => self.wide_mul(false),
            O::I32TruncSatF32S => self.truncate_saturating(trunc(F32, S32, true)),
            O::I32TruncSatF32U => self.truncate_saturating(trunc(F32, S32, false)),
            O::I32TruncSatF64S => self.truncate_saturating(trunc(F64, S32, true)),
            O::I32TruncSatF64U => self.truncate_saturating(trunc(F64, S32, false)),
            O::I64TruncSatF32S => self.truncate_saturating(trunc(F32, S64, true)),
            O::I64TruncSatF32U => self.truncate_saturating(trunc(F32, S64, false)),
            O::I64TruncSatF64S => self.truncate_saturating(trunc(F64, S64, true)),
            O::I64TruncSatF64U => self.truncate_saturating(trunc(F64, S64, false)),

            other => return self.plain(other),
        }
        Ok(())
    }
}
