//! Targets that look at code: machine code of every instruction set, and bytecode.

#![allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "bits are drawn")]

use super::{Outcome, Seen};
use crate::masm::{Plain, Rig};
use crate::value::Random;
use crate::weave::{self, Dice};
use arbitrary::Unstructured;
use gantry::{Config, Engine, Feature, Stage};
use gantry_abi::{AbiType, Shape};
use gantry_compile::objdump::Artifact;
use gantry_emit::disasm::Disassembler;
use gantry_emit::{CompiledFunction, HostAbi, Isa, Target, trampoline};
use gantry_filetests::cells::ROWS;
use gantry_pulley::{Code, CodeOptions, Machine, State, Stop, call_checked};
use pulley_interpreter::{AddrG32, AddrO32, BinaryOperands, FReg, PcRelOffset, Reg, UpperRegSet, XReg, encode};
use std::sync::LazyLock;

/// Every instruction set, with the host's convention; Windows has one of its own.
fn targets() -> impl Iterator<Item = Target> {
    let standard = Isa::ALL.into_iter().map(|isa| Target { isa, host: HostAbi::Standard });
    standard.chain([Target { isa: Isa::X86_64, host: HostAbi::Windows }])
}

fn is_code(target: Target, shape: &Shape, function: &CompiledFunction) {
    let lines = Disassembler::new(target.isa).expect("there is a disassembler").disassemble(&function.code, 0);
    for line in &lines {
        assert!(line.valid, "{target:?}: {line:?} in the trampoline of {shape:?}: {lines:#?}");
    }
    assert_eq!(lines.last().map(|l| l.range.end), Some(function.code.len()), "{target:?} {shape:?}");
    let starts = |offset: u32| lines.iter().any(|l| l.range.start == offset as usize);
    for (offset, inst) in &function.frame.cfi {
        assert!(starts(*offset), "{target:?} {shape:?}: {inst:?} at {offset} is not between instructions");
    }
}

/// Compilers for every target, by backend.
static COMPILERS: LazyLock<Vec<(&'static str, Isa, Engine)>> = LazyLock::new(|| {
    let mut list = Vec::new();
    for row in ROWS {
        for backend in ["cranelift", "winch"] {
            let mut config = Config::new();
            config.parallel_compilation(false).backend(backend);
            for &feature in Feature::ALL.iter().filter(|f| f.stage() != Stage::Later) {
                config.wasm_feature(feature, true);
            }
            if !row.is_host() && config.target(row.triple).is_err() {
                continue;
            }
            for flag in row.flags {
                config.cpu_flag(flag, "true");
            }
            // Winch has not every instruction set.
            if let Ok(engine) = Engine::new(&config) {
                list.push((backend, row.isa, engine));
            }
        }
    }
    list
});

pub(super) fn emit_asm(u: &mut Unstructured<'_>, seen: &mut Seen) -> Outcome {
    let mut dice = Dice(u);
    let types = [AbiType::I32, AbiType::I64, AbiType::F32, AbiType::F64, AbiType::V128];
    let list = |dice: &mut Dice<'_, '_>| {
        let count = dice.below(30);
        (0..count).map(|_| dice.pick(&types)).collect::<Vec<_>>().into_boxed_slice()
    };
    let shape = Shape { params: list(&mut dice), results: list(&mut dice) };
    for target in targets() {
        is_code(target, &shape, &trampoline::entry(target, &shape).expect("every shape has one"));
        is_code(target, &shape, &trampoline::exit(target, &shape).expect("every shape has one"));
    }
    let Ok(wasm) = weave::module(dice.0) else { return Outcome::Judged };
    for (backend, isa, engine) in &*COMPILERS {
        let compile = || engine.precompile_module(&wasm);
        match compile() {
            Ok(artifact) => {
                assert!(artifact == compile().unwrap_or_default(), "{backend} for {isa}: compiled twice, it differs");
                let parsed = Artifact::parse(&artifact).unwrap_or_else(|e| panic!("{backend} for {isa}: {e}"));
                for piece in parsed.pieces() {
                    let text = parsed.listing(piece).to_string();
                    assert!(
                        !text.is_empty() || piece.range.is_empty(),
                        "{backend} for {isa}: {} is nothing",
                        piece.name
                    );
                }
                seen.note(|| vec![format!("isa:{isa}"), format!("backend:{backend}")]);
            }
            // What it lacks it says.
            Err(error) => {
                let text = format!("{error:#}");
                let lacks = ["support", "not available", "large", "limit"].iter().any(|part| text.contains(part));
                assert!(lacks, "{backend} for {isa}: {text}");
            }
        }
    }
    Outcome::Judged
}

/// The assemblers as they are.
static RIG: LazyLock<Rig> = LazyLock::new(|| Rig::new(&Plain).expect("this machine has an assembler"));

pub(super) fn winch_masm(u: &mut Unstructured<'_>, seen: &mut Seen) -> Outcome {
    if u.len() < 64 {
        return Outcome::Skipped("too few bytes".into());
    }
    let tried = match RIG.try_one(u) {
        Ok(Some(tried)) => tried,
        Ok(None) => return Outcome::Skipped("what it does is not known".into()),
        Err(error) => panic!("a program does not compile: {error:#}"),
    };
    if let Some(difference) = tried.difference {
        panic!("{difference}");
    }
    seen.note(|| vec![format!("machine:{}", tried.machine)]);
    seen.note(|| tried.forms.iter().map(|form| format!("form:{form}")).collect());
    let method = |form: &String| format!("method:{}", form.split('(').next().unwrap_or(form));
    seen.note(|| tried.forms.iter().map(method).collect());
    seen.note(|| tried.trap.iter().map(|trap| format!("trap:{trap}")).collect());
    Outcome::Judged
}

