//! Writes the handlers of the fast executor, for targets that have one.
//!
//! The output is assembly for `global_asm!`, and the tables by which cells get their handlers. Elsewhere both are empty.

mod aarch64;
mod access;
mod asm;
mod ops;
mod patterns;
mod x86_64;

use asm::{Asm, emit};
use ops::Op;
use std::env;
use std::fmt::Write;
use std::path::Path;

/// What the target's assembly around the bodies is.
struct Target {
    ops: Vec<Op>,
    /// Entry, exit and slow path.
    frame: &'static str,
    /// Moves the cell pointer.
    advance: fn(&mut Asm, usize),
    /// Goes to the handler of the next cell, so many bytes further.
    dispatch: fn(&mut Asm, usize),
}

fn main() {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rustc-check-cfg=cfg(fast)");
    println!("cargo::rustc-check-cfg=cfg(unoptimized)");
    if env::var("OPT_LEVEL").as_deref() == Ok("0") {
        println!("cargo::rustc-cfg=unoptimized");
    }
    let out = env::var("OUT_DIR").expect("cargo sets it");
    let arch = env::var("CARGO_CFG_TARGET_ARCH").expect("cargo sets it");
    let os = env::var("CARGO_CFG_TARGET_OS").expect("cargo sets it");
    let is_elf = !matches!(os.as_str(), "windows" | "macos" | "ios" | "tvos" | "watchos" | "visionos" | "uefi");
    // Kernels are built without the registers of floats and vectors.
    let features = env::var("CARGO_CFG_TARGET_FEATURE").unwrap_or_default();
    let has = |name| features.split(',').any(|feature| feature == name);
    // Miri knows no assembly.
    let wanted = env::var_os("CARGO_FEATURE_FAST").is_some() && env::var_os("CARGO_CFG_MIRI").is_none();
    let target = match arch.as_str() {
        _ if !wanted => None,
        "x86_64" if is_elf && has("sse2") => Some(x86_64::target()),
        "aarch64" if is_elf && has("neon") && env::var("CARGO_CFG_TARGET_ENDIAN").as_deref() == Ok("little") => {
            Some(aarch64::target())
        }
        _ => None,
    };
    let Some(target) = target else { return };
    println!("cargo::rustc-cfg=fast");
    let (assembly, tables) = generate(&target);
    std::fs::write(Path::new(&out).join("handlers.s"), assembly).expect("the output folder can be written to");
    std::fs::write(Path::new(&out).join("handlers.rs"), tables).expect("the output folder can be written to");
}

fn generate(target: &Target) -> (String, String) {
    let mut asm = Asm::default();
    let mut rust = String::new();
    asm.text.push_str(".text\n.p2align 6\n.globl gantry_pulley_handlers_start\ngantry_pulley_handlers_start:\n");
    // Handler 0 is the way to the portable executor.
    let mut labels = vec!["gantry_pulley_slow".to_owned()];
    let find =
        |name: &str| target.ops.iter().find(|op| op.name == name).unwrap_or_else(|| panic!("no handler for {name}"));

    rust.push_str("/// Operations with a handler.\nstatic OPERATIONS: &[Operation] = &[\n");
    for op in &target.ops {
        let first = labels.len();
        handlers(&mut asm, &mut labels, target, &[op]);
        let sources: Vec<String> = (0..2).map(|i| op.sources.get(i).copied().unwrap_or(0).to_string()).collect();
        writeln!(
            rust,
            "    Operation {{ op: numbers::{}, is_narrow: {}, dst: {}, sources: [{}], handlers: {first} }},",
            op.name,
            op.is_narrow,
            op.dst,
            sources.join(", ")
        )
        .expect("strings grow");
    }
    rust.push_str("];\n\n/// Rows of cells with a handler for all of them, the longest first.\nstatic PATTERNS: &[Pattern] = &[\n");
    let mut patterns: Vec<(usize, Vec<&str>)> =
        patterns::PATTERNS.iter().enumerate().map(|(i, p)| (i, p.split_whitespace().collect())).collect();
    patterns.sort_by_key(|(_, names)| std::cmp::Reverse(names.len()));
    for (id, names) in patterns {
        let ops: Vec<&Op> = names.iter().map(|n| find(n)).collect();
        assert!(ops[..ops.len() - 1].iter().all(|op| !op.branches), "{names:?}: only the last operation may branch");
        let first = labels.len();
        handlers(&mut asm, &mut labels, target, &ops);
        let ops: Vec<String> = names.iter().map(|n| format!("numbers::{n}")).collect();
        writeln!(rust, "    Pattern {{ id: {id}, ops: &[{}], handlers: {first} }},", ops.join(", "))
            .expect("strings grow");
    }
    writeln!(rust, "];\n\n/// How many handlers there are.\nconst HANDLERS: usize = {};", labels.len())
        .expect("strings grow");

    asm.text.push_str(".globl gantry_pulley_handlers_end\ngantry_pulley_handlers_end:\n");
    asm.text.push_str(target.frame);
    asm.text.push_str(".section .rodata\n.p2align 2\n.globl gantry_pulley_handlers\ngantry_pulley_handlers:\n");
    for label in &labels {
        emit!(asm, ".long {label} - gantry_pulley_handlers_start");
    }
    asm.text.push_str(".text\n");
    (asm.text, rust)
}

/// Emits the handlers of a row of operations: one for each choice, per operation, of the source that is in the accumulator, the
/// last operation's choice changing fastest; 0: none.
fn handlers(asm: &mut Asm, labels: &mut Vec<String>, target: &Target, ops: &[&Op]) {
    let choices: Vec<usize> = ops.iter().map(|op| op.sources.len() + 1).collect();
    for mut number in 0..choices.iter().product() {
        let mut forwards = vec![None; ops.len()];
        for (forward, &choices) in forwards.iter_mut().zip(&choices).rev() {
            *forward = (number % choices).checked_sub(1);
            number /= choices;
        }
        // Profilers know functions by their names: the operations, each with the number of its source in the accumulator.
        let mut label = "gantry_pulley".to_owned();
        for (op, forward) in ops.iter().zip(&forwards) {
            let source = forward.map_or_else(String::new, |source| format!("_acc{source}"));
            write!(label, ".{}{source}", op.name).expect("strings grow");
        }
        emit!(asm, ".p2align 4\n.type {label}, %function\n{label}:");
        let mut at = 0;
        for (op, forward) in ops.iter().zip(forwards) {
            if op.exact && at > 0 {
                (target.advance)(asm, at);
                at = 0;
            }
            (op.body)(asm, at, forward);
            at += op.len;
        }
        if !ops[ops.len() - 1].branches {
            (target.dispatch)(asm, at);
        }
        asm.flush();
        emit!(asm, ".size {label}, . - {label}");
        labels.push(label);
    }
}
