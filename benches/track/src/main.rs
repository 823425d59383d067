//! `gantry-bench`: see the library.

fn main() -> std::process::ExitCode {
    gantry_bench::cli::main(&gantry_bench::engines::all())
}
