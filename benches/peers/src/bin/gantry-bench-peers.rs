//! `gantry-bench` with other engines beside Gantry's backends.

fn main() -> std::process::ExitCode {
    let mut engines = gantry_bench::engines::all();
    engines.extend(gantry_peers::engines::all());
    gantry_bench::cli::main(&engines)
}
