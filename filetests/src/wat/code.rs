//! Machine code and bytecode of a module's functions as text that changes only when the code does.
//!
//! Offsets stand only at branch targets and in branches to them, counted from the function; calls name what they call; fields
//! of the vmctx have names; bytes and instructions are counted.

use crate::cells::{Row, Syntax};
use crate::wat::names::{self, Inst, Names};
use anyhow::Result;
use gantry::Engine;
use gantry_abi::VmLayout;
use gantry_compile::objdump::{Artifact, Piece};
use gantry_emit::disasm::{Disassembler, Line};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;

/// The functions that a module defines, compiled by the engine's backend.
///
/// # Errors
///
/// If the module cannot be compiled.
pub fn functions(engine: &Engine, row: &Row, wasm: &[u8]) -> Result<String> {
    let image = engine.precompile_module(wasm)?;
    let artifact = Artifact::parse(&image)?;
    let layout = VmLayout::new(row.isa.pointer_width(), artifact.module());
    let names = Names::new(&layout, artifact.module());
    let disassembler = Disassembler::new(row.isa)?;
    let mut text = String::new();
    for piece in artifact.pieces().iter().filter(|piece| piece.func.is_some()) {
        // From 0, so that addresses are offsets in the function.
        let lines = disassembler.disassemble(artifact.bytes(&piece.range), 0);
        function(&mut text, row, &names, piece, artifact.pieces(), &lines);
    }
    Ok(text)
}

fn function(text: &mut String, row: &Row, names: &Names, piece: &Piece, pieces: &[Piece], lines: &[Line]) {
    let syntax = &row.syntax;
    let count = lines.iter().filter(|line| line.valid).count();
    if !text.is_empty() {
        text.push('\n');
    }
    let _ = writeln!(text, "{}: {} bytes, {count} instructions", piece.name, piece.range.len());
    let before = |index: usize| index.checked_sub(1).map(|i| &lines[i]);
    let branches: Vec<_> =
        lines.iter().enumerate().map(|(i, line)| branch(syntax, before(i), line, piece, pieces)).collect();
    let line_at = |offset: usize| lines.binary_search_by_key(&offset, |line| line.range.start).ok();
    let insts: Vec<_> = lines
        .iter()
        .zip(&branches)
        .map(|(line, branch)| {
            let target = match branch {
                Some((_, Target::Inside(offset))) => line_at(*offset),
                _ => None,
            };
            Inst { text: &line.text, target }
        })
        .collect();
    let labels: BTreeSet<usize> = insts.iter().filter_map(|inst| inst.target).collect();
    let annotated = names::annotate(syntax, names, &insts);
    for (index, (line, branch)) in lines.iter().zip(branches).enumerate() {
        if labels.contains(&index) {
            let _ = writeln!(text, "{:x}:", line.range.start);
        }
        let shown = match branch {
            Some((range, target)) => {
                let mut shown = line.text.clone();
                let target = match target {
                    Target::Inside(offset) => format!("{offset:x}"),
                    Target::Piece(name) => format!("<{name}>"),
                };
                shown.replace_range(range, &target);
                shown
            }
            None => annotated[index].clone(),
        };
        let _ = writeln!(text, "  {shown}");
    }
}

enum Target {
    /// An offset in the function.
    Inside(usize),
    /// Another piece of code.
    Piece(String),
}

/// Where a branch or call goes, and which part of its text says so.
fn branch(
    syntax: &Syntax,
    before: Option<&Line>,
    line: &Line,
    piece: &Piece,
    pieces: &[Piece],
) -> Option<(Range<usize>, Target)> {
    let pair = before.and_then(|first| Some((first, syntax.paired_call(&first.text, &line.text)?)));
    let (range, offset) = match pair {
        Some((first, (range, distance))) => (range, distance + i64::try_from(first.range.start).ok()?),
        None => {
            let (range, number) = syntax.branch(&line.text)?;
            (range, if syntax.relative { number + i64::try_from(line.range.start).ok()? } else { number })
        }
    };
    if let Ok(offset) = usize::try_from(offset)
        && offset < piece.range.len()
    {
        return Some((range, Target::Inside(offset)));
    }
    let address = u32::try_from(offset + i64::from(piece.range.start)).ok()?;
    let index = pieces.binary_search_by_key(&address, |p| p.range.start).ok()?;
    Some((range, Target::Piece(pieces[index].name.clone())))
}

/// How many functions differ between two texts.
pub fn changed_functions(old: &str, new: &str) -> u64 {
    let old: BTreeSet<&str> = old.split("\n\n").map(str::trim_end).collect();
    new.split("\n\n").filter(|function| !old.contains(function.trim_end())).count() as u64
}
