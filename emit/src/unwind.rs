//! `.eh_frame` from [`FrameInfo`](crate::FrameInfo), for native debuggers and profilers.
//!
//! The engine itself walks frame pointers and never reads this. The section is written directly, because every function has
//! an entry: descriptions of entries as a DWARF library wants them would be most of what linking allocates. Sources: Linux
//! Standard Base Core 5.0, section 10.6.1; DWARF 5, sections 6.4.1 and 7.24.

use crate::function::CallFrameInst;
use crate::isa::Isa;
use crate::link::LinkedText;
use alloc::vec::Vec;

/// Why unwind information was not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnwindError {
    /// A register is saved at an offset that is no multiple of the data alignment.
    #[error("a register is saved at the unaligned offset {0}")]
    Unaligned(i32),
    /// Instructions are not in order of offset.
    #[error("call frame instructions are not in order")]
    Unordered,
    /// The text is out of the section's reach.
    #[error("the text is more than 2 GiB away from its unwind information")]
    TooFar,
}

/// Factor of the offsets at which registers are saved.
const DATA_ALIGNMENT: i32 = -8;

/// `DW_EH_PE_pcrel | DW_EH_PE_sdata4`: pointers are distances of 32 bits.
const POINTER_ENCODING: u8 = 0x1b;

/// Entries are filled up to this.
const ENTRY_ALIGNMENT: usize = 8;

/// The section's bytes for a text that starts `text_distance` bytes before the section (negative numbers: behind it).
/// Functions without frame layout are left out. Ends with the terminator that registration functions look for.
///
/// # Errors
///
/// If a frame layout cannot be expressed (an offset that is not a multiple of 8, or out of order), or the text is too far
/// away.
pub fn eh_frame(linked: &LinkedText, text_distance: i64) -> Result<Vec<u8>, UnwindError> {
    let mut out = Section { bytes: Vec::new(), big_endian: linked.isa.is_big_endian() };
    for (range, frame) in linked.frames() {
        if frame.is_empty() || linked.isa.is_pulley() {
            continue;
        }
        if out.bytes.is_empty() {
            // About as much as typical entries take.
            out.bytes.reserve(56 * linked.symbols.len());
            out.common(linked.isa);
        }
        let start = out.begin();
        // The common entry is the first one; the distance to it counts from here.
        out.word(out.offset());
        let place = i64::from(range.start) - text_distance - i64::from(out.offset());
        let place = i32::try_from(place).map_err(|_| UnwindError::TooFar)?;
        out.word(place.cast_unsigned());
        out.word(range.end - range.start);
        out.unsigned(0);
        let mut at = 0;
        for &(offset, inst) in frame {
            out.advance(offset.checked_sub(at).ok_or(UnwindError::Unordered)?);
            at = offset;
            out.instruction(inst)?;
        }
        out.end(start);
    }
    out.bytes.extend_from_slice(&[0; 4]);
    Ok(out.bytes)
}

struct Section {
    bytes: Vec<u8>,
    big_endian: bool,
}

impl Section {
    fn offset(&self) -> u32 {
        u32::try_from(self.bytes.len()).expect("shorter than the text, which fits 32 bits")
    }

    fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    fn word(&mut self, word: u32) {
        let bytes = if self.big_endian { word.to_be_bytes() } else { word.to_le_bytes() };
        self.bytes.extend_from_slice(&bytes);
    }

    fn unsigned(&mut self, mut value: u32) {
        while value >= 0x80 {
            self.byte(value.to_le_bytes()[0] | 0x80);
            value >>= 7;
        }
        self.byte(value.to_le_bytes()[0]);
    }

    fn signed(&mut self, mut value: i32) {
        while !(-0x40..0x40).contains(&value) {
            self.byte(value.to_le_bytes()[0] | 0x80);
            value >>= 7;
        }
        self.byte(value.to_le_bytes()[0] & 0x7f);
    }

    /// Leaves room for an entry's length. Gives where it stands.
    fn begin(&mut self) -> usize {
        let start = self.bytes.len();
        self.word(0);
        start
    }

    /// Fills an entry up with `DW_CFA_nop` and writes its length.
    fn end(&mut self, start: usize) {
        let content = start + 4;
        let length = (self.bytes.len() - start).next_multiple_of(ENTRY_ALIGNMENT) - 4;
        self.bytes.resize(content + length, 0);
        let length = u32::try_from(length).expect("a few instructions");
        let bytes = if self.big_endian { length.to_be_bytes() } else { length.to_le_bytes() };
        self.bytes[start..content].copy_from_slice(&bytes);
    }

