//! Which operator is whose: one line each.

use super::Translator;
use super::integer::Division::*;
use super::memory::Extend::{Signed, Unsigned};
use cranelift_codegen::ir::InstBuilder;
use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::immediates::{Ieee32, Ieee64};
use cranelift_codegen::ir::types::{F32, F64, I8, I16, I32, I64};
use gantry_abi::CompileError;
use wasmparser::Operator;

impl Translator<'_> {
    /// Translates a validated operator. `non_null`: its topmost operand is a reference that cannot be null.
    #[rustfmt::skip]
    pub(super) fn translate(&mut self, op: &Operator<'_>, non_null: bool) -> Result<(), CompileError> {
        use Operator as O;
        match op {
            // Control.
            O::Nop => {}
            O::Unreachable => self.unreachable(),
            O::Block { blockty } => return self.block(*blockty),
            O::Loop { blockty } => return self.loop_(*blockty),
            O::If { blockty } => return self.if_(*blockty),
            O::Else => self.else_(),
            O::End => self.end(),
            O::Br { relative_depth } => self.br(*relative_depth),
            O::BrIf { relative_depth } => self.br_if(*relative_depth),
            O::BrTable { targets } => return self.br_table(targets),
            O::Return => self.return_(),
            O::Call { function_index } => return self.call(*function_index, false),
            O::CallIndirect { type_index, table_index } => return self.call_indirect(*type_index, *table_index, false),
            O::CallRef { type_index } => return self.call_ref(*type_index, non_null, false),
            O::ReturnCall { function_index } => return self.call(*function_index, true),
            O::ReturnCallIndirect { type_index, table_index } => return self.call_indirect(*type_index, *table_index, true),
            O::ReturnCallRef { type_index } => return self.call_ref(*type_index, non_null, true),
            O::BrOnNull { relative_depth } => self.br_on_null(*relative_depth),
            O::BrOnNonNull { relative_depth } => self.br_on_non_null(*relative_depth),

            // Parametric operators, locals, globals.
            O::Drop => { self.pop(); }
            O::Select | O::TypedSelect { .. } => self.select(),
            O::LocalGet { local_index } => self.local_get(*local_index),
            O::LocalSet { local_index } => self.local_set(*local_index),
            O::LocalTee { local_index } => self.local_tee(*local_index),
            O::GlobalGet { global_index } => return self.global_get(*global_index),
            O::GlobalSet { global_index } => return self.global_set(*global_index),

            // References and tables.
            O::RefNull { hty } => return self.ref_null(*hty),
            O::RefFunc { function_index } => self.ref_func(*function_index),
            O::RefIsNull => self.ref_is_null(),
            O::RefAsNonNull => self.ref_as_non_null(non_null),
            O::TableGet { table } => return self.table_get(*table),
            O::TableSet { table } => return self.table_set(*table),
            O::TableSize { table } => self.table_size(*table),
            O::TableGrow { table } => self.table_grow(*table),
            O::TableFill { table } => self.table_fill(*table),
            O::TableCopy { dst_table, src_table } => self.table_copy(*dst_table, *src_table),
            O::TableInit { elem_index, table } => self.table_init(*elem_index, *table),
            O::ElemDrop { elem_index } => self.elem_drop(*elem_index),

            // Memory.
            O::I32Load { memarg } => self.load(I32, memarg),
            O::I64Load { memarg } => self.load(I64, memarg),
            O::F32Load { memarg } => self.load(F32, memarg),
            O::F64Load { memarg } => self.load(F64, memarg),
            O::I32Load8S { memarg } => self.load_extend(I32, 1, Signed, memarg),
            O::I32Load8U { memarg } => self.load_extend(I32, 1, Unsigned, memarg),
            O::I32Load16S { memarg } => self.load_extend(I32, 2, Signed, memarg),
            O::I32Load16U { memarg } => self.load_extend(I32, 2, Unsigned, memarg),
            O::I64Load8S { memarg } => self.load_extend(I64, 1, Signed, memarg),
            O::I64Load8U { memarg } => self.load_extend(I64, 1, Unsigned, memarg),
            O::I64Load16S { memarg } => self.load_extend(I64, 2, Signed, memarg),
            O::I64Load16U { memarg } => self.load_extend(I64, 2, Unsigned, memarg),
            O::I64Load32S { memarg } => self.load_extend(I64, 4, Signed, memarg),
            O::I64Load32U { memarg } => self.load_extend(I64, 4, Unsigned, memarg),
            O::I32Store { memarg } | O::F32Store { memarg } | O::I64Store32 { memarg } => self.store(4, memarg),
            O::I64Store { memarg } | O::F64Store { memarg } => self.store(8, memarg),
            O::I32Store8 { memarg } | O::I64Store8 { memarg } => self.store(1, memarg),
            O::I32Store16 { memarg } | O::I64Store16 { memarg } => self.store(2, memarg),
            O::MemorySize { mem } => self.memory_size(*mem),
            O::MemoryGrow { mem } => self.memory_grow(*mem),
            O::MemoryFill { mem } => self.memory_fill(*mem),
            O::MemoryCopy { dst_mem, src_mem } => self.memory_copy(*dst_mem, *src_mem),
            O::MemoryInit { data_index, mem } => self.memory_init(*data_index, *mem),
            O::DataDrop { data_index } => self.data_drop(*data_index),

            // Constants.
            O::I32Const { value } => { let v = self.iconst(I32, (*value).into()); self.push(v); }
            O::I64Const { value } => { let v = self.iconst(I64, *value); self.push(v); }
            O::F32Const { value } => { let v = self.b.ins().f32const(Ieee32::with_bits(value.bits())); self.push(v); }
            O::F64Const { value } => { let v = self.b.ins().f64const(Ieee64::with_bits(value.bits())); self.push(v); }

            // Integers.
            O::I32Eqz | O::I64Eqz => self.eqz(),
            O::I32Eq | O::I64Eq => self.icmp(IntCC::Equal),
            O::I32Ne | O::I64Ne => self.icmp(IntCC::NotEqual),
            O::I32LtS | O::I64LtS => self.icmp(IntCC::SignedLessThan),
            O::I32LtU | O::I64LtU => self.icmp(IntCC::UnsignedLessThan),
            O::I32GtS | O::I64GtS => self.icmp(IntCC::SignedGreaterThan),
            O::I32GtU | O::I64GtU => self.icmp(IntCC::UnsignedGreaterThan),
            O::I32LeS | O::I64LeS => self.icmp(IntCC::SignedLessThanOrEqual),
            O::I32LeU | O::I64LeU => self.icmp(IntCC::UnsignedLessThanOrEqual),
            O::I32GeS | O::I64GeS => self.icmp(IntCC::SignedGreaterThanOrEqual),
            O::I32GeU | O::I64GeU => self.icmp(IntCC::UnsignedGreaterThanOrEqual),
            O::I32Clz | O::I64Clz => self.clz(),
            O::I32Ctz | O::I64Ctz => self.ctz(),
            O::I32Popcnt | O::I64Popcnt => self.popcnt(),
            O::I32Add | O::I64Add => self.iadd(),
            O::I32Sub | O::I64Sub => self.isub(),
            O::I32Mul | O::I64Mul => self.imul(),
            O::I32DivS | O::I64DivS => self.divide(SignedQuotient),
            O::I32DivU | O::I64DivU => self.divide(UnsignedQuotient),
            O::I32RemS | O::I64RemS => self.divide(SignedRemainder),
            O::I32RemU | O::I64RemU => self.divide(UnsignedRemainder),
            O::I32And | O::I64And => self.band(),
            O::I32Or | O::I64Or => self.bor(),
            O::I32Xor | O::I64Xor => self.bxor(),
            O::I32Shl | O::I64Shl => self.ishl(),
            O::I32ShrS | O::I64ShrS => self.sshr(),
            O::I32ShrU | O::I64ShrU => self.ushr(),
            O::I32Rotl | O::I64Rotl => self.rotl(),
            O::I32Rotr | O::I64Rotr => self.rotr(),
            O::I32Extend8S | O::I64Extend8S => self.sign_extend(I8),
            O::I32Extend16S | O::I64Extend16S => self.sign_extend(I16),
            O::I64Extend32S => self.sign_extend(I32),
            O::I32WrapI64 => self.wrap(),
            O::I64ExtendI32S => self.extend(true),
            O::I64ExtendI32U => self.extend(false),
            O::I64Add128 => self.wide_add_sub(true),
            O::I64Sub128 => self.wide_add_sub(false),
            O::I64MulWideS => self.wide_mul(true),
            O::I64MulWideU => self.wide_mul(false),

            // Floats.
            O::F32Eq | O::F64Eq => self.fcmp(FloatCC::Equal),
            O::F32Ne | O::F64Ne => self.fcmp(FloatCC::NotEqual),
            O::F32Lt | O::F64Lt => self.fcmp(FloatCC::LessThan),
            O::F32Gt | O::F64Gt => self.fcmp(FloatCC::GreaterThan),
            O::F32Le | O::F64Le => self.fcmp(FloatCC::LessThanOrEqual),
            O::F32Ge | O::F64Ge => self.fcmp(FloatCC::GreaterThanOrEqual),
            O::F32Abs | O::F64Abs => self.fabs(),
            O::F32Neg | O::F64Neg => self.fneg(),
            O::F32Ceil | O::F64Ceil => self.ceil(),
            O::F32Floor | O::F64Floor => self.floor(),
            O::F32Trunc | O::F64Trunc => self.trunc(),
            O::F32Nearest | O::F64Nearest => self.nearest(),
            O::F32Sqrt | O::F64Sqrt => self.sqrt(),
            O::F32Add | O::F64Add => self.fadd(),
            O::F32Sub | O::F64Sub => self.fsub(),
            O::F32Mul | O::F64Mul => self.fmul(),
            O::F32Div | O::F64Div => self.fdiv(),
            O::F32Min | O::F64Min => self.fmin(),
            O::F32Max | O::F64Max => self.fmax(),
            O::F32Copysign | O::F64Copysign => self.fcopysign(),
            O::I32TruncF32S | O::I32TruncF64S => self.truncate(I32, true),
            O::I32TruncF32U | O::I32TruncF64U => self.truncate(I32, false),
            O::I64TruncF32S | O::I64TruncF64S => self.truncate(I64, true),
            O::I64TruncF32U | O::I64TruncF64U => self.truncate(I64, false),
            O::I32TruncSatF32S | O::I32TruncSatF64S => self.truncate_saturating(I32, true),
            O::I32TruncSatF32U | O::I32TruncSatF64U => self.truncate_saturating(I32, false),
            O::I64TruncSatF32S | O::I64TruncSatF64S => self.truncate_saturating(I64, true),
            O::I64TruncSatF32U | O::I64TruncSatF64U => self.truncate_saturating(I64, false),
            O::F32ConvertI32S | O::F32ConvertI64S => self.convert(F32, true),
            O::F32ConvertI32U | O::F32ConvertI64U => self.convert(F32, false),
            O::F64ConvertI32S | O::F64ConvertI64S => self.convert(F64, true),
            O::F64ConvertI32U | O::F64ConvertI64U => self.convert(F64, false),
            O::F32DemoteF64 => self.demote(),
            O::F64PromoteF32 => self.promote(),
            O::I32ReinterpretF32 => self.reinterpret(I32),
            O::I64ReinterpretF64 => self.reinterpret(I64),
            O::F32ReinterpretI32 => self.reinterpret(F32),
            O::F64ReinterpretI64 => self.reinterpret(F64),

            other => return self.vector(other),
        }
        Ok(())
    }

    fn select(&mut self) {
        let (a, b, cond) = self.pop3();
        let (a, b) = (self.settled(a), self.settled(b));
        let value = self.b.ins().select(cond, a, b);
        self.push(value);
    }
}
