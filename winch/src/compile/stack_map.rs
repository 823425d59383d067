//! Stack maps: where references are during calls, for a collector.
//!
//! With the option `stack_maps` no register keeps a reference across a call, so that all of them are in homes then, which a
//! map lists. Which slots hold references only the validator knows; it is asked at every operator. A reference is a 32-bit
//! handle; function references are addresses of records, which are never collected.

use super::Compiler;
use super::state::Kind;
use crate::masm::*;
use gantry_abi::AbiType;
use gantry_emit::CodeOffset;
use gantry_emit::function::StackMap;
use wasmparser::{FuncValidator, ValType, ValidatorResources};

/// The references of a function. Empty without the option.
#[derive(Default)]
pub(super) struct References {
    /// Slots that hold references: locals, then operands below what the current operator has pushed.
    slots: Vec<u32>,
    /// How many of them are locals.
    locals: usize,
    /// Homes of references, relative to the frame pointer.
    homes: Vec<i32>,
    /// Return addresses of calls, with their part of `homes`.
    maps: Vec<(CodeOffset, (u32, u32))>,
}

impl References {
    pub(super) fn clear(&mut self) {
        self.slots.clear();
        self.locals = 0;
        self.homes.clear();
        self.maps.clear();
    }

    /// Whether a slot holds a reference.
    #[inline]
    pub(super) fn contains(&self, slot: u32) -> bool {
        !self.slots.is_empty() && self.slots.binary_search(&slot).is_ok()
    }
}

impl<M: MacroAssembler> Compiler<'_, M> {
    fn is_reference(&self, ty: ValType) -> bool {
        matches!(ty, ValType::Ref(_)) && self.val_type(ty).is_ok_and(|ty| ty == AbiType::I32)
    }

    /// Finds the locals that hold references. All of them are declared.
    pub(super) fn note_reference_locals(&mut self, validator: &FuncValidator<ValidatorResources>) {
        if !self.options.stack_maps {
            return;
        }
        for local in 0..self.num_locals {
            if validator.get_local_type(local).is_some_and(|ty| self.is_reference(ty)) {
                self.s.references.slots.push(local);
            }
        }
        self.s.references.locals = self.s.references.slots.len();
    }

    /// Finds the operands that hold references, among those that the current operator, which has been validated, leaves alone.
    #[cold]
    pub(super) fn note_references(&mut self, validator: &FuncValidator<ValidatorResources>) {
        let locals = self.s.references.locals;
        self.s.references.slots.truncate(locals);
        let height = validator.operand_stack_height();
        for operand in 0..height.min(self.height() - self.num_locals) {
            let depth = usize::try_from(height - 1 - operand).expect("depths fit the host's addresses");
            if let Some(Some(ty)) = validator.get_operand_type(depth)
                && self.is_reference(ty)
            {
                self.s.references.slots.push(self.num_locals + operand);
            }
        }
    }

    /// Writes down the homes of the references in slots below `first`, which are there once registers have been saved.
    pub(super) fn reference_homes(&mut self, first: u32) -> (u32, u32) {
        let references = &mut self.s.references;
        let end = |homes: &[i32]| u32::try_from(homes.len()).expect("homes are as many as slots, times calls");
        let start = end(&references.homes);
        for &index in references.slots.iter().take_while(|&&index| index < first) {
            let slot = &self.s.slots[index as usize];
            match slot.kind {
                Kind::Home | Kind::Reg => references.homes.push(slot.home),
                // Null, or another slot's value.
                Kind::Const | Kind::Local => {}
            }
        }
        (start, end(&references.homes))
    }

    /// Maps these homes at the current offset, which a call returns to.
    pub(super) fn stack_map(&mut self, homes: (u32, u32)) {
        if homes.0 != homes.1 {
            let offset = self.masm.buffer().offset();
            self.s.references.maps.push((offset, homes));
        }
    }

    /// Hands the maps over: the frame's size is known.
    pub(super) fn finish_stack_maps(&mut self, frame_size: u32) {
        for &(offset, (first, last)) in &self.s.references.maps {
            let homes = &self.s.references.homes[first as usize..last as usize];
            let slots = homes.iter().map(|&home| frame_size.wrapping_add_signed(home)).collect();
            self.masm.buffer().stack_map(StackMap { offset, frame_size, slots });
        }
    }
}
