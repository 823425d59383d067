//! How good are the tests? Wrong instructions are made on purpose, one kind at a time, and the tests have to notice.
//!
//! A mutation flips one bit in every instruction with one mnemonic, as a wrong constant in an assembler would. The code is
//! then run as usual, in a process of its own: it may crash or never end, which counts as noticed. Bits that make no other
//! instruction, because they are reserved or ignored (a quarter of those of the RRE format of s390x), are left alone, and those of
//! the table of inert ones.

use crate::cells::Row;
use anyhow::{Context, Result};
use gantry_emit::Isa;
use gantry_emit::disasm::{Disassembler, Line};
use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;
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
        for line in instructions(row, &Disassembler::new(row.isa)?, code) {
            if mnemonic(&line.text) == self.mnemonic && self.bit / 8 < line.range.len() {
                code[line.range.start + self.bit / 8] ^= 1 << (self.bit % 8);
            }
        }
        Ok(())
    }
}

/// How often a mnemonic has to occur: tables of targets within code read like all kinds of instructions.
const MIN_OCCURRENCES: usize = 3;

/// Bits that make an instruction with another text, but with the same effect in the code of compilers.
struct Inert {
    isa: Isa,
    /// Beginnings of mnemonics.
    mnemonics: &'static [&'static str],
    bits: &'static [RangeInclusive<usize>],
}

#[rustfmt::skip]
const INERT: &[Inert] = &[
    // Which NaNs raise an exception: all are masked.
    Inert { isa: Isa::X86_64, mnemonics: &["ucomis", "comis"], bits: &[8..=8] },
    // Amounts of shifts are 6 bits of what is added up.
    Inert { isa: Isa::S390x, mnemonics: &["sllg", "srlg", "srag", "rllg", "sllk", "srlk", "srak", "rll"], bits: &[16..=19, 30..=39] },
    // Numbers of elements are at most 4 bits.
    Inert { isa: Isa::S390x, mnemonics: &["vlgv", "vlvg"], bits: &[16..=19, 28..=31] },
    // Whether a comparison of vectors sets the condition code, which is read only behind those that do; and reserved bits.
    Inert { isa: Isa::S390x, mnemonics: &["vceq", "vch", "vfce", "vfch"], bits: &[28..=31] },
];

fn is_inert(isa: Isa, mnemonic: &str, bit: usize) -> bool {
    let about = |row: &&Inert| row.isa == isa && row.mnemonics.iter().any(|start| mnemonic.starts_with(start));
    INERT.iter().filter(about).any(|row| row.bits.iter().any(|bits| bits.contains(&bit)))
}

/// The instructions of a function: what follows the last one that can be reached are constants, which read like all kinds.
fn instructions(row: &Row, disassembler: &Disassembler, code: &[u8]) -> Vec<Line> {
    let mut lines = disassembler.disassemble(code, 0);
    let mut furthest = 0;
    let end = lines.iter().position(|line| {
        if let Some((_, target)) = row.syntax.branch(&line.text) {
            let from = if row.syntax.relative { line.range.start.cast_signed() as i64 } else { 0 };
            furthest = furthest.max(usize::try_from(from + target).unwrap_or_default());
        }
        row.syntax.ends.contains(&mnemonic(&line.text)) && furthest < line.range.end
    });
    lines.truncate(end.map_or(lines.len(), |end| end + 1));
    lines.retain(|line| line.valid);
    lines
}

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
        for line in instructions(row, &disassembler, code) {
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
        let matters = |&bit: &usize| sample.depends_on(&disassembler, bit) && !is_inert(row.isa, mnemonic, bit);
        let bit = bits.into_iter().find(matters)?;
        Some(Mutation { mnemonic: mnemonic.clone(), bit })
    };
    Ok(if all.is_empty() { Vec::new() } else { (0..count).filter_map(of_index).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_are_no_instructions() {
        // je +1; ret; ud2, and what reads as `clc`.
        let code = [0x74, 0x01, 0xc3, 0x0f, 0x0b, 0xf8, 0xf8, 0xf8];
        let found = mnemonics(Row::of(Isa::X86_64), [&code[..]; 3]).unwrap();
        assert_eq!(found.keys().collect::<Vec<_>>(), ["je", "ret", "ud2"]);
    }

    #[test]
    fn bits_without_an_effect_are_left_alone() {
        assert!(is_inert(Isa::X86_64, "ucomiss", 8) && !is_inert(Isa::X86_64, "ucomiss", 9));
        assert!(!is_inert(Isa::Aarch64, "ucomiss", 8));
    }

    #[test]
    fn one_bit_of_one_kind_of_instruction_changes() {
        // push rbp; push rbp; ret
        let mut code = [0x55, 0x55, 0xc3];
        let mutation: Mutation = "push:1".parse().unwrap();
        mutation.apply(Row::of(Isa::X86_64), &mut code).unwrap();
        assert_eq!(code, [0x57, 0x57, 0xc3]);
        assert_eq!(mutation.to_string(), "push:1");
        let found = mnemonics(Row::of(Isa::X86_64), [&[0x55, 0x55, 0x55, 0xc3][..]]).unwrap();
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
