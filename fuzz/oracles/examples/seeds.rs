//! Writes what stands beside the fuzz targets: `cargo run -p gantry-oracles --example seeds -- FOLDER [SEEDS]`.
//!
//! For each target: `TARGET_seed_corpus/` with inputs (cases as files where the target takes them), `TARGET.dict` with the bytes
//! that modules are made of, and `TARGET.options` for libFuzzer. All of it follows from the tables, so none is kept in the
//! repository.

use arbitrary::Unstructured;
use gantry_oracles::case::{Case, Options};
use gantry_oracles::engine::EngineSpec;
use gantry_oracles::targets::TARGETS;
use gantry_oracles::{generate, operators};
use std::fmt::Write as _;
use std::path::Path;

/// The longest input that generators make use of.
const MAX_LEN: usize = 8192;

fn main() -> anyhow::Result<()> {
    let mut args = std::env::args().skip(1);
    let folder = args.next().ok_or_else(|| anyhow::anyhow!("usage: seeds FOLDER [SEEDS]"))?;
    let seeds: u64 = args.next().map_or(Ok(24), |text| text.parse())?;
    let folder = Path::new(&folder);
    for target in TARGETS {
        let corpus = folder.join(format!("{}_seed_corpus", target.name));
        std::fs::create_dir_all(&corpus)?;
        for seed in 0..seeds {
            std::fs::write(corpus.join(format!("bytes-{seed}")), &generate::bytes(seed)[..MAX_LEN / 2])?;
        }
        if ["diff", "diff_ops", "mixed", "ranges"].contains(&target.name) {
            for seed in 0..seeds {
                if let Some(case) = case(seed) {
                    std::fs::write(corpus.join(format!("case-{seed}.wasm")), case.to_bytes())?;
                }
            }
        }
        std::fs::write(folder.join(format!("{}.dict", target.name)), dictionary())?;
        std::fs::write(folder.join(format!("{}.options", target.name)), options())?;
    }
    Ok(())
}

fn case(seed: u64) -> Option<Case> {
    let case = generate::any(&mut Unstructured::new(&generate::bytes(seed))).ok()?;
    let engine = ["winch", "cranelift", "pulley"].map(EngineSpec::comparable);
    Some(Case { options: Options { engine: engine.to_vec(), seed, ..Options::default() }, ..case })
}

/// libFuzzer's format: one quoted string a line.
fn dictionary() -> String {
    let mut text =
        String::from("# Bytes of modules: the beginning, then each operator.\n\"\\x00asm\\x01\\x00\\x00\\x00\"\n");
    for op in operators::TABLE.iter() {
        let bytes: String = op.code.iter().map(|byte| format!("\\x{byte:02x}")).collect();
        let _ = writeln!(text, "{}=\"{bytes}\"", op.name);
    }
    text
}

/// Guests trap by hardware faults: the sanitizer must leave these to the engine's handler.
fn options() -> String {
    format!(
        "[libfuzzer]\nmax_len = {MAX_LEN}\ntimeout = 60\nrss_limit_mb = 4096\n\n\
         [asan]\nallow_user_segv_handler = 1\nhandle_segv = 1\nhandle_sigbus = 1\nhandle_sigfpe = 1\nhandle_sigill = 0\n"
    )
}
