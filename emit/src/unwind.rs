//! `.eh_frame` from [`FrameInfo`](crate::FrameInfo), for native debuggers and profilers.
//!
//! The engine itself walks frame pointers and never reads this.

use crate::function::CallFrameInst;
use crate::isa::Isa;
use crate::link::LinkedText;
use alloc::vec::Vec;
use gimli::write::{
    Address, CallFrameInstruction, CommonInformationEntry, EhFrame, EndianVec, FrameDescriptionEntry, FrameTable,
};
use gimli::{DW_EH_PE_pcrel, DW_EH_PE_sdata4, Encoding, Format, Register, RunTimeEndian};

/// The section's bytes for a text that starts `text_distance` bytes before the section (negative numbers: behind it).
/// Functions without frame layout are left out. Ends with the terminator that registration functions look for.
///
/// # Errors
///
/// If a frame layout cannot be expressed (an offset that is not a multiple of 8, or out of order), or the text is too far
/// away.
pub fn eh_frame(linked: &LinkedText, text_distance: i64) -> Result<Vec<u8>, gimli::write::Error> {
    let isa = linked.isa;
    let backend = isa.backend();
    let mut table = FrameTable::default();
    let mut cie = None;
    for ((_, range), frame) in linked.symbols.iter().zip(&linked.frames) {
        if frame.cfi.is_empty() || isa.is_pulley() {
            continue;
        }
        let start = i64::from(range.start) - text_distance;
        let mut fde = FrameDescriptionEntry::new(Address::Constant(start.cast_unsigned()), range.end - range.start);
        for &(offset, inst) in &frame.cfi {
            fde.add_instruction(offset, convert(inst));
        }
        let cie = *cie.get_or_insert_with(|| table.add_cie(common(isa)));
        table.add_fde(cie, fde);
    }
    let endian = if backend.big_endian { RunTimeEndian::Big } else { RunTimeEndian::Little };
    let mut section = EhFrame(EndianVec::new(endian));
    table.write_eh_frame(&mut section)?;
    let mut bytes = section.0.into_vec();
    bytes.extend_from_slice(&[0; 4]);
    Ok(bytes)
}

fn common(isa: Isa) -> CommonInformationEntry {
    let backend = isa.backend();
    let encoding = Encoding { address_size: 8, format: Format::Dwarf32, version: 1 };
    let return_address = Register(backend.dwarf_return_address);
    let mut cie = CommonInformationEntry::new(encoding, 1, -8, return_address);
    cie.fde_address_encoding = DW_EH_PE_pcrel | DW_EH_PE_sdata4;
    let (sp, offset) = backend.dwarf_entry_cfa;
    cie.add_instruction(CallFrameInstruction::Cfa(Register(sp), offset));
    if let Some(slot) = backend.dwarf_return_slot {
        cie.add_instruction(CallFrameInstruction::Offset(return_address, slot));
    }
    cie
}

fn convert(inst: CallFrameInst) -> CallFrameInstruction {
    match inst {
        CallFrameInst::Cfa(reg, offset) => CallFrameInstruction::Cfa(Register(reg), offset),
        CallFrameInst::CfaRegister(reg) => CallFrameInstruction::CfaRegister(Register(reg)),
        CallFrameInst::CfaOffset(offset) => CallFrameInstruction::CfaOffset(offset),
        CallFrameInst::Offset(reg, offset) => CallFrameInstruction::Offset(Register(reg), offset),
        CallFrameInst::Restore(reg) => CallFrameInstruction::Restore(Register(reg)),
        CallFrameInst::RememberState => CallFrameInstruction::RememberState,
        CallFrameInst::RestoreState => CallFrameInstruction::RestoreState,
    }
}
