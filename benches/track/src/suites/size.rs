//! What generated code looks like: values without noise.

use super::{Input, Scope};
use crate::benchmark::{Benchmark, Kind, Meter, Sizing};
use crate::engine::{Compiled, EngineKind, Setup};
use anyhow::Result;
use gantry_compile::objdump::Artifact;

pub(super) fn benchmarks<'a>(scope: &Scope<'a>) -> Vec<Benchmark<'a>> {
    let engine = scope.engine;
    let workloads = scope.inputs.workloads.iter().map(|w| (&w.name, Input::Workload(w)));
    let modules = scope.inputs.modules.iter().filter(|m| m.bytes < 4_000_000);
    let modules = modules.map(|m| (&m.name, Input::Module(m)));
    let benchmark = |(name, input): (&String, Input<'a>)| Benchmark {
        id: scope.id(name),
        kind: Kind::Sizes(Sizing {
            sizes: Box::new(move || sizes(&*compile(engine, input)?)),
            artifact: Box::new(move || compile(engine, input)?.artifact()),
        }),
    };
    workloads.chain(modules).map(benchmark).collect()
}

fn compile(engine: &EngineKind, input: Input<'_>) -> Result<Box<dyn Compiled>> {
    (engine.create)(&Setup { pinned: true, ..Setup::DEFAULT })?.compile(&input.wasm()?)
}

fn sizes(code: &dyn Compiled) -> Result<Vec<(Meter, f64)>> {
    let mut sizes = Vec::new();
    if let Some(bytes) = code.code_bytes() {
        sizes.push((Meter::CodeBytes, bytes as f64));
    }
    let Ok(artifact) = code.artifact() else { return Ok(sizes) };
    sizes.push((Meter::ArtifactBytes, artifact.len() as f64));
    // Other engines' artifacts are ELF files as well, but not ours to read.
    let Ok(artifact) = Artifact::parse(&artifact) else { return Ok(sizes) };
    let (mut ops, mut spills, mut reloads) = (0_u32, 0_u32, 0_u32);
    for piece in artifact.pieces().iter().filter(|p| p.func.is_some()) {
        for instruction in artifact.instructions(piece) {
            ops += 1;
            match frame_access(&instruction.text) {
                Some(Access::Store) => spills += 1,
                Some(Access::Load) => reloads += 1,
                None => {}
            }
        }
    }
    sizes.push((Meter::CodeOps, f64::from(ops)));
    sizes.push((Meter::Spills, f64::from(spills)));
    sizes.push((Meter::Reloads, f64::from(reloads)));
    Ok(sizes)
}

#[derive(Debug, PartialEq, Eq)]
enum Access {
    Load,
    Store,
}

/// Whether an instruction moves something from or to the frame, by its text. Saves of registers in prologues count.
fn frame_access(text: &str) -> Option<Access> {
    const FRAME: [&str; 8] = ["[rsp", "[rbp", "[sp", "[x29", "(sp)", "(s0)", "(%r15)", "sp"];
    let (mnemonic, operands) = text.split_once(char::is_whitespace)?;
    let names_frame = |operand: &str| FRAME[..7].iter().any(|f| operand.contains(f));
    // x86_64: the destination comes first. Only moves: an addition to memory is no spill.
    if mnemonic.starts_with("mov") || mnemonic.starts_with("vmov") {
        let (destination, source) = operands.split_once(',')?;
        return match (names_frame(destination), names_frame(source)) {
            (true, _) => Some(Access::Store),
            (_, true) => Some(Access::Load),
            _ => None,
        };
    }
    // Elsewhere the mnemonic says the direction. Pulley: `xstore64 sp8, x1`, `xload64le_o32 x0, sp, 8`.
    let pulley = operands.split([',', ' ']).any(|operand| operand.starts_with(FRAME[7]));
    if !names_frame(operands) && !pulley {
        return None;
    }
    let is = |names: &[&str]| names.iter().any(|n| mnemonic.starts_with(n));
    match () {
        () if is(&["st", "s", "xstore", "fstore", "vstore"]) && !is(&["sub", "sl", "sr", "set"]) => Some(Access::Store),
        () if is(&["l", "fl", "xload", "fload", "vload"]) && !is(&["lea", "la"]) => Some(Access::Load),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moves_from_and_to_the_frame_are_told_apart() {
        for (text, expected) in [
            ("mov qword ptr [rsp + 8], rdi", Some(Access::Store)),
            ("mov rdi, qword ptr [rbp - 8]", Some(Access::Load)),
            ("vmovsd xmm0, qword ptr [rsp]", Some(Access::Load)),
            ("mov rdi, rsi", None),
            ("add qword ptr [rsp + 8], 1", None),
            ("str x0, [sp, #8]", Some(Access::Store)),
            ("ldp x29, x30, [sp], #0x10", Some(Access::Load)),
            ("sub sp, sp, #0x10", None),
            ("sd ra, 8(sp)", Some(Access::Store)),
            ("ld ra, 8(sp)", Some(Access::Load)),
            ("xstore64le_o32 sp, 8, x1", Some(Access::Store)),
            ("xload64le_o32 x1, sp, 8", Some(Access::Load)),
        ] {
            assert_eq!(frame_access(text), expected, "{text}");
        }
    }
}
