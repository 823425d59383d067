//! Artifacts as text, instruction by instruction, with offsets in the module beside.
//!
//! This reads artifacts of any target, whichever machine it runs on, and any bytes: damage is an error.

use gantry_abi::artifact::{CodeInfo, Header, Metadata, Names, SourceMap, TrapTable, section};
use gantry_abi::{FuncIndex, ModuleInfo, Trap};
use gantry_emit::Isa;
use gantry_emit::disasm::{Disassembler, Line};
use object::read::elf::ElfFile64;
use object::{Endianness, Object, ObjectSection};
use std::fmt;
use std::ops::Range;

/// Why an artifact cannot be shown.
#[derive(Clone, Debug, thiserror::Error)]
#[error("this is no artifact, or it is damaged: {0}")]
pub struct ObjdumpError(Box<str>);

/// A function, or a piece of code that the compiler adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Which function it is; none for trampolines and thunks.
    pub func: Option<FuncIndex>,
    /// Its name: the module's, or one that says what it is.
    pub name: String,
    /// Where it is in the text.
    pub range: Range<u32>,
}

/// An instruction, or bytes that are none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instruction {
    /// Where it is in the text.
    pub range: Range<u32>,
    /// Mnemonic and operands.
    pub text: String,
    /// The operator that it was made from, as offset in the module's bytes.
    pub wasm_offset: Option<u32>,
    /// Why it may stop the guest.
    pub trap: Option<Trap>,
    /// Name of the piece of code that it calls or jumps to.
    pub target: Option<String>,
}

/// An artifact, taken apart.
pub struct Artifact<'a> {
    header: Header,
    metadata: Metadata,
    text: &'a [u8],
    traps: Vec<(u32, Trap)>,
    source_map: SourceMap<'a>,
    /// In order of offset.
    pieces: Vec<Piece>,
    disassembler: Disassembler,
}

impl<'a> Artifact<'a> {
    /// Takes an artifact apart.
    ///
    /// # Errors
    ///
    /// If it is something else, is damaged, or is for an instruction set that nobody can disassemble.
    pub fn parse(image: &'a [u8]) -> Result<Self, ObjdumpError> {
        let error = |message: String| ObjdumpError(message.into());
        let file = ElfFile64::<Endianness>::parse(image).map_err(|e| error(e.to_string()))?;
        let section = |name: &str| -> Result<&'a [u8], ObjdumpError> {
            let section = file.section_by_name(name).ok_or_else(|| error(format!("there is no section {name}")))?;
            section.data().map_err(|e| error(format!("section {name}: {e}")))
        };
        let header: Header = decode(section::HEADER, section(section::HEADER)?)?;
        let metadata: Metadata = decode(section::METADATA, section(section::METADATA)?)?;
        let names: Names = decode(section::NAMES, section(section::NAMES)?)?;
        let damaged = |name: &str| error(format!("section {name} is malformed"));
        let traps = TrapTable::parse(section(section::TRAPS)?).ok_or_else(|| damaged(section::TRAPS))?;
        let source_map = SourceMap::parse(section(section::SOURCE_MAP)?).ok_or_else(|| damaged(section::SOURCE_MAP))?;
        let text = section(section::TEXT)?;
        let name = &header.compatibility.isa;
        let isa = Isa::ALL.into_iter().find(|isa| isa.name() == name);
        let isa = isa.ok_or_else(|| error(format!("there is no instruction set called {name:?}")))?;
        let disassembler = Disassembler::new(isa).map_err(|e| error(e.to_string()))?;
        let pieces = pieces(&metadata, &names);
        for piece in &pieces {
            let Range { start, end } = offsets(&piece.range);
            text.get(start..end).ok_or_else(|| error(format!("{} lies outside of the text", piece.name)))?;
        }
        Ok(Self { header, metadata, text, traps: traps.iter().collect(), source_map, pieces, disassembler })
    }

    /// What it says about itself.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The module.
    pub fn module(&self) -> &ModuleInfo {
        &self.metadata.module
    }

    /// Where its functions and trampolines are.
    pub fn code(&self) -> &CodeInfo {
        &self.metadata.code
    }

    /// Its text.
    pub fn text(&self) -> &'a [u8] {
        self.text
    }

    /// All code, in order of offset.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Bytes of code in the text.
    pub fn bytes(&self, range: &Range<u32>) -> &'a [u8] {
        self.text.get(offsets(range)).unwrap_or_default()
    }

    /// The instructions of a piece of code, with the constants behind them.
    pub fn instructions(&self, piece: &Piece) -> Vec<Instruction> {
        let lines = self.disassembler.disassemble(self.bytes(&piece.range), piece.range.start.into());
        lines.into_iter().map(|line| self.instruction(piece, line)).collect()
    }

    fn instruction(&self, piece: &Piece, line: Line) -> Instruction {
        let at = |offset: usize| piece.range.start + u32::try_from(offset).expect("within the text");
        let range = at(line.range.start)..at(line.range.end);
        let first = self.traps.partition_point(|t| t.0 < range.start);
        let trap = self.traps.get(first).filter(|t| t.0 < range.end).map(|t| t.1);
        let target = branch_target(&line.text).and_then(|address| {
            let index = self.pieces.binary_search_by_key(&address, |p| p.range.start).ok()?;
            (self.pieces[index] != *piece).then(|| self.pieces[index].name.clone())
        });
        Instruction { wasm_offset: self.source_map.lookup(range.start), range, text: line.text, trap, target }
    }

    /// The listing of a piece of code: one line per instruction with its offset in the text and, where it begins to belong
    /// to another operator, that operator's offset in the module.
    pub fn listing<'b>(&'b self, piece: &'b Piece) -> impl fmt::Display + 'b {
        Listing { artifact: self, piece }
    }
}

