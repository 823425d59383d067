//! The benchmarks of `gantry-bench` under criterion.
//!
//!     cargo bench -p gantry-bench -- execute/winch

use std::path::Path;

fn main() {
    gantry_bench::criterion::main(&gantry_bench::engines::all(), Path::new(env!("CARGO_BIN_EXE_gantry-bench")));
}
