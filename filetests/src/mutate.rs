//! How good are the tests? Wrong instructions are made on purpose, one kind at a time, and the tests have to notice.
//!
//! A mutation flips one bit in every instruction with one mnemonic, as a wrong constant in an assembler would. The code is
//! then run as usual, in a process of its own: it may crash or never end, which counts as noticed.

use crate::cells::Row;
use anyhow::{Context, Result};
use gantry_emit::disasm::Disassembler;
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

/// The mnemonics in code, each with the number of bits that all its instructions have.
///
/// # Errors
///
/// If there is no disassembler.
pub fn mnemonics<'a>(row: &Row, code: impl IntoIterator<Item = &'a [u8]>) -> Result<BTreeMap<String, usize>> {
    let disassembler = Disassembler::new(row.isa)?;
    let mut found: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for line in code.into_iter().flat_map(|code| disassembler.disassemble(code, 0)) {
        if line.valid {
            let (count, bits) = found.entry(mnemonic(&line.text).to_owned()).or_insert((0, usize::MAX));
            *count += 1;
            *bits = (*bits).min(8 * line.range.len());
        }
    }
    let often = found.into_iter().filter(|(_, (count, _))| *count >= MIN_OCCURRENCES);
    Ok(often.map(|(mnemonic, (_, bits))| (mnemonic, bits)).collect())
}

/// So many mutations, spread evenly over mnemonics and bits; the same for the same numbers.
pub fn choose(mnemonics: &BTreeMap<String, usize>, count: usize, seed: usize) -> Vec<Mutation> {
    let all: Vec<_> = mnemonics.iter().collect();
    let of_index = |index: usize| {
        let (mnemonic, bits) = all[index * all.len() / count.max(1) % all.len()];
        Mutation { mnemonic: mnemonic.clone(), bit: (seed + index * 13) % bits }
    };
    if all.is_empty() { Vec::new() } else { (0..count).map(of_index).collect() }
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
        assert_eq!(found, BTreeMap::from([("push".to_owned(), 8)]));
        assert_eq!(choose(&found, 4, 0).len(), 4);
    }
}
