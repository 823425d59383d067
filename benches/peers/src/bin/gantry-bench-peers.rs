//! `gantry-bench` with other engines beside Gantry's backends.

fn main() -> std::process::ExitCode {
    gantry_bench::cli::main(&gantry_peers::all())
}