/// A host that says yes to every other call, and looks at nothing.
unsafe fn host(_: *mut State, id: u8) -> bool {
    id.is_multiple_of(2)
}

/// Two functions that use everything that can go wrong: frames, calls, loops, tables, memories, the host.
fn program() -> (Vec<u8>, [u32; 2]) {
    let x = |i: u8| XReg::new(i).expect("a register");
    let f = |i: u8| FReg::new(i).expect("a register");
    let mut text = Vec::new();
    let saved = UpperRegSet::default();
    let address = AddrG32 { host_heap_base: x(0), host_heap_bound: x(1), wasm_addr: x(2), offset: 4 };
    encode::push_frame_save(&mut text, 32u16, saved);
    encode::xconst8(&mut text, x(2), 20);
    let again = text.len() as i32;
    encode::xload32le_g32(&mut text, x(3), address);
    encode::xstore64le_o32(&mut text, AddrO32 { addr: XReg::sp, offset: 8 }, x(3));
    encode::xadd32_u8(&mut text, x(3), x(3), 1);
    encode::xstore32le_g32(&mut text, address, x(3));
    encode::xsub32_u8(&mut text, x(2), x(2), 1);
    let here = text.len() as i32;
    encode::br_if32(&mut text, x(2), PcRelOffset::from(again - here));
    encode::call_indirect_host(&mut text, 2);
    encode::br_table32(&mut text, x(2), 2u32);
    // Both entries lead to the call: their own addresses are what displacements count from.
    text.extend(8i32.to_le_bytes());
    text.extend(4i32.to_le_bytes());
    let call = text.len();
    encode::call1(&mut text, x(2), PcRelOffset::from(0));
    encode::pop_frame_restore(&mut text, 32u16, saved);
    encode::ret(&mut text);
    let second = text.len() as u32;
    let distance = second as i32 - call as i32;
    let field = call + 2;
    text[field..field + 4].copy_from_slice(&distance.to_le_bytes());
    encode::push_frame(&mut text);
    encode::stack_alloc32(&mut text, 64u32);
    encode::fadd64(&mut text, BinaryOperands { dst: f(1), src1: f(2), src2: f(3) });
    encode::xdiv32_s(&mut text, BinaryOperands { dst: x(5), src1: x(3), src2: x(2) });
    encode::pop_frame(&mut text);
    encode::ret(&mut text);
    (text, [0, second])
}

fn run(text: &[u8], starts: &[u32], seed: u64) -> Result<(), Stop> {
    // SAFETY: the text outlives the code.
    let code = match unsafe { Code::new(text, starts.iter().map(|&s| (s, None)), CodeOptions::default()) } {
        Ok(code) => code,
        Err(_) => return Err(Stop::Malformed { start: 0 }),
    };
    let mut machine = Machine::new(1024, host).expect("there is memory");
    let mut memory = [0u8; 256];
    let address = memory.as_mut_ptr().expose_provenance() as u64;
    let mut random = Random::new(seed);
    let mut args = std::array::from_fn(|_| random.bits());
    (args[0], args[1]) = (address, 256);
    call_checked(&mut machine, &code, starts[0], &args, &mut memory, 2_000)
}

pub(super) fn pulley_vm(u: &mut Unstructured<'_>, seen: &mut Seen) -> Outcome {
    let seed = u.arbitrary().unwrap_or_default();
    let mut dice = Dice(u);
    let stop = if dice.one_in(2) {
        // Small numbers are registers: they make instructions likely.
        let len = 1 + dice.below(40);
        let byte = |dice: &mut Dice<'_, '_>| if dice.one_in(2) { dice.below(32) } else { dice.below(256) } as u8;
        let text: Vec<u8> = (0..len).map(|_| byte(&mut dice)).collect();
        run(&text, &[0], seed)
    } else {
        let (mut text, starts) = program();
        for _ in 0..dice.below(5) {
            let at = dice.below(text.len());
            text[at] = match dice.below(3) {
                0 => text[at] ^ 1 << dice.below(8),
                1 => dice.below(256) as u8,
                _ => text[at].wrapping_add(1),
            };
        }
        run(&text, &starts, seed)
    };
    let end = match stop {
        Ok(()) => "returned",
        Err(Stop::Host) => "stopped",
        Err(Stop::OutOfSteps) => "endless",
        Err(Stop::Malformed { .. }) => "malformed",
        Err(Stop::Trap { kind: gantry_pulley::TrapKind::Forbidden, .. }) => "forbidden",
        Err(Stop::Trap { .. }) => "trapped",
        Err(_) => "other",
    };
    seen.note(|| vec![format!("end:{end}")]);
    Outcome::Judged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_is_sound() {
        let (text, starts) = program();
        let stop = run(&text, &starts, 1);
        // The last thing that it does is to divide by zero.
        let Err(Stop::Trap { kind, .. }) = stop else { panic!("{stop:?}") };
        assert_eq!(format!("{kind:?}"), "DivideByZero");
    }
}