    /// The entry that all functions share: where the caller's frame is when one is entered.
    fn common(&mut self, isa: Isa) {
        let backend = isa.backend();
        let start = self.begin();
        self.word(0);
        // Version and augmentation.
        self.bytes.extend_from_slice(b"\x01zR\0");
        self.unsigned(1);
        self.signed(DATA_ALIGNMENT);
        self.byte(u8::try_from(backend.dwarf_return_address).expect("registers of our ISAs have small numbers"));
        self.unsigned(1);
        self.byte(POINTER_ENCODING);
        let (sp, offset) = backend.dwarf_entry_cfa;
        let entry = [
            Some(CallFrameInst::Cfa(sp, offset)),
            backend.dwarf_return_slot.map(|slot| CallFrameInst::Offset(backend.dwarf_return_address, slot)),
        ];
        for inst in entry.into_iter().flatten() {
            self.instruction(inst).expect("the table of ISAs has aligned offsets");
        }
        self.end(start);
    }

    /// `DW_CFA_advance_loc` and its longer forms.
    fn advance(&mut self, delta: u32) {
        let [low, second, ..] = delta.to_le_bytes();
        match delta {
            0 => {}
            1..0x40 => self.byte(0x40 | low),
            0x40..0x100 => self.bytes.extend_from_slice(&[0x02, low]),
            0x100..0x1_0000 => {
                let half = u16::from_le_bytes([low, second]);
                let bytes = if self.big_endian { half.to_be_bytes() } else { half.to_le_bytes() };
                self.byte(0x03);
                self.bytes.extend_from_slice(&bytes);
            }
            _ => {
                self.byte(0x04);
                self.word(delta);
            }
        }
    }

    fn instruction(&mut self, inst: CallFrameInst) -> Result<(), UnwindError> {
        match inst {
            // DW_CFA_def_cfa, DW_CFA_def_cfa_sf.
            CallFrameInst::Cfa(reg, offset) => match u32::try_from(offset) {
                Ok(offset) => {
                    self.byte(0x0c);
                    self.unsigned(reg.into());
                    self.unsigned(offset);
                }
                Err(_) => {
                    let offset = factored(offset)?;
                    self.byte(0x12);
                    self.unsigned(reg.into());
                    self.signed(offset);
                }
            },
            // DW_CFA_def_cfa_register.
            CallFrameInst::CfaRegister(reg) => {
                self.byte(0x0d);
                self.unsigned(reg.into());
            }
            // DW_CFA_def_cfa_offset, DW_CFA_def_cfa_offset_sf.
            CallFrameInst::CfaOffset(offset) => match u32::try_from(offset) {
                Ok(offset) => {
                    self.byte(0x0e);
                    self.unsigned(offset);
                }
                Err(_) => {
                    let offset = factored(offset)?;
                    self.byte(0x13);
                    self.signed(offset);
                }
            },
            // DW_CFA_offset, DW_CFA_offset_extended, DW_CFA_offset_extended_sf.
            CallFrameInst::Offset(reg, offset) => {
                let offset = factored(offset)?;
                match (u32::try_from(offset), reg.to_le_bytes()) {
                    (Ok(offset), [low @ 0..0x40, 0]) => {
                        self.byte(0x80 | low);
                        self.unsigned(offset);
                    }
                    (Ok(offset), _) => {
                        self.byte(0x05);
                        self.unsigned(reg.into());
                        self.unsigned(offset);
                    }
                    (Err(_), _) => {
                        self.byte(0x11);
                        self.unsigned(reg.into());
                        self.signed(offset);
                    }
                }
            }
            // DW_CFA_restore, DW_CFA_restore_extended.
            CallFrameInst::Restore(reg) => match reg.to_le_bytes() {
                [low @ 0..0x40, 0] => self.byte(0xc0 | low),
                _ => {
                    self.byte(0x06);
                    self.unsigned(reg.into());
                }
            },
            CallFrameInst::RememberState => self.byte(0x0a),
            CallFrameInst::RestoreState => self.byte(0x0b),
        }
        Ok(())
    }
}