fn decode<T: serde::de::DeserializeOwned>(name: &str, bytes: &[u8]) -> Result<T, ObjdumpError> {
    postcard::from_bytes(bytes).map_err(|e| ObjdumpError(format!("section {name}: {e}").into()))
}

fn offsets(range: &Range<u32>) -> Range<usize> {
    // Where addresses have 16 bits there is no text either: an empty range says so.
    match (usize::try_from(range.start), usize::try_from(range.end)) {
        (Ok(start), Ok(end)) => start..end,
        _ => 0..0,
    }
}

/// Functions and stubs with names, in order of offset.
fn pieces(metadata: &Metadata, names: &Names) -> Vec<Piece> {
    let imported = u32::try_from(metadata.module.num_imported_functions).unwrap_or(u32::MAX);
    let function = |(index, range): (gantry_abi::DefinedFunc, &Range<u32>)| {
        let func = FuncIndex::from_u32(index.as_u32().saturating_add(imported).min(u32::MAX - 1));
        let known = names.binary_search_by_key(&func, |n| n.0).ok().map(|i| names[i].1.clone());
        let exported = || {
            let mut exports = metadata.module.exports.iter();
            let export = exports.find(|e| e.entity == gantry_abi::module::Entity::Func(func));
            export.map(|e| e.name.to_string())
        };
        let name = known.or_else(exported).unwrap_or_else(|| format!("wasm_function[{}]", func.as_u32()));
        Piece { func: Some(func), name, range: range.clone() }
    };
    let stub = |(range, name): &(Range<u32>, String)| Piece { func: None, name: name.clone(), range: range.clone() };
    let mut pieces: Vec<_> = metadata.code.functions.iter().map(function).collect();
    pieces.extend(metadata.code.stubs.iter().map(stub));
    pieces.sort_by_key(|p| (p.range.start, p.range.end));
    pieces
}

/// First letters of the mnemonics of direct branches and calls, over all instruction sets.
const BRANCHES: [&str; 6] = ["b", "call", "cb", "j", "tb", "xjump"];

/// Where a direct branch or call goes.
fn branch_target(text: &str) -> Option<u32> {
    let (mnemonic, operands) = text.split_once(char::is_whitespace)?;
    if !BRANCHES.iter().any(|b| mnemonic.starts_with(b)) {
        return None;
    }
    let last = operands.rsplit([',', ' ']).next()?.trim_start_matches('#');
    // Small numbers are decimal.
    last.strip_prefix("0x").map_or_else(|| last.parse(), |hex| u32::from_str_radix(hex, 16)).ok()
}

struct Listing<'a> {
    artifact: &'a Artifact<'a>,
    piece: &'a Piece,
}

impl fmt::Display for Listing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Piece { func, name, range } = self.piece;
        match func {
            Some(func) => {
                writeln!(f, "{:08x} <{name}>: function {}, {} bytes", range.start, func.as_u32(), range.len())?
            }
            None => writeln!(f, "{:08x} <{name}>: {} bytes", range.start, range.len())?,
        }
        let mut last = None;
        for instruction in self.artifact.instructions(self.piece) {
            match instruction.wasm_offset.filter(|_| instruction.wasm_offset != last) {
                Some(offset) => write!(f, "{offset:#8x}")?,
                None => write!(f, "{:8}", "")?,
            }
            last = instruction.wasm_offset;
            write!(f, " | {:8x}  {}", instruction.range.start, instruction.text)?;
            if let Some(target) = &instruction.target {
                write!(f, "  <{target}>")?;
            }
            if let Some(trap) = instruction.trap {
                write!(f, "  ; trap: {}", trap.message())?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
