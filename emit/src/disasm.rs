//! Machine code and bytecode as text, one instruction at a time.
//!
//! Bytes that are no instruction (constants between code, padding) come out as `.byte`, so that everything is shown.

use crate::isa::Isa;
use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use capstone::Capstone;
use core::ops::Range;
use pulley_interpreter::decode::{Decoder, OpVisitor};
use pulley_interpreter::{Opcode, PcRelOffset, disas};

/// One instruction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where it is in the code given.
    pub range: Range<usize>,
    /// Mnemonic and operands; addresses of targets count from the address given.
    pub text: String,
    /// Whether it is an instruction, and not `.byte`.
    pub valid: bool,
}

/// Why there is no disassembler.
#[derive(Clone, Debug, thiserror::Error)]
#[error("no disassembler for {isa}: {message}")]
pub struct DisasmError {
    isa: Isa,
    message: Box<str>,
}

/// Turns code of one ISA into text.
pub struct Disassembler {
    isa: Isa,
    /// `None`: bytecode.
    native: Option<Capstone>,
}

impl Disassembler {
    /// A disassembler for this ISA.
    ///
    /// # Errors
    ///
    /// If capstone was built without it.
    pub fn new(isa: Isa) -> Result<Self, DisasmError> {
        let native = isa.backend().disassembler.map(|new| new());
        let native = native.transpose().map_err(|e| DisasmError { isa, message: e.to_string().into() })?;
        Ok(Self { isa, native })
    }

    /// Its ISA.
    pub fn isa(&self) -> Isa {
        self.isa
    }

    /// Every instruction of the code, which is at this address. The ranges of the lines cover all bytes.
    pub fn disassemble(&self, code: &[u8], address: u64) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut at = 0;
        while at < code.len() {
            let before = at;
            match &self.native {
                Some(native) => at = native_lines(native, code, at, address, &mut lines),
                None => at = bytecode_line(code, at, address, &mut lines),
            }
            if at == before {
                // Not an instruction. Go on where the next one may start: padding is made of shortest instructions.
                at = (at + self.isa.backend().padding.len()).min(code.len());
                let bytes: Vec<String> = code[before..at].iter().map(|b| alloc::format!("{b:#04x}")).collect();
                lines.push(Line {
                    range: before..at,
                    text: alloc::format!(".byte {}", bytes.join(", ")),
                    valid: false,
                });
            }
        }
        lines
    }
}

/// Adds instructions up to the first that is none, and returns where that is.
fn native_lines(native: &Capstone, code: &[u8], at: usize, address: u64, lines: &mut Vec<Line>) -> usize {
    let mut end = at;
    let pc = address.wrapping_add(u64::try_from(at).expect("lengths fit 64 bits"));
    let Ok(insts) = native.disasm_all(&code[at..], pc) else { return at };
    for inst in insts.iter() {
        let text = alloc::format!("{} {}", inst.mnemonic().unwrap_or("?"), inst.op_str().unwrap_or(""));
        let start = end;
        end += inst.len();
        lines.push(Line { range: start..end, text: text.trim_end().into(), valid: true });
    }
    end
}

/// Whether bytecode begins with a branch table of more rows than there are bytes for: its disassembler believes the number, and
/// makes as many lines.
fn is_cut_off_table(code: &[u8]) -> bool {
    match code {
        [op, _, a, b, c, d, rows @ ..] if *op == Opcode::BrTable32 as u8 => {
            u32::from_le_bytes([*a, *b, *c, *d]) as usize > rows.len() / size_of::<PcRelOffset>()
        }
        _ => false,
    }
}

fn bytecode_line(code: &[u8], at: usize, address: u64, lines: &mut Vec<Line>) -> usize {
    if is_cut_off_table(&code[at..]) {
        return at;
    }
    let mut visitor = disas::Disassembler::new(&code[at..]);
    let pc = usize::try_from(address).unwrap_or(0).wrapping_add(at);
    visitor.offsets(false).hexdump(false).start_offset(pc);
    if Decoder::new().decode_one(&mut visitor).is_err() {
        return at;
    }
    let end = at + visitor.bytecode().position();
    lines.push(Line { range: at..end, text: visitor.disas().trim_end().into(), valid: true });
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(isa: Isa, code: &[u8], expected: &[(usize, &str)]) {
        let lines = Disassembler::new(isa).unwrap().disassemble(code, 0x100);
        let lines: Vec<_> = lines.iter().map(|l| (l.range.start, l.text.as_str())).collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn every_isa_has_text() {
        check(Isa::X86_64, &[0x55, 0x06, 0xc3], &[(0, "push rbp"), (1, ".byte 0x06"), (2, "ret")]);
        check(Isa::Aarch64, &[0xc0, 0x03, 0x5f, 0xd6], &[(0, "ret")]);
        check(Isa::Riscv64, &[0x82, 0x80, 0, 0], &[(0, "c.jr ra"), (2, "c.unimp")]);
        check(Isa::S390x, &[0x07, 0xfe], &[(0, "br %r14")]);
    }

    #[test]
    fn damaged_branch_tables_of_bytecode_are_no_instructions() {
        let table =
            |rows: u32| [&[Opcode::BrTable32 as u8, 3][..], &rows.to_le_bytes(), &[8, 0, 0, 0, 8, 0, 0, 0]].concat();
        let first = |rows| Disassembler::new(Isa::Pulley64).unwrap().disassemble(&table(rows), 0).swap_remove(0);
        assert_eq!((first(2).valid, first(2).range), (true, 0..14));
        assert_eq!((first(3).valid, first(u32::MAX).valid), (false, false));
    }

    #[test]
    fn padding_of_bytecode_is_its_trap() {
        let lines = Disassembler::new(Isa::Pulley64).unwrap().disassemble(Isa::Pulley64.backend().padding, 0);
        assert_eq!(lines.iter().map(|l| l.text.as_str()).collect::<Vec<_>>(), ["trap"]);
    }
}
