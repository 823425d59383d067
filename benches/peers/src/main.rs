//! Cranelift beside wasmtime's, as tables: short for `gantry-bench-peers run` and `tables` with these two engines.
//!
//!     cargo run --release --manifest-path benches/peers/Cargo.toml [ROUNDS] [FILTER]

use std::ffi::OsString;
use std::process::ExitCode;

/// What FILTER chooses from, and the suites of each part.
const PARTS: [(&str, &str); 5] = [
    ("calls", "instantiate,call"),
    ("execution guard", "execute"),
    ("execution explicit", "execute-explicit"),
    ("compile single", "compile"),
    ("compile parallel", "compile-parallel"),
];

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let rounds = args.next().unwrap_or_else(|| "7".to_owned());
    let filter = args.next().unwrap_or_default();
    let suites: Vec<_> = PARTS.iter().filter(|(name, _)| name.contains(&filter)).map(|(_, suites)| *suites).collect();
    if rounds.parse::<usize>().is_err() || suites.is_empty() {
        let parts: Vec<_> = PARTS.iter().map(|(name, _)| *name).collect();
        eprintln!("usage: gantry-peers [ROUNDS] [FILTER]\nFILTER is a part of: {}", parts.join(", "));
        return ExitCode::FAILURE;
    }
    let results = std::env::temp_dir().join(format!("gantry-peers-{}.jsonl", std::process::id()));
    let engines = gantry_peers::all();
    let run = ["gantry-peers", "run", "--backend", "cranelift,wasmtime-cranelift", "--meter", "time", "--rounds"];
    let mut run: Vec<OsString> = run.map(OsString::from).to_vec();
    run.extend([rounds.into(), "--suite".into(), suites.join(",").into(), "--results".into(), results.clone().into()]);
    let mut status = gantry_bench::cli::run_from(run, &engines);
    if results.is_file() {
        let tables =
            gantry_bench::cli::run_from(["gantry-peers".into(), "tables".into(), results.clone().into()], &engines);
        // It is in the way of nobody if it stays.
        let _ = std::fs::remove_file(&results);
        status = if status == ExitCode::SUCCESS { tables } else { status };
    }
    status
}
