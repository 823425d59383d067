//! Reading, validating and compiling operators, one after the other.
//!
//! Frequent operators take the fast way: one dispatch on the opcode leads to code that reads the immediates, calls the
//! validator's method of this operator, and compiles it. For everything else, also for immediates that are malformed,
//! `wasmparser` reads an [`Operator`], which is validated and compiled by further dispatches.

use super::operator::{for_each_plain_operator, trunc};
use super::reader::Reader;
use super::{Compiler, ISLAND_MARGIN, invalid};
use crate::masm::*;
use crate::reg::RegSet;
use gantry_abi::{AbiType, CompileError};
use wasmparser::{
    BinaryReader, FrameKind, FrameStack, FuncValidator, Operator, OperatorsReader, OperatorsReaderAllocations, ValType,
    ValidatorResources, VisitOperator,
};

use AbiType as T;
use FloatSize::{F32, F64};
use Size::{S32, S64};

/// Why the fast way stopped.
enum Stop {
    /// In front of an operator that it does not know.
    Operator,
    /// Behind the `end` of the function.
    End,
}

impl<M: MacroAssembler> Compiler<'_, M> {
    /// Compiles the function's operators, which `reader` stands in front of.
    pub(super) fn operators(
        &mut self,
        reader: &BinaryReader<'_>,
        validator: &mut FuncValidator<ValidatorResources>,
    ) -> Result<(), CompileError> {
        let base = reader.original_position();
        let features = reader.features();
        let mut allocations = OperatorsReaderAllocations::default();
        self.scan.clear(self.num_locals);
        self.note_reference_locals(validator);
        self.enter_body();
        while let Stop::Operator = self.frequent_operators(base, validator)? {
            let offset = base + position(self.next);
            let bytes = &self.bytes[self.next..];
            let mut operators =
                OperatorsReader::new_with_allocs(BinaryReader::new_features(bytes, offset, features), allocations);
            let op = operators.read().map_err(invalid)?;
            self.next += usize::try_from(operators.original_position() - offset).expect("it is within the body");
            self.any_operator(offset, &op, validator)?;
            allocations = operators.into_allocations();
        }
        // What follows the last `end` is for the reader to complain about.
        let offset = base + position(self.next);
        let mut rest = BinaryReader::new_features(&self.bytes[self.next..], offset, features);
        let mut visitor = validator.visitor(offset);
        if !rest.eof() {
            rest.visit_operator(&mut visitor).map_err(invalid)?.map_err(invalid)?;
        }
        rest.finish_expression(&visitor).map_err(invalid)
    }

    /// Compiles operators up to one that is not frequent.
    fn frequent_operators(
        &mut self,
        base: u64,
        validator: &mut FuncValidator<ValidatorResources>,
    ) -> Result<Stop, CompileError> {
        loop {
            let mut reader = Reader { bytes: self.bytes, at: self.next };
            let offset = base + position(reader.at);
            let Some(code) = reader.byte() else { return Ok(Stop::Operator) };
            /// Reads an immediate, or leaves it to `wasmparser`.
            macro_rules! read {
                ($immediate:expr) => {
                    match $immediate {
                        Some(immediate) => immediate,
                        None => return Ok(Stop::Operator),
                    }
                };
            }
            /// Calls the validator's method.
            macro_rules! validate {
                ($visit:ident($($arg:expr),*)) => {
                    if let Err(error) = validator.visitor(offset).$visit($($arg),*) {
                        return Err(invalid(error));
                    }
                };
            }
            macro_rules! block {
                ($visit:ident, $op:ident, $method:ident) => {{
                    let ty = read!(reader.plain_block_type());
                    self.next = reader.at;
                    validate!($visit(ty));
                    if self.reachable {
                        self.begin_operator(offset, validator, || Operator::$op { blockty: ty });
                        self.$method(ty)?;
                    } else {
                        self.dead_block(code == 0x03);
                    }
                }};
            }
            macro_rules! dispatch {
                ($($code:literal $op:ident $visit:ident { $($arg:ident: $read:ident($($max:literal)?)),* }
                    => $method:ident($($value:expr),*);)*) => {
                    match code {
                        $($code => {
                            $(let $arg = read!(reader.$read($($max)?));)*
                            self.next = reader.at;
                            validate!($visit($($arg),*));
                            if self.reachable {
                                self.begin_operator(offset, validator, || Operator::$op { $($arg),* });
                                self.$method($($value),*);
                            }
                        })*
                        0x02 => block!(visit_block, Block, block),
                        0x03 => block!(visit_loop, Loop, loop_),
                        0x04 => block!(visit_if, If, if_),
                        0x05 => {
                            if validator.visitor(offset).current_frame() != Some(FrameKind::If) {
                                return Ok(Stop::Operator);
                            }
                            self.next = reader.at;
                            validate!(visit_else());
                            if self.reachable {
                                self.begin_operator(offset, validator, || Operator::Else);
                                self.else_();
                            } else {
                                self.dead_else();
                            }
                        }
                        0x0b => {
                            self.next = reader.at;
                            validate!(visit_end());
                            if self.reachable {
                                self.begin_operator(offset, validator, || Operator::End);
                                self.end();
                            } else {
                                self.dead_end();
                            }
                            if validator.control_stack_height() == 0 {
                                return Ok(Stop::End);
                            }
                        }
                        _ => return Ok(Stop::Operator),
                    }
                };
            }
            for_each_plain_operator!(dispatch);
        }
    }

    /// Validates and compiles an operator that `wasmparser` has read.
    fn any_operator(
        &mut self,
        offset: u64,
        op: &Operator<'_>,
        validator: &mut FuncValidator<ValidatorResources>,
    ) -> Result<(), CompileError> {
        // Only the validator knows types of operands; it forgets them when it goes on.
        let non_null = match op {
            Operator::CallRef { .. } | Operator::ReturnCallRef { .. } | Operator::RefAsNonNull => {
                matches!(validator.get_operand_type(0), Some(Some(ValType::Ref(r))) if !r.is_nullable())
            }
            _ => false,
        };
        validator.op(offset, op).map_err(invalid)?;
        if !self.reachable {
            match op {
                Operator::Loop { .. } => self.dead_block(true),
                Operator::Block { .. } | Operator::If { .. } | Operator::TryTable { .. } => self.dead_block(false),
                Operator::Else => self.dead_else(),
                Operator::End => self.dead_end(),
                _ => {}
            }
            return Ok(());
        }
        self.begin_operator(offset, validator, || op.clone());
        self.operator(op, non_null)?;
        match self.missing {
            Some(feature) => Err(self.unsupported(feature)),
            None => Ok(()),
        }
    }

    /// What precedes the code of every operator.
    #[inline(always)]
    fn begin_operator<'a>(
        &mut self,
        offset: u64,
        validator: &FuncValidator<ValidatorResources>,
        op: impl FnOnce() -> Operator<'a>,
    ) {
        self.offset = offset;
        if M::NEEDS_ISLANDS && self.masm.buffer().island_needed(ISLAND_MARGIN) {
            self.masm.buffer().emit_island();
        }
        self.s.locked = RegSet::EMPTY;
        if self.options.source_map {
            // Offsets in modules are 32 bits: larger ones are not mapped.
            let offset = u32::try_from(offset).ok();
            self.masm.buffer().source(offset);
        }
        if self.options.consume_fuel {
            self.pending_fuel += gantry_frontend::fuel::cost(&op());
        }
        if self.options.stack_maps {
            self.note_references(validator);
        }
    }
}

fn position(at: usize) -> u64 {
    u64::try_from(at).expect("positions fit 64 bits")
}