/// An offset in units of the data alignment.
fn factored(offset: i32) -> Result<i32, UnwindError> {
    match offset % DATA_ALIGNMENT {
        0 => Ok(offset / DATA_ALIGNMENT),
        _ => Err(UnwindError::Unaligned(offset)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::function::{CompiledFunction, FrameInfo, Symbol};
    use crate::link::Linker;
    use CallFrameInst as I;
    use alloc::vec;
    use gantry_abi::{DefinedFunc, EntityRef};
    use gimli::write::{
        Address, CallFrameInstruction as G, CommonInformationEntry, EhFrame, EndianVec, FrameDescriptionEntry,
        FrameTable,
    };
    use gimli::{DW_EH_PE_pcrel, DW_EH_PE_sdata4, Encoding, Format, Register, RunTimeEndian};
    use proptest::prelude::*;

    fn linked(isa: Isa, frames: &[Vec<(u32, I)>]) -> LinkedText {
        let mut linker = Linker::new(isa);
        for (index, cfi) in frames.iter().enumerate() {
            let len = cfi.last().map_or(4, |c| c.0 + 4);
            let code = vec![0; usize::try_from(len).unwrap()];
            let frame = FrameInfo { cfi: cfi.clone() };
            let function = CompiledFunction { code, alignment: 16, frame, ..CompiledFunction::default() };
            linker.append(Symbol::Function(DefinedFunc::new(index)), &function);
        }
        linker.finish().unwrap()
    }

    /// The same section as a library writes it.
    fn oracle(linked: &LinkedText, text_distance: i64) -> Vec<u8> {
        let backend = linked.isa.backend();
        let encoding = Encoding { address_size: 8, format: Format::Dwarf32, version: 1 };
        let return_address = Register(backend.dwarf_return_address);
        let mut cie = CommonInformationEntry::new(encoding, 1, -8, return_address);
        cie.fde_address_encoding = DW_EH_PE_pcrel | DW_EH_PE_sdata4;
        cie.add_instruction(G::Cfa(Register(backend.dwarf_entry_cfa.0), backend.dwarf_entry_cfa.1));
        if let Some(slot) = backend.dwarf_return_slot {
            cie.add_instruction(G::Offset(return_address, slot));
        }
        let mut table = FrameTable::default();
        let cie = table.add_cie(cie);
        for (range, frame) in linked.frames().filter(|f| !f.1.is_empty()) {
            let start = (i64::from(range.start) - text_distance).cast_unsigned();
            let mut fde = FrameDescriptionEntry::new(Address::Constant(start), range.end - range.start);
            for &(offset, inst) in frame {
                fde.add_instruction(
                    offset,
                    match inst {
                        I::Cfa(reg, offset) => G::Cfa(Register(reg), offset),
                        I::CfaRegister(reg) => G::CfaRegister(Register(reg)),
                        I::CfaOffset(offset) => G::CfaOffset(offset),
                        I::Offset(reg, offset) => G::Offset(Register(reg), offset),
                        I::Restore(reg) => G::Restore(Register(reg)),
                        I::RememberState => G::RememberState,
                        I::RestoreState => G::RestoreState,
                    },
                );
            }
            table.add_fde(cie, fde);
        }
        let endian = if linked.isa.is_big_endian() { RunTimeEndian::Big } else { RunTimeEndian::Little };
        let mut section = EhFrame(EndianVec::new(endian));
        table.write_eh_frame(&mut section).unwrap();
        let mut bytes = section.0.into_vec();
        bytes.extend_from_slice(&[0; 4]);
        bytes
    }

    fn instruction() -> impl Strategy<Value = I> {
        let reg = 0u16..200;
        let offset = -3000i32..3000;
        prop_oneof![
            (reg.clone(), offset.clone()).prop_map(|(reg, offset)| I::Cfa(reg, 8 * offset)),
            reg.clone().prop_map(I::CfaRegister),
            offset.clone().prop_map(|offset| I::CfaOffset(8 * offset)),
            (reg.clone(), offset).prop_map(|(reg, offset)| I::Offset(reg, 8 * offset)),
            reg.prop_map(I::Restore),
            Just(I::RememberState),
            Just(I::RestoreState),
        ]
    }

    proptest! {
        #[test]
        fn the_section_is_what_a_dwarf_library_writes(
            isa in 0usize..4,
            distance in -100_000i64..100_000,
            frames in prop::collection::vec(prop::collection::vec((0u32..70_000, instruction()), 1..12), 1..6),
        ) {
            let isas: Vec<Isa> = Isa::ALL.into_iter().filter(|isa| !isa.is_pulley()).collect();
            let deltas = |cfi: Vec<(u32, I)>| {
                let mut at = 0;
                cfi.into_iter().map(|(delta, inst)| { at += delta; (at, inst) }).collect::<Vec<_>>()
            };
            let frames: Vec<_> = frames.into_iter().map(deltas).collect();
            let linked = linked(isas[isa], &frames);
            prop_assert_eq!(eh_frame(&linked, distance).unwrap(), oracle(&linked, distance));
        }
    }

    #[test]
    fn what_cannot_be_expressed_is_an_error() {
        let check = |cfi: &[(u32, I)], distance, expected| {
            assert_eq!(eh_frame(&linked(Isa::X86_64, &[cfi.to_vec()]), distance), Err(expected));
        };
        check(&[(0, I::Offset(3, -12))], 0, UnwindError::Unaligned(-12));
        check(&[(8, I::RememberState), (4, I::RestoreState)], 0, UnwindError::Unordered);
        check(&[(0, I::RememberState)], 1 << 32, UnwindError::TooFar);
    }
}
