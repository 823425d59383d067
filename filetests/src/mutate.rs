//! How good are the tests? Wrong instructions are made on purpose, one kind at a time, and the tests have to notice.
//!
//! A mutation flips one bit in every instruction with one mnemonic, as a wrong constant in an assembler would. The code is
//! then run as usual, in a process of its own: it may crash or never end, which counts as noticed. Bits that make no other
//! instruction, because they are reserved or ignored (a quarter of those of the RRE format of s390x), are left alone.

use crate::cells::Row;
use anyhow::{Context, Result};
use gantry_emit::disasm::{Disassembler, Line};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// A wrong bit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutation {
    /// The instructions that have it.
    pub mnemonic: String,
    /// Which bit, from the lowest of the first byte.
    pub bit: usize,
}

impl fmt::Display for Mutation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.mnemonic, self.bit)
    }
}

impl FromStr for Mutation {
    type Err = anyhow::Error;
    fn from_str(text: &str) -> Result<Self> {
        let (mnemonic, bit) = text.rsplit_once(':').context("a mutation is MNEMONIC:BIT")?;
        Ok(Self { mnemonic: mnemonic.to_owned(), bit: bit.parse().context("the bit is a number")? })
    }
}

fn mnemonic(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or_default()
}

impl Mutation {
    /// Makes the instructions of a function wrong.
    ///
    /// # Errors
    ///
    /// If there is no disassembler.
    pub fn apply(&self, row: &Row, code: &mut [u8]) -> Result<()> {
        for line in Disassembler::new(row.isa)?.disassemble(code, 0) {
            if line.valid && mnemonic(&line.text) == self.mnemonic && self.bit / 8 < line.range.len() {
                code[line.range.start + self.bit / 8] ^= 1 << (self.bit % 8);
            }
        }
        Ok(())
    }
}

/// How often a mnemonic has to occur: constants behind code read like all kinds of instructions.
const MIN_OCCURRENCES: usize = 3;

/// An instruction of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How many bits all instructions of the kind have.
    pub bits: usize,
}

impl Sample {
    /// Whether another bit makes another instruction.
    fn depends_on(&self, disassembler: &Disassembler, bit: usize) -> bool {
        let mut other = self.bytes.clone();
        other[bit / 8] ^= 1 << (bit % 8);
        let (lines, old) = (disassembler.disassemble(&other, 0), disassembler.disassemble(&self.bytes, 0));
        let text = |lines: &[Line]| lines.iter().map(|line| line.text.clone()).collect::<Vec<_>>();
        // What is reserved reads as no instruction.
        lines.iter().all(|line| line.valid) && text(&lines) != text(&old)
    }
}

/// The mnemonics in code, each with its first instruction.
///
/// # Errors
///
/// If there is no disassembler.
pub fn mnemonics<'a>(row: &Row, code: impl IntoIterator<Item = &'a [u8]>) -> Result<BTreeMap<String, Sample>> {
    let disassembler = Disassembler::new(row.isa)?;
    let mut found: BTreeMap<String, (usize, Sample)> = BTreeMap::new();
    for code in code {
        for line in disassembler.disassemble(code, 0).into_iter().filter(|line| line.valid) {
            let bytes = &code[line.range.clone()];
            let first = || (0, Sample { bytes: bytes.to_vec(), bits: usize::MAX });
            let (count, sample) = found.entry(mnemonic(&line.text).to_owned()).or_insert_with(first);
            *count += 1;
            sample.bits = sample.bits.min(8 * bytes.len());
        }
    }
    let often = found.into_iter().filter(|(_, (count, _))| *count >= MIN_OCCURRENCES);
    Ok(often.map(|(mnemonic, (_, sample))| (mnemonic, sample)).collect())
}

/// So many mutations, spread evenly over mnemonics and bits; the same for the same numbers.
///
/// # Errors
///
/// If there is no disassembler.
pub fn choose(row: &Row, mnemonics: &BTreeMap<String, Sample>, count: usize, seed: usize) -> Result<Vec<Mutation>> {
    let disassembler = Disassembler::new(row.isa)?;
    let all: Vec<_> = mnemonics.iter().collect();
    let of_index = |index: usize| {
        let (mnemonic, sample) = all[index * all.len() / count.max(1) % all.len()];
        // The first bit from there on that matters.
        let bits = (0..sample.bits).map(|i| (seed + index * 13 + i) % sample.bits);
        let bit = bits.into_iter().find(|&bit| sample.depends_on(&disassembler, bit))?;
        Some(Mutation { mnemonic: mnemonic.clone(), bit })
    };
    Ok(if all.is_empty() { Vec::new() } else { (0..count).filter_map(of_index).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use gantry_emit::Isa;

    #[test]
    fn one_bit_of_one_kind_of_instruction_changes() {
        // push rbp; ret; push rbp
        let mut code = [0x55, 0xc3, 0x55];
        let mutation: Mutation = "push:1".parse().unwrap();
        mutation.apply(Row::of(Isa::X86_64), &mut code).unwrap();
        assert_eq!(code, [0x57, 0xc3, 0x57]);
        assert_eq!(mutation.to_string(), "push:1");
        let found = mnemonics(Row::of(Isa::X86_64), [&[0x55, 0xc3, 0x55, 0x55][..]]).unwrap();
        let sample = Sample { bytes: vec![0x55], bits: 8 };
        assert_eq!(found, BTreeMap::from([("push".to_owned(), sample)]));
        assert_eq!(choose(Row::of(Isa::X86_64), &found, 4, 0).unwrap().len(), 4);
    }

    #[test]
    fn bits_that_processors_ignore_are_left_alone() {
        // lgr %r1, %r2: the third byte says nothing.
        let row = Row::of(Isa::S390x);
        let code: &[u8] = &[0xb9, 0x04, 0x00, 0x12];
        let found = mnemonics(row, [code, code, code]).unwrap();
        let bits: Vec<usize> = choose(row, &found, 32, 0).unwrap().iter().map(|m| m.bit).collect();
        assert_eq!(bits.len(), 32);
        assert!(bits.iter().all(|bit| !(16..24).contains(bit)), "{bits:?}");
    }
}
